package notices

import (
	"crypto/sha256"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// ToAsk is one question to one person: for one place of the file, or for several places that are asked the same.
type ToAsk struct {
	ID     string // of the question for all its places, such as 7k3f; it does not change when other questions come or go
	To     string // records, it, vendor, counsel or program
	Field  string // the path without ids
	Text   string
	Takes  Takes
	Places []AskedPlace
}

// AskedPlace is one place of the file that an answer would fill.
type AskedPlace struct {
	ID   string // of the question for this place alone
	Path string
	// Asked is who was asked before, and has not answered.
	Asked []source.Asked
}

// Askers lists the persons whom questions are for, in the order in which they are told.
func Askers() []string { return []string{"program", "records", "it", "vendor", "counsel"} }

// Asks lists the open questions of a program in groups: what is asked alike for several places is one question. To chooses a person;
// "" takes all. Questions stand in the order of the file, those of one person together.
func Asks(p *Program, to string) []ToAsk {
	var out []ToAsk
	at := map[string]int{}
	for _, q := range Questions(p) {
		i, ok := at[q.Field]
		if !ok {
			takes, _ := TakesOf(q.Field)
			i = len(out)
			at[q.Field] = i
			out = append(out, ToAsk{To: q.Ask, Field: q.Field, Text: q.Text, Takes: takes})
		}
		out[i].Places = append(out[i].Places, AskedPlace{Path: q.Path, Asked: q.Asked})
	}
	giveIDs(out)
	if to != "" {
		out = slices.DeleteFunc(out, func(a ToAsk) bool { return a.To != to })
	}
	slices.SortStableFunc(out, func(a, b ToAsk) int { return slices.Index(Askers(), a.To) - slices.Index(Askers(), b.To) })
	return out
}

// AskID gives the whole id of a path or field, of which a sheet shows as many letters as are needed.
func AskID(path string) string {
	const letters = "23456789abcdefghjkmnpqrstvwxyz" // none that is taken for another
	sum := sha256.Sum256([]byte(path))
	var b strings.Builder
	for _, c := range sum[:10] {
		b.WriteByte(letters[int(c)%len(letters)])
	}
	return b.String()
}

// giveIDs gives each question and each place an id of at least four letters, which no other one begins with.
func giveIDs(asks []ToAsk) {
	var all []string
	for i := range asks {
		asks[i].ID = AskID(asks[i].Field + " everywhere")
		all = append(all, asks[i].ID)
		for k := range asks[i].Places {
			asks[i].Places[k].ID = AskID(asks[i].Places[k].Path)
			all = append(all, asks[i].Places[k].ID)
		}
	}
	short := func(id string) string {
		n := 4
		for ; n < len(id); n++ {
			same := 0
			for _, o := range all {
				if strings.HasPrefix(o, id[:n]) {
					same++
				}
			}
			if same == 1 {
				break
			}
		}
		return id[:n]
	}
	for i := range asks {
		asks[i].ID = short(asks[i].ID)
		for k := range asks[i].Places {
			asks[i].Places[k].ID = short(asks[i].Places[k].ID)
		}
	}
}
