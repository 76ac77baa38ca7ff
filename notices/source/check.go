package source

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
	"go.yaml.in/yaml/v4"
)

// check is a value of the file that a rule of its field is about.
type check struct {
	value any
	rule  string
	node  *yaml.Node
	at    place
}

// ownRules say what is wrong with a value and what to write instead; "" if it is good.
var ownRules = map[string]func(string) (what, hint string){
	"https_url": pageFault,
	"https_url_or_none": func(s string) (what, hint string) {
		if s == wordNone {
			return "", ""
		}
		what, hint = pageFault(s)
		return what, strings.TrimSpace(hint + " If there is none, write none.")
	},
	"source_url": sourceFault,
	"phone":      phoneFault,
	"lang":       langFault,
	"slug":       slugFault,
	"reviewer":   reviewerFault,
	"public_key": publicKeyFault,
}

var checker = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	for name, fault := range ownRules {
		err := v.RegisterValidation(name, func(fl validator.FieldLevel) bool {
			if fl.Field().Kind() != reflect.String {
				return false
			}
			what, _ := fault(fl.Field().String())
			return what == ""
		})
		if err != nil {
			panic(err)
		}
	}
	return v
})

// rules runs validator on what was written and reads well.
func (r *reader) rules() {
	for _, c := range r.checks {
		err := checker().Var(c.value, c.rule)
		var errs validator.ValidationErrors
		if !errors.As(err, &errs) {
			continue
		}
		for _, e := range errs {
			n, at := inside(c.node, c.at, e.Namespace())
			what, hint := plainly(e)
			if e.Tag() == "public_key" && len(n.Value) >= longWord && secretsIn(n.Value) == nil && !beginsPublic.MatchString(n.Value) { // it may be a line of a private key
				r.doc.hide(n.Value)
			}
			r.at(n, at, "value", sentence("%s %s.", at.label(), what), hint)
		}
	}
}

var index = regexp.MustCompile(`\[([^\]]*)\]`)

// inside follows validator's name of an element, such as [2] or [en], to its node.
func inside(n *yaml.Node, at place, name string) (*yaml.Node, place) {
	for _, m := range index.FindAllStringSubmatch(name, -1) {
		switch n.Kind {
		case yaml.SequenceNode:
			i, err := strconv.Atoi(m[1])
			if err != nil || i < 0 || i >= len(n.Content) {
				return n, at
			}
			n, at = n.Content[i], at.entry(m[1], i)
		case yaml.MappingNode:
			k := keyNode(n, m[1])
			if k == nil {
				return n, at
			}
			for i := 0; i < len(n.Content); i += 2 {
				if n.Content[i] == k {
					n, at = n.Content[i+1], at.child(m[1])
					break
				}
			}
		}
	}
	return n, at
}

