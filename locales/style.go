package locales

import (
	"cmp"
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/BurntSushi/toml"
)

//go:embed style/*.toml
var styleFiles embed.FS

// MustNot is something that a notice may not say. Match is the words as they stand in the text; Say, in English and for the staff
// of an office, is what to write instead.
type MustNot struct {
	Code  string // N1 to N17, or "vague"
	Match string
	Say   string
}

// Class is what a sentence does: some words are wrong in one class only, such as never in a promise.
type Class string

const (
	Fact    Class = "fact"    // how things are
	Promise Class = "promise" // what the office says that it does or will do
	Action  Class = "action"  // what the reader can do
)

// ClassOf gives the class of a message, by the family of its id; "" for a heading, a label or a word of the page.
func ClassOf(id string) Class {
	family, rest, _ := strings.Cut(id, ".")
	switch family {
	case "says", "told":
		return Promise
	case "key":
		return map[bool]Class{true: Action, false: Fact}[strings.HasPrefix(rest, "lawyer")]
	case "do", "now", "tick", "neutral", "askback":
		return Action
	case "section", "group", "title", "ui", "language", "value", "item", "word", "span", "date":
		return ""
	}
	return Fact
}

// style is the content of style/<tag>.toml, which is specified in style/en.toml.
type style struct {
	Denies  []string  `toml:"denies"`
	MustNot []mustNot `toml:"must_not"`
	Term    []Term    `toml:"term"`

	denies []*regexp.Regexp
}

// Term is a word that must be said with the same words everywhere: what it is in one language. In English, Patterns tell which
// messages hold it; in another language, each translation of such a message holds one of Forms, compared without regard to capitals.
type Term struct {
	ID        string   `toml:"id"`
	Patterns  []string `toml:"patterns"`  // English only: RE2, without regard to capitals
	Except    []string `toml:"except"`    // English only: phrases in which the word means something else
	Explained []string `toml:"explained"` // English only: messages that explain it; one of them stands in the section where it is first used
	Forms     []string `toml:"forms"`     // whole words or their stems
	Otherwise []string `toml:"otherwise"` // messages whose translation rightly has another word

	patterns, except []*regexp.Regexp
	folded           []string // the forms
}

// Terms gives the termbase of a language, in the order of its file; nil if nobody has written one. The list belongs to the caller.
func Terms(tag string) []Term {
	l, ok := Find(tag)
	if !ok {
		return nil
	}
	s := styleOf(l.Tag)
	if s == nil {
		return nil
	}
	return slices.Clone(s.Term)
}

// TermsIn lists the terms that an English text holds.
func TermsIn(english string) []string {
	var out []string
	s := styleOf("en")
	if s == nil {
		return nil
	}
	for i := range s.Term {
		if s.Term[i].in(english) {
			out = append(out, s.Term[i].ID)
		}
	}
	return out
}

// in says whether an English text holds the term, outside of the phrases in which the word means something else.
func (t *Term) in(english string) bool {
	for _, re := range t.except {
		english = re.ReplaceAllString(english, " ")
	}
	return anyMatch(t.patterns, english)
}

// Said says whether a text holds one of the term's forms.
func (t *Term) Said(text string) bool {
	text = fold(text).text
	return slices.ContainsFunc(t.folded, func(f string) bool { return strings.Contains(text, f) })
}

type mustNot struct {
	Code     string   `toml:"code"`
	Class    Class    `toml:"class"`
	Say      string   `toml:"say"`
	Patterns []string `toml:"patterns"`
	Except   []string `toml:"except"`
	Unless   []string `toml:"unless"`
	Near     []string `toml:"unless_near"`

	patterns, except, unless, near []*regexp.Regexp
}

var styles sync.Map // tag -> func() *style

// styleOf reads the patterns of a language once. They are part of the program; a test reads them first.
func styleOf(tag string) *style {
	read, _ := styles.LoadOrStore(tag, sync.OnceValue(func() *style {
		data, err := styleFiles.ReadFile("style/" + tag + ".toml")
		if err != nil {
			return nil
		}
		l, _ := Find(tag)
		s, err := readStyle(l, data)
		if err != nil {
			panic(fmt.Errorf("style/%s.toml: %w", tag, err))
		}
		return s
	}))
	return read.(func() *style)()
}

