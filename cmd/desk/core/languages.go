package core

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/locales/exchange"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Progress is how far one language has come.
type Progress struct {
	Language  string            `json:"language"`
	Name      string            `json:"name"`
	State     string            `json:"state"` // closed, draft or reviewed
	Sentences ProgressCount     `json:"sentences"`
	Labels    ProgressCount     `json:"labels"`
	Missing   []string          `json:"missing"`
	Stale     []string          `json:"stale"`
	By        []string          `json:"by"` // translators and reviewers
	Where     map[string]string `json:"-"`  // for people: the place of a text of a program
}

// ProgressCount counts sentences, or labels.
type ProgressCount struct {
	Of       int `json:"of"`
	There    int `json:"there"`
	Reviewed int `json:"reviewed"`
}

// NewProgress begins to count a language.
func NewProgress(l locales.Language) Progress {
	return Progress{Language: l.Tag, Name: l.English, Missing: []string{}, Stale: []string{}, By: []string{}}
}

// Take counts one text; original is what it is translated from. A sentence ends with a sign, a label does not.
func (s *Progress) Take(id, original string, state source.TranslationState, line source.Translated) {
	n := &s.Sentences
	if !strings.ContainsAny(original, ".?:") {
		n = &s.Labels
	}
	n.Of++
	switch state {
	case source.Missing:
		s.Missing = append(s.Missing, id)
	case source.Stale:
		s.Stale = append(s.Stale, id)
		n.There++
	case source.Reviewed:
		n.Reviewed++
		n.There++
	default:
		n.There++
	}
	if line.By != "" && !slices.Contains(s.By, line.By) {
		s.By = append(s.By, line.By)
	}
}

// Done says how far the language has come, when all is counted.
func (s *Progress) Done() {
	switch all := s.Sentences.Of + s.Labels.Of; {
	case len(s.Missing)+len(s.Stale) > 0:
		s.State = "closed"
	case all > 0 && s.Sentences.Reviewed+s.Labels.Reviewed == all:
		s.State = string(source.Reviewed)
	default:
		s.State = string(source.Draft)
	}
	slices.Sort(s.By)
}

// Original is the language in which a program's own texts are written.
func (f *File) Original() string {
	return (&notices.Notice{Languages: f.Program.Languages}).Original()
}

// Texts gives the texts of a program that are in languages: of its file, of the laws that it brings along, and the sentences that the
// office says in its own words.
func (f *File) Texts() []exchange.ProgramText {
	const alone = "A text of this program. It stands beside sentences, never inside one: write it so that it can stand alone."
	const own = "A sentence in the office's own words. Our sentence in its place: "
	var out []exchange.ProgramText
	for _, t := range f.Program.Texts(f.Book) {
		out = append(out, exchange.ProgramText{Key: t.Key(f.Program.File), Text: t, Note: alone})
	}
	if f.Program.Wording == nil {
		return out
	}
	for _, id := range f.Program.Wording.IDs() {
		o := f.Program.Wording.Words[id]
		t := exchange.ProgramText{Key: notices.WordingKey(id), Text: o.Say, Note: own + string(id)}
		if o.Say.In == nil {
			t.Forms = map[string]source.Text{"one": o.One, "two": o.Two, "few": o.Few, "many": o.Many, "other": o.Other}
		}
		out = append(out, t)
	}
	return out
}

// Progress tells how far the program's own texts have come in some languages.
func (f *File) Progress(tags []string) []Progress {
	from := f.Original()
	var out []Progress
	for _, tag := range tags {
		l, ok := locales.Find(tag)
		if !ok {
			continue
		}
		s := NewProgress(l)
		s.Where = map[string]string{}
		for _, t := range f.Texts() {
			hash := t.Hash(from)
			if hash == "" {
				continue
			}
			text := t.Text
			if t.Forms != nil {
				text = t.Forms["other"]
			}
			original := text.In[from]
			state, line := source.Draft, source.Translated{}
			if l.Tag != from {
				state, line = f.Program.Lock.State(l.Tag, t.Key, hash, t.Hash(l.Tag))
			}
			s.Where[t.Key] = fmt.Sprintf("%s:%d:%d: %s", text.Pos.File, text.Pos.Line, text.Pos.Col, original)
			s.Take(t.Key, original, state, line)
		}
		s.Done()
		out = append(out, s)
	}
	return out
}

