package notices

import (
	"reflect"
	"slices"
	"testing"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// A route that is no paper fits some programs only. The book names the answer of the program file that says so; the two must know the
// same answers, and each answer needs an entry.
func TestRoutesAreAnswered(t *testing.T) {
	var keys []source.ID
	for f := range reflect.TypeFor[Routes]().Fields() {
		keys = append(keys, source.ID(f.Tag.Get("yaml")))
	}
	answers := law.Answers()
	for _, list := range [][]source.ID{keys, answers} {
		slices.Sort(list)
	}
	if !slices.Equal(keys, answers) {
		t.Errorf("a program file answers %v, the book asks for %v", keys, answers)
	}
	book, problems := law.Shipped()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, a := range answers {
		if !slices.ContainsFunc(book.All(), func(e *law.Entry) bool { return e.Demand != nil && e.Demand.AnsweredBy == a }) {
			t.Errorf("no demand of the book belongs to the answer %s", a)
		}
	}
}
