package notices

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fairnotice/notices/source"
)

// Question is one thing that the file calls unknown, with whom to ask.
type Question struct {
	Pos   source.Pos     `json:"-"`
	Path  string         `json:"path"`
	Ask   string         `json:"ask"`  // records, it, vendor, counsel or program
	Text  string         `json:"text"` // for the person who is asked
	Asked []source.Asked `json:"asked,omitempty"`
	Field string         `json:"-"` // the path without ids, such as retention.period: label unknown.<Field>
}

// asks says, for every fact of the program file, who can answer and the question in words. A test holds it against the types.
var asks = map[string][2]string{
	"edition.changed":                       {"program", "What is new against the edition before?"},
	"edition.older":                         {"program", "On which web page are older editions of the notice?"},
	"program.authority":                     {"counsel", "Which law sets up the program?"},
	"program.mandatory":                     {"counsel", "Does a law make people take part?"},
	"program.status.since":                  {"program", "Since when is the program suspended or ended?"},
	"program.contact.phone":                 {"program", "Which phone number may people call?"},
	"program.contact.place":                 {"program", "At which street address can people come to the office?"},
	"program.contact.page":                  {"program", "Which web page does the office have?"},
	"sources.published":                     {"program", "When was this source published?"},
	"sources.read":                          {"program", "When was this source last read by somebody who works on the notice?"},
	"holders.does":                          {"program", "What does this company do for the office?"},
	"holders.control":                       {"counsel", "Who decides what the company does with the records: the office, or the company?"},
	"holders.contract.tells_us_of_demands":  {"vendor", "Does the contract make the company tell the office when somebody demands records?"},
	"holders.contract.waits_for_court":      {"vendor", "Does the contract make the company wait for a court before it answers?"},
	"holders.contract.deletes_at_end":       {"vendor", "Does the company erase its copies when the contract ends?"},
	"holders.contract.seen":                 {"counsel", "Who has read the contract with the company?"},
	"retention.period":                      {"records", "How long are these records kept?"},
	"retention.from":                        {"records", "From which moment does this time count: from the application, the decision, or something else?"},
	"retention.schedule":                    {"records", "What is the records schedule called that sets this time?"},
	"retention.early_deletion":              {"records", "May the office erase these records before the time is over, or must somebody else agree?"},
	"retention.approval_by":                 {"records", "Which board must agree before records are erased?"},
	"retention.who_may_change":              {"counsel", "Who can change how long these records are kept?"},
	"retention.at_end":                      {"records", "What happens to these records when the time is over?"},
	"endings.unfinished":                    {"it", "What happens to forms that people did not finish?"},
	"endings.withdrawn":                     {"records", "What happens to forms that people took back?"},
	"endings.denied":                        {"records", "What happens to forms that were refused?"},
	"channels.place":                        {"program", "At which address do people apply in this way?"},
	"channels.given_by":                     {"program", "Who gives these facts about people?"},
	"channels.page":                         {"program", "On which web page is this way?"},
	"channels.phases.from":                  {"program", "From which day could people apply in this way?"},
	"channels.phases.to":                    {"program", "Until which day could people apply in this way?"},
	"channels.phases.rule":                  {"counsel", "Under which version of the law did these people give their facts?"},
	"channels.phases.confirm":               {"it", "Must people tick a box or sign before they send the form?"},
	"channels.phases.told_people":           {"program", "Were people told that these facts about them were given?"},
	"channels.phases.asks":                  {"program", "What are people asked for?"},
	"channels.phases.never_asks":            {"program", "What are people never asked for?"},
	"channels.phases.asks.need":             {"program", "Must people give this, or may they leave it out?"},
	"channels.phases.asks.refuse":           {"program", "What happens to somebody who does not give it?"},
	"channels.phases.asks.why":              {"program", "What is this needed for?"},
	"channels.phases.asks.handling":         {"it", "What is done with this: is it kept, written down, or looked at and given back?"},
	"channels.phases.asks.copies":           {"it", "Which copies of this stay, and who has each of them: records, scans, paper, another company?"},
	"channels.phases.asks.backups":          {"it", "Are there spare copies (backups) of this, and how long do they stay?"},
	"channels.phases.asks.type_recorded":    {"it", "Can one search the records for the kind of paper, such as all passports from another country?"},
	"channels.phases.asks.copies.purge_lag": {"it", "How long does this copy stay after use?"},
	"channels.phases.asks.copies.disposed":  {"records", "Is this copy destroyed, and who checked it on which day?"},
	"holds":                                 {"counsel", "Is there an order or a duty to stop erasing records?"},
	"holds.from":                            {"counsel", "From which day does the order to stop erasing hold?"},
	"holds.to":                              {"counsel", "Until when does the order to stop erasing hold?"},
	"alternatives":                          {"program", "Is there a way that leaves fewer records?"},
	"alternatives.wait":                     {"program", "How long do people wait when they use this other way?"},
	"alternatives.where":                    {"program", "Where do people go for this other way?"},
	"alternatives.next":                     {"program", "When is the next day on which people can use this other way?"},
	"alternatives.costs":                    {"program", "What does this other way cost people: time, travel, money?"},
	"office_says":                           {"program", "What does the office say that it will do when a demand comes?"},
	"tells_people":                          {"counsel", "Does the office tell people that their records were demanded?"},
	"demands":                               {"counsel", "Which demands for records came?"},
	"demands.served":                        {"counsel", "On which day did the demand arrive?"},
	"demands.how_many":                      {"counsel", "How many people does the demand name?"},
	"demands.asks":                          {"counsel", "Whom does the demand ask about?"},
	"demands.wants":                         {"counsel", "Which papers and facts does the demand want?"},
	"demands.answer":                        {"counsel", "What did the office answer?"},
	"demands.given":                         {"counsel", "What was handed over?"},
	"demands.court":                         {"counsel", "Did the demand go to court, and what happened?"},
	"demands.court_scope":                   {"counsel", "What is the court's decision about: this demand, all such demands, or named people?"},
	"other_people":                          {"program", "Whose facts besides the applicant's are in the file?"},
	"past.see_your_file":                    {"records", "Can people see their file?"},
	"past.correct_it":                       {"records", "Can people have their file corrected?"},
	"past.withdraw":                         {"records", "Can people take back their form?"},
	"past.delete_it":                        {"records", "Can people have their file erased?"},
	"cards_given":                           {"program", "Are cards or benefits already given still good?"},
	"contacts_people":                       {"program", "How does the office contact people?"},
	"costs":                                 {"program", "What does it cost to apply?"},
	"other_recipients":                      {"program", "Who else learns something because the card is used or sent?"},
	"partners":                              {"program", "Which groups help people to fill in the form?"},
	"partners.keeps_copies":                 {"program", "Does this group keep copies?"},
	"help.page":                             {"program", "Which web page does this helper have?"},
	"help.phone":                            {"program", "Which phone number does this helper have?"},
	"survivors":                             {"program", "Which program gives survivors of violence another address?"},
	"survivors.page":                        {"program", "On which web page is the program for survivors?"},
	"readers_test":                          {"program", "Have readers tested the notice?"},
	"also_reached_by.records_request":       {"counsel", "Can records be asked for under a public-records law?"},
	"also_reached_by.leak":                  {"it", "Could records get out by a mistake or a break-in?"},
	"also_reached_by.agreement":             {"counsel", "Is there an agreement to send records to another office?"},
	"also_reached_by.direct_query":          {"it", "Can other offices look into the records directly?"},
	"also_reached_by.funding_condition":     {"counsel", "Does a funder demand the records as a condition?"},
	"also_reached_by.voluntary_sharing":     {"counsel", "Can a worker share records without any demand?"},
	"also_reached_by.broker":                {"it", "Are records sold or passed to a data company?"},
}

