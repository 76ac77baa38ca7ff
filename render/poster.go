package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"fairnotice/locales"
	"fairnotice/notices"
)

// What stands on a wall, in a hand and beside a counter. A poster is one page, a handout two sides of one sheet; each is a page of HTML
// that prints right from any browser, on letter and on A4, without a script. What they say is the kind poster and nothing else: its text
// has a digest, is read and signed as every other, and stands in the edition.

// Printed is what stands on paper beside the words of a notice. Its zero value is a poster alone.
type Printed struct {
	// Languages are those that the edition is in: their lines at the foot say so. The lines of the others say that it is not in them yet.
	Languages []string
	// Interpreter finds where people can ask for one: the notices of the edition, in any language.
	Interpreter []*locales.Notice
	// Code is a QR code as SVG (print.QR), or nil. Page is the address that it opens; "" where it holds the words of CodeText.
	Code []byte
	Page string
	// Paper is its size; the zero value leaves it to whoever prints: a page fits letter and A4.
	Paper Paper
}

// CodeText is what a code holds that opens no page: the key facts of a notice as text, in its language. It is read without the
// internet.
func CodeText(n *locales.Notice) string {
	var b strings.Builder
	b.WriteString(clean(n.Name.Text))
	if d := clean(n.Edition.Date); d != "" {
		b.WriteString("\n" + d)
	}
	for _, s := range lay(n) {
		if s.Layer != 1 {
			continue
		}
		for _, k := range s.Blocks {
			for _, f := range k.Facts {
				b.WriteString("\n" + flat(f))
			}
		}
	}
	return b.String()
}

// flat is a block on one line, without isolation: a code is text for a machine that shows it as it pleases.
func flat(k block) string {
	var b strings.Builder
	write := func(ps ...para) {
		for _, p := range ps {
			if b.Len() > 0 && len(p) > 0 {
				b.WriteByte(' ')
			}
			for _, c := range p {
				b.WriteString(c.Before)
				switch {
				case c.Has && c.Run.Round:
					b.WriteString("(" + c.Run.Text + ")")
				case c.Has:
					b.WriteString(c.Run.Text)
				}
			}
		}
	}
	things := func(ps []para) {
		for i, p := range ps {
			if i > 0 {
				b.WriteString(" ·")
			}
			write(p)
		}
	}
	write(k.Para)
	things(k.List)
	for i, m := range k.More {
		if i > 0 || len(k.List) > 0 {
			b.WriteString(" ·")
		}
		write(m.Para)
		things(m.List)
	}
	return b.String()
}

// Poster writes one page for a wall: a notice of the kind poster.
func Poster(w io.Writer, c *locales.Catalog, n *locales.Notice, o Printed) error {
	return writeLeaves(w, c, []leaf{{n: n, code: true, lines: true}}, o)
}

// Large writes a notice of any kind in large letters, for paper: all parts are open, and no letter is smaller than 18 points.
func Large(w io.Writer, c *locales.Catalog, n *locales.Notice, on Paper) error {
	return writePage(w, c, []*locales.Notice{n}, pageOptions{print: true, large: true, paper: on})
}

// Handout writes a sheet of two sides: the poster in one language, with the code, and on the back in English. The back of the English one
// says in which languages the notice is and is not.
func Handout(w io.Writer, c *locales.Catalog, n, english *locales.Notice, o Printed) error {
	return writeHandout(w, c, n, english, o)
}

func writeHandout(w io.Writer, c phrases, n, english *locales.Notice, o Printed) error {
	if n.Language == "en" || english == nil {
		return writeLeaves(w, c, []leaf{{n: n, code: true}, {n: n, lines: true, bare: true}}, o)
	}
	return writeLeaves(w, c, []leaf{{n: n, code: true}, {n: english}}, o)
}

// leaf is one side of a sheet.
type leaf struct {
	n           *locales.Notice
	code, lines bool
	bare        bool // nothing but the lines
}

// leafPage is what the frame of a leaf sees.
type leafPage struct {
	Lang, Dir                         string
	Size                              string // the class of the size of its letters
	Reviewed                          bool
	Name, NameLang                    string
	Title, Draft, Office, Date, Short string
	CodeSays, Page                    string
	CodeClass                         string
	CodeMM                            float64 // how wide the code is, in millimetres
	Lines                             []line
	Bare                              bool
	Back                              bool // it is the second side: a page has one heading of the first rank
}

