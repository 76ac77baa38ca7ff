package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A witness looks whether a ledger only grew since it looked last, and says so with its own key. What passes between the two is plain
// text of less than 1 KB (c2sp.org/tlog-witness), so it goes by mail as well as by a server.

const (
	algEd25519  = 1
	algCosigner = 4 // Ed25519 with a time, c2sp.org/tlog-cosignature
)

// witnessKey verifies cosignatures of one witness.
type witnessKey struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witnessKey) Name() string    { return w.name }
func (w witnessKey) KeyHash() uint32 { return w.hash }

func (w witnessKey) Verify(msg, sig []byte) bool {
	return len(sig) == 8+ed25519.SignatureSize && sig[0] < 0x80 &&
		ed25519.Verify(w.key, cosignedText(binary.BigEndian.Uint64(sig), msg), sig[8:])
}

// cosignedText is what a witness signs.
func cosignedText(at uint64, checkpoint []byte) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, checkpoint)
}

// cosignerHash is the number of a key in signature lines.
func cosignerHash(name string, public []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n\x04"), public...))
	return binary.BigEndian.Uint32(sum[:])
}

// NewWitness reads the verifier key of a witness: of the kind for cosignatures, or an ordinary one, as `keys new` makes it.
func NewWitness(key string) (note.Verifier, error) {
	name, rest, _ := strings.Cut(key, "+")
	hash16, b64, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.Strict().DecodeString(b64)
	hash, err2 := strconv.ParseUint(hash16, 16, 32)
	if err != nil || err2 != nil || !isOrigin(name) || len(raw) != 1+ed25519.PublicKeySize || fmt.Sprintf("%s+%08x+%s", name, hash, b64) != key {
		return nil, fmt.Errorf("%.80q is no verifier key of a witness", key)
	}
	switch raw[0] {
	case algEd25519:
		if _, err := NewVerifier(key); err != nil {
			return nil, err
		}
	case algCosigner:
		if cosignerHash(name, raw[1:]) != uint32(hash) {
			return nil, fmt.Errorf("%.80q is no verifier key of a witness: its number does not fit the key", key)
		}
	default:
		return nil, fmt.Errorf("%.80q is a key of a kind that cannot be verified here", key)
	}
	return witnessKey{name, cosignerHash(name, raw[1:]), ed25519.PublicKey(raw[1:])}, nil
}

// cosigner signs as a witness at one moment.
type cosigner struct {
	witnessKey
	private ed25519.PrivateKey
	at      int64
}

