package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// What a notice has to say of the program, of its key facts, and of the page itself.

// fixed are the claims that every notice makes.
func (n *needs) fixed() {
	n.need("C10", "page", "first")
	n.need("C27", "open_to", "mandatory", "first", "stop")
	n.need("C33", "people", "first")
	n.need("C30", "same", "status")
	n.need("C29", "print", "languages")
	n.need("C43", "notario")
	n.need("C07", "can")
	n.need("C34", "recall")
	n.need("C41", "record", "lawyer")
	n.need("C22", "gag")
	n.need("C36", "gag", "voice", "advice")
	n.need("C23", "first", "ice")
	n.need("C12", "name", "signed", "no_court")
	n.need("C11", "kept", "not_kept")
	n.need("C13", "refuse", "court")
	n.need("C14", "obey", "rulings")
	n.need("C15", "lose", "appeal")
	n.need("C16", "group")
	n.need("C17", "again", "reach")
	n.need("C19", "told", "gag")
	n.need("C35", "change", "new", "older", "contact")
	n.need("C47", "call")
}

// kept calls f with every item of a channel and what exists of it with the office, whatever was sent to somebody.
func (n *needs) kept(channel source.ID, f func(item ItemWord, e Existence)) {
	for _, c := range n.channels {
		if c.id != channel {
			continue
		}
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				for _, id := range a.Items {
					i, _ := n.p.Item(id)
					f(i, n.existence(ph, a, n.custodian).Existence)
				}
			}
		}
	}
}

func (n *needs) keyFacts() {
	p := n.p
	n.need("C10", "key")
	n.need("C13", "key")
	n.need("C14", "key")
	n.need("C36", "key")
	if p.Costs.State == source.Known && p.Costs.Is == "free" {
		n.need("C43", "key")
	}
	anyKept := false
	for _, c := range n.channels {
		if n.isStep(c.id) {
			continue
		}
		var kept, papers, left, any bool
		n.kept(c.id, func(i ItemWord, e Existence) {
			any = true
			papers = papers || i.Paper
			switch {
			case i.Paper && e.Low >= Trace:
				kept = true
			case !i.Paper && e.High > None:
				left = true
			}
		})
		for _, s := range c.ch.Steps {
			n.kept(s.Channel, func(_ ItemWord, e Existence) { left = left || e.High > None })
		}
		if !papers {
			n.kept(c.id, func(_ ItemWord, e Existence) { kept = kept || e.Low >= Trace })
		}
		for _, ph := range c.phases {
			any = any || ph.ph.Asks.State == source.Unknown
		}
		if !any {
			continue
		}
		n.need("C01", "key/"+string(c.id))
		n.need("C32", "key/"+string(c.id))
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				if w := a.Why; c.ch.Kind == "from_others" && kept && w.State == source.Known && len(w.But) == 0 && w.Is != "check_work_permission" {
					n.need("C10", "key/"+string(c.id))
				}
			}
		}
		if left && !kept {
			n.need("C06", "key/"+string(c.id))
		}
		anyKept = anyKept || kept
	}
	if anyKept {
		n.need("C02", "key")
	}
	ours := slices.DeleteFunc(slices.Clone(n.events), n.elsewhere)
	if p.Demands.State == source.Unknown || len(ours) == 0 {
		n.need("C22", "key")
		n.need("C23", "key")
	}
	for _, e := range ours {
		n.need("C22", "key/"+string(e.ID), "key-answer/"+string(e.ID))
		n.need("C23", "key/"+string(e.ID))
	}
}

