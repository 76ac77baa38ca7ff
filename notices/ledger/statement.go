package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices/source"
)

// Statement is what a reviewer signs: which words they read, and what they say of them. Its bytes are lines of printable ASCII, each
// ended by LF, in this order:
//
//	notice-review/v1
//	program city-rent-aid
//	edition 7
//	edition-digest sha256:…
//	text before en sha256:… 3120 reviewed        each text of the edition: kind, language, text digest, bytes, reviewed or
//	text before so sha256:… 2954 not-reviewed    not-reviewed; sorted, and together they have the edition digest
//	law il-local-records-act sha256:…            what the sentences rest on: laws, then demands, each sorted by its id
//	demand ice-2025-04-17 sha256:…
//	verdict no-objection                         or objection, or read-not-approved
//	not-checked facts                            what they did not look at: words of NotChecked, in its order
//	condition TEXT                               what they make a condition, at most 400 bytes each
//	expires 2027-11-21                           the last day on which it counts
//	reviewer group:immigrant-rights-alliance.example
//	date 2026-11-21
//
// There is at least one text that was reviewed. Lines of law, demand, not-checked, condition and expires may be absent. What does
// not format back to the same bytes is refused: there is one way to say a thing, and so no second reading of what was signed.
type Statement struct {
	Program    source.ID
	Edition    int
	Digest     string // of the edition: sha256: and 64 hex digits
	Texts      []StatementText
	Grounds    []Ground
	Verdict    Verdict
	NotChecked []string
	Conditions []string
	Expires    source.Day // 0: never
	Reviewer   string
	Date       source.Day
}

// StatementText is a text of the edition, and whether the reviewer read it.
type StatementText struct {
	Text
	Reviewed bool
}

// Text is one kind of notice in one language, by its text digest.
type Text struct {
	Kind, Language, Digest string
	Bytes                  int
}

// Ground is a law or a demand on which the sentences of an edition rest, by a digest over what it says.
type Ground struct {
	Kind   string // law or demand
	ID     string
	Digest string
}

// Verdict is what a reviewer says of what they read.
type Verdict string

// The three verdicts.
const (
	NoObjection     Verdict = "no-objection"
	Objection       Verdict = "objection"
	ReadNotApproved Verdict = "read-not-approved"
)

// Verdicts lists the verdicts.
var Verdicts = []Verdict{NoObjection, Objection, ReadNotApproved}

// NotChecked are the words for what a reviewer did not look at, in the order in which they stand in a statement.
var NotChecked = []string{"facts", "sources", "law", "promises", "layout"}

// Heads of the three kinds of review files.
const (
	statementHead  = "notice-review/v1"
	letterHead     = "notice-review-letter/v1"
	revocationHead = "notice-review-revocation/v1"
)

// maxReviewFile bounds every file of a review, in bytes.
const maxReviewFile = 1 << 20

// Letter says that a group answered by letter: the statement as the office read it out of the letter, and who in the office attests it.
// Nobody signed it, so it is shown as attested and never as verified. Its bytes are those of a statement with the head
// notice-review-letter/v1, where date is the day of the letter, and then three lines:
//
//	letter sha256:… 48211           the letter as a file, such as a scan
//	attested-by Ana Ruiz, Clerk     printable ASCII
//	attested-on 2026-11-23
type Letter struct {
	Statement
	Letter     string // digest of the letter as a file
	Size       int    // of that file, in bytes
	AttestedBy string
	AttestedOn source.Day
}

// Revocation takes a statement back. It counts if the reviewer of the statement signed it. Its lines:
//
//	notice-review-revocation/v1
//	program city-rent-aid
//	statement sha256:…              of the bytes of the statement
//	reason TEXT                     may be absent; at most 400 bytes
//	reviewer group:immigrant-rights-alliance.example
//	date 2026-12-01
type Revocation struct {
	Program   source.ID
	Statement string
	Reason    string
	Reviewer  string
	Date      source.Day
}

// Hash names the statement in a revocation and in the log.
func (s Statement) Hash() string { return Hash(s.Bytes()) }

// Bytes are the lines of the statement. They can be read again if the statement has no Fault.
func (s Statement) Bytes() []byte { return []byte(s.lines(statementHead)) }

