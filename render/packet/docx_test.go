package packet

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// TestWord holds the Word file of each language against the packet: every sentence and every value stands in its control, once, in both
// languages, and what is read back is what was sent.
func TestWord(t *testing.T) {
	p := of(t, "food-pantry.yaml", nil)
	n := p.Numbers()
	for _, l := range p.Languages {
		var b, again bytes.Buffer
		if err := p.DOCX(&b, l.Tag); err != nil {
			t.Fatal(err)
		}
		if err := p.DOCX(&again, l.Tag); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: the same packet gives other bytes", l.Tag)
		}
		if got := sayWord(t, n, l.Tag, b.Bytes()); got != "" {
			t.Errorf("%s comes back as %s", l.Tag, got)
		}
		text, err := readWord(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		r := &wordReader{text: text, numbers: n, back: &Back{}}
		r.gather()
		have := map[wordPlace]string{}
		for _, f := range r.found {
			if _, twice := have[f.wordPlace]; twice {
				t.Errorf("%s: %+v stands twice", l.Tag, f.wordPlace)
			}
			have[f.wordPlace] = f.now()
		}
		for _, it := range p.Items {
			for _, tag := range []string{p.Base, l.Tag} {
				if got := have[wordPlace{number: it.Number, lang: tag}]; got != it.In[tag].Text {
					t.Errorf("%s: statement %d is %q, want %q", tag, it.Number, got, it.In[tag].Text)
				}
				k := 0
				for _, v := range it.In[tag].Values {
					for _, text := range v.Text {
						k++
						if got := have[wordPlace{number: it.Number, lang: tag, value: k}]; got != text {
							t.Errorf("%s: value %d of statement %d is %q, want %q", tag, k, it.Number, got, text)
						}
					}
				}
			}
			if have[wordPlace{number: it.Number, why: true}] == "" {
				t.Errorf("%s: statement %d has no reasons", l.Tag, it.Number)
			}
		}
	}
	if err := p.DOCX(io.Discard, "tlh"); err == nil {
		t.Error("a language that the packet has not got is written")
	}
}

// TestWordTells looks for what a reviewer needs beside the words: what changed, what was said before, who has read it, law, what is open.
func TestWordTells(t *testing.T) {
	p := of(t, "citykey.yaml", nil)
	n := p.Numbers()
	said := n.Statements[1]
	kept := &Comments{Program: p.Program, Comments: []Comment{{Program: p.Program, Edition: n.Edition, Digest: n.Digest, Statement: said.Statement(), Number: 2, Language: "es", Is: Wording,
		Reviewer: "ana-ruiz", On: source.NewDay(2026, 11, 20), Was: said.Text["es"], Text: "No cuesta nada."}}}
	kept.Answers = []Answer{{To: kept.Comments[0].ID(), By: "B. Lee, City Clerk", On: source.NewDay(2026, 11, 21), Text: "We keep ours."}}
	p.Comments = kept.Standings(n)
	p.Before = &Before{Edition: 1, AsOf: source.NewDay(2017, 5, 1)}
	p.Items[2].New = true
	es := p.Items[3].In["es"]
	es.Was, es.Diff = "Nadie lo ha dicho.", []Piece{{'=', "Nadie "}, {'-', "lo ha dicho"}, {'+', es.Text}}
	p.Items[3].In["es"] = es
	p.Gone = []Gone{{Kind: notices.Before, ID: "x", Was: map[string]string{"en": "We said this once."}}}
	p.Changed = []GroundChange{{Kind: "law", ID: "foia", Title: "Freedom of Information Act", Was: "a", Now: "b"}}
	p.Law = []Law{{ID: "foia", Citation: "5 ILCS 140", Title: "Freedom of Information Act", Stands: "It is in force", Words: "Each public body shall", CheckedOn: "2026-11-21", CheckedBy: "C. Day", CheckDue: "2027-05-21", Confidence: "verified"}}
	p.Reviews = []Review{{Language: "es", Says: "Somebody has signed it"}, {Language: "ar", Says: "not this"}}
	text, err := readWord(wordOf(t, p, "es"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, para := range text.paras {
		for _, x := range para.pieces {
			all.Write(x.text)
		}
		all.WriteByte('\n')
	}
	for _, want := range []string{
		"For review: CityKey\n", "This is edition 1 of 2025-06-14 (ed-", "Every change is tracked", "Nobody has reviewed the translation. It is a draft.",
		"What changed since edition 1 of 2017-05-01\nStatements with other words: 4.\nNew statements: 3.\nThe law “Freedom of Information Act” says something else now. A signature that rested on it lapses.\n",
		"What is not said any more\nWe said this once.\n", "Who has read it\nSomebody has signed it.\n", "Since the edition before: Nadie lo ha dicho" + es.Text + "\n",
		"ana-ruiz proposes other words, es, 2026-11-20 (answered): No cuesta nada. The office (B. Lee, City Clerk, 2026-11-21): We keep ours.\n",
		"The law that is cited\n5 ILCS 140\nFreedom of Information Act. It is in force.\n“Each public body shall”\nChecked on 2026-11-21 by C. Day. To be checked again by 2027-05-21. Confidence: verified.\n", "What nobody knows yet\n", "Here stand again, with the same words: 1 to ", "lines 270, 273, 282 and 285 (Chicago Tribune, June 2025; reported)",
	} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the file does not say %q", want)
		}
	}
	if strings.Contains(all.String(), "not this") {
		t.Error("it says who has read another language")
	}
	if got := sayWord(t, n, "es", wordOf(t, p, "es")); got != "" {
		t.Errorf("it comes back as %s", got)
	}
	if i := slices.IndexFunc(text.paras, func(x *wordPara) bool { return len(x.pieces) > 0 && x.pieces[0].ins+x.pieces[0].del > 0 }); i >= 0 {
		t.Error("what changed since the edition before is a tracked change")
	}
}

func BenchmarkWord(b *testing.B) {
	p := of(&testing.T{}, "citykey.yaml", nil)
	var out bytes.Buffer
	if err := p.DOCX(&out, "ar"); err != nil {
		b.Fatal(err)
	}
	n := p.Numbers()
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			_ = p.DOCX(io.Discard, "ar")
		}
		b.ReportMetric(float64(out.Len()), "bytes")
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, problems := ReadWord("x", out.Bytes(), Arrived{On: 1, Packets: []*Numbers{n}}); problems.Failed() {
				b.Fatal(problems)
			}
		}
	})
}
