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
		if len(o.Languages[l.Tag].Dates) < 60 {
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

// TestRangesAgainstICU: the two dates with a dash between them. ICU sets thin spaces round the dash in English and none between
// two years in Spanish and Arabic; ours is an ordinary space everywhere, so that a date can be found and copied.
func TestRangesAgainstICU(t *testing.T) {
	for tag, icu := range readOracle(t).Languages {
		if tag == "ar" {
			continue // the months are ours (see above), and the dash is that of the other two
		}
		w := writerFor(t, tag, "auto")
		for iso, want := range icu.Ranges {
			a, b, _ := strings.Cut(iso, "/")
			got := w.between(w.date(date(t, a)), w.date(date(t, b)))
			want = strings.ReplaceAll(want, "\u2009", " ")
			if want == "2022–2025" {
				want = "2022 – 2025"
			}
			if got != want {
				t.Errorf("%s %s: %q, and ICU has %q", tag, iso, got, want)
			}
		}
	}
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
			if bad, what := source.CheckText(m); what != "" || m == "" || strings.ContainsAny(m, "0123456789{}") {
				t.Errorf("%s: the month %q (%U %s)", tag, m, bad, what)
			}
			if l.Script != "Latn" && strings.ContainsAny(strings.ToLower(m), "abcdefghijklmnopqrstuvwxyz") {
				t.Errorf("%s: the month %q is in another script", tag, m)
			}
		}
		for pattern, holes := range map[string][]string{f.Day: {"{d}", "{month}", "{y}"}, f.Month: {"{month}", "{y}"}, f.Year: {"{y}"}, f.Range: {"{from}", "{to}"}} {
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
