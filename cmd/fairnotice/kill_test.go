//go:build linux

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"fairnotice/render"
)

// changing are the system calls that can change what a folder holds. Between two of them no name on the disk changes, so killing the
// process at each of them tries every state that a kill can leave. An edition has some hundred files, which are put in place one like
// the other: every fifth rename and removal is tried, and of the calls that only fill a temporary file fewer. With FN_SOAK=all (make
// soak) each call about files is tried.
var (
	changing = map[string]int{"renameat": 5, "unlinkat": 5, "mkdirat": 2, "fchmodat": 1, "write": 25}
	allCalls = map[string]int{"renameat": 1, "unlinkat": 1, "mkdirat": 1, "fchmodat": 1, "write": 1, "openat": 1, "newfstatat": 1, "fstat": 1,
		"read": 1, "getdents64": 1, "fchmod": 1, "fsync": 1, "close": 1, "fcntl": 1}
)

// TestKilled kills a build at the system calls that change the disk: on an empty folder, and on one that holds another edition with
// more files. Whatever is left, a manifest in it names only whole files; and the next build, of either edition, leaves exactly that
// edition.
func TestKilled(t *testing.T) {
	bin := binary(t)
	more, fewer := twoEditions(t)
	calls := changing
	if os.Getenv("FN_SOAK") == "all" {
		calls = allCalls
	}
	clean := map[string][]string{}
	for _, file := range []string{more, fewer} {
		dir := filepath.Join(t.TempDir(), "site")
		build(t, bin, file, dir)
		clean[file] = mustTree(t, dir)
		clean[file+" folder"] = []string{dir}
	}
	for _, c := range []struct {
		name, before, file string
	}{
		{"first build", "", more},
		{"over an edition with more files", more, fewer},
		{"over an edition with fewer files", fewer, more},
	} {
		t.Run(c.name, func(t *testing.T) {
			var killed atomic.Int64
			t.Run("at", func(t *testing.T) {
				for call, step := range calls {
					t.Run(call, func(t *testing.T) {
						t.Parallel()
						work := t.TempDir()
						for n := 1; ; n += step {
							dir := filepath.Join(work, fmt.Sprint(n))
							if c.before != "" {
								if err := os.CopyFS(dir, os.DirFS(clean[c.before+" folder"][0])); err != nil {
									t.Fatal(err)
								}
							}
							dead := straced(t, call, n, bin, "build", c.file, "--out", dir, "--date", day)
							if err := whole(dir); err != nil {
								t.Fatalf("killed at %s %d: %v", call, n, err)
							}
							// The next build finishes it, or goes back to the other edition.
							next := c.file
							if n/step%2 == 0 {
								next = map[string]string{more: fewer, fewer: more}[c.file]
							}
							build(t, bin, next, dir)
							if d := difference(clean[next], mustTree(t, dir)); d != "" {
								t.Fatalf("killed at %s %d, then built again: %s", call, n, d)
							}
							os.RemoveAll(dir)
							if !dead {
								return
							}
							killed.Add(1)
						}
					})
				}
			})
			// Each file that is new takes a rename: fewer kills than fit that would mean that they missed the press.
			want := int64(filesOf(clean[c.file]) / calls["renameat"])
			if killed.Load() < want {
				t.Errorf("killed at %d calls, want at least %d", killed.Load(), want)
			}
			t.Logf("killed at %d calls", killed.Load())
		})
	}
}

