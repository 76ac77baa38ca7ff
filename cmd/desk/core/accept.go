package core

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/locales/exchange"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render/packet"
)

// Accepting is a proposal of other words on its way into the office's files.
type Accepting struct {
	*File
	Cat   *locales.Catalog
	Day   source.Day // whose law and phases hold
	Said  []*notices.Notice
	Now   *packet.Packet
	Files fs.FS // the folder of the program file
	S     packet.Standing
	By    string // who decides it: name and title
	Why   string // why the office says it so; may be ""
	On    source.Day
	Own   bool // make it the office's own sentence, though it is only a translation of ours
	Quick bool // hold only the proposal against what a notice may say, to tell beforehand how it would go
	item  *packet.Item
	st    *notices.Statement // nil for a heading
}

// judge holds the file with the proposal against the checks.
func (a *Accepting) judge(f *File) {
	if !a.Quick {
		f.Check(a.Day)
		return
	}
	f.Problems = append(f.Problems, Words(f.Program, f.Book)...)
	if cat, err := Catalogue([]string{a.S.Language}); err == nil && f.Program.Wording != nil {
		f.Problems = append(f.Problems, cat.CheckWording(f.Program, a.Said)...)
	}
}

// Accepted is what a proposal does to the files.
type Accepted struct {
	Files  map[string][]byte // those that are otherwise, the lock among them
	Answer string            // to the reviewer
	Key    source.ID         // of the own words; "" where a text of the program was replaced
	At     source.Pos        // of that text
	Of     string            // what it is the translation of; "" in the language in which the office writes
	Others int               // other languages that say what they said before, in own words now
	After  *File             // the program with these words
}

// The reasons why a proposal is not accepted.
const (
	NoProposal   = "no proposal"   // it is a question, or an objection
	NotSaid      = "not said"      // no notice says the sentence any more
	ThereAlready = "there already" // these words stand there
	ReadsAnother = "reads another" // the words have changed since
	SaysNumber   = "says a number" // one proposal cannot fill its forms
	OwnForms     = "own forms"     // the same, of own words
	OursToMend   = "ours"          // a translation of a sentence of ours
	NoText       = "no text"       // a name, a date, a number, a word of ours
	OfALaw       = "of a law"      // a law beside the program file
	Unwritable   = "unwritable"    // the file does not take it
	Unfitting    = "does not pass" // the checks refuse it
)

// NotAccepted says why a proposal is not accepted.
type NotAccepted struct {
	Why      string
	Says     string          // in whole sentences
	Hint     string          // what to do, for somebody at the desk
	Problems source.Problems // of Unfitting
}

func (n *NotAccepted) Error() string { return n.Says }

// SortSays says what a reviewer does.
var SortSays = map[packet.Sort]string{packet.Objection: "objects", packet.Ask: "asks", packet.Wording: "proposes other words"}

