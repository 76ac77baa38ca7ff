package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/locales/exchange"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/packet"
)

func init() { reviewVerbs.add(40, newReviewAccept) }

func newReviewAccept(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "accept FILE ID --by NAME",
		Short: "the words that a reviewer proposes, put where they belong",
		Long: `Takes a proposal of other words that is kept, and writes it where these words stand: a sentence in the language in which the office writes
becomes one of the office's own words (x/wording.yaml for x.yaml); a translation of own words is replaced there; a text of the program is
replaced in its file. All checks are made beforehand, and all else in these files stays as it is, byte by byte. What is then missing in
other languages is said: nothing is filled in.
A translation of a sentence of ours is not the office's to change: it is said where it is mended for all. With --own the office says
the sentence itself from now on, in this language as proposed, and in all others as now.`,
		Example: `  fairnotice review accept examples/citykey.yaml c-7d02a1b4 --by "Ana Ruiz, City Clerk"`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return mistyped("review accept needs a program file and the id of a comment (or where it stands, such as 42:es).", "fairnotice review accept --help")
			}
			return nil
		},
		ValidArgsFunction: programFiles,
	}
	a := &accepting{}
	c.Flags().StringVar(&a.by, "by", "", "who decides it: name and title")
	c.Flags().StringVar(&a.why, "why", "", "why the office says it so")
	c.Flags().BoolVar(&a.own, "own", false, "make it the office's own sentence, though it is only a translation of ours")
	on := &dayFlag{name: "--on", typed: w.typed}
	c.Flags().Var(on, "on", "the day on which it was decided (default today)")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		if a.by == "" {
			return mistyped("It is not said who decides it.", w.typed.and("--by", "Ana Ruiz, City Clerk"))
		}
		a.by = strings.Join(strings.Fields(source.NFC(a.by)), " ")
		if err := checkWords("The name after --by", a.by, 200); err != nil {
			return err
		}
		if a.why = strings.Join(strings.Fields(source.NFC(a.why)), " "); a.why != "" {
			if err := checkWords("The reason after --why", a.why, 500); err != nil {
				return err
			}
		}
		if a.commented, _, err = w.openComments(args[0], "", date.day); err != nil {
			return err
		}
		if a.s, err = a.find(args[1], packet.Wording); err != nil {
			return err
		}
		if a.on = on.day; a.on == 0 {
			a.on = w.today
		}
		return a.run(c.OutOrStdout())
	}
	return c
}

// accepting is a proposal on its way into the office's files.
type accepting struct {
	*commented
	by, why string
	own     bool
	on      source.Day
	s       packet.Standing
	st      *notices.Statement // nil for a heading
	item    *packet.Item
}

func (a *accepting) run(out io.Writer) error {
	s, file := a.s, shell(a.file.path)
	id := shortID(s.ID)
	_, name := s.Kind()
	if s.Is != packet.Wording {
		return mistyped(fmt.Sprintf("%s proposes no words: the reviewer %s.", id, sortSays[s.Is]), fmt.Sprintf(`fairnotice review answer %s %s "…" --by %s`, file, id, shell(a.by)))
	}
	item, ok := a.now.Number(s.Number)
	switch {
	case !ok:
		return flawed(fmt.Sprintf("No notice says %s any more, so its words cannot be changed.", quoted(name)), fmt.Sprintf(`fairnotice review answer %s %s "…" --by %s`, file, id, shell(a.by)))
	case s.As:
		if err := a.done("These words stand there already."); err != nil {
			return err
		}
		fmt.Fprintf(out, "Nothing is to be done: statement %d reads so already in %s. The answer is kept.\n", s.Number, s.Language)
		return nil
	case s.Now != s.Was && !a.waits(item):
		now := "It is not said in this language today."
		if s.Now != "" {
			now = "It reads now: “" + clean(s.Now) + "”"
		}
		return flawed(fmt.Sprintf("The words of statement %d have changed since the reviewer read them, so the proposal may not fit any more. %s", s.Number, now),
			"Look whether it still fits, and write it by hand; `fairnotice why "+file+" "+shell(name)+"` says where the words stand.")
	}
	a.item = item
	a.st = a.statement(item)
	if said, open := item.In[s.Language]; open && said.Text != s.Was && a.st != nil {
		return a.value(out)
	}
	key, own, ok := a.file.program.Wording.Of(item.ID, item.Message)
	if item.Heading {
		key, own, ok = a.file.program.Wording.Of("", item.Message)
	}
	original := a.original()
	switch {
	case ok:
		return a.reword(out, key, own)
	case a.st != nil && a.st.N != nil:
		return undone(fmt.Sprintf("Statement %d says a number, so it is written in forms (one, other, and what the language has), and one proposal cannot fill them.", s.Number),
			fmt.Sprintf("Write the forms under `%s:` of %s by hand, with {n} where the number goes.", name, a.wordingPath()))
	case s.Language != original && !a.own:
		return a.elsewhere()
	}
	return a.begin(out)
}

