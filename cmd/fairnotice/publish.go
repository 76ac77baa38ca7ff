package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/publish"
	"fairnotice/render/web"
)

func newPublish(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "publish FILE --out DIR",
		Short: "the edition as it may go out, and what is held back and why",
		Long: `Makes the edition of a program as it may go out: the files of build, in the languages that may go out alone. It says of each other
language why it is held back: some of it is not translated; nobody has reviewed its words, and the file does not say that drafts may be
shown; or a reviewer whom the file requires has not signed exactly these words. What reviewers have signed lies beside the file, in x/review
for x.yaml. Each public page but the one at the upload leads to a page that says who has read it.

The number of the edition has to be the one after that of the last that went out. Which that was is known from the ledger, and from DIR.
The same edition again is fine, and makes the folder whole.

With --record and the key of the ledger, the edition is first written into the ledger: every text, and who has signed it. From then on
anybody can prove what was said. It has to be there: fairnotice ledger new makes one. Then DIR is written. If the command was stopped, give
it again: it finishes what it had begun, and records nothing twice.

Nothing is put on the web. Whoever keeps the website copies public/, and the folder of the ledger, its file checkpoint last.`,
		Example: `  fairnotice publish programs/citykey.yaml --out site
  fairnotice publish programs/citykey.yaml --out site --ledger ledger --key office.key --record
  fairnotice publish programs/citykey.yaml --since programs/citykey-1.yaml --out site`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	var p publication
	var with options
	var receipts string
	c.Flags().StringVar(&p.folder, "out", "", "the folder to write into")
	c.Flags().StringVar(&p.ledger, "ledger", "", "the folder of the ledger: which edition went out last is looked up there")
	c.Flags().StringVar(&p.key, "key", "", "the file with the secret key of the ledger")
	c.Flags().BoolVar(&p.record, "record", false, "write the edition into the ledger")
	c.Flags().StringVar(&with.since, "since", "", "the file of the older edition of this program")
	c.Flags().StringVar(&with.form, "form", "", "the address of a form on somebody else's site, to which the front door leads on")
	c.Flags().StringVar(&receipts, "receipts", "", "make receipts that name a week, such as 2026-W47; without it there are none")
	_ = c.MarkFlagDirname("out")
	_ = c.MarkFlagDirname("ledger")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		p.path = args[0]
		switch {
		case p.folder == "":
			return mistyped("publish needs a folder to write into.", w.typed.and("--out", "site"))
		case p.record && p.ledger == "":
			return mistyped("--record needs the folder of the ledger.", w.typed.and("--ledger", "ledger"))
		case p.record && p.key == "":
			return mistyped("--record needs the file with the secret key of the ledger.", w.typed.and("--key", "office.key"))
		case p.key != "" && !p.record:
			return mistyped("The key is for writing into the ledger, and that is asked for by --record.", w.typed.and("--record"))
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
		return p.run(c.OutOrStdout(), c.ErrOrStderr(), w, with, date.day)
	}
	return c
}

// publication is one edition that goes out. All checks are made and all bytes are there before anything is written: first the ledger,
// which lasts, then the folder. Each of the two finds out by itself whether it has this edition already, so that a publication that was
// stopped anywhere is finished by the next.
type publication struct {
	made
	ledger, key string // as typed
	record      bool

	signer     note.Signer
	verifier   note.Verifier
	view       *ledger.View // nil without a ledger
	judged     []ledger.Judgement
	unproven   source.Problems // reviews that count for nothing, and may be of somebody who objects
	answer     publish.Answer
	supersedes string // digest of the edition that the ledger has before this one; "" where it has none
	line       int64  // of this one in the ledger; -1 where it is not there
	already    bool   // it was there before
}

func (p *publication) run(stdout, stderr io.Writer, w world, with options, day source.Day) error {
	if err := p.openLedger(); err != nil {
		return err
	}
	with.terms = p.terms
	p.prepare(w, nil, with, day)
	if p.err != nil {
		if p.edition == nil && len(p.answer.Held) > 0 && len(p.answer.Out) == 0 {
			return p.nothing()
		}
		return p.err
	}
	if err := p.number(); err != nil {
		return err
	}
	press, err := openPress(p.folder, p.edition)
	if err != nil {
		return err
	}
	defer press.Close()
	if err := p.write(day); err != nil {
		return err
	}
	if p.press, err = press.put(p.edition); err != nil {
		return err
	}
	p.say(press.old)
	speak(stderr, p.late)
	for _, l := range p.lines {
		fmt.Fprintln(stdout, l)
	}
	return nil
}

