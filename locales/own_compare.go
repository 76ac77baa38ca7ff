package locales

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fairnotice/notices/source"
)

// comparison holds one own sentence in one language against ours.
type comparison struct {
	*examiner
	w       *words
	tag     string
	message string
	ours    *message // as the notice would say it
	english *message // in the plain voice
	we      bool
	same    []string // the office's words in the other languages
}

func (x *comparison) bad(path, code, message, hint string) {
	x.add(source.Error, path, code, message, hint)
}

// plain judges a sentence without a number.
func (x *comparison) plain(path, s string) {
	if x.ours.forms != nil {
		x.bad(path, "plural", "Our sentence says a number, and yours has only one form.", "Write it in forms instead of `say:`, with {n} where the number goes: "+x.needed()+".")
		return
	}
	p, ok := x.sound(path, s)
	if ok && p.counts {
		x.bad(path, "plural", "In your sentence stands {n}, and this sentence says no number.", "Take {n} out.")
		return
	}
	if ok {
		x.compare(path, s, x.ours.text, true)
	}
}

// needed names the plural forms of the language with their numbers.
func (x *comparison) needed() string {
	forms, err := x.w.lang.Forms()
	if err != nil {
		return "other"
	}
	var out []string
	for _, f := range forms {
		out = append(out, fmt.Sprintf("`%s:` for %s", f.Name, andSoOn(f.Numbers)))
	}
	return strings.Join(out, ", ")
}

// andSoOn writes some numbers inside a sentence.
func andSoOn(numbers string) string { return strings.Replace(numbers, " …", " and so on", 1) }

// plural judges the forms of a sentence that says a number.
func (x *comparison) plural(entry string, path func(form string) string, texts, forms []string) {
	if x.ours.forms == nil {
		x.bad(path(forms[0]), "plural", "Your sentence has forms for numbers, and ours says no number.", "Write it once, under `say:`.")
		return
	}
	rule, lang := x.w.rule, x.w.lang.English
	for f, needed := range rule.required {
		if needed && !slices.Contains(forms, formNames[f]) {
			x.bad(entry, "plural", fmt.Sprintf("Your sentence has no form %q in %s.", formNames[f], lang), fmt.Sprintf("Add it: it is needed for %s.", andSoOn(rule.numbers(form(f)))))
		}
	}
	for i, name := range forms {
		f, _ := formOf(name)
		p, ok := x.sound(path(name), texts[i])
		switch {
		case !ok:
			continue
		case !rule.possible[f]:
			x.bad(path(name), "plural", fmt.Sprintf("%s has no form %q.", lang, name), "Take it out.")
			continue
		case !p.counts && !rule.only[f]:
			x.bad(path(name), "plural", "Your sentence does not say the number.", fmt.Sprintf("Write {n} where the number goes: this form stands for %s.", andSoOn(rule.numbers(f))))
			continue
		}
		ours := x.ours.sample()
		if x.ours.forms[f].set {
			ours = x.ours.forms[f].source()
		}
		x.compare(path(name), texts[i], ours, !rule.only[f])
	}
}

// sound judges a text by itself.
func (x *comparison) sound(path, s string) (piece, bool) {
	if what, hint := faultOf(x.w.lang, s, x.same...); what != "" {
		if strings.HasPrefix(what, "more than") && !strings.Contains(s, "\n") {
			hint = "Write it shorter: one or two short sentences."
		}
		x.bad(path, "text", "Your sentence has "+what+".", hint)
		return piece{}, false
	}
	p, err := cut(s)
	if err != nil {
		x.bad(path, "bracket", "Your sentence has curly brackets that stand for nothing.", "Take them out. Only {n} stands for something: the number of a sentence that says one.")
		return p, false
	}
	return p, true
}

// compare holds one text against ours.
func (x *comparison) compare(path, s, ours string, numbers bool) {
	reads := " Ours says “" + ours + "”."
	promised := false
	for _, m := range MustNotsIn(x.tag, ClassOf(x.message), s) {
		switch m.Code {
		case "language": // said of the language as a whole
		case "vague":
			x.add(source.Warning, path, m.Code, "“"+m.Match+"” tells a reader nothing.", m.Say)
		default:
			promised = true
			x.bad(path, m.Code, "A notice must not say “"+m.Match+"”.", m.Say)
		}
	}
	if n := utf8.RuneCountInString(s); strings.HasPrefix(x.message, "key.") && n > max(mostOfKey, utf8.RuneCountInString(ours)) {
		x.bad(path, "length", fmt.Sprintf("This key fact has %d characters, and there is room for %d.", n, mostOfKey), "Write it shorter: it is read at a glance, on a phone."+reads)
	}
	if a, b := ending(ours), ending(s); a != b {
		hint := "End it with " + signs[a] + "."
		switch a {
		case 0:
			hint = "Take the sign at its end away."
		case ':':
			hint = "End it with a colon: names or dates follow it on the page."
		}
		x.bad(path, "ending", fmt.Sprintf("Your sentence ends with %s, and ours with %s.", signs[b], signs[a]), hint+reads)
	}
	if a, b := numerals(ours), numerals(s); numbers && !slices.Equal(a, b) {
		x.bad(path, "numbers", "Your sentence does not have the same numbers as ours.", "Write the numbers of ours, in digits. Numbers of the program stand in the program file, and the page sets them beside the sentence."+reads)
	}
	x.terms(path, s, ours, reads, x.papers(path, s, ours, reads))
	if !promised && x.unknown(path, s, ours, reads) {
		x.denial(path, s, ours, reads)
	}
}

