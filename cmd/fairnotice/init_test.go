package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// asked runs init as on a terminal.
func asked(t *testing.T, file, typed string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	code = run([]string{"init", file}, strings.NewReader(typed), &out, &err, world{today: source.NewDay(2026, 3, 1), asks: true})
	return out.String(), err.String(), code
}

// shortest answers what must be answered, and does not know the rest.
var shortest = strings.Join([]string{"River Card", "1", "A card for people who live in the county.", "All people who live in the county can ask for one.", "1", "us-il-cook", "River County Clerk", "2",
	"", "", "", "1", "", "", "", "in person", "", "", "", "", "", "River Legal Aid", "312-555-0101", "Family Hotline", "312-555-0102", "1"}, "\n") + "\n"

// TestInterview: wrong answers are told and asked again, back goes back, and a file stands at the end.
func TestInterview(t *testing.T) {
	file := filepath.Join(t.TempDir(), "river.yaml")
	typed := strings.Replace(shortest, "\n1\nus-il-cook\n", "\nback\nAll people of the county can ask.\n9\nsafety\n1\nus-il-cok\nus-il-cook\n", 1)
	typed = strings.Replace(typed, "312-555-0101\n", "ring us\n312-555-0101\n", 1)
	typed = "\nback\nTODO\n“River” \u202e\n" + typed
	stdout, stderr, code := asked(t, file, typed)
	if code != fine || stderr != "" {
		t.Fatalf("%d %s\n%s", code, stderr, stdout)
	}
	for _, want := range []string{"A notice needs this. Write stop to leave now", "This is the first question.", "stands for an answer that nobody has written yet", "In the answer stands an invisible character",
		`"9" is not in the list. Write a number from 1 to 4.`, `"us-il-cok" is not in the list. Did you mean us-il-cook?`, "must be a phone number", "is written, and check accepts it"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("it does not say %q:\n%s", want, stdout)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), "open_to: {en: All people of the county can ask.}") {
		t.Errorf("%v\n%s", err, data)
	}
}

// TestInterviewGoesOn: whoever stops, or is stopped, after any question finds the answers again; the file at the end is the same.
func TestInterviewGoesOn(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "river.yaml")
	if _, stderr, code := asked(t, whole, shortest); code != fine {
		t.Fatalf("%d %s", code, stderr)
	}
	want, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(shortest, "\n"), "\n")
	file := filepath.Join(t.TempDir(), "river.yaml")
	for i, l := range lines {
		word := "stop\n"
		if i%2 == 0 {
			word = "" // the window was closed
		}
		if i == len(lines)-1 {
			word = ""
		}
		stdout, stderr, code := asked(t, file, strings.TrimSuffix(l, "\n")+"\n"+word)
		if code != fine {
			t.Fatalf("after %q: %d %s", l, code, stderr)
		}
		if last := i == len(lines)-1; !last && (!strings.Contains(stdout, "Your answers are in") || exists(file)) {
			t.Fatalf("after %q: %s", l, stdout)
		}
	}
	if got, _ := os.ReadFile(file); !bytes.Equal(got, want) {
		t.Errorf("it differs:\n%s", got)
	}
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

// TestInterviewLength: a program with two ways is asked for within ten minutes.
func TestInterviewLength(t *testing.T) {
	in := newTestInterview(t)
	n := 0
	for {
		p, _, _, more := in.Next()
		if !more {
			break
		}
		n++
		typed := map[string]string{"ways": "1, 2", "way.online.asks": "1, 2, 3, 9", "way.in_person.asks": "1, 9", "demanded": "no", "company": "Hostwell", "kept": "7 years"}[p.Key]
		if typed == "" && len(p.Choices) > 0 {
			typed = "1"
		} else if typed == "" {
			typed = "words"
		}
		if wrong := in.Answer(p, typed); wrong != "" {
			t.Fatalf("%s: %s", p.Key, wrong)
		}
	}
	if n < 25 || n > 45 {
		t.Errorf("%d questions", n)
	}
	t.Logf("%d questions", n)
}

func newTestInterview(t *testing.T) *render.Interview {
	t.Helper()
	book, err := shippedBook()
	if err != nil {
		t.Fatal(err)
	}
	cat, err := catalogue([]string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	in, err := render.NewInterview(cat, book.Places())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestEveryAnswerMakesAFile: each choice of each question, with the rest as short as can be, makes a file without an error in which
// no item of the checklist is missing.
func TestEveryAnswerMakesAFile(t *testing.T) {
	book, err := shippedBook()
	if err != nil {
		t.Fatal(err)
	}
	day := source.NewDay(2026, 3, 1)
	short := map[string]string{"program": "River Card", "languages": "en", "gives": "A card for people who live in the county.", "open_to": "All people who live in the county can ask for one.", "urgency": "ordinary",
		"place": "us-il-cook", "office": "River County Clerk", "office_kind": "county_agency", "open_now": "active", "ways": "online, in_person", "way.online.asks": "name, foreign_passport", "way.in_person.asks": "name, Tribal card",
		"demanded": "yes", "demand_kind": "1", "demand_from": "1", "demand_dated": "2026-02", "demand_scope": "1", "demand_public": "1", "company": "Hostwell", "legal": "River Legal Aid", "legal_reach": "312-555-0101",
		"officers": "Family Hotline", "officers_reach": "312-555-0102", "helpers_independent": "1"}
	try := func(key, typed string) (keys []render.Prompt) {
		in := newTestInterview(t)
		for {
			p, _, _, more := in.Next()
			if !more {
				break
			}
			keys = append(keys, p)
			answer := short[p.Key]
			if p.Key == key {
				answer = typed
			}
			if wrong := in.Answer(p, answer); wrong != "" {
				t.Fatalf("%s = %s: %s", p.Key, answer, wrong)
			}
		}
		p, ps := notices.Read("river.yaml", in.File(day))
		if !ps.Failed() {
			ps = append(ps, notices.Check(p, book, day)...)
		}
		if ps.Failed() {
			t.Errorf("%s = %s: %v", key, typed, ps.Of(source.Error))
			return keys
		}
		n, err := notices.Build(p, book, notices.Before, day)
		if err != nil {
			t.Errorf("%s = %s: %v", key, typed, err)
			return keys
		}
		covered, err := notices.Coverage(n, p, book, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range covered {
			if c.Status == "missing" {
				t.Errorf("%s = %s: %s is missing", key, typed, c.Item)
			}
		}
		return keys
	}
	for _, p := range try("", "") {
		if p.Key == "languages" {
			continue
		}
		for _, c := range p.Choices {
			try(p.Key, c[0])
		}
		if p.OrNone {
			try(p.Key, "none")
		}
	}
}

// TestInterviewSpeaksOfEnter: whoever is asked is told to press Enter, not which line of a file to write.
func TestInterviewSpeaksOfEnter(t *testing.T) {
	typed := strings.Replace(shortest, "\nin person\n\n\n", "\nin person\n\n\nuntil it is back\n", 1)
	stdout, stderr, code := asked(t, filepath.Join(t.TempDir(), "river.yaml"), typed)
	flat := strings.Join(strings.Fields(stdout), " ")
	if code != fine || !strings.Contains(flat, "If you do not know, press Enter.") || strings.Contains(flat, "If nobody knows, write") {
		t.Errorf("%d %s\n%s", code, stderr, stdout)
	}
}
