package web

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
)

// SurveyScript is the function that looks at a page, in JavaScript: step, options and the closed shadow roots of the page are its
// arguments. It is run in a world of its own by whoever drives a browser, and never served. Its steps:
//
//	facts  {begins} gives PageFacts
//	open   {lang, begins} unfolds the notice, and gives a Survey of the words that had to be clicked for it
//	look   {lang, begins} gives a Survey of every text of the language
//
//go:embed survey.js
var SurveyScript string

// PageFacts is what can be asked of a page as a whole, before anything is clicked.
type PageFacts struct {
	Address  string   `json:"address"`
	Title    string   `json:"title"`
	Lang     string   `json:"lang"`
	Own      bool     `json:"own"`      // the page is a notice and nothing else
	Posted   []string `json:"posted"`   // values of the field fair_notice_edition
	Editions []string `json:"editions"` // ids of editions that stand in texts, data attributes and inline data
	Files    []struct {
		Name   string `json:"name"`
		Closed bool   `json:"closed"` // disabled, or inside what is inert
	} `json:"files"`
	Ticks   []bool   `json:"ticks"`   // the boxes fair_notice_read, and whether each is ticked
	Frames  []string `json:"frames"`  // addresses of frames, which are not looked into
	Storage []string `json:"storage"` // names of what is stored in the browser
	Texts   []string `json:"texts"`
}

// Survey is what a page shows of one language, at one size of the window, in reading order.
type Survey struct {
	Texts  []Shown  `json:"texts"`
	Looks  []Look   `json:"looks"`
	Pseudo []Pseudo `json:"pseudo"`
}

// Shown is one text of a page. State is shown, folded, hidden, empty (it has no box), small, disguised, squeezed, struck, cropped, covered
// or outside (no scrolling reaches it).
type Shown struct {
	Text  string  `json:"text"`
	State string  `json:"state"`
	By    string  `json:"by"`   // what covers or crops it
	Size  float64 `json:"size"` // of its letters, in pixels as they are shown
	Look  int     `json:"look"` // which of the looks
	Top   int     `json:"top"`  // where its first line begins, in pixels from the top of the page
	Box   int     `json:"box"`  // the element that says its language; 0 where that is the page
}

// Look is how the letters of a text are painted: their colour, and what is behind them, from the nearest element outwards, down to white.
// Colours are red, green, blue and alpha, of 255.
type Look struct {
	Ink    [4]float64 `json:"ink"`
	Layers []struct {
		Back    [4]float64 `json:"back"`
		Opacity float64    `json:"opacity"`
	} `json:"layers"`
	Unsure string `json:"unsure"` // what keeps the contrast from being reckoned; "" where nothing does
}

// Pseudo is words that a style sheet puts before or after a text.
type Pseudo struct {
	Text string `json:"text"`
	At   int    `json:"at"` // which text
}

// The bar for every sentence.
const (
	leastSize     = 12  // pixels
	leastContrast = 4.5 // WCAG 2.2, 1.4.3
)

// Wrong is one thing that is not as the edition has it. Code is for machines:
//
//	absent     no sentence of the notice is there
//	missing    a sentence is not there
//	changed    a sentence or its value says something else: Found
//	added      words that the edition does not hold stand after the sentence: Found
//	moved      a sentence stands in another place
//	turned     a character turns the direction of a sentence
//	chip       what opens the language cannot be seen
//	folded, hidden, empty, small, disguised, squeezed, struck, cropped, covered, outside, faint
//	           a sentence is there and cannot be seen, or not well
//	unsure     whether it can be seen could not be told
type Wrong struct {
	Code  string `json:"code"`
	ID    string `json:"id"`    // of the sentence; "" where it is about none
	Text  string `json:"text"`  // the sentence
	Found string `json:"found"` // what stands there instead, or what is in the way
}

