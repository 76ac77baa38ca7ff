package locales

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"

	"fairnotice/notices/source"
)

const (
	largest   = 1 << 20 // of a file of words, in bytes
	longest   = 400     // of a message, in characters
	officeEnd = "@office"
)

// isID tells an id: words of small letters, digits, - and _, joined by dots, at least two of them and the first with a letter
// before all else; then perhaps @office.
func isID(s string) bool {
	s = strings.TrimSuffix(s, officeEnd)
	dots, before := 0, '.'
	for i, c := range s {
		switch {
		case c == '.' && before != '.':
			dots++
		case c >= 'a' && c <= 'z', i > 0 && (c >= '0' && c <= '9' || c == '_' || c == '-'):
		default:
			return false
		}
		before = c
	}
	return dots > 0 && before != '.'
}

// reader collects what is wrong with one file of words.
type reader struct {
	w        *words
	problems source.Problems
	lines    []string
}

// readWords reads one file. The words are whole only if the problems hold no error.
func readWords(l Language, file string, data []byte) (*words, source.Problems) {
	r := &reader{w: &words{lang: l, file: file,
		by: map[string]*message{}, at: map[string]source.Pos{}}}
	r.read(data)
	r.problems.Sort()
	return r.w, r.problems
}

func (r *reader) fail(pos source.Pos, id, code, hint, message string, args ...any) {
	if pos.File == "" {
		pos.File = r.w.file
	}
	p := source.Problem{Pos: pos, Path: id, Code: code, Message: fmt.Sprintf(message, args...), Hint: hint, Severity: source.Error}
	if pos.Line > 0 && pos.Line <= len(r.lines) {
		p.Excerpt = r.lines[pos.Line-1]
	}
	r.problems = append(r.problems, p)
}

func (r *reader) read(data []byte) {
	nowhere := source.Pos{}
	var err error
	if r.w.rule, err = ruleFor(r.w.lang.rule()); err != nil {
		r.fail(nowhere, "", "no-plural-rule", "Give the language a carrier in the table of languages: a language with the same plural forms.",
			"Nobody has told how to count in %s: %v.", r.w.lang.English, err)
		return
	}
	r.w.format = formatOf(r.w.lang.Tag)
	if len(data) > largest {
		r.fail(nowhere, "", "too-large", "", "The file is larger than one megabyte.")
		return
	}
	if !utf8.Valid(data) {
		r.fail(nowhere, "", "not-utf8", "Save the file as UTF-8.", "The file is not in UTF-8.")
		return
	}
	text := string(data)
	r.lines = strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	r.controls(text)
	raw, quick := r.quick(text)
	if !quick {
		raw = nil
		if _, err := toml.Decode(text, &raw); err != nil {
			var p toml.ParseError
			if errors.As(err, &p) {
				r.fail(source.Pos{Line: p.Position.Line, Col: p.Position.Col}, p.LastKey, "toml",
					`A message is one line: "keep.stored" = "The office keeps these:"`, "This line cannot be read: %s.", strings.TrimRight(p.Message, "."))
				return
			}
			r.fail(nowhere, "", "toml", "", "The file cannot be read: %v.", err)
			return
		}
		r.w.by, r.w.at = make(map[string]*message, len(raw)), make(map[string]source.Pos, len(raw))
		r.places()
	}
	tables := map[string]any{}
	for id, v := range raw { // problems are put in order at the end
		if !r.shape(id, v) {
			continue
		}
		if text, plain := v.(string); plain {
			r.plain(id, text)
			continue
		}
		tables[id] = v
	}
	// What is left is flat, and its tables have no key that go-i18n would take for an id, a delimiter or another message.
	messages, err := i18n.ParseMessageBytes(data, func(_ []byte, v any) error {
		*v.(*any) = tables
		return nil
	})
	if err != nil {
		r.fail(nowhere, "", "toml", "", "The messages cannot be read: %v.", err)
		return
	}
	slices.SortFunc(messages, func(a, b *i18n.Message) int { return strings.Compare(a.ID, b.ID) })
	for i, m := range messages {
		if i > 0 && messages[i-1].ID == m.ID || tables[m.ID] == nil {
			r.fail(r.w.at[m.ID], m.ID, "repeated", "Keep one of them.", "The message %q is there twice.", m.ID)
			continue
		}
		r.compile(m)
	}
	r.offices()
	if len(r.w.by) == 0 && len(r.problems) == 0 {
		r.fail(nowhere, "", "empty", "", "The file has no message.")
	}
}

