package exchange

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"fairnotice/notices/source"
)

// WriteXLIFF writes a book as XLIFF 1.2.
func WriteXLIFF(w io.Writer, b Book) error {
	if err := b.sound(); err != nil {
		return err
	}
	x := &xmlWriter{}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	x.raw(`<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">` + "\n")
	x.raw(`  <file original="%s" source-language="en" target-language="%s" datatype="plaintext">`+"\n", original(b), b.Language.Tag)
	x.raw("    <header>\n")
	if len(b.Terms) > 0 {
		x.raw("      <glossary><internal-file form=\"text/plain\">")
		x.say(glossary(b))
		x.raw("</internal-file></glossary>\n")
	}
	for _, line := range instructions(b, true) {
		x.note("      ", "", line)
	}
	x.raw("    </header>\n    <body>\n")
	for _, u := range b.Units {
		x.unit(b, u)
	}
	x.raw("    </body>\n  </file>\n</xliff>\n")
	_, err := w.Write(x.Bytes())
	return err
}

func original(b Book) string {
	if b.Program == "" {
		return "fairnotice"
	}
	return b.Program
}

// glossary is the terms as lines, parted by tabs: English, the forms, a note.
func glossary(b Book) string {
	var s strings.Builder
	for _, t := range b.Terms {
		flat := strings.NewReplacer("\n", " ", "\t", " ")
		fmt.Fprintf(&s, "\n%s\t%s\t%s", flat.Replace(t.English), flat.Replace(strings.Join(t.Forms, ", ")), flat.Replace(t.Note))
	}
	return s.String() + "\n"
}

type xmlWriter struct{ bytes.Buffer }

// raw writes markup; its arguments are values of attributes.
func (x *xmlWriter) raw(format string, values ...string) {
	args := make([]any, len(values))
	for i, v := range values {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(v)) // a Builder takes everything
		args[i] = b.String()
	}
	fmt.Fprintf(&x.Buffer, format, args...)
}

var escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// say writes a text between tags.
func (x *xmlWriter) say(s string) { x.WriteString(escapeText.Replace(s)) }

func (x *xmlWriter) note(indent, from, text string) {
	x.raw(indent + "<note")
	if from != "" {
		x.raw(` from="%s"`, from)
	}
	x.raw(">")
	x.say(text)
	x.raw("</note>\n")
}

func (x *xmlWriter) unit(b Book, u Unit) {
	x.raw(`      <trans-unit id="%s" xml:space="preserve"`, u.Key())
	if u.Limit > 0 {
		x.raw(` maxwidth="%s" size-unit="char"`, fmt.Sprint(u.Limit+utf8.RuneCountInString(numbersEnd(u))))
	}
	state, target := "needs-translation", u.Source+numbersEnd(u)
	if shown := u.shown(); shown != "" {
		state, target = "translated", shown
		if u.State == Reviewed {
			state = "final"
			x.raw(` approved="yes"`)
		}
	}
	x.raw(">\n        <source>")
	x.text(u.Source + numbersEnd(u))
	x.raw("</source>\n        <target state=\"%s\">", state)
	x.text(target)
	x.raw("</target>\n")
	const indent = "        "
	if u.Form != "" {
		x.note(indent, "", "For the numbers: "+u.Numbers)
	}
	if u.Limit > 0 {
		x.note(indent, "", fmt.Sprintf("At most %d characters.", u.Limit))
	}
	if n := u.note(); n != "" {
		x.note(indent, "", n)
	}
	if m := b.made(u); m != "" {
		x.note(indent, "made-from", m)
	}
	x.raw("      </trans-unit>\n")
}

// numbersEnd makes the English of each plural form another: translation memories give the same translation to the same text.
func numbersEnd(u Unit) string {
	if u.Form == "" {
		return ""
	}
	return " [[" + u.Numbers + "]]"
}

// text writes a text with {n} as a placeholder, which tools show as one piece that cannot be mistyped.
func (x *xmlWriter) text(s string) {
	id := 0
	for {
		at := hole.FindStringIndex(s)
		if at == nil {
			x.say(s)
			return
		}
		id++
		x.say(s[:at[0]])
		x.raw(`<ph id="%s">%s</ph>`, fmt.Sprint(id), s[at[0]:at[1]])
		s = s[at[1]:]
	}
}

