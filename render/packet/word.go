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

// wordFound is one place as it stands in the file: the pieces that belong to it.
type wordFound struct {
	wordPlace
	pieces []wordPiece
	row    int
	last   *wordPara // the last paragraph that has any of it
}

// covered is how much of a place the range of a comment covers.
type covered struct {
	at   *wordFound
	text []byte // its beginning, if it is long
	size int    // of all of it
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

// same says that two texts are the same for a reader.
func same(a, b string) bool { return plainWords(a) == plainWords(b) }

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

// sentAs is the words of a place as they were sent.
func (r *wordReader) sentAs(p wordPlace) (string, bool) {
	s, ok := r.numbers.Of(p.number)
	if !ok || p.why {
		return "", false
	}
	if p.value == 0 {
		text, ok := s.Text[p.lang]
		return text, ok
	}
	if vs := s.Values[p.lang]; p.value <= len(vs) {
		return vs[p.value-1], true
	}
	return "", false
}

// gather puts the pieces of each paragraph to their places. What stands in a paragraph of one sentence and outside of its control belongs
// to the sentence: a program may have put what was added at its end behind the end of the bookmark. So does a paragraph that was one with
// the sentence before somebody parted them. In a paragraph of values what was put in belongs to the value before it.
func (r *wordReader) gather() {
	at := map[*wordPlace]*wordFound{}
	var last *wordFound
	for n, para := range r.text.paras {
		var one *wordPlace
		several := false
		for _, p := range para.pieces {
			if p.place != nil && one != nil && *p.place != *one {
				several = true
			}
			if p.place != nil && one == nil {
				one = p.place
			}
		}
		if n > 0 && one == nil && last != nil && last.last == r.text.paras[n-1] && last.last.end.ins > 0 && last.last.cell == para.cell {
			one = &last.wordPlace
		}
		alone := one != nil && !several && one.value == 0
		var before *wordPlace
		for i := range para.pieces {
			p := &para.pieces[i]
			if p.place == nil {
				switch {
				case alone:
					p.place = one
				case before != nil && p.ins > 0:
					p.place = before
				}
			}
			if p.place == nil {
				continue
			}
			before = p.place
			f := at[p.place]
			if f == nil && last != nil && last.wordPlace == *p.place && last.row == para.row {
				f = last // its control and its bookmark, or two halves of one
				at[p.place] = f
			}
			if f == nil {
				f = &wordFound{wordPlace: *p.place, row: para.row}
				at[p.place] = f
				r.found = append(r.found, f)
			}
			if f.last != nil && f.last != para {
				f.pieces = append(f.pieces, wordPiece{brk: true, ins: f.last.end.ins, del: f.last.end.del, on: f.last.end.on})
			}
			last, f.last = f, para
			f.pieces = append(f.pieces, *p)
		}
	}
}

// byText finds the sentences of a file that has lost its tags and its bookmarks: a paragraph that has, without its changes, the words
// of a statement that was not found otherwise is that statement.
func (r *wordReader) byText() {
	have := map[wordPlace]bool{}
	for _, f := range r.found {
		have[f.wordPlace] = true
	}
	words := map[string]wordPlace{}
	for i := len(r.numbers.Statements) - 1; i >= 0; i-- { // of two statements with one text the first is meant
		s := r.numbers.Statements[i]
		for l, text := range s.Text {
			if p := (wordPlace{number: s.Number, lang: l}); !have[p] {
				words[plainWords(text)] = p
			}
		}
	}
	if len(words) == 0 {
		return
	}
	for _, para := range r.text.paras {
		f := &wordFound{row: para.row}
		for _, p := range para.pieces {
			if p.place != nil {
				f = nil
				break
			}
			f.pieces = append(f.pieces, p)
		}
		if f == nil {
			continue
		}
		place, ok := words[plainWords(f.before())]
		if !ok {
			continue
		}
		delete(words, plainWords(f.before()))
		f.wordPlace = place
		for i := range para.pieces {
			para.pieces[i].place = &f.wordPlace
		}
		r.found = append(r.found, f)
	}
}

// rowsOf notes which statement a row is about, and what the range of each comment covers.
func (r *wordReader) rowsOf() {
	r.rows, r.covered, r.loose = map[int]*wordFound{}, map[string][]*covered{}, map[string]*wordPara{}
	for _, f := range r.found {
		if old := r.rows[f.row]; f.row > 0 && (old == nil || f.lang == r.text.about[wordLanguage] && old.lang != f.lang) {
			r.rows[f.row] = f
		}
		for i := range f.pieces {
			p := &f.pieces[i]
			for _, id := range p.notes {
				cs := r.covered[id]
				if n := len(cs); n == 0 || cs[n-1].at != f {
					if n > 200 {
						continue
					}
					r.covered[id] = append(cs, &covered{at: f})
				}
				c := r.covered[id][len(r.covered[id])-1]
				if c.size += len(p.text); len(c.text) < 4<<10 {
					c.text = append(c.text, p.text...)
				}
			}
		}
	}
	for _, para := range r.text.paras {
		for _, id := range para.notes {
			r.loose[id] = para
		}
		for _, p := range para.pieces {
			for _, id := range p.notes {
				if r.loose[id] == nil {
					r.loose[id] = para
				}
			}
		}
	}
}

// before is the words without the changes.
func (f *wordFound) before() string {
	return f.as(func(p wordPiece) bool { return p.ins == 0 })
}

// now is the words with all changes.
func (f *wordFound) now() string {
	return f.as(func(p wordPiece) bool { return p.del == 0 })
}

func (f *wordFound) size() int {
	n := 0
	for _, p := range f.pieces {
		n += len(p.text)
	}
	return n
}

func (f *wordFound) as(stays func(p wordPiece) bool) string {
	var b strings.Builder
	for _, p := range f.pieces {
		if !stays(p) {
			continue
		}
		if p.brk {
			b.WriteByte(' ')
		}
		b.Write(p.text)
	}
	return tidy(b.String())
}

func (f *wordFound) changed() bool {
	return slices.ContainsFunc(f.pieces, func(p wordPiece) bool { return p.ins > 0 || p.del > 0 })
}

// proposal is the words as one person wants them.
func (f *wordFound) proposal(by wordAuthor) string {
	with := map[wordAuthor]bool{by: true}
	for _, p := range f.pieces {
		if p.del == by && p.ins > 0 {
			with[p.ins] = true // builds on the words of another one
		}
	}
	return f.as(func(p wordPiece) bool { return (p.ins == 0 || with[p.ins]) && !(p.del > 0 && with[p.del]) })
}

// changes turns the changes of a place into proposals.
func (r *wordReader) changes(f *wordFound) {
	if f.why {
		r.beside(f.number, r.language(), f.pieces, "In the reasons")
		return
	}
	was, ok := r.sentAs(f.wordPlace)
	if !ok {
		if f.changed() {
			r.lost("A change is about statement "+fmt.Sprint(f.number)+" in "+f.lang+", which was not sent", f.now())
		}
		return
	}
	if !same(f.before(), was) {
		now := f.now()
		if same(now, was) {
			return
		}
		by, on := r.whoever(f)
		r.say(source.Warning, "untracked", fmt.Sprintf("Statement %d in %s was changed, and not all of the change is marked.", f.number, f.lang),
			"What stands there now is read as a proposal. Ask the reviewer whether it is meant.")
		r.propose(f.wordPlace, was, now, by, on)
		return
	}
	var authors []wordAuthor
	for _, p := range f.pieces {
		for _, a := range []wordAuthor{p.ins, p.del} {
			if a > 0 && !slices.Contains(authors, a) && len(authors) < 50 {
				authors = append(authors, a)
			}
		}
	}
	for _, a := range authors {
		var on source.Day
		for _, p := range f.pieces {
			if p.ins == a || p.del == a {
				on = max(on, p.on)
			}
		}
		if text := f.proposal(a); !same(text, was) {
			r.propose(f.wordPlace, was, text, r.text.authors[a], on)
		}
	}
}

func (r *wordReader) propose(p wordPlace, was, text, by string, on source.Day) {
	c := r.comment(p, was, by, on)
	if c.Is, c.Text = Wording, text; text == "" {
		c.Is, c.Text = Objection, "(The reviewer struck all of this out.)"
	}
	r.keep(c, p)
}

// whoever is who changed a place, where that is not marked: the only one who changed anything, else who saved the file last.
func (r *wordReader) whoever(f *wordFound) (name string, on source.Day) {
	name = r.text.last
	for _, p := range f.pieces {
		if a := max(p.ins, p.del); a > 0 {
			name, on = r.text.authors[a], max(on, p.on)
		}
	}
	if on == 0 && len(r.text.authors) == 2 {
		name = r.text.authors[1]
	}
	if name == "" {
		name = "unknown"
	}
	return name, on
}

// elsewhere reads the changes that stand outside of the sentences.
func (r *wordReader) elsewhere() {
	for _, para := range r.text.paras {
		var pieces []wordPiece
		for _, p := range para.pieces {
			if p.place == nil && (p.ins > 0 || p.del > 0) && strings.TrimSpace(string(p.text)) != "" {
				pieces = append(pieces, p)
			}
		}
		if len(pieces) == 0 {
			continue
		}
		if f := r.rows[para.row]; f != nil {
			lang := f.lang
			if f.why {
				lang = r.language()
			}
			r.beside(f.number, lang, pieces, "Beside the sentence")
			continue
		}
		for _, e := range edits(pieces) {
			did, words := "wrote", e.put
			if e.put == "" {
				did, words = "struck out", e.took
			} else if e.took != "" {
				did = "wrote something in the place of other words"
			}
			r.lost(fmt.Sprintf("Away from the statements, %s %s", readable(r.text.authors[e.by]), did), words)
		}
	}
}

// edit is what one person did in one go.
type edit struct {
	by        wordAuthor
	on        source.Day
	put, took string
}

func (e edit) says(where string) string {
	switch {
	case e.took == "":
		return fmt.Sprintf("%s was written: “%s”", where, e.put)
	case e.put == "":
		return fmt.Sprintf("%s was struck out: “%s”", where, e.took)
	}
	return fmt.Sprintf("%s, “%s” became “%s”.", where, e.took, e.put)
}

// edits gathers pieces by who changed them, one after the other.
func edits(pieces []wordPiece) []edit {
	var out []edit
	for i := 0; i < len(pieces); {
		e := edit{by: max(pieces[i].ins, pieces[i].del)}
		var put, took strings.Builder
		for ; i < len(pieces) && max(pieces[i].ins, pieces[i].del) == e.by; i++ {
			if e.on = max(e.on, pieces[i].on); pieces[i].del > 0 {
				took.Write(pieces[i].text)
			} else {
				put.Write(pieces[i].text)
			}
		}
		if e.put, e.took = tidy(put.String()), tidy(took.String()); e.by > 0 && e.put+e.took != "" {
			out = append(out, e)
		}
	}
	return out
}

// beside turns changes of what is no sentence into objections: words that were put in or taken out by one person.
func (r *wordReader) beside(number int, lang string, pieces []wordPiece, where string) {
	s, ok := r.numbers.Of(number)
	if !ok {
		return
	}
	for _, e := range edits(pieces) {
		c := r.comment(wordPlace{number: number, lang: lang}, s.Text[lang], r.text.authors[e.by], e.on)
		c.Is, c.Text = Objection, e.says(where)
		r.keep(c, wordPlace{number: number, lang: lang})
	}
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

// gone names the sentences that are not in the file any more.
func (r *wordReader) gone(missing map[wordPlace]bool) {
	by := map[string][]int{}
	for p := range missing {
		if was, ok := r.sentAs(p); ok && was != "" {
			by[p.lang] = append(by[p.lang], p.number)
		}
	}
	var langs []string
	for l := range by {
		langs = append(langs, l)
	}
	slices.Sort(langs)
	for _, l := range langs {
		word := "Statements " + numbersInWords(by[l]) + " are"
		if len(by[l]) == 1 {
			word = "Statement " + numbersInWords(by[l]) + " is"
		}
		r.say(source.Warning, "untracked", word+" not in the file any more in "+l+", and that is not marked as a change.", "Ask the reviewer whether that is meant.")
	}
}

// unseen are characters that Word and LibreOffice put in or show nothing for: marks of direction, soft hyphens, spaces of no width.
func unseen(r rune) bool {
	return r == 0xad || r == 0x200b || r == 0x200e || r == 0x200f || r == 0x61c || r == 0x2060 || r == 0xfeff || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// tidy makes a text one line: NFC, white space single, without what nobody sees.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unseen(r) || r < ' ' && r != '\n' && r != '\t' && r != '\r':
			return -1
		case r == '\n' || r == '\t' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
			return ' '
		}
		return r
	}, s)
	return source.NFC(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " "))
}

// tidyLines does the same for each line of a text.
func tidyLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = tidy(l)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n ")
}

// plainWords is a text as two are compared: all spaces are one kind.
func plainWords(s string) string {
	return strings.Join(strings.Fields(tidy(s)), " ")
}

// readable repeats words from the file in a sentence: what could act on a screen is taken out, and what is long is cut.
func readable(s string) string {
	return "“" + cutText(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\n", " ")), 500) + "”"
}

func cutText(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// cutParts cuts a text where white space stands, into parts of at most so many characters.
func cutParts(s string, most int) []string {
	var out []string
	for r := []rune(s); len(r) > 0; {
		n := min(most, len(r))
		if n < len(r) {
			for i := n; i > n/2; i-- {
				if r[i] == ' ' || r[i] == '\n' {
					n = i
					break
				}
			}
		}
		if part := strings.TrimSpace(string(r[:n])); part != "" {
			out = append(out, part)
		}
		r = r[n:]
	}
	return out
}
