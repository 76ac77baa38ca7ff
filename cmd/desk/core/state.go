package core

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fairnotice/examples"
	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// coreOps are the operations that the others stand on. Each takes and gives the types beside its function.
var coreOps = map[string]operation{
	"state":         func(d *Desk, _ json.RawMessage) (any, error) { return d.answer() },
	"start.example": func(d *Desk, _ json.RawMessage) (any, error) { return d.example() },
	"start.open":    open,
	"start.close":   func(d *Desk, _ json.RawMessage) (any, error) { d.clear(); return d.answer() },
	"notice":        notice,
	"why":           why,
	"fact":          fact,
	"set":           set,
	"undo":          undo,
	"file":          func(d *Desk, _ json.RawMessage) (any, error) { return d.fileText() },
	"save":          func(d *Desk, _ json.RawMessage) (any, error) { return d.save() },
}

// Answer is what every operation that changes something answers at least.
type Answer struct {
	State *State `json:"state"`
}

// State is how things stand on the desk.
type State struct {
	Open    bool   `json:"open"`
	Day     string `json:"day"` // the day of the desk, such as 2025-06-14
	Program *struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		File string `json:"file"` // citykey.yaml
	} `json:"program"`
	Edition *struct {
		Number int    `json:"number"`
		AsOf   string `json:"as_of"`
	} `json:"edition"`
	Languages []LanguageState `json:"languages"`
	Errors    int             `json:"errors"` // what must be mended before there is a notice
	Warnings  int             `json:"warnings"`
	Questions int             `json:"questions"`
	// Counting says that the numbers do not hold the warnings about single languages yet: `count` works them out, when there is time.
	Counting bool        `json:"counting"`
	Unsaved  bool        `json:"unsaved"`
	Undo     string      `json:"undo"` // what the last change was, in a whole sentence; "" where there is none
	Kinds    []KindTitle `json:"kinds"`
}

// LanguageState says how far a language of the program has come: ready (somebody has reviewed its words), draft (nobody has), held (a
// notice cannot be shown in it; Why says what it wants, in a whole sentence).
type LanguageState struct {
	Tag     string `json:"tag"`
	Own     string `json:"own"` // its name in itself
	English string `json:"english"`
	Dir     string `json:"dir"` // ltr or rtl
	State   string `json:"state"`
	Why     string `json:"why"`
}

// KindTitle is a notice that the program has.
type KindTitle struct {
	ID    string `json:"id"`
	Title string `json:"title"` // for staff, in English
}

// kindTitles name the notices for staff.
var kindTitles = map[notices.Kind]string{notices.Before: "Before people send anything", notices.AtUpload: "At the upload: the key facts", notices.AlreadyApplied: "For people who already applied",
	notices.DemandReceived: "When a demand for records came", notices.AskBack: "Questions for a test with readers", notices.WhatChanged: "What has changed", "poster": "The poster"}

func kindTitle(k notices.Kind) string {
	if t := kindTitles[k]; t != "" {
		return t
	}
	return sentence(strings.ReplaceAll(string(k), "-", " "))
}

// made is what was worked out of the files on the desk; a change forgets it.
type made struct {
	read     *read
	notices  map[notices.Kind]*notices.Notice
	names    *render.Names
	noNotice error
}

// read is the program file with the law, read and judged.
type read struct {
	program  *notices.Program // nil where the file cannot be read at all
	book     *law.Book
	problems source.Problems // of the file and the law; the languages' are not in it
	unread   bool            // the file could not be read whole
}

// read reads the files on the desk, once for each change.
func (d *Desk) read() (*read, error) {
	if d.made.read != nil {
		return d.made.read, nil
	}
	if _, err := d.text(); err != nil {
		return nil, err
	}
	book, ps := law.Shipped()
	if ps.Failed() {
		return nil, refuse("The book of law in this desk has errors.", "This is a fault of ours.")
	}
	book, own := book.With(memory(d.files), notices.Beside(d.name)+"/law")
	p, ps := notices.Load(memory(d.files), d.name)
	r := &read{program: p, book: book, problems: append(ps, own...), unread: p == nil || ps.Failed()}
	if p != nil && !r.problems.Failed() {
		r.problems = append(r.problems, notices.Check(p, book, d.day)...)
	}
	r.problems.Sort()
	d.made.read = r
	return r, nil
}

// whole gives the program where it has no errors, else an error that says how many it has.
func (d *Desk) whole() (*read, error) {
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	if n := len(r.problems.Of(source.Error)); n > 0 {
		return nil, refuse(fmt.Sprintf("Your file has %s, so no notice can be made.", count(n, "error")), "Mend what stands under “To do” first.")
	}
	return r, nil
}

// built is a kind of notice in no language.
func (d *Desk) built(k notices.Kind) (*notices.Notice, error) {
	if n := d.made.notices[k]; n != nil {
		return n, nil
	}
	r, err := d.whole()
	if err != nil {
		return nil, err
	}
	if !slices.Contains(r.program.Kinds(), k) {
		return nil, refuse("This program has no such notice.", "Choose one of those that are listed.")
	}
	n, err := notices.Build(r.program, r.book, k, d.day)
	if err != nil {
		return nil, refuse("The notice cannot be made. "+sentence(err.Error()), "Look under “To do”.")
	}
	if d.made.notices == nil {
		d.made.notices = map[notices.Kind]*notices.Notice{}
	}
	d.made.notices[k] = n
	return n, nil
}

