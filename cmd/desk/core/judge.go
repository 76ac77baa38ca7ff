package core

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"fairnotice/locales"
	"fairnotice/locales/plain"
	"fairnotice/notices/source"
)

// Verdict is the answer of `start.judge`: {text | file, language}: what a notice that an office already has tells its readers. It is what
// `check --text` finds.
type Verdict struct {
	Verdict  string         `json:"verdict"` // one or two sentences
	Meets    bool           `json:"meets"`   // the whole bar
	Said     int            `json:"said"`    // of the ten basic facts
	Facts    []FactSaid     `json:"facts"`   // none for a language in which they cannot be looked for
	Grade    string         `json:"grade"`   // how hard it is to read, in a sentence; "" where that cannot be said
	Findings []FindingWords `json:"findings"`
	Unseen   []string       `json:"unseen"` // what nobody can see in a text, in whole sentences
}

// FactSaid is one of ten basic facts.
type FactSaid struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Said  bool   `json:"said"`
	Quote string `json:"quote"` // the sentence that says it
	Line  int    `json:"line"`
}

// FindingWords is one sentence to mend. Severity is error (it must not stand in a notice), warning, or note (to look at).
type FindingWords struct {
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Hint     string `json:"hint"`
	Quote    string `json:"quote"`
	Line     int    `json:"line"`
	Code     string `json:"code"`
}

func judgeText(_ *Desk, args json.RawMessage) (any, error) {
	a, err := take[struct {
		Text     string `json:"text"`
		File     *Blob  `json:"file"`
		Language string `json:"language"`
	}](args)
	if err != nil {
		return nil, err
	}
	if a.Language == "" {
		a.Language = "en"
	}
	l, err := locales.Lookup(a.Language)
	if err != nil {
		return nil, refuse(err.Error(), "Choose one of these.")
	}
	name, text := "the text", a.Text
	if a.File != nil {
		name = path.Base(a.File.Name)
		if text, err = textOf(*a.File); err != nil {
			return nil, err
		}
	}
	if strings.TrimSpace(text) == "" {
		return nil, refuse("There are no words.", "Paste the text of the notice, or choose its file.")
	}
	if len(text) > plain.Most {
		return nil, refuse("This text is larger than 256 kilobytes.", "A notice is one page or a few. Paste only that.")
	}
	r := plain.Text(l.Tag, text)
	ps := source.FreeText(name, l.Tag, text)
	out := &Verdict{Meets: r.Meets() && !ps.Failed(), Said: r.Stated(), Facts: []FactSaid{}, Findings: []FindingWords{}, Unseen: []string{}}
	for _, u := range r.Unseen {
		out.Unseen = append(out.Unseen, strings.Replace(u, "Only plain text is read, no Word file, PDF or web page.", "Only its words are read.", 1))
	}
	for _, f := range r.Facts {
		out.Facts = append(out.Facts, FactSaid{f.ID, capital(f.Name), f.Found, f.Sentence, f.Line})
	}
	for _, p := range ps {
		out.Findings = append(out.Findings, FindingWords{string(p.Severity), p.Message, p.Hint, strings.TrimSpace(p.Excerpt), p.Pos.Line, p.Code})
	}
	for _, note := range []bool{false, true} {
		for _, f := range r.Findings {
			if f.Note == note {
				severity := "error"
				if note {
					severity = "note"
				}
				out.Findings = append(out.Findings, FindingWords{severity, f.Says, f.Mend, f.Sentence, f.Line, f.Code})
			}
		}
	}
	var hard []string
	judged := false
	for _, s := range r.Scores {
		if judged = judged || s.Judged; s.Judged && !s.Passed {
			hard = append(hard, fmt.Sprintf("%s %.1f, where %s is right", s.Name, s.Value, strings.TrimSuffix(Against(s), ": missed")))
		}
	}
	must := 0
	for _, f := range out.Findings {
		if f.Severity == "error" {
			must++
		}
	}
	switch {
	case len(hard) > 0:
		out.Grade = "It is harder to read than it should be: " + strings.Join(hard, "; ") + "."
	case judged:
		out.Grade = "It is easy enough to read."
	}
	switch {
	case out.Meets && (!r.Scored || len(r.Facts) == 0):
		out.Verdict = "Nothing was found that must be mended. Most of the bar cannot be judged in this language."
	case out.Meets:
		out.Verdict = "This notice meets the bar."
	case len(out.Facts) > 0:
		out.Verdict = fmt.Sprintf("It tells %d of %d basic facts.", out.Said, len(out.Facts))
		if must > 0 {
			out.Verdict += fmt.Sprintf(" %s to mend.", things(must))
		}
	default:
		out.Verdict = things(must) + " to mend."
	}
	return out, nil
}

