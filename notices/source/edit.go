package source

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Open reads a text as [Read] does, but for no type: its characters, its limits and its YAML are judged, and its values can be
// replaced with [Doc.Set]. Doc is never nil.
func Open(file string, data []byte) (*Doc, Problems) {
	doc, _, found := open(file, data)
	return doc, found
}

// open gives the values, too; they are nil where there are problems.
func open(file string, data []byte) (*Doc, *yaml.Node, Problems) {
	r := &reader{doc: newDoc(file, ""), refused: map[*yaml.Node]bool{}, dirty: map[int]bool{}}
	root := r.load(data)
	if found := r.result(); len(found) > 0 {
		return r.doc, nil, found
	}
	return r.doc, root, nil
}

// Bytes gives the file as it was read, with its byte-order mark. The slice belongs to the caller.
func (d *Doc) Bytes() []byte { return []byte(d.mark + d.text) }

// Raw gives the value at a path as it stands in the file, with the comments inside it; false where the file has no such value.
func (d *Doc) Raw(path string) (string, bool) {
	e, t, ok := d.find(path)
	if !ok {
		return "", false
	}
	return e.text[e.start(t.node):e.end(t.node)], true
}

// Scalar gives the one value at a path, without quotation marks; false where the file has none, or a list or group.
func (d *Doc) Scalar(path string) (string, bool) {
	_, t, ok := d.find(path)
	if !ok || t.node.Kind != yaml.ScalarNode {
		return "", false
	}
	return d.discreet(t.node.Value), true
}

// OneLine gives the value at a path as it can stand inside brackets, whatever lines it takes in the file, and without the comments
// inside it; false where the file has no such value.
func (d *Doc) OneLine(path string) (string, bool) {
	_, t, ok := d.find(path)
	if !ok {
		return "", false
	}
	return inBrackets(t.node), true
}

// Set gives the whole file with the value at a path replaced by another, which is written in YAML: a word (7 years), a list or group
// in brackets ({is: 7 years, source: s4}), or a block of lines, which is moved in as the file is. Every other byte stays: comments,
// layout, ends of lines, a byte-order mark. A comment inside the old value is kept beside the new one. A key that is not there is
// added as the last one of its group, if the file has the group. In a path, the `is` of a long fact may be left out where no key is
// meant by it.
//
// The result is read again before it is given: where anything but the value at the path would have changed, nothing is given. The
// error is a [Problem]. Whether the new value is one that the program file takes is for [Read] to say.
func (d *Doc) Set(path, value string) ([]byte, error) {
	e, problem := d.editor()
	if problem != nil {
		return nil, problem
	}
	v, problem := d.newValue(path, value)
	if problem != nil {
		return nil, problem
	}
	t, ok := e.find(path)
	if ok && t.parent == nil {
		return nil, d.Problem("", "edit", Error, "The whole file cannot be one value.", "Name one value by its path, such as retention.files.period.")
	}
	if ok {
		return d.sound(path, e.replace(t, v), e.root, t.node, nil, v.node)
	}
	t, key, problem := e.group(path)
	if problem != nil {
		return nil, problem
	}
	return d.sound(path, e.add(t.node, writeKey(key)+":", v, t.flow), e.root, nil, t.node, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, v.node)
}

// Append gives the whole file with one more entry at the end of the list at a path, or of the list that is the `is` of the long fact
// there. Like [Doc.Set] it changes nothing else.
func (d *Doc) Append(path, value string) ([]byte, error) {
	e, problem := d.editor()
	if problem != nil {
		return nil, problem
	}
	v, problem := d.newValue(path, value)
	if problem != nil {
		return nil, problem
	}
	t, ok := e.find(path)
	if ok && t.node.Kind == yaml.MappingNode {
		t, ok = e.find(path + ".is")
	}
	if !ok {
		return nil, d.Problem(path, "edit", Error, fmt.Sprintf("There is no list at %s.", quote(path)), "Write the whole list as a value there.")
	}
	if t.node.Kind != yaml.SequenceNode {
		return nil, d.Problem(path, "edit", Error, fmt.Sprintf("At %s stands no list.", quote(path)), "Write the whole list as a value there.")
	}
	return d.sound(path, e.add(t.node, "-", v, t.flow), e.root, nil, t.node, v.node)
}

