package ledger

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"fairnotice/notices/source"
)

// ErrNone says that there is no ledger.
var ErrNone = errors.New("there is no ledger here: there is no file checkpoint")

// Policy is whom a reader believes.
type Policy struct {
	Origin    string          // the name of the ledger; "" takes any
	Keys      []note.Verifier // of the ledger, as NewVerifier reads them; the key that follows one of them by signed changes counts too. None: a ledger is read without looking who signed it (View.Signed), and no proof holds
	Witnesses []note.Verifier // as NewWitness reads them
	Quorum    int             // how many of them must have cosigned, for CheckProof
}

// View is a ledger that was read: its lines are those that the checkpoint stands for.
type View struct {
	fsys     fs.FS
	cp       signed
	lines    []Line
	raw      [][]byte
	hashes   inMemory
	policy   Policy
	signed   bool
	withheld map[string]Withheld
}

// Read reads a ledger from a folder, a zip file or whatever is a file system, and verifies it: that the checkpoint is signed by the
// key of the ledger, and that all lines together give its hash. It recovers nothing, and needs only public files. A ledger whose key
// was changed has to be signed by the newest. Blobs are verified as they are read; Check looks at every file.
func Read(fsys fs.FS, p Policy) (*View, error) {
	v := &View{fsys: fsys, policy: p, withheld: map[string]Withheld{}}
	raw, err := v.read("checkpoint", maxCheckpoint)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, err
	}
	if v.cp, err = parseSigned(raw); err != nil {
		return nil, fmt.Errorf("the file checkpoint is damaged: %w", err)
	}
	if p.Origin != "" && p.Origin != v.cp.Origin {
		return nil, fmt.Errorf("this is the ledger %s, and not %s", v.cp.Origin, p.Origin)
	}
	tree, err := readLines(v.read, v.cp.Checkpoint)
	if err != nil {
		return nil, err
	}
	v.raw, v.hashes = tree.raw, tree.hashes
	for i, b := range v.raw {
		l, err := ParseLine(b)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if w, ok := l.(Withheld); ok {
			v.withheld[w.Blob] = w
		}
		v.lines = append(v.lines, l)
	}
	v.signed, err = v.cp.by(follow(p.Keys, v.Rotations())...)
	if err != nil {
		return nil, fmt.Errorf("the signature of the checkpoint is wrong: %w", err)
	}
	if err := stray(v.cp, append(v.keys(), p.Witnesses...)); err != nil {
		return nil, err
	}
	if !v.signed && len(p.Keys) > 0 {
		return nil, fmt.Errorf("the checkpoint is not signed by the key of this ledger. It is signed by %s", strings.Join(v.Signers(), " and "))
	}
	return v, nil
}

// keys are those that may have signed anything of the ledger: the trusted ones, and what follows them.
func (v *View) keys() []note.Verifier {
	return unique(append(follow(v.policy.Keys, v.Rotations()), v.policy.Keys...))
}

// stray looks for a signature line that is damaged in a way that makes it look like one of somebody unknown: in a known name by
// another key, or by a known key in another name. It also verifies every line of a known key. Lines of another kind, such as
// ML-DSA-44, are longer, and are left alone.
func stray(cp signed, known []note.Verifier) error {
	if len(known) == 0 {
		return nil
	}
	if _, err := cp.by(known...); err != nil {
		return fmt.Errorf("a signature under the checkpoint is wrong: %w", err)
	}
	for _, s := range cp.sigs {
		for _, k := range known {
			long := base64.StdEncoding.DecodedLen(len(s.Base64)) > 80
			name, hash := s.Name == k.Name(), s.Hash == k.KeyHash()
			if hash && !name || name && !hash && !long && !slices.ContainsFunc(known, func(x note.Verifier) bool { return x.Name() == s.Name && x.KeyHash() == s.Hash }) {
				return fmt.Errorf("under the checkpoint stands a signature in the name of %s, and it is by a key that is not known (%s+%08x)", k.Name(), s.Name, s.Hash)
			}
		}
	}
	return nil
}

func (v *View) read(name string, most int) ([]byte, error) { return readBounded(v.fsys, name, most) }

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

// Checkpoint is the head of what was read.
func (v *View) Checkpoint() Checkpoint { return v.cp.Checkpoint }

// CheckpointFile is the checkpoint with its signatures: what a reader keeps to hold a later copy against.
func (v *View) CheckpointFile() []byte { return v.cp.bytes() }

// Size is the number of lines.
func (v *View) Size() int64 { return v.cp.Size }

// Signed says that the checkpoint is signed by a key of the policy, or by one that follows it.
func (v *View) Signed() bool { return v.signed }

// Signers names the keys of all signature lines of the checkpoint, as name+number, whether or not they are known.
func (v *View) Signers() []string {
	var out []string
	for _, s := range v.cp.sigs {
		out = append(out, fmt.Sprintf("%s+%08x", s.Name, s.Hash))
	}
	return out
}

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

