package render

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Sheet is the open questions of a program for one person: out as a text for mail or as a page to fill in, and back in as a text. It
// is a working paper of the staff, in English, and never part of an edition.
type Sheet struct {
	Program, ID, File string
	Edition           string // 1 of 2025-06-14
	To                string // records, it, vendor, counsel or program
	Questions         []SheetQuestion
}

// SheetQuestion is one question, for one place or for several that are asked alike.
type SheetQuestion struct {
	ID, Text, Fits string
	Choices        [][2]string // word, meaning
	Kind           string      // what it takes, as notices.TakesKind
	Many, Words    bool
	None           bool // none is an answer, too
	Long           bool // the answer may take several lines
	Says           string
	Places         []SheetPlace
}

// SheetPlace is one place that an answer fills.
type SheetPlace struct{ ID, Name, Asked string }

// Persons names whom questions are for.
var persons = map[string]string{"program": "the program's staff", "records": "the records officer", "it": "IT", "vendor": "the company", "counsel": "counsel"}

// Why says which sentence of the notice waits for the answer.
func (q SheetQuestion) Why() string {
	if q.Says == "" {
		return "The notice waits for this: now it lists the question among those that nobody has answered."
	}
	return "The notice waits for this. Now it says: " + q.Says
}

// Plain says that each word means itself, as yes and no do.
func (q SheetQuestion) Plain() bool {
	return q.Words && !slices.ContainsFunc(q.Choices, func(c [2]string) bool { return c[0] != c[1] })
}

// Person says in words whom a question is for.
func Person(to string) string { return persons[to] }

// NewSheet makes the sheet for one person. says gives, by path, the sentence of the notice that an answer would change; it may be nil.
// Words comes from the catalogue in English.
func NewSheet(c phrases, p *notices.Program, to string, says map[string]string) (*Sheet, error) {
	names, err := newNames(c, p)
	if err != nil {
		return nil, err
	}
	s := &Sheet{Program: names.text(p.Program.Name), ID: string(p.Program.ID), File: p.File, To: to, Edition: fmt.Sprintf("%d of %s", p.Edition.Number, p.Edition.AsOf)}
	for _, a := range notices.Asks(p, to) {
		words, err := choices(c, a)
		if err != nil {
			return nil, err
		}
		q := SheetQuestion{ID: a.ID, Text: a.Text, Fits: fits(a), Choices: words, Kind: string(a.Takes.Kind), None: a.Takes.None, Many: a.Takes.Many, Words: a.Takes.Kind == notices.TakesWord,
			Long: a.Takes.Kind == notices.TakesCopies || a.Takes.Kind == notices.TakesForm || a.Takes.Kind == notices.TakesHolds}
		if a.Takes.Kind == notices.TakesCopies {
			q.Fits += ". Who has it is one of these: " + strings.Join(names.holders(), "; ")
		}
		for _, pl := range a.Places {
			if q.Says == "" {
				q.Says = says[pl.Path]
			}
			asked := make([]string, len(pl.Asked))
			for i, x := range pl.Asked {
				asked[i] = fmt.Sprintf("%s on %s", x.Who, x.On)
			}
			q.Places = append(q.Places, SheetPlace{ID: pl.ID, Name: names.place(pl.Path), Asked: strings.Join(asked, ", ")})
		}
		s.Questions = append(s.Questions, q)
	}
	return s, nil
}

// names calls what stands in a program file by its names, not by its paths.
type sheetNames struct {
	c      phrases
	p      *notices.Program
	places map[string]string
	items  map[string]source.ID // by name, in small letters
}

