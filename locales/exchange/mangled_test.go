package exchange

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// mangles is what Office programs and hurried people do to a translation. Each changes nothing of its meaning.
var mangles = []struct {
	name string
	do   func(string) string
}{
	{"as it was", func(s string) string { return s }},
	{"saved on a Mac", norm.NFD.String},
	{"typed in a right-to-left cell", func(s string) string { return "\u200f" + s + "\u200f" }},
	{"brackets with spaces", func(s string) string { return strings.ReplaceAll(s, "{n}", "{ n }") }},
	{"capitals", func(s string) string { return strings.ReplaceAll(s, "{n}", "{N}") }},
	{"wide brackets", func(s string) string { return strings.NewReplacer("{n}", "｛n｝").Replace(s) }},
	{"no-break spaces", func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }},
	{"spaces at the ends", func(s string) string { return "  " + s + " " }},
	{"a no-break space at the end, and a mark", func(s string) string { return s + "\u00a0\u200e" }},
	{"curly quotes round the whole", func(s string) string { return "“" + s + "”" }},
	{"doubled quotes round the whole", func(s string) string { return `""` + s + `""` }},
	{"Excel's apostrophe", func(s string) string { return "'" + s }},
	{"lines in a cell", func(s string) string { return strings.Replace(s, " ", "\n", 1) }},
	{"lines of Windows", func(s string) string { return strings.Replace(s, " ", " \r\n", 1) + "\n" }},
	{"smart double spaces", func(s string) string { return strings.Replace(s, " ", "  ", 1) }},
	{"copied from a web page", func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "a", "a\u200b") }},
	{"all at once", func(s string) string {
		return "\u200f “" + norm.NFD.String(strings.ReplaceAll(strings.ReplaceAll(s, "{n}", "{ N }"), " ", "\u00a0 ")) + "”\u00a0\n"
	}},
}

// mangled makes a workbook of 214 rows as it could come back after weeks: another name of the sheet, columns in another order and one
// more, rows sorted by the translation with blank ones between, some hidden, the last forty on a second sheet, cells merged.
func mangled(t *testing.T) (data []byte, b Book, untouched int) {
	t.Helper()
	b = spanishBook(t)
	source, err := excelize.OpenReader(bytes.NewReader(formats[0].write(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := source.GetRows("Texts")
	if err != nil {
		t.Fatal(err)
	}
	head, rows := rows[0], rows[1:]
	if len(rows) != 214 {
		t.Fatalf("%d rows", len(rows))
	}
	for i := range rows {
		m := mangles[i%len(mangles)]
		now := m.do(rows[i][2])
		if now == rows[i][2] {
			untouched++
		}
		rows[i][2] = now
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return cmp.Compare(a[2], b[2]) })

	f := excelize.NewFile()
	put := func(sheet string, col, row int, s string) {
		at, _ := excelize.CoordinatesToCellName(col, row)
		if s != "" {
			if err := f.SetCellStr(sheet, at, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	order := []int{7, 3, 0, 2, 1, 5, 4} // the column State was deleted, one with remarks was added
	write := func(sheet string, from int, rows [][]string) (last int) {
		for c, o := range order {
			put(sheet, c+2, from, head[o])
		}
		put(sheet, 1, from, "Observaciones")
		at := from
		for i, r := range rows {
			if at++; i%17 == 3 {
				at++ // a blank row
			}
			for c, o := range order {
				s := ""
				if o < len(r) {
					s = r[o]
				}
				put(sheet, c+2, at, s)
			}
			if i%29 == 5 {
				put(sheet, 1, at, "Revisado, ¿está bien?")
			}
			if i%13 == 1 {
				if err := f.SetRowVisible(sheet, at, false); err != nil {
					t.Fatal(err)
				}
			}
		}
		return at
	}
	if err := f.SetSheetName("Sheet1", "Hoja de Ana (2)"); err != nil {
		t.Fatal(err)
	}
	put("Hoja de Ana (2)", 1, 1, "Traducción, versión final 3")
	write("Hoja de Ana (2)", 4, rows[:174])
	if _, err := f.NewSheet("resto"); err != nil {
		t.Fatal(err)
	}
	last := write("resto", 1, rows[174:])
	if _, err := f.NewSheet("notas"); err != nil {
		t.Fatal(err)
	}
	put("notas", 1, 1, "Preguntar a la oficina")
	// Translation is in column E. One row merged with the next, one merged with the column beside it.
	for _, m := range [][2]string{{"E" + fmt.Sprint(last-1), "E" + fmt.Sprint(last)}, {"E" + fmt.Sprint(last-8), "F" + fmt.Sprint(last-8)}} {
		if err := f.MergeCell("resto", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), b, untouched
}

// TestMangled reads that workbook: every text is back, but for the one that Excel itself dropped when two rows were merged; and every
// repair is told. The list is in testdata/mangled.txt.
func TestMangled(t *testing.T) {
	data, b, untouched := mangled(t)
	r := Read(data, b.blank())
	for _, p := range r.Refused {
		t.Error(p)
	}
	want := map[string]string{}
	for _, u := range b.Units {
		want[u.Key()] = u.Target
	}
	for _, a := range r.Accepted {
		if a.Text != want[key(a.ID, a.Form)] {
			t.Errorf("%s came back as %q, want %q", key(a.ID, a.Form), a.Text, want[key(a.ID, a.Form)])
		}
	}
	if len(r.Accepted)+len(r.Missing)+len(r.Unknown) != len(b.Units) {
		t.Errorf("%d accepted, %d missing, %d unknown, of %d", len(r.Accepted), len(r.Missing), len(r.Unknown), len(b.Units))
	}
	repaired := map[string]int{}
	for _, p := range r.Repairs {
		if p.ID == "" {
			continue
		}
		repaired[key(p.ID, p.Form)]++
		if p.Now != want[key(p.ID, p.Form)] {
			t.Errorf("the report says that %q became %q", p.Was, p.Now)
		}
	}
	t.Logf("%d rows: %d accepted, %d of them repaired, %d as they were", len(b.Units), len(r.Accepted), len(repaired), untouched)
	golden(t, "mangled.txt", fmt.Sprintf("%d rows, %d accepted, %d repaired\n", len(b.Units), len(r.Accepted), len(repaired))+report(r))

	// What is there already is as it is: a second reading against it repairs the same and asks for no change.
	again := Read(data, b)
	for _, a := range again.Accepted {
		if a.Changed() {
			t.Errorf("%s changed from %q to %q", a.ID, a.Was, a.Text)
		}
	}
}
