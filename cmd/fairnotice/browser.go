package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"fairnotice/notices/source"
)

// browserEnv names a browser that is installed in none of the usual places.
const browserEnv = "FAIRNOTICE_BROWSER"

// findBrowser gives the first Chromium-family browser that is installed, "" where there is none.
func findBrowser() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser", "brave"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	home, _ := os.UserHomeDir()
	var places []string
	switch runtime.GOOS {
	case "darwin":
		for _, app := range []string{"Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"} {
			for _, under := range []string{"/Applications", filepath.Join(home, "Applications")} {
				places = append(places, filepath.Join(under, app+".app", "Contents", "MacOS", app))
			}
		}
	case "windows":
		for _, under := range []string{os.Getenv("ProgramFiles"), os.Getenv("ProgramFiles(x86)"), os.Getenv("LocalAppData")} {
			if under == "" {
				continue
			}
			for _, exe := range []string{`Google\Chrome\Application\chrome.exe`, `Chromium\Application\chrome.exe`, `Microsoft\Edge\Application\msedge.exe`, `BraveSoftware\Brave-Browser\Application\brave.exe`} {
				places = append(places, filepath.Join(under, exe))
			}
		}
	default:
		places = []string{"/snap/bin/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/var/lib/flatpak/exports/bin/org.chromium.Chromium", "/var/lib/flatpak/exports/bin/com.google.Chrome"}
	}
	for _, p := range places {
		if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() {
			return p
		}
	}
	return ""
}

// findTypst gives the program Typst, "" where it is not on the path.
func findTypst() string {
	p, _ := exec.LookPath("typst")
	return p
}

// typeset has Typst make a PDF by PDF/UA-1 of one of its documents. It refuses to where a letter has no glyph.
func typeset(program string, document []byte, asOf source.Day) ([]byte, error) {
	dir, err := os.MkdirTemp("", "fairnotice-")
	if err != nil {
		return nil, undone(fmt.Sprintf("A folder for temporary files cannot be made: %s.", reason(err)))
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "notice.typ"), filepath.Join(dir, "notice.pdf")
	if err := os.WriteFile(in, document, 0o600); err != nil {
		return nil, undone(fmt.Sprintf("A temporary file cannot be written: %s.", reason(err)))
	}
	year, month, day := asOf.YMD()
	made := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	ctx, stop := context.WithTimeout(context.Background(), pdfTime)
	defer stop()
	c := exec.CommandContext(ctx, program, "compile", "--root", dir, "--pdf-standard", "ua-1", "--creation-timestamp", strconv.FormatInt(made.Unix(), 10), in, out)
	var said bytes.Buffer
	c.Stderr = &said
	c.WaitDelay = 2 * time.Second
	err = c.Run()
	data, _ := os.ReadFile(out)
	if err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
		why := "it ended without a word, and wrote nothing"
		for _, line := range strings.Split(said.String(), "\n") {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "error: "); ok {
				why = rest
				break
			}
		}
		return nil, undone(fmt.Sprintf("Typst (%s) did not make a PDF file: %s.", quoted(program), clean(strings.TrimSuffix(why, "."))),
			"It has to be Typst 0.14 or later. Or leave out --pdf, open the page in any browser and press Ctrl+P (on a Mac, Command+P).")
	}
	return data, nil
}

// pdfTime is how long a browser may take for one page of ours, on a slow machine.
const pdfTime = 90 * time.Second

// pdfPress makes PDF files out of pages, by the plain command line of a browser of the Chromium family: tagged, with an outline, in the language
// of the page. The browser has a profile of its own, which is deleted when it is closed, reaches no network, and is told no name but ours.
type pdfPress struct {
	program string
	dir     string // temporary
}

// noBrowser says that PDF files cannot be made here. What they would be made of is right on paper in any browser.
var noBrowser = errors.New("no browser")

// openPDF finds the browser. near is where the temporary files go if the browser may not see those of the machine.
func (w world) openPDF(near string) (*pdfPress, error) {
	program := os.Getenv(browserEnv)
	if program != "" {
		found, err := exec.LookPath(program)
		if err != nil {
			return nil, undone(fmt.Sprintf("%s names %s, and there is no such program that can be run.", browserEnv, quoted(program)), "Take it away to use a browser that is installed, or let it name chrome, msedge or chromium.")
		}
		program = found
	} else {
		if w.browser != nil {
			program = w.browser()
		}
		if program == "" {
			return nil, noBrowser
		}
	}
	in := "" // the folder of the machine
	if strings.HasPrefix(program, "/snap/") {
		in = near // it sees a folder of temporary files of its own
	}
	dir, err := os.MkdirTemp(in, "fairnotice-")
	if err != nil {
		return nil, undone(fmt.Sprintf("A folder for temporary files cannot be made: %s.", reason(err)))
	}
	return &pdfPress{program, dir}, nil
}

