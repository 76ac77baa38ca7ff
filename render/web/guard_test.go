//go:build !js

package web

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	multi "mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"
)

const (
	one = "ed-111111111111"
	two = "ed-222222222222"
)

func edition(id string) *InForce { return &InForce{Program: "p", Edition: id, Form: form(id)} }

func guarded(id string, next http.Handler) (*Guard, http.Handler) {
	g := &Guard{Now: func() time.Time { return clock }}
	if id != "" {
		g.Set(edition(id))
	}
	return g, g.Wrap(next)
}

// parts writes a multipart body: name=value is a field, name@file=value a file.
func parts(list ...string) string {
	var b strings.Builder
	for _, p := range list {
		name, value, _ := strings.Cut(p, "=")
		name, file, ok := strings.Cut(name, "@")
		fmt.Fprintf(&b, "--b\r\nContent-Disposition: form-data; name=%q", name)
		if ok {
			fmt.Fprintf(&b, "; filename=%q", file)
		}
		b.WriteString("\r\n\r\n" + value + "\r\n")
	}
	return b.String() + "--b--\r\n"
}

func post(body io.Reader, header ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/apply", body)
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

func ExampleGuard() {
	guard := &Guard{Now: time.Now}
	if err := guard.Load([]byte(`{"edition":{"id":"ed-3fa94c0b7e12"},"in_force":[{"id":"ed-3fa94c0b7e12"}]}`), nil); err != nil {
		fmt.Println(err) // and the upload stays closed
	}
	upload := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Println("kept") })
	http.Handle("POST /apply", guard.Wrap(upload))

	r := httptest.NewRequest("POST", "/apply", strings.NewReader("the bytes of a file"))
	w := httptest.NewRecorder()
	http.DefaultServeMux.ServeHTTP(w, r)
	fmt.Println(w.Code)
	r.Header.Set("Fair-Notice", "edition=ed-3fa94c0b7e12; read=1")
	http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), r)
	// Output:
	// 428
	// kept
}

// TestBodyArrives: what passes arrives whole, whichever way a handler reads it.
func TestBodyArrives(t *testing.T) {
	file := strings.Repeat("0123456789", 200_000)
	body := parts(FieldEdition+"="+one, "name=Ana", FieldRead+"=yes", "papers@a.pdf="+file, "more@b.pdf=short", "after=too")
	for name, read := range map[string]func(r *http.Request) error{
		"ReadAll": func(r *http.Request) error {
			b, err := io.ReadAll(r.Body)
			if string(b) != body {
				return fmt.Errorf("%d bytes: %w", len(b), err)
			}
			return err
		},
		"ParseMultipartForm": func(r *http.Request) error {
			if err := r.ParseMultipartForm(1 << 20); err != nil {
				return err
			}
			return sameForm(r, file)
		},
		"FormValue": func(r *http.Request) error {
			if r.FormValue("name") != "Ana" {
				return errors.New(r.FormValue("name"))
			}
			return sameForm(r, file)
		},
		"MultipartReader": func(r *http.Request) error {
			m, err := r.MultipartReader()
			if err != nil {
				return err
			}
			var got []string
			for {
				p, err := m.NextPart()
				if err == io.EOF {
					break
				}
				if err != nil {
					return err
				}
				n, err := io.Copy(io.Discard, p)
				got = append(got, fmt.Sprintf("%s %s %d", p.FormName(), p.FileName(), n))
				if err != nil {
					return err
				}
			}
			if want := "[fair_notice_edition  15 name  3 fair_notice_read  3 papers a.pdf 2000000 more b.pdf 5 after  3]"; fmt.Sprint(got) != want {
				return fmt.Errorf("%v", got)
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			var failed error
			called := false
			_, h := guarded(one, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				called = true
				if r.ContentLength != int64(len(body)) {
					t.Errorf("Content-Length %d, want %d", r.ContentLength, len(body))
				}
				failed = read(r)
			}))
			h.ServeHTTP(httptest.NewRecorder(), post(strings.NewReader(body)))
			if !called || failed != nil {
				t.Errorf("called: %v, %v", called, failed)
			}
		})
	}
}

func sameForm(r *http.Request, file string) error {
	if len(r.MultipartForm.File) != 2 || r.PostForm.Get("after") != "too" || r.MultipartForm.File["papers"][0].Size != int64(len(file)) {
		return fmt.Errorf("%+v", r.MultipartForm)
	}
	return nil
}

// watchedBody counts what is read of a body.
type watchedBody struct {
	io.Reader
	read int
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.read += n
	return n, err
}

