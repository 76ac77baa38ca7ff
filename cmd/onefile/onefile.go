// Package onefile puts a page, its script and a Go program that was compiled for the browser into one HTML file, which opens from a disk,
// a stick or a mail. The file's own policy lets it run these scripts, and fetch nothing.
//
// The program lies behind everything that the page shows, so that the page is drawn and can be used before the program is read. It is
// folded (see fold) and packed with gzip, and seven bits of that are one character, whose code they are: a byte of the file. Three characters would not come
// back from a script element as they were: the null character, the carriage return, and the less-than sign that may end it. They are
// written as the characters U+0080, U+008D and U+00BC, which have the same seven bits below. So 7 bytes take 8.19 bytes of the file;
// base64 would take 9.33. The file says that it is UTF-8, and has to be served as that. The text lies in many elements, so that a browser
// need not read all of it in one go, while somebody waits for the page to answer.
package onefile

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Page is one such file.
type Page struct {
	Command string // the package of the program, such as fairnotice/cmd/desk; its last part is the name of the command
	Out     string // the file to write, below the folder that is asked for
	HTML    string // with the places {{policy}}, {{style}}, {{script}} and, behind everything that the page shows, {{program}}
	Style   string
	Script  string // finds the packed program in the elements .packed, one after the other, as they are parsed
	// Worker is the script that runs the program beside the page; Script finds its text in the element #worker, and makes a worker of it
	// through its policy of trusted types. Where it is empty, Script runs the program itself. Either way the script that runs it finds
	// wasm_exec.js of Go before it, and the function unpacked of unpack.js.
	Worker string
	Most   int // bytes that the file may have
}

// TrustedType is the name of the one policy that a page's script may make, to start its worker.
const TrustedType = "desk"

//go:embed unpack.js
var unpack string

// Run makes the page for a command line: --out FOLDER. Its exit codes are those of the command fairnotice.
func (p Page) Run(args []string, stdout, stderr io.Writer) int {
	name := p.Command[strings.LastIndexByte(p.Command, '/')+1:]
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "dist/"+name, "the folder to write "+p.Out+" into")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		fmt.Fprintf(stderr, "hint: go run ./cmd/%s --out dist/%s\n", name, name)
		return 2
	}
	html, err := p.pack()
	if err == nil {
		err = os.MkdirAll(*out, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(*out, p.Out), html, 0o644)
	}
	if err != nil {
		fmt.Fprintf(stderr, "%s: The page could not be made: %v.\n", name, err)
		return 3
	}
	fmt.Fprintf(stdout, "%s: %d bytes. Open it in a browser.\n", filepath.Join(*out, p.Out), len(html))
	if len(html) > p.Most {
		fmt.Fprintf(stderr, "%s: The page has %d bytes, and may have %d.\n", name, len(html), p.Most)
		return 3
	}
	return 0
}

// pack compiles the program for the browser and puts everything together.
func (p Page) pack() ([]byte, error) {
	dir, err := os.MkdirTemp("", "onefile")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	wasm := filepath.Join(dir, "page.wasm")
	// Without inlining (-l) the program is an eighth smaller.
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-gcflags=all=-l", "-o", wasm, p.Command)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("it does not compile for the browser: %w", err)
	}
	program, err := os.ReadFile(wasm)
	if err != nil {
		return nil, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	runtime, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is one that there is
	if _, err := z.Write(fold(program)); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return p.join(string(runtime)+unpack, packed.Bytes()), nil
}

// join puts the page together with what runs the program and the packed program.
func (p Page) join(runs string, packed []byte) []byte {
	script, worker, may := runs+p.Script, "", "trusted-types 'none'"
	if p.Worker != "" {
		script = p.Script
		worker = `<script type="text/plain" id="worker">` + runs + p.Worker + "</script>\n"
		may = "worker-src blob:; trusted-types " + TrustedType
	}
	policy := "default-src 'none'; script-src " + hash(script) + " 'wasm-unsafe-eval'; style-src " + hash(p.Style) +
		"; img-src blob: data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; " + may
	return []byte(strings.NewReplacer(
		"{{policy}}", policy,
		"{{style}}", p.Style,
		"{{script}}", script,
		"{{program}}", worker+elements(packed),
	).Replace(p.HTML))
}

// elements writes the packed program as the elements of a page.
func elements(packed []byte) string {
	const size = 7 << 13 // bytes in one: a multiple of seven, so that each can be read alone
	var out strings.Builder
	for part := range slices.Chunk(packed, size) {
		out.WriteString(`<script type="application/octet-stream" class="packed">`)
		out.WriteString(text(part))
		out.WriteString("</script>\n")
	}
	return out.String()
}

// text writes bytes as characters of seven bits.
func text(data []byte) string {
	var out strings.Builder
	out.Grow(len(data)*7/6 + 8)
	put := func(c byte) {
		switch c &= 127; c {
		case 0, '\r', '<':
			out.WriteRune(rune(c) | 128)
		default:
			out.WriteByte(c)
		}
	}
	bits, have := uint(0), 0
	for _, b := range data {
		bits, have = bits<<8|uint(b), have+8
		for have >= 7 {
			have -= 7
			put(byte(bits >> have))
		}
	}
	if have > 0 {
		put(byte(bits << (7 - have)))
	}
	return out.String()
}

// hash is the hash of a script or style as a policy names it.
func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
