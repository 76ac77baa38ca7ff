package notices

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// Wording is what an office says in its own words: a file wording.yaml in the folder beside its program file (card/wording.yaml for
// card.yaml). It is read as strictly as a program file, and has its limits.
//
// # The file
//
//	fairnotice_wording: 1
//	decided_by: Ana Ruiz, City Clerk
//	decided_on: 2026-11-20
//	words:
//	  keep.stored:                        # a message: wherever it is said
//	    say: {en: "The clerk's office keeps these:", es: "La oficina de la secretaria guarda esto:"}
//	    why: People here know us as the clerk's office.
//	  online/portal.keep.stored:          # one statement: goes before the words for its message
//	    say: {en: "The clerk's computer keeps these:", es: "La computadora de la secretaria guarda esto:"}
//	  past.changed.years:                 # a sentence with a number: its plural forms, each in the languages that have it
//	    one: {en: "…", es: "…"}
//	    other: {en: "… {n} …", es: "… {n} …"}
//
// An id is that of a message of the catalogue (the heading of a part or of a group, or a sentence), or of one statement; `fairnotice why
// FILE` lists the statements. It is written without @office: whoever speaks, the office's words are said. Labels, names of papers and
// laws, titles and the words of the page around the notice are nobody's to change, nor are the sentences that say who wrote the page.
//
// # What it cannot do
//
// It replaces words and nothing else. Which statements there are, in which order, with which values, what each covers of the checklist
// and why it stands is all worked out before any words are looked up, so no file of words can take a statement away or make it cover
// less. The words themselves are held against ours in every language of the program (locales.Catalog.CheckWording): they say the same
// numbers, hold the same terms, end with the same sign, keep an unknown unknown, and pass every must-not. What such a check cannot see,
// a person must: reviewers get both sentences side by side.
//
// Nothing is filled in: a language in which an own sentence is missing is closed. From which words a sentence was translated stands in
// translations.lock, under wording: and its id ([WordingKey]).
type Wording struct {
	Format    int               `yaml:"fairnotice_wording" need:"yes" validate:"eq=1" doc:"The version of this file format: 1."`
	DecidedBy string            `yaml:"decided_by" need:"yes" doc:"The name and title of the person who decided that these words are said."`
	DecidedOn source.Day        `yaml:"decided_on" need:"yes" doc:"The day on which it was decided."`
	Words     map[source.ID]Own `yaml:"words" need:"yes" validate:"min=1" doc:"The office's sentences, each under the id of the sentence that it stands for."`

	Doc  *source.Doc `yaml:"-"` // where each value stands
	File string      `yaml:"-"` // the file's name, as problems and reasons name it
}

// Own is one sentence in the office's own words: say, or the plural forms of one that says a number.
type Own struct {
	source.At `yaml:"-"`
	Say       source.Text `yaml:"say" doc:"The sentence, in each language of the program."`
	One       source.Text `yaml:"one" doc:"The form for one, in each language that has it."`
	Two       source.Text `yaml:"two" doc:"The form for two, in each language that has it."`
	Few       source.Text `yaml:"few" doc:"The form for few, in each language that has it."`
	Many      source.Text `yaml:"many" doc:"The form for many, in each language that has it."`
	Other     source.Text `yaml:"other" doc:"The form for all other numbers, in each language that has it."`
	Why       string      `yaml:"why" doc:"Why the office says it in its own words."`
}

// ownForm is a sentence or a plural form with its key.
type ownForm struct {
	key  string
	text *source.Text
}

func (o *Own) forms() []ownForm {
	return []ownForm{{"one", &o.One}, {"two", &o.Two}, {"few", &o.Few}, {"many", &o.Many}, {"other", &o.Other}}
}

func (o *Own) all() []ownForm { return append([]ownForm{{"say", &o.Say}}, o.forms()...) }

// Texts gives the sentence in a language, or its plural forms with their names; forms is nil for a sentence without a number. Both are
// nil where the office has no words in the language.
func (o Own) Texts(tag string) (texts, forms []string) {
	if s := o.Say.In[tag]; strings.TrimSpace(s) != "" {
		return []string{s}, nil
	}
	for _, f := range o.forms() {
		if s := f.text.In[tag]; strings.TrimSpace(s) != "" {
			texts, forms = append(texts, s), append(forms, f.key)
		}
	}
	return texts, forms
}

// Hash is by what translations.lock knows the sentence in a language; "" where it is missing.
func (o Own) Hash(tag string) string {
	texts, forms := o.Texts(tag)
	if forms == nil {
		return hashOf(texts)
	}
	var parts []string
	for i, f := range forms {
		parts = append(parts, f, texts[i])
	}
	return hashOf(parts)
}

func hashOf(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return source.HashText(texts...)
}

