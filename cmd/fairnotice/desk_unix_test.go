//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDeskLinks: the desk reads and writes in one folder; a link that leads out of it is said.
func TestDeskLinks(t *testing.T) {
	dir, file := pantryFolder(t)
	elsewhere := t.TempDir()
	link := func(from, to string) {
		t.Helper()
		if err := os.Symlink(to, from); err != nil {
			t.Fatal(err)
		}
	}
	aside := filepath.Join(elsewhere, "real.yaml")
	if err := os.Rename(file, aside); err != nil {
		t.Fatal(err)
	}
	link(file, aside)
	if _, err := (world{}).openDesk(file, edition1); err == nil || !strings.Contains(err.Error(), "is a link to somewhere else") {
		t.Errorf("a linked file: %v", err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(aside, file); err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(dir, "food-pantry")
	if err := os.Rename(beside, filepath.Join(elsewhere, "food-pantry")); err != nil {
		t.Fatal(err)
	}
	link(beside, filepath.Join(elsewhere, "food-pantry"))
	if _, err := (world{}).openDesk(file, edition1); err == nil || !strings.Contains(err.Error(), "is a link to somewhere else") {
		t.Errorf("a linked folder: %v", err)
	}
	if err := os.Remove(beside); err != nil {
		t.Fatal(err)
	}
	r := deskOn(t, file)
	r.hello()
	link(beside, elsewhere) // while the desk is open
	before := mustTree(t, elsewhere)
	if a := r.well("set", anotherPhone); a.Disk.Saved || strings.Contains(contents(t, file), "0177") {
		t.Errorf("%+v", a.Disk)
	}
	if d := difference(before, mustTree(t, elsewhere)); d != "" {
		t.Errorf("it wrote elsewhere: %s", d)
	}
}

// TestDeskClicked: a double click opens the desk, in a folder where what is saved stays: not in the one into which a zip was unpacked for a
// moment, from which this test runs.
func TestDeskClicked(t *testing.T) {
	for _, c := range []struct {
		clicked bool
		args    []string
		want    string
	}{{true, nil, "desk"}, {true, []string{"check", "x"}, "check x"}, {false, nil, ""}} {
		if got := strings.Join(world{clicked: c.clicked}.meant(c.args), " "); got != c.want {
			t.Errorf("%v %q: %q, want %q", c.clicked, c.args, got, c.want)
		}
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", filepath.Dir(filepath.Dir(self)))
	if got := clickedFolder(); got != filepath.Join(home, "Fair Notice") {
		t.Errorf("out of a zip it works in %s", got)
	} else if info, err := os.Stat(got); err != nil || !info.IsDir() {
		t.Errorf("there is no folder: %v", err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	if got := clickedFolder(); got != filepath.Dir(self) {
		t.Errorf("beside its files it works in %s", got)
	}
}
