package packet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// ReadBack reads a file that came back, whatever it is: a file of comments, a Word document, or the text of a mail. It goes by what is in the file and
// not by its name. Nothing in it is opened, followed or carried out. What cannot be comments is refused, with the reason.
func ReadBack(name string, data []byte, a Arrived) (*Back, source.Problems) {
	b, ps := readBack(name, data, a)
	if b == nil {
		return nil, ps
	}
	kept := b.Comments[:0]
	for _, c := range b.Comments {
		found := a.judge(&c)
		if !found.Failed() {
			kept = append(kept, c)
		}
		ps = append(ps, found...)
	}
	b.Comments = kept
	return b, ps
}

func readBack(name string, data []byte, a Arrived) (*Back, source.Problems) {
	refuse := func(message, hint string) (*Back, source.Problems) {
		return nil, source.Problems{{Pos: source.Pos{File: name, Line: 1, Col: 1}, Code: "comments", Severity: source.Error, Message: message, Hint: hint}}
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return ReadWord(name, data, a)
	}
	if what, hint := foreign(data); what != "" {
		return refuse("This is "+what+", and not what a reviewer says.", hint)
	}
	if len(data) > MaxCommentFile {
		return refuse(fmt.Sprintf("The file has more than %d bytes.", MaxCommentFile), "Ask for the comments alone, without what they answer and without pictures.")
	}
	if bytes.HasPrefix(data, []byte(commentsFormat)) {
		c, ps := ParseComments(name, data)
		if c == nil {
			return nil, ps
		}
		if n := len(c.Answers) + len(c.Settled); n > 0 {
			ps = source.Problems{{Pos: source.Pos{File: name, Line: 1, Col: 1}, Code: "comments", Severity: source.Warning,
				Message: fmt.Sprintf("The file has answers, too (%d). Answers are the office's, so they were left out.", n), Hint: "Answer with `fairnotice review answer`."}}
		}
		return &Back{Form: "comments", Comments: c.Comments}, ps
	}
	text, problem := mailText(data)
	if problem != "" {
		return refuse(problem, "Copy the text of the mail into an empty text file, and save it as UTF-8.")
	}
	return ReadMail(name, []byte(text), a)
}

// foreign says what a file is that holds no comments.
func foreign(data []byte) (what, hint string) {
	head := bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(data[:min(len(data), 4096)]), []byte("\ufeff")))
	small := make([]byte, len(head)) // in small letters, and otherwise byte for byte
	for i, b := range head {
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		small[i] = b
	}
	begins := func(with ...string) bool {
		return slices.ContainsFunc(with, func(w string) bool { return bytes.HasPrefix(small, []byte(w)) })
	}
	const text = "Copy the comments into an empty text file, and save it as UTF-8."
	switch {
	case len(head) == 0:
		return "an empty file", "Ask for the comments again."
	case begins("<!doctype", "<html", "<?xml", "<svg", "<script", "<!--") || !isMailFile(data) && (bytes.Contains(small, []byte("<html")) || bytes.Contains(small, []byte("<script"))):
		return "a page or program code", "Ask the reviewer to open the packet, and to send the small file that “Save the file” makes."
	case begins("pk\x05\x06"):
		return "an empty archive", "Ask for the comments as a text, or for the Word document itself."
	case begins("\xd0\xcf\x11\xe0"):
		return "a Word or Excel document of the old form (.doc, .xls)", "Open it in Word and save it as .docx; or copy the comments into a text file."
	case begins("%pdf-"):
		return "a PDF", text
	case begins("{\\rtf"):
		return "a text with formats (RTF)", text
	case begins("\x89png", "\xff\xd8\xff", "gif8", "riff"):
		return "a picture", "Ask for the comments as a text."
	case begins("notice-review"):
		return "a statement of review", "It is signed and kept with `fairnotice review sign`."
	case begins("notice-sent/"):
		return "our own record of what was sent", "Ask for the comments."
	case begins("-----begin "):
		return "a signature or a key", "Ask for the comments."
	case begins("fairnotice:", "fairnotice_wording:"):
		return "a file of the program", "Name it first, and then what came back."
	case begins("\xff\xfe", "\xfe\xff"):
		return "a text that was saved as UTF-16 (Windows calls it Unicode)", "Save it again, and choose UTF-8."
	case bytes.IndexByte(data, 0) >= 0:
		return "a file that is no text", text
	}
	return "", ""
}

// judge holds a comment against what was sent. What it calls the statement becomes what we call it.
func (a Arrived) judge(c *Comment) (ps source.Problems) {
	add := func(sev source.Severity, code, message, hint string) {
		ps = append(ps, source.Problem{Pos: c.From, Code: code, Severity: sev, Message: message, Hint: hint})
	}
	if a.Today != 0 && c.On > a.Today {
		add(source.Error, "comments-day", fmt.Sprintf("The comment is of %s, and that day has not come yet.", c.On), "Mend the day.")
		return ps
	}
	if len(a.Packets) == 0 {
		return nil
	}
	if have := a.Packets[0].Program; c.Program != have {
		add(source.Error, "comments-program", fmt.Sprintf("The comment is about the program %q, and the file is about %q.", c.Program, have), "Name the program file to which it belongs.")
		return ps
	}
	i := slices.IndexFunc(a.Packets, func(n *Numbers) bool { return n.Digest == c.Digest })
	if i < 0 {
		add(source.Warning, "comments-edition", fmt.Sprintf("Nothing is known here of the edition that the comment is about (edition %d, %.19s…).", c.Edition, c.Digest),
			"Look which packet the reviewer read. The comment is shown beside the statement of today.")
		return ps
	}
	n := a.Packets[i]
	st, ok := n.find(*c)
	switch {
	case c.Edition != n.Edition:
		add(source.Error, "comments-edition", fmt.Sprintf("The comment names edition %d, and the digest beside it is that of edition %d.", c.Edition, n.Edition), "Somebody changed the file. Ask the reviewer for it again.")
	case !ok:
		add(source.Error, "comments-statement", fmt.Sprintf("Edition %d has no statement %s.", n.Edition, source.Word(cut(c.Statement))), "Somebody changed the file. Ask the reviewer for it again.")
	case !slices.Contains(n.Languages, c.Language):
		add(source.Error, "comments-language", fmt.Sprintf("Edition %d is not in the language %s.", n.Edition, c.Language), "It is in "+strings.Join(n.Languages, ", ")+".")
	case !st.says(c.Language, c.Was):
		add(source.Warning, "comments-was", fmt.Sprintf("The words that the comment quotes are not those of statement %d in the edition that was sent.", st.Number), "Ask the reviewer what was read. What was sent is shown beside it.")
		c.Statement, c.Number = st.Statement(), st.Number
	default:
		c.Statement, c.Number = st.Statement(), st.Number
	}
	return ps
}
