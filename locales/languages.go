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
	Carrier string   // the tag whose plural rule go-i18n uses for it; "" for its own
	Name    string   // in the language itself
	English string   // its English name
	Dir     string   // ltr or rtl
	Script  string   // Latn, Arab …
	Native  string   // its ten digits where they are not 0-9; "" otherwise
	Auto    string   // latin or native: what `digits: auto` means
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

var shipped = table{
	{Tag: "en", Name: "English", English: "English", Dir: "ltr", Script: "Latn", Auto: "latin"},
	{Tag: "es", Name: "Español", English: "Spanish", Dir: "ltr", Script: "Latn", Auto: "latin"},
	{Tag: "ar", Name: "العربية", English: "Arabic", Dir: "rtl", Script: "Arab", Native: "٠١٢٣٤٥٦٧٨٩", Auto: "latin"},
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