// decodeText gives a file as text: UTF-8 with or without its mark, and UTF-16 with its mark.
func decodeText(data []byte) (string, bool) {
	if len(data) >= 2 && (data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff) {
		var order binary.ByteOrder = binary.LittleEndian
		if data[0] == 0xfe {
			order = binary.BigEndian
		}
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, order.Uint16(data[i:]))
		}
		return string(utf16.Decode(units)), true
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	return string(data), utf8.Valid(data)
}

var (
	errDeep    = errors.New("it is nested too deeply")
	errTag     = errors.New("one of its tags is longer than 64 kilobytes")
	errDoctype = errors.New("it has a DOCTYPE, which could bring in things from elsewhere")
)

// decoder reads XML with nothing in it that grows: no DOCTYPE, no entities of its own, no deep nesting, no endless tags.
type decoder struct {
	*xml.Decoder
	depth int
}

const deepest = 64

func newDecoder(r io.Reader) *decoder {
	d := &decoder{Decoder: xml.NewDecoder(&tagLimit{r: r})}
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it was made UTF-8 before
	return d
}

func (d *decoder) next() (xml.Token, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t.(type) {
	case xml.StartElement:
		if d.depth++; d.depth > deepest {
			return nil, errDeep
		}
	case xml.EndElement:
		d.depth--
	case xml.Directive:
		return nil, errDoctype
	}
	return t, nil
}

// skip reads to the end of the element that has just begun.
func (d *decoder) skip() error {
	for start := d.depth; d.depth >= start; {
		if _, err := d.next(); err != nil {
			return err
		}
	}
	return nil
}

// tagLimit ends a stream when more than 64 KiB stand between a < and its >: attributes cost many times their length.
type tagLimit struct {
	r   io.Reader
	in  bool
	run int
}

func (t *tagLimit) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	rest := p[:n]
	for len(rest) > 0 {
		stop := byte('<')
		if t.in {
			stop = '>'
		}
		i := bytes.IndexByte(rest, stop)
		if t.in {
			if i < 0 {
				t.run += len(rest)
			} else {
				t.run += i
			}
			if t.run > 64<<10 {
				return 0, errTag
			}
		}
		if i < 0 {
			break
		}
		t.in, t.run = !t.in, 0
		rest = rest[i+1:]
	}
	return n, err
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)

func readXLIFF(text string, want Book) (content, *source.Problem) {
	holes := map[string][]string{}
	for _, u := range want.Units {
		if found := hole.FindAllString(u.Source, -1); found != nil {
			holes[u.Key()] = found
		}
	}
	r := &xliffReader{decoder: newDecoder(strings.NewReader(declared.ReplaceAllString(text, ""))), holes: holes, want: want, known: map[string]bool{}}
	for _, u := range want.Units {
		r.known[u.Key()] = true
	}
	r.out.xliff = true
	if p := r.read(); p != nil {
		return content{}, p
	}
	return r.out, nil
}

type xliffReader struct {
	*decoder
	out   content
	want  Book
	known map[string]bool
	holes map[string][]string
}

func (r *xliffReader) broken(err error) *source.Problem {
	line, col := r.InputPos()
	p := whole("xliff", fmt.Sprintf("The XLIFF file cannot be read: %v.", err), "Save it again from the program that you translated in, as XLIFF 1.2.")
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		p.Message = fmt.Sprintf("The XLIFF file is broken at line %d, so nothing of it was taken.", syntax.Line)
		if strings.Contains(syntax.Msg, "entity") {
			p.Message = fmt.Sprintf("The XLIFF file has an entity of its own at line %d, which could bring in things from elsewhere.", syntax.Line)
		}
	}
	p.Pos = source.Pos{Line: line, Col: col}
	return p
}

