package plain

import (
	"bytes"
	"embed"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fairnotice/locales"
)

var update = flag.Bool("update", false, "write the figures of the reference instead of comparing with them")

//go:embed testdata/*.txt
var testFiles embed.FS

// lines reads a file of test data, without its notes.
func lines(t testing.TB, name string) []string {
	t.Helper()
	data, err := testFiles.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// statements are all sentences of a language that stand in its file of words.
func statements(t testing.TB, tag string) []string {
	t.Helper()
	c, problems := locales.Shipped(tag)
	if problems.Failed() {
		t.Fatal(problems)
	}
	var out []string
	for _, id := range c.IDs(tag) {
		family, _, _ := strings.Cut(id, ".")
		if slices.Contains([]string{"section", "group", "value", "item", "word", "span", "date", "title", "ui", "language"}, family) {
			continue
		}
		texts, _ := c.Texts(tag, id)
		for _, s := range texts {
			if ending(s) != 0 {
				out = append(out, s)
			}
		}
	}
	if len(out) < 500 {
		t.Fatalf("%s has %d sentences: the test no longer finds them", tag, len(out))
	}
	return out
}

// TestSyllables holds the counters against other people's. Where they differ, the list says so, with the number that an ear hears.
func TestSyllables(t *testing.T) {
	differ := map[string]map[string]int{
		"en": {"charge": 1, "checked": 1, "consequently": 4, "else": 1, "experience": 4, "going": 2, "homeland": 2, "large": 1, "lawyer": 2,
			"lawyers": 2, "lieu": 1, "owe": 1, "persuade": 2, "prove": 1, "purge": 1, "realize": 2, "recipient": 4, "subsequent": 3,
			"subsequently": 4, "urge": 1},
		"es": {"citykey": 2, "idnyc": 1}, // English names
	}
	for tag, ours := range differ {
		l, n := lexiconOf(tag), 0
		for _, line := range lines(t, "syllables_"+tag+".txt") {
			word, count, _ := strings.Cut(line, " ")
			want, err := strconv.Atoi(count)
			if err != nil {
				t.Fatal(err)
			}
			if other, ok := ours[word]; ok {
				if other == want {
					t.Errorf("%s no longer differs", word)
				}
				want = other
			}
			if got := l.syllablesOf(word); got != want {
				t.Errorf("%s: %s has %d syllables, want %d", tag, word, got, want)
			}
			n++
		}
		if n < 1000 {
			t.Errorf("%s: only %d words", tag, n)
		}
	}
}

func TestSyllablesOfOthers(t *testing.T) {
	for _, c := range []struct {
		tag, word string
		want      int
	}{
		{"es", "ciudad", 2}, {"es", "guía", 2}, {"es", "quiero", 2}, {"es", "pingüino", 3}, {"es", "ahumar", 2}, {"es", "leer", 2}, {"es", "país", 2},
		{"es", "rey", 1}, {"es", "huir", 1}, {"es", "averiguáis", 4},
		{"fr", "table", 1}, {"fr", "données", 2}, {"fr", "ville", 1}, {"fr", "gardent", 1}, {"fr", "document", 3}, {"fr", "le", 1}, {"fr", "naïf", 2},
		{"pt-BR", "cidade", 3}, {"pt-BR", "não", 1}, {"pt-BR", "informações", 4}, {"pt-BR", "guarda", 2}, {"pt-BR", "país", 2}, {"pt-BR", "quem", 1}, {"pt-BR", "saúde", 3},
		{"pl", "miasto", 2}, {"pl", "dokumenty", 4}, {"pl", "imię", 2}, {"pl", "urząd", 2}, {"pl", "w", 1},
		{"ru", "документы", 4}, {"ru", "её", 2}, {"ru", "в", 1}, {"uk", "її", 2}, {"uk", "документи", 4},
		{"en", "2025", 1}, {"en", "in-person", 3}, {"en", "citykey's", 3},
	} {
		if got := lexiconOf(c.tag).syllablesOf(c.word); got != c.want {
			t.Errorf("%s: %s has %d syllables, want %d", c.tag, c.word, got, c.want)
		}
	}
}

// TestFormulas holds each formula against a reckoning by hand.
func TestFormulas(t *testing.T) {
	for _, c := range []struct {
		tag, text, name string
		want            float64
	}{
		// 2 sentences, 9 words, 9 syllables
		{"en", "The cat sat on the mat. We keep it.", "Flesch-Kincaid grade", 0.39*4.5 + 11.8*1 - 15.59},
		// 1 sentence, 6 words, "information" and "government" have three and more
		{"en", "The government keeps information about you.", "SMOG grade", 1.0430*math.Sqrt(60) + 3.1291},
		// 2 sentences, 8 words, 14 syllables: la ciu-dad guar-da los da-tos / us-ted pue-de lla-mar
		{"es", "La ciudad guarda los datos. Usted puede llamar.", "INFLESZ", 206.835 - 62.3*14/8 - 4},
		{"es", "La ciudad guarda los datos. Usted puede llamar.", "Fernández Huerta", 206.84 - 60.0*14/8 - 1.02*4},
		// 1, 5, 7: la ville garde les don-nées -> la(1) ville(1) garde(1) les(1) données(2)
		{"fr", "La ville garde les données.", "Kandel-Moles", 207 - 1.015*5 - 73.6*6/5},
		// a ci-da-de guar-da os da-dos: 9
		{"pt-BR", "A cidade guarda os dados.", "Martins", 248.835 - 1.015*5 - 84.6*9/5},
		// 4 words, one of four syllables
		{"pl", "Miasto ma twoje dokumenty.", "FOG", 0.4 * (4 + 25)},
		// Го-род хра-нит ва-ши до-ку-мен-ты: 10
		{"ru", "Город хранит ваши документы.", "Oborneva", 206.835 - 1.3*4 - 60.1*10/4},
	} {
		r := Text(c.tag, c.text)
		i := slices.IndexFunc(r.Scores, func(s Score) bool { return s.Name == c.name })
		if i < 0 || !r.Scored {
			t.Errorf("%s has no %s: %+v", c.tag, c.name, r.Scores)
			continue
		}
		if got := r.Scores[i].Value; math.Abs(got-c.want) > 0.006 {
			t.Errorf("%s of %q is %.3f, want %.3f (%+v)", c.name, c.text, got, c.want, r.Counts)
		}
	}
}

// TestBars: what each figure is held against, and from how much text on.
func TestBars(t *testing.T) {
	score := func(tag, text, name string) Score {
		t.Helper()
		r := Text(tag, text)
		i := slices.IndexFunc(r.Scores, func(s Score) bool { return s.Name == name })
		if i < 0 {
			t.Fatalf("no %s in %+v", name, r.Scores)
		}
		return r.Scores[i]
	}
	ten := "We keep all the papers that you bring to us. "
	eleven := "We keep all the old papers that you bring to us. "
	fifteen := "We keep all the old papers that you bring to us in the town hall. "
	information := "We keep the information. "
	easy := "Usted nos da los papeles. "
	hard := "La administración municipal conservará indefinidamente documentación identificativa. "
	for _, c := range []struct {
		tag, text, name string
		bar             float64
		judged, passed  bool
	}{
		{"en", ten, "Words a sentence", 10, true, true},
		{"en", eleven, "Words a sentence", 10, true, false},
		{"en", fifteen, "Longest sentence", 15, true, true},
		{"en", "Now " + fifteen, "Longest sentence", 15, true, false},
		{"en", ten, "Flesch-Kincaid grade", 6, true, true},
		{"en", "Administration necessitates deliberation.", "Flesch-Kincaid grade", 6, true, false},
		{"en", strings.Repeat(information, 29), "SMOG grade", 0, false, true},
		{"en", strings.Repeat(information, 30), "SMOG grade", 9, true, true},
		{"en", strings.Repeat("The administration keeps information indefinitely. ", 30), "SMOG grade", 9, true, false},
		{"es", strings.Repeat(easy, 19), "INFLESZ", 0, false, true},
		{"es", strings.Repeat(easy, 20), "INFLESZ", 70, true, true},
		{"es", strings.Repeat(hard, 20), "INFLESZ", 70, true, false},
		{"es", strings.Repeat(hard, 20), "Fernández Huerta", 70, true, false},
		{"pl", strings.Repeat("Miasto ma dokumenty. ", 40), "FOG", 0, false, true},
		{"ru", strings.Repeat("Город хранит ваши документы. ", 40), "Oborneva", 0, false, true},
	} {
		if s := score(c.tag, c.text, c.name); s.Judged != c.judged || s.Passed != c.passed || s.Bar != c.bar || !s.Judged && s.Note == "" {
			t.Errorf("%.40s: %+v, want bar %.0f, judged %v, passed %v", c.text, s, c.bar, c.judged, c.passed)
		}
	}
}

// TestIndex spoils a notice in one way at a time, and sees one item of the CDC index go.
func TestIndex(t *testing.T) {
	st := func(texts ...string) (out []locales.Statement) {
		for _, s := range texts {
			out = append(out, locales.Statement{Text: s})
		}
		return out
	}
	for _, c := range []struct {
		spoil func(n *locales.Notice)
		item  int
	}{
		{func(*locales.Notice) {}, 0},
		{func(n *locales.Notice) { n.Sections[0].Layer = 2 }, 1},
		{func(n *locales.Notice) { n.Sections[1].Groups[0].Statements[0].Text = "A lawyer is good." }, 5},
		{func(n *locales.Notice) { n.Sections[0].Groups[0].Statements[0].Text = "Papers are kept by the office." }, 6},
		{func(n *locales.Notice) {
			n.Sections[2].Groups[0].Statements[0].Values = []locales.Value{{Text: make([]string, 8)}}
		}, 8},
		{func(n *locales.Notice) { n.Sections[0].Groups[0].Statements[1].Text = "It is free." }, 10},
		{func(n *locales.Notice) { n.Sections[0].Groups[0].Statements[1].Text = "It keeps papers for 3 years." }, 11},
		{func(n *locales.Notice) { n.Sections[1].Groups[0].Statements[0].Values = nil }, 14},
		{func(n *locales.Notice) { n.Sections[2].Groups[0].Statements[0].Text = "It took 2.5 years." }, 15},
		{func(n *locales.Notice) { n.Sections[2].Groups[0].Statements[0].Text = "It took 50% of us." }, 15},
		{func(n *locales.Notice) { n.Sections[2].Groups[0].Statements[0].Text = "It took a year plus a month." }, 17},
	} {
		n := &locales.Notice{Language: "en", Sections: []locales.Section{
			{ID: "key_facts", Layer: 1, Groups: []locales.Group{{Statements: st("The office keeps your papers.", "No one has said how long.",
				"ICE can ask for the papers.", "In person, you get your papers back.")}}},
			{ID: "choices", Layer: 2, Groups: []locales.Group{{Statements: st("You can ask a lawyer:")}}},
			{ID: "kept", Layer: 2, Groups: []locales.Group{{Statements: st("It took 3 years.")}}},
		}}
		n.Sections[1].Groups[0].Statements[0].Values = []locales.Value{{Kind: "phone", Text: []string{"312-660-1370"}}}
		c.spoil(n)
		r := Notice(n)
		var gone []int
		for _, i := range r.Index {
			if i.Status == "no" {
				gone = append(gone, i.Number)
				if i.Why == "" {
					t.Errorf("item %d does not say why", i.Number)
				}
			}
		}
		if c.item == 0 && len(gone) > 0 || c.item != 0 && !slices.Contains(gone, c.item) {
			t.Errorf("item %d: %v are gone", c.item, gone)
		}
		if len(r.Index) != 20 {
			t.Errorf("%d items", len(r.Index))
		}
	}
}

// TestNotScored says of every other language that no formula is accepted, and passes and fails nothing by a figure.
func TestNotScored(t *testing.T) {
	for _, c := range []struct {
		tag, text string
		length    float64
	}{
		{"ar", "تحتفظ المدينة بأوراقك. يمكنك أن تسأل محاميًا.", 3.5},
		{"zh-Hans", "市政府保存您的文件。您可以问律师。", 7.5},
		{"zh-Hant", "市政府保存您的文件。", 9},
		{"ko", "시는 서류를 보관합니다. 변호사에게 물어볼 수 있습니다.", 3.5},
		{"hi", "शहर आपके कागज़ रखता है। आप वकील से पूछ सकते हैं।", 5.5},
		{"ur", "شہر آپ کے کاغذات رکھتا ہے۔ آپ وکیل سے پوچھ سکتے ہیں۔", 6},
		{"vi", "Thành phố giữ giấy tờ của bạn.", 7},
		{"ht", "Vil la kenbe papye ou yo.", 6},
		{"fil", "Itinatago ng lungsod ang mga papeles mo.", 7},
		{"uk", "Місто зберігає ваші документи.", 4},
		{"tlh", "Qapla'.", 1},
	} {
		r := Text(c.tag, c.text)
		if r.Scored {
			t.Errorf("%s is scored: %+v", c.tag, r.Scores)
		}
		if r.Counts.Mean != c.length {
			t.Errorf("%s: a sentence is %.2f long, want %.2f (%+v)", c.tag, r.Counts.Mean, c.length, r.Counts)
		}
		for _, s := range r.Scores {
			if s.Judged || !strings.Contains(s.Note, "not scored by an accepted formula") {
				t.Errorf("%s: %+v", c.tag, s)
			}
		}
		if all := strings.Join(r.Unseen, "\n"); !strings.Contains(all, "no accepted formula") || !strings.Contains(all, "cannot see facts") {
			t.Errorf("%s: it does not say what it cannot see: %q", c.tag, all)
		}
		if len(r.Facts) > 0 {
			t.Errorf("%s: facts were looked for", c.tag)
		}
	}
}

// TestFigures holds our grades against those of other people's tools on whole notices.
func TestFigures(t *testing.T) {
	var texts []string
	var head []string
	n := 0
	judge := func() {
		if head == nil {
			return
		}
		n++
		j := start("en")
		for _, text := range texts {
			for _, s := range split(j.l, text) {
				for _, s := range colons(s) {
					j.sentence(counted{Text: s}, ending(s) == ':')
				}
			}
		}
		j.figures()
		for i, name := range []string{"Flesch-Kincaid grade", "SMOG grade"} {
			want, err := strconv.ParseFloat(head[3+i], 64)
			if err != nil {
				t.Fatal(err)
			}
			k := slices.IndexFunc(j.Scores, func(s Score) bool { return s.Name == name })
			if got := j.Scores[k].Value; math.Abs(got-want) > 0.3 {
				t.Errorf("%s: %s %.2f, others say %.2f", head[0], name, got, want)
			} else {
				t.Logf("%s: %s %.2f, others say %.2f", head[0], name, got, want)
			}
		}
		if want, _ := strconv.Atoi(head[1]); math.Abs(float64(j.Counts.Sentences-want)) > 0.02*float64(want) {
			t.Errorf("%s: %d sentences, others say %d", head[0], j.Counts.Sentences, want)
		}
	}
	for _, line := range lines(t, "figures_en.txt") {
		if rest, ok := strings.CutPrefix(line, "> "); ok {
			judge()
			head, texts = strings.Fields(rest), nil
			continue
		}
		texts = append(texts, line)
	}
	judge()
	if n != 5 {
		t.Errorf("%d texts, want 5", n)
	}
}

// TestFragments: 200 parts without a finite verb, and each is named.
func TestFragments(t *testing.T) {
	for tag, most := range map[string]int{"en": 200, "es": 25} {
		all := lines(t, "fragments_"+tag+".txt")
		if len(all) != most {
			t.Errorf("%s: %d fragments, want %d", tag, len(all), most)
		}
		for _, line := range all {
			fragment, _, _ := strings.Cut(line, "\t")
			r := Text(tag, "You can ask us. "+fragment)
			if tag == "es" {
				r = Text(tag, "Usted puede preguntar. "+fragment)
			}
			if !slices.ContainsFunc(r.Findings, func(f Finding) bool {
				return f.Sentence == fragment && (f.Code == "no-verb" || f.Code == "no-main-verb") && !f.Note && f.Mend != ""
			}) {
				t.Errorf("not named: %s", fragment)
			}
			if r.Counts.Sentences != 1 {
				t.Errorf("counted as a sentence: %s", fragment)
			}
			if r.Meets() {
				t.Errorf("passed: %s", fragment)
			}
		}
	}
}

// TestSentences: no statement that is shipped is taken for a fragment, has a word of offices, or is too long.
func TestSentences(t *testing.T) {
	// Sixteen words each. Changing the English makes every translation stale, so they wait for the next round of translation.
	waiting := []string{"Some of it is new for you, and no one can say if it is better.",
		"It tells the city to keep card applicants' facts private, as far as the law allows.",
		"It may not bind a state office that gives help, and it binds no city office."}
	for _, tag := range []string{"en", "es"} {
		for _, s := range statements(t, tag) {
			for _, f := range Statement(tag, s) {
				if f.Code == "no-verb" || f.Code == "no-main-verb" || f.Code == "jargon" || f.Code == "long" && !slices.Contains(waiting, s) {
					t.Errorf("%s: %s: %q", f.Code, f.Says, s)
				}
			}
		}
	}
}

// TestVerbs is what both tests above do not show.
func TestVerbs(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The office keeps copies.", ""},
		{"Officers use cards.", ""},
		{"Please contact Ted.", ""},
		{"Call 312-660-1370.", ""},
		{"Wait for a court.", ""},
		{"Email privacy@example.gov or call us.", ""},
		{"Visit of an officer.", "verb"},
		{"City law, chapter 2-176, set up the card.", ""},
		{"A state law, the TRUST Act, limits the police.", ""},
		{"Read part 1.", ""},
		{"The website closed to new forms on June 13, 2025.", ""},
		{"A set of papers.", "verb"},
		{"We shred papers.", ""},
		{"He zorbed the file.", ""},
		{"It's free.", ""},
		{"They can't see it.", ""},
		{"The law changed in 2024.", ""},
		{"ICE asked for records.", ""},
		{"Can the office say no?", ""},
		{"Do not send papers.", ""},
		{"If you apply, the office keeps copies.", ""},
		{"People who live in Chicago can apply.", ""},
		{"Records asked for by ICE.", "verb"},
		{"Papers kept by the office.", "verb"},
		{"Kept for three years.", "verb"},
		{"The records of your application.", "verb"},
		{"Request for records.", "verb"},
		{"Answer to a demand.", "verb"},
		{"To keep and store your papers.", "verb"},
		{"On May 14, 2024.", "verb"},
		{"The papers of May.", "verb"},
		{"May we keep it?", ""},
		{"The will of the city.", "verb"},
		{"No copies of these papers.", "verb"},
		{"If you apply.", "main"},
		{"Because the law says so.", "main"},
		{"People who live in Chicago.", "main"},
		{"Papers that you must give.", "main"},
	} {
		if got := lexiconOf("en").verdict(c.text); got != c.want {
			t.Errorf("%q lacks %q, want %q", c.text, got, c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"La oficina guarda copias.", ""}, {"Llame a la oficina.", ""}, {"No sabemos.", ""}, {"La firma un juez.", ""}, {"La oficina los guarda.", ""}, {"Las copias.", "verb"}, {"¿Puede decir que no?", ""},
		{"La firma de un juez.", "verb"}, {"Copias de sus papeles.", "verb"}, {"Para guardar los datos.", "verb"},
	} {
		if got := lexiconOf("es").verdict(c.text); got != c.want {
			t.Errorf("%q lacks %q, want %q", c.text, got, c.want)
		}
	}
}

// TestFullStops: stops that part nothing lower no grade, and the old line fails on what it does not say.
func TestFullStops(t *testing.T) {
	const old = "you are agreeing to allow the Office of the City Clerk to keep a record of all the information you submit"
	grade := func(text string) float64 { return Text("en", text).Scores[0].Value }
	for _, text := range []string{
		old,
		"You are agreeing. To allow. The Office of the City Clerk. To keep a record. Of all the information. You submit.",
		"You are. Agreeing to allow. The Office of the City Clerk. To keep a record. Of all. The information you submit.",
		"you are agreeing. to allow the office. of the city clerk. to keep a record. of all the information. you submit.",
	} {
		r := Text("en", text)
		if r.Meets() || r.Stated() > 2 {
			t.Errorf("%q meets the bar, or states %d of 10: %+v", text, r.Stated(), r.Facts)
		}
		if text != old && !r.names("no-verb") {
			t.Errorf("no fragment of %q is named", text)
		}
	}
	whole := "The office keeps a copy of every paper from each person in the files of the city for three years."
	parted := "The office keeps a copy. Of every paper. From each person. In the files of the city. For three years."
	if a, b := grade(whole), grade(parted); math.Abs(a-b) > 0.01 {
		t.Errorf("stops change the grade from %.2f to %.2f", a, b)
	}
	// Honest stops do lower it.
	if a, b := grade(whole), grade("The office keeps a copy of every paper. It keeps one from each person. The copies stay in the files of the city."); b >= a {
		t.Errorf("shorter sentences do not lower the grade: %.2f, %.2f", a, b)
	}
}

func (r *Report) names(code string) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == code })
}

