package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Past is one edition of a program, as a ledger alone knows it.
type Past struct {
	Line      int64 // of the ledger, from 0
	Number    int
	Digest    string
	From      source.Day
	Until     source.Day // from this day on the next one holds; 0 for the last
	Languages []string   // that it went out in
	Signoffs  []Signoff
	// In the language that was asked for:
	Told    bool // it is in that language
	Said    int  // how many statements it has, each once, as far as they are known
	Changes []Change
	Gaps    []Gap
}

// Signoff is a statement that a ledger keeps with an edition. Who signed it is not verified: whose key is whose, the ledger does not know.
type Signoff struct {
	Hash      string
	Statement ledger.Statement
	Letter    bool // nobody signed it
}

// Change is one statement that an edition says otherwise than the one before, each of which has the text with its values. Of the first
// edition in a language all are new.
type Change struct {
	ID    string
	Kinds []notices.Kind // in which it is so
	Was   string         // "" where it is new
	Is    string         // "" where it is gone
}

// Gap is what cannot be told of an edition.
type Gap struct {
	What     string           // such as: the notice before in en
	Withheld *ledger.Withheld // not nil: on whose ground it is withheld, and since when
	Err      error            // else: it is not there, or it was changed
}

// Programs lists the programs of a ledger, in the order in which they came into it.
func Programs(v *ledger.View) []source.ID {
	var out []source.ID
	for _, e := range v.Entries() {
		if !slices.Contains(out, e.Program) {
			out = append(out, e.Program)
		}
	}
	return out
}

// Languages lists the languages in which a program ever went out, those of its last edition first.
func Languages(v *ledger.View, program source.ID) []string {
	var all []ledger.Entry
	for _, e := range v.Entries() {
		if e.Program == program {
			all = append(all, e)
		}
	}
	slices.Reverse(all)
	var out []string
	for _, e := range all {
		texts, gap := editionTexts(v, e)
		if gap != nil {
			continue
		}
		for _, t := range texts {
			if !slices.Contains(out, t.Language) {
				out = append(out, t.Language)
			}
		}
	}
	return out
}

// History tells what a program said in a language, edition by edition, and what each said otherwise than the one before it in that
// language. It knows nothing but the ledger. What is withheld or missing is named, and the next edition is held against the last that is
// known.
func History(v *ledger.View, program source.ID, language string) []Past {
	var out []Past
	known := map[notices.Kind][]render.CanonicalLine{}
	for i, e := range v.Entries() {
		if e.Program != program {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].Until = e.From
		}
		p := Past{Line: i, Number: e.Number, Digest: e.Digest, From: e.From}
		p.signoffs(v, e)
		texts, gap := editionTexts(v, e)
		if gap != nil {
			p.Gaps = append(p.Gaps, *gap)
			out = append(out, p)
			continue
		}
		now := map[notices.Kind][]render.CanonicalLine{}
		lost := map[notices.Kind]bool{}
		for _, t := range texts {
			if !slices.Contains(p.Languages, t.Language) {
				p.Languages = append(p.Languages, t.Language)
			}
			if t.Language != language {
				continue
			}
			p.Told = true
			b, err := v.Blob(t.Digest)
			var lines []render.CanonicalLine
			if err == nil {
				lines, err = render.ReadCanonical(b)
			}
			if err != nil {
				p.Gaps = append(p.Gaps, gapOf(fmt.Sprintf("the notice %s in %s", t.Kind, t.Language), err))
				lost[t.Kind] = true
				continue
			}
			now[t.Kind] = lines
		}
		if p.Told {
			p.compare(known, now, lost)
			for k := range lost {
				now[k] = known[k]
			}
			known = now
		}
		out = append(out, p)
	}
	return out
}

// editionTexts gives the text lines of an edition.
func editionTexts(v *ledger.View, e ledger.Entry) ([]render.TextLine, *Gap) {
	what := fmt.Sprintf("the list of the texts of edition %d", e.Number)
	b, err := v.Blob(e.Digest)
	if err != nil {
		g := gapOf(what, err)
		return nil, &g
	}
	program, number, texts, err := render.ReadEditionLines(b)
	if err == nil && (program != e.Program || number != e.Number) {
		err = errors.New("it is the list of another edition")
	}
	if err != nil {
		return nil, &Gap{What: what, Err: err}
	}
	return texts, nil
}

func gapOf(what string, err error) Gap {
	var w *ledger.WithheldError
	if errors.As(err, &w) {
		return Gap{What: what, Withheld: &w.Withheld}
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = fs.ErrNotExist
	}
	return Gap{What: what, Err: err}
}

// signoffs reads the statements that were recorded with an edition.
func (p *Past) signoffs(v *ledger.View, e ledger.Entry) {
	for _, h := range e.Signoffs {
		b, err := v.Blob(h)
		if err != nil {
			p.Gaps = append(p.Gaps, gapOf("a statement of a reviewer ("+h+")", err))
			continue
		}
		for _, r := range ledger.ReviewsOf([][]byte{b}).All {
			p.Signoffs = append(p.Signoffs, Signoff{h, r.Statement, r.Letter != nil})
		}
	}
}

// compare finds what the statements of an edition say otherwise than those before. What is lost is neither new nor gone.
func (p *Past) compare(was, now map[notices.Kind][]render.CanonicalLine, lost map[notices.Kind]bool) {
	seen := map[string]bool{}
	add := func(k notices.Kind, c Change) {
		for i := range p.Changes {
			if o := &p.Changes[i]; o.ID == c.ID && o.Was == c.Was && o.Is == c.Is {
				o.Kinds = append(o.Kinds, k)
				return
			}
		}
		c.Kinds = []notices.Kind{k}
		p.Changes = append(p.Changes, c)
	}
	for _, k := range kindsIn(was, now) {
		before := map[string]string{}
		for _, l := range was[k] {
			before[l.ID] = sentence(l)
		}
		has := map[string]bool{}
		for _, l := range now[k] {
			is := sentence(l)
			has[l.ID] = true
			if !seen[l.ID+"\x00"+is] {
				seen[l.ID+"\x00"+is] = true
				p.Said++
			}
			if then, ok := before[l.ID]; !ok || then != is {
				add(k, Change{ID: l.ID, Was: then, Is: is})
			}
		}
		if lost[k] {
			continue
		}
		for _, l := range was[k] {
			if !has[l.ID] {
				add(k, Change{ID: l.ID, Was: before[l.ID]})
			}
		}
	}
}

// kindsIn lists the kinds of some editions in the order of all kinds; what is no kind any more comes last.
func kindsIn(all ...map[notices.Kind][]render.CanonicalLine) []notices.Kind {
	out := []notices.Kind{}
	for _, m := range all {
		for k := range m {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	slices.Sort(out)
	order := notices.AllKinds()
	at := func(k notices.Kind) int {
		if i := slices.Index(order, k); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(out, func(a, b notices.Kind) int { return at(a) - at(b) })
	return out
}

// sentence is a statement with its values on one line.
func sentence(l render.CanonicalLine) string {
	var values []string
	for _, v := range l.Values {
		values = append(values, strings.Join(v.Text, ", "))
	}
	if len(values) == 0 {
		return l.Text
	}
	return l.Text + " " + strings.Join(values, "; ")
}
