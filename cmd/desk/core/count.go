package core

import (
	"errors"
	"fmt"
	"slices"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// The judgement of a program takes a while in the browser, most of it for its languages. It is made in pieces: what must be known before a
// notice is shown at once, the rest when there is time. All pieces together are what `fairnotice check` finds, and a test holds the two
// against each other: first the notices of all kinds, the words of the file and the office's own words; then the phrases of the file; then one
// language after another.

// count does one more piece of the judgement.
func (d *Desk) count() (Answer, error) {
	if d.name != "" {
		if err := d.piece(); err != nil {
			return Answer{}, err
		}
	}
	return d.answer()
}

// judged is the file with its whole judgement.
func (d *Desk) judged() (*File, error) {
	if _, err := d.read(); err != nil {
		return nil, err
	}
	for !d.countedAll() {
		if err := d.piece(); err != nil {
			return nil, err
		}
	}
	return d.made.file, nil
}

func (d *Desk) countedAll() bool {
	f := d.made.file
	return f != nil && (f.Unread || d.made.counted >= 2+len(f.Program.Languages) || f.Problems.Failed())
}

// piece does one piece, if one is left. Where there are errors there is nothing more to do: they come first.
func (d *Desk) piece() error {
	f, err := d.read()
	if err != nil {
		return err
	}
	if !d.countedAll() {
		switch at := d.made.counted; at {
		case 0:
			f.CheckWords(d.day)
		case 1:
			f.Problems = append(f.Problems, f.Phrases()...)
		default:
			if err := d.judgeLanguage(f, at-2); err != nil {
				return err
			}
		}
		d.made.counted++
		f.Problems.Sort()
	}
	if d.countedAll() {
		d.warned = len(f.Problems.Of(source.Warning))
	}
	return nil
}

// judgeLanguage says the notice in a language, and how far the language has come.
func (d *Desk) judgeLanguage(f *File, at int) error {
	tag := f.Program.Languages[at]
	n, err := d.built(notices.Before)
	if err != nil {
		return err
	}
	said, err := d.say(n, tag)
	s := languageRow(tag)
	closed := (*locales.Closed)(nil)
	switch {
	case errors.As(err, &closed):
		s.State, s.Why = "held", closedWords(closed)
	case err != nil:
		return err
	case said.Translation.State == string(source.Draft):
		s.State, s.Why = "draft", "Nobody has reviewed its words yet."
	default:
		s.State, s.Why = "ready", fmt.Sprintf("Reviewed by %s on %s.", said.Translation.By, said.Translation.On)
	}
	if said != nil {
		f.Problems = append(f.Problems, f.Readability(at, said)...)
	}
	d.stands = slices.DeleteFunc(slices.Clone(d.stands), func(o LanguageState) bool { return o.Tag == tag })
	d.stands = append(d.stands, s)
	return nil
}

// languageStates are the languages of the program, as far as was worked out; what is not known yet is as it was before the last change.
func (d *Desk) languageStates() []LanguageState {
	out := []LanguageState{}
	f := d.made.file
	if f == nil || f.Unread {
		return out
	}
	for _, tag := range f.Program.Languages {
		s := languageRow(tag)
		if i := slices.IndexFunc(d.stands, func(o LanguageState) bool { return o.Tag == tag }); i >= 0 {
			s = d.stands[i]
		}
		if f.Problems.Failed() {
			s.State, s.Why = "held", "Your file has errors. Mend them first."
		}
		out = append(out, s)
	}
	return out
}

func languageRow(tag string) LanguageState {
	l, ok := locales.Find(tag)
	if !ok {
		l = locales.Language{Name: tag, English: tag, Dir: "ltr"}
	}
	return LanguageState{Tag: tag, Own: l.Name, English: l.English, Dir: l.Dir, State: "wait", Why: "The desk looks at it in a moment."}
}

// closedWords says what a closed language wants.
func closedWords(c *locales.Closed) string {
	wants := ""
	if n := len(c.Missing); n > 0 {
		wants = Count(n, "sentence") + " to translate"
	}
	if n := len(c.Stale); n > 0 {
		if wants != "" {
			wants += "; "
		}
		wants += Count(n, "sentence") + " to translate again, because the words have changed"
	}
	return Sentence(wants)
}
