package notices

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"github.com/invopop/jsonschema"

	"fairnotice/notices/source"
)

// Schema is the JSON Schema (draft 2020-12) of a program file, made from the Go types, so that an editor completes keys and words,
// explains them, and marks mistakes while somebody types. What it refuses, Load refuses too; what only Load can see (names that do not
// exist, days in the wrong order, characters that nobody sees) is Load's. The bytes are always the same.
func Schema() ([]byte, error) {
	return schemaOf[Program]("Fair Notice program file", "What a public program does with what people give it. Each fact is short (`period: 7 years`) or long "+
		"(`period: {is: 7 years, source: s4, confidence: reported}`). What nobody knows is `unknown`; it is never left out.")
}

// PaperSchema is the JSON Schema of a demand file ([Paper]), as Schema is that of a program file.
func PaperSchema() ([]byte, error) {
	return schemaOf[Paper]("Fair Notice demand file", "What one paper says that demands records. Each fact is short (`served: 2025-04-21`) or long "+
		"(`served: {is: 2025-04-21, by: Ana Ruiz, on: 2025-04-21}`). What nobody knows yet is `unknown`; it is never left out. Names of people stay out of it.")
}

func schemaOf[T any](title, description string) ([]byte, error) {
	g := &schemas{defs: jsonschema.Definitions{}}
	root := g.group(reflect.TypeFor[T]())
	root.Version = jsonschema.Version
	root.Title, root.Description = title, description
	root.Definitions = g.defs
	raw, err := json.Marshal(root)
	if err != nil {
		return nil, fmt.Errorf("the schema of the %s: %w", title, err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return nil, fmt.Errorf("the schema of the %s: %w", title, err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// schemas collects the definitions to which the schema of a program file refers.
type schemas struct{ defs jsonschema.Definitions }

// itemKeys are the keys whose values are items: of the vocabulary, or the file's own.
var itemKeys = map[string]bool{"Ask.items": true, "Phase.never_asks": true, "Event.wants": true, "Paper.wants": true, "Predicate.any": true, "Predicate.field": true}

const ruleItem = "item"

// group gives the closed object of a struct.
func (g *schemas) group(t reflect.Type) *jsonschema.Schema {
	r := jsonschema.Reflector{
		Anonymous: true, ExpandedStruct: true, DoNotReference: true, FieldNameTag: "yaml", RequiredFromJSONSchemaTags: true,
		Mapper: func(of reflect.Type) *jsonschema.Schema {
			if of == t {
				return nil
			}
			return &jsonschema.Schema{} // filled below, where the tags of the field are known
		},
	}
	s := r.ReflectFromType(t)
	s.Version = ""
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if _, ok := s.Properties.Get(name); !ok {
			continue
		}
		rule := f.Tag.Get("validate")
		if itemKeys[t.Name()+"."+name] {
			rule = strings.TrimPrefix(rule+",dive,"+ruleItem, ",")
		}
		p := g.of(f.Type, rule)
		p.Description = f.Tag.Get("doc")
		s.Properties.Set(name, p)
		if f.Tag.Get("need") == "yes" {
			s.Required = append(s.Required, name)
		}
	}
	return s
}

// define gives a reference to a definition, and makes it first if it is not there.
func (g *schemas) define(name string, make func() *jsonschema.Schema) *jsonschema.Schema {
	if _, ok := g.defs[name]; !ok {
		g.defs[name] = &jsonschema.Schema{} // a type may hold itself
		g.defs[name] = make()
	}
	return &jsonschema.Schema{Ref: "#/$defs/" + name}
}

// snake writes a Go name as a name of the schema.
func snake(s string) string {
	if s == "ID" {
		return "name"
	}
	var b strings.Builder
	for i, c := range s {
		if unicode.IsUpper(c) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// named is the name of a type and of the rule that holds for it.
func named(t reflect.Type, rule string) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Slice {
		return "list_of_" + named(t.Elem(), afterDive(rule))
	}
	name := snake(t.Name())
	for _, r := range strings.FieldsFunc(rule, func(c rune) bool { return c == ',' || c == '=' }) {
		if r != "omitempty" && r != "dive" {
			name += "_" + r
		}
	}
	return name
}

func afterDive(rule string) string {
	_, after, _ := strings.Cut(","+rule, ",dive,")
	return after
}

func str(s string) *jsonschema.Schema { return &jsonschema.Schema{Const: s} }

func anyOf(s ...*jsonschema.Schema) *jsonschema.Schema { return &jsonschema.Schema{AnyOf: s} }

func enum(words []string) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}

func size(n uint64) *uint64 { return &n }

// of gives the schema of a value: its type, and what the rule of its key says.
func (g *schemas) of(t reflect.Type, rule string) *jsonschema.Schema {
	if is, ok := source.FactType(t); ok {
		return g.define("fact_of_"+named(is, rule), func() *jsonschema.Schema { return g.fact(is, rule) })
	}
	switch t {
	case reflect.TypeFor[source.Date]():
		return g.define("date", dateSchema)
	case reflect.TypeFor[source.End]():
		return g.define("end", func() *jsonschema.Schema {
			s := anyOf(str("open"), g.define("date", dateSchema))
			s.Title, s.Description = "a date, or open", "The last day, or `open` if it goes on."
			return s
		})
	case reflect.TypeFor[source.Period]():
		return g.define("period", periodSchema)
	case reflect.TypeFor[source.Text]():
		return g.define("text", g.text)
	case reflect.TypeFor[source.ID]():
		switch rule {
		case ruleItem, "dive," + ruleItem:
			return g.define("item", g.item)
		case "slug":
			return g.define("id", idSchema)
		}
		return g.define("name", nameSchema)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.of(t.Elem(), rule)
	case reflect.Struct:
		return g.define(named(t, ""), func() *jsonschema.Schema { return g.group(t) })
	case reflect.Map:
		return &jsonschema.Schema{Type: "object", PropertyNames: g.define("key", keySchema), AdditionalProperties: g.of(t.Elem(), "")}
	case reflect.Slice:
		s := &jsonschema.Schema{Type: "array", Items: g.of(t.Elem(), afterDive(rule))}
		if strings.HasPrefix(rule, "min=1") {
			s.MinItems = size(1)
		}
		return s
	case reflect.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case reflect.String:
		return g.string(t, rule)
	}
	s := &jsonschema.Schema{Type: "integer"}
	if n, ok := strings.CutPrefix(rule, "min="); ok {
		s.Minimum = json.Number(n)
	}
	if n, ok := strings.CutPrefix(rule, "eq="); ok {
		s.Const = json.Number(n)
	}
	return s
}

// string gives the schema of words: of a vocabulary, of a form, of a rule, or free.
func (g *schemas) string(t reflect.Type, rule string) *jsonschema.Schema {
	switch v := reflect.Zero(t).Interface().(type) {
	case interface{ Words() []string }:
		return g.define(snake(t.Name()), func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Enum: enum(v.Words())}
		})
	case interface{ Pattern() (string, string) }:
		return g.define(snake(t.Name()), func() *jsonschema.Schema {
			expr, example := v.Pattern()
			return &jsonschema.Schema{Type: "string", Pattern: expr, Description: "Such as " + example + "."}
		})
	}
	switch strings.TrimPrefix(rule, "omitempty,") {
	case "https_url":
		return g.define("address", addressSchema)
	case "https_url_or_none":
		return anyOf(str("none"), g.define("address", addressSchema))
	case "phone":
		return g.define("phone", phoneSchema)
	case "lang":
		return g.define("language", languageSchema)
	case "reviewer":
		return g.define("reviewer_id", reviewerSchema)
	case "public_key":
		return g.define("public_key", publicKeySchema)
	}
	return g.define("words", wordsSchema)
}

// behind are the keys of a long fact that are the same for every value.
func (g *schemas) behind() (keys []string, values []*jsonschema.Schema) {
	id, date := reflect.TypeFor[source.ID](), reflect.TypeFor[source.Date]()
	for _, k := range []struct {
		key, doc string
		value    func() *jsonschema.Schema
	}{
		{"source", "The source that says so: a name under the key sources.", func() *jsonschema.Schema { return g.of(id, "") }},
		{"confidence", "verified (then add by and on), reported (a source says so), or unverified (nobody has confirmed it).",
			func() *jsonschema.Schema { return g.of(reflect.TypeFor[source.Confidence](), "") }},
		{"by", "Who verified or said it.", func() *jsonschema.Schema { return g.define("words", wordsSchema) }},
		{"on", "The day on which it was verified or said.", func() *jsonschema.Schema { return g.of(date, "") }},
		{"law", "The law of the book that makes it so, or a list of laws.", func() *jsonschema.Schema {
			return anyOf(g.of(id, ""), &jsonschema.Schema{Type: "array", Items: g.of(id, "")})
		}},
		{"asked", "Who was asked and has not answered.", func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "array", Items: g.of(reflect.TypeFor[source.Asked](), "")}
		}},
	} {
		keys = append(keys, k.key)
		values = append(values, g.define("behind_"+k.key, func() *jsonschema.Schema {
			v := k.value()
			v.Description = k.doc
			return v
		}))
	}
	return keys, values
}

