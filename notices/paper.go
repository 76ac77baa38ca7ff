package notices

import (
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Paper is a demand as a small file of its own: what one paper says, typed in by the office on the day that it came, before anything is
// said to anybody. It is read as strictly as a program file: one YAML document, facts short or long, each place kept. What nobody has
// written down yet is `unknown`.
//
//	fairnotice_demand: 1
//	id: ice-2025-04-17                    # the file's short name for it; no name of a person
//	kind: immigration_administrative_subpoena
//	from: ice
//	signed_by: unknown                    # the name and title under it
//	signature: immigration_officer        # what the person who signed is
//	dated: 2025-04-17
//	served: unknown
//	return_date: unknown                  # until when it wants an answer
//	to: clerk                             # a holder of the program file
//	scope: group
//	asks: [{field: applied_on, from: 2022-04-17, to: 2025-04-17}]
//	wants: unknown
//	testimony: unknown                    # does it want somebody to come and speak?
//	gag: no                               # does it, an order or a law forbid to tell? unknown counts as yes
//	quotes: [{text: "typed from the paper", page: 2, about: wanted}]
//	answer: pending                       # what the office answered
//	given: unknown                        # what was handed over so far
//	court: unknown                        # how far it went in court
//
// The keys are those of an entry of `demands:` of a program file, and beside them what an office writes down on the first day. Quotes are
// printed as quotes, and decide nothing. A fact may name a source of the program file, or one under the paper's own `sources:`.
//
// [Reach] lays a paper over a program: in memory, as one more entry of `demands:`, whose reasons name the paper's own lines.
type Paper struct {
	Format     int                      `yaml:"fairnotice_demand" need:"yes" validate:"eq=1" doc:"The version of this file format: 1."`
	ID         source.ID                `yaml:"id" need:"yes" validate:"slug" doc:"A short name for the demand, such as ice-2025-04-17. It holds no name of a person."`
	Kind       source.ID                `yaml:"kind" need:"yes" doc:"The kind of demand, as the book of law names it, such as immigration_administrative_subpoena."`
	From       Sender                   `yaml:"from" need:"yes" doc:"Who sent it."`
	SignedBy   source.Fact[string]      `yaml:"signed_by" need:"yes" doc:"The name and title that stand under it, as they are written there."`
	Signature  source.Fact[Signature]   `yaml:"signature" need:"yes" doc:"What the person is who signed it."`
	Dated      source.Date              `yaml:"dated" need:"yes" doc:"The day that is written on it."`
	Served     source.Fact[source.Date] `yaml:"served" need:"yes" doc:"The day on which it arrived."`
	ServedBy   source.Fact[string]      `yaml:"served_by" doc:"Who brought or sent it, and how."`
	ServedOn   source.Fact[string]      `yaml:"served_on" doc:"Who in the office took it."`
	Due        source.Fact[source.Date] `yaml:"return_date" need:"yes" doc:"The day by which it wants an answer."`
	CourtNamed source.Fact[string]      `yaml:"court_named" doc:"The court that is named on it. none of them: not_applicable."`
	To         source.ID                `yaml:"to" need:"yes" doc:"The holder of the program file to whom it was sent: the office, or a company that works for it."`
	Scope      Scope                    `yaml:"scope" need:"yes" doc:"Whether it is about a group of people, or names persons."`
	HowMany    source.Fact[int]         `yaml:"how_many" validate:"min=1" doc:"For named people: how many. The names stay out of this file."`
	Asks       source.Fact[[]Predicate] `yaml:"asks" need:"yes" doc:"What must hold for a record to be asked for. All must hold."`
	Wants      source.Fact[[]source.ID] `yaml:"wants" need:"yes" doc:"The items that it wants."`
	Testimony  source.Fact[YesNo]       `yaml:"testimony" need:"yes" doc:"Whether it wants somebody to come and say what he or she knows."`
	Gag        source.Fact[YesNo]       `yaml:"gag" need:"yes" doc:"Whether the paper, an order or a law forbids the office to tell of it. unknown is treated as yes."`
	Quotes     []Quote                  `yaml:"quotes" doc:"Words of the paper, typed in as they stand there. They are printed, and decide nothing."`
	Answer     source.Fact[Answer]      `yaml:"answer" need:"yes" doc:"What the office answered: pending while it has not answered."`
	Given      source.Fact[Given]       `yaml:"given" need:"yes" doc:"What was handed over so far, as somebody said on a day."`
	Court      source.Fact[Court]       `yaml:"court" need:"yes" doc:"How far it went in court."`
	CourtOn    source.Fact[CourtScope]  `yaml:"court_scope" doc:"What the court's decision is about: this demand, all such demands to this office, named people, one part of the office, or some places only."`
	Sources    map[source.ID]Source     `yaml:"sources" doc:"Sources that only this file names."`

	Doc  *source.Doc `yaml:"-"` // where each value stands
	File string      `yaml:"-"` // the file's name, as problems and reasons name it
}

// Quote is words of a paper, as they stand there.
type Quote struct {
	Text  string     `yaml:"text" need:"yes" doc:"The words, exactly as they stand on the paper."`
	Page  string     `yaml:"page" doc:"The page on which they stand."`
	About QuoteAbout `yaml:"about" doc:"What they are about."`
}

type (
	// Signature is what the person is who signed a paper; the book of law says who signs which kind.
	Signature string
	// QuoteAbout is what quoted words are about.
	QuoteAbout string
)

var (
	wSignature  = w("immigration_officer customs_officer fbi immigration_judge judge clerk_of_court attorney prosecutor anyone nobody other")
	wQuoteAbout = w("wanted due gag court other")
)

func (Signature) Words() []string  { return wSignature }
func (QuoteAbout) Words() []string { return wQuoteAbout }

// LoadPaper reads a demand file. What it says of a program is [CheckPaper]'s. The paper is whole only if the problems hold no error.
func LoadPaper(fsys fs.FS, name string) (*Paper, source.Problems) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, source.Problems{{Pos: source.Pos{File: name}, Code: "file", Severity: source.Error, Message: "This file could not be opened.", Hint: "Check its name and its folder."}}
	}
	defer f.Close()
	data, err := readLimited(f)
	if err != nil {
		return nil, source.Problems{{Pos: source.Pos{File: name}, Code: "file", Severity: source.Error, Message: "This file could not be read.", Hint: "Check that it is a text file that you may open."}}
	}
	return ReadPaper(name, data)
}

