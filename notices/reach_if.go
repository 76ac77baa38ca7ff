package notices

import (
	"encoding/json"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// Difference is what differs between two tables of one demand for some items of one phase at one holder; of the counts, Phase is "".
type Difference struct {
	Phase  PhaseID       `json:"phase,omitempty"`
	Holder source.ID     `json:"holder,omitempty"`
	Items  []source.ID   `json:"items,omitempty"`
	Fields []FieldChange `json:"fields"`
}

// FieldChange is one field with what it says in the one table and in the other; "" where the table has no such row.
type FieldChange struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Against lists what differs in another table of the same demand, made from a program file that says something else: row by row, by the
// fields that a person acts on, and in the counts.
func (r *Reached) Against(after *Reached) []Difference {
	type key struct {
		phase        PhaseID
		holder, item source.ID
	}
	index := func(t *Reached) (map[key]*ReachRow, []key) {
		at := map[key]*ReachRow{}
		var order []key
		for i := range t.Rows {
			g := &t.Rows[i]
			ids := g.Items
			if len(ids) == 0 {
				ids = []source.ID{""}
			}
			for _, item := range ids {
				k := key{g.Phase, g.Holder, item}
				at[k] = g
				order = append(order, k)
			}
		}
		return at, order
	}
	was, order := index(r)
	is, later := index(after)
	for _, k := range later {
		if was[k] == nil {
			order = append(order, k)
		}
	}
	var out []Difference
	counts := Difference{}
	for _, c := range []struct {
		field string
		a, b  Number
	}{{"in_window", r.InWindow, after.InWindow}, {"named", r.Named, after.Named}, {"records_exist", r.Records, after.Records}, {"responsive", r.Answers, after.Answers}} {
		if a, b := c.a.short(), c.b.short(); a != b {
			counts.Fields = append(counts.Fields, FieldChange{c.field, a, b})
		}
	}
	if len(counts.Fields) > 0 {
		out = append(out, counts)
	}
	for _, k := range order {
		fields := differing(was[k], is[k])
		if len(fields) == 0 {
			continue
		}
		i := slices.IndexFunc(out, func(d Difference) bool {
			return d.Phase == k.phase && d.Holder == k.holder && slices.Equal(d.Fields, fields)
		})
		if i < 0 {
			i = len(out)
			out = append(out, Difference{Phase: k.phase, Holder: k.holder, Fields: fields})
		}
		if k.item != "" {
			out[i].Items = append(out[i].Items, k.item)
		}
	}
	return out
}

func differing(a, b *ReachRow) []FieldChange {
	var out []FieldChange
	x, y := a.face(), b.face()
	for i, name := range faceNames {
		if x[i] != y[i] {
			out = append(out, FieldChange{name, x[i], y[i]})
		}
	}
	return out
}

var faceNames = [...]string{"existence", "covered", "select", "barrier", "would_be", "must", "kept_for", "at_end", "told", "tells_us_of_demands", "waits_for_court"}

// face is a row by the fields that a person acts on; all empty where there is no row.
func (r *ReachRow) face() (out [len(faceNames)]string) {
	if r == nil {
		return out
	}
	e := r.Existence.Low.String()
	if r.Existence.Low != r.Existence.High {
		e += " to " + r.Existence.High.String()
	}
	out = [len(faceNames)]string{e, r.In.String(), string(r.Select), r.Barrier.String(), r.WouldBe.String(), string(r.Must), r.Period, r.AtEnd, string(r.Told), "", ""}
	if r.Vendor != nil {
		out[9], out[10] = r.Vendor.Tells, r.Vendor.Waits
	}
	return out
}

// short is a number with its population, or null with the codes of the reasons.
func (n Number) short() string {
	if n.Count == nil {
		codes := make([]string, len(n.Because))
		for i, b := range n.Because {
			codes[i] = b.Code
		}
		return "null: " + strings.Join(codes, ", ")
	}
	b, _ := json.Marshal(n)
	return string(b)
}
