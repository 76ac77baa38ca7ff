package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Policy is whom a reader believes.
type Policy struct {
	Origin    string          // the name of the ledger; "" takes any
	Keys      []note.Verifier // of the ledger: one of them, or the key that follows it by a chain of rotations, must have signed
	Witnesses []note.Verifier // as NewWitness reads them
	Quorum    int             // how many of them must have cosigned a proof
}

// View is a ledger that was read and verified: its lines are those that the checkpoint stands for.
type View struct {
	fsys   fs.FS
	cp     signed
	lines  []Line
	raw    [][]byte
	hashes inMemory
	policy Policy
}

// Read reads a ledger from a folder, a zip file or whatever is a file system, and verifies it: the signature of the checkpoint, and
// that all lines together give its hash. It recovers nothing, and needs no state but the public files. Blobs are verified as they are
// read; see also Check.
func Read(fsys fs.FS, p Policy) (*View, error) {
	read := func(name string, most int) ([]byte, error) { return readBounded(fsys, name, most) }
	raw, err := read("checkpoint", maxCheckpoint)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("there is no ledger here: there is no file checkpoint")
	}
	if err != nil {
		return nil, err
	}
	cp, err := parseSigned(raw)
	if err != nil {
		return nil, fmt.Errorf("the file checkpoint is damaged: %w", err)
	}
	v := &View{fsys: fsys, cp: cp, policy: p}
	if p.Origin != "" && p.Origin != cp.Origin {
		return nil, fmt.Errorf("this is the ledger %s, and not %s", cp.Origin, p.Origin)
	}
	tree, err := readLines(read, cp.Checkpoint)
	if err != nil {
		return nil, err
	}
	v.raw, v.hashes = tree.raw, tree.hashes
	for i, b := range v.raw {
		l, err := ParseLine(b)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i, err)
		}
		v.lines = append(v.lines, l)
	}
	ok, err := cp.by(unique(follow(p.Keys, v.rotations()))...)
	if err != nil {
		return nil, fmt.Errorf("the signature of the checkpoint is wrong: %w", err)
	}
	if !ok {
		return nil, errors.New("the checkpoint is not signed by the key of this ledger")
	}
	return v, nil
}

// tree is all lines and hashes of a ledger.
type tree struct {
	raw    [][]byte
	hashes inMemory
}

// readLines reads every line of a ledger from its bundles alone, and checks that together they give the root.
func readLines(read reader, c Checkpoint) (tree, error) {
	var t tree
	for n := int64(0); n*tileWidth < c.Size; n++ {
		b, err := readTile(read, bundleOf(n, c.Size))
		if err != nil {
			return tree{}, err
		}
		lines, _, err := splitBundle(b, bundleOf(n, c.Size).W)
		if err != nil {
			return tree{}, err
		}
		for _, l := range lines {
			more, err := tlog.StoredHashes(int64(len(t.raw)), l, t.hashes)
			if err != nil {
				return tree{}, err
			}
			t.raw = append(t.raw, l)
			t.hashes = append(t.hashes, more...)
		}
	}
	root, err := tlog.TreeHash(c.Size, t.hashes)
	if err != nil {
		return tree{}, err
	}
	if root != c.Root {
		return tree{}, errors.New("the lines of this ledger are not those that its checkpoint stands for: at least one was changed")
	}
	return t, nil
}

func (v *View) rotations() []Rotation {
	var out []Rotation
	for _, l := range v.lines {
		if r, ok := l.(Rotation); ok {
			out = append(out, r)
		}
	}
	return out
}

// Checkpoint is the head of what was read.
func (v *View) Checkpoint() Checkpoint { return v.cp.Checkpoint }

// Size is the number of lines.
func (v *View) Size() int64 { return v.cp.Size }

// Lines gives every line with its number, from 0.
func (v *View) Lines() iter.Seq2[int64, Line] {
	return func(yield func(int64, Line) bool) {
		for i, l := range v.lines {
			if !yield(int64(i), l) {
				return
			}
		}
	}
}

// Entries gives the publications with the numbers of their lines, from 0.
func (v *View) Entries() iter.Seq2[int64, Entry] {
	return func(yield func(int64, Entry) bool) {
		for i, l := range v.lines {
			if e, ok := l.(Entry); ok && !yield(int64(i), e) {
				return
			}
		}
	}
}

// WithheldError says that a blob is withheld.
type WithheldError struct{ Withheld }

func (e *WithheldError) Error() string {
	return fmt.Sprintf("this is withheld since %s (%s)", e.On, e.Reason)
}

// Blob gives the bytes that have a hash. One that is withheld is a *WithheldError; one that is not there is fs.ErrNotExist.
func (v *View) Blob(hash string) ([]byte, error) {
	if !isHash(hash) {
		return nil, fmt.Errorf("%.80q is no hash: sha256: and 64 digits", hash)
	}
	for _, l := range v.lines {
		if w, ok := l.(Withheld); ok && w.Blob == hash {
			return nil, &WithheldError{w}
		}
	}
	b, err := readBounded(v.fsys, blobPath(hash), MaxBlob)
	if err != nil {
		return nil, err
	}
	if Hash(b) != hash {
		return nil, fmt.Errorf("the file %s was changed", blobPath(hash))
	}
	return b, nil
}

// ConsistentWith checks that a checkpoint that somebody kept is a beginning of this ledger: nothing that it stood for was changed or
// taken out since.
func (v *View) ConsistentWith(oldCheckpoint []byte) error {
	old, err := parseSigned(oldCheckpoint)
	if err != nil {
		return err
	}
	if old.Origin != v.cp.Origin {
		return fmt.Errorf("the old checkpoint is of the ledger %s, and this is %s", old.Origin, v.cp.Origin)
	}
	if old.Size > v.cp.Size {
		return fmt.Errorf("the old checkpoint has %d lines, and this ledger has %d: lines were taken out, or this copy is the older one", old.Size, v.cp.Size)
	}
	root, err := tlog.TreeHash(old.Size, v.hashes)
	if err != nil {
		return err
	}
	if root != old.Root {
		return fmt.Errorf("the first %d lines of this ledger are not those of the old checkpoint: history was changed", old.Size)
	}
	return nil
}

// bestFor is the checkpoint for the proof of a line: the one with the most signatures.
func (v *View) bestFor(int64) signed { return v.cp }
