package packet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fairnotice/notices/source"
	"fairnotice/render/packet"
)

// sent is a packet of fifty statements in five languages.
func sent(edition int, digest string) *packet.Numbers {
	n := &packet.Numbers{Program: "citykey", Edition: edition, Digest: digest, Languages: []string{"en", "ar", "es", "pt-BR", "zh-Hans"}}
	for i := range 50 {
		st := packet.Numbered{Number: i + 1, ID: fmt.Sprintf("s%d", i+1), Kinds: []string{"before"}, Text: map[string]string{}}
		for _, l := range n.Languages {
			st.Text[l] = fmt.Sprintf("%s %d.", l, i+1)
		}
		n.Statements = append(n.Statements, st)
	}
	return n
}

func arrived() packet.Arrived {
	return packet.Arrived{Reviewer: "r0", On: source.NewDay(2026, 11, 30), Packets: []*packet.Numbers{sent(1, digest)}}
}

func short(cs []packet.Comment) string {
	var out []string
	for _, c := range cs {
		out = append(out, fmt.Sprintf("%d %s %s %s: %s", c.Number, c.Language, c.Is, c.Reviewer, c.Text))
	}
	return strings.Join(out, "\n")
}

// TestMail: what people write, and what their mail programs make of it.
func TestMail(t *testing.T) {
	const want = "42 es objection r0: La oficina no lo guarda."
	for _, c := range []struct{ name, mail, want string }{
		{"as told", "42 es: object: La oficina no lo guarda.", want},
		{"a mark and windows", "\ufeff42 es: object: La oficina no lo guarda.\r\n", want},
		{"old mac", "Hola\r42 es: object: La oficina no lo guarda.\rAdiós", "42 es objection r0: La oficina no lo guarda. Adiós"},
		{"quoted", "> 42 es: object: La oficina no lo guarda.", want},
		{"quoted thrice", "> >> 42 es: object: La oficina\n> >> no lo guarda.\n", want},
		{"quoted and broken", "> 42 es: object: La oficina\nno lo guarda.\n> 43 es: question: ¿Quién?", want + "\n43 es question r0: ¿Quién?"},
		{"a bullet", "  •  42 es: object: La oficina no lo guarda.\n- 43 es: ask: ¿Quién?", want + "\n43 es question r0: ¿Quién?"},
		{"a bar", "| 42 es: object: La oficina no lo guarda.", want},
		{"dashes", "42 es – object – La oficina no lo guarda.", want},
		{"long dashes", "42 – es — objection—La oficina no lo guarda.", want},
		{"wide colons", "42 es： object： La oficina no lo guarda.", want},
		{"blanks that do not break", "42\u00a0es:\u00a0object:\u00a0La oficina no lo\u00a0 guarda.", want},
		{"no blanks", "42es:object:La oficina no lo guarda.", want},
		{"brackets", "#42 (es) objection: La oficina no lo guarda.", want},
		{"words", "Statement no. 42, in Spanish: objection = La oficina no lo guarda.", "42 es objection r0: La oficina no lo guarda."},
		{"its own name", "Nr. 42 – Español – OBJECTION: La oficina no lo guarda.", want},
		{"stars", "*42 es*: *object*: La oficina no lo guarda.", want},
		{"invisible marks", "\u200e42\u200b es: object: La ofi\u00adcina no lo guarda.\u200f", want},
		{"digits of Arabic", "٤٢ es: object: La oficina no lo guarda.", want},
		{"digits of Urdu and Hindi", "۴۲ es: object: A.\n४२ es: object: B.\n４２ es: object: C.", "42 es objection r0: A.\n42 es objection r0: B.\n42 es objection r0: C."},
		{"below its line", "42 es: object:\nLa oficina no lo guarda.", want},
		{"several languages", "42 es, en: object: La oficina no lo guarda.", "42 en objection r0: La oficina no lo guarda.\n" + want},
		{"and", "42 es and en: object: x\n43 es/en: object: y", "42 en objection r0: x\n42 es objection r0: x\n43 en objection r0: y\n43 es objection r0: y"},
		{"tags of two parts", "1 pt-BR: object: x\n2 zh-Hans: ask: y\n3 pt‑br: object: z\n4 Portuguese: object: w\n5 zh-CN: ask: v",
			"1 pt-BR objection r0: x\n2 zh-Hans question r0: y\n3 pt-BR objection r0: z\n4 pt-BR objection r0: w\n5 zh-Hans question r0: v"},
		{"a proposal", "42 es: wording: “La empresa lo guarda.”", "42 es wording r0: La empresa lo guarda."},
		{"quotes inside a proposal", "42 es: wording: La «empresa» lo guarda.\n43 es: wording: \"A\" y \"B\"", "42 es wording r0: La «empresa» lo guarda.\n43 es wording r0: \"A\" y \"B\""},
		{"curly quotes stay", "42 en: wording: The “company’s” computer.", "42 en wording r0: The “company’s” computer."},
		{"no quotes are taken from an objection", "42 en: object: “Keeps”", "42 en objection r0: “Keeps”"},
		{"Chinese", "7 zh-Hans: wording: 办公室\n不保存它。", "7 zh-Hans wording r0: 办公室不保存它。"},
		{"Arabic", "\u200f7 ar: wording: هذا بلا\u200f مقابل.", "7 ar wording r0: هذا بلا مقابل."},
		{"accents in two pieces", "42 es: wording: E\u0301l.", "42 es wording r0: Él."},
		{"a colon in what is said", "42 es: object: Dice: “esto”.", "42 es objection r0: Dice: “esto”."},
		{"a paragraph ends it", "42 es: object: La oficina no lo guarda.\n\nCon saludos\nAna", want},
		{"a signature ends it", "42 es: object: La oficina no lo guarda.\n-- \nAna", want},
		{"an answer to a mail", "42 es: object: La oficina no lo guarda.\nOn Friday Ana Ruiz wrote:\n> Please read it.", want},
		{"deeper quotes end it", "42 es: object: La oficina no lo guarda.\n> which you sent", want},
		{"forwarded", "---------- Forwarded message ----------\nFrom: Somebody\nDate: Fri, 21 Nov 2026 10:00:00 +0100\nSubject: Re: ed-3fa93fa93fa9\n\n42 es: object: La oficina no lo guarda.", want},
		{"a reviewer", "Reviewer: Alianza A.\n42 es: object: x", "42 es objection alianza-a: x"},
		{"one reviewer for all", "42 es: object: x\n\nReviewer: a2\n", "42 es objection a2: x"},
		{"two reviewers", "reviewer: a1\n42 es: object: x\n\nreviewer: a2\n43 es: object: y", "42 es objection a1: x\n43 es objection a2: y"},
		{"no comment", "42 people came.\n3 es un número.\n2026 was good.\n42 en la calle\nDear Ana,", ""},
		{"a number, and then a sentence", "3 questions for you\n7 words of thanks", ""},
	} {
		b, ps := packet.ReadMail("m.txt", []byte(c.mail), arrived())
		if got := short(b.Comments); got != c.want || len(ps) > 0 {
			t.Errorf("%s:\n%q\nis read as\n%s\n%v", c.name, c.mail, got, ps)
		}
	}
}

