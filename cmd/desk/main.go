//go:build !js

package main

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
	"strings"
)

// page is the page with places for the scripts, the program and their hashes.
//
//go:embed desk.html
var page string

//go:embed desk.js
var script string

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run puts the page together. Its exit codes are those of the command fairnotice.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("desk", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "dist/desk", "the folder to write desk.html into")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "hint: go run ./cmd/desk --out dist/desk")
		return 2
	}
	html, err := pack()
	if err == nil {
		err = os.MkdirAll(*out, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(*out, "desk.html"), html, 0o644)
	}
	if err != nil {
		fmt.Fprintf(stderr, "desk: The page could not be made: %v.\n", err)
		return 3
	}
	fmt.Fprintf(stdout, "%s: %d KB. Open it in a browser.\n", filepath.Join(*out, "desk.html"), len(html)>>10)
	return 0
}

// pack compiles this package for the browser and puts everything into one page. The page's own policy lets it run these scripts, and
// fetch nothing.
func pack() ([]byte, error) {
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	wasm := filepath.Join(dir, "desk.wasm")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", wasm, "fairnotice/cmd/desk")
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
		"{{script}}", script,
		"{{program}}", base64.StdEncoding.EncodeToString(packed.Bytes()),
		"{{runtime-hash}}", hash(string(runtime)),
		"{{script-hash}}", hash(script),
		"{{style-hash}}", hash(between(page, "<style>", "</style>")),
	).Replace(page)), nil
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
