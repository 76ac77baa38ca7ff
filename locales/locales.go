// Package locales holds every sentence that a reader of a notice sees, one TOML file for each language, and says a notice in one of
// them: exactly that language, or an error. There is no fallback, to English or to anything else.
//
// # The file
//
// The words of a language stand in <tag>.toml, in UTF-8, at most one megabyte. A message is one line, its id in quotation marks:
//
//	"keep.stored" = "The office keeps these:"
//
// A message that says a number is a table with the plural forms that the language needs for 1 to 999 and no others, after all
// messages of one line; {n} stands where the number goes:
//
//	["span.years"]
//	description = "How long something is kept. Stands alone, beside a label."
//	one = "1 year"
//	other = "{n} years"
//
// English and Spanish need one and other; Arabic needs one, two, few, many and other; Polish, Ukrainian and Russian need one, few and
// many, and have no other for whole numbers; Chinese, Korean, Vietnamese and Haitian Creole need other alone. A form that a language
// needs only for larger numbers (the Spanish many, from a million) may stand there. A form may leave {n} out only if it stands for exactly one number.
// {n} is the only thing that stands for something else; it stands once in a form, and in no message without forms. A table with
// other alone and without {n} is a message of one line with a description. Comments are notes for translators.
//
// Words hold no markup, no curly brackets, no direction controls and no invisible characters; they are in Unicode's form NFC, with
// single ordinary spaces, on one line of at most 400 characters. Nothing in a file is ever run as a template, and no message can
// take the place of another: ids are unique, and no key but the plural forms and description is read.
//
// An id is words joined by dots, and its first word says what it is: section.<id> and group.<id> headings, value.<name> the label
// of a value, item.<id>, word.<vocabulary>.<word>, law.<id> and demand.<id> names; span.days, span.weeks, span.months and
// span.years lengths of time, span.none, span.until_event, span.indefinite and span.permanent the others; count.about a number
// that is not exact; date.open the end of a time that has not ended; title.<kind> the title of a notice; ui.… the words of the
// page around it. Everything else is a statement: one or two whole sentences.
//
// A message whose text is empty, or a table whose forms all are, is not translated yet: it counts as missing.
//
// An id that ends in @office is the same message in the office's own voice. It is said in place of the message of the same name
// when the office speaks.
//
// Every language has exactly the same ids as English ([Catalog.Compare]). From which English a sentence was translated, by whom, and
// whether a person has reviewed it stands in locks/<tag>.lock ([source.Lock]). How a language writes dates and numbers stands in formats/, and what may not be said in it in style/.
package locales

import (
	"fairnotice/notices"
	"fairnotice/notices/source"
)

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
	// OfficeWords says that the office wrote some of the words itself; "" where it did not. Whoever shows the notice shows it.
	OfficeWords string                  `json:"office_words,omitempty"`
	Titles      map[notices.Kind]string `json:"-"` // of the notices of every kind for these people: pages lead to each other
	Sections    []Section               `json:"sections"`
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
		Own     string  `json:"heading_wording,omitempty"` // id of a heading in the office's own words; "" where it is ours
		Values  []Value `json:"values,omitempty"`          // beside the heading
		Groups  []Group `json:"groups"`
	}
	Group struct {
		Heading    string      `json:"heading"`
		Own        string      `json:"heading_wording,omitempty"`
		Values     []Value     `json:"values,omitempty"`
		Statements []Statement `json:"statements"`
	}
	Statement struct {
		ID      string           `json:"id"`
		Message string           `json:"message"`
		Text    string           `json:"text"`
		Wording bool             `json:"wording,omitempty"` // the text is in the office's own words
		Ours    string           `json:"-"`                 // what we would say, where it is
		Values  []Value          `json:"values"`
		Covers  []notices.ItemID `json:"covers"`
		Because []notices.Reason `json:"because"`
	}
	// Value: Runs are what is shown; Text is their text; Data is the same in machine form, for checks: ISO dates (2025-06,
	// 2022-04-17/2025-04-17, 2024-06-12/open), plain numbers, "7 years", items and words of a vocabulary, the path of a text, the
	// id of a law. The three are equally long.
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
		// Beside says that the run belongs to the one before it, as a citation belongs to its law.
		Beside bool
	}
)
