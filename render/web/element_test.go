package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// cityKey makes the edition of the example with these kinds of notice alone.
func cityKey(t *testing.T, kinds ...notices.Kind) *render.Edition {
	t.Helper()
	fine := func(ps source.Problems) {
		if t.Helper(); ps.Failed() {
			t.Fatal(ps)
		}
	}
	book, ps := law.Shipped()
	fine(ps)
	program, ps := notices.Load(os.DirFS("../../examples"), "citykey.yaml")
	fine(ps)
	program.Languages = []string{"en", "ar", "zh-Hans"}
	catalog, ps := locales.Shipped(program.Languages...)
	fine(ps)
	asOf, err := source.ParseDay("2025-06-14")
	if err != nil {
		t.Fatal(err)
	}
	var ns []*notices.Notice
	for _, k := range kinds {
		n, err := notices.Build(program, book, k, asOf)
		if err != nil {
			t.Fatal(err)
		}
		ns = append(ns, n)
	}
	e, err := render.NewEdition(catalog, ns)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestElementIsSmall holds the script to two kilobytes on the wire, and its name and its integrity to its bytes.
func TestElementIsSmall(t *testing.T) {
	name, js, sri := Element()
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write(js)
	z.Close()
	if b.Len() > 2048 {
		t.Errorf("%d bytes with gzip", b.Len())
	}
	short, long := sha256.Sum256(js), sha512.Sum384(js)
	if name != "fair-notice-"+hex.EncodeToString(short[:])[:8]+".js" || sri != "sha384-"+base64.StdEncoding.EncodeToString(long[:]) {
		t.Errorf("%s %s", name, sri)
	}
	// It fetches nothing, stores nothing, reads no language of the browser, and makes no markup out of text.
	for _, word := range []string{"fetch", "XMLHttp", "Beacon", "cookie", "Storage", "indexedDB", "import(", "navigator", "innerHTML", "outerHTML", "insertAdjacent", "eval", "Function(", "document.write", "http"} {
		if bytes.Contains(js, []byte(word)) {
			t.Errorf("the element says %s", word)
		}
	}
}

// TestElementData looks for the words of each gate in the data, in their places.
func TestElementData(t *testing.T) {
	e := cityKey(t, notices.Before, notices.AtUpload)
	raw, err := ElementData(e)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(raw, "<>&") {
		t.Error("the data could end the script that it stands in")
	}
	var d elementData
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	if d.Edition != e.ID() || d.Notice != "/notice/" || len(d.Languages) != 3 {
		t.Errorf("%s, %s, %d languages", d.Edition, d.Notice, len(d.Languages))
	}
	for i, g := range e.Gates() {
		l := d.Languages[i]
		if l.Lang != g.Lang || l.Dir != g.Dir || l.Own != g.Own || l.English != g.English || l.Title != g.Title || !slices.Equal(l.Key, g.Key) || !slices.Equal(l.Tick, g.Tick) {
			t.Errorf("%s: %+v", g.Lang, l)
		}
		if words := []string{l.Back, l.Read, l.Closed, l.Open, l.Refused, l.Changed}; !slices.Equal(words, []string{g.Languages, g.ReadFirst, g.Closed, g.Open, g.Refused, g.Changed}) || slices.Contains(words, "") {
			t.Errorf("%s: %q", g.Lang, words)
		}
		if marks := strings.Join(l.Marks, "\n"); !l.Draft || !strings.Contains(marks, g.Date) || !strings.Contains(marks, g.Short) || !strings.Contains(marks, g.Draft) || slices.Contains(l.Marks, "") {
			t.Errorf("%s: %q", g.Lang, l.Marks)
		}
	}
}

// TestElementDataOfNothing: where no notice stands before the upload, there is nothing to confirm at it.
func TestElementDataOfNothing(t *testing.T) {
	if raw, err := ElementData(cityKey(t, notices.AlreadyApplied)); err == nil {
		t.Errorf("it gave %s", raw)
	}
}
