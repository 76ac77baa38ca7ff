package onefile

import "encoding/binary"

// fold takes out of a program what it says twice. gzip looks back 32 KB, and a program of 30 MB repeats itself over much longer ways: folded
// before it is packed, it is a tenth smaller. unpack.js unfolds it, as fast as it copies.
//
//	4 bytes    the length of the program, low byte first
//	4 bytes    the length of the list
//	list       numbers of seven bits a byte, the low ones first: how many bytes follow as they are, how many bytes then repeat earlier
//	           ones, how far back those begin (0: as far as last time); and so on; after the last the rest follows as it is
//	the rest   the bytes that follow as they are
func fold(program []byte) []byte {
	const (
		least   = 32 // bytes that are worth a line of the list; half of that where the way back is that of last time
		sample  = 16 // bytes by which a repetition is found
		buckets = 22 // bits
	)
	seen := make([]int32, 1<<buckets) // where a sample was last, and 1
	bucket := func(at int) uint64 {
		a, b := binary.LittleEndian.Uint64(program[at:]), binary.LittleEndian.Uint64(program[at+8:])
		return (a*0x9e3779b185ebca87 ^ b*0xc2b2ae3d27d4eb4f) >> (64 - buckets)
	}
	same := func(at, from int) (n int) {
		for at+n < len(program) && program[from+n] == program[at+n] {
			n++
		}
		return n
	}
	var list, rest []byte
	done, back := 0, 0
	for at := 0; at+sample <= len(program); {
		b := bucket(at)
		length, way := 0, 0
		if from := int(seen[b]) - 1; from >= 0 {
			length, way = same(at, from), at-from
		}
		if back > 0 {
			if n := same(at, at-back); n >= least/2 && n+least/2 >= length {
				length, way = n, back
			}
		}
		seen[b] = int32(at) + 1
		if length < least && (way != back || length < least/2) {
			at++
			continue
		}
		list = binary.AppendUvarint(list, uint64(at-done))
		list = binary.AppendUvarint(list, uint64(length))
		if way == back {
			list = append(list, 0)
		} else {
			list = binary.AppendUvarint(list, uint64(way))
		}
		rest = append(rest, program[done:at]...)
		back = way
		for end := at + length; at < end; at++ {
			if at+sample <= len(program) {
				seen[bucket(at)] = int32(at) + 1
			}
		}
		done = at
	}
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(program)))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(list)))
	return append(append(append(out, list...), rest...), program[done:]...)
}
