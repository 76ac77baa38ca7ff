package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"fairnotice/render"
	"fairnotice/render/web"
)

//go:embed page.html portal.css
var files embed.FS

var pages = template.Must(template.ParseFS(files, "page.html"))

const (
	mostBytes = 200 << 20 // of one application
	mostFiles = 20
	mostText  = 64 << 10 // of one field
)

// portal is the form, the folder and the Guard between them.
type portal struct {
	guard   *web.Guard
	kept    *folder
	now     func() time.Time
	notice  *web.Handler // the public files of the edition
	edition []byte       // edition.json
	changed string       // the address of the page that says what changed; "" where there is none

	scriptName, scriptHash string
	script, data           []byte // of the element
}

func newPortal(e *render.Edition, kept *folder, now func() time.Time) (*portal, error) {
	p := &portal{kept: kept, now: now}
	site, err := web.NewSite(e.Files)
	if err != nil {
		return nil, err
	}
	if err := site.Put("fair-notice.css", []byte(web.FormStyle(e))); err != nil {
		return nil, err
	}
	p.notice = web.NewHandler(site)
	for _, f := range e.Files {
		switch f.Path {
		case render.EditionName:
			p.edition = f.Bytes
		case "public/what-changed.html":
			p.changed = "/notice/what-changed.html"
		}
	}
	form, err := web.ServerForm(e)
	if err != nil {
		return nil, err
	}
	p.scriptName, p.script, p.scriptHash = web.Element()
	if p.data, err = web.ElementData(e); err != nil {
		return nil, err
	}
	p.guard = &web.Guard{Now: now, Changed: p.changed, Refused: p.refused}
	return p, p.guard.Load(p.edition, form)
}

// handler is all addresses of the portal. The guard stands before everything that takes something.
func (p *portal) handler() http.Handler {
	m := http.NewServeMux()
	m.Handle("GET /notice/", http.StripPrefix("/notice", p.notice))
	m.HandleFunc("GET /edition.json", p.static("application/json", p.edition))
	style, _ := files.ReadFile("portal.css") // embedded
	m.HandleFunc("GET /portal.css", p.static("text/css; charset=utf-8", style))
	m.HandleFunc("GET /"+p.scriptName, p.static("text/javascript; charset=utf-8", p.script))
	m.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		p.form(w, http.StatusOK, formPage{Notice: p.gate(false)})
	})
	m.HandleFunc("GET /element", p.elementPage)
	m.HandleFunc("GET /thanks", func(w http.ResponseWriter, r *http.Request) { p.page(w, http.StatusOK, "thanks", nil) })
	m.HandleFunc("GET /draft/{id}", p.draft)
	take := p.guard.Wrap(http.HandlerFunc(p.take))
	m.Handle("POST /apply", take)
	m.Handle("PUT /apply", take)
	m.Handle("POST /upload", take)
	return web.Quiet(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, mostBytes)
		m.ServeHTTP(w, r)
	}))
}

// formPage is what the form shows.
type formPage struct {
	Notice             []byte // server-form.html; nil if nothing is to be confirmed again
	Confirmed          string // then this edition was confirmed before
	Name, Notes, Error string
	Changed            string // where it is said what changed since it was confirmed
	Draft              string // the address of the draft that was saved
}

// gate is the notice in force, as it stands in the form. changed says that an older one was confirmed.
func (p *portal) gate(changed bool) []byte {
	f := p.guard.InForce()
	if !changed {
		return f.Form
	}
	again := web.Refusal{Changed: true, InForce: f}
	return again.Form()
}

func (p *portal) form(w http.ResponseWriter, status int, f formPage) { p.page(w, status, "form", f) }

// refused shows the form again, with all that was typed, and says why.
func (p *portal) refused(w http.ResponseWriter, r *http.Request, f web.Refusal) {
	again := formPage{Notice: f.Form()}
	if f.Changed {
		again.Changed = p.changed
	}
	for _, t := range f.Typed {
		switch t.Name {
		case "name":
			again.Name = t.Value
		case "notes":
			again.Notes = t.Value
		}
	}
	p.form(w, http.StatusUnprocessableEntity, again)
}