// Judge holds a survey against the notice. Every sentence must be there, in its order and in its words, with its values beside it, and
// shown: white space, what isolates a value, and where lines break do not count. chips is the survey of opening the language.
func (w *Wanted) Judge(chips, s *Survey) []Wrong {
	var out []Wrong
	out = append(out, unopened(chips)...)
	p := stream(s)
	chain, candidates := w.align(p)
	if len(chain) == 0 || len(chain)*8 < len(w.Sentences) {
		return append(out, Wrong{Code: "absent"})
	}
	found := make([]*match, len(w.Sentences))
	for i := range chain {
		found[chain[i].unit] = &chain[i]
	}
	gaps := w.gaps(p, chain, candidates)
	used := map[int]bool{} // of the words in gaps
	for i, st := range w.Sentences {
		m := found[i]
		if m == nil {
			out = append(out, w.lost(i, found, candidates, gaps, used, p))
			continue
		}
		if !m.whole {
			words := take(gaps, used, i, w.said(i), i+1 == len(found) || found[i+1] != nil)
			out = append(out, Wrong{Code: "changed", ID: st.ID, Text: w.said(i), Found: strings.TrimSpace(tidy(st.Text) + " " + words)})
			continue
		}
		if code, by := p.seen(s, m); code != "" {
			out = append(out, Wrong{Code: code, ID: st.ID, Text: w.said(i), Found: by})
			continue
		}
		if before := w.higher(p, s, found, i); before {
			out = append(out, Wrong{Code: "moved", ID: st.ID, Text: w.said(i)})
		}
	}
	for g := 0; g < len(gaps); g++ {
		if used[g] {
			continue
		}
		x := Wrong{Code: "added", Found: gaps[g].text}
		for g+1 < len(gaps) && !used[g+1] && gaps[g+1].after == gaps[g].after {
			g++
			x.Found += " " + gaps[g].text
		}
		if a := gaps[g].after; a >= 0 {
			x.ID, x.Text = w.Sentences[a].ID, w.said(a)
		}
		out = append(out, x)
	}
	return append(out, w.styled(p, s, chain)...)
}

// unopened finds what had to be clicked and shows no words that say so: one text of it in sight is enough.
func unopened(chips *Survey) []Wrong {
	type chip struct {
		box   int
		wrong Wrong
	}
	var all []chip
	for _, t := range chips.Texts {
		i := slices.IndexFunc(all, func(c chip) bool { return c.box == t.Box })
		if i < 0 {
			i = len(all)
			all = append(all, chip{t.Box, Wrong{Code: "chip", Text: tidy(t.Text)}})
		}
		switch state, by := visible(t, chips.Looks); {
		case state == "" || state == "unsure":
			all[i].wrong = Wrong{}
		case all[i].wrong.Code != "" && all[i].wrong.Found == "":
			all[i].wrong.Found = strings.TrimSpace(state + " " + by)
		}
	}
	var out []Wrong
	for _, c := range all {
		if c.wrong.Code != "" {
			out = append(out, c.wrong)
		}
	}
	return out
}

// said is a sentence with its values, on one line.
func (w *Wanted) said(i int) string {
	words := []string{w.Sentences[i].Text}
	for _, v := range w.Sentences[i].Values {
		words = append(words, v.Text...)
	}
	return tidy(strings.Join(words, " "))
}

// lost tells what became of a sentence that is not in its place.
func (w *Wanted) lost(i int, found []*match, candidates []match, gaps []gap, used map[int]bool, p *page) Wrong {
	st := w.Sentences[i]
	for _, c := range candidates {
		if c.unit == i && c.whole && !p.taken(c, found) {
			return Wrong{Code: "moved", ID: st.ID, Text: w.said(i)}
		}
	}
	before := i - 1
	for before >= 0 && found[before] == nil {
		before--
	}
	gone := func(i int) bool { return i >= 0 && i < len(found) && found[i] == nil }
	if words := take(gaps, used, before, w.said(i), !gone(i-1) && !gone(i+1)); words != "" {
		return Wrong{Code: "changed", ID: st.ID, Text: w.said(i), Found: words}
	}
	return Wrong{Code: "missing", ID: st.ID, Text: w.said(i)}
}