// TestDiskFails lets calls fail as on a full or broken disk: the command says so in a sentence, ends with 3, and leaves no manifest
// that lies. Given again, it goes on.
func TestDiskFails(t *testing.T) {
	bin := binary(t)
	more, fewer := twoEditions(t)
	old := filepath.Join(t.TempDir(), "old")
	build(t, bin, more, old)
	fresh := filepath.Join(t.TempDir(), "fresh")
	build(t, bin, fewer, fresh)
	want := mustTree(t, fresh)
	for _, inject := range []string{"fsync:error=EIO:when=1", "fsync:error=EIO:when=4", "fsync:error=EIO:when=9", "renameat:error=ENOSPC:when=1",
		"renameat:error=ENOSPC:when=2", "renameat:error=ENOSPC:when=5", "unlinkat:error=EACCES:when=1", "unlinkat:error=EACCES:when=4"} {
		t.Run(inject, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "site")
			if err := os.CopyFS(dir, os.DirFS(old)); err != nil {
				t.Fatal(err)
			}
			trace := filepath.Join(t.TempDir(), "trace")
			cmd := exec.Command("strace", "-f", "-qq", "-o", trace, "-e", "inject="+inject, bin, "build", fewer, "--out", dir, "--date", day)
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != doFault || !strings.Contains(string(out), "fairnotice: It was not possible to ") {
				t.Fatalf("%v: %s", err, out)
			}
			if err := whole(dir); err != nil {
				t.Fatal(err)
			}
			build(t, bin, fewer, dir)
			if d := difference(want, mustTree(t, dir)); d != "" {
				t.Errorf("built again: %s", d)
			}
		})
	}
}

// twoEditions writes two program files: edition 1 of the example, in two languages, and edition 2, which says something else in one
// language less. (In all its languages the example has five hundred files, and each is put in its place in the same way.)
func twoEditions(t *testing.T) (more, fewer string) {
	t.Helper()
	data, err := os.ReadFile(example("citykey"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	more, fewer = filepath.Join(dir, "more.yaml"), filepath.Join(dir, "fewer.yaml")
	text := replaced(t, string(data), `(?m)^languages: .*$`, "languages: [en, ar]")
	changed := replaced(t, replaced(t, replaced(t, text, `(?m)^languages: .*$`, "languages: [en]"), `(?m)^  number: 1\b`, "  number: 2"), `(?m)^costs: .*$`, "costs: fee")
	for path, s := range map[string]string{more: text, fewer: changed} {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return more, fewer
}

// oneThread is the command on one thread of the system: strace counts calls by thread, so all that a build does has to be on one.
const oneThread = "fairnotice-on-one-thread"

// binary compiles the command as oneThread, without the race detector, which strace would slow down tenfold.
func binary(t testing.TB) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), oneThread)
	if out, err := exec.Command("go", "test", "-c", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

func build(t testing.TB, bin, file, dir string) {
	t.Helper()
	if out, err := exec.Command(bin, "build", file, "--out", dir, "--date", day).CombinedOutput(); err != nil {
		t.Fatalf("build of %s: %v\n%s", filepath.Base(file), err, out)
	}
}

// straced runs a command that is killed at the nth call of a kind, and says whether there was such a call.
func straced(t *testing.T, call string, n int, command ...string) bool {
	t.Helper()
	cmd := exec.Command("strace", append([]string{"-f", "-qq", "-o", os.DevNull, "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:signal=SIGKILL:when=%d", call, n)}, command...)...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return false
	case errors.As(err, &exit) && (exit.ExitCode() == 137 || exit.ExitCode() == -1):
		return true
	}
	t.Fatalf("strace: %v\n%s", err, out)
	return false
}

// whole checks that a manifest, if there is one, names only files that are whole.
func whole(dir string) error {
	raw, err := os.ReadFile(filepath.Join(dir, render.ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	m, err := render.ReadManifest(raw)
	if err != nil {
		return err
	}
	if len(m.Files) == 0 {
		return errors.New("the manifest names no files")
	}
	for _, f := range m.Files {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 || len(data) != f.Bytes {
			return fmt.Errorf("the manifest lies about %s", f.Path)
		}
	}
	return nil
}

// filesOf counts the files of a tree.
func filesOf(tree []string) (n int) {
	for _, l := range tree {
		if strings.Contains(l, "\n") {
			n++
		}
	}
	return n
}

// TestWholeCanFail makes sure that the judge of the kill test sees a lie.
func TestWholeCanFail(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	build(t, binary(t), example("citykey"), dir)
	if err := whole(dir); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(dir, "public", "index.html")
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, data[:len(data)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	if whole(dir) == nil {
		t.Error("a page that was cut short passes")
	}
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	if whole(dir) == nil {
		t.Error("a page that is gone passes")
	}
}
