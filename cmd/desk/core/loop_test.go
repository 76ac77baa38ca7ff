package core

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fairnotice/notices/source"
	"fairnotice/render/print"
)

// doing is do with arguments that are made into JSON.
func doing[T any](t testing.TB, d *Desk, op string, args any) T {
	t.Helper()
	b, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	return do[T](t, d, op, string(b))
}

func refusing(t testing.TB, d *Desk, op string, args any) string {
	t.Helper()
	b, _ := json.Marshal(args)
	return no(t, d, op, string(b))
}

type m = map[string]any

// ids finds the questions of a person whose text has some words.
func ids(t testing.TB, d *Desk, to, words string) []OpenAsking {
	t.Helper()
	var out []OpenAsking
	for _, p := range do[People](t, d, "ask", "").People {
		for _, q := range p.Questions {
			if p.To == to && strings.Contains(q.Text, words) {
				out = append(out, q)
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("nobody asks %s: %s", to, words)
	}
	return out
}

func sheetText(name, day string, lines ...string) string {
	return "Program = river-card\nYour name = " + name + "\nDay of your answers = " + day + "\nLooked or told = looked\n\n" + strings.Join(lines, "\n\n") + "\n"
}

func TestAsk(t *testing.T) {
	d := riverDesk(t)
	people := do[People](t, d, "ask", "").People
	if len(people) != 5 {
		t.Fatalf("%d people", len(people))
	}
	for _, p := range people {
		if p.About == "" || p.Title == "" {
			t.Errorf("%+v", p)
		}
		for _, q := range p.Questions {
			if len(q.Paths) == 0 || strings.ContainsAny(q.Text+strings.Join(q.Places, ""), "`_") {
				t.Errorf("%+v", q)
			}
		}
	}
	out := doing[SheetOut](t, d, "ask.sheet", m{"to": "records"})
	if len(out.Files) != 1 || !strings.HasSuffix(out.Files[0].Name, ".html") || !strings.Contains(string(out.Files[0].Bytes), "Make the text") || !strings.Contains(out.Mail, "Your name =") {
		t.Errorf("%.300s", out.Mail)
	}
	for args, want := range map[string]string{
		`{"to":"records","who":"","on":"2025-07-01"}`:          "Write the name of the person.",
		`{"to":"records","who":"Ben Lee","on":"2025-07-02"}`:   "That day has not come yet.",
		`{"to":"records","who":"Ben Lee","on":"soon"}`:         "Choose the day.",
		`{"to":"nobody","who":"Ben Lee","on":"2025-07-01"}`:    "There is no such sheet.",
		`{"to":"records","who":"Ben\u202e","on":"2025-07-01"}`: "In the name stands",
	} {
		if says := no(t, d, "ask.asked", args); !strings.Contains(says, want) {
			t.Errorf("%s: %s", args, says)
		}
	}
	doing[Answer](t, d, "ask.asked", m{"to": "records", "who": "Ben Lee", "on": "2025-07-01"})
	period := ids(t, d, "records", "How long")[0]
	if len(period.Asked) != 1 || period.Asked[0].Who != "Ben Lee" {
		t.Errorf("%+v", period)
	}
}

// sheets are one text in all the forms in which it may come back.
func sheets(t testing.TB, d *Desk, text string) map[string][]byte {
	t.Helper()
	page := string(doing[SheetOut](t, d, "ask.sheet", m{"to": "records"}).Files[0].Bytes)
	filled := strings.Replace(page, `<textarea id="text" rows="14" readonly>`, `<textarea id="text" rows="14" readonly="">`+strings.ReplaceAll(text, "&", "&amp;"), 1)
	if filled == page {
		t.Fatal("the page has no place for the text")
	}
	var word bytes.Buffer
	doc := print.Document{Title: "Answers", Language: "en"}
	for _, l := range strings.Split(text, "\n") {
		doc.Body = append(doc.Body, print.Paragraph{Runs: []print.Run{{Text: l}}})
	}
	if err := print.DOCX(&word, doc); err != nil {
		t.Fatal(err)
	}
	mail := "From: ben@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nSubject: Re: questions\r\n\r\n> " + strings.ReplaceAll(text, "\n", "\r\n> ")
	return map[string][]byte{"answers.txt": []byte(text), "answers.html": []byte(filled), "answers.docx": word.Bytes(), "answers.eml": []byte(mail), "quoted.txt": []byte("> " + strings.ReplaceAll(text, "\n", "\r\n> "))}
}

// TestSheetsComeBack: an answer is the same in whatever form it comes; what does not fit is told beside what does, and unknown stays unknown.
func TestSheetsComeBack(t *testing.T) {
	d := riverDesk(t)
	q := ids(t, d, "records", "How long")[0]
	ends := ids(t, d, "records", "were refused")[0]
	text := sheetText("Ben Lee", "2025-07-01", "Q-"+q.ID+" = 7 years", "Q-"+ends.ID+" = I do not know; ask Ana Ruiz", "Q-zzzz = 3")
	for name, data := range sheets(t, d, text) {
		r := doing[Reading](t, d, "ask.read", m{"files": []Blob{{name, data}}})
		if r.Ready != len(q.Paths) || len(r.Refused) != 1 || !strings.Contains(r.Refused[0].Says, "no open question") || len(r.Asks) != 1 || !strings.Contains(r.Asks[0], "names Ana Ruiz") {
			t.Errorf("%s: %+v", name, r)
		}
		for _, a := range r.Answers {
			if a.Is != "7 years" || a.Was != "" || a.From != "Ben Lee" || a.File != name {
				t.Errorf("%s: %+v", name, a)
			}
		}
		if r.State.Undo != "" && strings.Contains(r.State.Undo, "took") {
			t.Error("reading alone changed something")
		}
	}
	for name, want := range map[string]string{"sheet.pdf": "This is a PDF", "sheet.html": "no answers stand in it", "old.doc": "old form", "empty.txt": "an empty file"} {
		data := map[string]string{"sheet.pdf": "%PDF-1.7", "sheet.html": string(doing[SheetOut](t, d, "ask.sheet", m{"to": "it"}).Files[0].Bytes), "old.doc": "\xd0\xcf\x11\xe0aaaa", "empty.txt": " "}[name]
		r := doing[Reading](t, d, "ask.read", m{"files": []Blob{{name, []byte(data)}, {"good.txt", []byte(text)}}})
		if i := slices.IndexFunc(r.Refused, func(x Refused) bool { return x.File == name }); i < 0 || !strings.Contains(r.Refused[i].Says, want) || r.Refused[i].Hint == "" || r.Ready == 0 {
			t.Errorf("%s: %+v", name, r.Refused)
		}
	}
	took := doing[Reading](t, d, "ask.take", m{"files": []Blob{{"answers.txt", []byte(text)}}})
	if took.Taken != len(q.Paths) || !strings.HasPrefix(took.State.Undo, "You took in ") {
		t.Errorf("%+v", took)
	}
	file := do[FileText](t, d, "file", "").Text
	if !strings.Contains(file, "period: {is: 7 years, confidence: verified, by: Ben Lee, on: 2025-07-01}") || strings.Contains(file, "Q-") {
		t.Error(file)
	}
	if !strings.Contains(file, "denied: {is: unknown, asked: [{who: Ben Lee, on: 2025-07-01}]}") {
		t.Error("who does not know is not noted as asked:\n" + file)
	}
}

// TestNewerAnswers: answers of a later day than the edition wait for somebody to say whether the edition has gone out.
func TestNewerAnswers(t *testing.T) {
	for went, want := range map[string][]string{"no": {"number: 1 ", "as_of: 2025-07-03", "changed: [first_edition]"}, "yes": {"number: 2 ", "as_of: 2025-07-03", "changed: unknown"}} {
		d := riverDesk(t)
		d.day = source.NewDay(2025, 7, 3)
		text := []byte(sheetText("Ben Lee", "2025-07-03", "Q-"+ids(t, d, "records", "How long")[0].ID+" = 7 years"))
		r := doing[Reading](t, d, "ask.read", m{"files": []Blob{{"a.txt", text}}})
		if r.Ready == 0 || r.Edition == nil || len(r.Refused) > 0 || r.Edition.Asks == "" {
			t.Fatalf("%+v", r)
		}
		if says := refusing(t, d, "ask.take", m{"files": []Blob{{"a.txt", text}}}); !strings.Contains(says, "whether a notice of this edition has gone out") {
			t.Error(says)
		}
		doing[Reading](t, d, "ask.take", m{"files": []Blob{{"a.txt", text}}, "went_out": went})
		file := do[FileText](t, d, "file", "").Text
		for _, w := range want {
			if !strings.Contains(file, w) {
				t.Errorf("%s: %q is not in the file:\n%.900s", went, w, file)
			}
		}
	}
}

// TestOnlyWhatIsTakenIsNewer: a sheet of which nothing is taken gives the edition no later day; one that only says "I do not know" does,
// for who was asked, and when, stands in the file.
func TestOnlyWhatIsTakenIsNewer(t *testing.T) {
	d := riverDesk(t)
	d.day = source.NewDay(2025, 7, 3)
	long, ends := ids(t, d, "records", "How long")[0].ID, ids(t, d, "records", "were refused")[0].ID
	good := Blob{"a.txt", []byte(sheetText("Ben Lee", "2025-07-02", "Q-"+long+" = 7 years"))}
	for line, want := range map[string]string{"Q-" + ends + " = they vanish": "2025-07-02", "Q-" + ends + " = I do not know": "2025-07-03"} {
		r := doing[Reading](t, d, "ask.read", m{"files": []Blob{good, {"b.txt", []byte(sheetText("Ana Ruiz", "2025-07-03", line))}}})
		if r.Edition == nil || r.Edition.Newest != want {
			t.Errorf("%s: %+v", line, r.Edition)
		}
	}
}

// TestAnswersThatDoNotFit: an answer that the checks refuse does not keep the others out.
func TestAnswersThatDoNotFit(t *testing.T) {
	d := riverDesk(t)
	long := ids(t, d, "records", "How long")[0]
	refused, see := ids(t, d, "records", "were refused")[0], ids(t, d, "records", "see their file")[0]
	text := sheetText("Ben Lee", "2025-07-01", "Q-"+long.ID+" = seven years", "Q-"+refused.ID+" = they vanish", "Q-"+see.ID+" = yes")
	r := doing[Reading](t, d, "ask.take", m{"files": []Blob{{"a.txt", []byte(text)}}})
	if r.Taken != 1 || len(r.Refused) != 2 {
		t.Fatalf("%+v", r)
	}
	for _, x := range r.Refused {
		if x.Question == "" || x.Answer == "" || x.Hint == "" || x.Line == 0 || strings.HasPrefix(x.Says, "Q-") {
			t.Errorf("%+v", x)
		}
	}
	// What fits the question and not the rest of the file.
	text = sheetText("Ben Lee", "2025-07-01", "Q-"+ids(t, d, "it", "What is done with this")[0].ID+" = not_asked", "Q-"+refused.ID+" = kept like others")
	r = doing[Reading](t, d, "ask.take", m{"files": []Blob{{"b.txt", []byte(text)}}})
	t.Logf("%d taken, refused: %+v", r.Taken, r.Refused)
	if r.Taken < 1 || r.State.Errors > 0 {
		t.Errorf("%+v", r)
	}
}

// wordFile changes a document of Word: each sentence becomes another one by a tracked change of an author.
func wordFile(t testing.TB, data []byte, changes map[string]string, author string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		in, _ := f.Open()
		b, _ := io.ReadAll(in)
		if f.Name == "word/document.xml" {
			for was, is := range changes {
				run := regexp.MustCompile(`<w:r>(<w:rPr>(?:[^<]|<[^/]|</w:[^r])*?</w:rPr>)?<w:t[^>]*>` + regexp.QuoteMeta(was) + `</w:t></w:r>`)
				if !run.Match(b) {
					t.Fatalf("%q is not in the document", was)
				}
				done := false
				b = run.ReplaceAllFunc(b, func(m []byte) []byte {
					if done {
						return m
					}
					done = true
					del := strings.NewReplacer("<w:t>", "<w:delText>", "<w:t ", "<w:delText ", "</w:t>", "</w:delText>").Replace(string(m))
					return fmt.Appendf(nil, `<w:del w:id="901" w:author="%[1]s" w:date="2025-07-01T10:00:00Z">%[2]s</w:del><w:ins w:id="902" w:author="%[1]s" w:date="2025-07-01T10:00:00Z"><w:r><w:t>%[3]s</w:t></w:r></w:ins>`, author, del, is)
				})
			}
		}
		to, _ := w.Create(f.Name)
		_, _ = to.Write(b)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sentenceOf finds a sentence of the notice.
func sentenceOf(t testing.TB, d *Desk, tag, words string) ShownStatement {
	t.Helper()
	n := doing[Shown](t, d, "notice", m{"kind": "before", "languages": []string{tag}})
	for _, s := range n.Notices[0].Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				if strings.Contains(st.Text, words) && st.N() {
					return st
				}
			}
		}
	}
	t.Fatalf("the notice does not say %q", words)
	return ShownStatement{}
}

