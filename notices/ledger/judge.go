package ledger

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// Now is what a program says today: what Judge holds the statements against.
type Now struct {
	Program source.ID
	Texts   []Text
	Grounds []Ground
	On      source.Day // the day on which a statement must not have expired
	// GroundsUnknown says that nobody here knows the laws and demands behind the words. Then nothing lapses, and whoever asks has to say
	// that this was not looked at.
	GroundsUnknown bool
}

// Reviewer is somebody who reads notices, as the program file names them.
type Reviewer struct {
	ID        string
	Name      string
	Keys      []string // public keys, as ParseKey reads them
	Languages []string
	Kinds     []string // empty: all
	Required  bool     // a language of theirs does not go out before they have signed it
}

// State is how it stands with one reviewer and one language.
type State string

// The states. Only Signed lets a language go out for which the reviewer is required.
const (
	Signed           State = "signed"            // for exactly these words, and it is in force
	AttestedUnsigned State = "attested-unsigned" // by a letter, which nobody can verify
	Nobody           State = "nobody"            // they said nothing of this language
	NotReviewed      State = "not-reviewed"      // they signed, but say that they have not read this
	NotApproved      State = "read-not-approved" // they read exactly these words, and do not approve of them
	Expired          State = "expired"           // the last day of the statement is past
	Lapsed           State = "lapsed"            // the words are the same, but a law or a demand behind them changed
	Changed          State = "changed"           // they signed other words
	Objects          State = "objection"         // they object to exactly these words
	TakenBack        State = "revoked"           // they took it back
	UnknownSigner    State = "unknown-signer"    // a statement in their name is signed by a key that is not known as theirs
	BadSignature     State = "bad-signature"     // a statement in their name has a signature that is none
)

// gravity orders states: that of a language is the gravest of its kinds.
var gravity = []State{Signed, AttestedUnsigned, Nobody, NotReviewed, NotApproved, Expired, Lapsed, Changed, UnknownSigner, BadSignature, TakenBack, Objects}

// GroundChange is how a law or a demand differs from the one on which a statement rests.
type GroundChange struct {
	Ground Ground
	How    string // changed, new or gone
}

// Judgement says how it stands with one reviewer and one language.
type Judgement struct {
	Reviewer Reviewer // of one whom the program file does not name: ID alone
	Language string
	State    State
	Kinds    []string       // of which State holds; of Signed: all that they were asked to read
	Grounds  []GroundChange // of Lapsed
	Review   *Review        // that says so; of Nobody: one that nobody signed, or nil
	Parts    []Part         // each kind by itself
}

// Part is how it stands with one kind of notice.
type Part struct {
	Kind    string
	State   State
	Grounds []GroundChange
	Review  *Review
}

// Judge says of every reviewer, and of every language that they read or signed, how it stands with the words of now. For one kind in
// one language, the newest statement that its reviewer signed for exactly these words decides; of two of one day, the graver. A
// letter takes away but never gives: it is never Signed. Where no statement is for these words, it says what became of the newest. What is not
// signed by a key of the reviewer says nothing, and is told only where there is nothing else.
func Judge(now Now, who []Reviewer, have *Reviews) []Judgement {
	var out []Judgement
	have = have.of(now.Program)
	named := map[string]bool{}
	for _, r := range who {
		named[r.ID] = true
		out = append(out, judgeOne(now, r, have)...)
	}
	var strangers []string
	for _, r := range have.All {
		if id := r.Statement.Reviewer; !named[id] {
			named[id] = true
			strangers = append(strangers, id)
		}
	}
	slices.Sort(strangers)
	for _, id := range strangers {
		out = append(out, judgeOne(now, Reviewer{ID: id}, have)...)
	}
	return out
}

// of gives what is about one program.
func (rs *Reviews) of(program source.ID) *Reviews {
	if rs == nil {
		return &Reviews{}
	}
	other := func(r *Review) bool { return r.Statement.Program != program }
	return &Reviews{slices.DeleteFunc(slices.Clone(rs.All), other), slices.DeleteFunc(slices.Clone(rs.Revocations), other), rs.Rotations, rs.Keys, rs.gone}
}

// vouched is a review with what its signature is worth.
type vouched struct {
	*Review
	worth   worth
	revoked bool
}

type worth int

const (
	isNone worth = iota // nobody signed it
	isBad
	isUnknown
	isLetter
	isGood
)