func readStyle(l Language, data []byte) (*style, error) {
	var s style
	meta, err := toml.Decode(string(data), &s)
	if err != nil {
		return nil, err
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return nil, fmt.Errorf("%q is not a part of a must-not or a term", more[0].String())
	}
	for i := range s.Term {
		t := &s.Term[i]
		if t.ID == "" || l.Tag == "en" && len(t.Patterns) == 0 || l.Tag != "en" && len(t.Forms) == 0 {
			return nil, fmt.Errorf("term %d has no id, or nothing by which it is found", i+1)
		}
		for _, f := range t.Forms {
			t.folded = append(t.folded, fold(f).text)
		}
		for _, set := range []struct {
			from []string
			to   *[]*regexp.Regexp
		}{{t.Patterns, &t.patterns}, {t.Except, &t.except}} {
			for _, p := range set.from {
				re, err := regexp.Compile("(?i)" + p)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", t.ID, err)
				}
				*set.to = append(*set.to, re)
			}
		}
	}
	for _, p := range s.Denies {
		re, err := regexp.Compile(edges(l, fold(p).text))
		if err != nil {
			return nil, fmt.Errorf("denies: %w", err)
		}
		s.denies = append(s.denies, re)
	}
	for i := range s.MustNot {
		m := &s.MustNot[i]
		if m.Code == "" || m.Say == "" || len(m.Patterns) == 0 {
			return nil, fmt.Errorf("must-not %d has no code, no pattern or nothing to say instead", i+1)
		}
		if !slices.Contains([]Class{"", Fact, Promise, Action}, m.Class) {
			return nil, fmt.Errorf("%q is no class of sentences", m.Class)
		}
		for _, set := range []struct {
			from []string
			to   *[]*regexp.Regexp
		}{{m.Patterns, &m.patterns}, {m.Except, &m.except}, {m.Unless, &m.unless}, {m.Near, &m.near}} {
			for _, p := range set.from {
				re, err := regexp.Compile(edges(l, fold(p).text))
				if err != nil {
					return nil, fmt.Errorf("%s: %w", m.Code, err)
				}
				*set.to = append(*set.to, re)
			}
		}
	}
	return &s, nil
}

// edges gives the \b at both ends of a pattern its meaning in languages that RE2 has none for: its own knows the letters a to z
// only, which is enough for English and Spanish without their accents. A \b inside of a pattern of another language has no meaning,
// and is left out. Before an Arabic word, the small words that are written together with it are let through, and after it the alif of
// an ending.
func edges(l Language, p string) string {
	if l.Tag == "en" || l.Tag == "es" {
		return p
	}
	before, after := `(?:^|[^\p{L}\p{M}\p{N}])`, `(?:$|[^\p{L}\p{M}\p{N}])`
	if l.Tag == "ar" {
		before += `[وف]?[بلكس]?(?:ال|ل)?`
		after = `ا?` + after
	}
	start, end := strings.HasPrefix(p, `\b`), strings.HasSuffix(p, `\b`)
	p = "(?:" + strings.ReplaceAll(p, `\b`, "") + ")"
	if start {
		p = before + p
	}
	if end {
		p += after
	}
	return p
}

// MustNots lists what a text says in a language and may not say, in the order of the text. Accents, vowel signs, the shape of
// quotation marks and the size of letters do not matter. For a language without patterns it says so, once: silence would be
// taken for consent.
//
// What is wrong in one class of sentences only is looked for by MustNotsIn.
func MustNots(tag, text string) []MustNot { return MustNotsIn(tag, "", text) }

// MustNotsIn is MustNots for a sentence whose class is known.
func MustNotsIn(tag string, class Class, text string) []MustNot {
	l, ok := Find(tag)
	var s *style
	if ok {
		s = styleOf(l.Tag)
	}
	if s == nil {
		return []MustNot{{Code: "language", Say: fmt.Sprintf("Nobody has written down yet what may not be said in %q. A person who reads it must judge.", tag)}}
	}
	return s.judge(class, text)
}

// MustNotsAndWaived is MustNotsIn, and beside it what a rule would find but for the phrases and words that the rule itself lets stand: who
// reviews a notice sees where a must-not was near, and can say whether it was rightly let go.
func MustNotsAndWaived(tag string, class Class, text string) (found, waived []MustNot) {
	l, ok := Find(tag)
	if !ok || styleOf(l.Tag) == nil {
		return MustNotsIn(tag, class, text), nil
	}
	return styleOf(l.Tag).look(class, text)
}

type found struct {
	from, to int // in the folded text
	MustNot
}

func (s *style) judge(class Class, text string) []MustNot {
	list, _ := s.look(class, text)
	return list
}