// terms are those of an edition that goes out.
func (p *publication) terms(m *made, t *render.Terms) error {
	f := m.file
	reviews, ps := f.reviews()
	if ps.Failed() {
		return reviewFaults(f, ps)
	}
	now, err := f.now(nil, m.say.day)
	if err != nil {
		return err
	}
	who := f.reviewers()
	p.unproven = f.unproven(reviews)
	t.Published = true
	t.Hold = func(ns []*locales.Notice, texts []render.TextLine) map[string][]string {
		now.Texts = core.TextsOf(texts)
		p.judged = ledger.Judge(now, who, reviews)
		drafts := f.program.Drafts
		p.answer = publish.Decide(publish.Request{Notices: ns, Drafts: drafts != nil && drafts.ShownMarked, Reviewers: who, Judgements: p.judged})
		held := map[string][]string{}
		for _, h := range p.answer.Held {
			for _, r := range h.Reasons {
				held[h.Language] = append(held[h.Language], fmt.Sprintf("%s [%s]", r.Says, r.Code))
			}
		}
		return held
	}
	t.Readers = func(e *render.Edition) []render.Reader { return publish.Readers(e, who, p.judged) }
	before := t.Before
	t.Before = func(e *render.Edition) *render.EditionMark {
		if last := publishedIn(p.folder); last == nil || last.Program != e.Program {
			return nil // what was a draft, nobody has read
		}
		return before(e)
	}
	return nil
}

// publishedIn gives the manifest of the edition that went out into a folder last; nil if there is none.
func publishedIn(folder string) *render.Manifest {
	for _, name := range []string{manifestName, previousName} {
		raw, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			continue
		}
		if m, err := render.ReadManifest(raw); err == nil && m.Published {
			return m
		}
		return nil
	}
	return nil
}

// openLedger reads the ledger and the key.
func (p *publication) openLedger() error {
	p.line = -1
	if p.ledger == "" {
		return nil
	}
	if p.key != "" {
		var err error
		if p.signer, p.verifier, err = readSigner(p.key); err != nil {
			return err
		}
	}
	return p.readLedger()
}

// reviewFaults is the fault of reviews that cannot be read. One of them may be what takes a signature back: so nothing goes out.
func reviewFaults(f *programFile, ps source.Problems) error {
	var b strings.Builder
	fmt.Fprintf(&b, "What lies beside %s as reviews has %s, so nothing was made.\n", quoted(f.path), count(len(ps.Of(source.Error)), "error"))
	ps.Print(&b)
	return flawed(strings.TrimRight(b.String(), "\n"))
}

// readLedger reads the ledger as it is now.
func (p *publication) readLedger() error {
	var policy ledger.Policy // without a key, anybody's ledger
	if p.verifier != nil {
		policy.Keys = []note.Verifier{p.verifier}
	}
	view, err := ledger.Read(os.DirFS(p.ledger), policy)
	if err != nil {
		return undone(fmt.Sprintf("The ledger in %s cannot be used. %s", quoted(p.ledger), sentence(err.Error())))
	}
	p.view = view
	return nil
}

// number holds the number of the edition against the last that went out: the one with the highest number that the ledger or the folder
// knows. What the ledger says goes first.
func (p *publication) number() error {
	var last *publish.Last
	from := ""
	if m := publishedIn(p.folder); m != nil && m.Program == p.edition.Program {
		last, from = &publish.Last{Number: m.Edition.Number, Digest: m.Edition.Digest}, "the folder "+quoted(p.folder)
	}
	p.line, p.supersedes = -1, ""
	if p.view != nil {
		for i, e := range p.view.Entries() {
			if e.Program != p.edition.Program {
				continue
			}
			if last == nil || e.Number >= last.Number {
				last, from = &publish.Last{Number: e.Number, Digest: e.Digest}, "the ledger "+quoted(p.ledger)
			}
			if e.Number == p.edition.Number && e.Digest == p.edition.Digest {
				p.line = i
			} else {
				p.supersedes = e.Digest
			}
		}
	}
	_, err := publish.Number(p.edition.Number, p.edition.Digest, last)
	if err == nil {
		return nil
	}
	return flawed(fmt.Sprintf("%s That is known from %s. Nothing was written.", sentence(err.Error()), from),
		fmt.Sprintf("Write `number: %d` under `edition:` in %s, and what changed. Then have it reviewed and signed again: the number is among the words.", last.Number+1, p.file.path))
}

