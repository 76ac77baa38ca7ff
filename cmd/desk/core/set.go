package core

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Editor is the answer of `fact`: {path}: how the value at a path of the program file is shown, and changed with `set`.
type Editor struct {
	Path  string `json:"path"`
	Label string `json:"label"` // what is asked, in words
	About string `json:"about"` // of what: the way, the paper, the company; "" where the label says all
	Help  string `json:"help"`  // what it is, and what kind of answer fits
	Line  int    `json:"line"`
	Raw   string `json:"raw"`   // as it stands in the file
	Value string `json:"value"` // the value alone, as `set` takes it: a word, a date, words; "" for a list, texts or block
	Words string `json:"words"` // the value in words
	// Kind is choice (one of Choices), list (some of Choices, or of names), text, texts (one for each language), date, period, yesno, number,
	// block (lines of the file, written as they stand there) or line (one line of the file).
	Kind    string   `json:"kind"`
	Choices []Choice `json:"choices"`
	Own     bool     `json:"own"` // words of one's own are taken, too
	// List are the entries that a list has, Texts the words of each language that the program is in; "" where they are missing.
	List    []string   `json:"list"`
	Texts   []TextIn   `json:"texts"`
	Special []Choice   `json:"special"` // unknown, not_applicable, none, open and the like: words that stand in place of a value
	Unknown bool       `json:"unknown"`
	Fact    bool       `json:"fact"` // one can say who says so, and since when
	Ask     string     `json:"ask"`  // who can answer: program, records, it, vendor or counsel; "" where nobody need be asked
	Person  string     `json:"person"`
	Source  string     `json:"source"`
	By      string     `json:"by"`
	On      string     `json:"on"`
	But     []ButWords `json:"but"` // what other sources say
}

// Choice is a word of the file and what it means.
type Choice struct {
	Word    string `json:"word"`
	Meaning string `json:"meaning"`
}

// TextIn is a text in one language.
type TextIn struct {
	Tag     string `json:"tag"`
	Own     string `json:"own"`
	English string `json:"english"`
	Dir     string `json:"dir"`
	Text    string `json:"text"`
}

// ButWords is what another source says.
type ButWords struct {
	Value  string `json:"value"`
	Source string `json:"source"`
}

func fact(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Path string `json:"path"`
	}](args)
	if err != nil {
		return nil, err
	}
	if name, n, ok := d.lineAt(a.Path); ok {
		return d.lineEditor(a.Path, name, n)
	}
	return d.editor(a.Path)
}

