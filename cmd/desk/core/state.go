package core

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fairnotice/examples"
	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// coreOps are the operations that the others stand on. Each takes and gives the types beside its function.
var coreOps = map[string]operation{
	"state":         func(d *Desk, _ json.RawMessage) (any, error) { return d.answer() },
	"count":         func(d *Desk, _ json.RawMessage) (any, error) { return d.count() },
	"start.example": func(d *Desk, _ json.RawMessage) (any, error) { return d.example() },
	"start.open":    open,
	"start.judge":   judgeText,
	"start.close":   func(d *Desk, _ json.RawMessage) (any, error) { d.clear(); return d.answer() },
	"notice":        notice,
	"why":           why,
	"fact":          fact,
	"set":           set,
	"undo":          undo,
	"todo":          todo,
	"templates":     templates,
	"add":           add,
	"file":          func(d *Desk, _ json.RawMessage) (any, error) { return d.fileText() },
	"save":          func(d *Desk, _ json.RawMessage) (any, error) { return d.save() },
}

// Answer is what every operation that changes something answers at least.
type Answer struct {
	State *State `json:"state"`
	Go    string `json:"go,omitempty"` // the screen that comes next
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
	// Counting says that warnings and languages are those from before the last change: ask `count` again and again, when there is time,
	// until it says false. Each does a piece of the work, so that nothing else has to wait long.
	Counting bool        `json:"counting"`
	Unsaved  bool        `json:"unsaved"`
	Undo     string      `json:"undo"` // what the last change was, in a whole sentence; "" where there is none
	Kinds    []KindTitle `json:"kinds"`
}

// LanguageState says how far a language of the program has come: ready (somebody has reviewed its words), draft (nobody has), held (a
// notice cannot be shown in it; Why says what it wants, in a whole sentence), or wait, as long as `count` has not come to it.
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
	return Sentence(strings.ReplaceAll(string(k), "-", " "))
}

// made is what was worked out of the files on the desk; a change forgets it.
type made struct {
	file    *File // with the problems of its facts; `count` adds those of its notices and languages
	notices map[notices.Kind]*notices.Notice
	names   *render.Names
	edition *render.Edition // without its pages
	pages   *render.Edition // with them, and the vendor's files for a form
	form    string
	counted int // how many pieces of count are done
}

// read reads the files on the desk and judges their facts, once for each change.
func (d *Desk) read() (*File, error) {
	if d.made.file != nil {
		return d.made.file, nil
	}
	if _, err := d.text(); err != nil {
		return nil, err
	}
	f, err := Read(memory(d.files), d.name)
	if err != nil {
		return nil, err
	}
	f.CheckFacts(d.day)
	d.made.file = f
	return f, nil
}

// whole gives the program where it has no errors, else an error that says how many it has.
func (d *Desk) whole() (*File, error) {
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	if n := len(r.Problems.Of(source.Error)); n > 0 {
		return nil, refuse(fmt.Sprintf("Your file has %s, so no notice can be made.", Count(n, "error")), "Mend what stands under “To do” first.")
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
	if !slices.Contains(r.Program.Kinds(), k) {
		return nil, refuse("This program has no such notice.", "Choose one of those that are listed.")
	}
	n, err := notices.Build(r.Program, r.Book, k, d.day)
	if err != nil {
		return nil, refuse("The notice cannot be made. "+Sentence(err.Error()), "Look under “To do”.")
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

// english is the sentences in English.
func english() (*locales.Catalog, error) { return Catalogue([]string{"en"}) }

// answer says how things stand.
func (d *Desk) answer() (Answer, error) {
	s, err := d.state()
	return Answer{State: s}, err
}

func (d *Desk) state() (*State, error) {
	s := &State{Day: d.day.String(), Languages: []LanguageState{}, Kinds: []KindTitle{}}
	s.Unsaved = len(d.changed()) > 0
	if n := len(d.past); n > 0 {
		s.Undo = d.past[n-1].says
	}
	if d.name == "" {
		return s, nil
	}
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	s.Open = true
	s.Errors, s.Warnings = len(r.Problems.Of(source.Error)), len(r.Problems.Of(source.Warning))
	s.Program = &struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		File string `json:"file"`
	}{File: d.name, Name: d.name}
	p := r.Program
	if p != nil {
		s.Questions = len(notices.Questions(p))
	}
	if r.Unread {
		return s, nil
	}
	names, err := d.naming(p)
	if err != nil {
		return nil, err
	}
	s.Program.ID, s.Program.Name = string(p.Program.ID), names.Text(p.Program.Name)
	s.Edition = &struct {
		Number int    `json:"number"`
		AsOf   string `json:"as_of"`
	}{p.Edition.Number, p.Edition.AsOf.String()}
	for _, k := range p.Kinds() {
		s.Kinds = append(s.Kinds, KindTitle{string(k), kindTitle(k)})
	}
	s.Languages, s.Counting = d.languageStates(), !d.countedAll()
	if s.Counting {
		s.Warnings = max(s.Warnings, d.warned)
	}
	return s, nil
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
	said, err := d.answer()
	if d.answers() != "" {
		said.Go = "interview"
	}
	return said, err
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
