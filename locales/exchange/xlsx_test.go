package exchange

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// sheetOf makes a workbook of plain rows.
func sheetOf(t testing.TB, rows ...[]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for r, row := range rows {
		for c, s := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, ok := strings.CutPrefix(s, "FORMULA"); ok {
				err = f.SetCellFormula("Sheet1", at, formula)
			} else if s != "" {
				err = f.SetCellStr("Sheet1", at, s)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestColumns finds the columns in sheets that people have changed, and refuses to guess.
func TestColumns(t *testing.T) {
	a, b := plain("keep.stored", "The office keeps a copy.", ""), plain("keep.seen", "You get your papers back.", "")
	book := Book{Language: spanish, Units: []Unit{a, b}}
	made := func(u Unit) string { return "es:" + u.SourceHash }
	const sa, sb = "La oficina guarda una copia.", "Le devuelven sus papeles."
	for _, c := range []struct {
		name, want string // want: what is said; "" if nothing is, and both are accepted
		rows       [][]string
		accepted   int
	}{
		{"as it was", "", [][]string{{"ID", "English", "Translation", "Note", "Made from"}, {"keep.stored", a.Source, sa, "A note.", made(a)}, {"keep.seen", b.Source, sb, "A note.", made(b)}}, 2},
		{"capitals and spaces in the head", "", [][]string{{" id", "ENGLISH ", "translation", "Made  from"}, {"keep.stored", a.Source, sa, made(a)}, {"keep.seen", b.Source, sb, made(b)}}, 2},
		{"the head in another language", "repaired the words in the head of the table are gone, so the columns were found by what stands in them: English (column B), ID (column A), Made from (column E), Note (column D), Translation (column C).\n",
			[][]string{{"Código", "Inglés", "Traducción", "Nota", "X"}, {"keep.stored", a.Source, sa, "A note.", made(a)}, {"keep.seen", b.Source, sb, "A note.", made(b)}}, 2},
		{"no head at all", "repaired the words in the head of the table are gone, so the columns were found by what stands in them: English (column A), ID (column C), Made from (column D), Translation (column B).\n",
			[][]string{{a.Source, sa, "keep.stored", made(a)}, {b.Source, sb, "keep.seen", made(b)}}, 2},
		{"the head sorted into the rows", "", [][]string{{"keep.stored", a.Source, sa, made(a)}, {"ID", "English", "Translation", "Made from"}, {"keep.seen", b.Source, sb, made(b)}}, 2},
		{"two columns that could be it", `refused In the sheet "Sheet1", no column is called Translation, and the columns C and D could all be it. Write "Translation" in the first cell of the right one. [columns]` + "\n",
			[][]string{{"ID", "English", "x", "y"}, {"keep.stored", a.Source, sa, "ok"}, {"keep.seen", b.Source, sb, "ok"}}, 0},
		{"two columns of that name", `refused In the sheet "Sheet1", the columns C and D are all called Translation. Keep the name Translation for the column with the translations that count, and give the others another name. [columns]` + "\n",
			[][]string{{"ID", "English", "Translation", "Translation"}, {"keep.stored", a.Source, sa, "ok"}}, 0},
		{"no translations", `refused In the sheet "Sheet1", no column is called Translation, and none holds translations. Write "Translation" in the first cell of the column with the translations. [columns]` + "\n",
			[][]string{{"ID", "English"}, {"keep.stored", a.Source}}, 0},
		{"none of our ids", "refused No sheet of this workbook has a column with our IDs. Send the workbook that you were sent, with the column ID as it was. [no-texts]\n",
			[][]string{{"Name", "Phone"}, {"Ana", "1"}}, 0},
		{"ids that are gone", "missing keep.stored: it has no row in the file\nmissing keep.seen: it has no row in the file\nunknown keep.old: \"Sí.\"\n",
			[][]string{{"ID", "English", "Translation"}, {"keep.old", "Yes.", "Sí."}}, 0},
		{"a translation without an id", "refused Sheet1:3:3: Row 3: There is a translation and no ID, so nobody can tell what it is for: \"Le devuelven sus papeles.\" Put it into the row of its ID. Where cells are merged, split them: Home, Merge & Center, Unmerge Cells. [no-id]\nmissing keep.seen: it has no row in the file\n",
			[][]string{{"ID", "English", "Translation", "Made from"}, {"keep.stored", a.Source, sa, made(a)}, {"", b.Source, sb, made(b)}}, 1},
		{"a row twice", "", [][]string{{"ID", "English", "Translation", "Made from"}, {"keep.stored", a.Source, sa, made(a)}, {"keep.stored", a.Source, sa + " ", made(a)}, {"keep.stored", a.Source, "", made(a)}, {"keep.seen", b.Source, sb, made(b)}}, 2},
		{"a row twice, with two translations", "refused Sheet1:2:3: Row 2 (keep.stored): The translation is in the file more than once, with different translations: \"La oficina guarda una copia.\" Keep the right row, and delete the others. [twice]\n",
			[][]string{{"ID", "English", "Translation", "Made from"}, {"keep.stored", a.Source, sa, made(a)}, {"keep.stored", a.Source, "La oficina tiene una copia.", made(a)}, {"keep.seen", b.Source, sb, made(b)}}, 1},
		{"a formula", "refused Sheet1:2:3: Row 2 (keep.stored): The translation is a formula: \"\" Write words. If they begin with =, put an apostrophe before them. [formula]\n",
			[][]string{{"ID", "English", "Translation", "Made from"}, {"keep.stored", a.Source, "FORMULA=HYPERLINK(\"https://example.org\",\"x\")", made(a)}, {"keep.seen", b.Source, sb, made(b)}}, 1},
		{"without the last column", `repaired the rows no longer say which English they were made from ("Made from" is gone), so their English was compared letter by letter.` + "\n",
			[][]string{{"ID", "English", "Translation"}, {"keep.stored", a.Source, sa}, {"keep.seen", b.Source, sb}}, 2},
		{"an id with what Excel adds", "", [][]string{{"ID", "English", "Translation", "Made from"}, {" keep.stored\u00a0", a.Source, sa, made(a)}, {"\ufeff'keep.seen", b.Source, sb, made(b)}}, 2},
	} {
		r := Read(sheetOf(t, c.rows...), book)
		if got := report(r); got != c.want || len(r.Accepted) != c.accepted {
			t.Errorf("%s: %d accepted\n%swant %d\n%s", c.name, len(r.Accepted), got, c.accepted, c.want)
		}
	}
}

// TestExcelize: what a spreadsheet would change stays text, byte by byte, also as another reader sees it; and two writings are the same.
func TestExcelize(t *testing.T) {
	b := hardBook()
	b.Units = append(b.Units, plain("hard.escape", "_x005F_x000D_", "_x005F_x005F_x000D__x000d_"))
	data := formats[0].write(t, b)
	if !bytes.Equal(data, formats[0].write(t, b)) {
		t.Error("two writings of one book differ")
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for i, u := range b.Units {
		for col, want := range map[string]string{"A": u.Key(), "B": u.Source, "C": u.Target, "D": u.Note} {
			at := col + fmt.Sprint(i+2)
			got, err := f.GetCellValue("Texts", at)
			if err != nil || got != want {
				t.Errorf("%s is %q, want %q (%v)", at, got, want, err)
			}
			if formula, _ := f.GetCellFormula("Texts", at); formula != "" {
				t.Errorf("%s became a formula", at)
			}
			style, err := f.GetCellStyle("Texts", at)
			if err != nil {
				t.Fatal(err)
			}
			s, err := f.GetStyle(style)
			if err != nil || s.NumFmt != textFormat || s.Protection == nil || s.Protection.Locked == (col == "C") || !s.Alignment.WrapText {
				t.Errorf("%s has the style %+v", at, s)
			}
		}
	}
	r := Read(data, b)
	if s := report(r); strings.Contains(s, "refused") || strings.Contains(s, "repaired") {
		t.Error(s)
	}
}

// TestRightToLeft: the sheet of a right-to-left language begins at the right.
func TestRightToLeft(t *testing.T) {
	b := Book{Language: arabic, Units: []Unit{plain("keep.stored", "The office keeps a copy.", "يحتفظ المكتب بنسخة.")}}
	f, err := excelize.OpenReader(bytes.NewReader(formats[0].write(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Texts", "Terms"} {
		view, err := f.GetSheetView(name, 0)
		if err != nil || view.RightToLeft == nil || !*view.RightToLeft {
			t.Errorf("%s does not begin at the right: %v", name, err)
		}
		panes, err := f.GetPanes(name)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("the head of %s does not stay: %+v %v", name, panes, err)
		}
	}
	id, err := f.GetCellStyle("Texts", "C2")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(id); err != nil || s.Alignment.ReadingOrder != 2 {
		t.Errorf("the translation is not written from the right: %v", err)
	}
}

// zipOf makes an archive of parts.
func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	bookXML = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="T" sheetId="1" r:id="rId1"/></sheets></workbook>`
	relsXML = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="%s"/>%s</Relationships>`
	rowsXML = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c><c r="B1" t="inlineStr"><is><t>Translation</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>keep.stored</t></is></c><c r="B2" t="inlineStr"><is><r><t>La oficina </t></r><r><rPr><b/></rPr><t>guarda esto:</t></r><rPh><t>x</t></rPh></is></c></row></sheetData></worksheet>`
)

// TestForeignArchive: names in the archive are looked up, never opened, and what is elsewhere stays there.
func TestForeignArchive(t *testing.T) {
	u := plain("keep.stored", "The office keeps these:", "")
	u.SourceHash = ""
	b := Book{Language: spanish, Units: []Unit{u}}
	for name, data := range map[string][]byte{
		"plain":        zipOf(t, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", fmt.Sprintf(relsXML, "worksheets/sheet1.xml", ""), "xl/worksheets/sheet1.xml", rowsXML),
		"absolute":     zipOf(t, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", fmt.Sprintf(relsXML, "/xl/worksheets/sheet1.xml", ""), "xl/worksheets/sheet1.xml", rowsXML),
		"backslashes":  zipOf(t, "xl\\workbook.xml", bookXML, "xl\\_rels\\workbook.xml.rels", fmt.Sprintf(relsXML, "worksheets/sheet1.xml", ""), "xl\\worksheets\\Sheet1.xml", rowsXML),
		"other folder": zipOf(t, "../../etc/passwd", "x", "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", fmt.Sprintf(relsXML, "../../../tmp/s.xml", ""), "tmp/s.xml", rowsXML),
		"links": zipOf(t, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", fmt.Sprintf(relsXML, "worksheets/sheet1.xml",
			`<Relationship Id="rId2" Type="x/externalLink" Target="https://example.org/x.xlsx" TargetMode="External"/><Relationship Id="rId3" Type="x/sharedStrings" Target="file:///etc/passwd" TargetMode="External"/>`), "xl/worksheets/sheet1.xml", rowsXML),
	} {
		r := Read(data, b)
		if s := report(r); s != "" || len(r.Accepted) != 1 || r.Accepted[0].Text != "La oficina guarda esto:" {
			t.Errorf("%s: %s%v", name, s, r.Accepted)
		}
	}
	for kind, data := range map[string][]byte{
		"LibreOffice's own": zipOf(t, "content.xml", "<x/>"), "Word": zipOf(t, "word/document.xml", "<x/>"), "Numbers": zipOf(t, "Index/Document.iwa", "x"), "binary": zipOf(t, "xl/workbook.bin", "x"),
		"no workbook": zipOf(t, "x", "y"),
	} {
		r := Read(data, b)
		if len(r.Refused) != 1 || !strings.Contains(r.Refused[0].Message, kind) {
			t.Errorf("%s: %s", kind, report(r))
		}
	}
}

// bomb makes an archive with one part that unpacks to a head and a pattern many times; if it lies, it says that the part has 1,000
// bytes. The pattern is packed once: what comes out of it refers back to itself.
func bomb(t testing.TB, size int, head, pattern string, lies bool) []byte {
	t.Helper()
	pattern = strings.Repeat(pattern, (1<<20)/len(pattern)+1)
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	pack := func(s string) []byte {
		from := packed.Len()
		_, _ = io.WriteString(w, s)
		_ = w.Flush()
		return packed.Bytes()[from:]
	}
	pack(head + pattern)
	again := bytes.Clone(pack(pattern))
	times := size / len(pattern)
	for range times {
		packed.Write(again)
	}
	packed.Write([]byte{1, 0, 0, 0xff, 0xff}) // the last block, with nothing in it
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{{"xl/workbook.xml", bookXML}, {"xl/_rels/workbook.xml.rels", fmt.Sprintf(relsXML, "worksheets/sheet1.xml", "")}} {
		p, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(p, part[1])
	}
	h := &zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: uint64(packed.Len()),
		UncompressedSize64: uint64(len(head) + (times+2)*len(pattern))}
	if lies {
		h.UncompressedSize64 = 1000
	}
	p, err := z.CreateRaw(h)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = p.Write(packed.Bytes())
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestRepeats: one long text that many cells point to, and cells merged many times over, cost no more than they are.
func TestRepeats(t *testing.T) {
	b := Book{Language: spanish, Units: []Unit{plain("keep.stored", "The office keeps these:", "")}}
	long := strings.Repeat("papel ", 3<<20/6)
	shared := `<sst><si><t>ID</t></si><si><t>English</t></si><si><t>Translation</t></si><si><t>keep.stored</t></si><si><t>` + long + `</t></si><si><t> ` + long + `</t></si></sst>`
	row := func(cells ...int) string {
		s := "<row>"
		for _, c := range cells {
			s += fmt.Sprintf(`<c t="s"><v>%d</v></c>`, c)
		}
		return s + "</row>"
	}
	book := func(rows, merges string) []byte {
		return zipOf(t, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", fmt.Sprintf(relsXML, "s.xml", `<Relationship Id="rId2" Type="x/sharedStrings" Target="t.xml"/>`),
			"xl/t.xml", shared, "xl/s.xml", "<worksheet><sheetData>"+row(0, 1, 2)+rows+"</sheetData><mergeCells>"+merges+"</mergeCells></worksheet>")
	}
	for name, data := range map[string][]byte{
		"as ids":          book(row(3, 4, 4)+strings.Repeat(row(4, 4, 4), 5_000), ""),
		"without ids":     book(row(3, 4, 4)+strings.Repeat(`<row><c/><c t="s"><v>4</v></c><c t="s"><v>5</v></c></row>`, 5_000), ""),
		"as translations": book(strings.Repeat(row(3, 4, 4)+row(3, 4, 5), 2_500), ""),
		"merged":          book(row(3, 1, 2), strings.Repeat(`<mergeCell ref="A1:C1048576"/>`, 5_000)),
	} {
		began := time.Now()
		r := Read(data, b)
		t.Logf("%s: %d ms, %d refused, as %.60s", name, time.Since(began).Milliseconds(), len(r.Refused), r.Refused[0].Message)
		if len(r.Accepted) > 0 || time.Since(began) > 30*time.Second {
			t.Errorf("%s: %d accepted after %s", name, len(r.Accepted), time.Since(began))
		}
	}
	// What a cell can hold beside text.
	odd := zipOf(t, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", fmt.Sprintf(relsXML, "s.xml", ""), "xl/s.xml",
		`<worksheet><sheetData><row><c t="str"><v>ID</v></c><c t="str"><v>Translation</v></c><c t="str"><v>English</v></c></row><row><c t="str"><f>A9</f><v>keep.stored</v></c><c t="b"><v>1</v></c><c t="str"><v>The office keeps these:</v></c></row></sheetData></worksheet>`)
	if r := Read(odd, b); len(r.Refused) != 1 || !strings.Contains(r.Refused[0].Message, `"TRUE"`) {
		t.Error(report(r))
	}
}

// TestBombs: small files that would unpack to much are refused, and cost little.
func TestBombs(t *testing.T) {
	const sheet = `<worksheet><sheetData>`
	b := Book{Language: spanish, Units: []Unit{plain("keep.stored", "The office keeps these:", "")}}
	for _, c := range []struct {
		name string
		data []byte
		code string
	}{
		{"2 GiB of blanks", bomb(t, 2<<30, sheet, strings.Repeat(" ", 4096), false), "too-large"},
		{"that lies about its size", bomb(t, 80<<20, sheet, strings.Repeat(" ", 4096), true), "xlsx"},
		{"4 MB of rows that end far to the right", bomb(t, 3<<20, sheet, strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 100), false), "xlsx"},
		{"30 MB of cells", bomb(t, 28<<20, sheet, strings.Repeat(`<row><c r="A1"><v>1</v></c></row>`, 100), false), "too-large"},
		{"30 MB of tags", bomb(t, 28<<20, sheet, strings.Repeat(`<g>`, 1000), false), "xlsx"},
		{"30 MB of attributes", bomb(t, 28<<20, sheet+"<row ", strings.Repeat(`a="" `, 1000), false), "xlsx"},
		{"30 MB of one text", bomb(t, 28<<20, sheet+"<row><c><v>", strings.Repeat(`x`, 1000), false), "xlsx"},
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		began := time.Now()
		r := Read(c.data, b)
		runtime.ReadMemStats(&after)
		t.Logf("%s: %d KB, refused as %q after %d ms; %d MB allocated", c.name, len(c.data)>>10, r.Refused[0].Code, time.Since(began).Milliseconds(), (after.TotalAlloc-before.TotalAlloc)>>20)
		if len(r.Refused) != 1 || r.Refused[0].Code != c.code {
			t.Errorf("%s: %s", c.name, report(r))
		}
		if after.HeapSys > 1<<30 {
			t.Errorf("%s: the heap grew to %d MB", c.name, after.HeapSys>>20)
		}
	}
}
