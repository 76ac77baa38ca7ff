package web

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// JudgeSource holds the bytes of one of an edition's own pages, as HTML, text or Markdown, against the notice, without a browser: it is
// about words alone, and not about what can be seen. Of a page in HTML, it reads what is in the notice's language. It finds each sentence
// whose words, or whose values beside it, are not there, and says what most likely stands in their place. White space, punctuation and
// what else stands on the page do not count.
func (w *Wanted) JudgeSource(source []byte) []Wrong {
	text := string(source)
	if bytes.HasPrefix(bytes.TrimSpace(source), []byte("<")) {
		text = strings.Join(pageTexts(text, w.Language), " ")
	}
	words, page := strings.Fields(text), packed(text)
	said, order := make([]string, len(w.Sentences)), make([]int, len(w.Sentences))
	for i, s := range w.Sentences {
		said[i], order[i] = packed(s.Text), i
	}
	// A short sentence may stand inside a long one: the long ones first, and of the short one there must be one more.
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(said[b]), len(said[a])) })
	gone := make([]bool, len(said))
	for n, i := range order {
		want := 1
		for _, o := range order[:n] {
			if !gone[o] && said[i] != "" {
				want += strings.Count(said[o], said[i])
			}
		}
		gone[i] = strings.Count(page, said[i]) < want
	}
	var out []Wrong
	var good []string
	for i, s := range w.Sentences {
		if !gone[i] {
			good = append(good, packed(w.said(i)), packed(s.Text))
		}
	}
	for i, s := range w.Sentences {
		if gone[i] {
			out = append(out, instead(s.ID, s.Text, words, good))
			continue
		}
		if v := s.lost(page, said[i]); v != "" {
			x := instead(s.ID, v, after(words, s.Text), nil)
			x.Text = tidy(s.Text + " " + v)
			if x.Code == "changed" {
				x.Found = tidy(s.Text + " " + x.Found)
			}
			out = append(out, x)
		}
	}
	return out
}

// reach is how far behind a sentence, in bytes, the next of its values may begin: there are labels between.
const reach = 600

// lost gives the first value of a sentence that follows it nowhere on the page; "" if all do.
func (s Sentence) lost(page, said string) string {
	first := ""
	for at := strings.Index(page, said); at >= 0; {
		end, missing := at+len(said), ""
		for _, v := range s.Values {
			for _, t := range v.Text {
				p := packed(t)
				k := strings.Index(page[end:min(len(page), end+reach+len(p))], p)
				if k < 0 {
					missing = t
					break
				}
				end += k + len(p)
			}
			if missing != "" {
				break
			}
		}
		if missing == "" {
			return ""
		}
		if first == "" {
			first = missing
		}
		next := strings.Index(page[at+1:], said)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return first
}

// after gives the words of a page from the end of a text on, and not too many of them.
func after(words []string, text string) []string {
	n := len(strings.Fields(text))
	for i := 0; i+n <= len(words); i++ {
		if packed(strings.Join(words[i:i+n], "")) == packed(text) {
			return words[i+n : min(len(words), i+n+150)]
		}
	}
	return nil
}

// instead says of a text that is not on a page what stands there in its place: the words that begin and end most like it. A text is
// missing where nothing has half of its words. What belongs to a sentence that is there is not what became of another.
func instead(id, text string, words, good []string) Wrong {
	want := strings.Fields(text)
	like := make([]string, len(want))
	for i, x := range want {
		like[i] = packed(x)
	}
	have := make([]string, len(words))
	for i, x := range words {
		have[i] = packed(x)
	}
	best, from, to := 0, 0, 0
	for _, n := range []int{len(like), len(like) - 1, len(like) + 1, len(like) - 2, len(like) + 2} {
		for i := range have {
			if n < 1 || i+n > len(have) {
				continue
			}
			head, tail := 0, 0
			for head < min(n, len(like)) && have[i+head] == like[head] {
				head++
			}
			for tail < min(n, len(like))-head && have[i+n-1-tail] == like[len(like)-1-tail] {
				tail++
			}
			if head+tail > best {
				if found := strings.Join(have[i:i+n], ""); slices.ContainsFunc(good, func(g string) bool { return strings.Contains(g, found) }) {
					continue
				}
				best, from, to = head+tail, i, i+n
			}
		}
	}
	if best*2 < len(like) {
		return Wrong{Code: "missing", ID: id, Text: tidy(text)}
	}
	return Wrong{Code: "changed", ID: id, Text: tidy(text), Found: tidy(strings.Join(words[from:to], " "))}
}

// NewWanted makes a notice of sentences, for JudgeSource, where its JSON is not at hand.
func NewWanted(kind, language string, sentences []Sentence) *Wanted {
	return &Wanted{Kind: kind, Language: language, Sentences: sentences, frame: map[string]bool{}}
}