// Translate puts translations into the files of a program, which lie in fsys, and notes them in its lock. It gives the files that are
// otherwise, and the lock by the name of its path. made says who translated, and when.
func (f *File) Translate(fsys fs.FS, tag string, accepted []exchange.Accepted, made source.Translated) (map[string][]byte, error) {
	texts := map[string]exchange.ProgramText{}
	for _, t := range f.Texts() {
		texts[t.Key] = t
	}
	from, lock := f.Original(), f.Program.Lock
	docs := map[string]*source.Doc{}
	before := map[string][]byte{}
	for _, a := range accepted {
		t := texts[a.ID]
		text := t.Text
		if t.Forms != nil {
			text = t.Forms[a.Form]
		}
		at := text
		if at.Path == "" { // a form that the file has in no language yet: beside those that it has
			at = t.Forms["other"]
			at.Path = strings.TrimSuffix(at.Path, "other") + a.Form
		}
		name := at.Pos.File
		if docs[name] == nil {
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, refuse(fmt.Sprintf("The file %s cannot be read.", Quoted(name)), "")
			}
			doc, problems := source.Open(name, data)
			if problems.Failed() {
				return nil, refuse("The file "+Quoted(name)+" has errors. "+problems.Of(source.Error)[0].Error(), "")
			}
			docs[name], before[name] = doc, data
		}
		if text.In[tag] != a.Text {
			value, err := json.Marshal(a.Text) // a JSON text is a YAML text
			if err != nil {
				return nil, err
			}
			where, what := at.Path+"."+tag, string(value)
			if _, there := docs[name].Raw(at.Path); !there {
				where, what = at.Path, "{"+tag+": "+what+"}"
			}
			data, err := docs[name].Set(where, what)
			if err != nil {
				return nil, refuse(fmt.Sprintf("The text %s cannot be written into %s: %v", Quoted(a.ID), Quoted(name), err), "")
			}
			docs[name], _ = source.Open(name, data)
		}
		texts[a.ID] = translated(t, a, tag)
		line := made
		line.From, line.Text = texts[a.ID].Hash(from), texts[a.ID].Hash(tag)
		lock.Set(tag, a.ID, line)
	}
	out := map[string][]byte{}
	for name, doc := range docs {
		if data := doc.Bytes(); !bytes.Equal(data, before[name]) {
			out[name] = data
		}
	}
	out[f.LockName()] = lock.Bytes()
	return out, nil
}

// LockName is where the lock of the program's translations lies.
func (f *File) LockName() string {
	return path.Join(notices.Beside(path.Base(f.Name)), source.LockName)
}

// translated is a text with a translation in its place.
func translated(t exchange.ProgramText, a exchange.Accepted, tag string) exchange.ProgramText {
	in := func(x source.Text) source.Text {
		if x.In = maps.Clone(x.In); x.In == nil {
			x.In = map[string]string{}
		}
		x.In[tag] = a.Text
		return x
	}
	if t.Forms == nil {
		t.Text = in(t.Text)
		return t
	}
	t.Forms = maps.Clone(t.Forms)
	t.Forms[a.Form] = in(t.Forms[a.Form])
	return t
}

// Sift says what of a translator's file is to be written: what is new, and what nobody had noted; with reviewed all of it. changed counts the
// texts with other words than before, left those that still want a translation afterwards.
func Sift(book exchange.Book, r exchange.Result, reviewed bool) (note []exchange.Accepted, changed, left int) {
	state, recorded := map[string]string{}, map[string]bool{}
	wants, words := map[string]bool{}, map[string]bool{}
	for _, u := range book.Units {
		state[u.ID], recorded[u.ID] = u.State, u.Recorded
		if u.State == exchange.Missing || u.State == exchange.Stale {
			wants[u.ID] = true
		}
	}
	for _, a := range r.Accepted {
		if a.Changed() {
			words[a.ID] = true
		}
		if a.Changed() || reviewed || !recorded[a.ID] || state[a.ID] == exchange.Stale || state[a.ID] == exchange.Missing {
			note = append(note, a)
			delete(wants, a.ID)
		}
	}
	return note, len(words), len(wants)
}

// languageOps send texts to translators, and take translations in.
var languageOps = map[string]operation{
	"languages":        languages,
	"languages.export": languagesExport,
	"languages.read":   func(d *Desk, args json.RawMessage) (any, error) { return languagesRead(d, args, false) },
	"languages.take":   func(d *Desk, args json.RawMessage) (any, error) { return languagesRead(d, args, true) },
}

// LanguageList is the answer of `languages`.
type LanguageList struct {
	Languages []LanguageRow `json:"languages"`
	Note      string        `json:"note"`
}