func (s Statement) lines(head string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nprogram %s\nedition %d\nedition-digest %s\n", head, s.Program, s.Edition, s.Digest)
	for _, t := range s.Texts {
		read := "not-reviewed"
		if t.Reviewed {
			read = "reviewed"
		}
		fmt.Fprintf(&b, "text %s %s %s %d %s\n", t.Kind, t.Language, t.Digest, t.Bytes, read)
	}
	for _, g := range s.Grounds {
		fmt.Fprintf(&b, "%s %s %s\n", g.Kind, g.ID, g.Digest)
	}
	fmt.Fprintf(&b, "verdict %s\n", s.Verdict)
	for _, w := range s.NotChecked {
		fmt.Fprintf(&b, "not-checked %s\n", w)
	}
	for _, c := range s.Conditions {
		fmt.Fprintf(&b, "condition %s\n", c)
	}
	if s.Expires != 0 {
		fmt.Fprintf(&b, "expires %s\n", s.Expires)
	}
	fmt.Fprintf(&b, "reviewer %s\ndate %s\n", s.Reviewer, s.Date)
	return b.String()
}

// Bytes are the lines of the letter's record.
func (l Letter) Bytes() []byte {
	return fmt.Appendf(nil, "%sletter %s %d\nattested-by %s\nattested-on %s\n", l.lines(letterHead), l.Letter, l.Size, l.AttestedBy, l.AttestedOn)
}

// Bytes are the lines of the revocation.
func (r Revocation) Bytes() []byte {
	b := fmt.Appendf(nil, "%s\nprogram %s\nstatement %s\n", revocationHead, r.Program, r.Statement)
	if r.Reason != "" {
		b = fmt.Appendf(b, "reason %s\n", r.Reason)
	}
	return fmt.Appendf(b, "reviewer %s\ndate %s\n", r.Reviewer, r.Date)
}

// Put brings the texts, the grounds and the words of what was not checked into the order in which they stand in a statement.
func (s *Statement) Put() {
	slices.SortFunc(s.Texts, func(a, b StatementText) int { return strings.Compare(a.line(), b.line()) })
	slices.SortFunc(s.Grounds, compareGrounds)
	slices.SortFunc(s.NotChecked, func(a, b string) int {
		return slices.Index(NotChecked, a) - slices.Index(NotChecked, b)
	})
}

func (t Text) line() string {
	return "text " + t.Kind + " " + t.Language + " " + t.Digest + " " + strconv.Itoa(t.Bytes)
}

// compareGrounds puts laws before demands, and each by its id.
func compareGrounds(a, b Ground) int {
	if a.Kind != b.Kind {
		return strings.Compare(b.Kind, a.Kind)
	}
	return strings.Compare(a.ID, b.ID)
}

var (
	digestForm   = regexp.MustCompile(`\Asha256:[0-9a-f]{64}\z`)
	slugForm     = regexp.MustCompile(`\A[a-z0-9-]{1,64}\z`)
	tagForm      = regexp.MustCompile(`\A[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,7}\z`)
	idForm       = regexp.MustCompile(`\A[a-z0-9][a-z0-9:.@_/-]{0,99}\z`)
	reviewerForm = regexp.MustCompile(`\A[a-z0-9][a-z0-9:.@_-]{0,99}\z`)
	plainForm    = regexp.MustCompile(`\A[!-~]([ -~]{0,398}[!-~])?\z`)
)

// IsReviewer says that an id can be a reviewer's: up to 100 small letters, digits and : . @ _ -, the first a letter or a digit. A
// pseudonym is fine.
func IsReviewer(id string) bool { return reviewerForm.MatchString(id) }

// IsPlain says that a text can stand on one line of a statement: at most 400 characters of printable ASCII, none of them a blank at
// its ends.
func IsPlain(text string) bool { return plainForm.MatchString(text) }

