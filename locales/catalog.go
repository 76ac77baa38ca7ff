package locales

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"fairnotice/notices/source"
)

//go:embed *.toml locks/*.lock
var files embed.FS

// Catalog is the messages of some languages, compiled. It is immutable and safe for concurrent use.
type Catalog struct {
	words map[string]*words // by the tag of the table
	tags  []string          // in the order of the table
}

// words is one language of a catalogue.
type words struct {
	lang   Language
	file   string
	rule   *rule
	format format
	by     map[string]*message
	at     map[string]source.Pos
	order  sync.Once
	sorted []string // the ids, when somebody has asked for them
	lock   func() *source.Lock
	// english is the words that these were translated from: of the same folder. It is nil where there are none, and for English itself.
	english func() *words
	judge   func() map[string]sentence // how far each sentence has come, worked out once
}

// Open reads <tag>.toml for each tag and checks it strictly: only {n} and only in plural messages, every plural form that the
// language needs for 1..999, no repeated ids, no go-i18n keys other than plural forms and description, no direction controls or
// markup, NFC. All problems of all files at once; if there is an error among them, there is no catalogue. Without tags, it reads
// every language of the table that has a file. locks/<tag>.lock, if it is there, says from which English each sentence was translated,
// by whom, and who has reviewed it.
func Open(fsys fs.FS, tags ...string) (*Catalog, source.Problems) { return open(fsys, shipped, tags) }

// Shipped opens the files that are compiled into the program; without tags, all of them. A file is read once for the program.
func Shipped(tags ...string) (*Catalog, source.Problems) {
	if len(tags) == 0 {
		tags = ShippedTags()
	}
	out := &Catalog{words: map[string]*words{}}
	var problems source.Problems
	if len(tags) > 2 { // side by side: nothing in one file depends on another
		var all sync.WaitGroup
		for _, tag := range tags {
			if l, ok := Find(tag); ok && slices.Contains(shippedTags(), l.Tag) {
				all.Go(func() { readShipped(l.Tag) })
			}
		}
		all.Wait()
	}
	for _, tag := range tags {
		l, ok := Find(tag)
		if !ok || !slices.Contains(shippedTags(), l.Tag) {
			problems = append(problems, notThere(tag, shipped.with(files)))
			continue
		}
		one := readShipped(l.Tag)
		problems = append(problems, one.problems...)
		if one.catalog != nil {
			out.words[l.Tag] = one.catalog.words[l.Tag]
		}
	}
	if problems.Failed() {
		return nil, problems
	}
	out.order(shipped)
	return out, problems
}

// shippedEnglish is read once, whichever languages are asked for.
func shippedEnglish() *words {
	if c := readShipped("en").catalog; c != nil {
		return c.words["en"]
	}
	return nil
}

type opened struct {
	catalog  *Catalog
	problems source.Problems
}

var shippedOnce sync.Map // tag -> func() opened

func readShipped(tag string) opened {
	read, _ := shippedOnce.LoadOrStore(tag, sync.OnceValue(func() opened {
		c, p := Open(files, tag)
		if c != nil && tag != "en" {
			c.words[tag].english = shippedEnglish
		}
		return opened{c, p}
	}))
	return read.(func() opened)()
}

// ShippedTags lists the languages that have a file, in the order of the table.
func ShippedTags() []string { return slices.Clone(shippedTags()) }

var shippedTags = sync.OnceValue(func() []string { return shipped.with(files).tags() })

func (t table) tags() []string {
	out := make([]string, len(t))
	for i, l := range t {
		out[i] = l.Tag
	}
	return out
}

// with keeps the languages that have a file.
func (t table) with(fsys fs.FS) table {
	var out table
	for _, l := range t {
		if _, err := fs.Stat(fsys, l.Tag+".toml"); err == nil {
			out = append(out, l)
		}
	}
	return out
}

