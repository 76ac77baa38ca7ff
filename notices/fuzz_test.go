package notices

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// FuzzLoad: whatever stands in a file, it is judged and, where nothing is wrong, made into notices without harm, in the same way each
// time, and nothing is said without a reason.
func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("../examples/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal("no examples", err)
	}
	for _, name := range append(files, "testdata/broken/base.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, b := range brokenFiles(f) {
		if len(b.data) <= 64<<10 {
			f.Add(b.data)
		}
	}
	book, day := shippedBook(f), onThatDay(f)
	f.Fuzz(func(t *testing.T, data []byte) { harmless(t, data, book, day) })
}

// FuzzSpoil changes a few characters of a sound file: what a person does who edits by hand. Most of the results can be read, so that it
// goes deeper than FuzzLoad.
func FuzzSpoil(f *testing.F) {
	base, err := os.ReadFile("testdata/broken/base.yaml")
	if err != nil {
		f.Fatal(err)
	}
	at := func(s string) uint16 { return uint16(strings.Index(string(base), s)) }
	f.Add(at("unknown"), uint8(7), "none")
	f.Add(at("handling: stored")+10, uint8(6), "forwarded")
	f.Add(at("7 years"), uint8(7), "until_event")
	f.Add(at("to: open")+4, uint8(4), "2025")
	f.Add(at("status: {is: active}")+12, uint8(6), "ended, since: unknown")
	f.Add(at("asks: unknown")+6, uint8(7), "[{field: document_type, any: [foreign_passport]}]")
	f.Add(at("answer: declined")+8, uint8(8), "complied")
	f.Fuzz(func(t *testing.T, from uint16, gone uint8, put string) {
		i := min(int(from), len(base))
		j := min(i+int(gone), len(base))
		harmless(t, append(append(append([]byte(nil), base[:i]...), put...), base[j:]...), book(t), onThatDay(t))
	})
}

var shipped *law.Book

func book(t testing.TB) *law.Book {
	if shipped == nil {
		shipped = shippedBook(t)
	}
	return shipped
}

func harmless(t *testing.T, data []byte, book *law.Book, day source.Day) {
	t.Helper()
	p, problems := Read("fuzz.yaml", data)
	q, again := Read("fuzz.yaml", data)
	if !reflect.DeepEqual(problems, again) {
		t.Fatalf("read twice, it differs:\n%v\n%v", problems, again)
	}
	problems.Print(io.Discard)
	told(t, problems)
	if problems.Failed() {
		return
	}
	checked := Check(p, book, day)
	if again := Check(q, book, day); !reflect.DeepEqual(checked, again) {
		t.Fatalf("checked twice, it differs:\n%v\n%v", checked, again)
	}
	checked.Print(io.Discard)
	told(t, checked)
	if checked.Failed() {
		return
	}
	for _, kind := range Kinds() {
		n, err := Build(p, book, kind, day)
		if err != nil {
			t.Fatalf("%s: nothing is wrong with the file, and no notice can be made of it: %v", kind, err)
		}
		if again, err := Build(q, book, kind, day); err != nil || !reflect.DeepEqual(n, again) {
			t.Fatalf("%s: built twice, it differs (%v)", kind, err)
		}
		ids := map[string]bool{}
		statements := 0
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					statements++
					if len(st.Because) == 0 || st.Message == "" || ids[st.ID] {
						t.Errorf("%s: %q (%s) stands twice, without words or without a reason", kind, st.ID, st.Message)
					}
					ids[st.ID] = true
				}
			}
		}
		if statements == 0 {
			t.Errorf("%s: the notice says nothing", kind)
		}
	}
	if _, err := Build(p, book, "no such kind", day); err == nil {
		t.Error("a kind that does not exist was built")
	}
}

// told fails if a problem is without words or a place, or takes more than one line. Check blames itself only in one way, which never
// may happen.
func told(t *testing.T, problems source.Problems) {
	t.Helper()
	for _, p := range problems {
		if p.Message == "" || p.Code == "" || p.Pos.Line < 1 || strings.ContainsAny(p.Error(), "\n\r\x1b") {
			t.Errorf("half a problem: %q at %v", p.Error(), p.Pos)
		}
		if strings.Contains(p.Hint, "Please report this") {
			t.Errorf("the fault is not the file's: %s", p.Error())
		}
	}
}
