package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fairnotice/render"
)

// The press puts an edition into a folder so that, at whatever moment the process is killed, a manifest.json in that folder names
// only whole files with their right hashes:
//
//	.manifest.next.json      the new manifest, written first: what the files on their way are called
//	manifest.json            moved aside to .manifest.previous.json before the first file is put in its place
//	each file                as a temporary file in its own folder: written, flushed to the disk, renamed, the folder flushed
//	manifest.json            .manifest.next.json, renamed: from here on the new edition stands
//	files of the old edition that the new one lacks are removed, then .manifest.previous.json
//
// A press that was stopped is finished, or undone, by the next one: the two files with a dot say what it had begun. A file that
// stands as it should is not touched; where all do, nothing is written. Modes do not depend on the umask. Two presses must not work
// in one folder at the same time.
const (
	manifestName = render.ManifestName
	previousName = ".manifest.previous.json"
	nextName     = ".manifest.next.json"
	partPrefix   = ".fairnotice-part-"
	fileMode     = 0o644
	folderMode   = 0o755
)

// pressed is what a press did.
type pressed struct {
	written, removed []string
	files            int
}

// press is one folder that editions are put into.
type press struct {
	name   string // as typed
	root   *os.Root
	old    *render.Manifest  // of the edition that stands, or stood last; nil where there is none
	before map[string][]byte // the old edition's texts in JSON, by path, read before they are replaced
}

// openPress opens a folder, or makes it, and reads what an earlier press left. It refuses a folder that holds something of somebody
// else at the places of an edition, or the edition of another program.
func openPress(folder string, e *render.Edition) (*press, error) {
	if err := makeFolder(folder); err != nil {
		return nil, undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(folder), reason(err)))
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, undone(fmt.Sprintf("The folder %s cannot be opened: %s.", quoted(folder), reason(err)))
	}
	p := &press{name: folder, root: root, before: map[string][]byte{}}
	if err := p.look(e); err != nil {
		root.Close()
		return nil, err
	}
	return p, nil
}

// makeFolder makes a folder and those above it, with their mode whatever the umask. What is there already keeps its mode.
func makeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := makeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, folderMode); errors.Is(err, fs.ErrExist) {
		if info, e := os.Stat(dir); e == nil && info.IsDir() {
			return nil // another program of the same command made it in the meantime
		}
		return err
	} else if err != nil {
		return err
	}
	return os.Chmod(dir, folderMode)
}

func (p *press) Close() error { return p.root.Close() }

// look reads the manifests of the folder.
func (p *press) look(e *render.Edition) error {
	known := false
	for _, name := range []string{manifestName, previousName, nextName} {
		raw, err := p.raw(name)
		if err != nil {
			return err
		}
		if raw == nil {
			continue
		}
		m, err := render.ReadManifest(raw)
		if err != nil {
			return undone(fmt.Sprintf("The folder %s holds a %s that is not the manifest of an edition, so nothing was written.", quoted(p.name), name),
				"Choose another folder after --out, or move that file away.")
		}
		if m.Program != e.Program {
			return undone(fmt.Sprintf("The folder %s holds the notices of another program, %s, so nothing was written.", quoted(p.name), quoted(string(m.Program))),
				"Choose another folder after --out, such as "+shell(p.name+"-"+string(e.Program))+".")
		}
		known = true
		if name != nextName && p.old == nil {
			p.old = m
		}
	}
	if known {
		for _, name := range names(p.old) {
			if strings.HasPrefix(name, "office/") && path.Ext(name) == ".json" {
				if data, err := p.root.ReadFile(name); err == nil {
					p.before[name] = data
				}
			}
		}
		return nil
	}
	for _, f := range e.Files {
		top, _, _ := strings.Cut(f.Path, "/")
		if _, err := p.root.Lstat(top); err == nil {
			return undone(fmt.Sprintf("The folder %s already holds %s, and no manifest of ours says that it may be replaced. So nothing was written.", quoted(p.name), quoted(top)),
				"Choose another folder after --out, or move "+shell(path.Join(p.name, top))+" away.")
		}
	}
	return nil
}

// names lists the files of a manifest.
func names(m *render.Manifest) []string {
	if m == nil {
		return nil
	}
	out := make([]string, len(m.Files))
	for i, f := range m.Files {
		out[i] = f.Path
	}
	return out
}

// raw gives the bytes of a manifest, or nil where there is none.
func (p *press) raw(name string) ([]byte, error) {
	data, err := p.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, p.failed("read", name, err)
	}
	return data, nil
}

// have gives the hash of a file in the folder.
func (p *press) have(name string) (string, bool) {
	if info, err := p.root.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return "", false
	}
	data, err := p.root.ReadFile(name)
	if err != nil {
		return "", false
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), true
}

