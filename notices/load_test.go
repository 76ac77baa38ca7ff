package notices

import (
	"os"
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

func TestCityKeyCovered(t *testing.T) {
	p, book := cityKey(t)
	day, _ := source.ParseDay("2025-06-14")
	n, err := Build(p, book, Before, day)
	if err != nil {
		t.Fatal(err)
	}
	cov, err := Coverage(n, p, book, day)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cov {
		if c.Status == "missing" {
			t.Errorf("%s %s: missing %v", c.Item, c.Title, c.Missing)
		}
		t.Logf("%s %s %s", c.Item, c.Status, c.Reason)
	}
	for _, pr := range Check(p, book, day) {
		if pr.Severity == source.Error {
			t.Error(pr.Error())
		}
	}
	// Deleting any one statement makes an item missing.
	for si := range n.Sections {
		for gi := range n.Sections[si].Groups {
			g := &n.Sections[si].Groups[gi]
			for k := range g.Statements {
				whole := g.Statements
				g.Statements = append(append([]Statement(nil), whole[:k]...), whole[k+1:]...)
				cov, _ := Coverage(n, p, book, day)
				missing := false
				for _, c := range cov {
					missing = missing || c.Status == "missing"
				}
				if !missing {
					t.Errorf("without %s nothing is missing", whole[k].ID)
				}
				g.Statements = whole
			}
		}
	}
}
