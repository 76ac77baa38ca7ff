package packet_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fairnotice/notices/source"
	"fairnotice/render/packet"
)

const digest = "sha256:3fa93fa93fa93fa93fa93fa93fa93fa93fa93fa93fa93fa93fa93fa93fa93fa9"

const commentFile = `notice-comments/v1
program citykey

comment
edition 1 ` + digest + `
statement before/online/portal.keep.stored
number 42
language es
is objection
reviewer group:alliance.example
date 2026-11-21
was La oficina guarda esto:
text La oficina no lo guarda: lo guarda la empresa.
text
text Preguntad a la empresa.

comment
edition 1 ` + digest + `
statement before/key.free
number 3
language ar
is wording
reviewer a2
date 2026-11-22
was هذا مجاني.
text هذا بلا مقابل.

answer c-7d02a1b4c5d6e7f8
by Ana Ruiz, City Clerk
date 2026-11-25
text You are right. The next edition says so.

settled c-7d02a1b4c5d6e7f8
edition 2
`

func TestCommentFile(t *testing.T) {
	c, ps := packet.ParseComments("a.txt", []byte(commentFile))
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	if got := string(c.Bytes()); got != commentFile {
		t.Errorf("written again it is\n%s", got)
	}
	want := packet.Comment{Program: "citykey", Edition: 1, Digest: digest, Statement: "before/online/portal.keep.stored", Number: 42, Language: "es", Is: packet.Objection,
		Reviewer: "group:alliance.example", On: source.NewDay(2026, 11, 21), Was: "La oficina guarda esto:", Text: "La oficina no lo guarda: lo guarda la empresa.\n\nPreguntad a la empresa.",
		From: source.Pos{File: "a.txt", Line: 4, Col: 1}}
	if len(c.Comments) != 2 || c.Comments[0] != want {
		t.Errorf("got %+v", c.Comments)
	}
	if kind, id := want.Kind(); kind != "before" || id != "online/portal.keep.stored" {
		t.Error(kind, id)
	}
	if len(c.Answers) != 1 || len(c.Settled) != 1 || c.Settled[0].Edition != 2 {
		t.Errorf("got %+v %+v", c.Answers, c.Settled)
	}
}

// TestRefused: what is not such a file is refused with its line and column, and with what to do.
func TestRefused(t *testing.T) {
	change := func(old, new string) string {
		if !strings.Contains(commentFile, old) {
			t.Fatalf("no %q in the file", old)
		}
		return strings.Replace(commentFile, old, new, 1)
	}
	for _, c := range []struct{ name, file, want string }{
		{"nothing", "", "a.txt:1:1: The file does not begin with the line notice-comments/v1."},
		{"a page", "<!DOCTYPE html><script>alert(1)</script>", "a.txt:1:1: The file does not begin"},
		{"a mark", "\ufeff" + commentFile, "a.txt:1:1: The file does not begin"},
		{"windows", strings.ReplaceAll(commentFile, "\n", "\r\n"), "a.txt:1:1: The file does not begin"},
		{"one line from windows", change("number 42\n", "number 42\r\n"), "a.txt:7:8: Behind `number` should stand a number."},
		{"no end", strings.TrimSuffix(commentFile, "\n"), "a.txt:34:1: This line does not stand as such a file has it"},
		{"two ends", commentFile + "\n", "a.txt:36:1: Here a comment, an answer, or what is settled should begin."},
		{"program", change("program citykey", "program ../../etc"), "a.txt:2:9: Behind `program` should stand the id of a program"},
		{"edition", change("edition 1", "edition 01"), "a.txt:5:1: Here the edition should stand"},
		{"digest", change("sha256:3", "sha256:X"), "a.txt:5:1: Here the edition should stand"},
		{"statement", change("before/key.free", "key.free"), "a.txt:19:11: Behind `statement`"},
		{"number", change("number 42", "number -1"), "a.txt:7:8: Behind `number` should stand a number."},
		{"language", change("language es", "language español"), "a.txt:8:10: Behind `language`"},
		{"sort", change("is objection", "is approval"), "a.txt:9:4: This is not a sort of comment. Write objection, question or wording. [comments]"},
		{"reviewer", change("reviewer a2", "reviewer Ana Ruiz"), "a.txt:23:10: Behind `reviewer`"},
		{"day", change("date 2026-11-21", "date 21.11.2026"), "a.txt:11:6: \"21.11.2026\" is not a day. Write year-month-day"},
		{"no words", change("was La oficina guarda esto:", "was "), "a.txt:12:5: The words are missing"},
		{"order", change("number 42\nlanguage es\n", "language es\nnumber 42\n"), "a.txt:7:1: Here a line should stand that begins with `number`."},
		{"line", change("text Preguntad", "Preguntad"), "a.txt:15:1: Here a line should stand that begins with `text`"},
		{"turned around", change("no lo guarda", "no \u202elo guarda"), "a.txt:13:20: Here stands an invisible character that turns the direction of the text around (U+202E)."},
		{"escape", change("Preguntad", "Preg\x1b[31muntad"), "a.txt:15:10: Here stands a control character (U+001B)."},
		{"accent", change("Preguntad", "Pregunte\u0301"), "a.txt:15:14: Here stands a letter that is stored in two pieces"},
		{"blank", change("text La", "text  La"), "a.txt:13:6: The words are missing, or white space stands around them."},
		{"answers first", change("answer c-7d02a1b4c5d6e7f8", "answer c-7d02"), "a.txt:28:8: Behind `answer` should stand the id of a comment"},
		{"long", change("Preguntad a", strings.Repeat("a", 5000)), "there is room for 4000"},
		{"huge", commentFile + strings.Repeat("a", 1<<20), "at most 1048576 can be read"},
	} {
		got, ps := packet.ParseComments("a.txt", []byte(c.file))
		if got != nil || !strings.Contains(ps.Error(), c.want) {
			t.Errorf("%s: got %v\n%v\nwant %s", c.name, got, ps, c.want)
		}
		for _, p := range ps {
			if p.Hint == "" {
				t.Errorf("%s: %v says not what to do", c.name, p)
			}
		}
	}
	_, ps := packet.ParseComments("a.txt", []byte(change("is objection", "is x")+"\ncomment\n\ncomment\n"))
	if len(ps) != 3 {
		t.Errorf("not all problems are listed: %v", ps)
	}
}

