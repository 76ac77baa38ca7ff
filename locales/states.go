package locales

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// readLock reads locks/<tag>.lock: where there is none, every sentence is a draft.
func readLock(fsys fs.FS, tag string) (*source.Lock, source.Problems) {
	name := LockName(tag)
	data, err := fs.ReadFile(fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, source.Problems{{Pos: source.Pos{File: name}, Code: "lock", Severity: source.Error, Message: fmt.Sprintf("It cannot be read: %v.", err)}}
	}
	lock, problems := source.ReadLock(name, data)
	if lock != nil && slices.ContainsFunc(lock.Languages(), func(t string) bool { return t != tag }) {
		return nil, source.Problems{{Pos: source.Pos{File: name}, Code: "lock", Severity: source.Error,
			Message: "It has sentences of another language than " + tag + ".", Hint: "Each language has a file of its own here."}}
	}
	return lock, problems
}

// LockName is where the lock of a language stands beside the files of words.
func LockName(tag string) string { return "locks/" + tag + ".lock" }

// sentence is how far one message of one language has come.
type sentence struct {
	state source.TranslationState
	line  source.Translated
}

// hash is the hash of all that a message says.
func (m *message) hash() string {
	if m.forms == nil {
		return source.HashText(m.text)
	}
	var parts []string
	for f, p := range m.forms {
		if p.set {
			parts = append(parts, formNames[f], p.source())
		}
	}
	return source.HashText(parts...)
}

// judgeAll judges every message. A message that is not there in English is judged as if it were its own original.
func (w *words) judgeAll() map[string]sentence {
	out := make(map[string]sentence, len(w.by))
	var en *words
	if w.english != nil {
		en = w.english()
	}
	lock := w.lock()
	for id, m := range w.by {
		text := m.hash()
		from := text
		if en != nil {
			if e := en.by[id]; e != nil {
				from = e.hash()
			}
		}
		state, line := lock.State(w.lang.Tag, id, from, text)
		out[id] = sentence{state, line}
	}
	return out
}

// State tells how far one message of a language of this catalogue has come, and who brought it there. A message that English has and
// the language has not is missing.
func (c *Catalog) State(tag, id string) (source.TranslationState, source.Translated) {
	w, err := c.get(tag)
	if err != nil || w.by[id] == nil {
		return source.Missing, source.Translated{}
	}
	s := w.judge()[id]
	return s.state, s.line
}

// HashOf gives the hash by which a lock knows a message of a language; "" where it is not there.
func (c *Catalog) HashOf(tag, id string) string {
	w, err := c.get(tag)
	if err != nil || w.by[id] == nil {
		return ""
	}
	return w.by[id].hash()
}

// Lock gives the lock of a language of this catalogue: nil if the catalogue has not got the language.
func (c *Catalog) Lock(tag string) *source.Lock {
	w, err := c.get(tag)
	if err != nil {
		return nil
	}
	return w.lock()
}

// Closed says that a notice cannot be shown in a language: some of its sentences are not there, or were translated from an English
// that has changed since. There is no mixed text: the language is closed for this program until they are mended.
type Closed struct {
	Language Language
	Program  source.ID
	Missing  []Untold
	Stale    []Untold
	Held     []string // why whoever publishes the notice holds it back, though it can be said: whole sentences for the staff
}

// Untold is a sentence that cannot be shown: a message of the catalogue, or a text of the program file, with its place.
type Untold struct {
	ID      string
	English string
	Pos     source.Pos
}

