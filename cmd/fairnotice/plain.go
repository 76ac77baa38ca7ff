package main

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/locales/plain"
	"fairnotice/notices/source"
)

// checkText is check --text: it judges a notice that an office already has.
func (w world) checkText(c *cobra.Command, path, lang, as string) error {
	l, err := locales.Lookup(lang)
	if err != nil {
		return mistyped(sentence(err.Error()), w.typed.with(lang, "en"))
	}
	text, err := w.plainText(path)
	if err != nil {
		return err
	}
	r := plain.Text(l.Tag, text)
	ps := source.FreeText(path, l.Tag, text)
	meets := r.Meets() && !ps.Failed()
	pass := &meets
	if meets && !judgedWhole(r) {
		pass = nil // nothing was found, and not all of it can be seen
	}
	var out bytes.Buffer
	if as == "json" {
		points, judged := r.IndexScore()
		err = writeJSON(&out, struct {
			File string `json:"file"`
			Pass *bool  `json:"pass"`
			*plain.Report
			Problems   source.Problems `json:"problems"`
			IndexScore struct {
				Points float64 `json:"points"`
				Judged int     `json:"judged"`
			} `json:"index_score"`
		}{path, pass, r, append(source.Problems{}, ps...), struct {
			Points float64 `json:"points"`
			Judged int     `json:"judged"`
		}{math.Round(points), judged}})
		if err != nil {
			return err
		}
	} else {
		textReport(&out, path, l, r, ps)
	}
	if _, err := c.OutOrStdout().Write(out.Bytes()); err != nil {
		return err
	}
	if !meets {
		return flawed("")
	}
	return nil
}

// judgedWhole reports whether both the bar of a language and the basic facts could be judged.
func judgedWhole(r *plain.Report) bool { return r.Scored && len(r.Facts) > 0 }

// plainText reads a file as text, or says how to save it so that it can be read.
func (w world) plainText(path string) (string, error) {
	if path == "" {
		return "", mistyped("--text needs the name of a text file.", w.typed.with("--text=", "--text=notice.txt"))
	}
	switch info, err := os.Stat(path); {
	case os.IsNotExist(err):
		return "", undone("There is no file "+quoted(path)+".", "Look whether the name and the folder are right.")
	case err != nil:
		return "", undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
	case !info.Mode().IsRegular():
		return "", undone(fmt.Sprintf("%s is not a file that can be read.", quoted(path)))
	}
	f, err := os.Open(path)
	if err != nil {
		return "", undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, plain.Most+1))
	const save = "In Word: File, Save As, Plain Text, encoding UTF-8. From a web page or a PDF: select all, copy, paste into Notepad, save."
	head := bytes.TrimSpace(bytes.ToLower(data[:min(len(data), 512)]))
	switch {
	case err != nil:
		return "", undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
	case len(data) > plain.Most:
		return "", undone(fmt.Sprintf("%s is larger than 256 kilobytes. A notice is one page or a few.", quoted(path)))
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.IndexByte(data, 0) >= 0, bytes.HasPrefix(data, []byte("%PDF")), bytes.HasPrefix(data, []byte("{\\rtf")):
		return "", undone(fmt.Sprintf("%s is no plain text in UTF-8.", quoted(path)), save)
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")):
		return "", undone(fmt.Sprintf("%s is a web page. Only plain text is read.", quoted(path)), save)
	case !utf8.Valid(data):
		return "", undone(fmt.Sprintf("%s has letters that are not in UTF-8.", quoted(path)), save)
	}
	return string(data), nil
}

// textReport prints the report of a free text for people.
func textReport(out io.Writer, path string, l locales.Language, r *plain.Report, ps source.Problems) {
	put := func(indent, hang int, s string) { hanging(out, indent, hang, clean(s)) }
	c := r.Counts
	size := count(c.Words, "word")
	if c.Characters > 0 {
		size = count(c.Characters, "character")
	}
	fmt.Fprintf(out, "%s (%s): %s, %s.\n\n", clean(path), l.English, count(c.Sentences, "sentence"), size)

	if len(r.Scores) > 0 {
		fmt.Fprintln(out, "How hard it is to read")
		for _, s := range r.Scores {
			fmt.Fprintf(out, "  %s\n", strings.TrimRight(fmt.Sprintf("%-24s %6.1f  %s", s.Name, s.Value, core.Against(s)), " "))
		}
		fmt.Fprintln(out)
	}
	if len(r.Facts) > 0 {
		fmt.Fprintf(out, "What it states: %d of %d basic facts\n", r.Stated(), len(r.Facts))
		for _, f := range r.Facts {
			if f.Found {
				put(2, 4, fmt.Sprintf("found: %s, line %d: “%s”", f.Name, f.Line, shortened(f.Sentence)))
			}
		}
		for _, f := range r.Facts {
			if !f.Found {
				put(2, 4, "not found: "+f.Name)
			}
		}
		fmt.Fprintln(out)
	}
	if len(ps) > 0 {
		fmt.Fprintf(out, "What may not stand in a notice (%d)\n\n", len(ps))
		ps.Print(out)
		fmt.Fprintln(out)
	}
	findings(out, "To mend", path, r.Findings, false)
	findings(out, "To look at", path, r.Findings, true)
	if points, judged := r.IndexScore(); judged > 0 {
		put(0, 2, fmt.Sprintf("CDC Clear Communication Index: %.0f of 100 on the %d items that can be judged in a plain text; the others need a person or the page.", points, judged))
		for _, i := range r.Index {
			if i.Status == "no" {
				put(2, 4, fmt.Sprintf("item %d, %s: %s", i.Number, i.Name, i.Why))
			}
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out, "What this check cannot see")
	for _, u := range r.Unseen {
		put(2, 4, "- "+u)
	}
	fmt.Fprintln(out)
	switch {
	case ps.Failed():
		fmt.Fprintf(out, "%s: does not meet the bar.\n", clean(path))
	case r.Meets() && !judgedWhole(r):
		fmt.Fprintf(out, "%s: nothing was found that must be mended, and most of the bar cannot be judged in this language.\n", clean(path))
	case r.Meets():
		fmt.Fprintf(out, "%s: meets the bar.\n", clean(path))
	default:
		fmt.Fprintf(out, "%s: does not meet the bar.\n", clean(path))
	}
}

// findings prints what is to be mended, or looked at, in the order of the text: what is the same of several sentences once.
func findings(out io.Writer, title, path string, all []plain.Finding, note bool) {
	var order []string
	same := map[string][]plain.Finding{}
	n := 0
	for _, f := range all {
		if f.Note != note {
			continue
		}
		n++
		key := f.Code + "\x00" + f.Mend
		if same[key] == nil {
			order = append(order, key)
		}
		same[key] = append(same[key], f)
	}
	if n == 0 {
		return
	}
	fmt.Fprintf(out, "%s (%d)\n", title, n)
	for _, key := range order {
		const most = 5 // of what is only to be looked at
		fs := same[key]
		hanging(out, 2, 4, clean(fmt.Sprintf("%s [%s]", fs[0].Mend, fs[0].Code)))
		for i, f := range fs {
			if note && i == most {
				fmt.Fprintf(out, "    and %d more\n", len(fs)-most)
				break
			}
			at := fmt.Sprintf("%s:%d: %s", path, f.Line, f.Says)
			if f.Sentence != "" {
				at += " “" + shortened(f.Sentence) + "”"
			}
			hanging(out, 4, 6, clean(at))
		}
	}
	fmt.Fprintln(out)
}
