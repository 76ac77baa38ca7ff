package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/mod/sumdb/note"

	"fairnotice/notices/source"
)

// Namespace is what ssh-keygen is told a signature is for (-n): a signature made for anything else is none for us.
const Namespace = "notice-review@fairnotice"

// The two ways in which a signature is none.
var (
	ErrBadSignature  = errors.New("the signature does not fit these words")
	ErrUnknownSigner = errors.New("the signature is by a key that nobody here knows")
)

// Key is a public key: of ssh-keygen, such as `ssh-ed25519 AAAA…`, or the verifier key of signed notes, `name+hash+base64`, as
// `fairnotice keys new` prints it.
type Key struct {
	text string
	ssh  ssh.PublicKey // one of the two is there
	note note.Verifier
}

// sshKinds are the kinds of keys of ssh-keygen that are taken. Certificates are not: they are somebody else's word for a key.
var sshKinds = []string{ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoSKECDSA256, ssh.KeyAlgoRSA}

// ParseKey reads a public key of either kind. What ssh-keygen writes behind the key, such as a name, is left out.
func ParseKey(s string) (Key, error) {
	s = strings.TrimSpace(s)
	if kind, _, ok := strings.Cut(s, " "); ok {
		if strings.HasPrefix(s, "PRIVATE+KEY+") || strings.Contains(s, "PRIVATE KEY") {
			return Key{}, errors.New("this is a secret key; the public one is needed")
		}
		pub, _, _, rest, err := ssh.ParseAuthorizedKey([]byte(s))
		if err != nil || len(bytes.TrimSpace(rest)) > 0 || pub.Type() != kind {
			return Key{}, errors.New("this is no key of ssh-keygen: it is one line, such as ssh-ed25519 AAAA…")
		}
		return sshKey(pub)
	}
	if strings.HasPrefix(s, "PRIVATE+KEY+") {
		return Key{}, errors.New("this is a secret key; the public one is needed")
	}
	v, err := NewVerifier(s)
	if err != nil {
		return Key{}, errors.New("this is no public key: it begins with ssh-ed25519, or is what fairnotice keys prints")
	}
	return Key{text: s, note: v}, nil
}

func sshKey(pub ssh.PublicKey) (Key, error) {
	if !slices.Contains(sshKinds, pub.Type()) {
		return Key{}, fmt.Errorf("a key of the kind %s is not taken: make one with ssh-keygen -t ed25519", pub.Type())
	}
	if c, ok := pub.(ssh.CryptoPublicKey); ok {
		if r, ok := c.CryptoPublicKey().(*rsa.PublicKey); ok && r.N.BitLen() < 2048 {
			return Key{}, errors.New("an RSA key of less than 2048 bits is not taken: make one with ssh-keygen -t ed25519")
		}
	}
	return Key{text: strings.TrimSpace(string(ssh.MarshalAuthorizedKey(pub))), ssh: pub}, nil
}

// String is the key as it is written, without a comment; two keys are the same if their strings are.
func (k Key) String() string { return k.text }

// Short names the key for people: SHA256: and 43 characters as ssh-keygen -l prints them, or the name and hash of a note's key.
func (k Key) Short() string {
	if k.ssh != nil {
		return ssh.FingerprintSHA256(k.ssh)
	}
	if k.note != nil {
		return fmt.Sprintf("%s+%08x", k.note.Name(), k.note.KeyHash())
	}
	return ""
}

// CheckSSH holds a signature as ssh-keygen -Y sign writes it against the text that was signed, and gives the key that made it. Whose
// key that is, the caller has to know. Every byte of the signature counts: what is not exactly as ssh-keygen writes it is refused.
func CheckSSH(text, armored []byte) (Key, error) {
	blob, err := unarmor(armored)
	if err != nil {
		return Key{}, err
	}
	sig, err := sshsig.ParseSignature(blob)
	if err != nil || !bytes.Equal(sig.Marshal(), blob) {
		return Key{}, ErrBadSignature
	}
	key, err := sshKey(sig.PublicKey)
	if err != nil {
		return Key{}, err
	}
	if len(sig.Signature.Rest) > 0 && !strings.HasPrefix(sig.PublicKey.Type(), "sk-") {
		return Key{}, ErrBadSignature
	}
	if sig.Namespace != Namespace {
		return Key{}, fmt.Errorf("the signature is for %q, not for %s: it takes ssh-keygen -Y sign -n %s", sig.Namespace, Namespace, Namespace)
	}
	if err := sshsig.Verify(bytes.NewReader(text), sig, sig.PublicKey, sig.HashAlgorithm, Namespace); err != nil {
		return Key{}, ErrBadSignature
	}
	return key, nil
}

