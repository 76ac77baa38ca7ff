package source

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// at reports a problem of the value at a place.
func (r *reader) at(n *yaml.Node, at place, code, message, hint string) {
	r.report(n.Line, n.Column, at.path, code, message, hint)
}

// problem reports a problem of the file as a text.
func (r *reader) problem(line, col int, code, message, hint string) {
	r.report(line, col, "", code, message, hint)
}

// fatal reports the one problem because of which nothing else can be said.
func (r *reader) fatal(line, col int, code, message, hint string) {
	r.found = nil
	r.report(line, col, "", code, message, hint)
}

func (r *reader) report(line, col int, path, code, message, hint string) {
	if len(r.found) >= maxProblems {
		r.full = true
		return
	}
	pos := r.doc.at(line, col)
	d := r.doc
	r.found = append(r.found, Problem{Pos: pos, Path: d.discreet(path), Code: code, Message: d.discreet(message), Hint: d.discreet(hint), Severity: Error, Excerpt: d.Line(pos.Line)})
}

// result sorts what was found; the same thing is said once.
func (r *reader) result() Problems {
	r.found.Sort()
	out := slices.CompactFunc(r.found, func(a, b Problem) bool { return a == b })
	if r.full {
		last := out[len(out)-1]
		out = append(out, Problem{Pos: last.Pos, Code: "too-many", Message: "There are more problems than are listed.",
			Hint: "Mend these first, then look again.", Severity: Error, Excerpt: last.Excerpt})
	}
	return out
}
