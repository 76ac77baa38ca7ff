package exchange

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares a text with a file that a person has read.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what was expected. Read the difference, then run: go test ./locales/exchange -update\n%s", file, difference(string(want), got))
	}
}

func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			out = append(out, "+ "+l)
		}
	}
	return strings.Join(out, "\n")
}

// one is a unit on its own.
func one(english string) Unit {
	return Unit{ID: "test.one", Source: english, State: Missing, SourceHash: hashOf(english)}
}

func form(form, numbers, english string) Unit {
	return Unit{ID: "test.years", Form: form, Numbers: numbers, Source: english, State: Missing, SourceHash: hashOf(english)}
}

const (
	keeps = "The office keeps a copy."
	years = "We delete the copy {n} years after you apply."
	calls = "Call (312) 742-4225 or write to help@example.org. See https://example.org/help."
)

// planted is errors of every kind that is refused, and for each the code.
var planted = []struct {
	code string
	lang locales.Language
	unit Unit
	text string
}{
	{"number", spanish, form("other", "2, 3 …", years), "Borramos la copia años después de su solicitud."},
	{"number", spanish, form("other", "2, 3 …", years), "Borramos la copia {n} años, {n} años después de su solicitud."},
	{"number", spanish, one(keeps), "La oficina guarda {n} copia."},
	{"number", ukrainian, form("one", "1, 21, 31 …", "We delete the copy {n} year after you apply."), "Ми видалимо копію за рік після подання."},
	{"bracket", spanish, form("other", "2, 3 …", years), "Borramos la copia {años} años después de su solicitud."},
	{"bracket", arabic, form("few", "3, 4, 5 …", years), "نحذف النسخة بعد {ن} سنوات من تقديم الطلب."},
	{"bracket", spanish, one(keeps), "La oficina guarda {una} copia."},
	{"bracket", spanish, one(keeps), "La oficina guarda una copia}."},
	{"digits", spanish, one("Judges said so in 2017 and 2019."), "Los jueces lo dijeron en 2017 y 2018."},
	{"digits", spanish, one("There are 3 copies."), "Hay tres copias."},
	{"digits", spanish, one(keeps), "La oficina guarda 1 copia."},
	{"digits", spanish, form("other", "2, 3 …", years), "Borramos la copia {n} años y 6 meses después de su solicitud."},
	{"digits", ukrainian, form("one", "1, 21, 31 …", "1 year"), "{n} рік і 6 місяців"},
	{"digits", arabic, form("two", "2", years), "نحذف النسخة بعد 3 سنوات من تقديم الطلب."},
	{"address", spanish, one(calls), "Llame al (312) 742-4225 o escriba a help@example.org. Vea https://example.com/help."},
	{"address", spanish, one(calls), "Llame al (312) 742-4225 o escriba a ayuda@example.org. Vea https://example.org/help."},
	{"address", spanish, one(calls), "Llame al (312) 742-2542 o escriba a help@example.org. Vea https://example.org/help."},
	{"address", spanish, one(calls), "Llame al (312) 742-4225. Vea https://example.org/help."},
	{"address", spanish, one(keeps), "La oficina guarda una copia (vea chicago.gov)."},
	{"markup", spanish, one(keeps), "La oficina guarda <b>una copia</b>."},
	{"markup", spanish, one(keeps), "La oficina **guarda** una copia."},
	{"markup", spanish, one(keeps), "La oficina guarda [una copia](papeles)."},
	{"markup", spanish, one(keeps), "La oficina guarda &quot;una copia&quot;."},
	{"direction", arabic, one(keeps), "يحتفظ المكتب\u202e بنسخة."},
	{"direction", arabic, one(keeps), "يحتفظ المكتب\u200f بنسخة."},
	{"direction", spanish, one(keeps), "\u2066La oficina guarda una copia.\u2069"},
	{"invisible", spanish, one(keeps), "La oficina gu\u200darda una copia."},
	{"invisible", spanish, one(keeps), "La oficina guarda\u2060 una copia."},
	{"invisible", spanish, one(keeps), "La oficina guarda\U000e0041 una copia."},
	{"invisible", spanish, one(keeps), "La oficina gua\u0336rda una copia."},
	{"script", spanish, one(keeps), "La oficina guarda una c\u043epia."},
	{"script", spanish, one(keeps), "La oficina guarda \u0441\u043e\u0440\u0443."},
	{"script", ukrainian, one(keeps), "\u0423станова a зберігає копію."},
	{"script", ukrainian, one(keeps), "Установа зберігає c копію."},
	{"script", arabic, one(keeps), "La oficina guarda una copia."},
	{"script", arabic, one(keeps), "يحتفظ מכתב بنسخة."},
	{"length", spanish, Unit{ID: "test.one", Source: keeps, SourceHash: hashOf(keeps), Limit: 30}, "La oficina se queda con una copia."},
	{"length", spanish, one("It is free."), "Es gratis, " + strings.Repeat("y esto no cuesta nada, ", 4) + "nunca."},
	{"ending", spanish, one(keeps), "La oficina guarda una copia"},
	{"ending", spanish, one("The office keeps these:"), "La oficina guarda esto."},
	{"ending", spanish, one("Key facts"), "Lo más importante."},
	{"ending", arabic, one("What is kept?"), "ما الذي يُحتفظ به"},
	{"untranslated", spanish, one(keeps), "The office keeps a copy."},
	{"untranslated", spanish, one(keeps), " \u201cThe office  keeps a copy.\u201d"},
}

