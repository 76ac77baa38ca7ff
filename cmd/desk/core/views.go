package core

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// viewOps look at a program from another side: as it would be with one answer otherwise, and as it was before.
var viewOps = map[string]operation{
	"whatif.list": whatIfList,
	"whatif":      whatIf,
	"changes":     changes,
}

// Toggles is the answer of `whatif.list`.
type Toggles struct {
	Toggles []Toggle `json:"toggles"`
}

// Toggle is one answer that could be otherwise.
type Toggle struct {
	Path  string `json:"path"`
	Value string `json:"value"`
	Group string `json:"group"` // of toggles that are about one thing, in words
	Text  string `json:"text"`  // Suppose that …
	Now   string `json:"now"`   // as the file says it today, in words
}

// supposed are the answers to try for a field: what would be said to somebody if it were so. The first word of each is the value.
var supposed = []struct {
	field, group string
	values       [][2]string
}{
	{"channels.phases.asks.handling", "What is kept", [][2]string{{"seen_returned", "it were looked at and given back, and nothing written down"}, {"stored", "it were kept"}}},
	{"retention.period", "How long", [][2]string{{"30 days", "it were kept for 30 days"}, {"7 years", "it were kept for 7 years"}, {"permanent", "it were kept for ever"}}},
	{"channels.phases.asks.backups", "Spare copies", [][2]string{{"90 days", "spare copies stayed for 90 days"}}},
	{"retention.at_end", "How long", [][2]string{{"destroyed", "it were destroyed when the time is over"}}},
	{"holders.contract.waits_for_court", "The company", [][2]string{{"yes", "its contract made it wait for a court"}, {"no", "its contract did not make it wait for a court"}}},
	{"holders.contract.tells_us_of_demands", "The company", [][2]string{{"yes", "its contract made it tell the office of demands"}}},
	{"holders.contract.deletes_at_end", "The company", [][2]string{{"yes", "it erased its copies when the contract ends"}}},
	{"endings.unfinished", "Forms that did not get to the end", [][2]string{{"destroyed", "unfinished forms were destroyed"}}},
	{"endings.denied", "Forms that did not get to the end", [][2]string{{"destroyed", "refused forms were destroyed"}, {"kept_like_others", "refused forms were kept like all others"}}},
	{"tells_people", "When a demand comes", [][2]string{{"no", "the office did not tell people of a demand"}}},
	{"also_reached_by.agreement", "When a demand comes", [][2]string{{"applies", "another office got records by an agreement"}}},
	{"also_reached_by.direct_query", "When a demand comes", [][2]string{{"applies", "other offices could look into the records"}}},
	{"cards_given", "Cards", [][2]string{{"cancelled", "cards that were given were cancelled"}, {"still_good", "cards that were given were still good"}}},
}

func whatIfList(d *Desk, _ json.RawMessage) (any, error) {
	r, err := d.whole()
	if err != nil {
		return nil, err
	}
	names, err := d.naming(r.Program)
	if err != nil {
		return nil, err
	}
	doc := r.Program.Doc
	out := Toggles{Toggles: []Toggle{}}
	for _, s := range supposed {
		for _, path := range factsAt(r.Program, s.field) {
			if !doc.Has(path) || s.field == "channels.phases.asks.backups" && !strings.Contains(path, ".asks.0.") && !strings.Contains(path, ".asks.is.0.") {
				continue // one of a way is enough to see
			}
			f, ok := notices.FieldAt(path)
			if !ok {
				continue
			}
			now, _ := d.inWords(r.Program, names, f, path)
			is, long := doc.Scalar(path + ".is")
			if !long {
				is, _ = doc.Scalar(path)
			}
			if is == "not_applicable" && !strings.HasPrefix(path, "also_reached_by.") {
				continue // a form that nobody sends cannot be otherwise
			}
			for _, v := range s.values {
				if is == v[0] || v[0] == "stored" && !doc.Has(strings.TrimSuffix(path, "handling")+"retention") {
					continue // what is kept belongs to a series, and which one is a second question
				}
				text := "Suppose that " + v[1] + "."
				about := names.Place(path)
				if strings.HasPrefix(path, "retention.") {
					about, _, _ = strings.Cut(about, ":") // what is in it is much, and stands in the notice
				}
				if about != "" {
					text = capital(about) + ": suppose that " + v[1] + "."
				}
				out.Toggles = append(out.Toggles, Toggle{path, v[0], s.group, text, now})
			}
		}
	}
	slices.SortStableFunc(out.Toggles, func(a, b Toggle) int { return groupOf(a) - groupOf(b) })
	return out, nil
}

