// What answers requests is not in the desk: all of net/http would be in its page, which serves nobody.

//go:build !js

package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Guard keeps the routes behind it closed until the notice of the edition in force was confirmed, as the package comment says. It decides
// before the first file of a body is read, and what it refuses never reaches the handler. A Guard without an edition refuses everything.
// Its fields must not be changed once it is in use; the edition may be, at any time.
type Guard struct {
	// Now is the clock, such as time.Now. Without one, only the edition itself is accepted, and no token.
	Now func() time.Time
	// Notice is the address at which the portal shows the public files of the edition; "/notice/" if it is empty.
	Notice string
	// Changed is the address of the page that says what changed; empty where there is none.
	Changed string
	// Tokens, if the portal wants them.
	Tokens *Tokens
	// Refused answers a form that is refused, if the portal shows its own form again: with 422, or 303 to it. The headers of the contract
	// are set already, and the body of the request is gone. Without it, the Guard shows a page that can be sent again.
	Refused func(w http.ResponseWriter, r *http.Request, f Refusal)

	inForce atomic.Pointer[InForce]
}

// Refusal is what a form was refused for, and what is needed to show it again.
type Refusal struct {
	Changed bool     // an edition was confirmed that is not in force; else none was
	InForce *InForce // never nil; its Edition is "" while no edition can be read: then nothing can be sent
	Typed   []Field  // what was typed into the fields before the first file, in order, without those of the contract
	File    string   // the name of the first file field, "" where the request had none
}

// Load puts the edition of an edition.json and its server-form.html in force; form may be nil. If edition.json cannot be read, the Guard
// closes, and stays closed until it can; what it refuses is then answered with the form all the same, for its words.
func (g *Guard) Load(editionJSON, form []byte) error {
	f, err := ParseEdition(editionJSON)
	if err != nil {
		f = new(InForce)
	}
	f.Form = form
	g.Set(f)
	return err
}

// Set puts another edition in force; nil closes. Each request is judged by one edition from its beginning to its answer.
func (g *Guard) Set(f *InForce) { g.inForce.Store(f) }

// InForce gives the edition in force. It is never nil; while the Guard is closed its Edition is "".
func (g *Guard) InForce() *InForce {
	if f := g.inForce.Load(); f != nil {
		return f
	}
	return new(InForce)
}

// Wrap puts the Guard before a handler. What passes arrives as it was sent, from its first byte. A request that is asked nothing (GET,
// HEAD, OPTIONS) arrives without a body, for a handler might read a file from it.
func (g *Guard) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The request is changed in place: the server that made it removes the temporary files that a handler lets it make, and knows of
		// no copy. Those of a copy that somebody else made are removed here.
		defer func() {
			if r.MultipartForm != nil {
				_ = r.MultipartForm.RemoveAll()
			}
		}()
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodOptions:
			r.Body, r.ContentLength, r.TransferEncoding = http.NoBody, 0, nil
			next.ServeHTTP(w, r)
			return
		}
		if r.Body == nil {
			r.Body = http.NoBody
		}
		inForce, now := g.InForce(), g.now()
		var said confirmation
		h := new(head)
		rest := r.Body
		if header, ok := r.Header[HeaderName]; ok {
			said = confirmedBy(header)
		} else {
			var err error
			if h, err = readHead(r); err == nil {
				said = confirmedIn(h.fields)
			}
			r.Body = &replay{h.bytes, rest}
		}
		confirmed := said.edition != "" && inForce.Edition != "" && (g.Tokens == nil || !now.IsZero() && g.Tokens.Valid(said.token, said.edition, now))
		if confirmed && inForce.Accepts(said.edition, now) {
			next.ServeHTTP(w, r)
			return
		}
		r.Body = http.NoBody
		wholly := h.ended || rest == http.NoBody
		g.refuse(w, r, Refusal{Changed: confirmed, InForce: inForce, Typed: h.typed(), File: h.file}, now, wholly)
		if asks := r.Header.Get("Expect") != ""; !wholly && (len(h.bytes) > 0 || !asks) {
			linger(w, r, rest) // of who asks before sending, nothing comes unless it is read
		}
	})
}

