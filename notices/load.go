package notices

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Load reads a program file and checks that it holds together: every name that it uses exists, every fact that a rule needs is said.
// What the law has to say is Check's. The program is whole only if the problems hold no error; it is nil if the file could not be read.
func Load(fsys fs.FS, name string) (*Program, source.Problems) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, source.Problems{{Pos: source.Pos{File: name}, Code: "file", Severity: source.Error, Message: "This file could not be opened.", Hint: "Check its name and its folder."}}
	}
	defer f.Close()
	data, err := readLimited(f)
	if err != nil {
		return nil, source.Problems{{Pos: source.Pos{File: name}, Code: "file", Severity: source.Error, Message: "This file could not be read.", Hint: "Check that it is a text file that you may open."}}
	}
	p, problems := Read(name, data)
	if p == nil {
		return p, problems
	}
	var more source.Problems
	if p.Lock, more = readLock(fsys, path.Join(Beside(name), source.LockName)); more != nil {
		problems = append(problems, more...)
	}
	p.Wording, more = readWording(fsys, wordingBeside(name), p.Languages)
	problems = append(problems, more...)
	problems.Sort()
	return p, problems
}

// Beside is the folder of what belongs to a program file: x for x.yaml. It holds law/*.yaml, wording.yaml and translations.lock, each
// where there is need for it.
func Beside(name string) string {
	for _, end := range []string{".yaml.txt", ".yaml", ".yml"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}

// readLock reads a lock; where there is none, it is empty.
func readLock(fsys fs.FS, name string) (*source.Lock, source.Problems) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
		return nil, source.Problems{{Pos: source.Pos{File: name}, Code: "file", Severity: source.Error, Message: "This file could not be read.", Hint: "Check that it is a text file that you may open."}}
	}
	return source.ReadLock(name, data)
}

// readLimited reads one byte more than a program file may have, so that Read can say that it is too long.
func readLimited(f fs.File) ([]byte, error) {
	buf := make([]byte, 0, 16<<10)
	for len(buf) <= 64<<10 {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := f.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err != nil {
			if err.Error() == "EOF" {
				return buf, nil
			}
			return nil, err
		}
	}
	return buf, nil
}

// Read is Load for a file in memory; name is how problems and reasons call it.
func Read(name string, data []byte) (*Program, source.Problems) {
	p := &Program{File: name}
	doc, problems := source.Read(name, data, p)
	p.Doc = doc
	if problems.Failed() {
		return p, problems
	}
	c := &checker{p: p, day: p.Edition.AsOf.Last}
	c.references()
	c.needed()
	problems = append(problems, c.problems...)
	problems.Sort()
	return p, problems
}

// checker collects problems of one program.
type checker struct {
	p        *Program
	book     *law.Book
	day      source.Day // the edition's day
	on       source.Day // the day of the check
	problems source.Problems
}

func (c *checker) add(sev source.Severity, path, code, message, hint string) {
	pr := source.Problem{Path: path, Code: code, Severity: sev, Message: message, Hint: hint, Pos: source.Pos{File: c.p.File}}
	if c.p.Doc != nil {
		pr = c.p.Doc.Problem(path, code, sev, message, hint)
	}
	c.problems = append(c.problems, pr)
}

func (c *checker) bad(path, code, message, hint string) {
	c.add(source.Error, path, code, message, hint)
}
func (c *checker) warn(path, code, message, hint string) {
	c.add(source.Warning, path, code, message, hint)
}

// name checks that an id names something; kind is what it should name, in words.
func name_[V any](c *checker, path string, id source.ID, among map[source.ID]V, kind string) {
	if _, ok := among[id]; ok || id == "" {
		return
	}
	ids := make([]string, 0, len(among))
	for k := range among {
		ids = append(ids, string(k))
	}
	slices.Sort(ids)
	hint := "This file has: " + strings.Join(ids, ", ") + "."
	if near := source.DidYouMean(string(id), ids); near != "" {
		hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
	}
	if len(ids) == 0 {
		hint = "This file has none yet."
	}
	c.bad(path, "reference", fmt.Sprintf("There is no %s %q in this file.", kind, id), hint)
}

func (c *checker) item(path string, id source.ID) {
	if _, ok := c.p.Item(id); ok {
		return
	}
	all := make([]string, 0, len(items))
	for _, i := range items {
		all = append(all, string(i.ID))
	}
	hint := "If it is an item of your own, describe it under `items:`, with its name in each language."
	if near := source.DidYouMean(string(id), all); near != "" {
		hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
	}
	c.bad(path, "reference", fmt.Sprintf("%q is not an item of the vocabulary.", id), hint)
}

