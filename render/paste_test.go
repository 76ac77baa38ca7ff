package render

import (
	"regexp"
	"strings"
	"testing"

	"fairnotice/notices"
)

var (
	pasteTag  = regexp.MustCompile(`<[^>]*>`)
	pasteGood = regexp.MustCompile(`\A<(/?(p|ul|li|strong|h3)|/a|a href="(https://|tel:)[^"<>]*")>\z`)
)

// pasteFaults says what a content management system would not take, or would show in the wrong direction.
func pasteFaults(s string, rtl bool) []string {
	var out []string
	for _, tag := range pasteTag.FindAllString(s, -1) {
		if !pasteGood.MatchString(tag) {
			out = append(out, "it has the tag "+tag)
		}
	}
	for _, open := range []string{"<p>", "<p><strong>", "<li>", "<h3>"} {
		for _, after := range strings.Split(s, open)[1:] {
			if strings.HasPrefix(after, "<strong>") {
				continue // looked at as <p><strong>
			}
			if strings.HasPrefix(after, "\u200f") != rtl {
				out = append(out, "after "+open+" stands "+after[:min(len(after), 20)])
			}
		}
	}
	if strings.Count(s, "\u2066")+strings.Count(s, "\u2067")+strings.Count(s, "\u2068") != strings.Count(s, "\u2069") {
		out = append(out, "an isolate is not closed")
	}
	for _, name := range []string{"p", "ul", "li", "strong", "h3", "a"} {
		if n := strings.Count(s, "<"+name+">") + strings.Count(s, "<"+name+" "); n != strings.Count(s, "</"+name+">") {
			out = append(out, name+" is not closed")
		}
	}
	return out
}

func TestPaste(t *testing.T) {
	e := testEdition(t, "en", "es", "ar")
	for i := range e.Gates() {
		g := &e.Gates()[i]
		s := string(g.PasteHTML())
		for _, fault := range pasteFaults(s, g.Dir == "rtl") {
			t.Errorf("%s: %s", g.Lang, fault)
		}
		// Every statement and every value of the notice is there, and at the end the words of the question, with the edition.
		text := strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "", "&#39;", "'", "&#34;", `"`, "&amp;", "&").Replace(pasteTag.ReplaceAllString(s, ""))
		for _, sec := range e.Notice(notices.Before, g.Lang).Sections {
			for _, gr := range sec.Groups {
				for _, st := range gr.Statements {
					if !strings.Contains(text, clean(st.Text)) {
						t.Errorf("%s: no sentence %q", g.Lang, st.Text)
					}
					for _, v := range st.Values {
						for _, x := range v.Text {
							if !strings.Contains(text, clean(x)) {
								t.Errorf("%s: no value %q", g.Lang, x)
							}
						}
					}
				}
			}
		}
		_, question, _ := strings.Cut(s, g.ReadFirst)
		at := 0
		for _, want := range append(g.Tick, e.ID()) {
			k := strings.Index(question[at:], want)
			if k < 0 {
				t.Errorf("%s: %q is not in the words of the question, or not in its place", g.Lang, want)
				continue
			}
			at += k
		}
	}
}

func TestHostilePaste(t *testing.T) {
	for _, s := range hostile {
		for _, dir := range []string{"ltr", "rtl"} {
			for _, href := range []string{"", "javascript:alert(1)", "https://a.example/\"><b>", "tel:1"} {
				n := hostileNotice(s, dir, href)
				g, err := newGate(echo(s), n, nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, fault := range pasteFaults(string(g.PasteHTML()), dir == "rtl") {
					t.Errorf("%q, %s, %q: %s", s, dir, href, fault)
				}
			}
		}
	}
	if pasteFaults(`<p>a<b>b</b></p>`, false) == nil || pasteFaults(`<p>a</p>`, true) == nil || pasteFaults("<p>\u2068a</p>", false) == nil {
		t.Error("these faults are not found")
	}
}
