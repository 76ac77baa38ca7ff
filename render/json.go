package render

import (
	"encoding/json"
	"io"

	"fairnotice/locales"
)

// JSON writes a notice in the form that the package comment describes.
func JSON(w io.Writer, n *locales.Notice) error {
	out := *n
	out.Digest, _ = TextDigest(n)
	if out.Sections == nil {
		out.Sections = []locales.Section{}
	}
	return writeJSON(w, &out)
}

// writeJSON writes v indented, with the letters as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}
