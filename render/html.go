package render

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
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
	print bool        // all parts open: for paper
	paper Paper       // of this size
	large bool        // in large letters
	all   string      // where the page of all languages is, on a page whose address names its language
	other []otherKind // the pages of the edition's other kinds
	also  []also      // the lines of the other languages, on a page of one
	yet   bool        // with the chips of the languages that the notice is not in
	ask   run         // where one can ask for an interpreter
	leave string      // where "leave this page" leads; "" on paper
	act   act         // what a script does on the page

	review string // where the page is that says who has read this one; "" where there is none, or no way to it
}

// act is what the one script of a page does, if it has one: it folds what is open, and never opens, sends or keeps anything.
type act string

const (
	actNone   act = ""       // no script: how every page is, but two
	actCloses act = "closes" // folds when the page is left, so that Back shows no choice
	actKiosk  act = "kiosk"  // does so, and when nobody has touched the page for two minutes
)

// otherKind is the page of another kind of notice.
type otherKind struct {
	kind notices.Kind
	path string
}

// page is what the frame around the notices sees.
type page struct {
	Lang, Dir string
	Policy    string
	Title     string
	Many      bool
	Names     []named
	Also      []also // on paper, on the page of all languages
	Yet, Few  []yet
	Exits     []exit // on the page of all languages, as long as none is chosen
	Act       act
	Paper     Paper
	Large     bool
}

// exit is the way off a page, in one language.
type exit struct{ Lang, Dir, Leave, Text string }

type named struct{ Lang, Text string }

// part is what the frame of one notice in one language sees.
type part struct {
	Lang, Dir            string
	Own, English, Back   string // on its chip
	Many, Reviewed       bool
	Program, ProgramLang string // "" where the title says it, or the page does
	Title, Draft, Office string
	EditionLabel         string
	Date, Short          string
	IDLabel, ID          string
	Others               []startLink
	All, AllText         string
	AllWarning           string
	Also                 []also
	Leave, Exit          string
	Kiosk                string // that the page closes by itself
}

