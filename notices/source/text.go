package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// CheckText judges text that people will read, after every escape in it was resolved. It gives the first character that may not
// stand there, and says in plain words what it is; both are zero if the text is good. It refuses what changes the direction of
// the text, what nobody can see, what strikes letters out, words whose letters come from two alphabets, and letters stored in
// two pieces where one exists (text that is not in Unicode's form NFC). A line feed is allowed, a tab is not.
func CheckText(s string) (bad rune, what string) {
	if plainASCII(s) {
		return 0, ""
	}
	prev, first, marks := rune(0), rune(0), 0
	var word *unicode.RangeTable
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return r, "a broken character"
			}
			size = 3
		}
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		if what := fault(prev, r, next); what != "" {
			return r, what
		}
		if r == '\t' {
			return r, "a tab"
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > 6 {
				return r, "a letter with a pile of accents"
			}
		} else {
			marks = 0
		}
		switch {
		case unicode.IsLetter(r):
			if own := alphabet(r); own != nil {
				switch {
				case word == nil:
					word, first = own, r
				case word != own && own == unicode.Latin:
					return first, "a letter of another alphabet inside a word"
				case word != own:
					return r, "a letter of another alphabet inside a word"
				}
			}
		case !unicode.Is(unicode.M, r):
			word = nil
		}
		prev = r
	}
	if !norm.NFC.IsNormalString(s) {
		whole := []rune(norm.NFC.String(s))
		pieces := []rune(s)
		for i, r := range pieces {
			if i < len(whole) && whole[i] == r {
				continue
			}
			if i+1 < len(pieces) && unicode.Is(unicode.M, pieces[i+1]) {
				r = pieces[i+1]
			}
			return r, "a letter that is stored in two pieces"
		}
		return whole[len(whole)-1], "a letter that is stored in two pieces"
	}
	return 0, ""
}

// NFC gives a text with letters that are stored in two pieces put together: Unicode's form NFC.
func NFC(s string) string { return norm.NFC.String(s) }

// plainASCII is the fast path: printable ASCII and line feeds only.
func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < ' ' && c != '\n') || c >= 0x7f {
			return false
		}
	}
	return true
}

// alphabets are those whose letters can be taken for each other.
var alphabets = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee}

func alphabet(r rune) *unicode.RangeTable {
	for _, a := range alphabets {
		if unicode.Is(a, r) {
			return a
		}
	}
	return nil
}

// joining are the scripts in which U+200C and U+200D change how words are written.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati,
	unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
}

func joins(r rune) bool {
	return r > 0x600 && unicode.In(r, joining...) && (unicode.IsLetter(r) || unicode.Is(unicode.M, r))
}

// fault says what is wrong with a character that may stand nowhere in a file, not even in a comment; "" if nothing is.
// Tabs and the ends of lines are for the caller to judge.
func fault(prev, r, next rune) string {
	if r >= ' ' && r < 0x7f || r == '\n' || r == '\t' {
		return ""
	}
	switch {
	case direction(r):
		return "an invisible character that turns the direction of the text around"
	case r == 0x2028 || r == 0x2029 || r == 0x85:
		return "an unusual end of a line"
	case r == 0x200c || r == 0x200d:
		if joins(prev) && joins(next) {
			return ""
		}
		return "an invisible character (a joiner)"
	case r == 0xfe0f && unicode.In(prev, unicode.So, unicode.Sm):
		return ""
	case r >= 0xe0000 && r <= 0xe007f:
		return "an invisible character (a tag)"
	case r == 0x200b || r == 0x2060 || r == 0xfeff:
		return "an invisible space of no width"
	case r == 0xad:
		return "an invisible hyphen"
	case r == 0x34f || r == 0x180e || r >= 0x180b && r <= 0x180f || r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef:
		return "an invisible character"
	case r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0 || r == 0x2800:
		return "a blank that is not a space"
	case r >= 0x334 && r <= 0x338 || r >= 0x20d2 && r <= 0x20e0 && r != 0x20db && r != 0x20dc || r >= 0x20e4 && r <= 0x20eb:
		return "a mark that strikes out the letter before it"
	case unicode.Is(unicode.Cc, r):
		return "a control character"
	case unicode.Is(unicode.Cf, r) && !(r >= 0x600 && r <= 0x605 || r == 0x6dd || r == 0x70f || r == 0x8e2 || r == 0x890 || r == 0x891):
		return "an invisible character"
	case unicode.Is(unicode.Co, r):
		return "a character that only some computers can show"
	case r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe:
		return "a code that is no character"
	}
	return ""
}

