package core

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/packet"
)

// Came is a file that came back, with its name as whoever reads a message knows it.
type Came struct {
	Name string
	Data []byte
}

// words opens the catalogue that sheets are written from: English, and the languages of the program.
func (f *File) words() (*locales.Catalog, error) {
	return Catalogue(append([]string{"en"}, slices.DeleteFunc(slices.Clone(f.Program.Languages), func(t string) bool { return t == "en" })...))
}

// Sheets makes the sheets that have a question: for one person, or for all where to is "". says gives for each path the sentence of the
// notice that waits for it, as [File.Waiting] does; it may be nil.
func (f *File) Sheets(to string, says map[string]string) ([]*render.Sheet, error) {
	cat, err := f.words()
	if err != nil {
		return nil, err
	}
	var out []*render.Sheet
	for _, who := range notices.Askers() {
		if to != "" && who != to {
			continue
		}
		s, err := render.NewSheet(cat, f.Program, who, says)
		if err != nil {
			return nil, err
		}
		if len(s.Questions) > 0 {
			out = append(out, s)
		}
	}
	return out, nil
}

// Waiting gives, for each path of the file, the first sentence of the notice that stands because of it, or says that it is not known. The
// error is in whole sentences.
func (f *File) Waiting(day source.Day) (map[string]string, error) {
	tag := "en"
	if !slices.Contains(f.Program.Languages, tag) {
		tag = f.Program.Languages[0]
	}
	n, err := notices.Build(f.Program, f.Book, notices.Before, day)
	if err != nil {
		return nil, errors.New("The notice cannot be made. " + Sentence(err.Error()))
	}
	cat, err := f.words()
	if err != nil {
		return nil, err
	}
	said, err := cat.Say(n, tag)
	if err != nil {
		return nil, errors.New("The notice cannot be said. " + Sentence(err.Error()))
	}
	return render.Waiting(said), nil
}

// Apply puts edits into the bytes of the file and judges the result. at gives the place in a sheet of the answer at a path; a problem
// that comes from an answer has that place, and its path.
func (f *File) Apply(edits []notices.Edit, at map[string]source.Pos, day source.Day) ([]byte, source.Problems) {
	data, problems := notices.Apply(f.Program.File, f.Program.Doc.Bytes(), edits)
	if data != nil {
		p, ps := notices.Read(f.Program.File, data)
		problems = ps.Of(source.Error)
		if len(problems) == 0 {
			problems = notices.Check(p, f.Book, day).Of(source.Error)
		}
	}
	if len(problems) == 0 {
		return data, nil
	}
	for i := range problems {
		if path := nearest(problems[i].Path, at); path != "" {
			problems[i].Message = "With this answer: " + problems[i].Message
			problems[i].Pos, problems[i].Path, problems[i].Excerpt = at[path], path, ""
		}
	}
	return nil, problems
}

// nearest finds the answer that a problem at a path comes from; "" where it comes from none.
func nearest(path string, at map[string]source.Pos) string {
	best := ""
	for p := range at {
		if len(p) > len(best) && (path == p || strings.HasPrefix(path, p+".") || strings.HasPrefix(p, path+".")) {
			best = p
		}
	}
	return best
}

// Answers is what sheets that came back mean for a file.
type Answers struct {
	*render.Outcome
	At   map[string]source.Pos // the place in its sheet of each answer that is written, by the path in the file
	Last source.Day            // the latest day of a sheet of which something is taken, if only who was asked
}

