package ledger

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"fairnotice/notices/source"
)

// TestEveryByteCounts changes every byte of a ledger of 300 lines, one at a time: each is noticed by a reader who knows the key of the
// ledger and of its witness. Of long files, and of files that are alike, make test
// tries some.
func TestEveryByteCounts(t *testing.T) {
	m := filled(t, 299)
	s, v, _ := key(t, 1, origin)
	l, err := open(m, s, v)
	if err != nil {
		t.Fatal(err)
	}
	policy := Policy{Origin: origin, Keys: []note.Verifier{v}, Witnesses: []note.Verifier{witnessed(t, l, "alliance")}}
	first, _ := edition(1)
	if err := l.Withhold(first.Signoffs[0], CourtOrder, source.NewDay(2026, 11, 21)); err != nil {
		t.Fatal(err)
	}
	view, err := Read(m.fs(), policy)
	if err != nil {
		t.Fatal(err)
	}
	if found := view.Check(); len(found) > 0 || view.Size() != 300 {
		t.Fatalf("%d lines, %v", view.Size(), found)
	}
	checker := newChecker(view)
	flips, seenBy := 0, map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		whole := m.files[name]
		step := 1
		// The files that are alike: blobs and proofs. In make test, of each tenth all bytes; of the long ones some.
		if os.Getenv("FN_SOAK") != "all" {
			switch {
			case len(whole) > 2000:
				step = 397
			case strings.HasPrefix(name, "tile/"):
				step = 61
			}
			if kind, _, _ := strings.Cut(name, "/"); kind == "blob" || kind == "proof" {
				if seenBy[kind+" files"]++; seenBy[kind+" files"]%100 != 1 {
					continue
				}
			}
		}
		for i := 0; i < len(whole); i += step {
			b := []byte(whole)
			b[i] ^= 1 << (i % 8)
			m.files[name] = string(b)
			flips++
			if by := notices(m, policy, name, checker); by == "" {
				t.Errorf("%s: byte %d was changed, and nobody noticed", name, i)
			} else {
				seenBy[by]++
			}
		}
		m.files[name] = whole
	}
	t.Logf("changed %d bytes, one at a time; noticed: %v", flips, seenBy)
	if flips < 2000 {
		t.Errorf("only %d bytes", flips)
	}
}

// notices says who sees that a file of a ledger was changed: the reader, the reader who looks at every file, or the writer. whole is
// the view before; a reader reads the checkpoint and the newest bundles, so the change of another file does not change it.
func notices(m *memory, p Policy, name string, whole *checker) string {
	switch kind, _, _ := strings.Cut(name, "/"); {
	case kind == ".state":
		if h, err := readHead(m.read); err != nil || h != whole.Checkpoint() {
			return "writer"
		}
		return ""
	case kind == "checkpoint" || strings.HasPrefix(name, "tile/entries/"):
		v, err := Read(m.fs(), p)
		if err != nil {
			return "reader"
		}
		if kind == "checkpoint" {
			return ""
		}
		whole = &checker{View: v, need: whole.need, lines: whole.lines}
	}
	// Only the file that was changed need be looked at again: the others are as they were.
	whole.found = nil
	whole.file(name)
	if len(whole.found) > 0 {
		return "check"
	}
	return ""
}

// witness is somebody who cosigns, always at one time (Unix seconds).
func witness(t testing.TB, at int64) (note.Verifier, note.Signer) {
	t.Helper()
	private, public, err := note.GenerateKey(zeros(9), "witness.example.org")
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWitness(public)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := NewCosigner(private, at)
	if err != nil {
		t.Fatal(err)
	}
	return w, signer
}

