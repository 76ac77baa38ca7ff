package packet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fairnotice/locales"
	"fairnotice/notices/source"
)

// Arrived says what is known of what came back beside its bytes.
type Arrived struct {
	Reviewer string     // whose it is, where it does not say so itself; may be ""
	On       source.Day // the day of a comment that names none
	Today    source.Day // no comment is of a later one
	Packets  []*Numbers // what it can be about: first the one that is likeliest
}

// Back is what was read of a file that came back.
type Back struct {
	Form     string // comments, word or mail
	Comments []Comment
	Left     []Passage // what is no comment, and was left out
}

// Passage is a line that was left out.
type Passage struct {
	Pos  source.Pos
	Text string
}

// ReadMail reads comments out of the text of a mail:
//
//	reviewer: group:immigrant-rights-alliance.example
//	edition: ed-3fa9b2c1d4e5
//	42 es: object: The company keeps it, not the office.
//	43 en, es: question: Who asked?
//	44 es: wording: La empresa lo guarda.
//
// A line begins with the number of a statement, the tag or the name of a language (or of several), and object, question or wording (or
// a word that means the same). What a mail program does to it is put right: marks of quoting, bullets, broken lines, other colons,
// dashes, blanks and quotation marks, ends of lines, a byte order mark. What is said goes on up to an empty line. `reviewer:` names who
// says all the lines below it, `date:` when; without them [Arrived] says so. The edition may stand anywhere in the text, as ed- and
// twelve hex digits.
//
// A line that looks like a comment and is none is a problem, with what to write instead; all others are listed as left out, so that
// nobody takes for read what was not.
func ReadMail(name string, data []byte, a Arrived) (*Back, source.Problems) {
	m := &mail{name: name, a: a, back: &Back{Form: "mail"}}
	m.read(string(data))
	return m.back, m.problems
}

type mail struct {
	name     string
	a        Arrived
	lines    []mailLine
	packets  []*Numbers
	reviewer string // since the last line that named one
	only     string // the one that the whole mail names; "" for none or several
	on       source.Day
	back     *Back
	problems source.Problems
}

// mailLine is a line without what mail programs put before it.
type mailLine struct {
	n, col int    // where its words begin
	depth  int    // how often it is quoted
	text   string // without invisible characters and blanks around it
}

func (m *mail) pos(l mailLine) source.Pos { return source.Pos{File: m.name, Line: l.n, Col: l.col} }

func (m *mail) bad(l mailLine, code, message, hint string) {
	if len(m.problems) < 200 {
		m.problems = append(m.problems, source.Problem{Pos: m.pos(l), Code: code, Severity: source.Error, Message: message, Hint: hint, Excerpt: l.text})
	}
}

var (
	mailQuote    = regexp.MustCompile(`^[\p{Zs}>|]*`)
	mailBullet   = regexp.MustCompile(`^[-*+•·–—▪◦]\p{Zs}+`)
	mailReviewer = regexp.MustCompile(`(?i)^reviewer *[:=] *(.+)$`)
	mailDate     = regexp.MustCompile(`(?i)^date *[:=] *(.+)$`)
	mailEdition  = regexp.MustCompile(`\b[Ee][Dd]-([0-9A-Fa-f]{12})\b`)
	mailNumber   = regexp.MustCompile(`(?i)^edition *[:=] *([0-9]{1,6})\b`)
	mailEnd      = regexp.MustCompile(`(?i)^(--|-{3,}.*|_{3,}|={3,}|(from|sent|to|cc|subject|reply-to|von|gesendet|an|betreff|de|enviado|para|asunto|objet|à) ?:.*|.{0,200}\b(wrote|escribió|a écrit|schrieb|escreveu) ?:)$`)
	mailDay      = regexp.MustCompile(`\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (\d{4})\b`)
	mailHead     = regexp.MustCompile(`(?i)^(?:re: *)?(?:(?:statement|sentence|number|item|no|nr|num)\b[.:]? *){0,2}[#№§*_ ]*([\p{Nd}]{1,7})([^\p{Nd}].*)?$`)
)

// invisible tells the characters that come along and that nobody sees: they turn the direction, take no room, or allow a break.
func invisible(r rune) bool {
	return r == 0xad || r == 0x61c || r == 0xfeff || r >= 0x200b && r <= 0x200f && r != 0x200c && r != 0x200d || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f ||
		r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0
}

