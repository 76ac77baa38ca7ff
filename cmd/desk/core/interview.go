package core

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// AnswersEnd is what the name of a file with the answers of an interview ends in: river-card.yaml.answers leads to river-card.yaml.
const AnswersEnd = ".answers"

// Interview is an interview, and the program file that it leads to.
type Interview struct {
	*render.Interview
	Name     string     // of the program file that it leads to
	Day      source.Day // of the edition
	DontKnow string     // how somebody says that they do not know: press Enter
}

// NewInterview begins an interview.
func NewInterview(name string, day source.Day, dontKnow string) (*Interview, error) {
	book, err := Book()
	if err != nil {
		return nil, err
	}
	cat, err := Catalogue([]string{"en"})
	if err != nil {
		return nil, err
	}
	in, err := render.NewInterview(cat, book.Places())
	if err != nil {
		return nil, err
	}
	return &Interview{in, name, day, dontKnow}, nil
}

// Judge gives the file that follows from the answers so far, and the errors that it has.
func (i *Interview) Judge() (data []byte, errs source.Problems) {
	book, err := Book()
	if err != nil {
		return nil, source.Problems{{Code: "ours", Severity: source.Error, Message: err.Error()}}
	}
	data = i.File(i.Day)
	p, ps := notices.Read(i.Name, data)
	if !ps.Failed() {
		ps = append(notices.Check(p, book, i.Day), Words(p, book)...)
	}
	return data, ps.Of(source.Error)
}

// Misfits is Judge with the question, by its key, whose answer each error comes from; "" where it comes from none.
func (i *Interview) Misfits() (data []byte, errs source.Problems, keys []string) {
	data, errs = i.Judge()
	for _, e := range errs {
		key, _ := i.Asked(e.Path)
		keys = append(keys, key)
	}
	return data, errs, keys
}

// inPlaces stands in the places of answers that are still to come, so that those that are there can be judged.
var inPlaces = map[string]string{"program": "Program", "languages": "en", "gives": "A card.", "open_to": "All people.", "urgency": "ordinary", "place": "us", "office": "Office", "office_kind": "city_agency",
	"open_now": "active", "ways": "mail", "demand_kind": "judicial_warrant", "demand_from": "lawyer", "demand_dated": "2001", "demand_scope": "group", "demand_public": "yes", "legal": "Legal aid", "legal_reach": "312-555-0100", "officers": "Hotline", "officers_reach": "312-555-0100"}

// trial judges the answers so far, with words in the places of those that are still to come.
func (i *Interview) trial() source.Problems {
	given := i.Answers
	defer func() { i.Answers = given }()
	i.Answers = maps.Clone(inPlaces)
	maps.Copy(i.Answers, given)
	_, errs := i.Judge()
	return errs
}

// Take takes an answer, if the file could hold it; else it says what is wrong with it.
func (i *Interview) Take(p render.Prompt, typed string) (wrong string) {
	was, answered := i.Answers[p.Key]
	if wrong = i.Answer(p, typed); wrong != "" {
		return wrong
	}
	after := i.trial()
	if len(after) == 0 {
		return ""
	}
	back := func() {
		if delete(i.Answers, p.Key); answered {
			i.Answers[p.Key] = was
		}
	}
	now := i.Answers[p.Key]
	back()
	had := map[string]bool{} // what was wrong before is no fault of this answer
	for _, b := range i.trial() {
		had[b.Message] = true
	}
	i.Answers[p.Key] = now
	for _, a := range after {
		if had[a.Message] {
			continue
		}
		back()
		hint, _, file := strings.Cut(a.Hint, "If nobody knows, write ") // how a file says it
		if file && !p.Required {
			hint += fmt.Sprintf("If you do not know, %s.", i.DontKnow)
		}
		return strings.TrimSpace(a.Message + " " + hint)
	}
	return ""
}

// interviewOps lead from nothing to a first program file.
var interviewOps = map[string]operation{
	"interview":        interview,
	"interview.put":    interviewPut,
	"interview.finish": interviewFinish,
}

