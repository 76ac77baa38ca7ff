package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"fairnotice/notices/source"
)

// save puts a file in its place, whole or not at all: written beside it, flushed, renamed, the folder flushed. A file that stands
// there keeps its mode. Its earlier bytes must be as they were when they were read; nil means that there was no such file.
func save(path string, earlier, data []byte) error {
	failed := func(err error) error {
		return undone(fmt.Sprintf("The file %s cannot be written: %s.", quoted(path), reason(err)), "Nothing in it was changed. Mend the cause and give the same command again.")
	}
	mode := fs.FileMode(fileMode)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // what is renamed is the file, not a link to it
	}
	part := filepath.Join(filepath.Dir(path), partPrefix+filepath.Base(path))
	w, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return failed(err)
	}
	err = flushed(w, data, mode)
	if err == nil {
		now, e := os.ReadFile(path)
		if errors.Is(e, fs.ErrNotExist) {
			now, e = nil, nil
		}
		if err = e; err == nil && !bytes.Equal(now, earlier) {
			_ = os.Remove(part)
			return undone(fmt.Sprintf("The file %s was changed by somebody else in the meantime, so nothing was written.", quoted(path)), "Give the same command again.")
		}
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part) // the first error is the one to tell
		return failed(err)
	}
	return flushFolder(filepath.Dir(path))
}

// flushed writes a file that was opened for it, with its mode whatever the umask, down to the disk, and closes it.
func flushed(w *os.File, data []byte, mode fs.FileMode) error {
	_, err := w.Write(data)
	if err == nil {
		err = w.Chmod(mode)
	}
	if err == nil {
		err = w.Sync()
	}
	if e := w.Close(); err == nil {
		err = e
	}
	return err
}

// flushIn makes the names of a folder below a root last. Windows has no such call, and needs none.
func flushIn(root *os.Root, dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := root.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if e := d.Close(); err == nil {
		err = e
	}
	return err
}

// flushFolder makes the names of a folder last. Windows has no such call, and needs none.
func flushFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err == nil {
		err = d.Sync()
		if e := d.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return undone(fmt.Sprintf("The folder %s cannot be written: %s.", quoted(dir), reason(err)))
	}
	return nil
}

// keep puts the bytes of a file beside it under a name that nothing has yet, whole or not at all, and gives that name.
func keep(path string, data []byte, day source.Day) (string, error) {
	failed := func(name string, err error) error {
		return undone(fmt.Sprintf("The file as it was cannot be kept as %s: %s.", quoted(name), reason(err)), "Nothing was changed.")
	}
	part := filepath.Join(filepath.Dir(path), partPrefix+"before-"+filepath.Base(path))
	_ = os.Remove(part) // a command that was stopped may have left it
	if err := save(part, nil, data); err != nil {
		return "", err
	}
	defer os.Remove(part)
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s.before-%s", path, day)
		if n > 1 {
			name += fmt.Sprintf("-%d", n)
		}
		if have, err := os.ReadFile(name); err == nil && bytes.Equal(have, data) {
			return name, nil // kept already
		}
		err := os.Link(part, name)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil { // a disk without links: copy, and never over anything
			err = copyNew(name, data)
		}
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", failed(name, err)
		}
		return name, flushFolder(filepath.Dir(path))
	}
}

// copyNew writes a file that must not be there.
func copyNew(name string, data []byte) error {
	w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	if err == nil {
		err = w.Sync()
	}
	if e := w.Close(); err == nil {
		err = e
	}
	return err
}
