// Package packet makes what an office sends to those who review a notice, and reads what they send back. A packet holds everything that a
// reader of it needs to judge one edition, offline: each statement with a number, in every language, with its reasons, its law, what is
// open and what changed; the pages as applicants see them; and the means to object, to ask, to propose other words, and to say what was
// read. [New] gathers it, and knows no form; the forms are HTML, DOCX and paper, and have the same numbers.
//
// A packet is a working paper of the office. It says so on every form, and is never among what is published.
//
// # What was sent
//
// Beside a program file x.yaml, x/review/ keeps a record of each edition that went out for review ([Record]), so that the next packet can
// show what changed since, word by word.
package packet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Packet is one edition as reviewers get it. Lists are in the order in which they are read.
type Packet struct {
	Program   source.ID
	Name      string // of the program, in the base language
	File      string // the name of the program file, as reasons name it
	Edition   render.EditionMark
	Sent      source.Day
	Voice     notices.Voice
	Officer   string // who answers for the notice; "" where the voice is independent
	DraftsBy  string // who decided that drafts may be shown; "" where nobody has
	Base      string // the language that stands beside each other: English, or the first of a program without English
	Languages []Lang // of the edition; the base first
	Closed    []*locales.Closed
	Kinds     []Kind
	Items     []Item // in the order of their numbers: Items[n-1] has number n
	Gone      []Gone // statements of the edition before that are not in this one
	Texts     []Text
	Pages     []Page
	Law       []Law // every entry that a statement cites, once, in the order in which they are first cited
	Checklist []Covered
	Questions []Question
	Rows      []RowChange // exposures that changed since Before
	RowsAll   int         // how many exposures there are
	Grounds   []Ground    // the law and the demands on which a review rests
	Changed   []GroundChange
	Waived    []MustNot // words that a must-not would find but for an exception of its rule
	Warnings  []Warning // what the check says of the words, and is not an error
	Before    *Before   // what it is compared with; nil where nothing is
	Comments  []Standing
	Reviews   []Review
	Meanings  []Meaning // of the words in Rows

	rows   []Exposure
	quotes func(line int) string
	names  Names
}

// Lang is a language of the edition.
type Lang struct {
	Tag, Dir     string
	Own, English string // its name in itself, and in English
	Reviewed     string // who reviewed the translation; "" for a draft
	ReviewedOn   string
}

// Kind is one kind of notice: its parts, with the numbers of the statements in them.
type Kind struct {
	Kind     notices.Kind
	Title    map[string]string // by language
	Sections []Section
}

// Section is a part of a notice.
type Section struct {
	ID      string
	Layer   int
	Heading map[string]string // by language
	Groups  []Group
}

// Group is some statements under a small heading, which may be "".
type Group struct {
	Heading map[string]string // by language
	Numbers []int
}

// Item is one thing that can be objected to: a statement, or a heading in the office's own words. A statement that stands in several
// kinds with the same words and values has one number.
type Item struct {
	Number   int
	ID       string // of the statement; of the message of a heading
	Message  string
	Heading  bool
	Kinds    []notices.Kind
	In       map[string]Said // by language
	Covers   []notices.ItemID
	Reasons  []Reason
	MustNots []MustNot
	New      bool // it was not in the edition before; false where nothing is known of before
}

// Said is a statement in one language.
type Said struct {
	Text   string
	Values []locales.Value
	Own    bool    // in the office's own words
	Ours   string  // what we would say, where it is
	Was    string  // what it said before, with its values, where that differs; else ""
	Diff   []Piece // the same word by word; nil where nothing changed
}

// Words is a statement as one line: its sentence, and its values. It is what Was and Diff compare.
func (s Said) Words() string {
	out := s.Text
	for _, v := range s.Values {
		out += " " + strings.Join(v.Text, ", ")
	}
	return strings.TrimSpace(out)
}

