package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
)

// Wanted is one notice in one language, as an edition says it: what a page that shows the notice must hold.
type Wanted struct {
	Kind      string
	Language  string
	Direction string
	Sentences []Sentence
	frame     map[string]bool // what may stand between and around the sentences: headings, labels, buttons; packed
}

// Sentence is a statement of the notice with its values, each a label and the things that stand beside it.
type Sentence struct {
	ID     string
	Layer  int
	Text   string
	Values []struct {
		Label string   `json:"label"`
		Text  []string `json:"text"`
	}
}

// ReadWanted reads the JSON of a notice: office/LANG/KIND.json of an edition.
func ReadWanted(data []byte) (*Wanted, error) {
	type value = struct {
		Label string   `json:"label"`
		Text  []string `json:"text"`
	}
	var n struct {
		Kind      string `json:"kind"`
		Language  string `json:"language"`
		Direction string `json:"direction"`
		Title     string `json:"title"`
		Sections  []struct {
			Layer   int     `json:"layer"`
			Heading string  `json:"heading"`
			Values  []value `json:"values"`
			Groups  []struct {
				Heading    string  `json:"heading"`
				Values     []value `json:"values"`
				Statements []struct {
					ID     string  `json:"id"`
					Text   string  `json:"text"`
					Values []value `json:"values"`
				} `json:"statements"`
			} `json:"groups"`
		} `json:"sections"`
	}
	if err := json.Unmarshal(data, &n); err != nil {
		return nil, fmt.Errorf("this is not the JSON of a notice: %w", err)
	}
	w := &Wanted{Kind: n.Kind, Language: n.Language, Direction: n.Direction, frame: map[string]bool{}}
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				w.Sentences = append(w.Sentences, Sentence{st.ID, s.Layer, st.Text, st.Values})
			}
		}
	}
	if w.Language == "" || len(w.Sentences) == 0 {
		return nil, errors.New("this is not the JSON of a notice: it has no language or no sentence")
	}
	return w, nil
}

// Around adds the texts of one of the edition's own pages, of its fragments, or of the element's data in JSON, that are in the notice's
// language: what stands there may stand around the sentences.
func (w *Wanted) Around(page []byte) {
	texts := []string(nil)
	if v := any(nil); json.Unmarshal(page, &v) == nil {
		texts = stringsOf(v, w.Language, false, nil)
	} else {
		texts = pageTexts(string(page), w.Language)
	}
	for _, t := range texts {
		if key := packed(t); key != "" {
			w.frame[key] = true
		}
	}
}

// begin is how many characters of a text a sentence is known by on a page: survey.js says the same.
const begin = 24

// Begins gives the beginnings of the sentences, by which their texts are found in any markup.
func (w *Wanted) Begins() []string {
	out := make([]string, 0, len(w.Sentences))
	for _, s := range w.Sentences {
		r := []rune(strings.Join(strings.Fields(s.Text), " "))
		out = append(out, string(r[:min(len(r), begin)]))
	}
	return out
}

// Found counts the sentences of some layers, of all without, whose words stand among the texts of a page.
func (w *Wanted) Found(texts []string, layers ...int) (found, of int) {
	all := packed(strings.Join(texts, ""))
	for _, s := range w.Sentences {
		in := len(layers) == 0
		for _, l := range layers {
			in = in || l == s.Layer
		}
		if !in {
			continue
		}
		if of++; strings.Contains(all, packed(s.Text)) {
			found++
		}
	}
	return found, of
}

// pageTexts takes the texts of one language out of a page that this program has written: what stands between its tags inside an element of
// that language. It is no reader of HTML of others.
func pageTexts(page, lang string) []string {
	var out []string
	type open struct {
		name string
		in   bool // inside the language
	}
	stack := []open{{}}
	for page != "" {
		at := strings.IndexByte(page, '<')
		if at < 0 {
			at = len(page)
		}
		if stack[len(stack)-1].in {
			out = append(out, html.UnescapeString(page[:at]))
		}
		page = page[at:]
		end := strings.IndexByte(page, '>')
		if end < 0 {
			return out
		}
		tag := page[1:end]
		page = page[end+1:]
		name, attributes, _ := strings.Cut(tag, " ")
		switch {
		case strings.HasPrefix(name, "/"):
			for i := len(stack) - 1; i > 0; i-- {
				if stack[i].name == name[1:] {
					stack = stack[:i]
					break
				}
			}
		case strings.HasPrefix(name, "!"), slices.Contains([]string{"meta", "link", "br", "hr", "img", "input", "wbr"}, name):
		case name == "style" || name == "script":
			_, rest, _ := strings.Cut(page, "</"+name)
			_, page, _ = strings.Cut(rest, ">")
		default:
			in := stack[len(stack)-1].in || strings.Contains(" "+attributes, ` lang="`+lang+`"`)
			stack = append(stack, open{name, in})
		}
	}
	return out
}

// stringsOf gives the strings of a JSON value that are inside an object whose lang is the language.
func stringsOf(v any, lang string, in bool, out []string) []string {
	switch v := v.(type) {
	case string:
		if in {
			out = append(out, v)
		}
	case []any:
		for _, x := range v {
			out = stringsOf(x, lang, in, out)
		}
	case map[string]any:
		in = in || v["lang"] == lang
		for _, x := range v {
			out = stringsOf(x, lang, in, out)
		}
	}
	return out
}

// packed is a text without its spaces, its punctuation and the characters that nobody sees: two texts of a frame are held against each
// other by it. Sentences are held word by word.
func packed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unseen(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, s)
}

// unseen says of a character that it shows nothing: marks and isolates of direction, joints of words, soft hyphens. What turns the
// direction of a text by force is not among them.
func unseen(r rune) bool {
	switch {
	case r == 0xad, r == 0x61c, r == 0x200b, r == 0x200e, r == 0x200f, r == 0x2060, r == 0xfeff, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}
