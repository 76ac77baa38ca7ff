package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// tables finds the texts in the sheets of a workbook.
func tables(sheets []sheet, want Book) (content, *source.Problem) {
	known := make(map[string]*Unit, len(want.Units))
	for i := range want.Units {
		known[want.Units[i].Key()] = &want.Units[i]
	}
	var out content
	found := false
	for i := range sheets {
		t := &table{sheet: &sheets[i], known: known}
		if !t.find() {
			continue
		}
		found = true
		if p := t.columns(); p != nil {
			return content{}, p
		}
		t.read(&out)
	}
	if !found {
		return content{}, whole("no-texts", "No sheet of this workbook has a column with our IDs.",
			"Send the workbook that you were sent, with the column ID as it was.")
	}
	return out, nil
}

// table is a sheet with texts.
type table struct {
	*sheet
	known map[string]*Unit
	head  int         // the row of the head, as Excel counts; 0 if there is none
	used  map[int]int // how many cells of a column hold anything, in rows of texts

	id, english, translation, note, numbers, most, state, made int // columns, 0 if there is none
	repairs                                                    []string
}

// keyOf is what an id is after Office had it. No id is longer than a few words, whatever a cell holds.
func keyOf(s string) string {
	s = s[:min(len(s), 400)]
	return strings.TrimFunc(strings.Map(noWidth, s), func(r rune) bool { return hidden(r) || r == ' ' || r == '\'' || r == '"' })
}

// headOf is what a word of the head is after a person had it.
func headOf(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(keyOf(s)), " "))
}

// find looks for the column of ids; false says that this sheet has no texts.
func (t *table) find() bool {
	count := map[int]int{}
	for _, r := range t.rows {
		for _, c := range r.cells {
			if len(c.text) < 400 && t.known[keyOf(c.text)] != nil {
				count[c.col]++
			}
		}
	}
	for _, col := range sortedKeys(count) {
		if count[col] > count[t.id] {
			t.id = col
		}
	}
	best := 1
	for _, r := range t.rows {
		names := t.named(r)
		if len(names[headTermID]) > 0 || len(names[headTerm]) > 0 {
			return false // the terms
		}
		if n := len(names); n > best && (t.id == 0 || t.known[keyOf(r.at(t.id).text)] == nil) {
			best, t.head = n, r.n
			if t.id == 0 && len(names[headID]) == 1 && len(names[headTranslation]) > 0 {
				t.id = names[headID][0]
			}
		}
	}
	if t.head == 0 { // its words are gone: it is the row above the first text
		for _, r := range t.rows {
			if t.known[keyOf(r.at(t.id).text)] != nil {
				break
			}
			if len(r.cells) > 1 {
				t.head = r.n
			}
		}
	}
	return t.id > 0
}

// named finds the words of the head in a row.
func (t *table) named(r row) map[string][]int {
	out := map[string][]int{}
	for _, c := range r.cells {
		if len(c.text) > 60 {
			continue
		}
		for _, h := range append([]string{headTerm, headTermID}, heads...) {
			if headOf(c.text) == strings.ToLower(h) {
				out[h] = append(out[h], c.col)
			}
		}
	}
	return out
}

// madeForm is what a row was made from: a language, a colon, a hash. Where nothing says that it is that, the hash must look like one.
var (
	madeForm = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*:\S{1,80}$`)
	madeHex  = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*:[0-9a-f]{6,64}$`)
)

// columns finds the other columns: by the words of the head, and where these are gone by what stands in them. The column of the
// translation is found by elimination, or not at all.
func (t *table) columns() *source.Problem {
	names := map[string][]int{}
	for _, r := range t.rows {
		if r.n == t.head {
			names = t.named(r)
		}
	}
	t.used = map[int]int{}
	hits := map[string]map[int]int{}
	hit := func(head string, col int) {
		if hits[head] == nil {
			hits[head] = map[int]int{}
		}
		hits[head][col]++
	}
	for _, r := range t.rows {
		u := t.known[keyOf(r.at(t.id).text)]
		if u == nil {
			continue
		}
		for _, c := range r.cells {
			t.used[c.col]++
			if len(c.text) > longest {
				continue
			}
			text := strings.TrimSpace(c.text)
			switch {
			case text == "":
				t.used[c.col]--
			case alike(text, u.Source):
				hit(headEnglish, c.col)
			case alike(text, u.note()):
				hit(headNote, c.col)
			case u.Numbers != "" && alike(text, u.Numbers):
				hit(headNumbers, c.col)
			case u.Limit > 0 && text == fmt.Sprint(u.Limit):
				hit(headMost, c.col)
			case text == stateWords[Missing], text == stateWords[Stale], text == stateWords[Draft], text == stateWords[Reviewed]:
				hit(headState, c.col)
			case madeHex.MatchString(text):
				hit(headMade, c.col)
			}
		}
	}
	taken := map[int]bool{t.id: true}
	var lost []string
	for _, f := range []struct {
		head string
		to   *int
	}{{headEnglish, &t.english}, {headMade, &t.made}, {headNote, &t.note}, {headNumbers, &t.numbers}, {headMost, &t.most}, {headState, &t.state}} {
		for _, col := range names[f.head] {
			if !taken[col] {
				*f.to = col
				taken[col] = true
				break
			}
		}
	}
	for _, f := range []struct {
		head string
		to   *int
	}{{headEnglish, &t.english}, {headMade, &t.made}, {headNote, &t.note}, {headNumbers, &t.numbers}, {headMost, &t.most}, {headState, &t.state}} {
		if *f.to > 0 {
			continue
		}
		best := 0
		for _, col := range sortedKeys(hits[f.head]) {
			n := hits[f.head][col]
			if !taken[col] && n*2 > t.used[col] && n > hits[f.head][best] && !slices.Contains(names[headTranslation], col) {
				best = col
			}
		}
		if best > 0 {
			*f.to = best
			taken[best] = true
			lost = append(lost, fmt.Sprintf("%s (column %s)", f.head, columnName(best)))
		}
	}
	if p := t.pick(names[headTranslation], taken); p != nil {
		return p
	}
	if len(names[headTranslation]) == 0 {
		lost = append(lost, fmt.Sprintf("%s (column %s)", headTranslation, columnName(t.translation)))
	}
	if len(names[headID]) == 0 {
		lost = append(lost, fmt.Sprintf("%s (column %s)", headID, columnName(t.id)))
	}
	if len(lost) > 0 {
		slices.Sort(lost)
		t.repairs = append(t.repairs, "the words in the head of the table are gone, so the columns were found by what stands in them: "+strings.Join(lost, ", "))
	}
	return nil
}