// ReadSheets reads sheets that came back. What does not fit is in the problems, each with its place; a fault of one answer alone stands
// in Refused, too. What was learned after the day newest belongs to another edition: hint says what to do about it.
func (f *File) ReadSheets(came []Came, newest, today source.Day, hint func(on source.Date) string) (*Answers, source.Problems, error) {
	var problems source.Problems
	var sheets []*render.Filled
	for _, c := range came {
		text, problem, hint := packet.PlainText(c.Data)
		if problem != "" {
			problems = append(problems, source.Problem{Pos: source.Pos{File: c.Name, Line: 1, Col: 1}, Code: "sheet", Severity: source.Error, Message: problem, Hint: hint})
			text = ""
		}
		s, ps := render.ReadSheet(c.Name, []byte(text))
		problems = append(problems, ps...)
		sheets = append(sheets, s)
	}
	cat, err := f.words()
	if err != nil {
		return nil, nil, err
	}
	got, ps := render.Answers(cat, f.Program, sheets)
	problems = append(problems, ps...)
	out := &Answers{Outcome: got, At: map[string]source.Pos{}}
	for i, s := range sheets {
		unfit := 0
		for _, u := range slices.Concat(got.Refused, got.ByHand) {
			if u.Pos.File == came[i].Name {
				unfit++
			}
		}
		if len(s.Answers) > unfit {
			out.Last = max(out.Last, s.On.First)
		}
		late := func(code, message, hint string) {
			problems = append(problems, source.Problem{Pos: source.Pos{File: came[i].Name, Line: 1, Col: 1}, Code: code, Severity: source.Error, Message: message, Hint: hint})
		}
		switch {
		case s.On.First > today:
			late("sheet-day", fmt.Sprintf("The answers are of %s, and that day has not come yet.", s.On), "Mend the day.")
		case s.On.First > newest && len(s.Answers) > 0:
			late("sheet-day", fmt.Sprintf("The answers are of %s, and the edition of the file is of %s. What is learned later belongs to a new edition.", s.On, f.Program.Edition.AsOf), hint(s.On))
		}
	}
	for _, a := range got.Written {
		out.At[a.Path] = a.Pos
	}
	return out, problems, nil
}

// NextEdition gives the edits that begin a new edition on a day. Where none of the edition before has gone out, its number stays.
func (f *File) NextEdition(day source.Day, wentOut bool) []notices.Edit {
	edits := []notices.Edit{{Path: "edition.as_of", Value: day.String()}}
	if wentOut {
		edits = append(edits, notices.Edit{Path: "edition.number", Value: fmt.Sprint(f.Program.Edition.Number + 1)}, notices.Edit{Path: "edition.changed", Value: "unknown"})
	}
	return edits
}

// askOps send questions out, and take answers in.
var askOps = map[string]operation{
	"ask":       ask,
	"ask.sheet": askSheet,
	"ask.asked": askAsked,
	"ask.read":  func(d *Desk, args json.RawMessage) (any, error) { return askRead(d, args, false) },
	"ask.take":  func(d *Desk, args json.RawMessage) (any, error) { return askRead(d, args, true) },
}

// knows says what each person knows.
var knows = map[string]string{
	"program": "They know what happens where people apply, and why each thing is asked for.",
	"records": "They know how long records are kept, and who must agree before they are erased.",
	"it":      "They know which copies, logs and spare copies there are.",
	"vendor":  "They know what their contract says, and what their machines keep.",
	"counsel": "They know which laws hold, and which demands came.",
}

// People is the answer of `ask`.
type People struct {
	People []Asker `json:"people"`
}

// Asker is somebody who can answer.
type Asker struct {
	To        string       `json:"to"` // program, records, it, vendor, counsel
	Title     string       `json:"title"`
	About     string       `json:"about"`
	Questions []OpenAsking `json:"questions"`
}

// OpenAsking is one question, for one place or several that are asked alike.
type OpenAsking struct {
	ID     string       `json:"id"`
	Text   string       `json:"text"`
	Places []string     `json:"places"` // in words
	Says   string       `json:"says"`   // the sentence of the notice that waits for it; "" where none does
	Asked  []AskedWhom  `json:"asked"`
	Paths  []AskedPlace `json:"paths"` // to mend it here, with the operation fact
}

// AskedWhom is who was asked on which day, without an answer.
type AskedWhom struct {
	Who string `json:"who"`
	On  string `json:"on"`
}

// AskedPlace is a place of the file.
type AskedPlace struct {
	Path  string `json:"path"`
	Place string `json:"place"`
}

