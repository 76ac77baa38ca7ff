package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

func newCheck(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "check FILE… | check --text FILE",
		Short: "everything that is wrong with a file, and everything that is still to be asked; or how plain a text is",
		Long: `Reads program files and prints every problem at once, each with its place and what to write instead; then the questions that the
file leaves open, by whom to ask; then how much of the checklist of 47 items the notice covers. Only errors change the exit code.

With --text, judges a notice that an office already has, saved as plain text, with no program file: how hard it is to read, which of
ten basic facts it states, what it must not say, and each sentence to mend. Exit code 1 if it does not meet the bar.`,
		Example: `  fairnotice check examples/citykey.yaml
  fairnotice check examples/citykey.yaml --date 2025-06-14 --as json
  fairnotice check --text notice.txt --lang en`,
		ValidArgsFunction: programFiles,
	}
	text := c.Flags().String("text", "", "judge this notice, a plain text file, instead of program files")
	lang := c.Flags().String("lang", "en", "the language of the text")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(locales.ShippedTags(), cobra.ShellCompDirectiveNoFileComp))
	c.Args = func(c *cobra.Command, args []string) error {
		set := c.Flags().Changed
		switch {
		case !set("text") && set("lang"):
			return mistyped("--lang is for --text; a program file names its own languages.", w.typed.and("--text", "notice.txt"))
		case !set("text"):
			return w.files(0)(c, args)
		case len(args) > 0:
			return mistyped("--text judges one text and no program file; "+quoted(args[0])+" is too much.", c.CommandPath()+" --text "+shell(*text))
		case set("date"):
			return mistyped("--text does not depend on a day, so it takes no --date.", c.CommandPath()+" --text "+shell(*text))
		}
		return nil
	}
	as := addWords(c, w, "as", "the form", "text", "json")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		if c.Flags().Changed("text") {
			return w.checkText(c, *text, *lang, as.word)
		}
		var all []*report
		failed := false
		for _, path := range args {
			r, err := w.inspect(path, date.day)
			if err != nil {
				return err
			}
			failed = failed || r.file.problems.Failed()
			all = append(all, r)
		}
		var out bytes.Buffer
		if as.word == "json" {
			if err := reportsJSON(&out, all); err != nil {
				return err
			}
		} else {
			for i, r := range all {
				if i > 0 {
					out.WriteString("\n")
				}
				r.text(&out)
			}
		}
		if _, err := c.OutOrStdout().Write(out.Bytes()); err != nil {
			return err
		}
		if failed {
			return flawed("")
		}
		return nil
	}
	return c
}

// report is what check says of one file.
type report struct {
	file      *programFile
	covered   []notices.Covered // of the notice before the first upload; nil where the file has errors
	questions []notices.Question
	languages []string // with the state of their words
}

// inspect reads and judges one file.
func (w world) inspect(path string, day source.Day) (*report, error) {
	f, err := w.read(path)
	if err != nil {
		return nil, err
	}
	f.warm()
	c := f.core()
	seen, err := c.Inspect(day, each)
	if err != nil {
		return nil, undone(fmt.Sprintf("%s: %s", quoted(path), sentence(err.Error())))
	}
	f.problems = c.Problems
	r := &report{file: f, covered: seen.Covered, questions: seen.Questions}
	if f.program == nil {
		return r, nil
	}
	tags := f.program.Languages
	var drafts []string // languages that nobody has reviewed
	for i, said := range seen.Said {
		if closed := seen.Closed[i]; closed != nil {
			r.languages = append(r.languages, strings.TrimSuffix(strings.Replace(closedWords(closed), "): ", "): closed, ", 1), "."))
		} else if made := said.Translation; made.State == string(source.Draft) {
			drafts = append(drafts, tags[i])
		} else {
			r.languages = append(r.languages, fmt.Sprintf("%s: reviewed by %s on %s", named([]string{tags[i]})[0], clean(made.By), made.On))
		}
	}
	if len(drafts) > 0 {
		r.languages = append(r.languages, fmt.Sprintf("draft, reviewed by nobody: %s", strings.Join(named(drafts), ", ")))
	}
	return r, nil
}

