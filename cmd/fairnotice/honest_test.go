package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// TestNothingHonestIsRefused holds every sentence of every language, every text of every example and every entry of the book of law
// against the text check, each in its language: it must refuse none.
func TestNothingHonestIsRefused(t *testing.T) {
	n := map[string]int{}
	judge := func(kind, where, tag, text string, same ...string) {
		n[kind]++
		if what, _ := source.TextFault(tag, text, same...); what != "" {
			t.Errorf("%s: %q has %s", where, text, what)
		}
	}
	words, ps := locales.Shipped(locales.ShippedTags()...)
	if ps.Failed() {
		t.Fatal(ps)
	}
	for _, tag := range words.Tags() {
		for _, id := range words.IDs(tag) {
			texts, _ := words.Texts(tag, id)
			for _, s := range texts {
				judge("sentences", tag+" "+id, tag, s)
			}
		}
	}
	for _, l := range locales.Languages() {
		judge("languages", l.Tag, l.Tag, l.Name)
	}
	book, ps := law.Shipped()
	if ps.Failed() {
		t.Fatal(ps)
	}
	for _, e := range book.All() {
		eachString(reflect.ValueOf(e), func(s string) {
			if !strings.Contains(s, "http://") { // where a law was read: of sources the check asks less
				judge("law", string(e.ID), "", s)
			}
		})
	}
	err := filepath.WalkDir(filepath.Join("..", "..", "examples"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(data)) {
			if text, comment, _ := strings.Cut(strings.TrimRight(line, "\n"), "# "); strings.TrimSpace(text) == "" {
				judge("comments", path, "", strings.TrimSpace(comment))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range examples(t) {
		p, ps := notices.Load(os.DirFS(filepath.Dir(path)), filepath.Base(path))
		if ps.Failed() {
			t.Fatal(ps)
		}
		eachString(reflect.ValueOf(p), func(s string) { judge("examples", path, "", s) })
		for _, text := range p.Texts(&law.Book{}) {
			for tag, s := range text.In {
				var same []string
				for other, s := range text.In {
					if other != tag {
						same = append(same, s)
					}
				}
				judge("texts", path, tag, s, same...)
			}
		}
	}
	for kind, least := range map[string]int{"sentences": 20000, "languages": 16, "law": 1000, "examples": 2000, "texts": 500} {
		if n[kind] < least {
			t.Errorf("%d %s were judged; at least %d are there", n[kind], kind, least)
		}
	}
	t.Log(n)
}

// eachString gives every text of a value but those in languages and the files themselves.
func eachString(v reflect.Value, see func(string)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && v.Type() != reflect.TypeFor[*source.Doc]() {
			eachString(v.Elem(), see)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), see)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			eachString(v.MapIndex(k), see)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[source.Text]() {
			see(v.Interface().(source.Text).Name)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachString(v.Field(i), see)
			}
		}
	case reflect.String:
		see(v.String())
	}
}