func (n *needs) program() {
	p := n.p
	if p.Program.Urgency != "ordinary" {
		n.need("C27", "urgency")
	}
	n.need("C37", words(p.IsNot)...)
	n.why["C37"] = "the file names nothing that it could be taken for"
	if p.Costs.State != source.NotApplicable {
		n.need("C43", "cost")
	}
	if p.CardsGiven.State != source.NotApplicable {
		n.need("C38", "cards")
	}
	n.why["C38"] = "the file says that there are no cards or benefits that were given"
	n.need("C10", "authority")
	for _, c := range n.channels {
		id := string(c.id)
		if n.isStep(c.id) {
			continue
		}
		n.need("C33", "find/"+id)
		if c.ch.Kind == "in_person" && p.People == "applicants" {
			n.need("C40", id)
		}
		for _, s := range c.ch.Steps {
			n.need("C26", string(s.Channel))
		}
	}
	n.why["C40"] = "no way to apply is in person"
	n.why["C26"] = "no way to apply has a step before it"
	switch p.People {
	case "employees":
		n.why["C40"] = "people give these facts where they work, which is no public place"
	case "people_in_records":
		n.why["C40"] = "people do not come anywhere to give these facts"
	}
	switch {
	case p.Ways.State == source.Known && len(p.Ways.Is) > 0:
		for i := range p.Ways.Is {
			for _, w := range []string{"way/", "cost/", "wait/", "where/", "next/"} {
				n.need("C25", w+itoa(i))
			}
		}
	case p.Ways.State == source.Unknown:
		n.need("C25", "unknown")
	default:
		n.need("C25", "none")
	}
	if m := p.Program.Mandatory; m.State == source.NotApplicable || m.State == source.Known && m.Is == "no" && len(m.But) == 0 {
		n.need("C25", "wait")
	}
	for i := range p.Help {
		n.need("C36", "help/"+itoa(i))
	}
	if p.Survivors.State != source.NotApplicable {
		n.need("C31", "who", "where")
	}
	n.why["C31"] = "the file says that it does not apply"
	n.need("C44", "who")
	about := len(p.Others.Is) > 0
	for _, c := range n.channels {
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				for _, i := range a.Items {
					w, _ := p.Item(i)
					about = about || w.Subject != "" && a.Handling.Is != "not_asked"
				}
			}
		}
	}
	if about {
		n.need("C44", "tell")
	}
}

func (n *needs) rest() {
	p := n.p
	open := false
	for _, c := range n.channels {
		if n.isStep(c.id) || c.ch.Kind != "online" && c.ch.Kind != "kiosk" {
			continue
		}
		st := p.Program.Status
		if st.Is == "ended" || st.Is == "suspended" && (len(st.Channels) == 0 || slices.Contains(st.Channels, c.id)) {
			continue
		}
		for _, ph := range c.phases {
			if ph.ph.Confirm.State == source.Known && ph.ph.Confirm.Is == "none" {
				continue
			}
			for t := range ph.ph.To.Each {
				open = open || t.State != source.Known || t.Is.Open || t.Is.Date.Last >= p.Edition.AsOf.First
			}
		}
	}
	if open {
		n.need("C28", "read", "stored", "no_permission")
	}
	n.why["C28"] = "no way to apply that takes a form or an upload with an acknowledgement is open on the day of this edition"
	if p.People != "applicants" {
		n.why["C28"] = "these people send no form and no upload that an acknowledgement could stand before"
	}
	if p.Voice != "office" || p.Answers == nil {
		n.need("C36", "not_office")
	}
	if p.Tested.State == source.Known && len(p.Tested.Is) > 0 {
		for i := range p.Tested.Is {
			n.need("C29", "tested/"+itoa(i))
		}
	} else {
		n.need("C29", "tested")
	}
	for i, r := range p.Reviewers {
		if r.Reads(Before) {
			n.need("C36", "reviewer/"+itoa(i))
		}
	}
	if p.Drafts != nil && p.Drafts.ShownMarked {
		n.need("C29", "drafts")
	}
	if len(p.Sources) > 0 {
		n.need("C36", "sources")
	}
	for id := range p.Sources {
		n.need("C36", "source/"+string(id))
	}
	unknown := 0
	walkFacts(p, func(f unsaidFact) {
		if f.State != source.Unknown {
			return
		}
		for _, e := range p.Demands.Is {
			if !e.Listed && (hasPrefix(f.Path, "demands."+string(e.ID)+".") || hasPrefix(f.Path, "demands.is."+string(e.ID)+".")) {
				return
			}
		}
		for i, h := range p.Holds.Is {
			if !h.Public && (hasPrefix(f.Path, "holds."+itoa(i)+".") || hasPrefix(f.Path, "holds.is."+itoa(i)+".")) {
				return
			}
		}
		unknown++
		n.need("C36", f.Path)
	})
	if unknown > 0 {
		n.need("C36", "first", "asked")
	}
}
