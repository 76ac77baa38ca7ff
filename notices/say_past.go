package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// People who applied before: which rule holds for whom, what they can do now, who else may know.

// past says what rule holds for whom, what people can do now, and what asking can cost.
func (b *builder) past() {
	p := b.p
	b.section("past", 2)
	b.pastFirst()
	b.rules("")
	b.group("past")
	b.pastRights()
	b.say("", "past.no_recall", claim("C34", "recall"), because(p, p.Past.Withdraw))
	b.group("record")
	b.say("", "past.asking", claim("C41", "record"), because(p, p.Past.See))
	b.say("", "past.lawyer_first", claim("C41", "lawyer"), b.path(helpPath(0)+".name"))
	b.group("card")
	if p.CardsGiven.State == source.NotApplicable {
		b.group("around")
	}
	b.cards()
	b.totals()
	b.contacts()
	b.alsoKnow()
}

// anything reports whether records of any kind may exist with anybody.
func (b *builder) anything() bool {
	return slices.ContainsFunc(b.table, func(r Row) bool { return r.Existence.High > None })
}

// pastFirst says whether there may be records.
func (b *builder) pastFirst() {
	first := "past.first.none"
	if b.anything() {
		first = "past.first"
	}
	b.say("", first, claim("C33", "first"), b.path("channels"))
}

// rightWord is the answer to whether people can do a thing.
func rightWord(f source.Fact[YesNo]) string {
	return known(f, map[YesNo]string{"yes": "yes", "no": "no"}, "unknown")
}

// cards says whether what people got still holds.
func (b *builder) cards() {
	p := b.p
	if p.CardsGiven.State != source.NotApplicable {
		b.say("", "cards."+known(p.CardsGiven, sameWords(wStill, Still("")), "unknown"), claim("C38", "cards"), because(p, p.CardsGiven), uncertain(p.CardsGiven)...)
	}
}

// totals counts cards and people of the whole program.
func (b *builder) totals() {
	for i, n := range b.p.Counts {
		if n.Of == "cards" || n.Of == "employees" || n.Of == "named_people" || n.Of == "people_with_records" && n.In == "all" {
			b.count(i, n)
		}
	}
}

func (b *builder) contacts() {
	p := b.p
	switch f := p.Contacts; {
	case f.State == source.Known && len(f.Is) > 0:
		b.say("", "contacts.ways", claim("C39", "ways"), because(p, f), append([]Value{labels("contact", "word.contact", words(f.Is)...)}, uncertain(f)...)...)
	case f.State == source.Known:
		b.say("", "contacts.none", claim("C39", "ways"), because(p, f), uncertain(f)...)
	case f.State == source.Unknown:
		b.later(f.Path, claim("C39", "ways"))
	}
}

// alsoKnow names who else learns something, and who helps with the form.
func (b *builder) alsoKnow() {
	p := b.p
	b.group("elsewhere")
	switch f := p.Recipients; {
	case f.State == source.Known && len(f.Is) > 0:
		b.say("", "recipients.list", claim("C45", words(f.Is)...), because(p, f), append([]Value{labels("who", "word.recipient", words(f.Is)...)}, uncertain(f)...)...)
	case f.State == source.Known:
		b.say("", "recipients.none", claim("C45", "none"), because(p, f), uncertain(f)...)
	case f.State == source.Unknown:
		b.say("", "recipients.unknown", claim("C45", "unknown"), because(p, f))
	}
	b.partners()
}

func (b *builder) partners() {
	p := b.p
	switch f := p.Partners; {
	case f.State == source.Unknown:
		b.say("", "partners.unknown", claim("C46", "who"), because(p, f))
	case f.State == source.Known && len(f.Is) == 0:
		b.say("", "partners.none", claim("C46", "who"), because(p, f), uncertain(f)...)
	case f.State == source.Known:
		for i, n := range f.Is {
			b.say(itoa(i), "partners.help", claim("C46", "name/"+itoa(i)), reasons(because(p, f), b.path(p.inside("partners")+"."+itoa(i)+".name")), append([]Value{text("who", n.Name)}, uncertain(f)...)...)
			if n.Copies.State == source.Unknown {
				b.later(n.Copies.Path, claim("C46", "copies/"+itoa(i)))
				continue
			}
			b.say(itoa(i), "partners.copies."+known(n.Copies, map[YesNo]string{"yes": "yes", "no": "no"}, "unknown"), claim("C46", "copies/"+itoa(i)), because(p, n.Copies), uncertain(n.Copies)...)
		}
	}
}

