package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// A page that stands for the desk: making the real one takes minutes, and another test's folder has it.
var page = []byte("<!doctype html><title>The desk</title>")

// unpack gives the files of an archive, and holds each against what every archive keeps to.
func unpack(t *testing.T, name string, archive []byte) map[string]file {
	t.Helper()
	out := map[string]file{}
	add := func(path string, mode fs.FileMode, when int64, r io.Reader) {
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		rest, ok := strings.CutPrefix(path, "fairnotice/")
		if !ok || !filepath.IsLocal(rest) || mode != 0o644 && mode != 0o755 || when != 315532800 {
			t.Errorf("%s: %s has the mode %v and the time %d", name, path, mode, when)
		}
		out[rest] = file{rest, mode, data}
	}
	if strings.HasSuffix(name, ".zip") {
		z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			add(f.Name, f.Mode(), f.Modified.Unix(), r)
		}
		return out
	}
	g, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	if !g.ModTime.IsZero() || g.Name != "" {
		t.Errorf("%s: the gzip says %v %q", name, g.ModTime, g.Name)
	}
	for r := tar.NewReader(g); ; {
		h, err := r.Next()
		if err == io.EOF {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Gid != 0 || h.Uname != "" || h.Gname != "" {
			t.Errorf("%s: %s has an owner", name, h.Name)
		}
		add(h.Name, fs.FileMode(h.Mode), h.ModTime.Unix(), r)
	}
}

// TestArchives: what each archive holds, that packing twice gives the same bytes, and that INSTALL.txt is true of its own archive.
func TestArchives(t *testing.T) {
	shared := []file{{"desk.html", 0o644, page}, {"LICENSE", 0o644, []byte("A\nB\n")}, {"NOTICE", 0o644, []byte("C\n")}}
	for _, c := range completed {
		shared = append(shared, file{"completions/" + c[1], 0o644, []byte(c[0])})
	}
	for _, s := range systems {
		name, archive, err := s.pack([]byte("program of "+s.name), shared)
		if err != nil {
			t.Fatal(err)
		}
		if _, again, _ := s.pack([]byte("program of "+s.name), shared); !bytes.Equal(archive, again) {
			t.Errorf("%s is not the same when it is packed again", name)
		}
		files := unpack(t, name, archive)
		want := []string{"INSTALL.txt", "LICENSE", "NOTICE", "completions/_fairnotice", "completions/fairnotice.bash", "completions/fairnotice.fish", "completions/fairnotice.ps1", "desk.html", "fairnotice"}
		if s.os == "windows" {
			want = []string{"INSTALL.txt", "LICENSE.txt", "NOTICE.txt", "completions/_fairnotice", "completions/fairnotice.bash", "completions/fairnotice.fish", "completions/fairnotice.ps1", "desk.html", "fairnotice.exe"}
			if string(files["LICENSE.txt"].bytes) != "A\r\nB\r\n" || bytes.Contains(files["completions/fairnotice.ps1"].bytes, []byte("\r")) {
				t.Error("the lines of texts, and of nothing else, end as Windows has them")
			}
		}
		var have []string
		for path := range files {
			have = append(have, path)
		}
		slices.Sort(have)
		if !slices.Equal(have, want) {
			t.Errorf("%s holds %v, want %v", name, have, want)
		}
		for path, f := range files {
			if runs := path == s.command(); runs != (f.mode == 0o755) {
				t.Errorf("%s: %s has the mode %v", name, path, f.mode)
			}
		}
		installIsTrue(t, s, files)
	}
}

// installIsTrue holds INSTALL.txt against the files beside it.
func installIsTrue(t *testing.T, s system, files map[string]file) {
	t.Helper()
	text := strings.ReplaceAll(string(files["INSTALL.txt"].bytes), "\r\n", "\n")
	hashed := regexp.MustCompile(`(?m)^ +([0-9a-f]{64})  (\S+)$`).FindAllStringSubmatch(text, -1)
	if len(hashed) != 2 {
		t.Errorf("%s: INSTALL.txt gives %d hashes", s.name, len(hashed))
	}
	for _, m := range hashed {
		if f, ok := files[m[2]]; !ok || hash(f.bytes) != m[1] {
			t.Errorf("%s: the hash of %s is another", s.name, m[2])
		}
	}
	for path := range files {
		top, _, _ := strings.Cut(path, "/")
		if path != "INSTALL.txt" && !strings.Contains(text, top) {
			t.Errorf("%s: INSTALL.txt does not name %s", s.name, path)
		}
	}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(lines) > 66 {
		t.Errorf("%s: INSTALL.txt has %d lines, and is no page", s.name, len(lines))
	}
	for i, l := range lines {
		if utf8.RuneCountInString(l) > 80 && len(strings.Fields(l)[0]) != 64 || strings.TrimRight(l, " ") != l {
			t.Errorf("%s: line %d of INSTALL.txt is too long, or ends in a space: %q", s.name, i+1, l)
		}
	}
	if strings.Contains(text, "{{") || strings.Contains(text, "<no value>") {
		t.Errorf("%s: INSTALL.txt was not filled in", s.name)
	}
}

