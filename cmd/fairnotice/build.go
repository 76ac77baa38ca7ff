package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/print"
	"fairnotice/render/web"
)

func newBuild(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "build FILE… --out DIR",
		Short: "every notice of a program, as a folder that can be published",
		Long: `Makes the edition of a program: START-HERE.html, public/ (all that may be served), office/ (for printing and for other programs),
for-the-vendor.zip (what whoever runs the upload page is sent; the same files are in for-the-vendor/) and manifest.json. The questions for helpers, ask-back, are in office/ alone. One file goes into DIR itself, several go into
DIR/<program id>/ each. If any file has an error, nothing is written. What stands already as it should is not touched. --date chooses
the law and the phases in force, not the number of the edition.
With --since and the file of the older edition, the edition also says what changed: a page for the people of each part. If that older
edition stands in DIR, and nothing in the new one is worse for anybody or unclear, public/edition.json names it too, with the moment until
which portals accept who has read it: 48 hours after the day of the build began in UTC. After a change that is worse or unclear, everybody
is asked again.
With --form and the address of a form on somebody else's site, for-the-vendor/front-door.html leads on to it after the tick.`,
		Example: `  fairnotice build examples/citykey.yaml --out site
  fairnotice build programs/*.yaml --out site
  fairnotice build examples/citykey.yaml --since examples/citykey-2017.yaml --out site
  fairnotice build examples/citykey.yaml --form https://forms.example.com/citykey --out site`,
		Args:              w.files(0),
		ValidArgsFunction: programFiles,
	}
	var out, receipts string
	var with options
	c.Flags().StringVar(&out, "out", "", "the folder to write into")
	c.Flags().StringVar(&with.since, "since", "", "the file of the older edition of this program")
	c.Flags().StringVar(&with.form, "form", "", "the address of a form on somebody else's site, to which the front door leads on")
	c.Flags().StringVar(&receipts, "receipts", "", "make receipts that name a week, such as 2026-W47; without it there are none")
	_ = c.MarkFlagDirname("out")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		if out == "" {
			return mistyped("build needs a folder to write into.", w.typed.and("--out", "site"))
		}
		if with.since != "" && len(args) > 1 {
			return mistyped("--since is for one program file, and these are "+fmt.Sprint(len(args))+".", "fairnotice build "+shell(args[0])+" --since "+shell(with.since)+" --out "+shell(out))
		}
		if with.form != "" && len(args) > 1 {
			return mistyped("--form is for one program file, and these are "+fmt.Sprint(len(args))+".", "fairnotice build "+shell(args[0])+" --form "+shell(with.form)+" --out "+shell(out))
		}
		if err := web.CheckForm(with.form); err != nil {
			return mistyped(sentence("The address after --form cannot be used: "+err.Error()), w.typed.with(with.form, "https://forms.example.com/apply"))
		}
		if receipts != "" {
			var err error
			if with.week, err = w.week(receipts); err != nil {
				return err
			}
		}
		return w.makeAll(c.OutOrStdout(), c.ErrOrStderr(), args, with, out, date.day)
	}
	return c
}

// options is what an edition is made with, beside the program file.
type options struct {
	since string   // the file of the older edition of the only program, or ""
	form  string   // the address to which the front door leads on, or ""
	week  web.Week // of the receipts; none without one

	terms func(*made, *render.Terms) error // of an edition that goes out; nil for a draft
}

// week reads the week of the receipts. One that has not begun is refused: a receipt says what was published.
func (w world) week(typed string) (web.Week, error) {
	now := web.WeekOf(w.today.YMD())
	week, err := web.ParseWeek(typed)
	switch {
	case err != nil:
		return week, mistyped(sentence("The week after --receipts cannot be used: "+err.Error()), w.typed.with(typed, now.String()))
	case now.Before(week):
		return week, mistyped(fmt.Sprintf("The week %s has not begun, and a receipt says what was published in its week.", week), w.typed.with(typed, now.String()))
	}
	return week, nil
}

// makers makes the files of an edition that render does not.
func (o options) makers() []func(*render.Edition) ([]render.File, error) {
	out := []func(*render.Edition) ([]render.File, error){func(e *render.Edition) ([]render.File, error) { return web.Kit(e, o.form) }}
	if o.week != (web.Week{}) {
		out = append(out, func(e *render.Edition) ([]render.File, error) { return web.Receipts(e, o.week, print.QR) })
	}
	return out
}

