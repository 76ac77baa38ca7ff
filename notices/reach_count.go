package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// How many people a demand is about. A count is of a population, in a place, between two days; it is used for exactly that, and no two
// counts are added or taken from one another.

// windowOf is the time that a demand asks about: its one condition on the day of applying.
func (r *reacher) windowOf() (pr *Predicate, one bool) {
	for i := range r.ev.Asks.Is {
		if p := &r.ev.Asks.Is[i]; p.Field == "applied_on" {
			if pr != nil {
				return nil, false
			}
			pr = p
		}
	}
	return pr, pr != nil
}

func (r *reacher) asksKnown() bool {
	return r.ev.Asks.State == source.Known && len(r.ev.Asks.But) == 0
}

func of(c *Count) Number {
	n := c.Is
	return Number{Count: &n, About: c.About, Of: c.Of, In: c.In, From: c.From, To: c.To, Counted: c.Counted, Source: c.Source}
}

func none(because ...Lack) Number { return Number{Because: because} }

// counted gives the counts that fit; where two of them differ, nobody can say which holds.
func (r *reacher) counted(fit func(*Count) bool) Number {
	var found *Count
	for i := range r.p.Counts {
		c := &r.p.Counts[i]
		if !fit(c) {
			continue
		}
		if found != nil && found.Is != c.Is {
			return none(lack("counts_differ", "Two counts of the same people differ."))
		}
		if found == nil {
			found = c
		}
	}
	if found == nil {
		return none(lack("not_counted", "Nobody has counted them, or no count is in the program file."))
	}
	return of(found)
}

func (r *reacher) numbers() {
	r.Named = none(lack("no_names", "The paper is about a group, and names nobody."))
	if r.ev.Scope == "named" {
		r.Named = none(lack("how_many_unknown", "Nobody has written down how many people the paper names."))
		if h := &r.ev.HowMany; h.State == source.Known && len(h.But) == 0 {
			n := h.Is
			r.Named = Number{Count: &n, Of: "named_people", Source: h.Source}
		}
	}
	r.InWindow = r.inWindow()
	r.Records = r.records()
	r.Answers = r.answers()
}

// inWindow is the people who are asked about by the day on which they applied.
func (r *reacher) inWindow() Number {
	if r.ev.Scope == "named" {
		return none(lack("named_people", "The paper names people; it is not about all who applied in a time."))
	}
	if !r.asksKnown() {
		return none(lack("asks_unknown", "Nobody has written down whom the paper asks about."))
	}
	w, ok := r.windowOf()
	if !ok {
		return none(lack("no_window", "The paper names no time in which people applied."))
	}
	who := CountOf("applicants")
	if r.p.People == "employees" {
		who = "employees"
	}
	n := r.counted(func(c *Count) bool { return c.Of == who && c.In == "all" && c.From == w.From && c.To == w.To })
	if n.Count == nil && n.Because[0].Code == "not_counted" && slices.ContainsFunc(r.p.Counts, func(c Count) bool { return c.Of == who && c.In == "all" }) {
		n = none(lack("window_differs", "Somebody counted people who applied, but in another time than the paper asks about."))
	}
	return n
}

// places lists the phases that the demand reaches or may reach.
func (r *reacher) places() {
	for _, c := range r.channels {
		for _, ph := range c.phases {
			p := Place{Phase: ph.id}
			for i := range r.Rows {
				if g := &r.Rows[i]; g.Phase == ph.id && g.Existence.High > None {
					p.Covered = max(p.Covered, g.In)
				}
			}
			if p.Covered == source.No {
				continue
			}
			p.Records = r.counted(func(c *Count) bool { return c.Of == "people_with_records" && c.In == source.ID(ph.id) })
			if p.Records.Count == nil && p.Records.Because[0].Code == "not_counted" {
				p.Records.Because[0].Text = "Nobody has counted of how many people there are records here. That is not none."
			}
			r.Places = append(r.Places, p)
		}
	}
}

// reachedBy reports whether a count is about a place that the demand reaches.
func (r *reacher) reachedBy(in source.ID) bool {
	return slices.ContainsFunc(r.Places, func(p Place) bool {
		return in == "all" || in == source.ID(p.Phase) || in == channelOf(p.Phase)
	})
}

// records is the people of whom there are records, as somebody counted them; not only those whom the demand asks about.
func (r *reacher) records() Number {
	var found []*Count
	for i := range r.p.Counts {
		if c := &r.p.Counts[i]; c.Of == "people_with_records" && r.reachedBy(c.In) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return none(lack("not_counted", "Nobody has counted of how many people there are records. That is not none."))
	case 1:
		return of(found[0])
	}
	var in []string
	for _, c := range found {
		in = append(in, string(c.In))
	}
	return none(lack("counted_apart", "There are several counts. They cannot be added: one person can be in two of them.", in...))
}

// answers is the people whose records fit all that the demand asks.
func (r *reacher) answers() Number {
	var why []Lack
	add := func(code, text string, in ...string) { why = append(why, lack(code, text, in...)) }
	if !r.asksKnown() {
		add("asks_unknown", "Nobody has written down whom the paper asks about.")
	}
	if r.ev.Scope == "named" {
		add("named_people", "The paper names people. How many of them have records is known only when somebody looks.")
	}
	c := r.Records
	if c.Count == nil {
		why = append(why, c.Because...)
		return none(why...)
	}
	if w, ok := r.windowOf(); !ok || c.From != w.From || c.To != w.To {
		add("window_differs", "The count of people with records is of another time than the paper asks about. Some of them may have applied outside of it.")
	}
	for i := range r.ev.Asks.Is {
		switch r.ev.Asks.Is[i].Field {
		case "applied_on":
		case "document_type":
			add("document_type_not_counted", "The paper asks about people who used certain papers. Nobody counted them by the kind of paper.")
		default:
			add("field_not_counted", "The paper asks about people by another fact ("+string(r.ev.Asks.Is[i].Field)+"). Nobody counted them by it.")
		}
	}
	if r.ev.Wants.State == source.Known && len(r.ev.Wants.Is) > 0 {
		add("items_not_counted", "The paper wants certain papers and facts. Nobody counted whose records hold them.")
	}
	var apart []PhaseID
	for _, p := range r.Places {
		if c.In != "all" && c.In != source.ID(p.Phase) && c.In != channelOf(p.Phase) {
			apart = append(apart, p.Phase)
		}
	}
	if len(apart) > 0 {
		add("places_not_counted", "Nobody has counted the records of these other ways to apply. That is not none.", phaseNames(apart)...)
	}
	if len(why) > 0 {
		return none(why...)
	}
	return c
}
