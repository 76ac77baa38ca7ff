package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

func newDemand(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "demand FILE DEMAND --out DIR",
		Short: "the first hour after a paper came: what to do, what to keep, whom to write to",
		Long: `Makes the papers that an office needs on the day a demand comes, in DIR/office/demand-ID: START-HERE.html (what to do first), questions to
write down, a memo that nothing is erased, the table for counsel, a letter to each company, and drafts of the notices in every language
with the demand in them. The drafts are closed. Nothing is ever written to public/. --release writes the demand into the program file,
with the name of the person who decided it; the ordinary build then shows it. A demand that may not be told of is not released, gives no
drafts, and changes no notice. --pause suspends a way to apply. The old program file is kept beside the new one.`,
		Example: `  fairnotice demand examples/citykey.yaml examples/demands/citykey-2025-04-17.yaml --out site
  fairnotice demand city.yaml paper.yaml --out site --release "Ana Ruiz, City Clerk" --pause online`,
		Args:              w.twoFiles("a demand file", "examples/demands/citykey-2025-04-17.yaml"),
		ValidArgsFunction: programFiles,
	}
	var out, release, pause string
	c.Flags().StringVar(&out, "out", "", "the folder to write into; the papers go to office/ in it")
	_ = c.MarkFlagDirname("out")
	c.Flags().StringVar(&release, "release", "", "write the demand into the program file: \"Name, title\" of the person who decided it")
	c.Flags().StringVar(&pause, "pause", "", "suspend this channel in the program file")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		if out == "" {
			return mistyped("demand needs a folder to write into.", w.typed.and("--out", "site"))
		}
		if published(out) {
			return mistyped(fmt.Sprintf("%s lies in a folder that is called public. These papers never go there.", quoted(out)), "Choose another folder after --out.")
		}
		if c.Flags().Changed("release") && strings.TrimSpace(release) == "" {
			return mistyped("--release needs the name and title of the person who decided it.", `Write, for example, --release "Ana Ruiz, City Clerk".`)
		}
		h := &firstHour{world: w, out: out, release: release, pause: source.ID(pause), day: date.day, stdout: c.OutOrStdout()}
		return h.do(args[0], args[1])
	}
	return c
}

// published says whether a path goes through a folder that is called public.
func published(dir string) bool {
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	return slices.ContainsFunc(strings.Split(filepath.ToSlash(abs), "/"), func(s string) bool { return strings.EqualFold(s, "public") })
}

// firstHour is one run of the verb.
type firstHour struct {
	world
	out     string
	release string
	pause   source.ID
	day     source.Day
	stdout  io.Writer
	file    *programFile
	paper   *paperFile
}

// do finds all problems and makes all bytes before the first is written: the program file first, for a release, then the papers.
func (h *firstHour) do(program, paper string) error {
	f, err := h.load(program, h.day)
	if err != nil {
		return err
	}
	h.file = f
	if h.paper, err = h.world.paper(paper, f, h.day); err != nil {
		return err
	}
	changed, err := h.changed()
	if err != nil {
		return err
	}
	reached, err := h.reached(f, h.paper, h.day)
	if err != nil {
		return err
	}
	files, err := h.papers(reached)
	if err != nil {
		return err
	}
	var kept string
	if changed != nil {
		if kept, err = replaceFile(program, changed, string(h.paper.paper.ID)); err != nil {
			return err
		}
	}
	store := &papers{out: h.out, dir: render.DemandFolder(h.paper.paper.ID)}
	if err := store.put(files); err != nil {
		return err
	}
	h.tell(store, reached, kept)
	return nil
}

// changed gives the program file as --release and --pause would have it; nil where neither changes it.
func (h *firstHour) changed() ([]byte, error) {
	if h.release == "" && h.pause == "" {
		return nil, nil
	}
	p := h.file.program
	if h.pause != "" && !h.paper.paper.Tellable() {
		return nil, flawed("Nobody has confirmed that the office may tell of this demand. A way to apply that closes on the day of a paper tells of it, so nothing was changed.",
			"Ask counsel. If it has to close all the same, write that into the program file by hand, under `program.status`.")
	}
	var data []byte
	var err error
	if h.release != "" {
		if data, err = notices.Release(p, h.paper.paper, h.release, h.day); err != nil {
			return nil, h.refused(err)
		}
		p, _ = notices.Read(p.File, data)
	}
	if h.pause != "" {
		if data, err = notices.Pause(p, h.pause, h.day); err != nil {
			return nil, h.refused(err)
		}
	}
	if bytes.Equal(data, h.file.program.Doc.Bytes()) {
		return nil, nil
	}
	// What stands in the file then has to be sound, as it is now.
	next := *h.file
	q, ps := notices.Read(p.File, data)
	next.program, next.problems = q, append(ps, core.Unsaid(q)...)
	next.check(h.day)
	if errs := next.shown().Of(source.Error); len(errs) > 0 {
		return nil, flawed(fmt.Sprintf("With this change %s would have %s, so nothing was changed.\n%s", quoted(h.file.path), count(len(errs), "error"), errs[0].Error()),
			"Mend the program file first, then give the same command again.")
	}
	return data, nil
}

