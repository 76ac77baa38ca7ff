package locales

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// formNames are the plural forms, in the order of form.
var formNames = [...]string{"zero", "one", "two", "few", "many", "other"}

// form is a plural form: an index of formNames.
type form uint8

func (f form) String() string { return formNames[f] }

// formOf gives the form of a name.
func formOf(name string) (form, bool) {
	for i, n := range formNames {
		if n == name {
			return form(i), true
		}
	}
	return 0, false
}

// most is the largest number that a length of time can have, and up to which a message must have every form.
const most = 999

// rule is one language's choice of plural forms, and the only use that is made of go-i18n's bundles: a bundle of its own for
// each rule, so that no language can answer for another, with one message whose forms are their own names. The messages of the
// catalogue never enter a bundle, so nothing in them is ever run as a template.
type rule struct {
	tag      language.Tag
	bundle   *i18n.Bundle
	low      [most + 1]form
	required [len(formNames)]bool // needed for some number in 1..most
	possible [len(formNames)]bool // needed for some number, however large
	only     [len(formNames)]bool // stands for exactly one number in 1..most
}

var rules struct {
	sync.Mutex
	by map[string]*rule
}

// ruleFor gives the rule of a tag; an error means that go-i18n has none, and that the language's row needs a carrier.
func ruleFor(tag string) (*rule, error) {
	rules.Lock()
	defer rules.Unlock()
	if r := rules.by[tag]; r != nil {
		return r, nil
	}
	r, err := newRule(tag)
	if err != nil {
		return nil, err
	}
	if rules.by == nil {
		rules.by = map[string]*rule{}
	}
	rules.by[tag] = r
	return r, nil
}

func newRule(tag string) (*rule, error) {
	t, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("%q is not a language tag", tag)
	}
	r := &rule{tag: t, bundle: i18n.NewBundle(t)}
	probe := &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	if err := r.bundle.AddMessages(t, probe); err != nil { // before any count: without a rule, a count would panic
		return nil, fmt.Errorf("go-i18n knows no plural rule for %q: %w", tag, err)
	}
	var times [len(formNames)]int
	for n := range r.low {
		f, err := r.ask(n)
		if err != nil {
			return nil, err
		}
		r.low[n] = f
		if n > 0 {
			times[f]++
		}
	}
	for f, n := range times {
		r.required[f], r.possible[f], r.only[f] = n > 0, n > 0, n == 1
	}
	r.possible[r.low[0]] = true
	for _, n := range []int{1000, 1001, 1002, 1234, 2000, 10_000, 11_111, 100_000, 1_000_000, 1_000_001, 2_000_000, 10_000_000} {
		f, err := r.ask(n)
		if err != nil {
			return nil, err
		}
		r.possible[f] = true
	}
	return r, nil
}

// form gives the form for a number that is not negative.
func (r *rule) form(n int) (form, error) {
	if n >= 0 && n <= most {
		return r.low[n], nil
	}
	return r.ask(n)
}

// ask has go-i18n choose. Text that comes with an error, and text of another language, count as errors.
func (r *rule) ask(n int) (form, error) {
	if n < 0 {
		return 0, fmt.Errorf("%d is less than nothing: no sentence can say it", n)
	}
	name, tag, err := i18n.NewLocalizer(r.bundle, r.tag.String()).LocalizeWithTag(&i18n.LocalizeConfig{
		MessageID: "form", PluralCount: n, TemplateParser: template.IdentityParser{},
	})
	if err != nil {
		return 0, fmt.Errorf("no plural form for %d in %s: %w", n, r.tag, err)
	}
	if tag != r.tag {
		return 0, fmt.Errorf("the plural form for %d came from %s, not from %s", n, tag, r.tag)
	}
	f, ok := formOf(name)
	if !ok {
		return 0, fmt.Errorf("%q is not a plural form", name)
	}
	return f, nil
}

// PluralForm is a form that a language needs for whole numbers from 1 to 999.
type PluralForm struct {
	Name    string // one, two, few, many, other
	Numbers string // "1" where it is for that number alone, else the first of them: "2, 3, 4, 22 …"
}

// Forms lists the plural forms that a message with a number needs in the language, in their order.
func (l Language) Forms() ([]PluralForm, error) {
	r, err := ruleFor(l.rule())
	if err != nil {
		return nil, err
	}
	var out []PluralForm
	for f, needed := range r.required {
		if needed {
			out = append(out, PluralForm{formNames[f], r.numbers(form(f))})
		}
	}
	return out, nil
}

// numbers names some numbers of a form, and says whether there are more.
func (r *rule) numbers(f form) string {
	var b strings.Builder
	shown := 0
	for n := 1; n <= most; n++ {
		if r.low[n] != f {
			continue
		}
		if shown == 4 {
			b.WriteString(" …")
			break
		}
		if shown++; shown > 1 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}
