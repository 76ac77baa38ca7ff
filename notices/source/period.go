package source

// Unit of a period.
type Unit string

// The units.
const (
	Days   Unit = "days"
	Weeks  Unit = "weeks"
	Months Unit = "months"
	Years  Unit = "years"
)

// Period is how long something is kept: `90 days`, `7 years` (1 to 999), or one of the words `none` (not kept at all),
// `until_event` (until something happens: `from` of the retention series names it), `indefinite` (no end is set), `permanent`.
type Period struct {
	N    int
	Unit Unit
	Word string // "none", "until_event", "indefinite", "permanent", or ""
}
