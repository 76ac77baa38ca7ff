package packet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
	"fairnotice/render"
)

var day = source.NewDay(2025, 6, 14)

// of makes the packet of an example.
func of(t *testing.T, name string, change func(*Input)) *Packet {
	t.Helper()
	in := input(t, name)
	if change != nil {
		change(&in)
	}
	p, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func input(t *testing.T, name string) Input {
	t.Helper()
	book, problems := law.Open(os.DirFS("../../notices/law"), "book")
	if problems.Failed() {
		t.Fatal(problems)
	}
	p, problems := notices.Load(os.DirFS("../../examples"), name)
	if problems.Failed() {
		t.Fatal(problems)
	}
	c, problems := locales.Open(os.DirFS("../../locales"), p.Languages...)
	if problems.Failed() {
		t.Fatal(problems)
	}
	var ns []*notices.Notice
	for _, k := range p.Kinds() {
		n, err := notices.Build(p, book, k, day)
		if err != nil {
			t.Fatal(err)
		}
		ns = append(ns, n)
	}
	e, err := render.NewEdition(c, ns)
	if err != nil {
		t.Fatal(err)
	}
	return Input{Edition: e, Program: p, Sent: day}
}

// TestNumbers holds the numbers against the edition: every statement of every kind has one, each number stands for one text, and the first
// is the first that is read.
func TestNumbers(t *testing.T) {
	in := input(t, "citykey.yaml")
	p, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(p.Items), "numbers")
	at := map[int]bool{}
	for i, it := range p.Items {
		if it.Number != i+1 {
			t.Fatalf("number %d stands at place %d", it.Number, i+1)
		}
		if len(it.In) != len(p.Languages) || len(it.Reasons) == 0 {
			t.Errorf("%d is in %d languages and has %d reasons", it.Number, len(it.In), len(it.Reasons))
		}
	}
	seen := 0
	for _, k := range p.Kinds {
		for _, l := range p.Languages {
			n := in.Edition.Notice(k.Kind, l.Tag)
			s := 0
			for _, sec := range k.Sections {
				for g, grp := range sec.Groups {
					for j, num := range grp.Numbers { // no heading of these examples is in the office's own words
						it := p.Items[num-1]
						if want := n.Sections[s].Groups[g].Statements[j]; it.ID != want.ID || it.In[l.Tag].Text != want.Text {
							t.Fatalf("%s %s: number %d is %q, and %q is read there", k.Kind, l.Tag, num, it.In[l.Tag].Text, want.Text)
						}
						at[num] = true
						seen++
					}
				}
				s++
			}
		}
	}
	if len(at) != len(p.Items) || seen == 0 {
		t.Errorf("%d numbers are used of %d", len(at), len(p.Items))
	}
	if len(p.Texts) != len(in.Edition.Texts) || slices.ContainsFunc(p.Texts, func(x Text) bool { return len(x.Canonical) != x.Bytes }) {
		t.Error("a text is missing, or has another length than its line says")
	}
}

// TestRecord reads what was written, and refuses it with one letter changed.
func TestRecord(t *testing.T) {
	p := of(t, "food-pantry.yaml", func(in *Input) {
		in.Grounds = []Ground{{"law", "il-local-records-act", digest(nil), "Local Records Act"}}
	})
	b := p.Record().Bytes()
	r, err := ReadRecord(b)
	if err != nil {
		t.Fatal(err)
	}
	if r.Digest != p.Edition.Digest || len(r.Texts) != len(p.Texts) || len(r.Grounds) != 1 || r.Sent != day {
		t.Errorf("the record of edition %s came back as %s with %d texts", p.Edition.Digest, r.Digest, len(r.Texts))
	}
	for i := 0; i < len(b); i += len(b) / 60 {
		c := slices.Clone(b)
		c[i] ^= 1
		if r, err := ReadRecord(c); err == nil && bytes.Equal(r.Bytes(), b) {
			t.Errorf("byte %d was changed, and nobody saw it", i)
		}
	}
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte("notice-sent/v1\nsent 2026-11-27\nas-of 2025-06-14\nfairnotice-edition/v1\nprogram a\nedition 1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := ReadRecord(b); err == nil && !bytes.Equal(r.Bytes(), b) {
			t.Error("the record was read, and is written otherwise")
		}
	})
}

