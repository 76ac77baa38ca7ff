package render

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func header(name string, body string) map[string]string {
	m := map[string]string{}
	for _, h := range Headers(name, []byte(body)) {
		m[h[0]] = h[1]
	}
	return m
}

// TestHeaders: every file has every header, each is well formed, and none says who reads, or when.
func TestHeaders(t *testing.T) {
	page := `<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-x/+=&#39;"><title>x</title>`
	for _, name := range []string{"index.html", "es/before.html", "edition.json", "x.unknown"} {
		hs := Headers(name, []byte(page))
		if hs[0][0] != "Content-Type" {
			t.Errorf("%s: the first is %s", name, hs[0][0])
		}
		var names []string
		for _, h := range hs {
			names = append(names, h[0])
			if !regexp.MustCompile(`\A[ -~]+\z`).MatchString(h[1]) {
				t.Errorf("%s: %s is %q", name, h[0], h[1])
			}
		}
		for _, want := range []string{"Cache-Control", "Content-Security-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"} {
			if !slices.Contains(names, want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
		for _, never := range []string{"Set-Cookie", "ETag", "Last-Modified", "Date", "Expires", "Vary", "Server", "Clear-Site-Data"} {
			if slices.Contains(names, never) {
				t.Errorf("%s has %s", name, never)
			}
		}
		// A policy is directives between semicolons: a colon in one, as in "frame-ancestors:", makes browsers pass over it.
		directive := regexp.MustCompile(`\A(default-src|style-src|base-uri|form-action|frame-ancestors)( '(none|self|sha256-[A-Za-z0-9/+=]+)')+\z`)
		for _, d := range strings.Split(header(name, page)["Content-Security-Policy"], "; ") {
			if !directive.MatchString(d) {
				t.Errorf("%s: directive %q", name, d)
			}
		}
	}
	feature := regexp.MustCompile(`\A[a-z-]+=\(\)\z`)
	for _, f := range strings.Split(permissions, ", ") {
		if !feature.MatchString(f) {
			t.Errorf("feature %q", f)
		}
	}
	if got := header(leavePage, page)["Clear-Site-Data"]; !strings.Contains(got, `"cache"`) {
		t.Errorf("leaving clears %q", got)
	}
}

// TestHeaderPolicy: a page's own policy is the header's, and what is not one of ours allows nothing.
func TestHeaderPolicy(t *testing.T) {
	meta := func(s string) string {
		return `<head><meta http-equiv="Content-Security-Policy" content="` + s + `"><title>`
	}
	strict := "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	for body, want := range map[string]string{
		meta("default-src &#39;none&#39;; script-src &#39;sha256-a&#39;"): "default-src 'none'; script-src 'sha256-a'; frame-ancestors 'none'",
		meta("default-src *"):                             strict,
		meta("default-src 'none'; style-src\r\nX: y"):     strict,
		meta("default-src 'none'; style-src&#10;X: y"):    strict,
		`<head><title>x</title>` + meta("default-src *"):  strict,
		`<meta http-equiv="Content-Security-Policy" cont`: strict,
		"": strict,
	} {
		if got := header("a.html", body)["Content-Security-Policy"]; got != want {
			t.Errorf("%q gives %q", body, got)
		}
	}
}
