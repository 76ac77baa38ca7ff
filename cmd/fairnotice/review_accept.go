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

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/packet"
)

func init() { reviewVerbs.add(40, newReviewAccept) }

func newReviewAccept(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "accept FILE ID --by NAME",
		Short: "the words that a reviewer proposes, put where they belong",
		Long: `Takes a proposal of other words that is kept, and writes it where these words stand: a sentence in the language in which the office writes
becomes one of the office's own words (x/wording.yaml for x.yaml); a translation of own words is replaced there; a text of the program is
replaced in its file. All checks are made beforehand, and all else in these files stays as it is, byte by byte. What is then missing in
other languages is said: nothing is filled in.
A translation of a sentence of ours is not the office's to change: it is said where it is mended for all. With --own the office says
the sentence itself from now on, in this language as proposed, and in all others as now.`,
		Example: `  fairnotice review accept examples/citykey.yaml c-7d02a1b4 --by "Ana Ruiz, City Clerk"`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return mistyped("review accept needs a program file and the id of a comment (or where it stands, such as 42:es).", "fairnotice review accept --help")
			}
			return nil
		},
		ValidArgsFunction: programFiles,
	}
	a := &accepting{}
	c.Flags().StringVar(&a.by, "by", "", "who decides it: name and title")
	c.Flags().StringVar(&a.why, "why", "", "why the office says it so")
	c.Flags().BoolVar(&a.own, "own", false, "make it the office's own sentence, though it is only a translation of ours")
	on := &dayFlag{name: "--on", typed: w.typed}
	c.Flags().Var(on, "on", "the day on which it was decided (default today)")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		if a.by == "" {
			return mistyped("It is not said who decides it.", w.typed.and("--by", "Ana Ruiz, City Clerk"))
		}
		a.by = strings.Join(strings.Fields(source.NFC(a.by)), " ")
		if err := checkWords("The name after --by", a.by, 200); err != nil {
			return err
		}
		if a.why = strings.Join(strings.Fields(source.NFC(a.why)), " "); a.why != "" {
			if err := checkWords("The reason after --why", a.why, 500); err != nil {
				return err
			}
		}
		if a.commented, _, err = w.openComments(args[0], "", date.day); err != nil {
			return err
		}
		if a.s, err = a.find(args[1], packet.Wording); err != nil {
			return err
		}
		if a.on = on.day; a.on == 0 {
			a.on = w.today
		}
		return a.run(c.OutOrStdout())
	}
	return c
}

// accepting is a proposal on its way into the office's files.
type accepting struct {
	*commented
	by, why string
	own     bool
	on      source.Day
	s       packet.Standing
}

func (a *accepting) run(out io.Writer) error {
	dir := filepath.Dir(a.file.path)
	disk := os.DirFS(dir)
	do := &core.Accepting{File: a.file.core(), Cat: a.say.cat, Day: a.say.day, Said: a.said, Now: a.now, Files: disk, S: a.s, By: a.by, Why: a.why, On: a.on, Own: a.own}
	got, err := do.Do()
	if no := (*core.NotAccepted)(nil); errors.As(err, &no) {
		if no.Why != core.ThereAlready {
			return a.refused(no)
		}
		if err := a.done(no.Says); err != nil {
			return err
		}
		fmt.Fprintf(out, "Nothing is to be done: statement %d reads so already in %s. The answer is kept.\n", a.s.Number, a.s.Language)
		return nil
	}
	if err != nil {
		return undone(sentence(err.Error()))
	}
	kept, lock := "", a.file.core().LockName()
	for _, name := range append(slices.DeleteFunc(sortedKeys(got.Files), func(n string) bool { return n == lock }), lock) { // the lock last: it speaks of the others
		data, there := got.Files[name]
		if !there {
			continue
		}
		if kept, err = a.put(disk, filepath.Join(dir, filepath.FromSlash(name)), name, data, kept); err != nil {
			return err
		}
	}
	if err := a.done(got.Answer); err != nil {
		return err
	}
	a.tell(out, got, kept)
	return a.still(out, do, got.After)
}

// put writes one of the files that are otherwise. What was there is kept, but for the lock; kept is the name of what was kept before.
func (a *accepting) put(disk fs.FS, path, name string, data []byte, kept string) (string, error) {
	before, err := fs.ReadFile(disk, name)
	if errors.Is(err, fs.ErrNotExist) {
		before, err = nil, nil
	}
	if err != nil {
		return kept, undone(fmt.Sprintf("%s cannot be read: %s.", quoted(path), reason(err)))
	}
	if bytes.Equal(before, data) {
		return kept, nil
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return kept, undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(filepath.Dir(path)), reason(err)))
	}
	if before != nil && filepath.Base(name) != source.LockName {
		if kept, err = keep(path, before, a.today); err != nil {
			return kept, err
		}
	}
	return kept, save(path, before, data)
}

