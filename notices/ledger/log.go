package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
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
// several processes, may have the same folder.
type Log struct {
	disk   disk
	signer note.Signer
	key    note.Verifier
	origin string
}

// Create makes a new ledger in a folder, which it makes if need be, with a name such as notices.example.org/city. It refuses a folder
// that holds anything of a ledger.
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
		if there, err := exists(d, name); err != nil {
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
	return p.publish(c, s)
}

// Open opens a ledger for writing with its key. It creates nothing, and it never begins a ledger again. A publication that was cut off
// after its commit is finished; what was cut off before it is swept away. If .state/head is gone or older than the checkpoint, it is
// made again from the checkpoint, once every line was checked. Whatever does not fit together is refused.
func Open(dir string, s note.Signer, v note.Verifier) (*Log, error) {
	return open(folder{dir}, s, v)
}

func open(d disk, s note.Signer, v note.Verifier) (*Log, error) {
	if s.Name() != v.Name() || s.KeyHash() != v.KeyHash() {
		return nil, errors.New("the key to sign with and the key to verify with do not belong together")
	}
	l := &Log{disk: d, signer: s, key: v}
	if there, err := exists(d, "checkpoint"); err != nil {
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
	return l, l.sweep(st.head)
}

func noCheckpoint(d disk) error {
	for _, name := range []string{"tile", "blob", "proof", ".state"} {
		if there, err := exists(d, name); err == nil && there {
			return errors.New("the file checkpoint of this ledger is gone: copy it back from where the ledger is published; it is never made anew")
		}
	}
	return errors.New("there is no ledger in this folder")
}

// Origin is the name of the ledger.
func (l *Log) Origin() string { return l.origin }

// Publish appends entries, and stores blobs by their hash. When it returns nil, all of it is on the disk and in the checkpoint; when it
// returns an error, the entries are in the ledger or not, as Open will find. first is the number of the first entry, from 0.
func (l *Log) Publish(blobs [][]byte, e ...Entry) (first int64, err error) {
	return l.append(-1, blobs, asLines(e), l.signer)
}

// PublishOn is Publish, if the ledger still has this many lines; else it is ErrMoved.
func (l *Log) PublishOn(size int64, blobs [][]byte, e ...Entry) (first int64, err error) {
	return l.append(size, blobs, asLines(e), l.signer)
}

// Revoke appends that a statement was taken back, and stores the signed revocation.
func (l *Log) Revoke(revocation []byte, r Revoked) (int64, error) {
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
	there, err := exists(l.disk, blobPath(hash))
	if err == nil && !there {
		there, err = exists(l.disk, tombstonePath(hash))
		if err == nil && there {
			return errors.New("this blob is withheld already")
		}
		if err == nil {
			err = fmt.Errorf("the ledger has no blob %s", hash)
		}
	}
	if err != nil {
		return err
	}
	_, err = l.append(-1, nil, []Line{w}, l.signer)
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
	if now := follow([]note.Verifier{l.key}, []Rotation{r}); now[0].KeyHash() != v.KeyHash() {
		return errors.New("the change of the key does not begin with the key of this ledger")
	}
	_, err = l.append(-1, nil, []Line{r}, next)
	return err
}

func asLines(e []Entry) []Line {
	out := make([]Line, len(e))
	for i := range e {
		out[i] = e[i]
	}
	return out
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
	first = st.head.Size
	c := Checkpoint{Origin: st.head.Origin, Size: first + int64(len(lines))}
	p := newPress(l.disk)
	for _, b := range blobs {
		if err := p.blob(b); err != nil {
			return 0, err
		}
	}
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
	if err := p.publish(c, s); err != nil {
		return 0, err
	}
	return first, l.after(p, st.hashes, first, c, lines)
}

// after does what follows a publication and can be done again: tombstones, proofs, and the partial tiles that a full one replaced.
func (l *Log) after(p *press, _ tlog.HashReader, first int64, c Checkpoint, lines []Line) error {
	if err := p.bury(lines); err != nil {
		return err
	}
	for n := first / tileWidth; n < c.Size/tileWidth; n++ {
		if err := pruneBelow(l.disk, n, c.Size); err != nil {
			return err
		}
	}
	return nil
}

// state is a ledger as a writer found it.
type state struct {
	head   Checkpoint
	hashes tlog.HashReader
	last   []byte // the last bundle, if it is not full
	lines  []Line // in it
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
	ours, err := cp.by(l.key)
	if err != nil {
		return state{}, fmt.Errorf("the signature of the checkpoint is wrong, so nothing is written: %w", err)
	}
	head, err := readHead(l.disk.read)
	lost := errors.Is(err, fs.ErrNotExist)
	if err != nil && !lost {
		return state{}, err
	}
	if !ours {
		return state{}, l.otherKey(cp, head, lost)
	}
	p := newPress(l.disk)
	switch {
	case lost:
		// Every line is read again before anything is built on it.
		if _, err := readLines(l.disk.read, cp.Checkpoint); err != nil {
			return state{}, fmt.Errorf("the state of this ledger (.state/head) is gone, and it cannot be made again: %w", err)
		}
		if name := beyond(l.disk, cp.Size); name != "" {
			return state{}, fmt.Errorf("the state of this ledger (.state/head) is gone, and there is a file of a later publication (%s) that the checkpoint does not know. Copy the newest checkpoint back from where the ledger is published. If this is the newest, a publication was cut off: remove that file", name)
		}
		head = cp.Checkpoint
		if err := p.commit(head); err != nil {
			return state{}, err
		}
	case head.Origin != cp.Origin:
		return state{}, fmt.Errorf("the state in .state belongs to the ledger %s, and the checkpoint to %s, so nothing is written", head.Origin, cp.Origin)
	case head.Size < cp.Size:
		if err := extends(l.disk.read, cp.Checkpoint, head); err != nil {
			return state{}, fmt.Errorf("the state in .state is not a part of this ledger, so nothing is written: %w", err)
		}
		if _, err := readLines(l.disk.read, cp.Checkpoint); err != nil {
			return state{}, fmt.Errorf("the state in .state is older than the ledger, and it cannot be made again: %w", err)
		}
		head = cp.Checkpoint
		if err := p.commit(head); err != nil {
			return state{}, err
		}
	case head.Size == cp.Size && head.Root != cp.Root:
		return state{}, errors.New("the state in .state belongs to another ledger of the same name and size, so nothing is written")
	}
	st := state{head: head, hashes: hashes(l.disk.read, head)}
	if err := extends(l.disk.read, head, cp.Checkpoint); err != nil {
		return state{}, fmt.Errorf("the public files of this ledger are not those of its state (.state/head, of %d lines), so nothing is written. If they were brought back from a copy, bring back a newer one: %w", head.Size, err)
	}
	for n := cp.Size / tileWidth; n*tileWidth < head.Size; n++ {
		if st.last, st.lines, err = checkBundle(l.disk.read, st.hashes, n, head.Size); err != nil {
			return state{}, err
		}
	}
	if head.Size%tileWidth == 0 {
		st.last, st.lines = nil, nil
	}
	if cp.Size < head.Size {
		if from := cp.Size % tileWidth; head.Size/tileWidth == cp.Size/tileWidth {
			for _, line := range st.lines[from:] {
				if r, ok := line.(Rotation); ok && r.Old == keyOf(l.key, r.Old) {
					return state{}, errors.New("the key of this ledger was changed, and the first checkpoint of the new key is not written yet: open it with the new key")
				}
			}
		}
		if err := p.publish(head, l.signer); err != nil {
			return state{}, err
		}
	}
	return st, nil
}

func keyOf(v note.Verifier, key string) string {
	if x, err := NewVerifier(key); err == nil && x.Name() == v.Name() && x.KeyHash() == v.KeyHash() {
		return key
	}
	return ""
}

func (l *Log) otherKey(cp signed, head Checkpoint, lost bool) error {
	return errors.New("the checkpoint of this ledger is not signed by this key, so nothing is written")
}

// sweep removes what a publication that was cut off before its commit has left, and buries what is withheld.
func (l *Log) sweep(head Checkpoint) error {
	d := l.disk
	for name := beyond(d, head.Size); name != ""; name = beyond(d, head.Size) {
		if err := d.remove(name); err != nil {
			return err
		}
		if err := d.flush(path.Dir(name)); err != nil {
			return err
		}
	}
	st, err := l.load()
	if err != nil {
		return err
	}
	return newPress(d).bury(st.lines)
}

// Prune removes every partial tile whose full tile is there.
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
		if err := pruneBelow(l.disk, n, st.head.Size); err != nil {
			return err
		}
	}
	return nil
}

