package law

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// reading is one file between reading and checking.
type reading struct {
	entry    *Entry
	doc      *source.Doc
	stem     string // the file's name without .yaml
	whole    bool   // read without errors
	twice    bool   // its id is taken
	problems source.Problems
}

func (r *reading) bad(path, code, message, hint string) {
	pos := r.doc.Pos(path)
	excerpt := ""
	if pos.Line > 0 {
		excerpt = r.doc.Line(pos.Line)
	}
	r.problems = append(r.problems, source.Problem{Pos: pos, Path: path, Code: code, Message: message, Hint: hint,
		Severity: source.Error, Excerpt: excerpt})
}

// check holds an entry against the rules of the package comment. The book has all entries that were read, for their ids.
func (r *reading) check(b *Book) {
	e := r.entry
	if string(e.ID) != r.stem {
		r.bad("id", "law-file-name", fmt.Sprintf("The entry is called %q, but its file is called %s.yaml.", e.ID, r.stem),
			fmt.Sprintf("Call the file %s.yaml, or mend the id.", e.ID))
	}
	if r.twice {
		r.bad("id", "law-twice", fmt.Sprintf("There is an entry %q already.", e.ID), "Give this one another id; an entry of the book cannot be replaced.")
	}
	if around(e.Where) == nil {
		r.unknownPlace("where", e.Where)
	}
	if e.Checked.On.Before(e.Checked.Next) != source.Yes {
		r.bad("checked.next", "law-checked", fmt.Sprintf("The next check, %s, is not after the last one, %s.", e.Checked.Next, e.Checked.On),
			"Write a later day.")
	}
	if !r.part() {
		return
	}
	r.own()
	switch {
	case e.Demand != nil:
		r.demand(b)
	case e.Ruling != nil:
		r.ruling(b)
	default:
		r.protection()
	}
}

// part reports whether the entry has the part that its kind calls for, and no other.
func (r *reading) part() bool {
	e := r.entry
	has := map[string]bool{
		"demand": e.Demand != nil, "ruling": e.Ruling != nil, "versions": len(e.Versions) > 0, "effects": len(e.Effects) > 0,
		"force": e.Force != "", "topic": e.Topic != "",
	}
	want := []string{string(e.Kind)}
	if e.Kind == KindProtection {
		want = []string{"force", "topic", "versions", "effects"}
	}
	ok := true
	for _, key := range []string{"demand", "force", "topic", "versions", "effects", "ruling"} {
		switch wanted := slices.Contains(want, key); {
		case wanted && !has[key]:
			ok = false
			r.bad("kind", "law-kind", fmt.Sprintf("The entry is a %s, but it has no %q.", e.Kind, key), fmt.Sprintf("Add %s:, or mend the kind.", key))
		case !wanted && has[key]:
			ok = false
			r.bad(key, "law-kind", fmt.Sprintf("The entry is a %s, which has no %q.", e.Kind, key), "Take it out, or mend the kind.")
		}
	}
	return ok
}

// own holds a law that a program brings along against what its readers need, and keeps the book's own entries free of it.
func (r *reading) own() {
	e := r.entry
	if !e.Own {
		if e.InWords != nil {
			r.bad("in_words", "law-own", "Words for readers stand in the entry, but the catalogues of the languages have those of this book.",
				"Take in_words: out, and write them in the catalogue of each language.")
		}
		return
	}
	if e.Kind != KindProtection {
		r.bad("kind", "law-own", fmt.Sprintf("A program can bring along a protection of its place, but this is a %s.", e.Kind),
			"Take the file out of the folder, or ask for the entry to be added to the book of law.")
		return
	}
	if e.InWords == nil {
		e.InWords = &InWords{}
		r.bad("", "law-own", "The law has no words that a reader could see.", "Add in_words: with name, says and binds, each in every language of the program.")
	}
	for i := range e.Versions {
		v := &e.Versions[i]
		if v.Rule.IsZero() && len(e.Versions) > 1 {
			r.bad("versions."+string(v.ID), "law-own", fmt.Sprintf("The law has several versions, but nothing says what %q means for people.", v.ID),
				"Add rule: with a short sentence in every language of the program.")
		}
	}
}

