package core

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestWhatIf tries every toggle of every example: none is refused, none changes a file, and what is said to be new is not what is gone.
func TestWhatIf(t *testing.T) {
	for _, id := range someExamples(t) {
		d := example(t, id, nil)
		text := do[FileText](t, d, "file", "").Text
		all := do[Toggles](t, d, "whatif.list", "").Toggles
		if len(all) < 5 {
			t.Errorf("%s has only %d toggles", id, len(all))
		}
		told := 0
		for i, x := range all {
			if x.Text == "" || x.Now == "" || x.Group == "" {
				t.Errorf("%+v", x)
			}
			if !soak && i%6 != 0 {
				continue
			}
			args, _ := json.Marshal(map[string]string{"path": x.Path, "value": x.Value, "language": "en"})
			w := do[WouldSay](t, d, "whatif", string(args))
			if w.Is == "" || w.Says == "" {
				t.Errorf("%+v: %+v", x, w)
			}
			if len(w.New)+len(w.Gone) > 0 {
				told++
			}
		}
		if told == 0 {
			t.Errorf("%s: no toggle changes the notice", id)
		}
		if do[FileText](t, d, "file", "").Text != text || len(d.Changed()) > 0 {
			t.Errorf("%s: a thought changed the file", id)
		}
	}
}

func TestChanges(t *testing.T) {
	d := citykey(t)
	c := do[WhatChanged](t, d, "changes", "")
	if c.Is != "worse" || len(c.Groups) < 5 || len(c.Tell) != 4 {
		t.Errorf("%+v", c)
	}
	for _, g := range c.Groups {
		if g.Title == "" {
			t.Errorf("%+v", g)
		}
		for _, x := range g.Changes {
			if x.Text == "" || x.Is == "" {
				t.Errorf("%+v", x)
			}
		}
	}
	do[Set](t, d, "set", `{"path":"retention.application_file.period","value":"30 days"}`)
	now := Blob{"citykey.yaml", []byte(do[FileText](t, d, "file", "").Text)}
	do[Undone](t, d, "undo", "")
	args, _ := json.Marshal(map[string]any{"old": now})
	c = do[WhatChanged](t, d, "changes", string(args))
	if c.Is == "same" || !slices.ContainsFunc(c.Groups, func(g ChangedFor) bool {
		return slices.ContainsFunc(g.Changes, func(x ChangeWords) bool { return x.Was == "30 days" && x.Now == "nobody knows" })
	}) {
		t.Errorf("%+v", c)
	}
	args, _ = json.Marshal(map[string]any{"old": Blob{"food-pantry.yaml", example(t, "food-pantry", nil).files["food-pantry.yaml"]}})
	no(t, d, "changes", string(args))
	no(t, example(t, "food-pantry", nil), "changes", "")
	// An office's own file may have the id of the example; its older edition is not that of the example.
	no(t, example(t, "citykey", func(text string) string { return text + "\n# ours\n" }), "changes", "")
}
