package main

import (
	"errors"
	"fmt"
	"slices"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// sayer holds what every program of one command shares: the sentences of all their languages, and the day.
type sayer struct {
	cat   *locales.Catalog
	day   source.Day
	since *notices.Side // the older edition; nil where the edition does not say what changed
	page  string        // where a text message says that the notice can be read; "" if nowhere
}

// newSayer opens the sentences of some languages.
func newSayer(day source.Day, tags []string) (*sayer, error) {
	cat, err := catalogue(tags)
	if err != nil {
		return nil, err
	}
	return &sayer{cat: cat, day: day}, nil
}

// load reads and judges one file, and ends in a fault if it has errors.
func (w world) load(path string, day source.Day) (*programFile, error) {
	f, err := w.read(path)
	if err != nil {
		return nil, err
	}
	f.check(day)
	return f, f.sound()
}

// are says a number with its noun and the verb: 1 entry is, 3 entries are.
func are(n int, noun string) string {
	if n == 1 {
		return count(n, noun) + " is"
	}
	return count(n, noun) + " are"
}

// due is a note, and no fault, about laws of the program's place whose next check is past on a day; nil where there are none.
func (f *programFile) due(day source.Day) error {
	entries, _ := f.book.In(f.program.Program.Jurisdiction)
	n := 0
	for _, e := range entries {
		if e.Due(day) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return &fault{code: fine, says: fmt.Sprintf("In the book of law, %s past the next check on %s. A notice says so of each that it names.", are(n, "entry"), day),
		hints: []string{fmt.Sprintf("fairnotice law --due --where %s --date %s", shell(string(f.program.Program.Jurisdiction)), day)}}
}

// notice builds one kind of notice. What changed is built from two editions.
func (s *sayer) notice(f *programFile, kind notices.Kind) (*notices.Notice, error) {
	if kind == notices.WhatChanged {
		return notices.BuildChanged(*s.since, notices.Side{Program: f.program, Book: f.book, On: s.day})
	}
	return notices.Build(f.program, f.book, kind, s.day)
}

// notices builds every kind of notice that an edition of the program holds; with an older edition, also what changed since.
func (s *sayer) notices(f *programFile) ([]*notices.Notice, error) {
	var out []*notices.Notice
	kinds := f.program.Kinds()
	if s.since != nil {
		kinds = append(kinds, notices.WhatChanged)
	}
	for _, kind := range kinds {
		n, err := s.notice(f, kind)
		if err != nil {
			if other := (*notices.ErrOtherProgram)(nil); errors.As(err, &other) {
				return nil, notComparable([]string{s.since.Program.File, f.path}, err)
			}
			return nil, undone(fmt.Sprintf("The notice %s of %s cannot be made. %s", quoted(string(kind)), quoted(f.program.File), sentence(err.Error())))
		}
		out = append(out, n)
	}
	return out, nil
}

// edition makes every byte of a program's edition; more makes files that render does not.
func (s *sayer) edition(f *programFile, more ...func(*render.Edition) ([]render.File, error)) (*render.Edition, error) {
	return s.editionOn(f, render.Terms{}, more...)
}

// editionOn is edition on some terms.
func (s *sayer) editionOn(f *programFile, terms render.Terms, more ...func(*render.Edition) ([]render.File, error)) (*render.Edition, error) {
	ns, err := s.notices(f)
	if err != nil {
		return nil, err
	}
	e, err := render.NewEditionOn(s.cat, ns, terms, more...)
	if closed, ok := err.(*locales.Closed); ok { // every language is
		return nil, shut(f, closed)
	}
	if err != nil {
		return nil, undone(fmt.Sprintf("The edition of %s cannot be made. %s", quoted(f.program.File), sentence(err.Error())))
	}
	return e, nil
}

// statements gives the statements of a notice in a language, in order.
func statements(n *locales.Notice) []locales.Statement {
	var out []locales.Statement
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			out = append(out, g.Statements...)
		}
	}
	return out
}

// language gives the tag of the file for what a person typed after --lang: that tag, or an alias of it. Another language is refused
// by naming those that exist; none is chosen for the person unless the file has only one.
func (w world) language(f *programFile, typed string) (string, error) {
	tags := f.program.Languages
	if typed == "" {
		if len(tags) == 1 {
			return tags[0], nil
		}
		return "", mistyped(fmt.Sprintf("Which language? %s has %s.", quoted(f.path), list(named(tags))), w.typed.and("--lang", tags[0]))
	}
	if slices.Contains(tags, typed) || locales.IsPseudo(typed) {
		return typed, nil
	}
	l, known := locales.Find(typed)
	if known && slices.Contains(tags, l.Tag) {
		return l.Tag, nil
	}
	says := fmt.Sprintf("%s is not in the language %s. It has %s.", quoted(f.path), quoted(typed), list(named(tags)))
	hint := w.typed.with(typed, tags[0])
	if known && slices.Contains(locales.ShippedTags(), l.Tag) {
		says = fmt.Sprintf("%s is not in %s. It has %s.", quoted(f.path), l.English, list(named(tags)))
		return "", mistyped(says, hint, fmt.Sprintf("To add it, write %s in `languages:` of the file, and its words in each text.", l.Tag))
	}
	return "", mistyped(says, hint)
}