func judgeOne(now Now, r Reviewer, have *Reviews) []Judgement {
	keys := have.keysOf(r)
	var mine []vouched
	for _, v := range have.All {
		if v.Statement.Reviewer == r.ID {
			mine = append(mine, vouched{v, keys.worth(v), have.revoked(v, r, keys)})
		}
	}
	var out []Judgement
	for _, tag := range languagesOf(now, r, mine) {
		who := r
		if !slices.Contains(r.Languages, tag) {
			who.Required = false // nobody asked them
		}
		j := Judgement{Reviewer: who, Language: tag}
		for _, t := range now.Texts {
			if t.Language == tag && (len(r.Kinds) == 0 || slices.Contains(r.Kinds, t.Kind)) {
				j.Parts = append(j.Parts, judgePart(now, t, mine))
			}
		}
		if len(j.Parts) == 0 {
			continue
		}
		worst := slices.MaxFunc(j.Parts, func(a, b Part) int { return graver(a.State, b.State) })
		j.State, j.Grounds, j.Review = worst.State, worst.Grounds, worst.Review
		for _, p := range j.Parts {
			if p.State == j.State {
				j.Kinds = append(j.Kinds, p.Kind)
			}
		}
		out = append(out, j)
	}
	return out
}

func graver(a, b State) int { return slices.Index(gravity, a) - slices.Index(gravity, b) }

// languagesOf lists the languages of now that somebody reads, or says to have reviewed.
func languagesOf(now Now, r Reviewer, mine []vouched) []string {
	var out []string
	for _, t := range now.Texts {
		if slices.Contains(out, t.Language) {
			continue
		}
		said := slices.ContainsFunc(mine, func(v vouched) bool {
			return slices.ContainsFunc(v.Statement.Texts, func(s StatementText) bool { return s.Language == t.Language && s.Reviewed })
		})
		if said || slices.Contains(r.Languages, t.Language) {
			out = append(out, t.Language)
		}
	}
	return out
}

func judgePart(now Now, t Text, mine []vouched) Part {
	best := Part{Kind: t.Kind, State: Nobody}
	rank, on := -1, source.Day(0)
	for _, v := range mine {
		p := Part{Kind: t.Kind, Review: v.Review}
		at := slices.IndexFunc(v.Statement.Texts, func(s StatementText) bool { return s.Kind == t.Kind && s.Language == t.Language })
		reads := at >= 0 && v.Statement.Texts[at].Reviewed
		same := reads && v.Statement.Texts[at].Text == t
		r := 0 // how much this statement has to say of these words
		switch {
		case v.worth == isBad && reads:
			p.State, r = BadSignature, 2
		case v.worth == isUnknown && reads:
			p.State, r = UnknownSigner, 3
		case v.worth == isNone && reads:
			p.State, r = Nobody, 1
		case v.worth < isLetter:
			continue
		case !reads:
			p.State, r = NotReviewed, 4
		case !same && v.revoked:
			p.State, r = TakenBack, 5
		case !same:
			p.State, r = Changed, 5
		default:
			p.State, p.Grounds = now.holds(v)
			if r = 7; v.worth == isLetter {
				r = 6
			}
		}
		if c := cmp.Or(cmp.Compare(r, rank), cmp.Compare(v.Statement.Date, on), graver(p.State, best.State)); c > 0 {
			best, rank, on = p, r, v.Statement.Date
		}
	}
	if best.State == Signed { // a letter against these words takes the signature away, unless it is the older
		for _, v := range mine {
			if v.worth == isLetter && v.Statement.Date >= on && v.Statement.Verdict != NoObjection && v.reads(t) {
				if s, _ := now.holds(v); s == Objects || s == NotApproved {
					best, on = Part{Kind: t.Kind, State: s, Review: v.Review}, v.Statement.Date
				}
			}
		}
	}
	return best
}

func (v vouched) reads(t Text) bool {
	return slices.Contains(v.Statement.Texts, StatementText{t, true})
}

// holds says how it stands with a statement for exactly these words.
func (now Now) holds(v vouched) (State, []GroundChange) {
	s := v.Statement
	changes := now.changes(s.Grounds)
	switch {
	case v.revoked:
		return TakenBack, nil
	case s.Expires != 0 && now.On > s.Expires:
		return Expired, nil
	case s.Verdict == Objection:
		return Objects, nil
	case len(changes) > 0:
		return Lapsed, changes
	case s.Verdict == ReadNotApproved:
		return NotApproved, nil
	case v.worth == isLetter:
		return AttestedUnsigned, nil
	}
	return Signed, nil
}

