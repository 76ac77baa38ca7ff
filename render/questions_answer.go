package render

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Answered is one answer that is written into the file.
type Answered struct {
	Path, Old, New string
	Says           string // the new value in words
	Question       string
	Place          string
	By             string
	Pos            source.Pos // in the sheet
	Comment        bool       // a comment stands beside it in the file, which may be about the old value
}

// Outcome is what sheets that came back mean for a file.
type Outcome struct {
	Written []Answered
	Edits   []notices.Edit
	Asks    []string // what to ask whom next, in sentences
	ByHand  []Unfit  // what somebody has to write into the file
	Refused []Unfit  // answers that do not fit
	Left    int      // questions that were left open
}

// Unfit is an answer that is not taken as it is.
type Unfit struct {
	ID, Question, Place, Path string // of the question; Question is "" where the file has no such question
	Answer, By                string
	Says, Hint                string
	Code                      string
	Pos                       source.Pos // in the sheet
}

// ByHandSays tells somebody with the file before them what to write into it.
func (u Unfit) ByHandSays() string {
	return fmt.Sprintf("%s %s: %q (line %d). It takes several keys: write it into the file under %s.", u.Question, u.By, u.Answer, u.Pos.Line, u.Path)
}

// problem is an answer that does not fit, as a problem of its sheet.
func (u Unfit) problem() source.Problem {
	says := u.Says
	switch u.Code {
	case "sheet-answer":
		says = fmt.Sprintf("Q-%s (%s): %s", u.ID, u.Question, says)
	case "sheet-twice":
		says = fmt.Sprintf("Q-%s (%s) %s", u.ID, u.Place, says)
	}
	return source.Problem{Pos: u.Pos, Code: u.Code, Severity: source.Error, Message: says, Hint: u.Hint}
}

