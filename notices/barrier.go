package notices

import (
	"fmt"
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// barrier applies P1 and G1 to G10 to one row, then the modifiers M1 to M4 and K1. No match is an error.
func (x *engine) barrier(r *Row, ph phaseRef, d *law.Entry) error {
	r.Because = slices.Clip(r.Because)
	r.Rules = append(slices.Clip(r.Rules), "P0")
	defer x.modifiers(r, d)
	if ok, why := x.applies(r, d); !ok {
		r.Barrier = NotApplicableBarrier
		r.Rules = append(r.Rules, "P1")
		r.Because = append(r.Because, why)
		return nil
	}
	r.Because = append(r.Because, Reason{Law: d.ID, Cite: d.Citation})
	if r.Existence.High == None {
		r.set(NothingToReach, "G1")
		return nil
	}
	class := d.Demand.Class
	if class == law.CourtOrder {
		r.set(Ordered, "G2")
		return nil
	}
	if ev, ok := x.court(r, ph, d, "ordered"); ok {
		r.set(Ordered, "G2")
		r.Because = append(r.Because, because(x.p, ev.Court)...)
		return nil
	}
	if ev, ok := x.court(r, ph, d, "stayed", "enjoined", "quashed"); ok {
		r.set(PausedByCourt, "G3")
		r.Because = append(r.Because, because(x.p, ev.Court)...)
		r.Because = append(r.Because, because(x.p, ev.CourtOn)...)
		return nil
	}
	switch class {
	case law.FederalCourt, law.Inspection:
		r.set(BindingOnService, "G4")
	case law.StateCourt:
		r.set(StateCourtBarrier, "G5")
	case law.Administrative:
		x.guarded(r, ph, d, CourtFirst, HolderMayAnswer, "G6", "G7")
	case law.SecurityLetter:
		r.set(HolderMayAnswer, "G7")
	case law.Feed:
		x.guarded(r, ph, d, BlockedByLaw, NoBarrier, "G8", "G8")
	case law.Voluntary, law.Broker:
		x.guarded(r, ph, d, BlockedByLaw, NoBarrier, "G9", "G9")
	case law.RecordsRequest:
		x.opened(r, ph, d)
	default:
		return fmt.Errorf("no rule of the decision table fits a demand of class %q (%s)", class, d.ID)
	}
	return nil
}

func (r *Row) set(b Barrier, rule Rule) {
	r.Barrier = b
	r.Rules = append(r.Rules, rule)
}

// applies is P1: can this route be sent to this kind of holder, and reach this kind of item, on this day? The reason says why not.
func (x *engine) applies(r *Row, d *law.Entry) (bool, Reason) {
	dm, h := d.Demand, x.p.Holders[r.Holder]
	because := Reason{Law: d.ID, Cite: d.Citation, Rule: "P1"}
	switch {
	case dm.Class == law.ArrestWarrant: // it arrests a person; it reaches no record
		return false, because
	case dm.Class == law.Inspection && x.p.People != "employees":
		return false, because
	case dm.Class == law.Broker && h.Kind != "company":
		return false, because
	case dm.Class == law.RecordsRequest && h.Role != "custodian" && h.Kind == "company" && x.independent(r.Holder): // a private company of its own answers no records request
		return false, because
	case len(dm.SentTo) > 0 && !slices.Contains(dm.SentTo, h.Kind), slices.Contains(dm.NotTo, h.Kind):
		return false, because
	case !dm.From.IsZero() && dm.From.First > x.day:
		return false, because
	}
	if len(dm.Items) > 0 {
		i, _ := x.p.Item(r.Item)
		if !slices.Contains(dm.Items, r.Item) && !slices.Contains(dm.Items, source.ID(i.Class)) {
			return false, because
		}
	}
	return true, Reason{}
}

// independent reports whether a holder certainly controls its copies itself.
func (x *engine) independent(id source.ID) bool {
	c := x.p.Holders[id].Control
	return c.State == source.Known && c.Is == "independent" && len(c.But) == 0
}

// court finds a court's decision on a demand of this kind to this holder. An order counts for every row that it may cover; a stay, an
// injunction or a quashing counts only where the file says that it holds for all such demands, for another demand may come tomorrow.
func (x *engine) court(r *Row, ph phaseRef, d *law.Entry, stages ...Court) (eventRef, bool) {
	for _, ev := range x.events {
		if ev.Kind != d.ID || !x.sameHands(ev.To, r.Holder) {
			continue
		}
		covers := x.covers(ev, ph, r.Item)
		for c := range ev.Court.Each {
			if c.State != source.Known || !slices.Contains(stages, c.Is) {
				continue
			}
			if c.On.First > x.day && !c.On.IsZero() {
				continue
			}
			if c.Is == "ordered" {
				if covers != source.No {
					return ev, true
				}
				continue
			}
			all := ev.CourtOn.State == source.Known && ev.CourtOn.Is == "such_demands" && len(ev.CourtOn.But) == 0
			if all && len(ev.Court.But) == 0 && ev.To == r.Holder {
				return ev, true
			}
		}
	}
	return eventRef{}, false
}

// guard is one protection, weighed for one row.
type guard struct {
	entry  *law.Entry
	strong bool // undisputed: in force, binds, covers, and its quoted words forbid
}

// guards weighs every protection that could stop this kind of demand at this holder for this item (G6, G8, G9).
func (x *engine) weigh(r *Row, ph phaseRef, d *law.Entry) []guard {
	var out []guard
	for _, e := range x.guards {
		v := x.version(e, ph)
		if v == nil || !slices.Contains(v.Blocks, d.Demand.Class) || !e.Force.Binding() {
			continue
		}
		binds, covers := x.binds(e, v, r.Holder), x.coversItem(v, r.Item)
		eff := e.EffectOn(x.day)
		if binds == law.DoesNot || covers == law.DoesNot || eff.Is == law.Repealed || eff.Is == law.Enjoined {
			continue
		}
		if slices.Contains(v.Exceptions, d.ID) || slices.Contains(v.Exceptions, source.ID(d.Demand.Class)) {
			continue // the exception is met: the law lets this demand pass
		}
		strong := binds == law.Does && covers == law.Does && v.Forbids == law.Does && eff.Is == law.InForce &&
			e.Confidence != source.Unverified && v.Words.State == source.Known
		out = append(out, guard{e, strong})
	}
	return out
}

// version gives the text that holds for the people of a phase: the one under which they gave their facts where the phase names it (P0),
// else the one in force on the day.
func (x *engine) version(e *law.Entry, ph phaseRef) *law.Version {
	if rule := ph.ph.Rule; rule.State == source.Known {
		if id, version, ok := cutRule(rule.Is); ok && id == e.ID {
			return e.Version(version)
		}
	}
	return e.On(x.day)
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
func (x *engine) binds(e *law.Entry, v *law.Version, holder source.ID) law.Verdict {
	h := x.p.Holders[holder]
	return e.Binds(v, law.Holder{Kind: h.Kind, Within: h.Within, Custodian: holder == x.custodian, Authority: x.p.Program.Authority.Is})
}

// coversItem says whether a protection covers an item: by its id, its class, or all.
func (x *engine) coversItem(v *law.Version, item source.ID) law.Verdict {
	i, _ := x.p.Item(item)
	return v.Covering(item, i.Class)
}

// guarded sets the barrier that protections give, or the one without them. Several laws: all are listed, the strongest undisputed one
// decides.
func (x *engine) guarded(r *Row, ph phaseRef, d *law.Entry, with, without Barrier, rule, ruleWithout Rule) {
	guards := x.weigh(r, ph, d)
	strong := false
	for _, g := range guards {
		r.Laws = append(r.Laws, g.entry.ID)
		r.Because = append(r.Because, Reason{Law: g.entry.ID, Cite: g.entry.Citation})
		strong = strong || g.strong
		if !g.strong {
			r.Disputed = append(r.Disputed, g.entry.ID)
		}
	}
	r.Without = without
	switch {
	case strong:
		r.set(with, rule)
	case len(guards) > 0:
		r.set(Disputed, rule)
		r.WouldBe = with
	default:
		r.set(without, ruleWithout)
	}
}

// opened applies G10 to a public-records request, field by field.
func (x *engine) opened(r *Row, ph phaseRef, d *law.Entry) {
	base := NoBarrier
	for _, e := range x.opening {
		v := x.version(e, ph)
		if v == nil || x.binds(e, v, r.Holder) == law.DoesNot && x.binds(e, v, x.custodian) == law.DoesNot {
			continue
		}
		if eff := e.EffectOn(x.day); eff.Is == law.Repealed || eff.Is == law.Enjoined {
			continue
		}
		i, _ := x.p.Item(r.Item)
		has := func(list []source.ID) bool {
			return slices.Contains(list, r.Item) || slices.Contains(list, source.ID(i.Class))
		}
		r.Laws = append(r.Laws, e.ID)
		r.Because = append(r.Because, Reason{Law: e.ID, Cite: e.Citation})
		switch {
		case has(v.Exempt) && base < HolderMayWithhold:
			base = HolderMayWithhold
		case has(v.Balance) && base < HolderMayAnswer:
			base = HolderMayAnswer
		}
	}
	x.guarded(r, ph, d, BlockedByLaw, base, "G10", "G10")
}

// modifiers adds M1 to M4 and K1, always, after the barrier.
func (x *engine) modifiers(r *Row, d *law.Entry) {
	h := x.p.Holders[r.Holder]
	if h.Role == "processor" || h.Role == "subprocessor" {
		r.Rules = append(r.Rules, "M1")
		if h.Contract != nil {
			r.Because = append(r.Because, because(x.p, h.Contract.TellsOfDemands)...)
		}
	}
	if d.Demand.Group {
		r.Rules = append(r.Rules, "M2")
	}
	for _, ev := range x.events {
		if ev.Kind == d.ID && x.sameHands(ev.To, r.Holder) {
			r.Rules = append(r.Rules, "M3", "M4")
			r.Because = append(r.Because, because(x.p, ev.Asks)...)
			break
		}
	}
	r.Rules = append(r.Rules, "K1")
	r.Because = append(r.Because, because(x.p, x.p.Tells)...)
}
