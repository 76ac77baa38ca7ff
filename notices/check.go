package notices

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Check holds a program against the book of law, its own edition's day and the must-nots, as errors, warnings and questions. What Load
// found is not repeated. on is the day of the check: it decides which laws are past their check date, and lets nothing into the edition.
func Check(p *Program, book *law.Book, on source.Day) source.Problems {
	ps := CheckFacts(p, book, on)
	if !ps.Failed() {
		ps = append(ps, CheckNotices(p, book, on)...)
		ps.Sort()
	}
	return ps
}

// CheckFacts is the first part of Check, and most of it: it builds no notice. If it finds no error, a notice can be built.
func CheckFacts(p *Program, book *law.Book, on source.Day) source.Problems {
	c := &checker{p: p, book: book, day: p.Edition.AsOf.Last, on: on}
	if p.Edition.AsOf.Precision() != source.Exact {
		c.bad("edition.as_of", "as_of", "The day of the edition is not one day.", "Write year-month-day, such as 2025-06-14.")
	}
	if _, ok := book.In(p.Program.Jurisdiction); !ok {
		places := words(book.Places())
		hint := "It knows: " + strings.Join(places, ", ") + "."
		if near := source.DidYouMean(string(p.Program.Jurisdiction), places); near != "" {
			hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
		}
		c.bad("program.jurisdiction", "law", fmt.Sprintf("The book of law knows no place %q.", p.Program.Jurisdiction), hint)
		c.problems.Sort()
		return c.problems
	}
	c.lawNames()
	c.ownLaws()
	c.later()
	c.mustNots()
	c.doubtful()
	c.questions()
	c.problems.Sort()
	return c.problems
}

// CheckNotices is the second part of Check: it builds each kind of notice of a program whose facts have no errors, and holds it against
// the checklist. What it finds is a fault of ours.
func CheckNotices(p *Program, book *law.Book, on source.Day) source.Problems {
	c := &checker{p: p, book: book, day: p.Edition.AsOf.Last, on: on}
	c.covered()
	c.problems.Sort()
	return c.problems
}

// law checks that a law of the book is named, of one of the kinds, and not of another place than the program's: an office of a county can
// work under its state's law, or under a city's.
func (c *checker) law(path string, id source.ID, kinds ...law.Kind) {
	if id == "" {
		return
	}
	e := c.book.Entry(id)
	if e != nil && slices.Contains(kinds, e.Kind) {
		if c.elsewhere(e) {
			c.bad(path, "law", fmt.Sprintf("%q is a law of %s, and the program is in %s.", id, e.Where, c.p.Program.Jurisdiction),
				"Name a law of the place of the program, or of a place around it or in it. fairnotice law --where "+string(c.p.Program.Jurisdiction)+" lists them.")
		}
		return
	}
	var all []string
	for _, o := range c.book.All() {
		if slices.Contains(kinds, o.Kind) && !c.elsewhere(o) {
			all = append(all, string(o.ID))
		}
	}
	what := "law"
	if slices.Contains(kinds, law.KindDemand) {
		what = "kind of demand"
	}
	hint := "It has: " + strings.Join(all, ", ") + "."
	if near := source.DidYouMean(string(id), all); near != "" {
		hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
	}
	c.bad(path, "law", fmt.Sprintf("The book of law has no %s %q.", what, id), hint)
}

// elsewhere reports whether an entry is law of another place than the program's.
func (c *checker) elsewhere(e *law.Entry) bool {
	at := c.p.Program.Jurisdiction
	if _, known := c.book.In(at); !known { // a problem of its own
		return false
	}
	return !law.Within(at, e.Where) && !law.Within(e.Where, at)
}

