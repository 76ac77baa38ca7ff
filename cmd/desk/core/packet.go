package core

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/packet"
)

// ReviewFolder is where the reviews of a program file lie: x/review beside x.yaml. CommentsName is the file of all comments in it that came
// back.
const (
	ReviewFolder = "review"
	CommentsName = "comments.txt"
)

// Reviewers are those whom the program file names.
func (f *File) Reviewers() []ledger.Reviewer {
	var out []ledger.Reviewer
	for _, r := range f.Program.Reviewers {
		to := ledger.Reviewer{ID: r.ID, Name: r.Name, Languages: r.Languages, Required: r.Required}
		if r.Key != "" {
			to.Keys = []string{r.Key}
		}
		for _, k := range r.Kinds {
			to.Kinds = append(to.Kinds, string(k))
		}
		out = append(out, to)
	}
	return out
}

// Grounds are the laws and demands on which the sentences of the file rest on a day.
func (f *File) Grounds(on source.Day) ([]ledger.Ground, error) {
	all, err := notices.Grounds(f.Program, f.Book, on)
	if err != nil {
		return nil, fmt.Errorf("what the notices rest on cannot be told: %w", err)
	}
	var s ledger.Statement
	for _, g := range all {
		s.Grounds = append(s.Grounds, ledger.Ground{Kind: g.Kind, ID: g.ID, Digest: g.Digest})
	}
	s.Put()
	return s.Grounds, nil
}

// TextsOf are the text lines of an edition as statements name them.
func TextsOf(lines []render.TextLine) []ledger.Text {
	var out []ledger.Text
	for _, t := range lines {
		out = append(out, ledger.Text{Kind: string(t.Kind), Language: t.Language, Digest: t.Digest, Bytes: t.Bytes})
	}
	return out
}

// Sending is an edition on its way to reviewers: what a packet is made of, beside the file.
type Sending struct {
	Cat      *locales.Catalog // with English, in which laws and items are named
	Edition  *render.Edition
	Law      source.Day // the day on which the law is looked at
	Sent     source.Day
	Covered  []notices.Covered // the checklist of the notice before the first upload
	Comments *packet.Comments  // that came back; nil for none
	Reviews  *ledger.Reviews   // what was signed; nil for nothing
	Records  []*packet.Record  // of what was sent before, the oldest first
	// Older makes the record of an older edition, with which the packet is compared where nothing was sent; nil for none.
	Older func() (*packet.Record, error)
}

// Packet makes the packet of a file that has no errors and was judged. again is the record of the same words with the same law, where it
// was sent before. The packet is compared with what was sent when somebody last signed; else with what was last sent and is not the same.
func (f *File) Packet(s Sending) (p *packet.Packet, again *packet.Record, err error) {
	in := packet.Input{Edition: s.Edition, Program: f.Program, Sent: s.Sent, Law: f.lawFor(s), Phrase: s.phrase, Checklist: s.Covered, Comments: s.Comments}
	if in.Comments == nil {
		in.Comments = &packet.Comments{Program: f.Program.Program.ID}
	}
	in.Rule = func(r notices.Rule) string { return RuleMeans[r] }
	for _, m := range Meanings {
		if !slices.ContainsFunc(in.Meanings, func(o packet.Meaning) bool { return o.Word == m.Word }) {
			in.Meanings = append(in.Meanings, packet.Meaning{Word: m.Word, Means: m.Means})
		}
	}
	for _, p := range f.Problems.Of(source.Warning) {
		if !f.Program.MayTell(p.Path) {
			continue
		}
		i := slices.IndexFunc(in.Warnings, func(o packet.Warning) bool { return o.Code == p.Code && o.Message == p.Message && o.Hint == p.Hint })
		if i < 0 {
			i = len(in.Warnings)
			in.Warnings = append(in.Warnings, packet.Warning{Code: p.Code, Message: p.Message, Hint: p.Hint})
		}
		in.Warnings[i].Where = append(in.Warnings[i].Where, fmt.Sprintf("%s line %d", p.Pos.File, p.Pos.Line))
	}
	all, err := notices.Grounds(f.Program, f.Book, s.Law)
	if err != nil {
		return nil, nil, fmt.Errorf("what the review rests on cannot be worked out: %w", err)
	}
	for _, g := range all {
		in.Grounds = append(in.Grounds, packet.Ground(g))
	}
	if err := f.reviewsFor(s, &in); err != nil {
		return nil, nil, err
	}
	if in.Rows, err = notices.SharedExposures(f.Program, f.Book, s.Law); err != nil {
		return nil, nil, fmt.Errorf("the table of exposure cannot be made: %w", err)
	}
	if p, err = packet.New(in); err != nil {
		return nil, nil, err
	}
	again, err = f.compare(s, p)
	return p, again, err
}

