package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// worded does to a Word file of the packet what a reviewer does in Word, as Word writes it:
//
//	worded FILE NAME change STATEMENT:LANG OLD NEW    a tracked change: OLD struck out, NEW put in ("" for neither)
//	worded FILE NAME silent STATEMENT:LANG OLD NEW    the same with tracking switched off
//	worded FILE NAME comment STATEMENT:LANG OLD TEXT  a comment on the words OLD
//	worded FILE NAME part PATH TEXT                   another part in the archive
func worded(ts *testscript.TestScript, neg bool, args []string) {
	file := ts.MkAbs(args[0])
	data, err := os.ReadFile(file)
	ts.Check(err)
	parts, order, err := unzipped(data)
	ts.Check(err)
	who, did := args[1], args[2]
	if did == "part" {
		parts[args[3]] = args[4]
		order = append(order, args[3])
	} else {
		ts.Check(workInWord(parts, &order, who, did, args[3], args[4], args[5]))
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range order {
		f, err := z.Create(name)
		ts.Check(err)
		_, err = io.WriteString(f, parts[name])
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(os.WriteFile(file, b.Bytes(), 0o600))
}

func workInWord(parts map[string]string, order *[]string, who, did, where, old, put string) error {
	const document, comments, relations = "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels"
	body := parts[document]
	at := strings.Index(body, `<w:tag w:val="fn:`+where+`"/>`)
	if at < 0 {
		return fmt.Errorf("there is no statement %s", where)
	}
	start := at + strings.Index(body[at:], "<w:t ")
	from := start + strings.IndexByte(body[start:], '>') + 1
	to := from + strings.Index(body[from:], "</w:t>")
	end := to + len("</w:t></w:r>")
	run := start
	for !strings.HasPrefix(body[run:], "<w:r>") {
		run--
	}
	before, after, ok := strings.Cut(body[from:to], old)
	if !ok {
		return fmt.Errorf("statement %s reads %q", where, body[from:to])
	}
	text := func(s string) string {
		if s == "" {
			return ""
		}
		return `<w:r w:rsidRPr="00C0FFEE"><w:t xml:space="preserve">` + s + `</w:t></w:r>`
	}
	in := ""
	switch did {
	case "silent":
		in = text(put)
	case "change":
		by := ` w:author="` + who + `" w:date="2026-11-21T09:15:00Z">`
		if old != "" {
			in = `<w:del w:id="901"` + by + `<w:r w:rsidDel="00C0FFEE"><w:delText xml:space="preserve">` + old + `</w:delText></w:r></w:del>`
		}
		if put != "" {
			in += `<w:ins w:id="902"` + by + text(put) + `</w:ins>`
		}
	case "comment":
		id := fmt.Sprint(strings.Count(parts[comments], "<w:comment "))
		in = `<w:commentRangeStart w:id="` + id + `"/>` + text(old) + `<w:commentRangeEnd w:id="` + id + `"/><w:r><w:commentReference w:id="` + id + `"/></w:r>`
		if parts[comments] == "" {
			*order = append(*order, comments)
			parts[comments] = `<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"></w:comments>`
			parts[relations] = strings.Replace(parts[relations], "</Relationships>",
				`<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>`, 1)
		}
		parts[comments] = strings.Replace(parts[comments], "</w:comments>", `<w:comment w:id="`+id+`" w:author="`+who+`" w:date="2026-11-21T10:00:00Z"><w:p><w:r><w:annotationRef/></w:r><w:r><w:t>`+put+`</w:t></w:r></w:p></w:comment></w:comments>`, 1)
	}
	parts[document] = body[:run] + text(before) + in + text(after) + body[end:]
	return nil
}

func unzipped(data []byte) (parts map[string]string, order []string, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	parts = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, nil, err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return nil, nil, err
		}
		parts[f.Name] = string(text)
		order = append(order, f.Name)
	}
	return parts, order, nil
}

// TestWorded sees that the helper can fail.
func TestWorded(t *testing.T) {
	parts := map[string]string{"word/document.xml": `<w:sdt><w:sdtPr><w:tag w:val="fn:1:es"/></w:sdtPr><w:sdtContent><w:r><w:t xml:space="preserve">Es gratis.</w:t></w:r></w:sdtContent></w:sdt>`}
	if workInWord(parts, nil, "a", "change", "2:es", "x", "y") == nil || workInWord(parts, nil, "a", "change", "1:es", "caro", "y") == nil {
		t.Error("what is not there is changed")
	}
	if err := workInWord(parts, nil, "a", "silent", "1:es", "gratis", "libre"); err != nil || strings.Contains(parts["word/document.xml"], "gratis") {
		t.Error(err, parts)
	}
}
