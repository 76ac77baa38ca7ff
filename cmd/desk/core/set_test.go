package core

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// another is another answer for an editor, as somebody would choose or write it; nil where there is none to try.
func another(e Editor) any {
	choose := func() any {
		for _, c := range e.Choices {
			if c.Word != e.Value {
				return c.Word
			}
		}
		return nil
	}
	switch e.Kind {
	case "choice", "yesno":
		return choose()
	case "list":
		if len(e.Choices) > 0 {
			return []string{e.Choices[len(e.Choices)-1].Word}
		}
		return nil
	case "period":
		return "17 months"
	case "date":
		return "2011-02-03"
	case "number":
		return "17"
	case "texts":
		texts := map[string]string{}
		for _, t := range e.Texts {
			texts[t.Tag] = t.Text + " (1: “#x”)"
		}
		return texts
	case "text":
		switch {
		case strings.HasPrefix(e.Value, "https://") || strings.Contains(e.Path, ".page") || strings.Contains(e.Path, ".url"):
			return "https://example.org/a?b=1#c"
		case strings.Contains(e.Path, "phone"):
			return "312-555-0199"
		}
		return "Another: “word” #1"
	}
	return nil
}

// TestSetEachLeaf sets every value of an example that has an editor to another one: the lines that change are those of that value, everything
// else of the file stays as it is, byte by byte and value by value, and undo brings the very same bytes back. Unknown is tried everywhere.
func TestSetEachLeaf(t *testing.T) {
	for _, id := range someExamples(t) {
		d := example(t, id, nil)
		before := string(d.files[d.name])
		r, err := d.read()
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		seen := map[string]bool{}
		for _, leaf := range r.Program.Doc.Leaves() {
			for path := leaf; path != ""; path = path[:max(0, strings.LastIndexByte(path, '.'))] {
				if f, ok := notices.FieldAt(path); ok && !seen[path] && !f.Entry && !strings.HasSuffix(path, ".is") {
					seen[path] = true
					paths = append(paths, path)
				}
			}
		}
		tried, refusedOnes := 0, 0
		for i, path := range paths {
			if !soak && i%5 != 0 {
				continue
			}
			e := do[Editor](t, d, "fact", `{"path":"`+path+`"}`)
			values := []any{another(e)}
			if e.Fact && !e.Unknown {
				values = append(values, "unknown")
			}
			for _, v := range values {
				if v == nil {
					continue
				}
				args, _ := json.Marshal(map[string]any{"path": path, "value": v})
				out := d.Do("set", args)
				if strings.Contains(string(out), `"error":{`) {
					if strings.Contains(string(out), "fault of ours") {
						t.Errorf("%s %s: %s", id, args, out)
					}
					refusedOnes++
					if string(d.files[d.name]) != before {
						t.Fatalf("%s %s was refused, and changed the file", id, args)
					}
					continue
				}
				tried++
				var s Set
				if err := json.Unmarshal(out, &s); err != nil {
					t.Fatal(err)
				}
				after := string(d.files[d.name])
				onlyThere(t, fmt.Sprintf("%s %s", id, args), before, after, path, s)
				do[Undone](t, d, "undo", "")
				if string(d.files[d.name]) != before {
					t.Fatalf("%s %s: undo did not bring the file back", id, args)
				}
			}
		}
		t.Logf("%s: %d places, %d changes, %d refused", id, len(paths), tried, refusedOnes)
		if tried < 40 || refusedOnes > tried {
			t.Errorf("%s: %d changes, %d refused", id, tried, refusedOnes)
		}
	}
}

