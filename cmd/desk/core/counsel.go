package core

import (
	"bytes"
	"cmp"
	"encoding/json"
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

// counselOps send the notice to counsel in Word, and take what came back.
var counselOps = map[string]operation{
	"counsel.export": counselExport,
	"counsel.read":   counselRead,
	"counsel.accept": func(d *Desk, args json.RawMessage) (any, error) { return decide(d, args, "accept") },
	"counsel.answer": func(d *Desk, args json.RawMessage) (any, error) { return decide(d, args, "answer") },
	"counsel.reject": func(d *Desk, args json.RawMessage) (any, error) { return decide(d, args, "reject") },
}

// counselExport gives {language}: every sentence of the notices in that language beside the English, for Word. What was sent is kept beside
// the file, so that the changes find their sentences when they come back.
func counselExport(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Language string `json:"language"`
	}](args)
	if err != nil {
		return nil, err
	}
	if _, err := d.whole(); err != nil {
		return nil, err
	}
	p, again, err := d.packed()
	if err != nil {
		return nil, err
	}
	if _, ok := p.Lang(a.Language); !ok {
		return nil, refuse("There is no notice in this language yet.", "Choose one of the languages that are ready or a draft.")
	}
	var b bytes.Buffer
	if err := p.DOCX(&b, a.Language); err != nil {
		return nil, err
	}
	out := &CounselSent{Exported: Exported{[]Blob{{Name: fmt.Sprintf("%s-edition-%d-word-%s.docx", p.Program, p.Edition.Number, a.Language), Bytes: b.Bytes()}},
		[]string{"Counsel changes the words in Word, or writes remarks. Word marks each change by itself."}}}
	if again == nil {
		d.change("The notice was made for counsel.", map[string][]byte{d.recordName(p.Record()): p.Record().Bytes()})
		out.Says = append(out.Says, "What was sent is kept beside your file. Save, so that the changes find their sentences when they come back.")
	}
	out.State, err = d.state()
	return out, err
}

// CounselSent is the answer of `counsel.export`.
type CounselSent struct {
	State *State `json:"state"`
	Exported
}

// recordName is a name that no record of what was sent has yet.
func (d *Desk) recordName(r *packet.Record) string {
	name := d.beside(ReviewFolder + "/" + packet.RecordName(r.Digest))
	for n := 2; d.files[name] != nil; n++ {
		name = d.beside(fmt.Sprintf("%s/%s-%d.sent", ReviewFolder, strings.TrimSuffix(packet.RecordName(r.Digest), ".sent"), n))
	}
	return name
}

// CounselRead is the answer of `counsel.read {file?, reviewer?}` and of the three decisions: what came back, or all that is kept.
type CounselRead struct {
	State     *State       `json:"state"`
	File      string       `json:"file"`
	Reviewers []ReviewerIs `json:"reviewers"` // whom the program file names
	Changes   []CameChange `json:"changes"`
	Unread    []Unread     `json:"unread"`
	Says      []string     `json:"says"`
}

// ReviewerIs is a reviewer of the program.
type ReviewerIs struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Unread is what of a file was not understood, and not taken.
type Unread struct {
	Says string `json:"says"`
	Hint string `json:"hint"`
}

// CameChange is one change or remark. Can is what can be done with it: accept (the words become the office's own, or replace a text of the
// program), own (they are a translation of a sentence of ours: the office can say the sentence itself, in all languages), answer, reject.
type CameChange struct {
	ID       string   `json:"id"`
	Number   int      `json:"number"` // of the sentence; 0 where no notice says it any more
	Language string   `json:"language"`
	Dir      string   `json:"dir"`
	Sort     string   `json:"sort"` // reword, strike, insert or comment
	SortSays string   `json:"sort_says"`
	Was      string   `json:"was"`
	Text     string   `json:"text"`
	Now      string   `json:"now"`     // what stands there today, where it is not what was read
	English  string   `json:"english"` // the sentence in English, where the change is in another language
	Rule     *Rule    `json:"rule"`    // that forbids these words; nil where none does
	Can      []string `json:"can"`
	Done     string   `json:"done"` // accepted, answered or rejected; "" where it is open
	By       string   `json:"by"`   // the reviewer
	On       string   `json:"on"`
	Answers  []string `json:"answers"`
}

