package packet

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fairnotice/notices/source"
)

// ReadWord reads what a reviewer said in a DOCX of the packet ([Packet.DOCX]) that came back from Word or LibreOffice: each comment, and
// each tracked change of a sentence or of a value beside it as a proposal of other words. Name is how problems call the file. The file says
// for which edition it was made; a program may have dropped that, and then it is the first of a.Packets.
//
// A comment on some words begins with them, in quotation marks, unless they are the whole sentence. A comment that ends with a question
// mark, or begins with "question:", is a question; one that begins with "wording:" proposes other words; every other one is an
// objection. An answer to a comment stands where that one stands. A comment over several statements is one on each. The reviewer is
// [ReviewerOf] the name that Word gives, or a.Reviewer where it gives none.
//
// Changes of several people in one sentence are proposals of their own, each as if the others had changed nothing; who took something out
// of what another one had put in builds on that one's words. Words that differ from those that were sent and are not marked as changes
// are a proposal too, of whoever saved the file last, and a warning says so. What cannot be put beside a statement, or holds what no
// text may hold ([source.CheckText]), is left out with its words: nothing is dropped without a word.
//
// With an error nothing is given. The file is held to be hostile: see the bounds.
func ReadWord(name string, data []byte, a Arrived) (*Back, source.Problems) {
	r := &wordReader{name: name, a: a, back: &Back{Form: "word"}}
	text, err := readWord(data)
	var fault *wordFault
	switch {
	case errors.As(err, &fault):
		r.say(source.Error, "docx", fault.says, fault.hint)
		return nil, r.problems
	case err != nil:
		r.say(source.Error, "docx", "The file is damaged.", saveAgain)
		return nil, r.problems
	}
	r.text = text
	digest, edition, program := text.about[wordDigest], text.about[wordEdition], text.about[wordProgram]
	for _, n := range a.Packets {
		if r.numbers == nil && (digest == "" || n.Digest == digest) {
			r.numbers = n
		}
	}
	const beside = "Read it beside the program file from which it was made, with its folder of reviews."
	switch {
	case len(a.Packets) > 0 && program != "" && program != string(a.Packets[0].Program):
		r.say(source.Error, "docx", fmt.Sprintf("The file is about the program %q, and not about %q.", short(program), a.Packets[0].Program), "Name the program file to which it belongs.")
	case r.numbers == nil && digest != "":
		r.say(source.Error, "docx", fmt.Sprintf("The file was made for edition %s of %q, and there is no record that those words were sent.", short(edition), short(program)), beside)
	case r.numbers == nil:
		r.say(source.Error, "docx", "There is no record of what was sent, so nobody knows which words the file is about.", beside)
	default:
		r.judge()
		return r.back, r.problems
	}
	return nil, r.problems
}

// wordReader turns what was read into comments.
type wordReader struct {
	name     string
	a        Arrived
	text     *wordText
	numbers  *Numbers
	back     *Back
	problems source.Problems

	found   []*wordFound          // the places, in the order of the file
	rows    map[int]*wordFound    // the first place of a row
	covered map[string][]*covered // by comment: what its range covers
	loose   map[string]*wordPara  // by comment: where its mark stands, outside of every place
}

func (r *wordReader) say(s source.Severity, code, message, hint string) {
	if len(r.problems) < 200 {
		r.problems = append(r.problems, source.Problem{Pos: source.Pos{File: r.name}, Severity: s, Code: code, Message: message, Hint: hint})
	}
}

func (r *wordReader) judge() {
	r.gather()
	r.byText()
	r.rowsOf()
	missing := map[wordPlace]bool{}
	for _, l := range r.languages() {
		for _, s := range r.numbers.Statements {
			missing[wordPlace{number: s.Number, lang: l}] = true
		}
	}
	// Where somebody copied a control, its tag stands twice. The one that has the words that were sent is the statement.
	best := map[wordPlace]*wordFound{}
	for _, f := range r.found {
		delete(missing, f.wordPlace)
		was, ok := r.sentAs(f.wordPlace)
		if old := best[f.wordPlace]; old == nil || ok && !same(old.before(), was) && same(f.before(), was) {
			best[f.wordPlace] = f
		}
	}
	for _, f := range r.found {
		if best[f.wordPlace] == f || f.changed() {
			r.changes(f)
		}
	}
	r.elsewhere()
	r.comments()
	r.gone(missing)
	for _, what := range r.text.apart {
		r.say(source.Warning, "docx", "There are "+what+" in the file. They are not read.", "Open the file, and look at them.")
	}
	slices.SortStableFunc(r.back.Comments, func(a, b Comment) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Language, b.Language))
	})
}

// languages are those whose statements the file should have.
func (r *wordReader) languages() []string {
	out := []string{}
	for _, f := range r.found {
		if f.lang != "" && !slices.Contains(out, f.lang) {
			out = append(out, f.lang)
		}
	}
	return out
}

// language is that in which the file is reviewed.
func (r *wordReader) language() string {
	if l := r.text.about[wordLanguage]; slices.Contains(r.numbers.Languages, l) {
		return l
	}
	if ls := r.languages(); len(ls) > 0 {
		return ls[len(ls)-1]
	}
	if len(r.numbers.Languages) > 0 {
		return r.numbers.Languages[0]
	}
	return ""
}