// Last is the newest publication of a program, with the number of its line.
func (v *View) Last(program source.ID) (number int64, e Entry, ok bool) {
	for i, l := range slices.Backward(v.lines) {
		if e, ok := l.(Entry); ok && e.Program == program {
			return int64(i), e, true
		}
	}
	return 0, Entry{}, false
}

// Rotations gives the changes of the ledger's key, in their order.
func (v *View) Rotations() []Rotation {
	var out []Rotation
	for _, l := range v.lines {
		if r, ok := l.(Rotation); ok {
			out = append(out, r)
		}
	}
	return out
}

// WithheldError says that a blob is withheld.
type WithheldError struct{ Withheld }

func (e *WithheldError) Error() string {
	why := "by order of a court"
	if e.Reason == ByError {
		why = "because it was published by error"
	}
	return fmt.Sprintf("this is withheld since %s, %s", e.On, why)
}

// Blob gives the bytes that have a hash. One that is withheld is a *WithheldError; one that is not there is fs.ErrNotExist.
func (v *View) Blob(hash string) ([]byte, error) {
	if !isHash(hash) {
		return nil, fmt.Errorf("%.80q is no hash: sha256: and 64 digits", hash)
	}
	if w, ok := v.withheld[hash]; ok {
		return nil, &WithheldError{w}
	}
	b, err := v.read(blobPath(hash), MaxBlob)
	if err != nil {
		return nil, err
	}
	if Hash(b) != hash {
		return nil, fmt.Errorf("the file %s was changed: its bytes are not those that it is named by", blobPath(hash))
	}
	return b, nil
}

// ConsistentWith checks that a checkpoint that somebody kept is a beginning of this ledger: nothing that it stood for was changed or
// taken out since. It gives the number of lines of that checkpoint. One that the ledger never signed proves nothing, and is an error too.
func (v *View) ConsistentWith(oldCheckpoint []byte) (size int64, err error) {
	old, err := parseSigned(oldCheckpoint)
	if err != nil {
		return 0, fmt.Errorf("the old checkpoint cannot be read: %w", err)
	}
	if old.Origin != v.cp.Origin {
		return 0, fmt.Errorf("the old checkpoint is of the ledger %s, and this is %s", old.Origin, v.cp.Origin)
	}
	if v.signed {
		if err := believed(old, v.policy, v.Rotations()); err != nil {
			return 0, fmt.Errorf("the old checkpoint proves nothing: %w", err)
		}
	}
	return old.Size, v.begins(old.Checkpoint)
}

// ErrFork says that a checkpoint which the ledger signed is not a beginning of it.
var ErrFork = errors.New("history was changed")

func (v *View) begins(old Checkpoint) error {
	if old.Size > v.cp.Size {
		return fmt.Errorf("the old checkpoint has %d lines, and this ledger has %d: either lines were taken out, or this copy is the older one", old.Size, v.cp.Size)
	}
	root, err := tlog.TreeHash(old.Size, v.hashes)
	if err != nil {
		return err
	}
	if root != old.Root {
		return fmt.Errorf("%w: the first %d lines of this ledger are not those of the old checkpoint", ErrFork, old.Size)
	}
	return nil
}

// Cosigned is what one witness of the policy has vouched for.
type Cosigned struct {
	Name string
	Size int64 // how many lines it has seen to be only added to
	On   source.Day
}

// Cosigned gives what each witness of the policy has cosigned last, under the checkpoint or in the folder witness.
func (v *View) Cosigned() []Cosigned {
	var out []Cosigned
	for _, cp := range v.checkpoints() {
		for _, w := range cosigned(cp, v.policy.Witnesses) {
			c := Cosigned{Name: w.Name(), Size: cp.Size, On: cosignedOn(cp, w)}
			i := slices.IndexFunc(out, func(x Cosigned) bool { return x.Name == c.Name })
			switch {
			case i < 0:
				out = append(out, c)
			case out[i].Size < c.Size:
				out[i] = c
			}
		}
	}
	return out
}

// cosignedOn is the day of a cosignature, in UTC.
func cosignedOn(cp signed, w note.Verifier) source.Day {
	for _, s := range cp.sigs {
		raw, err := base64.StdEncoding.DecodeString(s.Base64)
		if err == nil && s.Name == w.Name() && s.Hash == w.KeyHash() && len(raw) >= 12 {
			return source.NewDay(1970, 1, 1) + source.Day(binary.BigEndian.Uint64(raw[4:])/(24*60*60))
		}
	}
	return 0
}

