package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// CheckText judges text that people will read, after every escape in it was resolved. It gives the first character that may not
// stand there, and says in plain words what it is; what is "" if the text is good. It refuses what changes the direction of the text
// or the order of its numbers, what nobody can see, what strikes letters out or hides them, what is dressed up as another letter or
// digit, words whose letters come from two alphabets or whose every letter is of another alphabet than it seems, digits that belong to
// another script than the words, letters stored in two pieces where one exists (text that is not in Unicode's form NFC), and addresses
// that no reader should follow ([CheckAddress]). A line feed is allowed, a tab is not. Where the language of the text is known,
// [CheckTextIn] sees more.
//
// Every reader of something that came from outside calls one of these two, or [TextFault], on the values that it decoded.
func CheckText(s string) (bad rune, what string) { return CheckTextIn("", s) }

// CheckTextIn is CheckText for a text in a language. same are the texts that say the same in other languages: a name that stands there
// too may stand in this one. It takes Cyrillic words in a text in Ukrainian for what they are, and refuses text in one language that is
// written in the letters of another.
func CheckTextIn(tag, s string, same ...string) (bad rune, what string) {
	f := judge(tag, s, same, true)
	return f.bad, f.what
}

// TextFault is CheckTextIn in one phrase, with the number of the character in brackets, and says what to write instead; both are ""
// if the text is good.
func TextFault(tag, s string, same ...string) (what, hint string) {
	f := judge(tag, s, same, true)
	return f.String(), f.hint
}

// textFault is what is wrong with a text; the zero value is nothing.
type textFault struct {
	bad        rune // the character, or the first one of what is wrong
	what, hint string
	one        bool // it is this character, and not what begins with it
}

func (f textFault) String() string {
	if f.one {
		return f.what + " (" + named(f.bad) + ")"
	}
	return f.what
}

func judge(tag, s string, same []string, addresses bool) textFault {
	if longBlank(s) {
		return textFault{bad: ' ', what: "a long blank, which pushes what follows out of sight", hint: "Write one space, or one empty line."}
	}
	own := scriptsOf(tag)
	if !plainASCII(s) || own != nil && own[0] != "Latin" && strings.ContainsFunc(s, unicode.IsLetter) {
		w := reading{own: own, same: same, text: s}
		bad, what := w.read()
		if what == "" && !norm.NFC.IsNormalString(s) {
			bad, what = unjoined(s), "a letter that is stored in two pieces"
		}
		if what != "" {
			return textFault{bad, what, textHint(bad, what), true}
		}
	}
	if !addresses {
		return textFault{}
	}
	bad, what, hint := hostileAddress(s)
	return textFault{bad, what, hint, false}
}

// unjoined gives the first character that a text in Unicode's form NFC would not have.
func unjoined(s string) rune {
	whole := []rune(norm.NFC.String(s))
	pieces := []rune(s)
	for i, r := range pieces {
		if i < len(whole) && whole[i] == r {
			continue
		}
		if i+1 < len(pieces) && unicode.Is(unicode.M, pieces[i+1]) {
			r = pieces[i+1]
		}
		return r
	}
	return whole[len(whole)-1]
}

// reading goes through a text once, from character to character and from word to word.
type reading struct {
	text string
	own  []string // the scripts of its language; nil if that is not known
	same []string

	latin, foreign, mine int            // letters: Latin ones, of other scripts than the language's, of its own
	distinct             map[string]int // by script: letters that look like no Latin one
	heads                [4]head        // words that are judged when all of the text is known
	count                int
	digits               rune // the nought of the first digits that are not 0-9, and what script is theirs
}

// head is a word of which every letter looks like one of another script.
type head struct {
	word   string
	first  rune
	script string
}

const (
	otherLetters  = "words in the letters of another language"
	alphabetFault = "a letter of another alphabet inside a word"
	imitation     = "a word whose letters are all of another alphabet than they seem"
)

