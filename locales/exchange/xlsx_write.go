package exchange

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// The columns of the first sheet, by the words in its first row. A reader finds them by these words in any order.
const (
	headID          = "ID"
	headEnglish     = "English"
	headTranslation = "Translation"
	headNote        = "Note"
	headNumbers     = "For numbers"
	headMost        = "Most characters"
	headState       = "State"
	headMade        = "Made from"
	headTerm        = "English term"
	headTermID      = "Term ID"
)

var heads = []string{headID, headEnglish, headTranslation, headNote, headNumbers, headMost, headState, headMade}

// instructions tells a translator how to work, one paragraph a line.
func instructions(b Book, xliff bool) []string {
	title := fmt.Sprintf("Translation into %s (%s, %s)", b.Language.English, b.Language.Name, b.Language.Tag)
	if b.Program != "" {
		title += ", for " + b.Program
	}
	if b.Made != "" {
		title += ". Made on " + b.Made
	}
	out := []string{title + "."}
	if xliff {
		out = append(out,
			"Translate each unit. A unit that you leave as the English counts as not translated.",
			"{n} is where a number is put in. It stands once in every text that has it in the English. A form that is for one number alone may say the number in words.",
			"The numbers in double square brackets say which numbers a form is for. They are not part of the text: leave them, or take them out.")
	} else {
		out = append(out,
			"Write only in the column Translation. The other columns are locked, so that nothing in them is changed by mistake.",
			"To sort, or to move columns, take the lock off first: Review, Unprotect Sheet. There is no password. Rows are found by their ID, so their order does not matter.",
			"Do not change the IDs, and do not delete the last columns.",
			"{n} is where a number is put in. It stands once in every text that has it in the English. A form that is for one number alone may say the number in words.",
			"A text with {n} has a row for each form that the language has. The column For numbers says which numbers the row is for.",
			"An empty Translation means that there is none. Where the English has changed, the cell is empty and the note holds the translation from before.",
			"The sheet Terms says which words are translated the same everywhere.")
	}
	return append(out,
		"Write every number in digits, as in the English. Copy web addresses, e-mail addresses and phone numbers letter by letter.",
		"End a text as the English ends: with a full stop, a colon or a question mark of the language, or with none of them.",
		"Write plain words: no HTML, no stars, no curly brackets but {n}.",
		"Stay within the number of characters where one is given.")
}

