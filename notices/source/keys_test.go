package source

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

const (
	goodSSH  = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDpr7mSYJN4sh2uzO8MkmaeWQxAwJT78aP7dB3aXKpgh"
	goodNote = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" // the example of golang.org/x/mod/sumdb/note
)

// TestPublicKeys: the two kinds of key are taken, and of everything else that people paste is said what it is.
func TestPublicKeys(t *testing.T) {
	for _, good := range []string{goodSSH, goodSSH + " ana@river", goodNote} {
		if what, _ := publicKeyFault(good); what != "" {
			t.Errorf("%q %s", good, what)
		}
	}
	short := func(kind string, parts ...int) string {
		data := binary.BigEndian.AppendUint32(nil, uint32(len(kind)))
		data = append(data, kind...)
		for _, n := range parts {
			data = append(binary.BigEndian.AppendUint32(data, uint32(n)), make([]byte, n)...)
		}
		return kind + " " + base64.StdEncoding.EncodeToString(data)
	}
	if what, _ := publicKeyFault(short("ssh-rsa", 3, 257)); what != "" {
		t.Error(what)
	}
	for _, b := range [][2]string{
		{"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----", "private key"},
		{"PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "private key"},
		{"SHA256:uwhOoCVTS7b3wlX1popZs5k609OaD1vQurHU34cCWPk", "fingerprint"},
		{"/home/ana/.ssh/id_ed25519.pub", "names a file"},
		{goodSSH[:len(goodSSH)-4], "cut off"},
		{goodSSH[:len(goodSSH)-1], "cut off"},
		{"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample", "cut off"},
		{"ssh-ed25519 ", "no key after it"},
		{short("ssh-dss", 5, 5, 5, 5), "kind"},
		{short("ssh-rsa", 3, 129), "too short"},
		{strings.Replace(short("ssh-rsa", 3, 257), "ssh-rsa", "ssh-ed25519", 1), "in front"},
		{goodNote[:len(goodNote)-4], "wrong"},
		{strings.Replace(goodNote, "Peter", "Petra", 1), "wrong"},
		{strings.Replace(goodNote, "c74f20a3", "c74f20a", 1), "cut off"},
		{"Ana Ruiz", "kind"},
		{"anaruiz", "must be a public key"},
		{goodSSH + strings.Repeat(" x", 2000), "as long as that"},
	} {
		if what, hint := publicKeyFault(b[0]); !strings.Contains(what, b[1]) || hint == "" {
			t.Errorf("%.60q: %q %q, want %q", b[0], what, hint, b[1])
		}
	}
	other := []byte{6, 1, 2, 3} // a note key of another kind, whose check number fits
	sum := sha256.Sum256([]byte("ana\n" + string(other)))
	if what, _ := publicKeyFault(fmt.Sprintf("ana+%08x+%s", binary.BigEndian.Uint32(sum[:]), base64.StdEncoding.EncodeToString(other))); !strings.Contains(what, "kind") {
		t.Error(what)
	}
}

// TestReviewerNames: a name to sign with may be a pseudonym, and nothing that could be taken for something else.
func TestReviewerNames(t *testing.T) {
	for _, good := range []string{"group:immigrant-rights-alliance.example", "a", "river_1", "ana@example.org", strings.Repeat("a", 100)} {
		if what, _ := reviewerFault(good); what != "" {
			t.Errorf("%q %s", good, what)
		}
	}
	for _, bad := range []string{"", "River", "-a", ":a", "a b", "a\n", "аna", "a/b", "a+b", strings.Repeat("a", 101)} {
		if what, hint := reviewerFault(bad); what == "" || hint == "" {
			t.Errorf("%q is taken", bad)
		}
	}
}