// LanguageRow is one language: of the program, or one that its notices could be in, too. Its state is then new.
type LanguageRow struct {
	LanguageState
	Of      int       `json:"of"` // texts of the program
	Missing []TextRow `json:"missing"`
	Stale   []TextRow `json:"stale"`
	By      []string  `json:"by"` // who translated and reviewed the program's texts
	In      bool      `json:"in"` // the program has it
}

// TextRow is a text that wants a translation.
type TextRow struct {
	ID      string `json:"id"`
	What    string `json:"what"` // what it is, in words
	English string `json:"english"`
	Text    string `json:"text"` // the translation of an older English; "" where there is none
}

const languagesNote = "Every sentence of a notice ships with this desk in sixteen languages. Translators get only your own words: what the program gives, names of ways to apply, and sentences that you say otherwise."

func languages(d *Desk, _ json.RawMessage) (any, error) {
	f, err := d.read()
	if err != nil {
		return nil, err
	}
	if f.Unread {
		return nil, refuse("Your file cannot be read whole.", "Mend what stands under “To do” first.")
	}
	out := LanguageList{Languages: []LanguageRow{}, Note: languagesNote}
	tags := slices.Clone(f.Program.Languages)
	for _, l := range locales.Languages() {
		if !slices.Contains(tags, l.Tag) {
			tags = append(tags, l.Tag)
		}
	}
	stands := map[string]LanguageState{}
	if _, err := d.judged(); err != nil {
		return nil, err
	}
	for _, s := range d.languageStates() {
		stands[s.Tag] = s
	}
	texts := map[string]exchange.ProgramText{}
	for _, t := range f.Texts() {
		texts[t.Key] = t
	}
	for _, s := range f.Progress(tags) {
		row := LanguageRow{LanguageState: languageRow(s.Language), Of: s.Sentences.Of + s.Labels.Of, Missing: []TextRow{}, Stale: []TextRow{}, By: s.By, In: slices.Contains(f.Program.Languages, s.Language)}
		for _, id := range s.Missing {
			row.Missing = append(row.Missing, d.textRow(f, texts[id], id, s.Language))
		}
		for _, id := range s.Stale {
			row.Stale = append(row.Stale, d.textRow(f, texts[id], id, s.Language))
		}
		if state, ok := stands[s.Language]; ok {
			row.LanguageState = state
		} else {
			row.State = "new"
			row.Why = fmt.Sprintf("Not in your notice yet. %s of yours would be translated first.", Count(len(row.Missing), "text"))
		}
		out.Languages = append(out.Languages, row)
	}
	return out, nil
}

func (d *Desk) textRow(f *File, t exchange.ProgramText, id, tag string) TextRow {
	text := t.Text
	if t.Forms != nil {
		text = t.Forms["other"]
	}
	return TextRow{ID: id, What: d.whatText(f, id), English: text.In[f.Original()], Text: text.In[tag]}
}

// whatText says in words what a text of the program is.
func (d *Desk) whatText(f *File, id string) string {
	if id, ok := strings.CutPrefix(id, "wording:"); ok {
		return "A sentence in your own words (" + id + ")"
	}
	if file, _, ok := strings.Cut(id, ":"); ok {
		return "A law that lies beside your file (" + file + ")"
	}
	field, _ := notices.FieldAt(id)
	what := label(field, id)
	if names, err := d.naming(f.Program); err == nil {
		if place := names.Place(id); place != "" && !strings.Contains(what, place) {
			what += " (" + place + ")"
		}
	}
	return what
}

// exchangeBook is the program's own texts for a translator into a language.
func (d *Desk) exchangeBook(f *File, tag string) (exchange.Book, error) {
	l, err := locales.Lookup(tag)
	if err != nil {
		return exchange.Book{}, refuse("The desk has no sentences in this language.", "Choose one of those that are listed.")
	}
	if l.Tag == f.Original() {
		return exchange.Book{}, refuse(l.English+" is the language in which your texts are written.", "Choose the language into which they are translated.")
	}
	names, err := d.naming(f.Program)
	if err != nil {
		return exchange.Book{}, err
	}
	b, err := exchange.Texts(names.Text(f.Program.Program.Name), f.Original(), l.Tag, f.Program.Lock, f.Texts())
	b.Made = d.day.String()
	return b, err
}

// Exported is the answer of `languages.export {tag, as}` and of `counsel.export {language}`.
type Exported struct {
	Files []Blob   `json:"files"`
	Says  []string `json:"says"`
}

