package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// The paper for counsel: what one demand would reach. It is for the staff of an office and its lawyer, in English.

// ReachText writes what a demand reaches for a terminal or a mail.
func ReachText(w io.Writer, c *locales.Catalog, r *notices.Reached) error {
	_, err := w.Write(reachSheet(c, r).text())
	return err
}

// ReachHTML writes the same as one page that can be printed.
func ReachHTML(w io.Writer, c *locales.Catalog, r *notices.Reached) error {
	b, err := reachSheet(c, r).html()
	if err == nil {
		_, err = w.Write(b)
	}
	return err
}

// ReachJSON writes the contract of `reach --as json`: the object of package notices, and the stamp.
func ReachJSON(w io.Writer, r *notices.Reached) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString(`{"working_paper":"` + Stamp + `",`)
	b.Write(raw[1:])
	var out bytes.Buffer
	if err := json.Indent(&out, b.Bytes(), "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = w.Write(out.Bytes())
	return err
}

// Supposed is one `--if`: a value of the program file, and what it would be.
type Supposed struct {
	Path  string `json:"path"`
	Value string `json:"value"`
}

// IfText, IfHTML and IfJSON write a table, the same under other facts, and what differs.
func IfText(w io.Writer, c *locales.Catalog, ifs []Supposed, before, after *notices.Reached) error {
	_, err := w.Write(ifSheet(c, ifs, before, after).text())
	return err
}

// IfHTML is IfText as one page that can be printed.
func IfHTML(w io.Writer, c *locales.Catalog, ifs []Supposed, before, after *notices.Reached) error {
	b, err := ifSheet(c, ifs, before, after).html()
	if err == nil {
		_, err = w.Write(b)
	}
	return err
}

// IfJSON writes both tables and what differs.
func IfJSON(w io.Writer, ifs []Supposed, before, after *notices.Reached) error {
	differs := before.Against(after)
	if differs == nil {
		differs = []notices.Difference{}
	}
	return writeJSON(w, struct {
		Stamp   string               `json:"working_paper"`
		If      []Supposed           `json:"if"`
		Differs []notices.Difference `json:"differs"`
		Reach   *notices.Reached     `json:"reach"`
		Then    *notices.Reached     `json:"then"`
	}{Stamp, ifs, differs, before, after})
}

func reachSheet(c phrases, r *notices.Reached) *sheet {
	k := newDesk(c, r)
	s := &sheet{title: "What the paper reaches: " + k.program(), stamps: k.stamps()}
	s.soft(fmt.Sprintf("Demand %s. Law and facts as of %s.", k.d.ID, englishDate(r.Day)))
	if r.Facts < r.Day {
		s.warn("The facts in the program file hold for " + englishDate(r.Facts) + ". The paper came later. Somebody has to confirm that the facts still hold.")
	}
	k.says(s)
	s.h("What such a paper is")
	if k.d.Signature.State != source.Known {
		s.warn("Nobody has written down who signed it. Counsel has to look at the signature first. What follows holds only if the paper is what the file says that it is.")
	}
	for _, m := range k.means() {
		s.p(m)
	}
	s.soft("Law: " + r.Route.Citation + ", " + confidenceWords(r.Route.Confidence) + ", checked " + dateWords(r.Route.Checked) + ".")
	k.counts(s)
	k.reached(s)
	k.outside(s)
	k.lawSheet(s)
	k.unknowns(s)
	s.h("What this paper cannot tell")
	s.list(said("It is not legal advice. It applies a book of law, which people who are not lawyers checked, to a program file."),
		said("It does not know what the office will do, or what a judge will say."),
		said("It does not know whether the program file is right. Each line can be traced: fairnotice reach with --as json names the place in the file."),
		said("It does not count whose records fit. Only somebody who looks into the records can."),
		said("A new paper can come tomorrow, and reach what is there then."))
	return s
}

