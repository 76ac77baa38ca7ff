package locales

import (
	"bytes"
	"encoding/json"
	options "flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

var updateOwn = options.Bool("update", false, "write what is said now as what should be said")

// town is a made-up program in the voice of independent writers; county is one in which the office speaks.
const town, county = "../notices/testdata/broken/base.yaml", "../notices/testdata/everything.yaml"

// withOwn reads a program with a file of own words beside it, and builds its notices.
func withOwn(t testing.TB, file, own string) (*notices.Program, []*notices.Notice, source.Problems) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"card.yaml": {Data: data}}
	if own != "" {
		fsys["card/wording.yaml"] = &fstest.MapFile{Data: []byte(own)}
	}
	p, problems := notices.Load(fsys, "card.yaml")
	if problems.Failed() {
		return p, nil, problems
	}
	book, ps := law.Shipped()
	if ps.Failed() {
		t.Fatal(ps)
	}
	var out []*notices.Notice
	for _, kind := range p.Kinds() {
		n, err := notices.Build(p, book, kind, p.Edition.AsOf.Last)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return p, out, problems
}

func allShipped(t testing.TB) *Catalog {
	t.Helper()
	c, problems := Shipped()
	if problems.Failed() {
		t.Fatal(problems)
	}
	return c
}

// TestOwnWordsAgainstOurs: the files of testdata/wording, of which some begin with "# office", and what people are told of each.
func TestOwnWordsAgainstOurs(t *testing.T) {
	c := allShipped(t)
	names, err := filepath.Glob("testdata/wording/*.txt")
	if err != nil || len(names) < 20 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			own, want, ok := strings.Cut(string(data), "-- says --\n")
			file := town
			if strings.HasPrefix(own, "# office\n") {
				file = county
			}
			p, said, problems := withOwn(t, file, own)
			if problems.Failed() || !ok {
				t.Fatal(problems)
			}
			problems = c.CheckWording(p, said)
			var got bytes.Buffer
			problems.Print(&got)
			if *updateOwn {
				if err := os.WriteFile(name, []byte(own+"-- says --\n"+got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got.String() != want {
				t.Errorf("it says\n%s\nand should say\n%s", got.String(), want)
			}
			if sound := strings.HasPrefix(filepath.Base(name), "sound"); sound != (len(problems) == 0) {
				t.Errorf("problems: %v", problems)
			}
			for _, p := range problems {
				if p.Code == "" || p.Hint == "" || p.Pos.Line < 2 || p.Pos.File != "card/wording.yaml" || strings.Contains(p.Error(), "%!") {
					t.Errorf("half a problem: %s", p.Error())
				}
				for _, s := range []string{p.Message, p.Hint} {
					if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
						t.Errorf("%q is not a whole sentence", s)
					}
				}
			}
		})
	}
}

// ownFile writes a file of own words in every language of the programs above: each id is given words by say.
func ownFile(ids []string, say func(id, tag string) map[string]string) string {
	var b strings.Builder
	b.WriteString("fairnotice_wording: 1\ndecided_by: Ana Ruiz, Clerk\ndecided_on: 2025-06-13\nwords:\n")
	for _, id := range ids {
		byForm := map[string]map[string]string{}
		for _, tag := range []string{"en", "es"} {
			for form, s := range say(id, tag) {
				if byForm[form] == nil {
					byForm[form] = map[string]string{}
				}
				byForm[form][tag] = s
			}
		}
		line, _ := json.Marshal(byForm)
		fmt.Fprintf(&b, "  %s: %s\n", id, line)
	}
	return b.String()
}

// oursAs gives what we say of a message, as own words.
func oursAs(c *Catalog, message, tag string, change func(string) string) map[string]string {
	texts, forms := c.Texts(tag, message)
	out := map[string]string{}
	for i, s := range texts {
		if forms == nil {
			out["say"] = change(s)
		} else {
			out[forms[i]] = change(s)
		}
	}
	return out
}

// TestOwnWordsChangeNoStatement: whatever is reworded, the notice has the same sections and statements in the same order with the same
// values, items of the checklist and reasons, and one reason more, which leads to the words.
func TestOwnWordsChangeNoStatement(t *testing.T) {
	c := allShipped(t)
	_, plainly, _ := withOwn(t, town, "")
	var messages []string
	for _, n := range plainly {
		for _, s := range n.Sections {
			messages = append(messages, n.HeadingOf(&s))
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					messages = append(messages, st.Message)
				}
			}
		}
	}
	slices.Sort(messages)
	messages = slices.Compact(messages)
	for from := 0; from < len(messages); from += 60 { // a file may not have more than its 64 KiB
		ids := messages[from:min(from+60, len(messages))]
		p, own, problems := withOwn(t, town, ownFile(ids, func(id, tag string) map[string]string {
			return oursAs(c, id, tag, func(s string) string { return "Own " + s })
		}))
		if problems.Failed() {
			t.Fatal(problems)
		}
		for k := range own {
			for _, tag := range p.Languages {
				a, err := c.Say(plainly[k], tag)
				if err != nil {
					t.Fatal(err)
				}
				b, err := c.Say(own[k], tag)
				if err != nil {
					t.Fatal(err)
				}
				same(t, a, b, ids)
			}
		}
	}
}

