package ledger

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/mod/sumdb/note"
)

// TestKeys: keys that are made are read again, whatever letters they happen to have; what a secret file holds is never repeated.
func TestKeys(t *testing.T) {
	plus := false
	for range 50 {
		secret, public, err := NewKey(rand.Reader, "notices.example.gov")
		if err != nil {
			t.Fatal(err)
		}
		plus = plus || strings.Count(public.String(), "+") > 2
		if again, err := PublicKey(secret + "\n"); err != nil || again.String() != public.String() {
			t.Fatalf("%v %v", again, err)
		}
		if again, err := ParseKey(public.String()); err != nil || again.String() != public.String() || again.Name() != "notices.example.gov" {
			t.Fatalf("%v %v", again, err)
		}
		if _, err := ParseKey(secret); err == nil || strings.Contains(err.Error(), secret[20:]) {
			t.Errorf("a secret is taken for a public key, or repeated: %v", err)
		}
		for i := range len(secret) {
			if _, err := PublicKey(secret[:i]); err == nil || strings.Contains(err.Error(), secret[30:]) {
				t.Fatalf("cut off at %d: %v", i, err)
			}
		}
	}
	if !plus {
		t.Error("none of the keys has a plus sign in it")
	}
	for _, name := range []string{"", "a b", "a+b", "é", strings.Repeat("x", 101), "a\nb"} {
		if _, _, err := NewKey(rand.Reader, name); err == nil {
			t.Errorf("a key is called %q", name)
		}
	}
	if !bytes.Equal([]byte(Namespace), []byte("notice-review@fairnotice")) {
		t.Error("the namespace stands in every reviewer's command")
	}
}

// sshKeygen runs ssh-keygen in a folder.
func sshKeygen(t *testing.T, dir, stdin string, args ...string) error {
	t.Helper()
	c := exec.Command("ssh-keygen", args...)
	c.Dir, c.Stdin = dir, strings.NewReader(stdin)
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// sshSigned makes a key of a kind with ssh-keygen, and signs a statement with it.
func sshSigned(t *testing.T, kind string, text []byte, namespace string) (dir string, key Key, sig []byte) {
	t.Helper()
	dir = t.TempDir()
	args := []string{"-q", "-t", kind, "-N", "", "-C", "somebody", "-f", "key"}
	if kind == "rsa" {
		args = append(args, "-b", "2048")
	}
	if err := sshKeygen(t, dir, "", args...); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "text"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := sshKeygen(t, dir, "", "-Y", "sign", "-f", "key", "-n", namespace, "text"); err != nil {
		t.Fatal(err)
	}
	pub, err := os.ReadFile(filepath.Join(dir, "key.pub"))
	if err != nil {
		t.Fatal(err)
	}
	if key, err = ParseKey(string(pub)); err != nil {
		t.Fatal(err)
	}
	if sig, err = os.ReadFile(filepath.Join(dir, "text.sig")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "allowed"), []byte("somebody "+key.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, key, sig
}

// theirs asks ssh-keygen -Y verify.
func theirs(t *testing.T, dir string, text, sig []byte) bool {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "other.sig"), sig, 0o600); err != nil {
		t.Fatal(err)
	}
	return sshKeygen(t, dir, string(text), "-Y", "verify", "-f", "allowed", "-I", "somebody", "-n", Namespace, "-s", "other.sig") == nil
}