// Add gives the whole file with one more key at the end of the group at a path. Unlike with [Doc.Set], the key may have dots. Like that
// it changes nothing else.
func (d *Doc) Add(path, key, value string) ([]byte, error) {
	e, problem := d.editor()
	if problem != nil {
		return nil, problem
	}
	v, problem := d.newValue(path, value)
	if problem != nil {
		return nil, problem
	}
	t, ok := e.find(path)
	switch {
	case !ok || t.node.Kind != yaml.MappingNode:
		return nil, d.Problem(path, "edit", Error, fmt.Sprintf("There is no group at %s.", quote(path)), "Write the whole group as a value there.")
	case strings.TrimSpace(key) == "":
		return nil, d.Problem(path, "edit", Error, "The key is empty.", "Name one.")
	}
	for i := 0; i+1 < len(t.node.Content); i += 2 {
		if t.node.Content[i].Value == key {
			return nil, d.Problem(path, "edit", Error, fmt.Sprintf("%s is there already.", quote(key)), "Change what stands there.")
		}
	}
	return d.sound(path, e.add(t.node, writeKey(key)+":", v, t.flow), e.root, nil, t.node, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, v.node)
}

// editor is one look at the values and bytes of a file, in order to change it.
type editor struct {
	*layout
	doc  *Doc
	root *yaml.Node
}

// find gives an editor of the file and the value at a path; false where the file has no such value.
func (d *Doc) find(path string) (*editor, target, bool) {
	e, problem := d.editor()
	if problem != nil {
		return nil, target{}, false
	}
	t, ok := e.find(path)
	return e, t, ok
}

func (d *Doc) editor() (*editor, error) {
	d.edit.Do(func() {
		_, root, found := open(d.File, d.Bytes())
		if len(found) > 0 {
			d.noEdit = found[0]
			return
		}
		d.editing = &editor{newLayout(d.text), d, root}
	})
	return d.editing, d.noEdit
}

// target is a value and what is around it.
type target struct {
	node   *yaml.Node
	key    *yaml.Node // nil for the entry of a list
	parent *yaml.Node // nil for the file itself
	flow   bool       // it stands inside brackets
}

// find follows a path.
func (e *editor) find(path string) (target, bool) {
	t := target{node: e.root}
	if strings.HasSuffix(path, ".") {
		return t, false
	}
	if found, ok := below(t, path, false); ok {
		return found, true
	}
	return below(t, path, true)
}

// below follows the rest of a path. A key may have dots in it. Lenient goes into the `is` of a long fact where the path does not.
func below(t target, path string, lenient bool) (target, bool) {
	if path == "" {
		return t, true
	}
	n := t.node
	inside := t.flow || flowing(n)
	rest := func(name string) (string, bool) {
		if path == name {
			return "", true
		}
		return strings.CutPrefix(path, name+".")
	}
	try := func(name string, key, value *yaml.Node) (target, bool) {
		if more, ok := rest(name); ok && name != "" {
			return below(target{value, key, n, inside}, more, lenient)
		}
		return target{}, false
	}
	switch n.Kind {
	case yaml.MappingNode:
		var is target
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, v := n.Content[i], n.Content[i+1]
			if found, ok := try(k.Value, k, v); ok {
				return found, true
			}
			if k.Value == "is" {
				is = target{v, k, n, inside}
			}
		}
		if lenient && is.node != nil && collection(is.node) {
			return below(is, path, lenient)
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			if found, ok := try(entryName(n, i), nil, c); ok {
				return found, true
			}
		}
	}
	return target{}, false
}

// entryName is what a path calls an entry: its id, where no entry before it has the same one, else its number.
func entryName(list *yaml.Node, i int) string {
	id := idIn(list.Content[i])
	for _, c := range list.Content[:i] {
		if idIn(c) == id {
			id = ""
		}
	}
	if id == "" {
		return strconv.Itoa(i)
	}
	return id
}

func idIn(n *yaml.Node) string {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if v := n.Content[i+1]; n.Content[i].Value == "id" && v.Kind == yaml.ScalarNode && v.Tag != "!!null" {
				return v.Value
			}
		}
	}
	return ""
}

