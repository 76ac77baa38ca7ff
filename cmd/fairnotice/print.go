package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/render"
	"fairnotice/render/print"
)

func newPrint(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "print FILE --out DIR",
		Short: "the notices of a program for paper: pages to print, Word files, PDF",
		Long: `Writes the notices of a program for paper into a folder, one folder for each language: a page that is opened in a browser and printed
with Ctrl+P, and the same as a Word file. With --pdf also as PDF files, tagged for screen readers, made by Edge, Chrome or Chromium if one of
them is installed (or named in ` + browserEnv + `); it reaches no network. Before that it is looked whether this computer has a typeface for
every character. If it has not, the character, the language and the sentence are named, and nothing is written. What a person has written
into a file since is kept.`,
		Example: `  fairnotice print examples/citykey.yaml --out paper
  fairnotice print examples/citykey.yaml --out paper --lang es,ar --pdf
  fairnotice print examples/citykey.yaml --out paper --paper a4`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	var out, lang string
	c.Flags().StringVar(&out, "out", "", "the folder to write into")
	_ = c.MarkFlagDirname("out")
	c.Flags().StringVar(&lang, "lang", "", "only these languages, such as es,ar (default all of the file)")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(locales.ShippedTags(), cobra.ShellCompDirectiveNoFileComp))
	paper := addWords(c, w, "paper", "the size of the paper", string(render.Letter), string(render.A4))
	pdf := c.Flags().Bool("pdf", false, "make PDF files, too")
	elsewhere := c.Flags().Bool("elsewhere", false, "it is printed on another computer: do not look at the typefaces of this one")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case out == "":
			return mistyped("print needs a folder to write into.", w.typed.and("--out", "paper"))
		case *pdf && *elsewhere:
			return mistyped("--pdf makes the PDF files with the typefaces of this computer, so --elsewhere has no meaning beside it.", "Leave out one of the two.")
		}
		f, err := w.load(args[0], date.day)
		if err != nil {
			return err
		}
		tags, err := w.languages(f, lang)
		if err != nil {
			return err
		}
		s, err := newSayer(date.day, f.program.Languages) // the digest of the edition is over all of them
		if err != nil {
			return err
		}
		p := &printing{world: w, file: f, say: s, tags: tags, paper: render.Paper(paper.word), out: out}
		if err := p.pages(); err != nil {
			return err
		}
		if !*elsewhere {
			if err := p.glyphs(openFonts(fontFolders()).Has); err != nil {
				return err
			}
		}
		var none error
		if *pdf {
			if none = p.pdf(c.ErrOrStderr()); none != nil && !errors.Is(none, noBrowser) {
				return none
			}
		}
		if err := p.write(c.OutOrStdout()); err != nil {
			return err
		}
		if none != nil {
			return undone("PDF files were not made: no Edge, Chrome or Chromium was found on this computer. Everything else was written.",
				"Open "+shell(p.first())+" in any browser and press Ctrl+P (on a Mac, Command+P). It is right on paper already.",
				"If a browser is installed elsewhere, say where: "+browserEnv+"=PATH")
		}
		return nil
	}
	return c
}

