package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fairnotice/locales"
	"fairnotice/notices"
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
	Web  string // the address after https://
	Show bool   // the address is not in the text: paper must print it
}

type para []piece

// item of a list, perhaps with a list of its own.
type item struct {
	Para para
	Sub  []para
}

// block is a small heading, a paragraph, or a list.
type block struct {
	Head bool
	Para para
	List []item
}

// section of layer 1 has blocks only. In the other layers Answer is the first statement, which answers the heading.
type section struct {
	ID      string
	Layer   int
	Heading para
	Answer  para
	Blocks  []block
}

// maxInline is the width in columns up to which a single value stands on its sentence's line.
const maxInline = 60

// lay arranges a notice.
func lay(n *locales.Notice) []section {
	l := layouter{colon: labelColon(n.Language)}
	out := make([]section, 0, len(n.Sections))
	for i := range n.Sections {
		s := &n.Sections[i]
		sec := section{ID: s.ID, Layer: s.Layer, Heading: l.heading(s.Heading, s.Values)}
		l.blocks, l.open = make([]block, 0, 2*len(s.Groups)), false
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
	colon  string
	blocks []block
	open   bool // the last block is a paragraph that the next sentence may join
}

// heading puts the values of a heading after it.
func (l *layouter) heading(text string, vs []locales.Value) para {
	p := para{{Before: clean(text)}}
	first := true
	for i := range vs {
		for _, runs := range entries(&vs[i]) {
			if first {
				p.text(l.colon)
			} else {
				p.text(" · ")
			}
			p.runs(runs)
			first = false
		}
	}
	return p
}

// key makes the list of key facts.
func (l *layouter) key(gs []locales.Group) {
	for g := range gs {
		if gs[g].Heading != "" {
			l.blocks = append(l.blocks, block{Head: true, Para: l.heading(gs[g].Heading, gs[g].Values)})
		}
		list := make([]item, 0, len(gs[g].Statements))
		for i := range gs[g].Statements {
			s := &gs[g].Statements[i]
			it := item{Para: para{{Before: clean(s.Text)}}}
			if !l.inline(&it.Para, s, true) {
				for _, below := range l.below(&it.Para, s.Values) {
					it.Sub = append(it.Sub, below.Para)
					it.Sub = append(it.Sub, below.Sub...)
				}
			}
			list = append(list, it)
		}
		l.blocks = append(l.blocks, block{List: list})
	}
}

// groups lays out the sections of the other layers, and gives back the answer.
func (l *layouter) groups(gs []locales.Group) (answer para) {
	for g := range gs {
		sts := gs[g].Statements
		if answer == nil && len(sts) > 0 {
			s := &sts[0]
			answer = para{{Before: clean(s.Text)}}
			// The answer stands in a summary, where there can be no link and no list.
			if linked(s.Values) || !l.inline(&answer, s, false) {
				var none para
				if list := l.below(&none, s.Values); len(list) > 0 {
					if len(none) > 0 {
						l.blocks = append(l.blocks, block{Para: none})
					}
					l.blocks = append(l.blocks, block{List: list})
				}
			}
			sts = sts[1:]
			if len(sts) == 0 {
				continue
			}
		}
		if gs[g].Heading != "" {
			l.blocks = append(l.blocks, block{Head: true, Para: l.heading(gs[g].Heading, gs[g].Values)})
		}
		l.open = false
		for i := range sts {
			l.statement(&sts[i])
		}
	}
	return answer
}

// statement adds one: sentences without values flow together; one with values stands alone, so that nobody takes them for those of
// the sentence before.
func (l *layouter) statement(s *locales.Statement) {
	flows := len(s.Values) == 0
	if l.open && flows {
		l.blocks[len(l.blocks)-1].Para.sentence(clean(s.Text))
		return
	}
	b := block{Para: para{{Before: clean(s.Text)}}}
	if !flows && !l.inline(&b.Para, s, false) {
		b.List = l.below(&b.Para, s.Values)
	}
	l.blocks = append(l.blocks, b)
	l.open = flows
}

// inline puts a single short value on the sentence's line, and says whether it did (or had nothing to do).
func (l *layouter) inline(p *para, s *locales.Statement, key bool) bool {
	var only *locales.Value
	count := 0
	for i := range s.Values {
		if k := len(entries(&s.Values[i])); k > 0 {
			count += k
			only = &s.Values[i]
		}
	}
	if count == 0 {
		return true
	}
	if count > 1 {
		return false
	}
	runs := entries(only)[0]
	if width(plain(runs)) > maxInline {
		return false
	}
	switch {
	case endsInColon(s.Text):
		p.sentence("")
		p.runs(runs)
	case key && (only.Kind == notices.VDate || only.Kind == notices.VDates):
		p.sentence("(")
		p.runs(runs)
		p.text(")")
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

// below makes the list that stands under a sentence. A lone list of things takes its label up to the sentence, and no label at all
// where the sentence leads to it with a colon.
func (l *layouter) below(p *para, vs []locales.Value) []item {
	full := make([]*locales.Value, 0, len(vs))
	for i := range vs {
		if len(entries(&vs[i])) > 0 {
			full = append(full, &vs[i])
		}
	}
	leads := len(*p) > 0 && endsInColon((*p)[len(*p)-1].Before)
	list := make([]item, 0, len(full))
	for _, v := range full {
		es := entries(v)
		switch {
		case len(full) == 1 && (leads || len(es) > 1):
			if !leads && v.Label != "" {
				p.sentence(clean(v.Label) + strings.TrimRight(l.colon, " "))
			}
			for _, runs := range es {
				var one para
				one.runs(runs)
				list = append(list, item{Para: one})
			}
		case len(es) == 1:
			list = append(list, item{Para: l.labelled(v.Label, es[0])})
		default:
			it := item{Para: para{{Before: clean(v.Label) + strings.TrimRight(l.colon, " ")}}}
			for _, runs := range es {
				var one para
				one.runs(runs)
				it.Sub = append(it.Sub, one)
			}
			list = append(list, it)
		}
	}
	return list
}

// labelled is `Label: value`.
func (l *layouter) labelled(label string, runs []locales.Run) para {
	var p para
	if label != "" {
		p.text(clean(label) + l.colon)
	}
	p.runs(runs)
	return p
}

// entries gives the things of a value, each as the runs that show it.
func entries(v *locales.Value) [][]locales.Run {
	switch {
	case len(v.Runs) == 0:
		out := make([][]locales.Run, len(v.Text))
		for i, t := range v.Text {
			out[i] = []locales.Run{{Text: t}}
		}
		return out
	case len(v.Runs) == len(v.Text):
		out := make([][]locales.Run, len(v.Runs))
		for i := range v.Runs {
			out[i] = v.Runs[i : i+1]
		}
		return out
	}
	return [][]locales.Run{v.Runs}
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

// runs adds one thing of a value.
func (p *para) runs(rs []locales.Run) {
	for i, r := range rs {
		if i > 0 {
			p.text(" ")
		}
		v := show(r)
		if n := len(*p); n > 0 && !(*p)[n-1].Has {
			(*p)[n-1].Run, (*p)[n-1].Has = v, true
			continue
		}
		*p = append(*p, piece{Run: v, Has: true})
	}
}

// show makes a run ready: what is not a phone number or a secure web address is no link.
func show(r locales.Run) run {
	v := run{Text: clean(r.Text), LTR: r.Dir == "ltr", RTL: r.Dir == "rtl", Lang: r.Lang}
	if rest, ok := strings.CutPrefix(r.Href, "tel:"); ok && rest != "" && strings.Trim(rest, "+0123456789-.();=abcdefghijklmnopqrstuvwxyz") == "" {
		v.Tel = rest
	}
	if rest, ok := strings.CutPrefix(r.Href, "https://"); ok && rest != "" && !strings.ContainsFunc(rest, notInAddress) {
		v.Web = rest
		v.Show = !strings.Contains(v.Text, strings.TrimSuffix(rest, "/"))
	}
	return v
}

func notInAddress(r rune) bool {
	return r <= ' ' || r == '<' || r == '>' || r == '"' || r == '\'' || r == '\\' || r == '`' || r == 0x7f || unicode.Is(unicode.Cf, r)
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

// clean makes white space single and takes out controls, also those that turn the direction of text. Texts that passed the checks
// of package source come back as they are, unless they hold line feeds.
func clean(s string) string {
	ok := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == 0x7f || c == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0 ||
			c == 0xe2 && i+2 < len(s) && (s[i+1] == 0x80 && s[i+2] >= 0xa8 && s[i+2] <= 0xae || s[i+1] == 0x81 && s[i+2] >= 0xa6) ||
			c == ' ' && (i == 0 || i+1 == len(s) || s[i+1] == ' ') {
			ok = false
			break
		}
	}
	if ok && utf8.ValidString(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\v' || r == '\f' || r == 0x2028 || r == 0x2029:
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x206f:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}
