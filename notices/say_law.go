package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// The second half of a notice: what past applicants can do, what has happened, who can ask, what may stop an answer, what is not known,
// the tick, the page itself, the laws and the sources.

type demandRef struct{ *law.Entry }

// demandIDs lists the demands of the place that fit.
func (b *builder) demandIDs(fit func(demandRef) bool) []source.ID {
	var out []source.ID
	for _, d := range b.demands {
		if b.begun(d) && fit(demandRef{d}) {
			out = append(out, d.ID)
		}
	}
	return out
}

func (b *builder) isImmigrationSubpoena(id source.ID) bool {
	e := b.book.Entry(id)
	return e != nil && e.Demand != nil && e.Demand.Class == law.Administrative && e.Demand.Immigration && e.Demand.EnforcedBy != ""
}

func (b *builder) vendorCite() []Reason {
	return b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.Redirect })...)
}

// past says what rule holds for whom, what people can do now, and what asking can cost.
func (b *builder) past() {
	p := b.p
	b.section("past", 2)
	exists := slices.ContainsFunc(b.table, func(r Row) bool { return r.Existence.High > None })
	if exists {
		b.say("", "past.first", claim("C33", "first"), b.path("channels"))
	} else {
		b.say("", "past.first.none", claim("C33", "first"), b.path("channels"))
	}
	b.rules()
	b.group("past")
	b.pastRights()
	b.say("", "past.no_recall", claim("C34", "recall"), because(p, p.Past.Withdraw))
	b.group("record")
	b.say("", "past.asking", claim("C41", "record"), because(p, p.Past.See))
	b.say("", "past.lawyer_first", claim("C41", "lawyer"), b.path(helpPath(0)+".name"))
	b.group("card")
	b.say("", "cards."+known(p.CardsGiven, sameWords(wStill, Still("")), "unknown"), claim("C38", "cards"), because(p, p.CardsGiven), uncertain(p.CardsGiven)...)
	for i, n := range p.Counts {
		if n.Of == "cards" || n.Of == "employees" || n.Of == "named_people" || n.Of == "people_with_records" && n.In == "all" {
			b.count(i, n)
		}
	}
	switch f := p.Contacts; {
	case f.State == source.Known && len(f.Is) > 0:
		b.say("", "contacts.ways", claim("C39", "ways"), because(p, f), append([]Value{labels("contact", "word.contact", words(f.Is)...)}, uncertain(f)...)...)
	case f.State == source.Known:
		b.say("", "contacts.none", claim("C39", "ways"), because(p, f), uncertain(f)...)
	case f.State == source.Unknown:
		b.later(f.Path, claim("C39", "ways"))
	}
	b.group("elsewhere")
	switch f := p.Recipients; {
	case f.State == source.Known && len(f.Is) > 0:
		b.say("", "recipients.list", claim("C45", words(f.Is)...), because(p, f), append([]Value{labels("who", "word.recipient", words(f.Is)...)}, uncertain(f)...)...)
	case f.State == source.Known:
		b.say("", "recipients.none", claim("C45", "none"), because(p, f), uncertain(f)...)
	case f.State == source.Unknown:
		b.say("", "recipients.unknown", claim("C45", "unknown"), because(p, f))
	}
	b.partners()
}

func (b *builder) partners() {
	p := b.p
	switch f := p.Partners; {
	case f.State == source.Unknown:
		b.say("", "partners.unknown", claim("C46", "who"), because(p, f))
	case f.State == source.Known && len(f.Is) == 0:
		b.say("", "partners.none", claim("C46", "who"), because(p, f), uncertain(f)...)
	case f.State == source.Known:
		for i, n := range f.Is {
			b.say(itoa(i), "partners.help", claim("C46", "name/"+itoa(i)), reasons(because(p, f), b.path(p.inside("partners")+"."+itoa(i)+".name")), append([]Value{text("who", n.Name)}, uncertain(f)...)...)
			if n.Copies.State == source.Unknown {
				b.later(n.Copies.Path, claim("C46", "copies/"+itoa(i)))
				continue
			}
			b.say(itoa(i), "partners.copies."+known(n.Copies, map[YesNo]string{"yes": "yes", "no": "no"}, "unknown"), claim("C46", "copies/"+itoa(i)), because(p, n.Copies), uncertain(n.Copies)...)
		}
	}
}

