package exchange

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fairnotice/locales"
)

// drawText draws a text that a file can hold: any letters, and much of what formats trip over.
func drawText(t *rapid.T, label string) string {
	pieces := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom([]string{"{n}", " ", "  ", "<", ">", "&amp;", "]]>", "<!--", "\n", "_x000D_", "_x005F_", "x000D_", "[[1]]", "[[", "=1+1", "'", `"`, "\u200f", "\u00a0", "\u200b",
			"\u202e", "e\u0301", "é", "سنة", "١٢", "12", "😀", "{", "}", "&#10;", "%s", "ID", "Translation", "es:aa4fafa4", "\ufeff"}),
		rapid.StringN(0, 6, 24)), 0, 8).Draw(t, label)
	return strings.Map(func(r rune) rune {
		if unwritable(string(r)) != "" {
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.Join(pieces, ""), ""))
}

func drawBook(t *rapid.T) Book {
	l := rapid.SampledFrom([]locales.Language{spanish, arabic, polish, ukrainian}).Draw(t, "language")
	b := Book{Language: l, Program: drawText(t, "program"), Made: "2026-11-26"}
	n := rapid.IntRange(1, 8).Draw(t, "units")
	for i := range n {
		u := Unit{ID: fmt.Sprintf("u%d.x", i), Source: drawText(t, "source"), Note: drawText(t, "note"), SourceHash: rapid.StringMatching(`[0-9a-f]{8}`).Draw(t, "hash"),
			Limit: rapid.SampledFrom([]int{0, 12, 400}).Draw(t, "limit"), State: rapid.SampledFrom([]string{Missing, Stale, Draft, Reviewed}).Draw(t, "state")}
		for noSuffix(u.Source) != u.Source {
			u.Source = noSuffix(u.Source)
		}
		if u.State == Stale {
			u.Before = drawText(t, "before")
		}
		if u.State == Draft || u.State == Reviewed {
			u.Target = drawText(t, "target")
			if strings.TrimSpace(strings.Map(noWidth, u.Target)) == "" || noSuffix(u.Target) != u.Target {
				u.Target, u.State = "", Missing
			}
		}
		if rapid.Bool().Draw(t, "plural") {
			for _, f := range formsOf[l.Tag] {
				v := u
				v.Form, v.Numbers = f[0], f[1]
				b.Units = append(b.Units, v)
			}
			continue
		}
		b.Units = append(b.Units, u)
	}
	for range rapid.IntRange(0, 3).Draw(t, "terms") {
		b.Terms = append(b.Terms, Term{ID: "t", English: drawText(t, "term"), Forms: []string{drawText(t, "form")}, Note: drawText(t, "note")})
	}
	return b
}

// TestRoundTrip writes any book and reads it: every translation is back, letter by letter, nothing is repaired or refused, and nothing
// is there that was not.
func TestRoundTrip(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				b := drawBook(rt)
				r := Read(f.write(t, b), b)
				if len(r.Refused)+len(r.Repairs)+len(r.Unknown) > 0 {
					rt.Fatal(report(r))
				}
				var want []Accepted
				for _, u := range b.Units {
					if u.shown() != "" {
						want = append(want, Accepted{ID: u.ID, Form: u.Form, Text: u.Target, Was: u.Target, SourceHash: u.SourceHash})
					}
				}
				if !slices.EqualFunc(r.Accepted, want, func(a, b Accepted) bool { a.Pos = b.Pos; return a == b }) {
					rt.Fatalf("accepted %+v\nwant %+v", r.Accepted, want)
				}
				if len(r.Accepted)+len(r.Missing) != len(b.Units) {
					rt.Fatalf("%d of %d are accounted for", len(r.Accepted)+len(r.Missing), len(b.Units))
				}
			})
		})
	}
}

// TestRepairIsDone: what was repaired needs no repair, and a good text none.
func TestRepairIsDone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, english := drawText(rt, "text"), drawText(rt, "english")
		once, _ := repair(s, english)
		if twice, did := repair(once, english); twice != once {
			rt.Fatalf("%q became %q and then %q (%q)", s, once, twice, did)
		}
	})
}