// waits says that the language is closed today, and that the office's own words for the statement are missing in it, or are those that
// were read.
func (a *accepting) waits(it *packet.Item) bool {
	_, own, ok := a.file.program.Wording.Of(it.ID, it.Message)
	texts, _ := own.Texts(a.s.Language)
	return ok && a.s.Now == "" && !slices.Contains(a.at.Languages, a.s.Language) && slices.Contains(a.file.program.Languages, a.s.Language) && (len(texts) == 0 || texts[0] == a.s.Was)
}

// statement finds a statement in the notices, before it is said.
func (a *accepting) statement(it *packet.Item) *notices.Statement {
	for _, n := range a.said {
		if !slices.Contains(it.Kinds, n.Kind) {
			continue
		}
		for i := range n.Sections {
			for g := range n.Sections[i].Groups {
				for j := range n.Sections[i].Groups[g].Statements {
					if st := &n.Sections[i].Groups[g].Statements[j]; st.ID == it.ID && !it.Heading {
						return st
					}
				}
			}
		}
	}
	return nil
}

func (a *accepting) original() string { return a.said[0].Original() }

// wordingPath is where the office's own words lie, as the person typed the program file.
func (a *accepting) wordingPath() string {
	dir, name := filepath.Split(a.file.path)
	return filepath.Join(dir, notices.Beside(name), notices.WordingName)
}

// elsewhere says where a translation of ours is mended.
func (a *accepting) elsewhere() error {
	from := a.original()
	return undone(fmt.Sprintf("In %s, statement %d is a translation of a sentence of ours. It is mended in the library, for everybody: the line %q of locales/%s.toml. In %s it says: “%s”",
		list(named([]string{a.s.Language})), a.s.Number, a.item.Message, a.s.Language, list(named([]string{from})), clean(a.item.In[from].Text)),
		fmt.Sprintf("In a checkout of the library: fairnotice translate export --lang %s --out %s.xlsx, write the proposal into the line %s, then fairnotice translate import %s.xlsx --by \"name, role\"",
			a.s.Language, a.s.Language, a.item.Message, a.s.Language),
		"If it cannot wait, the office can say the sentence itself, in the other languages as now: "+a.typed.and("--own"))
}

// reason is what stands under why: of a sentence that a reviewer proposed.
func (a *accepting) reason() string {
	r := fmt.Sprintf("Proposed in the review comment %s, accepted by %s on %s.", shortID(a.s.ID), a.by, a.on)
	if a.why != "" {
		r = sentence(a.why) + " " + r
	}
	return r
}

// begin makes an own sentence where the office had none.
func (a *accepting) begin(out io.Writer) error {
	say := map[string]string{a.s.Language: a.s.Text}
	if a.s.Language != a.original() {
		for _, tag := range a.file.program.Languages {
			if said, ok := a.item.In[tag]; ok && tag != a.s.Language {
				say[tag] = said.Text
			}
		}
	}
	var b strings.Builder
	b.WriteString("say:\n")
	for _, tag := range a.file.program.Languages {
		if s, ok := say[tag]; ok {
			fmt.Fprintf(&b, "  %s: %s\n", source.Word(tag), source.Word(s))
		}
	}
	fmt.Fprintf(&b, "why: %s\n", source.Word(a.reason()))
	return a.write(out, source.ID(a.item.ID), func(doc *source.Doc) ([]byte, error) { return doc.Add("words", a.item.ID, b.String()) }, say)
}