func (w *reading) read() (bad rune, what string) {
	var (
		prev, mark, base rune   // base: the character on which marks sit
		marks            int    // how many do
		word             = -1   // where the word began
		system           rune   // of the digits of this number
		rtl, strong      bool   // the last letter was of a script from right to left; there was a letter
		ltr              = true // the text as a whole begins from left to right
	)
	if w.own != nil {
		ltr, strong = !rightToLeft(w.own[0]), true
	}
	for i, r := range w.text {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(w.text[i:]); n == 1 {
				return r, "a broken character"
			}
		}
		if size < 0 {
			size = 3
		}
		next, _ := utf8.DecodeRuneInString(w.text[i+size:])
		if what := fault(prev, r, next); what != "" {
			return r, what
		}
		if r == '\t' {
			return r, "a tab"
		}
		if r >= 0x17f {
			if what := costumeOf(r); what != "" {
				return r, what
			}
			if r == 0x2044 && (zero(prev) == 0 || zero(next) == 0) {
				return r, "a slash that is not the ordinary one"
			}
		}
		isMark := r >= 0x300 && unicode.Is(unicode.M, r)
		switch {
		case isMark:
			if what := w.sits(base, mark, r, &marks); what != "" {
				return r, what
			}
			mark = r
		default:
			base, mark, marks = r, 0, 0
		}
		switch letter := unicode.IsLetter(r); {
		case letter:
			if word < 0 {
				word = i
			}
			if script := scriptOf(r); script != "" {
				rtl = rightToLeft(script)
				if !strong {
					strong, ltr = true, !rtl
				}
			}
		case !isMark && r != 0x200c && r != 0x200d:
			if word >= 0 {
				if bad, what := w.word(w.text[word:i]); what != "" {
					return bad, what
				}
				word = -1
			}
		}
		z := zero(r)
		switch {
		case z != 0:
			if system != 0 && system != z {
				return r, "a digit of another script inside a number"
			}
			system = z
			if z != '0' {
				w.digits = r
			}
			if rtl && ltr && z == '0' {
				return r, "a number after a word that is written from right to left, which changes its place on the screen"
			}
		case !strings.ContainsRune(".,:/-'’٫٬", r):
			system = 0
		}
		prev = r
	}
	if word >= 0 {
		if bad, what := w.word(w.text[word:]); what != "" {
			return bad, what
		}
	}
	return w.whole()
}

// sits judges a mark by what it sits on.
func (w *reading) sits(base, before, r rune, marks *int) string {
	*marks++
	script := scriptOf(r)
	on := scriptOf(base)
	switch {
	case r == 0xfe0f || r == 0x20e3:
		return ""
	case before == r && script == "":
		return "a letter with a pile of accents"
	case *marks > 6 || *marks > 3 && (on == "Latin" || on == "Cyrillic" || on == "Greek"):
		return "a letter with a pile of accents"
	case base == 0 || !unicode.IsLetter(base) && script == "" && !unicode.Is(unicode.M, base) && base != 0x25cc:
		return "a mark that sits on no letter"
	case script != "" && on != "" && script != on:
		return "a mark of another script on a letter"
	}
	return ""
}

// word judges one word: letters and their marks.
func (w *reading) word(s string) (bad rune, what string) {
	var (
		script, odd          string // the script of the word beside Latin, and another one
		first, firstOdd      rune
		latin, same, letters int // same: letters that look like a Latin one, or Latin ones that look Cyrillic
		latinSame            int
		firstLatin           rune
	)
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		k := scriptOf(r)
		if k == "" {
			continue
		}
		letters++
		if k == "Latin" {
			if latin++; firstLatin == 0 {
				firstLatin = r
			}
			if r < 0x80 && strings.IndexByte(alikeLatin, byte(r)) >= 0 {
				latinSame++
			}
			continue
		}
		if script == "" {
			script, first = k, r
			if !slices.Contains(withLatin, k) && !slices.Contains(living, k) {
				return r, "a letter of a script in which nobody writes today"
			}
		} else if script != k && !(slices.Contains(cjk, script) && slices.Contains(cjk, k)) {
			odd, firstOdd = k, r
		}
		if strings.ContainsRune(alike[k], r) {
			same++
		} else if alike[k] != "" {
			if w.distinct == nil {
				w.distinct = map[string]int{}
			}
			w.distinct[k]++
		}
	}
	other := letters - latin
	switch {
	case odd != "":
		return firstOdd, alphabetFault
	case latin > 0 && other > 0 && (!slices.Contains(withLatin, script) || same == other && alike[script] != "" || w.own != nil && w.own[0] == "Latin"):
		return first, alphabetFault
	case other > 0 && same == other:
		w.keep(head{s, first, script})
	case latin > 0 && latinSame == latin && other == 0:
		w.keep(head{s, firstLatin, "Latin"})
	}
	w.latin += latin
	switch {
	case other == 0 || letters == 1 && script == "Greek": // a letter as a sign: β
	case slices.Contains(w.own, script):
		w.mine += other
	default:
		w.foreign += other
	}
	return 0, ""
}

// keep remembers a word that may be an imitation; of many, a few are enough.
func (w *reading) keep(h head) {
	if h.script == "Latin" {
		if !imitatesCyrillic(h.word) {
			return
		}
		for _, s := range w.same {
			if slices.Contains(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }), h.word) {
				return
			}
		}
	}
	for i := range w.count {
		if w.heads[i].script == h.script {
			return // one of each script
		}
	}
	if w.count < len(w.heads) {
		w.heads[w.count] = h
		w.count++
	}
}

