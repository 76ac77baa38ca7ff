package packet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"fairnotice/notices/source"
)

// Comment is what a reviewer says to one statement in one language.
type Comment struct {
	Program   source.ID
	Edition   int        // the number of the edition that was read
	Digest    string     // of that edition: sha256: and 64 hex digits
	Statement string     // KIND/ID, such as before/online/portal.keep.stored
	Number    int        // of the statement in the packet that was read
	Language  string     // in which it was read
	Is        Sort       // what the reviewer does
	Reviewer  string     // who says it; a pseudonym is fine
	On        source.Day // when it was said
	Was       string     // the words that were read: the sentence, or one of the values beside it
	Text      string     // what the reviewer says; of a wording, the words that are proposed in the place of Was

	From source.Pos // where it was read by us; it is in no file
}

// Sort says what a comment is.
type Sort string

// The three sorts.
const (
	Objection Sort = "objection" // the reviewer holds the statement to be wrong
	Ask       Sort = "question"  // the reviewer asks
	Wording   Sort = "wording"   // the reviewer proposes other words
)

// Sorts lists the three.
func Sorts() []Sort { return []Sort{Objection, Ask, Wording} }

// Answer is what the office says to a comment.
type Answer struct {
	To   string // the comment's ID
	By   string // name and title
	On   source.Day
	Text string
}

// Settled notes that a statement reads otherwise since an edition, so that a comment on it is settled.
type Settled struct {
	To      string // the comment's ID
	Edition int    // the first one that reads otherwise
}

// Comments is a file of comments: what a packet saves, what a reviewer mails, and what the office keeps.
//
// # The file: notice-comments/v1
//
// A text in UTF-8 without a byte order mark; every line ends in a line feed, also the last one. It begins with the two lines
//
//	notice-comments/v1
//	program citykey
//
// and goes on with blocks: an empty line, then lines of a word, one space and its value, in this order. First come the comments:
//
//	comment
//	edition 1 sha256:3fa9…
//	statement before/online/portal.keep.stored
//	number 42
//	language es
//	is objection
//	reviewer group:immigrant-rights-alliance.example
//	date 2026-11-21
//	was La oficina guarda esto:
//	text La oficina no lo guarda: lo guarda la empresa.
//
// edition has the number and the digest of the edition that was read; statement the kind of notice and the statement's id; is one of
// objection, question, wording; was the words that were read, on one line; text what is said. What has several lines has a line `text`
// for each of them; for an empty one it is the word alone. Then come the answers of the office, and what is settled:
//
//	answer c-7d02a1b4c5d6e7f8
//	by Ana Ruiz, City Clerk
//	date 2026-11-25
//	text You are right. The next edition says so.
//
//	settled c-7d02a1b4c5d6e7f8
//	edition 2
//
// A comment is known by its ID. It is made from what was said by whom to which words; not from the number, the day and the order, so
// that the same comment that comes back twice is one.
//
// Text may have everything that [source.CheckTextIn] lets through for the language, in the form NFC: no tabs, no control characters, nothing invisible.
// It neither begins nor ends with white space. A program that writes such a file takes those characters out beforehand. Bounds: 1 MiB,
// 5,000 blocks, 4,000 characters in a text. Whatever does not come out with the same bytes when it is written again is refused.
type Comments struct {
	Program  source.ID
	Comments []Comment
	Answers  []Answer
	Settled  []Settled
}

const (
	commentsFormat = "notice-comments/v1"

	// MaxCommentFile is the most bytes of a file of comments or a mail that came back.
	MaxCommentFile = 256 << 10

	maxKept   = 1 << 20
	maxBlocks = 5000
	maxText   = 4000 // characters
	maxName   = 200
)

var (
	programForm   = regexp.MustCompile(`\A[a-z0-9][a-z0-9-]{0,63}\z`)
	digestForm    = regexp.MustCompile(`\Asha256:[0-9a-f]{64}\z`)
	statementForm = regexp.MustCompile(`\A[a-z-]{1,40}/[!-~]{1,300}\z`)
	languageForm  = regexp.MustCompile(`\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z`)
	reviewerForm  = regexp.MustCompile(`\A[a-z0-9][a-z0-9:.@_-]{0,99}\z`)
	commentForm   = regexp.MustCompile(`\Ac-[0-9a-f]{16}\z`)
)