// TestMailProblems: what looks like a comment and is none is named with its line and column, and with what to write.
func TestMailProblems(t *testing.T) {
	for _, c := range []struct{ mail, want string }{
		{"Hello\n> 999 es: object: x", "m.txt:2:3: The packet has no statement 999. Its numbers go from 1 to 50: look for the number that stands before the sentence. [mail-number]"},
		{"0 es: object: x", "has no statement 0"},
		{"99999999999999999999 es: object: x", ""},
		{"42: object: x", "It is not said which language the comment is about. Write it behind the number: `42 es: …`. The packet is in en, ar, es, pt-BR, zh-Hans."},
		{"42 fr: object: x", `"fr" is no language of this packet. It is in en, ar, es, pt-BR, zh-Hans. Write it like this: `},
		{"42 es: objct: x", `m.txt:1:1: "objct" is no sort of comment. Did you mean object? Write object, question or wording. [mail-line]`},
		{"42 es: this is wrong", "It is not said whether this objects, asks, or proposes other words. Write it like this: `42 es: object: …`; in place of object it may be question or wording."},
		{"42 es: object this", "Between the sort of the comment and what is said no colon stands."},
		{"42 es: object:", "Nothing is said behind the colon."},
		{"42-44 es: object: x", "Two numbers stand before the comment: 42 and 44. Write a line for each statement."},
		{"42 es: object: раypal", "In the comment stands a letter of another alphabet inside a word"},
		{"42 es: object: " + strings.Repeat("a ", 4000), "there is room for 4000"},
		{"edition: 7\n42 es: object: x", "m.txt:1:1: No packet of edition 7 was sent from here, so nobody knows what the numbers stand for. Write `edition: ed-3fa93fa93fa9` for edition 1."},
		{"ed-000000000000\n42 es: object: x", "m.txt:1:1: No packet of the edition ed-000000000000 was sent from here"},
	} {
		b, ps := packet.ReadMail("m.txt", []byte(c.mail), arrived())
		if len(b.Comments) > 0 || !strings.Contains(ps.Error(), c.want) || c.want != "" && len(ps) != 1 {
			t.Errorf("%q: %v\n%v\nwant %s", c.mail, b.Comments, ps, c.want)
		}
	}
	a := arrived()
	a.Reviewer = ""
	if b, ps := packet.ReadMail("m.txt", []byte("42 es: object: x"), a); len(b.Comments) > 0 || !strings.Contains(ps.Error(), "It is not said who the reviewer is.") {
		t.Error(b, ps)
	}
	if b, ps := packet.ReadMail("m.txt", []byte("42 es: object: x"), packet.Arrived{Reviewer: "r"}); len(b.Comments) > 0 || !strings.Contains(ps.Error(), "No packet was sent") {
		t.Error(b, ps)
	}
	// One line that is wrong does not hide the others.
	if b, ps := packet.ReadMail("m.txt", []byte("1 es: object: x\n999 es: object: y\n2 es: object: z"), arrived()); len(b.Comments) != 2 || len(ps) != 1 || ps[0].Pos.Line != 2 {
		t.Error(b, ps)
	}
}