// turned says whether a character that turns the direction around, U+202A to U+202E or U+2066 to U+2069, stands in a text.
func turned(text string) bool {
	for {
		i := strings.IndexByte(text, 0xe2)
		if i < 0 || i+2 >= len(text) {
			return false
		}
		if a, b := text[i+1], text[i+2]; a == 0x80 && b >= 0xaa && b <= 0xae || a == 0x81 && b >= 0xa6 && b <= 0xa9 {
			return true
		}
		text = text[i+1:]
	}
}

// quick reads a file that is written as this package says, line by line, and finds the place of each message on the way: a tenth of the
// time of a whole reader of TOML, and sixteen languages are opened at once. Whatever it does not know, it leaves to that reader, which
// knows all of TOML and says what is wrong: so it may know less, but nothing that it reads may mean something else there.
func (r *reader) quick(text string) (map[string]any, bool) {
	size := len(r.lines)
	raw := make(map[string]any, size)
	by, at := make(map[string]*message, size), make(map[string]source.Pos, size)
	var table map[string]any
	for i, line := range r.lines {
		if line == "" || line[0] == '#' {
			if controlled(line) {
				return nil, false
			}
			continue
		}
		key, rest := "", ""
		inTable := false
		switch {
		case line[0] == '"': // "id" = "text"
			end := strings.IndexByte(line[1:], '"')
			if end < 1 || table != nil {
				return nil, false
			}
			key, rest = line[1:1+end], line[2+end:]
		case line[0] == '[': // ["id"]
			if len(line) < 5 || line[1] != '"' || !strings.HasSuffix(line, `"]`) {
				return nil, false
			}
			key = line[2 : len(line)-2]
			if !isID(key) || raw[key] != nil {
				return nil, false
			}
			table = map[string]any{}
			raw[key], at[key] = table, source.Pos{File: r.w.file, Line: i + 1, Col: 1}
			continue
		default: // one = "text"
			end := strings.IndexByte(line, ' ')
			if end < 1 || table == nil {
				return nil, false
			}
			key, rest, inTable = line[:end], line[end:], true
		}
		value, ok := strings.CutPrefix(rest, " = ")
		if !ok || len(value) < 2 || value[0] != '"' && value[0] != '\'' || value[len(value)-1] != value[0] {
			return nil, false
		}
		quote := value[0]
		value = value[1 : len(value)-1]
		if quote == '"' && strings.IndexByte(value, '\\') >= 0 {
			whole := strings.ReplaceAll(value, `\"`, "\x00") // the one escape that words need: both kinds of quotation marks in one sentence
			if strings.ContainsAny(whole, `\"`) || strings.HasSuffix(value, `\`) {
				return nil, false
			}
			value = strings.ReplaceAll(whole, "\x00", `"`)
		} else if strings.IndexByte(value, quote) >= 0 {
			return nil, false
		}
		if controlled(value) {
			return nil, false
		}
		switch {
		case inTable:
			if _, isForm := formOf(key); !isForm && key != "description" || table[key] != nil {
				return nil, false
			}
			table[key] = value
		case !isID(key) || raw[key] != nil:
			return nil, false
		default:
			raw[key], at[key] = value, source.Pos{File: r.w.file, Line: i + 1, Col: 1}
		}
	}
	r.w.by, r.w.at = by, at
	return raw, true
}

// controlled says whether a line has a control character.
func controlled(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == 0x7f || s[i] == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0 { // U+0080 to U+009F, too
			return true
		}
	}
	return false
}