// ReadPaper is LoadPaper for a file in memory; name is how problems and reasons call it.
func ReadPaper(name string, data []byte) (*Paper, source.Problems) {
	d := &Paper{File: name}
	doc, problems := source.Read(name, data, d)
	d.Doc = doc
	if problems.Failed() {
		return d, problems
	}
	c := &paperChecker{d: d}
	c.alone()
	problems = append(problems, c.problems...)
	problems.Sort()
	return d, problems
}

// Tellable reports whether the office may tell of a demand: only where somebody wrote, and no source says otherwise, that nothing forbids it.
func (d *Paper) Tellable() bool {
	return d.Gag.State == source.Known && d.Gag.Is == "no" && len(d.Gag.But) == 0
}

// Event is the entry of `demands:` that a paper comes to.
func (d *Paper) Event() Event {
	return Event{ID: d.ID, Listed: d.Tellable(), Kind: d.Kind, From: d.From, To: d.To, Dated: d.Dated, Served: d.Served, Scope: d.Scope,
		HowMany: d.HowMany, Asks: d.Asks, Wants: d.Wants, Answer: d.Answer, Given: d.Given, Court: d.Court, CourtOn: d.CourtOn}
}

// came is the last day on which a paper was written or arrived, as far as it is known.
func (d *Paper) came() source.Day {
	day := d.Dated.Last
	for f := range d.Served.Each {
		if f.State == source.Known {
			day = max(day, f.Is.Last)
		}
	}
	return day
}

// Over lays a paper over a program: a program in memory whose demands hold this one, in place of an entry of the same id. Where the paper
// came after the day of the edition, the edition's day is that of the paper: what came cannot be judged by the law of an earlier day. The
// program itself stays as it is.
func (d *Paper) Over(p *Program) *Program {
	q := *p
	q.paper = d
	q.Demands.State = source.Known
	q.Demands.Is = slices.Clone(p.Demands.Is)
	if i := slices.IndexFunc(q.Demands.Is, func(e Event) bool { return e.ID == d.ID }); i >= 0 {
		e := d.Event()
		e.Released = q.Demands.Is[i].Released
		q.Demands.Is[i] = e
	} else {
		q.Demands.Is = append(q.Demands.Is, d.Event())
	}
	if len(d.Sources) > 0 {
		q.Sources = make(map[source.ID]Source, len(p.Sources)+len(d.Sources))
		for id, s := range p.Sources {
			q.Sources[id] = s
		}
		for id, s := range d.Sources {
			q.Sources[id] = s
		}
	}
	if day := d.came(); day > q.Edition.AsOf.Last {
		q.Edition.AsOf = source.On(day)
	}
	return &q
}

