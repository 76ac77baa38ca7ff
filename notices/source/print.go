package source

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Print writes each problem as its Error line, then the line of the file with a caret under the place:
//
//	a.yaml:7:3: "emial" is not a key here. Did you mean "email"? [unknown-key]
//	     7 |   emial: help@example.org
//	       |   ^
//
// Of a long line it shows a hundred characters around the place. Characters that could act on a screen are replaced.
func (ps Problems) Print(w io.Writer) {
	out := bufio.NewWriter(w)
	for _, p := range ps {
		fmt.Fprintln(out, p.Error())
		if p.Pos.Line > 0 && strings.TrimSpace(p.Excerpt) != "" {
			line, indent := window(p.Excerpt, p.Pos.Col)
			fmt.Fprintf(out, "%6d | %s\n", p.Pos.Line, line)
			fmt.Fprintf(out, "       | %s^\n", indent)
		}
	}
	out.Flush() // a writer that fails is for its owner to notice
}

// window cuts a line to a hundred characters around a column, and gives the blanks that stand before the caret.
func window(line string, col int) (cut, indent string) {
	const most, before = 100, 60
	r := []rune(line)
	at := max(0, min(col-1, len(r)))
	from, to := 0, len(r)
	if len(r) > most {
		from = max(0, min(at-before, len(r)-most))
		to = from + most
	}
	head, tail := "", ""
	if from > 0 {
		head = "…"
	}
	if to < len(r) {
		tail = "…"
	}
	cut = visible(string(r[from:to]))
	lead := string([]rune(cut)[:at-from])
	return strings.TrimRight(head+cut+tail, " "), strings.Repeat(" ", columns(head+lead))
}

// columns is how many columns of a screen a text takes.
func columns(s string) (n int) {
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me) || r == 0x200c || r == 0x200d || r == 0xfe0f:
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f ||
			r >= 0xff01 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1faff:
			n += 2
		default:
			n++
		}
	}
	return n
}

// MarshalJSON writes the contract of `check --as json`: file, line, column, path, code, severity, message, hint.
func (p Problem) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		File     string   `json:"file"`
		Line     int      `json:"line"`
		Column   int      `json:"column"`
		Path     string   `json:"path"`
		Code     string   `json:"code"`
		Severity Severity `json:"severity"`
		Message  string   `json:"message"`
		Hint     string   `json:"hint"`
	}{p.Pos.File, p.Pos.Line, p.Pos.Col, p.Path, p.Code, p.Severity, p.Message, p.Hint})
}