// reviewers checks that it can be told whose signature is whose, and that one can come.
func (c *checker) reviewers() {
	keys := map[string]string{}
	for _, r := range c.p.Reviewers {
		path := "reviewers." + r.ID
		key := strings.Join(strings.Fields(r.Key)[:min(2, len(strings.Fields(r.Key)))], " ") // without the comment
		switch other := keys[key]; {
		case key == "" && r.Required:
			c.warn(path, "reviewer", "This reviewer is required and has no key, so no signature can be known to be theirs, and what they read cannot go out.",
				"Ask for the public key, and write it under `key:`. Or write `required: false`.")
		case key != "" && other != "":
			c.bad(path+".key", "reviewer", fmt.Sprintf("This is also the key of %s, so nobody could tell which of the two signed.", other), "Write a key of its own for each, or leave one of the two entries out.")
		case key != "":
			keys[key] = r.ID
		}
		for i, tag := range r.Languages {
			if !slices.Contains(c.p.Languages, tag) {
				c.warn(path+".languages."+itoa(i), "reviewer", fmt.Sprintf("The notice is not built in %q: there is nothing in it for this reviewer.", tag), "Add it to `languages:` of the file, or leave it out here.")
			}
		}
	}
}

// references checks every id that names something in the file.
func (c *checker) references() {
	p := c.p
	walkFacts(p, func(f unsaidFact) {
		if f.Source != "" {
			name_(c, f.Path+".source", f.Source, p.Sources, "source")
		}
	})
	custodians := 0
	for _, id := range sortedKeys(p.Holders) {
		h := p.Holders[id]
		path := "holders." + string(id)
		if h.Role == "custodian" {
			custodians++
		}
		name_(c, path+".for", h.For, p.Holders, "holder")
		if h.For == id {
			c.bad(path+".for", "reference", "This holder works for itself.", "Name the holder for whom it works, or leave the line out.")
		}
	}
	if custodians != 1 {
		how := fmt.Sprintf("%d holders have", custodians)
		if custodians == 0 {
			how = "No holder has"
		}
		c.bad("holders", "custodian", how+" the role custodian.", "Give the role custodian to exactly one: the office that answers for the records.")
	}
	for id, i := range p.Items {
		if _, ok := itemWords[id]; ok {
			c.bad("items."+string(id), "reference", fmt.Sprintf("%q is already an item of the vocabulary.", id), "Choose another name, or leave this entry out.")
		}
		c.languages("items."+string(id)+".name", i.Name)
	}
	for _, ch := range p.Program.Status.Channels {
		name_(c, "program.status.channels", ch, p.Channels, "channel")
	}
	for _, cr := range p.channels() {
		c.channel(cr)
	}
	c.reviewers()
	for i, w := range p.Ways.Is {
		name_(c, "alternatives."+itoa(i)+".instead_of", w.InsteadOf, p.Channels, "channel")
		name_(c, "alternatives."+itoa(i)+".use", w.Use, p.Channels, "channel")
	}
	for i, h := range p.Holds.Is {
		for _, s := range h.Scope {
			name_(c, "holds."+itoa(i)+".scope", s, p.Retention, "retention series")
		}
	}
	for i, s := range p.Says.Is {
		name_(c, "office_says."+itoa(i)+".by", s.By, p.Holders, "holder")
		name_(c, "office_says."+itoa(i)+".source", s.Source, p.Sources, "source")
		c.languages("office_says."+itoa(i)+".speaker", s.Speaker)
	}
	seen := map[source.ID]bool{}
	for _, e := range p.Demands.Is {
		path := "demands." + string(e.ID)
		if seen[e.ID] {
			c.bad(path+".id", "duplicate", fmt.Sprintf("Two demands have the id %q.", e.ID), "Two demands are two entries with two ids.")
		}
		seen[e.ID] = true
		name_(c, path+".to", e.To, p.Holders, "holder")
		for _, i := range e.Wants.Is {
			c.item(path+".wants", i)
		}
		for n, pr := range e.Asks.Is {
			for _, i := range pr.Any {
				c.item(path+".asks."+itoa(n)+".any", i)
			}
			if pr.Field != "document_type" {
				c.item(path+".asks."+itoa(n)+".field", pr.Field)
			}
		}
	}
	for i, n := range p.Counts {
		path := "counts." + itoa(i)
		name_(c, path+".source", n.Source, p.Sources, "source")
		c.place(path+".in", n.In)
	}
	c.texts()
}

