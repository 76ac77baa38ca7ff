package packet

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
)

// sheetText is where the page of a sheet keeps the answers as a text, also when the page itself is saved.
var sheetText = regexp.MustCompile(`(?is)<textarea[^>]{0,500}\sid=["']?text["']?(?:\s[^>]{0,500})?>(.*?)</textarea`)

// typeThem is what to do with answers that stand in something else.
const typeThem = "Copy or type the answers into Notepad (on a Mac: TextEdit), save it, and take that file in."

// PlainText gives the plain text of what somebody sent back: a text, a mail that was saved whole, a Word document as it reads with all changes
// taken, or the page of a sheet that was filled in and saved. Problem is why there is none, in a whole sentence, and hint what to do.
func PlainText(data []byte) (text, problem, hint string) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		w, err := readWord(data)
		var fault *wordFault
		switch {
		case errors.As(err, &fault):
			return "", fault.says, "Save it again in Word as .docx, or copy its text into a mail."
		case err != nil:
			return "", "The file is damaged.", "Ask for it once more."
		}
		var b strings.Builder
		for _, p := range w.paras {
			for _, piece := range p.pieces {
				if piece.del == 0 {
					b.Write(piece.text)
				}
			}
			b.WriteString("\n")
		}
		return b.String(), "", ""
	}
	if len(data) > MaxCommentFile {
		return "", fmt.Sprintf("The file has more than %d bytes.", MaxCommentFile), "Ask for the answers alone, without pictures."
	}
	if small := bytes.ToLower(data[:min(len(data), 4096)]); !isMailFile(data) && (bytes.Contains(small, []byte("<!doctype html")) || bytes.Contains(small, []byte("<html"))) {
		if m := sheetText.FindSubmatch(data); m != nil && len(bytes.TrimSpace(m[1])) > 0 {
			return html.UnescapeString(string(m[1])), "", ""
		}
		if bytes.Contains(data, []byte(`id="sheet"`)) {
			return "", "This is the page of a sheet, and no answers stand in it: a page does not keep what was typed.",
				"Ask the person to press “Make the text” at its end, and to send the file that “Save it as a file” makes."
		}
		return "", "This is a web page, and no sheet with answers.", typeThem
	}
	if what, _ := foreign(data); what != "" {
		return "", "This is " + what + ", and no sheet with answers.", typeThem
	}
	if text, problem = mailText(data); problem != "" {
		return "", problem, "Copy the text of the mail into Notepad (on a Mac: TextEdit), save it with the encoding UTF-8, and take that file in."
	}
	return text, "", ""
}