func (d *Desk) editor(path string) (*Editor, error) {
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	if r.Program == nil || !parsed(r) {
		return nil, refuse("Your file cannot be read yet.", "Mend what stands under “To do” first.")
	}
	p := r.Program
	f, ok := notices.FieldAt(path)
	if !ok {
		return nil, refuse("A program file has no such place.", "Choose a sentence of the notice, or an entry of “To do”.")
	}
	e := &Editor{Path: path, Label: label(f, path), Help: f.Doc, Line: p.Doc.Pos(path).Line, Fact: f.Fact, Ask: f.Ask, Choices: []Choice{}, List: []string{}, Texts: []TextIn{}, Special: []Choice{}, But: []ButWords{}}
	e.Raw, _ = p.Doc.Raw(path)
	inner, long := p.Doc.Raw(path + ".is")
	if !long {
		inner = e.Raw
	}
	e.By, _ = p.Doc.Scalar(path + ".by")
	e.On, _ = p.Doc.Scalar(path + ".on")
	if id, ok := p.Doc.Scalar(path + ".source"); ok {
		e.Source = p.Sources[source.ID(id)].Title
	}
	e.Person = render.Person(f.Ask)
	names, err := d.naming(p)
	if err != nil {
		return nil, err
	}
	e.About = names.Place(path)
	e.Words, e.Unknown = valueWords(names, f, inner)
	if f.Fact {
		e.Special = append(e.Special, Choice{"unknown", "I do not know"}, Choice{"not_applicable", "This does not apply"})
	}
	if f.Takes.None {
		e.Special = append(e.Special, Choice{"none", "There is none; somebody has looked"})
	}
	e.Kind = d.kindOf(f)
	plain := strings.Trim(strings.TrimSpace(inner), `"`)
	switch e.Kind {
	case "choice", "list", "yesno":
		words, err := names.Choices(f)
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			if f.Type.Kind() == reflect.Bool {
				w[1] = map[string]string{"true": "Yes", "false": "No"}[w[0]]
			}
			e.Choices = append(e.Choices, Choice{w[0], w[1]})
		}
		for _, id := range refers(p, f) {
			e.Choices = append(e.Choices, Choice{string(id), nameOf(p, names, f, id)})
		}
		if f.Takes.Kind == notices.TakesItem {
			for _, i := range notices.Vocabulary() {
				e.Choices = append(e.Choices, Choice{string(i.ID), names.Item(i.ID)})
			}
			for _, id := range sortedKeys(p.Items) {
				e.Choices = append(e.Choices, Choice{string(id), names.Item(id)})
			}
		}
		e.Own = len(e.Choices) == 0
		if _, ok := choiceOf(e.Choices, plain); ok && referenceOf(f) != "" {
			e.Words, _ = choiceOf(e.Choices, plain)
		}
		e.Value = plain
		if e.Kind == "list" {
			e.Value, e.List = "", d.entries(p.Doc, path, long)
		}
	case "texts":
		e.Value, e.Texts = plain, d.textsAt(p, path)
		if strings.HasPrefix(plain, "{") || strings.Contains(inner, "\n") {
			e.Value = ""
		}
	case "period":
		e.Special = append(e.Special, Choice{"indefinite", "No end was set"}, Choice{"permanent", "For ever"}, Choice{"until_event", "Until something happens"})
		e.Value = plain
	case "block":
		e.Value = inner
	default:
		e.Value = plain
		if f.Takes.Kind == notices.TakesEnd {
			e.Special = append(e.Special, Choice{"open", "There is no last day"})
		}
	}
	if e.Kind != "block" && e.Kind != "texts" && len(e.Choices) == 0 {
		e.Help = Sentence(f.Doc) + " Write " + render.Fits(f) + "."
	}
	for _, s := range e.Special {
		if e.Value == s.Word && s.Word != "" {
			e.Words = s.Meaning + "."
		}
	}
	return e, nil
}

func choiceOf(all []Choice, word string) (string, bool) {
	for _, c := range all {
		if c.Word == word {
			return c.Meaning, true
		}
	}
	return "", false
}

// kindOf is the kind of editor of a field.
func (d *Desk) kindOf(f notices.Field) string {
	t := f.Type
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[source.Text]():
		return "texts"
	case f.Takes.Kind == notices.TakesForm, f.Takes.Kind == notices.TakesCopies, f.Takes.Kind == notices.TakesHolds:
		return "block"
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		return "block"
	case f.Takes.Many:
		return "list"
	case f.Takes.Kind == notices.TakesWord && len(f.Takes.Words) == 2 && (f.Takes.Words[0] == "yes" || f.Takes.Words[0] == "true"):
		return "yesno"
	case f.Takes.Kind == notices.TakesWord && len(f.Takes.Words) > 0:
		return "choice"
	case referenceOf(f) != "":
		return "choice"
	case f.Takes.Kind == notices.TakesPeriod:
		return "period"
	case f.Takes.Kind == notices.TakesDate, f.Takes.Kind == notices.TakesEnd:
		return "date"
	case f.Takes.Kind == notices.TakesNumber:
		return "number"
	}
	return "text"
}

// references are the fields that name another entry of the file, and under which key that stands.
var references = map[string]string{"channels.phases.asks.copies.at": "holders", "holders.for": "holders", "office_says.by": "holders", "demands.to": "holders",
	"channels.phases.asks.retention": "retention", "channels.phases.asks.source": "sources", "office_says.source": "sources", "counts.source": "sources",
	"alternatives.use": "channels", "alternatives.instead_of": "channels", "channels.steps.channel": "channels"}

func referenceOf(f notices.Field) string {
	if strings.HasSuffix(f.Name, ".source") && f.Type.Kind() == reflect.String {
		return "sources"
	}
	return references[f.Name]
}

// refers lists what a field can name.
func refers(p *notices.Program, f notices.Field) []source.ID {
	switch referenceOf(f) {
	case "holders":
		return sortedKeys(p.Holders)
	case "retention":
		return sortedKeys(p.Retention)
	case "sources":
		return sortedKeys(p.Sources)
	case "channels":
		return sortedKeys(p.Channels)
	}
	return nil
}

