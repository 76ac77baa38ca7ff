package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// The layout of a notice is decided once, here, for all outputs: which value stands on its sentence's line, which go below as a
// list, which sentences flow together.

// piece is words of the catalogue, then perhaps a value, which every output must isolate.
type piece struct {
	Before string // words, escaped by the output
	Run    run
	Has    bool // whether Run is there
}

// run is a value as it is shown.
type run struct {
	Text string
	LTR  bool
	RTL  bool // dir is rtl: never guessed
	Lang string
	Tel  string // the address after tel:
	Else string // the whole of an address that begins with sms: or mailto:
	Web  string // the address after https://
	Show bool   // the address is not in the text: paper must print it

	Round bool // in round brackets
	Short bool // kept in one piece where there is room
}

type para []piece

// block is a small heading, or a paragraph with what stands below it: the things that its sentence leads to, as a list, then more
// about it, each with its label. In the key facts it is a list of such blocks.
type block struct {
	Head  bool
	Para  para
	List  []para
	More  []more
	Facts []block
}

// more is `Label: value`, or a label with a list of things.
type more struct {
	Para para
	List []para
}

// section of layer 1 has blocks only. In the other layers Answer is the first statement, which answers the heading.
type section struct {
	ID      string
	Layer   int
	Heading para
	Answer  para
	Blocks  []block
}

// maxInline is the width in columns up to which a single value stands on its sentence's line, where the sentence does not lead to it.
const maxInline = 60

// lay arranges a notice.
func lay(n *locales.Notice) []section {
	return newLayouter(n.Language, " · ").lay(n)
}

func newLayouter(language, between string) *layouter {
	l := &layouter{colon: labelColon(language), between: between}
	l.tight = strings.TrimRight(l.colon, " ")
	return l
}

func (l *layouter) lay(n *locales.Notice) []section {
	out := make([]section, 0, len(n.Sections))
	for i := range n.Sections {
		s := &n.Sections[i]
		sec := section{ID: s.ID, Layer: s.Layer, Heading: l.heading(s.Heading, s.Values)}
		l.blocks = make([]block, 0, 2*len(s.Groups))
		if s.Layer == 1 {
			l.key(s.Groups)
		} else {
			sec.Answer = l.groups(s.Groups)
		}
		sec.Blocks = l.blocks
		out = append(out, sec)
	}
	return out
}

type layouter struct {
	colon   string // between a label and its value
	tight   string // the same at the end of a line
	between string // between things on one line
	slab    []piece
	blocks  []block
}

// para begins a paragraph with words, or an empty one. Most have one piece, so they are cut from a slab.
func (l *layouter) para(words string) para {
	if len(l.slab) == 0 {
		l.slab = make([]piece, 32)
	}
	p := para(l.slab[:0:1])
	l.slab = l.slab[1:]
	if words != "" {
		p = append(p, piece{Before: clean(words)})
	}
	return p
}

// heading puts the values of a heading after it. A question needs no colon before them.
func (l *layouter) heading(text string, vs []locales.Value) para {
	p := l.para(text)
	first := true
	for i := range vs {
		for k := range things(&vs[i]) {
			switch {
			case !first:
				p.text(l.between)
			case endsInQuestion(text) || endsInColon(text):
				p.sentence("")
			default:
				p.text(l.colon)
			}
			p.runs(thing(&vs[i], k))
			first = false
		}
	}
	return p
}

// key makes the list of key facts: one list, but for groups that have a heading.
func (l *layouter) key(gs []locales.Group) {
	for g := range gs {
		if gs[g].Heading != "" {
			l.blocks = append(l.blocks, block{Head: true, Para: l.heading(gs[g].Heading, gs[g].Values)})
		}
		if n := len(l.blocks); n == 0 || l.blocks[n-1].Head {
			l.blocks = append(l.blocks, block{Facts: make([]block, 0, 10)})
		}
		list := &l.blocks[len(l.blocks)-1].Facts
		for i := range gs[g].Statements {
			*list = append(*list, l.stated(&gs[g].Statements[i], true))
		}
	}
}

