// Package plain is the word check: how hard a text is to read, which sentence makes it so, and how to mend it; and of a notice that an
// office already has, which of ten basic facts it states.
//
// # What is measured
//
// W words, S sentences, Y syllables, P words of three and more syllables.
//
//	English     Flesch-Kincaid grade  0.39·W/S + 11.8·Y/W − 15.59                at most 6   Kincaid et al. 1975
//	            SMOG                  1.0430·√(30·P/S) + 3.1291                  at most 9   McLaughlin 1969; from 30 sentences on
//	            words a sentence      mean, longest                              10, 15
//	Spanish     INFLESZ (Szigriszt)   206.835 − 62.3·Y/W − W/S                   at least 70 Barrio-Cantalejo 2008: within "fairly easy"
//	            Fernández Huerta      206.84 − 60·Y/W − 1.02·W/S                 at least 70 as corrected at legible.es
//	French      Kandel-Moles          207 − 1.015·W/S − 73.6·Y/W                 told        the form of textstat; sources disagree
//	Portuguese  Martins               248.835 − 1.015·W/S − 84.6·Y/W             told        Martins et al. 1996 (NILC)
//	Polish      FOG                   0.4·(W/S + 100·(words of ≥ 4 syllables)/W) told        Gruszczyński et al. (Jasnopis)
//	Russian     Oborneva              206.835 − 1.3·W/S − 60.1·Y/W               told        Oborneva 2006
//
// English and Spanish are judged, Spanish from 100 words on, the sample that its formulas are made for. French, Portuguese, Polish and
// Russian are told by their formulas and not judged: no study says which figure a notice should have. For every other language there is
// no formula that is accepted. Its text is measured by the mean length of a sentence and the share of words with more than six letters (Chinese: by
// characters), held against a text of the same language (data/reference.txt), and nothing is passed or failed by it. Scores of two
// languages are never compared.
//
// A full stop must not pass: a "sentence" without a finite verb is named, and for every figure it is counted with the sentence before
// it, so that stops that part nothing lower no grade. Without a verb of a language written down, that cannot be done, and is said.
//
// # How a text is cut
//
// Sentences and words are Unicode's (UAX #29), with a list of abbreviations that end nothing; words joined by a hyphen are one, and a
// number is one word of one syllable. A sentence that ends in a colon leads in to a list or a value. What follows, and an entry of a list that is no
// sentence, is a value: it is searched for facts, and is in no figure. Headings are in no figure.
//
// Syllables are counted by rules and exceptions of our own (English, Spanish, French, Portuguese, Polish, Russian, Ukrainian); tests
// hold them against other people's tools.
//
// # Finite verbs
//
// English and Spanish: by lists of verbs, their forms, and the neighbours of forms that can be nouns or participles. It is made so that
// a sentence is rather let pass than accused. In English, a part that leans on another sentence ("If you apply.") is named, too.
//
// # The ten basic facts
//
// By patterns on sentences, in English and Spanish. A pattern sees that a sentence speaks of a thing, never that it is true. "Nobody
// knows" states a fact; a question and a heading state none.
//
// # JSON
//
// `check --text FILE --as json` is a [Report] with the file, the verdict and the points of the index before it:
//
//	{"file":"notice.txt","pass":false,"language":"en","scored":true,
//	 "counts":{"sentences":1,"words":21,"syllables":32,"mean":21,"longest":21,"long_words":9.52},
//	 "scores":[{"name":"Flesch-Kincaid grade","value":10.58,"bar":6,"judged":true,"passed":false}],
//	 "facts":[{"id":"kept","name":"what is kept","found":true,"sentence":"…","line":1}],
//	 "index":[{"number":5,"name":"a call to action","status":"yes|no|not_applicable|page|person","why":"…"}],
//	 "findings":[{"code":"long","note":false,"sentence":"…","line":1,"says":"This sentence has 21 words.","mend":"…"}],
//	 "unseen":["…"],"index_score":{"points":60,"judged":5}}
//
// pass is true, false, or null where nothing was found and the language has no accepted formula or no patterns for the facts: then a
// person has to judge.
//
// # Data
//
// data/<tag>.txt holds lists of words, patterns, jargon and what to write instead; each says where it comes from. Nothing here reads a
// clock, a disk or a network, and everything is safe for concurrent use. Limits: a text of [Most] bytes; more is cut, and said.
package plain

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"fairnotice/locales"
)

// Most is how many bytes of a text are judged.
const Most = 256 << 10

