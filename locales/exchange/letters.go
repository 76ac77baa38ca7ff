package exchange

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hidden are the characters that nobody sees.
func hidden(r rune) bool {
	return r != ' ' && (unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) ||
		unicode.Is(unicode.Zp, r) || unicode.Is(unicode.Co, r) || unicode.Is(unicode.Variation_Selector, r) || r == utf8.RuneError)
}

// scriptTables are Unicode's tables for the scripts of the table of languages, by their four letters.
var scriptTables = map[string][]*unicode.RangeTable{
	"Latn": {unicode.Latin}, "Arab": {unicode.Arabic}, "Cyrl": {unicode.Cyrillic}, "Grek": {unicode.Greek}, "Hebr": {unicode.Hebrew},
	"Armn": {unicode.Armenian}, "Geor": {unicode.Georgian}, "Ethi": {unicode.Ethiopic}, "Deva": {unicode.Devanagari}, "Beng": {unicode.Bengali},
	"Guru": {unicode.Gurmukhi}, "Gujr": {unicode.Gujarati}, "Orya": {unicode.Oriya}, "Taml": {unicode.Tamil}, "Telu": {unicode.Telugu},
	"Knda": {unicode.Kannada}, "Mlym": {unicode.Malayalam}, "Sinh": {unicode.Sinhala}, "Thai": {unicode.Thai}, "Laoo": {unicode.Lao},
	"Khmr": {unicode.Khmer}, "Mymr": {unicode.Myanmar}, "Tibt": {unicode.Tibetan}, "Mong": {unicode.Mongolian}, "Cher": {unicode.Cherokee},
	"Hans": {unicode.Han, unicode.Bopomofo}, "Hant": {unicode.Han, unicode.Bopomofo}, "Hani": {unicode.Han},
	"Jpan": {unicode.Han, unicode.Hiragana, unicode.Katakana}, "Kore": {unicode.Hangul, unicode.Han},
	"Syrc": {unicode.Syriac}, "Nkoo": {unicode.Nko}, "Adlm": {unicode.Adlam}, "Thaa": {unicode.Thaana}, "Hmnp": {unicode.Nyiakeng_Puachue_Hmong},
}

// letters judges the alphabet of a text: the letters of another one that nobody would put there, or none of the language's own. It
// gives the word that is wrong.
func letters(s, english, script string) (word, what string) {
	own := scriptTables[script]
	if own == nil {
		return "", ""
	}
	there, names := map[string]bool{}, map[string]bool{}
	for _, w := range words(english) {
		there[strings.ToLower(w)] = true
		names[w] = w != strings.ToLower(w)
	}
	mine, others := 0, 0
	for _, w := range words(s) {
		similar := (script == "Cyrl" || script == "Grek") && !names[w]
		if there[strings.ToLower(w)] && !(similar && strings.Trim(w, lookalikes) == "") {
			continue // a name that is the same in every language
		}
		latin := false
		for _, r := range w {
			switch {
			case !unicode.IsLetter(r) || unicode.In(r, unicode.Common, unicode.Inherited):
			case unicode.In(r, own...):
				mine++
			case unicode.Is(unicode.Latin, r):
				latin = true
				others++
			default:
				return w, "has a letter of another alphabet"
			}
		}
		if latin && similar && strings.Trim(w, lookalikes) == "" {
			return w, "has letters of the Latin alphabet that look like its own"
		}
	}
	if mine == 0 && others > 0 {
		return words(s)[0], "has no letter of the language's own alphabet"
	}
	return "", ""
}

// lookalikes are Latin letters that a Cyrillic or Greek reader takes for her own.
const lookalikes = "aceiopxyABCEHIKMNOPTXYZvj"

// wordWith gives the word that a letter stands in.
func wordWith(s string, r rune) string {
	for _, w := range words(s) {
		if strings.ContainsRune(w, r) {
			return w
		}
	}
	return string(r)
}

// words cuts a text into runs of letters and marks.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) })
}

