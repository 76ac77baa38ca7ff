package locales

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Say says a notice in one language of the catalogue: exactly that language, or an error that names the languages that there
// are. Everything that is missing is named in the error, not only the first thing. The error is a *Closed where all that is wrong is
// that sentences are not translated, or were translated from words that have changed since.
func (c *Catalog) Say(n *notices.Notice, tag string) (*Notice, error) {
	if IsPseudo(tag) {
		return c.sayPseudo(n, tag)
	}
	w, err := c.get(tag)
	if err != nil {
		return nil, err
	}
	by, err := newWriter(w.lang, w.format, n.Digits)
	if err != nil {
		return nil, err
	}
	s := &sayer{w: w, by: by, tag: tag, we: n.Voice == "office", n: n, states: w.judge(), seen: make(map[string]bool, 256),
		closed: Closed{Language: w.lang, Program: n.Program}}
	s.room(n)
	out := &Notice{
		Program: n.Program, Kind: n.Kind, Language: w.lang.Tag, Direction: w.lang.Dir, Voice: n.Voice, AsOf: n.AsOf,
		Edition:  EditionRef{Number: n.Number, Date: by.date(source.On(n.AsOf))},
		Title:    s.phrase(n.TitleOf(n.Kind)),
		Titles:   map[notices.Kind]string{},
		Sections: make([]Section, len(n.Sections)),
	}
	out.Name = Run{Text: s.text(n.Name), Dir: "auto"}
	for _, k := range notices.AllKinds() {
		out.Titles[k] = s.phrase(n.TitleOf(k))
	}
	for i := range n.Sections {
		out.Sections[i] = s.section(n.HeadingOf(&n.Sections[i]), &n.Sections[i])
	}
	if s.own {
		out.OfficeWords = s.phrase("ui.office_words")
	}
	switch closed := s.closed.Failed(); {
	case len(s.errs) > 0 && closed:
		return nil, errors.Join(append(s.errs, &s.closed)...)
	case len(s.errs) > 0:
		return nil, errors.Join(s.errs...)
	case closed:
		return nil, &s.closed
	}
	out.Translation = s.stand.translation()
	return out, nil
}

// sayer says one notice.
type sayer struct {
	w      *words
	by     writer
	tag    string // as it was asked for
	we     bool   // the office speaks
	errs   []error
	n      *notices.Notice
	states map[string]sentence
	seen   map[string]bool // sentences that were judged already
	stand  standing
	closed Closed
	own    bool // some of it is in the office's own words

	// One piece of memory for all values of the notice, and for what stands in them.
	valuesLeft []Value
	runsLeft   []Run
	textsLeft  []string
}

// room makes the memory for the values of a notice.
func (s *sayer) room(n *notices.Notice) {
	values, runs := 0, 0
	count := func(in []notices.Value) {
		values += len(in)
		for i := range in {
			runs += length(&in[i])
		}
	}
	for i := range n.Sections {
		count(n.Sections[i].Values)
		for j := range n.Sections[i].Groups {
			g := &n.Sections[i].Groups[j]
			count(g.Values)
			for k := range g.Statements {
				count(g.Statements[k].Values)
			}
		}
	}
	s.valuesLeft, s.runsLeft, s.textsLeft = make([]Value, values), make([]Run, runs), make([]string, 2*runs)
}

// length is how many runs a value can have: a law has its name and its citation.
func length(v *notices.Value) int {
	if v.Kind == notices.VLaw {
		return 2 * len(v.Parts)
	}
	return len(v.Parts)
}

// take cuts n elements off, with room for no more than these.
func take[T any](from *[]T, n int) []T {
	out := (*from)[:n:n]
	*from = (*from)[n:]
	return out
}

func (s *sayer) fail(err error) {
	for _, e := range s.errs {
		if e.Error() == err.Error() {
			return
		}
	}
	s.errs = append(s.errs, err)
}

// use notes that the notice says a message, and how far that has come. It is false where the message is not there, and English has
// it: the language is closed then, and that is no fault of the program.
func (s *sayer) use(id string) bool {
	if s.seen[id] {
		return s.w.by[id] != nil
	}
	s.seen[id] = true
	m := s.w.by[id]
	if m == nil {
		if s.w.english == nil {
			return true // the error names it
		}
		en := s.w.english()
		if en == nil || en.by[id] == nil {
			return true
		}
		s.closed.Missing = append(s.closed.Missing, Untold{ID: id, English: en.by[id].sample(), Pos: source.Pos{File: s.w.file}})
		return false
	}
	if s.we && m.office != nil {
		id += officeEnd
	}
	st := s.states[id]
	if st.state == source.Stale {
		s.closed.Stale = append(s.closed.Stale, Untold{ID: id, English: s.w.english().by[id].sample(), Pos: s.w.at[id]})
	}
	s.stand.add(st.state, st.line)
	return true
}