// Answers works out what sheets that came back mean for a file: which value goes where. All that does not fit is a problem, with its
// place in the sheet; then nothing may be written.
func Answers(c phrases, p *notices.Program, filled []*Filled) (*Outcome, source.Problems) {
	out := &Outcome{}
	var problems source.Problems
	names, err := newNames(c, p)
	if err != nil {
		return out, source.Problems{{Code: "words", Severity: source.Error, Message: err.Error()}}
	}
	type target struct {
		ask   notices.ToAsk
		place notices.AskedPlace
	}
	asks := notices.Asks(p, "")
	done := map[string]source.Pos{} // path -> the place of its answer
	for _, f := range filled {
		bad := func(u Unfit) {
			u.By = f.By
			out.Refused = append(out.Refused, u)
			problems = append(problems, u.problem())
		}
		if f.Program != "" && f.Program != string(p.Program.ID) {
			bad(Unfit{Pos: f.pos["program"], Code: "sheet-program", Says: fmt.Sprintf("This sheet is about the program %q, and the file is about %q.", f.Program, p.Program.ID), Hint: "Name the file to which the sheet belongs."})
			continue
		}
		// An answer for one place comes before the one for all places.
		var order []Filling
		for _, all := range []bool{false, true} {
			for _, a := range f.Answers {
				if whole := slices.ContainsFunc(asks, func(q notices.ToAsk) bool { return matches(q.Field+" everywhere", a.ID) }); whole == all {
					order = append(order, a)
				}
			}
		}
		own := map[string]bool{}
		for _, a := range order {
			var to []target
			for _, q := range asks {
				for _, pl := range q.Places {
					if matches(pl.Path, a.ID) || matches(q.Field+" everywhere", a.ID) && !own[pl.Path] {
						to = append(to, target{q, pl})
					}
				}
			}
			if len(to) == 0 {
				if slices.ContainsFunc(asks, func(q notices.ToAsk) bool { return matches(q.Field+" everywhere", a.ID) }) {
					continue // each of its places has an answer of its own
				}
				bad(Unfit{ID: a.ID, Answer: a.Text, Pos: a.Pos, Code: "sheet-id", Says: fmt.Sprintf("The file has no open question Q-%s.", a.ID),
					Hint: "Perhaps it was answered already; then delete the line. Else compare the letters with those of the sheet."})
				continue
			}
			var value string
			if a.Knows {
				if to[0].ask.Takes.Kind == notices.TakesForm && !dontApply(a.Text) && !(to[0].ask.Takes.None && isNone(a.Text)) {
					out.ByHand = append(out.ByHand, Unfit{ID: a.ID, Question: to[0].ask.Text, Place: names.place(to[0].place.Path), Path: to[0].place.Path, Answer: a.Text, By: f.By, Pos: a.Pos})
					continue
				}
				var message, hint string
				if value, message, hint = names.value(to[0].ask, a.Text); message != "" {
					bad(Unfit{ID: a.ID, Question: to[0].ask.Text, Place: names.place(to[0].place.Path), Path: to[0].place.Path, Answer: a.Text, Pos: a.Pos, Code: "sheet-answer", Says: message, Hint: hint})
					continue
				}
			}
			if a.Ask != "" {
				out.Asks = append(out.Asks, fmt.Sprintf("%s %s does not know, and names %s.", to[0].ask.Text, f.By, a.Ask))
			}
			for _, t := range to {
				own[t.place.Path] = true
				if first, twice := done[t.place.Path]; twice {
					bad(Unfit{ID: a.ID, Question: t.ask.Text, Place: names.place(t.place.Path), Path: t.place.Path, Answer: a.Text, Pos: a.Pos, Code: "sheet-twice",
						Says: fmt.Sprintf("is answered twice; the first answer is at %s:%d.", first.File, first.Line), Hint: "Keep one of the two."})
					continue
				}
				done[t.place.Path] = a.Pos
				if !a.Knows {
					out.Edits = append(out.Edits, wasAsked(p, t.place.Path, f.By, f.On.String())...)
					out.Left++
					continue
				}
				looked := f.Looked
				if a.Looked != nil {
					looked = *a.Looked
				}
				old, _ := p.Doc.Raw(t.place.Path)
				fact := longFact(p, t.place.Path, value, f.By, f.On.String(), looked)
				out.Edits = append(out.Edits, notices.Edit{Path: t.place.Path, Value: fact})
				out.Written = append(out.Written, Answered{Path: t.place.Path, Old: old, New: fact, Says: answerInWords(t.ask, value, a.Text), Question: t.ask.Text, Place: names.place(t.place.Path), By: f.By, Pos: a.Pos,
					Comment: strings.Contains(lineOf(p.Doc, t.place.Path), "#")})
			}
		}
	}
	out.Left = len(notices.Questions(p)) - len(out.Written)
	problems.Sort()
	return out, problems
}

// answerInWords says a new value as a person would: the words of the answer, or what the words of the file mean.
func answerInWords(q notices.ToAsk, value, answer string) string {
	if q.Takes.Kind != notices.TakesWord || value == "not_applicable" || value == "none" {
		return answer
	}
	var out []string
	for _, w := range strings.Split(strings.Trim(value, "[]"), ", ") {
		out = append(out, meaning(q.Field, w))
	}
	return strings.Join(out, "; ")
}

func lineOf(d *source.Doc, path string) string {
	line := d.Line(d.Pos(path).Line)
	return line[min(len(line), max(0, d.Pos(path).Col-1)):]
}

// matches says whether an id of a sheet, of any length, is that of a path.
func matches(path, id string) bool { return strings.HasPrefix(notices.AskID(path), id) }

// longFact writes an answer with what stands behind it. What other sources say (but) stays.
func longFact(p *notices.Program, path, value, by, on string, looked bool) string {
	how := source.Reported
	if looked {
		how = source.Verified
	}
	out := fmt.Sprintf("{is: %s, confidence: %s, by: %s, on: %s", value, how, source.Word(by), on)
	if but, ok := p.Doc.OneLine(path + ".but"); ok {
		out += ", but: " + but
	}
	return out + "}"
}

// WasAsked gives the edits that note of every open question for a person that somebody was asked on a day.
func WasAsked(p *notices.Program, to, who, on string) []notices.Edit {
	var out []notices.Edit
	for _, a := range notices.Asks(p, to) {
		for _, pl := range a.Places {
			out = append(out, wasAsked(p, pl.Path, who, on)...)
		}
	}
	return out
}

