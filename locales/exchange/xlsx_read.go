package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"fairnotice/notices/source"
)

// A workbook is read with a reader of our own: what is read is text, merged cells and the names of sheets, and nothing in a file from
// elsewhere may cost more memory than its share. Names inside the archive are looked up and never opened as paths; links to other
// files are not followed.

// sheet is the cells of one sheet that hold anything.
type sheet struct {
	name   string
	rows   []row
	merges []area
}

type row struct {
	n     int // as Excel counts, from 1
	cells []cell
}

type cell struct {
	col     int // from 1
	text    string
	formula bool
}

// area is merged cells.
type area struct{ left, top, right, bottom int }

func (a area) String() string { return name(a.left, a.top) + ":" + name(a.right, a.bottom) }

func name(col, row int) string { return columnName(col) + strconv.Itoa(row) }

func columnName(col int) string {
	s := ""
	for ; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}

// at gives the cell of a column.
func (r row) at(col int) cell {
	for _, c := range r.cells {
		if c.col == col {
			return c
		}
	}
	return cell{col: col}
}

var (
	errBig   = errors.New("it unpacks to more than 32 megabytes")
	errCells = errors.New("it has more cells than can be read")
)

// archive is the parts of a workbook; left is how many bytes may still be unpacked.
type archive struct {
	parts map[string]*zip.File
	left  int64
	cells int
	rows  int
}

func readXLSX(data []byte, want Book) (content, *source.Problem) {
	a, kind, err := unzip(data)
	switch {
	case kind != "":
		return content{}, whole("file", "This is "+kind+".", "Save it as an Excel workbook (.xlsx) and send that.")
	case err == nil:
		var sheets []sheet
		if sheets, err = a.workbook(); err == nil {
			return tables(sheets, want)
		}
	}
	code, hint := "xlsx", "Open it in Excel or LibreOffice, save it again as an Excel workbook (.xlsx), and send that."
	if errors.Is(err, errBig) || errors.Is(err, errCells) {
		code, hint = "too-large", "Copy the sheet with the texts into a new workbook, and send that."
	}
	return content{}, whole(code, fmt.Sprintf("The workbook cannot be read: %s.", plainError(err)), hint)
}

// plainError says in plain words what a package said.
func plainError(err error) string {
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &syntax), errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrAlgorithm),
		errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "it is damaged"
	}
	for _, own := range []error{errBig, errCells, errDeep, errTag, errDoctype, errNoBook} {
		if errors.Is(err, own) {
			return own.Error()
		}
	}
	return "it is damaged"
}

var errNoBook = errors.New("there is no workbook in it")

