package print

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// aDocument has one of everything.
func aDocument() Document {
	control := func(tag, mark, lang, text string, rtl bool) Paragraph {
		return Paragraph{Language: lang, RTL: rtl, Runs: []Run{{Text: text, In: &Control{Tag: tag, Title: "Statement " + tag, Bookmark: mark}}}}
	}
	cell := func(b ...Block) Cell { return Cell{Blocks: b} }
	words := func(s string) Paragraph { return Paragraph{Runs: []Run{{Text: s}}} }
	return Document{
		Title: "For <review> & more", Language: "en", Stamp: "Working paper; may be a public record.", Track: true,
		Properties: []Property{{"one", "1 < 2"}, {"two", "“2”"}},
		Body: []Block{
			Paragraph{Style: Title, Runs: []Run{{Text: "For review"}}},
			Paragraph{Style: Heading1, Runs: []Run{{Text: "Before you apply"}}},
			List{Numbered: true, Items: []Paragraph{words("First"), words("Second")}},
			List{Numbered: true, Items: []Paragraph{words("From one again")}},
			List{Items: []Paragraph{words("A bullet")}},
			Table{Widths: []int{8, 46, 46}, Head: 1, Rows: [][]Cell{
				{{Shade: "EEEEEE", Blocks: []Block{words("No.")}}, cell(words("English")), cell(Paragraph{RTL: true, Language: "ar", Runs: []Run{{Text: "العربية", Bold: true}}})},
				{cell(words("1")), cell(control("fn:1:en", "fn_1_en", "en", "Call 555-0142.", false)),
					cell(control("fn:1:ar", "fn_1_ar", "ar", "اتصل على \u2066555-0142\u2069 أو \u206812 Main Street (2nd floor)\u2069.", true))},
				{{Span: 3, Blocks: []Block{Paragraph{Style: Note, Keep: true, Runs: []Run{{Text: "Line 12\nof\tthe file.", Italic: true}}}}}},
				{cell(), cell(control("fn:2:hi", "", "hi", "हम एक प्रति रखते हैं।", false)), cell(control("fn:2:zh-Hans", "", "zh-Hans", "我们会保留一份复印件。", false))},
			}},
			Break{},
			Table{Widths: []int{50, 50}, RTL: true, Rows: [][]Cell{{cell(words("right")), cell(words("left"))}}},
		},
	}
}

func made(t *testing.T, d Document) map[string]string {
	t.Helper()
	var b, again bytes.Buffer
	if err := DOCX(&b, d); err != nil {
		t.Fatal(err)
	}
	if err := DOCX(&again, d); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same document gives other bytes")
	}
	return unpacked(t, b.Bytes())
}

// unpacked gives the parts of a file, each good XML.
func unpacked(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
		for d := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return parts
}

// TestDOCX looks at what stands in the parts of a document.
func TestDOCX(t *testing.T) {
	parts := made(t, aDocument())
	body := parts["word/document.xml"]
	for _, want := range []string{
		`<w:tag w:val="fn:1:ar"/>`, `<w:bookmarkStart w:id="2" w:name="fn_1_ar"/>`, `<w:lock w:val="sdtLocked"/>`,
		`<w:pPr><w:bidi/></w:pPr>`, `<w:tblPr><w:bidiVisual/>`, `<w:cantSplit/><w:tblHeader/>`, `<w:gridSpan w:val="3"/>`, `<w:keepNext/>`,
		// What is isolated has no w:rtl and stands between two marks; what stands around has it.
		`<w:r><w:rPr><w:rtl/><w:lang w:bidi="ar"/></w:rPr><w:t xml:space="preserve">اتصل على </w:t></w:r><w:r><w:rPr><w:lang w:bidi="ar"/></w:rPr><w:t xml:space="preserve">` + "\u200e555-0142\u200e" + `</w:t></w:r>`,
		"\u200e12 Main Street (2nd floor)\u200e",
		`<w:lang w:eastAsia="zh-CN"/>`, `<w:lang w:bidi="hi"/>`, `Line 12</w:t><w:br/><w:t xml:space="preserve">of</w:t><w:tab/>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the document has no %s", want)
		}
	}
	if s := parts["word/settings.xml"]; !strings.Contains(s, `<w:trackRevisions/><w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>`) {
		t.Errorf("changes are not tracked: %s", s)
	}
	for _, edge := range []string{"word/header1.xml", "word/footer1.xml"} {
		if !strings.Contains(parts[edge], "Working paper; may be a public record.") {
			t.Errorf("%s has no stamp", edge)
		}
	}
	if n := strings.Count(parts["word/numbering.xml"], "<w:startOverride"); n != 2 {
		t.Errorf("%d lists begin at 1, want 2", n)
	}
	for name, text := range parts {
		if regexp.MustCompile(`TargetMode|https?://(?:[^so]|s[^c]|o[^p])`).MatchString(strings.ReplaceAll(text, "http://purl.org/dc/elements/1.1/", "")) {
			t.Errorf("%s names something outside", name)
		}
	}
}

// TestDOCXRefuses gives the writer what Word would call a damaged file.
func TestDOCXRefuses(t *testing.T) {
	control := func(tag, mark string) Block { return Paragraph{Runs: []Run{{In: &Control{Tag: tag, Bookmark: mark}}}} }
	for name, body := range map[string][]Block{
		"no tag":          {control("", "")},
		"a long tag":      {control(strings.Repeat("x", 65), "")},
		"a bad bookmark":  {control("x", "1x")},
		"one twice":       {control("x", "x"), control("y", "x")},
		"a row too short": {Table{Widths: []int{50, 50}, Rows: [][]Cell{{{}}}}},
		"a row too long":  {Table{Widths: []int{50}, Rows: [][]Cell{{{}, {}}}}},
	} {
		if err := DOCX(io.Discard, Document{Body: body}); err == nil {
			t.Errorf("%s is written", name)
		}
	}
}

func BenchmarkDOCX(b *testing.B) {
	d := aDocument()
	b.ReportAllocs()
	for b.Loop() {
		if err := DOCX(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}
