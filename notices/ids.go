package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/law"
)

// MessageIDs lists every message and label that a notice of any program under this book of law can ask of a language: the contract
// between this package and the catalogues. A test builds many programs and sees that nothing else is ever said.
func MessageIDs(book *law.Book) []string {
	var out []string
	add := func(prefix string, words ...string) {
		for _, w := range words {
			out = append(out, prefix+w)
		}
	}
	add("section.", w(`key_facts program choices asked kept how_long company past happened who_can_ask stops unknown confirm about why laws papers sources`)...)
	add("group.", w(`find everyone help survivors refuse not_asked others treated doubts spares around stopped endings demands contract rule past record card
		elsewhere answer gag subpoena reach force rulings more court_papers told routes exceptions says answers writers checked office law paper`)...)
	for _, k := range wChannel {
		add("", "key.keep."+k, "key.seen."+k, "key.unknown."+k, "key.none."+k, "find."+k, "do.way."+k)
	}
	add("key.", w(`program free leftover leftover.booking leftover.name leftover.both leftover.stays long.unknown long.known asked.none asked.unknown answer.unknown court lawyer`)...)
	add("key.asked.", append(slices.Clone(wSender), "many")...)
	add("key.answer.", wAnswer...)
	add("program.", w(`page open_to urgency.health urgency.food urgency.shelter optional mandatory mandatory.unknown not`)...)
	add("program.people.", wPeople...)
	add("page.", w(`same status print`)...)
	add("do.", w(`way.cost.unknown way.wait way.where way.next way.not_known way.unknown way.none way.none.law way.none.others mandatory wait wait.urgent notario cost.unknown public_place survivor survivor.ask survivor.unknown`)...)
	add("do.way.cost.", wWayCost...)
	add("do.help.", wHelpFor...)
	add("do.cost.", wCost...)
	add("", "asked.first")
	add("need.", w(`required optional optional.free one_of automatic unknown all_unknown others.gave others.required others.optional others.unknown`)...)
	add("refuse.", append(slices.Clone(wRefusal), w(`unknown no_card.one no_benefit.one slower.one no_job.one`)...)...)
	add("why.", append(slices.Clone(wPurpose), "unknown", "first", "authority", "authority.unknown", "authority.none")...)
	add("", w(`never.asks never.asks.so_far never.proxy never.proxy.alone others.who others.tell others.none others.unknown`)...)
	add("part.", w(`keeps keeps.from_others returns returns.from_others unknown nothing closed.suspended closed.ended closed.kept time time.unknown step step.counts place page`)...)
	for _, h := range wHandling {
		add("keep.", h, h+".unconfirmed")
	}
	add("keep.", w(`image_transient.lag unknown copied disputed all_unknown`)...)
	add("copies.", w(`unknown reported there verified`)...)
	add("spare.", w(`unknown none none_said kept`)...)
	add("type.", w(`yes no unknown`)...)
	add("copy.", append(slices.Clone(wCopyKind), "disposed")...)
	add("confirm.", wConfirm...)
	add("count.", wCountOf...)
	add("long.", w(`unknown known from schedule law change`)...)
	add("early.", append(slices.Clone(wEarly), "unknown", "which_board", "not_alone")...)
	add("end.", append(slices.Clone(wAtEnd), "unknown")...)
	add("hold.", w(`can unknown open none`)...)
	add("ending.", append(slices.Clone(wEnding), "unknown")...)
	add("vendor.", w(`holds works receives does does.unknown control.unknown asked tells.yes tells.no court.yes court.no
		deletes.yes deletes.no contract.unknown seen.unknown`)...)
	add("vendor.control.", wControl...)
	add("vendor.seen.", wSeen...)
	add("vendor.barrier.", w(`ordered unknown paused_by_court disputed holder_may_answer court_first`)...)
	add("past.", w(`first first.none changed.years can_change can.yes can.no can.unknown no_recall asking lawyer_first`)...)
	add("cards.", append(slices.Clone(wStill), "unknown")...)
	add("", w(`contacts.ways contacts.none recipients.list recipients.none recipients.unknown partners.help partners.none partners.unknown
		partners.copies.yes partners.copies.no partners.copies.unknown`)...)
	add("demand.", w(`none unknown group named names papers window field asks.unknown wants elsewhere fit gag`)...)
	add("demand.from.", wSender...)
	add("answer.", append(slices.Clone(wAnswer), "unknown")...)
	add("given.", append(slices.Clone(wGiven), "unknown", "contested")...)
	add("court.", append(slices.Clone(wCourt), "unknown")...)
	add("ask.", w(`first ice subpoena signed no_court not_kept testimony can_refuse then_court obey rulings.both rulings.one rulings.none lose appeal group
		again again.reach court_papers court_signed state_court`)...)
	add("", neutralIDs()...)
	add("told.", w(`by_law says no unknown no_law gag no_way no_way.all`)...)
	routes := w(`records_request leak voluntary_sharing agreement direct_query funding_condition broker`)
	add("route.", append(slices.Clone(routes), "not")...)
	add("open.", w(`blocked_by_law holder_may_withhold holder_may_answer no_barrier`)...)
	add("stops.verdict.", w(`ordered unknown disputed disputed.ruled holder_may_answer court_first paused_by_court nothing_to_reach`)...)
	add("stops.", w(`not_bound challenged disputed enjoined unverified exceptions permission`)...)
	add("says.", append(slices.Clone(wWill), "nothing", "unknown")...)
	forces := law.Force("").Words()
	add("force.", forces...)
	add("unknown.", w(`first nobody_asked some_asked records it vendor counsel program`)...)
	add("tick.", w(`read stored no_permission`)...)
	add("about.", w(`can_change new nothing_new new.unknown older older.none older.unknown voice.independent voice.not_office voice.office not_advice untested
		tested tested.unknown reviewer reviewer.required drafts languages contact`)...)
	add("", w(`laws.first law.except papers.first sources.first law.tells.before_complying law.tells.after_request law.tells.within
		paper.misused.yes paper.misused.undecided ruling.here ruling.appealed`)...)
	add("status.", append(slices.Clone(law.Status("").Words()), "due", "place", "no_one_law")...)
	add("source.", wSourceKind...)
	add("own.", w(`says binds except rule from`)...)
	for _, e := range book.All() {
		id := string(e.ID)
		switch e.Kind {
		case law.KindDemand:
			add("demand."+id, "", ".is")
		case law.KindRuling:
			add("law."+id, "", ".says")
		case law.KindProtection:
			if e.Own { // its file has its words
				continue
			}
			add("law."+id, "", ".says", ".binds")
			if len(e.Versions) > 1 {
				for _, v := range e.Versions {
					add("law."+id+"."+string(v.ID), ".rule")
				}
			}
		}
	}
	add("", "law.chicago-2-176.2024-06-12.online", "item.unknown")
	out = append(out, kindIDs()...)
	for _, i := range items {
		add("item.", string(i.ID))
	}
	out = append(out, labelIDs(routes, forces)...)
	fields := make([]string, 0, len(asks))
	for f := range asks {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	add("unknown.", fields...)
	add("", spokenIDs()...)
	add("", changeIDs()...)
	add("", reviewIDs()...)
	add("", askBackIDs()...)
	add("", posterIDs()...)
	add("", w(`giver.who giver.who.unknown giver.purpose giver.told.yes giver.told.no giver.told.unknown key.other_purpose value.purpose`)...)
	return out
}

// reviewIDs are the sentences of the public page that says who has read the notices of an edition, and what that does not mean.
func reviewIDs() []string {
	return w(`title.review section.review section.review_not review.who review.pages review.languages review.found review.objects review.read review.letter
		review.on review.until review.condition review.none review.not.run review.not.advice review.not.facts review.not.other`)
}

// labelIDs are the words beside sentences.
func labelIDs(routes, forces []string) []string {
	var out []string
	add := func(prefix string, words ...string) {
		for _, w := range words {
			out = append(out, prefix+w)
		}
	}
	add("value.", w(`gives open_to not part instead_of unknown name phone phone_unchecked page ask law items ways people confidence checked_by checked_on
		other_source one_source date since until time rule rule_of period lag holder kind place wait where next counted from schedule who board reason forms
		does rights duties contact paper papers served on said_by about court_scope decided case routes exceptions questions asked asked_on as_of number new office
		officer_title own_words title first second language languages force checked citation published read`)...)
	add("word.", "confidence.unverified", "fact.unknown", "end.open")
	for family, words := range map[string][]string{"is_not": wNotThis, "way": w("wait where next"), "subject": wSubject, "copy": wCopyKind, "trigger": wTrigger,
		"changer": wChanger, "hold": wHoldReason, "ending": w("unfinished withdrawn denied"), "duty": w("tells court deletes"), "does": wDoes, "right": w("see correct withdraw delete"),
		"contact": wContact, "recipient": wReceives, "giver": wGiver, "purpose": wPurpose, "answer": wAnswer, "given": wGiven, "court": wCourt, "court_scope": wCourtScope, "route": routes,
		"force": forces, "change": wChange, "handling": append(slices.Clone(wHandling), "unknown"), "exception": words(law.Exceptions()), "board": words(law.Approvals())} {
		add("word."+family+".", words...)
	}
	slices.Sort(out)
	return out
}

// headingID is the message of a group's heading, which stands there whole where these people have words of their own.
func headingID(h string) string {
	if strings.Contains(h, ".") {
		return h
	}
	return "group." + h
}

// sayable reports the message ids that a notice uses, labels included.
func (n *Notice) sayable(yield func(string) bool) {
	value := func(vs []Value) bool {
		for _, v := range vs {
			if !yield("value." + v.Name) {
				return false
			}
			for _, p := range v.Parts {
				if p.Key != "" && !yield(p.Key) {
					return false
				}
			}
		}
		return true
	}
	for _, s := range n.Sections {
		if !yield(n.HeadingOf(&s)) || !value(s.Values) {
			return
		}
		for _, g := range s.Groups {
			if g.Heading != "" && !yield(headingID(g.Heading)) || !value(g.Values) {
				return
			}
			for _, st := range g.Statements {
				if !yield(st.Message) || !value(st.Values) {
					return
				}
			}
		}
	}
}
