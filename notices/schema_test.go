package notices

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	validate "github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"fairnotice/notices/source"
)

// compiled is the schema as another library reads it: one that knows draft 2020-12 and checks the schema against its own schema.
func compiled(t testing.TB) *validate.Schema { return compiledAt(t, "") }

// compiledAt is the schema of one definition.
func compiledAt(t testing.TB, at string) *validate.Schema {
	t.Helper()
	raw, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := validate.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := validate.NewCompiler()
	c.DefaultDraft(validate.Draft4) // so that the file itself has to say which draft it is
	if err := c.AddResource("fairnotice.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("fairnotice.schema.json" + at)
	if err != nil {
		t.Fatal(err)
	}
	if at == "" && s.DraftVersion != 2020 {
		t.Errorf("the schema is of draft %d", s.DraftVersion)
	}
	return s
}

var (
	wholeNumber = regexp.MustCompile(`^[-+]?[0-9]+$`)
	number      = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// asJSON gives a node as an editor sees it: YAML 1.2, where yes, no, on and days are words.
func asJSON(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return asJSON(n.Content[0])
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, asJSON(c))
		}
		return out
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = asJSON(n.Content[i+1])
		}
		return out
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return n.Value
	}
	switch {
	case n.Value == "" || n.Value == "~" || n.Value == "null":
		return nil
	case n.Value == "true" || n.Value == "false":
		return n.Value == "true"
	case wholeNumber.MatchString(n.Value), number.MatchString(n.Value):
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil && len(n.Value) > 15 {
			return f
		}
		return json.Number(strings.TrimPrefix(n.Value, "+"))
	}
	return n.Value
}

// bySchema says what the schema has against a file; nil if nothing, and an error that is no verdict if it is no YAML at all.
func bySchema(s *validate.Schema, data []byte) (verdict error, read error) {
	var n yaml.Node
	if err := yaml.Unmarshal(data, &n); err != nil {
		return nil, err
	}
	if n.Kind != yaml.DocumentNode {
		return fmt.Errorf("nothing is in the file"), nil
	}
	return s.Validate(asJSON(&n)), nil
}

// byReader says what the reader has against the file itself, without what one value says of another.
func byReader(data []byte) source.Problems {
	_, problems := source.Read("x.yaml", data, &Program{})
	return problems
}

func TestSchemaIsTheSameEachTime(t *testing.T) {
	first, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := Schema()
		if err != nil || !bytes.Equal(first, again) {
			t.Fatalf("two schemas differ: %v", err)
		}
	}
}

// TestSchemaExplains: every key has a sentence that an editor shows; every object is closed; every key that is needed is required.
func TestSchemaExplains(t *testing.T) {
	raw, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	var whole struct {
		Title, Description string
		Defs               map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(raw, &whole); err != nil {
		t.Fatal(err)
	}
	if whole.Title == "" || whole.Description == "" {
		t.Error("the schema does not say what it is for")
	}
	type object struct {
		Properties           map[string]struct{ Description string }
		AdditionalProperties any
		Required             []string
	}
	for _, typ := range structs() {
		data := raw
		if typ != reflect.TypeFor[Program]() {
			data = whole.Defs[snake(typ.Name())]
		}
		var o object
		if err := json.Unmarshal(data, &o); err != nil {
			t.Fatalf("%s: %v", typ, err)
		}
		if o.AdditionalProperties != false {
			t.Errorf("%s takes keys that it does not have", typ)
		}
		keys := 0
		for f := range fields(typ) {
			keys++
			d := o.Properties[f.key].Description
			if d == "" || d != f.doc || !strings.HasSuffix(d, ".") {
				t.Errorf("%s.%s is explained as %q", typ, f.key, d)
			}
			if slices.Contains(o.Required, f.key) != f.need {
				t.Errorf("%s.%s: required is %v", typ, f.key, !f.need)
			}
		}
		if keys != len(o.Properties) {
			t.Errorf("%s has %d keys, the schema %d", typ, keys, len(o.Properties))
		}
	}
}

type fieldOf struct {
	key, doc string
	need     bool
	typ      reflect.Type
}

// fields gives the keys of a struct as its tags say.
func fields(t reflect.Type) func(func(fieldOf) bool) {
	return func(yield func(fieldOf) bool) {
		for i := range t.NumField() {
			f := t.Field(i)
			if key := f.Tag.Get("yaml"); key != "" && key != "-" && !yield(fieldOf{key, f.Tag.Get("doc"), f.Tag.Get("need") == "yes", f.Type}) {
				return
			}
		}
	}
}

// structs lists the types whose keys a program file can have, each once, in the order of the file.
func structs() []reflect.Type {
	var out []reflect.Type
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		if is, ok := source.FactType(t); ok {
			t = is
		}
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			walk(t.Elem())
		case reflect.Struct:
			if t.PkgPath() != reflect.TypeFor[Program]().PkgPath() || slices.Contains(out, t) {
				return
			}
			out = append(out, t)
			for f := range fields(t) {
				walk(f.typ)
			}
		}
	}
	walk(reflect.TypeFor[Program]())
	return append(out, reflect.TypeFor[source.Asked]())
}

