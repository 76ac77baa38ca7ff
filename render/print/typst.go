package print

import (
	"fmt"
	"io"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Typst writes one notice as a document for Typst (0.14 or later), which makes a PDF of it by PDF/UA-1, and refuses to if a letter has no glyph.
// Every word stands in a string: nothing in a notice can be read as a command. said is as in [Notice]; the PDF has the date asOf.
func Typst(w io.Writer, c *locales.Catalog, n *locales.Notice, said []*locales.Notice, on render.Paper, asOf source.Day) error {
	ps, err := render.Paragraphs(c, n, said)
	if err != nil {
		return err
	}
	l, _ := locales.Find(n.Language)
	t := &typst{base: l}
	title := n.Title
	for _, p := range ps {
		if p.Role == render.RoleProgram {
			title += " · " + p.String()
		}
	}
	paper := "us-letter"
	if on == render.A4 {
		paper = "a4"
	}
	year, month, day := asOf.YMD()
	t.line(`#set document(title: %s, date: datetime(year: %d, month: %d, day: %d))`, quote(title), year, month, day)
	t.line(`#set page(paper: %q, margin: (x: 17mm, top: 17mm, bottom: 19mm), numbering: "1/1")`, paper)
	t.line(`#set text(%s, size: 11pt)`, look(l))
	room := typstRoom[l.Face]
	if room == (struct{ lines, paragraphs, above, below string }{}) {
		room = typstRoom["latin"]
	}
	t.apart = room.paragraphs
	t.line(`#set par(leading: %sem, spacing: %sem)`, room.lines, room.paragraphs)
	t.line(`#set list(spacing: %sem)`, room.lines)
	t.line(`#show heading: set block(above: %sem, below: %sem, sticky: true)`, room.above, room.below)
	t.line(`#show heading.where(level: 1): set text(size: 18pt)`)
	t.line(`#show heading.where(level: 2): set text(size: 14pt)`)
	t.line(`#show heading.where(level: 3): set text(size: 12pt)`)
	t.line(`#show link: underline`)
	for i := 0; i < len(ps); {
		if !ps[i].Key {
			i = t.blocks(ps, i, i+1)
			continue
		}
		end := i
		for end < len(ps) && ps[end].Key {
			end++
		}
		t.line(`#block(stroke: 1.5pt, radius: 4pt, inset: 10pt, width: 100%%, breakable: false)[`)
		for i < end {
			i = t.blocks(ps, i, end)
		}
		t.line(`]`)
	}
	_, err = io.WriteString(w, t.b.String())
	return err
}

type typst struct {
	b     strings.Builder
	base  locales.Language
	apart string // the room between paragraphs, in ems
}

func (t *typst) line(format string, args ...any) {
	fmt.Fprintf(&t.b, format, args...)
	t.b.WriteByte('\n')
}

// blocks writes one paragraph, or a list with all of its items that end before most, and gives what comes next.
func (t *typst) blocks(ps []render.Paragraph, i, most int) int {
	p := ps[i]
	words := t.words(p)
	switch p.Role {
	case render.RoleTitle:
		t.line(`#heading(level: 1)[%s]`, words)
	case render.RoleHeading:
		t.line(`#heading(level: 2)[%s]`, words)
	case render.RoleSubheading:
		t.line(`#heading(level: 3)[%s]`, words)
	case render.RoleItem:
		for most = i; most < len(ps) && ps[most].Role == render.RoleItem && ps[most].Depth == p.Depth && ps[most].Key == p.Key; most++ {
		}
		var items []string
		for _, x := range ps[i:most] {
			items = append(items, "["+t.words(x)+"]")
		}
		t.line(`#pad(%s: %dem)[#list(%s)]`, t.start(), p.Depth-1, strings.Join(items, ", "))
		return most
	case render.RoleDetail:
		t.line(`#pad(%s: %dem)[%s]`, t.start(), p.Depth, words)
	case render.RoleDraft, render.RoleOffice, render.RoleMark, render.RoleCheck:
		t.line(`#par[#text(size: 9.5pt)[%s]]`, words)
	case render.RoleAlso:
		l, _ := locales.Find(p.Language)
		t.line(`#par[#text(%s, size: 9.5pt)[%s]]`, look(l), words)
	default:
		if i+1 < len(ps) && leads(p, ps[i+1]) {
			t.line(`#block(sticky: true, above: %[2]sem, below: %[2]sem)[%[1]s]`, words, t.apart)
			break
		}
		t.line(`#par[%s]`, words)
	}
	return i + 1
}

// start is the side on which a line begins.
func (t *typst) start() string {
	if t.base.Dir == "rtl" {
		return "right"
	}
	return "left"
}

// words writes the pieces of a paragraph; values are isolated.
func (t *typst) words(p render.Paragraph) string {
	var b strings.Builder
	for _, x := range p.Pieces {
		s := x.Text
		switch {
		case x.LTR:
			s = "\u2066" + s + "\u2069"
		case x.RTL:
			s = "\u2067" + s + "\u2069"
		case x.Value:
			s = "\u2068" + s + "\u2069"
		}
		out := "#" + quote(s)
		if l, ok := locales.Find(x.Language); ok && l.Tag != t.base.Tag {
			out = fmt.Sprintf("#text(lang: %q)[%s]", strings.ToLower(language(l)), out)
		}
		if x.Address != "" {
			out = fmt.Sprintf("#link(%s)[%s]", quote(x.Address), out)
		}
		b.WriteString(out)
	}
	return b.String()
}

// quote writes a string of Typst.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", "", "\t", " ").Replace(s) + `"`
}