// latinDigits writes the digits of every script as 0-9.
func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		if d, ok := digit(r); ok {
			return '0' + d
		}
		return r
	}, s)
}

// digit gives the worth of a decimal digit: Unicode keeps the ten of a script in a row, and rows of tens together.
func digit(r rune) (rune, bool) {
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10, true
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10, true
		}
	}
	return 0, false
}

var digits = regexp.MustCompile(`[0-9]+`)

// numerals lists the numbers of a text, sorted, in the digits 0-9.
func numerals(s string) []string {
	if strings.IndexFunc(s, unicode.IsDigit) < 0 {
		return nil
	}
	out := digits.FindAllString(latinDigits(s), -1)
	slices.Sort(out)
	return out
}

var (
	urls   = regexp.MustCompile(`(?i)(?:https?|ftp)://[!-~]+|www\.[!-~]+`)
	mails  = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*`)
	sites  = regexp.MustCompile(`\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:gov|org|com|net|edu|us|mil|info|mx)\b(?:/[!-~]*)?`)
	phones = regexp.MustCompile(`\+?\(?[0-9][0-9().\-  ]{5,}[0-9]`)
	short  = regexp.MustCompile(`^[0-9]{3}[-. ][0-9]{4}$`)
)

// addresses lists the pages, the mail addresses and the phone numbers of a text, sorted, and gives what else there is in it. A phone
// number is its digits.
func addresses(s string) (out []string, rest string) {
	s = latinDigits(s)
	take := func(re *regexp.Regexp, clean func(string) string) {
		s = re.ReplaceAllStringFunc(s, func(found string) string {
			if a := clean(found); a != "" {
				out = append(out, a)
				return " ; " // so that nothing is found in it again, and nothing grows together
			}
			return found
		})
	}
	bare := func(a string) string { return strings.TrimRight(a, `.,;:!?)]}>"'`) }
	if strings.Contains(s, "://") || strings.ContainsAny(s, "wW") && strings.Contains(strings.ToLower(s), "www.") {
		take(urls, bare)
	}
	if strings.Contains(s, "@") {
		take(mails, bare)
	}
	if dotted(s) {
		take(sites, bare)
	}
	if count := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s); len(count) < 7 {
		slices.Sort(out)
		return out, s
	}
	take(phones, func(p string) string {
		d := strings.Join(digits.FindAllString(p, -1), "")
		if len(d) < 10 && !short.MatchString(p) && !strings.HasPrefix(p, "+") {
			return "" // a date, or years
		}
		return "the phone number " + d
	})
	slices.Sort(out)
	return out, s
}

// dotted says that a full stop stands between two letters or digits.
func dotted(s string) bool {
	word := func(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '.' && word(s[i-1]) && word(s[i+1]) {
			return true
		}
	}
	return false
}

// markup is what HTML, Markdown and template languages are written with.
var markup = regexp.MustCompile("</?[A-Za-z][^>]*>?|[<>`\\\\|^~]|&[#A-Za-z0-9]+;|\\*+|__|\\[[^\\]]*\\]\\(|\\[\\[|\\]\\]|%[sdv]|\\$\\{|^#+")

// marks lists the signs of markup in a text. Those in an address are none.
func marks(s string) []string {
	if !strings.ContainsAny(s, "<>`\\|^~&*_[]%$#") {
		return nil
	}
	_, s = addresses(s)
	return markup.FindAllString(s, -1)
}

// signs are the signs at the end of a text, in words.
var signs = map[rune]string{'.': "a full stop", '?': "a question mark", ':': "a colon"}

// ending is the sign at the end of a text, in the shape that English gives it; 0 if it ends without one. Closing quotation marks and
// brackets do not count.
func ending(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, `"'”’»)]」』）`))
	switch r {
	case '.', '。', '۔', '।', '።', '։', '။', '។', '．':
		return '.'
	case '?', '؟', '？', '፧', '՞', ';': // Greek asks with a semicolon
		return '?'
	case ':', '：', '፡', '፦':
		return ':'
	}
	return 0
}
