package notices

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFieldAt knows every value of every example, and nothing that no program file has.
func TestFieldAt(t *testing.T) {
	files, _ := filepath.Glob("../examples/*.yaml")
	if len(files) < 5 {
		t.Fatal("where are the examples?")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, ps := Read(file, data)
		if ps.Failed() {
			t.Fatal(ps.Error())
		}
		for _, path := range p.Doc.Leaves() {
			f, ok := FieldAt(path)
			inside := strings.Contains(path, ".asked.") || strings.Contains(path, ".but.") || strings.HasSuffix(path, ".law") || strings.Contains(path, ".law.")
			if !ok && !inside {
				t.Errorf("%s: nothing is known of %s", file, path)
			}
			if ok && !f.Entry && f.Doc == "" {
				t.Errorf("%s has no words", path)
			}
		}
		for _, q := range Questions(p) {
			if f, ok := FieldAt(q.Path); !ok || !f.Fact || f.Text != q.Text || f.Ask != q.Ask || f.Name != q.Field {
				t.Errorf("%s: %+v", q.Path, f)
			}
		}
	}
	for _, path := range []string{"", ".", "nowhere", "program.nowhere", "retention", "program.name.en.more", "edition.number.one", "languages.0.x", "program.contact.phone.source.x"} {
		if f, ok := FieldAt(path); ok && path != "retention" {
			t.Errorf("%q is %+v", path, f)
		}
	}
}