// Rule is a rule that words break.
type Rule struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Hint  string `json:"hint"`
}

// review is a program with what reviewers said to it.
type review struct {
	file *File
	now  *packet.Packet
	at   *packet.Numbers
	sent []*packet.Numbers // what was sent, the latest first
	said []*notices.Notice
	cat  *locales.Catalog
	kept *packet.Comments
}

func (d *Desk) review() (*review, error) {
	f, err := d.whole()
	if err != nil {
		return nil, err
	}
	e, cat, err := d.texts()
	if err != nil {
		return nil, err
	}
	r := &review{file: f, now: packet.NewNumbered(e, f.Program), cat: cat, kept: &packet.Comments{Program: f.Program.Program.ID}}
	r.at = r.now.Numbers()
	for _, k := range f.Program.Kinds() {
		n, err := d.built(k)
		if err != nil {
			return nil, err
		}
		r.said = append(r.said, n)
	}
	records, err := d.sent(f)
	if err != nil {
		return nil, err
	}
	for _, rec := range slices.Backward(records) {
		r.sent = append(r.sent, rec.Numbering())
	}
	if raw, ok := d.files[d.beside(ReviewFolder+"/"+CommentsName)]; ok {
		kept, ps := packet.ParseComments(CommentsName, raw)
		if kept == nil {
			return nil, refuse("The comments that are kept beside your file cannot be read. "+ps[0].Message, ps[0].Hint)
		}
		r.kept = kept
	}
	return r, nil
}

// keep gives the file of comments with more of them.
func (d *Desk) keep(r *review, more *packet.Comments) (map[string][]byte, error) {
	merged, err := packet.Merge(more, r.kept)
	if err != nil {
		return nil, refuse("These remarks are about another program.", "Open that program, and take them in there.")
	}
	r.kept = merged
	return map[string][]byte{d.beside(ReviewFolder + "/" + CommentsName): merged.Settle(r.at).Bytes()}, nil
}

func counselRead(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		File     *Blob  `json:"file"`
		Reviewer string `json:"reviewer"`
	}](args)
	if err != nil {
		return nil, err
	}
	r, err := d.review()
	if err != nil {
		return nil, err
	}
	out := &CounselRead{Reviewers: []ReviewerIs{}, Changes: []CameChange{}, Unread: []Unread{}, Says: []string{}}
	for _, rv := range r.file.Program.Reviewers {
		out.Reviewers = append(out.Reviewers, ReviewerIs{rv.ID, cmp.Or(rv.Name, rv.ID)})
	}
	only := map[string]bool{}
	if a.File != nil {
		out.File = a.File.Name
		packets := r.sent
		if len(packets) == 0 {
			packets = []*packet.Numbers{r.at}
		}
		if a.Reviewer != "" && !packet.IsReviewer(a.Reviewer) {
			a.Reviewer = packet.ReviewerOf(a.Reviewer)
		}
		b, ps := packet.ReadBack(a.File.Name, a.File.Bytes, packet.Arrived{Reviewer: a.Reviewer, On: d.day, Today: d.day, Packets: packets})
		for _, p := range ps {
			out.Unread = append(out.Unread, Unread{p.Message, p.Hint})
		}
		if b == nil && len(ps) > 0 {
			return nil, refuse(ps[0].Message, ps[0].Hint)
		}
		got := &packet.Comments{Program: r.kept.Program}
		if b != nil {
			got.Comments = b.Comments
			for _, l := range b.Left {
				out.Unread = append(out.Unread, Unread{Says: Clean(l.Text)})
			}
		}
		fresh := 0
		for _, m := range got.Comments {
			only[m.ID()] = true
			if !slices.ContainsFunc(r.kept.Comments, func(o packet.Comment) bool { return o.ID() == m.ID() }) {
				fresh++
			}
		}
		if fresh > 0 {
			files, err := d.keep(r, got)
			if err != nil {
				return nil, err
			}
			d.change(fmt.Sprintf("You took in %s of counsel.", Count(fresh, "remark")), files)
		}
	}
	for _, s := range r.kept.Standings(r.at) {
		if a.File == nil || only[s.ID] {
			out.Changes = append(out.Changes, r.change(d, s))
		}
	}
	out.State, err = d.state()
	return out, err
}

