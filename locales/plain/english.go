package plain

import (
	"strings"
)

// english makes the forms of the verbs.
func (l *lexicon) english(s sections) {
	put := func(w string, f form, lemma string) {
		l.forms[w] |= f
		if l.lemma[w] == "" || f&base != 0 {
			l.lemma[w] = lemma
		}
	}
	irregular := map[string][3]string{}
	for _, line := range s["irregular"] {
		if w := strings.Fields(line); len(w) == 3 {
			irregular[w[0]] = [3]string{w[0], w[1], w[2]}
		}
	}
	verbs := append(s.words("verbs"), s.words("nouny")...)
	for v := range irregular {
		verbs = append(verbs, v)
	}
	for _, v := range verbs {
		put(v, base, v)
		put(thirdOf(v), third, v)
		p, part := pastOf(v), pastOf(v)
		if i, ok := irregular[v]; ok {
			p, part = i[1], i[2]
		}
		switch {
		case p == part:
			put(p, pastOrPart, v) // of some verbs, such as set, the base form as well
		case p != part:
			if p != v {
				put(p, past, v)
			}
			if part != v {
				put(part, participle, v)
			}
		}
		l.lemma[gerundOf(v)] = v
	}
	for _, v := range s.words("nouny") {
		l.forms[v] |= nouny
		l.forms[thirdOf(v)] |= nouny
	}
	for _, w := range s.words("third") {
		l.forms[w] &^= nouny
	}
	for _, w := range strings.Fields("is are was were am has had does did could would should shall cannot isn't aren't wasn't weren't") {
		l.forms[w] = finite
	}
}

func vowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

func thirdOf(v string) string {
	n := len(v)
	switch {
	case strings.HasSuffix(v, "s") || strings.HasSuffix(v, "x") || strings.HasSuffix(v, "z") || strings.HasSuffix(v, "ch") || strings.HasSuffix(v, "sh") || v == "go" || v == "do":
		return v + "es"
	case v[n-1] == 'y' && n > 1 && !vowel(v[n-2]):
		return v[:n-1] + "ies"
	}
	return v + "s"
}

// doubled are verbs whose last letter is written twice before -ed and -ing.
var doubled = words1(`admit allot ban commit compel control drop expel forget get grab incur log map mar occur omit permit plan quit refer
	regret run scan set shed ship shop sit split stop submit swap tag tip transfer transmit trap win wrap bar rub rob rip put forbid begin cancel`)

func pastOf(v string) string {
	n := len(v)
	switch {
	case v[n-1] == 'e':
		return v + "d"
	case v[n-1] == 'y' && n > 1 && !vowel(v[n-2]):
		return v[:n-1] + "ied"
	case doubled[v]:
		return v + v[n-1:] + "ed"
	}
	return v + "ed"
}

func gerundOf(v string) string {
	n := len(v)
	switch {
	case strings.HasSuffix(v, "ie"):
		return v[:n-2] + "ying"
	case v[n-1] == 'e' && !strings.HasSuffix(v, "ee") && v != "be":
		return v[:n-1] + "ing"
	case doubled[v]:
		return v + v[n-1:] + "ing"
	}
	return v + "ing"
}

var (
	modals    = words1("can may might must will")
	haveDo    = words1("have do")
	pronouns  = words1("i you we they he she it who which that this these those there here what everyone everybody someone somebody anyone anybody nobody noone")
	personal  = words1("i you we they he she")
	beForms   = words1("is are was were be been being am isn't aren't wasn't weren't it's they're you're we're that's")
	months    = words1("in of on since until by from before after last january february march april may june july august")
	particles = words1("up down off out back away over")
	dets      = words1("a an the my your his her its our their free")
)

// mostBetween is how many adverbs may stand between a verb and what decides about it.
const mostBetween = 8