var fieldWords = map[string]string{"in_window": "People in the time that it names", "named": "People that it names", "records_exist": "People of whom there are records",
	"responsive": "People whose records fit", "existence": "What exists", "covered": "In this demand", "select": "Can be picked out", "barrier": "What stands in the way",
	"would_be": "If a disputed law holds", "must": "So", "kept_for": "Kept for", "at_end": "At the end", "told": "Are people told",
	"tells_us_of_demands": "Its contract: tells the office", "waits_for_court": "Its contract: waits for a court"}

// ifSheet begins with what differs; both tables follow.
func ifSheet(c phrases, ifs []Supposed, before, after *notices.Reached) *sheet {
	k := newDesk(c, before)
	s := &sheet{title: "What the paper would reach if facts were others: " + k.program(), stamps: k.stamps()}
	s.p("This supposes that the program file said:")
	var items []sheetItem
	for _, i := range ifs {
		items = append(items, said(i.Path+": "+i.Value))
	}
	s.list(items...)
	s.p("It is a thought, and changes no file. What is there already stays there until somebody erases it, and somebody may have to agree to that.",
		"A demand that has come can make it wrong to erase anything: ask counsel first.")
	s.h("What would differ")
	differs := before.Against(after)
	if len(differs) == 0 {
		s.p("Nothing in the table differs.")
	}
	var rows [][]string
	for _, d := range differs {
		for _, f := range d.Fields {
			where, what := "The counts", ""
			if d.Phase != "" {
				where, what = k.place(d.Phase)+": at "+k.holder(d.Holder), k.items(d.Items)
			}
			rows = append(rows, []string{where, what, fieldWords[f.Field], shownWord(f.Before), shownWord(f.After)})
		}
	}
	s.table([]string{"Where", "Papers and facts", "What", "Now", "If so"}, rows)
	s.parts = append(s.parts, sheetPart{kind: sheetHead, text: "THE TABLE NOW"})
	s.parts = append(s.parts, reachSheet(c, before).parts...)
	s.parts = append(s.parts, sheetPart{kind: sheetHead, text: "THE TABLE IF SO"})
	s.parts = append(s.parts, reachSheet(c, after).parts...)
	return s
}

// shownWord is a word of the table as people read it.
func shownWord(s string) string {
	if s == "" {
		return "nothing said"
	}
	return spaced(s)
}

func confidenceWords(c source.Confidence) string {
	switch c {
	case source.Verified:
		return "verified"
	case source.Reported:
		return "read in a source"
	}
	return "verified by nobody"
}

// says repeats what the paper says.
func (k *desk) says(s *sheet) {
	d := k.d
	s.h("What the paper says")
	s.fields(k.paperFields()...)
	if d.Asks.State == source.Known {
		var asks []sheetItem
		for _, pr := range d.Asks.Is {
			asks = append(asks, said(k.predicate(pr)))
		}
		s.sub("Whom it asks about")
		if len(asks) > 1 {
			s.p("All of these must hold:")
		}
		s.list(asks...)
	}
	if len(d.Quotes) > 0 {
		s.sub("Words of the paper, as somebody typed them in")
		for _, q := range d.Quotes {
			from := ""
			if q.Page != "" {
				from = "page " + q.Page
			}
			s.quote(q.Text, from)
		}
	}
}

func (k *desk) predicate(pr notices.Predicate) string {
	switch {
	case pr.Field == "applied_on" && pr.From.IsZero() && !pr.To.IsZero():
		return "People who applied until " + dateWords(pr.To)
	case pr.Field == "applied_on" && pr.To.IsZero() && !pr.From.IsZero():
		return "People who applied from " + dateWords(pr.From) + " on"
	case pr.Field == "applied_on" && !pr.From.IsZero():
		return "People who applied from " + dateWords(pr.From) + " to " + dateWords(pr.To)
	case pr.Field == "document_type":
		return "People who used one of these papers: " + k.items(pr.Any)
	}
	out := "By this fact: " + k.item(pr.Field)
	if !pr.From.IsZero() || !pr.To.IsZero() {
		out += ", from " + dateWords(pr.From) + " to " + dateWords(pr.To)
	}
	if len(pr.Any) > 0 {
		out += ": " + k.items(pr.Any)
	}
	return out
}