// Close deletes all that was written. A browser on Windows may hold its profile for a moment after it has ended.
func (p *pdfPress) Close() {
	for range 20 {
		if os.RemoveAll(p.dir) == nil {
			return
		}
		<-time.NewTimer(100 * time.Millisecond).C
	}
}

// make makes the PDF of the page with a number. Its date is that of the edition, so that the same browser gives the same bytes on every day.
// Several can be made side by side.
func (p *pdfPress) make(number int, page []byte, asOf source.Day) ([]byte, error) {
	dir := filepath.Join(p.dir, strconv.Itoa(number))
	in, out := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	err := os.Mkdir(dir, 0o700)
	if err == nil {
		err = os.WriteFile(in, page, 0o600)
	}
	if err != nil {
		return nil, undone(fmt.Sprintf("A temporary file cannot be written: %s.", reason(err)))
	}
	defer os.RemoveAll(dir) // what a browser still holds goes when all is closed
	ctx, stop := context.WithTimeout(context.Background(), pdfTime)
	defer stop()
	c := exec.CommandContext(ctx, p.program, arguments(dir, in, out)...)
	var said bytes.Buffer
	c.Stderr = &said
	c.WaitDelay = 2 * time.Second
	err = c.Run()
	if ctx.Err() != nil {
		return nil, p.failed(fmt.Sprintf("it had not finished after %d seconds", int(pdfTime.Seconds())))
	}
	// On Windows the program that was started may come back before the browser has finished.
	var data []byte
	tries := 3
	if runtime.GOOS == "windows" {
		tries = 100
	}
	for range tries {
		if data, _ = os.ReadFile(out); bytes.HasSuffix(bytes.TrimRight(data, "\r\n "), []byte("%%EOF")) || err != nil {
			break
		}
		<-time.NewTimer(100 * time.Millisecond).C
	}
	switch {
	case err != nil && len(data) == 0:
		return nil, p.failed(lastLine(said.String(), err))
	case len(data) == 0:
		return nil, p.failed("it ended without a word, and wrote nothing")
	case !bytes.HasPrefix(data, []byte("%PDF-")) || pdfPages(data) == 0:
		return nil, p.failed("what it wrote is no PDF with pages")
	}
	return dated(data, asOf), nil
}

// arguments is the command line: dir is for its profile.
func arguments(dir, in, out string) []string {
	path := filepath.ToSlash(in)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	page := url.URL{Scheme: "file", Path: path}
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--user-data-dir=" + filepath.Join(dir, "profile"),
		"--user-agent=Fair Notice", // stands in the PDF; its own would name the system of this machine
		// No way out: no name is looked up, and what is asked for by number goes to a proxy that is not there.
		"--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-extensions", "--disable-domain-reliability", "--no-pings",
		"--no-pdf-header-footer", "--print-to-pdf-no-header", // the older name of the same
		"--export-tagged-pdf", "--generate-pdf-document-outline", "--print-to-pdf=" + out}
	if runtime.GOOS == "linux" && os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // it does not start as root otherwise; it opens our own page, which holds no script
	}
	return append(args, page.String())
}

func (p *pdfPress) failed(why string) error {
	return undone(fmt.Sprintf("The browser %s did not make a PDF file: %s.", quoted(p.program), clean(strings.TrimSuffix(why, "."))),
		"Try another browser: "+browserEnv+"=PATH, with the path of chrome, msedge or chromium.",
		"Or leave out --pdf, open the page in any browser and press Ctrl+P (on a Mac, Command+P).")
}

// lastLine is what a program said last before it ended.
func lastLine(said string, err error) string {
	lines := strings.FieldsFunc(said, func(r rune) bool { return r == '\n' || r == '\r' })
	for i := len(lines) - 1; i >= 0; i-- {
		if l := strings.TrimSpace(lines[i]); l != "" {
			return l
		}
	}
	return err.Error()
}

var pagesOfPDF = regexp.MustCompile(`/Type\s*/Pages\b[^>]*?/Count\s+(\d+)`)

// pdfPages is the number of pages of a PDF file as a browser writes it; 0 for what is none.
func pdfPages(data []byte) int {
	most := 0
	for _, m := range pagesOfPDF.FindAllSubmatch(data, -1) {
		if n, err := strconv.Atoi(string(m[1])); err == nil {
			most = max(most, n)
		}
	}
	return most
}

var dateOfPDF = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}[+-]\d\d'\d\d'\)`)

// dated puts the date of an edition in the place of the moment at which a PDF file was made.
func dated(data []byte, asOf source.Day) []byte {
	return dateOfPDF.ReplaceAllFunc(data, func(old []byte) []byte {
		name, _, _ := bytes.Cut(old, []byte(" "))
		return fmt.Appendf(nil, "%s (D:%s000000+00'00')", name, strings.ReplaceAll(asOf.String(), "-", ""))
	})
}
