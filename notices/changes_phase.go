package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// What is compared of one phase. Each part gives changes with a code; the code and the shift make the message change.CODE.SHIFT.

// phase compares a phase with the one that it is held against, which has no id where there is none.
func (c *comparer) phase(pc PhaseChange, o, n phaseRef) {
	if pc.Against == "" {
		c.newWay(n)
		c.demandsCame(o, n)
		c.keptRule(n)
		return
	}
	c.asked(o, n)
	c.exposed(o, n)
	c.laws(o, n)
	c.rule(o, n)
	c.told(o, n)
	c.demandsCame(o, n)
	c.steps(n.channel)
	c.ways(n.channel)
	c.status(n.channel)
	if pc.In == "both" {
		c.dates(o, n)
	}
	c.keptRule(n)
}

// lines gives the line in which each item of a phase is asked, and the items in order; the item "" is whatever is asked, where nobody
// knows it.
func lines(ph phaseRef) (by map[source.ID]askRef, order []source.ID) {
	by = map[source.ID]askRef{}
	for _, a := range ph.lines() {
		for _, i := range a.Items {
			if _, twice := by[i]; !twice {
				by[i] = a
				order = append(order, i)
			}
		}
	}
	return by, order
}

// at is where a line and what exists of it stand in the file.
func (s *side) at(a askRef) []Reason {
	return reasons([]Reason{s.p.at(a.path + ".items")}, because(s.p, a.Handling), because(s.p, a.Copies))
}

// newWay is what a way that nobody read of before keeps.
func (c *comparer) newWay(n phaseRef) {
	by, order := lines(n)
	for _, i := range order {
		a := by[i]
		for _, h := range c.new.holdersOf(a) {
			e, ev := c.new.exists(n, a, h, i)
			if e.High == None {
				continue
			}
			ch := Change{Code: "new_way", Is: Worse, Items: []source.ID{i}, Was: []Reason{c.old.p.at("channels")}, Now: reasons(c.new.at(a), ev), After: "may_be_kept"}
			if e.Low > None {
				ch.After = "kept"
			}
			if h != c.new.custodian {
				ch.Holder = h
			}
			c.add(ch)
		}
	}
	if len(c.list) == 0 {
		c.add(Change{Code: "new_way", Is: Same, Was: []Reason{c.old.p.at("channels")}, Now: []Reason{c.new.p.at(n.path + ".id")}})
	}
}

// exists is what exists of an item at a holder, with what the answers to demands did to it, and what those stand on.
func (s *side) exists(ph phaseRef, a askRef, holder, item source.ID) (Existence, []Reason) {
	e := s.existence(ph, a, holder).Existence
	var why []Reason
	for _, ev := range s.events {
		if !s.sameHands(ev.To, holder) {
			continue
		}
		covers := s.covers(ev, ph, item)
		if covers == source.No {
			continue
		}
		if moved, rule := s.answered(ev, covers, e); rule != "" {
			e = moved
			why = addBecause(addBecause(why, &ev.Answer), &ev.Given)
		}
	}
	return e, why
}

