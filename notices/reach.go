package notices

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Reached is what one demand would reach: a working paper, never for applicants. Nothing in it is added up or guessed: a number is that
// of exactly the people whom somebody counted, or there is none, with the reasons.
type Reached struct {
	Program  source.ID
	Paper    *Paper
	Laid     *Program   // the program with the paper over it
	Day      source.Day // the day whose law and facts hold
	Facts    source.Day // the day for which the facts of the program file hold; earlier than Day where the paper came later
	Route    Route
	InWindow Number // who is asked about
	Named    Number // how many people the paper names
	Records  Number // of how many of them, or of others, there are records
	Answers  Number // how many people's records fit all that is asked
	Places   []Place
	Rows     []ReachRow // by channel, phase, holder, as they come in the file; items that fare alike together
	NotKept  []NotKept  // wanted, and not kept
	Stays    []Stay     // every copy that could be reached, with what ends it
	Laws     []LawNote  // every law that was weighed
	Asks     []Question // what nobody knows, with whom to ask
}

// Route is what the book of law says of the kind of demand.
type Route struct {
	Kind       source.ID
	Class      string // as the book says it: administrative, federal_court
	Citation   string
	Confidence source.Confidence
	Checked    source.Date
	Signed     []string
	Testimony  bool
	Gag        string // can such a paper forbid to tell: yes, no or undecided
	EnforcedBy source.ID
	Immigrates bool // a paper of an immigration office
}

// Number is a count of exactly one population, or the reasons why there is none.
type Number struct {
	Count    *int
	About    bool
	Of       CountOf
	In       source.ID
	From, To source.Date
	Counted  source.Date
	Source   source.ID
	Because  []Lack
}

// Lack is a reason: a code, and the same in words; In names the places that it is about, where it is not about all.
type Lack struct {
	Code string   `json:"code"`
	Text string   `json:"text"`
	In   []string `json:"in,omitempty"`
}

// Place is one phase that the demand reaches or may reach, with the people of whom somebody counted records there.
type Place struct {
	Phase   PhaseID
	Covered source.Tri // the strongest of its rows
	Records Number
}

// Must says what a barrier comes to for the holder.
type Must string

// The words of Must.
const (
	MustAnswer    Must = "must_answer"
	MayAnswer     Must = "may_answer"
	MayNot        Must = "may_not_without_court"
	PausedAnswer  Must = "paused_by_court"
	NothingToGive Must = "nothing_to_give"
	MustUnknown   Must = "unknown"
)

// Must is what a barrier comes to. A law in dispute does not bind: the holder may answer.
func (b Barrier) Must() Must {
	switch b {
	case Ordered, BindingOnService, StateCourtBarrier:
		return MustAnswer
	case CourtFirst, BlockedByLaw:
		return MayNot
	case PausedByCourt:
		return PausedAnswer
	case HolderMayAnswer, HolderMayWithhold, NoBarrier, Disputed:
		return MayAnswer
	case NothingToReach, NotApplicableBarrier:
		return NothingToGive
	}
	return MustUnknown
}

// ReachRow is items of one phase at one holder that fare alike under one paper.
type ReachRow struct {
	Row                // Item is the first of Items
	Items  []source.ID // none where nobody knows what the phase asks for
	Must   Must
	In     source.Tri // is it in this demand: yes, maybe or no
	Why    []Lack     // why not, or why only maybe
	Series source.ID
	Period string // how long it is kept, as the file says: 7 years, unknown; "" where it has no series
	AtEnd  string
	Vendor *Vendor // for a company

	all [][]Reason
}

// Vendor is what the file knows of a company's contract.
type Vendor struct {
	Tells string `json:"tells_us_of_demands"` // yes, no, unknown, disputed
	Waits string `json:"waits_for_court"`
	Seen  string `json:"contract_seen"`
}