// take gives the words after a sentence that are most like a text, and marks them as used. Other words in the place of a sentence are what
// became of it, like or unlike: if none are like it, or if it is the only sentence there that is gone, it is all of them.
func take(gaps []gap, used map[int]bool, after int, like string, alone bool) string {
	join := func(i, j int) string {
		var words []string
		for ; i <= j; i++ {
			words = append(words, gaps[i].text)
		}
		return strings.Join(words, " ")
	}
	best, from, to := .2, -1, -1
	first, last := -1, -1
	for i := range gaps {
		if gaps[i].after != after || used[i] {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
		for j := i; j < len(gaps) && j < i+12 && gaps[j].after == after && !used[j]; j++ {
			if l := alike(join(i, j), like); l > best {
				best, from, to = l, i, j
			}
		}
	}
	if from < 0 || alone {
		from, to = first, last
	}
	if from < 0 {
		return ""
	}
	for i := from; i <= to; i++ {
		used[i] = true
	}
	return join(from, to)
}

// higher says of a sentence that it is shown above the one before it.
func (w *Wanted) higher(p *page, s *Survey, found []*match, i int) bool {
	if i == 0 || found[i-1] == nil || !found[i-1].whole {
		return false
	}
	a, b := s.Texts[p.node[found[i-1].from]], s.Texts[p.node[found[i].from]]
	return a.State == "shown" && b.State == "shown" && float64(b.Top) < float64(a.Top)-a.Size
}

// styled finds what a style sheet adds to the sentences, and what turns their direction.
func (w *Wanted) styled(p *page, s *Survey, chain []match) []Wrong {
	var out []Wrong
	if len(chain) == 0 {
		return nil
	}
	first, last := p.node[chain[0].from], p.node[chain[len(chain)-1].to-1]
	of := func(node int) int {
		unit := chain[0].unit
		for _, m := range chain {
			if p.node[m.from] <= node {
				unit = m.unit
			}
		}
		return unit
	}
	for _, x := range s.Pseudo {
		if x.At >= first && x.At <= last {
			u := of(x.At)
			out = append(out, Wrong{Code: "added", ID: w.Sentences[u].ID, Text: w.said(u), Found: x.Text})
		}
	}
	for i := first; i <= last; i++ {
		if strings.ContainsFunc(s.Texts[i].Text, func(r rune) bool { return r >= 0x202a && r <= 0x202e }) {
			u := of(i)
			out = append(out, Wrong{Code: "turned", ID: w.Sentences[u].ID, Text: w.said(u)})
		}
	}
	return out
}

// page is the characters of a survey without white space, and of each where it comes from.
type page struct {
	runes []rune
	node  []int  // which text
	gap   []byte // what stands before it
	boxes []int  // of each text, the element that says its language
}

// Before a character stands nothing, the border of two texts, which may or may not be a space, or white space.
const (
	joined = iota
	border
	spaced
)

func stream(s *Survey) *page {
	p := &page{}
	for i, t := range s.Texts {
		p.boxes = append(p.boxes, t.Box)
		before := byte(border)
		for _, r := range t.Text {
			switch {
			case unseen(r) || r >= 0x202a && r <= 0x202e:
			case unicode.IsSpace(r):
				if before != border {
					before = spaced
				}
			default:
				p.runes, p.node, p.gap = append(p.runes, r), append(p.node, i), append(p.gap, before)
				before = joined
			}
		}
	}
	return p
}

// pattern is words that are looked for.
type pattern struct {
	runes  []rune
	spaced []bool
}

func patternOf(s string) pattern {
	var p pattern
	space := false
	for _, r := range s {
		switch {
		case unseen(r):
		case unicode.IsSpace(r):
			space = true
		default:
			p.runes, p.spaced = append(p.runes, r), append(p.spaced, space)
			space = false
		}
	}
	return p
}

// at says whether the words stand at a place.
func (p *page) at(i int, q pattern) bool {
	if len(q.runes) == 0 || i+len(q.runes) > len(p.runes) {
		return false
	}
	for j, r := range q.runes {
		if p.runes[i+j] != r {
			return false
		}
		if j == 0 {
			continue
		}
		if g := p.gap[i+j]; q.spaced[j] && g == joined || !q.spaced[j] && g == spaced {
			return false
		}
	}
	return true
}

// match is a sentence that stands on the page, from a character to a character; whole if all its values follow.
type match struct {
	unit     int
	from, to int
	whole    bool
}

// candidates finds every place where the words of a sentence stand.
func (w *Wanted) candidates(p *page) []match {
	at := map[rune][]int{}
	for i, r := range p.runes {
		at[r] = append(at[r], i)
	}
	var all []match
	whole := map[int]bool{} // where a whole sentence begins
	for u, st := range w.Sentences {
		q := patternOf(st.Text)
		if len(q.runes) == 0 {
			continue
		}
		type beside struct {
			label pattern
			text  []pattern
		}
		var values []beside
		for _, v := range st.Values {
			b := beside{label: patternOf(v.Label)}
			for _, t := range v.Text {
				b.text = append(b.text, patternOf(t))
			}
			values = append(values, b)
		}
		for _, i := range at[q.runes[0]] {
			if !p.at(i, q) {
				continue
			}
			m := match{u, i, i + len(q.runes), true}
			end := m.to
		values:
			for _, v := range values {
				labelled, _ := p.follows(m.to, v.label)
				for k, t := range v.text {
					if len(t.runes) == 0 {
						continue
					}
					e, ok := p.follows(m.to, t)
					if k == 0 && labelled > 0 {
						// A thing may begin with the words of its label.
						if after, fits := p.follows(labelled, t); fits {
							e, ok = after, true
						}
					}
					if !ok {
						m.whole = false
						break values
					}
					m.to = e
				}
			}
			if !m.whole {
				m.to = end
			}
			whole[i] = whole[i] || m.whole
			all = append(all, m)
		}
	}
	// Where a whole sentence begins, no other one has lost its values.
	all = slices.DeleteFunc(all, func(m match) bool { return !m.whole && whole[m.from] })
	slices.SortStableFunc(all, func(a, b match) int { return a.from - b.from })
	return all
}

// follows says whether words come next, after nothing but punctuation, and where they end.
func (p *page) follows(i int, q pattern) (end int, ok bool) {
	for ; i < len(p.runes); i++ {
		if p.at(i, q) {
			return i + len(q.runes), true
		}
		if !unicode.IsPunct(p.runes[i]) {
			break
		}
	}
	return 0, false
}

// align finds the sentences in their order: the chain that holds the most of them, and leaves the fewest other words between.
func (w *Wanted) align(p *page) (chain, candidates []match) {
	candidates = w.candidates(p)
	score, from := make([]float64, len(candidates)), make([]int, len(candidates))
	best := -1
	for i, c := range candidates {
		own := 1000.0
		if !c.whole {
			own = 600
		}
		score[i], from[i] = own, -1
		for j, b := range candidates[:i] {
			if b.unit >= c.unit || b.to > c.from {
				continue
			}
			if s := score[j] + own - math.Min(float64(c.from-b.to), 4000)/10; s > score[i] {
				score[i], from[i] = s, j
			}
		}
		if best < 0 || score[i] > score[best] {
			best = i
		}
	}
	for i := best; i >= 0; i = from[i] {
		chain = append(chain, candidates[i])
	}
	slices.Reverse(chain)
	return chain, candidates
}

// taken says whether a place is one where the chain has another sentence.
func (p *page) taken(c match, found []*match) bool {
	return slices.ContainsFunc(found, func(m *match) bool { return m != nil && m.from < c.to && c.from < m.to })
}

// seen gives what is wrong with how a sentence is shown, the worst of its texts first.
func (p *page) seen(s *Survey, m *match) (code, by string) {
	last := -1
	for i := m.from; i < m.to; i++ {
		if p.node[i] == last {
			continue
		}
		last = p.node[i]
		state, what := visible(s.Texts[last], s.Looks)
		if state != "" && (code == "" || code == "unsure") {
			code, by = state, what
		}
	}
	return code, by
}

// visible judges one text.
func visible(t Shown, looks []Look) (state, by string) {
	if t.State != "shown" {
		return t.State, t.By
	}
	if t.Size < leastSize {
		return "small", fmt.Sprintf("%g pixels", t.Size)
	}
	if t.Look < 0 || t.Look >= len(looks) {
		return "unsure", ""
	}
	l := looks[t.Look]
	c := l.contrast()
	if l.Unsure != "" {
		if l.Ink[3]*opacity(l) < 255*.3 { // whatever is behind it
			return "faint", "almost transparent"
		}
		return "unsure", l.Unsure
	}
	if c < leastContrast {
		return "faint", fmt.Sprintf("%.1f to 1", math.Floor(c*10)/10)
	}
	return "", ""
}

func opacity(l Look) float64 {
	all := 1.0
	for _, x := range l.Layers {
		all *= x.Opacity
	}
	return all
}

// contrast is the ratio of WCAG between the letters and what is behind them, after all that is laid over and under them.
func (l Look) contrast() float64 {
	// Each layer is painted behind what is inside it, and the two are thinned together by its opacity.
	ink, back := l.Ink, [4]float64{}
	ink[3] /= 255
	for _, x := range l.Layers {
		under := x.Back
		under[3] /= 255
		ink, back = laid(ink, under), laid(back, under)
		ink[3] *= x.Opacity
		back[3] *= x.Opacity
	}
	white := [4]float64{255, 255, 255, 1}
	a, b := luminance(laid(ink, white)), luminance(laid(back, white))
	if a < b {
		a, b = b, a
	}
	return (a + .05) / (b + .05)
}

// laid lays one colour over another; alpha is from 0 to 1.
func laid(over, under [4]float64) [4]float64 {
	a := over[3] + under[3]*(1-over[3])
	if a == 0 {
		return [4]float64{}
	}
	var out [4]float64
	for i := range 3 {
		out[i] = (over[i]*over[3] + under[i]*under[3]*(1-over[3])) / a
	}
	out[3] = a
	return out
}

func luminance(c [4]float64) float64 {
	part := func(v float64) float64 {
		if v /= 255; v <= .04045 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	return .2126*part(c[0]) + .7152*part(c[1]) + .0722*part(c[2])
}

// gap is words of one text that stand after a sentence and are in none, nor in the edition's frame; after is -1 before the first.
type gap struct {
	after int
	text  string
}

// gaps finds the words of others: between the first sentence and the last, and in the elements that hold sentences.
func (w *Wanted) gaps(p *page, chain, candidates []match) []gap {
	taken := make([]bool, len(p.runes))
	mine := map[int]bool{}
	for _, m := range chain {
		for i := m.from; i < m.to; i++ {
			taken[i] = true
		}
		if b := p.boxes[p.node[m.from]]; b > 0 {
			mine[b] = true
		}
	}
	// A sentence that stands in another place, or twice, adds no words to the notice.
	for _, c := range candidates {
		if c.whole {
			for i := c.from; i < c.to; i++ {
				taken[i] = true
			}
		}
	}
	first, last := chain[0].from, chain[len(chain)-1].to
	if end := len(p.runes); !chain[len(chain)-1].whole {
		// The value that should stand there does not.
		node := p.node[last-1] + 1
		for last < end && p.node[last] <= node {
			last++
		}
	}
	var out []gap
	after, next := -1, 0
	for i := 0; i < len(p.runes); {
		node, from := p.node[i], i
		for i < len(p.runes) && p.node[i] == node && taken[i] == taken[from] {
			i++
		}
		for next < len(chain) && chain[next].from < i {
			after = chain[next].unit
			next++
		}
		if taken[from] {
			continue
		}
		if (from < first || from >= last) && !mine[p.boxes[node]] {
			continue
		}
		words := p.words(from, i)
		if w.framed(packed(words)) {
			continue
		}
		out = append(out, gap{after, words})
	}
	return out
}

// framed says whether packed words are nothing but texts of the edition's own frame, one after another.
func (w *Wanted) framed(words string) bool {
	ends := make([]bool, len(words)+1) // up to here they are
	ends[0] = true
	for i := range words {
		for j := i + 1; ends[i] && j <= len(words); j++ {
			ends[j] = ends[j] || w.frame[words[i:j]]
		}
	}
	return ends[len(words)]
}

// words are the characters of a stretch, with their spaces.
func (p *page) words(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if i > from && p.gap[i] != joined {
			b.WriteByte(' ')
		}
		b.WriteRune(p.runes[i])
	}
	return b.String()
}

// alike is how much of two texts is the same, from 0 to 1, by their pairs of characters.
func alike(a, b string) float64 {
	pairs := func(s string) map[[2]rune]int {
		m := map[[2]rune]int{}
		r := []rune(strings.ToLower(packed(s)))
		for i := 1; i < len(r); i++ {
			m[[2]rune{r[i-1], r[i]}]++
		}
		return m
	}
	x, y := pairs(a), pairs(b)
	all, same := 0, 0
	for k, n := range x {
		all += n
		same += min(n, y[k])
	}
	for _, n := range y {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(same) / float64(all)
}

func tidy(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, s)), " ")
}