// reviewsFor says how it stands with each reviewer and language.
func (f *File) reviewsFor(s Sending, in *packet.Input) error {
	if s.Reviews == nil {
		return nil
	}
	grounds, err := f.Grounds(s.Law)
	if err != nil {
		return err
	}
	now := ledger.Now{Program: f.Program.Program.ID, Texts: TextsOf(s.Edition.Texts), On: s.Law, Grounds: grounds}
	for _, j := range ledger.Judge(now, f.Reviewers(), s.Reviews) {
		named := cmp.Or(j.Reviewer.Name, j.Reviewer.ID)
		if j.Reviewer.Required {
			named += " (who must sign)"
		}
		says := packet.Review{Reviewer: j.Reviewer.ID, Name: j.Reviewer.Name, Language: j.Language, Required: j.Reviewer.Required, Says: named + ": " + j.Says()}
		for _, p := range j.Parts {
			if p.State == ledger.Signed {
				says.Signed, says.Kinds = true, append(says.Kinds, p.Kind)
			}
		}
		in.Reviews = append(in.Reviews, says)
	}
	return nil
}

func (s Sending) phrase(id string) string {
	text, err := s.Cat.Phrase("en", id)
	if err != nil {
		return ""
	}
	return text
}

// lawFor gives what a reviewer sees of an entry of the book.
func (f *File) lawFor(s Sending) func(source.ID) (packet.Law, bool) {
	return func(id source.ID) (packet.Law, bool) {
		e := f.Book.Entry(id)
		if e == nil {
			return packet.Law{}, false
		}
		l := packet.Law{ID: id, Citation: e.Citation, Title: string(id), Stands: Standing(e, s.Law), CheckedOn: e.Checked.On.String(), CheckedBy: e.Checked.By, CheckDue: e.Checked.Next.String(),
			Confidence: string(e.Confidence), Days: int(e.Checked.Next.Last - s.Sent)}
		for _, key := range []string{"law." + string(id), "demand." + string(id)} {
			if t := s.phrase(key); t != "" {
				l.Title = t
			}
		}
		if e.Own && e.InWords != nil {
			if t, ok := e.InWords.Name.For("en"); ok {
				l.Title = t
			}
		}
		if e.Source.URL.State == source.Known {
			l.URL = e.Source.URL.Is
		}
		if w := e.WordsOn(s.Law); w.State == source.Known {
			l.Words, l.WordsBy = w.Is, w.By
		}
		if v := e.On(s.Law); e.Kind == law.KindProtection && v == nil {
			l.Stands = "No version is in force on " + s.Law.String()
		}
		return l, true
	}
}

// compare finds what the packet is compared with, and gives the record of the same, where it was sent before.
func (f *File) compare(s Sending, p *packet.Packet) (again *packet.Record, err error) {
	now := p.Record()
	var before *packet.Record
	signed := false
	for _, r := range s.Records {
		same := now.Same(r)
		if same {
			again = r
		}
		switch {
		case f.signed(s, r):
			before, signed = r, true
		case !same && !signed:
			before = r
		}
	}
	if before == nil && s.Older != nil {
		if before, err = s.Older(); err != nil {
			return nil, err
		}
	}
	if before != nil {
		p.Compare(before, signed)
	}
	return again, nil
}