// ownLaws holds the laws that the program brings along against its place and its languages.
func (c *checker) ownLaws() {
	here, _ := c.book.In(c.p.Program.Jurisdiction)
	for _, e := range c.book.All() {
		if !e.Own {
			continue
		}
		at := func(sev source.Severity, pos source.Pos, path, code, message, hint string) {
			c.problems = append(c.problems, source.Problem{Pos: pos, Path: path, Code: code, Severity: sev, Message: message, Hint: hint})
		}
		if !slices.Contains(here, e) {
			at(source.Warning, e.Pos, "where", "law-own", fmt.Sprintf("The law %q is of %s, and the program is in %s, so it is not used.", e.ID, e.Where, c.p.Program.Jurisdiction),
				"Mend where:, or take the file out.")
		}
		texts := []source.Text{e.InWords.Name, e.InWords.Says, e.InWords.Binds, e.InWords.Except}
		for _, v := range e.Versions {
			texts = append(texts, v.Rule)
		}
		for _, t := range texts {
			if missing := c.missing(t); len(missing) > 0 {
				sev, message, hint := closes(missing, c.p.Languages)
				at(sev, t.Pos, t.Path, "language", message, hint)
			}
		}
	}
}

func (c *checker) lawNames() {
	p := c.p
	for _, id := range sortedKeys(p.Holders) {
		if h := p.Holders[id]; h.Within != "" && !slices.Contains(c.book.Places(), h.Within) {
			c.bad("holders."+string(id)+".within", "law", fmt.Sprintf("The book of law knows no place %q.", h.Within), fmt.Sprintf("It knows: %v.", words(c.book.Places())))
		}
	}
	for _, id := range p.Program.Authority.Is {
		c.law("program.authority", id, law.KindProtection)
	}
	walkFacts(p, func(f unsaidFact) {
		for _, id := range f.Law {
			c.law(f.Path+".law", id, law.KindProtection)
		}
	})
	for _, id := range sortedKeys(p.Retention) {
		r := p.Retention[id]
		for _, l := range r.Law {
			c.law("retention."+string(id)+".law", l, law.KindProtection)
		}
		for f := range r.ApprovalBy.Each {
			if f.State == source.Known && !slices.Contains(law.Approvals(), f.Is) {
				c.bad(f.Path, "law", fmt.Sprintf("%q is no board that the book of law knows.", f.Is), "It knows: "+strings.Join(words(law.Approvals()), ", ")+".")
			}
		}
	}
	for _, cr := range p.channels() {
		for _, ph := range cr.phases {
			if f := ph.ph.Rule; f.State == source.Known {
				id, version, ok := cutRule(f.Is)
				e := c.book.Entry(id)
				switch {
				case !ok:
					c.bad(f.Path, "law", fmt.Sprintf("%q names a law without its version.", f.Is), "Write law@version, such as chicago-2-176@2024-06-12.")
				case e == nil || c.elsewhere(e):
					c.law(f.Path, id, law.KindProtection)
				case e.Version(version) == nil:
					var vs []string
					for _, v := range e.Versions {
						vs = append(vs, string(v.ID))
					}
					c.bad(f.Path, "law", fmt.Sprintf("The law %q has no version %q.", id, version), "It has: "+strings.Join(vs, ", ")+".")
				}
			}
		}
	}
	for i, s := range p.Says.Is {
		path := "office_says." + itoa(i)
		for _, d := range s.On {
			c.law(path+".on", d, law.KindDemand)
		}
		c.law(path+".law", s.Law, law.KindProtection)
	}
	for _, e := range p.Demands.Is {
		c.law("demands."+string(e.ID)+".kind", e.Kind, law.KindDemand)
	}
	c.law("survivors.law", p.Survivors.Is.Law, law.KindProtection)
}

