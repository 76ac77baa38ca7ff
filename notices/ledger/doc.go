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
// Whoever copies a ledger to a server copies the checkpoint last.
//
// # What is promised, and what is not
//
// When Publish returns nil, its lines and blobs are on the disk and in the checkpoint. If the process is killed at any moment before,
// a reader that recovers nothing reads the ledger with all that was acknowledged, and Open finishes what was committed or sweeps away
// what was not. Tests stop a publication at every byte and every step to see it. They also take away what was not flushed, all of it
// or some, as a power failure may: no flush is missing in the order above. What no program can promise is that a disk, a network
// drive or a virtual machine has kept what it said it had flushed; a folder that another program synchronises to a cloud does not.
//
// A ledger that was damaged, or of which a part was lost or brought back from a copy, is refused or mended from what is signed, never
// begun again. One case cannot be seen from the folder alone: all of it was brought back from an older copy. Whoever saw the newer one
// sees it ([View.ConsistentWith], [Cosign]); so keep a checkpoint somewhere else, and have witnesses.
//
// Nobody can take back what others have copied. A blob that is withheld is gone from this folder, and its hash stays.
//
// # The key
//
// One Ed25519 key signs. When another takes its place, a line says so, signed by both ([Rotation]), and the old one signs no more:
// whoever trusts the old key reads the ledger, and every proof, with it. A thief of the key could rotate it as well; the witnesses
// would see which history came first, so say by telephone that a key was stolen. Cosignatures are read with Ed25519; lines of
// another kind, such as ML-DSA-44, are kept as they are.
package ledger
