package notices

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

func cityKey(t testing.TB) (*Program, *law.Book) {
	t.Helper()
	p, problems := Load(os.DirFS("../examples"), "citykey.yaml")
	if problems.Failed() {
		t.Fatal(problems)
	}
	book, problems := law.Shipped()
	if problems.Failed() {
		t.Fatal(problems)
	}
	return p, book
}

func TestCityKeyBuilds(t *testing.T) {
	p, book := cityKey(t)
	day, _ := source.ParseDay("2025-06-14")
	n, err := Build(p, book, Before, day)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range n.Sections {
		t.Logf("## %s %d", s.ID, s.Layer)
		for _, g := range s.Groups {
			t.Logf("  -- %s", g.Heading)
			for _, st := range g.Statements {
				t.Logf("     %s  %v", st.ID, st.Values)
			}
		}
	}
}

// Every kind covers what one of its kind has to say, and every sentence counts: without any one of them, something is missing.
func TestCovered(t *testing.T) {
	p, book := cityKey(t)
	everything, problems := Load(os.DirFS("testdata"), "everything.yaml")
	if problems.Failed() {
		t.Fatal(problems)
	}
	for _, p := range []*Program{p, everything} {
		for _, kind := range Kinds() {
			t.Run(string(p.Program.ID)+"/"+string(kind), func(t *testing.T) { coveredWhole(t, p, book, kind) })
		}
	}
	for _, pr := range Check(p, book, p.Edition.AsOf.Last) {
		if pr.Severity == source.Error {
			t.Error(pr.Error())
		}
	}
}

func coveredWhole(t *testing.T, p *Program, book *law.Book, kind Kind) {
	day := p.Edition.AsOf.Last
	n, err := Build(p, book, kind, day)
	if err != nil {
		t.Fatal(err)
	}
	missing := func() (out []string) {
		cov, err := Coverage(n, p, book, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cov {
			if c.Status == "missing" {
				out = append(out, fmt.Sprintf("%s %s: %v", c.Item, c.Title, c.Missing))
			}
		}
		return out
	}
	if m := missing(); len(m) > 0 {
		t.Fatalf("missing: %s", strings.Join(m, "\n"))
	}
	for si := range n.Sections {
		for gi := range n.Sections[si].Groups {
			g := &n.Sections[si].Groups[gi]
			for k := range g.Statements {
				whole := g.Statements
				g.Statements = append(append([]Statement(nil), whole[:k]...), whole[k+1:]...)
				if len(missing()) == 0 {
					t.Errorf("without %s nothing is missing", whole[k].ID)
				}
				g.Statements = whole
			}
		}
	}
}

// minimal is the smallest file that is right.
func minimal(t *testing.T) []byte {
	data, err := os.ReadFile("testdata/broken/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestLanguageAdded: a language whose texts are not there yet is closed, and the file has no error for that.
func TestLanguageAdded(t *testing.T) {
	data := bytes.Replace(minimal(t), []byte("languages: [en, es]"), []byte("languages: [en, es, ar]"), 1)
	p, problems := Read("x.yaml", data)
	if p == nil || problems.Failed() {
		t.Fatal(problems)
	}
	warned := problems.Of(source.Warning)
	if len(warned) != 4 || warned[0].Error() != "x.yaml:10:10: This text is missing in: ar. So the program has no notice in: ar. Have it translated, or take the language out of `languages:`. Nothing is filled in from another language. [language]" {
		t.Errorf("%v", warned)
	}
}

// TestLoadReadsTheLock: translations.lock beside the file is read, and what is wrong in it is said.
func TestLoadReadsTheLock(t *testing.T) {
	h := source.HashText("A city card.")
	for text, want := range map[string]string{
		"": "",
		"fairnotice-translations/v1\n@ es draft 2026-11-26 A\nprogram.gives " + h + " " + h + "\n": h,
		"nonsense": "x/translations.lock:1:1",
	} {
		fsys := fstest.MapFS{"x.yaml": {Data: minimal(t)}}
		if text != "" {
			fsys["x/translations.lock"] = &fstest.MapFile{Data: []byte(text)}
		}
		p, problems := Load(fsys, "x.yaml")
		if p == nil {
			t.Fatal(problems)
		}
		line, _ := p.Lock.Of("es", "program.gives")
		if want == h || want == "" {
			if line.Text != want || problems.Failed() {
				t.Errorf("%q: %+v %v", text, line, problems)
			}
		} else if !problems.Failed() || !strings.Contains(problems.Error(), want) {
			t.Errorf("%q: %v", text, problems)
		}
	}
}
