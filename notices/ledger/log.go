package ledger

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"fairnotice/notices/source"
)

// ErrMoved says that somebody else wrote to the ledger since its size was read.
var ErrMoved = errors.New("somebody else has written to the ledger in the meantime")

// MaxBlob is the most bytes that a blob may have.
const MaxBlob = 4 << 20

// Log is a ledger that can be written. Its methods take the lock of the folder for the time that they need, so several Logs, in
// several processes, may have the same folder: one waits for the other.
type Log struct {
	disk   disk
	signer note.Signer
	key    note.Verifier
	origin string
}

// Create makes a new, empty ledger in a folder, which it makes if need be. origin is its name, an address without its scheme such as
// notices.example.org/city. It refuses a folder that holds anything of a ledger.
func Create(dir, origin string, s note.Signer) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return create(folder{dir}, origin, s)
}

func create(d disk, origin string, s note.Signer) error {
	if !isOrigin(origin) {
		return fmt.Errorf("a ledger cannot have the name %.80q: write an address without https://, such as notices.example.org/city", origin)
	}
	if err := d.mkdir(".state"); err != nil {
		return err
	}
	unlock, err := d.lock()
	if err != nil {
		return err
	}
	defer unlock()
	for _, name := range []string{"checkpoint", "tile", "blob", "proof"} {
		if there, err := d.has(name); err != nil {
			return err
		} else if there {
			return fmt.Errorf("there is a ledger in this folder already, or a part of one (%s): a ledger is never begun again", name)
		}
	}
	empty, err := tlog.TreeHash(0, nil)
	if err != nil {
		return err
	}
	c := Checkpoint{Origin: origin, Root: empty}
	switch head, err := readHead(d.read); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case head != c:
		return errors.New("this folder holds the state of a ledger (.state/head), and the ledger is gone: bring it back from a copy; it is never begun again")
	}
	p := newPress(d)
	if err := p.commit(c); err != nil {
		return err
	}
	_, err = p.publish(c, s)
	return err
}

// Open opens a ledger for writing with its key. It creates nothing, and it never begins a ledger again. A publication that was cut off
// after its commit is finished; what was cut off before it is swept away. If .state/head is gone or older than the checkpoint, it is
// made again from the checkpoint, once every line was checked. Whatever does not fit together is refused.
func Open(dir string, s note.Signer, v note.Verifier) (*Log, error) { return open(folder{dir}, s, v) }

func open(d disk, s note.Signer, v note.Verifier) (*Log, error) {
	if s.Name() != v.Name() || s.KeyHash() != v.KeyHash() {
		return nil, errors.New("the key to sign with and the key to verify with do not belong together")
	}
	l := &Log{disk: d, signer: s, key: v}
	if there, err := d.has("checkpoint"); err != nil {
		return nil, err
	} else if !there {
		return nil, noCheckpoint(d)
	}
	if err := d.mkdir(".state"); err != nil {
		return nil, err
	}
	unlock, err := d.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	st, err := l.load()
	if err != nil {
		return nil, err
	}
	l.origin = st.head.Origin
	return l, l.sweep(st)
}

func noCheckpoint(d disk) error {
	for _, name := range []string{"tile", "blob", "proof", ".state/head"} {
		if there, err := d.has(name); err == nil && there {
			return errors.New("the file checkpoint of this ledger is gone: copy it back from where the ledger is published; it is never made anew")
		}
	}
	return errors.New("there is no ledger in this folder")
}

// Origin is the name of the ledger.
func (l *Log) Origin() string { return l.origin }

// Publish appends entries, and stores blobs by their hash. Every blob that an entry names must be given or be there: the edition, the
// texts that the edition's lines name, and the signatures. When Publish returns nil, all of it is on the disk and in the checkpoint;
// when it returns an error, the entries are in the ledger or not, as Open will find. first is the number of the first entry, from 0.
func (l *Log) Publish(blobs [][]byte, e ...Entry) (first int64, err error) {
	return l.PublishOn(-1, blobs, e...)
}

// PublishOn is Publish, if the ledger still has this many lines; else it is ErrMoved, and nothing was written.
func (l *Log) PublishOn(size int64, blobs [][]byte, e ...Entry) (first int64, err error) {
	lines := make([]Line, len(e))
	for i := range e {
		lines[i] = e[i]
	}
	return l.append(size, blobs, lines, l.signer)
}