// direction tells the characters that Unicode gives for changing the direction of text.
func direction(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c
}

// textHint says what to do about what CheckText found.
func textHint(bad rune, what string) string {
	switch {
	case strings.Contains(what, "two pieces"):
		return "Type the word again on the keyboard; it was probably copied from a PDF or from a Mac. (It must be in Unicode form NFC.)"
	case strings.Contains(what, "alphabet"):
		return "Type the word again, with letters of one alphabet."
	case bad == '\t':
		return "Write a space instead."
	}
	return "Delete it and type the words around it again; such characters come along when text is copied from a web page, a PDF or Word."
}

// placeholder tells words that stand for an answer that somebody meant to write later.
func placeholder(s string) bool {
	s = strings.ToLower(strings.Trim(s, " \n.:!<>[](){}"))
	if strings.Trim(s, "?") == "" || strings.Trim(s, "…") == "" || strings.Trim(s, "_") == "" || len(s) > 2 && strings.Trim(s, "x") == "" {
		return true
	}
	switch first, _, _ := strings.Cut(s, " "); strings.TrimRight(first, ":,-") {
	case "todo", "tbd", "tbc", "fixme", "lorem":
		return true
	}
	return strings.HasPrefix(s, "to be determined") || strings.HasPrefix(s, "to be confirmed") || s == "placeholder"
}

// curly gives a value without the curly quotes that a word processor put around it, and whether there were any.
func curly(s string) (string, bool) {
	const quotes = "“”„‟‘’‚‛"
	switch open, shut := strings.ContainsAny(s, "“„‟"), strings.ContainsRune(s, '”'); {
	case open && !shut && (strings.HasPrefix(s, "“") && strings.Count(s, "“") == 1 || strings.HasPrefix(s, "„") && !strings.Contains(s, "“")):
		return strings.Trim(s, "“„‟"), true // the other one was cut off, perhaps by a comma
	case shut && !open && strings.HasSuffix(s, "”"):
		return strings.Trim(s, "”"), true
	}
	first, n := utf8.DecodeRuneInString(s)
	last, m := utf8.DecodeLastRuneInString(s)
	if len(s) < n+m || !strings.ContainsRune(quotes+`"'`, first) || !strings.ContainsRune(quotes+`"'`, last) {
		return s, false
	}
	if !strings.ContainsRune(quotes, first) && !strings.ContainsRune(quotes, last) {
		return s, false
	}
	in := s[n : len(s)-m]
	if strings.ContainsAny(in, "“”„‟") {
		return s, false // the quotes belong to the words: “this” and “that”
	}
	return in, true
}

// quote shows a piece of the file inside a sentence: on one line, short, and with nothing in it that could act on a screen.
func quote(s string) string {
	const most = 60
	s = strings.TrimRight(s, "\n")
	n := 0
	for i := range s {
		if n++; n == most && utf8.RuneCountInString(s[i:min(len(s), i+8)]) > 1 {
			return `"` + visible(s[:i]) + `…"`
		}
	}
	return `"` + visible(s) + `"`
}

// visible replaces what cannot be shown safely.
func visible(s string) string {
	if plainASCII(s) && !strings.Contains(s, "\n") {
		return s
	}
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		var prev, next rune
		if i > 0 {
			prev = runes[i-1]
		}
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		switch {
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		case fault(prev, r, next) != "":
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// named writes the number of a character, as Unicode's tables give it.
func named(r rune) string { return fmt.Sprintf("U+%04X", r) }