// WriteXLSX writes a book as an Excel workbook (ECMA-376, SpreadsheetML): a zip of the parts below, of which none names the machine or the
// hour. The same book gives the same bytes.
func WriteXLSX(w io.Writer, b Book) error {
	if err := b.sound(); err != nil {
		return err
	}
	x := &xlsxWriter{book: b, rtl: b.Language.Dir == "rtl", at: map[string]int{}}
	sheets := []string{x.texts(), x.terms(), x.readMe()}
	z := zip.NewWriter(w)
	put := func(name, text string) error {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, xml.Header+text)
		}
		return err
	}
	parts := [][2]string{
		{"[Content_Types].xml", xlsxTypes},
		{"_rels/.rels", xlsxRelations},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
			cellText(instructions(b, false)[0]) + `</dc:title><dc:creator>Fair Notice</dc:creator><dc:language>` + cellText(b.Language.Tag) + `</dc:language></cp:coreProperties>`},
		{"xl/workbook.xml", xlsxMain("workbook") + `<sheets><sheet name="Texts" sheetId="1" r:id="rId1"/><sheet name="Terms" sheetId="2" r:id="rId2"/><sheet name="How to" sheetId="3" r:id="rId3"/></sheets>` +
			fmt.Sprintf(`<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Texts!$A$1:$H$%d</definedName></definedNames></workbook>`, len(b.Units)+1)},
		{"xl/_rels/workbook.xml.rels", xlsxParts},
		{"xl/styles.xml", x.styles()},
		{"xl/sharedStrings.xml", x.strings()},
	}
	for i, s := range sheets {
		parts = append(parts, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s})
	}
	for _, p := range parts {
		if err := put(p[0], p[1]); err != nil {
			return fmt.Errorf("exchange: the workbook cannot be written: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("exchange: the workbook cannot be written: %w", err)
	}
	return nil
}

const (
	xlsxSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	xlsxKinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	xlsxTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet3.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
	xlsxRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + xlsxKinds + `/officeDocument" Target="xl/workbook.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	xlsxParts = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + xlsxKinds + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + xlsxKinds + `/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="` + xlsxKinds + `/worksheet" Target="worksheets/sheet3.xml"/>` +
		`<Relationship Id="rId4" Type="` + xlsxKinds + `/styles" Target="styles.xml"/><Relationship Id="rId5" Type="` + xlsxKinds + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
)

func xlsxMain(name string) string {
	return `<` + name + ` xmlns="` + xlsxSpace + `" xmlns:r="` + xlsxKinds + `">`
}

// xlsxWriter writes the sheets, and collects the texts of their cells: each text stands once in a workbook, and cells name it.
type xlsxWriter struct {
	book   Book
	rtl    bool
	at     map[string]int // the number of a text
	shared []string
	cells  int
}

// The styles of cells, by their places in the part styles. The first is that of a cell nobody wrote.
const (
	_ = iota
	styleHead
	styleFixed
	styleCode
	styleOpen
	styleTodo
	styleSmall
)

// textFormat is Excel's own number format "Text": what is typed in such a cell is never a formula, a date or a number.
const textFormat = 49

func (x *xlsxWriter) styles() string {
	var b strings.Builder
	b.WriteString(`<styleSheet xmlns="` + xlsxSpace + `"><fonts count="3">`)
	for _, f := range []string{`<color rgb="FF000000"/>`, `<color rgb="FF595959"/>`} {
		b.WriteString(`<font><sz val="11"/>` + f + `<name val="Calibri"/><family val="2"/></font>`)
	}
	b.WriteString(`<font><b/><sz val="11"/><color rgb="FF000000"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>`)
	for _, c := range []string{"D9E2EC", "F3F3F3", "FFF8DC"} {
		b.WriteString(`<fill><patternFill patternType="solid"><fgColor rgb="FF` + c + `"/><bgColor indexed="64"/></patternFill></fill>`)
	}
	b.WriteString(`</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>`)
	for _, side := range []string{"left", "right", "top", "bottom"} {
		b.WriteString(`<` + side + ` style="thin"><color rgb="FFBFBFBF"/></` + side + `>`)
	}
	b.WriteString(`<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`)
	const ltr, rtl = 1, 2
	own, side := ltr, "left"
	if x.rtl {
		own, side = rtl, "right"
	}
	for _, s := range []struct {
		font, fill, locked, reading int
		side                        string
	}{{2, 2, 1, ltr, "left"}, {0, 3, 1, ltr, "left"}, {1, 3, 1, ltr, "left"}, {0, 0, 0, own, side}, {0, 4, 0, own, side}, {0, 0, 1, ltr, "left"}} {
		fmt.Fprintf(&b, `<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">`+
			`<alignment horizontal="%s" vertical="top" wrapText="1" readingOrder="%d"/><protection locked="%d"/></xf>`, textFormat, s.font, s.fill, s.side, s.reading, s.locked)
	}
	b.WriteString(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	return b.String()
}

// strings is the part with the texts of all cells.
func (x *xlsxWriter) strings() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<sst xmlns="%s" count="%d" uniqueCount="%d">`, xlsxSpace, x.cells, len(x.shared))
	for _, s := range x.shared {
		b.WriteString(`<si><t xml:space="preserve">` + cellText(s) + `</t></si>`)
	}
	return b.String() + `</sst>`
}

// cellText writes a text into XML.
func cellText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes all
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

// xlsxSheet is one sheet on its way.
type xlsxSheet struct {
	x      *xlsxWriter
	widths []float64
	rows   strings.Builder
	n      int // of rows
}

// row writes a row: texts with their styles. high makes it high enough for its longest cell: not every program does that by itself. Rows of
// one line are left alone, so that they grow.
func (s *xlsxSheet) row(high bool, texts []string, styles ...int) {
	s.n++
	most := 1
	for i, text := range texts {
		lines := 0
		for line := range strings.SplitSeq(text, "\n") {
			lines += 1 + int(float64(utf8.RuneCountInString(line))*1.1/s.widths[i])
		}
		most = max(most, lines)
	}
	fmt.Fprintf(&s.rows, `<row r="%d"`, s.n)
	if high && most > 1 {
		fmt.Fprintf(&s.rows, ` ht="%g" customHeight="1"`, min(15*float64(most), 400))
	}
	s.rows.WriteString(">")
	for i, text := range texts {
		style := styles[min(i, len(styles)-1)]
		fmt.Fprintf(&s.rows, `<c r="%c%d" s="%d"`, 'A'+i, s.n, style)
		if text == "" {
			s.rows.WriteString("/>")
			continue
		}
		text = escapeCell(text)
		at, ok := s.x.at[text]
		if !ok {
			at = len(s.x.shared)
			s.x.at[text], s.x.shared = at, append(s.x.shared, text)
		}
		s.x.cells++
		fmt.Fprintf(&s.rows, ` t="s"><v>%d</v></c>`, at)
	}
	s.rows.WriteString("</row>")
}

// part is the sheet as a part: locked, and printed as wide as the paper. With a head its first row stays in view; filter lets its rows be
// filtered, which works in a locked sheet, too; hidden is a column that is not shown, from 1, 0 for none.
func (s *xlsxSheet) part(first, head, filter bool, hidden int) string {
	var b strings.Builder
	area := fmt.Sprintf("A1:%c%d", 'A'+len(s.widths)-1, s.n)
	b.WriteString(xlsxMain("worksheet") + `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="` + area + `"/><sheetViews><sheetView`)
	if s.x.rtl && head {
		b.WriteString(` rightToLeft="1"`)
	}
	if first {
		b.WriteString(` tabSelected="1"`)
	}
	b.WriteString(` workbookViewId="0">`)
	if head {
		b.WriteString(`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>`)
	}
	b.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, w := range s.widths {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%g" customWidth="1"`, i+1, i+1, w)
		if i+1 == hidden {
			b.WriteString(` hidden="1"`)
		}
		b.WriteString("/>")
	}
	b.WriteString(`</cols><sheetData>` + s.rows.String() + `</sheetData><sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>`)
	if filter {
		b.WriteString(`<autoFilter ref="` + area + `"/>`)
	}
	return b.String() + `<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`
}