// TestFacts: each fact by a sentence that states it, and none by one that does not.
func TestFacts(t *testing.T) {
	for _, c := range []struct{ tag, text, want string }{
		{"en", "The office keeps a copy of your papers.", "kept holder"},
		{"en", "Your papers are kept for 3 years.", "kept how_long"},
		{"en", "No one has said how long.", "how_long"},
		{"en", "How long are your papers kept?", ""},
		{"en", "Are your papers kept for 3 years by the office?", ""},
		{"en", "A company holds your records.", "kept holder"},
		{"en", "ICE and others can ask for your records.", "who_can_demand"},
		{"en", "We may share your facts with the police.", "who_can_demand"},
		{"en", "No court has checked it.", "court"},
		{"en", "Only a court can force an answer.", "court"},
		{"en", "The office can say no.", "will_do"},
		{"en", "We will tell you first.", "will_do"},
		{"en", "You cannot have your file erased.", "deletion"},
		{"en", "We do not know if records can be erased early.", "deletion"},
		{"en", "You can go in person, which leaves fewer papers.", "fewer_records"},
		{"en", "A worker looks at your papers and gives them back.", "fewer_records"},
		{"en", "Call us: 312-660-1370.", "contact"},
		{"en", "Write to clerk@city.gov.", "contact"},
		{"en", "Call us.", ""},
		{"en", "Last changed: June 14, 2025", "version"},
		{"en", "June 14, 2025", "version"},
		{"en", "ICE asked for records on April 17, 2025.", ""},
		{"en", "The card is free.", ""},
		{"en", "The clerk likes the park.", ""},
		{"es", "La oficina guarda sus papeles.", "kept holder"},
		{"es", "Nadie ha dicho cuánto tiempo.", "how_long"},
		{"es", "ICE y otros pueden pedir sus registros.", "who_can_demand"},
		{"es", "Ningún tribunal lo ha revisado.", "court"},
		{"es", "La oficina dijo que no.", "will_do"},
		{"es", "La oficina no puede borrar los registros.", "deletion"},
		{"es", "En persona quedan menos papeles.", "fewer_records"},
		{"es", "Llame al 312-660-1370.", "contact"},
		{"es", "14 de junio de 2025", "version"},
		{"es", "La tarjeta es gratis.", ""},
	} {
		r := Text(c.tag, c.text)
		var got []string
		for _, f := range r.Facts {
			if f.Found != (f.Sentence != "") {
				t.Errorf("%+v", f)
			}
			if f.Found {
				got = append(got, f.ID)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q states %q, want %q", c.text, s, c.want)
		}
		if len(r.Facts) != 10 {
			t.Errorf("%d facts", len(r.Facts))
		}
	}
}

// TestFindings: what is named, and that the note comes with what to write instead.
func TestFindings(t *testing.T) {
	for _, c := range []struct {
		tag, text, code, mend string
		note                  bool
	}{
		{"en", "The office will keep every paper that you send to it for as many years as the law of the state may ask.", "long", "15 words", false},
		{"en", "Your data is safe with us.", "N1", "Say what is kept", false},
		{"en", "We keep it as long as necessary.", "vague", "Say it exactly", false},
		{"en", "You submitted papers.", "jargon", "send", true},
		{"en", "We act in accordance with the law.", "jargon", "under; as", true},
		{"en", "The city utilizes vendors.", "jargon", "use", true},
		{"en", "Your papers are not always kept.", "passive", "who", true},
		{"es", "La empresa guarda datos de conformidad con la ley.", "jargon", "según", true},
		{"en", "We keep these:\n- a\n- b\n- c\n- d\n- e\n- f\n- g\n- h\n", "list", "at most 7", true},
		{"en", "We like parks. Your facts are confidential. You can ask.", "N3", "how far it goes", false},
		{"en", "", "empty", "plain text", false},
	} {
		r := Text(c.tag, c.text)
		i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Code == c.code })
		if i < 0 {
			t.Errorf("%q: no %s: %+v", c.text, c.code, r.Findings)
			continue
		}
		if f := r.Findings[i]; f.Note != c.note || !strings.Contains(f.Mend, c.mend) || f.Says == "" {
			t.Errorf("%q: %+v", c.text, f)
		}
	}
	for _, clean := range []string{"The office keeps your papers.", "You can ask a lawyer.", "We know you need it.", "Your facts are confidential. But a court can open the file."} {
		if r := Text("en", clean); len(r.Findings) > 0 {
			t.Errorf("%q: %+v", clean, r.Findings)
		}
	}
	if r := Text("en", "We like parks. Your facts are confidential. You can ask."); r.Findings[0].Sentence != "Your facts are confidential." {
		t.Errorf("%+v", r.Findings)
	}
	if fs := Phrase("en", "A city ID card for people who live in Chicago."); len(fs) > 0 {
		t.Errorf("a text of a program file needs no verb: %+v", fs)
	}
	if fs := Statement("en", "A city ID card."); len(fs) != 1 || fs[0].Code != "no-verb" {
		t.Errorf("a statement needs one: %+v", fs)
	}
}