// paperFields are the facts of a paper, with what is not known said as that.
func (k *desk) paperFields() []sheetItem {
	d := k.d
	scope := "A group of people"
	if d.Scope == "named" {
		scope = "People by name: " + factWords(d.HowMany, thousands)
	}
	wants := "Not known"
	if d.Wants.State == source.Known {
		wants = k.items(d.Wants.Is)
	}
	out := []sheetItem{
		answer("Kind of paper", k.kind()),
		answer("From", sender[d.From]),
		answer("Name and title under it", factWords(d.SignedBy, text)),
		answer("Signed by", factWords(d.Signature, func(s notices.Signature) string { return signature[s] })),
		answer("Dated", dateWords(d.Dated)),
		answer("Arrived", factWords(d.Served, dateWords)),
		answer("Wants an answer by", factWords(d.Due, dateWords)),
		answer("Sent to", k.holder(d.To)),
		answer("About", scope),
		answer("Wants", wants),
		answer("Wants somebody to come and speak", factWords(d.Testimony, func(y notices.YesNo) string { return string(y) })),
		answer("Forbids to tell of it", gagWords(d)),
		answer("Answered so far", factWords(d.Answer, func(a notices.Answer) string { return answerWords[a] })),
		answer("Handed over so far", factWords(d.Given, func(g notices.Given) string {
			return givenWords[g] + by(d.Given.By, d.Given.On)
		})),
		answer("In court", factWords(d.Court, func(c notices.Court) string { return courtWords[c] + by("", d.Court.On) })),
	}
	if d.CourtNamed.State != source.Unsaid {
		out = slices.Insert(out, 7, answer("Court named on it", factWords(d.CourtNamed, text)))
	}
	return out
}

func by(who string, on source.Date) string {
	out := ""
	if who != "" {
		out += ", said " + who
	}
	if !on.IsZero() {
		out += ", " + dateWords(on)
	}
	return out
}

func gagWords(d *notices.Paper) string {
	switch {
	case d.Tellable():
		return "No, as the demand file says"
	case d.Gag.State == source.Known && len(d.Gag.But) == 0:
		return "Yes"
	}
	return "Not known. Treat it as yes until counsel has looked"
}

var answerWords = map[notices.Answer]string{"pending": "Not yet", "complied": "Gave what was asked", "partial": "Gave some", "declined": "Said no",
	"objected": "Objected", "ordered": "Was ordered to answer", "quashed": "A court cancelled the demand", "withdrawn": "The demand was taken back",
	"undisclosed": "Will not say", "partial_undisclosed": "Gave some, and will not say what"}

var givenWords = map[notices.Given]string{"nothing_from_this_program": "Nothing from this program", "some_records": "Some records", "all_records": "All that was asked",
	"list_without_details": "A list without details", "no_personal_facts": "No facts about persons", "undisclosed": "Somebody will not say", "refused_to_show": "Somebody refused to show it"}

var courtWords = map[notices.Court]string{"none": "Not in court", "petitioned": "The sender has asked a court", "ordered": "A court has ordered an answer",
	"stayed": "A court has put it on hold", "enjoined": "A court has forbidden the answer", "quashed": "A court has cancelled it", "appealed": "On appeal",
	"withdrawn": "Taken back in court"}

func (k *desk) counts(s *sheet) {
	r := k.r
	s.h("How many people")
	first := answer("People in the time that it names", numberWords(r.InWindow))
	if k.d.Scope == "named" {
		first = answer("People that it names", numberWords(r.Named))
	}
	s.fields(first,
		answer("People of whom there are records", numberWords(r.Records)),
		answer("People whose records fit all that it asks", numberWords(r.Answers)))
	if len(r.Places) > 0 {
		rows := make([][]string, len(r.Places))
		for i, p := range r.Places {
			rows[i] = []string{k.place(p.Phase), inWords(p.Covered), numberWords(p.Records)}
		}
		s.table([]string{"Way to apply", "In this demand", "People of whom there are records"}, rows)
	}
}

