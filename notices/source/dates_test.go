package source_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"fairnotice/notices/source"
)

func TestDays(t *testing.T) {
	// Every day from year 1 to 2999 has its own number, one more than the day before.
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for want := source.Day(1); at.Year() < 3000; want++ {
		y, m, d := at.Date()
		got := source.NewDay(y, int(m), d)
		if got != want {
			t.Fatalf("%v is day %d, want %d", at, got, want)
		}
		if gy, gm, gd := got.YMD(); gy != y || gm != int(m) || gd != d {
			t.Fatalf("day %d is %d-%d-%d, want %v", got, gy, gm, gd, at)
		}
		at = at.AddDate(0, 0, 1)
	}
	if got := source.NewDay(2025, 6, 14).String(); got != "2025-06-14" {
		t.Error(got)
	}
	if got := source.Day(0).String(); got != "" {
		t.Error(got)
	}
	if y, m, d := source.Day(0).YMD(); y+m+d != 0 {
		t.Error(y, m, d)
	}
}

func TestNoSuchDay(t *testing.T) {
	for _, c := range [][3]int{{2025, 2, 29}, {2024, 2, 30}, {1900, 2, 29}, {2025, 13, 1}, {2025, 0, 1}, {2025, 1, 0}, {2025, 4, 31}, {0, 1, 1}, {10000, 1, 1}, {-1, 1, 1}} {
		if d := source.NewDay(c[0], c[1], c[2]); d != 0 {
			t.Errorf("%v is %v", c, d)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in, first, last string
		precision       source.Precision
	}{
		{"2017", "2017-01-01", "2017-12-31", source.Year},
		{"2024-02", "2024-02-01", "2024-02-29", source.Month},
		{"2023-02", "2023-02-01", "2023-02-28", source.Month},
		{"2024-12", "2024-12-01", "2024-12-31", source.Month},
		{"2025-06-13", "2025-06-13", "2025-06-13", source.Exact},
		{"0001", "0001-01-01", "0001-12-31", source.Year},
		{"9999-12", "9999-12-01", "9999-12-31", source.Month},
		{"9999-12-31", "9999-12-31", "9999-12-31", source.Exact},
	} {
		d, err := source.ParseDate(c.in)
		if err != nil || d.First.String() != c.first || d.Last.String() != c.last || d.Precision() != c.precision || d.String() != c.in {
			t.Errorf("%s: %v to %v, %v, %q, %v", c.in, d.First, d.Last, d.Precision(), d, err)
		}
	}
	for in, want := range map[string]string{
		"":               `"" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"0000":           `"0000" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"25":             `"25" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"2025-6-1":       `"2025-6-1" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"2025-06-":       `"2025-06-" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"2025-06-014":    `"2025-06-014" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"2025/06/14":     `"2025/06/14" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"٢٠٢٥":           `"٢٠٢٥" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"2025-13":        `"2025-13" is not a date: there is no month 13`,
		"2025-00-10":     `"2025-00-10" is not a date: there is no month 00`,
		"2025-02-29":     `"2025-02-29" is not a date: that month has no day 29`,
		"2025-02-2":      `"2025-02-2" is not a date: write 2025, 2025-06 or 2025-06-14`,
		"99999999999999": `"99999999999999" is not a date: write 2025, 2025-06 or 2025-06-14`,
	} {
		if d, err := source.ParseDate(in); err == nil || err.Error() != want || !d.IsZero() {
			t.Errorf("%q: %v, %v", in, d, err)
		}
	}
	if _, err := source.ParseDay("2025-06"); err == nil {
		t.Error("a month is one day")
	}
}

func TestDateText(t *testing.T) {
	var d source.Date
	var day source.Day
	if err := d.UnmarshalText([]byte("2024-12")); err != nil || d.String() != "2024-12" {
		t.Error(d, err)
	}
	if err := d.UnmarshalText(nil); err != nil || !d.IsZero() || d.String() != "" || d.Precision() != 0 {
		t.Error(d, err)
	}
	if err := day.UnmarshalText([]byte("2024-12-01")); err != nil || day.String() != "2024-12-01" {
		t.Error(day, err)
	}
	if err := day.UnmarshalText([]byte("soon")); err == nil {
		t.Error(day)
	}
	if err := day.UnmarshalText(nil); err != nil || day != 0 {
		t.Error(day, err)
	}
}

func dates(t *rapid.T, name string) source.Date {
	y, m, d := rapid.IntRange(1, 9999).Draw(t, name+" year"), rapid.IntRange(1, 12).Draw(t, name+" month"), rapid.IntRange(1, 28).Draw(t, name+" day")
	text := source.NewDay(y, m, d).String()
	out, err := source.ParseDate(text[:rapid.SampledFrom([]int{4, 7, 10}).Draw(t, name+" precision")])
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestBefore compares with what Before means: all, none or some of the pairs of days.
func TestBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := dates(t, "d"), dates(t, "e")
		if rapid.Bool().Draw(t, "near") { // dates of one year meet more often
			e = source.Date{First: d.First + e.First%40, Last: d.First + e.First%40 + e.Last - e.First}
		}
		want := source.Maybe
		switch all, some := d.Last < e.First, d.First < e.Last; {
		case all:
			want = source.Yes
		case !some:
			want = source.No
		}
		if got := d.Before(e); got != want {
			t.Fatalf("%v before %v: %v, want %v", d, e, got, want)
		}
		if d.Before(e) == source.Yes && e.Before(d) != source.No {
			t.Fatalf("%v and %v are each before the other", d, e)
		}
		if d.After(e) != e.Before(d) {
			t.Fatal("after is not before, turned around")
		}
		if d.Before(d) == source.Yes {
			t.Fatalf("%v is before itself", d)
		}
		if d.Before(source.Date{}) != source.Maybe || (source.Date{}).Before(d) != source.Maybe {
			t.Fatal("a date that nobody gave was compared")
		}
	})
}

