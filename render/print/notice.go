package print

import (
	"io"
	"strings"

	"fairnotice/locales"
	"fairnotice/render"
)

// Notice writes one notice as a Word file for paper, in one language: the key facts in a frame, then everything else, with headings, lists and
// the number of each page. If nobody has reviewed the words, the head of every page says so. said is all notices of the same kind, for the
// lines at the end that say in which other languages it is there; it may be nil.
func Notice(w io.Writer, c *locales.Catalog, n *locales.Notice, said []*locales.Notice, on render.Paper) error {
	ps, err := render.Paragraphs(c, n, said)
	if err != nil {
		return err
	}
	d := Document{Language: n.Language, RTL: n.Direction == "rtl", A4: on == render.A4, Size: 11}
	var foot []string
	var frame []Block
	for i, p := range ps {
		to := &d.Body
		if p.Key {
			to = &frame
		} else if len(frame) > 0 {
			d.Body = append(d.Body, framed(d.RTL, frame), Paragraph{Style: Note})
			frame = nil
		}
		switch p.Role {
		case render.RoleTitle:
			d.Title = p.String()
			foot = append(foot, p.String())
		case render.RoleProgram:
			foot = append(foot, p.String())
		case render.RoleDraft:
			d.Stamp = p.String()
		}
		out := word(p)
		// What leads to a list stays with its first item, and a heading's answer with what it is about.
		out.Keep = i+1 < len(ps) && leads(p, ps[i+1])
		if p.Role != render.RoleItem {
			*to = append(*to, out)
			continue
		}
		if n := len(*to); n > 0 {
			if l, ok := (*to)[n-1].(List); ok {
				l.Items = append(l.Items, out)
				(*to)[n-1] = l
				continue
			}
		}
		*to = append(*to, List{Items: []Paragraph{out}})
	}
	if len(frame) > 0 {
		d.Body = append(d.Body, framed(d.RTL, frame))
	}
	d.Foot = strings.Join(foot, " · ")
	if d.Stamp == "" {
		d.Stamp = d.Foot
	}
	return DOCX(w, d)
}

// framed puts blocks into a frame: a table of one cell, which every program draws on one page.
func framed(rtl bool, blocks []Block) Block {
	return Table{Widths: []int{100}, RTL: rtl, Rows: [][]Cell{{{Blocks: blocks}}}}
}

// leads says that a paragraph must not stand at the end of a page without the next one.
func leads(p, next render.Paragraph) bool {
	switch {
	case next.Role == render.RoleItem || next.Role == render.RoleDetail:
		return p.Role != render.RoleItem && p.Role != render.RoleDetail || next.Depth > p.Depth
	case p.Role == render.RoleAnswer:
		return next.Role == render.RoleWords || next.Role == render.RoleSubheading
	}
	return false
}

var styles = map[render.Role]Style{
	render.RoleTitle: Title, render.RoleHeading: Heading1, render.RoleSubheading: Heading2,
	render.RoleDraft: Note, render.RoleOffice: Note, render.RoleMark: Note, render.RoleCheck: Note, render.RoleAlso: Note,
}

func word(p render.Paragraph) Paragraph {
	out := Paragraph{Style: styles[p.Role], Language: p.Language, RTL: p.RTL}
	switch p.Role {
	case render.RoleItem:
		out.Level = p.Depth - 1
	case render.RoleDetail:
		out.Level = p.Depth
	}
	for _, x := range p.Pieces {
		r := Run{Text: x.Text, Language: x.Language, Bold: p.Role == render.RoleProgram || p.Role == render.RoleAnswer}
		switch {
		case x.LTR:
			r.Dir = "ltr"
		case x.RTL:
			r.Dir = "rtl"
		case x.Value:
			r.Dir = "auto"
		}
		out.Runs = append(out.Runs, r)
	}
	return out
}