func groupOf(t Toggle) int {
	for i, s := range supposed {
		if s.group == t.Group {
			return i
		}
	}
	return len(supposed)
}

// factsAt lists the paths of a field that a program has, in the order of the file. What a field is takes a while to find out, so only
// paths that end as the field does are looked up.
func factsAt(p *notices.Program, field string) []string {
	var out []string
	last := field[strings.LastIndexByte(field, '.')+1:]
	seen := map[string]bool{}
	for _, leaf := range p.Doc.Leaves() {
		for path := leaf; path != ""; path = path[:max(0, strings.LastIndexByte(path, '.'))] {
			if path[strings.LastIndexByte(path, '.')+1:] != last || seen[path] || strings.Contains(path, ".but.") {
				continue
			}
			seen[path] = true
			if f, ok := notices.FieldAt(path); ok && f.Name == field && f.Fact {
				out = append(out, path)
			}
		}
	}
	return out
}

// WouldSay is the answer of `whatif`: {path, value, language, kind}: what the notice would say, were one answer otherwise. Nothing is
// changed.
type WouldSay struct {
	Is    string         `json:"is"`   // worse, better, wording_only, same or unclear, for the people concerned
	Says  string         `json:"says"` // the same in whole sentences
	Gone  []SentenceSaid `json:"gone"` // what the notice would no longer say
	New   []SentenceSaid `json:"new"`  // what it would say instead
	Notes []string       `json:"notes"`
}

// SentenceSaid is one sentence of a notice with what stands beside it.
type SentenceSaid struct {
	ID     string       `json:"id"`
	Text   string       `json:"text"`
	Values []ShownValue `json:"values"`
}

func whatIf(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		setArgs
		Language string `json:"language"`
		Kind     string `json:"kind"`
	}](args)
	if err != nil {
		return nil, err
	}
	r, err := d.whole()
	if err != nil {
		return nil, err
	}
	if a.Language == "" {
		a.Language = r.Program.Languages[0]
	}
	if a.Kind == "" {
		a.Kind = string(notices.Before)
	}
	f, ok := notices.FieldAt(a.Path)
	if !ok {
		return nil, refuse("A program file has no such place.", "Choose one of those that are listed.")
	}
	value, err := d.written(r, f, a.setArgs)
	if err != nil {
		return nil, err
	}
	out := &WouldSay{Gone: []SentenceSaid{}, New: []SentenceSaid{}, Notes: []string{}}
	other := &Desk{day: d.day, held: held{name: d.name, files: d.files, down: d.files}}
	other.made.file = r
	_, also, err := other.write("", []notices.Edit{{Path: a.Path, Value: value}})
	if err != nil {
		return nil, err
	}
	out.Notes = append(out.Notes, also...)
	after, err := other.read()
	if err != nil {
		return nil, err
	}
	if errs := after.Problems.Of(source.Error); len(errs) > 0 {
		return nil, refuse("This alone cannot be so. "+errs[0].Message, spoken(errs[0].Hint))
	}
	was, err := d.sentences(notices.Kind(a.Kind), a.Language)
	if err != nil {
		return nil, err
	}
	is, err := other.sentences(notices.Kind(a.Kind), a.Language)
	if err != nil {
		return nil, err
	}
	out.Gone, out.New = less(was, is), less(is, was)
	ch, err := notices.Changes(notices.Side{Program: r.Program, Book: r.Book, On: d.day}, notices.Side{Program: after.Program, Book: after.Book, On: d.day})
	if err != nil {
		return nil, refuse("The two cannot be compared. "+Sentence(err.Error()), "Change the answer itself, and look at the notice.")
	}
	out.Is = string(ch.Is)
	out.Says = shiftSays[ch.Is]
	if names, err := d.naming(r.Program); err == nil {
		if _, unknown := d.inWords(r.Program, names, f, a.Path); unknown && ch.Is == notices.Unclear {
			out.Notes = append(out.Notes, "Today nobody knows it. So nobody can say whether this would be better or worse.")
		}
	}
	return out, nil
}

