package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// deskFolder is the folder into which the desk saves, and what it knows of one program in it. However a save ends, by a kill, a full disk or
// another program that writes, each file is whole, either as it was or as it is to be; and after a kill the next desk finishes a save of
// several files, or has none of it:
//
//	x/kept/x.DAY.HASH.yaml   the file as it was when this desk first read it, before anything else is written
//	.fairnotice-desk-…       each new file beside its place, flushed to the disk
//	.fairnotice-saving-x     the list of them: from here on the save counts
//	x.yaml, x/…              the new files, renamed into their places
//
// then the list goes. A save of one file needs no list: its rename is the save. What another program wrote meanwhile is not written over.
type deskFolder struct {
	shown string // the folder in words: its whole path
	root  *os.Root
	day   source.Day
	name  string            // of the program file, such as x.yaml; "" where none is open
	disk  map[string][]byte // its files, as the disk holds them
	had   map[string]bool   // of which files the earlier bytes are kept
}

const (
	deskPart    = ".fairnotice-desk-"
	deskJournal = ".fairnotice-saving-"
	mostOnDesk  = 64 << 20 // bytes of a program's folder
)

// changedElsewhere is a save that stopped since another program had changed or made a file.
type changedElsewhere struct{ name string }

func (c *changedElsewhere) Error() string { return "another program changed " + c.name }

// openDeskFolder opens a folder.
func openDeskFolder(dir string, day source.Day) (*deskFolder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, undone(fmt.Sprintf("The folder %s cannot be opened: %s.", quoted(dir), reason(err)))
	}
	shown, err := filepath.Abs(dir)
	if err != nil {
		shown = dir
	}
	return &deskFolder{shown: clean(shown), root: root, day: day}, nil
}

func (f *deskFolder) Close() error { return f.root.Close() }

// programs lists the program files of the folder.
func (f *deskFolder) programs() []string {
	var out []string
	for _, p := range programsIn(f.root.Name()) {
		out = append(out, filepath.Base(p))
	}
	return out
}

// turn makes a program of the folder the one that is saved, and gives its files; none where the folder has no such program.
func (f *deskFolder) turn(name string) (map[string][]byte, error) {
	if !fs.ValidPath(name) || strings.Contains(name, "/") {
		return nil, fmt.Errorf("%s is not the name of a file in the folder", quoted(name))
	}
	if err := f.finish(name); err != nil {
		return nil, err
	}
	files, err := f.read(name)
	if err != nil {
		return nil, err
	}
	f.name, f.disk, f.had = name, files, map[string]bool{}
	return maps.Clone(files), nil
}

// adopt makes a program that came from elsewhere the one that is saved. What the folder holds of it is taken for the same only where it has
// the same bytes; all says that this is all of it.
func (f *deskFolder) adopt(name string, files map[string][]byte) (all bool, err error) {
	there, err := f.turn(name)
	if err != nil {
		return false, err
	}
	all = there[name] != nil
	for p, data := range files {
		if old, ok := there[p]; !ok || !bytes.Equal(old, data) {
			all = false
		}
	}
	maps.DeleteFunc(f.disk, func(p string, old []byte) bool { data, ok := files[p]; return !ok || !bytes.Equal(old, data) })
	return all, nil
}

// read reads a program file and what belongs to it. What the desk kept is not read.
func (f *deskFolder) read(name string) (map[string][]byte, error) {
	out, size := map[string][]byte{}, 0
	take := func(p string) error {
		info, err := f.root.Lstat(p)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s is a link to somewhere else, and the desk works in one folder only. Open the one where the file itself lies", quoted(p))
		}
		if err == nil && !info.Mode().IsRegular() {
			return nil
		}
		if err == nil {
			if size += int(info.Size()); info.Size() > mostOnDesk || size > mostOnDesk {
				return fmt.Errorf("what belongs to %s is larger than 64 megabytes. Move away what does not belong there", quoted(name))
			}
			out[p], err = f.root.ReadFile(p)
		}
		if err != nil {
			return fmt.Errorf("the file %s cannot be read: %s", quoted(p), reason(err))
		}
		return nil
	}
	if err := take(name); err != nil || out[name] == nil {
		return out, err
	}
	beside := notices.Beside(name)
	if info, err := f.root.Lstat(beside); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, take(beside)
	}
	err := fs.WalkDir(f.root.FS(), beside, func(p string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return fmt.Errorf("the file %s cannot be read: %s", quoted(p), reason(err))
		case e.IsDir() && p == keptFolder(name):
			return fs.SkipDir
		case e.IsDir() || strings.HasPrefix(e.Name(), "."):
			return nil
		}
		return take(p)
	})
	return out, err
}

