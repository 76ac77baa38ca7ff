package core

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render/packet"
)

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
		d.keepSent("The notice was made for counsel.", p)
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
	r := &review{file: f, now: packet.NewNumbered(e, f.Program), cat: cat}
	r.at = r.now.Numbers()
	if r.said, err = d.notices(); err != nil {
		return nil, err
	}
	records, err := d.sent(f)
	if err != nil {
		return nil, err
	}
	for _, rec := range slices.Backward(records) {
		r.sent = append(r.sent, rec.Numbering())
	}
	r.kept, err = d.comments(f)
	return r, err
}

// comments reads the comments that are kept beside the file.
func (d *Desk) comments(f *File) (*packet.Comments, error) {
	raw, ok := d.files[d.beside(ReviewFolder+"/"+CommentsName)]
	if !ok {
		return &packet.Comments{Program: f.Program.Program.ID}, nil
	}
	kept, ps := packet.ParseComments(CommentsName, raw)
	if kept == nil {
		return nil, refuse("The comments that are kept beside your file cannot be read. "+ps[0].Message, ps[0].Hint)
	}
	return kept, nil
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

// accepting is a proposal on its way. Its lock is read once more, for accepting changes it in place.
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

// decide does one of accept {id, by, why?, own?}, answer {id, by, text} and reject {id, by, text?}, and gives all that is kept.
// What the checks say against words is part of the reason for which they are rejected.
func decide(d *Desk, args json.RawMessage, what string) (any, error) {
	a, err := take[struct {
		ID   string `json:"id"`
		By   string `json:"by"`
		Why  string `json:"why"`
		Own  bool   `json:"own"`
		Text string `json:"text"`
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
	if a.By, err = oneLine("name", a.By, mostName); err != nil {
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