// plain takes a message of one line. An empty one is not translated yet: it is as good as not there.
func (r *reader) plain(id, s string) {
	if s == "" {
		return
	}
	if what, hint := faultOf(r.w.lang, s); what != "" {
		r.fail(r.w.at[id], id, "text", hint, "The message %q has %s.", id, what)
		return
	}
	if p, err := cut(s); err != nil || p.counts {
		if err == nil {
			r.compile(&i18n.Message{ID: id, Other: s}) // a message with {n} and without forms: it says which are missing
			return
		}
		r.fail(r.w.at[id], id, "bracket", "Only {n}, once, and only in a message with plural forms, stands for something.",
			"The message %q cannot be used: %v.", id, err)
		return
	}
	r.w.by[id] = &message{text: s}
}

// controls refuses characters that turn the direction of the text around, in comments too: they can show a line otherwise than
// it is.
func (r *reader) controls(text string) {
	turns := func(c rune) bool { return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 }
	if !turned(text) {
		return
	}
	for i, line := range r.lines {
		for col, c := range []rune(line) {
			if turns(c) {
				r.fail(source.Pos{Line: i + 1, Col: col + 1}, "", "direction", "Delete it: the program sets the direction itself.",
					"There is an invisible character that turns the direction of the text around.")
			}
		}
	}
}

// places finds the line of each message: a file of words has each on a line of its own.
func (r *reader) places() {
	for i, line := range r.lines {
		s := strings.TrimLeft(line, " \t")
		start := len(line) - len(s)
		s = strings.TrimLeft(strings.TrimPrefix(s, "["), " ")
		if s == "" || s[0] != '"' && s[0] != '\'' {
			continue
		}
		if id, _, ok := strings.Cut(s[1:], s[:1]); ok {
			if _, there := r.w.at[id]; !there {
				r.w.at[id] = source.Pos{File: r.w.file, Line: i + 1, Col: start + 1}
			}
		}
	}
}

// shape judges a message before go-i18n sees it, and reports whether go-i18n may.
func (r *reader) shape(id string, v any) bool {
	pos := r.w.at[id]
	if !isID(id) {
		if pos == (source.Pos{}) {
			for i, line := range r.lines {
				if s := strings.TrimLeft(line, " \t["); strings.HasPrefix(s, id) {
					pos = source.Pos{Line: i + 1, Col: 1}
					break
				}
			}
		}
		r.fail(pos, id, "id", `An id stands in quotation marks and has words joined by dots: "keep.stored".`, "%q is not the id of a message.", id)
		return false
	}
	switch v := v.(type) {
	case string:
		return true
	case map[string]any:
		ok := true
		for _, k := range slices.Sorted(maps.Keys(v)) {
			_, isForm := formOf(k)
			if !isForm && k != "description" {
				hint := "A table holds one, two, few, many, other and description, and nothing else. Messages of one line stand before the first table."
				r.fail(pos, id, "key", hint, "%q is not a part of a message, in %q.", k, id)
				ok = false
			} else if _, text := v[k].(string); !text {
				r.fail(pos, id, "key", "Write it in quotation marks.", "%q of the message %q is not a text.", k, id)
				ok = false
			}
		}
		// Whole numbers of a language such as Polish never have the form other: there, a table has another form. Without any, it is
		// no message, and go-i18n would take it for a family of messages.
		if _, has := v["other"]; !has && ok && (r.w.rule.required[len(formNames)-1] || !r.anyForm(v)) {
			r.fail(pos, id, "form", "Every table has the form other, but for languages whose whole numbers never need it.", "The message %q has no form \"other\".", id)
			ok = false
		}
		return ok
	}
	r.fail(pos, id, "not-a-text", "Write it in quotation marks.", "The message %q is not a text.", id)
	return false
}

// anyForm says whether a table has a plural form at all.
func (r *reader) anyForm(v map[string]any) bool {
	return slices.ContainsFunc(formNames[:], func(f string) bool { _, has := v[f]; return has })
}