// Reasons gives what the rows of all items rest on, each once.
func (r *ReachRow) Reasons() []Reason {
	type key struct {
		path, file string
		line, col  int
		law        source.ID
		rule       Rule
	}
	seen := map[key]bool{}
	var out []Reason
	for _, list := range r.all {
		for _, b := range list {
			if k := (key{b.Path, b.Pos.File, b.Pos.Line, b.Pos.Col, b.Law, b.Rule}); !seen[k] {
				seen[k] = true
				out = append(out, b)
			}
		}
	}
	return out
}

// NotKept is something that the demand wants and that is not kept, or is nowhere asked for.
type NotKept struct {
	Item source.ID `json:"item"`
	Why  Lack      `json:"because"`
}

// LawNote is a law that was weighed, on the day.
type LawNote struct {
	ID         source.ID         `json:"id"`
	Citation   string            `json:"citation"`
	Force      string            `json:"force"`
	Effect     string            `json:"effect"`
	Case       string            `json:"case,omitempty"`
	Forbids    string            `json:"forbids"`         // yes, no or undecided
	Words      string            `json:"words,omitempty"` // its operative words on the day
	Exceptions []source.ID       `json:"exceptions"`
	Confidence source.Confidence `json:"confidence"`
	Checked    source.Date       `json:"checked"`
	Due        bool              `json:"due"` // past its next check on the day
	Disputed   bool              `json:"disputed"`
}

// Reach derives what a demand would reach: existence by X1 to X10, barriers by P1 and G1 to G10, with the paper laid over the program.
// A court's order in another case is not an order in this one; a stay of this very demand pauses it. It fails where the paper does not
// fit the program ([CheckPaper] says why) and where no rule fits.
func Reach(p *Program, paper *Paper, book *law.Book, on source.Day) (*Reached, error) {
	if ps := CheckPaper(paper, p, book, on).Of(source.Error); len(ps) > 0 {
		return nil, ps
	}
	laid := paper.Over(p)
	x, err := newEngine(laid, book, on, true)
	if err != nil {
		return nil, err
	}
	x.only = paper.ID
	kind := book.Entry(paper.Kind)
	rows, err := x.rows([]*law.Entry{kind})
	if err != nil {
		return nil, err
	}
	r := &reacher{engine: x, book: book, d: paper, Reached: &Reached{Program: p.Program.ID, Paper: paper, Laid: laid, Day: x.day, Facts: p.Edition.AsOf.Last,
		Route: routeOf(kind)}}
	for _, ev := range x.events {
		if ev.ID == paper.ID {
			r.ev = ev
		}
	}
	r.index()
	r.group(rows)
	r.stays()
	r.places()
	r.numbers()
	r.notKept()
	r.laws(rows)
	r.questions()
	return r.Reached, nil
}

func routeOf(e *law.Entry) Route {
	return Route{Kind: e.ID, Class: string(e.Demand.Class), Citation: e.Citation, Confidence: e.Confidence, Checked: e.Checked.On, Signed: e.Demand.Signed,
		Testimony: e.Demand.Testimony, Gag: string(e.Demand.Gag), EnforcedBy: e.Demand.EnforcedBy, Immigrates: e.Demand.Immigration}
}

type reacher struct {
	*engine
	*Reached
	book   *law.Book
	d      *Paper
	ev     eventRef
	phases map[PhaseID]phaseRef
	asks   map[PhaseID]map[source.ID]*askRef // by item; "" is the line of whatever is not known
	cover  map[coverKey]isCovered
	keyBuf []byte
}

func (r *reacher) index() {
	r.phases = map[PhaseID]phaseRef{}
	r.asks = map[PhaseID]map[source.ID]*askRef{}
	r.cover = map[coverKey]isCovered{}
	for _, c := range r.channels {
		for _, ph := range c.phases {
			r.phases[ph.id] = ph
			by := map[source.ID]*askRef{}
			lines := ph.lines()
			for i := range lines {
				for _, item := range lines[i].Items {
					by[item] = &lines[i]
				}
			}
			r.asks[ph.id] = by
		}
	}
}