// seen takes out what nobody sees; a joiner stays where it joins letters.
func seen(s string) string {
	var b strings.Builder
	prev := rune(0)
	for i, r := range s {
		if r == 0x200c || r == 0x200d {
			next, _ := utf8.DecodeRuneInString(s[i+3:])
			if prev < 0x600 || next < 0x600 || !unicode.In(prev, unicode.L, unicode.M) || !unicode.In(next, unicode.L, unicode.M) {
				continue
			}
		}
		if invisible(r) {
			continue
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

// oneLine makes white space single. A no-break space stays where it is alone.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }), " ")
	return strings.NewReplacer(" \u00a0", " ", "\u00a0 ", " ").Replace(s)
}

// ends are the ends of lines that mail programs write.
var ends = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n")

func (m *mail) read(text string) {
	for i, l := range strings.Split(ends.Replace(strings.TrimPrefix(text, "\ufeff")), "\n") {
		whole := []rune(l)
		l = seen(strings.ReplaceAll(l, "\t", " "))
		lead := mailQuote.FindString(l)
		rest := l[len(lead):]
		rest = rest[len(mailBullet.FindString(rest)):]
		line := mailLine{n: i + 1, depth: strings.Count(lead, ">") + strings.Count(lead, "|"), text: strings.TrimSpace(rest)}
		// What is left begins with the first character that is not taken away.
		if first, n := utf8.DecodeRuneInString(line.text); n > 0 {
			line.col = slices.Index(whole, first) + 1
		}
		m.lines = append(m.lines, line)
	}
	m.about(text)
	m.who()
	for i := 0; i < len(m.lines); i++ {
		l := m.lines[i]
		if l.text == "" {
			continue
		}
		if m.heading(l) {
			continue
		}
		before := len(m.problems)
		h, ok := m.head(l)
		if !ok && len(m.problems) > before {
			continue
		}
		if !ok {
			m.back.Left = append(m.back.Left, Passage{m.pos(l), l.text})
			continue
		}
		said := h.rest
		for i+1 < len(m.lines) && m.goesOn(l, m.lines[i+1]) {
			i++
			said = attach(said, m.lines[i].text)
		}
		m.comment(l, h, said)
	}
}

// goesOn says whether what a line says goes on in the next one.
func (m *mail) goesOn(l, next mailLine) bool {
	if next.text == "" || next.depth > l.depth || mailEnd.MatchString(colons(next.text)) || mailReviewer.MatchString(colons(next.text)) || mailDate.MatchString(colons(next.text)) || mailNumber.MatchString(colons(next.text)) {
		return false
	}
	at := len(m.problems)
	_, ok := m.head(next)
	looked := len(m.problems) > at
	m.problems = m.problems[:at]
	return !ok && !looked
}

// attach puts a broken line together. Chinese has no blank where it was broken.
func attach(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	wide := func(r rune) bool {
		return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60
	}
	if a == "" || wide(last) && wide(first) {
		return a + b
	}
	return a + " " + b
}

// colons writes the colons, dashes, equals signs and blanks of other scripts and programs as ours, each as one character.
func colons(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Zs, r) {
			return ' '
		}
		switch r {
		case '：', '﹕', '︓', 'ː', '∶', '꞉', '׃', '܃':
			return ':'
		case '‐', '‑', '‒', '–', '—', '―', '−', '－', '﹣':
			return '-'
		case '＝':
			return '='
		}
		return r
	}, s)
}

// about finds out which packet the numbers belong to.
func (m *mail) about(text string) {
	m.packets = m.a.Packets
	var named []*Numbers
	for _, f := range mailEdition.FindAllStringSubmatch(text, -1) {
		want := "sha256:" + strings.ToLower(f[1])
		i := slices.IndexFunc(m.a.Packets, func(n *Numbers) bool { return strings.HasPrefix(n.Digest, want) })
		if i < 0 {
			l := m.lines[max(0, slices.IndexFunc(m.lines, func(l mailLine) bool { return strings.Contains(l.text, f[0]) }))]
			m.bad(l, "mail-edition", fmt.Sprintf("No packet of the edition %s was sent from here, so nobody knows what the numbers stand for.", strings.ToLower(f[0])), m.sent())
			m.packets = nil
			return
		}
		if !slices.Contains(named, m.a.Packets[i]) {
			named = append(named, m.a.Packets[i])
		}
	}
	if len(named) > 0 {
		m.packets = named
		return
	}
	for _, l := range m.lines {
		if f := mailNumber.FindStringSubmatch(colons(l.text)); f != nil {
			for _, n := range m.a.Packets {
				if fmt.Sprint(n.Edition) == f[1] {
					named = append(named, n)
				}
			}
			if len(named) == 0 {
				m.bad(l, "mail-edition", fmt.Sprintf("No packet of edition %s was sent from here, so nobody knows what the numbers stand for.", f[1]), m.sent())
			}
			m.packets = named
			return
		}
	}
}