// languages gives the tags of the file for what a person typed after --lang: some, with commas between them, or all for nothing.
func (w world) languages(f *programFile, typed string) ([]string, error) {
	if typed == "" {
		return f.program.Languages, nil
	}
	var out []string
	for _, one := range strings.Split(typed, ",") {
		tag, err := w.language(f, strings.TrimSpace(one))
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	return out, nil
}

// printing is one run of the verb.
type printing struct {
	world
	file  *programFile
	say   *sayer
	tags  []string
	paper render.Paper
	out   string

	edition *render.Edition
	sheets  []sheet
	files   []render.File // of other forms
	pdfs    int
}

// sheet is a page to be printed; its PDF stands beside it.
type sheet struct {
	path string // below the folder, without .html
	lang string
	page []byte
}

// pages makes all pages and all files that are made of the same words.
func (p *printing) pages() error {
	ns, err := p.say.notices(p.file)
	if err != nil {
		return err
	}
	e, err := render.NewTexts(p.say.cat, ns)
	if closed, ok := err.(*locales.Closed); ok {
		return shut(p.file, closed)
	}
	if err != nil {
		return undone(fmt.Sprintf("The notices of %s cannot be made. %s", quoted(p.file.path), sentence(err.Error())))
	}
	p.edition = e
	var said []*locales.Notice
	for _, n := range e.Notices {
		if n.Kind == notices.Before {
			said = append(said, n)
		}
	}
	for _, tag := range p.tags {
		i := slices.IndexFunc(said, func(n *locales.Notice) bool { return n.Language == tag })
		if i < 0 {
			if len(p.tags) == len(p.file.program.Languages) {
				continue // named below, with why
			}
			if i := slices.IndexFunc(e.Closed, func(c *locales.Closed) bool { return c.Language.Tag == tag }); i >= 0 {
				return shut(p.file, e.Closed[i])
			}
			continue
		}
		if err := p.notice(said[i], said); err != nil {
			return undone(sentence(err.Error()))
		}
	}
	return nil
}

// notice makes the whole notice in one language.
func (p *printing) notice(n *locales.Notice, said []*locales.Notice) error {
	var b bytes.Buffer
	if err := render.Print(&b, p.say.cat, n, said, p.paper); err != nil {
		return err
	}
	p.sheets = append(p.sheets, sheet{path.Join(n.Language, "notice"), n.Language, bytes.Clone(b.Bytes())})
	b.Reset()
	if err := print.Notice(&b, p.say.cat, n, said, p.paper); err != nil {
		return err
	}
	p.add(n, "notice.docx", b.Bytes())
	b.Reset()
	if err := render.ReadAloud(&b, n); err != nil {
		return err
	}
	p.add(n, "read-aloud.txt", b.Bytes())
	m, err := render.SMS(p.say.cat, n, "")
	if err != nil {
		return err
	}
	p.add(n, "sms.txt", []byte(m.Text+"\n"))
	return nil
}

// add adds a file that needs no PDF.
func (p *printing) add(n *locales.Notice, name string, data []byte) {
	p.files = append(p.files, render.File{Path: path.Join(n.Language, name), Bytes: bytes.Clone(data)})
}

// glyphs stops where this computer has no typeface for a character, for it would be an empty box on paper.
func (p *printing) glyphs(have func(rune) bool) error {
	var lacks []print.Lack
	for _, s := range p.sheets {
		for _, l := range print.Missing(s.page, have) {
			if !slices.ContainsFunc(lacks, func(o print.Lack) bool { return o.Char == l.Char && o.Language == l.Language }) {
				lacks = append(lacks, l)
			}
		}
	}
	if len(lacks) == 0 {
		return nil
	}
	const most = 5
	var lines, signs, langs []string
	for i, l := range lacks {
		name := l.Language
		if k, ok := locales.Find(l.Language); ok {
			name = k.English
		}
		if !unicode.IsLetter(l.Char) && !unicode.IsMark(l.Char) && !unicode.IsNumber(l.Char) {
			signs = append(signs, l.Code())
		} else if !slices.Contains(langs, name) {
			langs = append(langs, name)
		}
		if i < most {
			lines = append(lines, fmt.Sprintf("The character %s (%s) cannot be printed here. In %s it stands in: %s", quoted(string(l.Char)), l.Code(), name, quoted(l.Sentence)))
		}
	}
	if n := len(lacks); n > most {
		lines = append(lines, fmt.Sprintf("There are %d more like it.", n-most))
	}
	lines = append(lines, "On paper there would be empty boxes, so nothing was written.")
	var hints []string
	if len(signs) > 0 {
		hints = append(hints, "No typeface of this computer has the sign "+list(signs)+". Write it in words in the file.")
	}
	if len(langs) > 0 {
		hints = append(hints, installFonts(langs))
	}
	hints = append(hints, "If it will be printed on another computer, add --elsewhere. To leave a language out, name the others after --lang.")
	return undone(strings.Join(lines, "\nfairnotice: "), hints...)
}

// installFonts says how a computer gets the typefaces of some languages.
func installFonts(langs []string) string {
	switch runtime.GOOS {
	case "windows":
		return "Open Settings, Time & language, Language & region, add " + list(langs) + ", and give the same command again."
	case "darwin":
		return "Open the program Font Book and switch on, or download, a typeface for " + list(langs) + "."
	}
	return "Install the typefaces of Noto, which have " + list(langs) + ": apt-get install fonts-noto-core fonts-noto-cjk fonts-noto-extra"
}

// pdf makes the PDF of every page.
func (p *printing) pdf(stderr io.Writer) error {
	if err := makeFolder(p.out); err != nil {
		return undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(p.out), reason(err)))
	}
	press, err := p.openPDF(p.out)
	if err != nil {
		return err
	}
	defer press.Close()
	bar := p.newBar(stderr, "printing", len(p.sheets))
	defer bar.done()
	for _, s := range p.sheets {
		data, err := press.make(s.page, p.edition.AsOf)
		if err != nil {
			return err
		}
		p.files = append(p.files, render.File{Path: s.path + ".pdf", Bytes: data})
		p.pdfs++
		bar.step()
	}
	return nil
}

