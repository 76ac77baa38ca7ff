package core

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fairnotice/locales"
)

// How the desk and the command say a thing in English to the staff.

// Clean takes out what could act on a screen: control characters and direction controls. Line breaks become blanks.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}

// Quoted repeats what a person typed, cut when long.
func Quoted(s string) string {
	const most = 80
	s = Clean(s)
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return `"` + s + `"`
}

// Shortened cuts a sentence that is repeated only to be recognised.
func Shortened(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + " …"
	}
	return s
}

// Sentence gives an error of a package a capital letter and a full stop. Of one that has many lines it tells the first, and how many
// more there are.
func Sentence(s string) string {
	s, more, _ := strings.Cut(strings.TrimSpace(s), "\n")
	s = Clean(s)
	if s == "" {
		return ""
	}
	if !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	s = capital(s)
	if more != "" {
		s += fmt.Sprintf(" There are %d more like it.", strings.Count(more, "\n")+1)
	}
	return s
}

// capital makes the first letter a capital, be it of any script; a sign stays as it is.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// List joins words: a, b and c.
func List(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// Count says a number with its noun: 1 error, 2 errors, 3 entries.
func Count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "try"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// are says a number with its noun and the verb: 1 text is, 3 texts are.
func are(n int, noun string) string {
	if n == 1 {
		return Count(n, noun) + " is"
	}
	return Count(n, noun) + " are"
}

// Named gives tags with the names of their languages: es (Spanish).
func Named(tags []string) []string {
	out := make([]string, len(tags))
	for i, t := range tags {
		out[i] = t
		if l, ok := locales.Find(t); ok {
			out[i] = fmt.Sprintf("%s (%s)", t, l.English)
		}
	}
	return out
}
