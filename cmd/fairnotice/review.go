package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/notices/source"
)

// subverbs are the verbs below another one. Each file that has one adds it in its init; they are shown in the order of their ranks.
type subverbs []subverb

type subverb struct {
	rank int
	make func(world) *cobra.Command
}

// add puts a verb among the others.
func (s *subverbs) add(rank int, make func(world) *cobra.Command) {
	*s = append(*s, subverb{rank, make})
	slices.SortStableFunc(*s, func(a, b subverb) int { return a.rank - b.rank })
}

// under makes a verb whose work is done by the verbs below it. Alone, it says what they are.
func (s subverbs) under(w world, c *cobra.Command) *cobra.Command {
	var names []string
	for _, v := range s {
		below := v.make(w)
		names = append(names, below.Name())
		c.AddCommand(below)
	}
	name := c.Name()
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		says := fmt.Sprintf("%s has no verb %s.", name, quoted(args[0]))
		if near := source.DidYouMean(args[0], names); near != "" {
			return mistyped(says+" Did you mean "+quoted(near)+"?", w.typed.with(args[0], near))
		}
		return mistyped(says+" It has "+list(names)+".", "fairnotice "+name+" --help")
	}
	return c
}

// reviewVerbs are the verbs of review: send (10), read (20), answer (30), accept (40), sign (50), status (60).
var reviewVerbs subverbs

func newReview(w world) *cobra.Command {
	return reviewVerbs.under(w, &cobra.Command{
		Use:   "review VERB",
		Short: "what reviewers are sent, what they say, and what they sign",
		Long: strings.TrimSpace(`
Reviewers read every sentence of a notice beside its facts and its law, object to one of them, and sign. What lies beside a program
file x.yaml in x/review/ are the office's working papers: what was sent, what came back, and who signed what.`),
	})
}
