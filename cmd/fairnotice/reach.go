package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

func newReach(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "reach FILE DEMAND",
		Short: "what one demand would reach: how many, what, where, and what stands in the way",
		Long: `Lays a demand file over a program file, in memory, and prints what the demand would reach: how many people as far as somebody counted
them, which papers and facts at which holder, what stands in the way there, what is not in it, what nobody knows and whom to ask. It is
a working paper for the office and its lawyer, not for applicants, and changes no file. --if says what would differ if the program file
said something else.`,
		Example: `  fairnotice reach examples/citykey.yaml examples/demands/citykey-2025-04-17.yaml
  fairnotice reach examples/citykey.yaml examples/demands/citykey-2025-04-17.yaml --as html > reach.html
  fairnotice reach examples/citykey.yaml examples/demands/citykey-2025-04-17.yaml --if channels.online.phases.portal.asks.2.type_recorded=yes`,
		Args:              w.twoFiles("a demand file", "examples/demands/citykey-2025-04-17.yaml"),
		ValidArgsFunction: programFiles,
	}
	var ifs []string
	c.Flags().StringArrayVar(&ifs, "if", nil, "suppose that the program file says path=value; several allowed")
	as := addWords(c, w, "as", "the form", "text", "json", "html")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		f, err := w.load(args[0], date.day)
		if err != nil {
			return err
		}
		d, err := w.paper(args[1], f, date.day)
		if err != nil {
			return err
		}
		reached, err := w.reached(f, d, date.day)
		if err != nil {
			return err
		}
		cat, err := catalogue([]string{"en"})
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if len(ifs) == 0 {
			err = writeReach(&out, cat, as.word, reached)
		} else {
			var then *notices.Reached
			var supposed []render.Supposed
			if supposed, then, err = w.suppose(f, d, ifs, date.day); err == nil {
				err = writeIf(&out, cat, as.word, supposed, reached, then)
			}
		}
		if err != nil {
			return err
		}
		_, err = c.OutOrStdout().Write(out.Bytes())
		return err
	}
	return c
}

func writeReach(out *bytes.Buffer, cat *locales.Catalog, as string, r *notices.Reached) error {
	switch as {
	case "json":
		return render.ReachJSON(out, r)
	case "html":
		return render.ReachHTML(out, cat, r)
	}
	return render.ReachText(out, cat, r)
}

func writeIf(out *bytes.Buffer, cat *locales.Catalog, as string, ifs []render.Supposed, now, then *notices.Reached) error {
	switch as {
	case "json":
		return render.IfJSON(out, ifs, now, then)
	case "html":
		return render.IfHTML(out, cat, ifs, now, then)
	}
	return render.IfText(out, cat, ifs, now, then)
}

// twoFiles asks for a program file and a second file.
func (w world) twoFiles(second, example string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return mistyped(fmt.Sprintf("%s needs a program file and %s.", c.Name(), second), w.typed.and("examples/citykey.yaml", example))
		case len(args) == 1:
			return mistyped(fmt.Sprintf("%s needs %s, too.", c.Name(), second), w.typed.and(example))
		case len(args) > 2:
			return mistyped(fmt.Sprintf("%s takes two files; %s is too much.", c.Name(), quoted(args[2])), c.CommandPath()+" --help")
		}
		return nil
	}
}

// paperFile is a demand file that was read.
type paperFile struct {
	path  string // as typed
	paper *notices.Paper
}

// paper reads a demand file and holds it against a program. It ends in a fault if it has errors.
func (w world) paper(path string, f *programFile, day source.Day) (*paperFile, error) {
	if err := w.readable(path); err != nil {
		return nil, err
	}
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	d, ps := notices.LoadPaper(os.DirFS(dir), name)
	if !ps.Failed() {
		ps = append(ps, notices.CheckPaper(d, f.program, f.book, day)...)
	}
	ps.Sort()
	if dir != "." {
		for i := range ps {
			if ps[i].Pos.File != "" {
				ps[i].Pos.File = dir + ps[i].Pos.File
			}
		}
	}
	if errs := ps.Of(source.Error); len(errs) > 0 {
		var b bytes.Buffer
		fmt.Fprintf(&b, "%s has %s, so nothing was made.\n", quoted(path), count(len(errs), "error"))
		errs.Print(&b)
		return nil, flawed(strings.TrimRight(b.String(), "\n"), "Mend the demand file and give the same command again. Its keys are listed by: fairnotice schema --of demand")
	}
	return &paperFile{path, d}, nil
}

func (w world) reached(f *programFile, d *paperFile, day source.Day) (*notices.Reached, error) {
	r, err := notices.Reach(f.program, d.paper, f.book, day)
	if err != nil {
		return nil, undone(fmt.Sprintf("What %s reaches in %s cannot be worked out. %s", quoted(d.path), quoted(f.path), sentence(err.Error())))
	}
	return r, nil
}

// suppose makes the table for a program file in which some values are others. The file on the disk stays as it is.
func (w world) suppose(f *programFile, d *paperFile, ifs []string, day source.Day) ([]render.Supposed, *notices.Reached, error) {
	p := f.program
	var out []render.Supposed
	var ps source.Problems
	for _, typed := range ifs {
		path, value, ok := strings.Cut(typed, "=")
		path, value = strings.TrimSpace(path), strings.TrimSpace(value)
		if !ok || path == "" || value == "" {
			return nil, nil, mistyped(fmt.Sprintf("--if takes path=value, and %s is not that.", quoted(typed)),
				"Write, for example, --if 'retention.application_file.period=30 days'.")
		}
		put, says := value, value
		if value == "none" { // a claim, behind which somebody must stand
			put, says = fmt.Sprintf("{is: none, confidence: verified, by: supposed, on: %s}", f.program.Edition.AsOf), "none, as if somebody had confirmed it"
		}
		data, err := p.Doc.Set(path, put)
		if err != nil {
			return nil, nil, f.unlike(typed, err)
		}
		p, ps = notices.Read(f.program.File, data) // one value may need another, which comes later
		out = append(out, render.Supposed{Path: path, Value: says})
	}
	if !ps.Failed() {
		ps = append(ps, notices.Check(p, f.book, day)...)
	}
	if errs := ps.Of(source.Error); len(errs) > 0 {
		typed := ifs[len(ifs)-1]
		for i, s := range out {
			if strings.HasPrefix(errs[0].Path+".", s.Path+".") || strings.HasPrefix(s.Path+".", errs[0].Path+".") {
				typed = ifs[i]
			}
		}
		return nil, nil, f.unlike(typed, errs[0])
	}
	then := *f
	then.program = p
	r, err := w.reached(&then, d, day)
	return out, r, err
}

// unlike is the fault of an --if that the program file cannot take.
func (f *programFile) unlike(typed string, err error) error {
	var p source.Problem
	if !errors.As(err, &p) {
		return undone(sentence(err.Error()))
	}
	return mistyped(fmt.Sprintf("The program file cannot say %s. %s (%s)", quoted(typed), strings.TrimSpace(p.Message), f.at(p.Pos)), p.Hint)
}
