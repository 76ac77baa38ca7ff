package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// What leaves the office as a working paper holds less than what stays: nothing of a demand that may not be listed, or of a hold that may
// not be named.

// SharedExposures is [Exposures] as if what may not be told were not in the file. Its rows have no reasons.
func SharedExposures(p *Program, book *law.Book, on source.Day) ([]Row, error) {
	x, err := newEngine(p, book, on, false)
	if err != nil {
		return nil, err
	}
	return x.rows(x.inTable())
}

// SharedQuestions is [Questions] without those about what may not be told.
func SharedQuestions(p *Program) []Question {
	return slices.DeleteFunc(Questions(p), func(q Question) bool { return p.untold(q.Path) })
}

// Quotes gives the lines of the program file, as somebody outside of the office may see them: without white space at the ends and without
// remarks; "" for a line on which anything stands that may not be told, and for lines that are not there.
func (p *Program) Quotes() func(line int) string {
	hidden := map[int]bool{}
	for _, path := range p.Doc.Leaves() {
		if p.untold(path) {
			hidden[p.Doc.Pos(path).Line] = true
		}
	}
	return func(line int) string {
		if hidden[line] {
			return ""
		}
		return withoutRemark(p.Doc.Line(line))
	}
}

// withoutRemark cuts a remark off a line of YAML. In doubt it cuts too much: a # after a blank that stands in quotation marks is kept only
// where those are closed behind it.
func withoutRemark(line string) string {
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (i == 0 || strings.ContainsRune(" [{,:", rune(line[i-1]))):
			if strings.IndexByte(line[i+1:], c) >= 0 {
				quote = c
			}
		case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return strings.TrimSpace(line[:i])
		}
	}
	return strings.TrimSpace(line)
}

// MayTell reports whether a value of the file may be shown outside of the office.
func (p *Program) MayTell(path string) bool { return !p.untold(path) }
