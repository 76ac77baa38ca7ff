package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Unit of a period.
type Unit string

// The units.
const (
	Days   Unit = "days"
	Weeks  Unit = "weeks"
	Months Unit = "months"
	Years  Unit = "years"
)

// Words lists the vocabulary.
func (Unit) Words() []string { return []string{"days", "weeks", "months", "years"} }

// Period is how long something is kept: `90 days`, `7 years` (1 to 999), or one of the words `none` (not kept at all),
// `until_event` (until something happens: `from` of the retention series names it), `indefinite` (no end is set), `permanent`.
type Period struct {
	N    int
	Unit Unit
	Word string // "none", "until_event", "indefinite", "permanent", or ""
}

var periodWords = []string{"none", "until_event", "indefinite", "permanent"}

// ParsePeriod reads what String writes; the unit of 1 may also be in the plural.
func ParsePeriod(s string) (Period, error) {
	if slices.Contains(periodWords, s) {
		return Period{Word: s}, nil
	}
	bad := fmt.Errorf("%q is not a length of time: write 90 days, 7 years, until_event, indefinite, permanent or none", s)
	num, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(num)
	if err != nil || n < 1 || n > 999 || strconv.Itoa(n) != num {
		return Period{}, bad
	}
	if n == 1 && !strings.HasSuffix(unit, "s") {
		unit += "s"
	}
	if !slices.Contains(Unit("").Words(), unit) {
		return Period{}, bad
	}
	return Period{N: n, Unit: Unit(unit)}, nil
}

// String writes the period as the file does; the zero Period is "".
func (p Period) String() string {
	switch {
	case p.Word != "" || p.N == 0:
		return p.Word
	case p.N == 1:
		return "1 " + strings.TrimSuffix(string(p.Unit), "s")
	}
	return fmt.Sprintf("%d %s", p.N, p.Unit)
}

// IsZero says that no period was given.
func (p Period) IsZero() bool { return p == Period{} }

// MarshalText uses the form of String.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the form of String.
func (p *Period) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*p = Period{}
		return nil
	}
	v, err := ParsePeriod(string(b))
	*p = v
	return err
}
