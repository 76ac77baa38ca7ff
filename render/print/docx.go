package print

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Document is a DOCX file, as WordprocessingML says it (ISO/IEC 29500, the transitional form that Word and LibreOffice write). The same
// document gives the same bytes: there is no clock, no author and no number by chance in it, it refers to nothing outside itself, and it
// holds no script.
//
// Direction is said where it is known, and never guessed from the letters: a paragraph from right to left has w:bidi and its runs have
// w:rtl, a table from right to left has bidiVisual. What is isolated in a text (U+2066, U+2067 or U+2068 to U+2069) or has a [Run.Dir]
// becomes a run of its own between two direction marks (U+200E or U+200F), because Word knows no isolates: a telephone number in an
// Arabic sentence keeps its order. Whoever reads a text back takes the marks out.
type Document struct {
	Title      string
	Language   string // BCP 47, of all that is not said to be in another
	RTL        bool
	Landscape  bool
	A4         bool   // instead of letter
	Size       int    // of letters, in points; 0 for 10
	Stamp      string // stands at the head and at the foot of every page, there with the number of the page
	Foot       string // stands there instead at the foot, if there is one
	Track      bool   // whoever opens it can comment, and can change words by tracked changes only (w:documentProtection without a password)
	Properties []Property
	Body       []Block
}

// Property is a custom property of a document: a name and a text. Word and LibreOffice keep it.
type Property struct{ Name, Text string }

// Block is a [Paragraph], a [List], a [Table] or a [Break].
type Block interface{ write(w *docx) }

// Style is the look of a paragraph.
type Style string

// The styles of a document. A heading is one for screen readers and for Word's outline, too.
const (
	Plain    Style = ""
	Title    Style = "Title"
	Heading1 Style = "Heading1"
	Heading2 Style = "Heading2"
	Heading3 Style = "Heading3"
	Note     Style = "Note" // small: reasons, notes
)

// Paragraph is a paragraph in one language and one direction.
type Paragraph struct {
	Style    Style
	Language string // "" for the document's
	RTL      bool
	Keep     bool // on one page with what follows
	Level    int  // 1 for one that stands within another: in a list, or below a sentence; 2 within that
	Runs     []Run

	list int
}

// Run is a stretch of text. A line feed in it is a line break, a tab a tab.
type Run struct {
	Text     string
	Bold     bool
	Italic   bool
	Struck   bool
	Language string // "" for the paragraph's
	Dir      string // "ltr", "rtl" or "auto" where it must be isolated; "" for words of the paragraph
	In       *Control
}

// List is paragraphs with bullets or, each list from 1, with numbers.
type List struct {
	Numbered bool
	Items    []Paragraph
}

// Table is rows of cells. Widths are those of its columns, in hundredths of the width of the text. The first Head rows stand again on every
// page on which the table goes on. A row is never cut by the end of a page unless it is longer than one.
type Table struct {
	Widths []int
	RTL    bool // the first column is on the right
	Head   int
	Rows   [][]Cell
}

// Cell is a cell over Span columns (0 counts as 1). Shade is a colour, as F2F2F2; "" for none.
type Cell struct {
	Span   int
	Shade  string
	Blocks []Block
}

// Control is a content control around the runs of one paragraph that name it, one after the other: its words can be changed, and it cannot
// be taken away. Tag names it for whoever reads the file back (at most 64 characters), Title is shown to people. Bookmark, if there is
// one, is a second name around the same text, for programs that drop tags, as LibreOffice (7.4) does: letters, digits and _, at most 40, a
// letter first, each only once in a document.
type Control struct{ Tag, Title, Bookmark string }

// Break begins a new page.
type Break struct{}

