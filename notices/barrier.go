package notices

import (
	"bytes"
	"fmt"
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// weigher derives the barriers of one phase, one holder, one item after the other, and keeps what is the same for all of them. Its lists
// are those of the row at hand: keep copies them.
type weigher struct {
	*engine
	ph     phaseRef
	at     source.ID // the holder
	h      Holder
	word   ItemWord
	exists Existence // of the item, with what the answers to demands did to it

	guards    []weighed // engine.guards, with the text that holds for the phase
	opening   []weighed
	addresses []weighed

	profile     []byte   // all of an item that decides its rows
	holderBy    []Reason // what the file says of the holder
	lineRules   []Rule   // that gave the existence
	lineReasons []Reason // likewise
	ruleList    []Rule
	reasons     []Reason
	lawList     []source.ID
	disputed    []source.ID
}

// weighed is one protection in one text, for one holder and one item.
type weighed struct {
	entry    *law.Entry
	versions []*law.Version // more than one where it is not known which text holds
	now      law.Status
	binds    law.Verdict
	phase    bool // the phase's rule decides which
	covers   law.Verdict
	forbids  law.Verdict
	gives    Barrier // an exemption: what it lets the office do with the item
	certain  bool    // whatever text holds
}

// phase looks up which text of each protection holds for the people of a phase.
func (w *weigher) phase(ph phaseRef) {
	w.ph = ph
	w.guards = w.texts(w.guards[:0], w.engine.guards)
	w.opening = w.texts(w.opening[:0], w.engine.opening)
	w.addresses = w.texts(w.addresses[:0], w.engine.addresses)
}

func (w *weigher) texts(out []weighed, entries []*law.Entry) []weighed {
	for _, e := range entries {
		now := e.EffectOn(w.day).Is
		if !e.Force.Binding() || now == law.Repealed || now == law.Enjoined { // a policy, a contract or a statement changes no barrier
			continue
		}
		if vs, phase := w.versions(e, w.ph); len(vs) > 0 {
			out = append(out, weighed{entry: e, versions: vs, now: now, phase: phase})
		}
	}
	return out
}

// holder looks up whom the protections bind.
func (w *weigher) holder(id source.ID) {
	w.at, w.h = id, w.p.Holders[id]
	path := "holders." + string(id)
	w.holderBy = append(w.holderBy[:0], w.p.at("program.jurisdiction"), w.p.at(path+".role"), w.p.at(path+".kind"))
	if w.h.Within != "" {
		w.holderBy = append(w.holderBy, w.p.at(path+".within"))
	}
	if w.h.For != "" {
		w.holderBy = append(w.holderBy, w.p.at(path+".for"))
	}
	w.holderBy = addBecause(w.holderBy, &w.h.Control)
	for i := range w.guards {
		g := &w.guards[i]
		g.binds = w.bindsAny(g, id)
	}
	for i := range w.addresses {
		g := &w.addresses[i]
		g.binds = w.bindsAny(g, id)
	}
	for i := range w.opening { // the office opens what its company has
		g := &w.opening[i]
		if g.binds = w.bindsAny(g, id); g.binds == law.DoesNot {
			g.binds = w.bindsAny(g, w.custodian)
		}
	}
}

// partner looks at a partner of the program: no law is known to bind one whose kind the file does not say.
func (w *weigher) partner(i int) {
	w.at, w.h = PartnerID(i), Holder{}
	w.holderBy = append(w.holderBy[:0], w.p.at("program.jurisdiction"))
	for _, list := range [][]weighed{w.guards, w.addresses, w.opening} {
		for k := range list {
			list[k].binds = law.DoesNot
		}
	}
}

func (w *weigher) bindsAny(g *weighed, id source.ID) law.Verdict {
	out := w.binds(g.entry, g.versions[0], id)
	for _, v := range g.versions[1:] {
		out = either(out, w.binds(g.entry, v, id))
	}
	return out
}

// either is the verdict where one of two holds, and nobody knows which.
func either(a, b law.Verdict) law.Verdict {
	if a == b {
		return a
	}
	return law.Undecided
}

// item looks up what the protections say of an item, and applies X1 and X2 to what exists of its line. It reports whether the item fares
// as the one before it.
func (w *weigher) item(id source.ID, line *found, demands []*law.Entry) (alike bool) {
	w.word, _ = w.p.Item(id)
	w.word.ID = id
	before := len(w.profile)
	defer func() {
		alike = bytes.Equal(w.profile[:before], w.profile[before:])
		w.profile = append(w.profile[:0], w.profile[before:]...)
	}()
	for i := range w.guards {
		w.guards[i].look(w.word)
		w.profile = append(w.profile, w.guards[i].covers...)
	}
	for i := range w.addresses {
		w.addresses[i].look(w.word)
		w.profile = append(w.profile, w.addresses[i].covers...)
	}
	for i := range w.opening {
		gives, certain := w.opening[i].opens(w.word)
		w.opening[i].gives, w.opening[i].certain = gives, certain
		w.profile = append(w.profile, byte(gives), flag(certain))
	}
	for _, d := range demands {
		if len(d.Demand.Items) > 0 {
			w.profile = append(w.profile, flag(w.reaches(d)))
		}
	}
	if _, own := w.p.Items[id]; own { // its class decides, and its name is its own
		w.profile = append(w.profile, id...)
	}
	w.exists = line.Existence
	w.lineRules = append(w.lineRules[:0], line.rules...)
	w.lineReasons = w.lineReasons[:0]
	if w.secret {
		w.lineReasons = append(w.lineReasons, line.because...)
	}
	if _, own := w.p.Items[id]; own {
		w.lineReasons = append(w.lineReasons, w.p.at("items."+string(id)+".class"))
	}
	for _, ev := range w.events {
		if !w.sameHands(ev.To, w.at) {
			continue
		}
		covers := w.covers(ev, w.ph, id)
		w.profile = append(w.profile, byte(covers))
		if covers == source.No {
			continue
		}
		e, rule := w.answered(ev, covers, w.exists)
		if rule == "" {
			continue
		}
		w.exists = e
		if !slices.Contains(w.lineRules, rule) {
			w.lineRules = append(w.lineRules, rule)
		}
		w.lineReasons = addBecause(addBecause(w.lineReasons, &ev.Answer), &ev.Given)
	}
	return false
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func (g *weighed) look(item ItemWord) {
	v := g.versions[0]
	g.covers, g.forbids = covering(v, item), forbids(v)
	for _, v := range g.versions[1:] {
		g.covers, g.forbids = either(g.covers, covering(v, item)), either(g.forbids, forbids(v))
	}
}

// covering says whether a text covers an item. Of an item that is not known it is decided only where it is the same for all items.
func covering(v *law.Version, item ItemWord) law.Verdict {
	out := v.Covering(item.ID, item.Class)
	if item.ID == "" {
		for _, c := range v.Covers {
			out = either(out, c.Is)
		}
	}
	return out
}

// forbids says whether the quoted words of a text forbid.
func forbids(v *law.Version) law.Verdict {
	if v.Forbids == law.Does && v.Words.State != source.Known {
		return law.Undecided
	}
	return v.Forbids
}

// may reports whether a protection may stop a demand: it blocks demands of its class, binds and covers, and excepts nothing that this
// demand is. strong says that all of it is certain: in force, quoted words that forbid, read by somebody.
func (g *weighed) may(d *law.Entry) (may, strong bool) {
	if g.binds == law.DoesNot || g.covers == law.DoesNot {
		return false, false
	}
	lets := g.versions[0].Lets(d)
	for _, v := range g.versions[1:] {
		lets = either(lets, v.Lets(d))
	}
	if lets == law.Does {
		return false, false
	}
	return true, lets == law.DoesNot && g.binds == law.Does && g.covers == law.Does && g.forbids == law.Does && g.now == law.InForce &&
		g.entry.Confidence != source.Unverified
}

// barrier applies P1 and G1 to G10 to one row, then the modifiers M1 to M4 and K1. No match is an error.
func (w *weigher) barrier(r *Row, d *law.Entry) error {
	w.ruleList = append(append(w.ruleList[:0], w.lineRules...), "P0")
	w.reasons = append(w.reasons[:0], w.lineReasons...)
	w.lawList, w.disputed = w.lawList[:0], w.disputed[:0]
	told, tells := w.told(d)
	r.Told = told
	err := w.decide(r, d)
	w.modifiers(d)
	if w.secret {
		w.because(d)
		if tells != nil {
			w.reasons = append(w.reasons, Reason{Law: tells.ID, Cite: tells.Citation, Rule: "K1"})
		}
	} else {
		w.reasons = w.reasons[:0] // a notice gives reasons of its own
	}
	return err
}

func (w *weigher) decide(r *Row, d *law.Entry) error {
	w.reasons = append(w.reasons, Reason{Law: d.ID, Cite: d.Citation})
	if f := w.answer(d); f != nil && f.State == source.NotApplicable && len(f.But) == 0 {
		w.reasons = addBecause(w.reasons, f)
		w.set(r, NotApplicableBarrier, "P1")
		return nil
	}
	if !w.applies(d) {
		w.reasons[len(w.reasons)-1].Rule = "P1"
		w.set(r, NotApplicableBarrier, "P1")
		return nil
	}
	if d.Demand.Purpose != nil { // outside its purpose, and used all the same
		w.reasons[len(w.reasons)-1].Rule = "P1"
		w.ruleList = append(w.ruleList, "P1")
	}
	if r.Existence.High == None {
		w.set(r, NothingToReach, "G1")
		return nil
	}
	class := d.Demand.Class
	if class == law.CourtOrder {
		w.set(r, Ordered, "G2")
		return nil
	}
	ev, order := w.ordered(d)
	if order == source.Yes {
		w.set(r, Ordered, "G2")
		w.reasons = addBecause(w.reasons, &ev.Answer)
		return nil
	}
	if ev, ok := w.paused(d); ok {
		if class == law.RecordsRequest { // what can be opened if the pause ends
			if w.opened(r, d); r.Barrier != Disputed {
				r.Without = r.Barrier
			}
			r.WouldBe = NoWouldBe
			w.ruleList = w.ruleList[:len(w.ruleList)-1]
		}
		w.set(r, PausedByCourt, "G3")
		w.reasons = addBecause(w.reasons, &ev.CourtOn)
		return nil
	}
	if err := w.unordered(r, d); err != nil {
		return err
	}
	if order == source.Maybe && r.Strength() > 0 {
		if r.Barrier != Disputed {
			r.WouldBe = r.Barrier
		}
		r.Without = Ordered
		w.reasons = addBecause(w.reasons, &ev.Answer)
		w.set(r, BarrierUnknown, "G2")
	}
	return nil
}

// unordered applies G4 to G10: where no court has ordered or stopped the answer.
func (w *weigher) unordered(r *Row, d *law.Entry) error {
	switch class := d.Demand.Class; class {
	case law.FederalCourt, law.Inspection:
		w.set(r, BindingOnService, "G4")
	case law.StateCourt:
		w.set(r, StateCourtBarrier, "G5")
		for i := range w.addresses { // they change no barrier, but belong before the judge
			if g := &w.addresses[i]; g.binds != law.DoesNot && g.covers != law.DoesNot {
				w.weighs(g.entry, true)
			}
		}
	case law.Administrative:
		w.guarded(r, d, CourtFirst, HolderMayAnswer, "G6", "G7")
	case law.SecurityLetter:
		w.set(r, HolderMayAnswer, "G7")
	case law.Feed:
		w.guarded(r, d, BlockedByLaw, NoBarrier, "G8", "G8")
	case law.Voluntary, law.Broker:
		w.guarded(r, d, BlockedByLaw, NoBarrier, "G9", "G9")
	case law.RecordsRequest:
		w.opened(r, d)
	default:
		return fmt.Errorf("no rule of the decision table fits a demand of class %q (%s)", class, d.ID)
	}
	return nil
}

func (w *weigher) set(r *Row, b Barrier, rule Rule) {
	r.Barrier = b
	w.ruleList = append(w.ruleList, rule)
}

// applies is P1: can this route be sent to this kind of holder, and reach this kind of item, on this day?
func (w *weigher) applies(d *law.Entry) bool {
	dm := d.Demand
	switch {
	case dm.Class == law.ArrestWarrant: // it arrests a person; it reaches no record
		return false
	case dm.Class == law.Inspection && w.p.People != "employees" && w.h.Kind != "employer":
		return false
	case dm.Class == law.RecordsRequest && w.h.Role != "custodian" && w.h.Kind == "company" && w.independent(w.at): // a private company of its own answers no records request
		return false
	case w.h.Kind != "" && (len(dm.SentTo) > 0 && !slices.ContainsFunc(dm.SentTo, w.h.Kind.IsA) || slices.ContainsFunc(dm.NotTo, w.h.Kind.IsA)): // of a partner, the kind is not known
		return false
	case !w.begun(d), dm.Purpose != nil && dm.Purpose.Misused == law.DoesNot:
		return false
	}
	return w.reaches(d)
}

// answer is what the file says of a route: whether the program's records can be reached by it. It speaks of the office and of those who
// work for it, and of nobody else who has a copy. It is nil where no key of also_reached_by is about the route.
func (w *weigher) answer(d *law.Entry) *source.Fact[Applies] {
	if w.at != w.custodian && !w.worksFor(w.at, w.custodian) {
		return nil
	}
	switch r := &w.p.Routes; d.Demand.AnsweredBy {
	case "records_request":
		return &r.RecordsRequest
	case "agreement":
		return &r.Agreement
	case "direct_query":
		return &r.DirectQuery
	case "funding_condition":
		return &r.Funding
	case "voluntary_sharing":
		return &r.Voluntary
	case "broker":
		return &r.Broker
	}
	return nil
}

// begun reports whether a kind of demand exists on the day, or may.
func (x *engine) begun(d *law.Entry) bool {
	return d.Demand.From.IsZero() || d.Demand.From.First <= x.day
}

// reaches reports whether a demand can be for the item, or may, where the item is not known.
func (w *weigher) reaches(d *law.Entry) bool {
	of := d.Demand.Items
	return len(of) == 0 || w.word.ID == "" || slices.Contains(of, w.word.ID) || slices.Contains(of, source.ID(w.word.Class))
}

// independent reports whether a holder certainly controls its copies itself.
func (x *engine) independent(id source.ID) bool {
	c := x.p.Holders[id].Control
	return c.State == source.Known && c.Is == "independent" && len(c.But) == 0
}

// ordered finds a court's order (P2) to answer a demand of this kind that may cover the row: yes where one source says that it stands, and
// maybe where a court has decided, but the file does not say what.
func (w *weigher) ordered(d *law.Entry) (by eventRef, is source.Tri) {
	for _, ev := range w.events {
		if ev.Kind != d.ID || !w.sameHands(ev.To, w.at) {
			continue
		}
		if on := &ev.CourtOn; w.only != "" && ev.ID != w.only && !(on.State == source.Known && on.Is == "such_demands") {
			continue // a court's order about another paper is none about this one
		}
		if t := w.stands(ev.Event); t > is && w.covers(ev, w.ph, w.word.ID) != source.No {
			by, is = ev, t
		}
	}
	return by, is
}

// stands tells whether an order to answer stands, in the worst of what the sources say. An appeal stops no order; where only an appeal is
// known, what the court decided is not.
func (x *engine) stands(ev *Event) source.Tri {
	out := source.No
	for c := range ev.Court.Each {
		for a := range ev.Answer.Each {
			answered := a.State == source.Known && a.Is == "ordered"
			court := c.Is
			if c.State != source.Known || !c.On.IsZero() && c.On.First > x.day {
				court = ""
			}
			switch {
			case court == "stayed" || court == "enjoined" || court == "quashed":
			case court == "ordered", answered:
				return source.Yes
			case court == "appealed" && !(a.State == source.Known && a.Is == "quashed"):
				out = source.Maybe
			}
		}
	}
	return out
}

// paused finds a stay, an injunction or a quashing (P2). It counts only where the file says, without another source against it, that it
// holds for all such demands to this holder: another demand may come tomorrow.
func (w *weigher) paused(d *law.Entry) (eventRef, bool) {
	for _, ev := range w.events {
		c, on := &ev.Court, &ev.CourtOn
		if ev.Kind == d.ID && ev.To == w.at && w.word.ID != "" && // what nobody knows may be something else
			c.State == source.Known && len(c.But) == 0 && (c.Is == "stayed" || c.Is == "enjoined" || c.Is == "quashed") && (c.On.IsZero() || c.On.First <= w.day) &&
			on.State == source.Known && len(on.But) == 0 && on.Is == "such_demands" && !w.carried(ev, w.ph, w.word.ID) && w.covers(ev, w.ph, w.word.ID) != source.No {
			return ev, true
		}
	}
	return eventRef{}, false
}

// versions gives the text that holds for the people of a phase: the one under which they gave their facts where the phase names it (P0),
// else the one in force on the day. Where the phase's rule is unknown, or sources disagree, it gives every text that could be. phase says
// whether the rule of the phase had a say.
func (x *engine) versions(e *law.Entry, ph phaseRef) (out []*law.Version, phase bool) {
	rule := &ph.ph.Rule
	add := func(v *law.Version) {
		if v != nil && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	for f := range rule.Each {
		id, version, ok := cutRule(f.Is)
		switch {
		case f.State == source.Known && ok && id == e.ID:
			add(e.Version(version))
			phase = true
		case f.State == source.Unknown:
			phase = true
			for i := range e.Versions {
				if v := &e.Versions[i]; v.From.State != source.Known || v.From.Is.First <= x.day {
					add(v)
				}
			}
		default:
			add(e.On(x.day))
		}
	}
	return out, phase
}

func cutRule(rule source.ID) (id, version source.ID, ok bool) {
	for i := range rule {
		if rule[i] == '@' {
			return rule[:i], rule[i+1:], true
		}
	}
	return rule, "", false
}

// binds says whether a protection binds a holder: by its kind, its place, and whether it is the custodian of a program under this law.
// It is undecided where that turns on what the file does not know: the program's law, or the place of another office.
func (x *engine) binds(e *law.Entry, v *law.Version, holder source.ID) law.Verdict {
	h := x.p.Holders[holder]
	at := law.Holder{Kind: h.Kind, Within: h.Within, Custodian: holder == x.custodian, Authority: x.p.Program.Authority.Is}
	if at.Within == "" && at.Custodian {
		at.Within = x.p.Program.Jurisdiction
	}
	out := e.Binds(v, at)
	if a := &x.p.Program.Authority; a.State == source.Unknown {
		at.Authority = []source.ID{e.ID}
		out = either(out, e.Binds(v, at))
	} else {
		for i := range a.But {
			at.Authority = a.But[i].Is
			if a.But[i].State == source.Unknown {
				at.Authority = []source.ID{e.ID}
			}
			out = either(out, e.Binds(v, at))
		}
	}
	if out == law.Does && at.Within == "" && public(h.Kind) {
		return law.Undecided
	}
	return out
}

// public tells the kinds of office, whose laws depend on their place.
func public(k law.HolderKind) bool {
	switch k {
	case "city_agency", "county_agency", "state_agency", "motor_vehicle_agency", "law_enforcement", "school", "court":
		return true
	}
	return false
}

// guarded sets the barrier that protections give, or the one without them. Several laws: all are listed, the strongest undisputed one
// decides.
func (w *weigher) guarded(r *Row, d *law.Entry, with, without Barrier, rule, ruleWithout Rule) {
	any, certain, phase := false, false, false
	for i := range w.guards {
		g := &w.guards[i]
		may, strong := g.may(d)
		if !may {
			continue
		}
		any, certain = true, certain || strong
		w.weighs(g.entry, strong)
		phase = phase || g.phase
	}
	if phase {
		w.reasons = addBecause(w.reasons, &w.ph.ph.Rule)
	}
	r.Without = without
	switch {
	case certain:
		w.set(r, with, rule)
	case any:
		w.set(r, Disputed, rule)
		r.WouldBe = with
	default:
		w.set(r, without, ruleWithout)
	}
}

func (w *weigher) weighs(e *law.Entry, strong bool) {
	w.lawList = append(w.lawList, e.ID)
	w.reasons = append(w.reasons, Reason{Law: e.ID, Cite: e.Citation})
	if !strong {
		w.disputed = append(w.disputed, e.ID)
	}
}

// opened applies G10 to a public-records request, field by field. An exemption whose law is contested helps no more than another law
// that is.
func (w *weigher) opened(r *Row, d *law.Entry) {
	base, best := NoBarrier, NoBarrier
	for i := range w.opening {
		g := &w.opening[i]
		if g.binds == law.DoesNot {
			continue
		}
		gives := g.gives
		certain := g.certain && g.binds == law.Does && g.now == law.InForce && g.entry.Confidence != source.Unverified
		if w.weighs(g.entry, certain || gives == NoBarrier); certain {
			base = max(base, gives)
		}
		best = max(best, gives)
	}
	w.guarded(r, d, BlockedByLaw, base, "G10", "G10")
	if r.Barrier == base && best > base {
		r.Barrier, r.WouldBe = Disputed, best
	}
}

// opens says what an exemption lets the office do with an item: keep it back, weigh it, or nothing.
func (g *weighed) opens(item ItemWord) (gives Barrier, certain bool) {
	certain = true
	for i, v := range g.versions {
		has := func(list []source.ID) bool {
			return item.ID == "" && len(list) > 0 || slices.Contains(list, item.ID) || slices.Contains(list, source.ID(item.Class))
		}
		is := NoBarrier
		switch {
		case has(v.Exempt):
			is = HolderMayWithhold
		case has(v.Balance):
			is = HolderMayAnswer
		}
		certain = certain && (i == 0 || is == gives) && (item.ID != "" || is == NoBarrier)
		gives = max(gives, is)
	}
	return gives, certain
}

// told applies K1 to the item at hand: does the person whose fact it is hear of a demand? A law that makes the holder tell comes first. What
// the office says or must do holds for its own copies, and for those of a company that certainly tells the office. Whether it means other
// people than the applicants, nobody says. by is the law of the book that decides it.
func (w *weigher) told(d *law.Entry) (told Told, by *law.Entry) {
	t := &w.p.Tells
	contact := w.word.Subject != "" && w.word.Class == "contact" && w.exists.High > None // the fact is itself the way to reach that person
	must, by := w.mustTell(d)
	said := t.State == source.Known && len(t.But) == 0
	switch {
	case w.reachable(w.ph) == source.No && !contact:
		return ToldNoAddress, nil
	case w.word.Subject == "" && must == law.Does:
		return ToldByLaw, by
	case said && t.Is != "no" && w.word.Subject == "" && w.hears():
		if t.Is == "by_law" {
			return ToldByLaw, nil
		}
		return ToldByPolicy, nil
	case said && t.Is == "no" && must == law.DoesNot:
		return ToldNotByLaw, nil
	}
	return ToldUnknown, by
}

// mustTell says whether a law in force makes the holder at hand tell people of a paper that is served on it. It is undecided where the law
// may not bind it, not be about the item, or not be meant for this demand.
func (w *weigher) mustTell(d *law.Entry) (is law.Verdict, by *law.Entry) {
	is = law.DoesNot
	for i := range w.guards {
		g := &w.guards[i]
		if !d.Demand.Subpoena || g.binds == law.DoesNot || g.covers == law.DoesNot || !slices.ContainsFunc(g.versions, func(v *law.Version) bool { return v.Tells != nil }) {
			continue
		}
		v := law.Does
		for _, text := range g.versions {
			if text.Tells == nil || text.Words.State != source.Known || !d.Demand.Immigration && slices.Contains(text.Exceptions, law.NotImmigration) {
				v = law.Undecided
			}
		}
		if v == law.Does && g.binds == law.Does && g.covers == law.Does && g.now == law.InForce && g.entry.Confidence != source.Unverified {
			return law.Does, g.entry
		}
		if is == law.DoesNot {
			is, by = law.Undecided, g.entry
		}
	}
	return is, by
}

// hears reports whether the office certainly hears of a demand on the holder at hand.
func (w *weigher) hears() bool {
	if w.at == w.custodian {
		return true
	}
	c := w.h.Contract
	return c != nil && c.TellsOfDemands.State == source.Known && len(c.TellsOfDemands.But) == 0 && c.TellsOfDemands.Is == "yes"
}

// modifiers adds M1 to M4 and K1, always, after the barrier.
func (w *weigher) modifiers(d *law.Entry) {
	if w.h.Role == "processor" || w.h.Role == "subprocessor" {
		w.ruleList = append(w.ruleList, "M1")
	}
	if d.Demand.Group {
		w.ruleList = append(w.ruleList, "M2")
	}
	if w.came(d) != nil {
		w.ruleList = append(w.ruleList, "M3", "M4")
	}
	if ev := w.inCourt(d); ev != nil {
		w.ruleList = append(w.ruleList, "P2")
	}
	w.ruleList = append(w.ruleList, "K1")
}

// because adds what the modifiers and all of a row rest on.
func (w *weigher) because(d *law.Entry) {
	if (w.h.Role == "processor" || w.h.Role == "subprocessor") && w.h.Contract != nil {
		w.reasons = addBecause(w.reasons, &w.h.Contract.TellsOfDemands)
	}
	if ev := w.came(d); ev != nil {
		w.reasons = addBecause(w.reasons, &ev.Asks)
	}
	if ev := w.inCourt(d); ev != nil {
		w.reasons = addBecause(w.reasons, &ev.Court)
	}
	w.reasons = append(append(w.reasons, w.holderBy...), w.tellsBy...)
}

// inCourt gives the first demand of a kind that may be about the row and of which a court has heard (P2), or nil.
func (w *weigher) inCourt(d *law.Entry) *Event {
	for _, ev := range w.events {
		if ev.Kind != d.ID || !w.sameHands(ev.To, w.at) {
			continue
		}
		heard := len(ev.Court.But) > 0 || ev.Court.State == source.Known && ev.Court.Is != "none" || w.stands(ev.Event) != source.No
		if heard && w.covers(ev, w.ph, w.word.ID) != source.No {
			return ev.Event
		}
	}
	return nil
}

// came gives the first demand of a kind that came to the holder or its hands, or nil.
func (w *weigher) came(d *law.Entry) *Event {
	for _, ev := range w.events {
		if ev.Kind == d.ID && w.sameHands(ev.To, w.at) {
			return ev.Event
		}
	}
	return nil
}
