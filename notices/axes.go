package notices

import (
	"encoding/json"

	"fairnotice/notices/source"
)

// The two axes of an exposure (domain, section D): what exists, and which barrier stands. They are never added into one score.

// Level is a rung of the ladder of existence.
type Level int8

// The ladder, from nothing to handed over.
const (
	None Level = iota
	Trace
	Exists
	MayBeSent
	Sent
)

var levelNames = [...]string{"none", "trace", "exists", "may_be_sent", "sent"}

func (l Level) String() string { return levelNames[l] }

// Existence is the interval of what is possible.
type Existence struct{ Low, High Level }

// String is the rung, or "unknown" where the interval is wider than one.
func (e Existence) String() string {
	if e.Low == e.High {
		return e.Low.String()
	}
	return "unknown"
}

// hull is the smallest interval that holds both.
func (e Existence) hull(f Existence) Existence {
	return Existence{min(e.Low, f.Low), max(e.High, f.High)}
}

// Barrier is what stands between one demand and one copy.
type Barrier int8

// The barriers of section D. NoWouldBe is the zero value: nothing stronger is in question.
const (
	NoWouldBe Barrier = iota
	Ordered
	BindingOnService
	NoBarrier
	StateCourtBarrier
	BarrierUnknown
	Disputed
	HolderMayAnswer
	HolderMayWithhold
	CourtFirst
	PausedByCourt
	BlockedByLaw
	NothingToReach
	NotApplicableBarrier
)

var barrierNames = [...]string{"", "ordered", "binding_on_service", "no_barrier", "state_court", "unknown", "disputed", "holder_may_answer",
	"holder_may_withhold", "court_first", "paused_by_court", "blocked_by_law", "nothing_to_reach", "not_applicable"}

func (b Barrier) String() string { return barrierNames[b] }

// Strength orders the barriers of one demand: the higher, the more stands in its way. Disputed and unknown count as the worst that
// they could be, as if the law in question did not help.
func (r Row) Strength() int {
	b := r.Barrier
	if b == Disputed || b == BarrierUnknown {
		b = r.Without
	}
	switch b {
	case Ordered, BindingOnService, NoBarrier, BarrierUnknown, NoWouldBe:
		return 0
	case StateCourtBarrier:
		return 1
	case HolderMayAnswer:
		return 2
	case HolderMayWithhold:
		return 3
	case CourtFirst:
		return 4
	case PausedByCourt:
		return 5
	case BlockedByLaw:
		return 6
	case NothingToReach:
		return 7
	}
	return 8
}

// Opens is what a records request can open, for the sentences about it: one of blocked_by_law, holder_may_withhold, holder_may_answer and
// no_barrier. What is in dispute counts as if the law did not help, what a court has paused as if it had not, what it ordered, or may have
// ordered, as open.
// It is false where no such request can come.
func (r Row) Opens() (Barrier, bool) {
	switch r.Barrier {
	case NotApplicableBarrier, NothingToReach:
		return r.Barrier, false
	case Disputed, PausedByCourt:
		return r.Without, true
	case Ordered, BarrierUnknown:
		return NoBarrier, true
	}
	return r.Barrier, true
}

// Told says whether a person hears of a demand (rule K1).
type Told string

// The answers of K1.
const (
	ToldByLaw     Told = "law_says_must_tell"
	ToldByPolicy  Told = "office_says_it_will"
	ToldNotByLaw  Told = "no_law_known"
	ToldUnknown   Told = "unknown"
	ToldNoAddress Told = "no_way_to_reach" // nobody is told where no address is kept
)

// Select says how a record can be picked out for a demand on a group (modifier M2).
type Select string

// The answers of M2.
const (
	ByField       Select = "by_field"
	ByHand        Select = "by_hand"
	NotSelectable Select = "not_selectable"
	SelectUnknown Select = "unknown"
)

// PhaseID is channel/phase: one cohort.
type PhaseID string

// Row is one exposure: one item, in one phase, at one holder, against one kind of demand. Item is "" for whatever a phase asks for, where
// that is not known. Holder is a holder of the file, or PartnerID for somebody who helps with the form.
type Row struct {
	Channel   source.ID
	Phase     PhaseID
	Item      source.ID
	Holder    source.ID
	Demand    source.ID
	Existence Existence
	Barrier   Barrier
	WouldBe   Barrier     // what it would be if the disputed law held, or if no order of a court stands; NoWouldBe otherwise
	Without   Barrier     // what it is if the disputed law does not help, or if the order stands
	Disputed  []source.ID // the laws in dispute
	Laws      []source.ID // every law that was weighed for it
	Told      Told
	Select    Select
	Rules     []Rule
	Because   []Reason
}

// MarshalJSON is the contract of `who --as json`.
func (r Row) MarshalJSON() ([]byte, error) {
	type row struct {
		Channel   source.ID   `json:"channel"`
		Phase     PhaseID     `json:"phase"`
		Item      source.ID   `json:"item"`
		Holder    source.ID   `json:"holder"`
		Demand    source.ID   `json:"demand"`
		Existence string      `json:"existence"`
		Possible  [2]string   `json:"possible"`
		Barrier   string      `json:"barrier"`
		WouldBe   string      `json:"would_be"`
		Disputed  []source.ID `json:"disputed"`
		Laws      []source.ID `json:"laws"`
		Told      Told        `json:"told"`
		Select    Select      `json:"select"`
		Rules     []Rule      `json:"rules"`
		Because   []Reason    `json:"because"`
	}
	if r.Item == "" {
		r.Item = "unknown"
	}
	return json.Marshal(row{r.Channel, r.Phase, r.Item, r.Holder, r.Demand, r.Existence.String(),
		[2]string{r.Existence.Low.String(), r.Existence.High.String()}, r.Barrier.String(), r.WouldBe.String(),
		orEmpty(r.Disputed), orEmpty(r.Laws), r.Told, r.Select, orEmpty(r.Rules), orEmpty(r.Because)})
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// MarshalJSON writes a place of the program file, or a law with its citation, or a rule.
func (r Reason) MarshalJSON() ([]byte, error) {
	type reason struct {
		File       string            `json:"file,omitempty"`
		Line       int               `json:"line,omitempty"`
		Column     int               `json:"column,omitempty"`
		Path       string            `json:"path,omitempty"`
		Source     source.ID         `json:"source,omitempty"`
		Confidence source.Confidence `json:"confidence,omitempty"`
		By         string            `json:"by,omitempty"`
		On         string            `json:"on,omitempty"`
		Law        source.ID         `json:"law,omitempty"`
		Cite       string            `json:"citation,omitempty"`
		Rule       Rule              `json:"rule,omitempty"`
	}
	return json.Marshal(reason{r.Pos.File, r.Pos.Line, r.Pos.Col, r.Path, r.Source, r.Confidence, r.By, r.On.String(), r.Law, r.Cite, r.Rule})
}