func ask(d *Desk, _ json.RawMessage) (any, error) {
	f, err := d.read()
	if err != nil {
		return nil, err
	}
	if f.Unread {
		return nil, refuse("Your file cannot be read whole, so nobody knows yet what is open in it.", "Mend what stands under “To do” first.")
	}
	sheets, err := f.Sheets("", d.waiting())
	if err != nil {
		return nil, err
	}
	out := People{People: []Asker{}}
	for _, who := range notices.Askers() {
		p := Asker{To: who, Title: capital(render.Person(who)), About: knows[who], Questions: []OpenAsking{}}
		if i := slices.IndexFunc(sheets, func(s *render.Sheet) bool { return s.To == who }); i >= 0 {
			for n, a := range notices.Asks(f.Program, who) {
				p.Questions = append(p.Questions, openAsking(a, sheets[i].Questions[n]))
			}
		}
		out.People = append(out.People, p)
	}
	return out, nil
}

func openAsking(a notices.ToAsk, on render.SheetQuestion) OpenAsking {
	q := OpenAsking{ID: a.ID, Text: a.Text, Says: on.Says, Places: []string{}, Asked: []AskedWhom{}}
	for k, pl := range a.Places {
		name := on.Places[k].Name
		q.Paths = append(q.Paths, AskedPlace{pl.Path, name})
		if name != "" {
			q.Places = append(q.Places, name)
		}
		for _, x := range pl.Asked {
			if w := (AskedWhom{x.Who, x.On.String()}); !slices.Contains(q.Asked, w) {
				q.Asked = append(q.Asked, w)
			}
		}
	}
	return q
}

// waiting is [File.Waiting] for the desk: where no notice can be made, no sentence waits.
func (d *Desk) waiting() map[string]string {
	f, err := d.whole()
	if err != nil {
		return nil
	}
	says, err := f.Waiting(d.day)
	if err != nil {
		return nil
	}
	return says
}

// SheetOut is the answer of `ask.sheet {to}`.
type SheetOut struct {
	Files []Blob `json:"files"` // the page to fill in
	Mail  string `json:"mail"`  // the same as a text, to paste into a mail
}

func askSheet(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		To string `json:"to"`
	}](args)
	if err != nil {
		return nil, err
	}
	f, err := d.read()
	if err != nil {
		return nil, err
	}
	if f.Unread || !slices.Contains(notices.Askers(), a.To) {
		return nil, refuse("There is no such sheet.", "Choose one of the people who are listed.")
	}
	sheets, err := f.Sheets(a.To, d.waiting())
	if err != nil {
		return nil, err
	}
	if len(sheets) == 0 {
		return nil, refuse("Nothing is open for "+render.Person(a.To)+".", "There is no sheet to send.")
	}
	var page, text bytes.Buffer
	if err := sheets[0].HTML(&page); err != nil {
		return nil, err
	}
	if err := sheets[0].Text(&text); err != nil {
		return nil, err
	}
	return SheetOut{[]Blob{{Name: sheets[0].ID + "-questions-" + a.To + ".html", Bytes: page.Bytes()}}, text.String()}, nil
}

// askAsked notes {to, who, on}: that somebody was asked on a day about every question that is open for a person.
func askAsked(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		To  string `json:"to"`
		Who string `json:"who"`
		On  string `json:"on"`
	}](args)
	if err != nil {
		return nil, err
	}
	f, err := d.whole()
	if err != nil {
		return nil, err
	}
	who, err := oneLine("name", a.Who, mostName)
	if err != nil {
		return nil, err
	}
	on, err := source.ParseDay(a.On)
	switch {
	case who == "":
		return nil, refuse("It is not said who was asked.", "Write the name of the person.")
	case err != nil:
		return nil, refuse("It is not said on which day the person was asked.", "Choose the day.")
	case on > d.day:
		return nil, refuse("That day has not come yet.", "Choose the day on which you asked.")
	case !slices.Contains(notices.Askers(), a.To):
		return nil, refuse("There is no such sheet.", "Choose one of the people who are listed.")
	}
	edits := render.WasAsked(f.Program, a.To, who, on.String())
	if len(edits) == 0 {
		return nil, refuse("This is noted already.", "Nothing has to be done.")
	}
	data, ps := f.Apply(edits, nil, d.day)
	if len(ps) > 0 {
		return nil, problem(ps[0])
	}
	d.change(fmt.Sprintf("You noted that %s was asked.", who), map[string][]byte{d.name: data})
	return d.answer()
}

