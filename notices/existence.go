package notices

import (
	"slices"
	"strconv"

	"fairnotice/notices/source"
)

// The first axis: what exists, rules X1 to X10.

// found is an existence with the rules and reasons that gave it.
type found struct {
	Existence
	rules   []Rule
	because []Reason
	empty   bool // nothing was added yet
}

func (f *found) add(e Existence, r Rule) {
	if f.empty {
		f.Existence, f.empty = e, false
	} else {
		f.Existence = f.hull(e)
	}
	if !slices.Contains(f.rules, r) {
		f.rules = append(f.rules, r)
	}
}

// agreed is the one answer of several readings, or Maybe where they differ.
type agreed struct {
	answer source.Tri
	any    bool
}

func (a *agreed) add(t source.Tri) {
	if a.any && a.answer != t {
		t = source.Maybe
	}
	a.answer, a.any = t, true
}

// hold tells whether a hold covers a series on the day. What is unknown, or on which sources disagree, is Maybe.
func (x *engine) hold(series source.ID) source.Tri {
	var out agreed
	for f := range x.p.Holds.Each {
		switch f.State {
		case source.Known:
			out.add(x.holds(f.Is, series))
		case source.NotApplicable:
			out.add(source.No)
		default:
			out.add(source.Maybe)
		}
	}
	return out.answer
}

func (x *engine) holds(list []Hold, series source.ID) source.Tri {
	out := source.No
	for i := range list {
		h := &list[i]
		if len(h.Scope) > 0 && !slices.Contains(h.Scope, series) {
			continue
		}
		open := x.open(h)
		if open == source.Yes && !h.Public && !x.secret {
			open = source.Maybe // a notice does not tell of it
		}
		out = max(out, open)
	}
	return out
}

// open tells whether a hold is open on the day.
func (x *engine) open(h *Hold) source.Tri {
	var begun, over agreed
	for f := range h.From.Each {
		switch {
		case f.State != source.Known:
			begun.add(source.Maybe)
		case f.Is.First > x.day:
			begun.add(source.No)
		case f.Is.Last <= x.day:
			begun.add(source.Yes)
		default:
			begun.add(source.Maybe)
		}
	}
	for f := range h.To.Each {
		switch {
		case f.State != source.Known:
			over.add(source.Maybe)
		case f.Is.Open || f.Is.Date.First > x.day:
			over.add(source.No)
		case f.Is.Date.Last < x.day:
			over.add(source.Yes)
		default:
			over.add(source.Maybe)
		}
	}
	return min(begun.answer, source.Yes-over.answer)
}

// backups tells whether spare copies are kept.
func (x *engine) backups(a *Ask) source.Tri {
	var out agreed
	for f := range a.Backups.Each {
		switch {
		case f.State == source.Known && f.Is.Word != "none":
			out.add(source.Yes)
		case f.State == source.Unknown:
			out.add(source.Maybe)
		default:
			out.add(source.No)
		}
	}
	return out.answer
}

// existence applies X3 to X10 and X1's certain recipients, for one line at one holder: the hull over every reading that the file leaves
// open (a source that disagrees, an unknown).
func (x *engine) existence(ph phaseRef, a askRef, holder source.ID) *found {
	at := lineAt{a.Ask, holder}
	if f := x.lines[at]; f != nil {
		return f
	}
	f := &found{because: make([]Reason, 0, 8), rules: make([]Rule, 0, 2), empty: true}
	x.lines[at] = f
	f.because = addBecause(f.because, &a.Handling)
	f.because = addBecause(f.because, &a.Copies)
	f.because = addBecause(f.because, &a.Backups)
	if r, ok := x.p.Retention[a.Retention]; ok {
		f.because = addBecause(f.because, &r.Period)
		f.because = addBecause(f.because, &r.AtEnd)
	}
	for i := range a.Copies.Is {
		f.because = addBecause(f.because, &a.Copies.Is[i].PurgeLag)
		f.because = addBecause(f.because, &a.Copies.Is[i].Disposed)
	}
	f.because = addBecause(f.because, &x.p.Holds)
	for i := -1; i < len(a.Handling.But); i++ {
		h := &a.Handling
		if i >= 0 {
			h = &a.Handling.But[i]
		}
		for k := -1; k < len(a.Copies.But); k++ {
			c := &a.Copies
			if k >= 0 {
				c = &a.Copies.But[k]
			}
			x.reading(f, ph, a, holder, h, c)
		}
	}
	return f
}