// DOCX writes a document.
func DOCX(to io.Writer, d Document) error {
	w := &docx{doc: d, lists: []bool{false}, marks: map[string]bool{}}
	for _, b := range d.Body {
		b.write(w)
	}
	if w.wrong != nil {
		return w.wrong
	}
	z := zip.NewWriter(to)
	for _, p := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
			escape(d.Title) + `</dc:title><dc:language>` + escape(d.Language) + `</dc:language></cp:coreProperties>`},
		{"docProps/custom.xml", customProperties(d.Properties)},
		{"word/document.xml", w.document()},
		{"word/styles.xml", w.styles()},
		{"word/numbering.xml", w.numbering()},
		{"word/settings.xml", w.settings()},
		{"word/header1.xml", w.edge("hdr")},
		{"word/footer1.xml", w.edge("ftr")},
		{"word/_rels/document.xml.rels", documentRelations},
	} {
		// 1 January 1980 is the first day that a zip can name: some programs do not open a file without one.
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, ModifiedDate: 1<<5 | 1})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xmlHead+p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	officeR = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	wordML  = `application/vnd.openxmlformats-officedocument.wordprocessingml.`

	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordML + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordML + `styles+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="` + wordML + `numbering+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + wordML + `settings+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="` + wordML + `header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="` + wordML + `footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>`
	packageRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + officeR + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
		`<Relationship Id="rId3" Type="` + officeR + `custom-properties" Target="docProps/custom.xml"/></Relationships>`
	documentRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + officeR + `styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + officeR + `numbering" Target="numbering.xml"/>` +
		`<Relationship Id="rId3" Type="` + officeR + `settings" Target="settings.xml"/>` +
		`<Relationship Id="rId4" Type="` + officeR + `header" Target="header1.xml"/>` +
		`<Relationship Id="rId5" Type="` + officeR + `footer" Target="footer1.xml"/></Relationships>`
)

func customProperties(ps []Property) string {
	var b strings.Builder
	b.WriteString(`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`)
	for i, p := range ps {
		// The number names the set of properties that people define (MS-OLEPS, FMTID_UserDefinedProperties); the first pid is 2.
		fmt.Fprintf(&b, `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="%s"><vt:lpwstr>%s</vt:lpwstr></property>`, i+2, escape(p.Name), escape(p.Text))
	}
	b.WriteString(`</Properties>`)
	return b.String()
}

// docx is a document as it is written.
type docx struct {
	doc      Document
	body     bytes.Buffer
	lists    []bool // of each list, whether it has numbers; [0] is not used
	controls int
	marks    map[string]bool
	wrong    error
}

func (w *docx) fail(format string, args ...any) {
	if w.wrong == nil {
		w.wrong = fmt.Errorf(format, args...)
	}
}

// Sizes of paper and margins are in twentieths of a point; margins are 0.8 inch.
const margin = 1152

func (w *docx) paper() (width, height int) {
	width, height = 12240, 15840
	if w.doc.A4 {
		width, height = 11906, 16838
	}
	if w.doc.Landscape {
		return height, width
	}
	return width, height
}

func (w *docx) textWidth() int {
	width, _ := w.paper()
	return width - 2*margin
}

func (w *docx) document() string {
	width, height := w.paper()
	turned := ""
	if w.doc.Landscape {
		turned = ` w:orient="landscape"`
	}
	bidi := ""
	if w.doc.RTL {
		bidi = "<w:bidi/>"
	}
	return `<w:document ` + wordNS + `><w:body>` + w.body.String() +
		fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="%d" w:h="%d"%s/>`+
			`<w:pgMar w:top="%[4]d" w:right="%[4]d" w:bottom="%[4]d" w:left="%[4]d" w:header="567" w:footer="567" w:gutter="0"/>%s</w:sectPr></w:body></w:document>`, width, height, turned, margin, bidi)
}

// edge is the head or the foot of every page.
func (w *docx) edge(kind string) string {
	bidi, stamp := "", w.doc.Stamp
	look := `<w:rPr>` + fonts(w.doc.Language)
	if w.doc.RTL {
		bidi = "<w:bidi/>"
		look += "<w:rtl/>"
	}
	look += languages(w.doc.Language) + `</w:rPr>`
	if kind == "ftr" && w.doc.Foot != "" {
		stamp = w.doc.Foot
	}
	pr := `<w:pPr><w:pStyle w:val="Note"/>` + bidi + `<w:jc w:val="center"/></w:pPr>`
	in := `<w:r>` + look + `<w:t xml:space="preserve">` + escape(stamp) + `</w:t></w:r>`
	if kind == "ftr" {
		in += `<w:r><w:t xml:space="preserve"> · </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	return `<w:` + kind + ` ` + wordNS + `><w:p>` + pr + in + `</w:p></w:` + kind + `>`
}