// placeIn gives the heading of a type in the package comment: the path at which its keys first stand, with ID for a name and N for a number.
func placeIn(typ reflect.Type) string {
	if typ == reflect.TypeFor[Program]() {
		return "The file itself"
	}
	if typ == reflect.TypeFor[source.Asked]() {
		return "FACT.asked.N"
	}
	found := ""
	var walk func(t reflect.Type, path string)
	walk = func(t reflect.Type, path string) {
		if is, ok := source.FactType(t); ok {
			t = is
		}
		switch t.Kind() {
		case reflect.Pointer:
			walk(t.Elem(), path)
		case reflect.Map:
			walk(t.Elem(), path+".ID")
		case reflect.Slice:
			step := ".N"
			for f := range fieldsOf(t.Elem()) {
				if f.key == "id" {
					step = ".ID"
				}
			}
			walk(t.Elem(), path+step)
		case reflect.Struct:
			if t == typ && found == "" {
				found = strings.TrimPrefix(path, ".")
			}
			if t.PkgPath() == typ.PkgPath() && found == "" {
				for f := range fields(t) {
					walk(f.typ, path+"."+f.key)
				}
			}
		}
	}
	walk(reflect.TypeFor[Program](), "")
	return found
}

// fieldsOf is fields for any type: one that is no struct has none.
func fieldsOf(t reflect.Type) func(func(fieldOf) bool) {
	if t.Kind() != reflect.Struct {
		return func(func(fieldOf) bool) {}
	}
	return fields(t)
}

// described reads the lists of keys of the package comment: heading, then key, then what is said of it.
func described(t *testing.T) map[string]map[string]string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]string{}
	heading := ""
	for _, part := range strings.Split(f.Doc.Text(), "\n\n") {
		if h, ok := strings.CutPrefix(part, "# "); ok {
			heading = strings.TrimSpace(h)
			continue
		}
		for _, entry := range strings.Split("\n"+part, "\n  - ")[1:] {
			key, said, _ := strings.Cut(strings.Join(strings.Fields(entry), " "), ": ")
			if out[heading] == nil {
				out[heading] = map[string]string{}
			}
			out[heading][key] = said
		}
	}
	return out
}

var (
	itemsAtTheEnd = regexp.MustCompile(`^\((C[0-9]{2}(, )?)+\)$`)
	anItem        = regexp.MustCompile(`C[0-9]{2}`)
)