var reachHead = []string{"Papers and facts", "What exists", "In this demand", "Can be picked out", "What stands in the way", "So", "Kept for"}

// reached lists, for each way to apply and each holder, what the demand reaches or may reach.
func (k *desk) reached(s *sheet) {
	s.h("What it reaches, and what stands in the way")
	any := false
	type at struct {
		phase  notices.PhaseID
		holder source.ID
	}
	var order []at
	rows := map[at][]*notices.ReachRow{}
	for i := range k.r.Rows {
		row := &k.r.Rows[i]
		if row.In == source.No {
			continue
		}
		where := at{row.Phase, row.Holder}
		if rows[where] == nil {
			order = append(order, where)
		}
		rows[where] = append(rows[where], row)
		any = true
	}
	for _, where := range order {
		s.sub(k.place(where.phase) + ": at " + k.holder(where.holder))
		if v := rows[where][0].Vendor; v != nil {
			s.p(vendorWords(v))
		}
		var cells [][]string
		var items [][]source.ID
		var why []string
		for _, row := range rows[where] {
			kept := row.Period
			switch {
			case kept == "" || kept == "unknown":
				kept = "Nobody knows"
			case kept == "disputed":
				kept = "Sources disagree"
			}
			c := []string{"", existenceWords(row.Existence), inWords(row.In), selectWords(row.Select), k.barrierWords(&row.Row), mustOf(row), kept}
			if i := slices.IndexFunc(cells, func(o []string) bool { return slices.Equal(o[1:], c[1:]) }); i >= 0 {
				items[i] = append(items[i], row.Items...)
			} else {
				cells, items = append(cells, c), append(items, slices.Clone(row.Items))
			}
			for _, w := range row.Why {
				if !slices.Contains(why, w.Text) {
					why = append(why, w.Text)
				}
			}
		}
		for i := range cells {
			cells[i][0] = k.items(items[i])
		}
		s.table(reachHead, cells)
		if len(why) > 0 {
			s.soft("Why only maybe: " + strings.Join(why, " "))
		}
		s.soft("Are people told: " + toldWords(rows[where][0].Told))
	}
	if !any {
		s.p("Nothing of this program is in this demand, as the two files stand. Look at both again before you rely on it.")
	}
}

func mustOf(r *notices.ReachRow) string {
	switch r.Barrier {
	case notices.NotApplicableBarrier:
		return "This paper gets nothing here."
	case notices.Disputed:
		return "The holder may say no. Whether it may answer is not settled. Counsel decides."
	}
	return mustWords[r.Must]
}

func vendorWords(v *notices.Vendor) string {
	say := func(is, yes, no, unknown string) string {
		switch is {
		case "yes":
			return yes
		case "no":
			return no
		}
		return unknown
	}
	return say(v.Tells, "The file says: its contract makes it tell the office of a demand.", "The file says: its contract does not make it tell the office of a demand.",
		"Nobody knows whether its contract makes it tell the office of a demand.") + " " +
		say(v.Waits, "The file says: its contract makes it wait for a court. A contract is no law: it does not change the table.",
			"The file says: its contract does not make it wait for a court.", "Nobody knows whether its contract makes it wait for a court.")
}

func toldWords(t notices.Told) string {
	switch t {
	case notices.ToldByLaw:
		return "A law says that the person must be told. A court can stop it."
	case notices.ToldByPolicy:
		return "The office has said that it will tell them. No law that we know makes it."
	case notices.ToldNotByLaw:
		return "No law that we know says so."
	case notices.ToldNoAddress:
		return "No way to reach them is kept."
	}
	return "Nobody has said."
}