// text prints the report for people.
func (r *report) text(out io.Writer) {
	put := func(indent, hang int, s string) { hanging(out, indent, hang, s) }
	problems := r.file.shown()
	errs, warnings := problems.Of(source.Error), problems.Of(source.Warning)
	for _, g := range []struct {
		title string
		ps    source.Problems
	}{{"Errors: mend these first", errs}, {"Warnings: look at these", warnings}} {
		if len(g.ps) == 0 {
			continue
		}
		fmt.Fprintf(out, "%s (%d)\n\n", g.title, len(g.ps))
		single, alike := apart(g.ps)
		single.Print(out)
		for _, same := range alike {
			put(0, 2, same[0].Message+" "+same[0].Hint+" ["+same[0].Code+"]")
			for _, p := range same {
				put(4, 6, fmt.Sprintf("%s:%d:%d  %s", clean(p.Pos.File), p.Pos.Line, p.Pos.Col, p.Path))
			}
		}
		fmt.Fprintln(out)
	}
	if len(r.questions) > 0 {
		fmt.Fprintf(out, "Questions: the file says \"unknown\" (%d)\n\n", len(r.questions))
		for _, g := range byWhom(r.questions) {
			fmt.Fprintf(out, "  To ask %s (%d)\n", g.name, len(g.questions))
			for _, same := range byText(g.questions) {
				put(4, 6, "- "+clean(same[0].Text))
				for _, q := range same {
					asked := ""
					for _, a := range q.Asked {
						asked += fmt.Sprintf("; asked %s on %s, no answer", clean(a.Who), a.On)
					}
					put(8, 10, fmt.Sprintf("%s (line %d)%s", q.Path, q.Pos.Line, asked))
				}
			}
			fmt.Fprintln(out)
		}
	}
	if r.covered != nil {
		n := map[string]int{}
		for _, c := range r.covered {
			n[c.Status]++
		}
		fmt.Fprintf(out, "Checklist: %d items, %d covered, %d not applicable, %d missing.\n", len(r.covered), n["covered"], n["not_applicable"], n["missing"])
		for _, c := range r.covered {
			switch c.Status {
			case "missing":
				put(2, 4, fmt.Sprintf("missing: %s [%s]", lacks(c), c.Item))
			case "not_applicable":
				put(2, 4, fmt.Sprintf("not applicable: a notice %s. Here: %s [%s]", c.Title, c.Reason, c.Item))
			}
		}
		if len(r.languages) == 0 {
			fmt.Fprintln(out)
		} else if words := slices.DeleteFunc(slices.Clone(problems), func(p source.Problem) bool { return !mustNot(p.Code) }); len(words) == 0 {
			fmt.Fprintln(out, "Words: nothing was found that a notice must not say.")
		} else {
			fmt.Fprintf(out, "Words: %s that a notice must not say; see above.\n", count(len(words), "phrase"))
		}
		if own := ownWords(r.file.program.Wording); own != "" {
			fmt.Fprintln(out, own)
		}
		if len(r.languages) > 0 {
			put(0, 2, "Languages: "+strings.Join(r.languages, "; ")+".")
			fmt.Fprintln(out)
		}
	}
	rest := fmt.Sprintf("%s and %s", count(len(warnings), "warning"), count(len(r.questions), "question"))
	if len(errs) > 0 {
		fmt.Fprintf(out, "%s: %s, %s. No notice can be made yet.\n", clean(r.file.path), count(len(errs), "error"), rest)
	} else {
		fmt.Fprintf(out, "%s: no errors, %s. A notice can be made.\n", clean(r.file.path), rest)
	}
}