var shiftSays = map[notices.Shift]string{notices.Same: "Nothing changes for people.", notices.WordingOnly: "Only words change.", notices.Better: "It is better for some people, and worse for nobody.",
	notices.Unclear: "It changes, and nobody can say whether it is better or worse.", notices.Worse: "It is worse for some people."}

// sentences are what a notice says in a language.
func (d *Desk) sentences(kind notices.Kind, tag string) ([]SentenceSaid, error) {
	n, err := d.built(kind)
	if err != nil {
		return nil, err
	}
	said, err := d.say(n, tag)
	if closed := (*locales.Closed)(nil); errors.As(err, &closed) {
		return nil, refuse("The notice is not shown in this language yet.", closedWords(closed))
	} else if err != nil {
		return nil, err
	}
	var out []SentenceSaid
	for _, s := range said.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				out = append(out, SentenceSaid{st.ID, st.Text, values(st.Values)})
			}
		}
	}
	return out, nil
}

// less are the sentences of one list that another has not.
func less(from, without []SentenceSaid) []SentenceSaid {
	key := func(s SentenceSaid) string {
		k := s.ID + "\x00" + s.Text
		for _, v := range s.Values {
			k += "\x00" + v.Label + "\x01" + strings.Join(v.Text, "\x01")
		}
		return k
	}
	has := map[string]bool{}
	for _, s := range without {
		has[key(s)] = true
	}
	out := []SentenceSaid{}
	for _, s := range from {
		if !has[key(s)] {
			out = append(out, s)
		}
	}
	return out
}

// WhatChanged is the answer of `changes`: {old: file}: what is otherwise than in the older edition, for whom, and who must be told. It is a
// working paper: what may not be told of is in it, and marked.
type WhatChanged struct {
	Verdict string         `json:"verdict"`
	Is      string         `json:"is"` // worse, better, wording_only, unclear or same
	Before  string         `json:"before"`
	Now     string         `json:"now"`
	Groups  []ChangedFor   `json:"groups"`
	Tell    []ToTell       `json:"tell"`
	Paper   string         `json:"paper"`  // that it is a working paper
	Hidden  int            `json:"hidden"` // how many of the changes are not public
	Counts  map[string]int `json:"counts"` // how many changes of each sort
}

// ChangedFor is what changed for some people.
type ChangedFor struct {
	Title   string        `json:"title"`
	Is      string        `json:"is"`
	About   string        `json:"about"` // a new way, a way that is gone; "" else
	Changes []ChangeWords `json:"changes"`
}

// ChangeWords is one change. Public is false where it rests on something that may not be told of.
type ChangeWords struct {
	Is     string `json:"is"`
	Text   string `json:"text"`
	Was    string `json:"was"` // in words; "" where the text says all
	Now    string `json:"now"`
	Public bool   `json:"public"`
	Path   string `json:"path"` // of the answer that changed; "" where it is a law
	Line   int    `json:"line"`
}

// ToTell is a group of people who have to read the new words.
type ToTell struct {
	Text string   `json:"text"`
	Why  []string `json:"why"`
}

