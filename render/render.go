// Package render turns a notice in one language into bytes, and the notices of a program into an edition: texts, digests, pages,
// manifest. It knows no law and no network, and is deterministic: the same notice gives the same bytes.
package render

import (
	"io"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Text, Markdown, JSON and HTML write one notice. HTML is a whole page of one language.
func Text(w io.Writer, n *locales.Notice) error                                { return nil }
func Markdown(w io.Writer, n *locales.Notice) error                            { return nil }
func JSON(w io.Writer, n *locales.Notice) error                                { return nil }
func HTML(w io.Writer, c *locales.Catalog, n *locales.Notice) error            { return nil }
func AllLanguages(w io.Writer, c *locales.Catalog, ns []*locales.Notice) error { return nil }

// TextDigest is "sha256:…" of the canonical text of one kind in one language (design: one line per statement, `id TAB text`, then one
// line per value, `TAB name TAB text`, LF, NFC), and its length in bytes.
func TextDigest(n *locales.Notice) (digest string, size int) { return "", 0 }

// Edition is all that build writes for one program.
type Edition struct {
	Program source.ID
	Number  int
	AsOf    source.Day
	Digest  string // sha256:…
	Texts   []TextLine
	Files   []File // sorted by path; manifest.json is last
}

// TextLine is one `text KIND LANG sha256:… BYTES` line of the edition digest.
type TextLine struct {
	Kind     notices.Kind
	Language string
	Digest   string
	Bytes    int
}

// File of an edition: a slash path below the output folder.
type File struct {
	Path  string
	Bytes []byte
}

// NewEdition says the notices in all their languages and makes every byte of the edition.
func NewEdition(c *locales.Catalog, ns []*notices.Notice) (*Edition, error) { return nil, nil }
