package exchange

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fairnotice/locales"
	"fairnotice/notices/source"
)

// The states of a unit.
const (
	Missing  = "missing"  // there is no translation
	Stale    = "stale"    // there is one, of an older English: it stands in Before
	Draft    = "draft"    // nobody has reviewed it
	Reviewed = "reviewed" // a named person has
)

// Unit is one text to translate: a message, or one plural form of one.
type Unit struct {
	ID         string // of the message: keep.stored; of a text of a program file: program.gives
	Form       string // "", or one, two, few, many, other
	Numbers    string // the numbers that the form is for: "1", "2, 3, 4, 22 …". A single number means that it is for that one alone
	Source     string // the English
	Target     string // the present translation of this English; "" if there is none
	State      string
	Before     string // of a stale unit: the translation of the older English. It is shown in the note, never as a translation
	Note       string // for the translator: what it is, and what stands beside it
	Limit      int    // most characters; 0 if there is no limit
	SourceHash string // of the English, as the lock file counts it; a row made from another English is refused
	Recorded   bool   // a lock says from which English the translation was made
	Same       bool   // a name, which a language may write as English does. In XLIFF such a text still looks untranslated
}

// Key names a unit in a file: its id, and after a # its form.
func (u Unit) Key() string { return key(u.ID, u.Form) }

func key(id, form string) string {
	if form == "" {
		return id
	}
	return id + "#" + form
}

// Term is a word that is translated the same everywhere.
type Term struct {
	ID, English string
	Forms       []string // in the language, the first is the usual one
	Note        string
}

// Book is what a translator gets: the texts of one language, and its terms.
type Book struct {
	Language locales.Language
	Program  string // what the texts belong to, for people
	Made     string // the day of the export
	Units    []Unit
	Terms    []Term
}

// Result is what a file from a translator holds. Nothing in it asks for anything to be deleted.
type Result struct {
	Accepted []Accepted      // in the order of the book
	Repairs  []Repair        // in the order of the file: what was put right on the way
	Refused  source.Problems // in the order of the file: what a person has to mend. A warning says that a text was left as it is
	Missing  []Gap           // in the order of the book: texts that the file has no translation of
	Unknown  []Unknown       // in the order of the file: ids that the book does not have
}

// Accepted is a translation that may be kept.
type Accepted struct {
	ID, Form   string
	Text       string
	Was        string // the present translation, "" if there is none
	SourceHash string // of the English that it translates
	Pos        source.Pos
}

// Changed says that the text is not the one that is there already.
func (a Accepted) Changed() bool { return a.Text != a.Was }

// Repair is what was put right in one row, or in the file as a whole when it has no id. The text from before is shown as it was, with
// all that is invisible in it; String shows it safely.
type Repair struct {
	ID, Form string
	Pos      source.Pos
	Did      []string // in plain words: "spaces at the ends taken off"
	Was, Now string
}

// String tells the repair in whole sentences.
func (r Repair) String() string {
	var b strings.Builder
	b.WriteString(place(r.Pos, key(r.ID, r.Form)))
	b.WriteString(strings.Join(r.Did, "; "))
	b.WriteString(".")
	if r.Was != "" || r.Now != "" {
		fmt.Fprintf(&b, " It was %s and is now %s.", Quote(r.Was), Quote(r.Now))
	}
	return b.String()
}

// Gap is a text that the file has no translation of.
type Gap struct {
	ID, Form string
	Why      string // NoRow, Empty, Merged, Older or Untranslated
	Pos      source.Pos
	Had      bool // there is a translation, and it stays
}

// Why a file has no translation of a text.
const (
	NoRow        = "it has no row in the file"
	Empty        = "its translation is empty"
	Merged       = "its cell was merged with another one, and Excel kept the text of that one"
	Older        = "its translation is the one from before the English changed"
	Untranslated = "its translation is the English"
)

// Unknown is a row with an id that the book does not have.
type Unknown struct {
	ID, Text string
	Pos      source.Pos
}

// Read reads a file that came from a translator, XLSX or XLIFF 1.2, and holds it against what an export of today would hold. In a
// position, the line is the row of a sheet and the column its column; the file, if it is set, is the name of the sheet.
//
// A file that cannot be read as a whole gives one refusal, and nothing is accepted from it.
func Read(data []byte, want Book) Result {
	found, problem := parse(data, want)
	if problem != nil {
		return Result{Refused: source.Problems{*problem}}
	}
	return weigh(found, want)
}

// content is what a file holds, before anything is judged.
type content struct {
	entries []entry
	repairs []Repair // of the file as a whole
	refused source.Problems
	xliff   bool
}

// entry is one row of a sheet, or one unit of XLIFF.
type entry struct {
	pos        source.Pos
	key        string
	english    string
	hasEnglish bool
	text       string
	made       string // language:hash of the English that it was made from; "" if that is lost
	formula    bool
	merged     string // the cells that were merged over the translation; "" if none were
	under      string // the cells that were merged, with the translation of another row in them; "" if none were
}

// Limits of a file.
const (
	largest   = 16 << 20 // in bytes, as it comes
	unzipped  = 32 << 20 // in bytes, of all parts that are read
	mostRows  = 50_000
	mostCells = 200_000
	mostCols  = 256
	longest   = 16 << 10 // in bytes, of one text: twice what may be written
)

