//go:build !js

package web

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"fairnotice/render"
)

var first = []render.File{
	{Path: "START-HERE.html", Bytes: []byte("for the office")},
	{Path: "office/en/before.txt", Bytes: []byte("for the office")},
	{Path: "public/edition.json", Bytes: []byte(`{"edition":"one"}`)},
	{Path: "public/es/before.html", Bytes: []byte("<!DOCTYPE html><title>uno</title>")},
	{Path: "public/index.html", Bytes: []byte(`<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-x='"><title>one</title>`)},
	{Path: "public/leave.html", Bytes: []byte("<!DOCTYPE html><title>.</title>")},
}

func site(t testing.TB, files []render.File) *Site {
	t.Helper()
	s, err := NewSite(files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask sends one request as it stands, and gives everything that comes back.
func ask(t testing.TB, address, request string) (head, body string) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, request)
	all, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ = strings.Cut(string(all), "\r\n\r\n")
	return head, body
}

func unpacked(t testing.TB, body []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// TestHandler: the public files and nothing else, by GET and HEAD and nothing else, with the headers that render names and no others.
func TestHandler(t *testing.T) {
	s := httptest.NewServer(NewHandler(site(t, first)))
	defer s.Close()
	address := s.Listener.Addr().String()
	for _, c := range []struct {
		method, path, status, plain string
	}{
		{"GET", "/", "200 OK", string(first[4].Bytes)},
		{"GET", "/index.html", "200 OK", string(first[4].Bytes)},
		{"GET", "/?lang=es&x=1", "200 OK", string(first[4].Bytes)},
		{"GET", "/es/before.html", "200 OK", string(first[3].Bytes)},
		{"GET", "/edition.json", "200 OK", string(first[2].Bytes)},
		{"HEAD", "/", "200 OK", ""},
		{"HEAD", "/nothing", "404 Not Found", ""},
		{"GET", "/es/", "404 Not Found", ""},
		{"GET", "/es", "404 Not Found", ""},
		{"GET", "//index.html", "404 Not Found", ""},
		{"GET", "/../START-HERE.html", "404 Not Found", ""},
		{"GET", "/%2e%2e/START-HERE.html", "404 Not Found", ""},
		{"GET", "/START-HERE.html", "404 Not Found", ""},
		{"GET", "/office/en/before.txt", "404 Not Found", ""},
		{"GET", "/public/index.html", "404 Not Found", ""},
		{"GET", "/<script>", "404 Not Found", ""},
		{"POST", "/", "405 Method Not Allowed", ""},
		{"PUT", "/index.html", "405 Method Not Allowed", ""},
		{"OPTIONS", "/", "405 Method Not Allowed", ""},
		{"TRACE", "/", "405 Method Not Allowed", ""},
		{"get", "/", "405 Method Not Allowed", ""},
	} {
		head, body := ask(t, address, c.method+" "+c.path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-Modified-Since: Mon, 01 Jan 2029 00:00:00 GMT\r\nIf-None-Match: *\r\nRange: bytes=0-1\r\n\r\n")
		lines := strings.Split(head, "\r\n")
		if lines[0] != "HTTP/1.1 "+c.status {
			t.Errorf("%s %s: %s", c.method, c.path, lines[0])
			continue
		}
		if c.plain != "" && unpacked(t, []byte(body)) != c.plain || c.plain == "" && body != "" {
			t.Errorf("%s %s: the body is %q", c.method, c.path, body)
		}
		want := []string{"Connection: close"}
		name := strings.TrimPrefix(strings.SplitN(c.path, "?", 2)[0], "/")
		if name == "" {
			name = "index.html"
		}
		for _, f := range first {
			if f.Path == "public/"+name && c.status == "200 OK" {
				for _, h := range render.Headers(name, f.Bytes) {
					want = append(want, h[0]+": "+h[1])
				}
				want = append(want, "Content-Encoding: gzip", fmt.Sprintf("Content-Length: %d", len(sent(t, name))))
			}
		}
		if c.status != "200 OK" {
			for _, h := range render.Headers("", nil)[1:] {
				want = append(want, h[0]+": "+h[1])
			}
			want = append(want, "Content-Length: 0")
			if c.status[0:3] == "405" {
				want = append(want, "Allow: GET, HEAD")
			}
		}
		slices.Sort(want)
		got := slices.Sorted(slices.Values(lines[1:]))
		if !slices.Equal(got, want) {
			t.Errorf("%s %s: headers\n%q\nwant\n%q", c.method, c.path, got, want)
		}
	}
}

// sent is the body that is sent for a file of the first edition.
func sent(t *testing.T, name string) []byte {
	t.Helper()
	a := site(t, first).answers["/"+name]
	return a.whole[a.head:]
}

// TestPut: what is no name, or is there twice, is not served.
func TestPut(t *testing.T) {
	for _, name := range []string{"", "/etc/passwd", `a\b`, "a\x00b", "twice.html"} {
		s := new(Site)
		if err := s.Put("twice.html", nil); err != nil {
			t.Fatal(err)
		}
		if s.Put(name, nil) == nil {
			t.Errorf("%q was taken", name)
		}
	}
	if _, err := NewSite([]render.File{{Path: "office/x.html"}}); err == nil {
		t.Error("an edition without a public file was taken")
	}
}

// logged serves a handler as somebody would who left the log on, and gives what is in it at the end.
func logged(t *testing.T, h http.Handler) (address string, log_ func() string) {
	t.Helper()
	var mu sync.Mutex
	var b bytes.Buffer
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: h, ErrorLog: log.New(writer(func(p []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return b.Write(p)
	}), "", 0)}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return l.Addr().String(), func() string { mu.Lock(); defer mu.Unlock(); return b.String() }
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

// marks are what a request says about who sends it.
func marks(n int) string {
	return fmt.Sprintf("User-Agent: marked-agent-%06d\r\nAccept-Language: marked-lang-%06d\r\nReferer: https://marked-referrer-%06d.example/\r\n"+
		"Cookie: marked-cookie-%06d=1\r\nX-Forwarded-For: marked-address-%06d\r\nForwarded: for=marked-address-%06d\r\nIf-None-Match: \"marked-etag-%06d\"\r\n"+
		"Accept-Encoding: marked-coding-%06d\r\n", n, n, n, n, n, n, n, n)
}

// TestNoTrail sends 10,000 requests that say much about who sends them: there is one body and one block of headers, and no log says a
// word, not of the handlers that panic either.
func TestNoTrail(t *testing.T) {
	h := NewHandler(site(t, first))
	mux := http.NewServeMux()
	mux.Handle("/", h)
	mux.Handle("/panics", Quiet(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Agent", r.UserAgent())
		panic(r.UserAgent() + r.RemoteAddr)
	})))
	mux.Handle("/panics-late", Quiet(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(200)
		panic(r.UserAgent() + r.RemoteAddr)
	})))
	address, said := logged(t, mux)
	heads, bodies, fails := map[string]int{}, map[string]int{}, map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	const requests, workers = 10000, 8
	for w := range workers {
		wg.Go(func() {
			var c net.Conn
			var r *bufio.Reader
			for n := w; n < requests; n += workers {
				if c == nil {
					var err error
					from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, byte(n>>8), byte(n), 9)}}
					if runtime.GOOS != "linux" { // elsewhere a machine has one address of its own
						from.LocalAddr = nil
					}
					if c, err = from.Dial("tcp", address); err != nil {
						t.Error(err)
						return
					}
					r = bufio.NewReader(c)
				}
				path := "/"
				switch {
				case n%100 == 7:
					path = "/panics"
				case n%100 == 8:
					path = "/panics-late"
				}
				fmt.Fprintf(c, "GET %s?marked-query-%06d HTTP/1.1\r\nHost: marked-host-%06d\r\n%s\r\n", path, n, n, marks(n))
				head, body, err := answered(r)
				mu.Lock()
				switch {
				case path == "/panics-late": // the connection ends; what was said before may have come
				case path == "/panics":
					fails[head]++
				case err != nil:
					t.Error(err)
				default:
					heads[head]++
					bodies[body]++
				}
				mu.Unlock()
				if err != nil || n%50 == 3 {
					c.Close()
					c = nil
				}
			}
			if c != nil {
				c.Close()
			}
		})
	}
	wg.Wait()
	if len(heads) != 1 || len(bodies) != 1 || len(fails) != 1 {
		t.Errorf("%d blocks of headers, %d bodies, %d answers after a panic", len(heads), len(bodies), len(fails))
	}
	for _, m := range []map[string]int{heads, bodies, fails} {
		for s := range m {
			if strings.Contains(s, "marked") || strings.Contains(s, "127.") {
				t.Errorf("an answer repeats what was sent: %q", s)
			}
		}
	}
	if s := said(); s != "" {
		t.Errorf("the log says %q", s)
	}
}