// Fault says what keeps the statement from being one; nil if nothing does.
func (s Statement) Fault() error {
	switch {
	case !slugForm.MatchString(string(s.Program)):
		return fmt.Errorf("%q is no program's id", s.Program)
	case s.Edition < 1 || s.Edition > 1e9:
		return errors.New("the number of the edition is not one")
	case !digestForm.MatchString(s.Digest):
		return errors.New("the edition has no digest")
	case !slices.Contains(Verdicts, s.Verdict):
		return fmt.Errorf("%q is no verdict: there are no-objection, objection and read-not-approved", s.Verdict)
	case !IsReviewer(s.Reviewer):
		return fmt.Errorf("%q is no reviewer's id: it has small letters, digits and : . @ _ -", s.Reviewer)
	case s.Date == 0:
		return errors.New("it has no date")
	case s.Expires != 0 && s.Expires < s.Date:
		return errors.New("it expires before its date")
	case !slices.ContainsFunc(s.Texts, func(t StatementText) bool { return t.Reviewed }):
		return errors.New("no text of it was reviewed")
	}
	lines := "fairnotice-edition/v1\nprogram " + string(s.Program) + "\nedition " + strconv.Itoa(s.Edition) + "\n"
	for i, t := range s.Texts {
		if !slugForm.MatchString(t.Kind) || !tagForm.MatchString(t.Language) || !digestForm.MatchString(t.Digest) || t.Bytes < 0 || t.Bytes > 1e9 {
			return fmt.Errorf("%q is no text", t.line())
		}
		if slices.ContainsFunc(s.Texts[:i], func(o StatementText) bool { return o.Kind == t.Kind && o.Language == t.Language }) {
			return fmt.Errorf("the text %s in %s stands in it twice", t.Kind, t.Language)
		}
		if i > 0 && t.line() < s.Texts[i-1].line() {
			return errors.New("its texts are not in their order")
		}
		lines += t.line() + "\n"
	}
	if Hash([]byte(lines)) != s.Digest {
		return errors.New("its texts are not those of the edition whose digest it names")
	}
	for i, g := range s.Grounds {
		if g.Kind != "law" && g.Kind != "demand" || !idForm.MatchString(g.ID) || !digestForm.MatchString(g.Digest) {
			return fmt.Errorf("%q is no law and no demand", g.Kind+" "+g.ID+" "+g.Digest)
		}
		if i > 0 && compareGrounds(s.Grounds[i-1], g) >= 0 {
			return errors.New("its laws and demands are not in their order, or stand in it twice")
		}
	}
	for i, w := range s.NotChecked {
		if at := slices.Index(NotChecked, w); at < 0 || i > 0 && at <= slices.Index(NotChecked, s.NotChecked[i-1]) {
			return fmt.Errorf("not-checked takes %s, in this order and each once", strings.Join(NotChecked, ", "))
		}
	}
	for _, c := range s.Conditions {
		if !IsPlain(c) {
			return fmt.Errorf("the condition %q is not on one line of at most 400 plain letters, digits and signs", c)
		}
	}
	if len(s.Conditions) > 100 {
		return errors.New("it has more than 100 conditions")
	}
	return nil
}

// ParseStatement reads a statement. It refuses what Bytes would not write in exactly this way.
func ParseStatement(b []byte) (Statement, error) {
	r, err := newReviewLines(b, statementHead)
	if err != nil {
		return Statement{}, err
	}
	s := r.statement()
	return s, r.end(s.Fault(), s.Bytes(), b)
}

// ParseLetter reads the record of a letter, as strictly as ParseStatement.
func ParseLetter(b []byte) (Letter, error) {
	r, err := newReviewLines(b, letterHead)
	if err != nil {
		return Letter{}, err
	}
	l := Letter{Statement: r.statement()}
	digest, size, _ := strings.Cut(r.one("letter"), " ")
	l.Letter, l.Size = digest, number(size)
	l.AttestedBy, l.AttestedOn = r.one("attested-by"), day(r.one("attested-on"))
	return l, r.end(l.Fault(), l.Bytes(), b)
}

// Fault says what keeps the record of a letter from being one; nil if nothing does.
func (l Letter) Fault() error {
	switch {
	case !digestForm.MatchString(l.Letter) || l.Size < 1 || l.Size > 1e9:
		return errors.New("it does not name the letter")
	case !IsPlain(l.AttestedBy) || l.AttestedOn == 0:
		return errors.New("it does not say who attests it, in plain letters, and on which day")
	}
	return l.Statement.Fault()
}