func (w *docx) settings() string {
	s := `<w:settings ` + wordNS + `><w:zoom w:percent="100"/>`
	if w.doc.Track {
		s += `<w:trackRevisions/><w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>`
	}
	// The version of Word whose ways of laying out it follows; without it Word opens the file in the ways of 2007.
	return s + `<w:defaultTabStop w:val="567"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
}

func (w *docx) styles() string {
	var b strings.Builder
	b.WriteString(`<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>` + sizes(2*w.points()) +
		languages(w.doc.Language) + `</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, s := range []struct {
		id, name, paragraph string
		size                int // in half points, where the words have 10 points
		bold                bool
	}{
		{"Title", "Title", `<w:keepNext/><w:spacing w:after="120"/>`, 36, true},
		{"Heading1", "heading 1", `<w:keepNext/><w:keepLines/><w:spacing w:before="320" w:after="100"/><w:outlineLvl w:val="0"/>`, 28, true},
		{"Heading2", "heading 2", `<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>`, 24, true},
		{"Heading3", "heading 3", `<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="2"/>`, 20, true},
		{"Note", "Note", `<w:spacing w:after="40"/>`, 16, false},
	} {
		bold := ""
		if s.bold {
			bold = "<w:b/><w:bCs/>"
		}
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s%s</w:rPr></w:style>`,
			s.id, s.name, s.paragraph, bold, sizes(s.size*w.points()/10))
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

func (w *docx) points() int {
	if w.doc.Size == 0 {
		return 10
	}
	return w.doc.Size
}

// sizes is a size of letters in half points. Those of the scripts that Word calls complex are a point larger: they look smaller.
func sizes(half int) string {
	return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, half, half+2)
}

func (w *docx) numbering() string {
	var b strings.Builder
	b.WriteString(`<w:numbering ` + wordNS + `>`)
	for i, levels := range [][]string{{bullet("•"), bullet("–"), bullet("·")}, {`<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>`}} {
		kind := "singleLevel"
		if len(levels) > 1 {
			kind = "multilevel"
		}
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="%s"/>`, i, kind)
		for l, level := range levels {
			fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/>%s<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="%d"/></w:pPr></w:lvl>`, l, level, (l+1)*indent, indent)
		}
		b.WriteString(`</w:abstractNum>`)
	}
	for i, numbered := range w.lists[1:] {
		kind, restart := 0, ""
		if numbered {
			kind, restart = 1, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`
		}
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, i+1, kind, restart)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

// indent is how far a list stands in, in twentieths of a point.
const indent = 425

func bullet(s string) string {
	return `<w:numFmt w:val="bullet"/><w:lvlText w:val="` + s + `"/>`
}

func (p Paragraph) write(w *docx) { w.paragraph(p) }

func (l List) write(w *docx) {
	w.lists = append(w.lists, l.Numbered)
	for _, p := range l.Items {
		p.list = len(w.lists) - 1
		w.paragraph(p)
	}
}

