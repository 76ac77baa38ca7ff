package notices

import (
	"slices"
	"strconv"

	"fairnotice/notices/source"
)

// What is kept in each way to apply.

func itoa(i int) string { return strconv.Itoa(i) }

// kept says, for each channel, what is kept of what people give: every item of every phase once.
func (b *builder) kept() {
	for _, c := range b.channels {
		b.section("kept", 2, text("part", c.ch.Name))
		b.keptIn(c)
	}
}

func (b *builder) keptIn(c channelRef) {
	p, id := b.p, string(c.id)
	v := b.verdict(c)
	first := "part." + v.part()
	if len(v.because) == 0 {
		v.because = b.path("channels." + id + ".kind")
	}
	if c.ch.Kind == fromOthers && (first == "part.keeps" || first == "part.returns") {
		first += ".from_others"
	}
	b.say(id, first, claim("C01", "part/"+id), v.because)
	b.giver(c)
	st := p.Program.Status
	if st.Is != "active" && (len(st.Channels) == 0 || slices.Contains(st.Channels, c.id)) {
		b.say(id, "part.closed."+string(st.Is), claims(claim("C32", "closed/"+id), claim("C33", "closed/"+id)),
			reasons(b.path("program.status.is", "program.status.channels"), because(p, st.Since)), sinceValues(st.Since)...)
		b.say(id, "part.closed.kept", claim("C32", "kept/"+id), b.path("program.status.is"))
	}
	for _, ph := range c.phases {
		b.phaseTime(c, ph)
		if f := ph.ph.Confirm; f.State == source.Unknown || f.State == source.Known && len(f.But) > 0 {
			b.later(f.Path, claim("C33", "confirm/"+id+"/unknown"))
		}
	}
	b.group("treated")
	for _, k := range gather(c.phases, true, func(_ phaseRef, a askRef) string { return b.treatment(a) },
		func(_ phaseRef, a askRef) []Reason {
			return reasons(because(p, a.Handling), because(p, a.Copies), b.sourceReason(a))
		}, func(a askRef) []Value { return handlingValues(a) }) {
		cl := claims(claim("C01", k.cells...), claim("C06", prefix("treat/", k.cells)...))
		b.say(k.cells[0], "keep."+trimGroup(k.key), cl, reasons(b.path(itemsPath(k)...), k.because),
			append(append([]Value{b.items("items", k.items)}, b.times(c, k.phases)...), k.extra...)...)
	}
	for _, ph := range c.phases {
		if ph.ph.Asks.State != source.Known {
			b.say(string(ph.id), "keep.all_unknown", claim("C01", string(ph.id)), because(p, ph.ph.Asks))
		}
	}
	b.doubts(c)
	b.copies(c)
	b.group("around")
	for _, s := range c.ch.Steps {
		b.say(id, "part.step", claim("C26", string(s.Channel)), reasons(b.path("channels."+id+".steps"), because(p, p.Channels[s.Channel].Page)), append(append([]Value{text("part", p.Channels[s.Channel].Name)}, optDate("since", s.Since)...), link("page", p.Channels[s.Channel].Page)...)...)
	}
	if b.isStep(c.id) {
		b.stepLaw(c)
	}
	if c.ch.Page.State == source.Known && !b.isStep(c.id) && b.n.Kind == Before {
		b.say(id, "part.page", claim("C25", "page/"+id), because(p, c.ch.Page), link("page", c.ch.Page)...)
	}
	if c.ch.Place.State == source.Known && b.n.Kind == Before {
		b.say(id, "part.place", claim("C25", "place/"+id), because(p, c.ch.Place), Value{Name: "place", Kind: VPlace, Parts: []Part{{Name: c.ch.Place.Is}}})
	}
	for i, n := range p.Counts {
		if n.Of == "people_with_records" && inChannel(n.In, c.id) {
			b.count(i, n)
		}
	}
}

func inChannel(in, channel source.ID) bool {
	return in == channel || len(in) > len(channel) && in[:len(channel)] == channel && in[len(channel)] == '/'
}

// count says one count, for exactly its population.
func (b *builder) count(i int, n Count) {
	path := "counts." + itoa(i)
	v := []Value{count("people", n.Is, n.About), dates("time", n.From, source.End{Date: n.To}), date("counted", n.Counted)}
	if n.In != "all" {
		for _, c := range b.channels {
			if inChannel(n.In, c.id) {
				v = append(v, text("part", c.ch.Name))
			}
		}
	}
	b.say(itoa(i), "count."+string(n.Of), claim("C33", "count/"+itoa(i)),
		append(b.path(path+".is", path+".of", path+".in", path+".from", path+".to", path+".about", path+".counted"), Reason{Path: path + ".source", Pos: b.p.at(path + ".source").Pos, Source: n.Source}), v...)
}

func optDate(n string, d source.Date) []Value {
	if d.IsZero() {
		return nil
	}
	return []Value{date(n, d)}
}

