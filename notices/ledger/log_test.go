package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"fairnotice/notices/source"
)

// zeros is randomness for keys that are the same in every run.
type zeros byte

func (z zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(z)
	}
	return len(p), nil
}

const origin = "notices.example.org/city"

// key makes key number n of a name.
func key(t testing.TB, n byte, name string) (note.Signer, note.Verifier, string) {
	t.Helper()
	private, public, err := note.GenerateKey(zeros(n), name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	v, err := NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	return s, v, public
}

// edition is the entry of an edition with its blobs.
func edition(n int) (Entry, [][]byte) {
	edition := func(n int) []byte {
		return fmt.Appendf(nil, "fairnotice-edition/v1\nprogram city-rent-aid\nedition %d\n", n)
	}
	lines := edition(n)
	signoff := fmt.Appendf(nil, "a signature of edition %d\n", n)
	e := Entry{Program: "city-rent-aid", Number: n, Digest: Hash(lines), From: source.NewDay(2026, 1, 1) + source.Day(n), Signoffs: []string{Hash(signoff)}}
	if n > 1 {
		e.Supersedes = Hash(edition(n - 1))
	}
	return e, [][]byte{lines, signoff}
}

// made is a ledger of some editions in a folder, the last ten published one by one.
func made(t testing.TB, number int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ledger")
	s, v, _ := key(t, 1, origin)
	if err := Create(dir, origin, s); err != nil {
		t.Fatal(err)
	}
	l, err := Open(dir, s, v)
	if err != nil {
		t.Fatal(err)
	}
	n := max(0, number-10)
	if n > 0 {
		entries, blobs := editions(1, n)
		if _, err := l.Publish(blobs, entries...); err != nil {
			t.Fatal(err)
		}
	}
	for ; n < number; n++ {
		e, blobs := edition(n + 1)
		if first, err := l.Publish(blobs, e); err != nil || first != int64(n) {
			t.Fatalf("edition %d is line %d: %v", n+1, first, err)
		}
	}
	return dir
}

func read(t testing.TB, fsys fs.FS) *View {
	t.Helper()
	_, v, _ := key(t, 1, origin)
	view, err := Read(fsys, Policy{Origin: origin, Keys: []note.Verifier{v}})
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// TestPublish publishes one by one over the edge of a bundle, and reads all of it back.
func TestPublish(t *testing.T) {
	dir := made(t, 262)
	v := read(t, os.DirFS(dir))
	n := 0
	for i, e := range v.Entries() {
		n++
		want, blobs := edition(n)
		if i != int64(n-1) || string(e.Bytes()) != string(want.Bytes()) {
			t.Fatalf("line %d is %s", i, e.Bytes())
		}
		for _, b := range blobs {
			if got, err := v.Blob(Hash(b)); err != nil || string(got) != string(b) {
				t.Fatalf("%q, %v", got, err)
			}
		}
	}
	if n != 262 {
		t.Fatalf("%d entries", n)
	}
	if _, err := os.Stat(filepath.Join(dir, "tile/entries/000.p")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("partial bundles that a full one replaced are there: %v", err)
	}
}

// TestCreateOnlyOnce never begins a ledger again.
func TestCreateOnlyOnce(t *testing.T) {
	s, v, _ := key(t, 1, origin)
	dir := made(t, 3)
	if err := Create(dir, origin, s); err == nil || !strings.Contains(err.Error(), "never begun again") {
		t.Errorf("created twice: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "checkpoint")); err != nil {
		t.Fatal(err)
	}
	if err := Create(dir, origin, s); err == nil || !strings.Contains(err.Error(), "never begun again") {
		t.Errorf("created over a part: %v", err)
	}
	if _, err := Open(dir, s, v); err == nil || !strings.Contains(err.Error(), "checkpoint of this ledger is gone") {
		t.Errorf("opened without a checkpoint: %v", err)
	}
	if _, err := Open(t.TempDir(), s, v); err == nil || !strings.Contains(err.Error(), "no ledger") {
		t.Errorf("opened an empty folder: %v", err)
	}
}

// TestProofAndWitness goes the way of one cosignature by file, and checks a proof offline.
func TestProofAndWitness(t *testing.T) {
	dir := made(t, 5)
	s, v, _ := key(t, 1, origin)
	l, err := Open(dir, s, v)
	if err != nil {
		t.Fatal(err)
	}
	w, signer := witness(t, 1764200000)
	policy := Policy{Origin: origin, Keys: []note.Verifier{v}, Witnesses: []note.Verifier{w}, Quorum: 1}
	ask, err := l.WitnessRequest("alliance")
	if err != nil {
		t.Fatal(err)
	}
	line, keep, err := Cosign(ask, nil, policy, signer)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.AddCosignature("alliance", line, w); err != nil {
		t.Fatal(err)
	}
	view := read(t, os.DirFS(dir))
	proof, err := view.Prove(3)
	if err != nil {
		t.Fatal(err)
	}
	e, _ := edition(4)
	got, err := CheckProof(proof, policy)
	if err != nil || string(got.Line.Bytes()) != string(e.Bytes()) || got.Number != 3 || len(got.Cosigned) != 1 || got.Cosigned[0].On.String() != "2025-11-26" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := CheckProof(proof, Policy{Origin: origin, Witnesses: policy.Witnesses}); err == nil {
		t.Error("a proof holds for who trusts nobody")
	}
	if _, err := view.ConsistentWith(keep); err != nil {
		t.Error(err)
	}
	x, err := parseProof(proof)
	if err != nil {
		t.Fatal(err)
	}
	e.Number++
	x.line = e.Bytes()
	if _, err := CheckProof(x.bytes(), policy); err == nil {
		t.Error("a proof proves another line")
	}
	b, err := os.ReadFile(filepath.Join(dir, "proof/city-rent-aid/3.tlog-proof"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := CheckProof(b, policy); err != nil {
		t.Errorf("the proof of a publication was not made again under the cosignature: %v", err)
	}
}
