package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadme runs the transcript of README.md: what it shows is what a person sees.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```console\n(.*?)```").FindSubmatch(data)
	if block == nil {
		t.Fatal("README.md has no transcript")
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("examples", 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "examples", "citykey.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("examples", "citykey.yaml"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, line := range strings.Split(string(block[1]), "\n") {
		command, ok := strings.CutPrefix(line, "$ fairnotice ")
		if !ok {
			continue
		}
		stdout, stderr, code := fairnotice(t, world{today: edition1}, strings.Fields(command)...)
		if code != fine || stderr != "" {
			t.Fatalf("%s: exit code %d: %s", line, code, stderr)
		}
		got.WriteString(line + "\n" + stdout)
	}
	// The check number of an edition moves with every word of it; the transcript shows the one that it was taken with.
	number := regexp.MustCompile(`\([0-9a-f]{4}\)`)
	if *update || number.ReplaceAllString(got.String(), "") != number.ReplaceAllString(string(block[1]), "") {
		if *update {
			readme := strings.Replace(string(data), string(block[1]), got.String(), 1)
			if err := os.WriteFile(filepath.Join(root, "README.md"), []byte(readme), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("README.md shows\n%s\nand a person sees\n%s", block[1], got.String())
	}
}

// root is the folder of the repository, wherever a test goes.
var root = func() string {
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
}()
