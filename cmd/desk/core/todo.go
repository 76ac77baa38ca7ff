package core

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// ToDo is the answer of `todo`: {whole?}: what is open, by the person who can mend it. It holds every error and warning that `fairnotice check`
// finds, and every question, each once and in the same words; and the languages that are held back. As long as the state is counting it holds
// what was found so far; with whole, all is looked at first, which takes some seconds in a browser.
type ToDo struct {
	People []Person `json:"people"`
	State  *State   `json:"state"` // with everything counted
}

// Person is who can mend some things.
type Person struct {
	Who    string  `json:"who"` // you, program, records, it, vendor, counsel, translator
	Title  string  `json:"title"`
	Things []Thing `json:"things"`
}

// Thing is one thing to mend or to answer.
type Thing struct {
	Severity string      `json:"severity"` // error, warning, question, or note for a language that is held back
	Text     string      `json:"text"`     // what is wrong, or what is asked
	Label    string      `json:"label"`    // the question whose answer is meant, in words; "" where the text says it, or where it is no answer
	About    string      `json:"about"`    // of what; "" where the text says all
	Hint     string      `json:"hint"`     // what to do; "" where the button says it
	File     string      `json:"file"`     // the file, where it is another than the program file; "" else
	Line     int         `json:"line"`     // of the file; 0 where it is of no line
	Words    string      `json:"words"`    // the line, as it stands; "" where it would not help
	Path     string      `json:"path"`
	Code     string      `json:"code"`  // for whoever asks for help; shown last, or not at all
	Asked    []AskedWhom `json:"asked"` // who was asked, and has not answered
	Mend     Mend        `json:"mend"`
}

// Mend is the button of a thing: it leads to a screen, or does an operation (`fact` opens the editor of its path).
type Mend struct {
	Screen string         `json:"screen,omitempty"` // notice, languages, counsel, asking
	Op     string         `json:"op,omitempty"`
	Args   map[string]any `json:"args"`
	Label  string         `json:"label"`
}

var personTitles = []struct{ who, title string }{{"you", "For you"}, {"program", "The program’s staff"}, {"records", "The records officer"}, {"it", "IT"}, {"vendor", "The company"},
	{"counsel", "Counsel"}, {"translator", "The translator"}}

func todo(d *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Whole bool `json:"whole"`
	}](args)
	if err != nil {
		return nil, err
	}
	look := d.read
	if a.Whole {
		look = d.judged
	}
	f, err := look()
	if err != nil {
		return nil, err
	}
	all := map[string][]Thing{}
	add := func(who string, t Thing) { all[who] = append(all[who], t) }
	for _, p := range f.Problems {
		if p.Severity != source.Question {
			who, t := d.thing(f, p)
			add(who, t)
		}
	}
	if f.Program != nil {
		names, err := d.naming(f.Program)
		if err != nil {
			return nil, err
		}
		for _, q := range notices.Questions(f.Program) {
			t := Thing{Severity: "question", Text: q.Text, About: names.Place(q.Path), Line: q.Pos.Line, Path: q.Path, Code: "question",
				Mend: Mend{Op: "fact", Args: map[string]any{"path": q.Path}, Label: "Answer this"}}
			for _, a := range q.Asked {
				t.Asked = append(t.Asked, AskedWhom{a.Who, a.On.String()})
			}
			who := q.Ask
			if !slices.ContainsFunc(personTitles, func(p struct{ who, title string }) bool { return p.who == who }) {
				who = "program"
			}
			add(who, t)
		}
		for _, l := range d.languageStates() {
			if l.State == "held" && !f.Problems.Failed() {
				add("translator", Thing{Severity: "note", Text: fmt.Sprintf("The notice cannot be shown in %s yet.", l.English), Hint: l.Why, Code: "held",
					Mend: Mend{Screen: "languages", Args: map[string]any{"tag": l.Tag}, Label: "Go to the languages"}})
			}
		}
	}
	out := ToDo{People: []Person{}}
	for _, p := range personTitles {
		if len(all[p.who]) > 0 {
			out.People = append(out.People, Person{p.who, p.title, all[p.who]})
		}
	}
	out.State, err = d.state()
	return out, err
}

// thing is a problem with the button that mends it, and who presses it.
func (d *Desk) thing(f *File, p source.Problem) (string, Thing) {
	t := Thing{Severity: string(p.Severity), Text: p.Message, Hint: spoken(p.Hint), Line: p.Pos.Line, Path: p.Path, Code: p.Code}
	args := func(path string) map[string]any { return map[string]any{"path": path} }
	if p.Pos.File != "" && p.Pos.File != d.name {
		t.File = p.Pos.File
		switch {
		case t.File == d.beside(notices.WordingName):
			t.Mend = Mend{Op: "fact", Args: args(lineOf(p.Pos)), Label: "Mend this line of the office’s own words"}
		case t.File == d.beside(source.LockName):
			t.Mend = Mend{Screen: "languages", Args: map[string]any{}, Label: "Go to the languages"}
		default:
			t.Mend = Mend{Op: "fact", Args: args(lineOf(p.Pos)), Label: "Mend this line"}
		}
		if _, ok := d.files[t.File]; !ok || p.Pos.Line == 0 {
			t.Mend = Mend{Screen: "start", Args: map[string]any{}, Label: "Open the files again"}
		}
		if strings.Contains(t.File, "/law/") {
			return "counsel", t
		}
		return "you", t
	}
	if f.Program != nil {
		if names, err := d.naming(f.Program); err == nil {
			t.About = names.Place(p.Path)
		}
	}
	field, known := notices.FieldAt(p.Path)
	switch at, isLanguage := languageAt(f, p.Path); {
	case isLanguage && p.Severity != source.Error && slices.Contains([]string{"language", "unreviewed"}, p.Code):
		t.Mend = Mend{Screen: "languages", Args: map[string]any{"tag": at}, Label: "Go to the languages"}
		return "translator", t
	case isLanguage && p.Severity != source.Error:
		t.Mend = Mend{Screen: "notice", Args: map[string]any{"languages": []string{at}}, Label: "See the sentence in the notice"}
		return "you", t
	case known && parsed(f) && (f.Program.Doc.Has(p.Path) || canAdd(f, p.Path)):
		t.Label = label(field, p.Path)
		t.Mend = Mend{Op: "fact", Args: args(p.Path), Label: "Mend this"}
		if !f.Program.Doc.Has(p.Path) {
			t.Mend.Label = "Write it"
		}
	case f.Program != nil && p.Pos.Line > 0:
		t.Mend = Mend{Op: "fact", Args: args(lineOf(p.Pos)), Label: fmt.Sprintf("Mend line %d", p.Pos.Line)}
		t.Words = p.Excerpt
	default:
		t.Mend = Mend{Screen: "start", Args: map[string]any{}, Label: "Open another file"}
	}
	if p.Severity == source.Warning && field.Fact && slices.Contains([]string{"unverified", "sources-disagree"}, p.Code) {
		return field.Ask, t
	}
	return "you", t
}

