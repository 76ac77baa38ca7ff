package source

import (
	"fmt"
	"time"
)

// Tri answers a question about dates or facts that are not exact: yes, no, or maybe.
type Tri int8

// The three answers, from no to yes, so that the lower of two is the more cautious claim.
const (
	No Tri = iota
	Maybe
	Yes
)

func (t Tri) String() string { return [...]string{"no", "maybe", "yes"}[t] }

// Day is one calendar day in the Gregorian calendar, counted from 0001-01-01 = 1. The zero Day means that no day was given.
// It has no clock and no time zone.
type Day int32

// NewDay returns the day y-m-d. It returns 0 when there is no such day (month 13, 30 February) or the year is not in 1..9999.
func NewDay(y, m, d int) Day {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return 0
	}
	return Day((t.Unix()-epoch.Unix())/secondsOfDay) + 1 // not Sub: a Duration ends after 292 years
}

const secondsOfDay = 24 * 60 * 60

var epoch = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

// YMD gives year, month (1..12) and day of the month; all are 0 for the zero Day.
func (d Day) YMD() (y, m, day int) {
	if d == 0 {
		return 0, 0, 0
	}
	t := epoch.AddDate(0, 0, int(d)-1)
	return t.Year(), int(t.Month()), t.Day()
}

// String writes the day as 2025-06-14, and the zero Day as "".
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.YMD()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// MarshalText uses the form of String.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form of String.
func (d *Day) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDay(string(b))
	*d = v
	return err
}

// ParseDay reads 2025-06-14 and nothing else.
func ParseDay(s string) (Day, error) {
	dt, err := ParseDate(s)
	if err != nil {
		return 0, err
	}
	if dt.First != dt.Last {
		return 0, fmt.Errorf("%q is not one day: write year-month-day, such as 2025-06-14", s)
	}
	return dt.First, nil
}

// Precision says how exactly a Date was written.
type Precision int8

// The three precisions of a written date.
const (
	Year Precision = iota + 1
	Month
	Exact
)

// Date is a date with the precision in which it was written: 2017, 2024-12 and 2025-06-13 are the intervals of their days.
// The zero Date means that none was given.
type Date struct{ First, Last Day }

// ParseDate reads 2017, 2024-12 or 2025-06-13.
func ParseDate(s string) (Date, error) {
	d, why := readDate(s)
	switch why {
	case "":
		return d, nil
	case noDate:
		return Date{}, fmt.Errorf("%q is not a date: write 2025, 2025-06 or 2025-06-14", s)
	}
	return Date{}, fmt.Errorf("%q is not a date: %s", s, why)
}

// noDate is the reason of what does not even look like a date.
const noDate = "not a date"

// readDate gives the date, or the reason why it is none.
func readDate(s string) (d Date, why string) {
	var part [3]int // year, month, day
	for i, c := range []byte(s) {
		switch {
		case i >= 10:
			return Date{}, noDate
		case i == 4 || i == 7:
			if c != '-' {
				return Date{}, noDate
			}
		case c < '0' || c > '9':
			return Date{}, noDate
		default:
			at := max(0, (i-2)/3)
			part[at] = 10*part[at] + int(c-'0')
		}
	}
	y, m, day := part[0], part[1], part[2]
	if len(s) != 4 && len(s) != 7 && len(s) != 10 || y == 0 {
		return Date{}, noDate
	}
	if len(s) == 4 {
		return Date{NewDay(y, 1, 1), NewDay(y, 12, 31)}, ""
	}
	if m < 1 || m > 12 {
		return Date{}, fmt.Sprintf("there is no month %02d", m)
	}
	if len(s) == 7 {
		first, next := NewDay(y, m, 1), NewDay(y+m/12, m%12+1, 1)
		if next == 0 {
			return Date{first, NewDay(9999, 12, 31)}, ""
		}
		return Date{first, next - 1}, ""
	}
	if on := NewDay(y, m, day); on != 0 {
		return Date{on, on}, ""
	}
	return Date{}, fmt.Sprintf("that month has no day %02d", day)
}

// On is the Date of one day.
func On(d Day) Date { return Date{d, d} }

// IsZero says that no date was given.
func (d Date) IsZero() bool { return d.First == 0 }

// Precision of the date as written; 0 for the zero Date.
func (d Date) Precision() Precision {
	switch {
	case d.First == 0:
		return 0
	case d.First == d.Last:
		return Exact
	case d.Last-d.First < 31:
		return Month
	}
	return Year
}

// String writes the date as it was written, and the zero Date as "".
func (d Date) String() string {
	y, m, _ := d.First.YMD()
	switch d.Precision() {
	case Exact:
		return d.First.String()
	case Month:
		return fmt.Sprintf("%04d-%02d", y, m)
	case Year:
		return fmt.Sprintf("%04d", y)
	}
	return ""
}

// MarshalText uses the form of String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Before says whether every day (Yes), no day (No) or some day (Maybe) of d is before every day of e.
// A zero Date on either side answers Maybe.
func (d Date) Before(e Date) Tri {
	switch {
	case d.IsZero() || e.IsZero():
		return Maybe
	case d.Last < e.First:
		return Yes
	case d.First >= e.Last:
		return No
	}
	return Maybe
}

// After is e.Before(d).
func (d Date) After(e Date) Tri { return e.Before(d) }

// UnmarshalText reads the form of String.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	*d = v
	return err
}