// witnessed lets a witness cosign the ledger, and gives its key.
func witnessed(t testing.TB, l *Log, name string) note.Verifier {
	t.Helper()
	w, signer := witness(t, 1764200000)
	ask, err := l.WitnessRequest(name)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := l.lastCosigned(name)
	if err != nil {
		t.Fatal(err)
	}
	var keep []byte
	if kept.Size > 0 {
		keep = kept.bytes()
	}
	line, _, err := Cosign(ask, keep, Policy{Origin: l.origin, Keys: []note.Verifier{l.key}}, signer)
	if err != nil {
		t.Fatal(err)
	}
	if len(ask) > 1000 || len(line) > 1000 {
		t.Errorf("the request has %d bytes and the cosignature %d", len(ask), len(line))
	}
	if err := l.AddCosignature(name, line, w); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestState loses, restores and swaps parts of a ledger: it is refused, or what is missing is made again, and it never begins anew.
func TestState(t *testing.T) {
	s, v, _ := key(t, 1, origin)
	publish := func(m *memory, n int) {
		t.Helper()
		l, err := open(m, s, v)
		if err != nil {
			t.Fatal(err)
		}
		e, blobs := edition(n)
		if _, err := l.Publish(blobs, e); err != nil {
			t.Fatal(err)
		}
	}
	old := filled(t, 40)
	now := old.clone()
	publish(now, 41)
	publish(now, 42)
	now = now.clone()
	foreign := newMemory() // of the same name and key, and other lines
	if err := create(foreign, origin, s); err != nil {
		t.Fatal(err)
	}
	for n := range 42 {
		publish(foreign, 1000+n)
	}
	other := newMemory() // another ledger
	if err := create(other, "notices.example.org/other", s); err != nil {
		t.Fatal(err)
	}
	state := func(name string) bool { return strings.HasPrefix(name, ".state/") }
	public := func(name string) bool { return !state(name) }
	is := func(name string) func(string) bool { return func(n string) bool { return n == name } }
	// from is a disk of now, where the files that take says are those of another disk.
	from := func(x *memory, take func(string) bool) *memory {
		m := now.clone()
		for n := range now.files {
			if take(n) {
				delete(m.files, n)
			}
		}
		if x != nil {
			for n, b := range x.files {
				if take(n) {
					m.files[n] = b
				}
			}
			maps.Copy(m.dirs, x.dirs)
		}
		return m
	}
	lost := func(m *memory) *memory {
		delete(m.files, ".state/head")
		return m
	}
	damaged := now.clone()
	damaged.files[".state/head"] = damaged.files[".state/head"][:50]
	for _, c := range []struct {
		name    string
		m       *memory
		refused string // a part of what is said; "" where it is made again
	}{
		{"as it is", now.clone(), ""},
		{"the state is gone", from(nil, state), ""},
		{"the state is older", from(old, state), ""},
		{"the state is of another history", from(foreign, state), "another ledger of the same name and size"},
		{"the state is of another ledger", from(other, state), "belongs to the ledger notices.example.org/other"},
		{"the state is damaged", damaged, ".state/head) is damaged"},
		{"the public files are older", from(old, public), "bring back a newer one"},
		{"the public files are of another history", from(foreign, public), "another ledger of the same name and size"},
		{"the checkpoint is gone", from(nil, is("checkpoint")), "checkpoint of this ledger is gone"},
		{"the checkpoint is older", from(old, is("checkpoint")), ""},
		{"the checkpoint is older and the state is gone", lost(from(old, is("checkpoint"))), "a file of a later publication"},
		{"the checkpoint and the state are older", from(old, func(n string) bool { return n == "checkpoint" || state(n) }), "shows that the ledger had 41 lines"},
		{"the checkpoint, the state and the proofs are older", from(old, func(n string) bool { return n == "checkpoint" || state(n) || strings.HasPrefix(n, "proof/") }), "more than one publication"},
		{"the checkpoint is of another history", from(foreign, is("checkpoint")), "another ledger of the same name and size"},
		{"the newest hashes are gone", from(nil, is("tile/0/000.p/42")), "bring back a newer one"},
		{"the newest lines are gone", from(nil, is("tile/entries/000.p/42")), "tile/entries/000"},
		{"the newest lines and the state are gone", from(nil, func(n string) bool { return state(n) || n == "tile/entries/000.p/42" }), "cannot be made again"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := maps.Clone(c.m.files)
			l, err := open(c.m, s, v)
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) {
					t.Fatalf("got %v, want %q", err, c.refused)
				}
				delete(before, ".state/part")
				delete(c.m.files, ".state/part")
				if !maps.Equal(before, c.m.files) {
					t.Error("it was refused, and something was written")
				}
				if err := create(c.m, origin, s); err == nil {
					t.Error("it was begun again")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			e, blobs := edition(43)
			if first, err := l.Publish(blobs, e); err != nil || first != 42 {
				t.Fatalf("line %d: %v", first, err)
			}
			view := read(t, c.m.fs())
			if _, err := view.ConsistentWith([]byte(now.files["checkpoint"])); err != nil {
				t.Error(err)
			}
			if found := view.Check(); len(found) > 0 {
				t.Error(found)
			}
		})
	}
	// Whoever kept a checkpoint sees the one case that the folder alone cannot show: all of it was brought back from an older copy.
	view := read(t, old.fs())
	if _, err := view.ConsistentWith([]byte(now.files["checkpoint"])); err == nil || !strings.Contains(err.Error(), "lines were taken out") {
		t.Errorf("an older copy: %v", err)
	}
	publish(old, 4000)
	publish(old, 4001)
	if _, err := read(t, old.fs()).ConsistentWith([]byte(now.files["checkpoint"])); err == nil || !strings.Contains(err.Error(), "history was changed") {
		t.Errorf("a fork: %v", err)
	}
}

