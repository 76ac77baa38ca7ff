package render

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// hashes of the style sheet and of files change with every rule of the style sheet: the golden files do without them.
var (
	cssInPage  = regexp.MustCompile(`(?s)<style>.*?</style>`)
	policyHash = regexp.MustCompile(`sha256-[A-Za-z0-9+/&#;]+=`)
)

func TestGoldens(t *testing.T) {
	e := testEdition(t, "en", "es", "ar")
	want := []string{"START-HERE.html", "public/index.html", "public/edition.json", "public/en/at-upload.html", "public/ar/before.html", "office/es/before-print.html",
		"office/en/before.json", "office/ar/at-upload.json", "office/en/before.txt", "office/es/before.txt", "office/ar/before.txt", "office/en/before.md", "office/ar/before.md"}
	for _, f := range e.Files {
		if !slices.Contains(want, f.Path) {
			continue
		}
		b := f.Bytes
		if strings.HasSuffix(f.Path, ".html") {
			b = cssInPage.ReplaceAll(b, []byte("<style></style>"))
			b = policyHash.ReplaceAll(b, []byte("sha256-…"))
		}
		golden(t, strings.ReplaceAll(f.Path, "/", "+"), b)
	}
	if *site == "" {
		return
	}
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
