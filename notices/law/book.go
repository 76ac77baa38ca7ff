package law

import (
	"cmp"
	"embed"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"fairnotice/notices/source"
)

//go:embed book/*.yaml
var shipped embed.FS

// Book is the entries, by id. It is immutable, and so are the entries that it hands out: nobody changes them.
type Book struct {
	byID  map[source.ID]*Entry
	order []*Entry
}

// Open reads every *.yaml file of a folder as one entry each and checks them, as the package comment says. It finds all problems, of
// all files, before it returns; the book then holds the entries that could be read. A folder that is not there is an error.
func Open(fsys fs.FS, dir string) (*Book, source.Problems) { return (&Book{}).With(fsys, dir) }

// With gives a book that also holds the entries of a folder, as an office keeps them beside its program file: protections, each with its
// words for readers. They may name entries of this book; they cannot replace one: an id that this book has is an error. A folder that is
// not there adds nothing.
func (b *Book) With(fsys fs.FS, dir string) (*Book, source.Problems) {
	var problems source.Problems
	files, err := fs.ReadDir(fsys, dir)
	if err != nil {
		if len(b.order) > 0 && errors.Is(err, fs.ErrNotExist) {
			return b, nil
		}
		return b, source.Problems{{Pos: source.Pos{File: dir}, Code: "law-folder", Severity: source.Error,
			Message: "The folder of the book of law could not be read: " + err.Error() + "."}}
	}
	beside := len(b.order) > 0
	next := &Book{byID: make(map[source.ID]*Entry, len(b.order)+len(files)), order: slices.Clone(b.order)}
	for _, e := range b.order {
		next.byID[e.ID] = e
	}
	var read []*reading
	for _, f := range files {
		if f.IsDir() || path.Ext(f.Name()) != ".yaml" {
			continue
		}
		name := path.Join(dir, f.Name())
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, source.Problem{Pos: source.Pos{File: name}, Code: "law-folder", Severity: source.Error,
				Message: "The file could not be read: " + err.Error() + "."})
			continue
		}
		r := &reading{entry: &Entry{Own: beside}, stem: strings.TrimSuffix(f.Name(), ".yaml")}
		var found source.Problems
		r.doc, found = source.Read(name, data, r.entry)
		problems = append(problems, found...)
		r.whole = !found.Failed()
		if r.entry.ID != "" && next.byID[r.entry.ID] != nil {
			r.twice = true
		} else if r.entry.ID != "" {
			next.byID[r.entry.ID] = r.entry
		}
		read = append(read, r)
	}
	for _, r := range read {
		if r.whole {
			r.check(next)
			problems = append(problems, r.problems...)
		}
	}
	for _, r := range read {
		switch {
		case r.twice:
		case !r.whole:
			delete(next.byID, r.entry.ID)
		default:
			next.order = append(next.order, r.entry)
		}
	}
	slices.SortStableFunc(next.order, before)
	problems.Sort()
	return next, problems
}

// Shipped is the book that is compiled into the program. It is read once.
func Shipped() (*Book, source.Problems) { return readShipped() }

var readShipped = sync.OnceValues(func() (*Book, source.Problems) { return Open(shipped, "book") })

// Entry gives one entry, or nil.
func (b *Book) Entry(id source.ID) *Entry { return b.byID[id] }

// All gives every entry, ordered by kind (demands in the order of domain section A, protections from ordinance of the smallest place
// up, rulings by day), then id.
func (b *Book) All() []*Entry { return slices.Clone(b.order) }

// In gives the entries that apply in a place and in the places around it, in the order of All: us-il-chicago lies in us-il-cook, us-il
// and us. It is false for a place that the book does not know.
func (b *Book) In(place source.ID) ([]*Entry, bool) {
	here := around(place)
	if here == nil {
		return nil, false
	}
	var out []*Entry
	for _, e := range b.order {
		if slices.Contains(here, e.Where) {
			out = append(out, e)
		}
	}
	return out, true
}

func before(a, b *Entry) int {
	return cmp.Or(
		cmp.Compare(slices.Index(a.Kind.Words(), string(a.Kind)), slices.Index(b.Kind.Words(), string(b.Kind))),
		withinKind(a, b),
		cmp.Compare(a.ID, b.ID),
	)
}

func withinKind(a, b *Entry) int {
	switch {
	case a.Demand != nil && b.Demand != nil:
		n, l := routeOrder(a.Demand.Route)
		m, k := routeOrder(b.Demand.Route)
		return cmp.Or(cmp.Compare(n, m), cmp.Compare(l, k))
	case a.Ruling != nil && b.Ruling != nil:
		return cmp.Compare(a.Ruling.Decided.First, b.Ruling.Decided.First)
	}
	return cmp.Compare(placeIndex(b.Where), placeIndex(a.Where))
}

// routeOrder splits a route's number and its letter: 6b is 6 and "b". A demand without a number comes last.
func routeOrder(route string) (int, string) {
	n, i := 0, 0
	for i < len(route) && route[i] >= '0' && route[i] <= '9' && n < 1000 {
		n = n*10 + int(route[i]-'0')
		i++
	}
	if i == 0 {
		n = 1000
	}
	return n, route[i:]
}

