package locales

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// large is a notice of 200 statements with values.
func large(t testing.TB) *notices.Notice {
	n := sample(t)
	first := n.Sections[0]
	from := first.Groups[0].Statements[0]
	n.Sections = nil
	for s := range 20 {
		sec := notices.Section{ID: "keep", Layer: 2}
		for g := range 5 {
			var group notices.Group
			for i := range 2 {
				st := from
				st.ID = fmt.Sprintf("%d.%d.%d", s, g, i)
				st.Values = from.Values[(s+g+i)%len(from.Values):][:1]
				group.Statements = append(group.Statements, st)
			}
			sec.Groups = append(sec.Groups, group)
		}
		n.Sections = append(n.Sections, sec)
	}
	return n
}

func BenchmarkSay(b *testing.B) {
	c, n := small(b), large(b)
	for _, tag := range c.Tags() {
		b.Run(tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Say(n, tag); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOpen reads one language with as many messages as a real one has.
func BenchmarkOpen(b *testing.B) {
	words, err := os.ReadFile("testdata/words/ar.toml")
	if err != nil {
		b.Fatal(err)
	}
	var more strings.Builder
	for i := range 500 {
		fmt.Fprintf(&more, "\"more.m%d\" = \"ينظر موظف إلى هذه الأوراق ويعيدها. لم تراجعها أي محكمة.\"\n", i)
	}
	fsys := fstest.MapFS{"ar.toml": {Data: append([]byte(more.String()), words...)}}
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Open(fsys, "ar"); problems.Failed() {
			b.Fatal(problems)
		}
	}
}

// BenchmarkOpenShipped reads each language that has a file.
func BenchmarkOpenShipped(b *testing.B) {
	for _, tag := range ShippedTags() {
		b.Run(tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, problems := Open(files, tag); problems.Failed() {
					b.Fatal(problems)
				}
			}
		})
	}
}

// BenchmarkOpenAll reads every language, side by side as the command does.
func BenchmarkOpenAll(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var all sync.WaitGroup
		for _, tag := range ShippedTags() {
			all.Go(func() {
				if _, problems := Open(files, tag); problems.Failed() {
					b.Error(problems)
				}
			})
		}
		all.Wait()
	}
}

// TestSayIsFrugal: a notice of 200 statements in under 3,000 allocations.
func TestSayIsFrugal(t *testing.T) {
	c, n := small(t), large(t)
	for _, tag := range c.Tags() {
		if got := testing.AllocsPerRun(5, func() {
			if _, err := c.Say(n, tag); err != nil {
				t.Error(err)
			}
		}); got > 3000 {
			t.Errorf("%s: %v allocations", tag, got)
		}
	}
}

// TestSayGivesAway: what Say returns shares nothing that a caller could spoil for the next.
func TestSayGivesAway(t *testing.T) {
	c, n := small(t), sample(t)
	a, err := c.Say(n, "en")
	if err != nil {
		t.Fatal(err)
	}
	st := &a.Sections[0].Groups[0].Statements[0]
	st.Values[0].Text[0], st.Covers[0], st.Because[0] = "x", "C99", notices.Reason{Pos: source.Pos{File: "x"}}
	b, err := c.Say(n, "en")
	if err != nil {
		t.Fatal(err)
	}
	if st := b.Sections[0].Groups[0].Statements[0]; st.Values[0].Text[0] == "x" || st.Covers[0] == "C99" || st.Because[0].Pos.File == "x" {
		t.Errorf("%+v", st)
	}
}
