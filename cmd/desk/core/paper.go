package core

import (
	"fmt"
	"io"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/render"
	"fairnotice/render/print"
)

// Papers are what a program gives out on paper in one language. The command and the desk make the same bytes of them.
type Papers struct {
	cat                     *locales.Catalog
	notice, poster, english *locales.Notice
	said                    []*locales.Notice // the notice in all languages of the edition
	printed                 render.Printed
}

// NewPapers gives the papers of an edition in a language that it has. The code on posters and handouts opens the page at an address, or
// holds the key facts where page is "".
func NewPapers(cat *locales.Catalog, e *render.Edition, tag string, size render.Paper, page string) (*Papers, error) {
	p := &Papers{cat: cat, notice: e.Notice(notices.Before, tag), poster: e.Notice(notices.Poster, tag), english: e.Notice(notices.Poster, "en"), said: InAllLanguages(e, notices.Before)}
	p.printed = render.Printed{Languages: e.Languages(), Interpreter: p.said, Paper: size, Page: page}
	code := page
	if code == "" {
		code = render.CodeText(e.Notice(notices.AtUpload, tag))
	}
	var err error
	p.printed.Code, err = print.QR(code)
	return p, err
}

// Write writes one of them: notice.html, notice.docx, large.html, poster.html or handout.html.
func (p *Papers) Write(w io.Writer, name string) error {
	size := p.printed.Paper
	switch name {
	case "notice.html":
		return render.Print(w, p.cat, p.notice, p.said, size)
	case "notice.docx":
		return print.Notice(w, p.cat, p.notice, p.said, size)
	case "large.html":
		return render.Large(w, p.cat, p.notice, size)
	case "poster.html":
		return render.Poster(w, p.cat, p.poster, p.printed)
	case "handout.html":
		return render.Handout(w, p.cat, p.poster, p.english, p.printed)
	}
	return fmt.Errorf("there is no paper %q", name)
}

// InAllLanguages gives the notice of a kind in every language of an edition that has it.
func InAllLanguages(e *render.Edition, kind notices.Kind) []*locales.Notice {
	var out []*locales.Notice
	for _, n := range e.Notices {
		if n.Kind == kind {
			out = append(out, n)
		}
	}
	return out
}
