package render

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Edition is all that build writes for one program.
type Edition struct {
	Program source.ID
	Number  int
	AsOf    source.Day
	Digest  string // sha256:…
	Texts   []TextLine
	Files   []File // sorted by path; manifest.json is last
	Notices []*locales.Notice
	Closed  []*locales.Closed // the languages of the program in which it cannot be shown, and why; nothing of them is written
	Before  *EditionMark      // the edition that this one replaces, while it is in force beside it; else nil

	// Published says that the edition may go out, as whoever made it has judged; one that was only built is a draft.
	Published bool

	gates []Gate
}

// Terms are what whoever makes an edition decides beside its words. Each may be nil.
type Terms struct {
	// Hold is asked once, when the words of all languages are known and before anything is made of them. It gives the languages that are
	// held back, each with the reasons in whole sentences for the staff: they are left out as those are that cannot be said. The notices
	// and the lines belong to the edition.
	Hold func(ns []*locales.Notice, texts []TextLine) map[string][]string
	// Before is asked, once the digest is known, for the mark of the edition that this one replaces, with the moment until which that is
	// in force; nil where it is not.
	Before func(*Edition) *EditionMark
	// Readers gives who has read the words of the edition, for the public page that says so.
	Readers func(*Edition) []Reader
	// Published says that the edition goes out.
	Published bool
}

// Languages lists the languages that the edition is in.
func (e *Edition) Languages() []string {
	var out []string
	for _, n := range e.Notices {
		if !slices.Contains(out, n.Language) {
			out = append(out, n.Language)
		}
	}
	return out
}

// ID is the edition's name for machines: ed- and twelve hex digits.
func (e *Edition) ID() string { return EditionID(e.Digest) }

// Notice gives the notice of a kind in a language, with its digests; nil if the edition has none.
func (e *Edition) Notice(kind notices.Kind, language string) *locales.Notice {
	for _, n := range e.Notices {
		if n.Kind == kind && n.Language == language {
			return n
		}
	}
	return nil
}

// File of an edition: a slash path below the output folder.
type File struct {
	Path  string
	Bytes []byte
}

// NewEdition says the notices in all their languages and makes every byte of the edition. The notices are those of one program and
// one edition, one for each kind. It knows no day but theirs. A language in which one of the notices cannot be said is left out of all of
// them, and named in Closed; if none is left, that is an error.
//
// Each of more makes further files. It is called when all other files are made but START-HERE.html, which has a door only to what is
// there, and the manifest.
func NewEdition(c *locales.Catalog, ns []*notices.Notice, more ...func(*Edition) ([]File, error)) (*Edition, error) {
	return newEdition(c, ns, more...)
}

// NewEditionOn is NewEdition on some terms. If every language is held back, the error is the *locales.Closed of the first.
func NewEditionOn(c *locales.Catalog, ns []*notices.Notice, t Terms, more ...func(*Edition) ([]File, error)) (*Edition, error) {
	return editionOn(c, ns, t, more...)
}

func newEdition(c sayer, ns []*notices.Notice, more ...func(*Edition) ([]File, error)) (*Edition, error) {
	return editionOn(c, ns, Terms{}, more...)
}

// NewTexts gives an edition without its pages: its notices in their languages, its texts and its digest. It is what can be read and
// signed of an edition, and takes a fraction of the time.
func NewTexts(c *locales.Catalog, ns []*notices.Notice) (*Edition, error) {
	e, _, err := textsOn(c, ns, Terms{})
	return e, err
}

