package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// keptReviews is what a ledger keeps of who signed the words of an edition's folder, for somebody who has not the program file: whose key
// is whose they have to know themselves, who has to sign and what the words rest on they cannot know.
type keptReviews struct {
	review  *reviewAnswer // of the reviewers whose keys were given
	silent  []string      // those of them in whose name nothing of these languages is kept
	others  []keptReview
	missing []string // hashes of what is withheld, or not in this copy
}

// keptReview is a review in the name of somebody whose key nobody gave.
type keptReview struct {
	Reviewer string `json:"reviewer"`
	Says     string `json:"says"` // what it says, and with which key it is signed
	Hash     string `json:"hash"`
}

// reviewerKeys reads ID=KEY.
func (w world) reviewerKeys(typed []string) ([]ledger.Reviewer, error) {
	var out []ledger.Reviewer
	for _, s := range typed {
		id, key, ok := strings.Cut(s, "=")
		if !ok || !ledger.IsReviewer(id) {
			return nil, mistyped("--reviewer-key takes the id of a reviewer, = and their public key; this is another: "+quoted(s)+".", w.typed.with(s, "group:river.example=ssh-ed25519 AAAA…"))
		}
		if _, err := ledger.ParseKey(key); err != nil {
			return nil, mistyped(fmt.Sprintf("The key of %s cannot be used: %s.", id, err), w.typed.with(s, id+"=ssh-ed25519 AAAA…"))
		}
		at := slices.IndexFunc(out, func(r ledger.Reviewer) bool { return r.ID == id })
		if at < 0 {
			at, out = len(out), append(out, ledger.Reviewer{ID: id})
		}
		out[at].Keys = append(out[at].Keys, key)
	}
	return out, nil
}

// kept asks a ledger who signed the words of the folder.
func (r *folderReader) kept(view *ledger.View, who []ledger.Reviewer, on source.Day) *keptReviews {
	m := r.manifest
	have, missing := view.Reviews(m.Program)
	now := ledger.Now{Program: m.Program, Texts: core.TextsOf(m.Texts), On: on, GroundsUnknown: true}
	k := &keptReviews{missing: missing, review: &reviewAnswer{edition: &render.Edition{Program: m.Program, Number: m.Edition.Number, Digest: m.Edition.Digest, Texts: m.Texts},
		on: on, sentences: map[int][]sentenceChange{}, lost: map[int]bool{}}}
	for _, l := range m.Languages {
		k.review.tags = append(k.review.tags, l.Language)
	}
	given := func(id string) bool {
		return slices.ContainsFunc(who, func(r ledger.Reviewer) bool { return r.ID == id })
	}
	for _, j := range ledger.Judge(now, who, have) {
		if given(j.Reviewer.ID) {
			i := len(k.review.judgements)
			k.review.judgements = append(k.review.judgements, j)
			k.review.sentences[i], k.review.lost[i] = r.sentences(j)
		}
	}
	for _, r := range who {
		if !slices.ContainsFunc(k.review.judgements, func(j ledger.Judgement) bool { return j.Reviewer.ID == r.ID }) {
			k.silent = append(k.silent, r.ID)
		}
	}
	for _, v := range have.All {
		says := v.Claims(now.Texts, on)
		if says == "" || given(v.Statement.Reviewer) {
			continue
		}
		says += " " + v.SignedWith()
		for _, x := range have.Revocations {
			if x.Revokes == v.Hash() && x.Statement.Reviewer == v.Statement.Reviewer {
				says += fmt.Sprintf(" In the same name it was taken back on %s. %s", x.Statement.Date, x.SignedWith())
			}
		}
		k.others = append(k.others, keptReview{v.Statement.Reviewer, says, v.Hash()})
	}
	slices.SortFunc(k.others, func(a, b keptReview) int { return strings.Compare(a.Reviewer+a.Says, b.Reviewer+b.Says) })
	return k
}

// fine says that nothing of a reviewer whose key was given fails to hold, and that nothing is unknown which the ledger kept.
func (k *keptReviews) fine() bool { return k.review.fine() && len(k.missing) == 0 }

// notLooked is what nobody can see without the program file.
const notLooked = "Who has to sign, and whether a law or a demand behind the words changed since they were signed, was not looked at: that takes --program and the program file."

func (k *keptReviews) text(out *bytes.Buffer) {
	a := k.review
	if len(a.judgements)+len(k.silent)+len(k.others)+len(k.missing) == 0 {
		hanging(out, 0, 2, "The ledger keeps nothing that anybody signed of exactly these words.")
	}
	for _, tag := range a.tags {
		if at := a.in(tag); len(at) > 0 {
			fmt.Fprintf(out, "%s\n", named([]string{tag})[0])
			for _, i := range at {
				a.one(out, i)
			}
		}
	}
	for _, id := range k.silent {
		hanging(out, 0, 2, "In the name of "+id+" the ledger keeps nothing in these languages.")
	}
	if len(k.others) > 0 {
		hanging(out, 0, 2, "Kept in the names of these, whose keys were not given. Ask them for their public key, and give it with --reviewer-key:")
		for _, o := range k.others {
			hanging(out, 2, 4, clean(o.Reviewer+": "+o.Says))
		}
	}
	for _, h := range k.missing {
		hanging(out, 0, 2, "What a reviewer signed or took back is withheld, or is not in this copy of the ledger, so nobody here knows what it says: "+h+".")
	}
	hanging(out, 0, 2, notLooked)
	if m := a.meanings(); len(m) > 0 {
		fmt.Fprintf(out, "\nWhat a signature means\n")
		for _, s := range m {
			hanging(out, 2, 4, s)
		}
	}
}

// machine is the answer for machines.
func (k *keptReviews) machine() any {
	return struct {
		Review    any          `json:"review"` // by the keys that were given
		Silent    []string     `json:"silent"`
		Others    []keptReview `json:"others"`
		Missing   []string     `json:"missing"`
		NotLooked string       `json:"not_looked"`
	}{k.review.machine(), notNil(k.silent), notNil(k.others), notNil(k.missing), notLooked}
}
