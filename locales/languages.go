package locales

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Language is one row of the table of languages.
type Language struct {
	Tag     string   // en, es, ar, zh-Hans
	Aliases []string // other tags for the same language
	Carrier string   // the tag whose plural rule go-i18n uses for it, where go-i18n has none of its own or another than the CLDR; "" for its own
	Name    string   // in the language itself
	English string   // its English name
	Dir     string   // ltr or rtl
	Script  string   // Latn, Arab …
	Native  string   // its ten digits where they are not 0-9; "" otherwise
	Auto    string   // latin or native: what `digits: auto` means
	Face    string   // the family of typefaces that the language is read in: latin, naskh, nastaliq, devanagari, hans, hant, hangul
	Line    string   // the height of a line of text, as a multiple of the size of its letters: scripts with marks above and below need more
}

// rule is the tag whose plural rule the language uses.
func (l Language) rule() string {
	if l.Carrier != "" {
		return l.Carrier
	}
	return l.Tag
}

// table is the languages that a notice can be in. The direction of a language comes from here: not from its script, which the
// Unicode data does not know for some languages, and not from the first letter of a text.
type table []Language

// shipped is the table. A language is one row here, one file of words, one of style, and its dates in formats/.
var shipped = table{
	{Tag: "en", Name: "English", English: "English", Dir: "ltr", Script: "Latn", Auto: "latin", Face: "latin", Line: "1.5"},
	{Tag: "es", Name: "Español", English: "Spanish", Dir: "ltr", Script: "Latn", Auto: "latin", Face: "latin", Line: "1.5"},
	{Tag: "pl", Name: "Polski", English: "Polish", Dir: "ltr", Script: "Latn", Auto: "latin", Face: "latin", Line: "1.5"},
	{Tag: "zh-Hans", Aliases: []string{"zh-CN", "zh-SG"}, Name: "简体中文", English: "Chinese (simplified)", Dir: "ltr", Script: "Hans", Auto: "latin", Face: "hans", Line: "1.7"},
	{Tag: "zh-Hant", Aliases: []string{"zh-TW", "zh-HK", "zh-MO"}, Name: "繁體中文", English: "Chinese (traditional)", Dir: "ltr", Script: "Hant", Auto: "latin", Face: "hant", Line: "1.7"},
	{Tag: "ar", Name: "العربية", English: "Arabic", Dir: "rtl", Script: "Arab", Native: "٠١٢٣٤٥٦٧٨٩", Auto: "latin", Face: "naskh", Line: "1.8"},
	{Tag: "uk", Name: "Українська", English: "Ukrainian", Dir: "ltr", Script: "Cyrl", Auto: "latin", Face: "latin", Line: "1.5"},
	{Tag: "ru", Name: "Русский", English: "Russian", Dir: "ltr", Script: "Cyrl", Auto: "latin", Face: "latin", Line: "1.5"},
	{Tag: "fr", Name: "Français", English: "French", Dir: "ltr", Script: "Latn", Auto: "latin", Face: "latin", Line: "1.5"},
	{Tag: "ht", Carrier: "yo", Name: "Kreyòl ayisyen", English: "Haitian Creole", Dir: "ltr", Script: "Latn", Auto: "latin", Face: "latin", Line: "1.5"},
	{Tag: "ur", Name: "اردو", English: "Urdu", Dir: "rtl", Script: "Arab", Native: "۰۱۲۳۴۵۶۷۸۹", Auto: "latin", Face: "nastaliq", Line: "2.2"},
	{Tag: "hi", Name: "हिन्दी", English: "Hindi", Dir: "ltr", Script: "Deva", Native: "०१२३४५६७८९", Auto: "latin", Face: "devanagari", Line: "1.7"},
	{Tag: "fil", Aliases: []string{"tl"}, Name: "Filipino", English: "Filipino (Tagalog)", Dir: "ltr", Script: "Latn", Auto: "latin", Face: "latin", Line: "1.5"},
	{Tag: "ko", Name: "한국어", English: "Korean", Dir: "ltr", Script: "Kore", Auto: "latin", Face: "hangul", Line: "1.7"},
	{Tag: "vi", Carrier: "ko", Name: "Tiếng Việt", English: "Vietnamese", Dir: "ltr", Script: "Latn", Auto: "latin", Face: "latin", Line: "1.6"},
	{Tag: "pt-BR", Name: "Português (Brasil)", English: "Portuguese (Brazil)", Dir: "ltr", Script: "Latn", Auto: "latin", Face: "latin", Line: "1.5"},
}