// Piece is a stretch of words that stayed (=), was taken out (-) or came in (+).
type Piece struct {
	Op   byte
	Text string
}

// Gone is a statement that the edition before had.
type Gone struct {
	Kind notices.Kind
	ID   string
	Was  map[string]string // by language
}

// Text is one text of the edition: what the line of the edition digest names, and its bytes.
type Text struct {
	render.TextLine
	Canonical []byte
}

// Page is a page as readers see it.
type Page struct {
	Kind     notices.Kind
	Language string // "" for the page of all languages
	Path     string // in the edition
	Title    string
	HTML     []byte
	Paper    bool
}

// Reason is why a statement stands: a place of the file with its line and its source, a law, or a rule.
type Reason struct {
	File       string
	Line, Col  int
	Path       string
	Quote      string // the line of the file
	Source     *Source
	Confidence string // verified, reported, unverified or ""
	By, On     string // who in the office confirmed it, or said it, and when
	Asked      []Asked
	Unknown    bool      // what stands there is not known; Asked says who was asked
	Law        source.ID // in Packet.Law
	Cite       string
	Rule       string
	Means      string // what the rule says
}

// Source is what the office read.
type Source struct {
	ID               source.ID
	Title, URL, Kind string
	Published, Read  string
}

// Asked is one question that was put to somebody, and not answered.
type Asked struct{ Who, On string }

// Law is an entry of the book of law, as far as a reviewer needs it. Words are "" where nobody has read them.
type Law struct {
	ID                             source.ID
	Citation, Title, URL           string
	Words, WordsBy                 string
	Stands                         string // how it stands on the day, in words
	CheckedOn, CheckedBy, CheckDue string
	Confidence                     string
	Days                           int // until the next check; negative where it is past
}

// Due reports whether a law's next check is past, or comes within 30 days.
func (l Law) Due() bool { return l.Days <= 30 }

// Covered is an item of the checklist, with the numbers of the statements that say it.
type Covered struct {
	Item    notices.ItemID
	Title   string
	Status  string // covered, not_applicable or missing
	Reason  string
	Numbers []int
}

// Question is one thing that nobody knows.
type Question struct {
	Path, Text, Ask string // Ask is who can answer, in words
	Asked           []Asked
	Line            int
	Numbers         []int // of the statements that rest on it
}

// RowChange is some exposures that are new, gone or different, and fare alike. All of it is in words.
type RowChange struct {
	Phase, Holder  string
	Items, Demands []string
	Was, Now       string // "" where there was or is none
}

// Ground is something on which a review rests beside the words: a law, or a demand that may be listed.
type Ground struct {
	Kind   string // law or demand
	ID     string
	Digest string
	Title  string // for people
}

// String is the ground's line in a record and in a statement.
func (g Ground) String() string { return g.Kind + " " + g.ID + " " + g.Digest }

// GroundChange is a ground that is new (Was is ""), gone (Now is "") or different.
type GroundChange struct{ Kind, ID, Title, Was, Now string }

// MustNot is what a text may not say, and says (or would, but for an exception of the rule).
type MustNot struct {
	Number     int
	Language   string
	Code       string
	Match, Say string
}

// Warning is something that the check noticed, in one place or in several.
type Warning struct {
	Where               []string
	Code, Message, Hint string
}

// Before names what a packet is compared with.
type Before struct {
	Edition int
	Digest  string
	AsOf    source.Day
	Sent    source.Day // 0 where it was not sent
	Signed  bool       // somebody has signed it
}

// Review is how far one reviewer has come with one language.
type Review struct {
	Reviewer, Name string // id and name
	Language       string
	Required       bool
	Signed         bool     // exactly these words, and it holds
	Kinds          []string // of which Signed is said
	Says           string   // a sentence for staff and reviewers
}

// Meaning explains a word of the table of exposure.
type Meaning struct{ Word, Means string }