func newNames(c phrases, p *notices.Program) (*sheetNames, error) {
	n := &sheetNames{c: c, p: p, places: map[string]string{}, items: map[string]source.ID{}}
	item := map[source.ID]string{}
	for _, i := range notices.Vocabulary() {
		label, err := c.Phrase("en", "item."+string(i.ID))
		if err != nil {
			return nil, err
		}
		item[i.ID] = label
	}
	for id, i := range p.Items {
		item[id] = n.text(i.Name)
	}
	for id, label := range item {
		n.items[strings.ToLower(label)], n.items[string(id)] = id, id
	}
	list := func(ids []source.ID) string {
		out := make([]string, len(ids))
		for i, id := range ids {
			if out[i] = item[id]; out[i] == "" {
				out[i] = string(id)
			}
		}
		return strings.Join(out, "; ")
	}
	kept := map[source.ID][]source.ID{}
	for _, id := range slices.Sorted(maps.Keys(p.Channels)) {
		ch := p.Channels[id]
		name := n.text(ch.Name)
		n.places["channels."+string(id)] = name
		for _, ph := range ch.Phases {
			path, when := "channels."+string(id)+".phases."+string(ph.ID), name
			if len(ch.Phases) > 1 {
				when += ", " + span(ph)
			}
			n.places[path] = when
			for i, a := range ph.Asks.Is {
				says := list(a.Items) + " (" + when + ")"
				n.places[fmt.Sprintf("%s.asks.%d", path, i)] = says
				n.places[fmt.Sprintf("%s.asks.is.%d", path, i)] = says
				if a.Retention != "" {
					for _, it := range a.Items {
						if !slices.Contains(kept[a.Retention], it) {
							kept[a.Retention] = append(kept[a.Retention], it)
						}
					}
				}
			}
		}
	}
	for id := range p.Retention {
		n.places["retention."+string(id)] = strings.TrimSuffix(strings.ReplaceAll(string(id), "_", " ")+": "+list(kept[id]), ": ")
	}
	for id, h := range p.Holders {
		n.places["holders."+string(id)] = n.text(h.Name)
	}
	for id, s := range p.Sources {
		n.places["sources."+string(id)] = s.Title
	}
	both := func(key, entry, name string) {
		n.places[key+"."+entry], n.places[key+".is."+entry] = name, name
	}
	for _, d := range p.Demands.Is {
		both("demands", string(d.ID), "the demand of "+d.Dated.String())
	}
	for i, h := range p.Partners.Is {
		both("partners", fmt.Sprint(i), n.text(h.Name))
	}
	for i, w := range p.Ways.Is {
		both("alternatives", fmt.Sprint(i), n.text(p.Channels[w.Use].Name)+", instead of: "+n.text(p.Channels[w.InsteadOf].Name))
	}
	for i, h := range p.Help {
		n.places[fmt.Sprintf("help.%d", i)] = n.text(h.Name)
	}
	return n, nil
}

// span says in plain English between which days a phase was.
func span(ph notices.Phase) string {
	out := "the time called " + string(ph.ID)
	from, to := ph.From, ph.To
	switch {
	case from.Known() && to.Known() && to.Is.Open:
		out = "since " + from.Is.String()
	case from.Known() && to.Known():
		out = from.Is.String() + " to " + to.Is.String()
	}
	return out
}

// text is a text in English, or in the first language of the file.
func (n *sheetNames) text(t source.Text) string {
	for _, tag := range append([]string{"en"}, n.p.Languages...) {
		if s, ok := t.For(tag); ok {
			return s
		}
	}
	return t.Name
}

// place names a place of the file: the nearest thing above it that has a name.
func (n *sheetNames) place(path string) string {
	for path != "" {
		if name, ok := n.places[path]; ok {
			return name
		}
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
	}
	return ""
}

func (n *sheetNames) holders() []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(n.p.Holders)) {
		out = append(out, fmt.Sprintf("%s (%s)", id, n.text(n.p.Holders[id].Name)))
	}
	return out
}

const sheetWidth = 76

