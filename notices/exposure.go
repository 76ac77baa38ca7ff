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
// looked at, whatever on says. It fails where no rule of a block fits, and on a place that the book does not know.
//
// Everything is in it, also demands that may not be listed: the rows are a working paper.
func Exposures(p *Program, book *law.Book, on source.Day) ([]Row, error) {
	x, err := newEngine(p, book, on, true)
	if err != nil {
		return nil, err
	}
	return x.rows()
}

// engine derives rows for one program on one day.
type engine struct {
	p             *Program
	day           source.Day // the earlier of the day asked for and the edition's day
	demands       []*law.Entry
	guards        []*law.Entry // protections that can change a barrier, by topic answering
	opening       []*law.Entry // protections about public-records requests
	channels      []channelRef
	custodian     source.ID
	holderIDs     []source.ID
	events        []eventRef // demands that came and may be considered
	eventsUnknown bool
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
	asks    []askRef
}

type askRef struct {
	*Ask
	path string
	n    int
}

type eventRef struct {
	*Event
	path string
}

// newEngine indexes a program. With secret, demands that may not be listed count, too.
func newEngine(p *Program, book *law.Book, on source.Day, secret bool) (*engine, error) {
	x := &engine{p: p, day: min(on, p.Edition.AsOf.Last)}
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
	x.eventsUnknown = p.Demands.State == source.Unknown
	for i := range p.Demands.Is {
		e := &p.Demands.Is[i]
		if e.Listed || secret {
			x.events = append(x.events, eventRef{e, "demands." + string(e.ID)})
		}
	}
	return x, nil
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
		kind := slices.Index([]ChannelKind{"online", "kiosk", "mail", "phone", "in_person"}, p.Channels[id].Kind)
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
			pr := phaseRef{id: PhaseID(id + "/" + ph.ID), channel: id, ph: ph, path: "channels." + string(id) + ".phases." + string(ph.ID)}
			for n := range ph.Asks.Is {
				pr.asks = append(pr.asks, askRef{&ph.Asks.Is[n], pr.path + ".asks." + strconv.Itoa(n), n})
			}
			ref.phases = append(ref.phases, pr)
		}
		out = append(out, ref)
	}
	slices.SortFunc(out, func(a, b channelRef) int { return cmp.Or(cmp.Compare(rank(a.id), rank(b.id)), cmp.Compare(a.id, b.id)) })
	return out
}

// at is the reason for a leaf of the file.
func (p *Program) at(path string) Reason {
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
	out := make([]Reason, 1, 1+len(f.But))
	out[0] = Reason{Pos: f.Pos, Path: f.Path, Source: f.Source, Confidence: f.Confidence, By: f.By, On: f.On}
	for _, b := range f.But {
		out = append(out, Reason{Pos: b.Pos, Path: b.Path, Source: b.Source, Confidence: b.Confidence, By: b.By, On: b.On})
	}
	return out
}

func (x *engine) rows() ([]Row, error) {
	var out []Row
	demands := 0
	for _, d := range x.demands {
		if d.Demand.Class != law.Redirect && d.Demand.Class != law.Leak {
			demands++
		}
	}
	n := 0
	for _, c := range x.channels {
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				n += len(a.Items) * len(x.holderIDs) * demands
			}
		}
	}
	out = make([]Row, 0, n)
	for _, c := range x.channels {
		for _, ph := range c.phases {
			reach := x.reachable(ph)
			for _, a := range ph.asks {
				for _, h := range x.holdersOf(a) {
					ex := x.existence(ph, a, h)
					for _, item := range a.Items {
						e := x.sent(ph, a, item, h, ex)
						for _, d := range x.demands {
							if d.Demand.Class == law.Redirect || d.Demand.Class == law.Leak {
								continue
							}
							r := Row{Channel: c.id, Phase: ph.id, Item: item, Holder: h, Demand: d.ID, Existence: e.Existence,
								Rules: e.rules, Because: e.because, Told: x.told(reach), Select: x.selectable(a, item, e.Existence)}
							if err := x.barrier(&r, ph, d); err != nil {
								return nil, err
							}
							out = append(out, r)
						}
					}
				}
			}
		}
	}
	return out, nil
}

