// Package publish says whether an edition may go out: under which number, in which languages, and why not in the others. It decides
// and makes nothing: it knows no disk, no clock and no network.
//
// A language goes out if all of this holds, and else it is held back with one reason for each that does not:
//
//   - a named person has reviewed its words, or the program file says that drafts may be shown (drafts.shown_marked) and who decided it;
//   - of each reviewer whom the program file requires, and who reads this language, a signed statement is in force that found no fault
//     in exactly these words. A letter does not do, for nobody can verify it. Nor does a statement that changed words, changed laws or
//     demands, its last day or its revocation have overtaken, nor one with another verdict.
//
// A language with sentences that are missing or stale is closed before that ([locales.Closed]), and nothing is asked about it. What
// reviewers say whom nobody requires holds nothing back: the public page of who has read the edition tells it.
package publish

import (
	"fmt"
	"slices"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Request is all that decides which languages go out.
type Request struct {
	Notices    []*locales.Notice // what can be said: every kind in every language that is not closed
	Drafts     bool              // the program file says that drafts may be shown
	Reviewers  []ledger.Reviewer // whom the program file names
	Judgements []ledger.Judgement
}

// Answer says which languages may go out, in the order of the notices, and which are held back.
type Answer struct {
	Out  []string
	Held []Held
}

// Held is a language that is held back, with all that is wrong.
type Held struct {
	Language string
	Reasons  []Reason
}

// Reason is why a language is held back.
type Reason struct {
	Says     string // whole sentences
	Code     string // draft, or the state of a judgement
	Reviewer string // the id of who is required; "" where it is no matter of a reviewer
}

// Decide says which languages may go out.
func Decide(r Request) Answer {
	var a Answer
	drafts := map[string]bool{}
	var tags []string
	for _, n := range r.Notices {
		if !slices.Contains(tags, n.Language) {
			tags = append(tags, n.Language)
		}
		drafts[n.Language] = drafts[n.Language] || n.Translation.State != string(source.Reviewed)
	}
	for _, tag := range tags {
		var reasons []Reason
		if drafts[tag] && !r.Drafts {
			reasons = append(reasons, Reason{Says: "Nobody has reviewed its words, and the program file does not say that drafts may be shown.", Code: "draft"})
		}
		for _, who := range r.Reviewers {
			if who.Required && slices.Contains(who.Languages, tag) {
				reasons = append(reasons, r.missing(who, tag)...)
			}
		}
		if len(reasons) == 0 {
			a.Out = append(a.Out, tag)
		} else {
			a.Held = append(a.Held, Held{tag, reasons})
		}
	}
	return a
}

// missing says why a reviewer who is required lets a language not out; nil if they do. That they signed is not taken on the judgement's
// word: the statement has to name each text by its digest.
func (r Request) missing(who ledger.Reviewer, tag string) []Reason {
	var j *ledger.Judgement
	for i := range r.Judgements {
		if r.Judgements[i].Reviewer.ID == who.ID && r.Judgements[i].Language == tag {
			j = &r.Judgements[i]
			break
		}
	}
	for _, n := range r.Notices {
		if n.Language != tag || len(who.Kinds) > 0 && !slices.Contains(who.Kinds, string(n.Kind)) {
			continue
		}
		switch {
		case j == nil:
			return []Reason{{who.Name + " has not signed it.", string(ledger.Nobody), who.ID}}
		case j.State != ledger.Signed:
			return []Reason{{who.Name + ": " + j.Says(), string(j.State), who.ID}}
		case !signs(j, n):
			return []Reason{{fmt.Sprintf("%s signed, and not for exactly the words of the notice %s.", who.Name, n.Kind), string(ledger.Changed), who.ID}}
		}
	}
	return nil
}

// signs says whether a judgement rests on a statement that names exactly the words of a notice.
func signs(j *ledger.Judgement, n *locales.Notice) bool {
	return slices.ContainsFunc(j.Parts, func(p ledger.Part) bool {
		return p.Kind == string(n.Kind) && p.State == ledger.Signed && p.Review != nil && p.Review.Letter == nil &&
			p.Review.Statement.Verdict == ledger.NoObjection && slices.ContainsFunc(p.Review.Statement.Texts, func(t ledger.StatementText) bool {
			return t.Reviewed && t.Kind == string(n.Kind) && t.Language == n.Language && t.Digest == n.Digest
		})
	})
}

// told are the states in which a statement, or a letter, says something of exactly these words and is in force. They are told on the
// public page, and kept in the ledger with the edition.
var told = map[ledger.State]render.Verdict{
	ledger.Signed:           render.Found,
	ledger.AttestedUnsigned: render.Found,
	ledger.NotApproved:      render.ReadAlone,
	ledger.Objects:          render.Objects,
}

// Readers gives who has read the words of an edition, for its public page: the reviewers whom the program file names, each with all
// languages of one day and one verdict. Where a reviewer says different things of the notices in one language, the gravest is told.
func Readers(e *render.Edition, who []ledger.Reviewer, judged []ledger.Judgement) []render.Reader {
	var out []render.Reader
	for _, j := range judged {
		verdict, ok := told[j.State]
		at := slices.IndexFunc(who, func(r ledger.Reviewer) bool { return r.ID == j.Reviewer.ID })
		if !ok || at < 0 || !slices.Contains(e.Languages(), j.Language) {
			continue
		}
		r := render.Reader{Name: who[at].Name, Languages: []string{j.Language}, Verdict: verdict, Path: fmt.Sprintf("reviewers.%d", at)}
		for _, p := range j.Parts {
			if p.State != j.State || p.Review == nil {
				continue
			}
			s := p.Review.Statement
			r.Kinds = append(r.Kinds, notices.Kind(p.Kind))
			r.Letter = r.Letter || p.Review.Letter != nil
			r.On = max(r.On, s.Date)
			if s.Expires != 0 && (r.Until == 0 || s.Expires < r.Until) {
				r.Until = s.Expires
			}
			for _, words := range s.Conditions {
				if !slices.Contains(r.Conditions, words) {
					r.Conditions = append(r.Conditions, words)
				}
			}
		}
		order := notices.AllKinds()
		slices.SortFunc(r.Kinds, func(a, b notices.Kind) int { return slices.Index(order, a) - slices.Index(order, b) })
		same := slices.IndexFunc(out, func(o render.Reader) bool {
			return o.Path == r.Path && o.Verdict == r.Verdict && o.Letter == r.Letter && o.On == r.On && o.Until == r.Until && slices.Equal(o.Conditions, r.Conditions) && slices.Equal(o.Kinds, r.Kinds)
		})
		if same < 0 {
			out = append(out, r)
		} else {
			out[same].Languages = append(out[same].Languages, j.Language)
		}
	}
	return out
}

// Entry is the line of the ledger for an edition that goes out from a day on, and the blobs that it stands for: the lines of the
// edition, each text, and every statement, letter and signature about these words that is in force. supersedes is the digest of the
// edition that was recorded before; "" for the first.
func Entry(e *render.Edition, judged []ledger.Judgement, from source.Day, supersedes string) (ledger.Entry, [][]byte) {
	entry := ledger.Entry{Program: e.Program, Number: e.Number, Digest: e.Digest, From: from, Supersedes: supersedes}
	blobs := [][]byte{render.EditionLines(e.Program, e.Number, e.Texts)}
	for _, n := range e.Notices {
		blobs = append(blobs, render.Canonical(n))
	}
	for _, j := range judged {
		if !slices.Contains(e.Languages(), j.Language) {
			continue
		}
		for _, p := range j.Parts {
			if _, ok := told[p.State]; !ok || p.Review == nil {
				continue
			}
			for _, b := range p.Review.Blobs() {
				if h := ledger.Hash(b); !slices.Contains(entry.Signoffs, h) {
					entry.Signoffs, blobs = append(entry.Signoffs, h), append(blobs, b)
				}
			}
		}
	}
	slices.Sort(entry.Signoffs)
	return entry, blobs
}

// Last is the edition of a program that went out last.
type Last struct {
	Number int
	Digest string // sha256:…
}

// Number says whether an edition may go out under its number: it is the last plus one, or the last itself in the same words. Where
// nothing went out before, any number will do. again says that this edition went out already. The error is a whole sentence.
func Number(number int, digest string, last *Last) (again bool, err error) {
	switch {
	case last == nil:
		return false, nil
	case number == last.Number && digest == last.Digest:
		return true, nil
	case number == last.Number:
		return false, fmt.Errorf("edition %d went out already, and this one is not the same: its words or its languages are others", number)
	case number < last.Number:
		return false, fmt.Errorf("this is edition %d, and edition %d went out already. An older edition does not come back", number, last.Number)
	case number > last.Number+1:
		return false, fmt.Errorf("this is edition %d, and the last that went out is edition %d. No number is left out", number, last.Number)
	}
	return false, nil
}
