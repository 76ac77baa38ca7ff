package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"fairnotice/render"
	"fairnotice/render/web"

	"fairnotice/notices/source"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var languages = regexp.MustCompile(`(?m)^languages: .*`)

// inEnglish copies an example, in English alone, and gives its new place.
func inEnglish(t *testing.T, name, change, to string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	b = languages.ReplaceAll(b, []byte("languages: [en]"))
	if !bytes.Contains(b, []byte(change)) {
		t.Fatalf("%s is not in %s", change, name)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, bytes.Replace(b, []byte(change), []byte(to), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

var pantry = sync.OnceValue(func() func(t *testing.T) *render.Edition {
	var e *render.Edition
	return func(t *testing.T) *render.Edition {
		if e == nil {
			var err error
			if e, err = build(inEnglish(t, "food-pantry.yaml", "", ""), "", source.NewDay(2026, 3, 2)); err != nil {
				t.Fatal(err)
			}
		}
		return e
	}
})

// started is a portal on a port of its own, with its folder.
func started(t *testing.T) (p *portal, address, dir string) {
	t.Helper()
	dir = t.TempDir()
	kept, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p, err = newPortal(pantry()(t), kept, time.Now); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(p.handler())
	t.Cleanup(func() { s.Close(); kept.Close() })
	return p, s.URL, dir
}

// lie lists the files of a folder.
func lie(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && (!d.IsDir() || strings.HasPrefix(d.Name(), part)) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

type field struct{ name, file, value string }

// body writes a multipart body with the boundary b.
func body(fields ...field) string {
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "--b\r\nContent-Disposition: form-data; name=%q", f.name)
		if f.file != "" {
			fmt.Fprintf(&b, "; filename=%q", f.file)
		}
		b.WriteString("\r\n\r\n" + f.value + "\r\n")
	}
	return b.String() + "--b--\r\n"
}

var noRedirect = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{DisableKeepAlives: true}}

// send posts a form as a browser does.
func send(t *testing.T, address, form string) (status int, page string, head http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	r.Header.Set("Accept", "text/html,*/*;q=0.8")
	return answer(t, r)
}

func answer(t *testing.T, r *http.Request) (int, string, http.Header) {
	t.Helper()
	a, err := noRedirect.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, string(b), a.Header
}

func get(t *testing.T, address string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return answer(t, r)
}

// TestApply sends papers: without the tick nothing is kept and what was typed stays; with it all files are there, byte by byte.
func TestApply(t *testing.T) {
	p, address, dir := started(t)
	id := p.guard.InForce().Edition
	status, page, head := get(t, address+"/")
	before, after, _ := strings.Cut(page, `name="fair_notice_read"`)
	if status != 200 || !strings.Contains(before, `value="`+id+`"`) || strings.Contains(before, `type="file"`) || !strings.Contains(after, `type="file"`) {
		t.Errorf("the form does not have the notice before its file field: %d\n%s", status, page)
	}
	if !strings.HasPrefix(head.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(page, "<script") {
		t.Errorf("%v", head)
	}
	files := []field{{"files", "pass port.PDF", strings.Repeat("%PDF", 50_000)}, {"files", "../../lease", "second"}}
	typed := field{"name", "", `Ana "A" <b>`}
	status, page, _ = send(t, address+"/apply", body(append([]field{typed, {"notes", "", "one\r\ntwo"}, {web.FieldEdition, "", id}}, files...)...))
	if status != 422 || !strings.Contains(page, `value="Ana &#34;A&#34; &lt;b&gt;"`) || !strings.Contains(page, "one\r\ntwo</textarea>") || !strings.Contains(page, `<div id="fn-refused">`) || len(lie(t, dir)) > 0 {
		t.Errorf("no tick: %d, kept %q\n%s", status, lie(t, dir), page)
	}
	yes := []field{typed, {web.FieldEdition, "", id}, {web.FieldRead, "", "yes"}, {"do", "", "send"}}
	status, page, head = send(t, address+"/apply", body(append(yes, files...)...))
	if status != http.StatusSeeOther || head.Get("Location") != "/thanks" {
		t.Fatalf("confirmed: %d\n%s", status, page)
	}
	if _, page, _ = get(t, address+"/thanks"); !strings.Contains(page, "Your papers are here") {
		t.Errorf("%s", page)
	}
	apps, err := filepath.Glob(filepath.Join(dir, "applications", "*"))
	if err != nil || len(apps) != 1 {
		t.Fatalf("%q %v", apps, err)
	}
	for name, want := range map[string]string{"1.pdf": files[0].value, "2": files[1].value} {
		if b, err := os.ReadFile(filepath.Join(apps[0], name)); string(b) != want || err != nil {
			t.Errorf("%s: %d bytes, %v", name, len(b), err)
		}
	}
	var a application
	if b, err := os.ReadFile(filepath.Join(apps[0], "application.json")); err != nil || json.Unmarshal(b, &a) != nil || a.Edition != id || a.Name != typed.value || len(a.Files) != 2 {
		t.Errorf("%+v %v", a, err)
	}
	if len(lie(t, dir)) != 3 {
		t.Errorf("%q", lie(t, dir))
	}
}

// TestScripts are the ways in for what sends no form, and the addresses that only show.
func TestScripts(t *testing.T) {
	p, address, dir := started(t)
	id := p.guard.InForce().Edition
	for _, c := range []struct {
		method, at, header, body string
		want                     int
		answer                   string
	}{
		{"POST", "/upload", "", body(field{"files", "a.pdf", "x"}), 428, `"error":"notice_not_confirmed"`},
		{"POST", "/upload", "edition=" + id + "; read=1", body(field{"files", "a.pdf", "x"}, field{"files", "b.pdf", "y"}), 200, `{"kept":2}`},
		{"PUT", "/apply", "edition=ed-ffffffffffff; read=1", "bytes", 412, `"changed":""`},
		{"PUT", "/apply", "edition=" + id + "; read=1", "bytes", 200, `{"kept":1}`},
		{"GET", "/apply", "", "", 405, ""},
		{"GET", "/edition.json", "", "", 200, id},
		{"GET", "/notice/edition.json", "", "", 200, id},
		{"GET", "/notice/", "", "", 200, "fn-lang"},
		{"GET", "/notice/fair-notice.css", "", "", 200, "#fn-gate"},
		{"GET", "/portal.css", "", "", 200, "focus-visible"},
		{"GET", "/" + p.scriptName, "", "", 200, "customElements"},
		{"GET", "/element", "", "", 200, `integrity="` + p.scriptHash + `"`},
		{"GET", "/draft/..%2f..%2fx", "", "", 404, ""},
		{"GET", "/nowhere", "", "", 404, ""},
	} {
		r, err := http.NewRequest(c.method, address+c.at, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(c.body, "--b") {
			r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		}
		if c.header != "" {
			r.Header.Set(web.HeaderName, c.header)
		}
		status, got, _ := answer(t, r)
		if status != c.want || !strings.Contains(html.UnescapeString(got), c.answer) && c.answer != "fn-lang" {
			t.Errorf("%s %s %s: %d, want %d\n%.300s", c.method, c.at, c.header, status, c.want, got)
		}
	}
	if n := len(lie(t, dir)); n != 5 {
		t.Errorf("%d files lie there", n)
	}
}

// TestDraft: a form that was saved goes on under the same edition without a second tick; after another one came, what changed is shown
// and the tick is asked for again.
func TestDraft(t *testing.T) {
	p, address, dir := started(t)
	id := p.guard.InForce().Edition
	if status, _, _ := send(t, address+"/apply", body(field{"name", "", "Ana"}, field{"do", "", "save"})); status != 422 || len(lie(t, dir)) != 0 {
		t.Errorf("a draft before the notice was read: %d", status)
	}
	status, page, _ := send(t, address+"/apply", body(field{"name", "", "Ana"}, field{"notes", "", "half"}, field{web.FieldEdition, "", id}, field{web.FieldRead, "", "yes"}, field{"do", "", "save"}, field{"files", "a.pdf", "x"}))
	link := regexp.MustCompile(`/draft/[0-9a-f]{32}`).FindString(page)
	if status != 200 || link == "" || len(lie(t, dir)) != 1 {
		t.Fatalf("%d %q\n%s", status, lie(t, dir), page)
	}
	status, page, _ = get(t, address+link)
	if status != 200 || !strings.Contains(page, `value="Ana"`) || !strings.Contains(page, "half") || !strings.Contains(page, `name="fair_notice_read" value="yes"`) || strings.Contains(page, `type="checkbox"`) {
		t.Errorf("the same edition: %d\n%s", status, page)
	}

	next := web.InForce{Edition: "ed-ffffffffffff", Form: p.guard.InForce().Form}
	p.changed = "/notice/what-changed.html"
	p.guard.Set(&next)
	status, page, _ = get(t, address+link)
	if status != 200 || !strings.Contains(page, `value="Ana"`) || !strings.Contains(page, `<div id="fn-changed">`) || !strings.Contains(page, `type="checkbox"`) || !strings.Contains(page, p.changed) {
		t.Errorf("another edition: %d\n%s", status, page)
	}
	if status, page, _ = send(t, address+"/apply", body(field{"name", "", "Ana"}, field{web.FieldEdition, "", id}, field{web.FieldRead, "", "yes"}, field{"files", "a.pdf", "x"})); status != 422 || !strings.Contains(page, `<div id="fn-changed">`) {
		t.Errorf("under the old edition: %d", status)
	}
	if len(lie(t, dir)) != 1 {
		t.Errorf("%q", lie(t, dir))
	}
}

// full is a disk with room for so many bytes.
type full struct {
	w    io.Writer
	room int
}

var errFull = errors.New("no space left on device")

func (f *full) Write(b []byte) (int, error) {
	n, err := f.w.Write(b[:min(len(b), f.room)])
	f.room -= n
	if err == nil && n < len(b) {
		err = errFull
	}
	return n, err
}

// TestFullDisk: what does not fit leaves nothing behind, and its sender is told.
func TestFullDisk(t *testing.T) {
	p, address, dir := started(t)
	id := p.guard.InForce().Edition
	form := func(do string) string {
		return body(field{"name", "", "Ana"}, field{web.FieldEdition, "", id}, field{web.FieldRead, "", "yes"}, field{"do", "", do}, field{"files", "a.pdf", strings.Repeat("x", 1000)}, field{"files", "b.pdf", strings.Repeat("y", 100_000)})
	}
	for _, room := range []int{0, 10, 50_000, 100_000} { // of each file: the last is of application.json and of the draft alone
		for _, do := range []string{"send", "save"} {
			p.kept.through = func(w io.Writer) io.Writer { return &full{w, room} }
			if room == 100_000 {
				p.kept.through = func(w io.Writer) io.Writer {
					if f, ok := w.(*os.File); ok && strings.HasSuffix(f.Name(), ".pdf") {
						return w
					}
					return &full{w, 5}
				}
			}
			status, page, _ := send(t, address+"/apply", form(do))
			if status != http.StatusInsufficientStorage || !strings.Contains(page, "Nothing of what you sent was kept") && !strings.Contains(page, "cannot keep a draft") || !strings.Contains(page, `value="Ana"`) || len(lie(t, dir)) > 0 {
				t.Errorf("room for %d, %s: %d, %q lie there\n%.600s", room, do, status, lie(t, dir), page)
			}
		}
	}
	p.kept.through = nil
	if status, _, _ := send(t, address+"/apply", form("send")); status != http.StatusSeeOther || len(lie(t, dir)) != 3 {
		t.Errorf("with room again: %d, %q", status, lie(t, dir))
	}
}

// TestGoneAway: of an upload whose sender goes away in the middle nothing is left, and neither of one that is too long.
func TestGoneAway(t *testing.T) {
	p, address, dir := started(t)
	id := p.guard.InForce().Edition
	whole := body(field{"name", "", "Ana"}, field{web.FieldEdition, "", id}, field{web.FieldRead, "", "yes"}, field{"files", "a.pdf", strings.Repeat("x", 200_000)}, field{"files", "b.pdf", "short"})
	var wg sync.WaitGroup
	for _, cut := range []int{1, 200, 500, 100_000, len(whole) - 60, len(whole) - 3} {
		wg.Go(func() {
			c, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
			if err != nil {
				t.Error(err)
				return
			}
			fmt.Fprintf(c, "POST /apply HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n%s", len(whole), whole[:cut])
			_ = c.(*net.TCPConn).CloseWrite()
			_, _ = io.Copy(io.Discard, c) // until the portal is done with it
			c.Close()
		})
	}
	wg.Wait()
	if left := lie(t, dir); len(left) > 0 {
		t.Errorf("%q", left)
	}
	many := []field{{web.FieldEdition, "", id}, {web.FieldRead, "", "yes"}}
	for range mostFiles + 1 {
		many = append(many, field{"files", "a.pdf", "x"})
	}
	if status, page, _ := send(t, address+"/apply", body(many...)); status != http.StatusRequestEntityTooLarge || len(lie(t, dir)) > 0 {
		t.Errorf("too many files: %d\n%s", status, page)
	}
	if status, page, _ := send(t, address+"/apply", body(many[:2]...)); status != 422 || !strings.Contains(page, "Choose at least one file") || len(lie(t, dir)) > 0 {
		t.Errorf("no file: %d\n%s", status, page)
	}
}

// TestRun starts the portal as a command does: it says where it is and nothing more, clears away what a stopped one left, refuses huge
// headers, and ends when it is asked to.
func TestRun(t *testing.T) {
	dir, file := t.TempDir(), inEnglish(t, "food-pantry.yaml", "", "")
	left := filepath.Join(dir, "applications", part+"x", "1.pdf")
	if err := errors.Join(os.MkdirAll(filepath.Dir(left), 0o700), os.WriteFile(left, []byte("half"), 0o600)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	out := new(lockedBuffer)
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"--addr", "127.0.0.1:0", "--dir", dir, "--date", "2026-03-02", "--program", file}, out, time.Now)
	}()
	var address string
	for address == "" {
		select {
		case err := <-ended:
			t.Fatal(err)
		case <-time.After(20 * time.Millisecond):
			address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(out.String())
		}
	}
	said := out.String()
	if !strings.Contains(said, dir) || strings.Count(said, "\n") != 1 {
		t.Errorf("%q", said)
	}
	if len(lie(t, dir)) > 0 {
		t.Errorf("what was left is still there: %q", lie(t, dir))
	}
	r, err := http.NewRequest(http.MethodGet, address+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Long", strings.Repeat("x", 20<<10))
	if status, _, _ := answer(t, r); status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a huge header: %d", status)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if out.String() != said {
		t.Errorf("it said more: %q", out.String())
	}
	for _, args := range [][]string{{"--date", "June"}, {"--program", "none.yaml"}, {"--addr", "nowhere"}, {"--nothing"}} {
		if args[0] == "--addr" {
			args = append(args, "--program", file, "--dir", dir, "--date", "2026-03-02")
		}
		if err := run(context.Background(), args, io.Discard, time.Now); err == nil {
			t.Errorf("%q starts", args)
		}
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestSince: with the older file, a page says what changed, and the guard names it.
func TestSince(t *testing.T) {
	old := inEnglish(t, "food-pantry.yaml", "", "")
	now := inEnglish(t, "food-pantry.yaml", "  number: 1 ", "  number: 2 ")
	e, err := build(now, old, source.NewDay(2026, 3, 2))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := openFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	p, err := newPortal(e, kept, time.Now)
	if err != nil || p.guard.Changed != "/notice/what-changed.html" {
		t.Errorf("%v %v", p, err)
	}
}