func changes(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Old *Blob `json:"old"`
	}](args)
	if err != nil {
		return nil, err
	}
	r, err := d.whole()
	if err != nil {
		return nil, err
	}
	old, err := d.older(a.Old)
	if err != nil {
		return nil, err
	}
	old.On = old.Program.Edition.AsOf.Last
	ch, err := notices.StaffChanges(old, notices.Side{Program: r.Program, Book: r.Book, On: r.Program.Edition.AsOf.Last})
	if other := (*notices.ErrOtherProgram)(nil); errors.As(err, &other) {
		return nil, refuse("This file is about another program.", "Choose the older file of the same program.")
	} else if err != nil {
		return nil, refuse("The two cannot be compared. "+Sentence(err.Error()), "Choose the older file of the same program.")
	}
	cat, err := english()
	if err != nil {
		return nil, err
	}
	names, err := d.naming(r.Program)
	if err != nil {
		return nil, err
	}
	before, err := render.NewNames(cat, old.Program)
	if err != nil {
		return nil, err
	}
	w := changeWords{cat, names, before, r}
	edition := func(c notices.Compared) string {
		return fmt.Sprintf("%s: edition %d, as of %s.", c.File, c.Number, dateWords(c.AsOf))
	}
	out := &WhatChanged{Verdict: shiftSays[ch.Is], Is: string(ch.Is), Before: edition(ch.Old), Now: edition(ch.New), Groups: []ChangedFor{}, Tell: []ToTell{}, Counts: map[string]int{},
		Paper: "This is a working paper. It may be a public record."}
	list := func(all []notices.Change) []ChangeWords {
		said := []ChangeWords{}
		for _, c := range all {
			x := w.words(c)
			if !slices.Contains(said, x) {
				said = append(said, x)
				out.Counts[x.Is]++
				if !c.Public {
					out.Hidden++
				}
			}
		}
		return said
	}
	for _, ph := range ch.Phases {
		g := ChangedFor{Title: w.phase(ph.Phase), Is: string(ph.Is), Changes: list(ph.Changes)}
		switch {
		case ph.In == "new" && ph.Against == "":
			g.About = "This way is new."
		case ph.In == "new":
			g.About = "It came in the place of: " + w.phase(ph.Against) + "."
		case ph.In == "gone":
			g.About = "Only the older file has it."
		}
		out.Groups = append(out.Groups, g)
	}
	if len(ch.Everyone) > 0 {
		g := ChangedFor{Title: "Everyone", Changes: list(ch.Everyone)}
		is := notices.Same
		for _, c := range ch.Everyone {
			is = graver(is, c.Is)
		}
		g.Is = string(is)
		out.Groups = append(out.Groups, g)
	}
	for _, t := range ch.Tell {
		says := "All who applied: " + w.phase(t.Phase) + "."
		if t.Who == "open_application" {
			says = "Those whose form is still open: " + w.phase(t.Phase) + "."
		}
		tell := ToTell{Text: says, Why: []string{}}
		for _, code := range t.Codes {
			for _, g := range append(slices.Clone(ch.Phases), notices.PhaseChange{Phase: t.Phase, Changes: ch.Everyone}) {
				if g.Phase != t.Phase {
					continue
				}
				for _, c := range g.Changes {
					if says := Sentence(strings.TrimRight(w.lead(c), ":")); c.Code == code && !slices.Contains(tell.Why, says) {
						tell.Why = append(tell.Why, says)
					}
				}
			}
		}
		out.Tell = append(out.Tell, tell)
	}
	return out, nil
}

func graver(a, b notices.Shift) notices.Shift {
	order := notices.Shift("").Words()
	if slices.Index(order, string(b)) > slices.Index(order, string(a)) {
		return b
	}
	return a
}

// changeWords says changes in English.
type changeWords struct {
	cat        *locales.Catalog
	names, old *render.Names
	file       *File
}

func (w *changeWords) phase(id notices.PhaseID) string {
	ch, ph, _ := strings.Cut(string(id), "/")
	path := "channels." + ch + ".phases." + ph
	if s := w.names.Place(path); s != "" {
		return s
	}
	if s := w.old.Place(path); s != "" {
		return s
	}
	return strings.ReplaceAll(string(id), "_", " ")
}

// staffSays are the leads that no notice has.
var staffSays = map[string]string{"new_way.worse": "Records are made on this new way:", "new_way.same": "This way is new, and keeps nothing.", "demand_came.worse": "A demand came:",
	"rule.unclear": "Another version of the law holds for these people:", "rule_kept.same": "The older version of the law still holds for these people:", "rule_not_yours.same": "A newer version of the law is not about these people:",
	"amended.same": "A law has a newer version:", "promise.unclear": "What the office says is new:", "closed.unclear": "Whether people can apply changed:", "closed.worse": "People can no longer apply:",
	"closed.better": "People can apply again:", "ended.same": "This time is over:", "words.wording_only": "Some names or words are new."}

