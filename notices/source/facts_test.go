package source_test

import (
	"reflect"
	"slices"
	"testing"

	"fairnotice/notices/source"
)

func TestFactStates(t *testing.T) {
	day := source.On(source.NewDay(2025, 6, 14))
	for _, c := range []struct {
		fact                  source.Fact[string]
		said, known, verified bool
	}{
		{source.Fact[string]{}, false, false, false},
		{source.Fact[string]{State: source.Unknown}, true, false, false},
		{source.Fact[string]{State: source.NotApplicable}, true, false, false},
		{source.Fact[string]{State: source.Known, Is: "x"}, true, true, false},
		{source.Fact[string]{State: source.Known, Confidence: source.Verified}, true, true, false},
		{source.Fact[string]{State: source.Known, Confidence: source.Verified, By: "a"}, true, true, false},
		{source.Fact[string]{State: source.Known, Confidence: source.Verified, On: day}, true, true, false},
		{source.Fact[string]{State: source.Known, Confidence: source.Reported, By: "a", On: day}, true, true, false},
		{source.Fact[string]{State: source.Unknown, Confidence: source.Verified, By: "a", On: day}, true, false, false},
		{source.Fact[string]{State: source.Known, Confidence: source.Verified, By: "a", On: day}, true, true, true},
	} {
		if c.fact.Said() != c.said || c.fact.Known() != c.known || c.fact.Verified() != c.verified {
			t.Errorf("%+v: said %v, known %v, verified %v", c.fact, c.fact.Said(), c.fact.Known(), c.fact.Verified())
		}
	}
}

func TestFactEach(t *testing.T) {
	f := source.Fact[int]{Is: 1, But: []source.Fact[int]{{Is: 2}, {Is: 3}}}
	var all []int
	for g := range f.Each {
		all = append(all, g.Is)
	}
	if !slices.Equal(all, []int{1, 2, 3}) {
		t.Error(all)
	}
	for stop := range 3 {
		n := 0
		for range f.Each {
			if n++; n > stop {
				break
			}
		}
		if n != stop+1 {
			t.Error(n)
		}
	}
}

func TestFactType(t *testing.T) {
	if is, ok := source.FactType(reflect.TypeFor[source.Fact[source.Period]]()); !ok || is != reflect.TypeFor[source.Period]() {
		t.Error(is, ok)
	}
	for _, no := range []reflect.Type{reflect.TypeFor[string](), reflect.TypeFor[source.Text](), reflect.TypeFor[struct{ Is int }](), reflect.TypeFor[*source.Fact[int]]()} {
		if is, ok := source.FactType(no); ok {
			t.Error(no, is)
		}
	}
}

func TestTextFor(t *testing.T) {
	name := source.Text{Name: "CityKey"}
	words := source.Text{In: map[string]string{"en": "card", "es": "tarjeta"}}
	for _, c := range []struct {
		text source.Text
		tag  string
		want string
		ok   bool
	}{
		{name, "ar", "CityKey", true}, {words, "es", "tarjeta", true}, {words, "ar", "", false}, {words, "es-MX", "", false}, {source.Text{}, "en", "", false},
	} {
		if got, ok := c.text.For(c.tag); got != c.want || ok != c.ok {
			t.Errorf("%+v in %s: %q, %v", c.text, c.tag, got, ok)
		}
	}
	if !(source.Text{}).IsZero() || name.IsZero() || words.IsZero() {
		t.Error("zero")
	}
}

func TestTri(t *testing.T) {
	if source.No.String()+source.Maybe.String()+source.Yes.String() != "nomaybeyes" || !(source.No < source.Maybe && source.Maybe < source.Yes) {
		t.Error("the order of answers")
	}
}

func TestEnd(t *testing.T) {
	date, _ := source.ParseDate("2024-12")
	for _, c := range []struct {
		end  source.End
		text string
	}{{source.End{}, ""}, {source.End{Open: true}, "open"}, {source.End{Date: date}, "2024-12"}} {
		if c.end.String() != c.text || c.end.IsZero() != (c.text == "") {
			t.Error(c.end)
		}
	}
}
