package locales

import "unicode"

var scriptTables = map[string]*unicode.RangeTable{"Latn": unicode.Latin, "Cyrl": unicode.Cyrillic, "Arab": unicode.Arabic, "Deva": unicode.Devanagari,
	"Hani": unicode.Han, "Hang": unicode.Hangul, "Grek": unicode.Greek, "Hebr": unicode.Hebrew, "Kana": unicode.Katakana, "Hira": unicode.Hiragana}

// scriptOf gives the script of a letter; "" for what is no letter of one of these scripts.
func scriptOf(r rune) string {
	if r < 0x80 && !unicode.IsLetter(r) || !unicode.IsLetter(r) {
		return ""
	}
	for name, table := range scriptTables {
		if unicode.Is(table, r) {
			return name
		}
	}
	return "another"
}

// writes says whether a language that is written in one script has letters of another.
func writes(script, letters string) bool {
	switch script {
	case "Hans", "Hant":
		return letters == "Hani"
	case "Kore":
		return letters == "Hang"
	}
	return script == letters
}