// nameOf is what such an entry is called.
func nameOf(p *notices.Program, names *render.Names, f notices.Field, id source.ID) string {
	if s := names.Place(referenceOf(f) + "." + string(id)); s != "" {
		return s
	}
	return strings.ReplaceAll(string(id), "_", " ")
}

// entries are the entries of a list, as they stand in the file.
func (d *Desk) entries(doc *source.Doc, path string, long bool) []string {
	if long {
		path += ".is"
	}
	out := []string{}
	for i := 0; ; i++ {
		w, ok := doc.Scalar(fmt.Sprintf("%s.%d", path, i))
		if !ok {
			return out
		}
		out = append(out, w)
	}
}

// languages are the languages of a program, each with no words.
func (d *Desk) languages(p *notices.Program) []TextIn {
	out := []TextIn{}
	for _, tag := range p.Languages {
		l := languageOf(tag)
		out = append(out, TextIn{Tag: tag, Own: l.Name, English: l.English, Dir: l.Dir})
	}
	return out
}

// textsAt are the words of a text in each language of the program.
func (d *Desk) textsAt(p *notices.Program, path string) []TextIn {
	out := []TextIn{}
	for _, l := range d.languages(p) {
		l.Text, _ = p.Doc.Scalar(path + "." + l.Tag)
		out = append(out, l)
	}
	return out
}

// Set is the answer of `set`.
type Set struct {
	State   *State   `json:"state"`
	Changed Lines    `json:"changed"`
	Also    []string `json:"also"` // what had to be written beside it, in whole sentences
	Note    string   `json:"note"` // what to look at; "" where there is nothing
	Fact    *Editor  `json:"fact"` // as it stands now
}

// Lines are the lines of the program file that are otherwise than before. Number counts from 1 in the file as it is now; where a line went
// or came, Is or Was is null.
type Lines struct {
	Lines []LineChange `json:"lines"`
}

// LineChange is one line.
type LineChange struct {
	Number int     `json:"number"`
	Was    *string `json:"was"`
	Is     *string `json:"is"`
}

// setArgs: Value is a word or words ("30 days", "unknown"), a list of them, or texts by language; for a block it is lines of the file. By
// and On say who says so, and when; Looked, that this person looked and was not only told.
type setArgs struct {
	Path   string          `json:"path"`
	Value  json.RawMessage `json:"value"`
	By     string          `json:"by"`
	On     string          `json:"on"`
	Looked bool            `json:"looked"`
}

func set(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[setArgs](args)
	if err != nil {
		return nil, err
	}
	if name, n, ok := d.lineAt(a.Path); ok {
		return d.setLine(a.Path, name, n, a.block())
	}
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	if r.Program == nil || !parsed(r) {
		return nil, refuse("Your file cannot be read yet.", "Mend what stands under “To do” first.")
	}
	f, ok := notices.FieldAt(a.Path)
	if !ok {
		return nil, refuse("A program file has no such place.", "Choose a sentence of the notice, or an entry of “To do”.")
	}
	if f.Name == "program.id" || f.Name == "fairnotice" {
		return nil, refuse("This never changes.", "It is how addresses, signatures and older editions know the program.")
	}
	value, err := d.written(r, f, a)
	if err != nil {
		return nil, err
	}
	lead := label(f, a.Path)
	out := &Set{Also: []string{}}
	if strings.Contains(restOfLine(r.Program.Doc, a.Path), "#") {
		out.Note = "A comment stands beside this answer in your file. It may be about the old answer."
	}
	out.Changed.Lines, out.Also, err = d.write(fmt.Sprintf("“%s” was changed.", strings.TrimRight(lead, ".")), []notices.Edit{{Path: a.Path, Value: value}})
	if err != nil {
		return nil, err
	}
	if out.State, err = d.state(); err != nil {
		return nil, err
	}
	out.Fact, err = d.editor(a.Path)
	return out, err
}

func restOfLine(doc *source.Doc, path string) string {
	pos := doc.Pos(path)
	line := []rune(doc.Line(pos.Line))
	return string(line[min(len(line), max(0, pos.Col-1)):])
}