// writePage writes the page of one notice, or of the same notice in several languages. Nothing is written unless all of it is good.
func writePage(w io.Writer, c phrases, ns []*locales.Notice, o pageOptions) error {
	set, err := templates()
	if err != nil {
		return err
	}
	if len(ns) == 0 {
		return errors.New("a page needs a notice")
	}
	p := page{Lang: "mul", Dir: "ltr", Policy: set.policies[o.act], Many: len(ns) > 1, Act: o.act, Paper: o.paper, Large: o.large}
	if o.large {
		p.Policy = strings.Replace(p.Policy, "style-src ", "style-src '"+set.large+"' ", 1)
	}
	if rule := paperRules[o.paper]; rule != "" {
		p.Policy = strings.Replace(p.Policy, "style-src ", "style-src '"+hashOf(rule)+"' ", 1)
	}
	parts := make([]part, len(ns))
	for i, n := range ns {
		if parts[i], err = newPart(c, n, p.Many, o); err != nil {
			return err
		}
	}
	if o.yet {
		p.Yet = notYetIn(ns, o.ask)
		p.Few = p.Yet[:min(fewNames, len(p.Yet))]
	}
	if p.Many {
		p.Names = names(ns)
		p.Also = alsoIn(ns, "", nil)
		for i := range parts {
			if o.leave != "" {
				p.Exits = append(p.Exits, exit{parts[i].Lang, parts[i].Dir, o.leave, parts[i].Exit})
			}
		}
		p.Title = manyTitle(p.Names, parts)
	} else {
		p.Lang, p.Dir, p.Title = parts[0].Lang, parts[0].Dir, parts[0].Title
		if parts[0].Program != "" {
			p.Title += " · " + parts[0].Program
		}
	}
	var out bytes.Buffer
	out.Grow(len(ns) * 48 << 10)
	frame := func(name string, data any) {
		if err == nil {
			err = set.ExecuteTemplate(&out, name, data)
		}
	}
	frame("page", &p)
	for i, n := range ns {
		if p.Many {
			frame("chip", &parts[i])
		}
		frame("part", &parts[i])
		secs := lay(n)
		keys := 0
		for keys < len(secs) && secs[keys].Layer == 1 {
			keys++
		}
		write := func(secs []section) {
			b := newBody(p.Many)
			b.b = out.AvailableBuffer()
			b.notice(secs, o.print)
			out.Write(b.b)
		}
		// Above the key facts stands nothing but what the page is about: they begin within 96 px of the top. That nobody has reviewed
		// the words, and which edition it is, stands directly below them.
		write(secs[:keys])
		frame("part mark", &parts[i])
		write(secs[keys:])
		frame("part end", &parts[i])
		if p.Many {
			frame("chip end", nil)
		}
	}
	frame("page end", &p)
	if err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// paperRules is the style sheet that chooses a size of paper; the templates hold the same.
var paperRules = map[Paper]string{Letter: "@page{size:letter}", A4: "@page{size:A4}"}

// names gives the program's name in each language once.
func names(ns []*locales.Notice) []named {
	var out []named
	for _, n := range ns {
		text, lang := clean(n.Name.Text), n.Name.Lang
		if lang == "" {
			lang = n.Language
		}
		if text != "" && !slices.ContainsFunc(out, func(o named) bool { return o.Text == text }) {
			out = append(out, named{safeTag(lang), text})
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
	label := func(id string) string { return say(id) + labelColon(n.Language) }
	p := part{Lang: safeTag(n.Language), Dir: direction(n), Own: safeTag(n.Language), Many: many, Title: clean(n.Title), Reviewed: n.Translation.State == "reviewed"}
	if l, ok := locales.Find(n.Language); ok {
		p.Own = l.Name
		if l.English != l.Name {
			p.English = l.English
		}
	}
	if many {
		p.Back = say("ui.languages")
	} else if name := clean(n.Name.Text); !strings.Contains(p.Title, name) {
		p.Program, p.ProgramLang = name, safeTag(n.Name.Lang)
	}
	if n.Translation.State == "draft" {
		p.Draft = say("ui.draft")
	}
	p.Office = clean(n.OfficeWords)
	if p.Date = clean(n.Edition.Date); p.Date != "" {
		p.EditionLabel, p.Short = label("ui.edition"), shortDigest(n.Edition.Digest)
	}
	if p.ID = EditionID(n.Edition.Digest); p.ID != "" {
		p.IDLabel = label("ui.digest")
	}
	for _, k := range o.other {
		p.Others = append(p.Others, startLink{k.path, clean(n.Titles[k.kind])})
	}
	if o.review != "" {
		// A language in which that page has no words yet has no way to it.
		if text, err := c.Phrase(n.Language, "title."+string(reviewKind)); err == nil {
			p.Others = append(p.Others, startLink{o.review, clean(text)})
		}
	}
	if o.all != "" {
		p.All, p.AllText, p.AllWarning = o.all, say("ui.all_languages"), say("ui.one_language")
	}
	if !many {
		p.Also = o.also
	}
	if o.leave != "" {
		p.Leave, p.Exit = o.leave, say("ui.exit")
	}
	if o.act == actKiosk {
		p.Kiosk = say("ui.kiosk")
	}
	return p, failed
}

func direction(n *locales.Notice) string {
	if n.Direction == "rtl" {
		return "rtl"
	}
	return "ltr"
}

// templateSet is the parsed templates and the policies of the pages that they make, by what the script of a page does.
type templateSet struct {
	*template.Template
	css      string
	policy   string // of a page without a script
	policies map[act]string
	large    string // the hash of what makes letters large
}

var templates = sync.OnceValues(func() (*templateSet, error) {
	read := func(name string) string {
		b, err := templateFiles.ReadFile("templates/" + name)
		if err != nil {
			panic(err) // embedded: a missing file does not build
		}
		return string(b)
	}
	t, large := template.New(""), squeeze(read("large.css"))
	for _, src := range []string{
		`{{define "css"}}` + squeeze(strings.Replace(read("notice.css"), "/* typography */", typography(), 1)) + `{{end}}`,
		`{{define "large"}}` + large + `{{end}}`,
		`{{define "closes"}}` + strings.TrimSpace(read("closes.js")) + `{{end}}`,
		`{{define "kiosk"}}` + strings.TrimSpace(read("kiosk.js")) + `{{end}}`,
		read("paper.html"), read("page.html"), read("part.html"), read("start.html"), read("leave.html"),
	} {
		if _, err := t.Parse(src); err != nil {
			return nil, err
		}
	}
	set := &templateSet{Template: t, policies: map[act]string{}, large: hashOf(large)}
	// The hashes are of the style sheet and of the script as the template engine writes them.
	for _, a := range []act{actNone, actCloses, actKiosk} {
		var b bytes.Buffer
		if err := t.ExecuteTemplate(&b, "page", &page{}); err != nil {
			return nil, err
		}
		if err := t.ExecuteTemplate(&b, "page end", &page{Act: a}); err != nil {
			return nil, err
		}
		policy := "default-src 'none'; "
		if a != actNone {
			policy += "script-src '" + hashOf(between(b.String(), "<script>", "</script>")) + "'; "
		}
		set.css = between(b.String(), "<style>", "</style>")
		set.policies[a] = policy + "style-src '" + hashOf(set.css) + "'; base-uri 'none'; form-action 'self'"
	}
	set.policy = set.policies[actNone]
	return set, nil
})

// between is what stands between two tags.
func between(page, open, end string) string {
	_, rest, _ := strings.Cut(page, open)
	text, _, _ := strings.Cut(rest, end)
	return text
}

// hashOf is the hash of a style sheet or a script, as a policy names it.
func hashOf(text string) string {
	h := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(h[:])
}

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// squeeze takes comments, indents and the last end of a line out of a style sheet: some checkers reckon its hash without white space at
// its ends.
func squeeze(css string) string {
	var b strings.Builder
	for _, line := range strings.Split(cssComment.ReplaceAllString(css, ""), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
