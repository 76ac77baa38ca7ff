package packet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A DOCX from elsewhere is read with a reader of our own. Nothing of it is written to a disk, no name in it is opened as a path, nothing
// that it refers to is fetched, and nothing in it is run. What is read is counted as it comes out of the archive, whatever the archive
// says of its size. What no document for reviewers has, such as a macro, another file inside, or a document type, is a reason to read
// nothing of it.
const (
	// MaxWordFile is the most bytes of a DOCX that came back.
	MaxWordFile = 8 << 20

	maxUnzipped = 16 << 20 // all parts that are read, together
	maxParts    = 500
	maxElements = 600_000 // the packet of CityKey has 57,000, and 75,000 when LibreOffice has saved it
	maxDepth    = 200     // elements inside elements
	maxTag      = 1 << 20 // bytes from one < to the next
)

// wordFault is why a file is not read: a whole sentence, and what to do.
type wordFault struct{ says, hint string }

func (f *wordFault) Error() string { return f.says }

const saveAgain = "Open it in Word or LibreOffice, save it again as a Word document (.docx), and read that."

func refuse(hint, format string, args ...any) error {
	return &wordFault{fmt.Sprintf(format, args...), hint}
}

var (
	errUnpacks  = &wordFault{"The file unpacks to more than 16 megabytes. No packet does.", "Ask the reviewer for the comments as a mail."}
	errElements = &wordFault{"The file has more parts of text than any packet.", "Ask the reviewer for the comments as a mail."}
)

// wordArchive is the parts of a DOCX; left is how many bytes may still be unpacked.
type wordArchive struct {
	parts    map[string]*zip.File
	left     int64
	elements int
}

// belongs are the names of the parts that Word, LibreOffice, Pages and Google Docs write into a document: XML, pictures, typefaces. Only a
// few of them are read.
var belongs = regexp.MustCompile(`(?i)\A[A-Za-z0-9_. /\[\]-]+\.(xml|rels|png|jpe?g|gif|bmp|tiff?|emf|wmf|wdp|svg|odttf|ttf|dat)\z`)

// openWord judges the archive by its names, and unpacks nothing but the references from part to part.
func openWord(data []byte) (*wordArchive, error) {
	switch {
	case len(data) > MaxWordFile:
		return nil, refuse("Ask the reviewer to save it without pictures.", "The file has %d bytes; at most %d are read.", len(data), MaxWordFile)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, refuse(saveAgain, "This is a Word file of the old kind (.doc), or one with a password.")
	case !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil, refuse(saveAgain, "This is not a Word document (.docx).")
	case bytes.Count(data, []byte("PK\x01\x02")) > maxParts:
		return nil, refuse("Do not open it. Ask the reviewer how it was made.", "The file has more than %d parts. No document has.", maxParts)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, refuse(saveAgain, "The file is damaged.")
	}
	for _, f := range z.File {
		for name, what := range map[string]string{"content.xml": "a file in LibreOffice's own format (.odt)", "xl/workbook.xml": "an Excel workbook", "ppt/presentation.xml": "a PowerPoint presentation", "Index/Document.iwa": "a file of Pages"} {
			if f.Name == name {
				return nil, refuse("Open it in the program that made it, save it as a Word document (.docx), and read that.", "This is %s, and not a Word document (.docx).", what)
			}
		}
	}
	const ask = "Do not open it. Ask the reviewer how it was made."
	a := &wordArchive{parts: map[string]*zip.File{}, left: maxUnzipped}
	for _, f := range z.File {
		name := f.Name
		switch low := strings.ToLower(name); {
		case strings.HasPrefix(name, "/") || strings.ContainsAny(name, "\\:") || slices.Contains(strings.Split(name, "/"), ".."):
			return nil, refuse(ask, "A part of the file has a name that leads outside of it: %q.", short(name))
		case strings.HasSuffix(name, "/") && f.UncompressedSize64 == 0:
			continue // a folder
		case strings.Contains(low, "vbaproject") || strings.Contains(low, "vbadata"):
			return nil, refuse("Ask the reviewer to save it as a Word document without macros (.docx).", "The file has macros in it: programs that Word would run.")
		case strings.Contains(low, "activex/") || strings.Contains(low, "embeddings/") || strings.HasPrefix(low, "customui"):
			return nil, refuse("Ask the reviewer to take it out and to save the file again.", "Another file or a program is embedded in the file: %q.", short(name))
		case !belongs.MatchString(name):
			return nil, refuse(saveAgain, "The file has a part that does not belong in a document: %q.", short(name))
		case a.parts[low] != nil:
			return nil, refuse(ask, "The file has two parts of one name: %q.", short(name))
		default:
			a.parts[low] = f
		}
	}
	for name := range a.parts {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		if err := a.inside(name); err != nil {
			return nil, err
		}
	}
	err = a.each("[content_types].xml", func(s xml.StartElement) error {
		if kind := attr(s, "ContentType"); strings.Contains(kind, "macroEnabled") || strings.Contains(kind, "vba") {
			return refuse("Ask the reviewer to save it as a Word document without macros (.docx).", "The file says that it has macros in it: programs that Word would run.")
		}
		return nil
	})
	return a, err
}

