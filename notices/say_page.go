package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// What nobody knows, the tick, the page itself, and what it rests on.

// notKnown groups every unknown of the file by who could answer, each said once, with who was asked.
func (b *builder) notKnown() {
	b.section("unknown", 2)
	if len(b.unknowns) == 0 {
		return
	}
	asked := 0
	var all []Reason
	for _, q := range b.unknowns {
		asked += len(q.Asked)
		all = append(all, Reason{Pos: q.Pos, Path: q.Path})
	}
	b.say("", "unknown.first", claim("C36", "first"), all[:1])
	if asked == 0 {
		b.say("", "unknown.nobody_asked", claim("C36", "asked"), all)
	} else {
		b.say("", "unknown.some_asked", claim("C36", "asked"), all)
	}
	b.group("answers")
	for _, role := range []string{"records", "it", "vendor", "counsel", "program"} {
		var fields, cl []string
		var also []Claim
		var why []Reason
		var who []Value
		for _, q := range b.unknowns {
			if q.Ask != role {
				continue
			}
			cl = append(cl, q.Path)
			also = append(also, b.deferred[q.Path]...)
			why = append(why, Reason{Pos: q.Pos, Path: q.Path})
			if !slices.Contains(fields, q.Field) {
				fields = append(fields, q.Field)
			}
			for _, a := range q.Asked {
				who = append(who, name("asked", a.Who), date("asked_on", a.On))
			}
		}
		if len(fields) > 0 {
			b.say("", "unknown."+role, claims(claim("C36", cl...), also), why, append([]Value{labels("questions", "unknown", fields...)}, who...)...)
		}
	}
}

// secret reports whether a path lies in a demand that may not be listed, or a hold that may not be named.
func (b *builder) secret(path string) bool { return b.p.untold(path) }

// confirm is the tick: one box for three sentences, where a channel that takes a form is open. It is no consent to sharing (N15).
func (b *builder) confirm() {
	for _, c := range b.mainChannels() {
		for _, ph := range c.phases {
			f := ph.ph.Confirm
			takes := c.ch.Kind == "online" || c.ch.Kind == "kiosk"
			if !b.open(ph) || !takes || f.State == source.Known && f.Is == "none" {
				continue
			}
			why := reasons(because(b.p, f), b.path(ph.path+".id"))
			b.section("confirm", 2)
			b.say("", "tick.read", claim("C28", "read"), why)
			b.say("", "tick.stored", claim("C28", "stored"), why)
			b.say("", "tick.no_permission", claim("C28", "no_permission"), why)
			return
		}
	}
}

// edition says which page this is, who speaks, and what nobody has checked yet.
func (b *builder) edition() {
	p := b.p
	b.section("about", 2)
	b.dated()
	switch f := p.Edition.Changed; {
	case f.State == source.Known && len(f.Is) > 0:
		b.say("", "about.new", claim("C35", "new"), because(p, f), labels("new", "word.change", words(f.Is)...))
	case f.State == source.Known:
		b.say("", "about.nothing_new", claim("C35", "new"), because(p, f))
	default:
		b.say("", "about.new.unknown", claim("C35", "new"), because(p, f))
	}
	switch f := p.Edition.Older; {
	case f.State == source.Known && f.Is != "" && f.Is != "none":
		b.say("", "about.older", claim("C35", "older"), because(p, f), link("page", f)...)
	case f.State == source.Known:
		b.say("", "about.older.none", claim("C35", "older"), because(p, f))
	default:
		b.say("", "about.older.unknown", claim("C35", "older"), because(p, f))
	}
	b.writers()
	b.group("checked")
	b.tested()
	for i, r := range p.Reviewers {
		if !r.Reads(Before) {
			continue
		}
		path := "reviewers." + r.ID
		msg := "about.reviewer"
		if r.Required {
			msg = "about.reviewer.required"
		}
		b.say(itoa(i), msg, claim("C36", "reviewer/"+itoa(i)), b.path(path+".name", path+".languages", path+".required"), name("who", r.Name), labels("languages", "language", r.Languages...))
	}
	if p.Drafts != nil && p.Drafts.ShownMarked {
		b.say("", "about.drafts", claim("C29", "drafts"), b.path("drafts.shown_marked", "drafts.decided_by"), name("who", p.Drafts.DecidedBy))
	}
	b.say("", "about.languages", claim("C29", "languages"), b.path("languages"), labels("languages", "language", p.Languages...))
	b.group("office")
	b.contact()
}