// change says of a comment what it is, and what can be done with it.
func (r *review) change(d *Desk, s packet.Standing) CameChange {
	l, _ := locales.Find(s.Language)
	c := CameChange{ID: s.ID, Number: s.Number, Language: s.Language, Dir: cmp.Or(l.Dir, "ltr"), Was: s.Was, Text: s.Text, By: s.Reviewer, On: s.On.String(), Answers: []string{}, Can: []string{"answer", "reject"}}
	c.Sort, c.SortSays = sortOf(s)
	item, there := r.now.Number(s.Number)
	if there && s.Language != "en" {
		c.English = item.In["en"].Text
	}
	if s.Now != s.Was {
		c.Now = s.Now
	}
	for _, a := range s.Answers {
		c.Answers = append(c.Answers, a.Text)
		switch {
		case strings.HasPrefix(a.Text, "Accepted."):
			c.Done = "accepted"
		case strings.HasPrefix(a.Text, rejected) && c.Done == "":
			c.Done = "rejected"
		case c.Done == "":
			c.Done = "answered"
		}
	}
	switch {
	case s.As:
		c.Done = "accepted"
	case s.Is == packet.Wording && there:
		do := r.accepting(d, s)
		do.Quick = true
		can := "accept"
		_, err := do.Do()
		no := (*NotAccepted)(nil)
		if errors.As(err, &no) && no.Why == OursToMend {
			can, do.Own = "own", true
			_, err = do.Do()
			no = nil
		}
		if errors.As(err, &no) && no.Why == Unfitting && len(no.Problems) > 0 {
			c.Rule = &Rule{no.Problems[0].Code, no.Problems[0].Message, no.Problems[0].Hint}
		} else if err == nil {
			c.Can = append([]string{can}, c.Can...)
		}
	}
	if c.Done != "" {
		c.Can = []string{}
	}
	return c
}

// accepting is a proposal on its way. The program is read once more: accepting changes its lock in place.
func (r *review) accepting(d *Desk, s packet.Standing) *Accepting {
	f := *r.file
	p := *r.file.Program
	p.Lock, _ = source.ReadLock(f.LockName(), d.files[f.LockName()])
	f.Program = &p
	return &Accepting{File: &f, Cat: r.cat, Day: d.day, Said: r.said, Now: r.now, Files: memory(d.files), S: s, By: "the office", On: d.day}
}

// sortOf says what kind of change a comment is.
func sortOf(s packet.Standing) (sort, says string) {
	switch s.Is {
	case packet.Ask:
		return "comment", "Counsel asks"
	case packet.Objection:
		return "comment", "Counsel objects"
	}
	out, in := false, false
	for _, p := range packet.Diff(s.Was, s.Text) {
		out, in = out || p.Op == '-', in || p.Op == '+'
	}
	switch {
	case out && !in:
		return "strike", "Counsel strikes words"
	case in && !out:
		return "insert", "Counsel puts words in"
	}
	return "reword", "Counsel says it in other words"
}

// rejected begins an answer that does not take a proposal.
const rejected = "Not taken."