func (c *checker) channel(cr channelRef) {
	path := "channels." + string(cr.id)
	for i, s := range cr.ch.Steps {
		name_(c, path+".steps."+itoa(i)+".channel", s.Channel, c.p.Channels, "channel")
	}
	ids := map[source.ID]bool{}
	for _, ph := range cr.phases {
		if ids[ph.ph.ID] {
			c.bad(ph.path+".id", "duplicate", fmt.Sprintf("Two phases of this channel have the id %q.", ph.ph.ID), "Give each phase its own id.")
		}
		ids[ph.ph.ID] = true
		for _, i := range ph.ph.NeverAsks.Is {
			c.item(ph.path+".never_asks", i)
		}
		items := map[source.ID]bool{}
		for _, a := range ph.asks {
			for _, i := range a.Items {
				c.item(a.path+".items", i)
				if items[i] {
					c.bad(a.path+".items", "duplicate", fmt.Sprintf("The item %q stands twice in this phase.", i), "Name each item once in each phase.")
				}
				items[i] = true
				if slices.Contains(ph.ph.NeverAsks.Is, i) && !(a.Handling.State == source.Known && a.Handling.Is == "not_asked") {
					c.bad(ph.path+".never_asks", "C09", fmt.Sprintf("The item %q is never asked here, and is asked for here.", i), "Take it out of one of the two lists.")
				}
			}
			name_(c, a.path+".retention", a.Retention, c.p.Retention, "retention series")
			name_(c, a.path+".source", a.Source, c.p.Sources, "source")
			for f := range a.Copies.Each {
				for n, k := range f.Is {
					name_(c, f.Path+"."+itoa(n)+".at", k.At, c.p.Holders, "holder")
				}
			}
		}
	}
}

func (c *checker) place(path string, in source.ID) {
	if in == "all" {
		return
	}
	places := []string{"all"}
	for _, cr := range c.p.channels() {
		if in == cr.id {
			return
		}
		places = append(places, string(cr.id))
		for _, ph := range cr.phases {
			if in == source.ID(ph.id) {
				return
			}
			places = append(places, string(ph.id))
		}
	}
	c.bad(path, "reference", fmt.Sprintf("%q is no channel and no phase of this file.", in), "Write one of these: "+strings.Join(places, ", ")+".")
}

// texts checks that every text stands in every language of the file.
func (c *checker) texts() {
	p := c.p
	c.languages("program.name", p.Program.Name)
	c.languages("program.gives", p.Program.Gives)
	c.languages("program.open_to", p.Program.OpenTo)
	c.languages("program.contact.name", p.Program.Contact.Name)
	if p.Answers != nil {
		c.languages("answers_for_it.title", p.Answers.Title)
	}
	for _, id := range sortedKeys(p.Holders) {
		c.languages("holders."+string(id)+".name", p.Holders[id].Name)
	}
	for _, id := range sortedKeys(p.Retention) {
		c.languages("retention."+string(id)+".schedule", p.Retention[id].Schedule.Is)
	}
	for _, id := range sortedKeys(p.Channels) {
		c.languages("channels."+string(id)+".name", p.Channels[id].Name)
	}
	for i, w := range p.Ways.Is {
		c.languages("alternatives."+itoa(i)+".where", w.Where.Is)
	}
	for i, h := range p.Help {
		c.languages(helpPath(i)+".name", h.Name)
	}
	for i, h := range p.Partners.Is {
		c.languages("partners."+itoa(i)+".name", h.Name)
	}
	c.languages("survivors.ask", p.Survivors.Is.Ask)
}

func (c *checker) languages(path string, t source.Text) {
	if missing := c.missing(t); len(missing) > 0 {
		sev, message, hint := closes(missing, c.p.Languages)
		c.add(sev, path, "language", message, hint)
	}
}

// closes says what a text costs that is missing in some languages: an error where it is the language that the others are translated
// from, and else a warning, for these languages are closed and the others are not.
func closes(missing, languages []string) (sev source.Severity, message, hint string) {
	message = "This text is missing in: " + strings.Join(missing, ", ") + "."
	if from := original(languages); slices.Contains(missing, from) {
		return source.Error, message, "Add it. The other languages are translated from this one, and nothing is filled in from another language."
	}
	return source.Warning, message + " So the program has no notice in: " + strings.Join(missing, ", ") + ".",
		"Have it translated, or take the language out of `languages:`. Nothing is filled in from another language."
}