// TestPlanted plants an error of each kind that changes meaning and sees it refused, in both formats. The sentences are in
// testdata/refused.txt, to be read as a person who writes no code would.
func TestPlanted(t *testing.T) {
	var out strings.Builder
	for _, c := range planted {
		b := Book{Language: c.lang, Units: []Unit{c.unit}}
		filled := c.unit
		filled.Target, filled.State = c.text, Draft
		for _, f := range formats {
			r := Read(f.write(t, Book{Language: c.lang, Units: []Unit{filled}}), b)
			if len(r.Accepted) > 0 {
				t.Errorf("%s, %s: accepted %q", c.code, f.name, r.Accepted[0].Text)
			}
			if f.name == "xliff" && c.code == "untranslated" {
				if len(r.Refused) > 0 || len(r.Missing) != 1 || r.Missing[0].Why != Untranslated {
					t.Errorf("in XLIFF, a text that nobody touched: %s", report(r))
				}
				continue
			}
			var codes []string
			for _, p := range r.Refused {
				codes = append(codes, p.Code)
				if p.Message == "" || p.Hint == "" || p.Excerpt == "" {
					t.Errorf("%s: no sentence, no hint or no text: %+v", c.code, p)
				}
				if f.name == "xlsx" {
					fmt.Fprintf(&out, "%s\n    %s [%s]\n", p.Message, p.Hint, p.Code)
				}
			}
			if !slices.Contains(codes, c.code) {
				t.Errorf("%s: %s says %v for %q", f.name, c.code, codes, c.text)
			}
		}
	}
	golden(t, "refused.txt", out.String())
}

