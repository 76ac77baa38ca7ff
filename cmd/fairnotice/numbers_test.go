package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/render"
	"fairnotice/render/print"
)

// What a reader relies on is a number to call, a day, how long, where to go, which law. This holds every such value of every notice of the
// examples against every form in which a notice goes out: not one may be lost, cut or turned round on the way from the file to the reader.
// What print makes of it, as PDF and as LibreOffice draws the Word file, is in print_test.go.

// relied are the kinds of such values.
var relied = []notices.ValueKind{notices.VDate, notices.VDates, notices.VCount, notices.VSpan, notices.VPhone, notices.VURL, notices.VPlace, notices.VLaw}

// number is one of them, or a number in a sentence.
type number struct {
	kind notices.ValueKind // "" for one in a sentence
	text string
}

var numerals = regexp.MustCompile(`\p{Nd}(?:[\p{Nd}.,\x{a0}\x{202f}]*\p{Nd})?`)

// numbersOf gives all of them of some statements.
func numbersOf(all []locales.Statement) []number {
	var out []number
	for _, st := range all {
		for _, s := range numerals.FindAllString(st.Text, -1) {
			out = append(out, number{"", s})
		}
		for _, v := range st.Values {
			if slices.Contains(relied, v.Kind) {
				for _, r := range v.Runs {
					out = append(out, number{v.Kind, r.Text})
				}
			}
		}
	}
	return out
}

// seen takes a form back to the words that a reader sees, without what turns them and with single spaces.
func seen(form string, b []byte) string {
	s := string(b)
	switch form {
	case "html", "large", "print", "poster", "handout":
		s = regexp.MustCompile(`(?s)<style>.*?</style>|<script.*?</script>`).ReplaceAllString(s, "")
		s = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, ""))
	case "markdown":
		s = regexp.MustCompile(`\]\(<[^>]*>\)`).ReplaceAllString(s, "")
		s = regexp.MustCompile(`\\([[:punct:]])`).ReplaceAllString(strings.ReplaceAll(s, `[`, ""), "$1")
	case "json":
		s = regexp.MustCompile(`\\u([0-9a-f]{4})`).ReplaceAllStringFunc(s, func(u string) string {
			var out string
			if json.Unmarshal([]byte(`"`+u+`"`), &out) != nil {
				return u
			}
			return out
		})
		s = strings.ReplaceAll(s, `\"`, `"`)
	case "docx":
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return ""
		}
		s = ""
		for _, f := range z.File {
			if f.Name == "word/document.xml" {
				r, err := f.Open()
				if err != nil {
					return ""
				}
				data, _ := io.ReadAll(r)
				s = regexp.MustCompile(`</w:p>|<w:br/>|<w:tab/>`).ReplaceAllString(string(data), " ")
				s = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, ""))
			}
		}
	}
	return oneLine(s)
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s), unicode.IsSpace), " ")
}

// lost gives what a form has not. A form that is read aloud has the digits of a telephone number apart and an address without https.
func lost(form, text string, want []number) []string {
	aloud := ""
	if form == "read-aloud" {
		aloud = regexp.MustCompile(`(\p{Nd}),? `).ReplaceAllString(text+" ", "$1")
	}
	var out []string
	for _, n := range want {
		w := oneLine(n.text)
		has := strings.Contains(text, w)
		switch {
		case form == "text": // where a line ends in a value, there is no space in Chinese and Korean
			has = strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(w, " ", ""))
		case form == "read-aloud" && n.kind == notices.VPhone:
			digits := strings.Map(func(r rune) rune {
				if unicode.IsDigit(r) {
					return r
				}
				return -1
			}, w)
			has = strings.Contains(aloud, digits)
		case form == "read-aloud" && n.kind == notices.VURL:
			has = strings.Contains(text, strings.TrimSuffix(strings.TrimPrefix(w, "https://"), "/"))
		}
		if !has && !slices.Contains(out, n.text) {
			out = append(out, n.text)
		}
	}
	return out
}