func words1(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

func number(w string) bool { return w != "" && (w[0] >= '0' && w[0] <= '9' || w == "n") }

// englishVerdict looks for finite verbs by their forms and, where a form can also be a noun or a participle, by its neighbours.
func (l *lexicon) englishVerdict(ts []token, question bool) string {
	at := l.englishFinite(ts)
	if len(at) == 0 {
		return "verb"
	}
	if question || len(at) > 1 {
		return ""
	}
	// One finite verb: does it belong to a part that leans on something?
	first := ts[0].low
	if l.subordinators[first] && len(ts) > 1 {
		comma := false
		for _, t := range ts {
			comma = comma || t.comma
		}
		when := first == "if" || first == "because" || first == "when" || first == "although" || first == "while" || first == "unless" || first == "whether"
		if !comma && (when || personal[ts[1].low]) {
			return "main"
		}
	}
	i := at[0] - 1
	for i > 0 && (l.adverbs[ts[i].low]) {
		i--
	}
	if i > 0 && (ts[i].low == "who" || ts[i].low == "which" || ts[i].low == "that") && !ts[i-1].comma && l.forms[ts[i-1].low]&(base|third|pastOrPart) == 0 {
		return "main"
	}
	if i > 1 && personal[ts[i].low] && (ts[i-1].low == "that" || ts[i-1].low == "which") && l.forms[ts[i-2].low]&(base|third|pastOrPart) == 0 {
		return "main"
	}
	return ""
}

func (l *lexicon) englishFinite(ts []token) []int {
	var out []int
	infinitive := false // an infinitive stands before, and "and" goes on with it
	for i, t := range ts {
		w := t.low
		var prev, next string
		if i > 0 {
			prev = ts[i-1].low
		}
		if i+1 < len(ts) {
			next = ts[i+1].low
		}
		// What stands before, adverbs left out.
		j := i - 1
		for j > 0 && j > i-mostBetween && l.adverbs[ts[j].low] {
			j--
		}
		before := ""
		if j >= 0 {
			before = ts[j].low
		}
		breaks := i > 0 && ts[i-1].comma
		if subject := pronouns[w]; subject && w != "that" {
			infinitive = false
		}
		f := l.forms[w]
		yes := false
		switch {
		case strings.HasSuffix(w, "n't"), strings.HasSuffix(w, "'re"), strings.HasSuffix(w, "'ve"), strings.HasSuffix(w, "'ll"), strings.HasSuffix(w, "'m"), strings.HasSuffix(w, "'d"):
			yes = true
		case strings.HasSuffix(w, "'s"):
			yes = pronouns[w[:len(w)-2]] || w == "let's"
		case f&finite != 0:
			yes = !dets[prev] || w != "is" && w != "has" && w != "was"
		case modals[w]:
			yes = !dets[prev]
			if w == "may" && t.first == 'M' && i > 0 && (months[prev] || number(prev) || number(next)) || w == "may" && number(next) {
				yes = false
			}
		case haveDo[w]:
			yes = before != "to" && !l.infinitiveGoesOn(infinitive, before)
			if before == "to" {
				infinitive = true
			}
		case w == "be":
			yes = i == 0
			if before == "to" {
				infinitive = true
			}
		case f == 0:
			// A word that nobody has listed: after a pronoun that can only be a subject, it is a verb.
			yes = personal[prev] && !pronouns[w] && !l.nouns[w] && !l.objects[w] && !l.prepositional[w] && !l.adverbs[w] && !l.beforeNouns[w] && !strings.HasSuffix(w, "ing") ||
				strings.HasSuffix(w, "ed") && l.objects[next] && i > 0 && !l.beforeNouns[prev] && !l.prepositional[next] ||
				len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !t.comma && i > 0 && l.objects[next] && next != "not" && next != "only" && next != "to" && (prev == "it" || prev == "he" || prev == "she" || l.noun(prev))
		case l.subjects[before] && !(before == "it" && i > 1 && l.forms[ts[max(0, j-1)].low] != 0 && f&third == 0) && !dem(before, f):
			yes = f&participle == 0 || f&(base|third|past|pastOrPart) != 0
		case f&base != 0:
			switch {
			case before == "to":
				infinitive = true
			case l.infinitiveGoesOn(infinitive, before):
			case modalBefore(ts, i, l):
			case f&nouny == 0:
				yes = !l.beforeNouns[prev] || prev == "that" || prev == "which" || prev == "all" && i > 1 || prev == "both"
			case prev == "please" || prev == "both":
				yes = true
			case f&pastOrPart != 0 && breaks && l.pastIsFinite(ts, i, prev, next):
				yes = true
			case i == 0 || breaks || prev == "then" || prev == "so" || prev == "not" && i == 1:
				yes = l.imperative(w, next, len(ts) == i+1)
			case prev == "and" || prev == "or" || prev == "but":
				yes = len(out) > 0 && l.objects[next] && !l.beforeNouns[before]
			default:
				yes = f&pastOrPart != 0 && i > 0 && l.pastIsFinite(ts, i, prev, next) || plural(prev) && next != "" && !l.prepositional[next] && !t.comma || strings.HasSuffix(prev, "people") && (l.objects[next] || next == "")
			}
		case f&third != 0:
			switch {
			case f&nouny == 0:
				yes = !l.beforeNouns[prev]
			case prev == "and" || prev == "or" || prev == "but":
				yes = len(out) > 0 && l.objects[next]
			case breaks:
				yes = l.objects[next] && next != "to"
			default:
				yes = i > 0 && !l.beforeNouns[prev] && (l.objects[next] && (next != "to" || pronouns[prev]) || l.adverbs[next] && l.noun(prev)) && (l.noun(prev) || l.adverbs[prev])
			}
		case f&past != 0:
			yes = !dets[prev]
		case f&pastOrPart != 0:
			yes = l.pastIsFinite(ts, i, prev, next)
		}
		if yes {
			out = append(out, i)
			infinitive = false
		}
	}
	return out
}

// dem says that a demonstrative stands before a noun, not before a verb: "these records", not "these come".
func dem(before string, f form) bool {
	return (before == "this" || before == "these" || before == "those" || before == "which") && f&nouny != 0 && f&third != 0 && before != "this" && before != "which" ||
		(before == "these" || before == "those" || before == "this") && f&nouny != 0 && f&base != 0
}

func (l *lexicon) infinitiveGoesOn(open bool, before string) bool {
	return open && (before == "and" || before == "or")
}

// modalBefore says that a form of "can" or "do" makes this base form part of its own verb.
func modalBefore(ts []token, i int, l *lexicon) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		w := ts[j].low
		if modals[w] || l.forms[w]&finite != 0 || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "'ll") || w == "do" {
			return true
		}
		if !l.adverbs[w] && !pronouns[w] {
			return false
		}
	}
	return false
}

