package ledger

import (
	"os"
	"path/filepath"
	"testing"
)

// unflushed is a disk of the system that waits for no flush, to measure everything else.
type unflushed struct {
	folder
	flushes int
}

func (d *unflushed) write(name string, data []byte) error {
	d.flushes++
	return os.WriteFile(d.path(name), data, 0o600)
}

func (d *unflushed) flush(string) error { d.flushes++; return nil }

// large is a ledger of 100,000 lines in a folder.
func large(tb testing.TB) (*Log, *unflushed) {
	tb.Helper()
	s, v, _ := key(tb, 1, origin)
	d := &unflushed{folder: folder{filepath.Join(tb.TempDir(), "ledger")}}
	if err := os.Mkdir(d.root, 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := create(d, origin, s); err != nil {
		tb.Fatal(err)
	}
	l, err := open(d, s, v)
	if err != nil {
		tb.Fatal(err)
	}
	const lines, at = 100_000, 10_000
	words := []byte("fairnotice-edition/v1\n")
	for n := 0; n < lines; n += at {
		var all []Line
		for i := range at {
			e, _ := edition(n + i + 1)
			e.Digest, e.Signoffs = Hash(words), nil
			all = append(all, e)
		}
		if _, err := l.append(-1, [][]byte{words}, all, s); err != nil {
			tb.Fatal(err)
		}
	}
	return l, d
}

// BenchmarkPublish publishes into a ledger of 100,000 lines; what flushing to the disk takes is not in it, and is counted.
func BenchmarkPublish(b *testing.B) {
	l, d := large(b)
	d.flushes = 0
	n := 0
	for b.Loop() {
		e, blobs := edition(200_000 + n)
		if _, err := l.Publish(blobs, e); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(d.flushes)/float64(n), "flushes/op")
}

// BenchmarkRead reads and verifies a ledger of 100,000 lines.
func BenchmarkRead(b *testing.B) {
	_, d := large(b)
	for b.Loop() {
		read(b, os.DirFS(d.root))
	}
}