// textsOn gives an edition without its pages, and its notices by kind and language.
func textsOn(c sayer, ns []*notices.Notice, terms Terms) (*Edition, [][]*locales.Notice, error) {
	if len(ns) == 0 || len(ns[0].Languages) == 0 {
		return nil, nil, fmt.Errorf("an edition needs a notice and a language")
	}
	first := ns[0]
	e := &Edition{Program: first.Program, Number: first.Number, AsOf: first.AsOf}
	tags := slices.Clone(first.Languages)
	order := listed(tags)
	slices.SortStableFunc(tags, func(a, b string) int { return cmp.Compare(order[a], order[b]) })
	byKind := make([][]*locales.Notice, len(ns))
	shut := map[string]*locales.Closed{}
	for i, n := range ns {
		if n.Program != e.Program || n.Number != e.Number || n.AsOf != e.AsOf || !slices.Equal(n.Languages, first.Languages) {
			return nil, nil, fmt.Errorf("the notices %s and %s are not of the same edition", first.Kind, n.Kind)
		}
		if safeTag(string(n.Kind)) != string(n.Kind) || n.Kind == "" || slices.ContainsFunc(ns[:i], func(o *notices.Notice) bool { return o.Kind == n.Kind }) {
			return nil, nil, fmt.Errorf("an edition holds each kind of notice once: %q", n.Kind)
		}
		for _, tag := range tags {
			if safeTag(tag) != tag || tag == "" {
				return nil, nil, fmt.Errorf("%q is not a language tag", tag)
			}
			said, err := c.Say(n, tag)
			if closed, ok := err.(*locales.Closed); ok {
				shut[tag] = closed.And(shut[tag])
				continue
			}
			if err != nil {
				return nil, nil, err
			}
			digest, size := TextDigest(said)
			said.Digest, said.Edition.Number = digest, e.Number
			e.Texts = append(e.Texts, TextLine{n.Kind, said.Language, digest, size})
			byKind[i] = append(byKind[i], said)
			e.Notices = append(e.Notices, said)
		}
	}
	if terms.Hold != nil {
		e.hold(terms.Hold, shut, tags)
	}
	if err := e.shut(shut, tags, byKind); err != nil {
		return nil, nil, err
	}
	slices.SortFunc(e.Texts, func(a, b TextLine) int { return strings.Compare(a.String(), b.String()) })
	e.Digest = EditionDigest(e.Program, e.Number, e.Texts)
	for _, n := range e.Notices {
		n.Edition.Digest = e.Digest
	}
	return e, byKind, nil
}

func editionOn(c sayer, ns []*notices.Notice, terms Terms, more ...func(*Edition) ([]File, error)) (*Edition, error) {
	e, byKind, err := textsOn(c, ns, terms)
	if err != nil {
		return nil, err
	}
	e.Published = terms.Published
	if terms.Before != nil {
		e.Before = terms.Before(e)
	}
	var readers []Reader
	if terms.Readers != nil {
		readers = terms.Readers(e)
	}
	if err := e.reviewOf(c, ns, readers); err != nil {
		return nil, err
	}
	for i, n := range ns {
		if err := e.pages(c, n.Kind, byKind[i], others(ns, n.Kind), interpreterOf(e.Notices)); err != nil {
			return nil, err
		}
	}
	if err := e.gatesOf(c); err != nil {
		return nil, err
	}
	return e, e.finish(more)
}

// hold adds the languages that are held back to those that cannot be said. Of a language that cannot be said in one of its notices, the
// words of the others are not asked about.
func (e *Edition) hold(ask func([]*locales.Notice, []TextLine) map[string][]string, shut map[string]*locales.Closed, tags []string) {
	open := func(tag string) bool {
		for _, c := range shut {
			if c.Language.Tag == tag {
				return false
			}
		}
		return true
	}
	var said []*locales.Notice
	for _, n := range e.Notices {
		if open(n.Language) {
			said = append(said, n)
		}
	}
	var texts []TextLine
	for _, t := range e.Texts {
		if open(t.Language) {
			texts = append(texts, t)
		}
	}
	slices.SortFunc(texts, func(a, b TextLine) int { return strings.Compare(a.String(), b.String()) })
	held := ask(said, texts)
	for _, tag := range tags {
		l, ok := locales.Find(tag)
		if !ok {
			l = locales.Language{Tag: tag, English: tag, Name: tag}
		}
		if why := held[l.Tag]; len(why) > 0 && shut[tag] == nil {
			shut[tag] = &locales.Closed{Language: l, Program: e.Program, Held: why}
		}
	}
}