// ofPaper gives the place of a value that stands in the paper that lies over a program.
func (p *Program) ofPaper(path string) (Reason, bool) {
	if p.paper == nil {
		return Reason{}, false
	}
	rest, ok := strings.CutPrefix(path, p.inside("demands")+"."+string(p.paper.ID))
	if !ok || rest != "" && rest[0] != '.' {
		return Reason{}, false
	}
	rest = strings.TrimPrefix(rest, ".")
	if rest == "may_be_listed" {
		rest = "gag"
	}
	r := Reason{Path: rest, Pos: source.Pos{File: p.paper.File, Line: 1, Col: 1}}
	if p.paper.Doc != nil {
		r.Pos = p.paper.Doc.Pos(rest)
	}
	return r, true
}

// paperChecker collects problems of one paper.
type paperChecker struct {
	d        *Paper
	p        *Program
	book     *law.Book
	on       source.Day
	problems source.Problems
}

func (c *paperChecker) bad(path, code, message, hint string) {
	pr := source.Problem{Pos: source.Pos{File: c.d.File, Line: 1, Col: 1}, Path: path, Code: code, Severity: source.Error, Message: message, Hint: hint}
	if c.d.Doc != nil {
		pr = c.d.Doc.Problem(path, code, source.Error, message, hint)
	}
	c.problems = append(c.problems, pr)
}

func (c *paperChecker) warn(path, code, message, hint string) {
	c.bad(path, code, message, hint)
	c.problems[len(c.problems)-1].Severity = source.Warning
}

