package render

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The page that leaving leads to holds nothing: no word, no link, no name, and no language.
func TestLeave(t *testing.T) {
	page := string(files(testEdition(t, "en", "es", "ar"))["public/leave.html"])
	_, body, ok := strings.Cut(page, "<body>")
	if body, _, _ = strings.Cut(body, "</body>"); !ok || strings.TrimSpace(body) != "" {
		t.Errorf("something stands on it: %q", body)
	}
	for _, bad := range []string{"CityKey", "citykey", "<a", "href", "<link", "<style", "script-src", "en\"", "es\"", "ar\"", "mul"} {
		if strings.Contains(page, bad) {
			t.Errorf("it has %s", bad)
		}
	}
	if !strings.Contains(page, `<html lang="zxx">`) || !strings.Contains(page, "<title>about:blank</title>") {
		t.Error("it says a language, or has no title that every empty page has")
	}
}

// Every public page has one way off it in each of its languages, and no page for paper has one. Where several languages can be chosen,
// the ways stand once more beside the chips, for as long as none is.
func TestExit(t *testing.T) {
	tags := []string{"en", "es", "ar"}
	link := regexp.MustCompile(`<a href="([^"]*)">([^<]*)</a>`)
	for path, b := range files(testEdition(t, tags...)) {
		if !strings.HasSuffix(path, ".html") || path == "public/leave.html" {
			continue
		}
		got := map[string]int{}
		for _, m := range link.FindAllStringSubmatch(string(b), -1) {
			got[m[1]+" "+m[2]]++
		}
		for _, tag := range tags {
			to, want := "leave.html", 2
			parts := strings.Split(path, "/")
			switch {
			case path == "public/kiosk.html":
				to = "kiosk.html" // which begins anew
			case parts[0] != "public":
				want = 0
			case len(parts) == 3:
				to = "../leave.html"
				if want = 0; parts[1] == tag {
					want = 1
				}
			}
			if n := got[to+" "+gateWords[tag]["ui.exit"]]; n != want || n != strings.Count(string(b), ">"+gateWords[tag]["ui.exit"]+"<") {
				t.Errorf("%s: %d ways off it in %s, and not %d", path, n, tag, want)
			}
		}
	}
}

// Two pages hold one script each, which can fold what is open and do nothing else. All else of closes.html is index.html.
func TestScripts(t *testing.T) {
	fs := files(testEdition(t, "en", "es", "ar"))
	var withScript []string
	for path, b := range fs {
		if strings.HasSuffix(path, ".html") && strings.Contains(string(b), "<script") {
			withScript = append(withScript, path)
		}
	}
	if slices.Sort(withScript); !slices.Equal(withScript, scripted) {
		t.Errorf("pages with a script: %v", withScript)
	}
	neutral := func(path string) string {
		return policyLine.ReplaceAllString(scriptInPage.ReplaceAllString(string(fs[path]), ""), "")
	}
	if neutral("public/closes.html") != strings.Replace(neutral("public/index.html"), "</main>\n", "</main>\n\n", 1) {
		t.Error("closes.html is another page than index.html")
	}
	for _, path := range scripted {
		js := scriptInPage.FindString(string(fs[path]))
		if n := strings.Count(string(fs[path]), "<script"); n != 1 {
			t.Errorf("%s has %d scripts", path, n)
		}
		for _, bad := range []string{"cookie", "Storage", "fetch", "XMLHttp", "Beacon", "location", "history", "navigator", "innerHTML", "eval", "import", "src"} {
			if strings.Contains(js, bad) {
				t.Errorf("the script of %s has %s", path, bad)
			}
		}
	}
	if js := scriptInPage.FindString(string(fs["public/closes.html"])); len(js) >= 200 {
		t.Errorf("the script that folds is %d bytes, and should be under 200", len(js))
	}
	// That it closes by itself is said by the kiosk alone, and stays hidden until the script that does so has begun.
	for path, b := range fs {
		for _, tag := range []string{"en", "es", "ar"} {
			want := 0
			if path == "public/kiosk.html" {
				want = 1
			}
			words := gateWords[tag]["ui.kiosk"]
			if n := strings.Count(string(b), `<p class="fn-mark" hidden>`+words+`</p>`); n != want || strings.Count(string(b), words) != want {
				t.Errorf("%s says %d times in %s that it closes", path, n, tag)
			}
		}
	}
	// A kiosk has no way to the pages of other kinds, which would stay open.
	if strings.Contains(string(fs["public/kiosk.html"]), "already-applied.html") || !strings.Contains(string(fs["public/closes.html"]), "already-applied.html") {
		t.Error("the kiosk leads to pages that stay open, or no page does")
	}
}

var policyLine = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^\n]*`)