// IsReviewer says whether a word can be a reviewer's id.
func IsReviewer(s string) bool { return reviewerForm.MatchString(s) }

// ReviewerOf makes a reviewer's id of a name, such as the one that Word writes beside a comment: ana-ruiz of "Ana Ruiz".
func ReviewerOf(name string) string {
	if IsReviewer(name) {
		return name
	}
	var b strings.Builder
	for _, r := range strings.ToLower(source.NFC(name)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	if id := strings.Trim(b.String(), "-"); len(id) > 1 {
		return id
	}
	h := sha256.Sum256([]byte(name))
	return "name-" + hex.EncodeToString(h[:4])
}

// textFault judges what somebody says about a statement in a language. They may say it in that language or in another one, and quote the
// words that were read: it is good if it is good by either measure. What has the number of the character at its end.
func textFault(language, s string, was ...string) (bad rune, what, hint string) {
	if _, what := source.CheckTextIn("", s, was...); what == "" {
		return 0, "", ""
	}
	bad, _ = source.CheckTextIn(language, s, was...)
	what, hint = source.TextFault(language, s, was...)
	return bad, what, hint
}

// ID names a comment: c- and sixteen hex digits.
func (c Comment) ID() string {
	c.Number, c.On = 0, 0
	h := sha256.Sum256([]byte(string(c.Program) + "\n" + strings.Join(c.lines(), "\n")))
	return "c-" + hex.EncodeToString(h[:8])
}

// Kind and the statement's id.
func (c Comment) Kind() (kind, id string) {
	kind, id, _ = strings.Cut(c.Statement, "/")
	return kind, id
}

func (c Comment) lines() []string {
	return append([]string{
		"comment",
		"edition " + strconv.Itoa(c.Edition) + " " + c.Digest,
		"statement " + c.Statement,
		"number " + strconv.Itoa(c.Number),
		"language " + c.Language,
		"is " + string(c.Is),
		"reviewer " + c.Reviewer,
		"date " + c.On.String(),
		"was " + c.Was,
	}, textLines(c.Text)...)
}

func textLines(s string) []string {
	out := strings.Split(s, "\n")
	for i, l := range out {
		if out[i] = "text"; l != "" {
			out[i] += " " + l
		}
	}
	return out
}

// Bytes gives the file.
func (c *Comments) Bytes() []byte {
	var b bytes.Buffer
	block := func(lines ...string) {
		b.WriteByte('\n')
		for _, l := range lines {
			b.WriteString(l)
			b.WriteByte('\n')
		}
	}
	fmt.Fprintf(&b, "%s\nprogram %s\n", commentsFormat, c.Program)
	for _, m := range c.Comments {
		block(m.lines()...)
	}
	for _, a := range c.Answers {
		block(append([]string{"answer " + a.To, "by " + a.By, "date " + a.On.String()}, textLines(a.Text)...)...)
	}
	for _, s := range c.Settled {
		block("settled "+s.To, "edition "+strconv.Itoa(s.Edition))
	}
	return b.Bytes()
}

// ParseComments reads a file of comments; name is how problems call it. With a problem nothing is given: all that is wrong is listed,
// each with its line.
func ParseComments(name string, data []byte) (*Comments, source.Problems) {
	p := &commentReader{name: name, c: &Comments{}}
	if len(data) > maxKept {
		p.bad(1, 1, "size", fmt.Sprintf("The file has %d bytes; at most %d can be read.", len(data), maxKept), "Ask for a file that a packet saved.")
		return nil, p.problems
	}
	text := string(data)
	if !strings.HasPrefix(text, commentsFormat+"\n") {
		p.bad(1, 1, "comments", fmt.Sprintf("The file does not begin with the line %s.", commentsFormat), "It is not a file of comments, or a program changed its ends of lines. Save it again from the packet.")
		return nil, p.problems
	}
	p.lines = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	p.read()
	if len(p.problems) == 0 {
		p.same(text)
	}
	if len(p.problems) > 0 {
		return nil, p.problems
	}
	return p.c, nil
}

// commentReader reads the lines of a file of comments.
type commentReader struct {
	name     string
	lines    []string
	at       int // the next line
	c        *Comments
	lost     bool // a line of the block is missing, so that nothing can be said of the ones below
	problems source.Problems
}

func (p *commentReader) bad(line, col int, code, message, hint string) {
	if len(p.problems) > 50 || p.lost {
		return
	}
	excerpt := ""
	if line <= len(p.lines) {
		excerpt = p.lines[line-1]
	}
	p.problems = append(p.problems, source.Problem{Pos: source.Pos{File: p.name, Line: line, Col: col}, Code: code, Severity: source.Error, Message: message, Hint: hint, Excerpt: excerpt})
}

func (p *commentReader) read() {
	p.at = 1
	p.c.Program = source.ID(p.value("program", programForm, "the id of a program, such as citykey"))
	p.lost = false
	for blocks := 0; p.at < len(p.lines) && len(p.problems) <= 50; blocks++ {
		if blocks == maxBlocks {
			p.bad(p.at+1, 1, "size", fmt.Sprintf("There are more than %d comments and answers.", maxBlocks), "Send fewer in one file.")
			return
		}
		if p.lines[p.at] != "" {
			p.bad(p.at+1, 1, "comments", "Here an empty line should stand, and then the next comment.", "Save the file again from the packet, and do not change it.")
			p.skip()
			continue
		}
		p.at++
		p.block()
	}
}

// skip goes on to the next empty line.
func (p *commentReader) skip() {
	for p.at < len(p.lines) && p.lines[p.at] != "" {
		p.at++
	}
}

func (p *commentReader) block() {
	before, start := len(p.problems), p.at+1
	head := ""
	if p.at < len(p.lines) {
		head = p.lines[p.at]
	}
	word, _, _ := strings.Cut(head, " ")
	switch {
	case head == "comment":
		p.at++
		p.comment(source.Pos{File: p.name, Line: start, Col: 1})
	case word == "answer":
		a := Answer{To: p.value("answer", commentForm, "the id of a comment, such as c-7d02a1b4c5d6e7f8")}
		a.By, a.On = p.line("by", "", maxName), p.day()
		a.Text = p.text("")
		p.c.Answers = append(p.c.Answers, a)
	case word == "settled":
		s := Settled{To: p.value("settled", commentForm, "the id of a comment, such as c-7d02a1b4c5d6e7f8")}
		s.Edition = p.number("edition")
		p.c.Settled = append(p.c.Settled, s)
	default:
		p.bad(start, 1, "comments", "Here a comment, an answer, or what is settled should begin.", "Save the file again from the packet, and do not change it.")
		p.at = min(p.at+1, len(p.lines))
	}
	if p.lost = false; len(p.problems) > before {
		p.skip()
	}
}

func (p *commentReader) comment(from source.Pos) {
	c := Comment{Program: p.c.Program, From: from}
	line := p.at + 1
	edition, digest, _ := strings.Cut(p.value("edition", nil, ""), " ")
	n, ok := number(edition)
	if !ok || !digestForm.MatchString(digest) {
		p.bad(line, 1, "comments", "Here the edition should stand: its number, and its digest, sha256: and 64 hex digits.", "Save the file again from the packet, and do not change it.")
	}
	c.Edition, c.Digest = n, digest
	c.Statement = p.value("statement", statementForm, "the kind of notice and the id of a statement, such as before/key.free")
	c.Number = p.number("number")
	c.Language = p.value("language", languageForm, "the tag of a language, such as es")
	line = p.at + 1
	c.Is = Sort(p.value("is", nil, ""))
	if c.Is != Objection && c.Is != Ask && c.Is != Wording {
		p.bad(line, 4, "comments", "This is not a sort of comment.", "Write objection, question or wording.")
	}
	c.Reviewer = p.value("reviewer", reviewerForm, "a reviewer's name in small letters, digits and : . @ _ -, without blanks")
	c.On = p.day()
	c.Was = p.line("was", c.Language, maxText)
	c.Text = p.text(c.Language, c.Was)
	p.c.Comments = append(p.c.Comments, c)
}

// value takes a line of a word and its value, and judges its form.
func (p *commentReader) value(key string, form *regexp.Regexp, what string) string {
	v, ok := "", false
	if p.at < len(p.lines) {
		v, ok = strings.CutPrefix(p.lines[p.at], key+" ")
	}
	if !ok {
		p.bad(p.at+1, 1, "comments", fmt.Sprintf("Here a line should stand that begins with `%s`.", key), "Save the file again from the packet, and do not change it.")
		p.lost = true
		return ""
	}
	p.at++
	if form != nil && !form.MatchString(v) {
		p.bad(p.at, len(key)+2, "comments", fmt.Sprintf("Behind `%s` should stand %s.", key, what), "Save the file again from the packet, and do not change it.")
		return ""
	}
	return v
}

// line takes one line of words in a language.
func (p *commentReader) line(key, language string, most int) string {
	v := p.value(key, nil, "")
	p.judge(p.at, len(key)+2, v, most)
	p.good(p.at, len(key)+2, language, v)
	return v
}

func (p *commentReader) judge(line, col int, v string, most int) {
	switch {
	case v == "" || strings.TrimSpace(v) != v:
		p.bad(line, col, "text", "The words are missing, or white space stands around them.", "Save the file again from the packet, and do not change it.")
	case len([]rune(v)) > most:
		p.bad(line, col, "size", fmt.Sprintf("The text has %d characters; there is room for %d.", len([]rune(v)), most), "Say it in fewer words.")
	}
}

// good judges the characters of some words, and says where the first stands that may not.
func (p *commentReader) good(line, col int, language, v string, was ...string) {
	bad, what, hint := textFault(language, v, was...)
	if what == "" {
		return
	}
	if before, _, found := strings.Cut(v, string(bad)); found {
		line += strings.Count(before, "\n")
		col += len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
	}
	p.bad(line, col, "text", "Here stands "+what+".", hint)
}

// text takes the lines of a text about words in a language.
func (p *commentReader) text(language string, was ...string) string {
	first := p.at
	var lines []string
	for p.at < len(p.lines) {
		l := p.lines[p.at]
		v, ok := strings.CutPrefix(l, "text ")
		if l == "text" {
			v, ok = "", true
		}
		if !ok {
			break
		}
		lines = append(lines, v)
		p.at++
	}
	if lines == nil {
		p.value("text", nil, "")
		return ""
	}
	if p.at < len(p.lines) && p.lines[p.at] != "" {
		p.bad(p.at+1, 1, "comments", "Here a line should stand that begins with `text`, or an empty one.", "Write `text ` before it if it belongs to what is said.")
	}
	s := strings.Join(lines, "\n")
	p.judge(first+1, 6, s, maxText)
	p.good(first+1, 6, language, s, was...)
	return s
}

func (p *commentReader) number(key string) int {
	n, ok := number(p.value(key, nil, ""))
	if !ok {
		p.bad(max(p.at, 1), len(key)+2, "comments", fmt.Sprintf("Behind `%s` should stand a number.", key), "Save the file again from the packet, and do not change it.")
	}
	return n
}

func number(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && n < 1e6 && strconv.Itoa(n) == s
}

func (p *commentReader) day() source.Day {
	v := p.value("date", nil, "")
	d, err := source.ParseDay(v)
	if err != nil && v != "" {
		p.bad(p.at, 6, "comments", fmt.Sprintf("%s is not a day.", strconv.QuoteToASCII(cut(v))), "Write year-month-day, such as 2026-11-21.")
	}
	return d
}

func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// same refuses what would not be written as it was read.
func (p *commentReader) same(text string) {
	back := string(p.c.Bytes())
	if back == text {
		return
	}
	line := 1
	for i := 0; i < len(text) && i < len(back) && text[i] == back[i]; i++ {
		if text[i] == '\n' {
			line++
		}
	}
	p.bad(line, 1, "comments", "This line does not stand as such a file has it: an end of line, a space, or the order is another one.", "Save the file again from the packet, and do not change it.")
}
