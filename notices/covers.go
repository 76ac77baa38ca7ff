package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// What a demand asks about: which items of which phases.

// covers says whether a demand asks for this item of this phase (modifiers M3 and M4): the window against the phase, the papers asked
// for against the papers of the phase, the things wanted. Whoever gets a paper gets the facts on it.
func (x *engine) covers(ev eventRef, ph phaseRef, item source.ID) source.Tri {
	out := source.Yes
	if ev.Scope != "group" || ev.Asks.State != source.Known || len(ev.Asks.But) > 0 {
		out = source.Maybe
	}
	if ev.Wants.State == source.Known && len(ev.Wants.But) == 0 && len(ev.Wants.Is) > 0 {
		switch {
		case item == "" || x.carried(ev, ph, item):
			out = source.Maybe
		case x.mayBeOne(item, ev.Wants.Is):
			out = source.Maybe
		case !slices.Contains(ev.Wants.Is, item):
			return source.No
		}
	} else {
		out = source.Maybe
	}
	for i := range ev.Asks.Is {
		pr := &ev.Asks.Is[i]
		switch pr.Field {
		case "applied_on":
			in := x.window(pr, ph)
			if in == source.No && len(ev.Asks.But) == 0 {
				return source.No
			}
			out = min(out, max(in, source.Maybe))
		case "document_type":
			if !x.asksFor(ph, pr) && ph.ph.Asks.State == source.Known && len(ph.ph.Asks.But) == 0 && len(ev.Asks.But) == 0 && !x.isStep(ph.channel) {
				return source.No
			}
			out = source.Maybe
		default:
			out = source.Maybe
		}
	}
	return out
}

// asksFor reports whether a phase asks for one of the papers that a demand is about, or may. It is worked out once for a phase.
func (x *engine) asksFor(ph phaseRef, pr *Predicate) bool {
	at := askedAt{ph.ph, pr}
	has, ok := x.asked[at]
	if !ok {
		has = slices.ContainsFunc(ph.asks, func(a askRef) bool {
			return slices.ContainsFunc(a.Items, func(i source.ID) bool { return slices.Contains(pr.Any, i) || x.mayBeOne(i, pr.Any) })
		})
		x.asked[at] = has
	}
	return has
}

// elsewhere reports whether a demand to a holder of the program certainly wants other records than the program's: everything that it
// wants is known, everything that the program asks is, and they have nothing in common.
func (x *engine) elsewhere(ev eventRef) bool {
	if ev.Wants.State != source.Known || len(ev.Wants.But) > 0 || len(ev.Wants.Is) == 0 {
		return false
	}
	for _, c := range x.channels {
		for _, ph := range c.phases {
			if ph.ph.Asks.State != source.Known || len(ph.ph.Asks.But) > 0 {
				return false
			}
			for _, a := range ph.asks {
				if slices.ContainsFunc(a.Items, func(i source.ID) bool { return slices.Contains(ev.Wants.Is, i) || x.mayBeOne(i, ev.Wants.Is) }) {
					return false
				}
			}
		}
	}
	return true
}

// carried reports whether an item is not wanted itself, but may stand on a paper of the phase that is: who somebody is and how to reach
// them on any paper; on a proof of residence, such as a bill, also what somebody earns or has.
func (x *engine) carried(ev eventRef, ph phaseRef, item source.ID) bool {
	w, _ := x.p.Item(item)
	if w.Paper || ev.Wants.State != source.Known || len(ev.Wants.But) > 0 || slices.Contains(ev.Wants.Is, item) {
		return false
	}
	person, money := item == "ssn", false
	switch w.Class {
	case "biographic", "contact", "status", "image", "biometric":
		person = true
	case "financial", "employment", "health", "other":
		money = true
	}
	return slices.ContainsFunc(ev.Wants.Is, func(i source.ID) bool {
		paper, _ := x.p.Item(i)
		on := paper.Paper && (person || money && paper.Class == "residence_doc")
		return on && slices.ContainsFunc(ph.asks, func(a askRef) bool {
			return slices.ContainsFunc(a.Items, func(has source.ID) bool { return has == i || x.mayBeOne(has, []source.ID{i}) })
		})
	})
}

// mayBeOne reports whether an item that the program file describes itself may be one of these papers, though none has its name: a scan
// of any photo ID can be a passport. Only an item that cannot show a status is certainly none of the papers that do.
func (x *engine) mayBeOne(item source.ID, papers []source.ID) bool {
	if _, own := x.p.Items[item]; !own {
		return false
	}
	w, _ := x.p.Item(item)
	return slices.ContainsFunc(papers, func(id source.ID) bool {
		a, _ := x.p.Item(id)
		return id != item && a.Paper && (w.Class == a.Class || w.Class == "other") && !(w.Proxy == "no" && a.Proxy == "yes")
	})
}

func (x *engine) isStep(id source.ID) bool { return slices.Contains(x.steps, id) }

// window says whether the days of a phase lie in the days that a demand asks about (M3).
func (x *engine) window(pr *Predicate, ph phaseRef) source.Tri {
	var out agreed
	for from := range ph.ph.From.Each {
		for to := range ph.ph.To.Each {
			last := to.Is.Date.Last
			if to.Is.Open {
				last = x.p.Edition.AsOf.Last
			}
			switch {
			case to.State == source.Known && !pr.From.IsZero() && last < pr.From.First, from.State == source.Known && !pr.To.IsZero() && from.Is.First > pr.To.Last:
				out.add(source.No)
			case from.State != source.Known || to.State != source.Known:
				out.add(source.Maybe)
			case !pr.From.IsZero() && from.Is.First < pr.From.Last, !pr.To.IsZero() && last > pr.To.First:
				out.add(source.Maybe)
			default:
				out.add(source.Yes)
			}
		}
	}
	return out.answer
}