func (s *sayer) phrase(id string) string {
	if !s.use(id) {
		return ""
	}
	t, err := s.w.phrase(id, s.we)
	if err != nil {
		s.fail(err)
	}
	return t
}

func (s *sayer) counted(id string, n int) string {
	if !s.use(id) {
		return ""
	}
	t, err := s.w.counted(id, s.we, s.by, n)
	if err != nil {
		s.fail(err)
	}
	return t
}

// text gives words of the program file in the notice's language: a proper name as it is, the original as it is, and a translation
// only if it is there and was made from the original of today.
func (s *sayer) text(t source.Text) string {
	tag := s.w.lang.Tag
	out, ok := t.For(tag)
	if !ok {
		tag = s.tag
		out, ok = t.For(tag)
	}
	if t.In == nil || ok && tag == s.n.Original() {
		if !ok {
			s.fail(fmt.Errorf("%s: a text is empty", t.Path))
		}
		return out
	}
	id := t.Key(s.n.File)
	if key := "text of " + id; s.seen[key] { // a message may have the same id
		return out
	} else {
		s.seen[key] = true
	}
	from, has := t.For(s.n.Original())
	if !ok || strings.TrimSpace(out) == "" {
		s.closed.Missing = append(s.closed.Missing, Untold{ID: id, English: from, Pos: t.Pos})
		return ""
	}
	if !has {
		from = out
	}
	state, line := s.n.Lock.State(s.w.lang.Tag, id, source.HashText(from), source.HashText(out))
	if state == source.Stale {
		s.closed.Stale = append(s.closed.Stale, Untold{ID: id, English: from, Pos: t.Pos})
	}
	s.stand.add(state, line)
	return out
}

func (s *sayer) section(heading string, in *notices.Section) Section {
	out := Section{ID: in.ID, Layer: in.Layer, Groups: make([]Group, len(in.Groups))}
	out.Heading, out.Own = s.heading(heading)
	out.Values = s.values(in.Values)
	for i := range in.Groups {
		g := &in.Groups[i]
		to := &out.Groups[i]
		if g.Heading != "" {
			to.Heading, to.Own = s.heading(groupHeading(g.Heading))
		}
		to.Values = s.values(g.Values)
		to.Statements = make([]Statement, len(g.Statements))
		for j := range g.Statements {
			s.statement(&g.Statements[j], &to.Statements[j])
		}
	}
	return out
}

// groupHeading is the id of a group's heading, which a notice may give whole or, like a section's, without its family.
func groupHeading(id string) string {
	if strings.Contains(id, ".") {
		return id
	}
	return "group." + id
}

func (s *sayer) statement(in *notices.Statement, out *Statement) {
	out.ID, out.Message = in.ID, in.Message
	own, text, ok := s.office(in.ID, in.Message, in.N)
	switch {
	case ok:
		out.Text, out.Wording, out.Ours = text, true, s.ours(in.Message, in.N)
	case in.N == nil:
		out.Text = s.phrase(in.Message)
	default:
		out.Text = s.counted(in.Message, *in.N)
	}
	if out.Values = s.values(in.Values); out.Values == nil {
		out.Values = []Value{}
	}
	if out.Covers = in.Covers(); out.Covers == nil {
		out.Covers = []notices.ItemID{}
	}
	out.Because = slices.Clone(in.Because)
	if ok {
		out.Because = append(out.Because, s.n.Wording.Reason(own))
	}
}

func (s *sayer) values(in []notices.Value) []Value {
	if len(in) == 0 {
		return nil
	}
	out := take(&s.valuesLeft, len(in))
	for i := range in {
		s.value(&in[i], &out[i])
	}
	return out
}

// value says one value: what is shown, and the same in machine form, side by side. A law with a citation has two entries.
func (s *sayer) value(in *notices.Value, out *Value) {
	out.Name, out.Kind = in.Name, in.Kind
	if in.Name != "" {
		out.Label = s.phrase("value." + in.Name)
	}
	room := length(in)
	out.Runs, out.Text, out.Data = take(&s.runsLeft, room)[:0], take(&s.textsLeft, room)[:0], take(&s.textsLeft, room)[:0]
	for i := range in.Parts {
		s.part(in, &in.Parts[i], out)
	}
}

func (v *Value) add(r Run, data string) {
	v.Text, v.Runs, v.Data = append(v.Text, r.Text), append(v.Runs, r), append(v.Data, data)
}