func (r *reading) demand(b *Book) {
	d := r.entry.Demand
	r.confidence("demand.words", d.Words)
	for i, w := range d.Signed {
		r.word(fmt.Sprintf("demand.signed_by.%d", i), w, wordsSigned)
	}
	for i, id := range d.Items {
		r.item(fmt.Sprintf("demand.items.%d", i), id)
	}
	if id := d.EnforcedBy; id != "" {
		if t := b.Entry(id); t == nil || t.Demand == nil || t.Demand.Class != CourtOrder {
			r.bad("demand.enforced_by", "law-reference", fmt.Sprintf("There is no demand %q that is a court's order.", id),
				"Name an entry whose class is court_order.")
		}
	}
	for i, id := range d.Rulings {
		if t := b.Entry(id); t == nil || t.Kind != KindRuling {
			r.bad(fmt.Sprintf("demand.rulings.%d", i), "law-reference", fmt.Sprintf("There is no ruling %q.", id), "Add its file, or mend the name.")
		}
	}
	r.route(b)
}

// route checks what a program file answers for the demand, by which papers it comes, and what it is for.
func (r *reading) route(b *Book) {
	d := r.entry.Demand
	switch d.Class {
	case Feed, Broker:
		if d.AnsweredBy == "" {
			r.bad("demand.class", "law-answer", fmt.Sprintf("A route of class %s fits some programs only, but the entry does not say which answer of a program file belongs to it.", d.Class),
				"Add answered_by: with one of: "+strings.Join(wordsAnswers, ", ")+".")
		}
	case RecordsRequest, Voluntary, Leak:
	default:
		if d.AnsweredBy != "" {
			r.bad("demand.answered_by", "law-answer", fmt.Sprintf("A demand of class %s comes as a paper; no answer of a program file belongs to it.", d.Class), "Take answered_by out, or mend the class.")
		}
	}
	if d.AnsweredBy != "" {
		r.word("demand.answered_by", string(d.AnsweredBy), wordsAnswers)
	}
	if len(d.GoesBy) > 0 && d.Class != Redirect {
		r.bad("demand.goes_by", "law-reference", fmt.Sprintf("A demand of class %s goes by itself, not by others.", d.Class), "Take goes_by out, or write class: redirect.")
	}
	for i, id := range d.GoesBy {
		if t := b.Entry(id); t == nil || t.Demand == nil || t.Demand.Class == Redirect || t.Demand.Class == Leak {
			r.bad(fmt.Sprintf("demand.goes_by.%d", i), "law-reference", fmt.Sprintf("There is no demand %q by which another can come.", id), "Add its file, or mend the name.")
		}
	}
	if p := d.Purpose; p != nil {
		r.confidence("demand.purpose.words", p.Words)
		r.word("demand.purpose.only", string(p.Only), wordsPurpose)
	}
}

func (r *reading) ruling(b *Book) {
	d := r.entry.Ruling
	r.confidence("ruling.words", d.Words)
	r.word("ruling.outcome", string(d.Outcome), wordsOutcome)
	if !d.Appealed.IsZero() && d.Appealed.Before(d.Decided) == source.Yes {
		r.bad("ruling.appealed", "law-effects", fmt.Sprintf("The appeal, of %s, comes before the ruling, of %s.", d.Appealed, d.Decided), "Mend one of the days.")
	}
	for i, id := range d.Of {
		if t := b.Entry(id); t == nil || t.Kind != KindDemand {
			r.bad(fmt.Sprintf("ruling.of.%d", i), "law-reference", fmt.Sprintf("There is no demand %q.", id), "Add its file, or mend the name.")
		}
	}
	for i, id := range d.Laws {
		if t := b.Entry(id); t == nil || t.Kind != KindProtection {
			r.bad(fmt.Sprintf("ruling.laws.%d", i), "law-reference", fmt.Sprintf("There is no protection %q.", id), "Add its file, or mend the name.")
		}
	}
	for i, id := range d.Binding {
		if around(id) == nil {
			r.unknownPlace(fmt.Sprintf("ruling.binding.%d", i), id)
		}
	}
}

