package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// The poster: one page for a wall or a hand. First the way that leaves fewer records with what it costs, then what is kept, who can ask
// and that no court need have looked, and whom to call (domain, H1, H2, H7: no wall of dread; beside what is feared stands what people can
// do). It says nothing of single laws, and has no list of papers or of open questions: the long page has them, and the poster says that
// there is one. Of helpers it names the first of each kind, so that it stays a page however many a file names.

// onPoster are the kinds of help that stand on a poster.
var onPoster = []HelpFor{"legal", "officers_contact_you", "interpreter"}

func (b *builder) poster() {
	p := b.p
	b.section("key_facts", 1)
	b.keyGives()
	b.section("fewer", 2)
	b.fewer(b.wayCosts)
	b.section("kept", 2)
	b.keyWays()
	b.group("")
	asked := b.held()
	b.section("who_can_ask", 2)
	b.canAsk()
	b.say("", "ask.ice", claim("C23", "ice"), b.subpoenaCite())
	b.group("")
	b.paper()
	b.group("")
	b.say("", "ask.can_refuse", claim("C13", "refuse"), b.subpoenaCite())
	b.courtNext()
	b.group("")
	if len(asked) > 0 {
		b.say("", "vendor.asked", asked, b.vendorCite())
		b.group("")
	}
	b.notKept()
	b.group("")
	b.keyDemands()
	b.group("")
	b.gag() // "We know of no demand" and "The office said no" would comfort alone
	b.section("now", 2)
	b.stop()
	b.group("help")
	for _, kind := range onPoster {
		if i := slices.IndexFunc(p.Help, func(h Help) bool { return h.For == kind }); i >= 0 {
			b.helper(i)
		}
	}
	b.notario()
	b.section("about", 2)
	b.dated()
	b.say("", "poster.more", claim("C29", "more"), b.path("program.name"))
	b.writers()
	b.group("everyone")
	b.say("", "page.same", claim("C30", "same"), b.path("program.id"))
	b.say("", "page.status", claim("C30", "status"), b.path("program.id"))
	b.group("office")
	b.contact()
}

// holding lists the companies that certainly hold records for the office.
func (x *engine) holding(table []Row) []source.ID {
	return slices.DeleteFunc(slices.Clone(x.holderIDs), func(id source.ID) bool {
		role := x.p.Holders[id].Role
		return role == "custodian" || role == "recipient" || !slices.ContainsFunc(table, func(r Row) bool { return r.Holder == id && r.Existence.Low >= Trace })
	})
}

// held names the companies that hold records, and gives the claims that a demand can go to them.
func (b *builder) held() []Claim {
	var asked []Claim
	for _, id := range b.holding(b.table) {
		path := "holders." + string(id)
		b.say(string(id), "vendor.holds", claim("C08", "first/"+string(id)), b.path(path+".name", path+".role", path+".kind", path+".for"), text("holder", b.p.Holders[id].Name))
		asked = append(asked, Claim{"C18", "asked/" + string(id)})
	}
	return asked
}

// posterIDs are the messages that no other kind has.
func posterIDs() []string {
	return w(`title.poster section.fewer poster.more poster.newer poster.copies.unknown poster.copies.reported`)
}
