package core

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestAdd adds each block to each example: nothing but lines that are new, undo takes it back, and what is unknown in it can be answered.
func TestAdd(t *testing.T) {
	for _, id := range someExamples(t) {
		d := example(t, id, nil)
		before := do[FileText](t, d, "file", "").Text
		all := do[Templates](t, d, "templates", "").Templates
		if len(all) < 9 {
			t.Errorf("%s: only %d templates", id, len(all))
		}
		for _, tm := range all {
			values := map[string]any{}
			for _, f := range tm.Fields {
				switch f.Kind {
				case "text":
					values[f.Key] = "The “Good: #1” group, Inc."
				case "date":
					values[f.Key] = "2025-06-01"
				case "list":
					values[f.Key] = []string{f.Choices[0].Word}
					if _, ok := choiceOf(f.Choices, "fingerprints"); ok {
						values[f.Key] = []string{"fingerprints"}
					}
				default:
					values[f.Key] = f.Choices[len(f.Choices)-1].Word
				}
				for _, c := range f.Choices {
					if c.Meaning == "" {
						t.Errorf("%s %s: %+v", tm.ID, f.Key, c)
					}
				}
			}
			args, _ := json.Marshal(map[string]any{"template": tm.ID, "values": values})
			a := do[Added](t, d, "add", string(args))
			gone := 0
			for _, l := range a.Changed.Lines {
				if l.Is == nil {
					gone++
				}
			}
			if gone > 0 || len(a.Changed.Lines) == 0 || a.State.Undo == "" {
				t.Errorf("%s %s: %+v", id, tm.ID, a)
			}
			for _, path := range a.Facts {
				do[Editor](t, d, "fact", `{"path":"`+path+`"}`)
			}
			do[Undone](t, d, "undo", "")
			if do[FileText](t, d, "file", "").Text != before {
				t.Fatalf("%s %s: undo left something", id, tm.ID)
			}
			for key := range values {
				broken := map[string]any{}
				for k, v := range values {
					if k != key {
						broken[k] = v
					}
				}
				args, _ := json.Marshal(map[string]any{"template": tm.ID, "values": broken})
				if says := no(t, d, "add", string(args)); strings.Contains(says, "fault of ours") {
					t.Errorf("%s %s: %s", id, tm.ID, says)
				}
			}
		}
	}
}
