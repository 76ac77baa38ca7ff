package plain

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

//go:embed data/*.txt
var dataFiles embed.FS

// sections is a data file: what stands below each [name]. Lines that begin with # are notes; blanks around lines do not count.
type sections map[string][]string

func readSections(text string) (sections, error) {
	out, name := sections{}, ""
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && !strings.ContainsAny(line, " \\"):
			name = line[1 : len(line)-1]
			if _, twice := out[name]; twice {
				return nil, fmt.Errorf("line %d: [%s] stands here twice", i+1, name)
			}
			out[name] = nil
		case name == "":
			return nil, fmt.Errorf("line %d stands before the first [name]", i+1)
		default:
			out[name] = append(out[name], line)
		}
	}
	return out, nil
}

func (s sections) words(name string) []string {
	var out []string
	for _, line := range s[name] {
		out = append(out, strings.Fields(line)...)
	}
	return out
}

func (s sections) set(name string) map[string]bool {
	out := map[string]bool{}
	for _, w := range s.words(name) {
		out[w] = true
	}
	return out
}

func (s sections) pairs(name string, each func(left, right string)) {
	for _, line := range s[name] {
		left, right, _ := strings.Cut(line, "=")
		each(strings.TrimSpace(left), strings.TrimSpace(right))
	}
}

// form is what a word can be as a form of a verb.
type form uint16

const (
	base       form = 1 << iota // keep
	third                       // keeps
	past                        // gave: a past form that is no participle
	participle                  // given: a participle that is no past form
	pastOrPart                  // kept: either
	finite                      // can be nothing else
	nouny                       // base and third are also nouns
)

// lexicon is what the word check knows of one language. It never changes, and is safe for concurrent use.
type lexicon struct {
	tag                                                    string
	forms                                                  map[string]form
	lemma                                                  map[string]string
	beforeNouns, objects, subjects, prepositional, adverbs map[string]bool
	subordinators, alone, abbreviations                    map[string]bool
	follows                                                map[string]map[string]bool
	syllables                                              map[string]int
	jargon                                                 map[string][]term // by first word
	facts                                                  [][]*regexp.Regexp
	clitics, nouns, commands                               map[string]bool
	sees                                                   bool // it knows the verbs of the language
}

// term is one entry of the jargon, in words.
type term struct {
	words   []string
	instead string
}

var lexicons sync.Map // tag -> func() *lexicon

// lexiconOf reads the data of a language once. Of a language without data it knows nothing, and says so by sees and facts.
func lexiconOf(tag string) *lexicon {
	read, _ := lexicons.LoadOrStore(tag, sync.OnceValue(func() *lexicon {
		data, err := dataFiles.ReadFile("data/" + tag + ".txt")
		if err != nil {
			return &lexicon{tag: tag}
		}
		s, err := readSections(string(data))
		if err != nil {
			panic(fmt.Errorf("data/%s.txt: %w", tag, err))
		}
		return newLexicon(tag, s)
	}))
	return read.(func() *lexicon)()
}

func newLexicon(tag string, s sections) *lexicon {
	l := &lexicon{tag: tag, forms: map[string]form{}, lemma: map[string]string{}, follows: map[string]map[string]bool{},
		syllables: map[string]int{}, jargon: map[string][]term{}}
	for name, to := range map[string]*map[string]bool{"before-nouns": &l.beforeNouns, "objects": &l.objects, "subjects": &l.subjects,
		"prepositional": &l.prepositional, "adverbs": &l.adverbs, "subordinators": &l.subordinators, "alone": &l.alone,
		"abbreviations": &l.abbreviations, "clitics": &l.clitics, "nouns": &l.nouns, "commands": &l.commands} {
		*to = s.set(name)
	}
	switch tag {
	case "en":
		l.english(s)
	case "es":
		l.spanish(s)
	}
	l.sees = len(l.forms) > 0
	s.pairs("prepositions", func(verb, after string) {
		l.follows[verb] = map[string]bool{}
		for _, w := range strings.Fields(after) {
			l.follows[verb][w] = true
		}
	})
	s.pairs("syllables", func(word, n string) {
		if n != "" {
			l.syllables[word] = int(n[0] - '0')
		}
	})
	s.pairs("jargon", func(left, right string) {
		w := strings.Fields(left)
		if len(w) > 0 {
			l.jargon[w[0]] = append(l.jargon[w[0]], term{w, right})
		}
	})
	for _, f := range factNames {
		var res []*regexp.Regexp
		for _, p := range s["fact."+f.id] {
			res = append(res, regexp.MustCompile(p))
		}
		l.facts = append(l.facts, res)
	}
	return l
}

// reads says whether there are patterns for what a notice states.
func (l *lexicon) reads() bool { return len(l.facts) > 0 && len(l.facts[0]) > 0 }

// abbreviated says whether a text ends in an abbreviation, so that its full stop ends nothing.
func (l *lexicon) abbreviated(s string) bool {
	w, ok := strings.CutSuffix(s, ".")
	if !ok || len(l.abbreviations) == 0 {
		return false
	}
	w = strings.ToLower(w[strings.LastIndexFunc(w, func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == '"' })+1:])
	return l.abbreviations[w]
}

// dated says whether a line is a date or names a version: no heading, then.
func (l *lexicon) dated(s string) bool {
	if !l.reads() {
		return false
	}
	low := strings.ToLower(s)
	for _, re := range l.facts[len(l.facts)-1] {
		if re.MatchString(low) {
			return true
		}
	}
	return false
}

// token is a word as it is judged.
type token struct {
	low   string // in small letters, with a straight apostrophe
	first rune   // as it was written
	comma bool   // a comma or a semicolon stands behind it
}

func (l *lexicon) tokens(s string) []token {
	ws := wordsOf(s)
	out := make([]token, len(ws))
	at := 0
	for i, w := range ws {
		for _, r := range w {
			out[i].first = r
			break
		}
		out[i].low = strings.ReplaceAll(strings.ToLower(w), "’", "'")
		if j := strings.Index(s[at:], w); j >= 0 {
			at += j + len(w)
			rest := strings.TrimLeft(s[at:], `"”’)]`)
			out[i].comma = strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, ";") || strings.HasPrefix(rest, " –") || strings.HasPrefix(rest, " —")
		}
	}
	return out
}

// sentence says whether a text has a finite verb. It says yes for a language whose verbs nobody has written down.
func (l *lexicon) sentence(s string) bool {
	if !l.sees {
		return true
	}
	return l.verdict(s) == ""
}

// verdict says what a text lacks to be a sentence: "" for nothing, "verb", or "main" where all that it has is a part that leans on
// another sentence.
func (l *lexicon) verdict(s string) string {
	if !l.sees {
		return ""
	}
	ts := l.tokens(s)
	if len(ts) == 0 {
		return ""
	}
	if l.tag == "es" {
		return l.spanishVerdict(ts)
	}
	return l.englishVerdict(ts, ending(s) == '?')
}