// asked compares what people have to give, what refusing costs, how long things stay, and what happens in the end.
func (c *comparer) asked(o, n phaseRef) {
	was, _ := lines(o)
	is, order := lines(n)
	if x, y := stateWord(o.ph.Asks), stateWord(n.ph.Asks); x != y {
		ch := Change{Code: "asks", Is: Unclear, Before: x, After: y, Was: because(c.old.p, o.ph.Asks), Now: because(c.new.p, n.ph.Asks)}
		if n.open != nil {
			ch.Is = Worse // it could be anything
		}
		c.add(ch)
	}
	for _, i := range order {
		b := is[i]
		a, both := was[i]
		if !both && o.open != nil { // it could have been asked all the time
			for _, h := range c.new.holdersOf(b) {
				y, why := c.new.exists(n, b, h, i)
				ch := Change{Items: []source.ID{i}, Before: Existence{None, Exists}.span(), After: y.span(), Was: because(c.old.p, o.ph.Asks), Now: reasons(c.new.at(b), why)}
				if h != c.new.custodian {
					ch.Holder = h
				}
				c.shift(existenceCode(Existence{None, Exists}, y), ends{int(None), int(Exists)}, ends{int(y.Low), int(y.High)}, ch)
			}
			continue
		}
		if !both {
			if i == "" {
				continue
			}
			if high := c.worst(n, b, i); high > None {
				c.add(Change{Code: "asked", Is: Worse, Items: []source.ID{i}, After: high.String(), Was: []Reason{c.old.p.at(o.path + ".id")}, Now: c.new.at(b)})
			}
			continue
		}
		of := []source.ID{i}
		refusing := []string{"nothing", "slower", "no_card|no_benefit|no_job"}
		put := func(code string, x, y ends, before, after string, was, now []Reason) {
			c.shift(code, x, y, Change{Items: of, Before: before, After: after, Was: was, Now: now})
		}
		put("need", needEnds(a.Need), needEnds(b.Need), wordOf(a.Need), wordOf(b.Need), because(c.old.p, a.Need), because(c.new.p, b.Need))
		if a.Refuse.Said() && b.Refuse.Said() {
			code := "refuse"
			if strings.HasPrefix(string(b.Need.Is), "one_of:") { // one paper of a group: no single one is missed
				code = "refuse_group"
			}
			put(code, ranked(a.Refuse, refusing...), ranked(b.Refuse, refusing...), wordOf(a.Refuse), wordOf(b.Refuse),
				because(c.old.p, a.Refuse), because(c.new.p, b.Refuse))
		}
		if !c.new.mayStay(n, b, i) && !c.old.mayStay(o, a, i) {
			continue
		}
		if a.Backups.Said() && b.Backups.Said() { // left out where nothing is kept: what exists says the rest
			put("spare", lasting(a.Backups), lasting(b.Backups), shown(a.Backups, source.Period.String), shown(b.Backups, source.Period.String), because(c.old.p, a.Backups), because(c.new.p, b.Backups))
		}
		if a.Retention == "" || b.Retention == "" {
			continue
		}
		x, y := c.old.p.Retention[a.Retention], c.new.p.Retention[b.Retention]
		wasBy, nowBy := []Reason{c.old.p.at(a.path + ".retention")}, []Reason{c.new.p.at(b.path + ".retention")}
		put("how_long", lasting(x.Period), lasting(y.Period), shown(x.Period, source.Period.String), shown(y.Period, source.Period.String), reasons(because(c.old.p, x.Period), wasBy), reasons(because(c.new.p, y.Period), nowBy))
		end := []string{"destroyed", "transferred", "permanent"}
		put("at_end", ranked(x.AtEnd, end...), ranked(y.AtEnd, end...), wordOf(x.AtEnd), wordOf(y.AtEnd), reasons(because(c.old.p, x.AtEnd), wasBy), reasons(because(c.new.p, y.AtEnd), nowBy))
		early := []string{"office_may", "needs_approval", "forbidden"}
		put("erase", ranked(x.EarlyDeletion, early...), ranked(y.EarlyDeletion, early...), wordOf(x.EarlyDeletion), wordOf(y.EarlyDeletion), reasons(because(c.old.p, x.EarlyDeletion), wasBy),
			reasons(because(c.new.p, y.EarlyDeletion), nowBy))
		p, q := holdEnds(c.old.hold(a.Retention)), holdEnds(c.new.hold(b.Retention))
		put("hold", p, q, holdWord(p), holdWord(q), because(c.old.p, c.old.p.Holds), because(c.new.p, c.new.p.Holds))
	}
	for i, a := range was {
		if _, still := is[i]; !still && i != "" {
			c.add(Change{Code: "asked", Is: Unclear, Items: []source.ID{i}, Was: c.old.at(a), Now: []Reason{c.new.p.at(n.path + ".id")}})
		}
	}
	slices.SortStableFunc(c.list, func(a, b Change) int { return firstItem(a, order) - firstItem(b, order) })
}

// firstItem is the place of a change's first item in the file.
func firstItem(c Change, order []source.ID) int {
	if len(c.Items) == 0 {
		return -1
	}
	if i := slices.Index(order, c.Items[0]); i >= 0 {
		return i
	}
	return len(order)
}

func stateWord[T any](f source.Fact[T]) string {
	switch f.State {
	case source.Known:
		return "known"
	case source.NotApplicable:
		return "not_applicable"
	}
	return "unknown"
}

func needEnds(f source.Fact[Need]) ends {
	return endsOf(f, 0, 3, func(r source.Fact[Need]) (ends, bool) {
		switch r.Is {
		case "optional":
			return ends{0, 0}, true
		case "required":
			return ends{3, 3}, true
		case "automatic":
			return ends{2, 2}, true
		}
		return ends{1, 1}, true // one of a group
	})
}

