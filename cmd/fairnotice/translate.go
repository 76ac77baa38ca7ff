package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/locales/exchange"
	"fairnotice/notices/source"
)

// The translators' loop. What is translated is either the library, every sentence of every notice, which lies in a folder of words
// (locales/ of a checkout), or the texts of one program, which stand in its file. Both have a lock, which says what was translated
// from what: locales/locks/<tag>.lock, and x/translations.lock beside x.yaml. A sheet for a translator is made of either, and what
// comes back is put where it belongs.

// wordsFolder is where the words of the library lie in a checkout.
const wordsFolder = "locales"

func newTranslate(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "translate VERB",
		Short: "sheets for translators, out and back in; what is translated, stale, reviewed",
		Long: `The loop with translators and reviewers. Without a program file it is about the library, every sentence of every notice; with one, about
the texts of that program. A sentence is missing, stale (the English has changed since it was translated), a draft, or reviewed by a
named person. A missing or stale sentence closes its language for the programs that say it: nothing is ever shown in two languages.`,
		Example: `  fairnotice translate status
  fairnotice translate export examples/citykey.yaml --lang pl --out pl.xlsx
  fairnotice translate import examples/citykey.yaml pl.xlsx --by "Anna Example, translator"`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				verbs := []string{"status", "export", "import", "add"}
				says := "translate has no verb " + quoted(args[0]) + ". It has " + list(verbs) + "."
				if near := source.DidYouMean(args[0], verbs); near != "" {
					return mistyped(says, w.typed.with(args[0], near))
				}
				return mistyped(says, "fairnotice translate --help")
			}
			return c.Help()
		},
	}
	c.AddCommand(newTranslateStatus(w), newTranslateExport(w), newTranslateImport(w), newTranslateAdd(w))
	return c
}

// atMostOneFile takes a program file, or nothing.
func atMostOneFile(w world, use string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return mistyped(fmt.Sprintf("%s takes one program file, and these are %d.", use, len(args)), w.typed.with(args[1], ""))
		}
		return nil
	}
}

// libraryStanding tells how far the languages of a catalogue have come.
func libraryStanding(cat *locales.Catalog, tags []string) []core.Progress {
	var out []core.Progress
	for _, tag := range tags {
		l, _ := locales.Find(tag)
		s := core.NewProgress(l)
		for _, id := range cat.IDs("en") {
			english, _ := cat.Texts("en", id)
			state, line := cat.State(tag, id)
			s.Take(id, english[len(english)-1], state, line)
		}
		s.Done()
		out = append(out, s)
	}
	return out
}

func newTranslateStatus(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "status [FILE]",
		Short: "what is translated, missing, stale, reviewed",
		Long: `For each language: how many sentences and labels are there, how many are missing or stale, and how many a named person has reviewed.
With a program file it is about the texts of that program; a language that is closed for it is named with what it wants.`,
		Example: `  fairnotice translate status
  fairnotice translate status examples/citykey.yaml
  fairnotice translate status --lang pl`,
		Args:              atMostOneFile(w, "translate status"),
		ValidArgsFunction: programFiles,
	}
	lang := c.Flags().String("lang", "", "one language only, such as pl")
	folder := c.Flags().String("words", "", "the folder of words to look at, in place of those that are built in")
	as := addWords(c, w, "as", "the form", "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		tags, all, cat, f, err := w.toTranslate(args, *lang, *folder)
		if err != nil {
			return err
		}
		library := libraryStanding(cat, tags)
		var own []core.Progress
		if f != nil {
			own = f.core().Progress(tags)
		}
		if as.word == "json" {
			var out struct {
				Library []core.Progress `json:"library"`
				Program []core.Progress `json:"program,omitempty"`
			}
			out.Library, out.Program = library, own
			enc := json.NewEncoder(c.OutOrStdout())
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			return enc.Encode(out)
		}
		b := &checkedWriter{w: c.OutOrStdout()}
		if f != nil {
			printStanding(b, "The texts of "+title(f.program)+", which are written in "+named([]string{f.core().Original()})[0]+":", own)
			fmt.Fprintln(b)
		}
		printStanding(b, "The library, every sentence of every notice:", library)
		if *lang == "" && all {
			fmt.Fprintf(b, "%s.\n", count(len(tags), "language"))
		}
		return b.err
	}
	return c
}

