package notices

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// The kind what-changed: what Changes found, for the people whom it is about. Each part of the program has a section of its own, which says
// whom it is about, what is worse, better or otherwise new for them, and what did not change.

// WhatChanged is the notice of what is otherwise than in an older edition: BuildChanged makes it, for it needs both.
const WhatChanged Kind = "what-changed"

// BuildChanged makes the notice of what changed between two sides of one program. Like Build it is pure, in no language, and public: what
// may not be told of changes nothing in it. It speaks in the voice and the languages of the newer side, on the day of its edition.
func BuildChanged(old, new Side) (*Notice, error) {
	old.On, new.On = min(old.On, old.Program.Edition.AsOf.Last), min(new.On, new.Program.Edition.AsOf.Last)
	ch, err := Changes(old, new)
	if err != nil {
		return nil, err
	}
	x, err := newEngine(new.Program, new.Book, new.On, false)
	if err != nil {
		return nil, err
	}
	p := new.Program
	b := &newsBuilder{
		builder: &builder{engine: x, book: new.Book, on: new.On, used: map[string]bool{},
			n: &Notice{Program: p.Program.ID, Name: p.Program.Name, Kind: WhatChanged, Voice: p.Voice, People: p.People, AsOf: p.Edition.AsOf.Last,
				Number: p.Edition.Number, Digits: p.Digits, Languages: p.Languages, File: p.File, Lock: p.Lock, Wording: p.Wording}},
		old: old.Program, ch: ch, phases: map[PhaseID]phaseRef{}}
	for _, list := range [][]channelRef{old.Program.channels(), x.channels} {
		for _, c := range list {
			for _, ph := range c.phases {
				b.phases[ph.id] = ph
			}
		}
	}
	b.keyFacts()
	b.summary()
	b.choices()
	b.again()
	for i := range ch.Phases {
		b.part(&ch.Phases[i])
	}
	b.edition()
	b.editions()
	b.flush()
	b.leaveOut("about", "about.new", "about.nothing_new", "about.new.unknown") // what is new is the page itself
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	return b.n, nil
}

// newsBuilder is a builder of the newer side, with the older one beside it.
type newsBuilder struct {
	*builder
	old    *Program
	ch     *Changed
	phases map[PhaseID]phaseRef // of both; the newer wins
}

// leaveOut takes statements out of a section that other kinds have, too.
func (b *newsBuilder) leaveOut(section string, messages ...string) {
	for i := range b.n.Sections {
		s := &b.n.Sections[i]
		if s.ID != section {
			continue
		}
		for k := range s.Groups {
			g := &s.Groups[k]
			g.Statements = slices.DeleteFunc(g.Statements, func(st Statement) bool { return slices.Contains(messages, st.Message) })
		}
		s.Groups = slices.DeleteFunc(s.Groups, func(g Group) bool { return len(g.Statements) == 0 })
	}
}

// both are reasons of both files, where a sentence rests on their difference.
func (b *newsBuilder) both(path string) []Reason { return []Reason{b.old.at(path), b.p.at(path)} }

// who names a part: its way, and the time of its people.
func (b *newsBuilder) who(id PhaseID) []Value {
	ph := b.phases[id]
	c, ok := b.p.Channels[ph.channel]
	if !ok {
		c = b.old.Channels[ph.channel]
	}
	v := []Value{text("part", c.Name)}
	if ph.ph.From.State == source.Known && ph.ph.To.State == source.Known {
		v = append(v, dates("time", ph.ph.From.Is, ph.ph.To.Is))
	}
	return v
}

// whoReasons are where the parts stand.
func (b *newsBuilder) whoReasons(list []PhaseChange) []Reason {
	out := b.both("edition.as_of")
	for _, pc := range list {
		p := b.p
		if pc.In == "gone" {
			p = b.old
		}
		out = reasons(out, []Reason{p.at(b.phases[pc.Phase].path + ".id")})
	}
	return out
}

