// Package print makes what stands on paper. It knows no network: what needs a browser or another program is handed to it by cmd.
package print

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// quiet is the border of a QR code that must stay white, in modules (ISO/IEC 18004).
const quiet = 4

// QR draws a text as a QR code of the lowest level of correction, in SVG that may stand inside a page: it has no style, no script and no
// text. It is always dark on light, whatever the page's colours, because not every reader takes the reverse. The same text gives the same
// bytes. On paper a module should be at least half a millimetre: the class fn-qr is for that. A text of more than 2,953 bytes, with that mark, is an error.
//
// A code does not say in which encoding its letters are, and some readers guess: "envía" came out as Chinese. So a text with letters
// beyond ASCII begins with U+FEFF, three of those bytes, which readers take for UTF-8 and do not show.
func QR(text string) ([]byte, error) {
	if strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		text = "\ufeff" + text
	}
	code, err := qr.Encode(text, qr.L, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("a QR code cannot hold these %d bytes: %w", len(text), err)
	}
	n := code.Bounds().Dx()
	side := strconv.Itoa(n + 2*quiet)
	b := []byte(`<svg class="fn-qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + side + " " + side + `" width="` + side + `" height="` + side +
		`" shape-rendering="crispEdges" aria-hidden="true" focusable="false"><path fill="#fff" d="M0 0h` + side + "v" + side + "H0z\"/><path fill=\"#000\" d=\"")
	for y := range n {
		for x := 0; x < n; x++ {
			if !dark(code, x, y) {
				continue
			}
			from := x
			for x < n && dark(code, x, y) {
				x++
			}
			b = fmt.Appendf(b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
		}
	}
	return append(b, `"/></svg>`...), nil
}

func dark(code barcode.Barcode, x, y int) bool {
	r, _, _, _ := code.At(x, y).RGBA()
	return r == 0
}
