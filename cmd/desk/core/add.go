package core

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Templates is the answer of `templates`: what can be added to the program file, each as one block of it.
type Templates struct {
	Templates []Template `json:"templates"`
}

// Template is a block that can be added with `add`: {template, values}. What nobody said in it is unknown, and becomes a question.
type Template struct {
	ID     string          `json:"id"`
	Title  string          `json:"title"`
	Help   string          `json:"help"`
	Fields []TemplateField `json:"fields"`
}

// TemplateField is one thing that has to be said first. Kind is text, choice (one of Choices), list (some of Choices) or date.
type TemplateField struct {
	Key     string   `json:"key"`
	Label   string   `json:"label"`
	Kind    string   `json:"kind"`
	Choices []Choice `json:"choices"`
	Value   string   `json:"value"` // what stands in it at the beginning
}

// Added is the answer of `add`.
type Added struct {
	State   *State   `json:"state"`
	Changed Lines    `json:"changed"`
	Path    string   `json:"path"`  // of the new block
	Facts   []string `json:"facts"` // paths of what is still unknown in it, for `fact`
	Says    string   `json:"says"`
}

// block is a template in Go: what it is called, what it asks first, and how it is written.
type block struct {
	id, title, help string
	fields          func(*File, *render.Names) []TemplateField
	write           func(f *File, v said) (path, key, yaml string) // key "": one more entry of the list at the path
}

// said are the values of the fields of a template, each safe to stand in the file.
type said map[string][]string

func (v said) one(key string) string {
	if len(v[key]) == 0 {
		return ""
	}
	return v[key][0]
}
func (v said) list(key string) string { return "[" + strings.Join(v[key], ", ") + "]" }

func asksText(key, label string) TemplateField {
	return TemplateField{Key: key, Label: label, Kind: "text"}
}

func asksWord(key, label, field string, cat *render.Names) TemplateField {
	f, _ := notices.FieldAt(field)
	out := TemplateField{Key: key, Label: label, Kind: "choice"}
	words, err := cat.Choices(f)
	if err == nil {
		for _, w := range words {
			out.Choices = append(out.Choices, Choice{w[0], w[1]})
		}
	}
	return out
}

func asksEntry(key, label, under string, p *notices.Program, names *render.Names) TemplateField {
	out := TemplateField{Key: key, Label: label, Kind: "choice"}
	f := notices.Field{Name: map[string]string{"holders": "demands.to", "channels": "alternatives.use", "retention": "channels.phases.asks.retention"}[under]}
	for _, id := range refers(p, f) {
		name, _, _ := strings.Cut(nameOf(p, names, f, id), ":")
		out.Choices = append(out.Choices, Choice{string(id), name})
	}
	return out
}

func asksPhase(key, label string, p *notices.Program, names *render.Names) TemplateField {
	out := TemplateField{Key: key, Label: label, Kind: "choice"}
	for _, id := range sortedKeys(p.Channels) {
		for _, ph := range p.Channels[id].Phases {
			path := "channels." + string(id) + ".phases." + string(ph.ID)
			out.Choices = append(out.Choices, Choice{path, names.Place(path)})
		}
	}
	return out
}