func (s *sayer) part(in *notices.Value, p *notices.Part, out *Value) {
	switch in.Kind {
	case notices.VLabel:
		if p.Key == "" && !p.Text.IsZero() { // an item of the file's own brings its name
			out.add(Run{Text: s.text(p.Text), Dir: "auto"}, p.Text.Path)
			return
		}
		out.add(Run{Text: s.phrase(p.Key), Dir: "auto"}, word(p.Key))
	case notices.VText:
		out.add(wordsRun(s.text(p.Text)), p.Text.Path)
	case notices.VName, notices.VPlace:
		s.need(in, p.Name)
		out.add(wordsRun(p.Name), p.Name)
	case notices.VPhone:
		s.need(in, p.Name)
		if shown, href := link(p.Name); href != "" {
			out.add(Run{Text: shown, Dir: "ltr", Href: href}, p.Name)
			return
		}
		number, href := phone(p.Name)
		out.add(Run{Text: p.Name, Dir: "ltr", Href: href}, number)
	case notices.VURL:
		s.need(in, p.Name)
		address, href := page(p.Name)
		out.add(Run{Text: p.Name, Dir: "ltr", Href: href}, address)
	case notices.VDate:
		if p.Date.IsZero() {
			s.fail(fmt.Errorf("the value %q has no date", in.Name))
		}
		out.add(Run{Text: s.by.date(p.Date), Dir: "auto"}, p.Date.String())
	case notices.VDates:
		s.dates(in, p, out)
	case notices.VCount:
		s.count(p, out)
	case notices.VSpan:
		s.span(in, p, out)
	case notices.VLaw:
		s.law(in, p, out)
	default:
		s.fail(fmt.Errorf("the value %q is of the kind %q, which nobody can write", in.Name, in.Kind))
	}
}

// wordsRun is a run of words; where they are an address as a whole, a link.
func wordsRun(text string) Run {
	if shown, href := link(text); href != "" {
		return Run{Text: shown, Dir: "ltr", Href: href}
	}
	return Run{Text: text, Dir: "auto"}
}

func (s *sayer) need(in *notices.Value, name string) {
	if name == "" {
		s.fail(fmt.Errorf("the value %q is empty", in.Name))
	}
}

// word is the machine form of a label: the item or the word itself.
func word(key string) string {
	if item, ok := strings.CutPrefix(key, "item."); ok {
		return item
	}
	if w, ok := strings.CutPrefix(key, "word."); ok {
		return w[strings.LastIndexByte(w, '.')+1:]
	}
	return key
}

func (s *sayer) dates(in *notices.Value, p *notices.Part, out *Value) {
	if p.Date.IsZero() || p.To.Date.IsZero() && !p.To.Open {
		s.fail(fmt.Errorf("the value %q has no first or no second date", in.Name))
	}
	to, data := "", ""
	if p.To.Open {
		to, data = s.phrase("date.open"), "open"
	} else {
		to, data = s.by.date(p.To.Date), p.To.Date.String()
	}
	out.add(Run{Text: s.by.between(s.by.date(p.Date), to), Dir: "auto"}, p.Date.String()+"/"+data)
}

func (s *sayer) count(p *notices.Part, out *Value) {
	data := strconv.Itoa(p.N)
	if p.About && p.N > 0 { // nobody is about nobody
		out.add(Run{Text: s.counted("count.about", p.N), Dir: "auto"}, data)
		return
	}
	out.add(Run{Text: s.by.number(p.N), Dir: "ltr"}, data)
}

func (s *sayer) span(in *notices.Value, p *notices.Part, out *Value) {
	switch {
	case p.Span.Word != "":
		out.add(Run{Text: s.phrase("span." + p.Span.Word), Dir: "auto"}, p.Span.Word)
	case p.Span.N > 0 && p.Span.Unit != "":
		out.add(Run{Text: s.counted("span."+string(p.Span.Unit), p.Span.N), Dir: "auto"}, strconv.Itoa(p.Span.N)+" "+string(p.Span.Unit))
	default:
		s.fail(fmt.Errorf("the value %q has no length of time", in.Name))
	}
}

// law names a law in the notice's language and then cites it, in English: the citation is what can be looked up. A law of the
// office's own file, which no catalogue can know, brings its name as a text.
func (s *sayer) law(in *notices.Value, p *notices.Part, out *Value) {
	switch {
	case p.Key != "":
		out.add(Run{Text: s.phrase(p.Key), Dir: "auto"}, strings.TrimPrefix(p.Key, "law."))
	case !p.Text.IsZero():
		out.add(Run{Text: s.text(p.Text), Dir: "auto"}, p.Text.Path)
	default:
		s.need(in, p.Name)
	}
	if p.Name != "" {
		out.add(Run{Text: p.Name, Dir: "ltr", Lang: "en", Beside: len(out.Runs) > 0 && (p.Key != "" || !p.Text.IsZero())}, p.Name)
	}
}
