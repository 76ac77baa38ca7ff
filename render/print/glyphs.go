package print

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
)

// Lack is a character that cannot be printed, and the first sentence in which it stands.
type Lack struct {
	Char     rune
	Language string // of the words around it
	Sentence string
}

// Code is the number of the character, as people look it up: U+0623.
func (l Lack) Code() string { return fmt.Sprintf("U+%04X", l.Char) }

// Nowhere says that no typeface has it: the character is not assigned, or private.
func (l Lack) Nowhere() bool { return !Assigned(l.Char) }

// Assigned says that Unicode gives a character a meaning, so that a typeface can have it.
func Assigned(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z)
}

// Missing finds what would be an empty box on paper: each character of a page of ours that have does not know, once in each language, in the
// order of the page. Spaces and characters that are never drawn are not asked about. The page is HTML as package render writes it.
func Missing(page []byte, have func(rune) bool) []Lack {
	var out []Lack
	known := map[rune]bool{}
	texts(page, func(language, sentence string) {
		for _, r := range sentence {
			ok, asked := known[r]
			if !asked {
				ok = unseen(r) || have(r)
				known[r] = ok
			}
			if !ok && !slices.ContainsFunc(out, func(l Lack) bool { return l.Char == r && l.Language == language }) {
				out = append(out, Lack{r, language, sentence})
			}
		}
	})
	return out
}

// unseen says that a character is never drawn by itself: white space, controls, joiners, marks of direction, selectors of a variant.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == 0x034f || r == 0xfeff
}

// inline is the elements that do not end a sentence.
var inline = map[string]bool{"a": true, "b": true, "bdi": true, "bdo": true, "em": true, "i": true, "small": true, "span": true, "strong": true, "wbr": true, "mark": true, "cite": true, "abbr": true}

var void = map[string]bool{"meta": true, "link": true, "br": true, "img": true, "input": true, "hr": true, "wbr": true, "col": true, "source": true}

// texts gives each stretch of words of a page that no block interrupts, with its language. Words in another language inside it are given by
// themselves, and with the sentence.
func texts(page []byte, give func(language, sentence string)) {
	type element struct{ name, language string }
	open := []element{{}}
	type stretch struct{ language, text string }
	var sentence []stretch
	flush := func() {
		var languages []string
		for _, s := range sentence {
			if strings.TrimSpace(s.text) != "" && !slices.Contains(languages, s.language) {
				languages = append(languages, s.language)
			}
		}
		for _, l := range languages {
			var b strings.Builder
			for _, s := range sentence {
				if s.language == l {
					b.WriteString(s.text)
				}
			}
			give(l, strings.Join(strings.Fields(b.String()), " "))
		}
		sentence = nil
	}
	s := string(page)
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i != 0 {
			if i < 0 {
				i = len(s)
			}
			sentence = append(sentence, stretch{open[len(open)-1].language, html.UnescapeString(s[:i])})
			s = s[i:]
			continue
		}
		end := strings.IndexByte(s, '>')
		if end < 0 {
			break
		}
		tag := s[1:end]
		s = s[end+1:]
		closing := strings.HasPrefix(tag, "/")
		name, attributes, _ := strings.Cut(strings.Trim(tag, "/"), " ")
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case strings.HasPrefix(tag, "!"):
			continue
		case !closing && (name == "style" || name == "script" || name == "title"):
			_, s, _ = strings.Cut(s, "</"+name+">")
			continue
		case !inline[name]:
			flush()
		}
		switch {
		case closing:
			for n := len(open) - 1; n > 0; n-- {
				if open[n].name == name {
					open = open[:n]
					break
				}
			}
		case !void[name] && !strings.HasSuffix(tag, "/"):
			e := element{name, open[len(open)-1].language}
			if _, rest, ok := strings.Cut(" "+attributes, ` lang="`); ok {
				e.language, _, _ = strings.Cut(rest, `"`)
			}
			open = append(open, e)
		}
	}
	flush()
}
