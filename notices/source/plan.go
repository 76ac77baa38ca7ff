package source

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"sync"
)

// plan is what a struct type says of the keys that it takes. It is made once for each type.
type plan struct {
	fields map[string]*field
	names  []string // keys in the order of the struct
	place  []int    // index of the embedded At; nil without one
}

type field struct {
	name  string
	index []int
	typ   reflect.Type
	need  bool
	rule  string // for validator
}

var plans sync.Map // reflect.Type -> *plan

var (
	typeAt     = reflect.TypeFor[At]()
	typeDate   = reflect.TypeFor[Date]()
	typeDay    = reflect.TypeFor[Day]()
	typeEnd    = reflect.TypeFor[End]()
	typePeriod = reflect.TypeFor[Period]()
	typeText   = reflect.TypeFor[Text]()
	typeID     = reflect.TypeFor[ID]()
	typeFact   = reflect.TypeFor[factual]()
)

// planOf reads the tags of a struct type. A type that Read cannot fill is a mistake in the program, not in a file: it panics.
func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{fields: map[string]*field{}}
	p.add(t, nil)
	plans.Store(t, p)
	return p
}

func (p *plan) add(t reflect.Type, under []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), under...), i)
		if f.Type == typeAt && f.Anonymous {
			if p.place == nil {
				p.place = index
			}
			continue
		}
		name, opts, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if f.Anonymous && f.Type.Kind() == reflect.Struct && opts == "inline" {
			p.add(f.Type, index)
			continue
		}
		if !f.IsExported() || name == "" || name == "-" {
			continue
		}
		if p.fields[name] != nil {
			panic(fmt.Sprintf("source: the key %q occurs twice in %s", name, t))
		}
		fd := &field{name: name, index: index, typ: f.Type, need: f.Tag.Get("need") == "yes", rule: f.Tag.Get("validate")}
		readable(f.Type, t)
		if fd.rule != "" {
			// a rule that does not exist is found now, not when a file happens to have the value
			checker().Var(reflect.Zero(ruled(f.Type)).Interface(), fd.rule)
		}
		p.fields[name], p.names = fd, append(p.names, name)
	}
}

// ruled gives the type of the value that a rule is about: not the fact around it, and the words of a text.
func ruled(t reflect.Type) reflect.Type {
	if is, ok := FactType(t); ok {
		t = is
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == typeText {
		return reflect.TypeFor[string]()
	}
	return t
}

// readable panics if no value in a file could fill the type.
func readable(t, in reflect.Type) {
	if is, ok := FactType(t); ok {
		if t = is; t.Kind() == reflect.Struct && !elementary(t) && planOf(t).fields["is"] != nil {
			panic(fmt.Sprintf("source: %s in %s has the key `is`, which belongs to the fact around it", t, in))
		}
	}
	switch t {
	case typeDate, typeDay, typeEnd, typePeriod, typeText:
		return
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Struct, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
	case reflect.Pointer, reflect.Slice:
		readable(t.Elem(), in)
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			panic(fmt.Sprintf("source: the keys of %s in %s are not strings", t, in))
		}
		readable(t.Elem(), in)
	default:
		panic(fmt.Sprintf("source: %s in %s cannot be read from a file", t, in))
	}
}

// FactType gives T of a Fact[T], and whether the type is a fact at all.
func FactType(t reflect.Type) (is reflect.Type, ok bool) {
	if t.Kind() != reflect.Struct || !reflect.PointerTo(t).Implements(typeFact) {
		return nil, false
	}
	f, _ := t.FieldByName("Is")
	return f.Type, true
}

// wordsOf gives the vocabulary of a type, and whether it has one.
func wordsOf(t reflect.Type) ([]string, bool) {
	if t.Kind() != reflect.String {
		return nil, false
	}
	if w, ok := reflect.Zero(t).Interface().(interface{ Words() []string }); ok {
		return w.Words(), true
	}
	if w, ok := reflect.New(t).Interface().(interface{ Words() []string }); ok {
		return w.Words(), true
	}
	return nil, false
}

type pattern struct {
	re      *regexp.Regexp
	example string
}

var patterns sync.Map // reflect.Type -> *pattern, nil for a type without one

func patternOf(t reflect.Type) *pattern {
	if p, ok := patterns.Load(t); ok {
		return p.(*pattern)
	}
	var p *pattern
	for _, v := range []any{reflect.Zero(t).Interface(), reflect.New(t).Interface()} {
		if w, ok := v.(interface{ Pattern() (string, string) }); ok {
			expr, example := w.Pattern()
			p = &pattern{regexp.MustCompile(`^(?:` + expr + `)$`), example}
			break
		}
	}
	patterns.Store(t, p)
	return p
}

// want says what a value of a type looks like, and gives an example.
func want(t reflect.Type) (what, example string) {
	if is, ok := FactType(t); ok {
		return want(is)
	}
	if t.Kind() == reflect.Pointer {
		return want(t.Elem())
	}
	switch t {
	case typeDate:
		return "a date", "2025-06-14, 2025-06 or 2025"
	case typeDay:
		return "one day", "2025-06-14"
	case typeEnd:
		return "a date, or the word open", "2025-06-14"
	case typePeriod:
		return "a length of time", "90 days, 6 months or 7 years"
	case typeText:
		return "a name, or words in each language", `{en: "City ID card", es: "Tarjeta de la ciudad"}`
	case typeID:
		return "a short name in lower-case letters", "s4"
	}
	if words, ok := wordsOf(t); ok {
		if len(words) == 0 {
			return "a word", "…"
		}
		return "one of the words that are allowed here", words[0]
	}
	switch t.Kind() {
	case reflect.String:
		if p := patternOf(t); p != nil {
			return "in the form that is used here", p.example
		}
		return "words", `"Office of the City Clerk"`
	case reflect.Bool:
		return "true or false", "true"
	case reflect.Slice:
		_, e := want(t.Elem())
		if t.Elem().Kind() == reflect.Struct || t.Elem().Kind() == reflect.Slice || e == "" {
			return "a list", "[]"
		}
		e, _, _ = strings.Cut(e, ",")
		return "a list", "[" + e + "]"
	case reflect.Struct, reflect.Map:
		return "a group of keys", ""
	}
	return "a number", "1"
}