// TestMailDates: a comment is of the day that the mail says, else of the day on which it is read.
func TestMailDates(t *testing.T) {
	for mail, want := range map[string]string{
		"1 es: object: x":                   "2026-11-30",
		"date: 2026-11-21\n1 es: object: x": "2026-11-21",
		"Date: Fri, 6 Nov 2026 10:00:00 +0100\nSubject: x\n\n1 es: object: x": "2026-11-06",
		"Date: next week\n1 es: object: x":                                    "2026-11-30",
	} {
		if b, ps := packet.ReadMail("m.txt", []byte(mail), arrived()); len(b.Comments) != 1 || b.Comments[0].On.String() != want {
			t.Errorf("%q: %+v %v", mail, b.Comments, ps)
		}
	}
}

// TestMailPackets: a number belongs to the packet that the mail names; where none is named, to any, if they agree.
func TestMailPackets(t *testing.T) {
	old, now := sent(1, digest), sent(2, strings.Replace(digest, "3fa9", "4444", 1))
	now.Statements[1].Text["es"] = "otra."
	a := packet.Arrived{Reviewer: "r", Packets: []*packet.Numbers{now, old}}
	read := func(mail string) (string, source.Problems) {
		b, ps := packet.ReadMail("m.txt", []byte(mail), a)
		out := ""
		for _, c := range b.Comments {
			out += fmt.Sprintf("%d:%d %s;", c.Edition, c.Number, c.Was)
		}
		return out, ps
	}
	if got, ps := read("1 es: object: x"); got != "2:1 es 1.;" || len(ps) > 0 {
		t.Error(got, ps)
	}
	if got, ps := read("2 es: object: x"); got != "" || !strings.Contains(ps.Error(), "Statement 2 is another one in edition 2 than in edition 1. Say in a line of its own which packet was read. Write `edition: ed-44443fa93fa9` for edition 2, or `edition: ed-3fa93fa93fa9` for edition 1.") {
		t.Error(got, ps)
	}
	for _, name := range []string{"edition: 1", "Subject: your packet ED-3FA93FA93FA9", "edition: ed-3fa93fa93fa9"} {
		if got, ps := read(name + "\n2 es: object: x"); got != "1:2 es 2.;" || len(ps) > 0 {
			t.Error(name, got, ps)
		}
	}
}