// Report is what the word check says of a text. Its JSON form is the contract of `check --text --as json`.
type Report struct {
	Language string    `json:"language"`
	Scored   bool      `json:"scored"` // a formula is accepted for the language
	Counts   Counts    `json:"counts"`
	Scores   []Score   `json:"scores"`
	Facts    []Fact    `json:"facts"`    // ten, in the order of the notes; none where facts cannot be seen
	Index    []Item    `json:"index"`    // CDC Clear Communication Index
	Findings []Finding `json:"findings"` // in the order of the text
	Unseen   []string  `json:"unseen"`   // what the check cannot see, in whole sentences
	texts    []counted // what was counted
}

// Counts are the figures below the scores. Characters is counted for Chinese, Words otherwise.
type Counts struct {
	Sentences  int     `json:"sentences"`
	Words      int     `json:"words"`
	Syllables  int     `json:"syllables,omitempty"`
	Characters int     `json:"characters,omitempty"`
	Mean       float64 `json:"mean"`       // length of a sentence
	Longest    int     `json:"longest"`    //
	LongWords  float64 `json:"long_words"` // hundredths of all words that have more than six letters
}

// Score is one figure. Bar is what it is held against; there is none where Judged is false.
type Score struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Bar    float64 `json:"bar,omitempty"`
	Least  bool    `json:"least,omitempty"` // the bar is a least, not a most
	Judged bool    `json:"judged"`
	Passed bool    `json:"passed"`
	Note   string  `json:"note,omitempty"`
}

// Fact is one of the ten things that a notice states. Sentence is the first that states it, "" where none was found.
type Fact struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Found    bool   `json:"found"`
	Sentence string `json:"sentence,omitempty"`
	Line     int    `json:"line,omitempty"`
}

// Finding is one thing to mend. Code is no-verb, no-main-verb, long, must-not's N1 to N17, vague, empty, cut, list, passive or jargon.
// The last three are notes: they miss no bar.
type Finding struct {
	Code     string `json:"code"`
	Note     bool   `json:"note"`
	Sentence string `json:"sentence"`
	Heading  string `json:"heading,omitempty"`
	Line     int    `json:"line,omitempty"` // of a free text, from 1
	ID       string `json:"id,omitempty"`   // of a statement of a notice
	Says     string `json:"says"`
	Mend     string `json:"mend"`
}

// counted is a sentence, and how long it is with the parts behind it that have no verb.
type counted struct {
	Text    string
	Heading string
	Line    int
	ID      string
	words   int
	signs   int // characters, of Chinese
}

// Meets says whether a text meets the bar: every judged score passed, all facts found where facts can be seen, and no finding but notes.
func (r *Report) Meets() bool {
	return r.Readable() && r.Stated() == len(r.Facts)
}

// Readable is Meets without the facts.
func (r *Report) Readable() bool {
	for _, s := range r.Scores {
		if s.Judged && !s.Passed {
			return false
		}
	}
	return !slices.ContainsFunc(r.Findings, func(f Finding) bool { return !f.Note })
}

// Stated is how many of the facts were found.
func (r *Report) Stated() int {
	n := 0
	for _, f := range r.Facts {
		if f.Found {
			n++
		}
	}
	return n
}

// judge is a report in the making.
type judge struct {
	*Report
	l    *lexicon
	seen []unit // for the facts
	syl  map[string]int

	poly3, poly4, long int // words of three and more syllables, of four and more, of more than six letters
}

// syllables counts a word once for the text.
func (j *judge) syllables(word string) int {
	n, ok := j.syl[word]
	if !ok {
		n = j.l.syllablesOf(word)
		j.syl[word] = n
	}
	return n
}

// unit is what a fact can be stated in: a sentence, a lead-in with its values, a label with its value.
type unit struct {
	text  string // as it stands
	first bool   // of the key facts
	line  int
}

func start(tag string) *judge {
	if l, ok := locales.Find(tag); ok {
		tag = l.Tag
	}
	return &judge{Report: &Report{Language: tag, Findings: []Finding{}, Facts: []Fact{}, Index: []Item{}}, l: lexiconOf(tag), syl: map[string]int{}}
}

