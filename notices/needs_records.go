package notices

import (
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// What a notice has to say of what is kept: where, how long, by whom, and for those who applied before.

// cells are the claims about every item of every phase: kept or not, needed or not, what for, copies, spare copies.
func (n *needs) cells() {
	p := n.p
	closed := false
	for _, c := range n.channels {
		id := string(c.id)
		n.need("C01", "part/"+id)
		if c.ch.Kind == "from_others" {
			n.need("C33", "giver/"+id)
		}
		st := p.Program.Status
		if st.Is != "active" && (len(st.Channels) == 0 || slices.Contains(st.Channels, c.id)) {
			closed = true
			n.need("C32", "closed/"+id, "kept/"+id)
			n.need("C33", "closed/"+id)
		}
		if c.ch.Place.State == source.Known {
			n.need("C25", "place/"+id)
		}
		if c.ch.Page.State == source.Known && !n.isStep(c.id) {
			n.need("C25", "page/"+id)
		}
		for _, ph := range c.phases {
			n.need("C33", "time/"+string(ph.id))
			if t := ph.ph.Told.State; t == source.Known || t == source.Unknown {
				n.need("C19", "given/"+string(ph.id))
			}
			if ph.ph.Asks.State != source.Known {
				n.need("C01", string(ph.id))
				n.need("C27", "need/"+string(ph.id))
			}
			switch f := ph.ph.Confirm; f.State {
			case source.Known, source.Unknown:
				w := string(f.Is)
				if f.State == source.Unknown || len(f.But) > 0 {
					w = "unknown"
				}
				n.need("C33", "confirm/"+id+"/"+w)
			}
			for _, a := range ph.asks {
				if w := a.Why; w.State == source.Known && len(w.But) == 0 && w.Is != "check_work_permission" && (c.ch.Kind == "from_others" || p.People == "people_in_records") {
					n.need("C10", "purpose/"+id)
				}
				for _, i := range a.Items {
					at := cell(ph.id, i)
					n.need("C01", at)
					n.need("C06", "treat/"+at)
					n.need("C27", "need/"+at)
					if a.Refuse.State == source.Known || a.Refuse.State == source.Unknown {
						n.need("C27", "refuse/"+at)
					}
					if a.Why.State == source.Known || a.Why.State == source.Unknown {
						n.need("C10", "why/"+at)
					}
					if a.Handling.State == source.Known && (a.Handling.Is == "seen_returned" || a.Handling.Is == "not_asked") {
						n.need("C06", "copies/"+at)
					}
					if a.Backups.State == source.Known || a.Backups.State == source.Unknown {
						n.need("C06", "backup/"+at)
					}
					if a.TypeRecorded.State == source.Known || a.TypeRecorded.State == source.Unknown {
						n.need("C06", "type/"+at)
						n.need("C16", "type/"+at)
					}
					if w, _ := p.Item(i); w.Proxy == "yes" && a.Handling.Is != "not_asked" {
						n.need("C09", "proxy")
					}
					if a.Retention != "" {
						n.need("C02", "period/"+at)
					}
				}
				for f := range a.Copies.Each {
					for _, k := range f.Is {
						if k.Kind != "record" || k.At != n.custodian || k.Disposed.State == source.Known {
							n.need("C06", "copy/"+string(ph.id)+"/"+string(k.At)+"/"+string(k.Kind)+"/"+k.PurgeLag.Path+k.Disposed.Path)
						}
					}
				}
			}
			for _, i := range ph.ph.NeverAsks.Is {
				n.need("C09", cell(ph.id, i))
			}
		}
		if n.isStep(c.id) && c.ch.Kind == "online" {
			for _, l := range p.Program.Authority.Is {
				if e := n.book.Entry(l); e != nil && l == "chicago-2-176" {
					if v := e.On(n.day); v != nil && v.ID == "2024-06-12" {
						n.need("C26", "law/"+id, "counts/"+id)
						n.need("C21", "online/"+id)
					}
				}
			}
		}
	}
	n.why["C09"] = "the file names nothing that is never asked, and no paper that could show status"
	if !closed {
		n.why["C32"] = "no way to apply is closed"
	}
}

func (n *needs) retention() {
	p := n.p
	for id, r := range p.Retention {
		s := string(id)
		n.need("C02", "series/"+s, "from/"+s)
		if r.AtEnd.State != source.NotApplicable {
			n.need("C02", "end/"+s)
		}
		if r.Schedule.State == source.Known {
			n.need("C03", "schedule/"+s)
		}
		if len(r.Law) > 0 {
			n.need("C03", "law/"+s)
		}
		if r.WhoMayChange.State == source.Known {
			n.need("C03", "change/"+s)
		}
		if e := r.EarlyDeletion; e.State != source.NotApplicable {
			n.need("C04", "early/"+s)
			if e.State == source.Known && e.Is == "needs_approval" && len(e.But) == 0 {
				n.need("C04", "alone/"+s)
				if r.ApprovalBy.State == source.Known && len(r.ApprovalBy.But) > 0 {
					n.need("C04", "board/"+s)
				}
			}
		}
	}
	n.why["C03"] = "no schedule, law or person who may change the time is known; the open questions say so"
	if p.Holds.State != source.NotApplicable {
		public := 0
		for i, h := range p.Holds.Is {
			if h.Public {
				public++
				n.need("C07", "hold/"+itoa(i))
			}
		}
		if public == 0 || p.Holds.State == source.Unknown || len(p.Holds.But) > 0 {
			n.need("C07", "state")
		}
	}
	for w, f := range map[string]source.Fact[Ending]{"unfinished": p.Endings.Unfinished, "withdrawn": p.Endings.Withdrawn, "denied": p.Endings.Denied} {
		if f.State != source.NotApplicable {
			n.need("C05", w)
		}
	}
	n.why["C05"] = "the file says that it does not apply"
}

func (n *needs) holders() {
	for id, h := range n.p.Holders {
		s := string(id)
		if h.Role == "custodian" {
			continue
		}
		n.need("C08", "first/"+s)
		if h.Does.State == source.Known || h.Does.State == source.Unknown {
			n.need("C08", "does/"+s)
		}
		if h.Control.State == source.Known || h.Control.State == source.Unknown {
			n.need("C08", "control/"+s)
		}
		if h.Role == "recipient" {
			continue
		}
		n.need("C18", "asked/"+s)
		if h.Contract != nil {
			n.need("C18", "tells/"+s, "court/"+s, "seen/"+s)
			n.need("C08", "deletes/"+s)
		}
		if slices.ContainsFunc(n.table, func(r Row) bool {
			e := n.book.Entry(r.Demand)
			return r.Holder == id && e.Demand.Class == law.Administrative && e.Demand.Immigration && e.Demand.EnforcedBy != "" && r.Existence.High > None && r.Barrier != NotApplicableBarrier
		}) {
			n.need("C18", "barrier/"+s)
			n.need("C13", "barrier/"+s)
		}
	}
	n.why["C08"] = "no company holds records"
	n.why["C18"] = "no company holds records"
}

func (n *needs) past() {
	p := n.p
	for w, f := range map[string]source.Fact[YesNo]{"see": p.Past.See, "correct": p.Past.Correct, "withdraw": p.Past.Withdraw, "delete": p.Past.Delete} {
		if f.State != source.NotApplicable {
			n.need("C33", "right/"+w)
			if w == "delete" {
				n.need("C04", "you")
			}
		}
	}
	versions := map[source.ID][]source.ID{}
	for _, c := range n.channels {
		for _, ph := range c.phases {
			if ph.ph.Rule.State != source.Known {
				continue
			}
			id, v, _ := cutRule(ph.ph.Rule.Is)
			e := n.book.Entry(id)
			if e == nil || e.Version(v) == nil || len(e.Versions) < 2 {
				continue
			}
			n.need("C33", "rule/"+string(ph.ph.Rule.Is))
			n.need("C35", "rule/"+string(ph.ph.Rule.Is))
			if !slices.Contains(versions[id], v) {
				versions[id] = append(versions[id], v)
			}
		}
	}
	for id, vs := range versions {
		if len(vs) < 2 {
			continue
		}
		n.need("C35", "again/"+string(id))
		slices.Sort(vs)
		e := n.book.Entry(id)
		a, b := e.Version(vs[0]).From, e.Version(vs[len(vs)-1]).From
		if a.State == source.Known && b.State == source.Known {
			ya, _, _ := a.Is.First.YMD()
			yb, _, _ := b.Is.First.YMD()
			if yb > ya {
				n.need("C35", "changed/"+string(id))
			}
		}
	}
	if p.Contacts.State != source.NotApplicable {
		n.need("C39", "ways")
	}
	switch f := p.Recipients; {
	case f.State == source.Known && len(f.Is) > 0:
		n.need("C45", words(f.Is)...)
	case f.State == source.Known:
		n.need("C45", "none")
	case f.State == source.Unknown:
		n.need("C45", "unknown")
	}
	switch f := p.Partners; {
	case f.State == source.Known && len(f.Is) > 0:
		for i := range f.Is {
			n.need("C46", "name/"+itoa(i), "copies/"+itoa(i))
		}
	case f.State != source.NotApplicable:
		n.need("C46", "who")
	}
	for i, c := range p.Counts {
		switch c.Of {
		case "cards", "employees", "named_people", "people_with_records":
			n.need("C33", "count/"+itoa(i))
		}
	}
}
