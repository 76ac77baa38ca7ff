package packet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// aBomb is a file of about 2 MB in which a part unpacks to 2 GiB of a piece of text over and over.
func aBomb(t testing.TB, part, piece string, says uint64) []byte {
	t.Helper()
	const mega = 1 << 20
	var once bytes.Buffer
	w, err := flate.NewWriter(&once, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	chunk := bytes.Repeat([]byte(piece), mega/len(piece))
	if _, err := w.Write(chunk); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil { // ends at a whole byte, so that it can stand again and again
		t.Fatal(err)
	}
	parts := aWord(whole(nil), "")
	begin := parts[part]
	delete(parts, part)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedKeys(parts) {
		f, _ := z.Create(name)
		_, _ = f.Write([]byte(parts[name]))
	}
	var head bytes.Buffer
	h, _ := flate.NewWriter(&head, flate.BestCompression)
	_, _ = h.Write([]byte(begin[:strings.LastIndex(begin, "</")]))
	_ = h.Flush()
	stream := append(head.Bytes(), bytes.Repeat(once.Bytes(), 2<<30/len(chunk))...)
	f, err := z.CreateRaw(&zip.FileHeader{Name: part, Method: zip.Deflate, CompressedSize64: uint64(len(stream)), UncompressedSize64: says})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(stream); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hostile is files that somebody made to do harm, with a part of the sentence by which each is refused.
func hostile(t testing.TB) map[string]struct {
	data []byte
	says string
} {
	type one = struct {
		data []byte
		says string
	}
	out := map[string]one{}
	add := func(name, says string, change func(parts map[string]string)) {
		parts := aWord(whole(nil), remarkOf("0", "Ana Ruiz", "x"))
		change(parts)
		out[name] = one{zipped(t, parts), says}
	}
	part := func(name, text string) func(map[string]string) {
		return func(parts map[string]string) { parts[name] = text }
	}
	rel := func(name, kind, target, mode string) func(map[string]string) {
		return func(parts map[string]string) {
			if parts[name] == "" {
				parts[name] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`
			}
			parts[name] = strings.Replace(parts[name], "</Relationships>", `<Relationship Id="x9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`+kind+`" Target="`+target+`" TargetMode="`+mode+`"/></Relationships>`, 1)
		}
	}
	inBody := func(text string) func(map[string]string) {
		return func(parts map[string]string) {
			parts["word/document.xml"] = strings.Replace(parts["word/document.xml"], "<w:body>", "<w:body>"+text, 1)
		}
	}
	before := func(text string) func(map[string]string) {
		return func(parts map[string]string) {
			parts["word/document.xml"] = strings.Replace(parts["word/document.xml"], "\n<w:document", "\n"+text+"<w:document", 1)
		}
	}
	const leads, embedded, elsewhere, declared = "leads outside of it", "embedded in the file", "fetches", "document type"
	add("../../etc/x", leads, part("../../etc/x", "x"))
	add("word/../../x.xml", leads, part("word/../../x.xml", "<x/>"))
	add(`C:\x`, leads, part(`C:\x`, "x"))
	add(`..\..\x.xml`, leads, part(`..\..\x.xml`, "x"))
	add("/etc/passwd.xml", leads, part("/etc/passwd.xml", "x"))
	add("a name with NUL", "does not belong", part("word/\x00.xml", "x"))
	add("macros", "macros", part("word/vbaProject.bin", "x"))
	add("a type with macros", "macros", part("[Content_Types].xml", `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`))
	add("an object", embedded, part("word/embeddings/oleObject1.bin", "x"))
	add("ActiveX", embedded, part("word/activeX/activeX1.xml", "<x/>"))
	add("a ribbon", embedded, part("customUI/customUI.xml", "<x/>"))
	add("a script", "does not belong", part("word/run.js", "alert(1)"))
	add("a page", "does not belong", part("word/afchunk.html", "<script>alert(1)</script>"))
	add("a program", "does not belong", part("word/media/x.exe", "MZ"))
	add("a page inside", embedded, rel("word/_rels/document.xml.rels", "aFChunk", "chunk.xml", "Internal"))
	add("a template elsewhere", "fetches its template", rel("word/_rels/settings.xml.rels", "attachedTemplate", "https://evil.example/t.dotm", "External"))
	add("a picture elsewhere", elsewhere, rel("word/_rels/document.xml.rels", "image", "https://evil.example/pixel.png?who=ana", "External"))
	add("a frame elsewhere", elsewhere, rel("word/_rels/webSettings.xml.rels", "frame", "file:///etc/passwd", "External"))
	add("an object elsewhere", elsewhere, rel("word/_rels/document.xml.rels", "oleObject", "\\\\\\\\evil.example\\\\share\\\\x", "External"))
	add("elsewhere in small letters", elsewhere, rel("word/_rels/document.xml.rels", "image", "https://evil.example", "external"))
	add("elsewhere in another word", elsewhere, rel("word/_rels/document.xml.rels", "image", "https://evil.example", "Outside"))
	add("a document type", declared, before(`<!DOCTYPE w:document>`))
	add("entities", declared, before(`<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`))
	add("an outer entity", declared, before(`<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>`))
	add("CDATA", declared, inBody(`<w:p><w:r><w:t><![CDATA[<script>]]></w:t></w:r></w:p>`))
	add("a comment of XML", declared, inBody(`<!-- x -->`))
	add("an unknown entity", "damaged", inBody(`<w:p><w:r><w:t>&xxe;</w:t></w:r></w:p>`))
	add("broken", "damaged", inBody(`<w:p>`))
	add("UTF-16", "damaged", part("word/document.xml", "\xff\xfe<\x00w\x00"))
	add("deep", "inside each other", inBody(strings.Repeat("<w:smartTag>", 5000)+strings.Repeat("</w:smartTag>", 5000)))
	add("a long tag", "piece of text", inBody(`<w:p w:rsidR="`+strings.Repeat("a", 2<<20)+`"/>`))
	add("many attributes", "piece of text", inBody(`<w:p `+strings.Repeat(`a="" `, 1<<19)+`/>`))
	add("many changes", "than can be read", inBody(`<w:p>`+strings.Repeat(`<w:ins w:author="a"><w:r><w:t>x</w:t></w:r></w:ins><w:del w:author="b"><w:r><w:delText>x</w:delText></w:r></w:del>`, 120_000)+`</w:p>`))
	add("much text", "than can be read", inBody(`<w:p>`+strings.Repeat(`<w:r><w:t>`+strings.Repeat("x", 1<<19)+`</w:t></w:r>`, 12)+`</w:p>`))
	add("many comments", "more than 5000 comments", part("word/comments.xml", `<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`+strings.Repeat(remarkOf("1", "a", "x"), 6000)+`</w:comments>`))
	add("LibreOffice's own format", "LibreOffice's own format (.odt)", part("content.xml", "<x/>"))
	add("a workbook", "an Excel workbook", part("xl/workbook.xml", "<x/>"))
	add("no document", "no document of Word", func(parts map[string]string) { delete(parts, "word/document.xml") })
	add("a document that is a loop", "no document of Word", rel("_rels/.rels", "x", "x", "Internal"))
	out["a document that is a loop"] = one{zipped(t, map[string]string{"_rels/.rels": `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="../../../../etc/passwd"/></Relationships>`}), "no document of Word"}

	var twice bytes.Buffer
	z := zip.NewWriter(&twice)
	for range 2 {
		f, _ := z.Create("word/document.xml")
		_, _ = f.Write([]byte("<x/>"))
	}
	_ = z.Close()
	out["a part twice"] = one{twice.Bytes(), "two parts of one name"}
	var many bytes.Buffer
	z = zip.NewWriter(&many)
	for i := range 60_000 {
		_, _ = z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("word/%d.xml", i)})
	}
	_ = z.Close()
	out["many parts"] = one{many.Bytes(), "more than 500 parts"}
	good := zipped(t, aWord(whole(nil), ""))
	out["cut off"] = one{good[:len(good)-40], "damaged"}
	out["too large"] = one{append([]byte("PK\x03\x04"), make([]byte, MaxWordFile)...), "at most"}
	out["the old form"] = one{[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "of the old kind"}
	out["no zip"] = one{[]byte("PK\x03\x04 and nothing"), "damaged"}
	for _, p := range []string{"word/document.xml", "word/comments.xml", "_rels/.rels", "docProps/custom.xml", "[Content_Types].xml"} {
		if p == "word/comments.xml" {
			continue // it has none in aBomb
		}
		out["2 GiB of elements in "+p] = one{aBomb(t, p, "<w:p/>", 2<<30), "more parts of text"}
		out["2 GiB of few elements in "+p] = one{aBomb(t, p, "<w:p/>"+strings.Repeat(" ", 500), 2<<30), "unpacks to more than"}
		out["2 GiB of blanks in "+p] = one{aBomb(t, p, "        ", 2<<30), "piece of text"}
		out["2 GiB that says it is 100 bytes in "+p] = one{aBomb(t, p, "<w:p/>", 100), ""}
	}
	return out
}

// TestHostileWord refuses each file by a plain sentence, in little memory and time, and nothing is written anywhere.
func TestHostileWord(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	const mostMemory, mostTime = 64 << 20, 30 * time.Second
	plain := regexp.MustCompile(`\Aerror: [A-Z][^\n]*[.]\n\z`)
	var worstMemory uint64
	var worstTime time.Duration
	worst := [2]string{}
	for name, c := range hostile(t) {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		base, peak, stop := m.HeapAlloc, uint64(0), make(chan bool)
		sampled := make(chan bool)
		go func() {
			var m runtime.MemStats
			for {
				select {
				case <-stop:
					close(sampled)
					return
				case <-time.After(2 * time.Millisecond):
					runtime.ReadMemStats(&m)
					peak = max(peak, m.HeapAlloc)
				}
			}
		}()
		began := time.Now()
		got := sayWord(t, wordNumbers(), "back.docx", c.data)
		took := time.Since(began)
		close(stop)
		<-sampled
		if !strings.Contains(got, c.says) || !plain.MatchString(got) {
			t.Errorf("%s (%d bytes) says %q, want an error with %q", name, len(c.data), got, c.says)
		}
		used := peak - min(base, peak)
		if used > worstMemory {
			worstMemory, worst[0] = used, name
		}
		if took > worstTime {
			worstTime, worst[1] = took, name
		}
		if used > mostMemory || took > mostTime {
			t.Errorf("%s takes %d MB and %s", name, used>>20, took)
		}
	}
	t.Logf("at most %.1f MB (%s) and %.2f s (%s)", float64(worstMemory)/(1<<20), worst[0], worstTime.Seconds(), worst[1])
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("something was written: %v", left)
	}
	if _, err := os.Stat("/etc/x"); err == nil {
		t.Error("/etc/x is there")
	}
}

// TestLinkInWord reads a file in which a reviewer has a link: it stands there, and nobody follows it.
func TestLinkInWord(t *testing.T) {
	parts := aWord(whole(es2(`<w:hyperlink r:id="x9" xmlns:r="x">`+wordRuns("Es gratis.")+`</w:hyperlink>`)), remarkOf("0", "Ana Ruiz", "https://example.org"))
	parts["word/_rels/document.xml.rels"] = strings.Replace(parts["word/_rels/document.xml.rels"], "</Relationships>",
		`<Relationship Id="x9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>`, 1)
	if got := sayWord(t, wordNumbers(), "link", zipped(t, parts)); got != "left: A comment by “Ana Ruiz” is about no statement: “https://example.org”\n" {
		t.Error(got)
	}
}

// FuzzReadWord gives the reader any body, any comments and any list of references; and, as they are, the bytes of a file.
func FuzzReadWord(f *testing.F) {
	for _, rows := range []map[int]string{nil, es2(wordRuns("Es ") + change("del", "Ana Ruiz", struck("gratis")) + from("0") + change("ins", "Bo Lee", wordRuns("libre")) + upTo("0"))} {
		parts := aWord(whole(rows), remarkOf("0", "Ana Ruiz", "¿Por qué?"))
		f.Add(parts["word/document.xml"], parts["word/comments.xml"], parts["word/_rels/document.xml.rels"], zipped(f, parts))
	}
	f.Fuzz(func(t *testing.T, body, comments, rels string, raw []byte) {
		parts := aWord("", "x")
		parts["word/document.xml"], parts["word/comments.xml"], parts["word/_rels/document.xml.rels"] = body, comments, rels
		sayWord(t, wordNumbers(), "fuzz.docx", zipped(t, parts))
		sayWord(t, wordNumbers(), "raw.docx", raw)
	})
}
