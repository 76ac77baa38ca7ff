package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// People who did not apply: workers of an office, who had to give facts to be hired, and people whose facts somebody else gave. Most
// sentences are the same for all; those of these lists have other words for them.

// notApplied is the audience of messages that both kinds of people share.
const notApplied = "not_applied"

// spoken lists, for each audience but applicants, the messages and labels that have words of their own: <id>.<audience>.
var spoken = map[People][]string{
	"employees": w(`title.before title.at-upload title.already-applied section.past
		key.program key.keep.in_person key.seen.in_person key.unknown.in_person
		find.in_person program.optional program.mandatory program.mandatory.unknown
		do.wait past.no_recall part.keeps`),
	"people_in_records": w(`title.before title.at-upload title.already-applied cohort.first section.asked section.past section.how_long section.why
		key.program
		program.optional program.mandatory program.mandatory.unknown
		do.wait do.mandatory asked.first others.tell past.no_recall`),
	notApplied: append(prefix("key.asked.", wSender), w(`demand.from.ice given.nothing_from_this_program word.given.nothing_from_this_program came.one came.several demand.window program.open_to part.time part.time.unknown
		recipients.list recipients.none recipients.unknown partners.help partners.none partners.unknown
		about.contact why.authority why.authority.unknown why.authority.none route.not
		unknown.program unknown.program.authority unknown.program.mandatory unknown.channels.page unknown.channels.phases.from unknown.channels.phases.to
		unknown.other_recipients unknown.partners unknown.past.withdraw word.right.withdraw word.change.channel_closed word.change.channel_opened
		word.trigger.applied`)...),
}

var spokenBy = func() map[People]map[string]string {
	out := map[People]map[string]string{}
	for _, people := range []People{"employees", "people_in_records"} {
		out[people] = map[string]string{}
		for _, as := range []People{notApplied, people} { // its own words before those that are shared
			for _, id := range spoken[as] {
				out[people][id] = id + "." + string(as)
			}
		}
	}
	return out
}()

// wordsFor gives the message in which these people are spoken to: id itself, unless there are words of their own.
func wordsFor(people People, id string) string {
	if own, ok := spokenBy[people][id]; ok {
		return own
	}
	return id
}