// alone checks what a paper says of itself.
func (c *paperChecker) alone() {
	d := c.d
	if d.Scope == "named" && d.HowMany.State == source.Unsaid {
		c.bad("scope", "C16", "The demand names people, but not how many.", "Add `how_many:`, if only as `unknown`. The names themselves stay out of this file.")
	}
	if d.Scope == "group" && d.HowMany.State == source.Known {
		c.bad("how_many", "C16", "The demand is about a group, and here is a number of named people.", "Write `scope: named`, or leave `how_many:` out.")
	}
	for f := range d.Given.Each {
		if f.State == source.Known && f.Is == "nothing_from_this_program" && (f.On.IsZero() || f.By == "") {
			c.bad(cmpOr(f.Path, "given"), "N9", "\"Nothing was given\" stands without who said it and on which day.",
				"Write, for example, `given: {is: nothing_from_this_program, by: City Clerk, on: 2025-06-13}`. If nobody has asked everybody yet, write `given: unknown`.")
		}
	}
	after := func(path string, f source.Fact[source.Date], what string) {
		for v := range f.Each {
			if v.State == source.Known && v.Is.Before(d.Dated) == source.Yes {
				c.bad(cmpOr(v.Path, path), "dates", what+" before the day that is written on it.", "Look at the days again.")
			}
		}
	}
	after("served", d.Served, "The demand arrived")
	after("return_date", d.Due, "The demand wants an answer")
	for i, pr := range d.Asks.Is {
		path := cmpOr(d.Asks.Path, "asks")
		if d.Doc != nil && d.Doc.Has(path+".is") {
			path += ".is"
		}
		path += "." + itoa(i)
		switch {
		case !pr.From.IsZero() && !pr.To.IsZero() && pr.To.Before(pr.From) == source.Yes:
			c.bad(path+".to", "dates", "This time ends before it begins.", "Look at the two days again.")
		case pr.Field == "document_type" && len(pr.Any) == 0:
			c.bad(path, "C16", "It is not said which kinds of paper the demand is about.", "Add `any:` with their names, such as `any: [foreign_passport]`.")
		}
	}
	if d.Asks.State != source.NotApplicable && len(d.Asks.But) > 0 {
		c.bad("asks", "but", "Two versions of this whole list cannot stand side by side.", "Write what the paper itself says.")
	}
	walkPaper(d, func(f unsaidFact) {
		if f.Confidence == source.Verified && (f.By == "" || f.On.IsZero()) {
			c.bad(f.Path, "verified", "This is called verified, but not by whom and on which day.", "Add `by:` (a name) and `on:` (a date), or write `confidence: reported`.")
		}
	})
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// CheckPaper holds a paper against the program that it asks about, against the book of law, and against the day: every name exists, the
// kind is a demand of the place, the signature is one of those that this kind bears, and nothing is later than the day.
func CheckPaper(d *Paper, p *Program, book *law.Book, on source.Day) source.Problems {
	c := &paperChecker{d: d, p: p, book: book, on: on}
	c.names()
	c.kind()
	c.days()
	c.twice()
	c.problems.Sort()
	return c.problems
}

func (c *paperChecker) names() {
	d, p := c.d, c.p
	if _, ok := p.Holders[d.To]; !ok {
		c.unknownName("to", d.To, keysOfMap(p.Holders), "holder in the program file")
	}
	for _, i := range d.Wants.Is {
		c.item("wants", i)
	}
	for n, pr := range d.Asks.Is {
		at := "asks." + itoa(n)
		if d.Doc != nil && d.Doc.Has("asks.is") {
			at = "asks.is." + itoa(n)
		}
		for _, i := range pr.Any {
			c.item(at+".any", i)
		}
		if pr.Field != "document_type" {
			c.item(at+".field", pr.Field)
		}
	}
	all := keysOfMap(p.Sources)
	for id := range d.Sources {
		all = append(all, string(id))
		if s, ok := p.Sources[id]; ok && s.Title != d.Sources[id].Title {
			c.bad("sources."+string(id), "duplicate", fmt.Sprintf("The program file has another source with the name %q.", id), "Give this one another name.")
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	walkPaper(d, func(f unsaidFact) {
		if f.Source != "" && !slices.Contains(all, string(f.Source)) {
			c.unknownName(f.Path+".source", f.Source, all, "source in this file or in the program file")
		}
	})
}

func (c *paperChecker) unknownName(path string, id source.ID, among []string, kind string) {
	hint := "There are: " + strings.Join(among, ", ") + "."
	if near := source.DidYouMean(string(id), among); near != "" {
		hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
	}
	if len(among) == 0 {
		hint = "There is none yet."
	}
	c.bad(path, "reference", fmt.Sprintf("There is no %s with the name %q.", kind, id), hint)
}

func keysOfMap[V any](m map[source.ID]V) []string {
	out := make([]string, 0, len(m))
	for _, id := range sortedKeys(m) {
		out = append(out, string(id))
	}
	return out
}

func (c *paperChecker) item(path string, id source.ID) {
	if _, ok := c.p.Item(id); ok {
		return
	}
	all := keysOfMap(c.p.Items)
	for _, i := range items {
		all = append(all, string(i.ID))
	}
	hint := "Write an item of the vocabulary, or one that the program file describes under `items:`. What no item fits is typed in under `quotes:`."
	if near := source.DidYouMean(string(id), all); near != "" {
		hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
	}
	c.bad(path, "reference", fmt.Sprintf("%q is not an item.", id), hint)
}

// kind checks that the kind is a demand that can be served here, and that the signature is one that it bears.
func (c *paperChecker) kind() {
	d := c.d
	var here []string
	entries, _ := c.book.In(c.p.Program.Jurisdiction)
	var e *law.Entry
	for _, k := range entries {
		if k.Demand == nil || k.Demand.Class == law.Redirect || k.Demand.Class == law.Leak {
			continue
		}
		here = append(here, string(k.ID))
		if k.ID == d.Kind {
			e = k
		}
	}
	if e == nil {
		if r := c.book.Entry(d.Kind); r != nil && r.Demand != nil && r.Demand.Class == law.Redirect {
			c.bad("kind", "law", "This names the way, and not the paper.", "Name the kind of the paper itself, and the company after `to:`.")
			return
		}
		c.unknownName("kind", d.Kind, here, "demand of this place in the book of law")
		return
	}
	if d.Signature.State != source.Known || d.Signature.Is == "other" || len(e.Demand.Signed) == 0 || slices.Contains(e.Demand.Signed, "anyone") {
		return
	}
	if slices.Contains(e.Demand.Signed, string(d.Signature.Is)) {
		return
	}
	var fit []string
	for _, k := range entries {
		if k.Demand != nil && slices.Contains(here, string(k.ID)) && slices.Contains(k.Demand.Signed, string(d.Signature.Is)) {
			fit = append(fit, string(k.ID))
		}
	}
	hint := "Look at the signature again, and ask counsel what kind of paper it is."
	if len(fit) > 0 {
		hint += " Such a signature stands under: " + strings.Join(fit, ", ") + "."
	}
	c.bad(cmpOr(d.Signature.Path, "signature"), "C12", fmt.Sprintf("A paper of the kind %q is signed by %s, and this one by %s.", d.Kind,
		plainWords(e.Demand.Signed, " or "), plainWords([]string{string(d.Signature.Is)}, "")), hint)
}

func plainWords(list []string, between string) string {
	out := make([]string, len(list))
	for i, s := range list {
		s = strings.ReplaceAll(s, "_", " ")
		switch {
		case s == "anyone" || s == "nobody":
		case strings.ContainsRune("aeiou", rune(s[0])):
			s = "an " + s
		default:
			s = "a " + s
		}
		out[i] = s
	}
	return strings.Join(out, between)
}

// days refuses what is certainly later than the day that was asked for.
func (c *paperChecker) days() {
	late := func(path, what string, day source.Date) {
		if day.First > c.on {
			c.bad(path, "as_of", fmt.Sprintf("%s on %s, which is after the day of this table, %s.", what, day, c.on), "Look at the day again, or ask for a later one with --date.")
		}
	}
	late("dated", "This demand was written", c.d.Dated)
	for f := range c.d.Served.Each {
		if f.State == source.Known {
			late(cmpOr(f.Path, "served"), "This demand arrived", f.Is)
		}
	}
	for f := range c.d.Answer.Each {
		late(cmpOr(f.Path, "answer"), "The answer was given", f.On)
	}
	for f := range c.d.Given.Each {
		late(cmpOr(f.Path, "given"), "This was said", f.On)
	}
	for f := range c.d.Court.Each {
		late(cmpOr(f.Path, "court"), "This happened in court", f.On)
	}
}

// twice refuses a paper that the program file has in another form.
func (c *paperChecker) twice() {
	d := c.d
	for i := range c.p.Demands.Is {
		e := &c.p.Demands.Is[i]
		same := e.Kind == d.Kind && e.From == d.From && e.To == d.To && e.Dated == d.Dated
		switch {
		case e.ID == d.ID && !same:
			c.bad("id", "duplicate", fmt.Sprintf("The program file has another demand with the id %q: its kind, sender, holder or day differs.", d.ID),
				"If it is another paper, give it another id. If it is the same one, mend the one that is wrong.")
		case e.ID != d.ID && same:
			c.bad("id", "duplicate", fmt.Sprintf("The program file has this demand already, with the id %q: the same kind, sender, holder and day.", e.ID),
				fmt.Sprintf("If it is the same paper, write `id: %s`. If two papers came on one day, they differ in one of these: mend it.", e.ID))
		}
	}
}

var paperFacts = sync.OnceValue(func() *factTree { return factsIn(reflect.TypeFor[Paper](), "") })

// walkPaper calls f for every fact of a paper.
func walkPaper(d *Paper, f func(unsaidFact)) {
	w := factWalk{way: make([]factStep, 0, 8), do: f}
	w.walk(paperFacts(), reflect.ValueOf(d).Elem())
}

// paperAsks says, for every fact of a paper, who can answer and the question in words. A test holds it against the type.
var paperAsks = map[string][2]string{
	"signed_by":         {"program", "Whose name and title stand under the paper?"},
	"signature":         {"counsel", "What is the person who signed it: an officer, a judge of a court, a court clerk, a lawyer?"},
	"served":            {"program", "On which day did the paper arrive?"},
	"served_by":         {"program", "Who brought or sent the paper, and how?"},
	"served_on":         {"program", "Who in the office took the paper?"},
	"return_date":       {"counsel", "By which day does the paper want an answer?"},
	"court_named":       {"counsel", "Which court is named on the paper, if any?"},
	"how_many":          {"counsel", "How many people does the paper name?"},
	"asks":              {"counsel", "Whom does the paper ask about?"},
	"wants":             {"counsel", "Which papers and facts does it want?"},
	"testimony":         {"counsel", "Does it want somebody to come and say what he or she knows?"},
	"gag":               {"counsel", "Does the paper, an order or a law forbid the office to tell of it?"},
	"answer":            {"counsel", "What did the office answer?"},
	"given":             {"program", "Has anybody handed anything over, here or at a company?"},
	"court":             {"counsel", "Has the paper gone to court, and what happened?"},
	"court_scope":       {"counsel", "What is the court's decision about: this demand, all such demands, or named people?"},
	"sources.published": {"program", "When was this source published?"},
	"sources.read":      {"program", "When was this source last read by somebody who works on it?"},
}

// Questions lists what a paper calls unknown, and what it leaves out of the first day's questions, with whom to ask.
func (d *Paper) Questions() []Question {
	var out []Question
	said := map[string]bool{}
	walkPaper(d, func(u unsaidFact) {
		said[u.field] = true
		if u.State == source.Unknown {
			a := paperAsks[u.field]
			out = append(out, Question{Pos: u.Pos, Path: u.Path, Ask: a[0], Text: a[1], Asked: u.Asked, Field: u.field})
		}
	})
	for _, field := range []string{"served_by", "served_on", "court_named"} {
		if !said[field] {
			a := paperAsks[field]
			out = append(out, Question{Pos: source.Pos{File: d.File, Line: 1, Col: 1}, Path: field, Ask: a[0], Text: a[1], Field: field})
		}
	}
	return out
}