func (e *Closed) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s) is closed for this program:", e.Language.English, e.Language.Tag)
	for _, why := range e.Held {
		b.WriteString(" " + strings.TrimSuffix(why, "."))
	}
	if len(e.Held) > 0 && e.Failed() {
		b.WriteString(";")
	}
	for i, set := range []struct {
		what string
		of   []Untold
	}{{"not translated", e.Missing}, {"translated from words that have changed since", e.Stale}} {
		if len(set.of) == 0 {
			continue
		}
		if i > 0 && len(e.Missing) > 0 {
			b.WriteString(";")
		}
		fmt.Fprintf(&b, " %d %s (", len(set.of), set.what)
		for j, u := range set.of {
			if j == 3 {
				fmt.Fprintf(&b, ", and %d more", len(set.of)-j)
				break
			}
			if j > 0 {
				b.WriteString(", ")
			}
			if u.Pos.File != "" && u.Pos.Line > 0 {
				fmt.Fprintf(&b, "%s:%d:%d: ", u.Pos.File, u.Pos.Line, u.Pos.Col)
			}
			b.WriteString(u.ID)
		}
		b.WriteString(")")
	}
	b.WriteString(".")
	return b.String()
}

// And gives what is closed in either, each sentence once; o may be nil.
func (e *Closed) And(o *Closed) *Closed {
	if o == nil {
		return e
	}
	out := *o
	add := func(to []Untold, more []Untold) []Untold {
		to = slices.Clone(to)
		for _, u := range more {
			if !slices.ContainsFunc(to, func(t Untold) bool { return t.ID == u.ID }) {
				to = append(to, u)
			}
		}
		return to
	}
	out.Missing, out.Stale = add(o.Missing, e.Missing), add(o.Stale, e.Stale)
	out.Held = append(slices.Clone(o.Held), e.Held...)
	return &out
}

// Failed reports whether sentences of a language cannot be shown.
func (e *Closed) Failed() bool { return len(e.Missing)+len(e.Stale) > 0 }

// standing gathers how far the sentences of one notice have come.
type standing struct {
	draft bool
	by    []string // the reviewers, each once
	on    source.Day
}

func (s *standing) add(state source.TranslationState, line source.Translated) {
	if state != source.Reviewed {
		s.draft = true
		return
	}
	if !slices.Contains(s.by, line.By) {
		s.by = append(s.by, line.By)
	}
	if line.On > s.on {
		s.on = line.On
	}
}

// translation says it for the reader: reviewed only if each sentence is, by whom, and on which day the last of them was.
func (s *standing) translation() Translation {
	if s.draft || len(s.by) == 0 {
		return Translation{State: string(source.Draft)}
	}
	slices.Sort(s.by)
	return Translation{State: string(source.Reviewed), By: strings.Join(s.by, ", "), On: s.on.String()}
}

// Record gives the lock of a language in which every sentence has a line: one that has none, or whose words are other than the lock
// says, was translated from the English of today by whom and on the day that are given. A sentence whose English has changed and
// whose words have not stays stale, unless it is in confirmed: nobody has said that they are still right. Stale lists what stays so.
// The lock of the catalogue itself does not change.
func (c *Catalog) Record(tag string, made source.Translated, confirmed ...string) (lock *source.Lock, recorded, stale []string, err error) {
	w, err := c.get(tag)
	if err != nil {
		return nil, nil, nil, err
	}
	lock, problems := source.ReadLock(LockName(tag), w.lock().Bytes())
	if problems.Failed() {
		return nil, nil, nil, problems
	}
	var en *words
	if w.english != nil {
		en = w.english()
	}
	for _, id := range w.ids() {
		text := w.by[id].hash()
		from := text
		if en != nil {
			e := en.by[id]
			if e == nil {
				continue
			}
			from = e.hash()
		}
		line, there := lock.Of(w.lang.Tag, id)
		switch {
		case there && line.From == from && line.Text == text:
			continue
		case there && line.Text == text && !slices.Contains(confirmed, id) && en != nil:
			stale = append(stale, id)
			continue
		}
		made.From, made.Text = from, text
		lock.Set(w.lang.Tag, id, made)
		recorded = append(recorded, id)
	}
	for _, id := range lock.IDs(w.lang.Tag) {
		if w.by[id] == nil { // an id that English gave up
			lock.Drop(w.lang.Tag, id)
		}
	}
	return lock, recorded, stale, nil
}
