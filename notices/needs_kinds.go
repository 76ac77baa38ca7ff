package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// What a notice of each kind has to say. That before the first upload says all; the others say a part of it, and some things of their
// own.

// of works out the claims that a kind of notice makes.
func (n *needs) of(kind Kind) {
	switch kind {
	case Before:
		n.all()
	case AtUpload:
		n.keyFacts()
		n.rest()
		n.keep(func(item ItemID, about string) bool {
			return item == "C28" || about == "key" || strings.HasPrefix(about, "key/") || strings.HasPrefix(about, "key-answer/")
		})
	case AlreadyApplied:
		n.all()
		n.keep(ofApplied)
		n.applied()
	case DemandReceived:
		n.received()
	case Poster:
		n.poster()
	case AskBack:
		n.askBack()
	}
	if kind == Before {
		return
	}
	for i := range titles {
		if id := itemID(i + 1); len(n.want[id]) == 0 {
			n.why[id] = "a notice of this kind leaves it to the notice before the first upload"
		}
	}
}

// keep drops the claims that a kind of notice does not make.
func (n *needs) keep(does func(item ItemID, about string) bool) {
	for item, abouts := range n.want {
		n.want[item] = slices.DeleteFunc(abouts, func(about string) bool { return !does(item, about) })
	}
}

// newcomers are the fields of open questions that matter only to people who have yet to apply.
var newcomers = []string{"alternatives", "costs", "channels.page", "channels.place", "channels.phases.asks.need", "channels.phases.asks.refuse",
	"channels.phases.asks.why", "channels.phases.never_asks", "program.authority", "program.mandatory"}

// ofApplied tells the claims of the notice before that people who applied need, too.
func ofApplied(item ItemID, about string) bool {
	begins := func(list ...string) bool {
		return slices.ContainsFunc(list, func(p string) bool { return strings.HasPrefix(about, p) })
	}
	switch item {
	case "C10":
		return begins("purpose/", "key/")
	case "C09", "C20", "C25", "C27", "C28", "C30", "C37", "C40", "C44", "C45", "C46":
		return false // about the choice to apply, or about the page before
	case "C12":
		return !begins("court_")
	case "C21":
		return !begins("exception/", "open/", "permission", "unread/") && (!begins("status/") || begins("status/laws/"))
	case "C29":
		return about != "print"
	case "C33":
		return about != "people" && !begins("confirm/")
	case "C43":
		return about == "notario"
	}
	return true
}

// applied are the claims of the notice for people who gave facts already.
func (n *needs) applied() {
	n.need("C33", "cohort", "nothing")
	if len(n.want["C35"]) > 0 && slices.ContainsFunc(n.want["C35"], func(a string) bool { return strings.HasPrefix(a, "rule/") }) {
		n.need("C33", "rule")
	}
	st := n.p.Program.Status
	for _, c := range n.channels {
		if n.isStep(c.id) || st.Is == "active" || len(st.Channels) > 0 && !slices.Contains(st.Channels, c.id) {
			continue
		}
		kept, papers := false, false
		n.kept(c.id, func(i ItemWord, e Existence) {
			papers = papers || i.Paper
			kept = kept || i.Paper && e.Low >= Trace
		})
		if !papers {
			n.kept(c.id, func(_ ItemWord, e Existence) { kept = kept || e.Low >= Trace })
		}
		if kept {
			n.need("C32", "key-closed/"+string(c.id))
		}
	}
	n.questions(func(field string) bool {
		return !slices.ContainsFunc(newcomers, func(f string) bool { return field == f || strings.HasPrefix(field, f+".") })
	})
}

// questions drops the open questions that a kind of notice does not print, and what was left to them.
func (n *needs) questions(prints func(field string) bool) {
	dropped := map[string]bool{}
	any := false
	walkFacts(n.p, func(f unsaidFact) {
		if f.State == source.Unknown && slices.Contains(n.want["C36"], f.Path) {
			dropped[f.Path] = !prints(f.field)
			any = any || prints(f.field)
		}
	})
	n.keep(func(item ItemID, about string) bool {
		return item != "C36" || !dropped[about] && (any || about != "first" && about != "asked")
	})
}

