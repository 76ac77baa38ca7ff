package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// Kind of a notice.
type Kind string

// The kinds.
const (
	Before         Kind = "before"          // before the first upload: all three layers
	AtUpload       Kind = "at-upload"       // at the upload itself: the key facts alone
	AlreadyApplied Kind = "already-applied" // for people who gave facts or papers already; it is no text message
	DemandReceived Kind = "demand-received" // for people whose records a demand may reach; it is no text message
	Poster         Kind = "poster"          // one page for a wall or a hand, and beside a counter; it is on paper
	AskBack        Kind = "ask-back"        // for a helper who asks readers what they understood; it is not for the public
)

// Words are the kinds as a program file names them.
func (Kind) Words() []string { return words(AllKinds()) }

// Kinds lists every kind that Build makes from one file.
func Kinds() []Kind { return []Kind{Before, AtUpload, AlreadyApplied, DemandReceived, Poster, AskBack} }

// Public reports whether a kind has pages on the web. The others are on paper: a poster says less than the notices that stand there, and
// the answers beside a helper's questions would show readers what to say, and not whether they understood.
func (k Kind) Public() bool { return k != Poster && k != AskBack }

// NotByText says in a sentence why a kind is not sent as a text message; "" for the two that may be. Others read a telephone too.
func (k Kind) NotByText() string {
	switch k {
	case Before, AtUpload:
		return ""
	case AlreadyApplied:
		return "It would tell whoever reads the phone that somebody gave papers here."
	case DemandReceived:
		return "It would tell whoever reads the phone that officers may have asked for somebody's records."
	case WhatChanged:
		return "It speaks to people who gave papers, and would tell whoever reads the phone of them."
	case AskBack:
		return "It is for helpers, who have it on paper."
	}
	return "It is made for paper."
}

// AllKinds lists every kind that there is: with what changed, which is made of two editions.
func AllKinds() []Kind { return append(Kinds(), WhatChanged) }

// Reads reports whether a reviewer is asked to read a kind of notice: all of them, where the file names none.
func (r Reviewer) Reads(k Kind) bool { return len(r.Kinds) == 0 || slices.Contains(r.Kinds, k) }

// Kinds lists the kinds that an edition of the program holds: the one about demands only where a demand came that may be listed.
func (p *Program) Kinds() []Kind {
	listed := slices.ContainsFunc(p.Demands.Is, func(e Event) bool { return e.Listed })
	return slices.DeleteFunc(Kinds(), func(k Kind) bool { return k == DemandReceived && !listed })
}

// ItemID is a checklist item of the domain, C01 to C47.
type ItemID string

// Notice is one notice of a program, in no language: statements with values and reasons, in reading order.
type Notice struct {
	Program   source.ID
	Name      source.Text
	Kind      Kind
	Voice     Voice
	People    People
	AsOf      source.Day
	Number    int // of the edition
	Digits    Digits
	Languages []string
	File      string       // the name of the program file: what reasons call it
	Lock      *source.Lock // who translated the program's own texts from what; may be nil
	Wording   *Wording     // what the office says in its own words; may be nil
	Sections  []Section
}

// Original is the language in which the program's own texts are written, and from which they are translated: English where the program
// has it, else the first of its languages.
func (n *Notice) Original() string { return original(n.Languages) }

func original(languages []string) string {
	if len(languages) == 0 || slices.Contains(languages, "en") {
		return "en"
	}
	return languages[0]
}

// Section is a heading with groups of at most three sentences. Its first statement answers the heading alone.
type Section struct {
	ID     string  // heading message: section.<ID>
	Layer  int     // 1 key facts, 2 before you decide, 3 the laws one by one
	Values []Value // beside the heading: the channel's name, say
	Groups []Group
}

// Group of statements that belong together.
type Group struct {
	Heading    string // message of a small heading, or ""
	Values     []Value
	Statements []Statement
}

// Statement is one message of the catalogue (one or two short sentences), with values beside it.
type Statement struct {
	ID      string // unique in the notice and stable: scope + "." + message
	Message string // id of the message in the catalogue
	N       *int   // the one number that a plural message speaks of
	Values  []Value
	Claims  []Claim
	Because []Reason // never empty
}

// Claim is one thing that the checklist wants said: an item and what it is about, such as C02 of online/portal/name.
type Claim struct {
	Item  ItemID
	About string
}

// Covers gives the checklist items of the claims, each once, in order.
func (s Statement) Covers() []ItemID {
	var out []ItemID
	for _, c := range s.Claims {
		found := false
		for _, o := range out {
			found = found || o == c.Item
		}
		if !found {
			out = append(out, c.Item)
		}
	}
	return out
}

// ValueKind says how a value is written and isolated.
type ValueKind string

const (
	VLabel ValueKind = "label" // words of the vocabulary: Key is a label of the catalogue
	VText  ValueKind = "text"  // words of the program file, in languages
	VName  ValueKind = "name"  // a proper name, shown as it is
	VDate  ValueKind = "date"
	VDates ValueKind = "dates" // from, to
	VCount ValueKind = "count"
	VSpan  ValueKind = "period" // a length of time
	VPlace ValueKind = "place"
	VPhone ValueKind = "phone"
	VURL   ValueKind = "url"
	VLaw   ValueKind = "law" // Key is a law of the book: label law.<id>, and its citation in Name
)

// Value is what stands beside a sentence: nouns, names, dates and numbers of the program file. Name is the label value.<Name>.
type Value struct {
	Name  string
	Kind  ValueKind
	Parts []Part
}

// Part is one of the things of a value; which fields are filled follows from the kind.
type Part struct {
	Key   string        // VLabel, VLaw
	Text  source.Text   // VText
	Name  string        // VName, VPlace, VPhone, VURL; the citation of a VLaw
	Date  source.Date   // VDate; the first of VDates
	To    source.End    // the second of VDates
	N     int           // VCount
	About bool          // VCount: about so many
	Span  source.Period // VSpan
}

// Reason is why a statement stands: a place of the program file, a law entry, or a rule of the decision table.
type Reason struct {
	Pos        source.Pos
	Path       string
	Source     source.ID
	Confidence source.Confidence
	By         string
	On         source.Date
	Law        source.ID
	Cite       string // the law's citation
	Rule       Rule
}

// Rule is a rule of the decision table: P0 to P2, X1 to X10, G1 to G10, M1 to M4, K1.
type Rule string