// imperative says whether a base form that is often a noun begins a command.
func (l *lexicon) imperative(w, next string, last bool) bool {
	if last || l.commands[w] && !l.prepositional[next] {
		return true
	}
	if after := l.follows[l.lemma[w]]; after[next] {
		return true
	}
	switch w {
	case "try":
		return next == "to" || l.objects[next]
	case "talk", "wait", "look", "turn", "go", "stop", "read", "listen", "write", "stay", "check":
		if next == "to" || next == "for" || next == "until" || next == "at" || next == "here" {
			return w != "stop" || next != "for"
		}
	}
	return (l.objects[next] || number(next)) && !l.prepositional[next]
}

// pastIsFinite judges forms such as "kept", which are a past tense or a participle.
func (l *lexicon) pastIsFinite(ts []token, i int, prev, next string) bool {
	if (next == "only" || next == "also" || next == "just") && i+2 < len(ts) {
		next = ts[i+2].low
	}
	if particles[next] && i+2 < len(ts) && l.objects[ts[i+2].low] {
		next = ts[i+2].low // set up the card
	}
	lemma := l.lemma[ts[i].low]
	j := i - 1
	for j >= 0 && j > i-mostBetween && (l.adverbs[ts[j].low] || ts[j].low == "not") {
		j--
	}
	before := ""
	if j >= 0 {
		before = ts[j].low
	}
	switch {
	case i == 0, l.beforeNouns[prev] && prev != "that" && !l.subjects[prev]:
		return false
	case beForms[before], before == "have", before == "has", before == "had", strings.HasSuffix(before, "'ve"):
		return false // the verb is what stands before
	case l.alone[lemma] && !l.prepositional[prev]:
		return true
	case l.follows[lemma][next] && i+2 < len(ts) && !l.prepositional[ts[i+2].low] && !l.adverbs[ts[i+2].low]:
		return true
	case number(next) && l.follows[lemma] != nil:
		return true
	case next == "", l.prepositional[next] && !(next == "to" && i+2 < len(ts) && l.forms[ts[i+2].low]&base != 0 && l.forms[ts[i+2].low]&nouny == 0), l.adverbs[next]:
		return false
	case l.prepositional[prev]:
		return false
	case l.objects[next]:
		return true
	}
	return l.noun(prev) && !plural(prev)
}

// noun says of a word that nothing speaks against its being a noun.
func (l *lexicon) noun(w string) bool {
	if w == "" || l.beforeNouns[w] || l.prepositional[w] || l.adverbs[w] || l.objects[w] && w != "one" {
		return false
	}
	f := l.forms[w]
	return f == 0 || f&nouny != 0 || strings.HasSuffix(w, "ing")
}

func plural(w string) bool {
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "'s") && w != "this" || w == "people"
}

// passives gives the passive verbs of a sentence, as they stand there: "are kept".
func (l *lexicon) passives(ts []token) []string {
	if l.tag != "en" {
		return nil
	}
	var out []string
	for i, t := range ts {
		if !beForms[t.low] {
			continue
		}
		for j := i + 1; j < len(ts) && j <= i+3; j++ {
			w := ts[j].low
			if f := l.forms[w]; f&(participle|pastOrPart) != 0 && f&base == 0 || f == 0 && len(w) > 4 && strings.HasSuffix(w, "ed") && w != "need" {
				said := make([]string, 0, 4)
				for _, x := range ts[i : j+1] {
					said = append(said, x.low)
				}
				out = append(out, strings.Join(said, " "))
				break
			}
			if !l.adverbs[w] && w != "been" && w != "being" {
				break
			}
		}
	}
	return out
}
