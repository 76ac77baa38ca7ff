package render

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// start is what the page for the staff sees. It shows only doors that lead somewhere.
type start struct {
	Policy    string
	Title     string
	Name      string
	NameLang  string
	Number    int
	AsOf      string
	ID        string
	Digest    string
	Drafts    []string
	Closed    []string
	Held      []startHeld
	Published bool
	Languages []startLanguage
	Public    []startLink
	Kiosk     bool
	Vendor    bool // what a portal's vendor is sent is there
}

type startLanguage struct {
	Tag, Dir, Own, English string
	Print                  []startLink
}

// startHeld is one reason why a language was held back.
type startHeld struct{ English, Why string }

type startLink struct{ Path, Text string }

// kindName is what the staff reads for a kind.
func kindName(k notices.Kind) string {
	switch k {
	case notices.Before:
		return "the whole notice"
	case notices.WhatChanged:
		return "what changed since the older edition"
	case notices.AtUpload:
		return "the key facts, for the upload page"
	case notices.AlreadyApplied:
		return "for people who applied already"
	case notices.DemandReceived:
		return "for people whose records were demanded"
	case notices.Poster:
		return "the poster, one page"
	case notices.AskBack:
		return "questions for helpers, which show whether readers understood"
	}
	return string(k)
}

func writeStart(w io.Writer, e *Edition) error {
	set, err := templates()
	if err != nil {
		return err
	}
	first := e.Notices[0]
	s := start{Policy: set.policy, Name: clean(first.Name.Text), NameLang: safeTag(first.Name.Lang), Number: e.Number, AsOf: englishDate(e.AsOf), ID: e.ID(), Digest: e.Digest, Kiosk: e.has("public/" + string(actKiosk) + ".html")}
	if s.Name == "" {
		s.Name = string(e.Program)
	}
	if s.NameLang == "" {
		s.NameLang = first.Language
	}
	s.Title = "Start here: " + s.Name
	at := map[string]int{}
	kinds := map[notices.Kind]bool{}
	for _, n := range e.Notices {
		i, ok := at[n.Language]
		if !ok {
			i = len(s.Languages)
			at[n.Language] = i
			l := startLanguage{Tag: n.Language, Dir: direction(n), English: n.Language}
			if row, ok := locales.Find(n.Language); ok {
				l.English = row.English
				if row.Name != row.English {
					l.Own = row.Name
				}
			}
			s.Languages = append(s.Languages, l)
			if n.Translation.State != "reviewed" {
				s.Drafts = append(s.Drafts, l.English)
			}
		}
		s.Languages[i].Print = append(s.Languages[i].Print, startLink{"office/" + n.Language + "/" + string(n.Kind) + "-print.html", kindName(n.Kind)})
		if n.Kind == notices.Poster {
			s.Languages[i].Print = append(s.Languages[i].Print, startLink{"office/" + n.Language + "/" + handoutName, "the handout, two sides with English on the back"})
		}
		if !kinds[n.Kind] && n.Kind.Public() {
			kinds[n.Kind] = true
			s.Public = append(s.Public, startLink{pageName(n.Kind), kindName(n.Kind)})
		}
	}
	for _, c := range e.Closed {
		if c.Failed() {
			s.Closed = append(s.Closed, c.Language.English)
		}
		for _, why := range c.Held {
			s.Held = append(s.Held, startHeld{c.Language.English, clean(why)})
		}
	}
	s.Published = e.Published
	if e.has("public/" + reviewPage) {
		s.Public = append(s.Public, startLink{reviewPage, "who has read it"})
	}
	s.Vendor = e.has("for-the-vendor.zip")
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, "start", &s); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// englishDate is for the staff's page alone: readers get their dates from the catalogue.
func englishDate(d source.Day) string {
	y, m, day := d.YMD()
	return fmt.Sprintf("%s %d, %d", time.Month(m), day, y)
}