// TestSpecification: the package comment describes every key of a program file where it stands: in the words that editors show, with its
// vocabulary, whether it may be left out, and with items of the checklist that exist; and it describes no other key.
func TestSpecification(t *testing.T) {
	all := described(t)
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	vocabulary := strings.FieldsFunc(string(text), func(c rune) bool { return !(c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9') })
	for _, i := range items {
		if !slices.Contains(vocabulary, string(i.ID)) {
			t.Errorf("doc.go does not name the item %s", i.ID)
		}
	}
	for _, typ := range structs() {
		place := placeIn(typ)
		said := all[place]
		for f := range fields(typ) {
			want := f.doc
			is := f.typ
			if of, ok := source.FactType(is); ok {
				is = of
			}
			for is.Kind() == reflect.Slice || is.Kind() == reflect.Pointer {
				is = is.Elem()
			}
			if v, ok := reflect.Zero(is).Interface().(interface{ Words() []string }); ok {
				want += " Words: " + strings.Join(v.Words(), ", ") + "."
			}
			if !f.need {
				want += " May be left out."
			}
			rest, ok := strings.CutPrefix(said[f.key], want)
			if rest = strings.TrimSpace(rest); !ok || rest != "" && !itemsAtTheEnd.MatchString(rest) {
				t.Errorf("doc.go, # %s, should say\n  - %s: %s (its checklist items)\nand says\n  - %s: %s", place, f.key, want, f.key, said[f.key])
			}
			for _, item := range anItem.FindAllString(rest, -1) {
				if n, _ := strconv.Atoi(item[1:]); n < 1 || n > len(titles) {
					t.Errorf("doc.go, # %s, %s: there is no item %s", place, f.key, item)
				}
			}
			delete(said, f.key)
		}
		for key := range said {
			t.Errorf("doc.go, # %s, describes a key %q, which is none", place, key)
		}
	}
}

// TestSchemaNames: no two types share a definition.
func TestSchemaNames(t *testing.T) {
	of := map[string]reflect.Type{}
	var walk func(t reflect.Type)
	walk = func(typ reflect.Type) {
		if is, ok := source.FactType(typ); ok {
			typ = is
		}
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			walk(typ.Elem())
		case reflect.Struct, reflect.String:
			name := snake(typ.Name())
			if o := of[name]; o != nil && o != typ {
				t.Errorf("%s and %s are both %q", o, typ, name)
			}
			if of[name] != nil {
				return
			}
			of[name] = typ
			if typ.Kind() == reflect.Struct && typ.PkgPath() == reflect.TypeFor[Program]().PkgPath() {
				for f := range fields(typ) {
					walk(f.typ)
				}
			}
		}
	}
	walk(reflect.TypeFor[Program]())
}

// TestExamplesAgree: every example, and the base of the broken files, passes both.
func TestExamplesAgree(t *testing.T) {
	files, err := filepath.Glob("../examples/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	s := compiled(t)
	for _, name := range append(files, "testdata/broken/base.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if problems := byReader(data); len(problems) > 0 {
			t.Errorf("%s: the reader says: %v", name, problems)
		}
		if bad, err := bySchema(s, data); bad != nil || err != nil {
			t.Errorf("%s: the schema says: %v %v", name, bad, err)
		}
	}
}

// wrong are the ways in which a value can be of a wrong kind.
var wrong = func() map[string]*yaml.Node {
	word := func(tag, v string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: v} }
	quoted := func(v string) *yaml.Node {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: v, Style: yaml.DoubleQuotedStyle}
	}
	return map[string]*yaml.Node{
		"a word that nobody knows": word("!!str", "grefinkle"),
		"a sentence":               word("!!str", "Not one of the words."),
		"a number":                 word("!!int", "12345678"),
		"true":                     word("!!bool", "true"),
		"unknown":                  word("!!str", "unknown"),
		"not_applicable":           word("!!str", "not_applicable"),
		"none":                     word("!!str", "none"),
		"a day":                    quoted("2025-02-03"),
		"a month that is none":     quoted("2025-13"),
		"a length of time":         word("!!str", "7 years"),
		"nothing":                  word("!!null", ""),
		"an address of a script":   word("!!str", "javascript:alert(1)"),
		"a list":                   {Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{word("!!str", "grefinkle")}},
		"an empty list":            {Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle},
		"a group of keys":          {Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{word("!!str", "grefinkle"), word("!!str", "yes")}},
	}
}()

// spoiler spoils one group of keys at a time. The schema and the reader see that group alone, by its type, so that a file can be spoilt
// in thousands of ways in a moment.
type spoiler struct {
	t              *testing.T
	names          []string
	seen           map[string]bool
	refused, taken int

	compiled map[string]*validate.Schema

	typ    reflect.Type // of the group; nil outside of any
	group  *yaml.Node
	schema *validate.Schema
}

func (s *spoiler) try(what string) {
	s.t.Helper()
	spoilt, err := yaml.Marshal(s.group)
	if err != nil {
		s.t.Fatal(err)
	}
	_, problems := source.Read("x.yaml", spoilt, reflect.New(s.typ).Interface())
	bad := s.schema.Validate(asJSON(s.group))
	switch {
	case problems.Failed() && bad == nil:
		s.t.Errorf("%s %s: only the reader refuses it: %v", s.typ, what, problems)
	case !problems.Failed() && bad != nil:
		s.t.Errorf("%s %s: only the schema refuses it: %v", s.typ, what, bad)
	case bad != nil:
		s.refused++
	default:
		s.taken++
	}
}

