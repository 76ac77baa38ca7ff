package print

import (
	"encoding/binary"
	"errors"
	"io"
)

// Face is which characters a file of a typeface has glyphs for.
type Face struct{ spans []span }

type span struct{ first, last uint32 }

// Has says that the typeface has a glyph for a character.
func (f *Face) Has(r rune) bool {
	for _, s := range f.spans {
		if uint32(r) >= s.first && uint32(r) <= s.last {
			return true
		}
	}
	return false
}

// What a file may hold before it is taken for something else.
const (
	mostFaces  = 256
	mostTables = 512
	mostMap    = 8 << 20
)

var errNoFace = errors.New("this is no file of a typeface")

// ReadFaces reads the character maps (cmap) of a file of typefaces: TrueType, OpenType, or a collection of them (ISO/IEC 14496-22). Only maps
// of Unicode are read, formats 4 and 12: a map of format 13 gives every character the same box, and counts as none.
func ReadFaces(file io.ReaderAt) ([]*Face, error) {
	head, err := bytesAt(file, 0, 12)
	if err != nil {
		return nil, errNoFace
	}
	offsets := []int64{0}
	if string(head[:4]) == "ttcf" {
		n := int(binary.BigEndian.Uint32(head[8:]))
		if n > mostFaces {
			return nil, errNoFace
		}
		list, err := bytesAt(file, 12, 4*n)
		if err != nil {
			return nil, errNoFace
		}
		offsets = offsets[:0]
		for i := range n {
			offsets = append(offsets, int64(binary.BigEndian.Uint32(list[4*i:])))
		}
	}
	var out []*Face
	seen := map[int64]*Face{} // the faces of a collection often share a map
	for _, at := range offsets {
		cmap, size, err := table(file, at)
		if err != nil {
			return nil, err
		}
		if seen[cmap] == nil {
			f, err := readMap(file, cmap, size)
			if err != nil {
				return nil, err
			}
			seen[cmap] = f
			out = append(out, f)
		}
	}
	return out, nil
}

// table finds the character map of the typeface that begins at an offset.
func table(file io.ReaderAt, at int64) (offset int64, size int, err error) {
	head, err := bytesAt(file, at, 12)
	if err != nil {
		return 0, 0, errNoFace
	}
	switch string(head[:4]) {
	case "\x00\x01\x00\x00", "OTTO", "true":
	default:
		return 0, 0, errNoFace
	}
	n := int(binary.BigEndian.Uint16(head[4:]))
	if n > mostTables {
		return 0, 0, errNoFace
	}
	rows, err := bytesAt(file, at+12, 16*n)
	if err != nil {
		return 0, 0, errNoFace
	}
	for ; len(rows) > 0; rows = rows[16:] {
		if size := binary.BigEndian.Uint32(rows[12:]); string(rows[:4]) == "cmap" && size <= mostMap {
			return int64(binary.BigEndian.Uint32(rows[8:])), int(size), nil
		}
	}
	return 0, 0, errNoFace
}

func readMap(file io.ReaderAt, at int64, size int) (*Face, error) {
	b, err := bytesAt(file, at, size)
	if err != nil || len(b) < 4 {
		return nil, errNoFace
	}
	f := &Face{}
	for i := range int(binary.BigEndian.Uint16(b[2:])) {
		if 4+8*i+8 > len(b) {
			break
		}
		row := b[4+8*i:]
		platform, encoding := binary.BigEndian.Uint16(row), binary.BigEndian.Uint16(row[2:])
		if platform != 0 && (platform != 3 || encoding != 1 && encoding != 10) {
			continue
		}
		if from := int(binary.BigEndian.Uint32(row[4:])); from < len(b)-2 {
			f.read(b[from:])
		}
	}
	return f, nil
}

func (f *Face) read(b []byte) {
	u16 := func(at int) int {
		if at < 0 || at+2 > len(b) {
			return 0
		}
		return int(binary.BigEndian.Uint16(b[at:]))
	}
	switch u16(0) {
	case 4:
		n := u16(6) / 2
		ends, starts, deltas, offsets := 14, 16+2*n, 16+4*n, 16+6*n
		for i := range n {
			first, last, delta, offset := u16(starts+2*i), u16(ends+2*i), u16(deltas+2*i), u16(offsets+2*i)
			for c := first; c <= last; c++ {
				glyph := c
				if offset != 0 {
					if glyph = u16(offsets + 2*i + offset + 2*(c-first)); glyph == 0 {
						continue
					}
				}
				if (glyph+delta)&0xffff != 0 {
					f.add(uint32(c), uint32(c))
				}
			}
		}
	case 12:
		if len(b) < 16 {
			return
		}
		n := int(min(binary.BigEndian.Uint32(b[12:]), uint32(len(b)/12)))
		for i := range n {
			at := 16 + 12*i
			if at+12 > len(b) {
				return
			}
			first, last, glyph := binary.BigEndian.Uint32(b[at:]), binary.BigEndian.Uint32(b[at+4:]), binary.BigEndian.Uint32(b[at+8:])
			if glyph == 0 {
				first++
			}
			if first <= last && last <= 0x10ffff {
				f.add(first, last)
			}
		}
	}
}

// add adds characters; maps are sorted, so that most of them continue the span before.
func (f *Face) add(first, last uint32) {
	if n := len(f.spans); n > 0 && f.spans[n-1].last+1 == first {
		f.spans[n-1].last = last
		return
	}
	f.spans = append(f.spans, span{first, last})
}

func bytesAt(file io.ReaderAt, at int64, n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := file.ReadAt(b, at); err != nil {
		return nil, err
	}
	return b, nil
}