// unzip opens the archive and unpacks nothing. Kind says what else it is.
func unzip(data []byte) (a *archive, kind string, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, "", err
	}
	a = &archive{parts: map[string]*zip.File{}, left: unzipped}
	var total uint64
	for _, f := range z.File {
		p := strings.ToLower(path.Clean("/" + strings.ReplaceAll(f.Name, `\`, "/")))
		if _, twice := a.parts[p]; !twice {
			a.parts[p] = f
		}
		if total += min(f.UncompressedSize64, 1<<40); total > unzipped {
			return nil, "", errBig
		}
	}
	switch {
	case a.parts["/content.xml"] != nil:
		return nil, "a file in LibreOffice's own format", nil
	case a.parts["/word/document.xml"] != nil:
		return nil, "a Word document", nil
	case a.parts["/index/document.iwa"] != nil:
		return nil, "a file of Numbers", nil
	case a.parts["/xl/workbook.bin"] != nil:
		return nil, "a binary workbook (.xlsb)", nil
	}
	return a, "", nil
}

// open reads a part as XML, within what may be unpacked of all parts together.
func (a *archive) open(name string) (*decoder, io.Closer, error) {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil, errNoBook
	}
	r, err := f.Open()
	if err != nil {
		return nil, nil, err
	}
	return newDecoder(&meter{r: r, left: &a.left}), r, nil
}

// meter ends a stream when too much came out of it, whatever the archive said of its size.
type meter struct {
	r    io.Reader
	left *int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if *m.left -= int64(n); *m.left < 0 {
		return 0, errBig
	}
	return n, err
}

// each calls see for every element of a part.
func (a *archive) each(name string, see func(d *decoder, s xml.StartElement) error) error {
	d, c, err := a.open(name)
	if err != nil {
		return err
	}
	defer c.Close()
	for {
		t, err := d.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if s, ok := t.(xml.StartElement); ok {
			if err := see(d, s); err != nil {
				return err
			}
		}
	}
}

type relation struct{ id, kind, target string }

// relations reads what a part refers to inside the archive.
func (a *archive) relations(of string) []relation {
	var out []relation
	dir, file := path.Split(of)
	_ = a.each(dir+"_rels/"+file+".rels", func(_ *decoder, s xml.StartElement) error {
		if s.Name.Local == "Relationship" && !strings.EqualFold(attr(s, "TargetMode"), "External") && len(out) < 10_000 {
			target := attr(s, "Target")
			if !strings.HasPrefix(target, "/") {
				target = dir + target
			}
			kind := attr(s, "Type")
			out = append(out, relation{attr(s, "Id"), kind[strings.LastIndex(kind, "/")+1:], path.Clean("/" + target)})
		}
		return nil
	}) // a part without relations has no such file
	return out
}

func (a *archive) workbook() ([]sheet, error) {
	book := "/xl/workbook.xml"
	for _, r := range a.relations("/") {
		if r.kind == "officeDocument" {
			book = r.target
		}
	}
	targets, shared := map[string]string{}, ""
	for _, r := range a.relations(book) {
		switch r.kind {
		case "worksheet":
			targets[r.id] = r.target
		case "sharedStrings":
			shared = r.target
		}
	}
	var sheets []sheet
	var parts []string
	err := a.each(book, func(_ *decoder, s xml.StartElement) error {
		if s.Name.Local != "sheet" || len(sheets) >= 256 {
			return nil
		}
		for _, at := range s.Attr {
			if at.Name.Local == "id" && targets[at.Value] != "" {
				sheets, parts = append(sheets, sheet{name: attr(s, "name")}), append(parts, targets[at.Value])
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var texts []string
	if shared != "" {
		if texts, err = a.shared(shared); err != nil {
			return nil, err
		}
	}
	for i := range sheets {
		if err := a.sheet(&sheets[i], parts[i], texts); err != nil {
			return nil, err
		}
	}
	if len(sheets) == 0 {
		return nil, errNoBook
	}
	return sheets, nil
}

// shared reads the texts that cells name by number.
func (a *archive) shared(part string) ([]string, error) {
	var out []string
	err := a.each(part, func(d *decoder, s xml.StartElement) error {
		if s.Name.Local != "si" {
			return nil
		}
		if len(out) >= mostCells {
			return errCells
		}
		text, err := d.rich()
		out = append(out, text)
		return err
	})
	return out, err
}

// rich takes the text of an element: of all its runs, without how it is pronounced.
func (d *decoder) rich() (string, error) {
	var b strings.Builder
	in := false
	for start := d.depth; ; {
		t, err := d.next()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "rPh", "phoneticPr", "rPr":
				if err := d.skip(); err != nil {
					return "", err
				}
			case "t":
				in = true
			}
		case xml.CharData:
			if in {
				b.Write(t)
			}
		case xml.EndElement:
			in = false
			if d.depth < start {
				return unescape(b.String()), nil
			}
		}
	}
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape gives the characters that a workbook writes as _x000D_.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 16)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return e
		}
		return string(rune(n))
	})
}

// sheet reads the cells of one sheet that hold anything.
func (a *archive) sheet(s *sheet, part string, texts []string) error {
	at := 0 // the row
	return a.each(part, func(d *decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "mergeCell":
			if m, ok := parseArea(attr(e, "ref")); ok && len(s.merges) < mostRows {
				s.merges = append(s.merges, m)
			}
		case "row":
			at++
			if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 && n <= 1<<20 {
				at = n
			}
			cells, err := a.row(d, texts)
			if err != nil {
				return err
			}
			if len(cells) > 0 {
				if a.rows++; a.rows > mostRows {
					return errCells
				}
				s.rows = append(s.rows, row{at, cells})
			}
		}
		return nil
	})
}

func (a *archive) row(d *decoder, texts []string) ([]cell, error) {
	var out []cell
	col := 0
	for start := d.depth; d.depth >= start; {
		t, err := d.next()
		if err != nil {
			return nil, err
		}
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "c" {
			continue
		}
		col++
		if c, _, ok := parseCell(attr(e, "r")); ok {
			col = c
		}
		c := cell{col: col}
		if err := d.cell(&c, attr(e, "t"), texts); err != nil {
			return nil, err
		}
		if (c.text != "" || c.formula) && col <= mostCols {
			if a.cells++; a.cells > mostCells {
				return nil, errCells
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// cell reads what a cell shows.
func (d *decoder) cell(c *cell, kind string, texts []string) error {
	var value strings.Builder
	in := false
	for start := d.depth; d.depth >= start; {
		t, err := d.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				in = true
			case "f":
				c.formula = true
				if err := d.skip(); err != nil {
					return err
				}
			case "is":
				if c.text, err = d.rich(); err != nil {
					return err
				}
			}
		case xml.CharData:
			if in {
				value.Write(t)
			}
		case xml.EndElement:
			in = false
		}
	}
	v := value.String()
	switch {
	case kind == "inlineStr":
	case kind == "s":
		if i, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && i >= 0 && i < len(texts) {
			c.text = texts[i]
		}
	case kind == "b":
		c.text = map[bool]string{true: "TRUE", false: "FALSE"}[strings.TrimSpace(v) == "1"]
	default:
		c.text = unescape(v)
	}
	return nil
}

// parseCell reads B12.
func parseCell(s string) (col, row int, ok bool) {
	i := 0
	for ; i < len(s) && i < 3 && (s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 'a' && s[i] <= 'z'); i++ {
		col = col*26 + int(s[i]&^0x20-'A') + 1
	}
	row, err := strconv.Atoi(s[i:])
	return col, row, err == nil && i > 0 && row > 0 && row <= 1<<20 && col <= 1<<14
}

func parseArea(s string) (area, bool) {
	from, to, _ := strings.Cut(s, ":")
	l, t, ok := parseCell(from)
	r, b, ok2 := parseCell(to)
	return area{min(l, r), min(t, b), max(l, r), max(t, b)}, ok && ok2
}
