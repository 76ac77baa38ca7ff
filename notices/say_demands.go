package notices

import (
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// The demands that came, the demands that can come, and whether people hear of one.

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
		b.group("")
		b.say(scope, "demand.from."+string(e.From), claims(claim("C22", "came/"+scope), claim("C23", "came/"+scope)),
			reasons(b.path(e.path+".from", e.path+".to", e.path+".dated", e.path+".kind", e.path+".may_be_listed"), because(p, e.Served), because(p, p.Demands)), b.eventValues(e)...)
		b.eventScope(e)
		b.eventAnswer(e)
	}
	b.group("gag")
	b.gag()
}

func (b *builder) gag() {
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
	named := e.Scope == "named" // then the paper itself says who they are, and the page never does
	counted := named && e.HowMany.State == source.Known && len(e.HowMany.But) == 0
	switch {
	case named && e.HowMany.State == source.Known:
		cl := claim("C16", "scope/"+scope)
		if counted {
			cl = claims(cl, claim("C36", "fit/"+scope))
		}
		b.say(scope, "demand.named", cl, reasons(b.path(e.path+".scope"), because(p, e.HowMany)), append([]Value{count("people", e.HowMany.Is, false)}, uncertain(e.HowMany)...)...)
	default:
		b.say(scope, "demand."+string(e.Scope), claim("C16", "scope/"+scope), reasons(b.path(e.path+".scope"), because(p, e.HowMany)))
	}
	switch {
	case e.Asks.State != source.Known && named:
		b.say(scope, "demand.names", claim("C22", "asks/"+scope), because(p, e.Asks))
	case e.Asks.State != source.Known:
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
		if b.elsewhere(e) {
			b.say(scope, "demand.elsewhere", claim("C22", "elsewhere/"+scope), because(p, e.Wants))
		}
	case e.Wants.State == source.Unknown:
		b.later(e.Wants.Path, claim("C22", "wants/"+scope))
	}
	if !counted {
		b.say(scope, "demand.fit", claim("C36", "fit/"+scope), because(p, e.Asks))
	}
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
	switch {
	case g.State != source.NotApplicable && len(g.But) > 0:
		b.say(scope, "given.contested", claims(claim("C22", "given/"+scope), claim("C24", "given/"+scope)), because(p, g), contested(g, "word.given")...)
	case g.State != source.NotApplicable:
		b.say(scope, "given."+known(g, sameWords(wGiven, Given("")), "unknown"), claims(claim("C22", "given/"+scope), claim("C24", "given/"+scope)), because(p, g),
			append(v, founded(g, func(a Given) Value { return labels("", "word.given", string(a)) })...)...)
	}
	b.eventCourt(e)
}

// eventCourt says what a court was asked about a demand.
func (b *builder) eventCourt(e eventRef) {
	p, scope := b.p, string(e.ID)
	if e.Court.State == source.NotApplicable {
		return
	}
	v := optDate("on", e.Court.On)
	if e.CourtOn.State == source.Known {
		v = append(v, labels("court_scope", "word.court_scope", string(e.CourtOn.Is)))
	}
	b.say(scope, "court."+known(e.Court, sameWords(wCourt, Court("")), "unknown"), claims(claim("C22", "court/"+scope), claim("C36", "court/"+scope)), reasons(because(p, e.Court), because(p, e.CourtOn)),
		append(v, founded(e.Court, func(a Court) Value { return labels("", "word.court", string(a)) })...)...)
}

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
	return b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.Redirect && len(d.Demand.GoesBy) == 0 })...)
}

// whoCanAsk says which demands can come, what force each has, and whether people hear of it.
func (b *builder) whoCanAsk() {
	b.section("who_can_ask", 2)
	b.subpoena()
	b.courtPapers()
	b.group("told")
	b.tells()
	b.routes()
}

// subpoena says how the paper of an immigration officer works.
func (b *builder) subpoena() {
	sub, order := b.subpoenaCite(), b.orderCite()
	b.canAsk()
	b.say("", "ask.ice", claim("C23", "ice"), sub)
	b.group("subpoena")
	b.paper()
	b.group("reach")
	b.notKept()
	b.group("force")
	b.say("", "ask.can_refuse", claim("C13", "refuse"), sub)
	b.courtNext()
	b.rulings()
	b.say("", "ask.lose", claim("C15", "lose"), order)
	b.say("", "ask.appeal", claim("C15", "appeal"), order)
	b.group("more")
	b.say("", "ask.group", claim("C16", "group"), sub)
	b.say("", "ask.again", claim("C17", "again"), sub)
	b.say("", "ask.again.reach", claim("C17", "reach"), sub)
}

