package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity of a problem: an error stops a build, a warning is printed, a question is something that the file calls unknown.
type Severity string

// The three severities.
const (
	Error    Severity = "error"
	Warning  Severity = "warning"
	Question Severity = "question"
)

// Problem is one thing to mend or to answer, with its place. It is an address: where, what is wrong, what to write instead.
type Problem struct {
	Pos      Pos
	Path     string // of the value
	Code     string // rule or item, such as "N7" or "unknown-key"; printed last, in brackets
	Message  string // what is wrong, in whole sentences, without code words
	Hint     string // what to write instead
	Severity Severity
	Excerpt  string // the line of the file, as it stands
}

// Error is `file:line:col: what is wrong. What to write instead [code]`, on one line.
func (p Problem) Error() string {
	var b strings.Builder
	if p.Pos.File != "" {
		b.WriteString(p.Pos.File)
		if p.Pos.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", p.Pos.Line, p.Pos.Col)
		}
		b.WriteString(": ")
	}
	b.WriteString(p.Message)
	if p.Hint != "" {
		b.WriteString(" ")
		b.WriteString(p.Hint)
	}
	if p.Code != "" {
		fmt.Fprintf(&b, " [%s]", p.Code)
	}
	return b.String()
}

// Problems is a list of problems, of all severities.
type Problems []Problem

// Sort orders by file, line, column, then code, so that two runs print the same.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
}

// Of gives the problems of one severity.
func (ps Problems) Of(s Severity) Problems {
	var out Problems
	for _, p := range ps {
		if p.Severity == s {
			out = append(out, p)
		}
	}
	return out
}

// Failed says whether there is an error among them.
func (ps Problems) Failed() bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return p.Severity == Error })
}

// Error joins all of them, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}
