package web

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"fairnotice/render"
)

// What the vendor of a portal is sent: for-the-vendor.zip, and the same files in a folder, so that staff can look at them. One file
// answers each of the five kinds of portals; all of them hold the words of one edition, and none of them calls another server.

//go:embed kit
var kitFiles embed.FS

// kitName is the folder of the kit, and with .zip the file that is sent.
const kitName = "for-the-vendor"

// Kit makes the files for the vendor: each below for-the-vendor/, and all of them again in for-the-vendor.zip. form is the address of a
// form on somebody else's site, to which front-door.html leads on, or "" where nobody has said it: then the page says so itself. An
// edition without a notice before the first upload has no kit.
func Kit(e *render.Edition, form string) ([]render.File, error) {
	if len(e.Gates()) == 0 {
		return nil, nil
	}
	if err := CheckForm(form); err != nil {
		return nil, err
	}
	k := newKit(e, form)
	var err error
	if k.words, err = ElementData(e); err != nil {
		return nil, err
	}
	elementName, script, _ := Element()
	makers := []struct {
		name string
		make func() ([]byte, error)
	}{
		{"READ-ME-FIRST.html", func() ([]byte, error) { return k.page("read-me", "Read me first: "+k.Names[0].Text, "") }},
		{"element.html", k.element},
		{elementName, func() ([]byte, error) { return script, nil }},
		{"element.json", func() ([]byte, error) { return k.words, nil }},
		{"server-form.html", func() ([]byte, error) { return ServerForm(e) }},
		{"fair-notice.css", func() ([]byte, error) { return []byte(FormStyle(e)), nil }},
		{"uppy-s3.md", k.uppy},
		{"front-door.html", k.frontDoor},
		{"try-it.html", func() ([]byte, error) {
			return k.page("try-it", "Is the upload closed? "+k.Names[0].Text, "kit/try-it.js")
		}},
		{"questions.html", func() ([]byte, error) { return k.page("questions", "Questions: "+k.Names[0].Text, "") }},
	}
	var out []render.File
	for _, m := range makers {
		b, err := m.make()
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", kitName, m.name, err)
		}
		out = append(out, render.File{Path: kitName + "/" + m.name, Bytes: b})
	}
	for i := range k.Gates {
		out = append(out, render.File{Path: kitName + "/paste/" + k.Gates[i].Lang + ".html", Bytes: k.Gates[i].PasteHTML()})
	}
	for _, f := range e.Files {
		if f.Path == "public/edition.json" || f.Path == leavePath {
			out = append(out, render.File{Path: kitName + strings.TrimPrefix(f.Path, "public"), Bytes: f.Bytes})
		}
	}
	slices.SortFunc(out, func(a, b render.File) int { return strings.Compare(a.Path, b.Path) })
	packed, err := zipped(out, e)
	if err != nil {
		return nil, err
	}
	// The fragment asks for its style sheet where the public files are served, so it lies there, too.
	return append(out, render.File{Path: kitName + ".zip", Bytes: packed}, render.File{Path: "public/fair-notice.css", Bytes: []byte(FormStyle(e))}), nil
}

// leavePath is the neutral page to which readers leave, where the edition has one.
const leavePath = "public/leave.html"

// CheckForm says in plain words what is wrong with the address of a form; "" is right, and means that nobody has said it.
func CheckForm(form string) error {
	if form == "" {
		return nil
	}
	u, err := url.Parse(form)
	switch {
	case err != nil || strings.ContainsFunc(form, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("<>\"'`\\", r) }):
		return fmt.Errorf("%q is no web address: copy it from the address line of a browser", form)
	case u.Scheme == "https" && u.Host == "":
		return fmt.Errorf("%q names no site", form)
	case u.Scheme != "https":
		return fmt.Errorf("%q does not begin with https://, and without that anybody on the way could change the form", form)
	case u.User != nil:
		return fmt.Errorf("%q holds a name or a password, which everybody could read in the page", form)
	}
	return nil
}

// kit is what the templates see.
type kit struct {
	ID, AsOf, Place string
	Number          int
	Names           []programName
	Gates           []render.Gate
	Form            string
	Leave           bool   // there is a page to leave to
	Count           string // 16 languages
	Drafts          string // of the languages, in English
	Sample          string // the tick in English, or in the first language
	SampleFirst     string // likewise: Read this first
	Element         string // the name of the element's script
	Snippet, Code   string // how it is put into a page, and used there

	edition *render.Edition
	words   []byte // the element's data
}

type programName struct{ Lang, Text string }