// groups lays out the sections of the other layers, and gives back the answer.
func (l *layouter) groups(gs []locales.Group) (answer para) {
	answered := false
	for g := range gs {
		sts := gs[g].Statements
		if !answered && len(sts) > 0 {
			answered = true
			answer = l.para(sts[0].Text)
			// The answer stands in a summary, where there can be no link and no list.
			if vs := sts[0].Values; linked(vs) || !l.inline(&answer, &sts[0], false) {
				b := block{}
				l.below(&b, vs)
				if len(b.More) == 1 && len(b.More[0].List) == 0 {
					b = block{Para: b.More[0].Para}
				}
				l.blocks = append(l.blocks, b)
			}
			sts = sts[1:]
			if len(sts) == 0 {
				continue
			}
		}
		if gs[g].Heading != "" {
			l.blocks = append(l.blocks, block{Head: true, Para: l.heading(gs[g].Heading, gs[g].Values)})
		}
		if len(gs[g].Statements) == 1 && gs[g].Heading == "" && len(sts) == 1 && endsInQuestion(sts[0].Text) {
			// A question alone is the heading of what follows, and no part of the answer before it.
			b := l.stated(&sts[0], false)
			l.blocks = append(l.blocks, block{Head: true, Para: b.Para})
			if b.Para = nil; len(b.List)+len(b.More) > 0 {
				l.blocks = append(l.blocks, b)
			}
			continue
		}
		// Sentences without values flow together; one with values stands alone, so that nobody takes them for those of the
		// sentence before.
		flows := false
		for i := range sts {
			if len(sts[i].Values) > 0 {
				l.blocks = append(l.blocks, l.stated(&sts[i], false))
				flows = false
				continue
			}
			if flows {
				l.blocks[len(l.blocks)-1].Para.sentence(clean(sts[i].Text))
				continue
			}
			l.blocks = append(l.blocks, block{Para: l.para(sts[i].Text)})
			flows = true
		}
	}
	return answer
}

// stated is a statement with its values.
func (l *layouter) stated(s *locales.Statement, key bool) block {
	b := block{Para: l.para(s.Text)}
	if l.inline(&b.Para, s, key) {
		return b
	}
	vs := s.Values
	if endsInColon(s.Text) {
		// The colon leads to the first value. What follows is about it.
		for len(vs) > 0 && things(&vs[0]) == 0 {
			vs = vs[1:]
		}
		if things(&vs[0]) == 1 {
			b.Para.sentence("")
			b.Para.runs(thing(&vs[0], 0))
		} else {
			b.List = l.list(&vs[0])
		}
		vs = vs[1:]
	}
	l.below(&b, vs)
	return b
}

// inline puts a single short value on the sentence's line, and says whether it did (or had nothing to do).
func (l *layouter) inline(p *para, s *locales.Statement, key bool) bool {
	var only *locales.Value
	count := 0
	for i := range s.Values {
		if k := things(&s.Values[i]); k > 0 {
			count += k
			only = &s.Values[i]
		}
	}
	if count == 0 {
		return true
	}
	if key && count > 1 && count == things(only) && (only.Kind == notices.VDate || only.Kind == notices.VDates) && !endsInColon(s.Text) {
		// Several days of one thing stand on its line as one day does: a label and a line for each would push what follows off the screen.
		p.sentence("")
		for k := range count {
			if k > 0 {
				p.text(l.between)
			}
			day := thing(only, k)
			if p.runs(day); len(day) == 1 {
				(*p)[len(*p)-1].Run.Round = true
			}
		}
		return true
	}
	if count > 1 {
		return false
	}
	runs := thing(only, 0)
	if !key && !endsInColon(s.Text) && width(plain(runs)) > maxInline {
		return false
	}
	switch {
	case endsInColon(s.Text):
		p.sentence("")
		p.runs(runs)
	case key && (only.Kind == notices.VDate || only.Kind == notices.VDates):
		p.sentence("")
		p.runs(runs)
		if len(runs) == 1 {
			(*p)[len(*p)-1].Run.Round = true
		}
	case only.Label == "" || key && (only.Kind == notices.VPhone || only.Kind == notices.VURL):
		p.sentence("")
		p.runs(runs)
	default:
		p.sentence(clean(only.Label))
		p.text(l.colon)
		p.runs(runs)
	}
	return true
}

// below puts labelled values under a sentence.
func (l *layouter) below(b *block, vs []locales.Value) {
	for i := range vs {
		v := &vs[i]
		n := things(v)
		if n == 0 {
			continue
		}
		if b.More == nil {
			b.More = make([]more, 0, len(vs)-i)
		}
		wide := 0
		for k := range n {
			wide += width(plain(thing(v, k)))
		}
		m := more{Para: l.para(v.Label)}
		if n > 1 && wide > maxInline {
			m.Para.text(l.tight)
			m.List = l.list(v)
		} else {
			if v.Label != "" {
				m.Para.text(l.colon)
			}
			for k := range n {
				if k > 0 {
					m.Para.text(l.between)
				}
				m.Para.runs(thing(v, k))
			}
		}
		b.More = append(b.More, m)
	}
}

