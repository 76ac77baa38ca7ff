// Package ledger keeps what was said and who vouched for it: an append-only history of publications, which anyone can check offline.
//
// # The folder
//
// A ledger is a folder of files that any web server can give out. It is a log of c2sp.org/tlog-tiles (without its optional parts), by
// the library behind Go's checksum database; independent tools read it.
//
//	checkpoint                            name, size and hash of all, signed; the only file of the log that is ever replaced
//	tile/0/000  tile/0/003.p/232          hashes
//	tile/entries/000 …                    the lines, 256 to a bundle, each with its length before it in two bytes
//	blob/sha256/ab/cdef…                  the bytes that lines name by their hash: editions, texts, signatures
//	blob/sha256/ab/cdef….withheld         the tombstone of a blob that was taken out
//	proof/PROGRAM/EDITION.tlog-proof      c2sp.org/tlog-proof, one for each publication
//	witness/NAME.request .cosignature     what passes between the ledger and a witness
//	.state/head .state/lock               for the writer alone; not to be served
//
// What a line can say: [Entry], [Withheld], [Revoked], [Rotation].
//
// # Order of a publication
//
// Blobs, bundles, tiles, each written beside its place, flushed, and renamed, and then the names flushed; .state/head the same way,
// which is the commit; then the signature; then the checkpoint. No signature leaves before the commit: otherwise a crash could take
// back what was signed, and the next publication would be a fork, which a witness refuses for ever.
//
// When Publish returns nil, the lines are on the disk and in the checkpoint. Whoever copies a ledger to a server copies the checkpoint
// last.
package ledger