// refused is the fault of a change that is not made.
func (h *firstHour) refused(err error) error {
	var p source.Problem
	if !errors.As(err, &p) {
		return undone(sentence(err.Error()))
	}
	at := h.file.at(p.Pos)
	if p.Pos.File == h.paper.paper.File && p.Pos.File != h.file.program.File {
		dir, _ := filepath.Split(h.paper.path)
		at = fmt.Sprintf("%s%s:%d:%d", dir, clean(p.Pos.File), p.Pos.Line, p.Pos.Col)
	}
	return flawed(fmt.Sprintf("%s (%s) Nothing was changed.", p.Message, at), p.Hint)
}

// papers makes the bytes of all papers.
func (h *firstHour) papers(r *notices.Reached) ([]render.File, error) {
	cat, err := catalogue(unique(append([]string{"en"}, h.file.program.Languages...)))
	if err != nil {
		return nil, err
	}
	var drafts []*notices.Notice
	if h.paper.paper.Tellable() {
		for _, kind := range notices.Kinds() {
			if !kind.Public() {
				continue // no demand changes it
			}
			n, err := notices.Build(r.Laid, h.file.book, kind, h.day)
			if err != nil {
				return nil, undone(fmt.Sprintf("The draft %s cannot be made. %s", quoted(string(kind)), sentence(err.Error())))
			}
			drafts = append(drafts, n)
		}
	}
	base := []string{"fairnotice", "demand", shell(h.file.path), shell(h.paper.path), "--out", shell(h.out)}
	release := strings.Join(append(base, "--release", "'Name, title'"), " ")
	how := render.Typed{Release: release, Build: "fairnotice build " + shell(h.file.path) + " --out " + shell(h.out)}
	if open := paperChannels(h.file.program); len(open) > 0 {
		how.Pause = release + " --pause " + open[0]
	}
	files, err := render.DemandPapers(cat, r, drafts, how)
	if err != nil {
		return nil, undone("The papers cannot be made. " + sentence(err.Error()))
	}
	return files, nil
}

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// openChannels are the ways to apply that are not suspended.
func openChannels(p *notices.Program) []string {
	if p.Program.Status.Is == "ended" || p.Program.Status.Is == "suspended" && len(p.Program.Status.Channels) == 0 {
		return nil
	}
	var out []string
	for id, c := range p.Channels {
		open := len(c.Phases) > 0 && c.Phases[len(c.Phases)-1].To.Is.Open
		if open && !slices.Contains(p.Program.Status.Channels, id) {
			out = append(out, string(id))
		}
	}
	slices.Sort(out)
	return out
}

// paperChannels are the open ways by which people send papers: those that one would think of stopping.
func paperChannels(p *notices.Program) []string {
	return slices.DeleteFunc(openChannels(p), func(id string) bool {
		for _, c := range p.Channels {
			if slices.ContainsFunc(c.Steps, func(s notices.Step) bool { return string(s.Channel) == id }) {
				return true
			}
		}
		kind := p.Channels[source.ID(id)].Kind
		return kind != "online" && kind != "kiosk" && kind != "mail"
	})
}

// tell says what was made, and what comes next.
func (h *firstHour) tell(store *papers, r *notices.Reached, kept string) {
	say := func(format string, args ...any) { fmt.Fprintf(h.stdout, format+"\n", args...) }
	d := h.paper.paper
	where := filepath.Join(h.out, filepath.FromSlash(store.dir))
	if len(store.written) == 0 && len(store.removed) == 0 {
		say("Nothing has changed in %s, so nothing was written.", quoted(where))
	} else {
		say("Wrote %d of %s about the demand %s in %s.", len(store.written), count(store.files, "file"), d.ID, quoted(where))
		say("Open %s in a browser, and do what it says first.", quoted(filepath.Join(where, "START-HERE.html")))
	}
	for _, name := range store.changed {
		say("Somebody has changed %s. It was kept, and the new one lies beside it as %s.", quoted(name), quoted(name+".new"))
	}
	for _, name := range store.removed {
		say("Removed %s, which no longer belongs there.", quoted(name))
	}
	if !d.Tellable() {
		say("Nobody has confirmed that the office may tell of it. There are no drafts, and the notices stay as they are.")
	} else if kept == "" && h.release == "" {
		say("The drafts are closed. Nothing was written to public/, and the program file was not changed.")
	}
	if r.Facts < r.Day {
		say("The facts in %s hold for %s; the paper came later. Look whether they still hold.", quoted(h.file.path), r.Facts)
	}
	if n := len(d.Questions()); n > 0 {
		say("Still to be written down about the paper: %s. They are in intake.html.", count(n, "fact"))
	}
	switch {
	case kept != "":
		say("%s was changed; the old one is %s. Raise `number:` under `edition:`, write what changed, and look at the notices: fairnotice build %s --out %s",
			quoted(h.file.path), quoted(kept), shell(h.file.path), shell(h.out))
	case h.release != "" || h.pause != "":
		say("%s says so already, so it was not changed.", quoted(h.file.path))
	}
}

