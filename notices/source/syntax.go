package source

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

var (
	tightColon = regexp.MustCompile(`^[\s-]*([\p{L}_][\p{L}\p{N}_-]*):([^\s/:][^:]*)$`)
	hardColon  = regexp.MustCompile("^[\\s-]*([\\p{L}_][\\p{L}\\p{N}_-]*):[\u00a0\u2007\u202f\u3000]")
	curlyValue = regexp.MustCompile(`[:\[,{-]\s*[“”„‘]`)
	bareWord   = regexp.MustCompile(`^\s*([\p{L}_][\p{L}\p{N}_-]*)\s*(#.*)?$`)
	keyLine    = regexp.MustCompile(`^[\s-]*("[^"]*"|'[^']*'|[^\s#][^:]*):(\s|$)`)
)

// syntax says in plain words why a text is not YAML. Only one such problem is given: what follows it would be guesses.
func (r *reader) syntax(err error) {
	var second *secondDocument
	if errors.As(err, &second) {
		line := second.line
		for i, seen := 0, false; i < len(r.doc.lines); i++ {
			s := r.doc.lines[i]
			if mark := strings.HasPrefix(s, "---") || strings.HasPrefix(s, "..."); mark && seen {
				line = i + 1
				break
			}
			if t := strings.TrimSpace(s); t != "" && t[0] != '#' {
				seen = true
			}
		}
		r.fatal(line, 1, "syntax", "A second document begins here; a file holds one.", "Delete the line with ---, or move what follows into a file of its own.")
		return
	}
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		r.fatal(1, 1, "syntax", noForm, checkLines)
		return
	}
	line, col, what, hint := r.explain(le)
	r.fatal(line, col, "syntax", what, hint)
}

const (
	noForm     = "This cannot be read: it is not in the form `key: value`."
	checkLines = "Check the quotes, brackets, colons and the blanks at the beginning of this line and of the line above it."
)

