package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"fairnotice/locales"
)

// Markdown writes a notice as CommonMark. What could be read as markup is escaped; values are isolated as in Text, because
// Markdown has no other way; a text from right to left stands in a div that says so.
func Markdown(w io.Writer, n *locales.Notice) error { return writeMarkdown(w, n, nil) }

// writeMarkdown adds the lines of other languages at the foot, each a paragraph of its own.
func writeMarkdown(w io.Writer, n *locales.Notice, foot []also) error {
	m := &marker{rtl: n.Direction == "rtl"}
	if m.rtl {
		fmt.Fprintf(&m.buf, "<div dir=\"rtl\" lang=\"%s\">\n\n", safeTag(n.Language))
	}
	if name := clean(n.Name.Text); name != "" && !strings.Contains(n.Title, name) {
		m.para("", para{{Run: show(n.Name), Has: true}})
		m.buf.WriteByte('\n')
	}
	m.para("# ", para{{Before: clean(n.Title)}})
	if d := editionMark(n); d != nil {
		m.buf.WriteByte('\n')
		m.para("", d)
	}
	if s := clean(n.OfficeWords); s != "" {
		m.buf.WriteByte('\n')
		m.para("", para{{Before: s}})
	}
	for _, s := range lay(n) {
		m.buf.WriteByte('\n')
		m.para("## ", s.Heading)
		if len(s.Answer) > 0 {
			m.buf.WriteByte('\n')
			m.para("", s.Answer)
		}
		for _, b := range s.Blocks {
			m.buf.WriteByte('\n')
			if b.Head {
				m.para("### ", b.Para)
				continue
			}
			m.block("", "", b)
		}
	}
	if m.rtl {
		m.buf.WriteString("\n</div>\n")
	}
	for _, a := range foot {
		m.buf.WriteByte('\n')
		if a.Dir == "rtl" {
			fmt.Fprintf(&m.buf, "<div dir=\"rtl\" lang=\"%s\">\n\n", safeTag(a.Lang))
		}
		m.para("", para{{Before: a.Text}})
		if a.Dir == "rtl" {
			m.buf.WriteString("\n</div>\n")
		}
	}
	_, err := w.Write(m.buf.Bytes())
	return err
}

type marker struct {
	buf bytes.Buffer
	rtl bool
}

// block writes one. An empty line stands between its parts, so that they are not read as one paragraph or one list.
func (m *marker) block(first, indent string, b block) {
	parts := 0
	part := func() {
		if parts++; parts > 1 {
			m.buf.WriteByte('\n')
		}
	}
	if len(b.Para) > 0 {
		part()
		m.para(first, b.Para)
	}
	if len(b.List) > 0 {
		part()
		m.list(indent, b.List)
	}
	for _, k := range b.More {
		part()
		m.para(indent, k.Para)
		if len(k.List) > 0 {
			part()
			m.list(indent, k.List)
		}
	}
	for _, f := range b.Facts {
		m.block(indent+"- ", indent+"  ", f)
	}
}

func (m *marker) list(indent string, ps []para) {
	for _, p := range ps {
		m.para(indent+"- ", p)
	}
}

func (m *marker) para(lead string, p para) {
	m.buf.WriteString(lead)
	start := m.buf.Len()
	for _, pc := range p {
		m.escape(pc.Before, m.buf.Len() == start)
		if !pc.Has {
			continue
		}
		if pc.Run.Round {
			m.buf.WriteByte('(')
		}
		iso := isolate(pc.Run, m.rtl)
		m.buf.WriteString(iso)
		switch {
		case pc.Run.Tel != "":
			m.link(pc.Run.Text, "tel:"+pc.Run.Tel)
		case pc.Run.Web != "":
			m.link(pc.Run.Text, "https://"+pc.Run.Web)
		case pc.Run.Else != "":
			m.link(pc.Run.Text, pc.Run.Else)
		default:
			m.escape(pc.Run.Text, m.buf.Len() == start)
		}
		if iso != "" {
			m.buf.WriteString("\u2069")
		}
		if pc.Run.Round {
			m.buf.WriteByte(')')
		}
	}
	m.buf.WriteByte('\n')
}

func (m *marker) link(text, to string) {
	m.buf.WriteByte('[')
	m.escape(text, false)
	m.buf.WriteString("](<")
	m.buf.WriteString(to) // show let no space, quote or angle bracket through
	m.buf.WriteString(">)")
}

// escape writes s so that it is read as words. At the beginning of a line also what would begin a list or a heading is escaped.
func (m *marker) escape(s string, first bool) {
	digits := first
	for i := 0; i < len(s); i++ {
		c := s[i]
		esc := false
		switch c {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '&', '#', '|', '~', '$', '^', '@', '{', '}':
			esc = true
		case '-', '+', '=':
			esc = first && i == 0
		case '.', ')':
			esc = digits && i > 0 || c == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www")
		case ':':
			esc = strings.HasPrefix(s[i:], "://")
		}
		if c < '0' || c > '9' {
			digits = false
		}
		if esc {
			m.buf.WriteByte('\\')
		}
		m.buf.WriteByte(c)
	}
}

// safeTag keeps what a language tag may hold.
func safeTag(tag string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, tag)
}
