//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnswersKilled kills the command that writes answers at every system call that changes the disk. The program file is whole at
// every moment, the old one or the new one; what was kept is the old one; and the same command goes on.
func TestAnswersKilled(t *testing.T) {
	bin := binary(t)
	data, err := os.ReadFile(example("citykey"))
	if err != nil {
		t.Fatal(err)
	}
	sheet := filepath.Join(t.TempDir(), "sheet.txt")
	if err := os.WriteFile(sheet, []byte("Program = citykey\nYour name = Ana Ruiz\nDay of your answers = 2025-06-10\nLooked or told = looked\nQ-2ce4 = 7 years\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	answer := func(file string) []string {
		return []string{bin, "questions", file, "--answers", sheet, "--date", day}
	}
	prepare := func() string {
		file := filepath.Join(t.TempDir(), "citykey.yaml")
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	done := prepare()
	if out, err := exec.Command(bin, answer(done)[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want, _ := os.ReadFile(done)
	if bytes.Equal(want, data) {
		t.Fatal("nothing was written")
	}
	kills := 0
	for _, call := range []string{"renameat", "linkat", "unlinkat", "write", "fchmod"} {
		for n := 1; n < 40; n++ {
			file := prepare()
			cmd := exec.Command("strace", append([]string{"-f", "-qq", "-o", os.DevNull, "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:signal=SIGKILL:when=%d", call, n)}, answer(file)...)...)
			var exit *exec.ExitError
			if err := cmd.Run(); err == nil {
				break
			} else if !errors.As(err, &exit) {
				t.Fatal(err)
			}
			kills++
			if now, _ := os.ReadFile(file); !bytes.Equal(now, data) && !bytes.Equal(now, want) {
				t.Fatalf("killed at %s %d: the file is neither the old nor the new one", call, n)
			}
			out, err := exec.Command(bin, answer(file)[1:]...).CombinedOutput()
			if err != nil && !strings.Contains(string(out), "has no open question") {
				t.Fatalf("killed at %s %d, then again: %v\n%s", call, n, err, out)
			}
			if now, _ := os.ReadFile(file); !bytes.Equal(now, want) {
				t.Fatalf("killed at %s %d, then again: the file is not the new one", call, n)
			}
			kept, _ := filepath.Glob(file + ".before-*")
			for _, k := range kept {
				if old, _ := os.ReadFile(k); !bytes.Equal(old, data) {
					t.Fatalf("killed at %s %d: %s is not the file as it was", call, n, filepath.Base(k))
				}
			}
			if len(kept) != 1 {
				t.Fatalf("killed at %s %d: %d files are kept", call, n, len(kept))
			}
		}
	}
	if kills < 5 {
		t.Errorf("killed only %d times", kills)
	}
}
