package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"fairnotice/cmd/desk/core"
	"fairnotice/cmd/desk/page"
	"fairnotice/notices/source"
)

//go:embed desk_connect.js
var deskConnect string

// deskServer is the desk of one folder, for one person at this computer. It answers
//
//	GET  /ONCE            leads to the page, once: the address that the browser is started with, which others on this computer may see
//	GET  /TOKEN/          the page
//	POST /TOKEN/do/OP     an operation: of the core, or one of the folder's: desk.hello, desk.open, desk.take, desk.over, desk.bye, save
//
// and nothing else. It looks at Host, so that no name that somebody points at 127.0.0.1 leads here; at Origin and Sec-Fetch-Site, so that no
// page of somebody else can ask; and TOKEN is new each time, and cannot be guessed. One window works with it: the one that was opened last.
type deskServer struct {
	folder *deskFolder
	core   *core.Desk
	say    func(string)
	warn   func(error)
	browse func(address string) error // nil where no browser is to be opened
	grace  time.Duration              // how long it stays when its window is gone: one that is loaded again comes back

	token, once string
	host        string // 127.0.0.1:PORT
	page        []byte
	policy      string

	mu     sync.Mutex
	window string // that works
	owed   bool   // something could not be saved yet
	used   bool   // once was used
	gone   *time.Timer
	done   chan struct{} // closed when the window is gone for good
}

// mostAsked is how many bytes a question may have: a reviewer's Word file with pictures, and some.
const mostAsked = 48 << 20

func newDeskServer(folder *deskFolder, day source.Day) *deskServer {
	d := &deskServer{folder: folder, core: core.New(day), token: rand.Text(), once: rand.Text(), grace: 10 * time.Second, done: make(chan struct{}), say: func(string) {}, warn: func(error) {}}
	script, style := page.Script(deskConnect), page.Style()
	d.policy = "default-src 'none'; script-src " + policyHash(script) + "; style-src " + policyHash(style) + "; img-src blob: data:; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
	d.page = []byte(strings.NewReplacer("{{policy}}", d.policy[:strings.Index(d.policy, " frame-ancestors")], "{{style}}", style, "{{script}}", script, "{{program}}", "").Replace(page.HTML()))
	return d
}

// policyHash is the hash of a script or style as a policy names it.
func policyHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// open opens a program of the folder. The error is a whole sentence or more.
func (d *deskServer) open(name string) error {
	files, err := d.folder.turn(name)
	if err == nil && files[name] == nil {
		err = fmt.Errorf("there is no file %s in the folder any more", quoted(name))
	}
	if err == nil {
		err = d.core.Open(files)
	}
	if err != nil {
		return errors.New(sentence(err.Error()))
	}
	d.owed = false
	return nil
}

// run serves until the context is done, or the window is gone and everything is saved.
func (d *deskServer) run(ctx context.Context) error {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return undone("The desk cannot be opened on this computer: " + sentence(err.Error()))
	}
	d.host = l.Addr().String()
	h := &http.Server{
		Handler:                      d,
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            5 * time.Second,
		ReadTimeout:                  time.Minute,
		WriteTimeout:                 time.Minute,
		MaxHeaderBytes:               headerBytes,
		ErrorLog:                     log.New(io.Discard, "", 0),
	}
	served := make(chan error, 1)
	go func() { served <- h.Serve(l) }()
	d.say(fmt.Sprintf("The desk is at http://%s/%s/. It works in %s.", d.host, d.token, d.folder.shown))
	d.say("Leave this window open while you work. To stop, close the page, or press Ctrl and C here.")
	if d.browse != nil {
		if err := d.browse("http://" + d.host + "/" + d.once); err != nil {
			d.warn(&fault{code: fine, says: "No browser could be opened.", hints: []string{"Open a browser yourself, and paste the address from above."}})
		}
	}
	stop := func() {
		end, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if h.Shutdown(end) != nil {
			h.Close()
		}
		<-served
	}
	select {
	case err := <-served:
		return undone("The desk has stopped: " + sentence(err.Error()))
	case <-ctx.Done():
	case <-d.done:
	}
	stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	if lost := d.put(false); lost != nil && !lost.Saved {
		return undone("The last changes could not be saved. "+lost.Says, lost.Hint)
	}
	d.say("The desk is closed. Everything is saved.")
	return nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// ServeHTTP answers the page and its questions, and turns everybody else away with as little as can be said.
