package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

func newInit(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "init [FILE]",
		Short: "an interview of ten minutes that ends with a first program file",
		Long: `Asks about a program, in plain words, and writes a program file that check accepts. Enter means: I do not know; that is an answer,
and becomes a question for somebody. back goes back, stop leaves: the answers stay in FILE.answers, and the same command goes on.
For scripts, --answers reads a file of such answers, each as key: value.`,
		Example: `  fairnotice init city.yaml
  fairnotice init city.yaml --answers city.yaml.answers`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return mistyped(fmt.Sprintf("init takes one file; %s is too much.", quoted(args[1])), "fairnotice init "+shell(args[0]))
			}
			return nil
		},
		ValidArgsFunction: programFiles,
	}
	var answers string
	c.Flags().StringVar(&answers, "answers", "", "a file of answers instead of an interview; - reads them from standard input")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		path := "program.yaml"
		if len(args) == 1 {
			path = args[0]
		}
		if _, err := os.Stat(path); err == nil {
			return undone(fmt.Sprintf("There is a file %s already, and init writes over nothing.", quoted(path)), "fairnotice check "+shell(path), "Choose another name.")
		} else if !errors.Is(err, fs.ErrNotExist) {
			return undone(fmt.Sprintf("The file %s cannot be written: %s.", quoted(path), reason(err)))
		}
		if answers == "" && !w.asks {
			return mistyped("init asks questions, and here is nobody to answer them: standard input is no terminal.", w.typed.and("--answers", "answers.txt"))
		}
		i, err := w.openInterview(path, date.day)
		if err != nil {
			return err
		}
		if answers != "" {
			data, shown, err := readSheet(c.InOrStdin(), answers)
			if err != nil {
				return err
			}
			if ps := i.Read(shown, data, true); ps.Failed() {
				return unfit(path, ps)
			}
			return i.finish(c.OutOrStdout())
		}
		return i.talk(c.InOrStdin(), c.OutOrStdout())
	}
	return c
}

// interview is one interview on a terminal, and the file that it leads to.
type interview struct {
	world
	*core.Interview
	path, saved string // the program file, and the answers so far
}

func (w world) openInterview(path string, day source.Day) (*interview, error) {
	in, err := core.NewInterview(path, day, "press Enter")
	if err != nil {
		return nil, undone(sentence(err.Error()))
	}
	return &interview{w, in, path, path + core.AnswersEnd}, nil
}

const introduction = `An interview of about ten minutes. At its end stands a first program file.

  Enter   I do not know: somebody will be asked later. That is always honest.
  back    go back to the question before
  stop    leave; your answers stay, and the same command goes on where you stopped

`

// talk asks one question after the other. Each answer is on the disk before the next question.
func (i *interview) talk(in io.Reader, out io.Writer) error {
	if data, err := os.ReadFile(i.saved); err == nil {
		if ps := i.Read(i.saved, data, false); ps.Failed() {
			return unfit(i.path, ps)
		}
		fmt.Fprintf(out, "Here you stopped: %s is there.\n\n", count(len(i.Answers), "answer"))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return undone(fmt.Sprintf("The answers in %s cannot be read: %s.", quoted(i.saved), reason(err)))
	} else {
		fmt.Fprint(out, introduction)
	}
	lines := bufio.NewReader(io.LimitReader(in, 1<<20))
	for {
		p, at, of, more := i.Next()
		if !more {
			return i.finish(out)
		}
		ask(out, p, at, of)
		typed, err := lines.ReadString('\n')
		if err != nil && typed == "" {
			return i.stopped(out)
		}
		typed = strings.TrimSpace(typed)
		switch strings.ToLower(typed) {
		case "stop", "quit", "exit":
			return i.stopped(out)
		case "back":
			if !i.Back() {
				fmt.Fprint(out, "This is the first question.\n\n")
			}
			if err := i.keepAnswers(); err != nil {
				return err
			}
			continue
		}
		if wrong := i.Take(p, typed); wrong != "" {
			if wrong == render.NeedsAnswer {
				wrong += " Write stop to leave now and go on later; your answers stay."
			}
			fmt.Fprintf(out, "  %s\n\n", clean(wrong))
			continue
		}
		if err := i.keepAnswers(); err != nil {
			return err
		}
		fmt.Fprintln(out)
	}
}

func (i *interview) keepAnswers() error {
	earlier, err := os.ReadFile(i.saved)
	if errors.Is(err, fs.ErrNotExist) {
		earlier = nil
	} else if err != nil {
		return undone(fmt.Sprintf("The answers in %s cannot be read: %s.", quoted(i.saved), reason(err)))
	}
	return save(i.saved, earlier, []byte(i.Lines()))
}

func (i *interview) stopped(out io.Writer) error {
	fmt.Fprintf(out, "\nYour answers are in %s. The program file is not written yet. The same command goes on:\n  fairnotice init %s\n", i.saved, shell(i.path))
	return nil
}

// ask prints a question.
func ask(out io.Writer, p render.Prompt, at, of int) {
	hanging(out, 0, 0, fmt.Sprintf("%d of about %d. %s", at, of, p.Text))
	if p.Hint != "" {
		hanging(out, 2, 2, p.Hint)
	}
	for n, c := range p.Choices {
		hanging(out, 2, 6, fmt.Sprintf("%2d  %s", n+1, c[1]))
	}
	var how []string
	if p.Many && len(p.Choices) > 0 {
		how = append(how, "several numbers with commas")
	} else if len(p.Choices) > 0 {
		how = append(how, "a number")
	}
	if p.OrNone {
		how = append(how, "none")
	}
	if !p.Required {
		how = append(how, "Enter: I do not know")
	}
	if len(how) > 0 {
		fmt.Fprintf(out, "  (%s)\n", strings.Join(how, "; "))
	}
	fmt.Fprint(out, "> ")
}

// finish writes the program file.
func (i *interview) finish(out io.Writer) error {
	data, errs, keys := i.Misfits()
	if len(errs) > 0 {
		var b bytes.Buffer
		for n := range errs {
			if _, pos := i.Asked(errs[n].Path); pos.Line > 0 {
				errs[n].Pos, errs[n].Excerpt, errs[n].Message = pos, "", "The answer to "+quoted(keys[n])+" does not fit. "+errs[n].Message
			}
		}
		errs.Sort()
		fmt.Fprintf(&b, "The file that follows from these answers has %s, so it was not written.\n", count(len(errs), "error"))
		errs.Print(&b)
		return flawed(strings.TrimRight(b.String(), "\n"), "Mend the answers, and give the same command again.")
	}
	if err := save(i.path, nil, data); err != nil {
		return err
	}
	p, _ := notices.Read(i.path, data)
	fmt.Fprintf(out, "%s is written, and check accepts it. %s for other people.\n", i.path, count(len(notices.Questions(p)), "question"))
	if left := i.Left(); len(left) > 0 {
		fmt.Fprintf(out, "It is not built in %s: words are missing. Add them to the file when you have them.\n", list(left))
	}
	fmt.Fprintf(out, "What you can do now:\n  fairnotice check %[1]s\n  fairnotice questions %[1]s --out sheets\n  fairnotice build %[1]s --out site\n", shell(i.path))
	return nil
}