// TestWitnessRefuses asks a witness to vouch for what did not only grow.
func TestWitnessRefuses(t *testing.T) {
	s, v, _ := key(t, 1, origin)
	policy := Policy{Origin: origin, Keys: []note.Verifier{v}}
	_, w := witness(t, 1764200000)
	ask := func(m *memory) []byte {
		t.Helper()
		l, err := open(m, s, v)
		if err != nil {
			t.Fatal(err)
		}
		b, err := l.WitnessRequest("alliance")
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	honest := filled(t, 10)
	_, kept, err := Cosign(ask(honest), nil, policy, w)
	if err != nil {
		t.Fatal(err)
	}
	forged := newMemory()
	if err := create(forged, origin, s); err != nil {
		t.Fatal(err)
	}
	l, err := open(forged, s, v)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 12 {
		e, blobs := edition(500 + n)
		if _, err := l.Publish(blobs, e); err != nil {
			t.Fatal(err)
		}
	}
	// The forger claims that the witness has cosigned this history: the request begins at 10 lines.
	cut := filled(t, 10)
	lc, err := open(cut, s, v)
	if err != nil {
		t.Fatal(err)
	}
	witnessed(t, lc, "alliance")
	for name, b := range cut.files {
		if strings.HasPrefix(name, "witness/") {
			forged.files[name] = b
			forged.dirs["witness"] = true
		}
	}
	for name, c := range map[string]struct {
		ask, kept []byte
		policy    Policy
		says      string
	}{
		"the first time, from the middle": {ask(forged), nil, policy, "has seen 0"},
		"another history":                 {ask(forged), kept, policy, "did not only grow"},
		"from the beginning again":        {ask(filled(t, 10)), kept, policy, "has seen 10"},
		"another ledger":                  {ask(honest), kept, Policy{Origin: "notices.example.org/other", Keys: policy.Keys}, "not of notices.example.org/other"},
		"another key":                     {ask(honest), kept, Policy{Origin: origin}, "not signed by the key"},
	} {
		if line, _, err := Cosign(c.ask, c.kept, c.policy, w); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q, %v", name, line, err)
		}
	}
}