// pick chooses the column of the translation.
func (t *table) pick(named []int, taken map[int]bool) *source.Problem {
	sheet := "In the sheet " + Quote(t.name) + ", "
	switch len(named) {
	case 1:
		t.translation = named[0]
		return nil
	case 0:
	default:
		return whole("columns", fmt.Sprintf("%sthe columns %s are all called Translation.", sheet, columnList(named)),
			"Keep the name Translation for the column with the translations that count, and give the others another name.")
	}
	var open []int
	for _, col := range sortedKeys(t.used) {
		if t.used[col] > 0 && !taken[col] {
			open = append(open, col)
		}
	}
	switch len(open) {
	case 1:
		t.translation = open[0]
		return nil
	case 0:
		return whole("columns", sheet+"no column is called Translation, and none holds translations.", `Write "Translation" in the first cell of the column with the translations.`)
	}
	return whole("columns", fmt.Sprintf("%sno column is called Translation, and the columns %s could all be it.", sheet, columnList(open)),
		`Write "Translation" in the first cell of the right one.`)
}

func columnList(cols []int) string {
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = columnName(c)
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// alike compares texts as they are on one line.
func alike(a, b string) bool {
	if len(a) > 4*len(b)+64 || len(b) > 4*len(a)+64 {
		return false
	}
	return a == b || strings.Join(strings.Fields(source.NFC(a)), " ") == strings.Join(strings.Fields(source.NFC(b)), " ")
}

// over gives the merged cells that lie over the translation, by row.
func (t *table) over() map[int]area {
	out := map[int]area{}
	steps := 0
	for _, m := range t.merges {
		if m.left > t.translation || t.translation > m.right {
			continue
		}
		for n := m.top; n <= m.bottom && steps < mostCells; n++ {
			steps++
			out[n] = m
		}
	}
	return out
}

// read takes the rows.
func (t *table) read(out *content) {
	at := func(r row, col int) cell {
		if col == 0 {
			return cell{}
		}
		return r.at(col)
	}
	for _, did := range t.repairs {
		out.repairs = append(out.repairs, Repair{Pos: source.Pos{File: t.name}, Did: []string{did}})
	}
	over := t.over()
	for _, r := range t.rows {
		if r.n == t.head {
			continue
		}
		id, c, english := keyOf(r.at(t.id).text), at(r, t.translation), at(r, t.english).text
		english = english[:min(len(english), longest)]
		pos := source.Pos{File: t.name, Line: r.n, Col: t.translation}
		text := c.text[:min(len(c.text), longest+1)]
		merged, under := "", ""
		if m, ok := over[r.n]; ok {
			if m.left == t.translation && m.top == r.n {
				merged = m.String()
			} else if text == "" {
				under = m.String()
			}
		}
		if id == "" {
			if len(out.refused) < 1000 && strings.TrimSpace(text) != "" && strings.TrimSpace(text) != strings.TrimSpace(english) {
				out.refused = append(out.refused, source.Problem{Pos: pos, Code: "no-id", Severity: source.Error, Excerpt: visible(text),
					Message: place(pos, "") + "There is a translation and no ID, so nobody can tell what it is for: " + Quote(text),
					Hint:    "Put it into the row of its ID. Where cells are merged, split them: Home, Merge & Center, Unmerge Cells."})
			}
			continue
		}
		e := entry{pos: pos, key: id, text: text, formula: c.formula, merged: merged, under: under, made: keyOf(at(r, t.made).text)}
		e.english, e.hasEnglish = english, strings.TrimSpace(english) != ""
		out.entries = append(out.entries, e)
	}
}

func sortedKeys(m map[int]int) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
