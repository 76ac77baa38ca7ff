package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// maxCheckpoint bounds a checkpoint with all its cosignatures: one of ML-DSA-44 alone has 3,468 bytes.
const maxCheckpoint = 64 << 10

// Checkpoint is the head of a ledger: how many lines it has, and the hash of them all (c2sp.org/tlog-checkpoint, without extension
// lines).
type Checkpoint struct {
	Origin string // the name of the ledger, such as notices.example.org/city
	Size   int64
	Root   tlog.Hash
}

// Text is what is signed: three lines.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// ParseCheckpoint reads the three lines of a checkpoint, without signatures. It refuses what Text cannot have written.
func ParseCheckpoint(text string) (Checkpoint, error) {
	parts := strings.Split(text, "\n")
	if len(parts) != 4 || parts[3] != "" {
		return Checkpoint{}, errors.New("a checkpoint has three lines: the name of the ledger, its size, and its hash")
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || size < 0 || size > 1<<40 {
		return Checkpoint{}, errors.New("the second line of a checkpoint is the number of lines of the ledger")
	}
	root, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, errors.New("the third line of a checkpoint is a hash")
	}
	c := Checkpoint{Origin: parts[0], Size: size, Root: tlog.Hash(root)}
	if !isOrigin(c.Origin) || c.Text() != text {
		return Checkpoint{}, errors.New("a checkpoint cannot be read: the bytes are not those that are written")
	}
	return c, nil
}

// isOrigin says whether a ledger can have this name: an address without its scheme, no blank and no plus sign.
func isOrigin(s string) bool {
	return s != "" && len(s) <= 200 && utf8.ValidString(s) && !strings.Contains(s, "+") &&
		strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) < 0
}

// signed is a checkpoint with its signatures.
type signed struct {
	Checkpoint
	sigs []note.Signature // every signature line, verified or not, in order
}

// parseSigned reads a checkpoint with its signatures, and verifies none of them. It refuses what it would not write again byte for
// byte; signatures of an unknown kind are kept.
func parseSigned(b []byte) (signed, error) {
	text, sigs, err := splitNote(b)
	if err != nil {
		return signed{}, err
	}
	c, err := ParseCheckpoint(text)
	if err != nil {
		return signed{}, err
	}
	return signed{c, sigs}, nil
}

func (s signed) bytes() []byte { return formatNote(s.Text(), s.sigs) }

// by says whether one of the keys signed the checkpoint. A signature line that names one of the keys and is wrong is an error.
func (s signed) by(keys ...note.Verifier) (bool, error) {
	n, err := note.Open(s.bytes(), note.VerifierList(keys...))
	var unverified *note.UnverifiedNoteError
	if errors.As(err, &unverified) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return len(n.Sigs) > 0, nil
}

// with adds signature lines that are not there yet.
func (s signed) with(more ...note.Signature) signed {
	out := signed{s.Checkpoint, append([]note.Signature(nil), s.sigs...)}
	for _, m := range more {
		have := false
		for _, x := range out.sigs {
			have = have || x.Name == m.Name && x.Hash == m.Hash
		}
		if !have {
			out.sigs = append(out.sigs, m)
		}
	}
	return out
}

// sign makes a checkpoint with the signature of the ledger.
func sign(c Checkpoint, s note.Signer) (signed, error) {
	b, err := note.Sign(&note.Note{Text: c.Text()}, s)
	if err != nil {
		return signed{}, err
	}
	return parseSigned(b)
}

const sigPrefix = "— "

// splitNote takes a signed note apart, strictly: the signature lines must be as formatNote writes them.
func splitNote(b []byte) (text string, sigs []note.Signature, err error) {
	bad := func(why string) (string, []note.Signature, error) {
		return "", nil, errors.New("a signed note cannot be read: " + why)
	}
	if len(b) > maxCheckpoint {
		return bad("it is too long")
	}
	i := bytes.LastIndex(b, []byte("\n\n"))
	if i < 0 {
		return bad("it is not signed")
	}
	text = string(b[:i+1])
	for line := range strings.Lines(string(b[i+2:])) {
		s, err := parseSignature(line)
		if err != nil {
			return "", nil, err
		}
		if slices.ContainsFunc(sigs, func(x note.Signature) bool { return x.Name == s.Name && x.Hash == s.Hash }) {
			return bad("one key has two signatures")
		}
		sigs = append(sigs, s)
	}
	if len(sigs) == 0 || len(sigs) > 100 || !bytes.Equal(formatNote(text, sigs), b) {
		return bad("the bytes are not those that are written")
	}
	return text, sigs, nil
}

// parseSignature reads one signature line, with its line end.
func parseSignature(line string) (note.Signature, error) {
	rest, ok := strings.CutPrefix(line, sigPrefix)
	name, b64, _ := strings.Cut(strings.TrimSuffix(rest, "\n"), " ")
	raw, err := base64.StdEncoding.Strict().DecodeString(b64)
	if !ok || err != nil || len(raw) < 5 || !isOrigin(name) {
		return note.Signature{}, errors.New("a signature line begins with a dash, and a name and letters and digits follow")
	}
	s := note.Signature{Name: name, Hash: uint32(raw[0])<<24 | uint32(raw[1])<<16 | uint32(raw[2])<<8 | uint32(raw[3]), Base64: b64}
	if formatSignature(s) != line {
		return note.Signature{}, errors.New("a signature line is not as it is written")
	}
	return s, nil
}

func formatSignature(s note.Signature) string { return sigPrefix + s.Name + " " + s.Base64 + "\n" }

func formatNote(text string, sigs []note.Signature) []byte {
	b := []byte(text + "\n")
	for _, s := range sigs {
		b = append(b, formatSignature(s)...)
	}
	return b
}

// NewVerifier reads a verifier key as golang.org/x/mod/sumdb/note writes it, and nothing that differs from it by a byte.
func NewVerifier(key string) (note.Verifier, error) {
	v, err := note.NewVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("%.80q is no verifier key: it has a name, a plus sign, eight letters and digits, a plus sign, and the key", key)
	}
	parts := strings.SplitN(key, "+", 3) // the key itself may hold a plus sign
	raw, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || fmt.Sprintf("%s+%08x+%s", v.Name(), v.KeyHash(), base64.StdEncoding.EncodeToString(raw)) != key {
		return nil, fmt.Errorf("%.80q is not written as a verifier key is", key)
	}
	return v, nil
}
