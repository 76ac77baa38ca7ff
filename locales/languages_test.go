package locales

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// TestFind: the same language in the same script, or none. The neighbours are those that x/text puts in one another's place.
func TestFind(t *testing.T) {
	row := func(tag, script string, aliases ...string) Language {
		return Language{Tag: tag, Script: script, Aliases: aliases, Dir: "ltr", English: tag}
	}
	for _, c := range []struct {
		have table
		asks map[string]string // tag -> the tag that must be found, "" for none
	}{
		{table{row("en", "Latn"), row("es", "Latn"), row("ar", "Arab")}, map[string]string{
			"en": "en", "EN": "en", "en-US": "en", "en-GB": "en", "en_US": "en", "es": "es", "es-US": "es", "es-419": "es", "es-MX": "es", "ar": "ar", "ar-EG": "ar",
			"ar-Arab": "ar", "ar-Latn": "", "en-Arab": "", "ca": "", "gl": "", "qu": "", "so": "", "ti": "", "ur": "", "fa": "", "ckb": "", "he": "", "ht": "", "fr": "", "pl": "",
			"": "", "und": "", "mul": "", "x-en": "", "i-klingon": "", "en;q=0.1": "", "*": "", "../en": "", "english": "", strings.Repeat("en-", 100): "", "\x00": ""}},
		{table{row("zh-Hans", "Hans")}, map[string]string{"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "", "zh-HK": "", "zh-MO": "", "zh-Hant": "", "yue": ""}},
		{table{row("zh-Hans", "Hans"), row("zh-Hant", "Hant")}, map[string]string{"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant", "zh-CN": "zh-Hans", "yue": ""}},
		{table{row("fa", "Arab")}, map[string]string{"fa": "fa", "fa-IR": "fa", "prs": "", "ps": "", "ur": ""}},
		{table{row("fa", "Arab"), row("fa-AF", "Arab", "prs")}, map[string]string{"prs": "fa-AF", "fa-AF": "fa-AF", "fa-IR": "fa"}},
		{table{row("fr", "Latn")}, map[string]string{"ht": "", "br": "", "co": "", "wo": "", "mg": "", "fr-CA": "fr", "fr-HT": "fr"}},
		{table{row("ht", "Latn")}, map[string]string{"ht": "ht", "ht-HT": "ht", "fr": "", "fr-HT": ""}},
		{table{row("en", "Latn"), row("ru", "Cyrl")}, map[string]string{"uk": "", "be": "", "kk": "", "ru-UA": "ru"}},
		{table{row("sr", "Cyrl")}, map[string]string{"sr": "sr", "sr-Latn": "", "hr": "", "bs": ""}},
		{table{row("fil", "Latn", "tl")}, map[string]string{"tl": "fil", "fil": "fil", "fil-PH": "fil"}},
		{table{row("nb", "Latn", "no")}, map[string]string{"no": "nb", "nb-NO": "nb", "da": "", "nn": ""}},
	} {
		for ask, want := range c.asks {
			got, ok := c.have.find(ask)
			if got.Tag != want || ok != (want != "") {
				t.Errorf("of %v, %q gives %q", c.have.tags(), ask, got.Tag)
			}
		}
	}
}

func TestTheTable(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range Languages() {
		for _, tag := range append([]string{l.Tag}, l.Aliases...) {
			if seen[strings.ToLower(tag)] {
				t.Errorf("%s is there twice", tag)
			}
			seen[strings.ToLower(tag)] = true
		}
		if l.Name == "" || l.English == "" || l.Dir != "ltr" && l.Dir != "rtl" || len(l.Script) != 4 || l.Auto != "latin" && l.Auto != "native" {
			t.Errorf("%s: the row is not whole: %+v", l.Tag, l)
		}
		if n := utf8.RuneCountInString(l.Native); n != 0 && n != 10 || l.Auto == "native" && n == 0 {
			t.Errorf("%s: %d digits", l.Tag, n)
		}
		if (l.Dir == "rtl") != (l.Script == "Arab" || l.Script == "Hebr" || l.Script == "Syrc" || l.Script == "Thaa") {
			t.Errorf("%s: %s is written %s", l.Tag, l.Script, l.Dir)
		}
		if _, err := ruleFor(l.rule()); err != nil {
			t.Errorf("%s: %v", l.Tag, err)
		}
		f := formatOf(l.Tag)
		if len(f.Months) != 12 || f.Group == "" || f.GroupFrom == 0 || l.Native != "" && f.NativeGroup == "" {
			t.Errorf("%s: formats are not whole: %+v", l.Tag, f)
		}
	}
	// Nobody can change the table through a copy.
	Languages()[0].Tag = "xx"
	if _, ok := Find("en"); !ok {
		t.Error("the table was changed from outside")
	}
}

// TestNotThere: a language that is not there is an error that names those that are, and never another language.
func TestNotThere(t *testing.T) {
	c := small(t, "en", "ar")
	_, err := c.Say(sample(t), "es")
	var not *NotThere
	if !errors.As(err, &not) || !strings.Contains(err.Error(), `in the language "es"`) || !strings.Contains(err.Error(), "Arabic (ar), English (en)") || strings.Contains(err.Error(), "Spanish") {
		t.Error(err)
	}
	if _, err := c.Phrase("fr", "ui.print"); !errors.As(err, &not) {
		t.Error(err)
	}
	if _, err := Lookup("so"); !errors.As(err, &not) || !strings.Contains(err.Error(), "Spanish (es)") {
		t.Error(err)
	}
	if l, err := Lookup("ar-EG"); err != nil || l.Tag != "ar" {
		t.Error(l, err)
	}
	if c.IDs("es") != nil || c.Has("es", "ui.print") {
		t.Error("words of a language that is not in the catalogue")
	}
	if got, err := c.Say(sample(t), "ar-EG"); err != nil || got.Language != "ar" {
		t.Error("the same language by another tag", err)
	}
	for _, tag := range []string{"pl", "ht", "es"} { // of the table, and with no words here
		c, problems := Open(fstest.MapFS{"en.toml": {Data: []byte(`"ui.print" = "Print"`)}}, "en", tag)
		if c != nil || !problems.Failed() || !strings.Contains(problems.Error(), `in the language "`+tag+`"`) || !strings.Contains(problems.Error(), "The languages are: English (en).") {
			t.Errorf("%s: %v", tag, problems)
		}
	}
	if c, problems := Open(fstest.MapFS{}); c != nil || !problems.Failed() {
		t.Error("a catalogue of nothing")
	}
	if c, problems := Shipped("so"); c != nil || !problems.Failed() {
		t.Error("Somali is shipped")
	}
}

// TestCarrier: a language that go-i18n cannot count in borrows the plural rule of another, and nothing else of it.
func TestCarrier(t *testing.T) {
	ht := Language{Tag: "ht", Carrier: "yo", Name: "Kreyòl ayisyen", English: "Haitian Creole", Dir: "ltr", Script: "Latn", Auto: "latin"}
	with := table{ht, {Tag: "en", English: "English", Dir: "ltr", Script: "Latn", Auto: "latin"}}
	fsys := fstest.MapFS{
		"ht.toml": {Data: []byte("\"ui.print\" = \"Enprime\"\n[\"span.years\"]\nother = \"{n} ane\"\n")},
		"en.toml": {Data: []byte("\"ui.print\" = \"Print\"\n[\"span.years\"]\none = \"1 year\"\nother = \"{n} years\"\n")},
	}
	c, problems := open(fsys, with, []string{"ht", "en"})
	if problems.Failed() {
		t.Fatal(problems)
	}
	for n, want := range map[int]string{1: "1 ane", 2: "2 ane", 21: "21 ane"} {
		got, err := c.words["ht"].counted("span.years", false, writer{}, n)
		if err != nil || got != want {
			t.Errorf("%d: %q, %v", n, got, err)
		}
	}
	if got, err := c.Phrase("ht", "ui.print"); err != nil || got != "Enprime" {
		t.Error(got, err)
	}
	if _, err := c.Phrase("yo", "ui.print"); err == nil {
		t.Error("the carrier answers as a language")
	}
	if problems := c.Compare("ht"); len(problems) > 0 {
		t.Error(problems)
	}
	ht.Carrier = ""
	if _, problems := open(fsys, table{ht}, []string{"ht"}); !problems.Failed() || !strings.Contains(problems.Error(), "carrier") {
		t.Errorf("counted in Haitian Creole without a rule: %v", problems)
	}
	fsys["ht.toml"] = &fstest.MapFile{Data: []byte("[\"span.years\"]\none = \"1 ane\"\nother = \"{n} ane\"\n")}
	if _, problems := open(fsys, with, []string{"ht"}); !strings.Contains(problems.Error(), `has the form "one", which Haitian Creole does not have`) {
		t.Error(problems)
	}
	// No language of the table borrows a rule that says otherwise than the one that it needs.
	for _, l := range Languages() {
		if l.Carrier != "" && l.Carrier != "yo" && l.Carrier != "ko" {
			t.Errorf("%s borrows the rule of %s: say here why", l.Tag, l.Carrier)
		}
	}
}
