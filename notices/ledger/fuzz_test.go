package ledger

import (
	"bytes"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"fairnotice/notices/source"
)

// What is read from outside is written again byte for byte, or refused; and nothing brings a parser down.

func FuzzLine(f *testing.F) {
	e, _ := edition(7)
	f.Add(e.Bytes())
	f.Add(Withheld{Hash(nil), CourtOrder, source.NewDay(2026, 11, 21)}.Bytes())
	f.Add(Revoked{Hash(nil), Hash(nil), source.NewDay(2026, 11, 21)}.Bytes())
	f.Add(rotation(f).Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if l, err := ParseLine(b); err == nil && !bytes.Equal(l.Bytes(), b) {
			t.Fatalf("%q is written as %q", b, l.Bytes())
		}
	})
}

func rotation(t testing.TB) Rotation {
	old, _, oldKey := key(t, 1, origin)
	next, _, newKey := key(t, 2, origin)
	r, err := Rotate(oldKey, newKey, source.NewDay(2026, 11, 21), old, next)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func FuzzCheckpoint(f *testing.F) {
	m := filled(f, 3)
	f.Add([]byte(m.files["checkpoint"]))
	f.Add([]byte("notices.example.org/city\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAA=\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := parseSigned(b)
		if err != nil {
			return
		}
		if !bytes.Equal(s.bytes(), b) {
			t.Fatalf("%q is written as %q", b, s.bytes())
		}
		if c, err := ParseCheckpoint(s.Text()); err != nil || c != s.Checkpoint {
			t.Fatalf("%+v, %v", c, err)
		}
		// What we take for a note, the library takes for a note.
		if _, err := note.Open(b, nil); err != nil {
			if _, ok := err.(*note.UnverifiedNoteError); !ok {
				t.Fatalf("%q: %v", b, err)
			}
		}
	})
}

func FuzzProof(f *testing.F) {
	m := filled(f, 3)
	f.Add([]byte(m.files["proof/city-rent-aid/2.tlog-proof"]))
	x, err := parseProof([]byte(m.files["proof/city-rent-aid/2.tlog-proof"]))
	if err != nil {
		f.Fatal(err)
	}
	x.rotations = []Rotation{rotation(f)}
	f.Add(x.bytes())
	_, v, _ := key(f, 1, origin)
	view := read(f, m.fs())
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := parseProof(b)
		if err == nil && !bytes.Equal(x.bytes(), b) {
			t.Fatalf("%q is written as %q", b, x.bytes())
		}
		got, err := CheckProof(b, Policy{Keys: []note.Verifier{v}})
		if err != nil {
			return
		}
		if got.Number >= view.Size() || !bytes.Equal(view.raw[got.Number], got.Line.Bytes()) {
			t.Fatalf("%q proves line %d: %q", b, got.Number, got.Line.Bytes())
		}
	})
}

func FuzzRequest(f *testing.F) {
	m := filled(f, 10)
	s, v, _ := key(f, 1, origin)
	l, err := open(m, s, v)
	if err != nil {
		f.Fatal(err)
	}
	witnessed(f, l, "alliance")
	f.Add([]byte(m.files[requestPath("alliance")]))
	e, blobs := edition(11)
	if _, err := l.Publish(blobs, e); err != nil {
		f.Fatal(err)
	}
	b, err := l.WitnessRequest("alliance")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := parseRequest(b); err == nil && !bytes.Equal(r.bytes(), b) {
			t.Fatalf("%q is written as %q", b, r.bytes())
		}
	})
}

func FuzzBundle(f *testing.F) {
	m := filled(f, 3)
	f.Add([]byte(m.files["tile/entries/000.p/3"]), 3)
	f.Fuzz(func(t *testing.T, b []byte, n int) {
		if n < 0 || n > tileWidth {
			return
		}
		lines, size, err := splitBundle(b, n)
		if err != nil {
			return
		}
		var again []byte
		for _, l := range lines {
			again = appendLine(again, l)
		}
		if !bytes.Equal(again, b[:size]) {
			t.Fatalf("%q is written as %q", b[:size], again)
		}
	})
}

func FuzzKeys(f *testing.F) {
	for n := range byte(3) {
		_, _, public := key(f, n, origin)
		f.Add(public)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := NewVerifier(s); err == nil {
			if _, err := note.NewVerifier(s); err != nil || !isOrigin(v.Name()) {
				t.Fatalf("%q", s)
			}
		}
		if w, err := NewWitness(s); err == nil && w.Name() == "" {
			t.Fatalf("%q", s)
		}
	})
}
