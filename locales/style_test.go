package locales

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
)

// codes are the must-nots that words can show.
var codes = []string{"N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10", "N11", "N12", "N13", "N14", "N15", "N16", "N17", "vague"}

// written lists the languages of the table that have words, or patterns of what may not be said.
func written() []Language {
	var out []Language
	for _, l := range Languages() {
		_, err := os.Stat("style/" + l.Tag + ".toml")
		if err == nil || slices.Contains(ShippedTags(), l.Tag) {
			out = append(out, l)
		}
	}
	return out
}

// TestMustNots holds each language's patterns against sentences: what must be found, and right sentences in which nothing may be.
func TestMustNots(t *testing.T) {
	for _, l := range written() {
		t.Run(l.Tag, func(t *testing.T) { testMustNots(t, l) })
	}
}

func testMustNots(t *testing.T, l Language) {
	{
		file, err := os.Open("testdata/style/" + l.Tag + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		bad, good := map[string]int{}, 0
		for lines := bufio.NewScanner(file); lines.Scan(); {
			line := lines.Text()
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if text, ok := strings.CutPrefix(line, "- "); ok {
				good++
				for _, m := range MustNots(l.Tag, text) {
					t.Errorf("%s: %s finds %q in a sentence that is right: %s", l.Tag, m.Code, m.Match, text)
				}
				continue
			}
			code, text, ok := strings.Cut(line, " + ")
			code, class, _ := strings.Cut(code, "@")
			if !ok || !slices.Contains(codes, code) && code != "pitfall" {
				t.Fatalf("%s: a line that is not a test: %s", l.Tag, line)
			}
			bad[code]++
			if !slices.ContainsFunc(MustNotsIn(l.Tag, Class(class), text), func(m MustNot) bool {
				return m.Code == code && m.Match != "" && strings.Contains(text, m.Match) && m.Say != ""
			}) {
				t.Errorf("%s: %s is not found in: %s (found: %+v)", l.Tag, code, text, MustNots(l.Tag, text))
			}
		}
		for _, c := range codes {
			if bad[c] == 0 {
				t.Errorf("%s: no sentence tests %s", l.Tag, c)
			}
		}
		if good < 20 {
			t.Errorf("%s: only %d sentences that are right", l.Tag, good)
		}
	}
}

// TestEveryPatternIsTested: a pattern that no sentence needs is a guess.
func TestEveryPatternIsTested(t *testing.T) {
	for _, l := range written() {
		t.Run(l.Tag, func(t *testing.T) { testEveryPattern(t, l) })
	}
}

func testEveryPattern(t *testing.T, l Language) {
	{
		data, err := os.ReadFile("testdata/style/" + l.Tag + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		text := fold(string(data)).text
		for _, m := range styleOf(l.Tag).MustNot {
			for i, re := range m.patterns {
				hit := false
				for _, line := range strings.Split(text, "\n") {
					if _, s, ok := strings.Cut(line, "+ "); ok {
						hit = hit || re.MatchString(s)
					}
				}
				if !hit {
					t.Errorf("%s: no sentence tests the pattern of %s: %s", l.Tag, m.Code, m.Patterns[i])
				}
			}
		}
	}
}

func TestMustNotsWithoutPatterns(t *testing.T) {
	got := MustNots("so", "Xogtaadu waa ammaan.")
	if len(got) != 1 || got[0].Code != "language" {
		t.Errorf("a language that nobody has judged passes: %+v", got)
	}
}

func TestMustNotsShowTheWords(t *testing.T) {
	got := MustNots("en", "CityKey is free.  Your   papers are SAFE. We won’t share them!")
	if len(got) != 2 || got[0].Match != "papers are SAFE" || got[1].Match != "We won’t share" {
		t.Errorf("%+v", got)
	}
	got = MustNots("ar", "")
	if got != nil {
		t.Errorf("%+v", got)
	}
}

// TestWaived names what a rule lets stand, and not what it finds.
func TestWaived(t *testing.T) {
	for text, want := range map[string][2]string{
		"Your papers are safe.":                           {"papers are safe", ""},
		"We cannot promise that your papers are safe.":    {"", "papers are safe"},
		"The city says that it will not share your file.": {"", "it will not share"},
		"The office keeps your form.":                     {"", ""},
	} {
		first := func(list []MustNot) string {
			if len(list) == 0 {
				return ""
			}
			return list[0].Match
		}
		found, waived := MustNotsAndWaived("en", "", text)
		if got := [2]string{first(found), first(waived)}; got != want {
			t.Errorf("%s: found and waived %q, want %q", text, got, want)
		}
	}
}