// TestDiff puts both texts together again from the pieces, and keeps what stayed.
func TestDiff(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"The office keeps it.", "The office keeps it.", ""},
		{"The office keeps it.", "The company keeps it.", "=The |-office |+company |=keeps it."},
		{"", "It is new.", "+It is new."},
		{"凡住在芝加哥的人都可以申请。", "住在芝加哥的人可以申请。", "-凡|=住在芝加哥的人|-都|=可以申请。"},
		{"يحتفظ المكتب بها.", "تحتفظ الشركة بها.", "-يحتفظ المكتب |+تحتفظ الشركة |=بها."},
		{"a b c", "a c", "=a |-b |=c"},
	} {
		var parts []string
		old, new := "", ""
		for _, p := range Diff(c.old, c.new) {
			parts = append(parts, string(p.Op)+p.Text)
			if p.Op != '+' {
				old += p.Text
			}
			if p.Op != '-' {
				new += p.Text
			}
		}
		if got := strings.Join(parts, "|"); got != c.want {
			t.Errorf("%q to %q: %s, want %s", c.old, c.new, got, c.want)
		}
		if c.want != "" && (old != c.old || new != c.new) {
			t.Errorf("%q to %q: the pieces make %q and %q", c.old, c.new, old, new)
		}
	}
}

// TestCompare sees a statement said otherwise, one that is new and one that is gone, an exposure and a law that changed, and nothing else.
func TestCompare(t *testing.T) {
	rows := []notices.Row{{Phase: "walk-in/now", Holder: "pantry", Item: "name", Demand: "judicial_warrant", Barrier: notices.BindingOnService}}
	law := Ground{"law", "il-local-records-act", digest([]byte("old")), "Local Records Act"}
	old := of(t, "food-pantry.yaml", func(in *Input) { in.Rows, in.Grounds = rows, []Ground{law} })
	was := old.Record()
	now := of(t, "food-pantry.yaml", func(in *Input) {
		in.Rows = []notices.Row{rows[0]}
		in.Rows[0].Barrier = notices.CourtFirst
		in.Grounds = []Ground{law}
		in.Grounds[0].Digest = digest([]byte("new"))
	})
	// The record is made to have said something else.
	said := was.Blocks["es"][4]
	said.Text = "Antes decía otra cosa."
	was.Blocks["es"][4] = said
	k := notices.Before
	was.Numbers[k] = slices.Insert(slices.Delete(slices.Clone(was.Numbers[k]), 2, 3), 0, len(was.Blocks["en"])+1)
	for tag := range was.Blocks {
		was.Blocks[tag] = append(was.Blocks[tag], Block{CanonicalLine: render.CanonicalLine{ID: "gone", Text: "It is not said any more."}})
	}
	now.Compare(was, true)
	for _, it := range now.Items {
		changed := it.In["es"].Diff != nil
		if changed != (it.Number == 5) || it.In["en"].Diff != nil || it.New != (it.Number == 3 && len(it.Kinds) == 1) {
			t.Errorf("%d %s: new is %v, changed in Spanish is %v", it.Number, it.ID, it.New, changed)
		}
	}
	if len(now.Gone) != 1 || now.Gone[0].ID != "gone" || now.Gone[0].Was["ar"] != "It is not said any more." {
		t.Errorf("gone: %v", now.Gone)
	}
	if len(now.Rows) != 1 || now.Rows[0].Was == now.Rows[0].Now || !strings.Contains(now.Rows[0].Now, "court first") {
		t.Errorf("rows: %v", now.Rows)
	}
	if len(now.Changed) != 1 || now.Changed[0].ID != law.ID || !now.Before.Signed {
		t.Errorf("grounds: %v", now.Changed)
	}
	var b strings.Builder
	if err := now.Paper(&b, "es"); err != nil || !strings.Contains(b.String(), "<del>Antes decía otra cosa.</del><ins>") {
		t.Errorf("the page does not show what changed: %v", err)
	}
}

