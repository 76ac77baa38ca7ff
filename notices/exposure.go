package notices

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Exposures derives every row of the decision table: for each item, phase, holder and kind of demand, what exists and which barrier
// stands. Rows are ordered by channel, phase, line of the file, holder, demand. Days of law after the edition's own day are not
// looked at, whatever on says. Where it is not known what a phase asks for, a row has no item. It fails where no rule of a block fits, and on a place that the book does not know.
//
// Everything is in it, also demands that may not be listed: the rows are a working paper.
func Exposures(p *Program, book *law.Book, on source.Day) ([]Row, error) {
	x, err := newEngine(p, book, on, true)
	if err != nil {
		return nil, err
	}
	return x.rows(x.inTable())
}

// engine derives rows for one program on one day. It is not for two goroutines at once.
type engine struct {
	p             *Program
	secret        bool       // demands that may not be listed count, and so do holds that may not be named
	day           source.Day // the earlier of the day asked for and the edition's day
	demands       []*law.Entry
	guards        []*law.Entry // protections that can change a barrier, by topic answering
	opening       []*law.Entry // protections about public-records requests
	addresses     []*law.Entry // programs that give people another address
	channels      []channelRef
	steps         []source.ID // channels that are a step of another
	custodian     source.ID
	holderIDs     []source.ID
	events        []eventRef // demands that came and may be considered
	eventsUnknown bool
	only          source.ID // the demand whose own court counts, where the table is about one; "" for a table of kinds

	lines   map[lineAt]*found      // what existence has worked out
	reach   map[*Phase]source.Tri  // what reachable has worked out
	asked   map[askedAt]bool       // what asksFor has worked out
	rules   map[string][]Rule      // lists that rows share
	laws    map[string][]source.ID // lists that rows share
	arena   []Reason               // rows cut their reasons from it
	tellsBy []Reason               // rule K1
	key     []byte                 // scratch
}

// lineAt is one line of what is asked, at one holder.
type lineAt struct {
	ask    *Ask
	holder source.ID
}

// askedAt is one phase and what a demand says of the papers that it is about.
type askedAt struct {
	phase *Phase
	of    *Predicate
}

type channelRef struct {
	id     source.ID
	ch     *Channel
	phases []phaseRef
}

type phaseRef struct {
	id      PhaseID
	channel source.ID
	ph      *Phase
	path    string
	others  bool // somebody else gave these facts
	asks    []askRef
	open    *askRef  // whatever it asks for: where that is not known
	unasked []askRef // in the working table: facts about other people that no line is about; a notice has sentences of its own for them
}

type askRef struct {
	*Ask
	path  string
	n     int
	cells []string // of its items
}

type eventRef struct {
	*Event
	path string
}

// newEngine indexes a program. With secret, demands that may not be listed and holds that may not be named count, too.
func newEngine(p *Program, book *law.Book, on source.Day, secret bool) (*engine, error) {
	x := &engine{p: p, secret: secret, day: min(on, p.Edition.AsOf.Last), lines: map[lineAt]*found{}, reach: map[*Phase]source.Tri{}, asked: map[askedAt]bool{},
		rules: map[string][]Rule{}, laws: map[string][]source.ID{}}
	entries, ok := book.In(p.Program.Jurisdiction)
	if !ok {
		return nil, fmt.Errorf("the book of law knows no place %q", p.Program.Jurisdiction)
	}
	for _, e := range entries {
		switch {
		case e.Kind == law.KindDemand:
			x.demands = append(x.demands, e)
		case e.Kind == law.KindProtection && e.Topic == law.Answering:
			x.guards = append(x.guards, e)
		case e.Kind == law.KindProtection && e.Topic == law.Opening:
			x.opening = append(x.opening, e)
		case e.Kind == law.KindProtection && e.Topic == law.Address:
			x.addresses = append(x.addresses, e)
		}
	}
	for id, h := range p.Holders {
		x.holderIDs = append(x.holderIDs, id)
		if h.Role == "custodian" && (x.custodian == "" || id < x.custodian) {
			x.custodian = id
		}
	}
	slices.SortFunc(x.holderIDs, func(a, b source.ID) int {
		return cmp.Or(cmp.Compare(roleRank(p.Holders[a].Role), roleRank(p.Holders[b].Role)), cmp.Compare(a, b))
	})
	x.channels = p.channels()
	for _, c := range x.channels {
		for _, s := range c.ch.Steps {
			x.steps = append(x.steps, s.Channel)
		}
	}
	for i := range x.channels {
		for k := range x.channels[i].phases {
			if ph := &x.channels[i].phases[k]; secret && !x.isStep(ph.channel) {
				ph.unasked = p.unasked(ph.ph)
			}
		}
	}
	x.eventsUnknown = p.Demands.State == source.Unknown
	for i := range p.Demands.Is {
		e := &p.Demands.Is[i]
		if e.Listed || secret {
			x.events = append(x.events, eventRef{e, p.inside("demands") + "." + string(e.ID)})
		}
	}
	x.tellsBy = because(p, p.Tells)
	return x, nil
}