func wasAsked(p *notices.Program, path, who, on string) []notices.Edit {
	entry := fmt.Sprintf("{who: %s, on: %s}", source.Word(who), on)
	switch raw, _ := p.Doc.Raw(path + ".asked"); {
	case strings.Contains(unblank(raw), unblank(entry)):
		return nil
	case p.Doc.Has(path + ".asked"):
		return []notices.Edit{{Path: path + ".asked", Value: entry, Append: true}}
	case p.Doc.Has(path + ".is"):
		return []notices.Edit{{Path: path + ".asked", Value: "[" + entry + "]"}}
	}
	return []notices.Edit{{Path: path, Value: "{is: unknown, asked: [" + entry + "]}"}}
}

func unblank(s string) string { return strings.Join(strings.Fields(s), "") }

func isNone(s string) bool { return strings.EqualFold(strings.Trim(s, ". "), "none") }

func dontApply(s string) bool {
	switch strings.ToLower(strings.Trim(s, ". ")) {
	case "does not apply", "not applicable", "n/a", "not_applicable":
		return true
	}
	return false
}

var (
	copyEntry = regexp.MustCompile(`(?i)^(.+?)(?:\s+(?:at|with|in)\s+|\s+-\s+|\s*:\s*)(.+)$`)
	holdPart  = regexp.MustCompile(`(?i)^(from|since|to|until|reason|because|because of|public)\s*:?\s+(.+)$`)
)

// value turns an answer in words into the value that the file takes; else it says what is wrong and what to write.
func (n *sheetNames) value(q notices.ToAsk, s string) (value, message, hint string) {
	t := q.Takes
	how := "Write " + fits(q) + "."
	if len(t.Words) > 0 {
		how = "Write one of these: " + strings.Join(t.Words, ", ") + "."
		if t.Many {
			how = "Write some of these, with commas between them: " + strings.Join(t.Words, ", ") + "."
		}
	}
	no := func(format string, args ...any) (string, string, string) {
		return "", fmt.Sprintf(format, args...), how
	}
	if what, instead := source.TextFault("", s); what != "" {
		how = instead
		return no("in the answer stands %s.", what)
	}
	switch {
	case dontApply(s):
		return "not_applicable", "", ""
	case t.None && isNone(s):
		return "none", "", ""
	}
	plain := strings.ToLower(strings.TrimRight(s, ". "))
	switch t.Kind {
	case notices.TakesWord:
		var words []string
		for _, part := range n.parts(s, t.Many) {
			w, ok := wordFor(q.Field, part, t.Words)
			if !ok {
				if near := source.DidYouMean(part, t.Words); near != "" {
					how = fmt.Sprintf("Did you mean %q? %s", near, how)
				}
				return no("%q is not one of the words that fit.", part)
			}
			words = append(words, w)
		}
		if t.Many {
			return "[" + strings.Join(words, ", ") + "]", "", ""
		}
		return words[0], "", ""
	case notices.TakesPeriod:
		d, err := source.ParsePeriod(strings.ReplaceAll(plain, " event", "_event"))
		if err != nil {
			return no("%q is not a length of time.", s)
		}
		return d.String(), "", ""
	case notices.TakesDate, notices.TakesEnd:
		if t.Kind == notices.TakesEnd && (plain == "open" || plain == "still open") {
			return "open", "", ""
		}
		d, err := source.ParseDate(plain)
		if err != nil {
			return no("%q is not a date.", s)
		}
		return d.String(), "", ""
	case notices.TakesNumber:
		if v, err := strconv.Atoi(plain); err != nil || v < 0 {
			return no("%q is not a number in digits.", s)
		}
		return plain, "", ""
	case notices.TakesItem:
		var ids []string
		for _, part := range n.parts(s, t.Many) {
			id, ok := n.items[strings.ToLower(part)]
			if !ok {
				var all []string
				for name := range n.items {
					all = append(all, name)
				}
				slices.Sort(all)
				if near := source.DidYouMean(strings.ToLower(part), all); near != "" {
					how = fmt.Sprintf("Did you mean %q? %s", near, how)
				}
				return no("%q is not the name of a paper or fact that the file has.", part)
			}
			ids = append(ids, string(id))
		}
		if t.Many {
			return "[" + strings.Join(ids, ", ") + "]", "", ""
		}
		return ids[0], "", ""
	case notices.TakesCopies:
		return n.copies(s, no)
	case notices.TakesHolds:
		return holds(s, no)
	case notices.TakesLaw, notices.TakesRule:
		var ids []string
		for _, part := range n.parts(s, t.Many) {
			ids = append(ids, source.Word(part))
		}
		if t.Many {
			return "[" + strings.Join(ids, ", ") + "]", "", ""
		}
		return ids[0], "", ""
	}
	return source.Word(s), "", ""
}

