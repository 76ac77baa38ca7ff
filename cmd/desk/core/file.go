package core

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"fairnotice/locales"
	"fairnotice/locales/plain"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Book is the book of law that is compiled into the program. A fault in it is a fault of ours.
var Book = sync.OnceValues(func() (*law.Book, error) {
	b, ps := law.Shipped()
	if ps.Failed() {
		return nil, &Ours{"The book of law that is built into this program has errors. " + ps.Of(source.Error)[0].Error()}
	}
	return b, nil
})

// Catalogue gives the sentences of some languages that are compiled into the program; of all where none is named.
func Catalogue(tags []string) (*locales.Catalog, error) {
	c, ps := locales.Shipped(tags...)
	if ps.Failed() {
		return nil, &Ours{"The sentences that are built into this program have errors. " + ps.Of(source.Error)[0].Error()}
	}
	return c, nil
}

// Ours is a fault of the program itself, in a whole sentence.
type Ours struct{ Says string }

func (o *Ours) Error() string { return o.Says }

// File is a program file that was read with what lies beside it: laws, own words, the lock of its translations. Its positions name
// files by their names in the folder, so that no sentence depends on where the folder lies.
type File struct {
	Name     string    // in its folder: citykey.yaml
	Book     *law.Book // the book of law, with what lies beside the file
	Program  *notices.Program
	Problems source.Problems
	Unread   bool // the file could not be read whole, so that nothing can be derived from it

	held bool // its facts were held against the law
}

// Read reads a program file with its companions. What is wrong in them is in Problems; the error is a fault of ours.
func Read(fsys fs.FS, name string) (*File, error) {
	book, err := Book()
	if err != nil {
		return nil, err
	}
	book, own := book.With(fsys, notices.Beside(name)+"/law")
	p, ps := notices.Load(fsys, name)
	f := &File{Name: name, Book: book, Program: p, Problems: append(ps, own...), Unread: p == nil || ps.Failed()}
	if p != nil {
		f.Problems = append(f.Problems, Unsaid(p)...)
	}
	return f, nil
}

// Unsaid lists the languages that a program asks for and that have no sentences here.
func Unsaid(p *notices.Program) source.Problems {
	var ps source.Problems
	for i, tag := range p.Languages {
		if slices.Contains(locales.ShippedTags(), tag) {
			continue
		}
		hint := "There are " + List(Named(locales.ShippedTags())) + "."
		if l, ok := locales.Find(tag); ok && slices.Contains(locales.ShippedTags(), l.Tag) {
			hint = fmt.Sprintf("Write %s.", l.Tag)
		}
		ps = append(ps, p.Doc.Problem(fmt.Sprintf("languages.%d", i), "language", source.Error,
			fmt.Sprintf("There are no sentences in the language %q.", tag), hint))
	}
	return ps
}

// Check adds what is wrong with the facts and the words on a day.
func (f *File) Check(on source.Day) {
	f.CheckFacts(on)
	f.CheckWords(on)
}

// CheckFacts is the first part of Check: where it finds no error, a notice can be built.
func (f *File) CheckFacts(on source.Day) {
	if f.held = f.Program != nil && !f.Problems.Failed(); f.held {
		f.Problems = append(f.Problems, notices.CheckFacts(f.Program, f.Book, on)...)
	}
	f.Problems.Sort()
}

// CheckWords is the second part of Check: every notice against the checklist, every text against what may not be said.
func (f *File) CheckWords(on source.Day) {
	if f.held {
		f.checkNotices(on)
		f.Problems = append(f.Problems, Words(f.Program, f.Book)...)
		f.checkOwn(on)
	}
	f.Problems.Sort()
}

func (f *File) checkNotices(on source.Day) {
	if !f.Problems.Failed() {
		f.Problems = append(f.Problems, notices.CheckNotices(f.Program, f.Book, on)...)
	}
}

func (f *File) checkOwn(on source.Day) {
	if !f.Problems.Failed() {
		f.Problems = append(f.Problems, f.ownWords(on)...)
	}
}

// Words judges every text of a program file, and of the laws that it brings along, by what a notice may not say. A phrase that must not
// be said is an error; a language for which nobody has written that down is a warning.
func Words(p *notices.Program, book *law.Book) source.Problems { return wordsIn(p, book, anyLanguage) }

func anyLanguage(string) bool { return true }

// wordsIn is Words for some languages.
func wordsIn(p *notices.Program, book *law.Book, in func(tag string) bool) source.Problems {
	var ps source.Problems
	unjudged := map[string]bool{}
	for _, t := range p.Texts(book) {
		for _, tag := range slices.Sorted(maps.Keys(t.In)) {
			if !in(tag) {
				continue
			}
			for _, m := range locales.MustNots(tag, t.In[tag]) {
				says, severity := "A notice must not say “"+Clean(m.Match)+"”.", source.Error
				switch m.Code {
				case "vague":
					says, severity = "“"+Clean(m.Match)+"” tells a reader nothing.", source.Warning
				case "language":
					if unjudged[tag] {
						continue
					}
					unjudged[tag] = true
					says, severity = "The words in this language were not judged.", source.Warning
				}
				problem := p.Doc.Problem(t.Path+"."+tag, m.Code, severity, says, m.Say)
				if t.Pos.File != p.File {
					problem.Pos, problem.Excerpt = t.Pos, ""
				}
				ps = append(ps, problem)
			}
		}
	}
	return ps
}