// put puts the edition into the folder.
func (p *press) put(e *render.Edition) (pressed, error) {
	done := pressed{files: len(e.Files)}
	last := e.Files[len(e.Files)-1]
	changed, _ := render.Plan(nil, p.have, e)
	if err := p.sweep(e); err != nil {
		return done, err
	}
	if left, err := p.raw(nextName); err != nil {
		return done, err
	} else if left != nil {
		// A press was stopped before its edition stood. What it had put beside the old edition goes.
		if err := p.remove(&done, left, e, names(p.old)); err != nil {
			return done, err
		}
		if err := p.drop(nextName); err != nil {
			return done, err
		}
	}
	if len(changed) > 0 {
		if err := p.write(render.File{Path: nextName, Bytes: last.Bytes}); err != nil {
			return done, err
		}
		if err := p.aside(&done, e); err != nil {
			return done, err
		}
		for _, f := range changed {
			if f.Path != manifestName {
				if err := p.folder(path.Dir(f.Path)); err != nil {
					return done, err
				}
				if err := p.write(f); err != nil {
					return done, err
				}
			}
			done.written = append(done.written, f.Path)
		}
		if err := p.rename(nextName, manifestName); err != nil {
			return done, err
		}
	}
	// Now the edition stands. What only the one before had is cleared away.
	earlier, err := p.raw(previousName)
	if err != nil || earlier == nil {
		return done, err
	}
	if err := p.remove(&done, earlier, e, nil); err != nil {
		return done, err
	}
	return done, p.drop(previousName)
}

// aside moves the manifest that stands out of the way. If an earlier one still lies there, its edition was replaced by the one that
// stands: what neither that nor the new edition has is removed first.
func (p *press) aside(done *pressed, e *render.Edition) error {
	now, err := p.raw(manifestName)
	if err != nil || now == nil {
		return err
	}
	earlier, err := p.raw(previousName)
	if err != nil {
		return err
	}
	if earlier != nil {
		if err := p.remove(done, earlier, e, names(p.old)); err != nil {
			return err
		}
	}
	return p.rename(manifestName, previousName)
}

// sweep removes temporary files that a stopped press left, in the folders of the edition and of every manifest that lies there.
func (p *press) sweep(e *render.Edition) error {
	places := folders(paths(e))
	for _, name := range []string{manifestName, previousName, nextName} {
		raw, err := p.raw(name)
		if err != nil {
			return err
		}
		if m, err := render.ReadManifest(raw); err == nil {
			places = append(places, folders(names(m))...)
		}
	}
	slices.Sort(places)
	for _, dir := range append(slices.Compact(places), ".") {
		if !fs.ValidPath(dir) {
			continue
		}
		entries, err := fs.ReadDir(p.root.FS(), dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return p.failed("read", dir, err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), partPrefix) {
				if err := p.drop(path.Join(dir, e.Name())); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// remove removes the files that a manifest names and neither the edition nor stays has, and the folders that only they needed. A
// press may have been stopped between a file and its folder, so every folder is looked at.
func (p *press) remove(done *pressed, raw []byte, e *render.Edition, stays []string) error {
	_, gone := render.Plan(raw, p.have, e)
	for _, name := range gone {
		if slices.Contains(stays, name) {
			continue
		}
		if err := p.drop(name); err != nil {
			return err
		}
		done.removed = append(done.removed, name)
	}
	m, err := render.ReadManifest(raw)
	if err != nil {
		return p.failed("read", "the manifest of the edition before", err)
	}
	needed := append(folders(paths(e)), folders(stays)...)
	for _, dir := range folders(names(m)) {
		if fs.ValidPath(dir) && !slices.Contains(needed, dir) {
			_ = p.root.Remove(dir) // it stays where somebody put something else into it
		}
	}
	return nil
}

// folders lists the folders of files, each once, the deepest first.
func folders(files []string) []string {
	var out []string
	for _, f := range files {
		for dir := path.Dir(f); dir != "." && dir != "/"; dir = path.Dir(dir) {
			if !slices.Contains(out, dir) {
				out = append(out, dir)
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return out
}

// paths lists the files of an edition.
func paths(e *render.Edition) []string {
	out := make([]string, len(e.Files))
	for i, f := range e.Files {
		out[i] = f.Path
	}
	return out
}

func (p *press) drop(name string) error {
	if err := p.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return p.failed("remove", name, err)
	}
	return p.flush(path.Dir(name))
}

// folder makes a folder with its mode, whatever the umask.
func (p *press) folder(dir string) error {
	if dir == "." {
		return nil
	}
	if _, err := p.root.Stat(dir); err == nil {
		return nil
	}
	if err := p.folder(path.Dir(dir)); err != nil {
		return err
	}
	if err := p.root.Mkdir(dir, folderMode); err != nil {
		return p.failed("make", dir, err)
	}
	if err := p.root.Chmod(dir, folderMode); err != nil {
		return p.failed("make", dir, err)
	}
	return p.flush(path.Dir(dir))
}

// write puts one file in its place, whole or not at all.
func (p *press) write(f render.File) error {
	sum := sha256.Sum256([]byte(f.Path))
	part := path.Join(path.Dir(f.Path), partPrefix+hex.EncodeToString(sum[:6]))
	w, err := p.root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return p.failed("write", f.Path, err)
	}
	if err := flushed(w, f.Bytes, fileMode); err != nil {
		_ = p.root.Remove(part) // the first error is the one to tell
		return p.failed("write", f.Path, err)
	}
	return p.rename(part, f.Path)
}

func (p *press) rename(from, to string) error {
	if err := p.root.Rename(from, to); err != nil {
		return p.failed("write", to, err)
	}
	return p.flush(path.Dir(to))
}

// flush makes the names of a folder last, if it is still there.
func (p *press) flush(dir string) error {
	if err := flushIn(p.root, dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return p.failed("write", dir, err)
	}
	return nil
}

func (p *press) failed(verb, name string, err error) error {
	return undone(fmt.Sprintf("It was not possible to %s %s in the folder %s: %s.", verb, quoted(name), quoted(p.name), reason(err)),
		"Mend the cause and give the same command again; it goes on where this one stopped.")
}