// TestDecidesBeforeTheFile: of a refused file no more is read than one piece, and of a body that the header decides on, nothing.
func TestDecidesBeforeTheFile(t *testing.T) {
	_, h := guarded(one, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("not confirmed, and it came through") }))
	body := parts("name=Ana", "papers@a.pdf="+strings.Repeat("x", 1<<20), FieldEdition+"="+one, FieldRead+"=yes")
	for name, c := range map[string]struct {
		header []string
		most   int
	}{
		"form":               {nil, 4 << 10},
		"header":             {[]string{HeaderName, "read=1"}, 0},
		"raw bytes":          {[]string{"Content-Type", "application/pdf"}, 0},
		"multipart, no form": {[]string{"Content-Type", "multipart/mixed; boundary=b"}, 0},
	} {
		b := &watchedBody{Reader: strings.NewReader(body)}
		r := post(b, c.header...)
		r.ProtoMajor = 2 // in 1 the rest is passed over
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if b.read > c.most || w.Code != http.StatusPreconditionRequired {
			t.Errorf("%s: %d bytes were read, at most %d; answered %d", name, b.read, c.most, w.Code)
		}
	}
}

// TestNoBodyUnasked: what is asked nothing brings nothing along.
func TestNoBodyUnasked(t *testing.T) {
	for _, method := range []string{"GET", "HEAD", "OPTIONS"} {
		came := false
		_, h := guarded(one, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			came = true
			if b, err := io.ReadAll(r.Body); len(b) > 0 || err != nil || r.ContentLength != 0 {
				t.Errorf("%s arrived with %d bytes, %v", method, len(b), err)
			}
			if err := r.ParseMultipartForm(1 << 20); err == nil {
				t.Errorf("%s arrived with a form", method)
			}
		}))
		r := post(strings.NewReader(parts("papers@a.pdf=bytes")))
		r.Method = method
		h.ServeHTTP(httptest.NewRecorder(), r)
		if !came {
			t.Errorf("%s did not arrive", method)
		}
	}
}

// TestRefused: a portal that shows its own form again gets what was typed, and no byte of a file.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		edition, read string
		changed       bool
	}{"tick missing": {one, "no", false}, "changed": {two, "yes", true}} {
		t.Run(name, func(t *testing.T) {
			g, h := guarded(one, http.NotFoundHandler())
			var got *Refusal
			g.Refused = func(w http.ResponseWriter, r *http.Request, f Refusal) {
				got = &f
				if b, err := io.ReadAll(r.Body); len(b) > 0 || err != nil {
					t.Errorf("the body is still there: %d bytes, %v", len(b), err)
				}
				http.Redirect(w, r, "/", http.StatusSeeOther)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, post(strings.NewReader(parts("name=Ana", FieldEdition+"="+c.edition, FieldRead+"="+c.read, FieldToken+"=x", "name=Bea", "papers@a.pdf=bytes", "late=1")), "Accept", "text/html"))
			if got == nil || got.Changed != c.changed || got.File != "papers" || got.InForce.Edition != one ||
				!slices.Equal(got.Typed, []Field{{"name", "Ana"}, {"name", "Bea"}}) {
				t.Fatalf("%+v", got)
			}
			shown := "fn-refused"
			if c.changed {
				shown = "fn-changed"
			}
			if !bytes.Contains(got.Form(), []byte(`<div id="`+shown+`">`)) || bytes.Equal(got.Form(), form(one)) {
				t.Errorf("%s", got.Form())
			}
			if w.Code != http.StatusSeeOther || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Connection") != "close" {
				t.Errorf("%d %v", w.Code, w.Header())
			}
		})
	}
}

// TestClosed: a Guard that never had an edition, or lost it, lets nothing through.
func TestClosed(t *testing.T) {
	came := 0
	g, h := guarded("", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came++ }))
	ask := func() int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, post(strings.NewReader(""), HeaderName, "edition="+one+"; read=1"))
		return w.Code
	}
	if code := ask(); code != http.StatusPreconditionRequired || came != 0 {
		t.Errorf("never had one: %d", code)
	}
	file := []byte(`{"edition":{"id":"` + one + `"},"in_force":[{"id":"` + one + `"}]}`)
	if err := g.Load(file, nil); err != nil || ask() != http.StatusOK || came != 1 {
		t.Errorf("not open: %v", err)
	}
	if err := g.Load(file[:40], nil); err == nil || ask() != http.StatusPreconditionRequired || came != 1 || g.InForce().Edition != "" {
		t.Errorf("cut off, and still open: %v", err)
	}
	if err := g.Load(file, nil); err != nil || ask() != http.StatusOK {
		t.Errorf("not open again: %v", err)
	}
	if g.Set(nil); ask() != http.StatusPreconditionRequired || came != 2 {
		t.Error("set to nil, and still open")
	}
}

