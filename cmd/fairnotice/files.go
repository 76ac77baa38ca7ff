package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// book and catalogue are what is compiled into the program. A fault in either is a fault of ours, not of a file.
var shippedBook = sync.OnceValues(func() (*law.Book, error) {
	b, ps := law.Shipped()
	if ps.Failed() {
		return nil, undone("The book of law that is built into this program has errors. " + ps.Of(source.Error)[0].Error())
	}
	return b, nil
})

func catalogue(tags []string) (*locales.Catalog, error) {
	c, ps := locales.Shipped(tags...)
	if ps.Failed() {
		return nil, undone("The sentences that are built into this program have errors. " + ps.Of(source.Error)[0].Error())
	}
	return c, nil
}

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
	book, err := shippedBook()
	if err != nil {
		return nil, err
	}
	book, own := book.With(os.DirFS(dir), lawsBeside(name))
	p, ps := notices.Load(os.DirFS(dir), name)
	f := &programFile{path: path, book: book, program: p, problems: append(ps, own...), unread: p == nil || ps.Failed()}
	if p != nil {
		f.problems = append(f.problems, unsaid(p)...)
	}
	return f, nil
}

// lawsBeside is the folder of the laws that a program file brings along: x/law for x.yaml.
func lawsBeside(name string) string {
	for _, end := range []string{".yaml.txt", ".yaml", ".yml"} {
		name = strings.TrimSuffix(name, end)
	}
	return name + "/law"
}

// check adds what is wrong with the facts on a day.
func (f *programFile) check(on source.Day) {
	if f.program != nil && !f.problems.Failed() {
		f.problems = append(f.problems, notices.Check(f.program, f.book, on)...)
		f.problems = append(f.problems, wordProblems(f.program, f.book)...)
	}
	if f.program != nil && !f.problems.Failed() {
		f.problems = append(f.problems, f.wordingProblems(on)...)
	}
	f.problems.Sort()
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

// unsaid lists the languages that the file asks for and that have no sentences here.
func unsaid(p *notices.Program) source.Problems {
	var ps source.Problems
	for i, tag := range p.Languages {
		if slices.Contains(locales.ShippedTags(), tag) {
			continue
		}
		hint := "There are " + list(named(locales.ShippedTags())) + "."
		if l, ok := locales.Find(tag); ok && slices.Contains(locales.ShippedTags(), l.Tag) {
			hint = fmt.Sprintf("Write %s.", l.Tag)
		}
		ps = append(ps, p.Doc.Problem(fmt.Sprintf("languages.%d", i), "language", source.Error,
			fmt.Sprintf("There are no sentences in the language %q.", tag), hint))
	}
	return ps
}

// named gives tags with the names of their languages: es (Spanish).
func named(tags []string) []string {
	out := make([]string, len(tags))
	for i, t := range tags {
		out[i] = t
		if l, ok := locales.Find(t); ok {
			out[i] = fmt.Sprintf("%s (%s)", t, l.English)
		}
	}
	return out
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
