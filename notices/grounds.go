package notices

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Ground is something beside the words on which a review of an edition rests: a law of the book, or a demand that came. When it says
// something else than on the day of the review, the review has lapsed, though no word of the notice changed.
type Ground struct {
	Kind   string // law or demand
	ID     string // of the entry in the book, or of the demand in the program file
	Digest string // sha256: and 64 hex digits, over what it says on the day of the edition
	Title  string // for people: the law's citation; what kind of demand and of which day. In no digest.
}

// Grounds gives the grounds of an edition, by kind and id: each law that a notice of it cites or that was weighed for a row of its table
// of exposure, and each demand of the file that may be listed. Days of law after the edition's own day are not looked at, whatever on
// says. A demand that may not be listed changes nothing, neither by being a ground nor through a law that only it brings in. What
// changed since another edition rests on both, and adds none here.
//
// The digest is SHA-256 of the line notice-ground/v1 and one line for each value that is not empty: its path, a blank, and the value as
// a Go string in quotation marks, each line ended by LF. Of a law these are its keys as package law describes them, in that order, with
// every version that had begun, and every effect and appeal that had come, on the day; but not when it was checked or is due, nor where
// its words were read: they may be read again, elsewhere, and say the same. Of a demand they are its keys, each with its facts as the
// file writes them; but not who released it.
func Grounds(p *Program, book *law.Book, on source.Day) ([]Ground, error) {
	x, err := newEngine(p, book, on, false)
	if err != nil {
		return nil, err
	}
	rows, err := x.rows(x.inTable())
	if err != nil {
		return nil, err
	}
	laws := map[source.ID]bool{}
	add := func(ids ...source.ID) {
		for _, id := range ids {
			laws[id] = true
		}
	}
	for i := range rows {
		add(rows[i].Demand)
		add(rows[i].Laws...)
		add(rows[i].Disputed...)
	}
	for _, kind := range p.Kinds() {
		n, err := Build(p, book, kind, on)
		if err != nil {
			return nil, err
		}
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					for _, r := range st.Because {
						add(r.Law)
					}
				}
			}
		}
	}
	var out []Ground
	for id := range laws {
		if e := book.Entry(id); e != nil {
			w := groundText{day: x.day}
			w.entry(e)
			out = append(out, Ground{"law", string(id), w.digest(), e.Citation})
		}
	}
	for _, ev := range x.events {
		var w groundText
		for _, key := range entry(ev.Event) {
			if key[0] != "released" {
				w.line(key[0], key[1])
			}
		}
		out = append(out, Ground{"demand", string(ev.ID), w.digest(), strings.ReplaceAll(string(ev.Kind), "_", " ") + " of " + ev.Dated.String()})
	}
	slices.SortFunc(out, func(a, b Ground) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// groundText is what a ground says on a day, as lines.
type groundText struct {
	day   source.Day
	lines strings.Builder
}

func (w *groundText) line(path, value string) {
	if value != "" {
		fmt.Fprintf(&w.lines, "%s %q\n", path, value)
	}
}

func (w *groundText) digest() string {
	sum := sha256.Sum256([]byte("notice-ground/v1\n" + w.lines.String()))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// howKnown are the keys that say when and where a law was read, and not what it says.
var howKnown = []string{"checked", "source"}

func (w *groundText) entry(e *law.Entry) { w.group("", reflect.ValueOf(*e)) }

// group writes the keys of a struct.
func (w *groundText) group(path string, v reflect.Value) {
	for i := range v.NumField() {
		key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if key == "" || key == "-" || slices.Contains(howKnown, key) {
			continue
		}
		w.value(join(path, key), v.Field(i))
	}
}

// value writes what stands at a path, unless it is later than the day.
func (w *groundText) value(path string, v reflect.Value) {
	switch is := v.Interface().(type) {
	case source.Text:
		w.line(path, is.Name)
		for _, tag := range slices.Sorted(maps.Keys(is.In)) {
			w.line(path+"."+tag, is.In[tag])
		}
		return
	case source.Date:
		if later := strings.HasSuffix(path, ".to") || strings.HasSuffix(path, ".appealed"); !later || is.Last <= w.day {
			w.line(path, is.String())
		}
		return
	case source.Period:
		if is != (source.Period{}) {
			w.line(path, is.String())
		}
		return
	case law.Version:
		if is.From.State == source.Known && is.From.Is.First > w.day {
			return
		}
	case law.Effect:
		if is.On.Last > w.day {
			return
		}
	}
	if _, ok := source.FactType(v.Type()); ok {
		w.line(path+".state", fmt.Sprint(v.FieldByName("State").Interface()))
		if v.FieldByName("State").Interface() == source.Known {
			w.value(path+".is", v.FieldByName("Is"))
		}
		for _, f := range []string{"Confidence", "By", "Law", "But"} {
			w.value(path+"."+strings.ToLower(f), v.FieldByName(f))
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			w.value(path, v.Elem())
		}
	case reflect.Struct:
		w.group(path, v)
	case reflect.Slice:
		for i := range v.Len() {
			w.value(fmt.Sprint(path, ".", i), v.Index(i))
		}
	default:
		if !v.IsZero() {
			w.line(path, fmt.Sprint(v.Interface()))
		}
	}
}