// Revoke appends that a statement was taken back, and stores the signed revocation.
func (l *Log) Revoke(revocation []byte, r Revoked) (number int64, err error) {
	if r.By != Hash(revocation) {
		return 0, errors.New("the line does not name this revocation")
	}
	return l.append(-1, [][]byte{revocation}, []Line{r}, l.signer)
}

// Withhold takes a blob out of the ledger and leaves a tombstone: a line that says why, and a file in its place. The line that named
// the blob stays. A copy that somebody has is not reached.
func (l *Log) Withhold(hash string, reason Reason, on source.Day) error {
	w := Withheld{Blob: hash, Reason: reason, On: on}
	if _, err := ParseLine(w.Bytes()); err != nil {
		return err
	}
	if there, err := l.disk.has(tombstonePath(hash)); err != nil {
		return err
	} else if there {
		return errors.New("this blob is withheld already")
	}
	if there, err := l.disk.has(blobPath(hash)); err != nil {
		return err
	} else if !there {
		return fmt.Errorf("the ledger has no blob %s", hash)
	}
	_, err := l.append(-1, nil, []Line{w}, l.signer)
	return err
}

// Rotate appends that another key follows this one, and signs from then on with the new key. The Log has to be opened again, with the
// new key.
func (l *Log) Rotate(r Rotation, next note.Signer) error {
	v, err := NewVerifier(r.New)
	if err != nil {
		return err
	}
	if next.Name() != v.Name() || next.KeyHash() != v.KeyHash() {
		return errors.New("the new key is not the one that the change of the key names")
	}
	if !replaces(r, l.key) {
		return errors.New("the change of the key does not begin with the key of this ledger")
	}
	_, err = l.append(-1, nil, []Line{r}, next)
	return err
}

// append is every way to write: blobs, bundles, tiles, the commit, and only then a signature.
func (l *Log) append(size int64, blobs [][]byte, lines []Line, s note.Signer) (first int64, err error) {
	if len(lines) == 0 {
		return 0, errors.New("there is nothing to append")
	}
	for _, line := range lines {
		if _, err := ParseLine(line.Bytes()); err != nil {
			return 0, err
		}
	}
	for _, b := range blobs {
		if len(b) > MaxBlob {
			return 0, fmt.Errorf("a blob has at most %d bytes; this has %d", MaxBlob, len(b))
		}
	}
	unlock, err := l.disk.lock()
	if err != nil {
		return 0, err
	}
	defer unlock()
	st, err := l.load()
	if err != nil {
		return 0, err
	}
	if size >= 0 && size != st.head.Size {
		return 0, ErrMoved
	}
	if err := l.complete(blobs, lines); err != nil {
		return 0, err
	}
	if err := l.discard(st.head.Size); err != nil {
		return 0, err
	}
	p := newPress(l.disk)
	for _, b := range blobs {
		if err := p.blob(b); err != nil {
			return 0, err
		}
	}
	first = st.head.Size
	c := Checkpoint{Origin: st.head.Origin, Size: first + int64(len(lines))}
	bundle := st.last
	tree := grow(st.hashes, first)
	for i, line := range lines {
		n := first + int64(i)
		if err := tree.add(n, line.Bytes()); err != nil {
			return 0, err
		}
		bundle = appendLine(bundle, line.Bytes())
		if n+1 == c.Size || (n+1)%tileWidth == 0 {
			if err := p.put(tilePath(bundleOf(n/tileWidth, n+1)), bundle); err != nil {
				return 0, err
			}
			bundle = nil
		}
	}
	for _, t := range tlog.NewTiles(tileHeight, first, c.Size) {
		data, err := tlog.ReadTileData(t, tree)
		if err == nil {
			err = p.put(tilePath(t), data)
		}
		if err != nil {
			return 0, err
		}
	}
	if c.Root, err = tlog.TreeHash(c.Size, tree); err != nil {
		return 0, err
	}
	if err := p.commit(c); err != nil {
		return 0, err
	}
	// Nothing is signed before this point: a signature that left for lines that a crash took back would be a fork.
	cp, err := p.publish(c, s)
	if err != nil {
		return 0, err
	}
	return first, l.after(p, tree, first, cp, lines)
}