// made is what one program's build came to.
type made struct {
	path    string
	id      source.ID
	folder  string
	file    *programFile
	say     *sayer
	edition *render.Edition
	press   pressed
	note    error    // for standard error, though nothing is wrong with the files
	late    error    // likewise: laws past their next check
	lines   []string // for standard output
	err     error
}

// prepare finds all problems of a file and makes all bytes of its edition.
func (m *made) prepare(w world, shared *sayer, with options, day source.Day) {
	if m.file, m.err = w.load(m.path, day); m.err != nil {
		return
	}
	m.id = source.ID(strings.Clone(string(m.file.program.Program.ID))) // not a part of the whole file
	if m.say = shared; m.say == nil {
		if m.say, m.err = newSayer(day, m.file.program.Languages); m.err != nil {
			return
		}
	}
	if m.err = m.say.sinceFile(w, with.since); m.err != nil {
		return
	}
	if first := web.WeekOf(m.file.program.Edition.AsOf.Last.YMD()); with.week != (web.Week{}) && with.week.Before(first) {
		m.err = mistyped(fmt.Sprintf("In the week %s this edition was not there yet: it is of %s.", with.week, m.file.program.Edition.AsOf.Last), w.typed.with(with.week.String(), first.String()))
		return
	}
	terms := render.Terms{Before: func(e *render.Edition) *render.EditionMark { return m.before(e, w.utc) }}
	if with.terms != nil {
		if m.err = with.terms(m, &terms); m.err != nil {
			return
		}
	}
	m.edition, m.err = m.say.editionOn(m.file, terms, with.makers()...)
}

// forget lets go of all but a few lines, so that memory does not grow with the number of programs.
func (m *made) forget() { m.file, m.say, m.edition = nil, nil, nil }

// makeAll makes the editions of some files. All problems of all files are found, and all bytes made, before the first is written; of
// several programs the bytes are not kept until then but made a second time.
func (w world) makeAll(stdout, stderr io.Writer, paths []string, with options, out string, day source.Day) error {
	all := make([]made, len(paths))
	several := len(paths) > 1
	var shared *sayer
	if several {
		var err error
		if shared, err = newSayer(day, locales.ShippedTags()); err != nil {
			return err
		}
	}
	bar := w.newBar(stderr, "checking", len(all))
	each(len(all), func(i int) {
		m := &all[i]
		m.path, m.folder = paths[i], out
		m.prepare(w, shared, with, day)
		if several {
			m.folder = filepath.Join(out, string(m.id))
			m.forget()
		}
		bar.step()
	})
	bar.done()
	seen := map[source.ID]string{}
	var err error
	for i := range all {
		m := &all[i]
		if m.err != nil {
			err = both(err, m.err)
			continue
		}
		if other, ok := seen[m.id]; ok {
			err = both(err, flawed(fmt.Sprintf("%s and %s both say that their program's id is %s. Each program needs its own.", quoted(other), quoted(m.path), quoted(string(m.id)))))
		}
		seen[m.id] = m.path
	}
	if err != nil {
		return err
	}

	bar = w.newBar(stderr, "writing", len(all))
	each(len(all), func(i int) {
		m := &all[i]
		if several {
			m.prepare(w, shared, with, day)
		}
		if m.err == nil {
			m.err = m.deliver()
		}
		m.forget()
		bar.step()
	})
	bar.done()
	for i := range all {
		m := &all[i]
		speak(stderr, m.note)
		speak(stderr, m.late)
		for _, l := range m.lines {
			fmt.Fprintln(stdout, l)
		}
		err = both(err, m.err)
	}
	if err == nil && several {
		fmt.Fprintf(stdout, "%s in %s.\n", count(len(all), "program"), quoted(out))
	}
	return err
}

