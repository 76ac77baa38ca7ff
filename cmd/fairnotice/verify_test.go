package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fairnotice/render/web"
)

// attacks are what a portal may do to one sentence, in the language of its page, and the codes by which it may be found. Each gets the
// element that holds the sentence and the text itself; it is a rule of a style sheet in the end, or words that are written anew.
var attacks = []struct {
	name, script string
	codes        []string
}{
	{"hidden by class", `e.classList.add("quiet"); rule(".quiet { visibility: hidden !important }")`, []string{"hidden"}},
	{"font size 0", `e.style.fontSize = "0"`, []string{"small"}},
	{"transparent", `e.style.color = "transparent"`, []string{"faint"}},
	{"display none", `e.style.display = "none"`, []string{"hidden"}},
	{"cropped", `e.style.cssText = "display: block; block-size: 2px; overflow: hidden"`, []string{"cropped"}},
	{"covered", `e.style.position = "relative"; const c = document.createElement("span"); c.style.cssText = "position: absolute; inset: 0; background: #fff; pointer-events: none"; e.append(c)`, []string{"covered"}},

	{"a word changed", `t.data = t.data.replace(words, words.slice(0, -4) + "XXX.")`, []string{"changed"}},
	{"a sentence removed", `t.data = t.data.replace(words, "")`, []string{"missing"}},
	{"a not put in", `t.data = t.data.replace(words, words.slice(0, 3) + " not " + words.slice(3))`, []string{"changed"}},
	{"a sentence moved", `e.parentNode.prepend(e)`, []string{"moved"}},
	{"a sentence added", `const n = e.cloneNode(); n.textContent = "Nobody else can ever read it."; e.after(n)`, []string{"added"}},
	{"another language's words", `t.data = t.data.replace(words, "Un juez puede pedirlo todo.")`, []string{"changed", "missing"}},
	{"words put before it by a style sheet", `e.classList.add("more"); rule(".more::before { content: 'It is not true: ' !important }")`, []string{"added"}},
	{"struck through", `e.style.textDecoration = "line-through"`, []string{"struck"}},
}

// attacked is a script that does one attack to a sentence in each of some languages, wherever it stands: a shadow root is remembered when
// it is made.
func attacked(script string, sentences map[string]string) string {
	given, err := json.Marshal(sentences)
	if err != nil {
		panic(err)
	}
	return `<script>
{
  const roots = [document];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (o) { const r = attach.call(this, { ...o, mode: "closed" }); roots.push(r); return r; };
  const sentences = ` + string(given) + `;
  addEventListener("load", () => {
    for (const root of roots) {
      const rule = (css) => { const s = document.createElement("style"); s.textContent = css; (root.head ?? root).append(s); };
      const texts = [];
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) texts.push(walk.currentNode);
      for (const [lang, words] of Object.entries(sentences)) {
        for (const t of texts) {
          const e = t.parentElement;
          if (!t.data.includes(words) || e.closest("[lang]").lang !== lang || e.tagName === "SCRIPT") continue;
          ` + script + `;
          break;
        }
      }
    }
  });
}
</script>`
}

