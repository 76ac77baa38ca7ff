package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const (
	secretNote = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
	secretBody = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACA6a+5kmCTeLIdrszvDJJmnlkMQMCU++Gj+3Qd2lyqYIQAAAJjq8kVx6vJF\nAAAEDr8kVxYmFk"
)

// TestPrivateKeyIsNotRepeated pastes private keys where they do not belong, in every way that YAML has, whole and cut, and looks for any
// eight letters of them in all that is said of the file, for people and for machines.
func TestPrivateKeyIsNotRepeated(t *testing.T) {
	const begin, end = "-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----"
	moved := "    " + begin + "\n    " + strings.ReplaceAll(secretBody, "\n", "\n    ") + "\n    " + end + "\n"
	lines := strings.Split(secretBody, "\n")
	for name, file := range map[string]string{
		"note":           "key: " + secretNote + "\n",
		"note in quotes": "key: \"" + secretNote + "\"\n",
		"note, a list":   "key: [" + secretNote + ", " + secretNote + "]\n",
		"note, as a key": secretNote + ": x\n",
		"note, cut":      "key: " + secretNote[:60] + "\n",
		"note, as name":  "name: " + secretNote + "\n",
		"no colon after": "name: x\n" + secretNote + "\n",
		"two colons":     "key: key: " + secretNote + "\n",
		"block":          "key: |\n" + moved,
		"folded":         "key: >\n" + moved,
		"plain":          "key:\n" + moved,
		"not moved in":   "key: " + begin + "\n" + secretBody + "\n" + end + "\nname: x\n",
		"escapes":        "key: \"" + begin + "\\n" + strings.ReplaceAll(secretBody, "\n", "\\n") + "\\n" + end + "\"\n",
		"never ends":     "key: " + begin + "\n" + secretBody + "\nname: x\n",
		"no frame":       "key: " + lines[0] + "\n",
		"middle line":    "key: " + lines[1] + "\n",
		"PuTTY":          "key: |\n    Private-Lines: 1\n    " + lines[1] + "\n    Private-MAC: 00\n",
		"bad letter":     "key: \"\u202e" + secretNote + "\"\n",
		"in a remark":    "key: x # " + secretNote + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			var to struct {
				Key  string `yaml:"key" validate:"public_key"`
				Name Text   `yaml:"name"`
			}
			doc, ps := Read("a.yaml", []byte(file), &to)
			if !ps.Failed() {
				t.Fatal("it is taken")
			}
			var out bytes.Buffer
			ps.Print(&out)
			j, err := json.Marshal(ps)
			if err != nil {
				t.Fatal(err)
			}
			said := out.String() + ps.Error() + string(j) + fmt.Sprint(doc.Problem("key", "x", Error, quote(to.Key), quote(file)))
			for _, s := range append(lines, strings.TrimPrefix(secretNote, "PRIVATE+KEY+PeterNeumann+")) {
				for i := 0; i+8 <= len(s); i++ {
					if strings.Contains(said, s[i:i+8]) {
						t.Fatalf("%q of the key is repeated:\n%s", s[i:i+8], said)
					}
				}
			}
		})
	}
	for _, s := range []string{"A private key never leaves its owner.", "key: " + goodNote, goodSSH, "-----BEGIN PUBLIC KEY-----\n" + lines[1]} {
		if HidePrivateKeys(s) != s {
			t.Errorf("%q is hidden", s)
		}
	}
}
