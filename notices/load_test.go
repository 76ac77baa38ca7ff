package notices

import (
	"fmt"
	"os"
	"strings"
	"testing"

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