// text reads a file of test data as a text, without its notes at the top.
func text(t *testing.T, name string) string {
	t.Helper()
	data, err := testFiles.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for bytes.HasPrefix(data, []byte("# ")) {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	return string(data)
}

// TestGoodNotice: a right notice in other words than ours states all ten facts, and nothing in it is taken for a fragment.
func TestGoodNotice(t *testing.T) {
	r := Text("en", text(t, "notice_en.txt"))
	if r.Stated() != 10 {
		t.Errorf("%+v", r.Facts)
	}
	for _, f := range r.Findings {
		if !f.Note {
			t.Errorf("%s: %s", f.Says, f.Sentence)
		}
	}
	if g := r.Scores[0]; math.Abs(g.Value-2.9) > 0.3 {
		t.Errorf("grade %.2f, its author measured 2.9", g.Value)
	}
	if points, _ := r.IndexScore(); points < 90 {
		t.Errorf("%+v", r.Index)
	}
}

// TestPolicy: what is wrong with a usual policy is named at the sentence.
func TestPolicy(t *testing.T) {
	r := Text("en", text(t, "policy_en.txt"))
	if r.Meets() || r.Stated() > 5 {
		t.Errorf("states %d: %+v", r.Stated(), r.Facts)
	}
	for code, sentence := range map[string]string{
		"N1": "We employ industry-standard safeguards", "N2": "We will never sell", "N10": "By using this website", "vague": "Your privacy is important",
		"jargon": "We may collect personally identifiable", "long": "We may collect", "passive": "The City of Example",
	} {
		i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Code == code })
		if i < 0 || !strings.HasPrefix(r.Findings[i].Sentence, sentence) {
			t.Errorf("%s is not named at %q", code, sentence)
		}
	}
	if r.names("no-verb") {
		t.Error("a sentence is taken for a fragment")
	}
}

