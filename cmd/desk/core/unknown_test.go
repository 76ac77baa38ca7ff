package core

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices"
)

// TestUnknownIsNoComfort forgets each fact of an example in turn: in the picture nothing that may be there is gone, no gate stops more than
// before, and no copy ends sooner.
func TestUnknownIsNoComfort(t *testing.T) {
	gates := []string{"must", "open", "unknown", "disputed", "choice", "court", "paused", "law", "nothing", "no_right"}
	weakest := func(p Pictured) map[string]int {
		out := map[string]int{}
		for _, row := range p.Rows {
			for _, ask := range row.Asks {
				for _, c := range row.Cells {
					key := fmt.Sprint(ask.ID, " at ", c.Holder)
					out[key] = len(gates)
					for _, g := range c.Gates {
						out[key] = min(out[key], slices.Index(gates, g.Gate))
					}
				}
			}
		}
		return out
	}
	there := func(p Pictured) map[string]string {
		out := map[string]string{}
		for _, h := range p.Holders {
			for _, k := range h.Keeps {
				for _, i := range k.Items {
					way, _, _ := strings.Cut(k.Way, ", ") // without its days, which may be forgotten, too
					if key := fmt.Sprint(h.ID, ": ", i, " (", way, ")"); out[key] == "" || out[key] == "none" {
						out[key] = k.State
					}
				}
			}
		}
		return out
	}
	ends := func(p Timed) map[string]int {
		out := map[string]int{}
		for _, tr := range p.Tracks {
			for _, c := range tr.Copies {
				days := 1 << 30 // no known end
				if c.End == "date" {
					days = c.Days
				}
				for _, i := range c.Items {
					way, _, _ := strings.Cut(tr.Way, ", ")
					key := fmt.Sprint(way, ": ", i, " at ", c.Holder, ", ", c.Kind)
					out[key] = max(out[key], days)
				}
			}
		}
		return out
	}
	for _, id := range someExamples(t) {
		d := example(t, id, nil)
		table, line := do[Pictured](t, d, "table", ""), do[Timed](t, d, "timeline", "")
		r, err := d.read()
		if err != nil {
			t.Fatal(err)
		}
		forgot := 0
		seen := map[string]bool{}
		for i, leaf := range r.Program.Doc.Leaves() {
			for path := leaf; path != ""; path = path[:max(0, strings.LastIndexByte(path, '.'))] {
				f, ok := notices.FieldAt(path)
				if !ok || !f.Fact || seen[path] || strings.HasSuffix(path, ".is") || !soak && i%4 != 0 {
					continue
				}
				seen[path] = true
				args, _ := json.Marshal(map[string]string{"path": path, "value": "unknown"})
				if strings.Contains(string(d.Do("set", args)), `"error":{`) || len(d.past) == 0 {
					continue
				}
				now := do[Pictured](t, d, "table", "")
				if now.Cannot == "" {
					forgot++
					after := there(now)
					for key, state := range there(table) {
						if state != "none" && (after[key] == "" || after[key] == "none") && !gone(path) {
							t.Errorf("%s: %s is unknown, and %s went from %s to %q", id, path, key, state, after[key])
						}
					}
					least := weakest(now)
					for key, gate := range weakest(table) {
						if g, ok := least[key]; ok && g > gate && !asked(path) && !gone(path) {
							t.Errorf("%s: %s is unknown, and for %s the gate went from %s to %s", id, path, key, name(gates, gate), name(gates, g))
						}
					}
					later := ends(do[Timed](t, d, "timeline", ""))
					for key, days := range ends(line) {
						if n, ok := later[key]; ok && n < days {
							t.Errorf("%s: %s is unknown, and %s ends after %d days and not %d", id, path, key, n, days)
						}
					}
				}
				do[Undone](t, d, "undo", "")
			}
		}
		if forgot < 20 {
			t.Errorf("%s: only %d facts were forgotten", id, forgot)
		}
	}
}

// gone are the facts without which there is no line in the picture: what is asked for at all, and who helps.
func gone(path string) bool { return strings.HasSuffix(path, ".asks") || path == "partners" }

// asked are the facts that a demand or a court made.
func asked(path string) bool { return strings.HasPrefix(path, "demands") }

func name(gates []string, i int) string {
	if i < len(gates) {
		return gates[i]
	}
	return "none"
}
