package locales

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Skeleton is the file of a new language with everything to fill in: the messages of the English file in its order, each empty below
// its English, and each table with the plural forms that the language needs and the numbers that they are for.
func Skeleton(l Language, english []byte) ([]byte, error) {
	forms, err := l.Forms()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# state: draft; no named person has reviewed it.\n#\n# %s: every sentence of every notice. Above each message stands its English. The package comment\n"+
		"# of locales says how a message is written; an empty one counts as not translated.\n\n", cmp.Or(l.English, l.Tag))
	lines := strings.Split(strings.ReplaceAll(string(english), "\r\n", "\n"), "\n")
	start := slices.Index(lines, "") + 1 // after the head, which speaks of English
	for i := start; i < len(lines); i++ {
		line := lines[i]
		switch {
		case strings.HasPrefix(line, "["):
			for i+1 < len(lines) && lines[i+1] != "" {
				i++
				fmt.Fprintf(&b, "# %s\n", lines[i])
			}
			fmt.Fprintln(&b, line)
			for _, f := range forms {
				fmt.Fprintf(&b, "%s = \"\" # for %s\n", f.Name, f.Numbers)
			}
		case strings.HasPrefix(line, `"`):
			id, text, _ := strings.Cut(line, " = ")
			fmt.Fprintf(&b, "# %s\n%s = \"\"\n", text, id)
		default:
			fmt.Fprintln(&b, line)
		}
	}
	return []byte(strings.TrimRight(b.String(), "\n") + "\n"), nil
}

// Texts are the texts of one message: with the name of its plural form, or "" for a plain message.
type Texts map[string]string

// Rewrite gives a file of words in which some messages say something else. A message that is there keeps its line; one that is not is
// put behind the message that stands before it in the English file. Every other line stays as it is, comments too.
func Rewrite(file, english []byte, changed map[string]Texts) ([]byte, error) {
	lines := strings.Split(strings.ReplaceAll(strings.TrimRight(string(file), "\n"), "\r\n", "\n"), "\n")
	order := idsOf(english)
	ids := make([]string, 0, len(changed))
	for id := range changed {
		if !slices.Contains(order, id) {
			return nil, fmt.Errorf("%q is no message of the English", id)
		}
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	for _, id := range ids {
		written, err := writeMessage(id, changed[id])
		if err != nil {
			return nil, err
		}
		if from, to, ok := placeOf(lines, id); ok {
			lines = slices.Replace(lines, from, to, written...)
			continue
		}
		at := len(lines)
		table := changed[id][""] == ""
		for i := slices.Index(order, id) - 1; i >= 0; i-- {
			if from, to, ok := placeOf(lines, order[i]); ok && strings.HasPrefix(lines[from], "[") == table {
				at = to
				break
			} else if ok && table { // the first table
				continue
			}
		}
		if table {
			written = append([]string{""}, written...)
		}
		lines = slices.Insert(lines, at, written...)
	}
	return []byte(strings.Join(lines, "\n") + "\n"), nil
}

// idsOf lists the messages of a file in its order.
func idsOf(file []byte) []string {
	var out []string
	for _, line := range strings.Split(string(file), "\n") {
		s := strings.TrimPrefix(line, "[")
		if strings.HasPrefix(s, `"`) {
			if id, _, ok := strings.Cut(s[1:], `"`); ok {
				out = append(out, id)
			}
		}
	}
	return out
}

// placeOf finds the lines of a message, without the empty line behind a table.
func placeOf(lines []string, id string) (from, to int, ok bool) {
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, `"`+id+`" = `):
			return i, i + 1, true
		case line == `["`+id+`"]`:
			to := i + 1
			for to < len(lines) && lines[to] != "" && !strings.HasPrefix(lines[to], "[") {
				to++
			}
			return i, to, true
		}
	}
	return 0, 0, false
}

func writeMessage(id string, texts Texts) ([]string, error) {
	write := func(key, s string) (string, error) {
		switch {
		case !strings.ContainsAny(s, "\"\\"):
			return key + ` = "` + s + `"`, nil
		case !strings.Contains(s, "'"):
			return key + " = '" + s + "'", nil
		}
		return "", fmt.Errorf("%q has straight quotation marks of both kinds: use those of the language", id)
	}
	if s, plain := texts[""]; plain && len(texts) == 1 {
		line, err := write(`"`+id+`"`, s)
		return []string{line}, err
	}
	out := []string{`["` + id + `"]`}
	for _, f := range formNames {
		if s, ok := texts[f]; ok {
			line, err := write(f, s)
			if err != nil {
				return nil, err
			}
			out = append(out, line)
		}
	}
	if len(out) == 1 {
		return nil, fmt.Errorf("%q has no text", id)
	}
	return out, nil
}
