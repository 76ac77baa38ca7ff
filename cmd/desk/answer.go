// Command desk is the desk in the browser: a page in which somebody opens a program file and sees what check says of it. The page
// holds this package and the whole core, compiled for the browser; the file that is opened goes nowhere.
//
//	go run ./cmd/desk --out dist/desk
//
// writes that page as one file, desk.html, which opens from a disk, a stick or a mail.
package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"time"

	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// answer is what the page is told of a file: the contract of `check --as json`, with a verdict in words.
type answer struct {
	Verdict   string                             `json:"verdict"`
	Problems  source.Problems                    `json:"problems"`
	Coverage  map[notices.ItemID]notices.Covered `json:"coverage"`
	Questions []notices.Question                 `json:"questions"`
}

// check judges the text of a program file on a day, as the command does.
func check(name string, text []byte, on source.Day) answer {
	a := answer{Problems: source.Problems{}, Coverage: map[notices.ItemID]notices.Covered{}, Questions: []notices.Question{}}
	book, ps := law.Shipped()
	if ps.Failed() {
		a.Verdict = "The book of law in this page has errors."
		return a
	}
	p, ps := notices.Load(oneFile{name, text}, name)
	if p != nil && !ps.Failed() {
		ps = append(ps, notices.Check(p, book, on)...)
	}
	ps.Sort()
	a.Problems = append(a.Problems, ps...)
	if p != nil {
		a.Questions = append(a.Questions, notices.Questions(p)...)
	}
	if ps.Failed() {
		a.Verdict = "This file has errors. No notice can be made yet."
		return a
	}
	n, err := notices.Build(p, book, notices.Before, on)
	if err != nil {
		a.Verdict = "No notice can be made: " + err.Error() + "."
		return a
	}
	covered, err := notices.Coverage(n, p, book, on)
	if err != nil {
		a.Verdict = "The checklist cannot be gone through: " + err.Error() + "."
		return a
	}
	a.Verdict = "This file has no errors. A notice can be made."
	for _, c := range covered {
		a.Coverage[c.Item] = c
		if c.Status == "missing" {
			a.Verdict = "The notice of this file would miss something that it has to say."
		}
	}
	return a
}

// checkJSON is check as the page calls it.
func checkJSON(name string, text []byte, on string) string {
	day, err := source.ParseDay(on)
	a := answer{Verdict: "The day is not one: write it as 2025-06-14."}
	if err == nil {
		a = check(name, text, day)
	}
	out, err := json.Marshal(a)
	if err != nil {
		return `{"verdict":"The answer cannot be written."}`
	}
	return string(out)
}

// oneFile is a folder with one file in it.
type oneFile struct {
	name string
	text []byte
}

func (f oneFile) Open(name string) (fs.File, error) {
	if name != f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openFile{f, bytes.NewReader(f.text)}, nil
}

type openFile struct {
	oneFile
	r *bytes.Reader
}

func (o *openFile) Stat() (fs.FileInfo, error) { return o, nil }
func (o *openFile) Read(p []byte) (int, error) { return o.r.Read(p) }
func (o *openFile) Close() error               { return nil }
func (o *openFile) Name() string               { return o.name }
func (o *openFile) Size() int64                { return int64(len(o.text)) }
func (o *openFile) Mode() fs.FileMode          { return 0o444 }
func (o *openFile) ModTime() time.Time         { return time.Time{} }
func (o *openFile) IsDir() bool                { return false }
func (o *openFile) Sys() any                   { return nil }