// checkpoints gives the checkpoint and those that witnesses have cosigned, as far as the ledger signed them and they are beginnings
// of it.
func (v *View) checkpoints() []signed {
	out := []signed{v.cp}
	entries, err := fs.ReadDir(v.fsys, "witness")
	if err != nil {
		return out // there need be none, and a mirror may not list
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".cosignature") {
			continue
		}
		raw, err := v.read("witness/"+e.Name(), maxCheckpoint)
		if err != nil {
			continue
		}
		cp, err := parseSigned(raw)
		if err != nil || cp.Origin != v.cp.Origin || believed(cp, v.policy, v.Rotations()) != nil || v.begins(cp.Checkpoint) != nil {
			continue
		}
		if i := slices.IndexFunc(out, func(x signed) bool { return x.Checkpoint == cp.Checkpoint }); i >= 0 {
			out[i] = out[i].with(cp.sigs...)
		} else {
			out = append(out, cp)
		}
	}
	return out
}

// Prove makes the proof that line number i is in the ledger, c2sp.org/tlog-proof, under the checkpoint that the most have signed.
func (v *View) Prove(i int64) ([]byte, error) {
	if i < 0 || i >= v.Size() {
		return nil, fmt.Errorf("the ledger has no line %d: it has %d", i+1, v.Size())
	}
	best := v.cp
	for _, cp := range v.checkpoints() {
		if cp.Size > i && len(cp.sigs) > len(best.sigs) {
			best = cp
		}
	}
	p, err := prove(v.raw[i], i, v.hashes, v.Rotations(), best)
	return p.bytes(), err
}

// Unproven lists the publications whose file .tlog-proof is not here, in the order of their lines. That is no damage: a copy may leave the
// proofs out, a publication that was cut off has none yet, and [View.Prove] makes them again.
func (v *View) Unproven() []Entry {
	var out []Entry
	for _, e := range v.Entries() {
		if _, err := fs.Stat(v.fsys, proofPath(e)); errors.Is(err, fs.ErrNotExist) {
			out = append(out, e)
		}
	}
	return out
}

// Finding is something that is wrong with a file of a ledger.
type Finding struct {
	Path string // of the file
	Says string // what is wrong, without a full stop
}

// Check looks at every file of the ledger: tiles and bundles, also those of its past; every blob that a line names, and that each is
// what its name says; tombstones, proofs, changes of the key, and what witnesses sent. It gives what is wrong; none if nothing is.
func (v *View) Check() []Finding {
	c := newChecker(v)
	for _, dir := range []string{"tile", "blob", "proof", "key", "witness"} {
		if _, err := fs.Stat(v.fsys, dir); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		err := fs.WalkDir(v.fsys, dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				c.file(name)
			}
			return err
		})
		if err != nil {
			c.add(dir, "the folder cannot be read: %v", err)
		}
	}
	for name, why := range c.need {
		c.add(name, "%s", why)
	}
	slices.SortFunc(c.found, func(a, b Finding) int { return strings.Compare(a.Path, b.Path) })
	return c.found
}

// checker looks at files, in any order.
type checker struct {
	*View
	need  map[string]string // files that were not seen yet: what to say if they are gone
	lines map[string]int64  // the line that a file in proof or key is about
	found []Finding
}

func newChecker(v *View) *checker {
	c := &checker{View: v, need: map[string]string{}, lines: map[string]int64{}}
	for level := bundles; ; level++ {
		have := c.at(level)
		if have == 0 {
			break
		}
		for n := int64(0); n*tileWidth < have; n++ {
			c.need[tilePath(tlog.Tile{H: tileHeight, L: level, N: n, W: int(min(tileWidth, have-n*tileWidth))})] = "it is gone"
		}
	}
	for i, l := range c.Lines() {
		switch l := l.(type) {
		case Entry:
			edition, _ := c.Blob(l.Digest)
			for _, hash := range l.names(edition) {
				c.need[blobPath(hash)] = fmt.Sprintf("it is gone, and line %d names it", i+1)
			}
			c.lines[proofPath(l)] = i // the last one, where an edition stands there twice
		case Revoked:
			c.need[blobPath(l.By)] = fmt.Sprintf("it is gone, and line %d names it", i+1)
		case Rotation:
			c.lines[rotationPath(i)] = i
			c.need[rotationPath(i)] = "it is gone"
		}
	}
	for hash := range c.withheld {
		delete(c.need, blobPath(hash))
		c.need[tombstonePath(hash)] = "the tombstone is gone"
	}
	return c
}

// at is how many hashes, or lines, there are at a level.
func (c *checker) at(level int) int64 {
	if level <= 0 {
		return c.Size()
	}
	return c.Size() >> uint(tileHeight*level)
}

func (c *checker) add(path, format string, args ...any) {
	c.found = append(c.found, Finding{path, fmt.Sprintf(format, args...)})
}