// first is the page to open first, as a person finds it.
func (p *printing) first() string {
	return filepath.Join(p.out, filepath.FromSlash(p.sheets[0].path+".html"))
}

// write puts all files in their place, and says what was made.
func (p *printing) write(out io.Writer) error {
	files := p.files
	for _, s := range p.sheets {
		files = append(files, render.File{Path: s.path + ".html", Bytes: s.page})
	}
	slices.SortFunc(files, func(a, b render.File) int { return strings.Compare(a.Path, b.Path) })
	store := &papers{out: p.out, dir: ".", public: true}
	if err := store.put(files); err != nil {
		return err
	}
	var langs []string
	for _, s := range p.sheets {
		if !slices.Contains(langs, s.lang) {
			langs = append(langs, s.lang)
		}
	}
	fmt.Fprintf(out, "%s: edition %d of %s (%s), on %s paper, in %s: %s.\n", clean(title(p.file.program)), p.edition.Number, p.edition.AsOf, short(p.edition.Digest),
		map[render.Paper]string{render.Letter: "letter", render.A4: "A4"}[p.paper], count(len(langs), "language"), strings.Join(langs, ", "))
	if len(store.written) == 0 {
		fmt.Fprintf(out, "Nothing has changed in %s, so nothing was written.\n", quoted(p.out))
	} else {
		fmt.Fprintf(out, "Wrote %d of %s in %s.\n", len(store.written), count(store.files, "file"), quoted(p.out))
	}
	for _, name := range store.changed {
		at := func(name string) string { return quoted(filepath.Join(p.out, filepath.FromSlash(name))) }
		fmt.Fprintf(out, "%s has been changed by hand since. It stays, and the new one stands beside it, as %s.\n", at(name), at(newName(name, true)))
	}
	if p.pdfs == 0 {
		fmt.Fprintf(out, "To print: open %s in a browser and press Ctrl+P (on a Mac, Command+P).\n", quoted(p.first()))
	}
	for _, c := range p.edition.Closed {
		fmt.Fprintf(out, "Closed, and not printed: %s\n", closedWords(c))
	}
	if d := drafts(p.edition); len(d) > 0 {
		fmt.Fprintln(out, "Drafts, which no reader has reviewed. Each page says so.")
	}
	if late := p.file.due(p.say.day); late != nil {
		return late
	}
	return nil
}
