package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// StaffCard writes what lies beside a counter, for the people who work there: what they can say, what they must not promise, and what to
// do when an officer hands them a paper. It is in English, one sheet of two sides. The notice is the one before the first upload, in
// English: every sentence that staff may say is quoted from it, so that nobody at a counter says more, or less, than the page does.
//
// What it rests on: what must not be said are the must-nots N1 to N18 of the domain, each with its row or its place in a row. What to do
// with a paper follows from its kinds: an immigration officer signs an administrative subpoena, and only a court can force an answer
// (8 USC 1225(d)(4); 8 CFR 287.4); a clerk or a lawyer may sign a court's (Fed. R. Civ. P. 45(a)(3)); a judge's search warrant is obeyed
// (U.S. Constitution, Amendment IV); records are kept once a demand is there (the duty to keep records for a court case). What follows
// after the first minutes is the work of DemandPapers, in the same words.
func StaffCard(w io.Writer, p *notices.Program, n *locales.Notice) error {
	s, err := staffCard(p, n)
	if err != nil {
		return err
	}
	page, err := s.html()
	if err != nil {
		return err
	}
	_, err = w.Write(page)
	return err
}

func staffCard(p *notices.Program, n *locales.Notice) (*sheet, error) {
	if n.Language != "en" || n.Kind != notices.Before {
		return nil, fmt.Errorf("the card for staff is made of the notice before the first upload in English, and this is the notice %q in %q", n.Kind, n.Language)
	}
	q := quotes(n)
	s := &sheet{title: "At the counter: " + clean(n.Name.Text), tight: true}
	s.p("The page is of " + clean(n.Edition.Date) + ". Give it to everybody who asks, in their language, and ask nobody why. Never ask about immigration status, and write down nothing about who asked for the page.")

	s.h("Say this")
	s.p("These are the words of the page. Use them as they are. If you do not know, say: I do not know, and I will not guess.")
	var rows [][]string
	for _, r := range sayings {
		if words := q.all(r.messages...); words != "" {
			rows = append(rows, []string{r.asked, oneLine(words)})
		}
	}
	s.table([]string{"When people ask", "You can say"}, rows)

	s.h("Do not promise that")
	rows = nil
	for _, r := range neverSay {
		instead := r.instead
		if words := q.all(r.quote...); words != "" {
			instead = oneLine(words)
		}
		rows = append(rows, []string{r.not, strings.TrimSpace(r.why + " " + instead)})
	}
	s.table([]string{"Do not say", "Because, and what you can say"}, rows)

	s.h("If an officer hands you a paper")
	s.steps(
		step("Be polite, and take it.", "Take any paper, whatever it is called and whoever brings it. If you must sign, sign only that you received it."),
		step("Do not answer it.", "Say: “I cannot answer this myself. I will give it to the person who can.” Hand nothing over. Open no file, and turn no screen. This holds on the phone and in mail, too."),
		step("Say nothing about anybody.", "Not if a person applied, not what you remember. Do not lie and do not guess either. Say that you cannot answer."),
		sheetItem{label: "Call this person at once, who calls the office's lawyer:", blank: true},
		sheetItem{label: "And if nobody picks up:", blank: true},
		step("Erase nothing.", "No file, no mail, no note, no paper, no booking, also none that you would erase on any other day. A duty to keep records can begin with this paper."),
		step("Write down the facts.", "The day and the hour, the name of the officer, the badge number, the office and the phone number, and what was said. Keep every page, and the envelope."),
		step("Tell nobody else.", "The lawyer says who may know. It can be forbidden to speak of a paper."),
	)
	s.sub("What to look for, and to read out on the phone")
	s.p("You do not judge the paper. You only read out what stands on it:")
	s.list(
		said("The title at the top, word for word."),
		said("Whose name stands under it, and the title of that person: an officer, a judge, a clerk, a lawyer. A judge of an immigration office is not a court. A clerk or a lawyer can sign a court's paper, and it may have to be obeyed."),
		said("The name of a court and the number of a case, if there are any. Most papers of immigration officers have none: no court has checked them."),
		said("To whom it is addressed. This office is "+holderNames(p, "custodian")+"."),
		said("What it asks for, and by which day."),
		said("If it forbids to tell anybody."),
	)
	if companies := holderNames(p, "processor", "subprocessor"); companies != "" {
		s.p("Records are also with: " + companies + ". Do not call them yourself. The lawyer does.")
	}
	s.warn("Officers stand at the door with a judge's search warrant? Do not stand in their way, and do not help to search. Call at once. Ask for a copy, and write down what they take.")
	s.soft("This card is no legal advice. The office's lawyer decides what is done with a paper, and what is said here gives way to what the lawyer says.")
	return s, nil
}