// TestParseEdition refuses what a portal could take for something else than it is.
func TestParseEdition(t *testing.T) {
	good := `{"program":"p","edition":{"id":"ed-111111111111"},"in_force":[{"id":"ed-111111111111"},{"id":"ed-222222222222","until":"2026-11-21T12:00:00Z"}]}`
	f, err := ParseEdition([]byte(good))
	if err != nil || f.Program != "p" || !slices.Equal(f.Accepted(clock), []string{one, two}) {
		t.Fatalf("%+v %v", f, err)
	}
	for _, c := range []struct {
		now  time.Time
		want bool
	}{{clock.Add(24*time.Hour - 1), true}, {clock.Add(24 * time.Hour), false}, {clock.Add(-24 * time.Hour), true}, {clock.Add(-24*time.Hour - 1), false}, {time.Time{}, false}} {
		if f.Accepts(two, c.now) != c.want || !f.Accepts(one, c.now) {
			t.Errorf("at %s the one before is accepted: %v", c.now, !c.want)
		}
	}
	if f.Accepts("", clock) || new(InForce).Accepts("", clock) {
		t.Error("no edition at all is accepted")
	}
	for name, change := range map[string][2]string{
		"no id":                      {`"edition":{"id":"ed-111111111111"}`, `"edition":{}`},
		"an id in upper case":        {`ed-111111111111`, `ed-11111111111A`},
		"another first":              {`[{"id":"ed-111111111111"},`, `[`},
		"the first has an end":       {`{"id":"ed-111111111111"},{`, `{"id":"ed-111111111111","until":"2026-11-21T12:00:00Z"},{`},
		"none in force":              {`"in_force":[{"id":"ed-111111111111"},{"id":"ed-222222222222","until":"2026-11-21T12:00:00Z"}]`, `"in_force":[]`},
		"cut off":                    {`]}`, `]`},
		"something behind":           {`]}`, `]}{}`},
		"in force is no list":        {`"in_force":[`, `"other":[`},
		"the id is a number":         {`"edition":{"id":"ed-111111111111"}`, `"edition":{"id":1}`},
		"the id with a line's end":   {`"edition":{"id":"ed-111111111111"}`, `"edition":{"id":"ed-111111111111\n"}`},
		"one edition, two in a mark": {`"in_force":[{"id":"ed-111111111111"}`, `"in_force":[{"id":"ed-333333333333"}`},
	} {
		bad := strings.Replace(good, change[0], change[1], -1)
		if bad == good {
			t.Fatalf("%s: nothing changed", name)
		}
		if f, err := ParseEdition([]byte(bad)); err == nil || f != nil {
			t.Errorf("%s is read: %+v", name, f)
		}
	}
	for _, until := range []string{`"2026-11-21 12:00:00Z"`, `"2026-11-21T12:00:00+02:00"`, `"2026-11-21"`, `1795780800`, `null`, `""`, `["2026-11-21T12:00:00Z"]`} {
		f, err := ParseEdition([]byte(strings.Replace(good, `"2026-11-21T12:00:00Z"`, until, 1)))
		if err != nil || f.Accepts(two, clock) || !f.Accepts(one, clock) {
			t.Errorf("until %s: %+v %v", until, f, err)
		}
	}
}

