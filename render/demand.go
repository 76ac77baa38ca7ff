package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// DemandFolder is the folder of the papers about one demand, below the folder that an edition is built into. It never lies in public/.
func DemandFolder(id source.ID) string { return "office/demand-" + string(id) }

// DemandPapers makes all that an office needs on the day a paper comes, as files below DemandFolder: where to begin, the questions to
// write down, the memo that nothing is erased, the table for counsel, a letter to each company that has or may have copies, and, only
// where the office may tell of the demand, drafts of its notices and neutral words. Drafts are the notices with the demand laid in, one
// of each kind; they are stamped, and closed until somebody releases the demand. How is how a person typed the command, for what comes
// later.
func DemandPapers(c *locales.Catalog, r *notices.Reached, drafts []*notices.Notice, how Typed) ([]File, error) {
	k := newDesk(c, r)
	var files []File
	var failed error
	put := func(name string, s *sheet) {
		page, err := s.html()
		if err != nil && failed == nil {
			failed = err
		}
		files = append(files, File{name + ".html", page}, File{name + ".txt", s.text()})
	}
	vendors := k.vendors()
	if !r.Paper.Tellable() {
		drafts = nil
	}
	k.closed = closedIn(c, drafts)
	put("START-HERE", k.startSheet(vendors, drafts, how))
	put("intake", k.intakeSheet())
	put("hold-memo", k.holdSheet())
	put("reach", reachSheet(c, r))
	var b bytes.Buffer
	if err := ReachJSON(&b, r); err != nil {
		return nil, err
	}
	files = append(files, File{"reach.json", b.Bytes()})
	for _, v := range vendors {
		put("letter-"+string(v), k.letterSheet(v))
	}
	if len(drafts) > 0 {
		more, err := k.drafts(c, drafts)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for i := range files {
		files[i].Path = DemandFolder(r.Paper.ID) + "/" + files[i].Path
	}
	return files, failed
}

// Typed is the commands that a paper tells somebody to give later.
type Typed struct{ Release, Pause, Build string }

// vendors are the companies that have, or may have, copies of this program's records.
func (k *desk) vendors() []source.ID {
	var out []source.ID
	add := func(id source.ID) {
		if h := k.p.Holders[id]; (h.Role == "processor" || h.Role == "subprocessor") && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for i := range k.r.Rows {
		if k.r.Rows[i].Existence.High > notices.None {
			add(k.r.Rows[i].Holder)
		}
	}
	for _, s := range k.r.Stays {
		add(s.Holder)
	}
	add(k.d.To)
	slices.Sort(out)
	return out
}

func (k *desk) startSheet(vendors []source.ID, drafts []*notices.Notice, how Typed) *sheet {
	d := k.d
	s := &sheet{title: "A paper has come: start here", stamps: k.stamps()}
	due := "Nobody has written down by which day it wants an answer. Look at the paper, and tell counsel."
	if d.Due.State == source.Known {
		due = "It wants an answer by " + factWords(d.Due, dateWords) + "."
	}
	switch k.r.Route.Class {
	case "court_order", "federal_court", "state_court", "employer_inspection":
		due += " It can bind: do not let the day pass without counsel."
	}
	s.p("This folder is about the demand " + string(d.ID) + ", for records of " + k.program() + ".")
	s.warn(due)
	s.h("Do these things today, in this order")
	tell := step("Keep quiet about it.", "Until counsel has spoken, tell only those who must act. Do not write about it in mail or chat. One person answers the press: counsel says who.")
	if !d.Tellable() {
		tell = step("Tell nobody.", "Nobody has confirmed that you may tell of this paper. Speak of it only with counsel and with those who must act. Even the letter to a company waits until counsel says yes.")
	}
	steps := []sheetItem{
		step("Do not answer, and hand nothing over.", "Not to the person who brought it, not by mail, not by phone. Be polite. Say that the office's lawyer will answer. Write down the person's name and number."),
		{label: "Call counsel now.", text: "The office's lawyer reads the paper before anything else happens. Counsel's name and number:", blank: true},
		tell,
		step("Destroy nothing.", "Do not erase, shred, overwrite or tidy up. Some copies go by themselves: hold-memo.html says which, and who can stop that. Give it to IT and to the records officer today."),
		step("Write down the facts while they are fresh.", "intake.html has the questions. Keep the paper itself, its envelope and every page, and give counsel a copy. Names of people stay out of these files."),
	}
	if len(vendors) > 0 {
		names := make([]string, len(vendors))
		for i, v := range vendors {
			names[i] = k.holder(v) + " (letter-" + string(v) + ".html)"
		}
		text := "Counsel reads the letter first. Then send it: " + strings.Join(names, ", ") + "."
		if !d.Tellable() {
			text = "Send no letter until counsel says that you may: " + strings.Join(names, ", ") + "."
		}
		steps = append(steps, step("Ask the companies to keep what they have.", text))
	}
	steps = append(steps, step("Give counsel the table.", "reach.html says what the paper would reach, what stands in the way at each holder, and what nobody knows."))
	if d.Kind == "judicial_warrant" || d.Signature.State == source.Known && d.Signature.Is == "judge" {
		steps = slices.Insert(steps, 1, step("Officers stand at the door with a judge's paper?", "Do not stand in their way, and do not help to search. Ask for a copy. Write down names, what they take, and when. Counsel is called at once."))
	}
	s.steps(steps...)
	s.h("What this paper is")
	if d.Signature.State != source.Known {
		s.p("Nobody has written down who signed it. Counsel looks at the signature first. If it is what the file says, this holds:")
	}
	for _, m := range k.means() {
		s.p(m)
	}
	s.p("It was sent to: " + k.holder(d.To) + ".")
	s.h("What lies in this folder")
	links := []sheetItem{
		{label: "Questions to write down:", text: "intake.html", link: "intake.html"},
		{label: "What must not be erased:", text: "hold-memo.html", link: "hold-memo.html"},
		{label: "For counsel, what the paper reaches:", text: "reach.html", link: "reach.html"}}
	for _, v := range vendors {
		links = append(links, sheetItem{label: "Letter to " + k.holder(v) + ":", text: "letter-" + string(v) + ".html", link: "letter-" + string(v) + ".html"})
	}
	s.list(links...)
	s.p("Each page also lies here as plain text, for mail: the same name with .txt.")
	k.later(s, drafts, how)
	s.h("What these papers are not")
	s.p("They are not legal advice. They are made from two files, which can be wrong. Counsel decides.")
	return s
}

// later says what comes after counsel has spoken.
func (k *desk) later(s *sheet, drafts []*notices.Notice, how Typed) {
	if len(drafts) == 0 {
		s.h("Telling people")
		s.p("There are no drafts for the public here, because nobody has confirmed that the office may tell. The notice does not change.")
		s.p("If counsel confirms it, write `gag: no` in the demand file, with who said so and when, and give the same command again.")
		return
	}
	s.h("Telling people, when counsel agrees")
	s.p("The drafts show each notice with this demand in it. They are closed: nothing of them is on the web, and nothing goes there by itself.")
	var links []sheetItem
	for _, tag := range k.p.Languages {
		name := tag
		if l, ok := locales.Find(tag); ok {
			name = l.English
		}
		if k.closed[tag] {
			links = append(links, sheetItem{text: name + ": no draft. Some of its sentences are not translated, or not translated anew."})
			continue
		}
		for _, n := range drafts {
			path := "drafts/" + tag + "/" + string(n.Kind) + "-print.html"
			links = append(links, sheetItem{label: name + ", " + kindName(n.Kind) + ":", text: path, link: path})
		}
	}
	links = append(links, sheetItem{label: "Neutral words for a letter, a call or a text message:", text: "drafts/neutral.html", link: "drafts/neutral.html"})
	s.list(links...)
	s.p("Others open mail and answer phones. The neutral words name no program and no sender. Use no others in a letter, a call or a message.")
	s.p("When counsel and the officer who answers for the notice agree, give these commands. They write the demand into the program file, with the name of the person who decided, and keep the old file. Then look at the new pages before you publish them:")
	s.list(said(how.Release), said(how.Build))
	if how.Pause != "" {
		s.p("To stop a way to apply as well, so that nobody sends more papers, add --pause with its name to the first one:")
		s.list(said(how.Pause))
	}
	s.p("Stopping a way to apply erases nothing. What was sent before stays.")
}

func (k *desk) intakeSheet() *sheet {
	d := k.d
	s := &sheet{title: "What to write down about the paper", stamps: k.stamps()}
	s.p("Fill in what is empty, by hand or in the demand file. Write what you see on the paper, not what you think it means. If you do not know, leave it empty.")
	s.h("How it came")
	known := func(s string) string {
		if s == "Not known" {
			return ""
		}
		return s
	}
	s.fields(
		answer("Day on which it arrived", known(factWords(d.Served, dateWords))),
		answer("Time of day", ""),
		answer("How: by hand, by mail, by e-mail", ""),
		answer("Who brought or sent it", known(factWords(d.ServedBy, text))),
		answer("Name, badge number and phone of that person", ""),
		answer("Who in the office took it", known(factWords(d.ServedOn, text))),
		answer("What was said, by whom", ""),
		answer("Was anything handed over or shown", known(factWords(d.Given, func(g notices.Given) string { return givenWords[g] + by(d.Given.By, d.Given.On) }))))
	s.h("What stands on it")
	court := factWords(d.CourtNamed, text)
	if d.CourtNamed.State == source.NotApplicable {
		court = "None"
	}
	s.fields(
		answer("Title at the top, word for word", ""),
		answer("Kind of paper, as the demand file says", k.kind()),
		answer("Number of the form or the case", ""),
		answer("From", sender[d.From]),
		answer("Day written on it", dateWords(d.Dated)),
		answer("Name and title under it, word for word", known(factWords(d.SignedBy, text))),
		answer("Is the person an officer, a judge, a clerk or a lawyer", known(factWords(d.Signature, func(g notices.Signature) string { return signature[g] }))),
		answer("Court named on it", known(court)),
		answer("Addressed to", k.holder(d.To)),
		answer("Answer wanted by", known(factWords(d.Due, dateWords))),
		answer("Answer wanted where and how", ""),
		answer("Must somebody come and speak", known(factWords(d.Testimony, func(y notices.YesNo) string { return string(y) }))),
		answer("Does it forbid to tell, and in which words", gagWords(d)),
		answer("How many pages, and are all of them there", ""))
	s.h("Whom and what it asks about")
	scope := "A group of people"
	if d.Scope == "named" {
		scope = "People by name. Write the number, and keep the names with counsel"
	}
	fields := []sheetItem{answer("Whom", scope)}
	if d.Scope == "named" {
		fields = append(fields, answer("How many people", known(factWords(d.HowMany, thousands))))
	}
	var asks []string
	for _, pr := range d.Asks.Is {
		asks = append(asks, k.predicate(pr))
	}
	wants := ""
	if d.Wants.State == source.Known {
		wants = k.items(d.Wants.Is)
	}
	s.fields(append(fields, answer("Conditions", strings.Join(asks, "\n")), answer("Papers and facts that it wants", wants))...)
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
	s.h("What happened since")
	s.fields(answer("Counsel called: when, and who", ""), answer("Memo on erasing given to: names, day and time", ""), answer("Companies written to: names, day and time", ""),
		answer("Anything erased since it came: what, when, by what", ""), answer("Has the paper gone to court", known(factWords(d.Court, func(c notices.Court) string { return courtWords[c] + by("", d.Court.On) }))))
	s.h("Who wrote this down")
	s.fields(answer("Name and title", ""), answer("Day and time", ""))
	return s
}

var copyWords = map[notices.CopyKind]string{"record": "The record itself", "hosted": "A copy on a company's machines", "backup": "Spare copies (backups)",
	"cache": "A copy for a short time (cache)", "log": "Logs", "printer_spool": "What a printer keeps", "email": "Mail", "paper": "Paper", "recipient": "A copy with somebody else",
	"": "Copies of which nobody knows"}

func (k *desk) holdSheet() *sheet {
	s := &sheet{title: "Do not erase: records of " + k.program()} // it goes to many: it says nothing of a paper
	s.fields(answer("To", "Everybody who keeps these records, and everybody who runs the machines on which they are"), answer("From", ""), answer("Day", ""))
	s.p("The office has a reason to keep these records as they are. Until counsel says otherwise in writing, do this:")
	s.list(said("Erase nothing, shred nothing, and overwrite nothing of these records. That includes drafts, mail, notes, paper and copies on your own devices."),
		said("Stop every job that erases, replaces or cuts off by itself, if you can. If you cannot, tell counsel today which one, and when it runs next."),
		said("Change nothing in the records. If work needs a change, ask counsel first."),
		said("Make no new copies. Move nothing to another place."),
		said("Speak of this memo only with those who must act."))
	s.p("This stops the usual times for erasing, for now. A duty to keep records can begin from one day to the next. Counsel says for which records it holds, and until when.")
	var running, rest, unclear []notices.Stay
	for _, st := range k.r.Stays {
		switch {
		case st.Running():
			running = append(running, st)
		case st.Kind == "":
			unclear = append(unclear, st)
		default:
			rest = append(rest, st)
		}
	}
	s.h("The clock is running: stop these first")
	if len(running) == 0 {
		s.p("The program file names nothing that goes by itself. That is not proof: ask IT.")
	} else {
		s.p("These go by themselves, or may. Where nobody knows the time, it may be today.")
		rows := make([][]string, len(running))
		for i, st := range running {
			rows[i] = []string{k.place(st.Phase), k.items(st.Items), k.copyOf(st), k.holderOf(st), lagWords(st)}
		}
		s.table([]string{"Way to apply", "Papers and facts", "Which copy", "Who has it", "Goes by itself after"}, rows)
	}
	s.h("These stay until somebody erases them: leave them")
	if len(rest) == 0 {
		s.p("The program file names none.")
	} else {
		rows := make([][]string, len(rest))
		for i, st := range rest {
			rows[i] = []string{k.place(st.Phase), k.items(st.Items), k.copyOf(st), k.holderOf(st), seriesWords(st)}
		}
		s.table([]string{"Way to apply", "Papers and facts", "Which copy", "Who has it", "Series, and its usual time"}, rows)
	}
	if len(unclear) > 0 {
		s.h("Nobody knows which copies there are: find out, and stop what runs")
		rows := make([][]string, len(unclear))
		for i, st := range unclear {
			rows[i] = []string{k.place(st.Phase), k.items(st.Items), k.holderOf(st), seriesWords(st)}
		}
		s.table([]string{"Way to apply", "Papers and facts", "Who may have copies", "Series, and its usual time"}, rows)
	}
	s.p("This is all that the program keeps or may keep. Counsel decides what need not be kept back.")
	s.h("Forms that people did not finish, took back, or had refused")
	e := k.p.Endings
	ending := map[notices.Ending]string{"kept_like_others": "Kept like the others", "kept_shorter": "Kept for a shorter time", "destroyed": "Destroyed", "returned": "Given back"}
	ends := func(f source.Fact[notices.Ending]) string {
		out := factWords(f, func(x notices.Ending) string { return ending[x] })
		if f.State == source.Known && (f.Is == "destroyed" || f.Is == "kept_shorter" || f.Is == "returned") {
			out += ". Stop that for now"
		}
		return out
	}
	s.fields(answer("Not finished", ends(e.Unfinished)), answer("Taken back", ends(e.Withdrawn)), answer("Refused", ends(e.Denied)))
	s.h("Orders to stop erasing that the program file knows")
	k.holds(s)
	s.h("Done")
	s.p("Each person who got this memo writes down:")
	s.fields(answer("Name", ""), answer("What was stopped, and when", ""), answer("What could not be stopped, and why", ""), answer("What had gone already", ""))
	return s
}

func (k *desk) copyOf(st notices.Stay) string {
	out := copyWords[st.Kind]
	if st.Existing == "unknown" && st.Kind != "" {
		out += ". Nobody has confirmed it"
	}
	return out
}

func (k *desk) holderOf(st notices.Stay) string {
	if st.Holder == "" {
		return "Nobody knows. Ask IT and each company"
	}
	return k.holder(st.Holder)
}

func lagWords(st notices.Stay) string {
	switch st.Lag {
	case "", "unknown":
		return "Nobody knows. Ask IT today"
	case "disputed":
		return "Sources disagree. Ask IT today"
	case "none":
		return "At once"
	}
	return spaced(st.Lag)
}

func seriesWords(st notices.Stay) string {
	if st.Series == "" {
		return "No series is named"
	}
	out := spaced(string(st.Series)) + ": "
	switch st.Period {
	case "", "unknown":
		out += "nobody knows how long"
	case "disputed":
		out += "sources disagree how long"
	default:
		out += spaced(st.Period)
	}
	switch st.AtEnd {
	case "destroyed":
		out += ", then destroyed. Stop that"
	case "transferred":
		out += ", then moved elsewhere. Stop that"
	case "permanent":
		out += ", kept for good"
	}
	return out
}

func (k *desk) holds(s *sheet) {
	h := k.p.Holds
	switch {
	case h.State == source.Known && len(h.Is) > 0:
		var rows [][]string
		for _, x := range h.Is {
			scope := "All series"
			if len(x.Scope) > 0 {
				names := make([]string, len(x.Scope))
				for i, id := range x.Scope {
					names[i] = spaced(string(id))
				}
				scope = strings.Join(names, ", ")
			}
			to := factWords(x.To, func(e source.End) string {
				if e.Open {
					return "Still open"
				}
				return dateWords(e.Date)
			})
			rows = append(rows, []string{scope, factWords(x.From, dateWords), to, spaced(string(x.Reason))})
		}
		s.table([]string{"For", "From", "To", "Reason"}, rows)
	case h.State == source.Known:
		s.p("The program file says: none, before this one.")
	default:
		s.p("Nobody has said whether there was one before. Ask counsel.")
	}
}

// letterSheet asks a company: it makes no claim about its contract that the file does not make.
func (k *desk) letterSheet(id source.ID) *sheet {
	h := k.p.Holders[id]
	s := &sheet{title: "Letter to " + k.holder(id)}
	if k.d.Tellable() {
		s.stamps = []string{"Draft. Counsel reads it before it is sent."}
	} else {
		s.stamps = append(k.stamps(), "Do not send this letter until counsel says that you may: it can tell more than you may tell.")
	}
	s.fields(answer("From", k.office()), answer("To", k.holder(id)), answer("Day", ""), answer("About", "Records of "+k.program()+" that you have or may have"))
	s.p("Please read this today, and give it to the person who answers for your records.")
	if k.d.To == id && k.d.Tellable() {
		s.p("A paper dated " + dateWords(k.d.Dated) + " was sent to you. It asks for these records. Please send us a copy of it today, unless a court forbids you to.")
	}
	s.h("We ask you to do five things")
	s.steps(
		step("Keep what you have.", "Please erase nothing of these records, and stop every job that erases them by itself: files, spare copies, logs and mail. Please hold this until we write to you again."),
		step("Answer no demand for them alone.", "If anybody asks you for these records, please give nothing before you have spoken with us, unless a court orders you to."),
		step("Tell us at once.", "If somebody has asked you, or asks you, please tell us the same day what was asked and by whom. If you may not tell us, please say nothing that you may not say."),
		step("Tell us what you have.", "Please write to us which copies you have, where they are, who can reach them, and when each goes by itself."),
		step("Ask those who work for you.", "If other firms keep copies for you, please ask the same of them."))
	s.h("What we think you have")
	var rows [][]string
	for _, st := range k.r.Stays {
		if st.Holder == id || st.Holder == "" {
			rows = append(rows, []string{k.items(st.Items), k.copyOf(st), k.place(st.Phase), goes(st)})
		}
	}
	s.p("Please correct this list. Where we say that we do not know, please tell us.")
	s.table([]string{"Papers and facts", "Which copy", "Way to apply", "Goes by itself after"}, rows)
	s.h("What the contract says")
	var items []sheetItem
	if c := h.Contract; c != nil {
		items = append(items, said(contractWords(c.TellsOfDemands, "As our file has it, the contract makes you tell us of a demand.",
			"As our file has it, the contract does not make you tell us of a demand. We ask you to do it all the same.",
			"We do not know whether the contract makes you tell us of a demand. Please send us the words.")),
			said(contractWords(c.WaitsForCourt, "As our file has it, the contract makes you wait for a court before you answer.",
				"As our file has it, the contract does not make you wait for a court. We ask you to speak with us first all the same.",
				"We do not know whether the contract makes you wait for a court. Please send us the words.")),
			said(contractWords(c.DeletesAtEnd, "As our file has it, you erase your copies when the contract ends. Please do not do so for now.",
				"As our file has it, the contract does not make you erase your copies at its end.",
				"We do not know whether you erase your copies when the contract ends. Please do not do so for now.")))
	} else {
		items = append(items, said("We do not know what the contract says of this. Please send us the words."))
	}
	s.list(items...)
	s.p("This letter asks. It changes no contract, and it is not legal advice to you.")
	s.fields(answer("Whom to call at our office", ""), answer("Name and title", ""))
	return s
}

func goes(st notices.Stay) string {
	switch st.Lag {
	case "":
		return "We do not know of a time"
	case "unknown", "disputed":
		return "We do not know"
	}
	return lagWords(st)
}

func contractWords(f source.Fact[notices.YesNo], yes, no, unknown string) string {
	switch {
	case f.State != source.Known || len(f.But) > 0:
		return unknown
	case f.Is == "yes":
		return yes
	}
	return no
}

// closedIn lists the languages in which one of the notices cannot be said.
func closedIn(c *locales.Catalog, ns []*notices.Notice) map[string]bool {
	out := map[string]bool{}
	for _, n := range ns {
		for _, tag := range n.Languages {
			_, err := c.Say(n, tag)
			_, closed := err.(*locales.Closed)
			out[tag] = out[tag] || closed
		}
	}
	return out
}

// drafts are the notices with the demand in them, in every language, each with a stamp. A language that is closed has none.
func (k *desk) drafts(c *locales.Catalog, ns []*notices.Notice) ([]File, error) {
	const stamp = "DRAFT. Not released, not for the public."
	var files []File
	for _, n := range ns {
		for _, tag := range n.Languages {
			if k.closed[tag] {
				continue
			}
			saidIn, err := c.Say(n, tag)
			if err != nil {
				return nil, err
			}
			var page, txt bytes.Buffer
			if err := writePage(&page, c, []*locales.Notice{saidIn}, pageOptions{print: true}); err != nil {
				return nil, err
			}
			if err := Text(&txt, saidIn); err != nil {
				return nil, err
			}
			marked := bytes.Replace(page.Bytes(), []byte("<main class=\"fn-main\">"),
				[]byte("<main class=\"fn-main\">\n<p class=\"fn-key\" lang=\"en\" dir=\"ltr\"><strong>"+stamp+" "+Stamp+"</strong></p>"), 1)
			if bytes.Equal(marked, page.Bytes()) {
				return nil, fmt.Errorf("the page of the draft %s has no place for its stamp", n.Kind)
			}
			at := "drafts/" + saidIn.Language + "/" + string(n.Kind)
			files = append(files, File{at + "-print.html", marked}, File{at + ".txt", append([]byte(stamp+"\n"+Stamp+"\n\n"), txt.Bytes()...)})
		}
	}
	more, err := k.neutral(c)
	return append(files, more...), err
}

// neutral are the words for a letter, a call and a text message, which tell nothing to whoever else reads or hears them.
func (k *desk) neutral(c phrases) ([]File, error) {
	s := &sheet{title: "Neutral words", stamps: []string{"Draft. Not released, not for the public."}}
	s.p("Others open mail and answer phones. These words name no program, no sender of a paper, and no other office. Use them as they are, and add nothing: no name of the program on the envelope, in the subject line or on the phone.")
	var files []File
	page, phone := k.neutralPage(), ""
	if f := k.p.Program.Contact.Phone; f.State == source.Known && len(f.But) == 0 {
		phone = f.Is
	}
	if page == "" {
		s.p("The words name no web page: the program file has none that does not name the program.")
	}
	for _, tag := range k.p.Languages {
		l, ok := locales.Find(tag)
		if !ok {
			return nil, fmt.Errorf("there is no language %q", tag)
		}
		var failed error
		say := func(id string) string {
			if k.p.Voice == "office" {
				if t, err := c.Phrase(l.Tag, id+"@office"); err == nil {
					return t
				}
			}
			t, err := c.Phrase(l.Tag, id)
			if err != nil && failed == nil {
				failed = err
			}
			return t
		}
		isolated := func(v string) string {
			if l.Dir == "rtl" {
				return "\u2066" + v + "\u2069"
			}
			return v
		}
		var where []string
		if page != "" {
			where = append(where, say("neutral.page")+" "+isolated(page))
		}
		if phone != "" {
			where = append(where, say("neutral.phone")+" "+isolated(phone))
		}
		if len(where) == 0 {
			where = append(where, say("neutral.come"))
		}
		news, quiet := say("neutral.news"), say("neutral.no_reply")
		if failed != nil {
			return nil, failed
		}
		forms := [][2]string{
			{"For a letter", strings.Join(append(append([]string{news}, where...), quiet), "\n")},
			{"For a call, or a message on a machine", strings.Join(append([]string{news}, where...), "\n")},
			{"For a text message", strings.Join([]string{news, quiet, where[0]}, " ")},
		}
		var b strings.Builder
		b.WriteString("Draft. Not released, not for the public.\n" + Stamp + "\n")
		var rows [][]string
		for _, f := range forms {
			fmt.Fprintf(&b, "\n%s\n%s\n%s\n", f[0], strings.Repeat("-", len(f[0])), f[1])
			rows = append(rows, []string{f[0], f[1]})
		}
		files = append(files, File{"drafts/" + l.Tag + "/neutral.txt", []byte(b.String())})
		s.h(l.English)
		s.add(sheetPart{kind: sheetTable, head: []string{"Where", "Words"}, rows: rows, lang: l.Tag, dir: l.Dir})
	}
	html, err := s.html()
	return append(files, File{"drafts/neutral.html", html}), err
}

// neutralPage is the office's web page, unless its address names the program.
func (k *desk) neutralPage() string {
	f := k.p.Program.Contact.Page
	if f.State != source.Known || len(f.But) > 0 {
		return ""
	}
	squeeze := func(s string) string {
		return strings.NewReplacer("-", "", "_", "", " ", "", ".", "").Replace(strings.ToLower(s))
	}
	address := squeeze(f.Is)
	for _, name := range []string{string(k.p.Program.ID), k.p.Program.Name.Name, k.words(k.p.Program.Name, "")} {
		if n := squeeze(name); n != "" && strings.Contains(address, n) {
			return ""
		}
	}
	return f.Is
}