// changes says how the laws and demands of now differ from those of a statement.
func (now Now) changes(then []Ground) []GroundChange {
	var out []GroundChange
	if now.GroundsUnknown {
		return nil
	}
	at := func(list []Ground, g Ground) int {
		return slices.IndexFunc(list, func(o Ground) bool { return o.Kind == g.Kind && o.ID == g.ID })
	}
	for _, g := range now.Grounds {
		if i := at(then, g); i < 0 {
			out = append(out, GroundChange{g, "new"})
		} else if then[i].Digest != g.Digest {
			out = append(out, GroundChange{g, "changed"})
		}
	}
	for _, g := range then {
		if at(now.Grounds, g) < 0 {
			out = append(out, GroundChange{g, "gone"})
		}
	}
	slices.SortFunc(out, func(a, b GroundChange) int { return compareGrounds(a.Ground, b.Ground) })
	return out
}

// heldKey is a key of a reviewer. until is the day on which another took its place; 0: none has.
type heldKey struct {
	Key
	until source.Day
}

type heldKeys []heldKey

// keysOf gives the keys of a reviewer: of the program file, of keys.txt, and those that followed them.
func (rs *Reviews) keysOf(r Reviewer) heldKeys {
	var out heldKeys
	add := func(k Key) {
		if !slices.ContainsFunc(out, func(h heldKey) bool { return h.text == k.text }) {
			out = append(out, heldKey{Key: k})
		}
	}
	for _, s := range r.Keys {
		if k, err := ParseKey(s); err == nil {
			add(k)
		}
	}
	for _, k := range rs.Keys {
		if k.Reviewer == r.ID {
			add(k.Key)
		}
	}
	for i := 0; i < len(out); i++ { // it grows while a key has a successor
		for _, rot := range rs.Rotations {
			if next, err := ParseKey(rot.New); err == nil && rot.Old == out[i].text {
				if out[i].until == 0 || rot.On < out[i].until {
					out[i].until = rot.On
				}
				add(next)
			}
		}
	}
	return out
}

func (keys heldKeys) worth(v *Review) worth {
	if v.Letter != nil {
		return isLetter
	}
	if v.Signature == nil {
		return isNone
	}
	plain := make([]Key, len(keys))
	for i, k := range keys {
		plain[i] = k.Key
	}
	key, err := v.By(plain)
	switch {
	case errors.Is(err, ErrUnknownSigner):
		return isUnknown
	case err != nil:
		return isBad
	}
	for _, k := range keys {
		if k.text == key.text && k.until != 0 && v.Statement.Date > k.until {
			return isUnknown // the key was replaced before
		}
	}
	return isGood
}

// revoked says that the reviewer took a statement back.
func (rs *Reviews) revoked(v *Review, r Reviewer, keys heldKeys) bool {
	if slices.ContainsFunc(v.Blobs(), func(b []byte) bool { return slices.Contains(rs.gone, Hash(b)) }) {
		return true
	}
	return slices.ContainsFunc(rs.Revocations, func(x *Review) bool {
		return x.Statement.Reviewer == r.ID && x.Revokes == v.Hash() && keys.worth(x) == isGood
	})
}

// Unproven is a statement or a revocation of a program that is signed, and yet counts for nothing; or a revocation that nobody signed.
type Unproven struct {
	Review *Review
	State  State // UnknownSigner or BadSignature; Nobody: a revocation without a signature
}

// Unproven lists what somebody signed with a key that is not known as the reviewer's, or with a signature that is none, in the order of
// the files. Judge passes over it wherever the reviewer said something that counts. A revocation that nobody signed is among them: it
// may be that only its signature was lost on the way.
func (rs *Reviews) Unproven(program source.ID, who []Reviewer) []Unproven {
	var out []Unproven
	have := rs.of(program)
	for _, v := range append(have.All, have.Revocations...) {
		r := Reviewer{ID: v.Statement.Reviewer}
		if i := slices.IndexFunc(who, func(w Reviewer) bool { return w.ID == r.ID }); i >= 0 {
			r = who[i]
		}
		switch have.keysOf(r).worth(v) {
		case isUnknown:
			out = append(out, Unproven{v, UnknownSigner})
		case isBad:
			out = append(out, Unproven{v, BadSignature})
		case isNone:
			if v.Revokes != "" {
				out = append(out, Unproven{v, Nobody})
			}
		}
	}
	slices.SortFunc(out, func(a, b Unproven) int { return strings.Compare(a.Review.File, b.Review.File) })
	return out
}

// Says tells why it counts for nothing, in English for staff.
func (u Unproven) Says() string {
	s := u.Review.Statement
	switch u.State {
	case Nobody:
		return fmt.Sprintf("in the name of %s, of %s, and takes a statement back, but nobody has signed it.", s.Reviewer, s.Date)
	case UnknownSigner:
		return fmt.Sprintf("in the name of %s, of %s, but signed with a key that is not known as theirs.", s.Reviewer, s.Date)
	}
	return fmt.Sprintf("in the name of %s, of %s, but the signature does not fit what it says.", s.Reviewer, s.Date)
}
