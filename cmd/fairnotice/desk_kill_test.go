//go:build linux

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// killedSave lays a folder of three files, and what a save makes of it: one changed, one new, one gone.
func killedSave(t *testing.T) (dir string, was, is map[string][]byte) {
	t.Helper()
	dir, _ = pantryFolder(t)
	f, err := openDeskFolder(dir, edition1)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if was, err = f.turn("food-pantry.yaml"); err != nil {
		t.Fatal(err)
	}
	is = deskChange(was)
	if len(was) < 2 || len(is) != len(was) {
		t.Fatalf("%d files, %d after the change", len(was), len(is))
	}
	return dir, was, is
}

// desks gives the files of a folder's program as the next desk finds them.
func desks(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	f, err := openDeskFolder(dir, edition1)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	files, err := f.turn("food-pantry.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func equal(a, b map[string][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }

// noneLeft says that nothing of a save lies about.
func noneLeft(t *testing.T, dir string) {
	t.Helper()
	all := mustTree(t, dir)
	for _, l := range all {
		if name, _, _ := strings.Cut(l, " "); strings.Contains(name, ".fairnotice") {
			t.Errorf("it left %s", name)
		}
	}
}

// TestDeskStopped stops the desk in every way: what was saved is saved, and nothing is half.
func TestDeskStopped(t *testing.T) {
	bin := binary(t)
	folder := filepath.Join(filepath.Dir(bin), "fairnotice-desk-folder") // one program, which does what its name says: see TestMain
	if err := os.Link(bin, folder); err != nil {
		t.Fatal(err)
	}
	t.Run("killed", func(t *testing.T) { deskKilled(t, folder) })
	t.Run("disk", func(t *testing.T) { deskDisk(t, folder) })
	t.Run("shot", func(t *testing.T) { deskShot(t, bin) })
}

// deskKilled kills a save of several files at the system calls that change the disk. At every moment each file is whole, as it was or as
// it is to be, and as it was it is kept before it is changed. The next desk finds all of the save, or nothing of it.
func deskKilled(t *testing.T, bin string) {
	calls := []string{"renameat", "unlinkat", "mkdirat", "write", "fchmod", "fsync"}
	if os.Getenv("FN_SOAK") == "all" {
		calls = append(calls, "openat", "close", "newfstatat", "read", "getdents64", "fcntl")
	}
	killed, none, all := 0, 0, 0
	for _, call := range calls {
		for n := 1; ; n++ {
			dir, was, is := killedSave(t)
			dead := straced(t, call, n, bin, dir)
			at := fmt.Sprintf("killed at %s %d", call, n)
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			now := map[string][]byte{}
			for _, files := range []map[string][]byte{was, is} {
				for p := range files {
					if data, err := root.ReadFile(p); err == nil {
						now[p] = data
					} else if !errors.Is(err, os.ErrNotExist) {
						t.Fatal(err)
					}
				}
			}
			root.Close()
			for p, data := range now {
				if (was[p] == nil || !bytes.Equal(data, was[p])) && (is[p] == nil || !bytes.Equal(data, is[p])) {
					t.Fatalf("%s: %s is neither as it was nor as it is to be", at, p)
				}
			}
			if !equal(now, was) {
				kept := map[string]bool{}
				for _, k := range keptFiles(t, dir) {
					kept[contents(t, k)] = true
				}
				if !kept[string(was["food-pantry.yaml"])] {
					t.Fatalf("%s: the file as it was is not kept", at)
				}
			}
			switch found := desks(t, dir); {
			case equal(found, was):
				none++
			case equal(found, is):
				all++
			default:
				t.Fatalf("%s: the next desk finds a part of the save", at)
			}
			noneLeft(t, dir)
			if again := straced(t, "renameat", 10_000, bin, dir); again || !equal(desks(t, dir), is) {
				t.Fatalf("%s, then saved again: it is not saved", at)
			}
			noneLeft(t, dir)
			if !dead {
				break
			}
			killed++
		}
	}
	t.Logf("killed at %d calls; %d times there was nothing of the save, %d times all of it", killed, none, all)
	if killed < 30 || none == 0 || all < 8 {
		t.Errorf("killed at %d calls, %d times nothing, %d times all: the order was not tried", killed, none, all)
	}
}

// deskDisk lets calls fail as on a full or broken disk: the save says so in a sentence, every file is as it was or as it is to be, and
// saved again it is saved.
func deskDisk(t *testing.T, bin string) {
	for _, inject := range []string{"write:error=ENOSPC:when=1", "write:error=ENOSPC:when=2", "write:error=ENOSPC:when=4", "fsync:error=EIO:when=1", "fsync:error=EIO:when=5", "renameat:error=ENOSPC:when=1", "renameat:error=EACCES:when=3",
		"renameat:error=EROFS:when=4", "renameat:error=EROFS:when=5", "mkdirat:error=EROFS:when=1", "unlinkat:error=EACCES:when=2", "openat:error=EACCES:when=20"} {
		t.Run(inject, func(t *testing.T) {
			dir, was, is := killedSave(t)
			out, err := exec.Command("strace", "-f", "-qq", "-o", os.DevNull, "-e", "inject="+inject, bin, dir).CombinedOutput()
			if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != doFault || !regexp.MustCompile(`^.* cannot be (written|kept|read|finished): [a-z /-]+\n$`).Match(out)) {
				t.Fatalf("%v: %s", err, out)
			}
			if found := desks(t, dir); !equal(found, was) && !equal(found, is) {
				t.Error("the next desk finds a part of the save")
			}
			if out, err := exec.Command(bin, dir).CombinedOutput(); err != nil {
				t.Fatalf("saved again: %v: %s", err, out)
			}
			if !equal(desks(t, dir), is) {
				t.Error("saved again, it is not saved")
			}
			noneLeft(t, dir)
		})
	}
}

// deskShot ends the whole desk in the middle of its work, without a warning. What it had answered is in the file.
func deskShot(t *testing.T, bin string) {
	rounds := 4
	if os.Getenv("FN_SOAK") == "all" {
		rounds = 100
	}
	for round := range rounds {
		dir, file := pantryFolder(t)
		was := contents(t, file)
		cmd := exec.Command(bin, "desk", file, "--no-browser", "--date", day)
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		m := regexp.MustCompile(`http://(127\.0\.0\.1:\d+)/([A-Z2-7]+)/`).FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("%q %v", line, err)
		}
		ask := func(op, args string) error {
			q, err := http.NewRequest("POST", m[0]+"do/"+op, strings.NewReader(args))
			if err != nil {
				return err
			}
			for k, v := range map[string]string{"Origin": "http://" + m[1], "Content-Type": "application/json", "Desk-Window": "one"} {
				q.Header.Set(k, v)
			}
			answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(q)
			if err != nil {
				return err
			}
			defer answer.Body.Close()
			var a deskTold
			if err := json.NewDecoder(answer.Body).Decode(&a); err != nil {
				return err
			}
			if a.Error != nil || op == "set" && (a.Disk == nil || !a.Disk.Saved) {
				t.Fatalf("%s: %+v", op, a)
			}
			return nil
		}
		if err := ask("desk.hello", "{}"); err != nil {
			t.Fatal(err)
		}
		var answered atomic.Int64
		go func() {
			// Ends it somewhere in the work: the number of answers until then is the system's to choose.
			for end := int64(2 + round%3); answered.Load() < end; {
				runtime.Gosched()
			}
			cmd.Process.Kill()
		}()
		for n := 0; ; n++ {
			if err := ask("set", fmt.Sprintf(`{"path":"program.contact.phone","value":"217-555-%04d"}`, 1000+n)); err != nil {
				break
			}
			answered.Store(int64(n + 1))
		}
		cmd.Wait()
		found := desks(t, dir)["food-pantry.yaml"]
		phone := regexp.MustCompile(`    phone: 217-555-(\d{4})\n`)
		is := phone.FindSubmatch(found)
		if is == nil || phone.ReplaceAllString(string(found), "") != phone.ReplaceAllString(was, "") {
			t.Fatal("the file is not whole")
		}
		if got, n := string(is[1]), answered.Load(); got != fmt.Sprint(999+n) && got != fmt.Sprint(1000+n) {
			t.Errorf("%d were answered, and the file says %s", n, got)
		}
		noneLeft(t, dir)
	}
}
