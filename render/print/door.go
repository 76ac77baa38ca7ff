package print

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io"

	"fairnotice/locales"
)

// Door is the page through which the staff of an office find what to print: START-HERE.html of a folder of paper. It is in English.
type Door struct {
	Program string
	Edition string // which one, in words
	Drafts  bool   // some of the words were reviewed by nobody
	Card    []Way  // the card for the counter; nil where there is none
	Rooms   []Room // by language, in the order of the table
}

// Room is what there is in one language.
type Room struct {
	Language locales.Language
	Things   []Thing
}

// Thing is one thing to give out, in its forms.
type Thing struct {
	Name string // Poster
	Ways []Way
}

// Way is a file.
type Way struct{ Path, Name string }

const doorStyle = `body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1b1f23;background:#fff}main{max-width:44rem;margin:0 auto;padding:1rem}h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.125rem;margin:1.25rem 0 .25rem}` +
	`ul{margin:.25rem 0;padding-inline-start:1.25rem}a{color:#0b4a7d}section{border-block-start:1px solid #7d8791}`

var doorPage = template.Must(template.New("door").Parse(`<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{.Hash}}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Start here: {{.Program}} on paper</title>
<style>{{.Style}}</style>
</head>
<body>
<main>
<h1>Start here: <bdi>{{.Program}}</bdi> on paper</h1>
<p>{{.Edition}}. Open a page and print it from your browser: press Ctrl and P (on a Mac, Command and P). A PDF file prints from any program that opens it.</p>
{{- if .Drafts}}
<p>No named person has reviewed the words in some of these languages. Those pages say so.</p>{{end}}
<ul>
<li>The poster is one page for a wall.</li>
<li>The handout is one sheet: print it on both sides. One side is in the language, the other in English.</li>
<li>The notice is all of it. The same is there in large letters, and as a Word file for your own use.</li>
<li>Read aloud is for interpreters and telephone lines. Text message is for a telephone.</li>
</ul>
{{- if .Card}}
<section>
<h2>For the people at the counter</h2>
<ul><li>What to say, what not to promise, and what to do with a paper from an officer:{{range $i, $w := .Card}}{{if $i}},{{end}} <a href="{{$w.Path}}">{{$w.Name}}</a>{{end}}</li></ul>
</section>{{end}}
{{- range .Rooms}}
<section>
<h2><bdi lang="{{.Language.Tag}}" dir="{{.Language.Dir}}">{{.Language.Name}}</bdi>{{if ne .Language.Name .Language.English}} · {{.Language.English}}{{end}}</h2>
<ul>{{range .Things}}
<li>{{.Name}}:{{range $i, $w := .Ways}}{{if $i}},{{end}} <a href="{{$w.Path}}">{{$w.Name}}</a>{{end}}</li>{{end}}
</ul>
</section>{{end}}
</main>
</body>
</html>
`))

// Write writes the page.
func (d Door) Write(w io.Writer) error {
	sum := sha256.Sum256([]byte(doorStyle))
	return doorPage.Execute(w, struct {
		Door
		Style template.CSS
		Hash  string
	}{d, doorStyle, "sha256-" + base64.StdEncoding.EncodeToString(sum[:])})
}
