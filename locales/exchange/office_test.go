package exchange

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// need finds a program that a test cannot do without. A test that quietly did nothing would be taken for one that passed.
func need(t *testing.T, program, debian string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatalf("%s is not installed, and this test needs it: apt-get install -y %s (make tools does it)", program, debian)
	}
	return path
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func plain(id, english, target string) Unit {
	u := Unit{ID: id, Source: english, Target: target, State: Draft, SourceHash: hashOf(english), Note: "A note."}
	if target == "" {
		u.State = Missing
	}
	return u
}

// hardBook is texts that spreadsheets like to change into something else.
func hardBook() Book {
	b := Book{Language: spanish, Program: "Test", Made: "2026-11-26", Terms: []Term{{ID: "t1", English: "record", Forms: []string{"registro"}, Note: "n"}}}
	for i, s := range []string{"00123", "1-2", "=HYPERLINK(\"https://example.org\",\"x\")", "=1+1", "+1", "-1", "@SUM(A1)", "1e5", "12/3", "TRUE", "verdadero",
		"3.10", "  dos espacios delante", "una línea\ny otra", "_x000D_ no es nada", "_x005F_", "a\u00a0b", "<b>&amp;</b>", "'apóstrofo", "\"comillas\"", "ñandú 😀",
		"سنة", "🏳️‍🌈", "1,000.50", "50%", "#¡REF!", "a\u200bb", strings.Repeat("largo ", 60) + "."} {
		b.Units = append(b.Units, plain(fmt.Sprintf("hard.n%d", i), s, s))
	}
	b.Units = append(b.Units, Unit{ID: "span.years", Form: "one", Numbers: "1", Source: "1 year", Target: "1 año", State: Reviewed, SourceHash: "00012345", Limit: 40},
		Unit{ID: "span.years", Form: "other", Numbers: "2, 3, 4 …", Source: "{n} years", Target: "{n} años", State: Reviewed, SourceHash: "00012345", Limit: 40})
	b.Units = append(b.Units, plain("work.typed", "Typed in the office.", ""), plain("work.emptied", "Emptied in the office.", "Vaciado en la oficina."),
		plain("work.formula", "See here.", ""), plain("work.none", "Nobody did this.", ""))
	return b
}

// TestLibreOffice has LibreOffice open a workbook, save it, work in it and save it again.
func TestLibreOffice(t *testing.T) {
	soffice, python := need(t, "soffice", "libreoffice-calc"), need(t, "/usr/bin/python3", "python3-uno")
	if out, err := exec.Command(python, "-c", "import uno").CombinedOutput(); err != nil {
		t.Fatalf("Python does not know LibreOffice, and this test needs it: apt-get install -y python3-uno\n%s", out)
	}
	began := time.Now()
	dir := t.TempDir()
	in, saved, worked := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "saved.xlsx"), filepath.Join(dir, "worked.xlsx")
	b := hardBook()
	write(t, in, formats[0].write(t, b))
	pipe := fmt.Sprintf("fairnotice%d", os.Getpid())
	office := exec.Command(soffice, "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
		"-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--accept=pipe,name="+pipe+";urp;")
	var said bytes.Buffer
	office.Stdout, office.Stderr = &said, &said
	office.WaitDelay = time.Second
	if err := office.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = office.Process.Kill() })
	ended := make(chan error, 1)
	go func() { ended <- office.Wait() }()
	script := exec.Command(python, filepath.Join("testdata", "office.py"), pipe, in, saved, worked)
	out, err := script.CombinedOutput()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		_ = office.Process.Kill()
	}
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, said.Bytes())
	}
	t.Logf("%.1f s", time.Since(began).Seconds())
	const seen = "sheets Texts,Terms,How to\nprotected True\nlocked ID True\nlocked English True\nlocked Translation False\nlocked Note True\nhidden [7]\nrtl 0\ncells that are no text 0\n"
	if string(out) != seen {
		t.Errorf("LibreOffice sees\n%swant\n%s", out, seen)
	}

	before := Read(read(t, in), b)
	after := Read(read(t, saved), b)
	if s := report(after); s != report(before) {
		t.Errorf("saved again, it says\n%s\nbefore\n%s", s, report(before))
	}
	same := func(a, b Accepted) bool { a.Pos, b.Pos = before.Accepted[0].Pos, before.Accepted[0].Pos; return a == b }
	if !slices.EqualFunc(before.Accepted, after.Accepted, same) {
		t.Errorf("saved again, it is another: %+v", after.Accepted)
	}

	r := Read(read(t, worked), b)
	want := []Accepted{}
	for _, a := range before.Accepted {
		switch a.ID {
		case "work.emptied":
			continue
		}
		want = append(want, a)
	}
	typed := Accepted{ID: "work.typed", Text: "Escrito en LibreOffice, con ñ.", SourceHash: hashOf("Typed in the office.")}
	want = append(want, typed)
	if !slices.EqualFunc(r.Accepted, want, same) {
		t.Errorf("worked in, it is another: %+v\nwant %+v", r.Accepted, want)
	}
	if len(r.Refused) != 1 || r.Refused[0].Code != "formula" || len(r.Unknown) != 0 || len(r.Missing) != 2 {
		t.Error(report(r))
	}
	if *update {
		write(t, filepath.Join("testdata", "libreoffice.xlsx"), read(t, worked))
	}
}

// TestLibreOfficeFile reads the workbook that LibreOffice saved when this test was written.
func TestLibreOfficeFile(t *testing.T) {
	b := hardBook()
	r := Read(read(t, filepath.Join("testdata", "libreoffice.xlsx")), b)
	golden(t, "libreoffice.txt", report(r))
	if n := len(b.Units) - 3; len(r.Accepted) != n {
		t.Errorf("%d accepted, want %d", len(r.Accepted), n)
	}
	for _, a := range r.Accepted {
		if a.Changed() != (a.ID == "work.typed") {
			t.Errorf("%s is %q and was %q", a.ID, a.Text, a.Was)
		}
	}
}