// TestNumbers looks for all of them in every form.
func TestNumbers(t *testing.T) {
	count := map[string]int{}
	for _, file := range examples(t) {
		id := strings.TrimSuffix(filepath.Base(file), ".yaml")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		day := dayOf(t, file)
		tags := goldenIn(id)
		f, err := world{today: day}.load(file, day)
		if err != nil {
			t.Fatal(err)
		}
		s, err := newSayer(day, tags)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.sinceFile(world{today: day}, since(file)); err != nil {
			t.Fatal(err)
		}
		for _, kind := range kindsOf(file) {
			n, err := s.notice(f, kind)
			if err != nil {
				t.Fatal(err)
			}
			for _, tag := range tags {
				said, err := s.cat.Say(n, tag)
				if err != nil {
					t.Fatal(err)
				}
				all := statements(said)
				want := numbersOf(all)
				for _, w := range want { // what can be rung or opened stands so in the file, or in a law beside it
					if (w.kind == notices.VPhone || w.kind == notices.VURL) && !bytes.Contains(text, []byte(w.text)) && tag == "en" {
						t.Errorf("%s, %s: %q does not stand in the file", id, kind, w.text)
					}
				}
				for form, made := range formsOf(t, s, said, kind) {
					for _, l := range lost(form, seen(form, made), want) {
						t.Errorf("%s, %s in %s: %s does not have %q", id, kind, tag, form, l)
					}
					count[form] += len(want)
				}
				if kind.NotByText() == "" {
					m, err := render.SMS(s.cat, said, "")
					if err != nil {
						t.Fatal(err)
					}
					short := slices.DeleteFunc(slices.Clone(all), func(st locales.Statement) bool { return !strings.Contains(m.Text, st.Text) })
					for _, l := range lost("sms", oneLine(m.Text), numbersOf(short)) {
						t.Errorf("%s, %s in %s: the text message does not have %q", id, kind, tag, l)
					}
					count["sms"] += len(numbersOf(short))
				}
			}
		}
	}
	for _, form := range []string{"text", "html", "markdown", "json", "docx", "read-aloud", "large", "print", "poster", "handout", "sms"} {
		if count[form] < 50 {
			t.Errorf("only %d numbers were looked for in %s", count[form], form)
		}
	}
	t.Logf("looked for: %v", count)
}

// formsOf makes every form of a notice that has all of its words.
func formsOf(t *testing.T, s *sayer, n *locales.Notice, kind notices.Kind) map[string][]byte {
	t.Helper()
	one := []*locales.Notice{n}
	makers := map[string]func(io.Writer) error{
		"text":       func(w io.Writer) error { return render.Text(w, n) },
		"html":       func(w io.Writer) error { return render.HTML(w, s.cat, n) },
		"markdown":   func(w io.Writer) error { return render.Markdown(w, n) },
		"json":       func(w io.Writer) error { return render.JSON(w, n) },
		"read-aloud": func(w io.Writer) error { return render.ReadAloud(w, n) },
		"docx":       func(w io.Writer) error { return print.Notice(w, s.cat, n, one, render.Letter) },
		"print":      func(w io.Writer) error { return render.Print(w, s.cat, n, one, render.Letter) },
		"large":      func(w io.Writer) error { return render.Large(w, s.cat, n, render.A4) },
	}
	if kind == notices.Poster {
		o := render.Printed{Languages: []string{n.Language}}
		makers["poster"] = func(w io.Writer) error { return render.Poster(w, s.cat, n, o) }
		makers["handout"] = func(w io.Writer) error { return render.Handout(w, s.cat, n, nil, o) }
	}
	out := map[string][]byte{}
	for form, write := range makers {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		out[form] = b.Bytes()
	}
	return out
}

// TestNumbersCanFail: what is lost, cut or turned round is seen.
func TestNumbersCanFail(t *testing.T) {
	want := []number{{notices.VPhone, "312-555-0142"}, {notices.VDate, "June 14, 2025"}, {notices.VURL, "https://example.org/"}, {"", "7"}, {notices.VLaw, "50 ILCS 205/7"}}
	whole := "Call 312-555-0142, on June 14, 2025. https://example.org/ 7 years, 50 ILCS 205/7"
	aloud := "Call 3 1 2, 5 5 5, 0 1 4 2 on June 14, 2025\nexample.org\n7 years, 50 ILCS 205/7"
	if l := lost("text", seen("text", []byte(whole)), want); len(l) > 0 {
		t.Errorf("%q is there", l)
	}
	if l := lost("read-aloud", seen("read-aloud", []byte(aloud)), want); len(l) > 0 {
		t.Errorf("%q is there", l)
	}
	for _, c := range []struct{ form, was, is string }{{"text", "312-555", "555-312"}, {"text", "0142", "014"}, {"text", "14, 2025", "41, 2025"}, {"text", "https://example.org/", "https://example.com/"}, {"text", "7 years", "years"}, {"text", "205/7", "205"},
		{"read-aloud", "5 5 5, 0 1 4 2", "0 1 4 2, 5 5 5"}, {"read-aloud", "example.org", "example"}} {
		in := whole
		if c.form == "read-aloud" {
			in = aloud
		}
		broken := strings.Replace(in, c.was, c.is, 1)
		if c.was == "7 years" {
			broken = strings.Replace(broken, "/7", "/", 1)
		}
		if l := lost(c.form, seen(c.form, []byte(broken)), want); len(l) == 0 {
			t.Errorf("%q in place of %q is not seen", c.is, c.was)
		}
	}
}
