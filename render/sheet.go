package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"strings"
	"sync"
)

// Stamp stands over every working paper of an office.
const Stamp = "Working paper; may be a public record."

// sheet is one paper for the staff of an office, in English: the same content as a page that can be printed and as plain text.
type sheet struct {
	title  string
	stamps []string // beside the one of every working paper
	parts  []sheetPart
	tight  bool // on paper in smaller letters: a card, and no memo
}

type sheetKind int

const (
	sheetHead sheetKind = iota
	sheetSub
	sheetPara
	sheetSoft
	sheetWarn
	sheetList
	sheetSteps
	sheetTable
	sheetFields
	sheetQuote
)

// sheetPart is one piece. Which fields are filled follows from the kind; a line feed in a text is a new line of the same cell or answer.
type sheetPart struct {
	kind  sheetKind
	text  string
	items []sheetItem
	head  []string
	rows  [][]string
	// The language and direction of the last column, where it is not English.
	lang, dir string
}

// sheetItem is an entry of a list, a step, or a question with its answer. One without an answer leaves a line to write on.
type sheetItem struct {
	label, text, link string
	blank             bool
}

func (s *sheet) add(p sheetPart)  { s.parts = append(s.parts, p) }
func (s *sheet) h(text string)    { s.add(sheetPart{kind: sheetHead, text: text}) }
func (s *sheet) sub(text string)  { s.add(sheetPart{kind: sheetSub, text: text}) }
func (s *sheet) p(text ...string) { s.add(sheetPart{kind: sheetPara, text: strings.Join(text, " ")}) }
func (s *sheet) soft(text ...string) {
	s.add(sheetPart{kind: sheetSoft, text: strings.Join(text, " ")})
}
func (s *sheet) warn(text ...string) {
	s.add(sheetPart{kind: sheetWarn, text: strings.Join(text, " ")})
}
func (s *sheet) list(items ...sheetItem)   { s.items(sheetList, items) }
func (s *sheet) steps(items ...sheetItem)  { s.items(sheetSteps, items) }
func (s *sheet) fields(items ...sheetItem) { s.items(sheetFields, items) }
func (s *sheet) quote(text, from string) {
	s.add(sheetPart{kind: sheetQuote, text: text, items: []sheetItem{{text: from}}})
}

func (s *sheet) items(kind sheetKind, items []sheetItem) {
	if len(items) > 0 {
		s.add(sheetPart{kind: kind, items: items})
	}
}

func (s *sheet) table(head []string, rows [][]string) {
	if len(rows) > 0 {
		s.add(sheetPart{kind: sheetTable, head: head, rows: rows})
	}
}

func said(text string) sheetItem        { return sheetItem{text: text} }
func step(label, text string) sheetItem { return sheetItem{label: label, text: text} }
func answer(label, text string) sheetItem {
	return sheetItem{label: label, text: text, blank: text == ""}
}

// sheetHeadData is what the frame of a sheet sees.
type sheetHeadData struct {
	Policy, Title string
	Tight         bool
}

// html is the sheet as one self-contained page.
func (s *sheet) html() ([]byte, error) {
	set, err := sheetTemplates()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, "sheet", sheetHeadData{set.policy, clean(s.title), s.tight}); err != nil {
		return nil, err
	}
	b := &body{b: out.AvailableBuffer()}
	for _, st := range append([]string{Stamp}, s.stamps...) {
		b.raw("\n<p class=\"stamp\">")
		b.lines(st)
		b.raw("</p>")
	}
	b.raw("\n<h1>")
	b.lines(s.title)
	b.raw("</h1>")
	for i := range s.parts {
		b.sheetPart(&s.parts[i])
	}
	out.Write(b.b)
	if err := set.ExecuteTemplate(&out, "sheet end", nil); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// lines writes text; a line feed becomes a line break.
func (b *body) lines(s string) {
	for i, l := range strings.Split(s, "\n") {
		if i > 0 {
			b.raw("<br>")
		}
		b.escape(clean(l))
	}
}

func (b *body) sheetPart(p *sheetPart) {
	put := func(before markup, after markup) {
		b.raw("\n")
		b.raw(before)
		b.lines(p.text)
		b.raw(after)
	}
	switch p.kind {
	case sheetHead:
		put("<h2>", "</h2>")
	case sheetSub:
		put("<h3>", "</h3>")
	case sheetPara:
		put("<p>", "</p>")
	case sheetSoft:
		put(`<p class="soft">`, "</p>")
	case sheetWarn:
		put(`<p class="warn">`, "</p>")
	case sheetQuote:
		put(`<blockquote dir="auto"><q>`, "</q>")
		b.raw(` <span class="soft">`)
		b.lines(p.items[0].text)
		b.raw("</span></blockquote>")
	case sheetList:
		b.raw("\n<ul>")
		b.entries(p.items)
		b.raw("\n</ul>")
	case sheetSteps:
		b.raw("\n<ol class=\"steps\">")
		b.entries(p.items)
		b.raw("\n</ol>")
	case sheetFields:
		b.raw("\n<dl>")
		for _, i := range p.items {
			b.raw("\n<dt>")
			b.lines(i.label)
			b.raw("</dt><dd>")
			b.lines(i.text)
			if i.blank {
				b.raw(`<span class="write"></span>`)
			}
			b.raw("</dd>")
		}
		b.raw("\n</dl>")
	case sheetTable:
		b.raw("\n<table>\n<thead><tr>")
		for _, h := range p.head {
			b.raw(`<th scope="col">`)
			b.lines(h)
			b.raw("</th>")
		}
		b.raw("</tr></thead>\n<tbody>")
		for _, row := range p.rows {
			b.raw("\n<tr>")
			for i, c := range row {
				if p.lang != "" && i == len(row)-1 {
					b.attribute(`<td lang="`, p.lang)
					b.attribute(` dir="`, p.dir)
					b.raw(">")
				} else {
					b.raw("<td>")
				}
				b.lines(c)
				b.raw("</td>")
			}
			b.raw("</tr>")
		}
		b.raw("\n</tbody>\n</table>")
	}
}

