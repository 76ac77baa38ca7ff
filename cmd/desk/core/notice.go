package core

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Shown is the answer of `notice`: {kind, languages, since?}. Without languages it is the first that can be shown; since is a file of the
// older edition, for the kind what-changed.
type Shown struct {
	Notices []ShownNotice `json:"notices"`
	Closed  []struct {
		Tag string `json:"tag"`
		Why string `json:"why"`
	} `json:"closed"`
	// Cannot says why there is no notice at all; "" where there is one.
	Cannot string `json:"cannot"`
}

// ShownNotice is a notice in one language.
type ShownNotice struct {
	Language string         `json:"language"`
	Dir      string         `json:"dir"`
	Own      string         `json:"own"` // the language's name in itself
	English  string         `json:"english"`
	Title    string         `json:"title"`
	Name     string         `json:"name"` // of the program
	Date     string         `json:"date"` // of the edition, in the language
	Draft    bool           `json:"draft"`
	Reviewed string         `json:"reviewed"` // who has reviewed the words, and when; "" for a draft
	Office   string         `json:"office"`   // says that some words are the office's own; "" where none are
	Sections []ShownSection `json:"sections"`
}

// ShownSection, ShownGroup, ShownStatement and ShownValue are the notice's parts, in reading order. Number counts the statements from 1.
type (
	ShownSection struct {
		ID      string       `json:"id"`
		Layer   int          `json:"layer"` // 1 key facts, 2 before you decide, 3 the laws one by one
		Heading string       `json:"heading"`
		Values  []ShownValue `json:"values"`
		Groups  []ShownGroup `json:"groups"`
	}
	ShownGroup struct {
		Heading    string           `json:"heading"`
		Values     []ShownValue     `json:"values"`
		Statements []ShownStatement `json:"statements"`
	}
	ShownStatement struct {
		ID     string       `json:"id"`
		Number int          `json:"number"`
		Text   string       `json:"text"`
		Office bool         `json:"office"` // in the office's own words
		Values []ShownValue `json:"values"`
	}
	ShownValue struct {
		Label string     `json:"label"`
		Kind  string     `json:"kind"`
		Text  []string   `json:"text"`
		Runs  []ShownRun `json:"runs"`
		Href  string     `json:"href,omitempty"` // of the first run that leads somewhere
	}
	// ShownRun is a stretch of text that is isolated in its direction: ltr or auto. Beside says that it belongs to the run before it.
	ShownRun struct {
		Text   string `json:"text"`
		Dir    string `json:"dir"`
		Lang   string `json:"lang,omitempty"`
		Href   string `json:"href,omitempty"`
		Beside bool   `json:"beside,omitempty"`
	}
)

type noticeArgs struct {
	Kind      string   `json:"kind"`
	Languages []string `json:"languages"`
	Since     *Blob    `json:"since"`
}

func notice(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[noticeArgs](args)
	if err != nil {
		return nil, err
	}
	out := Shown{Notices: []ShownNotice{}}
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	if n := len(r.Problems.Of(source.Error)); n > 0 {
		out.Cannot = fmt.Sprintf("Your file has %s, so no notice can be made. “To do” says how to mend them.", Count(n, "error"))
		return out, nil
	}
	if len(a.Languages) == 0 {
		a.Languages = []string{r.Program.Languages[0]}
	}
	n, err := d.noticeOf(notices.Kind(a.Kind), a.Since)
	if err != nil {
		return nil, err
	}
	for _, tag := range a.Languages {
		if !slices.Contains(r.Program.Languages, tag) {
			return nil, refuse(fmt.Sprintf("The program is not in the language %q.", clip(tag)), "Choose one of its languages.")
		}
		said, err := d.say(n, tag)
		closed := (*locales.Closed)(nil)
		switch {
		case errors.As(err, &closed):
			out.Closed = append(out.Closed, struct {
				Tag string `json:"tag"`
				Why string `json:"why"`
			}{tag, closedWords(closed)})
			continue
		case err != nil:
			return nil, err
		}
		out.Notices = append(out.Notices, shown(said))
	}
	return out, nil
}

