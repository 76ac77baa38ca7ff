package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// The limits of a file.
const (
	maxBytes    = 64 << 10
	maxDepth    = 50
	maxKeys     = 500
	maxEntries  = 2000
	maxProblems = 300
)

const byteOrderMark = "\uFEFF"

const howToSave = "Save it as UTF-8: in Notepad, File, Save as, Encoding: UTF-8; in TextEdit, Format, Make Plain Text, then save with " +
	"Plain Text Encoding: Unicode (UTF-8)."

// load takes the raw bytes to the root node, or to nil where nothing more can be said of the file than what was found.
func (r *reader) load(data []byte) *yaml.Node {
	if what, hint := kindOfFile(data); what != "" {
		r.doc = newDoc(r.doc.File, "")
		r.fatal(1, 1, "encoding", what, hint)
		return nil
	}
	if len(data) > maxBytes {
		r.doc = newDoc(r.doc.File, "")
		r.fatal(1, 1, "too-large", fmt.Sprintf("The file has %d bytes; at most %d can be read.", len(data), maxBytes),
			"Move what does not belong to this program into another file.")
		return nil
	}
	data, marked := bytes.CutPrefix(data, []byte(byteOrderMark))
	r.doc = newDoc(r.doc.File, string(data))
	if marked {
		r.doc.mark = byteOrderMark
	}
	if !utf8.Valid(data) {
		line, col := firstBroken(data)
		r.fatal(line, col, "encoding", "The file is not saved as UTF-8: this character cannot be read.", howToSave)
		return nil
	}
	if strings.TrimSpace(string(data)) == "" {
		r.fatal(1, 1, "empty-file", "The file is empty.", "Begin with a line such as `fairnotice: 1`.")
		return nil
	}
	if stop := r.rawText(); stop {
		return nil
	}
	if len(r.found) == 0 && r.markers() {
		return nil
	}
	root, err := parse(data)
	if err != nil {
		if len(r.found) == 0 {
			r.syntax(err)
		}
		return nil
	}
	if root == nil || root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		r.fatal(1, 1, "empty-file", "The file says nothing.", "Begin with a line such as `fairnotice: 1`.")
		return nil
	}
	if deep := r.structure(root, 1); deep {
		return nil
	}
	return root
}

// lately is the long text that was parsed last: a file that is changed is looked at three times over, to see what changed, to read it
// and to change it again. Nobody changes a node.
var lately struct {
	sync.Mutex
	text string
	root *yaml.Node
}

// parse gives the root of the one document, nil if there is none.
func parse(data []byte) (root *yaml.Node, err error) {
	const long = 4096
	if len(data) < long {
		return parseNow(data)
	}
	lately.Lock()
	defer lately.Unlock()
	if lately.root != nil && lately.text == string(data) {
		return lately.root, nil
	}
	if root, err = parseNow(data); root != nil && err == nil {
		lately.text, lately.root = string(data), root
	}
	return root, err
}

func parseNow(data []byte) (root *yaml.Node, err error) {
	l, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var doc yaml.Node
	if err := l.Load(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, err
	}
	var second yaml.Node
	switch err := l.Load(&second); {
	case err == nil:
		return nil, &secondDocument{second.Line}
	case !errors.Is(err, io.EOF):
		return nil, err
	}
	if doc.Kind == yaml.DocumentNode {
		if len(doc.Content) == 0 {
			return nil, nil
		}
		return doc.Content[0], nil
	}
	return &doc, nil
}

type secondDocument struct{ line int }

func (*secondDocument) Error() string { return "second document" }

// kindOfFile knows files that are not text by how they begin.
func kindOfFile(data []byte) (what, hint string) {
	const asText = "Write the facts into a plain text file with the ending .yaml."
	begins := func(s string) bool { return bytes.HasPrefix(data, []byte(s)) }
	switch {
	case begins("PK\x03\x04"):
		return "This is a Word, Excel or zip file, not a text file.", asText
	case begins("%PDF"):
		return "This is a PDF, not a text file.", asText
	case begins("{\\rtf"):
		return "This is a text with formatting (RTF), not a plain text file.", howToSave
	case begins("<!DOCTYPE") || begins("<!doctype") || begins("<html") || begins("<?xml"):
		return "This is a web page or an XML file, not a text file.", asText
	case begins("\xff\xfe") || begins("\xfe\xff"):
		return "The file is saved as Unicode UTF-16.", howToSave
	}
	head := data[:min(len(data), 64)]
	if zeros := bytes.Count(head, []byte{0}); zeros > 0 && zeros >= len(head)/3 {
		return "The file is saved as Unicode UTF-16.", howToSave
	}
	return "", ""
}

func firstBroken(data []byte) (line, col int) {
	line, col = 1, 1
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			break
		}
		switch {
		case r == '\n' || r == '\r' && !bytes.HasPrefix(data, []byte("\r\n")):
			line, col = line+1, 1
		case r != '\r':
			col++
		}
		data = data[n:]
	}
	return line, col
}