// rules says, for a law that the phases know in more than one version, what each said, since when, and that it was changed.
func (b *builder) rules() {
	p := b.p
	type use struct {
		version *law.Version
		phases  []phaseRef
	}
	byLaw := map[source.ID][]*use{}
	var order []source.ID
	for _, ph := range b.allPhases() {
		if ph.ph.Rule.State != source.Known {
			continue
		}
		id, vid, _ := cutRule(ph.ph.Rule.Is)
		e := b.book.Entry(id)
		if e == nil || e.Version(vid) == nil || len(e.Versions) < 2 { // one text: the part of the way names it
			continue
		}
		if byLaw[id] == nil {
			order = append(order, id)
		}
		found := false
		for _, u := range byLaw[id] {
			if u.version.ID == vid {
				u.phases, found = append(u.phases, ph), true
			}
		}
		if !found {
			byLaw[id] = append(byLaw[id], &use{e.Version(vid), []phaseRef{ph}})
		}
	}
	for _, id := range order {
		uses := byLaw[id]
		slices.SortFunc(uses, func(a, b *use) int { return strings.Compare(string(a.version.ID), string(b.version.ID)) })
		b.group("rule", b.lawsOf("law", id))
		for _, u := range uses {
			var why []Reason
			for _, ph := range u.phases {
				why = reasons(why, because(p, ph.ph.Rule))
			}
			v := b.waysTimes(u.phases)
			if d := u.version.From; d.State == source.Known {
				v = append([]Value{date("since", d.Is)}, v...)
			}
			scope := string(id) + "@" + string(u.version.ID)
			b.say(scope, "law."+string(id)+"."+string(u.version.ID)+".rule", claims(claim("C33", "rule/"+scope), claim("C35", "rule/"+scope)), reasons(why, b.cite(id)), v...)
		}
		if len(uses) > 1 {
			first, last := uses[0].version.From, uses[len(uses)-1].version.From
			if first.State == source.Known && last.State == source.Known {
				y1, _, _ := first.Is.First.YMD()
				y2, _, _ := last.Is.First.YMD()
				if y2 > y1 {
					b.sayN(string(id), "past.changed.years", y2-y1, claim("C35", "changed/"+string(id)), b.cite(id))
				}
			}
			b.say(string(id), "past.can_change", claim("C35", "again/"+string(id)), b.cite(id))
		}
	}
}

// waysTimes names the channels and times of phases.
func (b *builder) waysTimes(phases []phaseRef) []Value {
	v := b.ways(phases)
	t := Value{Name: "time", Kind: VDates}
	for _, ph := range phases {
		if ph.ph.From.State == source.Known && ph.ph.To.State == source.Known {
			t.Parts = append(t.Parts, Part{Date: ph.ph.From.Is, To: ph.ph.To.Is})
		}
	}
	if len(t.Parts) > 0 {
		v = append(v, t)
	}
	return v
}

func (b *builder) pastRights() {
	p := b.p
	type right struct {
		word string
		f    source.Fact[YesNo]
	}
	rights := []right{{"see", p.Past.See}, {"correct", p.Past.Correct}, {"withdraw", p.Past.Withdraw}, {"delete", p.Past.Delete}}
	for _, k := range []string{"yes", "no", "unknown"} {
		var ws []string
		var why []Reason
		var extra []Value
		for _, r := range rights {
			if r.f.State == source.NotApplicable || known(r.f, map[YesNo]string{"yes": "yes", "no": "no"}, "unknown") != k {
				continue
			}
			ws = append(ws, r.word)
			why = reasons(why, because(p, r.f), b.cite(r.f.Law...))
			if e := uncertain(r.f); len(e) > 0 && len(extra) == 0 {
				extra = e
			}
		}
		if len(ws) > 0 {
			cl := claim("C33", prefix("right/", ws)...)
			if slices.Contains(ws, "delete") {
				cl = append(cl, Claim{"C04", "you"})
			}
			b.say("", "past.can."+k, cl, why, append([]Value{labels("rights", "word.right", ws...)}, extra...)...)
		}
	}
}

// happened lists the demands that may be listed.
func (b *builder) happened() {
	p := b.p
	b.section("happened", 2)
	switch {
	case p.Demands.State == source.Unknown:
		b.say("", "demand.unknown", claim("C22", "any"), because(p, p.Demands))
	case len(b.events) == 0:
		b.say("", "demand.none", claim("C22", "any"), b.path("demands"))
	}
	for _, e := range b.events {
		scope := string(e.ID)
		b.say(scope, "demand.from."+string(e.From), claims(claim("C22", "came/"+scope), claim("C23", "came/"+scope)),
			reasons(b.path(e.path+".from", e.path+".to", e.path+".dated", e.path+".kind", e.path+".may_be_listed"), because(p, e.Served), because(p, p.Demands)), b.eventValues(e)...)
		b.eventScope(e)
		b.eventAnswer(e)
	}
	b.group("gag")
	b.say("", "demand.gag", claims(claim("C22", "gag"), claim("C36", "gag")), b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Gag != law.DoesNot })...))
}

func (b *builder) eventValues(e eventRef) []Value {
	v := []Value{labels("paper", "demand", string(e.Kind)), date("date", e.Dated), text("holder", b.p.Holders[e.To].Name)}
	if e.Served.State == source.Known {
		v = append(v, date("served", e.Served.Is))
		v = append(v, founded(e.Served, func(d source.Date) Value { return date("", d) })...)
	}
	return v
}

