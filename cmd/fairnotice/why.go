package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

func newWhy(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "why FILE [STATEMENT]",
		Short: "what stands behind a sentence: the lines of the file, the sources, the law, the rules",
		Long: `Prints one statement of a notice with every reason for it: the lines of the program file, the source that each names, the law with its
quoted words and who last checked it, and the rules of the decision table. Where the office says it in its own words, it prints ours too,
and who decided it. Without a statement it lists all of them.`,
		Example: `  fairnotice why examples/citykey.yaml
  fairnotice why examples/citykey.yaml online/portal.keep.stored`,
		Args: func(c *cobra.Command, args []string) error {
			return w.files(2)(c, args)
		},
		ValidArgsFunction: programFiles,
	}
	var lang string
	c.Flags().StringVar(&lang, "lang", "", "the language of the sentence (default en, else the file's first)")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(locales.ShippedTags(), cobra.ShellCompDirectiveNoFileComp))
	since := c.Flags().String("since", "", "also what changed since this file of the older edition")
	_ = c.MarkFlagFilename("since", "yaml", "yml")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		f, err := w.load(args[0], date.day)
		if err != nil {
			return err
		}
		speak(c.ErrOrStderr(), f.due(date.day))
		tag := f.program.Languages[0]
		if slices.Contains(f.program.Languages, "en") {
			tag = "en"
		}
		if lang != "" {
			if tag, err = w.language(f, lang); err != nil {
				return err
			}
		}
		s, err := newSayer(date.day, []string{tag})
		if err != nil {
			return err
		}
		if err := s.sinceFile(w, *since); err != nil {
			return err
		}
		ns, err := s.notices(f)
		if err != nil {
			return err
		}
		var all []locales.Statement
		for _, n := range ns {
			said, err := s.cat.Say(n, tag)
			if closed, ok := err.(*locales.Closed); ok {
				return shut(f, closed)
			}
			if err != nil {
				return undone(fmt.Sprintf("The notice cannot be said in the language %s. %s", tag, sentence(err.Error())))
			}
			for _, st := range statements(said) {
				if !slices.ContainsFunc(all, func(o locales.Statement) bool { return o.ID == st.ID }) {
					all = append(all, st)
				}
			}
		}
		var out bytes.Buffer
		if len(args) == 1 {
			for _, st := range all {
				fmt.Fprintf(&out, "%s\n    %s\n", st.ID, clean(st.Text))
			}
		} else {
			i := slices.IndexFunc(all, func(st locales.Statement) bool { return st.ID == args[1] })
			if i < 0 {
				return w.noStatement(args, all)
			}
			s.why(&out, f, all[i])
		}
		_, err = c.OutOrStdout().Write(out.Bytes())
		return err
	}
	return c
}

// noStatement answers a mistyped statement.
func (w world) noStatement(args []string, all []locales.Statement) error {
	var ids, near []string
	for _, st := range all {
		ids = append(ids, st.ID)
		if strings.HasSuffix(st.ID, "."+args[1]) || strings.Contains(st.ID, args[1]) || st.Message == args[1] {
			near = append(near, st.ID)
		}
	}
	says := fmt.Sprintf("The notice has no statement %s.", quoted(args[1]))
	if len(near) == 0 {
		if m := source.DidYouMean(args[1], ids); m != "" {
			near = []string{m}
		}
	}
	switch {
	case len(near) == 1:
		return mistyped(says+" Did you mean "+quoted(near[0])+"?", w.typed.with(args[1], near[0]))
	case len(near) > 1:
		return mistyped(says+" There are "+list(near[:min(8, len(near))])+".", w.typed.with(args[1], near[0]))
	}
	return mistyped(says, "fairnotice why "+shell(args[0]))
}

// why prints a statement with its reasons.
func (s *sayer) why(out io.Writer, f *programFile, st locales.Statement) {
	fmt.Fprintf(out, "%s\n\n", st.ID)
	for _, l := range wrap(clean(st.Text), 96) {
		fmt.Fprintf(out, "    %s\n", l)
	}
	for _, v := range st.Values {
		fmt.Fprintf(out, "    %s: %s\n", clean(v.Label), clean(strings.Join(v.Text, ", ")))
	}
	if len(st.Covers) > 0 {
		fmt.Fprintf(out, "\nChecklist: %s.\n", join(st.Covers, ", "))
	}
	f.ours(out, st)
	fmt.Fprintf(out, "\nBecause\n")
	seen := map[string]bool{}
	for _, r := range st.Because {
		var b bytes.Buffer
		s.because(&b, f, r)
		if t := b.String(); !seen[t] {
			seen[t] = true
			fmt.Fprint(out, t)
		}
	}
}

// because prints one reason: a place of the file with its line and source, a law with its words, a rule.
func (s *sayer) because(out io.Writer, f *programFile, r notices.Reason) {
	if r.Path != "" || r.Pos.Line > 0 {
		fmt.Fprintf(out, "\n  %s  %s\n", f.at(r.Pos), r.Path)
		if line := strings.TrimSpace(clean(f.program.Doc.Line(r.Pos.Line))); line != "" && r.Pos.File == f.program.File {
			if runes := []rune(line); len(runes) > 120 {
				line = string(runes[:120]) + "…"
			}
			fmt.Fprintf(out, "    | %s\n", line)
		}
	}
	if r.Source != "" {
		src, ok := f.program.Sources[r.Source]
		if ok {
			fmt.Fprintf(out, "    source %s: %s\n", r.Source, clean(src.Title))
			if src.URL != "" {
				fmt.Fprintf(out, "      %s\n", clean(src.URL))
			}
		}
	}
	if r.Law != "" {
		if e := f.book.Entry(r.Law); e != nil {
			fmt.Fprintf(out, "\n  law %s: %s\n", e.ID, clean(e.Citation))
			for i, l := range wrap(quote(words(e, s.day)), 92) {
				fmt.Fprintf(out, "    %s%s\n", [2]string{"", " "}[min(i, 1)], l)
			}
			fmt.Fprintf(out, "    %s. Checked on %s by %s; confidence: %s.\n", effect(e, s.day), e.Checked.On, clean(e.Checked.By), e.Confidence)
		} else {
			fmt.Fprintf(out, "\n  law %s: %s\n", r.Law, clean(r.Cite))
		}
	}
	if r.Rule != "" {
		fmt.Fprintf(out, "\n  rule %s: %s\n", r.Rule, core.RuleMeans[r.Rule])
	}
}

// quote sets operative words in quotation marks, or says that nobody has read them.
func quote(f source.Fact[string]) string {
	if f.State != source.Known {
		return "Its words are not known here."
	}
	return "“" + clean(f.Is) + "”"
}

// words are the operative words of an entry on a day.
func words(e *law.Entry, day source.Day) source.Fact[string] {
	switch {
	case e.Demand != nil:
		return e.Demand.Words
	case e.Ruling != nil:
		return e.Ruling.Words
	}
	if v := e.On(day); v != nil {
		return v.Words
	}
	return source.Fact[string]{State: source.Unknown}
}

// effect says in words how an entry stands on a day.
func effect(e *law.Entry, day source.Day) string { return clean(core.Standing(e, day)) }