func open(fsys fs.FS, t table, tags []string) (*Catalog, source.Problems) {
	there := t.with(fsys)
	if len(tags) == 0 {
		tags = there.tags()
		if len(tags) == 0 {
			return nil, source.Problems{{Code: "no-language", Severity: source.Error, Message: "There is no file of words here.",
				Hint: "A file of words is named by its language, such as en.toml."}}
		}
	}
	c := &Catalog{words: map[string]*words{}}
	var problems source.Problems
	english := englishOf(fsys, t, c)
	for _, tag := range tags {
		l, ok := t.find(tag)
		if !ok {
			problems = append(problems, notThere(tag, there))
			continue
		}
		if c.words[l.Tag] != nil {
			continue
		}
		name := l.Tag + ".toml"
		data, err := fs.ReadFile(fsys, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			problems = append(problems, notThere(tag, there))
			continue
		case err != nil:
			problems = append(problems, source.Problem{Pos: source.Pos{File: name}, Code: "unreadable", Severity: source.Error,
				Message: fmt.Sprintf("The words in %s cannot be read: %v.", l.English, err)})
			continue
		}
		w, ps := readWords(l, name, data)
		problems = append(problems, ps...)
		w.lock = sync.OnceValue(func() *source.Lock { // of what is built in, when somebody asks: a test has read it
			lock, _ := readLock(fsys, l.Tag)
			return lock
		})
		if _, built := fsys.(embed.FS); !built {
			_, bad := readLock(fsys, l.Tag)
			problems = append(problems, bad...)
		}
		if l.Tag != "en" {
			w.english = english
		}
		w.judge = sync.OnceValue(w.judgeAll)
		c.words[l.Tag] = w
	}
	problems.Sort()
	if problems.Failed() {
		return nil, problems
	}
	c.order(t)
	return c, problems
}

func notThere(tag string, have table) source.Problem {
	return source.Problem{Code: "no-language", Severity: source.Error, Message: (&NotThere{Asked: tag, Have: have}).Error(),
		Hint: "Ask for one of these."}
}

func (c *Catalog) order(t table) {
	for _, l := range t {
		if c.words[l.Tag] != nil {
			c.tags = append(c.tags, l.Tag)
		}
	}
}

// englishOf gives the English of a folder when somebody asks for it: that of the catalogue, if it holds English.
func englishOf(fsys fs.FS, t table, c *Catalog) func() *words {
	return sync.OnceValue(func() *words {
		if w := c.words["en"]; w != nil {
			return w
		}
		l, ok := t.find("en")
		data, err := fs.ReadFile(fsys, "en.toml")
		if !ok || err != nil {
			return nil
		}
		w, problems := readWords(l, "en.toml", data)
		if problems.Failed() {
			return nil
		}
		return w
	})
}

// get finds the words of a language of this catalogue.
func (c *Catalog) get(tag string) (*words, error) {
	if w := c.words[tag]; w != nil {
		return w, nil
	}
	var have table
	for _, t := range c.tags {
		have = append(have, c.words[t].lang)
	}
	if l, ok := have.find(tag); ok {
		return c.words[l.Tag], nil
	}
	return nil, &NotThere{Asked: tag, Have: have}
}

// Tags lists the languages of this catalogue, in the order of the table. The list belongs to the caller.
func (c *Catalog) Tags() []string { return slices.Clone(c.tags) }

// ids gives the message ids, sorted: nobody who only says a notice waits for that.
func (w *words) ids() []string {
	w.order.Do(func() { w.sorted = slices.Sorted(maps.Keys(w.by)) })
	return w.sorted
}

// IDs lists the message ids of a language, sorted. An id that ends in @office is the office's voice of the id before it. It is
// empty for a language that is not in the catalogue.
func (c *Catalog) IDs(tag string) []string {
	w, err := c.get(tag)
	if err != nil {
		return nil
	}
	return slices.Clone(w.ids())
}

// Has reports whether a language of this catalogue has a message. The office's voice has an id of its own.
func (c *Catalog) Has(tag, id string) bool {
	w, err := c.get(tag)
	return err == nil && w.by[id] != nil
}