func (b *builder) eventScope(e eventRef) {
	p, scope := b.p, string(e.ID)
	switch {
	case e.Scope == "named" && e.HowMany.State == source.Known:
		b.say(scope, "demand.named", claim("C16", "scope/"+scope), reasons(b.path(e.path+".scope"), because(p, e.HowMany)), append([]Value{count("people", e.HowMany.Is, false)}, uncertain(e.HowMany)...)...)
	default:
		b.say(scope, "demand."+string(e.Scope), claim("C16", "scope/"+scope), reasons(b.path(e.path+".scope"), because(p, e.HowMany)))
	}
	if e.Asks.State != source.Known {
		b.say(scope, "demand.asks.unknown", claim("C22", "asks/"+scope), because(p, e.Asks))
	}
	for i, pr := range e.Asks.Is {
		why := reasons(because(p, e.Asks), b.path(p.inside(e.path+".asks")+"."+itoa(i)+".field"))
		cl := claims(claim("C22", "asks/"+scope+"/"+itoa(i)), claim("C16", "asks/"+scope+"/"+itoa(i)))
		extra := uncertain(e.Asks)
		switch {
		case len(pr.Any) > 0:
			b.say(scope, "demand.papers", cl, why, append([]Value{b.items("items", pr.Any)}, extra...)...)
		case !pr.From.IsZero() || !pr.To.IsZero():
			v := dates("time", pr.From, source.End{Date: pr.To, Open: pr.To.IsZero()})
			if pr.From.IsZero() {
				v = date("until", pr.To)
			}
			b.say(scope, "demand.window", cl, why, append([]Value{v}, extra...)...)
		default:
			b.say(scope, "demand.field", cl, why, append([]Value{b.items("items", []source.ID{pr.Field})}, extra...)...)
		}
		if usual := map[bool]source.ID{true: "document_type", false: "applied_on"}[len(pr.Any) > 0]; pr.Field != usual && (len(pr.Any) > 0 || !pr.From.IsZero() || !pr.To.IsZero()) {
			b.say(scope, "demand.field", cl, why, b.items("items", []source.ID{pr.Field})) // the papers or days are those of this field
		}
		for n, c := range p.Counts {
			if c.Of == "applicants" && c.In == "all" && c.From == pr.From && c.To == pr.To {
				b.count(n, c)
			}
		}
	}
	switch {
	case e.Wants.State == source.Known && len(e.Wants.Is) > 0:
		b.say(scope, "demand.wants", claim("C22", "wants/"+scope), because(p, e.Wants), append([]Value{b.items("items", e.Wants.Is)}, uncertain(e.Wants)...)...)
	case e.Wants.State == source.Unknown:
		b.later(e.Wants.Path, claim("C22", "wants/"+scope))
	}
	b.say(scope, "demand.fit", claim("C36", "fit/"+scope), because(p, e.Asks))
}

func (b *builder) eventAnswer(e eventRef) {
	p, scope := b.p, string(e.ID)
	b.group("answer")
	v := []Value{}
	if e.Answer.State == source.Known && !e.Answer.On.IsZero() {
		v = append(v, date("on", e.Answer.On))
	}
	b.say(scope, "answer."+answerWord(e.Answer), claim("C22", "answer/"+scope), because(p, e.Answer),
		append(v, founded(e.Answer, func(a Answer) Value { return labels("", "word.answer", string(a)) })...)...)
	v = nil
	g := e.Given
	if g.State == source.Known {
		if g.By != "" && g.Confidence != source.Verified {
			v = append(v, name("said_by", g.By))
		}
		if !g.On.IsZero() && g.Confidence != source.Verified {
			v = append(v, date("on", g.On))
		}
	}
	if g.State != source.NotApplicable {
		b.say(scope, "given."+known(g, sameWords(wGiven, Given("")), "unknown"), claims(claim("C22", "given/"+scope), claim("C24", "given/"+scope)), because(p, g),
			append(v, founded(g, func(a Given) Value { return labels("", "word.given", string(a)) })...)...)
	}
	if e.Court.State != source.NotApplicable {
		v = optDate("on", e.Court.On)
		if e.CourtOn.State == source.Known {
			v = append(v, labels("court_scope", "word.court_scope", string(e.CourtOn.Is)))
		}
		b.say(scope, "court."+known(e.Court, sameWords(wCourt, Court("")), "unknown"), claims(claim("C22", "court/"+scope), claim("C36", "court/"+scope)), reasons(because(p, e.Court), because(p, e.CourtOn)),
			append(v, founded(e.Court, func(a Court) Value { return labels("", "word.court", string(a)) })...)...)
	}
}

