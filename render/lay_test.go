package render

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
)

var (
	tags      = regexp.MustCompile(`<[^>]*>`)
	space     = regexp.MustCompile(`\s+`)
	invisible = strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "", "\u200f", "")
)

// plainText takes an output back to the words that a reader sees, in one line.
func plainText(kind, s string) string {
	switch kind {
	case "html":
		s = html.UnescapeString(tags.ReplaceAllString(cssInPage.ReplaceAllString(s, ""), ""))
	case "markdown":
		s = regexp.MustCompile(`\]\(<[^>]*>\)`).ReplaceAllString(s, "")
		s = regexp.MustCompile(`\\([[:punct:]])`).ReplaceAllString(strings.ReplaceAll(s, `[`, ""), "$1")
	}
	return space.ReplaceAllString(strings.ReplaceAll(invisible.Replace(s), "\n", " "), " ")
}

func outputs(t *testing.T, n *locales.Notice) map[string]string {
	t.Helper()
	out := map[string]string{}
	for kind, write := range map[string]func(io.Writer, *locales.Notice) error{
		"text": Text, "markdown": Markdown, "json": JSON,
		"html": func(w io.Writer, n *locales.Notice) error {
			return writePage(w, words{}, []*locales.Notice{n}, pageOptions{})
		},
	} {
		var b bytes.Buffer
		if err := write(&b, n); err != nil {
			t.Fatal(err)
		}
		out[kind] = b.String()
	}
	return out
}

// Every word that the notice says is in every output: headings, sentences, labels of several values, values, and so every number.
func TestNothingIsLost(t *testing.T) {
	for _, tag := range []string{"en", "es", "ar"} {
		n := testNotice(t, tag)
		for kind, out := range outputs(t, n) {
			seen := plainText(kind, out)
			find := func(s string) {
				if kind == "json" {
					b, _ := json.Marshal(s)
					s = string(b)
				}
				if !strings.Contains(seen, s) {
					t.Errorf("%s, %s: %q is not there", tag, kind, s)
				}
			}
			find(n.Title)
			for _, s := range n.Sections {
				find(s.Heading)
				for _, v := range s.Values {
					find(v.Text[0])
				}
				for _, g := range s.Groups {
					find(g.Heading)
					for _, st := range g.Statements {
						find(st.Text)
						for i, v := range st.Values {
							if i > 0 {
								find(v.Label)
							}
							for _, text := range v.Text {
								find(text)
							}
						}
					}
				}
			}
		}
	}
}

// Every value of a page stands in a bdi, and nothing that turns the direction of text is in a page.
func TestValuesAreIsolated(t *testing.T) {
	for _, tag := range []string{"en", "es", "ar"} {
		n := testNotice(t, tag)
		out := outputs(t, n)
		bdi := map[string]bool{}
		for _, m := range regexp.MustCompile(`<bdi[^>]*>([^<]*)</bdi>`).FindAllStringSubmatch(out["html"], -1) {
			bdi[html.UnescapeString(m[1])] = true
		}
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					for _, v := range st.Values {
						for _, r := range v.Runs {
							if !bdi[r.Text] {
								t.Errorf("%s: %q is not isolated in HTML", tag, r.Text)
							}
							open := "\u2068"
							if r.Dir == "ltr" {
								open = "\u2066"
							}
							if tag == "ar" && r.Href == "" && !strings.Contains(out["markdown"], open+strings.NewReplacer("&", `\&`).Replace(r.Text)+"\u2069") {
								t.Errorf("%q is not isolated in Markdown", r.Text)
							}
							if tag == "ar" && width(r.Text) < together && !strings.Contains(out["text"], open+r.Text+"\u2069") {
								t.Errorf("%q is not isolated in text", r.Text)
							}
						}
					}
				}
			}
		}
		for _, kind := range []string{"text", "markdown"} {
			if err := checkPlain(out[kind]); err != nil {
				t.Errorf("%s, %s: %v", tag, kind, err)
			}
			if tag == "en" && strings.ContainsAny(out[kind], "\u2066\u2067\u2068\u2069\u200f") {
				t.Errorf("%s of English has marks that it does not need", kind)
			}
		}
	}
}

func TestLinesAreShort(t *testing.T) {
	for _, tag := range []string{"en", "es", "ar"} {
		for _, line := range strings.Split(outputs(t, testNotice(t, tag))["text"], "\n") {
			if width(line) > columns {
				t.Errorf("%s: %d columns: %q", tag, width(line), line)
			}
		}
	}
}