// holdersOf lists who has, or could have, the items of a line: the custodian always; others where a copy stands with them, or could,
// because the copies are unknown and they work for this program's custodian.
func (x *engine) holdersOf(a askRef) []source.ID {
	var out []source.ID
	for _, id := range x.holderIDs {
		h := x.p.Holders[id]
		has := id == x.custodian
		for c := range a.Copies.Each {
			if c.State == source.Unknown && (h.Role == "processor" || h.Role == "subprocessor") {
				has = true
			}
			for _, k := range c.Is {
				has = has || k.At == id
			}
		}
		if has {
			out = append(out, id)
		}
	}
	return out
}

// found is an existence with the rules and reasons that gave it.
type found struct {
	Existence
	rules   []Rule
	because []Reason
}

func (f *found) add(e Existence, first bool, rules ...Rule) {
	if first {
		f.Existence = e
	} else {
		f.Existence = f.hull(e)
	}
	for _, r := range rules {
		if !slices.Contains(f.rules, r) {
			f.rules = append(f.rules, r)
		}
	}
}

// hold tells whether a hold covers a series on the day.
func (x *engine) hold(series source.ID) source.Tri {
	switch x.p.Holds.State {
	case source.Known:
	case source.NotApplicable:
		return source.No
	default:
		return source.Maybe
	}
	out := source.No
	for f := range x.p.Holds.Each {
		if f.State == source.Unknown {
			out = max(out, source.Maybe)
		}
		for _, h := range f.Is {
			if len(h.Scope) > 0 && !slices.Contains(h.Scope, series) {
				continue
			}
			open := source.Maybe
			switch h.From.State {
			case source.Known:
				if h.From.Is.First > x.day {
					open = source.No
				} else if h.From.Is.Last <= x.day {
					open = source.Yes
				}
			}
			if h.To.State == source.Known && !h.To.Is.Open {
				if h.To.Is.Date.Last < x.day {
					open = source.No
				} else if h.To.Is.Date.First <= x.day {
					open = min(open, source.Maybe)
				}
			} else if h.To.State == source.Unknown {
				open = min(open, source.Maybe)
			}
			out = max(out, open)
		}
	}
	return out
}

// existence applies X3 to X10 and X1's certain recipients, for one line at one holder: the hull over every reading that the file leaves
// open (a source that disagrees, an unknown).
func (x *engine) existence(ph phaseRef, a askRef, holder source.ID) found {
	f := found{because: make([]Reason, 0, 8)}
	f.because = append(f.because, because(x.p, a.Handling)...)
	f.because = append(f.because, because(x.p, a.Copies)...)
	if a.Backups.State != source.Unsaid {
		f.because = append(f.because, because(x.p, a.Backups)...)
	}
	if r, ok := x.p.Retention[a.Retention]; ok {
		f.because = append(f.because, because(x.p, r.Period)...)
	}
	f.because = append(f.because, because(x.p, x.p.Holds)...)
	first := true
	for h := range a.Handling.Each {
		for c := range a.Copies.Each {
			x.reading(&f, first, ph, a, holder, h, c)
			first = false
		}
	}
	return f
}

// reading adds one reading: one source's word on the handling, one source's word on the copies.
func (x *engine) reading(f *found, first bool, ph phaseRef, a askRef, holder source.ID, h source.Fact[Handling], c source.Fact[[]Copy]) {
	add := func(e Existence, r ...Rule) { f.add(e, first, r...); first = false }
	one := func(l Level) Existence { return Existence{l, l} }
	hold := x.hold(a.Retention)

	// The copies that this holder has or controls.
	var copies []Copy
	custodian := holder == x.custodian
	for _, k := range c.Is {
		if k.Kind == "recipient" || x.p.Holders[k.At].Role == "recipient" {
			add(one(Sent), "X1") // whatever became of it since
			return
		}
		if k.At == holder || custodian {
			copies = append(copies, k)
		}
	}
	backup := source.No
	switch a.Backups.State {
	case source.Known:
		if a.Backups.Is.Word != "none" {
			backup = source.Yes
		}
	case source.Unknown:
		backup = source.Maybe
	}
	copied := len(copies) > 0 || custodian && backup == source.Yes
	kept := copied // a copy that stays; one with a lag goes by itself
	if len(copies) > 0 && h.Is == "image_transient" && h.State == source.Known {
		kept = false
		for _, k := range copies {
			kept = kept || k.PurgeLag.State == source.Unsaid && k.Kind != "cache" && k.Kind != "printer_spool"
		}
	}

	if h.State == source.Unknown && !copied {
		add(Existence{None, Exists}, "X3")
		return
	}
	transient := h.State == source.Known && h.Is == "image_transient" && !kept
	bearing := copied
	if custodian && h.State == source.Known {
		switch h.Is {
		case "stored", "fields_extracted", "noted_yes_no", "forwarded":
			bearing = true
		}
	}
	if !custodian && !copied {
		switch {
		case c.State == source.Unknown: // it could be here as well
			add(Existence{None, Exists}, "X3")
		case c.Verified():
			add(one(None), "X10")
		default:
			add(Existence{None, Exists}, "X9")
		}
		return
	}
	switch {
	case !bearing && !transient: // not asked, or looked at and returned
		switch {
		case c.State == source.Known && len(c.Is) == 0 && c.Verified() && h.State == source.Known:
			add(one(None), "X10")
		default:
			add(Existence{None, Exists}, "X9")
		}
		return
	case hold == source.Yes:
		add(one(Exists), "X4")
		return
	case transient:
		x.transient(add, ph, copies, c, hold)
		return
	}
	// Kept. Is the disposal of every copy certified?
	if x.disposed(copies, a) {
		add(one(None), "X7")
		if hold == source.Maybe {
			add(one(Exists), "X4")
		}
		return
	}
	r, ok := x.p.Retention[a.Retention]
	if !ok || r.Period.State != source.Known || r.AtEnd.State != source.Known {
		add(one(Exists), "X5")
		return
	}
	add(one(Exists), "X6")
}

