//go:build !js

package web

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// table is examples/portals/requests.json, as README.md beside it describes it.
type table struct {
	Boundary     string
	EditionFiles map[string]json.RawMessage `json:"edition_files"`
	Cases        []request
}

type request struct {
	Name, Method, Target string
	EditionFile          string `json:"edition_file"`
	Head                 []string
	Body                 []struct {
		Field, File, Filename, Value, Text string
		End                                bool
		Times, Copies                      int
	}
	Pieces, Promised int
	HangUp           bool `json:"hang_up"`
	Except           map[string]string
	Want             struct {
		Pass   bool
		Status int
		Error  string
		Kept   int
		Keeps  [][2]string
	}
}

func readTable(t testing.TB) *table {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "examples", "portals", "requests.json"))
	if err != nil {
		t.Fatal(err)
	}
	var out table
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	if len(out.Cases) < 90 {
		t.Fatalf("the table has %d requests", len(out.Cases))
	}
	return &out
}

var clock = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

var hours = regexp.MustCompile(`now([+-]\d+h)`)

// edition gives one of the edition.json of the table; nil where it says that there is none.
func (t *table) edition(name string) []byte {
	raw := t.EditionFiles[name]
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	if string(raw) == "null" {
		return nil
	}
	return []byte(hours.ReplaceAllStringFunc(text, func(s string) string {
		d, err := time.ParseDuration(s[len("now"):])
		if err != nil {
			panic(err)
		}
		return clock.Add(d).Format(time.RFC3339)
	}))
}

// body makes the bytes of a request's body.
func (t *table) body(r *request) string {
	var b strings.Builder
	for _, p := range r.Body {
		value := strings.Repeat(p.Value+p.Text, max(p.Times, 1))
		switch {
		case p.End:
			fmt.Fprintf(&b, "--%s--\r\n", t.Boundary)
		case p.Field != "":
			b.WriteString(strings.Repeat(fmt.Sprintf("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", t.Boundary, p.Field, value), max(p.Copies, 1)))
		case p.File != "":
			fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: application/pdf\r\n\r\n%s\r\n", t.Boundary, p.File, p.Filename, value)
		default:
			b.WriteString(value)
		}
	}
	return b.String()
}

// portal keeps in memory what comes through its guard.
type portal struct {
	mu   sync.Mutex
	kept []string
	came int
}