func holdEnds(t source.Tri) ends {
	switch t {
	case source.Yes:
		return ends{1, 1}
	case source.Maybe:
		return ends{0, 1}
	}
	return ends{0, 0}
}

func holdWord(e ends) string {
	switch {
	case e.good == 1:
		return "open"
	case e.bad == 1:
		return "unknown"
	}
	return "none"
}

// worst is the highest rung of an item with any holder.
func (c *comparer) worst(ph phaseRef, a askRef, item source.ID) Level {
	high := None
	for _, h := range c.new.holdersOf(a) {
		e, _ := c.new.exists(ph, a, h, item)
		high = max(high, e.High)
	}
	return high
}

func (s *side) mayStay(ph phaseRef, a askRef, item source.ID) bool {
	for _, h := range s.holdersOf(a) {
		if e, _ := s.exists(ph, a, h, item); e.High > None {
			return true
		}
	}
	return false
}

// exposed compares, for each item and holder, what exists, how it is picked out, the contract, and the barrier of each kind of demand.
func (c *comparer) exposed(o, n phaseRef) {
	was, _ := lines(o)
	is, order := lines(n)
	for _, i := range order {
		a, both := was[i]
		if !both {
			continue
		}
		b := is[i]
		before, after := c.old.holdersOf(a), c.new.holdersOf(b)
		for _, h := range after {
			y, nowBy := c.new.exists(n, b, h, i)
			of := Change{Items: []source.ID{i}, Holder: h, Was: c.old.at(a), Now: reasons(c.new.at(b), nowBy), After: y.span()}
			if !slices.Contains(before, h) {
				if y.High > None {
					of.Code, of.Is = "holder", Worse
					of.Now = reasons(of.Now, []Reason{c.new.p.at("holders." + string(h) + ".name")})
					c.add(of)
				}
				continue
			}
			x, wasBy := c.old.exists(o, a, h, i)
			of.Before, of.Was = x.span(), reasons(of.Was, wasBy)
			if h == c.new.custodian {
				of.Holder = "" // who holds it is no news
			}
			c.shift(existenceCode(x, y), ends{int(x.Low), int(x.High)}, ends{int(y.Low), int(y.High)}, of)
			c.contract(i, h)
			if x.High == None || y.High == None {
				continue
			}
			if x == y {
				c.found(o, n, i, h, a, b)
			}
			c.barriers(o, n, i, h)
		}
		for _, h := range before {
			if slices.Contains(after, h) {
				continue
			}
			if x, _ := c.old.exists(o, a, h, i); x.High > None {
				c.add(Change{Code: "holder", Is: Unclear, Items: []source.ID{i}, Holder: h, Before: x.span(), Was: c.old.at(a), Now: c.new.at(b)})
			}
		}
	}
}

// existenceCode names what happened to what exists: whether it was handed over is another matter than whether it is kept.
func existenceCode(x, y Existence) string {
	switch {
	case x.Low == Sent || y.Low == Sent || x.High >= MayBeSent || y.High >= MayBeSent:
		return "sent"
	case y.Low >= Exists && x.Low < Exists && x.High >= Exists:
		return "kept_known"
	}
	return "kept"
}

func (e Existence) span() string {
	if e.Low == e.High {
		return e.Low.String()
	}
	return e.Low.String() + ".." + e.High.String()
}

// contract compares what a company must do, and who decides over its copies.
func (c *comparer) contract(item, h source.ID) {
	x, y := c.old.p.Holders[h], c.new.p.Holders[h]
	if x.Role != "processor" && x.Role != "subprocessor" && y.Role != "processor" && y.Role != "subprocessor" {
		return
	}
	of := Change{Holder: h}
	control := func(f source.Fact[Control]) ends { return ranked(f, "custodian_directs", "independent") }
	of.Before, of.After, of.Was, of.Now = wordOf(x.Control), wordOf(y.Control), because(c.old.p, x.Control), because(c.new.p, y.Control)
	c.shift("control", control(x.Control), control(y.Control), of)
	var p, q Contract
	if x.Contract != nil {
		p = *x.Contract
	}
	if y.Contract != nil {
		q = *y.Contract
	}
	for _, d := range []struct {
		word string
		o, n source.Fact[YesNo]
	}{{"tells", p.TellsOfDemands, q.TellsOfDemands}, {"court", p.WaitsForCourt, q.WaitsForCourt}, {"deletes", p.DeletesAtEnd, q.DeletesAtEnd}} {
		c.shift("contract", ranked(d.o, "yes", "no"), ranked(d.n, "yes", "no"), Change{Holder: h, Words: []string{d.word}, Before: wordOf(d.o), After: wordOf(d.n),
			Was: because(c.old.p, d.o), Now: because(c.new.p, d.n)})
	}
}