// whoCanAsk says which demands can come, what force each has, and whether people hear of it.
func (b *builder) whoCanAsk() {
	b.section("who_can_ask", 2)
	admin := b.demandIDs(func(d demandRef) bool { return b.isImmigrationSubpoena(d.ID) })
	order := b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.CourtOrder })
	sub := b.cite(admin...)
	b.say("", "ask.first", claims(claim("C23", "first"), claim("C11", "kept")), sub)
	b.say("", "ask.ice", claim("C23", "ice"), sub)
	b.group("subpoena")
	b.say("", "ask.subpoena", claim("C12", "name"), sub)
	b.say("", "ask.signed", claim("C12", "signed"), sub)
	b.say("", "ask.no_court", claim("C12", "no_court"), sub)
	b.group("reach")
	b.say("", "ask.not_kept", claim("C11", "not_kept"), sub)
	if slices.ContainsFunc(b.demands, func(d *law.Entry) bool { return d.Demand.Testimony }) {
		b.say("", "ask.testimony", claim("C42", "testimony"), sub)
	}
	b.group("force")
	b.say("", "ask.can_refuse", claim("C13", "refuse"), sub)
	b.say("", "ask.then_court", claim("C13", "court"), reasons(sub, b.cite(order...)))
	b.say("", "ask.obey", claim("C14", "obey"), b.cite(order...))
	b.rulings()
	b.say("", "ask.lose", claim("C15", "lose"), b.cite(order...))
	b.say("", "ask.appeal", claim("C15", "appeal"), b.cite(order...))
	b.group("more")
	b.say("", "ask.group", claim("C16", "group"), sub)
	b.say("", "ask.again", claim("C17", "again"), sub)
	b.say("", "ask.again.reach", claim("C17", "reach"), sub)
	b.courtPapers()
	b.tells()
	b.routes()
}

// rulings names the rulings that were known on the edition's day.
func (b *builder) rulings() {
	var known []*law.Entry
	outcomes := map[source.ID]bool{}
	for _, e := range b.book.All() {
		if e.Kind == law.KindRuling && e.Ruling.Decided.Last <= b.day {
			known = append(known, e)
			outcomes[e.Ruling.Outcome] = true
		}
	}
	b.group("rulings")
	all := make([]source.ID, len(known))
	for i, e := range known {
		all[i] = e.ID
	}
	switch {
	case len(known) == 0:
		b.say("", "ask.rulings.none", claim("C14", "rulings"), b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.CourtOrder })...))
		return
	case len(outcomes) > 1:
		b.say("", "ask.rulings.both", claim("C14", "rulings"), b.cite(all...))
	default:
		b.say("", "ask.rulings.one", claim("C14", "rulings"), b.cite(all...))
	}
}

func (b *builder) courtPapers() {
	b.group("court_papers")
	fed := b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.FederalCourt })
	state := b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.StateCourt })
	if len(fed) > 0 {
		b.say("", "ask.court_papers", claims(claim("C12", "court_papers"), claim("C20", "court_papers")), b.cite(fed...), labels("papers", "demand", words(fed)...))
		b.say("", "ask.court_signed", claim("C12", "court_signed"), b.cite(fed...))
	}
	if len(state) > 0 {
		b.say("", "ask.state_court", claim("C20", "state_court"), b.cite(state...), labels("papers", "demand", words(state)...))
	}
}

// tells is rule K1 in words.
func (b *builder) tells() {
	p := b.p
	b.group("told")
	t := p.Tells
	v := uncertain(t)
	if len(t.Law) > 0 {
		v = append([]Value{b.lawsOf("law", t.Law...)}, v...)
	}
	w := known(t, map[Tells]string{"by_law": "by_law", "says_it_will": "says", "no": "no"}, "unknown")
	b.say("", "told."+w, claim("C19", "told"), reasons(because(p, t), b.cite(t.Law...)), v...)
	if w != "by_law" {
		b.say("", "told.no_law", claim("C19", "law"), because(p, t))
	}
	b.say("", "told.gag", claim("C19", "gag"), b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Gag != law.DoesNot })...))
	var unreachable []phaseRef
	var why []Reason
	for _, c := range b.mainChannels() {
		for _, ph := range c.phases {
			if b.reachable(ph) != source.Yes {
				unreachable = append(unreachable, ph)
				for _, a := range ph.asks {
					for _, i := range a.Items {
						if i == "address" || i == "phone" || i == "email" {
							why = reasons(why, because(p, a.Handling))
						}
					}
				}
				if len(why) == 0 {
					why = b.path(ph.path + ".id")
				}
			}
		}
	}
	if len(unreachable) > 0 {
		b.say("", "told.no_way", claim("C19", "no_way"), why, b.ways(unreachable)...)
	}
}

// routes answers each way to the records that needs no subpoena.
func (b *builder) routes() {
	p := b.p
	b.group("routes")
	list := b.routeList()
	for _, o := range list {
		switch {
		case o.f.State == source.Known:
			var cited []Reason
			if id := map[string]source.ID{"records_request": "public_records_request", "leak": "leak", "voluntary_sharing": "voluntary_sharing"}[o.word]; id != "" {
				cited = b.cite(id)
			}
			b.say("", "route."+o.word, claim("C20", o.word), reasons(because(p, o.f), cited), uncertain(o.f)...)
		case o.f.State == source.Unknown:
			b.later(o.f.Path, claim("C20", o.word))
		}
	}
}

type routeRef struct {
	word string
	f    source.Fact[Applies]
}

func (b *builder) routeList() []routeRef {
	r := b.p.Routes
	return []routeRef{{"records_request", r.RecordsRequest}, {"leak", r.Leak}, {"voluntary_sharing", r.Voluntary}, {"agreement", r.Agreement},
		{"direct_query", r.DirectQuery}, {"funding_condition", r.Funding}, {"broker", r.Broker}}
}

