package web

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// JudgeSource holds the bytes of one of an edition's own pages, as HTML, text or Markdown, against the notice, without a browser: it is about
// words alone, and not about what can be seen. Of a page in HTML, it reads what is in the notice's language. Around has to be called
// before, with other pages of the edition: what stands there may stand around the sentences.
func (w *Wanted) JudgeSource(source []byte) []Wrong {
	s := &Survey{Looks: make([]Look, 1)}
	s.Looks[0].Ink = [4]float64{0, 0, 0, 255}
	markup := bytes.HasPrefix(bytes.TrimSpace(source), []byte("<"))
	var texts []string
	if markup {
		texts = pageTexts(string(source), w.Language)
	} else {
		for line := range strings.Lines(string(source)) {
			line = strings.TrimLeft(strings.TrimSpace(line), "-#> ")
			line = link.ReplaceAllString(line, "$1")
			texts = append(texts, unescape.ReplaceAllString(line, "$1"))
		}
	}
	for i, t := range texts {
		s.Texts = append(s.Texts, Shown{Text: t, State: "shown", Size: 16, Top: 32 * i})
	}
	return slices.DeleteFunc(w.Judge(&Survey{}, s), func(x Wrong) bool {
		return !slices.Contains([]string{"absent", "missing", "changed", "added", "moved", "turned"}, x.Code) || x.Code == "added" && !markup
	})
}

// What Markdown puts around a text: a link with its address, and a backslash before a sign.
var (
	link     = regexp.MustCompile(`\[([^\]]*)\]\(<[^>]*>\)`)
	unescape = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
)

// NewWanted makes a notice of sentences, for JudgeSource, where its JSON is not at hand.
func NewWanted(kind, language string, sentences []Sentence) *Wanted {
	return &Wanted{Kind: kind, Language: language, Sentences: sentences, frame: map[string]bool{}}
}