// pruneBelow removes the partial bundle and tiles that the full bundle number n has made needless, at all levels that are full with
// it. c2sp.org/tlog-tiles allows that once the full tile is there.
func pruneBelow(d disk, n, size int64) error {
	for level := bundles; ; level++ {
		if level > 0 {
			if n%tileWidth != tileWidth-1 {
				return nil
			}
			n /= tileWidth
		}
		full := tlog.Tile{H: tileHeight, L: level, N: n, W: tileWidth}
		if there, err := exists(d, tilePath(full)); err != nil || !there {
			return err
		}
		dir := tilePath(full) + ".p"
		names, err := d.list(dir)
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := d.remove(dir + "/" + name); err != nil {
				return err
			}
		}
		if len(names) > 0 {
			if err := d.remove(dir); err != nil {
				return err
			}
		}
	}
}

// beyond finds a tile or a bundle that a ledger of a size does not have; "" where there is none.
func beyond(d disk, size int64) string {
	for level := bundles; level < 6; level++ {
		have := size
		if level > 0 {
			have >>= uint(tileHeight * level)
		}
		n := have / tileWidth // the tile that is not full
		for ; ; n++ {
			t := tlog.Tile{H: tileHeight, L: level, N: n, W: tileWidth}
			full := tilePath(t)
			if there, err := exists(d, full); err == nil && there {
				return full
			}
			names, _ := d.list(full + ".p")
			for _, name := range names {
				if w, err := strconv.ParseInt(name, 10, 64); err != nil || n*tileWidth+w > have {
					return full + ".p/" + name
				}
			}
			if len(names) == 0 {
				break
			}
		}
	}
	return ""
}

