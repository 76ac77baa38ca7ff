package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/packet"
)

func init() { reviewVerbs.add(10, newReviewSend) }

func newReviewSend(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "send FILE --out DIR",
		Short: "the packet for reviewers: every statement beside its facts and its law",
		Long: `Makes what reviewers get: one page that opens offline, with every statement of the edition numbered, in each language beside the English,
with its reasons, the words of the law, what nobody knows, and what changed since the last signature or the last packet; pages for
paper; and READ-ME-FIRST.txt, which says how to object, by the page, Word, mail or paper, and how to sign. It is a working paper, and may be a public record.
What was sent is kept beside the program file, so that the next packet can say what changed, word by word.
With --since and the file of the older edition, the edition also says what changed, as build does; where nothing was sent before, the
packet compares with that.`,
		Example: `  fairnotice review send examples/citykey.yaml --out for-reviewers
  fairnotice review send examples/citykey.yaml --since examples/citykey-2017.yaml --out for-reviewers`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	var out, since string
	c.Flags().StringVar(&out, "out", "", "the folder to write into")
	c.Flags().StringVar(&since, "since", "", "the file of the older edition of this program")
	_ = c.MarkFlagDirname("out")
	_ = c.MarkFlagFilename("since", "yaml", "yml")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		if out == "" {
			return mistyped("review send needs a folder to write into.", w.typed.and("--out", "for-reviewers"))
		}
		if err := notPublic(out); err != nil {
			return err
		}
		s, err := w.openSending(args[0], since, date.day)
		if err != nil {
			return err
		}
		speak(c.ErrOrStderr(), s.file.due(date.day))
		return s.write(c.OutOrStdout(), out)
	}
	return c
}

// notPublic refuses a folder that lies in an edition: all in it may be served, and a packet may not.
func notPublic(folder string) error {
	abs, err := filepath.Abs(folder)
	for ; err == nil; abs = filepath.Dir(abs) {
		if raw, e := os.ReadFile(filepath.Join(abs, manifestName)); e == nil {
			if _, e := render.ReadManifest(raw); e == nil {
				return mistyped(fmt.Sprintf("%s lies in a folder with a published edition. A packet is a working paper, so it is not written there.", quoted(folder)),
					"Choose a folder of its own after --out, such as for-reviewers.")
			}
		}
		if abs == filepath.Dir(abs) {
			break
		}
	}
	return nil
}

// sending is an edition on its way to reviewers.
type sending struct {
	world
	file   *programFile
	say    *sayer
	packet *packet.Packet
	again  *packet.Record // the same was sent before; else nil
}

func (w world) openSending(path, since string, day source.Day) (*sending, error) {
	f, err := w.load(path, day)
	if err != nil {
		return nil, err
	}
	tags := f.program.Languages
	if !slices.Contains(tags, "en") {
		tags = append([]string{"en"}, tags...) // the names of laws and items are said in English
	}
	say, err := newSayer(day, tags)
	if err != nil {
		return nil, err
	}
	if err := say.sinceFile(w, since); err != nil {
		return nil, err
	}
	e, err := say.edition(f)
	if err != nil {
		return nil, err
	}
	s := &sending{world: w, file: f, say: say}
	in, err := s.input(e)
	if err != nil {
		return nil, err
	}
	if s.packet, s.again, err = f.core().Packet(in); err != nil {
		if said := (*fault)(nil); errors.As(err, &said) {
			return nil, said
		}
		return nil, undone(fmt.Sprintf("The packet of %s cannot be made. %s", quoted(f.path), sentence(err.Error())))
	}
	return s, nil
}

// input gathers what a packet is made of, beside the file.
func (s *sending) input(e *render.Edition) (core.Sending, error) {
	f := s.file
	in := core.Sending{Cat: s.say.cat, Edition: e, Law: s.say.day, Sent: s.today}
	r, err := s.inspect(f.path, s.say.day)
	if err != nil {
		return in, err
	}
	f.problems, in.Covered = r.file.problems, r.covered
	kept := &commented{world: s.world, file: f, path: filepath.Join(commentsFolder(f.path), commentsName)}
	if err := kept.readKept(); err != nil {
		return in, err
	}
	in.Comments = kept.kept
	have, problems := f.reviews()
	if problems = append(problems, f.unproven(have)...); problems.Failed() {
		return in, flawed("What reviewers signed cannot be read.\n"+printed(problems), "Put the files right, or move them away.")
	}
	in.Reviews = have
	if in.Records, err = s.records(); err != nil {
		return in, err
	}
	if s.say.since != nil {
		in.Older = s.older
	}
	return in, nil
}

