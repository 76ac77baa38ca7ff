package notices

import (
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// The checklist C01 to C47 (domain, section C), by quantifier: needs works out, from the program and the rows of the decision table,
// which claims a notice has to make; Coverage holds a notice against it. It shares no code with the sentences, so that a sentence that
// was lost is seen.

// Covered is one checklist item and how a notice stands to it.
type Covered struct {
	Item       ItemID   `json:"item"`
	Title      string   `json:"title"`
	Status     string   `json:"status"` // covered, not_applicable or missing
	Statements []string `json:"statements"`
	Reason     string   `json:"reason"`  // why it is not applicable, or what is missing
	Missing    []string `json:"missing"` // what nobody says, such as online/portal/name
}

var titles = [...]string{
	"says for every item and way: not asked, looked at and returned, or kept",
	"gives how long and from when for every kept item, or says that it is not known",
	"names the law or schedule and who could change it",
	"says that the office cannot erase alone and people cannot make it",
	"says what happens to forms unfinished, withdrawn and denied",
	"tells of scans, caches, backups, logs, addresses and booking data",
	"says that a court case or investigation can stop erasing",
	"names each company, what it holds, who controls it",
	"says what is not collected",
	"gives purpose and legal authority of what is required",
	"says that what exists can be demanded, and what was never kept cannot",
	"says that no court has checked an administrative subpoena",
	"says that only a federal court can force an answer, and whether a law stops one by choice",
	"says that a judge can order it, and how judges have ruled",
	"says that the office could lose and that appeals are possible",
	"says that a demand can cover a whole group",
	"says that new demands can come",
	"says that the company can be asked, and what its contract makes it do",
	"says whether people are told, by which law, and that a court may forbid it",
	"lists the routes that need no subpoena",
	"says for each law whom it binds and what opens it",
	"lists the demands received and what was given",
	"names immigration enforcement in words",
	"labels each protection: law, policy, contract or statement",
	"gives the way that leaves fewer records, with its cost",
	"says what the online step of that way records",
	"marks each item required or optional, and what refusing costs",
	"stands before the first upload, with an acknowledgement",
	"is in the reader's language, printable, readable aloud",
	"is the same for everyone, with no question about status",
	"points survivors to address confidentiality",
	"says that pausing a channel does not erase records",
	"says what past applicants can and cannot do, and which cohort they are in",
	"says that withdrawing does not recall what was sent",
	"shows date, edition, what changed, where old ones are",
	"states what is not known, who was asked, and gives independent legal help",
	"says what the program is not",
	"says whether cards already given are still good",
	"says how the office contacts people",
	"says that in-person places are public",
	"says that asking about one's file can make a record",
	"says that staff can be asked what they know",
	"warns of scams",
	"says which facts are about other people",
	"names other recipients",
	"names partners that help with the form",
	"says whom to call if officers contact the reader",
}

// Coverage says for each of the 47 items whether a notice of kind Before covers it.
func Coverage(n *Notice, p *Program, book *law.Book, on source.Day) ([]Covered, error) {
	x, err := newEngine(p, book, on, false)
	if err != nil {
		return nil, err
	}
	rows, err := x.rows(true)
	if err != nil {
		return nil, err
	}
	need := &needs{engine: x, table: rows, book: book, want: map[ItemID][]string{}, why: map[ItemID]string{}}
	need.all()
	said := map[Claim][]string{}
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				for _, c := range st.Claims {
					said[c] = append(said[c], st.ID)
				}
			}
		}
	}
	out := make([]Covered, len(titles))
	for i := range titles {
		id := itemID(i + 1)
		c := Covered{Item: id, Title: titles[i], Status: "covered", Statements: []string{}, Missing: []string{}}
		for _, about := range need.want[id] {
			st, ok := said[Claim{id, about}]
			if !ok {
				c.Missing = append(c.Missing, about)
			}
			for _, s := range st {
				if !slices.Contains(c.Statements, s) {
					c.Statements = append(c.Statements, s)
				}
			}
		}
		switch {
		case len(c.Missing) > 0:
			c.Status, c.Reason = "missing", "no sentence says this"
		case len(need.want[id]) == 0:
			c.Status, c.Reason = "not_applicable", need.why[id]
			if c.Reason == "" {
				c.Reason = "nothing in this program calls for it"
			}
		}
		out[i] = c
	}
	return out, nil
}

func itemID(n int) ItemID {
	if n < 10 {
		return ItemID("C0" + itoa(n))
	}
	return ItemID("C" + itoa(n))
}

type needs struct {
	*engine
	table []Row
	book  *law.Book
	want  map[ItemID][]string
	why   map[ItemID]string // why an item does not apply
}

func (n *needs) need(item ItemID, about ...string) {
	for _, a := range about {
		if !slices.Contains(n.want[item], a) {
			n.want[item] = append(n.want[item], a)
		}
	}
}

func (n *needs) all() {
	n.keyFacts()
	n.fixed()
	n.program()
	n.cells()
	n.retention()
	n.holders()
	n.past()
	n.demandsCame()
	n.askers()
	n.lawsAndPapers()
	n.rest()
}

// fixed are the claims that every notice makes.
func (n *needs) fixed() {
	n.need("C10", "page", "first")
	n.need("C27", "open_to", "mandatory", "first", "stop")
	n.need("C33", "people", "first")
	n.need("C30", "same", "status")
	n.need("C29", "print", "languages")
	n.need("C43", "notario", "cost")
	n.need("C07", "can")
	n.need("C34", "recall")
	n.need("C41", "record", "lawyer")
	n.need("C38", "cards")
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
		if left && !kept {
			n.need("C06", "key/"+string(c.id))
		}
		anyKept = anyKept || kept
	}
	if anyKept {
		n.need("C02", "key")
	}
	if p.Demands.State == source.Unknown || len(n.events) == 0 {
		n.need("C22", "key")
		n.need("C23", "key")
	}
	for _, e := range n.events {
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
	n.need("C10", "authority")
	for _, c := range n.channels {
		id := string(c.id)
		if n.isStep(c.id) {
			continue
		}
		n.need("C33", "find/"+id)
		if c.ch.Kind == "in_person" {
			n.need("C40", id)
		}
		for _, s := range c.ch.Steps {
			n.need("C26", string(s.Channel))
		}
	}
	n.why["C40"] = "no way to apply is in person"
	n.why["C26"] = "no way to apply has a step before it"
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

// cells are the claims about every item of every phase: kept or not, needed or not, what for, copies, spare copies.
func (n *needs) cells() {
	p := n.p
	closed := false
	for _, c := range n.channels {
		id := string(c.id)
		n.need("C01", "part/"+id)
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
			if e := n.book.Entry(row.Demand); e.Demand.Class == law.RecordsRequest && row.Holder == n.custodian && row.Existence.High > None {
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
			if e.On(n.day) == nil {
				continue
			}
			n.need("C21", s, "binds/"+s, "status/laws/"+s)
			n.need("C24", s, "force/"+s, "first")
			v := e.On(n.day)
			if v != nil && len(v.Exceptions) > 0 {
				n.need("C21", "except/"+s)
			}
			if e.Topic != law.Answering || v == nil {
				continue
			}
			if n.binds(e, v, n.custodian) == law.DoesNot {
				n.need("C21", "bound/"+s)
				continue
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
			if !n.begun(e) {
				continue
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
	for i := range p.Reviewers {
		n.need("C36", "reviewer/"+itoa(i))
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

func hasPrefix(s, p string) bool { return len(s) >= len(p) && s[:len(p)] == p }