// answered reads one answer: its head, and its body by its length.
func answered(r *bufio.Reader) (head, body string, err error) {
	length := 0
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return head, "", err
		}
		if line == "\r\n" {
			break
		}
		fmt.Sscanf(line, "Content-Length: %d", &length)
		head += line
	}
	b := make([]byte, length)
	_, err = io.ReadFull(r, b)
	return head, string(b), err
}

// TestLogIsSeen is the other side of TestNoTrail: without Quiet the log has the reader's address and what the panic holds.
func TestLogIsSeen(t *testing.T) {
	address, said := logged(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic(r.UserAgent()) }))
	ask(t, address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"+marks(1)+"\r\n")
	if s := said(); !strings.Contains(s, "127.0.0.1") || !strings.Contains(s, "marked-agent-000001") {
		t.Errorf("the log says %q", s)
	}
}

// stubborn is a writer that panics: at which call, counted from 1.
type stubborn struct {
	http.ResponseWriter
	at, calls int
}

func (w *stubborn) call() {
	if w.calls++; w.calls == w.at {
		panic("marked")
	}
}
func (w *stubborn) Header() http.Header         { w.call(); return w.ResponseWriter.Header() }
func (w *stubborn) WriteHeader(s int)           { w.call(); w.ResponseWriter.WriteHeader(s) }
func (w *stubborn) Write(b []byte) (int, error) { w.call(); return w.ResponseWriter.Write(b) }

