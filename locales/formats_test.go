package locales

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// oracle is what ICU says, as testdata/oracle.js wrote it down.
type oracle struct {
	ICU       string
	Languages map[string]struct {
		Asked   string
		Dates   map[string]string
		Ranges  map[string]string
		Numbers map[string]string
		Forms   map[string][]int
		Levant  map[string]string
		Native  struct {
			Dates, Levant, Numbers map[string]string
		}
	}
}

func readOracle(t testing.TB) oracle {
	t.Helper()
	data, err := os.ReadFile("testdata/oracle.json")
	if err != nil {
		t.Fatal(err)
	}
	var o oracle
	if err := json.Unmarshal(data, &o); err != nil {
		t.Fatal(err)
	}
	for _, l := range Languages() {
		if l.Tag != "ht" && len(o.Languages[l.Tag].Dates) < 60 { // ICU has no Haitian Creole: TestHaitianCreole has its own

			t.Fatalf("the oracle has nothing to say of %s: add it to testdata/oracle.js", l.Tag)
		}
	}
	return o
}

func writerFor(t testing.TB, tag string, d notices.Digits) writer {
	t.Helper()
	l, err := Lookup(tag)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWriter(l, formats()[l.Tag], d)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// both puts the two names of an Arabic month together: what ICU writes for Syria, a slash, and what it writes for all. This is
// the one difference of dates, and overrides.toml says why it is there.
func both(levant, all string) string {
	if a, b := strings.Fields(levant), strings.Fields(all); len(a) > 1 && len(b) > 1 {
		day, year := "", a[len(a)-1]
		if len(b) == 3 {
			day, a, b = b[0]+" ", a[1:], b[1:]
		}
		return day + strings.Join(a[:len(a)-1], " ") + "/" + b[0] + " " + year
	}
	return all
}

func TestDatesAgainstICU(t *testing.T) {
	checked := 0
	for tag, icu := range readOracle(t).Languages {
		for _, c := range []struct {
			digits       notices.Digits
			dates, other map[string]string
		}{{"auto", icu.Dates, icu.Levant}, {"latin", icu.Dates, icu.Levant}, {"native", icu.Native.Dates, icu.Native.Levant}} {
			w := writerFor(t, tag, c.digits)
			for iso, want := range c.dates {
				d, err := source.ParseDate(iso)
				if err != nil {
					t.Fatal(err)
				}
				if c.other != nil {
					want = both(c.other[iso], want)
				}
				if got := w.date(d); got != want {
					t.Errorf("%s %s: %q, and ICU has %q", tag, iso, got, want)
				}
				checked++
			}
		}
	}
	if checked < 400 {
		t.Errorf("only %d dates", checked)
	}
}

// TestRangesAgainstICU: the two dates, each as ICU writes it, with the dash between them. ICU itself writes ranges in other ways:
// thin spaces round the dash in English, none between two years, 2022/4/17 in Chinese, one р. for two years in Ukrainian, 至 and ~
// in place of the dash. Ours is the same everywhere, so that each of the two dates can be found and copied.
func TestRangesAgainstICU(t *testing.T) {
	for tag, icu := range readOracle(t).Languages {
		if tag == "ar" {
			continue // the months are ours (see above), and the dash is that of the others
		}
		w := writerFor(t, tag, "auto")
		for iso := range icu.Ranges {
			a, b, _ := strings.Cut(iso, "/")
			dash := " – "
			if tag == "ko" {
				dash = " ~ "
			}
			if got, want := w.between(w.date(date(t, a)), w.date(date(t, b))), icuDate(t, tag, a)+dash+icuDate(t, tag, b); got != want {
				t.Errorf("%s %s: %q, and ICU has %q", tag, iso, got, want)
			}
		}
	}
}

// icuDate is a date of the oracle, or one of the same shape with its parts put in: the oracle holds each month, and any year.
func icuDate(t *testing.T, tag, iso string) string {
	t.Helper()
	dates := readOracle(t).Languages[tag].Dates
	if s, ok := dates[iso]; ok {
		return s
	}
	at := strings.Split(iso, "-")
	at[0] = "2025"
	like := strings.Join(at, "-")
	if len(at) == 3 {
		like = "2025-" + at[1] + "-11"
	}
	s, ok := dates[like]
	if !ok {
		t.Fatalf("the oracle has no %s", like)
	}
	if len(at) == 3 {
		s = strings.Replace(s, "11", strings.TrimPrefix(iso[8:], "0"), 1)
	}
	return strings.Replace(s, "2025", iso[:4], 1)
}

func TestNumbersAgainstICU(t *testing.T) {
	for tag, icu := range readOracle(t).Languages {
		for digits, numbers := range map[notices.Digits]map[string]string{"auto": icu.Numbers, "latin": icu.Numbers, "native": icu.Native.Numbers} {
			w := writerFor(t, tag, digits)
			for s, want := range numbers {
				n, err := strconv.Atoi(s)
				if err != nil {
					t.Fatal(err)
				}
				if comma := map[string]bool{"pt-BR": true, "vi": true}; comma[tag] {
					want = strings.ReplaceAll(want, ".", ",") // overrides.toml says why
				}
				if got := w.number(n); got != want {
					t.Errorf("%s %s: %q, and ICU for %s has %q", tag, s, got, icu.Asked, want)
				}
			}
		}
	}
	if got := writerFor(t, "en", "auto").number(-87100); got != "-87,100" {
		t.Error(got)
	}
}

// TestFormsAgainstICU: the plural form of every number from 0 to 999, and of larger ones.
func TestFormsAgainstICU(t *testing.T) {
	for tag, icu := range readOracle(t).Languages {
		l, _ := Find(tag)
		r, err := ruleFor(l.rule())
		if err != nil {
			t.Fatal(err)
		}
		for name, ns := range icu.Forms {
			for _, n := range ns {
				if f, err := r.form(n); err != nil || f.String() != name {
					t.Errorf("%s %d: %s (%v), and ICU has %s", tag, n, f, err, name)
				}
			}
		}
	}
}

// TestFormatsHoldTheirLanguage refuses what is known to be wrong in CLDR for some languages: months that are numbers, and letters
// of another script.
func TestFormatsHoldTheirLanguage(t *testing.T) {
	for tag, f := range formats() {
		l, ok := Find(tag)
		if !ok || l.Tag != tag {
			t.Errorf("formats of %q, which is not in the table", tag)
			continue
		}
		for _, m := range f.Months {
			numbered := tag == "ko" || tag == "vi" || tag == "zh-Hant" // where a month has a number for a name
			if bad, what := source.CheckText(m); what != "" || m == "" || strings.ContainsAny(m, "0123456789{}") && !numbered || strings.HasPrefix(m, "M0") {
				t.Errorf("%s: the month %q (%U %s)", tag, m, bad, what)
			}
			if l.Script != "Latn" && strings.ContainsAny(strings.ToLower(m), "abcdefghijklmnopqrstuvwxyz") {
				t.Errorf("%s: the month %q is in another script", tag, m)
			}
		}
		month := "{month}"
		if strings.Contains(f.Day, "{m}") {
			month = "{m}"
		}
		for pattern, holes := range map[string][]string{f.Day: {"{d}", month, "{y}"}, f.Month: {month, "{y}"}, f.Year: {"{y}"}, f.Range: {"{from}", "{to}"}} {
			rest := pattern
			for _, h := range holes {
				if strings.Count(pattern, h) != 1 {
					t.Errorf("%s: %q does not have one %s", tag, pattern, h)
				}
				rest = strings.ReplaceAll(rest, h, "")
			}
			if strings.ContainsAny(rest, "{}") {
				t.Errorf("%s: %q", tag, pattern)
			}
		}
	}
}

// TestHaitianCreole: the words are not the French ones that the CLDR hands out for it, and the numbers are grouped.
func TestHaitianCreole(t *testing.T) {
	ht, fr := formats()["ht"], formats()["fr"]
	for i, m := range ht.Months {
		if m == fr.Months[i] && m != "avril" { // the same word in both
			t.Errorf("%q is French", m)
		}
	}
	w := writerFor(t, "ht", "auto")
	for iso, want := range map[string]string{"2025-04-17": "17 avril 2025", "2025-08-01": "1 out 2025", "2025-12": "desanm 2025", "2025": "2025"} {
		if got := w.date(date(t, iso)); got != want {
			t.Errorf("%s: %q, and not %q", iso, got, want)
		}
	}
	if got := w.number(87100); got != "87,100" {
		t.Error(got)
	}
}

// TestMoreFormats: a language that somebody may add has the formats of a table's language, with months that are words.
func TestMoreFormats(t *testing.T) {
	if len(more()) < 40 {
		t.Errorf("only %d languages", len(more()))
	}
	for tag, f := range more() {
		if _, there := formats()[tag]; there {
			t.Errorf("%s stands in two files", tag)
		}
		if len(f.Months) != 12 || f.Group == "" || f.GroupFrom == 0 || !strings.Contains(f.Day, "{y}") || !strings.Contains(f.Month, "{y}") || f.Range != "{from} – {to}" && f.Range != "{from} - {to}" && !strings.Contains(f.Range, "{from}") {
			t.Errorf("%s: %+v", tag, f)
		}
		for _, m := range f.Months {
			if bad, what := source.CheckText(m); what != "" || strings.HasPrefix(m, "M0") {
				t.Errorf("%s: the month %q (%U %s)", tag, m, bad, what)
			}
		}
	}
}
