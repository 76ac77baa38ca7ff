package notices

import (
	"fmt"
	"slices"

	"fairnotice/notices/source"
)

// What is compared for everyone, and what is left when all that has a name was compared.

// everyone compares what is not of one phase.
func (c *comparer) everyone() {
	o, n := c.old.p, c.new.p
	applies := func(f source.Fact[Applies]) ends {
		switch {
		case f.State == source.NotApplicable && len(f.But) == 0:
			return ends{0, 0}
		case f.State == source.Known && len(f.But) == 0:
			return ends{1, 1}
		}
		return ends{0, 1}
	}
	for _, r := range []struct {
		word string
		o, n source.Fact[Applies]
	}{{"records_request", o.Routes.RecordsRequest, n.Routes.RecordsRequest}, {"leak", o.Routes.Leak, n.Routes.Leak}, {"voluntary_sharing", o.Routes.Voluntary, n.Routes.Voluntary},
		{"agreement", o.Routes.Agreement, n.Routes.Agreement}, {"direct_query", o.Routes.DirectQuery, n.Routes.DirectQuery}, {"funding_condition", o.Routes.Funding, n.Routes.Funding}, {"broker", o.Routes.Broker, n.Routes.Broker}} {
		c.shift("route", applies(r.o), applies(r.n), Change{Words: []string{r.word}, Before: wordOf(r.o), After: wordOf(r.n), Was: because(o, r.o), Now: because(n, r.n)})
	}
	for _, r := range []struct {
		word string
		o, n source.Fact[YesNo]
	}{{"see", o.Past.See, n.Past.See}, {"correct", o.Past.Correct, n.Past.Correct}, {"withdraw", o.Past.Withdraw, n.Past.Withdraw}, {"delete", o.Past.Delete, n.Past.Delete}} {
		c.shift("right", ranked(r.o, "yes", "no"), ranked(r.n, "yes", "no"), Change{Words: []string{r.word}, Before: wordOf(r.o), After: wordOf(r.n), Was: because(o, r.o), Now: because(n, r.n)})
	}
	c.shift("mandatory", ranked(o.Program.Mandatory, "no", "yes"), ranked(n.Program.Mandatory, "no", "yes"),
		Change{Before: wordOf(o.Program.Mandatory), After: wordOf(n.Program.Mandatory), Was: because(o, o.Program.Mandatory), Now: because(n, n.Program.Mandatory)})
	c.shift("cost", ranked(o.Costs, "free", "fee"), ranked(n.Costs, "free", "fee"), Change{Before: wordOf(o.Costs), After: wordOf(n.Costs), Was: because(o, o.Costs), Now: because(n, n.Costs)})
	c.shift("cards", ranked(o.CardsGiven, "still_good", "cancelled"), ranked(n.CardsGiven, "still_good", "cancelled"),
		Change{Before: wordOf(o.CardsGiven), After: wordOf(n.CardsGiven), Was: because(o, o.CardsGiven), Now: because(n, n.CardsGiven)})
	for _, r := range []struct {
		word string
		o, n source.Fact[Ending]
	}{{"unfinished", o.Endings.Unfinished, n.Endings.Unfinished}, {"withdrawn", o.Endings.Withdrawn, n.Endings.Withdrawn}, {"denied", o.Endings.Denied, n.Endings.Denied}} {
		order := []string{"destroyed|returned", "kept_shorter", "kept_like_others"}
		c.shift("ending", ranked(r.o, order...), ranked(r.n, order...), Change{Words: []string{r.word}, Before: wordOf(r.o), After: wordOf(r.n), Was: because(o, r.o), Now: because(n, r.n)})
	}
	c.recipients(o.Recipients, n.Recipients)
	c.partners(o.Partners, n.Partners)
	c.promises()
	c.amended()
	if x, y := o.Demands, n.Demands; len(c.old.events) == 0 && len(c.new.events) == 0 && x.State != y.State {
		c.add(Change{Code: "demands", Is: Unclear, Before: stateWord(x), After: stateWord(y), Was: because(o, x), Now: because(n, y)})
	}
}

// amended says that a law under which people of the older file gave their facts has another text now. What that means for whom, the
// phases say: those people keep theirs.
func (c *comparer) amended() {
	for _, cr := range c.old.channels {
		for _, ph := range cr.phases {
			id, version, _ := cutRule(ph.ph.Rule.Is)
			e := c.new.book.Entry(id)
			if e == nil {
				continue
			}
			was, is := e.Version(version), e.On(c.new.day)
			if was == nil || is == nil || was.ID == is.ID || was.From.State != source.Known || is.From.State != source.Known || is.From.Is.First <= was.From.Is.First {
				continue
			}
			c.add(Change{Code: "amended", Is: Same, Law: id, Before: string(was.ID), After: string(is.ID), Was: reasons(because(c.old.p, ph.ph.Rule), []Reason{{Law: id, Cite: e.Citation}}), Now: []Reason{{Law: id, Cite: e.Citation}}})
		}
	}
}

