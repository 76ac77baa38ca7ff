package packet

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices"
	"fairnotice/render/print"
)

// The packet in Word, one file for each language: the base language on the left, the other on the right, each statement with the number
// that it has everywhere, its reasons below. The words of each statement stand in a content control in each language, and so does each
// value beside it and the reasons. The tags are the contract with [ReadWord]:
//
//	fn:12:es      statement 12 in es
//	fn:12:es:1    the first value beside it
//	fn:12:why     its reasons
//
// The same names with _ for : and - are bookmarks, since LibreOffice drops tags and keeps bookmarks. What the file is about stands in its
// custom properties: fairnotice-program, fairnotice-edition, fairnotice-digest, fairnotice-language.
const (
	wordProgram  = "fairnotice-program"
	wordEdition  = "fairnotice-edition"
	wordDigest   = "fairnotice-digest"
	wordLanguage = "fairnotice-language"
)

// workingPaper is what a working paper says of itself on every page.
const workingPaper = "Working paper; may be a public record."

// wordTag is the tag of the content control of a statement in one language; value counts from 1, and 0 is the sentence.
func wordTag(number int, language string, value int) string {
	tag := "fn:" + strconv.Itoa(number) + ":" + language
	if value > 0 {
		tag += ":" + strconv.Itoa(value)
	}
	return tag
}

// wordMark is the bookmark of a tag.
func wordMark(tag string) string { return strings.NewReplacer(":", "_", "-", "_").Replace(tag) }

// DOCX writes the packet in one language beside the base language; for the base language itself there is one column. It is an error if
// the packet has not got the language.
func (p *Packet) DOCX(w io.Writer, language string) error {
	l, ok := p.Lang(language)
	if !ok {
		return fmt.Errorf("the packet is not in %q", language)
	}
	base, _ := p.Lang(p.Base)
	d := &wordPacket{Packet: p, columns: []Lang{base}, shown: map[int]bool{}}
	if l.Tag != base.Tag {
		d.columns = append(d.columns, l)
	}
	d.head()
	d.read()
	d.changes()
	for _, k := range p.Kinds {
		d.kind(k)
	}
	d.questions()
	d.law()
	return print.DOCX(w, print.Document{
		Title: "For review: " + p.Name, Language: base.Tag, Stamp: workingPaper, Track: true, Landscape: len(d.columns) > 1,
		Properties: []print.Property{{Name: wordProgram, Text: string(p.Program)}, {Name: wordEdition, Text: strconv.Itoa(p.Edition.Number)},
			{Name: wordDigest, Text: p.Edition.Digest}, {Name: wordLanguage, Text: l.Tag}},
		Body: d.body,
	})
}

// wordPacket is a packet as it becomes a document.
type wordPacket struct {
	*Packet
	columns []Lang
	body    []print.Block
	shown   map[int]bool
}

func (d *wordPacket) add(b ...print.Block) { d.body = append(d.body, b...) }

func plainPara(text string) print.Paragraph {
	return print.Paragraph{Runs: []print.Run{{Text: text}}}
}

func note(text string) print.Paragraph {
	return print.Paragraph{Style: print.Note, Runs: []print.Run{{Text: text}}}
}

func headed(s print.Style, text string) print.Paragraph {
	return print.Paragraph{Style: s, Runs: []print.Run{{Text: text}}}
}

func (l Lang) rtl() bool { return l.Dir == "rtl" }

// words is a paragraph in a language.
func (l Lang) words(runs ...print.Run) print.Paragraph {
	return print.Paragraph{Language: l.Tag, RTL: l.rtl(), Runs: runs}
}