// transient applies X8: an image that is there for a known time only.
func (x *engine) transient(add func(Existence, ...Rule), ph phaseRef, copies []Copy, c source.Fact[[]Copy], hold source.Tri) {
	one := func(l Level) Existence { return Existence{l, l} }
	if c.State == source.Unknown {
		add(Existence{Trace, Exists}, "X8", "X5")
		return
	}
	lag, known := source.Day(0), len(copies) > 0
	for _, k := range copies {
		if k.PurgeLag.State != source.Known || k.PurgeLag.Is.Word != "" || len(k.PurgeLag.But) > 0 {
			known = false
			continue
		}
		lag = max(lag, days(k.PurgeLag.Is))
	}
	if !known {
		add(one(Exists), "X8")
		return
	}
	add(one(Trace), "X8")
	if ph.ph.To.State == source.Known && !ph.ph.To.Is.Open && ph.ph.To.Is.Date.Last+lag < x.day && len(ph.ph.To.But) == 0 {
		add(Existence{None, Trace}, "X8") // the time is over; nobody has certified it
	}
	if hold == source.Maybe {
		add(one(Exists), "X4")
	}
}

// disposed reports X7: a named person certified, on a day, that every copy is destroyed, and there is no spare copy.
func (x *engine) disposed(copies []Copy, a askRef) bool {
	if len(copies) == 0 || a.Backups.State != source.Known || a.Backups.Is.Word != "none" || len(a.Backups.But) > 0 {
		return false
	}
	for _, k := range copies {
		d := k.Disposed
		if !d.Verified() || d.Is != "yes" || len(d.But) > 0 || d.On.Last > x.day {
			return false
		}
	}
	return true
}

// sent applies X1 and X2: what the answers to demands did to the high end.
func (x *engine) sent(ph phaseRef, a askRef, item, holder source.ID, base found) found {
	out := base
	cloned := false
	raise := func(low, high Level, r Rule, ev eventRef) {
		if !cloned {
			out.rules, out.because, cloned = slices.Clone(base.rules), slices.Clone(base.because), true
		}
		out.Low, out.High = max(out.Low, low), max(out.High, high)
		if !slices.Contains(out.rules, r) {
			out.rules = append(out.rules, r)
		}
		out.because = append(out.because, because(x.p, ev.Answer)...)
		out.because = append(out.because, because(x.p, ev.Given)...)
	}
	for _, ev := range x.events {
		if !x.sameHands(ev.To, holder) {
			continue
		}
		covers := x.covers(ev, ph, item)
		if covers == source.No {
			continue
		}
		given := func(g source.Fact[Given]) {
			switch {
			case g.State == source.Known && g.Is == "all_records" && covers == source.Yes:
				raise(Sent, Sent, "X1", ev)
			case g.State == source.Known && (g.Is == "all_records" || g.Is == "some_records"):
				raise(base.Low, Sent, "X2", ev)
			}
		}
		for g := range ev.Given.Each {
			given(g)
		}
		for ans := range ev.Answer.Each {
			switch {
			case ans.State == source.Unknown:
				raise(base.Low, MayBeSent, "X2", ev)
			case ans.State != source.Known:
			case ans.Is == "complied" && covers == source.Yes:
				raise(Sent, Sent, "X1", ev)
			case ans.Is == "complied":
				raise(base.Low, Sent, "X2", ev)
			case ans.Is == "partial" || ans.Is == "undisclosed" || ans.Is == "ordered":
				raise(base.Low, MayBeSent, "X2", ev)
			}
		}
	}
	return out
}

