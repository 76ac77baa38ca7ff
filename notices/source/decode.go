package source

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Read reads one YAML document into a struct, as the package comment says, and lists everything that is wrong with it.
// The struct is filled as far as it could be; it is whole only if the problems hold no error. Doc is never nil.
//
// Tags of the struct: `yaml:"name"` (a field without it, or with "-", is not read); `need:"yes"` for a value that must be written,
// if only as `unknown`; `validate:"…"` for validator/v10, run after the walk on what was written; `doc:"…"`, one sentence for
// people, shown by editors. Types: string, bool, int, named strings, [ID], [Date], [Day], [End], [Period], [Text], [Fact], structs,
// slices, pointers to these, and maps with string-like keys. A named string with a method Words() []string takes only these words;
// one with a method Pattern() (expression, example string) takes only what matches the regular expression. An embedded struct with
// the tag `yaml:",inline"` gives its keys to the struct around it.
//
// A rule of validator is about the value inside a fact, and about each value that disagrees. Beside validator's own rules there are
// https_url, https_url_or_none, source_url, phone, lang, slug, reviewer and public_key. Rules that compare fields are not for files.
func Read(file string, data []byte, into any) (*Doc, Problems) {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		panic("source: Read needs a pointer")
	}
	r := &reader{doc: newDoc(file, ""), refused: map[*yaml.Node]bool{}, dirty: map[int]bool{}}
	if root := r.load(data); root != nil {
		readable(v.Elem().Type(), v.Type())
		r.value(root, v.Elem(), place{})
		r.rules()
	}
	return r.doc, r.result()
}

// reader walks the nodes of one file beside the Go types that they belong to.
type reader struct {
	doc     *Doc
	found   Problems
	refused map[*yaml.Node]bool // nodes that were reported, and are not read
	dirty   map[int]bool        // lines whose characters were reported
	checks  []check
	full    bool // too many problems: the walk ends
}

// place is where a value stands.
type place struct {
	path  string
	key   string   // the key that it stands under; "" for the file itself
	nth   int      // which entry of the list under this key; 0 if it is not one
	is    bool     // the value of a long fact, which stands under this key
	named bool     // the key itself, where it is a name that the file chooses
	fact  bool     // `unknown` can be said here
	need  bool     // its line cannot be left out
	rule  string   // for validator
	lang  string   // the language of the text, where it stands under one
	same  []string // what says the same in other languages
}

func (p place) child(key string) place {
	return place{path: join(p.path, key), key: key}
}

func (p place) entry(name string, i int) place {
	return place{path: join(p.path, name), key: p.key, nth: i + 1}
}

