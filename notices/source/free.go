package source

import (
	"fmt"
	"slices"
	"strings"
)

// FreeText judges a text that stands in a plain file, in a language, as [TextFault] does, and gives the first problem of each line with
// its place. It forgives what programs write for layout: tabs, blanks and a mark of direction before a line, and pairs of U+2066 to U+2068 and
// U+2069 inside a line, which cannot move what stands around them.
func FreeText(file, tag, text string) Problems {
	var ps Problems
	doc := newDoc(file, strings.TrimPrefix(text, "\ufeff"))
	say := func(line int, at []int, f textFault, runes []rune) {
		col := 1
		if i := slices.Index(runes, f.bad); i >= 0 {
			col = at[i] + 1
		}
		pos := doc.at(line, col)
		ps = append(ps, Problem{Pos: pos, Code: "character", Severity: Error, Message: sentence("Here stands %s.", f), Hint: f.hint, Excerpt: doc.Line(pos.Line)})
	}
	var good strings.Builder
	for i, line := range doc.lines {
		runes, at := bareLine(line)
		switch f := judge(tag, string(runes), nil, true); f.what {
		case "", otherLetters: // one line may be a name; of the text as a whole it is said below
			fmt.Fprintln(&good, string(runes))
		default:
			say(i+1, at, f, runes)
		}
	}
	if f := judge(tag, good.String(), nil, true); f.what == otherLetters {
		for i, line := range doc.lines {
			if runes, at := bareLine(line); slices.Contains(runes, f.bad) {
				say(i+1, at, f, runes)
				break
			}
		}
	}
	ps.Sort()
	return ps
}

// bareLine gives the characters of a line without those of layout, and where each stands, counted from 0.
func bareLine(line string) (runes []rune, at []int) {
	all := []rune(line)
	skip := map[int]bool{}
	var open []int
	for i, r := range all {
		switch {
		case r >= 0x2066 && r <= 0x2068:
			open = append(open, i)
		case r == 0x2069 && len(open) > 0:
			skip[i], skip[open[len(open)-1]] = true, true
			open = open[:len(open)-1]
		}
	}
	for i, r := range all {
		if r == '\t' {
			r = ' '
		}
		if skip[i] || len(runes) == 0 && (r == ' ' || r == 0x200e || r == 0x200f) {
			continue
		}
		runes, at = append(runes, r), append(at, i)
	}
	return runes, at
}
