package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/locales/exchange"
	"fairnotice/notices/source"
)

// sheetsOf tells a program file from the sheets of translators among arguments.
func sheetsOf(args []string) (programs, sheets []string) {
	for _, a := range args {
		switch strings.ToLower(filepath.Ext(a)) {
		case ".yaml", ".yml", ".txt":
			programs = append(programs, a)
		default:
			sheets = append(sheets, a)
		}
	}
	return programs, sheets
}

func newTranslateImport(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "import [FILE] SHEET…",
		Short: "what came back from a translator, put where it belongs",
		Long: `Reads workbooks and XLIFF files that came back, finds each text by its id, puts right what Office programs always change and says so, and
refuses what changes the meaning, with the sentence. What is good goes into the program file, or into the folder of words of the library;
nothing is deleted. The lock notes from which English each text was translated, by whom and when. --reviewed notes a named person who has
read every text of the sheet. A file of words itself (locales/pl.toml) may be given, too: what was changed in it by hand is then noted.`,
		Example: `  fairnotice translate import examples/citykey.yaml citykey-pl.xlsx --by "Anna Example, translator"
  fairnotice translate import pl.xlsx --reviewed "Piotr Example, court interpreter"
  fairnotice translate import locales/es.toml --by "the maintainers" --still-right key.free`,
		Args: func(c *cobra.Command, args []string) error {
			switch programs, sheets := sheetsOf(args); {
			case len(programs) > 1:
				return mistyped(fmt.Sprintf("import is for one program file, and these are %d.", len(programs)), w.typed.with(programs[1], ""))
			case len(sheets) == 0:
				return mistyped("import needs a file that came back from a translator.", w.typed.and("pl.xlsx"))
			}
			return nil
		},
	}
	im := &importing{world: w}
	c.Flags().StringVar(&im.by, "by", "", "who translated: a name, and what makes the person fit")
	c.Flags().StringVar(&im.reviewed, "reviewed", "", "who has read every text of the sheet against the English: a name and a role")
	c.Flags().StringVar(&im.lang, "lang", "", "the language, where the name of the sheet does not say it")
	c.Flags().StringVar(&im.folder, "words", wordsFolder, "the folder of words of the library")
	c.Flags().StringSliceVar(&im.stillRight, "still-right", nil, "texts whose English has changed, and whose translation is right all the same")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		im.day = date.day
		return im.run(c.OutOrStdout(), args)
	}
	return c
}

// importing puts into place what came back.
type importing struct {
	world
	by, reviewed, lang, folder string
	stillRight                 []string
	day                        source.Day
}

func (im *importing) made() source.Translated {
	if im.reviewed != "" {
		return source.Translated{State: source.Reviewed, On: im.day, By: im.reviewed}
	}
	return source.Translated{State: source.Draft, On: im.day, By: cmp.Or(im.by, "no name was given")}
}

func (im *importing) run(out io.Writer, args []string) error {
	for _, name := range []string{im.by, im.reviewed} {
		if what, hint := source.TextFault("", name); what != "" {
			return mistyped(fmt.Sprintf("The name has %s.", what), hint)
		}
	}
	programs, sheets := sheetsOf(args)
	if len(sheets) == 1 && strings.HasSuffix(sheets[0], ".toml") {
		return im.byHand(out, sheets[0])
	}
	var refused source.Problems
	done := map[string]bool{}
	for _, sheet := range sheets {
		data, err := os.ReadFile(sheet)
		if err != nil {
			return undone(fmt.Sprintf("%s cannot be read: %s.", quoted(sheet), reason(err)))
		}
		tag := im.lang
		if tag == "" {
			if tag = exchange.LanguageOf(data); tag == "" {
				return mistyped(fmt.Sprintf("%s does not say of which language it is.", quoted(sheet)), im.typed.and("--lang", "pl"))
			}
		}
		if len(sheets) > 1 && done[tag] {
			return mistyped(fmt.Sprintf("Two of these sheets are of the language %s. Give them one after the other.", quoted(tag)))
		}
		done[tag] = true
		book, err := im.bookOf(programs, tag, im.wordsIn(programs))
		if err != nil {
			return err
		}
		r := exchange.Read(data, book)
		fmt.Fprintf(out, "%s, %s:\n", sheet, book.Language.English)
		for _, fix := range r.Repairs {
			fmt.Fprintf(out, "  put right: %s\n", fix)
		}
		for _, u := range r.Unknown {
			fmt.Fprintf(out, "  left out, because there is no such text: %s\n", clean(u.ID))
		}
		shown := 0
		for _, g := range r.Missing {
			if g.Why == exchange.NoRow || g.Why == exchange.Empty {
				continue
			}
			if shown++; shown <= 10 {
				fmt.Fprintf(out, "  no translation of %s: %s.\n", clean(g.ID), g.Why)
			}
		}
		for _, p := range r.Refused {
			if p.Severity == source.Error {
				p.Pos.File = sheet
				refused = append(refused, p)
			} else {
				fmt.Fprintf(out, "  left as it is: %s\n", clean(p.Message))
			}
		}
		if err := im.put(out, programs, book, r); err != nil {
			return err
		}
	}
	if len(refused) > 0 {
		var b bytes.Buffer
		refused.Print(&b)
		return flawed(fmt.Sprintf("%s refused, and the others were taken.\n%s", are(len(refused), "text"), strings.TrimRight(b.String(), "\n")), "Have these mended in the sheet, and import it again.")
	}
	return nil
}

