package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
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

// output runs a program and gives what it printed.
func output(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", program, args, err, out)
	}
	return string(out)
}

// onPaper are the languages in which the paper is looked at: each brings another script or direction.
var onPaper = []string{"en", "es", "ar", "ur", "hi", "zh-Hans", "ko"}

// inLatin are the other languages in Latin letters: of their PDFs only tags, language and numbers are looked at.
var inLatin = []string{"fr", "ht", "pl", "pt-BR", "vi", "fil"}

// TestPaper prints CityKey in seven languages, as PDF by the installed browser and as Word files that LibreOffice draws, and looks at what came
// out: tags and language, letters, numbers in their order, nothing cut, no heading alone at the foot of a page.
func TestPaper(t *testing.T) {
	for _, p := range []string{"pdfinfo", "pdffonts", "pdftotext", "pdftoppm"} {
		need(t, p, "poppler-utils")
	}
	soffice := need(t, "soffice", "libreoffice-writer")
	dir := t.TempDir()
	w := world{today: edition1, browser: findBrowser}
	args := []string{"print", example("citykey"), "--out", dir, "--lang", strings.Join(slices.Concat(onPaper, inLatin), ","), "--only", "notice", "--pdf"}
	if stdout, stderr, code := fairnotice(t, w, args...); code != fine || strings.Contains(stdout, "Ctrl+P") {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "fairnotice-*"))
	for _, l := range left {
		if _, err := os.Stat(filepath.Join(l, "profile")); err == nil {
			t.Errorf("the browser's profile stays behind in %s", l)
		}
	}
	said := saidInAll(t, example("citykey"), notices.Before)
	for _, tag := range onPaper {
		pdf := filepath.Join(dir, tag, "notice.pdf")
		t.Run(tag, func(t *testing.T) {
			n := said[tag]
			tagged(t, pdf, n)
			text := output(t, "pdftotext", "-layout", pdf, "-")
			numbers(t, n, text, !slices.Contains([]string{"ar", "ur", "hi"}, tag))
			if !slices.Contains([]string{"ar", "ur", "hi"}, tag) { // poppler reads the letters of the others only in part
				letters(t, n, text)
			}
			pages := 99
			if tag == "zh-Hans" || tag == "ko" {
				pages = 6 // poppler takes a second for each, and no letter of theirs leaves its line
			}
			wholePages(t, pdf, pages)
			headings(t, n, pdf)
		})
	}
	for _, tag := range inLatin {
		t.Run(tag, func(t *testing.T) {
			pdf := filepath.Join(dir, tag, "notice.pdf")
			tagged(t, pdf, said[tag])
			numbers(t, said[tag], output(t, "pdftotext", "-layout", pdf, "-"), true)
		})
	}
	docs := map[string]string{"es": filepath.Join(dir, "es", "spanish.docx"), "ar": filepath.Join(dir, "ar", "arabic.docx")}
	convert := []string{"--headless", "--norestore", "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "office")), "--convert-to", "pdf", "--outdir", dir}
	for tag, name := range docs {
		data, err := os.ReadFile(filepath.Join(dir, tag, "notice.docx"))
		if err == nil {
			err = os.WriteFile(name, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		convert = append(convert, name)
	}
	output(t, soffice, convert...)
	for tag, name := range docs {
		t.Run("Word "+tag, func(t *testing.T) {
			pdf := filepath.Join(dir, strings.TrimSuffix(filepath.Base(name), ".docx")+".pdf")
			text := output(t, "pdftotext", "-layout", pdf, "-")
			numbers(t, said[tag], text, tag == "es")
			drawn(t, pdf, tag == "ar")
			pages := len(strings.Split(strings.TrimSuffix(text, "\f"), "\f"))
			if draft := strings.Count(text, "Ninguna persona con nombre"); tag == "es" && draft < pages {
				t.Errorf("%d of %d pages say that it is a draft", draft, pages)
			}
		})
	}
}

// saidInAll says one kind of notice of a file in all its languages.
func saidInAll(t *testing.T, file string, kind notices.Kind) map[string]*locales.Notice {
	t.Helper()
	f, err := world{today: edition1}.load(file, edition1)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSayer(edition1, f.program.Languages)
	if err != nil {
		t.Fatal(err)
	}
	ns, err := s.notices(f)
	if err != nil {
		t.Fatal(err)
	}
	e, err := render.NewTexts(s.cat, ns)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*locales.Notice{}
	for _, n := range e.Notices {
		if n.Kind == kind {
			out[n.Language] = n
		}
	}
	return out
}

// tagged wants a PDF that a screen reader can go through: tags, the language, a title, headings and lists; letters inside the file; nothing
// that names the machine or the moment.
func tagged(t *testing.T, pdf string, n *locales.Notice) {
	t.Helper()
	info := output(t, "pdfinfo", pdf)
	for _, want := range []string{`(?m)^Tagged: +yes$`, `(?m)^Title: +` + regexp.QuoteMeta(n.Title), `(?m)^Page size: +612 x 792 pts \(letter\)$`, `(?m)^Creator: +Fair Notice$`, `(?m)^CreationDate: +Sat Jun 14 00:00:00 2025`} {
		if !regexp.MustCompile(want).MatchString(info) {
			t.Errorf("pdfinfo has no %s:\n%s", want, info)
		}
	}
	tags := map[string]int{}
	for _, line := range strings.Split(output(t, "pdfinfo", "-struct", pdf), "\n") {
		if f := strings.Fields(line); len(f) > 0 {
			tags[f[0]]++
		}
	}
	if tags["H1"] != 1 || tags["H2"] < len(n.Sections) || tags["H3"] == 0 || tags["L"] == 0 || tags["LI"] < tags["L"] || tags["Link"] == 0 {
		t.Errorf("tags %v, with %d sections", tags, len(n.Sections))
	}
	data, err := os.ReadFile(pdf)
	if err != nil || !bytes.Contains(data, []byte("/Lang ("+n.Language+")")) {
		t.Errorf("the file does not say that it is in %s (%v)", n.Language, err)
	}
	fonts := strings.Split(strings.TrimSpace(output(t, "pdffonts", pdf)), "\n")[2:]
	for _, line := range fonts {
		if !regexp.MustCompile(` yes (yes|no) +(yes|no) +\d+ +\d+$`).MatchString(line) {
			t.Errorf("a typeface is not in the file: %s", line)
		}
	}
}

// numbers wants every number of a notice in a text, its digits in their order: dates and counts of the values, phone numbers as a whole. Only
// where the lines run from left to right can poppler be asked for what stands around a number.
func numbers(t *testing.T, n *locales.Notice, text string, exact bool) {
	t.Helper()
	flat := strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }), " ")
	digits := regexp.MustCompile(`\p{Nd}(?:[\p{Nd}.,-]*\p{Nd})?`)
	missed := map[string]bool{}
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				texts := []string{st.Text}
				for _, v := range st.Values {
					if v.Kind == notices.VURL || v.Kind == notices.VLaw {
						continue // an address may go on in the next line; laws are cited below, whole
					}
					texts = append(texts, v.Text...)
					if v.Kind == notices.VPhone && !strings.Contains(flat, v.Text[0]) {
						missed[v.Text[0]] = true
					}
				}
				for _, x := range texts {
					for _, number := range digits.FindAllString(x, -1) {
						if !strings.Contains(flat, number) {
							missed[number] = true
						}
					}
				}
			}
		}
	}
	if len(missed) > 0 {
		t.Errorf("not in the text, or not in their order: %q", sortedKeys(missed))
	}
	if exact && !strings.Contains(strings.ReplaceAll(flat, " ", ""), strings.ReplaceAll(n.Edition.Date, " ", "")) {
		t.Errorf("the date of the edition, %q, is not in the text", n.Edition.Date)
	}
}