// group finds the group to which the last key of a path would be added.
func (e *editor) group(path string) (t target, key string, problem error) {
	d := e.doc
	up, key := "", path
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		up, key = path[:i], path[i+1:]
	}
	t, ok := e.find(up)
	switch {
	case key == "" || strings.Contains("."+path, ".."):
		return t, "", d.Problem(path, "edit", Error, fmt.Sprintf("%s is no path of a value.", quote(path)), "Write keys joined by dots, such as retention.files.period.")
	case !ok:
		return t, "", d.Problem(up, "edit", Error, fmt.Sprintf("There is no %s in the file, so nothing can be written under it.", quote(up)), "Write that group first, as a whole.")
	case t.node.Kind == yaml.SequenceNode:
		return t, "", d.Problem(up, "edit", Error, fmt.Sprintf("%s is a list, and it has no entry %s.", quote(up), quote(key)), "Name an entry by its id, or by its number, counted from 0.")
	case t.node.Kind != yaml.MappingNode:
		return t, "", d.Problem(up, "edit", Error, fmt.Sprintf("%s is one value and has no keys, so it cannot have %s.", quote(up), quote(key)), fmt.Sprintf("Write the whole value: {is: …, %s: …}.", clip(key)))
	}
	return t, key, nil
}

// fresh is a value that is to be written.
type fresh struct {
	text  string // without a line break at its end; its lines end in LF
	node  *yaml.Node
	block bool // keys or entries on lines of their own
}

func (d *Doc) newValue(path, value string) (*fresh, error) {
	text := strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(value), "\n")
	// The first line may be moved in; then all others are at least as far.
	indent := text[:len(text)-len(strings.TrimLeft(text, " "))]
	text = strings.TrimRight(strings.ReplaceAll(text[len(indent):], "\n"+indent, "\n"), " ")
	wrong := func(p Problem) error {
		if text != "" && !strings.HasPrefix(p.Message, "The new value") {
			p.Message = "The new value cannot be written. " + p.Message
		}
		return d.Problem(path, p.Code, Error, p.Message, p.Hint)
	}
	if text == "" || strings.HasPrefix(text, "#") {
		return nil, wrong(Problem{Code: "edit", Message: "The new value is empty.", Hint: "Write a value; write unknown if nobody knows."})
	}
	_, n, found := open(d.File, []byte(text+"\n"))
	if len(found) > 0 {
		return nil, wrong(found[0])
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil, wrong(Problem{Code: "edit", Message: "The new value is empty.", Hint: "Write a value; write unknown if nobody knows."})
	}
	return &fresh{text, n, collection(n) && !flowing(n)}, nil
}

