package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

func newQuestions(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "questions FILE",
		Short: "what nobody knows yet, on one sheet for each person; and their answers back into the file",
		Long: `Prints the open questions of a program file on sheets, one for each person who can answer: records, it, vendor, counsel, program.
With --out it writes them into a folder: each as a text for mail and as a page to fill in. With --answers it reads sheets that came
back, and writes the answers into the file at their place. Comments and layout stay, and the file as it was is kept beside it.
If anything in a sheet does not fit, all of it is said, and nothing is written.`,
		Example: `  fairnotice questions examples/citykey.yaml --for records
  fairnotice questions examples/citykey.yaml --out sheets
  fairnotice questions examples/citykey.yaml --for records --sent "Ana Ruiz"
  fairnotice questions examples/citykey.yaml --answers sheets/citykey-records.txt`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	to := addWords(c, w, "for", "for whom", append([]string{"all"}, notices.Askers()...)...)
	as := addWords(c, w, "as", "the form of a sheet", "text", "html")
	var out, sent string
	var answers []string
	c.Flags().StringVar(&out, "out", "", "write the sheets into this folder")
	c.Flags().StringArrayVar(&answers, "answers", nil, "a sheet that came back; - reads it from standard input")
	c.Flags().StringVar(&sent, "sent", "", "note in the file that this person was asked on the day --date")
	asOf := &dayFlag{typed: w.typed}
	c.Flags().Var(asOf, "as-of", "with --answers: begin a new edition, of this day")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(answers) > 0 && (sent != "" || out != "") || sent != "" && out != "" {
			return mistyped("--answers, --sent and --out are three different things to do.", "fairnotice questions --help")
		}
		if asOf.day != 0 && len(answers) == 0 {
			return mistyped("--as-of goes together with --answers.", "fairnotice questions --help")
		}
		q, err := w.openQuestions(args[0], date.day)
		if err != nil {
			return err
		}
		whom := to.word
		if whom == "all" {
			whom = ""
		}
		switch {
		case len(answers) > 0:
			return q.answer(c.OutOrStdout(), c.InOrStdin(), answers, asOf.day)
		case sent != "":
			return q.sent(c.OutOrStdout(), whom, sent)
		case out != "":
			return q.write(c.OutOrStdout(), whom, out)
		}
		return q.print(c.OutOrStdout(), whom, as.word)
	}
	return c
}

// questioning is a program file whose questions are asked or answered.
type questioning struct {
	world
	file *programFile
	data []byte // the file's bytes
	cat  *locales.Catalog
	day  source.Day
}

func (w world) openQuestions(path string, day source.Day) (*questioning, error) {
	f, err := w.load(path, day)
	if err != nil {
		return nil, err
	}
	cat, err := catalogue(append([]string{"en"}, slices.DeleteFunc(slices.Clone(f.program.Languages), func(t string) bool { return t == "en" })...))
	if err != nil {
		return nil, err
	}
	return &questioning{world: w, file: f, data: f.program.Doc.Bytes(), cat: cat, day: day}, nil
}

// sheets makes the sheets that have a question: for one person, or for all.
func (q *questioning) sheets(to string) ([]*render.Sheet, error) {
	f := q.file.core()
	says, err := f.Waiting(q.day)
	if err != nil {
		return nil, undone(err.Error())
	}
	sheets, err := f.Sheets(to, says)
	if err != nil {
		return nil, undone(sentence(err.Error()))
	}
	return sheets, nil
}

func (q *questioning) print(out io.Writer, to, as string) error {
	sheets, err := q.sheets(to)
	if err != nil {
		return err
	}
	if as == "html" && len(sheets) != 1 {
		if len(sheets) > 1 {
			return mistyped("A page is for one person.", q.typed.and("--for", sheets[0].To), q.typed.and("--out", "sheets"))
		}
	}
	var b bytes.Buffer
	for i, s := range sheets {
		if i > 0 {
			b.WriteString("\n\n")
		}
		if as == "html" {
			err = s.HTML(&b)
		} else {
			err = s.Text(&b)
		}
		if err != nil {
			return err
		}
	}
	if len(sheets) == 0 {
		b.WriteString("There is no open question" + forWhom(to) + ".\n")
	}
	_, err = out.Write(b.Bytes())
	return err
}