// NewCosigner reads a private key, as golang.org/x/mod/sumdb/note writes it, for signing as a witness; at is the time in seconds since
// 1970.
func NewCosigner(private string, at int64) (note.Signer, error) {
	parts := strings.SplitN(private, "+", 5)
	if _, err := note.NewSigner(private); err != nil || len(parts) != 5 || at < 0 {
		return nil, errors.New("this is no private key of a witness")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize || raw[0] != algEd25519 {
		return nil, errors.New("this is no private key of a witness")
	}
	k := ed25519.NewKeyFromSeed(raw[1:])
	public := k.Public().(ed25519.PublicKey)
	return cosigner{witnessKey{parts[2], cosignerHash(parts[2], public), public}, k, at}, nil
}

func (c cosigner) Sign(msg []byte) ([]byte, error) {
	return append(binary.BigEndian.AppendUint64(nil, uint64(c.at)), ed25519.Sign(c.private, cosignedText(uint64(c.at), msg))...), nil
}

// cosigned gives the witnesses whose cosignature a checkpoint has.
func cosigned(cp signed, witnesses []note.Verifier) []note.Verifier {
	var out []note.Verifier
	for _, w := range unique(witnesses) {
		if ok, err := cp.by(w); ok && err == nil {
			out = append(out, w)
		}
	}
	return out
}

// request is what a witness is asked, c2sp.org/tlog-witness: old SIZE, the hashes that lead from there to the checkpoint, an empty
// line, and the checkpoint with the signature of the ledger.
type request struct {
	old  int64
	path tlog.TreeProof
	cp   signed
}

func (r request) bytes() []byte {
	b := fmt.Appendf(nil, "old %d\n", r.old)
	for _, h := range r.path {
		b = fmt.Appendf(b, "%s\n", h)
	}
	return append(append(b, '\n'), r.cp.bytes()...)
}

func parseRequest(b []byte) (request, error) {
	bad := errors.New("this is no request to a witness")
	head, cp, ok := strings.Cut(string(b), "\n\n")
	first, rest, more := strings.Cut(head, "\n")
	old, err := strconv.ParseInt(strings.TrimPrefix(first, "old "), 10, 64)
	if len(b) > maxProof || !ok || err != nil || old < 0 {
		return request{}, bad
	}
	r := request{old: old}
	if more {
		for l := range strings.SplitSeq(rest, "\n") {
			h, err := tlog.ParseHash(l)
			if err != nil || len(r.path) == 63 {
				return request{}, bad
			}
			r.path = append(r.path, h)
		}
	}
	if r.cp, err = parseSigned([]byte(cp)); err != nil || !bytes.Equal(r.bytes(), b) {
		return request{}, bad
	}
	return r, nil
}

// Cosign answers a request as a witness. kept is the checkpoint that this witness cosigned last, nil for the first time; it gives the
// line to send back, and the checkpoint to keep: keep it before the line leaves. It refuses a ledger that did not only grow.
func Cosign(ask, kept []byte, p Policy, s note.Signer) (line, keep []byte, err error) {
	r, err := parseRequest(ask)
	if err != nil {
		return nil, nil, err
	}
	if p.Origin != "" && p.Origin != r.cp.Origin {
		return nil, nil, fmt.Errorf("the request is of the ledger %s, and not of %s", r.cp.Origin, p.Origin)
	}
	if err := believed(r.cp, p, nil); err != nil {
		return nil, nil, err
	}
	var last signed
	if kept != nil {
		if last, err = parseSigned(kept); err != nil {
			return nil, nil, err
		}
		if last.Origin != r.cp.Origin {
			return nil, nil, fmt.Errorf("the checkpoint that was kept is of the ledger %s, and the request of %s", last.Origin, r.cp.Origin)
		}
	}
	switch {
	case r.old != last.Size:
		return nil, nil, fmt.Errorf("the request begins at %d lines, and this witness has seen %d: ask for a request that begins there", r.old, last.Size)
	case r.old > r.cp.Size:
		return nil, nil, errors.New("the ledger became shorter, so it is not cosigned: somebody took lines out")
	case last.Size > 0:
		if err := tlog.CheckTree(r.path, r.cp.Size, r.cp.Root, last.Size, last.Root); err != nil {
			return nil, nil, errors.New("the ledger did not only grow, so it is not cosigned: what this witness has seen was changed")
		}
	case len(r.path) > 0:
		return nil, nil, errors.New("this is no request to a witness")
	}
	signedBy, err := note.Sign(&note.Note{Text: r.cp.Text()}, s)
	if err != nil {
		return nil, nil, err
	}
	_, sigs, err := splitNote(signedBy)
	if err != nil {
		return nil, nil, err
	}
	return []byte(formatSignature(sigs[0])), r.cp.with(sigs...).bytes(), nil
}

// isWitnessName says whether a witness can have this name in the ledger's folder.
func isWitnessName(s string) bool {
	return s != "" && len(s) <= 64 && s[0] != '.' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == ""
}

func requestPath(name string) string     { return "witness/" + name + ".request" }
func cosignaturePath(name string) string { return "witness/" + name + ".cosignature" }

// WitnessRequest makes the request for a witness, from what it cosigned last to what the ledger is now, and leaves it in
// witness/NAME.request.
func (l *Log) WitnessRequest(name string) ([]byte, error) {
	if !isWitnessName(name) {
		return nil, fmt.Errorf("a witness cannot have the name %.80q: small letters, digits, dots and dashes", name)
	}
	unlock, err := l.disk.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	st, err := l.load()
	if err != nil {
		return nil, err
	}
	cp := st.cp
	cp.sigs = slices.DeleteFunc(slices.Clone(cp.sigs), func(s note.Signature) bool { return s.Name != l.key.Name() || s.Hash != l.key.KeyHash() })
	r := request{cp: cp}
	last, err := l.lastCosigned(name)
	if err != nil {
		return nil, err
	}
	if r.old = last.Size; r.old > 0 && r.old < cp.Size {
		if r.path, err = tlog.ProveTree(cp.Size, r.old, st.hashes); err != nil {
			return nil, err
		}
	}
	p := newPress(l.disk)
	if err := p.put(requestPath(name), r.bytes()); err != nil {
		return nil, err
	}
	return r.bytes(), p.flush()
}

// lastCosigned is the checkpoint that a witness cosigned last; the zero one where there is none.
func (l *Log) lastCosigned(name string) (signed, error) {
	raw, err := l.disk.read(cosignaturePath(name), maxCheckpoint)
	if errors.Is(err, fs.ErrNotExist) {
		return signed{}, nil
	}
	if err != nil {
		return signed{}, err
	}
	return parseSigned(raw)
}

// AddCosignature takes the lines that a witness has sent back for its last request, and puts them under the checkpoint, if the ledger
// has not grown since, and in witness/NAME.cosignature. One of them must be by the key of the witness, as NewWitness reads it; lines
// of the same name by other keys, such as ML-DSA-44, are kept as they are.
func (l *Log) AddCosignature(name string, lines []byte, witness note.Verifier) error {
	if !isWitnessName(name) {
		return fmt.Errorf("a witness cannot have the name %.80q", name)
	}
	unlock, err := l.disk.lock()
	if err != nil {
		return err
	}
	defer unlock()
	st, err := l.load()
	if err != nil {
		return err
	}
	raw, err := l.disk.read(requestPath(name), maxProof)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the witness %s was not asked: make a request first", name)
	}
	if err != nil {
		return err
	}
	r, err := parseRequest(raw)
	if err != nil {
		return err
	}
	if err := extends(l.disk.read, st.head, r.cp.Checkpoint); err != nil {
		return fmt.Errorf("the request to the witness %s is not of this ledger: %w", name, err)
	}
	var more []note.Signature
	if len(lines) > maxCheckpoint/2 {
		return errors.New("these are too many lines for a cosignature")
	}
	for line := range strings.Lines(string(lines)) {
		s, err := parseSignature(line)
		if err != nil {
			return err
		}
		if s.Name != witness.Name() {
			return fmt.Errorf("the cosignature is by %s, and not by %s", s.Name, witness.Name())
		}
		more = append(more, s)
	}
	last, err := l.lastCosigned(name)
	if err != nil {
		return err
	}
	if last.Size > r.cp.Size {
		return fmt.Errorf("the witness %s has cosigned %d lines already", name, last.Size)
	}
	own := r.cp.with(more...)
	if ok, err := own.by(witness); err != nil || !ok {
		return errors.New("the cosignature is wrong: it is of another checkpoint, by another key, or was damaged")
	}
	p := newPress(l.disk)
	if err := p.put(cosignaturePath(name), own.bytes()); err != nil {
		return err
	}
	if st.cp.Checkpoint == own.Checkpoint {
		if err := p.put("checkpoint", st.cp.with(more...).bytes()); err != nil {
			return err
		}
	}
	if err := p.flush(); err != nil {
		return err
	}
	return l.proveAgain(p, st, last.Size, own)
}

// proveAgain writes the proofs of the publications that a witness has seen for the first time, under what all witnesses have cosigned.
func (l *Log) proveAgain(p *press, st state, from int64, cp signed) error {
	names, err := l.disk.list("witness")
	if err != nil {
		return err
	}
	for _, name := range names {
		if other, ok := strings.CutSuffix(name, ".cosignature"); ok {
			if x, err := l.lastCosigned(other); err == nil && x.Checkpoint == cp.Checkpoint {
				cp = cp.with(x.sigs...)
			}
		}
	}
	tree := hashes(l.disk.read, cp.Checkpoint)
	for n := from / tileWidth; n*tileWidth < cp.Size; n++ {
		_, lines, err := checkBundle(l.disk.read, tree, n, cp.Size)
		if err != nil {
			return err
		}
		for i, line := range lines {
			e, ok := line.(Entry)
			if number := n*tileWidth + int64(i); ok && number >= from {
				if err := p.proof(e, tree, number, cp); err != nil {
					return err
				}
			}
		}
	}
	return p.flush()
}
