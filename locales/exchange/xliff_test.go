package exchange

import (
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestNPMFile reads the file that the npm package xliff 6.2 wrote of toolkit.xlf: it breaks lines before placeholders and loses whose
// a note is.
func TestNPMFile(t *testing.T) {
	b := workBook()
	r := Read(read(t, filepath.Join("testdata", "npm-xliff.xlf")), b)
	if len(r.Repairs) != 2 {
		t.Error(report(r))
	}
	for _, p := range r.Repairs {
		if p.ID != "delete.years" {
			t.Error(p)
		}
	}
	r.Repairs = nil
	worked(t, b, r)
}

const unitHead = `<?xml version="1.0" encoding="UTF-8"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" source-language="en" target-language="es"><body>`
const unitTail = `</body></file></xliff>`

// TestXLIFFOfTools are the ways in which translation programs write what we wrote.
func TestXLIFFOfTools(t *testing.T) {
	b := Book{Language: spanish, Units: []Unit{
		plain("keep.stored", "The office keeps a copy.", ""),
		{ID: "delete.years", Form: "other", Numbers: "2, 3, 4 …", Source: "Gone in {n} years.", State: Missing, SourceHash: "00012345"},
	}}
	const stored, years = "La oficina guarda una copia.", "Se borra en {n} años."
	source := `<source>Gone in <ph id="1">{n}</ph> years. [[2, 3, 4 …]]</source>`
	for name, c := range map[string]struct{ xml, id, want string }{
		"flat":                         {`<trans-unit id="delete.years#other"><source>Gone in {n} years. [[2, 3, 4 …]]</source><target>Se borra en {n} años.</target></trans-unit>`, "delete.years", years},
		"the numbers copied":           {`<trans-unit id="delete.years#other">` + source + `<target>Se borra en <ph id="1">{n}</ph> años. [[2, 3, 4 …]]</target></trans-unit>`, "delete.years", years},
		"the numbers in native digits": {`<trans-unit id="delete.years#other">` + source + `<target>Se borra en <ph id="1">{n}</ph> años. [[٢، ٣]] </target></trans-unit>`, "delete.years", years},
		"the placeholder emptied":      {`<trans-unit id="delete.years#other">` + source + `<target>Se borra en <x id="1"/> años.</target></trans-unit>`, "delete.years", years},
		"segments": {`<trans-unit id="keep.stored"><source>The office keeps a copy.</source><seg-source><mrk mtype="seg" mid="1">The office keeps a copy.</mrk></seg-source>` +
			`<target><mrk mtype="seg" mid="1">La oficina</mrk> <mrk mtype="seg" mid="2">guarda una copia.</mrk></target></trans-unit>`, "keep.stored", stored},
		"formats": {`<trans-unit id="keep.stored"><source>The office keeps a copy.</source><target>La <g id="1">oficina</g> <bpt id="2"></bpt>guarda<ept id="2"/> una copia.<x id="9"/></target></trans-unit>`, "keep.stored", stored},
		"a memory": {`<trans-unit id="keep.stored"><source>The office keeps a copy.</source><target state="needs-translation">La oficina guarda una copia.</target>` +
			`<alt-trans match-quality="80"><source>Another.</source><target>Otra cosa.</target></alt-trans></trans-unit>`, "keep.stored", stored},
		"a memory first":   {`<trans-unit id="keep.stored"><alt-trans><target>Otra cosa.</target></alt-trans><source>The office keeps a copy.</source><target>La oficina guarda una copia.</target></trans-unit>`, "keep.stored", stored},
		"groups":           {`<group><group id="g"><trans-unit id="keep.stored"><source>The office keeps a copy.</source><target>La oficina guarda una copia.</target></trans-unit></group></group>`, "keep.stored", stored},
		"CDATA":            {`<trans-unit id="keep.stored"><source>The office keeps a copy.</source><target><![CDATA[La oficina guarda una copia.]]></target></trans-unit>`, "keep.stored", stored},
		"a country":        {strings.Replace(`<trans-unit id="keep.stored"><source>The office keeps a copy.</source><target xml:lang="es-MX">La oficina guarda una copia.</target></trans-unit>`, "", "", 1), "keep.stored", stored},
		"no target":        {`<trans-unit id="keep.stored"><source>The office keeps a copy.</source></trans-unit>`, "", ""},
		"an empty target":  {`<trans-unit id="keep.stored"><source>The office keeps a copy.</source><target/></trans-unit>`, "", ""},
		"said to be final": {`<trans-unit id="keep.stored" approved="yes"><source>The office keeps a copy.</source><target state="final">The office keeps a copy.</target></trans-unit>`, "", ""},
	} {
		text := unitHead + c.xml + unitTail
		for encoding, data := range map[string][]byte{"UTF-8": []byte(text), "with a mark": []byte("\ufeff" + text), "UTF-16": utf16Of(strings.Replace(text, "UTF-8", "UTF-16", 1), binary.LittleEndian),
			"UTF-16 from a Mac": utf16Of(text, binary.BigEndian)} {
			r := Read(data, b)
			if c.id == "" {
				if len(r.Accepted) > 0 || len(r.Refused) > 0 {
					t.Errorf("%s: %s %v", name, report(r), r.Accepted)
				}
				continue
			}
			if len(r.Accepted) != 1 || r.Accepted[0].ID != c.id || r.Accepted[0].Text != c.want || len(r.Refused) > 0 {
				t.Errorf("%s, %s: %s%v", name, encoding, report(r), r.Accepted)
			}
		}
	}
}

func utf16Of(s string, order binary.AppendByteOrder) []byte {
	out := order.AppendUint16(nil, 0xfeff)
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// TestNotOurs are files that are refused whole, with a sentence.
func TestNotOurs(t *testing.T) {
	b := workBook()
	var out strings.Builder
	for _, c := range []struct{ name, data string }{
		{"nothing", ""},
		{"another language", strings.Replace(unitHead, `"es"`, `"pl"`, 1) + unitTail},
		{"XLIFF 2", `<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"></xliff>`},
		{"a page", "<html><body>Hello</body></html>"},
		{"cut off", unitHead + `<trans-unit id="a"><source>b`},
		{"DOCTYPE", `<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "b">]><xliff version="1.2"/>`},
		{"an entity of its own", unitHead + "&boom;" + unitTail},
		{"deep", unitHead + strings.Repeat("<g>", 100_000)},
		{"a tag without an end", unitHead + "<g " + strings.Repeat(`a="" `, 100_000)},
		{"PO", "msgid \"\"\nmsgstr \"\"\n"},
		{"CSV", "ID,English,Translation\n"},
		{"PDF", "%PDF-1.7"},
		{"old Excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
		{"a zip that is none", "PK\x03\x04 and no more"},
		{"a picture", "\x89PNG\r\n\x1a\n"},
		{"too large", "PK" + strings.Repeat("x", largest)},
	} {
		r := Read([]byte(c.data), b)
		if len(r.Refused) != 1 || len(r.Accepted)+len(r.Missing)+len(r.Unknown)+len(r.Repairs) != 0 {
			t.Errorf("%s: %s", c.name, report(r))
			continue
		}
		p := r.Refused[0]
		out.WriteString(c.name + ": " + p.Message + " " + p.Hint + " [" + p.Code + "]\n")
	}
	golden(t, "not-ours.txt", out.String())
}
