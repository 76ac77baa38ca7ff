package onefile

import (
	"bytes"
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
