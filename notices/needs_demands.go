package notices

import (
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// What a notice has to say of the demands that came, of those that can come, and of the law.

func (n *needs) demandsCame() {
	p := n.p
	if p.Demands.State == source.Unknown || len(n.events) == 0 {
		n.need("C22", "any")
	}
	for _, e := range n.events {
		s := string(e.ID)
		n.need("C22", "came/"+s, "answer/"+s)
		n.need("C23", "came/"+s)
		n.need("C16", "scope/"+s)
		n.need("C36", "fit/"+s)
		if e.Asks.State != source.Known {
			n.need("C22", "asks/"+s)
		}
		for i, pr := range e.Asks.Is {
			n.need("C22", "asks/"+s+"/"+itoa(i))
			n.need("C16", "asks/"+s+"/"+itoa(i))
			for k, c := range p.Counts {
				if c.Of == "applicants" && c.In == "all" && len(pr.Any) == 0 && c.From == pr.From && c.To == pr.To {
					n.need("C33", "count/"+itoa(k))
				}
			}
		}
		if e.Wants.State == source.Unknown || len(e.Wants.Is) > 0 {
			n.need("C22", "wants/"+s)
		}
		if n.elsewhere(e) {
			n.need("C22", "elsewhere/"+s)
		}
		if e.Given.State != source.NotApplicable {
			n.need("C22", "given/"+s)
			n.need("C24", "given/"+s)
		}
		if e.Court.State != source.NotApplicable {
			n.need("C22", "court/"+s)
			n.need("C36", "court/"+s)
		}
	}
}

func (n *needs) askers() {
	p := n.p
	for _, d := range n.demands {
		switch {
		case d.Demand.Testimony:
			n.need("C42", "testimony")
		}
		switch d.Demand.Class {
		case law.FederalCourt:
			n.need("C12", "court_papers", "court_signed")
			n.need("C20", "court_papers")
		case law.StateCourt:
			n.need("C20", "state_court")
		}
	}
	for _, e := range n.book.All() {
		if e.Kind == law.KindRuling && e.Ruling.Decided.Last <= n.day {
			n.need("C14", string(e.ID))
			if e.Ruling.BindsCourtsOf(n.p.Program.Jurisdiction) {
				n.need("C14", "here/"+string(e.ID))
			}
			if on := e.Ruling.Appealed; !on.IsZero() && on.Last <= n.day {
				n.need("C14", "appeal/"+string(e.ID))
			}
		}
	}
	if !(p.Tells.State == source.Known && p.Tells.Is == "by_law" && len(p.Tells.But) == 0) {
		n.need("C19", "law")
	}
	for _, c := range n.channels {
		if n.isStep(c.id) {
			continue
		}
		for _, ph := range c.phases {
			if n.reachable(ph) != source.Yes {
				n.need("C19", "no_way")
			}
		}
	}
	r := p.Routes
	for w, f := range map[string]source.Fact[Applies]{"records_request": r.RecordsRequest, "leak": r.Leak, "agreement": r.Agreement, "direct_query": r.DirectQuery,
		"funding_condition": r.Funding, "voluntary_sharing": r.Voluntary, "broker": r.Broker} {
		n.need("C20", w)
		if w != "records_request" || f.State != source.Known {
			continue
		}
		for _, row := range n.table {
			if e := n.book.Entry(row.Demand); e.Demand.Class == law.RecordsRequest && row.Holder == n.custodian && row.Item != "" && row.Existence.High > None {
				if b, ok := row.Opens(); ok {
					n.need("C20", "open/"+b.String())
					n.need("C21", "open/"+b.String())
				}
			}
		}
	}
	verdicts := 0
	for _, row := range n.table {
		e := n.book.Entry(row.Demand)
		if row.Holder == n.custodian && e.Demand.Class == law.Administrative && e.Demand.Immigration && e.Demand.EnforcedBy != "" && row.Existence.High > None && row.Barrier != NotApplicableBarrier {
			verdicts++
			n.need("C13", "verdict/"+row.Barrier.String())
		}
	}
	if verdicts == 0 {
		n.need("C13", "verdict/none")
	}
}

func (n *needs) lawsAndPapers() {
	entries, _ := n.book.In(n.p.Program.Jurisdiction)
	for _, e := range entries {
		s := string(e.ID)
		switch e.Kind {
		case law.KindProtection:
			if !n.concerns(e) {
				continue
			}
			n.need("C21", s, "binds/"+s, "status/laws/"+s)
			n.need("C24", s, "force/"+s, "first")
			v := e.On(n.day)
			if v != nil && len(v.Exceptions) > 0 {
				n.need("C21", "except/"+s)
			}
			if v.Tells != nil {
				n.need("C19", "law/"+s)
			}
			if e.Own {
				n.need("C21", "own/"+s)
				if !e.InWords.Except.IsZero() {
					n.need("C21", "except/own/"+s)
				}
			}
			if e.Topic != law.Answering || v == nil {
				continue
			}
			if n.binds(e, v, n.custodian) == law.DoesNot {
				n.need("C21", "bound/"+s)
				continue
			}
			if e.Confidence == source.Unverified {
				n.need("C21", "unread/"+s)
			}
			switch e.EffectOn(n.day).Is {
			case law.Challenged, law.Disputed, law.Enjoined, law.Unverified:
				n.need("C21", "status/"+s)
			}
			for _, x := range v.Exceptions {
				n.need("C21", "exception/"+string(x))
				if x == "written_permission" {
					n.need("C21", "permission")
				}
			}
		case law.KindDemand:
			if !n.begun(e) || !n.canCome(e) {
				continue
			}
			if p := e.Demand.Purpose; p != nil && (p.Misused == law.Does || p.Misused == law.Undecided) {
				n.need("C20", "misused/"+s)
			}
			n.need("C20", "papers", "paper/"+s, "status/papers/"+s)
		}
	}
	for i := range n.p.Says.Is {
		n.need("C24", "says/"+itoa(i), "force/"+itoa(i))
		n.need("C13", "says/"+itoa(i))
	}
	if len(n.p.Says.Is) == 0 {
		n.need("C24", "says")
	}
}
