package source

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Lock is a file translations.lock: which translation of a sentence was made from which words, by whom, on which day, and whether a
// person has reviewed it. It keeps hashes out of the files that people write.
//
// # The file
//
// UTF-8, one line for each sentence of a language, in groups. The first line names the format. A line that begins with @ opens a
// group: the language, the state (draft or reviewed), the day, and who; a sentence below it has its id, the hash of the words that it
// was translated from, and the hash of the translation. A line that begins with # and an empty line are passed over.
//
//	fairnotice-translations/v1
//	@ pl draft 2026-11-26 the maintainers of this program
//	ask.no_court 51ef3d20 0c6a8f11
//	@ pl reviewed 2026-12-03 Anna Example, court interpreter
//	key.free 9be1ff03 77d1a0c4
//
// A hash is the first eight hexadecimal digits of the SHA-256 of the words in NFC, with straight quotation marks and single spaces
// ([HashText]): what an Office program changes by itself changes no hash. Of a message with plural forms all forms are hashed, each
// with its name. English stands there like every other language, with its own words as what it was made from.
//
// # What follows from it
//
// A sentence without a line is a draft. If the words that it was translated from are not the words of today, it is stale, whatever
// the translation is: somebody has to look. If only the translation is another than the one in the lock, it is a draft. A review
// holds for exactly the two texts that it names. ([Lock.State])
type Lock struct {
	by map[string]map[string]locked // language, then id
}

// locked is one line: small, because there are thousands.
type locked struct {
	from, text string
	made       *made
}

// made is the head of a group of lines.
type made struct {
	state TranslationState
	on    Day
	by    string
}

func (l locked) translated() Translated {
	return Translated{From: l.from, Text: l.text, State: l.made.state, On: l.made.on, By: l.made.by}
}

// Translated is one line of a lock.
type Translated struct {
	From  string // the hash of the words that it was translated from
	Text  string // the hash of the translation
	State TranslationState
	On    Day
	By    string // the translator, or the reviewer
}

// TranslationState is how far one sentence of one language has come. The order of the constants is from worst to best.
type TranslationState string

const (
	Missing  TranslationState = "missing"  // there are no words
	Stale    TranslationState = "stale"    // the words that it was translated from have changed since
	Draft    TranslationState = "draft"    // there are words, and no named person has reviewed them
	Reviewed TranslationState = "reviewed" // a named person has reviewed exactly these words
)

const lockFormat = "fairnotice-translations/v1"

// LockName is the name of a lock beside a program file x.yaml, in its folder x/.
const LockName = "translations.lock"