// keyFacts says first that something changed, for whom it got worse, and what to do.
func (b *newsBuilder) keyFacts() {
	b.section("key_facts", 1)
	b.say("", "change.key.changed", claim("C35", "changed"), b.both("edition.as_of"), date("since", b.old.Edition.AsOf))
	b.group("")
	var fresh []PhaseChange
	by := map[Shift][]PhaseChange{}
	for _, pc := range b.ch.Phases {
		if pc.In == "new" && pc.Against == "" {
			fresh = append(fresh, pc)
		} else {
			by[pc.Is] = append(by[pc.Is], pc)
		}
	}
	say := func(msg string, list []PhaseChange) {
		if len(list) == 0 {
			return
		}
		var v []Value
		var cl []Claim
		for _, pc := range list {
			who := b.who(pc.Phase)
			if len(list) > 3 { // the box shall fit one screen: then the ways alone, each once; the parts have the times
				who = who[:1]
			}
			if len(list) <= 3 || !slices.ContainsFunc(v, func(o Value) bool { return fmt.Sprint(o.Parts) == fmt.Sprint(who[0].Parts) }) {
				v = append(v, who...)
			}
			cl = append(cl, Claim{"C33", "changed/" + string(pc.Phase)})
		}
		b.say("", msg, cl, b.whoReasons(list), v...)
	}
	say("change.key.worse", by[Worse])
	say("change.key.unclear", by[Unclear])
	say("change.key.better", by[Better])
	say("change.key.same", append(by[WordingOnly], by[Same]...))
	say("change.key.new", fresh)
	b.group("")
	b.say("", "change.key.read", claim("C33", "read"), b.both("channels"))
	for i, h := range b.p.Help {
		if h.For == "legal" {
			v := link("page", h.Page)
			switch {
			case h.Phone.State == source.Known && h.Phone.Confidence != source.Unverified:
				v = phone(h.Phone)
			case len(v) == 0:
				v = append([]Value{text("name", h.Name)}, phone(h.Phone)...)
			}
			b.say("", "key.lawyer", claim("C36", "key"), reasons(b.path(helpPath(i)+".name"), because(b.p, h.Phone), because(b.p, h.Page)), v...)
			break
		}
	}
}

// summary says how grave it is, and what changed for everyone.
func (b *newsBuilder) summary() {
	b.section("changed", 2)
	b.say("", "change.all."+string(b.ch.Is), claim("C35", "all"), b.both("edition.as_of"))
	b.changes("", b.ch.Everyone, func(c Change) bool {
		return c.Code != "amended" && (c.Is != WordingOnly || b.ch.Is == WordingOnly)
	}, map[Shift]string{Worse: "worse_all", Better: "better_all", Unclear: "news_all", WordingOnly: "news_all"})
	for _, c := range b.ch.Everyone {
		if c.Code == "amended" {
			b.amended(c)
		}
	}
	b.group("gag")
	b.say("", "demand.gag", claims(claim("C22", "gag"), claim("C36", "gag")), b.both("demands"))
}

// amended says what a law said and what it says now, and after how many years it was changed.
func (b *newsBuilder) amended(c Change) {
	e := b.book.Entry(c.Law)
	b.group("amended", b.lawsOf("law", c.Law))
	for _, id := range []string{c.Before, c.After} {
		b.ruleText(string(c.Law), e, e.Version(source.ID(id)), reasons(c.Was, c.Now))
	}
	y1, _, _ := e.Version(source.ID(c.Before)).From.Is.First.YMD()
	y2, _, _ := e.Version(source.ID(c.After)).From.Is.First.YMD()
	if y2 > y1 {
		b.sayN(string(c.Law), "past.changed.years", y2-y1, claim("C35", "changed/"+string(c.Law)), reasons(c.Was, c.Now))
	}
	b.say(string(c.Law), "past.can_change", claim("C35", "again/"+string(c.Law)), reasons(c.Was, c.Now))
}

// ruleText says what one text of a law says, and since when.
func (b *newsBuilder) ruleText(scope string, e *law.Entry, v *law.Version, why []Reason) {
	var vals []Value
	if v.From.State == source.Known {
		vals = append(vals, date("since", v.From.Is))
	}
	msg := "law." + string(e.ID) + "." + string(v.ID) + ".rule"
	if e.Own {
		msg, vals = "own.rule", append([]Value{text("own_words", v.Rule)}, vals...)
	} else if len(e.Versions) < 2 {
		return
	}
	b.say(scope+"@"+string(v.ID), msg, claim("C35", "rule/"+scope+"@"+string(v.ID)), why, vals...)
}