// TestBeforeChain: what is certain stays certain in a chain.
func TestBeforeChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := dates(t, "a"), dates(t, "b"), dates(t, "c")
		if a.Before(b) == source.Yes && b.Before(c) == source.Yes && a.Before(c) != source.Yes {
			t.Fatal(a, b, c)
		}
	})
}

func TestDateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dates(t, "d")
		if again, err := source.ParseDate(d.String()); err != nil || again != d {
			t.Fatal(d, again, err)
		}
		on := source.On(d.First)
		if on.Precision() != source.Exact || on.First != on.Last {
			t.Fatal(on)
		}
		text, _ := d.MarshalText()
		var back source.Date
		if err := back.UnmarshalText(text); err != nil || back != d {
			t.Fatal(back, err)
		}
	})
}

func TestPeriodRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := source.Period{N: rapid.IntRange(1, 999).Draw(t, "n"), Unit: rapid.SampledFrom([]source.Unit{source.Days, source.Weeks, source.Months, source.Years}).Draw(t, "unit")}
		if rapid.Bool().Draw(t, "a word") {
			p = source.Period{Word: rapid.SampledFrom([]string{"none", "until_event", "indefinite", "permanent"}).Draw(t, "word")}
		}
		again, err := source.ParsePeriod(p.String())
		if err != nil || again != p {
			t.Fatal(p, again, err)
		}
		text, _ := p.MarshalText()
		var back source.Period
		if err := back.UnmarshalText(text); err != nil || back != p {
			t.Fatal(back, err)
		}
	})
	for _, bad := range []string{"", "7", "7years", "07 years", "0 days", "-1 days", "1000 years", "1 decade", "7  years", "7 year", "years", "Permanent"} {
		if p, err := source.ParsePeriod(bad); err == nil {
			t.Errorf("%q is %v", bad, p)
		}
	}
	if p, err := source.ParsePeriod("1 years"); err != nil || p.String() != "1 year" {
		t.Error(p, err)
	}
	var p source.Period
	if err := p.UnmarshalText(nil); err != nil || !p.IsZero() || p.String() != "" {
		t.Error(p, err)
	}
}