// imitatesCyrillic says of a word of Latin letters that all look Cyrillic or Greek whether nobody would write it in earnest in a text in
// such letters. Abbreviations, Roman numbers and the letters that count things are written there: ICE, XI, A. What would say no is not.
func imitatesCyrillic(word string) bool {
	switch word {
	case "HE", "HI", "HET", "Box":
		return word != "Box"
	}
	return strings.ToUpper(word) != word
}

// whole judges what can only be seen once all of the text is known.
func (w *reading) whole() (bad rune, what string) {
	for _, h := range w.heads[:w.count] {
		if h.script == "Latin" {
			cyrillic := (slices.Contains(w.own, "Cyrillic") || slices.Contains(w.own, "Greek")) && !slices.Contains(w.own, "Latin") || w.own == nil && max(w.distinct["Cyrillic"], w.distinct["Greek"]) > w.latin
			if cyrillic {
				return h.first, imitation
			}
			continue
		}
		if h.script == "Greek" && utf8.RuneCountInString(h.word) == 1 && h.first >= 'α' && h.first != 'ο' {
			continue // a letter as a sign: α
		}
		if w.own != nil && !slices.Contains(w.own, h.script) || w.own == nil && (w.distinct[h.script] == 0 && !slices.Contains(withLatin, h.script) || w.latin > 3*w.distinct[h.script]) {
			return h.first, imitation
		}
	}
	if w.digits != 0 {
		home := digitScript(zero(w.digits))
		if w.own != nil && !slices.Contains(w.own, home) || w.own == nil && !w.has(home) {
			return w.digits, "a digit of another script than the words"
		}
	}
	if w.own != nil && w.foreign > w.mine+w.latin && !slices.Contains(w.same, w.text) {
		for _, r := range w.text {
			if k := scriptOf(r); unicode.IsLetter(r) && k != "" && k != "Latin" && !slices.Contains(w.own, k) {
				return r, otherLetters
			}
		}
	}
	return 0, ""
}

// has says whether letters of a script stand in the text.
func (w *reading) has(script string) bool {
	return strings.ContainsFunc(w.text, func(r rune) bool { return unicode.IsLetter(r) && scriptOf(r) == script })
}

// longBlank finds blanks that push what follows out of sight.
func longBlank(s string) bool {
	return len(s) > 12 && (strings.Contains(s, "            ") || strings.Contains(s, "\n\n\n\n")) || strings.Contains(s, "\u00a0\u00a0\u00a0\u00a0")
}

// NFC gives a text with letters that are stored in two pieces put together: Unicode's form NFC.
func NFC(s string) string { return norm.NFC.String(s) }

// plainASCII is the fast path: printable ASCII and line feeds only.
func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < ' ' && c != '\n') || c >= 0x7f {
			return false
		}
	}
	return true
}

// joining are the scripts in which U+200C and U+200D change how words are written.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati,
	unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
}

func joins(r rune) bool {
	return r > 0x600 && unicode.In(r, joining...) && (unicode.IsLetter(r) || unicode.Is(unicode.M, r))
}

// fault says what is wrong with a character that may stand nowhere in a file, not even in a comment; "" if nothing is.
// Tabs and the ends of lines are for the caller to judge.
func fault(prev, r, next rune) string {
	if r >= ' ' && r < 0x7f || r == '\n' || r == '\t' {
		return ""
	}
	switch {
	case direction(r):
		return "an invisible character that turns the direction of the text around"
	case r == 0x2028 || r == 0x2029 || r == 0x85:
		return "an unusual end of a line"
	case r == 0x200c || r == 0x200d:
		if joins(prev) && joins(next) {
			return ""
		}
		return "an invisible character (a joiner)"
	case r == 0xfe0f && unicode.In(prev, unicode.So, unicode.Sm):
		return ""
	case r >= 0xe0000 && r <= 0xe007f:
		return "an invisible character (a tag)"
	case r == 0x200b || r == 0x2060 || r == 0xfeff:
		return "an invisible space of no width"
	case r == 0xad:
		return "an invisible hyphen"
	case r == 0x34f || r == 0x180e || r >= 0x180b && r <= 0x180f || r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef:
		return "an invisible character"
	case r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0 || r == 0x2800 || r == 0x1680 || r == 0x1d159:
		return "a blank that is not a space"
	case r == 0x17b4 || r == 0x17b5 || r == 0x2065 || r >= 0xfff0 && r <= 0xfff8 || r > 0xe007f && r <= 0xe0fff:
		return "an invisible character"
	case r == 0xfffc || r == utf8.RuneError:
		return "a sign that stands for something that was lost"
	case r >= 0x334 && r <= 0x338 || r >= 0x20d2 && r <= 0x20e0 && r != 0x20db && r != 0x20dc || r >= 0x20e4 && r <= 0x20eb || r == 0x488 || r == 0x489 || r >= 0xa670 && r <= 0xa672:
		return "a mark that strikes out the letter before it"
	case unicode.Is(unicode.Cc, r):
		return "a control character"
	case unicode.Is(unicode.Cf, r) && !(r >= 0x600 && r <= 0x605 || r == 0x6dd || r == 0x70f || r == 0x8e2 || r == 0x890 || r == 0x891):
		return "an invisible character"
	case unicode.Is(unicode.Co, r):
		return "a character that only some computers can show"
	case r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe:
		return "a code that is no character"
	}
	return ""
}

