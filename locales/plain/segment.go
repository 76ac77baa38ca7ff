package plain

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"
)

// wordsOf gives the words of a text by Unicode's rules (UAX #29): what holds a letter or a digit. A hyphen between two words makes
// them one, as people count.
func wordsOf(text string) []string {
	out := make([]string, 0, len(text)/5+1)
	it := words.FromString(text)
	from, end, joined := 0, -1, false // of the last word; whether a hyphen stands right behind it
	for it.Next() {
		w := it.Value()
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case strings.ContainsFunc(w, isWordRune):
			if joined && it.Start() == end+1 {
				out[len(out)-1] = text[from:it.End()]
			} else {
				out = append(out, w)
				from = it.Start()
			}
			end, joined = it.End(), false
		case (r == '-' || r == '‐' || r == '‑') && len(w) == utf8.RuneLen(r) && it.Start() == end && len(out) > 0:
			end, joined = it.End()-1, true
		default:
			joined = false
		}
	}
	return out
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// characters counts what a reader of Chinese counts: letters of any kind and digits, no marks.
func characters(text string) int {
	n := 0
	for _, r := range text {
		if isWordRune(r) {
			n++
		}
	}
	return n
}

// split cuts a text where sentences end by Unicode's rules, and also where a small letter stands after a full stop and a blank, for
// a full stop is one. After an abbreviation of the language it does not cut.
func split(l *lexicon, text string) []string {
	var out []string
	open, joined := false, 0 // the last one ended in an abbreviation; how often in a row
	it := sentences.FromString(text)
	for it.Next() {
		for _, s := range apart(it.Value()) {
			if s = strings.TrimSpace(s); s == "" {
				continue
			}
			if len(out) > 0 && joined < mostJoined && (open || !strings.ContainsFunc(s, isWordRune)) {
				out[len(out)-1] += " " + s
				joined++
			} else {
				out = append(out, s)
				joined = 0
			}
			open = l.abbreviated(out[len(out)-1])
		}
	}
	return out
}

// apart cuts at ". x".
func apart(s string) []string {
	var out []string
	from, stop := 0, false
	for i, r := range s {
		switch {
		case r == '.' || r == '!' || r == '?':
			stop = true
		case stop && unicode.IsSpace(r):
			out, from, stop = append(out, s[from:i]), i, false
		case !strings.ContainsRune(`"”’)]`, r):
			stop = false
		}
	}
	return append(out, s[from:])
}

// ending says how a sentence ends: '.', '?', '!', ':' or 0 where nothing ends it. Closing quotation marks and brackets do not count.
func ending(s string) rune {
	s = strings.TrimRight(s, "\"”’»)]'」』） ")
	r, _ := utf8.DecodeLastRuneInString(s)
	switch r {
	case '.', '。', '।', '۔', '…', ';':
		return '.'
	case '?', '؟', '？':
		return '?'
	case '!', '！':
		return '!'
	case ':', '：':
		return ':'
	}
	return 0
}

// kind is what a piece of a text is.
type kind int8

const (
	whole  kind = iota // a sentence
	leadIn             // a sentence that ends in a colon: a list or a value follows
	label              // words before a colon that are no sentence: "Phone:"
	value              // what stands after a colon or in a list and is no sentence
	title              // a heading
)

// piece is a stretch of a free text.
type piece struct {
	kind    kind
	text    string
	heading string
	line    int // from 1
	list    int // values that follow a lead-in, in a list
	beside  string
}

