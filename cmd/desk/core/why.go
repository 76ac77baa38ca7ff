package core

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Because is the answer of `why`: {kind, language, statement, since?}: all that stands behind one sentence of a notice.
type Because struct {
	Statement string        `json:"statement"`
	Text      string        `json:"text"`
	English   string        `json:"english"` // the same sentence in English; "" where the notice cannot be said in it
	Values    []ShownValue  `json:"values"`
	Office    *OfficeSays   `json:"office"` // where the text is in the office's own words
	Answers   []GivenAnswer `json:"answers"`
	Laws      []LawBehind   `json:"laws"`
	Rules     []string      `json:"rules"` // in words
	Covers    []struct {
		ID    string `json:"id"`
		Title string `json:"title"` // “A notice …”
	} `json:"covers"`
}

// OfficeSays is a sentence in the office's own words, and ours.
type OfficeSays struct {
	Ours      string `json:"ours"`
	DecidedBy string `json:"decided_by"`
	DecidedOn string `json:"decided_on"`
	Why       string `json:"why"`
}

// GivenAnswer is one place of the program file on which a sentence stands.
type GivenAnswer struct {
	Path  string `json:"path"`
	Line  int    `json:"line"`
	File  string `json:"file"`
	Label string `json:"label"` // what was asked, in words
	About string `json:"about"` // of what; "" where the label says all
	Value string `json:"value"` // in words
	Raw   string `json:"raw"`   // as it stands in the file
	// Unknown says that nobody knows it yet.
	Unknown    bool     `json:"unknown"`
	Source     string   `json:"source"` // its title
	SourceURL  string   `json:"source_url"`
	Confidence string   `json:"confidence"` // in words; "" where the file does not say
	By         string   `json:"by"`
	On         string   `json:"on"`
	Asked      []string `json:"asked"` // who was asked, in whole sentences
	Disputed   bool     `json:"disputed"`
	Editable   bool     `json:"editable"` // `fact` and `set` take the path
}

// LawBehind is a law on which a sentence stands.
type LawBehind struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Citation   string `json:"citation"`
	Words      string `json:"words"` // as they stand in it; "" where nobody has read them
	Stands     string `json:"stands"`
	URL        string `json:"url"`
	Checked    string `json:"checked"` // who read it on which day, in a whole sentence
	Confidence string `json:"confidence"`
}

type whyArgs struct {
	Kind      string `json:"kind"`
	Language  string `json:"language"`
	Statement string `json:"statement"`
	Since     *Blob  `json:"since"`
}

func why(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[whyArgs](args)
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
	n, err := d.noticeOf(notices.Kind(a.Kind), a.Since)
	if err != nil {
		return nil, err
	}
	said, err := d.say(n, a.Language)
	if closed := (*locales.Closed)(nil); errors.As(err, &closed) {
		return nil, refuse("The notice is not shown in this language yet.", closedWords(closed))
	} else if err != nil {
		return nil, err
	}
	st, ok := statement(said, a.Statement)
	if !ok {
		return nil, refuse("This sentence is no longer in the notice.", "What you changed last has taken it out, or put another in its place.")
	}
	out := Because{Statement: st.ID, Text: st.Text, Values: values(st.Values), Answers: []GivenAnswer{}, Laws: []LawBehind{}, Rules: []string{}}
	if a.Language == "en" {
		out.English = st.Text
	} else if en, err := d.say(n, "en"); err == nil {
		if same, ok := statement(en, a.Statement); ok {
			out.English = same.Text
		}
	}
	if w := r.Program.Wording; st.Wording {
		if _, own, ok := w.Of(st.ID, st.Message); ok {
			out.Office = &OfficeSays{st.Ours, w.DecidedBy, w.DecidedOn.String(), own.Why}
		}
	}
	names, err := d.naming(r.Program)
	if err != nil {
		return nil, err
	}
	for _, c := range st.Covers {
		out.Covers = append(out.Covers, struct {
			ID    string `json:"id"`
			Title string `json:"title"`
		}{string(c), c.Title()})
	}
	for _, b := range st.Because {
		if b.Path != "" && !slices.ContainsFunc(out.Answers, func(g GivenAnswer) bool { return g.Path == b.Path }) {
			out.Answers = append(out.Answers, d.given(r, names, b))
		}
		if b.Law != "" && !slices.ContainsFunc(out.Laws, func(l LawBehind) bool { return l.ID == string(b.Law) }) {
			out.Laws = append(out.Laws, d.lawBehind(r, b))
		}
		if words := RuleMeans[b.Rule]; words != "" && !slices.Contains(out.Rules, Sentence(words)) {
			out.Rules = append(out.Rules, Sentence(words))
		}
	}
	return out, nil
}

func statement(n *locales.Notice, id string) (locales.Statement, bool) {
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				if st.ID == id {
					return st, true
				}
			}
		}
	}
	return locales.Statement{}, false
}

// given tells of one place of the file.
func (d *Desk) given(r *File, names *render.Names, b notices.Reason) GivenAnswer {
	g := GivenAnswer{Path: b.Path, Line: b.Pos.Line, File: b.Pos.File, By: b.By, On: dateWords(b.On), Confidence: confidenceWords[b.Confidence], Asked: []string{}}
	switch b.Pos.File {
	case "", d.name:
	case d.beside(notices.WordingName):
		g.Label = "The office says it in its own words"
		return g
	default:
		g.Label = "What a law beside the file says"
		return g
	}
	f, ok := notices.FieldAt(b.Path)
	g.Label = label(f, b.Path)
	g.About = names.Place(b.Path)
	p := r.Program
	g.Raw, _ = p.Doc.Raw(b.Path)
	if g.Line == 0 {
		g.Line = p.Doc.Pos(b.Path).Line
	}
	g.Editable = ok && g.Raw != ""
	g.Value, g.Unknown = d.inWords(p, names, f, b.Path)
	g.Disputed = p.Doc.Has(b.Path + ".but")
	if src, ok := p.Sources[b.Source]; ok {
		g.Source, g.SourceURL = src.Title, src.URL
	}
	for _, q := range notices.Questions(p) {
		if q.Path == b.Path {
			for _, x := range q.Asked {
				g.Asked = append(g.Asked, fmt.Sprintf("%s was asked on %s, and has not answered.", x.Who, dateWords(x.On)))
			}
		}
	}
	return g
}

