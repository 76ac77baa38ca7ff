package ledger

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"
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