func (c *comparer) recipients(x, y source.Fact[[]Receives]) {
	of := Change{Code: "recipients", Was: because(c.old.p, x), Now: because(c.new.p, y)}
	for _, w := range y.Is {
		if !slices.Contains(x.Is, w) {
			ch := of
			ch.Is, ch.Words = Worse, []string{string(w)}
			c.add(ch)
		}
	}
	for _, w := range x.Is {
		if !slices.Contains(y.Is, w) {
			ch := of
			ch.Is, ch.Words = Unclear, []string{string(w)}
			c.add(ch)
		}
	}
	if x.State != y.State && len(x.Is) == 0 && len(y.Is) == 0 {
		of.Is, of.Before, of.After = Unclear, stateWord(x), stateWord(y)
		c.add(of)
	}
}

// partners compares who helps with the form, and whether they keep copies.
func (c *comparer) partners(x, y source.Fact[[]Partner]) {
	find := func(list []Partner, p Partner) (Partner, bool) {
		i := slices.IndexFunc(list, func(o Partner) bool { return plainText(o.Name) == plainText(p.Name) })
		if i < 0 {
			return Partner{}, false
		}
		return list[i], true
	}
	of := Change{Code: "partners", Was: because(c.old.p, x), Now: because(c.new.p, y)}
	for i, p := range y.Is {
		ch := of
		ch.Before, ch.After, ch.Now = "", wordOf(p.Copies), reasons([]Reason{c.new.p.at(c.new.p.inside("partners") + "." + itoa(i) + ".name")}, because(c.new.p, p.Copies))
		if o, both := find(x.Is, p); both {
			ch.Before, ch.Was = wordOf(o.Copies), because(c.old.p, o.Copies)
			c.shift("partners", ranked(o.Copies, "no", "yes"), ranked(p.Copies, "no", "yes"), ch)
			continue
		}
		if ch.Is = Worse; x.State == source.Unknown { // there may have been all the time
			ch.Is = Unclear
		}
		c.add(ch)
	}
	for _, p := range x.Is {
		if _, still := find(y.Is, p); !still {
			ch := of
			ch.Is, ch.Before = Unclear, wordOf(p.Copies)
			c.add(ch)
		}
	}
	if x.State != y.State && len(x.Is) == 0 && len(y.Is) == 0 {
		of.Is, of.Before, of.After = Unclear, stateWord(x), stateWord(y)
		c.add(of)
	}
}

// promises compares what the office says. That it says something more makes nothing better: it is not a law; what it does not say any
// more is worse.
func (c *comparer) promises() {
	x, y := c.old.p.Says, c.new.p.Says
	same := func(a, b Says) bool {
		return a.Will == b.Will && a.By == b.By && a.Force == b.Force && slices.Equal(a.On, b.On)
	}
	for i, s := range y.Is {
		if !slices.ContainsFunc(x.Is, func(o Says) bool { return same(o, s) }) {
			c.add(Change{Code: "promise", Is: Unclear, Words: []string{string(s.Will)}, After: string(s.Force), Was: because(c.old.p, x), Now: []Reason{c.new.p.at(c.new.p.inside("office_says") + "." + itoa(i) + ".will")}})
		}
	}
	for i, s := range x.Is {
		if !slices.ContainsFunc(y.Is, func(n Says) bool { return same(s, n) }) {
			c.add(Change{Code: "promise", Is: Worse, Words: []string{string(s.Will)}, Before: string(s.Force), Was: []Reason{c.old.p.at(c.old.p.inside("office_says") + "." + itoa(i) + ".will")}, Now: because(c.new.p, y)})
		}
	}
}

// explains says which codes explain that a section of the notice says something else. What is not listed here needs none: the key facts
// sum up, the rest is about the page, the book or the open questions.
var explains = map[string][]string{
	"program":     w("mandatory new_way gone_way step"),
	"choices":     w("way way_cost cost mandatory closed opened new_way gone_way"),
	"asked":       w("asks asked need refuse new_way gone_way"),
	"kept":        w("rule asks asked kept kept_known sent spare hold step closed opened ended dates found holder new_way gone_way rule_kept"),
	"how_long":    w("how_long spare at_end erase hold ending asked kept kept_known new_way gone_way"),
	"company":     w("holder contract control barrier ordered paused asked kept kept_known new_way gone_way sent"),
	"past":        w("rule right cards recipients partners kept kept_known rule_kept ended dates new_way gone_way"),
	"happened":    w("demand_about demand_came demand_gone demands court answer sent"),
	"who_can_ask": w("told route barrier ordered paused kept kept_known asked new_way gone_way"),
	"stops": w(`barrier ordered paused law_gone law_stopped law_challenged law_disputed law_read law_back promise kept kept_known new_way gone_way
		demand_came asked`),
	"confirm": w("closed opened ended dates new_way gone_way"),
	"why":     w("asks asked need new_way gone_way"),
}