// again says who has to read the newer page.
func (b *newsBuilder) again() {
	b.section("again", 2)
	var all, open []PhaseChange
	for _, t := range b.ch.Tell {
		for _, pc := range b.ch.Phases {
			if pc.Phase == t.Phase && t.Who == "applied" {
				all = append(all, pc)
			} else if pc.Phase == t.Phase {
				open = append(open, pc)
			}
		}
	}
	values := func(list []PhaseChange) []Value {
		var v []Value
		for _, pc := range list {
			v = append(v, b.who(pc.Phase)...)
		}
		return v
	}
	switch {
	case len(all) > 0:
		b.say("", "change.again.worse", claim("C33", "again"), b.both("edition.as_of"))
		b.say("", "change.again.parts", claim("C33", "again/parts"), b.whoReasons(all), values(all)...)
	case len(open) > 0:
		b.say("", "change.again.news", claim("C33", "again"), b.both("edition.as_of"))
	default:
		b.say("", "change.again.nobody", claim("C33", "again"), b.both("edition.as_of"))
	}
	if len(open) > 0 {
		b.say("", "change.again.open", claim("C33", "again/open"), b.whoReasons(open), values(open)...)
	}
	b.group("")
	b.say("", "past.no_recall", claim("C34", "recall"), b.both("past.withdraw"))
}

// part says what changed for the people of one phase.
func (b *newsBuilder) part(pc *PhaseChange) {
	who := b.who(pc.Phase)
	b.section("your_part", 2, who...)
	id := string(pc.Phase)
	why := b.whoReasons([]PhaseChange{*pc})
	first := "change.part." + string(pc.Is)
	switch {
	case pc.In == "new" && pc.Against == "":
		first = "change.part.new"
	case pc.In == "gone":
		first = "change.part.gone"
	case pc.Is.rank() > Same.rank() && !slices.ContainsFunc(pc.Changes, func(c Change) bool { return c.Is != Same }):
		first = "change.part.everyone" // only what changed for everyone
	}
	b.say(id, first, claim("C33", "changed/"+id+"/first"), why)
	b.say(id, "change.who", claim("C33", "changed/"+id+"/who"), why, who...)
	worse := "worse"
	if first == "change.part.new" {
		worse = "keeps"
	}
	b.changes(id, pc.Changes, func(c Change) bool {
		return c.Code != "demand_came" && (c.Is.rank() > WordingOnly.rank() || c.Is == WordingOnly && pc.Is == WordingOnly || c.Code == "ended")
	}, map[Shift]string{Worse: worse, Better: "better", Unclear: "news", WordingOnly: "news", Same: "news"})
	for _, c := range pc.Changes {
		if c.Code == "demand_came" {
			b.group("came")
			b.change(id, c)
		}
	}
	b.group("stays")
	for _, c := range pc.Changes {
		if c.Is == Same && c.Code != "ended" {
			b.change(id, c)
		}
	}
}

// changes says a list, one group for each shift. Where something was not known before, it says that it may have been so all the time.
func (b *newsBuilder) changes(scope string, list []Change, which func(Change) bool, heading map[Shift]string) {
	last := Shift("")
	for _, c := range list {
		if !which(c) {
			continue
		}
		if h := heading[c.Is]; last == "" || heading[last] != h {
			b.group(h)
			known := slices.ContainsFunc(list, func(o Change) bool { return which(o) && heading[o.Is] == h && o.wasOpen() })
			if known && c.Is == Worse {
				b.say(scope, "change.known_only", claim("C36", "known_only/"+scope), reasons(c.Was, c.Now))
			}
			last = c.Is
		}
		b.change(scope, c)
	}
}

// wasOpen reports whether what changed was not known before.
func (c *Change) wasOpen() bool {
	return c.Before == "unknown" || strings.Contains(c.Before, "..") || strings.Contains(c.Before, " or ")
}

