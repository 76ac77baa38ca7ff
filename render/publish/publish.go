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
	"fairnotice/notices/source"
)

// Request is all that decides which languages go out.
type Request struct {
	Notices    []*locales.Notice // what can be said: every kind in every language that is not closed
	Drafts     bool              // the program file says that drafts may be shown
	Reviewers  []Reviewer        // whom the program file names
	Judgements []Judgement       // what their statements come to for exactly these words
}

// Reviewer is one whom the program file names.
type Reviewer struct {
	ID, Name  string
	Languages []string // none: every language
	Required  bool
}

// Judgement is what the statements of one reviewer come to in one language.
type Judgement struct {
	Reviewer, Language string
	State              string
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
	Says     string // a whole sentence
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
			if !who.Required || len(who.Languages) > 0 && !slices.Contains(who.Languages, tag) {
				continue
			}
			if state := r.state(who.ID, tag); state != "signed" {
				reasons = append(reasons, Reason{Says: says(state, who.Name), Code: state, Reviewer: who.ID})
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

// state is what the statements of a reviewer come to in a language; nobody where there are none. Where there are several, all must let it
// out: the first that does not is given.
func (r Request) state(reviewer, tag string) string {
	state := "nobody"
	for _, j := range r.Judgements {
		if j.Reviewer != reviewer || j.Language != tag {
			continue
		}
		if state = j.State; state != "signed" {
			break
		}
	}
	return state
}

// says is the sentence for a state that lets no language out.
func says(state, name string) string {
	words, ok := map[string]string{
		"changed":           "%s signed other words: some have changed since.",
		"lapsed":            "What %s signed has lapsed, because a law or a demand has changed since.",
		"expired":           "What %s signed held until a day that is past.",
		"revoked":           "%s has taken back what they signed.",
		"unknown-signer":    "A statement in the name of %s is signed with a key that is not known to be theirs.",
		"bad-signature":     "The signature under a statement in the name of %s does not fit it.",
		"attested-unsigned": "%s answered by letter, which nobody can verify. It takes a signed statement.",
		"objection":         "%s objects to it.",
		"read-not-approved": "%s has read it, and does not say that it is right.",
		"not-reviewed":      "%s signed, and did not read this language.",
		"nobody":            "%s has not signed it.",
	}[state]
	if !ok {
		words = "What %s said of it is not understood."
	}
	return fmt.Sprintf(words, name)
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