// TestTokens: a token holds for half an hour, for its edition and portal, and is the same for everybody.
func TestTokens(t *testing.T) {
	k := &Tokens{Key: bytes.Repeat([]byte{7}, 32), Portal: "apply.example.gov"}
	at := time.Unix(1_800_000_000, 0).Truncate(10 * time.Minute)
	token := k.Make(one, at)
	if token != k.Make(one, at.Add(10*time.Minute-1)) || len(token) != 43 {
		t.Errorf("%q is not the same for all of ten minutes", token)
	}
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for _, c := range []struct {
		token, edition string
		after          time.Duration
		want           bool
	}{
		{token, one, 0, true}, {token, one, 30*time.Minute - time.Second, true}, {token, one, 30 * time.Minute, false}, {token, one, -time.Second, false},
		{token, two, 0, false}, {"", one, 0, false}, {token[:42], one, 0, false}, {token + "A", one, 0, false}, {token + "\n", one, 0, false}, {token[:20] + "\n" + token[20:], one, 0, false},
		{token[:42] + string(alphabet[strings.IndexByte(alphabet, token[42])^1]), one, 0, false}, // the bits behind the last byte
		{(&Tokens{Key: k.Key, Portal: "other"}).Make(one, at), one, 0, false}, {(&Tokens{Key: []byte("other"), Portal: k.Portal}).Make(one, at), one, 0, false},
	} {
		if got := k.Valid(c.token, c.edition, at.Add(c.after)); got != c.want {
			t.Errorf("%q for %s after %s: %v", c.token, c.edition, c.after, got)
		}
	}
	if (&Tokens{Portal: "p"}).Valid((&Tokens{Portal: "p"}).Make(one, at), one, at) {
		t.Error("without a key, everything is right")
	}

	g, h := guarded(one, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	g.Tokens = k
	now := k.Make(one, clock)
	for header, want := range map[string]int{
		"edition=" + one + "; read=1":                                         428,
		"edition=" + one + "; read=1; token=" + now:                           200,
		"edition=" + one + "; read=1; token=" + k.Make(two, clock):            428,
		"edition=" + one + "; read=1; token=" + now[:42] + "=":                428,
		"edition=" + two + "; read=1; token=" + k.Make(two, clock):            412,
		"edition=" + one + "; read=1; token=" + now + "; token=" + now:        428,
		"edition=" + one + "; read=1; token=" + k.Make(one, clock.Add(-1e13)): 428,
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, post(strings.NewReader(""), HeaderName, header))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", header, w.Code, want)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, post(strings.NewReader(parts(FieldEdition+"="+one, FieldRead+"=yes", FieldToken+"="+now, "f@f=x"))))
	if w.Code != 200 {
		t.Errorf("as a field: %d", w.Code)
	}
	g.Now = nil
	w = httptest.NewRecorder()
	h.ServeHTTP(w, post(strings.NewReader(""), HeaderName, "edition="+one+"; read=1; token="+now))
	if w.Code != 428 {
		t.Errorf("a token without a clock: %d", w.Code)
	}
}

// TestExpect: who asks before sending is refused before sending.
func TestExpect(t *testing.T) {
	_, h := guarded(one, http.NotFoundHandler())
	s := httptest.NewServer(h)
	defer s.Close()
	for name, head := range map[string]string{
		"no header": "Content-Type: application/pdf\r\n",
		"changed":   "Fair-Notice: edition=" + two + "; read=1\r\n",
	} {
		begun := time.Now()
		head, body := ask(t, s.Listener.Addr().String(), "PUT /apply HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\nExpect: 100-continue\r\n"+head+"\r\n")
		if !strings.HasPrefix(head, "HTTP/1.1 4") || strings.Contains(head, "100 Continue") || !strings.Contains(body, "notice_") || time.Since(begun) > lingerTime {
			t.Errorf("%s, after %s: %s", name, time.Since(begun), head)
		}
	}
}

// TestTemporaryFiles: a server removes what a handler's form put on the disk; so does the Guard where somebody copied the request.
func TestTemporaryFiles(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	body := parts(FieldEdition+"="+one, FieldRead+"=yes", "f@f="+strings.Repeat("x", 1<<20))
	seen := 0
	_, h := guarded(one, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(0); err != nil {
			t.Error(err)
		}
		seen += len(listed(t, dir))
	}))
	copied := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := *r
		h.ServeHTTP(w, &c)
	})
	copied.ServeHTTP(httptest.NewRecorder(), post(strings.NewReader(body)))
	if left := listed(t, dir); seen == 0 || len(left) > 0 {
		t.Errorf("%d were there, and %v are left", seen, left)
	}
}

// TestHTTP2 is the same over the newer protocol: refused without reading on, and whole where it passes.
func TestHTTP2(t *testing.T) {
	var got atomic.Int64
	_, h := guarded(one, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		got.Add(n)
	}))
	s := httptest.NewUnstartedServer(h)
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	client := s.Client()
	client.Transport.(*http.Transport).TLSClientConfig.MinVersion = tls.VersionTLS13
	for _, c := range []struct {
		body string
		want int
	}{
		{parts("f@f="+strings.Repeat("x", 2<<20), FieldEdition+"="+one, FieldRead+"=yes"), 428},
		{parts(FieldEdition+"="+one, FieldRead+"=yes", "f@f="+strings.Repeat("x", 2<<20)), 200},
	} {
		got.Store(0)
		r, err := http.NewRequest(http.MethodPost, s.URL, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		a, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, a.Body)
		a.Body.Close()
		want := int64(0)
		if c.want == 200 {
			want = int64(len(c.body))
		}
		if a.StatusCode != c.want || a.ProtoMajor != 2 || got.Load() != want {
			t.Errorf("%s %d, want %d; %d bytes came through", a.Proto, a.StatusCode, c.want, got.Load())
		}
	}
}