// compile checks the words of a message and cuts them at {n}.
func (r *reader) compile(m *i18n.Message) {
	pos := r.w.at[m.ID]
	texts := [len(formNames)]string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other}
	var forms [len(formNames)]piece
	plural, bad := false, false
	tables := m.Zero+m.One+m.Two+m.Few+m.Many != ""
	empty := !tables && m.Other == "" // not translated yet
	for f, s := range texts {
		if s == "" && (form(f).String() != "other" || tables || empty) {
			continue
		}
		if what, hint := faultOf(r.w.lang, s); what != "" {
			r.fail(pos, m.ID, "text", hint, "The message %q has %s.", m.ID, what)
			bad = true
			continue
		}
		p, err := cut(s)
		if err != nil {
			r.fail(pos, m.ID, "bracket", "Only {n}, once, and only in a message with plural forms, stands for something.",
				"The message %q cannot be used: %v.", m.ID, err)
			bad = true
			continue
		}
		forms[f] = p
		plural = plural || p.counts || form(f).String() != "other"
	}
	if bad || empty {
		return
	}
	if !plural {
		r.w.by[m.ID] = &message{text: texts[len(texts)-1]}
		return
	}
	rule, lang := r.w.rule, r.w.lang.English
	for f, p := range forms {
		name := form(f)
		switch {
		case p.set && !rule.possible[f]:
			r.fail(pos, m.ID, "form", "Take it out.", "The message %q has the form %q, which %s does not have.", m.ID, name, lang)
		case p.set && !rule.required[f] && f == 0:
			r.fail(pos, m.ID, "form", "Take it out.", "The message %q has the form %q, for a number that no message says.", m.ID, name)
		case !p.set && rule.required[f]:
			r.fail(pos, m.ID, "form", fmt.Sprintf("It is needed for %s.", rule.examples(form(f))), "The message %q has no form %q.", m.ID, name)
		case p.set && !p.counts && !rule.only[f]:
			r.fail(pos, m.ID, "form", fmt.Sprintf("This form stands for %s.", rule.examples(form(f))),
				"The form %q of the message %q does not say the number: it has no {n}.", name, m.ID)
		}
	}
	r.w.by[m.ID] = &message{forms: &forms}
}

// offices ties each @office message to the message that it stands for.
func (r *reader) offices() {
	for id, m := range r.w.by {
		plain, ok := strings.CutSuffix(id, officeEnd)
		if !ok {
			continue
		}
		p := r.w.by[plain]
		switch {
		case p == nil:
			r.fail(r.w.at[id], id, "office", fmt.Sprintf("Write %q too.", plain), "The office says %q, and nobody else does.", plain)
		case (p.forms == nil) != (m.forms == nil):
			r.fail(r.w.at[id], id, "office", "Write both alike.", "One of %q and %q has plural forms and the other has none.", plain, id)
		default:
			p.office = m
		}
	}
}

// examples names numbers for which the form is needed.
func (r *rule) examples(f form) string {
	var ns []string
	for n := 1; n <= most && len(ns) < 5; n++ {
		if r.low[n] == f {
			ns = append(ns, fmt.Sprint(n))
		}
	}
	if len(ns) == 0 {
		return "numbers above 999"
	}
	return strings.Join(ns, ", ")
}

// faultOf judges the words of a message in a language: what is wrong, and what to do. same are the texts that say it in other languages.
func faultOf(l Language, s string, same ...string) (what, hint string) {
	switch {
	case strings.TrimSpace(s) == "":
		return "no words", "Write them, or take the message out."
	case strings.TrimSpace(s) != s:
		return "a space at its beginning or end", "Take it out."
	case strings.Contains(s, "  "):
		return "two spaces in a row", "Write one."
	case len(s) > longest && utf8.RuneCountInString(s) > longest:
		return fmt.Sprintf("more than %d characters", longest), "Make two messages of it."
	case strings.Contains(s, "\n"):
		return "more than one line", "Write it on one line."
	}
	if colon := strings.IndexByte(s, ':'); colon >= 0 && colon < len(s)-1 || strings.Contains(s, "//") || !ordinary(s, l.Script) {
		if what, hint := source.TextFault(l.Tag, s, same...); what != "" {
			return what, hint
		}
		for _, c := range s {
			if c != ' ' && unicode.IsSpace(c) {
				return fmt.Sprintf("a space that is not the ordinary one (U+%04X)", c), "Type an ordinary space."
			}
		}
	}
	if found := markupIn(s); found != "" {
		return fmt.Sprintf("signs of a markup language (%s)", found), "Write words only: the page sets headings, links and emphasis itself."
	}
	return "", ""
}

