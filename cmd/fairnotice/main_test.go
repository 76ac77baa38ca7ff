package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// day is the day of every test: the edition's own.
const day = "2025-06-14"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"fairnotice": main,
		"fairnotice-that-can-be-read": func() { // see serve_linux_test.go
			closeMemory = func() error { return nil }
			main()
		},
		"fairnotice-desk-folder": deskFolderMain, // see desk_kill_test.go
		"fairnotice-on-one-thread": func() { // see kill_test.go
			runtime.LockOSThread()
			main()
		},
	})
}

// TestScripts runs testdata/*.txt: what a person types and sees. Each script begins with why it exists. Beside the usual commands of
// testscript there are
//
//	exits CODE COMMAND…     runs a command and wants exactly this exit code
//	trees DIR DIR           wants the same files, bytes and modes
//	snapshot NAME DIR       remembers files with their bytes, modes and times
//	recorded DIR KEY N…     writes made-up editions with these numbers into a ledger
//	worded FILE NAME …      works in a Word file as a reviewer does (review_word_test.go)
//	untouched NAME DIR      wants them exactly as remembered: nothing was written, not even the same bytes again
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			return inThree(filepath.Join(env.WorkDir, "examples"))
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": func(ts *testscript.TestScript, neg bool, args []string) {
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				code := 0
				if err := ts.Exec(args[1], args[2:]...); err != nil {
					var exit *exec.ExitError
					if !errors.As(err, &exit) {
						ts.Fatalf("%v", err)
					}
					code = exit.ExitCode()
				}
				if code != want {
					ts.Fatalf("exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", code, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
				}
			},
			"recorded": recorded,
			"worded":   worded,
			"trees": func(ts *testscript.TestScript, neg bool, args []string) {
				a, err := tree(ts.MkAbs(args[0]), false)
				ts.Check(err)
				b, err := tree(ts.MkAbs(args[1]), false)
				ts.Check(err)
				if d := difference(a, b); d != "" {
					ts.Fatalf("%s and %s differ: %s", args[0], args[1], d)
				}
			},
			"snapshot": func(ts *testscript.TestScript, neg bool, args []string) {
				s, err := tree(ts.MkAbs(args[1]), true)
				ts.Check(err)
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(s, "\x00")), 0o600))
			},
			"untouched": func(ts *testscript.TestScript, neg bool, args []string) {
				s, err := tree(ts.MkAbs(args[1]), true)
				ts.Check(err)
				if d := difference(strings.Split(ts.ReadFile(args[0]), "\x00"), s); d != "" {
					ts.Fatalf("%s was touched: %s", args[1], d)
				}
			},
		},
	})
}

// inThree copies the examples, in three of their languages: what a command says and does is the same in sixteen, and takes five times
// as long. That all of them are built is the business of other tests.
func inThree(folder string) error {
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "..", "examples"))); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	for _, f := range files {
		data, e := os.ReadFile(f)
		if e != nil {
			return e
		}
		if err = os.WriteFile(f, languagesLine.ReplaceAll(data, []byte("languages: [en, es, ar]")), 0o600); err != nil {
			return err
		}
	}
	return err
}

var languagesLine = regexp.MustCompile(`(?m)^languages: \[[^\]]*\]`)

// tree lists every file of a folder with its mode and bytes, and with its time of change and inode where times is set.
func tree(dir string, times bool) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		line := filepath.ToSlash(rel) + " " + info.Mode().String()
		if times {
			line += fmt.Sprintf(" %d %v", info.ModTime().UnixNano(), inode(info))
		}
		if !d.IsDir() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			line += fmt.Sprintf("\n%x", sha256.Sum256(data))
		}
		out = append(out, line)
		return nil
	})
	return out, err
}

func mustTree(t *testing.T, dir string) []string {
	t.Helper()
	out, err := tree(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// difference names the first files in which two trees differ; "" where they do not.
func difference(a, b []string) string {
	var out []string
	only := func(x, y []string, mark string) {
		for _, l := range x {
			if !slices.Contains(y, l) {
				head, _, _ := strings.Cut(l, "\n")
				out = append(out, mark+head)
			}
		}
	}
	only(a, b, "- ")
	only(b, a, "+ ")
	return strings.Join(out[:min(8, len(out))], "; ")
}

// fairnotice runs a command in this process.
func fairnotice(t testing.TB, w world, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &err, w)
	return out.String(), err.String(), code
}

// example is a program file of the repository.
func example(name string) string { return filepath.Join("..", "..", "examples", name+".yaml") }

// examples lists all of them.
func examples(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob(example("*"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	return paths
}
