package packet

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
)

// packed is many texts that a page carries in one string, and takes apart when they are wanted: their bytes one behind the other, where
// what stood before is written as a reference to it, however far back; then gzip; then base64 with - and _. The notices of a program say
// the same in many pages, so that this is a tenth of the bytes that gzip alone would leave.
//
// Before gzip it is, again and again: how many bytes follow, those bytes, how many bytes to copy, and from which place; the three numbers
// as unsigned varints. It ends after a number of bytes that all Files have together.
type packed struct {
	Files []packedFile `json:"files"`
	Data  string       `json:"data"`
}

type packedFile struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

const (
	packWindow = 24 // the shortest stretch that is worth a reference
	packStep   = 4  // every fourth place can be referred to
)

// pack packs texts.
func pack(names []string, texts [][]byte) (packed, error) {
	var out packed
	var all []byte
	for i, t := range texts {
		out.Files = append(out.Files, packedFile{names[i], len(t)})
		all = append(all, t...)
	}
	var zipped bytes.Buffer
	z, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return out, err
	}
	if _, err := z.Write(shorten(all)); err != nil {
		return out, err
	}
	if err := z.Close(); err != nil {
		return out, err
	}
	out.Data = base64.RawURLEncoding.EncodeToString(zipped.Bytes())
	return out, nil
}

// shorten writes what stood before as references.
func shorten(all []byte) []byte {
	seen := make(map[[packWindow]byte]int, len(all)/packStep)
	var out []byte
	from, known := 0, 0 // the first byte not written; the first place not in seen
	for at := 0; at+packWindow <= len(all); {
		for ; known+packWindow <= at; known += packStep {
			key := [packWindow]byte(all[known : known+packWindow])
			if _, ok := seen[key]; !ok {
				seen[key] = known
			}
		}
		where, ok := seen[[packWindow]byte(all[at:at+packWindow])]
		if !ok {
			at++
			continue
		}
		n := packWindow
		for at+n < len(all) && all[where+n] == all[at+n] {
			n++
		}
		for at > from && where > 0 && all[where-1] == all[at-1] {
			at, where, n = at-1, where-1, n+1
		}
		out = binary.AppendUvarint(out, uint64(at-from))
		out = append(out, all[from:at]...)
		out = binary.AppendUvarint(out, uint64(n))
		out = binary.AppendUvarint(out, uint64(where))
		at += n
		from = at
	}
	out = binary.AppendUvarint(out, uint64(len(all)-from))
	return append(out, all[from:]...)
}
