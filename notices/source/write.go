package source

import (
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// Word writes words as one value of a file: as they are where that is safe, else in double quotes. It can stand inside brackets.
func Word(s string) string {
	if safeWord(s) {
		return s
	}
	return quoted(s)
}

// safeWord says whether words mean themselves without quotes, inside brackets and outside.
func safeWord(s string) bool {
	if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, "\n\r\t\"#{}[],&*!|>%@`\\“”„‟‘‚‛") || strings.Contains(s, ": ") || strings.HasSuffix(s, ":") {
		return false
	}
	if first := []rune(s)[0]; !unicode.IsLetter(first) && !unicode.IsDigit(first) && first != '+' && first != '(' {
		return false
	}
	switch strings.ToLower(s) {
	case "true", "false", "null":
		return false
	}
	n, err := parse([]byte(s))
	return err == nil && n != nil && n.Kind == yaml.ScalarNode && n.Value == s && n.Style == 0
}

// inBrackets writes a value on one line.
func inBrackets(n *yaml.Node) string {
	var in []string
	switch n.Kind {
	case yaml.SequenceNode:
		for _, v := range n.Content {
			in = append(in, inBrackets(v))
		}
		return "[" + strings.Join(in, ", ") + "]"
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			in = append(in, inBrackets(n.Content[i])+": "+inBrackets(n.Content[i+1]))
		}
		return "{" + strings.Join(in, ", ") + "}"
	}
	if n.Style == 0 && n.Value != "" && !strings.ContainsAny(n.Value, "#{}[],\n") {
		return n.Value // true and unknown are no words in quotes
	}
	return quoted(n.Value)
}

// quoted writes words in double quotes.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func writeKey(key string) string { return Word(key) }

// inFlow writes a value on one line, in brackets where it has entries or keys.
func inFlow(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		parts := make([]string, len(n.Content))
		for i, c := range n.Content {
			parts[i] = inFlow(c)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case yaml.MappingNode:
		parts := make([]string, 0, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			parts = append(parts, inFlow(n.Content[i])+": "+inFlow(n.Content[i+1]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if plain := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0; plain && !strings.ContainsAny(n.Value, ",[]{}\n") {
		return n.Value
	}
	return quoted(n.Value)
}