// look lists what the rules find, and what their patterns match and they let stand.
func (s *style) look(class Class, text string) (list, waived []MustNot) {
	f := fold(text)
	ends := sentences(f.text)
	var all, let []found
	for i := range s.MustNot {
		m := &s.MustNot[i]
		if m.Class != "" && m.Class != class {
			continue
		}
		from, near, looked := 0, false, false
		for _, to := range ends {
			sentence, base := f.text[from:to], from
			from = to
			right, judged := false, false
			for _, re := range m.patterns {
				for _, at := range re.FindAllStringIndex(sentence, -1) {
					if !looked { // most patterns match nothing, so what lets them stand is looked for late
						looked, near = true, anyMatch(m.near, f.text)
					}
					if !judged {
						judged, right = true, near || anyMatch(m.unless, sentence)
					}
					at[0], at[1] = trim(sentence, at[0], at[1])
					if at[0] >= at[1] {
						continue
					}
					a, b := base+at[0], base+at[1]
					one := found{a, b, MustNot{Code: m.Code, Match: f.original(text, a, b), Say: m.Say}}
					if right || covered(m.except, sentence, at) {
						let = append(let, one)
					} else {
						all = append(all, one)
					}
				}
			}
		}
	}
	return outermost(all), outermost(let)
}

// outermost puts what was found into the order of the text. Of matches that lie inside one another, the first rule's longest says it all.
func outermost(all []found) []MustNot {
	var out []found
	for _, a := range all {
		inside := func(b found) bool { return b.from <= a.from && a.to <= b.to }
		if slices.ContainsFunc(out, inside) {
			continue
		}
		out = slices.DeleteFunc(out, func(b found) bool { return b.Code == a.Code && a.from <= b.from && b.to <= a.to })
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b found) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	list := make([]MustNot, len(out))
	for i, o := range out {
		list[i] = o.MustNot
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

func anyMatch(res []*regexp.Regexp, s string) bool {
	return slices.ContainsFunc(res, func(re *regexp.Regexp) bool { return re.MatchString(s) })
}

// covered says that the words stand inside a phrase in which they may.
func covered(res []*regexp.Regexp, s string, at []int) bool {
	for _, re := range res {
		for _, e := range re.FindAllStringIndex(s, -1) {
			if e[0] <= at[0] && at[1] <= e[1] {
				return true
			}
		}
	}
	return false
}

// trim takes what is no letter and no digit from both ends of s[from:to].
func trim(s string, from, to int) (int, int) {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '%' }
	if i := strings.IndexFunc(s[from:to], word); i >= 0 {
		from += i
	} else {
		return from, from
	}
	for to > from {
		r := []rune(s[from:to])
		if word(r[len(r)-1]) {
			break
		}
		to -= len(string(r[len(r)-1]))
	}
	return from, to
}

// sentences gives the end of each sentence.
func sentences(s string) []int {
	var out []int
	end := false
	for i, r := range s {
		switch {
		case r == '\n':
			out, end = append(out, i+1), false
		case strings.ContainsRune("。！？", r): // no space follows
			out, end = append(out, i+len(string(r))), false
		case strings.ContainsRune(".!?؟۔।", r):
			end = true
		case end && unicode.IsSpace(r):
			out, end = append(out, i+1), false
		case !strings.ContainsRune(`"')]»`, r):
			end = false
		}
	}
	if len(out) == 0 || out[len(out)-1] < len(s) {
		out = append(out, len(s))
	}
	return out
}

// folded is a text without what does not matter when words are compared, and where each of its bytes comes from.
type folded struct {
	text string
	from []int
}

func (f folded) original(text string, a, b int) string {
	end := len(text)
	if b < len(f.from) {
		end = f.from[b]
	}
	return strings.TrimSpace(text[f.from[a]:end])
}

// fold takes accents (but not the tilde of ñ) and vowel signs off, makes the shapes of one letter and of quotation marks the
// same, large letters small, and runs of spaces one space. Patterns are folded like the texts that they are held against; the
// letter after a backslash, which is a sign of theirs, stays as it is.
func fold(s string) folded {
	var b strings.Builder
	b.Grow(len(s))
	from := make([]int, 0, len(s))
	space, escaped := false, false
	for i, r := range s {
		switch {
		case r == 'ـ' || r >= 0x64b && r <= 0x65f || r == 0x670 || r >= 0x300 && r <= 0x36f || r == 0xad || r == 0x200b:
			continue
		case r != '\n' && unicode.IsSpace(r):
			if space {
				continue
			}
			r = ' '
		default:
			if !escaped {
				r = unicode.ToLower(r)
			}
			if to, ok := alike[r]; ok {
				r = to
			}
		}
		escaped = r == '\\'
		space = r == ' '
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			from = append(from, i)
		}
	}
	return folded{b.String(), from}
}

// alike are letters and marks that people write in several ways.
var alike = func() map[rune]rune {
	m := map[rune]rune{}
	for _, s := range []string{"aáàâä", "eéèêë", "iíìîï", "oóòôö", "uúùûü",
		"'’‘ʼ`´", `"“”„«»`, "-‐‑–—", "اأإآٱ", "يى", "هة"} {
		r := []rune(s)
		for _, o := range r[1:] {
			m[o] = r[0]
		}
	}
	return m
}()
