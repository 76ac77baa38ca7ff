package main

import (
	"bytes"
	"html"
	"io"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/source"
	"fairnotice/render/web"
)

// TestNamesTheSentence changes one word of one sentence in one file of an edition, again and again, in each form and language, and wants
// that sentence named and no other. FN_SOAK does it a thousand times.
func TestNamesTheSentence(t *testing.T) {
	dir := t.TempDir()
	if err := inThree(filepath.Join(dir, "examples")); err != nil {
		t.Fatal(err)
	}
	on, err := source.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	w := world{today: on}
	site := filepath.Join(dir, "site")
	if code := run([]string{"build", filepath.Join(dir, "examples", "citykey.yaml"), "--out", site, "--date", day}, nil, io.Discard, os.Stderr, w); code != 0 {
		t.Fatal(code)
	}
	ask := func() *folderAnswer {
		a, err := w.askFolder(site, "", reviewQuestion{date: &dayFlag{day: on}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	whole := ask()
	if len(whole.files) > 0 {
		t.Fatalf("an edition as it was made: %+v", whole.files)
	}
	r := &folderReader{manifest: whole.manifest, old: &oldTexts{}}
	type page struct{ file, kind, tag string }
	var pages []page
	for _, f := range whole.manifest.Files {
		kinds, tags := r.of(f.Path)
		if strings.HasPrefix(f.Path, "for-the-vendor/") {
			continue // its files are the fragments of a page
		}
		for _, k := range kinds {
			for _, tag := range tags {
				pages = append(pages, page{f.Path, k, tag})
			}
		}
	}
	n := 60
	if os.Getenv("FN_SOAK") != "" {
		n = 1000
	}
	random := rand.New(rand.NewPCG(6, 2026))
	forms := map[string]int{}
	for done, tries := 0, 0; done < n && tries < 50*n; tries++ {
		p := pages[random.IntN(len(pages))]
		data, err := os.ReadFile(filepath.Join(site, "office", p.tag, p.kind+".json"))
		if err != nil {
			t.Fatal(err)
		}
		said, err := web.ReadWanted(data)
		if err != nil {
			t.Fatal(err)
		}
		s := said.Sentences[random.IntN(len(said.Sentences))]
		words := strings.Fields(s.Text)
		at := random.IntN(len(words))
		if len(words) < 3 || slices.ContainsFunc(said.Sentences, func(o web.Sentence) bool { return o.ID != s.ID && o.Text == s.Text }) {
			continue
		}
		other := slices.Clone(words)
		other[at] = "xyzzy"
		file := filepath.Join(site, filepath.FromSlash(p.file))
		was, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		from, to := s.Text, strings.Join(other, " ")
		if path.Ext(p.file) == ".html" {
			from, to = html.EscapeString(from), html.EscapeString(to)
		}
		now := bytes.Replace(was, []byte(from), []byte(to), 1)
		if bytes.Equal(was, now) {
			continue // a line is folded in it, or its signs are escaped otherwise
		}
		if err := os.WriteFile(file, now, 0o600); err != nil {
			t.Fatal(err)
		}
		a := ask()
		if len(a.files) != 1 || a.files[0].File != p.file {
			t.Fatalf("%s changed, and these are named: %+v", p.file, a.files)
		}
		ids := []string{}
		for _, c := range a.files[0].Sentences {
			ids = append(ids, c.ID)
		}
		if !slices.Equal(ids, []string{s.ID}) || !strings.Contains(a.files[0].Sentences[0].Now, "xyzzy") {
			t.Errorf("%s in %s: “%s” of %s became “%s”, and this is said: %+v", p.file, p.tag, s.Text, s.ID, to, a.files[0].Sentences)
		}
		if err := os.WriteFile(file, was, 0o600); err != nil {
			t.Fatal(err)
		}
		done++
		forms[path.Ext(p.file)]++
	}
	for _, ext := range []string{".html", ".txt", ".md", ".json"} {
		if forms[ext] == 0 {
			t.Errorf("no %s was changed: %v", ext, forms)
		}
	}
	t.Logf("one word changed %d times %v: each time its sentence was named, and no other", n, forms)
}
