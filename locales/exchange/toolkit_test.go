package exchange

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func workBook() Book {
	b := Book{Language: spanish, Program: "Test", Made: "2026-11-26", Terms: []Term{{ID: "t1", English: "record", Forms: []string{"registro"}, Note: "n"}}}
	b.Units = []Unit{
		plain("keep.stored", "The office keeps these:", ""),
		plain("keep.seen", "You get your papers back.", "Le devuelven sus papeles."),
		plain("keep.none", "The office keeps <nothing> & says so.", ""),
		{ID: "delete.years", Form: "one", Numbers: "1", Source: "We delete the copy {n} year after you apply.", Target: "Borramos la copia {n} año después.", State: Draft, SourceHash: "00012345", Limit: 80},
		{ID: "delete.years", Form: "other", Numbers: "2, 3, 4 …", Source: "We delete the copy {n} years after you apply.", State: Stale, Before: "La borramos en {n} años.", SourceHash: "00012345", Limit: 80, Note: "Beside a list."},
		{ID: "keep.done", Source: "It is free.", Target: "Es gratis.", State: Reviewed, SourceHash: hashOf("It is free.")},
	}
	return b
}

func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestTranslateToolkit has translate-toolkit, which most free translation programs are built on, read our XLIFF and save it.
func TestTranslateToolkit(t *testing.T) {
	python := need(t, "/usr/bin/python3", "python3")
	if out, err := exec.Command(python, "-c", "import translate").CombinedOutput(); err != nil {
		t.Fatalf("translate-toolkit is not installed, and this test needs it: apt-get install -y translate-toolkit (make tools does it)\n%s", out)
	}
	b := workBook()
	dir := t.TempDir()
	in, saved := filepath.Join(dir, "in.xlf"), filepath.Join(dir, "saved.xlf")
	write(t, in, formats[1].write(t, b))
	golden(t, "toolkit-sees.txt", run(t, python, filepath.Join("testdata", "toolkit.py"), in, saved))
	if *update {
		write(t, filepath.Join("testdata", "toolkit.xlf"), read(t, saved))
	}
	worked(t, b, Read(read(t, saved), b))
}

// worked sees that the two texts that were translated came back, and the others as they were.
func worked(t *testing.T, b Book, r Result) {
	t.Helper()
	if len(r.Repairs)+len(r.Refused)+len(r.Unknown) > 0 || len(r.Missing) != 1 || r.Missing[0].ID != "keep.none" {
		t.Error(report(r))
	}
	got := map[string]string{}
	for _, a := range r.Accepted {
		got[key(a.ID, a.Form)] = a.Text
	}
	want := map[string]string{"keep.stored": "La oficina guarda esto:", "keep.seen": "Le devuelven sus papeles.", "keep.done": "Es gratis.",
		"delete.years#one": "Borramos la copia {n} año después.", "delete.years#other": "Borramos la copia {n} años después de su solicitud."}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("accepted %v\nwant %v", got, want)
	}
}

// TestTranslateToolkitFile reads the file that translate-toolkit saved when this test was written.
func TestTranslateToolkitFile(t *testing.T) {
	b := workBook()
	worked(t, b, Read(read(t, filepath.Join("testdata", "toolkit.xlf")), b))
}

// TestPO sends a book through PO and back, which numbers its units anew.
func TestPO(t *testing.T) {
	const debian = "translate-toolkit"
	to, from, filter := need(t, "xliff2po", debian), need(t, "po2xliff", debian), need(t, "pofilter", debian)
	b := shippedBook(t, spanish)
	b.Units = b.Units[900:1000]
	for i := range b.Units {
		if i%3 == 0 && b.Units[i].Form == "" {
			b.Units[i].Target, b.Units[i].State = "", Missing
		}
	}
	b.Units = append(b.Units, workBook().Units[3:5]...)
	b.Units[len(b.Units)-1].State, b.Units[len(b.Units)-1].Target = Draft, "Borramos la copia {n} años después."
	dir := t.TempDir()
	in, po, back, odd := filepath.Join(dir, "in.xlf"), filepath.Join(dir, "x.po"), filepath.Join(dir, "back.xlf"), filepath.Join(dir, "odd.xlf")
	write(t, in, formats[1].write(t, b))
	run(t, to, "--progress=none", in, po)
	run(t, from, "--progress=none", po, back)
	direct, round := Read(read(t, in), b), Read(read(t, back), b)
	same := func(a, b Accepted) bool {
		return a.ID == b.ID && a.Form == b.Form && a.Text == b.Text && a.Was == b.Was
	}
	if !slices.EqualFunc(direct.Accepted, round.Accepted, same) || len(round.Refused) > 0 || len(round.Missing) != len(direct.Missing) {
		t.Errorf("through PO, %d are accepted, and %d before:\n%s", len(round.Accepted), len(direct.Accepted), report(round))
	}

	// pofilter finds just the units that nobody has translated. It judges no text of one word, and takes few other texts for names.
	run(t, filter, "--progress=none", "--nonotes", "--language=es", "-t", "unchanged", in, odd)
	left := Read(read(t, odd), b)
	gaps := 0
	for _, g := range left.Missing {
		if g.Why == Untranslated {
			gaps++
		}
	}
	if gaps != len(direct.Missing) || len(left.Accepted) > 0 {
		t.Errorf("pofilter finds %d of %d untranslated texts, and %d others", gaps, len(direct.Missing), len(left.Accepted))
	}
}
