package render

// What a form builder or a content management system takes: text, and a handful of tags. Anything else, classes, directions and isolating
// tags too, is thrown away on the way in. So direction is in the characters: U+200F begins every paragraph that runs from right to left,
// and each value is isolated by U+2068 and U+2069 where it needs it.

// PasteHTML is the whole notice before the first upload, to be pasted into somebody else's page: p, ul, li, strong, a and h3 without
// classes, everything open. At its end, after the heading "Read this first", stand the words of a required question: the lines of the
// tick, and which edition they are about.
func (g *Gate) PasteHTML() []byte {
	w := paster{rtl: g.Dir == "rtl"}
	w.h3(para{{Before: g.WholeTitle}})
	if g.Program != "" {
		w.wrap("<p><strong>", para{{Run: run{Text: g.Program}, Has: true}}, "</strong></p>\n")
	}
	for _, s := range []string{g.Draft, g.Office} {
		if s != "" {
			w.p(para{{Before: s}})
		}
	}
	for _, s := range lay(g.whole) {
		w.h3(s.Heading)
		if len(s.Answer) > 0 {
			w.wrap("<p><strong>", s.Answer, "</strong></p>\n")
		}
		for i := range s.Blocks {
			w.block(&s.Blocks[i])
		}
	}
	w.h3(para{{Before: g.ReadFirst}})
	for _, t := range g.Tick {
		w.wrap("<p><strong>", para{{Before: t}}, "</strong></p>\n")
	}
	if d := editionMark(g.whole); d != nil {
		w.p(append(para{{Before: g.EditionLabel}}, d...))
	}
	w.p(para{{Before: g.IDLabel, Run: run{Text: EditionID(g.whole.Edition.Digest), LTR: true}, Has: true}})
	return w.b.b
}

type paster struct {
	b   body
	rtl bool
}

func (w *paster) h3(p para) { w.wrap("<h3>", p, "</h3>\n") }
func (w *paster) p(p para)  { w.wrap("<p>", p, "</p>\n") }

func (w *paster) block(k *block) {
	switch {
	case k.Head:
		w.wrap("<p><strong>", k.Para, "</strong></p>\n")
		return
	case len(k.Para) > 0:
		w.p(k.Para)
	}
	w.list(k.List)
	w.more(k.More)
	if len(k.Facts) > 0 {
		w.b.raw("<ul>\n")
		for i := range k.Facts {
			f := &k.Facts[i]
			w.wrap("<li>", f.Para, "")
			w.list(f.List)
			w.more(f.More)
			w.b.raw("</li>\n")
		}
		w.b.raw("</ul>\n")
	}
}

func (w *paster) list(ps []para) {
	if len(ps) == 0 {
		return
	}
	w.b.raw("<ul>\n")
	for _, p := range ps {
		w.wrap("<li>", p, "</li>\n")
	}
	w.b.raw("</ul>\n")
}

func (w *paster) more(ms []more) {
	if len(ms) == 0 {
		return
	}
	w.b.raw("<ul>\n")
	for i := range ms {
		w.wrap("<li>", ms[i].Para, "")
		w.list(ms[i].List)
		w.b.raw("</li>\n")
	}
	w.b.raw("</ul>\n")
}

func (w *paster) wrap(before markup, p para, after markup) {
	w.b.raw(before)
	if w.rtl {
		w.b.raw("\u200f")
	}
	for i := range p {
		w.b.escape(p[i].Before)
		if p[i].Has {
			w.run(&p[i].Run)
		}
	}
	w.b.raw(after)
}

func (w *paster) run(r *run) {
	if r.Round {
		w.b.raw("(")
	}
	iso := isolate(*r, w.rtl)
	switch iso {
	case "\u2066":
		w.b.raw("\u2066")
	case "\u2067":
		w.b.raw("\u2067")
	case "\u2068":
		w.b.raw("\u2068")
	}
	switch {
	case r.Tel != "":
		w.b.attribute(`<a href="tel:`, r.Tel)
		w.b.raw(">")
	case r.Web != "":
		w.b.attribute(`<a href="https://`, r.Web)
		w.b.raw(">")
	case r.Else != "":
		w.b.attribute(`<a href="`, r.Else)
		w.b.raw(">")
	}
	w.b.escape(r.Text)
	if r.Tel != "" || r.Web != "" || r.Else != "" {
		w.b.raw("</a>")
	}
	if iso != "" {
		w.b.raw("\u2069")
	}
	if r.Round {
		w.b.raw(")")
	}
}