// N says that no number stands in the sentence.
func (s ShownStatement) N() bool { return !strings.ContainsAny(s.Text, "0123456789") }

func TestCounsel(t *testing.T) {
	d := riverDesk(t)
	out := doing[CounselSent](t, d, "counsel.export", m{"language": "en"})
	if len(out.Files) != 1 || !strings.HasSuffix(out.Files[0].Name, ".docx") || !out.State.Unsaved {
		t.Fatalf("%+v", out.Says)
	}
	good, bad := sentenceOf(t, d, "en", "You can ask a lawyer first."), sentenceOf(t, d, "en", "No court has checked it.")
	file := wordFile(t, out.Files[0].Bytes, map[string]string{good.Text: "Talk to a lawyer first, if you can.", bad.Text: "Your files are completely safe."}, "Cora Sands")
	r := doing[CounselRead](t, d, "counsel.read", m{"file": Blob{"back.docx", file}})
	if len(r.Changes) != 2 {
		t.Fatalf("%+v", r)
	}
	var fine, wrong CameChange
	for _, c := range r.Changes {
		if c.Was == good.Text {
			fine = c
		} else {
			wrong = c
		}
	}
	if fine.Rule != nil || !slices.Contains(fine.Can, "accept") || fine.Sort != "reword" || fine.Done != "" || fine.By != "cora-sands" {
		t.Errorf("%+v", fine)
	}
	if wrong.Rule == nil || slices.Contains(wrong.Can, "accept") || wrong.Rule.Title == "" {
		t.Errorf("%+v", wrong)
	}
	if says := refusing(t, d, "counsel.accept", m{"id": fine.ID}); !strings.Contains(says, "who decides") {
		t.Error(says)
	}
	if says := refusing(t, d, "counsel.accept", m{"id": wrong.ID, "by": "Ana Ruiz, City Clerk"}); !strings.Contains(says, "nothing was written") || strings.Contains(says, "`") {
		t.Error(says)
	}
	after := doing[CounselRead](t, d, "counsel.accept", m{"id": fine.ID, "by": "Ana Ruiz, City Clerk"})
	after = doing[CounselRead](t, d, "counsel.reject", m{"id": wrong.ID, "by": "Ana Ruiz, City Clerk", "text": "We promise nothing."})
	for _, c := range after.Changes {
		if want := map[string]string{fine.ID: "accepted", wrong.ID: "rejected"}[c.ID]; c.Done != want || len(c.Can) > 0 {
			t.Errorf("%+v", c)
		}
		if c.ID == wrong.ID && !strings.Contains(c.Answers[0], "Not taken. We promise nothing.") {
			t.Errorf("%v", c.Answers)
		}
	}
	got := sentenceOf(t, d, "en", "Talk to a lawyer first")
	if !got.Office {
		t.Errorf("%+v", got)
	}
	var labels []string
	for _, a := range doing[Because](t, d, "why", m{"language": "en", "statement": got.ID}).Answers {
		labels = append(labels, a.Label)
	}
	if !slices.Contains(labels, "The office says it in its own words") || slices.Contains(labels, "What a law beside the file says") {
		t.Errorf("words of the office stand on %q", labels)
	}
	names := sortedKeys(d.Files())
	if !slices.Contains(names, "river-card/wording.yaml") || !slices.Contains(names, "river-card/review/comments.txt") {
		t.Error(names)
	}
	// Undo takes the decision back, and the words with it.
	do[Undone](t, d, "undo", "")
	do[Undone](t, d, "undo", "")
	if got := sentenceOf(t, d, "en", "You can ask a lawyer first."); got.Office {
		t.Errorf("%+v", got)
	}
	if says := refusing(t, d, "counsel.read", m{"file": Blob{"x.pdf", []byte("%PDF-1.4")}}); !strings.Contains(says, "PDF") {
		t.Error(says)
	}
}