// onlyThere holds a changed file against what it was: comments, the order of lines and every other value stay.
func onlyThere(t *testing.T, what, before, after, path string, s Set) {
	t.Helper()
	if before == after {
		if len(s.Changed.Lines) > 0 {
			t.Errorf("%s: nothing changed, and lines are told", what)
		}
		return
	}
	// Every line outside those that are told is as it was: the told ones are one stretch.
	was0, is0 := strings.Split(before, "\n"), strings.Split(after, "\n")
	first, last := s.Changed.Lines[0].Number, s.Changed.Lines[len(s.Changed.Lines)-1].Number
	if strings.Join(was0[:first-1], "\n") != strings.Join(is0[:first-1], "\n") {
		t.Errorf("%s: a line above %d changed, too", what, first)
	}
	rest := len(is0) - min(len(is0), last)
	if rest > 0 && len(was0) >= rest && strings.Join(was0[len(was0)-rest:], "\n") != strings.Join(is0[len(is0)-rest:], "\n") && len(was0) <= len(is0) {
		t.Errorf("%s: a line below %d changed, too", what, last)
	}
	// They are the lines of the value, and of its key where that stands alone above it.
	var p notices.Program
	old, _ := source.Read("x.yaml", []byte(before), &p)
	raw, _ := old.Raw(path)
	had := 0
	for _, l := range s.Changed.Lines {
		if l.Was != nil {
			had++
		}
	}
	if at := old.Pos(path).Line; len(s.Also) == 0 && (first < at-1 || had > strings.Count(raw, "\n")+2) {
		t.Errorf("%s: the value stands on line %d and has %d lines; %d lines from %d on changed", what, at, strings.Count(raw, "\n")+1, had, first)
	}
	was, comments := leavesOf(t, before), strings.Count(before, "#")
	is := leavesOf(t, after)
	if strings.Count(after, "#") < comments {
		t.Errorf("%s: a comment is lost", what)
	}
	under := func(p string) bool {
		if p == path || strings.HasPrefix(p, path+".") {
			return true
		}
		for _, also := range []string{".refuse", ".why", ".backups"} { // what Follow adds
			if strings.HasSuffix(p, also) && was[p] == "" {
				return true
			}
		}
		return false
	}
	for p, v := range was {
		if !under(p) && is[p] != v {
			t.Errorf("%s: %s was %q and is %q", what, p, v, is[p])
		}
	}
	for p, v := range is {
		if !under(p) && was[p] != v {
			t.Errorf("%s: %s is new: %q", what, p, v)
		}
	}
}

// leavesOf are all leaves of a file as they stand in it.
func leavesOf(t *testing.T, text string) map[string]string {
	t.Helper()
	var p notices.Program
	doc, _ := source.Read("x.yaml", []byte(text), &p)
	out := map[string]string{}
	for _, leaf := range doc.Leaves() {
		out[leaf], _ = doc.Raw(leaf)
	}
	if len(out) < 50 || reflect.ValueOf(p).IsZero() {
		t.Fatal("the file was not read")
	}
	return out
}

// TestSetKeepsWhatOthersSay: what another source says, and who was asked, stays beside a new answer, on however many lines it stands.
func TestSetKeepsWhatOthersSay(t *testing.T) {
	for stands, want := range map[string]string{
		"    at_end: {is: destroyed, but: [{is: unknown, source: tribune}]}\n":                                                                                   "{is: transferred, but: [{is: unknown, source: tribune}]}",
		"    at_end:\n      is: destroyed\n      but: # as of June\n        - is: unknown\n          source: tribune\n          by: \"Ana, \\\"Clerk\\\" #2\"\n": `{is: transferred, but: [{is: unknown, source: tribune, by: "Ana, \"Clerk\" #2"}]}`,
		"    at_end: {is: destroyed, but: [{is: unknown,\n      source: tribune}]}\n":                                                                            "{is: transferred, but: [{is: unknown, source: tribune}]}",
		"    at_end:\n      is: unknown\n      asked:\n        - {who: Ana, on: 2025-06-01}\n":                                                                   "transferred",
	} {
		d := example(t, "citykey", func(s string) string { return strings.Replace(s, "    at_end: unknown\n", stands, 1) })
		if errs := do[Answer](t, d, "state", "").State.Errors; errs > 0 {
			t.Fatalf("%s: %d errors", stands, errs)
		}
		do[Set](t, d, "set", `{"path":"retention.application_file.at_end","value":"transferred"}`)
		if text := do[FileText](t, d, "file", "").Text; !strings.Contains(text, "at_end: "+want) {
			t.Errorf("%s became\n%s", stands, text[strings.Index(text, "at_end"):][:160])
		}
		do[Undone](t, d, "undo", "")
		do[Set](t, d, "set", `{"path":"retention.application_file.at_end","value":"unknown"}`)
		if text := do[FileText](t, d, "file", "").Text; strings.Contains(stands, "asked") && !strings.Contains(text, "at_end: {is: unknown, asked: [{who: Ana, on: 2025-06-01}]}") {
			t.Errorf("who was asked is lost:\n%s", text[strings.Index(text, "at_end"):][:160])
		}
	}
}