// TestOnThisSystem makes the archive of the system that this runs on with the real command, unpacks it in an empty folder as its people do,
// and does what INSTALL.txt says. It sees that the command writes nowhere but where it is told.
func TestOnThisSystem(t *testing.T) {
	i := slices.IndexFunc(systems, func(s system) bool { return s.os == runtime.GOOS && s.arch == runtime.GOARCH })
	if i < 0 || runtime.GOOS == "windows" {
		i = slices.IndexFunc(systems, func(s system) bool { return s.name == "linux-x64" })
	}
	s := systems[i]
	command, err := s.build()
	if err != nil {
		t.Fatal(err)
	}
	shared, err := sharedFiles(page)
	if err != nil {
		t.Fatal(err)
	}
	name, archive, err := s.pack(command, shared)
	if err != nil {
		t.Fatal(err)
	}
	files := unpack(t, name, archive)
	installIsTrue(t, s, files)
	if s.os != runtime.GOOS || s.arch != runtime.GOARCH {
		return // what another system runs can be packed here, and not run
	}
	empty := t.TempDir()
	if err := os.WriteFile(filepath.Join(empty, name), archive, 0o644); err != nil {
		t.Fatal(err)
	}
	home, temporary := filepath.Join(empty, "home"), filepath.Join(empty, "temporary")
	for _, d := range []string{home, temporary} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	in := func(dir, program string, args ...string) string {
		t.Helper()
		c := exec.Command(program, args...)
		c.Dir = dir
		c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + temporary}
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", program, args, err, out)
		}
		return string(out)
	}
	in(empty, "tar", "-xzf", name)
	root := filepath.Join(empty, "fairnotice")
	ours := filepath.Join(root, "fairnotice")
	if out := in(root, ours, "version"); !strings.HasPrefix(out, "fairnotice ") || !strings.Contains(out, s.os+"/"+s.arch) {
		t.Errorf("version says %s", out)
	}
	for _, c := range completed {
		if out := in(root, ours, "completion", c[0]); out != string(files["completions/"+c[1]].bytes) {
			t.Errorf("the completion of %s is not the command's own", c[0])
		}
	}
	// INSTALL.txt says how the hashes are seen.
	if runtime.GOOS == "linux" {
		out := in(root, "sha256sum", "fairnotice", "desk.html")
		for _, f := range []string{"fairnotice", "desk.html"} {
			if !strings.Contains(string(files["INSTALL.txt"].bytes), hash(files[f].bytes)+"  "+f) || !strings.Contains(out, hash(files[f].bytes)+"  "+f) {
				t.Errorf("sha256sum and INSTALL.txt say different things of %s: %s", f, out)
			}
		}
	}
	// Each verb that INSTALL.txt names is there.
	for _, verb := range [][]string{{"desk"}, {"serve"}, {"verify", "live"}} {
		in(root, ours, append(verb, "--help")...)
	}
	example, err := os.ReadFile(filepath.Join("..", "..", "examples", "food-pantry.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	work := filepath.Join(empty, "work")
	if err := os.Mkdir(work, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(work, "pantry.yaml"), example, 0o644); err != nil {
		t.Fatal(err)
	}
	in(work, ours, "check", "pantry.yaml", "--date", "2026-03-02")
	if out := in(work, ours, "show", "pantry.yaml", "--lang", "en", "--kind", "at-upload", "--date", "2026-03-02"); !strings.Contains(out, "Key facts") {
		t.Error(out)
	}
	in(work, ours, "build", "pantry.yaml", "--out", "site", "--date", "2026-03-02")
	var left []string
	err = filepath.WalkDir(empty, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(empty, path)
		if err == nil && !d.IsDir() && !strings.HasPrefix(rel, filepath.Join("work", "site")) {
			left = append(left, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{name, "work/pantry.yaml"}
	for path := range files {
		want = append(want, "fairnotice/"+path)
	}
	slices.Sort(want)
	slices.Sort(left)
	if !slices.Equal(left, want) {
		t.Errorf("the command wrote where nobody told it to: %v, want %v", left, want)
	}
}

// TestMistyped: what cannot be made is said in a sentence.
func TestMistyped(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"here"}, 2, "hint: go run ./cmd/release"},
		{[]string{"--desk", filepath.Join(t.TempDir(), "none.html")}, 3, "the desk is made by: make desk"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(c.args, &stdout, &stderr); code != c.code || !strings.Contains(stderr.String(), c.says) || stdout.Len() > 0 {
			t.Errorf("%v: %d %s", c.args, code, stderr.String())
		}
	}
}