// rawText looks at every line as it stands, comments and all. It says whether the file cannot be read any further, because
// nobody can tell which lines belong together.
func (r *reader) rawText() (stop bool) {
	for i, line := range r.doc.lines {
		if indent := line[:len(line)-len(strings.TrimLeft(line, " \t\u00a0\u2007\u202f\u3000"))]; indent != "" && strings.Trim(indent, " ") != "" {
			rest := strings.TrimSpace(line[len(indent):])
			at := len([]rune(indent[:len(indent)-len(strings.TrimLeft(indent, " "))])) + 1
			switch {
			case rest == "" || strings.HasPrefix(rest, "#") && !strings.Contains(indent, "\t"):
			case rest[0] == '#':
			case strings.Trim(indent, " \t") != "":
				stop, r.dirty[i+1] = true, true
				r.problem(i+1, at, "no-break-space", "This line is moved in with a no-break space, which looks like a space and is none.",
					"Delete the blanks at the beginning of the line and press the space bar instead.")
				continue
			case !r.insideBrackets(i):
				stop, r.dirty[i+1] = true, true
				r.problem(i+1, at, "tab", "This line is moved in with a tab.", "Use spaces at the beginning of a line, two for each step.")
				continue
			}
		}
		if plainASCII(line) {
			continue
		}
		runes := []rune(line)
		for c, x := range runes {
			var prev, next rune
			if c > 0 {
				prev = runes[c-1]
			}
			if c+1 < len(runes) {
				next = runes[c+1]
			}
			what := fault(prev, x, next)
			if what == "" {
				continue
			}
			if x == 0x2028 || x == 0x2029 || x == 0x85 {
				stop = true
			}
			r.dirty[i+1] = true
			r.problem(i+1, c+1, "character", fmt.Sprintf("Here stands %s (%s).", what, named(x)), textHint(x, what))
			break
		}
	}
	return stop
}

// insideBrackets guesses whether a line continues a list or group in brackets, where a tab does no harm.
func (r *reader) insideBrackets(i int) bool {
	open := 0
	for j := max(0, i-40); j < i; j++ {
		line := r.doc.lines[j]
		open += strings.Count(line, "[") + strings.Count(line, "{") - strings.Count(line, "]") - strings.Count(line, "}")
	}
	return open > 0
}

// markers refuses directives; what belongs to the YAML language and not to a file of facts.
func (r *reader) markers() (stop bool) {
	for i, line := range r.doc.lines {
		if strings.HasPrefix(line, "%") {
			r.fatal(i+1, 1, "directive", "A line that begins with % gives orders to YAML; this file does not need any.", "Delete the line.")
			return true
		}
		if s := strings.TrimSpace(line); s != "" && !strings.HasPrefix(s, "#") {
			return false
		}
	}
	return false
}

// structure refuses what YAML can do and a file of facts must not. It says whether the nesting is too deep to go on.
func (r *reader) structure(n *yaml.Node, depth int) (deep bool) {
	if depth > maxDepth {
		r.fatal(n.Line, n.Column, "too-deep", fmt.Sprintf("Values stand inside values more than %d deep here.", maxDepth),
			"Look for brackets that were opened too often.")
		return true
	}
	refuse := func(n *yaml.Node, code, message, hint string) {
		r.refused[n] = true
		r.problem(n.Line, n.Column, code, message, hint)
	}
	switch {
	case n.Kind == yaml.AliasNode:
		refuse(n, "alias", fmt.Sprintf("*%s repeats a value from another place. Each value is written out here.", clip(n.Value)),
			"Write the value itself; put quotes around it if the * belongs to the words.")
		return false
	case n.Anchor != "":
		r.problem(n.Line, n.Column, "anchor", fmt.Sprintf("&%s gives the value a label for repeating it. Each value is written out here.", clip(n.Anchor)),
			"Delete the label; put quotes around the value if the & belongs to the words.")
	}
	if n.Style&yaml.TaggedStyle != 0 || n.Tag != "" && !strings.HasPrefix(n.Tag, "!!") {
		refuse(n, "tag", "A word that begins with ! sets a type. Types are known here from the key.",
			"Delete it; put quotes around the value if the ! belongs to the words.")
	}
	switch n.Kind {
	case yaml.SequenceNode:
		if len(n.Content) > maxEntries {
			refuse(n, "too-many", fmt.Sprintf("This list has %d entries; at most %d can be read.", len(n.Content), maxEntries), "Shorten the list.")
			return false
		}
		for _, c := range n.Content {
			if r.structure(c, depth+1) {
				return true
			}
		}
	case yaml.MappingNode:
		if len(n.Content) > 2*maxKeys {
			refuse(n, "too-many", fmt.Sprintf("Here are %d keys side by side; at most %d can be read.", len(n.Content)/2, maxKeys), "Use fewer keys.")
			return false
		}
		first := make(map[string]int, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, v := n.Content[i], n.Content[i+1]
			switch {
			case k.Kind != yaml.ScalarNode && k.Kind != yaml.AliasNode:
				refuse(k, "complex-key", "A key must be a word, but this is a list or a group of keys.", "Write `key: value`; check the brackets and the colon.")
				continue
			case k.Tag == "!!merge":
				refuse(k, "merge", "<< copies keys from another place. Each value is written out here.", "Write the keys and values themselves.")
				continue
			case k.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 && k.Value == "" && k.Kind == yaml.ScalarNode:
				refuse(k, "complex-key", "There is no word before this colon.", "Write `key: value`.")
				continue
			}
			if r.structure(k, depth+1) {
				return true
			}
			if line, twice := first[k.Value]; twice && k.Kind == yaml.ScalarNode {
				refuse(k, "duplicate-key", fmt.Sprintf("%s is written twice here; the first is on line %d.", quote(k.Value), line), "Keep one of the two.")
				continue
			}
			first[k.Value] = k.Line
			if r.structure(v, depth+1) {
				return true
			}
		}
	}
	return false
}

// clip shortens a label for a sentence.
func clip(s string) string {
	q := quote(s)
	return q[1 : len(q)-1]
}
