package render

import (
	"bytes"
	"compress/gzip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// TestAlso: each page of one language says in each of the others that it is there too, and leads there; the page of all languages says it
// for paper, and leads to no address that names a language; in plain text and Markdown only the whole notice says it; and so do the poster and the back of the English handout.
func TestAlso(t *testing.T) {
	fs := files(testEdition(t, "en", "es", "ar"))
	line := map[string]string{}
	for _, l := range locales.Everywhere() {
		line[l.Tag] = l.Important
	}
	for path, b := range fs {
		page := string(b)
		parts := strings.Split(path, "/")
		for _, tag := range []string{"en", "es", "ar"} {
			has := strings.Count(page, line[tag])
			want := 0
			switch {
			case len(parts) == 2 && parts[0] == "public" && strings.HasSuffix(path, ".html") && path != "public/leave.html":
				want = 1
			case len(parts) != 3 || parts[1] == tag || strings.HasSuffix(path, ".json"):
			case parts[0] == "public", strings.HasPrefix(parts[2], "before"), parts[2] == "poster-print.html", path == "office/en/handout-print.html":
				want = 1
			}
			if has != want {
				t.Errorf("%s says %d times that it is in %s, and not %d times", path, has, tag, want)
			}
			if parts[0] == "public" && len(parts) == 3 && want == 1 && !strings.Contains(page, `<a href="../`+tag+"/"+parts[2]+`">`+line[tag]+"</a>") {
				t.Errorf("%s does not lead to %s", path, tag)
			}
		}
		if key, _, ok := strings.Cut(page, "</section>"); ok && strings.Contains(key, "fn-key") && strings.Contains(key, line["es"]) {
			t.Errorf("%s: the line stands in the key facts", path)
		}
	}
	// In plain text a line from right to left begins so, whichever way the notice runs.
	if text := string(fs["office/en/before.txt"]); !strings.HasSuffix(text, "\n\n"+line["es"]+"\n"+line["ar"]+"\n") {
		t.Errorf("the foot of the text: %q", text[len(text)-300:])
	}
	if text := string(fs["office/en/before.md"]); !strings.HasSuffix(text, "\n\n"+line["es"]+"\n\n<div dir=\"rtl\" lang=\"ar\">\n\n"+line["ar"]+"\n\n</div>\n") {
		t.Errorf("the foot of the Markdown: %q", text[len(text)-300:])
	}
	// None of it is in a digest.
	n := testNotice(t, "en")
	if strings.Contains(string(Canonical(n)), line["es"]) {
		t.Error("the line is in the digest")
	}
}

// TestNotYet: behind the chips of its languages, the page of all languages has one for each other language, in one group with them, that
// says in that language that it is not there yet, and where one can ask for an interpreter.
func TestNotYet(t *testing.T) {
	for _, tags := range [][]string{{"en", "es", "ar"}, {"ar"}} {
		fs := files(testEdition(t, tags...))
		for path, b := range fs {
			page := string(b)
			if strings.HasPrefix(path, "public/") && strings.HasSuffix(path, ".html") && strings.Count(path, "/") == 1 && path != "public/leave.html" {
				last := strings.LastIndex(page, `<details class="fn-lang"`)
				for _, l := range locales.Everywhere() {
					chip := `<details class="fn-yet" name="fn-lang" lang="` + l.Tag + `" dir="` + l.Dir + `">`
					at := strings.Index(page, chip)
					if slices.Contains(tags, l.Tag) {
						if at >= 0 {
							t.Errorf("%s: %s is there, and is said not to be", path, l.Tag)
						}
						continue
					}
					if at < last || at < 0 {
						t.Errorf("%s: no chip for %s behind the others", path, l.Tag)
						continue
					}
					body, _, _ := strings.Cut(page[at:], "</details>")
					want := "<p>" + strings.ReplaceAll(l.NotYet, "'", "&#39;") + "</p>\n<p>" + strings.ReplaceAll(l.Interpreter, "'", "&#39;") + ` <a href="tel:&#43;13125550163"><bdi dir="ltr">312-555-0163</bdi></a></p>`
					if !strings.Contains(strings.ReplaceAll(body, "+1", "&#43;1"), want) {
						t.Errorf("%s in %s: %s", path, l.Tag, body)
					}
				}
			} else if strings.Contains(page, "fn-yet\"") {
				t.Errorf("%s has chips of languages that it is not in", path)
			}
		}
	}
}

// TestInterpreter: the number; of one that nobody has called, the page; where there is neither, the name; and nobody, where nobody is named.
func TestInterpreter(t *testing.T) {
	phone := locales.Value{Name: "phone", Kind: notices.VPhone, Text: []string{"312"}, Runs: []locales.Run{{Text: "312", Dir: "ltr", Href: "tel:312"}}}
	page := locales.Value{Name: "page", Kind: notices.VURL, Text: []string{"a.example"}, Runs: []locales.Run{{Text: "a.example", Dir: "ltr", Href: "https://a.example"}}}
	name := locales.Value{Name: "name", Kind: notices.VName, Text: []string{"Group"}, Runs: []locales.Run{{Text: "Group", Dir: "auto"}}}
	for want, s := range map[string]locales.Statement{
		"312":       {Message: "do.help.interpreter", Values: []locales.Value{name, page, phone}},
		"a.example": {Message: "do.help.interpreter", Values: []locales.Value{name, phone, page}, Because: []notices.Reason{{Path: "help[2].phone", Confidence: source.Unverified}}},
		"Group":     {Message: "do.help.interpreter@office", Values: []locales.Value{name}},
		"":          {Message: "do.help.legal", Values: []locales.Value{name, phone}},
	} {
		n := &locales.Notice{Language: "en", Sections: []locales.Section{{Groups: []locales.Group{{Statements: []locales.Statement{s}}}}}}
		if got := interpreterOf([]*locales.Notice{n}); got.Text != want || want == "Group" && got.Lang != "en" {
			t.Errorf("%+v, want %q", got, want)
		}
	}
	for _, y := range notYetIn(nil, run{}) {
		if y.Interpreter != "" {
			t.Errorf("%s: an interpreter is promised, and nobody is named", y.Lang)
		}
	}
}

// TestTypography: each row of the tables has a typeface that there are fonts for, and a rule, unless it is the page's own; no rule is
// written by hand beside them.
func TestTypography(t *testing.T) {
	css := typography()
	_, css, _ = strings.Cut(css, ".fn-main li::marker{") // what is before is the page's own
	used := map[string]bool{}
	for _, l := range locales.Everywhere() {
		used[l.Face] = true
		if faces[l.Face] == "" {
			t.Errorf("%s: no fonts for %q", l.Tag, l.Face)
		}
		own := l.Face == "latin" && l.Line == "1.5" // as the page itself
		if strings.Count(css, "[lang|="+l.Tag+"]{")+strings.Count(css, "[lang|="+l.Tag+"],") != map[bool]int{true: 0, false: 1}[own] {
			t.Errorf("%s: not one rule:\n%s", l.Tag, css)
		}
	}
	for face := range faces {
		if !used[face] {
			t.Errorf("no language has the face %s", face)
		}
	}
	if want := `[lang|=ur] .fn-key{font-family:` + faces["naskh"] + `;--fn-l:1.8}`; !strings.Contains(css, want) || !strings.Contains(css, "[lang|=ur]{font-family:"+faces["nastaliq"]) {
		t.Errorf("the key facts in Urdu:\n%s", css)
	}
	sheet, err := templateFiles.ReadFile("templates/notice.css")
	if err != nil || bytes.Contains(sheet, []byte("lang(")) || bytes.Contains(sheet, []byte("[lang")) || !bytes.Contains(sheet, []byte("/* typography */")) {
		t.Error("the sheet has a rule for a language of its own", err)
	}
	set, err := templates()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, "page", &page{}); err != nil || !strings.Contains(b.String(), strings.TrimSpace(css)) {
		t.Error("the page does not have the rules", err)
	}
}

// TestWeightOfTaglines: what the page of all languages has for people whose language it is not in is at most 6 KB, once.
func TestWeightOfTaglines(t *testing.T) {
	weigh := func(b []byte) int {
		var out bytes.Buffer
		w, _ := gzip.NewWriterLevel(&out, 9)
		w.Write(b)
		w.Close()
		return out.Len()
	}
	whole := files(testEdition(t, "en", "es", "ar"))["public/index.html"]
	without := regexp.MustCompile(`(?s)<details class="fn-rest">.*</ul>\n</main>`).ReplaceAll(whole, []byte("</div></main>"))
	if more := weigh(whole) - weigh(without); len(without) == len(whole) || more > 6<<10 {
		t.Errorf("%d bytes more", more)
	} else {
		t.Logf("%d bytes more, of %d", more, weigh(whole))
	}
}