// Questions lists what the file calls unknown, in the order of the file, with whom to ask. What may not be listed in a notice is in it.
func Questions(p *Program) []Question {
	out := p.unknowns()
	slices.SortStableFunc(out, func(a, b Question) int {
		if a.Pos.Line != b.Pos.Line {
			return a.Pos.Line - b.Pos.Line
		}
		return a.Pos.Col - b.Pos.Col
	})
	return out
}

// unknowns lists the same in an order that does not move with the order of keys in the file.
func (p *Program) unknowns() []Question {
	var out []Question
	walkFacts(p, func(u unsaidFact) {
		if u.State != source.Unknown {
			return
		}
		a := asks[u.field]
		out = append(out, Question{Pos: u.Pos, Path: u.Path, Ask: a[0], Text: a[1], Asked: u.Asked, Field: u.field})
	})
	return out
}

// unsaidFact is any fact of the file, without its value.
type unsaidFact struct {
	State      source.State
	Source     source.ID
	Confidence source.Confidence
	By         string
	On         source.Date
	Law        []source.ID
	Asked      []source.Asked
	Buts       int
	ButsOn     []source.Date
	Says       string // where sources disagree: what each says, if that is said in a word or two
	Pos        source.Pos
	Path       string
	field      string
}

// walkFacts calls f for every fact of a program, and for every fact inside a fact.
func walkFacts(p *Program, f func(unsaidFact)) {
	w := factWalk{way: make([]factStep, 0, 16), do: f}
	w.walk(programFacts(), reflect.ValueOf(p).Elem())
}