// parts takes a list apart.
func (n *sheetNames) parts(s string, many bool) []string {
	if !many {
		return []string{strings.TrimRight(strings.TrimSpace(s), ".")}
	}
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }) {
		part = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(part), "."))
		part = strings.TrimPrefix(part, "and ")
		if part != "" {
			out = append(out, part)
		}
	}
	if len(out) == 0 {
		out = []string{s}
	}
	return out
}

// wordFor takes the word itself, in any capitals, or what it means.
func wordFor(field, s string, words []string) (string, bool) {
	plain := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(s))
	for _, w := range words {
		if plain == strings.ReplaceAll(w, "-", "_") || strings.EqualFold(s, meaning(field, w)) {
			return w, true
		}
	}
	return "", false
}

type refusing func(format string, args ...any) (string, string, string)

func (n *sheetNames) copies(s string, no refusing) (string, string, string) {
	var out []string
	for _, entry := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' }) {
		entry = strings.TrimRight(strings.TrimSpace(entry), ".")
		if entry == "" {
			continue
		}
		m := copyEntry.FindStringSubmatch(entry)
		if m == nil {
			return no("%q does not say both what kind of copy it is and who has it.", entry)
		}
		kinds := notices.CopyKind("").Words()
		kind, ok := wordFor("", strings.TrimSpace(m[1]), kinds)
		if !ok {
			return no("%q is not a kind of copy.", m[1])
		}
		holder := ""
		for id, h := range n.p.Holders {
			if strings.EqualFold(m[2], string(id)) || strings.EqualFold(m[2], n.text(h.Name)) {
				holder = string(id)
			}
		}
		if holder == "" {
			return no("%q is nobody whom the file names as a holder of records.", m[2])
		}
		out = append(out, fmt.Sprintf("{at: %s, kind: %s}", holder, kind))
	}
	if len(out) == 0 {
		return no("%q names no copy.", s)
	}
	return "[" + strings.Join(out, ", ") + "]", "", ""
}

func holds(s string, no refusing) (string, string, string) {
	got := map[string]string{}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }) {
		m := holdPart.FindStringSubmatch(strings.TrimRight(strings.TrimSpace(part), "."))
		if m == nil {
			return no("%q does not begin with from, to, reason or public.", strings.TrimSpace(part))
		}
		key := map[string]string{"since": "from", "until": "to", "because": "reason", "because of": "reason"}[strings.ToLower(m[1])]
		if key == "" {
			key = strings.ToLower(m[1])
		}
		if got[key] != "" {
			return no("%s stands there twice.", key)
		}
		v := strings.ToLower(m[2])
		_, notDate := source.ParseDate(v)
		switch key {
		case "from":
			if notDate != nil {
				return no("%q is not a date.", m[2])
			}
		case "to":
			if notDate != nil && v != "open" {
				return no("%q is not a date, and not open.", m[2])
			}
		case "reason":
			if !slices.Contains(notices.HoldReason("").Words(), v) {
				return no("%q is not one of the reasons.", m[2])
			}
		case "public":
			yes, ok := map[string]string{"yes": "true", "no": "false"}[v]
			if !ok {
				return no("public is yes or no.")
			}
			v = yes
		}
		got[key] = v
	}
	for _, key := range []string{"from", "to", "reason", "public"} {
		if got[key] == "" {
			return no("it does not say %s.", key)
		}
	}
	return fmt.Sprintf("[{from: %s, to: %s, reason: %s, public: %s}]", got["from"], got["to"], got["reason"], got["public"]), "", ""
}
