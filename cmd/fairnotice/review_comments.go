package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/packet"
)

// commentsName is the file of all comments that came back, in the folder of the reviews.
const commentsName = "comments.txt"

// commented is a program file with what reviewers said to it.
type commented struct {
	world
	file  *programFile
	say   *sayer
	said  []*notices.Notice
	now   *packet.Packet
	at    *packet.Numbers   // the statements of today
	sent  []*packet.Numbers // what was sent, the latest first
	path  string            // of the kept comments
	bytes []byte            // as they were read; nil where there is no such file
	kept  *packet.Comments
}

// openComments reads a program file, its statements of today, what was sent, and what is kept. Problems are those of the records of
// what was sent: they do not stop anything.
func (w world) openComments(path, since string, day source.Day) (*commented, source.Problems, error) {
	f, err := w.load(path, day)
	if err != nil {
		return nil, nil, err
	}
	c := &commented{world: w, file: f}
	if c.say, err = newSayer(day, f.program.Languages); err != nil {
		return nil, nil, err
	}
	if err := c.say.sinceFile(w, since); err != nil {
		return nil, nil, err
	}
	if c.said, err = c.say.notices(f); err != nil {
		return nil, nil, err
	}
	e, err := render.NewTexts(c.say.cat, c.said)
	if closed, ok := err.(*locales.Closed); ok { // every language is
		return nil, nil, shut(f, closed)
	}
	if err != nil {
		return nil, nil, undone(fmt.Sprintf("The statements of %s cannot be said. %s", quoted(f.path), sentence(err.Error())))
	}
	c.now = packet.NewNumbered(e, f.program)
	c.at = c.now.Numbers()
	folder := commentsFolder(path)
	problems, err := c.records(folder)
	if err != nil {
		return nil, nil, err
	}
	c.path = filepath.Join(folder, commentsName)
	return c, problems, c.readKept()
}

// commentsFolder is where the reviews of a program file lie: x/review for x.yaml.
func commentsFolder(path string) string {
	dir, name := filepath.Split(path)
	return filepath.Join(dir, notices.Beside(name), "review")
}

// readKept reads what is kept.
func (c *commented) readKept() error {
	c.kept = &packet.Comments{Program: c.file.program.Program.ID}
	data, err := readAtMost(c.path, 1<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return undone(fmt.Sprintf("The comments %s cannot be read: %s.", quoted(c.path), reason(err)))
	}
	kept, ps := packet.ParseComments(c.path, data)
	if kept == nil {
		return flawed(fmt.Sprintf("The comments that were kept cannot be read, and nothing was changed.\n%s", printed(ps)), "Put the file right, or put back a copy of it.")
	}
	if kept.Program != c.kept.Program {
		return flawed(fmt.Sprintf("The comments in %s are about the program %q, and the file is about %q.", quoted(c.path), kept.Program, c.kept.Program), "Move that file to the program to which it belongs.")
	}
	c.kept, c.bytes = kept, data
	return nil
}

// readAtMost reads a file, and a byte more than most where it is larger.
func readAtMost(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most+1))
}

// printed gives problems as lines.
func printed(ps source.Problems) string {
	var b bytes.Buffer
	ps.Print(&b)
	return strings.TrimRight(b.String(), "\n")
}

// records reads what was sent. One that is broken is named, and does not hide the others.
func (c *commented) records(folder string) (source.Problems, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, undone(fmt.Sprintf("The folder %s cannot be read: %s.", quoted(folder), reason(err)))
	}
	var problems source.Problems
	var records []*packet.Record
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".sent" || len(records) > 500 {
			continue
		}
		path := filepath.Join(folder, e.Name())
		data, err := readAtMost(path, packet.MaxRecord)
		var r *packet.Record
		if err == nil {
			r, err = packet.ReadRecord(data)
		}
		if err != nil {
			problems = append(problems, source.Problem{Pos: source.Pos{File: path, Line: 1, Col: 1}, Code: "record", Severity: source.Warning, Message: sentence(reason(err)),
				Hint: "Put back a copy of it, or comments on that edition cannot be held against what was sent."})
			continue
		}
		if r.Program == c.at.Program {
			records = append(records, r)
		}
	}
	slices.SortStableFunc(records, func(a, b *packet.Record) int {
		if a.Number != b.Number {
			return b.Number - a.Number
		}
		return int(b.Sent - a.Sent)
	})
	for _, r := range records {
		c.sent = append(c.sent, r.Numbering())
	}
	return problems, nil
}

