package locales

import "testing"

func BenchmarkMustNots(b *testing.B) {
	for _, l := range Languages() {
		b.Run(l.Tag, func(b *testing.B) {
			MustNots(l.Tag, "x")
			b.ReportAllocs()
			for b.Loop() {
				MustNots(l.Tag, "A statute, a federal rule, a court order or a judge’s warrant can require sharing.")
			}
		})
	}
}
