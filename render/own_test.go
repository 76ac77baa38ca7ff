package render

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"fairnotice/locales"
)

// TestOfficeWordsAreSaid: where the office wrote some of the words, every form of the notice says so once, and none does where it did
// not.
func TestOfficeWordsAreSaid(t *testing.T) {
	const says = "The office wrote some of these words itself."
	forms := map[string]func(w io.Writer, n *locales.Notice) error{
		"text": Text, "markdown": Markdown, "json": JSON,
		"html": func(w io.Writer, n *locales.Notice) error {
			return writePage(w, words{}, []*locales.Notice{n}, pageOptions{})
		},
	}
	for name, write := range forms {
		for _, own := range []string{"", says} {
			n := canonNotice()
			n.Language, n.OfficeWords = "en", own
			n.Sections[0].Groups[0].Statements[0].Wording = own != ""
			var out bytes.Buffer
			if err := write(&out, n); err != nil {
				t.Fatal(err)
			}
			want := 0
			if own != "" {
				want = 1
			}
			text := strings.ReplaceAll(out.String(), `\.`, ".")
			if got := strings.Count(text, says); got != want {
				t.Errorf("%s says it %d times, not %d: %s", name, got, want, text)
			}
			if name == "json" && strings.Count(text, `"wording": true`) != want {
				t.Errorf("json: %s", text)
			}
		}
	}
}

// TestOwnHeadingInDigest: a heading in the office's own words cannot change without the digest; ours is in none.
func TestOwnHeadingInDigest(t *testing.T) {
	digest := func(own, group, heading string) string {
		n := canonNotice()
		n.Sections[0].Own, n.Sections[0].Heading = own, heading
		n.Sections[0].Groups[0].Own, n.Sections[0].Groups[0].Heading = group, heading
		d, _ := TextDigest(n)
		return d
	}
	if digest("", "", "A") != canonDigest || digest("", "", "B") != canonDigest {
		t.Error("a heading of ours is in the digest")
	}
	seen := map[string]bool{}
	for _, d := range []string{canonDigest, digest("section.kept", "", "A"), digest("section.kept", "", "B"), digest("", "group.more", "A"), digest("", "group.more", "B"), digest("section.kept", "group.more", "A")} {
		if seen[d] {
			t.Error("two headings have one digest")
		}
		seen[d] = true
	}
}