// packets are those that comments can be about: what was sent; where nothing was, the edition of today.
func (c *commented) packets() []*packet.Numbers {
	if len(c.sent) == 0 {
		return []*packet.Numbers{c.at}
	}
	return c.sent
}

// save writes what is kept, if it is not there already; what the edition of today settles is noted.
func (c *commented) save() error {
	data := c.kept.Settle(c.at).Bytes()
	if bytes.Equal(data, c.bytes) {
		return nil
	}
	if _, ps := packet.ParseComments(c.path, data); ps.Failed() {
		return undone("With these comments the file of comments could not be read again, so nothing was written. "+ps[0].Message, "Where it has grown too large, move "+quoted(c.path)+" away, and keep it.")
	}
	if err := makeFolder(filepath.Dir(c.path)); err != nil {
		return undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(filepath.Dir(c.path)), reason(err)))
	}
	if err := save(c.path, c.bytes, data); err != nil {
		return err
	}
	c.bytes = data
	return nil
}

// find finds a kept comment by its id, by the beginning of it, or by where it stands, where one alone stands there (or one alone of the sort first): 42:es, key.free:es.
func (c *commented) find(id string, first packet.Sort) (packet.Standing, error) {
	all := c.kept.Standings(c.at)
	var found []packet.Standing
	var ids []string
	want := strings.TrimPrefix(strings.ToLower(id), "c-")
	for _, s := range all {
		ids = append(ids, shortID(s.ID))
		_, name := s.Kind()
		where, tag, placed := strings.Cut(id, ":")
		if len(want) >= 4 && strings.HasPrefix(s.ID, "c-"+want) || placed && tag == s.Language && (where == name || where == fmt.Sprint(s.Number)) {
			found = append(found, s)
		}
	}
	if sorted := slices.DeleteFunc(slices.Clone(found), func(s packet.Standing) bool { return s.Is != first }); len(sorted) == 1 {
		found = sorted
	}
	look := "fairnotice review read " + shell(c.file.path)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(all) == 0:
		return packet.Standing{}, mistyped(fmt.Sprintf("No comments on %s are kept.", quoted(c.file.path)), look+" CAME-BACK --keep")
	case len(found) > 1:
		var which []string
		for _, s := range found[:min(len(found), 8)] {
			which = append(which, fmt.Sprintf("%s (%s)", shortID(s.ID), s.Is))
		}
		return packet.Standing{}, mistyped(fmt.Sprintf("%s stands for %s: %s.", quoted(id), count(len(found), "comment"), list(which)), c.typed.with(id, shortID(found[0].ID)))
	}
	says := fmt.Sprintf("No comment has the id %s.", quoted(id))
	if near := source.DidYouMean(id, ids); near != "" {
		return packet.Standing{}, mistyped(says+" Did you mean "+near+"?", c.typed.with(id, near))
	}
	return packet.Standing{}, mistyped(says, look)
}

// shortID is as much of a comment's id as people type.
var shortID = core.ShortID

// checkWords refuses what nobody can read in words that a person typed.
func checkWords(what, s string, most int) error {
	is, hint := source.TextFault("", s)
	switch {
	case is != "":
		return mistyped(fmt.Sprintf("%s has %s.", what, is), hint)
	case strings.TrimSpace(s) == "":
		return mistyped(what+" is empty.", "Write some words in quotes.")
	case len([]rune(s)) > most:
		return mistyped(fmt.Sprintf("%s has %d characters; there is room for %d.", what, len([]rune(s)), most), "Say it in fewer words.")
	}
	return nil
}