// Languages is the table, in the order in which pages list them. The list belongs to the caller.
func Languages() []Language { return slices.Clone(shipped) }

// Find gives the row for a tag or an alias: same base language and same script, never a neighbour.
func Find(tag string) (Language, bool) { return shipped.find(tag) }

// Lookup is Find with an error in plain words that names the languages that there are.
func Lookup(tag string) (Language, error) {
	l, ok := Find(tag)
	if !ok {
		return l, &NotThere{Asked: tag, Have: Languages()}
	}
	return l, nil
}

// find looks for the tag itself, then for an alias, then for a row of the same base language and the same script. What x/text
// calls close (Russian for Ukrainian, French for Haitian Creole, Persian for Dari) is another language to its readers.
func (t table) find(tag string) (Language, bool) {
	if tag == "" || len(tag) > 64 {
		return Language{}, false
	}
	for _, l := range t {
		if strings.EqualFold(l.Tag, tag) {
			return l, true
		}
	}
	for _, l := range t {
		for _, a := range l.Aliases {
			if strings.EqualFold(a, tag) {
				return l, true
			}
		}
	}
	want, err := language.Raw.Parse(tag)
	if err != nil {
		return Language{}, false
	}
	base, _, _ := want.Raw() // of a tag that names no language, x/text would guess English
	if base == (language.Base{}) {
		return Language{}, false
	}
	script, _ := want.Script()
	for _, l := range t {
		have, err := language.Raw.Parse(l.Tag)
		if err != nil {
			continue
		}
		if b, _, _ := have.Raw(); b == base && script.String() == l.Script {
			return l, true
		}
	}
	return Language{}, false
}

// Begin gives a row for a language that is not in the table, as far as its tag tells: whoever adds it must look at every word of it,
// and fill in its own name.
func Begin(tag string) (Language, error) {
	t, err := language.Raw.Parse(tag)
	if base, _, _ := t.Raw(); err != nil || base == (language.Base{}) || len(tag) > 16 {
		return Language{}, fmt.Errorf("%q is not the tag of a language, such as sw for Swahili", tag)
	}
	script, _ := t.Script()
	l := Language{Tag: t.String(), Dir: "ltr", Script: script.String(), Auto: "latin", Face: "latin", Line: "1.5"}
	if slices.Contains([]string{"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}, l.Script) {
		l.Dir = "rtl"
	}
	if _, err := ruleFor(l.Tag); err != nil {
		return Language{}, fmt.Errorf("nobody has told how to count in %q: a row with a carrier must be written in the table first", tag)
	}
	return l, nil
}

// Row is the row as it stands in the table.
func (l Language) Row() string {
	return fmt.Sprintf("\t{Tag: %q, Name: %q, English: %q, Dir: %q, Script: %q, Auto: %q, Face: %q, Line: %q},", l.Tag, l.Name, l.English, l.Dir, l.Script, l.Auto, l.Face, l.Line)
}

// NotThere says that a language was asked for that has no words here, and which languages do.
type NotThere struct {
	Asked string
	Have  []Language
}

func (e *NotThere) Error() string {
	if len(e.Have) == 0 {
		return fmt.Sprintf("There are no words here in the language %q, nor in any other.", e.Asked)
	}
	names := make([]string, len(e.Have))
	for i, l := range e.Have {
		names[i] = l.English + " (" + l.Tag + ")"
	}
	slices.Sort(names)
	return fmt.Sprintf("There are no words here in the language %q, and another language is never put in its place. The languages are: %s.",
		e.Asked, strings.Join(names, ", "))
}
