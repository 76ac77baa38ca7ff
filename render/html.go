package render

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"fairnotice/locales"
	"fairnotice/notices"
)

//go:embed templates
var templateFiles embed.FS

// pageOptions is what a page says beside its notice.
type pageOptions struct {
	print bool   // all parts open: for paper
	all   string // where the page of all languages is, on a page whose address names its language
	whole string // where the whole notice is, on a page with key facts alone
}

// page is what the templates see.
type page struct {
	Lang, Dir string
	Policy    string
	Title     string
	Many      bool
	Names     []named
	Parts     []part
}

type named struct{ Lang, Text string }

// part is one notice in one language.
type part struct {
	Lang, Dir          string
	Own, English, Back string
	Reviewed           bool
	Program            run // "" where the title says it, or the page does
	Title, Draft       string
	Mark, Check        para
	Sections           []view
	Whole, WholeText   string
	All, AllText       string
	AllWarning         string
	Foot               bool
}

type view struct {
	section
	Open bool
}

// writePage writes the page of one notice, or of the same notice in several languages.
func writePage(w io.Writer, c phrases, ns []*locales.Notice, o pageOptions) error {
	set, err := templates()
	if err != nil {
		return err
	}
	p := page{Lang: "mul", Dir: "ltr", Policy: set.policy, Many: len(ns) > 1, Parts: make([]part, 0, len(ns))}
	for _, n := range ns {
		pt, err := newPart(c, n, p.Many, o)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, pt)
	}
	if p.Many {
		p.Names = names(ns)
		p.Title = manyTitle(p.Names, p.Parts)
	} else if len(ns) == 1 {
		p.Lang, p.Dir = p.Parts[0].Lang, p.Parts[0].Dir
		p.Title = p.Parts[0].Title
		if name := p.Parts[0].Program.Text; name != "" {
			p.Title += " · " + name
		}
	}
	return set.execute(w, "page", &p)
}

// names gives the program's name in each language once.
func names(ns []*locales.Notice) []named {
	var out []named
	for _, n := range ns {
		text, lang := clean(n.Name.Text), n.Name.Lang
		if lang == "" {
			lang = n.Language
		}
		if text != "" && !slices.ContainsFunc(out, func(o named) bool { return o.Text == text }) {
			out = append(out, named{lang, text})
		}
	}
	return out
}

// manyTitle is the same whichever language is read: it names the program and all the languages.
func manyTitle(ns []named, parts []part) string {
	var words []string
	for _, n := range ns {
		words = append(words, n.Text)
	}
	for _, p := range parts {
		words = append(words, p.Own)
	}
	return strings.Join(words, " · ")
}

func newPart(c phrases, n *locales.Notice, many bool, o pageOptions) (part, error) {
	var failed error
	say := func(id string) string {
		s, err := c.Phrase(n.Language, id)
		if err != nil && failed == nil {
			failed = err
		}
		return clean(s)
	}
	colon := labelColon(n.Language)
	p := part{Lang: n.Language, Dir: direction(n), Own: n.Language, Title: clean(n.Title), Reviewed: n.Translation.State == "reviewed"}
	if l, ok := locales.Find(n.Language); ok {
		p.Own = l.Name
		if l.English != l.Name {
			p.English = l.English
		}
	}
	if many {
		p.Back = say("ui.languages")
	} else if !strings.Contains(p.Title, clean(n.Name.Text)) {
		p.Program = show(n.Name)
	}
	if n.Translation.State == "draft" {
		p.Draft = say("ui.draft")
	}
	if m := editionMark(n); m != nil {
		p.Mark = para{{Before: say("ui.edition")}}
		p.Mark.text(colon)
		p.Mark[0].Run, p.Mark[0].Has = m[0].Run, true
		p.Mark = append(p.Mark, m[1:]...)
	}
	if id := EditionID(n.Edition.Digest); id != "" {
		p.Check = para{{Before: say("ui.digest")}}
		p.Check.text(colon)
		p.Check[0].Run, p.Check[0].Has = run{Text: id, LTR: true}, true
	}
	if o.whole != "" && n.Kind != notices.Before {
		p.Whole, p.WholeText = o.whole, say("ui.whole_notice")
	}
	if o.all != "" {
		p.All, p.AllText, p.AllWarning = o.all, say("ui.all_languages"), say("ui.one_language")
	}
	p.Foot = p.Check != nil || p.Whole != "" || p.All != ""
	laid := lay(n)
	p.Sections = make([]view, len(laid))
	for i := range laid {
		p.Sections[i] = view{laid[i], o.print}
	}
	return p, failed
}

func direction(n *locales.Notice) string {
	if n.Direction == "rtl" {
		return "rtl"
	}
	return "ltr"
}

// templateSet is the parsed templates and the policy of the pages that they make.
type templateSet struct {
	*template.Template
	policy string
}

// execute makes the whole page before the first byte of it is written.
func (t *templateSet) execute(w io.Writer, name string, data any) error {
	var b bytes.Buffer
	b.Grow(32 << 10)
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

var templates = sync.OnceValues(func() (*templateSet, error) {
	read := func(name string) string {
		b, err := templateFiles.ReadFile("templates/" + name)
		if err != nil {
			panic(err) // embedded: a missing file does not build
		}
		return string(b)
	}
	t := template.New("")
	part := read("part.html")
	for _, src := range []string{
		`{{define "css"}}` + squeeze(read("notice.css")) + `{{end}}`,
		read("page.html"), read("start.html"),
		// The headings of a page in one language stand one step higher.
		strings.NewReplacer("SET", "one", "H1", "h1", "H2", "h2", "H3", "h3").Replace(part),
		strings.NewReplacer("SET", "many", "H1", "h2", "H2", "h3", "H3", "h4").Replace(part),
	} {
		if _, err := t.Parse(src); err != nil {
			return nil, err
		}
	}
	set := &templateSet{Template: t}
	// The hash is of the style sheet as the template engine writes it.
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "page", &page{}); err != nil {
		return nil, err
	}
	_, rest, _ := strings.Cut(b.String(), "<style>")
	css, _, _ := strings.Cut(rest, "</style>")
	h := sha256.Sum256([]byte(css))
	set.policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'; base-uri 'none'; form-action 'self'"
	return set, nil
})

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// squeeze takes comments and indents out of a style sheet.
func squeeze(css string) string {
	var b strings.Builder
	for _, line := range strings.Split(cssComment.ReplaceAllString(css, ""), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return b.String()
}
