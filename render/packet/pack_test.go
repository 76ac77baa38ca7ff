package packet

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

// lengthen is what the page does.
func lengthen(b []byte, size int) []byte {
	var out []byte
	next := func() int {
		n, w := binary.Uvarint(b)
		b = b[w:]
		return int(n)
	}
	for len(out) < size {
		n := next()
		out = append(out, b[:n]...)
		if b = b[n:]; len(out) == size {
			break
		}
		n, from := next(), 0
		from = next()
		for i := range n {
			out = append(out, out[from+i])
		}
	}
	return out
}

func TestPack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var b []byte
		for len(b) < r.IntN(4000) {
			switch {
			case len(b) > 40 && r.IntN(3) > 0:
				at := r.IntN(len(b) - 30)
				b = append(b, b[at:at+30+r.IntN(len(b)-at-29)]...)
			case r.IntN(5) == 0:
				b = append(b, bytes.Repeat([]byte{'a'}, r.IntN(100))...)
			default:
				for range r.IntN(60) {
					b = append(b, byte(r.IntN(4)))
				}
			}
		}
		if got := lengthen(shorten(b), len(b)); !bytes.Equal(got, b) {
			t.Fatalf("%d bytes came back as %d others", len(b), len(got))
		}
	}
}