// HashText gives the hash by which a lock knows words: eight hexadecimal digits. Of several texts, the forms of one message, the hash
// is of all, in order; so it is not the hash of the texts joined.
func HashText(texts ...string) string {
	h := sha256.New()
	for i, s := range texts {
		if i > 0 {
			h.Write([]byte{0})
		}
		h.Write([]byte(plainForm(s)))
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

var straight = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "‘", "'", "’", "'", "‚", "'", "‛", "'")

// plainForm takes away what programs change in words without a person's will.
func plainForm(s string) string {
	ascii := plainASCII(s)
	if !ascii {
		s = straight.Replace(norm.NFC.String(s))
	}
	if ascii && !strings.Contains(s, "  ") && !strings.Contains(s, "\n") && strings.TrimSpace(s) == s {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isHash tells eight hexadecimal digits.
func isHash(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == 8
}

// ReadLock reads a lock; name is how problems call it. No data is an empty lock. All problems at once; with errors there is no lock.
func ReadLock(name string, data []byte) (*Lock, Problems) {
	l := &Lock{by: map[string]map[string]locked{}}
	rest := strings.TrimPrefix(string(data), "\ufeff")
	if strings.TrimSpace(rest) == "" {
		return l, nil
	}
	var ps Problems
	fail := func(line int, message, hint string) {
		ps = append(ps, Problem{Pos: Pos{File: name, Line: line, Col: 1}, Code: "lock", Severity: Error, Message: message, Hint: hint})
	}
	var lang string
	var lines map[string]locked
	var group *made
	for n := 1; rest != ""; n++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimSuffix(line, "\r")
		switch {
		case n == 1:
			if line != lockFormat {
				fail(n, fmt.Sprintf("This file does not begin with %q.", lockFormat), "It is written by `fairnotice translate import`, and not by hand.")
				return nil, ps
			}
		case line == "" || line[0] == '#':
		case line[0] == '@':
			f := strings.SplitN(strings.TrimSpace(line[1:]), " ", 4)
			group = nil
			if len(f) < 4 || f[1] != string(Draft) && f[1] != string(Reviewed) || strings.TrimSpace(f[3]) == "" {
				fail(n, "This line does not say which language, which state, which day and who.", "Write it like this: @ pl draft 2026-11-26 the name of a person or group")
				continue
			}
			day, err := ParseDay(f[2])
			if err != nil {
				fail(n, fmt.Sprintf("%q is no day.", f[2]), "Write it like this: 2026-11-26")
				continue
			}
			if _, what := CheckText(f[3]); what != "" {
				fail(n, "The name has "+what+".", "Type it again.")
				continue
			}
			lang, group = f[0], &made{TranslationState(f[1]), day, f[3]}
			if lines = l.by[lang]; lines == nil {
				lines = make(map[string]locked, len(rest)/40)
				l.by[lang] = lines
			}
		default:
			id, hashes, _ := strings.Cut(line, " ")
			if id == "" || len(hashes) != 17 || hashes[8] != ' ' || !isHash(hashes[:8]) || !isHash(hashes[9:]) {
				fail(n, "This line is not an id with two hashes.", "Take it out: the sentence is then a draft. `fairnotice translate import` writes such lines.")
				continue
			}
			if group == nil {
				fail(n, "This line belongs to no language.", "A line that begins with @ must stand above it.")
				continue
			}
			if _, twice := lines[id]; twice {
				fail(n, fmt.Sprintf("%q stands there twice for %q.", id, lang), "Keep the later one.")
				continue
			}
			lines[id] = locked{hashes[:8], hashes[9:], group}
		}
	}
	if ps.Failed() {
		return nil, ps
	}
	return l, nil
}

// Of gives the line of a sentence. A nil lock has none.
func (l *Lock) Of(language, id string) (Translated, bool) {
	if l == nil {
		return Translated{}, false
	}
	t, ok := l.by[language][id]
	if !ok {
		return Translated{}, false
	}
	return t.translated(), true
}

// Languages lists the languages of a lock, sorted.
func (l *Lock) Languages() []string {
	if l == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(l.by))
}

// IDs lists the sentences of a language in a lock, sorted.
func (l *Lock) IDs(language string) []string {
	if l == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(l.by[language]))
}

// State judges one sentence of a language: from is the hash of the words of today that it is translated from, text that of the
// translation of today, "" where there is none. The line comes along where one holds; for a draft without one it is zero.
func (l *Lock) State(language, id, from, text string) (TranslationState, Translated) {
	t, ok := l.Of(language, id)
	switch {
	case text == "":
		return Missing, t
	case !ok:
		return Draft, Translated{}
	case t.From != from:
		return Stale, t
	case t.Text != text:
		return Draft, Translated{}
	}
	return t.State, t
}

// Set writes the line of a sentence, in place of the one that stood there.
func (l *Lock) Set(language, id string, t Translated) {
	if l.by[language] == nil {
		l.by[language] = map[string]locked{}
	}
	l.by[language][id] = locked{t.From, t.Text, &made{t.State, t.On, t.By}}
}

// Drop takes the line of a sentence out: for one that is no longer said at all.
func (l *Lock) Drop(language, id string) { delete(l.by[language], id) }

// Bytes gives the file, the same for the same lines: languages and ids sorted, groups by state, day and name.
func (l *Lock) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString(lockFormat + "\n")
	for _, lang := range l.Languages() {
		groups := map[made][]string{}
		for _, id := range l.IDs(lang) {
			g := *l.by[lang][id].made
			groups[g] = append(groups[g], id)
		}
		order := slices.SortedFunc(maps.Keys(groups), func(a, b made) int {
			return cmp.Or(strings.Compare(string(a.state), string(b.state)), strings.Compare(a.on.String(), b.on.String()), strings.Compare(a.by, b.by))
		})
		for _, g := range order {
			fmt.Fprintf(&b, "@ %s %s %s %s\n", lang, g.state, g.on, g.by)
			for _, id := range groups[g] {
				t := l.by[lang][id]
				fmt.Fprintf(&b, "%s %s %s\n", id, t.from, t.text)
			}
		}
	}
	return b.Bytes()
}
