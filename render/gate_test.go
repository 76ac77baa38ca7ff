package render

import (
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
)

func TestGates(t *testing.T) {
	e := testEdition(t, "en", "es", "ar")
	gates := e.Gates()
	if len(gates) != 3 {
		t.Fatalf("%d gates", len(gates))
	}
	for i, tag := range e.Languages() {
		g := &gates[i]
		w := gateWords[tag]
		if g.Lang != tag || (g.Dir == "rtl") != (tag == "ar") || g.Program != "CityKey" || g.Short == "" || g.Draft == "" || g.WholeTitle != e.Notice(notices.Before, tag).Title {
			t.Errorf("%s: %+v", tag, g)
		}
		// The test notice says nothing about storing: the sentence about sharing stands alone.
		if !slices.Equal(g.Tick, []string{w["tick.read"], w["tick.no_permission.sent"]}) {
			t.Errorf("%s: the tick is %q", tag, g.Tick)
		}
		got := []string{g.ReadFirst, g.GoOn, g.Onward, g.Closed, g.Open, g.Refused, g.Changed, g.Exit}
		for k, id := range []string{"ui.read_first", "ui.go_on", "ui.onward", "ui.upload_closed", "ui.upload_open", "ui.refused", "ui.changed", "ui.exit"} {
			if got[k] != w[id] {
				t.Errorf("%s: %s is %q", tag, id, got[k])
			}
		}
		// Each key fact is there as a sentence, with its values, and nothing else is.
		n := 0
		for _, s := range e.Notice(notices.AtUpload, tag).Sections {
			for _, gr := range s.Groups {
				for _, st := range gr.Statements {
					k := slices.IndexFunc(g.Key, func(line string) bool { return strings.Contains(line, st.Text) })
					if k < 0 {
						t.Errorf("%s: no sentence %q", tag, st.Text)
						continue
					}
					n++
					for _, v := range st.Values {
						for _, text := range v.Text {
							if !strings.Contains(g.Key[k], text) {
								t.Errorf("%s: %q lacks %q", tag, g.Key[k], text)
							}
						}
					}
				}
			}
		}
		if n != len(g.Key) || n == 0 {
			t.Errorf("%s: %d key facts, %d sentences", tag, n, len(g.Key))
		}
		whole, key := string(g.WholeHTML()), string(g.KeyHTML())
		if !strings.HasPrefix(whole, key) || len(whole) < 2*len(key) || strings.Count(key, "<section") != 1 || strings.Contains(key, "<details") || strings.Contains(whole, "<h2") || strings.Contains(whole, " id=") {
			t.Errorf("%s: the sections are not those of the pages", tag)
		}
		if page := string(files(e)["public/index.html"]); !strings.Contains(page, key) {
			t.Errorf("%s: the page of all languages has other key facts", tag)
		}
	}
	// In right-to-left text a phone number and a date are isolated.
	for _, line := range gates[2].Key {
		if strings.ContainsAny(line, "0123456789") && !strings.Contains(line, "\u2069") {
			t.Errorf("%q is not isolated", line)
		}
	}
}

// TestTickStored: where the notice says that the office stores what is sent, the tick says it too.
func TestTickStored(t *testing.T) {
	n := testNotice(t, "es")
	last := &n.Sections[len(n.Sections)-1]
	last.Groups = append(last.Groups, locales.Group{Statements: []locales.Statement{{ID: "x.tick.stored", Message: "tick.stored", Text: gateWords["es"]["tick.stored"]}}})
	g, err := newGate(words{}, n, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := gateWords["es"]
	if !slices.Equal(g.Tick, []string{w["tick.read"], w["tick.stored"], w["tick.no_permission"]}) {
		t.Errorf("the tick is %q", g.Tick)
	}
}

func TestGateWithoutItsWords(t *testing.T) {
	n := testNotice(t, "en")
	n.Language = "pl"
	if _, err := newGate(words{}, n, nil); err == nil {
		t.Error("a gate was made without its words")
	}
}

func TestFurtherFiles(t *testing.T) {
	ns := testNotices("en", "ar")
	var saw *Edition
	more := func(f ...File) func(*Edition) ([]File, error) {
		return func(e *Edition) ([]File, error) { saw = e; return f, nil }
	}
	e, err := newEdition(words{}, ns, more(File{"zz/a.txt", []byte("a\n")}), more(File{"aa.txt", []byte("b\n")}))
	if err != nil {
		t.Fatal(err)
	}
	fs := files(e)
	if string(fs["zz/a.txt"]) != "a\n" || string(fs["aa.txt"]) != "b\n" || !strings.Contains(string(fs[ManifestName]), `"zz/a.txt"`) {
		t.Error("a further file is not in the edition and its manifest")
	}
	if saw != e || saw.Digest == "" || len(saw.Gates()) != 2 || !saw.has("public/edition.json") {
		t.Error("a maker does not see the edition")
	}
	if plain, err := newEdition(words{}, ns); err != nil || plain.Digest != e.Digest {
		t.Error("further files change the digest", err)
	}
	for _, path := range []string{"../x", "/x", "", "public/index.html", "a//b"} {
		if _, err := newEdition(words{}, ns, more(File{path, []byte("x\n")})); err == nil {
			t.Errorf("a further file has the path %q", path)
		}
	}
}
