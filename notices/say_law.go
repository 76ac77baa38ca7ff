package notices

import (
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// What may stop an answer, and the laws and papers one by one.

// stops says what may stop the office from answering by choice: the verdict of the table, each law, its exceptions, its disputes, and
// what the office says.
func (b *builder) stops() {
	b.section("stops", 2)
	b.barriers()
	b.lawsSaid = true
	for _, e := range b.relevant(law.Answering) {
		v := b.versionNow(e)
		if v == nil {
			continue
		}
		if b.engineBinds(e, v) == law.DoesNot { // layer 3 names it, and that it is not about this office
			continue
		}
		b.group("")
		b.sayLaw("law/"+string(e.ID), "says", e, claims(claim("C21", string(e.ID)), claim("C24", string(e.ID))), b.lawsOf("law", e.ID))
	}
	b.inDoubt()
	b.exceptions()
	b.officeSays()
}

// officeSays says what the office says that it will do, or that it says nothing.
func (b *builder) officeSays() {
	p := b.p
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
			unread := status == law.Unverified && e.Confidence == source.Unverified
			if v == nil || b.engineBinds(e, v) == law.DoesNot || eff.Is != status && !unread {
				continue
			}
			ids = append(ids, e.ID)
			cl = append(cl, "status/"+string(e.ID))
			if unread {
				cl = append(cl, "unread/"+string(e.ID))
			}
			if since := e.Since(b.day); eff.Is == status && !slices.Contains(on, since) && !since.IsZero() {
				on = append(on, since)
			}
			for _, c := range eff.Cases() {
				if eff.Is == status && !slices.Contains(cases, c) {
					cases = append(cases, c)
				}
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
		msg := "stops.verdict." + k.String()
		if k == Disputed {
			if ruled := b.decided(); len(ruled) > 0 {
				msg, why = msg+".ruled", reasons(why, ruled)
			}
		}
		b.say("", msg, claim("C13", "verdict/"+k.String()), why, vals...)
	}
	if n == 0 {
		b.say("", "stops.verdict.nothing_to_reach", claim("C13", "verdict/none"), b.cite(b.demandIDs(func(d demandRef) bool { return b.isImmigrationSubpoena(d.ID) })...))
	}
}

// decided gives the decisions of courts about demands for immigration that came to the office, and the rulings on its laws. Where there is
// one, no sentence says that no court has spoken.
func (b *builder) decided() []Reason {
	var out []Reason
	for _, e := range b.rulingsKnown() {
		if slices.ContainsFunc(e.Ruling.Laws, func(id source.ID) bool {
			l := b.book.Entry(id)
			if !slices.Contains(b.guards, l) {
				return false
			}
			v := b.versionNow(l)
			return v != nil && b.engineBinds(l, v) != law.DoesNot
		}) {
			out = append(out, b.cite(e.ID)...)
		}
	}
	for _, e := range b.events {
		if !b.isImmigrationSubpoena(e.Kind) || !b.sameHands(e.To, b.custodian) {
			continue
		}
		for c := range e.Court.Each {
			if c.State == source.Known && c.Is != "none" && c.Is != "petitioned" && c.Is != "withdrawn" {
				out = append(out, because(b.p, e.Court)...)
				break
			}
		}
	}
	return out
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
		b.commitment(i, s)
	}
}

