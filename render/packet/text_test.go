package packet

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzPlainText: whatever comes back is a text or is refused in a whole sentence with what to do; nothing of a page but its answers is taken.
func FuzzPlainText(f *testing.F) {
	for _, s := range []string{"Program = x\nQ-2ce4 = 7 years\n", "PK\x03\x04", "%PDF-1.7", "<!doctype html><form id=\"sheet\"><textarea id=\"text\" rows=\"14\">Q-2ce4 = &lt;7&gt;</textarea>", "<html><body>no sheet",
		"MIME-Version: 1.0\nContent-Type: text/plain\n\nQ-2ce4 = 3\n", "\xff\xfea\x00"} {
		f.Add([]byte(s))
	}
	f.Add(zipped(f, aWord(wordPara1(wordRuns("Q-2ce4 = 7 years")), "")))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, problem, hint := PlainText(data)
		switch {
		case problem != "" && (text != "" || hint == "" || !strings.HasSuffix(problem, ".") && !strings.HasSuffix(problem, "typed.")):
			t.Errorf("%q %q %q", text, problem, hint)
		case problem == "" && !utf8.ValidString(text) && utf8.Valid(data):
			t.Errorf("%q", text)
		}
	})
}

// TestPlainText: the same answers out of each form; nothing else of a page is taken for answers.
func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		"Q-1 = a": "Q-1 = a",
		"<!DOCTYPE html><p>Q-1 = b</p><form id=\"sheet\"><textarea readonly id=\"text\" rows=\"14\">Q-1 = a &amp; b</textarea>":  "Q-1 = a & b",
		"MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n\nQ-1 =3D a\n": "\nQ-1 = a\n",
	} {
		if text, problem, _ := PlainText([]byte(in)); text != want || problem != "" {
			t.Errorf("%q gives %q, %q", in, text, problem)
		}
	}
	text, problem, _ := PlainText(zipped(t, aWord(wordPara1(wordRuns("Q-1 = ")+change("del", "Ana", wordRuns("a"))+change("ins", "Ana", wordRuns("b"))), "")))
	if text != "Q-1 = b\n" || problem != "" {
		t.Errorf("%q %q", text, problem)
	}
}
