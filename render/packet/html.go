package packet

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"fairnotice/notices"
	"fairnotice/render"
)

//go:embed templates/*
var templateFiles embed.FS

// HTML writes the packet as one page that opens from a disk, on a laptop or a phone. It loads nothing, sends nothing and stores nothing:
// its policy lets in its own script and style sheets, by their hashes. It holds the base language for everybody to read, also without a
// script; the others, and the pages as readers see them, are unpacked when they are chosen, and held against their digests.
func (p *Packet) HTML(w io.Writer) error { return p.write(w, "", false) }

// Paper writes the packet for printing, with one language beside the base. It needs no script, so it is also for a phone that runs none.
func (p *Packet) Paper(w io.Writer, language string) error {
	if _, ok := p.Lang(language); !ok {
		return fmt.Errorf("the edition is not in the language %q", language)
	}
	return p.write(w, language, true)
}

// sheet is what the templates see.
type sheet struct {
	*Packet
	Policy  string
	Title   string
	Paper   bool
	Other   *Lang // the language beside the base; nil where it is chosen in the page
	BaseIs  Lang
	Parts   []kindView
	Asks    []askView
	Signs   []signView
	News    []*itemView // statements that are new or changed
	Tally   tally
	Data    *pageData // nil on paper
	Many    bool      // there is a language beside the base
	Unready []string  // languages of the program that are not in the edition, with what they want
}

type tally struct{ Statements, Changed, New, Gone, Unknown, Law, Due, Comments, Open, MustNots, Missing int }

type kindView struct {
	Kind     string
	Title    side
	First    int // the first number; 0 where it says nothing that was not said before
	Sections []sectionView
}

type sectionView struct {
	N       int // of the heading, in the page's own table
	Layer   int
	Heading side
	Groups  []groupView
}

type groupView struct {
	N       int
	Heading side
	Items   []*itemView
}

// side is one text in the base language and, on paper, in the other.
type side struct{ Base, Other string }

type itemView struct {
	*Item
	Again   bool // it was shown above, in another kind
	Base    saidView
	Other   *saidView
	Why     []Reason
	Laws    []Law
	Items   []Covered // what it covers
	Unknown bool
	Due     bool
	Changed bool
	Flags   string
	Notes   []Standing
}

type saidView struct {
	Lang Lang
	Said
}

type askView struct {
	Who       string
	Questions []Question
}

type signView struct {
	Lang  Lang
	Kinds []kindSigned
	Says  []string // of each reviewer
}

type kindSigned struct {
	Kind string
	By   []string // "" where nobody
}

// pageData is what the script of the page works with.
type pageData struct {
	Program    string         `json:"program"`
	Edition    int            `json:"edition"`
	Digest     string         `json:"digest"`
	Base       string         `json:"base"`
	Languages  []dataLang     `json:"languages"`
	Kinds      []dataKind     `json:"kinds"`
	Lines      string         `json:"lines"`
	Grounds    []string       `json:"grounds"`
	Reviewers  []dataReviewer `json:"reviewers"`
	Words      packed         `json:"words"` // canonical texts as KIND/LANG, and what stands around them as around/LANG
	Pages      packed         `json:"pages"` // by their paths
	Views      []dataView     `json:"views"`
	NotChecked [][2]string    `json:"notChecked"`
}

type dataLang struct {
	Tag     string `json:"tag"`
	Dir     string `json:"dir"`
	Own     string `json:"own"`
	English string `json:"english"`
}

type dataKind struct {
	Kind    string `json:"kind"`
	Title   string `json:"title"`
	Numbers []int  `json:"numbers"`
}

type dataReviewer struct {
	ID        string   `json:"id"`
	Languages []string `json:"languages"`
}

type dataView struct {
	Kind     string `json:"kind"`
	Language string `json:"language"`
	Path     string `json:"path"`
	Paper    bool   `json:"paper"`
}

// around is what stands in a language around its statements.
type around struct {
	Titles   []string          `json:"titles"`   // of the kinds
	Headings []string          `json:"headings"` // by the page's own numbers
	Labels   map[string]string `json:"labels"`   // of values
	Ours     map[int]string    `json:"ours"`     // what we would say, where the office says it in its own words
	Own      []int             `json:"own"`      // numbers that are in the office's own words
	Diff     map[int][][2]any  `json:"diff"`     // what changed
}

type sheetSet struct {
	*template.Template
	style, script string // their hashes
}