// TestPrefix cuts a confirmed upload at every byte: nothing of it is ever kept.
func TestPrefix(t *testing.T) {
	body := parts(FieldEdition+"="+one, "story=one\r\ntwo", FieldRead+"=yes", "papers@a.pdf=%PDF\r\n--c", "more@b.pdf=x")
	whole := func(cut int) bool { return cut == len(body) || cut == len(body)-len("\r\n") }
	for cut := range len(body) + 1 {
		for _, how := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader} {
			p := new(portal)
			_, h := guarded(one, p)
			end := io.MultiReader(strings.NewReader(body[:cut]), iotest.ErrReader(io.ErrUnexpectedEOF))
			if whole(cut) {
				end = strings.NewReader(body[:cut])
			}
			h.ServeHTTP(httptest.NewRecorder(), post(how(end)))
			want := 0
			if whole(cut) {
				want = 2
			}
			if kept, _ := p.empty(); len(kept) != want {
				t.Fatalf("cut at %d of %d: kept %q", cut, len(body), kept)
			}
		}
	}
}

// TestGuardSwap changes the edition while requests come: each is answered as one of the two has it, and nothing passes that neither accepts.
func TestGuardSwap(t *testing.T) {
	var through [3]atomic.Int64 // confirmed one, two, neither
	g, h := guarded(one, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := map[string]int{"1": 0, "2": 1}[r.Header.Get("Test")]
		if r.Header.Get("Test") == "" {
			i = 2
		}
		through[i].Add(1)
	}))
	s := httptest.NewServer(h)
	defer s.Close()
	s.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = 4
	stop := make(chan struct{})
	var swaps int
	var wg, swapper sync.WaitGroup
	swapper.Go(func() {
		for swaps = 1; ; swaps++ {
			select {
			case <-stop:
				return
			default:
				g.Set(edition([]string{one, two}[swaps%2]))
				time.Sleep(50 * time.Microsecond)
			}
		}
	})
	var refused atomic.Int64
	for n := range 4 {
		wg.Go(func() {
			for i := range 500 {
				which := (n + i) % 3
				said := []string{one, two, "ed-333333333333"}[which]
				var r *http.Request
				if i%2 == 0 {
					r, _ = http.NewRequest(http.MethodPost, s.URL, strings.NewReader(parts(FieldEdition+"="+said, FieldRead+"=yes", "f@f=x")))
					r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
				} else {
					r, _ = http.NewRequest(http.MethodPut, s.URL, strings.NewReader("x"))
					r.Header.Set(HeaderName, "read=1; edition="+said)
				}
				r.Header.Set("Test", []string{"1", "2", ""}[which])
				a, err := s.Client().Do(r)
				if err != nil {
					t.Error(err)
					return
				}
				b, err := io.ReadAll(a.Body)
				a.Body.Close()
				if err != nil {
					t.Error(err)
					return
				}
				switch a.StatusCode {
				case 200:
				case 412:
					refused.Add(1)
					other := map[string]string{one: two, two: one}[said]
					answers := []string{`{"error":"notice_changed","edition":"` + one + `","in_force":["` + one + `"],`, `{"error":"notice_changed","edition":"` + two + `","in_force":["` + two + `"],`}
					if other != "" {
						answers = []string{`{"error":"notice_changed","edition":"` + other + `","in_force":["` + other + `"],`}
					}
					if !slices.ContainsFunc(answers, func(want string) bool { return strings.HasPrefix(string(b), want) }) {
						t.Errorf("confirmed %s and answered %s", said, b)
					}
				default:
					t.Errorf("confirmed %s and answered %d %s", said, a.StatusCode, b)
				}
			}
		})
	}
	wg.Wait()
	close(stop)
	swapper.Wait()
	if through[2].Load() != 0 || through[0].Load() == 0 || through[1].Load() == 0 || refused.Load() == 0 || swaps < 100 {
		t.Errorf("through: %d, %d, %d; refused: %d; swapped %d times", through[0].Load(), through[1].Load(), through[2].Load(), refused.Load(), swaps)
	}
}