func one(l Level) Existence { return Existence{l, l} }

// records are the ways of handling that make a record.
func (h Handling) records() bool {
	return h == "stored" || h == "fields_extracted" || h == "noted_yes_no" || h == "forwarded"
}

// reading adds one reading: one source's word on the handling, one source's word on the copies.
func (x *engine) reading(f *found, ph phaseRef, a askRef, holder source.ID, h *source.Fact[Handling], c *source.Fact[[]Copy]) {
	custodian := holder == x.custodian
	copies, staying := 0, false // a copy stays that has no time after which it goes by itself
	for i := range c.Is {
		k := &c.Is[i]
		if k.Kind == "recipient" || x.p.Holders[k.At].Role == "recipient" {
			f.add(one(Sent), "X1") // whatever became of it since
			return
		}
		if x.controls(holder, k.At) {
			copies++
			staying = staying || k.PurgeLag.State == source.Unsaid && k.Kind != "cache" && k.Kind != "printer_spool"
		}
	}
	backup := source.No
	if custodian || copies > 0 {
		backup = x.backups(a.Ask)
	}
	copied := copies > 0 || backup == source.Yes
	if h.State == source.Unknown && !copied {
		f.add(Existence{None, Exists}, "X3")
		return
	}
	if !custodian && !copied {
		switch {
		case c.State == source.Unknown: // it could be here as well
			f.add(Existence{None, Exists}, "X3")
		case x.verified(c.Verified(), c.On):
			f.add(one(None), "X10")
		default:
			f.add(Existence{None, Exists}, "X9")
		}
		return
	}
	image := h.State == source.Known && h.Is == "image_transient"
	transient := image && !staying && backup != source.Yes
	if !image && !copied && !(h.State == source.Known && h.Is.records()) { // not asked, or looked at and returned
		if c.State == source.Known && len(c.Is) == 0 && x.verified(c.Verified(), c.On) && h.State == source.Known && backup == source.No {
			f.add(one(None), "X10")
		} else {
			f.add(Existence{None, Exists}, "X9")
		}
		return
	}
	if h.State == source.Known && h.Is == "forwarded" { // somebody has it who is not named: outside, or one who works for the office
		f.add(Existence{Exists, Sent}, "X1")
	}
	hold := x.hold(a.Retention)
	switch {
	case hold == source.Yes:
		f.add(one(Exists), "X4")
		return
	case transient:
		x.transient(f, ph, holder, c)
		if backup == source.Maybe {
			f.add(one(Exists), "X8")
		}
	case x.disposed(a, holder, c): // of every copy
		f.add(one(None), "X7")
	default:
		r, ok := x.p.Retention[a.Retention]
		if !ok || r.Period.State != source.Known || r.AtEnd.State != source.Known {
			f.add(one(Exists), "X5")
		} else {
			f.add(one(Exists), "X6")
		}
		return
	}
	if hold == source.Maybe {
		f.add(one(Exists), "X4")
	}
}

// withPartner is what exists of a form with somebody who helped to fill it in: whether copies are kept, and of what, is often not known.
func (x *engine) withPartner(i int, p Partner) *found {
	f := &found{empty: true, because: addBecause([]Reason{x.p.at(x.p.inside("partners") + "." + strconv.Itoa(i) + ".name")}, &p.Copies)}
	for c := range p.Copies.Each {
		switch {
		case c.State == source.Known && c.Is == "yes":
			f.add(one(Exists), "X5")
		case c.State != source.Known:
			f.add(Existence{None, Exists}, "X3")
		case x.verified(c.Verified(), c.On):
			f.add(one(None), "X10")
		default:
			f.add(Existence{None, Exists}, "X9")
		}
	}
	return f
}

