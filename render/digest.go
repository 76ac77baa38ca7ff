package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// TextDigest is "sha256:…" of the canonical text of one kind in one language, and the length of that text in bytes: one line per
// statement, `id TAB text`, then one line per value, `TAB name TAB text` (each further text of the value after a TAB of its own),
// each ended by LF, in the notice's order. White space inside a text counts as one space, so no text can feign a line. Texts are
// in NFC because catalogues and program files are refused otherwise. Headings, labels and the page around are not in it, but for a
// heading in the office's own words: it is a line like a statement's, with the id of the heading, so that nobody can change it unseen.
func TextDigest(n *locales.Notice) (digest string, size int) {
	b := Canonical(n)
	return sum(b), len(b)
}

// Canonical is the text whose SHA-256 is the text digest.
func Canonical(n *locales.Notice) []byte {
	b := make([]byte, 0, 16<<10)
	heading := func(own, text string) {
		if own != "" {
			b = append(append(append(append(b, clean(own)...), '\t'), clean(text)...), '\n')
		}
	}
	for i := range n.Sections {
		heading(n.Sections[i].Own, n.Sections[i].Heading)
		for g := range n.Sections[i].Groups {
			heading(n.Sections[i].Groups[g].Own, n.Sections[i].Groups[g].Heading)
			sts := n.Sections[i].Groups[g].Statements
			for j := range sts {
				s := &sts[j]
				b = append(append(append(b, clean(s.ID)...), '\t'), clean(s.Text)...)
				b = append(b, '\n')
				for k := range s.Values {
					b = append(append(b, '\t'), clean(s.Values[k].Name)...)
					for _, t := range s.Values[k].Text {
						b = append(append(b, '\t'), clean(t)...)
					}
					b = append(b, '\n')
				}
			}
		}
	}
	return b
}

// TextLine is one `text KIND LANG sha256:… BYTES` line of the edition digest.
type TextLine struct {
	Kind     notices.Kind `json:"kind"`
	Language string       `json:"language"`
	Digest   string       `json:"digest"`
	Bytes    int          `json:"bytes"`
}

func (t TextLine) String() string {
	return "text " + string(t.Kind) + " " + t.Language + " " + t.Digest + " " + strconv.Itoa(t.Bytes)
}

// CanonicalLine is one statement of a canonical text, or a heading in the office's own words, with its values.
type CanonicalLine struct {
	ID, Text string
	Values   []CanonicalValue
}

// CanonicalValue is one value beside a statement.
type CanonicalValue struct {
	Name string
	Text []string
}

// ReadCanonical reads a canonical text. It refuses bytes that Canonical cannot have written: then they are not the text that a digest
// stands for.
func ReadCanonical(b []byte) ([]CanonicalLine, error) {
	var out []CanonicalLine
	for n, line := range strings.SplitAfter(string(b), "\n") {
		if line == "" {
			break // after the last line
		}
		text, whole := strings.CutSuffix(line, "\n")
		parts := strings.Split(text, "\t")
		value := parts[0] == ""
		wrong := !whole || value && (len(parts) < 2 || len(out) == 0) || !value && len(parts) != 2
		for i, p := range parts {
			wrong = wrong || i > 0 && clean(p) != p || i == 1 && value && p == ""
		}
		if wrong || clean(parts[0]) != parts[0] {
			return nil, fmt.Errorf("line %d is not one of a canonical text", n+1)
		}
		if value {
			last := &out[len(out)-1]
			last.Values = append(last.Values, CanonicalValue{parts[1], parts[2:]})
		} else {
			out = append(out, CanonicalLine{ID: parts[0], Text: parts[1]})
		}
	}
	return out, nil
}

// EditionDigest is "sha256:…" of the lines fairnotice-edition/v1, program, edition, and the sorted text lines, each ended by LF.
func EditionDigest(program source.ID, number int, texts []TextLine) string {
	return sum(EditionLines(program, number, texts))
}

// EditionLines are the lines whose SHA-256 is the edition digest.
func EditionLines(program source.ID, number int, texts []TextLine) []byte {
	lines := make([]string, 0, len(texts))
	for _, t := range texts {
		lines = append(lines, t.String())
	}
	slices.Sort(lines)
	head := []string{"fairnotice-edition/v1", "program " + string(program), "edition " + strconv.Itoa(number)}
	return []byte(strings.Join(append(head, lines...), "\n") + "\n")
}

// ReadEditionLines reads the lines of an edition digest. It refuses bytes that EditionLines cannot have written.
func ReadEditionLines(b []byte) (program source.ID, number int, texts []TextLine, err error) {
	lines := strings.Split(string(b), "\n")
	if len(lines) > 3 {
		program = source.ID(strings.TrimPrefix(lines[1], "program "))
		number, _ = strconv.Atoi(strings.TrimPrefix(lines[2], "edition "))
		for _, l := range lines[3 : len(lines)-1] {
			var t TextLine
			if f := strings.Fields(l); len(f) == 5 {
				t = TextLine{Kind: notices.Kind(f[1]), Language: f[2], Digest: f[3]}
				t.Bytes, _ = strconv.Atoi(f[4])
			}
			texts = append(texts, t)
		}
	}
	if program == "" || number < 1 || !bytes.Equal(EditionLines(program, number, texts), b) {
		return "", 0, nil, errors.New("these are not the lines of an edition digest")
	}
	return program, number, texts, nil
}

// sum is "sha256:…" of b.
func sum(b []byte) string {
	h := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(h[:])
}

// shortDigest is the four hex digits that people compare, "" without a digest.
func shortDigest(digest string) string { return hexOf(digest, 4) }

// EditionID is the name of an edition for machines: ed- and twelve hex digits of its digest; "" without one.
func EditionID(digest string) string {
	if h := hexOf(digest, 12); h != "" {
		return "ed-" + h
	}
	return ""
}

func hexOf(digest string, n int) string {
	h, ok := strings.CutPrefix(digest, "sha256:")
	if !ok || len(h) != 64 {
		return ""
	}
	return h[:n]
}
