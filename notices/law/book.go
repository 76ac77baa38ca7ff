package law

import (
	"io/fs"

	"fairnotice/notices/source"
)

// Book is the entries, by id. It is immutable.
type Book struct{}

// Open reads every *.yaml file of a folder as one entry each and checks them: the file's name is the entry's id; one of demand,
// versions, ruling; no `forbids: yes` without quoted words; words unknown forces confidence unverified; next after on; ids that exist.
func Open(fsys fs.FS, dir string) (*Book, source.Problems) { return &Book{}, nil }

// Shipped is the book that is compiled into the program.
func Shipped() (*Book, source.Problems) { return &Book{}, nil }

// Entry gives one entry, or nil.
func (b *Book) Entry(id source.ID) *Entry { return nil }

// All gives every entry, ordered by kind (demands in the order of domain section A, protections from ordinance of the smallest place
// up, rulings by day), then id.
func (b *Book) All() []*Entry { return nil }

// In gives the entries that apply in a place and in the places around it: us-il-chicago lies in us-il-cook, us-il and us.
// It is false for a place that the book does not know.
func (b *Book) In(place source.ID) ([]*Entry, bool) { return nil, false }

// Places lists the places that the book knows.
func (b *Book) Places() []source.ID { return nil }

// On gives the version of a protection in force on a day; nil where there is none.
func (e *Entry) On(day source.Day) *Version { return nil }

// Version gives a version by its id.
func (e *Entry) Version(id source.ID) *Version { return nil }

// EffectOn gives the effect that holds on a day: the last whose day is certainly not after it. The zero Effect (unverified) where none is.
func (e *Entry) EffectOn(day source.Day) Effect { return Effect{Is: Unverified} }

// Due reports whether the entry is past its next check on a day.
func (e *Entry) Due(on source.Day) bool { return false }
