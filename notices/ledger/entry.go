package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices/source"
)

// MaxLine is the most bytes that one line of the ledger may have: what is long is a blob.
const MaxLine = 4 << 10

// Line is what one leaf of the ledger says: [Entry], [Withheld], [Revoked] or [Rotation]. Bytes is its only form: parsing it and
// formatting it again gives the same bytes.
type Line interface{ Bytes() []byte }

// Entry is one publication: an edition of a program went out.
//
//	notice-publication/v1
//	program city-rent-aid
//	edition 7
//	edition-digest sha256:…
//	valid-from 2026-11-21
//	supersedes sha256:…       the edition digest of the edition before; absent for the first
//	signoff sha256:…          one line for each file of signatures that was in force, sorted, each once
//
// No author, and no clock finer than a day.
type Entry struct {
	Program    source.ID
	Number     int    // of the edition, from 1
	Digest     string // sha256:… of the edition's lines, which are a blob
	From       source.Day
	Supersedes string   // "" where there was none before
	Signoffs   []string // sha256:… of the files of signatures, which are blobs
}

// Withheld says that a blob is not given out any more. The line that named it stays.
//
//	notice-withheld/v1
//	blob sha256:…
//	reason court-order        or error
//	date 2026-11-21
type Withheld struct {
	Blob   string
	Reason Reason
	On     source.Day
}

// Reason is why a blob is withheld.
type Reason string

// The two reasons to withhold a blob: a court ordered it, or something was published by error.
const (
	CourtOrder Reason = "court-order"
	ByError    Reason = "error"
)

// Words lists the vocabulary.
func (Reason) Words() []string { return []string{string(CourtOrder), string(ByError)} }

// Revoked says that a reviewer took back a statement that an earlier line names.
//
//	notice-revoked/v1
//	signoff sha256:…          as an Entry names it
//	by sha256:…               the signed revocation, a blob
//	date 2026-11-21
type Revoked struct {
	Signoff string
	By      string
	On      source.Day
}

const (
	entryFormat    = "notice-publication/v1"
	withheldFormat = "notice-withheld/v1"
	revokedFormat  = "notice-revoked/v1"
)

