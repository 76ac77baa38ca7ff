package packet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fairnotice/notices/source"
)

// same says that two texts are the same for a reader.
func same(a, b string) bool { return plainWords(a) == plainWords(b) }

// unseen are characters that Word and LibreOffice put in or show nothing for: marks of direction, soft hyphens, spaces of no width.
func unseen(r rune) bool {
	return r == 0xad || r == 0x200b || r == 0x200e || r == 0x200f || r == 0x61c || r == 0x2060 || r == 0xfeff || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// tidy makes a text one line: NFC, white space single, without what nobody sees.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unseen(r) || r < ' ' && r != '\n' && r != '\t' && r != '\r':
			return -1
		case r == '\n' || r == '\t' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
			return ' '
		}
		return r
	}, s)
	return source.NFC(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " "))
}

// tidyLines does the same for each line of a text.
func tidyLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = tidy(l)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n ")
}

// plainWords is a text as two are compared: all spaces are one kind.
func plainWords(s string) string {
	return strings.Join(strings.Fields(tidy(s)), " ")
}

// readable repeats words from the file in a sentence: what could act on a screen is taken out, and what is long is cut.
func readable(s string) string {
	return "“" + cutText(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\n", " ")), 500) + "”"
}

func cutText(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// cutParts cuts a text where white space stands, into parts of at most so many characters.
func cutParts(s string, most int) []string {
	var out []string
	for r := []rune(s); len(r) > 0; {
		n := min(most, len(r))
		if n < len(r) {
			for i := n; i > n/2; i-- {
				if r[i] == ' ' || r[i] == '\n' {
					n = i
					break
				}
			}
		}
		if part := strings.TrimSpace(string(r[:n])); part != "" {
			out = append(out, part)
		}
		r = r[n:]
	}
	return out
}