// rules says, for a law that the phases know in more than one version, what each said, since when, and that it was changed. first, if
// it is not "", is said before the first.
func (b *builder) rules(first string) {
	p := b.p
	type use struct {
		version *law.Version
		phases  []phaseRef
	}
	byLaw := map[source.ID][]*use{}
	var order []source.ID
	for _, ph := range b.allPhases() {
		if ph.ph.Rule.State != source.Known {
			continue
		}
		id, vid, _ := cutRule(ph.ph.Rule.Is)
		e := b.book.Entry(id)
		if e == nil || e.Version(vid) == nil || len(e.Versions) < 2 { // one text: the part of the way names it
			continue
		}
		if byLaw[id] == nil {
			order = append(order, id)
		}
		found := false
		for _, u := range byLaw[id] {
			if u.version.ID == vid {
				u.phases, found = append(u.phases, ph), true
			}
		}
		if !found {
			byLaw[id] = append(byLaw[id], &use{e.Version(vid), []phaseRef{ph}})
		}
	}
	if len(order) > 0 && first != "" {
		b.say("", first, claim("C33", "rule"), b.path("channels"))
	}
	for _, id := range order {
		uses := byLaw[id]
		slices.SortFunc(uses, func(a, b *use) int { return strings.Compare(string(a.version.ID), string(b.version.ID)) })
		b.group("rule", b.lawsOf("law", id))
		for _, u := range uses {
			var why []Reason
			for _, ph := range u.phases {
				why = reasons(why, because(p, ph.ph.Rule))
			}
			v := b.waysTimes(u.phases)
			if d := u.version.From; d.State == source.Known {
				v = append([]Value{date("since", d.Is)}, v...)
			}
			scope := string(id) + "@" + string(u.version.ID)
			msg := "law." + string(id) + "." + string(u.version.ID) + ".rule"
			if b.book.Entry(id).Own {
				msg, v = "own.rule", append([]Value{text("own_words", u.version.Rule)}, v...)
			}
			b.say(scope, msg, claims(claim("C33", "rule/"+scope), claim("C35", "rule/"+scope)), reasons(why, b.cite(id)), v...)
		}
		if len(uses) > 1 {
			first, last := uses[0].version.From, uses[len(uses)-1].version.From
			if first.State == source.Known && last.State == source.Known {
				y1, _, _ := first.Is.First.YMD()
				y2, _, _ := last.Is.First.YMD()
				if y2 > y1 {
					b.sayN(string(id), "past.changed.years", y2-y1, claim("C35", "changed/"+string(id)), b.cite(id))
				}
			}
			b.say(string(id), "past.can_change", claim("C35", "again/"+string(id)), b.cite(id))
		}
	}
}

// waysTimes names the channels and times of phases.
func (b *builder) waysTimes(phases []phaseRef) []Value {
	v := b.ways(phases)
	t := Value{Name: "time", Kind: VDates}
	for _, ph := range phases {
		if ph.ph.From.State == source.Known && ph.ph.To.State == source.Known {
			t.Parts = append(t.Parts, Part{Date: ph.ph.From.Is, To: ph.ph.To.Is})
		}
	}
	if len(t.Parts) > 0 {
		v = append(v, t)
	}
	return v
}

func (b *builder) pastRights() {
	p := b.p
	type right struct {
		word string
		f    source.Fact[YesNo]
	}
	rights := []right{{"see", p.Past.See}, {"correct", p.Past.Correct}, {"withdraw", p.Past.Withdraw}, {"delete", p.Past.Delete}}
	for _, k := range []string{"yes", "no", "unknown"} {
		var ws []string
		var why []Reason
		var extra []Value
		for _, r := range rights {
			if r.f.State == source.NotApplicable || rightWord(r.f) != k {
				continue
			}
			ws = append(ws, r.word)
			why = reasons(why, because(p, r.f), b.cite(r.f.Law...))
			if e := uncertain(r.f); len(e) > 0 && len(extra) == 0 {
				extra = e
			}
		}
		if len(ws) > 0 {
			cl := claim("C33", prefix("right/", ws)...)
			if slices.Contains(ws, "delete") {
				cl = append(cl, Claim{"C04", "you"})
			}
			b.say("", "past.can."+k, cl, why, append([]Value{labels("rights", "word.right", ws...)}, extra...)...)
		}
	}
}
