package print

import (
	"bytes"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// aNotice is a small notice from right to left, with hostile words in its values.
func aNotice() *locales.Notice {
	value := func(kind notices.ValueKind, label string, runs ...locales.Run) locales.Value {
		v := locales.Value{Name: "x", Label: label, Kind: kind, Runs: runs}
		for _, r := range runs {
			v.Text, v.Data = append(v.Text, r.Text), append(v.Data, r.Text)
		}
		return v
	}
	return &locales.Notice{
		Program: "city", Kind: notices.Before, Language: "ar", Direction: "rtl", Title: "قبل التقديم", Name: locales.Run{Text: `City "Key" \ #eval`, Dir: "auto", Lang: "en"},
		Translation: locales.Translation{State: "draft"}, Edition: locales.EditionRef{Number: 1, Date: "14 يونيو 2025", Digest: "sha256:" + strings.Repeat("ab", 32)},
		Sections: []locales.Section{
			{ID: "key_facts", Layer: 1, Heading: "أهم المعلومات", Groups: []locales.Group{{Statements: []locales.Statement{{ID: "a", Text: "يحتفظ المكتب بها."}}}}},
			{ID: "do", Layer: 2, Heading: "ماذا يمكنكم؟", Groups: []locales.Group{{Statements: []locales.Statement{
				{ID: "b", Text: "يمكنكم الاتصال."},
				{ID: "c", Text: "اتصلوا هنا:", Values: []locales.Value{value(notices.VPhone, "الهاتف", locales.Run{Text: "312-555-0142", Dir: "ltr", Href: "tel:+13125550142"}, locales.Run{Text: "#import \"x\"; $x$ \\u{202e}", Dir: "auto"})}},
			}}}},
		},
	}
}

// TestNotice: a Word file says direction and language, isolates each value, says on every page that it is a draft, and is the same each time.
func TestNotice(t *testing.T) {
	c, ps := locales.Shipped("ar", "es")
	if ps.Failed() {
		t.Fatal(ps)
	}
	n := aNotice()
	other := *n
	other.Language = "es"
	var b, again bytes.Buffer
	for _, w := range []*bytes.Buffer{&b, &again} {
		if err := Notice(w, c, n, []*locales.Notice{n, &other}, render.A4); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same notice gives other bytes")
	}
	parts := unpacked(t, b.Bytes())
	body := parts["word/document.xml"]
	for _, want := range []string{
		`<w:pStyle w:val="Title"/><w:bidi/>`, `<w:pStyle w:val="Heading1"/>`, `<w:pgSz w:w="11906" w:h="16838"/>`, `<w:bidi/></w:sectPr>`, "\u200e312-555-0142\u200e", `<w:tblBorders>`,
		`City &#34;Key&#34; \ #eval`, `<w:ilvl w:val="0"/>`, `<w:lang w:val="es-US"/></w:rPr><w:t xml:space="preserve">Esto es importante.`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the document has no %s:\n%s", want, body)
		}
	}
	draft, err := c.Phrase("ar", "ui.draft")
	if err != nil || !strings.Contains(parts["word/header1.xml"], "<w:bidi/>") || !strings.Contains(parts["word/header1.xml"], draft) || !strings.Contains(parts["word/footer1.xml"], "PAGE") || strings.Contains(parts["word/footer1.xml"], draft) {
		t.Errorf("head and foot: %s\n%s", parts["word/header1.xml"], parts["word/footer1.xml"])
	}
	n.Translation.State = "reviewed"
	b.Reset()
	if err := Notice(&b, c, n, nil, render.Letter); err != nil {
		t.Fatal(err)
	}
	for name, text := range unpacked(t, b.Bytes()) {
		if strings.Contains(text, draft) {
			t.Errorf("%s calls a reviewed notice a draft", name)
		}
	}
}

// TestTypstWords: what stands in a notice is a string to Typst, and never a command.
func TestTypstWords(t *testing.T) {
	c, ps := locales.Shipped("ar")
	if ps.Failed() {
		t.Fatal(ps)
	}
	var b bytes.Buffer
	if err := Typst(&b, c, aNotice(), nil, render.A4, source.NewDay(2025, 6, 14)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`paper: "a4"`, `lang: "ar", dir: rtl`, `date: datetime(year: 2025, month: 6, day: 14)`, `#heading(level: 1)[#"قبل التقديم"]`,
		"#link(\"tel:+13125550142\")[#\"\u2066312-555-0142\u2069\"]", "#\"\u2068#import \\\"x\\\"; $x$ \\\\u{202e}\u2069\"", `City \"Key\" \\ #eval`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the document has no %s:\n%s", want, b.String())
		}
	}
}

// TestDoor: the page that leads to what was made names what there is, and nothing that comes in can break out of it.
func TestDoor(t *testing.T) {
	ar, _ := locales.Find("ar")
	var b bytes.Buffer
	d := Door{Program: "City <b>", Edition: "This is edition 1", Drafts: true, Rooms: []Room{{ar, []Thing{{"Poster", []Way{{"ar/poster.html", "page"}, {"ar/poster.pdf", "PDF"}}}}}}}
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`City &lt;b&gt;`, `<li>Poster: <a href="ar/poster.html">page</a>, <a href="ar/poster.pdf">PDF</a></li>`, `<bdi lang="ar" dir="rtl">العربية</bdi> · Arabic`, `No named person has reviewed`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "counter") {
		t.Error("a card for the counter is named, and there is none")
	}
}