func keptFolder(name string) string { return notices.Beside(name) + "/kept" }

// save writes what differs between the disk and the files that are to be there; over also writes over what another program changed, once
// that is kept. The error is a *changedElsewhere, or says in words what the disk refused.
func (f *deskFolder) save(files map[string][]byte, over bool) error {
	var changed []string
	for p := range files {
		if old, ok := f.disk[p]; !ok || !bytes.Equal(old, files[p]) {
			changed = append(changed, p)
		}
	}
	for p := range f.disk {
		if _, ok := files[p]; !ok {
			changed = append(changed, p)
		}
	}
	slices.Sort(changed)
	for _, p := range changed {
		if err := f.belongs(p); err != nil {
			return err
		}
		now, err := f.bytes(p)
		if err != nil {
			return fmt.Errorf("the file %s cannot be read: %s", quoted(p), reason(err))
		}
		old, had := f.disk[p]
		if (now != nil) != had || !bytes.Equal(now, old) {
			if !over {
				return &changedElsewhere{p}
			}
			f.had[p] = false
		}
		if now != nil && !f.had[p] {
			if err := f.keep(p, now); err != nil {
				return fmt.Errorf("the file %s as it was cannot be kept: %s", quoted(p), reason(err))
			}
			f.had[p] = true
		}
	}
	return f.put(files, changed)
}

// belongs refuses what is not the program file or a file in its folder. The core names no other; this is the last door before the disk.
func (f *deskFolder) belongs(p string) error {
	if !fs.ValidPath(p) || p != f.name && !strings.HasPrefix(p, notices.Beside(f.name)+"/") || strings.HasPrefix(p, keptFolder(f.name)+"/") || strings.ContainsAny(p, `\:`) {
		return fmt.Errorf("the file %s does not belong to %s, so it is not written", quoted(p), f.name)
	}
	return nil
}

// bytes gives the bytes of a file, or nil where there is none.
func (f *deskFolder) bytes(p string) ([]byte, error) {
	info, err := f.root.Lstat(p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is a link or a folder, and no file")
	}
	data, err := f.root.ReadFile(p)
	if err == nil && data == nil {
		data = []byte{}
	}
	return data, err
}

// keep puts a file as it was below kept/, under a name of its day and its bytes: once, however often it is kept.
func (f *deskFolder) keep(p string, data []byte) error {
	rel := strings.TrimPrefix(p, notices.Beside(f.name)+"/")
	sum := sha256.Sum256(data)
	end := path.Ext(rel)
	name := fmt.Sprintf("%s/%s.%s.%s%s", keptFolder(f.name), strings.TrimSuffix(rel, end), f.day, hex.EncodeToString(sum[:4]), end)
	if have, err := f.bytes(name); err == nil && bytes.Equal(have, data) {
		return nil
	}
	if err := f.folder(path.Dir(name)); err != nil {
		return err
	}
	part, err := f.part(name, data)
	if err != nil {
		return err
	}
	return f.rename(part, name)
}

// step is one line of the list of a save: a file in its place, or gone.
type step struct {
	Path   string `json:"path"`
	Part   string `json:"part,omitempty"` // where the new bytes lie; "" where the file goes
	SHA256 string `json:"sha256,omitempty"`
}

