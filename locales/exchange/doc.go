// Package exchange writes the texts of one language for translators, as an Excel workbook or as XLIFF 1.2, and reads back what they
// made of it. It knows two file formats and what a translation may not change. It does not know where the words live, who may put them
// there, or what is locked: it takes a [Book] and gives a [Result], and it asks for nothing to be deleted.
//
// # What is exchanged
//
// A [Unit] is one text: a message of one line, or one plural form of a message. Its key is the id, and for a form the id, # and the
// form: span.years#few. A form names the numbers that it is for, such as "2, 3, 4, 22 …"; a single number means that it is for that
// one alone. A unit that has no translation of the English of today goes out empty: where there is one of an older English, the note
// says it after "Before:". So a translation in a file always means: of the English beside it.
//
// Every unit carries what it was made from: the tag of the language, a colon, and the hash of the English (es:aa4fafa4). Without a
// hash the English itself is compared.
//
// # XLSX
//
// The workbook has three sheets. Texts has one row for each unit below a head, with the columns
//
//	ID               the key
//	English
//	Translation      the only column that is not locked; empty where there is no translation
//	Note             for the translator
//	For numbers      of a plural form
//	Most characters  where there is a limit
//	State            not translated, the English changed, not reviewed, reviewed
//	Made from        hidden
//
// Terms has the words that are translated the same everywhere: English term, In the language, Note, Term ID. How to says in plain
// English how to work. The head stays in view, the lock has no password, the sheets of a right-to-left language begin at the right,
// and every cell has the number format Text (49) and holds a shared string: 00123, 1-2 and =HYPERLINK(…) stay what they are. The
// same book gives the same bytes.
//
// Reading, the sheet is the one that has our ids, whatever it is called, and there may be several. The column of the ids is the one
// with most of them. The other columns are found by their words in the head, which may stand in any row; where the head was changed or
// lost, by what stands in them: English by the English, Made from by its form. The translation is then the one column that is left. If
// two are left, or two are called Translation, the file is refused: nothing is guessed. Rows may be in any order, hidden, filtered, blank
// or there twice with the same text. Of merged cells, the text is that of the first row; the others are told as [Merged]. A row whose id is unknown
// is told, and so is a translation without an id.
//
// # XLIFF 1.2
//
// One file element; a trans-unit for each unit, whose id is the key. {n} is written <ph id="1">{n}</ph>. The English of a plural form
// ends in its numbers, " [[2, 3, 4, 22 …]]": programs with a translation memory give the same translation to the same English, and so
// no two forms are the same. A unit without a translation has the English as its target, with the state needs-translation: some
// programs do not show a unit without a target. A translation has the state translated, and when it is reviewed final, with
// approved="yes". The limit is maxwidth with size-unit="char". Notes say the numbers, the limit, what the text is, and, from="made-from",
// what it was made from. The terms are a glossary in the header, one line each, parted by tabs.
//
// Reading, a unit is found by its id, by its resname, or by the context of the type sourcefile, which is where our ids are after a round
// trip through PO. A text is translated if it is not the English: states are not believed. Text is the text of an element and of all
// that is in it, of g, x, bpt, ept, it, mrk and others; an emptied ph or x with the number of a placeholder is that placeholder.
// alt-trans, seg-source and the header are passed over. Square brackets at an end of a plural form are taken off, whatever stands in
// them. UTF-8 with or without a mark and UTF-16 are read. A DOCTYPE, an entity of one's own and XLIFF 2 are refused. So a text that is
// right as the English is ("ICE") cannot be said in XLIFF; in a workbook it can, if it has no small letter.
//
// # What is repaired, and told
//
// Office programs always do some things to a text. These are put right, and each row says what it was and what it is now: letters in
// two pieces (NFD), spaces and direction marks (U+200E, U+200F, U+061C) at the ends, no-break and other spaces, two spaces in a row,
// lines in a cell, { n } and {N}, wide brackets and digits, spaces of no width, byte-order marks and soft hyphens, quotation marks
// round the whole, the apostrophe that Excel puts first. An English that was changed in the file is told, and ours stays.
//
// # What is refused, with the sentence
//
// What would change the meaning, or what no text may have, by code:
//
//	number         {n} lost, added or doubled; a form for one number alone may leave it out
//	bracket        other curly brackets
//	digits         other numbers than in the English; 0-9 and the digits of every script count alike
//	address        a web address, e-mail address or phone number lost, changed or added
//	markup         HTML, Markdown, signs of templates that the English does not have, or lost ones that it has
//	direction      characters that turn the direction of the text
//	invisible      joiners where no script joins, tags, control characters, marks that strike letters out
//	script         letters of another alphabet, inside a word or as a word; no letter of the language's own
//	length         more than the limit, or than two and a half times the English and 40
//	ending         another sign at the end than the English has (full stop, colon, question mark, none)
//	untranslated   the English itself (a warning; in XLIFF it only counts as missing)
//	form           a plural form that the text does not have, or none where it has some
//	forms          the forms of a message that would not be whole, because another one is missing (or refused: then a warning)
//	older-english  made from an English that is different today, and not the translation that is known from before
//	twice          two rows with two translations of one text
//	no-id          a translation in a row without an id
//	formula        a formula in place of words
//
// A text that is letter by letter the present translation is taken as it is. A file is refused whole, and nothing taken from it, if it
// cannot be read (file, xlsx, xliff), is for another language (language), is too large (too-large), or has no sheet (no-texts) or
// column (columns) that could be found.
//
// # Limits
//
// A file has at most 16 megabytes, unpacks to at most 32, and has at most 50,000 rows and 200,000 cells; a text has at most
// 8 kilobytes. XML nests 64 deep at most, and a tag is at most 64 kilobytes long. Names in an archive are looked up and never opened, and
// links to elsewhere are not followed.
//
// Workbooks are written and read here, with no other library: one for workbooks would unpack a whole sheet to cells in memory, also those
// that only fill a row, and would make the desk in a browser larger by a tenth. Only the tests have one, to read what is written here.
package exchange
