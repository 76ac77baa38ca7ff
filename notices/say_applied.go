package notices

import (
	"slices"
	"strings"
)

// The notice for people who gave facts or papers already. It has no questions about applying and no tick; it begins with which part is
// theirs and what they can do now.

// gave lists the sentences that speak to people who have yet to give something: people who did are told the same in other words.
var gave = func() map[string]bool {
	m := map[string]bool{}
	for _, id := range gaveIDs() {
		m[id] = true
	}
	return m
}()

func gaveIDs() []string {
	var out []string
	for _, k := range wChannel {
		if ChannelKind(k) != fromOthers {
			out = append(out, "key.keep."+k, "find."+k)
		}
	}
	return append(out, w(`key.seen.in_person key.seen.mail key.seen.phone key.seen.kiosk part.keeps part.returns part.step
		keep.noted_yes_no keep.noted_yes_no.unconfirmed keep.forwarded keep.forwarded.unconfirmed
		keep.image_transient keep.image_transient.lag keep.image_transient.unconfirmed
		keep.seen_returned keep.seen_returned.unconfirmed keep.not_asked keep.not_asked.unconfirmed`)...)
}

// worded is the message that says a thing to the readers of this kind of notice.
func (b *builder) worded(message string) string {
	if (b.n.Kind == AlreadyApplied || b.n.Kind == DemandReceived) && b.p.applied() && gave[message] { // the others gave nothing by applying
		return "gave." + message
	}
	return message
}

// toApply are the open questions that matter only to people who have yet to apply.
var toApply = w(`alternatives alternatives.wait alternatives.where alternatives.next alternatives.costs channels.page channels.place
	channels.phases.asks.need channels.phases.asks.refuse channels.phases.asks.why channels.phases.never_asks costs program.authority program.mandatory`)

func (b *builder) applied() {
	b.unknowns = slices.DeleteFunc(b.unknowns, func(q Question) bool { return slices.Contains(toApply, q.Field) })
	b.section("key_facts", 1)
	b.keyWays()
	b.group("")
	b.keyDemands()
	b.keyCourt()
	b.group("")
	b.keyHelp("", "legal", "key.lawyer", claim("C36", "key"))
	b.cohorts()
	b.now()
	b.kept()
	b.howLong()
	b.companies()
	b.happened()
	b.section("who_can_ask", 2)
	b.subpoena()
	b.group("told")
	b.tells()
	b.contacts()
	b.section("stops", 2)
	b.barriers()
	b.officeSays()
	b.section("card", 2)
	b.cards()
	b.notKnown()
	b.edition()
	b.section("rule", 3)
	b.rules("rule.first")
	b.laws()
	b.ruled()
	b.sources()
}

// keyClosed says, to people whose papers are kept, that closing their way erased nothing.
func (b *builder) keyClosed(c channelRef, v verdict) {
	if st := b.p.Program.Status; b.n.Kind == AlreadyApplied && v.keeps && st.Is != "active" && (len(st.Channels) == 0 || slices.Contains(st.Channels, c.id)) {
		b.say(string(c.id), "gave.closed", claim("C32", "key-closed/"+string(c.id)), b.path("program.status.is", "program.status.channels"))
	}
}

// cohorts sorts the readers: by the way that they used, the days on which they did, and the rule of that time.
func (b *builder) cohorts() {
	b.section("cohort", 2)
	b.say("", "cohort.first", claim("C33", "cohort"), b.path("channels"))
	b.pastFirst()
	b.group("find")
	for _, c := range b.mainChannels() {
		why := b.path("channels."+string(c.id)+".kind", "channels."+string(c.id)+".name")
		v := []Value{text("part", c.ch.Name)}
		for _, t := range b.waysTimes(c.phases) {
			if t.Name == "time" {
				v = append(v, t)
			}
		}
		for _, ph := range c.phases {
			why = reasons(why, because(b.p, ph.ph.From), because(b.p, ph.ph.To))
		}
		b.say(string(c.id), "find."+string(c.ch.Kind), claim("C33", "find/"+string(c.id)), why, v...)
	}
	b.group("around")
	b.totals()
}

// now says what people can do, and what asking about a file can cost. It advises nothing.
func (b *builder) now() {
	p := b.p
	b.section("now", 2)
	b.say("", "past.lawyer_first", claim("C41", "lawyer"), b.path(helpPath(0)+".name"))
	b.say("", "now.nothing", claim("C33", "nothing"), b.path("program.id"))
	b.helpers()
	b.group("file")
	b.pastRights()
	b.say("", "past.no_recall", claim("C34", "recall"), because(p, p.Past.Withdraw))
	b.group("record")
	b.say("", "past.asking", claim("C41", "record"), because(p, p.Past.See))
	b.survivors()
}

// open questions that matter to people whose records were demanded.
func aboutDemands(field string) bool {
	for _, p := range []string{"demands", "holds", "past", "tells_people", "office_says", "contacts_people", "holders.contract", "holders.control", "help",
		"channels.phases.from", "channels.phases.to", "channels.phases.asks.handling", "channels.phases.asks.copies", "channels.phases.asks.type_recorded"} {
		if field == p || strings.HasPrefix(field, p+".") {
			return true
		}
	}
	return field == "channels.phases.asks"
}