// press writes files in their order and makes them last.
type press struct {
	d     disk
	known map[string]bool // folders that are there
	dirs  map[string]bool // folders with new names that are not flushed
}

func newPress(d disk) *press { return &press{d, map[string]bool{}, map[string]bool{}} }

// part is where a file is written before it is put in its place. It is not public.
const part = ".state/part"

// put puts a file in its place, whole or not at all. It lasts once flush was called.
func (p *press) put(name string, data []byte) error {
	if err := folders(p.d, name, p.known); err != nil {
		return err
	}
	if err := p.d.write(part, data); err != nil {
		return err
	}
	if err := p.d.rename(part, name); err != nil {
		return err
	}
	p.dirs[path.Dir(name)] = true
	return nil
}

func (p *press) flush() error {
	for _, dir := range slices.Sorted(maps.Keys(p.dirs)) {
		if err := p.d.flush(dir); err != nil {
			return err
		}
	}
	clear(p.dirs)
	return nil
}

// blob stores a blob by its hash, if it is not there, and refuses one that is withheld.
func (p *press) blob(b []byte) error {
	hash := Hash(b)
	if there, err := exists(p.d, tombstonePath(hash)); err != nil {
		return err
	} else if there {
		return fmt.Errorf("the blob %s is withheld, so it is not published again", hash)
	}
	if have, err := p.d.read(blobPath(hash), MaxBlob); err == nil && bytes.Equal(have, b) {
		p.dirs[path.Dir(blobPath(hash))] = true // a run that was cut off may not have flushed it
		return folders(p.d, blobPath(hash), p.known)
	}
	return p.put(blobPath(hash), b)
}

// commit makes everything last that was put, and then the head: from here on the lines are in the ledger.
func (p *press) commit(c Checkpoint) error {
	if err := p.flush(); err != nil {
		return err
	}
	if err := p.put(".state/head", []byte(headFormat+"\n"+c.Text())); err != nil {
		return err
	}
	return p.flush()
}

// publish signs a checkpoint that was committed, and puts it in its place.
func (p *press) publish(c Checkpoint, s note.Signer) error {
	cp, err := sign(c, s)
	if err != nil {
		return err
	}
	if err := p.put("checkpoint", cp.bytes()); err != nil {
		return err
	}
	return p.flush()
}

// bury puts tombstones where lines say so.
func (p *press) bury(lines []Line) error {
	for _, line := range lines {
		w, ok := line.(Withheld)
		if !ok {
			continue
		}
		if there, err := exists(p.d, tombstonePath(w.Blob)); err != nil {
			return err
		} else if !there {
			if err := p.put(tombstonePath(w.Blob), w.Bytes()); err != nil {
				return err
			}
			if err := p.flush(); err != nil {
				return err
			}
		}
		if there, err := exists(p.d, blobPath(w.Blob)); err != nil {
			return err
		} else if there {
			if err := p.d.remove(blobPath(w.Blob)); err != nil {
				return err
			}
			if err := p.d.flush(path.Dir(blobPath(w.Blob))); err != nil {
				return err
			}
		}
	}
	return nil
}

// blobPath is where a blob lies.
func blobPath(hash string) string {
	digits := strings.TrimPrefix(hash, "sha256:")
	return "blob/sha256/" + digits[:2] + "/" + digits[2:]
}

func tombstonePath(hash string) string { return blobPath(hash) + ".withheld" }

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

func exists(d disk, name string) (bool, error) {
	names, err := d.list(path.Dir(name))
	if err != nil {
		return false, err
	}
	return slices.Contains(names, path.Base(name)), nil
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
			return fmt.Errorf("its first %d lines are others", x.Size)
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
		if tlog.RecordHash(l) != want[i] {
			return nil, nil, fmt.Errorf("line %d of the ledger was changed", n*tileWidth+int64(i))
		}
		line, err := ParseLine(l)
		if err != nil {
			return nil, nil, err
		}
		lines = append(lines, line)
	}
	return b, lines, nil
}