// parsed says that the values of a file can be found, be they right or wrong.
func parsed(f *File) bool {
	_, ok := f.Program.Doc.Raw("fairnotice")
	return ok
}

// canAdd says that a key may be added at a path: its group is there.
func canAdd(f *File, path string) bool {
	up := path[:max(0, strings.LastIndexByte(path, '.'))]
	return up == "" || f.Program.Doc.Has(up)
}

// languageAt is the language that a path of the list of languages names.
func languageAt(f *File, path string) (string, bool) {
	n, ok := strings.CutPrefix(path, "languages.")
	at, err := strconv.Atoi(n)
	if !ok || err != nil || f.Program == nil || at < 0 || at >= len(f.Program.Languages) {
		return "", false
	}
	return f.Program.Languages[at], true
}

// command is a sentence that tells somebody to type a command. At the desk nobody types one.
var command = regexp.MustCompile(`\s*[^.!?]*\bfairnotice [a-z]+[^.!?]*(?:[.!?]|$)`)

// spoken is a hint without what only the command can do.
func spoken(hint string) string {
	return strings.TrimSpace(command.ReplaceAllString(hint, ""))
}

// A line of a file can be mended as a path is: line:97, or line:12:citykey/wording.yaml for another file. This is for what cannot be
// reached otherwise: a key that does not exist, a bracket that is not closed.

func lineOf(pos source.Pos) string {
	return fmt.Sprintf("line:%d:%s", pos.Line, pos.File)
}

// lineAt reads such a path.
func (d *Desk) lineAt(path string) (name string, number int, ok bool) {
	rest, ok := strings.CutPrefix(path, "line:")
	if !ok {
		return "", 0, false
	}
	n, name, _ := strings.Cut(rest, ":")
	number, err := strconv.Atoi(n)
	if name == "" {
		name = d.name
	}
	_, there := d.files[name]
	return name, number, err == nil && number > 0 && there
}

// ends splits a text in its lines, each with how it ends.
var ends = regexp.MustCompile("[^\r\n]*(?:\r\n|\r|\n|$)")

func rawLines(b []byte) []string {
	all := ends.FindAllString(string(b), -1)
	if len(all) > 1 && all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}

// lineEditor is the editor of one line.
func (d *Desk) lineEditor(path, name string, number int) (*Editor, error) {
	all := rawLines(d.files[name])
	if number > len(all) {
		return nil, refuse("Your file has fewer lines.", "Look at “To do” again.")
	}
	text := strings.TrimRight(all[number-1], "\r\n")
	where := "your file"
	if name != d.name {
		where = name
	}
	return &Editor{Path: path, Label: fmt.Sprintf("Line %d of %s", number, where), Help: "This line is written as it stands in the file. The blanks at its beginning say what it belongs to: leave them. An empty line is taken out.",
		Line: number, Raw: text, Value: text, Words: strings.TrimSpace(text), Kind: "line", Choices: []Choice{}, List: []string{}, Texts: []TextIn{}, Special: []Choice{}, But: []ButWords{}}, nil
}

// setLine puts a line in the place of another, or takes it out.
func (d *Desk) setLine(path, name string, number int, value string) (*Set, error) {
	before := d.files[name]
	all := rawLines(before)
	if number > len(all) {
		return nil, refuse("Your file has fewer lines.", "Look at “To do” again.")
	}
	if strings.ContainsAny(value, "\r\n") {
		return nil, refuse("This is more than one line.", "Write one line.")
	}
	was, err := d.read()
	if err != nil {
		return nil, err
	}
	old := all[number-1]
	all[number-1] = value + old[len(strings.TrimRight(old, "\r\n")):]
	if strings.TrimSpace(value) == "" {
		all = slices.Delete(all, number-1, number)
	}
	after := []byte(strings.Join(all, ""))
	d.change(fmt.Sprintf("Line %d was changed.", number), map[string][]byte{name: after})
	now, err := d.read()
	if err != nil {
		return nil, err
	}
	if now.Unread && !was.Unread {
		return nil, problem(now.Problems.Of(source.Error)[0])
	}
	out := &Set{Also: []string{}, Changed: Lines{lines(before, after)}}
	if out.State, err = d.state(); err != nil {
		return nil, err
	}
	if strings.TrimSpace(value) != "" {
		out.Fact, err = d.lineEditor(path, name, number)
	}
	return out, err
}