// write writes the edition into the ledger, unless it is there.
func (p *publication) write(day source.Day) error {
	if !p.record || p.line >= 0 {
		p.already = p.line >= 0
		return nil
	}
	log, err := ledger.Open(p.ledger, p.signer, p.verifier)
	for range 8 {
		if err != nil {
			break
		}
		entry, blobs := publish.Entry(p.edition, p.judged, day, p.supersedes)
		if p.line, err = log.PublishOn(p.view.Size(), blobs, entry); err == nil {
			return nil
		}
		if !errors.Is(err, ledger.ErrMoved) {
			break
		}
		// Somebody else has written to it, perhaps this edition.
		if err = p.readLedger(); err != nil {
			return err
		}
		if err = p.number(); err != nil {
			return err
		}
		if p.line >= 0 {
			p.already = true
			return nil
		}
	}
	return undone(fmt.Sprintf("The edition could not be written into the ledger %s. %s The folder %s was not touched.", quoted(p.ledger), sentence(err.Error()), quoted(p.folder)),
		"Mend the cause and give the same command again; if the edition is in the ledger by then, it is not written a second time.")
}

// nothing says that no language may go out.
func (p *publication) nothing() error {
	lines := []string{fmt.Sprintf("Nothing of %s may go out, so nothing was written.", quoted(p.path))}
	for _, h := range p.answer.Held {
		for _, r := range h.Reasons {
			lines = append(lines, named([]string{h.Language})[0]+": "+clean(r.Says)+" ["+r.Code+"]")
		}
	}
	return flawed(strings.Join(lines, "\nfairnotice: "), p.hints()...)
}

// hints say what to do about the languages that are held back.
func (p *publication) hints() []string {
	var out []string
	var unsigned []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, h := range p.answer.Held {
		for _, r := range h.Reasons {
			if r.Reviewer == "" {
				add("Have somebody who reads the language review it, and record who: fairnotice translate import FILE --reviewed 'Name, role'. Or write `drafts: {shown_marked: true, decided_by: \"Name, title\"}` in the program file.")
			} else if !slices.Contains(unsigned, r.Reviewer) {
				unsigned = append(unsigned, r.Reviewer)
			}
		}
	}
	if len(unsigned) > 0 {
		add("fairnotice review status " + shell(p.path))
		add("fairnotice review send " + shell(p.path) + " --out packet")
	}
	return out
}

// say says what went out, what was held back, and what comes next.
func (p *publication) say(old *render.Manifest) {
	e := p.edition
	in := e.Languages()
	of := len(p.file.program.Languages)
	how := fmt.Sprintf("%d of %s", len(in), count(of, "language"))
	if len(in) == of {
		how = count(of, "language")
	}
	p.tell("%s: edition %d of %s (%s) may go out in %s: %s.", clean(title(p.file.program)), e.Number, e.AsOf, short(e.Digest), how, strings.Join(in, ", "))
	for _, c := range e.Closed {
		for _, why := range c.Held {
			p.tell("Held back: %s (%s): %s", c.Language.English, c.Language.Tag, clean(why))
		}
		if c.Failed() {
			p.tell("Held back: %s", closedWords(c))
		}
	}
	for _, h := range p.hints() {
		p.tell("  To let it out: %s", h)
	}
	for _, r := range publish.Readers(e, p.file.reviewers(), p.judged) {
		p.tell("%s: %s, %s.", clean(r.Name), readerWords(r), strings.Join(r.Languages, ", "))
	}
	for _, u := range p.unproven {
		p.tell("%s: %s %s [%s]", u.Pos.File, clean(u.Message), u.Hint, u.Code)
	}
	switch {
	case p.view == nil:
		p.tell("It is in no ledger: nobody can prove later what it said.")
	case p.already:
		p.tell("It is in the ledger %s, as line %d, since an earlier command.", quoted(p.ledger), p.line+1)
	case p.line >= 0:
		p.tell("It is in the ledger %s now, as line %d. Put the ledger on the web beside the pages: copy its file checkpoint last.", quoted(p.ledger), p.line+1)
	default:
		p.tell("It is not in the ledger %s yet. With --record and --key it is written there.", quoted(p.ledger))
	}
	p.wrote(old)
	p.open()
}

// readerWords says what a reader said.
func readerWords(r render.Reader) string {
	by := "signed"
	if r.Letter {
		by = "by letter, which nobody can verify"
	}
	switch r.Verdict {
	case render.Objects:
		return "objects (" + by + ")"
	case render.ReadAlone:
		return "has read it and does not approve of it (" + by + ")"
	}
	return "found nothing that they know to be wrong (" + by + ")"
}