// inside gives the path of the value of a fact, which is longer where the fact is written long: demands or demands.is.
func (p *Program) inside(path string) string {
	if p.Doc != nil && p.Doc.Has(path+".is") {
		return path + ".is"
	}
	return path
}

func roleRank(r Role) int { return slices.Index(wRole, string(r)) }

// channels gives the channels in reading order: those that take a form before their steps, then by kind, then by id; never by the
// order of keys in the file.
func (p *Program) channels() []channelRef {
	isStep := map[source.ID]bool{}
	for _, c := range p.Channels {
		for _, s := range c.Steps {
			isStep[s.Channel] = true
		}
	}
	rank := func(id source.ID) int {
		kind := slices.Index([]ChannelKind{"online", "kiosk", "mail", "phone", "in_person", fromOthers}, p.Channels[id].Kind)
		if isStep[id] {
			return 100 + kind
		}
		return kind
	}
	out := make([]channelRef, 0, len(p.Channels))
	for id := range p.Channels {
		c := p.Channels[id]
		ref := channelRef{id: id, ch: &c}
		for i := range c.Phases {
			ph := &c.Phases[i]
			pr := phaseRef{id: PhaseID(id + "/" + ph.ID), channel: id, ph: ph, others: c.Kind == fromOthers, path: "channels." + string(id) + ".phases." + string(ph.ID),
				asks: make([]askRef, len(ph.Asks.Is))}
			asks := p.inside(pr.path + ".asks")
			for n := range ph.Asks.Is {
				a := askRef{Ask: &ph.Asks.Is[n], path: asks + "." + strconv.Itoa(n), n: n, cells: make([]string, len(ph.Asks.Is[n].Items))}
				for k, i := range a.Items {
					a.cells[k] = cell(pr.id, i)
				}
				pr.asks[n] = a
			}
			if ph.Asks.State == source.Unknown {
				pr.open = openAsk("", &ph.Asks, pr.path+".asks")
			}
			ref.phases = append(ref.phases, pr)
		}
		out = append(out, ref)
	}
	slices.SortFunc(out, func(a, b channelRef) int { return cmp.Or(cmp.Compare(rank(a.id), rank(b.id)), cmp.Compare(a.id, b.id)) })
	return out
}

// openAsk is a line about an item of which all else is unknown: about "" where nobody knows what a phase asks for. The fact says why.
func openAsk[T any](item source.ID, f *source.Fact[T], path string) *askRef {
	a := &Ask{Items: []source.ID{item}}
	a.Handling.State, a.Copies.State, a.Backups.State, a.TypeRecorded.State = source.Unknown, source.Unknown, source.Unknown, source.Unknown
	a.Handling.Pos, a.Handling.Path = f.Pos, f.Path
	a.Handling.Source, a.Handling.Confidence, a.Handling.By, a.Handling.On = f.Source, f.Confidence, f.By, f.On
	return &askRef{Ask: a, path: path}
}

// at is the reason for a leaf of the file.
func (p *Program) at(path string) Reason {
	if r, ok := p.ofPaper(path); ok {
		return r
	}
	r := Reason{Path: path, Pos: source.Pos{File: p.File}}
	if p.Doc != nil {
		r.Pos = p.Doc.Pos(path)
	}
	return r
}

// because is the reason for a fact: its place, its source and how well it is founded; a fact that is not said has none.
func because[T any](p *Program, f source.Fact[T]) []Reason {
	if f.State == source.Unsaid || f.Path == "" {
		return nil
	}
	return addBecause(make([]Reason, 0, 1+len(f.But)), &f)
}

