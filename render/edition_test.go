package render

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGoldens(t *testing.T) {
	e := testEdition(t, "en", "es", "ar")
	for _, f := range e.Files {
		golden(t, strings.ReplaceAll(f.Path, "/", "+"), f.Bytes)
	}
	if *site != "" {
		for _, f := range e.Files {
			p := filepath.Join(*site, filepath.FromSlash(f.Path))
			if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(p, f.Bytes, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