func (r *reading) protection() {
	e := r.entry
	for i := range e.Versions {
		v := &e.Versions[i]
		at := "versions." + string(v.ID)
		r.confidence(at+".words", v.Words)
		if v.Forbids == Does && !quoted(v.Words) {
			r.bad(at+".forbids", "law-words", "The entry says that the law forbids, but quotes no words that do.",
				"Quote them, or write undecided.")
		}
		r.days(i)
		for j, c := range v.Covers {
			if c.What != All {
				r.item(fmt.Sprintf("%s.covers.%d.what", at, j), c.What)
			}
		}
		for j, id := range v.Closed {
			r.item(fmt.Sprintf("%s.closed.%d", at, j), id)
		}
		for j, id := range v.Exempt {
			r.item(fmt.Sprintf("%s.exempt.%d", at, j), id)
		}
		for j, id := range v.Balance {
			r.item(fmt.Sprintf("%s.balance.%d", at, j), id)
		}
		for j, id := range v.Exceptions {
			r.word(fmt.Sprintf("%s.exceptions.%d", at, j), string(id), wordsExceptions)
		}
		if t := v.Tells; t != nil {
			r.word(at+".tells.when", string(t.When), wordsTells)
			if t.Within.Word != "" {
				r.bad(at+".tells.within", "law-word", fmt.Sprintf("%q is no length of time to tell within.", t.Within.Word), "Write a length such as 3 days, or leave it out.")
			}
		}
		for j, id := range v.Approval {
			r.word(fmt.Sprintf("%s.approval.%d", at, j), string(id), wordsApproval)
		}
	}
	for i, x := range e.Effects {
		at := fmt.Sprintf("effects.%d", i)
		if i > 0 && e.Effects[i-1].On.Before(x.On) != source.Yes {
			r.bad(at+".on", "law-effects", fmt.Sprintf("This effect, of %s, does not come after the one before it, of %s.", x.On, e.Effects[i-1].On),
				"Put the effects in the order of their days, one for each day.")
		}
		switch {
		case (x.Is == Challenged || x.Is == Enjoined) && x.Case == "":
			r.bad(at+".is", "law-effects", fmt.Sprintf("The entry says %s, but names no suit.", x.Is), "Add case: with the suit or the decision.")
		case x.Is == Disputed && len(x.Sides) < 2:
			r.bad(at+".is", "law-effects", "The entry says disputed, but does not say who reads the law how.", "Add sides: with at least two readings.")
		}
	}
}

// days checks the days of a version against its id and against the version before.
func (r *reading) days(i int) {
	vs := r.entry.Versions
	v := &vs[i]
	at := "versions." + string(v.ID)
	from := v.From.State == source.Known
	switch {
	case v.ID == "current" && i < len(vs)-1:
		r.bad(at+".id", "law-versions", "A version called current is followed by another.", "Only the last version can be current.")
	case v.ID != "current" && (!from || v.From.Is.String() != string(v.ID)):
		r.bad(at+".id", "law-versions", fmt.Sprintf("The version is called %q, which is not its first day.", v.ID),
			"Call it by the day that stands at from:, or current where that is unknown.")
	}
	if from && !v.To.IsZero() && v.From.Is.Before(v.To) != source.Yes {
		r.bad(at+".to", "law-versions", fmt.Sprintf("The version ends on %s, which is not after its first day, %s.", v.To, v.From.Is), "Mend one of the days.")
	}
	if i == 0 {
		return
	}
	switch p := &vs[i-1]; {
	case p.To.IsZero():
		r.bad("versions."+string(p.ID), "law-versions", fmt.Sprintf("The version %q has no end, but another follows it.", p.ID), "Add to: with the day on which the next one begins.")
	case !from:
		r.bad(at+".from", "law-versions", "The version follows another, but its first day is unknown.", "Only a version without another before it can begin on an unknown day.")
	case v.From.Is.First < p.To.First:
		r.bad(at+".from", "law-versions", fmt.Sprintf("The version begins on %s, before the one before it ends, on %s.", v.From.Is, p.To), "Put the versions in order; they cannot overlap.")
	}
}

// confidence holds the words against what the entry says of itself.
func (r *reading) confidence(at string, words source.Fact[string]) {
	if !quoted(words) && r.entry.Confidence != source.Unverified {
		r.bad(at, "law-confidence", fmt.Sprintf("The words are not quoted, but the confidence is %s.", r.entry.Confidence),
			"Write confidence: unverified, or quote the words.")
	}
}

func quoted(words source.Fact[string]) bool {
	return words.State == source.Known && strings.TrimSpace(words.Is) != ""
}

func (r *reading) word(at, word string, words []string) {
	if !slices.Contains(words, word) {
		r.bad(at, "law-word", fmt.Sprintf("%q is not a word that this list takes.", word), "Write one of: "+strings.Join(words, ", ")+".")
	}
}

func (r *reading) item(at string, id source.ID) {
	if !itemOrClass(id) {
		r.bad(at, "law-item", fmt.Sprintf("%q is no item and no class of items.", id), "Write an item such as photo, or a class: "+strings.Join(ItemClass("").Words(), ", ")+".")
	}
}

func (r *reading) unknownPlace(at string, id source.ID) {
	known := make([]string, len(places))
	for i, p := range places {
		known[i] = string(p.id)
	}
	r.bad(at, "law-place", fmt.Sprintf("The book knows no place %q.", id), "Write one of: "+strings.Join(known, ", ")+".")
}
