// What answers requests is not in the desk: all of net/http would be in its page, which serves nobody.

//go:build !js

package web

import (
	"bytes"
	"html/template"
	"net/http"
)

// server-form.html has the sentences of all its languages that say why a form is back, and hides both.
var (
	hiddenRefused = []byte(`<div id="fn-refused" hidden>`)
	hiddenChanged = []byte(`<div id="fn-changed" hidden>`)
)

// Form is server-form.html of the edition in force, with the sentence that says why the form is back; nil where the Guard has none. It is
// HTML, to be written as it is into the form that is shown again, before its first file field.
func (f *Refusal) Form() []byte {
	hidden := hiddenRefused
	if f.Changed {
		hidden = hiddenChanged
	}
	return bytes.Replace(f.InForce.Form, hidden, bytes.Replace(hidden, []byte(" hidden"), nil, 1), 1)
}

// The page of a portal that shows no form of its own. Its words are those of server-form.html; the two controls bear the words that the
// browser has for them, in its reader's language.
var refusedPage = template.Must(template.New("").Parse(`
{{- define "begin" -}}
<!DOCTYPE html>
<html lang="mul">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Title}}</title>
</head>
<body>
<main>
{{end}}

{{- define "fields" -}}
<form method="post" enctype="multipart/form-data" autocomplete="off">
{{range .Typed}}<input type="hidden" name="{{.Name}}" value="{{.Value}}">
{{end}}
{{- end}}

{{- define "send" -}}
{{if .File}}<p><input type="file" name="{{.File}}" multiple aria-labelledby="{{if .Changed}}fn-changed{{else}}fn-refused{{end}}"></p>
{{end}}<p><input type="submit"></p>
</form>
{{end}}

{{- define "closed" -}}
<p><a href="{{.Notice}}">{{.Notice}}</a></p>
{{end}}

{{- define "end" -}}
</main>
</body>
</html>
{{end}}`))

const refusedPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// page shows the notice and keeps what was typed. While there is no notice to show, nothing can be sent, and it leads to the notice's
// address.
func (g *Guard) page(w http.ResponseWriter, f Refusal) {
	data := struct {
		Refusal
		Title, Notice string
	}{f, g.notice(), g.notice()}
	var b bytes.Buffer
	part := func(name string) {
		if err := refusedPage.ExecuteTemplate(&b, name, &data); err != nil {
			panic(err) // into memory, of strings alone
		}
	}
	if form := f.Form(); len(form) == 0 {
		part("begin")
		part("closed")
	} else {
		if f.InForce.Program != "" {
			data.Title = f.InForce.Program
		}
		part("begin")
		part("fields")
		b.Write(form)
		part("send")
	}
	part("end")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", refusedPolicy)
	w.WriteHeader(http.StatusUnprocessableEntity)
	w.Write(b.Bytes())
}