// value spoils a value, and then what is inside it.
func (s *spoiler) value(n *yaml.Node, t reflect.Type, path string) {
	if s.typ != nil && path != "" && !s.seen[s.typ.Name()+path] {
		s.seen[s.typ.Name()+path] = true
		was := *n
		for _, name := range s.names {
			*n = *wrong[name]
			s.try(path + ": " + name)
		}
		*n = was
	}
	is, fact := source.FactType(t)
	switch {
	case fact && n.Kind == yaml.MappingNode && key(n, "is") != nil:
		s.keys(n, path, func(k string) reflect.Type {
			switch k {
			case "is":
				return is
			case "but":
				return reflect.SliceOf(t)
			}
			return reflect.TypeFor[string]()
		})
		return
	case fact:
		t = is
	}
	switch {
	case t.Kind() == reflect.Pointer:
		s.value(n, t.Elem(), path)
	case t.Kind() == reflect.Slice && n.Kind == yaml.SequenceNode:
		for _, c := range n.Content {
			s.value(c, t.Elem(), path+".#")
		}
	case t.Kind() == reflect.Map && n.Kind == yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			s.value(n.Content[i+1], t.Elem(), path+".*")
		}
	case t == reflect.TypeFor[source.Text]() && n.Kind == yaml.MappingNode:
		s.keys(n, path, func(string) reflect.Type { return reflect.TypeFor[string]() })
	case t.Kind() == reflect.Struct && n.Kind == yaml.MappingNode:
		at := "#/$defs/" + snake(t.Name())
		if t == reflect.TypeFor[Program]() {
			at = ""
		}
		if s.compiled[at] == nil {
			s.compiled[at] = compiledAt(s.t, at)
		}
		in := &spoiler{t: s.t, names: s.names, seen: s.seen, compiled: s.compiled, typ: t, group: n, schema: s.compiled[at]}
		in.keys(n, "", func(k string) reflect.Type {
			for f := range fields(t) {
				if f.key == k {
					return f.typ
				}
			}
			s.t.Fatalf("%s has no key %q", t, k)
			return nil
		})
		s.refused, s.taken = s.refused+in.refused, s.taken+in.taken
	}
}

// keys spoils each key of a group, and then its value.
func (s *spoiler) keys(n *yaml.Node, path string, typ func(string) reflect.Type) {
	for i := 0; i < len(n.Content); i += 2 {
		name := n.Content[i].Value
		sub := path + "." + name
		if s.typ != nil && !s.seen["key "+s.typ.Name()+sub] {
			s.seen["key "+s.typ.Name()+sub] = true
			was := n.Content
			n.Content = append(slices.Clone(was[:i]), was[i+2:]...)
			if len(n.Content) > 0 {
				s.try(sub + " taken away")
			}
			n.Content = was
			n.Content[i].Value = "grefinkle"
			s.try(sub + " misspelt")
			n.Content[i].Value = name
		}
		s.value(n.Content[i+1], typ(name), sub)
	}
}

func key(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// TestSchemaAndReaderAgree spoils each value of an example in turn, in each way in which a value can be of a wrong kind, takes each key
// away, and misspells it: the schema and the reader both refuse it, or both take it.
func TestSchemaAndReaderAgree(t *testing.T) {
	data, err := os.ReadFile("../examples/citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	whole := root.Content[0]
	s := &spoiler{t: t, seen: map[string]bool{}, compiled: map[string]*validate.Schema{}}
	for name := range wrong {
		s.names = append(s.names, name)
	}
	slices.Sort(s.names)
	// the groups inside first, each alone; then they are emptied, and the keys of the file itself are spoilt
	for i := 0; i < len(whole.Content); i += 2 {
		for f := range fields(reflect.TypeFor[Program]()) {
			if f.key == whole.Content[i].Value {
				s.value(whole.Content[i+1], f.typ, "")
			}
		}
	}
	for i := 0; i < len(whole.Content); i += 2 {
		switch c := whole.Content[i+1]; {
		case c.Kind == yaml.SequenceNode && len(c.Content) > 1:
			c.Content = c.Content[:1]
		case slices.Contains([]string{"sources", "holders", "retention", "channels"}, whole.Content[i].Value):
			c.Content = nil
		}
	}
	s.value(whole, reflect.TypeFor[Program](), "")
	t.Logf("%d spoilt groups refused by both, %d taken by both", s.refused, s.taken)
	if s.refused < 1000 {
		t.Error("too few were refused: the test does not spoil what it should")
	}
}
