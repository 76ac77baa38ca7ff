package locales

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"fairnotice/notices"
	"fairnotice/notices/law"
)

// Every example, in every kind, in every language of its file, against the English: the same statements with the same values and the
// same reasons in the same order, and what is shown of a value, read back, is what the value is.

// pair is a notice of an example in English and in another language.
type pair struct {
	name      string
	en, other *Notice
}

// pairs says every notice of the examples once for all tests.
var pairs = sync.OnceValues(func() ([]pair, error) {
	book, problems := law.Shipped()
	if problems.Failed() {
		return nil, problems
	}
	c, problems := Shipped()
	if problems.Failed() {
		return nil, problems
	}
	files, err := filepath.Glob("../examples/*.yaml")
	if err != nil || len(files) < 6 {
		return nil, fmt.Errorf("%v %v", files, err)
	}
	var out []pair
	for _, file := range files {
		name := filepath.Base(file)
		p, problems := notices.Load(os.DirFS("../examples"), name)
		if problems.Failed() {
			return nil, problems
		}
		own, problems := book.With(os.DirFS("../examples"), notices.Beside(name)+"/law")
		if problems.Failed() {
			return nil, problems
		}
		var built []*notices.Notice
		for _, kind := range p.Kinds() {
			n, err := notices.Build(p, own, kind, p.Edition.AsOf.Last)
			if err != nil {
				return nil, err
			}
			built = append(built, n)
		}
		if name == "citykey.yaml" {
			older, problems := notices.Load(os.DirFS("../examples"), "citykey-2017.yaml")
			if problems.Failed() {
				return nil, problems
			}
			n, err := notices.BuildChanged(notices.Side{Program: older, Book: own, On: older.Edition.AsOf.Last}, notices.Side{Program: p, Book: own, On: p.Edition.AsOf.Last})
			if err != nil {
				return nil, err
			}
			built = append(built, n)
		}
		for _, n := range built {
			en, err := c.Say(n, "en")
			if err != nil {
				return nil, err
			}
			for _, tag := range p.Languages {
				if tag == "en" {
					continue
				}
				other, err := c.Say(n, tag)
				if err != nil {
					return nil, fmt.Errorf("%s, %s, %s: %w", name, n.Kind, tag, err)
				}
				out = append(out, pair{strings.TrimSuffix(name, ".yaml") + "." + string(n.Kind) + "." + tag, en, other})
			}
		}
	}
	return out, nil
})

// saidAll calls with each notice of the examples in English and in another language.
func saidAll(t *testing.T, call func(t *testing.T, en, other *Notice)) {
	t.Helper()
	all, err := pairs()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		t.Run(p.name, func(t *testing.T) { call(t, p.en, p.other) })
	}
	if want := 6 * 4 * (len(ShippedTags()) - 1); len(all) < want {
		t.Errorf("only %d notices were compared, and %d are wanted", len(all), want)
	}
}

func valuesOf(n *Notice, call func(where string, v *Value)) {
	each := func(where string, vs []Value) {
		for i := range vs {
			call(where, &vs[i])
		}
	}
	for i := range n.Sections {
		s := &n.Sections[i]
		each(s.ID, s.Values)
		for j := range s.Groups {
			each(s.ID+"/"+strconv.Itoa(j), s.Groups[j].Values)
			for k := range s.Groups[j].Statements {
				st := &s.Groups[j].Statements[k]
				each(st.ID, st.Values)
			}
		}
	}
}

func TestEveryLanguageSaysTheSame(t *testing.T) {
	saidAll(t, func(t *testing.T, en, other *Notice) {
		same := func(where, what string, a, b any) {
			if fmt.Sprint(a) != fmt.Sprint(b) {
				t.Errorf("%s: %s: %v, and in English %v", where, what, b, a)
			}
		}
		same("", "sections", len(en.Sections), len(other.Sections))
		for i := range en.Sections {
			a, b := en.Sections[i], other.Sections[i]
			same(a.ID, "section", a.ID, b.ID)
			same(a.ID, "layer", a.Layer, b.Layer)
			same(a.ID, "groups", len(a.Groups), len(b.Groups))
			for j := range a.Groups {
				same(a.ID, "heading there", a.Groups[j].Heading == "", b.Groups[j].Heading == "")
				same(a.ID, "statements", len(a.Groups[j].Statements), len(b.Groups[j].Statements))
				for k := range a.Groups[j].Statements {
					x, y := a.Groups[j].Statements[k], b.Groups[j].Statements[k]
					same(x.ID, "id", x.ID, y.ID)
					same(x.ID, "message", x.Message, y.Message)
					same(x.ID, "covers", x.Covers, y.Covers)
					same(x.ID, "reasons", x.Because, y.Because)
					if !slices.Equal(numerals(x.Text), numerals(y.Text)) {
						same(x.ID, "numbers", x.Text, y.Text)
					}
				}
			}
		}
		var all []string
		valuesOf(en, func(where string, v *Value) { all = append(all, fmt.Sprint(where, v.Name, v.Kind, v.Data)) })
		i := 0
		valuesOf(other, func(where string, v *Value) {
			if i < len(all) {
				same(where, "value", all[i], fmt.Sprint(where, v.Name, v.Kind, v.Data))
			}
			i++
		})
		same("", "values", len(all), i)
	})
}