// group puts items that fare alike together.
func (r *reacher) group(rows []Row) {
	at := map[string]int{}
	var last PhaseID
	var holder source.ID
	for i := range rows {
		row := &rows[i]
		if row.Phase != last || row.Holder != holder {
			last, holder = row.Phase, row.Holder
			clear(at)
		}
		ph := r.phases[row.Phase]
		a := r.asks[row.Phase][row.Item]
		if a == nil || r.partnerOf(row.Holder) != nil { // whatever a partner has
			a = &askRef{Ask: &Ask{}}
		}
		in, why := r.covered(ph, row.Item, row.Holder)
		r.pause(row)
		series := r.p.Retention[a.Retention]
		period, end := "", ""
		if a.Retention != "" {
			period, end = inWords(series.Period), inWords(series.AtEnd)
		}
		key := r.keyBuf[:0]
		key = append(key, byte(row.Existence.Low), byte(row.Existence.High), byte(row.Barrier), byte(row.WouldBe), byte(row.Without), byte(in))
		key = append(append(key, row.Select...), 0)
		key = append(append(key, row.Told...), flag(row.Item != "" && r.metadata(row.Item)))
		key = append(append(key, a.Retention...), 0)
		for _, s := range row.Rules {
			key = append(append(key, s...), 1)
		}
		for _, s := range row.Laws {
			key = append(append(key, s...), 2)
		}
		for _, s := range row.Disputed {
			key = append(append(key, s...), 3)
		}
		for _, s := range why {
			key = append(append(key, s.Code...), 4)
		}
		r.keyBuf = key
		n, ok := at[string(key)]
		if !ok {
			n = len(r.Rows)
			at[string(key)] = n
			out := ReachRow{Row: *row, In: in, Why: why, Must: row.Barrier.Must(), Series: a.Retention, Period: period, AtEnd: end, Vendor: r.vendor(row.Holder)}
			r.Rows = append(r.Rows, out)
		}
		g := &r.Rows[n]
		if row.Item != "" {
			g.Items = append(g.Items, row.Item)
		}
		if l := len(g.all); l == 0 || len(row.Because) == 0 || len(g.all[l-1]) == 0 || &g.all[l-1][0] != &row.Because[0] {
			g.all = append(g.all, row.Because)
		}
	}
	r.selects()
}

// isCovered is whether items of one phase at one holder are in the demand, and why not or only maybe.
type isCovered struct {
	in  source.Tri
	why []Lack
}

// coverKey is all that this turns on: of the item, whether it is wanted, may stand on a paper that is, may be such a paper under a name
// of its own, and is known at all.
type coverKey struct {
	phase                        *Phase
	holder                       source.ID
	wanted, carried, like, named bool
}

// covered says whether a row is in this demand, and why not or only maybe.
func (r *reacher) covered(ph phaseRef, item, holder source.ID) (source.Tri, []Lack) {
	k := coverKey{ph.ph, holder, slices.Contains(r.ev.Wants.Is, item), item != "" && r.carried(r.ev, ph, item), r.mayBeOne(item, r.ev.Wants.Is), item != ""}
	c, ok := r.cover[k]
	if !ok {
		c.in, c.why = r.decideCovered(ph, item, holder)
		r.cover[k] = c
	}
	return c.in, c.why
}

