package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// Reviews is what lies in the folder of a program's reviews, x/review for x.yaml, as far as it is about signatures:
//
//	NAME.statement         a statement
//	NAME.statement.sig     its signature, as ssh-keygen -Y sign writes it
//	NAME.note              a statement as a signed note
//	NAME.letter            the record of a letter
//	NAME.revoked           a revocation as a signed note; or its text alone, with its signature in NAME.revoked.sig
//	NAME.rotation          a change of a key, signed by the old one and by the new one
//	keys.txt               further keys of reviewers: the line notice-keys/v1, then lines `key REVIEWER KEY`
//
// Nothing in it counts because it lies there: Judge holds every signature against the keys of the reviewers.
type Reviews struct {
	All         []*Review
	Revocations []*Review // Statement is empty but for Program, Reviewer and Date; Revokes is set
	Rotations   []Rotation
	Keys        []ReviewerKey
	gone        []string // hashes of files that a ledger says were taken back, where what took them back cannot be read
}

// Review is one statement, letter or revocation, with the signature that lies beside it or in it.
type Review struct {
	File      string    // such as 2026-11-21-en.statement
	Statement Statement // what it says; of a letter, what the office read in it
	Letter    *Letter   // not nil: nobody signed it
	Revokes   string    // of a revocation: the hash of the statement's text
	Text      []byte    // what is signed
	Signature []byte    // the file of ssh-keygen, or the whole note; nil where nobody has signed
	IsNote    bool
}

// Hash names the statement in a revocation and in the log.
func (r *Review) Hash() string { return Hash(r.Text) }

// Blobs are the files that prove the review, to be kept with an edition: the statement and its signature, or the note.
func (r *Review) Blobs() [][]byte {
	switch {
	case r.IsNote:
		return [][]byte{r.Signature}
	case r.Signature != nil:
		return [][]byte{r.Text, r.Signature}
	}
	return [][]byte{r.Text}
}

// By gives the key that signed the review: ErrUnknownSigner if it is none of keys, ErrBadSignature or another error if the signature
// is none.
func (r *Review) By(keys []Key) (Key, error) {
	switch {
	case r.Signature == nil:
		return Key{}, errors.New("nobody has signed it")
	case r.IsNote:
		_, key, err := CheckNote(r.Signature, keys...)
		return key, err
	}
	key, err := CheckSSH(r.Text, r.Signature)
	if err == nil && !slices.ContainsFunc(keys, func(k Key) bool { return k.text == key.text }) {
		return key, ErrUnknownSigner
	}
	return key, err
}

// ReviewerKey is a line of keys.txt.
type ReviewerKey struct {
	Reviewer string
	Key      Key
}

const keysHead = "notice-keys/v1"

// maxReviewFiles bounds how many files of a folder are read.
const maxReviewFiles = 1000