// comments puts each comment to the statements that its range covers.
func (r *wordReader) comments() {
	byPara := map[string]int{}
	for i, c := range r.text.comments {
		if c.paraID != "" {
			byPara[c.paraID] = i
		}
	}
	for i := range r.text.comments {
		c := r.text.comments[i]
		id := c.id
		for hops := 0; len(r.covered[id]) == 0 && c.parent != "" && hops < 20; hops++ {
			j, ok := byPara[c.parent]
			if !ok {
				break
			}
			id, c.parent = r.text.comments[j].id, r.text.comments[j].parent
		}
		r.remark(r.text.comments[i], id)
	}
}

// remark is one comment, whose place is that of the comment with an id: its own, or one that it answers.
func (r *wordReader) remark(c wordComment, id string) {
	text := tidyLines(string(c.text))
	if text == "" {
		return
	}
	type target struct {
		place wordPlace
		quote string
	}
	var to []target
	for _, part := range r.covered[id] {
		p := part.at.wordPlace
		if p.why {
			p = wordPlace{number: p.number, lang: r.language()}
		}
		t := target{place: p}
		if words := tidy(string(part.text)); words != "" && part.size < part.at.size() && !part.at.why {
			t.quote = words
		}
		i := slices.IndexFunc(to, func(o target) bool { return o.place.number == p.number })
		switch {
		case i < 0:
			to = append(to, t)
		case to[i].place.lang != p.lang && p.lang == r.language():
			to[i] = t
		case to[i].place.lang == p.lang && to[i].place.value > 0 && p.value == 0:
			to[i] = t
		}
	}
	if para := r.loose[id]; len(to) == 0 && para != nil {
		if f := r.rows[para.row]; f != nil {
			lang := f.lang
			if f.why {
				lang = r.language()
			}
			to = append(to, target{place: wordPlace{number: f.number, lang: lang}})
		}
	}
	kept := false
	for _, t := range to {
		was, ok := r.sentAs(t.place)
		if !ok {
			continue
		}
		m := r.comment(t.place, was, c.author, c.on)
		m.Is, m.Text = sortOf(text)
		if m.Text == "" {
			m.Is, m.Text = Objection, text
		}
		if m.Is == Wording {
			m.Text = tidy(m.Text)
		} else if t.quote != "" {
			m.Text = "“" + cutText(t.quote, 300) + "”: " + m.Text
		}
		kept = true
		r.keep(m, t.place)
	}
	if !kept {
		r.lost("A comment by "+readable(c.author)+" is about no statement", text)
	}
}

// sortOf is what a comment is, by its first word or its last sign, and its words without that first word.
func sortOf(text string) (Sort, string) {
	first, rest, ok := strings.Cut(text, ":")
	if ok {
		switch strings.ToLower(strings.TrimSpace(first)) {
		case "question", "ask", "q":
			return Ask, strings.TrimSpace(rest)
		case "wording", "propose", "proposal":
			return Wording, strings.TrimSpace(rest)
		case "objection", "object":
			return Objection, strings.TrimSpace(rest)
		}
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, " \n\"”»)"))
	if strings.ContainsRune("?؟？;", last) && (last != ';' || strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Greek, r) })) {
		return Ask, text
	}
	return Objection, text
}

func (r *wordReader) comment(p wordPlace, was, by string, on source.Day) Comment {
	s, _ := r.numbers.Of(p.number)
	if on == 0 || on > r.a.On {
		on = r.a.On
	}
	return Comment{Program: r.numbers.Program, Edition: r.numbers.Edition, Digest: r.numbers.Digest, Statement: s.Statement(), Number: p.number,
		Language: p.lang, Reviewer: r.reviewer(by), On: on, Was: was, From: source.Pos{File: r.name}}
}

// reviewer is the id of somebody; nobody's name is that of whoever brought the file.
func (r *wordReader) reviewer(by string) string {
	if r.a.Reviewer != "" && (by == "unknown" || by == "Unknown Author") {
		return r.a.Reviewer
	}
	return ReviewerOf(by)
}

// keep takes a comment, in parts if it is longer than one may be, unless it holds what no text may hold.
func (r *wordReader) keep(c Comment, at wordPlace) {
	if _, what, _ := textFault(c.Language, c.Text, c.Was); what != "" {
		r.lost(fmt.Sprintf("What %s says of statement %d in %s holds %s", c.Reviewer, at.number, at.lang, what), c.Text)
		return
	}
	if c.Was == "" || len(r.back.Comments) >= maxBlocks {
		r.lost(fmt.Sprintf("There is no room for what %s says of statement %d", c.Reviewer, at.number), c.Text)
		return
	}
	parts := cutParts(c.Text, maxText-100)
	if len(parts) > 1 && c.Is == Wording {
		r.lost(fmt.Sprintf("What %s proposes for statement %d is longer than a sentence may be", c.Reviewer, at.number), c.Text)
		return
	}
	for i, part := range parts {
		if c.Text = part; len(parts) > 1 {
			c.Text = fmt.Sprintf("(%d of %d) %s", i+1, len(parts), part)
		}
		r.back.Comments = append(r.back.Comments, c)
	}
}

// lost leaves something out that has no place, with its words and the reason.
func (r *wordReader) lost(why, words string) {
	if len(r.back.Left) < maxBlocks {
		r.back.Left = append(r.back.Left, Passage{Pos: source.Pos{File: r.name}, Text: why + ": " + readable(words)})
	}
}