// On gives the version of a protection in force on a day; nil where there is none, or where none had certainly begun. A version whose
// first day is unknown counts as begun: its effects say since when it is known to hold.
func (e *Entry) On(day source.Day) *Version {
	for i := len(e.Versions) - 1; i >= 0; i-- {
		v := &e.Versions[i]
		begun := v.From.State != source.Known || v.From.Is.Last <= day
		ended := !v.To.IsZero() && v.To.Last <= day
		if begun && !ended {
			return v
		}
	}
	return nil
}

// Version gives a version by its id, or nil.
func (e *Entry) Version(id source.ID) *Version {
	for i := range e.Versions {
		if e.Versions[i].ID == id {
			return &e.Versions[i]
		}
	}
	return nil
}

// EffectOn gives the effect that holds on a day: the last whose day is certainly not after it. The zero Effect (unverified) where none is.
func (e *Entry) EffectOn(day source.Day) Effect {
	for i := len(e.Effects) - 1; i >= 0; i-- {
		if e.Effects[i].On.Last <= day {
			return e.Effects[i]
		}
	}
	return Effect{Is: Unverified}
}

// Since gives the day from which the standing of an entry on a day has held without a break: a suit that was filed in May and amended in
// July is open since May. It is zero where no effect holds.
func (e *Entry) Since(day source.Day) source.Date {
	now, since := e.EffectOn(day), source.Date{}
	for _, x := range e.Effects {
		switch {
		case x.On.Last > day:
		case x.Is != now.Is:
			since = source.Date{}
		case since.IsZero():
			since = x.On
		}
	}
	return since
}

// Cases lists the suits or decisions behind an effect, each as cited. It is empty where the effect names none.
func (x Effect) Cases() []string {
	if x.Case == "" {
		return nil
	}
	return strings.Split(x.Case, "; ")
}

// WordsOn gives the quoted words of an entry on a day: of a demand or a ruling, or of the version of a protection in force. It is
// Unsaid where a protection has no version on that day.
func (e *Entry) WordsOn(day source.Day) source.Fact[string] {
	switch {
	case e.Demand != nil:
		return e.Demand.Words
	case e.Ruling != nil:
		return e.Ruling.Words
	}
	if v := e.On(day); v != nil {
		return v.Words
	}
	return source.Fact[string]{}
}

// Due reports whether the entry is past its next check on a day. On the day of the check it is due.
func (e *Entry) Due(on source.Day) bool { return on >= e.Checked.Next.First }

// Holder is what a law looks at in somebody who holds records.
type Holder struct {
	Kind      HolderKind
	Within    source.ID   // the place of a public office; "" where the file does not say, and for a company
	Custodian bool        // the office that answers for the program
	Authority []source.ID // the laws under which the program runs
}

// Binds says whether a version of this protection binds a holder: yes, undecided or no. A kind that the version does not list is not
// bound; nor is an office of another place.
func (e *Entry) Binds(v *Version, h Holder) Verdict {
	if h.Within != "" && !slices.Contains(around(h.Within), e.Where) {
		return DoesNot
	}
	best := DoesNot
	for _, b := range v.Binds {
		if !h.Kind.IsA(b.Kind) ||
			slices.Contains(b.Only, OnlyCustodian) && !h.Custodian ||
			slices.Contains(b.Only, OnlyUnderThisLaw) && !slices.Contains(h.Authority, e.ID) {
			continue
		}
		if b.Is == Does || best == DoesNot {
			best = b.Is
		}
	}
	return best
}

// BindsCourtsOf reports whether courts of a place must follow the ruling.
func (r *Ruling) BindsCourtsOf(place source.ID) bool {
	return slices.ContainsFunc(around(place), func(at source.ID) bool { return slices.Contains(r.Binding, at) })
}

// Covering says whether a version covers an item of a class: what it says of the item, else of the class, else of all, else no.
func (v *Version) Covering(item source.ID, class ItemClass) Verdict {
	for _, what := range []source.ID{item, source.ID(class), All} {
		for _, c := range v.Covers {
			if c.What == what {
				return c.Is
			}
		}
	}
	return DoesNot
}

// Lets says whether a version lets a demand pass: yes where it does not stop demands of that class or excepts them; undecided where it
// stops them only for immigration enforcement, and the demand can come for other reasons, too; else no.
func (v *Version) Lets(demand *Entry) Verdict {
	d := demand.Demand
	switch {
	case !slices.Contains(v.Blocks, d.Class) || slices.Contains(v.Exceptions, source.ID(d.Class)):
		return Does
	case !d.Immigration && slices.Contains(v.Exceptions, NotImmigration):
		return Undecided
	}
	return DoesNot
}

// NotImmigration is the exception of a law that is only about immigration enforcement, or only about immigration officers.
const NotImmigration source.ID = "not_immigration"

// All is the word for every item in `covers`.
const All source.ID = "all"
