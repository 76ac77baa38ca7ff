package render

import (
	"bytes"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
)

// aloud reads one section aloud.
func aloud(t *testing.T, lang, dir string, sts ...locales.Statement) string {
	t.Helper()
	n := &locales.Notice{Language: lang, Direction: dir, Title: "T", Sections: []locales.Section{{ID: "s", Layer: 2, Heading: "H", Groups: []locales.Group{{Statements: sts}}}}}
	var b bytes.Buffer
	if err := ReadAloud(&b, n); err != nil {
		t.Fatal(err)
	}
	out, ok := strings.CutPrefix(b.String(), "T\n\n\nH\n\n")
	if !ok {
		t.Fatalf("%q", b.String())
	}
	return out
}

func TestReadAloud(t *testing.T) {
	st := func(text string, vs ...locales.Value) locales.Statement {
		return locales.Statement{ID: "x", Text: text, Values: vs}
	}
	for _, c := range []struct {
		name, lang, dir string
		sts             []locales.Statement
		want            string
	}{
		{"a sentence on a line", "en", "ltr", []locales.Statement{st("One. Two? Three!"), st("Four.")}, "One.\nTwo?\nThree!\nFour.\n"},
		{"a quoted end", "en", "ltr", []locales.Statement{st(`He said "no." Then he left.`)}, "He said \"no.\"\nThen he left.\n"},
		{"Chinese", "zh-Hans", "ltr", []locales.Statement{st("城市保留文件。没有说多久。")}, "城市保留文件。\n没有说多久。\n"},
		{"Urdu", "ur", "rtl", []locales.Statement{st("ایک۔ دو؟ تین")}, "ایک۔\nدو؟\nتین\n"},
		{"Hindi", "hi", "ltr", []locales.Statement{st("एक। दो?")}, "एक।\nदो?\n"},
		{"a name with a full stop ends nothing", "en", "ltr", []locales.Statement{st("A"), st("Ask:", value(notices.VName, "Name", "St. Mary's Inc. of Chicago"))}, "A\nAsk: St. Mary's Inc. of Chicago\n"},
		{"a list", "en", "ltr", []locales.Statement{st("A"), st("Kept:", value(notices.VLabel, "Papers", "Name", "Photo"))}, "A\nKept:\nName\nPhoto\n"},
		{"things on a line", "en", "ltr", []locales.Statement{st("A"), st("Kept.", value(notices.VLabel, "Papers", "Name", "Photo"))}, "A\nKept.\nPapers: Name, Photo\n"},
		{"things on a line in Arabic", "ar", "rtl", []locales.Statement{st("A"), st("Kept.", value(notices.VLabel, "Papers", "ا", "ب"))}, "A\nKept.\nPapers: \u2068ا\u2069، \u2068ب\u2069\n"},
		{"a phone", "en", "ltr", []locales.Statement{st("A"), st("Call:", value(notices.VPhone, "Phone", "312-555-0142"))}, "A\nCall: 3 1 2, 5 5 5, 0 1 4 2\n"},
		{"a phone in Arabic", "ar", "rtl", []locales.Statement{st("A"), st("Call:", value(notices.VPhone, "Phone", "312-555-0142"))}, "A\nCall: \u20663 1 2, 5 5 5, 0 1 4 2\u2069\n"},
		{"a page", "en", "ltr", []locales.Statement{st("A"), st("Read:", value(notices.VURL, "Page", "example.org/a"))}, "A\nRead: example.org/a\n"},
		{"a question is a heading", "en", "ltr", []locales.Statement{st("A"), st("Is it kept?")}, "A\nIs it kept?\n"},
	} {
		if got := aloud(t, c.lang, c.dir, c.sts...); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.name, got, c.want)
		}
	}
	n := testNotice(t, "en")
	n.Sections = []locales.Section{{ID: "key_facts", Layer: 1, Heading: "Key facts", Groups: []locales.Group{{Statements: []locales.Statement{
		st("It gave them.", value(notices.VDate, "Date", "May 1, 2025", "2025")), st("Read:", locales.Value{Name: "p", Kind: notices.VURL, Text: []string{"https://example.org/"}, Runs: []locales.Run{{Text: "https://example.org/", Dir: "ltr", Href: "https://example.org/"}}}),
		st("A law:", locales.Value{Name: "law", Kind: notices.VLaw, Text: []string{"The act", "5 U.S.C. 1"}, Runs: []locales.Run{{Text: "The act", Dir: "auto"}, {Text: "5 U.S.C. 1", Dir: "ltr", Lang: "en", Beside: true}}})}}}}}
	var b bytes.Buffer
	if err := ReadAloud(&b, n); err != nil {
		t.Fatal(err)
	}
	if want := "\n\n\nKey facts\n\nIt gave them.\nMay 1, 2025, 2025\nRead: example.org\nA law: The act (5 U.S.C. 1)\n"; !strings.HasSuffix(b.String(), want) {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

func TestDigitByDigit(t *testing.T) {
	for s, want := range map[string]string{
		"312-555-0142": "3 1 2, 5 5 5, 0 1 4 2", "(312) 555-0142": "3 1 2, 5 5 5, 0 1 4 2", "3125550142": "3 1 2, 5 5 5, 0 1 4 2", "1-855-435-7693": "1, 8 5 5, 4 3 5, 7 6 9 3",
		"18554357693": "1, 8 5 5, 4 3 5, 7 6 9 3", "+1 312 555 0142": "+1, 3 1 2, 5 5 5, 0 1 4 2", "+13125550142": "+1, 3 1 2, 5 5 5, 0 1 4 2", "311": "3 1 1", "741741": "7 4 1, 7 4 1", "2111": "2 1 1 1",
		"555-0142": "5 5 5, 0 1 4 2", "5550142": "5 5 5, 0 1 4 2", "312-555-0142 ext 12": "3 1 2, 5 5 5, 0 1 4 2, ext, 1 2", "+52 55 5555 5555": "+5 2, 5 5, 5 5 5 5, 5 5 5 5", "": "",
	} {
		if got := digitByDigit(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
