package locales

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fairnotice/notices/source"
)

// TestEverywhere: the three sentences, in every language that must be there, in its own script, and in no other form than NFC.
func TestEverywhere(t *testing.T) {
	data, err := files.ReadFile(everywhereName)
	if err != nil {
		t.Fatal(err)
	}
	all, err := readEverywhere(shipped, data)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 44 {
		t.Errorf("%d languages, and at least 44 are wanted", len(all))
	}
	have := map[string]Tagline{}
	for _, l := range all {
		have[l.Tag] = l
	}
	// Languages that people who apply for a city's card speak, from the tables of languages that agencies in the United States publish.
	for _, tag := range strings.Fields("am so fa-AF ps bn gu pa my km ti sw yo quc fa ne ta te ml mr th lo ja it de tr hy ro sq el he ka") {
		if have[tag].Tag == "" {
			t.Errorf("%s is missing", tag)
		}
	}
	for _, l := range Languages() {
		got := have[l.Tag]
		if got.Name != l.Name || got.Dir != l.Dir || got.Face != l.Face || got.Line != l.Line {
			t.Errorf("%s: other than in the table of languages: %+v", l.Tag, got.Language)
		}
	}
	for _, l := range all {
		if want := map[bool]string{true: "rtl", false: "ltr"}[l.Script == "Arab" || l.Script == "Hebr"]; l.Dir != want {
			t.Errorf("%s: %s is written %s", l.Tag, l.Script, l.Dir)
		}
		if len(l.Script) != 4 || l.Line < "1.4" || l.Line > "2.5" {
			t.Errorf("%s: script %q, line %q", l.Tag, l.Script, l.Line)
		}
		if l.Important == l.NotYet || l.NotYet == l.Interpreter {
			t.Errorf("%s: the same sentence twice", l.Tag)
		}
		for _, s := range []string{l.Name, l.Important, l.NotYet, l.Interpreter} {
			if source.NFC(s) != s || strings.ContainsFunc(s, turnsText) || strings.ContainsAny(s, "<>&`\\{}") {
				t.Errorf("%s: %q", l.Tag, s)
			}
			for _, r := range s {
				if unicode.IsLetter(r) && !writtenWith(l.Script, r) && r != 'ー' { // the sign of a long vowel belongs to two scripts
					t.Errorf("%s is written in %s, and %q has the letter %q", l.Tag, l.Script, s, r)
				}
			}
		}
	}
	// No sentence was copied from a neighbour; Persian and Dari differ in the word for an interpreter alone.
	said := map[string]string{}
	for _, l := range all {
		for _, s := range []string{l.Important, l.NotYet, l.Interpreter} {
			if other := said[s]; other != "" && (l.Tag != "fa" || other != "fa-AF") {
				t.Errorf("%s says %q as %s does", l.Tag, s, other)
			}
			said[s] = l.Tag
		}
	}
	if have["fa"].Interpreter == have["fa-AF"].Interpreter {
		t.Error("Dari is not Persian")
	}
	if !have["quc"].Weak || have["es"].Weak {
		t.Error("what is weak is not marked")
	}
	if !bytes.Contains(data, []byte("ALL OF IT IS A DRAFT")) {
		t.Error("the file does not say at its head that all of it is a draft")
	}
	Everywhere()[0].Important = "changed"
	if Everywhere()[0].Important == "changed" {
		t.Error("the list was changed from outside")
	}
}

// writtenWith says whether a script has the letter.
func writtenWith(script string, r rune) bool {
	names := map[string][]string{"Latn": {"Latin"}, "Cyrl": {"Cyrillic"}, "Arab": {"Arabic"}, "Deva": {"Devanagari"}, "Hans": {"Han"}, "Hant": {"Han"}, "Kore": {"Hangul"},
		"Jpan": {"Han", "Hiragana", "Katakana"}, "Ethi": {"Ethiopic"}, "Beng": {"Bengali"}, "Gujr": {"Gujarati"}, "Guru": {"Gurmukhi"}, "Mymr": {"Myanmar"}, "Khmr": {"Khmer"},
		"Taml": {"Tamil"}, "Telu": {"Telugu"}, "Mlym": {"Malayalam"}, "Thai": {"Thai"}, "Laoo": {"Lao"}, "Armn": {"Armenian"}, "Grek": {"Greek"}, "Hebr": {"Hebrew"}, "Geor": {"Georgian"}}[script]
	return slices.ContainsFunc(names, func(n string) bool { return unicode.Is(unicode.Scripts[n], r) })
}

// TestEverywhereIsStrict: each fault is named, and nothing of the file is used.
func TestEverywhereIsStrict(t *testing.T) {
	one := table{{Tag: "en", Name: "English", English: "English", Dir: "ltr", Script: "Latn", Face: "latin", Line: "1.5"}}
	en := "[[language]]\ntag = \"en\"\nimportant = \"Important.\"\nnot_yet = \"Not yet.\"\ninterpreter = \"Ask:\"\n"
	so := "[[language]]\ntag = \"so\"\nname = \"Soomaali\"\nenglish = \"Somali\"\ndir = \"ltr\"\nscript = \"Latn\"\nface = \"latin\"\nline = \"1.5\"\nimportant = \"Muhiim.\"\nnot_yet = \"Weli.\"\ninterpreter = \"Turjubaan:\"\n"
	if got, err := readEverywhere(one, []byte(en+so)); err != nil || len(got) != 2 || got[1].Name != "Soomaali" || got[0].Name != "English" {
		t.Fatal(got, err)
	}
	for name, c := range map[string]struct{ file, says string }{
		"an unknown key":         {en + strings.Replace(so, "dir", "direction", 1), "direction"},
		"another table":          {en + "[so]\n", "so"},
		"no tag":                 {en + strings.Replace(so, `tag = "so"`, "", 1), "no tag"},
		"no tag of a language":   {en + strings.Replace(so, `"so"`, `"so_SO"`, 1), "BCP 47"},
		"twice":                  {en + so + so, "twice"},
		"twice by an alias":      {en + so + strings.Replace(so, `tag = "so"`, "tag = \"ar\"\naliases = [\"SO\"]", 1), "twice"},
		"nothing said":           {en + strings.Replace(so, "Weli.", "", 1), "not_yet"},
		"a direction":            {en + strings.Replace(so, "ltr", "left", 1), "ltr or rtl"},
		"a direction control":    {en + so + "# \u2067\n", "line 17"},
		"a mark of direction":    {en + strings.Replace(so, "Weli.", "Weli.\u200f", 1), "turns the direction"},
		"markup":                 {en + strings.Replace(so, "Weli.", "<b>Weli.</b>", 1), "markup"},
		"a placeholder":          {en + strings.Replace(so, "Weli.", "Weli {n}.", 1), "curly brackets"},
		"a letter in two pieces": {en + strings.Replace(so, "Weli.", "We\u0301li.", 1), "two pieces"},
		"no colon":               {en + strings.Replace(so, "Turjubaan:", "Turjubaan.", 1), "colon"},
		"a second description":   {strings.Replace(en, "important", "name = \"English\"\nimportant", 1), "already"},
		"a language too few":     {so, "en: it has no sentences"},
		"not UTF-8":              {en + "# \xff\n", "UTF-8"},
		"not TOML":               {en + "oops\n", "toml"},
	} {
		if got, err := readEverywhere(one, []byte(c.file)); err == nil || got != nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, %v", name, len(got), err)
		}
	}
}