func TestReviewerOf(t *testing.T) {
	for name, want := range map[string]string{"group:a.example": "group:a.example", "Ana Ruiz": "ana-ruiz", "  A. Ruiz, Esq. ": "a-ruiz-esq", "李": "name-", "": "name-", strings.Repeat("ab ", 99): "ab-ab"} {
		got := packet.ReviewerOf(name)
		if !packet.IsReviewer(got) || !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// FuzzComments: what is read is written with the same bytes, and merging it with itself changes nothing in what it says.
func FuzzComments(f *testing.F) {
	f.Add([]byte(commentFile))
	f.Add([]byte("notice-comments/v1\nprogram a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, ps := packet.ParseComments("fuzz", data)
		if (c == nil) == (len(ps) == 0) {
			t.Fatal(c, ps)
		}
		for _, p := range ps {
			if p.Message == "" || p.Pos.Line < 1 || p.Pos.Col < 1 {
				t.Errorf("%+v", p)
			}
		}
		if c == nil {
			return
		}
		if !bytes.Equal(c.Bytes(), data) {
			t.Fatalf("read %q, written %q", data, c.Bytes())
		}
		for _, m := range c.Comments {
			for _, text := range []string{m.Text, m.Was} {
				_, free := source.CheckText(text)
				if _, what := source.CheckTextIn(m.Language, text, m.Was); what != "" && free != "" {
					t.Errorf("%q: %s", text, what)
				}
			}
		}
		one, err := packet.Merge(c, c)
		if err != nil {
			t.Fatal(err)
		}
		if _, ps := packet.ParseComments("merged", one.Bytes()); len(ps) > 0 {
			t.Fatal(ps)
		}
	})
}

// anyComments draws files that have much in common.
func anyComments(t *rapid.T, name string) *packet.Comments {
	c := &packet.Comments{Program: "citykey"}
	for range rapid.IntRange(0, 5).Draw(t, name) {
		pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "x") }
		day := source.NewDay(2026, 11, rapid.IntRange(1, 2).Draw(t, "day"))
		c.Comments = append(c.Comments, packet.Comment{Program: "citykey", Edition: rapid.IntRange(1, 2).Draw(t, "edition"), Digest: digest, Statement: "before/" + pick("a", "b"),
			Number: rapid.IntRange(1, 2).Draw(t, "number"), Language: pick("en", "es"), Is: packet.Sort(pick("objection", "wording")), Reviewer: pick("r1", "r2"), On: day, Was: "A.", Text: pick("x", "x\n\ny", "z")})
		last := c.Comments[len(c.Comments)-1].ID()
		if rapid.Bool().Draw(t, "answered") {
			c.Answers = append(c.Answers, packet.Answer{To: last, By: pick("Ana", "Ben"), On: day, Text: pick("yes", "no")})
		}
		if rapid.Bool().Draw(t, "settled") {
			c.Settled = append(c.Settled, packet.Settled{To: last, Edition: rapid.IntRange(2, 4).Draw(t, "by")})
		}
	}
	return c
}