// ReadReviews reads the folder of a program's reviews. One that is not there is empty. A file that cannot be read is a problem, and
// counts for nothing; the others count.
func ReadReviews(fsys fs.FS) (*Reviews, source.Problems) {
	out := &Reviews{}
	var ps source.Problems
	problem := func(file string, line int, hint, format string, args ...any) {
		ps = append(ps, source.Problem{Pos: source.Pos{File: file, Line: line, Col: min(line, 1)}, Code: "review", Severity: source.Error, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	entries, err := fs.ReadDir(fsys, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		problem(".", 0, "", "The folder of the reviews cannot be read.")
		return out, ps
	}
	names := []string{}
	for _, e := range entries {
		switch path.Ext(e.Name()) {
		case ".statement", ".note", ".letter", ".revoked", ".rotation":
		default:
			if e.Name() != "keys.txt" {
				continue
			}
		}
		names = append(names, e.Name())
	}
	if len(names) > maxReviewFiles {
		problem(names[maxReviewFiles], 0, "Move old ones to another folder.", "The folder of the reviews has more than %d files of reviews; from here on, none counts.", maxReviewFiles)
		names = names[:maxReviewFiles]
	}
	for _, name := range names {
		b, err := readReview(fsys, name)
		if err == nil {
			err = out.read(name, b, func(other string) ([]byte, error) { return readReview(fsys, other) })
		}
		if err != nil {
			says := err.Error()
			problem(name, 1, "It counts for nothing. Ask for it again, or move it away.", "This file of a review cannot be read: %s.", says)
		}
	}
	return out, ps
}

// readReview reads a file of at most 1 MiB.
func readReview(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, 0, 4096)
	buf := make([]byte, 32<<10)
	for {
		n, err := f.Read(buf)
		if b = append(b, buf[:n]...); len(b) > maxReviewFile {
			return nil, errors.New("it has more than 1 MiB")
		}
		if err != nil {
			if err.Error() == "EOF" {
				err = nil
			}
			return b, err
		}
	}
}

// read takes one file in.
func (rs *Reviews) read(name string, b []byte, beside func(string) ([]byte, error)) error {
	sig := func() ([]byte, error) {
		s, err := beside(name + ".sig")
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return s, err
	}
	r := &Review{File: name, Text: b}
	var err error
	switch path.Ext(name) {
	case ".note":
		if r.Text, err = NoteText(b); err == nil {
			r.Signature, r.IsNote = b, true
			r.Statement, err = ParseStatement(r.Text)
		}
	case ".statement":
		if r.Statement, err = ParseStatement(b); err == nil {
			r.Signature, err = sig()
		}
	case ".letter":
		var l Letter
		if l, err = ParseLetter(b); err == nil {
			r.Statement, r.Letter = l.Statement, &l
		}
	case ".revoked":
		if bytes.Contains(b, []byte("\n\n")) {
			r.Text, err = NoteText(b)
			r.Signature, r.IsNote = b, true
		} else {
			r.Signature, err = sig()
		}
		var v Revocation
		if err == nil {
			v, err = ParseRevocation(r.Text)
		}
		if err == nil {
			r.Statement, r.Revokes = Statement{Program: v.Program, Reviewer: v.Reviewer, Date: v.Date}, v.Statement
			rs.Revocations = append(rs.Revocations, r)
		}
		return err
	case ".rotation":
		rot, err := ParseRotation(b)
		if err == nil {
			rs.Rotations = append(rs.Rotations, rot)
		}
		return err
	default:
		return rs.readKeys(b)
	}
	if err == nil {
		rs.All = append(rs.All, r)
	}
	return err
}

func (rs *Reviews) readKeys(b []byte) error {
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n"), "\n")
	if lines[0] != keysHead {
		return errors.New("its first line is not " + keysHead)
	}
	for i, l := range lines[1:] {
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		f := strings.SplitN(l, " ", 3)
		if len(f) != 3 || f[0] != "key" || !IsReviewer(f[1]) {
			return fmt.Errorf("line %d is not `key`, the id of a reviewer, and a public key", i+2)
		}
		k, err := ParseKey(f[2])
		if err != nil {
			return fmt.Errorf("line %d: %w", i+2, err)
		}
		rs.Keys = append(rs.Keys, ReviewerKey{f[1], k})
	}
	return nil
}

// ReviewsOf finds the reviews again among the blobs that a ledger keeps: a signature belongs to the statement that it fits.
func ReviewsOf(blobs [][]byte) *Reviews {
	out := &Reviews{}
	none := func(string) ([]byte, error) { return nil, fs.ErrNotExist }
	for _, b := range blobs {
		name := Hash(b)
		switch {
		case bytes.HasPrefix(b, []byte(letterHead+"\n")):
			_ = out.read(name+".letter", b, none)
		case bytes.HasPrefix(b, []byte(revocationHead+"\n")):
			_ = out.read(name+".revoked", b, none)
		case bytes.HasPrefix(b, []byte(statementHead+"\n")) && bytes.Contains(b, []byte("\n\n")):
			_ = out.read(name+".note", b, none)
		case bytes.HasPrefix(b, []byte(statementHead+"\n")):
			_ = out.read(name+".statement", b, func(string) ([]byte, error) {
				for _, sig := range blobs {
					if _, err := CheckSSH(b, sig); err == nil {
						return sig, nil
					}
				}
				return nil, fs.ErrNotExist
			})
		}
	}
	return out
}

// Reviews gives what a ledger keeps of the reviews of a program: each statement, letter and signature that a line of it names, and what
// took one of them back. missing are the hashes of what is withheld, or is not in this copy: nobody here knows what it says. A line that
// says that a statement was taken back counts also where what took it back is missing.
func (v *View) Reviews(program source.ID) (have *Reviews, missing []string) {
	var names, gone []string
	for _, l := range v.lines {
		switch l := l.(type) {
		case Entry:
			if l.Program == program {
				names = append(names, l.Signoffs...)
			}
		case Revoked:
			if slices.Contains(names, l.Signoff) {
				names = append(names, l.By)
				if _, err := v.Blob(l.By); err != nil {
					gone = append(gone, l.Signoff)
				}
			}
		}
	}
	slices.Sort(names)
	var blobs [][]byte
	for _, h := range slices.Compact(names) {
		if b, err := v.Blob(h); err == nil {
			blobs = append(blobs, b)
		} else {
			missing = append(missing, h)
		}
	}
	have = ReviewsOf(blobs)
	have.gone = gone
	return have.of(program), missing
}
