package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairnotice/notices/source"
	"fairnotice/render"
)

// replaces are ways in which the second edition of the pantry differs from the first, and whether who has read the first may go on.
var replaces = map[string]struct {
	pattern, with string
	holds         bool
}{
	"better":       {`period: \{is: 1 year`, "period: {is: 6 months", true},
	"wording only": {`217-555-0100`, "217-555-0199", true},
	"worse":        {`period: \{is: 1 year`, "period: {is: 2 years", false},
	"not known":    {`period: \{is: 1 year, source: letter, confidence: reported\}`, "period: unknown", false},
	"unclear":      {`urgency: food `, "urgency: ordinary ", false},
}

// pantry writes an edition of the pantry, in English alone.
func pantry(t *testing.T, file, number, pattern, with string) {
	t.Helper()
	b, err := os.ReadFile(example("food-pantry"))
	if err != nil {
		t.Fatal(err)
	}
	s := replaced(t, string(b), `(?m)^languages: .*`, "languages: [en]")
	s = replaced(t, s, `number: 1 `, "number: "+number+" ")
	if pattern != "" {
		s = replaced(t, s, pattern, with)
	}
	if err := os.WriteFile(file, []byte(s), 0o600); err != nil {
		t.Fatal(err)
	}
}

func editionJSON(t *testing.T, folder string) render.EditionFile {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder, "public", "edition.json"))
	if err != nil {
		t.Fatal(err)
	}
	var f render.EditionFile
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatal(err)
	}
	if len(f.InForce) == 0 || f.InForce[0] != f.Edition || f.Edition.Until != "" {
		t.Fatalf("the edition is not the first that is in force: %+v", f)
	}
	return f
}

// TestEditionBefore keeps the rule of 48 hours: after a change that is better or of words alone, and after no other, who has read the
// edition before may go on for a while. To build again makes that no longer, and when it is over it is gone.
func TestEditionBefore(t *testing.T) {
	built := source.NewDay(2026, 11, 27)
	const until = "2026-11-29T00:00:00Z"
	for name, c := range replaces {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			old, new, site := filepath.Join(dir, "old.yaml"), filepath.Join(dir, "new.yaml"), filepath.Join(dir, "site")
			pantry(t, old, "1", "", "")
			pantry(t, new, "2", c.pattern, c.with)
			build := func(day source.Day, args ...string) string {
				t.Helper()
				stdout, stderr, code := fairnotice(t, world{today: built, utc: day}, append([]string{"build", "--out", site}, args...)...)
				if code != fine {
					t.Fatalf("exit code %d: %s", code, stderr)
				}
				return stdout
			}
			build(built, old)
			first := editionJSON(t, site)
			if len(first.InForce) != 1 {
				t.Fatalf("a first edition replaces %+v", first.InForce[1:])
			}
			said := build(built, new, "--since", old)
			f := editionJSON(t, site)
			if !c.holds {
				if len(f.InForce) != 1 || !strings.Contains(said, "is asked to read edition 2") {
					t.Fatalf("accepted under the old words: %+v\n%s", f.InForce[1:], said)
				}
				return
			}
			want := first.Edition
			want.Until = until
			if len(f.InForce) != 2 || f.InForce[1] != want || !strings.Contains(said, until) {
				t.Fatalf("in force are %+v, want %+v behind the edition\n%s", f.InForce, want, said)
			}
			// The same day and the next: nothing changes. Then it is over, and stays over.
			for _, day := range []source.Day{built, built + 1} {
				if said := build(day, new, "--since", old); !strings.Contains(said, "nothing was written") {
					t.Errorf("built again on %s: %s", day, said)
				}
			}
			for _, day := range []source.Day{built + 2, built + 3} {
				build(day, new, "--since", old)
				if f := editionJSON(t, site); len(f.InForce) != 1 {
					t.Errorf("still in force on %s: %+v", day, f.InForce[1:])
				}
			}
		})
	}
}

// TestNoEditionBefore lists what must not put an edition before in force.
func TestNoEditionBefore(t *testing.T) {
	dir := t.TempDir()
	one, two, three := filepath.Join(dir, "one.yaml"), filepath.Join(dir, "two.yaml"), filepath.Join(dir, "three.yaml")
	pantry(t, one, "1", "", "")
	pantry(t, two, "2", `period: \{is: 1 year`, "period: {is: 6 months")
	pantry(t, three, "3", `period: \{is: 1 year`, "period: {is: 3 months")
	built := source.NewDay(2026, 11, 27)
	for name, c := range map[string]struct {
		builds [][]string // file, and the older file
		utc    source.Day
		change func(site string) error
	}{
		"no older file":                         {builds: [][]string{{one}, {two}}, utc: built},
		"nothing in the folder":                 {builds: [][]string{{two, one}}, utc: built},
		"another edition stands in the folder":  {builds: [][]string{{two}, {three, one}}, utc: built},
		"the edition that stands has no less":   {builds: [][]string{{two}, {one, two}}, utc: built},
		"nobody knows the day in UTC":           {builds: [][]string{{one}, {two, one}}},
		"the folder says more than 48 hours":    {builds: [][]string{{one}, {two, one}, {two, one}}, utc: built, change: rewrite("2026-11-29T00:00:00Z", "2026-11-30T00:00:00Z")},
		"the folder says what is no time":       {builds: [][]string{{one}, {two, one}, {two, one}}, utc: built, change: rewrite("2026-11-29T00:00:00Z", "tomorrow")},
		"only the one before, not those before": {builds: [][]string{{one}, {two, one}, {three}}, utc: built},
	} {
		t.Run(name, func(t *testing.T) {
			site := filepath.Join(t.TempDir(), "site")
			for i, b := range c.builds {
				if i == len(c.builds)-1 && c.change != nil {
					if err := c.change(site); err != nil {
						t.Fatal(err)
					}
				}
				args := []string{"build", b[0], "--out", site}
				if len(b) > 1 {
					args = append(args, "--since", b[1])
				}
				if _, stderr, code := fairnotice(t, world{today: built, utc: c.utc}, args...); code != fine {
					t.Fatalf("exit code %d: %s", code, stderr)
				}
			}
			if f := editionJSON(t, site); len(f.InForce) != 1 {
				t.Errorf("in force: %+v", f.InForce)
			}
		})
	}
}

// rewrite changes the edition.json of a folder.
func rewrite(old, new string) func(site string) error {
	return func(site string) error {
		name := filepath.Join(site, "public", "edition.json")
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, []byte(strings.ReplaceAll(string(b), old, new)), 0o600)
	}
}