// TestHandlerPanics: whatever breaks below the handler, it is answered in the fixed way, or the connection ends in silence.
func TestHandlerPanics(t *testing.T) {
	for at, want := range []int{200, 500, 0, 0} {
		rec := httptest.NewRecorder()
		w := &stubborn{ResponseWriter: rec, at: at}
		got := func() (status int) {
			defer func() {
				if p := recover(); p == http.ErrAbortHandler {
					status = 0
				} else if p != nil {
					t.Errorf("at %d: %v came through", at, p)
				}
			}()
			NewHandler(site(t, first)).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			return rec.Code
		}()
		if got != want {
			t.Errorf("a panic at call %d: %d, want %d", at, got, want)
		}
	}
	rec := httptest.NewRecorder()
	new(Handler).ServeHTTP(rec, httptest.NewRequest("GET", "/", nil))
	if rec.Code != 500 {
		t.Errorf("a handler without a site answers %d", rec.Code)
	}
}

// TestSwap changes the edition under load: every answer is whole, and is of one edition.
func TestSwap(t *testing.T) {
	second := []render.File{{Path: "public/index.html", Bytes: bytes.Repeat([]byte("another edition, and a longer one "), 5000)}, {Path: "public/new.html", Bytes: []byte("new")}}
	sites := []*Site{site(t, first), site(t, second)}
	h := NewHandler(sites[0])
	s := httptest.NewServer(h)
	defer s.Close()
	stop := make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				h.Swap(sites[i%2])
				runtime.Gosched()
			}
		}
	}()
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	for range 8 {
		wg.Go(func() {
			for range 500 {
				r, err := s.Client().Get(s.URL)
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(r.Body)
				r.Body.Close()
				if err != nil || r.StatusCode != 200 {
					t.Error(r.Status, err)
				}
				mu.Lock()
				seen[string(body)]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	close(stop)
	if len(seen) != 2 || seen[string(first[4].Bytes)] == 0 || seen[string(second[0].Bytes)] == 0 {
		t.Errorf("%d bodies", len(seen))
	}
}

// TestAllocations: the handler itself allocates nothing; what is left is net/http's.
func TestAllocations(t *testing.T) {
	h := NewHandler(site(t, first))
	w := &discard{h: http.Header{}}
	r := httptest.NewRequest("GET", "/", nil)
	if n := testing.AllocsPerRun(100, func() { h.ServeHTTP(w, r) }); n > 0 {
		t.Errorf("%v allocations for an answer", n)
	}
}

type discard struct{ h http.Header }

func (d *discard) Header() http.Header         { return d.h }
func (d *discard) WriteHeader(int)             {}
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }

func BenchmarkHandler(b *testing.B) {
	h := NewHandler(site(b, first))
	w := &discard{h: http.Header{}}
	r := httptest.NewRequest("GET", "/", nil)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}