// direction tells the characters that Unicode gives for changing the direction of text.
func direction(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c
}

// textHint says what to do about what CheckText found.
func textHint(bad rune, what string) string {
	switch {
	case strings.Contains(what, "two pieces"):
		return "Type the word again on the keyboard; it was probably copied from a PDF or from a Mac. (It must be in Unicode form NFC.)"
	case what == imitation:
		return "Type the word again, in the letters of the words around it. A name that is written in other letters must stand in the English text too."
	case strings.Contains(what, "alphabet"):
		return "Type the word again, with letters of one alphabet."
	case strings.Contains(what, "another language"):
		return "Write the words in the language that stands before them, or correct the language."
	case strings.Contains(what, "digit"):
		return "Type the number again, with the digits 0 to 9."
	case strings.Contains(what, "right to left"):
		return "Write the number before that word, or put an ordinary word between them."
	case costumeOf(bad) != "" || strings.Contains(what, "slash"):
		return "Type it again on the keyboard, with ordinary letters, digits and signs; such characters come along when text is copied from a PDF or made by a web page."
	case bad == '\t':
		return "Write a space instead."
	}
	return "Delete it and type the words around it again; such characters come along when text is copied from a web page, a PDF or Word."
}

// placeholder tells words that stand for an answer that somebody meant to write later.
func placeholder(s string) bool {
	s = strings.ToLower(strings.Trim(s, " \n.:!<>[](){}"))
	if strings.Trim(s, "?") == "" || strings.Trim(s, "…") == "" || strings.Trim(s, "_") == "" || len(s) > 2 && strings.Trim(s, "x") == "" {
		return true
	}
	switch first, _, _ := strings.Cut(s, " "); strings.TrimRight(first, ":,-") {
	case "todo", "tbd", "tbc", "fixme", "lorem":
		return true
	}
	return strings.HasPrefix(s, "to be determined") || strings.HasPrefix(s, "to be confirmed") || s == "placeholder"
}

// curly gives a value without the curly quotes that a word processor put around it, and whether there were any.
func curly(s string) (string, bool) {
	const quotes = "“”„‟‘’‚‛"
	switch open, shut := strings.ContainsAny(s, "“„‟"), strings.ContainsRune(s, '”'); {
	case open && !shut && (strings.HasPrefix(s, "“") && strings.Count(s, "“") == 1 || strings.HasPrefix(s, "„") && !strings.Contains(s, "“")):
		return strings.Trim(s, "“„‟"), true // the other one was cut off, perhaps by a comma
	case shut && !open && strings.HasSuffix(s, "”"):
		return strings.Trim(s, "”"), true
	}
	first, n := utf8.DecodeRuneInString(s)
	last, m := utf8.DecodeLastRuneInString(s)
	if len(s) < n+m || !strings.ContainsRune(quotes+`"'`, first) || !strings.ContainsRune(quotes+`"'`, last) {
		return s, false
	}
	if !strings.ContainsRune(quotes, first) && !strings.ContainsRune(quotes, last) {
		return s, false
	}
	in := s[n : len(s)-m]
	if strings.ContainsAny(in, "“”„‟") {
		return s, false // the quotes belong to the words: “this” and “that”
	}
	return in, true
}

// quote shows a piece of the file inside a sentence: on one line, short, and with nothing in it that could act on a screen.
func quote(s string) string {
	const most = 60
	s = strings.TrimRight(s, "\n")
	n := 0
	for i := range s {
		if n++; n == most && utf8.RuneCountInString(s[i:min(len(s), i+8)]) > 1 {
			return `"` + visible(s[:i]) + `…"`
		}
	}
	return `"` + visible(s) + `"`
}

// visible replaces what cannot be shown safely.
func visible(s string) string {
	if plainASCII(s) && !strings.Contains(s, "\n") {
		return s
	}
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		var prev, next rune
		if i > 0 {
			prev = runes[i-1]
		}
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		switch {
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		case fault(prev, r, next) != "":
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// named writes the number of a character, as Unicode's tables give it.
func named(r rune) string { return fmt.Sprintf("U+%04X", r) }
