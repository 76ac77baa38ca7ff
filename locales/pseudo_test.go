package locales

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestPseudo: two fifths longer, or from right to left; the same statements with the same data, and what can be rung or opened as it is.
func TestPseudo(t *testing.T) {
	c := small(t)
	n := sample(t)
	en, err := c.Say(n, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{PseudoLong, PseudoRTL} {
		got, err := c.Say(n, tag)
		if err != nil {
			t.Fatal(err)
		}
		if got.Language != tag || (got.Direction == "rtl") != (tag == PseudoRTL) || got.Translation.State != "draft" {
			t.Errorf("%s: %s %s %+v", tag, got.Language, got.Direction, got.Translation)
		}
		a, b := flat(en), flat(got)
		if len(a) != len(b) {
			t.Fatalf("%s: %d texts, and English has %d", tag, len(b), len(a))
		}
		long, short := 0, 0
		for i := range en.Sections[0].Groups[0].Statements {
			x, y := en.Sections[0].Groups[0].Statements[i], got.Sections[0].Groups[0].Statements[i]
			long, short = long+utf8.RuneCountInString(y.Text), short+utf8.RuneCountInString(x.Text)
			if tag == PseudoRTL && strings.ContainsFunc(y.Text, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
				t.Errorf("Latin letters in %q", y.Text)
			}
			for j, v := range x.Values {
				w := y.Values[j]
				if strings.Join(v.Data, "|") != strings.Join(w.Data, "|") || (v.Runs[0].Dir == "ltr") && v.Text[0] != w.Text[0] {
					t.Errorf("%s: %+v became %+v", tag, v, w)
				}
			}
		}
		if r := float64(long) / float64(short); tag == PseudoLong && (r < 1.38 || r > 1.7) || tag == PseudoRTL && r != 1 {
			t.Errorf("%s is %.2f times as long as English", tag, r)
		}
		if s, err := c.Phrase(tag, "ui.print"); err != nil || s == "Print" {
			t.Error(s, err)
		}
		if l, ok := Find(tag); ok && l.Tag == tag {
			t.Errorf("%s is in the table", tag)
		}
	}
}
