package render

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// telling says the page of who has read the edition by the ids of its sentences, in all languages but some.
type telling struct {
	words
	not []string
}

func (c telling) Phrase(tag, id string) (string, error) {
	if id == "title.review" && !slices.Contains(c.not, tag) {
		return "Who has read it (" + tag + ")", nil
	}
	return c.words.Phrase(tag, id)
}

func (c telling) Say(n *notices.Notice, tag string) (*locales.Notice, error) {
	if n.Kind != reviewKind {
		said, err := c.words.Say(n, tag)
		if err == nil && tag == "es" {
			said.Translation = locales.Translation{State: "reviewed", By: "Luz Marín"}
		}
		return said, err
	}
	if slices.Contains(c.not, tag) {
		l, _ := locales.Find(tag)
		return nil, &locales.Closed{Language: l, Program: n.Program, Missing: []locales.Untold{{ID: "review.who"}}}
	}
	out := &locales.Notice{Program: n.Program, Kind: n.Kind, Language: tag, Title: "title.review", Name: locales.Run{Text: "CityKey", Lang: "en"}, Titles: map[notices.Kind]string{notices.Before: "before"}}
	text := func(message string, vs []notices.Value) string {
		for _, v := range vs {
			for _, p := range v.Parts {
				message += fmt.Sprintf(" <%s%s%s>", p.Key, p.Name, p.Date)
			}
		}
		return message
	}
	ids := map[string]bool{}
	for _, s := range n.Sections {
		to := locales.Section{ID: s.ID, Layer: s.Layer, Heading: "section." + s.ID}
		for _, g := range s.Groups {
			group := locales.Group{}
			if g.Heading != "" {
				group.Heading = text(g.Heading, g.Values)
			}
			for _, st := range g.Statements {
				if len(st.Because) == 0 || ids[st.ID] {
					return nil, errors.New("a sentence without a reason, or a second one of its name: " + st.ID)
				}
				ids[st.ID] = true
				group.Statements = append(group.Statements, locales.Statement{ID: st.ID, Message: st.Message, Text: text(st.Message, st.Values)})
			}
			to.Groups = append(to.Groups, group)
		}
		out.Sections = append(out.Sections, to)
	}
	return out, nil
}