// written is a new value as it stands in the file.
func (d *Desk) written(r *File, f notices.Field, a setArgs) (string, error) {
	var one string
	var many []string
	var texts map[string]string
	switch {
	case json.Unmarshal(a.Value, &one) == nil:
	case json.Unmarshal(a.Value, &many) == nil:
	case json.Unmarshal(a.Value, &texts) == nil:
	default:
		return "", refuse("The answer is empty.", "Write an answer, or choose “I do not know”.")
	}
	kind := d.kindOf(f)
	one = strings.TrimSpace(one)
	special := f.Fact && (one == "unknown" || one == "not_applicable") || f.Takes.None && one == "none"
	value := one
	switch {
	case special:
	case kind == "block":
		if one == "" {
			return "", refuse("The answer is empty.", "Write an answer, or choose “I do not know”.")
		}
		return strings.Trim(a.block(), "\n"), nil
	case texts != nil:
		if kind != "texts" {
			return "", refuse("This takes one answer for all languages.", "Write it once.")
		}
		return d.textsWritten(r.Program, texts)
	case kind == "texts":
		if one == "" {
			return "", refuse("The words are empty.", "Write them in at least one language.")
		}
		if err := noText("words", "", one); err != nil {
			return "", err
		}
		value = source.Word(one)
	case many != nil:
		all := make([]string, len(many))
		for i, w := range many {
			if err := noText("answer", "", w); err != nil {
				return "", err
			}
			all[i] = source.Word(strings.TrimSpace(w))
		}
		value = "[" + strings.Join(all, ", ") + "]"
	case one == "":
		return "", refuse("The answer is empty.", "Write an answer, or choose “I do not know”.")
	case f.Type.Kind() == reflect.Bool:
		value = map[string]string{"yes": "true", "true": "true", "no": "false", "false": "false"}[strings.ToLower(one)]
		if value == "" {
			return "", refuse("This takes yes or no.", "Choose one of the two.")
		}
	case !f.Fact && f.Takes.Kind == notices.TakesName, f.Takes.Kind == notices.TakesLaw, f.Takes.Kind == notices.TakesRule:
		if err := noText("answer", "", one); err != nil {
			return "", err
		}
		value = source.Word(one)
	default:
		names, err := d.naming(r.Program)
		if err != nil {
			return "", err
		}
		says, message, hint := names.Value(f, one)
		if message != "" {
			return "", refuse(Sentence(message), hint)
		}
		value = says
	}
	if !f.Fact {
		return value, nil
	}
	return d.long(r.Program, a, value)
}

// block is the value of a block, with its line breaks.
func (a setArgs) block() string {
	var s string
	_ = json.Unmarshal(a.Value, &s)
	return s
}

// long writes what stands behind a fact beside it: who says so, who was asked, and what others say.
func (d *Desk) long(p *notices.Program, a setArgs, value string) (string, error) {
	keep := func(key string) string {
		if says, ok := p.Doc.OneLine(a.Path + "." + key); ok {
			return ", " + key + ": " + says
		}
		return ""
	}
	more := ""
	if a.By != "" || a.On != "" || a.Looked {
		by, err := oneLine("name", a.By, mostName)
		if err != nil {
			return "", err
		}
		if by == "" {
			return "", refuse("It is not said who says so.", "Write the name and the role of the person who told you, or looked.")
		}
		on := a.On
		if on == "" {
			on = d.day.String()
		}
		day, err := source.ParseDate(on)
		if err != nil {
			return "", refuse("The day is not a date.", "Write it as 2025-06-14.")
		}
		how := source.Reported
		if a.Looked {
			how = source.Verified
		}
		if value != "unknown" {
			more = fmt.Sprintf(", confidence: %s, by: %s, on: %s", how, source.Word(by), day)
		}
	}
	if value == "unknown" {
		more += keep("asked")
	}
	more += keep("but")
	if more == "" {
		return value, nil
	}
	return "{is: " + value + more + "}", nil
}

// textsWritten writes a text in its languages, in the order of the file; a language without words is left out.
func (d *Desk) textsWritten(p *notices.Program, texts map[string]string) (string, error) {
	var lines []string
	for _, l := range d.languages(p) {
		words := strings.TrimSpace(texts[l.Tag])
		delete(texts, l.Tag)
		if words == "" {
			continue
		}
		if err := noText(l.English+" words", l.Tag, words); err != nil {
			return "", err
		}
		lines = append(lines, l.Tag+": "+source.Word(words))
	}
	for tag, words := range texts {
		if strings.TrimSpace(words) != "" {
			return "", refuse(fmt.Sprintf("The program is not in the language %q.", clip(tag)), "Add the language first.")
		}
	}
	if len(lines) == 0 {
		return "", refuse("The words are empty.", "Write them in at least one language.")
	}
	return strings.Join(lines, "\n"), nil
}