// tell says what was written.
func (a *accepting) tell(out io.Writer, got *core.Accepted, kept string) {
	if got.Key != "" {
		fmt.Fprintf(out, "%s: `%s:` says now in %s:\n", a.wordingPath(), got.Key, a.s.Language)
	} else {
		fmt.Fprintf(out, "%s says now in %s:\n", a.file.at(got.At), a.s.Language)
	}
	hanging(out, 4, 4, clean(a.s.Text))
	if got.Of != "" {
		fmt.Fprintf(out, "It is the translation of:\n")
		hanging(out, 4, 4, clean(got.Of))
	}
	if kept != "" {
		fmt.Fprintf(out, "The file as it was: %s\n", kept)
	}
	if got.Others > 0 {
		fmt.Fprintf(out, "In %s it says what it said before: the office's own words stand there, too.\n", count(got.Others, "other language"))
	}
}

// wordingPath is where the office's own words lie, as the person typed the program file.
func (a *accepting) wordingPath() string {
	dir, name := filepath.Split(a.file.path)
	return filepath.Join(dir, notices.Beside(name), notices.WordingName)
}

// refused says why a proposal is not accepted, and whose turn it is.
func (a *accepting) refused(no *core.NotAccepted) error {
	s, file := a.s, shell(a.file.path)
	_, name := s.Kind()
	answer := fmt.Sprintf(`fairnotice review answer %s %s "…" --by %s`, file, shortID(s.ID), shell(a.by))
	switch no.Why {
	case core.NoProposal:
		return mistyped(no.Says, answer)
	case core.NotSaid:
		return flawed(no.Says, answer)
	case core.ReadsAnother:
		return flawed(no.Says, "Look whether it still fits, and write it by hand; `fairnotice why "+file+" "+shell(name)+"` says where the words stand.")
	case core.SaysNumber:
		return undone(no.Says, fmt.Sprintf("Write the forms under `%s:` of %s by hand, with {n} where the number goes.", name, a.wordingPath()))
	case core.OwnForms:
		key, own, _ := a.file.program.Wording.Of(name, a.message())
		return undone(no.Says, fmt.Sprintf("Write the forms by hand: %s, under `%s:`.", a.file.at(own.Pos), key))
	case core.OursToMend:
		return undone(no.Says, fmt.Sprintf("In a checkout of the library: fairnotice translate export --lang %s --out %s.xlsx, write the proposal into the line %s, then fairnotice translate import %s.xlsx --by \"name, role\"",
			s.Language, s.Language, a.message(), s.Language),
			"If it cannot wait, the office can say the sentence itself, in the other languages as now: "+a.typed.and("--own"))
	case core.NoText:
		return undone(no.Says, "fairnotice why "+file+" "+shell(name)+" says on which line of the file it stands.")
	case core.OfALaw:
		return undone(no.Says, "Write the proposal there, and give `fairnotice check "+file+"`.")
	case core.Unfitting:
		dir, _ := filepath.Split(a.file.path)
		for i := range no.Problems {
			if no.Problems[i].Pos.File != "" {
				no.Problems[i].Pos.File = dir + no.Problems[i].Pos.File
			}
		}
		return flawed(no.Says+"\n"+printed(no.Problems), "The lines are those of the file as it would be. Propose other words, or answer the reviewer: "+answer)
	}
	return undone(no.Says, "Write them by hand.")
}

// message is the message of the statement that the proposal is about.
func (a *accepting) message() string {
	if item, ok := a.now.Number(a.s.Number); ok {
		return item.Message
	}
	return ""
}

// done keeps the answer to the reviewer, once.
func (a *accepting) done(text string) error {
	for _, old := range a.s.Answers {
		if old.Text == text {
			return nil
		}
	}
	return a.answer(a.s, packet.Answer{To: a.s.ID, By: a.by, On: a.on, Text: text})
}

// still says what is missing now, and what comes next.
func (a *accepting) still(out io.Writer, do *core.Accepting, f *core.File) error {
	missing, stale, err := do.Still(f)
	if err != nil {
		return undone(sentence(err.Error()))
	}
	wait := append(slices.Clone(missing), stale...)
	if len(wait) > 0 {
		fmt.Fprintln(out)
	}
	if len(missing) > 0 {
		hanging(out, 0, 0, fmt.Sprintf("Still missing in: %s. Until it is there, no notice goes out in these languages: nothing is filled in.", list(named(missing))))
	}
	if len(stale) > 0 {
		hanging(out, 0, 0, fmt.Sprintf("Translated from the old words in: %s. Until somebody has looked, no notice goes out in these languages.", list(named(stale))))
	}
	for _, tag := range wait {
		if len(wait) > 3 && tag != wait[0] {
			fmt.Fprintf(out, "  and so on for %s\n", list(wait[1:]))
			break
		}
		fmt.Fprintf(out, "  fairnotice translate export %s --lang %s --out %s-%s.xlsx\n", shell(a.file.path), tag, a.at.Program, tag)
	}
	ns, err := a.say.notices(&programFile{path: a.file.path, book: f.Book, program: f.Program})
	if err != nil {
		return err
	}
	if e, err := render.NewTexts(a.say.cat, ns); err == nil && e.Digest != a.at.Digest {
		if sent := slices.ContainsFunc(a.sent, func(n *packet.Numbers) bool { return n.Edition == f.Program.Edition.Number }); sent {
			fmt.Fprintf(out, "\nEdition %d was sent to reviewers with other words, so send the packet again. If edition %d has gone out, write the next number, %d, behind `edition.number:` first.\n", f.Program.Edition.Number, f.Program.Edition.Number, f.Program.Edition.Number+1)
		}
	}
	return nil
}