// shut takes the languages out that are closed for one of the notices: a reader must not find one page in a language and miss the next.
func (e *Edition) shut(shut map[string]*locales.Closed, tags []string, byKind [][]*locales.Notice) error {
	if len(shut) == 0 {
		return nil
	}
	var first error
	tagOf := map[string]bool{}
	for _, tag := range tags {
		if c := shut[tag]; c != nil {
			e.Closed = append(e.Closed, c)
			tagOf[c.Language.Tag] = true
			if first == nil {
				first = c
			}
		}
	}
	closed := func(n *locales.Notice) bool { return tagOf[n.Language] }
	for i := range byKind {
		byKind[i] = slices.DeleteFunc(byKind[i], closed)
	}
	e.Notices = slices.DeleteFunc(e.Notices, closed)
	e.Texts = slices.DeleteFunc(e.Texts, func(t TextLine) bool { return tagOf[t.Language] })
	if len(e.Notices) == 0 {
		return first
	}
	return nil
}

// listed gives each tag its place in the table of languages; what is not in the table comes last.
func listed(tags []string) map[string]int {
	table := locales.Languages()
	at := make(map[string]int, len(tags))
	for _, t := range tags {
		at[t] = len(table)
		for i, l := range table {
			if l.Tag == t {
				at[t] = i
			}
		}
	}
	return at
}

// pageName is the name of the page that holds all languages of a kind.
func pageName(k notices.Kind) string {
	if k == notices.Before {
		return "index.html"
	}
	return string(k) + ".html"
}

// others lists the kinds that the page of one kind leads to. None leads to the key facts alone, which stand at the upload; these lead
// to the whole notice. None leads to a kind that is not public.
func others(ns []*notices.Notice, k notices.Kind) []notices.Kind {
	var out []notices.Kind
	for _, n := range ns {
		if n.Kind != k && n.Kind.Public() && n.Kind != notices.AtUpload && (k != notices.AtUpload || n.Kind == notices.Before) {
			out = append(out, n.Kind)
		}
	}
	return out
}

// pages makes the files of one kind. One that is not public is on paper, and in the office's own files; its texts are in the digest all
// the same, for who signs an edition signs what helpers are given, too.
func (e *Edition) pages(c phrases, k notices.Kind, said []*locales.Notice, others []notices.Kind, ask run) error {
	var whole, single []otherKind
	for _, o := range others {
		whole, single = append(whole, otherKind{o, pageName(o)}), append(single, otherKind{o, string(o) + ".html"})
	}
	var b bytes.Buffer
	add := func(path string, err error) error {
		e.Files = append(e.Files, File{path, bytes.Clone(b.Bytes())})
		b.Reset()
		return err
	}
	review := ""
	if k != notices.AtUpload && e.has("public/"+reviewPage) {
		review = reviewPage
	}
	if k.Public() {
		all := pageOptions{other: whole, yet: true, ask: ask, leave: leavePage, review: review}
		if err := add("public/"+pageName(k), writePage(&b, c, said, all)); err != nil {
			return err
		}
		if k == notices.Before {
			if err := e.scripted(c, said, all); err != nil {
				return err
			}
		}
	}
	for _, n := range said {
		one := []*locales.Notice{n}
		public := pageOptions{all: "../" + pageName(k), other: single, leave: "../" + leavePage, also: alsoIn(said, n.Language, func(tag string) string { return "../" + tag + "/" + string(k) + ".html" })}
		if review != "" {
			public.review = "../" + review
		}
		// Paper leads nowhere, and in plain text the line is for whoever hands it over; only the whole notice has it there.
		var plain []also
		if k == notices.Before {
			plain = alsoIn(said, n.Language, nil)
		}
		if len(said) == 1 {
			public.all = ""
		}
		office := "office/" + n.Language + "/" + string(k)
		for _, f := range []struct {
			path  string
			write func() error
		}{
			{"public/" + n.Language + "/" + string(k) + ".html", func() error { return writePage(&b, c, one, public) }},
			{office + "-print.html", func() error {
				if k == notices.Poster {
					return writeLeaves(&b, c, []leaf{{n: n, code: true, lines: true}}, e.printed())
				}
				return writePage(&b, c, one, pageOptions{print: true, also: plain})
			}},
			{office + ".txt", func() error { return writeText(&b, n, plain) }},
			{office + ".md", func() error { return writeMarkdown(&b, n, plain) }},
			{office + ".json", func() error { return JSON(&b, n) }},
		} {
			if !k.Public() && strings.HasPrefix(f.path, "public/") {
				continue
			}
			if err := add(f.path, f.write()); err != nil {
				return err
			}
		}
		if k == notices.Poster {
			if err := add("office/"+n.Language+"/"+handoutName, writeHandout(&b, c, n, e.Notice(k, "en"), e.printed())); err != nil {
				return err
			}
		}
	}
	return nil
}