// notRoutes names the ways that do not fit the program.
func (b *builder) notRoutes() {
	var not []string
	var whyNot []Reason
	for _, o := range b.routeList() {
		if o.f.State == source.NotApplicable {
			not = append(not, o.word)
			whyNot = reasons(whyNot, because(b.p, o.f))
		}
	}
	if len(not) > 0 {
		b.say("", "route.not", claim("C20", not...), whyNot, labels("routes", "word.route", not...))
	}
}

// opened says, field by field, what a records request can and cannot open (G10).
func (b *builder) opened() {
	by := map[Barrier][]source.ID{}
	laws := map[Barrier][]source.ID{}
	for _, r := range b.table {
		e := b.book.Entry(r.Demand)
		if e == nil || e.Demand.Class != law.RecordsRequest || r.Holder != b.custodian || r.Existence.High == None {
			continue
		}
		k, ok := r.Opens()
		if !ok {
			continue
		}
		if !slices.Contains(by[k], r.Item) {
			by[k] = append(by[k], r.Item)
		}
		for _, l := range r.Laws {
			if !slices.Contains(laws[k], l) {
				laws[k] = append(laws[k], l)
			}
		}
	}
	for _, k := range []Barrier{BlockedByLaw, HolderMayWithhold, HolderMayAnswer, NoBarrier} {
		if len(by[k]) == 0 {
			continue
		}
		v := []Value{b.items("items", by[k])}
		why := b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.RecordsRequest })...)
		if l := b.openingLaws(laws[k]); len(l) > 0 && k != NoBarrier {
			v = append(v, b.lawsOf("law", l...))
			why = reasons(b.cite(l...), why)
		}
		b.say("", "open."+k.String(), claims(claim("C20", "open/"+k.String()), claim("C21", "open/"+k.String())), why, v...)
	}
}

func (b *builder) openingLaws(ids []source.ID) []source.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id source.ID) bool {
		return !slices.ContainsFunc(b.opening, func(e *law.Entry) bool { return e.ID == id })
	})
}

// stops says what may stop the office from answering by choice: the verdict of the table, each law, its exceptions, its disputes, and
// what the office says.
func (b *builder) stops() {
	p := b.p
	b.section("stops", 2)
	b.barriers()
	for _, e := range b.relevant(law.Answering) {
		v := b.versionNow(e)
		if v == nil {
			continue
		}
		if b.engineBinds(e, v) == law.DoesNot { // layer 3 names it, and that it is not about this office
			continue
		}
		b.group("")
		b.say("law/"+string(e.ID), "law."+string(e.ID)+".says", claims(claim("C21", string(e.ID)), claim("C24", string(e.ID))), b.cite(e.ID), b.lawsOf("law", e.ID))
	}
	b.inDoubt()
	b.exceptions()
	b.group("says")
	b.commitments()
	if p.Says.State == source.Unknown {
		b.say("", "says.unknown", claim("C24", "says"), because(p, p.Says))
	} else if len(p.Says.Is) == 0 {
		b.say("", "says.nothing", claim("C24", "says"), b.path("office_says"))
	}
}

// inDoubt says once for each status which of these laws are challenged, disputed, stopped or unread, since when and in which case.
func (b *builder) inDoubt() {
	for _, status := range []law.Status{law.Challenged, law.Disputed, law.Enjoined, law.Unverified} {
		var ids []source.ID
		var cl []string
		var on []source.Date
		var cases []string
		for _, e := range b.relevant(law.Answering) {
			v := b.versionNow(e)
			eff := e.EffectOn(b.day)
			if v == nil || b.engineBinds(e, v) == law.DoesNot || eff.Is != status {
				continue
			}
			ids = append(ids, e.ID)
			cl = append(cl, "status/"+string(e.ID))
			if !slices.Contains(on, eff.On) && !eff.On.IsZero() {
				on = append(on, eff.On)
			}
			if eff.Case != "" && !slices.Contains(cases, eff.Case) {
				cases = append(cases, eff.Case)
			}
		}
		if len(ids) == 0 {
			continue
		}
		b.group("")
		v := []Value{b.lawsOf("law", ids...)}
		for _, d := range on {
			v = append(v, date("since", d))
		}
		for _, c := range cases {
			v = append(v, name("case", c))
		}
		b.say("", "stops."+string(status), claim("C21", cl...), b.cite(ids...), v...)
	}
}

// relevant lists the protections of the place about a topic, ordinances of the smallest place first.
func (b *builder) relevant(topics ...law.Topic) []*law.Entry {
	entries, _ := b.book.In(b.p.Program.Jurisdiction)
	var out []*law.Entry
	for _, e := range entries {
		if e.Kind == law.KindProtection && slices.Contains(topics, e.Topic) && e.On(b.day) != nil { // no law of later
			out = append(out, e)
		}
	}
	return out
}

func (b *builder) versionNow(e *law.Entry) *law.Version { return e.On(b.day) }

func (b *builder) engineBinds(e *law.Entry, v *law.Version) law.Verdict {
	return b.binds(e, v, b.custodian)
}

