package web

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// all is the edition of the example in all its languages, made once.
var all = sync.OnceValue(func() *render.Edition { return citykey(panics{}, nil, nil) })

type panics struct{ testing.TB }

func (panics) Helper()           {}
func (panics) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

// citykey makes the edition of the example in some languages, all of them without one, with what more makes; change may change the
// program before.
func citykey(t testing.TB, change func(*notices.Program), tags []string, more ...func(*render.Edition) ([]render.File, error)) *render.Edition {
	t.Helper()
	book, ps := law.Shipped()
	if ps.Failed() {
		t.Fatal(ps)
	}
	p, ps := notices.Load(os.DirFS("../../examples"), "citykey.yaml")
	if ps.Failed() {
		t.Fatal(ps)
	}
	if len(tags) > 0 {
		p.Languages = tags
	}
	if change != nil {
		change(p)
	}
	cat, ps := locales.Shipped(p.Languages...)
	if ps.Failed() {
		t.Fatal(ps)
	}
	var ns []*notices.Notice
	for _, k := range p.Kinds() {
		n, err := notices.Build(p, book, k, source.NewDay(2025, 6, 14))
		if err != nil {
			t.Fatal(err)
		}
		ns = append(ns, n)
	}
	e, err := render.NewEdition(cat, ns, more...)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func kitOf(t testing.TB, e *render.Edition, form string) map[string]string {
	t.Helper()
	files, err := Kit(e, form)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		out[strings.TrimPrefix(f.Path, kitName+"/")] = string(f.Bytes)
	}
	return out
}

