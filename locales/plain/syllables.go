package plain

import (
	"strings"
	"unicode"
)

// syllables counts the syllables of one word in small letters, in the languages whose formula needs them. A word has at least one; of a
// word with hyphens each part counts; a number counts as one.
func (l *lexicon) syllablesOf(word string) int {
	n := 0
	for part := range strings.SplitSeq(word, "-") {
		if part == "" {
			continue
		}
		if k, ok := l.syllables[part]; ok {
			n += k
			continue
		}
		switch l.tag {
		case "en":
			n += max(1, englishSyllables(strings.ReplaceAll(part, "'", "")))
		case "es":
			n += max(1, spanishSyllables(part))
		case "fr":
			n += max(1, frenchSyllables(part))
		case "pt-BR", "pt":
			n += max(1, portugueseSyllables(part))
		case "pl":
			n += max(1, polishSyllables(part))
		case "ru":
			n += max(1, count(part, "аеёиоуыэюя"))
		case "uk":
			n += max(1, count(part, "аеєиіїоуюя"))
		}
	}
	return n
}

func count(s, of string) int {
	n := 0
	for _, r := range s {
		if strings.ContainsRune(of, r) {
			n++
		}
	}
	return n
}

// englishSyllables: groups of vowels, less the silent e, with corrections for endings and for vowels that are spoken apart.
func englishSyllables(w string) int {
	if len(w) <= 2 {
		return 1
	}
	in := func(b byte, set string) bool { return strings.IndexByte(set, b) >= 0 }
	n := 0
	last := false
	for i := range len(w) {
		v := in(w[i], "aeiou") || w[i] == 'y' && i > 0
		if v && !last {
			n++
		}
		last = v
	}
	at := func(i int) byte { // from the end
		if i > len(w) {
			return 0
		}
		return w[len(w)-i]
	}
	cons := func(b byte) bool { return b >= 'a' && b <= 'z' && !in(b, "aeiouy") }
	switch {
	case strings.HasSuffix(w, "le") && cons(at(3)): // ta-ble
	case strings.HasSuffix(w, "les") && cons(at(4)):
	case at(1) == 'e' && !in(at(2), "aeiouy"):
		n-- // keep the silent e silent
	case strings.HasSuffix(w, "que"), strings.HasSuffix(w, "gue"):
		n--
	case strings.HasSuffix(w, "es") && cons(at(3)) && !sibilant(w[:len(w)-2]):
		n--
	case strings.HasSuffix(w, "ed") && !in(at(3), "tdaeiouy") && !(at(3) == 'l' && cons(at(4)) && at(4) != 'l' && at(4) != 'r'):
		n--
	}
	// A silent e inside: state-ment, name-ly, use-ful, care-less, home-land.
	for _, end := range []string{"ment", "ments", "ly", "ful", "less", "ness", "land", "some", "where", "thing", "times", "where's", "one", "body", "work"} {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 3 && stem[len(stem)-1] == 'e' && cons(stem[len(stem)-2]) && !(stem[len(stem)-2] == 'l' && cons(stem[len(stem)-3])) {
			n--
			break
		}
	}
	// Vowels that are spoken apart.
	for _, two := range []string{"ia", "io", "iu", "ua", "eo", "uou", "ei", "uity", "iet", "ience", "ient", "ying", "oing", "uing", "eing", "iest", "ier"} {
		for from := 0; ; {
			j := strings.Index(w[from:], two)
			if j < 0 {
				break
			}
			j += from
			from = j + 1
			prev, rest := byte(0), w[j+len(two):]
			if j > 0 {
				prev = w[j-1]
			}
			switch two {
			case "ia": // offi-cial, spe-cial, ini-tial, mar-riage; but me-di-a, pi-a-no
				if in(prev, "ctsgx") || strings.HasPrefix(rest, "ge") || prev == 'l' && strings.HasPrefix(rest, "r") {
					continue
				}
			case "io": // -tion, -sion, -gion, -cious, un-ion
				if in(prev, "tscgxn") && !strings.HasPrefix(w[max(0, j-2):], "rio") || strings.HasPrefix(rest, "us") && in(prev, "cxtg") {
					continue
				}
			case "ua": // ac-tu-al; but lan-guage, qua
				if in(prev, "qg") || strings.HasPrefix(rest, "de") {
					continue
				}
			case "eo": // vid-e-o; but peo-ple, jeop-ardy
				if strings.HasPrefix(rest, "p") || strings.HasPrefix(rest, "us") || strings.HasPrefix(rest, "on") && prev == 'g' {
					continue
				}
			case "ei":
				if rest != "ng" && !strings.HasPrefix(rest, "n") && !strings.HasPrefix(rest, "mb") || in(prev, "cshwvrlf") || prev == 0 {
					continue
				}
				if prev != 'r' && prev != 'd' && prev != 'b' && prev != 'e' {
					continue
				}
			case "iet", "ience", "ient":
				if in(prev, "ctsg") || prev == 'd' && two == "iet" && false {
					continue
				}
			case "ier", "iest":
				if rest != "" && rest != "s" || in(prev, "aeiou") || prev == 0 || strings.HasSuffix(w, "pier") || strings.HasSuffix(w, "tier") {
					continue
				}
			case "ying", "oing", "uing", "eing":
				if rest != "" && rest != "s" || prev == 'q' || two == "uing" && prev == 'g' || two == "ying" && in(prev, "aeou") && false {
					continue
				}
			}
			n++
		}
	}
	if strings.HasSuffix(w, "ism") || strings.HasSuffix(w, "isms") || strings.HasSuffix(w, "thm") || strings.HasSuffix(w, "thms") {
		n++
	}
	return n
}