func whole(code, message, hint string) *source.Problem {
	return &source.Problem{Code: code, Message: message, Hint: hint, Severity: source.Error}
}

// parse tells the format by the first bytes, never by a name.
func parse(data []byte, want Book) (content, *source.Problem) {
	const save = "Save it as an Excel workbook (.xlsx) and send that."
	begins := func(s string) bool { return strings.HasPrefix(string(data[:min(len(data), 64)]), s) }
	switch {
	case len(data) == 0:
		return content{}, whole("file", "The file is empty.", "Send the file that you worked in.")
	case len(data) > largest:
		return content{}, whole("too-large", "The file is larger than 16 megabytes.", "Send the file that you worked in, with no pictures or other sheets in it.")
	case begins("PK"):
		return readXLSX(data, want)
	case begins("\xd0\xcf\x11\xe0"):
		return content{}, whole("file", "This is an Excel file of the old kind (.xls), or one with a password.", "Take the password off. "+save)
	case begins("%PDF"):
		return content{}, whole("file", "This is a PDF.", "Send the workbook or the XLIFF file that you worked in.")
	}
	text, ok := decodeText(data)
	switch {
	case !ok:
	case strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "<"):
		return readXLIFF(text, want)
	case strings.Contains(text, "msgid \""):
		return content{}, whole("file", "This is a PO file.", "Send the XLIFF file, or the workbook.")
	case utf8.ValidString(text):
		return content{}, whole("file", "This is neither an Excel workbook nor an XLIFF file.", "If it is a table of text (CSV), open it in Excel. "+save)
	}
	return content{}, whole("file", "This is neither an Excel workbook nor an XLIFF file.", save)
}

// sound refuses to write what could not be read back.
func (b Book) sound() error {
	seen := make(map[string]bool, len(b.Units))
	for _, u := range b.Units {
		switch {
		case u.ID == "" || strings.ContainsAny(u.ID, "# \t\r\n"):
			return fmt.Errorf("exchange: %q cannot be the id of a text", u.ID)
		case seen[u.Key()]:
			return fmt.Errorf("exchange: the text %q is there twice", u.Key())
		case u.Form != "" && !slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, u.Form):
			return fmt.Errorf("exchange: %q is not a plural form, in %q", u.Form, u.ID)
		case u.SourceHash != "" && !madeForm.MatchString(b.made(u)):
			return fmt.Errorf("exchange: the hash %q of the text %q cannot be written", u.SourceHash, u.Key())
		case u.Form != "" && (noSuffix(u.Source) != u.Source || noSuffix(u.Target) != u.Target):
			return fmt.Errorf("exchange: the text %q has double square brackets at an end, where the numbers of its form stand", u.Key())
		}
		seen[u.Key()] = true
		for _, s := range []string{u.ID, u.Numbers, u.Source, u.Target, u.Before, u.Note, u.SourceHash} {
			if why := unwritable(s); why != "" {
				return fmt.Errorf("exchange: the text %q cannot be written: it has %s", u.Key(), why)
			}
		}
	}
	for _, t := range b.Terms {
		for _, s := range append([]string{t.ID, t.English, t.Note}, t.Forms...) {
			if why := unwritable(s); why != "" {
				return fmt.Errorf("exchange: the term %q cannot be written: it has %s", t.English, why)
			}
		}
	}
	return nil
}

// unwritable says what XML, or a cell, cannot hold.
func unwritable(s string) string {
	if !utf8.ValidString(s) {
		return "bytes that are not UTF-8"
	}
	if len(s) > longest/2 {
		return "more than 8 kilobytes"
	}
	for _, r := range s {
		if r < ' ' && r != '\n' || r == 0x7f || r == 0xfffe || r == 0xffff {
			return fmt.Sprintf("a control character (U+%04X)", r)
		}
	}
	return ""
}

// shown is the translation that a file shows: never one of an older English.
func (u Unit) shown() string {
	if u.State == Stale || u.State == Missing {
		return ""
	}
	return u.Target
}

// note is all that is said to the translator.
func (u Unit) note() string {
	if u.State == Stale && u.Before != "" {
		return strings.TrimLeft(u.Note+"\nThe English has changed. Before: "+u.Before, "\n")
	}
	return u.Note
}

// made names the English that a row is made from, and for which language.
func (b Book) made(u Unit) string {
	if u.SourceHash == "" {
		return ""
	}
	return b.Language.Tag + ":" + u.SourceHash
}

// place begins a sentence about a row of a sheet, or a unit of XLIFF.
func place(pos source.Pos, key string) string {
	row := ""
	if pos.File != "" && pos.Line > 0 {
		row = fmt.Sprintf("Row %d", pos.Line)
	}
	switch {
	case row != "" && key != "":
		return row + " (" + visible(key) + "): "
	case row != "" || key != "":
		return row + visible(key) + ": "
	}
	return ""
}

// Quote shows a text in quotation marks, with every invisible character in it written out: ‹U+202E›.
func Quote(s string) string { return `"` + visible(s) + `"` }

func visible(s string) string {
	if utf8.RuneCountInString(s[:min(len(s), 2500)]) > 500 {
		s = string([]rune(s[:min(len(s), 2500)])[:500]) + "…"
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString("⏎")
		case hidden(r):
			fmt.Fprintf(&b, "‹U+%04X›", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
