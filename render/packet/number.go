package packet

import (
	"cmp"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// items numbers what can be objected to, in reading order over the kinds of notice, that before the first upload first. What stands in
// several kinds with the same words and values in every language has one number.
func (p *Packet) items(in Input) {
	e := in.Edition
	var kinds []notices.Kind
	for _, n := range e.Notices {
		if !slices.Contains(kinds, n.Kind) {
			kinds = append(kinds, n.Kind)
		}
	}
	numbers := map[string]int{}
	for _, k := range kinds {
		said := make([]*locales.Notice, len(p.Languages)) // every kind is in every language, with the same statements
		for i, l := range p.Languages {
			said[i] = e.Notice(k, l.Tag)
		}
		kind := Kind{Kind: k, Title: p.each(func(i int) string { return said[i].Title })}
		for s, sec := range said[0].Sections {
			out := Section{ID: sec.ID, Layer: sec.Layer, Heading: p.each(func(i int) string { return withValues(said[i].Sections[s].Heading, said[i].Sections[s].Values) })}
			heading := func(own string, of func(n *locales.Notice) string) []int {
				if own == "" {
					return nil
				}
				it := Item{ID: own, Message: own, Heading: true, In: map[string]Said{}}
				for i, l := range p.Languages {
					it.In[l.Tag] = Said{Text: of(said[i]), Own: true}
				}
				_, words, ok := in.Program.Wording.Of("", own)
				if ok {
					it.Reasons = []Reason{p.reason(in, in.Program.Wording.Reason(words))}
				}
				return []int{p.number(numbers, it, k)}
			}
			first := heading(sec.Own, func(n *locales.Notice) string { return n.Sections[s].Heading })
			for g, grp := range sec.Groups {
				group := Group{Heading: p.each(func(i int) string {
					return withValues(said[i].Sections[s].Groups[g].Heading, said[i].Sections[s].Groups[g].Values)
				}), Numbers: first}
				first = nil
				group.Numbers = append(group.Numbers, heading(grp.Own, func(n *locales.Notice) string { return n.Sections[s].Groups[g].Heading })...)
				for j := range grp.Statements {
					st := &said[0].Sections[s].Groups[g].Statements[j]
					it := Item{ID: st.ID, Message: st.Message, Covers: st.Covers, In: map[string]Said{}}
					for i, l := range p.Languages {
						x := &said[i].Sections[s].Groups[g].Statements[j]
						it.In[l.Tag] = Said{Text: x.Text, Values: x.Values, Own: x.Wording, Ours: x.Ours}
					}
					for _, b := range st.Because {
						if r := p.reason(in, b); !slices.ContainsFunc(it.Reasons, func(o Reason) bool { return sameReason(o, r) }) {
							it.Reasons = append(it.Reasons, r)
						}
					}
					group.Numbers = append(group.Numbers, p.number(numbers, it, k))
				}
				out.Groups = append(out.Groups, group)
			}
			kind.Sections = append(kind.Sections, out)
		}
		p.Kinds = append(p.Kinds, kind)
		for i, l := range p.Languages {
			at := slices.IndexFunc(e.Texts, func(t render.TextLine) bool { return t.Kind == k && t.Language == l.Tag })
			if at >= 0 {
				p.Texts = append(p.Texts, Text{e.Texts[at], render.Canonical(said[i])})
			}
		}
	}
	slices.SortStableFunc(p.Texts, func(a, b Text) int { return cmp.Compare(a.String(), b.String()) })
}

// number gives an item its number: that of the same words, where they have one.
func (p *Packet) number(numbers map[string]int, it Item, k notices.Kind) int {
	var key strings.Builder
	key.WriteString(it.ID)
	for _, l := range p.Languages {
		s := it.In[l.Tag]
		key.WriteString("\x00" + s.Text)
		for _, v := range s.Values {
			key.WriteString("\x01" + v.Name)
			for _, t := range v.Text {
				key.WriteString("\x02" + t)
			}
		}
	}
	n, ok := numbers[key.String()]
	if !ok {
		n = len(p.Items) + 1
		numbers[key.String()] = n
		it.Number = n
		p.Items = append(p.Items, it)
	}
	have := &p.Items[n-1]
	if !slices.Contains(have.Kinds, k) {
		have.Kinds = append(have.Kinds, k)
	}
	for _, c := range it.Covers {
		if !slices.Contains(have.Covers, c) {
			have.Covers = append(have.Covers, c)
		}
	}
	for _, r := range it.Reasons {
		if !slices.ContainsFunc(have.Reasons, func(o Reason) bool { return sameReason(o, r) }) {
			have.Reasons = append(have.Reasons, r)
		}
	}
	return n
}

func sameReason(a, b Reason) bool {
	return a.Path == b.Path && a.Line == b.Line && a.Law == b.Law && a.Rule == b.Rule
}

// each says something in every language.
func (p *Packet) each(say func(i int) string) map[string]string {
	out := map[string]string{}
	for i, l := range p.Languages {
		out[l.Tag] = say(i)
	}
	return out
}

// withValues sets the values of a heading behind it.
func withValues(heading string, values []locales.Value) string {
	for _, v := range values {
		heading += " (" + strings.Join(v.Text, ", ") + ")"
	}
	return strings.TrimSpace(heading)
}

// reason makes a reason readable by itself.
func (p *Packet) reason(in Input, b notices.Reason) Reason {
	r := Reason{File: b.Pos.File, Line: b.Pos.Line, Col: b.Pos.Col, Path: b.Path, Confidence: string(b.Confidence), By: b.By, Law: b.Law, Cite: b.Cite, Rule: string(b.Rule)}
	if !b.On.IsZero() {
		r.On = b.On.String()
	}
	switch {
	case b.Pos.File == in.Program.File:
		r.Quote = p.quotes(b.Pos.Line)
	case in.Program.Wording != nil && b.Pos.File == in.Program.Wording.File:
		r.Quote = strings.TrimSpace(in.Program.Wording.Doc.Line(b.Pos.Line))
	}
	if s, ok := in.Program.Sources[b.Source]; ok && b.Source != "" {
		r.Source = &Source{ID: b.Source, Title: s.Title, URL: s.URL, Kind: string(s.Kind), Published: dayOf(s.Published), Read: dayOf(s.Read)}
	}
	if b.Law != "" && in.Law != nil && !slices.ContainsFunc(p.Law, func(l Law) bool { return l.ID == b.Law }) {
		if l, ok := in.Law(b.Law); ok {
			p.Law = append(p.Law, l)
		}
	}
	if b.Rule != "" && in.Rule != nil {
		r.Means = in.Rule(b.Rule)
	}
	return r
}

// dayOf is a day that somebody knows, else "".
func dayOf(f source.Fact[source.Date]) string {
	if f.State != source.Known {
		return ""
	}
	return f.Is.String()
}

// pages takes the pages of the edition that readers see: of each kind that of all languages, and those on paper.
func (p *Packet) pages(e *render.Edition) {
	for _, f := range e.Files {
		for _, k := range p.Kinds {
			page := Page{Kind: k.Kind, Path: f.Path, Title: k.Title[p.Base], HTML: f.Bytes}
			name := string(k.Kind) + ".html"
			if k.Kind == notices.Before {
				name = "index.html"
			}
			if f.Path == "public/"+name {
				p.Pages = append(p.Pages, page)
			}
			for _, l := range p.Languages {
				if f.Path == "office/"+l.Tag+"/"+string(k.Kind)+"-print.html" {
					page.Language, page.Paper = l.Tag, true
					p.Pages = append(p.Pages, page)
				}
			}
		}
	}
}

// Numbers is what the numbers of the packet stand for.
func (p *Packet) Numbers() *Numbers {
	out := &Numbers{Program: p.Program, Edition: p.Edition.Number, Digest: p.Edition.Digest}
	for _, l := range p.Languages {
		out.Languages = append(out.Languages, l.Tag)
	}
	for _, it := range p.Items {
		n := Numbered{Number: it.Number, ID: it.ID, Text: map[string]string{}, Values: map[string][]string{}}
		for _, k := range it.Kinds {
			n.Kinds = append(n.Kinds, string(k))
		}
		for tag, said := range it.In {
			n.Text[tag] = said.Text
			for _, v := range said.Values {
				n.Values[tag] = append(n.Values[tag], v.Text...)
			}
		}
		out.Statements = append(out.Statements, n)
	}
	return out
}