// moved gives a value with all its lines but the first moved in.
func (v *fresh) moved(by int) string {
	lines := strings.Split(v.text, "\n")
	for i := 1; i < len(lines); i++ {
		if lines[i] != "" {
			lines[i] = strings.Repeat(" ", by) + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// inBrackets gives a value as it may stand between brackets.
func (v *fresh) inBrackets(by int) string {
	if flowing(v.node) || v.node.Kind == yaml.ScalarNode && v.node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		return v.moved(by)
	}
	return inFlow(v.node)
}

// splice replaces bytes of the text; the ends of lines in what is put there become those of the file.
func (e *editor) splice(from, to int, put string) string {
	return e.text[:from] + strings.ReplaceAll(put, "\n", e.newline()) + e.text[to:]
}

// replace writes a value in the place of another.
func (e *editor) replace(t target, v *fresh) string {
	from, to := e.start(t.node), e.end(t.node)
	block := collection(t.node) && !flowing(t.node)
	at := e.column(from)
	kept := e.comments(t.node, from, to)
	notes := func(indent int) (above string) {
		for _, c := range kept {
			above += c + "\n" + strings.Repeat(" ", indent)
		}
		return above
	}
	if t.flow {
		put := v.inBrackets(at)
		if len(kept) > 0 {
			put += " " + notes(at)
		}
		return e.splice(from, to, put)
	}
	if t.key == nil {
		return e.splice(from, to, notes(at)+v.moved(at))
	}
	colon := e.colon(t.key)
	ownLine := e.bol(from) != e.bol(colon)
	in := e.column(e.start(t.key)) + e.step()
	switch {
	case v.block && ownLine:
		return e.splice(from, to, notes(at)+v.moved(at))
	case v.block:
		rest := e.text[to:e.eol(to)] // a comment
		if strings.TrimSpace(rest) == "" {
			rest = ""
		}
		return e.splice(colon, e.eol(to), rest+"\n"+strings.Repeat(" ", in)+notes(in)+v.moved(in))
	}
	lead, start, rest := "", from, e.text[to:e.eol(to)]
	switch {
	case ownLine && block:
		// The value goes up to its key; comments between the two stay below it.
		kept = append(e.comments(&yaml.Node{Kind: yaml.SequenceNode}, e.eol(colon), from), kept...)
		lead, start, rest = " ", colon, e.text[colon:e.eol(colon)]+strings.TrimRight(rest, " \t")
	case from == colon:
		lead = " "
	}
	put := v.moved(in)
	if literal(v.node) { // its words end where a line is not moved in: the comment goes behind the |
		head, words, _ := strings.Cut(put, "\n")
		put, in = strings.TrimRight(head+" "+strings.TrimSpace(rest), " ")+"\n"+words, in-e.step()
	} else {
		put += rest
	}
	for _, c := range kept {
		put += "\n" + strings.Repeat(" ", in) + c
	}
	return e.splice(start, e.eol(to), lead+put)
}

func literal(n *yaml.Node) bool { return n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 }

// colon is the byte after the colon of a key.
func (e *editor) colon(key *yaml.Node) int {
	at := e.end(key)
	if i := strings.IndexByte(e.text[at:], ':'); i >= 0 {
		return at + i + 1
	}
	return at
}

// add writes a new last key or entry into a group or list; lead is `key:` or `-`.
func (e *editor) add(n *yaml.Node, lead string, v *fresh, flow bool) string {
	dash := lead == "-"
	if flow || flowing(n) {
		put := v.inBrackets(e.column(e.start(n)))
		if !dash {
			put = lead + " " + put
		}
		if len(n.Content) == 0 {
			return e.splice(e.start(n)+1, e.start(n)+1, put)
		}
		at := e.end(n.Content[len(n.Content)-1])
		return e.splice(at, at, ", "+put)
	}
	in := e.column(e.start(n))
	at := e.eol(e.end(n))
	put := "\n" + strings.Repeat(" ", in) + lead
	switch {
	case v.block && dash:
		put += " " + v.moved(in+2)
	case v.block:
		in += e.step()
		put += "\n" + strings.Repeat(" ", in) + v.moved(in)
	default:
		put += " " + v.moved(in+e.step())
	}
	return e.splice(at, at, put)
}

// sound gives the changed file if it says what it said, but for the new value: old is the node that was replaced, grown the group or
// list that has more at its end.
func (d *Doc) sound(path, text string, before, old, grown *yaml.Node, put ...*yaml.Node) ([]byte, error) {
	data := []byte(d.mark + text)
	fault := func(message, hint string) ([]byte, error) {
		return nil, d.Problem(path, "edit", Error, message, hint)
	}
	const by = "Change this line of the file by hand."
	if len(data) > maxBytes {
		return fault(fmt.Sprintf("With the new value the file would have %d bytes; at most %d can be read.", len(data), maxBytes), "Write less.")
	}
	_, after, found := open(d.File, data)
	if len(found) > 0 {
		return fault("With the new value the file could not be read any more. "+found[0].Message, by)
	}
	if !sameBut(before, after, old, grown, put) {
		return fault("Something beside this value would change.", by)
	}
	return data, nil
}

// sameBut compares two files value by value, the one with the place of the change and the one with the change made.
func sameBut(a, b, old, grown *yaml.Node, put []*yaml.Node) bool {
	if a == old {
		return sameBut(put[0], b, nil, nil, nil)
	}
	if a.Kind != b.Kind || a.Tag != b.Tag || a.Value != b.Value || b.Anchor != "" {
		return false
	}
	want := a.Content
	if a == grown {
		want = append(want[:len(want):len(want)], put...)
	}
	if len(want) != len(b.Content) {
		return false
	}
	for i, c := range want {
		if a == grown && i == len(a.Content) && len(put) == 2 {
			if b.Content[i].Value != c.Value { // the key
				return false
			}
			continue
		}
		if !sameBut(c, b.Content[i], old, grown, put) {
			return false
		}
	}
	return true
}