// paper says what the paper is called, who signs it, and that no court has checked it.
func (b *builder) paper() {
	sub := b.subpoenaCite()
	b.say("", "ask.subpoena", claim("C12", "name"), sub)
	b.say("", "ask.signed", claim("C12", "signed"), sub)
	b.say("", "ask.no_court", claim("C12", "no_court"), sub)
}

// notKept says what no paper can reach, and that people can be asked all the same.
func (b *builder) notKept() {
	sub := b.subpoenaCite()
	b.say("", "ask.not_kept", claim("C11", "not_kept"), sub)
	if slices.ContainsFunc(b.demands, func(d *law.Entry) bool { return d.Demand.Testimony }) {
		b.say("", "ask.testimony", claim("C42", "testimony"), sub)
	}
}

// canAsk says who can ask for what is kept.
func (b *builder) canAsk() {
	b.say("", "ask.first", claims(claim("C23", "first"), claim("C11", "kept")), b.subpoenaCite())
}

// courtNext says what can follow a refusal.
func (b *builder) courtNext() {
	b.say("", "ask.then_court", claim("C13", "court"), reasons(b.subpoenaCite(), b.orderCite()))
	b.say("", "ask.obey", claim("C14", "obey"), b.orderCite())
}

// subpoenaCite is the law of the paper by which immigration officers ask; orderCite is that of a court's order.
func (b *builder) subpoenaCite() []Reason {
	return b.cite(b.demandIDs(func(d demandRef) bool { return b.isImmigrationSubpoena(d.ID) })...)
}

func (b *builder) orderCite() []Reason {
	return b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.CourtOrder })...)
}

// rulings names the rulings about immigration subpoenas that were known on the edition's day.
func (b *builder) rulings() {
	var known []source.ID
	ordered, stopped := false, false
	for _, e := range b.rulingsKnown() {
		if !slices.ContainsFunc(e.Ruling.Of, b.isImmigrationSubpoena) {
			continue
		}
		known = append(known, e.ID)
		switch e.Ruling.Outcome {
		case "answer_ordered":
			ordered = true
		case "demand_stopped", "answer_forbidden":
			stopped = true
		}
	}
	b.group("rulings")
	switch {
	case len(known) == 0:
		b.say("", "ask.rulings.none", claim("C14", "rulings"), b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Class == law.CourtOrder })...))
	case ordered && stopped:
		b.say("", "ask.rulings.both", claim("C14", "rulings"), b.cite(known...))
	default:
		b.say("", "ask.rulings.one", claim("C14", "rulings"), b.cite(known...), b.lawsOf("case", known...))
	}
}

// rulingsKnown lists the rulings that had been made by the edition's day.
func (b *builder) rulingsKnown() []*law.Entry {
	var known []*law.Entry
	for _, e := range b.book.All() {
		if e.Kind == law.KindRuling && e.Ruling.Decided.Last <= b.day {
			known = append(known, e)
		}
	}
	return known
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
		msg, ways := "told.no_way", b.ways(unreachable)
		if len(ways) == 0 || !p.applied() { // it leads to nothing, or it is no way to apply
			msg = "told.no_way.all"
		}
		b.say("", msg, claim("C19", "no_way"), why, ways...)
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
			cited := b.cite(b.demandIDs(func(d demandRef) bool { return string(d.Demand.AnsweredBy) == o.word })...)
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

// opened says, field by field, what a records request can and cannot open (G10). Of what is asked and not known, it can say nothing.
func (b *builder) opened() {
	by := map[Barrier][]source.ID{}
	laws := map[Barrier][]source.ID{}
	for _, r := range b.table {
		e := b.book.Entry(r.Demand)
		if e == nil || e.Demand.Class != law.RecordsRequest || r.Holder != b.custodian || r.Item == "" || r.Existence.High == None {
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
