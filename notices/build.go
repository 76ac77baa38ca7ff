package notices

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Build makes a notice: pure, in no language, the same for everybody. Demands that may not be listed change nothing in it. It fails on
// a fact that no rule of the decision table fits, and on a statement without a reason: none can be built.
func Build(p *Program, book *law.Book, kind Kind, on source.Day) (*Notice, error) {
	x, err := newEngine(p, book, on, false)
	if err != nil {
		return nil, err
	}
	rows, err := x.rows(x.spoken())
	if err != nil {
		return nil, err
	}
	b := &builder{engine: x, book: book, on: on, table: rows, used: make(map[string]bool, 512),
		n: &Notice{Program: p.Program.ID, Name: p.Program.Name, Kind: kind, Voice: p.Voice, People: p.People, AsOf: p.Edition.AsOf.Last,
			Number: p.Edition.Number, Digits: p.Digits, Languages: p.Languages, File: p.File, Lock: p.Lock, Wording: p.Wording}}
	b.unknowns = slices.DeleteFunc(p.unknowns(), func(q Question) bool { return b.secret(q.Path) })
	switch kind {
	case Before:
		b.keyFacts()
		b.about()
		b.choices()
		b.asked()
		b.kept()
		b.howLong()
		b.companies()
		b.past()
		b.happened()
		b.whoCanAsk()
		b.stops()
		b.notKnown()
		b.confirm()
		b.edition()
		b.why()
		b.laws()
		b.papers(func(d demandRef) bool { return b.canCome(d.Entry) })
		b.sources()
	case AtUpload:
		b.keyFacts()
		b.confirm()
	case AlreadyApplied:
		b.applied()
	case DemandReceived:
		b.received()
	case Poster:
		b.poster()
	case AskBack:
		b.askBack()
	case WhatChanged:
		return nil, fmt.Errorf("the kind %q is made of two editions", kind)
	default:
		return nil, fmt.Errorf("there is no kind of notice %q", kind)
	}
	b.flush()
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	return b.n, nil
}

type builder struct {
	*engine
	book     *law.Book
	on       source.Day
	table    []Row
	lawsSaid bool // layer 2 has said what each law that may stop an answer says
	n        *Notice
	sec      *Section
	grp      *Group
	size     int // statements in the group
	used     map[string]bool
	errs     []error
	unknowns []Question
	deferred map[string][]Claim // path of an unknown -> what the list of open questions says for it
}

// section begins a section; sections without statements are dropped.
func (b *builder) section(id string, layer int, values ...Value) {
	b.flush()
	b.sec = &Section{ID: id, Layer: layer, Values: values}
	b.group("")
}

func (b *builder) flush() {
	b.closeGroup()
	if b.sec != nil && len(b.sec.Groups) > 0 {
		b.n.Sections = append(b.n.Sections, *b.sec)
	}
	b.sec, b.grp = nil, nil
}

// group begins a group of statements, with a small heading or "".
func (b *builder) group(heading string, values ...Value) {
	b.closeGroup()
	if id := "group." + heading; wordsFor(b.p.People, id) != id {
		heading = wordsFor(b.p.People, id)
	}
	b.grp = &Group{Heading: heading, Values: values}
	b.size = 0
}

func (b *builder) closeGroup() {
	if b.grp != nil && len(b.grp.Statements) > 0 {
		b.sec.Groups = append(b.sec.Groups, *b.grp)
	}
	b.grp = nil
}

// twoSentences lists the messages that hold two sentences: a group holds at most three.
var twoSentences = map[string]bool{"program.urgency.health": true, "program.urgency.food": true, "program.urgency.shelter": true, "do.survivor.ask": true,
	"askback.q.kept": true, "askback.q.court": true, "askback.q.next": true, "demand.gag": true, "told.says": true,
	"law.chicago-2-176.2024-06-12.rule": true}

// say adds a statement. Its scope and message make its id.
func (b *builder) say(scope, message string, claims []Claim, because []Reason, values ...Value) {
	message = wordsFor(b.p.People, b.worded(message))
	s := Statement{ID: message, Message: message, Claims: claims, Because: because, Values: values}
	if scope != "" {
		s.ID = scope + "." + message
	}
	b.add(s)
}

// sayN adds a statement with the one number of a plural message.
func (b *builder) sayN(scope, message string, n int, claims []Claim, because []Reason, values ...Value) {
	b.add(Statement{ID: scope + "." + message, Message: message, N: &n, Claims: claims, Because: because, Values: values})
}

