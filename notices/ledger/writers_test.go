package ledger

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// TestMain lets this test program be a second writer.
func TestMain(m *testing.M) {
	if dir := os.Getenv("FN_LEDGER_WRITER"); dir != "" {
		if err := writer(dir, os.Getenv("FN_LEDGER_FROM")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const perWriter = 15

// writer publishes some editions, one by one.
func writer(dir, from string) error {
	secret, public, err := note.GenerateKey(zeros(1), origin)
	if err != nil {
		return err
	}
	s, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	v, err := NewVerifier(public)
	if err != nil {
		return err
	}
	l, err := Open(dir, s, v)
	if err != nil {
		return err
	}
	var first int
	if _, err := fmt.Sscan(from, &first); err != nil {
		return err
	}
	entries, blobs := editions(first, perWriter)
	for i, e := range entries {
		if _, err := l.Publish(blobs[2*i:2*i+2], e); err != nil {
			return err
		}
	}
	return nil
}

// TestTwoWriters lets two processes and this one publish at once: each waits for the others, and nothing is lost.
func TestTwoWriters(t *testing.T) {
	dir := made(t, 0)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	for _, from := range []int{1000, 2000} {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), "FN_LEDGER_WRITER="+dir, fmt.Sprint("FN_LEDGER_FROM=", from))
		go func() {
			out, err := cmd.CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w: %s", err, out)
			}
			done <- err
		}()
	}
	go func() { done <- writer(dir, "3000") }()
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	v := read(t, os.DirFS(dir))
	seen := map[int]bool{}
	for _, e := range v.Entries() {
		seen[e.Number] = true
	}
	if found := v.Check(); len(seen) != 3*perWriter || v.Size() != 3*perWriter || len(found) > 0 {
		t.Errorf("%d lines, %d editions, %v", v.Size(), len(seen), found)
	}
}

// TestSecondWriterWaits holds the lock: a second writer goes on when it is free, and not before. If somebody has written since a size
// was read, that is said.
func TestSecondWriterWaits(t *testing.T) {
	dir := made(t, 2)
	s, v, _ := key(t, 1, origin)
	l, err := Open(dir, s, v)
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := l.disk.lock()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		e, blobs := edition(3)
		_, err := l.Publish(blobs, e)
		done <- err
	}()
	select {
	case err := <-done:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	unlock()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	e, blobs := edition(3)
	if _, err := l.PublishOn(2, blobs, e); !errors.Is(err, ErrMoved) {
		t.Errorf("got %v", err)
	}
}

// TestNothingOutside keeps the network and other programs out of every package of ours by which a ledger is read or written. (The
// validator of notices/source and the SSH library bring net along for addresses and ports; nothing of ours calls it.)
func TestNothingOutside(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}} {{join .Imports \" \"}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	ours := 0
	for line := range strings.Lines(string(out)) {
		imports := strings.Fields(line)
		if len(imports) == 0 || !strings.HasPrefix(imports[0], "fairnotice/") && !strings.HasPrefix(imports[0], "golang.org/x/mod/") {
			continue
		}
		ours++
		for _, p := range imports[1:] {
			if p == "net" || strings.HasPrefix(p, "net/") && p != "net/url" || p == "os/exec" || p == "plugin" {
				t.Errorf("%s imports %s", imports[0], p)
			}
		}
	}
	if ours < 4 {
		t.Errorf("only %d packages were looked at", ours)
	}
}

// TestUnknownSignatures keeps a line of a kind that cannot be verified here, such as ML-DSA-44, under a checkpoint that is read.
func TestUnknownSignatures(t *testing.T) {
	m := filled(t, 3)
	s, v, _ := key(t, 1, origin)
	l, err := open(m, s, v)
	if err != nil {
		t.Fatal(err)
	}
	w := witnessed(t, l, "alliance")
	e, blobs := edition(4)
	if _, err := l.Publish(blobs, e); err != nil {
		t.Fatal(err)
	}
	ask, err := l.WitnessRequest("alliance")
	if err != nil {
		t.Fatal(err)
	}
	_, signer := witness(t, 1764300000)
	kept, err := l.lastCosigned("alliance")
	if err != nil {
		t.Fatal(err)
	}
	line, _, err := Cosign(ask, kept.bytes(), Policy{Keys: []note.Verifier{v}}, signer)
	if err != nil {
		t.Fatal(err)
	}
	long := sigPrefix + "witness.example.org " + "q83v" + strings.Repeat("AAAA", (4+8+2420)/3-1) + "AAA=\n"
	if err := l.AddCosignature("alliance", append(line, long...), w); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.files["checkpoint"], long) {
		t.Error("the line was not kept")
	}
	view, err := Read(m.fs(), Policy{Keys: []note.Verifier{v}, Witnesses: []note.Verifier{w}})
	if err != nil {
		t.Fatal(err)
	}
	if c := view.Cosigned(); len(c) != 1 || c[0].Size != 4 || len(view.Check()) > 0 {
		t.Errorf("%+v, %v", c, view.Check())
	}
	// Nobody signs in the name of another.
	forged := strings.Replace(string(line), "witness.example.org", "somebody.example.org", 1)
	if err := l.AddCosignature("alliance", []byte(forged), w); err == nil {
		t.Error("a line of somebody else was taken")
	}
}