// codeForm is all that print.QR writes: it goes into a page as it is.
var codeForm = regexp.MustCompile(`^<svg class="fn-qr" [a-zA-Z0-9 ="/:.-]*>(<path [a-zA-Z0-9 ="#-]*/>){2}</svg>$`)

// posterHead is what the frame of the page sees.
type posterHead struct {
	Policy, Lang, Dir, Title string
	Paper                    Paper
}

// line is what a poster says at its foot to people whose language it is not in.
type line struct {
	Lang, Dir, Text, Ask, AskLang, Tel string
	Empty                              bool // it says only that the page is not in this language yet
}

func writeLeaves(w io.Writer, c phrases, leaves []leaf, o Printed) error {
	set, err := posterTemplates()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	first := leaves[0].n
	head := posterHead{set.policy, safeTag(first.Language), direction(first), clean(first.Title) + " · " + clean(first.Name.Text), o.Paper}
	if rule := paperRules[o.Paper]; rule != "" {
		head.Policy = strings.Replace(head.Policy, "style-src ", "style-src '"+hashOf(rule)+"' ", 1)
	}
	if len(leaves) > 1 && leaves[1].n != first {
		head.Lang, head.Dir = "mul", "ltr"
	}
	frame := func(name string, data any) {
		if err == nil {
			err = set.ExecuteTemplate(&out, name, data)
		}
	}
	frame("poster", head)
	for i, f := range leaves {
		if f.n.Kind != notices.Poster {
			return fmt.Errorf("a poster is made of a notice of the kind poster, and this is one of the kind %q", f.n.Kind)
		}
		p, failed := newLeaf(c, f, o)
		if failed != nil {
			return failed
		}
		p.Back = i > 0
		secs := lay(f.n)
		half := sizeOf(secs, p, f)
		if half < plentiful && !f.bare {
			p.Lines = slices.DeleteFunc(p.Lines, func(l line) bool { return l.Empty })
			half = sizeOf(secs, p, f)
		}
		p.Size = sizeClass(half)
		var gap markup = "\n"
		if strings.HasPrefix(f.n.Language, "zh") { // its sentences follow each other without a space
			gap = ""
		}
		write := func(what func(*body, []section, markup)) {
			b := &body{h2: `<h2>`, h2end: `</h2>`, h3: `<h3>`, h3end: `</h3>`, b: out.AvailableBuffer()}
			what(b, secs, gap)
			out.Write(b.b)
		}
		frame("leaf", p)
		if !f.bare {
			write((*body).gives)
		}
		frame("leaf code", p)
		if p.CodeSays != "" {
			out.Write(o.Code)
		}
		frame("leaf words", p)
		if !f.bare {
			write((*body).leaf)
		}
		frame("leaf end", p)
	}
	frame("poster end", nil)
	if err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

func newLeaf(c phrases, f leaf, o Printed) (*leafPage, error) {
	n := f.n
	var failed error
	say := func(id string) string {
		s, err := c.Phrase(n.Language, id)
		if err != nil && failed == nil {
			failed = err
		}
		return clean(s)
	}
	p := &leafPage{Lang: safeTag(n.Language), Dir: direction(n), Reviewed: n.Translation.State == "reviewed", Name: clean(n.Name.Text), NameLang: safeTag(n.Name.Lang),
		Title: clean(n.Title), Office: clean(n.OfficeWords), Bare: f.bare}
	if n.Translation.State == "draft" {
		p.Draft = say("ui.draft")
	}
	if p.Date = clean(n.Edition.Date); p.Date != "" {
		p.Short = shortDigest(n.Edition.Digest)
	}
	if f.code && len(o.Code) > 0 {
		if !codeForm.Match(o.Code) {
			return nil, errors.New("a code is SVG, as print.QR makes it")
		}
		p.CodeMM, p.CodeClass = codeSize(o.Code)
		if p.CodeSays = say("ui.qr.facts"); o.Page != "" {
			p.CodeSays, p.Page = say("ui.qr.page"), clean(o.Page)
		}
	}
	if f.lines {
		p.Lines = linesFor(n, o)
	}
	return p, failed
}

// codeWidths are the widths in which a code is drawn, in millimetres; each has its class in poster.css.
var codeWidths = []int{28, 32, 36, 40, 44, 48, 52}

// codeSize is the width at which a module of a code is at least 0.4 millimetres wide, which phones read from an arm's length.
func codeSize(code []byte) (float64, string) {
	at := bytes.Index(code, []byte(`viewBox="0 0 `))
	digits, _, _ := bytes.Cut(code[at+len(`viewBox="0 0 `):], []byte(" "))
	side, err := strconv.Atoi(string(digits))
	w := codeWidths[len(codeWidths)-1]
	if at >= 0 && err == nil {
		for _, mm := range codeWidths {
			if float64(mm) >= float64(side)*0.4 {
				w = mm
				break
			}
		}
	}
	return float64(w), "fn-q" + strconv.Itoa(w)
}

// linesFor gives the lines of all languages but the one of the poster: in it too; or whom to ask for an interpreter, where somebody is
// named; or that it is not in it yet. Who can read nothing else on the page can point to a line. Lines of the last sort are left out of a
// poster whose own letters would be too small for them; the back of the English handout always has them.
func linesFor(n *locales.Notice, o Printed) []line {
	var out []line
	ask := interpreterOf(o.Interpreter)
	for _, l := range locales.Everywhere() {
		if l.Tag == n.Language {
			continue
		}
		w := line{Lang: l.Tag, Dir: l.Dir, Text: clean(l.NotYet)}
		if slices.Contains(o.Languages, l.Tag) {
			w.Text = clean(l.Important)
		} else if ask.Text != "" {
			w.Text, w.Ask, w.AskLang, w.Tel = clean(l.Interpreter), ask.Text, ask.Lang, ask.Tel
		} else {
			w.Empty = true
		}
		out = append(out, w)
	}
	return out
}

// leaf writes the sections of a poster: the way that leaves fewer records and whom to call stand in boxes, and what the page itself is
// comes last and small. What belongs to a sentence runs on behind it: a list would take the lines that the next sentence needs.
func (b *body) leaf(secs []section, gap markup) {
	for i := range secs {
		s := &secs[i]
		switch placeOf(s.ID) {
		case atTop: // it stands in the header
			continue
		case inBox:
			b.raw("\n<section class=\"fn-box\">\n")
		case small:
			b.raw("\n<section class=\"fn-tail\">\n")
		default:
			b.raw("\n<section class=\"fn-plain\">\n")
		}
		b.wrap(b.h2, s.Heading, b.h2end)
		if len(s.Answer) > 0 {
			if endsInValue(s.Answer) {
				b.wrap("\n<p class=\"fn-answer fn-v\">", s.Answer, "</p>")
			} else {
				b.wrap("\n<p class=\"fn-answer\">", s.Answer, "</p>")
			}
		}
		b.runIn(s.Blocks, gap)
		b.raw("\n</section>")
	}
}

// runIn writes each block as one paragraph; gap stands before it, for some run on behind another.
func (b *body) runIn(bs []block, gap markup) {
	for i := range bs {
		k := &bs[i]
		switch {
		case k.Head:
			b.raw("\n")
			b.wrap(b.h3, k.Para, b.h3end)
		case len(k.Facts) > 0:
			b.runIn(k.Facts, gap)
		default:
			var between markup = " "
			if endsInValue(k.Para) {
				between = " · "
			}
			b.raw(gap)
			if endsInValue(k.Para) || len(k.List)+len(k.More) > 0 {
				b.wrap("<p class=\"fn-v\">", k.Para, "")
			} else {
				b.wrap("<p>", k.Para, "")
			}
			things := func(ps []para) {
				for _, p := range ps {
					b.wrap(between, p, "")
					between = " · "
				}
			}
			things(k.List)
			for _, m := range k.More {
				if between == " " && len(k.Para) == 0 {
					between = ""
				}
				things([]para{m.Para})
				if len(m.List) > 0 {
					between = " "
					things(m.List)
				}
			}
			b.raw("</p>")
		}
	}
}

// endsInValue says that a paragraph ends in a value, after which no full stop stands.
func endsInValue(p para) bool { return len(p) > 0 && p[len(p)-1].Has && !p[len(p)-1].Run.Round }

// gives writes what a person gets: a line of its own each.
func (b *body) gives(secs []section, gap markup) {
	for i := range secs {
		if placeOf(secs[i].ID) == atTop {
			b.runIn(secs[i].Blocks, gap)
		}
	}
}

type place int

const (
	plainly place = iota
	atTop
	inBox
	small
)

// placeOf is where a section stands on a poster.
func placeOf(id string) place {
	switch id {
	case "key_facts":
		return atTop
	case "fewer", "now":
		return inBox
	case "about":
		return small
	}
	return plainly
}

// How large the letters of a poster are is worked out, and not tried: a page without a script cannot try. The sums are in ems, and lean to
// the safe side; a browser looks at every language (.ci/web/print.test.mjs). A poster that does not fit in the smallest size goes on on a
// second page: nothing is ever cut.

// sizes are those of the letters, in points; each has its class in poster.css.
const (
	smallest = 9
	largest  = 17
)

// The room for letters on a page that is letter and A4 at once, in points: the narrower width, the lower height, margins of 10 mm, and a
// little to spare for other typefaces.
const (
	roomAcross = 538
	roomDown   = 722
)

// plentiful is the size, in half points, down to which a poster keeps the lines that say no more than that it is not in a language yet.
const plentiful = 20

// sizeOf is the largest size, in half points, in which a leaf fits its page.
func sizeOf(secs []section, p *leafPage, f leaf) int {
	l, _ := locales.Find(f.n.Language)
	if d, ok := dense[l.Face]; ok {
		l.Line = d.line
	}
	height, err := strconv.ParseFloat(l.Line, 64)
	if err != nil {
		height = 1.5
	}
	for half := 2 * largest; half > 2*smallest; half-- {
		if needs(secs, p, f, float64(half)/2, height-lessLine) <= roomDown {
			return half
		}
	}
	return 2 * smallest
}

func sizeClass(half int) string { return "fn-z" + strconv.Itoa(half) }

// lessLine is how much nearer lines stand on a poster than on a screen.
const lessLine = 0.2

// torn is what stays empty at the end of a line because no word is torn, in ems for each point of the letters: a line of large letters holds
// fewer, and loses more of them.
const torn = 0.28

// needs is the height of a leaf in points, when its letters have a size and its lines a height of so many ems.
func needs(secs []section, p *leafPage, f leaf, size, line float64) float64 {
	across := roomAcross / size
	lines := func(ems, room float64) float64 { return (float64(int(ems/(room-torn*size))) + 1) * line }
	var blocks func(bs []block, room float64) float64
	blocks = func(bs []block, room float64) float64 {
		h := 0.0
		for i := range bs {
			k := &bs[i]
			switch {
			case k.Head:
				h += 1.05*lines(emsOf(k.Para)*1.1, room) + 0.4
			case len(k.Facts) > 0:
				h += blocks(k.Facts, room)
			default:
				h += lines(emsOfBlock(k), room) + 0.3
			}
		}
		return h
	}
	total, top := 0.0, 0.0
	if !f.bare {
		beside := across
		if p.CodeSays != "" {
			beside -= (p.CodeMM*72/25.4)/size + 1
		}
		top = 1.7*(line-.1)*float64(1+int(emsIn(p.Name)*1.8/beside)) + 1.35*(line-.1)*float64(1+int(emsIn(p.Title)*1.4/beside)) + 0.75*lines(emsIn(p.Date+p.Draft+p.Office)*0.75+6, beside) + 0.5
		for _, s := range secs {
			said := 1.15*lines(emsOf(s.Heading)*1.25, across) + 0.1
			if len(s.Blocks) > 0 && !s.Blocks[0].Head && !endsInValue(s.Answer) { // it runs on behind the answer
				said += lines(emsOf(s.Answer)*1.06+0.3+emsOfBlock(&s.Blocks[0]), across-2) + 0.25
				s.Blocks = s.Blocks[1:]
			} else {
				said += lines(emsOf(s.Answer)*1.06, across-2) + 0.3
			}
			switch placeOf(s.ID) {
			case atTop:
				w := 0.0
				for i := range s.Blocks {
					for j := range s.Blocks[i].Facts {
						w += emsOfBlock(&s.Blocks[i].Facts[j])
					}
				}
				top += lines(w, beside)
			case inBox:
				total += said + blocks(s.Blocks, across-2) + 1.5
			case small:
				w := emsOf(s.Heading) + emsOf(s.Answer) + 2
				for i := range s.Blocks {
					w += emsOfBlock(&s.Blocks[i])
				}
				total += 0.8*lines(w, across/0.8) + 0.6
			default:
				total += said + blocks(s.Blocks, across) + 0.3
			}
		}
		if p.CodeSays != "" {
			top = max(top, (p.CodeMM*72/25.4)/size)
			total += 0.8 * lines(emsIn(p.CodeSays+p.Page), across/0.8)
		}
	}
	down := (total + top) * size * 0.975
	if len(p.Lines) > 0 {
		w := 0.0
		for _, l := range p.Lines {
			w += emsIn(l.Text) + emsIn(l.Ask) + 1
		}
		down += (float64(int(w*lineSize/roomAcross))+2)*lineSize*lineHigh + 20
	}
	return down
}

func emsOfBlock(k *block) float64 {
	w := emsOf(k.Para) + 0.3
	for _, p := range k.List {
		w += emsOf(p) + 1
	}
	for _, m := range k.More {
		w += emsOf(m.Para) + 1
		for _, p := range m.List {
			w += emsOf(p) + 1
		}
	}
	return w
}

// The lines at the foot: the size of their letters in points, and how many of it a line is high.
const (
	lineSize = 7
	lineHigh = 1.35
)

func emsOf(p para) float64 {
	w := 0.0
	for i := range p {
		w += emsIn(p[i].Before) + emsIn(p[i].Run.Text)
		if p[i].Run.Show {
			w += emsIn(p[i].Run.Web) + 4
		}
	}
	return w
}

// emsIn is about how wide a text is, in the size of its letters: by script, from the fonts that systems have.
func emsIn(s string) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case wide(r) && !unicode.Is(unicode.Hangul, r):
			w += 1.05 // no line begins with a full stop, so some end early
		case unicode.Is(unicode.Hangul, r):
			w += 0.97 // no word is torn, so lines end early
		case r == ' ':
			w += 0.28
		case r < 0x80 && unicode.IsLower(r) || r >= 0xe0 && r < 0x250:
			w += 0.54
		case unicode.IsUpper(r) && r < 0x250:
			w += 0.66
		case unicode.Is(unicode.Cyrillic, r):
			w += 0.6
		case unicode.Is(unicode.Arabic, r):
			w += 0.5
		case unicode.IsDigit(r):
			w += 0.57
		case unicode.IsLetter(r):
			w += 0.64
		default:
			w += 0.4
		}
	}
	return w
}