func (b *builder) add(s Statement) {
	if len(s.Because) == 0 {
		b.errs = append(b.errs, fmt.Errorf("the sentence %s has no reason", s.ID))
	}
	for i, id := 2, s.ID; b.used[s.ID]; i++ {
		s.ID = fmt.Sprintf("%s.%d", id, i)
	}
	b.used[s.ID] = true
	s.Because = b.fileWords(s.Because, s.Values)
	b.speak(s.Values)
	n := 1
	if twoSentences[s.Message] {
		n = 2
	}
	if b.size+n > 3 {
		h := b.grp.Heading
		b.group("")
		if h != "" {
			b.grp.Heading = ""
		}
	}
	b.size += n
	if b.grp.Statements == nil {
		b.grp.Statements = make([]Statement, 0, 3)
	}
	b.grp.Statements = append(b.grp.Statements, s)
}

// fileWords adds the places of the file's own words that stand beside a sentence: the names of holders, ways and items.
func (b *builder) fileWords(because []Reason, values []Value) []Reason {
	because = slices.Clip(because)
	for _, v := range values {
		for i := range v.Parts {
			t := &v.Parts[i].Text
			if t.Path != "" && !slices.ContainsFunc(because, func(r Reason) bool { return r.Path == t.Path }) {
				because = append(because, Reason{Pos: t.Pos, Path: t.Path})
			}
		}
	}
	return because
}

// claim makes claims: claim("C02", "portal/name", …).
func claim(item ItemID, about ...string) []Claim {
	out := make([]Claim, len(about))
	for i, a := range about {
		out[i] = Claim{item, a}
	}
	return out
}

// later leaves an unknown to the list of open questions, and with it what has to be said of it.
func (b *builder) later(path string, cl []Claim) {
	if b.deferred == nil {
		b.deferred = map[string][]Claim{}
	}
	b.deferred[path] = append(b.deferred[path], cl...)
}

func claims(lists ...[]Claim) []Claim { return slices.Concat(lists...) }

// reasons joins lists, each reason once. The lists have none twice, and nobody changes what stands in one.
func reasons(lists ...[]Reason) []Reason {
	var first []Reason
	for len(lists) > 0 && len(first) == 0 {
		first, lists = lists[0], lists[1:]
	}
	more := 0
	for _, l := range lists {
		for i := range l {
			if !hasReason(first, &l[i]) {
				more++
			}
		}
	}
	if more == 0 {
		return slices.Clip(first)
	}
	out := append(make([]Reason, 0, len(first)+more), first...)
	for _, l := range lists {
		for i := range l {
			if !hasReason(out, &l[i]) {
				out = append(out, l[i])
			}
		}
	}
	return out
}

// hasReason looks at the fields that differ most first.
func hasReason(list []Reason, r *Reason) bool {
	for i := range list {
		if o := &list[i]; o.Path == r.Path && o.Law == r.Law && *o == *r {
			return true
		}
	}
	return false
}

// path is the reason for a leaf of the file that is no fact.
func (b *builder) path(p ...string) []Reason {
	out := make([]Reason, len(p))
	for i := range p {
		out[i] = b.p.at(p[i])
	}
	return out
}

// cite is the reason for a law of the book; an entry that is not there gives none.
func (b *builder) cite(ids ...source.ID) []Reason {
	var out []Reason
	for _, id := range ids {
		if e := b.book.Entry(id); e != nil {
			out = append(out, Reason{Law: id, Cite: e.Citation})
		}
	}
	return out
}

// Values.

