package ledger

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

// layouts are the ledgers in which a publication is cut off: how many lines there are, and how many come.
var layouts = []struct {
	name          string
	before, lines int
}{
	{"the first line", 0, 1},
	{"in the middle of a bundle", 5, 1},
	{"several lines", 3, 4},
	{"a bundle becomes full", 255, 1},
	{"the first of a new bundle", 256, 1},
	{"over the edge of a bundle", 254, 5},
	{"the second bundle becomes full", 511, 1},
	{"two bundles at once", 250, 300},
}

// filled is a disk with a ledger of so many lines, made at once.
func filled(t testing.TB, lines int) *memory {
	t.Helper()
	m := newMemory()
	s, v, _ := key(t, 1, origin)
	if err := create(m, origin, s); err != nil {
		t.Fatal(err)
	}
	if lines == 0 {
		return m.clone()
	}
	l, err := open(m, s, v)
	if err != nil {
		t.Fatal(err)
	}
	entries, blobs := editions(1, lines)
	if _, err := l.Publish(blobs, entries...); err != nil {
		t.Fatal(err)
	}
	return m.clone()
}

// editions are so many editions from a number on.
func editions(from, n int) (entries []Entry, blobs [][]byte) {
	for i := range n {
		e, b := edition(from + i)
		entries, blobs = append(entries, e), append(blobs, b...)
	}
	return entries, blobs
}

// TestKilled stops a publication at every byte that it writes and before and after every other step. Whatever is left: a reader that
// recovers nothing reads it, with every line that was acknowledged before; and when something else is published afterwards, it grows
// from what anybody could have seen. make test tries every step that is not a byte,
// and some bytes; FN_SOAK=all every byte of the small layouts.
//
// Each point has three outcomes: the process dies, and the system keeps what it wrote; the power goes, and only what was flushed is left;
// the power goes, and of what was not flushed some is left.
func TestKilled(t *testing.T) {
	total := 0
	for _, c := range layouts {
		t.Run(c.name, func(t *testing.T) {
			before := filled(t, c.before)
			s, v, _ := key(t, 1, origin)
			entries, blobs := editions(c.before+1, c.lines)
			run := func(stop int) *memory {
				m := before.clone()
				m.stop = stop
				l := &Log{disk: m, signer: s, key: v, origin: origin}
				_, err := l.Publish(blobs, entries...)
				if stop == 0 && err != nil || stop > 0 && err == nil {
					t.Fatalf("stopped at %d: %v", stop, err)
				}
				return m
			}
			whole := run(0)
			steps := whole.steps
			every := max(1, steps/150)
			if c.before > 200 {
				every = max(1, steps/25)
			}
			if os.Getenv("FN_SOAK") == "all" {
				every = 1
				if c.before > 200 {
					every = steps / 500 // there, most bytes are those of one bundle
				}
			}
			var stops []int
			for stop := 1; stop <= steps; stop += every {
				stops = append(stops, stop)
			}
			if c.before <= 200 {
				stops = append(stops, whole.corners...)
			}
			slices.Sort(stops)
			for _, stop := range slices.Compact(stops) {
				m := run(stop)
				dice := rand.New(rand.NewPCG(uint64(stop), 1))
				for _, left := range []*memory{
					m.clone(),
					m.unplugged(func(string) bool { return false }),
					m.unplugged(func(string) bool { return dice.IntN(2) == 0 }),
				} {
					total++
					if err := survives(t, before, left, m.files["checkpoint"], total%40 == 1); err != nil {
						t.Fatalf("stopped at step %d of %d: %v", stop, steps, err)
					}
				}
			}
		})
	}
	t.Logf("cut off at %d points", total)
	if total < 1500 {
		t.Errorf("only %d points", total)
	}
}

// survives judges what a crash has left. shown is the checkpoint that stood there before: somebody may have a copy.
func survives(t *testing.T, before, left *memory, shown string, all bool) error {
	t.Helper()
	s, v, _ := key(t, 1, origin)
	policy := Policy{Origin: origin, Keys: []note.Verifier{v}}
	old := []byte(before.files["checkpoint"])
	seen, err := Read(left.fs(), policy)
	if err != nil {
		return fmt.Errorf("a reader: %w", err)
	}
	if err := whole1(seen, before, left); err != nil {
		return fmt.Errorf("a reader: %w", err)
	}
	l, err := open(left, s, v)
	if err != nil {
		return fmt.Errorf("opened: %w", err)
	}
	opened, err := Read(left.fs(), policy)
	if err != nil {
		return fmt.Errorf("after opening: %w", err)
	}
	if _, err := opened.ConsistentWith(seen.CheckpointFile()); err != nil {
		return fmt.Errorf("after opening: %w", err)
	}
	// Something else is published.
	other, blobs := edition(90_000)
	if _, err := l.Publish(blobs, other); err != nil {
		return fmt.Errorf("something else: %w", err)
	}
	after, err := Read(left.fs(), policy)
	if err != nil {
		return fmt.Errorf("after something else: %w", err)
	}
	for _, cp := range [][]byte{old, []byte(shown), seen.CheckpointFile(), opened.CheckpointFile()} {
		if _, err := after.ConsistentWith(cp); err != nil {
			return fmt.Errorf("after something else: %w", err)
		}
	}
	if err := whole1(after, before, left); err != nil {
		return fmt.Errorf("after something else: %w", err)
	}
	if all {
		if found := after.Check(); len(found) > 0 {
			return fmt.Errorf("after something else: %v", found)
		}
	}
	if _, e, ok := after.Last("city-rent-aid"); !ok || e.Number != 90_000 {
		return errors.New("what was published afterwards is not there")
	}
	return nil
}

// whole1 checks that a reader has all that was acknowledged: it is a beginning of what is read, and each blob is there as it was.
func whole1(v *View, before, left *memory) error {
	if _, err := v.ConsistentWith([]byte(before.files["checkpoint"])); err != nil {
		return err
	}
	for name, s := range before.files {
		if strings.HasPrefix(name, "blob/") && left.files[name] != s {
			return fmt.Errorf("the blob %s is lost", name)
		}
	}
	for _, e := range v.Entries() {
		if _, ok := left.files[blobPath(e.Digest)]; !ok {
			return fmt.Errorf("edition %d is in the ledger, and its blob is not", e.Number)
		}
	}
	return nil
}
