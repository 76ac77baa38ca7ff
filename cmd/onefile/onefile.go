// Package onefile puts a page, its script and a Go program that was compiled for the browser into one HTML file, which opens from a disk,
// a stick or a mail. The file's own policy lets it run these scripts, and fetch nothing.
package onefile

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Page is one such file.
type Page struct {
	Command string // the package of the program, such as fairnotice/cmd/desk; its last part is the name of the command
	Out     string // the file to write, below the folder that is asked for
	HTML    string // with the places {{runtime}}, {{script}}, {{program}}, {{runtime-hash}}, {{script-hash}} and {{style-hash}}
	Script  string
}

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
	fmt.Fprintf(stdout, "%s: %d KB. Open it in a browser.\n", filepath.Join(*out, p.Out), len(html)>>10)
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
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", wasm, p.Command)
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
	if _, err := z.Write(program); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return []byte(strings.NewReplacer(
		"{{runtime}}", string(runtime),
		"{{script}}", p.Script,
		"{{program}}", base64.StdEncoding.EncodeToString(packed.Bytes()),
		"{{runtime-hash}}", hash(string(runtime)),
		"{{script-hash}}", hash(p.Script),
		"{{style-hash}}", hash(between(p.HTML, "<style>", "</style>")),
	).Replace(p.HTML)), nil
}

// hash is the hash of a script or style as a policy names it.
func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}
