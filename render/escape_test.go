package render

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"unicode/utf8"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// hostile is what somebody may write into a field to get out of it.
var hostile = []string{
	`<script>alert(1)</script>`, `</style><img src=x onerror=alert(1)>`, `"><svg onload=alert(1)>`, `' onmouseover='alert(1)`, `" style="x`, "` onclick=`x",
	`javascript:alert(1)`, `https://a.example/"><b>`, `tel:1"><b>`, `data:text/html,<b>`, `-->`, `<!--`, `]]>`, `&lt;b&gt;`, `&#60;b>`, `</details></main>`, `{{.}}`, `{{template "css"}}`,
	"\u202eevil\u202c", "\u2066open", "\u2069close", "a\x00b", "a\nb\tc", "\x1b[31mred", "\xff\xfe", "\u2028x", "#  h", "- x", "1. x", "[a](javascript:b)", "![a](b)", "*a*", "__a__", "<a@b.c>", "http://x.example", "www.x.example",
	"| a | b |", "~~a~~", "$x$", "\\", "```", "    code", "> q", "a\\", "السلام", "一二三：", "",
}

// hostileNotice has s in every field that holds words.
func hostileNotice(s, dir, href string) *locales.Notice {
	v := func(k notices.ValueKind, texts ...string) locales.Value {
		v := locales.Value{Name: s, Label: s, Kind: k, Text: texts}
		for _, t := range texts {
			v.Runs = append(v.Runs, locales.Run{Text: t, Dir: dir, Lang: s, Href: href})
		}
		return v
	}
	sts := func() []locales.Statement {
		return []locales.Statement{
			{ID: s, Message: s, Text: s, Because: []notices.Reason{{Path: s, Cite: s}}},
			{ID: s + "1", Text: s, Values: []locales.Value{v("phone", s)}},
			{ID: s + "2", Text: s + ":", Values: []locales.Value{v("date", s)}},
			{ID: s + "3", Text: s, Values: []locales.Value{v("label", s, s)}},
			{ID: s + "4", Text: s, Values: []locales.Value{v("name", s), v("url", s, s), v("place", strings.Repeat(s+" ", 30))}},
		}
	}
	gs := func() []locales.Group {
		return []locales.Group{{Heading: s, Values: []locales.Value{v("name", s)}, Statements: sts()}, {Statements: sts()[:1]}}
	}
	return &locales.Notice{Program: source.ID(s), Kind: notices.Kind(s), Language: s, Direction: dir, Voice: "independent", Title: s, Name: locales.Run{Text: s, Lang: s},
		Edition: locales.EditionRef{Number: 1, Digest: "sha256:" + strings.Repeat("a", 64), Date: s}, Translation: locales.Translation{State: "draft", By: s, On: s},
		Sections: []locales.Section{
			{ID: s, Layer: 1, Heading: s, Values: []locales.Value{v("name", s)}, Groups: gs()},
			{ID: s, Layer: 2, Heading: s, Groups: gs()},
			{ID: s, Layer: 3, Heading: s, Groups: []locales.Group{{Statements: sts()[:1]}}},
		}}
}

// echo gives back one phrase for everything.
type echo string

func (e echo) Phrase(string, string) (string, error) { return string(e), nil }

func hostilePages(t testing.TB, s, href string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, dir := range []string{"ltr", "rtl", "auto"} {
		n := hostileNotice(s, dir, href)
		for name, ns := range map[string][]*locales.Notice{"one": {n}, "many": {n, n}} {
			var b bytes.Buffer
			if err := writePage(&b, echo(s), ns, pageOptions{all: "../index.html", leave: "before.html", other: []otherKind{{notices.Before, "before.html"}}, print: dir == "rtl",
				also: []also{{Lang: "es", Dir: "ltr", Text: clean(s), Path: "before.html"}}, yet: true, ask: show(locales.Run{Text: s, Dir: dir, Lang: s, Href: href})}); err != nil {
				t.Fatal(err)
			}
			pages[dir+" "+name] = b.String()
		}
	}
	return pages
}