// same compares a notice with one in the office's words, and takes those away from the second.
func same(t *testing.T, a, b *Notice, ids []string) {
	t.Helper()
	words := 0
	for i := range b.Sections {
		s := &b.Sections[i]
		if s.Own != "" {
			words++
			if !slices.Contains(ids, s.Own) || !strings.HasPrefix(s.Heading, "Own ") {
				t.Errorf("%s: %q", s.Own, s.Heading)
			}
			s.Own, s.Heading = "", strings.TrimPrefix(s.Heading, "Own ")
		}
		for j := range s.Groups {
			for k := range s.Groups[j].Statements {
				st := &s.Groups[j].Statements[k]
				if slices.Contains(ids, st.Message) != st.Wording {
					t.Errorf("%s is in own words: %v", st.ID, st.Wording)
				}
				if !st.Wording {
					continue
				}
				words++
				last := len(st.Because) - 1
				if r := st.Because[last]; r.Pos.File != "card/wording.yaml" || r.Path != "words."+st.Message || last == 0 {
					t.Errorf("%s: %+v", st.ID, r)
				}
				if st.Text != "Own "+st.Ours {
					t.Errorf("%s: %q, and ours %q", st.ID, st.Text, st.Ours)
				}
				st.Wording, st.Text, st.Ours, st.Because = false, st.Ours, "", st.Because[:last]
			}
		}
	}
	if (words > 0) != (b.OfficeWords != "") {
		t.Errorf("%d own words, and %q", words, b.OfficeWords)
	}
	b.OfficeWords = ""
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%s in %s: more than the words has changed", a.Kind, a.Language)
	}
}

// TestNoMustNotPasses: each sentence that may not stand in our words may not stand in the office's either, in every language for which
// that is written down.
func TestNoMustNotPasses(t *testing.T) {
	c := allShipped(t)
	_, said, _ := withOwn(t, town, "")
	for _, tag := range []string{"en", "es"} {
		data, err := os.ReadFile("testdata/style/" + tag + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, line := range strings.Split(string(data), "\n") {
			code, s, ok := strings.Cut(line, " + ")
			if !ok || !strings.HasPrefix(code, "N") || len(s) > 300 {
				continue
			}
			p, _, problems := withOwn(t, town, ownFile([]string{"key.free"}, func(id, lang string) map[string]string {
				if lang == tag {
					return map[string]string{"say": s}
				}
				return oursAs(c, id, lang, strings.TrimSpace)
			}))
			if problems.Failed() {
				t.Errorf("%s: %v", s, problems)
				continue
			}
			count++
			if ps := c.CheckWording(p, said); !slices.ContainsFunc(ps, func(p source.Problem) bool { return p.Code == code && p.Severity == source.Error }) {
				t.Errorf("%s: %q passes: %v", tag, s, ps)
			}
		}
		if count < 20 {
			t.Errorf("only %d sentences were tried in %s", count, tag)
		}
	}
	for _, tag := range ShippedTags() { // the same function judges the others
		if s := styleOf(tag); s == nil || len(MustNots(tag, "")) != 0 {
			t.Errorf("nobody has written down what may not be said in %s", tag)
		}
	}
}

// TestOursPassesAgainstOurs: our own words as the office's raise no more than that they are ours.
func TestOursPassesAgainstOurs(t *testing.T) {
	c := allShipped(t)
	for _, file := range []string{town, county} {
		p, said, _ := withOwn(t, file, "")
		var ids []string
		e := &examiner{c: c, p: p, said: map[string]string{}, heads: map[string]bool{}}
		for _, n := range said {
			e.hear(n)
		}
		for id, message := range e.said {
			if id == message && !strings.HasPrefix(id, "about.voice") && !strings.HasPrefix(id, "tick.") && id != "about.drafts" && ending(c.words["en"].by[id].sample()) != 0 {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		for from := 0; from < len(ids); from += 60 {
			p, said, problems := withOwn(t, file, ownFile(ids[from:min(from+60, len(ids))], func(id, tag string) map[string]string {
				if p.Voice == "office" && c.Has(tag, id+officeEnd) {
					id += officeEnd
				}
				return oursAs(c, id, tag, strings.TrimSpace)
			}))
			if problems.Failed() {
				t.Fatal(problems)
			}
			for _, pr := range c.CheckWording(p, said) {
				if pr.Code != "wording-same" {
					t.Error(pr.Error())
				}
			}
		}
	}
}

// TestOwnWordsCloseALanguage: a language without the words is closed, and so is one whose words were translated from others.
func TestOwnWordsCloseALanguage(t *testing.T) {
	c := allShipped(t)
	_, said, _ := withOwn(t, town, "fairnotice_wording: 1\ndecided_by: A\ndecided_on: 2025-06-13\nwords:\n  key.free: {say: {en: It costs nothing.}}\n")
	if _, err := c.Say(said[0], "en"); err != nil {
		t.Error(err)
	}
	if _, err := c.Say(said[0], "es"); err == nil || !strings.Contains(err.Error(), "card/wording.yaml:5:13: wording:key.free") {
		t.Errorf("%v", err)
	}
	_, said, _ = withOwn(t, town, "fairnotice_wording: 1\ndecided_by: A\ndecided_on: 2025-06-13\nwords:\n  key.free: {say: {en: It costs nothing., es: No cuesta nada.}}\n")
	for from, want := range map[string]string{"It costs nothing.": "", "It is free.": "translated from words that have changed since (card/wording.yaml:5:13: wording:key.free)"} {
		said[0].Lock, _ = source.ReadLock("x.lock", nil)
		said[0].Lock.Set("es", notices.WordingKey("key.free"), source.Translated{From: source.HashText(from), Text: source.HashText("No cuesta nada."), State: source.Draft, On: said[0].AsOf, By: "A"})
		if _, err := c.Say(said[0], "es"); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", from, err)
		}
	}
}
