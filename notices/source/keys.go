package source

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ReviewerID is the shape of the name under which a reviewer signs.
const ReviewerID = `^[a-z0-9][a-z0-9:.@_-]{0,99}$`

var reviewerID = regexp.MustCompile(`\A[a-z0-9][a-z0-9:.@_-]{0,99}\z`)

func reviewerFault(s string) (what, hint string) {
	if reviewerID.MatchString(s) {
		return "", ""
	}
	return fmt.Sprintf("must be a name to sign with, but this is %s", quote(s)),
		"Use lower-case letters, digits and : . @ _ -, at most 100, such as group:river-legal-aid.example. It may be a pseudonym."
}

const keyExample = "Write the one line of the reviewer's .pub file, such as ssh-ed25519 AAAAC3…, or a key that `fairnotice keys new` printed."

// publicKeyFault takes the two kinds of key with which a reviewer signs: a public key of OpenSSH, as one line of its .pub file, and a key
// of signed notes (golang.org/x/mod/sumdb/note), name+hash+key. It judges the shape alone: whose key it is nobody can see.
func publicKeyFault(s string) (what, hint string) {
	switch {
	case strings.Contains(s, "PRIVATE KEY") || strings.HasPrefix(s, "PRIVATE+KEY+") || secretsIn(s) != nil:
		return isPrivate, "Delete it here. Ask the reviewer for a new key, because this one has been seen, and write the public part of it."
	case strings.HasPrefix(s, "SHA256:") || strings.HasPrefix(s, "MD5:"):
		return "is the fingerprint of a key, and no signature can be checked with that", keyExample
	case strings.HasSuffix(s, ".pub"):
		return "names a file, and the key itself has to stand here", "Open the file, and copy its one line."
	case strings.ContainsAny(s, "\r\n"):
		return "has more than one line", keyExample
	case len(s) > 2000:
		return fmt.Sprintf("has %d characters, and no key is as long as that", len(s)), keyExample
	}
	if i := strings.IndexByte(s, ' '); i > 0 {
		return sshKeyFault(strings.Fields(s))
	}
	if strings.Count(s, "+") >= 2 {
		return noteKeyFault(s)
	}
	if len(s) >= longWord {
		return "must be a public key, and this is none", keyExample // it may be a line of a private one
	}
	return fmt.Sprintf("must be a public key, but this is %s", quote(s)), keyExample
}

// beginsPublic matches what is a public key, or what is left of one.
var beginsPublic = regexp.MustCompile(`\A(?:(?:sk-)?(?:ssh|ecdsa)-|[^+\s]+\+[0-9a-f]{8}\+)`)

const (
	isPrivate = "is a private key, which must never leave its owner"
	longWord  = 32 // characters; who pastes so many without a blank has pasted a part of some key
)

// sshKinds are the kinds of key with which ssh-keygen signs.
var sshKinds = []string{"ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
	"sk-ecdsa-sha2-nistp256@openssh.com", "ssh-rsa"}

const cutKey = "Copy the line again, all of it: it is one long line."

// sshKeyFault judges the words of a line of a .pub file: the kind, the key, perhaps a comment. The key is a row of strings, each after
// its length in four bytes (RFC 4253, section 5); the first one says the kind again.
func sshKeyFault(words []string) (what, hint string) {
	kind := words[0]
	if !slices.Contains(sshKinds, kind) {
		return fmt.Sprintf("is a key of the kind %s, with which nothing can be signed here", quote(kind)), "It takes: " + strings.Join(sshKinds, ", ") + "."
	}
	if len(words) < 2 {
		return "has the kind of a key, and no key after it", cutKey
	}
	data, err := base64.StdEncoding.Strict().DecodeString(words[1])
	if err != nil {
		return "is a key that was cut off, or has a letter that no key has", cutKey
	}
	var parts [][]byte
	for len(data) > 0 {
		if len(data) < 4 || uint64(binary.BigEndian.Uint32(data)) > uint64(len(data)-4) {
			return "is a key that was cut off", cutKey
		}
		n := 4 + int(binary.BigEndian.Uint32(data))
		parts, data = append(parts, data[4:n]), data[n:]
	}
	want := 3
	switch kind {
	case "ssh-ed25519":
		want = 2
	case "sk-ecdsa-sha2-nistp256@openssh.com":
		want = 4
	}
	switch {
	case len(parts) > 0 && string(parts[0]) != kind:
		return fmt.Sprintf("says %s in front, and %s inside", kind, quote(string(parts[0]))), cutKey
	case len(parts) != want, strings.HasSuffix(kind, "ed25519") && len(parts[1]) != 32:
		return "is a key that was cut off", cutKey
	case kind == "ssh-rsa" && len(parts[2]) < 256:
		return fmt.Sprintf("is a key of about %d bits, which is too short", 8*len(parts[2])), "Ask the reviewer for another key: ssh-keygen -t ed25519 makes one."
	}
	return "", ""
}

// noteKeyFault judges name+hash+key: the hash is of the name and the key, so that one wrong letter shows.
func noteKeyFault(s string) (what, hint string) {
	const again = "Copy the key again, all of it: it is one line without blanks."
	parts := strings.SplitN(s, "+", 3)
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	key, bad := base64.StdEncoding.Strict().DecodeString(parts[2])
	if parts[0] == "" || len(parts[1]) != 8 || err != nil || bad != nil || len(key) < 2 {
		return "is a key that was cut off, or has a letter that no key has", again
	}
	sum := sha256.Sum256([]byte(parts[0] + "\n" + string(key)))
	switch {
	case binary.BigEndian.Uint32(sum[:]) != uint32(hash):
		return "is a key in which a letter is wrong: its check number does not fit", again
	case key[0] != 1 || len(key) != 33: // note: Ed25519
		return "is a key of a kind with which nothing can be signed here", keyExample
	}
	return "", ""
}