var sheets = sync.OnceValues(func() (*sheetSet, error) {
	read := func(name string) string {
		b, err := templateFiles.ReadFile("templates/" + name)
		if err != nil {
			panic(err) // embedded: a missing file does not build
		}
		return strings.TrimSpace(string(b))
	}
	t := template.New("").Funcs(template.FuncMap{
		"numbers": func(ns []int) string { return strings.Trim(strings.ReplaceAll(fmt.Sprint(ns), " ", ", "), "[]") },
		"join":    func(list []string) string { return strings.Join(list, ", ") },
		"plain":   plain,
		"short":   shortOf,
		"del":     func(p Piece) bool { return p.Op == '-' },
		"ins":     func(p Piece) bool { return p.Op == '+' },
		"inc":     func(i int) int { return i + 1 },
		"dict":    func(p *sheet, it *itemView) itemSheet { return itemSheet{p, it} },
	})
	css := strings.Replace(read("packet.css"), "/* typography */", render.Typography(".t"), 1)
	for _, src := range []string{`{{define "css"}}` + css + `{{end}}`, `{{define "js"}}` + read("packet.js") + `{{end}}`, read("packet.html"), read("item.html"), read("read-me-first.txt")} {
		if _, err := t.Parse(src); err != nil {
			return nil, err
		}
	}
	// The hashes are of what the template engine writes.
	set := &sheetSet{Template: t}
	for name, to := range map[string]*string{"css": &set.style, "js": &set.script} {
		tag := map[string]string{"css": "style", "js": "script"}[name]
		var b bytes.Buffer
		probe, err := t.Clone()
		if err == nil {
			_, err = probe.Parse(`{{define "probe"}}<` + tag + `>{{template "` + name + `"}}</` + tag + `>{{end}}`)
		}
		if err == nil {
			err = probe.ExecuteTemplate(&b, "probe", nil)
		}
		if err != nil {
			return nil, err
		}
		*to = hashOf(inside(b.String(), tag))
	}
	return set, nil
})

type itemSheet struct {
	Sheet *sheet
	It    *itemView
}

// inside is what stands between the tags of the first element of a kind.
func inside(page, tag string) string {
	_, rest, _ := strings.Cut(page, "<"+tag+">")
	text, _, _ := strings.Cut(rest, "</"+tag+">")
	return text
}

// hashOf names a script or a style sheet in a policy.
func hashOf(text string) string {
	h := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'"
}

// shortOf gives the four digits that people compare.
func shortOf(digest string) string {
	_, hex, _ := strings.Cut(digest, ":")
	return hex[:min(4, len(hex))]
}

// onPaper makes the style sheet of a page for paper hold on a screen; the script does the same.
func onPaper(css string) string { return strings.ReplaceAll(css, "@media print", "@media all") }

func (p *Packet) write(w io.Writer, language string, paper bool) error {
	set, err := sheets()
	if err != nil {
		return err
	}
	s, err := p.sheet(language, paper)
	if err != nil {
		return err
	}
	styles := []string{set.style}
	for _, page := range p.Pages {
		css := inside(string(page.HTML), "style")
		if page.Paper {
			css = onPaper(css)
		}
		if h := hashOf(css); !paper && !slices.Contains(styles, h) {
			styles = append(styles, h)
		}
	}
	s.Policy = "default-src 'none'; style-src " + strings.Join(styles, " ")
	if !paper {
		s.Policy += "; script-src " + set.script
	}
	s.Policy += "; base-uri 'none'; form-action 'none'"
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, "packet", s); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// ReadMeFirst writes what a reviewer reads before everything else; files are the names of what lies beside it.
func (p *Packet) ReadMeFirst(w io.Writer, files []string) error {
	set, err := sheets()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, "read me first", struct {
		*Packet
		Files []string
	}{p, files}); err != nil {
		return err
	}
	_, err = io.WriteString(w, strings.ReplaceAll(unescape(b.String()), "\n", "\r\n")) // for Notepad
	return err
}

// unescape takes back what the template engine does for HTML: the file is plain text.
func unescape(s string) string {
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&#43;", "+").Replace(s)
}