// write puts values into the program file. It gives the lines that are otherwise, and what had to be added beside them.
func (d *Desk) write(says string, edits []notices.Edit) ([]LineChange, []string, error) {
	before, err := d.text()
	if err != nil {
		return nil, nil, err
	}
	was := d.made.file
	data := before
	doc := was.Program.Doc
	for i, e := range edits {
		if i > 0 {
			doc, _ = source.Open(d.name, data)
		}
		change := doc.Set
		if e.Append {
			change = doc.Append
		}
		if data, err = change(e.Path, e.Value); err != nil {
			return nil, nil, faultOf(err)
		}
	}
	on := d.held
	d.change(says, map[string][]byte{d.name: data})
	now, err := d.read()
	if err != nil {
		return nil, nil, err
	}
	also := []string{}
	if more := notices.Follow(now.Program, edits); len(more) > 0 {
		for _, path := range more {
			doc, _ := source.Open(d.name, data)
			if data, err = doc.Set(path, "unknown"); err != nil {
				return nil, nil, faultOf(err)
			}
			f, _ := notices.FieldAt(path)
			also = append(also, "This is asked now, too: "+label(f, path))
		}
		d.held = on
		d.change(says, map[string][]byte{d.name: data})
		if now, err = d.read(); err != nil {
			return nil, nil, err
		}
	}
	// A value that the program file does not take is refused; what it means for other places is for the person to see under To do.
	for _, p := range now.Problems.Of(source.Error) {
		for _, e := range edits {
			at := p.Path == e.Path || strings.HasPrefix(p.Path, e.Path+".")
			if at && !already(was.Problems, p) || now.Unread && !was.Unread {
				return nil, nil, problem(p)
			}
		}
	}
	return lines(before, data), also, nil
}

// already says that a problem was there already.
func already(ps source.Problems, p source.Problem) bool {
	for _, o := range ps {
		if o.Path == p.Path && o.Code == p.Code && o.Message == p.Message {
			return true
		}
	}
	return false
}

// faultOf gives the words of an error of package source.
func faultOf(err error) error {
	if p := (source.Problem{}); errors.As(err, &p) {
		return problem(p)
	}
	return err
}

// lines compares two texts line by line: what is the same at both ends is left out, and what is between is set side by side.
func lines(before, after []byte) []LineChange {
	was, is := splitLines(before), splitLines(after)
	head := 0
	for head < min(len(was), len(is)) && was[head] == is[head] {
		head++
	}
	tail := 0
	for tail < min(len(was), len(is))-head && was[len(was)-1-tail] == is[len(is)-1-tail] {
		tail++
	}
	was, is = was[head:len(was)-tail], is[head:len(is)-tail]
	out := []LineChange{}
	for i := range max(len(was), len(is)) {
		c := LineChange{Number: head + i + 1}
		if i < len(was) {
			c.Was = &was[i]
		}
		if i < len(is) {
			c.Is = &is[i]
		}
		if c.Was == nil || c.Is == nil || *c.Was != *c.Is {
			out = append(out, c)
		}
	}
	return out
}

func splitLines(b []byte) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(b)), "\n")
}

// undo takes the last change back.
func undo(d *Desk, _ json.RawMessage) (any, error) {
	if len(d.past) == 0 {
		return nil, refuse("There is nothing to take back.", "Only what was changed since the file was opened can be taken back.")
	}
	last := d.past[len(d.past)-1]
	var before []byte
	if d.name != "" {
		before = d.files[d.name]
	}
	d.change("", last.was)
	d.past = d.past[:len(d.past)-2]
	a, err := d.answer()
	if err != nil {
		return nil, err
	}
	return &Undone{State: a.State, Undone: last.says, Changed: Lines{lines(before, d.files[d.name])}}, nil
}

// Undone is the answer of `undo`.
type Undone struct {
	State   *State `json:"state"`
	Undone  string `json:"undone"` // what was taken back
	Changed Lines  `json:"changed"`
}