// TestCompareValue marks the one word of a value that changed, beside the sentence that did not, in each form.
func TestCompareValue(t *testing.T) {
	p := of(t, "food-pantry.yaml", nil)
	was := p.Record()
	i := slices.IndexFunc(was.Blocks["es"], func(b Block) bool {
		return len(b.Values) > 0 && slices.Contains(b.Values[0].Text, "Todas las personas que necesitan comida.")
	})
	if i < 0 {
		t.Fatal("no statement says for whom it is")
	}
	block := was.Blocks["es"][i]
	block.Values = slices.Clone(block.Values)
	block.Values[0].Text = []string{"Todas las personas que necesiten comida."}
	was.Blocks["es"][i] = block
	p.Compare(was, false)
	for _, it := range p.Items {
		if changed := it.In["es"].Diff != nil; changed != (it.Number == i+1) || it.In["ar"].Diff != nil || it.New {
			t.Errorf("%d: new is %v, changed in Spanish is %v", it.Number, it.New, changed)
		}
	}
	var packed, paper strings.Builder
	for _, d := range p.around("es", nil).Diff[i+1] {
		fmt.Fprintf(&packed, "%s%s|", d[0], d[1])
	}
	if !strings.HasSuffix(packed.String(), " que |-necesiten |+necesitan |=comida.|") {
		t.Errorf("the page has %s", &packed)
	}
	if err := p.Paper(&paper, "es"); err != nil || !strings.Contains(paper.String(), " que <del>necesiten </del><ins>necesitan </ins>comida.") {
		t.Errorf("the paper does not mark the word: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(wordOf(t, p, "es")), int64(len(wordOf(t, p, "es"))))
	if err != nil {
		t.Fatal(err)
	}
	document, err := fs.ReadFile(z, "word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	if run := `<w:r><w:rPr>%s<w:lang w:val="es-US"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`; !bytes.Contains(document, []byte(fmt.Sprintf(run+run, "<w:strike/>", "necesiten ", "<w:b/><w:bCs/>", "necesitan "))) {
		t.Error("the Word file does not mark the word")
	}
}

// TestCompareKinds: two notices said a thing in two ways, and say it in one now. The one that changed is marked, whichever it is.
func TestCompareKinds(t *testing.T) {
	for at := range 2 {
		p := of(t, "food-pantry.yaml", nil)
		was := p.Record()
		i := slices.IndexFunc(p.Items, func(it Item) bool { return len(it.Kinds) > 1 })
		if i < 0 {
			t.Fatal("no statement stands in two notices")
		}
		kind := p.Items[i].Kinds[at]
		n := len(was.Blocks["en"]) + 1
		was.Numbers[kind] = slices.Clone(was.Numbers[kind])
		was.Numbers[kind][slices.Index(was.Numbers[kind], i+1)] = n
		for tag, blocks := range was.Blocks {
			other := blocks[i]
			other.Text = "Old words."
			was.Blocks[tag] = append(slices.Clone(blocks), other)
		}
		p.Compare(was, false)
		if got := p.Items[i].In["en"].Was; !strings.HasPrefix(got, "Old words.") || p.Items[i].New {
			t.Errorf("%s said something else, and it is not marked: %q", kind, got)
		}
	}
}

// TestHostile puts words that act on a page into everything that others write, and looks for them in the page as words.
func TestHostile(t *testing.T) {
	const bad = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}]]>"
	p := of(t, "food-pantry.yaml", func(in *Input) {
		in.Comments = &Comments{Program: "food-pantry", Comments: []Comment{{Program: "food-pantry", Edition: 1, Statement: "before/" + in.Edition.Notices[0].Sections[0].Groups[0].Statements[0].ID, Number: 1, Language: "en", Is: Objection, Reviewer: "a", Was: bad, Text: bad}}}
		in.Reviews = []Review{{Reviewer: bad, Name: bad, Language: "en", Says: bad}}
		in.Warnings = []Warning{{Where: []string{bad}, Code: bad, Message: bad, Hint: bad}}
		in.Grounds = []Ground{{"law", bad, bad, bad}}
		in.Law = func(id source.ID) (Law, bool) {
			return Law{ID: id, Title: bad, Citation: bad, Words: bad, URL: "javascript:alert(3)", CheckedBy: bad, Confidence: bad, Stands: bad}, true
		}
	})
	p.Name, p.Officer, p.Items[3].ID = bad, bad, bad
	for tag, said := range p.Items[2].In {
		said.Text, said.Ours, said.Own, said.Diff = bad, bad, true, []Piece{{'-', bad}, {'+', bad}}
		p.Items[2].In[tag] = said
	}
	p.Items[2].Reasons[0].Quote, p.Items[2].Reasons[0].By = bad, bad
	for name, write := range map[string]func(*strings.Builder) error{
		"page":  func(b *strings.Builder) error { return p.HTML(b) },
		"paper": func(b *strings.Builder) error { return p.Paper(b, "ar") },
	} {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		scripts := strings.Count(page, "<script")
		if name == "page" && scripts != 2 || name == "paper" && scripts != 0 {
			t.Errorf("%s: %d scripts", name, scripts)
		}
		for _, s := range []string{"<img", "onerror=alert(2)>", "href=\"javascript:"} {
			if strings.Contains(page, s) {
				t.Errorf("%s: %s stands in it", name, s)
			}
		}
		if !strings.Contains(page, "&lt;/script&gt;") {
			t.Errorf("%s: the words are not in it as words", name)
		}
		if !strings.Contains(page, "default-src &#39;none&#39;") {
			t.Errorf("%s: it has no policy", name)
		}
	}
}