func sinceValues(f source.Fact[source.Date]) []Value {
	if f.State != source.Known {
		return nil
	}
	return append([]Value{date("since", f.Is)}, founded(f, func(d source.Date) Value { return date("", d) })...)
}

// phaseTime says between which days a cohort gave its facts, and under which rule.
func (b *builder) phaseTime(c channelRef, ph phaseRef) {
	p := b.p
	var v []Value
	msg := "part.time"
	if ph.ph.From.State == source.Known && ph.ph.To.State == source.Known {
		v = append(v, dates("time", ph.ph.From.Is, ph.ph.To.Is))
		v = append(v, founded(ph.ph.From, func(d source.Date) Value { return date("", d) })...)
		v = append(v, founded(ph.ph.To, func(e source.End) Value {
			if e.Open {
				return labels("", "word.end", "open")
			}
			return date("", e.Date)
		})...)
	} else {
		msg = "part.time.unknown"
		if ph.ph.From.State == source.Known {
			v = append(v, date("since", ph.ph.From.Is))
		}
		if ph.ph.To.State == source.Known && !ph.ph.To.Is.Open {
			v = append(v, date("until", ph.ph.To.Is.Date))
		}
	}
	why := reasons(because(p, ph.ph.From), because(p, ph.ph.To), b.path(ph.path+".id"), because(p, ph.ph.Asks))
	switch rule := ph.ph.Rule; rule.State {
	case source.Known:
		id, version, _ := cutRule(rule.Is)
		v = append(v, b.lawsOf("rule", id))
		if d, err := source.ParseDate(string(version)); err == nil {
			v = append(v, date("rule_of", d))
		}
		v = append(v, uncertain(rule)...)
		why = reasons(why, because(p, rule), b.cite(id))
	case source.Unknown:
		v = append(v, labels("rule", "word.fact", "unknown"))
		why = reasons(why, because(p, rule))
	}
	b.say(string(ph.id), msg, claim("C33", "time/"+string(ph.id)), why, v...)
}

// sourceReason is the line's own source, where it has one.
func (b *builder) sourceReason(a askRef) []Reason {
	if a.Source == "" {
		return nil
	}
	return []Reason{{Path: a.path + ".source", Pos: b.p.at(a.path + ".source").Pos, Source: a.Source}}
}

// treatment names how a line is treated: the message that says it. A fact on which sources disagree is never said as known.
func (b *builder) treatment(a askRef) string {
	h := a.Handling
	if h.State != source.Known {
		if h.State == source.Unknown && copied(a) {
			return "copied"
		}
		return "unknown"
	}
	if len(h.But) > 0 {
		return "disputed"
	}
	word := string(h.Is)
	if h.Is == "image_transient" {
		for _, k := range a.Copies.Is {
			if k.PurgeLag.State == source.Known {
				return word + ".lag"
			}
		}
	}
	if h.Confidence == source.Unverified {
		return word + ".unconfirmed"
	}
	if h.Confidence == source.Verified {
		return word + "#verified:" + h.By + h.On.String()
	}
	return word
}

func copied(a askRef) bool {
	for c := range a.Copies.Each {
		if len(c.Is) > 0 {
			return true
		}
	}
	return false
}

func handlingValues(a askRef) []Value {
	var out []Value
	if a.Handling.Confidence == source.Verified {
		out = append(out, founded(a.Handling, nil)...)
	}
	for _, o := range a.Handling.But {
		w := "unknown"
		if o.State == source.Known {
			w = string(o.Is)
		}
		out = append(out, labels("other_source", "word.handling", w))
	}
	if len(a.Handling.But) > 0 && a.Handling.State == source.Known {
		out = append([]Value{labels("one_source", "word.handling", string(a.Handling.Is))}, out...)
	}
	for _, k := range a.Copies.Is {
		if a.Handling.Is == "image_transient" && k.PurgeLag.State == source.Known {
			out = append(out, span("lag", k.PurgeLag.Is))
		}
	}
	return out
}

// doubts says what nobody has confirmed about copies of papers that are given back, about spare copies, and about searching by kind of
// paper: the things that a reader would take for "nothing stays".
func (b *builder) doubts(c channelRef) {
	p := b.p
	b.group("doubts")
	notKept := func(a askRef) bool {
		return a.Handling.State == source.Known && (a.Handling.Is == "seen_returned" || a.Handling.Is == "not_asked")
	}
	key := func(_ phaseRef, a askRef) string {
		switch cs := a.Copies; {
		case !notKept(a):
			return ""
		case cs.State == source.Unknown:
			return "unknown"
		case len(cs.Is) > 0 || len(cs.But) > 0:
			return "there"
		case cs.Verified():
			return "verified#" + cs.By + cs.On.String()
		}
		return "reported"
	}
	for _, k := range gather(c.phases, true, key, func(_ phaseRef, a askRef) []Reason { return because(p, a.Copies) }, func(a askRef) []Value {
		if a.Copies.Verified() {
			return founded(a.Copies, nil)
		}
		return nil
	}) {
		b.say(k.cells[0], "copies."+trimGroup(k.key), claim("C06", prefix("copies/", k.cells)...), k.because,
			append(append([]Value{b.items("items", k.items)}, b.times(c, k.phases)...), k.extra...)...)
	}
}

