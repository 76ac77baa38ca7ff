// What answers requests is not in the desk: all of net/http would be in its page, which serves nobody.

//go:build !js

package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"fairnotice/render"
)

// Site is the public files of one edition as they are sent: packed, with their headers, in memory. The zero Site is empty. It must not
// be changed once a Handler has it.
type Site struct {
	answers map[string]*answer // by the path of the address
}

// answer is all that is sent for one address, made once. Its slices are shared by all requests and never written to.
type answer struct {
	status int
	names  []string
	values [][]string
	whole  []byte // as it stands on the wire: the head as net/http would write it, and the body
	head   int    // how much of it is the head
}

// NewSite packs the public files of an edition. Files that are not below public/ are passed over: they are nobody's business.
func NewSite(files []render.File) (*Site, error) {
	s := new(Site)
	for _, f := range files {
		if name, ok := strings.CutPrefix(f.Path, "public/"); ok {
			if err := s.Put(name, f.Bytes); err != nil {
				return nil, err
			}
		}
	}
	if len(s.answers) == 0 {
		return nil, fmt.Errorf("there is no public file")
	}
	return s, nil
}

// Put packs one file; name is its path below public/. The bytes are not kept. A folder answers with its index.html.
func (s *Site) Put(name string, plain []byte) error {
	if name == "" || strings.HasPrefix(name, "/") || strings.ContainsAny(name, "\\\x00") {
		return fmt.Errorf("%q is no name of a public file", name)
	}
	at := "/" + name
	if s.answers[at] != nil {
		return fmt.Errorf("the public file %s is there twice", name)
	}
	if s.answers == nil {
		s.answers = map[string]*answer{}
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression) // no name and no time in its head: the same bytes everywhere
	if err != nil {
		return err
	}
	if _, err := z.Write(plain); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	a := newAnswer(http.StatusOK, b.Bytes(), append(render.Headers(name, plain), [2]string{"Content-Encoding", "gzip"}))
	s.answers[at] = a
	if folder, ok := strings.CutSuffix(at, "/index.html"); ok {
		s.answers[folder+"/"] = a
	}
	return nil
}

func newAnswer(status int, body []byte, headers [][2]string) *answer {
	headers = append(headers, [2]string{"Content-Length", strconv.Itoa(len(body))})
	slices.SortFunc(headers, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	a := &answer{status: status}
	head := fmt.Sprintf("HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	for _, h := range headers {
		a.names, a.values = append(a.names, h[0]), append(a.values, []string{h[1]})
		head += h[0] + ": " + h[1] + "\r\n"
	}
	head += "\r\n"
	a.whole, a.head = append([]byte(head), body...), len(head)
	// A header that is there without a value is not sent: the answer bears no time at which somebody was here.
	a.names, a.values = append(a.names, "Date"), append(a.values, nil)
	return a
}

// plainAnswer has no body, so that the browser says in its reader's language what is wrong, and the address is repeated to nobody.
func plainAnswer(status int, more ...[2]string) *answer {
	headers := render.Headers("", nil)[1:] // without the type of a body
	return newAnswer(status, nil, append(headers, more...))
}

var (
	notFound   = plainAnswer(http.StatusNotFound)
	notAllowed = plainAnswer(http.StatusMethodNotAllowed, [2]string{"Allow", "GET, HEAD"})
	broken     = plainAnswer(http.StatusInternalServerError)
)

// Handler answers for the public files of an edition, from memory. It looks at the method and the path of a request, and at nothing
// else: everybody gets the same bytes and the same headers. The bytes are always packed by gzip, which every browser of the last twenty
// years reads. It answers GET and HEAD, keeps nothing, counts nothing, and never says "not modified", for who asks that was here before.
// Below a prefix, use [http.StripPrefix].
type Handler struct {
	site atomic.Pointer[Site]
}

// NewHandler is a Handler for a site.
func NewHandler(s *Site) *Handler {
	h := new(Handler)
	h.Swap(s)
	return h
}

// Swap puts another edition in the place of the one that is served. Answers that have begun end as they began.
func (h *Handler) Swap(s *Site) { h.site.Store(s) }

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begun := false
	defer func() {
		if p := recover(); p != nil {
			fail(w, begun)
		}
	}()
	a := notFound
	switch head := r.Method == http.MethodHead; {
	case !head && r.Method != http.MethodGet:
		a = notAllowed
	default:
		if found := h.site.Load().answers[r.URL.Path]; found != nil {
			a = found
		}
	}
	whole := a.whole
	if r.Method == http.MethodHead {
		whole = whole[:a.head]
	}
	if l, ok := r.Context().Value(lineKey{}).(Line); ok && r.ProtoMajor == 1 && r.ProtoMinor == 1 && !r.Close && r.ContentLength == 0 {
		begun = true
		l.Answer(whole)
		return
	}
	a.setHead(w)
	begun = true
	w.WriteHeader(a.status)
	if body := whole[a.head:]; len(body) > 0 {
		w.Write(body)
	}
}

// Line is a connection that can be handed a whole answer, head and all, for the request that is being answered. It must then drop the
// one write of an empty answer that net/http makes. Only a server whose connections do that may say so, by [WithLine].
type Line interface {
	Answer(whole []byte)
}

type lineKey struct{}

// WithLine is for ConnContext of an [http.Server]: a Handler behind it hands the connection an answer in one piece. The bytes are the
// same as without; what is saved is the making of a head that never differs, and a second write: about half of the processor's time.
func WithLine(ctx context.Context, l Line) context.Context {
	return context.WithValue(ctx, lineKey{}, l)
}

func (a *answer) setHead(w http.ResponseWriter) {
	h := w.Header()
	for i, name := range a.names {
		h[name] = a.values[i]
	}
}

// Quiet stands before a handler and answers for it when it panics: with a fixed answer, or by closing the connection where an answer has
// begun. Left to itself, net/http writes the reader's address into a log, and whatever the panic holds.
func Quiet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &watched{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				fail(w, seen.begun)
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// fail ends an answer after a panic. ErrAbortHandler is the one panic that net/http passes over in silence.
func fail(w http.ResponseWriter, begun bool) {
	if begun {
		panic(http.ErrAbortHandler)
	}
	defer func() {
		if p := recover(); p != nil {
			panic(http.ErrAbortHandler)
		}
	}()
	clear(w.Header())
	broken.setHead(w)
	w.WriteHeader(broken.status)
}

// watched knows whether an answer has begun.
type watched struct {
	http.ResponseWriter
	begun bool
}

func (w *watched) WriteHeader(status int) {
	w.begun = w.begun || status >= 200
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(b []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(b)
}

// Unwrap is for [http.ResponseController].
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
