package render

import (
	"bytes"
	"html"
	"os"
	"strconv"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
)

// printedOf gives a program, its catalogue, and its notices of a kind, by language.
func printedOf(t *testing.T, file string) (*notices.Program, *locales.Catalog, func(kind notices.Kind, tag string) *locales.Notice) {
	t.Helper()
	p, problems := notices.Load(os.DirFS("../examples"), file)
	if problems.Failed() {
		t.Fatal(problems)
	}
	book, problems := law.Shipped()
	if problems.Failed() {
		t.Fatal(problems)
	}
	c, problems := locales.Shipped(p.Languages...)
	if problems.Failed() {
		t.Fatal(problems)
	}
	return p, c, func(kind notices.Kind, tag string) *locales.Notice {
		t.Helper()
		n, err := notices.Build(p, book, kind, p.Edition.AsOf.Last)
		if err != nil {
			t.Fatal(err)
		}
		said, err := c.Say(n, tag)
		if err != nil {
			t.Fatal(err)
		}
		return said
	}
}

// code is a drawing such as print.QR makes.
const code = `<svg class="fn-qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 77 77" width="77" height="77" shape-rendering="crispEdges" aria-hidden="true" focusable="false"><path fill="#fff" d="M0 0h77v77H0z"/><path fill="#000" d="M4 4h7v1h-7z"/></svg>`

// A poster is the same twice, has no script, and its policy allows its one style sheet; every language but its own has a line or is left out.
func TestPoster(t *testing.T) {
	p, c, say := printedOf(t, "citykey.yaml")
	for _, tag := range []string{"en", "ar", "zh-Hans"} {
		n := say(notices.Poster, tag)
		o := Printed{Languages: p.Languages, Code: []byte(code), Paper: A4}
		var a, b bytes.Buffer
		if err := Poster(&a, c, n, o); err != nil {
			t.Fatal(err)
		}
		if err := Poster(&b, c, n, o); err != nil || a.String() != b.String() {
			t.Errorf("%s: a poster is not the same twice: %v", tag, err)
		}
		page := html.UnescapeString(a.String())
		for _, rule := range []string{between(page, "<style>", "</style>"), "@page{size:A4}"} {
			if !strings.Contains(page, hashOf(rule)) {
				t.Errorf("%s: the policy does not allow a style sheet of the page", tag)
			}
		}
		if strings.Contains(page, "<script") || strings.Count(page, "<svg ") != 1 || strings.Count(page, "<h1 ") != 1 || !strings.Contains(page, `lang="es" dir="ltr">Esto es importante.`) {
			t.Errorf("%s: %s", tag, page)
		}
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					if !strings.Contains(page, st.Text) {
						t.Errorf("%s: it does not say: %s", tag, st.Text)
					}
				}
			}
		}
	}
}

// A sheet has two sides. The code holds words of the language, so it stands on that side alone; the back of the English one has the lines
// of all languages.
func TestHandout(t *testing.T) {
	p, c, say := printedOf(t, "citykey.yaml")
	o := Printed{Languages: p.Languages, Code: []byte(code)}
	for _, tag := range []string{"es", "en"} {
		var b bytes.Buffer
		if err := Handout(&b, c, say(notices.Poster, tag), say(notices.Poster, "en"), o); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		lines := 0
		if tag == "en" {
			lines = len(locales.Everywhere()) - 1
		}
		if strings.Count(page, "<article ") != 2 || strings.Count(page, "<svg ") != 1 || strings.Count(page, "\n<li ") != lines {
			t.Errorf("%s: %d sides, %d codes, %d lines", tag, strings.Count(page, "<article "), strings.Count(page, "<svg "), strings.Count(page, "\n<li "))
		}
	}
}

