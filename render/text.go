package render

import (
	"bytes"
	"io"
	"strings"

	"fairnotice/locales"
)

// columns is the width at which text is wrapped; together is the width up to which a value is not broken: a date, a phone number.
const (
	columns  = 78
	together = 24
)

// Text writes a notice for a terminal, a mail or a screen reader. Values are isolated by U+2066 to U+2069 where the text or the
// value runs from right to left; lines are wrapped at 78 columns.
func Text(w io.Writer, n *locales.Notice) error { return writeText(w, n, nil) }

// writeText adds the lines of other languages at the foot, each in the direction of its own.
func writeText(w io.Writer, n *locales.Notice, foot []also) error {
	t := &texter{rtl: n.Direction == "rtl"}
	if name := clean(n.Name.Text); name != "" && !strings.Contains(n.Title, name) {
		t.para("", "", para{{Run: show(n.Name), Has: true}})
	}
	t.para("", "", para{{Before: clean(n.Title)}})
	t.rule('=')
	if d := editionMark(n); d != nil {
		t.para("", "", d)
	}
	if s := clean(n.OfficeWords); s != "" {
		t.para("", "", para{{Before: s}})
	}
	for _, s := range lay(n) {
		t.buf.WriteByte('\n')
		t.para("", "", s.Heading)
		t.rule('-')
		if len(s.Answer) > 0 {
			t.para("", "", s.Answer)
		}
		above := len(s.Answer) > 0
		for _, b := range s.Blocks {
			if above {
				t.buf.WriteByte('\n')
			}
			above = !b.Head
			t.block("", "", b)
		}
	}
	if len(foot) > 0 {
		t.buf.WriteByte('\n')
	}
	for _, a := range foot {
		t.rtl = a.Dir == "rtl"
		t.para("", "", para{{Before: a.Text}})
	}
	_, err := w.Write(t.buf.Bytes())
	return err
}

// editionMark is the date of the edition for people, with the first letters of its digest once it has one.
func editionMark(n *locales.Notice) para {
	if n.Edition.Date == "" {
		return nil
	}
	p := para{{Run: run{Text: clean(n.Edition.Date)}, Has: true}}
	if s := shortDigest(n.Edition.Digest); s != "" {
		p.text(" (")
		p = append(p[:len(p)-1], piece{Before: " (", Run: run{Text: s, LTR: true}, Has: true})
		p.text(")")
	}
	return p
}

type texter struct {
	buf  bytes.Buffer
	rtl  bool
	last int // width of the widest line of the last paragraph
}

// block writes one, each line after an indent, its first line after first.
func (t *texter) block(first, indent string, b block) {
	if len(b.Para) > 0 {
		t.para(first, indent, b.Para)
	}
	for _, p := range b.List {
		t.para(indent+"- ", indent+"  ", p)
	}
	for _, m := range b.More {
		t.para(indent, indent, m.Para)
		for _, p := range m.List {
			t.para(indent+"- ", indent+"  ", p)
		}
	}
	for _, f := range b.Facts {
		t.block(indent+"- ", indent+"  ", f)
	}
}

// rule underlines the last paragraph.
func (t *texter) rule(c byte) {
	for range min(t.last, columns) {
		t.buf.WriteByte(c)
	}
	t.buf.WriteByte('\n')
}

// atom is a stretch of text that is never broken.
type atom struct {
	s     string
	w     int
	value int    // number of the value it belongs to; 0 for words
	iso   string // what opens its isolate
	space bool   // a space stands before it
	brk   bool   // a line may begin with it
}

// para writes a paragraph, wrapped, its first line after first, the others after rest.
func (t *texter) para(first, rest string, p para) {
	atoms := t.atoms(p)
	t.last = 0
	lead, line, used := first, 0, 0
	for i := 0; i < len(atoms); {
		// A cluster is what stays together.
		j, w := i+1, atoms[i].w
		for j < len(atoms) && !atoms[j].brk {
			w += atoms[j].w
			j++
		}
		sep := 0
		if used > 0 && atoms[i].space {
			sep = 1
		}
		if used > 0 && len(lead)+used+sep+w > columns {
			t.line(lead, atoms[line:i])
			t.last = max(t.last, len(lead)+used)
			lead, line, used, sep = rest, i, 0, 0
		}
		used += sep + w
		i = j
	}
	t.line(lead, atoms[line:])
	t.last = max(t.last, len(lead)+used)
}

// line writes atoms as one line: isolates open and close within it, because a line break ends them.
func (t *texter) line(lead string, atoms []atom) {
	if t.rtl && !startsRTL(atoms) {
		t.buf.WriteString("\u200f")
	}
	t.buf.WriteString(lead)
	value := 0
	for i, a := range atoms {
		if value != 0 && a.value != value {
			t.buf.WriteString("\u2069")
			value = 0
		}
		if i > 0 && a.space {
			t.buf.WriteByte(' ')
		}
		if a.iso != "" && value == 0 {
			t.buf.WriteString(a.iso)
			value = a.value
		}
		t.buf.WriteString(a.s)
	}
	if value != 0 {
		t.buf.WriteString("\u2069")
	}
	t.buf.WriteByte('\n')
}

// startsRTL says that a reader's program will see the line as right to left without help.
func startsRTL(atoms []atom) bool {
	for _, a := range atoms {
		if a.iso != "" {
			continue
		}
		for _, r := range a.s {
			if isRTL(r) {
				return true
			}
			if isStrongLTR(r) {
				return false
			}
		}
	}
	return false
}

func (t *texter) atoms(p para) []atom {
	var out []atom
	space, brk := false, true
	add := func(s string, value int, iso string) {
		start := 0
		flush := func(end int) {
			if end > start {
				out = append(out, atom{s[start:end], width(s[start:end]), value, iso, space, brk || space})
				space, brk = false, false
			}
		}
		var prev rune
		for i, r := range s {
			switch {
			case r == ' ':
				flush(i)
				space, start = true, i+1
			case r == '\u200b':
				flush(i + 3)
				brk, start = true, i+3
			case prev != 0 && prev != ' ' && (wide(r) || wide(prev)) && !closes(r) && !opens(prev):
				flush(i)
				brk, start = true, i
			}
			prev = r
		}
		flush(len(s))
	}
	for i, pc := range p {
		add(pc.Before, 0, "")
		if !pc.Has {
			continue
		}
		iso := isolate(pc.Run, t.rtl)
		if pc.Run.Round {
			add("(", 0, "")
		}
		if pc.Run.Short && !hasWide(pc.Run.Text) {
			out = append(out, atom{pc.Run.Text, width(pc.Run.Text), i + 1, iso, space, brk || space})
			space, brk = false, false
		} else {
			add(pc.Run.Text, i+1, iso)
		}
		if pc.Run.Round {
			add(")", 0, "")
		}
	}
	return out
}

// isolate gives the character that opens the isolate of a value, "" where it needs none.
func isolate(r run, rtl bool) string {
	if !rtl && !r.RTL && !hasRTL(r.Text) {
		return ""
	}
	switch {
	case r.LTR:
		return "\u2066"
	case r.RTL:
		return "\u2067"
	}
	return "\u2068"
}
