package plain

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"fairnotice/locales"
)

// factNames are the ten basic facts, in the order of the bar.
var factNames = []struct{ id, name string }{
	{"kept", "what is kept"},
	{"how_long", "how long"},
	{"holder", "who holds it"},
	{"who_can_demand", "who can demand it"},
	{"court", "whether a court is needed"},
	{"will_do", "what the office will do"},
	{"deletion", "whether it can be deleted"},
	{"fewer_records", "the way that leaves fewer records"},
	{"contact", "whom to contact"},
	{"version", "version and date"},
}

// facts looks for the ten facts, each in the first sentence that states it.
func (j *judge) facts() {
	if !j.l.reads() {
		return
	}
	lows := make([]string, len(j.seen))
	for i, u := range j.seen {
		if ending(u.text) != '?' {
			lows[i] = strings.ToLower(strings.ReplaceAll(u.text, "’", "'"))
		}
	}
	for i, f := range factNames {
		fact := Fact{ID: f.id, Name: f.name}
	patterns:
		for _, re := range j.l.facts[i] {
			for k, low := range lows {
				if low != "" && re.MatchString(low) {
					fact.Found, fact.Sentence, fact.Line = true, j.seen[k].text, j.seen[k].line
					break patterns
				}
			}
		}
		j.Facts = append(j.Facts, fact)
	}
}

// Item is one item of the CDC Clear Communication Index (20 items; an item scores only if every instance meets it). Status is yes, no,
// not_applicable, page (the words do not show it: the tests of the pages do) or person.
type Item struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	Status string `json:"status"`
	Why    string `json:"why,omitempty"`
}

var itemNames = [...]string{"", "one main message", "main message first", "main message has a visual cue", "a captioned picture supports it",
	"a call to action", "both in active voice", "the reader's own words", "lists of at most seven", "parts with headings, one idea each",
	"the most important first", "what is known and not known", "behaviour is recommended", "says why", "says how", "whole numbers",
	"numbers are explained", "no arithmetic for the reader", "the nature of the risk", "risks and benefits", "probability in words"}

func (j *judge) item(n int, status, why string) {
	j.Index = append(j.Index, Item{n, itemNames[n], status, why})
}

func (j *judge) tell(n int, ok bool, why string) {
	if ok {
		j.item(n, "yes", "")
	} else {
		j.item(n, "no", why)
	}
}

// IndexScore is the points of the items that were judged, in hundredths of them, and how many were.
func (r *Report) IndexScore() (points float64, judged int) {
	yes := 0
	for _, i := range r.Index {
		switch i.Status {
		case "yes":
			yes, judged = yes+1, judged+1
		case "no":
			judged++
		}
	}
	if judged > 0 {
		points = 100 * float64(yes) / float64(judged)
	}
	return points, judged
}

// indexOfNotice judges the items that the words of a notice show. It reads English words for items 5, 6 and 11, so it is silent for
// other languages: a notice says the same in all of them.
func (j *judge) indexOfNotice(n *locales.Notice) {
	if j.Language != "en" {
		return
	}
	var key, choices []string
	layers := 0
	known, unknown, how := false, false, false
	decimals, sums := "", ""
	for _, s := range n.Sections {
		if s.Layer == 1 {
			layers++
		}
		doing := s.ID == "choices" || s.ID == "now"
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				low := strings.ToLower(st.Text)
				switch {
				case s.Layer == 1:
					key = append(key, st.Text)
				case doing:
					choices = append(choices, st.Text)
				}
				not := strings.Contains(low, "not know") || strings.Contains(low, "cannot say") || strings.Contains(low, "no one has") || strings.Contains(low, "cannot promise")
				unknown, known = unknown || not, known || !not
				if s.Layer < 3 {
					decimals, sums = first(decimals, odd(st.Text), st.Text), first(sums, arithmetic(low), st.Text)
				}
				for _, v := range st.Values {
					how = how || doing && (v.Kind == "phone" || v.Kind == "url" || v.Kind == "place")
				}
			}
		}
	}
	j.tell(1, layers == 1 && len(key) > 0, "There is not exactly one part with the key facts.")
	for _, i := range []int{2, 3, 4} {
		j.item(i, "page", "")
	}
	acts := false
	passive := ""
	for _, c := range choices {
		acts = acts || j.l.acts(c)
	}
	for _, c := range append(key, choices...) {
		if p := j.l.passives(j.l.tokens(c)); len(p) > 0 && passive == "" {
			passive = c
		}
	}
	j.tell(5, acts, "No sentence tells the reader what to do.")
	j.tell(6, passive == "", fmt.Sprintf("Passive voice in the key facts or in what can be done: “%s”", passive))
	j.item(7, "person", "")
	j.tell(8, !j.has("list"), "A list has more than seven entries.")
	j.item(9, "person", "")
	j.tell(10, j.statedIn(0, 1, 3, 7), "The key facts do not say what is kept, how long, who can ask, and the way that leaves fewer records.")
	j.tell(11, known && unknown, "Nothing is said to be unknown.")
	j.tell(12, len(choices) > 0, "There is no part about what the reader can do.")
	j.item(13, "person", "")
	j.tell(14, how, "What can be done has no place, phone or page.")
	j.tell(15, decimals == "", fmt.Sprintf("A number is not whole: “%s”", decimals))
	j.item(16, "person", "")
	j.tell(17, sums == "", fmt.Sprintf("The reader has to reckon: “%s”", sums))
	j.item(18, "person", "")
	j.item(19, "person", "")
	j.item(20, "not_applicable", "A notice gives no odds.")
}

