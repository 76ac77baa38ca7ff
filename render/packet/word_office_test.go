package packet

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
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

// wordOf is the file of one language.
func wordOf(t *testing.T, p *Packet, language string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.DOCX(&b, language); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestLibreOffice has LibreOffice open the packet, change sentences with tracked changes, comment, save it, and draw it in Arabic.
func TestLibreOffice(t *testing.T) {
	soffice, python := need(t, "soffice", "libreoffice-writer"), need(t, "/usr/bin/python3", "python3-uno")
	began := time.Now()
	dir := t.TempDir()
	p := of(t, "food-pantry.yaml", nil)
	n := p.Numbers()
	file := func(name string) string { return filepath.Join(dir, name) }
	for name, language := range map[string]string{"in.docx": "es", "arabic.docx": "ar"} {
		if err := os.WriteFile(file(name), wordOf(t, p, language), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	office := exec.Command(soffice, "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
		"-env:UserInstallation=file://"+filepath.ToSlash(file("profile")), "--accept=pipe,name="+filepath.Base(dir)+";urp;")
	var said bytes.Buffer
	office.Stdout, office.Stderr = &said, &said
	office.WaitDelay = time.Second
	if err := office.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = office.Process.Kill() })
	ended := make(chan error, 1)
	go func() { ended <- office.Wait() }()
	out, err := exec.Command(python, filepath.Join("testdata", "writer.py"), dir).CombinedOutput()
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
	const first, rest = `1 es wording ana-ruiz: Usted va a recibir esto:
1 es wording ana-ruiz: Una bolsa de alimentos cada semana.
2 es wording ana-ruiz: Es gratis. Siempre.
3 en wording ana-ruiz: In person you will get your papers back.
3 es question ana-ruiz: “sus papeles”: ¿Todos?
4 es objection ana-ruiz: In the reasons, “food-pantry.yaml” became “the file”.
4 es objection reviewer-2: This is not what the law says.
`, `5 es question name-0cb4c9b2: هل هذا صحيح؟
6 es wording ana-ruiz: Otra frase.
`
	for name, want := range map[string]string{
		"in.docx":     "",
		"out.docx":    first + rest,
		"again.docx":  first + "5 es wording second-reader: Desconocemos ninguna exigencia de estos registros que se pueda poner en la lista.\n" + rest,
		"silent.docx": "3 es wording second-reader: En la oficina, le devuelven sus papeles.\nwarning: Statement 3 in es was changed, and not all of the change is marked.\n",
	} {
		data, err := os.ReadFile(file(name))
		if err != nil {
			t.Fatal(err)
		}
		if got := sayWord(t, n, name, data); got != want {
			t.Errorf("%s comes back as\n%swant\n%s", name, got, want)
		}
	}
	arabic(t, file("arabic.pdf"))
}

// arabic looks at the page that LibreOffice drew: beside statement 7 stands a telephone number, with its digits in their order, in the right
// half, and its label begins to the right of it.
func arabic(t *testing.T, pdf string) {
	t.Helper()
	out, err := exec.Command(need(t, "pdftotext", "poppler-utils"), "-f", "1", "-l", "2", "-bbox", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	type word struct {
		XMin float64 `xml:"xMin,attr"`
		YMin float64 `xml:"yMin,attr"`
		Text string  `xml:",chardata"`
	}
	var drawn struct {
		Pages []struct {
			Width float64 `xml:"width,attr"`
			Words []word  `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(out, &drawn); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, page := range drawn.Pages {
		for _, phone := range page.Words {
			if phone.XMin < page.Width/2 || phone.Text != "217-555-0101" {
				continue
			}
			seen++
			label := slices.IndexFunc(page.Words, func(w word) bool {
				return w.XMin > page.Width/2 && w.YMin > phone.YMin-6 && w.YMin < phone.YMin+6 && strings.ContainsFunc(w.Text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
			})
			if label < 0 || page.Words[label].XMin < phone.XMin {
				t.Errorf("the label is not to the right of the number: %+v", page.Words)
			}
		}
	}
	if seen == 0 {
		t.Errorf("the number is not on the pages, in the order of its digits, in the right half: %+v", drawn.Pages)
	}
}