// sayings are what people ask at a counter, and the sentences of the notice that answer it, by the beginnings of their ids.
var sayings = []struct {
	asked    string
	messages []string
}{
	{"What happens with my papers, and how long?", []string{"key.keep.", "key.seen.", "key.unknown.", "key.none.", "key.leftover", "key.other_purpose", "key.long.", "copies."}},
	{"Is there a way that leaves fewer records?", []string{"do.way."}},
	{"Do I have to? Do you need to know my status?", []string{"program.optional", "program.mandatory", "do.wait", "do.mandatory", "never.", "page.same", "page.status"}},
	{"Who can ask for my records?", []string{"ask.first", "ask.subpoena", "ask.signed", "ask.no_court", "key.asked.", "key.answer.", "key.court", "demand.gag"}},
	{"Can the office say no?", []string{"ask.can_refuse", "ask.then_court", "ask.obey"}},
	{"Can you erase my file?", []string{"past.can.", "early."}},
	{"Who can help me?", []string{"do.help.legal", "do.help.officers_contact_you", "do.help.interpreter", "do.notario"}},
}

// neverSay is what a counter must not promise: the must-nots, why, and what to say instead, of the notice where it has it.
var neverSay = []struct {
	not, why, instead string
	quote             []string
}{
	{"“Your data is safe.” “It is confidential.” “It is encrypted.” “Come in person, it is safer.”", "Nobody can know that, and a court can order an answer. Coming in person can leave fewer records, and that is all.",
		"Say what is kept, how long, and who can ask. [N1, N3, N13, N16]", nil},
	{"“We will never share it.” “We will tell you first.”", "Promises like this were taken back before. Only what the page promises is promised. [N2, N17]", "", []string{"key.court"}},
	{"“We do not have to answer ICE.” “The law protects you.”", "That is half of it. [N4, N5]", "", []string{"ask.can_refuse", "ask.then_court"}},
	{"“They have a warrant”, of a subpoena", "A warrant comes from a judge. [N6]", "", []string{"ask.no_court"}},
	{"“We keep no records.” “We can delete it for you.”", "A name, a booking, a copy or a log can stay, and others may have to agree. [N7, N8]", "Say what the page says.", nil},
	{"“Nothing was given.”", "That can be true of one program, one department and one day only.", "Say who said what, and when, as the page does. [N9]", nil},
	{"“If you go on, you agree.”", "Reading gives nobody permission to share.", "Give the page, and let people read. [N10, N15]", nil},
	{"“That will not happen.” “This is only about people without papers.” What you heard since the day of the page", "Nobody at a counter knows.", "Say: I do not know. [N11, N14, N18]", nil},
	{"“Leave that out.” “Say something else.” “Throw that away.”", "Nobody is told to lie, to use false papers or to destroy any.", "Say: you can ask a lawyer first. [N12]", nil},
}

// quoted is the sentences of a notice, each once, with their messages.
type quoted []struct{ message, text string }

func quotes(n *locales.Notice) quoted {
	l := newLayouter(n.Language, " · ")
	var out quoted
	for i := range n.Sections {
		if n.Sections[i].Layer == 3 {
			continue
		}
		for _, g := range n.Sections[i].Groups {
			for k := range g.Statements {
				st := &g.Statements[k]
				out = append(out, struct{ message, text string }{strings.TrimSuffix(st.Message, "@office"), flat(l.stated(st, n.Sections[i].Layer == 1))})
			}
		}
	}
	return out
}

// oneLine sets sentences one after another; after a value stands a point between them.
func oneLine(words string) string {
	var b strings.Builder
	for i, s := range strings.Split(words, "\n") {
		if i > 0 {
			b.WriteByte(' ')
			if last := b.String(); !strings.HasSuffix(last, ". ") && !strings.HasSuffix(last, ") ") && !strings.HasSuffix(last, "? ") && !strings.HasSuffix(last, `." `) {
				b.WriteString("· ")
			}
		}
		b.WriteString(s)
	}
	return b.String()
}

// all gives the sentences whose messages begin with one of these, each on a line, in the order of the notice: an answer stands after the
// demand that it was given to, and what may stay after what is given back. Only of the key facts is a sentence said again: it is of another
// demand, or of another way to apply.
func (q quoted) all(begin ...string) string {
	var out []string
	for _, s := range q {
		quote := slices.ContainsFunc(begin, func(b string) bool { return strings.HasPrefix(s.message, b) })
		if quote && (strings.HasPrefix(s.message, "key.") || !slices.Contains(out, s.text)) {
			out = append(out, s.text)
		}
	}
	return strings.Join(out, "\n")
}

// holderNames names the holders of some roles, in English or as they are called.
func holderNames(p *notices.Program, roles ...notices.Role) string {
	var ids []source.ID
	for id, h := range p.Holders {
		if slices.Contains(roles, h.Role) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	names := make([]string, len(ids))
	for i, id := range ids {
		t := p.Holders[id].Name
		if names[i] = t.In["en"]; t.In == nil || names[i] == "" {
			names[i] = t.Name
		}
		names[i] = clean(names[i])
	}
	return strings.Join(names, ", ")
}
