package packet

import (
	"slices"
	"strings"
)

// wordFound is one place as it stands in the file: the pieces that belong to it.
type wordFound struct {
	wordPlace
	pieces []wordPiece
	row    int
	last   *wordPara // the last paragraph that has any of it
}

// covered is how much of a place the range of a comment covers.
type covered struct {
	at   *wordFound
	text []byte // its beginning, if it is long
	size int    // of all of it
}

// sentAs is the words of a place as they were sent.
func (r *wordReader) sentAs(p wordPlace) (string, bool) {
	s, ok := r.numbers.Of(p.number)
	if !ok || p.why {
		return "", false
	}
	if p.value == 0 {
		text, ok := s.Text[p.lang]
		return text, ok
	}
	if vs := s.Values[p.lang]; p.value <= len(vs) {
		return vs[p.value-1], true
	}
	return "", false
}

// gather puts the pieces of each paragraph to their places. What stands in a paragraph of one sentence and outside of its control belongs
// to the sentence: a program may have put what was added at its end behind the end of the bookmark. So does a paragraph that was one with
// the sentence before somebody parted them. In a paragraph of values what was put in belongs to the value before it.
func (r *wordReader) gather() {
	at := map[*wordPlace]*wordFound{}
	var last *wordFound
	for n, para := range r.text.paras {
		var one *wordPlace
		several := false
		for _, p := range para.pieces {
			if p.place != nil && one != nil && *p.place != *one {
				several = true
			}
			if p.place != nil && one == nil {
				one = p.place
			}
		}
		if n > 0 && one == nil && last != nil && last.last == r.text.paras[n-1] && last.last.end.ins > 0 && last.last.cell == para.cell {
			one = &last.wordPlace
		}
		alone := one != nil && !several && one.value == 0
		var before *wordPlace
		for i := range para.pieces {
			p := &para.pieces[i]
			if p.place == nil {
				switch {
				case alone:
					p.place = one
				case before != nil && p.ins > 0:
					p.place = before
				}
			}
			if p.place == nil {
				continue
			}
			before = p.place
			f := at[p.place]
			if f == nil && last != nil && last.wordPlace == *p.place && last.row == para.row {
				f = last // its control and its bookmark, or two halves of one
				at[p.place] = f
			}
			if f == nil {
				f = &wordFound{wordPlace: *p.place, row: para.row}
				at[p.place] = f
				r.found = append(r.found, f)
			}
			if f.last != nil && f.last != para {
				f.pieces = append(f.pieces, wordPiece{brk: true, ins: f.last.end.ins, del: f.last.end.del, on: f.last.end.on})
			}
			last, f.last = f, para
			f.pieces = append(f.pieces, *p)
		}
	}
}

// byText finds the sentences of a file that has lost its tags and its bookmarks: a paragraph that has, without its changes, the words
// of a statement that was not found otherwise is that statement.
func (r *wordReader) byText() {
	have := map[wordPlace]bool{}
	for _, f := range r.found {
		have[f.wordPlace] = true
	}
	words := map[string]wordPlace{}
	for i := len(r.numbers.Statements) - 1; i >= 0; i-- { // of two statements with one text the first is meant
		s := r.numbers.Statements[i]
		for l, text := range s.Text {
			if p := (wordPlace{number: s.Number, lang: l}); !have[p] {
				words[plainWords(text)] = p
			}
		}
	}
	if len(words) == 0 {
		return
	}
	for _, para := range r.text.paras {
		f := &wordFound{row: para.row}
		for _, p := range para.pieces {
			if p.place != nil {
				f = nil
				break
			}
			f.pieces = append(f.pieces, p)
		}
		if f == nil {
			continue
		}
		place, ok := words[plainWords(f.before())]
		if !ok {
			continue
		}
		delete(words, plainWords(f.before()))
		f.wordPlace = place
		for i := range para.pieces {
			para.pieces[i].place = &f.wordPlace
		}
		r.found = append(r.found, f)
	}
}

// rowsOf notes which statement a row is about, and what the range of each comment covers.
func (r *wordReader) rowsOf() {
	r.rows, r.covered, r.loose = map[int]*wordFound{}, map[string][]*covered{}, map[string]*wordPara{}
	for _, f := range r.found {
		if old := r.rows[f.row]; f.row > 0 && (old == nil || f.lang == r.text.about[wordLanguage] && old.lang != f.lang) {
			r.rows[f.row] = f
		}
		for i := range f.pieces {
			p := &f.pieces[i]
			for _, id := range p.notes {
				cs := r.covered[id]
				if n := len(cs); n == 0 || cs[n-1].at != f {
					if n > 200 {
						continue
					}
					r.covered[id] = append(cs, &covered{at: f})
				}
				c := r.covered[id][len(r.covered[id])-1]
				if c.size += len(p.text); len(c.text) < 4<<10 {
					c.text = append(c.text, p.text...)
				}
			}
		}
	}
	for _, para := range r.text.paras {
		for _, id := range para.notes {
			r.loose[id] = para
		}
		for _, p := range para.pieces {
			for _, id := range p.notes {
				if r.loose[id] == nil {
					r.loose[id] = para
				}
			}
		}
	}
}

// before is the words without the changes.
func (f *wordFound) before() string {
	return f.as(func(p wordPiece) bool { return p.ins == 0 })
}

// now is the words with all changes.
func (f *wordFound) now() string {
	return f.as(func(p wordPiece) bool { return p.del == 0 })
}

func (f *wordFound) size() int {
	n := 0
	for _, p := range f.pieces {
		n += len(p.text)
	}
	return n
}

func (f *wordFound) as(stays func(p wordPiece) bool) string {
	var b strings.Builder
	for _, p := range f.pieces {
		if !stays(p) {
			continue
		}
		if p.brk {
			b.WriteByte(' ')
		}
		b.Write(p.text)
	}
	return tidy(b.String())
}

func (f *wordFound) changed() bool {
	return slices.ContainsFunc(f.pieces, func(p wordPiece) bool { return p.ins > 0 || p.del > 0 })
}