func (p *Packet) sheet(language string, paper bool) (*sheet, error) {
	s := &sheet{Packet: p, Paper: paper, Many: len(p.Languages) > 1, Title: p.Name + ": edition " + fmt.Sprint(p.Edition.Number) + " for review"}
	s.BaseIs, _ = p.Lang(p.Base)
	if l, ok := p.Lang(language); ok && language != "" && language != p.Base {
		s.Other = &l
	}
	covered := map[notices.ItemID]Covered{}
	for _, c := range p.Checklist {
		covered[c.Item] = c
		if c.Status == "missing" {
			s.Tally.Missing++
		}
	}
	views := make([]*itemView, len(p.Items))
	for i := range p.Items {
		views[i] = s.item(&p.Items[i], covered)
	}
	at := func(in map[string]string) side {
		out := side{Base: in[p.Base]}
		if s.Other != nil {
			out.Other = in[s.Other.Tag]
		}
		return out
	}
	shown := map[int]bool{}
	var headings []map[string]string
	note := func(h map[string]string) int {
		headings = append(headings, h)
		return len(headings) - 1
	}
	for _, k := range p.Kinds {
		kv := kindView{Kind: string(k.Kind), Title: at(k.Title)}
		for _, sec := range k.Sections {
			sv := sectionView{N: note(sec.Heading), Layer: sec.Layer, Heading: at(sec.Heading)}
			for _, g := range sec.Groups {
				gv := groupView{N: -1, Heading: at(g.Heading)}
				if gv.Heading.Base != "" {
					gv.N = note(g.Heading)
				}
				for _, n := range g.Numbers {
					v := *views[n-1]
					if v.Again = shown[n]; !v.Again && kv.First == 0 {
						kv.First = n
					}
					shown[n] = true
					gv.Items = append(gv.Items, &v)
				}
				sv.Groups = append(sv.Groups, gv)
			}
			kv.Sections = append(kv.Sections, sv)
		}
		s.Parts = append(s.Parts, kv)
	}
	for _, v := range views {
		if v.Changed || v.New {
			s.News = append(s.News, v)
		}
	}
	s.tally(views)
	for _, who := range []string{"the program's staff", "the records officer", "IT", "the vendor", "counsel"} {
		a := askView{Who: who}
		for _, q := range p.Questions {
			if q.Ask == who {
				a.Questions = append(a.Questions, q)
			}
		}
		if a.Questions != nil {
			s.Asks = append(s.Asks, a)
		}
	}
	for _, c := range p.Closed {
		s.Unready = append(s.Unready, fmt.Sprintf("%s (%s): %d to translate, %d to translate again", c.Language.English, c.Language.Tag, len(c.Missing), len(c.Stale)))
	}
	s.signs()
	if paper {
		return s, nil
	}
	var err error
	s.Data, err = p.data(headings)
	return s, err
}

// item is what the page says of an item.
func (s *sheet) item(it *Item, covered map[notices.ItemID]Covered) *itemView {
	v := &itemView{Item: it, Base: saidView{s.BaseIs, it.In[s.Base]}}
	if s.Other != nil {
		v.Other = &saidView{*s.Other, it.In[s.Other.Tag]}
	}
	for _, r := range it.Reasons {
		if r.Law == "" || r.Path != "" || r.Rule != "" {
			v.Why = append(v.Why, r)
		}
		v.Unknown = v.Unknown || r.Unknown
		for _, l := range s.Law {
			if l.ID == r.Law && r.Law != "" {
				v.Laws = append(v.Laws, l)
				v.Due = v.Due || l.Due()
			}
		}
	}
	for _, c := range it.Covers {
		if known, ok := covered[c]; ok {
			v.Items = append(v.Items, known)
		} else {
			v.Items = append(v.Items, Covered{Item: c})
		}
	}
	for _, said := range it.In {
		v.Changed = v.Changed || said.Diff != nil
	}
	for _, n := range s.Comments {
		if n.Number == it.Number {
			v.Notes = append(v.Notes, n)
		}
	}
	var flags []string
	for _, f := range []struct {
		is   bool
		flag string
	}{{v.Changed || v.New, "changed"}, {v.Unknown, "unknown"}, {len(v.Laws) > 0, "law"}, {v.Due, "due"}, {len(v.Notes) > 0, "commented"}, {v.Base.Own, "own"}} {
		if f.is {
			flags = append(flags, f.flag)
		}
	}
	v.Flags = strings.Join(flags, " ")
	return v
}

func (s *sheet) tally(views []*itemView) {
	t := &s.Tally
	t.Statements, t.Gone, t.Law, t.Comments = len(views), len(s.Gone), len(s.Law), len(s.Comments)
	t.Unknown = len(s.Questions)
	for _, v := range views {
		t.MustNots += len(v.MustNots)
		if v.Changed {
			t.Changed++
		}
		if v.New {
			t.New++
		}
	}
	for _, l := range s.Law {
		if l.Due() {
			t.Due++
		}
	}
	for _, c := range s.Comments {
		if c.State == Open {
			t.Open++
		}
	}
}

