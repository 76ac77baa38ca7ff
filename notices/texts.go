package notices

import (
	"reflect"
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Texts gives every text of a program that is in languages, in the order of the files: of its file, and of the laws that it brings
// along. Proper names are nobody's sentences, and the office's own sentences are held against ours elsewhere.
func (p *Program) Texts(book *law.Book) []source.Text {
	out := texts(p)
	for _, e := range book.All() {
		if e.Own {
			out = append(out, texts(e)...)
		}
	}
	return out
}

// texts gives the texts of one file.
func texts(read any) []source.Text {
	var out []source.Text
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() && v.Type() != reflect.TypeFor[*source.Doc]() && v.Type() != reflect.TypeFor[*Wording]() {
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
