package source

import (
	"regexp"
	"strings"
)

// A private key that somebody pasted by mistake is known by how the three kinds begin: those of signed notes (PRIVATE+KEY+name+hash+key),
// those in the frame of RFC 7468, and those of ssh-keygen without the frame, whose first bytes are openssh-key-v1; and those of PuTTY.
var (
	noteSecret  = regexp.MustCompile(`PRIVATE\+KEY\+[^+\s]*\+([A-Za-z0-9+/=]+)`)
	frameBegins = regexp.MustCompile(`-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----`)
	bareSecret  = regexp.MustCompile(`(?:Private-Lines: *[0-9]+(?:\s|\\n)*|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/=]*(?:(?:\s|\\n)+[A-Za-z0-9+/=]{20,})*`)
	cutFrame    = regexp.MustCompile(`\A(?:(?:\s|\\n)*[A-Za-z0-9+/=]{20,})*`)
	keyRun      = regexp.MustCompile(`[A-Za-z0-9+/=]{6,}`)
)

const frameEnds = "-----END"

// secretsIn gives where in a text private keys stand, as pairs of bytes: what is secret of them, not what they begin with.
func secretsIn(s string) (out [][2]int) {
	if !strings.Contains(s, "PRIVATE") && !strings.Contains(s, "Private-Lines") && !strings.Contains(s, "b3BlbnNzaC1rZXktdjE") {
		return nil
	}
	for _, m := range noteSecret.FindAllStringSubmatchIndex(s, -1) {
		out = append(out, [2]int{m[2], m[3]})
	}
	for _, m := range frameBegins.FindAllStringIndex(s, -1) {
		n := strings.Index(s[m[1]:], frameEnds)
		if n < 0 || n > 16<<10 {
			n = len(cutFrame.FindString(s[m[1]:]))
		}
		out = append(out, [2]int{m[1], m[1] + n})
	}
	for _, m := range bareSecret.FindAllStringIndex(s, -1) {
		out = append(out, [2]int{m[0], m[1]})
	}
	return out
}

// HidePrivateKeys gives a text in which each letter of a private key is an asterisk: whatever is printed, a key that was pasted by
// mistake is not.
func HidePrivateKeys(s string) string {
	all := secretsIn(s)
	if all == nil {
		return s
	}
	b := []byte(s)
	for _, m := range all {
		stars(b[m[0]:m[1]])
	}
	return string(b)
}

// stars writes asterisks over what can be a part of a key, and leaves blanks and the rest.
func stars(b []byte) {
	for _, m := range keyRun.FindAllIndex(b, -1) {
		for i := m[0]; i < m[1]; i++ {
			b[i] = '*'
		}
	}
}

// hide notes that a value of the file is secret.
func (d *Doc) hide(s string) {
	for _, m := range keyRun.FindAllString(s, -1) {
		d.secret = append(d.secret, m)
	}
}

// discreet hides in a line of the file, or in what is said of it, every private key of the file and every part of one. The number of
// characters stays the same.
func (d *Doc) discreet(s string) string {
	if s = HidePrivateKeys(s); len(d.secret) == 0 {
		return s
	}
	return keyRun.ReplaceAllStringFunc(s, func(run string) string {
		for _, k := range d.secret {
			if strings.Contains(k, run) || strings.Contains(run, k) {
				return strings.Repeat("*", len(run))
			}
		}
		return run
	})
}
