package main

import (
	"bytes"
	"strings"
	"testing"

	"fairnotice/notices/source"
	"fairnotice/render/packet"
)

// TestFindComment: where a proposal and a question stand on one sentence, accept means the proposal; where two of a sort do, it is asked
// which one is meant.
func TestFindComment(t *testing.T) {
	comment := func(is packet.Sort, text string) packet.Comment {
		return packet.Comment{Program: "card", Edition: 1, Statement: "before/key.free", Number: 2, Language: "es", Is: is, Reviewer: "ana", On: source.NewDay(2025, 6, 15), Was: "Es gratis.", Text: text}
	}
	c := &commented{file: &programFile{path: "card.yaml"}, kept: &packet.Comments{Program: "card", Comments: []packet.Comment{comment(packet.Ask, "¿Siempre?"), comment(packet.Wording, "No cuesta nada.")}},
		at: &packet.Numbers{Program: "card", Edition: 1, Languages: []string{"es"}, Statements: []packet.Numbered{{Number: 2, ID: "key.free", Kinds: []string{"before"}, Text: map[string]string{"es": "Es gratis."}}}}}
	for _, id := range []string{"2:es", "key.free:es"} {
		if s, err := c.find(id, packet.Wording); err != nil || s.Is != packet.Wording {
			t.Errorf("%s: %s %v", id, s.Is, err)
		}
		if _, err := c.find(id, ""); err == nil || !strings.Contains(err.Error(), "stands for 2 comments") {
			t.Errorf("%s: of no sort: %v", id, err)
		}
	}
	c.kept.Comments = append(c.kept.Comments, comment(packet.Wording, "Usted no paga."))
	if _, err := c.find("2:es", packet.Wording); err == nil || !strings.Contains(err.Error(), "stands for 3 comments") {
		t.Errorf("two proposals: %v", err)
	}
}

// TestLeftOut: a line of a mail is named by its number and may be cut; what comes from a Word file has no line, and stands there whole.
func TestLeftOut(t *testing.T) {
	long := "Away from the statements, Ana wrote: “" + strings.Repeat("many words ", 12) + "to the end”"
	for name, c := range map[string]struct {
		line int
		want []string
	}{"mail.txt": {7, []string{"mail.txt: 1 line is no comments", "    line 7: Away from the"}}, "back.docx": {0, []string{"back.docx: 1 passage is no comments", "    Away from the", "to the end”"}}} {
		var b bytes.Buffer
		leftOut(&b, cameBack{name: name, Back: &packet.Back{Left: []packet.Passage{{Pos: source.Pos{File: name, Line: c.line}, Text: long}}}})
		for _, want := range c.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: %q is not in\n%s", name, want, &b)
			}
		}
		if strings.Contains(b.String(), "line 0") {
			t.Error(b.String())
		}
	}
}