// say gives a statement as each output lays it out.
func say(t *testing.T, layer int, lang string, sts ...locales.Statement) (text, markdown, page string) {
	t.Helper()
	n := &locales.Notice{Language: lang, Direction: "ltr", Title: "T", Sections: []locales.Section{{ID: "s", Layer: layer, Heading: "H", Groups: []locales.Group{{Statements: sts}}}}}
	var a, b, c bytes.Buffer
	if err := Text(&a, n); err != nil {
		t.Fatal(err)
	}
	if err := Markdown(&b, n); err != nil {
		t.Fatal(err)
	}
	if err := writePage(&c, echo(""), []*locales.Notice{n}, pageOptions{}); err != nil {
		t.Fatal(err)
	}
	_, text, _ = strings.Cut(a.String(), "H\n-\n")
	_, markdown, _ = strings.Cut(b.String(), "## H\n\n")
	_, page, _ = strings.Cut(c.String(), `<h2 class="fn-h">H</h2>`)
	page, _, _ = strings.Cut(page, "\n</article>")
	return text, markdown, page
}

func value(kind notices.ValueKind, label string, texts ...string) locales.Value {
	v := locales.Value{Kind: kind, Name: "v", Label: label, Text: texts}
	for _, t := range texts {
		r := locales.Run{Text: t, Dir: "auto"}
		switch kind {
		case notices.VPhone:
			r.Dir, r.Href = "ltr", "tel:+1"+strings.ReplaceAll(t, "-", "")
		case notices.VURL:
			r.Dir, r.Href = "ltr", "https://"+t
		}
		v.Runs = append(v.Runs, r)
	}
	return v
}

func TestWhereValuesStand(t *testing.T) {
	st := func(text string, vs ...locales.Value) locales.Statement {
		return locales.Statement{ID: "x", Text: text, Values: vs}
	}
	first := st("First.")
	long := strings.Repeat("Long name ", 8) + "end"
	for _, c := range []struct {
		name  string
		layer int
		lang  string
		sts   []locales.Statement
		text  string
	}{
		{"key fact with a date", 1, "en", []locales.Statement{st("ICE asked.", value("date", "On", "April 17, 2025"))}, "- ICE asked. (April 17, 2025)\n"},
		{"key fact with several days", 1, "en", []locales.Statement{st("It gave them.", value("date", "Date", "May 1, 2025", "2025"))}, "- It gave them. (May 1, 2025) · (2025)\n"},
		{"key fact with a phone", 1, "en", []locales.Statement{st("Ask a lawyer.", value("phone", "Phone", "312-555-0142"))}, "- Ask a lawyer. 312-555-0142\n"},
		{"key fact with a colon", 1, "en", []locales.Statement{st("Ask a lawyer:", value("phone", "Phone", "312-555-0142"))}, "- Ask a lawyer: 312-555-0142\n"},
		{"key fact with a name", 1, "en", []locales.Statement{st("A company holds them.", value("name", "Company", "Omicron"))}, "- A company holds them. Company: Omicron\n"},
		{"key fact with two values", 1, "en", []locales.Statement{st("Ask:", value("name", "Group", "NIJC"), value("phone", "Phone", "312-555-0142"))}, "- Ask: NIJC\n  Phone: 312-555-0142\n"},
		{"sentences flow", 2, "en", []locales.Statement{first, st("One."), st("Two.")}, "First.\n\nOne. Two.\n"},
		{"a value ends the flow", 2, "en", []locales.Statement{first, st("One."), st("Two.", value("date", "On", "May 1")), st("Three.")}, "First.\n\nOne.\n\nTwo. On: May 1\n\nThree.\n"},
		{"a list after a colon", 2, "en", []locales.Statement{first, st("Kept:", value("label", "Papers", "Name", "Photo"))}, "First.\n\nKept:\n- Name\n- Photo\n"},
		{"a list without a colon", 2, "en", []locales.Statement{first, st("Some are kept.", value("label", "Papers", "Name", "Photo"))}, "First.\n\nSome are kept.\nPapers: Name · Photo\n"},
		{"several values", 2, "en", []locales.Statement{first, st("A demand came:", value("name", "From", "ICE"), value("label", "Asked for", "Forms", "Papers"))}, "First.\n\nA demand came: ICE\nAsked for: Forms · Papers\n"},
		{"a long value", 2, "en", []locales.Statement{first, st("Go there.", value("place", "Place", long))}, "First.\n\nGo there.\nPlace: Long name Long name Long name Long name Long name Long name Long name\nLong name end\n"},
		{"a list and more about it", 2, "en", []locales.Statement{first, st("Kept:", value("label", "Papers", "Name", "Photo"), value("name", "Way", "Online"), value("name", "Who", long, long))}, "First.\n\nKept:\n- Name\n- Photo\nWay: Online\nWho:\n- " + long[:74] + "\n  " + long[75:] + "\n- " + long[:74] + "\n  " + long[75:] + "\n"},
		{"values without a colon", 2, "en", []locales.Statement{first, st("It closed.", value("date", "Since", "June 13"), value("date", "Or", "June 14"))}, "First.\n\nIt closed.\nSince: June 13\nOr: June 14\n"},
		{"values of the answer", 2, "en", []locales.Statement{st("It closed.", value("date", "Since", "June 13"), value("date", "Or", "June 14"))}, "It closed.\n\nSince: June 13\nOr: June 14\n"},
		{"no values in a value", 2, "en", []locales.Statement{first, st("None.", locales.Value{Label: "X"})}, "First.\n\nNone.\n"},
		{"no space in Chinese", 2, "zh-Hans", []locales.Statement{first, st("城市保留文件。"), st("没有说多久。"), st("问律师：", value("phone", "电话", "312-555-0142"))}, "First.\n\n城市保留文件。没有说多久。\n\n问律师：312-555-0142\n"},
		{"a space before the colon in French", 2, "fr", []locales.Statement{first, st("Fini.", value("date", "Date", "1 mai"))}, "First.\n\nFini. Date\u00a0: 1 mai\n"},
	} {
		text, markdown, page := say(t, c.layer, c.lang, c.sts...)
		if text != c.text {
			t.Errorf("%s\n got %q\nwant %q", c.name, text, c.text)
		}
		flat := strings.NewReplacer("\n", "", " ", "", "-", "", "\u00a0", "").Replace
		if flat(plainText("html", page)) != flat(c.text) || flat(plainText("markdown", markdown)) != flat(c.text) {
			t.Errorf("%s: the outputs differ\n%s\n%s", c.name, plainText("html", page), plainText("markdown", markdown))
		}
	}
}

