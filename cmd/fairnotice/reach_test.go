package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoldenReach holds the JSON of a table, without the lines and laws behind each row, which move with every word of the file.
func TestGoldenReach(t *testing.T) {
	stdout, stderr, code := fairnotice(t, world{today: edition1}, "reach", example("citykey"), filepath.Join("..", "..", "examples", "demands", "citykey-2025-04-17.yaml"), "--as", "json", "--date", day)
	if code != fine || stderr != "" {
		t.Fatal(stderr)
	}
	var v map[string]any
	if err := json.Unmarshal([]byte(stdout), &v); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"laws", "questions"} {
		if v[key] == nil {
			t.Errorf("there is no %q", key)
		}
		delete(v, key)
	}
	for _, r := range v["rows"].([]any) {
		if row := r.(map[string]any); len(row["because"].([]any)) == 0 {
			t.Errorf("a row without a reason: %v", row)
		} else {
			delete(row, "because")
		}
	}
	got, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	golden := filepath.Join("testdata", "golden", "citykey", "reach.json")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the table differs from %s: %v\n%s", golden, err, got)
	}
}

// TestDemandPapersHoldNoPublicWord: no paper of a demand lies in public/, whatever the demand is called.
func TestDemandPapersHoldNoPublicWord(t *testing.T) {
	dir := t.TempDir()
	paper, err := os.ReadFile(filepath.Join("..", "..", "examples", "demands", "citykey-2025-04-17.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"public", "p", "a.b"} {
		file := filepath.Join(dir, "paper.yaml")
		text := strings.Replace(string(paper), "id: ice-2025-04-17", "id: "+id, 1)
		text = strings.Replace(text, "dated: 2025-04-17", "dated: 2025-04-16", 1)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, "out-"+id)
		if _, stderr, code := fairnotice(t, world{today: edition1}, "demand", example("citykey"), file, "--out", out, "--date", day); code != fine {
			t.Fatal(stderr)
		}
		entries, err := os.ReadDir(out)
		if err != nil || len(entries) != 1 || entries[0].Name() != "office" {
			t.Errorf("%s: beside office/ lies %v, %v", id, entries, err)
		}
		info, err := os.Stat(filepath.Join(out, "office", "demand-"+id))
		if err != nil || info.Mode().Perm() != privateDir {
			t.Errorf("%s: the folder is open to others: %v %v", id, info, err)
		}
	}
}
