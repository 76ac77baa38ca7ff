package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// deskFolderMain saves, once, into the folder that is its argument. It works on one thread of the system: strace counts calls by thread.
func deskFolderMain() {
	runtime.LockOSThread()
	f, err := openDeskFolder(os.Args[1], edition1)
	if err == nil {
		var was map[string][]byte
		if was, err = f.turn("food-pantry.yaml"); err == nil {
			err = f.save(deskChange(was), false)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(doFault)
	}
}

// deskChange changes the program file, adds a file in a new folder, and removes the lock. Done twice it is the same.
func deskChange(was map[string][]byte) map[string][]byte {
	is := maps.Clone(was)
	delete(is, "food-pantry/translations.lock")
	is["food-pantry.yaml"] = []byte(strings.ReplaceAll(string(was["food-pantry.yaml"]), "217-555-0100", "217-555-0177"))
	is["food-pantry/law/new.yaml"] = []byte("a law\n")
	return is
}

// FuzzDeskJournal: whatever a list of a save says, nothing but the files of the program is touched.
func FuzzDeskJournal(f *testing.F) {
	f.Add(`[{"path":"x.yaml","part":".fairnotice-desk-x","sha256":""},{"path":"x/a.yaml"}]`)
	f.Add(`[{"path":"../out"},{"path":"y.yaml"},{"path":"x/kept/y"},{"path":"/etc/x"},{"path":"x.yaml","part":"y.yaml"}]`)
	f.Add(`{}`)
	f.Fuzz(func(t *testing.T, list string) {
		top := t.TempDir()
		dir := filepath.Join(top, "in")
		for p, text := range map[string]string{"out": "o", "in/y.yaml": "y", "in/x.yaml": "x", "in/x/a.yaml": "a", "in/x/kept/y": "k", "in/" + deskJournal + "x": list, "in/" + partOf("x.yaml"): "new"} {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(top, p)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(top, p), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		d, err := openDeskFolder(dir, edition1)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		_, _ = d.turn("x.yaml")
		for p, text := range map[string]string{"out": "o", "in/y.yaml": "y", "in/x/kept/y": "k"} {
			if data, err := os.ReadFile(filepath.Join(top, p)); err != nil || string(data) != text {
				t.Errorf("%s was touched: %q %v", p, data, err)
			}
		}
		if data, err := os.ReadFile(filepath.Join(dir, "x.yaml")); err == nil && string(data) != "x" && string(data) != "new" {
			t.Errorf("the file is %q", data)
		}
	})
}
