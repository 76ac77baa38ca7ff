package packet

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// checklist names the statements that cover each item, by their numbers.
func (p *Packet) checklist(in Input) {
	for _, c := range in.Checklist {
		out := Covered{Item: c.Item, Title: c.Title, Status: c.Status, Reason: c.Reason}
		for _, id := range c.Statements {
			if it, ok := p.Of(notices.Before, id); ok && !slices.Contains(out.Numbers, it.Number) {
				out.Numbers = append(out.Numbers, it.Number)
			}
		}
		slices.Sort(out.Numbers)
		p.Checklist = append(p.Checklist, out)
	}
}

// canAnswer names those who can answer a question.
var canAnswer = map[string]string{"records": "the records officer", "it": "IT", "vendor": "the vendor", "counsel": "counsel", "program": "the program's staff"}

// questions lists what nobody knows, and which statements rest on it.
func (p *Packet) questions(in Input) {
	on := map[string][]int{} // path -> numbers
	for _, it := range p.Items {
		for _, r := range it.Reasons {
			if r.Path != "" && !slices.Contains(on[r.Path], it.Number) {
				on[r.Path] = append(on[r.Path], it.Number)
			}
		}
	}
	asked := map[string][]Asked{}
	for _, q := range notices.SharedQuestions(in.Program) {
		out := Question{Path: q.Path, Text: q.Text, Ask: cmp.Or(canAnswer[q.Ask], q.Ask), Line: q.Pos.Line, Numbers: on[q.Path]}
		for _, a := range q.Asked {
			out.Asked = append(out.Asked, Asked{a.Who, a.On.String()})
		}
		asked[q.Path] = out.Asked
		p.Questions = append(p.Questions, out)
	}
	for i := range p.Items {
		for j := range p.Items[i].Reasons {
			r := &p.Items[i].Reasons[j]
			r.Asked, r.Unknown = asked[r.Path], false
			if _, ok := asked[r.Path]; ok && r.Path != "" {
				r.Unknown = true
			}
		}
	}
}

// mustNots lists what the rules about words find, and what they let stand. Each language is looked at by itself, and a sentence once.
func (p *Packet) mustNots() {
	type judged struct{ found, waived []locales.MustNot }
	all := make([]map[[2]string]judged, len(p.Languages))
	var wait sync.WaitGroup
	for i, l := range p.Languages {
		wait.Go(func() {
			all[i] = map[[2]string]judged{}
			for _, it := range p.Items {
				class, text := locales.ClassOf(it.Message), it.In[l.Tag].Text
				key := [2]string{string(class), text}
				if _, ok := all[i][key]; !ok {
					found, waived := locales.MustNotsAndWaived(l.Tag, class, text)
					all[i][key] = judged{found, waived}
				}
			}
		})
	}
	wait.Wait()
	for n := range p.Items {
		it := &p.Items[n]
		for i, l := range p.Languages {
			j := all[i][[2]string{string(locales.ClassOf(it.Message)), it.In[l.Tag].Text}]
			for _, m := range j.found {
				if m.Code != "language" { // said of the language as a whole
					it.MustNots = append(it.MustNots, MustNot{it.Number, l.Tag, m.Code, m.Match, m.Say})
				}
			}
			for _, m := range j.waived {
				p.Waived = append(p.Waived, MustNot{it.Number, l.Tag, m.Code, m.Match, m.Say})
			}
		}
	}
}

// namesOf gives the names of a program in English.
func namesOf(in Input) Names {
	p := in.Program
	phrase := func(id string) string {
		if in.Phrase == nil {
			return ""
		}
		return in.Phrase(id)
	}
	text := func(t source.Text) string {
		if s, ok := t.For("en"); ok {
			return s
		}
		return t.Name
	}
	return Names{
		Phase: func(id string) string {
			channel, _, _ := strings.Cut(id, "/")
			if n := text(p.Channels[source.ID(channel)].Name); n != "" {
				return n + " (" + id + ")"
			}
			return id
		},
		Holder: func(id string) string {
			return cmp.Or(text(p.Holders[source.ID(id)].Name), id)
		},
		Item: func(id string) string {
			if c, ok := p.Items[source.ID(id)]; ok {
				return cmp.Or(text(c.Name), id)
			}
			return cmp.Or(phrase("item."+id), plain(id))
		},
		Demand: func(id string) string { return cmp.Or(phrase("demand."+id), plain(id)) },
	}
}
