package packet

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices/source"
)

// wordPlace is what a content control or a bookmark of the packet names.
type wordPlace struct {
	number int
	lang   string
	value  int  // 0 for the sentence
	why    bool // the reasons below
}

var (
	placeTag  = regexp.MustCompile(`\Afn:([1-9][0-9]{0,5}):([a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})(?::([1-9][0-9]{0,3}))?\z`)
	placeMark = regexp.MustCompile(`\Afn_([1-9][0-9]{0,5})_([a-z]{2,3}(?:_[A-Za-z]{2,8}){0,3})(?:_([1-9][0-9]{0,3}))?\z`)
)

// placeOf reads a tag or a bookmark; nil if it is not one of the packet's.
func placeOf(name string) *wordPlace {
	m := placeTag.FindStringSubmatch(name)
	if m == nil {
		m = placeMark.FindStringSubmatch(name)
	}
	if m == nil {
		return nil
	}
	p := &wordPlace{lang: strings.ReplaceAll(m[2], "_", "-")}
	p.number, _ = strconv.Atoi(m[1])
	if m[3] != "" {
		p.value, _ = strconv.Atoi(m[3])
	}
	if p.lang == "why" {
		p.lang, p.why = "", true
	}
	return p
}

// wordAuthor is somebody who changed or commented; 0 is nobody.
type wordAuthor int

// wordPiece is a stretch of text that one person put in, took out, or left alone.
type wordPiece struct {
	text     []byte
	ins, del wordAuthor
	on       source.Day
	place    *wordPlace // nil outside of what the packet named
	notes    []string   // the comments whose range is open
	brk      bool       // the end of a paragraph
}

// wordPara is a paragraph, or as much of one as stands between two others.
type wordPara struct {
	pieces []wordPiece
	row    int // the innermost row of a table that it stands in, from 1; 0 outside
	cell   int
	notes  []string  // comments whose mark stands in it
	end    wordPiece // who put in or took out the end of the paragraph itself: two became one, or one two
}

// wordText is what was read of a file.
type wordText struct {
	authors  []string // by number; "" is the first
	known    map[string]wordAuthor
	paras    []*wordPara
	comments []wordComment
	about    map[string]string // custom properties
	last     string            // who saved it last
	apart    []string          // what is in the file and is not read
	pieces   int
	letters  int
}

type wordComment struct {
	id, author string
	on         source.Day
	text       []byte
	paraID     string // of its last paragraph
	parent     string // the paraID of the comment that it replies to
}

const (
	maxPieces  = 100_000
	maxLetters = 4 << 20
	maxRemarks = 5000
)

func (w *wordText) author(name string) wordAuthor {
	if name = strings.TrimSpace(name); name == "" {
		name = "unknown"
	}
	if r := []rune(name); len(r) > 100 {
		name = string(r[:100])
	}
	a, ok := w.known[name]
	if !ok && len(w.authors) > 1000 {
		return 1
	}
	if !ok {
		a = wordAuthor(len(w.authors))
		w.authors, w.known[name] = append(w.authors, name), a
	}
	return a
}

func wordDay(s string) source.Day {
	if len(s) > 10 {
		s = s[:10]
	}
	d, err := source.ParseDay(s)
	if err != nil {
		return 0
	}
	return d
}

// readWord reads the text of a document with its changes and its comments.
func readWord(data []byte) (*wordText, error) {
	a, err := openWord(data)
	if err != nil {
		return nil, err
	}
	w := &wordText{authors: []string{""}, known: map[string]wordAuthor{}, about: map[string]string{}}
	document, err := a.part("", "officeDocument")
	if err != nil {
		return nil, err
	}
	if document == "" || a.parts[document] == nil {
		return nil, refuse(saveAgain, "There is no document of Word in the file.")
	}
	if err := w.properties(a); err != nil {
		return nil, err
	}
	b := &wordBody{w: w}
	if err := a.walk(document, b.token); err != nil {
		return nil, err
	}
	b.endPara()
	comments, err := a.part(document, "comments")
	if err != nil {
		return nil, err
	}
	if err := a.walk(comments, (&wordRemarks{w: w}).token); err != nil {
		return nil, err
	}
	extended, err := a.part(document, "commentsExtended")
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, c := range w.comments {
		at[c.paraID] = i
	}
	return w, a.each(extended, func(s xml.StartElement) error {
		if i, ok := at[attr(s, "paraId")]; ok && s.Name.Local == "commentEx" {
			w.comments[i].parent = attr(s, "paraIdParent")
		}
		return nil
	})
}

