package ledger

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// Meaning is what stands under every sign that somebody signed: what it says, and what it does not. Languages are tags.
func Meaning(name string, languages []string, on source.Day) string {
	return fmt.Sprintf("People from %s read this page in %s on %s and found no statement that they know to be wrong. %s", name, words(languages), on, NotMeant)
}

// NotMeant is what no signature of a reviewer means.
const NotMeant = "They do not run it. Reading it is not legal advice. It is not approval of the program, of other editions, languages or kinds; " +
	"and it does not say that the facts are true or that the office keeps its promises."

// LetterMeant is what stands beside a letter.
const LetterMeant = "A letter is the office's word for what a group wrote. Nobody can verify it, so it counts as no signature."

// Says tells how it stands, in English for staff: one or two whole sentences, without the name of the language.
func (j Judgement) Says() string {
	var s Statement
	if j.Review != nil {
		s = j.Review.Statement
	}
	by := ""
	if j.Review != nil && j.Review.Letter != nil {
		by = fmt.Sprintf(" That is what %s read in their letter; nobody signed it.", j.Review.Letter.AttestedBy)
	}
	switch j.State {
	case Signed:
		return fmt.Sprintf("They signed exactly these words on %s.%s", s.Date, s.limits())
	case AttestedUnsigned:
		return fmt.Sprintf("They answered by letter on %s, says %s. Nobody signed it.%s", s.Date, j.Review.Letter.AttestedBy, s.limits())
	case NotApproved:
		return fmt.Sprintf("They read exactly these words, and do not approve of them: so they said on %s.%s%s", s.Date, by, s.limits())
	case Objects:
		return fmt.Sprintf("They object: so they said on %s.%s%s", s.Date, by, s.limits())
	case Changed:
		return fmt.Sprintf("The words changed since they signed edition %d on %s: in %s.%s", s.Edition, s.Date, words(j.Kinds), by)
	case Lapsed:
		return fmt.Sprintf("They signed exactly these words on %s, but it lapsed, because what the words rest on is not the same: %s.%s", s.Date, groundWords(j.Grounds), by)
	case Expired:
		return fmt.Sprintf("What they signed on %s expired on %s.%s", s.Date, s.Expires, by)
	case TakenBack:
		return fmt.Sprintf("They took back what they signed on %s.", s.Date)
	case UnknownSigner:
		return fmt.Sprintf("A statement in their name of %s (%s) is signed with a key that is not known as theirs, so it counts for nothing.", s.Date, j.Review.File)
	case BadSignature:
		return fmt.Sprintf("The signature on a statement in their name of %s (%s) does not fit it: one of the two was changed, or it was signed for something else. It counts for nothing.", s.Date, j.Review.File)
	case NotReviewed:
		if len(j.Kinds) == len(j.Parts) {
			return fmt.Sprintf("They signed on %s, and say that they did not read this language.", s.Date)
		}
		return fmt.Sprintf("They signed on %s, and say that they did not read all of it: not %s.", s.Date, words(j.Kinds))
	}
	if j.Review != nil {
		return fmt.Sprintf("There is a statement in their name of %s (%s), and nobody has signed it.", s.Date, j.Review.File)
	}
	return "They have said nothing yet."
}

// Claims tells what a review says of some texts, without a word on who signed it: whose key that was, is not asked. It is "" where the
// review says nothing of exactly these words.
func (r *Review) Claims(texts []Text, on source.Day) string {
	s := r.Statement
	var in []string
	for i, t := range texts {
		if slices.ContainsFunc(texts[:i], func(o Text) bool { return o.Language == t.Language }) {
			continue
		}
		var read, not []string
		for _, o := range texts {
			switch {
			case o.Language != t.Language:
			case slices.Contains(s.Texts, StatementText{o, true}):
				read = append(read, o.Kind)
			default:
				not = append(not, o.Kind)
			}
		}
		switch {
		case len(read) == 0:
		case len(not) == 0:
			in = append(in, t.Language)
		default:
			in = append(in, t.Language+" (only "+words(read)+")")
		}
	}
	if len(in) == 0 {
		return ""
	}
	past := ""
	if s.Expires != 0 && on > s.Expires {
		past = " That day is past."
	}
	what := map[Verdict]string{
		NoObjection:     "they found no statement that they know to be wrong",
		Objection:       "they object",
		ReadNotApproved: "they read it, and do not approve of it",
	}[s.Verdict]
	return fmt.Sprintf("of %s, on exactly these words in %s: %s.%s%s", s.Date, words(in), what, s.limits(), past)
}

// SignedWith tells by which key a review is signed, as far as it shows it itself.
func (r *Review) SignedWith() string {
	switch {
	case r.Letter != nil:
		return "It is a letter: nobody signed it."
	case r.Signature == nil:
		return "No signature is kept with it."
	case r.IsNote: // a note holds the name and the number of its key, and not the key
		if _, sigs, err := splitNote(r.Signature); err == nil && len(sigs) == 1 {
			return fmt.Sprintf("It names this key: %s+%08x. Whether that key signed it cannot be told without the key, and nobody here vouches for it.", sigs[0].Name, sigs[0].Hash)
		}
		return "Its signature cannot be read."
	}
	key, err := CheckSSH(r.Text, r.Signature)
	if err != nil {
		return "Its signature does not fit it."
	}
	return "It is signed with this key: " + key.Short() + ". Nobody here vouches whose key that is."
}

// limits says what was left out, and until when it counts.
func (s Statement) limits() string {
	var b strings.Builder
	if len(s.NotChecked) > 0 {
		fmt.Fprintf(&b, " They did not check %s.", words(notCheckedWords(s.NotChecked)))
	}
	for _, c := range s.Conditions {
		fmt.Fprintf(&b, " Their condition: “%s”.", c)
	}
	if s.Expires != 0 {
		fmt.Fprintf(&b, " It counts until %s.", s.Expires)
	}
	return b.String()
}

// notCheckedWords puts the words of a statement into English.
func notCheckedWords(list []string) []string {
	says := map[string]string{
		"facts":    "whether the facts are true",
		"sources":  "the sources of the facts",
		"law":      "the law behind the sentences",
		"promises": "whether the office keeps its promises",
		"layout":   "how the pages look",
	}
	out := slices.Clone(list)
	for i, w := range out {
		out[i] = says[w]
	}
	return out
}

func groundWords(list []GroundChange) string {
	how := map[string]string{"changed": "changed", "new": "is new", "gone": "is gone"}
	out := make([]string, len(list))
	for i, g := range list {
		out[i] = fmt.Sprintf("the %s %s %s", g.Ground.Kind, g.Ground.ID, how[g.How])
	}
	return words(out)
}

// words joins words: a, b and c.
func words(list []string) string {
	switch n := len(list); n {
	case 0:
		return "nothing"
	case 1:
		return list[0]
	default:
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
}