func (r *xliffReader) read() *source.Problem {
	root := true
	for {
		t, err := r.next()
		if err == io.EOF {
			if root {
				return whole("xliff", "The file has nothing in it.", "Send the file that you worked in.")
			}
			return nil
		}
		if err != nil {
			return r.broken(err)
		}
		s, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if root {
			root = false
			version := attr(s, "version")
			switch {
			case s.Name.Local != "xliff":
				return whole("xliff", fmt.Sprintf("This is not an XLIFF file: it begins with %s.", Quote("<"+s.Name.Local+">")), "Send the XLIFF 1.2 file, or the Excel workbook.")
			case version != "" && !strings.HasPrefix(version, "1."):
				return whole("xliff", fmt.Sprintf("This is XLIFF %s, and only XLIFF 1.2 can be read.", visible(version)), "Save it as XLIFF 1.2.")
			}
			continue
		}
		switch s.Name.Local {
		case "file":
			if tag := attr(s, "target-language"); tag != "" && !r.want.speaks(tag) {
				return whole("language", fmt.Sprintf("This file is for the language %s, and it was handed in for %s (%s).", Quote(tag), r.want.Language.English, r.want.Language.Tag),
					"Hand it in for its own language, or find the right file.")
			}
		case "header", "alt-trans":
			err = r.skip()
		case "trans-unit":
			err = r.unit(s)
		}
		if err != nil {
			return r.broken(err)
		}
	}
}

// speaks says that a tag is the language of the book: itself, an alias of it, or the same with a country that the tool added.
func (b Book) speaks(tag string) bool {
	tag = strings.ReplaceAll(tag, "_", "-")
	for _, own := range append([]string{b.Language.Tag}, b.Language.Aliases...) {
		if strings.EqualFold(own, tag) || len(tag) > len(own) && strings.EqualFold(tag[:len(own)+1], own+"-") && len(tag)-len(own) <= 4 {
			return true
		}
	}
	return false
}

func attr(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// unit reads one trans-unit. Only its own source and target count: not those of alternatives, nor of the segments of the source.
func (r *xliffReader) unit(s xml.StartElement) error {
	line, col := r.InputPos()
	e := entry{pos: source.Pos{Line: line, Col: col}, key: strings.TrimSpace(attr(s, "id"))}
	keys, places := []string{e.key}, []string(nil)
	if name := attr(s, "resname"); !r.known[e.key] && r.known[name] {
		keys = []string{name}
	}
	for start := r.depth; r.depth >= start; {
		t, err := r.next()
		if err != nil {
			return err
		}
		s, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch s.Name.Local {
		case "source":
			e.hasEnglish = true
			e.english, err = r.words(keys[0])
		case "target":
			e.text, err = r.words(keys[0])
		case "note":
			from := attr(s, "from")
			var text string
			if text, err = r.words(""); from == "made-from" || madeHex.MatchString(strings.TrimSpace(text)) {
				e.made = strings.TrimSpace(text) // some tools keep a note and lose whose it is
			}
		case "context": // a round trip through PO numbers the units anew, and keeps our ids as the places that they come from
			kind := attr(s, "context-type")
			var id string
			if id, err = r.words(""); kind == "sourcefile" && !r.known[keys[0]] && r.known[strings.TrimSpace(id)] {
				places = append(places, strings.TrimSpace(id))
			}
		case "alt-trans", "seg-source", "bin-source", "bin-target":
			err = r.skip()
		}
		if err != nil {
			return err
		}
	}
	if len(r.out.entries) >= mostRows {
		return errors.New("it has more units than can be read")
	}
	if len(places) > 0 {
		keys = unique(places)
	}
	for _, k := range keys {
		if e.key = k; k != "" {
			r.out.entries = append(r.out.entries, e)
		}
	}
	return nil
}

// words takes the text of an element and of everything in it. A placeholder that a tool emptied gets its text back, by its number.
func (r *xliffReader) words(key string) (string, error) {
	var b strings.Builder
	type open struct {
		id string
		at int
	}
	var holes []open
	for start := r.depth; ; {
		t, err := r.next()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			id := ""
			if n := t.Name.Local; n == "ph" || n == "x" || n == "it" {
				id = attr(t, "id")
			}
			holes = append(holes, open{id, b.Len()})
		case xml.EndElement:
			if r.depth < start {
				return b.String(), nil
			}
			last := holes[len(holes)-1]
			holes = holes[:len(holes)-1]
			if names := r.holes[key]; last.id != "" && strings.TrimSpace(b.String()[last.at:]) == "" {
				for i, name := range names {
					if fmt.Sprint(i+1) == last.id {
						b.WriteString(name)
					}
				}
			}
		}
	}
}