// Input is what New gathers a packet from. Only cmd knows the book of law, so it hands over what a reviewer sees of it.
type Input struct {
	Edition   *render.Edition
	Program   *notices.Program
	Sent      source.Day
	Law       func(id source.ID) (Law, bool)
	Rule      func(r notices.Rule) string
	Checklist []notices.Covered      // of the notice before the first upload
	Phrase    func(id string) string // an English phrase of the catalogue, "" where it has none
	Rows      []notices.Row          // of notices.SharedExposures
	Grounds   []Ground
	Warnings  []Warning
	Before    *Record   // what it is compared with; may be nil
	Signed    bool      // somebody has signed what Before records
	Comments  *Comments // may be nil
	Reviews   []Review
	Meanings  []Meaning
}

// New gathers a packet. The error says what an edition lacks that a packet needs.
func New(in Input) (*Packet, error) {
	e := in.Edition
	if e == nil || len(e.Notices) == 0 || in.Program == nil {
		return nil, fmt.Errorf("a packet needs an edition and its program")
	}
	p := &Packet{
		Program: e.Program, File: in.Program.File, Sent: in.Sent, Voice: in.Program.Voice, Closed: e.Closed, Warnings: in.Warnings,
		Reviews: in.Reviews, Meanings: in.Meanings,
		Edition: render.EditionMark{Number: e.Number, AsOf: e.AsOf, Digest: e.Digest, ID: e.ID()},
	}
	if o := in.Program.Answers; o != nil && p.Voice == "office" {
		p.Officer = o.Name
	}
	if d := in.Program.Drafts; d != nil && d.ShownMarked {
		p.DraftsBy = d.DecidedBy
	}
	p.Grounds = slices.Clone(in.Grounds)
	slices.SortStableFunc(p.Grounds, func(a, b Ground) int { return cmp.Or(cmp.Compare(b.Kind, a.Kind), cmp.Compare(a.ID, b.ID)) }) // laws, then demands, as in a statement
	p.quotes = in.Program.Quotes()
	p.languages(e)
	p.items(in)
	p.pages(e)
	p.rows = Exposures(in.Rows)
	p.RowsAll = len(in.Rows)
	p.checklist(in)
	p.questions(in)
	p.mustNots()
	p.Comments = in.Comments.Standings(p.Numbers())
	p.names = namesOf(in)
	return p, nil
}

// languages lists those of the edition, the base first.
func (p *Packet) languages(e *render.Edition) {
	tags := e.Languages()
	if p.Base = tags[0]; slices.Contains(tags, "en") {
		p.Base = "en"
	}
	for _, tag := range tags {
		n := e.Notice(e.Notices[0].Kind, tag)
		l := Lang{Tag: tag, Dir: n.Direction, Own: tag, English: tag}
		if known, ok := locales.Find(tag); ok {
			l.Own, l.English = known.Name, known.English
		}
		if n.Translation.State == "reviewed" {
			l.Reviewed, l.ReviewedOn = n.Translation.By, n.Translation.On
		}
		if tag == p.Base {
			p.Name = n.Name.Text
			p.Languages = slices.Insert(p.Languages, 0, l)
		} else {
			p.Languages = append(p.Languages, l)
		}
	}
}

// Number gives an item by its number; false where there is none.
func (p *Packet) Number(n int) (*Item, bool) {
	if n < 1 || n > len(p.Items) {
		return nil, false
	}
	return &p.Items[n-1], true
}

// Of gives the item that a statement of a kind is; false where there is none.
func (p *Packet) Of(kind notices.Kind, id string) (*Item, bool) {
	for i := range p.Items {
		if p.Items[i].ID == id && slices.Contains(p.Items[i].Kinds, kind) {
			return &p.Items[i], true
		}
	}
	return nil, false
}

// Lang gives a language of the packet by its tag.
func (p *Packet) Lang(tag string) (Lang, bool) {
	for _, l := range p.Languages {
		if l.Tag == tag {
			return l, true
		}
	}
	return Lang{}, false
}