// barriers is the verdict for the immigration subpoena at the office itself: one sentence for each barrier that its rows have.
func (b *builder) barriers() {
	type verdict struct {
		items []source.ID
		laws  []source.ID
		rule  Rule
	}
	by := map[Barrier]*verdict{}
	for _, r := range b.table {
		if r.Holder != b.custodian || !b.isImmigrationSubpoena(r.Demand) || r.Existence.High == None || r.Barrier == NotApplicableBarrier {
			continue
		}
		v := by[r.Barrier]
		if v == nil {
			v = &verdict{rule: lastG(r.Rules)}
			by[r.Barrier] = v
		}
		if !slices.Contains(v.items, r.Item) {
			v.items = append(v.items, r.Item)
		}
		for _, l := range r.Laws {
			if !slices.Contains(v.laws, l) {
				v.laws = append(v.laws, l)
			}
		}
	}
	n := 0
	for k := Ordered; k <= NotApplicableBarrier; k++ {
		v := by[k]
		if v == nil {
			continue
		}
		n++
		why := b.cite(b.demandIDs(func(d demandRef) bool { return b.isImmigrationSubpoena(d.ID) })...)
		why = reasons(b.cite(v.laws...), why)
		for i := range why {
			why[i].Rule = v.rule
		}
		var vals []Value
		if len(by) > 1 {
			vals = append(vals, b.items("items", v.items))
		}
		b.say("", "stops.verdict."+k.String(), claim("C13", "verdict/"+k.String()), why, vals...)
	}
	if n == 0 {
		b.say("", "stops.verdict.nothing_to_reach", claim("C13", "verdict/none"), b.cite(b.demandIDs(func(d demandRef) bool { return b.isImmigrationSubpoena(d.ID) })...))
	}
}

func (b *builder) exceptions() {
	var list []string
	var laws []source.ID
	for _, e := range b.relevant(law.Answering) {
		v := b.versionNow(e)
		if v == nil || b.engineBinds(e, v) == law.DoesNot {
			continue
		}
		for _, x := range v.Exceptions {
			if !slices.Contains(list, string(x)) {
				list = append(list, string(x))
			}
			if !slices.Contains(laws, e.ID) {
				laws = append(laws, e.ID)
			}
		}
	}
	if len(list) == 0 {
		return
	}
	b.group("exceptions")
	b.say("", "stops.exceptions", claim("C21", prefix("exception/", list)...), b.cite(laws...), labels("exceptions", "word.exception", list...))
	if slices.Contains(list, "written_permission") {
		b.say("", "stops.permission", claim("C21", "permission"), b.cite(laws...))
	}
}

// commitments says what the office says it will do, dated, and that its force is that of its words.
func (b *builder) commitments() {
	for i, s := range b.p.Says.Is {
		if s.Law != "" && b.sec.Layer == 2 || s.Law == "" && b.sec.Layer == 3 {
			continue // what rests on a law stands with the laws, in layer 3
		}
		path := "office_says." + itoa(i)
		v := []Value{text("said_by", b.p.Holders[s.By].Name)}
		if !s.Speaker.IsZero() {
			v[0] = text("said_by", s.Speaker)
		}
		if !s.Said.IsZero() {
			v = append(v, date("on", s.Said))
		}
		if s.Law != "" {
			v = append(v, b.lawsOf("law", s.Law))
		}
		if len(s.On) > 0 {
			v = append(v, labels("about", "demand", words(s.On)...))
		}
		why := b.path(path+".will", path+".on", path+".by", path+".said", path+".law", path+".speaker", "holders."+string(s.By)+".name")
		why = append(why, Reason{Path: path + ".source", Pos: b.p.at(path + ".source").Pos, Source: s.Source})
		b.say(itoa(i), "says."+string(s.Will), claims(claim("C24", "says/"+itoa(i)), claim("C13", "says/"+itoa(i))), why, v...)
		b.say(itoa(i), "force."+string(s.Force), claim("C24", "force/"+itoa(i)), b.path(path+".force"))
	}
}

// notKnown groups every unknown of the file by who could answer, each said once, with who was asked.
func (b *builder) notKnown() {
	b.section("unknown", 2)
	if len(b.unknowns) == 0 {
		return
	}
	asked := 0
	var all []Reason
	for _, q := range b.unknowns {
		asked += len(q.Asked)
		all = append(all, Reason{Pos: q.Pos, Path: q.Path})
	}
	b.say("", "unknown.first", claim("C36", "first"), all[:1])
	if asked == 0 {
		b.say("", "unknown.nobody_asked", claim("C36", "asked"), all)
	} else {
		b.say("", "unknown.some_asked", claim("C36", "asked"), all)
	}
	b.group("answers")
	for _, role := range []string{"records", "it", "vendor", "counsel", "program"} {
		var fields, cl []string
		var also []Claim
		var why []Reason
		var who []Value
		for _, q := range b.unknowns {
			if q.Ask != role {
				continue
			}
			cl = append(cl, q.Path)
			also = append(also, b.deferred[q.Path]...)
			why = append(why, Reason{Pos: q.Pos, Path: q.Path})
			if !slices.Contains(fields, q.Field) {
				fields = append(fields, q.Field)
			}
			for _, a := range q.Asked {
				who = append(who, name("asked", a.Who), date("asked_on", a.On))
			}
		}
		if len(fields) > 0 {
			b.say("", "unknown."+role, claims(claim("C36", cl...), also), why, append([]Value{labels("questions", "unknown", fields...)}, who...)...)
		}
	}
}

