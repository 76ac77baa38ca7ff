package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// deskRun is a desk that runs in this process, and the window that works with it.
type deskRun struct {
	*deskServer
	t      *testing.T
	window string
	ended  chan error
	stop   context.CancelFunc
	mu     sync.Mutex
	said   strings.Builder
	voice  strings.Builder
}

// deskOn runs a desk on a folder or a file, until the test ends.
func deskOn(t *testing.T, where string, before ...func(*deskServer)) *deskRun {
	t.Helper()
	others := goleak.IgnoreCurrent()
	d, err := world{}.openDesk(where, edition1)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range before {
		f(d)
	}
	r := &deskRun{deskServer: d, t: t, window: "one", ended: make(chan error, 1)}
	at := make(chan bool, 1)
	d.say = func(says string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		fmt.Fprintln(&r.said, says)
		if strings.HasPrefix(says, "Leave this window") {
			at <- true
		}
	}
	d.warn = func(err error) {
		r.mu.Lock()
		defer r.mu.Unlock()
		speak(&r.voice, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	go func() { r.ended <- d.run(ctx) }()
	<-at
	t.Cleanup(func() {
		stop()
		select {
		case <-r.ended:
		case <-time.After(10 * time.Second):
			t.Error("the desk does not end")
		}
		d.folder.Close()
		http.DefaultClient.CloseIdleConnections()
		goleak.VerifyNone(t, others)
	})
	return r
}

func (r *deskRun) heard() (said, voice string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.said.String(), r.voice.String()
}

// request is one request as somebody may send it; nothing is added to it.
func (r *deskRun) request(method, path string, head map[string]string, body string) (int, http.Header, string) {
	r.t.Helper()
	q, err := http.NewRequest(method, "http://"+r.host+"/", strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	q.URL.Opaque = path // as it is, without being cleaned
	for k, v := range head {
		if k == "Host" {
			q.Host = v
		} else {
			q.Header.Set(k, v)
		}
	}
	answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(q)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(b)
}

// deskTold is what tests read of an answer.
type deskTold struct {
	State struct {
		Open    bool   `json:"open"`
		Unsaved bool   `json:"unsaved"`
		Undo    string `json:"undo"`
		Program struct {
			File string `json:"file"`
		} `json:"program"`
	} `json:"state"`
	Disk  *disk `json:"disk"`
	Error *struct {
		Says string `json:"says"`
		Hint string `json:"hint"`
	} `json:"error"`
	Folder   string              `json:"folder"`
	Programs []map[string]string `json:"programs"`
	Files    []struct {
		Name  string `json:"name"`
		Bytes []byte `json:"bytes"`
	} `json:"files"`
}

// ask asks as the page does.
func (r *deskRun) ask(op, args string) deskTold {
	r.t.Helper()
	_, _, body := r.request("POST", "/"+r.token+"/do/"+op, map[string]string{"Origin": "http://" + r.host, "Content-Type": "application/json", "Desk-Window": r.window, "Sec-Fetch-Site": "same-origin"}, args)
	var a deskTold
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		r.t.Fatalf("%s is answered by %q", op, body)
	}
	return a
}

// hello opens the window, as the page does when it is loaded.
func (r *deskRun) hello() deskTold { r.t.Helper(); return r.ask("desk.hello", "{}") }

// well is an answer that says of no fault.
func (r *deskRun) well(op, args string) deskTold {
	r.t.Helper()
	a := r.ask(op, args)
	if a.Error != nil {
		r.t.Fatalf("%s %s: %s %s", op, args, a.Error.Says, a.Error.Hint)
	}
	return a
}

// pantryFolder copies an example with its companions into a folder of its own.
func pantryFolder(t *testing.T) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	file = filepath.Join(dir, "food-pantry.yaml")
	data, err := os.ReadFile(example("food-pantry"))
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err == nil {
		err = os.CopyFS(filepath.Join(dir, "food-pantry"), os.DirFS(strings.TrimSuffix(example("food-pantry"), ".yaml")))
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir, file
}

const anotherPhone = `{"path":"program.contact.phone","value":"217-555-0177"}`

func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// kept lists what the desk kept of a program, as it was.
func keptFiles(t *testing.T, dir string) (out []string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "*", "kept", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestDeskDoor: whoever does not come from the desk's own page, by its own address, learns nothing and changes nothing.
func TestDeskDoor(t *testing.T) {
	dir, file := pantryFolder(t)
	before := mustTree(t, dir)
	r := deskOn(t, file)
	r.hello()
	page, do := "/"+r.token+"/", "/"+r.token+"/do/set"
	port := r.host[strings.LastIndexByte(r.host, ':'):]
	good := map[string]string{"Origin": "http://" + r.host, "Content-Type": "application/json", "Desk-Window": "one"}
	with := func(k, v string) map[string]string {
		out := map[string]string{}
		for a, b := range good {
			out[a] = b
		}
		if out[k] = v; v == "" {
			delete(out, k)
		}
		return out
	}
	for _, c := range []struct {
		name, method, path string
		head               map[string]string
		want               int
	}{
		{"the page", "GET", page, nil, 200},
		{"the page, typed into a browser", "GET", page, map[string]string{"Sec-Fetch-Site": "none"}, 200},
		{"the page, from another page", "GET", page, map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"the page, in a page of another program on this computer", "GET", page, map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		{"the page, to be changed", "PUT", page, good, 405},
		{"no token", "GET", "/", nil, 404},
		{"a wrong token", "GET", "/" + strings.Repeat("A", len(r.token)) + "/", nil, 404},
		{"half a token", "GET", page[:8] + "/", nil, 404},
		{"a token without its slash", "GET", "/" + r.token, nil, 404},
		{"below the page", "GET", page + "food-pantry.yaml", nil, 404},
		{"above the page", "GET", page + "../../etc/passwd", nil, 404},
		{"above the page, written otherwise", "GET", page + "%2e%2e/%2e%2e/etc/passwd", nil, 404},
		{"a query", "GET", page + "?x=1", nil, 403},
		{"another address", "GET", "http://" + r.host + "/x/" + r.token + "/", nil, 404},
		{"the name localhost", "GET", page, map[string]string{"Host": "localhost" + port}, 403},
		{"a name that points here", "GET", page, map[string]string{"Host": "rebound.example" + port}, 403},
		{"a name that points here, without a port", "GET", page, map[string]string{"Host": "rebound.example"}, 403},
		{"the number without the port", "GET", page, map[string]string{"Host": "127.0.0.1"}, 403},
		{"the number with a dot", "GET", page, map[string]string{"Host": "127.0.0.1." + port}, 403},
		{"another number of this computer", "GET", page, map[string]string{"Host": "127.0.0.2" + port}, 403},
		{"asked from a name that points here", "POST", do, with("Host", "rebound.example"+port), 403},
		{"asked without an origin", "POST", do, with("Origin", ""), 403},
		{"asked from nowhere", "POST", do, with("Origin", "null"), 403},
		{"asked from another page", "POST", do, with("Origin", "https://rebound.example"), 403},
		{"asked from another port", "POST", do, with("Origin", "http://127.0.0.1:1"), 403},
		{"asked from another page that hides its origin", "POST", do, with("Sec-Fetch-Site", "cross-site"), 403},
		{"asked from a form", "POST", do, with("Content-Type", "text/plain"), 403},
		{"asked with a wrong token", "POST", strings.Replace(do, r.token, strings.Repeat("A", len(r.token)), 1), good, 404},
		{"asked by GET", "GET", do, good, 405},
		{"asked beforehand, by another page", "OPTIONS", do, with("Origin", "https://rebound.example"), 405},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, head, body := r.request(c.method, c.path, c.head, anotherPhone)
			if code != c.want {
				t.Errorf("%d, want %d: %s", code, c.want, body)
			}
			if code != 200 && (strings.Contains(body, r.token) || strings.Contains(body, "pantry") || strings.Contains(body, dir)) {
				t.Errorf("it tells %s", body)
			}
			for k := range head {
				if strings.HasPrefix(k, "Access-Control-") || k == "Set-Cookie" {
					t.Errorf("it has the header %s", k)
				}
			}
			for k, v := range map[string]string{"X-Frame-Options": "DENY", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"} {
				if head.Get(k) != v {
					t.Errorf("%s is %q", k, head.Get(k))
				}
			}
			if p := head.Get("Content-Security-Policy"); !strings.HasPrefix(p, "default-src 'none'; script-src 'sha256-") || !strings.Contains(p, "frame-ancestors 'none'") || strings.Contains(p, "unsafe") {
				t.Errorf("the policy is %s", p)
			}
		})
	}
	if d := difference(before, mustTree(t, dir)); d != "" {
		t.Errorf("the folder was changed: %s", d)
	}
	if a := r.well("set", anotherPhone); a.Disk == nil || !a.Disk.Saved {
		t.Errorf("its own page is not let in: %+v", a)
	}
}

// TestDeskOnce: the address that the browser is started with opens once. Who saw it in the list of programs comes too late.
func TestDeskOnce(t *testing.T) {
	dir, _ := pantryFolder(t)
	var opened string
	r := deskOn(t, dir, func(d *deskServer) { d.browse = func(address string) error { opened = address; return nil } })
	for r.hello(); opened == ""; {
		time.Sleep(time.Millisecond)
	}
	path := strings.TrimPrefix(opened, "http://"+r.host)
	if strings.Contains(opened, r.token) || path == opened {
		t.Fatalf("the browser is started with %s", opened)
	}
	for _, c := range []struct {
		method, site string
		want         int
	}{{"POST", "", 404}, {"GET", "cross-site", 404}, {"GET", "none", 303}, {"GET", "none", 404}} {
		code, head, body := r.request(c.method, path, map[string]string{"Sec-Fetch-Site": c.site}, "")
		if code != c.want || c.want == 303 && head.Get("Location") != "/"+r.token+"/" || c.want != 303 && strings.Contains(body, r.token) {
			t.Errorf("%s: %d %s %s", c.method, code, head.Get("Location"), body)
		}
	}
}

// TestDeskSaves: a change is in the file when it is answered, in the meant line only; the file as it was is kept once; undo puts it back.
func TestDeskSaves(t *testing.T) {
	dir, file := pantryFolder(t)
	was := contents(t, file)
	r := deskOn(t, dir)
	if a := r.hello(); a.Folder != dir || len(a.Programs) != 1 || a.Programs[0]["name"] != "food-pantry.yaml" {
		t.Errorf("it says %+v", a)
	}
	a := r.well("set", anotherPhone)
	if a.Disk == nil || !a.Disk.Saved || a.Disk.Says != "Saved in food-pantry.yaml." || a.State.Unsaved {
		t.Errorf("%+v", a)
	}
	is := contents(t, file)
	var lines []string
	old := strings.Split(was, "\n")
	for i, l := range strings.Split(is, "\n") {
		if i >= len(old) || old[i] != l {
			lines = append(lines, l)
		}
	}
	if len(lines) != 1 || !strings.Contains(lines[0], "217-555-0177") {
		t.Errorf("other lines: %q", lines)
	}
	kept := keptFiles(t, dir)
	if len(kept) != 1 || contents(t, kept[0]) != was || !regexp.MustCompile(`/food-pantry/kept/food-pantry\.2025-06-14\.[0-9a-f]{8}\.yaml$`).MatchString(filepath.ToSlash(kept[0])) {
		t.Errorf("kept: %q", kept)
	}
	r.well("set", `{"path":"program.contact.phone","value":"217-555-0178"}`)
	if now := contents(t, file); !strings.Contains(now, "0178") || strings.Contains(now, "0177") {
		t.Error("the second change is not in the file")
	}
	r.well("undo", "")
	if r.well("undo", ""); contents(t, file) != was {
		t.Error("undone twice, the file is not as it was")
	}
	if again := keptFiles(t, dir); !slices.Equal(again, kept) {
		t.Errorf("kept more than once: %q", again)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("it left %q", left)
	}
	r.stop()
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	r.ended <- nil
	if said, voice := r.heard(); !strings.HasSuffix(said, "The desk is closed. Everything is saved.\n") || voice != "" {
		t.Errorf("%s%s", said, voice)
	}
}

// TestDeskElsewhere: what another program wrote meanwhile is not written over until she says so, and then it is kept.
func TestDeskElsewhere(t *testing.T) {
	dir, file := pantryFolder(t)
	r := deskOn(t, file)
	r.hello()
	theirs := contents(t, file) + "# a line of a colleague\n"
	write := func() {
		if err := os.WriteFile(file, []byte(theirs), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write()
	a := r.well("set", anotherPhone)
	if a.Disk == nil || a.Disk.Saved || !a.State.Unsaved || len(a.Disk.Can) != 2 || !strings.Contains(a.Disk.Says, "Your folder holds another food-pantry.yaml") || contents(t, file) != theirs {
		t.Fatalf("%+v", a)
	}
	if a := r.well("notice", `{"kind":"before","languages":["en"]}`); a.Disk == nil || a.Disk.Saved {
		t.Errorf("later it is not said any more: %+v", a)
	}
	if a := r.well("desk.over", ""); a.Disk == nil || !a.Disk.Saved || a.State.Unsaved || strings.Contains(contents(t, file), "colleague") {
		t.Errorf("%+v", a)
	}
	found := false
	for _, k := range keptFiles(t, dir) {
		found = found || contents(t, k) == theirs
	}
	if !found {
		t.Error("the file of the colleague is lost")
	}
	write()
	if a := r.well("set", `{"path":"program.contact.phone","value":"217-555-0179"}`); a.Disk.Saved {
		t.Fatalf("%+v", a)
	}
	if a := r.well("desk.take", ""); a.State.Unsaved || a.State.Undo != "" || contents(t, file) != theirs {
		t.Errorf("%+v", a)
	}
	if a := r.well("set", anotherPhone); !a.Disk.Saved || !strings.Contains(contents(t, file), "colleague") {
		t.Errorf("%+v", a)
	}
}

// TestDeskForeign: a program that comes from elsewhere is put into the folder once it is changed; over another one of its name only when
// she says so. The same program as in the folder is opened with what belongs to it.
func TestDeskForeign(t *testing.T) {
	dir, file := pantryFolder(t)
	text := contents(t, file)
	open := func(r *deskRun, name, text string) deskTold {
		return r.well("start.open", fmt.Sprintf(`{"files":[{"name":%q,"bytes":%q}]}`, name, base64.StdEncoding.EncodeToString([]byte(text))))
	}
	r := deskOn(t, dir)
	r.hello()
	if a := open(r, "food-pantry.yaml", text); a.Disk != nil {
		t.Errorf("%+v", a.Disk)
	}
	if r.core.Files()["food-pantry/translations.lock"] == nil {
		t.Error("what belongs to the file in the folder was not opened with it")
	}
	other := strings.Replace(text, "217-555-0100", "217-555-0111", 1)
	if a := open(r, "food-pantry.yaml", other); a.Disk != nil || contents(t, file) != text {
		t.Errorf("%+v", a.Disk)
	}
	if a := r.well("set", anotherPhone); a.Disk.Saved || contents(t, file) != text {
		t.Errorf("another file of this name was written over: %+v", a.Disk)
	}
	if a := r.well("desk.over", ""); !a.Disk.Saved {
		t.Errorf("%+v", a.Disk)
	}
	if contents(t, filepath.Join(dir, "food-pantry", "translations.lock")) == "" {
		t.Error("what belonged to the other file was removed")
	}
	if a := open(r, "elsewhere.yaml", text); a.Disk != nil {
		t.Errorf("%+v", a.Disk)
	}
	if _, err := os.Stat(filepath.Join(dir, "elsewhere.yaml")); err == nil {
		t.Error("it was saved before it was changed")
	}
	if a := r.well("set", anotherPhone); !a.Disk.Saved || !strings.Contains(contents(t, filepath.Join(dir, "elsewhere.yaml")), "0177") {
		t.Errorf("%+v", a.Disk)
	}
	if a := r.hello(); len(a.Programs) != 2 {
		t.Errorf("%+v", a.Programs)
	}
	if a := r.well("desk.open", `{"name":"food-pantry.yaml"}`); a.State.Program.File != "food-pantry.yaml" {
		t.Errorf("%+v", a)
	}
	for _, name := range []string{"../food-pantry.yaml", "/etc/passwd", "food-pantry/translations.lock", "none.yaml", "", `..\x.yaml`} {
		if a := r.ask("desk.open", fmt.Sprintf(`{"name":%q}`, name)); a.Error == nil {
			t.Errorf("%q was opened", name)
		}
	}
	if a := r.well("state", ""); a.State.Program.File != "food-pantry.yaml" {
		t.Errorf("%+v", a)
	}
}

// TestDeskRefused: what the disk refuses is said with every answer until it is saved. Meanwhile the page can have a copy, and the desk does
// not end when the page is closed.
func TestDeskRefused(t *testing.T) {
	dir, file := pantryFolder(t)
	was := contents(t, file)
	obstacle := filepath.Join(dir, "food-pantry", "kept")
	if err := os.WriteFile(obstacle, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	r := deskOn(t, file, func(d *deskServer) { d.grace = 50 * time.Millisecond })
	r.hello()
	a := r.well("set", anotherPhone)
	if a.Disk == nil || a.Disk.Saved || !a.State.Unsaved || contents(t, file) != was || !strings.HasPrefix(a.Disk.Says, `It is not saved yet. The file "food-pantry.yaml" as it was cannot be kept: `) {
		t.Fatalf("%+v", a)
	}
	if a := r.well("desk.copy", ""); len(a.Files) != 1 || a.Disk.Saved || !a.State.Unsaved {
		t.Errorf("%+v", a)
	}
	r.well("desk.bye", "")
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, voice := r.heard(); strings.Contains(voice, "The page was closed, but the last changes are not saved.") {
			break
		}
		if time.Now().After(end) {
			t.Fatal("it does not say that something is not saved")
		}
	}
	r.hello()
	if err := os.Remove(obstacle); err != nil {
		t.Fatal(err)
	}
	if a := r.well("save", ""); a.Disk == nil || !a.Disk.Saved || a.State.Unsaved || !strings.Contains(contents(t, file), "0177") {
		t.Errorf("%+v", a)
	}
	r.well("desk.bye", "")
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	r.ended <- nil
}

// TestDeskCloses: the desk ends when its page is gone, but not when it is only loaded again.
func TestDeskCloses(t *testing.T) {
	_, file := pantryFolder(t)
	r := deskOn(t, file, func(d *deskServer) { d.grace = 300 * time.Millisecond })
	r.hello()
	r.well("desk.bye", "")
	r.window = "again"
	r.hello()
	time.Sleep(600 * time.Millisecond)
	r.well("set", anotherPhone)
	select {
	case <-r.ended:
		t.Fatal("it ended although its page came back")
	default:
	}
	r.window = "one"
	if a := r.ask("desk.bye", ""); a.Error == nil {
		t.Error("a window that does not work any more ends the desk")
	}
	r.window = "again"
	r.well("desk.bye", "")
	select {
	case err := <-r.ended:
		if err != nil {
			t.Error(err)
		}
		r.ended <- nil
	case <-time.After(10 * time.Second):
		t.Error("it does not end")
	}
}

// TestDeskWindows: of two windows the one that was opened last works; the other is told so, and changes nothing.
func TestDeskWindows(t *testing.T) {
	_, file := pantryFolder(t)
	r := deskOn(t, file)
	if a := r.ask("state", ""); a.Error == nil {
		t.Error("a page that did not say hello is answered")
	}
	r.hello()
	r.window = "two"
	r.hello()
	r.window = "one"
	if a := r.ask("set", anotherPhone); a.Error == nil || a.Error.Says != "The desk is open in another window." || strings.Contains(contents(t, file), "0177") {
		t.Errorf("%+v", a)
	}
	r.window = "two"
	r.well("set", anotherPhone)
	r.window = ""
	if a := r.hello(); a.Error == nil {
		t.Error("a page without a window is let in")
	}
}

// TestDeskMuch: what is too large, broken or nonsense is answered in words, and the desk goes on.
func TestDeskMuch(t *testing.T) {
	_, file := pantryFolder(t)
	r := deskOn(t, file)
	r.hello()
	if a := r.ask("start.open", strings.Repeat(" ", mostAsked+1)); a.Error == nil || !strings.Contains(a.Error.Says, "too large") {
		t.Errorf("%+v", a)
	}
	for _, c := range [][2]string{{"none", "{}"}, {"desk.none", ""}, {"set", "{"}, {"set", "[]"}, {"set", `{"path":1}`}, {"set", "\x00\xff"}, {"desk.open", "x"}, {"%2e%2e", "{}"}, {"", ""}, {strings.Repeat("x", 3000), "{}"}} {
		if a := r.ask(c[0], c[1]); a.Error == nil || a.Error.Says == "" {
			t.Errorf("%.20s %s: %+v", c[0], c[1], a)
		}
	}
	r.well("set", anotherPhone)
}

// TestDeskBelongs: the last door before the disk.
func TestDeskBelongs(t *testing.T) {
	f := &deskFolder{name: "x.yaml"}
	for p, want := range map[string]bool{"x.yaml": true, "x/wording.yaml": true, "x/law/a.yaml": true, "y.yaml": false, "x": false, "x/": false, "x/../y.yaml": false, "../x.yaml": false, "/x.yaml": false,
		"x/kept/x.yaml": false, `x/..\..\y`: false, "x/a:b": false, "": false, ".": false, "xx/y": false} {
		if got := f.belongs(p) == nil; got != want {
			t.Errorf("%q: %v", p, got)
		}
	}
}

// TestDeskPage: the policy that the page names is the one that is sent, but for what only a header can say.
func TestDeskPage(t *testing.T) {
	dir, _ := pantryFolder(t)
	r := deskOn(t, dir)
	_, head, body := r.request("GET", "/"+r.token+"/", nil, "")
	m := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatal("the page names no policy")
	}
	for _, part := range strings.Split(m[1], "; ") {
		if part = strings.TrimSuffix(part, ";"); !strings.Contains(head.Get("Content-Security-Policy"), part) {
			t.Errorf("the header does not say %q", part)
		}
	}
	if strings.Contains(body, "{{") || bytes.Contains(r.page, []byte(r.token)) || strings.Contains(body, "://") && regexp.MustCompile(`(?:src|href|action)="?https?:`).MatchString(body) {
		t.Error("the page holds a place that was not filled, the token, or an address of somebody else")
	}
}
