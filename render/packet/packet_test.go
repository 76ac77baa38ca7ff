package packet

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
	"fairnotice/render"
)

var day = source.NewDay(2025, 6, 14)

// of makes the packet of an example.
func of(t *testing.T, name string, change func(*Input)) *Packet {
	t.Helper()
	in := input(t, name)
	if change != nil {
		change(&in)
	}
	p, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func input(t *testing.T, name string) Input {
	t.Helper()
	book, problems := law.Open(os.DirFS("../../notices/law"), "book")
	if problems.Failed() {
		t.Fatal(problems)
	}
	p, problems := notices.Load(os.DirFS("../../examples"), name)
	if problems.Failed() {
		t.Fatal(problems)
	}
	c, problems := locales.Open(os.DirFS("../../locales"), p.Languages...)
	if problems.Failed() {
		t.Fatal(problems)
	}
	var ns []*notices.Notice
	for _, k := range p.Kinds() {
		n, err := notices.Build(p, book, k, day)
		if err != nil {
			t.Fatal(err)
		}
		ns = append(ns, n)
	}
	e, err := render.NewEdition(c, ns)
	if err != nil {
		t.Fatal(err)
	}
	return Input{Edition: e, Program: p, Sent: day}
}

// TestNumbers holds the numbers against the edition: every statement of every kind has one, each number stands for one text, and the first
// is the first that is read.
func TestNumbers(t *testing.T) {
	in := input(t, "citykey.yaml")
	p, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(p.Items), "numbers")
	at := map[int]bool{}
	for i, it := range p.Items {
		if it.Number != i+1 {
			t.Fatalf("number %d stands at place %d", it.Number, i+1)
		}
		if len(it.In) != len(p.Languages) || len(it.Reasons) == 0 {
			t.Errorf("%d is in %d languages and has %d reasons", it.Number, len(it.In), len(it.Reasons))
		}
	}
	seen := 0
	for _, k := range p.Kinds {
		for _, l := range p.Languages {
			n := in.Edition.Notice(k.Kind, l.Tag)
			s := 0
			for _, sec := range k.Sections {
				for g, grp := range sec.Groups {
					for j, num := range grp.Numbers { // no heading of these examples is in the office's own words
						it := p.Items[num-1]
						if want := n.Sections[s].Groups[g].Statements[j]; it.ID != want.ID || it.In[l.Tag].Text != want.Text {
							t.Fatalf("%s %s: number %d is %q, and %q is read there", k.Kind, l.Tag, num, it.In[l.Tag].Text, want.Text)
						}
						at[num] = true
						seen++
					}
				}
				s++
			}
		}
	}
	if len(at) != len(p.Items) || seen == 0 {
		t.Errorf("%d numbers are used of %d", len(at), len(p.Items))
	}
	if len(p.Texts) != len(in.Edition.Texts) || slices.ContainsFunc(p.Texts, func(x Text) bool { return len(x.Canonical) != x.Bytes }) {
		t.Error("a text is missing, or has another length than its line says")
	}
}

// TestRecord reads what was written, and refuses it with one letter changed.
func TestRecord(t *testing.T) {
	p := of(t, "food-pantry.yaml", func(in *Input) {
		in.Grounds = []Ground{{"law", "il-local-records-act", digest(nil), "Local Records Act"}}
	})
	b := p.Record().Bytes()
	r, err := ReadRecord(b)
	if err != nil {
		t.Fatal(err)
	}
	if r.Digest != p.Edition.Digest || len(r.Texts) != len(p.Texts) || len(r.Grounds) != 1 || r.Sent != day {
		t.Errorf("the record of edition %s came back as %s with %d texts", p.Edition.Digest, r.Digest, len(r.Texts))
	}
	for i := 0; i < len(b); i += len(b) / 60 {
		c := slices.Clone(b)
		c[i] ^= 1
		if r, err := ReadRecord(c); err == nil && bytes.Equal(r.Bytes(), b) {
			t.Errorf("byte %d was changed, and nobody saw it", i)
		}
	}
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte("notice-sent/v1\nsent 2026-11-27\nas-of 2025-06-14\nfairnotice-edition/v1\nprogram a\nedition 1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := ReadRecord(b); err == nil && !bytes.Equal(r.Bytes(), b) {
			t.Error("the record was read, and is written otherwise")
		}
	})
}
