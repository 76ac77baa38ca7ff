package render

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// disk stands for a folder.
type disk map[string]string

func (d disk) have(p string) (string, bool) { s, ok := d[p]; return s, ok }

func (d disk) do(write []File, remove []string) {
	for _, f := range write {
		d[f.Path] = strings.TrimPrefix(sum(f.Bytes), "sha256:")
	}
	for _, p := range remove {
		delete(d, p)
	}
}

func manifestOf(e *Edition) []byte { return e.Files[len(e.Files)-1].Bytes }

func TestPlan(t *testing.T) {
	d := disk{"my notes.txt": "x", "office/en/mine.txt": "y"}
	three, two := testEdition(t, "en", "es", "ar"), testEdition(t, "en", "es")
	write, remove := Plan(nil, d.have, three)
	if len(write) != len(three.Files) || len(remove) != 0 || write[len(write)-1].Path != ManifestName {
		t.Fatalf("first build: %d files, %v", len(write), remove)
	}
	d.do(write, remove)
	if write, remove = Plan(manifestOf(three), d.have, three); len(write)+len(remove) != 0 {
		t.Errorf("nothing changed, and %d files are written, %v removed", len(write), remove)
	}
	d["office/en/before.txt"] = "changed by somebody"
	delete(d, "office/es/before.md")
	write, remove = Plan(manifestOf(three), d.have, three)
	if len(write) != 2 || len(remove) != 0 || write[0].Path != "office/en/before.txt" || write[1].Path != "office/es/before.md" {
		t.Errorf("two files were touched: %v, %v", write, remove)
	}
	d.do(write, remove)
	write, remove = Plan(manifestOf(three), d.have, two)
	d.do(write, remove)
	if write[len(write)-1].Path != ManifestName || len(d) != len(two.Files)+2 || slices.ContainsFunc(remove, func(p string) bool { return !strings.Contains(p, "/ar/") }) {
		t.Errorf("one language less: removed %v, left %d", remove, len(d))
	}
}

func TestPlanRemovesOnlyItsOwn(t *testing.T) {
	e := testEdition(t, "en")
	m := Manifest{Format: ManifestFormat, Program: e.Program}
	for _, p := range []string{"../up", "/etc/passwd", "a/../../b", "C:/x", `a\b`, "", ".", "..", "public/old.html", "public/old.html", "gone.html", ManifestName, "START-HERE.html"} {
		m.Files = append(m.Files, ManifestFile{Path: p})
	}
	have := func(p string) (string, bool) { return "", p != "gone.html" }
	plan := func() []string {
		old, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		_, remove := Plan(old, have, e)
		return remove
	}
	if got := plan(); !slices.Equal(got, []string{"public/old.html"}) {
		t.Errorf("removed %v", got)
	}
	m.Program = "other"
	if got := plan(); got != nil {
		t.Errorf("of another program: removed %v", got)
	}
	m.Program, m.Format = e.Program, "fairnotice-manifest/v2"
	if got := plan(); got != nil {
		t.Errorf("of another format: removed %v", got)
	}
	if _, remove := Plan([]byte("{"), have, e); remove != nil {
		t.Errorf("of no format: removed %v", remove)
	}
}
