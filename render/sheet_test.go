package render

import (
	"os"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// firstDay is the papers about a demand, with some words of its file changed.
func firstDay(t testing.TB, edits ...string) (*notices.Reached, map[string]string) {
	t.Helper()
	read := func(name string) string {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	p, ps := notices.Read("citykey.yaml", []byte(read("../examples/citykey.yaml")))
	if ps.Failed() {
		t.Fatal(ps)
	}
	text := read("../examples/demands/citykey-2025-04-17.yaml")
	for i := 0; i+1 < len(edits); i += 2 {
		if !strings.Contains(text, edits[i]) {
			t.Fatalf("there is no %q in the demand file", edits[i])
		}
		text = strings.Replace(text, edits[i], edits[i+1], 1)
	}
	d, ps := notices.ReadPaper("paper.yaml", []byte(text))
	if ps.Failed() {
		t.Fatal(ps)
	}
	book, ps := law.Shipped()
	if ps.Failed() {
		t.Fatal(ps)
	}
	cat, ps := locales.Shipped()
	if ps.Failed() {
		t.Fatal(ps)
	}
	day := source.NewDay(2025, 6, 14)
	r, err := notices.Reach(p, d, book, day)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []*notices.Notice
	for _, kind := range notices.Kinds() {
		n, err := notices.Build(r.Laid, book, kind, day)
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, n)
	}
	files, err := DemandPapers(cat, r, drafts, Typed{Release: "release <it>", Pause: "pause", Build: "build"})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		if !strings.HasPrefix(f.Path, "office/demand-") {
			t.Errorf("%s does not lie in the office's folder", f.Path)
		}
		out[strings.TrimPrefix(f.Path, DemandFolder(d.ID)+"/")] = string(f.Bytes)
	}
	return r, out
}

// TestSheetEscapes: words of a paper are words, whatever they are.
func TestSheetEscapes(t *testing.T) {
	const evil = `</blockquote><script>alert(1)</script>" onload='x' <img src=x>`
	_, files := firstDay(t, "wants: unknown", "wants: unknown\nquotes: [{text: "+`"`+strings.ReplaceAll(evil, `"`, `\"`)+`"`+", page: \"<b>1</b>\"}]", "signed_by: unknown", `signed_by: "<i>A & B</i>"`)
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, bad := range []string{"<script", "<img", "<i>A", "<b>1"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		if strings.HasPrefix(name, "drafts/") && name != "drafts/neutral.html" {
			continue
		}
		if !strings.Contains(text, `http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-`) || strings.Contains(text, "http://") ||
			strings.Contains(text, "src=") && !strings.Contains(text, "src=x&gt;") {
			t.Errorf("%s may load something", name)
		}
		if !strings.Contains(text, Stamp) {
			t.Errorf("%s has no stamp", name)
		}
	}
	if !strings.Contains(files["reach.html"], "&lt;script&gt;alert(1)") || !strings.Contains(files["intake.html"], "&lt;i&gt;A &amp; B") {
		t.Error("the words of the paper are lost")
	}
}

// TestDraftsOnlyWhereItMayBeTold: no draft and no neutral word for a demand of which nobody may tell, though drafts are handed in.
func TestDraftsOnlyWhereItMayBeTold(t *testing.T) {
	const no = "gag: {is: no, source: tribune, confidence: reported}"
	_, open := firstDay(t)
	if open["drafts/es/before.txt"] == "" || open["drafts/ar/neutral.txt"] == "" {
		t.Error("there are no drafts")
	}
	for name, text := range open {
		if strings.HasPrefix(name, "drafts/") && !strings.Contains(text, "Not released, not for the public.") {
			t.Errorf("%s has no stamp", name)
		}
	}
	for _, gag := range []string{"gag: yes", "gag: unknown", "gag: {is: no, source: tribune, but: [yes]}"} {
		_, files := firstDay(t, no, gag)
		for name, text := range files {
			if strings.HasPrefix(name, "drafts/") {
				t.Errorf("%s: there is %s", gag, name)
			}
			if name == "hold-memo.txt" && strings.Contains(text, "ICE") || name == "letter-omicron.txt" && strings.Contains(text, "April 17") {
				t.Errorf("%s: %s tells of it", gag, name)
			}
		}
		if !strings.Contains(files["START-HERE.txt"], "Tell nobody") {
			t.Errorf("%s: nobody is told to keep quiet", gag)
		}
	}
}

// TestNeutralWordsNameNothing: no program, no sender, in any language; nor an address that names the program.
func TestNeutralWordsNameNothing(t *testing.T) {
	_, files := firstDay(t)
	for _, tag := range []string{"en", "es", "ar"} {
		text := strings.ToLower(files["drafts/"+tag+"/neutral.txt"])
		for _, bad := range []string{"citykey", "immigra", "inmigra", "هجرة", "subpoena", "demand", "exigencia"} {
			if text == "" || strings.Contains(text, bad) {
				t.Errorf("%s: the neutral words name %q", tag, bad)
			}
		}
	}
	for page, want := range map[string]string{"https://www.city.gov/citykey": "", "https://city-key.gov": "", "https://www.city.gov": "https://www.city.gov"} {
		k := &desk{p: &notices.Program{}}
		k.p.Program.ID, k.p.Program.Name.Name = "citykey", "CityKey"
		k.p.Program.Contact.Page = source.Fact[string]{State: source.Known, Is: page}
		if got := k.neutralPage(); got != want {
			t.Errorf("%s is given as %q", page, got)
		}
	}
}

// TestStaffWords: every word of a vocabulary that a paper shows has words for the staff.
func TestStaffWords(t *testing.T) {
	all := func(what string, words []string, has func(string) bool) {
		for _, w := range words {
			if !has(w) {
				t.Errorf("%s %q has no words", what, w)
			}
		}
	}
	all("sender", notices.Sender("").Words(), func(w string) bool { return sender[notices.Sender(w)] != "" })
	all("signature", notices.Signature("").Words(), func(w string) bool { return signature[notices.Signature(w)] != "" })
	all("answer", notices.Answer("").Words(), func(w string) bool { return answerWords[notices.Answer(w)] != "" })
	all("given", notices.Given("").Words(), func(w string) bool { return givenWords[notices.Given(w)] != "" })
	all("court", notices.Court("").Words(), func(w string) bool { return courtWords[notices.Court(w)] != "" })
	all("copy", notices.CopyKind("").Words(), func(w string) bool { return copyWords[notices.CopyKind(w)] != "" })
	k := &desk{r: &notices.Reached{}}
	for b := notices.Ordered; b <= notices.NotApplicableBarrier; b++ {
		row := &notices.ReachRow{Row: notices.Row{Barrier: b}, Must: b.Must()}
		if mustOf(row) == "" || b != notices.BarrierUnknown && k.barrierWords(&row.Row) == "Nobody knows." {
			t.Errorf("%v has no words", b)
		}
	}
	for low := notices.None; low <= notices.Sent; low++ {
		for high := low; high <= notices.Sent; high++ {
			if s := existenceWords(notices.Existence{Low: low, High: high}); strings.TrimSpace(s) == "" || strings.HasSuffix(s, " ") {
				t.Errorf("%v to %v is said as %q", low, high, s)
			}
		}
	}
}