// pieces reads a free text: plain text, as a person types it or as `show --as text` prints it. Blank lines part paragraphs; a line is
// the going on of the one before it where it could not have stood on it; a line that is underlined, or that is short, stands alone and
// ends in nothing, is a heading; a line that begins with a dash, a star, a dot or a number and a bracket is an entry of a list.
func pieces(l *lexicon, text string) []piece {
	text = strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(text, "\n")
	widest := 0
	for i, s := range lines {
		lines[i] = strings.TrimRightFunc(s, unicode.IsSpace)
		if n := utf8.RuneCountInString(lines[i]); n <= 100 && strings.Contains(strings.TrimSpace(lines[i]), " ") {
			widest = max(widest, n)
		}
	}
	type block struct {
		text string
		line int
		item bool
		head bool
	}
	var blocks []block
	open := false // a line may go on the last block
	last := ""
	for i, raw := range lines {
		s := strings.TrimSpace(raw)
		switch {
		case s == "":
			open = false
			continue
		case underline(s):
			if open && len(blocks) > 0 {
				blocks[len(blocks)-1].head = true
			}
			open = false
			continue
		}
		entry, item := listed(s)
		head := strings.HasPrefix(s, "#")
		if head {
			entry, item = strings.TrimSpace(strings.TrimLeft(s, "#")), false
		}
		first, _, _ := strings.Cut(s, " ")
		r, _ := utf8.DecodeRuneInString(s)
		fits := utf8.RuneCountInString(last)+1+utf8.RuneCountInString(first) <= max(widest, 60)
		if open && !item && !head && (!fits || unicode.IsLower(r)) && len(blocks[len(blocks)-1].text) < mostBlock {
			b := &blocks[len(blocks)-1]
			b.text += " " + s
		} else {
			blocks = append(blocks, block{text: entry, line: i + 1, item: item, head: head})
		}
		open, last = !head, raw
	}
	var out []piece
	heading := ""
	lead := -1 // the lead-in whose list is being read
	for i, b := range blocks {
		alone := !b.item && i+1 < len(blocks) && ending(b.text) != ':' && ending(b.text) != '.' && ending(b.text) != '!' &&
			len(wordsOf(b.text)) <= 10 && !strings.Contains(b.text, ": ")
		if alone && ending(b.text) != '?' && l.dated(b.text) {
			alone = false
		}
		if b.head || alone {
			heading, lead = b.text, -1
			out = append(out, piece{kind: title, text: b.text, heading: heading, line: b.line})
			continue
		}
		if b.item && lead >= 0 {
			out[lead].list++
			out[lead].besides(" · " + b.text)
			if ending(b.text) == 0 && (len(wordsOf(b.text)) <= mostWords || l.sees && !slices.ContainsFunc(split(l, b.text), l.sentence)) {
				out = append(out, piece{kind: value, text: b.text, heading: heading, line: b.line})
				continue
			}
		} else if !b.item {
			lead = -1
		}
		at := len(out)
		for _, p := range l.parts(b.text) {
			p.heading, p.line = heading, b.line
			out = append(out, p)
		}
		for i := at; !b.item && i < len(out); i++ {
			if out[i].kind == leadIn || out[i].kind == label {
				lead = i
			}
		}
	}
	return out
}

// parts cuts a paragraph into sentences, lead-ins and values. A colon leads in where a capital letter, a digit or an address follows,
// or where the sentence ends in nothing. What stands behind it is a value, up to the next sentence.
func (l *lexicon) parts(text string) []piece {
	var out []piece
	behind := -1 // the lead-in or label whose value goes on
	for _, s := range split(l, text) {
		stands := ending(s) != 0 && ending(s) != ':' && l.sentence(s)
		if behind >= 0 && !stands {
			out[behind].besides(" " + s)
			continue
		}
		behind = -1
		for range mostColons {
			head, tail, ok := leads(s)
			if !ok {
				break
			}
			out = append(out, l.piece(head))
			if ending(tail) == 0 || !l.sentence(tail) {
				behind = len(out) - 1
				out[behind].besides(" " + tail)
				s = ""
				break
			}
			s = tail
		}
		if s != "" {
			out = append(out, l.piece(s))
		}
	}
	return out
}

const (
	mostColons = 4       // of one sentence that lead in
	mostBeside = 4 << 10 // bytes of values that are searched for facts
	mostBlock  = 8 << 10 // bytes of a paragraph of many lines; what is longer is several
	mostJoined = 32      // abbreviations in a sentence
)

func (p *piece) besides(s string) {
	if len(p.beside)+len(s) <= mostBeside {
		p.beside += s
	}
}

// leads cuts a sentence behind a colon that leads in to something.
func leads(s string) (head, tail string, ok bool) {
	none := ending(s) == 0
	for at := 0; ; {
		i := strings.Index(s[at:], ": ")
		if i < 0 {
			return "", "", false
		}
		at += i + 2
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[at:], "“\"'( "))
		if none || !unicode.IsLower(r) {
			return s[:at-1], strings.TrimSpace(s[at:]), strings.TrimSpace(s[at:]) != ""
		}
	}
}

// piece says what one sentence is.
func (l *lexicon) piece(s string) piece {
	p := piece{text: s}
	switch end := ending(s); {
	case end == ':':
		p.kind = leadIn
		if short(s) && !l.sentence(s) {
			p.kind = label
		}
	case end == 0 && !l.sentence(s):
		p.kind = value
	case end == '?' && len(wordsOf(s)) <= 4 && !l.sentence(s):
		p.kind = title // Questions?
	}
	return p
}

// short says of a lead-in that it may be a label: a few words that name what follows.
func short(s string) bool { return len(wordsOf(s)) <= 7 }

// underline says whether a line is nothing but the line under a heading.
func underline(s string) bool {
	return len(s) >= 3 && (strings.Trim(s, "=") == "" || strings.Trim(s, "-") == "" || strings.Trim(s, "_") == "" || strings.Trim(s, "*") == "")
}

// listed takes the mark of an entry off.
func listed(s string) (string, bool) {
	for _, m := range []string{"- ", "* ", "• ", "– ", "· ", "o "} {
		if t, ok := strings.CutPrefix(s, m); ok {
			return strings.TrimSpace(t), true
		}
	}
	n := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if n > 0 && n < 3 && len(s) > n+2 && (s[n] == '.' || s[n] == ')') && s[n+1] == ' ' {
		return strings.TrimSpace(s[n+2:]), true
	}
	return s, false
}
