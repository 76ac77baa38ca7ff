package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// The beginning of a notice, after the key facts: what the program is, what people can do, what they are asked. Each part says which
// checklist claims it meets; checklist.go says, on its own, which claims a program needs.

// about says what the program is and helps readers to find their part.
func (b *builder) about() {
	p := b.p
	b.section("program", 2)
	b.say("", "program.page", claim("C10", "page"), b.path("program.name"))
	b.say("", "program.open_to", claim("C27", "open_to"), b.path("program.open_to"), text(map[bool]string{true: "open_to", false: "people"}[p.applied()], p.Program.OpenTo))
	b.say("", "program.people."+string(p.People), claim("C33", "people"), b.path("people"))
	if p.Program.Urgency != "ordinary" {
		b.say("", "program.urgency."+string(p.Program.Urgency), claim("C27", "urgency"), b.path("program.urgency"))
	}
	b.say("", "program."+known(p.Program.Mandatory, map[YesNo]string{"yes": "mandatory", "no": "optional"}, "mandatory.unknown"), claim("C27", "mandatory"),
		because(p, p.Program.Mandatory), uncertain(p.Program.Mandatory)...)
	if len(p.IsNot) > 0 {
		b.say("", "program.not", claim("C37", words(p.IsNot)...), b.path("is_not"), labels("not", "word.is_not", words(p.IsNot)...))
	}
	b.group("find")
	for _, c := range b.mainChannels() {
		b.say(string(c.id), "find."+string(c.ch.Kind), claim("C33", "find/"+string(c.id)), b.path("channels."+string(c.id)+".kind", "channels."+string(c.id)+".name"),
			text("part", c.ch.Name))
	}
	b.group("everyone")
	b.say("", "page.same", claim("C30", "same"), b.path("program.id"))
	b.say("", "page.status", claim("C30", "status"), b.path("program.id"))
	b.say("", "page.print", claim("C29", "print"), b.path("languages"))
}

// known picks the message for a fact of few words; other where it is unknown, not applicable, or two sources disagree.
func known[T ~string](f source.Fact[T], says map[T]string, other string) string {
	if f.State != source.Known || len(f.But) > 0 {
		return other
	}
	if s, ok := says[f.Is]; ok {
		return s
	}
	return other
}

func (b *builder) choices() {
	p := b.p
	b.section("choices", 2)
	b.fewer(b.wayCosts)
	b.stop()
	b.helpers()
	if p.Costs.State != source.NotApplicable {
		b.say("", "do.cost."+known(p.Costs, sameWords(wCost, Cost("")), "unknown"), claim("C43", "cost"), because(p, p.Costs), uncertain(p.Costs)...)
	}
	for _, c := range b.mainChannels() {
		if c.ch.Kind == "in_person" && p.applied() { // a place of work is no public place
			b.say(string(c.id), "do.public_place", claim("C40", string(c.id)), b.path("channels."+string(c.id)+".kind"))
		}
	}
	b.survivors()
}

// wayCosts says what a way that leaves fewer records really costs, how long it takes, where and when it is.
func (b *builder) wayCosts(i int, w Way) {
	scope := string(w.Use)
	b.say(scope, "do.way.cost."+known(w.Costs, sameWords(wWayCost, WayCost("")), "unknown"), claim("C25", "cost/"+itoa(i)), because(b.p, w.Costs), uncertain(w.Costs)...)
	b.wayFacts(scope, i, w)
}

// stop says whether people can stop here: that they can wait or not apply, or that a law may leave them no choice.
func (b *builder) stop() {
	p := b.p
	m := p.Program.Mandatory
	mandatory := m.State != source.NotApplicable && !(m.State == source.Known && m.Is == "no" && len(m.But) == 0) // or it may be
	if mandatory {
		b.say("", "do.mandatory", claim("C27", "stop"), because(p, p.Program.Mandatory))
	} else if p.Program.Urgency != "ordinary" && p.applied() { // nobody is told to wait for help that cannot wait
		b.say("", "do.wait.urgent", claims(claim("C27", "stop"), claim("C25", "wait")), reasons(because(p, p.Program.Mandatory), b.path("program.urgency")))
	} else {
		b.say("", "do.wait", claims(claim("C27", "stop"), claim("C25", "wait")), because(p, p.Program.Mandatory))
	}
}

