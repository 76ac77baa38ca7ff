package source

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// DidYouMean gives the word that was most likely meant, or "" if none is near enough. Capitals, blanks and hyphens are forgiven.
func DidYouMean(word string, among []string) string {
	if near := nearest(word, among, 1); len(near) > 0 {
		return near[0]
	}
	return ""
}

var joined = strings.NewReplacer(" ", "_", "-", "_")

// nearest gives at most n words that look like this one, best first; equally good ones in their order.
func nearest(word string, among []string, n int) []string {
	const least, longest = 0.6, 64
	if len(word) > longest || word == "" {
		return nil
	}
	type match struct {
		word  string
		score float64
	}
	plain := func(s string) string { return joined.Replace(strings.ToLower(strings.TrimSpace(s))) }
	want := plain(word)
	var found []match
	for _, w := range among {
		if len(w) > 3*len(want) || len(want) > 3*len(w) {
			continue
		}
		score := levenshtein.Match(want, plain(w), nil)
		if len(want) > 2 && letters(want) == letters(plain(w)) {
			score = max(score, 0.9) // nmae: two letters changed places
		}
		if score >= least && w != word {
			found = append(found, match{w, score})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	var out []string
	for _, m := range found[:min(n, len(found))] {
		out = append(out, m.word)
	}
	return out
}

// letters gives the letters of a word in the order of the alphabet.
func letters(s string) string {
	r := []rune(s)
	slices.Sort(r)
	return string(r)
}

// choose says what may be written instead: the nearest word, and the allowed ones.
func choose(word string, words []string) string {
	const all, few = 14, 5
	near := nearest(word, words, few)
	hint := ""
	if len(near) > 0 {
		hint = fmt.Sprintf("Did you mean %q? ", near[0])
	}
	switch {
	case len(words) == 0:
		return "No word is allowed here."
	case len(words) <= all:
		return hint + "Allowed: " + strings.Join(words, ", ") + "."
	case len(near) > 1:
		return hint + "Near it: " + strings.Join(near, ", ") + "; run `fairnotice schema` for all " + fmt.Sprint(len(words)) + "."
	}
	return hint + "Allowed are, for example, " + strings.Join(words[:few], ", ") + "; run `fairnotice schema` for all " + fmt.Sprint(len(words)) + "."
}
