package exchange

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
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

// WriteXLSX writes a book as an Excel workbook.
func WriteXLSX(w io.Writer, b Book) error {
	if err := b.sound(); err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	x := &xlsxWriter{f: f, book: b, rtl: b.Language.Dir == "rtl"}
	x.styles()
	x.texts()
	x.terms()
	x.readMe()
	x.try(f.SetDocProps(&excelize.DocProperties{Title: instructions(b, false)[0], Creator: "Fair Notice", Language: b.Language.Tag}))
	if x.err == nil {
		x.err = f.Write(w)
	}
	if x.err != nil {
		return fmt.Errorf("exchange: the workbook cannot be written: %w", x.err)
	}
	return nil
}

// xlsxWriter keeps the first error.
type xlsxWriter struct {
	f    *excelize.File
	book Book
	rtl  bool
	err  error

	head, fixed, code, open, todo, small int // styles
}

func (x *xlsxWriter) try(err error) {
	if x.err == nil {
		x.err = err
	}
}

// textFormat is Excel's own number format "Text": what is typed in such a cell is never a formula, a date or a number.
const textFormat = 49

func (x *xlsxWriter) styles() {
	style := func(locked bool, fill, colour string, bold bool, reading uint64, horizontal string) int {
		s := &excelize.Style{NumFmt: textFormat, Protection: &excelize.Protection{Locked: locked},
			Alignment: &excelize.Alignment{Vertical: "top", WrapText: true, ReadingOrder: reading, Horizontal: horizontal},
			Font:      &excelize.Font{Bold: bold, Color: colour, Family: "Calibri", Size: 11}}
		if fill != "" {
			s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		}
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
		}
		id, err := x.f.NewStyle(s)
		x.try(err)
		return id
	}
	const ltr, rtl = 1, 2
	own, side := uint64(ltr), "left"
	if x.rtl {
		own, side = rtl, "right"
	}
	x.head = style(true, "D9E2EC", "000000", true, ltr, "left")
	x.fixed = style(true, "F3F3F3", "000000", false, ltr, "left")
	x.code = style(true, "F3F3F3", "595959", false, ltr, "left")
	x.open = style(false, "", "000000", false, own, side)
	x.todo = style(false, "FFF8DC", "000000", false, own, side)
	x.small = style(true, "", "000000", false, ltr, "left")
}

func (x *xlsxWriter) put(sheet string, col, row int, text string, style int) {
	if x.err != nil {
		return
	}
	at, err := excelize.CoordinatesToCellName(col, row)
	x.try(err)
	if text != "" {
		x.try(x.f.SetCellStr(sheet, at, escapeCell(text)))
	}
	x.try(x.f.SetCellStyle(sheet, at, at, style))
}

// escapeCell keeps words that look like the _x000D_ of a workbook: excelize writes them as they are.
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

// sheet makes a sheet with a head that stays in view.
func (x *xlsxWriter) sheet(name string, heads []string, widths []float64) {
	if name != x.f.GetSheetName(0) {
		_, err := x.f.NewSheet(name)
		x.try(err)
	}
	for i, h := range heads {
		x.put(name, i+1, 1, h, x.head)
		col, err := excelize.ColumnNumberToName(i + 1)
		x.try(err)
		x.try(x.f.SetColWidth(name, col, col, widths[i]))
	}
	x.try(x.f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	if x.rtl {
		yes := true
		x.try(x.f.SetSheetView(name, 0, &excelize.ViewOptions{RightToLeft: &yes}))
	}
}

// finish locks a sheet, and has it printed as wide as the paper.
func (x *xlsxWriter) finish(name, last string) {
	yes, wide, one, any := true, "landscape", 1, 0
	x.try(x.f.SetSheetDimension(name, "A1:"+last))
	x.try(x.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	x.try(x.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &wide, FitToWidth: &one, FitToHeight: &any}))
	x.try(x.f.ProtectSheet(name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true,
		FormatRows: true, FormatCells: true, Sort: true, AutoFilter: true}))
}

// height makes a row high enough for its longest cell: not every program does that by itself. Rows of one line are left alone, so that
// they grow.
func (x *xlsxWriter) height(sheet string, row int, widths []float64, texts ...string) {
	most := 1
	for i, text := range texts {
		lines := 0
		for line := range strings.SplitSeq(text, "\n") {
			lines += 1 + int(float64(utf8.RuneCountInString(line))*1.1/widths[i])
		}
		most = max(most, lines)
	}
	if most > 1 && x.err == nil {
		x.try(x.f.SetRowHeight(sheet, row, min(15*float64(most), 400)))
	}
}

// texts is the first sheet.
func (x *xlsxWriter) texts() {
	const name = "Texts"
	x.try(x.f.SetSheetName(x.f.GetSheetName(0), name))
	widths := []float64{32, 55, 55, 40, 18, 17, 20, 14}
	x.sheet(name, heads, widths)
	for i, u := range x.book.Units {
		row := i + 2
		most, style := "", x.open
		if u.Limit > 0 {
			most = fmt.Sprint(u.Limit)
		}
		if u.shown() == "" {
			style = x.todo
		}
		x.put(name, 1, row, u.Key(), x.code)
		x.put(name, 2, row, u.Source, x.fixed)
		x.put(name, 3, row, u.shown(), style)
		x.put(name, 4, row, u.note(), x.code)
		x.put(name, 5, row, u.Numbers, x.code)
		x.put(name, 6, row, most, x.code)
		x.put(name, 7, row, stateWords[u.State], x.code)
		x.put(name, 8, row, x.book.made(u), x.code)
		x.height(name, row, widths, u.Key(), u.Source, u.shown(), u.note(), u.Numbers, most, stateWords[u.State])
	}
	last := fmt.Sprintf("H%d", len(x.book.Units)+1)
	x.try(x.f.SetColVisible(name, "H", false))
	x.try(x.f.AutoFilter(name, "A1:"+last, nil)) // filtering works in a locked sheet, too
	x.finish(name, last)
}

var stateWords = map[string]string{Missing: "not translated", Stale: "the English changed", Draft: "not reviewed", Reviewed: "reviewed"}

func (x *xlsxWriter) terms() {
	const name = "Terms"
	widths := []float64{30, 45, 60, 20}
	x.sheet(name, []string{headTerm, "In the language", "Note", headTermID}, widths)
	for i, t := range x.book.Terms {
		row := i + 2
		x.put(name, 1, row, t.English, x.fixed)
		x.put(name, 2, row, strings.Join(t.Forms, "\n"), x.small)
		x.put(name, 3, row, t.Note, x.code)
		x.put(name, 4, row, t.ID, x.code)
		x.height(name, row, widths, t.English, strings.Join(t.Forms, "\n"), t.Note, t.ID)
	}
	x.finish(name, fmt.Sprintf("D%d", len(x.book.Terms)+1))
}

func (x *xlsxWriter) readMe() {
	const name = "How to"
	_, err := x.f.NewSheet(name)
	x.try(err)
	x.try(x.f.SetColWidth(name, "A", "A", 100))
	for i, line := range instructions(x.book, false) {
		style := x.small
		if i == 0 {
			style = x.head
		}
		x.put(name, 1, i+1, line, style)
		x.height(name, i+1, []float64{100}, line)
	}
	x.finish(name, fmt.Sprintf("A%d", len(instructions(x.book, false))))
}
