package onefile

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// read is what unpack.js does.
func read(text string) []byte {
	var out []byte
	bits, have := uint(0), 0
	for _, r := range text {
		bits, have = bits<<7|uint(r&127), have+7
		if have >= 8 {
			have -= 8
			out = append(out, byte(bits>>have))
		}
	}
	return out
}

// TestText: every bytes come back, and no character ends the element, changes on its way through a parser of HTML, or is long.
func TestText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		s := text(data)
		if !bytes.Equal(read(s), data) {
			t.Fatalf("%x came back as %x", data, read(s))
		}
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r<") || strings.ContainsFunc(s, func(r rune) bool { return r > 255 }) {
			t.Fatalf("%q cannot stand in a page", s)
		}
		if n := utf8.RuneCountInString(s); n != (len(data)*8+6)/7 {
			t.Fatalf("%d bytes are %d characters", len(data), n)
		}
	})
}

// unfold is what unpack.js does.
func unfold(folded []byte) (out []byte) {
	size, n := binary.LittleEndian.Uint32(folded), binary.LittleEndian.Uint32(folded[4:])
	list, rest := folded[8:8+n], folded[8+n:]
	number := func() int {
		v, n := binary.Uvarint(list)
		list = list[n:]
		return int(v)
	}
	back := 0
	for len(list) > 0 {
		plain, length := number(), 0
		length = number()
		if b := number(); b > 0 {
			back = b
		}
		out, rest = append(out, rest[:plain]...), rest[plain:]
		for range length {
			out = append(out, out[len(out)-back])
		}
	}
	if out = append(out, rest...); len(out) != int(size) {
		panic("another length")
	}
	return out
}

// TestFold: whatever repeats how often, it comes back; and what repeats takes less.
func TestFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 80), 1, 5).Draw(t, "parts")
		var data []byte
		for _, i := range rapid.SliceOf(rapid.IntRange(0, len(parts)-1)).Draw(t, "order") {
			data = append(data, parts[i]...)
		}
		if !bytes.Equal(unfold(fold(data)), data) {
			t.Fatalf("%x came back otherwise", data)
		}
	})
	line := []byte("a line of seventy bytes that is repeated after a long way of others...")
	far := append(append(slices.Clone(line), make([]byte, 100_000)...), line...)
	if got := fold(far); len(got) > 120 || !bytes.Equal(unfold(got), far) {
		t.Errorf("%d bytes", len(got))
	}
}

// TestElements: the texts of the elements, each read alone, are the program.
func TestElements(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789"), 20_000)
	var got []byte
	n := 0
	for _, part := range strings.Split(elements(data), "</script>\n") {
		if _, s, ok := strings.Cut(part, ">"); ok {
			got = append(got, read(s)...)
			n++
		}
	}
	if !bytes.Equal(got, data) || n != 4 {
		t.Errorf("%d bytes came back as %d, in %d elements", len(data), len(got), n)
	}
}

// TestJoin: the policy names exactly the script and the style that stand in the page, and a worker only where there is one.
func TestJoin(t *testing.T) {
	p := Page{HTML: `<meta content="{{policy}}"><style>{{style}}</style><script>{{script}}</script>{{program}}`, Style: "s{}", Script: "a();{{style}}"}
	alone := string(p.join("runs();", []byte("program")))
	for _, want := range []string{hash("s{}"), hash("runs();a();{{style}}"), "<script>runs();a();{{style}}</script>", "trusted-types 'none'", `class="packed">` + text([]byte("program")) + "<"} {
		if !strings.Contains(alone, want) {
			t.Errorf("%q is not in %s", want, alone)
		}
	}
	if strings.Contains(alone, "worker") || strings.Contains(alone, "connect-src") || !strings.Contains(alone, "default-src 'none'") {
		t.Error(alone)
	}
	p.Worker = "w();"
	beside := string(p.join("runs();", nil))
	for _, want := range []string{hash("a();{{style}}"), "worker-src blob:", "trusted-types desk", `id="worker">runs();w();</script>`} {
		if !strings.Contains(beside, want) {
			t.Errorf("%q is not in %s", want, beside)
		}
	}
}