// TestPropertyMerge: nothing is lost, the order does not matter, nor how often it is done; what is written can be read.
func TestPropertyMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyComments(t, "a"), anyComments(t, "b"), anyComments(t, "c")
		join := func(x, y *packet.Comments) *packet.Comments {
			z, err := packet.Merge(x, y)
			if err != nil {
				t.Fatal(err)
			}
			return z
		}
		ab := join(a, b)
		same := func(what string, x, y *packet.Comments) {
			if !bytes.Equal(x.Bytes(), y.Bytes()) {
				t.Fatalf("%s:\n%s\n\n%s", what, x.Bytes(), y.Bytes())
			}
		}
		same("the order matters", ab, join(b, a))
		same("once more", ab, join(ab, a))
		same("with itself", ab, join(ab, ab))
		same("three", join(ab, c), join(a, join(b, c)))
		ids, answers := map[string]int{}, map[packet.Answer]int{}
		for _, m := range ab.Comments {
			ids[m.ID()]++
		}
		for _, m := range ab.Answers {
			answers[m]++
		}
		for _, x := range []*packet.Comments{a, b} {
			for _, m := range x.Comments {
				if ids[m.ID()] != 1 {
					t.Fatalf("%+v is there %d times", m, ids[m.ID()])
				}
			}
			for _, m := range x.Answers {
				if answers[m] != 1 {
					t.Fatalf("%+v is there %d times", m, answers[m])
				}
			}
		}
		back, ps := packet.ParseComments("", ab.Bytes())
		if len(ps) > 0 || !bytes.Equal(back.Bytes(), ab.Bytes()) {
			t.Fatal(ps)
		}
	})
}

// TestMergeOnce: what differs in the day, the number and the place alone is one comment, of the earlier day.
func TestMergeOnce(t *testing.T) {
	c := packet.Comment{Program: "a", Edition: 1, Digest: digest, Statement: "before/a", Number: 2, Language: "es", Is: packet.Ask, Reviewer: "r", On: source.NewDay(2026, 11, 22), Was: "A.", Text: "x"}
	d := c
	d.Number, d.On, d.From.File = 1, c.On-1, "other.txt"
	m, err := packet.Merge(&packet.Comments{Program: "a", Comments: []packet.Comment{c}}, &packet.Comments{Program: "a", Comments: []packet.Comment{d}})
	if err != nil || len(m.Comments) != 1 || m.Comments[0].On != d.On || m.Comments[0].Number != 1 {
		t.Errorf("%+v %v", m, err)
	}
	for _, change := range []func(*packet.Comment){func(c *packet.Comment) { c.Reviewer = "s" }, func(c *packet.Comment) { c.Text = "y" }, func(c *packet.Comment) { c.Language = "en" }, func(c *packet.Comment) { c.Is = packet.Objection },
		func(c *packet.Comment) { c.Edition = 2 }, func(c *packet.Comment) { c.Statement = "before/b" }, func(c *packet.Comment) { c.Was = "B." }} {
		e := c
		if change(&e); e.ID() == c.ID() {
			t.Errorf("%+v is taken for %+v", e, c)
		}
	}
}

func TestMergePrograms(t *testing.T) {
	if _, err := packet.Merge(&packet.Comments{Program: "a"}, &packet.Comments{Program: "b"}); err == nil {
		t.Error("two programs were merged")
	}
}

// numbers are the statements of an edition.
func numbers(edition int, texts ...string) *packet.Numbers {
	n := &packet.Numbers{Program: "citykey", Edition: edition, Digest: digest, Languages: []string{"en", "es"}}
	for i, id := range []string{"a", "b", "c"} {
		if texts[i] != "" {
			n.Statements = append(n.Statements, packet.Numbered{Number: len(n.Statements) + 1, ID: id, Kinds: []string{"before", "already-applied"}, Text: map[string]string{"en": texts[i], "es": "es " + texts[i]},
				Values: map[string][]string{"en": {"a value"}}})
		}
	}
	return n
}

