package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// served serves a folder in this process until the test ends, and gives its address and what it says.
func served(t *testing.T, folder string, l limits) (address string, said, warned func() string) {
	t.Helper()
	others := goleak.IgnoreCurrent()
	var mu sync.Mutex
	var out, voice strings.Builder
	at := make(chan string, 1)
	s := &server{folder: folder, limits: l, say: func(says string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintln(&out, says)
		if m := regexp.MustCompile(`http://([^/]+)/`).FindStringSubmatch(says); m != nil {
			at <- m[1]
		}
	}, warn: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		speak(&voice, err)
	}}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.run(ctx, world{}, netip.MustParseAddrPort("127.0.0.1:0")) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
		goleak.VerifyNone(t, others) // when it has ended, nothing of it runs any more
	})
	read := func(b *strings.Builder) func() string {
		return func() string { mu.Lock(); defer mu.Unlock(); return b.String() }
	}
	select {
	case address = <-at:
	case err := <-done:
		t.Fatal(err)
	}
	return address, read(&out), read(&voice)
}

// TestServePublished: what went out is served like what was built, and of a language that was held back there is nothing.
func TestServePublished(t *testing.T) {
	data, err := os.ReadFile(example("food-pantry"))
	if err != nil {
		t.Fatal(err)
	}
	text := replaced(t, string(data), `(?m)^languages: .*$`, "languages: [en, ar]\ndrafts: {shown_marked: true, decided_by: Clerk}")
	text = replaced(t, text, `(?m)^reviewers: .*$`, "reviewers: [{id: river, name: River, languages: [ar], required: true}]")
	file, dir := filepath.Join(t.TempDir(), "food-pantry.yaml"), filepath.Join(t.TempDir(), "site")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, voice, code := fairnotice(t, world{today: edition1}, "publish", file, "--out", dir, "--date", day); code != fine {
		t.Fatal(voice)
	}
	at, _, _ := served(t, dir, usualLimits)
	for path, want := range map[string]int{"/": http.StatusOK, "/en/before.html": http.StatusOK, "/ar/before.html": http.StatusNotFound} {
		r, err := http.Get("http://" + at + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, r.StatusCode, want)
		}
	}
}

// siteOf builds one of two editions of the example into a folder: the first in English and Arabic, the second in English.
func siteOf(t testing.TB, dir string, second bool) {
	t.Helper()
	data, err := os.ReadFile(example("food-pantry"))
	if err != nil {
		t.Fatal(err)
	}
	text := replaced(t, string(data), `(?m)^languages: .*$`, "languages: [en, ar]")
	if second {
		text = replaced(t, replaced(t, text, `(?m)^languages: .*$`, "languages: [en]"), `(?m)^  number: 1\b`, "  number: 2")
	}
	file := filepath.Join(t.TempDir(), "food-pantry.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, voice, code := fairnotice(t, world{today: edition1}, "build", file, "--out", dir, "--date", day); code != fine {
		t.Fatal(voice)
	}
}

// talk sends bytes on a connection of its own and gives what comes back until the other side closes, or the time is over.
func talk(t *testing.T, address, request string, most time.Duration) string {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(most))
	io.WriteString(c, request)
	all, _ := io.ReadAll(c)
	return string(all)
}