// now is the zero time without a clock: then no edition before is less than 48 hours from its end.
func (g *Guard) now() time.Time {
	if g.Now == nil {
		return time.Time{}
	}
	return g.Now()
}

// typed is what a person typed, without the fields of the contract.
func (h *head) typed() []Field {
	return slices.DeleteFunc(slices.Clone(h.fields), func(f Field) bool {
		return f.Name == FieldEdition || f.Name == FieldRead || f.Name == FieldToken
	})
}

// refuse answers. wholly says that nothing of the body is on its way.
func (g *Guard) refuse(w http.ResponseWriter, r *http.Request, f Refusal, now time.Time, wholly bool) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	if !wholly && r.ProtoMajor == 1 {
		h.Set("Connection", "close") // the server would otherwise read on before it answers
	}
	whole := &answering{ResponseWriter: w}
	switch {
	case fromScript(r):
		status, body := g.answer(f, now)
		h.Set("Content-Type", "application/json")
		whole.WriteHeader(status)
		whole.Write(body)
	case g.Refused != nil:
		g.Refused(whole, r, f)
	default:
		g.page(whole, f)
	}
	whole.send()
}

// answering holds an answer until it is whole, so that its length is sent before it: who is answered sees its end at once, though what
// they still send is being passed over.
type answering struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (a *answering) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answering) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

func (a *answering) send() {
	a.WriteHeader(http.StatusOK)
	a.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	a.ResponseWriter.WriteHeader(a.status)
	a.ResponseWriter.Write(a.body.Bytes())
}

// answer is the refusal of a script.
func (g *Guard) answer(f Refusal, now time.Time) (status int, body []byte) {
	a := struct {
		Error   string   `json:"error"`
		Edition string   `json:"edition"`
		InForce []string `json:"in_force"`
		Notice  string   `json:"notice"`
		Changed *string  `json:"changed,omitempty"`
	}{Error: "notice_not_confirmed", Edition: f.InForce.Edition, InForce: f.InForce.Accepted(now), Notice: g.notice()}
	status = http.StatusPreconditionRequired
	if f.Changed {
		a.Error, a.Changed, status = "notice_changed", &g.Changed, http.StatusPreconditionFailed
	}
	body, _ = json.Marshal(a) // strings alone: it cannot fail
	return status, append(body, '\n')
}

func (g *Guard) notice() string {
	if g.Notice == "" {
		return "/notice/"
	}
	return g.Notice
}

// replay is a body whose beginning was read already.
type replay struct {
	head []byte
	io.ReadCloser
}

func (r *replay) Read(p []byte) (int, error) {
	if len(r.head) > 0 {
		n := copy(p, r.head)
		if r.head = r.head[n:]; len(r.head) == 0 {
			r.head = nil // an upload may take long
		}
		return n, nil
	}
	return r.ReadCloser.Read(p)
}

// A refusal that arrives while its sender is still sending is lost on some systems if the connection is closed at once. So what comes is
// passed over for a moment. HTTP/2 has its own way to say that the rest is not wanted.
const (
	lingerTime  = time.Second
	lingerBytes = 64 << 20
)

func linger(w http.ResponseWriter, r *http.Request, rest io.Reader) {
	if r.ProtoMajor != 1 {
		return
	}
	c := http.NewResponseController(w)
	if c.Flush() != nil {
		return
	}
	stop := time.AfterFunc(lingerTime, func() { _ = c.SetReadDeadline(time.Unix(1, 0)) })
	defer stop.Stop()
	_, _ = io.CopyN(io.Discard, rest, lingerBytes)
}

// fromScript reports whether who sent a request wants JSON, and no page.
func fromScript(r *http.Request) bool {
	if _, ok := r.Header[HeaderName]; ok {
		return true
	}
	for _, line := range r.Header["Accept"] {
		for _, kind := range strings.Split(line, ",") {
			kind, _, _ = strings.Cut(kind, ";")
			if strings.EqualFold(strings.Trim(kind, " \t"), "text/html") {
				return false
			}
		}
	}
	return true
}