func forWhom(to string) string {
	if to == "" {
		return ""
	}
	return " for " + render.Person(to)
}

// write puts the sheets into a folder. A sheet that is there and reads otherwise may have answers in it: it stays.
func (q *questioning) write(out io.Writer, to, folder string) error {
	sheets, err := q.sheets(to)
	if err != nil {
		return err
	}
	if err := makeFolder(folder); err != nil {
		return undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(folder), reason(err)))
	}
	type made struct {
		path string
		data []byte
	}
	var files []made
	for _, s := range sheets {
		var text, page bytes.Buffer
		if err := s.Text(&text); err != nil {
			return err
		}
		if err := s.HTML(&page); err != nil {
			return err
		}
		base := filepath.Join(folder, s.ID+"-"+s.To)
		files = append(files, made{base + ".txt", text.Bytes()}, made{base + ".html", page.Bytes()})
	}
	for _, f := range files {
		if have, err := os.ReadFile(f.path); err == nil && !bytes.Equal(have, f.data) {
			return undone(fmt.Sprintf("%s is there and reads otherwise; answers may stand in it. So nothing was written.", quoted(f.path)), "Choose another folder after --out, or move that file away.")
		}
	}
	for i, f := range files {
		if have, err := os.ReadFile(f.path); err != nil || !bytes.Equal(have, f.data) {
			if err := save(f.path, nil, f.data); err != nil {
				return err
			}
		}
		if i%2 == 0 {
			s := sheets[i/2]
			n := 0
			for _, a := range s.Questions {
				n += len(a.Places)
			}
			fmt.Fprintf(out, "%s and %s: for %s, %s for %s.\n", f.path, filepath.Base(files[i+1].path), render.Person(s.To), count(len(s.Questions), "question"), count(n, "place"))
		}
	}
	if len(files) == 0 {
		fmt.Fprintf(out, "There is no open question%s.\n", forWhom(to))
	}
	return nil
}

// sent notes that somebody was asked.
func (q *questioning) sent(out io.Writer, to, who string) error {
	edits := render.WasAsked(q.file.program, to, who, q.day.String())
	if len(edits) == 0 {
		fmt.Fprintf(out, "Nothing is to be noted: there is no open question%s that %s was not asked on %s.\n", forWhom(to), clean(who), q.day)
		return nil
	}
	data, err := q.apply(edits, nil)
	if err != nil {
		return err
	}
	kept, err := q.replace(data)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: it is noted for %s that %s was asked on %s.\nThe file as it was: %s\n", q.file.path, count(len(edits), "question"), clean(who), q.day, kept)
	return nil
}

// apply puts edits into the file and judges the result. at gives the place in a sheet of the answer at a path.
func (q *questioning) apply(edits []notices.Edit, at map[string]source.Pos) ([]byte, error) {
	data, problems := q.file.core().Apply(edits, at, q.day)
	if len(problems) > 0 {
		return nil, unfit(q.file.path, problems)
	}
	return data, nil
}

// unfit says every problem of sheets at once.
func unfit(path string, problems source.Problems) error {
	var b bytes.Buffer
	problems.Sort()
	fmt.Fprintf(&b, "Nothing was written into %s: %s.\n", quoted(path), count(len(problems), "problem"))
	problems.Print(&b)
	return flawed(strings.TrimRight(b.String(), "\n"), "Mend these lines in the sheet, and give the same command again.")
}

// replace keeps the file as it was, and puts the new bytes in its place.
func (q *questioning) replace(data []byte) (kept string, err error) {
	if kept, err = keep(q.file.path, q.data, q.today); err != nil {
		return "", err
	}
	return kept, save(q.file.path, q.data, data)
}