// handoutName is the sheet of two sides, beside the notices of a language.
const handoutName = "handout-print.html"

// printed is what the posters of the edition say of it. They have no code: whoever prints one chooses what it holds.
func (e *Edition) printed() Printed {
	return Printed{Languages: e.Languages(), Interpreter: e.Notices}
}

// scripted adds the two pages of all languages that hold a script, for who wants one: closes.html, which is index.html but for Back, and
// kiosk.html, which goes back to nothing chosen when nobody touches it. Everything else works without them. A device that shows the kiosk
// alone has no other page to be on: there, leaving is to begin anew, and nothing leads to the pages of other kinds, which would stay open.
func (e *Edition) scripted(c phrases, said []*locales.Notice, o pageOptions) error {
	for _, a := range []act{actCloses, actKiosk} {
		o.act = a
		if a == actKiosk {
			o.other, o.review, o.leave = nil, "", string(actKiosk)+".html"
		}
		var b bytes.Buffer
		if err := writePage(&b, c, said, o); err != nil {
			return err
		}
		e.Files = append(e.Files, File{"public/" + string(a) + ".html", b.Bytes()})
	}
	return nil
}

// finish adds what speaks of the whole edition, the manifest last.
func (e *Edition) finish(more []func(*Edition) ([]File, error)) error {
	mark := EditionMark{Number: e.Number, AsOf: e.AsOf, Digest: e.Digest, ID: e.ID()}
	inForce := []EditionMark{mark}
	if e.Before != nil {
		inForce = append(inForce, *e.Before)
	}
	var b bytes.Buffer
	if err := writeJSON(&b, EditionFile{e.Program, mark, inForce, e.Texts}); err != nil {
		return err
	}
	e.Files = append(e.Files, File{EditionName, bytes.Clone(b.Bytes())})
	b.Reset()
	set, err := templates()
	if err == nil {
		err = set.ExecuteTemplate(&b, "leave", nil)
	}
	if err != nil {
		return err
	}
	e.Files = append(e.Files, File{"public/" + leavePage, bytes.Clone(b.Bytes())})
	b.Reset()
	for _, make := range more {
		files, err := make(e)
		if err != nil {
			return err
		}
		for _, f := range files {
			if !local(f.Path) || e.has(f.Path) {
				return fmt.Errorf("%q is no path for a further file of an edition, or is there already", f.Path)
			}
			e.Files = append(e.Files, f)
		}
	}
	servers, err := serverFiles(e.Files)
	if err != nil {
		return err
	}
	e.Files = append(e.Files, servers...)
	if err := writeStart(&b, e); err != nil {
		return err
	}
	e.Files = append(e.Files, File{"START-HERE.html", b.Bytes()})
	slices.SortFunc(e.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	m := &Manifest{Format: ManifestFormat, Program: e.Program, Published: e.Published, Edition: mark, Texts: e.Texts, Languages: []ManifestLanguage{}, Files: []ManifestFile{}}
	for _, n := range e.Notices {
		if n.Kind == e.Notices[0].Kind {
			m.Languages = append(m.Languages, ManifestLanguage{n.Language, n.Direction, n.Translation})
		}
	}
	for _, c := range e.Closed {
		m.Closed = append(m.Closed, ManifestClosed{c.Language.Tag, len(c.Missing), len(c.Stale), c.Held})
	}
	for _, f := range e.Files {
		m.Files = append(m.Files, ManifestFile{f.Path, strings.TrimPrefix(sum(f.Bytes), "sha256:"), len(f.Bytes), integrity(f)})
	}
	last, err := manifestBytes(m)
	e.Files = append(e.Files, File{ManifestName, last})
	return err
}

// has reports whether a file is made already.
func (e *Edition) has(path string) bool {
	return slices.ContainsFunc(e.Files, func(f File) bool { return f.Path == path })
}
