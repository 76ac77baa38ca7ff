package source

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// factual is a *Fact[T], whatever T is.
type factual interface{ parts() factParts }

// factParts gives the reader the fields of a fact.
type factParts struct {
	state      *State
	is, but    reflect.Value
	source     *ID
	confidence *Confidence
	by         *string
	on         *Date
	law        *[]ID
	asked      *[]Asked
	pos        *Pos
	path       *string
}

func (f *Fact[T]) parts() factParts {
	return factParts{&f.State, reflect.ValueOf(&f.Is).Elem(), reflect.ValueOf(&f.But).Elem(), &f.Source, &f.Confidence, &f.By, &f.On,
		&f.Law, &f.Asked, &f.Pos, &f.Path}
}

// The keys of a long fact, in the order in which people are told of them.
var factKeys = []string{"is", "source", "confidence", "by", "on", "law", "asked", "but"}

// The words that every fact accepts.
const (
	wordUnknown       = "unknown"
	wordNotApplicable = "not_applicable"
	wordNone          = "none"
)

// fact reads a node into a fact, short or long.
func (r *reader) fact(n *yaml.Node, f factParts, at place) bool {
	*f.pos, *f.path = r.doc.at(n.Line, n.Column), at.path
	at.fact = true
	if n.Kind != yaml.MappingNode {
		return r.answer(n, f, at)
	}
	switch long, without := longForm(n, f.is.Type()); {
	case without:
		r.at(n, at, "missing", sentence("The key `is` is missing from %s: it says where a value comes from, and not the value.", at.label()),
			"Write `is:` with the value."+at.unknown())
		return false
	case !long:
		return r.answer(n, f, at)
	}
	ok := true
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, c := n.Content[i], n.Content[i+1]
		if r.refused[k] {
			ok = false
			continue
		}
		if !r.part(k, c, f, at) {
			ok = false
		}
	}
	return ok
}

// longForm says whether a mapping is a fact with `is`, or one that lacks it; if neither, the mapping is the value itself.
func longForm(n *yaml.Node, t reflect.Type) (long, without bool) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	takes := func(key string) bool { return false }
	switch {
	case t == typeText:
		takes = func(key string) bool { return langTag.MatchString(key) && !slices.Contains(factKeys[1:], key) }
	case t.Kind() == reflect.Struct && elementary(t) || t.Kind() != reflect.Struct && t.Kind() != reflect.Map:
	case t.Kind() == reflect.Struct:
		fields := planOf(t).fields
		takes = func(key string) bool { return fields[key] != nil }
	case t.Kind() == reflect.Map:
		takes = func(key string) bool { return !slices.Contains(factKeys, key) }
	}
	var is, part, own bool
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i].Value
		switch {
		case key == "is":
			is = true
		case slices.Contains(factKeys, key) && !takes(key):
			part = true
		case takes(key):
			own = true
		}
	}
	if is && t == typeText && own && !part {
		return false, false // `is` is Icelandic
	}
	if is {
		return true, false
	}
	mapping := t == typeText || t.Kind() == reflect.Struct && !elementary(t) || t.Kind() == reflect.Map
	return false, !own && (part || !mapping)
}

// answer reads the value of a fact: what stands after its key, or after `is`.
func (r *reader) answer(n *yaml.Node, f factParts, at place) bool {
	if n.Kind == yaml.ScalarNode && !r.refused[n] {
		r.doc.put(at.path, n.Line, n.Column, true)
		switch n.Value {
		case wordUnknown:
			*f.state = Unknown
			return true
		case wordNotApplicable:
			*f.state = NotApplicable
			return true
		case wordNone:
			switch f.is.Kind() {
			case reflect.Slice:
				f.is.Set(reflect.MakeSlice(f.is.Type(), 0, 0))
				*f.state = Known
				return true
			case reflect.Pointer:
				f.is.SetZero()
				*f.state = Known
				return true
			}
		}
		if unsure(n.Value) {
			near := DidYouMean(n.Value, []string{wordUnknown, wordNotApplicable})
			r.at(n, at, "wrong-word", sentence("%s says %s.", at.label(), quote(n.Value)), fmt.Sprintf("Did you mean %q?", near))
			return false
		}
	}
	if !r.value(n, f.is, at) {
		return false
	}
	*f.state = Known
	return true
}

var bare = strings.NewReplacer(" ", "", "_", "", "-", "", "/", "")

// unsure tells misspelled or translated answers from values: they must not be printed as if they were words of the office.
func unsure(s string) bool {
	if len(s) < 6 || len(s) > 16 {
		return false
	}
	switch bare.Replace(strings.ToLower(s)) {
	case "unknown", "unknow", "unkown", "unknwon", "uknown", "unknonw", "notapplicable", "notaplicable", "notapplicabel":
		return true
	}
	return false
}

// part reads one key of a long fact.
func (r *reader) part(k, c *yaml.Node, f factParts, at place) bool {
	sub := at.child(k.Value)
	switch k.Value {
	case "is":
		sub = at
		sub.path, sub.is, sub.fact = join(at.path, "is"), true, true
		r.doc.put(sub.path, c.Line, c.Column, c.Kind == yaml.ScalarNode || c.Kind == yaml.SequenceNode && len(c.Content) == 0)
		if r.refused[c] {
			return false
		}
		return r.answer(c, f, sub)
	case "source":
		return r.value(c, reflect.ValueOf(f.source).Elem(), sub)
	case "confidence":
		return r.value(c, reflect.ValueOf(f.confidence).Elem(), sub)
	case "by":
		return r.value(c, reflect.ValueOf(f.by).Elem(), sub)
	case "on":
		return r.value(c, reflect.ValueOf(f.on).Elem(), sub)
	case "asked":
		return r.value(c, reflect.ValueOf(f.asked).Elem(), sub)
	case "law":
		if c.Kind == yaml.SequenceNode {
			return r.value(c, reflect.ValueOf(f.law).Elem(), sub)
		}
		var one ID
		if !r.value(c, reflect.ValueOf(&one).Elem(), sub) {
			return false
		}
		*f.law = []ID{one}
		return true
	case "but":
		sub.rule = at.rule
		return r.others(c, f.but, sub)
	}
	r.unknownKey(k, c, factKeys, at)
	return false
}

// others reads the sources that disagree.
func (r *reader) others(n *yaml.Node, v reflect.Value, at place) bool {
	r.doc.put(at.path, n.Line, n.Column, n.Kind == yaml.SequenceNode && len(n.Content) == 0)
	if r.refused[n] {
		return false
	}
	if n.Kind != yaml.SequenceNode {
		r.at(n, at, "wrong-type", sentence("%s must be a list of what other sources say.", at.label()), "Write, for example, but: [{is: 2025-06-15, source: s2}].")
		return false
	}
	ok := true
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, c := range n.Content {
		sub := at.entry(fmt.Sprint(i), i)
		sub.rule = at.rule
		if inner := keyNode(c, "but"); inner != nil && keyNode(c, "is") != nil {
			r.at(inner, sub, "unknown-key", "A source that disagrees cannot hold a second `but`.", "Add it to the outer list.")
			ok = false
			continue
		}
		if !r.value(c, out.Index(i), sub) {
			ok = false
		}
	}
	v.Set(out)
	return ok
}

// keyNode gives the key of a mapping, nil if it is not there.
func keyNode(n *yaml.Node, key string) *yaml.Node {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				return n.Content[i]
			}
		}
	}
	return nil
}