// Asked is the answer of `interview {fresh?}` and of `interview.put`. With fresh, what lies on the desk is put aside and an interview
// begins; what was not put down before is lost, so the page asks first.
type Asked struct {
	State  *State  `json:"state"`
	Pages  []Page  `json:"pages"`
	Done   int     `json:"done"`   // questions with an answer; unknown is one
	Total  int     `json:"total"`  // questions that are asked after the answers so far
	Finish bool    `json:"finish"` // nothing that a notice needs is open
	Faults []Fault `json:"faults"` // what does not fit together, also between answers
	Name   string  `json:"name"`   // of the program file that it leads to
}

// Page is some questions that belong together.
type Page struct {
	Title   string     `json:"title"`
	Prompts []Question `json:"prompts"`
}

// Question is one question. Answer is "" where nothing was answered, unknown, none, a word of the choices (several with commas), or
// words. Fault says what is wrong with the answer that was put last and not taken.
type Question struct {
	Key      string      `json:"key"`
	Text     string      `json:"text"`
	Hint     string      `json:"hint"`
	Choices  [][2]string `json:"choices"` // word, meaning
	Many     bool        `json:"many"`
	Own      bool        `json:"own"`
	Required bool        `json:"required"`
	OrNone   bool        `json:"or_none"`
	Answer   string      `json:"answer"`
	Fault    string      `json:"fault"`
	Ask      string      `json:"ask"` // records, it, vendor, counsel or program
	AskTitle string      `json:"ask_title"`
}

// Fault is what does not fit, and the question whose answer it is; Key is "" where it is none.
type Fault struct {
	Key  string `json:"key"`
	Text string `json:"text"`
	Hint string `json:"hint"`
}

// loneAnswers finds the answers of an interview among files of which none is a program file; nil where there are none, or several.
func loneAnswers(files map[string][]byte) (name string, mine map[string][]byte) {
	for _, n := range sortedKeys(files) {
		base, rest, ok := strings.Cut(path.Base(n), AnswersEnd) // a browser may have written behind it: (1), .txt
		if !ok || strings.Contains(rest, "/") {
			continue
		}
		if mine != nil {
			return "", nil
		}
		mine = map[string][]byte{base + AnswersEnd: files[n]}
	}
	return "", mine
}

// answers finds the file with the answers of an interview that is under way; "" where none is.
func (h *held) answers() string {
	if h.name != "" {
		return ""
	}
	for _, name := range sortedKeys(h.files) {
		if strings.HasSuffix(name, AnswersEnd) {
			return name
		}
	}
	return ""
}

// underway opens the interview that lies on the desk.
func (d *Desk) underway() (*Interview, error) {
	if d.name != "" {
		return nil, refuse("The questions lead to a new file, and your file is there already.", "What is still open in it stands under “To do”.")
	}
	file := d.answers()
	in, err := NewInterview(strings.TrimSuffix(file, AnswersEnd), d.day, "say so")
	if err != nil || file == "" {
		return in, err
	}
	if ps := in.Read(file, d.files[file], false); ps.Failed() {
		return nil, refuse("The file with your answers cannot be read. "+ps[0].Message, ps[0].Hint)
	}
	return in, nil
}

func interview(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Fresh bool `json:"fresh"`
	}](args)
	if err != nil {
		return nil, err
	}
	if a.Fresh {
		d.clear()
	}
	in, err := d.underway()
	if err != nil {
		return nil, err
	}
	return d.asked(in, nil)
}

// asked lays an interview out in pages. faults are those of answers that were not taken, by their keys.
func (d *Desk) asked(in *Interview, faults map[string]string) (*Asked, error) {
	out := &Asked{Pages: []Page{}, Finish: true, Faults: []Fault{}, Name: in.Name}
	for _, p := range in.Prompts() {
		q := Question{Key: p.Key, Text: p.Text, Hint: p.Hint, Choices: p.Choices, Many: p.Many, Own: p.Own, Required: p.Required, OrNone: p.OrNone, Answer: in.Answers[p.Key], Fault: faults[p.Key],
			Ask: p.Ask, AskTitle: render.Person(p.Ask)}
		if q.Choices == nil {
			q.Choices = [][2]string{}
		}
		if out.Total++; q.Answer != "" {
			out.Done++
		} else if p.Required {
			out.Finish = false
		}
		if n := len(out.Pages); n == 0 || out.Pages[n-1].Title != p.Page {
			out.Pages = append(out.Pages, Page{Title: p.Page})
		}
		page := &out.Pages[len(out.Pages)-1]
		page.Prompts = append(page.Prompts, q)
	}
	if out.Finish {
		_, errs, keys := in.Misfits()
		for i, e := range errs {
			out.Faults = append(out.Faults, Fault{keys[i], inWords(e.Message), inWords(e.Hint)})
		}
		out.Finish = len(errs) == 0
	}
	var err error
	out.State, err = d.state()
	return out, err
}