func newKit(e *render.Edition, form string) *kit {
	k := &kit{ID: e.ID(), AsOf: asOf(e), Place: ElementNotice, Number: e.Number, Gates: e.Gates(), Form: form, edition: e}
	var drafts []string
	sample := &k.Gates[0]
	for i := range k.Gates {
		g := &k.Gates[i]
		if g.Program != "" && !slices.ContainsFunc(k.Names, func(n programName) bool { return n.Text == g.Program }) {
			lang := g.ProgramLang
			if lang == "" {
				lang = g.Lang
			}
			k.Names = append(k.Names, programName{lang, g.Program})
		}
		if g.Draft != "" {
			drafts = append(drafts, englishName(g))
		}
		if g.Lang == "en" {
			sample = g
		}
	}
	if len(k.Names) == 0 {
		k.Names = []programName{{"", string(e.Program)}}
	}
	k.Sample, k.SampleFirst = strings.Join(sample.Tick, " "), sample.ReadFirst
	k.Count = fmt.Sprintf("%d languages", len(k.Gates))
	if len(k.Gates) == 1 {
		k.Count = englishName(sample) + " alone"
	}
	if k.Drafts = strings.Join(drafts, ", "); len(drafts) == len(k.Gates) && len(drafts) > 3 {
		k.Drafts = "all of them"
	}
	k.Element, _, _ = Element()
	k.Leave = slices.ContainsFunc(e.Files, func(f render.File) bool { return f.Path == leavePath })
	return k
}

// englishName is the name of a gate's language for the staff.
func englishName(g *render.Gate) string {
	if g.English != "" {
		return g.English
	}
	return g.Own
}

// asOf writes the edition's day for the staff.
func asOf(e *render.Edition) string {
	y, m, d := e.AsOf.YMD()
	return fmt.Sprintf("%s %d, %d", time.Month(m), d, y)
}

var kitTemplates = sync.OnceValues(func() (*template.Template, error) { return template.ParseFS(kitFiles, "kit/*.html") })

// ServerForm is the fragment that stands inside a portal's own form, before its first file field: the key facts in each language, the one
// tick, and the edition. It holds no script, and no form control that tells the language: whichever is read, the same is sent.
func ServerForm(e *render.Edition) ([]byte, error) {
	k := newKit(e, "")
	w, err := k.writer()
	if err != nil {
		return nil, err
	}
	w.raw("<!-- Fair Notice, edition " + k.ID + ". All of this stands inside <form>, before the first file field. Change no words in it. -->\n")
	w.part("form begin", k)
	for i := range k.Gates {
		g := &k.Gates[i]
		open, end := "chip", "\n</details>"
		if len(k.Gates) == 1 {
			open, end = "form one", "\n</div>"
		}
		w.part(open, g)
		w.part("form part", kitPart{k, g})
		w.b.Write(g.KeyHTML())
		w.part("form part end", kitPart{k, g})
		w.raw(end)
	}
	yet, err := e.NotYetHTML()
	if err != nil {
		return nil, err
	}
	w.b.Write(yet)
	w.part("form end", k)
	return w.b.Bytes(), w.err
}

// kitPart is what a part of one language sees.
type kitPart struct {
	Kit  *kit
	Gate *render.Gate
}

// FormStyle is the style sheet of the fragment. It changes nothing outside of it, and holds against what most sheets of a site say.
func FormStyle(e *render.Edition) string {
	css := kitSource("kit/form.css")
	css = chosen(css, e.Gates(), `  &:has(.fn-lang[lang="%[1]s"][open]) .fn-say[lang="%[1]s"] { display: block; }`)
	head, rules, _ := strings.Cut(css, "*/")
	rules = strings.ReplaceAll(rules, "&", "#fn-gate#fn-gate")
	return strings.Replace(head+"*/"+rules, "/* typography */\n", render.Typography("#fn-gate#fn-gate"), 1)
}

// chosen writes, for each language, the rule that shows its words once it is chosen. Where there is only one, nothing is to be chosen.
func chosen(css string, gates []render.Gate, rule string) string {
	if len(gates) == 1 {
		return supports.ReplaceAllString(css, "")
	}
	var b strings.Builder
	for i := range gates {
		fmt.Fprintf(&b, rule+"\n", gates[i].Lang)
	}
	return strings.Replace(css, "  /* chosen */\n", b.String(), 1)
}

var supports = regexp.MustCompile(`(?s)@supports selector\(:has\(a\)\) \{.*?\n\}\n`)

// frontDoor is the whole notice in all languages as a page of its own, with the link to a form on somebody else's site behind the tick.
func (k *kit) frontDoor() ([]byte, error) {
	w, err := k.many("kit/front.css", "front begin", func(w *pageWriter, g *render.Gate) {
		w.part("front part", kitPart{k, g})
		w.b.Write(g.WholeHTML())
		w.part("front part end", kitPart{k, g})
	})
	if err != nil {
		return nil, err
	}
	yet, err := k.edition.NotYetHTML()
	if err != nil {
		return nil, err
	}
	w.b.Write(yet)
	w.part("front door", k)
	w.raw("\n<!-- The address of the form stands below, after href=. -->")
	link := *k
	if link.Form == "" {
		link.Form = "#put-the-address-of-your-form-here"
	}
	w.part("front link", &link)
	return w.b.Bytes(), w.err
}

