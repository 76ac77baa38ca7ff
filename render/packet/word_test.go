package packet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// wordNumbers is a packet of six statements, in two languages.
func wordNumbers() *Numbers {
	n := &Numbers{Program: "pantry", Edition: 3, Digest: "sha256:" + strings.Repeat("ab", 32), Languages: []string{"en", "es"}}
	for i, s := range []struct{ en, es, value string }{
		{"We keep a copy of your papers.", "Guardamos una copia de sus papeles.", ""},
		{"It is free.", "Es gratis.", ""},
		{"You can call us:", "Puede llamarnos:", "217-555-0101"},
		{"We delete it after 7 years.", "La borramos después de 7 años.", ""},
		{"A court can order us to answer.", "Un tribunal puede ordenarnos que respondamos.", ""},
		{"We know of no demand.", "No conocemos ninguna exigencia.", ""},
	} {
		x := Numbered{Number: i + 1, ID: fmt.Sprintf("s%d", i+1), Kinds: []string{"before"}, Text: map[string]string{"en": s.en, "es": s.es}, Values: map[string][]string{}}
		if s.value != "" {
			x.Values["en"], x.Values["es"] = []string{s.value}, []string{s.value}
		}
		n.Statements = append(n.Statements, x)
	}
	return n
}

// sayWord reads a file that came back, and puts what was read into lines.
func sayWord(t testing.TB, n *Numbers, name string, data []byte) string {
	t.Helper()
	a := Arrived{On: source.NewDay(2030, 1, 1), Packets: []*Numbers{n}}
	back, problems := ReadWord(name, data, a)
	var b strings.Builder
	if problems.Failed() != (back == nil) {
		t.Errorf("%s: with an error something is given, or without one nothing: %v", name, problems)
	}
	if back != nil {
		for _, c := range back.Comments {
			fmt.Fprintf(&b, "%d %s %s %s: %s\n", c.Number, c.Language, c.Is, c.Reviewer, strings.ReplaceAll(c.Text, "\n", " / "))
			if problems := a.judge(&c); len(problems) > 0 || c.On == 0 || c.From.File != name {
				t.Errorf("%s: a comment is not whole: %+v %v", name, c, problems)
			}
		}
		file := (&Comments{Program: n.Program, Comments: back.Comments}).Bytes()
		if _, wrong := ParseComments(name, file); wrong.Failed() {
			t.Errorf("%s: what was read is no file of comments: %v", name, wrong)
		}
		for _, l := range back.Left {
			b.WriteString("left: " + l.Text + "\n")
		}
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "%s: %s\n", p.Severity, p.Message)
		if p.Hint == "" || strings.ContainsAny(p.Message, "\n\x00\u202e") {
			t.Errorf("%s: a problem is not one sentence with what to do: %+v", name, p)
		}
	}
	return b.String()
}

const wordHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"><w:body>`

