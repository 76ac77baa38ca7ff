package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// How long, by which law, who must agree, what can stop erasing, and what becomes of forms that did not go through.

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

// howLong says, for each series of records, how long, by which law, who may change it, and that erasing can be stopped.
func (b *builder) howLong() {
	p := b.p
	b.section("how_long", 2)
	for _, id := range b.seriesAll() {
		r := p.Retention[id]
		path := "retention." + string(id)
		b.long(id)
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

// long says how long the records of a series are kept.
func (b *builder) long(id source.ID) {
	r := b.p.Retention[id]
	items, cells := b.inSeries(id)
	var v []Value
	if len(items) > 0 {
		v = append(v, b.items("items", items))
	}
	cl := claims(claim("C02", prefix("period/", cells)...), claim("C02", "series/"+string(id)))
	why := reasons(because(b.p, r.Period), b.seriesReasons(id))
	if r.Period.State == source.Known {
		v = append(v, span("period", r.Period.Is))
		v = append(v, founded(r.Period, func(q source.Period) Value { return span("", q) })...)
		b.say(string(id), "long.known", cl, why, v...)
	} else {
		b.say(string(id), "long.unknown", cl, why, v...)
	}
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

// early names the laws about erasing and who can change the time, and says whether the office can erase before the time.
func (b *builder) early(id source.ID, path string, r Retention) {
	p := b.p
	scope := string(id)
	if len(r.Law) > 0 {
		b.say(scope, "long.law", claim("C03", "law/"+scope), reasons(b.path(path+".law"), b.cite(r.Law...)), b.lawsOf("law", r.Law...))
	}
	if f := r.WhoMayChange; f.State == source.Known {
		b.say(scope, "long.change", claim("C03", "change/"+scope), reasons(because(p, f), b.cite(f.Law...)), append([]Value{labels("who", "word.changer", words(f.Is)...)}, uncertain(f)...)...)
	}
	b.earlyDeletion(id, r)
}

// earlyDeletion says whether the office can erase a series before its time, and who must agree.
func (b *builder) earlyDeletion(id source.ID, r Retention) {
	p, scope := b.p, string(id)
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