func byTerms(t *testing.T, c sayer, terms Terms, tags ...string) *Edition {
	t.Helper()
	e, err := editionOn(c, testNotices(tags...), terms)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestHeldBack: of a language that is held back nothing is in the edition, which is the one that would have been made without it; its
// chip says that it is not there yet; and the manifest and the page for the staff say why. Who decides sees all texts, and once.
func TestHeldBack(t *testing.T) {
	asked := 0
	why := "River Legal Aid has not signed it."
	hold := func(ns []*locales.Notice, texts []TextLine) map[string][]string {
		asked++
		if len(ns) != len(texts) || len(texts) != 3*len(notices.Kinds()) || !slices.IsSortedFunc(texts, func(a, b TextLine) int { return strings.Compare(a.String(), b.String()) }) {
			t.Errorf("asked about %d notices and %d texts", len(ns), len(texts))
		}
		return map[string][]string{"es": {why}, "fr": {"There is no French."}, "en": nil}
	}
	e := byTerms(t, words{}, Terms{Hold: hold, Published: true}, "en", "es", "ar")
	if asked != 1 || len(e.Closed) != 1 || e.Closed[0].Language.Tag != "es" || !slices.Equal(e.Closed[0].Held, []string{why}) || e.Closed[0].Failed() {
		t.Errorf("asked %d times; closed: %v", asked, e.Closed)
	}
	if !strings.Contains(e.Closed[0].Error(), "River Legal Aid has not signed it") {
		t.Error(e.Closed[0])
	}
	if without := testEdition(t, "en", "ar"); without.Digest != e.Digest {
		t.Error("the edition is not the one without the language")
	}
	all := files(e)
	for path, b := range all {
		if strings.Contains(path, "/es/") {
			t.Errorf("%s is there", path)
		}
		if strings.HasPrefix(path, "public/") && (bytes.Contains(b, []byte("River")) || bytes.Contains(b, []byte("Antes de enviarnos"))) {
			t.Errorf("%s has something of what is held back, or why", path)
		}
	}
	if !bytes.Contains(all["public/index.html"], []byte(`<details class="fn-yet" name="fn-lang" lang="es"`)) {
		t.Error("no chip says that it is not in Spanish yet")
	}
	m, err := ReadManifest(all[ManifestName])
	if err != nil || !m.Published || len(m.Closed) != 1 || !slices.Equal(m.Closed[0].Held, []string{why}) {
		t.Errorf("%+v %v", m, err)
	}
	if start := string(all["START-HERE.html"]); !strings.Contains(start, "<li>Spanish: "+why+"</li>") || !strings.Contains(start, "It may go out.") || strings.Contains(start, "not translated") {
		t.Error("the page for the staff does not say it")
	}
	if m, _ := ReadManifest(files(testEdition(t, "en"))[ManifestName]); m.Published {
		t.Error("a draft went out")
	}
	_, err = editionOn(words{}, testNotices("en", "es"), Terms{Hold: func([]*locales.Notice, []TextLine) map[string][]string {
		return map[string][]string{"en": {why}, "es": {why}}
	}})
	if closed := (*locales.Closed)(nil); !errors.As(err, &closed) || closed.Language.Tag != "en" {
		t.Errorf("all is held back: %v", err)
	}
}

// TestHeldAndClosed: a language that cannot be said is not asked about.
func TestHeldAndClosed(t *testing.T) {
	e := byTerms(t, closing{tag: "ar"}, Terms{Hold: func(ns []*locales.Notice, texts []TextLine) map[string][]string {
		for _, x := range texts {
			if x.Language == "ar" {
				t.Error("asked about a language that cannot be said")
			}
		}
		return map[string][]string{"ar": {"No."}, "es": {"No."}}
	}}, "en", "es", "ar")
	if len(e.Closed) != 2 || !slices.Equal(e.Languages(), []string{"en"}) {
		t.Errorf("%v", e.Closed)
	}
	for _, c := range e.Closed {
		if c.Failed() == (len(c.Held) > 0) {
			t.Errorf("%+v", c)
		}
	}
}

// TestReview looks at the page that says who has read the edition: it is in all languages and keeps as quiet as every page, says nothing
// wider than what was signed, and no page at the upload leads to it.
func TestReview(t *testing.T) {
	on := source.NewDay(2025, 6, 14)
	readers := []Reader{
		{Name: "River Legal Aid", Languages: []string{"en", "es"}, Kinds: []notices.Kind{notices.Before, notices.AskBack}, Verdict: Found, On: on, Until: on + 100, Path: "reviewers.0", Conditions: []string{"<b>The phone is answered."}},
		{Name: "Letter Group", Languages: []string{"ar"}, Verdict: Found, Letter: true, On: on, Path: "reviewers.1"},
		{Name: "Other Group", Languages: []string{"es"}, Verdict: Objects, On: on, Path: "reviewers.2"},
		{Name: "Other Group", Languages: []string{"en"}, Verdict: ReadAlone, On: on, Path: "reviewers.2"},
	}
	e := byTerms(t, telling{}, Terms{Readers: func(e *Edition) []Reader {
		if e.Digest == "" {
			t.Error("asked before the digest was known")
		}
		return readers
	}}, "en", "es", "ar")
	if plain := testEdition(t, "en", "es", "ar"); plain.Digest != e.Digest {
		t.Error("who has read the edition is in its digest")
	}
	all := files(e)
	page := string(all["public/review.html"])
	parts := map[string]string{}
	for _, p := range strings.Split(page, `<article class="fn-part" lang="`)[1:] {
		parts[p[:2]] = p
	}
	for tag, wants := range map[string][]string{
		"en": {"review.who &lt;River Legal Aid&gt;", "review.pages &lt;title.before&gt;</li>", "review.languages &lt;language.en&gt; &lt;language.es&gt;", "review.found", "review.on &lt;2025-06-14&gt;", "review.until &lt;2025-09-22&gt;",
			"review.condition &lt;&lt;b&gt;The phone is answered.&gt;", "review.letter", "review.objects", "review.read", "review.not.run", "review.not.advice", "review.not.facts", "review.not.other"},
		"es": {"ui.reviewed &lt;Luz Marín&gt;"},
		"ar": {"review.none"},
	} {
		for _, want := range wants {
			if !strings.Contains(parts[tag], want) {
				t.Errorf("%s: no %q", tag, want)
			}
		}
	}
	for _, tag := range []string{"en", "es"} {
		if strings.Contains(parts[tag], "review.none") {
			t.Errorf("%s: it says that no group has signed", tag)
		}
	}
	if strings.Contains(parts["en"], "ui.reviewed") {
		t.Error("it says that somebody has reviewed the English")
	}
	for _, bad := range []string{"<script", "<form", "<input", "<img", " id=", "<b>", "url("} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
	leads := regexp.MustCompile(`href="(?:\.\./)?review\.html"`)
	for path, b := range all {
		inPublic := strings.HasPrefix(path, "public/") && strings.HasSuffix(path, ".html")
		quiet := strings.HasSuffix(path, "at-upload.html") || strings.HasSuffix(path, "kiosk.html") || strings.HasSuffix(path, "leave.html") || strings.HasSuffix(path, "review.html")
		if got, want := leads.Match(b), inPublic && !quiet || path == "START-HERE.html"; got != want && path != "START-HERE.html" {
			t.Errorf("%s leads to the page: %v, want %v", path, got, want)
		}
	}
	if !strings.Contains(string(all["START-HERE.html"]), `href="public/review.html"`) {
		t.Error("the page for the staff does not lead to it")
	}

	// A language without its words is not on it, and has no way to it.
	some := files(byTerms(t, telling{not: []string{"ar"}}, Terms{Readers: func(*Edition) []Reader { return readers }}, "en", "es", "ar"))
	if bytes.Contains(some["public/review.html"], []byte(`lang="ar"`)) || leads.Match(some["public/ar/before.html"]) || !leads.Match(some["public/es/before.html"]) {
		t.Error("a language in which the page has no words")
	}
	// Where there is nothing to say, there is no page. That a named person has reviewed a translation is something to say.
	if files(byTerms(t, telling{}, Terms{}, "en", "ar"))["public/review.html"] != nil {
		t.Error("a page without anything to say")
	}
	if p := string(files(byTerms(t, telling{}, Terms{}, "en", "es"))["public/review.html"]); !strings.Contains(p, "Luz Marín") || strings.Contains(p, "section.review_not") {
		t.Error("who has reviewed a translation is not said, or what groups do not mean is")
	}
}
