package render

import (
	"strings"

	"fairnotice/locales"
)

// Paragraph is a stretch of a notice as outputs see it that have styles and no elements, such as Word. Paragraphs stand in the order in
// which a page has them.
type Paragraph struct {
	Role     Role
	Depth    int    // of an item or a detail: 1, or more within others
	Key      bool   // among the key facts
	Language string // "" for the notice's
	RTL      bool
	Pieces   []Piece
}

// Role is what a paragraph is.
type Role string

// The roles. A notice has one RoleTitle; a RoleHeading is one of its sections; a RoleAnswer is the first sentence below it.
const (
	RoleProgram    Role = "program" // where the title does not say it
	RoleTitle      Role = "title"
	RoleDraft      Role = "draft"  // that nobody has reviewed the words
	RoleOffice     Role = "office" // that some of them are the office's own
	RoleMark       Role = "mark"   // which edition this is
	RoleHeading    Role = "heading"
	RoleSubheading Role = "subheading"
	RoleAnswer     Role = "answer"
	RoleWords      Role = "words"  // sentences
	RoleItem       Role = "item"   // of a list
	RoleDetail     Role = "detail" // more about the sentence above: a label, and its value after it or as items below
	RoleCheck      Role = "check"  // the check number of the edition
	RoleAlso       Role = "also"   // that the notice is in another language, in that language
)

// Piece is words, or a value beside them, whose direction has to be isolated.
type Piece struct {
	Text     string
	Value    bool
	LTR, RTL bool   // of a value: known; neither where its letters say it
	Language string // of a name or a citation in another language; ""
	Whole    bool   // short: stays on one line where it can
	Address  string // where it leads: tel:…, https://…; "" for nowhere. An https address that the text does not show follows in brackets as a value.
}

// String is the text of a paragraph without its directions.
func (p Paragraph) String() string {
	var b strings.Builder
	for _, x := range p.Pieces {
		b.WriteString(x.Text)
	}
	return b.String()
}

// Paragraphs lays a notice out as paragraphs, as its page for paper has them: the key facts stand first, then the mark of the edition, then
// the rest, and at the foot a line for each other language in which it was said.
func Paragraphs(c *locales.Catalog, n *locales.Notice, said []*locales.Notice) ([]Paragraph, error) {
	p, err := newPart(c, n, false, pageOptions{})
	if err != nil {
		return nil, err
	}
	w := &paragrapher{rtl: direction(n) == "rtl"}
	if p.Program != "" {
		w.add(Paragraph{Role: RoleProgram}, para{{Run: show(n.Name), Has: true}})
	}
	w.add(Paragraph{Role: RoleTitle}, para{{Before: p.Title}})
	secs := lay(n)
	for len(secs) > 0 && secs[0].Layer == 1 {
		w.section(&secs[0])
		secs = secs[1:]
	}
	if p.Draft != "" {
		w.add(Paragraph{Role: RoleDraft}, para{{Before: p.Draft}})
	}
	if p.Office != "" {
		w.add(Paragraph{Role: RoleOffice}, para{{Before: p.Office}})
	}
	if m := editionMark(n); m != nil {
		m[0].Before = p.EditionLabel + m[0].Before
		w.add(Paragraph{Role: RoleMark}, m)
	}
	for i := range secs {
		w.section(&secs[i])
	}
	if p.ID != "" {
		w.add(Paragraph{Role: RoleCheck}, para{{Before: p.IDLabel, Run: run{Text: p.ID, LTR: true, Short: true}, Has: true}})
	}
	for _, a := range alsoIn(said, n.Language, nil) {
		w.out = append(w.out, Paragraph{Role: RoleAlso, Language: a.Lang, RTL: a.Dir == "rtl", Pieces: []Piece{{Text: a.Text}}})
	}
	return w.out, nil
}

type paragrapher struct {
	rtl bool
	out []Paragraph
}

func (w *paragrapher) add(p Paragraph, words para) {
	p.RTL = w.rtl
	text := func(s string) {
		if s != "" {
			p.Pieces = append(p.Pieces, Piece{Text: s})
		}
	}
	for _, x := range words {
		text(x.Before)
		if !x.Has {
			continue
		}
		r := x.Run
		v := Piece{Text: r.Text, Value: true, LTR: r.LTR, RTL: r.RTL, Language: r.Lang, Whole: r.Short, Address: r.Else}
		switch {
		case r.Tel != "":
			v.Address = "tel:" + r.Tel
		case r.Web != "":
			v.Address = "https://" + r.Web
		}
		if r.Round {
			text("(")
		}
		p.Pieces = append(p.Pieces, v)
		if r.Web != "" && r.Show {
			text(" (")
			p.Pieces = append(p.Pieces, Piece{Text: v.Address, Value: true, LTR: true, Address: v.Address})
			text(")")
		}
		if r.Round {
			text(")")
		}
	}
	w.out = append(w.out, p)
}

func (w *paragrapher) section(s *section) {
	key := s.Layer == 1
	w.add(Paragraph{Role: RoleHeading, Key: key}, s.Heading)
	if len(s.Answer) > 0 {
		w.add(Paragraph{Role: RoleAnswer}, s.Answer)
	}
	for i := range s.Blocks {
		b := &s.Blocks[i]
		if b.Head {
			w.add(Paragraph{Role: RoleSubheading, Key: key}, b.Para)
			continue
		}
		if len(b.Para) > 0 {
			w.add(Paragraph{Role: RoleWords, Key: key}, b.Para)
		}
		w.under(b, 1, key)
		for j := range b.Facts {
			w.add(Paragraph{Role: RoleItem, Depth: 1, Key: key}, b.Facts[j].Para)
			w.under(&b.Facts[j], 2, key)
		}
	}
}

// under writes what stands below a sentence.
func (w *paragrapher) under(b *block, depth int, key bool) {
	for _, p := range b.List {
		w.add(Paragraph{Role: RoleItem, Depth: depth, Key: key}, p)
	}
	for i := range b.More {
		w.add(Paragraph{Role: RoleDetail, Depth: depth, Key: key}, b.More[i].Para)
		for _, p := range b.More[i].List {
			w.add(Paragraph{Role: RoleItem, Depth: depth + 1, Key: key}, p)
		}
	}
}