// TestGood are texts that are right, though they do not look like the English.
func TestGood(t *testing.T) {
	for _, c := range []struct {
		lang locales.Language
		unit Unit
		text string
	}{
		{polish, form("one", "1", "We delete the copy {n} year after you apply."), "Usuwamy kopię rok po złożeniu wniosku."},
		{polish, form("one", "1", "We delete the copy {n} year after you apply."), "Usuwamy kopię {n} rok po złożeniu wniosku."},
		{polish, form("one", "1", "1 year"), "rok"},
		{polish, form("one", "1", "1 year"), "{n} rok"},
		{ukrainian, form("one", "1, 21, 31 …", "1 year"), "{n} рік"},
		{arabic, form("two", "2", years), "نحذف النسخة بعد سنتين من تقديم الطلب."},
		{arabic, form("two", "2", years), "نحذف النسخة بعد ٢ سنتين من تقديم الطلب."},
		{arabic, one("Judges said so in 2017 and 2019."), "قال القضاة ذلك في ٢٠١٧ و٢٠١٩."},
		{find("ar"), one("Judges said so in 2017 and 2019."), "قال القضاة ذلك في ۲۰۱۷ و۲۰۱۹."},
		{locales.Language{Tag: "hi", English: "Hindi", Script: "Deva"}, one("In 2017, the office said so."), "२०१७ में कार्यालय ने ऐसा कहा।"},
		{arabic, one("ICE may ask the company."), "قد تسأل ICE الشركة."},
		{arabic, one("What is kept?"), "ما الذي يُحتفظ به؟"},
		{locales.Language{Tag: "fa", English: "Persian", Script: "Arab"}, one(keeps), "اداره یک نسخه نگه می\u200cدارد."},
		{spanish, one("ICE"), "ICE"},
		{spanish, one(calls), "Llame al 312-742-4225 o escriba a help@example.org. Vea https://example.org/help."},
		{arabic, one("Call 312-742-4225."), "اتصل على ٣١٢-٧٤٢-٤٢٢٥."},
		{spanish, one("He said \"no\"."), "Dijo «no»."},
		{locales.Language{Tag: "af", English: "Afrikaans", Script: "Latn"}, one(keeps), "'n Afskrif word deur die kantoor gehou."},
		{locales.Language{Tag: "zh-Hans", English: "Chinese", Script: "Hans"}, one(keeps), "办公室会保留一份复印件。"},
		{locales.Language{Tag: "ja", English: "Japanese", Script: "Jpan"}, one("What is kept?"), "何が保存されますか？"},
		{locales.Language{Tag: "am", English: "Amharic", Script: "Ethi"}, one(keeps), "ቢሮው ቅጂ ይይዛል።"},
		{ukrainian, one(keeps), "Установа зберігає копію."},
		{locales.Language{Tag: "vi", English: "Vietnamese", Script: "Latn"}, one(keeps), "Văn phòng giữ một bản sao."},
	} {
		b := Book{Language: c.lang, Units: []Unit{c.unit}}
		filled := c.unit
		filled.Target, filled.State = c.text, Draft
		for _, f := range formats {
			r := Read(f.write(t, Book{Language: c.lang, Units: []Unit{filled}}), b)
			if f.name == "xliff" && c.text == c.unit.Source {
				continue
			}
			if s := report(r); s != "" || len(r.Accepted) != 1 || r.Accepted[0].Text != c.text {
				t.Errorf("%s, %q: %s", f.name, c.text, s)
			}
		}
	}
}