// sibilant says that an s after it is a syllable of its own.
func sibilant(stem string) bool {
	for _, e := range []string{"s", "x", "z", "ch", "sh", "c", "g"} {
		if strings.HasSuffix(stem, e) {
			return true
		}
	}
	return false
}

// spanishSyllables: a vowel is a syllable; an unaccented i or u (or y at the end) beside another vowel is none; two strong vowels are two.
func spanishSyllables(w string) int {
	r := []rune(w)
	strong := func(c rune) bool { return strings.ContainsRune("aeoáéóíúàèò", c) }
	weak := func(c rune) bool { return strings.ContainsRune("iuü", c) }
	n := 0
	for i := 0; i < len(r); i++ {
		c := r[i]
		switch {
		case c == 'u' && i > 0 && (r[i-1] == 'q' || r[i-1] == 'g') && i+1 < len(r) && strings.ContainsRune("eiéí", r[i+1]):
		case strong(c):
			n++
		case weak(c):
			prev, next := rune(0), rune(0)
			if i > 0 {
				prev = r[i-1]
				if prev == 'h' && i > 1 { // ahu-mar: an h does not part them
					prev = r[i-2]
				}
			}
			if i+1 < len(r) {
				next = r[i+1]
			}
			silent := i > 1 && r[i-1] == 'u' && (r[i-2] == 'q' || r[i-2] == 'g') && c == 'i' // quiero: the u is silent, the i glides
			switch {
			case strong(next):
			case !silent && strong(prev):
			case i > 0 && weak(r[i-1]) && !silent && r[i-1] != c: // ciu-dad, rui-do: the second is counted with the first
			default:
				n++
			}
		case c == 'y' && i == len(r)-1 && i > 0 && !strong(r[i-1]) && !weak(r[i-1]):
			n++
		}
	}
	return n
}

// groups counts runs of vowels.
func groups(w, vowels string) int {
	n, last := 0, false
	for _, r := range w {
		v := strings.ContainsRune(vowels, r)
		if v && !last {
			n++
		}
		last = v
	}
	return n
}

// frenchSyllables: groups of vowels, less a silent e at the end (also before s and, in verbs, nt).
func frenchSyllables(w string) int {
	const vowels = "aeiouyàâäéèêëîïôöùûüÿœæ"
	n := groups(w, vowels)
	for _, two := range []string{"éa", "éo", "éu", "aï", "oï", "uï", "aë", "oë", "ié", "io"} {
		if two == "ié" || two == "io" {
			continue // glides in common speech
		}
		n += strings.Count(w, two)
	}
	if n > 1 {
		for _, end := range []string{"e", "es", "ent"} {
			stem, ok := strings.CutSuffix(w, end)
			if !ok || stem == "" {
				continue
			}
			r := []rune(stem)
			if !strings.ContainsRune(vowels, r[len(r)-1]) && !(end == "ent" && strings.HasSuffix(w, "ment")) && (end != "ent" || len(r) > 3) {
				n--
			}
			break
		}
	}
	return n
}

// portugueseSyllables: as in Spanish, with the nasal diphthongs ão, õe, ãe counted once.
func portugueseSyllables(w string) int {
	r := []rune(w)
	strong := func(c rune) bool { return strings.ContainsRune("aeoáéíóúâêôãõà", c) }
	n := 0
	for i, c := range r {
		prev, next := rune(0), rune(0)
		if i > 0 {
			prev = r[i-1]
		}
		if i+1 < len(r) {
			next = r[i+1]
		}
		switch {
		case c == 'u' && (prev == 'q' || prev == 'g') && next != 0 && strings.ContainsRune("eiéíêaoáóãõ", next):
		case (c == 'o' || c == 'e') && (prev == 'ã' || prev == 'õ'):
		case strong(c):
			n++
		case c == 'i' || c == 'u':
			if strong(prev) && (next != 'z' && next != 'l' && next != 'r' || i+2 < len(r)) && !strings.ContainsRune("m", next) {
				continue
			}
			n++
		case c == 'y':
			n++
		}
	}
	return n
}

// polishSyllables: vowels; an i before another vowel only softens.
func polishSyllables(w string) int {
	const vowels = "aąeęioóuy"
	r := []rune(w)
	n := 0
	for i, c := range r {
		if !strings.ContainsRune(vowels, c) || c == 'i' && i+1 < len(r) && strings.ContainsRune(vowels, r[i+1]) {
			continue
		}
		if c == 'u' && i > 0 && (r[i-1] == 'a' || r[i-1] == 'e') {
			continue // auto, Europa
		}
		n++
	}
	return n
}

func letters(w string) int {
	n := 0
	for _, r := range w {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