// fewer says which way leaves fewer records, and more of each; else that there is none, and why, or that none is known.
func (b *builder) fewer(more func(int, Way)) {
	p := b.p
	m := p.Program.Mandatory
	switch {
	case p.Ways.State == source.Known && len(p.Ways.Is) > 0:
		for i, w := range p.Ways.Is {
			path := "alternatives." + itoa(i)
			scope := string(w.Use)
			if i > 0 {
				b.group("")
			}
			b.say(scope, "do.way."+string(p.Channels[w.Use].Kind), claim("C25", "way/"+itoa(i)), b.path(path+".use", path+".instead_of"),
				Value{Name: "instead_of", Kind: VText, Parts: []Part{b.channelPart(w.InsteadOf)}})
			more(i, w)
		}
	case p.Ways.State == source.Unknown:
		b.say("", "do.way.unknown", claim("C25", "unknown"), because(p, p.Ways))
	case !p.allFromOthers() && m.State == source.Known && m.Is == "yes" && len(m.But) == 0: // the law that asks is why
		b.say("", "do.way.none.law", claim("C25", "none"), reasons(b.path("alternatives"), because(p, m), b.cite(m.Law...)), uncertain(m)...)
	case p.allFromOthers():
		b.say("", "do.way.none.others", claim("C25", "none"), b.path("alternatives"))
	default:
		b.say("", "do.way.none", claim("C25", "none"), b.path("alternatives"))
	}
}

// helpers lists who can help, outside the office.
func (b *builder) helpers() {
	b.group("help")
	for i := range b.p.Help {
		b.helper(i)
	}
	b.notario()
}

func (b *builder) helper(i int) {
	h := b.p.Help[i]
	v := []Value{text("name", h.Name)}
	v = append(v, phone(h.Phone)...)
	v = append(v, link("page", h.Page)...)
	b.say(itoa(i), "do.help."+string(h.For), claims(claim("C36", "help/"+itoa(i)), helpClaims(h)),
		reasons(b.path(helpPath(i)+".name", helpPath(i)+".for", helpPath(i)+".independent"), because(b.p, h.Phone), because(b.p, h.Page)), v...)
}

func (b *builder) notario() {
	b.say("", "do.notario", claim("C43", "notario"), b.path(helpPath(0)+".name"))
}

func (b *builder) survivors() {
	p := b.p
	b.group("survivors")
	switch p.Survivors.State {
	case source.Known:
		v := append([]Value{text("ask", p.Survivors.Is.Ask), b.lawsOf("law", p.Survivors.Is.Law)}, link("page", p.Survivors.Is.Page)...)
		b.say("", "do.survivor", claim("C31", "who"), because(p, p.Survivors))
		b.say("", "do.survivor.ask", claim("C31", "where"), reasons(b.path(p.inside("survivors")+".ask"), because(p, p.Survivors), because(p, p.Survivors.Is.Page), b.cite(p.Survivors.Is.Law)), v...)
	case source.Unknown:
		b.say("", "do.survivor", claim("C31", "who"), because(p, p.Survivors))
		b.say("", "do.survivor.unknown", claim("C31", "where"), because(p, p.Survivors))
	}
}

func helpClaims(h Help) []Claim {
	if h.For == "officers_contact_you" {
		return claim("C47", "call")
	}
	return nil
}

func sameWords[T ~string](list []string, _ T) map[T]string {
	m := make(map[T]string, len(list))
	for _, w := range list {
		m[T(w)] = w
	}
	return m
}

