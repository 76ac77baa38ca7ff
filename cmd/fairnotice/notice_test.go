package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// edition1 is the day of the tests.
var edition1 = source.NewDay(2025, 6, 14)

// dayOf is the day of an example's edition.
func dayOf(t testing.TB, file string) source.Day {
	t.Helper()
	f, err := world{today: edition1}.read(file)
	if err != nil || f.program == nil {
		t.Fatalf("%s: %v", file, err)
	}
	return f.program.Edition.AsOf.Last
}

// since is the older file of an example that has one.
func since(file string) string {
	if filepath.Base(file) == "citykey.yaml" {
		return example("citykey-2017")
	}
	return ""
}

// kindsOf are the kinds of notice of an example.
func kindsOf(file string) []notices.Kind {
	if since(file) != "" {
		return append(notices.Kinds(), notices.WhatChanged)
	}
	return notices.Kinds()
}

// said builds a notice of a program file and says it in a language.
func said(t *testing.T, file string, kind notices.Kind, tag string) *locales.Notice {
	t.Helper()
	day := dayOf(t, file)
	w := world{today: day}
	f, err := w.load(file, day)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSayer(day, []string{tag})
	if err != nil {
		t.Fatal(err)
	}
	if kind == notices.WhatChanged {
		if err := s.sinceFile(w, since(file)); err != nil {
			t.Fatal(err)
		}
	}
	n, err := s.notice(f, kind)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.cat.Say(n, tag)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// goldenIn lists the languages whose texts of an example are held word by word: all of CityKey's, and of the others those of three
// scripts. That every language says the same of every example is another test's.
func goldenIn(id string) []string {
	if id == "citykey" {
		return locales.ShippedTags()
	}
	return []string{"en", "es", "ar"}
}

// TestGolden holds the notices of the examples, word by word: a change of words is a change that somebody reads.
func TestGolden(t *testing.T) {
	for _, file := range examples(t) {
		day := dayOf(t, file)
		id := strings.TrimSuffix(filepath.Base(file), ".yaml")
		for _, kind := range kindsOf(file) {
			for _, tag := range goldenIn(id) {
				t.Run(id+"."+string(kind)+"."+tag, func(t *testing.T) {
					args := []string{"show", file, "--lang", tag, "--kind", string(kind)}
					if kind == notices.WhatChanged {
						args = append(args, "--since", since(file))
					}
					got, stderr, code := fairnotice(t, world{today: day}, args...)
					if code != fine {
						t.Fatalf("exit code %d: %s", code, stderr)
					}
					golden := filepath.Join("testdata", "golden", id, string(kind)+"."+tag+".txt")
					if *update {
						if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
							t.Fatal(err)
						}
						if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
							t.Fatal(err)
						}
					}
					want, err := os.ReadFile(golden)
					if err != nil {
						t.Fatal(err)
					}
					if got != string(want) {
						t.Errorf("%s: %s\nIf the new words are right, run: go test ./cmd/fairnotice -run TestGolden -update", golden, firstDifference(string(want), got))
					}
				})
			}
		}
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range w {
		if i >= len(g) || w[i] != g[i] {
			return fmt.Sprintf("line %d was %q and is %q", i+1, w[i], strings.Join(g[min(i, len(g)):min(i+1, len(g))], ""))
		}
	}
	return fmt.Sprintf("there are %d lines more", len(g)-len(w))
}