// records reads what was sent before, the oldest first.
func (s *sending) records() ([]*packet.Record, error) {
	folder := commentsFolder(s.file.path)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, undone(fmt.Sprintf("The folder %s cannot be read: %s.", quoted(folder), reason(err)))
	}
	var out []*packet.Record
	written := map[*packet.Record]time.Time{}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".sent" {
			continue
		}
		name := filepath.Join(folder, e.Name())
		data, err := readAtMost(name, packet.MaxRecord)
		if err != nil {
			return nil, undone(fmt.Sprintf("The record %s cannot be read: %s.", quoted(name), reason(err)))
		}
		r, err := packet.ReadRecord(data)
		if err != nil {
			return nil, flawed(fmt.Sprintf("%s: %s", quoted(name), sentence(err.Error())), "Bring the file back from a copy. If there is none, move it away; the packet then cannot compare with it.")
		}
		if r.Program != s.file.program.Program.ID && !slices.Contains(s.file.program.Program.SameAs, r.Program) {
			return nil, flawed(fmt.Sprintf("%s is the record of another program, %s.", quoted(name), quoted(string(r.Program))), "Move it to the folder of that program.")
		}
		out = append(out, r)
		if info, err := e.Info(); err == nil {
			written[r] = info.ModTime()
		}
	}
	slices.SortStableFunc(out, func(a, b *packet.Record) int { // two of one day: as they were written
		return cmp.Or(cmp.Compare(a.Sent, b.Sent), cmp.Compare(a.Number, b.Number), written[a].Compare(written[b]))
	})
	return out, nil
}

// older makes the record of the file after --since, as if it had been sent.
func (s *sending) older() (*packet.Record, error) {
	old := s.say.since
	f := &programFile{path: old.Program.File, book: old.Book, program: old.Program}
	say := &sayer{cat: s.say.cat, day: old.On}
	e, err := say.edition(f)
	if err != nil {
		return nil, err
	}
	rows, err := notices.SharedExposures(old.Program, old.Book, old.On)
	if err != nil {
		return nil, undone(fmt.Sprintf("The table of exposure of %s cannot be made. %s", quoted(old.Program.File), sentence(err.Error())))
	}
	p, err := packet.New(packet.Input{Edition: e, Program: old.Program, Rows: rows})
	if err != nil {
		return nil, undone(sentence(err.Error()))
	}
	return p.Record(), nil
}

// write puts the packet into its folder and its record beside the program file.
func (s *sending) write(stdout io.Writer, out string) error {
	files, err := core.PacketFiles(s.packet, each)
	if err != nil {
		return undone(sentence(err.Error()))
	}
	for _, f := range files {
		path := filepath.Join(out, filepath.FromSlash(f.Path))
		if err := makeFolder(filepath.Dir(path)); err != nil {
			return undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(filepath.Dir(path)), reason(err)))
		}
		have, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
		}
		if !bytes.Equal(have, f.Bytes) {
			if err := save(path, have, f.Bytes); err != nil {
				return err
			}
		}
	}
	record, err := s.keepRecord()
	if err != nil {
		return err
	}
	s.tell(stdout, out, filepath.Join(out, files[0].Path), record)
	for _, name := range others(out, files) {
		fmt.Fprintf(stdout, "The folder also holds %s, which is of another packet. Take it out before you send the folder.\n", quoted(name))
	}
	return nil
}

// others lists packets in a folder that are not this one.
func others(folder string, files []render.File) []string {
	var out []string
	for _, pattern := range []string{"*-edition-*.html", "paper/*-edition-*.html", "word/*.docx"} {
		names, _ := fs.Glob(os.DirFS(folder), pattern)
		for _, n := range names {
			if !slices.ContainsFunc(files, func(f render.File) bool { return f.Path == n }) {
				out = append(out, n)
			}
		}
	}
	return out
}

// keepRecord notes what was sent. What was sent before in the same words and with the same law behind them stays as it is.
func (s *sending) keepRecord() (string, error) {
	folder, r := commentsFolder(s.file.path), s.packet.Record()
	path := filepath.Join(folder, packet.RecordName(r.Digest))
	if s.again != nil {
		return "", nil
	}
	if err := makeFolder(folder); err != nil {
		return "", undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(folder), reason(err)))
	}
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			break
		}
		path = filepath.Join(folder, strings.TrimSuffix(packet.RecordName(r.Digest), ".sent")+fmt.Sprintf("-%d.sent", n))
	}
	return path, save(path, nil, r.Bytes())
}

// tell says what was made, and what a person does next.
func (s *sending) tell(out io.Writer, folder, page, record string) {
	p := s.packet
	say := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	say("%s", stamp)
	var tags []string
	for _, l := range p.Languages {
		tags = append(tags, l.Tag)
	}
	say("%s: edition %d of %s (%s), %s with a number, in %s: %s.", clean(p.Name), p.Edition.Number, p.Edition.AsOf, short(p.Edition.Digest), count(len(p.Items), "statement"), count(len(tags), "language"), strings.Join(tags, ", "))
	if b := p.Before; b != nil {
		changed, fresh := 0, 0
		for _, it := range p.Items {
			switch {
			case it.New:
				fresh++
			case slices.ContainsFunc(p.Languages, func(l packet.Lang) bool { return it.In[l.Tag].Diff != nil }):
				changed++
			}
		}
		say("Compared with edition %d (%s): %d changed, %d new, %d gone; %s of exposure; %s of law or demands.", b.Edition, short(b.Digest), changed, fresh, len(p.Gone), count(len(p.Rows), "change"), count(len(p.Changed), "change"))
	} else {
		say("Nothing was sent before, so the packet compares with nothing.")
	}
	for _, c := range p.Closed {
		say("Closed, and not in the packet: %s", closedWords(c))
	}
	say("Open %s in a browser and look at it. Then send the folder %s to the reviewers.", quoted(page), quoted(folder))
	if s.again != nil {
		say("The same was sent on %s.", s.again.Sent)
	} else {
		say("What was sent is kept in %s.", quoted(record))
	}
}