// noticeOf builds a kind of notice; what changed is made from an older edition, too.
func (d *Desk) noticeOf(kind notices.Kind, since *Blob) (*notices.Notice, error) {
	if kind == "" {
		kind = notices.Before
	}
	if kind != notices.WhatChanged {
		return d.built(kind)
	}
	r, err := d.whole()
	if err != nil {
		return nil, err
	}
	old, err := d.older(since)
	if err != nil {
		return nil, err
	}
	n, err := notices.BuildChanged(old, notices.Side{Program: r.Program, Book: r.Book, On: d.day})
	if err != nil {
		return nil, refuse("The two editions cannot be compared. "+Sentence(err.Error()), "Choose the older file of the same program.")
	}
	return n, nil
}

// older reads the file of an older edition; without one, that of the example, where the example lies on the desk: the program file of an
// office may have the same id.
func (d *Desk) older(since *Blob) (notices.Side, error) {
	var files map[string][]byte
	var err error
	switch {
	case since != nil:
		files, err = given([]Blob{*since})
	default:
		var example map[string][]byte
		if example, err = shipped("citykey"); err == nil && bytes.Equal(d.first[d.name], example["citykey.yaml"]) {
			files, err = shipped("citykey-2017")
		} else if err == nil {
			err = refuse("The older edition is missing.", "Choose the program file as it was before.")
		}
	}
	if err != nil {
		return notices.Side{}, err
	}
	name, files, err := folder(files)
	if err != nil {
		return notices.Side{}, err
	}
	f, err := Read(memory(files), name)
	if err != nil {
		return notices.Side{}, err
	}
	f.CheckFacts(d.day)
	f.checkNotices(d.day)
	if errs := f.Problems.Of(source.Error); len(errs) > 0 {
		return notices.Side{}, refuse(fmt.Sprintf("The older file has %s. The first: %s", Count(len(errs), "error"), errs[0].Message), "Open that file by itself, and mend it first.")
	}
	return notices.Side{Program: f.Program, Book: f.Book, On: d.day}, nil
}

// say says a notice in one language. The error may be a *locales.Closed.
func (d *Desk) say(n *notices.Notice, tag string) (*locales.Notice, error) {
	cat, err := Catalogue([]string{tag})
	if err != nil {
		return nil, err
	}
	return cat.Say(n, tag)
}

// shown is a notice as the page takes it.
func shown(n *locales.Notice) ShownNotice {
	l, _ := locales.Find(n.Language)
	out := ShownNotice{Language: n.Language, Dir: n.Direction, Own: l.Name, English: l.English, Title: n.Title, Name: n.Name.Text, Date: n.Edition.Date,
		Draft: n.Translation.State == string(source.Draft), Office: n.OfficeWords}
	if !out.Draft {
		out.Reviewed = fmt.Sprintf("Reviewed by %s on %s.", n.Translation.By, n.Translation.On)
	}
	number := 0
	for _, s := range n.Sections {
		sec := ShownSection{ID: s.ID, Layer: s.Layer, Heading: s.Heading, Values: values(s.Values), Groups: []ShownGroup{}}
		for _, g := range s.Groups {
			group := ShownGroup{Heading: g.Heading, Values: values(g.Values), Statements: []ShownStatement{}}
			for _, st := range g.Statements {
				number++
				group.Statements = append(group.Statements, ShownStatement{st.ID, number, st.Text, st.Wording, values(st.Values)})
			}
			sec.Groups = append(sec.Groups, group)
		}
		out.Sections = append(out.Sections, sec)
	}
	return out
}

func values(vs []locales.Value) []ShownValue {
	out := make([]ShownValue, len(vs))
	for i, v := range vs {
		out[i] = ShownValue{Label: v.Label, Kind: string(v.Kind), Text: v.Text, Runs: make([]ShownRun, len(v.Runs))}
		for k, r := range v.Runs {
			out[i].Runs[k] = ShownRun{r.Text, r.Dir, r.Lang, r.Href, r.Beside}
			if out[i].Href == "" {
				out[i].Href = r.Href
			}
		}
	}
	return out
}
