package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/notices"
)

// changes compares two files, or one on two days. With --as json it writes
//
//	{"working_paper": "…", "old": {"file","program","edition","as_of","law_of"}, "new": {…},
//	 "is": "worse|unclear|better|wording_only|same",      the gravest of all
//	 "old_words_hold": false,                              whether somebody who confirmed the older words may go on under them
//	 "phases": [{"phase","in":"both|new|gone","against","is",
//	   "changes": [{"code","is","items","holder","demands","law","event","channel","words","before","after","public","because_old","because_new"}]}],
//	 "everyone": [changes that are not of one phase],
//	 "tell": [{"phase","who":"applied|open_application","codes"}]}
//
// A change with "public": false rests on a demand that may not be listed or a hold that may not be named.
func newChanges(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "changes OLD NEW",
		Short: "what changed for whom: worse, better or wording only; who must be told",
		Long: `Compares two files of one program, or one file on two days (--from, --to): for the people of each phase, whether it is worse, better, only
said in other words, or unclear, and why; and who has to read the new words. It is a working paper for the office and its advisers. What
applicants read of it is another product: fairnotice show NEW --kind what-changed --since OLD.`,
		Example: `  fairnotice changes examples/citykey-2017.yaml examples/citykey.yaml
  fairnotice changes examples/citykey.yaml --from 2025-01-15 --to 2025-06-14
  fairnotice changes old.yaml new.yaml --as json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return mistyped("changes needs two program files, the older one first.", w.typed.and("examples/citykey-2017.yaml", "examples/citykey.yaml"))
			}
			return w.files(2)(c, args)
		},
		ValidArgsFunction: programFiles,
	}
	from, to := dayFlag{name: "--from", typed: w.typed}, dayFlag{name: "--to", typed: w.typed}
	c.Flags().Var(&from, "from", "of one file: the first day")
	c.Flags().Var(&to, "to", "of one file: the second day")
	as := addWords(c, w, "as", "the form", "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		var old, new notices.Side
		switch two := len(args) == 2; {
		case two && (from.day != 0 || to.day != 0):
			return mistyped("--from and --to are for one file on two days. Two files are compared on the days of their editions.", "fairnotice changes "+shell(args[0])+" "+shell(args[1]))
		case !two && (from.day == 0 || to.day == 0):
			return mistyped("changes needs a second program file, or two days of this one.", w.typed.and("other.yaml"), "fairnotice changes "+shell(args[0])+" --from 2025-01-15 --to 2025-06-14")
		case !two && from.day > to.day:
			return mistyped(fmt.Sprintf("--from %s is after --to %s.", from.day, to.day), "fairnotice changes "+shell(args[0])+" --from "+to.day.String()+" --to "+from.day.String())
		}
		a, err := w.side(args[0])
		if err != nil {
			return err
		}
		old, new = a, a
		if len(args) == 2 {
			if new, err = w.side(args[1]); err != nil {
				return err
			}
		} else {
			old.On, new.On = from.day, to.day
		}
		ch, err := notices.StaffChanges(old, new)
		if err != nil {
			return notComparable(args, err)
		}
		var out bytes.Buffer
		if as.word == "json" {
			err = writeJSON(&out, map[string]any{"working_paper": stamp, "old": ch.Old, "new": ch.New, "is": ch.Is, "old_words_hold": ch.OldWordsHold(),
				"phases": notNil(ch.Phases), "everyone": notNil(ch.Everyone), "tell": notNil(ch.Tell)})
		} else {
			changesText(&out, new.Program, ch)
		}
		if err != nil {
			return err
		}
		_, err = c.OutOrStdout().Write(out.Bytes())
		return err
	}
	return c
}

func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// side reads one file as of the day of its edition.
func (w world) side(path string) (notices.Side, error) {
	f, err := w.read(path)
	if err != nil {
		return notices.Side{}, err
	}
	day := w.today
	if f.program != nil && !f.unread {
		day = f.program.Edition.AsOf.Last
	}
	f.check(day)
	if err := f.sound(); err != nil {
		return notices.Side{}, err
	}
	return notices.Side{Program: f.program, Book: f.book, On: day}, nil
}

// notComparable says in words why two files cannot be compared.
func notComparable(args []string, err error) error {
	var other *notices.ErrOtherProgram
	if errors.As(err, &other) && len(args) == 2 {
		return mistyped(fmt.Sprintf("%s is about the program %s, and %s about %s, so there is nothing to compare.", quoted(args[0]), quoted(string(other.Old)), quoted(args[1]), quoted(string(other.New))),
			fmt.Sprintf("If they are one program, write `same_as: [%s]` under `program:` in %s.", other.Old, clean(args[1])))
	}
	return undone("The two cannot be compared. " + sentence(err.Error()))
}

// changesText prints what changed for each phase, the gravest first.
func changesText(out io.Writer, p *notices.Program, ch *notices.Changed) {
	put := func(indent, hang int, s string) { hanging(out, indent, hang, s) }
	fmt.Fprintln(out, stamp)
	put(0, 2, fmt.Sprintf("%s: what changed for whom.", clean(title(p))))
	for _, s := range []struct {
		word string
		of   notices.Compared
	}{{"Before", ch.Old}, {"Now", ch.New}} {
		law := ""
		if s.of.On != s.of.AsOf.Last {
			law = fmt.Sprintf("; the law of %s", s.of.On)
		}
		put(0, 2, fmt.Sprintf("%s: %s, edition %d, as of %s%s", s.word, clean(s.of.File), s.of.Number, s.of.AsOf, law))
	}
	if ch.New.On > ch.New.AsOf.Last {
		put(0, 2, fmt.Sprintf("The file speaks for %s. What happened to the program after that day is not in it; only the law was read later.", ch.New.AsOf))
	}
	put(0, 2, "All in all: "+shiftWords[ch.Is]+".")
	for _, ph := range ch.Phases {
		fmt.Fprintln(out)
		head := string(ph.Phase) + ": " + shiftWords[ph.Is]
		switch {
		case ph.In == "new" && ph.Against == "":
			head += " (new; nothing before it on this way)"
		case ph.In == "new":
			head += " (new; held against " + string(ph.Against) + ")"
		case ph.In == "gone":
			head += " (in the older file alone)"
		}
		put(0, 2, head)
		changeLines(put, p, ph.Changes)
		if len(ph.Changes) == 0 {
			put(2, 4, "nothing of this phase alone")
		}
	}
	if len(ch.Everyone) > 0 {
		fmt.Fprintln(out)
		put(0, 2, "For everyone")
		changeLines(put, p, ch.Everyone)
	}
	fmt.Fprintln(out)
	put(0, 2, "Who must be told again")
	for _, t := range ch.Tell {
		who := "all who applied in this time"
		if t.Who == "open_application" {
			who = "those whose form is still open"
		}
		put(2, 4, fmt.Sprintf("%s: %s (%s)", t.Phase, who, strings.Join(t.Codes, ", ")))
	}
	if len(ch.Tell) == 0 {
		put(2, 4, "nobody")
	}
}

var shiftWords = map[notices.Shift]string{notices.Same: "the same", notices.WordingOnly: "wording only", notices.Better: "better", notices.Unclear: "changed, unclear whether for better or worse",
	notices.Worse: "worse"}

func changeLines(put func(int, int, string), p *notices.Program, list []notices.Change) {
	for _, c := range list {
		about := join(c.Items, ", ")
		add := func(word, s string) {
			if s != "" {
				about += map[bool]string{true: "; "}[about != ""] + word + clean(s)
			}
		}
		add("", strings.Join(c.Words, ", "))
		add("at ", string(c.Holder))
		add("way ", string(c.Channel))
		add("demand ", string(c.Event))
		add("law ", string(c.Law))
		add("against ", join(c.Demands, ", "))
		line := fmt.Sprintf("%s, %s", c.Code, c.Is)
		if about != "" {
			line += ": " + about
		}
		if c.Before != c.After {
			line += fmt.Sprintf(" (%s -> %s)", orNothing(c.Before), orNothing(c.After))
		} else if c.After != "" {
			line += fmt.Sprintf(" (%s)", clean(c.After))
		}
		if !c.Public {
			line += " [in no notice]"
		}
		put(2, 4, line)
		put(6, 8, "before: "+places(c.Was)+"; now: "+places(c.Now))
	}
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return clean(s)
}

// places names the first places of each list of reasons.
func places(rs []notices.Reason) string {
	var out []string
	for _, r := range rs {
		s := r.Path
		if s != "" && r.Pos.Line > 0 {
			s += fmt.Sprintf(" (line %d)", r.Pos.Line)
		}
		if s == "" {
			s = string(r.Law)
		}
		if s != "" {
			out = append(out, clean(s))
		}
	}
	const most = 4
	if n := len(out); n > most {
		out = append(out[:most:most], fmt.Sprintf("%d more", n-most))
	}
	if len(out) == 0 {
		return "nothing said"
	}
	return strings.Join(out, ", ")
}