// ownWords judges what the office says in its own words, beside a program file that has no errors.
func (f *File) ownWords(on source.Day) source.Problems {
	if f.Program.Wording == nil {
		return nil
	}
	cat, err := Catalogue(append([]string{"en"}, f.Program.Languages...))
	if err != nil {
		return nil // a language that is not there is an error of the program file, and said
	}
	var said []*notices.Notice
	for _, kind := range f.Program.Kinds() {
		n, err := notices.Build(f.Program, f.Book, kind, on)
		if err != nil {
			return nil // whoever makes the notice says why it cannot be made
		}
		said = append(said, n)
	}
	return cat.CheckWording(f.Program, said)
}

// Readability judges the notice of a file, said in one language, by the bar of that language. What misses it is a warning; where all
// is well there is nothing to say. At is the place of the language in the list of the file.
func (f *File) Readability(at int, said *locales.Notice) source.Problems {
	r := plain.Notice(said)
	if !r.Scored {
		return nil
	}
	var ps source.Problems
	where := fmt.Sprintf("languages.%d", at)
	name := Named([]string{said.Language})[0]
	add := func(code, message, hint string) {
		ps = append(ps, f.Program.Doc.Problem(where, code, source.Warning, message, hint))
	}
	for _, s := range r.Scores {
		if s.Judged && !s.Passed {
			add("grade", fmt.Sprintf("The notice %q in %s is harder to read than it should be: %s %.1f, %s.", said.Kind, name, s.Name, s.Value, Against(s)),
				"The sentences that follow are the longest and hardest; shorter ones and common words mend it.")
		}
	}
	const most = 5
	n := 0
	for _, x := range r.Findings {
		if x.Note {
			continue
		}
		if n++; n <= most {
			add(x.Code, fmt.Sprintf("In %s, “%s” (%s): %s", name, Shortened(x.Sentence), x.ID, x.Says), x.Mend)
		}
	}
	if n > most {
		add("words", fmt.Sprintf("In %s, %s more are alike.", name, Count(n-most, "sentence")), "")
	}
	return ps
}

// Against says what a figure was held against, and how it stands.
func Against(s plain.Score) string {
	if !s.Judged {
		return s.Note
	}
	side, verdict := "at most", "passed"
	if s.Least {
		side = "at least"
	}
	if !s.Passed {
		verdict = "missed"
	}
	return fmt.Sprintf("%s %.0f: %s", side, s.Bar, verdict)
}

// Phrases judges every text of a program file, and of the laws that it brings along, by its length and its words. A text there is a
// name or a few words, so that it needs no verb.
func (f *File) Phrases() source.Problems { return f.phrasesIn(anyLanguage) }

// phrasesIn is Phrases for some languages.
func (f *File) phrasesIn(in func(tag string) bool) source.Problems {
	p := f.Program
	var ps source.Problems
	for _, t := range p.Texts(f.Book) {
		for _, tag := range slices.Sorted(maps.Keys(t.In)) {
			if !in(tag) {
				continue
			}
			for _, x := range plain.Phrase(tag, t.In[tag]) {
				problem := p.Doc.Problem(t.Path+"."+tag, x.Code, source.Warning, fmt.Sprintf("“%s”: %s", Shortened(Clean(x.Sentence)), x.Says), x.Mend)
				if t.Pos.File != p.File {
					problem.Pos, problem.Excerpt = t.Pos, ""
				}
				ps = append(ps, problem)
			}
		}
	}
	return ps
}

// Inspection is what check says of one file beside its problems.
type Inspection struct {
	Covered   []notices.Covered // of the notice before the first upload; nil where the file has errors
	Questions []notices.Question
	Said      []*locales.Notice // that notice, by the place of the language in the file; nil where the language is closed
	Closed    []*locales.Closed // by the place of the language; nil where it can be said
}

// Inspect judges a file that was read: what is wrong, what is open, what the notice covers, in which languages it can be said. The
// error says why no notice can be made of a file without errors. each runs the work of the languages, side by side where there is a
// machine for it.
func (f *File) Inspect(day source.Day, each func(n int, do func(int))) (*Inspection, error) {
	f.Check(day)
	r := &Inspection{}
	if f.Program == nil {
		return r, nil
	}
	r.Questions = notices.Questions(f.Program)
	if f.Unread {
		return r, nil
	}
	n, err := notices.Build(f.Program, f.Book, notices.Before, day)
	if err == nil {
		r.Covered, err = notices.Coverage(n, f.Program, f.Book, day)
	}
	if f.Problems.Failed() {
		return r, nil // they say why there may be no notice
	}
	if err != nil {
		return nil, fmt.Errorf("the notice cannot be made: %w", err)
	}
	cat, err := Catalogue(f.Program.Languages)
	if err != nil {
		return nil, err
	}
	f.Problems = append(f.Problems, f.Phrases()...)
	tags := f.Program.Languages
	r.Said, r.Closed = make([]*locales.Notice, len(tags)), make([]*locales.Closed, len(tags))
	failed, read := make([]error, len(tags)), make([]source.Problems, len(tags))
	each(len(tags), func(i int) {
		said, err := cat.Say(n, tags[i])
		if closed, ok := err.(*locales.Closed); ok {
			r.Closed[i] = closed
		} else if failed[i] = err; err == nil {
			r.Said[i], read[i] = said, f.Readability(i, said)
		}
	})
	for i, tag := range tags {
		if failed[i] != nil {
			return nil, fmt.Errorf("the notice cannot be said in the language %s: %w", tag, failed[i])
		}
		f.Problems = append(f.Problems, read[i]...)
	}
	f.Problems.Sort()
	return r, nil
}
