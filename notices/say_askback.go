package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// The kind ask-back: a sheet for a helper who asks readers what they understood. Seven questions with the right answers. They test the
// page: none is about the reader's own way or papers, and what is written down names nobody. Each answer is decided where the notice
// before the first upload decides it, and has the same reasons.

func (b *builder) askBack() {
	page := b.path("program.name")
	b.section("ask_how", 1) // at most sixty words: what a helper has to know before the first question; what comes after an answer stands below
	for _, m := range w(`page read words never count`) {
		b.say("", "askback."+m, claim("C29", "ask/"+m), page)
	}
	b.section("ask_questions", 2)
	for _, m := range w(`again mend`) {
		b.say("", "askback."+m, claim("C29", "ask/"+m), page)
	}
	b.askKept()
	b.askLong()
	b.askWho()
	b.askCourt()
	b.askFewer()
	b.askErase()
	b.section("about", 2)
	b.dated()
	b.writers()
	b.group("checked")
	b.tested()
}

// question begins a question and then its answer.
func (b *builder) question(about, message string, because []Reason, values ...Value) {
	b.group("")
	b.say("", message, claim("C29", "ask/"+about), because, values...)
	b.group("right_answer")
}

// mostKept is the way of which most is certainly kept: papers count before facts, and what is kept before what may be. For people who
// gave nothing, what others gave comes first. Of equal ways it is the first of the page, so that it is the same on each day and in each
// language.
func (x *engine) mostKept() (best channelRef, ok bool) {
	var most [4]int
	for _, c := range x.mainChannels() {
		var n [4]int
		var seen []source.ID
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				e := x.existence(ph, a, x.custodian)
				for _, i := range a.Items {
					if slices.Contains(seen, i) {
						continue
					}
					word, _ := x.p.Item(i)
					switch {
					case e.Low >= Trace && word.Paper:
						n[1]++
					case e.Low >= Trace:
						n[2]++
					case e.High > None:
						n[3]++
					default:
						continue
					}
					seen = append(seen, i)
				}
			}
		}
		if x.p.People == "people_in_records" && c.ch.Kind == fromOthers && n[1]+n[2] > 0 {
			n[0] = 1
		}
		if !ok || slices.Compare(n[:], most[:]) > 0 {
			best, most, ok = c, n, true
		}
	}
	return best, ok
}

// askKept asks what becomes of papers in the way that keeps most. Where a way is not known to take papers, it asks what is kept there.
func (b *builder) askKept() {
	c, ok := b.mostKept()
	if !ok { // the checks refuse such a file
		return
	}
	id := string(c.id)
	v := b.verdict(c)
	about, why := "askback.q.kept", v.because
	if !v.papers {
		about = "section.kept"
	}
	if len(why) == 0 {
		why = b.path("channels." + id + ".kind")
	}
	b.question("kept", about, b.path("channels."+id+".name", "channels."+id+".kind"), text("part", c.ch.Name))
	answer := map[string]string{"keeps": "askback.a.kept", "returns": "askback.a.returned", "unknown": "askback.a.kept_unknown", "nothing": "part.nothing"}[v.part()]
	if v.keeps && !v.papers { // there are no papers that "them" could be
		answer = "part.keeps"
		if c.ch.Kind == fromOthers {
			answer += ".from_others"
		}
	}
	b.say(id, answer, claims(claim("C01", "part/"+id), claim("C29", "ask/kept/answer")), why)
	if v.leftover && !v.keeps {
		b.say(id, "askback.a.some_stay", claim("C06", "ask/"+id), v.left)
	}
}

// askLong asks how long. Where the times of some series are known and of others not, it says so of each; neither is said of all.
func (b *builder) askLong() {
	b.question("long", "askback.q.long", b.path("retention"))
	spans, unknown, _ := b.periods()
	switch {
	case !b.anything():
		b.pastFirst()
	case unknown && len(spans) > 0:
		for _, id := range b.series() {
			b.long(id)
		}
	default:
		b.keyLong()
	}
}

func (b *builder) askWho() {
	b.question("who", "askback.q.who", b.subpoenaCite())
	b.canAsk()
}

// askCourt asks about the paper of an immigration officer, whatever came of those that came: the next one begins anew.
func (b *builder) askCourt() {
	sub := b.subpoenaCite()
	b.question("court", "askback.q.court", sub)
	b.say("", "askback.a.court", claim("C12", "no_court"), sub)
	b.question("next", "askback.q.next", sub)
	b.courtNext()
}

// askFewer asks for a way that leaves fewer records; what that way leaves stands beside it, as in the key facts.
func (b *builder) askFewer() {
	b.question("fewer", "askback.q.fewer", b.path("alternatives"))
	b.fewer(func(i int, way Way) {
		// Of several ways to the same end, what it leaves is said once, with the last.
		for _, later := range b.p.Ways.Is[i+1:] {
			if later.Use == way.Use {
				return
			}
		}
		for _, c := range b.mainChannels() {
			if c.id == way.Use {
				v := b.verdict(c)
				b.keyKept(c, v, v.verb())
			}
		}
	})
}

// askErase asks whether a person can make the office erase. Where the file says that this does not fit, the page says nothing of it, and
// so nobody can know; but where one rule about erasing holds for all, that is said.
func (b *builder) askErase() {
	f := b.p.Past.Delete
	b.question("erase", "askback.q.erase", because(b.p, f))
	b.say("", "askback.a.erase."+rightWord(f), claims(claim("C33", "right/delete"), claim("C04", "you")), reasons(because(b.p, f), b.cite(f.Law...)), uncertain(f)...)
	if all := b.seriesAll(); f.State == source.NotApplicable && len(all) == 1 {
		if r := b.p.Retention[all[0]]; r.EarlyDeletion.State == source.Known {
			b.earlyDeletion(all[0], r)
		}
	}
}

// askBackIDs are the messages of this kind.
func askBackIDs() []string {
	out := w(`section.ask_how section.ask_questions group.right_answer`)
	out = append(out, prefix("askback.", w(`page read words never again count mend`))...)
	out = append(out, prefix("askback.q.", w(`kept long who court next fewer erase`))...)
	return append(out, prefix("askback.a.", w(`kept returned some_stay kept_unknown court erase.yes erase.no erase.unknown`))...)
}