// signed reports whether somebody signed what a record holds, with the law and the demands of that day behind it.
func (f *File) signed(s Sending, r *packet.Record) bool {
	if s.Reviews == nil {
		return false
	}
	now := ledger.Now{Program: r.Program, On: s.Law}
	for _, t := range r.Texts {
		now.Texts = append(now.Texts, ledger.Text{Kind: string(t.Kind), Language: t.Language, Digest: t.Digest, Bytes: t.Bytes})
	}
	for _, g := range r.Grounds {
		now.Grounds = append(now.Grounds, ledger.Ground{Kind: g.Kind, ID: g.ID, Digest: g.Digest})
	}
	return slices.ContainsFunc(ledger.Judge(now, f.Reviewers(), s.Reviews), func(j ledger.Judgement) bool {
		return slices.ContainsFunc(j.Parts, func(p ledger.Part) bool { return p.State == ledger.Signed || p.State == ledger.Expired })
	})
}

// PacketFiles makes every file of a packet: the page, one for paper and one for Word in each language, and what is read first. The page is
// the first. each runs the work, side by side where there is a machine for it.
func PacketFiles(p *packet.Packet, each func(n int, do func(int))) ([]render.File, error) {
	name := fmt.Sprintf("%s-edition-%d", p.Program, p.Edition.Number)
	type making struct {
		name  string
		write func(io.Writer) error
	}
	list := []string{name + ".html  the packet: open it in a browser"}
	all := []making{{name + ".html", p.HTML}}
	for _, l := range p.Languages {
		if l.Tag != p.Base || len(p.Languages) == 1 {
			all = append(all, making{"paper/" + name + "-" + l.Tag + ".html", func(w io.Writer) error { return p.Paper(w, l.Tag) }})
		}
	}
	for _, l := range p.Languages { // the base alone, too: who reads nothing else comments there
		all = append(all, making{"word/" + name + "-word-" + l.Tag + ".docx", func(w io.Writer) error { return p.DOCX(w, l.Tag) }})
	}
	list = append(list, "paper/  the same to print, one file for each language; also for phones that run no scripts", "word/   the same for Word, one file for each language")
	all = append(all, making{"READ-ME-FIRST.txt", func(w io.Writer) error { return p.ReadMeFirst(w, list) }})
	out, failed := make([]render.File, len(all)), make([]error, len(all))
	each(len(all), func(i int) {
		var b bytes.Buffer
		failed[i] = all[i].write(&b)
		out[i] = render.File{Path: all[i].name, Bytes: b.Bytes()}
	})
	for i, err := range failed {
		if err != nil {
			return nil, fmt.Errorf("the file %q cannot be made: %w", all[i].name, err)
		}
	}
	return out, nil
}

// Meanings explains the words of the table of exposure, in the order of their strength.
var Meanings = []struct{ Axis, Word, Means string }{
	{"existence", "none", "verified by a named person: no copy is kept"},
	{"existence", "trace", "a copy for a short, known time"},
	{"existence", "exists", "a record is kept"},
	{"existence", "may_be_sent", "it may have been handed over: the holder will not say, or answered in part"},
	{"existence", "sent", "it was handed over, or a recipient has it"},
	{"existence", "unknown", "between the two ends that are named; nobody has confirmed which"},
	{"barrier", "ordered", "a court has ordered it, or the paper is itself such an order"},
	{"barrier", "binding_on_service", "federal court process: binding when it is served, unless a higher court stops it"},
	{"barrier", "no_barrier", "nothing in law stops it"},
	{"barrier", "state_court", "binding, unless a state judge or a privilege stops it"},
	{"barrier", "disputed", "a law may stop it, but that is undecided or challenged; to be read as if the law did not help"},
	{"barrier", "holder_may_answer", "it cannot be forced without a court, but nothing in law stops the holder from answering"},
	{"barrier", "holder_may_withhold", "the law lets the holder keep it back, and does not make it"},
	{"barrier", "court_first", "a law in force forbids this holder to answer without a court"},
	{"barrier", "paused_by_court", "a court has stopped the answer for now"},
	{"barrier", "blocked_by_law", "a statute bars it"},
	{"barrier", "nothing_to_reach", "no record is there; staff can still be asked what they know"},
	{"barrier", "not_applicable", "this kind of demand cannot be sent to this holder, or does not reach this item"},
	{"barrier", "unknown", "not known; to be read as the worst that it could be"},
	{"told", string(notices.ToldByLaw), "a law says that the person must be told; a court can stop it"},
	{"told", string(notices.ToldByPolicy), "the office says that it will tell; no law makes it"},
	{"told", string(notices.ToldNotByLaw), "no law is known that says that the person must be told"},
	{"told", string(notices.ToldUnknown), "nobody has said whether people are told"},
	{"told", string(notices.ToldNoAddress), "no way to reach the person is kept, so nobody is told"},
}

