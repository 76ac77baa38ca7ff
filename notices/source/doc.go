package source

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Doc is a file that was read: its leaf values and where each stands.
type Doc struct {
	File   string
	mark   string // the byte-order mark, if there is one
	text   string // without it
	lines  []string
	widths []int // characters of each line
	places map[string]Pos
	leaves []string
	secret []string // words of private keys that stand in it

	edit    sync.Once // a file that nobody changes is parsed once
	editing *editor
	noEdit  error
}

// newDoc takes the text without a byte-order mark; the ends of lines are those of YAML: LF, CR LF and CR.
func newDoc(file, text string) *Doc {
	d := &Doc{File: file, text: text, places: map[string]Pos{}}
	for _, m := range secretsIn(text) {
		d.hide(text[m[0]:m[1]])
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	for {
		i := strings.IndexAny(text, "\r\n")
		if i < 0 {
			break
		}
		d.lines = append(d.lines, text[:i])
		if strings.HasPrefix(text[i:], "\r\n") {
			i++
		}
		text = text[i+1:]
	}
	d.lines = append(d.lines, text)
	d.widths = make([]int, len(d.lines))
	for i, line := range d.lines {
		d.widths[i] = utf8.RuneCountInString(line)
	}
	return d
}

// put notes where a value stands. The first value at a path stays.
func (d *Doc) put(path string, line, col int, leaf bool) {
	if _, ok := d.places[path]; ok {
		return
	}
	d.places[path] = d.at(line, col)
	if leaf {
		d.leaves = append(d.leaves, path)
	}
}

// at gives a place of the file; a place outside of it becomes the nearest inside.
func (d *Doc) at(line, col int) Pos {
	line, col = max(1, line), max(1, col)
	if len(d.lines) > 0 {
		line = min(line, len(d.lines))
		col = min(col, d.widths[line-1]+1)
	}
	return Pos{File: d.File, Line: line, Col: col}
}

// Pos gives the place of the value at a path, or of the nearest value above it that the file has.
func (d *Doc) Pos(path string) Pos {
	for {
		if p, ok := d.places[path]; ok {
			return p
		}
		if path == "" {
			return d.at(1, 1)
		}
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
	}
}

// Has reports whether the file has a value at exactly this path.
func (d *Doc) Has(path string) bool {
	_, ok := d.places[path]
	return ok
}

// Leaves lists the paths of all scalar values and empty lists, in file order. The list belongs to the caller.
func (d *Doc) Leaves() []string { return append([]string(nil), d.leaves...) }

// Line gives the text of a line, counted from 1, without its end. A private key in it is hidden.
func (d *Doc) Line(n int) string {
	if n < 1 || n > len(d.lines) {
		return ""
	}
	return d.discreet(d.lines[n-1])
}

// Problem builds a problem of the value at a path, with its place and its line.
func (d *Doc) Problem(path, code string, sev Severity, message, hint string) Problem {
	pos := d.Pos(path)
	return Problem{Pos: pos, Path: path, Code: code, Message: d.discreet(message), Hint: d.discreet(hint), Severity: sev, Excerpt: d.Line(pos.Line)}
}