// fact gives the schema of a fact: short, or long with what stands behind it.
func (g *schemas) fact(is reflect.Type, rule string) *jsonschema.Schema {
	value := g.define("value_of_"+named(is, rule), func() *jsonschema.Schema {
		answers := []*jsonschema.Schema{g.of(is, rule),
			{Const: "unknown", Description: "Nobody knows, or nobody answered. The notice says so."},
			{Const: "not_applicable", Description: "It does not apply to this program."}}
		if is.Kind() == reflect.Slice {
			answers = append(answers, &jsonschema.Schema{Const: "none", Description: "There are none. This is a claim: somebody must stand behind it."})
		}
		return anyOf(answers...)
	})
	long := func(others *jsonschema.Schema) *jsonschema.Schema {
		s := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), Required: []string{"is"}, AdditionalProperties: jsonschema.FalseSchema}
		s.Properties.Set("is", value)
		keys, values := g.behind()
		for i, k := range keys {
			s.Properties.Set(k, values[i])
		}
		if others != nil {
			s.Properties.Set("but", &jsonschema.Schema{Description: "What other sources say instead, side by side.", Type: "array", Items: others})
		}
		return s
	}
	return anyOf(value, long(anyOf(value, long(nil))))
}

func dateSchema() *jsonschema.Schema {
	s := anyOf(
		&jsonschema.Schema{Type: "string", Pattern: `^[0-9]{4}(-(0[1-9]|1[0-2])|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|-(0[469]|11)-(0[1-9]|[12][0-9]|30)|-02-(0[1-9]|[12][0-9]))?$`},
		&jsonschema.Schema{Type: "integer", Minimum: "1000", Maximum: "9999"})
	s.Title, s.Description = "a date", "2025-06-14, or 2025-06 or 2025 if less is known."
	return s
}