// Notice judges a notice in its language: its sentences without their values. What a notice may not say is not judged here, since its
// words stand in the catalogue, where a test judges them.
func Notice(n *locales.Notice) *Report {
	j := start(n.Language)
	beside := func(vs []locales.Value, first bool) {
		for _, v := range vs {
			j.seen = append(j.seen, unit{text: v.Label + ": " + strings.Join(v.Text, " · "), first: first})
		}
	}
	for _, s := range n.Sections {
		beside(s.Values, s.Layer == 1)
		for _, g := range s.Groups {
			beside(g.Values, s.Layer == 1)
			heading := g.Heading
			if heading == "" {
				heading = s.Heading
			}
			for _, st := range g.Statements {
				for _, t := range split(j.l, st.Text) {
					for _, t := range colons(t) {
						j.sentence(counted{Text: t, Heading: heading, ID: st.ID}, ending(t) == ':')
					}
				}
				longest := 0
				var b strings.Builder
				b.WriteString(st.Text)
				for _, v := range st.Values {
					longest = max(longest, len(v.Text))
					b.WriteString(" " + v.Label + ": " + strings.Join(v.Text, " · "))
				}
				if longest > mostInList {
					j.longList(counted{Text: st.Text, Heading: heading, ID: st.ID}, longest)
				}
				j.seen = append(j.seen, unit{text: b.String(), first: s.Layer == 1})
			}
		}
	}
	j.seen = append(j.seen, unit{text: n.Edition.Date})
	j.figures()
	j.facts()
	j.indexOfNotice(n)
	j.unseen(false)
	return j.Report
}

// colons cuts behind a colon inside of a sentence, as a lead-in stands before its value.
func colons(t string) []string {
	head, tail, ok := strings.Cut(t, ": ")
	if !ok {
		return []string{t}
	}
	return append([]string{head + ":"}, colons(tail)...)
}

// Text judges a free text: plain text with paragraphs, headings and lists (see pieces). It never fails; a text of which nothing can be
// read is reported as empty.
func Text(tag, text string) *Report {
	j := start(tag)
	if len(text) > Most {
		text = text[:Most]
		for !utf8.ValidString(text[len(text)-1:]) && len(text) > Most-4 {
			text = text[:len(text)-1]
		}
		j.find(Finding{Code: "cut", Says: "The text is longer than 256 kilobytes, and only its beginning was judged.", Mend: "Judge it in parts."})
	}
	text = strings.ToValidUTF8(text, "�")
	list := 0
	var paragraph []counted // what stands in one paragraph: some words are right or wrong only beside others
	for _, p := range pieces(j.l, text) {
		s := counted{Text: p.text, Heading: p.heading, Line: p.line}
		if len(paragraph) > 0 && paragraph[0].Line != p.line {
			j.wordings(paragraph)
			paragraph = paragraph[:0]
		}
		if p.kind == whole || p.kind == leadIn {
			j.sentence(s, p.kind == leadIn)
		}
		if p.kind != title && p.kind != label {
			paragraph = append(paragraph, s)
		}
		if p.list > mostInList {
			j.longList(s, p.list)
		}
		list = max(list, p.list)
		if p.kind != title || j.l.dated(p.text) {
			j.seen = append(j.seen, unit{text: p.text + p.beside, line: p.line})
		}
	}
	j.wordings(paragraph)
	if j.Counts.Sentences == 0 {
		j.find(Finding{Code: "empty", Says: "There is no sentence in this text.", Mend: "Save the notice as plain text, with one blank line between paragraphs."})
	}
	j.figures()
	j.facts()
	j.indexOfText(list)
	j.unseen(true)
	slices.SortStableFunc(j.Findings, func(a, b Finding) int { return cmp.Compare(a.Line, b.Line) })
	return j.Report
}

// Statement judges the wording of one statement, such as an office's own, and Phrase a text of a program file, which is a name or a
// few words and need not be a sentence. Both give findings without a place; neither judges what may not be said, since that is judged
// by [locales.MustNots].
func Statement(tag, text string) []Finding {
	j := start(tag)
	for _, s := range split(j.l, text) {
		j.sentence(counted{Text: s}, ending(s) == ':')
	}
	return j.Findings
}

// Phrase: see Statement.
func Phrase(tag, text string) []Finding {
	j := start(tag)
	for _, s := range split(j.l, text) {
		ts := j.l.tokens(s)
		j.length(counted{Text: s, words: len(ts)})
		j.terms(counted{Text: s}, ts)
	}
	return j.Findings
}

func (j *judge) find(f Finding) { j.Findings = append(j.Findings, f) }

func (s counted) finding(code, says, mend string) Finding {
	return Finding{Code: code, Sentence: s.Text, Heading: s.Heading, Line: s.Line, ID: s.ID, Says: says, Mend: mend}
}