// reword replaces words that are the office's own already.
func (a *accepting) reword(out io.Writer, key source.ID, own notices.Own) error {
	if texts, forms := own.Texts(a.s.Language); forms != nil || len(texts) > 1 {
		return undone(fmt.Sprintf("Statement %d says a number, so the office's own words for it stand in forms, and one proposal cannot fill them.", a.s.Number),
			fmt.Sprintf("Write the forms by hand: %s, under `%s:`.", a.file.at(own.Pos), key))
	}
	return a.write(out, key, func(doc *source.Doc) ([]byte, error) {
		return doc.Set("words."+string(key)+".say."+a.s.Language, source.Word(a.s.Text))
	}, map[string]string{a.s.Language: a.s.Text})
}

// noWords holds the place of the first sentence in a new file.
const noWords = "  none: 1\n"

// write puts own words into their file, under all its checks.
func (a *accepting) write(out io.Writer, key source.ID, edit func(*source.Doc) ([]byte, error), say map[string]string) error {
	path := a.wordingPath()
	p := *a.file.program
	dir, base := filepath.Split(a.file.path)
	name := filepath.ToSlash(filepath.Join(notices.Beside(base), notices.WordingName))
	before, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		before, err = nil, nil
	}
	if err != nil {
		return undone(fmt.Sprintf("The office's own words %s cannot be read: %s.", quoted(path), reason(err)))
	}
	data := before
	if before == nil {
		data = fmt.Appendf(nil, "fairnotice_wording: 1\ndecided_by: %s\ndecided_on: %s\nwords:\n%s", source.Word(a.by), a.on, noWords)
	}
	doc, ps := source.Open(name, data)
	if ps.Failed() {
		return flawed("The file " + quoted(path) + " has errors. " + ps.Of(source.Error)[0].Error())
	}
	after, err := edit(doc)
	if err != nil {
		return a.refused(err)
	}
	if before == nil {
		after = bytes.Replace(after, []byte(noWords), nil, 1)
	} else if after, err = a.decided(name, after); err != nil {
		return a.refused(err)
	}
	if p.Wording, ps = notices.ReadWording(name, after, p.Languages); ps.Failed() {
		return a.unfit(dir, ps.Of(source.Error))
	}
	f := &programFile{path: a.file.path, book: a.file.book, program: &p, problems: ps}
	f.check(a.say.day)
	if f.problems.Failed() {
		return a.unfit(dir, f.problems.Of(source.Error))
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(filepath.Dir(path)), reason(err)))
	}
	kept := ""
	if before != nil {
		if kept, err = keep(path, before, a.today); err != nil {
			return err
		}
	}
	if err := save(path, before, after); err != nil {
		return err
	}
	if err := a.locked(&p, key, say); err != nil {
		return err
	}
	if err := a.done(fmt.Sprintf("Accepted. The office says it so from the next edition on: “%s”", a.s.Text)); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: `%s:` says now in %s:\n", path, key, a.s.Language)
	hanging(out, 4, 4, clean(a.s.Text))
	if from := a.original(); a.s.Language != from {
		fmt.Fprintf(out, "It is the translation of:\n")
		hanging(out, 4, 4, clean(p.Wording.Words[key].Sample(from)))
	}
	if kept != "" {
		fmt.Fprintf(out, "The file as it was: %s\n", kept)
	}
	if others := len(say) - 1; others > 0 {
		fmt.Fprintf(out, "In %s it says what it said before: the office's own words stand there, too.\n", count(others, "other language"))
	}
	return a.still(out, f)
}

