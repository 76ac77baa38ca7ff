package render

import (
	"strings"
	"unicode/utf8"
)

// clean makes white space single and takes out controls, also those that turn the direction of text. Texts that passed the checks
// of package source come back as they are, unless they hold line feeds.
func clean(s string) string {
	for i := 0; i < len(s); i++ {
		if suspect[s[i]] && !fine(s, i) {
			return scrub(s)
		}
	}
	if !utf8.ValidString(s) {
		return scrub(s)
	}
	return s
}

// suspect marks the bytes that can begin what clean takes out: controls, spaces, and the first bytes of U+0080 to U+00BF and of
// U+2000 to U+2FFF.
var suspect = func() (t [256]bool) {
	for i := range t {
		t[i] = i <= ' ' || i == 0x7f || i == 0xc2 || i == 0xe2
	}
	return t
}()

// fine says that the suspect byte at i stands for something that may stay.
func fine(s string, i int) bool {
	switch s[i] {
	case ' ':
		return i > 0 && i+1 < len(s) && s[i+1] != ' '
	case 0xc2:
		return i+1 < len(s) && s[i+1] >= 0xa0
	case 0xe2:
		if i+2 >= len(s) {
			return false
		}
		return !(s[i+1] == 0x80 && s[i+2] >= 0xa8 && s[i+2] <= 0xae || s[i+1] == 0x81 && s[i+2] >= 0xa6)
	}
	return false
}

func scrub(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\v' || r == '\f' || r == 0x2028 || r == 0x2029:
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x206f:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}
