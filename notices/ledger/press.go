package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// press writes files in their order and makes them last.
type press struct {
	d     disk
	known map[string]bool // folders that are there
	dirs  map[string]bool // folders with new names that are not flushed
}

func newPress(d disk) *press { return &press{d, map[string]bool{}, map[string]bool{}} }

// part is where a file is written before it is put in its place. It is not public, and it is there for one file at a time: under the
// lock nobody else writes.
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

// flush makes the names last.
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
	if there, err := p.d.has(tombstonePath(hash)); err != nil {
		return err
	} else if there {
		return fmt.Errorf("the blob %s is withheld, so it is not published again", hash)
	}
	have, err := p.d.read(blobPath(hash), len(b))
	if err != nil || !bytes.Equal(have, b) {
		return p.put(blobPath(hash), b)
	}
	// A run that was cut off may not have made its name last.
	p.dirs[path.Dir(blobPath(hash))] = true
	return folders(p.d, blobPath(hash), p.known)
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
func (p *press) publish(c Checkpoint, s note.Signer) (signed, error) {
	cp, err := sign(c, s)
	if err != nil {
		return signed{}, err
	}
	if err := p.put("checkpoint", cp.bytes()); err != nil {
		return signed{}, err
	}
	return cp, p.flush()
}

// bury puts tombstones where lines say so: first the tombstone, then the end of the blob.
func (p *press) bury(lines []Line) error {
	for _, line := range lines {
		w, ok := line.(Withheld)
		if !ok {
			continue
		}
		if there, err := p.d.has(tombstonePath(w.Blob)); err != nil {
			return err
		} else if !there {
			if err := p.put(tombstonePath(w.Blob), w.Bytes()); err != nil {
				return err
			}
			if err := p.flush(); err != nil {
				return err
			}
		}
		if there, err := p.d.has(blobPath(w.Blob)); err != nil {
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

// prove writes the changes of the key and the proofs of publications that have none yet.
func (p *press) prove(tree tlog.HashReader, first int64, cp signed, lines []Line) error {
	for i, line := range lines {
		if r, ok := line.(Rotation); ok {
			name := rotationPath(first + int64(i))
			if there, err := p.d.has(name); err != nil {
				return err
			} else if !there {
				if err := p.put(name, r.Bytes()); err != nil {
					return err
				}
			}
		}
	}
	for i, line := range lines {
		e, ok := line.(Entry)
		if !ok {
			continue
		}
		if there, err := p.d.has(proofPath(e)); err != nil {
			return err
		} else if there {
			continue
		}
		if err := p.proof(e, tree, first+int64(i), cp); err != nil {
			return err
		}
	}
	return p.flush()
}

// proof writes the proof of one publication.
func (p *press) proof(e Entry, tree tlog.HashReader, number int64, cp signed) error {
	rotations, err := readRotations(p.d)
	if err != nil {
		return err
	}
	x, err := prove(e.Bytes(), number, tree, rotations, cp)
	if err != nil {
		return err
	}
	return p.put(proofPath(e), x.bytes())
}

// readRotations gives the changes of the key, in their order.
func readRotations(d disk) ([]Rotation, error) {
	names, err := d.list("key")
	if err != nil {
		return nil, err
	}
	var numbers []int64
	for _, name := range names {
		digits, ok := strings.CutSuffix(name, ".rotation")
		n, err := strconv.ParseInt(digits, 10, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("the file key/%s does not belong there", name)
		}
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	var out []Rotation
	for _, n := range numbers {
		b, err := d.read(rotationPath(n), MaxLine)
		if err != nil {
			return nil, err
		}
		r, err := ParseRotation(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", rotationPath(n), err)
		}
		out = append(out, r)
	}
	return out, nil
}

// proofPath is where the proof of a publication lies.
func proofPath(e Entry) string { return fmt.Sprintf("proof/%s/%d.tlog-proof", e.Program, e.Number) }

// rotationPath is where a change of the key lies once more, for who makes proofs.
func rotationPath(number int64) string { return fmt.Sprintf("key/%d.rotation", number) }

// blobPath is where a blob lies.
func blobPath(hash string) string {
	digits := strings.TrimPrefix(hash, "sha256:")
	return "blob/sha256/" + digits[:2] + "/" + digits[2:]
}

func tombstonePath(hash string) string { return blobPath(hash) + ".withheld" }

// pruneBelow removes the partial bundle and tiles that the full bundle number n has made needless, at all levels that are full with
// it. c2sp.org/tlog-tiles allows that once the full tile is there.
func pruneBelow(d disk, n int64) error {
	for level := bundles; ; level++ {
		if level > 0 {
			if n%tileWidth != tileWidth-1 {
				return nil
			}
			n /= tileWidth
		}
		full := tilePath(tlog.Tile{H: tileHeight, L: level, N: n, W: tileWidth})
		if there, err := d.has(full); err != nil || !there {
			return err
		}
		names, err := d.list(full + ".p")
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := d.remove(full + ".p/" + name); err != nil {
				return err
			}
		}
		if err := d.remove(full + ".p"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
}

// beyond finds a tile or a bundle that a ledger of a size does not have; "" where there is none.
func beyond(d disk, size int64) (string, error) {
	for level := bundles; level < 6; level++ {
		have := size
		if level > 0 {
			have >>= uint(tileHeight * level)
		}
		for n := have / tileWidth; ; n++ { // from the first that is not full
			full := tilePath(tlog.Tile{H: tileHeight, L: level, N: n, W: tileWidth})
			if there, err := d.has(full); err != nil || there {
				return full, err
			}
			names, err := d.list(full + ".p")
			if err != nil {
				return "", err
			}
			for _, name := range names {
				if w, err := strconv.ParseInt(name, 10, 64); err != nil || n*tileWidth+w > have {
					return full + ".p/" + name, nil
				}
			}
			if len(names) == 0 {
				break
			}
		}
	}
	return "", nil
}