func things(n int) string {
	if n == 1 {
		return "One place is"
	}
	return fmt.Sprintf("%d places are", n)
}

// textOf takes the words out of a file: a text, a web page or a Word file.
func textOf(f Blob) (string, error) {
	b := f.Bytes
	paste := "Open it, select all, copy, and paste the words here."
	switch {
	case bytes.HasPrefix(b, []byte("%PDF")):
		return "", refuse("The words of a PDF cannot be taken out of it here.", paste)
	case isZip(b):
		return wordText(b)
	case bytes.HasPrefix(b, []byte("{\\rtf")), bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")):
		return "", refuse("The words cannot be taken out of this kind of file.", "Save it as Word document (.docx), or copy and paste the words.")
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return utf16Text(b[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return utf16Text(b[2:], binary.BigEndian), nil
	case !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0:
		return "", refuse("Some letters of this file cannot be read.", paste)
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if head := bytes.ToLower(b[:min(len(b), 2000)]); bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<body")) {
		return pageText(string(b)), nil
	}
	return string(b), nil
}

func utf16Text(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

var (
	pageUnread = regexp.MustCompile(`(?is)<!--.*?-->|<(script|style|head|nav|svg|template|noscript)\b.*?</(?:script|style|head|nav|svg|template|noscript)\s*>`)
	pageBlock  = regexp.MustCompile(`(?is)<(/?)(p|div|li|h[1-6]|tr|br|section|article|header|footer|table|ul|ol|dt|dd|summary|details|label|legend|option)\b[^>]*>`)
	pageTag    = regexp.MustCompile(`(?s)<[^>]*>`)
	pageBlank  = regexp.MustCompile(`[ \t\r\f\v\x{00a0}]+`)
	pageLines  = regexp.MustCompile(`\n\s*\n+`)
)

// pageText is what a web page says, one block a paragraph. It is only for judging words, and is never shown as a page.
func pageText(s string) string {
	s = pageUnread.ReplaceAllString(s, "\n")
	s = strings.ReplaceAll(s, "\n", " ")
	s = pageBlock.ReplaceAllString(s, "\n\n")
	s = html.UnescapeString(pageTag.ReplaceAllString(s, " "))
	s = pageBlank.ReplaceAllString(s, " ")
	return strings.TrimSpace(pageLines.ReplaceAllString(s, "\n\n"))
}

// wordText is what a Word file says, without what was struck out in it.
func wordText(b []byte) (string, error) {
	broken := refuse("This is no Word file that can be read.", "Open it in Word, copy the words, and paste them here.")
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "", broken
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return "", broken
	}
	defer f.Close()
	x := xml.NewDecoder(io.LimitReader(f, 32<<20))
	var out strings.Builder
	gone, inText := 0, false
	for {
		tok, err := x.Token()
		if err == io.EOF {
			return strings.TrimSpace(out.String()), nil
		}
		if err != nil {
			return "", broken
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "del", "moveFrom", "instrText":
				gone++
			case "t":
				inText = gone == 0
			case "tab":
				out.WriteByte(' ')
			case "br":
				out.WriteByte('\n')
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "del", "moveFrom", "instrText":
				gone--
			case "t":
				inText = false
			case "p":
				out.WriteString("\n\n")
			}
		case xml.CharData:
			if inText {
				out.Write(t)
			}
		}
	}
}
