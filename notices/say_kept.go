package notices

import (
	"slices"
	"strconv"

	"fairnotice/notices/source"
)

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
	first := "part.unknown"
	switch {
	case v.keeps:
		first = "part.keeps"
	case v.unknown:
	case v.returns:
		first = "part.returns"
	case len(v.because) > 0 && !v.leftover:
		first = "part.nothing"
	}
	if len(v.because) == 0 {
		v.because = b.path("channels." + id + ".kind")
	}
	b.say(id, first, claim("C01", "part/"+id), v.because)
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
	if c.ch.Page.State == source.Known && !b.isStep(c.id) {
		b.say(id, "part.page", claim("C25", "page/"+id), because(p, c.ch.Page), link("page", c.ch.Page)...)
	}
	if c.ch.Place.State == source.Known {
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

// spares says, for all ways at once, what is known of spare copies and of searching by kind of paper.
func (b *builder) spares() {
	p := b.p
	b.group("spares")
	spare := func(ph phaseRef, a askRef) string {
		switch f := a.Backups; {
		case f.State == source.Unsaid || f.State == source.NotApplicable:
			return ""
		case f.State == source.Unknown:
			for _, i := range a.Items {
				b.later(f.Path, claim("C06", "backup/"+cell(ph.id, i)))
			}
			return ""
		case len(f.But) > 0:
			return "unknown"
		case f.Is.Word == "none" && f.Verified():
			return "none#" + f.By + f.On.String()
		case f.Is.Word == "none":
			return "none_said"
		}
		return "kept#" + itoa(a.Backups.Is.N) + string(a.Backups.Is.Unit) + a.Backups.Is.Word
	}
	for _, k := range gather(b.allPhases(), false, spare, func(_ phaseRef, a askRef) []Reason { return because(p, a.Backups) }, func(a askRef) []Value {
		if a.Backups.State == source.Known && a.Backups.Is.Word != "none" {
			return append([]Value{span("period", a.Backups.Is)}, founded(a.Backups, func(p source.Period) Value { return span("", p) })...)
		}
		return uncertain(a.Backups)
	}) {
		v := append([]Value{b.items("items", k.items)}, k.extra...)
		b.say(k.cells[0], "spare."+trimGroup(k.key), claim("C06", prefix("backup/", k.cells)...), k.because, v...)
	}
	kind := func(ph phaseRef, a askRef) string {
		f := a.TypeRecorded
		switch f.State {
		case source.Unsaid, source.NotApplicable:
			return ""
		case source.Unknown:
			for _, i := range a.Items {
				b.later(f.Path, claims(claim("C06", "type/"+cell(ph.id, i)), claim("C16", "type/"+cell(ph.id, i))))
			}
			return ""
		}
		return known(f, map[YesNo]string{"yes": "yes", "no": "no"}, "unknown")
	}
	for _, k := range gather(b.allPhases(), false, kind, func(_ phaseRef, a askRef) []Reason { return because(p, a.TypeRecorded) }, func(a askRef) []Value { return uncertain(a.TypeRecorded) }) {
		b.say(k.cells[0], "type."+k.key, claims(claim("C06", prefix("type/", k.cells)...), claim("C16", prefix("type/", k.cells)...)), k.because, k.extra...)
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

// howLong says, for each series of records, how long, by which law, who may change it, and that erasing can be stopped.
func (b *builder) howLong() {
	p := b.p
	b.section("how_long", 2)
	for _, id := range b.seriesAll() {
		r := p.Retention[id]
		path := "retention." + string(id)
		items, cells := b.inSeries(id)
		var v []Value
		if len(items) > 0 {
			v = append(v, b.items("items", items))
		}
		cl := claims(claim("C02", prefix("period/", cells)...), claim("C02", "series/"+string(id)))
		why := reasons(because(p, r.Period), b.seriesReasons(id))
		if r.Period.State == source.Known {
			v = append(v, span("period", r.Period.Is))
			v = append(v, founded(r.Period, func(q source.Period) Value { return span("", q) })...)
			b.say(string(id), "long.known", cl, why, v...)
		} else {
			b.say(string(id), "long.unknown", cl, why, v...)
		}
		if r.From.State == source.Known {
			b.say(string(id), "long.from", claim("C02", "from/"+string(id)), because(p, r.From), append([]Value{labels("from", "word.trigger", string(r.From.Is))},
				founded(r.From, func(t Trigger) Value { return labels("", "word.trigger", string(t)) })...)...)
		} else {
			b.later(r.From.Path, claim("C02", "from/"+string(id)))
		}
		if r.Schedule.State == source.Known {
			b.say(string(id), "long.schedule", claim("C03", "schedule/"+string(id)), because(p, r.Schedule), append([]Value{text("schedule", r.Schedule.Is)}, uncertain(r.Schedule)...)...)
		}
		b.early(id, path, r)
		if r.AtEnd.State == source.Known && len(r.AtEnd.But) == 0 {
			b.say(string(id), "end."+string(r.AtEnd.Is), claim("C02", "end/"+string(id)), because(p, r.AtEnd), uncertain(r.AtEnd)...)
		} else if r.AtEnd.State == source.Unknown {
			b.later(r.AtEnd.Path, claim("C02", "end/"+string(id)))
		} else if r.AtEnd.State != source.NotApplicable {
			b.say(string(id), "end.unknown", claim("C02", "end/"+string(id)), because(p, r.AtEnd))
		}
		b.group("")
	}
	b.spares()
	b.group("stopped")
	hold := b.cite("legal-hold")
	if len(hold) == 0 {
		hold = because(p, p.Holds)
	}
	b.say("", "hold.can", claim("C07", "can"), hold)
	b.holds()
	b.group("endings")
	b.endings()
}

// inSeries lists the items and cells of a retention series.
func (b *builder) inSeries(id source.ID) (items []source.ID, cells []string) {
	for _, ph := range b.allPhases() {
		for _, a := range ph.asks {
			if a.Retention != id {
				continue
			}
			for _, i := range a.Items {
				cells = append(cells, cell(ph.id, i))
				if !slices.Contains(items, i) {
					items = append(items, i)
				}
			}
		}
	}
	return items, cells
}

func (b *builder) seriesReasons(id source.ID) []Reason {
	var out []Reason
	for _, ph := range b.allPhases() {
		for _, a := range ph.asks {
			if a.Retention == id {
				out = append(out, b.p.at(a.path+".retention"))
			}
		}
	}
	return out
}

// early says whether the office can erase before the time, and who must agree.
func (b *builder) early(id source.ID, path string, r Retention) {
	p := b.p
	scope := string(id)
	if len(r.Law) > 0 {
		b.say(scope, "long.law", claim("C03", "law/"+scope), reasons(b.path(path+".law"), b.cite(r.Law...)), b.lawsOf("law", r.Law...))
	}
	if f := r.WhoMayChange; f.State == source.Known {
		b.say(scope, "long.change", claim("C03", "change/"+scope), reasons(because(p, f), b.cite(f.Law...)), append([]Value{labels("who", "word.changer", words(f.Is)...)}, uncertain(f)...)...)
	}
	switch f := r.EarlyDeletion; {
	case f.State == source.NotApplicable:
	case f.State == source.Unknown:
		b.later(f.Path, claim("C04", "early/"+scope))
	case f.State != source.Known || len(f.But) > 0:
		b.say(scope, "early.unknown", claim("C04", "early/"+scope), because(p, f))
	case f.Is == "needs_approval":
		why := reasons(because(p, f), b.cite(f.Law...), because(p, r.ApprovalBy), b.cite(r.ApprovalBy.Law...))
		if r.ApprovalBy.State != source.Known {
			b.say(scope, "early.needs_approval", claim("C04", "early/"+scope), why)
		} else if len(r.ApprovalBy.But) == 0 {
			b.say(scope, "early.needs_approval", claim("C04", "early/"+scope), why, append([]Value{labels("board", "word.board", string(r.ApprovalBy.Is))}, uncertain(r.ApprovalBy)...)...)
		} else {
			var boards []string
			for f := range r.ApprovalBy.Each {
				if f.State == source.Known {
					boards = append(boards, string(f.Is))
				}
			}
			b.say(scope, "early.needs_approval", claim("C04", "early/"+scope), why)
			b.say(scope, "early.which_board", claim("C04", "board/"+scope), because(p, r.ApprovalBy), labels("board", "word.board", boards...))
		}
		b.say(scope, "early.not_alone", claim("C04", "alone/"+scope), because(p, f))
	default:
		b.say(scope, "early."+string(f.Is), claim("C04", "early/"+scope), reasons(because(p, f), b.cite(f.Law...)), uncertain(f)...)
	}
}

func (b *builder) holds() {
	p := b.p
	switch {
	case p.Holds.State == source.Unknown:
		b.later(p.Holds.Path, claim("C07", "state"))
	case len(p.Holds.But) > 0:
		b.say("", "hold.unknown", claim("C07", "state"), because(p, p.Holds))
	case p.Holds.State == source.NotApplicable:
	default:
		open := false
		for i, h := range p.Holds.Is {
			if !h.Public {
				continue
			}
			open = true
			path := "holds." + itoa(i)
			v := []Value{labels("reason", "word.hold", string(h.Reason))}
			if h.From.State == source.Known {
				v = append(v, date("since", h.From.Is))
			}
			if h.To.State == source.Known && !h.To.Is.Open {
				v = append(v, date("until", h.To.Is.Date))
			}
			for _, s := range h.Scope {
				items, _ := b.inSeries(s)
				v = append(v, b.items("items", items))
			}
			b.say(itoa(i), "hold.open", claim("C07", "hold/"+itoa(i)), reasons(b.path(path+".reason", path+".scope", path+".public"), because(p, h.From), because(p, h.To)), v...)
		}
		if !open {
			if len(p.Holds.Is) > 0 { // there is one that may not be named: say only what is always true
				b.say("", "hold.unknown", claim("C07", "state"), b.path("holds"))
			} else {
				b.say("", "hold.none", claim("C07", "state"), because(p, p.Holds), uncertain(p.Holds)...)
			}
		}
	}
}

func (b *builder) endings() {
	type ending struct {
		word string
		f    source.Fact[Ending]
	}
	list := []ending{{"unfinished", b.p.Endings.Unfinished}, {"withdrawn", b.p.Endings.Withdrawn}, {"denied", b.p.Endings.Denied}}
	var order []string
	by := map[string][]ending{}
	for _, e := range list {
		if e.f.State == source.Unknown {
			b.later(e.f.Path, claim("C05", e.word))
			continue
		}
		k := known(e.f, sameWords(wEnding, Ending("")), "unknown")
		if e.f.State == source.NotApplicable {
			continue
		}
		if e.f.Confidence != "" && k != "unknown" {
			k += "#" + string(e.f.Confidence) + e.f.By
		}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], e)
	}
	for _, k := range order {
		var ws []string
		var why []Reason
		for _, e := range by[k] {
			ws = append(ws, e.word)
			why = reasons(why, because(b.p, e.f))
		}
		b.say("", "ending."+trimGroup(k), claim("C05", ws...), why, append([]Value{labels("forms", "word.ending", ws...)}, uncertain(by[k][0].f)...)...)
	}
}

// companies says, for each processor, what it does, who controls it, what its contract makes it do, and what stands between it and a
// demand (modifier M1).
func (b *builder) companies() {
	p := b.p
	for _, id := range b.holderIDs {
		h := p.Holders[id]
		if h.Role == "custodian" {
			continue
		}
		path, scope := "holders."+string(id), string(id)
		b.section("company", 2, text("holder", h.Name))
		holds := slices.ContainsFunc(b.table, func(r Row) bool { return r.Holder == id && r.Existence.Low >= Trace })
		first := "vendor.works"
		if h.Role == "recipient" {
			first = "vendor.receives"
		} else if holds {
			first = "vendor.holds"
		}
		items, cl, why := b.withCompany(id)
		v := []Value{}
		if len(items) > 0 {
			v = append(v, b.items("items", items))
		}
		b.say(scope, first, claims(claim("C08", "first/"+scope), cl), reasons(b.path(path+".name", path+".role", path+".kind", path+".for"), why), v...)
		if h.Does.State == source.Known {
			b.say(scope, "vendor.does", claim("C08", "does/"+scope), because(p, h.Does), append([]Value{labels("does", "word.does", words(h.Does.Is)...)}, uncertain(h.Does)...)...)
		} else if h.Does.State == source.Unknown {
			b.say(scope, "vendor.does.unknown", claim("C08", "does/"+scope), because(p, h.Does))
		}
		if h.Control.State != source.Unsaid && h.Control.State != source.NotApplicable {
			b.say(scope, "vendor.control."+known(h.Control, sameWords(wControl, Control("")), "unknown"), claim("C08", "control/"+scope), because(p, h.Control), uncertain(h.Control)...)
		}
		if h.Role == "recipient" {
			continue
		}
		b.group("demands")
		b.say(scope, "vendor.asked", claim("C18", "asked/"+scope), b.vendorCite())
		b.vendorBarrier(id)
		b.group("contract")
		if c := h.Contract; c != nil {
			yn := map[YesNo]string{"yes": "yes", "no": "no"}
			var open []string
			var openWhy []Reason
			var openClaims []Claim
			for _, t := range []struct {
				word string
				f    source.Fact[YesNo]
				cl   []Claim
			}{{"tells", c.TellsOfDemands, claim("C18", "tells/"+scope)}, {"court", c.WaitsForCourt, claim("C18", "court/"+scope)}, {"deletes", c.DeletesAtEnd, claim("C08", "deletes/"+scope)}} {
				if w := known(t.f, yn, "unknown"); w != "unknown" {
					b.say(scope, "vendor."+t.word+"."+w, t.cl, because(p, t.f), uncertain(t.f)...)
					continue
				}
				open, openWhy, openClaims = append(open, t.word), reasons(openWhy, because(p, t.f)), append(openClaims, t.cl...)
			}
			if len(open) > 0 {
				b.say(scope, "vendor.contract.unknown", openClaims, openWhy, labels("duties", "word.duty", open...))
			}
			b.say(scope, "vendor.seen."+known(c.Seen, sameWords(wSeen, Seen("")), "unknown"), claim("C18", "seen/"+scope), because(p, c.Seen))
		}
	}
}

// hosted reports whether a copy stands with a company that has a part of its own, and needs no words besides.
func (b *builder) hosted(k Copy) bool {
	return k.Kind == "hosted" && k.At != b.custodian && k.PurgeLag.State == source.Unsaid && k.Disposed.State != source.Known
}

// withCompany lists what stands with a company, with the claims and reasons of its copies.
func (b *builder) withCompany(id source.ID) (items []source.ID, cl []Claim, why []Reason) {
	for _, ph := range b.allPhases() {
		for _, a := range ph.asks {
			for cs := range a.Copies.Each {
				for n, k := range cs.Is {
					if k.At != id || !b.hosted(k) {
						continue
					}
					cl = append(cl, Claim{"C06", "copy/" + string(ph.id) + "/" + string(k.At) + "/" + string(k.Kind) + "/" + k.PurgeLag.Path + k.Disposed.Path})
					why = reasons(why, because(b.p, cs), b.path(a.path+".copies."+itoa(n)+".kind", a.path+".copies."+itoa(n)+".at"))
					for _, i := range a.Items {
						if !slices.Contains(items, i) {
							items = append(items, i)
						}
					}
				}
			}
		}
	}
	return items, cl, why
}

// vendorBarrier says whether the law that may stop the office also stops the company.
func (b *builder) vendorBarrier(id source.ID) {
	worst := -1
	var row Row
	for _, r := range b.table {
		if r.Holder == id && b.isImmigrationSubpoena(r.Demand) && r.Existence.High > None && r.Barrier != NotApplicableBarrier {
			if s := r.Strength(); worst < 0 || s < worst {
				worst, row = s, r
			}
		}
	}
	if worst < 0 {
		return
	}
	why := reasons(b.cite(row.Laws...), []Reason{{Path: "holders." + string(id) + ".kind", Pos: b.p.at("holders." + string(id) + ".kind").Pos, Rule: lastG(row.Rules)}})
	v := []Value{}
	if len(row.Laws) > 0 {
		v = append(v, b.lawsOf("law", row.Laws...))
	}
	b.say(string(id), "vendor.barrier."+row.Barrier.String(), claims(claim("C18", "barrier/"+string(id)), claim("C13", "barrier/"+string(id))), why, v...)
}

func lastG(rules []Rule) Rule {
	for _, r := range slices.Backward(rules) {
		if r[0] == 'G' {
			return r
		}
	}
	return ""
}