// Reading is the answer of `ask.read {files}` and of `ask.take {files, went_out?}`. Only the answers that fit are taken.
type Reading struct {
	State   *State      `json:"state"`
	Ready   int         `json:"ready"` // answers that can be taken
	Taken   int         `json:"taken"`
	Answers []Answering `json:"answers"`
	Refused []Refused   `json:"refused"`
	ByHand  []Refused   `json:"by_hand"` // what has several parts: the editor at Path takes it
	Asks    []string    `json:"asks"`    // whom to ask next, in sentences
	Left    int         `json:"left"`    // questions that are open afterwards
	// Edition is what has to be decided before answers are taken that are newer than the edition; nil where none are. went_out is yes or no.
	Edition *NewerAnswers `json:"edition"`
}

// NewerAnswers says that answers are of a later day than the edition of the file.
type NewerAnswers struct {
	Says   string `json:"says"`
	Asks   string `json:"asks"` // to be answered with yes or no
	Number int    `json:"number"`
	AsOf   string `json:"as_of"`
	Newest string `json:"newest"` // the day of the latest answer
}

// Answering is one answer that fits.
type Answering struct {
	File     string `json:"file"`
	From     string `json:"from"`
	Question string `json:"question"`
	Place    string `json:"place"`
	Path     string `json:"path"`
	Was      string `json:"was"` // "" where nobody knew
	Is       string `json:"is"`
	Note     string `json:"note"`
}

// Refused is what cannot be taken. Question is "" where it is about a whole sheet.
type Refused struct {
	File     string `json:"file"`
	Line     int    `json:"line"` // of the text of the sheet
	From     string `json:"from"`
	Question string `json:"question"`
	Place    string `json:"place"`
	Path     string `json:"path,omitempty"`
	Answer   string `json:"answer"`
	Says     string `json:"says"`
	Hint     string `json:"hint"`
}

func askRead(d *Desk, args json.RawMessage, takes bool) (any, error) {
	a, err := take[struct {
		Files   []Blob `json:"files"`
		WentOut string `json:"went_out"`
	}](args)
	if err != nil {
		return nil, err
	}
	f, err := d.whole()
	if err != nil {
		return nil, err
	}
	if len(a.Files) == 0 {
		return nil, refuse("No file was chosen.", "Choose the sheets that came back.")
	}
	out := &Reading{Answers: []Answering{}, Refused: []Refused{}, ByHand: []Refused{}, Asks: []string{}}
	got, err := d.usable(f, a.Files, out)
	if err != nil {
		return nil, err
	}
	var more []notices.Edit
	if was := f.Program.Edition; got.Last > was.AsOf.Last && len(got.Edits) > 0 {
		out.Edition = &NewerAnswers{Number: was.Number, AsOf: was.AsOf.String(), Newest: got.Last.String(),
			Says: fmt.Sprintf("Your file says what was known on %s, and these answers are newer.", was.AsOf),
			Asks: fmt.Sprintf("Has a notice of edition %d gone out already, on paper or on a website?", was.Number)}
		if takes && a.WentOut != "yes" && a.WentOut != "no" {
			return nil, refuse(out.Edition.Says, "Say first whether a notice of this edition has gone out already.")
		}
		more = f.NextEdition(got.Last, a.WentOut == "yes")
	}
	edits, data := f.fitting(got, more, d.day, out)
	written := map[string]bool{}
	for _, e := range edits {
		written[e.Path] = true
	}
	for _, w := range got.Written {
		if !written[w.Path] {
			continue
		}
		note := ""
		if w.Comment {
			note = "A remark stands beside it in your file. Look whether it still holds."
		}
		out.Answers = append(out.Answers, Answering{File: w.Pos.File, From: w.By, Question: w.Question, Place: w.Place, Path: w.Path, Was: wasInWords(w.Old), Is: w.Says, Note: note})
	}
	out.Ready = len(out.Answers)
	out.Left = len(notices.Questions(f.Program)) - out.Ready
	if takes && data != nil {
		d.change(fmt.Sprintf("You took in %s.", Count(out.Ready, "answer")), map[string][]byte{d.name: data})
		out.Taken = out.Ready
		if now, err := d.read(); err == nil && !now.Unread {
			out.Left = len(notices.Questions(now.Program))
		}
	}
	out.State, err = d.state()
	return out, err
}

