package core

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// example lays a file of examples on a desk, with its companions; change may break it.
func example(t testing.TB, id string, change func(string) string) *Desk {
	t.Helper()
	root := filepath.Join("..", "..", "..", "examples")
	files := map[string][]byte{}
	for _, pattern := range []string{id + ".yaml", id + "/*", id + "/law/*"} {
		found, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, f := range found {
			if b, err := os.ReadFile(f); err == nil {
				name, _ := filepath.Rel(root, f)
				files[filepath.ToSlash(name)] = b
			}
		}
	}
	if change != nil {
		files[id+".yaml"] = []byte(change(string(files[id+".yaml"])))
	}
	d := New(today)
	if err := d.Open(files); err != nil {
		t.Fatal(err)
	}
	return d
}

func allExamples(t testing.TB) []string {
	found, _ := filepath.Glob("../../../examples/*.yaml")
	if len(found) < 5 {
		t.Fatal("where are the examples?")
	}
	var out []string
	for _, f := range found {
		out = append(out, strings.TrimSuffix(filepath.Base(f), ".yaml"))
	}
	return out
}

// soak says that there is time for all of it.
var soak = os.Getenv("FN_SOAK") != ""

// someExamples are two of them: one with everything, and one with a law of its own beside it. There is more time in a soak.
func someExamples(t testing.TB) []string {
	if soak {
		return allExamples(t)
	}
	return []string{"citykey", "washtenaw"}
}

// broken are the examples, whole and broken in ways in which people break files.
func broken(t testing.TB) map[string]*Desk {
	out := map[string]*Desk{}
	for _, id := range someExamples(t) {
		out[id] = example(t, id, nil)
	}
	for name, change := range map[string]func(string) string{
		"a word that does not exist": func(s string) string { return strings.Replace(s, "urgency: ordinary", "urgency: urgent", 1) },
		"a key that does not exist":  func(s string) string { return strings.Replace(s, "\n    period:", "\n    periodd:", 1) },
		"a bracket left open": func(s string) string {
			return strings.Replace(s, "changed: [first_edition]", "changed: [first_edition", 1)
		},
		"a tabulator":       func(s string) string { return strings.Replace(s, "\n  urgency", "\n\turgency", 1) },
		"empty":             func(string) string { return "fairnotice: 1\n" },
		"a line is missing": func(s string) string { return strings.Replace(s, "cards_given: unknown", "", 1) },
		"a promise": func(s string) string {
			return strings.Replace(s, "en: A city ID card for people who live in Chicago.", "en: Your data is safe with us.", 1)
		},
		"a language is missing": func(s string) string {
			return strings.Replace(s, "    pl: Miejska karta tożsamości dla osób, które mieszkają w Chicago.\n", "", 1)
		},
		"a holder that is not there": func(s string) string { return strings.Replace(s, "at: clerk", "at: city_clark", 1) },
		"a placeholder":              func(s string) string { return strings.Replace(s, "name: CityKey", "name: TODO", 1) },
		"a law that is not there": func(s string) string {
			return strings.Replace(s, "authority: {is: [chicago-2-176]", "authority: {is: [chicago-2-177]", 1)
		},
		"later than the edition": func(s string) string { return strings.Replace(s, "published: 2025-06-14", "published: 2025-07-14", 1) },
		"a long sentence": func(s string) string {
			return strings.Replace(s, "en: A city ID card for people who live in Chicago.", "en: "+strings.Repeat("A city ID card that is for people who live in Chicago and ", 5)+"more.", 1)
		},
	} {
		d := example(t, "citykey", change)
		if text := do[FileText](t, d, "file", "").Text; text == do[FileText](t, out["citykey"], "file", "").Text {
			t.Fatalf("%s: nothing was broken", name)
		}
		out[name] = d
	}
	return out
}

// TestToDoSaysWhatCheckSays holds the desk against the command: every error, warning and question, each once, in the same words; and each
// has a button that does something.
func TestToDoSaysWhatCheckSays(t *testing.T) {
	for name, d := range broken(t) {
		f, err := Read(memory(d.files), d.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Inspect(today, func(n int, do func(int)) {
			for i := range n {
				do(i)
			}
		}); err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, p := range f.Problems {
			if p.Severity != source.Question {
				want = append(want, fmt.Sprint(p.Severity, p.Message, p.Path, p.Pos.Line, p.Code))
			}
		}
		if f.Program != nil {
			for _, q := range notices.Questions(f.Program) {
				want = append(want, fmt.Sprint("question", q.Text, q.Path, q.Pos.Line, "question"))
			}
		}
		before := do[FileText](t, d, "file", "").Text
		early := do[ToDo](t, d, "todo", "") // what was found so far is in it at once
		if !early.State.Counting && early.State.Errors == 0 {
			t.Errorf("%s: nothing was left to look at", name)
		}
		td := do[ToDo](t, d, "todo", `{"whole":true}`)
		errs := 0
		for _, p := range td.People {
			if p.Title == "" || len(p.Things) == 0 {
				t.Errorf("%s: %+v", name, p)
			}
			for _, th := range p.Things {
				if th.Severity != "note" {
					got = append(got, fmt.Sprint(th.Severity, th.Text, th.Path, th.Line, th.Code))
				}
				if th.Severity == "error" {
					errs++
				}
				if strings.Contains(th.Hint, "fairnotice ") {
					t.Errorf("%s: a hint for the command: %s", name, th.Hint)
				}
				switch m := th.Mend; {
				case m.Label == "" || m.Op == "" && m.Screen == "":
					t.Errorf("%s: nothing mends %+v", name, th)
				case m.Op == "fact":
					args, _ := json.Marshal(m.Args)
					if e := do[Editor](t, d, "fact", string(args)); e.Kind == "" || e.Label == "" {
						t.Errorf("%s: %+v", name, e)
					}
				case m.Op != "":
					t.Errorf("%s: %+v", name, m)
				}
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s: the command says\n%s\nthe desk says\n%s", name, strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
		if td.State.Counting || td.State.Errors != errs || errs > 0 != (name != "a long sentence" && name != "a language is missing" && !slices.Contains(allExamples(t), name)) {
			t.Errorf("%s: %d errors, %+v", name, errs, td.State)
		}
		if do[FileText](t, d, "file", "").Text != before {
			t.Errorf("%s: looking changed the file", name)
		}
	}
}
