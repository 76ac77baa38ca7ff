package source

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// bool takes true and false, and no other word.
func (r *reader) bool(n *yaml.Node, v reflect.Value, at place) bool {
	hint := "Write true or false."
	switch strings.ToLower(n.Value) {
	case "true", "yes", "y", "on":
		hint = "Write true, without quotes."
	case "false", "no", "n", "off":
		hint = "Write false, without quotes."
	case "unknown":
		hint = "This must be known: write true or false."
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 {
		switch n.Value {
		case "true", "false":
			v.SetBool(n.Value == "true")
			return true
		}
		hint = strings.Replace(hint, ", without quotes", "", 1)
	}
	hint += at.unknown()
	r.at(n, at, "wrong-type", sentence("%s must be true or false, but this is %s.", at.label(), quote(n.Value)), hint)
	return false
}

// number takes digits as Go writes them.
func (r *reader) number(n *yaml.Node, v reflect.Value, at place) bool {
	x, err := strconv.ParseInt(n.Value, 10, 64)
	if err == nil && strconv.FormatInt(x, 10) == n.Value && !v.OverflowInt(x) {
		v.SetInt(x)
		return true
	}
	hint := "Write digits only, such as 1."
	digits := strings.NewReplacer(",", "", ".", "", "_", "", " ", "", "\u00a0", "", "'", "").Replace(n.Value)
	switch {
	case err == nil && v.OverflowInt(x) || strings.Trim(digits, "0123456789") == "" && len(digits) > 18:
		hint = fmt.Sprintf("The greatest number here is %d.", int64(math.MaxInt64)>>(64-v.Type().Bits()))
	case strings.Trim(digits, "0123456789") == "" && strings.TrimLeft(digits, "0") != "" && len(digits) <= 18:
		hint = fmt.Sprintf("Write %s.", strings.TrimLeft(digits, "0"))
	}
	hint += at.unknown()
	r.at(n, at, "wrong-type", sentence("%s must be a whole number, but this is %s.", at.label(), quote(n.Value)), hint)
	return false
}

// time reads dates, ends and periods.
func (r *reader) time(n *yaml.Node, to any, at place) bool {
	s := n.Value
	switch to := to.(type) {
	case *Period:
		p, err := ParsePeriod(s)
		if err == nil {
			*to = p
			return true
		}
		hint := "Write a number and days, weeks, months or years, such as 90 days or 7 years; or until_event, indefinite, permanent, none."
		if near := DidYouMean(s, periodWords); near != "" {
			hint = fmt.Sprintf("Did you mean %q?", near)
		} else if p, ok := periodMeant(s); ok {
			hint = fmt.Sprintf("Write %s.", p)
		}
		hint += at.unknown()
		r.at(n, at, "wrong-period", sentence("%s must be a length of time, but this is %s.", at.label(), quote(s)), hint)
		return false
	case *End:
		if s == "open" {
			to.Open = true
			return true
		}
		return r.date(n, &to.Date, false, "a date, or the word open", at)
	case *Day:
		var d Date
		if !r.date(n, &d, true, "one day", at) {
			return false
		}
		*to = d.First
		return true
	case *Date:
		return r.date(n, to, false, "a date", at)
	}
	return false
}

func (r *reader) date(n *yaml.Node, to *Date, day bool, what string, at place) bool {
	d, why := readDate(n.Value)
	if why == "" && (!day || d.Precision() == Exact) {
		*to = d
		return true
	}
	hint := "Write year-month-day, such as 2025-06-14; less if less is known: 2025-06 or 2025."
	if day {
		hint = "Write year-month-day, such as 2025-06-14."
	}
	if meant := dateMeant(n.Value); meant != "" {
		hint = fmt.Sprintf("Write %s.", meant)
	} else if what != "a date" && !day && DidYouMean(n.Value, []string{"open"}) != "" {
		hint = `Did you mean "open"?`
	}
	hint += at.unknown()
	if why != "" && why != noDate {
		why = "; " + why
	} else {
		why = ""
	}
	r.at(n, at, "wrong-date", sentence("%s must be %s, but this is %s%s.", at.label(), what, quote(n.Value), why), hint)
	return false
}

var (
	otherOrder  = regexp.MustCompile(`^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$`)
	withMonth   = regexp.MustCompile(`^(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([a-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$`)
	monthOnly   = regexp.MustCompile(`^(\d{1,2})[./](\d{4})$`)
	monthNames  = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	periodForms = regexp.MustCompile(`^(?i:p?\s*(\d{1,3})\s*-?\s*(d|days?|w|wks?|weeks?|m|mos?|months?|y|yrs?|years?))$`)
)

// dateMeant gives the date in our form where another form leaves no doubt, else "".
func dateMeant(s string) string {
	num := func(s string) int { n, _ := strconv.Atoi(s); return n }
	form := func(y, m, d int) string {
		if day := NewDay(y, m, d); day != 0 && y > 1000 {
			return day.String()
		}
		return ""
	}
	s = strings.ToLower(strings.TrimSpace(s))
	if m := otherOrder.FindStringSubmatch(s); m != nil {
		a, b, c := num(m[1]), num(m[2]), num(m[3])
		switch {
		case len(m[1]) == 4:
			return form(a, b, c)
		case len(m[3]) != 4:
		case a > 12 || a == b:
			return form(c, b, a)
		case b > 12:
			return form(c, a, b)
		}
		return ""
	}
	if m := monthOnly.FindStringSubmatch(s); m != nil && form(num(m[2]), num(m[1]), 1) != "" {
		return form(num(m[2]), num(m[1]), 1)[:7]
	}
	if m := withMonth.FindStringSubmatch(s); m != nil {
		for i, name := range monthNames {
			if !strings.HasPrefix(m[2], name) {
				continue
			}
			if m[1] == "" && m[3] == "" {
				return fmt.Sprintf("%s-%02d", m[4], i+1)
			}
			return form(num(m[4]), i+1, num(m[1]+m[3]))
		}
	}
	return ""
}

// periodMeant understands 7y, 90d, P6M and 7-years.
func periodMeant(s string) (Period, bool) {
	m := periodForms.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return Period{}, false
	}
	n, _ := strconv.Atoi(m[1])
	unit := map[byte]Unit{'d': Days, 'w': Weeks, 'm': Months, 'y': Years}[strings.ToLower(m[2])[0]]
	return Period{N: n, Unit: unit}, n > 0
}