// TestRotate changes the key: who trusts the old one believes the new one, and the old one signs no more.
func TestRotate(t *testing.T) {
	m := filled(t, 3)
	old, v, oldKey := key(t, 1, origin)
	next, w, newKey := key(t, 2, origin)
	_, _, strangeKey := key(t, 3, origin)
	r, err := Rotate(oldKey, newKey, source.NewDay(2026, 11, 21), old, next)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Rotate(strangeKey, newKey, source.NewDay(2026, 11, 21), old, next); err == nil {
		t.Error("a key hands on what is not its own")
	}
	publish := func(s note.Signer, v note.Verifier, n int) error {
		l, err := open(m, s, v)
		if err != nil {
			return err
		}
		e, blobs := edition(n)
		_, err = l.Publish(blobs, e)
		return err
	}
	before := m.clone()
	cut := func(stop int) *memory {
		m := before.clone()
		l, err := open(m, old, v)
		if err != nil {
			t.Fatal(err)
		}
		m.steps, m.stop = 0, stop
		if err := l.Rotate(r, next); stop == 0 && err != nil {
			t.Fatal(err)
		}
		m.stop = 0
		return m
	}
	for stop := 1; stop <= cut(0).steps; stop += 7 {
		m := cut(stop).clone()
		_, err1 := open(m, old, v)
		_, err2 := open(m, next, w)
		if err1 != nil && err2 != nil {
			t.Fatalf("stopped at %d, and no key opens it: %v; %v", stop, err1, err2)
		}
		if _, err := Read(m.fs(), Policy{Keys: []note.Verifier{v}}); err != nil {
			t.Fatalf("stopped at %d: %v", stop, err)
		}
	}
	m = cut(0).clone()
	if err := publish(old, v, 4); err == nil || !strings.Contains(err.Error(), "open it with the new key") {
		t.Errorf("the old key: %v", err)
	}
	if err := publish(next, w, 4); err != nil {
		t.Fatal(err)
	}
	line, _ := edition(4)
	for name, p := range map[string]Policy{"the old key": {Keys: []note.Verifier{v}}, "the new key": {Keys: []note.Verifier{w}}, "both": {Keys: []note.Verifier{v, w}}} {
		view, err := Read(m.fs(), p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if found := view.Check(); name != "the new key" && len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
		proof := m.files["proof/city-rent-aid/4.tlog-proof"]
		if got, err := CheckProof([]byte(proof), p); err != nil || string(got.Line.Bytes()) != string(line.Bytes()) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := view.ConsistentWith([]byte(before.files["checkpoint"])); name != "the new key" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A stolen old key signs a checkpoint of the ledger as it is now.
	cp, err := parseSigned([]byte(m.files["checkpoint"]))
	if err != nil {
		t.Fatal(err)
	}
	forged, err := sign(cp.Checkpoint, old)
	if err != nil {
		t.Fatal(err)
	}
	m.files["checkpoint"] = string(forged.bytes())
	if _, err := Read(m.fs(), Policy{Keys: []note.Verifier{v}}); err == nil {
		t.Error("the old key signs after it was replaced")
	}
}

// TestWithheld takes a blob out.
func TestWithheld(t *testing.T) {
	m := filled(t, 3)
	s, v, _ := key(t, 1, origin)
	l, err := open(m, s, v)
	if err != nil {
		t.Fatal(err)
	}
	e, blobs := edition(2)
	if err := l.Withhold(Hash([]byte("nothing")), ByError, source.NewDay(2026, 11, 21)); err == nil {
		t.Error("a blob that is not there was withheld")
	}
	if err := l.Withhold(e.Signoffs[0], "a whim", source.NewDay(2026, 11, 21)); err == nil || !strings.Contains(err.Error(), "court-order and error") {
		t.Errorf("a reason of its own: %v", err)
	}
	if err := l.Withhold(e.Signoffs[0], ByError, source.NewDay(2026, 11, 21)); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Publish(blobs, e); err == nil || !strings.Contains(err.Error(), "not published again") {
		t.Errorf("published again: %v", err)
	}
	view := read(t, m.fs())
	if _, err := view.Blob(e.Signoffs[0]); err == nil || err.Error() != "this is withheld since 2026-11-21, because it was published by error" {
		t.Errorf("got %v", err)
	}
	if found := view.Check(); len(found) > 0 {
		t.Error(found)
	}
	if _, ok := m.files[blobPath(e.Signoffs[0])]; ok {
		t.Error("the blob is still there")
	}
}