// put writes files, or removes those that are not to be there any more: all of them, or none.
func (f *deskFolder) put(files map[string][]byte, changed []string) error {
	var steps []step
	failed := func(p string, err error) error {
		for _, s := range steps {
			if s.Part != "" {
				_ = f.root.Remove(s.Part) // the first error is the one to tell
			}
		}
		return fmt.Errorf("the file %s cannot be written: %s", quoted(p), reason(err))
	}
	for _, p := range changed {
		data, ok := files[p]
		if !ok {
			steps = append(steps, step{Path: p})
			continue
		}
		if err := f.folder(path.Dir(p)); err != nil {
			return failed(p, err)
		}
		part, err := f.part(p, data)
		if err != nil {
			return failed(p, err)
		}
		sum := sha256.Sum256(data)
		steps = append(steps, step{p, part, hex.EncodeToString(sum[:])})
	}
	journal := deskJournal + notices.Beside(f.name)
	if err := f.drop(journal); err != nil { // of a save that failed half way: this one holds all of it
		return failed(f.name, err)
	}
	if len(steps) > 1 {
		list, err := json.Marshal(steps)
		if err != nil {
			return err
		}
		part, err := f.part(journal, list)
		if err == nil {
			err = f.rename(part, journal)
		}
		if err != nil {
			return failed(f.name, err)
		}
	}
	for _, s := range steps {
		if err := f.take(s); err != nil {
			if len(steps) == 1 {
				return failed(s.Path, err)
			}
			return fmt.Errorf("the file %s cannot be written: %s", quoted(s.Path), reason(err)) // the list stays: the next save, or the next desk, finishes it
		}
		if f.disk[s.Path] = files[s.Path]; s.Part == "" {
			delete(f.disk, s.Path)
		}
	}
	if len(steps) > 1 {
		return f.drop(journal)
	}
	return nil
}

// take does one step of the list.
func (f *deskFolder) take(s step) error {
	if s.Part == "" {
		return f.drop(s.Path)
	}
	return f.rename(s.Part, s.Path)
}

// finish does what a desk that was stopped had begun, and clears away what it left.
func (f *deskFolder) finish(name string) error {
	journal := deskJournal + notices.Beside(name)
	raw, err := f.root.ReadFile(journal)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the list of a save that was stopped cannot be read: %s", reason(err))
	}
	if err == nil {
		var steps []step
		if json.Unmarshal(raw, &steps) != nil {
			steps = nil // no list of ours
		}
		was := f.name
		f.name = name
		defer func() { f.name = was }()
		for _, s := range steps {
			if f.belongs(s.Path) != nil || s.Part != "" && s.Part != partOf(s.Path) {
				continue
			}
			if s.Part != "" {
				data, err := f.bytes(s.Part)
				if sum := sha256.Sum256(data); err != nil || data == nil || hex.EncodeToString(sum[:]) != s.SHA256 {
					continue // it is in its place already
				}
			}
			if err := f.take(s); err != nil {
				return fmt.Errorf("a save that was stopped cannot be finished: the file %s: %s", quoted(s.Path), reason(err))
			}
		}
		if err := f.drop(journal); err != nil {
			return fmt.Errorf("a save that was stopped cannot be finished: %s", reason(err))
		}
	}
	for _, dir := range []string{".", notices.Beside(name)} {
		_ = fs.WalkDir(f.root.FS(), dir, func(p string, e fs.DirEntry, err error) error {
			if err == nil && e.IsDir() && dir == "." && p != "." {
				return fs.SkipDir
			}
			if err == nil && strings.HasPrefix(e.Name(), deskPart) && e.Type().IsRegular() {
				_ = f.root.Remove(p) // it may be in nobody's way
			}
			return nil
		})
	}
	return nil
}

// partOf is where the new bytes of a file lie until they are renamed.
func partOf(p string) string {
	sum := sha256.Sum256([]byte(p))
	return path.Join(path.Dir(p), deskPart+hex.EncodeToString(sum[:6]))
}

// part writes the new bytes of a file beside its place, and flushes them to the disk.
func (f *deskFolder) part(p string, data []byte) (string, error) {
	mode := fs.FileMode(fileMode)
	if info, err := f.root.Stat(p); err == nil {
		mode = info.Mode().Perm()
	}
	part := partOf(p)
	w, err := f.root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return "", err
	}
	if err := flushed(w, data, mode); err != nil {
		_ = f.root.Remove(part) // the first error is the one to tell
		return "", err
	}
	return part, nil
}

func (f *deskFolder) rename(from, to string) error {
	if err := f.root.Rename(from, to); err != nil {
		return err
	}
	return flushIn(f.root, path.Dir(to))
}

func (f *deskFolder) drop(p string) error {
	if err := f.root.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return flushIn(f.root, path.Dir(p))
}

// folder makes a folder and those above it.
func (f *deskFolder) folder(dir string) error {
	if dir == "." {
		return nil
	}
	if info, err := f.root.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if err := f.folder(path.Dir(dir)); err != nil {
		return err
	}
	if err := f.root.Mkdir(dir, folderMode); err != nil {
		return err
	}
	return flushIn(f.root, path.Dir(dir))
}