// naming gives the names of what stands in the file.
func (d *Desk) naming(p *notices.Program) (*render.Names, error) {
	if d.made.names == nil {
		cat, err := english()
		if err != nil {
			return nil, err
		}
		if d.made.names, err = render.NewNames(cat, p); err != nil {
			return nil, err
		}
	}
	return d.made.names, nil
}

// catalogue opens the sentences of some languages; each is read once for the program.
func catalogue(tags ...string) (*locales.Catalog, error) {
	c, ps := locales.Shipped(tags...)
	if ps.Failed() {
		return nil, refuse("These languages cannot be opened. "+ps.Of(source.Error)[0].Message, ps.Of(source.Error)[0].Hint)
	}
	return c, nil
}

func english() (*locales.Catalog, error) { return catalogue("en") }

// answer says how things stand.
func (d *Desk) answer() (Answer, error) {
	s, err := d.state()
	return Answer{s}, err
}

func (d *Desk) state() (*State, error) {
	s := &State{Day: d.day.String(), Languages: []LanguageState{}, Kinds: []KindTitle{}}
	if d.name == "" {
		return s, nil
	}
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	s.Open, s.Unsaved = true, len(d.changed()) > 0
	s.Errors, s.Warnings = len(r.problems.Of(source.Error)), len(r.problems.Of(source.Warning))
	if n := len(d.past); n > 0 {
		s.Undo = d.past[n-1].says
	}
	s.Program = &struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		File string `json:"file"`
	}{File: d.name, Name: d.name}
	if r.unread {
		return s, nil
	}
	p := r.program
	names, err := d.naming(p)
	if err != nil {
		return nil, err
	}
	s.Program.ID, s.Program.Name = string(p.Program.ID), names.Text(p.Program.Name)
	s.Edition = &struct {
		Number int    `json:"number"`
		AsOf   string `json:"as_of"`
	}{p.Edition.Number, p.Edition.AsOf.String()}
	s.Questions = len(notices.Questions(p))
	for _, k := range p.Kinds() {
		s.Kinds = append(s.Kinds, KindTitle{string(k), kindTitle(k)})
	}
	for _, tag := range p.Languages {
		s.Languages = append(s.Languages, d.language(tag))
	}
	return s, nil
}

// language says how far a language has come.
func (d *Desk) language(tag string) LanguageState {
	l, ok := locales.Find(tag)
	s := LanguageState{Tag: tag, Own: l.Name, English: l.English, Dir: l.Dir, State: "held"}
	if !ok {
		s.Own, s.English, s.Dir, s.Why = tag, tag, "ltr", "The desk has no sentences in this language."
		return s
	}
	n, err := d.built(notices.Before)
	if err != nil {
		s.Why = "Your file has errors. Mend them first."
		return s
	}
	cat, err := catalogue(tag)
	if err != nil {
		s.Why = err.Error()
		return s
	}
	said, err := cat.Say(n, tag)
	closed := (*locales.Closed)(nil)
	switch {
	case errors.As(err, &closed):
		s.Why = closedWords(closed)
	case err != nil:
		s.Why = sentence(err.Error())
	case said.Translation.State == string(source.Draft):
		s.State, s.Why = "draft", "Nobody has reviewed its words yet."
	default:
		s.State, s.Why = "ready", fmt.Sprintf("Reviewed by %s on %s.", said.Translation.By, said.Translation.On)
	}
	return s
}

// closedWords says what a closed language wants.
func closedWords(c *locales.Closed) string {
	var wants []string
	if n := len(c.Missing); n > 0 {
		wants = append(wants, count(n, "sentence")+" to translate")
	}
	if n := len(c.Stale); n > 0 {
		wants = append(wants, count(n, "sentence")+" to translate again, because the words have changed")
	}
	return sentence(strings.Join(wants, "; "))
}

// count says a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// list joins words as a sentence does.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

func (d *Desk) clear() {
	d.held, d.made = held{}, made{}
}

// example opens the CityKey of Chicago.
func (d *Desk) example() (Answer, error) {
	files, err := shipped("citykey")
	if err == nil {
		err = d.open(files)
	}
	if err != nil {
		return Answer{}, err
	}
	return d.answer()
}

// shipped gives an example with what belongs to it.
func shipped(id string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(examples.CityKey, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name != id+".yaml" && !strings.HasPrefix(name, id+"/") {
			return err
		}
		files[name], err = examples.CityKey.ReadFile(name)
		return err
	})
	return files, err
}

// open opens what somebody chose: one program file, several files, or a zip of its folder.
func open(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Files []Blob `json:"files"`
	}](args)
	if err != nil {
		return nil, err
	}
	files, err := given(a.Files)
	if err != nil {
		return nil, err
	}
	if err := d.open(files); err != nil {
		return nil, err
	}
	return d.answer()
}

// given lays files side by side, and opens a zip that stands alone.
func given(all []Blob) (map[string][]byte, error) {
	if len(all) == 0 {
		return nil, refuse("No file was chosen.", "Choose your program file. It ends in .yaml.")
	}
	if len(all) == 1 && isZip(all[0].Bytes) && strings.HasSuffix(strings.ToLower(all[0].Name), ".zip") {
		return unpack(all[0].Bytes)
	}
	files, size := map[string][]byte{}, 0
	for _, f := range all {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if size += len(f.Bytes); size > mostBytes || len(all) > mostFiles {
			return nil, refuse("These are too many files.", "Choose only your program file, or the zip of its folder.")
		}
		if fs.ValidPath(name) {
			files[name] = f.Bytes
		}
	}
	return files, nil
}