func periodSchema() *jsonschema.Schema {
	s := anyOf(
		&jsonschema.Schema{Type: "string", Enum: enum([]string{"until_event", "indefinite", "permanent", "none"})},
		&jsonschema.Schema{Type: "string", Pattern: `^([1-9][0-9]{0,2} (days|weeks|months|years)|1 (day|week|month|year))$`, Examples: []any{"90 days", "7 years"}})
	s.Title, s.Description = "a length of time", "90 days, 6 months, 7 years; until_event, indefinite (no end is set), permanent, none (not kept at all)."
	return s
}

// The words that belong to facts, and cannot stand where words are shown to people.
func notAnswers() *jsonschema.Schema {
	return &jsonschema.Schema{Enum: enum([]string{"unknown", "not_applicable"})}
}

func wordsSchema() *jsonschema.Schema {
	script := &jsonschema.Schema{Pattern: `([Jj][Aa][Vv][Aa]|[Vv][Bb]|[Ll][Ii][Vv][Ee])[Ss][Cc][Rr][Ii][Pp][Tt]:`} // an address that runs a program
	s := anyOf(&jsonschema.Schema{Type: "string", Pattern: `\S`, Not: anyOf(notAnswers(), script)}, &jsonschema.Schema{Type: "number"})
	s.Title = "words"
	return s
}

