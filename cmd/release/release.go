// Command release makes what people download: for each system one archive with the command, the desk, the completions of four shells, the
// licences, and INSTALL.txt for whoever looks after the computers; and SHA256SUMS, the hashes of the archives.
//
//	go run ./cmd/release --desk dist/desk/desk.html --out dist/release
//
// The same source and the same Go give the same bytes: the files in an archive have one fixed time, no owner, and always the same order.
// It needs Go and nothing else.
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/template"
	"time"
)

// system is one that an archive is made for. Name is how its people call it; the others are Go's names.
type system struct{ name, os, arch string }

var systems = []system{
	{"windows-x64", "windows", "amd64"},
	{"macos-apple", "darwin", "arm64"},
	{"macos-intel", "darwin", "amd64"},
	{"linux-x64", "linux", "amd64"},
	{"linux-arm64", "linux", "arm64"},
}

// source is the package of the command, and completed are the shells that it writes a script for, with the name that the script goes by.
const source = "fairnotice/cmd/fairnotice"

var completed = [][2]string{{"bash", "fairnotice.bash"}, {"zsh", "_fairnotice"}, {"fish", "fairnotice.fish"}, {"powershell", "fairnotice.ps1"}}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run makes all archives. Its exit codes are those of the command fairnotice.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "dist/release", "the folder to write the archives into")
	desk := flags.String("desk", "dist/desk/desk.html", "the page that make desk made")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "hint: go run ./cmd/release --desk dist/desk/desk.html --out dist/release")
		return 2
	}
	sums, err := makeAll(*desk, *out)
	if err != nil {
		fmt.Fprintf(stderr, "release: The archives could not be made: %v.\n", err)
		return 3
	}
	fmt.Fprint(stdout, sums)
	return 0
}

func makeAll(desk, out string) (sums string, err error) {
	page, err := os.ReadFile(desk)
	if err != nil {
		return "", fmt.Errorf("%w; the desk is made by: make desk", err)
	}
	shared, err := sharedFiles(page)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", err
	}
	for _, s := range systems {
		command, err := s.build()
		if err != nil {
			return "", err
		}
		name, archive, err := s.pack(command, shared)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(out, name), archive, 0o644); err != nil {
			return "", err
		}
		sums += hash(archive) + "  " + name + "\n"
	}
	return sums, os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums), 0o644)
}

// file is one of an archive.
type file struct {
	path  string
	mode  fs.FileMode
	bytes []byte
}

// sharedFiles are the files that are the same for every system.
func sharedFiles(desk []byte) ([]file, error) {
	files := []file{{"desk.html", 0o644, desk}}
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return nil, fmt.Errorf("the folder of the source is not found: %w", err)
	}
	for _, name := range []string{"LICENSE", "NOTICE"} {
		text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), name))
		if err != nil {
			return nil, err
		}
		files = append(files, file{name, 0o644, text})
	}
	for _, c := range completed {
		script, err := exec.Command("go", "run", "-trimpath", source, "completion", c[0]).Output()
		if err != nil {
			return nil, fmt.Errorf("the completion of %s is not there: %w", c[0], err)
		}
		files = append(files, file{"completions/" + c[1], 0o644, script})
	}
	return files, nil
}

// build compiles the command for a system.
func (s system) build() ([]byte, error) {
	dir, err := os.MkdirTemp("", "release")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	made := filepath.Join(dir, s.command())
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", made, source)
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+s.os, "GOARCH="+s.arch, "GOFLAGS=", "GOEXPERIMENT=", "GOAMD64=", "GOARM64=") // what else the surroundings say would be other bytes
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("the command does not compile for %s: %w", s.name, err)
	}
	return os.ReadFile(made)
}

func (s system) command() string {
	if s.os == "windows" {
		return "fairnotice.exe"
	}
	return "fairnotice"
}

// pack makes the archive of a system. On Windows a text ends in .txt, and its lines as every editor there knows them.
func (s system) pack(command []byte, shared []file) (name string, archive []byte, err error) {
	files := []file{{s.command(), 0o755, command}}
	facts := struct{ OS, Upper, Command, CommandHash, DeskHash, License, Notice string }{OS: s.os, Command: s.command(), CommandHash: hash(command), License: "LICENSE", Notice: "NOTICE"}
	facts.Upper = map[string]string{"windows": "WINDOWS", "darwin": "MACOS", "linux": "LINUX"}[s.os]
	if s.os == "windows" {
		facts.License, facts.Notice = "LICENSE.txt", "NOTICE.txt"
	}
	for _, f := range shared {
		switch f.path {
		case "desk.html":
			facts.DeskHash = hash(f.bytes)
		case "LICENSE":
			f.path = facts.License
		case "NOTICE":
			f.path = facts.Notice
		}
		files = append(files, f)
	}
	var text bytes.Buffer
	if err := install.Execute(&text, facts); err != nil {
		return "", nil, err
	}
	files = append(files, file{"INSTALL.txt", 0o644, text.Bytes()})
	if s.os != "windows" {
		archive, err = tarred(files)
		return "fairnotice-" + s.name + ".tar.gz", archive, err
	}
	for i, f := range files {
		if strings.HasSuffix(f.path, ".txt") {
			files[i].bytes = bytes.ReplaceAll(f.bytes, []byte("\n"), []byte("\r\n"))
		}
	}
	archive, err = zipped(files)
	return "fairnotice-" + s.name + ".zip", archive, err
}

//go:embed install.txt
var installText string

var install = template.Must(template.New("INSTALL.txt").Parse(installText))

// folder is where everything lies in an archive, and when is the time of every file: the first that a zip can hold.
const folder = "fairnotice/"

var when = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func tarred(files []file) ([]byte, error) {
	var out bytes.Buffer
	g, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	t := tar.NewWriter(g)
	for _, f := range files {
		if err := t.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: folder + f.path, Mode: int64(f.mode), Size: int64(len(f.bytes)), ModTime: when, Format: tar.FormatUSTAR}); err != nil {
			return nil, err
		}
		if _, err := t.Write(f.bytes); err != nil {
			return nil, err
		}
	}
	if err := t.Close(); err != nil {
		return nil, err
	}
	err = g.Close()
	return out.Bytes(), err
}

func zipped(files []file) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, f := range files {
		h := &zip.FileHeader{Name: folder + f.path, Method: zip.Deflate, Modified: when}
		h.SetMode(f.mode)
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.bytes); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