// TestManyConnections holds 2,000 uploads open at once, half of them confirmed and all of them half sent. Somebody else is answered
// meanwhile, memory stays bounded, and in the end everything confirmed has arrived and nothing else.
func TestManyConnections(t *testing.T) {
	const n = 2000
	var through, bytesThrough atomic.Int64
	_, h := guarded(one, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m, err := io.Copy(io.Discard, r.Body)
		if err == nil {
			through.Add(1)
			bytesThrough.Add(m)
		}
	}))
	s := httptest.NewServer(h)
	defer s.Close()
	confirmed := parts(FieldEdition+"="+one, FieldRead+"=yes", "f@f="+strings.Repeat("x", 2000))
	not := parts("name=Ana", FieldRead+"=yes", "story="+strings.Repeat("x", 2000), "f@f=x")
	before := heap()
	conns := make([]net.Conn, n)
	body := func(i int) string { return []string{confirmed, not}[i%2] }
	for i := range conns {
		c, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		conns[i] = c
		fmt.Fprintf(c, "POST /apply HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n%s", len(body(i)), body(i)[:1000])
	}
	p := httptest.NewRecorder()
	h.ServeHTTP(p, post(strings.NewReader(confirmed)))
	if p.Code != 200 {
		t.Errorf("somebody else meanwhile: %d", p.Code)
	}
	held := heap() - before
	if held > n*64<<10 {
		t.Errorf("%d open uploads hold %d bytes", n, held)
	}
	t.Logf("%d open uploads hold %d KB each", n, held/n/1024)
	for i, c := range conns {
		_, _ = io.WriteString(c, body(i)[1000:])
		_ = c.SetDeadline(time.Now().Add(30 * time.Second))
		a, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		if want := []int{200, 428}[i%2]; a.StatusCode != want {
			t.Fatalf("connection %d: %d, want %d", i, a.StatusCode, want)
		}
		a.Body.Close()
	}
	if through.Load() != n/2+1 || bytesThrough.Load() != (n/2+1)*int64(len(confirmed)) {
		t.Errorf("%d came through, with %d bytes", through.Load(), bytesThrough.Load())
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

// TestUnclear: what two readers could take for two different things confirms nothing, though one of the two finds both fields in it.
func TestUnclear(t *testing.T) {
	good := parts(FieldEdition+"="+one, FieldRead+"=yes", "f@f=bytes")
	read := "Content-Disposition: form-data; name=\"" + FieldRead + "\"\r\n"
	in := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("%q is not in the body", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	form := "application/x-www-form-urlencoded"
	for name, c := range map[string]struct {
		kinds []string
		body  string
	}{
		"two types":                            {[]string{"multipart/form-data; boundary=b", "multipart/form-data; boundary=c"}, good},
		"two dispositions in one part":         {nil, in(read, "Content-Disposition: form-data; name=other\r\n"+read)},
		"an empty disposition first":           {nil, in(read, "Content-Disposition:\r\n"+read)},
		"a folded line":                        {nil, in(read, "X: y\r\n "+read)},
		"LF in the head of a part":             {nil, in(read, "X: y\n"+read)},
		"CR in the head of a part":             {nil, in(read, "X: y\r"+read)},
		"NUL in the head of a part":            {nil, in(read, "X: \x00\r\n"+read)},
		"a space before the colon":             {nil, in("Content-Disposition:", "Content-Disposition :")},
		"a line without a colon":               {nil, in(read, "X\r\n"+read)},
		"boundary behind the head":             {nil, in(read+"\r\n", read+"\r\n--b\r\n"+read+"\r\n")},
		"a line that begins like it":           {nil, in("\r\nyes", "\r\nyes\r\n--bc")},
		"something behind the boundary":        {nil, in("--b\r\n"+read, "--b;\r\n"+read)},
		"a preamble":                           {nil, "preamble\r\n" + good},
		"a filename that is not understood":    {nil, "--b\r\nContent-Disposition: form-data; name=f; filename*=UTF-8''%zz\r\n\r\nbytes\r\n" + good},
		"a disposition that is not understood": {nil, "--b\r\nContent-Disposition: form-data; name=f; filename=\r\n\r\nbytes\r\n" + good},
		"a semicolon between pairs":            {[]string{form}, FieldEdition + "=" + one + "&" + FieldRead + "=yes&a=b;c"},
		"a broken percent sign":                {[]string{form}, FieldEdition + "=" + one + "&" + FieldRead + "=yes&a=%zz"},
		"no boundary":                          {[]string{"multipart/form-data"}, good},
		"a boundary that is too long":          {[]string{"multipart/form-data; boundary=" + strings.Repeat("b", 71)}, strings.ReplaceAll(good, "--b", "--"+strings.Repeat("b", 71))},
		"no type":                              {[]string{}, good},
	} {
		r := post(strings.NewReader(c.body))
		if c.kinds != nil {
			r.Header["Content-Type"] = c.kinds
		}
		_, h := guarded(one, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Errorf("%s: it came through", name) }))
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	came := false
	_, h := guarded(one, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came = true }))
	if h.ServeHTTP(httptest.NewRecorder(), post(strings.NewReader(good))); !came {
		t.Error("what they are made from does not come through")
	}
}