// answer reads sheets that came back and writes what they say.
func (q *questioning) answer(out io.Writer, in io.Reader, sheets []string, asOf source.Day) error {
	var came []core.Came
	for _, name := range sheets {
		data, shown, err := readSheet(in, name)
		if err != nil {
			return err
		}
		came = append(came, core.Came{Name: shown, Data: data})
	}
	p := q.file.program
	edition := p.Edition.AsOf.Last
	if asOf != 0 {
		edition = asOf
	}
	got, problems, err := q.file.core().ReadSheets(came, edition, q.today, func(on source.Date) string {
		return fmt.Sprintf("Add --as-of %s: it writes that day and the next number into the file.", on)
	})
	if err != nil {
		return undone(sentence(err.Error()))
	}
	if problems.Failed() {
		return unfit(q.file.path, problems)
	}
	if len(got.Edits) == 0 {
		fmt.Fprintf(out, "There is no answer to write. %s.\n", stillOpen(got.Left))
		printLines(out, "To be written into the file by hand", byHand(got.ByHand))
		return nil
	}
	if asOf != 0 && asOf != p.Edition.AsOf.Last {
		if asOf < p.Edition.AsOf.Last {
			return mistyped(fmt.Sprintf("--as-of %s is before the day of the edition, %s.", asOf, p.Edition.AsOf), q.typed.with(asOf.String(), got.Last.String()))
		}
		got.Edits = append(got.Edits, q.file.core().NextEdition(asOf, true)...)
	}
	data, err := q.apply(got.Edits, got.At)
	if err != nil {
		return err
	}
	kept, err := q.replace(data)
	if err != nil {
		return err
	}
	return q.report(out, got.Outcome, kept)
}

func stillOpen(n int) string {
	if n == 1 {
		return "1 question is still open"
	}
	return fmt.Sprintf("%d questions are still open", n)
}

func readSheet(in io.Reader, name string) (data []byte, shown string, err error) {
	const most = 1 << 20
	if name == "-" {
		data, err = io.ReadAll(io.LimitReader(in, most))
		shown = "standard input"
	} else {
		var f *os.File
		if f, err = os.Open(name); err == nil {
			defer f.Close()
			data, err = io.ReadAll(io.LimitReader(f, most))
		}
		shown = name
	}
	if err != nil {
		return nil, "", undone(fmt.Sprintf("The sheet %s cannot be read: %s.", quoted(name), reason(err)), "Look whether the name and the folder are right.")
	}
	return data, shown, nil
}

// byHand says what somebody has to write into the file.
func byHand(all []render.Unfit) []string {
	var out []string
	for _, u := range all {
		out = append(out, u.ByHandSays())
	}
	return out
}

func printLines(out io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s (%d)\n", title, len(lines))
	for _, l := range lines {
		hanging(out, 2, 4, "- "+clean(l))
	}
}

// report says what was written, what was left, and what check says now.
func (q *questioning) report(out io.Writer, got *render.Outcome, kept string) error {
	fmt.Fprintf(out, "%s: %s written.\n", q.file.path, count(len(got.Written), "answer"))
	last := ""
	for _, a := range got.Written {
		if a.Question != last {
			fmt.Fprintln(out)
			hanging(out, 0, 2, a.Question)
			last = a.Question
		}
		where := a.Path
		if a.Place != "" {
			where = clean(a.Place) + ": " + a.Path
		}
		hanging(out, 2, 4, where)
		hanging(out, 6, 8, "was: "+clean(a.Old))
		hanging(out, 6, 8, "is:  "+clean(a.New))
		if a.Comment {
			hanging(out, 6, 8, "A comment stands beside it in the file: look whether it still holds.")
		}
	}
	printLines(out, "To ask next", got.Asks)
	printLines(out, "To be written into the file by hand", byHand(got.ByHand))
	fmt.Fprintf(out, "\nThe file as it was: %s\n", kept)
	r, err := q.inspect(q.file.path, q.day)
	if err != nil {
		return err
	}
	n := len(r.file.problems.Of(source.Warning))
	fmt.Fprintf(out, "check says now: no errors, %s and %s.\n", count(n, "warning"), count(len(r.questions), "question"))
	return nil
}