// wordsIn is the folder of words that the library's sheet belongs to.
func (im *importing) wordsIn(programs []string) string {
	if len(programs) > 0 {
		return ""
	}
	return im.folder
}

// put writes what was accepted of one sheet.
func (im *importing) put(out io.Writer, programs []string, book exchange.Book, r exchange.Result) error {
	note, changed, left := core.Sift(book, r, im.reviewed != "")
	if len(note) == 0 {
		fmt.Fprintf(out, "  Nothing is new in it: %s there already, and %s no translation.\n", are(len(r.Accepted), "text"), has(left))
		return nil
	}
	var err error
	if len(programs) > 0 {
		err = im.putProgram(programs[0], book.Language.Tag, note)
	} else {
		err = im.putLibrary(book.Language.Tag, note)
	}
	if err != nil {
		return err
	}
	if len(programs) > 0 {
		if f, err := im.read(programs[0]); err == nil && f.program != nil && !slices.Contains(f.program.Languages, book.Language.Tag) {
			defer fmt.Fprintf(out, "  Write %s in `languages:` of %s, and the notices are made in %s, too.\n", book.Language.Tag, quoted(programs[0]), book.Language.English)
		}
	}
	what := "translated"
	if im.reviewed != "" {
		what = "reviewed"
	}
	fmt.Fprintf(out, "  %s %s, %d of them with other words than before. %s no translation yet.\n", count(len(note), "text"), what, changed, sentenceCase(has(left)))
	return nil
}

func has(n int) string {
	if n == 1 {
		return "1 text has"
	}
	return fmt.Sprintf("%d texts have", n)
}