// later refuses what is certainly later than the edition's day: a source by the day on which it was published, a law by its version, a
// demand, an answer, a court's word, a count, a statement (must-not N18).
func (c *checker) later() {
	p := c.p
	late := func(path string, d source.Date, what string) {
		if !d.IsZero() && d.First > c.day {
			c.bad(path, "N18", fmt.Sprintf("%s after the day of this edition: %s is later than %s.", what, d, p.Edition.AsOf),
				"Mend the date, leave it out, or make a new edition with a later `as_of:`.")
		}
	}
	lateAny := func(path string, f source.Fact[source.Date], what string) {
		late(path, f.Is, what)
		for i := range f.But {
			late(path+".but."+itoa(i), f.But[i].Is, what)
		}
	}
	for _, id := range sortedKeys(p.Sources) {
		lateAny("sources."+string(id)+".published", p.Sources[id].Published, "This source was published")
	}
	walkFacts(p, func(f unsaidFact) {
		late(f.Path+".on", f.On, "This was said or checked")
		for i, on := range f.ButsOn {
			late(f.Path+".but."+itoa(i)+".on", on, "This was said or checked")
		}
	})
	for _, cr := range p.channels() {
		for _, ph := range cr.phases {
			lateAny(ph.path+".from", ph.ph.From, "This phase begins")
			if f := ph.ph.From; f.State == source.Known && ph.ph.To.State == source.Known && !ph.ph.To.Is.Open && ph.ph.To.Is.Date.Before(f.Is) == source.Yes {
				c.bad(ph.path+".to", "dates", "This phase ends before it begins.", "Mend one of the two dates.")
			}
			if f := ph.ph.Rule; f.State == source.Known {
				id, version, _ := cutRule(f.Is)
				if e := c.book.Entry(id); e != nil {
					if v := e.Version(version); v != nil {
						late(f.Path, v.From.Is, "This version of the law began")
						if v.From.State == source.Known && ph.ph.To.State == source.Known && !ph.ph.To.Is.Open && ph.ph.To.Is.Date.Before(v.From.Is) == source.Yes {
							c.bad(f.Path, "law", "This version of the law began after the phase was over.", "Name the version under which these people gave their facts.")
						}
					}
				}
			}
		}
	}
	for i, s := range p.Says.Is {
		late("office_says."+itoa(i)+".said", s.Said, "The office said this")
	}
	for _, e := range p.Demands.Is {
		path := p.inside("demands") + "." + string(e.ID)
		late(path+".dated", e.Dated, "This demand was written")
		lateAny(path+".served", e.Served, "This demand arrived")
	}
	for i, n := range p.Counts {
		path := "counts." + itoa(i)
		late(path+".counted", n.Counted, "This was counted")
		if n.To.Before(n.From) == source.Yes {
			c.bad(path+".to", "dates", "This count ends before it begins.", "Mend one of the two dates.")
		}
	}
	for i, t := range p.Tested.Is {
		late("readers_test."+itoa(i)+".on", t.On, "This test with readers was made")
	}
	lateAny("program.status.since", p.Program.Status.Since, "The program was suspended or ended")
	named := c.named()
	for _, cr := range c.book.All() { // what the file names must have been law on the day
		if cr.Kind != law.KindProtection || len(cr.Versions) == 0 || !named[cr.ID] {
			continue
		}
		if f := cr.Versions[0].From; f.State == source.Known && f.Is.First > c.day {
			c.bad("program.authority", "N18", fmt.Sprintf("The law %q began after the day of this edition: %s is later than %s.", cr.ID, f.Is, p.Edition.AsOf), "Leave it out, or make a new edition with a later `as_of:`.")
		}
	}
}

// named are the laws that the file names anywhere.
func (c *checker) named() map[source.ID]bool {
	out := map[source.ID]bool{c.p.Survivors.Is.Law: true}
	add := func(ids []source.ID) {
		for _, id := range ids {
			out[id] = true
		}
	}
	add(c.p.Program.Authority.Is)
	walkFacts(c.p, func(f unsaidFact) { add(f.Law) })
	for _, r := range c.p.Retention {
		add(r.Law)
	}
	for _, s := range c.p.Says.Is {
		out[s.Law] = true
	}
	return out
}