func (d *deskServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for _, f := range [][2]string{{"Content-Security-Policy", d.policy}, {"X-Content-Type-Options", "nosniff"}, {"X-Frame-Options", "DENY"}, {"Referrer-Policy", "no-referrer"},
		{"Cache-Control", "no-store"}, {"Cross-Origin-Opener-Policy", "same-origin"}, {"Cross-Origin-Resource-Policy", "same-origin"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"}} {
		h.Set(f[0], f[1])
	}
	site := r.Header.Get("Sec-Fetch-Site")
	ours := site == "" || site == "same-origin"
	token, rest, below := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
	switch {
	case r.Host != d.host || r.URL.RawQuery != "":
		d.away(w, http.StatusForbidden, "This address is for one page on this computer only.", "")
	case !below && same(token, d.once):
		d.enter(w, r, ours || site == "none")
	case !same(token, d.token) || !below || rest != "" && !strings.HasPrefix(rest, "do/"):
		d.away(w, http.StatusNotFound, "There is nothing here.", "If the desk was started again, it has a new address.")
	case rest == "":
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			d.away(w, http.StatusMethodNotAllowed, "This page can only be read.", "")
			return
		}
		if !ours && site != "none" {
			d.away(w, http.StatusForbidden, "Another page may not lead here.", "")
			return
		}
		h.Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(d.page)
	case r.Method != http.MethodPost:
		h.Set("Allow", "POST")
		d.away(w, http.StatusMethodNotAllowed, "The desk is asked by POST.", "")
	case r.Header.Get("Origin") != "http://"+d.host || !ours || r.Header.Get("Content-Type") != "application/json":
		d.away(w, http.StatusForbidden, "Only the desk's own page may ask.", "")
	default:
		args, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostAsked))
		if tooMuch := (*http.MaxBytesError)(nil); errors.As(err, &tooMuch) {
			d.away(w, http.StatusRequestEntityTooLarge, "These files are too large for the desk.", "Together they may have 32 megabytes. Open fewer, or take large pictures out of the document.")
			return
		} else if err != nil {
			d.away(w, http.StatusBadRequest, "The question did not arrive whole.", "Try once more.")
			return
		}
		h.Set("Content-Type", "application/json")
		_, _ = w.Write(d.do(strings.TrimPrefix(rest, "do/"), args, r.Header.Get("Desk-Window")))
	}
}

// away refuses, in JSON for the page that asks and in words for a person.
func (d *deskServer) away(w http.ResponseWriter, code int, says, hint string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(refusal(says, hint))
}

func refusal(says, hint string) []byte {
	out, _ := json.Marshal(map[string]any{"error": map[string]string{"says": says, "hint": hint}})
	return out
}

// enter lets the browser in that was started for this, once.
func (d *deskServer) enter(w http.ResponseWriter, r *http.Request, ours bool) {
	d.mu.Lock()
	used := d.used
	enters := r.Method == http.MethodGet && ours && !used
	d.used = used || enters
	d.mu.Unlock()
	if !enters {
		d.away(w, http.StatusNotFound, "This address opened the desk once, and does not do so again.", "The lasting address stands in the window where the desk was started.")
		return
	}
	w.Header().Set("Location", "/"+d.token+"/")
	w.WriteHeader(http.StatusSeeOther)
}

// disk is what an answer says of the folder: whether the change was saved, and what can be done where it was not.
type disk struct {
	Saved bool     `json:"saved"`
	Says  string   `json:"says"`
	Hint  string   `json:"hint,omitempty"`
	Can   []remedy `json:"can,omitempty"`
}

// remedy is an operation that helps, and the words for its button.
type remedy struct {
	Op    string `json:"op"`
	Label string `json:"label"`
}

// do does an operation for a window, and saves what it changed.
func (d *deskServer) do(op string, args []byte, window string) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	if op == "desk.hello" {
		if window == "" {
			return refusal("This page has no window of its own.", "Load it again.")
		}
		d.window = window
		if d.gone != nil {
			d.gone.Stop()
			d.gone = nil
		}
		programs := []map[string]string{}
		for _, p := range d.folder.programs() {
			programs = append(programs, map[string]string{"name": p})
		}
		out, err := json.Marshal(map[string]any{"folder": d.folder.shown, "programs": programs})
		if err != nil {
			return refusal("The folder cannot be shown.", "")
		}
		return out
	}
	if window != d.window || window == "" {
		return refusal("The desk is open in another window.", "Go on there. Or load this page again, to work here.")
	}
	over := false
	var answer []byte
	switch op {
	case "desk.bye":
		d.leave()
		return []byte("{}")
	case "desk.open":
		var want struct {
			Name string `json:"name"`
		}
		if err := json.Unmarshal(args, &want); err != nil {
			return refusal("The desk does not understand which file is meant.", "This is a fault of ours.")
		}
		if err := d.open(want.Name); err != nil {
			return refusal(err.Error(), "")
		}
	case "desk.take":
		if err := d.open(d.folder.name); err != nil {
			return refusal(err.Error(), "")
		}
	case "desk.over":
		over = true
	case "save":
	case "desk.copy":
		answer = d.core.Do("save", nil) // files for a download; the folder still wants them
		d.owed = true
	default:
		before := d.core.Files()
		answer = d.core.Do(op, args)
		if again, err := d.laid(before); err != nil {
			answer = withDisk(answer, &disk{Says: sentence(err.Error())})
		} else if again {
			answer = nil
		}
	}
	if answer == nil {
		answer = d.core.Do("state", nil)
	}
	if told := d.put(over); told != nil {
		answer = withDisk(answer, told)
	}
	return answer
}