// outside lists what is not in this demand, and what is wanted and not kept.
func (k *desk) outside(s *sheet) {
	s.h("Not in this demand")
	var rows [][]string
	for i := range k.r.Rows {
		row := &k.r.Rows[i]
		if row.In != source.No || row.Existence.High == notices.None {
			continue
		}
		var why []string
		for _, w := range row.Why {
			why = append(why, w.Text)
		}
		rows = append(rows, []string{k.place(row.Phase), k.holder(row.Holder), k.items(row.Items), existenceWords(row.Existence), strings.Join(why, " ")})
	}
	if len(rows) > 0 {
		s.p("Another paper could reach these.")
		s.table([]string{"Way to apply", "At", "Papers and facts", "What exists", "Why not in this one"}, rows)
	} else {
		s.p("Nothing that is kept is certainly outside of it.")
	}
	if len(k.r.NotKept) > 0 {
		s.sub("Wanted, and not kept")
		var items []sheetItem
		for _, n := range k.r.NotKept {
			items = append(items, answer(k.item(n.Item)+".", n.Why.Text))
		}
		s.list(items...)
		s.p("Staff can still be asked what they know.")
	}
}

func (k *desk) lawSheet(s *sheet) {
	s.h("The laws that were weighed")
	if len(k.r.Laws) == 0 {
		s.p("The book of law has none for this kind of paper in this place. That is not proof that there is none.")
		return
	}
	var rows [][]string
	for _, l := range k.r.Laws {
		standing := map[string]string{"in_force": "In force", "challenged": "In force, and challenged in court", "disputed": "What it does is undecided",
			"unverified": "Nobody has read its text", "enjoined": "Stopped by a court", "repealed": "Repealed"}[l.Effect]
		if l.Case != "" {
			standing += ": " + l.Case
		}
		forbids := map[string]string{"yes": "Its words forbid", "no": "Its words do not forbid", "undecided": "Whether its words forbid is undecided"}[l.Forbids]
		if l.Disputed {
			forbids += ". Here it counts as disputed"
		}
		except := "None known"
		if len(l.Exceptions) > 0 {
			names := make([]string, len(l.Exceptions))
			for i, e := range l.Exceptions {
				names[i] = k.label("word.exception."+string(e), spaced(string(e)))
			}
			except = strings.Join(names, ", ")
		}
		checked := confidenceWords(l.Confidence) + ", " + dateWords(l.Checked)
		if l.Due {
			checked += ". Past its next check"
		}
		rows = append(rows, []string{k.law(l.ID) + "\n" + l.Citation, standing, forbids, except, checked})
	}
	s.table([]string{"Law", "On that day", "Does it forbid", "Exceptions", "How sure"}, rows)
	for _, l := range k.r.Laws {
		if l.Words != "" {
			s.quote(l.Words, l.Citation)
		}
	}
}

var whom = []struct{ ask, name string }{{"counsel", "counsel"}, {"it", "IT"}, {"records", "the records officer"}, {"vendor", "the company"}, {"program", "the program's staff"}}

// unknowns lists what nobody knows, by whom to ask.
func (k *desk) unknowns(s *sheet) {
	s.h("What nobody knows, and whom to ask")
	if len(k.r.Asks) == 0 {
		s.p("Nothing that the table rests on is unknown.")
		return
	}
	for _, w := range whom {
		var texts []string
		where := map[string][]string{}
		for _, q := range k.r.Asks {
			if q.Ask != w.ask {
				continue
			}
			if where[q.Text] == nil {
				texts = append(texts, q.Text)
			}
			at := fmt.Sprintf("%s line %d", q.Pos.File, q.Pos.Line)
			for _, a := range q.Asked {
				at += fmt.Sprintf(", asked %s on %s, no answer", a.Who, dateWords(a.On))
			}
			if !slices.Contains(where[q.Text], at) {
				where[q.Text] = append(where[q.Text], at)
			}
		}
		if len(texts) == 0 {
			continue
		}
		s.sub("Ask " + w.name)
		items := make([]sheetItem, len(texts))
		for i, t := range texts {
			items[i] = said(t + " (" + shortList(where[t]) + ")")
		}
		s.list(items...)
	}
}

// shortList names the first few places.
func shortList(list []string) string {
	const most = 3
	if len(list) > most {
		return strings.Join(list[:most], "; ") + fmt.Sprintf("; and %d more", len(list)-most)
	}
	return strings.Join(list, "; ")
}