// complete checks that every blob that lines name is given or there.
func (l *Log) complete(blobs [][]byte, lines []Line) error {
	given := map[string][]byte{}
	for _, b := range blobs {
		given[Hash(b)] = b
	}
	for _, line := range lines {
		e, ok := line.(Entry)
		if !ok {
			continue
		}
		edition, ok := given[e.Digest]
		if !ok {
			edition, _ = l.disk.read(blobPath(e.Digest), MaxBlob)
		}
		for _, hash := range e.names(edition) {
			if _, ok := given[hash]; ok {
				continue
			}
			for _, name := range []string{blobPath(hash), tombstonePath(hash)} {
				if ok, err := l.disk.has(name); err != nil {
					return err
				} else if ok {
					given[hash] = nil
				}
			}
			if _, ok := given[hash]; !ok {
				return fmt.Errorf("the entry of edition %d of %s names %s, and these bytes were not given", e.Number, e.Program, hash)
			}
		}
	}
	return nil
}

// names lists the blobs that an entry stands for: the edition's lines, the texts that these name, the signatures.
func (e Entry) names(edition []byte) []string {
	out := append([]string{e.Digest}, e.Signoffs...)
	for word := range strings.FieldsSeq(string(edition)) {
		if isHash(word) {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// after does what follows a publication and can be done again: tombstones, changes of the key, proofs, and the end of the partial
// tiles that a full one replaced.
func (l *Log) after(p *press, tree tlog.HashReader, first int64, cp signed, lines []Line) error {
	if err := p.bury(lines); err != nil {
		return err
	}
	if err := p.prove(tree, first, cp, lines); err != nil {
		return err
	}
	for n := first / tileWidth; n < cp.Size/tileWidth; n++ {
		if err := pruneBelow(l.disk, n); err != nil {
			return err
		}
	}
	return nil
}

// state is a ledger as a writer found it.
type state struct {
	head   Checkpoint
	cp     signed
	hashes tlog.HashReader
	last   []byte // the last bundle, if it is not full
	first  int64  // the number of the first of lines
	lines  []Line // the newest: all that share a bundle with the last, and all since the checkpoint before
}

// load reads the state under the lock, finishes what was cut off after its commit, and refuses what does not fit.
func (l *Log) load() (state, error) {
	raw, err := l.disk.read("checkpoint", maxCheckpoint)
	if errors.Is(err, fs.ErrNotExist) {
		return state{}, noCheckpoint(l.disk)
	}
	if err != nil {
		return state{}, err
	}
	cp, err := parseSigned(raw)
	if err != nil {
		return state{}, fmt.Errorf("the file checkpoint of this ledger is damaged, so nothing is written: %w", err)
	}
	if l.origin != "" && cp.Origin != l.origin {
		return state{}, fmt.Errorf("this is the ledger %s now, and was %s, so nothing is written", cp.Origin, l.origin)
	}
	head, err := readHead(l.disk.read)
	lost := errors.Is(err, fs.ErrNotExist)
	if err != nil && !lost {
		return state{}, err
	}
	if !lost && head.Origin != cp.Origin {
		return state{}, fmt.Errorf("the state in .state belongs to the ledger %s, and the checkpoint to %s, so nothing is written", head.Origin, cp.Origin)
	}
	newest := head
	if lost || head.Size < cp.Size {
		newest = cp.Checkpoint
	}
	if err := l.ours(cp, newest); err != nil {
		return state{}, err
	}
	switch {
	case lost:
		if err := l.rebuild(cp.Checkpoint); err != nil {
			return state{}, fmt.Errorf("the state of this ledger (.state/head) is gone, and cannot be made again: %w", err)
		}
		head = cp.Checkpoint
	case head.Size < cp.Size:
		if err := extends(l.disk.read, cp.Checkpoint, head); err != nil {
			return state{}, fmt.Errorf("the state in .state is not a beginning of this ledger, so nothing is written: %w", err)
		}
		if err := l.rebuild(cp.Checkpoint); err != nil {
			return state{}, fmt.Errorf("the state in .state is older than the ledger, and cannot be made again: %w", err)
		}
		head = cp.Checkpoint
	case head.Size == cp.Size && head.Root != cp.Root:
		return state{}, errors.New("the state in .state belongs to another ledger of the same name and size, so nothing is written")
	}
	if err := extends(l.disk.read, head, cp.Checkpoint); err != nil {
		return state{}, fmt.Errorf("the public files of this ledger are not those of its state (.state/head, of %d lines), so nothing is written. If they were brought back from a copy, bring back a newer one: %w", head.Size, err)
	}
	st := state{head: head, cp: cp, hashes: hashes(l.disk.read, head)}
	from := max(0, min(cp.Size, head.Size-1)) / tileWidth
	st.first = from * tileWidth
	for n := from; n*tileWidth < head.Size; n++ {
		bundle, lines, err := checkBundle(l.disk.read, st.hashes, n, head.Size)
		if err != nil {
			return state{}, fmt.Errorf("nothing is written: %w", err)
		}
		st.last, st.lines = bundle, append(st.lines, lines...)
	}
	if head.Size%tileWidth == 0 {
		st.last = nil
	}
	if cp.Size < head.Size {
		for _, line := range st.lines[cp.Size-st.first:] {
			if r, ok := line.(Rotation); ok && replaces(r, l.key) {
				return state{}, errKeyChanged
			}
		}
		if st.cp, err = newPress(l.disk).publish(head, l.signer); err != nil {
			return state{}, err
		}
	}
	return st, nil
}

// rebuild makes .state/head again, once every line was checked.
func (l *Log) rebuild(c Checkpoint) error {
	if _, err := readLines(l.disk.read, c); err != nil {
		return err
	}
	if err := extends(l.disk.read, c, c); err != nil {
		return err
	}
	name, err := beyond(l.disk, c.Size)
	if err != nil {
		return err
	}
	if name != "" {
		return fmt.Errorf("there is a file of a later publication (%s), which the checkpoint does not know. Copy the newest checkpoint back from where the ledger is published. If this is the newest, a publication was cut off before it was in the ledger: remove that file", name)
	}
	return newPress(l.disk).commit(c)
}

var errKeyChanged = errors.New("the key of this ledger was changed: open it with the new key")

// replaces says that a rotation ends the time of a key.
func replaces(r Rotation, key note.Verifier) bool { return !sameVerifier(follow1(key, r), key) }

func sameVerifier(a, b note.Verifier) bool { return a.Name() == b.Name() && a.KeyHash() == b.KeyHash() }

// ours checks that the checkpoint is signed by the key of this Log; or, where the key was changed and the first checkpoint of the new
// key is not there yet, by the one before it. The lines are read up to newest for that.
func (l *Log) ours(cp signed, newest Checkpoint) error {
	ok, err := cp.by(l.key)
	if err != nil {
		return fmt.Errorf("the signature of the checkpoint is wrong, so nothing is written: %w", err)
	}
	if ok {
		return nil
	}
	all, err := readLines(l.disk.read, newest)
	if err != nil {
		return fmt.Errorf("the checkpoint of this ledger is not signed by this key, so nothing is written: %w", err)
	}
	now := l.key
	for i, b := range all.raw {
		line, err := ParseLine(b)
		if err != nil {
			return err
		}
		r, ok := line.(Rotation)
		if !ok {
			continue
		}
		old, err1 := NewVerifier(r.Old)
		next, err2 := NewVerifier(r.New)
		if err := cmp.Or(err1, err2); err != nil {
			return err
		}
		if before, err := cp.by(old); err == nil && before && cp.Size <= int64(i) && sameVerifier(next, l.key) {
			return nil
		}
		now = follow1(now, r)
	}
	if !sameVerifier(now, l.key) {
		return errKeyChanged
	}
	return errors.New("the checkpoint of this ledger is not signed by this key, so nothing is written")
}

// sweep does again what may have been cut off after a commit.
func (l *Log) sweep(st state) error {
	if err := l.discard(st.head.Size); err != nil {
		return err
	}
	return l.after(newPress(l.disk), st.hashes, st.first, st.cp, st.lines)
}

// discard removes the tiles of a publication that was cut off before its commit.
func (l *Log) discard(size int64) error {
	if err := l.later(size); err != nil {
		return err
	}
	for {
		name, err := beyond(l.disk, size)
		if err != nil || name == "" {
			return err
		}
		if err := l.disk.remove(name); err != nil {
			return err
		}
	}
}

// later refuses a ledger whose checkpoint and state are older than its other files: what would be swept away was published. A
// publication that was cut off has left one bundle, and nothing that was signed.
func (l *Log) later(size int64) error {
	const restored = "the checkpoint and the state of this ledger are older than its other files, so nothing is written. Copy the newest checkpoint back from where the ledger is published, and remove .state/head"
	names, err := l.disk.list("witness")
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := l.disk.read("witness/"+name, maxProof)
		if err != nil {
			return err
		}
		r, err1 := parseRequest(b)
		cp, err2 := parseSigned(b)
		if err1 == nil && r.cp.Size > size || err2 == nil && cp.Size > size {
			return fmt.Errorf("%s: witness/%s shows that the ledger had more than %d lines", restored, name, size)
		}
	}
	full := tilePath(bundleOf(size/tileWidth, size/tileWidth*tileWidth+tileWidth))
	widths, err := l.disk.list(full + ".p")
	if err != nil {
		return err
	}
	var bundles []string
	for _, w := range widths {
		if n, err := strconv.ParseInt(w, 10, 64); err == nil && n > size%tileWidth {
			bundles = append(bundles, full+".p/"+w)
		}
	}
	partial := strings.Join(bundles, ", ")
	if there, err := l.disk.has(full); err != nil {
		return err
	} else if there {
		bundles = append(bundles, full)
	}
	for _, name := range bundles {
		b, err := l.disk.read(name, tileWidth*(2+MaxLine))
		if err != nil {
			return err
		}
		for i := int64(0); len(b) > 0; i++ {
			line, n, err := splitBundle(b, 1)
			if err != nil {
				break // not ours to judge: it is swept away
			}
			b = b[n:]
			e, err := ParseEntry(line[0])
			if err != nil || i < size%tileWidth {
				continue
			}
			raw, err := l.disk.read(proofPath(e), maxProof)
			if err != nil {
				continue
			}
			if x, err := parseProof(raw); err == nil && x.index >= size && x.cp.Size > size {
				return fmt.Errorf("%s: %s shows that the ledger had %d lines", restored, proofPath(e), x.cp.Size)
			}
		}
	}
	if strings.Contains(partial, ",") {
		return fmt.Errorf("%s: there are files of more than one publication since (%s)", restored, partial)
	}
	return nil
}

// Prune removes every partial tile whose full tile is there. Publish does so by itself when a tile becomes full; this finds what a
// crash has left.
func (l *Log) Prune() error {
	unlock, err := l.disk.lock()
	if err != nil {
		return err
	}
	defer unlock()
	st, err := l.load()
	if err != nil {
		return err
	}
	for n := range st.head.Size / tileWidth {
		if err := pruneBelow(l.disk, n); err != nil {
			return err
		}
	}
	return nil
}

const headFormat = "notice-ledger-head/v1"

func readHead(read reader) (Checkpoint, error) {
	b, err := read(".state/head", 1<<10)
	if err != nil {
		return Checkpoint{}, err
	}
	text, ok := strings.CutPrefix(string(b), headFormat+"\n")
	c, err := ParseCheckpoint(text)
	if !ok || err != nil {
		return Checkpoint{}, errors.New("the state of this ledger (.state/head) is damaged, so nothing is written. Remove that file: it is made again from the checkpoint")
	}
	return c, nil
}

// extends checks that the tiles of a ledger give the root of a checkpoint, and that a smaller one is its beginning.
func extends(read reader, c, before Checkpoint) error {
	r := hashes(read, c)
	for _, x := range []Checkpoint{c, before} {
		root, err := tlog.TreeHash(x.Size, r)
		if err != nil {
			return err
		}
		if root != x.Root {
			return fmt.Errorf("the first %d lines are others", x.Size)
		}
	}
	return nil
}

// checkBundle reads bundle number n and checks its lines against authenticated hashes.
func checkBundle(read reader, r tlog.HashReader, n, size int64) ([]byte, []Line, error) {
	t := bundleOf(n, size)
	b, err := readTile(read, t)
	if err != nil {
		return nil, nil, err
	}
	raw, _, err := splitBundle(b, t.W)
	if err != nil {
		return nil, nil, err
	}
	indexes := make([]int64, len(raw))
	for i := range raw {
		indexes[i] = tlog.StoredHashIndex(0, n*tileWidth+int64(i))
	}
	want, err := r.ReadHashes(indexes)
	if err != nil {
		return nil, nil, err
	}
	var lines []Line
	for i, l := range raw {
		number := n*tileWidth + int64(i)
		if tlog.RecordHash(l) != want[i] {
			return nil, nil, fmt.Errorf("line %d of the ledger was changed", number+1)
		}
		line, err := ParseLine(l)
		if err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", number+1, err)
		}
		lines = append(lines, line)
	}
	return bytes.Clone(b), lines, nil
}