// TestPieces: how a free text is cut.
func TestPieces(t *testing.T) {
	const text = "CityKey\r\nBefore you apply\n================\nJune 14, 2025\n\nKey facts\n---------\n- It is free.\n- You can ask a lawyer: https://example.org\n\n" +
		"You must give these:\n- Name\n- Passport from\n  another country\nWay to apply: On the website · In person, by mail or with the\nhelp of a friend\n\nThe U.S. office keeps\nit. For years.\n\n" +
		"# Erasing\n1. We erase it.\n2) Copies\n"
	var got []string
	for _, p := range pieces(lexiconOf("en"), text) {
		got = append(got, fmt.Sprintf("%d %d %s|%s|%s|%d", p.line, p.kind, p.text, p.beside, p.heading, p.list))
	}
	want := []string{
		"1 4 CityKey||CityKey|0",
		"2 4 Before you apply||Before you apply|0",
		"4 3 June 14, 2025||Before you apply|0",
		"6 4 Key facts||Key facts|0",
		"8 0 It is free.||Key facts|0",
		"9 1 You can ask a lawyer:| https://example.org|Key facts|0",
		"11 1 You must give these:| · Name · Passport from another country|Key facts|2",
		"12 3 Name||Key facts|0",
		"13 3 Passport from another country||Key facts|0",
		"15 2 Way to apply:| On the website · In person, by mail or with the help of a friend|Key facts|0",
		"18 0 The U.S. office keeps it.||Key facts|0",
		"18 0 For years.||Key facts|0",
		"21 4 Erasing||Erasing|0",
		"22 0 We erase it.||Erasing|0",
		"23 3 Copies||Erasing|0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]int{
		"In-person places are public.": 4, "don't": 1, "city's 3 cards": 3, "a - b": 2, "e-mail, web-page": 2, "": 0, "…": 0, "3,400 cards": 2, "x--y": 2,
	} {
		if got := len(wordsOf(text)); got != want {
			t.Errorf("%q has %d words, want %d: %q", text, got, want, wordsOf(text))
		}
	}
}

