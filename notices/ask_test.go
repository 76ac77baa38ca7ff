package notices

import (
	"os"
	"strings"
	"testing"
)

// TestEveryFactCanBeAnswered: whatever a file may call unknown has a kind of answer, and one with words has words.
func TestEveryFactCanBeAnswered(t *testing.T) {
	for field := range asks {
		takes, ok := TakesOf(field)
		if !ok || takes.Kind == "" {
			t.Errorf("nobody knows what %s takes", field)
		}
		if takes.Kind == TakesWord && len(takes.Words) == 0 {
			t.Errorf("%s takes words, and there are none", field)
		}
	}
}

// TestAsks: every unknown of a file stands in exactly one place of exactly one question, and ids are not confused with each other.
func TestAsks(t *testing.T) {
	for _, name := range []string{"../examples/citykey.yaml", "testdata/everything.yaml"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := Read("x.yaml", data)
		paths, ids := map[string]int{}, map[string]bool{}
		n := 0
		for _, to := range Askers() {
			for _, a := range Asks(p, to) {
				n += len(a.Places)
				for _, id := range append([]string{a.ID}, placeIDs(a)...) {
					if ids[id] || len(id) < 4 {
						t.Errorf("the id %s is used twice, or too short", id)
					}
					ids[id] = true
				}
				for _, pl := range a.Places {
					paths[pl.Path]++
					if !strings.HasPrefix(AskID(pl.Path), pl.ID) {
						t.Errorf("%s has the id %s", pl.Path, pl.ID)
					}
				}
			}
		}
		if all := Questions(p); len(all) != n || len(paths) != n {
			t.Errorf("%s: %d questions, %d places, %d paths", name, len(all), n, len(paths))
		}
	}
}

func placeIDs(a ToAsk) (out []string) {
	for _, p := range a.Places {
		out = append(out, p.ID)
	}
	return out
}
