package notices

import (
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// What is added to every row after its barrier: rule K1, whether the person is told, and the modifiers M1 to M4.

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