// TestLeft: what is no comment is listed, so that nobody takes it for read.
func TestLeft(t *testing.T) {
	b, _ := packet.ReadMail("m.txt", []byte("Dear Ana,\n\n42 es: object: x\n\nMore of it.\n"), arrived())
	if len(b.Left) != 2 || b.Left[0].Text != "Dear Ana," || b.Left[1] != (packet.Passage{Pos: source.Pos{File: "m.txt", Line: 5, Col: 1}, Text: "More of it."}) {
		t.Errorf("%+v", b.Left)
	}
}

// TestPropertyMail: whatever a mail program makes of a line, it says the same.
func TestPropertyMail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "x") }
		words := strings.Fields("La oficina no guarda esto: lo guarda la empresa, desde 2017, y nadie lo dice a la gente que viene.")
		quote, end, colon := pick("", "> ", ">> ", "> > ", "  ", "- ", "| "), pick("\n", "\r\n", "\r"), pick(":", " :", " - ", "：", " – ", "\u00a0:")
		var b strings.Builder
		b.WriteString(pick("", "\ufeff"))
		b.WriteString(quote + pick("", "#", "No. ", "\u200f") + pick("42", "٤٢") + pick(" ", "\u00a0", ", ", " in ") + pick("es", "ES", "Spanish", "español") + colon + pick("object", "Objection", "OBJECT") + colon)
		for i, w := range words {
			switch {
			case i > 0 && rapid.IntRange(0, 6).Draw(t, "break") == 0:
				b.WriteString(end)
				if quote != "- " {
					b.WriteString(quote)
				}
			default:
				b.WriteString(pick(" ", "  "))
			}
			b.WriteString(w)
		}
		b.WriteString(end)
		got, ps := packet.ReadMail("m.txt", []byte(b.String()), arrived())
		if want := "42 es objection r0: " + strings.Join(words, " "); short(got.Comments) != want || len(ps) > 0 {
			t.Fatalf("%q\n%s\n%v", b.String(), short(got.Comments), ps)
		}
	})
}

// FuzzBack: whatever comes back, reading it ends; what is taken from it can be kept; what is wrong has a place and a hint.
func FuzzBack(f *testing.F) {
	for _, s := range []string{commentFile, "42 es: object: x", "> 42 es, en: wording: “x”\n", "<html>", "%PDF-", "reviewer: a\nedition: 1\n1 ar - ask - y", "٤٢ es: object: x", "Content-Transfer-Encoding: quoted-printable\nMIME-Version: 1.0\n\n42 es: object: =C3=A9=\nx"} {
		f.Add([]byte(s))
	}
	a := arrived()
	f.Fuzz(func(t *testing.T, data []byte) {
		b, ps := packet.ReadBack("f", data, a)
		for _, p := range ps {
			if !bytes.HasPrefix(data, []byte("PK")) && (p.Pos.Line < 1 || p.Pos.Col < 1) || p.Message == "" || p.Hint == "" {
				t.Errorf("%+v", p)
			}
		}
		if b == nil {
			if !ps.Failed() {
				t.Fatal("refused without a reason")
			}
			return
		}
		kept := &packet.Comments{Program: "citykey", Comments: b.Comments}
		if len(b.Comments) == 0 {
			return
		}
		if _, ps := packet.ParseComments("kept", kept.Bytes()); len(ps) > 0 {
			t.Fatalf("%q is kept as\n%s\n%v", data, kept.Bytes(), ps)
		}
	})
}

// TestForeign: what cannot be comments is refused, with what to do.
func TestForeign(t *testing.T) {
	for data, want := range map[string]string{
		"":             "an empty file",
		"  \n\ufeff\n": "an empty file",
		"<!DOCTYPE html>\n<script>alert(1)</script>":         "a page or program code",
		"42 es: object: x\n<script>fetch('//evil')</script>": "a page or program code",
		"PK\x03\x04xx":                  "",
		"PK\x05\x06":                    "an empty archive",
		"%PDF-1.7":                      "a PDF",
		"{\\rtf1":                       "RTF",
		"\xd0\xcf\x11\xe0xx":            ".doc",
		"\x89PNG":                       "a picture",
		"notice-review/v1\n":            "a statement of review",
		"notice-sent/v1\n":              "our own record",
		"-----BEGIN SSH SIGNATURE-----": "a signature or a key",
		"fairnotice: 1\n":               "a file of the program",
		"\xff\xfe4\x002\x00":            "UTF-16",
		"4\x002\x00 \x00e\x00s\x00":     "no text",
		"42 es: object: \xe1":           "not in UTF-8",
		strings.Repeat("a", packet.MaxCommentFile+1): "more than 262144 bytes",
	} {
		b, ps := packet.ReadBack("f", []byte(data), arrived())
		if b != nil || len(ps) != 1 || !strings.Contains(ps.Error(), want) || ps[0].Hint == "" {
			t.Errorf("%.40q: %v %v, want %s", data, b, ps, want)
		}
	}
}