func (r *reacher) decideCovered(ph phaseRef, item, holder source.ID) (source.Tri, []Lack) {
	if holder != r.ev.To && !r.worksFor(holder, r.ev.To) {
		return source.No, []Lack{{Code: "other_holder", Text: "The paper is addressed to another holder."}}
	}
	var why []Lack
	add := func(code, text string) { why = append(why, Lack{Code: code, Text: text}) }
	out := r.covers(r.ev, ph, item)
	if out == source.No {
		if r.ev.Wants.State == source.Known && len(r.ev.Wants.But) == 0 && len(r.ev.Wants.Is) > 0 && item != "" && !slices.Contains(r.ev.Wants.Is, item) {
			add("not_wanted", "The paper does not ask for it.")
		}
		for i := range r.ev.Asks.Is {
			pr := &r.ev.Asks.Is[i]
			if pr.Field == "applied_on" && r.window(pr, ph) == source.No {
				add("outside_window", "These people applied outside the time that the paper asks about.")
			}
		}
		if len(why) == 0 {
			add("no_such_paper", "Nobody is asked for such a paper here.")
		}
		return out, why
	}
	if holder != r.ev.To {
		switch c := r.p.Holders[holder].Control; {
		case len(c.But) > 0 || c.State != source.Known:
			out = source.Maybe
			add("control_unknown", "Nobody has said who decides what the company does with its copies.")
		case c.Is != "custodian_directs":
			out = source.Maybe
			add("company_decides", "The company decides what it does with its copies.")
		}
	}
	if r.mayBeOne(item, r.ev.Wants.Is) {
		add("may_be_wanted", "The program file gives a paper a name of its own. It may be one of those that the paper wants.")
	}
	if r.ev.Scope != "group" {
		add("named_people", "The paper names people. Somebody has to look whether they are among these.")
	}
	if r.ev.Asks.State != source.Known {
		add("asks_unknown", "Nobody has written down whom the paper asks about.")
	}
	if !(r.ev.Wants.State == source.Known && len(r.ev.Wants.Is) > 0 && len(r.ev.Wants.But) == 0) {
		add("wants_unknown", "Nobody has written down which papers and facts it wants.")
	} else if r.carried(r.ev, ph, item) {
		add("on_a_wanted_paper", "The paper does not ask for it, but it may stand on one that it asks for.")
	} else if item == "" {
		add("items_unknown", "Nobody knows what is asked for here.")
	}
	for i := range r.ev.Asks.Is {
		switch pr := &r.ev.Asks.Is[i]; pr.Field {
		case "applied_on":
			if r.window(pr, ph) != source.Yes {
				add("window_in_part", "Only some of these people applied in the time that the paper asks about, or nobody knows.")
			}
		case "document_type":
			add("kind_of_paper", "Only people who used one of the papers named are asked about.")
			for _, a := range ph.asks {
				if slices.ContainsFunc(a.Items, func(i source.ID) bool { return r.mayBeOne(i, pr.Any) }) {
					add("may_be_such_a_paper", "The program file gives a paper a name of its own. It may be one of those that are named.")
					break
				}
			}
		default:
			add("other_field", "The paper asks about people by another fact: "+string(pr.Field)+".")
		}
	}
	if out == source.Yes {
		return out, nil
	}
	return out, why
}

// pause applies P2 to the paper itself: a court has stayed, enjoined or quashed this very demand.
func (r *reacher) pause(row *Row) {
	c, on := &r.ev.Court, &r.ev.CourtOn
	if row.Barrier == NothingToReach || row.Barrier == NotApplicableBarrier || row.Barrier == PausedByCourt || row.Holder != r.ev.To ||
		c.State != source.Known || len(c.But) > 0 || c.Is != "stayed" && c.Is != "enjoined" && c.Is != "quashed" || !c.On.IsZero() && c.On.First > r.day ||
		on.State != source.Known || len(on.But) > 0 || on.Is != "this_demand" && on.Is != "such_demands" {
		return
	}
	if row.Barrier != Disputed && row.Barrier != BarrierUnknown {
		row.Without = row.Barrier
	}
	row.Barrier, row.WouldBe = PausedByCourt, NoWouldBe
	row.Rules = append(slices.Clip(slices.Clone(row.Rules)), "G3", "P2")
	row.Because = addBecause(addBecause(slices.Clip(slices.Clone(row.Because)), c), on)
}

