package notices

import (
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// The key facts: what each way to apply leaves, what was asked and answered, and who can help.

// verdict sums up what a channel and its steps leave behind.
type verdict struct {
	keeps    bool // papers or facts certainly stay, beyond what is written down at a counter
	returns  bool // papers are looked at and given back
	unknown  bool // nobody knows what is kept
	papers   bool // papers are asked for
	leftover bool // something else may stay
	certain  bool // something of it certainly stays
	name     bool // the name is among it
	named    bool // and the name certainly stays
	step     bool // what a step writes down, as a booking, may stay
	booked   bool // and certainly stays
	open     bool // papers are given back, and nobody knows if copies stay
	reported bool // papers are given back, and nobody has checked that no copy stays
	because  []Reason
	left     []Reason
}

func (b *builder) verdict(c channelRef) verdict {
	var v verdict
	for _, ph := range c.phases {
		if ph.ph.Asks.State == source.Unknown {
			v.unknown = true
			v.because = reasons(v.because, because(b.p, ph.ph.Asks))
		}
		for _, a := range ph.asks {
			paper, fact := false, false
			for _, i := range a.Items {
				w, _ := b.p.Item(i)
				paper, fact = paper || w.Paper, fact || !w.Paper
			}
			v.papers = v.papers || paper
			e := b.existence(ph, a, b.custodian)
			switch {
			case paper && e.Low >= Trace:
				v.keeps = true
				v.because = reasons(v.because, because(b.p, a.Handling), because(b.p, a.Copies))
			case paper && a.Handling.State == source.Known && a.Handling.Is == "seen_returned":
				v.returns = true
				v.open = v.open || a.Copies.State == source.Unknown
				v.reported = v.reported || a.Copies.State != source.Unknown && !a.Copies.Verified()
				v.because = reasons(v.because, because(b.p, a.Handling), because(b.p, a.Copies))
			case paper:
				v.unknown = true
				v.because = reasons(v.because, because(b.p, a.Handling), because(b.p, a.Copies))
			}
			if fact && e.High > None {
				sure := e.Low >= Trace && a.Handling.Confidence != source.Unverified
				v.leftover = true
				v.certain = v.certain || sure
				v.name = v.name || slices.Contains(a.Items, "name")
				v.named = v.named || sure && slices.Contains(a.Items, "name")
				v.left = reasons(v.left, because(b.p, a.Handling))
			}
		}
	}
	for _, s := range c.ch.Steps {
		for _, st := range b.channels {
			if st.id != s.Channel {
				continue
			}
			for _, ph := range st.phases {
				for _, a := range ph.asks {
					if e := b.existence(ph, a, b.custodian); e.High > None {
						sure := e.Low >= Trace && a.Handling.Confidence != source.Unverified
						v.leftover, v.step, v.booked = true, true, v.booked || sure
						v.left = reasons(v.left, because(b.p, a.Handling))
					}
				}
			}
		}
	}
	if !v.papers { // the facts decide
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				e := b.existence(ph, a, b.custodian)
				v.because = reasons(v.because, because(b.p, a.Handling), because(b.p, a.Copies))
				v.keeps = v.keeps || e.Low >= Trace
				v.unknown = v.unknown || e.Low < Trace && e.High > None
			}
		}
		if v.keeps {
			v.unknown = false
		}
	}
	return v
}

// part is what the part of a way says first of it.
func (v *verdict) part() string {
	switch {
	case v.keeps:
		return "keeps"
	case v.unknown:
	case v.returns:
		return "returns"
	case len(v.because) > 0 && !v.leftover:
		return "nothing"
	}
	return "unknown"
}

// verb is what the key facts say of a way.
func (v *verdict) verb() string {
	switch {
	case v.keeps:
		return "keep"
	case v.unknown:
		return "unknown"
	case v.returns:
		return "seen"
	}
	return "none"
}

// stays is the sentence for what a way leaves beside the papers: "may" only where that is not certain, "booking" only where a step leaves
// something.
func (v *verdict) stays() string {
	switch {
	case v.named && v.booked:
		return "key.leftover.both"
	case v.named && v.step:
		return "key.leftover.name"
	case v.certain || v.booked:
		return "key.leftover.stays"
	case v.name && v.step:
		return "key.leftover.booking"
	}
	return "key.leftover"
}

// mainChannels gives the channels that are no steps of others.
func (x *engine) mainChannels() []channelRef {
	var out []channelRef
	for _, c := range x.channels {
		if !x.isStep(c.id) {
			out = append(out, c)
		}
	}
	return out
}

func (b *builder) keyFacts() {
	b.section("key_facts", 1)
	b.keyGives()
	b.keyWays()
	b.group("")
	b.keyDemands()
	b.keyCourt()
	b.group("")
	b.keyHelp("", "legal", "key.lawyer", claim("C36", "key"))
}

