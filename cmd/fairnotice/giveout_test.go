package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"

	"fairnotice/cmd/desk/core"
)

// onDesk lays a program file on a desk.
func onDesk(t *testing.T, file string) *core.Desk {
	t.Helper()
	d := core.New(dayOf(t, file))
	files := map[string][]byte{}
	for _, name := range deskFiles(t, file) {
		b, err := os.ReadFile(filepath.Join(filepath.Dir(file), name))
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.ToSlash(name)] = b
	}
	if err := d.Open(files); err != nil {
		t.Fatal(err)
	}
	return d
}

// give makes one thing at the desk, and unpacks it where it is a zip.
func give(t *testing.T, d *core.Desk, args string) map[string][]byte {
	t.Helper()
	raw := d.Do("give.make", []byte(args))
	var got struct {
		Error *struct{ Says, Hint string }
		core.Given
	}
	if err := json.Unmarshal(raw, &got); err != nil || got.Error != nil {
		t.Fatalf("%s: %.300s", args, raw)
	}
	out := map[string][]byte{}
	for _, f := range got.Files {
		if filepath.Ext(f.Name) != ".zip" {
			out[f.Name] = f.Bytes
			continue
		}
		z, err := zip.NewReader(bytes.NewReader(f.Bytes), int64(len(f.Bytes)))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range z.File {
			r, err := in.Open()
			if err != nil {
				t.Fatal(err)
			}
			if out[in.Name], err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	return out
}

// TestDeskGivesTheSame: what the desk hands over is, byte by byte, what the command makes.
func TestDeskGivesTheSame(t *testing.T) {
	file := example("food-pantry")
	day := dayOf(t, file)
	d := onDesk(t, file)
	site := filepath.Join(t.TempDir(), "site")
	if _, stderr, code := fairnotice(t, world{today: day}, "build", file, "--out", site); code != fine {
		t.Fatal(stderr)
	}
	sameFiles(t, "the website", give(t, d, `{"what":"website.zip"}`), folderOf(t, site))

	paper := filepath.Join(t.TempDir(), "paper")
	if _, stderr, code := fairnotice(t, world{today: day}, "print", file, "--out", paper, "--elsewhere", "--lang", "en,es,ar", "--paper", "a4", "--page", "https://example.org/n", "--qr", "page"); code != fine {
		t.Fatal(stderr)
	}
	printed := folderOf(t, paper)
	delete(printed, "START-HERE.html") // it leads from one to the other
	delete(printed, ".fairnotice-printed.json")
	got := map[string][]byte{}
	for _, tag := range []string{"en", "es", "ar"} {
		for _, what := range []string{"poster.html", "handout.html", "notice.html", "large.html", "notice.docx", "read-aloud.txt", "sms.txt"} {
			for _, b := range give(t, d, `{"what":"`+what+`","language":"`+tag+`","paper":"a4","qr":"page","page":"https://example.org/n"}`) {
				got[tag+"/"+what] = b
			}
		}
	}
	for _, b := range give(t, d, `{"what":"staff-card"}`) {
		got["staff-card.html"] = b
	}
	sameFiles(t, "the paper", got, printed)

	copied := filepath.Join(t.TempDir(), filepath.Base(file))
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(copied, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "for-reviewers")
	if _, stderr, code := fairnotice(t, world{today: day}, "review", "send", copied, "--out", out); code != fine {
		t.Fatal(stderr)
	}
	d = onDesk(t, file)
	sameFiles(t, "the packet", give(t, d, `{"what":"packet.zip"}`), folderOf(t, out))
	sameFiles(t, "what was sent", d.Changed(), folderWith(t, filepath.Join(filepath.Dir(copied), "food-pantry"), "food-pantry"))
}

// sameFiles wants two sets of files alike.
func sameFiles(t *testing.T, what string, got, want map[string][]byte) {
	t.Helper()
	for name, b := range want {
		if g, ok := got[name]; !ok || !bytes.Equal(g, b) {
			t.Errorf("%s of the desk: %s is missing, or is another (%d bytes, want %d)", what, name, len(g), len(b))
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s of the desk has %s, and the command makes no such file", what, name)
		}
	}
}

// folderOf reads all files below a folder.
func folderOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, name := range filesBelow(t, dir) {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.ToSlash(name)] = b
	}
	return out
}

// folderWith is folderOf, the names below a folder.
func folderWith(t *testing.T, dir, folder string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, b := range folderOf(t, dir) {
		out[folder+"/"+name] = b
	}
	return out
}

func filesBelow(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// deskFiles are a program file and what belongs to it, as paths below its folder.
func deskFiles(t *testing.T, file string) []string {
	t.Helper()
	dir, name := filepath.Split(file)
	out := []string{name}
	beside := name[:len(name)-len(filepath.Ext(name))]
	if _, err := os.Stat(filepath.Join(dir, beside)); err == nil {
		for _, f := range filesBelow(t, filepath.Join(dir, beside)) {
			out = append(out, filepath.Join(beside, f))
		}
	}
	return out
}