func sentenceCase(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// putProgram writes translations into a program file and its laws, and notes them in the lock beside it.
func (im *importing) putProgram(path, tag string, accepted []exchange.Accepted) error {
	f, err := im.read(path)
	if err != nil {
		return err
	}
	if err := f.sound(); err != nil {
		return err
	}
	dir := filepath.Dir(path)
	disk := os.DirFS(dir)
	files, err := f.core().Translate(disk, tag, accepted, im.made())
	if err != nil {
		return undone(sentence(err.Error()))
	}
	lock := f.core().LockName()
	for _, name := range append(slices.DeleteFunc(sortedKeys(files), func(n string) bool { return n == lock }), lock) { // the lock last: it speaks of the others
		full := filepath.Join(dir, filepath.FromSlash(name))
		before, err := fs.ReadFile(disk, name)
		switch {
		case name == lock:
			if err := im.saveLock(full, f.program.Lock); err != nil {
				return err
			}
			continue
		case err != nil:
			return undone(fmt.Sprintf("%s cannot be read: %s.", quoted(full), reason(err)))
		}
		if _, err := keep(full, before, im.today); err != nil {
			return err
		}
		if err := save(full, before, files[name]); err != nil {
			return err
		}
	}
	return nil
}

// putLibrary writes translations into the file of a language, and notes them in its lock.
func (im *importing) putLibrary(tag string, accepted []exchange.Accepted) error {
	english, err := os.ReadFile(filepath.Join(im.folder, "en.toml"))
	if err != nil {
		return undone(fmt.Sprintf("There is no English in the folder %s: %s.", quoted(im.folder), reason(err)), "Give this command in a checkout of the library, or name its folder of words after --words.")
	}
	path := filepath.Join(im.folder, tag+".toml")
	file, err := os.ReadFile(path)
	if err != nil {
		return undone(fmt.Sprintf("%s cannot be read: %s.", quoted(path), reason(err)), "fairnotice translate add "+shell(tag))
	}
	cat, err := openWords(im.folder)
	if err != nil {
		return err
	}
	texts := map[string]locales.Texts{}
	for _, a := range accepted {
		if texts[a.ID] == nil {
			texts[a.ID] = locales.Texts{}
			now, forms := cat.Texts(tag, a.ID)
			for i, f := range forms { // the forms that the sheet does not change
				texts[a.ID][f] = now[i]
			}
		}
		texts[a.ID][a.Form] = a.Text
	}
	data, err := locales.Rewrite(file, english, texts)
	if err != nil {
		return undone(sentence(err.Error()))
	}
	l, _ := locales.Find(tag)
	if problems := locales.Judge(l, data); problems.Failed() {
		var b bytes.Buffer
		problems.Print(&b)
		return flawed("With these texts the file of words would have errors, so nothing was written.\n" + strings.TrimRight(b.String(), "\n"))
	}
	if !bytes.Equal(data, file) {
		if err := save(path, file, data); err != nil {
			return err
		}
	}
	if cat, err = openWords(im.folder); err != nil {
		return err
	}
	lock := cat.Lock(tag)
	for id := range texts {
		if hash := cat.HashOf(tag, id); hash != "" {
			line := im.made()
			line.From, line.Text = cat.HashOf("en", id), hash
			lock.Set(tag, id, line)
		}
	}
	return im.saveLock(filepath.Join(im.folder, filepath.FromSlash(locales.LockName(tag))), lock)
}

func (im *importing) saveLock(path string, lock *source.Lock) error {
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return undone(fmt.Sprintf("%s cannot be read: %s.", quoted(path), reason(err)))
	}
	if bytes.Equal(before, lock.Bytes()) {
		return nil
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(filepath.Dir(path)), reason(err)))
	}
	return save(path, before, lock.Bytes())
}

// byHand notes in the lock what was changed in a file of words by hand.
func (im *importing) byHand(out io.Writer, path string) error {
	im.folder = filepath.Dir(path)
	tag := strings.TrimSuffix(filepath.Base(path), ".toml")
	cat, err := openWords(im.folder)
	if err != nil {
		return err
	}
	lock, recorded, stale, err := cat.Record(tag, im.made(), im.stillRight...)
	if err != nil {
		return mistyped(sentence(err.Error()), "fairnotice translate status --words "+shell(im.folder))
	}
	for _, id := range im.stillRight {
		if !slices.Contains(recorded, id) {
			return mistyped(fmt.Sprintf("%s is not stale in %s.", quoted(id), quoted(path)), "fairnotice translate status --lang "+shell(tag)+" --words "+shell(im.folder))
		}
	}
	if im.reviewed != "" {
		for _, id := range cat.IDs(tag) {
			if line, ok := lock.Of(tag, id); ok && !slices.Contains(stale, id) {
				made := im.made()
				made.From, made.Text = line.From, line.Text
				lock.Set(tag, id, made)
				if !slices.Contains(recorded, id) {
					recorded = append(recorded, id)
				}
			}
		}
	}
	if err := im.saveLock(filepath.Join(im.folder, filepath.FromSlash(locales.LockName(tag))), lock); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %s noted.\n", path, are(len(recorded), "text"))
	if len(stale) > 0 {
		fmt.Fprintf(out, "%s stale: the English has changed, and the translation has not: %s.\nIf one of them is right all the same, add --still-right and its id.\n", sentenceCase(are(len(stale), "text")), strings.Join(stale[:min(5, len(stale))], ", "))
	}
	return nil
}