// wayFacts says wait, place and next date of a way: what is known as values, what is not in one sentence.
func (b *builder) wayFacts(scope string, i int, w Way) {
	var missing []string
	var why []Reason
	no := func(what string, r []Reason) {
		missing = append(missing, what)
		why = reasons(why, r)
	}
	if w.Wait.State == source.Known {
		b.say(scope, "do.way.wait", claim("C25", "wait/"+itoa(i)), because(b.p, w.Wait), append([]Value{span("wait", w.Wait.Is)}, founded(w.Wait, func(p source.Period) Value { return span("", p) })...)...)
	} else {
		no("wait", because(b.p, w.Wait))
	}
	if w.Where.State == source.Known {
		b.say(scope, "do.way.where", claim("C25", "where/"+itoa(i)), because(b.p, w.Where), append([]Value{text("where", w.Where.Is)}, uncertain(w.Where)...)...)
	} else {
		no("where", because(b.p, w.Where))
	}
	if w.Next.State == source.Known {
		b.say(scope, "do.way.next", claim("C25", "next/"+itoa(i)), because(b.p, w.Next), append([]Value{date("next", w.Next.Is)}, uncertain(w.Next)...)...)
	} else {
		no("next", because(b.p, w.Next))
	}
	if len(missing) > 0 {
		cl := make([]string, len(missing))
		for k, m := range missing {
			cl[k] = m + "/" + itoa(i)
		}
		v := []Value{labels("unknown", "word.way", missing...)}
		for _, s := range b.p.Channels[w.Use].Steps { // where people can look
			v = append(v, link("page", b.p.Channels[s.Channel].Page)...)
			why = reasons(why, because(b.p, b.p.Channels[s.Channel].Page))
		}
		b.say(scope, "do.way.not_known", claim("C25", cl...), why, v...)
	}
}

// asked says what people must give, what refusing costs, what it is for, and what they are not asked.
func (b *builder) asked() {
	p := b.p
	all := b.allPhases()
	b.section("asked", 2)
	b.say("", "asked.first", claim("C27", "first"), b.path("program.authority"))
	certain := func(want bool) func(phaseRef, askRef) string {
		return func(ph phaseRef, a askRef) string {
			if k := needKey(ph, a); (k != "unknown" && k != "others.unknown") == want {
				return k
			}
			return ""
		}
	}
	why := func(_ phaseRef, a askRef) []Reason { return because(p, a.Need) }
	extra := func(a askRef) []Value { return uncertain(a.Need) }
	for _, k := range append(gather(all, true, certain(true), why, extra), gather(all, true, certain(false), why, extra)...) {
		cl := claim("C27", prefix("need/", k.cells)...)
		msg := "need." + trimGroup(k.key)
		if trimGroup(k.key) == "optional" && !slices.ContainsFunc(k.asks, func(a askRef) bool { return !costsNothing(a) }) {
			msg += ".free"
			cl = append(cl, claim("C27", prefix("refuse/", k.cells)...)...)
			for _, a := range k.asks {
				k.because = reasons(k.because, because(p, a.Refuse))
			}
		}
		v := append([]Value{b.items("items", k.items)}, b.ways(k.phases)...)
		b.say(k.cells[0], msg, cl, reasons(b.path(itemsPath(k)...), k.because, b.channelReasons(k.phases)), append(v, k.extra...)...)
	}
	for _, ph := range all {
		if ph.ph.Asks.State != source.Known {
			b.say(string(ph.id), "need.all_unknown", claim("C27", "need/"+string(ph.id)), because(p, ph.ph.Asks), text("part", p.Channels[ph.channel].Name))
		}
	}
	b.group("refuse")
	for _, k := range gather(all, false, func(ph phaseRef, a askRef) string { return b.refuseKey(ph, a) }, func(_ phaseRef, a askRef) []Reason { return because(p, a.Refuse) },
		func(a askRef) []Value { return uncertain(a.Refuse) }) {
		b.say(k.cells[0], "refuse."+trimGroup(k.key), claim("C27", prefix("refuse/", k.cells)...), k.because,
			append([]Value{b.items("items", k.items)}, k.extra...)...)
	}
	b.notAsked()
	b.others()
}