func labels(name, family string, words ...string) Value {
	v := Value{Name: name, Kind: VLabel, Parts: make([]Part, len(words))}
	for i, w := range words {
		v.Parts[i].Key = family + "." + strings.ToLower(w) // an id has small letters only, and zh-Hans has not
	}
	return v
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// items is a list of items: labels of the vocabulary, or the file's own names. The item "" is whatever is asked, where nobody knows it.
func (b *builder) items(name string, ids []source.ID) Value {
	v := Value{Name: name, Kind: VLabel, Parts: make([]Part, len(ids))}
	for i, id := range ids {
		if c, ok := b.p.Items[id]; ok {
			v.Parts[i].Text = c.Name
		} else if id == "" {
			v.Parts[i].Key = "item.unknown"
		} else {
			v.Parts[i].Key = "item." + string(id)
		}
	}
	return v
}

func text(name string, t source.Text) Value {
	if t.In == nil {
		return Value{Name: name, Kind: VName, Parts: []Part{{Name: t.Name}}}
	}
	return Value{Name: name, Kind: VText, Parts: []Part{{Text: t}}}
}

func name(n, s string) Value { return Value{Name: n, Kind: VName, Parts: []Part{{Name: s}}} }
func date(n string, d source.Date) Value {
	return Value{Name: n, Kind: VDate, Parts: []Part{{Date: d}}}
}
func dates(n string, from source.Date, to source.End) Value {
	return Value{Name: n, Kind: VDates, Parts: []Part{{Date: from, To: to}}}
}
func count(n string, c int, about bool) Value {
	return Value{Name: n, Kind: VCount, Parts: []Part{{N: c, About: about}}}
}
func span(n string, p source.Period) Value {
	return Value{Name: n, Kind: VSpan, Parts: []Part{{Span: p}}}
}

// lawsOf is a list of laws: by name where people decide, with their citations in layer 3.
func (b *builder) lawsOf(n string, ids ...source.ID) Value {
	v := Value{Name: n, Kind: VLaw}
	for _, id := range ids {
		if e := b.book.Entry(id); e != nil {
			v.Parts = append(v.Parts, lawPart(e, b.sec.Layer == 3 && e.Force != "common_law")) // no statute is cited for common law
		}
	}
	return v
}

// cited is a list of laws with their citations.
func (b *builder) cited(n string, ids ...source.ID) Value {
	v := Value{Name: n, Kind: VLaw}
	for _, id := range ids {
		if e := b.book.Entry(id); e != nil {
			v.Parts = append(v.Parts, lawPart(e, true))
		}
	}
	return v
}

// lawPart is one law by its name, of the catalogue or of the program's own, perhaps with its citation.
func lawPart(e *law.Entry, cite bool) Part {
	p := Part{Key: "law." + string(e.ID)}
	if e.Own {
		p = Part{Text: e.InWords.Name}
	}
	if cite {
		p.Name = e.Citation
	}
	return p
}

// founded gives the values that say how well a fact stands, beside its sentence: not confirmed by anybody; confirmed by whom and when;
// another source that says otherwise.
func founded[T any](f source.Fact[T], show func(T) Value) []Value {
	var out []Value
	switch f.Confidence {
	case source.Unverified:
		out = append(out, labels("confidence", "word.confidence", "unverified"))
	case source.Verified:
		if f.By != "" {
			out = append(out, name("checked_by", f.By))
		}
		if !f.On.IsZero() {
			out = append(out, date("checked_on", f.On))
		}
	}
	for _, o := range f.But {
		switch {
		case o.State == source.Unknown:
			out = append(out, labels("other_source", "word.fact", "unknown"))
		case o.State == source.Known && show != nil:
			v := show(o.Is)
			v.Name = "other_source"
			out = append(out, v)
		}
	}
	return out
}

// uncertain gives founded for facts whose other sources are not shown as values.
func uncertain[T any](f source.Fact[T]) []Value { return founded(f, nil) }

// page and phone values of a fact; nothing where it is not known.
func link(n string, f source.Fact[string]) []Value {
	if f.State != source.Known || f.Is == "" {
		return nil
	}
	return append([]Value{{Name: n, Kind: VURL, Parts: []Part{{Name: f.Is}}}}, uncertain(f)...)
}

func phone(f source.Fact[string]) []Value {
	if f.State != source.Known || f.Is == "" {
		return nil
	}
	n := "phone"
	if f.Confidence == source.Unverified {
		n = "phone_unchecked"
	}
	return []Value{{Name: n, Kind: VPhone, Parts: []Part{{Name: f.Is}}}}
}

// cell names one item of one phase: the subject of most claims.
func cell(ph PhaseID, item source.ID) string { return string(ph) + "/" + string(item) }

// bucket is a set of item × phase cells that are said alike, with what it rests on.
type bucket struct {
	key     string
	items   []source.ID
	phases  []phaseRef
	cells   []string
	because []Reason
	extra   []Value
	asks    []askRef
}

// gather puts the items of phases into buckets by key: first items by key and the set of phases in which they have it, then one bucket
// for each set, so that what is the same in several phases is said once; unless apart is false, then one bucket for each key. An empty
// key leaves the line out.
func gather(phases []phaseRef, apart bool, key func(phaseRef, askRef) string, because func(phaseRef, askRef) []Reason, extra func(askRef) []Value) []bucket {
	type at struct {
		key  string
		item source.ID
	}
	type place struct {
		ph   phaseRef
		a    askRef
		cell string
		next int // the next place of the same item, or 0
	}
	places := make([]place, 1, 64) // the first is nobody's
	type span struct{ first, last int }
	var order []at
	where := map[at]span{}
	for _, ph := range phases {
		for _, a := range ph.asks {
			k := key(ph, a)
			if k == "" {
				continue
			}
			for n, i := range a.Items {
				id, here := at{k, i}, len(places)
				w, ok := where[id]
				switch {
				case !ok:
					order = append(order, id)
					w.first = here
				case places[w.last].ph.id == ph.id:
					continue
				default:
					places[w.last].next = here
				}
				w.last = here
				where[id] = w
				places = append(places, place{ph, a, a.cells[n], 0})
			}
		}
	}
	var out []bucket
	index := map[string]int{}
	var sig []byte
	for _, id := range order {
		sig = append(sig[:0], id.key...)
		for w := where[id].first; w > 0 && apart; w = places[w].next {
			sig = append(append(sig, '|'), places[w].ph.id...)
		}
		n, ok := index[string(sig)]
		if !ok {
			n = len(out)
			index[string(sig)] = n
			bk := bucket{key: id.key}
			for w := where[id].first; w > 0; w = places[w].next {
				bk.phases = append(bk.phases, places[w].ph)
			}
			out = append(out, bk)
		}
		bk := &out[n]
		if !slices.Contains(bk.items, id.item) {
			bk.items = append(bk.items, id.item)
		}
		for next := where[id].first; next > 0; next = places[next].next {
			w := &places[next]
			bk.cells = append(bk.cells, w.cell)
			if !slices.ContainsFunc(bk.asks, func(a askRef) bool { return a.path == w.a.path }) {
				bk.asks = append(bk.asks, w.a)
				bk.because = reasons(bk.because, because(w.ph, w.a))
				if extra != nil && len(bk.asks) == 1 {
					bk.extra = extra(w.a)
				}
			}
		}
	}
	return out
}

// allPhases gives every phase of every channel.
func (b *builder) allPhases() []phaseRef {
	var out []phaseRef
	for _, c := range b.channels {
		out = append(out, c.phases...)
	}
	return out
}

// ways names the channels of phases, unless they are all of them.
func (b *builder) ways(phases []phaseRef) []Value {
	var ids []source.ID
	for _, ph := range phases {
		if !slices.Contains(ids, ph.channel) {
			ids = append(ids, ph.channel)
		}
	}
	if len(ids) == len(b.channels) {
		return nil
	}
	v := Value{Name: "ways", Kind: VText}
	for _, id := range ids {
		v.Parts = append(v.Parts, b.channelPart(id))
	}
	return []Value{v}
}

func (b *builder) channelPart(id source.ID) Part {
	return Part{Text: b.p.Channels[id].Name}
}

func (b *builder) channelReasons(phases []phaseRef) []Reason {
	var out []Reason
	for _, ph := range phases {
		r := b.p.at("channels." + string(ph.channel) + ".name")
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// times gives the days of phases, where a channel has more phases than these.
func (b *builder) times(c channelRef, phases []phaseRef) []Value {
	if len(phases) == len(c.phases) {
		return nil
	}
	v := Value{Name: "time", Kind: VDates}
	for _, ph := range phases {
		if ph.ph.From.State == source.Known && ph.ph.To.State == source.Known {
			v.Parts = append(v.Parts, Part{Date: ph.ph.From.Is, To: ph.ph.To.Is})
		}
	}
	if len(v.Parts) == 0 {
		return nil
	}
	return []Value{v}
}

// open reports whether a phase takes people on the edition's day and its channel is not suspended.
func (b *builder) open(ph phaseRef) bool {
	if b.p.Program.Status.Is == "ended" || b.p.Program.Status.Is == "suspended" && (len(b.p.Program.Status.Channels) == 0 || slices.Contains(b.p.Program.Status.Channels, ph.channel)) {
		return false
	}
	for f := range ph.ph.To.Each {
		if f.State != source.Known || f.Is.Open || f.Is.Date.Last >= b.p.Edition.AsOf.First {
			return true
		}
	}
	return false
}
