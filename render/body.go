package render

import "unicode/utf8"

// The sections of a notice are written here and not by a template: html/template took 1.3 ms and 7,000 allocations for a notice of
// 200 statements, this takes an eighth, and the frame around (head, chips, titles, links) is still its work. What keeps this safe is that
// there is so little of it. A markup is a constant of this file; everything else goes through escape, and stands either between tags
// or within double quotes; addresses passed the allow-list of show. No value ever reaches a style, a script, a comment, a name of a
// tag or of an attribute.

// markup is HTML that is written as it is. Only constants are ever of this type; a test reads the source for conversions.
type markup string

type body struct {
	b []byte
	// The heading tags of sections and of groups.
	h2, h2end, h3, h3end markup
}

func newBody(many bool) *body {
	if many {
		return &body{h2: `<h3 class="fn-h">`, h2end: `</h3>`, h3: `<h4>`, h3end: `</h4>`}
	}
	return &body{h2: `<h2 class="fn-h">`, h2end: `</h2>`, h3: `<h3>`, h3end: `</h3>`}
}

// notice writes all sections. Closed ones are details whose summary is the heading and the answer.
func (b *body) notice(secs []section, open bool) {
	for i := range secs {
		s := &secs[i]
		switch {
		case s.Layer == 1:
			b.raw("\n<section class=\"fn-key\">\n")
			b.wrap(b.h2, s.Heading, b.h2end)
			b.blocks(s.Blocks)
			b.raw("\n</section>")
		case len(s.Blocks) == 0:
			b.raw("\n<section class=\"fn-s fn-bare\">\n")
			b.wrap(b.h2, s.Heading, b.h2end)
			b.wrap("\n<p class=\"fn-answer\">", s.Answer, "</p>\n</section>")
		default:
			if open {
				b.raw("\n<details class=\"fn-s\" open>\n<summary class=\"fn-sum\">")
			} else {
				b.raw("\n<details class=\"fn-s\">\n<summary class=\"fn-sum\">")
			}
			b.wrap(b.h2, s.Heading, b.h2end)
			b.wrap(" <span class=\"fn-answer\">", s.Answer, "</span></summary>\n<div class=\"fn-body\">")
			b.blocks(s.Blocks)
			b.raw("\n</div>\n</details>")
		}
	}
}

func (b *body) blocks(bs []block) {
	for i := range bs {
		k := &bs[i]
		if k.Head {
			b.raw("\n")
			b.wrap(b.h3, k.Para, b.h3end)
			continue
		}
		if len(k.Para) > 0 {
			b.wrap("\n<p>", k.Para, "</p>")
		}
		b.under(k)
		if len(k.Facts) > 0 {
			b.raw("\n<ul>")
			for j := range k.Facts {
				b.wrap("\n<li>", k.Facts[j].Para, "")
				b.under(&k.Facts[j])
				b.raw("</li>")
			}
			b.raw("\n</ul>")
		}
	}
}

// under writes what stands below a sentence.
func (b *body) under(k *block) {
	b.list(k.List)
	if len(k.More) == 0 {
		return
	}
	b.raw("\n<ul class=\"fn-more\">")
	for i := range k.More {
		b.wrap("\n<li>", k.More[i].Para, "")
		b.list(k.More[i].List)
		b.raw("</li>")
	}
	b.raw("\n</ul>")
}

func (b *body) list(ps []para) {
	if len(ps) == 0 {
		return
	}
	b.raw("\n<ul>")
	for _, p := range ps {
		// A value that is a whole line begins at the line's start anyway: it need not be kept in one piece. That is every third value.
		if len(p) == 1 && p[0].Before == "" && p[0].Has && !p[0].Run.Round {
			whole := p[0].Run
			whole.Short = false
			b.raw("\n<li>")
			b.run(&whole)
			b.raw("</li>")
			continue
		}
		b.wrap("\n<li>", p, "</li>")
	}
	b.raw("\n</ul>")
}

func (b *body) wrap(before markup, p para, after markup) {
	b.raw(before)
	for i := range p {
		b.escape(p[i].Before)
		if p[i].Has {
			b.run(&p[i].Run)
		}
	}
	b.raw(after)
}

// run writes a value, isolated.
func (b *body) run(r *run) {
	if r.Round {
		b.raw(`<span class="fn-w">(`)
	}
	switch {
	case r.Tel != "":
		b.attribute(`<a href="tel:`, r.Tel)
		b.raw(`>`)
	case r.Web != "" && r.Show:
		b.attribute(`<a class="fn-web" href="https://`, r.Web)
		b.raw(`>`)
	case r.Web != "":
		b.attribute(`<a href="https://`, r.Web)
		b.raw(`>`)
	case r.Else != "":
		b.attribute(`<a href="`, r.Else)
		b.raw(`>`)
	}
	b.raw(`<bdi`)
	if r.Short {
		b.raw(` class="fn-w"`)
	}
	if r.LTR {
		b.raw(` dir="ltr"`)
	} else if r.RTL {
		b.raw(` dir="rtl"`)
	}
	if r.Lang != "" {
		b.attribute(` lang="`, r.Lang)
	}
	b.raw(`>`)
	b.escape(r.Text)
	b.raw(`</bdi>`)
	if r.Tel != "" || r.Web != "" || r.Else != "" {
		b.raw(`</a>`)
	}
	if r.Round {
		b.raw(`)</span>`)
	}
}

func (b *body) raw(m markup) { b.b = append(b.b, m...) }

// attribute writes the end of an attribute's value and its quotation mark: open ends inside the double quotes.
func (b *body) attribute(open markup, value string) {
	b.raw(open)
	b.escape(value)
	b.raw(`"`)
}

// escape writes text for between tags or within double quotes: no character that means something to HTML, and no character that
// turns the direction of text, which is the business of bdi, is left.
func (b *body) escape(s string) {
	last := 0
	for i := 0; i < len(s); i++ {
		if !special[s[i]] {
			continue
		}
		var to markup
		n := 1
		switch s[i] {
		case '&':
			to = "&amp;"
		case '<':
			to = "&lt;"
		case '>':
			to = "&gt;"
		case '"':
			to = "&#34;"
		case '\'':
			to = "&#39;"
		case '`':
			to = "&#96;"
		case 0:
			to = "\ufffd"
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !turns(r) {
				continue
			}
			n = size
		}
		b.b = append(b.b, s[last:i]...)
		b.raw(to)
		last = i + n
		i = last - 1
	}
	b.b = append(b.b, s[last:]...)
}

func turns(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

var special = [256]bool{'&': true, '<': true, '>': true, '"': true, '\'': true, '`': true, 0: true, 0xe2: true}