func TestKit(t *testing.T) {
	e := all()
	kit := kitOf(t, e, "https://forms.example.com/a?b=c&d")
	name, script, _ := Element()
	want := []string{"READ-ME-FIRST.html", "edition.json", "element.html", "element.json", name, "fair-notice.css", kitName + ".zip", "front-door.html", "leave.html", "questions.html", "server-form.html", "try-it.html", "uppy-s3.md", "public/fair-notice.css"}
	for _, tag := range e.Languages() {
		want = append(want, "paste/"+tag+".html")
	}
	for _, name := range want {
		if kit[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
	if len(kit) != len(want) {
		t.Errorf("%d files, not %d", len(kit), len(want))
	}
	if kit[name] != string(script) {
		t.Error("the script is another")
	}
	for _, f := range e.Files {
		if f.Path == "public/edition.json" && kit["edition.json"] != string(f.Bytes) {
			t.Error("edition.json is another than the one that is published")
		}
	}
	// The zip holds the same files, and nothing else. It is the same at any time and on any machine.
	z, err := zip.NewReader(strings.NewReader(kit[kitName+".zip"]), int64(len(kit[kitName+".zip"])))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		name := strings.TrimPrefix(f.Name, kitName+"/")
		if err != nil || string(b) != kit[name] || name == f.Name || f.Modified.Format("2006-01-02") != "2025-06-14" {
			t.Errorf("%s in the zip, of %s: %v", f.Name, f.Modified, err)
		}
	}
	if len(z.File) != len(kit)-2 { // without itself, and what lies with the pages
		t.Errorf("%d files in the zip", len(z.File))
	}
	for name, b := range kitOf(t, e, "https://forms.example.com/a?b=c&d") {
		if b != kit[name] {
			t.Errorf("%s is not the same twice", name)
		}
	}
	// It is small enough for any mail.
	if n := len(kit[kitName+".zip"]); n > 1<<20 {
		t.Errorf("the zip has %d bytes", n)
	}
}

func TestKitNeedsANotice(t *testing.T) {
	if files, err := Kit(&render.Edition{}, ""); err != nil || len(files) > 0 {
		t.Errorf("a kit without a notice: %d files, %v", len(files), err)
	}
}

// TestKitInTheEdition: the door for the vendor stands on the first page where the zip is there, and nowhere else.
func TestKitInTheEdition(t *testing.T) {
	door := func(e *render.Edition) bool {
		for _, f := range e.Files {
			if f.Path == "START-HERE.html" {
				return strings.Contains(string(f.Bytes), "for-the-vendor.zip") && strings.Contains(string(f.Bytes), "Send to the portal vendor")
			}
		}
		return false
	}
	with := citykey(t, nil, []string{"en", "ar"}, func(e *render.Edition) ([]render.File, error) { return Kit(e, "") })
	without := citykey(t, nil, []string{"en", "ar"})
	if !door(with) || door(without) || with.Digest != without.Digest {
		t.Errorf("the door is there: %v with a kit, %v without", door(with), door(without))
	}
	// The manifest says of the script, and of nothing else, what a browser has to hold it to.
	name, _, sri := Element()
	for _, f := range with.Files {
		if f.Path != render.ManifestName {
			continue
		}
		m, err := render.ReadManifest(f.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range m.Files {
			if is := f.Path == kitName+"/"+name; is && f.Integrity != sri || !is && f.Integrity != "" {
				t.Errorf("%s: integrity %q", f.Path, f.Integrity)
			}
		}
	}
}

var (
	anyTag   = regexp.MustCompile(`<(/?[a-zA-Z!][^\s>]*)([^>]*)>`)
	anyAttr  = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
	address  = regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)
	anyStyle = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	script   = regexp.MustCompile(`(?s)<script[^>]*>(.*?)</script>`)
)

// TestServerForm: two form controls and no more, and none of them tells a language; no script; nothing of ours has a name that the page
// around may have.
func TestServerForm(t *testing.T) {
	e := all()
	b, err := ServerForm(e)
	if err != nil {
		t.Fatal(err)
	}
	s := string(b)
	for _, want := range []string{
		`<input type="hidden" name="fair_notice_edition" value="` + e.ID() + `">`,
		`<input class="fn-box" type="checkbox" id="fn-read" name="fair_notice_read" value="yes" required>`,
		`<div id="fn-refused" hidden>`, `<div id="fn-changed" hidden>`, // a guard looks for exactly these
	} {
		if strings.Count(s, want) != 1 {
			t.Errorf("%s is there %d times", want, strings.Count(s, want))
		}
	}
	for _, m := range anyTag.FindAllStringSubmatch(s, -1) {
		switch tag := strings.TrimPrefix(m[1], "/"); tag {
		case "!--", "link", "section", "p", "div", "details", "summary", "span", "bdi", "h2", "h3", "h4", "ul", "li", "a", "label":
		case "input":
			if !strings.Contains(m[0], `name="fair_notice_`) {
				t.Errorf("a control that is not of the contract: %s", m[0])
			}
		default:
			t.Errorf("the tag %s", m[0])
		}
		for _, a := range anyAttr.FindAllStringSubmatch(m[2], -1) {
			if a[1] == "id" || a[1] == "class" {
				for _, n := range strings.Fields(a[2]) {
					if !strings.HasPrefix(n, "fn-") {
						t.Errorf("the %s %s may be the page's own", a[1], n)
					}
				}
			}
			if strings.HasPrefix(a[1], "on") || a[1] == "style" {
				t.Errorf("the attribute %s in %s", a[1], m[0])
			}
		}
	}
	for i := range e.Gates() {
		g := &e.Gates()[i]
		for _, line := range append(g.Tick, g.Refused, g.Changed, g.Title, g.WholeTitle) {
			if !strings.Contains(s, html.EscapeString(line)) {
				t.Errorf("%s: no %q", g.Lang, line)
			}
		}
		if !strings.Contains(s, string(g.KeyHTML())) {
			t.Errorf("%s: no key facts", g.Lang)
		}
	}
	// N15: the tick is no consent.
	if regexp.MustCompile(`(?i)\b(I agree|I consent|I accept)\b`).MatchString(s) {
		t.Error("the tick reads as consent")
	}
}

// TestFormStyle: no rule of the sheet reaches the page around the fragment.
func TestFormStyle(t *testing.T) {
	css := FormStyle(citykey(t, nil, []string{"en", "ur"}))
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
	css = regexp.MustCompile(`@(media|supports)[^{]*\{`).ReplaceAllString(css, "")
	n := 0
	for _, rule := range regexp.MustCompile(`([^{}]+)\{[^{}]*\}`).FindAllStringSubmatch(css, -1) {
		for _, sel := range strings.Split(rule[1], ",") {
			if sel = strings.TrimSpace(sel); !strings.HasPrefix(sel, "#fn-gate#fn-gate") {
				t.Errorf("a rule for %q", sel)
			}
			n++
		}
	}
	if n < 100 || strings.Contains(css, "url(") || strings.Contains(css, "@import") || strings.Contains(css, "!important") {
		t.Errorf("%d selectors, or something is loaded or beats what readers set themselves", n)
	}
}

// TestOneLanguageKit: with a single language there is nothing to choose, and the tick is always on the screen.
func TestOneLanguageKit(t *testing.T) {
	e := citykey(t, nil, []string{"ar"})
	kit := kitOf(t, e, "")
	for _, name := range []string{"server-form.html", "front-door.html"} {
		if strings.Contains(kit[name], `class="fn-lang"`) || !strings.Contains(kit[name], `dir="rtl"`) || strings.Contains(kit[name], ":has(") && strings.Contains(kit[name], ".fn-say[lang") {
			t.Errorf("%s has chips", name)
		}
	}
	if strings.Contains(kit["fair-notice.css"], "@supports") || !strings.Contains(kit["front-door.html"], `<html lang="ar" dir="rtl">`) {
		t.Error("the pages wait for a choice that nobody can make")
	}
}

// TestKitLeadsNowhereElse: every link leads to a file of the kit, to the notice on the portal's own site, or to what the program's own
// pages link to; nothing is loaded from elsewhere. The form's address is the one exception, and stands in two files.
func TestKitLeadsNowhereElse(t *testing.T) {
	e := all()
	form := "https://forms.example.com/a?b=c&d"
	kit := kitOf(t, e, form)
	theirs := map[string]bool{}
	for _, f := range e.Files {
		if strings.HasPrefix(f.Path, "public/") && strings.HasSuffix(f.Path, ".html") {
			for _, m := range address.FindAllStringSubmatch(string(f.Bytes), -1) {
				theirs[html.UnescapeString(m[1])] = true
			}
		}
	}
	for name, s := range kit {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		if name != "try-it.html" && regexp.MustCompile(`<script|<[^>]*\son[a-z]+=`).MatchString(s) {
			t.Errorf("%s has a script", name)
		}
		for _, m := range address.FindAllStringSubmatch(s, -1) {
			to := html.UnescapeString(m[1])
			file, _, _ := strings.Cut(to, "#")
			switch {
			case strings.HasPrefix(to, "#") || kit[path.Join(path.Dir(name), file)] != "":
			case to == form:
				if name != "front-door.html" {
					t.Errorf("%s leads to the form", name)
				}
			case to == ElementNotice || to == ElementNotice+"fair-notice.css" || to == ElementNotice+"leave.html":
			case strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "tel:"):
				if !theirs[to] {
					t.Errorf("%s leads to %s", name, to)
				}
			default:
				t.Errorf("%s leads to %s, which is not there", name, to)
			}
		}
	}
}