// Hash names a blob by its bytes: sha256: and 64 hexadecimal digits.
func Hash(blob []byte) string {
	sum := sha256.Sum256(blob)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// isHash says whether a word is a name as Hash gives it.
func isHash(s string) bool {
	digits, ok := strings.CutPrefix(s, "sha256:")
	return ok && len(digits) == 64 && strings.Trim(digits, "0123456789abcdef") == ""
}

// isID says whether a word can name a program: it also names a folder, on every system.
func isID(s source.ID) bool {
	return len(s) > 0 && len(s) <= 64 && strings.Trim(string(s), "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

// Bytes formats the entry.
func (e Entry) Bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nprogram %s\nedition %d\nedition-digest %s\nvalid-from %s\n", entryFormat, e.Program, e.Number, e.Digest, e.From)
	if e.Supersedes != "" {
		fmt.Fprintf(&b, "supersedes %s\n", e.Supersedes)
	}
	for _, s := range e.Signoffs {
		fmt.Fprintf(&b, "signoff %s\n", s)
	}
	return b.Bytes()
}

// Bytes formats the tombstone.
func (w Withheld) Bytes() []byte {
	return fmt.Appendf(nil, "%s\nblob %s\nreason %s\ndate %s\n", withheldFormat, w.Blob, w.Reason, w.On)
}

// Bytes formats the line.
func (r Revoked) Bytes() []byte {
	return fmt.Appendf(nil, "%s\nsignoff %s\nby %s\ndate %s\n", revokedFormat, r.Signoff, r.By, r.On)
}

// ParseEntry reads an entry. It refuses bytes that Entry.Bytes cannot have written.
func ParseEntry(b []byte) (Entry, error) {
	l, err := ParseLine(b)
	if err != nil {
		return Entry{}, err
	}
	e, ok := l.(Entry)
	if !ok {
		return Entry{}, errors.New("this line of a ledger is not a publication")
	}
	return e, nil
}

// ParseLine reads any line of a ledger. It refuses bytes that its Bytes cannot have written.
func ParseLine(b []byte) (Line, error) {
	if len(b) > MaxLine {
		return nil, fmt.Errorf("a line of a ledger has at most %d bytes; this has %d", MaxLine, len(b))
	}
	format, rest, _ := strings.Cut(string(b), "\n")
	f := fields{rest: rest}
	var l Line
	switch format {
	case entryFormat:
		e := Entry{Program: source.ID(f.must("program"))}
		e.Number = f.number("edition")
		e.Digest = f.hash("edition-digest")
		e.From = f.day("valid-from")
		if f.next() == "supersedes" {
			e.Supersedes = f.hash("supersedes")
		}
		for f.next() == "signoff" {
			e.Signoffs = append(e.Signoffs, f.hash("signoff"))
		}
		if f.err == nil && !isID(e.Program) {
			f.err = fmt.Errorf("%q is not the id of a program", e.Program)
		}
		if f.err == nil && (!slices.IsSorted(e.Signoffs) || len(slices.Compact(slices.Clone(e.Signoffs))) != len(e.Signoffs)) {
			f.err = errors.New("the lines signoff are not in order, or one stands there twice")
		}
		l = e
	case withheldFormat:
		w := Withheld{Blob: f.hash("blob"), Reason: Reason(f.must("reason")), On: f.day("date")}
		if f.err == nil && !slices.Contains(w.Reason.Words(), string(w.Reason)) {
			f.err = fmt.Errorf("%q is no reason to withhold: there are %s", w.Reason, strings.Join(w.Reason.Words(), " and "))
		}
		l = w
	case revokedFormat:
		l = Revoked{Signoff: f.hash("signoff"), By: f.hash("by"), On: f.day("date")}
	case rotationFormat:
		r, err := ParseRotation(b)
		if err != nil {
			return nil, err
		}
		return r, nil
	default:
		return nil, errors.New("this is no line of a ledger: its first line names no format that is known")
	}
	if f.err == nil && !bytes.Equal(l.Bytes(), b) {
		f.err = errors.New("the bytes are not those that a ledger writes")
	}
	if f.err != nil {
		return nil, fmt.Errorf("a line of a ledger cannot be read: %w", f.err)
	}
	return l, nil
}

// fields reads lines `key value` in their order, and keeps the first error.
type fields struct {
	rest string
	err  error
}

// next is the key of the line that comes.
func (f *fields) next() string {
	if f.err != nil {
		return ""
	}
	line, _, _ := strings.Cut(f.rest, "\n")
	key, _, _ := strings.Cut(line, " ")
	return key
}

func (f *fields) must(key string) string {
	if f.err != nil {
		return ""
	}
	line, rest, whole := strings.Cut(f.rest, "\n")
	value, ok := strings.CutPrefix(line, key+" ")
	if !whole || !ok || value == "" {
		f.err = fmt.Errorf("the line %q is missing", key)
		return ""
	}
	f.rest = rest
	return value
}

func (f *fields) hash(key string) string {
	s := f.must(key)
	if f.err == nil && !isHash(s) {
		f.err = fmt.Errorf("the line %q has no hash, which is sha256: and 64 digits", key)
	}
	return s
}

func (f *fields) number(key string) int {
	s := f.must(key)
	n, err := strconv.Atoi(s)
	if f.err == nil && (err != nil || n < 1 || n > 1e9) {
		f.err = fmt.Errorf("the line %q has no number from 1", key)
	}
	return n
}

func (f *fields) day(key string) source.Day {
	s := f.must(key)
	if f.err != nil {
		return 0
	}
	d, err := source.ParseDay(s)
	if err != nil {
		f.err = err
	}
	return d
}