func (Break) write(w *docx) { w.body.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`) }

func (t Table) write(w *docx) {
	b := &w.body
	b.WriteString(`<w:tbl><w:tblPr>`)
	if t.RTL {
		b.WriteString(`<w:bidiVisual/>`)
	}
	// The lines are the table's own: where a style of tables gives them, LibreOffice (7.4) takes the whole table for a tracked change.
	fmt.Fprintf(b, `<w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, w.textWidth())
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="8A8A8A"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	wide := make([]int, len(t.Widths))
	for i, part := range t.Widths {
		wide[i] = w.textWidth() * part / 100
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, wide[i])
	}
	b.WriteString(`</w:tblGrid>`)
	for i, row := range t.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if i < t.Head {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		at := 0
		for _, c := range row {
			span := max(c.Span, 1)
			if at+span > len(wide) {
				w.fail("row %d of a table has more cells than the table has columns", i+1)
				return
			}
			width := 0
			for _, x := range wide[at : at+span] {
				width += x
			}
			at += span
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
			if span > 1 {
				fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, span)
			}
			if c.Shade != "" {
				b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="` + escape(c.Shade) + `"/>`)
			}
			b.WriteString(`</w:tcPr>`)
			for _, block := range c.Blocks {
				block.write(w)
			}
			if n := len(c.Blocks); n == 0 {
				b.WriteString(`<w:p/>`) // a cell ends with a paragraph
			} else if _, table := c.Blocks[n-1].(Table); table {
				b.WriteString(`<w:p/>`)
			}
			b.WriteString(`</w:tc>`)
		}
		if at != len(wide) {
			w.fail("row %d of a table has fewer cells than the table has columns", i+1)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// open begins a content control.
func (w *docx) open(c *Control) {
	if len(c.Tag) > 64 || c.Tag == "" {
		w.fail("the tag %q of a content control has no or more than 64 letters", c.Tag)
	}
	w.controls++
	if c.Bookmark != "" {
		for i, r := range c.Bookmark {
			if letter := r < 0x80 && unicode.IsLetter(r); i > 39 || !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
				w.fail("%q is no name for a bookmark", c.Bookmark)
			}
		}
		if w.marks[c.Bookmark] {
			w.fail("the bookmark %q stands twice", c.Bookmark)
		}
		w.marks[c.Bookmark] = true
		fmt.Fprintf(&w.body, `<w:bookmarkStart w:id="%d" w:name="%s"/>`, w.controls, c.Bookmark)
	}
	fmt.Fprintf(&w.body, `<w:sdt><w:sdtPr><w:alias w:val="%s"/><w:tag w:val="%s"/><w:id w:val="%d"/><w:lock w:val="sdtLocked"/></w:sdtPr><w:sdtContent>`,
		escape(c.Title), escape(c.Tag), 1000+w.controls)
}

func (w *docx) shut(c *Control) {
	w.body.WriteString(`</w:sdtContent></w:sdt>`)
	if c.Bookmark != "" {
		fmt.Fprintf(&w.body, `<w:bookmarkEnd w:id="%d"/>`, w.controls)
	}
}

func (w *docx) paragraph(p Paragraph) {
	b := &w.body
	b.WriteString(`<w:p><w:pPr>`)
	if p.Style != Plain {
		b.WriteString(`<w:pStyle w:val="` + string(p.Style) + `"/>`)
	}
	if p.Keep {
		b.WriteString(`<w:keepNext/>`)
	}
	if p.list > 0 {
		fmt.Fprintf(b, `<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, min(p.Level, 2), p.list)
	}
	if p.RTL {
		b.WriteString(`<w:bidi/>`)
	}
	if p.list == 0 && p.Level > 0 {
		fmt.Fprintf(b, `<w:ind w:left="%d"/>`, p.Level*indent)
	}
	b.WriteString(`</w:pPr>`)
	lang := p.Language
	if lang == "" {
		lang = w.doc.Language
	}
	var in *Control
	for _, r := range p.Runs {
		if r.In != in && in != nil {
			w.shut(in)
		}
		if r.In != in && r.In != nil {
			w.open(r.In)
		}
		in = r.In
		for _, piece := range pieces(r, p.RTL) {
			w.run(piece, lang, p.RTL)
		}
	}
	if in != nil {
		w.shut(in)
	}
	b.WriteString(`</w:p>`)
}

func (w *docx) run(r Run, lang string, rtl bool) {
	if r.Text == "" {
		return
	}
	if r.Language != "" {
		lang = r.Language
	}
	b := &w.body
	b.WriteString(`<w:r><w:rPr>` + fonts(lang))
	for _, p := range []struct {
		on  bool
		tag string
	}{{r.Bold, `<w:b/><w:bCs/>`}, {r.Italic, `<w:i/><w:iCs/>`}, {r.Struck, `<w:strike/>`}, {r.Dir == "rtl" || r.Dir == "" && rtl, `<w:rtl/>`}} {
		if p.on {
			b.WriteString(p.tag)
		}
	}
	b.WriteString(languages(lang) + `</w:rPr>`)
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for j, s := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteString(`<w:tab/>`)
			}
			if s != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escape(s) + `</w:t>`)
			}
		}
	}
	b.WriteString(`</w:r>`)
}