// TestEndlessHead: a head that never ends is refused where the contract says, and holds no more than that.
func TestEndlessHead(t *testing.T) {
	for name, begins := range map[string]string{
		"first line": "--b", "header": "--b\r\nX-", "value": "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n", "nothing": "",
		"boundaries": "--b\r\n\r\n",
	} {
		fill := "x"
		if name == "boundaries" {
			fill = "\r\n--b\r\n\r\n"
		}
		b := &watchedBody{Reader: io.MultiReader(strings.NewReader(begins), endless(fill))}
		_, h := guarded(one, http.NotFoundHandler())
		r := post(b)
		r.ProtoMajor = 2
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 428 || b.read > mostBytes+1 {
			t.Errorf("%s: %d after %d bytes", name, w.Code, b.read)
		}
	}
}

type endless string

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e[i%len(e)]
	}
	return len(p), nil
}

// FuzzHeader holds the reading of the header against a pattern.
func FuzzHeader(f *testing.F) {
	for _, s := range []string{"edition=ed-111111111111; read=1", "read=1;edition=ed-111111111111", " read=1 ;\tedition=ed-111111111111; token=abc_-9", "edition=ed-111111111111; read=1;", "read=1; read=1; edition=ed-111111111111", "", ";", "edition = ed-111111111111; read=1"} {
		f.Add(s)
	}
	param := `(edition=ed-[0-9a-f]{12}|read=1|token=[A-Za-z0-9_-]+)`
	whole := regexp.MustCompile(`\A[ \t]*` + param + `(?:[ \t]*;[ \t]*` + param + `){1,2}[ \t]*\z`)
	f.Fuzz(func(t *testing.T, s string) {
		got := confirmedBy([]string{s})
		want := whole.MatchString(s) && strings.Count(s, "edition=") == 1 && strings.Count(s, "read=") == 1 && strings.Count(s, "token=") < 2
		if (got.edition != "") != want {
			t.Errorf("%q: %+v, want %v", s, got, want)
		}
		if confirmedBy([]string{s, s}).edition != "" {
			t.Errorf("%q twice confirms", s)
		}
	})
}