// many begins a page of all languages and writes as far as their chips: its head, with the style sheet css beside that of a notice, the
// template begin, and what part writes of each language. An element .fn-say of a language shows when that language is chosen.
func (k *kit) many(css, begin string, part func(w *pageWriter, g *render.Gate)) (*pageWriter, error) {
	w, err := k.writer()
	if err != nil {
		return nil, err
	}
	style, err := render.Style()
	if err != nil {
		return nil, err
	}
	style += chosen(kitSource(css), k.Gates, `  .fn-main:has(> .fn-langs > .fn-lang[lang="%[1]s"][open]) .fn-say[lang="%[1]s"] { display: block; }`)
	w.head(k.manyHead(), style, "")
	w.part(begin, k)
	for i := range k.Gates {
		g := &k.Gates[i]
		end := ""
		if len(k.Gates) > 1 {
			w.part("chip", g)
			end = "\n</details>"
		}
		part(w, g)
		w.raw(end)
	}
	return w, nil
}

// manyHead is the head of a page of all languages: its title is the same whichever is read.
func (k *kit) manyHead() pageHead {
	var title []string
	for _, n := range k.Names {
		title = append(title, n.Text)
	}
	h := pageHead{Lang: "mul", Dir: "ltr"}
	if len(k.Gates) == 1 {
		h.Lang, h.Dir = k.Gates[0].Lang, k.Gates[0].Dir
	} else {
		for i := range k.Gates {
			title = append(title, k.Gates[i].Own)
		}
	}
	h.Title = strings.Join(title, " · ")
	return h
}

// page is one of the pages for developers and staff, perhaps with a script.
func (k *kit) page(part, title, script string) ([]byte, error) {
	w, err := k.writer()
	if err != nil {
		return nil, err
	}
	style, err := render.Style()
	if err != nil {
		return nil, err
	}
	js := ""
	if script != "" {
		js = "\n" + kitSource(script)
	}
	w.head(pageHead{Lang: "en", Dir: "ltr", Title: title}, style+kitSource("kit/staff.css"), js)
	w.part(part, k)
	if js != "" {
		w.raw("<script data-edition=\"" + k.ID + "\">" + js + "</script>\n</body>\n</html>\n")
	}
	return w.b.Bytes(), w.err
}

// element says how the element is put into a page.
func (k *kit) element() ([]byte, error) {
	name, _, sri := Element()
	var read string
	for i := range k.Gates {
		if g := &k.Gates[i]; i == 0 || g.Lang == "en" {
			read = template.HTMLEscapeString(g.ReadFirst)
		}
	}
	k.Snippet = `<script src="/` + name + `" integrity="` + sri + `" defer></script>
<fair-notice for="files">
<a slot="instead" href="` + ElementNotice + `">` + read + `</a>
<script type="application/json">` + string(k.words) + `</script>
</fair-notice>
<input type="file" id="files" name="files" multiple disabled>
`
	k.Code = `const gate = document.querySelector("fair-notice");
const { header } = await gate.confirmed; // once the box is ticked; event: fair-notice
const answer = await fetch("/upload", { method: "POST", body, headers: { "Fair-Notice": header } });
if (answer.status === 412 || answer.status === 428) gate.refuse((await answer.json()).edition); // closed again`
	return k.page("element", "The element: "+k.Names[0].Text, "")
}

// uppy is for portals whose files go straight to a store.
func (k *kit) uppy() ([]byte, error) {
	return []byte(strings.ReplaceAll(kitSource("kit/uppy-s3.md"), "EDITION", k.ID)), nil
}

// pageWriter puts a file together: parts of templates, and between them what is escaped already.
type pageWriter struct {
	b   bytes.Buffer
	t   *template.Template
	err error
}

func (k *kit) writer() (*pageWriter, error) {
	t, err := kitTemplates()
	return &pageWriter{t: t}, err
}

func (w *pageWriter) part(name string, data any) {
	if w.err == nil {
		w.err = w.t.ExecuteTemplate(&w.b, name, data)
	}
}

// raw writes constants, the edition's id, and style sheets and scripts of the kit.
func (w *pageWriter) raw(s string) { w.b.WriteString(s) }

type pageHead struct{ Lang, Dir, Title, Policy string }

// head begins a page: its policy allows the one style sheet, and the one script if there is one, by their hashes.
func (w *pageWriter) head(h pageHead, style, script string) {
	h.Policy = "default-src 'none'; style-src '" + policyHash(style) + "'; base-uri 'none'; form-action 'none'"
	if script != "" {
		h.Policy += "; script-src '" + policyHash(script) + "'; connect-src 'self'"
	}
	w.part("head", h)
	w.raw("<style>" + style + "</style>")
}

func policyHash(s string) string {
	h := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(h[:])
}

// kitSource is a file of the kit.
func kitSource(name string) string {
	b, err := kitFiles.ReadFile(name)
	if err != nil {
		panic(err) // embedded: a missing file does not build
	}
	return string(b)
}

// zipped writes a zip whose bytes depend on nothing but the files and the edition's day.
func zipped(files []render.File, e *render.Edition) ([]byte, error) {
	y, m, d := e.AsOf.YMD()
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: at})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Bytes); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}