// unarmor gives the bytes between the lines BEGIN and END. The lines in between have 70 characters, as ssh-keygen writes them, or 64,
// as other tools do; all ends of lines are LF, or all CR LF after a mail.
func unarmor(b []byte) ([]byte, error) {
	const begin, end = "-----BEGIN " + sshsig.PEMType + "-----\n", "-----END " + sshsig.PEMType + "-----\n"
	s := string(b)
	if n := strings.Count(s, "\n"); n > 0 && strings.Count(s, "\r\n") == n {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	body, ok := strings.CutPrefix(s, begin)
	body, ok2 := strings.CutSuffix(body, end)
	if !ok || !ok2 || len(b) > 64<<10 {
		return nil, errors.New("this is no signature of ssh-keygen: it begins with -----BEGIN SSH SIGNATURE-----")
	}
	blob, err := base64.StdEncoding.Strict().DecodeString(strings.ReplaceAll(body, "\n", ""))
	if err != nil || body != folded(blob, 70) && body != folded(blob, 64) {
		return nil, ErrBadSignature
	}
	return blob, nil
}

func folded(blob []byte, width int) string {
	var b strings.Builder
	for s := base64.StdEncoding.EncodeToString(blob); s != ""; {
		n := min(width, len(s))
		b.WriteString(s[:n] + "\n")
		s = s[n:]
	}
	return b.String()
}

// CheckNote opens a signed note with one of the keys, and gives its text and the key. It is refused if it holds any other signature, or
// is not byte for byte what signing writes.
func CheckNote(b []byte, keys ...Key) (text []byte, key Key, err error) {
	said, sigs, err := splitNote(b)
	if err != nil {
		return nil, Key{}, err
	}
	text = []byte(said)
	if len(sigs) != 1 {
		return text, Key{}, errors.New("the note has more than one signature")
	}
	unknown := true
	for _, k := range keys {
		if k.note == nil {
			continue
		}
		_, err := note.Open(b, note.VerifierList(k.note))
		if err == nil {
			return text, k, nil
		}
		if e := (*note.UnverifiedNoteError)(nil); !errors.As(err, &e) {
			unknown = false // a key of this name and hash is known, and the signature is not by it
		}
	}
	if unknown {
		return text, Key{}, ErrUnknownSigner
	}
	return text, Key{}, ErrBadSignature
}

// SignNote signs a text as a note. The secret is that of a key file.
func SignNote(text []byte, secret string) ([]byte, error) {
	s, err := note.NewSigner(strings.TrimSpace(secret))
	if err != nil {
		return nil, errSecret
	}
	return note.Sign(&note.Note{Text: string(text)}, s)
}

// errSecret says nothing of what the file holds.
var errSecret = errors.New("this is no key file of fairnotice: it is one line, and fairnotice keys new writes it")

// NewKey makes a key: the secret for a key file, and the public key. The name is what stands before the signature, such as
// notices.example.gov; it has no blank and no plus sign.
func NewKey(random io.Reader, name string) (secret string, public Key, err error) {
	if !IsKeyName(name) {
		return "", Key{}, errors.New("the name of a key has plain letters, digits and signs, no blank and no plus sign")
	}
	secret, v, err := note.GenerateKey(random, name)
	if err != nil {
		return "", Key{}, err
	}
	public, err = ParseKey(v)
	return secret, public, err
}

// IsKeyName says that a key can have this name: 1 to 100 characters of printable ASCII, but no blank and no plus sign.
func IsKeyName(name string) bool {
	return IsPlain(name) && len(name) <= 100 && !strings.ContainsAny(name, " +")
}

// PublicKey gives the public key of a secret.
func PublicKey(secret string) (Key, error) {
	secret = strings.TrimSpace(secret)
	if _, err := note.NewSigner(secret); err != nil {
		return Key{}, errSecret
	}
	f := strings.SplitN(secret, "+", 5) // PRIVATE KEY name hash base64
	raw, err := base64.StdEncoding.DecodeString(f[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return Key{}, errSecret
	}
	v, err := note.NewEd25519VerifierKey(f[2], ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey))
	if err != nil {
		return Key{}, errSecret
	}
	return ParseKey(v)
}

// Name is what stands before the signatures of a key of signed notes; "" for a key of ssh-keygen.
func (k Key) Name() string {
	if k.note == nil {
		return ""
	}
	return k.note.Name()
}

// RotateSecrets is Rotate with the secrets of two key files.
func RotateSecrets(old, next string, on source.Day) (Rotation, error) {
	var keys [2]Key
	var signers [2]note.Signer
	for i, secret := range []string{old, next} {
		secret = strings.TrimSpace(secret)
		var err error
		if keys[i], err = PublicKey(secret); err != nil {
			return Rotation{}, err
		}
		if signers[i], err = note.NewSigner(secret); err != nil {
			return Rotation{}, errSecret
		}
	}
	return Rotate(keys[0].text, keys[1].text, on, signers[0], signers[1])
}

// NoteText gives the text of a signed note without looking at who signed it.
func NoteText(b []byte) ([]byte, error) {
	text, _, err := splitNote(b)
	return []byte(text), err
}