var blocks = []block{
	{"holder", "A company or office that has records", "Somebody who keeps or handles records beside the office.",
		func(f *File, n *render.Names) []TemplateField {
			return []TemplateField{asksText("name", "What is it called?"), asksWord("kind", "What is it?", "holders.x.kind", n)}
		},
		func(f *File, v said) (string, string, string) {
			custodian := ""
			for _, id := range sortedKeys(f.Program.Holders) {
				if f.Program.Holders[id].Role == "custodian" {
					custodian = string(id)
				}
			}
			return "holders", slug(v.one("name"), f.Program.Holders), fmt.Sprintf("name: %s\nrole: processor\nkind: %s\nfor: %s\ndoes: unknown\ncontrol: unknown\ncontract:\n  tells_us_of_demands: unknown\n  waits_for_court: unknown\n  deletes_at_end: unknown\n  seen: unknown",
				v.one("name"), v.one("kind"), custodian)
		}},
	{"series", "A series of records", "Records that are kept alike: one time, one rule for erasing.",
		func(f *File, n *render.Names) []TemplateField {
			return []TemplateField{asksText("name", "What is it called?")}
		},
		func(f *File, v said) (string, string, string) {
			return "retention", slug(v.one("name"), f.Program.Retention), "period: unknown\nfrom: unknown\nschedule: unknown\nearly_deletion: unknown\nwho_may_change: unknown\nat_end: unknown"
		}},
	{"ask", "Something that people are asked for", "A paper or fact that people give, or that a computer notes.",
		func(f *File, n *render.Names) []TemplateField {
			items := TemplateField{Key: "items", Label: "What is it?", Kind: "list"}
			for _, i := range notices.Vocabulary() {
				items.Choices = append(items.Choices, Choice{string(i.ID), n.Item(i.ID)})
			}
			for _, id := range sortedKeys(f.Program.Items) {
				items.Choices = append(items.Choices, Choice{string(id), n.Item(id)})
			}
			return []TemplateField{asksPhase("phase", "Where is it asked for?", f.Program, n), items, asksEntry("series", "To which records does it belong?", "retention", f.Program, n)}
		},
		func(f *File, v said) (string, string, string) {
			return v.one("phase") + ".asks", "", fmt.Sprintf("items: %s\nneed: unknown\nrefuse: unknown\nwhy: unknown\nhandling: unknown\ncopies: unknown\nbackups: unknown\ntype_recorded: unknown\nretention: %s", v.list("items"), v.one("series"))
		}},
	{"copy", "A copy that stays", "One more copy of something that people give, and who has it.",
		func(f *File, n *render.Names) []TemplateField {
			of := TemplateField{Key: "of", Label: "A copy of what?", Kind: "choice"}
			for _, path := range factsAt(f.Program, "channels.phases.asks.copies") {
				of.Choices = append(of.Choices, Choice{path, n.Place(path)})
			}
			kind := TemplateField{Key: "kind", Label: "What kind of copy is it?", Kind: "choice"}
			for _, w := range notices.CopyKind("").Words() {
				kind.Choices = append(kind.Choices, Choice{w, render.Meaning("channels.phases.asks.copies.kind", w)})
			}
			return []TemplateField{of, asksEntry("at", "Who has it?", "holders", f.Program, n), kind}
		},
		func(f *File, v said) (string, string, string) {
			return v.one("of"), "", fmt.Sprintf("{at: %s, kind: %s}", v.one("at"), v.one("kind"))
		}},
	{"demand", "A demand for records that came", "A paper that asks for records. No notice tells of it until somebody lets it.",
		func(f *File, n *render.Names) []TemplateField {
			kind := TemplateField{Key: "kind", Label: "What kind of paper is it?", Kind: "choice"}
			for _, e := range f.Book.All() {
				if e.Demand != nil {
					kind.Choices = append(kind.Choices, Choice{string(e.ID), lawTitle(e)})
				}
			}
			return []TemplateField{kind, asksWord("from", "Who sent it?", "demands.x.from", n), asksEntry("to", "To whom was it sent?", "holders", f.Program, n),
				{Key: "dated", Label: "Which day is written on it?", Kind: "date"}, asksWord("scope", "Is it about a group, or does it name people?", "demands.x.scope", n)}
		},
		func(f *File, v said) (string, string, string) {
			id := slug(v.one("from")+"-"+v.one("dated"), byID(f.Program.Demands.Is))
			return "demands", "", fmt.Sprintf("id: %s\nmay_be_listed: false\nkind: %s\nfrom: %s\nto: %s\ndated: %s\nserved: unknown\nscope: %s\nhow_many: unknown\nasks: unknown\nwants: unknown\nanswer: unknown\ngiven: unknown\ncourt: unknown\ncourt_scope: unknown",
				id, v.one("kind"), v.one("from"), v.one("to"), v.one("dated"), v.one("scope"))
		}},
	{"alternative", "A way that leaves fewer records", "Another way that people can use, and what it costs them.",
		func(f *File, n *render.Names) []TemplateField {
			return []TemplateField{asksEntry("instead", "Instead of which way?", "channels", f.Program, n), asksEntry("use", "Which way can people use?", "channels", f.Program, n)}
		},
		func(f *File, v said) (string, string, string) {
			return "alternatives", "", fmt.Sprintf("instead_of: %s\nuse: %s\nwait: unknown\nwhere: unknown\nnext: unknown\ncosts: unknown", v.one("instead"), v.one("use"))
		}},
	{"partner", "A group that helps with the form", "An agency that helps people to fill in the form.",
		func(*File, *render.Names) []TemplateField {
			return []TemplateField{asksText("name", "What is it called?")}
		},
		func(f *File, v said) (string, string, string) {
			return "partners", "", fmt.Sprintf("name: %s\nkeeps_copies: unknown", v.one("name"))
		}},
	{"helper", "Independent help", "Somebody who helps people and does not work for the office.",
		func(_ *File, n *render.Names) []TemplateField {
			return []TemplateField{asksText("name", "What is it called?"), asksWord("for", "With what does it help?", "help.0.for", n)}
		},
		func(f *File, v said) (string, string, string) {
			return "help", "", fmt.Sprintf("name: %s\nfor: %s\nindependent: true\npage: unknown\nphone: unknown", v.one("name"), v.one("for"))
		}},
	{"reviewer", "A reviewer", "A group or person who reads the notice before it goes out.",
		func(f *File, _ *render.Names) []TemplateField {
			in := TemplateField{Key: "languages", Label: "Which languages do they read?", Kind: "list"}
			for _, tag := range f.Program.Languages {
				l, _ := locales.Find(tag)
				in.Choices = append(in.Choices, Choice{tag, l.English})
			}
			return []TemplateField{asksText("name", "What are they called?"), in,
				{Key: "required", Label: "Must a language wait until they have signed?", Kind: "choice", Choices: []Choice{{"false", "No"}, {"true", "Yes"}}, Value: "false"}}
		},
		func(f *File, v said) (string, string, string) {
			have := map[source.ID]bool{}
			for _, r := range f.Program.Reviewers {
				have[source.ID(strings.TrimPrefix(r.ID, "group:"))] = true
			}
			return "reviewers", "", fmt.Sprintf("id: group:%s\nname: %s\nlanguages: %s\nrequired: %s", slug(v.one("name"), have), v.one("name"), v.list("languages"), v.one("required"))
		}},
	{"source", "A source", "Where a fact can be read: a page, a letter, a law.",
		func(_ *File, n *render.Names) []TemplateField {
			return []TemplateField{asksText("title", "What is it, and of when?"), asksWord("kind", "What kind of source is it?", "sources.x.kind", n)}
		},
		func(f *File, v said) (string, string, string) {
			return "sources", slug(v.one("title"), f.Program.Sources), fmt.Sprintf("title: %s\npublished: unknown\nread: unknown\nkind: %s", v.one("title"), v.one("kind"))
		}},
	{"language", "A language", "One more language of the notice. It is held back until its words are there.",
		func(f *File, _ *render.Names) []TemplateField {
			in := TemplateField{Key: "tag", Label: "Which language?", Kind: "choice"}
			for _, tag := range locales.ShippedTags() {
				if l, ok := locales.Find(tag); ok && !slices.Contains(f.Program.Languages, tag) {
					in.Choices = append(in.Choices, Choice{tag, l.English + " (" + l.Name + ")"})
				}
			}
			return []TemplateField{in}
		},
		func(f *File, v said) (string, string, string) { return "languages", "", v.one("tag") }},
}