// ParseRevocation reads a revocation, as strictly as ParseStatement.
func ParseRevocation(b []byte) (Revocation, error) {
	l, err := newReviewLines(b, revocationHead)
	if err != nil {
		return Revocation{}, err
	}
	r := Revocation{Program: source.ID(l.one("program")), Statement: l.one("statement"), Reason: l.one("reason"), Reviewer: l.one("reviewer"), Date: day(l.one("date"))}
	return r, l.end(r.Fault(), r.Bytes(), b)
}

// Fault says what keeps the revocation from being one; nil if nothing does.
func (r Revocation) Fault() error {
	switch {
	case !slugForm.MatchString(string(r.Program)):
		return fmt.Errorf("%q is no program's id", r.Program)
	case !digestForm.MatchString(r.Statement):
		return errors.New("it does not name the statement")
	case r.Reason != "" && !IsPlain(r.Reason):
		return errors.New("its reason is not on one line of at most 400 plain letters, digits and signs")
	case !IsReviewer(r.Reviewer):
		return fmt.Errorf("%q is no reviewer's id: it has small letters, digits and : . @ _ -", r.Reviewer)
	case r.Date == 0:
		return errors.New("it has no date")
	}
	return nil
}

// reviewLines reads a file line by line. It is lenient, for what was read is formatted and compared in the end.
type reviewLines []string

func newReviewLines(b []byte, head string) (*reviewLines, error) {
	switch {
	case len(b) > maxReviewFile:
		return nil, errors.New("it has more than 1 MiB")
	case bytes.Contains(b, []byte("\r\n")):
		return nil, errors.New("the ends of its lines were changed on the way; ask for it as an attachment, or in a zip file")
	}
	for i, c := range b {
		if c != '\n' && (c < ' ' || c > '~') {
			return nil, fmt.Errorf("line %d has a character that may not stand there: there are plain letters, digits and signs alone", 1+bytes.Count(b[:i], []byte("\n")))
		}
	}
	l := reviewLines(strings.Split(string(b), "\n"))
	if l[0] != head {
		return nil, fmt.Errorf("its first line is not %s", head)
	}
	l = l[1:]
	return &l, nil
}

// one gives the value of the next line if it has the key, and goes on.
func (l *reviewLines) one(key string) string {
	if len(*l) > 0 {
		if value, ok := strings.CutPrefix((*l)[0], key+" "); ok {
			*l = (*l)[1:]
			return value
		}
	}
	return ""
}

// all gives the values of the next lines that have the key.
func (l *reviewLines) all(key string) []string {
	var out []string
	for len(*l) > 0 && strings.HasPrefix((*l)[0], key+" ") {
		out = append(out, l.one(key))
	}
	return out
}

func (l *reviewLines) statement() Statement {
	s := Statement{Program: source.ID(l.one("program")), Edition: number(l.one("edition")), Digest: l.one("edition-digest")}
	for _, v := range l.all("text") {
		f := append(strings.Split(v, " "), "", "", "", "", "")
		s.Texts = append(s.Texts, StatementText{Text{f[0], f[1], f[2], number(f[3])}, f[4] == "reviewed"})
	}
	for _, kind := range []string{"law", "demand"} {
		for _, v := range l.all(kind) {
			id, digest, _ := strings.Cut(v, " ")
			s.Grounds = append(s.Grounds, Ground{kind, id, digest})
		}
	}
	s.Verdict = Verdict(l.one("verdict"))
	s.NotChecked, s.Conditions = l.all("not-checked"), l.all("condition")
	s.Expires, s.Reviewer, s.Date = day(l.one("expires")), l.one("reviewer"), day(l.one("date"))
	return s
}

// end gives the fault of what was read, or says which line does not read as it stands.
func (l *reviewLines) end(fault error, again, b []byte) error {
	if bytes.Equal(again, b) {
		return fault
	}
	have, want := strings.Split(string(b), "\n"), strings.Split(string(again), "\n")
	for i := range have {
		if i < len(want) && have[i] == want[i] {
			continue
		}
		if have[i] == "" {
			return fmt.Errorf("line %d is empty, or the file ends too early", i+1)
		}
		return fmt.Errorf("line %d cannot stand there as it is: %q", i+1, have[i])
	}
	return errors.New("it ends too early")
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

func day(s string) source.Day {
	d, err := source.ParseDay(s)
	if err != nil {
		return 0
	}
	return d
}