// replaceFile puts new bytes in the place of a program file and keeps the old ones beside it, under a name that no program file has.
func replaceFile(name string, data []byte, why string) (kept string, err error) {
	fail := func(err error) (string, error) {
		return "", undone(fmt.Sprintf("The file %s cannot be changed: %s.", quoted(name), reason(err)))
	}
	old, err := os.ReadFile(name)
	if err != nil {
		return fail(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return fail(err)
	}
	mode := info.Mode().Perm()
	kept = name + ".before-" + why
	for n := 2; ; n++ {
		err := writeNew(kept, old, mode)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) {
			return fail(err)
		}
		kept = fmt.Sprintf("%s.before-%s-%d", name, why, n)
	}
	part := filepath.Join(filepath.Dir(name), partPrefix+filepath.Base(name))
	_ = os.Remove(part)
	if err := writeNew(part, data, mode); err != nil {
		return fail(err)
	}
	if err := os.Rename(part, name); err != nil {
		_ = os.Remove(part)
		return fail(err)
	}
	return kept, nil
}

// writeNew writes a file that was not there, flushed to the disk.
func writeNew(name string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	return flushed(f, data, mode)
}

// papers puts the papers about one demand into their folder. It is nobody's but the office's own: others on the machine cannot read it.
// A list of hashes says what was written, so that what a person has written into a paper since is never lost.
type papers struct {
	out, dir                  string
	public                    bool // everybody may read them, and what an earlier command wrote into the folder stays
	files                     int
	written, removed, changed []string
}

const (
	papersList  = "files.json"
	printedList = ".fairnotice-printed.json"
	paperMode   = 0o600
	privateDir  = 0o700
)

func (s *papers) put(files []render.File) error {
	if err := makeFolder(s.out); err != nil {
		return undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(s.out), reason(err)))
	}
	root, err := os.OpenRoot(s.out)
	if err != nil {
		return undone(fmt.Sprintf("The folder %s cannot be opened: %s.", quoted(s.out), reason(err)))
	}
	defer root.Close()
	p := &press{name: s.out, root: root}
	if err := p.folder(path.Dir(s.dir)); err != nil {
		return err
	}
	if err := root.Mkdir(s.dir, privateDir); err != nil && !errors.Is(err, fs.ErrExist) {
		return p.failed("make", s.dir, err)
	}
	list := path.Join(s.dir, papersList)
	if s.public {
		list = path.Join(s.dir, printedList)
	}
	before := map[string]string{}
	if raw, err := root.ReadFile(list); err == nil {
		if json.Unmarshal(raw, &before) != nil {
			return undone(fmt.Sprintf("%s in the folder %s is not what this program wrote there, so nothing was written.", quoted(list), quoted(s.out)), "Move that folder away and give the same command again.")
		}
	}
	now := map[string]string{}
	s.files = len(files)
	for _, f := range files {
		name := strings.TrimPrefix(f.Path, s.dir+"/")
		now[name] = hashOf(f.Bytes)
		stands, err := root.ReadFile(f.Path)
		switch {
		case err == nil && bytes.Equal(stands, f.Bytes):
			continue
		case err == nil && before[name] != hashOf(stands): // a person wrote into it
			f.Path = newName(f.Path, s.public)
			s.changed = append(s.changed, name)
			if there, err := root.ReadFile(f.Path); err == nil && bytes.Equal(there, f.Bytes) {
				continue
			}
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return p.failed("read", f.Path, err)
		}
		if err := s.write(p, f); err != nil {
			return err
		}
		s.written = append(s.written, name)
	}
	for _, name := range sortedKeys(before) {
		if _, ok := now[name]; ok || !fs.ValidPath(name) {
			continue
		}
		stands, err := root.ReadFile(s.dir + "/" + name)
		if err != nil {
			continue
		}
		if s.public || hashOf(stands) != before[name] {
			now[name] = before[name]
			continue // a person wrote into it: it stays
		}
		if err := p.drop(s.dir + "/" + name); err != nil {
			return err
		}
		s.removed = append(s.removed, name)
	}
	raw, err := json.MarshalIndent(now, "", "  ")
	if err != nil {
		return err
	}
	raw = append(raw, '\n')
	if stands, err := root.ReadFile(list); err == nil && bytes.Equal(stands, raw) {
		return nil
	}
	return s.write(p, render.File{Path: list, Bytes: raw})
}

// newName is the name of a paper beside one into which a person has written. What is opened by a double click keeps the end of its name.
func newName(name string, public bool) string {
	if ext := path.Ext(name); public && ext != "" {
		return strings.TrimSuffix(name, ext) + ".new" + ext
	}
	return name + ".new"
}

func (s *papers) write(p *press, f render.File) error {
	for dir := path.Dir(f.Path); dir != path.Dir(s.dir); dir = path.Dir(dir) {
		if _, err := p.root.Stat(dir); err == nil {
			break
		}
		if err := p.folder(dir); err != nil {
			return err
		}
	}
	if err := p.write(f); err != nil {
		return err
	}
	if s.public {
		return nil
	}
	if err := p.root.Chmod(f.Path, paperMode); err != nil {
		return p.failed("write", f.Path, err)
	}
	return nil
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