// TestServerLine: what goes out in one piece is, byte for byte, what net/http writes; and nothing comes between the requests of one
// connection: pipelined ones, bodies, bodies that come late, in chunks, or a byte at a time.
func TestServerLine(t *testing.T) {
	site := t.TempDir()
	siteOf(t, site, false)
	l := usualLimits
	l.idle = 300 * time.Millisecond
	address, _, _ := served(t, site, l)
	for _, path := range []string{"/", "/ar/before.html", "/nothing"} {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			slow := talk(t, address, method+" "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 5*time.Second)
			fast := talk(t, address, method+" "+path+" HTTP/1.1\r\nHost: x\r\n\r\n", 5*time.Second)
			if fast == "" || strings.Replace(slow, "Connection: close\r\n", "", 1) != fast {
				t.Errorf("%s %s: net/http says\n%.2000q\nand in one piece it is\n%.2000q", method, path, slow, fast)
			}
		}
	}
	l.idle, l.header, l.read = time.Minute, time.Minute, time.Minute
	address, _, _ = served(t, site, l)
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	r := bufio.NewReader(c)
	want := func(method string, status int) {
		t.Helper()
		c.SetReadDeadline(time.Now().Add(30 * time.Second))
		got, err := http.ReadResponse(r, &http.Request{Method: method})
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(got.Body)
		if err != nil || got.StatusCode != status {
			t.Fatalf("%s: %v, %v", method, got.Status, err)
		}
		if status == 200 && method == "GET" {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if plain, err := io.ReadAll(z); err != nil || !bytes.HasSuffix(plain, []byte("</html>\n")) {
				t.Fatalf("%v: the page is not whole", err)
			}
		}
	}
	get := "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
	io.WriteString(c, strings.Repeat(get, 40)+"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"+get)
	for range 40 {
		want("GET", 200)
	}
	want("HEAD", 200)
	want("GET", 200)
	for _, body := range []string{"Content-Length: 1\r\n\r\nx", "Content-Length: 9\r\n\r\nxxxx\r\n\r\nx", "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"} {
		request := "POST / HTTP/1.1\r\nHost: x\r\n" + body
		io.WriteString(c, request)
		want("POST", 405)
		for i := range request { // a byte at a time
			io.WriteString(c, request[i:i+1])
			if i%9 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		want("POST", 405)
		io.WriteString(c, get)
		want("GET", 200)
	}
}

// TestServerBounds: whoever is slow, or says too much, is let go; whoever comes when all places are taken waits, and is answered.
func TestServerBounds(t *testing.T) {
	site := t.TempDir()
	siteOf(t, site, false)
	address, _, _ := served(t, site, limits{header: 300 * time.Millisecond, read: 300 * time.Millisecond, write: 300 * time.Millisecond,
		idle: 300 * time.Millisecond, stop: time.Second, connections: 100, tick: 50 * time.Millisecond})

	t.Run("slow heads", func(t *testing.T) {
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				c, err := net.Dial("tcp", address)
				if err != nil {
					t.Error(err)
					return
				}
				defer c.Close()
				io.WriteString(c, "GET / HTTP/1.1\r\n")
				began := time.Now()
				for i := 0; ; i++ {
					if _, err := fmt.Fprintf(c, "X-%d: y\r\n", i); err != nil {
						return
					}
					if time.Since(began) > 10*time.Second {
						t.Error("somebody who sends a line now and then holds a place for ever")
						return
					}
					time.Sleep(20 * time.Millisecond)
				}
			})
		}
		wg.Wait()
	})
	t.Run("a reader who does not read", func(t *testing.T) {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.(*net.TCPConn).SetReadBuffer(4096)
		c.SetWriteDeadline(time.Now().Add(20 * time.Second))
		for { // asks again and again, until the server has had enough
			if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
				if ne, ok := err.(net.Error); ok && ne.Timeout() {
					t.Error("it waits for ever")
				}
				return
			}
		}
	})
	t.Run("large heads", func(t *testing.T) {
		for size, want := range map[int]string{7 << 10: "HTTP/1.1 200 OK", 9 << 10: "HTTP/1.1 431 Request Header Fields Too Large", 1 << 20: "HTTP/1.1 431 Request Header Fields Too Large"} {
			// The rest of a head that is too long may meet a closed door.
			got := talk(t, address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: "+strings.Repeat("y", size)+"\r\n\r\n", 5*time.Second)
			if !strings.HasPrefix(got, want) && !(size > 64<<10 && got == "") {
				t.Errorf("%d bytes: %.60q", size, got)
			}
		}
	})
	t.Run("more than there are places", func(t *testing.T) {
		var wg sync.WaitGroup
		for range 300 {
			wg.Go(func() {
				if got := talk(t, address, "GET /edition.json HTTP/1.1\r\nHost: x\r\n\r\n", 20*time.Second); !strings.HasPrefix(got, "HTTP/1.1 200 OK") {
					t.Errorf("%.60q", got)
				}
			})
		}
		wg.Wait()
	})
	t.Run("nonsense", func(t *testing.T) {
		for _, s := range []string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "\r\n\r\n\r\n\r\n", "GET / HTTP/1.1\r\nHost: <marked>\r\n\r\n", "marked / HTTP/1.1\r\nbad header\r\n\r\n"} {
			if got := talk(t, address, s, 5*time.Second); strings.Contains(got, "marked") {
				t.Errorf("%q is answered by %q", s, got)
			}
		}
	})
}

