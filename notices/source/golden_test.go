package source_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// libraries matches what only a library would say.
var libraries = regexp.MustCompile(`yaml: |go-yaml|libyaml|scanner|mapping values|Field validation|Key: '|node|token|reflect`)

var update = flag.Bool("update", false, "write what Read says now as what it should say")

// TestGolden reads each broken file of testdata and compares what people are told, word for word.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no files in testdata", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".yaml"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var p program
			doc, ps := source.Read(filepath.Base(name), data, &p)
			sound(t, doc, ps)
			var got bytes.Buffer
			ps.Print(&got)
			golden := strings.TrimSuffix(name, ".yaml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got.Bytes(), want)
			}
			if libraries.Match(got.Bytes()) {
				t.Errorf("a library speaks:\n%s", got.Bytes())
			}
			if !ps.Failed() {
				t.Error("a broken file was read without an error")
			}
		})
	}
}

// sound fails unless every problem is whole: a message, a place within the file, the line of that place.
func sound(t *testing.T, doc *source.Doc, ps source.Problems) {
	t.Helper()
	for _, p := range ps {
		switch {
		case p.Message == "" || p.Code == "" || p.Severity == "":
			t.Errorf("a problem without words: %+v", p)
		case p.Pos.File != doc.File || p.Pos.Line < 1 || p.Pos.Col < 1:
			t.Errorf("a problem without a place: %+v", p)
		case p.Pos.Line > 1 && doc.Line(p.Pos.Line) != p.Excerpt || p.Pos.Col > len([]rune(p.Excerpt))+1:
			t.Errorf("a problem outside of the file: %+v", p)
		case strings.ContainsAny(p.Error(), "\n\r\t\x1b"):
			t.Errorf("a problem on two lines: %q", p.Error())
		}
		// What a problem quotes may look like something else, for it is what has to be found; but nothing in it may hide or turn text around.
		for i, m := 0, []rune(strings.ReplaceAll(p.Message, "\uFFFD", "?")); i < len(m); i++ {
			var before, after rune
			if i > 0 {
				before = m[i-1]
			}
			if i+1 < len(m) {
				after = m[i+1]
			}
			if what := source.Fault(before, m[i], after); what != "" {
				t.Errorf("a problem repeats %s (%U): %q", what, m[i], p.Message)
			}
		}
	}
}