// TestStandings: open, answered, settled by an edition, and open again where the old words come back.
func TestStandings(t *testing.T) {
	say := func(id, lang string, is packet.Sort, was, text string) packet.Comment {
		return packet.Comment{Program: "citykey", Edition: 1, Digest: digest, Statement: "before/" + id, Number: 1, Language: lang, Is: is, Reviewer: "r", On: source.NewDay(2026, 11, 21), Was: was, Text: text}
	}
	c := &packet.Comments{Program: "citykey", Comments: []packet.Comment{
		say("b", "es", packet.Wording, "es B.", "es new."), say("a", "en", packet.Objection, "A.", "no"), say("c", "en", packet.Ask, "C.", "why?"), say("a", "fr", packet.Ask, "Fr.", "?"), say("a", "en", packet.Wording, "a value", "another")}}
	c.Answers = []packet.Answer{{To: c.Comments[2].ID(), By: "Ana", On: source.NewDay(2026, 11, 22), Text: "so"}}
	states := func(n *packet.Numbers) string {
		var out []string
		for _, s := range c.Standings(n) {
			out = append(out, fmt.Sprintf("%d %s %s %s", s.Number, s.Statement, s.Language, s.InWords()))
			if s.As {
				out[len(out)-1] += " as proposed"
			}
		}
		return strings.Join(out, "\n")
	}
	for _, step := range []struct {
		now  *packet.Numbers
		want string
	}{
		{numbers(1, "A.", "B.", "C."), "1 before/a en open\n1 before/a en open\n1 before/a fr open\n2 before/b es open\n3 before/c en answered"},
		{numbers(1, "A.", "new.", "C."), "1 before/a en open\n1 before/a en open\n1 before/a fr open\n2 before/b es open as proposed\n3 before/c en answered"},
		{numbers(2, "A.", "new.", "C."), "1 before/a en open\n1 before/a en open\n1 before/a fr open\n2 before/b es settled by edition 2 as proposed\n3 before/c en answered"},
		{numbers(3, "", "newer.", "C."), "1 before/b es settled by edition 2\n2 before/c en answered\n0 before/a en settled by edition 3\n0 before/a en settled by edition 3\n0 before/a fr settled by edition 3"},
		{numbers(4, "A.", "B.", "D."), "1 before/a en open\n1 before/a en open\n1 before/a fr open\n2 before/b es open\n3 before/c en settled by edition 4"},
	} {
		c = c.Settle(step.now)
		if got := states(step.now); got != step.want {
			t.Errorf("edition %d:\n%s\nwant\n%s", step.now.Edition, got, step.want)
		}
		if again := c.Settle(step.now); !reflect.DeepEqual(again, c) {
			t.Error("settled twice, it differs")
		}
	}
	all := c.Standings(numbers(4, "A.", "B.", "D."))
	if n := len(packet.Beside(all, 1, "en")); n != 2 {
		t.Errorf("%d stand beside statement 1 in English", n)
	}
	if n := len(packet.Beside(all, 1, "")); n != 3 {
		t.Errorf("%d stand beside statement 1", n)
	}
	if len((*packet.Comments)(nil).Standings(numbers(1, "A.", "", ""))) != 0 {
		t.Error("no comments have standings")
	}
}

// TestHonestWords: reviewers write in their language, in English about it, and quote what they read; every one of these comes through.
func TestHonestWords(t *testing.T) {
	for _, c := range []struct{ lang, was, text string }{
		{"ru", "Офис хранит это:", "Нет: это хранит компания."}, {"ru", "Офис хранит это:", "Say “хранит” once."}, {"ru", "Офис хранит это:", "орос сор"}, {"uk", "Це безкоштовно.", "Ні, є збір."},
		{"ar", "هذا مجاني.", "Wrong word."}, {"ar", "هذا مجاني.", "هذا بلا مقابل."}, {"hi", "यह मुफ़्त है।", "यह निःशुल्क है।"}, {"zh-Hans", "这是免费的。", "办公室不保存它。"}, {"ko", "무료입니다.", "카드는 무료입니다."},
		{"fr", "C’est gratuit.", "« Gratuit » : pour qui ?"}, {"vi", "Miễn phí.", "Không ai phải trả tiền."}, {"es", "Es gratis.", "¿Y la «tarjeta»? 25 $, dice la página…"}, {"en", "It is free.", "See https://www.chicago.gov/citykey – it says $5."},
	} {
		f := &packet.Comments{Program: "citykey", Comments: []packet.Comment{{Program: "citykey", Edition: 1, Digest: digest, Statement: "before/a", Number: 1, Language: c.lang, Is: packet.Objection, Reviewer: "r",
			On: source.NewDay(2026, 11, 21), Was: c.was, Text: c.text}}}
		if _, ps := packet.ParseComments("a.txt", f.Bytes()); len(ps) > 0 {
			t.Errorf("%s %q: %v", c.lang, c.text, ps)
		}
	}
}