// file looks at one file.
func (c *checker) file(name string) {
	delete(c.need, name)
	kind, _, _ := strings.Cut(name, "/")
	if err := map[string]func(string) error{"tile": c.tile, "blob": c.blob, "proof": c.proof, "key": c.rotation, "witness": c.witness}[kind](name); err != nil {
		c.add(name, "%v", err)
	}
}

var (
	errStrange = errors.New("the file does not belong here")
	errChanged = errors.New("it was changed")
)

// tile holds a tile or a bundle against the lines.
func (c *checker) tile(name string) error {
	t, ok := parseTilePath(name)
	if !ok {
		return errStrange
	}
	if t.N*tileWidth+int64(t.W) > c.at(t.L) {
		return nil // of a publication that is going on, or was cut off: the checkpoint does not know it
	}
	var want []byte
	var err error
	if t.L == bundles {
		for _, l := range c.raw[t.N*tileWidth:][:t.W] {
			want = appendLine(want, l)
		}
	} else if want, err = tlog.ReadTileData(t, c.hashes); err != nil {
		return err
	}
	got, err := c.read(name, maxFile(t))
	if err == nil && !bytes.Equal(got, want) {
		err = errChanged
	}
	return err
}

// parseTilePath reads the place of a tile or a bundle.
func parseTilePath(name string) (tlog.Tile, bool) {
	rest, ok := strings.CutPrefix(name, "tile/")
	if after, is := strings.CutPrefix(rest, "entries/"); is {
		rest = "data/" + after
	}
	t, err := tlog.ParseTilePath("tile/8/" + rest)
	return t, ok && err == nil && tilePath(t) == name
}

// blob holds a blob against its name, and a tombstone against the line that says so.
func (c *checker) blob(name string) error {
	hash := "sha256:" + strings.ReplaceAll(strings.TrimPrefix(name, "blob/sha256/"), "/", "")
	if of, ok := strings.CutSuffix(hash, ".withheld"); ok {
		w, known := c.withheld[of]
		b, err := c.read(name, MaxLine)
		if err == nil && (!known || !bytes.Equal(b, w.Bytes()) || name != tombstonePath(of)) {
			err = errors.New("no line of the ledger says so")
		}
		return err
	}
	if !isHash(hash) || name != blobPath(hash) {
		return errStrange
	}
	if _, ok := c.withheld[hash]; ok {
		return errors.New("it is withheld, and still here")
	}
	_, err := c.Blob(hash)
	return err
}

// proof checks a proof for the publication of its name.
func (c *checker) proof(name string) error {
	b, err := c.read(name, maxProof)
	if err != nil {
		return err
	}
	i, ok := c.lines[name]
	if !ok {
		return errors.New("the ledger has no such publication")
	}
	x, err := parseProof(b)
	if err != nil {
		return err
	}
	if err := c.known(x.cp); err != nil {
		return err
	}
	if x.index != i || !bytes.Equal(x.line, c.raw[i]) || tlog.CheckRecord(x.path, x.cp.Size, x.cp.Root, i, tlog.RecordHash(c.raw[i])) != nil {
		return errors.New("it does not prove the publication that it is named by")
	}
	return nil
}

// rotation holds a change of the key against its line.
func (c *checker) rotation(name string) error {
	b, err := c.read(name, MaxLine)
	if i, ok := c.lines[name]; err == nil && (!ok || !bytes.Equal(b, c.raw[i])) {
		err = errors.New("no line of the ledger says so")
	}
	return err
}

// witness holds a request, or what a witness sent back, against the ledger.
func (c *checker) witness(name string) error {
	b, err := c.read(name, maxProof)
	if err != nil {
		return err
	}
	switch path.Ext(name) {
	case ".cosignature":
		cp, err := parseSigned(b)
		if err != nil {
			return err
		}
		return c.known(cp)
	case ".request":
		r, err := parseRequest(b)
		if err != nil {
			return err
		}
		if err := c.known(r.cp); err != nil {
			return err
		}
		var old tlog.Hash
		if r.old > 0 && r.old < r.cp.Size {
			old, err = tlog.TreeHash(r.old, c.hashes)
			if err == nil {
				err = tlog.CheckTree(r.path, r.cp.Size, r.cp.Root, r.old, old)
			}
		} else if len(r.path) > 0 || r.old > r.cp.Size {
			err = errChanged
		}
		return err
	}
	return errStrange
}

// known checks that another checkpoint is the ledger's, and a beginning of it.
func (c *checker) known(cp signed) error {
	if cp.Origin != c.cp.Origin {
		return fmt.Errorf("it is of the ledger %s", cp.Origin)
	}
	if c.signed {
		if err := believed(cp, c.policy, c.Rotations()); err != nil {
			return err
		}
		if err := stray(cp, append(c.keys(), c.policy.Witnesses...)); err != nil {
			return err
		}
	}
	return c.begins(cp.Checkpoint)
}