// refuseKey is the word for what refusing costs; what is unknown is left to the list of open questions, what costs nothing to `optional`.
func (b *builder) refuseKey(ph phaseRef, a askRef) string {
	key := confirmedKey(a.Refuse)
	switch {
	case key == "unknown":
		for _, i := range a.Items {
			b.later(a.Refuse.Path, claim("C27", "refuse/"+cell(ph.id, i)))
		}
		if a.Refuse.State == source.Unknown {
			return ""
		}
	case costsNothing(a):
		return ""
	}
	if need := needWord(a); trimGroup(need) == "one_of" && slices.Contains(w("no_card no_benefit slower no_job"), trimGroup(key)) {
		return trimGroup(key) + ".one#" + need + key // nobody loses it for want of one paper of several
	}
	return key
}

// why says, in layer 3, what each thing is for, and what must be ticked or signed where no way is open.
func (b *builder) why() {
	p := b.p
	all := b.allPhases()
	b.section("why", 3)
	b.say("", "why.first", claim("C10", "first"), b.path("channels"))
	for _, k := range gather(all, false, func(_ phaseRef, a askRef) string { return confirmedKey(a.Why) }, func(_ phaseRef, a askRef) []Reason { return because(p, a.Why) },
		func(a askRef) []Value { return uncertain(a.Why) }) {
		b.say(k.cells[0], "why."+trimGroup(k.key), claim("C10", prefix("why/", k.cells)...), k.because,
			append([]Value{b.items("items", k.items)}, k.extra...)...)
	}
	if p.Program.Authority.State == source.Known {
		b.say("", "why.authority", claim("C10", "authority"), reasons(because(p, p.Program.Authority), b.cite(p.Program.Authority.Is...)),
			append([]Value{b.lawsOf("law", p.Program.Authority.Is...)}, uncertain(p.Program.Authority)...)...)
	} else if p.Program.Authority.State == source.NotApplicable { // no law, or none of the book
		b.say("", "why.authority.none", claim("C10", "authority"), because(p, p.Program.Authority))
	} else {
		b.say("", "why.authority.unknown", claim("C10", "authority"), because(p, p.Program.Authority))
	}
	b.group("")
	for _, c := range b.channels {
		b.confirmed(c)
	}
	b.notRoutes()
}

// costsNothing reports whether it is known that leaving an optional thing out has no price.
func costsNothing(a askRef) bool {
	return trimGroup(needWord(a)) == "optional" && a.Refuse.State == source.Known && a.Refuse.Is == "nothing" && len(a.Refuse.But) == 0
}

func needKey(ph phaseRef, a askRef) string {
	if ph.others {
		k := needOfOthers(a)
		if a.Need.State == source.Known && a.Need.Confidence == source.Unverified {
			k += "#unverified"
		}
		return k
	}
	free := ""
	if a.Need.Is == "optional" && a.Refuse.State == source.Known && a.Refuse.Is == "nothing" {
		free = "#free"
	}
	return needWord(a) + free
}

func needWord(a askRef) string {
	switch {
	case a.Need.State != source.Known || len(a.Need.But) > 0:
		return "unknown"
	case a.Need.Confidence == source.Unverified:
		return string(a.Need.Is) + "#unverified"
	}
	return string(a.Need.Is)
}

// confirmedKey is the word of a fact, told apart by whether somebody stands behind it; "" where the file says nothing.
func confirmedKey[T ~string](f source.Fact[T]) string {
	switch {
	case f.State == source.Unsaid || f.State == source.NotApplicable:
		return ""
	case f.State == source.Unknown || len(f.But) > 0:
		return "unknown"
	case f.Confidence == source.Unverified:
		return string(f.Is) + "#unverified"
	case f.Confidence == source.Verified:
		return string(f.Is) + "#verified:" + f.By + f.On.String()
	}
	return string(f.Is)
}

