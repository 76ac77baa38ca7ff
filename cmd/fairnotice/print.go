package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/print"
)

func newPrint(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "print FILE --out DIR",
		Short: "what goes on paper: notice, poster, handout, large print, card for the counter; as pages, Word, PDF",
		Long: `Writes what a program gives out into a folder; START-HERE.html in it leads to all of it. In each language there is the notice, the same in
large letters, a poster of one page, and a handout with English on its back: pages that are opened in a browser and printed with Ctrl+P. The
notice is there as a Word file, too, as a text to read aloud and as a text message. For the people at the counter there is a card, in
English. With --pdf each page is made a PDF file, tagged for screen readers, by Edge, Chrome or Chromium if one of them is installed (or
named in ` + browserEnv + `); it reaches no network. Where there is none, Typst makes those of the notices (PDF/UA-1), if it is installed.
Before that it is looked whether this computer has a typeface for every character. If it has not, the character, the language and the
sentence are named, and nothing is written. What a person has written into a file since is kept. The code on posters and handouts holds the
key facts as text, which is read without the internet; with --qr page it opens the page at the
address after --page instead. That address stands in the text message, too.`,
		Example: `  fairnotice print examples/citykey.yaml --out paper
  fairnotice print examples/citykey.yaml --out paper --lang es,ar --pdf
  fairnotice print examples/citykey.yaml --out paper --only poster,handout --paper a4
  fairnotice print examples/citykey.yaml --out paper --qr page --page https://city.example.gov/notice/`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	var out, lang string
	c.Flags().StringVar(&out, "out", "", "the folder to write into")
	_ = c.MarkFlagDirname("out")
	c.Flags().StringVar(&lang, "lang", "", "only these languages, such as es,ar (default all of the file)")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(locales.ShippedTags(), cobra.ShellCompDirectiveNoFileComp))
	paper := addWords(c, w, "paper", "the size of the paper", string(render.Letter), string(render.A4))
	only := c.Flags().String("only", "", "only these: "+strings.Join(thingNames(), ", "))
	_ = c.RegisterFlagCompletionFunc("only", cobra.FixedCompletions(thingNames(), cobra.ShellCompDirectiveNoFileComp))
	qr := addWords(c, w, "qr", "what the code on posters and handouts holds: the key facts, or the address after --page", "plain", "page")
	page := c.Flags().String("page", "", "the address at which the notice can be read")
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
		if err := pageAddress(*page); err != nil {
			return err
		}
		if qr.word == "page" && *page == "" {
			return mistyped("--qr page needs the address of the page.", w.typed.and("--page", "https://city.example.gov/notice/"))
		}
		made, err := w.things(*only)
		if err != nil {
			return err
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
		p := &printing{world: w, file: f, say: s, tags: tags, made: made, paper: render.Paper(paper.word), out: out, page: *page, opens: qr.word == "page"}
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
		if none != nil && p.pdfs == len(p.sheets) {
			return nil // Typst has made all that was asked for
		}
		if none != nil && p.pdfs > 0 {
			return undone("Typst made the PDF files of the notices. The other pages are no PDF files: for these an Edge, Chrome or Chromium is needed, and none was found on this computer. Everything else was written.",
				"Open "+shell(filepath.Join(p.out, startName))+" in any browser, and print each page with Ctrl+P (on a Mac, Command+P). They are right on paper already.",
				"If a browser is installed elsewhere, say where: "+browserEnv+"=PATH")
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

// thing is what print makes of a program, in each language or once.
type thing struct{ name, title string }

// things are all of them, in the order in which they are listed.
var things = []thing{{"poster", "Poster"}, {"handout", "Handout"}, {"notice", "Notice"}, {"large", "Notice in large letters"}, {"read-aloud", "Read aloud"}, {"sms", "Text message"}, {"staff-card", "Card for the counter"}}

func thingNames() []string {
	out := make([]string, len(things))
	for i, t := range things {
		out[i] = t.name
	}
	return out
}

// things gives the names of what a person typed after --only: some, with commas between them, or all for nothing.
func (w world) things(typed string) ([]string, error) {
	all := thingNames()
	if typed == "" {
		return all, nil
	}
	var out []string
	for _, one := range strings.Split(typed, ",") {
		one = strings.TrimSpace(one)
		if !slices.Contains(all, one) {
			says := fmt.Sprintf("--only cannot be %s. It takes %s.", quoted(one), strings.Join(all, ", "))
			near := source.DidYouMean(one, all)
			if near == "" {
				near = all[0]
			}
			return nil, mistyped(says, w.typed.with(typed, strings.Replace(typed, one, near, 1)))
		}
		out = append(out, one)
	}
	return out, nil
}

// printing is one run of the verb.
type printing struct {
	world
	file  *programFile
	say   *sayer
	tags  []string
	made  []string // names of things
	paper render.Paper
	out   string
	page  string // the address of the notice on the web, or ""
	opens bool   // the codes open it

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
	for _, tag := range p.tags {
		if e.Notice(notices.Before, tag) == nil {
			if i := slices.IndexFunc(e.Closed, func(c *locales.Closed) bool { return c.Language.Tag == tag }); i >= 0 && len(p.tags) < len(p.file.program.Languages) {
				return shut(p.file, e.Closed[i])
			}
			continue // of all languages, those that are closed are named at the end
		}
		if err := p.inLanguage(tag); err != nil {
			return undone(sentence(err.Error()))
		}
	}
	if english := e.Notice(notices.Before, "en"); english != nil && p.makes("staff-card") {
		return p.sheet("", "staff-card", func(b *bytes.Buffer) error { return render.StaffCard(b, p.file.program, english) })
	}
	return nil
}

func (p *printing) makes(name string) bool { return slices.Contains(p.made, name) }

// sheet makes a page to be printed, if it is asked for. lang is "" for what is there once, in English.
func (p *printing) sheet(lang, name string, write func(*bytes.Buffer) error) error {
	if !p.makes(name) {
		return nil
	}
	var b bytes.Buffer
	err := write(&b)
	p.sheets = append(p.sheets, sheet{path.Join(lang, name), cmp.Or(lang, "en"), b.Bytes()})
	return err
}

// inLanguage makes all that there is in one language.
func (p *printing) inLanguage(tag string) error {
	n, page := p.edition.Notice(notices.Before, tag), ""
	if p.opens {
		page = p.page
	}
	papers, err := core.NewPapers(p.say.cat, p.edition, tag, p.paper, page)
	if err != nil {
		return err
	}
	for _, name := range []string{"notice", "large", "poster", "handout"} {
		if err := p.sheet(tag, name, func(b *bytes.Buffer) error { return papers.Write(b, name+".html") }); err != nil {
			return err
		}
	}
	return errors.Join(
		p.text(tag, "notice", ".docx", func(b *bytes.Buffer) error { return papers.Write(b, "notice.docx") }),
		p.text(tag, "read-aloud", ".txt", func(b *bytes.Buffer) error { return render.ReadAloud(b, n) }),
		p.text(tag, "sms", ".txt", func(b *bytes.Buffer) error {
			m, err := render.SMS(p.say.cat, n, p.page)
			b.WriteString(m.Text + "\n")
			return err
		}))
}

// text makes a file that needs no PDF, if it is asked for.
func (p *printing) text(lang, name, end string, write func(*bytes.Buffer) error) error {
	if !p.makes(name) {
		return nil
	}
	var b bytes.Buffer
	err := write(&b)
	p.files = append(p.files, render.File{Path: path.Join(lang, name) + end, Bytes: b.Bytes()})
	return err
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
	if errors.Is(err, noBrowser) && p.typst != nil {
		if program := p.typst(); program != "" {
			if wrong := p.typeset(program); wrong != nil {
				return wrong
			}
		}
	}
	if err != nil {
		return err
	}
	defer press.Close()
	bar := p.newBar(stderr, "printing", len(p.sheets))
	pdfs, wrong := make([][]byte, len(p.sheets)), make([]error, len(p.sheets))
	lanes := make(chan struct{}, 2) // a browser takes half a gigabyte
	each(len(p.sheets), func(i int) {
		lanes <- struct{}{}
		defer func() { <-lanes }()
		pdfs[i], wrong[i] = press.make(i, p.sheets[i].page, p.edition.AsOf)
		bar.step()
	})
	bar.done()
	for i, s := range p.sheets {
		if wrong[i] != nil {
			return wrong[i]
		}
		p.files = append(p.files, render.File{Path: s.path + ".pdf", Bytes: pdfs[i]})
		p.pdfs++
	}
	return nil
}

// typeset has Typst make the PDF of the notices; the other pages are laid out for browsers alone.
func (p *printing) typeset(program string) error {
	if !p.makes("notice") {
		return nil
	}
	said := core.InAllLanguages(p.edition, notices.Before)
	for _, n := range said {
		if !slices.ContainsFunc(p.sheets, func(s sheet) bool { return s.path == path.Join(n.Language, "notice") }) {
			continue
		}
		var b bytes.Buffer
		if err := print.Typst(&b, p.say.cat, n, said, p.paper, p.edition.AsOf); err != nil {
			return undone(sentence(err.Error()))
		}
		data, err := typeset(program, b.Bytes(), p.edition.AsOf)
		if err != nil {
			return err
		}
		p.files = append(p.files, render.File{Path: path.Join(n.Language, "notice.pdf"), Bytes: data})
		p.pdfs++
	}
	return nil
}

// first is the page to open first, as a person finds it.
func (p *printing) first() string {
	if len(p.sheets) == 0 {
		return filepath.Join(p.out, startName)
	}
	return filepath.Join(p.out, filepath.FromSlash(p.sheets[0].path+".html"))
}

const startName = "START-HERE.html"

// door is the page that leads to what was made, and to what an earlier command made in the same folder.
func (p *printing) door(files []render.File) ([]byte, error) {
	d := print.Door{Program: clean(title(p.file.program)), Edition: fmt.Sprintf("This is edition %d of %s", p.edition.Number, p.edition.AsOf), Drafts: len(drafts(p.edition)) > 0}
	ways := func(dir, name string) []print.Way {
		var out []print.Way
		for _, form := range []struct{ end, name string }{{".html", "page"}, {".pdf", "PDF"}, {".docx", "Word"}, {".txt", "text"}} {
			file := path.Join(dir, name) + form.end
			_, err := os.Stat(filepath.Join(p.out, filepath.FromSlash(file)))
			if err == nil || slices.ContainsFunc(files, func(f render.File) bool { return f.Path == file }) {
				out = append(out, print.Way{Path: file, Name: form.name})
			}
		}
		return out
	}
	d.Card = ways("", "staff-card")
	for _, l := range locales.Languages() {
		r := print.Room{Language: l}
		for _, t := range things {
			if w := ways(l.Tag, t.name); len(w) > 0 {
				r.Things = append(r.Things, print.Thing{Name: t.title, Ways: w})
			}
		}
		if len(r.Things) > 0 {
			d.Rooms = append(d.Rooms, r)
		}
	}
	var b bytes.Buffer
	err := d.Write(&b)
	return b.Bytes(), err
}

// write puts all files in their place, and says what was made.
func (p *printing) write(out io.Writer) error {
	files := p.files
	for _, s := range p.sheets {
		files = append(files, render.File{Path: s.path + ".html", Bytes: s.page})
	}
	start, err := p.door(files)
	if err != nil {
		return undone(sentence(err.Error()))
	}
	files = append(files, render.File{Path: startName, Bytes: start})
	slices.SortFunc(files, func(a, b render.File) int { return strings.Compare(a.Path, b.Path) })
	store := &papers{out: p.out, dir: ".", public: true}
	if err := store.put(files); err != nil {
		return err
	}
	var langs []string
	for _, f := range files {
		if lang, _, ok := strings.Cut(f.Path, "/"); ok && !slices.Contains(langs, lang) {
			langs = append(langs, lang)
		}
	}
	slices.SortFunc(langs, func(a, b string) int { return cmp.Compare(slices.Index(p.tags, a), slices.Index(p.tags, b)) })
	fmt.Fprintf(out, "%s: edition %d of %s (%s), on %s paper, in %s: %s.\n", clean(title(p.file.program)), p.edition.Number, p.edition.AsOf, short(p.edition.Digest),
		map[render.Paper]string{render.Letter: "letter", render.A4: "A4"}[p.paper], count(len(langs), "language"), strings.Join(langs, ", "))
	if len(store.written) == 0 {
		fmt.Fprintf(out, "Nothing has changed in %s, so nothing was written.\n", quoted(p.out))
	} else {
		fmt.Fprintf(out, "Wrote %d of %s in %s. Open %s in a browser.\n", len(store.written), count(store.files, "file"), quoted(p.out), quoted(filepath.Join(p.out, startName)))
	}
	for _, name := range store.changed {
		at := func(name string) string { return quoted(filepath.Join(p.out, filepath.FromSlash(name))) }
		fmt.Fprintf(out, "%s has been changed by hand since. It stays, and the new one stands beside it, as %s.\n", at(name), at(newName(name, true)))
	}
	if p.pdfs == 0 && len(p.sheets) > 0 {
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