// mustNots are N1 to N18 as rules on facts. Those on words are patterns in locales.
func (c *checker) mustNots() {
	p := c.p
	approval := false
	for _, r := range p.Retention {
		approval = approval || r.EarlyDeletion.State == source.Known && r.EarlyDeletion.Is != "office_may"
	}
	if d := p.Past.Delete; approval && d.State == source.Known && d.Is == "yes" {
		c.bad(d.Path, "N8", "The file offers to erase on request, but somebody else must agree, or a law forbids it.", "Write `delete_it: {is: no, law: il-local-records-act}` with the law that holds here, or `delete_it: unknown`.")
	}
	for i, s := range p.Says.Is {
		path := "office_says." + itoa(i)
		if s.Law == "" && (s.Said.IsZero() || s.Source == "") {
			c.bad(path, "N17", "A promise stands here without the day on which it was made and where it can be read.", "Add `said:` with the day and `source:` with a name under `sources:`. If a law makes it so, add `law:`.")
		}
		if s.Law != "" {
			if e := c.book.Entry(s.Law); e != nil && e.Force != s.Force {
				c.bad(path+".force", "C24", fmt.Sprintf("The law %q has the force of %q, and this says %q.", s.Law, e.Force, s.Force), fmt.Sprintf("Write `force: %s`.", e.Force))
			}
		} else if s.Force.Binding() {
			c.bad(path+".force", "C24", fmt.Sprintf("This says %q, but names no law.", s.Force), "Add `law:`, or write `force: statement`, `executive_policy` or `contract`.")
		}
	}
	if t := p.Tells; t.State == source.Known {
		switch {
		case t.Is == "says_it_will" && (t.By == "" || t.On.IsZero()):
			c.bad(t.Path, "N17", "The office says that it will tell people, but not who said so and on which day.", "Write, for example, `tells_people: {is: says_it_will, by: City Clerk, on: 2025-06-11}`. If nobody said so, write `tells_people: unknown`.")
		case t.Is == "by_law" && len(t.Law) == 0:
			c.bad(t.Path, "C19", "A law says that people must be told, but it is not named.", "Write the law with it, such as `tells_people: {is: by_law, law: name-of-the-law}`, or write `tells_people: unknown`.")
		}
	}
	c.none()
	for a := range p.Demands.Is {
		for b := range a {
			x, y := p.Demands.Is[a], p.Demands.Is[b]
			if x.Kind == y.Kind && x.From == y.From && x.To == y.To && x.Dated == y.Dated {
				c.bad("demands."+string(x.ID), "duplicate", "Two entries are about the same demand: the same kind, sender, office and day.", "Keep one. If two demands came, they differ in one of these: mend it.")
			}
		}
	}
	st := p.Program.Status
	if st.Is == "suspended" && p.Ways.State == source.Known {
		for _, ch := range st.Channels {
			if !slices.ContainsFunc(p.Ways.Is, func(w Way) bool { return w.InsteadOf == ch }) && (len(p.Channels) > 1 || len(p.Ways.Is) > 0) {
				c.bad("alternatives", "C25", fmt.Sprintf("The channel %q is closed, and no other way is named for it.", ch), fmt.Sprintf("Add an entry with `instead_of: %s`, or write `alternatives: unknown`.", ch))
			}
		}
	}
	for i, w := range p.Ways.Is {
		if w.Use == w.InsteadOf {
			c.bad("alternatives."+itoa(i)+".use", "C25", "This way is named as an alternative to itself.", "Name another channel.")
		}
	}
	for _, h := range p.Help {
		if h.Name.Name != "" && (h.Name.Name == p.Program.Contact.Name.Name || h.Name.Name == p.Program.Contact.Name.In["en"]) {
			c.bad("help", "C36", "The office itself is named as independent help.", "Name a helper that does not work for the office.")
		}
	}
}

// none refuses an unsupported "none": that nothing is kept, no copies, no spare copies, no hold must say who verified it, or which source
// says so.
func (c *checker) none() {
	p := c.p
	say := func(path string, what string) {
		key := path[strings.LastIndexByte(path, '.')+1:]
		c.bad(path, "N7", fmt.Sprintf("%s, but nobody stands behind it.", what), fmt.Sprintf("Write who looked and when, such as `%[1]s: {is: none, confidence: verified, "+
			"by: Ana Ruiz, on: 2025-06-14}`, or which source says so, such as `%[1]s: {is: none, source: letter, confidence: reported}`. If nobody knows, write `%[1]s: unknown`.", key))
	}
	for _, cr := range p.channels() {
		for _, ph := range cr.phases {
			for _, a := range ph.asks {
				if f := a.Copies; f.State == source.Known && len(f.Is) == 0 && unfounded(f) {
					say(f.Path, "It says that no copies stay")
				}
				if f := a.Backups; f.State == source.Known && f.Is.Word == "none" && unfounded(f) {
					say(f.Path, "It says that there are no spare copies")
				}
				for f := range a.Copies.Each {
					for _, k := range f.Is {
						if d := k.Disposed; d.State == source.Known && d.Is == "yes" && !d.Verified() {
							c.bad(d.Path, "X7", "A copy is called destroyed, but nobody certified it.", "Write who certified it and when, such as `disposed: {is: yes, confidence: verified, by: Ana Ruiz, on: 2025-06-14}`. If nobody did, write `disposed: unknown`.")
						}
					}
				}
			}
		}
	}
	if f := p.Holds; f.State == source.Known && len(f.Is) == 0 && unfounded(f) {
		say(f.Path, "It says that no order to stop erasing is in force")
	}
	if f := p.Demands; f.State == source.Known && len(f.Is) == 0 && unfounded(f) {
		say(f.Path, "It says that no demand came")
	}
}