// ordinary says that a text in a script has only characters in which nothing can be wrong: visible ASCII, letters of Europe in one piece,
// Arabic and Urdu letters with at most one mark, Devanagari, Chinese, Korean, each only in a language that is written in them, and common
// punctuation. It saves most words the closer look.
func ordinary(s, script string) bool {
	latin := false // beside Cyrillic it wants the closer look: letters can be taken for each other
	prev, marks := rune(0), 0
	for _, r := range s {
		if r >= ' ' && r < 0x7f {
			latin = latin || r|0x20 >= 'a' && r|0x20 <= 'z'
			prev, marks = r, 0
			continue
		}
		mark := false
		switch {
		case r >= 0xc0 && r <= 0x17f && r != 0x13f && r != 0x140 && r != 0x149 && r != 0x17f, r >= 0x1ea0 && r <= 0x1ef9, r == 'ơ', r == 'Ơ', r == 'ư', r == 'Ư': // Latin of Europe and Viet Nam
			latin = true
		case r >= 0x410 && r <= 0x44f, r >= 0x401 && r <= 0x491 && strings.ContainsRune("ЁёЄєІіЇїҐґ", r): // Cyrillic
			if script != "Cyrl" {
				return false
			}
		case r >= 0x621 && r <= 0x63a, r >= 0x641 && r <= 0x64a, // Arabic
			r >= 0x679 && r <= 0x6d2 && r != 0x6c0 && r != 0x6c2 && unicode.IsLetter(r): // Urdu
			if script != "Arab" {
				return false
			}
		case r >= 0x64b && r <= 0x652: // vowel signs, one on a letter
			if mark = true; marks > 0 || prev < 0x621 || prev > 0x6d2 {
				return false
			}
		case r >= 0x905 && r <= 0x939 && r != 0x929 && r != 0x931 && r != 0x934: // Hindi
			if script != "Deva" {
				return false
			}
		case r >= 0x901 && r <= 0x903, r >= 0x93e && r <= 0x94d:
			if mark = true; prev < 0x900 || prev > 0x97f {
				return false
			}
		case r == 0x93c: // the dot below, where it does not make one letter with the one before
			if mark = true; marks > 0 || prev < 0x905 || prev > 0x939 || prev == 0x928 || prev == 0x930 || prev == 0x933 {
				return false
			}
		case r >= 0x4e00 && r <= 0x9fff: // Chinese
			if script != "Hans" && script != "Hant" {
				return false
			}
		case r >= 0xac00 && r <= 0xd7a3: // Korean
			if script != "Kore" {
				return false
			}
		case r == '،', r == '؛', r == '؟', r == '۔', r == '।', r == '¿', r == '¡', r == '«', r == '»', r >= 0x2013 && r <= 0x2014, r >= 0x2018 && r <= 0x201d:
		case r >= 0x3001 && r <= 0x3002, r >= 0x300a && r <= 0x300f, r == '，', r == '：', r == '；', r == '？', r == '（', r == '）':
		default:
			return false
		}
		if marks++; !mark {
			marks = 0
		}
		if marks > 3 {
			return false
		}
		prev = r
	}
	return !latin || script != "Cyrl"
}

// markupIn finds signs of markup; most words have none of its characters, and need no closer look.
func markupIn(s string) string {
	if !strings.ContainsAny(s, "<>`\\|^~&*_[{}%$#/") {
		return ""
	}
	return markup.FindString(s)
}

// markup is what HTML, Markdown and template languages are written with.
var markup = regexp.MustCompile("[<>`\\\\|^~]|&[#A-Za-z0-9]+;|\\*|__|\\[[^\\]]*\\]\\(|\\{\\{|\\}\\}|%[sdv]|\\$\\{|^#|https?://")