// TestRepair are the things that Office programs do, one by one.
func TestRepair(t *testing.T) {
	const was = "La oficina guarda así {n} copias."
	for name, s := range map[string]string{
		"spaces at the ends taken off":                            "  " + was + " ",
		"letters that were stored in two pieces put together":     strings.ReplaceAll(was, "í", "i\u0301"),
		"no-break and other unusual spaces made ordinary":         strings.ReplaceAll(was, "a así", "a\u00a0así"),
		"invisible direction marks at the ends taken off":         "\u200f" + was + "\u200e",
		"{n} written as in the English":                           strings.ReplaceAll(was, "{n}", "{ N\u00a0}"),
		"wide brackets and digits written as ordinary ones":       strings.ReplaceAll(was, "{n}", "｛n｝"),
		"invisible signs of no width taken out":                   "\ufeff" + strings.ReplaceAll(was, "ofi", "ofi\u200b"),
		"quotation marks around the whole taken off":              "“" + was + "”",
		"the apostrophe that Excel puts before a text taken off":  "'" + was,
		"two spaces in a row made one":                            strings.ReplaceAll(was, ". ", ".  ") + "",
		"lines of the cell joined into one":                       strings.ReplaceAll(was, " así", "\nasí"),
		"quotation marks around the whole taken off, doubled":     `""` + was + `""`,
		"{n} written as in the English, with marks of the script": strings.ReplaceAll(was, "{n}", "{\u200fn\u200f}"),
	} {
		what, _, _ := strings.Cut(name, ", ")
		if what == "two spaces in a row made one" {
			s = strings.ReplaceAll(was, "guarda ", "guarda  ")
		}
		now, did := repair(s, "So the office keeps {n} copies.")
		if now != was || !slices.Equal(did, []string{what}) {
			t.Errorf("%q became %q by %q, want %q", s, now, did, what)
		}
	}
	for _, s := range []string{was, `"Sí" y "no"`, "“Sí” y “no”", "'n Afskrif", "«a» y «b»"} {
		if now, did := repair(s, "So the office keeps {n} copies."); now != s || did != nil {
			t.Errorf("%q became %q by %q", s, now, did)
		}
	}
	if now, _ := repair("«Sí»", `"Yes"`); now != "«Sí»" {
		t.Errorf("the quotation marks of the English were taken off: %q", now)
	}
}

// TestForms: a message is whole or it waits.
func TestForms(t *testing.T) {
	b := Book{Language: arabic}
	texts := map[string]string{"one": "سنة واحدة", "two": "سنتين", "few": "{n} سنوات", "many": "{n} سنة", "other": "{n} سنة"}
	for _, f := range formsOf["ar"] {
		b.Units = append(b.Units, Unit{ID: "span.years", Form: f[0], Numbers: f[1], Source: "{n} years", State: Draft, Target: texts[f[0]], SourceHash: "aa4fafa4"})
	}
	full := b
	var out strings.Builder
	lack := func(form, text string) Book {
		out := b
		out.Units = slices.Clone(b.Units)
		for i := range out.Units {
			if out.Units[i].Form == form {
				out.Units[i].Target = text
			}
		}
		return out
	}
	for _, f := range formats {
		r := Read(f.write(t, lack("few", "")), full.blank())
		if len(r.Accepted) != 0 || len(r.Refused) != 1 || r.Refused[0].Code != "forms" || len(r.Missing) != 1 {
			t.Errorf("%s, without a form: %s", f.name, report(r))
		}
		r = Read(f.write(t, lack("few", "سنوات")), full.blank())
		if len(r.Accepted) != 0 || len(r.Refused) != 2 || len(r.Missing) != 0 {
			t.Errorf("%s, with a form that was refused: %s", f.name, report(r))
		}
		r = Read(f.write(t, lack("few", "")), full)
		if len(r.Accepted) != 4 || len(r.Refused) != 0 || len(r.Missing) != 1 || !r.Missing[0].Had {
			t.Errorf("%s, with a form that is there already: %s", f.name, report(r))
		}
		more := lack("few", "{n} سنوات")
		more.Units = append(more.Units, Unit{ID: "span.years", Form: "zero", Source: "{n} years", Target: "لا سنة", State: Draft}, Unit{ID: "span.years", Source: "x", Target: "سنة", State: Draft})
		r = Read(f.write(t, more), full)
		if len(r.Accepted) != 5 || len(r.Refused) != 2 || r.Refused[0].Code != "form" || r.Refused[1].Code != "form" {
			t.Errorf("%s, with forms that there are not: %s", f.name, report(r))
		}
		out.WriteString(report(r) + report(Read(f.write(t, lack("few", "")), full.blank())) + report(Read(f.write(t, lack("few", "سنوات")), full.blank())))
	}
	golden(t, "forms.txt", out.String())
}