// verified reports whether somebody verified a fact on a day that is certainly not after the day of the table.
func (x *engine) verified(yes bool, on source.Date) bool { return yes && on.Last <= x.day }

// transient applies X8: an image that is there for a known time only.
func (x *engine) transient(f *found, ph phaseRef, holder source.ID, c *source.Fact[[]Copy]) {
	lag, known := source.Day(0), false
	for i := range c.Is {
		k := &c.Is[i]
		if !x.controls(holder, k.At) {
			continue
		}
		known = true
		for l := range k.PurgeLag.Each {
			if l.State != source.Known || l.Is.Word != "" && l.Is.Word != "none" {
				f.add(one(Exists), "X8")
				return
			}
			lag = max(lag, days(l.Is))
		}
	}
	to := ph.ph.To
	switch {
	case !known:
		f.add(one(Exists), "X8")
	case to.State == source.Known && len(to.But) == 0 && !to.Is.Open && to.Is.Date.Last+lag < x.day:
		f.add(Existence{None, Trace}, "X8") // the time is over; nobody has certified it
	default:
		f.add(one(Trace), "X8")
	}
}

// disposed reports X7: a named person certified, on a day, that every copy is destroyed, and there is no spare copy.
func (x *engine) disposed(a askRef, holder source.ID, c *source.Fact[[]Copy]) bool {
	if a.Backups.State != source.Known || a.Backups.Is.Word != "none" || len(a.Backups.But) > 0 {
		return false
	}
	any := false
	for i := range c.Is {
		k := &c.Is[i]
		if !x.controls(holder, k.At) {
			continue
		}
		any = true
		if d := &k.Disposed; !x.verified(d.Verified(), d.On) || d.Is != "yes" || len(d.But) > 0 {
			return false
		}
	}
	return any
}

// answered applies X1 and X2 for one demand that covers an item, certainly or not: what the answer, and what is said to have been
// given, do to what is known so far. It gives no rule where they do nothing.
func (x *engine) answered(ev eventRef, covers source.Tri, base Existence) (Existence, Rule) {
	all := Existence{base.Low, Sent}
	if covers == source.Yes {
		all.Low = Sent
	}
	some := Existence{base.Low, max(base.High, MayBeSent)}
	given, answer := found{empty: true}, found{empty: true}
	nothing := false
	for g := range ev.Given.Each {
		switch {
		case g.State == source.Known && g.Is == "all_records":
			given.widen(all)
		case g.State == source.Known && g.Is != "nothing_from_this_program" && g.Is != "no_personal_facts", g.State == source.Unknown:
			given.widen(some)
		default:
			given.widen(base)
			nothing = nothing || g.State == source.Known
		}
	}
	for a := range ev.Answer.Each {
		switch {
		case a.State == source.Known && a.Is == "complied":
			answer.widen(all)
		case a.State == source.Unknown, a.State == source.Known && (a.Is == "partial" || a.Is == "partial_undisclosed" || a.Is == "undisclosed" || a.Is == "ordered"):
			answer.widen(some)
		default:
			answer.widen(base)
		}
	}
	e := Existence{max(given.Low, answer.Low), max(given.High, answer.High)}
	if nothing { // one says that it was given, another that it was not
		e.Low = given.Low
	}
	switch {
	case e == base:
		return e, ""
	case e.Low == Sent:
		return e, "X1"
	}
	return e, "X2"
}

func (f *found) widen(e Existence) {
	if f.empty {
		f.Existence, f.empty = e, false
	} else {
		f.Existence = f.hull(e)
	}
}