func (g *schemas) text() *jsonschema.Schema {
	words := g.define("words", wordsSchema)
	s := anyOf(words, &jsonschema.Schema{Type: "object", MinProperties: size(1), PropertyNames: g.define("language", languageSchema), AdditionalProperties: words})
	s.Title, s.Description = "a name, or words in each language", "A proper name, which is shown as it is; or words in each language of the file: {en: …, es: …}."
	return s
}

func languageSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Title: "a language", Description: "Its short form, such as en, es, ar, zh-Hans or pt-BR.", Type: "string",
		Pattern: `^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`, Not: &jsonschema.Schema{Const: "zh"}}
}

const lower = `^[a-z0-9]([a-z0-9_@/-]|\.[a-z0-9_@/-])*\.?$`

func keySchema() *jsonschema.Schema {
	return &jsonschema.Schema{Title: "a short name", Type: "string", Pattern: lower, MaxLength: size(128), Not: notAnswers()}
}

func nameSchema() *jsonschema.Schema {
	s := anyOf(keySchema(), &jsonschema.Schema{Type: "number", Minimum: "0"})
	s.Title, s.Description = "a short name", "A name of this file or of the book of law: lower-case letters, digits, - and _."
	return s
}

func idSchema() *jsonschema.Schema {
	s := anyOf(&jsonschema.Schema{Type: "string", Pattern: `^[a-z0-9]([a-z0-9_-]|\.[a-z0-9_-])*$`, MaxLength: size(64), Not: notAnswers()},
		&jsonschema.Schema{Type: "number", Minimum: "0"})
	s.Title, s.Description = "a short name", "Lower-case letters, digits, - and _, at most 64."
	return s
}

func reviewerSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Title: "the name of a reviewer", Description: "Lower-case letters, digits and : . @ _ -, at most 100, such as group:river-legal-aid.example. It may be a pseudonym.",
		Type: "string", Pattern: source.ReviewerID, Not: notAnswers()}
}

func publicKeySchema() *jsonschema.Schema {
	return &jsonschema.Schema{Title: "a public key", Description: "One line: the text of a .pub file of ssh-keygen, or a key of fairnotice keys new.",
		Type: "string", Pattern: `^[^\s+]+([+][0-9a-f]{8}[+]| +)[A-Za-z0-9+/]+=*`}
}

func (g *schemas) item() *jsonschema.Schema {
	words := make([]string, 0, len(items))
	for _, i := range items {
		words = append(words, string(i.ID))
	}
	s := anyOf(&jsonschema.Schema{Type: "string", Enum: enum(words)}, g.define("name", nameSchema))
	s.Title, s.Description = "an item", "An item of the vocabulary, or one that this file describes under the key items."
	return s
}

func addressSchema() *jsonschema.Schema {
	const in = "[^\\s\"<>\\\\^`{|}]"
	const host = "[A-Za-z0-9_-]+"
	return &jsonschema.Schema{Title: "a web address", Description: "It begins with https, such as https://www.example.gov/help.", Type: "string",
		MaxLength: size(2000), Pattern: `^https://` + host + `(\.` + host + `)+(:[0-9]+)?([/?#]` + in + `*)?$`}
}

func phoneSchema() *jsonschema.Schema {
	s := anyOf(&jsonschema.Schema{Type: "string", Pattern: `^[ +().-]*([0-9][ +().-]*){3,20}$`},
		&jsonschema.Schema{Type: "string", Pattern: `^tel:\+?[().-]*([0-9][().-]*){3,15}(;ext=[0-9]+)?$`}, &jsonschema.Schema{Type: "string", Pattern: `^sms:\+?[().-]*([0-9][().-]*){3,15}(\?body=[A-Za-z0-9._~+%-]+)?$`}, &jsonschema.Schema{Type: "number", Minimum: "100"})
	s.Title, s.Description = "a phone number", "Digits, spaces and + - ( ) only, such as 312-555-0100; or sms: before a number that takes text messages, such as sms:741741."
	return s
}