// spokenIDs are the ids of these words.
func spokenIDs() []string {
	var out []string
	for as, ids := range spoken {
		for _, id := range ids {
			if m := id + "." + string(as); !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	slices.Sort(out)
	return out
}

// TitleOf is the message that is the title of a notice of a kind for the people of this one.
func (n *Notice) TitleOf(k Kind) string { return wordsFor(n.People, "title."+string(k)) }

// HeadingOf is the message that is the heading of a section.
func (n *Notice) HeadingOf(s *Section) string { return wordsFor(n.People, "section."+s.ID) }

// speak turns the labels of values into those that these people are told.
func (b *builder) speak(vs []Value) {
	if b.p.People == "applicants" {
		return
	}
	for i := range vs {
		if vs[i].Name == "ways" { // they are no ways to apply
			vs[i].Name = "part"
		}
		for k := range vs[i].Parts {
			if p := &vs[i].Parts[k]; p.Key != "" {
				p.Key = wordsFor(b.p.People, p.Key)
			}
		}
	}
}

// applied reports whether the notice speaks to people who apply or applied.
func (p *Program) applied() bool { return p.People == "applicants" || p.People == "" }

// fromOthers is a channel by which somebody else gives facts about people.
const fromOthers ChannelKind = "from_others"

// allFromOthers reports whether people gave nothing on their own: then they had nothing to choose, and there is no form of theirs.
func (p *Program) allFromOthers() bool {
	for _, c := range p.Channels {
		if c.Kind != fromOthers {
			return false
		}
	}
	return p.People == "people_in_records"
}

// giver says who gave the facts of a channel, what for, and whether people were told: what people cannot know who never used it.
func (b *builder) giver(c channelRef) {
	p, id := b.p, string(c.id)
	if c.ch.Kind == fromOthers {
		f := c.ch.GivenBy
		if f.State == source.Known && len(f.But) == 0 {
			b.say(id, "giver.who", claim("C33", "giver/"+id), because(p, f), append([]Value{labels("who", "word.giver", string(f.Is))}, uncertain(f)...)...)
		} else {
			b.say(id, "giver.who.unknown", claim("C33", "giver/"+id), reasons(because(p, f), b.path("channels."+id+".kind")),
				founded(f, func(g Giver) Value { return labels("", "word.giver", string(g)) })...)
		}
	}
	if why, whyBecause := b.purposes(c); len(why) > 0 && (c.ch.Kind == fromOthers || p.People == "people_in_records") {
		v := []Value{labels("purpose", "word.purpose", why...)}
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				if len(v) == 1 && a.Why.State == source.Known {
					v = append(v, uncertain(a.Why)...)
				}
			}
		}
		b.say(id, "giver.purpose", claim("C10", "purpose/"+id), reasons(b.path("channels."+id+".kind"), whyBecause), v...)
	}
	var told []string
	var toldBecause []Reason
	var toldClaims []Claim
	var extra []Value
	for _, k := range []string{"yes", "no", "unknown"} {
		told, toldBecause, toldClaims, extra = nil, nil, nil, nil
		var phases []phaseRef
		for _, ph := range c.phases {
			f := ph.ph.Told
			if f.State == source.Unsaid || f.State == source.NotApplicable || known(f, map[YesNo]string{"yes": "yes", "no": "no"}, "unknown") != k {
				continue
			}
			told, phases = append(told, string(ph.id)), append(phases, ph)
			toldBecause, toldClaims = reasons(toldBecause, because(p, f)), append(toldClaims, Claim{"C19", "given/" + string(ph.id)})
			if len(extra) == 0 {
				extra = uncertain(f)
			}
		}
		if len(told) > 0 {
			b.say(told[0], "giver.told."+k, toldClaims, toldBecause, append(b.times(c, phases), extra...)...)
		}
	}
}

// purposes are those for which the facts of a channel were given, as far as they are known and are not immigration control itself.
func (b *builder) purposes(c channelRef) (words []string, why []Reason) {
	for _, ph := range c.phases {
		for _, a := range ph.asks {
			k := trimGroup(confirmedKey(a.Why))
			if k == "" || k == "unknown" || k == "check_work_permission" {
				continue
			}
			why = reasons(why, because(b.p, a.Why))
			if !slices.Contains(words, k) {
				words = append(words, k)
			}
		}
	}
	return words, why
}

// needOfOthers is the word for whether somebody else had to give a fact: those it is about had no say.
func needOfOthers(a askRef) string {
	switch {
	case a.Need.State == source.NotApplicable:
		return "others.gave"
	case a.Need.State != source.Known || len(a.Need.But) > 0:
		return "others.unknown"
	case a.Need.Is == "automatic":
		return "automatic"
	case a.Need.Is == "required":
		return "others.required"
	}
	return "others.optional"
}

// contested says each statement about one thing on its own: what was said, by whom, on which day. Nobody's word is taken for the fact.
func contested[T ~string](f source.Fact[T], family string) []Value {
	var out []Value
	first := true
	for s := range f.Each {
		n := "other_source"
		if first {
			n = "one_source"
		}
		first = false
		switch s.State {
		case source.Known:
			out = append(out, labels(n, family, string(s.Is)))
		case source.Unknown:
			out = append(out, labels(n, "word.fact", "unknown"))
		default:
			continue
		}
		if s.Confidence == source.Unverified {
			out = append(out, labels("confidence", "word.confidence", "unverified"))
		}
		if s.By != "" {
			out = append(out, name("said_by", s.By))
		}
		if !s.On.IsZero() {
			out = append(out, date("on", s.On))
		}
	}
	return out
}
