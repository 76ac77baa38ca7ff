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

	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/ledger"
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
	in, err := s.input(f, e)
	if err != nil {
		return nil, err
	}
	if s.packet, err = packet.New(in); err != nil {
		return nil, undone(sentence(err.Error()))
	}
	return s, s.compare()
}

// input gathers what a packet shows of a file.
func (s *sending) input(f *programFile, e *render.Edition) (packet.Input, error) {
	in := packet.Input{Edition: e, Program: f.program, Sent: s.today, Law: s.law(f), Phrase: s.phrase, Meanings: meaningsOf()}
	in.Rule = func(r notices.Rule) string { return ruleMeans[r] }
	r, err := s.inspect(f.path, s.say.day)
	if err != nil {
		return in, err
	}
	in.Checklist = r.covered
	for _, p := range r.file.problems.Of(source.Warning) {
		if !f.program.MayTell(p.Path) {
			continue
		}
		i := slices.IndexFunc(in.Warnings, func(o packet.Warning) bool { return o.Code == p.Code && o.Message == p.Message && o.Hint == p.Hint })
		if i < 0 {
			i = len(in.Warnings)
			in.Warnings = append(in.Warnings, packet.Warning{Code: p.Code, Message: p.Message, Hint: p.Hint})
		}
		in.Warnings[i].Where = append(in.Warnings[i].Where, fmt.Sprintf("%s line %d", p.Pos.File, p.Pos.Line))
	}
	kept := &commented{world: s.world, file: f, path: filepath.Join(commentsFolder(f.path), commentsName)}
	if err := kept.readKept(); err != nil {
		return in, err
	}
	in.Comments = kept.kept
	grounds, err := notices.Grounds(f.program, f.book, s.say.day)
	if err != nil {
		return in, undone(fmt.Sprintf("What the review of %s rests on cannot be worked out. %s", quoted(f.path), sentence(err.Error())))
	}
	for _, g := range grounds {
		in.Grounds = append(in.Grounds, packet.Ground(g))
	}
	if err := s.reviews(&in); err != nil {
		return in, err
	}
	if in.Rows, err = notices.SharedExposures(f.program, f.book, s.say.day); err != nil {
		return in, undone(fmt.Sprintf("The table of exposure of %s cannot be made. %s", quoted(f.path), sentence(err.Error())))
	}
	return in, nil
}

// reviews says how it stands with each reviewer and language.
func (s *sending) reviews(in *packet.Input) error {
	judged, problems, err := s.file.judge(in.Edition.Texts, s.say.day)
	if err != nil {
		return err
	}
	if problems.Failed() {
		return flawed("What reviewers signed cannot be read.\n"+printed(problems), "Put the files right, or move them away.")
	}
	for _, j := range judged {
		named := cmp.Or(j.Reviewer.Name, j.Reviewer.ID)
		if j.Reviewer.Required {
			named += " (who must sign)"
		}
		says := packet.Review{Reviewer: j.Reviewer.ID, Name: j.Reviewer.Name, Language: j.Language, Required: j.Reviewer.Required, Says: named + ": " + j.Says()}
		for _, p := range j.Parts {
			if p.State == ledger.Signed {
				says.Signed, says.Kinds = true, append(says.Kinds, p.Kind)
			}
		}
		in.Reviews = append(in.Reviews, says)
	}
	return nil
}

func (s *sending) phrase(id string) string {
	text, err := s.say.cat.Phrase("en", id)
	if err != nil {
		return ""
	}
	return text
}

// law gives what a reviewer sees of an entry of the book.
func (s *sending) law(f *programFile) func(source.ID) (packet.Law, bool) {
	return func(id source.ID) (packet.Law, bool) {
		e := f.book.Entry(id)
		if e == nil {
			return packet.Law{}, false
		}
		l := packet.Law{ID: id, Citation: e.Citation, Title: string(id), Stands: effect(e, s.say.day), CheckedOn: e.Checked.On.String(), CheckedBy: e.Checked.By, CheckDue: e.Checked.Next.String(),
			Confidence: string(e.Confidence), Days: int(e.Checked.Next.Last - s.today)}
		for _, key := range []string{"law." + string(id), "demand." + string(id)} {
			if t := s.phrase(key); t != "" {
				l.Title = t
			}
		}
		if e.Own && e.InWords != nil {
			if t, ok := e.InWords.Name.For("en"); ok {
				l.Title = t
			}
		}
		if e.Source.URL.State == source.Known {
			l.URL = e.Source.URL.Is
		}
		if w := words(e, s.say.day); w.State == source.Known {
			l.Words, l.WordsBy = w.Is, w.By
		}
		if v := e.On(s.say.day); e.Kind == law.KindProtection && v == nil {
			l.Stands = "No version is in force on " + s.say.day.String()
		}
		return l, true
	}
}

