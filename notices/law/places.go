package law

import (
	"slices"

	"fairnotice/notices/source"
)

// places are the places that the book knows, largest first, each with the place around it. A new state, county or city starts here; a
// state brings its own records request and its own paper of a court.
var places = []struct{ id, within source.ID }{
	{"us", ""},
	{"us-il", "us"},
	{"us-il-cook", "us-il"},
	{"us-il-chicago", "us-il-cook"}, // the small part of the city outside the county is left aside
	{"us-ca", "us"},
	{"us-co", "us"},
	{"us-mi", "us"},
	{"us-mi-washtenaw", "us-mi"},
	{"us-nj", "us"},
	{"us-ny", "us"},
	{"us-ny-nyc", "us-ny"}, // its five counties are left aside
	{"us-wa", "us"},
}

// around lists a place and the places around it, smallest first. It is empty for a place that the book does not know.
func around(place source.ID) []source.ID { return surroundings[place] }

var surroundings = func() map[source.ID][]source.ID {
	m := make(map[source.ID][]source.ID, len(places))
	for _, p := range places {
		for at := p.id; at != ""; at = places[placeIndex(at)].within {
			m[p.id] = append(m[p.id], at)
		}
	}
	return m
}()

func placeIndex(id source.ID) int {
	for i, p := range places {
		if p.id == id {
			return i
		}
	}
	return -1
}

// Within reports whether a place is another one or lies in it. It is false for a place that the book does not know.
func Within(place, wider source.ID) bool { return slices.Contains(around(place), wider) }

// Places lists the places that the book knows, largest first.
func (b *Book) Places() []source.ID {
	out := make([]source.ID, len(places))
	for i, p := range places {
		out[i] = p.id
	}
	return out
}