// aWord is the parts of a file that Word saved.
func aWord(body, comments string) map[string]string {
	const rel = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>`
	const kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	n := wordNumbers()
	property := func(name, text string) string {
		return `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="` + name + `"><vt:lpwstr>` + text + `</vt:lpwstr></property>`
	}
	parts := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels": fmt.Sprintf(rel, `<Relationship Id="r1" Type="`+kind+`officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="`+kind+`custom-properties" Target="docProps/custom.xml"/>`+
			`<Relationship Id="r3" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`),
		"docProps/custom.xml": `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">` +
			property(wordProgram, string(n.Program)) + property(wordEdition, "3") + property(wordDigest, n.Digest) + property(wordLanguage, "es") + `</Properties>`,
		"docProps/core.xml": `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"><cp:lastModifiedBy>Bo Lee</cp:lastModifiedBy></cp:coreProperties>`,
		"word/document.xml": wordHead + body + `</w:body></w:document>`,
	}
	if comments != "" {
		parts["word/_rels/document.xml.rels"] = fmt.Sprintf(rel, `<Relationship Id="r1" Type="`+kind+`comments" Target="comments.xml"/>`+
			`<Relationship Id="r2" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" Target="commentsExtended.xml"/>`)
		parts["word/comments.xml"] = `<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">` + comments + `</w:comments>`
	}
	return parts
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedKeys(parts) {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A row of the table as Word writes it back: rsids on everything, runs cut where somebody once saved, marks of the spelling check.
func wordRow(number int, en, es string) string {
	cell := func(in string) string {
		return `<w:tc><w:tcPr><w:tcW w:w="6362" w:type="dxa"/></w:tcPr>` + in + `</w:tc>`
	}
	return `<w:tr w:rsidR="00A77B3E" w14:paraId="1F0A0001"><w:trPr><w:cantSplit/></w:trPr>` + cell(fmt.Sprintf(`<w:p w:rsidR="00A77B3E"><w:r><w:rPr><w:b/></w:rPr><w:t>%d</w:t></w:r></w:p>`, number)) +
		cell(en) + cell(es) + `</w:tr>`
}

// wordControl is a content control with a statement's tag around runs.
func wordControl(tag, runs string) string {
	return `<w:sdt><w:sdtPr><w:alias w:val="x"/><w:tag w:val="` + tag + `"/><w:id w:val="-1731"/><w:lock w:val="sdtLocked"/><w:placeholder><w:docPart w:val="DefaultPlaceholder_-1854013440"/></w:placeholder></w:sdtPr><w:sdtContent>` + runs + `</w:sdtContent></w:sdt>`
}

func wordRuns(texts ...string) string {
	out := ""
	for i, s := range texts {
		out += fmt.Sprintf(`<w:r w:rsidR="00%06d"><w:rPr><w:lang w:val="es-US"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, i, s)
	}
	return out
}

func wordPara1(in string) string {
	return `<w:p w:rsidR="00A77B3E"><w:pPr><w:keepNext/></w:pPr>` + in + `</w:p>`
}

func change(kind, who string, in string) string {
	return `<w:` + kind + ` w:id="101" w:author="` + who + `" w:date="2026-11-20T09:15:00Z">` + in + `</w:` + kind + `>`
}

func struck(text string) string {
	return `<w:r><w:delText xml:space="preserve">` + text + `</w:delText></w:r>`
}

func remarkOf(id, who, text string) string {
	return `<w:comment w:id="` + id + `" w:author="` + who + `" w:date="2026-11-21T10:00:00Z" w:initials="x"><w:p w14:paraId="0000000` + id + `"><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>` +
		`<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r><w:r><w:t>` + text + `</w:t></w:r></w:p></w:comment>`
}

func from(id string) string { return `<w:commentRangeStart w:id="` + id + `"/>` }

func upTo(id string) string {
	return `<w:commentRangeEnd w:id="` + id + `"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="` + id + `"/></w:r>`
}

// whole is a document with all statements as they were sent, but for those that are given.
func whole(rows map[int]string) string {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Before you apply</w:t></w:r></w:p><w:tbl><w:tblPr/><w:tblGrid/>`)
	for _, s := range wordNumbers().Statements {
		if row, ok := rows[s.Number]; ok {
			b.WriteString(row)
			continue
		}
		side := func(l string) string {
			out := wordPara1(wordControl(fmt.Sprintf("fn:%d:%s", s.Number, l), wordRuns(s.Text[l])))
			for i, v := range s.Values[l] {
				out += wordPara1(wordRuns("Phone: ") + wordControl(fmt.Sprintf("fn:%d:%s:%d", s.Number, l, i+1), wordRuns(v)))
			}
			return out
		}
		b.WriteString(wordRow(s.Number, side("en"), side("es")))
	}
	b.WriteString(`</w:tbl>`)
	return b.String()
}

// es2 is the row of the second statement with other content in its Spanish control.
func es2(in string) map[int]string {
	return map[int]string{2: wordRow(2, wordPara1(wordControl("fn:2:en", wordRuns("It is free."))), wordPara1(wordControl("fn:2:es", in)))}
}

// TestReadWord is files as Word, LibreOffice and others write them, and what is read of them.
func TestReadWord(t *testing.T) {
	const both = "fn:2:es"
	en2 := wordPara1(wordControl("fn:2:en", wordRuns("It is free.")))
	en3 := wordPara1(wordControl("fn:3:en", wordRuns("You can call us:"))) + wordPara1(wordRuns("Phone: ")+wordControl("fn:3:en:1", wordRuns("217-555-0101")))
	es3 := wordPara1(wordControl("fn:3:es", wordRuns("Puede llamarnos:")))
	for _, c := range []struct{ name, body, comments, want string }{
		{"nothing", whole(nil), "", ""},
		{"runs cut by rsids, marks of the spelling check, smart tags, a hyperlink", whole(es2(
			`<w:proofErr w:type="spellStart"/>` + wordRuns("E", "s ") + `<w:smartTag w:uri="urn:x" w:element="y">` + wordRuns("gra") + `</w:smartTag><w:hyperlink w:anchor="a">` + wordRuns("tis") + `</w:hyperlink><w:proofErr w:type="spellEnd"/>` + wordRuns("."))), "", ""},
		{"a change over cut runs", whole(es2(wordRuns("E", "s ") + change("del", "Ana Ruiz", struck("gra")+struck("tis")) + change("ins", "Ana Ruiz", wordRuns("sin ", "costo")) + wordRuns("."))), "",
			"2 es wording ana-ruiz: Es sin costo.\n"},
		{"formatting alone is no change", whole(es2(`<w:r><w:rPr><w:b/><w:rPrChange w:id="9" w:author="Ana Ruiz" w:date="2026-11-20T09:15:00Z"><w:rPr><w:lang w:val="es"/></w:rPr></w:rPrChange></w:rPr><w:t>Es gratis.</w:t></w:r>`)), "", ""},
		{"two people in one sentence", whole(es2(wordRuns("Es ") + change("del", "Ana Ruiz", struck("gratis")) + change("ins", "Ana Ruiz", wordRuns("libre")) + change("ins", "Bo Lee", wordRuns(" siempre")) + wordRuns("."))), "",
			"2 es wording ana-ruiz: Es libre.\n2 es wording bo-lee: Es gratis siempre.\n"},
		{"one takes out what another one put in", whole(es2(wordRuns("Es gratis") + change("ins", "Ana Ruiz", wordRuns(" para todos")+change("del", "Bo Lee", struck(" y todas"))) + wordRuns("."))), "",
			"2 es wording ana-ruiz: Es gratis para todos y todas.\n2 es wording bo-lee: Es gratis para todos.\n"},
		{"a sentence struck out", whole(es2(change("del", "Ana Ruiz", struck("Es gratis.")))), "", "2 es objection ana-ruiz: (The reviewer struck all of this out.)\n"},
		{"the row struck out", strings.Replace(whole(es2(change("del", "Ana Ruiz", struck("Es gratis.")))), `<w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="6362" w:type="dxa"/></w:tcPr><w:p w:rsidR="00A77B3E"><w:r><w:rPr><w:b/></w:rPr><w:t>2`,
			`<w:trPr><w:cantSplit/><w:del w:id="5" w:author="Ana Ruiz" w:date="2026-11-20T09:15:00Z"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="6362" w:type="dxa"/></w:tcPr><w:p w:rsidR="00A77B3E"><w:r><w:rPr><w:b/></w:rPr><w:t>2`, 1), "",
			"2 es objection ana-ruiz: (The reviewer struck all of this out.)\n"},
		{"moved words", whole(es2(change("moveTo", "Ana Ruiz", wordRuns("gratis ")) + wordRuns("Es ") + `<w:moveFromRangeStart w:id="7" w:author="Ana Ruiz" w:name="move1"/>` + change("moveFrom", "Ana Ruiz", `<w:r><w:t>gratis</w:t></w:r>`) + `<w:moveFromRangeEnd w:id="7"/>` + wordRuns("."))), "",
			"2 es wording ana-ruiz: gratis Es .\n"},
		{"written behind the control", whole(map[int]string{2: wordRow(2, en2, wordPara1(wordControl(both, wordRuns("Es gratis."))+change("ins", "Ana Ruiz", wordRuns(" Siempre."))))}), "", "2 es wording ana-ruiz: Es gratis. Siempre.\n"},
		{"a paragraph parted", whole(map[int]string{2: wordRow(2, en2, `<w:p><w:pPr><w:rPr><w:ins w:id="3" w:author="Ana Ruiz" w:date="2026-11-20T09:15:00Z"/></w:rPr></w:pPr>`+wordControl(both, wordRuns("Es "))+`</w:p>`+wordPara1(wordRuns("gratis.")+change("ins", "Ana Ruiz", wordRuns(" Sí."))))}), "", "2 es wording ana-ruiz: Es gratis. Sí.\n"},
		{"a control that Word made into one of paragraphs", whole(map[int]string{2: wordRow(2, en2, wordControl(both, wordPara1(wordRuns("Es ")+change("ins", "Ana Ruiz", wordRuns("muy "))+wordRuns("gratis."))))}), "", "2 es wording ana-ruiz: Es muy gratis.\n"},
		{"a value changed", whole(map[int]string{3: wordRow(3, en3, es3+wordPara1(wordRuns("Phone: ")+wordControl("fn:3:es:1", wordRuns("217-555-010")+change("del", "Ana Ruiz", struck("1"))+change("ins", "Ana Ruiz", wordRuns("9")))))}), "", "3 es wording ana-ruiz: 217-555-0109\n"},
		{"its label changed", whole(map[int]string{3: wordRow(3, en3, es3+wordPara1(change("del", "Ana Ruiz", struck("Phone"))+change("ins", "Ana Ruiz", wordRuns("Teléfono"))+wordRuns(": ")+wordControl("fn:3:es:1", wordRuns("217-555-0101"))))}), "", "3 es objection ana-ruiz: Beside the sentence, “Phone” became “Teléfono”.\n"},
		{"away from the statements", `<w:p>` + change("ins", "Ana Ruiz", wordRuns("A general word.")) + `</w:p>` + whole(nil), "", "left: Away from the statements, “Ana Ruiz” wrote: “A general word.”\n"},
		{"not tracked", whole(es2(wordRuns("Es caro."))), "", "2 es wording bo-lee: Es caro.\nwarning: Statement 2 in es was changed, and not all of the change is marked.\n"},
		{"tracked and not tracked", whole(es2(wordRuns("Es caro") + change("ins", "Ana Ruiz", wordRuns(" siempre")) + wordRuns("."))), "", "2 es wording ana-ruiz: Es caro siempre.\nwarning: Statement 2 in es was changed, and not all of the change is marked.\n"},
		{"a change that was accepted and undone", whole(es2(wordRuns("Es ") + change("ins", "Ana Ruiz", wordRuns("gratis")) + wordRuns("."))), "", ""},
		{"a statement cut out without tracking", whole(map[int]string{2: ""}), "", "warning: Statement 2 is not in the file any more in en, and that is not marked as a change.\nwarning: Statement 2 is not in the file any more in es, and that is not marked as a change.\n"},
		{"a control copied", whole(nil) + wordPara1(wordControl(both, wordRuns("otra cosa"))), "", ""},
		{"spaces, marks of direction and soft hyphens", whole(es2(wordRuns("\u200eEs\u00a0gra\u00adtis.\u200f") + `<w:r><w:softHyphen/></w:r>`)), "", ""},
		{"an alternative and a field", whole(es2(`<mc:AlternateContent><mc:Choice Requires="w14">` + wordRuns("Es ") + `</mc:Choice><mc:Fallback>` + wordRuns("Es ") + `</mc:Fallback></mc:AlternateContent><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>` + wordRuns("gratis."))), "", ""},
		{"a comment on a word", whole(es2(wordRuns("Es ") + from("0") + wordRuns("gratis") + upTo("0") + wordRuns("."))), remarkOf("0", "Ana Ruiz", "¿Para quién?"), "2 es question ana-ruiz: “gratis”: ¿Para quién?\n"},
		{"a comment on a sentence", whole(es2(from("0") + wordRuns("Es gratis.") + upTo("0"))), remarkOf("0", "group:rights.example", "No."), "2 es objection group:rights.example: No.\n"},
		{"a comment with its sort", whole(es2(from("0") + wordRuns("Es gratis.") + upTo("0"))), remarkOf("0", "Ana Ruiz", "Question: say who pays"), "2 es question ana-ruiz: say who pays\n"},
		{"a comment that proposes", whole(es2(from("0") + wordRuns("Es gratis.") + upTo("0"))), remarkOf("0", "Ana Ruiz", "wording: No cuesta nada."), "2 es wording ana-ruiz: No cuesta nada.\n"},
		{"a comment over two statements", whole(map[int]string{2: wordRow(2, en2, wordPara1(wordControl(both, wordRuns("Es ")+from("0")+wordRuns("gratis.")))), 3: wordRow(3, en3, wordPara1(wordControl("fn:3:es", wordRuns("Puede llamarnos:")+upTo("0")))+wordPara1(wordRuns("Phone: ")+wordControl("fn:3:es:1", wordRuns("217-555-0101"))))}),
			remarkOf("0", "Ana Ruiz", "Both are wrong."), "2 es objection ana-ruiz: “gratis.”: Both are wrong.\n3 es objection ana-ruiz: Both are wrong.\n"},
		{"a comment on the number", strings.Replace(whole(nil), `<w:t>5</w:t></w:r>`, `<w:t>5</w:t></w:r>`+upTo("0"), 1), remarkOf("0", "Ana Ruiz", "No."), "5 es objection ana-ruiz: No.\n"},
		{"a comment on nothing", `<w:p>` + from("0") + wordRuns("x") + upTo("0") + `</w:p>` + whole(nil), remarkOf("0", "Ana Ruiz", "All of it is long."), "left: A comment by “Ana Ruiz” is about no statement: “All of it is long.”\n"},
		{"a comment without a mark", whole(nil), remarkOf("0", "Ana Ruiz", "Where am I?"), "left: A comment by “Ana Ruiz” is about no statement: “Where am I?”\n"},
		{"an answer to a comment", whole(es2(from("1") + wordRuns("Es gratis.") + upTo("1"))), remarkOf("1", "Ana Ruiz", "No.") + remarkOf("2", "Bo Lee", "Yes."), "2 es objection ana-ruiz: No.\n2 es objection bo-lee: Yes.\n"},
		{"an author without a name", whole(es2(from("1") + wordRuns("Es gratis.") + upTo("1"))), remarkOf("1", "", "No."), "2 es objection unknown: No.\n"},
		{"letters of two alphabets", whole(es2(from("1") + wordRuns("Es gratis.") + upTo("1"))), remarkOf("1", "Ana Ruiz", "say p\u0430y"), "left: What ana-ruiz says of statement 2 in es holds a letter of another alphabet inside a word (U+0430): “say p\u0430y”\n"},
	} {
		parts := aWord(c.body, c.comments)
		if c.name == "an answer to a comment" {
			parts["word/commentsExtended.xml"] = `<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:commentEx w15:paraId="00000001" w15:done="1"/><w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>`
		}
		if got := sayWord(t, wordNumbers(), c.name, zipped(t, parts)); got != c.want {
			t.Errorf("%s\n%swant\n%s", c.name, got, c.want)
		}
	}
}

var aControl = regexp.MustCompile(`<w:sdt><w:sdtPr>.*?<w:tag w:val="(fn:[^"]*)"/>.*?</w:sdtPr><w:sdtContent>(.*?)</w:sdtContent></w:sdt>`)

// TestReadWordWithoutTags takes from a file what other programs take: LibreOffice leaves the bookmarks, others nothing but the words.
func TestReadWordWithoutTags(t *testing.T) {
	body := whole(es2(wordRuns("Es ") + from("0") + change("ins", "Ana Ruiz", wordRuns("muy ")) + wordRuns("gratis") + upTo("0") + wordRuns(".")))
	const comment, want = "¿Por qué?", "2 es wording ana-ruiz: Es muy gratis.\n2 es question bo-lee: “muy gratis”: ¿Por qué?\n"
	marked := func(as string) string {
		id := 0
		return aControl.ReplaceAllStringFunc(body, func(in string) string {
			m := aControl.FindStringSubmatch(in)
			id++
			return strings.NewReplacer("ID", strconv.Itoa(id), "NAME", wordMark(m[1]), "RUNS", m[2]).Replace(as)
		})
	}
	for name, as := range map[string]string{
		"bookmarks":       `<w:bookmarkStart w:id="ID" w:name="NAME"/>RUNS<w:bookmarkEnd w:id="ID"/>`,
		"LibreOffice":     `<w:sdt><w:sdtPr></w:sdtPr><w:sdtContent><w:bookmarkStart w:id="ID" w:name="NAME"/>RUNS</w:sdtContent></w:sdt><w:bookmarkEnd w:id="ID"/>`,
		"words":           `RUNS`,
		"a foreign frame": `<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_7"/></w:sdtPr><w:sdtContent>RUNS</w:sdtContent></w:sdt>`,
	} {
		parts := aWord(marked(as), remarkOf("0", "Bo Lee", comment))
		if got := sayWord(t, wordNumbers(), name, zipped(t, parts)); got != want {
			t.Errorf("%s\n%swant\n%s", name, got, want)
		}
		delete(parts, "docProps/custom.xml") // the newest packet is meant
		if got := sayWord(t, wordNumbers(), name, zipped(t, parts)); got != want {
			t.Errorf("%s without properties\n%swant\n%s", name, got, want)
		}
	}
	// By its bookmark a statement is found also where its words were changed without tracking.
	body = whole(es2(wordRuns("Es caro.")))
	marks := aWord(marked(`<w:bookmarkStart w:id="ID" w:name="NAME"/>RUNS<w:bookmarkEnd w:id="ID"/>`), "")
	if got := sayWord(t, wordNumbers(), "silent", zipped(t, marks)); !strings.HasPrefix(got, "2 es wording bo-lee: Es caro.\n") {
		t.Errorf("a bookmark is not read: %s", got)
	}
	// What belongs elsewhere is refused.
	n := wordNumbers()
	n.Digest = "sha256:" + strings.Repeat("cd", 32)
	if got := sayWord(t, n, "other edition", zipped(t, aWord(body, ""))); !strings.Contains(got, "no record that those words were sent") {
		t.Error(got)
	}
	n.Program = "other"
	if got := sayWord(t, n, "other program", zipped(t, aWord(body, ""))); !strings.Contains(got, `about the program "pantry", and not about "other"`) {
		t.Error(got)
	}
}