// secret reports whether a path lies in a demand that may not be listed, or a hold that may not be named.
func (b *builder) secret(path string) bool {
	for _, e := range b.p.Demands.Is {
		if !e.Listed && (strings.HasPrefix(path, "demands."+string(e.ID)+".") || strings.HasPrefix(path, "demands.is."+string(e.ID)+".")) {
			return true
		}
	}
	for i, h := range b.p.Holds.Is {
		if !h.Public && (strings.HasPrefix(path, "holds."+itoa(i)+".") || strings.HasPrefix(path, "holds.is."+itoa(i)+".")) {
			return true
		}
	}
	return false
}

// confirm is the tick: one box for three sentences, where a channel that takes a form is open. It is no consent to sharing (N15).
func (b *builder) confirm() {
	for _, c := range b.mainChannels() {
		for _, ph := range c.phases {
			f := ph.ph.Confirm
			takes := c.ch.Kind == "online" || c.ch.Kind == "kiosk"
			if !b.open(ph) || !takes || f.State == source.Known && f.Is == "none" {
				continue
			}
			why := reasons(because(b.p, f), b.path(ph.path+".id"))
			b.section("confirm", 2)
			b.say("", "tick.read", claim("C28", "read"), why)
			b.say("", "tick.stored", claim("C28", "stored"), why)
			b.say("", "tick.no_permission", claim("C28", "no_permission"), why)
			return
		}
	}
}

// edition says which page this is, who speaks, and what nobody has checked yet.
func (b *builder) edition() {
	p := b.p
	b.section("about", 2)
	b.say("", "about.can_change", claim("C35", "change"), b.path("edition.number", "edition.as_of"), date("as_of", p.Edition.AsOf), count("number", p.Edition.Number, false))
	switch f := p.Edition.Changed; {
	case f.State == source.Known && len(f.Is) > 0:
		b.say("", "about.new", claim("C35", "new"), because(p, f), labels("new", "word.change", words(f.Is)...))
	case f.State == source.Known:
		b.say("", "about.nothing_new", claim("C35", "new"), because(p, f))
	default:
		b.say("", "about.new.unknown", claim("C35", "new"), because(p, f))
	}
	switch f := p.Edition.Older; {
	case f.State == source.Known && f.Is != "" && f.Is != "none":
		b.say("", "about.older", claim("C35", "older"), because(p, f), link("page", f)...)
	case f.State == source.Known:
		b.say("", "about.older.none", claim("C35", "older"), because(p, f))
	default:
		b.say("", "about.older.unknown", claim("C35", "older"), because(p, f))
	}
	b.group("writers")
	if p.Voice == "office" && p.Answers != nil {
		b.say("", "about.voice.office", claim("C36", "voice"), b.path("voice", "answers_for_it.name", "answers_for_it.title", "answers_for_it.on"), text("office", p.Program.Contact.Name),
			name("officer", p.Answers.Name), text("officer_title", p.Answers.Title), date("on", p.Answers.On))
	} else {
		b.say("", "about.voice.independent", claim("C36", "voice"), b.path("voice"))
		b.say("", "about.voice.not_office", claim("C36", "not_office"), b.path("voice"))
	}
	b.say("", "about.not_advice", claim("C36", "advice"), b.path("voice"))
	b.group("checked")
	switch f := p.Tested; {
	case f.State == source.Known && len(f.Is) > 0:
		for i, t := range f.Is {
			b.say(itoa(i), "about.tested", claim("C29", "tested/"+itoa(i)), because(p, f), count("people", t.People, false), count("first", t.First, false), count("second", t.Second, false),
				labels("language", "language", t.Language), date("on", t.On))
		}
	case f.State == source.Unknown:
		b.say("", "about.tested.unknown", claim("C29", "tested"), because(p, f))
	default:
		b.say("", "about.untested", claim("C29", "tested"), because(p, f))
	}
	for i, r := range p.Reviewers {
		path := "reviewers." + itoa(i)
		msg := "about.reviewer"
		if r.Required {
			msg = "about.reviewer.required"
		}
		b.say(itoa(i), msg, claim("C36", "reviewer/"+itoa(i)), b.path(path+".name", path+".languages", path+".required"), name("who", r.Name), labels("languages", "language", r.Languages...))
	}
	if p.Drafts != nil && p.Drafts.ShownMarked {
		b.say("", "about.drafts", claim("C29", "drafts"), b.path("drafts.shown_marked", "drafts.decided_by"), name("who", p.Drafts.DecidedBy))
	}
	b.say("", "about.languages", claim("C29", "languages"), b.path("languages"), labels("languages", "language", p.Languages...))
	b.group("office")
	c := p.Program.Contact
	v := []Value{text("office", c.Name)}
	v = append(v, phone(c.Phone)...)
	if c.Place.State == source.Known {
		v = append(v, Value{Name: "place", Kind: VPlace, Parts: []Part{{Name: c.Place.Is}}})
	}
	v = append(v, link("page", c.Page)...)
	b.say("", "about.contact", claim("C35", "contact"), reasons(b.path("program.contact.name"), because(p, c.Phone), because(p, c.Place), because(p, c.Page)), v...)
}

