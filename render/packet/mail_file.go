package packet

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"
)

// mailText gives the text of a mail. One that was saved whole (.eml) has heads and parts, and its letters may be written in others: of
// that the plain text is taken, and its day.
func mailText(data []byte) (text, problem string) {
	heads, body := mailHeads(data)
	if !isMailFile(data) {
		if !utf8.Valid(data) {
			return "", "The text is not in UTF-8, so letters with accents would be lost."
		}
		return string(data), ""
	}
	text, problem = plainPart(heads, body, 0)
	if problem == "" && text == "" {
		problem = "This mail has no plain text in it."
	}
	lead := ""
	for _, k := range []string{"subject", "date"} { // the edition may stand in the one; the other says when
		if v, err := new(mime.WordDecoder).DecodeHeader(heads[k]); err == nil && v != "" {
			lead += strings.ToUpper(k[:1]) + k[1:] + ": " + v + "\n"
		}
	}
	return lead + "\n" + text, problem
}

// isMailFile says whether a mail was saved whole.
func isMailFile(data []byte) bool {
	heads, _ := mailHeads(data)
	return heads["mime-version"] != "" || heads["content-type"] != "" || heads["content-transfer-encoding"] != ""
}

// mailHeads reads the heads of a mail, or of a part of one: those that matter, in small letters.
func mailHeads(data []byte) (heads map[string]string, body []byte) {
	heads = map[string]string{}
	last := ""
	for rest := bytes.TrimPrefix(data, []byte("\ufeff")); len(rest) > 0; {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		switch name, value, ok := bytes.Cut(line, []byte(":")); {
		case len(line) == 0:
			return heads, after
		case (line[0] == ' ' || line[0] == '\t') && last != "":
			heads[last] += " " + strings.TrimSpace(string(line))
		case ok && len(name) > 0 && len(name) < 80 && !bytes.ContainsAny(name, " \t>"):
			last = strings.ToLower(string(name))
			if _, twice := heads[last]; !twice {
				heads[last] = strings.TrimSpace(string(value))
			}
		case bytes.HasPrefix(line, []byte("From ")) && last == "": // the line by which mailboxes part mails
		default:
			return map[string]string{}, data
		}
		if len(heads) > 200 {
			return map[string]string{}, data
		}
		rest = after
	}
	return map[string]string{}, data
}

// plainPart finds the plain text of a mail or of one of its parts.
func plainPart(heads map[string]string, body []byte, depth int) (text, problem string) {
	kind, params, err := mime.ParseMediaType(heads["content-type"])
	if heads["content-type"] == "" {
		kind, err = "text/plain", nil
	}
	if err != nil || depth > 5 {
		return "", "The parts of this mail cannot be told apart."
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
		for range 50 {
			p, err := parts.NextRawPart()
			if err != nil {
				break
			}
			raw, err := io.ReadAll(io.LimitReader(p, MaxCommentFile))
			if err != nil {
				break
			}
			of := map[string]string{"content-type": p.Header.Get("Content-Type"), "content-transfer-encoding": p.Header.Get("Content-Transfer-Encoding")}
			if text, problem = plainPart(of, raw, depth+1); text != "" || problem != "" {
				return text, problem
			}
		}
		return "", ""
	}
	if kind != "text/plain" {
		return "", ""
	}
	switch strings.ToLower(heads["content-transfer-encoding"]) {
	case "quoted-printable":
		body, err = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
	case "base64":
		body, err = base64.StdEncoding.DecodeString(string(bytes.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, body)))
	}
	if err != nil {
		return "", "The text of this mail is damaged."
	}
	switch set := strings.ToLower(params["charset"]); {
	case utf8.Valid(body):
		return string(body), ""
	case set == "iso-8859-1" || set == "latin1":
		var b strings.Builder
		for _, c := range body {
			b.WriteRune(rune(c))
		}
		return b.String(), ""
	}
	return "", "The text of this mail is not in UTF-8, so letters with accents would be lost."
}