// label is what was asked at a path, in words.
func label(f notices.Field, path string) string {
	switch {
	case f.Text != "":
		return f.Text
	case f.Doc != "":
		return f.Doc
	}
	last := path[strings.LastIndexByte(path, '.')+1:]
	return Sentence(strings.ReplaceAll(last, "_", " "))
}

var confidenceWords = map[source.Confidence]string{source.Verified: "Somebody who knows has confirmed it.", source.Reported: "A source says so.", source.Unverified: "Nobody has confirmed it."}

// dateWords writes a date for people, with the precision that it has.
func dateWords(d source.Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.First.YMD()
	switch d.Precision() {
	case source.Year:
		return fmt.Sprint(y)
	case source.Month:
		return fmt.Sprintf("%s %d", time.Month(m), y)
	}
	return fmt.Sprintf("%s %d, %d", time.Month(m), day, y)
}

// inWords says what stands at a path, in words, and whether nobody knows it.
func (d *Desk) inWords(p *notices.Program, names *render.Names, f notices.Field, path string) (words string, unknown bool) {
	raw, ok := p.Doc.Raw(path + ".is")
	if !ok {
		if raw, ok = p.Doc.Raw(path); !ok {
			return "The file does not say.", false
		}
	}
	return valueWords(names, f, raw)
}

func valueWords(names *render.Names, f notices.Field, raw string) (string, bool) {
	raw = strings.TrimSpace(raw)
	plain := strings.Trim(raw, `"'`)
	switch {
	case plain == "unknown" && f.Fact:
		return "Nobody knows yet.", true
	case plain == "not_applicable" && f.Fact:
		return "Does not apply.", false
	case plain == "none" && f.Takes.None:
		return "None.", false
	}
	word := func(w string) string {
		w = strings.Trim(strings.TrimSpace(w), `"'`)
		switch f.Takes.Kind {
		case notices.TakesWord:
			if f.Type != nil && f.Type.Kind().String() == "bool" {
				return map[string]string{"true": "yes", "false": "no"}[w]
			}
			return render.Meaning(f.Name, w)
		case notices.TakesItem:
			return names.Item(source.ID(w))
		case notices.TakesDate, notices.TakesEnd:
			if day, err := source.ParseDate(w); err == nil {
				return dateWords(day)
			}
			if w == "open" {
				return "There is no last day."
			}
		case notices.TakesPeriod:
			if says := periodWords[w]; says != "" {
				return says
			}
		case notices.TakesName:
			if f.Type != nil && f.Type.Name() == "ID" {
				if h := names.Holder(source.ID(w)); h != "" {
					return h
				}
			}
		}
		return w
	}
	if in, ok := strings.CutPrefix(raw, "["); ok && f.Takes.Kind != notices.TakesForm && f.Takes.Kind != notices.TakesCopies && f.Takes.Kind != notices.TakesHolds {
		var all []string
		for _, w := range strings.Split(strings.TrimSuffix(in, "]"), ",") {
			if w = word(w); w != "" {
				all = append(all, w)
			}
		}
		return strings.Join(all, "; "), false
	}
	return word(raw), false
}

var periodWords = map[string]string{"permanent": "for ever", "indefinite": "no end was set", "until_event": "until something happens", "none": "not kept at all"}

// lawBehind tells of a law behind a sentence.
func (d *Desk) lawBehind(r *File, b notices.Reason) LawBehind {
	out := LawBehind{ID: string(b.Law), Title: b.Cite, Citation: b.Cite}
	e := r.Book.Entry(b.Law)
	if e == nil {
		return out
	}
	out.Citation, out.URL = e.Citation, e.Source.URL.Is
	out.Title = lawTitle(e)
	if w := e.WordsOn(d.day); w.State == source.Known {
		out.Words = w.Is
	}
	out.Stands = Sentence(Standing(e, d.day))
	out.Checked = fmt.Sprintf("Read by %s on %s.", e.Checked.By, dateWords(e.Checked.On))
	out.Confidence = confidenceWords[e.Confidence]
	return out
}

// lawTitle is what a law is called, in English.
func lawTitle(e *law.Entry) string {
	if e.InWords != nil {
		if s, ok := e.InWords.Name.For("en"); ok {
			return s
		}
	}
	if cat, err := english(); err == nil {
		for _, id := range []string{"law." + string(e.ID), "demand." + string(e.ID)} {
			if s, err := cat.Phrase("en", id); err == nil {
				return s
			}
		}
	}
	return e.Citation
}

// Standing says in words how an entry of the book stands on a day.
func Standing(e *law.Entry, day source.Day) string {
	switch {
	case e.Demand != nil:
		return "A kind of demand"
	case e.Ruling != nil:
		return fmt.Sprintf("Decided %s by %s", e.Ruling.Decided, e.Ruling.Court)
	}
	if e.On(day) == nil {
		return "No version in force on " + day.String()
	}
	eff := e.EffectOn(day)
	says := capital(strings.ReplaceAll(string(eff.Is), "_", " "))
	if eff.Case != "" {
		says += " (" + eff.Case + ")"
	}
	return says
}