// copies says the copies beside the record itself: with whom, of what kind, for how long.
func (b *builder) copies(c channelRef) {
	p := b.p
	type place struct {
		at   source.ID
		kind CopyKind
		lag  string
	}
	seen := map[place]bool{}
	for _, ph := range c.phases {
		for _, a := range ph.asks {
			for cs := range a.Copies.Each {
				for n, k := range cs.Is {
					if k.Kind == "record" && k.At == b.custodian && k.Disposed.State != source.Known {
						continue
					}
					if b.hosted(k) { // the company's own part says it
						continue
					}
					key := place{k.At, k.Kind, string(ph.id) + k.PurgeLag.Path + k.Disposed.Path}
					if k.PurgeLag.State == source.Unsaid && k.Disposed.State == source.Unsaid {
						key.lag = string(ph.id)
					}
					if seen[key] {
						continue
					}
					seen[key] = true
					v := []Value{text("holder", p.Holders[k.At].Name)}
					if k.PurgeLag.State == source.Known {
						v = append(v, span("lag", k.PurgeLag.Is))
						v = append(v, founded(k.PurgeLag, func(p source.Period) Value { return span("", p) })...)
					}
					msg := "copy." + string(k.Kind)
					if k.Disposed.State == source.Known && k.Disposed.Is == "yes" {
						msg = "copy.disposed"
						v = append(v, labels("kind", "word.copy", string(k.Kind)))
						v = append(v, founded(k.Disposed, nil)...)
					}
					var items []source.ID
					var why []Reason
					for _, o := range ph.asks {
						if slices.ContainsFunc(o.Copies.Is, func(ok Copy) bool { return ok.At == k.At && ok.Kind == k.Kind }) {
							items = append(items, o.Items...)
							why = reasons(why, because(p, o.Copies))
						}
					}
					if len(items) == 0 {
						items, why = a.Items, because(p, cs)
					}
					why = reasons(why, because(p, k.PurgeLag), because(p, k.Disposed), b.path(a.path+".copies."+itoa(n)+".kind", a.path+".copies."+itoa(n)+".at"))
					b.say(string(ph.id)+"/"+string(k.At), msg, claim("C06", "copy/"+string(ph.id)+"/"+string(k.At)+"/"+string(k.Kind)+"/"+k.PurgeLag.Path+k.Disposed.Path), why,
						append(v, b.items("items", items))...)
				}
			}
		}
	}
}

// stepLaw prints the law's own words beside what is unknown of a step: facts given on an online platform may be stored.
func (b *builder) stepLaw(c channelRef) {
	if c.ch.Kind != "online" {
		return
	}
	for _, id := range b.p.Program.Authority.Is {
		if e := b.book.Entry(id); e != nil && e.On(b.day) != nil {
			if v := e.On(b.day); v != nil && b.storesOnline(string(id), string(v.ID)) {
				b.say(string(c.id), "law."+string(id)+"."+string(v.ID)+".online", claims(claim("C26", "law/"+string(c.id)), claim("C21", "online/"+string(c.id))), reasons(b.cite(id), b.path("channels."+string(c.id)+".kind")), b.lawsOf("law", id))
				b.say(string(c.id), "part.step.counts", claim("C26", "counts/"+string(c.id)), b.cite(id))
			}
		}
	}
}

// storesOnline: versions of laws whose words store what is given online. One so far: Municipal Code of Chicago 2-176 since 12 June 2024.
func (b *builder) storesOnline(id, version string) bool {
	return id == "chicago-2-176" && version == "2024-06-12"
}

// confirmed says what people must tick or sign before they send.
func (b *builder) confirmed(c channelRef) {
	key := func(ph phaseRef) string {
		return known(ph.ph.Confirm, map[Confirm]string{"tick": "tick", "signature": "signature", "none": "none"}, "unknown")
	}
	var done []string
	for _, ph := range c.phases {
		f := ph.ph.Confirm
		if f.State == source.Unsaid || f.State == source.NotApplicable || slices.Contains(done, key(ph)) {
			continue
		}
		if f.State == source.Unknown {
			continue // the list of open questions has it
		}
		done = append(done, key(ph))
		var same []phaseRef
		var why []Reason
		for _, o := range c.phases {
			if o.ph.Confirm.State == source.Known && key(o) == key(ph) {
				same = append(same, o)
				why = reasons(why, because(b.p, o.ph.Confirm))
			}
		}
		b.say(string(c.id), "confirm."+key(ph), claim("C33", "confirm/"+string(c.id)+"/"+key(ph)), why, append(append([]Value{text("part", c.ch.Name)}, b.times(c, same)...), uncertain(f)...)...)
	}
}