// decided notes who decided it, beside who decided the other words of the file.
func (a *accepting) decided(name string, data []byte) ([]byte, error) {
	doc, ps := source.Open(name, data)
	if ps.Failed() {
		return nil, ps.Of(source.Error)[0]
	}
	w := a.file.program.Wording
	var err error
	if !strings.Contains("; "+w.DecidedBy+"; ", "; "+a.by+"; ") {
		if data, err = doc.Set("decided_by", source.Word(w.DecidedBy+"; "+a.by)); err != nil {
			return nil, err
		}
		doc, _ = source.Open(name, data)
	}
	if a.on > w.DecidedOn {
		return doc.Set("decided_on", a.on.String())
	}
	return data, nil
}

func (a *accepting) refused(err error) error {
	return undone("The words cannot be written: "+sentence(err.Error()), "Write them by hand.")
}

// unfit says what of the proposal the checks refuse.
func (a *accepting) unfit(dir string, ps source.Problems) error {
	for i := range ps {
		if ps[i].Pos.File != "" {
			ps[i].Pos.File = dir + ps[i].Pos.File
		}
		ps[i].Excerpt = ""
	}
	return flawed(fmt.Sprintf("With these words there would be %s, so nothing was written.\n%s", count(len(ps), "error"), printed(ps)),
		"The lines are those of the file as it would be. Propose other words, or answer the reviewer: fairnotice review answer "+shell(a.file.path)+" "+shortID(a.s.ID)+` "…" --by `+shell(a.by))
}

// locked notes in the lock from which words the translations of an own sentence come. Those that only stand there as before keep what
// was noted of them in the library.
func (a *accepting) locked(p *notices.Program, key source.ID, say map[string]string) error {
	from := a.original()
	own := p.Wording.Words[key]
	lock := p.Lock
	changed := false
	for _, tag := range slices.Sorted(maps.Keys(say)) {
		if tag == from {
			continue
		}
		line := source.Translated{State: source.Draft, On: a.on, By: a.by}
		if tag != a.s.Language {
			ours, ok := a.say.cat.Lock(tag).Of(tag, a.item.Message)
			if !ok {
				continue
			}
			line = ours
		}
		line.From, line.Text = own.Hash(from), own.Hash(tag)
		lock.Set(tag, notices.WordingKey(key), line)
		changed = true
	}
	if !changed {
		return nil
	}
	dir, base := filepath.Split(a.file.path)
	return (&importing{world: a.world}).saveLock(filepath.Join(dir, notices.Beside(base), source.LockName), lock)
}

// done keeps the answer to the reviewer, once.
func (a *accepting) done(text string) error {
	for _, old := range a.s.Answers {
		if old.Text == text {
			return nil
		}
	}
	return a.answer(a.s, packet.Answer{To: a.s.ID, By: a.by, On: a.on, Text: text})
}

// still says what is missing now, and what comes next.
func (a *accepting) still(out io.Writer, f *programFile) error {
	ns, err := a.say.notices(f)
	if err != nil {
		return err
	}
	closed := map[string]*locales.Closed{}
	for _, n := range ns {
		for _, tag := range f.program.Languages {
			_, err := a.say.cat.Say(n, tag)
			if c := (*locales.Closed)(nil); errors.As(err, &c) {
				closed[tag] = c
			}
		}
	}
	var missing, stale []string
	for _, tag := range f.program.Languages {
		if c, ok := closed[tag]; ok && !slices.ContainsFunc(a.now.Closed, func(o *locales.Closed) bool { return o.Language.Tag == tag }) {
			if len(c.Missing) > 0 {
				missing = append(missing, tag)
			} else {
				stale = append(stale, tag)
			}
		}
	}
	wait := append(slices.Clone(missing), stale...)
	if len(wait) > 0 {
		fmt.Fprintln(out)
	}
	if len(missing) > 0 {
		hanging(out, 0, 0, fmt.Sprintf("Still missing in: %s. Until it is there, no notice goes out in these languages: nothing is filled in.", list(named(missing))))
	}
	if len(stale) > 0 {
		hanging(out, 0, 0, fmt.Sprintf("Translated from the old words in: %s. Until somebody has looked, no notice goes out in these languages.", list(named(stale))))
	}
	for _, tag := range wait {
		if len(wait) > 3 && tag != wait[0] {
			fmt.Fprintf(out, "  and so on for %s\n", list(wait[1:]))
			break
		}
		fmt.Fprintf(out, "  fairnotice translate export %s --lang %s --out %s-%s.xlsx\n", shell(a.file.path), tag, a.at.Program, tag)
	}
	if e, err := render.NewTexts(a.say.cat, ns); err == nil && e.Digest != a.at.Digest {
		if sent := slices.ContainsFunc(a.sent, func(n *packet.Numbers) bool { return n.Edition == f.program.Edition.Number }); sent {
			fmt.Fprintf(out, "\nEdition %d was sent to reviewers with other words, so send the packet again. If edition %d has gone out, write the next number, %d, behind `edition.number:` first.\n", f.program.Edition.Number, f.program.Edition.Number, f.program.Edition.Number+1)
		}
	}
	return nil
}