// signs says for every language and kind who has signed it.
func (s *sheet) signs() {
	for _, l := range s.Languages {
		v := signView{Lang: l}
		for _, k := range s.Kinds {
			ks := kindSigned{Kind: string(k.Kind)}
			for _, r := range s.Reviews {
				if r.Language == l.Tag && r.Signed && slices.Contains(r.Kinds, string(k.Kind)) {
					ks.By = append(ks.By, r.Reviewer)
				}
			}
			v.Kinds = append(v.Kinds, ks)
		}
		for _, r := range s.Reviews {
			if r.Language == l.Tag {
				v.Says = append(v.Says, r.Says)
			}
		}
		s.Signs = append(s.Signs, v)
	}
}

// data is what the script works with.
func (p *Packet) data(headings []map[string]string) (*pageData, error) {
	d := &pageData{Program: string(p.Program), Edition: p.Edition.Number, Digest: p.Edition.Digest, Base: p.Base, Lines: string(p.Record().Lines), Grounds: []string{}, Reviewers: []dataReviewer{}, Views: []dataView{},
		NotChecked: notChecked}
	for _, g := range p.Grounds {
		d.Grounds = append(d.Grounds, g.String())
	}
	for _, r := range p.Reviews {
		i := slices.IndexFunc(d.Reviewers, func(o dataReviewer) bool { return o.ID == r.Reviewer })
		if i < 0 {
			d.Reviewers, i = append(d.Reviewers, dataReviewer{ID: r.Reviewer}), len(d.Reviewers)
		}
		d.Reviewers[i].Languages = append(d.Reviewers[i].Languages, r.Language)
	}
	for _, k := range p.Kinds {
		dk := dataKind{Kind: string(k.Kind), Title: k.Title[p.Base]}
		for _, s := range k.Sections {
			for _, g := range s.Groups {
				dk.Numbers = append(dk.Numbers, g.Numbers...)
			}
		}
		d.Kinds = append(d.Kinds, dk)
	}
	var names []string
	var texts [][]byte
	for _, l := range p.Languages {
		d.Languages = append(d.Languages, dataLang{l.Tag, l.Dir, l.Own, l.English})
		for _, t := range p.Texts {
			if t.Language == l.Tag {
				names, texts = append(names, string(t.Kind)+"/"+l.Tag), append(texts, t.Canonical)
			}
		}
		b, err := json.Marshal(p.around(l.Tag, headings))
		if err != nil {
			return nil, err
		}
		names, texts = append(names, "around/"+l.Tag), append(texts, b)
	}
	var err error
	if d.Words, err = pack(names, texts); err != nil {
		return nil, err
	}
	names, texts = nil, nil
	for _, page := range p.Pages {
		d.Views = append(d.Views, dataView{string(page.Kind), page.Language, page.Path, page.Paper})
		names, texts = append(names, page.Path), append(texts, page.HTML)
	}
	d.Pages, err = pack(names, texts)
	return d, err
}

func (p *Packet) around(tag string, headings []map[string]string) around {
	a := around{Titles: []string{}, Headings: []string{}, Labels: map[string]string{}, Ours: map[int]string{}, Own: []int{}, Diff: map[int][][2]any{}}
	for _, k := range p.Kinds {
		a.Titles = append(a.Titles, k.Title[tag])
	}
	for _, h := range headings {
		a.Headings = append(a.Headings, h[tag])
	}
	for _, it := range p.Items {
		said := it.In[tag]
		for _, v := range said.Values {
			a.Labels[v.Name] = v.Label
		}
		if said.Own {
			a.Own = append(a.Own, it.Number)
			a.Ours[it.Number] = said.Ours
		}
		for _, piece := range said.Diff {
			a.Diff[it.Number] = append(a.Diff[it.Number], [2]any{string(piece.Op), piece.Text})
		}
	}
	return a
}

// notChecked are the words for what a reviewer can say that they did not look at, with what they mean.
var notChecked = [][2]string{
	{"facts", "whether the facts in the file are true"},
	{"sources", "the sources that the file names"},
	{"law", "whether the law says what is quoted, and whether a law is missing"},
	{"promises", "whether the office keeps what it promises"},
	{"layout", "how the page looks"},
}