// explain turns the parser's finding into a place, a sentence and what to write instead.
func (r *reader) explain(e *yaml.LoadError) (line, col int, what, hint string) {
	line, col = e.Mark.Line, e.Mark.Column
	cl, cc := e.ContextMark.Line, e.ContextMark.Column
	if line == 0 {
		line, col = max(cl, 1), max(cc, 1)
	}
	here := r.doc.Line(line)
	above, aboveNo := r.above(line)
	ours := func(n int) string { return r.doc.Line(n) }

	// Causes that look the same whatever the parser made of them.
	for _, n := range []int{line, cl, aboveNo} {
		s := ours(n)
		if m := hardColon.FindStringSubmatchIndex(s); m != nil {
			return n, len([]rune(s[:m[3]])) + 2, "After the colon stands a no-break space, which looks like a space and is none.",
				fmt.Sprintf("Delete it and press the space bar: `%s: …`.", s[m[2]:m[3]])
		}
	}
	switch msg := e.Message; {
	case strings.Contains(msg, "max depth"):
		return line, col, fmt.Sprintf("Values stand inside values more than %d deep here.", maxDepth), "Look for brackets that were opened too often."
	case strings.Contains(msg, "unknown anchor"):
		return line, col, "A value that begins with * repeats a value from another place. Each value is written out here.",
			"Write the value itself; put quotes around it if the * belongs to the words."
	case msg == "could not find expected ':'" && cl > 0:
		if n, m := r.tight(cl, line); m != nil {
			return missingSpace(ours(n), n, m)
		}
		return cl, cc, "This line has no colon.", fmt.Sprintf("Write `%s: value`, or put quotes around a text of several lines.", firstWord(ours(cl)))
	case curlyValue.MatchString(here) && line != cl, curlyValue.MatchString(ours(cl)) && cl > 0:
		if !curlyValue.MatchString(here) {
			line, here = cl, ours(cl)
		}
		at := curlyValue.FindStringIndex(here)
		return line, len([]rune(here[:at[1]])), "The quotes here are curly quotes, which a word processor makes.", `Use straight quotes: "…".`
	case strings.Contains(msg, "mapping values are not allowed"):
		before := string([]rune(here)[:min(len([]rune(here)), max(0, col-1))])
		if loc := keyLine.FindStringIndex(before); loc != nil && loc[1] <= len(before) {
			return line, col, "There is a second colon in this line, so it is not clear where the value begins.",
				"If the colon belongs to the words, put the whole value in quotes: key: \"first: second\"."
		}
		if n, m := r.tight(aboveNo, line); m != nil {
			return missingSpace(ours(n), n, m)
		}
		if m := bareWord.FindStringSubmatch(above); m != nil && aboveNo > 0 {
			return aboveNo, indentOf(above) + 1, "This line has no colon.", fmt.Sprintf("Write `%s:`.", m[1])
		}
		if indentOf(here) > indentOf(above) {
			return line, indentOf(here) + 1, "This line is moved in further than the line above it, which already has its value.",
				fmt.Sprintf("Begin it in column %d, or give the line above no value of its own.", indentOf(above)+1)
		}
	case strings.Contains(e.ContextMsg, "quoted scalar") && (strings.Contains(msg, "end of stream") || strings.Contains(msg, "document indicator")):
		return cl, cc, "These quotes are opened and never closed.", "Put the same quote mark at the end of the value."
	case strings.Contains(msg, "escape") || strings.Contains(msg, "hexadecimal"):
		return line, col, "Inside double quotes a backslash begins a special character, and this is none.",
			`Write two backslashes, or use single quotes: 'C:\files'.`
	case strings.Contains(msg, "',' or ']'") || strings.Contains(msg, "',' or '}'"):
		open, shut, kind := "[", "]", "list"
		if strings.Contains(msg, "}") {
			open, shut, kind = "{", "}", "group"
		}
		if line == cl && strings.TrimSpace(string([]rune(here)[min(len([]rune(here)), col-1):])) != "" {
			return line, col, fmt.Sprintf("Between the brackets %s %s a comma is missing here, or the closing %s.", open, shut, shut),
				"Put a comma between two values; put quotes around a value that has brackets, commas or quotes of its own."
		}
		return cl, cc, fmt.Sprintf("The %s that begins here with %s is not closed.", kind, open), fmt.Sprintf("Write %s at its end, and a comma between two values.", shut)
	case strings.Contains(msg, "did not find expected key"), strings.Contains(msg, "expected '-' indicator"):
		if col > indentOf(here)+1 {
			if q := r.doc.Line(line); strings.ContainsAny(q, `'"`) {
				return line, col, "There is text after the quotes were closed.",
					`Put the quotes around the whole value. A value with an apostrophe stands in double quotes: "it's"; one with double quotes in single quotes: 'the "card"'.`
			}
			if c := string([]rune(here)[min(col, len([]rune(here)))-1:]); strings.HasPrefix(c, "]") || strings.HasPrefix(c, "}") {
				return line, col, fmt.Sprintf("There is one %s too many here.", c[:1]), "Delete it, or look for a bracket that is missing before it."
			}
			return line, col, "There is text here that belongs to no key.", checkLines
		}
		if strings.Contains(msg, "'-' indicator") {
			return line, col, "A list with - at the beginning of its lines is followed by a line that has none.",
				"Begin the line with -, or move it to the column of the key that it belongs to."
		}
		if strings.HasPrefix(strings.TrimSpace(here), "-") {
			return line, col, "A list begins here, where a key is expected.", "Write the key of the list on a line above it: `key:`."
		}
		return line, col, fmt.Sprintf("This line begins in column %d, where no line above it begins.", col),
			fmt.Sprintf("Lines that belong together begin in the same column: here column %d or %d.", indentOf(above)+1, indentOf(ours(cl))+1)
	case strings.Contains(msg, "block sequence entries"):
		return line, col, "A list with - cannot begin on the line of its key.", "Begin a new line for each entry: `- value`; or write the list in brackets: [first, second]."
	case strings.Contains(msg, "cannot start any token"):
		c := ""
		if rs := []rune(here); col-1 < len(rs) {
			c = string(rs[col-1])
		}
		if c == "\t" {
			return line, col, "There is a tab here.", "Use spaces at the beginning of a line, two for each step."
		}
		return line, col, fmt.Sprintf("A value cannot begin with %s.", quote(c)), "Put quotes around the value."
	case strings.Contains(msg, "tab"):
		return line, col, "There is a tab here.", "Use spaces at the beginning of a line, two for each step."
	case strings.Contains(msg, "expected node content"):
		return line, col, "A value is missing here, or there is a bracket or comma too many.", checkLines
	case strings.Contains(msg, "document start"), strings.Contains(msg, "after document-end"):
		return line, col, "There is text here after the end of the file's facts.", "Look for a bracket too many, here or above."
	case strings.Contains(msg, "comment or line break"), strings.Contains(msg, "indentation indicator"), strings.Contains(e.ContextMsg, "block scalar"):
		return line, col, "After | or > the text begins on the next line.", "Begin a new line, moved in by two spaces; or put the text in quotes."
	case strings.Contains(e.ContextMsg, "tag"), strings.Contains(msg, "tag"):
		return line, col, "A word that begins with ! sets a type. Types are known here from the key.",
			"Delete it; put quotes around the value if the ! belongs to the words."
	case strings.Contains(e.ContextMsg, "directive"), strings.Contains(msg, "YAML document"):
		return line, col, "A line that begins with % gives orders to YAML; this file does not need any.", "Delete the line."
	case strings.Contains(msg, "alphabetic or numeric"):
		return line, col, "& and * cannot begin a value.", "Put quotes around the value."
	case strings.Contains(msg, "mapping keys are not allowed"):
		return line, col, "A value cannot begin with a question mark.", "Put quotes around the value."
	}
	return line, col, noForm, checkLines
}

// tight finds, from line a to the line before b, a key with no space after its colon.
func (r *reader) tight(a, b int) (int, []int) {
	for n := max(1, a); n < max(b, a+1); n++ {
		if m := tightColon.FindStringSubmatchIndex(r.doc.Line(n)); m != nil {
			return n, m
		}
	}
	return 0, nil
}

func missingSpace(s string, line int, m []int) (int, int, string, string) {
	return line, len([]rune(s[:m[3]])) + 1, "A space is missing after the colon.",
		fmt.Sprintf("Write `%s: %s`.", s[m[2]:m[3]], clip(strings.TrimSpace(s[m[4]:m[5]])))
}

// above gives the nearest line above that is not blank and not a comment.
func (r *reader) above(line int) (string, int) {
	for n := min(line-1, len(r.doc.lines)); n > 0; n-- {
		if s := strings.TrimSpace(r.doc.Line(n)); s != "" && s[0] != '#' {
			return r.doc.Line(n), n
		}
	}
	return "", 0
}

func indentOf(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

func firstWord(s string) string {
	if f := strings.Fields(s); len(f) > 0 && len(f[0]) < 30 {
		return clip(strings.Trim(f[0], `-"'`))
	}
	return "key"
}