// TestData: what may stand in a file of data, and what a file that is shipped holds.
func TestData(t *testing.T) {
	for _, bad := range []string{"word\n[a]\n", "[a]\nx\n[a]\ny\n"} {
		if _, err := readSections(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
	s, err := readSections("# note\n[a]\nx y\n\n z\n[b]\nl = r = s\n")
	if err != nil || !slices.Equal(s.words("a"), []string{"x", "y", "z"}) {
		t.Error(s, err)
	}
	s.pairs("b", func(l, r string) {
		if l != "l" || r != "r = s" {
			t.Error(l, r)
		}
	})
	for _, tag := range []string{"en", "es"} {
		l := lexiconOf(tag)
		if !l.sees || !l.reads() || len(l.jargon) == 0 {
			t.Errorf("%s is empty", tag)
		}
		for i, f := range factNames {
			if len(l.facts[i]) == 0 {
				t.Errorf("%s has no pattern for %s", tag, f.id)
			}
		}
	}
}

// TestReference keeps the figures of this project's own sentences near to what they are. -update writes them.
func TestReference(t *testing.T) {
	const file = "data/reference.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := bytes.Cut(data, []byte("[own]\n"))
	if !ok {
		t.Fatal("there is no [own]")
	}
	s, err := readSections(string(data))
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	s.pairs("own", func(tag, v string) { have[tag] = v })
	out := bytes.NewBuffer(append(bytes.Clone(head), "[own]\n"...))
	for _, tag := range locales.ShippedTags() {
		j := start(tag)
		for _, text := range statements(t, tag) {
			for _, s := range split(j.l, text) {
				j.sentence(counted{Text: s}, true)
			}
		}
		j.figures()
		fmt.Fprintf(out, "%s = %.1f %.1f\n", tag, j.Counts.Mean, j.Counts.LongWords)
		was := strings.Fields(have[tag])
		if len(was) != 2 {
			t.Logf("%s has no reference yet: go test ./locales/plain -run TestReference -update", tag)
			continue
		}
		for i, now := range []float64{j.Counts.Mean, j.Counts.LongWords} {
			if v, err := strconv.ParseFloat(was[i], 64); err != nil || math.Abs(v-now) > max(0.15*now, 0.1) && !*update {
				t.Errorf("%s: the reference says %s, the words say %.1f: go test ./locales/plain -run TestReference -update", tag, was[i], now)
			}
		}
	}
	if *update {
		if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCut: a text that is too long is cut at a letter, and says so.
func TestCut(t *testing.T) {
	r := Text("es", strings.Repeat("ñ", Most))
	if !r.names("cut") {
		t.Error(r.Findings)
	}
}

// TestHostile: much of anything is judged in time that grows with its length, not with its square.
func TestHostile(t *testing.T) {
	l := lexiconOf("en")
	for _, unit := range []string{"Aa: B. ", "A: ", "U.S. ", "a\n", "the office of the city clerk keeps it\n", "- x\n", "You see these:\n- x\n", "No verb. ", "a-", "word ", "etc. We ask. ", ". ", "\n\n", "市。", "is ", "also kept ", "kept also also "} {
		at := time.Now()
		n := 0
		for _, p := range pieces(l, strings.Repeat(unit, Most/len(unit))) { // without the patterns, whose time grows with the length
			n += len(l.verdict(p.text)) + len(l.passives(l.tokens(p.text)))
		}
		if took := time.Since(at); took > 20*time.Second {
			t.Errorf("%q: %v", unit, took)
		} else {
			t.Logf("%q: %v", unit, took)
		}
		Text("en", strings.Repeat(unit, 2<<10/len(unit)))
	}
}

// FuzzText: whatever is read, it ends, it is sound, and it is the same the second time.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "A. b. C.", "You can ask: who?\n- a\n- b\n", "x: y: z", "===\n---\n", "\xff\xfe", "U.S. No. 5.", "。市。", "a\u2028b.", "- : ", "1) \n2. ", "word-", "-word", "a: A: A: b."} {
		f.Add("en", s)
		f.Add("es", s)
		f.Add("zh-Hans", s)
		f.Add("ar", s)
	}
	f.Fuzz(func(t *testing.T, tag, text string) {
		if len(text) > 1<<12 {
			return
		}
		r := Text(tag, text)
		c := r.Counts
		if c.Words < c.Sentences || c.Sentences < 0 || c.LongWords < 0 || c.LongWords > 100 {
			t.Fatalf("%+v", c)
		}
		line := 0
		for _, x := range r.Findings {
			if x.Line < line || x.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+1 {
				t.Fatalf("line %d after line %d", x.Line, line)
			}
			line = x.Line
			if !utf8.ValidString(x.Sentence) || x.Says == "" || x.Mend == "" || x.Code == "" {
				t.Fatalf("%+v", x)
			}
		}
		for _, s := range r.Scores {
			if math.IsNaN(s.Value) || math.IsInf(s.Value, 0) {
				t.Fatalf("%+v", s)
			}
		}
		if r.Meets() && len(r.Facts) > 0 && r.Stated() != 10 {
			t.Fatal("it meets the bar without the facts")
		}
		if again := Text(tag, text); fmt.Sprint(again.Findings, again.Scores, again.Facts) != fmt.Sprint(r.Findings, r.Scores, r.Facts) {
			t.Fatal("the second time is otherwise")
		}
		Statement(tag, text)
		Phrase(tag, text)
	})
}

func BenchmarkText(b *testing.B) {
	var all []string
	for _, line := range lines(b, "figures_en.txt") {
		if !strings.HasPrefix(line, "> ") {
			all = append(all, line)
		}
	}
	text := strings.Join(all, "\n\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Text("en", text)
	}
}

func BenchmarkNotice(b *testing.B) {
	n := &locales.Notice{Language: "en", Sections: []locales.Section{{ID: "kept", Layer: 2, Groups: []locales.Group{{}}}}}
	g := &n.Sections[0].Groups[0]
	for i, line := range lines(b, "figures_en.txt") {
		if !strings.HasPrefix(line, "> ") {
			g.Statements = append(g.Statements, locales.Statement{ID: strconv.Itoa(i), Text: line})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		Notice(n)
	}
}