// factTree is where facts are in a type: worked out once, for it is the same for every program.
type factTree struct {
	field  string // the path without ids
	kind   reflect.Kind
	fact   bool
	fields []factField // of a struct
	elem   *factTree   // of a pointer, slice, map or fact
	id     []int       // of a slice: the field ID of its entries
}

type factField struct {
	index int
	name  string
	tree  *factTree
}

var programFacts = sync.OnceValue(func() *factTree { return factsIn(reflect.TypeFor[Program](), "") })

var factPkg = reflect.TypeFor[source.Fact[int]]().PkgPath()

// factsIn gives nil for a type without facts.
func factsIn(t reflect.Type, field string) *factTree {
	tree := &factTree{field: field, kind: t.Kind()}
	if is, ok := source.FactType(t); ok {
		tree.fact, tree.elem = true, factsIn(is, field)
		return tree
	}
	switch t.Kind() {
	case reflect.Struct:
		if t.PkgPath() == factPkg { // dates, texts, periods hold no facts
			return nil
		}
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
			if name == "" || name == "-" {
				continue
			}
			if sub := factsIn(t.Field(i).Type, join(field, name)); sub != nil {
				tree.fields = append(tree.fields, factField{i, name, sub})
			}
		}
		if tree.fields == nil {
			return nil
		}
		return tree
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if tree.elem = factsIn(t.Elem(), field); tree.elem == nil {
			return nil
		}
		if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct {
			if f, ok := t.Elem().FieldByName("ID"); ok {
				tree.id = f.Index
			}
		}
		return tree
	}
	return nil
}

// factWalk is one walk, and the way to where it is: written only where a fact does not know its own path.
type factWalk struct {
	way []factStep
	do  func(unsaidFact)
}

type factStep struct {
	name  string
	index int // where there is no name
}

func (w *factWalk) path() string {
	out := ""
	for _, s := range w.way {
		if s.name == "" {
			s.name = strconv.Itoa(s.index)
		}
		out = join(out, s.name)
	}
	return out
}

func (w *factWalk) into(t *factTree, v reflect.Value, s factStep) {
	w.way = append(w.way, s)
	w.walk(t, v)
	w.way = w.way[:len(w.way)-1]
}