// decide does one of accept {id, by, why?, own?}, answer {id, by, text} and reject {id, by, text?, rule?}, and gives all that is kept.
func decide(d *Desk, args json.RawMessage, what string) (any, error) {
	a, err := take[struct {
		ID   string `json:"id"`
		By   string `json:"by"`
		Why  string `json:"why"`
		Own  bool   `json:"own"`
		Text string `json:"text"`
		Rule string `json:"rule"`
	}](args)
	if err != nil {
		return nil, err
	}
	r, err := d.review()
	if err != nil {
		return nil, err
	}
	all := r.kept.Standings(r.at)
	at := slices.IndexFunc(all, func(s packet.Standing) bool { return s.ID == a.ID })
	if at < 0 {
		return nil, refuse("This remark is not kept any more.", "Take in the file of counsel once more.")
	}
	s := all[at]
	if a.By, err = oneLine("name", a.By, 200); err != nil {
		return nil, err
	}
	if a.By == "" {
		return nil, refuse("It is not said who decides this.", "Write the name and the role, such as: Ana Ruiz, City Clerk.")
	}
	out := &CounselRead{Reviewers: []ReviewerIs{}, Changes: []CameChange{}, Unread: []Unread{}, Says: []string{}}
	files := map[string][]byte{}
	var answer, did string
	switch what {
	case "accept":
		do := r.accepting(d, s)
		do.By, do.Own = a.By, a.Own
		if do.Why, err = oneLine("reason", a.Why, 500); err != nil {
			return nil, err
		}
		got, err := do.Do()
		no := (*NotAccepted)(nil)
		switch {
		case errors.As(err, &no) && no.Why == ThereAlready:
			answer = no.Says
		case errors.As(err, &no):
			if len(no.Problems) > 0 {
				return nil, refuse(no.Says+" "+inWords(no.Problems[0].Message), no.Hint)
			}
			return nil, refuse(no.Says, no.Hint)
		case err != nil:
			return nil, err
		default:
			answer, files = got.Answer, got.Files
			missing, stale, err := do.Still(got.After)
			if err != nil {
				return nil, err
			}
			out.Says = append(out.Says, stillSays(missing, stale)...)
		}
		did = fmt.Sprintf("You accepted words of counsel for sentence %d.", s.Number)
	case "answer":
		if answer, err = oneLine("answer", a.Text, 4000); err != nil {
			return nil, err
		}
		if answer == "" {
			return nil, refuse("The answer is empty.", "Write what you answer.")
		}
		did = fmt.Sprintf("You answered counsel on sentence %d.", s.Number)
	case "reject":
		text, err := oneLine("reason", a.Text, 3000)
		if err != nil {
			return nil, err
		}
		if c := r.change(d, s); c.Rule != nil {
			text = strings.TrimSpace(text + " " + c.Rule.Title + " [" + c.Rule.ID + "]")
		}
		if text == "" {
			return nil, refuse("It is not said why the words are not taken.", "Write the reason, so that counsel knows it.")
		}
		answer = rejected + " " + text
		did = fmt.Sprintf("You rejected words of counsel for sentence %d.", s.Number)
	}
	kept, err := d.keep(r, &packet.Comments{Program: r.kept.Program, Answers: []packet.Answer{{To: s.ID, By: a.By, On: d.day, Text: answer}}})
	if err != nil {
		return nil, err
	}
	files = maps.Clone(files)
	maps.Copy(files, kept)
	d.change(did, files)
	if what == "accept" {
		if r, err = d.review(); err != nil {
			return nil, err
		}
	}
	for _, s := range r.kept.Standings(r.at) {
		out.Changes = append(out.Changes, r.change(d, s))
	}
	out.State, err = d.state()
	return out, err
}

// stillSays says what is missing after words were accepted.
func stillSays(missing, stale []string) []string {
	names := func(tags []string) string {
		var out []string
		for _, t := range tags {
			l, _ := locales.Find(t)
			out = append(out, cmp.Or(l.English, t))
		}
		return List(out)
	}
	var out []string
	if len(missing) > 0 {
		out = append(out, fmt.Sprintf("Your own words are still missing in %s. No notice goes out there until a translator has written them: see Languages.", names(missing)))
	}
	if len(stale) > 0 {
		out = append(out, fmt.Sprintf("The words in %s come from the old sentence. No notice goes out there until somebody has looked: see Languages.", names(stale)))
	}
	return out
}

// oneLine reads words that a person typed, on one line.
func oneLine(what, s string, most int) (string, error) {
	s = strings.Join(strings.Fields(source.NFC(s)), " ")
	if is, hint := source.TextFault("", s); is != "" {
		return "", refuse(fmt.Sprintf("In the %s stands %s.", what, is), hint)
	}
	if n := len([]rune(s)); n > most {
		return "", refuse(fmt.Sprintf("The %s has %d characters; there is room for %d.", what, n, most), "Say it in fewer words.")
	}
	return s, nil
}
