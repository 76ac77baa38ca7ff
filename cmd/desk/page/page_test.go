package page

import (
	"crypto/sha256"
	"encoding/base64"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The policy of the page forbids these; here each is named with its file before a browser refuses it.
func TestNoWayIn(t *testing.T) {
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|sessionStorage|indexedDB|document\.cookie|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|https?://[a-z]`)
	all, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		s := text(f.Name())
		if strings.HasSuffix(f.Name(), ".js") {
			for _, m := range forbidden.FindAllString(s, -1) {
				t.Errorf("%s: %s", f.Name(), m)
			}
		}
		if strings.HasSuffix(f.Name(), ".css") && regexp.MustCompile(`url\(|@import`).MatchString(s) {
			t.Errorf("%s loads something", f.Name())
		}
	}
	if m := regexp.MustCompile(`\son[a-z]+=|\sstyle=`).FindString(HTML()); m != "" {
		t.Errorf("desk.html: %s", m)
	}
}

func TestEveryFileIsJoined(t *testing.T) {
	all, _ := files.ReadDir(".")
	whole := HTML() + Style() + Script("const connect = 1;\n")
	for _, f := range all {
		if n := strings.Count(whole, text(f.Name())); n != 1 {
			t.Errorf("%s is in the page %d times", f.Name(), n)
		}
	}
	if s := Script("const connect = 1;\n"); !strings.HasSuffix(s, text("begin.js")) || strings.Index(s, "const connect") < strings.Index(s, "screens.start =") {
		t.Error("the scripts stand in another order")
	}
}

// TestWrite writes the page for the tests in a browser, with a core that those tests put in: FN_PAGE names the file.
func TestWrite(t *testing.T) {
	name := os.Getenv("FN_PAGE")
	if name == "" {
		name = t.TempDir() + "/desk.html"
	}
	script := Script("const connect = () => globalThis.core();\n")
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	html := strings.NewReplacer("{{policy}}", "default-src 'none'; script-src "+hash(script)+"; style-src "+hash(Style())+"; base-uri 'none'; form-action 'none'",
		"{{style}}", Style(), "{{script}}", script, "{{program}}", "").Replace(HTML())
	if strings.Contains(html, "{{") {
		t.Error("a place of the page is left open")
	}
	if err := os.WriteFile(name, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
}
