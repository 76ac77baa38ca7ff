package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"fairnotice/notices/source"
)

// Rotation says that a key follows another. It is a signed note, signed by both: by the old key, so that who trusts the old one may
// trust the new one; by the new key, so that nobody hands on to a key that is not theirs. It needs no other witness, so it can be
// carried anywhere: in a ledger, in a proof, beside a program file.
//
//	notice-key-rotation/v1
//	old notices.example.org+1234abcd+AV…
//	new notices.example.org+9876fedc+AX…
//	date 2026-11-21
//
//	— notices.example.org …   by the old key
//	— notices.example.org …   by the new key
type Rotation struct {
	Old, New string // verifier keys, as golang.org/x/mod/sumdb/note writes them
	On       source.Day
	note     string // whole, as signed
}

const rotationFormat = "notice-key-rotation/v1"

// Rotate makes the statement that the key of next follows the key of old. Both sign it.
func Rotate(oldKey, newKey string, on source.Day, old, next note.Signer) (Rotation, error) {
	r := Rotation{Old: oldKey, New: newKey, On: on}
	signed, err := note.Sign(&note.Note{Text: r.text()}, old, next)
	if err != nil {
		return Rotation{}, err
	}
	return ParseRotation(signed)
}

func (r Rotation) text() string {
	return fmt.Sprintf("%s\nold %s\nnew %s\ndate %s\n", rotationFormat, r.Old, r.New, r.On)
}

// Bytes is the signed note.
func (r Rotation) Bytes() []byte { return []byte(r.note) }

// ParseRotation reads a rotation and checks both of its signatures.
func ParseRotation(b []byte) (Rotation, error) {
	bad := func(why string) (Rotation, error) {
		return Rotation{}, errors.New("the change of a key cannot be read: " + why)
	}
	if len(b) > MaxLine {
		return bad("it is too long")
	}
	text, _, ok := strings.Cut(string(b), "\n\n")
	if !ok {
		return bad("it is not signed")
	}
	text += "\n"
	format, rest, _ := strings.Cut(text, "\n")
	f := fields{rest: rest}
	r := Rotation{Old: f.must("old"), New: f.must("new"), On: f.day("date"), note: string(b)}
	if f.err != nil {
		return bad(f.err.Error())
	}
	if format != rotationFormat || r.text() != text {
		return bad("the bytes are not those that are written")
	}
	old, err := NewVerifier(r.Old)
	if err != nil {
		return bad("the old key is none")
	}
	next, err := NewVerifier(r.New)
	if err != nil {
		return bad("the new key is none")
	}
	if r.Old == r.New {
		return bad("the new key is the old one")
	}
	n, err := note.Open(b, note.VerifierList(old, next))
	if err != nil || n.Text != text || len(n.Sigs) != 2 || len(n.UnverifiedSigs) != 0 {
		return bad("it takes the signatures of the old key and of the new one, and no other")
	}
	if n.Sigs[0].Hash != old.KeyHash() || n.Sigs[0].Name != old.Name() || !bytes.Equal(formatNote(n.Text, n.Sigs), b) {
		return bad("the bytes are not those that are written")
	}
	return r, nil
}

// follow gives the keys that are in force after rotations, beginning with keys that are trusted, each once.
func follow(trusted []note.Verifier, rotations []Rotation) []note.Verifier {
	var out []note.Verifier
	for _, v := range trusted {
		for _, r := range rotations {
			v = follow1(v, r)
		}
		out = append(out, v)
	}
	return unique(out)
}

// follow1 gives the new key of a rotation to whom trusts its old key, and else the key itself. That the trusted key is the old one is
// shown by its signature; the number of a key has only 32 bits.
func follow1(v note.Verifier, r Rotation) note.Verifier {
	n, err := note.Open(r.Bytes(), note.VerifierList(v))
	if err != nil {
		return v
	}
	old, err1 := NewVerifier(r.Old)
	next, err2 := NewVerifier(r.New)
	if err1 != nil || err2 != nil || len(n.Sigs) != 1 || !sameVerifier(v, old) {
		return v
	}
	return next
}