// received are the claims of the notice for people whose records a demand may reach.
func (n *needs) received() {
	n.keyFacts()
	n.demandsCame()
	n.past()
	n.lawsAndPapers()
	n.rest()
	n.keep(func(item ItemID, about string) bool {
		switch item {
		case "C02", "C10", "C14", "C28", "C35", "C38", "C45", "C46", "C43", "C20":
			return false
		case "C33":
			return strings.HasPrefix(about, "right/") || strings.HasPrefix(about, "count/") && n.windowed(about)
		case "C19":
			return !strings.HasPrefix(about, "given/")
		case "C13", "C24":
			return !strings.HasPrefix(about, "says") && (!strings.HasPrefix(about, "force/") || n.book.Entry(source.ID(about[len("force/"):])) != nil)
		case "C21":
			return ofApplied(item, about)
		}
		return true
	})
	n.need("C35", "change", "new", "older", "contact")
	n.need("C36", "gag", "voice", "advice")
	n.need("C29", "languages")
	n.need("C22", "any", "gag")
	n.need("C30", "same", "status")
	n.need("C33", "people", "nothing")
	n.need("C34", "recall")
	n.need("C41", "record", "lawyer")
	n.need("C43", "notario")
	n.need("C47", "call", "key")
	n.need("C19", "told", "gag")
	if !(n.p.Tells.State == source.Known && n.p.Tells.Is == "by_law" && len(n.p.Tells.But) == 0) {
		n.need("C19", "law")
	}
	for i := range n.p.Help {
		n.need("C36", "help/"+itoa(i))
	}
	if n.p.Survivors.State != source.NotApplicable {
		n.need("C31", "who", "where")
	}
	for _, c := range n.channels {
		for _, ph := range c.phases {
			if !n.isStep(c.id) && n.reachable(ph) != source.Yes {
				n.need("C19", "no_way")
			}
		}
	}
	n.need("C13", "key")
	n.need("C14", "key")
	for _, e := range n.events {
		n.demand(e)
	}
	for _, e := range n.book.All() {
		if len(n.events) == 0 || e.Kind != law.KindRuling || e.Ruling.Decided.Last > n.day {
			continue
		}
		n.need("C14", string(e.ID))
		if e.Ruling.BindsCourtsOf(n.p.Program.Jurisdiction) {
			n.need("C14", "here/"+string(e.ID))
		}
		if on := e.Ruling.Appealed; !on.IsZero() && on.Last <= n.day {
			n.need("C14", "appeal/"+string(e.ID))
		}
	}
	for i, s := range n.p.Says.Is {
		if s.Law != "" || slices.ContainsFunc(n.events, func(e eventRef) bool { return slices.Contains(s.On, e.Kind) }) {
			n.need("C13", "says/"+itoa(i))
			n.need("C24", "says/"+itoa(i), "force/"+itoa(i))
		}
	}
	fields := []string{"demands", "tells_people", "office_says", "holds", "past", "contacts_people", "help", "holders.contract", "holders.control", "channels.phases.from",
		"channels.phases.to", "channels.phases.asks.handling", "channels.phases.asks.copies", "channels.phases.asks.type_recorded"}
	n.questions(func(field string) bool {
		return field == "channels.phases.asks" || slices.ContainsFunc(fields, func(f string) bool { return field == f || strings.HasPrefix(field, f+".") })
	})
}

// windowed reports whether a count is one of the people in the window of a demand, which stands beside that demand.
func (n *needs) windowed(about string) bool {
	for i, c := range n.p.Counts {
		if about == "count/"+itoa(i) {
			return c.Of == "applicants"
		}
	}
	return false
}

// demand are the claims about one demand.
func (n *needs) demand(e eventRef) {
	s, d := string(e.ID), n.book.Entry(e.Kind)
	n.need("C12", "is/"+s)
	n.need("C36", "lawyer/"+s)
	n.need("C11", "not_kept/"+s)
	n.need("C17", "again/"+s, "reach/"+s)
	n.need("C20", "papers")
	for _, paper := range []source.ID{e.Kind, d.Demand.EnforcedBy} {
		if paper == "" {
			continue
		}
		n.need("C20", "paper/"+string(paper), "status/papers/"+string(paper))
		if p := n.book.Entry(paper).Demand.Purpose; p != nil && p.Misused != law.DoesNot {
			n.need("C20", "misused/"+string(paper))
		}
	}
	if d.Demand.Testimony {
		n.need("C42", "testimony/"+s)
	}
	gone, forced := false, false // it asks for nothing more; a court has ordered an answer
	if a := e.Answer; a.State == source.Known && len(a.But) == 0 {
		gone, forced = a.Is == "complied" || a.Is == "quashed" || a.Is == "withdrawn", a.Is == "ordered"
	}
	if c := e.Court; c.State == source.Known && len(c.But) == 0 {
		gone, forced = gone || c.Is == "quashed", forced || c.Is == "ordered"
	}
	switch d.Demand.Class {
	case law.Administrative:
		n.need("C12", "unchecked/"+s)
		if !n.elsewhere(e) { // else it is not among the key facts
			n.need("C12", "key/"+s)
		}
		if !gone && !forced {
			n.need("C13", "refuse/"+s, "court/"+s)
		}
		n.need("C14", "obey/"+s)
		n.need("C15", "appeal/"+s)
		if d.Demand.Immigration && d.Demand.EnforcedBy != "" {
			n.need("C14", "rulings")
		}
	case law.CourtOrder:
		n.need("C14", "obey/"+s)
		n.need("C15", "appeal/"+s)
	}
	for _, h := range n.p.Holders {
		if e.To == n.custodian && (h.Role == "processor" || h.Role == "subprocessor") {
			n.need("C18", "asked/"+s)
		}
	}
	none := true
	for _, c := range n.channels {
		for _, ph := range c.phases {
			n.need("C33", "reach/"+s+"/"+string(ph.id))
			for _, r := range n.table {
				if r.Phase == ph.id && r.Holder == e.To && r.Demand == n.table[0].Demand && n.covers(e, ph, r.Item) != source.No {
					n.need("C11", "there/"+s+"/"+cell(ph.id, r.Item))
					if !gone && d.Demand.Class != law.Redirect && d.Demand.Class != law.Leak {
						n.need("C13", "stands/"+s+"/"+cell(ph.id, r.Item))
					}
					none = false
				}
			}
		}
	}
	if none {
		n.need("C11", "there/"+s)
	}
}
