package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// shippedBook and catalogue are what is compiled into the program.
var (
	shippedBook = core.Book
	catalogue   = core.Catalogue
)

// programFile is a program file that was read. Its positions name the file alone, not its folder, so that a notice does not depend on
// where it was made; shown gives positions as the person typed them.
type programFile struct {
	path     string    // as typed
	book     *law.Book // the book of law, with what lies beside the file
	program  *notices.Program
	problems source.Problems
	unread   bool // the file could not be read whole, so that nothing can be derived from it
}

// read reads a program file with its companions. The error is a fault when there is no such file; what is wrong in the file is in
// problems.
func (w world) read(path string) (*programFile, error) {
	if err := w.readable(path); err != nil {
		return nil, err
	}
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	f, err := core.Read(os.DirFS(dir), name)
	if err != nil {
		return nil, err
	}
	return &programFile{path: path, book: f.Book, program: f.Program, problems: f.Problems, unread: f.Unread}, nil
}

// core gives the file as the desk's package knows it.
func (f *programFile) core() *core.File {
	return &core.File{Name: filepath.Base(f.path), Book: f.book, Program: f.program, Problems: f.problems, Unread: f.unread}
}

// check adds what is wrong with the facts and the words on a day.
func (f *programFile) check(on source.Day) {
	f.warm()
	c := f.core()
	c.Check(on)
	f.problems = c.Problems
}

// warm reads what may not be said in the languages of the file, side by side.
func (f *programFile) warm() {
	if f.program != nil {
		each(len(f.program.Languages), func(i int) { locales.MustNots(f.program.Languages[i], "") })
	}
}

// shown gives the problems with their places as the person typed the file's name.
func (f *programFile) shown() source.Problems {
	dir, _ := filepath.Split(f.path)
	out := slices.Clone(f.problems)
	for i := range out {
		if out[i].Pos.File != "" {
			out[i].Pos.File = dir + out[i].Pos.File
		}
	}
	return out
}

// at gives a place as the person typed the file's name.
func (f *programFile) at(pos source.Pos) string {
	dir, _ := filepath.Split(f.path)
	return fmt.Sprintf("%s%s:%d:%d", dir, clean(pos.File), pos.Line, pos.Col)
}

// sound gives an error that holds every error of the file, for the verbs whose product is something else; nil where there is none.
func (f *programFile) sound() error {
	errs := f.shown().Of(source.Error)
	if len(errs) == 0 {
		return nil
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s has %s, so nothing was made.\n", quoted(f.path), count(len(errs), "error"))
	errs.Print(&b)
	return flawed(strings.TrimRight(b.String(), "\n"), "fairnotice check "+shell(f.path))
}

// readable says in words why a file cannot be read.
func (w world) readable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		says := "There is no file " + quoted(path) + "."
		near := nearby(path)
		if len(near) == 0 {
			return undone(says, "Look whether the name and the folder are right.")
		}
		if m := source.DidYouMean(path, near); m != "" {
			return undone(says+" Did you mean "+quoted(m)+"?", w.typed.with(path, m))
		}
		return undone(says+" Program files nearby: "+list(near)+".", w.typed.with(path, near[0]))
	case err != nil:
		return undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
	case info.IsDir():
		near := programsIn(path)
		if len(near) == 0 {
			return undone(fmt.Sprintf("%s is a folder, and it holds no program file.", quoted(path)))
		}
		return undone(fmt.Sprintf("%s is a folder. Name the program files in it: %s.", quoted(path), list(near)), w.typed.with(path, near[0]))
	case !info.Mode().IsRegular():
		return undone(fmt.Sprintf("%s is not a file that can be read.", quoted(path)))
	}
	f, err := os.Open(path)
	if err != nil {
		return undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
	}
	return f.Close()
}

// nearby lists program files in the folder of a path, in the folder above, here, and in examples.
func nearby(path string) []string {
	var out []string
	for _, dir := range []string{filepath.Dir(path), filepath.Dir(filepath.Dir(path)), ".", "examples"} {
		for _, f := range programsIn(dir) {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out[:min(len(out), 8)]
}

// programsIn lists the files of a folder that say that they are program files.
func programsIn(dir string) []string {
	var out []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		name := e.Name()
		if !e.Type().IsRegular() || !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") && !strings.HasSuffix(name, ".yaml.txt") {
			continue
		}
		path := filepath.Join(dir, name)
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		head := make([]byte, 64<<10)
		n, _ := f.Read(head)
		f.Close()
		if bytes.HasPrefix(head[:n], []byte("fairnotice:")) || bytes.Contains(head[:n], []byte("\nfairnotice:")) {
			out = append(out, path)
		}
	}
	return out
}

// reason gives the cause of a failed file operation, without the operation and the path.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	var le *os.LinkError
	if errors.As(err, &le) {
		err = le.Err
	}
	return clean(err.Error())
}

// sortedKeys gives the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