func (b *builder) commitment(i int, s Says) {
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

// laws prints each law by itself: whom it binds, what opens it, where it stands, when it was last checked.
func (b *builder) laws() {
	b.section("laws", 3)
	first := true
	for _, e := range b.relevant(law.Answering, law.Erasing, law.Opening, law.Address, law.Status_) {
		if !b.concerns(e) {
			continue
		}
		id := string(e.ID)
		if first {
			b.say("", "laws.first", claim("C24", "first"), b.cite(e.ID))
			first = false
		}
		b.group("law", b.lawsOf("law", e.ID))
		bound := e.Topic != law.Answering || !b.lawsSaid
		if v := b.versionNow(e); e.Topic == law.Answering && v != nil && b.engineBinds(e, v) == law.DoesNot {
			b.say("laws/"+id, "stops.not_bound", claim("C21", "bound/"+id), b.cite(e.ID))
			bound = true
		}
		if bound { // what may stop an answer is said in layer 2
			b.sayLaw("laws/"+id, "says", e, claims(claim("C21", id), claim("C24", id)))
		}
		b.sayLaw("laws/"+id, "binds", e, claims(claim("C21", "binds/"+id), claim("C24", "force/"+id)), labels("force", "word.force", string(e.Force)))
		if v := b.versionNow(e); v != nil && len(v.Exceptions) > 0 {
			b.say("laws/"+id, "law.except", claim("C21", "except/"+id), b.cite(e.ID), labels("exceptions", "word.exception", words(v.Exceptions)...))
		}
		if v := b.versionNow(e); v != nil && v.Tells != nil {
			b.tellsFirst(e, v.Tells)
		}
		if e.Own {
			if !e.InWords.Except.IsZero() {
				b.say("laws/"+id, "own.except", claim("C21", "except/own/"+id), b.cite(e.ID), text("own_words", e.InWords.Except))
			}
			b.say("laws/"+id, "own.from", claim("C21", "own/"+id), b.cite(e.ID))
		}
		b.checked(e, "laws/"+id, "C21")
	}
	b.group("says")
	b.commitments()
}

// papers prints each paper that can ask for records, and what judges have said of one.
func (b *builder) papers(which func(demandRef) bool) {
	b.section("papers", 3)
	first := true
	for _, d := range b.demandIDs(which) {
		id, e := string(d), b.book.Entry(d)
		if first {
			b.say("", "papers.first", claim("C20", "papers"), b.cite(e.ID))
			first = false
		}
		b.group("paper", labels("paper", "demand", id))
		b.say("papers/"+id, "demand."+id+".is", claim("C20", "paper/"+id), b.cite(e.ID))
		if p := e.Demand.Purpose; p != nil && p.Misused != law.DoesNot {
			b.say("papers/"+id, "paper.misused."+string(p.Misused), claim("C20", "misused/"+id), b.cite(e.ID))
		}
		b.checked(e, "papers/"+id, "C20")
		if e.Demand.Class == law.RecordsRequest && b.p.Routes.RecordsRequest.State == source.Known {
			b.opened()
		}
	}
	b.ruled()
}

// ruled prints each ruling that was known on the edition's day.
func (b *builder) ruled() {
	b.group("rulings")
	for _, e := range b.rulingsKnown() {
		id := string(e.ID)
		b.say("", "law."+id+".says", claim("C14", id), b.cite(e.ID), date("decided", e.Ruling.Decided), b.cited("case", e.ID))
		if e.Ruling.BindsCourtsOf(b.p.Program.Jurisdiction) {
			b.say("rulings/"+id, "ruling.here", claim("C14", "here/"+id), b.cite(e.ID), b.cited("case", e.ID))
		}
		if on := e.Ruling.Appealed; !on.IsZero() && on.Last <= b.day {
			b.say("rulings/"+id, "ruling.appealed", claim("C14", "appeal/"+id), b.cite(e.ID), date("on", on), b.cited("case", e.ID))
		}
	}
}

// tellsFirst says that a law wants the person told of a demand.
func (b *builder) tellsFirst(e *law.Entry, t *law.Tells) {
	scope, cl := "laws/"+string(e.ID), claim("C19", "law/"+string(e.ID))
	switch {
	case t.Within.N > 0:
		b.say(scope, "law.tells.within", cl, b.cite(e.ID), span("period", t.Within))
	default:
		b.say(scope, "law.tells."+string(t.When), cl, b.cite(e.ID))
	}
}

// sayLaw says what a law says or whom it binds: in the catalogue's words, or for a law that the program brings along in the file's.
func (b *builder) sayLaw(scope, part string, e *law.Entry, cl []Claim, values ...Value) {
	if !e.Own {
		b.say(scope, "law."+string(e.ID)+"."+part, cl, b.cite(e.ID), values...)
		return
	}
	words := map[string]source.Text{"says": e.InWords.Says, "binds": e.InWords.Binds}[part]
	b.say(scope, "own."+part, cl, b.cite(e.ID), append([]Value{text("own_words", words)}, values...)...)
}

// checked says how an entry of the book stands and when somebody last checked it.
func (b *builder) checked(e *law.Entry, scope string, item ItemID) {
	status := law.InForce
	var since []Value
	if e.Kind == law.KindProtection {
		eff := e.EffectOn(b.day)
		status = eff.Is
		if eff.Is == law.Challenged || eff.Is == law.Enjoined {
			since = optDate("since", e.Since(b.day))
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
	if e.Kind == law.KindDemand && slices.Contains([]law.Class{law.Voluntary, law.Redirect, law.Leak, law.Feed, law.Broker}, e.Demand.Class) {
		if msg == "status.place" { // no statute of its own stands behind it
			msg = "status.no_one_law"
		}
	} else if e.Kind == law.KindDemand {
		v = append([]Value{{Name: "citation", Kind: VLaw, Parts: []Part{{Name: e.Citation}}}}, v...)
	}
	b.say(scope, msg, claim(item, "status/"+scope), b.cite(e.ID), v...)
}