// sent lists the packets, to choose from.
func (m *mail) sent() string {
	var names []string
	for _, n := range m.a.Packets {
		names = append(names, fmt.Sprintf("`edition: %s` for edition %d", n.Name(), n.Edition))
	}
	if len(names) == 0 {
		return "Nothing was sent yet."
	}
	return "Write " + strings.Join(names, ", or ") + "."
}

// who finds the reviewers that the mail names.
func (m *mail) who() {
	var names []string
	for _, l := range m.lines {
		if f := mailReviewer.FindStringSubmatch(colons(l.text)); f != nil {
			if id := ReviewerOf(strings.TrimSpace(f[1])); !slices.Contains(names, id) {
				names = append(names, id)
			}
		}
	}
	if len(names) == 1 {
		m.only = names[0]
	}
}

// heading takes the lines that say who, when, and about what.
func (m *mail) heading(l mailLine) bool {
	s := colons(l.text)
	if f := mailReviewer.FindStringSubmatch(s); f != nil {
		m.reviewer = ReviewerOf(strings.TrimSpace(f[1]))
		return true
	}
	if f := mailDate.FindStringSubmatch(s); f != nil {
		if d := dayIn(f[1]); d != 0 {
			m.on = d
			return true
		}
	}
	return mailNumber.MatchString(s) || mailEdition.MatchString(s) && strings.HasPrefix(strings.ToLower(s), "edition")
}

// dayIn finds a day as we write it, or as the heads of mails have it.
func dayIn(s string) source.Day {
	if f := strings.Fields(s); len(f) > 0 {
		if d, err := source.ParseDay(f[0]); err == nil {
			return d
		}
	}
	f := mailDay.FindStringSubmatch(s)
	if f == nil {
		return 0
	}
	month := strings.Index("JanFebMarAprMayJunJulAugSepOctNovDec", f[2])/3 + 1
	d, _ := source.ParseDay(fmt.Sprintf("%s-%02d-%02s", f[3], month, f[1]))
	return d
}

// opening is the beginning of a comment's line.
type opening struct {
	number    int
	languages []string
	is        Sort
	rest      string
}

// sortWords are the words for the sorts.
var sortWords = map[string]Sort{
	"object": Objection, "objects": Objection, "objection": Objection, "objections": Objection, "objecting": Objection, "wrong": Objection,
	"question": Ask, "questions": Ask, "ask": Ask, "asks": Ask,
	"wording": Wording, "word": Wording, "words": Wording, "propose": Wording, "proposal": Wording, "better": Wording, "change": Wording, "rewrite": Wording,
}

const mailForm = "Write it like this: `42 es: object: …`; in place of object it may be question or wording."