// lead is the sentence for the sort of a change.
func (w *changeWords) lead(c notices.Change) string {
	for _, id := range []string{c.Code + "." + string(c.Is), c.Code} {
		if s := staffSays[id]; s != "" {
			return s
		}
		if s, err := w.cat.Phrase("en", "change."+id); err == nil {
			return s
		}
	}
	return "Something is new: " + strings.ReplaceAll(c.Code, "_", " ") + "."
}

func (w *changeWords) words(c notices.Change) ChangeWords {
	var about []string
	add := func(s string) {
		if s != "" && !slices.Contains(about, s) {
			about = append(about, s)
		}
	}
	for _, i := range c.Items {
		add(w.names.Item(i))
	}
	for _, word := range c.Words {
		add(w.word(c, word))
	}
	if c.Holder != "" {
		h := w.names.Holder(c.Holder)
		if h == "" {
			h = w.old.Holder(c.Holder)
		}
		add("at " + h)
	}
	if c.Channel != "" {
		add(w.channel(c.Channel))
	}
	if c.Event != "" {
		path := "demands." + string(c.Event)
		says := w.names.Place(path)
		if says == "" {
			says = w.old.Place(path)
		}
		add(says)
	}
	if c.Law != "" {
		if e := w.file.Book.Entry(c.Law); e != nil {
			add(lawTitle(e))
		}
	}
	for _, id := range c.Demands {
		if e := w.file.Book.Entry(id); e != nil {
			add(lawTitle(e))
		}
	}
	out := ChangeWords{Is: string(c.Is), Text: w.lead(c), Public: c.Public}
	if len(about) > 0 {
		out.Text = strings.TrimRight(out.Text, ".:") + ": " + strings.Join(about, "; ") + "."
	} else {
		out.Text = Sentence(strings.TrimRight(out.Text, ":"))
	}
	if c.Before != c.After {
		out.Was, out.Now = w.value(c, c.Before), w.value(c, c.After)
	}
	for _, r := range c.Now {
		if r.Path != "" && r.Pos.File == w.file.Name {
			out.Path, out.Line = r.Path, r.Pos.Line
			break
		}
	}
	return out
}

func (w *changeWords) channel(id source.ID) string {
	for _, n := range []*render.Names{w.names, w.old} {
		if s := n.Place("channels." + string(id)); s != "" {
			return s
		}
	}
	return strings.ReplaceAll(string(id), "_", " ")
}

// word is a word of a vocabulary in a change.
func (w *changeWords) word(c notices.Change, word string) string {
	if f, ok := notices.FieldAt(nowPath(c)); ok && f.Takes.Holds(word) {
		return render.Meaning(f.Name, word)
	}
	for _, id := range []string{"word.receives." + word, "word.route." + word} {
		if s, err := w.cat.Phrase("en", id); err == nil {
			return s
		}
	}
	if says := changedWords[word]; says != "" {
		return says
	}
	return render.Meaning(c.Code, word)
}

// changedWords are words of a change that nothing else says.
var changedWords = map[string]string{"refuse": "the office says no", "keep_confidential_as_law_allows": "the office keeps records confidential, as far as the law allows", "statement": "only a statement",
	"executive_policy": "a policy", "ordinance": "a law of the city or county", "state_statute": "a law of the state", "federal_statute": "a federal law", "ice": "ICE", "hsi": "Homeland Security Investigations", "open": "no last day",
	"unverified": "nobody had checked it", "challenged": "a court case is open"}

func nowPath(c notices.Change) string {
	for _, r := range c.Now {
		if r.Path != "" {
			return r.Path
		}
	}
	return ""
}

// value is what stood or stands, in words; "" where it is a code that says nothing to anybody.
func (w *changeWords) value(c notices.Change, v string) string {
	switch {
	case v == "" || strings.Contains(v, "..") || strings.Contains(v, "@"):
		return ""
	case strings.HasPrefix(v, "one_of:"):
		return "one paper of a group is enough"
	case v == "unknown":
		return "nobody knows"
	}
	if day, err := source.ParseDate(v); err == nil {
		return dateWords(day)
	}
	if _, err := source.ParsePeriod(v); err == nil {
		if says := periodWords[v]; says != "" {
			return says
		}
		return v
	}
	return w.word(c, v)
}
