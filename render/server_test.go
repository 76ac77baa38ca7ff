package render

import (
	"regexp"
	"strings"
	"testing"
)

// Each configuration sends every header that Headers names, with its value; .ci/web/servers.test.mjs runs them.
func TestServerFiles(t *testing.T) {
	fs := files(testEdition(t, "en", "ar"))
	for _, name := range []string{"nginx.conf", "Caddyfile", "apache.conf"} {
		conf := strings.ReplaceAll(string(fs["office/server/"+name]), `\"`, `"`)
		for path, b := range fs {
			public, ok := strings.CutPrefix(path, "public/")
			if !ok {
				continue
			}
			for _, h := range Headers(public, b) {
				value := h[1]
				if h[0] == "Content-Type" && name == "nginx.conf" {
					value, _, _ = strings.Cut(value, ";") // charset is a line of its own
				}
				if !strings.Contains(conf, h[0]) && h[0] != "Content-Type" || !strings.Contains(conf, value) {
					t.Errorf("%s does not send %s: %s, which %s has", name, h[0], value, public)
				}
			}
		}
		for _, place := range []string{serverRoot, serverAddress, ":" + serverPort} {
			if !strings.Contains(conf, place) {
				t.Errorf("%s does not name %s", name, place)
			}
		}
	}
	for path, b := range fs {
		if !strings.HasPrefix(path, "office/server/") {
			continue
		}
		// Nothing of the program: the same for every edition but for the hashes.
		if regexp.MustCompile(`(?i)citykey|<no value>`).Match(b) {
			t.Errorf("%s names the program, or lacks a value", path)
		}
		for i, line := range strings.Split(string(b), "\n") {
			if strings.TrimRight(line, " \t") != line {
				t.Errorf("%s:%d ends in a space", path, i+1)
			}
		}
	}
}

// What a configuration could not send is an error, and no silence.
func TestServerFilesRefuse(t *testing.T) {
	page := func(policy string) []byte {
		return []byte(`<meta http-equiv="Content-Security-Policy" content="` + policy + `"><title>x</title>`)
	}
	if _, err := serverFiles([]File{{"public/index.html", page("default-src 'none'; img-src $uri")}}); err == nil {
		t.Error("a value that nginx would replace was written")
	}
	out, err := serverFiles([]File{{"public/a.html", page("default-src 'none'; img-src a")}, {"public/b.html", page("default-src 'none'; img-src b")}, {"public/index.html", page("default-src 'none'; img-src a")}, {"public/x.json", nil}})
	if err != nil {
		t.Fatal(err)
	}
	if conf := string(files(&Edition{Files: out})["office/server/nginx.conf"]); !strings.Contains(conf, `"~/b\.html$" "default-src 'none'; img-src b; frame-ancestors 'none'";`) || !strings.Contains(conf, `"~\.html$" "default-src 'none'; img-src a; frame-ancestors 'none'";`) || strings.Contains(conf, `"~/a`) {
		t.Errorf("the policy that most pages have, and then the others: %s", conf)
	}
}
