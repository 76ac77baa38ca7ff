//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"fairnotice/notices/ledger"
	"fairnotice/render"

	"golang.org/x/mod/sumdb/note"
)

// TestPublishKilled kills a publication that replaces another and records itself, at the system calls that change the disk. Whatever is
// left, the ledger can be read and has lost nothing, a manifest names only whole files, and what stands in the folder is in the ledger:
// never the other way round. The same command again finishes it, and there is one line more and not two.
func TestPublishKilled(t *testing.T) {
	bin := binary(t)
	dir := t.TempDir()
	first, second := twoPublished(t, dir)
	key := filepath.Join(dir, "office.key")
	if _, err := newKeyFile(key, "notices.example.org"); err != nil {
		t.Fatal(err)
	}
	signer, verifier, err := readSigner(key)
	if err != nil {
		t.Fatal(err)
	}
	start := filepath.Join(dir, "start")
	if err := ledger.Create(filepath.Join(start, "ledger"), "notices.example.org/city", signer); err != nil {
		t.Fatal(err)
	}
	publish := func(file, at string) []string {
		return []string{bin, "publish", file, "--out", filepath.Join(at, "site"), "--ledger", filepath.Join(at, "ledger"), "--key", key, "--record", "--date", day}
	}
	done := func(file, at string) {
		t.Helper()
		c := publish(file, at)
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("publish: %v\n%s", err, out)
		}
	}
	done(first, start)
	clean := filepath.Join(dir, "clean")
	if err := os.CopyFS(clean, os.DirFS(start)); err != nil {
		t.Fatal(err)
	}
	done(second, clean)
	want := mustTree(t, filepath.Join(clean, "site"))
	wantLedger := entries(t, filepath.Join(clean, "ledger"), verifier)
	if len(wantLedger) != 2 {
		t.Fatalf("the ledger has %d lines, want 2", len(wantLedger))
	}

	calls := map[string]int{"renameat": 7, "unlinkat": 7, "mkdirat": 3, "fchmodat": 2, "write": 31, "fsync": 29}
	if os.Getenv("FN_SOAK") == "all" {
		calls = allCalls
	}
	var killed, recorded atomic.Int64
	t.Run("at", func(t *testing.T) {
		for call, step := range calls {
			t.Run(call, func(t *testing.T) {
				t.Parallel()
				work := t.TempDir()
				for n := 1; ; n += step {
					at := filepath.Join(work, fmt.Sprint(n))
					if err := os.CopyFS(at, os.DirFS(start)); err != nil {
						t.Fatal(err)
					}
					dead := straced(t, call, n, publish(second, at)...)
					site, log := filepath.Join(at, "site"), filepath.Join(at, "ledger")
					if err := whole(site); err != nil {
						t.Fatalf("killed at %s %d: %v", call, n, err)
					}
					lines := entries(t, log, verifier)
					if len(lines) == 0 || string(lines[0].Bytes()) != string(wantLedger[0].Bytes()) {
						t.Fatalf("killed at %s %d: the ledger has lost a line", call, n)
					}
					if m := publishedIn(site); m != nil && lines[len(lines)-1].Digest != m.Edition.Digest && m.Edition.Number != 1 {
						t.Fatalf("killed at %s %d: edition %d stands, and the ledger does not know it", call, n, m.Edition.Number)
					}
					if dead && len(lines) == 2 {
						recorded.Add(1)
					}
					done(second, at)
					if d := difference(want, mustTree(t, site)); d != "" {
						t.Fatalf("killed at %s %d, then published again: %s", call, n, d)
					}
					if got := entries(t, log, verifier); len(got) != 2 || string(got[1].Bytes()) != string(wantLedger[1].Bytes()) {
						t.Fatalf("killed at %s %d, then published again: the ledger has %d lines", call, n, len(got))
					}
					os.RemoveAll(at)
					if !dead {
						return
					}
					killed.Add(1)
				}
			})
		}
	})
	t.Logf("killed at %d calls, %d of them after the line was in the ledger", killed.Load(), recorded.Load())
	if killed.Load() < 15 || recorded.Load() == 0 || recorded.Load() == killed.Load() {
		t.Errorf("killed at %d calls, %d of them after the line was in the ledger: the order was not tried", killed.Load(), recorded.Load())
	}
}

// entries reads a ledger with its key.
func entries(t *testing.T, dir string, v note.Verifier) []ledger.Entry {
	t.Helper()
	view, err := ledger.Read(os.DirFS(dir), ledger.Policy{Keys: []note.Verifier{v}})
	if err != nil {
		t.Fatal(err)
	}
	var out []ledger.Entry
	for _, e := range view.Entries() {
		for _, h := range append([]string{e.Digest}, e.Signoffs...) {
			if _, err := view.Blob(h); err != nil {
				t.Fatalf("line of edition %d: %v", e.Number, err)
			}
		}
		b, _ := view.Blob(e.Digest)
		_, _, texts, err := render.ReadEditionLines(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range texts {
			if _, err := view.Blob(x.Digest); err != nil {
				t.Fatalf("words of edition %d: %v", e.Number, err)
			}
		}
		out = append(out, e)
	}
	return out
}

// twoPublished writes two editions of a program in one language, which may go out as drafts.
func twoPublished(t *testing.T, dir string) (first, second string) {
	t.Helper()
	data, err := os.ReadFile(example("food-pantry"))
	if err != nil {
		t.Fatal(err)
	}
	text := replaced(t, string(data), `(?m)^languages: .*$`, "languages: [en]\ndrafts: {shown_marked: true, decided_by: \"Ana Ruiz, clerk\"}")
	first, second = filepath.Join(dir, "first.yaml"), filepath.Join(dir, "second.yaml")
	for path, s := range map[string]string{first: text, second: strings.ReplaceAll(replaced(t, text, `(?m)^  number: 1\b`, "  number: 2"), "217-555-0100", "217-555-0199")} {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return first, second
}