type posterSet struct {
	*template.Template
	policy string
}

var posterTemplates = sync.OnceValues(func() (*posterSet, error) {
	read := func(name string) string {
		b, err := templateFiles.ReadFile("templates/" + name)
		if err != nil {
			panic(err) // embedded: a missing file does not build
		}
		return string(b)
	}
	var sizes strings.Builder
	for half := 2 * smallest; half <= 2*largest; half++ {
		fmt.Fprintf(&sizes, ".%s{font-size:%spt}\n", sizeClass(half), strconv.FormatFloat(float64(half)/2, 'f', -1, 64))
	}
	for _, mm := range codeWidths {
		fmt.Fprintf(&sizes, ".fn-q%d,.fn-q%d .fn-qr{inline-size:%dmm}\n.fn-q%d .fn-qr{block-size:%dmm}\n", mm, mm, mm, mm, mm)
	}
	var close strings.Builder // a family that is tall is set in the one that stands in for it where room is dear
	for _, l := range locales.Languages() {
		if d, ok := dense[l.Face]; ok {
			fmt.Fprintf(&close, ".fn-leaf[lang|=%s]{font-family:%s;--fn-l:%s}\n", l.Tag, faces[d.face], d.line)
		}
	}
	css := strings.NewReplacer("/* typography */", typography(), "/* sizes */", sizes.String(), "/* dense */", close.String()).Replace(read("poster.css"))
	t := template.New("")
	for _, src := range []string{`{{define "poster css"}}` + squeeze(css) + `{{end}}`, read("paper.html"), read("poster.html")} {
		if _, err := t.Parse(src); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "poster", nil); err != nil {
		return nil, err
	}
	return &posterSet{t, "default-src 'none'; style-src '" + hashOf(between(b.String(), "<style>", "</style>")) + "'; base-uri 'none'; form-action 'self'"}, nil
})