func byID(all []notices.Event) map[source.ID]bool {
	out := map[source.ID]bool{}
	for _, e := range all {
		out[e.ID] = true
	}
	return out
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes a short name of a name: one that nothing else has.
func slug[V any](name string, have map[source.ID]V) string {
	s := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(strings.Trim(name, `"`)), "-"), "-")
	s = strings.Trim(s[:min(len(s), 30)], "-")
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		s = strings.Trim("new-"+s, "-")
	}
	for i, base := 2, s; ; i++ {
		if _, ok := have[source.ID(s)]; !ok {
			return s
		}
		s = fmt.Sprintf("%s-%d", base, i)
	}
}

func templates(d *Desk, _ json.RawMessage) (any, error) {
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	if r.Program == nil || !parsed(r) {
		return nil, refuse("Your file cannot be read yet.", "Mend what stands under “To do” first.")
	}
	names, err := d.naming(r.Program)
	if err != nil {
		return nil, err
	}
	out := Templates{Templates: []Template{}}
	for _, b := range blocks {
		t := Template{ID: b.id, Title: b.title, Help: b.help, Fields: b.fields(r, names)}
		possible := true
		for i := range t.Fields {
			if t.Fields[i].Choices == nil {
				t.Fields[i].Choices = []Choice{}
			}
			possible = possible && (t.Fields[i].Kind == "text" || t.Fields[i].Kind == "date" || len(t.Fields[i].Choices) > 0)
		}
		if possible {
			out.Templates = append(out.Templates, t)
		}
	}
	return out, nil
}