// mostOfKey is how many characters a key fact may have.
const mostOfKey = 110

var signs = map[rune]string{0: "no sign at all", '.': "a full stop", '?': "a question mark", ':': "a colon"}

// notKnown are the terms that say that something is not known: each can stand for the other.
var notKnown = []string{"not_know", "no_one_said"}

// mine gives the termbase of the language.
func (x *comparison) mine() map[string]*Term {
	out := map[string]*Term{}
	list := Terms(x.w.lang.Tag)
	for i := range list {
		out[list[i].ID] = &list[i]
	}
	return out
}

// has tells whether a text holds a term of the language.
func (x *comparison) has(t *Term, text string) bool {
	if x.w.lang.Tag == "en" {
		return t.in(text)
	}
	return t.Said(text)
}

// terms holds the words of the termbase that ours has, but for those that were missed already.
func (x *comparison) terms(path, s, ours, reads string, missed []string) {
	mine := x.mine()
	inEnglish := x.english.voiced(x.we).sample()
	for _, id := range TermsIn(inEnglish) {
		t := mine[id]
		if t == nil || slices.Contains(notKnown, id) || !x.has(t, ours) || x.has(t, s) {
			continue
		}
		word := strings.ReplaceAll(id, "_", " ")
		if slices.Contains(missed, word) {
			continue
		}
		hint := "Use that word."
		if len(t.Forms) > 0 {
			hint = "Say it with one of these: " + strings.Join(t.Forms, ", ") + "."
		}
		x.bad(path, "term", fmt.Sprintf("Our sentence speaks of “%s”, and yours has no such word.", word), hint+" A notice calls one thing by one name."+reads)
	}
}

// unknown holds that something is not known, and says whether that is still said.
func (x *comparison) unknown(path, s, ours, reads string) bool {
	if !slices.ContainsFunc(TermsIn(x.english.sample()), func(id string) bool { return slices.Contains(notKnown, id) }) {
		return true
	}
	mine := x.mine()
	ways := x.openings()
	for _, id := range notKnown {
		if t := mine[id]; t != nil {
			if x.has(t, s) {
				return true
			}
			if x.w.lang.Tag == "en" {
				ways = append(ways, map[string]string{"not_know": "we do not know", "no_one_said": "no one has said"}[id])
			}
			ways = append(ways, t.Forms...)
		}
	}
	says := func(text string) bool {
		text = fold(text).text
		return slices.ContainsFunc(ways, func(way string) bool { return strings.Contains(text, fold(way).text) })
	}
	if first := strings.Fields(ours); x.we && len(first) > 3 && !says(ours) {
		ways = append(ways, strings.Join(first[:3], " "))
	}
	if says(s) {
		return true
	}
	x.bad(path, "unknown", "Our sentence says that something is not known, and yours does not say so.",
		"Say it with one of these: "+strings.Join(ways, "; ")+". What is not known must not look as if it were settled."+reads)
	return false
}

// openings are the first words with which an office says in this language that something is not known, as our own sentences do.
func (x *comparison) openings() []string {
	if !x.we {
		return nil
	}
	times := map[string]int{}
	var out []string
	for _, id := range x.w.ids() {
		m, en := x.w.by[id], x.en.by[id]
		if m.office == nil || en == nil || !slices.ContainsFunc(TermsIn(en.sample()), func(t string) bool { return slices.Contains(notKnown, t) }) {
			continue
		}
		first := strings.Fields(m.office.sample())
		if len(first) < 4 {
			continue
		}
		way := strings.Join(first[:3], " ")
		if times[way]++; times[way] == 3 {
			out = append(out, way)
		}
	}
	return out
}

// papers holds English words that stand on papers: where ours gives one in quotation marks, so does theirs. It gives those that are missed.
func (x *comparison) papers(path, s, ours, reads string) (missed []string) {
	english := fold(x.english.sample()).text
	for _, word := range quotedIn(ours) {
		if strings.Contains(english, `"`+word) && !slices.Contains(quotedIn(s), word) {
			x.bad(path, "paper", fmt.Sprintf("Our sentence gives the English words “%s”, which people see on the paper, and yours does not.", word), fmt.Sprintf("Write “%s” in quotation marks, in English.", word)+reads)
			missed = append(missed, word)
		}
	}
	return missed
}

// quotedIn lists what stands in quotation marks, folded, without a sign at its end.
func quotedIn(s string) []string {
	var out []string
	for i, part := range strings.Split(fold(s).text, `"`) {
		if part = strings.Trim(part, " .,:;"); i%2 == 1 && part != "" {
			out = append(out, part)
		}
	}
	return out
}

// denial holds no and not: what ours denies, theirs may not leave open or turn around.
func (x *comparison) denial(path, s, ours, reads string) {
	st := styleOf(x.w.lang.Tag)
	if st == nil || len(st.denies) == 0 {
		return
	}
	switch a, b := anyMatch(st.denies, fold(ours).text), anyMatch(st.denies, fold(s).text); {
	case a && !b:
		x.bad(path, "denial", "Our sentence says that something is not so, and yours does not.", "Say in your words, too, what is not so."+reads)
	case b && !a:
		x.add(source.Warning, path, "denial", "Your sentence says that something is not so, and ours does not.", "Look whether both still say the same."+reads)
	}
}
