// What answers requests is not in the desk: all of net/http would be in its page, which serves nobody.

//go:build !js

package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// head is the beginning of a body, up to the point where it is decided whether the rest is read.
type head struct {
	bytes  []byte  // all that was read of the body
	fields []Field // that stand before the first file
	file   string  // the name of the field of the first file; "" where none came
	ended  bool    // the body was read to its end
}

// errUnclear ends the reading of a head that goes on too long, breaks off, or could be read in two ways.
var errUnclear = errors.New("not a form that can be decided")

// readHead reads a body as far as it has to. After an error the fields so far are there all the same: people typed them.
func readHead(r *http.Request) (*head, error) {
	h := new(head)
	kinds := r.Header["Content-Type"]
	if len(kinds) != 1 {
		return h, errUnclear
	}
	kind, params, err := mime.ParseMediaType(kinds[0])
	// Some readers look for a boundary inside of other parameters. So there is none but the charset.
	_, charset := params["charset"]
	odd := len(params) > 1 && !(charset && len(params) == 2)
	switch boundary := params["boundary"]; {
	case err != nil || odd:
		return h, errUnclear
	case kind == "application/x-www-form-urlencoded":
		return h, h.urlencoded(r.Body)
	case kind == "multipart/form-data" && boundary != "" && len(boundary) <= 70:
		m := &multipart{head: h, body: r.Body, mark: "--" + boundary}
		return h, m.read()
	}
	return h, errUnclear
}

// urlencoded reads a whole body.
func (h *head) urlencoded(body io.Reader) error {
	b, err := io.ReadAll(io.LimitReader(body, mostBytes+1))
	h.bytes, h.ended = b, err == nil && len(b) <= mostBytes
	if !h.ended {
		return errUnclear
	}
	for pair := range strings.SplitSeq(string(b), "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		n, err := url.QueryUnescape(name)
		v, err2 := url.QueryUnescape(value)
		if err != nil || err2 != nil || strings.Contains(pair, ";") {
			return errUnclear
		}
		h.fields = append(h.fields, Field{n, v})
	}
	return nil
}

// multipart reads a body of RFC 7578 up to the head of its first file. It is stricter than readers of multipart have to be: what it
// takes, every one of them takes for the same.
type multipart struct {
	*head
	body io.Reader
	mark string // the boundary as it stands at the beginning of a line
	at   int    // how much of bytes is read
}

func (m *multipart) read() error {
	line, err := m.upTo("\r\n")
	if err != nil || !strings.HasPrefix(line, m.mark) || strings.Trim(line[len(m.mark):], " \t") != "" {
		return errUnclear
	}
	for n := 0; ; n++ {
		disposition, err := m.partHead()
		if err != nil {
			return err
		}
		kind, params, err := mime.ParseMediaType(disposition)
		if disposition != "" && err != nil {
			return errUnclear
		}
		// A name in a form that is not understood is a name all the same.
		if _, ok := params["filename"]; ok || strings.Contains(strings.ToLower(disposition), "filename*") {
			m.file = params["name"]
			return nil
		}
		if n == mostParts {
			return errUnclear
		}
		value, last, err := m.value()
		if err != nil {
			return err
		}
		if name := params["name"]; kind == "form-data" && name != "" {
			m.fields = append(m.fields, Field{name, value})
		}
		if last {
			return nil
		}
	}
}

// partHead reads the lines before a part's value and gives its Content-Disposition, or "" where it has none.
func (m *multipart) partHead() (disposition string, err error) {
	for {
		line, err := m.upTo("\r\n")
		if err != nil || strings.ContainsAny(line, "\r\n\x00") {
			return "", errUnclear
		}
		if line == "" {
			return disposition, nil
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return "", errUnclear
		}
		if strings.EqualFold(name, "Content-Disposition") {
			if disposition != "" {
				return "", errUnclear
			}
			if disposition = strings.Trim(value, " \t"); disposition == "" {
				return "", errUnclear
			}
		}
	}
}

// value reads what a part holds, and the boundary behind it; last says that it was the one at the end.
func (m *multipart) value() (value string, last bool, err error) {
	// A boundary directly behind the head of a part is one for some readers and none for others.
	if b, err := m.peek(len(m.mark)); err != nil || string(b) == m.mark {
		return "", false, errUnclear
	}
	if value, err = m.upTo("\r\n" + m.mark); err != nil {
		return "", false, err
	}
	// Some readers take one behind CR or LF alone.
	if strings.Contains(value, "\n"+m.mark) || strings.Contains(value, "\r"+m.mark) {
		return "", false, errUnclear
	}
	if b, err := m.peek(2); err == nil && string(b) == "--" {
		m.at += 2
		last = true
	}
	// Behind the last boundary the body may end without an end of the line.
	line, err := m.upTo("\r\n")
	if err != nil && last && m.ended {
		line, err = string(m.bytes[m.at:]), nil
		m.at = len(m.bytes)
	}
	if err != nil || strings.Trim(line, " \t") != "" { // a line that only begins like the boundary
		return "", false, errUnclear
	}
	return value, last, nil
}

// upTo reads what stands before the next sep, and sep.
func (m *multipart) upTo(sep string) (string, error) {
	from := m.at
	for {
		if i := bytes.Index(m.bytes[from:], []byte(sep)); i >= 0 {
			s := string(m.bytes[m.at : from+i])
			m.at = from + i + len(sep)
			if m.at > mostBytes {
				return "", errUnclear
			}
			return s, nil
		}
		from = max(m.at, len(m.bytes)-len(sep)+1)
		if err := m.more(); err != nil {
			return "", err
		}
	}
}

// peek gives the next n bytes without reading them.
func (m *multipart) peek(n int) ([]byte, error) {
	for len(m.bytes)-m.at < n {
		if err := m.more(); err != nil {
			return nil, err
		}
	}
	return m.bytes[m.at : m.at+n], nil
}

// more reads on, by as much as has come, and never further than a head may be long.
func (m *multipart) more() error {
	if len(m.bytes) > mostBytes || m.ended {
		return errUnclear
	}
	if len(m.bytes) == cap(m.bytes) {
		grown := make([]byte, len(m.bytes), min(max(4<<10, 2*cap(m.bytes)), mostBytes+1))
		copy(grown, m.bytes)
		m.bytes = grown
	}
	n, err := m.body.Read(m.bytes[len(m.bytes):cap(m.bytes)])
	m.bytes = m.bytes[:len(m.bytes)+n]
	if err == io.EOF {
		m.ended = true
		if n > 0 {
			return nil
		}
	}
	if err != nil {
		return errUnclear
	}
	return nil
}