// toTranslate opens what the verbs of translate work on: some languages of the library, and a program file or nil.
func (w world) toTranslate(args []string, lang, folder string) (tags []string, all bool, cat *locales.Catalog, f *programFile, err error) {
	if cat, err = openWords(folder); err != nil {
		return
	}
	tags, all = cat.Tags(), true
	if len(args) > 0 {
		if f, err = w.read(args[0]); err != nil {
			return
		}
		if err = f.sound(); err != nil {
			return
		}
		tags = nil
		for _, t := range f.program.Languages {
			if l, ok := locales.Find(t); ok {
				tags = append(tags, l.Tag)
			}
		}
	}
	if lang != "" {
		l, known := locales.Find(lang)
		if !known || !slices.Contains(cat.Tags(), l.Tag) {
			if _, e := os.Stat(filepath.Join(folder, lang+".toml")); folder != "" && e == nil && !known {
				err = flawed(fmt.Sprintf("The file of %s is there, and the table of languages has no row for it yet.", quoted(lang)), "Write the row that `fairnotice translate add` printed into languages.go, and build the command again.")
				return
			}
			err = mistyped(fmt.Sprintf("There are no words in the language %s. There are %s.", quoted(lang), list(named(cat.Tags()))), w.typed.with(lang, "es"))
			return
		}
		tags, all = []string{l.Tag}, false
	}
	return
}

// openWords opens a folder of words, or those that are built in.
func openWords(folder string) (*locales.Catalog, error) {
	if folder == "" {
		return catalogue(nil)
	}
	cat, ps := locales.Open(os.DirFS(folder))
	if ps.Failed() {
		var b bytes.Buffer
		ps.Print(&b)
		return nil, flawed("The words in "+quoted(folder)+" have errors.\n"+strings.TrimRight(b.String(), "\n"), "Mend them, and give the same command again.")
	}
	if !slices.Contains(cat.Tags(), "en") {
		return nil, flawed(fmt.Sprintf("There is no English in %s, from which everything is translated.", quoted(folder)))
	}
	return cat, nil
}

// printStanding prints a table, and below it what is missing and stale.
func printStanding(out io.Writer, heading string, all []core.Progress) {
	fmt.Fprintln(out, heading)
	t := tabwriter.NewWriter(out, 2, 0, 2, ' ', 0)
	fmt.Fprintln(t, "  language\tsentences\tlabels\tthere\tmissing\tstale\treviewed\tstate")
	for _, s := range all {
		of, there := s.Sentences.Of+s.Labels.Of, s.Sentences.There+s.Labels.There
		fmt.Fprintf(t, "  %s (%s)\t%d\t%d\t%s\t%d\t%d\t%d\t%s\n", s.Name, s.Language, s.Sentences.Of, s.Labels.Of, percent(there, of), len(s.Missing), len(s.Stale), s.Sentences.Reviewed+s.Labels.Reviewed, s.State)
	}
	_ = t.Flush()
	const most = 5
	for _, s := range all {
		for _, set := range []struct {
			what string
			ids  []string
		}{{"missing", s.Missing}, {"stale, because the words that it was translated from have changed", s.Stale}} {
			for i, id := range set.ids {
				if i == most {
					fmt.Fprintf(out, "  %s: and %d more\n", s.Language, len(set.ids)-most)
					break
				}
				at := id
				if s.Where[id] != "" {
					at = clean(s.Where[id])
				}
				fmt.Fprintf(out, "  %s: %s: %s\n", s.Language, set.what, at)
			}
		}
	}
}

// percent never rounds up to all, nor down to nothing.
func percent(n, of int) string {
	switch {
	case of == 0 || n == of:
		return "100 %"
	case n == 0:
		return "0 %"
	}
	return fmt.Sprintf("%d %%", max(1, min(99, 100*n/of)))
}

func newTranslateExport(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "export [FILE] --lang TAG --out SHEET",
		Short: "a workbook (XLSX) or an XLIFF file for a translator",
		Long: `Writes a file in which a translator works: every text with its English, its note, how many characters it may have, and for a text
with a number one row for each form of the language. What is stale has an empty cell, with the words of before in the note.
--only missing, stale or draft leaves the rest out. The name of --out says which format: .xlsx or .xlf.`,
		Example: `  fairnotice translate export examples/citykey.yaml --lang pl --out citykey-pl.xlsx
  fairnotice translate export --lang ht --out ht.xlf --only draft`,
		Args:              atMostOneFile(w, "translate export"),
		ValidArgsFunction: programFiles,
	}
	lang := c.Flags().String("lang", "", "the language, such as pl")
	out := c.Flags().String("out", "", "the file to write: .xlsx, .xlf or .xliff")
	folder := c.Flags().String("words", "", "the folder of words to take, in place of those that are built in")
	only := addWords(c, w, "only", "which texts", "all", "missing", "stale", "draft")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(locales.ShippedTags(), cobra.ShellCompDirectiveNoFileComp))
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		if *lang == "" {
			return mistyped("Into which language? export needs --lang.", w.typed.and("--lang", "es"))
		}
		format := strings.ToLower(filepath.Ext(*out))
		switch {
		case *out == "":
			return mistyped("export needs the name of the file to write.", w.typed.and("--out", *lang+".xlsx"))
		case format != ".xlsx" && format != ".xlf" && format != ".xliff":
			return mistyped(fmt.Sprintf("%s is no workbook and no XLIFF file by its name.", quoted(*out)), w.typed.with(*out, strings.TrimSuffix(*out, filepath.Ext(*out))+".xlsx"))
		}
		book, err := w.bookOf(args, *lang, *folder)
		if err != nil {
			return err
		}
		book.Made = date.day.String()
		all := len(book.Units)
		if only.word != "all" {
			book.Units = slices.DeleteFunc(book.Units, func(u exchange.Unit) bool { return u.State != only.word })
		}
		if len(book.Units) == 0 {
			fmt.Fprintf(c.OutOrStdout(), "There is nothing to translate into %s: of %s, none is %s. No file was written.\n", book.Language.English, count(all, "text"), only.word)
			return nil
		}
		var b bytes.Buffer
		if format == ".xlsx" {
			err = exchange.WriteXLSX(&b, book)
		} else {
			err = exchange.WriteXLIFF(&b, book)
		}
		if err != nil {
			return undone(sentence(err.Error()))
		}
		if _, err := os.Stat(*out); err == nil {
			return undone(fmt.Sprintf("%s is there already, and somebody may have translated in it. So nothing was written.", quoted(*out)), "Choose another name after --out, or move that file away.")
		}
		if err := save(*out, nil, b.Bytes()); err != nil {
			return err
		}
		states := map[string]int{}
		for _, u := range book.Units {
			states[u.State]++
		}
		fmt.Fprintf(c.OutOrStdout(), "%s: %s for a translator into %s: %d missing, %d stale, %d drafts, %d reviewed.\n", *out, count(len(book.Units), "text"), book.Language.English,
			states[exchange.Missing], states[exchange.Stale], states[exchange.Draft], states[exchange.Reviewed])
		return nil
	}
	return c
}