func language(l locales.Language) string {
	base, _, _ := strings.Cut(l.Tag, "-")
	return base
}

// typefaces by the families that the table of languages names. Typst takes the first that is there, and after them any that has the letter.
var typefaces = map[string]string{
	"latin": `"Noto Sans", "Segoe UI", "Arial"`, "naskh": `"Noto Naskh Arabic", "Segoe UI", "Geeza Pro", "Arial"`, "nastaliq": `"Noto Nastaliq Urdu", "Urdu Typesetting"`,
	"devanagari": `"Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari"`, "hans": `"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC"`,
	"hant": `"Noto Sans CJK TC", "Microsoft JhengHei", "PingFang TC"`, "hangul": `"Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo"`,
}

// look is how Typst sets text in a language. Latin letters inside it have the face of Latin text.
func look(l locales.Language) string {
	faces := typefaces["latin"]
	if own := typefaces[l.Face]; own != "" && l.Face != "latin" {
		faces = `(name: "Noto Sans", covers: "latin-in-cjk"), ` + own + ", " + faces
	}
	out := fmt.Sprintf(`font: (%s), lang: %q, dir: %s`, faces, language(l), l.Dir)
	if _, region, ok := strings.Cut(l.Tag, "-"); ok {
		out += fmt.Sprintf(`, region: %q`, strings.ToLower(map[string]string{"Hans": "cn", "Hant": "tw"}[region]+map[bool]string{true: region}[len(region) == 2]))
	}
	return out
}

// typstRoom is the room between lines, between paragraphs, and above and below a heading, in ems and by family of typefaces. Typst reckons
// from the height of the capitals of one line to the foot of the line above.
var typstRoom = map[string]struct{ lines, paragraphs, above, below string }{
	"latin": {".65", ".9", "1.5", ".8"}, "naskh": {".85", "1.1", "1.6", "1"}, "nastaliq": {"1.5", "1.7", "2.1", "1.8"},
	"devanagari": {".8", "1.05", "1.6", ".9"}, "hans": {".8", "1.05", "1.6", ".9"}, "hant": {".8", "1.05", "1.6", ".9"}, "hangul": {".8", "1.05", "1.6", ".9"},
}