// selects says of a demand by the kind of paper how people can be picked out for it: by the papers of their phase (M2).
func (r *reacher) selects() {
	var any []source.ID
	asked := false
	for i := range r.ev.Asks.Is {
		if pr := &r.ev.Asks.Is[i]; pr.Field == "document_type" {
			any, asked = append(any, pr.Any...), true
		}
	}
	if !asked {
		return
	}
	type key struct {
		phase  PhaseID
		holder source.ID
	}
	by := map[key][]Select{}
	for i := range r.Rows {
		g := &r.Rows[i]
		for _, item := range g.Items {
			if slices.Contains(any, item) || r.mayBeOne(item, any) {
				k := key{g.Phase, g.Holder}
				by[k] = append(by[k], g.Select)
				break
			}
		}
	}
	for i := range r.Rows {
		g := &r.Rows[i]
		if g.Select == NotSelectable || len(g.Items) > 0 && r.metadata(g.Items[0]) {
			continue
		}
		found := by[key{g.Phase, g.Holder}]
		switch {
		case slices.Contains(found, ByField):
			g.Select = ByField
		case len(found) == 0 || slices.Contains(found, SelectUnknown):
			g.Select = SelectUnknown
		case slices.Contains(found, ByHand):
			g.Select = ByHand
		default:
			g.Select = NotSelectable
		}
	}
}

// partnerOf gives the partner whose rows have a holder; nil for a holder of the file.
func (x *engine) partnerOf(holder source.ID) *Partner {
	for i := range x.p.Partners.Is {
		if PartnerID(i) == holder {
			return &x.p.Partners.Is[i]
		}
	}
	return nil
}

// metadata reports whether an item is recorded beside the file of a person, and is not found by what stands in that file.
func (r *reacher) metadata(item source.ID) bool {
	w, _ := r.p.Item(item)
	return w.Class == "metadata"
}

// inWords is a fact as the file says it, in a word or two; disputed where sources disagree, "" where it says nothing.
func inWords[T any](f source.Fact[T]) string {
	switch {
	case f.State == source.Unsaid:
		return ""
	case len(f.But) > 0:
		return "disputed"
	case f.State == source.Unknown:
		return "unknown"
	case f.State == source.NotApplicable:
		return "not_applicable"
	}
	return fmt.Sprint(f.Is)
}

func (r *reacher) vendor(holder source.ID) *Vendor {
	h := r.p.Holders[holder]
	if h.Role != "processor" && h.Role != "subprocessor" || h.Contract == nil {
		return nil
	}
	return &Vendor{inWords(h.Contract.TellsOfDemands), inWords(h.Contract.WaitsForCourt), inWords(h.Contract.Seen)}
}

// notKept lists what is wanted, or asked about by the kind of paper, and is nowhere kept.
func (r *reacher) notKept() {
	var wanted []source.ID
	add := func(ids []source.ID) {
		for _, id := range ids {
			if !slices.Contains(wanted, id) {
				wanted = append(wanted, id)
			}
		}
	}
	add(r.ev.Wants.Is)
	for i := range r.ev.Asks.Is {
		add(r.ev.Asks.Is[i].Any)
	}
	for _, item := range wanted {
		asked, open, kept, never, like := false, false, false, false, false
		for _, c := range r.channels {
			for _, ph := range c.phases {
				open = open || ph.open != nil || len(ph.ph.Asks.But) > 0
				never = never || slices.Contains(ph.ph.NeverAsks.Is, item)
				asked = asked || r.asks[ph.id][item] != nil
				for _, a := range ph.asks {
					like = like || slices.ContainsFunc(a.Items, func(i source.ID) bool { return r.mayBeOne(i, []source.ID{item}) })
				}
			}
		}
		for i := range r.Rows {
			if slices.Contains(r.Rows[i].Items, item) && r.Rows[i].Existence.High > None {
				kept = true
			}
		}
		shown := ""
		if w, _ := r.p.Item(item); !w.Paper && r.keepsPaper() {
			shown = " It may stand on a paper that is kept."
		}
		switch {
		case asked && kept:
		case asked:
			r.NotKept = append(r.NotKept, NotKept{item, Lack{Code: "verified_none", Text: "A named person has confirmed that no copy is kept." + shown}})
		case like: // it has its rows, under the name that the file gives it
		case open:
			r.NotKept = append(r.NotKept, NotKept{item, Lack{Code: "asks_unknown", Text: "Nobody knows whether it is asked for: of one way to apply it is not known what is asked." + shown}})
		case never:
			r.NotKept = append(r.NotKept, NotKept{item, Lack{Code: "never_asked", Text: "The program file says that it is never asked for." + shown}})
		default:
			r.NotKept = append(r.NotKept, NotKept{item, Lack{Code: "not_asked", Text: "No way to apply asks for it, as the program file says." + shown}})
		}
	}
}

