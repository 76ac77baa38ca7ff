package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"sync"
)

// questionField is one place to write an answer.
type questionField struct {
	ID, Of, Name, Asked, Kind string
	Choices                   [][2]string
	Words, Many, None, Long   bool
}

type questionSet struct {
	*template.Template
	policy string
}

var questionTemplates = sync.OnceValues(func() (*questionSet, error) {
	read := func(name string) string {
		b, err := templateFiles.ReadFile("templates/" + name)
		if err != nil {
			panic(err) // embedded: a missing file does not build
		}
		return string(b)
	}
	t := template.New("").Funcs(template.FuncMap{
		"about": func(place string) string {
			if place == "" {
				return "Your answer"
			}
			return "Your answer for: " + place
		},
		"inc": func(i int) int { return i + 1 },
		"field": func(q SheetQuestion, id, name, asked string) questionField {
			return questionField{ID: id, Of: q.ID, Name: name, Asked: asked, Kind: q.Kind, Choices: q.Choices, Words: q.Words, Many: q.Many, None: q.None, Long: q.Long}
		},
	})
	for _, src := range []string{`{{define "questions css"}}` + squeeze(read("questions.css")) + `{{end}}`, `{{define "questions js"}}` + read("questions.js") + `{{end}}`, read("questions.html")} {
		if _, err := t.Parse(src); err != nil {
			return nil, err
		}
	}
	// The hashes are of what the template engine writes.
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "questions", questionPage{Sheet: &Sheet{}}); err != nil {
		return nil, err
	}
	hash := func(tag string) string {
		_, rest, _ := strings.Cut(b.String(), "<"+tag+">")
		in, _, _ := strings.Cut(rest, "</"+tag+">")
		h := sha256.Sum256([]byte(in))
		return "'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'"
	}
	return &questionSet{t, "default-src 'none'; style-src " + hash("style") + "; script-src " + hash("script") + "; base-uri 'none'; form-action 'none'"}, nil
})

// questionPage is what the page of a sheet sees.
type questionPage struct {
	Sheet          *Sheet
	Person, Policy string
}

// HTML writes the sheet as one page to fill in. It runs from the disk, loads and stores nothing, and makes the same text for mail
// that [Sheet.Text] is; without scripts it can be printed and filled in by hand.
func (s *Sheet) HTML(w io.Writer) error {
	set, err := questionTemplates()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, "questions", questionPage{s, persons[s.To], set.policy}); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}