func (b *body) entries(items []sheetItem) {
	for _, i := range items {
		b.raw("\n<li>")
		if i.label != "" {
			b.raw("<strong>")
			b.lines(i.label)
			b.raw("</strong> ")
		}
		if i.link != "" {
			b.attribute(`<a href="`, i.link)
			b.raw(">")
		}
		b.lines(i.text)
		if i.link != "" {
			b.raw("</a>")
		}
		if i.blank {
			b.raw(`<span class="write"></span>`)
		}
		b.raw("</li>")
	}
}

// text is the sheet for a terminal or a mail, wrapped as notices are.
func (s *sheet) text() []byte {
	t := &sheetText{}
	for _, st := range append([]string{Stamp}, s.stamps...) {
		t.para("", "", st)
	}
	t.b.WriteByte('\n')
	t.para("", "", s.title)
	t.rule('=')
	for i := range s.parts {
		p := &s.parts[i]
		if i > 0 || p.kind != sheetHead {
			t.b.WriteByte('\n')
		}
		t.part(p)
	}
	return t.b.Bytes()
}

type sheetText struct {
	b    bytes.Buffer
	last int
}

func (t *sheetText) rule(c byte) {
	t.b.WriteString(strings.Repeat(string(c), max(3, min(columns, t.last))))
	t.b.WriteByte('\n')
}

func (t *sheetText) para(first, rest, text string) {
	for _, l := range strings.Split(text, "\n") {
		width, line := 0, first
		width = len([]rune(first))
		any := false
		for _, word := range strings.Fields(clean(l)) {
			n := len([]rune(word))
			if any && width+1+n > columns {
				t.b.WriteString(strings.TrimRight(line, " ") + "\n")
				line, width, any = rest, len([]rune(rest)), false
			}
			if any {
				line += " "
				width++
			}
			line += word
			width += n
			any = true
		}
		t.last = width
		t.b.WriteString(strings.TrimRight(line, " ") + "\n")
		first = rest
	}
}

func (t *sheetText) part(p *sheetPart) {
	switch p.kind {
	case sheetHead:
		t.b.WriteByte('\n')
		t.para("", "", p.text)
		t.rule('-')
	case sheetSub, sheetPara, sheetSoft:
		t.para("", "", p.text)
	case sheetWarn:
		t.para("! ", "  ", p.text)
	case sheetQuote:
		t.para("  “", "   ", p.text+"”")
		if p.items[0].text != "" {
			t.para("   ", "   ", p.items[0].text)
		}
	case sheetList:
		for _, i := range p.items {
			t.para("- ", "  ", i.words())
		}
	case sheetSteps:
		for n, i := range p.items {
			lead := string(rune('1'+n)) + ". "
			if n > 8 {
				lead = "1" + string(rune('0'+n-9)) + ". "
			}
			t.para(lead, strings.Repeat(" ", len(lead)), i.words())
		}
	case sheetFields:
		for _, i := range p.items {
			text := i.label + ": " + strings.ReplaceAll(i.text, "\n", "; ")
			if i.blank {
				text += strings.Repeat("_", max(12, columns-len([]rune(text))-8))
			}
			t.para("- ", "  ", text)
		}
	case sheetTable:
		for n, row := range p.rows {
			if n > 0 {
				t.b.WriteByte('\n')
			}
			for i, c := range row {
				lead := "  "
				if i == 0 {
					lead = "- "
				}
				if c = strings.ReplaceAll(c, "\n", " "); c != "" {
					t.para(lead, "    ", p.head[i]+": "+c)
				}
			}
		}
	}
}

func (i sheetItem) words() string {
	out := strings.TrimSpace(i.label + " " + i.text)
	if i.link != "" && i.link != i.text {
		out += " (" + i.link + ")"
	}
	if i.blank {
		out += " ________________"
	}
	return out
}

var sheetTemplates = sync.OnceValues(func() (*templateSet, error) {
	read := func(name string) string {
		b, err := templateFiles.ReadFile("templates/" + name)
		if err != nil {
			panic(err) // embedded: a missing file does not build
		}
		return string(b)
	}
	t := template.New("")
	for _, src := range []string{`{{define "sheet css"}}` + squeeze(read("sheet.css")) + `{{end}}`, read("sheet.html")} {
		if _, err := t.Parse(src); err != nil {
			return nil, err
		}
	}
	set := &templateSet{Template: t}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "sheet", sheetHeadData{}); err != nil {
		return nil, err
	}
	_, rest, _ := strings.Cut(b.String(), "<style>")
	css, _, _ := strings.Cut(rest, "</style>")
	h := sha256.Sum256([]byte(css))
	set.policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'; base-uri 'none'; form-action 'none'"
	return set, nil
})