func (p *portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var kept []string
	switch {
	case r.Method == http.MethodPut:
		b, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		kept = append(kept, string(b))
	case strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "multipart/form-data"):
		if err := r.ParseMultipartForm(1 << 10); err != nil && r.Method == http.MethodPost {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if r.MultipartForm == nil {
			break
		}
		for _, fs := range r.MultipartForm.File {
			for _, f := range fs {
				o, err := f.Open()
				if err != nil {
					panic(err)
				}
				b, err := io.ReadAll(o)
				o.Close()
				if err != nil {
					panic(err)
				}
				kept = append(kept, string(b))
			}
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.came++
	p.kept = append(p.kept, kept...)
}

func (p *portal) empty() (kept []string, came int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept, came = p.kept, p.came
	p.kept, p.came = nil, 0
	return kept, came
}

// form is a server-form.html in short.
func form(id string) []byte {
	return []byte(`<div id="fn-refused" hidden>Not taken.</div><div id="fn-changed" hidden>Changed.</div>` +
		`<input type="hidden" name="fair_notice_edition" value="` + id + `"><input type="checkbox" name="fair_notice_read" value="yes">`)
}

var typedField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// TestTable sends every request of the table to a guarded portal, byte by byte.
func TestTable(t *testing.T) {
	tab := readTable(t)
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	g := &Guard{Now: func() time.Time { return clock }}
	p := new(portal)
	s := httptest.NewServer(g.Wrap(p))
	defer s.Close()
	for i := range tab.Cases {
		c := &tab.Cases[i]
		t.Run(c.Name, func(t *testing.T) {
			if why, ok := c.Except["go"]; ok {
				t.Fatalf("the table leaves Go out, and it need not: %s", why)
			}
			name := c.EditionFile
			if name == "" {
				name = "usual"
			}
			var file struct {
				Edition struct{ ID string }
			}
			ed := tab.edition(name)
			_ = json.Unmarshal(ed, &file)
			err := g.Load(ed, form(file.Edition.ID))
			if closed := name != "usual" && name != "next"; closed != (err != nil) {
				t.Fatalf("edition.json %s: %v", name, err)
			}
			status, head, body := send(t, s.Listener.Addr().String(), tab, c)
			if c.HangUp {
				s.CloseClientConnections() // and wait until the handler is done with it
			}
			kept, came := waited(p, c)
			if len(kept) != c.Want.Kept {
				t.Errorf("kept %d files, want %d", len(kept), c.Want.Kept)
			}
			if left := listed(t, dir); len(left) > 0 {
				t.Errorf("temporary files: %v", left)
			}
			if c.Want.Pass {
				if status != 200 || came != 1 {
					t.Errorf("answered %d, and %d requests came through\n%s", status, came, body)
				}
				return
			}
			if c.Want.Status == 0 {
				return
			}
			if came != 0 || status != c.Want.Status {
				t.Errorf("answered %d, want %d; %d requests came through\n%s", status, c.Want.Status, came, body)
			}
			if head.Get("Cache-Control") != "no-store" || head.Get("Referrer-Policy") != "no-referrer" || head.Get("Set-Cookie") != "" {
				t.Errorf("headers: %v", head)
			}
			if status == 422 {
				judgePage(t, c, body)
				return
			}
			want := map[string]any{"error": c.Want.Error, "edition": "", "in_force": []any{}, "notice": "/notice/"}
			switch name {
			case "usual":
				want["edition"], want["in_force"] = "ed-3fa94c0b7e12", []any{"ed-3fa94c0b7e12", "ed-91d07be2a6f5"}
			case "next":
				want["edition"], want["in_force"] = "ed-c0de5a1f2b34", []any{"ed-c0de5a1f2b34", "ed-3fa94c0b7e12"}
			}
			if status == 412 {
				want["changed"] = ""
			}
			var got map[string]any
			if err := json.Unmarshal([]byte(body), &got); err != nil || fmt.Sprint(got) != fmt.Sprint(want) || head.Get("Content-Type") != "application/json" {
				t.Errorf("answered %v %s, want %v", head.Get("Content-Type"), body, want)
			}
		})
	}
}

func judgePage(t *testing.T, c *request, body string) {
	t.Helper()
	shown, hidden := "fn-refused", "fn-changed"
	if c.Want.Error == "notice_changed" {
		shown, hidden = hidden, shown
	}
	if !strings.Contains(body, `<div id="`+shown+`">`) || !strings.Contains(body, `<div id="`+hidden+`" hidden>`) {
		t.Errorf("the page does not say %s:\n%s", shown, body)
	}
	var typed [][2]string
	for _, m := range typedField.FindAllStringSubmatch(body, -1) {
		if m[1] != FieldEdition {
			typed = append(typed, [2]string{html.UnescapeString(m[1]), html.UnescapeString(m[2])})
		}
	}
	for _, k := range c.Want.Keeps {
		if !slices.Contains(typed, k) {
			t.Errorf("the page keeps %q, and not %q", typed, k)
		}
	}
	if strings.Count(body, `name="`+FieldEdition+`"`) != 1 || strings.Count(body, `name="`+FieldRead+`"`) != 1 {
		t.Errorf("the page has a field of the contract twice:\n%s", body)
	}
}

// waited gives what the portal has kept; after a request that hung up it waits a moment for a handler that still reads.
func waited(p *portal, c *request) (kept []string, came int) {
	if c.HangUp {
		time.Sleep(20 * time.Millisecond)
	}
	return p.empty()
}

// send sends a request of the table as it stands. Without an answer the status is 0.
func send(t *testing.T, address string, tab *table, c *request) (status int, head http.Header, body string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(2 * time.Second)) // an answer that needs longer waited for what never comes
	content := tab.body(c)
	lines := append([]string{c.Method + " " + c.Target + " HTTP/1.1", "Host: 127.0.0.1", "Connection: close"}, c.Head...)
	if content != "" || !slices.Contains([]string{"GET", "HEAD", "OPTIONS"}, c.Method) {
		lines = append(lines, "Content-Length: "+strconv.Itoa(len(content)+c.Promised))
	}
	fmt.Fprint(conn, strings.Join(lines, "\r\n")+"\r\n\r\n")
	step := max(c.Pieces, 1)
	if c.Pieces == 0 {
		step = max(len(content), 1)
	}
	for len(content) > 0 {
		n := min(step, len(content))
		if _, err := io.WriteString(conn, content[:n]); err != nil {
			break // the answer is there already
		}
		content = content[n:]
	}
	if c.HangUp {
		return 0, nil, ""
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: c.Method})
	if err != nil {
		t.Errorf("no answer: %v", err)
		return 0, http.Header{}, ""
	}
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Errorf("the answer broke off: %v", err)
	}
	answer.Body.Close()
	return answer.StatusCode, answer.Header, string(b)
}

func listed(t *testing.T, dir string) []os.DirEntry {
	t.Helper()
	out, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
