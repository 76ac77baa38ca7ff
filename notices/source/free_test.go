package source_test

import (
	"fmt"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// TestFreeText: each line of a plain text is judged at its place, and layout is no fault.
func TestFreeText(t *testing.T) {
	for _, c := range []struct{ tag, text, want string }{
		{"en", "\ufeffYou pay nothing.\r\n\n\n\n\n\t\t- a list\n                deep\n", ""},
		{"ar", "\u200fلا تدفعون شيئًا.", ""},
		{"en", "Pay \u200fnothing.", "1:5"},
		{"en", "Call \u2068312-555-0100\u2069.", ""},
		{"uk", "Ви нічого не платите.\nCity Clerk\n", ""},
		{"en", "First.\nYou pаy nothing.\nLast\u200b one.", "2:6 3:5"},
		{"en", "\tYou \u202epay.", "1:6"},
		{"en", "You \u2068pay.", "1:5"},
		{"en", "First.\r\nOpen https://city.gov@evil.example now.", "2:6"},
		{"en", "Ви нічого не платите.\nВи можете не відповідати.", "1:1"},
	} {
		var got []string
		for _, p := range source.FreeText("a.txt", c.tag, c.text) {
			if p.Pos.File != "a.txt" || p.Severity != source.Error || p.Hint == "" || p.Message == "" || p.Code == "" {
				t.Errorf("%+v", p)
			}
			got = append(got, fmt.Sprintf("%d:%d", p.Pos.Line, p.Pos.Col))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: %q, want %q", c.text, s, c.want)
		}
	}
}