// laws prints each law and each paper by itself: whom it binds, what opens it, where it stands, when it was last checked.
func (b *builder) laws() {
	b.section("laws", 3)
	for i, e := range b.relevant(law.Answering, law.Erasing, law.Opening, law.Address, law.Status_) {
		id := string(e.ID)
		if i == 0 {
			b.say("", "laws.first", claim("C24", "first"), b.cite(e.ID))
		}
		b.group("law", b.lawsOf("law", e.ID))
		bound := e.Topic != law.Answering
		if v := b.versionNow(e); e.Topic == law.Answering && v != nil && b.engineBinds(e, v) == law.DoesNot {
			b.say("laws/"+id, "stops.not_bound", claim("C21", "bound/"+id), b.cite(e.ID))
			bound = true
		}
		if bound { // what may stop an answer is said in layer 2
			b.say("laws/"+id, "law."+id+".says", claims(claim("C21", id), claim("C24", id)), b.cite(e.ID))
		}
		b.say("laws/"+id, "law."+id+".binds", claims(claim("C21", "binds/"+id), claim("C24", "force/"+id)), b.cite(e.ID), labels("force", "word.force", string(e.Force)))
		if v := b.versionNow(e); v != nil && len(v.Exceptions) > 0 {
			b.say("laws/"+id, "law.except", claim("C21", "except/"+id), b.cite(e.ID), labels("exceptions", "word.exception", words(v.Exceptions)...))
		}
		b.checked(e, "laws/"+id, "C21")
	}
	b.group("says")
	b.commitments()
	b.section("papers", 3)
	for i, d := range b.demandIDs(func(demandRef) bool { return true }) {
		id, e := string(d), b.book.Entry(d)
		if i == 0 {
			b.say("", "papers.first", claim("C20", "papers"), b.cite(e.ID))
		}
		b.group("paper", labels("paper", "demand", id))
		b.say("papers/"+id, "demand."+id+".is", claim("C20", "paper/"+id), b.cite(e.ID))
		b.checked(e, "papers/"+id, "C20")
		if e.Demand.Class == law.RecordsRequest && b.p.Routes.RecordsRequest.State == source.Known {
			b.opened()
		}
	}
	b.group("rulings")
	for _, e := range b.book.All() {
		if e.Kind == law.KindRuling && e.Ruling.Decided.Last <= b.day {
			b.say("", "law."+string(e.ID)+".says", claim("C14", string(e.ID)), b.cite(e.ID), date("decided", e.Ruling.Decided), b.cited("case", e.ID))
		}
	}
}

// checked says how an entry of the book stands and when somebody last checked it.
func (b *builder) checked(e *law.Entry, scope string, item ItemID) {
	status := law.InForce
	var since []Value
	if e.Kind == law.KindProtection {
		eff := e.EffectOn(b.day)
		status = eff.Is
		if eff.Is == law.Challenged || eff.Is == law.Enjoined {
			since = optDate("since", eff.On)
		}
	}
	if e.Confidence == source.Unverified {
		status = law.Unverified
	}
	v := append(since, date("checked", e.Checked.On))
	msg := "status." + string(status)
	switch {
	case e.Due(b.on):
		msg = "status.due"
	case e.Kind == law.KindDemand && status == law.InForce:
		msg = "status.place"
	}
	if e.Kind == law.KindDemand {
		v = append([]Value{{Name: "citation", Kind: VLaw, Parts: []Part{{Name: e.Citation}}}}, v...)
	}
	b.say(scope, msg, claim(item, "status/"+scope), b.cite(e.ID), v...)
}

// sources lists what the page rests on.
func (b *builder) sources() {
	ids := make([]source.ID, 0, len(b.p.Sources))
	for id := range b.p.Sources {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	b.section("sources", 3)
	for i, id := range ids {
		s := b.p.Sources[id]
		path := "sources." + string(id)
		if i == 0 {
			b.say("", "sources.first", claim("C36", "sources"), b.path("sources"))
		}
		b.group("")
		v := []Value{name("title", s.Title)}
		if s.Published.State == source.Known {
			v = append(v, date("published", s.Published.Is))
		} else {
			v = append(v, labels("published", "word.fact", "unknown"))
		}
		if s.Read.State == source.Known {
			v = append(v, date("read", s.Read.Is))
		} else {
			v = append(v, labels("read", "word.fact", "unknown"))
		}
		if s.URL != "" {
			v = append(v, Value{Name: "page", Kind: VURL, Parts: []Part{{Name: s.URL}}})
		}
		b.say(string(id), "source."+string(s.Kind), claim("C36", "source/"+string(id)), reasons(b.path(path+".title", path+".kind", path+".url"), because(b.p, s.Published), because(b.p, s.Read)), v...)
	}
}