// texts is the first sheet.
func (x *xlsxWriter) texts() string {
	s := &xlsxSheet{x: x, widths: []float64{32, 55, 55, 40, 18, 17, 20, 14}}
	s.row(false, heads, styleHead)
	for _, u := range x.book.Units {
		most, style := "", styleOpen
		if u.Limit > 0 {
			most = fmt.Sprint(u.Limit)
		}
		if u.shown() == "" {
			style = styleTodo
		}
		s.row(true, []string{u.Key(), u.Source, u.shown(), u.note(), u.Numbers, most, stateWords[u.State], x.book.made(u)}, styleCode, styleFixed, style, styleCode)
	}
	return s.part(true, true, true, len(heads))
}

var stateWords = map[string]string{Missing: "not translated", Stale: "the English changed", Draft: "not reviewed", Reviewed: "reviewed"}

func (x *xlsxWriter) terms() string {
	s := &xlsxSheet{x: x, widths: []float64{30, 45, 60, 20}}
	s.row(false, []string{headTerm, "In the language", "Note", headTermID}, styleHead)
	for _, t := range x.book.Terms {
		s.row(true, []string{t.English, strings.Join(t.Forms, "\n"), t.Note, t.ID}, styleFixed, styleSmall, styleCode)
	}
	return s.part(false, true, false, 0)
}

func (x *xlsxWriter) readMe() string {
	s := &xlsxSheet{x: x, widths: []float64{100}}
	for i, line := range instructions(x.book, false) {
		style := styleSmall
		if i == 0 {
			style = styleHead
		}
		s.row(true, []string{line}, style)
	}
	return s.part(false, false, false, 0)
}

// escapeCell keeps words that look like the _x000D_ of a workbook.
func escapeCell(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if b.WriteByte(s[i]); s[i] == '_' && i+7 <= len(s) && escaped.MatchString(s[i:i+7]) {
			b.WriteString("x005F_")
		}
	}
	return b.String()
}
