// Package source reads what people write: YAML files of facts, dates and texts, with the place of every value, strictly, and with
// all problems at once. It is the only package that knows YAML, and the only one that judges raw text.
//
// # The file
//
// One YAML document of at most 64 KiB, UTF-8 (a byte-order mark is fine), nested at most 50 deep, with at most 500 keys side by
// side and 2,000 entries in a list. No anchors, aliases, merge keys, tags or directives; keys once. Nothing that hides or turns
// text around, raw or escaped ([CheckText]); no curly quotes around a value, no placeholders such as TODO, no value left empty.
// At most 300 problems are listed. A value is read by the Go type that it belongs to:
//
//   - A fact ([Fact]) is short (`period: 7 years`) or long (`period: {is: 7 years, source: s4, confidence: reported, by: …, on: …,
//     law: […], asked: [{who, on}], but: [{is: …, source: …}]}`). A mapping with the key `is` is long; one without is the value
//     itself, where the value is a struct, a map or a text. `unknown` and `not_applicable` are answers that every fact accepts, in
//     the short form and after `is:`. A fact that is a list also accepts `none`, which is a claim: the list is empty; so does a
//     fact of a pointer, which is then nil. What disagrees (`but`) is short or long, and has no `but` of its own.
//   - A date ([Date]) has the precision in which it is written: 2017, 2024-12, 2025-06-13.
//   - A text ([Text]) is a proper name (a plain string, shown as it is in every language) or a map of language to words.
//   - A word of a vocabulary is one of the words that its type lists.
//
// # Changing a file
//
// [Doc.Set] and [Doc.Append] put one value into a file by its bytes: every comment and every line that is not meant stays.
//
// # Paths
//
// A path names a value: keys joined by dots; the element of a list is named by its `id` where it has one, else by its index from 0:
// channels.online.phases.portal.asks.2.handling.
package source

import "strings"

// Pos is a place in a file. Line and Col count from 1, Col in characters. The zero Pos is nowhere.
type Pos struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"column"`
}

// ID names an entry of a file: a source, a holder, a law, a demand.
type ID string

// State says what is known of a fact.
type State int8

// A fact is unsaid (absent), known, unknown (asked of nobody, or without an answer), or not applicable.
const (
	Unsaid State = iota
	Known
	Unknown
	NotApplicable
)

// Confidence says how well a fact is founded.
type Confidence string

// The three confidences. Verified needs who verified (By) and when (On).
const (
	Verified   Confidence = "verified"
	Reported   Confidence = "reported"
	Unverified Confidence = "unverified"
)

// Words lists the vocabulary.
func (Confidence) Words() []string { return []string{"verified", "reported", "unverified"} }

// Asked is one question that was put to somebody, and not answered.
type Asked struct {
	Who string `yaml:"who" need:"yes" doc:"Who was asked."`
	On  Date   `yaml:"on" need:"yes" doc:"The day on which they were asked."`
}

// Fact is a value with what stands behind it. Unknown is not no: read State before Is.
type Fact[T any] struct {
	State      State
	Is         T          // the value; zero unless State is Known
	Source     ID         // which source says so
	Confidence Confidence // "" where the file does not say
	By         string     // who verified or said it
	On         Date       // the day for which it is true, or on which it was verified
	Law        []ID       // the law that makes it so
	Asked      []Asked    // who was asked, and did not answer
	But        []Fact[T]  // sources that disagree, side by side
	Pos        Pos
	Path       string
}

// Known reports whether the fact has a value. Others may disagree with it: see But.
func (f Fact[T]) Known() bool { return f.State == Known }

// Said reports whether the file says something of the fact, be it `unknown`.
func (f Fact[T]) Said() bool { return f.State != Unsaid }

// Verified reports whether a named person verified the fact on a day.
func (f Fact[T]) Verified() bool {
	return f.State == Known && f.Confidence == Verified && f.By != "" && !f.On.IsZero()
}

// Each calls yield with the fact and then with each source that disagrees.
func (f Fact[T]) Each(yield func(Fact[T]) bool) {
	if !yield(f) {
		return
	}
	for _, b := range f.But {
		if !yield(b) {
			return
		}
	}
}

// Text is a proper name, or words in several languages.
type Text struct {
	Name string            // a proper name: shown as it is in every language
	In   map[string]string // language tag -> words; nil for a proper name
	Pos  Pos
	Path string
}

// IsZero says that no text was given.
func (t Text) IsZero() bool { return t.Name == "" && len(t.In) == 0 }

// Key is the id by which translators and locks know a text of a program: its path in the program file, and before it the name of the
// file for a text of a law that lies beside it. program is the name of the program file.
func (t Text) Key(program string) string {
	if t.Pos.File == "" || t.Pos.File == program {
		return t.Path
	}
	file := t.Pos.File[strings.LastIndexByte(t.Pos.File, '/')+1:]
	return strings.TrimSuffix(file, ".yaml") + ":" + t.Path
}

// For gives the words in a language. It is false where the text is not in that language: there is no fallback.
func (t Text) For(tag string) (string, bool) {
	if t.In == nil {
		return t.Name, t.Name != ""
	}
	s, ok := t.In[tag]
	return s, ok
}