// value replaces a text of the program that stands beside the sentence.
func (a *accepting) value(out io.Writer) error {
	s := a.s
	var text source.Text
	for _, v := range a.st.Values {
		for _, p := range v.Parts {
			if p.Text.In[s.Language] != "" && strings.Join(strings.Fields(p.Text.In[s.Language]), " ") == strings.Join(strings.Fields(s.Was), " ") {
				text = p.Text
			}
		}
	}
	at := a.file.at(text.Pos)
	switch {
	case text.In == nil:
		return undone(fmt.Sprintf("“%s” beside statement %d is no sentence and no text in languages: it is a name, a date, a number, or a word of ours.", clean(s.Was), s.Number),
			"fairnotice why "+shell(a.file.path)+" "+shell(a.item.ID)+" says on which line of the file it stands.")
	case text.Pos.File != a.file.program.File:
		return undone(fmt.Sprintf("“%s” stands at %s. Laws beside the program file are changed by hand, with the day of the check.", clean(s.Was), at), "Write the proposal there, and give `fairnotice check "+shell(a.file.path)+"`.")
	}
	if s.Language != a.original() {
		im := &importing{world: a.world, by: a.by, day: a.on}
		if err := a.judgeValue(text); err != nil {
			return err
		}
		if err := im.putProgram(a.file.path, s.Language, []exchange.Accepted{{ID: text.Key(a.file.program.File), Text: s.Text}}); err != nil {
			return err
		}
	} else {
		data, err := a.valueEdit(text)
		if err != nil {
			return err
		}
		kept, err := keep(a.file.path, a.file.program.Doc.Bytes(), a.today)
		if err != nil {
			return err
		}
		if err := save(a.file.path, a.file.program.Doc.Bytes(), data); err != nil {
			return err
		}
		defer fmt.Fprintf(out, "The file as it was: %s\n", kept)
	}
	if err := a.done(fmt.Sprintf("Accepted. It reads so from the next edition on: “%s”", s.Text)); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s says now in %s:\n", at, s.Language)
	hanging(out, 4, 4, clean(s.Text))
	f, err := a.load(a.file.path, a.say.day)
	if err != nil {
		return err
	}
	return a.still(out, f)
}

// judgeValue holds a file with the proposal against all checks.
func (a *accepting) judgeValue(text source.Text) error {
	_, err := a.valueEdit(text)
	return err
}

// valueEdit gives the program file with the proposal in the place of a text, if all checks let it pass.
func (a *accepting) valueEdit(text source.Text) ([]byte, error) {
	p := a.file.program
	data, err := p.Doc.Set(text.Path+"."+a.s.Language, source.Word(a.s.Text))
	if err != nil {
		return nil, a.refused(err)
	}
	dir, _ := filepath.Split(a.file.path)
	changed, ps := notices.Read(p.File, data)
	if ps.Failed() {
		return nil, a.unfit(dir, ps.Of(source.Error))
	}
	changed.Lock, changed.Wording = p.Lock, p.Wording
	f := &programFile{path: a.file.path, book: a.file.book, program: changed, problems: ps}
	f.check(a.say.day)
	if f.problems.Failed() {
		return nil, a.unfit(dir, f.problems.Of(source.Error))
	}
	return data, nil
}