// head says what the file is and how to work in it.
func (d *wordPacket) head() {
	last := d.columns[len(d.columns)-1]
	d.add(headed(print.Title, "For review: "+d.Name))
	about := fmt.Sprintf("This is edition %d of %s (%s)", d.Edition.Number, d.Edition.AsOf, d.Edition.ID)
	if d.Sent != 0 {
		about += ", sent for review on " + d.Sent.String()
	}
	if len(d.columns) > 1 {
		about += fmt.Sprintf(", in %s, with %s beside it", last.English, d.columns[0].English)
	}
	d.add(plainPara(about + "."))
	switch {
	case last.Tag == d.Base:
	case last.Reviewed != "":
		d.add(plainPara("The translation was reviewed by " + last.Reviewed + on(last.ReviewedOn) + "."))
	default:
		d.add(plainPara("Nobody has reviewed the translation. It is a draft."))
	}
	if d.Voice == "office" && d.Officer != "" {
		d.add(plainPara("The office speaks. " + d.Officer + " answers for it."))
	} else {
		d.add(plainPara("The page is not the office's own. It says so to its readers."))
	}
	d.add(headed(print.Heading1, "How to work in this file"))
	steps := []string{
		"To object or to ask, mark the words and add a comment (Review, New Comment). A comment that ends with a question mark is a question. Every other comment is an objection.",
		"To propose other words, write over them. Every change is tracked, and is a proposal; the notice changes only if the office takes it over.",
		"In LibreOffice, see that Edit, Track Changes, Record is on, and save as Word 2007-365 (.docx).",
		"Your name in Word goes with your comments. Any name is fine, also one that you make up for this (File, Options, General, User name).",
		"Leave the numbers as they are, and send the file back. This is a working paper, and your comments may become public records.",
		"A comment is no signature. To sign, use the statement in the packet.",
	}
	list := print.List{Numbered: true}
	for _, s := range steps {
		list.Items = append(list.Items, plainPara(s))
	}
	d.add(list)
}

func on(day string) string {
	if day == "" {
		return ""
	}
	return " on " + day
}

const shade = "F2F2F2"

// kind is one kind of notice. What another kind has said already is named by its number.
func (d *wordPacket) kind(k Kind) {
	d.add(headed(print.Heading1, k.Title[d.Base]))
	for _, s := range k.Sections {
		d.section(s)
	}
}

func (d *wordPacket) section(s Section) {
	d.add(headed(print.Heading2, s.Heading[d.Base]))
	widths := []int{7, 93}
	if len(d.columns) > 1 {
		widths = []int{6, 47, 47}
	}
	t := print.Table{Widths: widths, Head: 1}
	first := []print.Cell{{Shade: shade, Blocks: []print.Block{print.Paragraph{Runs: []print.Run{{Text: "No.", Bold: true}}}}}}
	for _, l := range d.columns {
		runs := []print.Run{{Text: l.Own, Bold: true}}
		if l.Own != l.English {
			runs = append(runs, print.Run{Text: " · "}, print.Run{Text: l.English, Language: "en", Dir: isolate(l.rtl())})
		}
		first = append(first, print.Cell{Shade: shade, Blocks: []print.Block{l.words(runs...)}})
	}
	t.Rows = append(t.Rows, first)
	var again []int
	for _, g := range s.Groups {
		if g.Heading[d.Base] != "" && slices.ContainsFunc(g.Numbers, func(n int) bool { return !d.shown[n] }) {
			row := []print.Cell{{Shade: shade, Blocks: []print.Block{print.Paragraph{Keep: true}}}}
			for _, l := range d.columns {
				p := l.words(print.Run{Text: g.Heading[l.Tag], Bold: true})
				p.Keep = true
				row = append(row, print.Cell{Shade: shade, Blocks: []print.Block{p}})
			}
			t.Rows = append(t.Rows, row)
		}
		for _, n := range g.Numbers {
			if d.shown[n] {
				again = append(again, n)
				continue
			}
			d.shown[n] = true
			it, _ := d.Number(n)
			t.Rows = append(t.Rows, d.item(it)...)
		}
	}
	if len(t.Rows) > 1 {
		d.add(t)
	}
	if len(again) > 0 {
		d.add(note("Here stand again, with the same words: " + numbersInWords(again) + "."))
	}
}

func isolate(rtl bool) string {
	if rtl {
		return "ltr"
	}
	return ""
}

