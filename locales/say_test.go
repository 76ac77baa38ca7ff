package locales

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

func date(t testing.TB, s string) source.Date {
	t.Helper()
	d, err := source.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func small(t testing.TB, tags ...string) *Catalog {
	t.Helper()
	c, problems := Open(os.DirFS("testdata/words"), tags...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

// sample is a notice with a value of every kind.
func sample(t testing.TB) *notices.Notice {
	one := func(name string, kind notices.ValueKind, p ...notices.Part) notices.Value {
		return notices.Value{Name: name, Kind: kind, Parts: p}
	}
	because := []notices.Reason{{Pos: source.Pos{File: "citykey.yaml", Line: 97, Col: 13}, Path: "channels.online", Rule: "X5"},
		{Law: "il-local-records-act", Cite: "50 ILCS 205/7"}}
	three := 3
	day, err := source.ParseDay("2025-06-14")
	if err != nil {
		t.Fatal(err)
	}
	return &notices.Notice{
		Program: "citykey", Name: source.Text{Name: "CityKey"}, Kind: notices.Before, Voice: "independent", AsOf: day, Number: 1,
		Digits: "auto", Languages: []string{"en", "es", "ar"},
		Sections: []notices.Section{{ID: "keep", Layer: 2, Values: []notices.Value{one("office", notices.VName, notices.Part{Name: "Office of the City Clerk"})},
			Groups: []notices.Group{{Heading: "asked", Statements: []notices.Statement{
				{ID: "online/portal.keep.stored", Message: "keep.stored", Because: because, Claims: []notices.Claim{{Item: "C01", About: "a"}, {Item: "C01", About: "b"}, {Item: "C02"}},
					Values: []notices.Value{
						one("items", notices.VLabel, notices.Part{Key: "item.foreign_passport"}, notices.Part{Key: "word.sender.ice"}),
						one("company", notices.VText, notices.Part{Text: source.Text{In: map[string]string{"en": "a company", "es": "una empresa", "ar": "شركة"}, Path: "holders.omicron.name"}}),
						one("place", notices.VPlace, notices.Part{Name: "121 N. LaSalle Street"}),
						one("phone", notices.VPhone, notices.Part{Name: "312-660-1370"}),
						one("page", notices.VURL, notices.Part{Name: "getcitykey.com"}, notices.Part{Name: "https://example.org/a"}),
						one("date", notices.VDate, notices.Part{Date: date(t, "2025-04-17")}, notices.Part{Date: date(t, "2025-06")}, notices.Part{Date: date(t, "2017")}),
						one("dates", notices.VDates, notices.Part{Date: date(t, "2022-04-17"), To: source.End{Date: date(t, "2025-04-17")}},
							notices.Part{Date: date(t, "2024-12"), To: source.End{Open: true}}),
						one("count", notices.VCount, notices.Part{N: 87100, About: true}, notices.Part{N: 2700}, notices.Part{N: 0, About: true}),
						one("long", notices.VSpan, notices.Part{Span: source.Period{N: 7, Unit: source.Years}}, notices.Part{Span: source.Period{Word: "indefinite"}},
							notices.Part{Span: source.Period{N: 2, Unit: source.Days}}),
						one("law", notices.VLaw, notices.Part{Key: "law.il-local-records-act", Name: "50 ILCS 205/7"}),
					}},
				{ID: "keep.demands", Message: "keep.demands", N: &three, Because: because},
			}}}}},
	}
}

func TestSay(t *testing.T) {
	c := small(t)
	n := sample(t)
	for tag, want := range map[string][]string{
		"en": {"Before you send papers", "What is kept", "Demands that came", "Office: Office of the City Clerk",
			"The city keeps these:", "Papers: Passport from another country; Immigration officers (ICE)", "Company: a company",
			"Place: 121 N. LaSalle Street", "Phone: 312-660-1370", "Web page: getcitykey.com; https://example.org/a",
			"Date: April 17, 2025; June 2025; 2017", "From and to: April 17, 2022 – April 17, 2025; December 2024 – still open",
			"People: about 87,100; 2,700; 0", "How long: 7 years; no end is set; 2 days", "Law: Local Records Act; 50 ILCS 205/7", "3 demands came."},
		"es": {"Antes de enviar papeles", "Qué se guarda", "Pedidos que llegaron", "Oficina: Office of the City Clerk",
			"La ciudad guarda estos:", "Papeles: Pasaporte de otro país; Oficiales de inmigración (ICE)", "Empresa: una empresa",
			"Lugar: 121 N. LaSalle Street", "Teléfono: 312-660-1370", "Página web: getcitykey.com; https://example.org/a",
			"Fecha: 17 de abril de 2025; junio de 2025; 2017", "Desde y hasta: 17 de abril de 2022 – 17 de abril de 2025; diciembre de 2024 – sigue abierto",
			"Personas: cerca de 87,100; 2,700; 0", "Cuánto tiempo: 7 años; sin fecha final; 2 días", "Ley: Ley de Registros Locales; 50 ILCS 205/7", "Llegaron 3 pedidos."},
		"ar": {"قبل أن ترسل أوراقك", "ما الذي يُحفظ", "الطلبات التي وصلت", "المكتب: Office of the City Clerk",
			"تحتفظ المدينة بما يلي:", "الأوراق: جواز سفر من بلد آخر; موظفو الهجرة (ICE)", "الشركة: شركة",
			"المكان: 121 N. LaSalle Street", "الهاتف: 312-660-1370", "صفحة الإنترنت: getcitykey.com; https://example.org/a",
			"التاريخ: 17 نيسان/أبريل 2025; حزيران/يونيو 2025; 2017", "من وإلى: 17 نيسان/أبريل 2022 – 17 نيسان/أبريل 2025; كانون الأول/ديسمبر 2024 – ما زال مستمرًا",
			"عدد الأشخاص: نحو 87,100; 2,700; 0", "المدة: 7 سنوات; دون نهاية محددة; يومان", "القانون: قانون السجلات المحلية; 50 ILCS 205/7", "وصلت 3 طلبات."},
	} {
		got, err := c.Say(n, tag)
		if err != nil {
			t.Fatal(err)
		}
		if lines := flat(got); !reflect.DeepEqual(lines, want) {
			t.Errorf("%s:\n got %q\nwant %q", tag, lines, want)
		}
		if got.Translation != (Translation{State: "draft"}) {
			t.Errorf("%s: %+v, and nobody has reviewed it", tag, got.Translation)
		}
	}
}

// flat lists the texts of a notice in reading order.
func flat(n *Notice) []string {
	out := []string{n.Title}
	values := func(vs []Value) {
		for _, v := range vs {
			out = append(out, v.Label+": "+strings.Join(v.Text, "; "))
		}
	}
	for _, s := range n.Sections {
		out = append(out, s.Heading)
		for _, g := range s.Groups {
			out = append(out, g.Heading)
			values(s.Values)
			for _, st := range g.Statements {
				out = append(out, st.Text)
				values(st.Values)
			}
		}
	}
	return out
}

func TestMachineForm(t *testing.T) {
	c := small(t)
	got, err := c.Say(sample(t), "ar")
	if err != nil {
		t.Fatal(err)
	}
	var data [][]string
	runs := map[string]Run{}
	for _, v := range got.Sections[0].Groups[0].Statements[0].Values {
		if len(v.Text) != len(v.Runs) || len(v.Text) != len(v.Data) {
			t.Errorf("%s: %d texts, %d runs, %d data", v.Name, len(v.Text), len(v.Runs), len(v.Data))
		}
		for i := range v.Runs {
			if v.Runs[i].Text != v.Text[i] {
				t.Errorf("%s: %q is not %q", v.Name, v.Runs[i].Text, v.Text[i])
			}
		}
		data = append(data, v.Data)
		runs[v.Name] = v.Runs[len(v.Runs)-1]
	}
	want := [][]string{{"foreign_passport", "ice"}, {"holders.omicron.name"}, {"121 N. LaSalle Street"}, {"+13126601370"},
		{"https://getcitykey.com", "https://example.org/a"}, {"2025-04-17", "2025-06", "2017"}, {"2022-04-17/2025-04-17", "2024-12/open"},
		{"87100", "2700", "0"}, {"7 years", "indefinite", "2 days"}, {"il-local-records-act", "50 ILCS 205/7"}}
	if !reflect.DeepEqual(data, want) {
		t.Errorf("data:\n got %q\nwant %q", data, want)
	}
	for name, want := range map[string]Run{
		"phone": {Text: "312-660-1370", Dir: "ltr", Href: "tel:+13126601370"},
		"page":  {Text: "https://example.org/a", Dir: "ltr", Href: "https://example.org/a"},
		"law":   {Text: "50 ILCS 205/7", Dir: "ltr", Lang: "en", Beside: true},
		"place": {Text: "121 N. LaSalle Street", Dir: "auto"},
		"count": {Text: "0", Dir: "ltr"},
		"items": {Text: "موظفو الهجرة (ICE)", Dir: "auto"},
	} {
		if runs[name] != want {
			t.Errorf("%s: got %+v, want %+v", name, runs[name], want)
		}
	}
	if got.Direction != "rtl" || got.Language != "ar" || got.Edition.Date != "14 حزيران/يونيو 2025" || got.Name.Text != "CityKey" {
		t.Errorf("%+v", got)
	}
}

func TestOfficeSpeaks(t *testing.T) {
	c := small(t)
	n := sample(t)
	n.Voice = "office"
	got, err := c.Say(n, "en")
	if err != nil {
		t.Fatal(err)
	}
	if s := got.Sections[0].Groups[0].Statements[0]; s.Text != "We keep these:" || s.Message != "keep.stored" {
		t.Errorf("%+v", s)
	}
	if s := got.Sections[0].Groups[0].Statements[1]; s.Text != "3 demands came." {
		t.Errorf("a message without a voice of the office: %+v", s)
	}
}

func TestNativeDigits(t *testing.T) {
	c := small(t)
	n := sample(t)
	n.Digits = "native"
	got, err := c.Say(n, "ar")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(flat(got), "\n")
	for _, want := range []string{"نحو ٨٧٬١٠٠", "١٧ نيسان/أبريل ٢٠٢٥", "٧ سنوات", "وصلت ٣ طلبات.", "312-660-1370", "50 ILCS 205/7"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	en, err := c.Say(n, "en")
	if err != nil || !strings.Contains(strings.Join(flat(en), "\n"), "about 87,100") {
		t.Errorf("native digits of English: %v", err)
	}
	n.Digits = "roman"
	if _, err := c.Say(n, "en"); err == nil {
		t.Error("said in roman digits")
	}
}

// TestSayNamesEverything: what is missing is named, all of it, once.
func TestSayNamesEverything(t *testing.T) {
	c := small(t)
	n := sample(t)
	st := &n.Sections[0].Groups[0].Statements[0]
	st.Message = "keep.nothing"
	st.Values = append(st.Values[:2:2],
		notices.Value{Name: "items", Kind: notices.VLabel, Parts: []notices.Part{{Key: "item.moon"}, {Key: "item.moon"}}},
		notices.Value{Name: "date", Kind: notices.VDate, Parts: []notices.Part{{}}},
		notices.Value{Name: "dates", Kind: notices.VDates, Parts: []notices.Part{{}}},
		notices.Value{Name: "long", Kind: notices.VSpan, Parts: []notices.Part{{}}},
		notices.Value{Name: "phone", Kind: notices.VPhone, Parts: []notices.Part{{}}},
		notices.Value{Name: "law", Kind: notices.VLaw, Parts: []notices.Part{{}}},
		notices.Value{Name: "place", Kind: "colour", Parts: []notices.Part{{}}})
	delete(st.Values[1].Parts[0].Text.In, "es")
	st.Values[1].Parts[0].Text.Pos = source.Pos{File: "a.yaml", Line: 3, Col: 5}
	minus := -1
	n.Sections[0].Groups[0].Statements[1].N = &minus
	_, err := c.Say(n, "es")
	if err == nil {
		t.Fatal("said")
	}
	for _, want := range []string{`the Spanish words (es.toml) have no message "keep.nothing"`, `have no message "item.moon"`,
		`Spanish (es) is closed for this program: 1 not translated (a.yaml:3:5: a:holders.omicron.name).`, `the value "date" has no date`, `the value "dates"`,
		`the value "long"`, `the value "phone" is empty`, `the value "law" is empty`, `"colour", which nobody can write`, "-1 is less than nothing"} {
		if strings.Count(err.Error(), want) != 1 {
			t.Errorf("%q is there %d times in\n%v", want, strings.Count(err.Error(), want), err)
		}
	}
	zero := 0
	n = sample(t)
	n.Sections[0].Groups[0].Statements[1].N = &zero
	if _, err := c.Say(n, "ar"); err == nil || !strings.Contains(err.Error(), `has no plural form "zero", which the number 0 needs`) {
		t.Error(err)
	}
	n.Sections[0].Groups[0].Statements[1].N = nil
	if _, err := c.Say(n, "ar"); err == nil || !strings.Contains(err.Error(), "needs a number") {
		t.Error(err)
	}
	n.Sections[0].Groups[0].Statements[0].N = &zero
	if _, err := c.Say(n, "ar"); err == nil || !strings.Contains(err.Error(), "has no place for the number 0") {
		t.Error(err)
	}
}

func TestSayJSON(t *testing.T) {
	got, err := small(t).Say(sample(t), "en")
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"program":"citykey","kind":"before","language":"en","direction":"ltr","voice":"independent","as_of":"2025-06-14"`,
		`"translation":{"state":"draft","by":"","on":""}`,
		`"covers":["C01","C02"],"because":[{"file":"citykey.yaml","line":97,"column":13,"path":"channels.online","rule":"X5"},{"law":"il-local-records-act","citation":"50 ILCS 205/7"}]`,
		`"values":[],"covers":[],`,
		`{"name":"phone","label":"Phone","kind":"phone","text":["312-660-1370"],"data":["+13126601370"]}`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in\n%s", want, data)
		}
	}
}

func TestLinks(t *testing.T) {
	for in, want := range map[string][2]string{
		"312-660-1370":          {"+13126601370", "tel:+13126601370"},
		"(312) 660-1370":        {"+13126601370", "tel:+13126601370"},
		"1-855-435-7693":        {"+18554357693", "tel:+18554357693"},
		"+48 22 123 45 67":      {"+48221234567", "tel:+48221234567"},
		"311":                   {"311", "tel:311"},
		"312-660-1370 ext. 5":   {"+13126601370;ext=5", "tel:+13126601370;ext=5"},
		"312.660.1370 x 12":     {"+13126601370;ext=12", "tel:+13126601370;ext=12"},
		"1-800-GET-HELP":        {"1-800-GET-HELP", ""},
		"660-1370":              {"660-1370", ""},
		"312-660-1370 or 311":   {"312-660-1370 or 311", ""},
		"312-660-1370;ext=*21#": {"312-660-1370;ext=*21#", ""},
		"1+2":                   {"1+2", ""},
	} {
		if n, h := phone(in); n != want[0] || h != want[1] {
			t.Errorf("phone(%q) = %q, %q", in, n, h)
		}
	}
	for in, want := range map[string][2]string{
		"sms:741741?body=HOME":                      {"741741", "sms:741741?body=HOME"},
		"tel:+1-312-555-0100":                       {"+1-312-555-0100", "tel:+1-312-555-0100"},
		"mailto:help@example.gov?subject=City%20ID": {"help@example.gov", "mailto:help@example.gov?subject=City%20ID"},
		"https://example.gov/help":                  {"https://example.gov/help", "https://example.gov/help"},
		"help@example.gov":                          {"help@example.gov", ""},
		"tel:*21#":                                  {"tel:*21#", ""},
		"javascript:alert(1)":                       {"javascript:alert(1)", ""},
		"mailto:a@example.gov?bcc=x@evil.example":   {"mailto:a@example.gov?bcc=x@evil.example", ""},
		"See https://example.gov":                   {"See https://example.gov", ""},
	} {
		if shown, h := link(in); shown != want[0] || h != want[1] {
			t.Errorf("link(%q) = %q, %q", in, shown, h)
		}
	}
	for in, want := range map[string]string{
		"getcitykey.com":               "https://getcitykey.com",
		"https://example.org/a?b=c":    "https://example.org/a?b=c",
		"http://example.org":           "",
		"javascript:alert(1)":          "",
		"JaVaScRiPt:alert(1)":          "",
		"https://user@example.org":     "",
		"https://":                     "",
		"localhost":                    "",
		"example.org/\" onclick=\"x":   "",
		"data:text/html,hello.example": "",
		"//example.org":                "",
	} {
		if _, h := page(in); h != want {
			t.Errorf("page(%q) = %q", in, h)
		}
	}
}

// TestTextsAndMessagesHaveNamesApart: a text of a program that is missing closes the language, also where a message has the same id.
func TestTextsAndMessagesHaveNamesApart(t *testing.T) {
	c := small(t)
	n := sample(t)
	st := &n.Sections[0].Groups[0].Statements[0]
	for i := range st.Values {
		for j := range st.Values[i].Parts {
			if p := &st.Values[i].Parts[j]; p.Text.In != nil {
				p.Text.Path, p.Text.Pos = st.Message, source.Pos{}
				delete(p.Text.In, "es")
			}
		}
	}
	if _, err := c.Say(n, "es"); err == nil || !strings.Contains(err.Error(), "is closed") {
		t.Errorf("said without a text: %v", err)
	}
}