// apart separates problems that say the same of more than two places: those are printed once, with their places.
func apart(ps source.Problems) (single source.Problems, alike []source.Problems) {
	words := func(p source.Problem) string { return p.Code + "\x00" + p.Message + "\x00" + p.Hint }
	n := map[string]int{}
	for _, p := range ps {
		n[words(p)]++
	}
	at := map[string]int{}
	for _, p := range ps {
		w := words(p)
		if n[w] < 3 {
			single = append(single, p)
			continue
		}
		if _, ok := at[w]; !ok {
			at[w] = len(alike)
			alike = append(alike, nil)
		}
		alike[at[w]] = append(alike[at[w]], p)
	}
	return single, alike
}

// lacks says what a notice misses.
func lacks(c notices.Covered) string {
	says := "A notice " + c.Title + "; this one does not."
	if len(c.Missing) > 0 {
		const most = 6
		says = fmt.Sprintf("A notice %s; this one does not for %s", c.Title, strings.Join(c.Missing[:min(most, len(c.Missing))], ", "))
		if len(c.Missing) > most {
			says += fmt.Sprintf(" and %d more", len(c.Missing)-most)
		}
		says += "."
	}
	return says
}

// mustNot says whether a code is that of a must-not, N1 to N18.
func mustNot(code string) bool {
	return len(code) > 1 && code[0] == 'N' && code[1] >= '0' && code[1] <= '9'
}

// MarshalJSON is the contract of `check --as json`.
func (r *report) MarshalJSON() ([]byte, error) {
	out := struct {
		Problems  source.Problems                    `json:"problems"`
		Coverage  map[notices.ItemID]notices.Covered `json:"coverage"`
		Questions []notices.Question                 `json:"questions"`
	}{append(source.Problems{}, r.file.shown()...), map[notices.ItemID]notices.Covered{}, append([]notices.Question{}, r.questions...)}
	for _, c := range r.covered {
		out.Coverage[c.Item] = c
	}
	return json.Marshal(out)
}

// reportsJSON writes the report of one file as it is, those of several as {"files": {name: report}}.
func reportsJSON(out io.Writer, all []*report) error {
	if len(all) == 1 {
		return writeJSON(out, all[0])
	}
	byName := map[string]*report{}
	for _, r := range all {
		byName[r.file.path] = r
	}
	return writeJSON(out, map[string]any{"files": byName})
}

// writeJSON writes indented JSON in which < and & stay readable.
func writeJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// asker is the questions for one person.
type asker struct {
	name      string
	questions []notices.Question
}

// byWhom groups questions by whom to ask, in a fixed order; those for somebody else come last.
func byWhom(qs []notices.Question) []asker {
	order := []struct{ ask, name string }{{"program", "the program's staff"}, {"records", "the records officer"}, {"it", "IT"}, {"vendor", "the vendor"}, {"counsel", "counsel"}}
	groups := make([]asker, len(order))
	for i, o := range order {
		groups[i].name = o.name
	}
	for _, q := range qs {
		i := slices.IndexFunc(order, func(o struct{ ask, name string }) bool { return o.ask == string(q.Ask) })
		if i < 0 {
			i = 0
		}
		groups[i].questions = append(groups[i].questions, q)
	}
	return slices.DeleteFunc(groups, func(g asker) bool { return len(g.questions) == 0 })
}

// byText puts questions with the same words together, in the order in which they come first.
func byText(qs []notices.Question) [][]notices.Question {
	var out [][]notices.Question
	at := map[string]int{}
	for _, q := range qs {
		i, ok := at[q.Text]
		if !ok {
			i = len(out)
			at[q.Text] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], q)
	}
	return out
}

// hanging prints a text in lines of at most a hundred characters: the first indented, the others hanging.
func hanging(out io.Writer, indent, hang int, s string) {
	for i, l := range wrap(s, 100-hang) {
		n := indent
		if i > 0 {
			n = hang
		}
		fmt.Fprintf(out, "%s%s\n", strings.Repeat(" ", n), l)
	}
}

// wrap breaks a text into lines of at most width characters, at blanks.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
