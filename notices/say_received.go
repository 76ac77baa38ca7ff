package notices

import (
	"fmt"
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// The notice for people whose records a demand may reach: one section for each demand that may be listed, and two demands stay apart.

func (b *builder) received() {
	b.unknowns = slices.DeleteFunc(b.unknowns, func(q Question) bool { return !aboutDemands(q.Field) })
	b.receivedKey()
	b.came()
	b.now()
	for _, e := range b.events {
		b.demand(e)
	}
	b.section("told", 2)
	b.tells()
	b.contacts()
	b.notKnown()
	b.edition()
	b.laws()
	if len(b.events) > 0 {
		b.papers(func(d demandRef) bool { // those that came, and what can force an answer to one
			return slices.ContainsFunc(b.events, func(e eventRef) bool { return e.Kind == d.ID || b.book.Entry(e.Kind).Demand.EnforcedBy == d.ID })
		})
	}
	b.sources()
}

func (b *builder) receivedKey() {
	b.section("key_facts", 1)
	b.keyDemands()
	b.group("")
	b.keyWays()
	b.group("")
	b.keyCourt()
	b.keyHelp("", "legal", "key.lawyer", claim("C36", "key"))
	b.keyHelp("key", "officers_contact_you", "do.help.officers_contact_you", claim("C47", "key"))
}

func (b *builder) classOf(e eventRef) law.Class {
	if d := b.book.Entry(e.Kind); d != nil && d.Demand != nil {
		return d.Demand.Class
	}
	return ""
}

// came says what the page is about: that demands came, or that none is known, and that the list may not be full.
func (b *builder) came() {
	p := b.p
	b.section("came", 2)
	switch {
	case p.Demands.State == source.Unknown:
		b.say("", "demand.unknown", claim("C22", "any"), because(p, p.Demands))
	case len(b.events) == 0:
		b.say("", "demand.none", claim("C22", "any"), b.path("demands"))
	case len(b.events) == 1:
		b.say("", "came.one", claim("C22", "any"), b.path("demands"))
	default:
		b.say("", "came.several", claim("C22", "any"), b.path("demands"))
	}
	b.say("", "came.whom", claim("C33", "people"), b.path("people"))
	b.group("gag")
	b.gag()
	b.group("everyone")
	b.say("", "page.same", claim("C30", "same"), b.path("program.id"))
	b.say("", "page.status", claim("C30", "status"), b.path("program.id"))
}

// demand says all about one demand: the paper, whom it is about, what there is, the answer, what may stop one, what can come next.
func (b *builder) demand(e eventRef) {
	p, scope, kind := b.p, string(e.ID), b.cite(e.Kind)
	d := b.book.Entry(e.Kind)
	if d == nil || d.Demand == nil { // the checks refuse such a file
		return
	}
	b.section("demand", 2, date("date", e.Dated))
	b.say(scope, "demand.from."+string(e.From), claims(claim("C22", "came/"+scope), claim("C23", "came/"+scope)),
		reasons(b.path(e.path+".from", e.path+".to", e.path+".dated", e.path+".kind", e.path+".may_be_listed"), because(p, e.Served), because(p, p.Demands)), b.eventValues(e)...)
	b.group("subpoena")
	b.say(scope, "demand."+string(e.Kind)+".is", claim("C12", "is/"+scope), reasons(kind, b.path(e.path+".kind")))
	if d.Demand.Class == law.Administrative {
		b.say(scope, "came.unchecked", claim("C12", "unchecked/"+scope), kind)
	}
	b.group("whom")
	b.eventScope(e)
	b.covered(e)
	b.keyHelp(scope, "legal", "came.lawyer", claim("C36", "lawyer/"+scope))
	b.there(e, d)
	b.eventAnswer(e)
	if c := d.Demand.Class; !over(e) && c != law.Redirect && c != law.Leak { // of these, no rule of the table speaks
		b.stands(e, d)
	}
	b.says(e)
	b.next(e, d)
}

// reaches says whether a demand asks for anything of a phase: the best that covers gives for one of its items; no, where its addressee
// certainly has nothing of the phase.
func (b *builder) reaches(e eventRef, ph phaseRef) source.Tri {
	out, has := source.No, e.To == b.custodian
	for _, a := range ph.lines() {
		has = has || slices.Contains(b.holdersOf(a), e.To) || a.Copies.State == source.Unknown || len(a.Copies.But) > 0
		for _, i := range a.Items {
			out = max(out, b.covers(e, ph, i))
		}
	}
	if len(ph.ph.Asks.But) > 0 { // another source knows of more
		has, out = true, max(out, min(b.covers(e, ph, ""), source.Maybe))
	}
	if !has {
		return source.No
	}
	return out
}

var reachWords = map[source.Tri]string{source.Yes: "yes", source.Maybe: "maybe", source.No: "no"}

// covered says of every cohort whether the demand is about it: of ways with one answer at once, of the others by their times.
func (b *builder) covered(e eventRef) {
	scope := string(e.ID)
	for _, answer := range []source.Tri{source.Yes, source.Maybe, source.No} {
		whole := b.files()
		var cl []Claim
		var why []Reason
		type part struct {
			c      channelRef
			phases []phaseRef
		}
		var parts []part
		for _, c := range b.channels {
			var phases []phaseRef
			for _, ph := range c.phases {
				if b.reaches(e, ph) == answer {
					phases = append(phases, ph)
				}
			}
			switch {
			case len(phases) == 0:
			case len(phases) == len(c.phases):
				whole.Parts = append(whole.Parts, b.channelPart(c.id))
				cl, why = append(cl, b.reachClaims(scope, phases)...), reasons(why, b.reachReasons(e, phases))
			default:
				parts = append(parts, part{c, phases})
			}
		}
		if len(whole.Parts) > 0 {
			b.say(scope, "reach."+reachWords[answer], cl, why, whole)
		}
		for _, q := range parts {
			v := append([]Value{b.files(q.c.id)}, b.times(q.c, q.phases)...)
			b.say(scope, "reach."+reachWords[answer], b.reachClaims(scope, q.phases), b.reachReasons(e, q.phases), v...)
		}
	}
}

// files names the ways by which facts came.
func (b *builder) files(channels ...source.ID) Value {
	v := Value{Name: "ways", Kind: VText}
	if !b.p.applied() { // they are no ways to apply
		v.Name = "part"
	}
	for _, id := range channels {
		v.Parts = append(v.Parts, b.channelPart(id))
	}
	return v
}

func (b *builder) reachClaims(scope string, phases []phaseRef) []Claim {
	var out []Claim
	for _, ph := range phases {
		out = append(out, Claim{"C33", "reach/" + scope + "/" + string(ph.id)})
	}
	return out
}

func (b *builder) reachReasons(e eventRef, phases []phaseRef) []Reason {
	why := reasons(because(b.p, e.Asks), because(b.p, e.Wants), b.path(e.path+".scope"))
	for i := range why {
		why[i].Rule = "M3"
	}
	for _, ph := range phases {
		why = reasons(why, because(b.p, ph.ph.From), because(b.p, ph.ph.To))
	}
	return why
}

// inReach calls f with every row of the addressee that this demand may cover. The rows of any one kind of demand will do: what exists is
// the same for all.
func (b *builder) inReach(e eventRef, rows []Row, f func(*Row)) {
	for i := range rows {
		r := &rows[i]
		if r.Holder != e.To || r.Demand != rows[0].Demand {
			continue
		}
		for _, ph := range b.allPhases() {
			if ph.id == r.Phase && b.covers(e, ph, r.Item) != source.No {
				f(r)
			}
		}
	}
}

// thereWord names what exists of an item, for the sentences about it.
func thereWord(e Existence) string {
	switch {
	case e.High == None:
		return "none"
	case e.Low == Sent:
		return "sent"
	case e.High >= MayBeSent && e.Low >= Trace:
		return "may_be_sent"
	case e.High >= MayBeSent:
		return "may_be_sent.maybe"
	case e.Low >= Trace:
		return "yes"
	}
	return "maybe"
}

// there says what exists, with the addressee, of what the demand may be for.
func (b *builder) there(e eventRef, d *law.Entry) {
	scope := string(e.ID)
	b.group("there")
	word := map[string]string{} // by cell
	b.inReach(e, b.table, func(r *Row) { word[cell(r.Phase, r.Item)] = thereWord(r.Existence) })
	for _, c := range b.channels {
		type set struct {
			word   string
			phases string
		}
		var order []set
		items, phases := map[set][]source.ID{}, map[set][]phaseRef{}
		cells, why := map[set][]string{}, map[set][]Reason{}
		for _, ph := range c.phases { // what nobody stands behind is said as such
			for _, a := range ph.asks {
				for _, i := range a.Items {
					if at := cell(ph.id, i); word[at] == "yes" && a.Handling.State == source.Known && a.Handling.Confidence == source.Unverified {
						word[at] = "unconfirmed"
					}
				}
			}
		}
		of := func(item source.ID, as string) (out []phaseRef) {
			for _, ph := range c.phases {
				if word[cell(ph.id, item)] == as {
					out = append(out, ph)
				}
			}
			return out
		}
		for _, ph := range c.phases {
			for _, a := range ph.lines() {
				for _, i := range a.Items {
					at := cell(ph.id, i)
					w := word[at]
					if w == "" {
						continue
					}
					same := of(i, w)
					s := set{word: w}
					for _, o := range same {
						s.phases += string(o.id) + " "
					}
					if phases[s] == nil {
						order, phases[s] = append(order, s), same
					}
					if !slices.Contains(items[s], i) {
						items[s] = append(items[s], i)
					}
					cells[s] = append(cells[s], at)
					why[s] = reasons(why[s], because(b.p, a.Handling), because(b.p, a.Copies))
				}
			}
		}
		for _, s := range order {
			v := append([]Value{b.items("items", items[s]), b.files(c.id)}, b.times(c, phases[s])...)
			b.say(scope, "there."+s.word, claim("C11", prefix("there/"+scope+"/", cells[s])...), reasons(why[s], b.channelReasons(phases[s])), v...)
		}
	}
	switch {
	case len(word) == 0 && b.elsewhere(e): // there may well be such records, but not on this page
		b.say(scope, "there.elsewhere", claim("C11", "there/"+scope), reasons(b.path(e.path+".to"), because(b.p, e.Wants)))
	case len(word) == 0:
		b.say(scope, "there.nothing_known", claim("C11", "there/"+scope), b.path(e.path+".to"))
	}
	b.group("")
	b.say(scope, "ask.not_kept", claim("C11", "not_kept/"+scope), b.cite(d.ID))
	if d.Demand.Testimony {
		b.say(scope, "ask.testimony", claim("C42", "testimony/"+scope), b.cite(d.ID))
	}
}

// alone derives the rows of one demand as if no other had come: what a court said of another demand stops or forces only that one. A
// court's word about all such demands stays.
func (b *builder) alone(e eventRef, d *law.Entry) ([]Row, error) {
	x := *b.engine
	x.arena, x.key = nil, nil
	x.events = slices.DeleteFunc(slices.Clone(x.events), func(o eventRef) bool {
		on := o.CourtOn
		return o.ID != e.ID && !(on.State == source.Known && len(on.But) == 0 && on.Is == "such_demands")
	})
	return x.rows([]*law.Entry{d})
}

// stands says what stands between the demand and what there is.
func (b *builder) stands(e eventRef, d *law.Entry) {
	scope := string(e.ID)
	rows, err := b.alone(e, d)
	if err != nil {
		b.errs = append(b.errs, fmt.Errorf("the demand %s: %w", e.ID, err))
		return
	}
	type verdict struct {
		items, laws []source.ID
		cells       []string
		rule        Rule
	}
	by := map[string]*verdict{}
	b.inReach(e, rows, func(r *Row) {
		k := standsWord(r, d.Demand.Class)
		v := by[k]
		if v == nil {
			v = &verdict{rule: lastG(r.Rules)}
			by[k] = v
		}
		v.cells = append(v.cells, cell(r.Phase, r.Item))
		if !slices.Contains(v.items, r.Item) {
			v.items = append(v.items, r.Item)
		}
		for _, l := range r.Laws {
			if !slices.Contains(v.laws, l) {
				v.laws = append(v.laws, l)
			}
		}
	})
	b.group("stands")
	for _, k := range standsIDs() {
		v := by[k]
		if v == nil {
			continue
		}
		laws := v.laws
		if d.Demand.Class == law.RecordsRequest {
			laws = b.openingLaws(laws)
		}
		why := reasons(b.cite(laws...), b.cite(d.ID))
		for i := range why {
			why[i].Rule = v.rule
		}
		msg := k
		if k == "stands.disputed" { // as in stops: a court that decided is not passed over
			if ruled := b.decided(); len(ruled) > 0 {
				msg, why = msg+".ruled", reasons(why, ruled)
			}
		}
		var vals []Value
		opens := slices.Contains(openWords, k)
		if opens || len(by) > 1 {
			vals = append(vals, b.items("items", v.items))
		}
		if len(laws) > 0 && (opens && k != "open.no_barrier" || slices.Contains(byLaw, k)) {
			vals = append(vals, b.lawsOf("law", laws...))
		}
		b.say(scope, msg, claim("C13", prefix("stands/"+scope+"/", v.cells)...), why, vals...)
	}
}

// says gives what the office says about demands of this kind, where no law makes it say so.
func (b *builder) says(e eventRef) {
	b.group("says")
	for i, s := range b.p.Says.Is {
		if s.Law == "" && slices.Contains(s.On, e.Kind) {
			b.commitment(i, s)
		}
	}
}

// openWords are the sentences about what a records request can open; they lead to items.
var openWords = w(`open.blocked_by_law open.holder_may_withhold open.holder_may_answer open.no_barrier`)

// byLaw are the barriers that rest on laws, which are named beside them.
var byLaw = w(`stands.disputed stands.court_first stands.blocked_by_law`)

func standsIDs() []string {
	out := slices.Clone(openWords)
	for _, b := range []Barrier{Ordered, BarrierUnknown, BindingOnService, NoBarrier, StateCourtBarrier, Disputed, HolderMayAnswer, CourtFirst, PausedByCourt, BlockedByLaw,
		NothingToReach, NotApplicableBarrier} {
		out = append(out, "stands."+b.String())
	}
	return out
}

// standsWord is the sentence for the barrier of a row.
func standsWord(r *Row, class law.Class) string {
	if class == law.RecordsRequest && r.Barrier != Ordered && r.Barrier != BarrierUnknown && r.Barrier != PausedByCourt {
		if o, ok := r.Opens(); ok {
			return "open." + o.String()
		}
	}
	return "stands." + r.Barrier.String()
}

// over reports whether a demand certainly asks for nothing more: it was met, taken back or cancelled.
func over(e eventRef) bool {
	return e.Answer.State == source.Known && len(e.Answer.But) == 0 && slices.Contains([]Answer{"complied", "quashed", "withdrawn"}, e.Answer.Is) ||
		e.Court.State == source.Known && len(e.Court.But) == 0 && e.Court.Is == "quashed"
}

// settled reports whether a demand is known to be over, one way or the other: nobody has to be asked or forced any more.
func settled(e eventRef) bool {
	return over(e) || e.Answer.State == source.Known && len(e.Answer.But) == 0 && e.Answer.Is == "ordered" ||
		e.Court.State == source.Known && len(e.Court.But) == 0 && e.Court.Is == "ordered"
}

// next says what can come: a court, an appeal, another demand, a demand on the company.
func (b *builder) next(e eventRef, d *law.Entry) {
	scope, kind := string(e.ID), b.cite(d.ID)
	b.group("force")
	if c := d.Demand.Class; c == law.Administrative || c == law.CourtOrder {
		court := kind
		if d.Demand.EnforcedBy != "" {
			court = reasons(kind, b.cite(d.Demand.EnforcedBy))
		}
		if c == law.Administrative && !settled(e) {
			b.say(scope, "next.refuse", claim("C13", "refuse/"+scope), kind)
			b.say(scope, "next.court", claim("C13", "court/"+scope), court)
		}
		b.say(scope, "next.obey", claim("C14", "obey/"+scope), court)
		b.say(scope, "ask.appeal", claim("C15", "appeal/"+scope), court)
	}
	if b.isImmigrationSubpoena(d.ID) {
		b.rulings()
	}
	b.group("again")
	b.say(scope, "ask.again", claim("C17", "again/"+scope), kind)
	b.say(scope, "ask.again.reach", claim("C17", "reach/"+scope), kind)
	if e.To == b.custodian && slices.ContainsFunc(b.holderIDs, func(h source.ID) bool { r := b.p.Holders[h].Role; return r == "processor" || r == "subprocessor" }) {
		b.say(scope, "next.company", claim("C18", "asked/"+scope), b.vendorCite())
	}
}

// kindIDs are the messages of the kinds for people who gave facts already.
func kindIDs() []string {
	out := w(`section.cohort section.rule rule.first section.now section.card section.came section.demand section.told group.file group.whom group.there group.stands group.again
		cohort.first now.nothing gave.closed came.one came.several came.whom came.unchecked came.lawyer reach.yes reach.maybe reach.no
		there.yes there.unconfirmed there.maybe there.may_be_sent there.may_be_sent.maybe there.sent there.none there.nothing_known there.elsewhere stands.disputed.ruled next.refuse next.court next.obey next.company`)
	out = append(out, prefix("gave.", gaveIDs())...)
	return append(out, standsIDs()[len(openWords):]...)
}