// keyGives says what a person gets, and if that is free.
func (b *builder) keyGives() {
	p := b.p
	b.say("", "key.program", claim("C10", "key"), b.path("program.gives"), text("gives", p.Program.Gives))
	if p.Costs.State == source.Known && p.Costs.Is == "free" {
		b.say("", "key.free", claim("C43", "key"), because(p, p.Costs), uncertain(p.Costs)...)
	}
}

// keyWays says what each way to apply leaves, what is kept first.
func (b *builder) keyWays() {
	var later []channelRef
	kept := false
	b.group("")
	for _, c := range b.mainChannels() {
		if v := b.verdict(c); v.keeps {
			b.keyKept(c, v, v.verb())
			kept = true
		} else {
			later = append(later, c)
		}
	}
	if kept && b.n.Kind != DemandReceived {
		b.keyLong()
	}
	for _, c := range later {
		b.group("")
		v := b.verdict(c)
		b.keyKept(c, v, v.verb())
		if b.n.Kind == Poster { // on other pages a part of its own says it
			b.keyCopies(c)
		}
	}
}

func (b *builder) keyCourt() {
	court := b.cite(b.demandIDs(func(d demandRef) bool { return d.Demand.Immigration && d.Demand.EnforcedBy != "" })...)
	b.say("", "key.court", claims(claim("C13", "key"), claim("C14", "key")), court)
}

// keyHelp names the first helper of a kind.
func (b *builder) keyHelp(scope string, helps HelpFor, message string, cl []Claim) {
	for i, h := range b.p.Help {
		if h.For != helps {
			continue
		}
		var v []Value // the name stands with the choices; a number that nobody has called does not stand here
		switch {
		case h.Phone.State == source.Known && h.Phone.Confidence != source.Unverified:
			v = phone(h.Phone)
		case h.Page.State == source.Known:
			v = link("page", h.Page)
		default:
			v = append([]Value{text("name", h.Name)}, phone(h.Phone)...)
		}
		b.say(scope, message, cl, reasons(b.path(helpPath(i)+".name"), because(b.p, h.Phone), because(b.p, h.Page)), v...)
		return
	}
}

// keyKept says in one sentence what a way to apply leaves, and that more may stay.
func (b *builder) keyKept(c channelRef, v verdict, verb string) {
	if len(v.because) == 0 {
		return
	}
	id := string(c.id)
	var who []Value
	if c.ch.Kind == fromOthers && verb == "keep" { // the other sentences of this family lead to nothing
		word := labels("who", "word.fact", "unknown")
		if g := c.ch.GivenBy; g.State == source.Known && len(g.But) == 0 {
			word = labels("who", "word.giver", string(g.Is))
		}
		who = append(who, word)
	}
	b.say(id, "key."+verb+"."+string(c.ch.Kind), claims(claim("C01", "key/"+id), claim("C32", "key/"+id)), v.because, who...)
	if _, why := b.purposes(c); c.ch.Kind == fromOthers && verb == "keep" && len(why) > 0 && b.n.Kind != DemandReceived { // there the demand comes first
		b.say(id, "key.other_purpose", claim("C10", "key/"+id), why)
	}
	if !v.leftover || verb == "keep" {
		b.keyClosed(c, v)
		return
	}
	b.say(id, v.stays(), claim("C06", "key/"+id), v.left)
}

// keyCopies says of papers that are given back what nobody knows, or has checked, about copies of them.
func (b *builder) keyCopies(c channelRef) {
	id, v := string(c.id), b.verdict(c)
	if v.verb() != "seen" {
		return
	}
	if v.open {
		b.say(id, "poster.copies.unknown", claim("C06", "poster/"+id), v.because)
	} else if v.reported {
		b.say(id, "poster.copies.reported", claim("C06", "poster/"+id), v.because)
	}
}

func helpPath(i int) string { return "help." + itoa(i) }

func (b *builder) keyLong() {
	spans, unknown, because_ := b.periods()
	switch {
	case unknown || len(spans) == 0:
		if len(because_) == 0 {
			because_ = b.path("retention")
		}
		b.say("", "key.long.unknown", claim("C02", "key"), because_)
	default:
		b.say("", "key.long.known", claim("C02", "key"), because_, spans...)
	}
}

// periods are those of the series that main channels use; unknown, where one of them is not known, or sources disagree.
func (b *builder) periods() (spans []Value, unknown bool, why []Reason) {
	for _, id := range b.series() {
		r := b.p.Retention[id]
		why = reasons(why, because(b.p, r.Period))
		if r.Period.State != source.Known || len(r.Period.But) > 0 {
			unknown = true
		} else {
			spans = append(spans, span("period", r.Period.Is))
		}
	}
	return spans, unknown, why
}