// properties reads what the file says that it is about, and who saved it.
func (w *wordText) properties(a *wordArchive) error {
	for _, kind := range []string{"custom-properties", "core-properties"} {
		name, err := a.part("", kind)
		if err != nil {
			return err
		}
		key := ""
		err = a.walk(name, func(t xml.Token) error {
			switch t := t.(type) {
			case xml.StartElement:
				switch t.Name.Local {
				case "property":
					key = attr(t, "name")
				case "lastModifiedBy":
					key = t.Name.Local
				}
			case xml.CharData:
				text := strings.TrimSpace(string(t))
				switch {
				case key == "lastModifiedBy":
					w.last += text
				case strings.HasPrefix(key, "fairnotice-") && len(w.about[key])+len(text) < 200:
					w.about[key] += text
				}
			case xml.EndElement:
				if t.Name.Local == "property" || t.Name.Local == "lastModifiedBy" {
					key = ""
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// wordBody reads the body of a document, token by token. Word cuts a sentence into many runs, with marks of its spelling check and of
// each time it was saved between them; programs put the same text into other elements. So what counts is only inside what a text stands.
type wordBody struct {
	w     *wordText
	stack []wordFrame
	marks []openMark // bookmarks that are open
	notes []string   // comments that are open
	para  *wordPara
	skip  int // elements deep in something that is not read
	rows  int
	cells int
}

type wordFrame struct {
	name     string
	place    *wordPlace // of a content control
	ins, del wordAuthor
	on       source.Day
	row      int
	cell     int
	outer    *wordPara // of a paragraph: that in which it stands
}

type openMark struct {
	id    string
	place *wordPlace
}

// unread are elements whose text is no words of the document: codes of fields, how something looked before, the other half of an
// alternative.
var unread = map[string]bool{"instrText": true, "delInstrText": true, "rPrChange": true, "pPrChange": true, "tblPrChange": true, "tblGridChange": true,
	"trPrChange": true, "tcPrChange": true, "sectPrChange": true, "tblPrExChange": true, "numberingChange": true, "Fallback": true}

func (b *wordBody) top() wordFrame {
	if n := len(b.stack); n > 0 {
		return b.stack[n-1]
	}
	return wordFrame{}
}

func (b *wordBody) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if b.skip > 0 || unread[t.Name.Local] {
			b.skip++
			return nil
		}
		return b.start(t)
	case xml.EndElement:
		if b.skip > 0 {
			b.skip--
			return nil
		}
		b.end()
	case xml.CharData:
		if name := b.top().name; b.skip == 0 && (name == "t" || name == "delText") {
			return b.text(t)
		}
	}
	return nil
}

func (b *wordBody) start(s xml.StartElement) error {
	f := b.top()
	parent := f.name
	f.name, f.outer = s.Name.Local, nil
	switch f.name {
	case "sdt":
		// Its name comes with its properties; until then it is what stands around.
	case "tag":
		if p := placeOf(attr(s, "val")); p != nil && parent == "sdtPr" {
			for i := len(b.stack) - 1; i >= 0; i-- {
				if b.stack[i].place = p; b.stack[i].name == "sdt" {
					break
				}
			}
		}
	case "bookmarkStart":
		if p := placeOf(attr(s, "name")); p != nil && len(b.marks) < 50 {
			b.marks = append(b.marks, openMark{attr(s, "id"), p})
		}
	case "bookmarkEnd":
		id := attr(s, "id")
		b.marks = slices.DeleteFunc(b.marks, func(m openMark) bool { return m.id == id })
	case "commentRangeStart":
		if len(b.notes) < 20 {
			b.notes = append(slices.Clone(b.notes), attr(s, "id"))
		}
	case "commentRangeEnd":
		id := attr(s, "id")
		b.notes = slices.DeleteFunc(slices.Clone(b.notes), func(open string) bool { return open == id })
	case "commentReference":
		if b.para == nil {
			b.begin()
		}
		b.para.notes = append(b.para.notes, attr(s, "id"))
		if err := b.piece(wordPiece{notes: []string{attr(s, "id")}}); err != nil {
			return err
		}
	case "ins", "moveTo", "del", "moveFrom":
		if parent == "rPr" || parent == "trPr" || parent == "tcPr" || parent == "numPr" || parent == "pPr" {
			if parent == "rPr" && len(b.stack) > 1 && b.stack[len(b.stack)-2].name == "pPr" && b.para != nil {
				b.para.end = wordPiece{on: wordDay(attr(s, "date")), brk: true}
				if f.name == "ins" || f.name == "moveTo" {
					b.para.end.ins = b.w.author(attr(s, "author"))
				} else {
					b.para.end.del = b.w.author(attr(s, "author"))
				}
			}
			break
		}
		if f.on = wordDay(attr(s, "date")); f.name == "ins" || f.name == "moveTo" {
			f.ins = b.w.author(attr(s, "author"))
		} else {
			f.del = b.w.author(attr(s, "author"))
		}
	case "tr":
		b.rows++
		f.row = b.rows
	case "tc":
		b.cells++
		f.cell = b.cells
	case "p":
		f.outer = b.para
		b.para = nil
		b.stack = append(b.stack, f)
		b.begin()
		return nil
	case "tab", "br", "cr", "ptab", "noBreakHyphen", "sym":
		if parent == "r" {
			text := " "
			if f.name == "noBreakHyphen" {
				text = "\u2011"
			}
			if f.name == "sym" {
				text = "?"
			}
			b.stack = append(b.stack, f)
			return b.text([]byte(text))
		}
	case "footnoteReference", "endnoteReference":
		b.apart("footnotes")
	case "drawing", "pict", "object":
		b.apart("pictures")
	}
	b.stack = append(b.stack, f)
	return nil
}

func (b *wordBody) apart(what string) {
	if !slices.Contains(b.w.apart, what) {
		b.w.apart = append(b.w.apart, what)
	}
}

func (b *wordBody) end() {
	f := b.top()
	if f.name == "p" {
		b.endPara()
		b.para = f.outer
	}
	if n := len(b.stack); n > 0 {
		b.stack = b.stack[:n-1]
	}
}

func (b *wordBody) begin() {
	f := b.top()
	b.para = &wordPara{row: f.row, cell: f.cell}
}

func (b *wordBody) endPara() {
	if p := b.para; p != nil && (len(p.pieces) > 0 || p.end.brk) {
		b.w.paras = append(b.w.paras, p)
	}
	b.para = nil
}

// place is what the text of this moment belongs to: the control around it, else the bookmark around it.
func (b *wordBody) place() *wordPlace {
	if p := b.top().place; p != nil {
		return p
	}
	if n := len(b.marks); n > 0 {
		return b.marks[n-1].place
	}
	return nil
}

func (b *wordBody) text(s []byte) error {
	f := b.top()
	return b.piece(wordPiece{text: s, ins: f.ins, del: f.del, on: f.on, notes: b.notes})
}

func (b *wordBody) piece(p wordPiece) error {
	if b.para == nil {
		b.begin()
	}
	p.place = b.place()
	if n := len(b.para.pieces); n > 0 {
		l := &b.para.pieces[n-1]
		if l.ins == p.ins && l.del == p.del && l.place == p.place && slices.Equal(l.notes, p.notes) && (p.on == l.on || p.ins == 0 && p.del == 0) {
			l.text = append(l.text, p.text...)
			return b.count(0, len(p.text))
		}
	}
	p.text = slices.Clone(p.text) // what the decoder gives is its own
	b.para.pieces = append(b.para.pieces, p)
	return b.count(1, len(p.text))
}

func (b *wordBody) count(pieces, letters int) error {
	b.w.pieces += pieces
	b.w.letters += letters
	if b.w.pieces > maxPieces || b.w.letters > maxLetters {
		return refuse("Ask the reviewer for the comments as a mail.", "The file has more text, or more changes, than can be read.")
	}
	return nil
}

// wordRemarks reads the part with the comments.
type wordRemarks struct {
	w     *wordText
	c     *wordComment
	stack []string
	out   int // elements deep in what was taken out of a comment again
	first bool
}

func (r *wordRemarks) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		name := t.Name.Local
		if r.out > 0 || name == "del" || name == "instrText" || name == "rPrChange" || name == "pPrChange" {
			r.out++
			return nil
		}
		parent := ""
		if n := len(r.stack); n > 0 {
			parent = r.stack[n-1]
		}
		r.stack = append(r.stack, name)
		switch {
		case name == "comment":
			if len(r.w.comments) >= maxRemarks {
				return refuse("Ask the reviewer to send it in parts.", "The file has more than %d comments.", maxRemarks)
			}
			r.w.comments = append(r.w.comments, wordComment{id: attr(t, "id"), author: r.w.authors[r.w.author(attr(t, "author"))], on: wordDay(attr(t, "date"))})
			r.c, r.first = &r.w.comments[len(r.w.comments)-1], true
		case r.c == nil:
		case name == "p":
			if r.c.paraID = attr(t, "paraId"); !r.first {
				r.c.text = append(r.c.text, '\n')
			}
			r.first = false
		case (name == "br" || name == "cr") && parent == "r":
			r.c.text = append(r.c.text, '\n')
		case name == "tab" && parent == "r":
			r.c.text = append(r.c.text, ' ')
		case name == "noBreakHyphen":
			r.c.text = append(r.c.text, "\u2011"...)
		}
	case xml.EndElement:
		if r.out > 0 {
			r.out--
			return nil
		}
		if n := len(r.stack); n > 0 {
			r.stack = r.stack[:n-1]
		}
		if t.Name.Local == "comment" {
			r.c = nil
		}
	case xml.CharData:
		if n := len(r.stack); r.c != nil && r.out == 0 && n > 0 && r.stack[n-1] == "t" {
			if r.w.letters += len(t); r.w.letters > maxLetters {
				return refuse("Ask the reviewer for the comments as a mail.", "The file has more text, or more changes, than can be read.")
			}
			r.c.text = append(r.c.text, t...)
		}
	}
	return nil
}
