package ledger

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// disk is all that a writer does to its folder. Names have slashes. Tests put another one in its place, which stops at any byte.
type disk interface {
	// read gives a file of at most so many bytes.
	read(name string, most int) ([]byte, error)
	// has says whether there is a file or a folder of this name.
	has(name string) (bool, error)
	// list gives the names in a folder, sorted; none where there is no folder.
	list(dir string) ([]string, error)
	// write makes or overwrites a file and flushes its bytes.
	write(name string, data []byte) error
	// rename puts a file in the place of another.
	rename(from, to string) error
	remove(name string) error
	// mkdir makes a folder, whose parent exists. One that is there is fine.
	mkdir(dir string) error
	// flush makes the names in a folder last.
	flush(dir string) error
	// lock waits until no other writer has the folder.
	lock() (unlock func(), err error)
}

// folder is the disk of the system.
type folder struct{ root string }

func (d folder) path(name string) string { return filepath.Join(d.root, filepath.FromSlash(name)) }

func (d folder) read(name string, most int) ([]byte, error) {
	return readBounded(os.DirFS(d.root), name, most)
}

// readBounded reads a file of a file system that has at most so many bytes.
func readBounded(fsys fs.FS, name string, most int) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err != nil {
		return nil, err
	}
	if len(b) > most {
		return nil, fmt.Errorf("the file %s is damaged: it has more than %d bytes", name, most)
	}
	return b, nil
}

func (d folder) has(name string) (bool, error) {
	_, err := os.Lstat(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (d folder) list(dir string) ([]string, error) {
	entries, err := os.ReadDir(d.path(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out, err
}

func (d folder) write(name string, data []byte) error {
	f, err := os.OpenFile(d.path(name), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

func (d folder) rename(from, to string) error { return os.Rename(d.path(from), d.path(to)) }
func (d folder) remove(name string) error     { return os.Remove(d.path(name)) }

func (d folder) mkdir(dir string) error {
	err := os.Mkdir(d.path(dir), 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

func (d folder) flush(dir string) error {
	if runtime.GOOS == "windows" || runtime.GOOS == "js" {
		return nil // there is no such call
	}
	f, err := os.Open(d.path(dir))
	if err != nil {
		return err
	}
	err = f.Sync()
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

func (d folder) lock() (func(), error) { return lockFile(d.path(".state/lock")) }

// folders makes the folders above a file, and flushes each that is new.
func folders(d disk, name string, known map[string]bool) error {
	parts := strings.Split(name, "/")
	for i := 1; i < len(parts); i++ {
		dir := strings.Join(parts[:i], "/")
		if known[dir] {
			continue
		}
		if err := d.mkdir(dir); err != nil {
			return err
		}
		above := "."
		if i > 1 {
			above = strings.Join(parts[:i-1], "/")
		}
		if err := d.flush(above); err != nil {
			return err
		}
		known[dir] = true
	}
	return nil
}