// head reads the beginning of a comment's line; false where the line is none. What looks like one and is wrong is a problem.
func (m *mail) head(l mailLine) (h opening, ok bool) {
	f := mailHead.FindStringSubmatch(colons(l.text))
	if f == nil {
		return h, false
	}
	for _, r := range f[1] {
		h.number = min(10*h.number+digit(r), 1e7)
	}
	all := m.languages()
	rest, unknown, number, parted := []rune(f[2]), "", "", false
	at := 0
	for steps := 0; steps < 40 && at < len(rest) && h.is == ""; steps++ {
		from := at
		for at < len(rest) && !unicode.In(rest[at], unicode.L, unicode.M, unicode.Nd) {
			at++
		}
		if gap := string(rest[from:at]); strings.ContainsAny(gap, ":-)]=/*") && (len(h.languages) > 0 || unknown != "") {
			parted = true
		}
		from = at
		for at < len(rest) && (unicode.In(rest[at], unicode.L, unicode.M, unicode.Nd) || rest[at] == '-' && at+1 < len(rest) && unicode.IsLetter(rest[at+1]) && isTag(all, string(rest[from:at]), rest[at:])) {
			at++
		}
		word := strings.ToLower(string(rest[from:at]))
		switch is, sort := sortWords[word]; {
		case word == "" || word == "in" || word == "and" || word == "the" || word == "y" || word == "et":
		case sort:
			h.is = is
		case unicode.IsDigit([]rune(word)[0]):
			if len(h.languages) > 0 || unknown != "" {
				return h, false
			}
			number = word
		default:
			tag, n := findLanguage(all, string(rest[from:]))
			if tag != "" {
				at = from + n
				h.languages = append(h.languages, tag)
				continue
			}
			if unknown != "" {
				return h, m.half(l, h, unknown, parted)
			}
			unknown = word
			if len(h.languages) > 0 && parted { // it stands where the sort should stand
				return h, m.half(l, h, unknown, parted)
			}
		}
	}
	if h.is == "" {
		return h, m.half(l, h, unknown, parted)
	}
	tail := strings.TrimLeft(string(rest[at:]), " ")
	told := strings.TrimLeft(tail, " :-=.,;)]*/")
	if told == tail && tail != "" {
		if len(h.languages) == 0 {
			return h, false // a sentence that begins with a number
		}
		m.bad(l, "mail-line", "Between the sort of the comment and what is said no colon stands.", mailForm)
		return h, false
	}
	// The words as they were written, and not with our colons: as many characters from the end.
	written := []rune(l.text)
	h.rest = string(written[len(written)-utf8.RuneCountInString(told):])
	switch {
	case number != "":
		m.bad(l, "mail-line", fmt.Sprintf("Two numbers stand before the comment: %d and %s.", h.number, number), "Write a line for each statement.")
	case unknown != "":
		m.bad(l, "mail-language", fmt.Sprintf("%q is no language of this packet.", cut(unknown)), "It is in "+m.languageNames()+". "+mailForm)
	case len(h.languages) == 0:
		m.bad(l, "mail-language", "It is not said which language the comment is about.", "Write it behind the number: `"+fmt.Sprint(h.number)+" es: …`. The packet is in "+m.languageNames()+".")
	default:
		slices.Sort(h.languages)
		h.languages = slices.Compact(h.languages)
		return h, true
	}
	return h, false
}

// half judges a line that begins with a number and a language, and has no sort where one should stand.
func (m *mail) half(l mailLine, h opening, unknown string, parted bool) bool {
	if len(h.languages) == 0 || !parted {
		return false
	}
	message, hint := "It is not said whether this objects, asks, or proposes other words.", mailForm
	var words []string
	for w := range sortWords {
		words = append(words, w)
	}
	slices.Sort(words)
	if near := source.DidYouMean(unknown, words); near != "" {
		message, hint = fmt.Sprintf("%q is no sort of comment.", cut(unknown)), fmt.Sprintf("Did you mean %s? Write object, question or wording.", near)
	}
	m.bad(l, "mail-line", message, hint)
	return false
}

// digit is the value of a digit of any script: those of one script stand in a row, from nought to nine.
func digit(r rune) int {
	if r >= 0x1d7ce && r <= 0x1d7ff { // five rows of them
		return int(r-0x1d7ce) % 10
	}
	n := 0
	for n < 9 && unicode.IsDigit(r-1) {
		r, n = r-1, n+1
	}
	return n
}

// languageName is one name of a language, in small letters.
type languageName struct{ name, tag string }