func languagesExport(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Tag string `json:"tag"`
		As  string `json:"as"`
	}](args)
	if err != nil {
		return nil, err
	}
	f, err := d.whole()
	if err != nil {
		return nil, err
	}
	b, err := d.exchangeBook(f, a.Tag)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	end, write := ".xlsx", exchange.WriteXLSX
	if a.As == "xliff" {
		end, write = ".xlf", exchange.WriteXLIFF
	}
	if err := write(&out, b); err != nil {
		return nil, err
	}
	open := 0
	for _, u := range b.Units {
		if u.State == exchange.Missing || u.State == exchange.Stale {
			open++
		}
	}
	says := fmt.Sprintf("%s, %d of them without a translation.", Count(len(b.Units), "text"), open)
	if open == len(b.Units) {
		says = fmt.Sprintf("%s to translate.", Count(open, "text"))
	}
	return Exported{[]Blob{{Name: fmt.Sprintf("%s-%s%s", f.Program.Program.ID, b.Language.Tag, end), Bytes: out.Bytes()}}, []string{says}}, nil
}

// SheetRead is the answer of `languages.read {tag, file}` and of `languages.take {tag, file, by}`.
type SheetRead struct {
	State    *State        `json:"state"`
	Language string        `json:"language"` // its English name
	Accepted []TakenText   `json:"accepted"`
	Same     int           `json:"same"`    // texts that stand there already, word by word
	Library  int           `json:"library"` // sentences of the library in the sheet: they ship with the desk
	Repairs  []Repaired    `json:"repairs"`
	Refused  []RefusedText `json:"refused"`
	Left     int           `json:"left"` // texts that still want a translation
	Taken    int           `json:"taken"`
	Says     []string      `json:"says"`
}

// TakenText is a text that can be taken.
type TakenText struct {
	What    string `json:"what"`
	English string `json:"english"`
	Was     string `json:"was"`
	Is      string `json:"is"`
}

// Repaired is what an Office program had changed, and what was put right.
type Repaired struct {
	What string `json:"what"`
	Was  string `json:"was"`
	Is   string `json:"is"`
	Says string `json:"says"`
	Line int    `json:"line"` // the row of the sheet
}

// RefusedText is what a person has to mend, or (Left) what was left as it is.
type RefusedText struct {
	What    string `json:"what"`
	English string `json:"english"`
	Text    string `json:"text"`
	Line    int    `json:"line"`
	Says    string `json:"says"`
	Hint    string `json:"hint"`
}

// rowBefore is how a sentence about a row of a sheet begins; the row stands beside it here.
var rowBefore = regexp.MustCompile(`^(?:Row [0-9]+(?: \([^)]*\))?|[a-z][A-Za-z0-9_.:#-]*): `)

func languagesRead(d *Desk, args json.RawMessage, takes bool) (any, error) {
	a, err := take[struct {
		Tag  string `json:"tag"`
		File Blob   `json:"file"`
		By   string `json:"by"`
	}](args)
	if err != nil {
		return nil, err
	}
	f, err := d.whole()
	if err != nil {
		return nil, err
	}
	if of := exchange.LanguageOf(a.File.Bytes); of != "" && of != a.Tag {
		l, _ := locales.Find(of)
		if a.Tag != "" {
			return nil, refuse(fmt.Sprintf("This sheet is for %s.", cmp.Or(l.English, of)), "Choose that language, and take the sheet in there.")
		}
		a.Tag = of
	}
	book, err := d.exchangeBook(f, a.Tag)
	if err != nil {
		return nil, err
	}
	r := exchange.Read(a.File.Bytes, book)
	note, _, left := Sift(book, r, false)
	out := &SheetRead{Language: book.Language.English, Accepted: []TakenText{}, Repairs: []Repaired{}, Refused: []RefusedText{}, Left: left, Same: len(r.Accepted) - len(note), Says: []string{}}
	english, there := map[string]string{}, map[string]bool{}
	for _, u := range book.Units {
		english[u.Key()], english[u.ID], there[u.ID] = u.Source, u.Source, true
	}
	what := func(id string) string {
		if there[id] {
			return d.whatText(f, id)
		}
		return ""
	}
	for _, t := range note {
		out.Accepted = append(out.Accepted, TakenText{what(t.ID), english[keyOf(t.ID, t.Form)], t.Was, t.Text})
	}
	for _, p := range r.Repairs {
		out.Repairs = append(out.Repairs, Repaired{what(p.ID), p.Was, p.Now, Sentence(strings.Join(p.Did, "; ")), p.Pos.Line})
	}
	for _, p := range r.Refused {
		id, _, _ := strings.Cut(p.Path, "#")
		out.Refused = append(out.Refused, RefusedText{what(id), english[p.Path], p.Excerpt, p.Pos.Line, capital(rowBefore.ReplaceAllString(p.Message, "")), p.Hint})
	}
	for _, g := range r.Missing {
		if g.Why == exchange.NoRow || g.Why == exchange.Empty {
			continue
		}
		out.Refused = append(out.Refused, RefusedText{What: what(g.ID), English: english[keyOf(g.ID, g.Form)], Line: g.Pos.Line, Says: "There is no translation of this text: " + g.Why + "."})
	}
	foreign := []string{}
	for _, u := range r.Unknown {
		if id, _, _ := strings.Cut(u.ID, "#"); inLibrary(id) {
			out.Library++
		} else {
			foreign = append(foreign, u.ID)
		}
	}
	if len(foreign) > 0 {
		out.Says = append(out.Says, fmt.Sprintf("%s left out: your file has no such text.", rows(len(foreign))))
	}
	if takes {
		if err := d.takeTexts(f, book, note, a.By, out); err != nil {
			return nil, err
		}
	}
	out.State, err = d.state()
	return out, err
}