// change says one change, with its values.
func (b *newsBuilder) change(scope string, c Change) {
	why := reasons(c.Was, c.Now)
	var v []Value
	if len(c.Items) > 0 && !slices.Equal(c.Items, []source.ID{""}) {
		v = append(v, b.itemsOfBoth(c.Items))
	}
	if c.Holder != "" {
		h, ok := b.p.Holders[c.Holder]
		if !ok {
			h = b.old.Holders[c.Holder]
		}
		v = append(v, text("holder", h.Name))
	}
	say := func(msg string, more ...Value) {
		b.say(scope, msg, claim("C35", "change/"+scope+"/"+c.Code), why, append(v, more...)...)
	}
	msg := "change." + c.Code + "." + string(c.Is)
	low, high := c.After, c.After
	if i := strings.Index(c.After, ".."); i >= 0 {
		low, high = c.After[:i], c.After[i+2:]
	}
	switch c.Code {
	case "kept", "kept_known":
		switch {
		case c.Is == Worse && low == "none":
			msg = "change.kept.may"
		case c.Is == Better && high == "none":
			msg = "change.kept.none"
		case c.Code == "kept_known" && c.Is != Worse:
			msg = "change.kept." + string(c.Is)
		}
		say(msg)
	case "sent":
		if c.Is == Worse && low != "sent" {
			msg = "change.sent.may"
		}
		say(msg)
	case "holder":
		if c.Is == Worse && low == "none" {
			msg = "change.holder.may"
		}
		say(msg)
	case "need", "refuse": // what holds now, in the words of other pages
		now := c.After
		if strings.HasPrefix(now, "one_of:") {
			now = "one_of"
		}
		if slices.Contains(w("required optional automatic one_of"), now) || c.Code == "refuse" && slices.Contains(wRefusal, now) {
			msg = c.Code + "." + now
		}
		say(msg)
	case "new_way":
		msg = map[string]string{"kept": "change.new_way.kept", "may_be_kept": "change.new_way.may", "": "change.new_way.nothing"}[c.After]
		if c.Holder != "" {
			msg = map[string]string{"kept": "change.holder.too", "may_be_kept": "change.holder.may_too"}[c.After]
		}
		say(msg)
	case "how_long", "spare":
		say(msg, append(periods("before", c.Before), periods("now", c.After)...)...)
	case "barrier", "paused", "ordered":
		if c.Code == "paused" && c.Is != Better {
			msg = "change.barrier." + string(c.Is)
		}
		say(msg, labels("paper", "demand", words(c.Demands)...))
	case "law_challenged", "law_stopped", "law_gone", "law_disputed", "law_read", "law_back":
		vals := []Value{b.lawsOf("law", c.Law)}
		if e := b.book.Entry(c.Law); e != nil {
			vals = append(vals, optDate("since", e.EffectOn(b.day).On)...)
		}
		say(msg, vals...)
	case "rule":
		say("change.rule")
		b.ruleNow(scope, c)
	case "rule_kept":
		say("change.rule_kept")
		if e := b.book.Entry(c.Law); e != nil {
			b.ruleText(scope, e, e.Version(source.ID(c.Before)), why)
		}
	case "rule_not_yours":
		say("change.not_yours." + string(b.p.Channels[c.Channel].Kind))
	case "demand_came":
		b.demandCame(scope, c, why)
	case "demand_about", "demand_gone":
		say(msg, b.eventValues(c.Event)...)
	case "court":
		if c.After == "unknown" || strings.Contains(c.After, " or ") {
			say(msg, b.eventValues(c.Event)...)
		} else {
			say(msg, append(b.eventValues(c.Event), labels("court", "word.court", c.After))...)
		}
	case "answer":
		say(msg, b.eventValues(c.Event)...)
	case "step", "way", "way_cost":
		b.elsewhere(c, say, msg)
	case "closed":
		st := b.p.Program.Status
		say("part.closed."+string(st.Is), sinceValues(st.Since)...)
		b.say(scope, "part.closed.kept", claim("C32", "kept/"+scope), why)
	case "ended":
		if ph := b.phases[PhaseID(scope)]; ph.ph != nil && ph.ph.To.State == source.Known && !ph.ph.To.Is.Open {
			say("change.ended", date("until", ph.ph.To.Is.Date))
		} else {
			say("change.ended")
		}
	case "right":
		say(msg, labels("rights", "word.right", c.Words...))
	case "route":
		say(msg, labels("routes", "word.route", c.Words...))
	case "ending":
		say(msg, labels("forms", "word.ending", c.Words...))
	case "contract":
		say(msg, labels("duties", "word.duty", c.Words...))
	case "recipients":
		if len(c.Words) == 0 {
			say("recipients.unknown")
		} else {
			say(msg, labels("who", "word.recipient", c.Words...))
		}
	case "cards":
		say(map[Shift]string{Worse: "change.cards.worse", Better: "cards.still_good", Unclear: "cards.unknown"}[c.Is])
	case "promise":
		if c.Is == Worse {
			say(msg)
		} else {
			b.promise(scope, c, why)
		}
	case "partners":
		if c.Is == Unclear && c.After == "unknown" && b.p.Partners.State == source.Unknown {
			msg = "partners.unknown"
		}
		say(msg)
	default:
		say(msg)
	}
}