// letters wants every letter of the notice in the text of the PDF: one without a glyph cannot be read back.
func letters(t *testing.T, n *locales.Notice, text string) {
	t.Helper()
	missed := map[rune]bool{}
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				for _, r := range st.Text {
					if unicode.IsLetter(r) && !strings.ContainsRune(text, r) {
						missed[r] = true
					}
				}
			}
		}
	}
	if len(missed) > 0 || strings.ContainsRune(text, unicode.ReplacementChar) {
		t.Errorf("letters that cannot be read back: %v", missed)
	}
}

// The edges of the text on our pages, in millimetres, as notice.css has them.
const (
	edgeTop  = 17
	edgeFoot = 19
	dpi      = 100
)

// wholePages draws the pages and looks along the upper and the lower edge of the text: ink on it is a letter that is cut, with its other
// part on the next page.
func wholePages(t *testing.T, pdf string, most int) {
	t.Helper()
	base := filepath.Join(t.TempDir(), "p")
	output(t, "pdftoppm", "-r", fmt.Sprint(dpi), "-gray", "-l", fmt.Sprint(most), pdf, base)
	pages, _ := filepath.Glob(base + "-*.pgm")
	for i, name := range pages {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var width, height, white int
		if _, err := fmt.Sscanf(string(data[:64]), "P5\n%d %d\n%d\n", &width, &height, &white); err != nil {
			t.Fatal(err)
		}
		pixels := data[len(data)-width*height:]
		side := edgeTop*dpi*10/254 + 8 // within the bars beside what belongs to a sentence
		for _, edge := range []struct {
			name string
			y    int
		}{{"top", edgeTop * dpi * 10 / 254}, {"foot", height - edgeFoot*dpi*10/254}} {
			worst := 0
			for y := edge.y - 2; y <= edge.y+1; y++ {
				ink := 0
				for _, p := range pixels[y*width+side : (y+1)*width-side] {
					if p < 170 {
						ink++
					}
				}
				worst = max(worst, ink)
			}
			if worst > 1 && worst < width/2 { // a line across the page is none
				t.Errorf("page %d: %d points of ink on the edge at the %s", i+1, worst, edge.name)
			}
		}
	}
	if len(pages) < 6 {
		t.Errorf("%d pages", len(pages))
	}
}