// unexplained adds what the newer notice says otherwise than the older, and no change explains: nobody can say what it means.
func (c *comparer) unexplained(out *Changed, old, new Side) error {
	x, err := Build(old.Program, old.Book, Before, old.On)
	if err != nil {
		return fmt.Errorf("the older side: %w", err)
	}
	y, err := Build(new.Program, new.Book, Before, new.On)
	if err != nil {
		return fmt.Errorf("the newer side: %w", err)
	}
	codes := map[string]bool{}
	for _, ch := range c.list {
		codes[ch.Code] = true
	}
	for _, ph := range out.Phases {
		for _, ch := range ph.Changes {
			codes[ch.Code] = true
		}
	}
	a, b := substance(x), substance(y)
	var where []string
	for id, by := range explains {
		if !slices.Equal(a[id], b[id]) && !slices.ContainsFunc(by, func(code string) bool { return codes[code] }) {
			where = append(where, id)
		}
	}
	slices.Sort(where)
	for _, id := range where {
		c.add(Change{Code: "other", Is: Unclear, Words: []string{id}, Was: []Reason{c.old.p.at("edition.number")}, Now: []Reason{c.new.p.at("edition.number")}})
	}
	return nil
}

// substance lists, for each section, what its statements say beside names, addresses and numbers to call.
func substance(n *Notice) map[string][]string {
	out := map[string][]string{}
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				line := st.Message
				if st.N != nil {
					line += fmt.Sprint(" ", *st.N)
				}
				for _, v := range st.Values {
					switch v.Kind {
					case VLabel, VLaw, VCount, VSpan:
						if v.Name == "number" || v.Name == "languages" || v.Name == "confidence" {
							continue
						}
						for _, p := range v.Parts {
							line += fmt.Sprint(" ", v.Name, "=", p.Key, p.N, p.Span)
						}
					}
				}
				out[s.ID] = append(out[s.ID], line)
			}
		}
	}
	for id := range out {
		slices.Sort(out[id])
	}
	return out
}

// words says where only names and words differ: of a phase, its way, its items and who holds them; of everyone, any text of the file.
func (c *comparer) words(out *Changed, old, new Side) {
	same := func(a, b source.Text) bool {
		if a.Name != b.Name || len(a.In) != len(b.In) {
			return false
		}
		for tag, s := range a.In {
			if b.In[tag] != s {
				return false
			}
		}
		return true
	}
	for i := range out.Phases {
		pc := &out.Phases[i]
		if pc.In != "both" {
			continue
		}
		var ch source.ID
		for _, cr := range c.new.channels {
			for _, ph := range cr.phases {
				if ph.id == pc.Phase {
					ch = cr.id
				}
			}
		}
		x, y := old.Program.Channels[ch], new.Program.Channels[ch]
		if !same(x.Name, y.Name) || x.Page.Is != y.Page.Is || x.Place.Is != y.Place.Is {
			one := comparer{old: c.old, new: c.new}
			path := "channels." + string(ch) + ".name"
			one.add(Change{Code: "words", Is: WordingOnly, Channel: ch, Was: []Reason{c.old.p.at(path)}, Now: []Reason{c.new.p.at(path)}})
			pc.Changes = append(pc.Changes, one.list...)
		}
	}
	if publicTexts(old.Program) != publicTexts(new.Program) {
		c.add(Change{Code: "words", Is: WordingOnly, Was: []Reason{c.old.p.at("edition.number")}, Now: []Reason{c.new.p.at("edition.number")}})
	}
}

// publicTexts is every text, name and address of a file that a notice can print, in a fixed order.
func publicTexts(p *Program) string {
	out := fmt.Sprint(p.Voice, p.Languages, plainText(p.Program.Name), plainText(p.Program.Gives), plainText(p.Program.OpenTo), plainText(p.Program.Contact.Name),
		p.Program.Contact.Phone.Is, p.Program.Contact.Place.Is, p.Program.Contact.Page.Is)
	for _, id := range sortedKeys(p.Holders) {
		out += fmt.Sprint("|", id, plainText(p.Holders[id].Name))
	}
	for _, id := range sortedKeys(p.Items) {
		out += fmt.Sprint("|", id, plainText(p.Items[id].Name))
	}
	for _, id := range sortedKeys(p.Retention) {
		out += fmt.Sprint("|", id, plainText(p.Retention[id].Schedule.Is))
	}
	for _, h := range p.Help {
		out += fmt.Sprint("|", plainText(h.Name), h.For, h.Phone.Is, h.Page.Is)
	}
	for _, n := range p.Partners.Is {
		out += "|" + plainText(n.Name)
	}
	for _, s := range p.Says.Is {
		out += "|" + plainText(s.Speaker)
	}
	return out + fmt.Sprint(plainText(p.Survivors.Is.Ask), p.Survivors.Is.Page.Is)
}

func plainText(t source.Text) string {
	out := t.Name
	for _, tag := range sortedKeys(t.In) {
		out += "\x00" + tag + "\x00" + t.In[tag]
	}
	return out
}