// itemsOfBoth is a list of items: of the vocabulary, or by the names that the files give them.
func (b *newsBuilder) itemsOfBoth(ids []source.ID) Value {
	v := b.items("items", ids)
	for i, id := range ids {
		if own, ok := b.old.Items[id]; ok && v.Parts[i].Text.IsZero() {
			v.Parts[i] = Part{Text: own.Name}
		}
	}
	return v
}

// periods are the lengths of time of a change; where one is not known, it says so.
func periods(name, s string) []Value {
	v := Value{Name: name, Kind: VSpan}
	for _, one := range strings.Split(s, " or ") {
		p, err := source.ParsePeriod(one)
		if err != nil {
			return []Value{labels(name, "word.fact", "unknown")}
		}
		v.Parts = append(v.Parts, Part{Span: p})
	}
	return []Value{v}
}

// ruleNow says the text of the law that holds now for a part.
func (b *newsBuilder) ruleNow(scope string, c Change) {
	id, version, _ := cutRule(source.ID(c.After))
	if e := b.book.Entry(id); e != nil && e.Version(version) != nil {
		b.ruleText(scope, e, e.Version(version), reasons(c.Was, c.Now))
	}
}

// eventValues name a demand by its day.
func (b *newsBuilder) eventValues(id source.ID) []Value {
	for _, p := range []*Program{b.p, b.old} {
		for _, e := range p.Demands.Is {
			if e.ID == id && e.Listed {
				return []Value{date("date", e.Dated)}
			}
		}
	}
	return nil
}

// demandCame says who asked and when, about whom, and that it may be about the reader.
func (b *newsBuilder) demandCame(scope string, c Change, why []Reason) {
	for _, ev := range b.events {
		if ev.ID != c.Event {
			continue
		}
		of := scope + "/" + string(ev.ID)
		b.say(of, "demand.from."+string(ev.From), claim("C22", "came/"+of), reasons(why, b.path(ev.path+".from", ev.path+".dated")), date("date", ev.Dated), labels("paper", "demand", string(ev.Kind)))
		b.say(of, "change.demand_came", claim("C33", "about/"+of), why)
		for _, pr := range ev.Asks.Is {
			if pr.Field == "document_type" && len(pr.Any) > 0 {
				b.say(of, "demand.papers", claim("C22", "papers/"+of), because(b.p, ev.Asks), b.items("papers", pr.Any))
			}
			if pr.Field == "applied_on" && !pr.From.IsZero() && !pr.To.IsZero() {
				b.say(of, "demand.window", claim("C22", "window/"+of), because(b.p, ev.Asks), append([]Value{dates("time", pr.From, source.End{Date: pr.To})}, uncertain(ev.Asks)...)...)
			}
		}
		b.say(of, "answer."+answerWord(ev.Answer), claim("C22", "answer/"+of), because(b.p, ev.Answer), optDate("on", ev.Answer.On)...)
	}
}

// elsewhere says what another way, or a step before this one, has to do with it.
func (b *newsBuilder) elsewhere(c Change, say func(string, ...Value), msg string) {
	ch, ok := b.p.Channels[c.Channel]
	if !ok {
		ch = b.old.Channels[c.Channel]
	}
	v := []Value{text("part", ch.Name)}
	if c.Code == "step" && c.Is == Worse {
		if d, err := source.ParseDate(c.After); err == nil {
			v = append(v, date("since", d))
		}
	}
	say(msg, v...)
}

// promise says what the office says now, and that its force is that of its words.
func (b *newsBuilder) promise(scope string, c Change, why []Reason) {
	for i, s := range b.p.Says.Is {
		if !slices.Contains(c.Words, string(s.Will)) || string(s.Force) != c.After {
			continue
		}
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
		b.say(scope+itoa(i), "says."+string(s.Will), claim("C24", "says/"+itoa(i)), why, v...)
		b.say(scope+itoa(i), "force."+string(s.Force), claim("C24", "force/"+itoa(i)), b.path(b.p.inside("office_says")+"."+itoa(i)+".force"))
	}
}

