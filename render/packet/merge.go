package packet

import (
	"cmp"
	"fmt"
	"slices"

	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Merge joins two files of comments on one program. Nothing is lost, and what is in both is there once: of a comment the earlier day
// and the lower number stay, of what is settled the earlier edition. The order of the two does not matter, nor how often it is done.
func Merge(a, b *Comments) (*Comments, error) {
	if a.Program != b.Program {
		return nil, fmt.Errorf("the comments are about two programs, %q and %q", a.Program, b.Program)
	}
	out := &Comments{Program: a.Program}
	at := map[string]int{}
	for _, c := range slices.Concat(a.Comments, b.Comments) {
		id := c.ID()
		i, there := at[id]
		if !there {
			at[id] = len(out.Comments)
			out.Comments = append(out.Comments, c)
			continue
		}
		m := &out.Comments[i]
		m.On, m.Number = min(m.On, c.On), min(m.Number, c.Number)
		if m.From.File == "" {
			m.From = c.From
		}
	}
	slices.SortFunc(out.Comments, func(x, y Comment) int {
		return cmp.Or(cmp.Compare(x.Edition, y.Edition), cmp.Compare(x.Digest, y.Digest), cmp.Compare(x.Number, y.Number), cmp.Compare(x.Statement, y.Statement),
			cmp.Compare(x.Language, y.Language), cmp.Compare(x.On, y.On), cmp.Compare(x.Reviewer, y.Reviewer), cmp.Compare(x.Is, y.Is), cmp.Compare(x.Text, y.Text), cmp.Compare(x.Was, y.Was))
	})
	out.Answers = slices.Concat(a.Answers, b.Answers)
	slices.SortFunc(out.Answers, func(x, y Answer) int {
		return cmp.Or(cmp.Compare(x.To, y.To), cmp.Compare(x.On, y.On), cmp.Compare(x.By, y.By), cmp.Compare(x.Text, y.Text))
	})
	out.Answers = slices.Compact(out.Answers)
	out.Settled = slices.Concat(a.Settled, b.Settled)
	slices.SortFunc(out.Settled, func(x, y Settled) int { return cmp.Or(cmp.Compare(x.To, y.To), cmp.Compare(x.Edition, y.Edition)) })
	out.Settled = slices.CompactFunc(out.Settled, func(x, y Settled) bool { return x.To == y.To })
	return out, nil
}

// Numbers is what the numbers of one packet stand for.
type Numbers struct {
	Program    source.ID
	Edition    int
	Digest     string // of the edition
	Languages  []string
	Statements []Numbered // in the order of their numbers
}

// Numbered is one statement of a packet.
type Numbered struct {
	Number int
	ID     string
	Kinds  []string            // the kinds of notice that say it, in reading order
	Text   map[string]string   // by language: the sentence
	Values map[string][]string // by language: the texts of the values beside it
}

// Statement is what a comment calls it: KIND/ID.
func (n Numbered) Statement() string {
	if len(n.Kinds) == 0 {
		return "/" + n.ID
	}
	return n.Kinds[0] + "/" + n.ID
}

// says reports whether the statement has these words in a language: as its sentence, or as a value beside it.
func (n Numbered) says(language, words string) bool {
	return n.Text[language] == words || slices.Contains(n.Values[language], words)
}

// Numbering gives what the numbers of the packet stood for that was sent.
func (r *Record) Numbering() *Numbers {
	n := &Numbers{Program: r.Program, Edition: r.Number, Digest: r.Digest}
	for tag, blocks := range r.Blocks {
		n.Languages = append(n.Languages, tag)
		for i, b := range blocks {
			if i == len(n.Statements) {
				n.Statements = append(n.Statements, Numbered{Number: i + 1, ID: b.ID, Text: map[string]string{}, Values: map[string][]string{}})
			}
			st := &n.Statements[i]
			st.Text[tag] = oneLine(b.Text)
			for _, v := range b.Values {
				for _, t := range v.Text {
					st.Values[tag] = append(st.Values[tag], oneLine(t))
				}
			}
		}
	}
	slices.Sort(n.Languages)
	for _, k := range notices.AllKinds() { // in reading order
		for _, number := range r.Numbers[k] {
			if number >= 1 && number <= len(n.Statements) {
				n.Statements[number-1].Kinds = append(n.Statements[number-1].Kinds, string(k))
			}
		}
	}
	return n
}

// NewNumbered gives the statements of an edition with their numbers and their words, and nothing else of what a packet says of them.
func NewNumbered(e *render.Edition, p *notices.Program) *Packet {
	out := &Packet{Program: e.Program, File: p.File, quotes: p.Quotes(), Edition: render.EditionMark{Number: e.Number, AsOf: e.AsOf, Digest: e.Digest, ID: e.ID()}}
	out.languages(e)
	out.items(Input{Edition: e, Program: p})
	return out
}

// Name is the name of the edition: ed- and twelve hex digits.
func (n *Numbers) Name() string { return render.EditionID(n.Digest) }

// Of finds a statement by its number.
func (n *Numbers) Of(number int) (Numbered, bool) {
	i := slices.IndexFunc(n.Statements, func(s Numbered) bool { return s.Number == number })
	if i < 0 {
		return Numbered{}, false
	}
	return n.Statements[i], true
}

// find finds the statement that a comment is about, whatever its number is now.
func (n *Numbers) find(c Comment) (Numbered, bool) {
	kind, id := c.Kind()
	i := slices.IndexFunc(n.Statements, func(s Numbered) bool { return s.ID == id && slices.Contains(s.Kinds, kind) })
	if i < 0 {
		return Numbered{}, false
	}
	return n.Statements[i], true
}

// State says how far a comment has come.
type State string

// The states.
const (
	Open      State = "open"     // nobody answered
	Answered  State = "answered" // the office answered, and the statement reads as it was read
	IsSettled State = "settled"  // the statement reads otherwise, since an edition with a higher number
)

// Standing is a comment with what came of it.
type Standing struct {
	Comment
	ID      string
	Number  int    // of the statement today; 0 where the notices do not say it any more
	Now     string // the words of today that stand in the place of Was; "" where it is not said any more
	State   State
	By      int  // the edition that settled it
	As      bool // a proposal whose very words stand there now
	Answers []Answer
}

// InWords says the state in words: open, answered, settled by edition 2.
func (s Standing) InWords() string {
	if s.State == IsSettled {
		return fmt.Sprintf("settled by edition %d", s.By)
	}
	return string(s.State)
}

// Standings says of every comment how far it has come, held against the statements of today, in the order of their numbers; comments
// on what is not said any more come last. A nil Comments has none.
//
// A comment is settled when the statement does not have the words any more that were read, and the edition has a higher number than
// the one that was read. As long as the number is the same, the change is only being prepared. Where the old words came back, it is
// open or answered again.
func (c *Comments) Standings(now *Numbers) []Standing {
	if c == nil {
		return nil
	}
	settled := map[string]int{}
	for _, s := range c.Settled {
		if have := settled[s.To]; have == 0 || s.Edition < have {
			settled[s.To] = s.Edition
		}
	}
	answers := map[string][]Answer{}
	for _, a := range c.Answers {
		answers[a.To] = append(answers[a.To], a)
	}
	out := make([]Standing, 0, len(c.Comments))
	for _, m := range c.Comments {
		s := Standing{Comment: m, ID: m.ID(), State: Open}
		s.Answers = answers[s.ID]
		if len(s.Answers) > 0 {
			s.State = Answered
		}
		st, said := now.find(m)
		still := said && st.says(m.Language, m.Was)
		if said {
			s.Number, s.Now = st.Number, st.Text[m.Language]
			if still {
				s.Now = m.Was
			}
		}
		if !still && now.Edition > m.Edition && (!said || slices.Contains(now.Languages, m.Language)) {
			s.State, s.By = IsSettled, now.Edition
			if first := settled[s.ID]; first > m.Edition && first < s.By {
				s.By = first
			}
		}
		s.As = m.Is == Wording && !still && said && st.says(m.Language, m.Text)
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(uint(a.Number-1), uint(b.Number-1)), cmp.Compare(a.Statement, b.Statement), cmp.Compare(a.Language, b.Language), cmp.Compare(a.On, b.On), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Beside gives the standings of a statement of today in one language; "" stands for all languages.
func Beside(all []Standing, number int, language string) []Standing {
	var out []Standing
	for _, s := range all {
		if s.Number == number && (language == "" || s.Language == language) {
			out = append(out, s)
		}
	}
	return out
}

// Settle notes what the edition of today has settled, so that a later edition still says by which one it was.
func (c *Comments) Settle(now *Numbers) *Comments {
	out := *c
	out.Settled = slices.Clone(c.Settled)
	for _, s := range c.Standings(now) {
		if s.State == IsSettled {
			out.Settled = append(out.Settled, Settled{s.ID, s.By})
		}
	}
	merged, _ := Merge(&out, &Comments{Program: c.Program}) // one program: no error
	return merged
}