// keepsPaper reports whether a paper of people is kept, or may be: much stands on it that nobody asks for.
func (r *reacher) keepsPaper() bool {
	return slices.ContainsFunc(r.Rows, func(g ReachRow) bool {
		return g.Existence.High > None && slices.ContainsFunc(g.Items, func(i source.ID) bool { w, _ := r.p.Item(i); return w.Paper })
	})
}

// laws notes every law that was weighed, in the order of the book.
func (r *reacher) laws(rows []Row) {
	used, disputed := map[source.ID]bool{}, map[source.ID]bool{}
	for i := range rows {
		for _, l := range rows[i].Laws {
			used[l] = true
		}
		for _, l := range rows[i].Disputed {
			disputed[l] = true
		}
	}
	for _, e := range r.book.All() {
		if !used[e.ID] {
			continue
		}
		effect := e.EffectOn(r.day)
		n := LawNote{ID: e.ID, Citation: e.Citation, Force: string(e.Force), Effect: string(effect.Is), Case: effect.Case, Forbids: string(law.Undecided), Exceptions: []source.ID{},
			Confidence: e.Confidence, Checked: e.Checked.On, Due: e.Due(r.day), Disputed: disputed[e.ID]}
		if v := e.On(r.day); v != nil {
			n.Forbids = string(forbids(v))
			n.Exceptions = orEmpty(v.Exceptions)
			if v.Words.State == source.Known {
				n.Words = v.Words.Is
			}
		}
		r.Laws = append(r.Laws, n)
	}
}

// questions gathers what nobody knows of the paper, and of what it reaches.
func (r *reacher) questions() {
	r.Asks = r.d.Questions()
	open := Questions(r.p)
	rests := make(map[string]bool, len(open)) // whether something that may be in the demand rests on it
	for _, q := range open {
		rests[q.Path] = false
	}
	on := func(path string) {
		if is, ok := rests[path]; ok && !is {
			rests[path] = true
		}
	}
	for i := range r.Rows {
		g := &r.Rows[i]
		if g.In == source.No {
			continue
		}
		for _, list := range g.all {
			for k := range list {
				on(list[k].Path)
			}
		}
		if g.Series != "" {
			on("retention." + string(g.Series) + ".period")
			on("retention." + string(g.Series) + ".at_end")
		}
		if h := r.p.Holders[g.Holder]; h.Contract != nil {
			on("holders." + string(g.Holder) + ".contract.tells_us_of_demands")
			on("holders." + string(g.Holder) + ".contract.waits_for_court")
		}
		for _, item := range g.Items {
			if a := r.asks[g.Phase][item]; a != nil {
				on(a.TypeRecorded.Path)
			}
		}
	}
	for _, q := range open {
		if q.Pos.File != r.d.File && rests[q.Path] {
			r.Asks = append(r.Asks, q)
		}
	}
}

func lack(code, text string, in ...string) Lack { return Lack{Code: code, Text: text, In: in} }

func phaseNames(ids []PhaseID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

func channelOf(id PhaseID) source.ID {
	c, _, _ := strings.Cut(string(id), "/")
	return source.ID(c)
}
