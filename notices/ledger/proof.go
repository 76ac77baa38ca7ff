package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const proofFormat = "c2sp.org/tlog-proof@v1"

// proof is a file .tlog-proof (c2sp.org/tlog-proof): that one line is in a ledger, to be checked offline with nothing but the keys. Its
// extra data are the line itself, and the changes of the ledger's key, so that who trusts the first key can check it; each with its
// length before it in two bytes. They are believed for what they prove: the hash of the line, the signatures of the keys.
//
//	c2sp.org/tlog-proof@v1
//	extra …
//	index 6
//	…                         the hashes from the line's neighbour to the top
//
//	notices.example.org/city  the checkpoint, with all its signatures
//	…
type proof struct {
	line      []byte
	rotations []Rotation
	index     int64
	path      tlog.RecordProof
	cp        signed
}

func (p proof) bytes() []byte {
	var b bytes.Buffer
	b.WriteString(proofFormat + "\n")
	extra := appendLine(nil, p.line)
	for _, r := range p.rotations {
		extra = appendLine(extra, r.Bytes())
	}
	fmt.Fprintf(&b, "extra %s\nindex %d\n", base64.StdEncoding.EncodeToString(extra), p.index)
	for _, h := range p.path {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteString("\n")
	b.Write(p.cp.bytes())
	return b.Bytes()
}

// maxProof bounds a proof file.
const maxProof = maxCheckpoint + 64<<10

// parseProof reads a proof and verifies nothing but the form. It refuses what proof.bytes cannot have written.
func parseProof(b []byte) (proof, error) {
	bad := func(why string) (proof, error) { return proof{}, errors.New("the proof cannot be read: " + why) }
	if len(b) > maxProof {
		return bad("it is too long")
	}
	head, cp, ok := strings.Cut(string(b), "\n\n")
	if !ok {
		return bad("it has no checkpoint")
	}
	lines := strings.Split(head, "\n")
	if lines[0] != proofFormat {
		return bad("its first line is not " + proofFormat)
	}
	lines = lines[1:]
	var p proof
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "extra ") {
		return bad("it does not hold the line that it proves")
	}
	extra, err := base64.StdEncoding.Strict().DecodeString(lines[0][len("extra "):])
	lines = lines[1:]
	for err == nil && len(extra) > 0 {
		one, n, e := splitBundle(extra, 1)
		if err = e; err != nil {
			break
		}
		extra = extra[n:]
		if p.line == nil {
			p.line = one[0]
			continue
		}
		r, e := ParseRotation(one[0])
		p.rotations, err = append(p.rotations, r), e
	}
	if err != nil || p.line == nil {
		return bad("its line extra is damaged")
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return bad("it has no line index")
	}
	index, err := strconv.ParseInt(lines[0][len("index "):], 10, 64)
	if err != nil || index < 0 {
		return bad("its line index has no number")
	}
	p.index = index
	if len(lines) > 64 {
		return bad("it has too many hashes")
	}
	for _, l := range lines[1:] {
		h, err := tlog.ParseHash(l)
		if err != nil {
			return bad("one of its hashes is damaged")
		}
		p.path = append(p.path, h)
	}
	if p.cp, err = parseSigned([]byte(cp)); err != nil {
		return proof{}, err
	}
	if !bytes.Equal(p.bytes(), b) {
		return bad("the bytes are not those that are written")
	}
	return p, nil
}

// prove makes the proof of a line under a checkpoint.
func prove(line []byte, i int64, r tlog.HashReader, rotations []Rotation, cp signed) (proof, error) {
	path, err := tlog.ProveRecord(cp.Size, i, r)
	return proof{line, rotations, i, path, cp}, err
}

// Proven is what a proof proves.
type Proven struct {
	Line       Line
	Number     int64 // of the line, from 0
	Checkpoint Checkpoint
	Cosigned   []Cosigned // by witnesses of the policy
}

// CheckProof checks offline that the line in a proof is in a ledger whose key is trusted, and that as many witnesses as the policy asks
// for have cosigned.
func CheckProof(proof []byte, p Policy) (Proven, error) {
	x, err := parseProof(proof)
	if err != nil {
		return Proven{}, err
	}
	if p.Origin != "" && p.Origin != x.cp.Origin {
		return Proven{}, fmt.Errorf("the proof is of the ledger %s, and not of %s", x.cp.Origin, p.Origin)
	}
	if err := believed(x.cp, p, x.rotations); err != nil {
		return Proven{}, err
	}
	if err := stray(x.cp, append(unique(append(follow(p.Keys, x.rotations), p.Keys...)), p.Witnesses...)); err != nil {
		return Proven{}, err
	}
	out := Proven{Number: x.index, Checkpoint: x.cp.Checkpoint}
	for _, w := range cosigned(x.cp, p.Witnesses) {
		out.Cosigned = append(out.Cosigned, Cosigned{w.Name(), x.cp.Size, cosignedOn(x.cp, w)})
	}
	if len(out.Cosigned) < p.Quorum {
		return Proven{}, fmt.Errorf("%d of the witnesses have cosigned the proof, and it takes %d", len(out.Cosigned), p.Quorum)
	}
	if err := tlog.CheckRecord(x.path, x.cp.Size, x.cp.Root, x.index, tlog.RecordHash(x.line)); err != nil {
		return Proven{}, errors.New("the proof does not prove its line: one of the two was changed")
	}
	out.Line, err = ParseLine(x.line)
	return out, err
}

// believed checks that a checkpoint is signed by a key that is trusted, or by one that follows it. An old key counts for what it signed
// in its time.
func believed(cp signed, p Policy, rotations []Rotation) error {
	ok, err := cp.by(unique(append(follow(p.Keys, rotations), p.Keys...))...)
	if err != nil {
		return fmt.Errorf("the signature of the checkpoint is wrong: %w", err)
	}
	if !ok {
		return errors.New("the checkpoint is not signed by the key of this ledger")
	}
	return nil
}

// unique takes out keys that stand there twice.
func unique(keys []note.Verifier) []note.Verifier {
	var out []note.Verifier
	for _, k := range keys {
		have := false
		for _, x := range out {
			have = have || x.Name() == k.Name() && x.KeyHash() == k.KeyHash()
		}
		if !have {
			out = append(out, k)
		}
	}
	return out
}