// inside refuses references to what lies elsewhere. A link in the text is no such reference: it stands there, and nobody follows it.
func (a *wordArchive) inside(name string) error {
	return a.each(name, func(s xml.StartElement) error {
		kind := attr(s, "Type")
		kind = kind[strings.LastIndex(kind, "/")+1:]
		switch outside := !strings.EqualFold(attr(s, "TargetMode"), "Internal") && attr(s, "TargetMode") != ""; {
		case s.Name.Local != "Relationship":
		case outside && kind == "attachedTemplate":
			return refuse("Ask the reviewer to detach the template, and to save the file again.", "The file fetches its template from elsewhere: %q.", short(attr(s, "Target")))
		case outside && kind != "hyperlink":
			return refuse("Ask the reviewer to take it out, and to save the file again.", "The file fetches something from elsewhere (%s): %q.", short(kind), short(attr(s, "Target")))
		case kind == "aFChunk" || kind == "oleObject" || kind == "package" || kind == "control":
			return refuse("Ask the reviewer to take it out, and to save the file again.", "Another file or a program is embedded in the file: %q.", short(attr(s, "Target")))
		}
		return nil
	})
}

// short repeats a name from the file in a sentence.
func short(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f {
			return '?'
		}
		return r
	}, s)
	if len(s) > 60 {
		s = s[:60] + "..."
	}
	return s
}

// part is the name of the part to which another one refers by a kind of reference; "" where it does not.
func (a *wordArchive) part(of, kind string) (string, error) {
	dir, file := path.Split(of)
	found := ""
	err := a.each(dir+"_rels/"+file+".rels", func(s xml.StartElement) error {
		k := attr(s, "Type")
		if s.Name.Local == "Relationship" && k[strings.LastIndex(k, "/")+1:] == kind && attr(s, "TargetMode") != "External" && found == "" {
			target := attr(s, "Target")
			if !strings.HasPrefix(target, "/") {
				target = dir + target
			}
			found = strings.ToLower(strings.TrimPrefix(path.Clean("/"+target), "/"))
		}
		return nil
	})
	return found, err
}

// each calls see for every element of a part; a part that is not there has none.
func (a *wordArchive) each(name string, see func(s xml.StartElement) error) error {
	return a.walk(name, func(t xml.Token) error {
		if s, ok := t.(xml.StartElement); ok {
			return see(s)
		}
		return nil
	})
}

// walk calls see for every token of a part.
func (a *wordArchive) walk(name string, see func(t xml.Token) error) error {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return nil
	}
	damaged := refuse(saveAgain, "The file is damaged, in its part %q.", short(name))
	in, err := f.Open()
	if err != nil {
		return damaged
	}
	defer in.Close()
	m := &wordMeter{r: in, left: &a.left}
	d := xml.NewDecoder(m)
	for depth := 0; ; {
		t, err := d.Token()
		switch {
		case m.wrong != nil:
			return m.wrong
		case err == io.EOF:
			return nil
		case err != nil:
			return damaged
		}
		switch t.(type) {
		case xml.StartElement:
			if a.elements++; a.elements > maxElements {
				return errElements
			}
			if depth++; depth > maxDepth {
				return refuse(saveAgain, "The file has more than %d things inside each other. No document has.", maxDepth)
			}
		case xml.EndElement:
			depth--
		}
		if err := see(t); err != nil {
			return err
		}
	}
}

// wordMeter ends a stream when too much came out of the archive, when there is too much between one < and the next, and at the first <!:
// neither Word nor LibreOffice writes a document type, a comment of XML or a CDATA section, and with them come entities and long tokens.
type wordMeter struct {
	r     io.Reader
	left  *int64
	run   int
	open  bool // the byte before was a <
	wrong error
}

func (m *wordMeter) Read(p []byte) (int, error) {
	if m.wrong != nil {
		return 0, m.wrong
	}
	n, err := m.r.Read(p)
	if *m.left -= int64(n); *m.left < 0 {
		m.wrong = errUnpacks
		return 0, m.wrong
	}
	for rest := p[:n]; len(rest) > 0; {
		if m.open && rest[0] == '!' {
			m.wrong = refuse("Do not open it. Ask the reviewer how it was made.", "The file has a document type or another declaration in it, which no document of Word has.")
			return 0, m.wrong
		}
		i := bytes.IndexByte(rest, '<')
		m.open = i >= 0
		if i < 0 {
			m.run += len(rest)
			i = len(rest) - 1
		} else {
			m.run += i
		}
		if m.run > maxTag {
			m.wrong = refuse(saveAgain, "The file has a piece of text of more than %d bytes. No document has.", maxTag)
			return 0, m.wrong
		}
		if m.open {
			m.run = 0
		}
		rest = rest[i+1:]
	}
	return n, err
}

// attr is an attribute by its local name.
func attr(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