// TestBack: comments are held against what was sent.
func TestBack(t *testing.T) {
	a := arrived()
	file := func(change ...string) string {
		s := strings.NewReplacer(change...).Replace("notice-comments/v1\nprogram citykey\n\ncomment\nedition 1 " + digest + "\nstatement before/s3\nnumber 9\nlanguage es\nis objection\nreviewer r\ndate 2026-11-21\nwas es 3.\ntext x\n")
		return s
	}
	for _, c := range []struct {
		file, want string
		kept       bool
	}{
		{file(), "", true},
		{file("program citykey", "program other"), `The comment is about the program "other", and the file is about "citykey".`, false},
		{file("edition 1 sha256:3", "edition 1 sha256:4"), "Nothing is known here of the edition that the comment is about", true},
		{file("edition 1", "edition 2"), "The comment names edition 2, and the digest beside it is that of edition 1.", false},
		{file("before/s3", "before/s99"), "Edition 1 has no statement before/s99.", false},
		{file("language es", "language fr"), "Edition 1 is not in the language fr.", false},
		{file("was es 3.", "was We sell it."), "The words that the comment quotes are not those of statement 3 in the edition that was sent.", true},
	} {
		b, ps := packet.ReadBack("f", []byte(c.file), a)
		if (len(b.Comments) == 1) != c.kept || !strings.Contains(ps.Error(), c.want) || c.want == "" && len(ps) > 0 {
			t.Errorf("%s\n%+v %v, want %s", c.file, b, ps, c.want)
		}
		if c.want == "" && b.Comments[0].Number != 3 {
			t.Error("the number of the statement is not put right")
		}
	}
	if slices.Contains(packet.Sorts(), "") {
		t.Error("a sort without a name")
	}
}

// TestMailFile: a mail that was saved whole is read as its plain text, whatever its letters are written in.
func TestMailFile(t *testing.T) {
	const head = "From: A <a@example.org>\r\nSubject: =?utf-8?Q?Re=3A_ed-3fa93fa93fa9_=C3=A1?=\r\nDate: Fri, 20 Nov\r\n 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
	for _, c := range []struct{ name, mail, want string }{
		{"quoted printable", head + "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n42 es: object: No es as=C3=AD, la ofici=\r\nna.\r\n", "42 es objection r0: No es así, la oficina."},
		{"base64", head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nNDIgZXM6IG9iamVjdDog\r\nTm8gZXMgYXPDrS4=\r\n", "42 es objection r0: No es así."},
		{"latin 1", head + "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n42 es: object: No es as\xed.\r\n", "42 es objection r0: No es así."},
		{"parts", head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/html\r\n\r\n<html><p>9 es: object: no</p></html>\r\n--y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n42 es: object: No es así.\r\n--y--\r\n--x--\r\n", "42 es objection r0: No es así."},
	} {
		b, ps := packet.ReadBack("m.eml", []byte(c.mail), arrived())
		if b == nil || short(b.Comments) != c.want || len(ps) > 0 {
			t.Errorf("%s: %+v %v", c.name, b, ps)
			continue
		}
		if got := b.Comments[0].On.String(); got != "2026-11-20" {
			t.Errorf("%s: it is of %s", c.name, got)
		}
	}
	for _, mail := range []string{head + "Content-Type: text/calendar\r\n\r\n42 es: object: x", head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n", head + "Content-Type: x/y/z; a\r\n\r\nx", head + "Content-Transfer-Encoding: base64\r\n\r\n!!", head + "Content-Type: text/plain; charset=koi8-r\r\n\r\n\xc1"} {
		if b, ps := packet.ReadBack("m.eml", []byte(mail), arrived()); b != nil || len(ps) != 1 || ps[0].Hint == "" {
			t.Errorf("%q: %+v %v", mail, b, ps)
		}
	}
}
