package source

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

var (
	langTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)
	idForm  = regexp.MustCompile(`^[a-z0-9][a-z0-9_.@/-]*$`)
	slug    = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]*$`)
)

// string reads words, names, ids and the words of a vocabulary.
func (r *reader) string(n *yaml.Node, v reflect.Value, at place) bool {
	s := strings.TrimRight(n.Value, "\n")
	t := v.Type()
	if words, ok := wordsOf(t); ok {
		for _, w := range words {
			if w == s {
				v.SetString(s)
				return true
			}
		}
		if at.fact {
			words = append(append([]string(nil), words...), wordUnknown, wordNotApplicable)
		}
		r.at(n, at, "wrong-word", sentence("%s is not a word that %s takes.", quote(s), at.label()), choose(s, words))
		return false
	}
	if p := patternOf(t); p != nil {
		if !p.re.MatchString(s) {
			r.at(n, at, "wrong-form", sentence("%s is not in the form that %s has.", quote(s), at.label()), fmt.Sprintf("Write it like %s.", p.example))
			return false
		}
		v.SetString(s)
		return true
	}
	if s == wordUnknown || s == wordNotApplicable {
		r.at(n, at, "unknown-here", sentence("%s cannot be %s.", at.label(), s), "Write it, or delete the line if nothing must be said.")
		return false
	}
	if t == typeID && (!idForm.MatchString(s) || strings.Contains(s, "..") || len(s) > 128) {
		r.at(n, at, "wrong-form", sentence("%s is not a short name that %s can have.", quote(s), at.label()), "Use lower-case letters, digits, - and _, without spaces: "+asSlug(s)+".")
		return false
	}
	v.SetString(s)
	return true
}

// asSlug makes a short name out of what somebody wrote.
func asSlug(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(s) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 30 {
			break
		}
	}
	if out := strings.Trim(b.String(), "-"); out != "" {
		return out
	}
	return "city-clerk"
}

// text reads a proper name or words in several languages.
func (r *reader) text(n *yaml.Node, to *Text, at place) bool {
	to.Pos, to.Path = r.doc.at(n.Line, n.Column), at.path
	switch n.Kind {
	case yaml.ScalarNode:
		return r.words(n, &to.Name, at)
	case yaml.MappingNode:
		if len(n.Content) == 0 {
			r.at(n, at, "empty", sentence("%s is empty.", at.label()), r.insteadOf(typeText, at))
			return false
		}
	default:
		return r.wrong(n, typeText, at)
	}
	ok := true
	to.In = make(map[string]string, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, c := n.Content[i], n.Content[i+1]
		if r.refused[k] {
			ok = false
			continue
		}
		sub := at.child(k.Value)
		sub.rule = at.rule
		if what, hint := langFault(k.Value); what != "" {
			if r.clean(k, sub) {
				r.at(k, sub, "language", sentence("%s is not a language that %s can be in.", quote(k.Value), at.label()), hint)
			}
			ok = false
			continue
		}
		r.doc.put(sub.path, c.Line, c.Column, c.Kind == yaml.ScalarNode)
		if r.refused[c] {
			ok = false
			continue
		}
		if c.Kind != yaml.ScalarNode {
			ok = r.wrong(c, reflect.TypeFor[string](), sub)
			continue
		}
		var words string
		if !r.scalarIsSound(c, reflect.TypeFor[string](), sub) || !r.words(c, &words, sub) {
			ok = false
			continue
		}
		to.In[k.Value] = words
	}
	return ok
}

func (r *reader) words(n *yaml.Node, to *string, at place) bool {
	if !r.string(n, reflect.ValueOf(to).Elem(), at) {
		return false
	}
	if at.rule != "" {
		r.checks = append(r.checks, check{*to, at.rule, n, at})
	}
	return true
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
