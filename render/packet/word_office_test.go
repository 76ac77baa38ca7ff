package packet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairnotice/notices/source"
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

// wordNumbers is what the numbers of a packet stand for.
func wordNumbers(p *Packet) *Numbers { return p.Numbers() }

// wordOf is the file of one language.
func wordOf(t *testing.T, p *Packet, language string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.DOCX(&b, language); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var returned = source.NewDay(2030, 1, 1)

// read reads a file that came back, and puts what was read into lines.
func readBack(t *testing.T, n *Numbers, name string, data []byte) string {
	t.Helper()
	cs, problems := ReadWord(name, data, returned, func(digest string) *Numbers {
		if digest != "" && digest != n.Digest {
			t.Errorf("%s asks for the edition %s", name, digest)
		}
		return n
	})
	var b strings.Builder
	for _, c := range cs {
		fmt.Fprintf(&b, "%d %s %s %s: %s\n", c.Number, c.Language, c.Is, c.Reviewer, strings.ReplaceAll(c.Text, "\n", " / "))
		if s, _ := n.Of(c.Number); c.Statement != s.Statement() || !s.says(c.Language, c.Was) || c.On == 0 || c.Edition != n.Edition || c.Digest != n.Digest || c.From.File != name {
			t.Errorf("a comment is not whole: %+v", c)
		}
	}
	file := (&Comments{Program: n.Program, Comments: cs}).Bytes()
	if _, wrong := ParseComments(name, file); wrong.Failed() {
		t.Errorf("what was read is no file of comments: %v", wrong)
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "%s: %s\n", p.Severity, p.Message)
	}
	return b.String()
}

// TestLibreOffice has LibreOffice open the packet, change sentences with tracked changes, comment, and save it.
func TestLibreOffice(t *testing.T) {
	soffice, python := need(t, "soffice", "libreoffice-writer"), need(t, "/usr/bin/python3", "python3-uno")
	began := time.Now()
	dir := t.TempDir()
	p := of(t, "citykey.yaml", nil)
	n := wordNumbers(p)
	file := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(file("in.docx"), wordOf(t, p, "es"), 0o644); err != nil {
		t.Fatal(err)
	}
	pipe := fmt.Sprintf("fairnotice%d", os.Getpid())
	office := exec.Command(soffice, "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
		"-env:UserInstallation=file://"+filepath.ToSlash(file("profile")), "--accept=pipe,name="+pipe+";urp;")
	var said bytes.Buffer
	office.Stdout, office.Stderr = &said, &said
	office.WaitDelay = time.Second
	if err := office.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = office.Process.Kill() })
	ended := make(chan error, 1)
	go func() { ended <- office.Wait() }()
	out, err := exec.Command(python, filepath.Join("testdata", "writer.py"), pipe, file("in.docx"), file("out.docx"), file("again.docx"), file("silent.docx")).CombinedOutput()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		_ = office.Process.Kill()
	}
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, said.Bytes())
	}
	t.Logf("%.1f s", time.Since(began).Seconds())
	if want := "records True protected True changed False\nrecords True\n"; string(out) != want {
		t.Errorf("LibreOffice sees\n%swant\n%s", out, want)
	}
	for name, want := range map[string]string{
		"in.docx":     "",
		"out.docx":    "?",
		"again.docx":  "?",
		"silent.docx": "?",
	} {
		data, err := os.ReadFile(file(name))
		if err != nil {
			t.Fatal(err)
		}
		if os.Getenv("FN_KEEP") != "" {
			os.WriteFile("/tmp/docx/lo-"+name, data, 0o644)
		}
		start := time.Now()
		if got := readBack(t, n, name, data); got != want {
			t.Errorf("%s (%d bytes, %s) comes back as\n%swant\n%s", name, len(data), time.Since(start), got, want)
		}
	}
}