// Only a notice of the kind poster is a poster, and only a drawing of print.QR is a code.
func TestPosterRefuses(t *testing.T) {
	_, c, say := printedOf(t, "food-pantry.yaml")
	var b bytes.Buffer
	if err := Poster(&b, c, say(notices.Before, "en"), Printed{}); err == nil || b.Len() > 0 {
		t.Error("the whole notice was made a poster")
	}
	for _, bad := range []string{"<svg></svg>", strings.Replace(code, "<path fill=\"#fff\"", "<script>", 1), strings.Replace(code, `d="M4`, `onload="M4`, 1) + "<p>", code + code} {
		if err := Poster(&b, c, say(notices.Poster, "en"), Printed{Code: []byte(bad)}); err == nil || b.Len() > 0 {
			t.Errorf("a code was taken: %s", bad)
		}
	}
	if err := StaffCard(&b, nil, say(notices.Before, "es")); err == nil || b.Len() > 0 {
		t.Error("a card was made in Spanish")
	}
}

// Where somebody is named who interprets, the lines of the languages that the notice is not in say so; else they say that it is not in them
// yet, and give way before the letters of the poster become small.
func TestPosterLines(t *testing.T) {
	_, _, say := printedOf(t, "food-pantry.yaml")
	n := say(notices.Poster, "en")
	for _, l := range linesFor(n, Printed{Languages: []string{"en", "es"}}) {
		if l.Lang == "en" || l.Empty == (l.Lang == "es") || l.Ask != "" {
			t.Errorf("%+v", l)
		}
	}
	ask := &locales.Notice{Language: "en", Sections: []locales.Section{{Groups: []locales.Group{{Statements: []locales.Statement{{Message: "do.help.interpreter",
		Values: []locales.Value{{Kind: notices.VPhone, Runs: []locales.Run{{Text: "312-555-0101", Dir: "ltr", Href: "tel:+13125550101"}}}}}}}}}}}
	for _, l := range linesFor(n, Printed{Languages: []string{"en"}, Interpreter: []*locales.Notice{ask}}) {
		if l.Empty || l.Ask != "312-555-0101" {
			t.Errorf("%+v", l)
		}
	}
}

// What a code holds is the key facts, and nothing that turns text around.
func TestCodeText(t *testing.T) {
	_, _, say := printedOf(t, "colorado-labor.yaml")
	text := CodeText(say(notices.AtUpload, "en"))
	for _, want := range []string{"Colorado work records\nMarch 1, 2026\n", "\nThe office gave them. (February 14, 2025) · (2025)\n", "\nA court can order the office to answer.\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.ContainsFunc(CodeText(say(notices.AtUpload, "ar")), turns) || len(text) > 2953 {
		t.Error("it turns text around, or is too long for a code")
	}
}

// The card quotes the page, names whom to call in the office as a line to write on, and promises nothing that the page does not.
func TestStaffCard(t *testing.T) {
	p, _, say := printedOf(t, "citykey.yaml")
	s, err := staffCard(p, say(notices.Before, "en"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(s.text())), " ")
	for _, want := range []string{"If you send papers online, the office keeps them.", "No one has said how long.", "You can go in person, which leaves fewer papers with the office.", "No court has checked it.",
		"The office can say no to this paper. Then ICE can ask a federal judge to order it.", "Take any paper",
		// no comfort alone, and no sentence without the one that it leans on
		"The office said no. A court can order the office to answer. A court can forbid the office to list a demand.", "No one has checked if machines keep copies of these:",
		"Every person gets this same page. You do not have to tell your immigration status to read it.", "A records board must agree in writing before records are erased.", "Do not answer it.", "Erase nothing.", "Omicron Technology Solutions", "Office of the City Clerk"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say: %s\n%s", want, text)
		}
	}
	for i := 1; i <= 18; i++ {
		if n := "N" + strconv.Itoa(i); !strings.Contains(text, n+"]") && !strings.Contains(text, n+",") {
			t.Errorf("no row for the must-not %s", n)
		}
	}
}

// Where several have asked, each answer stands after its own demand.
func TestStaffCardAnswers(t *testing.T) {
	q := quoted{{"key.asked.ice", "ICE asked."}, {"key.answer.declined", "The office said no."}, {"key.asked.local_police", "Police asked."}, {"key.answer.declined", "The office said no."},
		{"early.not_alone", "Not alone."}, {"early.not_alone", "Not alone."}}
	if got, want := q.all("key.answer.", "key.asked.", "early."), "ICE asked.\nThe office said no.\nPolice asked.\nThe office said no.\nNot alone."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