// addBecause adds what because gives.
func addBecause[T any](out []Reason, f *source.Fact[T]) []Reason {
	if f.State == source.Unsaid || f.Path == "" {
		return out
	}
	out = append(out, Reason{Pos: f.Pos, Path: f.Path, Source: f.Source, Confidence: f.Confidence, By: f.By, On: f.On})
	for i := range f.But {
		b := &f.But[i]
		out = append(out, Reason{Pos: b.Pos, Path: b.Path, Source: b.Source, Confidence: b.Confidence, By: b.By, On: b.On})
	}
	return out
}

// inTable are the demands that make rows: all but routes 15 and 16.
func (x *engine) inTable() []*law.Entry {
	out := make([]*law.Entry, 0, len(x.demands))
	for _, d := range x.demands {
		if class := d.Demand.Class; class != law.Redirect && class != law.Leak {
			out = append(out, d)
		}
	}
	return out
}

// spoken are the demands of which a notice says row by row how they fare: immigration subpoenas and records requests; all that make
// rows, where the book has neither.
func (x *engine) spoken() []*law.Entry {
	var out []*law.Entry
	for _, d := range x.demands {
		if class := d.Demand.Class; class == law.RecordsRequest || class == law.Administrative && d.Demand.Immigration && d.Demand.EnforcedBy != "" {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return x.inTable()
	}
	return out
}

// canCome reports whether a demand can be sent to somebody in this program and be for something there (rule P1), or came. An arrest
// warrant can: it reaches no record, and people are shown it. A leak can, and so can a demand that is sent on.
func (x *engine) canCome(d *law.Entry) bool {
	if slices.ContainsFunc(x.events, func(ev eventRef) bool { return ev.Kind == d.ID }) {
		return true
	}
	switch d.Demand.Class {
	case law.ArrestWarrant, law.Leak:
		return true
	case law.Redirect:
		return len(d.Demand.SentTo) == 0 || slices.ContainsFunc(x.holderIDs, func(id source.ID) bool {
			return slices.ContainsFunc(d.Demand.SentTo, x.p.Holders[id].Kind.IsA)
		})
	}
	w := weigher{engine: x}
	for _, c := range x.channels {
		for _, ph := range c.phases {
			for _, w.at = range x.holderIDs {
				w.h = x.p.Holders[w.at]
				if f := w.answer(d); f != nil && f.State == source.NotApplicable && len(f.But) == 0 {
					continue
				}
				for _, a := range ph.asks {
					for _, id := range a.Items {
						w.word, _ = x.p.Item(id)
						w.word.ID = id
						if w.applies(d) {
							return true
						}
					}
				}
				if w.word = (ItemWord{}); ph.open != nil && w.applies(d) { // it is not known what is asked for
					return true
				}
			}
			w.at, w.h, w.word = "", Holder{}, ItemWord{} // who helps with the form may have kept all of it; the file's answers are not about them
			if len(x.partners(ph)) > 0 && d.Demand.AnsweredBy == "" && w.applies(d) {
				return true
			}
		}
	}
	return false
}

// concerns reports whether a protection has to be named: it may bind a holder of the program, or it is a law of the place, on which
// people count. A law of the whole country for others only would make a catalogue.
func (x *engine) concerns(e *law.Entry) bool {
	v := e.On(x.day)
	return v != nil && (e.Where != "us" || slices.ContainsFunc(x.holderIDs, func(id source.ID) bool { return x.binds(e, v, id) != law.DoesNot }))
}

// lines are the lines of what a phase asks for, with those for what is not known.
func (ph phaseRef) lines() []askRef {
	out := ph.asks
	if ph.open != nil {
		out = append(slices.Clip(out), *ph.open)
	}
	return append(slices.Clip(out), ph.unasked...)
}

// rows derives the table. Items of one line mostly fare alike: their rows share rules, laws and reasons, which nobody may change. Only a
// table with all that is secret has reasons: a notice gives its own. The demands are some of inTable; for no others a rule fits.
func (x *engine) rows(demands []*law.Entry) ([]Row, error) {
	n := 0
	for _, c := range x.channels {
		for _, ph := range c.phases {
			for _, a := range ph.lines() {
				n += len(a.Items) * len(x.holdersOf(a)) * len(demands)
			}
			n += len(x.partners(ph)) * len(demands)
		}
	}
	out := make([]Row, 0, n)
	w := weigher{engine: x}
	for _, c := range x.channels {
		for _, ph := range c.phases {
			w.phase(ph)
			for _, a := range ph.lines() {
				for _, h := range x.holdersOf(a) {
					w.holder(h)
					ex := x.existence(ph, a, h)
					line := len(out)
					for i, item := range a.Items {
						if alike := w.item(item, ex, demands); alike && i > 0 {
							for k := range demands {
								r := out[line+k]
								r.Item, r.Select = item, x.selectable(a, w.word, w.exists)
								r.Told, _ = w.told(demands[k])
								out = append(out, r)
							}
							continue
						}
						line = len(out)
						var err error
						if out, err = w.rowsOf(out, a, demands); err != nil {
							return nil, err
						}
					}
				}
			}
			for i, partner := range x.partners(ph) {
				w.partner(i)
				w.item("", x.withPartner(i, partner), demands)
				var err error
				if out, err = w.rowsOf(out, askRef{}, demands); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// rowsOf adds a row for each demand on the item at hand.
func (w *weigher) rowsOf(out []Row, a askRef, demands []*law.Entry) ([]Row, error) {
	line := len(out)
	out = out[:line+len(demands)]
	for k, d := range demands {
		r := &out[line+k]
		*r = Row{Channel: w.ph.channel, Phase: w.ph.id, Item: w.word.ID, Holder: w.at, Demand: d.ID, Existence: w.exists, Select: w.selectable(a, w.word, w.exists)}
		if err := w.barrier(r, d); err != nil {
			return nil, err
		}
		w.keep(r)
	}
	return out, nil
}

// keep gives a row lists that stay.
func (w *weigher) keep(r *Row) {
	r.Rules, r.Laws, r.Disputed = w.sharedRules(w.ruleList), w.sharedLaws(w.lawList), w.sharedLaws(w.disputed)
	if cap(w.arena)-len(w.arena) < len(w.reasons) {
		w.arena = make([]Reason, 0, max(512, len(w.reasons)))
	}
	from := len(w.arena)
	w.arena = append(w.arena, w.reasons...)
	r.Because = w.arena[from:len(w.arena):len(w.arena)]
}

func (x *engine) sharedRules(list []Rule) []Rule {
	x.key = x.key[:0]
	for _, r := range list {
		x.key = append(append(x.key, r...), ' ')
	}
	s, ok := x.rules[string(x.key)]
	if !ok {
		s = slices.Clip(slices.Clone(list))
		x.rules[string(x.key)] = s
	}
	return s
}

func (x *engine) sharedLaws(list []source.ID) []source.ID {
	if len(list) == 0 {
		return nil
	}
	x.key = x.key[:0]
	for _, r := range list {
		x.key = append(append(x.key, r...), ' ')
	}
	s, ok := x.laws[string(x.key)]
	if !ok {
		s = slices.Clip(slices.Clone(list))
		x.laws[string(x.key)] = s
	}
	return s
}

// worksFor reports whether a holder works for another: at once, or for one who does. A company of which the file does not say for whom
// it works, works for the custodian.
func (x *engine) worksFor(holder, other source.ID) bool {
	for range len(x.holderIDs) {
		h := x.p.Holders[holder]
		next := h.For
		if next == "" && (h.Role == "processor" || h.Role == "subprocessor") {
			next = x.custodian
		}
		if next == "" || next == holder {
			return false
		}
		if next == other {
			return true
		}
		holder = next
	}
	return false
}

// unasked are lines for the facts about other people of which the file says that they are there, and no line of a phase says how.
func (p *Program) unasked(ph *Phase) []askRef {
	var out []askRef
	for _, subject := range p.Others.Is {
		id, ok := map[Subject]source.ID{"family": "family_members", "emergency_contact": "emergency_contact", "employer": "employer_name"}[subject]
		asked := func(a Ask) bool {
			return slices.ContainsFunc(a.Items, func(i source.ID) bool { w, _ := p.Item(i); return w.Subject == subject })
		}
		if ok && !slices.ContainsFunc(ph.Asks.Is, asked) {
			out = append(out, *openAsk(id, &p.Others, "other_people"))
		}
	}
	return out
}

// partners lists those who help people with the form of a phase. They are no holders of the file, and it does not say what they keep: a
// row for each of them says what can be said.
func (x *engine) partners(ph phaseRef) []Partner {
	if x.isStep(ph.channel) {
		return nil
	}
	return x.p.Partners.Is
}

// PartnerID is the holder of the rows about a partner: its place in the file, such as partners.0.
func PartnerID(i int) source.ID { return source.ID("partners." + strconv.Itoa(i)) }

// holdersOf lists who has, or could have, the items of a line: the custodian always; others where a copy stands with them or with those
// who work for them, or could, because the copies are unknown and they work for this program's custodian.
func (x *engine) holdersOf(a askRef) []source.ID {
	out := make([]source.ID, 0, len(x.holderIDs))
	for _, id := range x.holderIDs {
		has := id == x.custodian
		if h := x.p.Holders[id]; !has && (h.Role == "processor" || h.Role == "subprocessor") {
			has = a.Copies.State == source.Unknown || slices.ContainsFunc(a.Copies.But, func(c source.Fact[[]Copy]) bool { return c.State == source.Unknown })
		}
		has = has || x.hasCopy(a.Copies.Is, id)
		for i := range a.Copies.But {
			has = has || x.hasCopy(a.Copies.But[i].Is, id)
		}
		if has {
			out = append(out, id)
		}
	}
	return out
}

func (x *engine) hasCopy(copies []Copy, holder source.ID) bool {
	for i := range copies {
		if x.controls(holder, copies[i].At) {
			return true
		}
	}
	return false
}

// controls reports whether a holder has what stands with another: itself, or one who works for it. The custodian answers for all copies.
func (x *engine) controls(holder, at source.ID) bool {
	return holder == at || holder == x.custodian || x.worksFor(at, holder)
}

// sameHands reports whether a demand on one holder reaches what another has: the same, or one works for the other.
func (x *engine) sameHands(to, holder source.ID) bool {
	return to == holder || x.worksFor(holder, to) || x.worksFor(to, holder)
}

// reachable says whether the office keeps a way to reach the people of a phase.
func (x *engine) reachable(ph phaseRef) source.Tri {
	if out, ok := x.reach[ph.ph]; ok {
		return out
	}
	out := source.No
	if ph.open != nil {
		out = source.Maybe
	}
	for _, s := range x.p.Channels[ph.channel].Steps {
		for _, c := range x.channels {
			if s.Channel == c.id && s.Channel != ph.channel && len(c.ch.Steps) == 0 {
				for _, step := range c.phases {
					is := x.reachable(step)
					if since := s.Since; is == source.Yes && !(ph.ph.From.State == source.Known && len(ph.ph.From.But) == 0 && since.Last <= ph.ph.From.Is.First) {
						is = source.Maybe // the first people of the phase did not go through it
					}
					out = max(out, is)
				}
			}
		}
	}
	for _, a := range ph.asks {
		for _, i := range a.Items {
			if i != "address" && i != "phone" && i != "email" {
				continue
			}
			e := x.existence(ph, a, x.custodian)
			returned := a.Handling.State == source.Known && len(a.Handling.But) == 0 && (a.Handling.Is == "seen_returned" || a.Handling.Is == "not_asked")
			switch {
			case e.Low >= Exists:
				out = source.Yes
			case e.High > None && !returned:
				out = max(out, source.Maybe)
			}
		}
	}
	x.reach[ph.ph] = out
	return out
}

// selectable applies M2.
func (x *engine) selectable(a askRef, item ItemWord, e Existence) Select {
	if e.High == None {
		return NotSelectable
	}
	if item.Paper {
		switch {
		case a.TypeRecorded.State != source.Known || len(a.TypeRecorded.But) > 0:
			return SelectUnknown
		case a.TypeRecorded.Is == "yes":
			return ByField
		case e.Low >= Exists:
			return ByHand
		}
		return SelectUnknown
	}
	if e.Low >= Exists {
		return ByField
	}
	return SelectUnknown
}

// days is a period in days, counted long: 31 days a month, 366 days a year.
func days(p source.Period) source.Day {
	n := 1
	switch p.Unit {
	case source.Weeks:
		n = 7
	case source.Months:
		n = 31
	case source.Years:
		n = 366
	}
	return source.Day(p.N * n)
}
