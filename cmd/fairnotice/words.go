package main

import (
	"reflect"
	"slices"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// wordProblems judges every text of a program file, and of the laws that it brings along, by what a notice may not say. A phrase that
// must not be said is an error; a language for which nobody has written that down is a warning.
func wordProblems(p *notices.Program, book *law.Book) source.Problems {
	var ps source.Problems
	unjudged := map[string]bool{}
	each(len(p.Languages), func(i int) { locales.MustNots(p.Languages[i], "") }) // what may not be said is read once, side by side
	for _, t := range allTexts(p, book) {
		for _, tag := range sortedKeys(t.In) {
			for _, m := range locales.MustNots(tag, t.In[tag]) {
				says, severity := "A notice must not say “"+clean(m.Match)+"”.", source.Error
				switch m.Code {
				case "vague":
					says, severity = "“"+clean(m.Match)+"” tells a reader nothing.", source.Warning
				case "language":
					if unjudged[tag] {
						continue
					}
					unjudged[tag] = true
					says, severity = "The words in this language were not judged.", source.Warning
				}
				problem := p.Doc.Problem(t.Path+"."+tag, m.Code, severity, says, m.Say)
				if t.Pos.File != p.File {
					problem.Pos, problem.Excerpt = t.Pos, ""
				}
				ps = append(ps, problem)
			}
		}
	}
	return ps
}

// allTexts gives every text of a program that is in languages: of its file, and of the laws that it brings along.
func allTexts(p *notices.Program, book *law.Book) []source.Text {
	out := texts(p)
	for _, e := range book.All() {
		if e.Own {
			out = append(out, texts(e)...)
		}
	}
	return out
}

// texts gives every text of a file that is in languages, in the order of the file. Proper names are nobody's sentences, and the office's
// own sentences are held against ours elsewhere.
func texts(read any) []source.Text {
	var out []source.Text
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() && v.Type() != reflect.TypeFor[*source.Doc]() && v.Type() != reflect.TypeFor[*notices.Wording]() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(v.MapIndex(k))
			}
		case reflect.Struct:
			if t, ok := v.Interface().(source.Text); ok {
				if len(t.In) > 0 {
					out = append(out, t)
				}
				return
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(read))
	slices.SortFunc(out, func(a, b source.Text) int {
		if a.Pos.Line != b.Pos.Line {
			return a.Pos.Line - b.Pos.Line
		}
		return a.Pos.Col - b.Pos.Col
	})
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
