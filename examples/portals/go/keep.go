package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
)

// folder is where everything goes that was sent:
//
//	applications/<id>/application.json   what was typed, the edition that was confirmed, and the names of the files
//	applications/<id>/1.pdf, 2.jpg, …    the files, in order
//	drafts/<id>.json                     a form that somebody wants to finish later
//
// An application is there whole or not at all: it is written into a folder that begins with .part-, and renamed when all of it is on the
// disk. What a stopped portal left half written is removed when the next one starts. The ids are random and hold nothing.
type folder struct {
	*os.Root
	through func(io.Writer) io.Writer // for tests, which fill the disk; nil for none
}

const part = ".part-"

func openFolder(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{Root: root}
	for _, name := range []string{"applications", "drafts"} {
		if err := root.MkdirAll(name, 0o700); err != nil {
			return nil, errors.Join(err, root.Close())
		}
		entries, err := fs.ReadDir(root.FS(), name)
		if err != nil {
			return nil, errors.Join(err, root.Close())
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), part) {
				if err := root.RemoveAll(path.Join(name, e.Name())); err != nil {
					return nil, errors.Join(err, root.Close())
				}
			}
		}
	}
	return f, nil
}

// application is what is kept beside the files of somebody.
type application struct {
	Edition string   `json:"edition"`
	Name    string   `json:"name"`
	Notes   string   `json:"notes"`
	Files   []string `json:"files,omitempty"` // as their sender calls them
}

// arriving is an application that is not all there yet. Whoever begins one ends it by keep or drop.
type arriving struct {
	to *folder
	id string
	application
}

func (f *folder) begin() (*arriving, error) {
	a := &arriving{to: f, id: newID()}
	return a, f.Mkdir(a.at(), 0o700)
}

func (a *arriving) at(more ...string) string {
	return path.Join(append([]string{"applications", part + a.id}, more...)...)
}

var ending = regexp.MustCompile(`\A\.[A-Za-z0-9]{1,8}\z`)

// file keeps one file. Its name is nobody's path: it is only written down.
func (a *arriving) file(name string, r io.Reader) error {
	ext := path.Ext(name)
	if !ending.MatchString(ext) {
		ext = ""
	}
	a.Files = append(a.Files, name)
	return a.to.write(a.at(fmt.Sprint(len(a.Files), strings.ToLower(ext))), r)
}

// keep puts the application in its place.
func (a *arriving) keep() error {
	b, err := json.MarshalIndent(&a.application, "", " ")
	if err != nil {
		return err
	}
	if err := a.to.write(a.at("application.json"), strings.NewReader(string(b)+"\n")); err != nil {
		return err
	}
	return a.to.Rename(a.at(), path.Join("applications", a.id))
}

// drop removes what is there of it; after keep, nothing.
func (a *arriving) drop() { _ = a.to.RemoveAll(a.at()) }

// write writes a file that is not there yet and waits until it is on the disk.
func (f *folder) write(name string, r io.Reader) error {
	file, err := f.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return &fullError{err}
	}
	var w io.Writer = file
	if f.through != nil {
		w = f.through(file)
	}
	from := &sender{r: r}
	_, err = io.Copy(w, from)
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil && from.err == nil {
		err = &fullError{err}
	}
	return err
}

// fullError is a fault of the folder, not of what was sent.
type fullError struct{ error }

// sender remembers that it was the sender who broke off.
type sender struct {
	r   io.Reader
	err error
}

func (s *sender) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// draft is a form that is not finished, with the edition that was in force when it was saved.
func (f *folder) saveDraft(d application) (id string, err error) {
	b, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	id = newID()
	half, whole := path.Join("drafts", part+id), path.Join("drafts", id+".json")
	if err := f.write(half, strings.NewReader(string(b))); err != nil {
		return "", errors.Join(err, f.Remove(half))
	}
	return id, f.Rename(half, whole)
}

var anID = regexp.MustCompile(`\A[0-9a-f]{32}\z`)

// draft gives a draft; fs.ErrNotExist where there is none.
func (f *folder) draft(id string) (d application, err error) {
	if !anID.MatchString(id) {
		return d, fs.ErrNotExist
	}
	b, err := f.ReadFile(path.Join("drafts", id+".json"))
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(b, &d)
}

func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}
