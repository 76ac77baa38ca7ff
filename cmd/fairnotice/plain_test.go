package main

import (
	"path/filepath"
	"strings"
	"testing"

	"fairnotice/locales/plain"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// TestExamplesArePlain judges every example, in every kind of notice and in every language of which somebody has written down how to
// judge it, by its bar; and finds the ten basic facts in each notice that comes before an upload.
func TestExamplesArePlain(t *testing.T) {
	on, err := source.ParseDay("2026-11-26")
	if err != nil {
		t.Fatal(err)
	}
	// What the index comes to on the items that words show; the bar is 90. Below it: lists of more than seven papers, facts or languages (8),
	// key facts that do not name the way that leaves fewer records, or how long (10), and passive voice where nobody knows who (6).
	index := map[string]float64{"citykey": 90, "food-pantry": 80, "citykey-2017": 80, "chicago-streets-sanitation": 80, "colorado-labor": 70, "washtenaw": 70}
	judged := 0
	for _, path := range examples(t) {
		f, err := world{}.read(path)
		if err != nil {
			t.Fatal(err)
		}
		cat, err := catalogue(f.program.Languages)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range notices.AllKinds() {
			n, err := notices.Build(f.program, f.book, kind, on)
			if err != nil {
				continue // this program has no notice of the kind
			}
			for _, tag := range f.program.Languages {
				said, err := cat.Say(n, tag)
				if err != nil {
					t.Fatal(err)
				}
				r := plain.Notice(said)
				if !r.Scored {
					continue
				}
				judged++
				for _, s := range r.Scores {
					if s.Judged && !s.Passed {
						t.Errorf("%s %s %s: %s %.1f misses %.0f", path, kind, tag, s.Name, s.Value, s.Bar)
					}
				}
				for _, x := range r.Findings {
					if !x.Note {
						t.Errorf("%s %s %s: %s %s %q", path, kind, tag, x.ID, x.Says, x.Sentence)
					}
				}
				if kind == notices.Before && tag == "en" {
					for _, x := range r.Facts {
						if !x.Found {
							t.Errorf("%s: not found: %s", path, x.Name)
						}
					}
					points, items := r.IndexScore()
					t.Logf("%s: CDC index %.0f on %d items", path, points, items)
					if name := strings.TrimSuffix(filepath.Base(path), ".yaml"); points < index[name] || index[name] == 0 {
						t.Errorf("%s: CDC index %.0f, was %.0f: %+v", path, points, index[name], r.Index)
					}
				}
			}
		}
	}
	if judged < 20 {
		t.Errorf("only %d notices were judged", judged)
	}
}

// TestReadability sees that a notice that misses its bar is named in check, with its sentence and its place in the file.
func TestReadability(t *testing.T) {
	f, err := world{}.read(example("citykey"))
	if err != nil {
		t.Fatal(err)
	}
	on, _ := source.ParseDay(day)
	n, err := notices.Build(f.program, f.book, notices.Before, on)
	if err != nil {
		t.Fatal(err)
	}
	cat, err := catalogue([]string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	said, err := cat.Say(n, "en")
	if err != nil {
		t.Fatal(err)
	}
	if ps := f.core().Readability(0, said); len(ps) > 0 {
		t.Errorf("a plain notice is named: %v", ps)
	}
	for i := range said.Sections {
		for j := range said.Sections[i].Groups {
			for k := range said.Sections[i].Groups[j].Statements {
				said.Sections[i].Groups[j].Statements[k].Text = "The administration necessitates institutional deliberation. Records of the office. " + strings.Repeat("And it keeps it ", 5) + "now."
			}
		}
	}
	var codes []string
	for _, p := range f.core().Readability(0, said) {
		codes = append(codes, p.Code)
		if p.Severity != source.Warning || p.Pos.Line == 0 || !strings.HasPrefix(p.Path, "languages.") {
			t.Errorf("%+v", p)
		}
	}
	if got := strings.Join(codes, " "); !strings.HasPrefix(got, "grade grade grade grade no-verb long ") && !strings.Contains(got, "words") || len(codes) > 12 {
		t.Errorf("got %q", got)
	}
}