// portal serves pages of a portal in front of which the notice stands: as the edition's own page, in a form, and as the element. What is
// done to a page comes in its address.
func portal(t *testing.T, site string, e *verified) *httptest.Server {
	t.Helper()
	file := func(name string) string {
		data, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
		}
		return string(data)
	}
	name, js, sri := web.Element()
	host := func(notice string) string {
		return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Apply</title>
<style>body { font-family: sans-serif; margin: 1rem } header { position: sticky; top: 0; background: #fff; padding: .5rem }</style></head>
<body><header>City of Example</header><h1>Apply for the card</h1><p>Fill in this form. The office will write to you.</p>
<form method="post" enctype="multipart/form-data" action="/apply">` + notice + `<p><button>Send</button></p></form><footer>Privacy · Contact</footer></body></html>`
	}
	attack := func(r *http.Request) string {
		for _, a := range attacks {
			if a.name == r.URL.Query().Get("attack") {
				words := map[string]string{}
				for _, tag := range e.tags {
					words[tag] = target(e, r.URL.Query().Get("kind"), tag).Text
				}
				return attacked(a.script, words)
			}
		}
		return r.URL.Query().Get("more")
	}
	page := func(html string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			html := html
			// A portal that attacks its own page does not forbid itself to.
			if more := attack(r); more != "" {
				if from, rest, ok := strings.Cut(html, `<meta http-equiv="Content-Security-Policy"`); ok {
					_, rest, _ = strings.Cut(rest, ">")
					html = from + rest
				}
				html = strings.Replace(html, "<head>", "<head>"+more, 1)
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, html)
		}
	}
	mux := http.NewServeMux()
	mux.Handle("/before", page(file("public/index.html")))
	mux.Handle("/page", page(file("public/at-upload.html")))
	mux.Handle("/inline", page(host(file("for-the-vendor/server-form.html")+`<p><label>Papers <input type="file" name="files" disabled></label></p>`)))
	mux.Handle("/open", page(host(`<p><label>Papers <input type="file" name="early"></label></p>`+file("for-the-vendor/server-form.html"))))
	mux.Handle("/held", page(host(file("for-the-vendor/server-form.html")+`<p><label>Papers <input type="file" name="papers"></label></p>`)))
	mux.HandleFunc("/ping", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/gone", http.NotFound)
	mux.Handle("/element", page(host(`<fair-notice for="files"><a slot="instead" href="/notice/">Read this first</a><script type="application/json">`+file("for-the-vendor/element.json")+`</script></fair-notice>
<p><label>Papers <input type="file" name="files" id="files" disabled></label></p><script type="module" src="/`+name+`" integrity="`+sri+`"></script>`)))
	mux.HandleFunc("/"+name, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(js)
	})
	mux.HandleFunc("/notice/fair-notice.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, file("for-the-vendor/fair-notice.css"))
	})
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "reader", Value: "1"})
		page(file("public/at-upload.html"))(w, r)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// target is the sentence that is attacked: one of the key facts, which has no value.
func target(e *verified, kind, tag string) web.Sentence {
	if kind == "" {
		kind = "at-upload"
	}
	for _, s := range e.wanted(kind, tag).Sentences {
		if s.ID == "key.court" {
			return s
		}
	}
	panic("no such sentence")
}

// fourLanguages builds CityKey's edition in languages of four scripts.
func fourLanguages(t *testing.T) (string, *verified) {
	t.Helper()
	dir := t.TempDir()
	data, err := os.ReadFile(filepath.Join("..", "..", "examples", "citykey.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "citykey.yaml")
	if err := os.WriteFile(file, languagesLine.ReplaceAll(data, []byte("languages: [en, ar, hi, zh-Hans]")), 0o600); err != nil {
		t.Fatal(err)
	}
	site := filepath.Join(dir, "site")
	var out, problems bytes.Buffer
	if code := run([]string{"build", file, "--out", site, "--date", day}, strings.NewReader(""), &out, &problems, world{}); code != fine {
		t.Fatalf("build: %d\n%s", code, problems.String())
	}
	e, err := readEdition(site)
	if err != nil {
		t.Fatal(err)
	}
	return site, e
}

// TestVerifyLive lets a portal do to one sentence, in four languages and in three ways to show a notice, what a portal can do: each time
// exactly that sentence is named, and of an honest page nothing.
func TestVerifyLive(t *testing.T) {
	site, e := fourLanguages(t)
	t.Setenv("TMPDIR", t.TempDir())
	b, err := openBrowser("")
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	s := portal(t, site, e)
	type job struct{ mode, attack string }
	var jobs []job
	for _, mode := range []string{"before", "page", "inline", "element"} {
		jobs = append(jobs, job{mode, ""})
		for i, a := range attacks {
			// Each way to show a notice gets the six of style and the four of words; what is further is done to one, and a page of all
			// sections, which is long, gets two.
			if i < 10 && mode != "before" || mode == "inline" || a.name == "covered" || a.name == "a not put in" {
				jobs = append(jobs, job{mode, a.name})
			}
		}
	}
	next := make(chan job)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for j := range next {
				address := s.URL + "/" + j.mode + "?attack=" + strings.ReplaceAll(j.attack, " ", "+")
				f, err := b.look(address, e, e.tags, "")
				if err != nil {
					t.Errorf("%s, %s: %v", j.mode, j.attack, err)
					continue
				}
				judged(t, e, j.mode, j.attack, f)
			}
		})
	}
	for _, j := range jobs {
		next <- j
	}
	close(next)
	wg.Wait()
}

func judged(t *testing.T, e *verified, mode, attack string, f *liveAnswer) {
	t.Helper()
	where := mode + ", " + attack
	if want := map[bool]string{true: "before", false: "at-upload"}[mode == "before"]; f.kind != want {
		t.Errorf("%s: taken for %s, want %s", where, f.kind, want)
	}
	if len(f.page) > 0 {
		t.Errorf("%s: of the page: %v", where, f.page)
	}
	if len(f.languages) != len(e.tags) {
		t.Errorf("%s: looked at %d languages", where, len(f.languages))
	}
	for _, l := range f.languages {
		if attack == "" {
			if len(l.wrong) > 0 {
				t.Errorf("%s, %s: nothing was done, and this was found: %+v", where, l.tag, l.wrong)
			}
			continue
		}
		i := slices.IndexFunc(attacks, func(a struct {
			name, script string
			codes        []string
		}) bool {
			return a.name == attack
		})
		want := target(e, f.kind, l.tag)
		if len(l.wrong) != 1 {
			t.Errorf("%s, %s: found %d, want 1: %+v", where, l.tag, len(l.wrong), l.wrong)
			continue
		}
		got := l.wrong[0]
		if got.ID != want.ID || got.Text != want.Text || !slices.Contains(attacks[i].codes, got.Code) {
			t.Errorf("%s, %s: found %+v, want %v of %s", where, l.tag, got, attacks[i].codes, want.ID)
		}
		if got.Code != "missing" && got.Code != "changed" && got.Code != "added" && got.Code != "moved" && len(got.at) != len(windows) {
			t.Errorf("%s, %s: found in %d windows, want %d", where, l.tag, len(got.at), len(windows))
		}
	}
}

// TestVerifyLivePage looks at what is not about one sentence: which edition, whether the upload is closed, who is asked, what is kept.
func TestVerifyLivePage(t *testing.T) {
	site, e := fourLanguages(t)
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	b, err := openBrowser("")
	if err != nil {
		t.Fatal(err)
	}
	s := portal(t, site, e)
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	defer elsewhere.Close()
	script := func(js string) string { return "<script>" + js + "</script>" }
	const onLoad = `addEventListener("load", () => { %s });`
	for _, c := range []struct {
		name, page, more string
		codes            []string
	}{
		{"nothing", "/inline", " ", nil},
		{"a field stands before the notice", "/open", " ", []string{"upload_open"}},
		{"the form holds the field", "/held", " ", nil},
		{"a button sends it all the same", "/held", script(fmt.Sprintf(onLoad, `document.querySelector("form").insertAdjacentHTML("beforeend", "<button formnovalidate>Send</button>")`)), []string{"upload_open"}},
		{"the tick need not be there", "/held", script(fmt.Sprintf(onLoad, `document.getElementById("fn-read").required = false`)), []string{"upload_open"}},
		{"the box is ticked", "/inline", script(fmt.Sprintf(onLoad, `document.getElementById("fn-read").checked = true`)), []string{"ticked"}},
		{"another edition is sent", "/inline", script(fmt.Sprintf(onLoad, `document.getElementsByName("fair_notice_edition")[0].value = "ed-000000000000"`)), []string{"other_edition"}},
		{"another origin is asked", "/inline", `<link rel="stylesheet" href="` + elsewhere.URL + `/font.css">`, []string{"third_party"}},
		{"somebody is told of the language", "/page", script(`addEventListener("toggle", (e) => fetch("/ping?" + e.target.lang), true)`), []string{"asks"}},
		{"the language is stored", "/page", script(`addEventListener("toggle", (e) => (localStorage.last = e.target.lang), true)`), []string{"storage"}},
		{"the language is in a cookie", "/page", script(`addEventListener("toggle", (e) => (document.cookie = "last=" + e.target.lang), true)`), []string{"cookie"}},
		{"the notice's page sets a cookie", "/cookie", "", []string{"cookie"}},
		// A page that lies to the scripts in it lies to nobody here; one that waits for an answer does not hold it up.
		{"scripts are lied to", "/page", script(`document.elementFromPoint = () => null; Element.prototype.getBoundingClientRect = () => new DOMRect(); window.getComputedStyle = () => ({}); Range.prototype.getClientRects = () => []`), nil},
		{"a question is asked", "/page", script(`alert("Welcome")`), nil},
	} {
		f, err := b.look(s.URL+c.page+"?more="+url.QueryEscape(c.more), e, []string{"en", "ar"}, "")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var codes []string
		for _, p := range f.page {
			if codes = append(codes, p.code); !strings.HasSuffix(p.says, ".") {
				t.Errorf("%s: %q is no sentence", c.name, p.says)
			}
		}
		if slices.Sort(codes); !slices.Equal(slices.Compact(codes), c.codes) {
			t.Errorf("%s: found %v, want %v: %v", c.name, codes, c.codes, f.page)
		}
		for _, l := range f.languages {
			if len(l.wrong) > 0 {
				t.Errorf("%s, %s: %+v", c.name, l.tag, l.wrong)
			}
		}
	}
	for address, want := range map[string]string{s.URL + "/gone": "answered 404", "http://127.0.0.1:1/": "could not be opened"} {
		if _, err := b.look(address, e, e.tags, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
	b.close()
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("the browser left %v behind (%v)", left, err)
	}
}

// TestVerifyLiveAnswer reads what the command says, to people and to machines.
func TestVerifyLiveAnswer(t *testing.T) {
	site, e := fourLanguages(t)
	s := portal(t, site, e)
	command := func(want int, args ...string) string {
		t.Helper()
		var out, problems bytes.Buffer
		if code := run(append([]string{"verify", "live", "--edition", site}, args...), strings.NewReader(""), &out, &problems, world{}); code != want {
			t.Errorf("exit code %d, want %d\n%s%s", code, want, out.String(), problems.String())
		}
		return out.String()
	}
	said := command(fine, s.URL+"/page", "--lang", "en,ar")
	for _, words := range []string{"Looked at as the key facts at the upload, by what is there.", "ar (Arabic): all 10 sentences are there", e.manifest.Edition.ID, "Nothing is wrong."} {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), words) {
			t.Errorf("it does not say %q:\n%s", words, said)
		}
	}
	said = command(fileFault, s.URL+"/page?attack=covered", "--lang", "ar")
	for _, words := range []string{target(e, "", "ar").Text, "[key.court, covered]", "This sentence is covered (by span)."} {
		if !strings.Contains(said, words) {
			t.Errorf("it does not say %q:\n%s", words, said)
		}
	}
	var answer struct {
		Fine      bool
		Kind      string
		Languages []struct {
			Language string
			Wrong    []struct {
				Code, ID, Found string
				Widths          []int
			}
		}
	}
	said = command(fileFault, s.URL+"/inline?attack=a+not+put+in", "--lang", "hi", "--as", "json")
	if err := json.Unmarshal([]byte(said), &answer); err != nil {
		t.Fatal(err)
	}
	w := answer.Languages[0].Wrong
	if answer.Fine || answer.Kind != "at-upload" || len(w) != 1 || w[0].ID != "key.court" || !strings.Contains(w[0].Found, " not ") || !slices.Equal(w[0].Widths, []int{360, 1280}) {
		t.Errorf("%s", said)
	}
}