// deliver puts one edition in its place, and says what was made and what is still to be answered.
func (m *made) deliver() error {
	e, p := m.edition, m.file.program
	press, err := openPress(m.folder, e)
	if err != nil {
		return err
	}
	defer press.Close()
	if old := press.old; old != nil && old.Published {
		return undone(fmt.Sprintf("The folder %s holds edition %d, which went out. build makes drafts, in all languages, and would put one in its place. So nothing was written.", quoted(m.folder), old.Edition.Number),
			"fairnotice publish "+shell(m.path)+" --out "+shell(m.folder), "Or choose another folder for a draft.")
	}
	m.note = changedWords(press, e)
	if m.press, err = press.put(e); err != nil {
		return err
	}
	in := e.Languages()
	m.tell("%s: edition %d of %s (%s), %s in %s: %s.", clean(title(p)), e.Number, e.AsOf, short(e.Digest),
		count(len(e.Notices)/len(in), "kind"), count(len(in), "language"), strings.Join(in, ", "))
	m.wrote(press.old)
	for _, c := range e.Closed {
		m.tell("Closed, and not in the edition: %s", closedWords(c))
	}
	if len(e.Closed) > 0 {
		m.tell("  What is missing is listed by: fairnotice translate status %s", shell(m.path))
	}
	m.open()
	return nil
}

// tell adds a line for standard output.
func (m *made) tell(format string, args ...any) {
	m.lines = append(m.lines, fmt.Sprintf(format, args...))
}

// wrote says what was written, and who may go on under the edition before.
func (m *made) wrote(old *render.Manifest) {
	e, say := m.edition, m.tell
	switch wrote, gone := len(m.press.written), len(m.press.removed); {
	case wrote == 0 && gone == 0:
		say("Nothing has changed in %s, so nothing was written.", quoted(m.folder))
	case gone == 0:
		say("Wrote %d of %s in %s. Open %s in a browser.", wrote, count(m.press.files, "file"), quoted(m.folder), quoted(filepath.Join(m.folder, "START-HERE.html")))
	default:
		say("Wrote %d of %s in %s, and removed %s of the edition before. Open %s in a browser.", wrote, count(m.press.files, "file"), quoted(m.folder),
			count(gone, "file"), quoted(filepath.Join(m.folder, "START-HERE.html")))
	}
	switch {
	case e.Before != nil:
		say("Who has read edition %d may still send papers under it, until %s. Nothing is worse for anybody in edition %d.", e.Before.Number, e.Before.Until, e.Number)
	case old != nil && old.Edition.Number < e.Number:
		say("Who has read edition %d is asked to read edition %d before they send papers.", old.Edition.Number, e.Number)
	}
}

// open says what nobody has reviewed, what is to be looked at, and what is still to be answered.
func (m *made) open() {
	e, say := m.edition, m.tell
	in := e.Languages()
	if drafts := drafts(e); len(drafts) > 0 {
		which := strings.Join(drafts, ", ")
		if len(drafts) == len(in) && len(in) > 3 {
			which = "all of them"
		}
		say("Drafts, which no reader has reviewed: %s. Each page says so.", which)
	}
	if warnings := len(m.file.problems.Of(source.Warning)); warnings > 0 {
		say("%s to look at.", count(warnings, "warning"))
	}
	m.late = m.file.due(m.say.day)
	if qs := notices.Questions(m.file.program); len(qs) > 0 {
		var who []string
		for _, g := range byWhom(qs) {
			who = append(who, fmt.Sprintf("%d by %s", len(g.questions), g.name))
		}
		say("Still to be answered: %s. They are listed by: fairnotice check %s", count(len(qs), "question"), shell(m.path))
		say("  %s", strings.Join(who, "; "))
	}
}

// closedWords says of a closed language what it wants.
func closedWords(c *locales.Closed) string {
	var wants []string
	if n := len(c.Missing); n > 0 {
		wants = append(wants, count(n, "sentence")+" to translate")
	}
	if n := len(c.Stale); n > 0 {
		wants = append(wants, count(n, "sentence")+" to translate again, because the words have changed")
	}
	return c.Language.English + " (" + c.Language.Tag + "): " + strings.Join(wants, "; ") + "."
}

// title is the program's name for people: in English where it has words, else in its first language.
func title(p *notices.Program) string {
	if s, ok := p.Program.Name.For("en"); ok {
		return s
	}
	for _, t := range p.Languages {
		if s, ok := p.Program.Name.For(t); ok {
			return s
		}
	}
	return string(p.Program.ID)
}

// short gives the first digits of a digest, for people.
func short(digest string) string {
	_, hex, _ := strings.Cut(digest, ":")
	return hex[:min(4, len(hex))]
}

// drafts lists the languages of an edition in which nobody has reviewed the words.
func drafts(e *render.Edition) []string {
	var out []string
	for _, n := range e.Notices {
		if n.Translation.State == "draft" && !slices.Contains(out, n.Language) {
			out = append(out, n.Language)
		}
	}
	return out
}