// plainly puts an error of validator into words.
func plainly(e validator.FieldError) (what, hint string) {
	if own := ownRules[e.Tag()]; own != nil {
		if e.Kind() == reflect.String {
			return own(reflect.ValueOf(e.Value()).String())
		}
		return "cannot be judged by this rule", ""
	}
	is := quote(fmt.Sprint(e.Value()))
	many := e.Kind() == reflect.Slice || e.Kind() == reflect.Map
	unit, verb := "", "must be"
	switch {
	case many:
		unit, verb = " entries", "must have"
	case e.Kind() == reflect.String:
		unit, verb = " characters", "must have"
	}
	if many {
		is = fmt.Sprintf("a list of %d", reflect.ValueOf(e.Value()).Len())
	}
	p := e.Param()
	switch e.Tag() {
	case "min", "gte":
		if many && p == "1" {
			return "must have at least one entry, but this list is empty", "Add an entry."
		}
		return fmt.Sprintf("%s at least %s%s, but this is %s", verb, p, unit, is), fmt.Sprintf("Write %s%s or more.", p, unit)
	case "max", "lte":
		return fmt.Sprintf("%s at most %s%s, but this is %s", verb, p, unit, is), fmt.Sprintf("Write %s%s or fewer.", p, unit)
	case "gt":
		return fmt.Sprintf("%s more than %s%s, but this is %s", verb, p, unit, is), ""
	case "lt":
		less := "less"
		if unit != "" {
			less = "fewer"
		}
		return fmt.Sprintf("%s %s than %s%s, but this is %s", verb, less, p, unit, is), ""
	case "len":
		return fmt.Sprintf("%s exactly %s%s, but this is %s", verb, p, unit, is), ""
	case "eq":
		return fmt.Sprintf("must be %s, but this is %s", p, is), fmt.Sprintf("Write %s.", p)
	case "oneof":
		return fmt.Sprintf("cannot be %s", is), choose(strings.Trim(is, `"`), strings.Fields(p))
	case "unique":
		return "has the same entry twice", "Delete one of the two."
	case "email":
		return fmt.Sprintf("must be an e-mail address, but this is %s", is), "Write, for example, help@example.org."
	case "required":
		return "is empty", "Write a value."
	case "ascii", "printascii", "alpha", "alphanum", "numeric", "number", "lowercase":
		return fmt.Sprintf("must have plain letters and digits only, but this is %s", is), ""
	case "startswith":
		return fmt.Sprintf("must begin with %s, but this is %s", quote(p), is), ""
	case "endswith":
		return fmt.Sprintf("must end with %s, but this is %s", quote(p), is), ""
	}
	return fmt.Sprintf("is not in the form that is needed here: %s", is), "Compare it with the example that `fairnotice schema` gives."
}

func phoneFault(s string) (what, hint string) {
	if strings.HasPrefix(s, "tel:") || strings.HasPrefix(s, "sms:") {
		return CheckAddress(s)
	}
	const example = "Write digits, spaces and + - ( ) only, such as 312-555-0100 or +1 312 555 0100."
	digits := 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case !strings.ContainsRune(" +-().", c):
			return fmt.Sprintf("must be a phone number, but this is %s", quote(s)), example
		}
	}
	if digits < 3 || digits > 20 {
		return fmt.Sprintf("must be a phone number of 3 to 20 digits, but this is %s", quote(s)), example
	}
	return "", ""
}

// languageNames are the names that people write for the tags.
var languageNames = map[string]string{
	"english": "en", "spanish": "es", "español": "es", "espanol": "es", "arabic": "ar", "العربية": "ar", "chinese": "zh-Hans", "zh-cn": "zh-Hans",
	"zh": "zh-Hans", "zh-tw": "zh-Hant", "polish": "pl", "polski": "pl", "ukrainian": "uk", "russian": "ru", "french": "fr", "français": "fr",
	"portuguese": "pt", "somali": "so", "vietnamese": "vi", "korean": "ko", "hindi": "hi", "urdu": "ur", "farsi": "fa", "persian": "fa", "amharic": "am",
	"haitian": "ht", "haitian creole": "ht", "tagalog": "tl", "german": "de",
}

func langFault(s string) (what, hint string) {
	if langTag.MatchString(s) && s != "zh" {
		return "", ""
	}
	what = fmt.Sprintf("must be a language, but this is %s", quote(s))
	if tag := languageNames[strings.ToLower(s)]; tag != "" {
		return what, fmt.Sprintf("Write %s.", tag)
	}
	parts := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return c == '-' || c == '_' || c == ' ' })
	for i, p := range parts {
		switch {
		case i > 0 && len(p) == 4:
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		case i > 0:
			parts[i] = strings.ToUpper(p)
		}
	}
	if tag := strings.Join(parts, "-"); langTag.MatchString(tag) && tag != s {
		return what, fmt.Sprintf("Write %s.", tag)
	}
	return what, "Write its short form, such as en, es, ar, zh-Hans or pt-BR."
}

func slugFault(s string) (what, hint string) {
	if slug.MatchString(s) && len(s) <= 64 && !strings.Contains(s, "..") && !strings.HasSuffix(s, ".") {
		return "", ""
	}
	return fmt.Sprintf("must be a short name, but this is %s", quote(s)), "Use lower-case letters, digits, - and _, at most 64: " + asSlug(s) + "."
}