// bookOf makes the book of the library or of a program in a language that may be new to the program.
func (w world) bookOf(args []string, lang, folder string) (exchange.Book, error) {
	l, err := locales.Lookup(lang)
	if err != nil {
		return exchange.Book{}, mistyped(sentence(err.Error()), w.typed.with(lang, "es"))
	}
	if len(args) == 0 {
		cat, err := openWords(folder)
		if err != nil {
			return exchange.Book{}, err
		}
		b, err := exchange.Library(cat, l.Tag)
		if err != nil {
			return b, undone(sentence(err.Error()))
		}
		return b, nil
	}
	f, err := w.read(args[0])
	if err != nil {
		return exchange.Book{}, err
	}
	if err := f.sound(); err != nil {
		return exchange.Book{}, err
	}
	if l.Tag == f.core().Original() {
		return exchange.Book{}, mistyped(fmt.Sprintf("%s is the language in which the texts of %s are written, and from which they are translated.", l.English, quoted(args[0])), w.typed.with(lang, "pl"))
	}
	b, err := exchange.Texts(title(f.program), f.core().Original(), l.Tag, f.program.Lock, f.core().Texts())
	if err != nil {
		return b, undone(sentence(err.Error()))
	}
	return b, nil
}

func newTranslateAdd(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "add TAG",
		Short: "begin a new language: its file, with everything to fill in",
		Long: `Writes the file of a language in the folder of words, with every message of the English above an empty one, and says which row the table
of languages needs. An empty message counts as not translated: the language is there when all of them say something.`,
		Example: `  fairnotice translate add sw`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return mistyped("add needs the tag of one language.", "fairnotice translate add sw")
			}
			return nil
		},
	}
	folder := c.Flags().String("words", wordsFolder, "the folder of words")
	c.RunE = func(c *cobra.Command, args []string) error {
		english, err := os.ReadFile(filepath.Join(*folder, "en.toml"))
		if err != nil {
			return undone(fmt.Sprintf("There is no English in the folder %s, from which a new language is begun: %s.", quoted(*folder), reason(err)), "Give this command in a checkout of the library, or name its folder of words after --words.")
		}
		l, inTable := locales.Find(args[0])
		row := ""
		if !inTable {
			if l, err = locales.Begin(args[0]); err != nil {
				return mistyped(sentence(err.Error()), "fairnotice translate add sw")
			}
			row = l.Row()
		}
		path := filepath.Join(*folder, l.Tag+".toml")
		if _, err := os.Stat(path); err == nil {
			return undone(fmt.Sprintf("%s is there already, so nothing was written.", quoted(path)), "fairnotice translate status --lang "+shell(l.Tag))
		} else if !errors.Is(err, fs.ErrNotExist) {
			return undone(fmt.Sprintf("%s cannot be looked at: %s.", quoted(path), reason(err)))
		}
		data, err := locales.Skeleton(l, english)
		if err != nil {
			return undone(sentence(err.Error()))
		}
		if err := save(path, nil, data); err != nil {
			return err
		}
		fmt.Fprintf(c.OutOrStdout(), "%s: %s to fill in.\n", path, count(strings.Count(string(data), ` = ""`), "text"))
		if row != "" {
			fmt.Fprintf(c.OutOrStdout(), "The table in %s needs this row; look at every word of it, and fill in its own name:\n%s\n", filepath.Join(*folder, "languages.go"), row)
		}
		return nil
	}
	return c
}
