package notices

import (
	"reflect"
	"strings"
	"sync"

	"fairnotice/notices/source"
)

// Field is what the program file has at a path, whatever file it is: how it is asked for, explained and written.
type Field struct {
	Name  string       // the path without ids, such as retention.period
	Doc   string       // what it is, in the words that editors show
	Ask   string       // records, it, vendor, counsel or program; "" where it is no fact
	Text  string       // the question, for the person who is asked; "" where it is no fact
	Fact  bool         // unknown is an answer
	Need  bool         // the file must say it
	Takes Takes        // what it takes; of a value that is no fact, too
	Type  reflect.Type // of the value: of a fact, what its `is` holds
	// Entry says that the path ends in an entry of a list or of a named group, and not in a key.
	Entry bool
}

// behindFact are the keys of a long fact that hold one value.
var behindFact = map[string]Field{
	"source":     {Doc: "The source that says so: a name under the key sources.", Takes: Takes{Kind: TakesName}},
	"confidence": {Doc: "How well it is founded: somebody has confirmed it, a source says so, or nobody has confirmed it.", Takes: Takes{Kind: TakesWord, Words: source.Confidence("").Words()}},
	"by":         {Doc: "Who verified or said it.", Takes: Takes{Kind: TakesName}},
	"on":         {Doc: "The day on which it was verified or said.", Takes: Takes{Kind: TakesDate}},
}

// FieldAt gives what stands at a path of a program file. False where a program file has no such path.
func FieldAt(path string) (Field, bool) {
	f := Field{Type: reflect.TypeFor[Program]()}
	if path == "" {
		return f, false
	}
	steps := strings.Split(path, ".")
	for i := 0; i < len(steps); i++ {
		step := steps[i]
		t := f.Type
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if f.Fact && step == "is" {
			continue
		}
		if at, ok := behindFact[step]; f.Fact && ok {
			at.Name, at.Type = join(f.Name, step), reflect.TypeFor[string]()
			return at, i == len(steps)-1
		}
		switch {
		case t == reflect.TypeFor[source.Text]() && i == len(steps)-1 && i > 0:
			f.Type, f.Entry, f.Fact = reflect.TypeFor[string](), true, false
			f.Takes = Takes{Kind: TakesName}
			continue
		case t.PkgPath() == factPkg && t.Kind() == reflect.Struct:
			return Field{}, false
		case t.Kind() == reflect.Map, t.Kind() == reflect.Slice:
			f.Type, f.Entry, f.Fact, f.Ask, f.Text = t.Elem(), true, false, "", ""
		case t.Kind() == reflect.Struct:
			s, ok := fieldsByKey(t)[step]
			if !ok {
				return Field{}, false
			}
			f = Field{Name: join(f.Name, step), Doc: s.Tag.Get("doc"), Need: s.Tag.Get("need") == "yes", Type: s.Type}
			if is, ok := source.FactType(s.Type); ok {
				f.Fact, f.Type = true, is
				f.Ask, f.Text = asks[f.Name][0], asks[f.Name][1]
			}
			if takes, ok := fieldTakes()[f.Name]; ok {
				f.Takes = takes
			} else {
				f.Takes = takesPlain(f.Type, s.Tag.Get("validate"))
			}
			continue
		default:
			return Field{}, false
		}
		f.Takes = takesPlain(f.Type, "")
	}
	return f, true
}

var keysByType sync.Map // reflect.Type -> map[string]reflect.StructField

// fieldsByKey gives the fields of a struct by their keys in the file.
func fieldsByKey(t reflect.Type) map[string]reflect.StructField {
	if m, ok := keysByType.Load(t); ok {
		return m.(map[string]reflect.StructField)
	}
	m := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); name != "" && name != "-" {
			m[name] = f
		}
	}
	keysByType.Store(t, m)
	return m
}

// takesPlain is takesOf for a value that is no fact.
func takesPlain(t reflect.Type, rule string) Takes {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Bool:
		return Takes{Kind: TakesWord, Words: []string{"true", "false"}}
	case t == reflect.TypeFor[source.ID]():
		return Takes{Kind: TakesName}
	case t == reflect.TypeFor[[]source.ID]():
		return Takes{Kind: TakesName, Many: true}
	case t.Kind() == reflect.Map:
		return Takes{Kind: TakesForm}
	}
	out := takesOf(t, rule)
	out.None = false
	return out
}