// Do works out what accepting does. Nothing is written.
func (a *Accepting) Do() (*Accepted, error) {
	s := a.S
	no := func(why, hint, says string, args ...any) (*Accepted, error) {
		return nil, &NotAccepted{Why: why, Says: fmt.Sprintf(says, args...), Hint: hint}
	}
	_, name := s.Kind()
	if s.Is != packet.Wording {
		return no(NoProposal, "Answer it instead.", "%s proposes no words: the reviewer %s.", ShortID(s.ID), SortSays[s.Is])
	}
	item, ok := a.Now.Number(s.Number)
	switch {
	case !ok:
		return no(NotSaid, "Answer it instead.", "No notice says %s any more, so its words cannot be changed.", Quoted(name))
	case s.As:
		return no(ThereAlready, "Nothing has to be done.", "These words stand there already.")
	case s.Now != s.Was && !a.waits(item):
		now := "It is not said in this language today."
		if s.Now != "" {
			now = "It reads now: “" + Clean(s.Now) + "”"
		}
		return no(ReadsAnother, "Look whether the proposal still fits. If it does, ask counsel to make it once more, on the words of today.",
			"The words of statement %d have changed since the reviewer read them, so the proposal may not fit any more. %s", s.Number, now)
	}
	a.item = item
	a.st = a.statement(item)
	if said, open := item.In[s.Language]; open && said.Text != s.Was && a.st != nil {
		return a.value()
	}
	key, own, ok := a.Program.Wording.Of(item.ID, item.Message)
	if item.Heading {
		key, own, ok = a.Program.Wording.Of("", item.Message)
	}
	switch {
	case ok:
		return a.reword(key, own)
	case a.st != nil && a.st.N != nil:
		return no(SaysNumber, "Answer counsel that a sentence with a number is written in several forms, and who looks after your files has to write them.",
			"Statement %d says a number, so it is written in forms (one, other, and what the language has), and one proposal cannot fill them.", s.Number)
	case s.Language != a.Original() && !a.Own:
		from := a.Original()
		return no(OursToMend, "Send the proposal to those who make Fair Notice. If it cannot wait, say the sentence in your own words, in the other languages as now.",
			"In %s, statement %d is a translation of a sentence of ours. It is mended in the library, for everybody: the line %q of locales/%s.toml. In %s it says: “%s”",
			List(Named([]string{s.Language})), s.Number, item.Message, s.Language, List(Named([]string{from})), Clean(item.In[from].Text))
	}
	return a.begin()
}

// waits says that the language is closed today, and that the office's own words for the statement are missing in it, or are those that
// were read.
func (a *Accepting) waits(it *packet.Item) bool {
	_, own, ok := a.Program.Wording.Of(it.ID, it.Message)
	texts, _ := own.Texts(a.S.Language)
	open := slices.ContainsFunc(a.Now.Languages, func(l packet.Lang) bool { return l.Tag == a.S.Language })
	return ok && a.S.Now == "" && !open && slices.Contains(a.Program.Languages, a.S.Language) && (len(texts) == 0 || texts[0] == a.S.Was)
}