// label is what to call the value in a sentence.
func (p place) label() string {
	switch {
	case p.key == "":
		return "the file"
	case p.named:
		return "the key"
	case p.nth > 0:
		return fmt.Sprintf("entry %d of `%s`", p.nth, clip(p.key))
	}
	return "`" + clip(p.key) + "`"
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// unknown says how to write that nobody knows, where that can be said; it begins with a space.
func (p place) unknown() string {
	switch {
	case !p.fact:
		return ""
	case p.is:
		return " If nobody knows, write `is: unknown`."
	case p.nth > 0:
		return " If nobody knows, write unknown."
	}
	return fmt.Sprintf(" If nobody knows, write `%s: unknown`.", clip(p.key))
}

// value reads a node into v, and says whether v is now what the file says.
func (r *reader) value(n *yaml.Node, v reflect.Value, at place) bool {
	r.doc.put(at.path, n.Line, n.Column, n.Kind == yaml.ScalarNode || n.Kind == yaml.SequenceNode && len(n.Content) == 0)
	if r.full || r.refused[n] {
		return false
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if f, ok := v.Addr().Interface().(factual); ok {
		return r.fact(n, f.parts(), at)
	}
	if !r.scalarIsSound(n, v.Type(), at) {
		return false
	}
	ok := r.typed(n, v, at)
	if ok && at.rule != "" && v.Type() != typeText {
		r.checks = append(r.checks, check{v.Interface(), at.rule, n, at})
	}
	return ok
}

func (r *reader) typed(n *yaml.Node, v reflect.Value, at place) bool {
	switch to := v.Addr().Interface().(type) {
	case *Text:
		return r.text(n, to, at)
	case *Date, *Day, *End, *Period:
		if n.Kind != yaml.ScalarNode {
			return r.wrong(n, v.Type(), at)
		}
		return r.time(n, to, at)
	}
	switch v.Kind() {
	case reflect.Struct:
		return r.group(n, v, at)
	case reflect.Slice:
		return r.list(n, v, at)
	case reflect.Map:
		return r.table(n, v, at)
	}
	if n.Kind != yaml.ScalarNode {
		return r.wrong(n, v.Type(), at)
	}
	switch v.Kind() {
	case reflect.Bool:
		return r.bool(n, v, at)
	case reflect.String:
		return r.string(n, v, at)
	}
	return r.number(n, v, at)
}

// scalarIsSound judges what is the same for all types: characters, emptiness, curly quotes and placeholders.
func (r *reader) scalarIsSound(n *yaml.Node, t reflect.Type, at place) bool {
	if n.Kind != yaml.ScalarNode {
		return true
	}
	plain := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
	if strings.TrimSpace(n.Value) == "" || plain && (n.Value == "~" || strings.EqualFold(n.Value, "null")) {
		r.at(n, at, "empty", sentence("%s is empty.", at.label()), r.insteadOf(t, at))
		return false
	}
	if !r.clean(n, at) {
		return false
	}
	if in, yes := curly(n.Value); yes && plain {
		r.at(n, at, "curly-quotes", sentence("The quotes around %s are curly quotes, which a word processor makes.", at.label()),
			fmt.Sprintf("Use straight quotes: %s.", quote(in)))
		return false
	}
	if line := r.listBelow(n); plain && line > 0 {
		r.report(line, indentOf(r.doc.Line(line))+1, at.path, "syntax", sentence("This looks like an entry of a list, but %s has a value already.", at.label()),
			"Delete the value after the colon, or the hyphen here.")
		return false
	}
	if placeholder(n.Value) {
		r.at(n, at, "placeholder", sentence("%s says %s, which stands for an answer that nobody has written yet.", at.label(), quote(n.Value)), r.insteadOf(t, at))
		return false
	}
	return true
}

// listBelow gives the line of a hyphen that YAML takes for a part of the plain value above it; 0 if there is none.
func (r *reader) listBelow(n *yaml.Node) int {
	if !strings.Contains(n.Value, "-") || strings.Contains(r.doc.Line(n.Line), n.Value) {
		return 0
	}
	next := strings.TrimSpace(r.doc.Line(n.Line + 1))
	if rest, ok := strings.CutPrefix(next, "-"); ok && strings.Contains(n.Value, next) && rest != "" {
		return n.Line + 1
	}
	return 0
}

// clean judges the characters of a value or key, after its escapes were resolved.
func (r *reader) clean(n *yaml.Node, at place) bool {
	if at.rule != "public_key" && secretsIn(n.Value) != nil {
		r.at(n, at, "private-key", sentence("%s %s.", at.label(), isPrivate), "Delete it here. Its owner needs a new key, because this one has been seen.")
		return false
	}
	f := judge(at.lang, n.Value, at.same, !strings.Contains(at.rule, "_url") && !strings.Contains(at.rule, "phone")) // such a rule says more of an address
	if f.what == "" {
		return true
	}
	bad, hint := f.bad, f.hint
	for line := n.Line; line <= n.Line+strings.Count(n.Value, "\n")+1; line++ {
		if r.dirty[line] {
			return false // said of the line already
		}
	}
	line, col := n.Line, n.Column
	if r.doc.Line(line) != "" {
		for i, c := range []rune(r.doc.Line(line))[min(col, r.doc.widths[line-1]+1)-1:] {
			if c == bad {
				col += i
				break
			}
		}
	}
	if bad < ' ' && n.Style&yaml.DoubleQuotedStyle != 0 && col == n.Column {
		hint = `Inside double quotes a backslash begins a special character. Write two backslashes, or use single quotes: 'C:\files'.`
	}
	r.report(line, col, at.path, "character", sentence("In %s stands %s.", at.label(), f), hint)
	return false
}

// insteadOf says what to write where a value is missing.
func (r *reader) insteadOf(t reflect.Type, at place) string {
	if at.fact {
		return at.unknown()[1:]
	}
	what, example := want(t)
	switch {
	case example != "" && at.need:
		return fmt.Sprintf("Write %s, such as %s.", what, example)
	case at.need:
		return "Write a value."
	case example != "":
		return fmt.Sprintf("Write %s, such as %s, or delete the line if nothing must be said.", what, example)
	}
	return "Write a value, or delete the line if nothing must be said."
}

// group reads a mapping into a struct.
func (r *reader) group(n *yaml.Node, v reflect.Value, at place) bool {
	p := planOf(v.Type())
	if n.Kind != yaml.MappingNode {
		return r.wrong(n, v.Type(), at)
	}
	if p.place != nil {
		v.FieldByIndex(p.place).Set(reflect.ValueOf(At{Pos: r.doc.at(n.Line, n.Column), Path: at.path}))
	}
	ok := true
	merged := false
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, c := n.Content[i], n.Content[i+1]
		if r.refused[k] {
			ok = false
			merged = merged || k.Tag == "!!merge"
			continue
		}
		f := p.fields[k.Value]
		if f == nil {
			seen[r.unknownKey(k, c, p.names, at)] = true
			ok = false
			continue
		}
		seen[f.name] = true
		child := at.child(f.name)
		child.rule, child.need = f.rule, f.need
		if !r.value(c, v.FieldByIndex(f.index), child) {
			ok = false
		}
	}
	for _, name := range p.names {
		if f := p.fields[name]; f.need && !seen[name] && !merged { // what << would copy is not missing
			r.missing(n, f, at)
			ok = false
		}
	}
	return ok
}

func (r *reader) missing(n *yaml.Node, f *field, at place) {
	hint := fmt.Sprintf("Write a line with `%s:`.", f.name)
	switch what, example := want(f.typ); {
	case f.typ != nil && isFact(f.typ):
		hint = fmt.Sprintf("If nobody knows, write `%s: unknown`.", f.name)
	case f.typ.Kind() == reflect.Slice:
		hint = fmt.Sprintf("Write a list; an empty one is `%s: []`.", f.name)
	case example != "":
		hint = fmt.Sprintf("Write %s, such as `%s: %s`.", what, f.name, strings.SplitN(example, ", 2", 2)[0])
	}
	r.at(n, at, "missing", sentence("The key `%s` is missing from %s.", f.name, at.label()), hint)
}

// unknownKey reports a key, and gives the key that was probably meant.
func (r *reader) unknownKey(k, c *yaml.Node, names []string, at place) string {
	sub := at.child(k.Value)
	if r.dirty[k.Line] || !r.clean(k, sub) {
		return DidYouMean(k.Value, names) // the line was reported
	}
	if name, rest, ok := strings.Cut(k.Value, ":"); ok && rest != "" && c.Kind == yaml.ScalarNode && c.Value == "" {
		r.at(k, sub, "syntax", "A space is missing after the colon.", fmt.Sprintf("Write `%s: %s`.", clip(name), clip(rest)))
		return name
	}
	if c.Kind == yaml.ScalarNode && c.Value == "" && c.Tag == "!!null" && !r.refused[c] && !r.colonAfter(k) {
		r.at(k, sub, "syntax", sentence("%s has no colon; in braces a comma ends the value before it.", quote(k.Value)),
			"Write `key: value`; put quotes around a value that has a comma in it, and write a number without commas.")
		return DidYouMean(k.Value, names)
	}
	meant := ""
	if in, yes := curly(k.Value); yes {
		meant = in
	}
	if meant == "" {
		meant = DidYouMean(k.Value, names)
	}
	hint := choose(k.Value, names)
	if meant != "" {
		hint = fmt.Sprintf("Did you mean %q?", meant)
	} else if len(names) > 0 {
		hint = "Allowed: " + strings.Join(names, ", ") + "."
	}
	if at.fact && slices.Contains(factKeys, k.Value) {
		hint = fmt.Sprintf("To say where the whole answer comes from, write `%s: {is: {…}, %s: …}`.", clip(at.key), k.Value)
	}
	r.at(k, sub, "unknown-key", sentence("%s is not a key that %s has.", quote(k.Value), at.label()), hint)
	return meant
}

// colonAfter reports whether a key is followed by a colon.
func (r *reader) colonAfter(k *yaml.Node) bool {
	line := []rune(r.doc.Line(k.Line))
	rest := string(line[min(len(line), max(0, k.Column-1)):])
	_, rest, found := strings.Cut(rest, k.Value)
	return !found || strings.HasPrefix(strings.TrimLeft(rest, `"' `), ":")
}

// list reads a sequence into a slice.
func (r *reader) list(n *yaml.Node, v reflect.Value, at place) bool {
	if n.Kind != yaml.SequenceNode {
		return r.wrong(n, v.Type(), at)
	}
	ok := true
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	ids := map[string]int{}
	for i, c := range n.Content {
		name := strconv.Itoa(i)
		if id := idOf(c, v.Type().Elem()); id != nil && !r.refused[id] {
			if line, twice := ids[id.Value]; twice {
				r.problem(id.Line, id.Column, "duplicate-id", fmt.Sprintf("The id %s is used twice in this list; the first is on line %d.", quote(id.Value), line),
					"Give each entry an id of its own.")
				ok = false
			} else {
				ids[id.Value] = id.Line
				name = id.Value
			}
		}
		if !r.value(c, out.Index(i), at.entry(name, i)) {
			ok = false
		}
	}
	v.Set(out)
	return ok
}

// idOf gives the value of the key id of an entry, if its type has such a key.
func idOf(n *yaml.Node, t reflect.Type) *yaml.Node {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if n.Kind != yaml.MappingNode || t.Kind() != reflect.Struct || t == typeText || isFact(t) || planOf(t).fields["id"] == nil {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "id" {
			if id := n.Content[i+1]; id.Kind == yaml.ScalarNode && id.Value != "" && id.Tag != "!!null" {
				return id
			}
			return nil
		}
	}
	return nil
}

// table reads a mapping into a map.
func (r *reader) table(n *yaml.Node, v reflect.Value, at place) bool {
	if n.Kind != yaml.MappingNode {
		return r.wrong(n, v.Type(), at)
	}
	ok := true
	out := reflect.MakeMapWithSize(v.Type(), len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, c := n.Content[i], n.Content[i+1]
		if r.refused[k] {
			ok = false
			continue
		}
		child := at.child(k.Value)
		key := reflect.New(v.Type().Key()).Elem()
		if !r.clean(k, child) || !r.string(k, key, place{path: child.path, key: k.Value, named: true}) {
			ok = false
			continue
		}
		elem := reflect.New(v.Type().Elem()).Elem()
		if !r.value(c, elem, child) {
			ok = false
		}
		out.SetMapIndex(key, elem)
	}
	v.Set(out)
	return ok
}

// wrong reports a value of the wrong shape.
func (r *reader) wrong(n *yaml.Node, t reflect.Type, at place) bool {
	what, example := want(t)
	is := map[yaml.Kind]string{yaml.ScalarNode: quote(n.Value), yaml.SequenceNode: "a list", yaml.MappingNode: "a group of keys"}[n.Kind]
	hint := ""
	switch {
	case t.Kind() == reflect.Slice && n.Kind == yaml.ScalarNode && elementary(t.Elem()):
		hint = fmt.Sprintf("Write [%s].", clip(n.Value))
		switch {
		case n.Value == "none":
			hint = "Write [] if there is none."
		case strings.Contains(n.Value, " "):
			hint = "Write short names between square brackets, with commas, such as [name, address]; not a sentence."
		}
	case t.Kind() == reflect.Slice && n.Kind == yaml.ScalarNode && t.Elem().Kind() == reflect.Struct && n.Value != "none":
		hint = "Each entry of it begins with - and has keys of its own: " + strings.Join(planOf(t.Elem()).names, ", ") + "."
	case t.Kind() == reflect.Slice && n.Kind == yaml.MappingNode:
		hint = "Begin each entry with - on its own line, or put square brackets around it: [{…}]."
	case n.Kind == yaml.SequenceNode && len(n.Content) == 1 && n.Content[0].Kind == yaml.ScalarNode && elementary(t):
		hint = fmt.Sprintf("Write %s, without the brackets or the hyphen.", clip(n.Content[0].Value))
	case t.Kind() == reflect.Struct && example == "":
		hint = "Its keys are: " + strings.Join(planOf(t).names, ", ") + "."
	case t.Kind() == reflect.Map:
		hint = "Write `name: value` lines under it."
	case example != "":
		hint = fmt.Sprintf("Write, for example, %s.", example)
	}
	hint = strings.TrimSpace(hint + at.unknown())
	r.at(n, at, "wrong-type", sentence("%s must be %s, but this is %s.", at.label(), what, is), hint)
	return false
}

// elementary says that a value of the type is written as one word or number.
func elementary(t reflect.Type) bool {
	if is, ok := FactType(t); ok {
		t = is
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case typeDate, typeDay, typeEnd, typePeriod, typeText:
		return true
	}
	return t.Kind() != reflect.Struct && t.Kind() != reflect.Slice && t.Kind() != reflect.Map
}

func isFact(t reflect.Type) bool { _, ok := FactType(t); return ok }

// sentence is Sprintf that begins with a capital letter.
func sentence(format string, args ...any) string {
	s := fmt.Sprintf(format, args...)
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}