// changedWords compares the statements of an edition with those that stand under the same number. Where they differ, readers would
// see two texts under one number; so it says which statements, and that the number must rise.
func changedWords(p *press, e *render.Edition) error {
	if p.old == nil || p.old.Edition.Number != e.Number || p.old.Edition.Digest == e.Digest {
		return nil
	}
	type notice struct {
		Sections []struct {
			Groups []struct {
				Statements []struct {
					ID     string          `json:"id"`
					Text   string          `json:"text"`
					Values json.RawMessage `json:"values"`
				} `json:"statements"`
			} `json:"groups"`
		} `json:"sections"`
	}
	read := func(data []byte) (ids []string, texts map[string]string) {
		var n notice
		texts = map[string]string{}
		if json.Unmarshal(data, &n) != nil {
			return nil, texts
		}
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					ids = append(ids, st.ID)
					texts[st.ID] = st.Text + "\x00" + string(st.Values)
				}
			}
		}
		return ids, texts
	}
	var changed, added, gone []string
	note := func(to *[]string, id string) {
		if !slices.Contains(*to, id) {
			*to = append(*to, id)
		}
	}
	for _, f := range e.Files {
		old, ok := p.before[f.Path]
		if !ok {
			continue
		}
		oldIDs, oldTexts := read(old)
		newIDs, newTexts := read(f.Bytes)
		for _, id := range newIDs {
			if was, ok := oldTexts[id]; !ok {
				note(&added, id)
			} else if was != newTexts[id] {
				note(&changed, id)
			}
		}
		for _, id := range oldIDs {
			if _, ok := newTexts[id]; !ok {
				note(&gone, id)
			}
		}
	}
	out := []string{fmt.Sprintf("Edition %d now says something else than what stands in %s under the same number.", e.Number, quoted(p.name))}
	for _, c := range []struct {
		what string
		ids  []string
	}{{"Changed", changed}, {"New", added}, {"Gone", gone}} {
		if len(c.ids) == 0 {
			continue
		}
		const most = 5
		more := ""
		if len(c.ids) > most {
			more = fmt.Sprintf(" and %d more", len(c.ids)-most)
		}
		out = append(out, fmt.Sprintf("%s: %s%s", c.what, strings.Join(c.ids[:min(most, len(c.ids))], ", "), more))
	}
	return &fault{code: fine, says: strings.Join(out, "\nfairnotice: "),
		hints: []string{fmt.Sprintf("If edition %d has been published, write `number: %d` under `edition:` in the file, and what changed.", e.Number, e.Number+1)}}
}

// both joins the faults of two files into one: the words of both, and the higher code.
func both(a, b error) error {
	fa, oka := a.(*fault)
	fb, okb := b.(*fault)
	switch {
	case a == nil:
		return b
	case b == nil || !oka || !okb:
		return a
	}
	hints := slices.Clone(fa.hints)
	for _, h := range fb.hints {
		if !slices.Contains(hints, h) {
			hints = append(hints, h)
		}
	}
	return &fault{code: max(fa.code, fb.code), says: fa.says + "\nfairnotice: " + fb.says, hints: hints}
}

// each calls do for 0 to n-1 on as many goroutines as there are processors; on the caller's own when n is 1.
func each(n int, do func(int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var wg sync.WaitGroup
	next := make(chan int)
	for range workers {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// bar is a progress bar on a terminal; elsewhere it is silent.
type bar struct {
	mu    sync.Mutex
	w     io.Writer
	verb  string
	n, of int
	shown int
}

func (w world) newBar(out io.Writer, verb string, of int) *bar {
	b := &bar{verb: verb, of: of}
	if w.terminal && of > 1 {
		b.w = out
		b.draw()
	}
	return b
}

func (b *bar) step() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	if b.w != nil && b.n*100/b.of != b.shown {
		b.draw()
	}
}

func (b *bar) draw() {
	const wide = 40
	b.shown = b.n * 100 / b.of
	full := wide * b.n / b.of
	fmt.Fprintf(b.w, "\r%-9s %s%s %d of %d", b.verb, strings.Repeat("#", full), strings.Repeat(".", wide-full), b.n, b.of)
}

func (b *bar) done() {
	if b.w != nil {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}