// headings wants no heading as the last line of a page, above its number.
func headings(t *testing.T, n *locales.Notice, pdf string) {
	t.Helper()
	squeeze := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, s)
	}
	heads := map[string]bool{}
	for _, s := range n.Sections {
		heads[squeeze(s.Heading)] = true
		for _, g := range s.Groups {
			if g.Heading != "" {
				heads[squeeze(g.Heading)] = true
			}
		}
	}
	found := 0
	for i, page := range strings.Split(strings.TrimSuffix(output(t, "pdftotext", "-layout", pdf, "-"), "\f"), "\f") {
		lines := slices.DeleteFunc(strings.Split(page, "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
		for _, l := range lines {
			if heads[squeeze(l)] {
				found++
			}
		}
		if len(lines) > 1 && heads[squeeze(lines[len(lines)-2])] {
			t.Errorf("page %d ends with the heading %q", i+1, lines[len(lines)-2])
		}
		if want := fmt.Sprintf("%d/", i+1); len(lines) == 0 || !strings.HasPrefix(strings.TrimSpace(strings.TrimLeftFunc(lines[len(lines)-1], func(r rune) bool { return !unicode.IsDigit(r) })), want) {
			t.Errorf("page %d has not its number at the foot: %q", i+1, lines[max(0, len(lines)-1):])
		}
	}
	if found < 5 && !slices.Contains([]string{"ar", "ur", "hi"}, n.Language) { // poppler reads the letters of these only in part
		t.Errorf("only %d headings were recognised", found)
	}
}

// drawn looks where LibreOffice put a paragraph with a phone number: from right to left its label begins at the right edge of the text, and the
// number stands to the left of it, in one piece.
func drawn(t *testing.T, pdf string, rtl bool) {
	t.Helper()
	type word struct {
		XMin float64 `xml:"xMin,attr"`
		XMax float64 `xml:"xMax,attr"`
		YMin float64 `xml:"yMin,attr"`
		Text string  `xml:",chardata"`
	}
	var doc struct {
		Pages []struct {
			Width float64 `xml:"width,attr"`
			Words []word  `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal([]byte(output(t, "pdftotext", "-bbox", pdf, "-")), &doc); err != nil {
		t.Fatal(err)
	}
	for _, p := range doc.Pages {
		for _, number := range p.Words {
			if strings.TrimFunc(number.Text, func(r rune) bool { return unicode.Is(unicode.Cf, r) }) != "312-660-1370" {
				continue
			}
			left, right := number.XMin, number.XMax
			for _, x := range p.Words {
				if x.YMin > number.YMin-6 && x.YMin < number.YMin+6 {
					left, right = min(left, x.XMin), max(right, x.XMax)
				}
			}
			if rtl && (right < p.Width*0.75 || left < number.XMin-1) || !rtl && (left > p.Width*0.3 || right > number.XMax+1) {
				t.Errorf("the line with the number goes from %.0f to %.0f on a page of %.0f, the number from %.0f to %.0f", left, right, p.Width, number.XMin, number.XMax)
			}
			return
		}
	}
	t.Error("the phone number is nowhere")
}

// TestPaperSameBytes: the same browser makes the same PDF on another day, and with no browser the pages are there all the same.
func TestPaperSameBytes(t *testing.T) {
	dir := t.TempDir()
	args := func(out string, more ...string) []string {
		return append([]string{"print", example("food-pantry"), "--out", filepath.Join(dir, out), "--lang", "en", "--only", "notice", "--date", day}, more...)
	}
	for _, out := range []string{"one", "two"} {
		if _, stderr, code := fairnotice(t, world{today: edition1, browser: findBrowser}, args(out, "--pdf")...); code != fine {
			t.Fatalf("code %d\n%s", code, stderr)
		}
	}
	a, _ := os.ReadFile(filepath.Join(dir, "one", "en", "notice.pdf"))
	b, _ := os.ReadFile(filepath.Join(dir, "two", "en", "notice.pdf"))
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Errorf("%d and %d bytes, and they differ", len(a), len(b))
	}
	_, stderr, code := fairnotice(t, world{today: edition1}, args("three", "--pdf")...)
	if want := "PDF files were not made: no Edge, Chrome or Chromium was found on this computer. Everything else was written."; code != doFault || !strings.Contains(stderr, want) || !strings.Contains(stderr, "press Ctrl+P") {
		t.Errorf("code %d\n%s", code, stderr)
	}
	if _, err := os.Stat(filepath.Join(dir, "three", "en", "notice.html")); err != nil {
		t.Error(err)
	}
}

// TestPDFPages counts pages, and takes the moment out.
func TestPDFPages(t *testing.T) {
	for file, want := range map[string]int{"": 0, "%PDF-1.4": 0, "<</Type /Pages\n/Count 21\n/Kids [1 0 R]>>": 21, "<</Type /Pages\n/Count 8>><</Type /Pages /Count 21>>": 21, "<</Type /Page\n/Count 3>>": 0} {
		if got := pdfPages([]byte(file)); got != want {
			t.Errorf("%q has %d pages, want %d", file, got, want)
		}
	}
	got := dated([]byte("/CreationDate (D:20261127091408+00'00')\n/ModDate (D:20261127091408-05'00')>>"), source.NewDay(2025, 6, 14))
	if want := "/CreationDate (D:20250614000000+00'00')\n/ModDate (D:20250614000000+00'00')>>"; string(got) != want {
		t.Errorf("%s", got)
	}
}

// TestTypst: where no browser is installed, Typst makes the PDF of a notice by PDF/UA-1, and refuses a letter without a glyph.
func TestTypst(t *testing.T) {
	need(t, "node", "nodejs")
	script, err := filepath.Abs(filepath.Join("..", "..", ".ci", "web", "typst.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	typst := filepath.Join(dir, "typst")
	if err := os.WriteFile(typst, []byte("#!/bin/sh\nexec node '"+script+"' \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	w := world{today: edition1, typst: func() string { return typst }}
	args := []string{"print", example("citykey"), "--out", filepath.Join(dir, "paper"), "--lang", "en,ar,ur", "--pdf"}
	if _, stderr, code := fairnotice(t, w, append(args, "--only", "notice")...); code != fine {
		t.Fatalf("code %d\n%s", code, stderr)
	}
	said := saidInAll(t, example("citykey"), notices.Before)
	for _, tag := range []string{"en", "ar", "ur"} {
		pdf := filepath.Join(dir, "paper", tag, "notice.pdf")
		info := output(t, "pdfinfo", pdf) + output(t, "pdfinfo", "-meta", pdf)
		for _, want := range []string{`(?m)^Tagged: +yes$`, `(?m)^Title: +` + regexp.QuoteMeta(said[tag].Title), `(?m)^Page size: +612 x 792`, `<pdfuaid:part>1</pdfuaid:part>`, `(?m)^CreationDate: +Sat Jun 14 00:00:00 2025`} {
			if !regexp.MustCompile(want).MatchString(info) {
				t.Errorf("%s: pdfinfo has no %s:\n%s", tag, want, info)
			}
		}
		numbers(t, said[tag], output(t, "pdftotext", "-layout", pdf, "-"), tag == "en")
	}
	_, stderr, code := fairnotice(t, w, append(args, "--only", "notice,poster")...)
	if want := "Typst made the PDF files of the notices. The other pages are no PDF files"; code != doFault || !strings.Contains(stderr, want) {
		t.Errorf("code %d\n%s", code, stderr)
	}
	if _, err := typeset(typst, []byte(`#set document(title: "x"); #set text(lang: "en"); `+"#\"\U0010fffd\""), edition1); err == nil || !strings.Contains(err.Error(), "did not make a PDF file") {
		t.Errorf("an empty box is printed: %v", err)
	}
}