func TestLanguages(t *testing.T) {
	d := riverDesk(t)
	list := do[LanguageList](t, d, "languages", "")
	if len(list.Languages) != 16 || list.Languages[0].Tag != "en" || !list.Languages[0].In || list.Languages[1].State != "new" || len(list.Languages[1].Missing) == 0 || list.Note == "" {
		t.Errorf("%+v", list.Languages[:2])
	}
	for _, row := range list.Languages[1].Missing {
		if row.What == "" || row.English == "" || strings.ContainsAny(row.What, "`_") {
			t.Errorf("%+v", row)
		}
	}
	out := doing[Exported](t, d, "languages.export", m{"tag": "es", "as": "xlsx"})
	x, err := excelize.OpenReader(bytes.NewReader(out.Files[0].Bytes))
	if err != nil {
		t.Fatal(err)
	}
	spanish := map[string]string{"A card for people who live in the county.": "Una tarjeta para quienes viven en el condado.", "All people who live in the county can ask for one.": "Todas las personas que viven en el condado pueden pedir una.", "On the website": "En el sitio web"}
	rows, _ := x.GetRows("Texts")
	n := 0
	for i, row := range rows {
		if len(row) > 1 && spanish[row[1]] != "" {
			n++
			text := spanish[row[1]]
			if n == 1 {
				text = "  “" + strings.Replace(text, "tarjeta", "tarjeta\u00a0", 1) + "”  " // as an agency's Excel leaves it
			}
			_ = x.SetCellValue("Texts", fmt.Sprintf("C%d", i+1), text)
		}
	}
	if n < 3 {
		t.Fatalf("%d of the texts are in the sheet: %v", n, rows)
	}
	var back bytes.Buffer
	if err := x.Write(&back); err != nil {
		t.Fatal(err)
	}
	file := Blob{"back.xlsx", back.Bytes()}
	r := doing[SheetRead](t, d, "languages.read", m{"tag": "es", "file": file})
	if len(r.Accepted) != n || len(r.Repairs) == 0 || len(r.Refused) > 0 || r.Left != 0 || r.Repairs[0].Says == "" {
		t.Errorf("%+v", r)
	}
	if says := refusing(t, d, "languages.read", m{"tag": "pl", "file": file}); !strings.Contains(says, "This sheet is for Spanish") {
		t.Error(says)
	}
	if says := refusing(t, d, "languages.take", m{"tag": "es", "file": file}); !strings.Contains(says, "who translated") {
		t.Error(says)
	}
	took := doing[SheetRead](t, d, "languages.take", m{"tag": "es", "file": file, "by": "Anna Example, translator"})
	if took.Taken != n || len(took.State.Languages) != 2 || !slices.ContainsFunc(took.Says, func(s string) bool { return strings.Contains(s, "Your notice is in Spanish now, too.") }) {
		t.Errorf("%+v", took)
	}
	f, err := d.read()
	if err != nil || f.Problems.Failed() {
		t.Fatal(err, f.Problems)
	}
	if _, ok := f.Program.Lock.Of("es", "program.gives"); !ok {
		t.Error("the lock does not know who translated")
	}
	if got := doing[Shown](t, d, "notice", m{"kind": "before", "languages": []string{"es"}}); len(got.Notices) != 1 {
		t.Errorf("%+v", got)
	}
	if says := refusing(t, d, "languages.take", m{"tag": "es", "file": file, "by": "Anna Example, translator"}); !strings.Contains(says, "nothing new") {
		t.Error(says)
	}
	// A sheet with what a text may not have is refused, text by text, with the reason.
	for i, row := range rows {
		if len(row) > 1 && row[1] == "On the website" {
			_ = x.SetCellValue("Texts", fmt.Sprintf("C%d", i+1), "En https://evil.example/ {n}")
		}
	}
	back.Reset()
	_ = x.Write(&back)
	r = doing[SheetRead](t, d, "languages.read", m{"tag": "es", "file": Blob{"back.xlsx", back.Bytes()}})
	if len(r.Refused) == 0 || r.Refused[0].What == "" || r.Refused[0].Line == 0 || strings.HasPrefix(r.Refused[0].Says, "Row") {
		t.Errorf("%+v", r.Refused)
	}
}
