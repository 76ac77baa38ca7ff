package ledger

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// errStopped is what the disk says once it has stopped: the machine is off.
var errStopped = errors.New("stopped")

// memory is a disk in memory that can stop at any byte of what is written, and before and after every other step. It keeps two
// states: what a process sees, and what is left when the power goes and only what was flushed is kept.
type memory struct {
	mu    sync.Mutex // the lock of the ledger
	files map[string]string
	dirs  map[string]bool

	lasts    map[string]string // names and bytes that were flushed
	lastDirs map[string]bool
	flushed  map[string]string // bytes by name that were flushed, whether or not the name was

	steps   int   // how many there were
	corners []int // those that are not a byte
	stop    int   // the step at which it stops; 0 is never
}

func newMemory() *memory {
	return &memory{files: map[string]string{}, dirs: map[string]bool{".": true}, lasts: map[string]string{}, lastDirs: map[string]bool{".": true}, flushed: map[string]string{}}
}

// clone is another disk with the same files, where all that is there was flushed.
func (m *memory) clone() *memory {
	return &memory{files: maps.Clone(m.files), dirs: maps.Clone(m.dirs), lasts: maps.Clone(m.files), lastDirs: maps.Clone(m.dirs), flushed: maps.Clone(m.files)}
}

// unplugged is what is left when the power goes: what was flushed. kept says of each name that was not flushed whether the system had
// written it by itself.
func (m *memory) unplugged(kept func(name string) bool) *memory {
	out := newMemory()
	for d := range m.dirs {
		if m.lastDirs[d] || kept(d+"/") {
			out.dirs[d] = true
		}
	}
	names := map[string]bool{}
	for n := range m.files {
		names[n] = true
	}
	for n := range m.lasts {
		names[n] = true
	}
	for n := range names {
		now, is := m.files[n]
		old, was := m.lasts[n]
		if is == was && now == old {
			if is {
				out.files[n] = now
			}
			continue
		}
		if kept(n) {
			if is {
				if m.flushed[n] != now { // the name got there before the bytes did
					now = now[:len(now)/2]
				}
				out.files[n] = now
			}
		} else if was {
			out.files[n] = old
		}
	}
	// A file in a folder that is gone is gone.
	for n := range out.files {
		for d := path.Dir(n); d != "."; d = path.Dir(d) {
			if !out.dirs[d] {
				delete(out.files, n)
			}
		}
	}
	return out.clone()
}

// step says whether the disk still runs.
func (m *memory) step() error {
	m.steps++
	m.corners = append(m.corners, m.steps)
	if m.stop > 0 && m.steps >= m.stop {
		return errStopped
	}
	return nil
}

func (m *memory) read(name string, most int) ([]byte, error) {
	if m.stop > 0 && m.steps >= m.stop {
		return nil, errStopped
	}
	s, ok := m.files[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if len(s) > most {
		return nil, errors.New("too long")
	}
	return []byte(s), nil
}

func (m *memory) has(name string) (bool, error) {
	_, ok := m.files[name]
	return ok || m.dirs[name], nil
}

func (m *memory) list(dir string) ([]string, error) {
	seen := map[string]bool{}
	add := func(name string) {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			first, _, _ := strings.Cut(rest, "/")
			seen[first] = true
		}
	}
	for n := range m.files {
		add(n)
	}
	for n := range m.dirs {
		add(n)
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

// write takes one step for each byte, one for the flush, and one before and after.
func (m *memory) write(name string, data []byte) error {
	if !m.dirs[path.Dir(name)] {
		return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if err := m.step(); err != nil {
		return err
	}
	m.files[name] = ""
	delete(m.flushed, name)
	if m.stop > 0 && m.steps+len(data) >= m.stop {
		m.files[name] = string(data[:m.stop-m.steps-1])
		m.steps = m.stop
		return errStopped
	}
	m.steps += len(data)
	m.files[name] = string(data)
	if err := m.step(); err != nil {
		return err
	}
	m.flushed[name] = string(data)
	return m.step()
}

func (m *memory) rename(from, to string) error {
	if err := m.step(); err != nil {
		return err
	}
	s, ok := m.files[from]
	if !ok || !m.dirs[path.Dir(to)] {
		return &fs.PathError{Op: "rename", Path: from, Err: fs.ErrNotExist}
	}
	m.files[to] = s
	delete(m.files, from)
	if f, ok := m.flushed[from]; ok {
		m.flushed[to] = f
	} else {
		delete(m.flushed, to)
	}
	delete(m.flushed, from)
	return m.step()
}

func (m *memory) remove(name string) error {
	if err := m.step(); err != nil {
		return err
	}
	if _, ok := m.files[name]; !ok && !m.dirs[name] {
		return &fs.PathError{Op: "remove", Path: name, Err: fs.ErrNotExist}
	}
	delete(m.files, name)
	delete(m.dirs, name)
	return m.step()
}

func (m *memory) mkdir(dir string) error {
	if err := m.step(); err != nil {
		return err
	}
	if !m.dirs[path.Dir(dir)] {
		return &fs.PathError{Op: "mkdir", Path: dir, Err: fs.ErrNotExist}
	}
	m.dirs[dir] = true
	return m.step()
}

func (m *memory) flush(dir string) error {
	if err := m.step(); err != nil {
		return err
	}
	for n := range m.lasts {
		if path.Dir(n) == dir {
			if _, ok := m.files[n]; !ok {
				delete(m.lasts, n)
			}
		}
	}
	for n, s := range m.files {
		if path.Dir(n) == dir {
			if m.flushed[n] != s {
				s = s[:len(s)/2] // its name lasts, its bytes do not
			}
			m.lasts[n] = s
		}
	}
	for d := range m.dirs {
		if path.Dir(d) == dir {
			m.lastDirs[d] = true
		}
	}
	return m.step()
}

func (m *memory) lock() (func(), error) {
	m.mu.Lock()
	return m.mu.Unlock, nil
}

// fs is what a reader sees.
func (m *memory) fs() fs.FS { return memoryFS{m} }

type memoryFS struct{ m *memory }

func (f memoryFS) Open(name string) (fs.File, error) {
	if s, ok := f.m.files[name]; ok {
		return memoryFile{strings.NewReader(s), name, int64(len(s))}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (f memoryFS) Stat(name string) (fs.FileInfo, error) {
	if f.m.dirs[name] {
		return memoryInfo{path.Base(name), 0, true}, nil
	}
	if s, ok := f.m.files[name]; ok {
		return memoryInfo{path.Base(name), int64(len(s)), false}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

func (f memoryFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if !f.m.dirs[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	names, err := f.m.list(name)
	var out []fs.DirEntry
	for _, n := range names {
		info, err := f.Stat(name + "/" + n)
		if err != nil {
			return nil, err
		}
		out = append(out, fs.FileInfoToDirEntry(info))
	}
	return out, err
}

type memoryFile struct {
	*strings.Reader
	name string
	size int64
}

func (f memoryFile) Close() error { return nil }
func (f memoryFile) Stat() (fs.FileInfo, error) {
	return memoryInfo{path.Base(f.name), f.size, false}, nil
}

type memoryInfo struct {
	name string
	size int64
	dir  bool
}

func (i memoryInfo) Name() string { return i.name }
func (i memoryInfo) Size() int64  { return i.size }
func (i memoryInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return i.dir }
func (i memoryInfo) Sys() any           { return nil }