// found compares how a record can be picked out (M2), where what exists is the same.
func (c *comparer) found(o, n phaseRef, item, h source.ID, a, b askRef) {
	pick := func(s *side, ph phaseRef, a askRef) (ends, string) {
		w, _ := s.p.Item(item)
		e, _ := s.exists(ph, a, h, item)
		switch sel := s.selectable(a, w, e); sel {
		case NotSelectable:
			return ends{0, 0}, string(sel)
		case ByHand:
			return ends{1, 1}, string(sel)
		case ByField:
			return ends{2, 2}, string(sel)
		}
		return ends{0, 2}, string(SelectUnknown)
	}
	x, before := pick(c.old, o, a)
	y, after := pick(c.new, n, b)
	c.shift("found", x, y, Change{Items: []source.ID{item}, Before: before, After: after, Was: reasons(because(c.old.p, a.TypeRecorded), c.old.at(a)), Now: reasons(because(c.new.p, b.TypeRecorded), c.new.at(b))})
}

// barriers compares what stands between each kind of demand and a copy.
func (c *comparer) barriers(o, n phaseRef, item, h source.ID) {
	for _, d := range c.new.demands {
		y, ok := c.new.rows[rowAt{n.id, item, h, d.ID}]
		if !ok {
			continue
		}
		x, both := c.old.rows[rowAt{o.id, item, h, d.ID}]
		if !both {
			continue
		}
		code := "barrier"
		switch {
		case y.Barrier == Ordered && x.Barrier != Ordered:
			code = "ordered"
		case y.Barrier == PausedByCourt && x.Barrier != PausedByCourt:
			code = "paused"
		}
		ch := Change{Items: []source.ID{item}, Holder: h, Demands: []source.ID{d.ID}, Before: x.Barrier.String(), After: y.Barrier.String(),
			Was: c.old.barrierReasons(o, x), Now: c.new.barrierReasons(n, y)}
		if h == c.new.custodian {
			ch.Holder = ""
		}
		c.shift(code, barrierEnds(x), barrierEnds(y), ch)
	}
}

// barrierEnds: the less stands in the way, the worse. What is in dispute, or not known, could help as much as it would.
func barrierEnds(r Row) ends {
	low := r.Strength()
	high := low
	if r.WouldBe != NoWouldBe {
		high = max(low, Row{Barrier: r.WouldBe}.Strength())
	}
	return ends{-high, -low}
}

// barrierReasons are the phase's rule, what the holder is, and the laws that were weighed.
func (s *side) barrierReasons(ph phaseRef, r Row) []Reason {
	out := reasons(because(s.p, ph.ph.Rule), []Reason{s.p.at("holders." + string(r.Holder) + ".kind")})
	for _, id := range append([]source.ID{r.Demand}, r.Laws...) {
		if e := s.book.Entry(id); e != nil {
			out = append(out, Reason{Law: id, Cite: e.Citation, Rule: r.Rules[0]})
		}
	}
	return out
}

