package exchange

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fairnotice/notices/source"
)

// repair puts right what Office programs do to a text, and says what it did. It changes nothing that a reader would see as another
// word: what could be meant is left for the judge.
func repair(s, english string) (now string, did []string) {
	step := func(what string, to string) {
		if to != s {
			s, did = to, append(did, what)
		}
	}
	step("letters that were stored in two pieces put together", source.NFC(s))
	step("invisible signs of no width taken out", strings.Map(noWidth, s))
	step("wide brackets and digits written as ordinary ones", strings.Map(narrow, s))
	step("{n} written as in the English", mendHoles(s, english))
	step("lines of the cell joined into one", joinLines(s))
	step("no-break and other unusual spaces made ordinary", strings.Map(ordinarySpace, s))
	for {
		before := s
		step("spaces at the ends taken off", strings.Trim(s, " "))
		step("invisible direction marks at the ends taken off", strings.Trim(s, "\u200e\u200f\u061c"))
		step("quotation marks around the whole taken off", unquote(s, english))
		step("the apostrophe that Excel puts before a text taken off", noApostrophe(s, english))
		if s == before {
			break
		}
	}
	step("two spaces in a row made one", oneSpace(s))
	return s, unique(did)
}

func unique(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// noWidth drops what a copy from a web page or from Word leaves behind: the zero-width space, the byte-order mark and the soft hyphen.
// None of them changes how a word is read. Joiners do, and stay for the judge.
func noWidth(r rune) rune {
	switch r {
	case 0x200b, 0xfeff, 0xad:
		return -1
	}
	return r
}

func narrow(r rune) rune {
	switch {
	case r == '｛' || r == '﹛':
		return '{'
	case r == '｝' || r == '﹜':
		return '}'
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	}
	return r
}

func ordinarySpace(r rune) rune {
	if unicode.Is(unicode.Zs, r) {
		return ' '
	}
	return r
}

func joinLines(s string) string {
	if !strings.ContainsAny(s, "\n\r\t\v\f\u0085\u2028\u2029") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', 0x85, 0x2028, 0x2029:
			return true
		}
		return false
	}), " ")
}

func oneSpace(s string) string {
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return s
}

// braced is a pair of curly brackets with a word in it, and what a keyboard or a right-to-left cell puts around the word.
var braced = regexp.MustCompile(`\{[\p{Zs}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{061c}]*([A-Za-z]+)[\p{Zs}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{061c}]*\}`)

// hole is what stands for something in an English text.
var hole = regexp.MustCompile(`\{[a-z]+\}`)

// mendHoles writes { n } and {N} as the English has it. A word in brackets that the English does not have is left.
func mendHoles(s, english string) string {
	if !strings.ContainsRune(s, '{') {
		return s
	}
	have := hole.FindAllString(english, -1)
	return braced.ReplaceAllStringFunc(s, func(found string) string {
		name := "{" + strings.ToLower(braced.FindStringSubmatch(found)[1]) + "}"
		for _, h := range have {
			if h == name {
				return h
			}
		}
		if name == "{n}" {
			return name // the judge says that it does not belong there
		}
		return found
	})
}

// unquote takes off quotation marks that stand around the whole, and that the English does not have there.
func unquote(s, english string) string {
	for _, pair := range [...][2]string{{`""`, `""`}, {`"`, `"`}, {"“", "”"}, {"„", "“"}, {"„", "”"}, {"”", "”"}, {"‟", "”"}, {"‘", "’"}, {"‚", "‘"}, {"«", "»"},
		{"「", "」"}, {"'", "'"}} {
		open, shut := pair[0], pair[1]
		if len(s) <= len(open)+len(shut) || !strings.HasPrefix(s, open) || !strings.HasSuffix(s, shut) || quoted(english) {
			continue
		}
		in := s[len(open) : len(s)-len(shut)]
		if strings.Trim(in, " ") == "" || strings.Contains(in, open) || strings.Contains(in, shut) {
			continue // the marks belong to the words: “this” and “that”
		}
		return in
	}
	return s
}

// quoted says that quotation marks stand around the whole of an English text, or at both of its ends.
func quoted(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return begins(s, `"“‘'`) && strings.ContainsRune(`"”’'`, last)
}

// noApostrophe takes off the apostrophe that makes a text of anything in Excel. One that a language writes before a word of one
// letter ('n, 't, 's) is its own.
func noApostrophe(s, english string) string {
	rest, ok := strings.CutPrefix(s, "'")
	if !ok || rest == "" || begins(english, `'’‘"“`) {
		return s
	}
	first, n := utf8.DecodeRuneInString(rest)
	if next, _ := utf8.DecodeRuneInString(rest[n:]); unicode.IsLetter(first) && !unicode.IsLetter(next) && !unicode.Is(unicode.M, next) {
		return s
	}
	return rest
}

// begins says that a text begins with one of some characters.
func begins(s, any string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n > 0 && strings.ContainsRune(any, r)
}

// suffix is the numbers that XLIFF shows after the English of a plural form, also when a translator kept or changed them.
var suffix = regexp.MustCompile(`[\s\p{Zs}\x{200e}\x{200f}\x{061c}\x{200b}\x{feff}]*[\[［]{2}[^\[\]［］]*[\]］]{2}[\s\p{Zs}\x{200e}\x{200f}\x{061c}\x{200b}\x{feff}]*$`)

// prefixed is the same at the beginning, where some tools for right-to-left texts put it.
var prefixed = regexp.MustCompile(`^[\s\p{Zs}\x{200e}\x{200f}\x{061c}\x{200b}\x{feff}]*[\[［]{2}[^\[\]［］]*[\]］]{2}[\s\p{Zs}\x{200e}\x{200f}\x{061c}\x{200b}\x{feff}]*`)

func noSuffix(s string) string {
	if !strings.ContainsAny(s, "[［") {
		return s
	}
	return prefixed.ReplaceAllString(suffix.ReplaceAllString(s, ""), "")
}