// TestSSHKeygen: what ssh-keygen signs is taken, and on good and bad signatures both say the same.
func TestSSHKeygen(t *testing.T) {
	text := testStatement().Bytes()
	for _, kind := range []string{"ed25519", "ecdsa", "rsa"} {
		dir, key, sig := sshSigned(t, kind, text, Namespace)
		ours := func(text, sig []byte) bool {
			k, err := CheckSSH(text, sig)
			return err == nil && k.String() == key.String()
		}
		if !ours(text, sig) || !theirs(t, dir, text, sig) {
			t.Fatalf("%s: ours %v, theirs %v", kind, ours(text, sig), theirs(t, dir, text, sig))
		}
		other := bytes.Replace(text, []byte("en sha256"), []byte("fr sha256"), 1)
		_, _, strange := sshSigned(t, kind, text, Namespace)
		_, _, file := sshSigned(t, kind, text, "file")
		blob, err := unarmor(sig)
		if err != nil {
			t.Fatal(err)
		}
		armor := func(b []byte) []byte {
			return []byte("-----BEGIN SSH SIGNATURE-----\n" + folded(b, 70) + "-----END SSH SIGNATURE-----\n")
		}
		type try struct {
			what string
			text []byte
			sig  []byte
		}
		bad := []try{{"other words", other, sig}, {"no words", nil, sig}, {"a line more", append(slices.Clone(text), '\n'), sig}, {"another key", text, strange},
			{"another namespace", text, file}, {"no signature", text, nil}, {"words for a signature", text, text}, {"half a signature", text, sig[:len(sig)/2]}, {"bytes at the end", text, armor(append(slices.Clone(blob), 0))}}
		for i := range 24 { // one bit here and there of the signature's bytes
			b := slices.Clone(blob)
			b[i*len(b)/24] ^= 1 << (i % 8)
			bad = append(bad, try{fmt.Sprintf("bit %d of byte %d", i%8, i*len(b)/24), text, armor(b)})
		}
		for _, c := range bad {
			if ours(c.text, c.sig) {
				t.Errorf("%s, %s: we take it", kind, c.what)
			}
			if theirs(t, dir, c.text, c.sig) {
				t.Errorf("%s, %s: ssh-keygen takes it", kind, c.what)
			}
		}
		// Said otherwise than ssh-keygen says it: another fold, a field that is kept for later.
		for what, sig := range map[string][]byte{
			"folded otherwise":   []byte(strings.Replace(string(sig), "\n", "\n\n", 2)),
			"a blank":            []byte(strings.Replace(string(sig), "\nU1NI", "\n U1NI", 1)),
			"words before":       append([]byte("hello\n"), sig...),
			"a header":           []byte(strings.Replace(string(sig), "\n", "\nA: b\n\n", 1)),
			"the reserved field": armor(bytes.Replace(blob, []byte(Namespace+"\x00\x00\x00\x00"), []byte(Namespace+"\x00\x00\x00\x01x"), 1)),
		} {
			if ours(text, sig) {
				t.Errorf("%s, %s: we take it", kind, what)
			}
		}
		crlf := bytes.ReplaceAll(sig, []byte("\n"), []byte("\r\n"))
		if !ours(text, crlf) {
			t.Errorf("%s: a signature that went through a mail is refused", kind)
		}
		if _, err := CheckSSH(text, file); err == nil || !strings.Contains(err.Error(), "-n "+Namespace) {
			t.Errorf("of another namespace is said: %v", err)
		}
	}
}