// TestLanguagesSayTheSame holds every example in every language against its first: the same sections, statements, values, numbers
// and dates in the same order. What is said in one language is said in all.
func TestLanguagesSayTheSame(t *testing.T) {
	for _, file := range examples(t) {
		day := dayOf(t, file)
		w := world{today: day}
		f, err := w.load(file, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range kindsOf(file) {
			var first []string
			var firstTag string
			texts := map[string]string{}
			for _, tag := range f.program.Languages {
				if tag == "zh-Hant" { // a short sentence can be the same in both ways to write Chinese; locales tells their letters apart
					texts = map[string]string{}
				}
				n := said(t, file, kind, tag)
				shape := shapeOf(n)
				if first == nil {
					first, firstTag = shape, tag
				}
				for i := range max(len(first), len(shape)) {
					if i >= len(first) || i >= len(shape) || first[i] != shape[i] {
						t.Errorf("%s, %s: %s and %s part at\n  %s\n  %s", file, kind, firstTag, tag,
							strings.Join(first[min(i, len(first)):min(i+1, len(first))], ""), strings.Join(shape[min(i, len(shape)):min(i+1, len(shape))], ""))
						break
					}
				}
				for _, st := range statements(n) {
					if other, ok := texts[st.ID]; ok && other == st.Text && len(st.Text) > 20 {
						t.Errorf("%s, %s: %s says %s in the words of another language: %q", file, kind, tag, st.ID, st.Text)
					}
					texts[st.ID] = st.Text
				}
			}
			if len(first) < 10 {
				t.Errorf("%s, %s: only %d things are said", file, kind, len(first))
			}
		}
	}
}

// TestQuestionsAreAboutThePage: of the seven questions for helpers, none speaks of the reader, and each has its answer below it.
func TestQuestionsAreAboutThePage(t *testing.T) {
	own := map[string]*regexp.Regexp{
		"en": regexp.MustCompile(`(?i)\b(you|yours?|yourself)\b`),
		"es": regexp.MustCompile(`(?i)\b(usted(es)?|sus?|le|les)\b`),
		"ar": regexp.MustCompile(`(كم|كنّ)([ ؟.،]|$)`),
	}
	for _, file := range examples(t) {
		for tag, you := range own {
			questions := 0
			for _, s := range said(t, file, notices.AskBack, tag).Sections {
				if s.ID != "ask_questions" {
					continue
				}
				for i, g := range s.Groups {
					st := g.Statements[0]
					if !strings.HasSuffix(st.Text, "?") && !strings.HasSuffix(st.Text, "؟") {
						continue
					}
					questions++
					if you.MatchString(strings.TrimPrefix(st.Text, "كم ")) { // how much
						t.Errorf("%s, %s: %s speaks of the reader: %s", file, tag, st.ID, st.Text)
					}
					if len(g.Statements) != 1 || i+1 == len(s.Groups) || s.Groups[i+1].Heading == "" {
						t.Errorf("%s, %s: %s does not stand above its answer", file, tag, st.ID)
					}
				}
			}
			if questions != 7 {
				t.Errorf("%s, %s: %d questions", file, tag, questions)
			}
		}
	}
}

// shapeOf lists what of a notice may not depend on its language.
func shapeOf(n *locales.Notice) []string {
	var out []string
	values := func(in string, vs []locales.Value) {
		for _, v := range vs {
			out = append(out, fmt.Sprintf("%s value %s (%s) %q", in, v.Name, v.Kind, v.Data))
		}
	}
	for _, s := range n.Sections {
		out = append(out, fmt.Sprintf("section %s, layer %d", s.ID, s.Layer))
		values(s.ID, s.Values)
		for i, g := range s.Groups {
			out = append(out, fmt.Sprintf("section %s, group %d", s.ID, i))
			values(s.ID, g.Values)
			for _, st := range g.Statements {
				out = append(out, fmt.Sprintf("%s: %s %v", st.ID, st.Message, st.Covers))
				values(st.ID, st.Values)
			}
		}
	}
	return out
}

// TestLawHasWords holds the book of law against the sentences: whatever a notice of any program under it can ask of a language, the
// language has, so of each law its name, what it says, whom it binds and the rule of each version, and the labels of what it excepts.
func TestLawHasWords(t *testing.T) {
	book, err := shippedBook()
	if err != nil {
		t.Fatal(err)
	}
	cat, err := catalogue(locales.ShippedTags())
	if err != nil {
		t.Fatal(err)
	}
	want := notices.MessageIDs(book)
	for _, e := range book.All() {
		for _, id := range map[law.Kind][]string{
			law.KindDemand:     {"demand.%", "demand.%.is"},
			law.KindProtection: {"law.%", "law.%.says", "law.%.binds"},
			law.KindRuling:     {"law.%", "law.%.says"},
		}[e.Kind] {
			if id = strings.ReplaceAll(id, "%", string(e.ID)); !slices.Contains(want, id) {
				t.Errorf("nobody asks a language for %s", id)
			}
		}
	}
	for _, tag := range cat.Tags() {
		have := map[string]bool{}
		for _, id := range cat.IDs(tag) {
			have[id] = true
		}
		for _, id := range want {
			if !have[id] {
				t.Errorf("%s has no words for %s", tag, id)
			}
		}
		if have["law.no-such-law"] {
			t.Errorf("%s claims words for everything", tag)
		}
	}
}

// TestEveryExample checks every file in examples: no errors, nothing missing from the checklist, in the independent voice.
func TestEveryExample(t *testing.T) {
	for _, file := range examples(t) {
		day := dayOf(t, file)
		r, err := world{today: day}.inspect(file, day)
		if err != nil {
			t.Fatal(err)
		}
		if r.file.problems.Failed() {
			t.Fatalf("%s: %v", file, r.file.problems.Of(source.Error))
		}
		if len(r.covered) != 47 {
			t.Errorf("%s: %d items of the checklist, want 47", file, len(r.covered))
		}
		for _, c := range r.covered {
			if c.Status == "missing" {
				t.Errorf("%s: nobody says %s of %v", file, c.Item, c.Missing)
			}
		}
		if r.file.program.Voice != "independent" {
			t.Errorf("%s: no words are put into a real office's mouth", file)
		}
	}
}

// TestBar draws on a terminal, when there are several programs, and leaves the line empty.
func TestBar(t *testing.T) {
	data, err := os.ReadFile(example("citykey"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var files []string
	for i := range 3 {
		f := filepath.Join(dir, fmt.Sprintf("p%d.yaml", i))
		if err := os.WriteFile(f, []byte(replaced(t, string(data), `(?m)^  id: citykey\b`, fmt.Sprintf("  id: p%d", i))), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	args := append(append([]string{"build"}, files...), "--out", filepath.Join(dir, "site"))
	_, stderr, code := fairnotice(t, world{today: edition1, terminal: true}, args...)
	if code != fine || !strings.Contains(stderr, "\rwriting   ") || !strings.Contains(stderr, "3 of 3") || !strings.HasSuffix(stderr, "\r\x1b[K") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	if _, stderr, code = fairnotice(t, world{today: edition1}, args...); code != fine || stderr != "" {
		t.Errorf("no terminal: exit code %d, %q", code, stderr)
	}
	if _, stderr, code = fairnotice(t, world{today: edition1, terminal: true}, "build", files[0], "--out", filepath.Join(dir, "one")); code != fine || stderr != "" {
		t.Errorf("one program: exit code %d, %q", code, stderr)
	}
}

// TestToday is the default of --date, and nothing else reads the clock: an edition built later is the same, while no law is due.
func TestToday(t *testing.T) {
	dir := t.TempDir()
	now, _, _ := fairnotice(t, world{today: edition1}, "build", example("citykey"), "--out", filepath.Join(dir, "now"))
	later, _, code := fairnotice(t, world{today: source.NewDay(2025, 12, 24)}, "build", example("citykey"), "--out", filepath.Join(dir, "later"))
	if code != fine || strings.Split(now, "\n")[0] != strings.Split(later, "\n")[0] {
		t.Errorf("exit code %d\n%s%s", code, now, later)
	}
	due, _, _ := fairnotice(t, world{today: source.NewDay(2099, 1, 1)}, "law", "--due")
	if !strings.Contains(due, "check is past") {
		t.Errorf("law --due does not take today:\n%s", due)
	}
}

// replaced replaces what a pattern finds, and fails where it finds nothing: a test that changes nothing proves nothing.
func replaced(t testing.TB, s, pattern, with string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	if !re.MatchString(s) {
		t.Fatalf("%s is not in the file", pattern)
	}
	return re.ReplaceAllLiteralString(s, with)
}
