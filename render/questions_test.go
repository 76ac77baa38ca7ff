package render

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

func cityKey(t testing.TB) (*locales.Catalog, *notices.Program) {
	t.Helper()
	data, err := os.ReadFile("../examples/citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, ps := notices.Read("citykey.yaml", data)
	c, more := locales.Shipped("en")
	if ps.Failed() || more.Failed() {
		t.Fatal(ps, more)
	}
	return c, p
}

// TestWordsHaveMeanings: no two words that a question takes are explained to staff in the same way, and none looks like code.
func TestWordsHaveMeanings(t *testing.T) {
	for _, field := range notices.AskedFields() {
		if field == "retention.approval_by" {
			continue // the catalogue names the boards
		}
		takes, _ := notices.TakesOf(field)
		seen := map[string]string{}
		for _, w := range takes.Words {
			m := meaning(field, w)
			if other, twice := seen[m]; twice {
				t.Errorf("%s: %s and %s mean the same: %s", field, w, other, m)
			}
			if m == "" || strings.Contains(m, "_") {
				t.Errorf("%s: %s is explained as %q", field, w, m)
			}
			seen[m] = w
		}
	}
}

// FuzzReadSheet: whatever comes back by mail, reading it ends, and gives answers or problems with words and places.
func FuzzReadSheet(f *testing.F) {
	c, p := cityKey(f)
	for _, to := range notices.Askers() {
		s, err := NewSheet(c, p, to, nil)
		if err != nil {
			f.Fatal(err)
		}
		var b bytes.Buffer
		if err := s.Text(&b); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes()[:min(b.Len(), 4000)])
	}
	f.Add([]byte("Program = citykey\nYour name = A\nDay of your answers = 2025-06-14\nLooked or told = looked\nQ-2ce4 = 7 years\nQ-z3af = from 2025, to open, reason audit, public no\nQ-2s23 = no [told]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, problems := ReadSheet("sheet.txt", data)
		for _, x := range problems {
			if x.Message == "" || x.Hint == "" || x.Pos.Line < 1 || x.Pos.Col < 1 || strings.ContainsAny(x.Error(), "\n\x1b") {
				t.Fatalf("a problem without words or place: %#v", x)
			}
		}
		out, more := Answers(c, p, []*Filled{got})
		for _, x := range more {
			if x.Message == "" || x.Hint == "" || x.Pos.Line < 1 {
				t.Fatalf("a problem without words or place: %#v", x)
			}
		}
		if problems.Failed() || more.Failed() || len(out.Edits) == 0 {
			return
		}
		after, ps := notices.Apply("citykey.yaml", p.Doc.Bytes(), out.Edits)
		if ps.Failed() {
			for _, x := range ps {
				if x.Path == "" {
					t.Fatalf("a problem without a path: %v", x)
				}
			}
			return
		}
		if _, ps := source.Open("citykey.yaml", after); len(ps) > 0 {
			t.Fatal(ps)
		}
	})
}

// TestSheetPage: the page to fill in has a policy, loads nothing, and each answer has its place and a label.
func TestSheetPage(t *testing.T) {
	c, p := cityKey(t)
	for _, to := range notices.Askers() {
		s, err := NewSheet(c, p, to, map[string]string{"retention.application_file.period": "Said <b>so</b>"})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := s.HTML(&b); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		for _, bad := range []string{"http://", "src=", "localStorage", "fetch(", "cookie", "onclick", "Said <b>", "ZgotmplZ", "@import", "url("} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page has %s", to, bad)
			}
		}
		if !strings.Contains(page, "default-src &#39;none&#39;; style-src &#39;sha256-") && !strings.Contains(page, "default-src 'none'; style-src 'sha256-") {
			t.Error("the page has no policy")
		}
		for _, q := range s.Questions {
			for _, pl := range q.Places {
				if !strings.Contains(page, `data-id="`+pl.ID+`"`) {
					t.Errorf("%s: there is no place for Q-%s", to, pl.ID)
				}
			}
			if len(q.Places) > 1 && !strings.Contains(page, `data-id="`+q.ID+`"`) {
				t.Errorf("%s: there is no place for Q-%s", to, q.ID)
			}
		}
	}
}
