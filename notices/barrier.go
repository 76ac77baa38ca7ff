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