// TestValuesReadBack reads dates, numbers and lengths of time as they are shown, and compares with what they are.
func TestValuesReadBack(t *testing.T) {
	saidAll(t, func(t *testing.T, _, n *Notice) {
		l, _ := Find(n.Language)
		f := formats()[l.Tag]
		valuesOf(n, func(where string, v *Value) {
			for i, shown := range v.Text {
				data := v.Data[i]
				switch v.Kind {
				case notices.VDate:
					if got, err := readDate(f, shown); err != nil || got != data {
						t.Errorf("%s: %q reads as %q (%v), and is %s", where, shown, got, err, data)
					}
				case notices.VDates:
					from, to, _ := strings.Cut(data, "/")
					a, b, ok := strings.Cut(shown, strings.TrimSuffix(strings.TrimPrefix(f.Range, "{from}"), "{to}"))
					if got, err := readDate(f, a); !ok || err != nil || got != from {
						t.Errorf("%s: %q reads as from %q (%v), and is %s", where, shown, got, err, data)
					}
					if got, err := readDate(f, b); to != "open" && (err != nil || got != to) {
						t.Errorf("%s: %q reads as to %q (%v), and is %s", where, shown, got, err, data)
					}
				case notices.VCount:
					if got := numerals(ungrouped(f, shown)); len(got) != 1 || got[0] != data {
						t.Errorf("%s: %q reads as %v, and is %s", where, shown, got, data)
					}
				case notices.VSpan:
					want, _, counted := strings.Cut(data, " ")
					got := numerals(shown)
					r, err := ruleFor(l.rule())
					if err != nil {
						t.Fatal(err)
					}
					if n, _ := strconv.Atoi(want); counted && !(len(got) == 1 && got[0] == want || len(got) == 0 && r.only[r.low[n]]) {
						t.Errorf("%s: %q reads as %v, and is %s", where, shown, got, data)
					}
				case notices.VPhone, notices.VURL:
					if v.Runs[i].Dir != "ltr" {
						t.Errorf("%s: %q is not held from left to right", where, shown)
					}
				}
			}
		})
	})
}

// ungrouped takes the signs between thousands out.
func ungrouped(f format, s string) string {
	return strings.NewReplacer(f.Group, "", f.NativeGroup, "").Replace(s)
}

// readDate reads a date as a person would: the name or the number of its month, its year of four digits, its day.
func readDate(f format, s string) (string, error) {
	month := 0
	for _, names := range [][]string{f.Months, f.Alone} {
		best := 0
		for i, name := range names {
			if strings.Contains(s, name) && len(name) > best && (i > 1 || !strings.Contains(s, "1"+name)) {
				month, best = i+1, len(name)
			}
		}
		if best > 0 {
			s = strings.Replace(s, names[month-1], " ", 1)
			break
		}
	}
	var year, day int
	var rest []int
	digits := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	for _, d := range digits {
		n, err := strconv.Atoi(strings.Join(numerals(d), ""))
		switch {
		case err != nil:
			return "", err
		case n > 999 && year == 0:
			year = n
		default:
			rest = append(rest, n)
		}
	}
	if month == 0 && strings.Contains(f.Day, "{m}") && len(rest) > 0 {
		month, rest = rest[0], rest[1:]
	}
	if len(rest) == 1 {
		day = rest[0]
	}
	switch {
	case year == 0 || len(rest) > 1 || day > 0 && month == 0:
		return "", fmt.Errorf("no date: year %d, month %d, and %v", year, month, rest)
	case month == 0:
		return fmt.Sprintf("%04d", year), nil
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month), nil
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), nil
}

// TestTermsAreSaid: every translation of a message that holds a term of the termbase has one of the term's forms.
func TestTermsAreSaid(t *testing.T) {
	c, problems := Shipped()
	if problems.Failed() {
		t.Fatal(problems)
	}
	for _, tag := range c.Tags() {
		if tag == "en" {
			continue
		}
		t.Run(tag, func(t *testing.T) {
			if ps := c.CompareTerms(tag); len(ps) > 0 {
				t.Error(ps)
			}
		})
	}
}

// TestTermsAreExplained: where a notice first uses the English legal word of a paper, the same section says what the paper is.
func TestTermsAreExplained(t *testing.T) {
	seen := 0
	saidAll(t, func(t *testing.T, en, n *Notice) {
		if n.Language != "es" { // the statements are the same in every language
			return
		}
		for _, term := range Terms("en") {
			if len(term.Explained) == 0 {
				continue
			}
			for _, s := range en.Sections {
				uses, explains := false, false
				for _, g := range s.Groups {
					for _, st := range g.Statements {
						uses = uses || slices.Contains(TermsIn(st.Text), term.ID)
						explains = explains || slices.Contains(term.Explained, st.Message)
					}
				}
				if uses {
					seen++
					if !explains {
						t.Errorf("%s: %s is used and not explained in the section %s", en.Kind, term.ID, s.ID)
					}
					break
				}
			}
		}
	})
	if seen == 0 {
		t.Error("no notice uses a term that is explained")
	}
}
