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
