package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/notices/source"
	"fairnotice/render/packet"
)

func init() { reviewVerbs.add(30, newReviewAnswer) }

func newReviewAnswer(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "answer FILE ID ANSWER --by NAME",
		Short: "what the office says to a comment",
		Long: `Writes an answer beside a comment that is kept. The next packet shows both beside the statement. An answer settles nothing: a comment is
settled when an edition with a higher number says the sentence otherwise.`,
		Example: `  fairnotice review answer examples/citykey.yaml c-7d02a1b4 "You are right. The next edition says so." --by "Ana Ruiz, City Clerk"`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 3 {
				return mistyped("review answer needs a program file, the id of a comment (or where it stands, such as 42:es), and the answer in quotes.", "fairnotice review answer --help")
			}
			return nil
		},
		ValidArgsFunction: programFiles,
	}
	var by string
	c.Flags().StringVar(&by, "by", "", "who answers: name and title")
	on := &dayFlag{name: "--on", typed: w.typed}
	c.Flags().Var(on, "on", "the day of the answer (default today)")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		if by == "" {
			return mistyped("It is not said who answers.", w.typed.and("--by", "Ana Ruiz, City Clerk"))
		}
		text := strings.TrimSpace(source.NFC(strings.ReplaceAll(args[2], "\r\n", "\n")))
		if err := checkWords("The answer", text, 4000); err != nil {
			return err
		}
		if by = strings.TrimSpace(source.NFC(by)); strings.Contains(by, "\n") {
			return mistyped("The name after --by has more than one line.", "Write it on one line.")
		}
		if err := checkWords("The name after --by", by, 200); err != nil {
			return err
		}
		r, _, err := w.openComments(args[0], "", date.day)
		if err != nil {
			return err
		}
		s, err := r.find(args[1], "")
		if err != nil {
			return err
		}
		if on.day == 0 {
			on.day = w.today
		}
		if err := r.answer(s, packet.Answer{To: s.ID, By: by, On: on.day, Text: text}); err != nil {
			return err
		}
		fmt.Fprintf(c.OutOrStdout(), "%s: the answer to %s is kept. The next packet shows it beside the statement.\n", r.path, shortID(s.ID))
		return nil
	}
	return c
}

// answer keeps an answer.
func (c *commented) answer(s packet.Standing, a packet.Answer) error {
	merged, err := packet.Merge(c.kept, &packet.Comments{Program: c.kept.Program, Answers: []packet.Answer{a}})
	if err != nil {
		return undone(sentence(err.Error()))
	}
	c.kept = merged
	return c.save()
}
