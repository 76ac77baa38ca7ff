package source

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// layout knows the bytes of a text: where each value begins and ends, and which comments stand inside it. The library says only
// where a value begins.
type layout struct {
	text  string
	lines []int // where each line begins
}

func newLayout(text string) *layout {
	l := &layout{text: text, lines: []int{0}}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' || text[i] == '\r' && !strings.HasPrefix(text[i:], "\r\n") {
			l.lines = append(l.lines, i+1)
		}
	}
	return l
}

// start is the byte at which a value begins.
func (l *layout) start(n *yaml.Node) int {
	i := l.lines[max(0, min(n.Line, len(l.lines))-1)]
	for range n.Column - 1 {
		if i >= len(l.text) || l.text[i] == '\n' || l.text[i] == '\r' {
			break
		}
		_, size := utf8.DecodeRuneInString(l.text[i:])
		i += size
	}
	return i
}

// eol is the end of the line on which a byte stands, before its line break.
func (l *layout) eol(i int) int {
	if j := strings.IndexAny(l.text[i:], "\r\n"); j >= 0 {
		return i + j
	}
	return len(l.text)
}

// bol is the beginning of the line on which a byte stands.
func (l *layout) bol(i int) int { return strings.LastIndexAny(l.text[:i], "\r\n") + 1 }

// column is how many characters stand before a byte on its line.
func (l *layout) column(i int) int { return utf8.RuneCountInString(l.text[l.bol(i):i]) }

// newline is how the text ends its lines.
func (l *layout) newline() string {
	switch i := strings.IndexAny(l.text, "\r\n"); {
	case i < 0 || l.text[i] == '\n':
		return "\n"
	case strings.HasPrefix(l.text[i:], "\r\n"):
		return "\r\n"
	}
	return "\r"
}

// step is how far the file moves a group in: the indentation of the first line that is moved in, or two.
func (l *layout) step() int {
	for _, i := range l.lines {
		line := l.text[i:l.eol(i)]
		rest := strings.TrimLeft(line, " ")
		if in := len(line) - len(rest); in > 0 && in <= 8 && rest != "" && rest[0] != '#' && rest[0] != '-' {
			return in
		}
	}
	return 2
}

func flowing(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }

func collection(n *yaml.Node) bool { return n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode }

// end is the byte after a value.
func (l *layout) end(n *yaml.Node) int {
	at := l.start(n)
	if !collection(n) {
		return l.scalarEnd(n, at)
	}
	braced := flowing(n) && at < len(l.text) && (l.text[at] == '{' || l.text[at] == '[')
	if braced {
		at++
	}
	for _, c := range n.Content {
		at = max(at, l.end(c))
	}
	if !braced {
		return at
	}
	for at < len(l.text) {
		switch c := l.text[at]; c {
		case ']', '}':
			return at + 1
		case '#':
			at = l.eol(at)
		default:
			at++
		}
	}
	return at
}

func (l *layout) scalarEnd(n *yaml.Node, at int) int {
	t := l.text
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for i := at + 1; i < len(t); i++ {
			switch t[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return len(t)
	case n.Style&yaml.SingleQuotedStyle != 0:
		for i := at + 1; i < len(t); i++ {
			if t[i] != '\'' {
				continue
			}
			if !strings.HasPrefix(t[i:], "''") {
				return i + 1
			}
			i++
		}
		return len(t)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return l.blockEnd(n, at)
	}
	// A plain value stands in the text as it is, but for the blanks where it goes on in the next line.
	for _, word := range strings.Fields(n.Value) {
		i := strings.Index(t[at:], word)
		if i < 0 {
			return at
		}
		at += i + len(word)
	}
	return at
}

// blockEnd is the end of a value that begins with | or >: of its last line that is not blank.
func (l *layout) blockEnd(n *yaml.Node, at int) int {
	end := l.eol(at)
	if strings.TrimSpace(n.Value) == "" {
		return end
	}
	indent := -1
	for line := n.Line; line < len(l.lines); line++ {
		i := l.lines[line]
		text := l.text[i:l.eol(i)]
		rest := strings.TrimLeft(text, " ")
		in := len(text) - len(rest)
		switch {
		case strings.TrimSpace(rest) == "":
			continue
		case indent < 0:
			indent = in
		case in < indent:
			return end
		}
		end = i + len(text)
	}
	return end
}

// comments gives the comments between two bytes that stand outside of the words of a value.
func (l *layout) comments(n *yaml.Node, from, to int) []string {
	var words [][2]int
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if !collection(n) {
			start := l.start(n)
			if literal(n) {
				start = l.eol(start) // a comment may stand behind the |
			}
			words = append(words, [2]int{start, l.end(n)})
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(n)
	var out []string
	for i := from; i < to; i++ {
		for len(words) > 0 && words[0][1] <= i {
			words = words[1:]
		}
		if len(words) > 0 && i >= words[0][0] {
			i = words[0][1] - 1
			continue
		}
		if l.text[i] == '#' {
			end := min(l.eol(i), to)
			out = append(out, strings.TrimRight(l.text[i:end], " \t"))
			i = end
		}
	}
	return out
}