func TestHeadings(t *testing.T) {
	l := layouter{colon: ": "}
	on := []locales.Value{value("name", "", "Online")}
	for text, want := range map[string]string{"What is kept?": "What is kept? Online", "Kept": "Kept: Online", "Kept:": "Kept: Online", "ما الذي حدث؟": "ما الذي حدث؟ Online"} {
		got := ""
		for _, p := range l.heading(text, on) {
			got += p.Before + p.Run.Text
		}
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A link never stands in a summary: it could not be reached there without opening it.
func TestNoLinkInASummary(t *testing.T) {
	_, _, page := say(t, 2, "en", locales.Statement{Text: "Ask a lawyer.", Values: []locales.Value{value("phone", "Phone", "312-555-0142")}})
	summary, rest, _ := strings.Cut(page, "</summary>")
	if strings.Contains(summary, "<a") || !strings.Contains(rest, `<p>Phone: <a href="tel:+13125550142">`) {
		t.Error(page)
	}
}

func TestAddresses(t *testing.T) {
	for href, want := range map[string]string{
		"tel:+13125550142": `<a href="tel:+13125550142">`, "https://a.example/b?c=d&e#f": `<a class="fn-web" href="https://a.example/b?c=d&amp;e#f">`, "https://x.example/": `<a href="https://x.example/">`,
		"http://a.example": "", "javascript:x": "", "tel:": "", "https://": "", "https://a b": "", "tel:1\"": "", "HTTPS://A": "", "//a.example": "", "mailto:a@b.c": `<a href="mailto:a@b.c">`, "sms:741741": `<a href="sms:741741">`, "mailto:a@b.c?bcc=d@e.f": "", "sms:1?x": "", "mailto:a": "", "https://a\u202eb": "", "tel:+1 312": "",
	} {
		b := newBody(false)
		r := show(locales.Run{Text: "x.example", Href: href})
		b.run(&r)
		got, _, linked := strings.Cut(string(b.b), "<bdi")
		if got != want || !linked {
			t.Errorf("%q: %s", href, b.b)
		}
	}
}

func TestMarkdownEscapes(t *testing.T) {
	for s, want := range map[string]string{
		"a*b_c`d": "a\\*b\\_c\\`d", "# h": "\\# h", "- x": "\\- x", "+ x": "\\+ x", "12. x": "12\\. x", "1) x": "1\\) x", "a. b - c": "a. b - c", "<b>&": "\\<b\\>\\&", "[a](b)": "\\[a\\](b)", "http://x": "http\\://x",
		"www.x": "www\\.x", "a@b": "a\\@b", "|": "\\|", "~~": "\\~\\~", "\\": "\\\\", "===": "\\===", "x\n# y": "x \\# y", "2025": "2025",
	} {
		m := &marker{}
		m.para("", para{{Before: clean(s)}})
		if got := strings.TrimSuffix(m.buf.String(), "\n"); got != want {
			t.Errorf("%q\n got %s\nwant %s", s, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for s, want := range map[string]string{
		"as it is": "as it is", "a  b": "a b", " a ": "a", "a\nb\t c": "a b c", "\u202ea\u202c": "a", "a\u2066b\u2069": "ab", "a\x1b[1m": "a[1m", "a\u0085b": "ab", "é ñ § “a” – …": "é ñ § “a” – …",
		"a\u00a0b": "a\u00a0b", "می\u200cخواهم": "می\u200cخواهم", "\xff": "\ufffd", "a\x80": "a\ufffd", "": "", "€": "€", "\xe2": "\ufffd",
	} {
		if got := clean(s); got != want {
			t.Errorf("clean(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestWidth(t *testing.T) {
	for s, want := range map[string]int{"abc": 3, "é": 1, "e\u0301": 1, "محاميًا": 6, "文件": 4, "한국": 4, "a\u200bb": 2, "\u2066x\u2069": 1, "ＡＢ": 4, "हिन्दी": 5} {
		if got := width(s); got != want {
			t.Errorf("width(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestWrapsWithoutSpaces(t *testing.T) {
	text, _, _ := say(t, 2, "zh-Hans", locales.Statement{Text: strings.Repeat("城市保留你的文件，", 12)})
	for _, line := range strings.Split(text, "\n") {
		if width(line) > columns || strings.HasPrefix(line, "，") {
			t.Errorf("%d columns: %q", width(line), line)
		}
	}
	if strings.ReplaceAll(text, "\n", "") != strings.Repeat("城市保留你的文件，", 12) {
		t.Errorf("wrapping changed the text: %q", text)
	}
}

// A question that stands alone is the heading of its answer: nobody reads it as a part of the answer before. Its value is not lost,
// however long it is, and a question among other sentences is a sentence.
func TestQuestionIsAHeading(t *testing.T) {
	statement := func(text string, values ...locales.Value) locales.Statement {
		return locales.Statement{ID: text, Text: text, Values: values}
	}
	long := strings.Repeat("a long name ", 8) + "end"
	named := func(text string) locales.Value {
		return locales.Value{Name: "part", Label: "Part", Kind: notices.VName, Text: []string{text}, Runs: []locales.Run{{Text: text, Dir: "auto"}}}
	}
	n := testNotice(t, "en")
	n.Sections = []locales.Section{{ID: "ask_questions", Layer: 2, Heading: "Questions", Groups: []locales.Group{
		{Statements: []locales.Statement{statement("Read this first.")}},
		{Statements: []locales.Statement{statement("Is it kept?", named("By mail"))}},
		{Heading: "The right answer", Statements: []locales.Statement{statement("Yes.")}},
		{Statements: []locales.Statement{statement("Is it long?", named(long))}},
		{Heading: "The right answer", Statements: []locales.Statement{statement("Is it?"), statement("Yes, it is.")}},
	}}}
	heads := 0
	for _, b := range lay(n)[0].Blocks {
		if b.Head {
			heads++
		}
		if b.Head && len(b.List)+len(b.More) > 0 {
			t.Error("a heading has something below it that nobody prints")
		}
	}
	if heads != 4 {
		t.Errorf("%d headings", heads)
	}
	out := outputs(t, n)
	for kind, s := range out {
		if p := plainText(kind, s); !strings.Contains(p, long) || !strings.Contains(p, "By mail") {
			t.Errorf("%s: a value of a question is lost:\n%s", kind, s)
		}
	}
	if !strings.Contains(out["html"], `<h3>Is it kept? Part: <bdi class="fn-w">By mail</bdi></h3>`) || !strings.Contains(out["html"], "<p>Is it? Yes, it is.</p>") {
		t.Errorf("%s", out["html"])
	}
}
