package notices

import (
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// The protections: which text holds for whom, whom it binds, what it covers, and what it may stop.

// weighed is one protection in one text, for one holder and one item.
type weighed struct {
	entry    *law.Entry
	versions []*law.Version // more than one where it is not known which text holds
	now      law.Status
	binds    law.Verdict
	phase    bool // the phase's rule decides which
	covers   law.Verdict
	forbids  law.Verdict
	gives    Barrier // an exemption: what it lets the office do with the item
	certain  bool    // whatever text holds
}

// phase looks up which text of each protection holds for the people of a phase.
func (w *weigher) phase(ph phaseRef) {
	w.ph = ph
	w.guards = w.texts(w.guards[:0], w.engine.guards)
	w.opening = w.texts(w.opening[:0], w.engine.opening)
	w.addresses = w.texts(w.addresses[:0], w.engine.addresses)
}

func (w *weigher) texts(out []weighed, entries []*law.Entry) []weighed {
	for _, e := range entries {
		now := e.EffectOn(w.day).Is
		if !e.Force.Binding() || now == law.Repealed || now == law.Enjoined { // a policy, a contract or a statement changes no barrier
			continue
		}
		if vs, phase := w.versions(e, w.ph); len(vs) > 0 {
			out = append(out, weighed{entry: e, versions: vs, now: now, phase: phase})
		}
	}
	return out
}

// holder looks up whom the protections bind.
func (w *weigher) holder(id source.ID) {
	w.at, w.h = id, w.p.Holders[id]
	path := "holders." + string(id)
	w.holderBy = append(w.holderBy[:0], w.p.at("program.jurisdiction"), w.p.at(path+".role"), w.p.at(path+".kind"))
	if w.h.Within != "" {
		w.holderBy = append(w.holderBy, w.p.at(path+".within"))
	}
	if w.h.For != "" {
		w.holderBy = append(w.holderBy, w.p.at(path+".for"))
	}
	w.holderBy = addBecause(w.holderBy, &w.h.Control)
	for i := range w.guards {
		g := &w.guards[i]
		g.binds = w.bindsAny(g, id)
	}
	for i := range w.addresses {
		g := &w.addresses[i]
		g.binds = w.bindsAny(g, id)
	}
	for i := range w.opening { // the office opens what its company has
		g := &w.opening[i]
		if g.binds = w.bindsAny(g, id); g.binds == law.DoesNot {
			g.binds = w.bindsAny(g, w.custodian)
		}
	}
}

// partner looks at a partner of the program: no law is known to bind one whose kind the file does not say.
func (w *weigher) partner(i int) {
	w.at, w.h = PartnerID(i), Holder{}
	w.holderBy = append(w.holderBy[:0], w.p.at("program.jurisdiction"))
	for _, list := range [][]weighed{w.guards, w.addresses, w.opening} {
		for k := range list {
			list[k].binds = law.DoesNot
		}
	}
}

func (w *weigher) bindsAny(g *weighed, id source.ID) law.Verdict {
	out := w.binds(g.entry, g.versions[0], id)
	for _, v := range g.versions[1:] {
		out = either(out, w.binds(g.entry, v, id))
	}
	return out
}

// either is the verdict where one of two holds, and nobody knows which.
func either(a, b law.Verdict) law.Verdict {
	if a == b {
		return a
	}
	return law.Undecided
}

func (g *weighed) look(item ItemWord) {
	v := g.versions[0]
	g.covers, g.forbids = covering(v, item), forbids(v)
	for _, v := range g.versions[1:] {
		g.covers, g.forbids = either(g.covers, covering(v, item)), either(g.forbids, forbids(v))
	}
}

// covering says whether a text covers an item. Of an item that is not known it is decided only where it is the same for all items.
func covering(v *law.Version, item ItemWord) law.Verdict {
	out := v.Covering(item.ID, item.Class)
	if item.ID == "" {
		for _, c := range v.Covers {
			out = either(out, c.Is)
		}
	}
	return out
}

// forbids says whether the quoted words of a text forbid.
func forbids(v *law.Version) law.Verdict {
	if v.Forbids == law.Does && v.Words.State != source.Known {
		return law.Undecided
	}
	return v.Forbids
}

// may reports whether a protection may stop a demand: it blocks demands of its class, binds and covers, and excepts nothing that this
// demand is. strong says that all of it is certain: in force, quoted words that forbid, read by somebody.
func (g *weighed) may(d *law.Entry) (may, strong bool) {
	if g.binds == law.DoesNot || g.covers == law.DoesNot {
		return false, false
	}
	lets := g.versions[0].Lets(d)
	for _, v := range g.versions[1:] {
		lets = either(lets, v.Lets(d))
	}
	if lets == law.Does {
		return false, false
	}
	return true, lets == law.DoesNot && g.binds == law.Does && g.covers == law.Does && g.forbids == law.Does && g.now == law.InForce &&
		g.entry.Confidence != source.Unverified
}

// versions gives the text that holds for the people of a phase: the one under which they gave their facts where the phase names it (P0),
// else the one in force on the day. Where the phase's rule is unknown, or sources disagree, it gives every text that could be. phase says
// whether the rule of the phase had a say.
func (x *engine) versions(e *law.Entry, ph phaseRef) (out []*law.Version, phase bool) {
	rule := &ph.ph.Rule
	add := func(v *law.Version) {
		if v != nil && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	for f := range rule.Each {
		id, version, ok := cutRule(f.Is)
		switch {
		case f.State == source.Known && ok && id == e.ID:
			add(e.Version(version))
			phase = true
		case f.State == source.Unknown:
			phase = true
			for i := range e.Versions {
				if v := &e.Versions[i]; v.From.State != source.Known || v.From.Is.First <= x.day {
					add(v)
				}
			}
		default:
			add(e.On(x.day))
		}
	}
	return out, phase
}

func cutRule(rule source.ID) (id, version source.ID, ok bool) {
	for i := range rule {
		if rule[i] == '@' {
			return rule[:i], rule[i+1:], true
		}
	}
	return rule, "", false
}

// binds says whether a protection binds a holder: by its kind, its place, and whether it is the custodian of a program under this law.
// It is undecided where that turns on what the file does not know: the program's law, or the place of another office.
func (x *engine) binds(e *law.Entry, v *law.Version, holder source.ID) law.Verdict {
	h := x.p.Holders[holder]
	at := law.Holder{Kind: h.Kind, Within: h.Within, Custodian: holder == x.custodian, Authority: x.p.Program.Authority.Is}
	if at.Within == "" && at.Custodian {
		at.Within = x.p.Program.Jurisdiction
	}
	out := e.Binds(v, at)
	if a := &x.p.Program.Authority; a.State == source.Unknown {
		at.Authority = []source.ID{e.ID}
		out = either(out, e.Binds(v, at))
	} else {
		for i := range a.But {
			at.Authority = a.But[i].Is
			if a.But[i].State == source.Unknown {
				at.Authority = []source.ID{e.ID}
			}
			out = either(out, e.Binds(v, at))
		}
	}
	if out == law.Does && at.Within == "" && public(h.Kind) {
		return law.Undecided
	}
	return out
}

// public tells the kinds of office, whose laws depend on their place.
func public(k law.HolderKind) bool {
	switch k {
	case "city_agency", "county_agency", "state_agency", "motor_vehicle_agency", "law_enforcement", "school", "court":
		return true
	}
	return false
}

// guarded sets the barrier that protections give, or the one without them. Several laws: all are listed, the strongest undisputed one
// decides.
func (w *weigher) guarded(r *Row, d *law.Entry, with, without Barrier, rule, ruleWithout Rule) {
	any, certain, phase := false, false, false
	for i := range w.guards {
		g := &w.guards[i]
		may, strong := g.may(d)
		if !may {
			continue
		}
		any, certain = true, certain || strong
		w.weighs(g.entry, strong)
		phase = phase || g.phase
	}
	if phase {
		w.reasons = addBecause(w.reasons, &w.ph.ph.Rule)
	}
	r.Without = without
	switch {
	case certain:
		w.set(r, with, rule)
	case any:
		w.set(r, Disputed, rule)
		r.WouldBe = with
	default:
		w.set(r, without, ruleWithout)
	}
}

func (w *weigher) weighs(e *law.Entry, strong bool) {
	w.lawList = append(w.lawList, e.ID)
	w.reasons = append(w.reasons, Reason{Law: e.ID, Cite: e.Citation})
	if !strong {
		w.disputed = append(w.disputed, e.ID)
	}
}

// opened applies G10 to a public-records request, field by field. An exemption whose law is contested helps no more than another law
// that is.
func (w *weigher) opened(r *Row, d *law.Entry) {
	base, best := NoBarrier, NoBarrier
	for i := range w.opening {
		g := &w.opening[i]
		if g.binds == law.DoesNot {
			continue
		}
		gives := g.gives
		certain := g.certain && g.binds == law.Does && g.now == law.InForce && g.entry.Confidence != source.Unverified
		if w.weighs(g.entry, certain || gives == NoBarrier); certain {
			base = max(base, gives)
		}
		best = max(best, gives)
	}
	w.guarded(r, d, BlockedByLaw, base, "G10", "G10")
	if r.Barrier == base && best > base {
		r.Barrier, r.WouldBe = Disputed, best
	}
}

// opens says what an exemption makes of an item: the office must keep it back, may, weighs it, or nothing.
func (g *weighed) opens(item ItemWord) (gives Barrier, certain bool) {
	certain = true
	for i, v := range g.versions {
		has := func(list []source.ID) bool {
			return item.ID == "" && len(list) > 0 || slices.Contains(list, item.ID) || slices.Contains(list, source.ID(item.Class))
		}
		is := NoBarrier
		switch {
		case has(v.Closed) && v.Words.State == source.Known: // words that nobody read order nothing
			is = BlockedByLaw
		case has(v.Closed), has(v.Exempt):
			is = HolderMayWithhold
		case has(v.Balance):
			is = HolderMayAnswer
		}
		certain = certain && (i == 0 || is == gives) && (item.ID != "" || is == NoBarrier)
		gives = max(gives, is)
	}
	return gives, certain
}
