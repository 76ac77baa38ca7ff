package print

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// TestQR looks at the drawing itself; that it reads back is tried in a browser (.ci/web/receipt.test.mjs).
func TestQR(t *testing.T) {
	const text = "notice-receipt/v1 3707694e16c28c14e3a7541c1f84a000 2026-W47\n"
	svg, err := QR(text)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := QR(text); !bytes.Equal(svg, again) {
		t.Error("the same text is drawn in two ways")
	}
	// 60 bytes at the lowest level of correction fit into version 4, of 33 modules, and the border is 4 on each side.
	if !bytes.Contains(svg, []byte(`viewBox="0 0 41 41"`)) {
		t.Errorf("its size is another: %s", svg[:200])
	}
	// The three corners have their eyes: a row of seven.
	for _, corner := range []string{"M4 4h7v1h-7z", "M30 4h7v1h-7z", "M4 30h7v1h-7z"} {
		if !bytes.Contains(svg, []byte(corner)) {
			t.Errorf("no eye at %s", corner)
		}
	}
	// It stands inside a page with a strict policy: no style, no script, no text, no address.
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if x.Name.Local != "svg" && x.Name.Local != "path" {
				t.Errorf("it holds <%s>", x.Name.Local)
			}
			for _, a := range x.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
					t.Errorf("it holds %s", a.Name.Local)
				}
			}
		case xml.CharData:
			t.Errorf("it holds the text %q", x)
		}
	}
	if _, err := QR(strings.Repeat("x", 2954)); err == nil {
		t.Error("more than a code can hold is drawn")
	}
}