func (w *factWalk) walk(t *factTree, v reflect.Value) {
	switch {
	case t.fact:
		if u := readFact(v); u.State != source.Unsaid {
			u.field = t.field
			if u.Path == "" {
				u.Path = w.path()
			}
			w.do(u)
		}
		if t.elem != nil {
			w.walk(t.elem, v.Field(factIs))
		}
	case t.kind == reflect.Pointer:
		if !v.IsNil() {
			w.walk(t.elem, v.Elem())
		}
	case t.kind == reflect.Struct:
		for i := range t.fields {
			sub := &t.fields[i]
			w.into(sub.tree, v.Field(sub.index), factStep{name: sub.name})
		}
	case t.kind == reflect.Slice:
		for i := range v.Len() {
			e, here := v.Index(i), factStep{index: i}
			if t.id != nil {
				here.name = e.FieldByIndex(t.id).String()
			}
			w.into(t.elem, e, here)
		}
	case t.kind == reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			w.into(t.elem, v.MapIndex(k), factStep{name: k.String()})
		}
	}
}

// The fields of a fact are the same ones in every Fact[T].
var (
	factState, factIs, factSource  = factFieldOf("State"), factFieldOf("Is"), factFieldOf("Source")
	factConfidence, factBy, factOn = factFieldOf("Confidence"), factFieldOf("By"), factFieldOf("On")
	factLaw, factAsked, factBut    = factFieldOf("Law"), factFieldOf("Asked"), factFieldOf("But")
	factPos, factPath              = factFieldOf("Pos"), factFieldOf("Path")
)

func factFieldOf(name string) int {
	f, _ := reflect.TypeFor[source.Fact[int]]().FieldByName(name)
	return f.Index[0]
}

// said is the value of a fact in a word or two, or "" where it takes more.
func said(fact reflect.Value) string {
	switch source.State(fact.Field(factState).Int()) {
	case source.Unknown:
		return "unknown"
	case source.NotApplicable:
		return "not_applicable"
	}
	is := fact.Field(factIs)
	if list := is.Kind() == reflect.Slice; list && (is.Len() == 0 || is.Type().Elem().Kind() != reflect.String) || !list && is.Kind() == reflect.Struct && is.Type().PkgPath() != factPkg {
		return ""
	}
	return strings.Trim(fmt.Sprint(is.Interface()), "[]")
}

func readFact(v reflect.Value) unsaidFact {
	on, pos := v.Field(factOn), v.Field(factPos)
	u := unsaidFact{State: source.State(v.Field(factState).Int()), Source: source.ID(v.Field(factSource).String()),
		Confidence: source.Confidence(v.Field(factConfidence).String()), By: v.Field(factBy).String(),
		On: source.Date{First: source.Day(on.Field(0).Int()), Last: source.Day(on.Field(1).Int())}, Buts: v.Field(factBut).Len(),
		Pos: source.Pos{File: pos.Field(0).String(), Line: int(pos.Field(1).Int()), Col: int(pos.Field(2).Int())}, Path: v.Field(factPath).String()}
	if buts := v.Field(factBut); u.Buts > 0 {
		u.Says = said(v)
		u.ButsOn = make([]source.Date, u.Buts)
		for i := range u.Buts {
			on := buts.Index(i).Field(factOn)
			u.ButsOn[i] = source.Date{First: source.Day(on.Field(0).Int()), Last: source.Day(on.Field(1).Int())}
			if s := said(buts.Index(i)); s == "" || u.Says == "" {
				u.Says = ""
			} else {
				u.Says += "; " + s
			}
		}
	}
	if l := v.Field(factLaw); l.Len() > 0 {
		u.Law = l.Interface().([]source.ID)
	}
	if a := v.Field(factAsked); a.Len() > 0 {
		u.Asked = a.Interface().([]source.Asked)
	}
	return u
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "." + b
}
