package notices

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	validate "github.com/santhosh-tekuri/jsonschema/v6"
)

// cityKeyProgram is the example, and the demand that came for it.
func cityKeyProgram(t testing.TB) *Program {
	t.Helper()
	data, err := os.ReadFile("../examples/citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, ps := Read("citykey.yaml", data)
	if ps.Failed() {
		t.Fatal(ps)
	}
	return p
}

func paperOf(t testing.TB, file string, edits ...string) *Paper {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i+1 < len(edits); i += 2 {
		if strings.Count(text, edits[i]) != 1 {
			t.Fatalf("%q does not stand once in %s", edits[i], file)
		}
		text = strings.Replace(text, edits[i], edits[i+1], 1)
	}
	d, ps := ReadPaper(filepath.Base(file), []byte(text))
	if ps.Failed() {
		t.Fatal(ps)
	}
	return d
}

const (
	basePaper    = "testdata/papers/base.yaml"
	cityKeyPaper = "../examples/demands/citykey-2025-04-17.yaml"
)

// judgePaper is what a person gets who lays a demand file over CityKey.
func judgePaper(file string, data []byte, p *Program, book *law.Book, on source.Day) source.Problems {
	d, ps := ReadPaper(file, data)
	if !ps.Failed() {
		ps = append(ps, CheckPaper(d, p, book, on)...)
	}
	return ps
}

// TestBrokenPapers compares what people are told of each broken demand file, word for word: testdata/papers/NAME.txt is base.yaml with a few
// words changed.
func TestBrokenPapers(t *testing.T) {
	p, book, day := cityKeyProgram(t), shippedBook(t), onThatDay(t)
	base, err := os.ReadFile(basePaper)
	if err != nil {
		t.Fatal(err)
	}
	if ps := judgePaper("base.yaml", base, p, book, day); len(ps) > 0 {
		t.Fatalf("the base is not sound: %v", ps)
	}
	names, _ := filepath.Glob("testdata/papers/*.txt")
	if len(names) < 25 {
		t.Errorf("there are only %d broken demand files", len(names))
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		about, said, _ := strings.Cut(string(raw), says)
		text := string(base)
		for _, edit := range strings.Split(about, "-- replace --\n")[1:] {
			old, with, ok := strings.Cut(edit, "-- with --\n")
			old, with = strings.TrimSuffix(old, "\n"), strings.TrimSuffix(with, "\n")
			if !ok || strings.Count(text, old) != 1 {
				t.Fatalf("%s: %q does not stand in base.yaml exactly once", name, old)
			}
			text = strings.Replace(text, old, with, 1)
		}
		file := strings.TrimSuffix(filepath.Base(name), ".txt") + ".yaml"
		ps := judgePaper(file, []byte(text), p, book, day)
		var got bytes.Buffer
		ps.Print(&got)
		if *update {
			if err := os.WriteFile(name, []byte(about+says+got.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			said = got.String()
		}
		if got.String() != said {
			t.Errorf("%s says\n%s\nand should say\n%s", name, got.String(), said)
		}
		if !ps.Failed() {
			t.Errorf("%s: nothing is wrong with this file", name)
		}
		for _, pr := range ps {
			plain(t, pr)
		}
	}
}

// TestPaperAsks: every fact of a demand file has a question, and somebody to ask; no question is about anything else.
func TestPaperAsks(t *testing.T) {
	fields := map[string]bool{}
	var walk func(tree *factTree)
	walk = func(tree *factTree) {
		if tree.fact {
			fields[tree.field] = true
		}
		for _, f := range tree.fields {
			walk(f.tree)
		}
		if tree.elem != nil {
			walk(tree.elem)
		}
	}
	walk(paperFacts())
	for f := range fields {
		a := paperAsks[f]
		if !slices.Contains([]string{"records", "it", "vendor", "counsel", "program"}, a[0]) || !strings.HasSuffix(a[1], "?") {
			t.Errorf("%s is asked as %v", f, a)
		}
	}
	for f := range paperAsks {
		if !fields[f] {
			t.Errorf("%s is asked for, and is no fact of a demand file", f)
		}
	}
}

// TestPaperSchema: the schema takes what the reader takes, refuses what it can see, and explains every key.
func TestPaperSchema(t *testing.T) {
	raw, err := PaperSchema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := validate.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := validate.NewCompiler()
	if err := c.AddResource("demand.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("demand.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{basePaper, cityKeyPaper} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bad, err := bySchema(s, data); bad != nil || err != nil {
			t.Errorf("%s: %v %v", file, bad, err)
		}
		if bad, _ := bySchema(s, append([]byte("garg: no\n"), data...)); bad == nil {
			t.Errorf("%s: the schema takes a key that there is not", file)
		}
		if bad, _ := bySchema(s, bytes.Replace(data, []byte("\nscope: group"), []byte("\nscope: everybody"), 1)); bad == nil {
			t.Errorf("%s: the schema takes a word that there is not", file)
		}
	}
	for f := range fields(reflect.TypeFor[Paper]()) {
		if !strings.HasSuffix(f.doc, ".") {
			t.Errorf("%s is explained as %q", f.key, f.doc)
		}
	}
}

// TestSignatures: the words for who signed are those of the book of law, and one for somebody else.
func TestSignatures(t *testing.T) {
	for _, e := range shippedBook(t).All() {
		if e.Demand == nil {
			continue
		}
		for _, s := range e.Demand.Signed {
			if !slices.Contains(wSignature, s) {
				t.Errorf("%s is signed by %q, which a demand file cannot say", e.ID, s)
			}
		}
	}
}

// TestGagUnknownIsYes: only where somebody wrote that nothing forbids it, and no source says otherwise, may a demand be told of.
func TestGagUnknownIsYes(t *testing.T) {
	const gag = "gag: {is: no, by: Counsel, on: 2025-06-04}"
	if !paperOf(t, basePaper).Tellable() {
		t.Error("nothing forbids it, and it may not be told of")
	}
	for _, other := range []string{"gag: yes", "gag: unknown", "gag: not_applicable", "gag: {is: no, source: tribune, but: [yes]}", "gag: {is: no, source: tribune, but: [unknown]}"} {
		d := paperOf(t, basePaper, gag, other)
		if d.Tellable() || d.Event().Listed {
			t.Errorf("%s, and it may be told of", other)
		}
		if _, err := Release(cityKeyProgram(t), d, "Ana Ruiz", onThatDay(t)); err == nil {
			t.Errorf("%s, and it is released", other)
		}
	}
}

// FuzzPaper: whatever stands in a demand file, it is judged and, where nothing is wrong, laid over a program without harm, in the same way
// each time; and what may not be told of is never released.
func FuzzPaper(f *testing.F) {
	for _, name := range []string{basePaper, cityKeyPaper} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		text := string(data)
		for _, edit := range [][2]string{{"scope: group", "scope: named\nhow_many: 3"}, {"to: clerk", "to: omicron"}, {"court: none", "court: stayed\ncourt_scope: this_demand"},
			{"answer: pending", "answer: complied"}, {"kind: immigration_administrative_subpoena", "kind: state_civil_subpoena"}, {"signature: immigration_officer", "signature: other"},
			{"gag: ", "gag: {is: yes} # "}} {
			if strings.Contains(text, edit[0]) {
				f.Add([]byte(strings.Replace(text, edit[0], edit[1], 1)))
			}
		}
	}
	small, err := os.ReadFile("testdata/broken/base.yaml") // a small program, so that many are tried
	if err != nil {
		f.Fatal(err)
	}
	p, ps := Read("base.yaml", small)
	if ps.Failed() {
		f.Fatal(ps)
	}
	book, day := shippedBook(f), onThatDay(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		d, ps := ReadPaper("fuzz.yaml", data)
		_, again := ReadPaper("fuzz.yaml", data)
		if !reflect.DeepEqual(ps, again) {
			t.Fatalf("read twice, it differs:\n%v\n%v", ps, again)
		}
		ps.Print(io.Discard)
		told(t, ps)
		if ps.Failed() {
			return
		}
		checked := CheckPaper(d, p, book, day)
		told(t, checked)
		r, err := Reach(p, d, book, day)
		if (err != nil) != checked.Failed() {
			t.Fatalf("problems %v, and Reach says %v", checked, err)
		}
		if err != nil {
			return
		}
		sensible(t, r)
		out, err := Release(p, d, "Ana Ruiz, City Clerk", day)
		if !d.Tellable() && err == nil {
			t.Fatal("released, and nobody may tell of it")
		}
		if err == nil {
			q, ps := Read("base.yaml", out)
			if ps.Failed() {
				t.Fatal(ps)
			}
			sameEvent(t, q, d)
		}
	})
}

// sameEvent holds the entry of a released demand against its paper: the same facts, but for where they stand.
func sameEvent(t testing.TB, q *Program, d *Paper) {
	t.Helper()
	i := slices.IndexFunc(q.Demands.Is, func(e Event) bool { return e.ID == d.ID })
	if i < 0 {
		t.Fatalf("there is no demand %q", d.ID)
	}
	e, want := q.Demands.Is[i], d.Event()
	if e.Released == nil {
		t.Error("nobody released it")
	}
	e.Released = nil
	if got, want := entryText(&e), entryText(&want); got != want {
		t.Errorf("the file says\n%s\nand the paper\n%s", got, want)
	}
}

// TestReleaseKeepsTheFile: a release adds one entry and changes no other byte; the same paper again changes nothing; what the paper says
// anew is brought up to date.
func TestReleaseKeepsTheFile(t *testing.T) {
	p, day := cityKeyProgram(t), onThatDay(t)
	d := paperOf(t, basePaper)
	out, err := Release(p, d, "Ana Ruiz: City \"Clerk\", #1", day)
	if err != nil {
		t.Fatal(err)
	}
	q, ps := Read("citykey.yaml", out)
	if ps.Failed() {
		t.Fatal(ps)
	}
	sameEvent(t, q, d)
	if got := q.Demands.Is[1].Released.By; got != "Ana Ruiz: City \"Clerk\", #1" {
		t.Errorf("released by %q", got)
	}
	before, after := string(p.Doc.Bytes()), string(out)
	at := strings.Index(after, "  - id: paper-one")
	end := at + strings.Index(after[at:], "\n\n")
	if at < 0 || after[:at]+strings.TrimPrefix(after[end:], "\n") != before && after[:at-1]+after[end:] != before {
		t.Error("other bytes of the file changed")
	}
	again, err := Release(q, d, "Ana Ruiz: City \"Clerk\", #1", day)
	if err != nil || !bytes.Equal(again, out) {
		t.Errorf("released once more, it differs: %v", err)
	}
	later := paperOf(t, basePaper, "answer: pending", "answer: {is: objected, on: 2025-06-10}")
	newer, err := Release(q, later, "Ana Ruiz", day)
	if err != nil {
		t.Fatal(err)
	}
	r, ps := Read("citykey.yaml", newer)
	if ps.Failed() {
		t.Fatal(ps)
	}
	sameEvent(t, r, later)
}

// TestReleaseIntoOtherForms: a file that says none, a list in brackets, a list that is the value of a long fact. A file that does not know
// which demands came is refused.
func TestReleaseIntoOtherForms(t *testing.T) {
	text := string(cityKeyProgram(t).Doc.Bytes())
	from := strings.Index(text, "\ndemands:\n") + 1
	end := from + strings.Index(text[from:], "\n\n") + 1
	d := paperOf(t, basePaper)
	for _, form := range []struct {
		says string
		ok   bool
	}{
		{"demands: {is: none, source: tribune, confidence: reported}\n", true},
		{"demands: []\n", true},
		{"demands: [{id: a, may_be_listed: true, kind: grand_jury_subpoena, from: federal_prosecutor, to: clerk, dated: 2025-01-01, served: unknown, scope: group, asks: unknown, wants: unknown, answer: unknown, given: unknown, court: unknown}]  # one\n", true},
		{"demands:\n  is:\n    - {id: a, may_be_listed: true, kind: grand_jury_subpoena, from: federal_prosecutor, to: clerk, dated: 2025-01-01, served: unknown, scope: group, asks: unknown, wants: unknown, answer: unknown, given: unknown, court: unknown}\n  source: tribune\n", true},
		{"demands: unknown\n", false},
		{"demands: {is: unknown, asked: [{who: counsel, on: 2025-06-01}]}\n", false},
	} {
		p, ps := Read("form.yaml", []byte(text[:from]+form.says+text[end:]))
		if ps.Failed() {
			t.Fatal(ps)
		}
		out, err := Release(p, d, "Ana Ruiz", onThatDay(t))
		if (err == nil) != form.ok {
			t.Errorf("%s: %v", form.says, err)
		}
		if err != nil {
			continue
		}
		q, ps := Read("form.yaml", out)
		if ps.Failed() {
			t.Fatal(ps)
		}
		sameEvent(t, q, d)
		if len(q.Demands.Is) != len(p.Demands.Is)+1 {
			t.Errorf("%s: %d demands", form.says, len(q.Demands.Is))
		}
	}
}