// TestKitPolicies: each page allows its own style sheet, its own script if it has one, and nothing else.
func TestKitPolicies(t *testing.T) {
	kit := kitOf(t, citykey(t, nil, []string{"en", "ar"}), "")
	n := 0
	for name, s := range kit {
		if !strings.HasSuffix(name, ".html") || name == "server-form.html" || strings.HasPrefix(name, "paste/") {
			continue
		}
		n++
		want := "default-src 'none'; style-src '" + hashOf(anyStyle, s) + "'; base-uri 'none'; form-action 'none'"
		if name == "try-it.html" {
			want += "; script-src '" + hashOf(script, s) + "'; connect-src 'self'"
		}
		if name == "leave.html" { // nothing stands on it
			want = "default-src 'none'; base-uri 'none'; form-action 'none'"
		}
		if !strings.Contains(html.UnescapeString(s), `content="`+want+`"`) {
			t.Errorf("%s: the policy is not %s", name, want)
		}
	}
	if n != 6 {
		t.Errorf("%d pages", n)
	}
}

func hashOf(what *regexp.Regexp, s string) string {
	m := what.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	h := sha256.Sum256([]byte(m[1]))
	return "sha256-" + base64.StdEncoding.EncodeToString(h[:])
}

// TestKitEscapes: words of a program file stay words in every file of the kit.
func TestKitEscapes(t *testing.T) {
	for _, name := range []string{`"><script>alert(1)</script>`, `</textarea><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `--><b>`, `{{.ID}}`} {
		e := citykey(t, func(p *notices.Program) { p.Program.Name = source.Text{Name: name} }, []string{"en", "ar"})
		for file, s := range kitOf(t, e, "https://forms.example.com/?q="+"%22") {
			if !strings.HasSuffix(file, ".html") {
				continue
			}
			for _, bad := range []string{"<script>alert", "<img", "onmouseover='", "<b>"} {
				if strings.Contains(s, bad) {
					t.Errorf("%q in %s: %s is there", name, file, bad)
				}
			}
			if file != "leave.html" && !strings.Contains(html.UnescapeString(s), name) {
				t.Errorf("%q is not in %s", name, file)
			}
		}
	}
}

func TestFrontDoor(t *testing.T) {
	e := citykey(t, nil, []string{"en", "ar"})
	with, without := kitOf(t, e, "https://forms.example.com/a?b=c&d")["front-door.html"], kitOf(t, e, "")["front-door.html"]
	if n := strings.Count(with, "https://forms.example.com/a?b=c&amp;d"); n != 1 {
		t.Errorf("the address of the form is there %d times", n)
	}
	place := `href="#put-the-address-of-your-form-here"`
	if strings.Count(without, place) != 1 || strings.Contains(with, place) {
		t.Error("where nobody has said the address, there is not the one place for it")
	}
	// Whoever writes it in gets the same page.
	if strings.Replace(without, place, `href="https://forms.example.com/a?b=c&amp;d"`, 1) != with {
		t.Error("an address that is written in makes another page than one that is built in")
	}
	if !regexp.MustCompile(`<p class="fn-onward" hidden>\s*<a `).MatchString(with) || strings.Contains(with, "<form") {
		t.Error("the link is not hidden where the style sheet is lost")
	}
}

func TestCheckForm(t *testing.T) {
	for _, good := range []string{"", "https://forms.example.com", "https://forms.example.com/d/e/1FAIpQLSc/viewform?usp=sf_link", "https://x.example/#a"} {
		if err := CheckForm(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"forms.example.com", "http://forms.example.com", "javascript:alert(1)", "https://", "https:///x", "//x.example", "https://a:b@x.example", "https://x.example/ y", "https://x.example/\"><b>", "https://x.example/\n", "#x"} {
		if err := CheckForm(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if _, err := Kit(citykey(t, nil, []string{"en"}), "http://x.example"); err == nil {
		t.Error("a kit leads to an address without https")
	}
}

// TestPasteOfAll: text to paste holds six tags, in every language; from right to left by its characters.
func TestPasteOfAll(t *testing.T) {
	e := all()
	kit := kitOf(t, e, "")
	for i := range e.Gates() {
		g := &e.Gates()[i]
		s := kit["paste/"+g.Lang+".html"]
		for _, m := range anyTag.FindAllStringSubmatch(s, -1) {
			tag := strings.TrimPrefix(m[1], "/")
			if !slices.Contains([]string{"p", "ul", "li", "strong", "a", "h3"}, tag) || m[2] != "" && (tag != "a" || !regexp.MustCompile(`^ href="(https://|tel:)[^"]*"$`).MatchString(m[2])) {
				t.Errorf("%s: %s", g.Lang, m[0])
			}
		}
		if !strings.Contains(s, e.ID()) {
			t.Errorf("%s does not name the edition", g.Lang)
		}
		if (g.Dir == "rtl") != strings.Contains(s, "<p>\u200f") {
			t.Errorf("%s: a paragraph has no mark of its direction, or one that it should not have", g.Lang)
		}
	}
}