func add(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Template string                     `json:"template"`
		Values   map[string]json.RawMessage `json:"values"`
	}](args)
	if err != nil {
		return nil, err
	}
	r, err := d.read()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(blocks, func(b block) bool { return b.id == a.Template })
	if at < 0 || r.Program == nil || !parsed(r) {
		return nil, refuse("This cannot be added.", "Choose one of what is listed.")
	}
	names, err := d.naming(r.Program)
	if err != nil {
		return nil, err
	}
	b := blocks[at]
	v := said{}
	for _, f := range b.fields(r, names) {
		got, err := saidIn(f, a.Values[f.Key])
		if err != nil {
			return nil, err
		}
		v[f.Key] = got
	}
	path, key, yaml := b.write(r, v)
	doc := r.Program.Doc
	before := d.files[d.name]
	var after []byte
	is := path
	if raw, ok := doc.Raw(path + ".is"); ok && strings.TrimSpace(raw) != "" {
		is = path + ".is"
	}
	raw, there := doc.Raw(is)
	list := there && (strings.HasPrefix(raw, "[") || strings.HasPrefix(raw, "-"))
	switch {
	case key != "" && there:
		after, err = doc.Add(path, key, yaml)
	case key != "":
		after, err = doc.Set(path, key+":\n"+indented(yaml))
	case list:
		after, err = doc.Append(path, yaml)
	case strings.HasPrefix(yaml, "{") || !strings.Contains(yaml, "\n"):
		after, err = doc.Set(path, "["+yaml+"]")
	default:
		after, err = doc.Set(path, "- "+strings.ReplaceAll(yaml, "\n", "\n  "))
	}
	if err != nil {
		return nil, faultOf(err)
	}
	d.change(fmt.Sprintf("“%s” was added.", b.title), map[string][]byte{d.name: after})
	now, err := d.read()
	if err != nil {
		return nil, err
	}
	if now.Unread && !r.Unread {
		return nil, problem(now.Problems.Of(source.Error)[0])
	}
	out := &Added{Changed: Lines{lines(before, after)}, Path: path, Facts: []string{}, Says: "It is in your file now. What nobody said is unknown, and stands under “To do”."}
	if key != "" {
		out.Path = path + "." + key
	}
	old := map[string]bool{}
	for _, q := range notices.Questions(r.Program) {
		old[q.Path] = true
	}
	for _, q := range notices.Questions(now.Program) {
		if !old[q.Path] {
			out.Facts = append(out.Facts, q.Path)
		}
	}
	out.State, err = d.state()
	return out, err
}

func indented(s string) string { return "  " + strings.ReplaceAll(s, "\n", "\n  ") }

// saidIn reads what was said in a field of a template.
func saidIn(f TemplateField, raw json.RawMessage) ([]string, error) {
	var one string
	var many []string
	if json.Unmarshal(raw, &many) != nil {
		_ = json.Unmarshal(raw, &one)
		many = []string{one}
	}
	var out []string
	for _, s := range many {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		switch f.Kind {
		case "choice", "list":
			if _, ok := choiceOf(f.Choices, s); !ok {
				return nil, refuse(fmt.Sprintf("“%s” is no answer here.", clip(s)), "Choose one of what is listed.")
			}
			out = append(out, s)
		case "date":
			day, err := source.ParseDate(s)
			if err != nil {
				return nil, refuse("This is no date.", "Write it as 2025-06-14.")
			}
			out = append(out, day.String())
		default:
			if err := noText("words", "", s); err != nil {
				return nil, err
			}
			out = append(out, source.Word(s))
		}
	}
	if len(out) == 0 {
		return nil, refuse("An answer is missing: "+f.Label, "Write it, or choose one.")
	}
	if f.Kind != "list" {
		out = out[:1]
	}
	return out, nil
}
