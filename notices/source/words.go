package source

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
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
		if slices.Contains(words, s) {
			v.SetString(s)
			return true
		}
		if yes := map[string]string{"true": "yes", "false": "no"}[s]; slices.Contains(words, yes) {
			r.at(n, at, "wrong-word", sentence("%s is not a word that %s takes.", quote(s), at.label()), fmt.Sprintf("Write %s.", yes))
			return false
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
	if n.Tag == "!!bool" {
		r.at(n, at, "wrong-type", sentence("%s must be words, but this is %s.", at.label(), s),
			strings.TrimSpace(fmt.Sprintf("Write the words; write \"%s\" with quotes if that is one of them.", s)+at.unknown()))
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
	var same []string
	for i := 1; i < len(n.Content); i += 2 {
		same = append(same, n.Content[i].Value)
	}
	to.In = make(map[string]string, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, c := n.Content[i], n.Content[i+1]
		if r.refused[k] {
			ok = false
			continue
		}
		sub := at.child(k.Value)
		sub.rule, sub.lang, sub.same = at.rule, k.Value, slices.Concat(same[:i/2], same[i/2+1:])
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