// TestOlderEnglish: a row counts for the English that it was made from.
func TestOlderEnglish(t *testing.T) {
	old, today := one(keeps), one("The office keeps two copies.")
	old.Target, old.State = "La oficina guarda una copia.", Draft
	today.State, today.Before = Stale, old.Target
	var out strings.Builder
	for _, f := range formats {
		r := Read(f.write(t, Book{Language: spanish, Units: []Unit{old}}), Book{Language: spanish, Units: []Unit{today}})
		if len(r.Accepted) != 0 || len(r.Refused) != 0 || len(r.Missing) != 1 || r.Missing[0].Why != Older {
			t.Errorf("%s, untouched: %s", f.name, report(r))
		}
		untouched := old
		untouched.Target, untouched.State = "", Missing
		r = Read(f.write(t, Book{Language: spanish, Units: []Unit{untouched}}), Book{Language: spanish, Units: []Unit{today}})
		if len(r.Accepted) != 0 || len(r.Refused) != 0 || len(r.Missing) != 1 {
			t.Errorf("%s, never translated: %s", f.name, report(r))
		}
		old.Target = "La oficina guarda otra copia."
		r = Read(f.write(t, Book{Language: spanish, Units: []Unit{old}}), Book{Language: spanish, Units: []Unit{today}})
		if len(r.Accepted) != 0 || len(r.Refused) != 1 || r.Refused[0].Code != "older-english" {
			t.Errorf("%s: %s", f.name, report(r))
		}
		out.WriteString(report(r))
		old.Target = today.Before
		edited := old
		edited.Source = "The office keeps a  COPY!" // the hash is still that of the English of today
		r = Read(f.write(t, Book{Language: spanish, Units: []Unit{edited}}), Book{Language: spanish, Units: []Unit{old}})
		if len(r.Accepted) != 1 || len(r.Refused) != 0 || len(r.Repairs) != 1 || r.Repairs[0].Now != keeps {
			t.Errorf("%s, with the English edited: %s", f.name, report(r))
		}
		out.WriteString(report(r))
		nameless := old
		nameless.SourceHash = ""
		r = Read(f.write(t, Book{Language: spanish, Units: []Unit{nameless}}), Book{Language: spanish, Units: []Unit{old}})
		if len(r.Accepted) != 1 || len(r.Refused) != 0 || len(r.Repairs) != 1 {
			t.Errorf("%s, with the hash lost: %s", f.name, report(r))
		}
		nameless.Source = "The office keeps no copy."
		r = Read(f.write(t, Book{Language: spanish, Units: []Unit{nameless}}), Book{Language: spanish, Units: []Unit{old}})
		if len(r.Accepted) != 0 || len(r.Refused) != 1 || r.Refused[0].Code != "older-english" {
			t.Errorf("%s, with the hash lost and the English edited: %s", f.name, report(r))
		}
		out.WriteString(report(r))
		// A stale text goes out with an empty translation, and with the one from before in the note.
		data := f.write(t, Book{Language: spanish, Units: []Unit{today}})
		r = Read(data, Book{Language: spanish, Units: []Unit{today}})
		if len(r.Accepted) != 0 || len(r.Refused) != 0 || len(r.Missing) != 1 {
			t.Errorf("%s, stale: %s", f.name, report(r))
		}
		r = Read(f.write(t, Book{Language: spanish, Units: []Unit{old}}), Book{Language: polish, Units: []Unit{old}})
		if len(r.Refused) != 1 || r.Refused[0].Code != "language" || r.Accepted != nil {
			t.Errorf("%s, of another language: %s", f.name, report(r))
		}
		stranger := old
		stranger.ID = "test.gone"
		r = Read(f.write(t, Book{Language: spanish, Units: []Unit{old, stranger}}), Book{Language: spanish, Units: []Unit{old}})
		if len(r.Accepted) != 1 || len(r.Unknown) != 1 || r.Unknown[0].ID != "test.gone" || len(r.Refused) != 0 {
			t.Errorf("%s, with an id that is gone: %s", f.name, report(r))
		}
	}
	golden(t, "older-english.txt", out.String())
}
