package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
)

// hashes of the style sheet and of files change with every rule of the style sheet: the golden files do without them.
var (
	cssInPage    = regexp.MustCompile(`(?s)<style>.*?</style>`)
	scriptInPage = regexp.MustCompile(`(?s)<script>.*?</script>`)
	policyHash   = regexp.MustCompile(`sha256-[A-Za-z0-9+/&#;]+=`)
)

func TestGoldens(t *testing.T) {
	e := testEdition(t, "en", "es", "ar")
	want := []string{"START-HERE.html", "public/index.html", "public/edition.json", "public/leave.html", "office/server/nginx.conf", "office/server/Caddyfile", "office/server/apache.conf", "office/server/fairnotice.service", "public/en/at-upload.html", "public/ar/before.html", "office/es/before-print.html",
		"office/en/before.json", "office/ar/at-upload.json", "office/en/before.txt", "office/es/before.txt", "office/ar/before.txt", "office/en/before.md", "office/ar/before.md"}
	for _, f := range e.Files {
		if !slices.Contains(want, f.Path) {
			continue
		}
		b := f.Bytes
		b = cssInPage.ReplaceAll(b, []byte("<style></style>"))
		b = policyHash.ReplaceAll(b, []byte("sha256-…"))
		golden(t, strings.ReplaceAll(f.Path, "/", "+"), b)
	}
	if *site == "" {
		return
	}
	for _, f := range e.Files {
		p := filepath.Join(*site, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, f.Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func files(e *Edition) map[string][]byte {
	m := map[string][]byte{}
	for _, f := range e.Files {
		m[f.Path] = f.Bytes
	}
	return m
}

func TestEditionFiles(t *testing.T) {
	e := testEdition(t, "en", "es", "ar")
	var paths []string
	for _, f := range e.Files {
		paths = append(paths, f.Path)
		if len(f.Bytes) == 0 || f.Bytes[len(f.Bytes)-1] != '\n' || strings.Contains(string(f.Bytes), "\r") {
			t.Errorf("%s is empty, or does not end its lines with a line feed", f.Path)
		}
		if strings.HasSuffix(f.Path, ".html") && !slices.Contains(scripted, f.Path) {
			if err := checkHTML(strings.NewReplacer(`href="leave.html`, `href="https://`, `href="../leave.html`, `href="https://`, `href="../en/`, `href="https://`, `href="../es/`, `href="https://`, `href="../ar/`, `href="https://`, `href="public/`, `href="https://`, `href="office/`, `href="https://`, `href="index.html`, `href="before.html`,
				`href="already-applied.html`, `href="before.html`, `href="demand-received.html`, `href="before.html`,
				`href="../at-upload.html`, `href="../index.html`, `href="../already-applied.html`, `href="../index.html`, `href="../demand-received.html`, `href="../index.html`).Replace(string(f.Bytes))); err != nil {
				t.Errorf("%s: %v", f.Path, err)
			}
		}
	}
	last := len(paths) - 1
	if paths[last] != ManifestName || !slices.IsSorted(paths[:last]) {
		t.Errorf("order of files: %v", paths)
	}
	m, err := ReadManifest(e.Files[last].Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if m.Program != "citykey" || m.Edition.Digest != e.Digest || m.Edition.ID != e.ID() || m.Edition.AsOf.String() != "2025-06-14" || len(m.Files) != last || len(m.Texts) != 18 || len(m.Languages) != 3 {
		t.Errorf("manifest: %+v", m)
	}
	for i, f := range m.Files {
		if f.Path != paths[i] || f.Bytes != len(e.Files[i].Bytes) || "sha256:"+f.SHA256 != sum(e.Files[i].Bytes) {
			t.Errorf("manifest of %s: %+v", paths[i], f)
		}
	}
	for _, l := range m.Languages {
		if l.Translation.State != "draft" {
			t.Errorf("state of %s: %+v", l.Language, l.Translation)
		}
	}
	for _, n := range e.Notices {
		d, size := TextDigest(n)
		if n.Digest != d || n.Edition.Digest != e.Digest || !slices.Contains(e.Texts, TextLine{n.Kind, n.Language, d, size}) {
			t.Errorf("%s in %s: digests %s, %+v", n.Kind, n.Language, n.Digest, n.Edition)
		}
	}
	if e.Notice("before", "ar") == nil || e.Notice("before", "pl") != nil {
		t.Error("Notice finds what is not there, or not what is")
	}
}

func TestEditionIsTheSameTwice(t *testing.T) {
	a, b := testEdition(t, "en", "es", "ar"), testEdition(t, "en", "es", "ar")
	for i := range a.Files {
		if a.Files[i].Path != b.Files[i].Path || string(a.Files[i].Bytes) != string(b.Files[i].Bytes) {
			t.Errorf("%s differs", a.Files[i].Path)
		}
	}
}

func TestOneLanguage(t *testing.T) {
	fs := files(testEdition(t, "ar"))
	index := string(fs["public/index.html"])
	if strings.Contains(index, `class="fn-lang"`) || !strings.Contains(index, `<html lang="ar" dir="rtl">`) {
		t.Error("the page of the only language is not a page of one language")
	}
	if page := string(fs["public/ar/before.html"]); strings.Contains(page, phrasesOf["ar"]["ui.one_language"]) {
		t.Error("a page warns of its language, where there is only one")
	}
}

func TestOnlyTheWholeNotice(t *testing.T) {
	e, err := newEdition(words{}, testNotices("en", "es")[:1])
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range e.Files {
		for _, k := range notices.Kinds()[1:] {
			if strings.Contains(f.Path, string(k)) || strings.Contains(string(f.Bytes), string(k)) {
				t.Errorf("%s speaks of a page that is not there", f.Path)
			}
		}
	}
}

// Every relative link of every page leads to a file of the edition.
func TestLinksLeadSomewhere(t *testing.T) {
	fs := files(testEdition(t, "en", "es", "ar"))
	href := regexp.MustCompile(`href="([^"]*)"`)
	for path, b := range fs {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		for _, m := range href.FindAllStringSubmatch(string(b), -1) {
			if strings.HasPrefix(m[1], "tel:") || strings.HasPrefix(m[1], "https://") {
				continue
			}
			if to := filepath.ToSlash(filepath.Join(filepath.Dir(path), m[1])); fs[to] == nil {
				t.Errorf("%s leads to %s", path, to)
			}
		}
	}
}

// scripted are the pages that hold a script; TestScripts looks at it.
var scripted = []string{"public/closes.html", "public/kiosk.html"}

// A page says nothing to anybody about its reader: no script, no form, nothing loaded, no name of a language in an id or a link.
func TestPublicPagesKeepQuiet(t *testing.T) {
	for path, b := range files(testEdition(t, "en", "es", "ar")) {
		if !strings.HasPrefix(path, "public/") || !strings.HasSuffix(path, ".html") {
			continue
		}
		page := string(b)
		if slices.Contains(scripted, path) {
			page = scriptInPage.ReplaceAllString(page, "")
		}
		for _, bad := range []string{"<script", "<form", "<input", "<select", "<button", "<link", "<img", "<iframe", " src=", " id=", "@import", "url(", "hreflang"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s has %s", path, bad)
			}
		}
		if path == "public/leave.html" {
			continue // TestLeave
		}
		if strings.Count(path, "/") == 1 {
			for _, tag := range []string{"en", "es", "ar"} {
				if regexp.MustCompile(`href="[^"]*\b` + tag + `/`).MatchString(page) {
					t.Errorf("%s leads to an address that names %s", path, tag)
				}
			}
			if !strings.Contains(page, "<title>CityKey · ") {
				t.Errorf("%s has no neutral title", path)
			}
		} else if !strings.Contains(page, phrasesOf[strings.Split(path, "/")[1]]["ui.one_language"]) {
			t.Errorf("%s does not say that its address names the language", path)
		}
	}
}

// The policy allows the style sheet that is there, and nothing else.
func TestPolicy(t *testing.T) {
	for path, b := range files(testEdition(t, "en", "ar")) {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		hash := func(in *regexp.Regexp, tag string) string {
			h := sha256.Sum256([]byte(strings.TrimSuffix(strings.TrimPrefix(string(in.Find(b)), "<"+tag+">"), "</"+tag+">")))
			return "'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'"
		}
		script := ""
		if slices.Contains(scripted, path) {
			script = "script-src " + hash(scriptInPage, "script") + "; "
		}
		want := "default-src 'none'; " + script + "style-src " + hash(cssInPage, "style") + "; base-uri 'none'; form-action 'self'"
		if path == "public/leave.html" {
			want = "default-src 'none'; base-uri 'none'; form-action 'none'"
		}
		if !strings.Contains(html.UnescapeString(string(b)), `content="`+want+`"`) {
			t.Errorf("%s: the policy is not %s", path, want)
		}
	}
}

func TestEditionRefuses(t *testing.T) {
	good := func() []*notices.Notice { return testNotices("en", "es") }
	for name, change := range map[string]func([]*notices.Notice) []*notices.Notice{
		"no notice":         func([]*notices.Notice) []*notices.Notice { return nil },
		"no language":       func(ns []*notices.Notice) []*notices.Notice { ns[0].Languages = nil; return ns },
		"another program":   func(ns []*notices.Notice) []*notices.Notice { ns[1].Program = "other"; return ns },
		"another number":    func(ns []*notices.Notice) []*notices.Notice { ns[1].Number = 2; return ns },
		"another day":       func(ns []*notices.Notice) []*notices.Notice { ns[1].AsOf++; return ns },
		"other languages":   func(ns []*notices.Notice) []*notices.Notice { ns[1].Languages = []string{"en"}; return ns },
		"the same kind":     func(ns []*notices.Notice) []*notices.Notice { ns[1].Kind = ns[0].Kind; return ns },
		"a kind as path":    func(ns []*notices.Notice) []*notices.Notice { ns[1].Kind = "../x"; return ns },
		"a tag as path":     func([]*notices.Notice) []*notices.Notice { return testNotices("../en") },
		"a language unsaid": func([]*notices.Notice) []*notices.Notice { return testNotices("en", "pl") },
	} {
		if e, err := newEdition(words{}, change(good())); err == nil || e != nil {
			t.Errorf("%s: an edition was made", name)
		}
	}
}

func TestMissingPhraseIsAnError(t *testing.T) {
	n := testNotice(t, "en")
	n.Language = "pl"
	var b strings.Builder
	if err := writePage(&b, words{}, []*locales.Notice{n}, pageOptions{}); err == nil || b.Len() > 0 {
		t.Errorf("a page was written without its phrases: %v", err)
	}
}

// closing says one language as closed, in the notice before the first upload alone: the others could be said in it.
type closing struct {
	words
	tag string
}

func (c closing) Say(n *notices.Notice, tag string) (*locales.Notice, error) {
	if tag == c.tag && n.Kind == notices.Before {
		l, _ := locales.Find(tag)
		return nil, &locales.Closed{Language: l, Program: n.Program, Stale: []locales.Untold{{ID: "ask.no_court"}}, Missing: []locales.Untold{{ID: "key.free"}}}
	}
	return c.words.Say(n, tag)
}

// TestClosedLanguage: nothing of a closed language is in the edition, in no kind, and the manifest and the page for the staff say which
// it is. An edition in no language is an error.
func TestClosedLanguage(t *testing.T) {
	ns := testNotices("en", "es", "ar")
	e, err := newEdition(closing{tag: "ar"}, ns)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Closed) != 1 || e.Closed[0].Language.Tag != "ar" || slices.Contains(e.Languages(), "ar") {
		t.Errorf("%+v %v", e.Closed, e.Languages())
	}
	for _, l := range e.Texts {
		if l.Language == "ar" {
			t.Errorf("the digest holds a text of a closed language: %s", l)
		}
	}
	for _, f := range e.Files {
		if strings.Contains(f.Path, "/ar/") || strings.HasPrefix(f.Path, "public/") && bytes.Contains(f.Bytes, []byte("قبل")) {
			t.Errorf("%s has something of a closed language", f.Path)
		}
		// That it is not there yet is said in it, on the page of all languages.
		if chip := []byte(`<details class="fn-yet" name="fn-lang" lang="ar" dir="rtl">`); bytes.Contains(f.Bytes, chip) != (strings.HasPrefix(f.Path, "public/") && strings.HasSuffix(f.Path, ".html") && strings.Count(f.Path, "/") == 1 && f.Path != "public/leave.html") {
			t.Errorf("%s: the chip of a closed language stands where it should not, or not where it should", f.Path)
		}
	}
	all := files(e)
	m, err := ReadManifest(all[ManifestName])
	if err != nil || len(m.Closed) != 1 || m.Closed[0].Language != "ar" || m.Closed[0].Missing != 1 || m.Closed[0].Stale != 1 {
		t.Errorf("%+v %v", m, err)
	}
	if !bytes.Contains(all["START-HERE.html"], []byte("Not in this folder")) || !bytes.Contains(all["START-HERE.html"], []byte("Arabic")) {
		t.Error("the page for the staff does not say it")
	}
	whole, err := newEdition(words{}, ns)
	if err != nil || whole.Digest == e.Digest {
		t.Error("the same digest with a language less", err)
	}
}