// statement finds a statement in the notices, before it is said.
func (a *Accepting) statement(it *packet.Item) *notices.Statement {
	for _, n := range a.Said {
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

// reason is what stands under why: of a sentence that a reviewer proposed.
func (a *Accepting) reason() string {
	r := fmt.Sprintf("Proposed in the review comment %s, accepted by %s on %s.", ShortID(a.S.ID), a.By, a.On)
	if a.Why != "" {
		r = Sentence(a.Why) + " " + r
	}
	return r
}

// begin makes an own sentence where the office had none.
func (a *Accepting) begin() (*Accepted, error) {
	say := map[string]string{a.S.Language: a.S.Text}
	if a.S.Language != a.Original() {
		for _, tag := range a.Program.Languages {
			if said, ok := a.item.In[tag]; ok && tag != a.S.Language {
				say[tag] = said.Text
			}
		}
	}
	var b strings.Builder
	b.WriteString("say:\n")
	for _, tag := range a.Program.Languages {
		if s, ok := say[tag]; ok {
			fmt.Fprintf(&b, "  %s: %s\n", source.Word(tag), source.Word(s))
		}
	}
	fmt.Fprintf(&b, "why: %s\n", source.Word(a.reason()))
	return a.write(source.ID(a.item.ID), func(doc *source.Doc) ([]byte, error) { return doc.Add("words", a.item.ID, b.String()) }, say)
}

// reword replaces words that are the office's own already.
func (a *Accepting) reword(key source.ID, own notices.Own) (*Accepted, error) {
	if texts, forms := own.Texts(a.S.Language); forms != nil || len(texts) > 1 {
		return nil, &NotAccepted{Why: OwnForms, Says: fmt.Sprintf("Statement %d says a number, so the office's own words for it stand in forms, and one proposal cannot fill them.", a.S.Number),
			Hint: "Answer counsel that who looks after your files has to write the forms."}
	}
	return a.write(key, func(doc *source.Doc) ([]byte, error) {
		return doc.Set("words."+string(key)+".say."+a.S.Language, source.Word(a.S.Text))
	}, map[string]string{a.S.Language: a.S.Text})
}

// noWords holds the place of the first sentence in a new file.
const noWords = "  none: 1\n"

// WordingName is where the office's own words lie.
func (f *File) WordingName() string {
	return path.Join(notices.Beside(path.Base(f.Name)), notices.WordingName)
}

// write puts own words into their file, under all its checks.
func (a *Accepting) write(key source.ID, edit func(*source.Doc) ([]byte, error), say map[string]string) (*Accepted, error) {
	name := a.WordingName()
	p := *a.Program
	before, err := fs.ReadFile(a.Files, name)
	if errors.Is(err, fs.ErrNotExist) {
		before, err = nil, nil
	}
	if err != nil {
		return nil, &NotAccepted{Why: Unwritable, Says: fmt.Sprintf("The office's own words %s cannot be read.", Quoted(name))}
	}
	data := before
	if before == nil {
		data = fmt.Appendf(nil, "fairnotice_wording: 1\ndecided_by: %s\ndecided_on: %s\nwords:\n%s", source.Word(a.By), a.On, noWords)
	}
	doc, ps := source.Open(name, data)
	if ps.Failed() {
		return nil, &NotAccepted{Why: Unfitting, Says: "The file " + Quoted(name) + " has errors.", Problems: ps.Of(source.Error)}
	}
	after, err := edit(doc)
	if err != nil {
		return nil, unwritable(err)
	}
	if before == nil {
		after = bytes.Replace(after, []byte(noWords), nil, 1)
	} else if after, err = a.decided(name, after); err != nil {
		return nil, unwritable(err)
	}
	if p.Wording, ps = notices.ReadWording(name, after, p.Languages); ps.Failed() {
		return nil, unfitting(ps)
	}
	f := &File{Name: a.Name, Book: a.Book, Program: &p, Problems: ps}
	a.judge(f)
	if f.Problems.Failed() {
		return nil, unfitting(f.Problems)
	}
	out := &Accepted{Files: map[string][]byte{name: after}, Key: key, After: f, Others: len(say) - 1, Answer: fmt.Sprintf("Accepted. The office says it so from the next edition on: “%s”", a.S.Text)}
	if from := a.Original(); a.S.Language != from {
		out.Of = p.Wording.Words[key].Sample(from)
	}
	a.locked(&p, key, say, out)
	return out, nil
}

// decided notes who decided it, beside who decided the other words of the file.
func (a *Accepting) decided(name string, data []byte) ([]byte, error) {
	doc, ps := source.Open(name, data)
	if ps.Failed() {
		return nil, ps.Of(source.Error)[0]
	}
	w := a.Program.Wording
	var err error
	if !strings.Contains("; "+w.DecidedBy+"; ", "; "+a.By+"; ") {
		if data, err = doc.Set("decided_by", source.Word(w.DecidedBy+"; "+a.By)); err != nil {
			return nil, err
		}
		doc, _ = source.Open(name, data)
	}
	if a.On > w.DecidedOn {
		return doc.Set("decided_on", a.On.String())
	}
	return data, nil
}

func unwritable(err error) error {
	return &NotAccepted{Why: Unwritable, Says: "The words cannot be written: " + Sentence(err.Error()), Hint: "Who looks after your files can write them by hand."}
}

// unfitting says what of the proposal the checks refuse.
func unfitting(ps source.Problems) error {
	errs := ps.Of(source.Error)
	for i := range errs {
		errs[i].Excerpt = ""
	}
	return &NotAccepted{Why: Unfitting, Says: fmt.Sprintf("With these words there would be %s, so nothing was written.", Count(len(errs), "error")),
		Hint: "Reject it with this rule, or ask counsel for other words.", Problems: errs}
}

// locked notes in the lock from which words the translations of an own sentence come. Those that only stand there as before keep what
// was noted of them in the library.
func (a *Accepting) locked(p *notices.Program, key source.ID, say map[string]string, out *Accepted) {
	from := a.Original()
	own := p.Wording.Words[key]
	lock := p.Lock
	changed := false
	for _, tag := range slices.Sorted(maps.Keys(say)) {
		if tag == from {
			continue
		}
		line := source.Translated{State: source.Draft, On: a.On, By: a.By}
		if tag != a.S.Language {
			ours, ok := a.Cat.Lock(tag).Of(tag, a.item.Message)
			if !ok {
				continue
			}
			line = ours
		}
		line.From, line.Text = own.Hash(from), own.Hash(tag)
		lock.Set(tag, notices.WordingKey(key), line)
		changed = true
	}
	if changed {
		out.Files[a.LockName()] = lock.Bytes()
	}
}

// value replaces a text of the program that stands beside the sentence.
func (a *Accepting) value() (*Accepted, error) {
	s := a.S
	var text source.Text
	for _, v := range a.st.Values {
		for _, p := range v.Parts {
			if p.Text.In[s.Language] != "" && strings.Join(strings.Fields(p.Text.In[s.Language]), " ") == strings.Join(strings.Fields(s.Was), " ") {
				text = p.Text
			}
		}
	}
	switch {
	case text.In == nil:
		return nil, &NotAccepted{Why: NoText, Says: fmt.Sprintf("“%s” beside statement %d is no sentence and no text in languages: it is a name, a date, a number, or a word of ours.", Clean(s.Was), s.Number),
			Hint: "Look at the sentence on the screen “The notice”: there you can mend the answer from which it comes."}
	case text.Pos.File != a.Program.File:
		return nil, &NotAccepted{Why: OfALaw, Says: fmt.Sprintf("“%s” stands at %s. Laws beside the program file are changed by hand, with the day of the check.", Clean(s.Was), place(text.Pos)),
			Hint: "Send the proposal to whoever keeps that law beside your file."}
	}
	p := a.Program
	data, err := p.Doc.Set(text.Path+"."+s.Language, source.Word(s.Text))
	if err != nil {
		return nil, unwritable(err)
	}
	changed, ps := notices.Read(p.File, data)
	if ps.Failed() {
		return nil, unfitting(ps)
	}
	changed.Lock, changed.Wording = p.Lock, p.Wording
	f := &File{Name: a.Name, Book: a.Book, Program: changed, Problems: ps}
	a.judge(f)
	if f.Problems.Failed() {
		return nil, unfitting(f.Problems)
	}
	out := &Accepted{Files: map[string][]byte{a.Name: data}, At: text.Pos, Answer: fmt.Sprintf("Accepted. It reads so from the next edition on: “%s”", s.Text), After: f}
	if s.Language != a.Original() {
		out.Files, err = a.Translate(a.Files, s.Language, []exchange.Accepted{{ID: text.Key(p.File), Text: s.Text}}, source.Translated{State: source.Draft, On: a.On, By: cmp.Or(a.By, "no name was given")})
		if err != nil {
			return nil, unwritable(err)
		}
	}
	return out, nil
}

func place(pos source.Pos) string {
	return fmt.Sprintf("%s:%d:%d", Clean(pos.File), pos.Line, pos.Col)
}

// Still says in which languages something is missing after words were accepted, and in which the old ones were translated.
func (a *Accepting) Still(after *File) (missing, stale []string, err error) {
	closed := map[string]*locales.Closed{}
	for _, kind := range after.Program.Kinds() {
		n, err := notices.Build(after.Program, after.Book, kind, a.Day)
		if err != nil {
			return nil, nil, err
		}
		for _, tag := range after.Program.Languages {
			_, err := a.Cat.Say(n, tag)
			if c := (*locales.Closed)(nil); errors.As(err, &c) {
				closed[tag] = c
			}
		}
	}
	for _, tag := range after.Program.Languages {
		if c, ok := closed[tag]; ok && !slices.ContainsFunc(a.Now.Closed, func(o *locales.Closed) bool { return o.Language.Tag == tag }) {
			if len(c.Missing) > 0 {
				missing = append(missing, tag)
			} else {
				stale = append(stale, tag)
			}
		}
	}
	return missing, stale, nil
}

// ShortID is as much of a comment's id as people type.
func ShortID(id string) string { return id[:min(len(id), 10)] }