func unfounded[T any](f source.Fact[T]) bool {
	return !f.Verified() && (f.Source == "" || f.Confidence == "")
}

// doubtful are the warnings: what is printed as unconfirmed, laws past their check date, a disposal while a demand is open.
func (c *checker) doubtful() {
	p := c.p
	walkFacts(p, func(f unsaidFact) {
		if f.Buts > 0 && f.Says != "" {
			c.warn(f.Path, "sources-disagree", "The sources disagree on this: "+f.Says+".", "Ask somebody who knows; until then the notice says both, or that it is not known.")
		}
		if f.Confidence == source.Unverified {
			c.warn(f.Path, "unverified", "Nobody has confirmed this.", "Find a source or somebody who knows; until then the notice says so.")
		}
	})
	entries, _ := c.book.In(p.Program.Jurisdiction)
	for _, e := range entries {
		switch {
		case e.Due(c.on):
			c.warn("program.jurisdiction", "law-due", fmt.Sprintf("The law %q had to be checked again by %s.", e.ID, e.Checked.Next), "Check it against its source; until then the notice says that it is past its day.")
		case e.Confidence == source.Unverified:
			c.warn("program.jurisdiction", "law-unverified", fmt.Sprintf("Nobody has read the text of the law %q.", e.ID), "The notice says so.")
		}
	}
	open := slices.ContainsFunc(p.Demands.Is, func(e Event) bool {
		return !(e.Answer.State == source.Known && (e.Answer.Is == "withdrawn" || e.Answer.Is == "quashed"))
	})
	if !open {
		return
	}
	for _, cr := range p.channels() {
		for _, ph := range cr.phases {
			for _, a := range ph.asks {
				for _, k := range a.Copies.Is {
					if k.Disposed.State == source.Known && k.Disposed.Is == "yes" {
						c.warn(k.Disposed.Path, "disposal", "A copy was destroyed while a demand was open.", "Ask counsel whether a duty to preserve stood against it.")
					}
				}
			}
		}
	}
}

func (c *checker) questions() {
	for _, q := range Questions(c.p) {
		c.add(source.Question, q.Path, "question", q.Text, "Ask: "+askWords[q.Ask]+".")
	}
}

var askWords = map[string]string{"records": "the records officer", "it": "the computer office", "vendor": "the company", "counsel": "the lawyers of the office", "program": "the people who run the program"}

// covered reports a checklist item that a notice of the edition would not cover: an error of this program, or of ours, but never silent.
func (c *checker) covered() {
	for _, kind := range c.p.Kinds() {
		n, err := Build(c.p, c.book, kind, c.on)
		if err != nil {
			c.bad("program.id", "build", "No notice can be made of this file: "+err.Error()+".", "Please report this with your file.")
			return
		}
		cov, err := Coverage(n, c.p, c.book, c.on)
		if err != nil {
			c.bad("program.id", "build", "The notice cannot be held against the checklist: "+err.Error()+".", "Please report this with your file.")
			return
		}
		for _, v := range cov {
			if v.Status == "missing" {
				c.bad("program.id", string(v.Item), fmt.Sprintf("The notice %s does not do what it must. A notice %s. Missing: %v.", kind, v.Title, v.Missing), "Please report this with your file.")
			}
		}
	}
}
