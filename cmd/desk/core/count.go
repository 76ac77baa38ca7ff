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
// against each other: first the notices of all kinds; then the words of the file in one language after another; then the office's own words;
// then one language after another, how its notice reads.

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

// pieces is how many pieces there are. Where there are errors there is less to do: they come first.
func (f *File) pieces() int {
	if !f.held {
		return 0
	}
	n := len(f.Program.Languages)
	if f.Problems.Failed() {
		return n + 2
	}
	return n + 2 + n
}

func (d *Desk) countedAll() bool { return d.made.file != nil && d.made.counted >= d.made.file.pieces() }

// piece does one piece, if one is left.
func (d *Desk) piece() error {
	f, err := d.read()
	if err != nil {
		return err
	}
	if !d.countedAll() {
		n := len(f.Program.Languages)
		only := func(tag string) func(string) bool { return func(t string) bool { return t == tag } }
		other := func(t string) bool { return !slices.Contains(f.Program.Languages, t) }
		switch at := d.made.counted; {
		case at == 0:
			f.checkNotices(d.day)
		case at <= n:
			f.Problems = append(f.Problems, wordsIn(f.Program, f.Book, only(f.Program.Languages[at-1]))...)
		case at == n+1:
			f.Problems = append(f.Problems, wordsIn(f.Program, f.Book, other)...)
			f.checkOwn(d.day)
			if !f.Problems.Failed() {
				f.Problems = append(f.Problems, f.phrasesIn(other)...)
			}
		default:
			f.Problems = append(f.Problems, f.phrasesIn(only(f.Program.Languages[at-n-2]))...)
			if err := d.judgeLanguage(f, at-n-2); err != nil {
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

// languageOf is a language; of one that is not known, its tag stands for its names.
func languageOf(tag string) locales.Language {
	l, ok := locales.Find(tag)
	if !ok {
		l = locales.Language{Name: tag, English: tag, Dir: "ltr"}
	}
	return l
}

func languageRow(tag string) LanguageState {
	l := languageOf(tag)
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