// series lists the retention series that main channels with kept papers use, then the others, each once.
func (b *builder) series() []source.ID {
	var out []source.ID
	for _, c := range b.mainChannels() {
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				if a.Retention != "" && !slices.Contains(out, a.Retention) && a.Need.Is != "automatic" {
					out = append(out, a.Retention)
				}
			}
		}
	}
	return out
}

// seriesAll lists every retention series: those in use first.
func (b *builder) seriesAll() []source.ID {
	out := b.series()
	for _, c := range b.channels {
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				if a.Retention != "" && !slices.Contains(out, a.Retention) {
					out = append(out, a.Retention)
				}
			}
		}
	}
	var rest []source.ID
	for id := range b.p.Retention {
		if !slices.Contains(out, id) {
			rest = append(rest, id)
		}
	}
	slices.Sort(rest)
	return append(out, rest...)
}

func (b *builder) keyDemands() {
	p := b.p
	switch {
	case p.Demands.State == source.Unknown:
		b.say("", "key.asked.unknown", claims(claim("C22", "key"), claim("C23", "key")), because(p, p.Demands))
	case !slices.ContainsFunc(b.events, func(e eventRef) bool { return !b.elsewhere(e) }):
		// Also where the only demands may not be listed: the words are the same.
		b.say("", "key.asked.none", claims(claim("C22", "key"), claim("C23", "key")), b.path("demands"))
	default:
		ours := slices.DeleteFunc(slices.Clone(b.events), b.elsewhere) // the others are told of below
		if len(ours) > 2 {
			b.keyDemandsAtOnce(ours)
			return
		}
		for _, e := range ours {
			b.keyAsked(e)
			if b.n.Kind == DemandReceived && b.classOf(e) == law.Administrative {
				b.say(string(e.ID), "came.unchecked", claim("C12", "key/"+string(e.ID)), b.cite(e.Kind))
			}
			b.keyAnswer(e)
			if b.n.Kind == Poster { // on other pages a part of its own says it
				b.eventCourt(e)
			}
		}
	}
}

func (b *builder) keyAsked(e eventRef) {
	b.say(string(e.ID), "key.asked."+string(e.From), claims(claim("C22", "key/"+string(e.ID)), claim("C23", "key/"+string(e.ID))),
		b.path(e.path+".from", e.path+".dated"), date("date", e.Dated))
}

func (b *builder) keyAnswer(e eventRef) {
	b.say(string(e.ID), "key.answer."+answerWord(e.Answer), claim("C22", "key-answer/"+string(e.ID)), because(b.p, e.Answer), uncertain(e.Answer)...)
}

// keyDemandsAtOnce says of many demands how often, and each answer with the days of the demands that got it.
func (b *builder) keyDemandsAtOnce(list []eventRef) {
	var asked []Reason
	var cl []Claim
	type answered struct {
		word  string
		stood bool // somebody stands behind it
	}
	answerOf := func(e eventRef) answered { return answered{answerWord(e.Answer), len(uncertain(e.Answer)) == 0} }
	var words []answered
	for _, e := range list {
		asked = append(asked, b.path(e.path+".from", e.path+".dated")...)
		cl = append(cl, Claim{"C22", "key/" + string(e.ID)}, Claim{"C23", "key/" + string(e.ID)})
		if w := answerOf(e); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	b.sayN("key", "key.asked.many", len(list), cl, asked)
	if b.n.Kind == DemandReceived {
		b.unchecked(list)
	}
	for _, w := range words {
		dates := Value{Name: "date", Kind: VDate}
		var why []Reason
		var extra []Value
		cl = nil
		for _, e := range list {
			if answerOf(e) == w {
				extra = uncertain(e.Answer)
				dates.Parts = append(dates.Parts, Part{Date: e.Dated})
				why = append(why, because(b.p, e.Answer)...)
				cl = append(cl, Claim{"C22", "key-answer/" + string(e.ID)})
			}
		}
		b.say("key", "key.answer."+w.word, cl, why, append([]Value{dates}, extra...)...)
	}
}

// unchecked says of the demands that an agency wrote itself that no court has checked them.
func (b *builder) unchecked(list []eventRef) {
	var cl []Claim
	var ids []source.ID
	for _, e := range list {
		if b.classOf(e) == law.Administrative {
			cl = append(cl, Claim{"C12", "key/" + string(e.ID)})
			if !slices.Contains(ids, e.Kind) {
				ids = append(ids, e.Kind)
			}
		}
	}
	if len(cl) > 0 {
		b.say("key", "came.unchecked", cl, b.cite(ids...))
	}
}

// answerWord is the answer as it is said: unknown where it is not known or two sources disagree.
func answerWord(f source.Fact[Answer]) string {
	if f.State != source.Known || len(f.But) > 0 {
		return "unknown"
	}
	return string(f.Is)
}
