package plain

import "strings"

// spanish makes the finite forms of the regular verbs, and takes those of the others from the data.
func (l *lexicon) spanish(s sections) {
	put := func(w string) { l.forms[w] |= finite }
	for _, v := range s.words("verbs") {
		if len(v) < 3 {
			continue
		}
		stem, end := v[:len(v)-2], v[len(v)-2:]
		if strings.HasSuffix(v, "ír") {
			stem, end = v[:len(v)-3], "ir"
		}
		var ends, sub string
		soft := stem // before e and i
		switch end {
		case "ar":
			ends = "o as a amos an é aste ó aron aba abas ábamos aban ara aras áramos aran"
			sub = "e es emos en é"
			switch {
			case strings.HasSuffix(stem, "c"):
				soft = stem[:len(stem)-1] + "qu"
			case strings.HasSuffix(stem, "g"):
				soft = stem + "u"
			case strings.HasSuffix(stem, "z"):
				soft = stem[:len(stem)-1] + "c"
			}
		default:
			ends = "o es e emos en í iste ió imos ieron ía ías íamos ían iera ieras iéramos ieran"
			sub = "a as amos an"
			switch {
			case strings.HasSuffix(stem, "g"):
				soft = stem[:len(stem)-1] + "j"
			case strings.HasSuffix(stem, "c") && len(stem) > 1 && strings.ContainsRune("aeou", rune(stem[len(stem)-2])):
				soft = stem[:len(stem)-1] + "zc"
			}
		}
		for _, e := range strings.Fields(ends) {
			if end == "ar" && e == "é" {
				continue
			}
			put(stem + e)
		}
		for _, e := range strings.Fields(sub) {
			put(soft + e)
		}
		future := stem + end
		for _, e := range strings.Fields("é ás á emos án ía ías íamos ían") {
			put(future + e)
		}
	}
	for _, w := range s.words("forms") {
		put(w)
	}
	for _, w := range s.words("nouny") {
		l.forms[w] = finite | nouny
	}
	for _, w := range s.words("never") {
		delete(l.forms, w)
	}
}

func (l *lexicon) spanishVerdict(ts []token) string {
	for i, t := range ts {
		f := l.forms[t.low]
		switch {
		case f&finite == 0:
			continue
		case f&nouny == 0:
			return ""
		}
		// A form that is a noun as well: not after an article or a preposition, unless a pronoun stands before it.
		prev, next := "", ""
		if i > 0 {
			prev = ts[i-1].low
		}
		if i+1 < len(ts) {
			next = ts[i+1].low
		}
		switch {
		case l.clitics[prev]:
			return ""
		case (prev == "los" || prev == "las") && !strings.HasSuffix(t.low, "s"):
			return "" // los guarda: no article, since it is of another number
		case i > 0 && !l.beforeNouns[prev] && (l.objects[next] || l.subjects[prev]):
			return ""
		case i == 0 && l.objects[next] && next != "de":
			return ""
		case (prev == "la" || prev == "los" || prev == "las") && l.objects[next] && next != "a" && next != "al":
			return "" // la firma un juez
		}
	}
	return "verb"
}
