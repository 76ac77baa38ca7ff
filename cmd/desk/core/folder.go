package core

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"fairnotice/notices"
)

// mostBytes is how much a folder may hold, unpacked: a program file and its companions are far smaller.
const mostBytes, mostFiles = 64 << 20, 2000

// folder finds the program file among some files and leaves out what does not belong to it. Names become relative to its folder.
func folder(files map[string][]byte) (string, map[string][]byte, error) {
	var all []string
	for name := range files {
		if yamlName(name) && !inCompanion(name) {
			all = append(all, name)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if n := strings.Count(a, "/") - strings.Count(b, "/"); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	said := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return !saysSo(files[name]) })
	if len(said) > 0 {
		top := strings.Count(said[0], "/")
		said = slices.DeleteFunc(said, func(name string) bool { return strings.Count(name, "/") > top })
		all = said
	}
	switch len(all) {
	case 0:
		return "", nil, noProgram(files)
	case 1:
	default:
		return "", nil, refuse(fmt.Sprintf("There are %d program files here: %s.", len(all), List(all)), "Open one of them.")
	}
	dir, name := path.Split(all[0])
	mine := map[string][]byte{name: files[all[0]]}
	for other, b := range files {
		if rel, ok := strings.CutPrefix(other, dir); ok && strings.HasPrefix(rel, notices.Beside(name)+"/") && fs.ValidPath(rel) {
			mine[rel] = b
		}
	}
	return name, mine, nil
}

func yamlName(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") || strings.HasSuffix(name, ".yaml.txt")
}

// inCompanion says that a file is no program file: it lies in a folder law, or it has the name of a companion.
func inCompanion(name string) bool {
	return path.Base(path.Dir(name)) == "law" || path.Base(name) == notices.WordingName || slices.Contains(strings.Split(path.Dir(name), "/"), "kept")
}

// saysSo reports whether a file says that it is a program file.
func saysSo(b []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(b, []byte("\ufeff")), []byte("fairnotice:")) || bytes.Contains(b, []byte("\nfairnotice:")) || bytes.Contains(b, []byte("\rfairnotice:"))
}

// noProgram says what was opened instead of a program file, as far as its bytes tell.
func noProgram(files map[string][]byte) error {
	judge := "To judge a notice that you have, choose “Judge a notice”."
	for _, name := range sortedKeys(files) {
		b := files[name]
		switch ext := strings.ToLower(path.Ext(name)); {
		case ext == ".docx" || ext == ".doc" || ext == ".odt" || ext == ".rtf" || bytes.HasPrefix(b, []byte("{\\rtf")):
			return refuse(fmt.Sprintf("“%s” is a document, and not a program file.", clip(path.Base(name))), judge)
		case ext == ".pdf" || bytes.HasPrefix(b, []byte("%PDF")):
			return refuse(fmt.Sprintf("“%s” is a PDF, and not a program file.", clip(path.Base(name))), judge)
		case ext == ".xlsx" || ext == ".xlf" || ext == ".xliff":
			return refuse(fmt.Sprintf("“%s” is a translator's file.", clip(path.Base(name))), "Open your program file first. Then take this file in on the screen Languages.")
		case ext == ".html" || ext == ".htm":
			return refuse(fmt.Sprintf("“%s” is a web page, and not a program file.", clip(path.Base(name))), judge)
		case ext == ".txt":
			return refuse(fmt.Sprintf("“%s” is a text, and not a program file.", clip(path.Base(name))), judge)
		}
	}
	return refuse("There is no program file here.", "A program file ends in .yaml, and one of its first lines begins with fairnotice:. To begin one, choose “Begin a new program”.")
}

// unpack opens a zip; the name of a file inside is its path.
func unpack(data []byte) (map[string][]byte, error) {
	broken := refuse("This zip cannot be opened.", "It may be cut off. Get it once more, or unpack it and open the files.")
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken
	}
	out, left := map[string][]byte{}, int64(mostBytes)
	for _, f := range r.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "./")
		if strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") || !fs.ValidPath(name) {
			continue
		}
		if len(out) >= mostFiles {
			return nil, refuse("This zip holds too many files.", "A program's folder has few files. Open only those.")
		}
		in, err := f.Open()
		if err != nil {
			return nil, broken
		}
		b, err := io.ReadAll(io.LimitReader(in, left+1))
		in.Close()
		if err != nil {
			return nil, broken
		}
		if left -= int64(len(b)); left < 0 {
			return nil, refuse("This zip is too large.", "A program's folder is smaller than 64 megabytes. Open only its files.")
		}
		out[name] = b
	}
	return out, nil
}

// isZip tells a zip by its first bytes.
func isZip(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06"))
}

// memory is files as a file system.
type memory map[string][]byte

func (m memory) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if b, ok := m[name]; ok {
		return &memoryFile{memoryInfo{path.Base(name), int64(len(b)), 0o444}, bytes.NewReader(b)}, nil
	}
	entries, err := m.ReadDir(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &memoryFolder{memoryInfo{path.Base(name), 0, fs.ModeDir | 0o555}, entries}, nil
}

// ReadDir lists a folder; a folder is there if a file is in it.
func (m memory) ReadDir(name string) ([]fs.DirEntry, error) {
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	var out []fs.DirEntry
	seen := map[string]bool{}
	for _, p := range sortedKeys(m) {
		rel, ok := strings.CutPrefix(p, prefix)
		if !ok {
			continue
		}
		first, _, deeper := strings.Cut(rel, "/")
		if seen[first] {
			continue
		}
		seen[first] = true
		info := memoryInfo{first, int64(len(m[p])), 0o444}
		if deeper {
			info = memoryInfo{first, 0, fs.ModeDir | 0o555}
		}
		out = append(out, fs.FileInfoToDirEntry(info))
	}
	if len(out) == 0 && name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	return out, nil
}

type memoryInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) Mode() fs.FileMode  { return i.mode }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return i.mode.IsDir() }
func (i memoryInfo) Sys() any           { return nil }

type memoryFile struct {
	memoryInfo
	*bytes.Reader
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f.memoryInfo, nil }
func (f *memoryFile) Size() int64                { return f.memoryInfo.size }
func (f *memoryFile) Close() error               { return nil }

type memoryFolder struct {
	memoryInfo
	left []fs.DirEntry
}

func (f *memoryFolder) Stat() (fs.FileInfo, error) { return f.memoryInfo, nil }
func (f *memoryFolder) Close() error               { return nil }
func (f *memoryFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
}

func (f *memoryFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(f.left) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(f.left) {
		n = len(f.left)
	}
	out := f.left[:n]
	f.left = f.left[n:]
	return out, nil
}