// sameHands reports whether a demand on one holder reaches what another has: the same, or the one for whom it works.
func (x *engine) sameHands(to, holder source.ID) bool {
	return to == holder || x.p.Holders[holder].For == to || x.p.Holders[to].For == holder
}

// covers says whether a demand asks for this item of this phase (modifiers M3 and M4): the window against the phase, the papers asked
// for against the papers of the phase, the things wanted.
func (x *engine) covers(ev eventRef, ph phaseRef, item source.ID) source.Tri {
	out := source.Yes
	if ev.Scope != "group" || ev.Asks.State != source.Known || len(ev.Asks.But) > 0 {
		out = source.Maybe
	}
	if ev.Wants.State == source.Known && len(ev.Wants.But) == 0 {
		if !slices.Contains(ev.Wants.Is, item) {
			return source.No
		}
	} else {
		out = source.Maybe
	}
	for _, pr := range ev.Asks.Is {
		switch pr.Field {
		case "applied_on":
			in := x.window(pr, ph)
			if in == source.No && len(ev.Asks.But) == 0 {
				return source.No
			}
			out = min(out, in)
		case "document_type":
			has := false
			for _, a := range ph.asks {
				for _, i := range a.Items {
					has = has || slices.Contains(pr.Any, i)
				}
			}
			if !has && ph.ph.Asks.State == source.Known && len(ev.Asks.But) == 0 && !x.isStep(ph.channel) {
				return source.No
			}
			out = source.Maybe
		default:
			out = source.Maybe
		}
	}
	return out
}

func (x *engine) isStep(id source.ID) bool {
	for _, c := range x.p.Channels {
		for _, s := range c.Steps {
			if s.Channel == id {
				return true
			}
		}
	}
	return false
}

// window says whether the days of a phase lie in the days that a demand asks about (M3).
func (x *engine) window(pr Predicate, ph phaseRef) source.Tri {
	out := source.Yes
	for from := range ph.ph.From.Each {
		for to := range ph.ph.To.Each {
			if from.State != source.Known || to.State != source.Known {
				out = min(out, source.Maybe)
				continue
			}
			last := to.Is.Date.Last
			if to.Is.Open {
				last = x.p.Edition.AsOf.Last
			}
			switch {
			case !pr.From.IsZero() && last < pr.From.First, !pr.To.IsZero() && from.Is.First > pr.To.Last:
				out = min(out, source.No)
			case !pr.From.IsZero() && from.Is.First < pr.From.Last, !pr.To.IsZero() && last > pr.To.First:
				out = min(out, source.Maybe)
			}
		}
	}
	return out
}

// reachable says whether the office keeps a way to reach the people of a phase.
func (x *engine) reachable(ph phaseRef) source.Tri {
	out := source.No
	for _, c := range x.channels {
		for _, s := range x.p.Channels[ph.channel].Steps {
			if s.Channel == c.id && s.Channel != ph.channel {
				for _, step := range c.phases {
					if len(x.p.Channels[c.id].Steps) == 0 {
						out = max(out, x.reachable(step))
					}
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
			switch {
			case e.Low >= Exists:
				return source.Yes
			case e.High > None && !(a.Handling.Is == "seen_returned" && len(a.Handling.But) == 0):
				out = max(out, source.Maybe)
			}
		}
	}
	return out
}

// told applies K1.
func (x *engine) told(reach source.Tri) Told {
	t := x.p.Tells
	if reach == source.No {
		return ToldNoAddress
	}
	if t.State != source.Known || len(t.But) > 0 {
		return ToldUnknown
	}
	switch t.Is {
	case "by_law":
		return ToldByLaw
	case "says_it_will":
		return ToldByPolicy
	}
	return ToldNotByLaw
}

// selectable applies M2.
func (x *engine) selectable(a askRef, item source.ID, e Existence) Select {
	if e.High == None {
		return NotSelectable
	}
	if i, _ := x.p.Item(item); i.Paper {
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
	return source.Day(p.N * map[source.Unit]int{source.Days: 1, source.Weeks: 7, source.Months: 31, source.Years: 366}[p.Unit])
}