func rows(n int) string {
	if n == 1 {
		return "1 row of the sheet is"
	}
	return fmt.Sprintf("%d rows of the sheet are", n)
}

func keyOf(id, form string) string {
	if form == "" {
		return id
	}
	return id + "#" + form
}

// inLibrary says whether an id is that of a sentence that ships with the desk.
func inLibrary(id string) bool {
	cat, err := Catalogue([]string{"en"})
	return err == nil && slices.Contains(cat.IDs("en"), id)
}

// takeTexts lays translations on the desk. A language that has all of them now is one of the program's from here on.
func (d *Desk) takeTexts(f *File, book exchange.Book, note []exchange.Accepted, by string, out *SheetRead) error {
	by, err := oneLine("name", by, mostName)
	if err != nil {
		return err
	}
	switch {
	case by == "":
		return refuse("It is not said who translated.", "Write a name, and what makes the person fit, such as: Anna Example, translator.")
	case len(note) == 0:
		return refuse("There is nothing new in this sheet.", "Nothing was changed.")
	}
	tag := book.Language.Tag
	// The lock is changed in place, and the desk may have to go back: so the file is read once more.
	fresh, err := Read(memory(d.files), d.name)
	if err != nil {
		return err
	}
	files, err := fresh.Translate(memory(d.files), tag, note, source.Translated{State: source.Draft, On: d.day, By: by})
	if err != nil {
		return err
	}
	added := false
	if out.Left == 0 && !slices.Contains(f.Program.Languages, tag) {
		data := files[d.name]
		if data == nil {
			data = d.files[d.name]
		}
		if doc, ps := source.Open(d.name, data); !ps.Failed() {
			if data, err := doc.Append("languages", tag); err == nil {
				files[d.name], added = data, true
			}
		}
	}
	next := maps.Clone(d.files)
	maps.Copy(next, files)
	after, err := Read(memory(next), d.name)
	if err != nil {
		return err
	}
	after.Check(d.day)
	if errs := after.Problems.Of(source.Error); len(errs) > 0 {
		return refuse("With these texts your file would have errors. "+errs[0].Message, errs[0].Hint)
	}
	d.change(fmt.Sprintf("You took in %s in %s.", Count(len(note), "text"), book.Language.English), files)
	out.Taken = len(note)
	out.Says = append(out.Says, fmt.Sprintf("%s in %s taken. They are a draft until somebody else has reviewed them.", Count(len(note), "text"), book.Language.English))
	switch {
	case added:
		out.Says = append(out.Says, fmt.Sprintf("Your notice is in %s now, too.", book.Language.English))
	case out.Left > 0:
		out.Says = append(out.Says, fmt.Sprintf("%s still without a translation, so no notice goes out in %s yet.", are(out.Left, "text"), book.Language.English))
	case !slices.Contains(f.Program.Languages, tag):
		out.Says = append(out.Says, fmt.Sprintf("%s could not be written into the list of languages of your file, as it stands there. Write %s under languages: in the file by hand; then your notice is in %s, too.", book.Language.English, tag, book.Language.English))
	}
	return nil
}