// meaningsOf gives the words of the table of exposure with what they mean.
func meaningsOf() []packet.Meaning {
	var out []packet.Meaning
	for _, m := range meanings {
		if !slices.ContainsFunc(out, func(o packet.Meaning) bool { return o.Word == m.word }) {
			out = append(out, packet.Meaning{Word: m.word, Means: m.means})
		}
	}
	return out
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

// compare finds what the packet is compared with: what was sent when somebody last signed; else what was last sent and is not the same;
// else the file after --since.
func (s *sending) compare() error {
	have, err := s.records()
	if err != nil {
		return err
	}
	now := s.packet.Record()
	var before *packet.Record
	signed := false
	for _, r := range have { // the oldest first
		same := now.Same(r)
		if same {
			s.again = r
		}
		switch {
		case s.signed(r):
			before, signed = r, true
		case !same && !signed:
			before = r
		}
	}
	if before == nil && s.say.since != nil {
		if before, err = s.older(); err != nil {
			return err
		}
	}
	if before != nil {
		s.packet.Compare(before, signed)
	}
	return nil
}

// signed reports whether somebody signed what a record holds, with the law and the demands of that day behind it.
func (s *sending) signed(r *packet.Record) bool {
	now := ledger.Now{Program: r.Program, On: s.say.day}
	for _, t := range r.Texts {
		now.Texts = append(now.Texts, ledger.Text{Kind: string(t.Kind), Language: t.Language, Digest: t.Digest, Bytes: t.Bytes})
	}
	for _, g := range r.Grounds {
		now.Grounds = append(now.Grounds, ledger.Ground{Kind: g.Kind, ID: g.ID, Digest: g.Digest})
	}
	have, _ := s.file.reviews() // what is wrong with them was said
	return slices.ContainsFunc(ledger.Judge(now, s.file.reviewers(), have), func(j ledger.Judgement) bool {
		return slices.ContainsFunc(j.Parts, func(p ledger.Part) bool { return p.State == ledger.Signed || p.State == ledger.Expired })
	})
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

// sentFile is a file of a packet: a slash path below its folder.
type sentFile struct {
	name string
	data []byte
}

// files makes every file of the packet: the page, one for paper and one for Word in each language, and what is read first.
func (s *sending) files() ([]sentFile, error) {
	p := s.packet
	name := fmt.Sprintf("%s-edition-%d", p.Program, p.Edition.Number)
	type making struct {
		name  string
		write func(io.Writer) error
	}
	list := []string{name + ".html  the packet: open it in a browser"}
	all := []making{{name + ".html", p.HTML}}
	for _, l := range p.Languages {
		if l.Tag != p.Base || len(p.Languages) == 1 {
			all = append(all, making{"paper/" + name + "-" + l.Tag + ".html", func(w io.Writer) error { return p.Paper(w, l.Tag) }})
		}
	}
	for _, l := range p.Languages { // the base alone, too: who reads nothing else comments there
		all = append(all, making{"word/" + name + "-word-" + l.Tag + ".docx", func(w io.Writer) error { return p.DOCX(w, l.Tag) }})
	}
	list = append(list, "paper/  the same to print, one file for each language; also for phones that run no scripts", "word/   the same for Word, one file for each language")
	all = append(all, making{"READ-ME-FIRST.txt", func(w io.Writer) error { return p.ReadMeFirst(w, list) }})
	out, failed := make([]sentFile, len(all)), make([]error, len(all))
	each(len(all), func(i int) {
		var b bytes.Buffer
		failed[i] = all[i].write(&b)
		out[i] = sentFile{all[i].name, b.Bytes()}
	})
	for i, err := range failed {
		if err != nil {
			return nil, undone(fmt.Sprintf("The file %s cannot be made. %s", quoted(all[i].name), sentence(err.Error())))
		}
	}
	return out, nil
}

// write puts the packet into its folder and its record beside the program file.
func (s *sending) write(stdout io.Writer, out string) error {
	files, err := s.files()
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(out, filepath.FromSlash(f.name))
		if err := makeFolder(filepath.Dir(path)); err != nil {
			return undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(filepath.Dir(path)), reason(err)))
		}
		have, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
		}
		if !bytes.Equal(have, f.data) {
			if err := save(path, have, f.data); err != nil {
				return err
			}
		}
	}
	record, err := s.keepRecord()
	if err != nil {
		return err
	}
	s.tell(stdout, out, filepath.Join(out, files[0].name), record)
	for _, name := range others(out, files) {
		fmt.Fprintf(stdout, "The folder also holds %s, which is of another packet. Take it out before you send the folder.\n", quoted(name))
	}
	return nil
}

// others lists packets in a folder that are not this one.
func others(folder string, files []sentFile) []string {
	var out []string
	for _, pattern := range []string{"*-edition-*.html", "paper/*-edition-*.html", "word/*.docx"} {
		names, _ := fs.Glob(os.DirFS(folder), pattern)
		for _, n := range names {
			if !slices.ContainsFunc(files, func(f sentFile) bool { return f.name == n }) {
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