// TestWriteRefuses: what could not be read back is not written.
func TestWriteRefuses(t *testing.T) {
	for name, u := range map[string]Unit{
		"no id": {Source: "x"}, "a form in the id": {ID: "a#b"}, "a space in the id": {ID: "a b"}, "a form that is none": {ID: "a.b", Form: "lots"},
		"brackets at the end of a form": {ID: "a.b", Form: "other", Source: "x [[1]]"},
		"a control character":           {ID: "a.b", Source: "x\x00"}, "a carriage return": {ID: "a.b", Target: "x\r\ny"}, "not UTF-8": {ID: "a.b", Note: "\xff"},
		"more than a cell holds": {ID: "a.b", Source: strings.Repeat("x", 40_000)},
	} {
		for _, write := range []func() error{
			func() error { return WriteXLSX(&bytes.Buffer{}, Book{Language: spanish, Units: []Unit{u}}) },
			func() error { return WriteXLIFF(&bytes.Buffer{}, Book{Language: spanish, Units: []Unit{u}}) },
		} {
			if write() == nil {
				t.Errorf("%s was written", name)
			}
		}
	}
	if WriteXLSX(&bytes.Buffer{}, Book{Language: spanish, Units: []Unit{{ID: "a.b"}, {ID: "a.b"}}}) == nil {
		t.Error("a text was written twice")
	}
}

// FuzzRead: no bytes make the reader panic or run away, and what is accepted is in the book.
func FuzzRead(f *testing.F) {
	b := workBook()
	for _, format := range formats {
		f.Add(format.write(f, b))
	}
	f.Add([]byte(unitHead + `<trans-unit id="keep.stored"><source>The office keeps these:</source><target>Esto:</target></trans-unit>` + unitTail))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := Read(data, b)
		for _, a := range r.Accepted {
			if !slices.ContainsFunc(b.Units, func(u Unit) bool { return u.ID == a.ID && u.Form == a.Form }) || a.Text == "" {
				t.Fatalf("accepted %+v", a)
			}
		}
		if len(r.Accepted)+len(r.Missing) > len(b.Units) {
			t.Fatalf("%d accepted and %d missing of %d", len(r.Accepted), len(r.Missing), len(b.Units))
		}
	})
}

// FuzzXLIFF is the same with the words of one unit, so that it gets beyond the syntax.
func FuzzXLIFF(f *testing.F) {
	b := workBook()
	f.Add("Borramos la copia <ph id=\"1\">{n}</ph> años después. [[2, 3]]")
	f.Add("<g id='1'>a</g><x id='1'/>")
	f.Fuzz(func(t *testing.T, s string) {
		Read([]byte(unitHead+`<trans-unit id="delete.years#other"><source>We delete the copy {n} years after you apply. [[2, 3, 4 …]]</source><target>`+s+`</target></trans-unit>`+unitTail), b)
		Read(sheetOf(t, []string{"ID", "English", "Translation"}, []string{"keep.stored", "The office keeps these:", strings.ToValidUTF8(s, "")}), b)
	})
}

func thousands() Book {
	b := Book{Language: spanish, Program: "Bench", Made: "2026-11-26"}
	for i := range 2000 {
		s := fmt.Sprintf("The office keeps a copy of paper %d, and says so on this page.", i)
		b.Units = append(b.Units, plain(fmt.Sprintf("bench.n%d", i), s, fmt.Sprintf("La oficina guarda una copia del papel %d, y lo dice en esta página.", i)))
	}
	return b
}

// BenchmarkExchange writes and reads 2,000 units.
func BenchmarkExchange(b *testing.B) {
	book := thousands()
	blank := book.blank()
	for _, f := range formats {
		data := f.write(b, book)
		b.Run(f.name+"/write", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.write(b, book)
			}
			b.ReportMetric(float64(len(data)), "bytes")
		})
		b.Run(f.name+"/read", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r := Read(data, blank); len(r.Accepted) != 2000 {
					b.Fatal(report(r))
				}
			}
		})
	}
}