// laid looks whether another program was laid on the desk. If it is the one of the folder, it is opened again from there, with all that
// belongs to it.
func (d *deskServer) laid(before map[string][]byte) (again bool, err error) {
	files := d.core.Files()
	if len(files) == 0 || len(d.core.Changed()) > 0 || maps.EqualFunc(before, files, bytes.Equal) {
		return false, nil
	}
	d.owed = false
	name, err := programName(d.core)
	if err != nil {
		return false, err
	}
	if again, err = d.folder.adopt(name, files); err != nil || !again {
		return false, err
	}
	return true, d.open(name)
}

// put saves what the core has changed; nil where nothing was to be saved.
func (d *deskServer) put(over bool) *disk {
	if len(d.core.Changed()) == 0 && !d.owed {
		return nil
	}
	files := d.core.Files()
	name, err := programName(d.core)
	if err == nil && name != d.folder.name {
		_, err = d.folder.adopt(name, files)
	}
	if err == nil {
		err = d.folder.save(files, over)
	}
	if err == nil {
		d.core.Kept()
		d.owed = false
		return &disk{Saved: true, Says: "Saved in " + name + "."}
	}
	d.owed = true
	if other := (*changedElsewhere)(nil); errors.As(err, &other) {
		return &disk{Says: fmt.Sprintf("Your folder holds another %s than this desk knows, so yours is not saved yet.", other.name),
			Hint: "Somebody changed it meanwhile, or it is another program's. If you save yours, the other is kept beside it, in " + keptFolder(name) + ".",
			Can:  []remedy{{"desk.over", "Save mine, keep the other beside it"}, {"desk.take", "Take the other, and lose my last changes"}}}
	}
	return &disk{Says: "It is not saved yet. " + sentence(err.Error()), Hint: "Nothing is lost while this page is open. Mend the cause, then try again. Or save a copy elsewhere.", Can: []remedy{{"save", "Try again"}, {"desk.copy", "Save a copy elsewhere"}}}
}

// leave ends the desk when its window does not come back, and everything is saved.
func (d *deskServer) leave() {
	if d.gone != nil {
		return
	}
	d.gone = time.AfterFunc(d.grace, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.gone == nil {
			return // it came back
		}
		d.gone = nil
		if lost := d.put(false); lost != nil && !lost.Saved {
			d.warn(&fault{code: fine, says: "The page was closed, but the last changes are not saved. " + lost.Says, hints: []string{"Open the address from above again, and save a copy."}})
			return
		}
		close(d.done)
	})
}

// programName is the name of the file that is open in a core.
func programName(c *core.Desk) (string, error) {
	var s struct {
		State struct {
			Program struct {
				File string `json:"file"`
			} `json:"program"`
		} `json:"state"`
	}
	if err := json.Unmarshal(c.Do("state", nil), &s); err != nil || s.State.Program.File == "" {
		return "", errors.New("the name of the file is not known")
	}
	return s.State.Program.File, nil
}

// withDisk adds to an answer what the folder says, and mends its state: what is saved is not unsaved.
func withDisk(answer []byte, told *disk) []byte {
	var all map[string]json.RawMessage
	if json.Unmarshal(answer, &all) != nil {
		return answer
	}
	var state map[string]json.RawMessage
	if json.Unmarshal(all["state"], &state) == nil && state != nil {
		state["unsaved"] = json.RawMessage("true")
		if told.Saved {
			state["unsaved"] = json.RawMessage("false")
		}
		all["state"], _ = json.Marshal(state)
	}
	all["disk"], _ = json.Marshal(told)
	out, err := json.Marshal(all)
	if err != nil {
		return answer
	}
	return out
}