func TestHostileWordsStayWords(t *testing.T) {
	for _, s := range hostile {
		for _, href := range []string{"", s, "tel:" + s, "https://" + s} {
			for name, page := range hostilePages(t, s, href) {
				if err := checkHTML(page); err != nil {
					t.Fatalf("%q as words, %q as address, page %s: %v", s, href, name, err)
				}
			}
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, "https://"+s)
	}
	f.Fuzz(func(t *testing.T, s, href string) {
		for name, page := range hostilePages(t, s, href) {
			if err := checkHTML(page); err != nil {
				t.Fatalf("%q, %q, page %s: %v", s, href, name, err)
			}
		}
	})
}

// knownTags and their attributes are all that a page may have.
var knownTags = map[string]string{
	"html": "lang dir", "head": "", "meta": "charset http-equiv content name", "title": "", "style": "", "body": "class", "main": "class", "h1": "class", "h2": "class", "h3": "class", "h4": "class",
	"div": "class", "details": "class name lang dir open", "summary": "class", "article": "class lang dir translate", "section": "class", "p": "class", "span": "class lang dir", "ul": "class", "li": "lang dir",
	"bdi": "class lang dir", "a": "class href",
}

// checkHTML reads a page as a browser's tokenizer does, as far as such pages need, and says what should not be there.
func checkHTML(page string) error {
	if !utf8.ValidString(page) {
		return errors.New("not UTF-8")
	}
	if i := strings.IndexFunc(page, func(r rune) bool { return turns(r) || r == 0 || r == 0x1b }); i >= 0 {
		return fmt.Errorf("a control at %q", cut(page, i))
	}
	rest, ok := strings.CutPrefix(page, "<!DOCTYPE html>")
	if !ok {
		return errors.New("no doctype")
	}
	var stack []string
	styles := 0
	for rest != "" {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			i = len(rest)
		}
		if err := checkEntities(rest[:i]); err != nil {
			return err
		}
		rest = rest[i:]
		if rest == "" {
			break
		}
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			return fmt.Errorf("a tag without end: %q", cut(rest, 0))
		}
		tag := rest[1:end]
		rest = rest[end+1:]
		if name, ok := strings.CutPrefix(tag, "/"); ok {
			if len(stack) == 0 || stack[len(stack)-1] != name {
				return fmt.Errorf("</%s> closes %v", name, stack)
			}
			stack = stack[:len(stack)-1]
			continue
		}
		name, attrs, _ := strings.Cut(tag, " ")
		if err := checkAttributes(name, attrs); err != nil {
			return err
		}
		switch name {
		case "meta":
			continue
		case "style":
			styles++
			css, after, ok := strings.Cut(rest, "</style>")
			if !ok || strings.Contains(css, "<") || styles > 1 {
				return errors.New("a style sheet that should not be there")
			}
			rest = after
			continue
		}
		stack = append(stack, name)
	}
	if len(stack) > 0 {
		return fmt.Errorf("never closed: %v", stack)
	}
	return nil
}

func checkAttributes(tag, attrs string) error {
	allowed, ok := knownTags[tag]
	if !ok {
		return fmt.Errorf("a tag <%s>", tag)
	}
	seen := map[string]bool{}
	for attrs != "" {
		i := strings.IndexAny(attrs, "= ")
		if i < 0 {
			i = len(attrs)
		}
		name := attrs[:i]
		if !strings.Contains(" "+allowed+" ", " "+name+" ") || name == "" || seen[name] {
			return fmt.Errorf("<%s> with an attribute %q", tag, name)
		}
		seen[name] = true
		attrs = attrs[i:]
		if name == "open" {
			attrs = strings.TrimPrefix(attrs, " ")
			continue
		}
		value, after, ok := strings.Cut(strings.TrimPrefix(attrs, `="`), `"`)
		if !ok || !strings.HasPrefix(attrs, `="`) {
			return fmt.Errorf("<%s %s> without quotes", tag, name)
		}
		attrs = strings.TrimPrefix(after, " ")
		if err := checkEntities(value); err != nil {
			return err
		}
		switch name {
		case "class":
			for _, c := range strings.Fields(value) {
				if !strings.HasPrefix(c, "fn-") {
					return fmt.Errorf("class %q", value)
				}
			}
		case "href":
			if !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "tel:") && value != "../index.html" && value != "before.html" {
				return fmt.Errorf("href %q", value)
			}
			if strings.ContainsAny(value, " <>`\n") {
				return fmt.Errorf("href %q", value)
			}
		case "name":
			if tag == "details" && value != "fn-lang" {
				return fmt.Errorf("details named %q", value)
			}
		}
	}
	return nil
}