// Phrase says one message without a number: a label or a word of the page around the notice (ui.…).
func (c *Catalog) Phrase(tag, id string) (string, error) {
	if IsPseudo(tag) {
		s, err := c.Phrase("en", id)
		return strange(tag, s), err
	}
	w, err := c.get(tag)
	if err != nil {
		return "", err
	}
	return w.phrase(id, false)
}

// phrase says a plain message.
func (w *words) phrase(id string, office bool) (string, error) {
	m := w.by[id]
	if m == nil {
		return "", w.missing(id)
	}
	if m = m.voiced(office); m.forms != nil {
		return "", fmt.Errorf("the %s message %q needs a number, and has none here.", w.lang.English, id)
	}
	return m.text, nil
}

// counted says a plural message for a number.
func (w *words) counted(id string, office bool, by writer, n int) (string, error) {
	m := w.by[id]
	if m == nil {
		return "", w.missing(id)
	}
	if m = m.voiced(office); m.forms == nil {
		return "", fmt.Errorf("the %s message %q has no place for the number %d.", w.lang.English, id, n)
	}
	s, err := m.say(w.rule, by, n)
	if err != nil {
		return "", fmt.Errorf("the %s message %q cannot be said: it %w.", w.lang.English, id, err)
	}
	return s, nil
}

func (w *words) missing(id string) error {
	return fmt.Errorf("the %s words (%s) have no message %q.", w.lang.English, path.Base(w.file), id)
}

// Texts gives all texts of a message, for the checks that read every word: one for a plain message, one for each plural form,
// in the order of the forms, with {n} in its place. The second result names the forms; it is nil for a plain message.
func (c *Catalog) Texts(tag, id string) (texts, forms []string) {
	w, err := c.get(tag)
	if err != nil || w.by[id] == nil {
		return nil, nil
	}
	m := w.by[id]
	if m.forms == nil {
		return []string{m.text}, nil
	}
	for f, p := range m.forms {
		if p.set {
			texts, forms = append(texts, p.source()), append(forms, formNames[f])
		}
	}
	return texts, forms
}

func (p piece) source() string {
	if p.counts {
		return p.before + hole + p.after
	}
	return p.before
}

// Pos gives the place of a message in its file.
func (c *Catalog) Pos(tag, id string) source.Pos {
	w, err := c.get(tag)
	if err != nil {
		return source.Pos{}
	}
	return w.at[id]
}

// Judge gives what is wrong with a file of words of a language, as Open would say it.
func Judge(l Language, data []byte) source.Problems {
	_, problems := readWords(l, l.Tag+".toml", data)
	return problems
}

// beside gives English and another language of the catalogue, or the problem that one of them is not there.
func (c *Catalog) beside(tag string) (en, w *words, missing source.Problems) {
	en, err := c.get("en")
	if err == nil {
		w, err = c.get(tag)
	}
	if err != nil {
		return nil, nil, source.Problems{{Code: "no-language", Severity: source.Error, Message: err.Error()}}
	}
	return en, w, nil
}

// Compare holds a language against English: the same ids, each plain or plural as there, with the same numbers in it, and ending
// with the same sign. English must be in the catalogue.
func (c *Catalog) Compare(tag string) source.Problems {
	en, w, out := c.beside(tag)
	if out != nil {
		return out
	}
	add := func(pos source.Pos, code, id, message, hint string) {
		out = append(out, source.Problem{Pos: pos, Path: id, Code: code, Message: message, Hint: hint, Severity: source.Error})
	}
	for _, id := range en.ids() {
		a, b := en.by[id], w.by[id]
		switch {
		case b == nil:
			add(source.Pos{File: w.file}, "not-translated", id, fmt.Sprintf("The message %q is not there in %s.", id, w.lang.English),
				fmt.Sprintf("The English is: %s", a.sample()))
		case a.forms == nil && b.forms != nil:
			add(w.at[id], "plural", id, fmt.Sprintf("The message %q has plural forms, and in English it has none.", id), "Write it as one text.")
		case a.forms != nil && b.forms == nil:
			add(w.at[id], "plural", id, fmt.Sprintf("The message %q has plural forms in English, and none in %s.", id, w.lang.English), "Write every form.")
		case !slices.Equal(numerals(a.sample()), numerals(b.sample())):
			add(w.at[id], "numbers", id, fmt.Sprintf("The message %q does not have the same numbers as the English: %s", id, a.sample()),
				"Write the numbers in digits, as there.")
		case ending(a.sample()) != ending(b.sample()):
			add(w.at[id], "ending", id, fmt.Sprintf("The message %q does not end like the English: %s", id, a.sample()),
				"A full stop, a colon or a question mark at the end, or none of them, is the same in every language: values follow a colon.")
		}
	}
	for _, id := range w.ids() {
		if en.by[id] == nil {
			add(w.at[id], "not-in-english", id, fmt.Sprintf("There is no message %q in English.", id), "Take it out, or write the English first.")
		}
	}
	out.Sort()
	return out
}

