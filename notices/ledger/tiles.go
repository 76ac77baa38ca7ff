package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// The layout is c2sp.org/tlog-tiles: tiles of height 8, bundles of 256 lines.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	bundles    = -1 // the level of the bundles, as tlog counts
)

// tilePath is where a tile or a bundle lies. tlog writes tile/8/0/000 and tile/8/data/000.
func tilePath(t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), "tile/8/")
	if rest, ok := strings.CutPrefix(p, "data/"); ok {
		return "tile/entries/" + rest
	}
	return "tile/" + p
}

// whole is the same tile when it is full.
func whole(t tlog.Tile) tlog.Tile {
	t.W = tileWidth
	return t
}

// bundleOf is the bundle number n of a ledger of a size.
func bundleOf(n, size int64) tlog.Tile {
	return tlog.Tile{H: tileHeight, L: bundles, N: n, W: int(min(tileWidth, size-n*tileWidth))}
}

// appendLine adds one line to a bundle: its length in two bytes, then the line.
func appendLine(bundle, line []byte) []byte {
	return append(binary.BigEndian.AppendUint16(bundle, uint16(len(line))), line...)
}

// splitBundle gives the first n lines of a bundle, and the bytes that they take. A bundle has no more than 256 lines.
func splitBundle(b []byte, n int) (lines [][]byte, size int, err error) {
	at := 0
	for range n {
		if len(b)-at < 2 {
			return nil, 0, errors.New("it ends before its last line")
		}
		l := int(binary.BigEndian.Uint16(b[at:]))
		if l > MaxLine || len(b)-at-2 < l {
			return nil, 0, errors.New("it has a line that is too long")
		}
		lines = append(lines, b[at+2:at+2+l])
		at += 2 + l
	}
	return lines, at, nil
}

// maxFile is the most bytes that a file of the layout has.
func maxFile(t tlog.Tile) int {
	if t.L == bundles {
		return tileWidth * (2 + MaxLine)
	}
	return tileWidth * tlog.HashSize
}

// reader reads a file of a ledger, of at most so many bytes. A file that is absent is fs.ErrNotExist.
type reader func(name string, most int) ([]byte, error)

// readTile reads a tile, or its full form where the partial one was pruned. A file that is longer or shorter than it may be is an
// error.
func readTile(read reader, t tlog.Tile) ([]byte, error) {
	for _, f := range []tlog.Tile{t, whole(t)} {
		b, err := read(tilePath(f), maxFile(f))
		if errors.Is(err, fs.ErrNotExist) && f == t && f != whole(t) {
			continue
		}
		if err != nil {
			return nil, err
		}
		want := f.W * tlog.HashSize
		if t.L == bundles {
			_, size, err := splitBundle(b, f.W)
			if err != nil {
				return nil, fmt.Errorf("the file %s is damaged: %w", tilePath(f), err)
			}
			want = size
		}
		if len(b) != want {
			return nil, fmt.Errorf("the file %s is damaged: it has %d bytes, and should have %d", tilePath(f), len(b), want)
		}
		if t.L == bundles {
			_, size, _ := splitBundle(b, t.W)
			return b[:size], nil
		}
		return b[:t.W*tlog.HashSize], nil
	}
	panic("a tile has one of two forms")
}

// tiles is a tlog.TileReader: each file is read once.
type tiles struct {
	read reader
	have map[tlog.Tile][]byte
}

func (r *tiles) Height() int { return tileHeight }

func (r *tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range want {
		b, ok := r.have[t]
		if !ok {
			var err error
			if b, err = readTile(r.read, t); err != nil {
				return nil, err
			}
			r.have[t] = b
		}
		out = append(out, b)
	}
	return out, nil
}

func (r *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// hashes gives the hashes of a ledger whose root is known: each is authenticated against the root.
func hashes(read reader, c Checkpoint) tlog.HashReader {
	return tlog.TileHashReader(tlog.Tree{N: c.Size, Hash: c.Root}, &tiles{read, map[tlog.Tile][]byte{}})
}

// overlay is a tree that grows: new hashes in memory over those that are there.
type overlay struct {
	below tlog.HashReader
	from  int64 // the first index of added
	added []tlog.Hash
}

// grow opens a tree of a size for growing.
func grow(below tlog.HashReader, size int64) *overlay {
	return &overlay{below, tlog.StoredHashCount(size), nil}
}

func (o *overlay) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	var old []int64
	var at []int
	for i, x := range indexes {
		if x >= o.from {
			if x-o.from >= int64(len(o.added)) {
				return nil, errors.New("a hash beyond the tree was asked for")
			}
			out[i] = o.added[x-o.from]
			continue
		}
		old, at = append(old, x), append(at, i)
	}
	if len(old) == 0 {
		return out, nil
	}
	got, err := o.below.ReadHashes(old)
	if err != nil {
		return nil, err
	}
	for i, h := range got {
		out[at[i]] = h
	}
	return out, nil
}

// add puts line number n at the end.
func (o *overlay) add(n int64, line []byte) error {
	more, err := tlog.StoredHashes(n, line, o)
	o.added = append(o.added, more...)
	return err
}

// inMemory is a tree that is all in memory.
type inMemory []tlog.Hash

func (m inMemory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(m)) {
			return nil, errors.New("a hash beyond the tree was asked for")
		}
		out[i] = m[x]
	}
	return out, nil
}