// list is one paragraph for each thing of a value.
func (l *layouter) list(v *locales.Value) []para {
	out := make([]para, 0, things(v))
	for k := range things(v) {
		p := l.para("")
		p.runs(thing(v, k))
		out = append(out, p)
	}
	return out
}

// things is of how many things a value consists: a run that stands beside another is no thing of its own.
func things(v *locales.Value) int {
	if len(v.Runs) == 0 {
		return len(v.Text)
	}
	n := 0
	for i := range v.Runs {
		if i == 0 || !v.Runs[i].Beside {
			n++
		}
	}
	return n
}

// thing gives the runs that show the i-th thing.
func thing(v *locales.Value, i int) []locales.Run {
	if len(v.Runs) == 0 {
		return []locales.Run{{Text: v.Text[i]}}
	}
	from, seen := 0, -1
	for k := range v.Runs {
		if k == 0 || !v.Runs[k].Beside {
			if seen == i {
				return v.Runs[from:k]
			}
			from = k
			seen++
		}
	}
	return v.Runs[from:]
}

func plain(runs []locales.Run) string {
	if len(runs) == 1 {
		return runs[0].Text
	}
	var b strings.Builder
	for i, r := range runs {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(r.Text)
	}
	return b.String()
}

func linked(vs []locales.Value) bool {
	for i := range vs {
		for _, r := range vs[i].Runs {
			if r.Href != "" {
				return true
			}
		}
	}
	return false
}

// text adds words to the end of a paragraph.
func (p *para) text(s string) {
	if s == "" {
		return
	}
	if n := len(*p); n > 0 && !(*p)[n-1].Has {
		(*p)[n-1].Before += s
		return
	}
	*p = append(*p, piece{Before: s})
}

// sentence adds a sentence after those before, with a space where the script has one.
func (p *para) sentence(s string) {
	if n := len(*p); n > 0 {
		last := (*p)[n-1]
		if last.Has || !endsWide(last.Before) {
			s = " " + s
		}
	}
	p.text(s)
}

// runs adds one thing of a value: what stands beside it, such as the citation of a law, in round brackets.
func (p *para) runs(rs []locales.Run) {
	for i := range rs {
		v := show(rs[i])
		if i > 0 {
			p.text(" ")
			v.Round = true
		}
		if n := len(*p); n > 0 && !(*p)[n-1].Has {
			(*p)[n-1].Run, (*p)[n-1].Has = v, true
			continue
		}
		*p = append(*p, piece{Run: v, Has: true})
	}
}

// show makes a run ready: what is not a phone number or a secure web address is no link.
func show(r locales.Run) run {
	v := run{Text: clean(r.Text), LTR: r.Dir == "ltr", RTL: r.Dir == "rtl", Lang: safeTag(r.Lang)}
	v.Short = width(v.Text) <= together
	if rest, ok := strings.CutPrefix(r.Href, "tel:"); ok && rest != "" && strings.Trim(rest, "+0123456789-.();=abcdefghijklmnopqrstuvwxyz") == "" {
		v.Tel = rest
	}
	if rest, ok := strings.CutPrefix(r.Href, "https://"); ok && rest != "" && !strings.ContainsFunc(rest, notInAddress) {
		v.Web = rest
		v.Show = !strings.Contains(v.Text, strings.TrimSuffix(rest, "/"))
	}
	if strings.HasPrefix(r.Href, "sms:") || strings.HasPrefix(r.Href, "mailto:") {
		if what, _ := source.CheckAddress(r.Href); what == "" {
			v.Else = r.Href
		}
	}
	return v
}

func notInAddress(r rune) bool {
	return r <= ' ' || r == '<' || r == '>' || r == '"' || r == '\'' || r == '\\' || r == '`' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError || unicode.Is(unicode.Cf, r)
}

func endsInColon(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \u00a0"))
	return r == ':' || r == '：' || r == '፦'
}

// endsWide says that the next sentence follows without a space, as in Chinese and Japanese.
func endsWide(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff60
}

func endsInQuestion(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " "))
	return r == '?' || r == '؟' || r == '？' || r == '፧'
}

// comma stands between things that are read one after the other.
func comma(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	switch base {
	case "zh", "ja", "yue":
		return "、"
	case "ar", "ur", "fa":
		return "، "
	}
	return ", "
}

func labelColon(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	switch base {
	case "zh", "ja", "yue":
		return "："
	case "fr":
		return "\u00a0: "
	}
	return ": "
}