// contact says which office runs the program, and how people reach it.
func (b *builder) contact() {
	c := b.p.Program.Contact
	v := []Value{text("office", c.Name)}
	v = append(v, phone(c.Phone)...)
	if c.Place.State == source.Known {
		v = append(v, Value{Name: "place", Kind: VPlace, Parts: []Part{{Name: c.Place.Is}}})
	}
	v = append(v, link("page", c.Page)...)
	b.say("", "about.contact", claim("C35", "contact"), reasons(b.path("program.contact.name"), because(b.p, c.Phone), because(b.p, c.Place), because(b.p, c.Page)), v...)
}

// dated says of which day the page is, which edition it is, and that it can change.
func (b *builder) dated() {
	p := b.p
	change := "about.can_change"
	if b.n.Kind == Poster { // paper does not change
		change = "poster.newer"
	}
	b.say("", change, claim("C35", "change"), b.path("edition.number", "edition.as_of"), date("as_of", p.Edition.AsOf), count("number", p.Edition.Number, false))
}

// writers says who speaks, and for whom nobody speaks.
func (b *builder) writers() {
	p := b.p
	b.group("writers")
	if p.Voice == "office" && p.Answers != nil {
		b.say("", "about.voice.office", claim("C36", "voice"), b.path("voice", "answers_for_it.name", "answers_for_it.title", "answers_for_it.on"), text("office", p.Program.Contact.Name),
			name("officer", p.Answers.Name), text("officer_title", p.Answers.Title), date("on", p.Answers.On))
	} else {
		b.say("", "about.voice.independent", claim("C36", "voice"), b.path("voice"))
		b.say("", "about.voice.not_office", claim("C36", "not_office"), b.path("voice"))
	}
	b.say("", "about.not_advice", claim("C36", "advice"), b.path("voice"))
}

// tested says what readers made of the page; until a result stands in the file, that none have tested it.
func (b *builder) tested() {
	p := b.p
	switch f := p.Tested; {
	case f.State == source.Known && len(f.Is) > 0:
		for i, t := range f.Is {
			b.say(itoa(i), "about.tested", claim("C29", "tested/"+itoa(i)), because(p, f), count("people", t.People, false), count("first", t.First, false), count("second", t.Second, false),
				labels("language", "language", t.Language), date("on", t.On))
		}
	case f.State == source.Unknown:
		b.say("", "about.tested.unknown", claim("C29", "tested"), because(p, f))
	default:
		b.say("", "about.untested", claim("C29", "tested"), because(p, f))
	}
}

// sources lists what the page rests on.
func (b *builder) sources() {
	ids := make([]source.ID, 0, len(b.p.Sources))
	for id := range b.p.Sources {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	b.section("sources", 3)
	for i, id := range ids {
		s := b.p.Sources[id]
		path := "sources." + string(id)
		if i == 0 {
			b.say("", "sources.first", claim("C36", "sources"), b.path("sources"))
		}
		b.group("")
		v := []Value{name("title", s.Title)}
		if s.Published.State == source.Known {
			v = append(v, date("published", s.Published.Is))
		} else {
			v = append(v, labels("published", "word.fact", "unknown"))
		}
		if s.Read.State == source.Known {
			v = append(v, date("read", s.Read.Is))
		} else {
			v = append(v, labels("read", "word.fact", "unknown"))
		}
		if s.URL != "" {
			v = append(v, Value{Name: "page", Kind: VURL, Parts: []Part{{Name: s.URL}}})
		}
		b.say(string(id), "source."+string(s.Kind), claim("C36", "source/"+string(id)), reasons(b.path(path+".title", path+".kind", path+".url"), because(b.p, s.Published), because(b.p, s.Read)), v...)
	}
}
