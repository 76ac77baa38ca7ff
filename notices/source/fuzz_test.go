package source_test

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fairnotice/notices/source"
)

// FuzzRead: whatever stands in a file, reading it ends, gives problems with words and places, and gives the same ones again.
func FuzzRead(f *testing.F) {
	f.Add([]byte(good))
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal("no files in testdata", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p, q program
		doc, ps := source.Read("fuzz.yaml", data, &p)
		sound(t, doc, ps)
		ps.Print(io.Discard)
		again, qs := source.Read("fuzz.yaml", data, &q)
		if !reflect.DeepEqual(ps, qs) || !reflect.DeepEqual(p, q) || !reflect.DeepEqual(doc.Leaves(), again.Leaves()) {
			t.Fatalf("read twice, it differs:\n%v\n%v", ps, qs)
		}
		for _, leaf := range doc.Leaves() {
			if at := doc.Pos(leaf); !doc.Has(leaf) || at.Line < 1 || at.Col < 1 || at.Col > utf8.RuneCountInString(doc.Line(at.Line))+1 {
				t.Errorf("%s stands at %v", leaf, at)
			}
		}
		if !ps.Failed() {
			whole(t, p)
		}
	})
}

// whole checks what a file without errors promises.
func whole(t *testing.T, p program) {
	if p.Version != 1 || p.Name.IsZero() {
		t.Errorf("without an error, and without what is needed: %+v", p)
	}
	for tag, words := range p.Name.In {
		if _, what := source.CheckText(words); what != "" || words == "" {
			t.Errorf("%s of the name: %s", tag, what)
		}
	}
	for id, r := range p.Retention {
		if !r.Period.Said() || r.Period.Known() && r.Period.Is.IsZero() {
			t.Errorf("%s: %+v", id, r.Period)
		}
	}
	for _, c := range p.Channels {
		for _, phase := range c.Phases {
			if phase.ID == "" || phase.From.IsZero() || !phase.To.Said() || phase.To.Known() && phase.To.Is.IsZero() {
				t.Errorf("%+v", phase)
			}
		}
	}
}

// FuzzCheckText: what is let through is whole, normal, and turns nothing around.
func FuzzCheckText(f *testing.F) {
	for _, s := range []string{"a", "e\u0301", "\u202e", "می‌دارد", "a\u200db", "\u0421ity", "a\xffb", "☎️"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		bad, what := source.CheckText(s)
		if what == "" && bad != 0 {
			t.Fatalf("%U without a reason", bad)
		}
		if what != "" {
			return
		}
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
			t.Fatalf("%q was let through", s)
		}
		for _, r := range s {
			if r < ' ' && r != '\n' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c || r == 0x200b ||
				r == 0xfeff || r == 0x2060 || r >= 0xe0000 && r <= 0xe007f {
				t.Fatalf("%q was let through", s)
			}
		}
	})
}

// FuzzParse: what dates and periods read, they write again as it was.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2025", "2025-06", "2025-06-14", "7 years", "1 day", "none", "permanent", "9999-12-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := source.ParseDate(s); err == nil && d.String() != s {
			t.Fatalf("%q is written %q", s, d)
		} else if err != nil && !d.IsZero() {
			t.Fatalf("%q is %v and an error", s, d)
		}
		if p, err := source.ParsePeriod(s); err == nil {
			if again, err := source.ParsePeriod(p.String()); err != nil || again != p {
				t.Fatalf("%q is written %q", s, p)
			}
		}
	})
}

// FuzzSpoil takes something out of a good file and puts something else in: mistakes of the kind that people make.
func FuzzSpoil(f *testing.F) {
	f.Add(uint16(10), uint8(0), "\t")
	f.Add(uint16(300), uint8(3), "“")
	f.Add(uint16(500), uint8(1), ": ")
	f.Add(uint16(700), uint8(9), "{is: ")
	f.Add(uint16(900), uint8(0), "- ")
	f.Add(uint16(100), uint8(0), "\u00a0")
	f.Fuzz(func(t *testing.T, at uint16, gone uint8, put string) {
		i := min(int(at), len(good))
		j := min(i+int(gone), len(good))
		var p program
		doc, ps := source.Read("spoilt.yaml", []byte(good[:i]+put+good[j:]), &p)
		sound(t, doc, ps)
		ps.Print(io.Discard)
		if !ps.Failed() {
			whole(t, p)
		}
	})
}
