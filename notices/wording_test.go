package notices

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices/source"
)

// wordingFiles are the files of testdata/wording: a file of own words, and what people are told of it.
func wordingFiles(t testing.TB) map[string][2]string {
	t.Helper()
	names, err := filepath.Glob("testdata/wording/*.txt")
	if err != nil || len(names) < 15 {
		t.Fatal(names, err)
	}
	out := map[string][2]string{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, said, ok := strings.Cut(string(data), says)
		if !ok {
			t.Fatalf("%s does not say what people are told", name)
		}
		out[name] = [2]string{file, said}
	}
	return out
}

// TestBrokenWording compares what people are told of each file of own words that is not in order, word for word.
func TestBrokenWording(t *testing.T) {
	for name, f := range wordingFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			p, problems := Load(fstest.MapFS{"card.yaml": {Data: minimal(t)}, "card/wording.yaml": {Data: []byte(f[0])}}, "card.yaml")
			var got bytes.Buffer
			problems.Print(&got)
			if *update {
				if err := os.WriteFile(name, []byte(f[0]+says+got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got.String() != f[1] {
				t.Errorf("it says\n%s\nand should say\n%s", got.String(), f[1])
			}
			if len(problems) == 0 {
				t.Error("nothing is wrong with this file")
			}
			if problems.Failed() != (p.Wording == nil) {
				t.Errorf("with errors there are no words, and without there are: %v", p.Wording)
			}
			for _, pr := range problems {
				plain(t, pr)
				if pr.Pos.File != "card/wording.yaml" {
					t.Errorf("it is said of %s", pr.Pos.File)
				}
			}
		})
	}
}

const ownWords = `fairnotice_wording: 1
decided_by: Ana Ruiz, Clerk of River City
decided_on: 2025-06-13
words:
  keep.stored:
    say: {en: "The clerk's office keeps these:", es: "La oficina de la secretaria guarda esto:"}
  online/portal/foreign_passport.keep.stored:
    say: {en: "The clerk's office keeps a copy of these:", es: "La oficina guarda una copia de esto:"}
  past.changed.years:
    one: {en: "{n} year.", es: "{n} año."}
    other: {en: "{n} years.", es: "{n} años."}
`

func loadWith(t testing.TB, file, wording string) *Program {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"card.yaml": {Data: data}}
	if wording != "" {
		fsys["card/wording.yaml"] = &fstest.MapFile{Data: []byte(wording)}
	}
	p, problems := Load(fsys, "card.yaml")
	if problems.Failed() {
		t.Fatal(problems)
	}
	return p
}

// TestWordingOf: the words for a statement go before those for its message, and nothing is made up.
func TestWordingOf(t *testing.T) {
	w := loadWith(t, "testdata/broken/base.yaml", ownWords).Wording
	for _, c := range [][3]string{
		{"online/portal/foreign_passport.keep.stored", "keep.stored", "online/portal/foreign_passport.keep.stored"},
		{"counter/now/photo.keep.stored", "keep.stored", "keep.stored"},
		{"", "keep.stored", "keep.stored"},
		{"key.free", "key.free", ""},
		{"", "", ""},
	} {
		if id, _, ok := w.Of(c[0], c[1]); string(id) != c[2] || ok != (c[2] != "") {
			t.Errorf("%q, %q: %q", c[0], c[1], id)
		}
	}
	own := w.Words["past.changed.years"]
	if texts, forms := own.Texts("es"); !slices.Equal(texts, []string{"{n} año.", "{n} años."}) || !slices.Equal(forms, []string{"one", "other"}) {
		t.Errorf("%q %q", texts, forms)
	}
	if own.Hash("es") != source.HashText("one", "{n} año.", "other", "{n} años.") || own.Hash("ar") != "" || own.Sample("ar") != "" {
		t.Error("the hash is not of all forms with their names")
	}
	if r := w.Reason(w.Words["keep.stored"]); r.Path != "words.keep.stored" || r.Pos.File != "card/wording.yaml" || r.Pos.Line != 6 || r.By == "" {
		t.Errorf("%+v", r)
	}
	var none *Wording
	if _, _, ok := none.Of("key.free", "key.free"); ok || none.IDs() != nil {
		t.Error("no file has words")
	}
}

// TestWordingChangesNoStatement: with and without own words, a notice has the same statements, values, claims and reasons, and covers
// the same items.
func TestWordingChangesNoStatement(t *testing.T) {
	book, day := shippedBook(t), onThatDay(t)
	for _, file := range []string{"testdata/broken/base.yaml", "testdata/everything.yaml"} {
		plainly, own := loadWith(t, file, ""), loadWith(t, file, ownWords)
		for _, kind := range Kinds() {
			a, err := Build(plainly, book, kind, day)
			if err != nil {
				t.Fatal(err)
			}
			b, err := Build(own, book, kind, day)
			if err != nil {
				t.Fatal(err)
			}
			if b.Wording == nil {
				t.Fatal("the notice has lost the words")
			}
			if !reflect.DeepEqual(a.Sections, b.Sections) {
				t.Errorf("%s, %s: the statements are others", file, kind)
			}
			if kind != Before {
				continue
			}
			x, err := Coverage(a, plainly, book, day)
			if err != nil {
				t.Fatal(err)
			}
			y, err := Coverage(b, own, book, day)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(x, y) {
				t.Errorf("%s: it covers something else: %s", file, firstDifference(fmt.Sprint(x), fmt.Sprint(y)))
			}
		}
	}
}

// FuzzWording: whatever stands in a file of own words, it is judged without harm, and in the same way each time.
func FuzzWording(f *testing.F) {
	f.Add([]byte(ownWords))
	for _, b := range wordingFiles(f) {
		f.Add([]byte(b[0]))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w, problems := ReadWording("wording.yaml", data, []string{"en", "es"})
		v, again := ReadWording("wording.yaml", data, []string{"en", "es"})
		if !reflect.DeepEqual(problems, again) || (w == nil) != (v == nil) {
			t.Fatalf("read twice, it differs:\n%v\n%v", problems, again)
		}
		problems.Print(io.Discard)
		told(t, problems)
		for _, id := range w.IDs() {
			o := w.Words[id]
			if o.Hash("en") == "" || o.Pos.Line == 0 || w.DecidedBy == "" || w.DecidedOn == 0 {
				t.Errorf("%q has no English, no place, or nobody decided it", id)
			}
		}
	})
}