// one runs work one after the other.
func one(n int, do func(int)) {
	for i := range n {
		do(i)
	}
}

// sent reads the records of what was sent before, the oldest first.
func (d *Desk) sent(f *File) ([]*packet.Record, error) {
	var out []*packet.Record
	for _, name := range sortedKeys(d.files) {
		if path.Dir(name) != d.beside(ReviewFolder) || path.Ext(name) != ".sent" {
			continue
		}
		r, err := packet.ReadRecord(d.files[name])
		if err != nil {
			return nil, refuse(fmt.Sprintf("“%s” cannot be read. %s", path.Base(name), Sentence(err.Error())), "Bring the file back from a copy. If there is none, move it away.")
		}
		if r.Program != f.Program.Program.ID && !slices.Contains(f.Program.Program.SameAs, r.Program) {
			return nil, refuse(fmt.Sprintf("“%s” is the record of another program.", path.Base(name)), "Move it to the folder of that program.")
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b *packet.Record) int {
		return cmp.Or(cmp.Compare(a.Sent, b.Sent), cmp.Compare(a.Number, b.Number))
	})
	return out, nil
}

// packed is the packet for the reviewers, as `review send` makes it, with the record of the same where it was sent before.
func (d *Desk) packed() (p *packet.Packet, again *packet.Record, err error) {
	f, err := d.judged()
	if err != nil {
		return nil, nil, err
	}
	e, err := d.edition(order{}) // the packet shows its pages
	if err != nil {
		return nil, nil, err
	}
	s := Sending{Edition: e, Law: d.day, Sent: d.day}
	if s.Cat, err = Catalogue(append([]string{"en"}, f.Program.Languages...)); err != nil {
		return nil, nil, err
	}
	before, err := d.built(notices.Before)
	if err != nil {
		return nil, nil, err
	}
	if s.Covered, err = notices.Coverage(before, f.Program, f.Book, d.day); err != nil {
		return nil, nil, err
	}
	if s.Comments, err = d.comments(f); err != nil {
		return nil, nil, err
	}
	folder, err := fs.Sub(memory(d.files), d.beside(ReviewFolder))
	if err != nil {
		return nil, nil, err
	}
	var ps source.Problems
	if s.Reviews, ps = ledger.ReadReviews(folder); ps.Failed() {
		return nil, nil, problem(ps.Of(source.Error)[0])
	}
	if s.Records, err = d.sent(f); err != nil {
		return nil, nil, err
	}
	return f.Packet(s)
}

// forReviewers makes the packet, and keeps beside the file what was sent, so that comments find their sentences when they come back.
func (d *Desk) forReviewers(order) ([]render.File, []string, error) {
	p, again, err := d.packed()
	if err != nil {
		return nil, nil, err
	}
	files, err := PacketFiles(p, one)
	if err != nil {
		return nil, nil, err
	}
	b, err := zipFiles(files)
	if err != nil {
		return nil, nil, err
	}
	says := []string{render.Stamp, "Unpack it, look at the page yourself, and send the folder to the reviewers."}
	if again != nil {
		says = append(says, "The same was sent on "+again.Sent.String()+".")
	} else {
		d.keepSent(packetMade, p)
		says = append(says, keptSent)
	}
	return d.called("for-reviewers", "", ".zip", b), says, nil
}

const (
	packetMade = "The packet for the reviewers was made."
	keptSent   = "What was sent is kept beside your file. Save, so that comments find their sentences when they come back."
)

// keepSent keeps the record of what was sent beside the file, under a name that no other record has.
func (d *Desk) keepSent(says string, p *packet.Packet) {
	r := p.Record()
	name := d.beside(ReviewFolder + "/" + packet.RecordName(r.Digest))
	for n := 2; d.files[name] != nil; n++ {
		name = d.beside(fmt.Sprintf("%s/%s-%d.sent", ReviewFolder, render.EditionID(r.Digest), n))
	}
	d.change(says, map[string][]byte{name: r.Bytes()})
}