// Text writes the sheet as a text for mail. What comes back is read by [ReadSheet].
func (s *Sheet) Text(w io.Writer) error {
	var b strings.Builder
	par := func(indent int, text string) {
		b.WriteString(wrapped(text, indent, sheetWidth))
	}
	par(0, fmt.Sprintf("%s: questions for %s", s.Program, persons[s.To]))
	par(0, fmt.Sprintf("(Working paper; may be a public record. File %s, edition %s.)", s.File, s.Edition))
	b.WriteString("\n")
	par(0, "Write your answers behind the = signs and send this text back. Leave a line empty if you skip it. If you do not know, write: "+
		"I do not know; ask NAME. If nobody knows, that is an answer: the notice will say that it is not known. Do not guess.")
	b.WriteString("\n")
	par(0, "A question for several places has one line for all of them first. Use the lines below it only for places that differ.")
	b.WriteString("\n")
	par(0, "Looked or told: write looked if you looked yourself, told if somebody told you. For one answer alone, write it at the end: 7 years [told].")
	fmt.Fprintf(&b, "\nProgram = %s\n\nYour name =\n\nDay of your answers (such as 2025-06-14) =\n\nLooked or told =\n\n", s.ID)
	for i, q := range s.Questions {
		b.WriteString(strings.Repeat("-", sheetWidth) + "\n")
		par(0, fmt.Sprintf("(%d) %s", i+1, q.Text))
		par(4, q.Why())
		par(4, "Write "+q.Fits+".")
		for _, c := range q.Choices {
			if q.Plain() {
				break
			}
			if c[0] == c[1] {
				par(6, "* "+c[0])
			} else {
				par(6, fmt.Sprintf("* %s: %s", c[0], c[1]))
			}
		}
		alone := len(q.Places) == 1
		if !alone {
			par(4, "For all "+strconv.Itoa(len(q.Places))+" places below, in one answer:")
			fmt.Fprintf(&b, "\nQ-%s =\n\n", q.ID)
		}
		for _, p := range q.Places {
			if p.Name != "" && alone {
				par(4, "About: "+p.Name)
			} else if p.Name != "" {
				par(4, "Only for: "+p.Name)
			}
			if p.Asked != "" {
				par(4, "Asked before, without an answer: "+p.Asked)
			}
			fmt.Fprintf(&b, "\nQ-%s =\n\n", p.ID)
		}
	}
	if len(s.Questions) == 0 {
		b.WriteString("There is no open question.\n")
	}
	b.WriteString(strings.Repeat("-", sheetWidth) + "\n(End of the questions)\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// wrapped breaks a text into lines of at most width characters, at blanks.
func wrapped(text string, indent, width int) string {
	var b strings.Builder
	lead := strings.Repeat(" ", indent)
	n := 0
	for i, word := range strings.Fields(text) {
		size := len([]rune(word))
		switch {
		case i == 0:
			b.WriteString(lead)
			n = indent
		case n+1+size > width:
			b.WriteString("\n" + lead)
			if strings.HasPrefix(text, "* ") {
				b.WriteString("  ")
				n += 2
			}
			n = indent
		default:
			b.WriteByte(' ')
			n++
		}
		b.WriteString(word)
		n += size
	}
	return b.String() + "\n"
}

// Waiting gives, for each path of the program file, the sentence of a notice that an answer there would change: the first that says
// that something is not known, else the first that stands because of it.
func Waiting(n *locales.Notice) map[string]string {
	out, sure := map[string]string{}, map[string]bool{}
	for _, s := range n.Sections {
		if s.Layer == 1 {
			continue
		}
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				if strings.HasPrefix(st.Message, "unknown.") {
					continue // the list of all that is not known
				}
				open := strings.Contains(st.Message, "unknown") || strings.Contains(st.Message, "not_known")
				for _, r := range st.Because {
					if _, ok := out[r.Path]; r.Path != "" && (!ok || open && !sure[r.Path]) {
						out[r.Path], sure[r.Path] = withValue(st), open
					}
				}
			}
		}
	}
	return out
}

// withValue is a statement with what it is about, where it leads to that.
func withValue(st locales.Statement) string {
	if !strings.HasSuffix(st.Text, ":") {
		return st.Text
	}
	for _, v := range st.Values {
		if len(v.Text) > 0 {
			return st.Text + " " + strings.Join(v.Text, "; ")
		}
	}
	return st.Text
}
