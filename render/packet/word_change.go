package packet

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// proposal is the words as one person wants them.
func (f *wordFound) proposal(by wordAuthor) string {
	with := map[wordAuthor]bool{by: true}
	for _, p := range f.pieces {
		if p.del == by && p.ins > 0 {
			with[p.ins] = true // builds on the words of another one
		}
	}
	return f.as(func(p wordPiece) bool { return (p.ins == 0 || with[p.ins]) && !(p.del > 0 && with[p.del]) })
}

// changes turns the changes of a place into proposals.
func (r *wordReader) changes(f *wordFound) {
	if f.why {
		r.beside(f.number, r.language(), f.pieces, "In the reasons")
		return
	}
	was, ok := r.sentAs(f.wordPlace)
	if !ok {
		if f.changed() {
			r.lost("A change is about statement "+fmt.Sprint(f.number)+" in "+f.lang+", which was not sent", f.now())
		}
		return
	}
	if !same(f.before(), was) {
		now := f.now()
		if same(now, was) {
			return
		}
		by, on := r.whoever(f)
		r.say(source.Warning, "untracked", fmt.Sprintf("Statement %d in %s was changed, and not all of the change is marked.", f.number, f.lang),
			"What stands there now is read as a proposal. Ask the reviewer whether it is meant.")
		r.propose(f.wordPlace, was, now, by, on)
		return
	}
	var authors []wordAuthor
	for _, p := range f.pieces {
		for _, a := range []wordAuthor{p.ins, p.del} {
			if a > 0 && !slices.Contains(authors, a) && len(authors) < 50 {
				authors = append(authors, a)
			}
		}
	}
	for _, a := range authors {
		var on source.Day
		for _, p := range f.pieces {
			if p.ins == a || p.del == a {
				on = max(on, p.on)
			}
		}
		if text := f.proposal(a); !same(text, was) {
			r.propose(f.wordPlace, was, text, r.text.authors[a], on)
		}
	}
}

func (r *wordReader) propose(p wordPlace, was, text, by string, on source.Day) {
	c := r.comment(p, was, by, on)
	if c.Is, c.Text = Wording, text; text == "" {
		c.Is, c.Text = Objection, "(The reviewer struck all of this out.)"
	}
	r.keep(c, p)
}

// whoever is who changed a place, where that is not marked: the only one who changed anything, else who saved the file last.
func (r *wordReader) whoever(f *wordFound) (name string, on source.Day) {
	name = r.text.last
	for _, p := range f.pieces {
		if a := max(p.ins, p.del); a > 0 {
			name, on = r.text.authors[a], max(on, p.on)
		}
	}
	if on == 0 && len(r.text.authors) == 2 {
		name = r.text.authors[1]
	}
	if name == "" {
		name = "unknown"
	}
	return name, on
}

// elsewhere reads the changes that stand outside of the sentences.
func (r *wordReader) elsewhere() {
	for _, para := range r.text.paras {
		var pieces []wordPiece
		for _, p := range para.pieces {
			if p.place == nil && (p.ins > 0 || p.del > 0) && strings.TrimSpace(string(p.text)) != "" {
				pieces = append(pieces, p)
			}
		}
		if len(pieces) == 0 {
			continue
		}
		if f := r.rows[para.row]; f != nil {
			lang := f.lang
			if f.why {
				lang = r.language()
			}
			r.beside(f.number, lang, pieces, "Beside the sentence")
			continue
		}
		for _, e := range edits(pieces) {
			did, words := "wrote", e.put
			if e.put == "" {
				did, words = "struck out", e.took
			} else if e.took != "" {
				did = "wrote something in the place of other words"
			}
			r.lost(fmt.Sprintf("Away from the statements, %s %s", readable(r.text.authors[e.by]), did), words)
		}
	}
}

// edit is what one person did in one go.
type edit struct {
	by        wordAuthor
	on        source.Day
	put, took string
}

func (e edit) says(where string) string {
	switch {
	case e.took == "":
		return fmt.Sprintf("%s was written: “%s”", where, e.put)
	case e.put == "":
		return fmt.Sprintf("%s was struck out: “%s”", where, e.took)
	}
	return fmt.Sprintf("%s, “%s” became “%s”.", where, e.took, e.put)
}

// edits gathers pieces by who changed them, one after the other.
func edits(pieces []wordPiece) []edit {
	var out []edit
	for i := 0; i < len(pieces); {
		e := edit{by: max(pieces[i].ins, pieces[i].del)}
		var put, took strings.Builder
		for ; i < len(pieces) && max(pieces[i].ins, pieces[i].del) == e.by; i++ {
			if e.on = max(e.on, pieces[i].on); pieces[i].del > 0 {
				took.Write(pieces[i].text)
			} else {
				put.Write(pieces[i].text)
			}
		}
		if e.put, e.took = tidy(put.String()), tidy(took.String()); e.by > 0 && e.put+e.took != "" {
			out = append(out, e)
		}
	}
	return out
}

// beside turns changes of what is no sentence into objections: words that were put in or taken out by one person.
func (r *wordReader) beside(number int, lang string, pieces []wordPiece, where string) {
	s, ok := r.numbers.Of(number)
	if !ok {
		return
	}
	for _, e := range edits(pieces) {
		c := r.comment(wordPlace{number: number, lang: lang}, s.Text[lang], r.text.authors[e.by], e.on)
		c.Is, c.Text = Objection, e.says(where)
		r.keep(c, wordPlace{number: number, lang: lang})
	}
}

// gone names the sentences that are not in the file any more.
func (r *wordReader) gone(missing map[wordPlace]bool) {
	by := map[string][]int{}
	for p := range missing {
		if was, ok := r.sentAs(p); ok && was != "" {
			by[p.lang] = append(by[p.lang], p.number)
		}
	}
	var langs []string
	for l := range by {
		langs = append(langs, l)
	}
	slices.Sort(langs)
	for _, l := range langs {
		word := "Statements " + numbersInWords(by[l]) + " are"
		if len(by[l]) == 1 {
			word = "Statement " + numbersInWords(by[l]) + " is"
		}
		r.say(source.Warning, "untracked", word+" not in the file any more in "+l+", and that is not marked as a change.", "Ask the reviewer whether that is meant.")
	}
}