// numbersInWords lists numbers, runs of them short: 1 to 5, 7 and 9.
func numbersInWords(ns []int) string {
	ns = slices.Clone(ns)
	slices.Sort(ns)
	ns = slices.Compact(ns)
	var out []string
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j+1] == ns[j]+1 {
			j++
		}
		if j > i+1 {
			out = append(out, fmt.Sprintf("%d to %d", ns[i], ns[j]))
		} else {
			for _, n := range ns[i : j+1] {
				out = append(out, strconv.Itoa(n))
			}
		}
		i = j + 1
	}
	return andList(out)
}

func andList(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// item is a statement: a row with its words, and a row with its reasons.
func (d *wordPacket) item(it *Item) [][]print.Cell {
	number := []print.Block{print.Paragraph{Keep: true, Runs: []print.Run{{Text: strconv.Itoa(it.Number), Bold: true}}}}
	changed := slices.ContainsFunc(d.columns, func(l Lang) bool { return it.In[l.Tag].Was != "" })
	if it.New {
		number = append(number, note("new"))
	} else if changed {
		number = append(number, note("changed"))
	}
	row := []print.Cell{{Blocks: number}}
	for _, l := range d.columns {
		row = append(row, print.Cell{Blocks: d.said(it, l)})
	}
	why := []print.Block{print.Paragraph{Style: print.Note, Runs: []print.Run{{Text: d.reasons(it), In: control(it.Number, "why", 0, "reasons")}}}}
	for _, c := range Beside(d.Comments, it.Number, "") {
		if slices.ContainsFunc(d.columns, func(l Lang) bool { return l.Tag == c.Language }) {
			why = append(why, d.comment(c))
		}
	}
	return [][]print.Cell{row, {{}, {Span: len(d.columns), Blocks: why}}}
}

// comment is what a reviewer has said of a statement before, how far it has come, and what the office answered.
func (d *wordPacket) comment(c Standing) print.Paragraph {
	did := map[Sort]string{Objection: "objects", Ask: "asks", Wording: "proposes other words"}[c.Is]
	l, _ := d.Lang(c.Language)
	p := note(fmt.Sprintf("%s %s, %s, %s (%s): ", c.Reviewer, did, c.Language, c.On, c.InWords()))
	said := print.Run{Text: c.Text, Italic: true, Dir: "auto"}
	if c.Is == Wording {
		said.Language, said.Dir = l.Tag, l.Dir
	}
	p.Runs = append(p.Runs, said)
	for _, a := range c.Answers {
		p.Runs = append(p.Runs, print.Run{Text: fmt.Sprintf(" The office (%s, %s): ", a.By, a.On)}, print.Run{Text: a.Text, Italic: true, Dir: "auto"})
	}
	return p
}

func control(number int, language string, value int, what string) *print.Control {
	tag := wordTag(number, language, value)
	return &print.Control{Tag: tag, Title: strconv.Itoa(number) + " · " + what, Bookmark: wordMark(tag)}
}

// said is the words of a statement in a language: the sentence, and its values.
func (d *wordPacket) said(it *Item, l Lang) []print.Block {
	s := it.In[l.Tag]
	sentence := l.words(print.Run{Text: s.Text, In: control(it.Number, l.Tag, 0, l.English)})
	sentence.Keep = true
	out := []print.Block{sentence}
	n := 0
	for _, v := range s.Values {
		p := l.words(print.Run{Text: v.Label + ": "})
		p.Keep = true
		for i, text := range v.Text {
			n++
			r := print.Run{Text: text, Dir: "auto", In: control(it.Number, l.Tag, n, v.Label)}
			if i < len(v.Runs) {
				r.Dir, r.Language = v.Runs[i].Dir, v.Runs[i].Lang
			}
			if i > 0 {
				p.Runs = append(p.Runs, print.Run{Text: map[bool]string{false: "; ", true: "؛ "}[l.rtl()]})
			}
			p.Runs = append(p.Runs, r)
		}
		out = append(out, p)
	}
	small := func(p print.Paragraph) {
		p.Style, p.Keep = print.Note, true
		out = append(out, p)
	}
	if s.Own {
		small(l.words(print.Run{Text: "The office's own words.", Language: "en", Dir: isolate(l.rtl())}))
		if s.Ours != "" && s.Ours != s.Text {
			small(l.words(print.Run{Text: "Ours: ", Language: "en", Dir: isolate(l.rtl())}, print.Run{Text: s.Ours}))
		}
	}
	if len(s.Diff) > 0 {
		p := l.words(print.Run{Text: "Since the edition before: ", Language: "en", Dir: isolate(l.rtl())})
		for _, x := range s.Diff {
			p.Runs = append(p.Runs, print.Run{Text: x.Text, Bold: x.Op == '+', Struck: x.Op == '-'})
		}
		small(p)
	}
	return out
}

// reasons is why a statement stands, short: the lines of the file by their source, the law, what a rule says, what it covers.
func (d *wordPacket) reasons(it *Item) string {
	var out []string
	type from struct{ file, says string }
	var order []from
	lines := map[from][]int{}
	law := map[string]bool{}
	for _, r := range it.Reasons {
		if r.Law != "" {
			text := r.Cite
			if i := slices.IndexFunc(d.Law, func(l Law) bool { return l.ID == r.Law }); text == "" && i >= 0 {
				text = d.Law[i].Citation
			}
			if text == "" {
				text = string(r.Law)
			}
			if !law[text] {
				law[text] = true
				out = append(out, "Law: "+text+".")
			}
		}
		if r.Means != "" {
			out = append(out, sentence(r.Means))
		}
		if r.Line == 0 {
			continue
		}
		says := ""
		if r.Source != nil {
			says = r.Source.Title
			if r.Source.Read != "" {
				says += ", read " + r.Source.Read
			}
		}
		if r.Confidence != "" {
			says = joined(says, r.Confidence)
		}
		if r.By != "" {
			says = joined(says, "confirmed by "+r.By+on(r.On))
		}
		for _, a := range r.Asked {
			says = joined(says, "asked "+a.Who+on(a.On)+", no answer")
		}
		f := from{r.File, says}
		if lines[f] == nil {
			order = append(order, f)
		}
		lines[f] = append(lines[f], r.Line)
	}
	file := ""
	for _, f := range order {
		text := ""
		if f.file != file {
			file = f.file
			text = file + ", "
		}
		if ns := lines[f]; slices.Max(ns) == slices.Min(ns) {
			text += "line "
		} else {
			text += "lines "
		}
		text += numbersInWords(lines[f])
		if f.says != "" {
			text += " (" + f.says + ")"
		}
		if n := len(out); !strings.HasPrefix(text, file) {
			out[n-1] = strings.TrimSuffix(out[n-1], ".") + "; " + text + "."
			continue
		}
		out = append(out, text+".")
	}
	for _, m := range it.MustNots {
		out = append(out, fmt.Sprintf("The words %q are near to what a notice may not say: %s (%s).", m.Match, strings.TrimSuffix(m.Say, "."), m.Code))
	}
	if len(it.Kinds) > 1 {
		names := make([]string, len(it.Kinds))
		for i, k := range it.Kinds {
			names[i] = d.titleOf(k)
		}
		out = append(out, "It stands in "+andList(names)+".")
	}
	if len(it.Covers) > 0 {
		names := make([]string, len(it.Covers))
		for i, c := range it.Covers {
			names[i] = string(c)
		}
		out = append(out, "["+strings.Join(names, ", ")+"]")
	}
	return strings.Join(out, " ")
}

func (d *wordPacket) titleOf(k notices.Kind) string {
	return "“" + d.Kinds[slices.IndexFunc(d.Kinds, func(x Kind) bool { return x.Kind == k })].Title[d.Base] + "”"
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// sentence ends with a full stop.
func sentence(s string) string {
	if s = strings.TrimSpace(s); s != "" && !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	return s
}

// read is how far those have come who review the language.
func (d *wordPacket) read() {
	list := print.List{}
	for _, r := range d.Reviews {
		if r.Language == d.columns[len(d.columns)-1].Tag && r.Says != "" {
			list.Items = append(list.Items, plainPara(sentence(r.Says)))
		}
	}
	if len(list.Items) > 0 {
		d.add(headed(print.Heading1, "Who has read it"), list)
	}
}

// changes is what is another than in the edition with which the packet compares: numbers of statements, law, exposures, and what is not said
// any more.
func (d *wordPacket) changes() {
	if d.Before == nil {
		return
	}
	d.add(headed(print.Heading1, fmt.Sprintf("What changed since edition %d of %s", d.Before.Edition, d.Before.AsOf)))
	var fresh, changed []int
	for _, it := range d.Items {
		switch {
		case it.New:
			fresh = append(fresh, it.Number)
		case slices.ContainsFunc(d.columns, func(l Lang) bool { return it.In[l.Tag].Was != "" }):
			changed = append(changed, it.Number)
		}
	}
	list := print.List{}
	item := func(format string, args ...any) {
		list.Items = append(list.Items, plainPara(fmt.Sprintf(format, args...)))
	}
	for _, c := range []struct {
		what string
		ns   []int
	}{{"Statements with other words: ", changed}, {"New statements: ", fresh}} {
		if len(c.ns) > 0 {
			item("%s%s.", c.what, numbersInWords(c.ns))
		}
	}
	for _, g := range d.Changed {
		what, how, title := "The law ", "says something else now", g.Title
		if g.Kind == "demand" {
			what = "The demand "
		}
		if title == "" {
			title = g.ID
		}
		if g.Was == "" {
			how = "is new"
		} else if g.Now == "" {
			how = "is gone"
		}
		item("%s“%s” %s. A signature that rested on it lapses.", what, title, how)
	}
	for _, r := range d.Rows {
		was, now := r.Was, r.Now
		if was == "" {
			was = "it was not in the table of exposure"
		}
		if now == "" {
			now = "it is not in the table of exposure"
		}
		item("%s, %s; %s; demanded by %s. Before: %s. Now: %s.", r.Holder, r.Phase, andList(r.Items), andList(r.Demands), strings.TrimSuffix(was, "."), strings.TrimSuffix(now, "."))
	}
	if len(list.Items) == 0 && len(d.Gone) == 0 {
		d.add(plainPara("Nothing, in these languages."))
		return
	}
	d.add(list)
	if len(d.Gone) == 0 {
		return
	}
	d.add(headed(print.Heading2, "What is not said any more"))
	for _, g := range d.Gone {
		for _, l := range d.columns {
			if g.Was[l.Tag] != "" {
				d.add(l.words(print.Run{Text: g.Was[l.Tag], Struck: true}))
			}
		}
	}
}

func (d *wordPacket) questions() {
	if len(d.Questions) == 0 {
		return
	}
	d.add(headed(print.Heading1, "What nobody knows yet"))
	list := print.List{}
	for _, q := range d.Questions {
		text := sentence(q.Text)
		if q.Ask != "" {
			text += " To be asked: " + sentence(q.Ask)
		}
		if len(q.Asked) == 0 {
			text += " Nobody was asked."
		}
		for _, a := range q.Asked {
			text += " Asked: " + a.Who + on(a.On) + "."
		}
		if len(q.Numbers) > 0 {
			text += " Statements: " + numbersInWords(q.Numbers) + "."
		}
		list.Items = append(list.Items, plainPara(text))
	}
	d.add(list)
}

func (d *wordPacket) law() {
	if len(d.Law) == 0 {
		return
	}
	d.add(headed(print.Heading1, "The law that is cited"))
	for _, l := range d.Law {
		d.add(headed(print.Heading3, l.Citation))
		text := sentence(l.Title)
		if l.Stands != "" {
			text += " " + sentence(l.Stands)
		}
		d.add(plainPara(text))
		if l.Words != "" {
			d.add(print.Paragraph{Runs: []print.Run{{Text: "“" + l.Words + "”", Italic: true}}})
		} else {
			d.add(note("Nobody has read its words."))
		}
		text = ""
		if l.CheckedOn != "" {
			text = "Checked" + on(l.CheckedOn)
			if l.CheckedBy != "" {
				text += " by " + l.CheckedBy
			}
			text += "."
		}
		if l.CheckDue != "" {
			text += " To be checked again by " + l.CheckDue + "."
		}
		if l.Confidence != "" {
			text += " Confidence: " + l.Confidence + "."
		}
		d.add(note(strings.TrimSpace(text)))
	}
}