// laws compares the standing of the laws that were weighed for a phase, on either day.
func (c *comparer) laws(o, n phaseRef) {
	var ids []source.ID
	for _, s := range []struct {
		*side
		ph phaseRef
	}{{c.old, o}, {c.new, n}} {
		for at, r := range s.rows {
			if at.phase != s.ph.id {
				continue
			}
			for _, id := range r.Laws { // an exemption from a records request counts where it says something of the item
				if e := s.book.Entry(id); e != nil && (e.Topic == law.Answering || slices.Contains(r.Disputed, id)) {
					ids = union(ids, []source.ID{id})
				}
			}
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		a, b := c.old.book.Entry(id), c.new.book.Entry(id)
		if a == nil || b == nil || a.On(c.old.day) == nil || b.On(c.new.day) == nil { // where it is new, its barrier says so
			continue
		}
		x, y := a.EffectOn(c.old.day), b.EffectOn(c.new.day)
		code, is := lawShift(x.Is, y.Is)
		if is == Same {
			continue
		}
		after := string(y.Is)
		c.add(Change{Code: code, Is: is, Law: id, Before: string(x.Is), After: after, Was: []Reason{{Law: id, Cite: a.Citation}}, Now: []Reason{{Law: id, Cite: b.Citation}}})
	}
}

// rule says that another text of the law holds for the people of a phase than for those before them, or than the file said. What it does
// to them, the barriers say; where they are the same, nobody can.
func (c *comparer) rule(o, n phaseRef) {
	x, y := wordOf(o.ph.Rule), wordOf(n.ph.Rule)
	if x == y {
		return
	}
	ch := Change{Code: "rule", Is: Unclear, Before: x, After: y, Was: because(c.old.p, o.ph.Rule), Now: because(c.new.p, n.ph.Rule)}
	if id, _, ok := cutRule(n.ph.Rule.Is); ok {
		ch.Law = id
	}
	if len(ch.Was) == 0 {
		ch.Was = []Reason{c.old.p.at(o.path + ".id")}
	}
	if len(ch.Now) == 0 {
		ch.Now = []Reason{c.new.p.at(n.path + ".id")}
	}
	if slices.ContainsFunc(c.list, func(c Change) bool { return c.Code == "barrier" }) {
		ch.Is = Same
	}
	c.add(ch)
}

// lawShift compares the standing of a law. That nobody read it once, or does now, is unclear; a suit against it, a stop or a repeal are
// worse, whatever was known before.
func lawShift(x, y law.Status) (string, Shift) {
	order := []law.Status{law.Repealed, law.Enjoined, law.Challenged, law.Disputed, law.InForce}
	i, j := slices.Index(order, x), slices.Index(order, y)
	codes := map[law.Status]string{law.Repealed: "law_gone", law.Enjoined: "law_stopped", law.Challenged: "law_challenged", law.Disputed: "law_disputed"}
	switch {
	case x == y:
		return "", Same
	case y == law.Unverified, x == law.Unverified && j > slices.Index(order, law.Challenged):
		return "law_read", Unclear
	case j < i || x == law.Unverified:
		return codes[y], Worse
	}
	return "law_back", Better
}

// told compares what the office says about telling people (K1). That it can reach them now, or cannot, is unclear: for that it keeps more
// of them, or less.
func (c *comparer) told(o, n phaseRef) {
	order := []string{"by_law", "says_it_will", "no"}
	say := func(s *side, ph phaseRef) string {
		if s.reachable(ph) == source.No {
			return string(ToldNoAddress)
		}
		return wordOf(s.p.Tells)
	}
	of := Change{Before: say(c.old, o), After: say(c.new, n), Was: because(c.old.p, c.old.p.Tells), Now: because(c.new.p, c.new.p.Tells)}
	x, y := ranked(c.old.p.Tells, order...), ranked(c.new.p.Tells, order...)
	if x == y && (of.Before == string(ToldNoAddress)) != (of.After == string(ToldNoAddress)) {
		of.Code, of.Is = "told", Unclear
		c.add(of)
		return
	}
	c.shift("told", x, y, of)
}

// sameEvent finds a demand of another side on this one: by its id, else by what it is.
func (s *side) sameEvent(ev eventRef, other *side) (eventRef, bool) {
	for _, e := range s.events {
		if e.ID == ev.ID {
			return e, true
		}
	}
	for _, e := range s.events {
		if e.Kind == ev.Kind && e.From == ev.From && e.To == ev.To && e.Dated == ev.Dated && !slices.ContainsFunc(other.events, func(o eventRef) bool { return o.ID == e.ID }) {
			return e, true
		}
	}
	return eventRef{}, false
}

// about says whether a demand asks for something of a phase: certainly, perhaps, or not.
func (s *side) about(ev eventRef, ph phaseRef) ends {
	if ph.ph == nil {
		return ends{0, 0}
	}
	out := ends{0, 0}
	for _, a := range ph.lines() {
		for _, i := range a.Items {
			e := holdEnds(s.covers(ev, ph, i))
			out = ends{max(out.good, e.good), max(out.bad, e.bad)}
		}
	}
	return out
}

// demandsCame compares the demands that may be about the people of a phase.
func (c *comparer) demandsCame(o, n phaseRef) {
	for _, ev := range c.new.events {
		at := []Reason{c.new.p.at(ev.path + ".kind"), c.new.p.at(ev.path + ".dated")}
		of := Change{Event: ev.ID, Demands: []source.ID{ev.Kind}, Was: because(c.old.p, c.old.p.Demands), Now: reasons(at, because(c.new.p, ev.Asks), because(c.new.p, ev.Wants))}
		now := c.new.about(ev, n)
		old, both := c.old.sameEvent(ev, c.new)
		if !both {
			if now.bad > 0 {
				of.Code, of.Is, of.After = "demand_came", Worse, string(ev.From)
				c.add(of)
			}
			continue
		}
		was := c.old.about(old, o)
		if o.ph != nil {
			of.Was = reasons([]Reason{c.old.p.at(old.path + ".kind")}, because(c.old.p, old.Asks), because(c.old.p, old.Wants))
			of.Before, of.After = map[int]string{0: "not about them", 1: "may be about them"}[was.bad], map[int]string{0: "not about them", 1: "may be about them"}[now.bad]
			c.shift("demand_about", was, now, of)
		}
		if was.bad == 0 && now.bad == 0 {
			continue
		}
		order := []string{"quashed|withdrawn", "stayed|enjoined", "none", "petitioned|appealed", "ordered"}
		c.shift("court", ranked(old.Court, order...), ranked(ev.Court, order...), Change{Event: ev.ID, Demands: []source.ID{ev.Kind}, Before: wordOf(old.Court), After: wordOf(ev.Court),
			Was: because(c.old.p, old.Court), Now: because(c.new.p, ev.Court)})
		if wordOf(old.Answer) != wordOf(ev.Answer) || wordOf(old.Given) != wordOf(ev.Given) {
			c.add(Change{Code: "answer", Is: Unclear, Event: ev.ID, Demands: []source.ID{ev.Kind}, Before: wordOf(old.Answer), After: wordOf(ev.Answer),
				Was: reasons(because(c.old.p, old.Answer), because(c.old.p, old.Given)), Now: reasons(because(c.new.p, ev.Answer), because(c.new.p, ev.Given))})
		}
	}
	for _, ev := range c.old.events {
		if _, still := c.new.sameEvent(ev, c.old); !still && c.old.about(ev, o).bad > 0 {
			c.add(Change{Code: "demand_gone", Is: Unclear, Event: ev.ID, Demands: []source.ID{ev.Kind}, Was: []Reason{c.old.p.at(ev.path + ".kind")}, Now: because(c.new.p, c.new.p.Demands)})
		}
	}
}

// steps compares the channels that people must go through first: each leaves records of its own.
func (c *comparer) steps(channel source.ID) {
	x, y := c.old.p.Channels[channel].Steps, c.new.p.Channels[channel].Steps
	has := func(list []Step, id source.ID) bool {
		return slices.ContainsFunc(list, func(s Step) bool { return s.Channel == id })
	}
	path := "channels." + string(channel)
	for _, s := range y {
		if !has(x, s.Channel) {
			c.add(Change{Code: "step", Is: Worse, Channel: s.Channel, After: s.Since.String(), Was: []Reason{c.old.p.at(path)}, Now: []Reason{c.new.p.at(path + ".steps")}})
		}
	}
	for _, s := range x {
		if !has(y, s.Channel) {
			c.add(Change{Code: "step", Is: Unclear, Channel: s.Channel, Was: []Reason{c.old.p.at(path + ".steps")}, Now: []Reason{c.new.p.at(path)}})
		}
	}
}

// ways compares the ways that leave fewer records than this one, and what they cost.
func (c *comparer) ways(channel source.ID) {
	find := func(f source.Fact[[]Way], use source.ID) (int, bool) {
		i := slices.IndexFunc(f.Is, func(w Way) bool { return w.InsteadOf == channel && w.Use == use })
		return i, i >= 0
	}
	x, y := c.old.p.Ways, c.new.p.Ways
	cost := []string{"none", "wait|travel", "travel_and_wait|money"}
	for i, w := range y.Is {
		if w.InsteadOf != channel {
			continue
		}
		k, both := find(x, w.Use)
		if !both {
			c.add(Change{Code: "way", Is: Better, Channel: w.Use, Was: because(c.old.p, x), Now: []Reason{c.new.p.at(c.new.p.inside("alternatives") + "." + itoa(i) + ".use")}})
			continue
		}
		c.shift("way_cost", ranked(x.Is[k].Costs, cost...), ranked(w.Costs, cost...), Change{Channel: w.Use, Before: wordOf(x.Is[k].Costs), After: wordOf(w.Costs),
			Was: because(c.old.p, x.Is[k].Costs), Now: because(c.new.p, w.Costs)})
	}
	for i, w := range x.Is {
		if w.InsteadOf != channel {
			continue
		}
		if _, still := find(y, w.Use); !still {
			c.add(Change{Code: "way", Is: Worse, Channel: w.Use, Was: []Reason{c.old.p.at(c.old.p.inside("alternatives") + "." + itoa(i) + ".use")}, Now: because(c.new.p, y)})
		}
	}
}

// status compares whether a way is open. That it closed erases nothing, and helps nobody who wants to use it: it is unclear.
func (c *comparer) status(channel source.ID) {
	x, y := c.old.closed(channel), c.new.closed(channel)
	if x == y {
		return
	}
	ch := Change{Code: "closed", Is: Unclear, Channel: channel, Before: string(c.old.p.Program.Status.Is), After: string(c.new.p.Program.Status.Is), Was: []Reason{c.old.p.at("program.status.is")}, Now: []Reason{c.new.p.at("program.status.is")}}
	if x {
		ch.Code = "opened"
	}
	c.add(ch)
}

// dates compares the days of a phase: they say who belongs to it.
func (c *comparer) dates(o, n phaseRef) {
	x, y := o.ph, n.ph
	open := func(f source.Fact[source.End]) bool { return f.State == source.Known && f.Is.Open }
	end := func(e source.End) string {
		if e.Open {
			return "open"
		}
		return e.Date.String()
	}
	ch := Change{Was: reasons(because(c.old.p, x.From), because(c.old.p, x.To)), Now: reasons(because(c.new.p, y.From), because(c.new.p, y.To)), Before: shown(x.To, end), After: shown(y.To, end)}
	switch {
	case shown(x.From, source.Date.String) != shown(y.From, source.Date.String):
		ch.Before, ch.After = shown(x.From, source.Date.String)+" to "+ch.Before, shown(y.From, source.Date.String)+" to "+ch.After
		ch.Code, ch.Is = "dates", Unclear
	case ch.Before == ch.After:
		return
	case open(x.To) && y.To.State == source.Known:
		ch.Code, ch.Is = "ended", Unclear
		for _, later := range c.new.p.Channels[n.channel].Phases {
			if later.ID != y.ID && later.From.State == source.Known && later.From.Is.First >= y.To.Is.Date.First {
				ch.Is = Same // another one goes on from there
			}
		}
	default:
		ch.Code, ch.Is = "dates", Unclear
	}
	c.add(ch)
}

// keptRule says that people keep the rule under which they gave their facts, where the law has a newer one (P0), and which ways that
// newer one is about.
func (c *comparer) keptRule(n phaseRef) {
	r := n.ph.Rule
	if r.State != source.Known || len(r.But) > 0 {
		return
	}
	id, version, _ := cutRule(r.Is)
	e := c.new.book.Entry(id)
	if e == nil {
		return
	}
	newer := e.On(c.new.day)
	mine := e.Version(version)
	if newer == nil || mine == nil || newer.ID == mine.ID || newer.From.State != source.Known || mine.From.State != source.Known || newer.From.Is.First <= mine.From.Is.First {
		return
	}
	c.add(Change{Code: "rule_kept", Is: Same, Law: id, Before: string(version), After: string(version), Was: []Reason{{Law: id, Cite: e.Citation}}, Now: because(c.new.p, r)})
	for _, o := range c.new.channels {
		for _, ph := range o.phases {
			if lid, v, _ := cutRule(ph.ph.Rule.Is); o.id == n.channel || ph.ph.Rule.State != source.Known || lid != id || v != newer.ID {
				continue
			}
			c.add(Change{Code: "rule_not_yours", Is: Same, Law: id, Channel: o.id, After: string(newer.ID), Was: []Reason{{Law: id, Cite: e.Citation}}, Now: reasons(because(c.new.p, r), because(c.new.p, ph.ph.Rule))})
		}
	}
}