// languages lists the names by which the languages of the packets are known, the longest first.
func (m *mail) languages() []languageName {
	var out []languageName
	add := func(name, tag string) {
		name = strings.ToLower(colons(name))
		if name != "" && !slices.ContainsFunc(out, func(o languageName) bool { return o.name == name }) {
			out = append(out, languageName{name, tag})
		}
	}
	packets := m.a.Packets
	if len(packets) == 0 {
		n := &Numbers{}
		for _, l := range locales.Languages() {
			n.Languages = append(n.Languages, l.Tag)
		}
		packets = []*Numbers{n}
	}
	for _, p := range packets {
		for _, tag := range p.Languages {
			add(tag, tag)
			if l, ok := locales.Find(tag); ok {
				plain, _, _ := strings.Cut(l.English, " (")
				own, _, _ := strings.Cut(l.Name, " (")
				for _, n := range append([]string{l.English, l.Name, own}, l.Aliases...) {
					add(n, tag)
				}
				if plain != "Chinese" {
					add(plain, tag)
				}
				if base, _, cut := strings.Cut(tag, "-"); cut && base != "zh" {
					add(base, tag)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b languageName) int { return len(b.name) - len(a.name) })
	return out
}

// findLanguage finds the language whose name stands at the beginning of a text, and how many characters it has.
func findLanguage(all []languageName, s string) (tag string, n int) {
	low := strings.ToLower(s)
	for _, l := range all {
		if after, ok := strings.CutPrefix(low, l.name); ok {
			if r, _ := utf8.DecodeRuneInString(after); after == "" || !unicode.In(r, unicode.L, unicode.M, unicode.Nd) {
				return l.tag, utf8.RuneCountInString(l.name)
			}
		}
	}
	return "", 0
}

// isTag says whether a word with a hyphen begins the tag of a language.
func isTag(all []languageName, word string, rest []rune) bool {
	tag, n := findLanguage(all, word+string(rest))
	return tag != "" && n > utf8.RuneCountInString(word)
}

func (m *mail) languageNames() string {
	var out []string
	for _, p := range m.a.Packets {
		for _, l := range p.Languages {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return strings.Join(out, ", ")
}

// comment makes the comments of a line: one for each language.
func (m *mail) comment(l mailLine, h opening, said string) {
	said = source.NFC(oneLine(said))
	if h.is == Wording {
		said = unquote(said)
	}
	reviewer := m.reviewer
	if reviewer == "" {
		reviewer = m.only
	}
	if reviewer == "" {
		reviewer = m.a.Reviewer
	}
	on := m.on
	if on == 0 {
		on = m.a.On
	}
	switch {
	case said == "":
		m.bad(l, "mail-line", "Nothing is said behind the colon.", mailForm)
		return
	case utf8.RuneCountInString(said) > maxText:
		m.bad(l, "size", fmt.Sprintf("The comment has %d characters; there is room for %d.", utf8.RuneCountInString(said), maxText), "Say it in fewer words, or as two comments.")
		return
	case reviewer == "":
		m.bad(l, "mail-reviewer", "It is not said who the reviewer is.", "Write a line `reviewer: NAME` above the comments; a pseudonym is fine. Or give the name with --reviewer.")
		return
	}
	for _, lang := range h.languages {
		n, st, ok := m.statement(l, h.number, lang)
		if !ok {
			continue
		}
		if _, what, hint := textFault(lang, said, st.Text[lang]); what != "" {
			m.bad(l, "text", "In the comment stands "+what+".", hint)
			continue
		}
		m.back.Comments = append(m.back.Comments, Comment{Program: n.Program, Edition: n.Edition, Digest: n.Digest, Statement: st.Statement(), Number: st.Number, Language: lang, Is: h.is,
			Reviewer: reviewer, On: on, Was: st.Text[lang], Text: said, From: m.pos(l)})
	}
}

// statement finds what a number stands for. Where packets differ in it, it must be said which one was read.
func (m *mail) statement(l mailLine, number int, lang string) (n *Numbers, st Numbered, ok bool) {
	if len(m.packets) == 0 {
		if !slices.ContainsFunc(m.problems, func(p source.Problem) bool { return p.Code == "mail-edition" }) {
			m.bad(l, "mail-edition", "No packet was sent, so nobody knows what the number stands for.", "Send one first: fairnotice review send.")
		}
		return nil, st, false
	}
	last, missing := 0, ""
	for _, p := range m.packets {
		s, there := p.Of(number)
		if len(p.Statements) > 0 {
			last = max(last, p.Statements[len(p.Statements)-1].Number)
		}
		switch {
		case !there:
			continue
		case s.Text[lang] == "":
			missing = lang
		case !ok:
			n, st, ok = p, s, true
		case s.Statement() != st.Statement() || s.Text[lang] != st.Text[lang]:
			m.bad(l, "mail-edition", fmt.Sprintf("Statement %d is another one in edition %d than in edition %d.", number, n.Edition, p.Edition), "Say in a line of its own which packet was read. "+m.sent())
			return nil, st, false
		}
	}
	switch {
	case ok:
	case missing != "":
		m.bad(l, "mail-language", fmt.Sprintf("Statement %d is not in the language %s.", number, missing), "The packet is in "+m.languageNames()+".")
	default:
		m.bad(l, "mail-number", fmt.Sprintf("The packet has no statement %d.", number), fmt.Sprintf("Its numbers go from 1 to %d: look for the number that stands before the sentence.", last))
	}
	return n, st, ok
}

var quotePairs = []string{`""`, "''", "“”", "„“", "„”", "‘’", "«»", "»«", "‹›", "「」", "『』", "《》"}

// unquote takes the quotation marks away that stand around a whole proposal.
func unquote(s string) string {
	for _, q := range quotePairs {
		open, n := utf8.DecodeRuneInString(q)
		shut := q[n:]
		inner, ok := strings.CutPrefix(s, string(open))
		if in, both := strings.CutSuffix(inner, shut); ok && both && !strings.ContainsAny(in, q) {
			return strings.TrimSpace(in)
		}
	}
	return s
}