// TestOneBit flips every bit of a statement, of its signature and of a signed note, one at a time. None may be accepted.
func TestOneBit(t *testing.T) {
	s := testStatement()
	text := s.Bytes()
	_, key, sig := sshSigned(t, "ed25519", text, Namespace)
	secret, public, err := NewKey(rand.Reader, s.Reviewer)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := SignNote(text, secret)
	if err != nil {
		t.Fatal(err)
	}
	who := []Reviewer{{ID: s.Reviewer, Keys: []string{key.String(), public.String()}, Languages: []string{"en", "es", "ar"}}}
	now := Now{Program: s.Program, Texts: testTexts(), Grounds: testGrounds(), On: s.Date}
	judge := func(files fstest.MapFS) (signed int) {
		have, _ := ReadReviews(files)
		for _, j := range Judge(now, who, have) {
			if j.State == Signed {
				signed++
			}
		}
		return signed
	}
	good := fstest.MapFS{"a.statement": {Data: text}, "a.statement.sig": {Data: sig}}
	if n := judge(good); n != 2 {
		t.Fatalf("%d languages are signed, not 2", n)
	}
	if n := judge(fstest.MapFS{"a.note": {Data: signed}}); n != 2 {
		t.Fatalf("%d languages are signed by the note, not 2", n)
	}
	flips := 0
	each := func(name string, files fstest.MapFS) {
		data := files[name].Data
		for i := range data {
			for bit := range 8 {
				b := slices.Clone(data)
				b[i] ^= 1 << bit
				files[name] = &fstest.MapFile{Data: b}
				if n := judge(files); n != 0 {
					t.Errorf("%s: bit %d of byte %d (%q) flipped, and %d languages are signed", name, bit, i, data[i], n)
				}
				flips++
			}
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	each("a.statement", good)
	each("a.statement.sig", good)
	each("a.note", fstest.MapFS{"a.note": {Data: signed}})
	t.Logf("%d bits flipped, 0 accepted", flips)
}

// TestNote: a statement that we sign opens with note.Open, and what note.Sign makes is taken.
func TestNote(t *testing.T) {
	text := testStatement().Bytes()
	secret, public, err := NewKey(rand.Reader, "group:river-legal-aid.example")
	if err != nil {
		t.Fatal(err)
	}
	b, err := SignNote(text, secret)
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(public.String())
	if err != nil {
		t.Fatal(err)
	}
	if n, err := note.Open(b, note.VerifierList(v)); err != nil || n.Text != string(text) {
		t.Errorf("note.Open: %v", err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := note.Sign(&note.Note{Text: string(text)}, signer)
	if err != nil {
		t.Fatal(err)
	}
	if got, k, err := CheckNote(theirs, public); err != nil || !bytes.Equal(got, text) || k.String() != public.String() {
		t.Errorf("CheckNote: %v", err)
	}
	// Of one name, and not the same key.
	_, stranger, err := NewKey(rand.Reader, "group:river-legal-aid.example")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := CheckNote(b, stranger); err != ErrUnknownSigner {
		t.Errorf("by a key that is not known: %v", err)
	}
	if _, _, err := CheckNote(b); err != ErrUnknownSigner {
		t.Errorf("without any key: %v", err)
	}
	bad := bytes.Replace(b, []byte("no-objection"), []byte("objection"), 1)
	if _, _, err := CheckNote(bad, public, stranger); err != ErrBadSignature {
		t.Errorf("with other words: %v", err)
	}
	other, err := note.NewSigner(mustSecret(t))
	if err != nil {
		t.Fatal(err)
	}
	two, err := note.Sign(&note.Note{Text: string(text)}, signer, other)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := CheckNote(two, public); err == nil {
		t.Error("a note with a signature that nobody checks is taken")
	}
}

func mustSecret(t *testing.T) string {
	secret, _, err := NewKey(rand.Reader, "somebody.example")
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// TestParseKey: a secret key, a certificate, a short one and a file that is no key are refused; a comment does not matter.
func TestParseKey(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, args, says string }{
		{"ca", "-t ed25519", ""},
		{"small", "-t rsa -b 1024", "less than 2048"},
	} {
		if err := sshKeygen(t, dir, "", append(strings.Fields(c.args), "-q", "-N", "", "-C", "x y", "-f", c.name)...); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, c.name+".pub"))
		if err != nil {
			t.Fatal(err)
		}
		k, err := ParseKey(string(b))
		switch {
		case c.says == "" && (err != nil || strings.Contains(k.String(), "x y") || !strings.HasPrefix(k.Short(), "SHA256:")):
			t.Errorf("%s: %v %v", c.name, k, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if err := sshKeygen(t, dir, "", "-q", "-s", "ca", "-I", "id", "-n", "somebody", "ca.pub"); err != nil {
		t.Fatal(err)
	}
	cert, err := os.ReadFile(filepath.Join(dir, "ca-cert.pub"))
	if err != nil {
		t.Fatal(err)
	}
	secret, err := os.ReadFile(filepath.Join(dir, "ca"))
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{string(cert), string(secret), "", "ssh-ed25519 AAAA", "ssh-ed25519", "a+b", "restrict ssh-ed25519 AAAA", strings.Repeat("x", 1000)} {
		if k, err := ParseKey(bad); err == nil {
			t.Errorf("%.40q is taken for a key: %v", bad, k)
		}
	}
}