// draft shows a form that was saved. The edition with it says whether the notice has to be read again: if it is still accepted the form
// goes on under it; if not, what changed comes first, and the tick is asked for anew.
func (p *portal) draft(w http.ResponseWriter, r *http.Request) {
	d, err := p.kept.draft(r.PathValue("id"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.page(w, http.StatusNotFound, "missing", nil)
		return
	case err != nil:
		p.page(w, http.StatusInternalServerError, "broken", nil)
		return
	}
	f := formPage{Name: d.Name, Notes: d.Notes}
	if p.guard.InForce().Accepts(d.Edition, p.now()) {
		f.Confirmed = d.Edition
	} else {
		f.Notice, f.Changed = p.gate(true), p.changed
	}
	p.form(w, http.StatusOK, f)
}

// take keeps what the Guard let through: an application with its files, a draft, or the bytes of one file.
func (p *portal) take(w http.ResponseWriter, r *http.Request) {
	a, err := p.kept.begin()
	if err == nil {
		defer a.drop()
		var save bool
		if save, err = a.read(r); err == nil {
			switch {
			case save:
				p.save(w, r, a.application)
				return
			case len(a.Files) == 0:
				p.answer(w, r, http.StatusUnprocessableEntity, a.application, "Choose at least one file.")
				return
			}
			if err = a.keep(); err == nil {
				p.thank(w, r, len(a.Files))
				return
			}
		}
	}
	a.drop() // before anything is said
	status, says := http.StatusBadRequest, "What you sent did not arrive whole. Nothing of it was kept. Send it again."
	if full := (*fullError)(nil); errors.As(err, &full) {
		status, says = http.StatusInsufficientStorage, "We cannot keep files now. Nothing of what you sent was kept. Try again later."
	} else if big := (*http.MaxBytesError)(nil); errors.As(err, &big) || errors.Is(err, errTooMuch) {
		status, says = http.StatusRequestEntityTooLarge, "This is too much at once. Nothing of it was kept. Send fewer or smaller files."
	}
	p.answer(w, r, status, a.application, says)
}

// errTooMuch is more than a form may hold.
var errTooMuch = errors.New("too much")

// read reads a body into the folder. save says that its sender wants to finish it later.
func (a *arriving) read(r *http.Request) (save bool, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if h := r.Header.Get(web.HeaderName); h != "" {
		for _, p := range strings.Split(h, ";") { // the Guard has judged it
			if id, ok := strings.CutPrefix(strings.TrimSpace(p), "edition="); ok {
				a.Edition = id
			}
		}
	}
	field := func(name, value string) {
		switch name {
		case "name":
			a.Name = value
		case "notes":
			a.Notes = value
		case "do":
			save = value == "save"
		case web.FieldEdition:
			if a.Edition == "" {
				a.Edition = value
			}
		}
	}
	switch {
	case kind == "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return false, err
		}
		for name, values := range r.PostForm {
			field(name, values[0])
		}
		return save, nil
	case kind != "multipart/form-data":
		return false, a.file("", r.Body)
	}
	m, err := r.MultipartReader()
	if err != nil {
		return false, err
	}
	for {
		p, err := m.NextPart()
		if err == io.EOF {
			return save, nil
		}
		if err != nil {
			return false, err
		}
		if name := p.FileName(); name != "" {
			if len(a.Files) == mostFiles {
				return false, errTooMuch
			}
			if err := a.file(name, p); err != nil {
				return false, err
			}
			continue
		}
		b, err := io.ReadAll(io.LimitReader(p, mostText+1))
		if err != nil {
			return false, err
		}
		if len(b) > mostText {
			return false, errTooMuch
		}
		field(p.FormName(), string(b))
	}
}

// save keeps a draft, without files, and gives the address under which it is found again.
func (p *portal) save(w http.ResponseWriter, r *http.Request, d application) {
	d.Files = nil
	id, err := p.kept.saveDraft(d)
	if err != nil {
		p.answer(w, r, http.StatusInsufficientStorage, d, "We cannot keep a draft now. Try again later.")
		return
	}
	p.form(w, http.StatusOK, formPage{Confirmed: d.Edition, Name: d.Name, Notes: d.Notes, Draft: "/draft/" + id})
}

func (p *portal) thank(w http.ResponseWriter, r *http.Request, n int) {
	if !wantsPage(r) {
		p.json(w, http.StatusOK, map[string]any{"kept": n})
		return
	}
	p.head(w)
	http.Redirect(w, r, "/thanks", http.StatusSeeOther)
}

// answer says that something went wrong after the notice was confirmed.
func (p *portal) answer(w http.ResponseWriter, r *http.Request, status int, typed application, says string) {
	if !wantsPage(r) {
		p.json(w, status, map[string]any{"error": says})
		return
	}
	f := formPage{Name: typed.Name, Notes: typed.Notes, Error: says, Confirmed: typed.Edition}
	if !p.guard.InForce().Accepts(typed.Edition, p.now()) {
		f.Confirmed, f.Notice = "", p.gate(false)
	}
	p.form(w, status, f)
}

func wantsPage(r *http.Request) bool {
	return r.Header.Get(web.HeaderName) == "" && slices.ContainsFunc(r.Header["Accept"], func(a string) bool { return strings.Contains(a, "text/html") })
}

const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// head is on every answer of the portal itself.
func (p *portal) head(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

func (p *portal) static(kind string, b []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p.head(w)
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(b)
	}
}

func (p *portal) json(w http.ResponseWriter, status int, v any) {
	p.head(w)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// page writes a page. What is HTML already, the notice, stands between two parts of the template.
func (p *portal) page(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	err := pages.ExecuteTemplate(&b, name, data)
	if f, ok := data.(formPage); ok && err == nil {
		b.Write(f.Notice)
		err = pages.ExecuteTemplate(&b, "form end", data)
	}
	if err != nil {
		panic(err) // into memory: the templates are wrong
	}
	p.head(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// elementPage is the form with the element, for pages that are made of JavaScript. Without JavaScript its upload stays closed.
func (p *portal) elementPage(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	data := map[string]string{"Script": p.scriptName, "Hash": p.scriptHash}
	err := pages.ExecuteTemplate(&b, "element", data)
	b.WriteString(`<script type="application/json">`) // the words stand in the page: nobody is asked for them
	b.Write(p.data)                                   // in which nothing ends a script
	b.WriteString("</script>")
	if err == nil {
		err = pages.ExecuteTemplate(&b, "element end", data)
	}
	if err != nil {
		panic(err)
	}
	p.head(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy+"; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'")
	_, _ = w.Write(b.Bytes())
}
