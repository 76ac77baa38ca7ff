package render

import (
	"slices"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
)

// canonNotice and its canonical text were written apart from each other; the digests are sha256sum's, of files written with printf.
func canonNotice() *locales.Notice {
	return &locales.Notice{Sections: []locales.Section{{ID: "x", Heading: "Not in the digest", Groups: []locales.Group{{Heading: "Neither", Statements: []locales.Statement{
		{ID: "online/portal.keep.stored", Text: "The city keeps these:", Values: []locales.Value{{Name: "items", Label: "Nor this", Text: []string{"Name", "Passport"}}}},
		{ID: "help", Text: "اسأل محاميًا:", Values: []locales.Value{{Name: "phone", Text: []string{"312-555-0142"}}}},
	}}}}, {Groups: []locales.Group{{Statements: []locales.Statement{{ID: "no", Text: "The city said no."}}}}}}}
}

const (
	canonText   = "online/portal.keep.stored\tThe city keeps these:\n\titems\tName\tPassport\nhelp\tاسأل محاميًا:\n\tphone\t312-555-0142\nno\tThe city said no.\n"
	canonDigest = "sha256:316dd5c024ea61888e2a562317d27017fdc85b0b2b3015e7d0b1c650518d4006"
)

func TestTextDigest(t *testing.T) {
	n := canonNotice()
	if got := string(Canonical(n)); got != canonText {
		t.Errorf("canonical text\n got %q\nwant %q", got, canonText)
	}
	if d, size := TextDigest(n); d != canonDigest || size != 140 {
		t.Errorf("TextDigest = %s, %d", d, size)
	}
}

func TestEditionDigest(t *testing.T) {
	texts := []TextLine{
		{"before", "zh-Hans", canonDigest, 90}, {"before", "en", canonDigest, 100}, {"at-upload", "ar", canonDigest, 90}, {"before", "ar", canonDigest, 90},
	}
	const want = "sha256:91e342982c6fc7a0c5c46f89e23733e528320c6192503a5b392e109ba57eb225"
	if got := EditionDigest("citykey", 3, texts); got != want {
		t.Errorf("EditionDigest = %s", got)
	}
	if got := EditionID(want); got != "ed-91e342982c6f" {
		t.Errorf("EditionID = %s", got)
	}
	if got := shortDigest(want); got != "91e3" {
		t.Errorf("shortDigest = %s", got)
	}
	if EditionID("") != "" || shortDigest("sha256:12") != "" {
		t.Error("a digest that is none has a name")
	}
}

// Whatever a reader sees of a statement changes the digest; no text can pass for two lines.
func TestTextDigestSees(t *testing.T) {
	seen := map[string]string{canonDigest: "as it was"}
	for name, change := range map[string]func(*locales.Statement){
		"id":       func(s *locales.Statement) { s.ID += "x" },
		"text":     func(s *locales.Statement) { s.Text += "x" },
		"value":    func(s *locales.Statement) { s.Values[0].Text[1] = "Photo" },
		"name":     func(s *locales.Statement) { s.Values[0].Name = "facts" },
		"one more": func(s *locales.Statement) { s.Values[0].Text = append(s.Values[0].Text, "Photo") },
		"two values": func(s *locales.Statement) {
			s.Values = append(s.Values, locales.Value{Name: "items", Text: []string{"Photo"}})
		},
		"feigned value":       func(s *locales.Statement) { s.Text += "\n\titems\tPhoto" },
		"feigned second text": func(s *locales.Statement) { s.Values[0].Text = []string{"Name\tPhoto"} },
		"one text of two":     func(s *locales.Statement) { s.Values[0].Text = []string{"Name\tPassport"} },
	} {
		n := canonNotice()
		change(&n.Sections[0].Groups[0].Statements[0])
		d, _ := TextDigest(n)
		if other, ok := seen[d]; ok {
			t.Errorf("%s and %s have the same digest", name, other)
		}
		seen[d] = name
	}
	n := canonNotice()
	n.Sections[0].Groups[0].Statements[0].Because = []notices.Reason{{Path: "x"}}
	n.Digest, n.Edition.Digest, n.Translation.State = "x", "y", "reviewed"
	if d, _ := TextDigest(n); d != canonDigest {
		t.Error("reasons, digests or reviews change the digest of the text")
	}
}

// TestReadCanonical: what is read again says the same, and what no notice can have written is refused.
func TestReadCanonical(t *testing.T) {
	n := canonNotice()
	lines, err := ReadCanonical(Canonical(n))
	if err != nil {
		t.Fatal(err)
	}
	first := n.Sections[0].Groups[0].Statements[0]
	if lines[0].ID != first.ID || lines[0].Text != first.Text || lines[0].Values[0].Name != first.Values[0].Name || !slices.Equal(lines[0].Values[0].Text, first.Values[0].Text) {
		t.Errorf("%+v is not %+v", lines[0], first)
	}
	for _, bad := range []string{"id\ttext", "id\n", "\tname\ttext\n", "id\ttext\ttext\n", "id\ttext\n\t\ttext\n", "id\ttext \n", "id\ttext\n\n", "\n"} {
		if _, err := ReadCanonical([]byte(bad)); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
	texts := []TextLine{{notices.Before, "en", canonDigest, 12}, {notices.Before, "ar", canonDigest, 12}}
	b := EditionLines("p", 2, texts)
	program, number, read, err := ReadEditionLines(b)
	if err != nil || program != "p" || number != 2 || EditionDigest(program, number, read) != EditionDigest("p", 2, texts) {
		t.Errorf("%v %v %v %v", program, number, read, err)
	}
	for i := range b {
		bad := slices.Clone(b)
		bad[i] ^= 0x80
		if _, _, _, err := ReadEditionLines(bad); err == nil && i < 24 {
			t.Errorf("read with byte %d changed", i)
		}
		if _, _, _, err := ReadEditionLines(b[:i]); err == nil && b[max(i, 1)-1] != '\n' {
			t.Errorf("read when cut off at %d", i)
		}
	}
}