// Sample is one text that stands for the sentence in a language.
func (o Own) Sample(tag string) string {
	texts, _ := o.Texts(tag)
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// Languages lists the languages in which there are words, sorted.
func (o Own) Languages() []string {
	var out []string
	for _, f := range o.all() {
		for tag := range f.text.In {
			out = append(out, tag)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// WordingKey is the id by which translators and locks know an own sentence.
func WordingKey(id source.ID) string { return "wording:" + string(id) }

// Of gives the office's words for a statement, or for its message: those for the statement go before. Without a statement it is a
// heading. A nil Wording has none.
func (w *Wording) Of(statement, message string) (source.ID, Own, bool) {
	if w == nil {
		return "", Own{}, false
	}
	for _, id := range []string{statement, message} {
		if o, ok := w.Words[source.ID(id)]; ok && id != "" {
			return source.ID(id), o, true
		}
	}
	return "", Own{}, false
}

// IDs lists the ids of the own sentences, sorted.
func (w *Wording) IDs() []source.ID {
	if w == nil {
		return nil
	}
	return sortedKeys(w.Words)
}

// Reason is the place of an own sentence, which a statement that it stands for names among its reasons.
func (w *Wording) Reason(o Own) Reason {
	return Reason{Pos: o.Pos, Path: o.Path, By: w.DecidedBy, On: source.On(w.DecidedOn)}
}

// WordingName is the name of an office's own words beside a program file x.yaml, in its folder x/.
const WordingName = "wording.yaml"

// readWording reads the office's own words; there are none where there is no file. languages are those of the program.
func readWording(fsys fs.FS, name string, languages []string) (*Wording, source.Problems) {
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, nil
	}
	var data []byte
	if err == nil {
		data, err = readLimited(f)
		err = cmp.Or(err, f.Close())
	}
	if err != nil {
		return nil, source.Problems{{Pos: source.Pos{File: name, Line: 1, Col: 1}, Code: "file", Severity: source.Error, Message: "This file could not be read.", Hint: "Check that it is a text file that you may open."}}
	}
	return ReadWording(name, data, languages)
}

// ReadWording reads a file of own words in memory; name is how problems call it, and languages are those of the program. With an error
// there are no words.
func ReadWording(name string, data []byte, languages []string) (*Wording, source.Problems) {
	w := &Wording{File: name}
	doc, problems := source.Read(name, data, w)
	w.Doc = doc
	for i := range problems {
		adapt(&problems[i], languages)
	}
	if problems.Failed() {
		return nil, problems
	}
	for _, id := range w.IDs() {
		o := w.Words[id]
		problems = append(problems, w.shape(&o)...)
		problems = append(problems, w.missing(&o, languages)...)
	}
	problems.Sort()
	if problems.Failed() {
		return nil, problems
	}
	return w, problems
}

// adapt puts what is said of any file into the terms of this one.
func adapt(p *source.Problem, languages []string) {
	last := p.Path[strings.LastIndexByte(p.Path, '.')+1:]
	switch {
	case p.Code == "empty-file":
		p.Hint = "Begin with the line `fairnotice_wording: 1`, or delete the file if the office has no words of its own."
	case !strings.HasPrefix(p.Path, "words."):
	case p.Code == "unknown-key" && slices.Contains(languages, last):
		p.Message = fmt.Sprintf("The language %s does not stand under `say:`.", last)
		p.Hint = "Write `say:` before the languages, such as `say: {en: \"…\", es: \"…\"}`."
	case p.Code == "wrong-type" && strings.HasPrefix(p.Message, "`"+p.Path[len("words."):]+"`"):
		p.Message = "It is not said in which language this sentence is."
		p.Hint = "Write it like this: `say: {en: \"…\", es: \"…\"}`."
	}
}

// shape judges what a sentence consists of.
func (w *Wording) shape(o *Own) (ps source.Problems) {
	bad := func(path, message, hint string) {
		ps = append(ps, w.Doc.Problem(path, "wording", source.Error, message, hint))
	}
	plural := false
	for _, f := range o.all() {
		plural = plural || f.key != "say" && !f.text.IsZero()
		if f.text.Name != "" {
			bad(o.Path+"."+f.key, "It is not said in which language this sentence is.", fmt.Sprintf("Write it in each language, such as `%s: {en: \"…\", es: \"…\"}`.", f.key))
		}
	}
	switch {
	case plural && !o.Say.IsZero():
		bad(o.Path, "This sentence stands here twice: once under `say:`, and once in forms for numbers.", "Keep `say:` for a sentence without a number, and the forms for one with a number.")
	case !plural && o.Say.IsZero():
		bad(o.Path, "There is no sentence here.", "Add `say:` with the sentence in each language, or take the entry out: our sentence is said then.")
	}
	return ps
}

// missing names the languages of the program that the sentence is not in, and the languages that the program does not have.
func (w *Wording) missing(o *Own, languages []string) (ps source.Problems) {
	have := o.Languages()
	if len(have) == 0 {
		return nil // said by shape
	}
	var missing, more []string
	for _, l := range languages {
		if texts, _ := o.Texts(l); len(texts) == 0 {
			missing = append(missing, l)
		}
	}
	for _, l := range have {
		if !slices.Contains(languages, l) {
			more = append(more, l)
		}
	}
	if len(missing) > 0 {
		sev, message, hint := source.Warning, "Your own sentence is missing in: "+strings.Join(missing, ", ")+".", "Have it translated, or take the whole entry out: our sentence is said then. Nothing is filled in from another language."
		if slices.Contains(missing, original(languages)) {
			sev, hint = source.Error, "Add it. The other languages are translated from this one, and nothing is filled in from another language."
		} else {
			message += " So the program has no notice in: " + strings.Join(missing, ", ") + "."
		}
		ps = append(ps, w.Doc.Problem(o.Path, "language", sev, message, hint))
	}
	if len(more) > 0 {
		ps = append(ps, w.Doc.Problem(o.Path, "language", source.Warning, "Your own sentence is also in: "+strings.Join(more, ", ")+". The program is not, so nobody sees it.",
			"Take it out, or add the language to `languages:` of the program file."))
	}
	return ps
}

// wordingBeside is where the own words of a program file are.
func wordingBeside(name string) string { return path.Join(Beside(name), WordingName) }