// pieces cuts a run where an isolate begins or ends. Each isolate becomes a run with a direction, between two marks of that direction if the
// paragraph goes the other way.
func pieces(r Run, rtl bool) []Run {
	var out []Run
	put := func(text, dir string) {
		if text == "" {
			return
		}
		p := r
		if p.Text, p.Dir = text, dir; dir == "auto" {
			p.Dir = firstStrong(text, rtl)
		}
		switch {
		case p.Dir == "ltr" && rtl:
			p.Text = "\u200e" + text + "\u200e"
		case p.Dir == "rtl" && !rtl:
			p.Text = "\u200f" + text + "\u200f"
		}
		out = append(out, p)
	}
	text := r.Text
	for text != "" {
		i := strings.IndexAny(text, "\u2066\u2067\u2068")
		if i < 0 || r.Dir != "" {
			put(strings.Map(notIsolate, text), r.Dir)
			break
		}
		put(strings.Map(notIsolate, text[:i]), "")
		dir := map[string]string{"\u2066": "ltr", "\u2067": "rtl", "\u2068": "auto"}[text[i:i+3]]
		in, rest, _ := strings.Cut(text[i+3:], "\u2069")
		put(strings.Map(notIsolate, in), dir)
		text = rest
	}
	return out
}

func notIsolate(r rune) rune {
	if r >= 0x2066 && r <= 0x2069 {
		return -1
	}
	return r
}

// firstStrong is the direction of the first letter that has one; digits and signs go with the paragraph, but stay in their own order.
func firstStrong(s string, rtl bool) string {
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam) && unicode.IsLetter(r):
			return "rtl"
		case unicode.IsLetter(r):
			return "ltr"
		}
	}
	return "ltr"
}

// languages is w:lang: Word has one language for letters, one for the scripts of East Asia and one for those that it calls complex.
func languages(tag string) string {
	if tag == "" {
		return ""
	}
	base, _, _ := strings.Cut(tag, "-")
	switch base {
	case "zh", "ja", "ko":
		return `<w:lang w:eastAsia="` + escape(wordTag(tag)) + `"/>`
	case "ar", "ur", "fa", "prs", "ps", "he", "hi", "bn", "ne", "my", "km", "th", "lo", "am", "ti":
		return `<w:lang w:bidi="` + escape(wordTag(tag)) + `"/>`
	}
	return `<w:lang w:val="` + escape(wordTag(tag)) + `"/>`
}

// wordTag is the tag by which Word knows a language: it wants a country where it would otherwise not know the script.
func wordTag(tag string) string {
	switch tag {
	case "en":
		return "en-US"
	case "es":
		return "es-US"
	case "zh-Hans":
		return "zh-CN"
	case "zh-Hant":
		return "zh-TW"
	case "fil":
		return "fil-PH"
	}
	return tag
}

// fonts names typefaces that Windows and macOS have for a script that Arial lacks. A program that does not have one takes another.
func fonts(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	east := map[string]string{"zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei", "ko": "Malgun Gothic", "ja": "Yu Gothic"}[tag]
	complex := map[string]string{"hi": "Nirmala UI", "ne": "Nirmala UI", "bn": "Nirmala UI", "km": "Leelawadee UI", "lo": "Leelawadee UI", "th": "Leelawadee UI", "my": "Myanmar Text", "am": "Ebrima", "ti": "Ebrima"}[base]
	switch {
	case east != "":
		return `<w:rFonts w:eastAsia="` + east + `" w:hint="eastAsia"/>`
	case complex != "":
		return `<w:rFonts w:ascii="` + complex + `" w:hAnsi="` + complex + `" w:cs="` + complex + `"/>`
	}
	return ""
}

// escape writes text for XML; what XML cannot hold becomes U+FFFD.
func escape(s string) string {
	if strings.IndexFunc(s, func(r rune) bool {
		return r < ' ' || strings.ContainsRune(`<>&"'`, r) || r == unicode.ReplacementChar || r >= 0xfffe
	}) < 0 {
		return s
	}
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer takes everything
	return b.String()
}
