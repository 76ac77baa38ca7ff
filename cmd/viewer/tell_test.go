package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
)

type zeros byte

func (z zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(z)
	}
	return len(p), nil
}

const evil = `<img src=x onerror="document.title='evil'"><script>alert(1)</script> javascript:alert(1)`

// sample writes a ledger into a folder: three editions of CityKey in three scripts, the second with one sentence said otherwise, one
// gone and one new, the third with a text that was withheld and one with markup in it, and one edition of another program. It gives the
// key of the ledger.
func sample(t *testing.T, dir string) (key string) {
	t.Helper()
	private, public, err := note.GenerateKey(zeros(1), "notices.example.org/city")
	if err != nil {
		t.Fatal(err)
	}
	s, err1 := note.NewSigner(private)
	v, err2 := ledger.NewVerifier(public)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := ledger.Create(dir, v.Name(), s); err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(dir, s, v)
	if err != nil {
		t.Fatal(err)
	}
	tags := []string{"en", "ar", "zh-Hans"}
	words, ps := locales.Shipped(tags...)
	book, more := law.Shipped()
	p, problems := notices.Load(os.DirFS(filepath.Join("..", "..", "examples")), "citykey.yaml")
	if ps.Failed() || more.Failed() || problems.Failed() {
		t.Fatal(ps, more, problems)
	}
	n, err := notices.Build(p, book, notices.Before, source.NewDay(2025, 6, 14))
	if err != nil {
		t.Fatal(err)
	}
	before := ""
	publish := func(program source.ID, number int, on source.Day, supersedes string, change func(tag, text string) string) {
		var texts []render.TextLine
		var blobs [][]byte
		for _, tag := range tags {
			said, err := words.Say(n, tag)
			if err != nil {
				t.Fatal(err)
			}
			text := []byte(change(tag, string(render.Canonical(said))))
			texts = append(texts, render.TextLine{Kind: notices.Before, Language: tag, Digest: ledger.Hash(text), Bytes: len(text)})
			blobs = append(blobs, text)
		}
		lines := render.EditionLines(program, number, texts)
		blobs = append(blobs, lines)
		e := ledger.Entry{Program: program, Number: number, Digest: ledger.Hash(lines), From: on, Supersedes: supersedes}
		st := ledger.Statement{Program: program, Edition: number, Digest: e.Digest, Verdict: ledger.NoObjection, Reviewer: "group:rights.example", Date: on}
		for _, x := range texts {
			st.Texts = append(st.Texts, ledger.StatementText{Text: ledger.Text{Kind: string(x.Kind), Language: x.Language, Digest: x.Digest, Bytes: x.Bytes}, Reviewed: x.Language == "en"})
		}
		slices.SortFunc(st.Texts, func(a, b ledger.StatementText) int { return strings.Compare(a.Language, b.Language) })
		blobs = append(blobs, st.Bytes())
		e.Signoffs = []string{ledger.Hash(st.Bytes())}
		if _, err := l.Publish(blobs, e); err != nil {
			t.Fatal(err)
		}
		before = e.Digest
	}
	same := func(_, text string) string { return text }
	publish("citykey", 1, source.NewDay(2025, 3, 1), "", same)
	other := func(tag, text string) string {
		lines := strings.SplitAfter(text, "\n")
		i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "key.court\t") })
		if i < 0 {
			t.Fatal("the sentence that changes is not there")
		}
		lines[i] = map[string]string{"en": "key.court\tThe office answers when a court orders it.\n", "ar": "key.court\tيجيب المكتب إذا أمرت المحكمة بذلك.\n", "zh-Hans": "key.court\t法院下令时,办公室会答复。\n"}[tag]
		lines[i+1] = "" // the one after it is gone, and one is new
		lines = slices.Insert(lines, i+2, map[string]string{"en": "key.new\tThe office asks for your birthday.\n", "ar": "key.new\tيسأل المكتب عن تاريخ ميلادك.\n", "zh-Hans": "key.new\t办公室会问您的生日。\n"}[tag])
		return strings.Join(lines, "")
	}
	publish("citykey", 2, source.NewDay(2025, 6, 14), before, other)
	publish("citykey", 3, source.NewDay(2025, 11, 21), before, func(tag, text string) string {
		return strings.Replace(other(tag, text), "key.new\t", "key.new\t"+evil+" ", 1)
	})
	third := before
	publish("food-pantry", 1, source.NewDay(2025, 7, 1), "", same)
	view, err := ledger.Read(os.DirFS(dir), ledger.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := view.Blob(third)
	if err != nil {
		t.Fatal(err)
	}
	_, _, texts, err := render.ReadEditionLines(list)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range texts {
		if x.Language == "ar" {
			if err := l.Withhold(x.Digest, ledger.CourtOrder, source.NewDay(2025, 12, 1)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return public
}

// folder reads a folder as a browser gives it.
func folder(t *testing.T, dir string) []file {
	t.Helper()
	var out []file
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		out = append(out, file{"ledger/" + name, data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// zipped is a zip file of files.
func zipped(t testing.TB, files []file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write(f.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	if to := os.Getenv("FN_SAMPLE"); to != "" { // for the test in a browser
		dir = to
	}
	key := sample(t, filepath.Join(dir, "ledger"))
	if err := os.WriteFile(filepath.Join(dir, "key.txt"), []byte(key), 0o644); err != nil {
		t.Fatal(err)
	}
	files := folder(t, filepath.Join(dir, "ledger"))
	packed := zipped(t, files)
	if err := os.WriteFile(filepath.Join(dir, "ledger.zip"), packed, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, fs := range map[string][]file{"folder": files, "zip": {{"ledger.zip", packed}}} {
		o, s := open(fs, " "+key+"\n")
		if o == nil || s.State != "signed" || len(s.Damage) != 0 || s.Lines != 5 || len(s.Withheld) != 1 || len(s.Programs) != 2 || len(s.Programs[0].Languages) != 3 || s.Programs[0].Languages[0].English == "ar" {
			t.Fatalf("%s: %+v", name, s)
		}
		past := o.tell("citykey", "en")
		if len(past) != 3 || past[0].Sentences < 50 || len(past[0].Changes) < 50 || past[0].Until != "2025-06-14" || past[2].Until != "" {
			t.Fatalf("%s: %+v", name, past)
		}
		var was, gone, fresh int
		for _, c := range past[1].Changes {
			switch {
			case c.Was == "":
				fresh++
			case c.Is == "":
				gone++
			default:
				was++
			}
		}
		if was != 1 || gone != 1 || fresh != 1 || past[1].Against != "What it says otherwise than edition 1:" {
			t.Errorf("%s: %d otherwise, %d gone, %d new", name, was, gone, fresh)
		}
		if said := strings.Join(past[1].Says, "\n"); !strings.Contains(said, "It held from 14 June 2025 until 21 November 2025, when the next one began.\nIt went out in Arabic, English and Chinese (simplified).") ||
			!strings.Contains(said, "group:rights.example, of 14 June 2025: in English they found no statement that they know to be wrong.") {
			t.Error(said)
		}
		arabic := o.tell("citykey", "ar")
		if said := strings.Join(arabic[2].Says, "\n"); !strings.Contains(said, "is withheld since 1 December 2025, by order of a court.") {
			t.Error(said)
		}
		if all := o.text(1, "zh-Hans"); len(all) != 1 || all[0].Kind != "before people send papers" || len(all[0].Lines) < 50 {
			t.Errorf("%+v", all)
		}
		if all := o.text(2, "ar"); len(all) != 1 || !strings.Contains(all[0].Says, "by order of a court") || len(all[0].Lines) != 0 {
			t.Errorf("%+v", all)
		}
		if b, err := json.Marshal(past); err != nil || bytes.Contains(b, []byte("<script")) {
			t.Error("markup in JSON", err)
		}
	}
}

// TestKeys: who wrote a ledger is only known with a key, and a key of somebody else is said.
func TestKeys(t *testing.T) {
	dir := t.TempDir()
	key := sample(t, dir)
	files := folder(t, dir)
	if _, s := open(files, ""); s.State != "unknown" || !strings.Contains(strings.Join(s.Says, " "), "nobody knows who wrote this ledger") {
		t.Errorf("%+v", s)
	}
	_, other, err := note.GenerateKey(zeros(2), "notices.example.org/city")
	if err != nil {
		t.Fatal(err)
	}
	if o, s := open(files, other); o == nil || s.State != "unsigned" || len(s.Programs) != 2 || !strings.Contains(strings.Join(s.Says, " "), "not signed as it should be with the key that you gave") {
		t.Errorf("%+v", s)
	}
	if o, s := open(files, "a key"); o != nil || s.Error == "" || s.Hint == "" {
		t.Errorf("%+v", s)
	}
	var proof, checkpoint []byte
	for _, f := range files {
		switch {
		case strings.HasSuffix(f.name, "citykey/2.tlog-proof"):
			proof = f.data
		case strings.HasSuffix(f.name, "/checkpoint"):
			checkpoint = f.data
		}
	}
	o, _ := open(files, key)
	for _, kept := range [][]byte{proof, checkpoint} {
		if v := o.kept(kept); !v.Good {
			t.Error(v.Says)
		}
		if v := o.kept(bytes.Replace(kept, []byte("\n4\n"), []byte("\n3\n"), 1)); v.Good && !bytes.Equal(kept, bytes.Replace(kept, []byte("\n4\n"), []byte("\n3\n"), 1)) {
			t.Error("a changed one holds")
		}
		if v := o.kept(append(slices.Clone(kept), 'x')); v.Good || v.Says == "" {
			t.Error("a longer one holds")
		}
	}
	if _, s := open([]file{{"2.tlog-proof", proof}}, key); s.State != "proof" || !strings.Contains(s.Says[0], "edition 2 of citykey, which holds from 14 June 2025 on") {
		t.Errorf("%+v", s)
	}
	for _, k := range []string{"", other} {
		if _, s := open([]file{{"2.tlog-proof", proof}}, k); s.Error == "" {
			t.Errorf("a proof without its key: %+v", s)
		}
	}
}

// TestEveryFile changes, takes away and cuts each file of a ledger: it is said each time, whatever is opened.
func TestEveryFile(t *testing.T) {
	dir := t.TempDir()
	key := sample(t, dir)
	files := folder(t, dir)
	for i, f := range files {
		if strings.Contains(f.name, "/.state/") || len(f.data) == 0 {
			continue // for the writer alone
		}
		for how, data := range map[string][]byte{"changed": append([]byte{f.data[0] ^ 1}, f.data[1:]...), "cut": f.data[:len(f.data)-1], "gone": nil} {
			with := slices.Clone(files)
			with[i].data = data
			if data == nil {
				with = slices.Delete(with, i, i+1)
				if strings.Contains(f.name, "/proof/") || strings.Contains(f.name, ".p/") && !strings.HasSuffix(f.name, ".p/5") {
					continue // proofs may lie elsewhere, and hashes of the past may be pruned
				}
			}
			if _, s := open(with, key); s.Error == "" && s.State != "damaged" {
				t.Errorf("%s was %s, and nothing was said", f.name, how)
			}
		}
	}
}

// TestUnproven: a proof that is not in the copy is no damage, and it is said of which edition; many are counted.
func TestUnproven(t *testing.T) {
	dir := t.TempDir()
	key := sample(t, dir)
	const none = "There is no proof in this copy of "
	files := folder(t, dir)
	if _, s := open(files, key); s.State != "signed" || strings.Contains(strings.Join(s.Says, " "), none) {
		t.Errorf("%+v", s)
	}
	files = slices.DeleteFunc(files, func(f file) bool { return strings.HasSuffix(f.name, "citykey/2.tlog-proof") })
	for name, files := range map[string][]file{"folder": files, "zip": {{"ledger.zip", zipped(t, files)}}} {
		if _, s := open(files, key); s.State != "signed" || !slices.ContainsFunc(s.Says, func(say string) bool { return strings.HasPrefix(say, none+"edition 2 of citykey. ") }) {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if got := unproven(make([]ledger.Entry, 12)); !strings.Contains(got, " and 2 more. ") {
		t.Error(got)
	}
}

// TestHostileZip: names that lead elsewhere are passed over, and what unpacks to more than a device holds is not read to its end.
func TestHostileZip(t *testing.T) {
	dir := t.TempDir()
	key := sample(t, dir)
	files := folder(t, dir)
	with := append(slices.Clone(files), file{"../../etc/x", []byte("x")}, file{`C:\x`, []byte("x")}, file{"/abs", []byte("x")}, file{"ledger/tile/../checkpoint", []byte("x")}, file{"deep/er/checkpoint", []byte("x")})
	if _, s := open([]file{{"x.zip", zipped(t, with)}}, key); s.State != "signed" || s.Error != "" {
		t.Errorf("%+v", s)
	}
	if _, s := open(with, key); s.State != "signed" || s.Error != "" {
		t.Errorf("%+v", s)
	}
	bomb := append(slices.Clone(files), file{"ledger/blob/sha256/aa/" + strings.Repeat("a", 62), make([]byte, 64<<20)}, file{"ledger/proof/x/1.tlog-proof", make([]byte, 64<<20)})
	if _, s := open([]file{{"x.zip", zipped(t, bomb)}}, key); s.State != "damaged" || len(s.Damage) != 2 {
		t.Errorf("%+v", s)
	}
	for _, bad := range [][]file{nil, {{"x.zip", []byte("PK\x03\x04")}}, {{"x", nil}}, {{"checkpoint", nil}}, {{"checkpoint/x", []byte("x")}}, {{"checkpoint", []byte("x")}, {"checkpoint", []byte("y")}}} {
		if o, s := open(bad, key); o != nil || s.Error == "" {
			t.Errorf("%v: %+v", bad, s)
		}
	}
}

// FuzzOpen: whatever is opened, there is an answer.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("PK\x03\x04"), "checkpoint")
	f.Add([]byte("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAA=\n"), "checkpoint")
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 0\n"), "x")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		o, s := open([]file{{name, data}}, "")
		if (o == nil) == (s.Error == "") && s.State != "proof" {
			t.Fatalf("%v %+v", o, s)
		}
		if o != nil {
			o.kept(data)
			o.text(0, "en")
			o.tell(name, "en")
		}
	})
}