// editions says which two editions are compared, and then each law whose standing changed.
func (b *newsBuilder) editions() {
	b.section("editions", 3)
	b.say("", "change.editions", claim("C35", "editions"), b.both("edition.number"))
	of := func(p *Program) []Value {
		v := []Value{date("as_of", p.Edition.AsOf)}
		if b.old.Program.ID == b.p.Program.ID { // numbers count within one id
			v = append(v, count("number", p.Edition.Number, false))
		}
		return v
	}
	b.say("", "change.edition.old", claim("C35", "edition/old"), []Reason{b.old.at("edition.number"), b.old.at("edition.as_of")}, of(b.old)...)
	b.say("", "change.edition.new", claim("C35", "edition/new"), b.path("edition.number", "edition.as_of"), of(b.p)...)
	var laws []source.ID
	for _, pc := range b.ch.Phases {
		for _, c := range pc.Changes {
			if c.Law != "" {
				laws = union(laws, []source.ID{c.Law})
			}
		}
	}
	slices.Sort(laws)
	n := 0
	for _, id := range laws {
		e := b.book.Entry(id)
		if e == nil || e.Own {
			continue
		}
		if n++; n == 1 {
			b.section("laws", 3)
			b.say("", "laws.first", claim("C24", "first"), b.cite(id))
		}
		b.group("law", b.lawsOf("law", id))
		b.say("laws/"+string(id), "law."+string(id)+".says", claim("C21", string(id)), b.cite(id))
		b.say("laws/"+string(id), "law."+string(id)+".binds", claim("C21", "binds/"+string(id)), b.cite(id), labels("force", "word.force", string(e.Force)))
		b.checked(e, "laws/"+string(id), "C21")
	}
}

// changeIDs are the messages of this kind.
func changeIDs() []string {
	var out []string
	for code, shifts := range map[string]string{
		"kept": "worse better unclear may none", "kept_known": "worse", "sent": "worse better unclear may", "holder": "worse unclear may too may_too", "asked": "worse unclear", "asks": "worse unclear",
		"new_way": "kept may nothing", "gone_way": "unclear", "need": "worse better unclear", "refuse": "worse better unclear", "refuse_group": "worse better unclear", "how_long": "worse better unclear",
		"spare": "worse better unclear", "at_end": "worse better unclear", "erase": "worse better unclear", "hold": "worse better unclear", "control": "worse better unclear",
		"contract": "worse better unclear", "found": "worse better unclear", "barrier": "worse better unclear", "ordered": "worse", "paused": "better",
		"law_challenged": "worse", "law_stopped": "worse", "law_gone": "worse", "law_disputed": "worse", "law_read": "unclear", "law_back": "better",
		"told": "worse better unclear", "demand_about": "worse better unclear", "demand_gone": "unclear", "demands": "unclear", "court": "worse better unclear", "answer": "unclear",
		"step": "worse unclear", "way": "worse better", "way_cost": "worse better unclear", "opened": "unclear", "dates": "unclear", "words": "wording_only",
		"right": "worse better unclear", "route": "worse better unclear", "mandatory": "worse better unclear", "cost": "worse better unclear", "cards": "worse",
		"ending": "worse better unclear", "recipients": "worse unclear", "partners": "worse better unclear", "promise": "worse", "other": "unclear",
		"all": "worse unclear better wording_only same", "part": "worse unclear better wording_only same new gone everyone", "key": "changed worse unclear better same new read",
		"again": "worse parts news nobody open", "edition": "old new", "not_yours": strings.Join(wChannel, " "),
	} {
		out = append(out, prefix("change."+code+".", w(shifts))...)
	}
	out = append(out, prefix("change.", w("who known_only rule rule_kept demand_came ended editions"))...)
	out = append(out, prefix("section.", w("changed your_part again editions"))...)
	out = append(out, prefix("group.", w("worse better news stays keeps came worse_all better_all news_all amended"))...)
	out = append(out, prefix("value.", w("before now court"))...)
	slices.Sort(out)
	return out
}