// usable reads the sheets that can be used. Each is looked at by itself first: one that cannot be used does not keep the others out.
func (d *Desk) usable(f *File, files []Blob, out *Reading) (*Answers, error) {
	var good []Came
	for _, b := range files {
		came := []Came{{b.Name, b.Bytes}}
		_, ps, err := f.ReadSheets(came, d.day, d.day, nil)
		if err != nil {
			return nil, err
		}
		whole := true
		for _, p := range ps {
			switch p.Code {
			case "sheet-answer", "sheet-id", "sheet-twice":
			default:
				whole = false
				out.Refused = append(out.Refused, Refused{File: b.Name, Line: p.Pos.Line, Says: p.Message, Hint: p.Hint})
			}
		}
		if whole {
			good = append(good, came...)
		}
	}
	got, _, err := f.ReadSheets(good, d.day, d.day, nil)
	if err != nil {
		return nil, err
	}
	for _, u := range got.Refused {
		out.Refused = append(out.Refused, refusedAnswer(u))
	}
	for _, u := range got.ByHand {
		out.ByHand = append(out.ByHand, refusedAnswer(u))
	}
	out.Asks = append(out.Asks, got.Asks...)
	return got, nil
}

// wasInWords is an old value of the file; "" where nobody knew.
func wasInWords(raw string) string {
	if raw == "unknown" || strings.HasPrefix(raw, "{is: unknown") {
		return ""
	}
	return raw
}

func refusedAnswer(u render.Unfit) Refused {
	return Refused{File: u.Pos.File, Line: u.Pos.Line, From: u.By, Question: u.Question, Place: u.Place, Path: u.Path, Answer: u.Answer, Says: capital(u.Says), Hint: u.Hint}
}

// fitting applies the answers that the file can hold; one that the checks refuse goes to what is refused. data is nil where none is left.
func (f *File) fitting(got *Answers, more []notices.Edit, day source.Day, out *Reading) (edits []notices.Edit, data []byte) {
	edits = slices.Clone(got.Edits)
	for len(edits) > 0 {
		data, ps := f.Apply(slices.Concat(edits, more), got.At, day)
		if len(ps) == 0 {
			return edits, data
		}
		bad := map[string]source.Problem{}
		for _, p := range ps {
			if _, ours := got.At[p.Path]; ours && bad[p.Path].Code == "" {
				bad[p.Path] = p
			}
		}
		left := slices.DeleteFunc(slices.Clone(edits), func(e notices.Edit) bool { return bad[e.Path].Code != "" })
		if len(left) == len(edits) { // it comes from none of them alone
			out.Refused = append(out.Refused, Refused{Says: "These answers do not fit together. " + ps[0].Message, Hint: ps[0].Hint})
			return nil, nil
		}
		edits = left
		for _, w := range got.Written {
			if p := bad[w.Path]; p.Code != "" {
				out.Refused = append(out.Refused, Refused{File: w.Pos.File, Line: w.Pos.Line, From: w.By, Question: w.Question, Place: w.Place, Path: w.Path, Answer: w.Says, Says: p.Message, Hint: p.Hint})
			}
		}
	}
	return nil, nil
}