// checkEntities finds an ampersand that is not one of ours: a reference that a hostile text made.
func checkEntities(s string) error {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '>':
			return fmt.Errorf("a bare > in %q", cut(s, i))
		case '&':
			ok := false
			for _, e := range []string{"&amp;", "&lt;", "&gt;", "&#34;", "&#39;", "&#43;", "&#96;"} {
				ok = ok || strings.HasPrefix(s[i:], e)
			}
			if !ok {
				return fmt.Errorf("a bare & in %q", cut(s, i))
			}
		}
	}
	return nil
}

func cut(s string, i int) string { return s[max(0, i-20):min(len(s), i+40)] }

// The tokenizer must itself find what it is there for.
func TestCheckHTMLFinds(t *testing.T) {
	const good = "<!DOCTYPE html><html lang=\"en\"><body class=\"fn-page\"><p>a</p></body></html>"
	if err := checkHTML(good); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<b>", "<p onclick=\"x\">", "<p class=\"x\">", "<p class=fn-x>", "&lt;&x", "</p>", "<a href=\"javascript:x\">", "<p", "\u2066", "<script>", "<details name=\"x\">", "a > b", "<p class=\"fn-a\" class=\"fn-b\">"} {
		if checkHTML(strings.Replace(good, "a</p>", bad+"</p>", 1)) == nil {
			t.Errorf("%q was not found", bad)
		}
	}
}

// Only constants are markup: no expression of the package converts to it, nor to the types by which html/template trusts text.
func TestNoTrustIsMade(t *testing.T) {
	pkgs, err := parser.ParseDir(token.NewFileSet(), ".", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		ast.Inspect(p, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.CallExpr:
				if id, ok := x.Fun.(*ast.Ident); ok && id.Name == "markup" {
					t.Errorf("a conversion to markup")
				}
			case *ast.SelectorExpr:
				if id, ok := x.X.(*ast.Ident); ok && id.Name == "template" && strings.Contains(" HTML HTMLAttr JS JSStr URL CSS Srcset ", " "+x.Sel.Name+" ") {
					t.Errorf("template.%s", x.Sel.Name)
				}
			}
			return true
		})
	}
}

// Text holds no control but line feeds, and every isolate that a line opens it closes.
func FuzzText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, dir := range []string{"ltr", "rtl"} {
			for name, write := range map[string]func(*bytes.Buffer) error{
				"text":     func(b *bytes.Buffer) error { return Text(b, hostileNotice(s, dir, s)) },
				"markdown": func(b *bytes.Buffer) error { return Markdown(b, hostileNotice(s, dir, s)) },
			} {
				var b bytes.Buffer
				if err := write(&b); err != nil {
					t.Fatal(err)
				}
				if err := checkPlain(b.String()); err != nil {
					t.Fatalf("%s %s: %v", name, dir, err)
				}
			}
		}
	})
}

func checkPlain(s string) error {
	if !utf8.ValidString(s) {
		return errors.New("not UTF-8")
	}
	for _, line := range strings.Split(s, "\n") {
		depth := 0
		for _, r := range line {
			switch {
			case r >= 0x2066 && r <= 0x2068:
				depth++
			case r == 0x2069:
				depth--
			case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e:
				return fmt.Errorf("control %U in %q", r, line)
			}
			if depth < 0 || depth > 1 {
				return fmt.Errorf("isolates out of balance in %q", line)
			}
		}
		if depth != 0 {
			return fmt.Errorf("an open isolate in %q", line)
		}
	}
	return nil
}