// FuzzEdition: whatever an edition.json holds, what is in force is well formed, and nothing is for longer than 48 hours.
func FuzzEdition(f *testing.F) {
	f.Add(`{"edition":{"id":"ed-111111111111"},"in_force":[{"id":"ed-111111111111"},{"id":"ed-222222222222","until":"2026-11-21T12:00:00Z"}]}`, int64(0))
	f.Add(`{"edition":{"id":"ed-111111111111"},"in_force":[{"id":"ed-111111111111"},{"id":"x","until":1}]}`, int64(1<<40))
	f.Fuzz(func(t *testing.T, s string, seconds int64) {
		e, err := ParseEdition([]byte(s))
		if err != nil {
			if e != nil {
				t.Error("an error, and an edition")
			}
			return
		}
		now := time.Unix(seconds, 0)
		for i, id := range e.Accepted(now) {
			if !isEdition(id) || i == 0 && id != e.Edition {
				t.Errorf("in force: %q", id)
			}
			if i > 0 && id != e.Edition && !strings.Contains(s, id) && !strings.Contains(s, `\`) {
				t.Errorf("%q is not in the file", id)
			}
		}
		if later := e.Accepted(now.Add(grace)); len(later) > 1 {
			for _, b := range e.before {
				if b.holds(now) && b.holds(now.Add(grace)) {
					t.Errorf("%+v holds longer than 48 hours", b)
				}
			}
		}
	})
}

// FuzzGuard: no body, however it is made or cut, reaches the handler unless readers that know nothing of the Guard find both fields in it
// before the first file; and what reaches it is what was sent.
func FuzzGuard(f *testing.F) {
	const form = "application/x-www-form-urlencoded"
	good := parts(FieldEdition+"="+one, "a=b", FieldRead+"=yes", "f@f=bytes")
	for _, body := range []string{
		good, good[:len(good)-9], parts("f@f=bytes", FieldEdition+"="+one, FieldRead+"=yes"), parts(FieldEdition+"="+one, FieldRead+"=yes"),
		"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--b\r\n" + good, strings.ReplaceAll(good, "\r\n", "\n"), "\r\n" + good, good + good,
		strings.Replace(good, "--b--", "--b--x", 1), strings.Replace(good, "filename", "filename*0", 1), strings.Replace(good, "--b", "--b \t", 2), "--b--\r\n" + good,
	} {
		f.Add("multipart/form-data; boundary=b", body, 0, uint8(0))
	}
	f.Add("multipart/form-data; boundary=\"b\"; charset=x", good, 30, uint8(1))
	f.Add(form, FieldEdition+"="+one+"&"+FieldRead+"=yes", 0, uint8(0))
	f.Add(form, FieldEdition+"="+one+"&"+FieldRead+"=yes;a=b", 0, uint8(2))
	f.Add("application/json", "{}", 0, uint8(4))
	f.Fuzz(func(t *testing.T, kind, body string, cut int, how uint8) {
		if cut > 0 && cut < len(body) {
			body = body[:cut]
		}
		var reader io.Reader = strings.NewReader(body)
		switch how % 3 {
		case 1:
			reader = iotest.OneByteReader(reader)
		case 2:
			reader = iotest.DataErrReader(reader)
		}
		r := post(io.NopCloser(reader), "Content-Type", kind)
		r.Method = []string{"POST", "PUT", "PATCH", "DELETE", "GET"}[int(how/3)%5]
		r.ContentLength = int64(len(body))
		came := false
		_, h := guarded(one, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			came = true
			got, err := io.ReadAll(r.Body)
			if r.Method == "GET" {
				body = ""
			}
			if string(got) != body || err != nil {
				t.Errorf("sent %q, and %q arrived: %v", body, got, err)
			}
		}))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if r.Method == "GET" {
			return
		}
		if came == (w.Code == 428 || w.Code == 412 || w.Code == 422) {
			t.Errorf("came through: %v, answered %d", came, w.Code)
		}
		if came && !confirms(kind, body) {
			t.Errorf("%q, %q came through", kind, body)
		}
	})
}

// confirms reads a body with the standard library alone.
func confirms(kind, body string) bool {
	kind, params, err := mime.ParseMediaType(kind)
	if err != nil {
		return false
	}
	said := url.Values{}
	if kind == "application/x-www-form-urlencoded" {
		if said, err = url.ParseQuery(body); err != nil {
			return false
		}
	} else {
		m := multi.NewReader(strings.NewReader(body), params["boundary"])
		for {
			p, err := m.NextRawPart()
			if err == io.EOF {
				break
			}
			if err != nil {
				return false
			}
			_, disposition, _ := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
			if _, ok := disposition["filename"]; ok || strings.Contains(strings.ToLower(p.Header.Get("Content-Disposition")), "filename*") {
				break
			}
			v, err := io.ReadAll(p)
			if err != nil {
				return false
			}
			said.Add(p.FormName(), string(v))
		}
	}
	all := func(name, want string) bool {
		return len(said[name]) > 0 && !slices.ContainsFunc(said[name], func(s string) bool { return s != want })
	}
	return all(FieldEdition, one) && all(FieldRead, "yes")
}

// BenchmarkGuard is an upload of 10 MB that a handler reads to its end: bare, behind the Guard by its fields, and by its header.
func BenchmarkGuard(b *testing.B) {
	body := []byte(parts(FieldEdition+"="+one, "name=Ana", FieldRead+"=yes", "f@f="+strings.Repeat("x", 10<<20)))
	read := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, onlyReader{r.Body}) })
	_, guarded := guarded(one, read)
	for name, c := range map[string]struct {
		h      http.Handler
		header []string
	}{"bare": {read, nil}, "fields": {guarded, nil}, "header": {guarded, []string{HeaderName, "edition=" + one + "; read=1"}}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			w := httptest.NewRecorder()
			r := post(nil, c.header...)
			for b.Loop() {
				r.Body = io.NopCloser(bytes.NewReader(body))
				c.h.ServeHTTP(w, r)
			}
			if w.Code != 200 {
				b.Fatal(w.Code)
			}
		})
	}
}

// onlyReader hides that bytes in memory could be handed over without reading.
type onlyReader struct{ io.Reader }
