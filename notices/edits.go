package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// Edit is a new value for one place of a program file. Append makes it one more entry of the list there.
type Edit struct {
	Path, Value string
	Append      bool
}

// Apply writes values into a program file, by their bytes: comments and layout stay. Where a value makes another line needed that
// nobody has written yet, that line is added as unknown, so that it becomes a question. The bytes are nil where a value could not be
// written; each such problem has the path of its edit. What the result says is for [Read] and [Check] to judge.
func Apply(name string, data []byte, edits []Edit) ([]byte, source.Problems) {
	var problems source.Problems
	write := func(e Edit) {
		doc, ps := source.Open(name, data)
		if ps.Failed() {
			problems = append(problems, ps...)
			return
		}
		set := doc.Set
		if e.Append {
			set = doc.Append
		}
		after, err := set(e.Path, e.Value)
		if err != nil {
			p, _ := err.(source.Problem)
			p.Path = e.Path
			problems = append(problems, p)
			return
		}
		data = after
	}
	for _, e := range edits {
		write(e)
		if problems.Failed() && len(problems) > 20 {
			break
		}
	}
	if problems.Failed() {
		return nil, problems
	}
	for _, path := range follow(name, data, edits) {
		write(Edit{Path: path, Value: "unknown"})
	}
	if problems.Failed() {
		return nil, problems
	}
	return data, problems
}

// follow is Follow for bytes.
func follow(name string, data []byte, edits []Edit) []string {
	var p Program
	doc, ps := source.Read(name, data, &p)
	if ps.Failed() {
		return nil
	}
	p.Doc = doc
	return Follow(&p, edits)
}

// Follow lists the lines that must be said because of new values beside them, and that the file with those values does not have.
func Follow(p *Program, edits []Edit) []string {
	var out []string
	doc := p.Doc
	need := func(path string) {
		if !doc.Has(path) && !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	for _, cr := range p.channels() {
		for _, ph := range cr.phases {
			for _, a := range ph.asks {
				if !slices.ContainsFunc(edits, func(e Edit) bool { return strings.HasPrefix(e.Path, a.path+".") }) {
					continue
				}
				if f := a.Need; f.State == source.Known && f.Is != "automatic" {
					need(a.path + ".refuse")
					need(a.path + ".why")
				}
				if f := a.Handling; f.State == source.Known && f.Is != "seen_returned" && f.Is != "not_asked" {
					need(a.path + ".backups")
				}
			}
		}
	}
	return out
}