// CompareTerms holds a language against the termbase: a message whose English has a term has one of the term's forms, in every plural
// form, unless the term lists it as otherwise. English must be in the catalogue.
func (c *Catalog) CompareTerms(tag string) source.Problems {
	en, w, out := c.beside(tag)
	if out != nil {
		return out
	}
	mine := map[string]*Term{}
	terms := Terms(w.lang.Tag)
	for i := range terms {
		mine[terms[i].ID] = &terms[i]
	}
	for _, t := range Terms("en") {
		own := mine[t.ID]
		if own == nil {
			out = append(out, source.Problem{Pos: source.Pos{File: "style/" + w.lang.Tag + ".toml"}, Path: t.ID, Code: "term", Severity: source.Error,
				Message: fmt.Sprintf("There is no term %q.", t.ID), Hint: "Write which words stand for it."})
			continue
		}
		for _, id := range en.ids() {
			m := w.by[id]
			if m == nil || !t.in(en.by[id].sample()) || slices.Contains(own.Otherwise, id) {
				continue
			}
			texts, _ := c.Texts(tag, id)
			for _, s := range texts {
				if !own.Said(s) {
					out = append(out, source.Problem{Pos: w.at[id], Path: id, Code: "term", Severity: source.Error,
						Message: fmt.Sprintf("%q does not have the word for %q: %s", id, t.ID, s), Hint: "The English is: " + en.by[id].sample() + " The words are: " + strings.Join(own.Forms, ", ") + "."})
				}
			}
		}
		for _, id := range own.Otherwise {
			if en.by[id] == nil || !t.in(en.by[id].sample()) {
				out = append(out, source.Problem{Pos: source.Pos{File: "style/" + w.lang.Tag + ".toml"}, Path: t.ID, Code: "term", Severity: source.Error,
					Message: fmt.Sprintf("The term %q lists %q, and no such message has it in English.", t.ID, id), Hint: "Take it out."})
			}
		}
	}
	out.Sort()
	return out
}

// sample is the text that stands for a message: of a plural message, the last form that the language has.
func (m *message) sample() string {
	if m.forms == nil {
		return m.text
	}
	for f := len(m.forms) - 1; f > 0; f-- {
		if m.forms[f].set {
			return m.forms[f].source()
		}
	}
	return m.forms[0].source()
}

// ending is the sign at the end of a text, in the shape that English gives it; 0 if it ends without one. Closing quotation marks
// and brackets do not count.
func ending(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, `"'”’»)]`))
	switch r {
	case '.', '。', '۔', '।':
		return '.'
	case '?', '؟', '？':
		return '?'
	case ':', '：':
		return ':'
	}
	return 0
}

// numerals lists the numbers in a text, sorted, in the digits 0-9.
func numerals(s string) []string {
	var out []string
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			out = append(out, b.String())
			b.Reset()
		}
	}
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '٠' && r <= '٩':
			b.WriteRune(r - '٠' + '0')
		case r >= '۰' && r <= '۹':
			b.WriteRune(r - '۰' + '0')
		default:
			end()
		}
	}
	end()
	slices.Sort(out)
	return out
}