func (s counted) note(code, says, mend string) Finding {
	f := s.finding(code, says, mend)
	f.Note = true
	return f
}

const (
	mostWords  = 15 // of an English sentence
	mostMean   = 10
	mostInList = 7   // CDC Clear Communication Index, item 8
	sample     = 100 // words: what the formulas after Flesch are made for; Flesch-Kincaid is judged on key facts, too
)

// sentence counts a sentence and judges it by itself.
func (j *judge) sentence(s counted, lead bool) {
	ts := j.l.tokens(s.Text)
	if len(ts) == 0 {
		return
	}
	lacks := ""
	if j.l.sees {
		if j.l.tag == "es" {
			lacks = j.l.spanishVerdict(ts)
		} else {
			lacks = j.l.englishVerdict(ts, ending(s.Text) == '?')
		}
		if lacks != "" && lead && short(s.Text) {
			lacks = ""
		}
	}
	c := &j.Counts
	for _, t := range ts {
		n := j.syllables(t.low)
		c.Syllables += n
		if n >= 3 {
			j.poly3++
		}
		if n >= 4 {
			j.poly4++
		}
		if letters(t.low) > 6 {
			j.long++
		}
	}
	s.words = len(ts)
	if strings.HasPrefix(j.Language, "zh") {
		s.signs = characters(s.Text)
	}
	switch lacks {
	case "verb":
		j.find(s.finding("no-verb", "This has no verb, so it is no sentence.", "Say who does what. Or make it a part of the sentence beside it."))
	case "main":
		j.find(s.finding("no-main-verb", "This part cannot stand alone.", "Join it to the sentence that it belongs to, with a comma."))
	}
	if lacks != "" && len(j.texts) > 0 {
		last := &j.texts[len(j.texts)-1]
		last.words += s.words
		last.signs += s.signs
	} else {
		j.texts = append(j.texts, s)
	}
	j.length(s)
	if p := j.l.passives(ts); len(p) > 0 {
		j.find(s.note("passive", fmt.Sprintf("It does not say who does it: “%s”.", p[0]), "If you know who does it, begin with who: “The office keeps …”."))
	}
	j.terms(s, ts)
	c.Sentences = len(j.texts)
}

func (j *judge) length(s counted) {
	if j.l.tag == "en" && s.words > mostWords {
		j.find(s.finding("long", fmt.Sprintf("This sentence has %d words.", s.words), fmt.Sprintf("Say it in sentences of at most %d words, one idea in each.", mostWords)))
	}
}

func (j *judge) longList(s counted, n int) {
	j.find(s.note("list", fmt.Sprintf("This list has %d entries.", n), fmt.Sprintf("Part it into lists of at most %d, each with its own line before it.", mostInList)))
}

// terms names words of offices.
func (j *judge) terms(s counted, ts []token) {
	for i := 0; i < len(ts); {
		best, said := 0, term{}
		for _, first := range []string{ts[i].low, j.l.lemma[ts[i].low], strings.TrimSuffix(ts[i].low, "s")} {
			for _, t := range j.l.jargon[first] {
				if len(t.words) > best && matches(ts[i+1:], t.words[1:]) {
					best, said = len(t.words), t
				}
			}
			if best > 0 || first == "" {
				break
			}
		}
		if best == 0 {
			i++
			continue
		}
		j.find(s.note("jargon", fmt.Sprintf("“%s” is a word of offices.", strings.Join(said.words, " ")), fmt.Sprintf("Write: %s.", said.instead)))
		i += best
	}
}

func matches(ts []token, words []string) bool {
	if len(ts) < len(words) {
		return false
	}
	for i, w := range words {
		if ts[i].low != w && strings.TrimSuffix(ts[i].low, "s") != w {
			return false
		}
	}
	return true
}

// wordings judges a paragraph by what may not be said, and names the sentence that says it.
func (j *judge) wordings(paragraph []counted) {
	if len(paragraph) == 0 {
		return
	}
	texts := make([]string, len(paragraph))
	for i, s := range paragraph {
		texts[i] = s.Text
	}
	at := 0
	for _, m := range locales.MustNots(j.Language, strings.Join(texts, " ")) {
		for k := range min(len(paragraph), 50) { // in the order of the text
			if i := (at + k) % len(paragraph); strings.Contains(texts[i], m.Match) {
				at = i
				break
			}
		}
		s := paragraph[at]
		switch m.Code {
		case "language": // said once, among what cannot be seen
		case "vague":
			j.find(s.finding("vague", fmt.Sprintf("“%s” tells a reader nothing.", m.Match), m.Say))
		default:
			j.find(s.finding(m.Code, fmt.Sprintf("A notice must not say “%s”.", m.Match), m.Say))
		}
	}
}