// trimGroup takes the group off one_of:group and the mark off word#mark.
func trimGroup(key string) string {
	for i, c := range key {
		if c == ':' || c == '#' {
			return key[:i]
		}
	}
	return key
}

func prefix(p string, list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = p + s
	}
	return out
}

func itemsPath(k bucket) []string {
	out := make([]string, len(k.asks))
	for i, a := range k.asks {
		out[i] = a.path + ".items"
	}
	return out
}

func (b *builder) notAsked() {
	p := b.p
	b.group("not_asked")
	never := map[source.ID]bool{}
	var order []source.ID
	var why []Reason
	var laws []source.ID
	var extra []Value
	var cl []string
	for _, ph := range b.allPhases() {
		f := ph.ph.NeverAsks
		if f.State != source.Known {
			continue
		}
		why = reasons(why, because(p, f), b.cite(f.Law...))
		extra = uncertain(f)
		for _, i := range f.Is {
			cl = append(cl, cell(ph.id, i))
			if !never[i] {
				never[i] = true
				order = append(order, i)
			}
		}
		for _, l := range f.Law {
			if !slices.Contains(laws, l) {
				laws = append(laws, l)
			}
		}
	}
	if len(order) > 0 {
		v, msg := []Value{b.items("items", order)}, "never.asks.so_far"
		if len(laws) > 0 { // else nothing forbids it: the office only does not ask
			v, msg = append(v, b.lawsOf("law", laws...)), "never.asks"
		}
		b.say("", msg, claim("C09", cl...), why, append(v, extra...)...)
	}
	var proxies []source.ID
	why = nil
	for _, ph := range b.allPhases() {
		for _, a := range ph.asks {
			for _, i := range a.Items {
				if w, _ := p.Item(i); w.Proxy == "yes" && !slices.Contains(proxies, i) && a.Handling.Is != "not_asked" {
					proxies = append(proxies, i)
					why = reasons(why, b.path(a.path+".items"))
					if _, own := p.Items[i]; own {
						why = reasons(why, b.path("items."+string(i)+".proxy_for_status"))
					}
				}
			}
		}
	}
	if len(proxies) > 0 {
		msg := "never.proxy"
		if len(order) == 0 { // there is nothing before it that it could take back
			b.group("")
			msg = "never.proxy.alone"
		}
		b.say("", msg, claim("C09", "proxy"), why, b.items("items", proxies))
	}
}

func (b *builder) others() {
	p := b.p
	b.group("others")
	people, why := p.Others.Is, because(p, p.Others)
	for _, ph := range b.allPhases() { // an item can be about somebody else
		for _, a := range ph.asks {
			for _, i := range a.Items {
				if w, _ := p.Item(i); w.Subject != "" && !slices.Contains(p.Others.Is, w.Subject) && a.Handling.Is != "not_asked" {
					why = reasons(why, b.path(a.path+".items"))
					if _, own := p.Items[i]; own {
						why = reasons(why, b.path("items."+string(i)+".subject"))
					}
					if !slices.Contains(people, w.Subject) {
						people = append(slices.Clip(people), w.Subject)
					}
				}
			}
		}
	}
	switch {
	case len(people) > 0:
		b.say("", "others.who", claim("C44", "who"), why, append([]Value{labels("people", "word.subject", words(people)...)}, uncertain(p.Others)...)...)
		b.say("", "others.tell", claim("C44", "tell"), why)
	case p.Others.State == source.Unknown:
		b.say("", "others.unknown", claim("C44", "who"), because(p, p.Others))
	default:
		b.say("", "others.none", claim("C44", "who"), b.path("other_people"), uncertain(p.Others)...)
	}
}
