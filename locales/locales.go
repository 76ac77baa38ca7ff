// Package locales holds every sentence that a reader of a notice sees, one TOML file for each language, and says a notice in one of
// them: exactly that language, or an error. There is no fallback, to English or to anything else.
package locales

import (
	"io/fs"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Language is one row of the table of languages.
type Language struct {
	Tag     string   // en, es, ar, zh-Hans
	Aliases []string // other tags for the same language
	Carrier string   // the tag whose plural rule go-i18n uses for it; "" for its own
	Name    string   // in the language itself
	English string   // its English name
	Dir     string   // ltr or rtl
	Script  string   // Latn, Arab …
	Native  string   // its ten digits where they are not 0-9; "" otherwise
	Auto    string   // latin or native: what `digits: auto` means
}

// Languages is the table, in the order in which pages list them.
func Languages() []Language { return nil }

// Find gives the row for a tag or an alias: same base language and same script, never a neighbour.
func Find(tag string) (Language, bool) { return Language{}, false }

// Catalog is the messages of some languages, compiled. It is immutable and safe for concurrent use.
type Catalog struct{}

// Open reads <tag>.toml for each tag and checks it strictly: only {n} and only in plural messages, every plural form that the
// language needs for 1..999, no repeated ids, no go-i18n keys other than plural forms and description, no direction controls or
// markup, NFC. All problems of all files at once.
func Open(fsys fs.FS, tags ...string) (*Catalog, source.Problems) { return nil, nil }

// Shipped opens the files that are compiled into the program.
func Shipped(tags ...string) (*Catalog, source.Problems) { return nil, nil }

// ShippedTags lists the languages that have a file.
func ShippedTags() []string { return nil }

// Tags lists the languages of this catalogue.
func (c *Catalog) Tags() []string { return nil }

// IDs lists the message ids of a language, sorted. An id that ends in @office is the office's voice of the id before it.
func (c *Catalog) IDs(tag string) []string { return nil }

// Phrase says one message without a number: a label or a word of the page around the notice (ui.…).
func (c *Catalog) Phrase(tag, id string) (string, error) { return "", nil }

// Say says a notice in one language.
func (c *Catalog) Say(n *notices.Notice, tag string) (*Notice, error) { return nil, nil }

// Notice is a notice in one language: what all renderers get. Its JSON form is the contract of `show --as json`.
type Notice struct {
	Program     source.ID     `json:"program"`
	Kind        notices.Kind  `json:"kind"`
	Language    string        `json:"language"`
	Direction   string        `json:"direction"`
	Voice       notices.Voice `json:"voice"`
	AsOf        source.Day    `json:"as_of"`
	Digest      string        `json:"digest"` // text digest: set by render
	Edition     EditionRef    `json:"edition"`
	Translation Translation   `json:"translation"`
	Name        Run           `json:"-"` // the program's name
	Title       string        `json:"title"`
	Sections    []Section     `json:"sections"`
}

// EditionRef names the edition that a notice belongs to. Date is as_of in the notice's language, for people.
type EditionRef struct {
	Number int    `json:"number"`
	Digest string `json:"digest"` // set by render
	Date   string `json:"-"`
}

// Translation says honestly who has reviewed the words.
type Translation struct {
	State string `json:"state"` // draft or reviewed
	By    string `json:"by"`
	On    string `json:"on"`
}

// Section, Group, Statement and Value mirror those of package notices, in words.
type (
	Section struct {
		ID      string  `json:"id"`
		Layer   int     `json:"layer"`
		Heading string  `json:"heading"`
		Values  []Value `json:"values,omitempty"` // beside the heading
		Groups  []Group `json:"groups"`
	}
	Group struct {
		Heading    string      `json:"heading"`
		Values     []Value     `json:"values,omitempty"`
		Statements []Statement `json:"statements"`
	}
	Statement struct {
		ID      string           `json:"id"`
		Message string           `json:"message"`
		Text    string           `json:"text"`
		Values  []Value          `json:"values"`
		Covers  []notices.ItemID `json:"covers"`
		Because []notices.Reason `json:"because"`
	}
	// Value: Runs are what is shown; Data is the same in machine form (ISO dates, plain numbers, vocabulary words) for checks.
	Value struct {
		Name  string            `json:"name"`
		Label string            `json:"label"`
		Kind  notices.ValueKind `json:"kind"`
		Text  []string          `json:"text"`
		Runs  []Run             `json:"-"`
		Data  []string          `json:"data"`
	}
	// Run is a stretch of text with the direction in which it must be isolated: "ltr" for phones, addresses of pages, ids and
	// citations, "auto" for names and words.
	Run struct {
		Text string
		Dir  string
		Lang string // of a proper name or citation that is not in the notice's language; "" otherwise
		Href string // tel: or https: for phones and pages; "" otherwise
	}
)