// figures works the scores out.
func (j *judge) figures() {
	c := &j.Counts
	c.Sentences = len(j.texts)
	chinese := strings.HasPrefix(j.Language, "zh")
	for _, s := range j.texts {
		c.Words += s.words
		c.Characters += s.signs
		if chinese {
			c.Longest = max(c.Longest, s.signs)
		} else {
			c.Longest = max(c.Longest, s.words)
		}
	}
	if c.Sentences == 0 || c.Words == 0 {
		j.Scores = []Score{}
		return
	}
	W, S, Y := float64(c.Words), float64(c.Sentences), float64(c.Syllables)
	c.Mean = W / S
	if chinese {
		c.Mean = float64(c.Characters) / S
	}
	c.LongWords = 100 * float64(j.long) / W
	most := func(name string, v, bar float64) {
		j.Scores = append(j.Scores, Score{Name: name, Value: v, Bar: bar, Judged: true, Passed: v <= bar+1e-9})
	}
	least := func(name string, v, bar float64) {
		if c.Words < sample {
			j.Scores = append(j.Scores, Score{Name: name, Value: v, Passed: true, Note: fmt.Sprintf("made for samples of %d words, so it is not judged", sample)})
			return
		}
		j.Scores = append(j.Scores, Score{Name: name, Value: v, Bar: bar, Least: true, Judged: true, Passed: v >= bar-1e-9})
	}
	told := func(name string, v float64, note string) {
		j.Scores = append(j.Scores, Score{Name: name, Value: v, Passed: true, Note: note})
	}
	const noBar = "nobody has set a bar for notices, so it is not judged"
	switch j.Language {
	case "en":
		most("Flesch-Kincaid grade", 0.39*W/S+11.8*Y/W-15.59, 6)
		smog := 1.0430*math.Sqrt(30*float64(j.poly3)/S) + 3.1291
		if c.Sentences >= 30 {
			most("SMOG grade", smog, 9)
		} else {
			told("SMOG grade", smog, "made for 30 sentences and more, so it is not judged")
		}
		most("Words a sentence", c.Mean, mostMean)
		most("Longest sentence", float64(c.Longest), mostWords)
	case "es":
		least("INFLESZ", 206.835-62.3*Y/W-W/S, 70)
		least("Fernández Huerta", 206.84-60*Y/W-1.02*W/S, 70)
	case "fr":
		told("Kandel-Moles", 207-1.015*W/S-73.6*Y/W, noBar)
	case "pt-BR", "pt":
		told("Martins", 248.835-1.015*W/S-84.6*Y/W, noBar)
	case "pl":
		told("FOG", 0.4*(W/S+100*float64(j.poly4)/W), noBar)
	case "ru":
		told("Oborneva", 206.835-1.3*W/S-60.1*Y/W, noBar)
	}
	j.Scored = len(j.Scores) > 0
	if j.Language != "en" {
		unit := "Words a sentence"
		if chinese {
			unit = "Characters a sentence"
		}
		note := "not judged"
		if !j.Scored {
			note = "not scored by an accepted formula"
		}
		from, length, share := referenceOf(j.Language)
		switch {
		case length > 0 && share > 0:
			told(unit, c.Mean, fmt.Sprintf("%s; %.2f times %s (%.1f)", note, c.Mean/length, from, length))
			if !chinese {
				told("Long words in a hundred", c.LongWords, fmt.Sprintf("%s; %.2f times %s (%.1f)", note, c.LongWords/share, from, share))
			}
		case length > 0:
			told(unit, c.Mean, fmt.Sprintf("%s; %.2f times %s (%.1f)", note, c.Mean/length, from, length))
		default:
			told(unit, c.Mean, note+"; there is no text of this language yet to hold it against")
			if !chinese {
				told("Long words in a hundred", c.LongWords, note+"; there is no text of this language yet to hold it against")
			}
		}
	}
	for i := range j.Scores {
		j.Scores[i].Value = math.Round(j.Scores[i].Value*100) / 100
	}
	c.Mean, c.LongWords = math.Round(c.Mean*100)/100, math.Round(c.LongWords*100)/100
}
