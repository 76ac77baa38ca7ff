package notices

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// TakesKind says of what kind the value of a fact is.
type TakesKind string

// The kinds of values that a person can be asked for. TakesForm is a list or group with keys of its own, which is written by hand.
const (
	TakesWord   TakesKind = "word"   // one of Words
	TakesPeriod TakesKind = "period" // 7 years
	TakesDate   TakesKind = "date"   // 2025-06-14, 2025-06 or 2025
	TakesEnd    TakesKind = "end"    // a date, or open
	TakesName   TakesKind = "name"   // words that are shown as they are
	TakesPhone  TakesKind = "phone"
	TakesPage   TakesKind = "page" // a web address
	TakesNumber TakesKind = "number"
	TakesItem   TakesKind = "item"   // papers and facts
	TakesLaw    TakesKind = "law"    // an id of the book of law
	TakesRule   TakesKind = "rule"   // law@version
	TakesCopies TakesKind = "copies" // copies, each with its holder
	TakesHolds  TakesKind = "holds"  // orders to stop erasing
	TakesForm   TakesKind = "form"
)

// Takes says what the fact of a field takes as its value, beside unknown and not_applicable.
type Takes struct {
	Kind  TakesKind
	Words []string // of a vocabulary
	Many  bool     // a list
	None  bool     // none is a value, too
}

// TakesOf gives what a field takes: its path without ids, such as retention.period. False where the program file has no such fact.
func TakesOf(field string) (Takes, bool) {
	t, ok := fieldTakes()[field]
	return t, ok
}

// AskedFields lists the fields of which TakesOf knows what they take, sorted.
func AskedFields() []string { return slices.Sorted(maps.Keys(fieldTakes())) }

var fieldTakes = sync.OnceValue(func() map[string]Takes {
	out := map[string]Takes{}
	takesIn(out, reflect.TypeFor[Program](), "", "")
	out["retention.approval_by"] = Takes{Kind: TakesWord, Words: words(law.Approvals())}
	out["channels.phases.rule"] = Takes{Kind: TakesRule}
	out["program.authority"] = Takes{Kind: TakesLaw, Many: true, None: true}
	out["channels.phases.asks.need"] = Takes{Kind: TakesWord, Words: []string{"required", "optional", "automatic"}}
	return out
})

func takesIn(out map[string]Takes, t reflect.Type, field, rule string) {
	if is, ok := source.FactType(t); ok {
		out[field] = takesOf(is, rule)
		t = is
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		takesIn(out, t.Elem(), field, "")
	case reflect.Struct:
		if t.PkgPath() == factPkg {
			return
		}
		for i := range t.NumField() {
			f := t.Field(i)
			if name, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); name != "" && name != "-" {
				takesIn(out, f.Type, join(field, name), f.Tag.Get("validate"))
			}
		}
	}
}

func takesOf(t reflect.Type, rule string) Takes {
	one := func(k TakesKind) Takes { return Takes{Kind: k} }
	switch t {
	case reflect.TypeFor[source.Period]():
		return one(TakesPeriod)
	case reflect.TypeFor[source.Date]():
		return one(TakesDate)
	case reflect.TypeFor[source.End]():
		return one(TakesEnd)
	case reflect.TypeFor[source.Text]():
		return one(TakesName)
	case reflect.TypeFor[source.ID]():
		return one(TakesItem)
	case reflect.TypeFor[[]Copy]():
		return Takes{Kind: TakesCopies, Many: true, None: true}
	case reflect.TypeFor[[]Hold]():
		return Takes{Kind: TakesHolds, Many: true, None: true}
	}
	if t.Kind() == reflect.Slice {
		in := takesOf(t.Elem(), "")
		in.Many, in.None = true, true
		return in
	}
	if v, ok := reflect.Zero(t).Interface().(interface{ Words() []string }); ok {
		return Takes{Kind: TakesWord, Words: v.Words()}
	}
	switch {
	case t.Kind() == reflect.Int:
		return one(TakesNumber)
	case t.Kind() == reflect.String && rule == "phone":
		return one(TakesPhone)
	case t.Kind() == reflect.String && strings.HasPrefix(rule, "https_url"):
		return Takes{Kind: TakesPage, None: strings.HasSuffix(rule, "_or_none")}
	case t.Kind() == reflect.String:
		return one(TakesName)
	}
	return one(TakesForm)
}

// Holds reports whether a vocabulary has a word.
func (t Takes) Holds(word string) bool { return slices.Contains(t.Words, word) }
