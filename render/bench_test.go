package render

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"fairnotice/locales"
)

// big is a notice of about 180 statements, as long as the notice of a real program.
func big(t testing.TB, tag string) *locales.Notice {
	n := testNotice(t, tag)
	body := n.Sections[1:]
	for round := 1; countStatements(n) < 180; round++ {
		for _, s := range body {
			s.ID = fmt.Sprintf("%s.%d", s.ID, round)
			n.Sections = append(n.Sections, s)
		}
	}
	return n
}

func countStatements(n *locales.Notice) int {
	c := 0
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			c += len(g.Statements)
		}
	}
	return c
}

func BenchmarkHTML(b *testing.B) {
	n := big(b, "en")
	var out bytes.Buffer
	if err := writePage(&out, words{}, []*locales.Notice{n}, pageOptions{}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := writePage(io.Discard, words{}, []*locales.Notice{n}, pageOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(out.Len()), "bytes")
	b.ReportMetric(float64(countStatements(n)), "statements")
}

func BenchmarkText(b *testing.B)     { benchmark(b, Text) }
func BenchmarkMarkdown(b *testing.B) { benchmark(b, Markdown) }
func BenchmarkJSON(b *testing.B)     { benchmark(b, JSON) }
func BenchmarkTextDigest(b *testing.B) {
	n := big(b, "ar")
	b.ReportAllocs()
	for b.Loop() {
		TextDigest(n)
	}
}

func benchmark(b *testing.B, write func(io.Writer, *locales.Notice) error) {
	n := big(b, "ar")
	b.ReportAllocs()
	for b.Loop() {
		if err := write(io.Discard, n); err != nil {
			b.Fatal(err)
		}
	}
}