// interviewPut takes answers: {answers: {key: answer}}. An empty answer is none yet. Which questions there are depends on the answers
// before; one to a question that is not asked any more is left out. What cannot be taken stands in fault, and the others are kept.
func interviewPut(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Answers map[string]string `json:"answers"`
	}](args)
	if err != nil {
		return nil, err
	}
	in, err := d.underway()
	if err != nil {
		return nil, err
	}
	faults := map[string]string{}
	title := ""
	for seen := map[string]bool{}; ; {
		ps := in.Prompts()
		at := slices.IndexFunc(ps, func(p render.Prompt) bool { _, put := a.Answers[p.Key]; return put && !seen[p.Key] })
		if at < 0 {
			break
		}
		p := ps[at]
		seen[p.Key] = true
		switch typed := strings.TrimSpace(a.Answers[p.Key]); typed {
		case in.Answers[p.Key]:
		case "":
			delete(in.Answers, p.Key)
			title = p.Page
		default:
			if wrong := in.Take(p, typed); wrong != "" {
				faults[p.Key] = inWords(wrong)
			} else {
				title = p.Page
			}
		}
	}
	if title != "" {
		if err := d.keepAnswers(in, title); err != nil {
			return nil, err
		}
	}
	return d.asked(in, faults)
}

// fileWords are words of the file in what is said of an answer: the name of a key first, and key and signs elsewhere.
var fileWords = regexp.MustCompile("^`[a-z_.]+` must|`([^`]*)`")

// inWords says what is wrong with an answer to somebody who sees no file.
func inWords(s string) string {
	return fileWords.ReplaceAllStringFunc(s, func(m string) string {
		if strings.HasSuffix(m, " must") {
			return "This must"
		}
		return "“" + strings.Trim(m, "`") + "”"
	})
}

// keepAnswers lays the answers on the desk, in a file that is named after the program.
func (d *Desk) keepAnswers(in *Interview, title string) error {
	old := d.answers()
	in.Name = in.FileName()
	next := map[string][]byte{in.Name + AnswersEnd: []byte(in.Lines())}
	if old != "" && old != in.Name+AnswersEnd {
		next[old] = nil
	}
	d.change(fmt.Sprintf("You answered questions on the page “%s”.", title), next)
	return nil
}

// interviewFinish makes the program file. The answers stand in it, so their own file goes.
func interviewFinish(d *Desk, _ json.RawMessage) (any, error) {
	in, err := d.underway()
	if err != nil {
		return nil, err
	}
	for _, p := range in.Prompts() {
		if _, ok := in.Answers[p.Key]; !ok && p.Required {
			return nil, refuse("One answer is missing that a notice needs: "+p.Text, p.Hint)
		}
	}
	data, errs, _ := in.Misfits()
	if len(errs) > 0 {
		return nil, problem(errs[0])
	}
	down := d.down
	d.held, d.made = held{name: in.FileName(), files: map[string][]byte{in.FileName(): data}, down: down}, made{}
	if d.down == nil {
		d.down = map[string][]byte{}
	}
	d.first = d.files
	s, err := d.state()
	if err != nil {
		return nil, err
	}
	return &Finished{State: s, Left: append([]string{}, in.Left()...), Questions: s.Questions}, nil
}

// Finished is the answer of `interview.finish`.
type Finished struct {
	State     *State   `json:"state"`
	Left      []string `json:"left"` // languages that wait for a translator, by their English names
	Questions int      `json:"questions"`
}