// missing lists the languages of the file in which a text is not there. A proper name is the same in all.
func (c *checker) missing(t source.Text) []string {
	if t.In == nil {
		return nil
	}
	var missing []string
	for _, l := range c.p.Languages {
		if s, ok := t.In[l]; !ok || strings.TrimSpace(s) == "" {
			missing = append(missing, l)
		}
	}
	return missing
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// needed checks what must be said where something else is said.
func (c *checker) needed() {
	p := c.p
	if p.Voice == "office" && p.Answers == nil {
		c.bad("voice", "voice", "The office speaks, but nobody answers for it.", "Add `answers_for_it:` with the name and title of the officer and the day (`on:`), or write `voice: independent`.")
	}
	if p.Program.Status.Is != "active" && p.Program.Status.Since.State == source.Unsaid {
		c.bad("program.status", "status", "It is not said since when the program is suspended or ended.", "Add `since:`. If nobody knows, write `since: unknown`.")
	}
	for _, id := range sortedKeys(p.Holders) {
		h := p.Holders[id]
		path := "holders." + string(id)
		if h.Role == "processor" || h.Role == "subprocessor" {
			if h.Contract == nil {
				c.bad(path, "C18", "Nothing is said of the contract with this company.", "Add `contract: {tells_us_of_demands: unknown, waits_for_court: unknown, deletes_at_end: unknown, seen: none}` and fill in what is known.")
			}
			if h.Control.State == source.Unsaid {
				c.bad(path, "C08", "It is not said who controls what this company holds.", "Add `control: custodian_directs`, `independent` or `unknown`.")
			}
			if h.Does.State == source.Unsaid {
				c.bad(path, "C08", "It is not said what this company does.", "Add `does: [runs_website]`, or `does: unknown`.")
			}
		}
	}
	for _, cr := range p.channels() {
		c.neededGiver(cr)
		for _, ph := range cr.phases {
			for _, a := range ph.asks {
				c.neededAsk(a)
			}
		}
	}
	for _, e := range p.Demands.Is {
		path := "demands." + string(e.ID)
		if e.Scope == "named" && e.HowMany.State == source.Unsaid {
			c.bad(path, "C16", "The demand names people, but not how many.", "Add `how_many:`, if only as `unknown`.")
		}
		if e.Released != nil && !e.Listed {
			c.bad(path+".released", "C22", "Somebody released this demand, and it may not be listed.", "If it may be told of, write `may_be_listed: true`. If not, take `released:` out.")
		}
		if e.Given.State == source.Known && e.Given.Is == "nothing_from_this_program" && (e.Given.On.IsZero() || e.Given.By == "") {
			c.bad(e.Given.Path, "N9", "\"Nothing was given\" stands without who said it and on which day.", "Write, for example, `given: {is: nothing_from_this_program, by: City Clerk, on: 2025-06-13}`. If nobody said so, write `given: unknown`.")
		}
	}
	for i, h := range p.Help {
		if !h.Independent {
			c.bad(helpPath(i)+".independent", "C36", "This helper is not independent of the office.", "Name one that is: the help in a notice must not work for the office.")
		}
		if h.Phone.State == source.Unsaid && h.Page.State == source.Unsaid {
			c.bad(helpPath(i), "C36", "Nobody can reach this helper.", "Add `phone:` or `page:`.")
		}
	}
	if !slices.ContainsFunc(p.Help, func(h Help) bool { return h.For == "legal" }) {
		c.bad("help", "C36", "No lawyer's help is named.", "Add an entry with `for: legal` that does not work for the office.")
	}
	if !slices.ContainsFunc(p.Help, func(h Help) bool { return h.For == "officers_contact_you" }) {
		c.bad("help", "C47", "It is not said whom people can call if officers contact them.", "Add an entry with `for: officers_contact_you`.")
	}
	if p.People == "employees" || p.allFromOthers() {
		c.noForms()
	}
	walkFacts(p, func(f unsaidFact) {
		switch f.field {
		case "alternatives", "office_says", "demands", "channels.phases.asks", "partners", "readers_test":
			if f.Buts > 0 {
				c.bad(f.Path, "but", "Two versions of this whole list cannot stand side by side.", "Put `but:` beside the single fact on which the sources disagree.")
			}
		}
		if f.Confidence == source.Verified && (f.By == "" || f.On.IsZero()) {
			c.bad(f.Path, "verified", "This is called verified, but not by whom and on which day.", "Add `by:` (a name) and `on:` (a date), or write `confidence: reported`.")
		}
	})
}

// noForms refuses what only makes sense for people who apply: what a form, a card or applying costs.
func (c *checker) noForms() {
	p := c.p
	no := func(path string, s source.State) {
		if s != source.NotApplicable && s != source.Unsaid {
			c.bad(path, "C33", fmt.Sprintf("This is about forms, cards or applying, but this file says `people: %s`, and these people apply for nothing.", p.People),
				fmt.Sprintf("Write `%s: not_applicable`. If they do apply for something, write `people: applicants`.", path[strings.LastIndexByte(path, '.')+1:]))
		}
	}
	no("costs", p.Costs.State)
	no("cards_given", p.CardsGiven.State)
	no("endings.unfinished", p.Endings.Unfinished.State)
	no("endings.withdrawn", p.Endings.Withdrawn.State)
	no("endings.denied", p.Endings.Denied.State)
	for i, n := range p.Counts {
		if n.Of == "applicants" || n.Of == "cards" {
			c.bad("counts."+itoa(i)+".of", "C33", fmt.Sprintf("This counts %s, but this file says `people: %s`.", n.Of, p.People), "Count employees, named_people or people_with_records, or leave the entry out.")
		}
	}
}

// neededGiver is what has to be said where somebody else gives facts about people, and only there.
func (c *checker) neededGiver(cr channelRef) {
	path := "channels." + string(cr.id)
	if cr.ch.Kind != fromOthers {
		if cr.ch.GivenBy.State != source.Unsaid {
			c.bad(path+".given_by", "C33", "It is said who gives these facts about people, but this is a way in which people give them on their own.", "Write `kind: from_others`, or leave `given_by:` out.")
		}
		return
	}
	if s := cr.ch.GivenBy.State; s == source.Unsaid || s == source.NotApplicable {
		c.bad(path, "C33", "Somebody else gives facts about people here, but it is not said who.", "Add `given_by:`, such as `given_by: employer`. If nobody knows, write `given_by: unknown`.")
	}
	for _, ph := range cr.phases {
		if s := ph.ph.Told.State; s == source.Unsaid || s == source.NotApplicable {
			c.bad(ph.path, "C19", "Somebody else gives facts about people here, but it is not said whether these people were told.", "Add `told_people: yes`, `no` or `unknown`.")
		}
		for _, a := range ph.asks {
			if a.Why.State == source.Unsaid || a.Why.State == source.NotApplicable {
				c.bad(a.path, "C10", "It is not said what these facts were given for.", "Add `why:`, if only as `unknown`.")
			}
		}
	}
}

func (c *checker) neededAsk(a askRef) {
	for h := range a.Handling.Each {
		if h.State != source.Known {
			continue
		}
		switch h.Is {
		case "stored", "fields_extracted", "noted_yes_no", "forwarded", "image_transient":
			if a.Retention == "" {
				c.bad(a.path, "C02", "These are kept, but no retention series says for how long.", "Add `retention:` with the name of an entry under `retention:`.")
			}
			if a.Backups.State == source.Unsaid {
				c.bad(a.path, "C06", "These are kept, but nothing is said of spare copies.", "Write how long they stay, such as `backups: 90 days`. If nobody knows, write `backups: unknown`.")
			}
		}
	}
	if a.Need.State == source.Known && a.Need.Is != "automatic" {
		if a.Why.State == source.Unsaid {
			c.bad(a.path, "C10", "It is not said what these are needed for.", "Add `why:`, if only as `unknown`.")
		}
		if a.Refuse.State == source.Unsaid {
			c.bad(a.path, "C27", "It is not said what happens to somebody who does not give these.", "Add `refuse:`, if only as `unknown`.")
		}
	}
	paper := slices.ContainsFunc(a.Items, func(i source.ID) bool { w, _ := c.p.Item(i); return w.Paper })
	if paper && a.TypeRecorded.State == source.Unsaid {
		c.bad(a.path, "C16", "It is not said whether one can search these records for a kind of paper, such as for all passports.", "Add a line to this entry, below its items: `type_recorded: yes`, `no` or `unknown`.")
	}
}