// indexOfText judges the items that the words of a free text show.
func (j *judge) indexOfText(list int) {
	if j.Language != "en" {
		return
	}
	acts, unknown := false, false
	decimals, sums := "", ""
	for _, s := range j.texts {
		low := strings.ToLower(s.Text)
		acts = acts || j.l.acts(s.Text)
		unknown = unknown || strings.Contains(low, "not know") || strings.Contains(low, "cannot say") || strings.Contains(low, "cannot promise") || strings.Contains(low, "no one has")
		decimals, sums = first(decimals, odd(s.Text), s.Text), first(sums, arithmetic(low), s.Text)
	}
	for i := 1; i < len(itemNames); i++ {
		switch i {
		case 2, 3, 4:
			j.item(i, "page", "")
		case 5:
			j.tell(5, acts, "No sentence tells the reader what to do.")
		case 8:
			j.tell(8, list <= mostInList, "A list has more than seven entries.")
		case 11:
			j.tell(11, unknown, "Nothing is said to be unknown.")
		case 15:
			j.tell(15, decimals == "", fmt.Sprintf("A number is not whole: “%s”", decimals))
		case 17:
			j.tell(17, sums == "", fmt.Sprintf("The reader has to reckon: “%s”", sums))
		default:
			j.item(i, "person", "")
		}
	}
}

func (j *judge) has(code string) bool {
	for _, f := range j.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

// statedIn says whether the key facts state all of these facts.
func (j *judge) statedIn(facts ...int) bool {
	for _, f := range facts {
		found := false
		for _, u := range j.seen {
			if !u.first {
				continue
			}
			low := strings.ToLower(u.text)
			for _, re := range j.l.facts[f] {
				found = found || re.MatchString(low)
			}
			if f == 3 { // that somebody has asked says it, too
				found = found || strings.Contains(low, " asked ") || strings.Contains(low, "has asked")
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// acts says whether a sentence tells the reader what to do or may do.
func (l *lexicon) acts(s string) bool {
	ts := l.tokens(s)
	for i := range ts {
		if ts[i].low == "you" && i+1 < len(ts) && (ts[i+1].low == "can" || ts[i+1].low == "may" || ts[i+1].low == "must") {
			return true
		}
	}
	if len(ts) == 0 {
		return false
	}
	f := l.forms[ts[0].low]
	return f&base != 0 && (f&nouny == 0 || len(ts) > 1 && l.imperative(ts[0].low, ts[1].low, false))
}

func first(have string, found bool, text string) string {
	if have == "" && found {
		return text
	}
	return have
}

// odd says that a text has a number that is not whole.
func odd(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '.' && digit(s[i-1]) && digit(s[i+1]) || s[i] == '%' && digit(s[i-1]) {
			return !strings.Contains(s, "://") && !strings.Contains(s, "www.")
		}
	}
	return false
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

func arithmetic(low string) bool {
	for _, w := range []string{" plus ", " of which ", " minus ", " times as ", " out of every ", " divided by "} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// unseen says honestly what the check is blind for.
func (j *judge) unseen(text bool) {
	add := func(s string) { j.Unseen = append(j.Unseen, s) }
	add("Whether it is true: a pattern sees that a sentence speaks of a thing, not that it is right.")
	add("Whether a reader understands it: ask some readers to say it in their own words.")
	if text {
		add("Whether something that should be said is left out, beyond the ten facts. A program file and its checklist show that.")
		add("How it looks: order on the page, boxes, pictures, size of letters. Only plain text is read, no Word file, PDF or web page.")
	}
	if !j.l.reads() {
		add("Which of the ten basic facts it states: in this language the check cannot see facts.")
	}
	if !j.l.sees {
		add("Whether each sentence has a verb, and passive voice: nobody has written down the verbs of this language, so full stops may hide a long sentence.")
	}
	if j.l.sees && j.Language != "en" {
		add("Passive voice, and parts that lean on another sentence: the check sees them in English only.")
	}
	if !j.Scored {
		add("How hard it is to read: for this language there is no accepted formula.")
	}
	if text {
		if m := locales.MustNots(j.Language, ""); len(m) == 1 && m[0].Code == "language" {
			add("What may not be said: nobody has written that down in this language.")
		}
	}
}

// references are the texts that others are held against.
var references = sync.OnceValue(func() map[string][3]string {
	data, err := dataFiles.ReadFile("data/reference.txt")
	if err != nil {
		panic(err)
	}
	s, err := readSections(string(data))
	if err != nil {
		panic(err)
	}
	out := map[string][3]string{}
	s.pairs("own", func(tag, v string) {
		if f := strings.Fields(v); len(f) == 2 {
			out[tag] = [3]string{"this project's own sentences", f[0], f[1]}
		}
	})
	s.pairs("login.gov", func(tag, v string) { out[tag] = [3]string{"login.gov in this language", v, "0"} })
	return out
})

// referenceOf gives the mean length of a sentence and the share of long words of a language's reference; zeros where there is none.
func referenceOf(tag string) (from string, length, share float64) {
	r, ok := references()[tag]
	if !ok {
		return "", 0, 0
	}
	length, _ = strconv.ParseFloat(r[1], 64)
	share, _ = strconv.ParseFloat(r[2], 64)
	return r[0], length, share
}