// TestServerTakesUp: a new edition in the folder is served while people read, and none of them notices; one that is not whole is not, and
// that is said once.
func TestServerTakesUp(t *testing.T) {
	site := t.TempDir()
	siteOf(t, site, false)
	l := usualLimits
	l.tick = 100 * time.Millisecond
	address, said, warned := served(t, site, l)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	bodies := map[string]int{}
	for range 4 {
		wg.Go(func() {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for {
				select {
				case <-stop:
					return
				default:
				}
				r, err := client.Get("http://" + address + "/edition.json")
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
				bodies[string(body)]++
				mu.Unlock()
			}
		})
	}
	now := func() string { return said() + warned() }
	until := func(words string, n int) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); strings.Count(now(), words) < n; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("it does not say %q %d times, but %q", words, n, now())
			}
		}
	}
	for i := range 4 {
		siteOf(t, site, i%2 == 0)
		until("has taken its place", i+1)
	}
	// A page changed by hand goes unnoticed until there is a manifest to hold it against.
	page := filepath.Join(site, "public", "index.html")
	kept, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	manifest := filepath.Join(site, manifestName)
	if err := os.Chtimes(manifest, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	until("is not as the manifest of its edition says", 1)
	time.Sleep(15 * l.tick) // said once, not at every tick from now on
	if n := strings.Count(now(), "So nothing of it is served. The edition from before is served on."); n != 1 {
		t.Errorf("said %d times: %s", n, now())
	}
	if err := os.WriteFile(page, kept, 0o644); err != nil {
		t.Fatal(err)
	}
	until("has taken its place", 5)
	close(stop)
	wg.Wait()
	if len(bodies) != 2 {
		t.Errorf("%d bodies of edition.json, want those of two editions", len(bodies))
	}
}

// TestNeeded: the environment of a server is that of its starter, and the two settings; once it has them, nothing is started again.
func TestNeeded(t *testing.T) {
	env, again := needed([]string{"A=b", "GODEBUG=x=1,clobberfree=0", "GOTRACEBACK=all"})
	if got := strings.Join(env, " "); !again || got != "A=b GODEBUG=x=1,clobberfree=0,asyncpreemptoff=1,clobberfree=1 GOTRACEBACK=none" {
		t.Errorf("%v %v", got, again)
	}
	if _, again := needed(env); again {
		t.Error("it would start itself for ever")
	}
	if env, _ := needed(nil); strings.Join(env, " ") != "GODEBUG=asyncpreemptoff=1,clobberfree=1 GOTRACEBACK=none" {
		t.Error(env)
	}
}

// TestBeside: where a process cannot become another, the other has its arguments and environment, and its exit code is handed on.
func TestBeside(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for want, args := range map[int][]string{fine: {"fairnotice", "version"}, typeFault: {"fairnotice", "serve"}} {
		if code, err := beside(self, args, os.Environ()); code != want || err != nil {
			t.Errorf("%v: %d, %v", args, code, err)
		}
	}
	if _, err := beside(filepath.Join(t.TempDir(), "none"), []string{"x"}, nil); err == nil {
		t.Error("a program that is not there was run")
	}
}
