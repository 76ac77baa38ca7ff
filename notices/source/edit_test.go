package source_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// TestAdd: a key with dots is one more of its group, and all else stays.
func TestAdd(t *testing.T) {
	for _, c := range []struct{ file, path, key, value, want string }{
		{"words:\n  a.b: # one\n    say: {en: x}\nlast: 1 # two\n", "words", "online/portal.keep.stored", "say:\n  en: y", "words:\n  a.b: # one\n    say: {en: x}\n  online/portal.keep.stored:\n    say:\n      en: y\nlast: 1 # two\n"},
		{"words: {a.b: 1} # one\n", "words", "c.d", "{say: {en: \"x, y\"}}", "words: {a.b: 1, c.d: {say: {en: \"x, y\"}}} # one\n"},
		{"a.b:\r\n    c: 1\r\n", "a.b", "2017", "x", "a.b:\r\n    c: 1\r\n    2017: x\r\n"},
	} {
		doc, ps := source.Open("a.yaml", []byte(c.file))
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		got, err := doc.Add(c.path, c.key, c.value)
		if err != nil || string(got) != c.want {
			t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, c.want)
		}
	}
	doc, _ := source.Open("a.yaml", []byte("words:\n  a.b: 1\nlist: [1]\n"))
	for _, c := range [][3]string{{"words", "a.b", "2"}, {"list", "x", "1"}, {"none", "x", "1"}, {"words", " ", "1"}, {"words", "x", ""}} {
		if got, err := doc.Add(c[0], c[1], c[2]); err == nil {
			t.Errorf("%v gives %s", c, got)
		}
	}
}

// TestSet holds single edits, byte by byte: what a person would have changed by hand, and nothing else.
func TestSet(t *testing.T) {
	for _, c := range []struct{ name, file, path, value, want string }{
		{"a word", "a: 1 # one\nb: unknown   # two\nc: 3\n", "b", "7 years", "a: 1 # one\nb: 7 years   # two\nc: 3\n"},
		{"short to long", "a:\n  b: unknown # c\n", "a.b", "{is: 7 years, by: Ana}", "a:\n  b: {is: 7 years, by: Ana} # c\n"},
		{"short to a block", "a:\n  b: unknown # c\n  d: 1\n", "a.b", "is: 7 years\nby: Ana", "a:\n  b: # c\n    is: 7 years\n    by: Ana\n  d: 1\n"},
		{"a block to short", "a:\n  b:   # c\n    is: x # d\n    # e\n    by: y # f\n  d: 1\n", "a.b", "unknown", "a:\n  b: unknown   # c # f\n    # d\n    # e\n  d: 1\n"},
		{"a block to a block", "a:\n    b:\n        is: x\n        by: y\n    d: 1\n", "a.b", "is: [1, 2]\nsource: s", "a:\n    b:\n        is: [1, 2]\n        source: s\n    d: 1\n"},
		{"in brackets", "a: {b: [x, y], c: unknown} # z\n", "a.c", "7 years", "a: {b: [x, y], c: 7 years} # z\n"},
		{"words with a comma in brackets", "a: {b: 1}\n", "a.b", "one, two", "a: {b: \"one, two\"}\n"},
		{"a block in brackets", "a: {b: 1}\n", "a.b", "- {at: x}\n- y: 'z'", "a: {b: [{at: x}, {y: \"z\"}]}\n"},
		{"a list entry by its id", "d:\n  - id: one\n    answer: unknown\n  - id: two\n    answer: unknown\n", "d.two.answer", "declined", "d:\n  - id: one\n    answer: unknown\n  - id: two\n    answer: declined\n"},
		{"a list entry by its id, without is", "d:\n  is:\n    - {id: two, answer: unknown}\n", "d.two.answer", "declined", "d:\n  is:\n    - {id: two, answer: declined}\n"},
		{"a list entry by its number", "d:\n- a\n- b # c\n", "d.1", "x", "d:\n- a\n- x # c\n"},
		{"a new key", "a:\n  b: 1 # c\nd: 1\n", "a.e", "x", "a:\n  b: 1 # c\n  e: x\nd: 1\n"},
		{"a new key with a block", "a:\n  b: 1\nd: 1\n", "a.e", "- x\n- y", "a:\n  b: 1\n  e:\n    - x\n    - y\nd: 1\n"},
		{"a new key in brackets", "a: {b: 1 }\n", "a.e", "x", "a: {b: 1, e: x }\n"},
		{"a new key in empty brackets", "a: {}\n", "a.e", "x", "a: {e: x}\n"},
		{"no end of the last line", "a: 1\nb: 2", "c", "3", "a: 1\nb: 2\nc: 3"},
		{"CR LF", "a: 1\r\nb: unknown # x\r\n", "b", "is: 1\nby: y", "a: 1\r\nb: # x\r\n  is: 1\r\n  by: y\r\n"},
		{"a byte-order mark", "\uFEFFé: 1\nb: {c: ü, d: ä}\n", "b.d", "é", "\uFEFFé: 1\nb: {c: ü, d: é}\n"},
		{"double quotes", "a: \"x # \\\" y\" # c\n", "a", "z", "a: z # c\n"},
		{"single quotes", "a: 'it''s # ' # c\n", "a", "z", "a: z # c\n"},
		{"plain over two lines", "a: one\n  two # c\nb: 1\n", "a", "z", "a: z # c\nb: 1\n"},
		{"words in lines", "a: | # c\n  one\n\n  # no comment\nb: 1\n", "a", "z", "a: z\n  # c\nb: 1\n"},
		{"to words in lines", "a: x # c\nb: 1\n", "a", "|\n  one\n  two", "a: | # c\n    one\n    two\nb: 1\n"},
		{"brackets over lines", "a: {b: 1, # one\n  c: [2,\n    3]} # two\n", "a", "z", "a: z # two\n  # one\n"},
		{"a group under a hyphen", "- a: 1\n  b: {c: 2}\n- d: 3\n", "0", "x: 1\ny: 2", "- x: 1\n  y: 2\n- d: 3\n"},
		{"hyphens as far as their key", "a:\n- 1\n- 2\nb: 3\n", "a", "none", "a: none\nb: 3\n"},
		{"a value below its key", "a:\n  unknown # c\nb: 3\n", "a", "none", "a:\n  none # c\nb: 3\n"},
		{"a key with a dot", "a.b:\n  c.d: 1\n", "a.b.c.d", "2", "a.b:\n  c.d: 2\n"},
		{"a key in quotes", "\"2017\": {x: 1}\n", "2017.x", "2", "\"2017\": {x: 2}\n"},
	} {
		doc, ps := source.Open("a.yaml", []byte(c.file))
		if len(ps) > 0 {
			t.Errorf("%s: %v", c.name, ps)
			continue
		}
		got, err := doc.Set(c.path, c.value)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\ngot\n%s\nwant\n%s", c.name, err, got, c.want)
		}
		if string(doc.Bytes()) != c.file {
			t.Errorf("%s: the document itself was changed", c.name)
		}
	}
}

func TestAppend(t *testing.T) {
	for _, c := range []struct{ file, path, value, want string }{
		{"a: [x] # c\n", "a", "y", "a: [x, y] # c\n"},
		{"a: []\n", "a", "{who: Ana, on: 2025-06-02}", "a: [{who: Ana, on: 2025-06-02}]\n"},
		{"a:\n  - x # c\nb: 1\n", "a", "k: 1\nl: 2", "a:\n  - x # c\n  - k: 1\n    l: 2\nb: 1\n"},
		{"a:\n  is: [x]\n", "a", "y", "a:\n  is: [x, y]\n"},
		{"a:\n- x", "a", "y", "a:\n- x\n- y"},
	} {
		doc, _ := source.Open("a.yaml", []byte(c.file))
		if got, err := doc.Append(c.path, c.value); err != nil || string(got) != c.want {
			t.Errorf("%q: %v\ngot\n%s\nwant\n%s", c.file, err, got, c.want)
		}
	}
}

// TestSetRefuses: what cannot be written is told with its place, what is wrong and what to do.
func TestSetRefuses(t *testing.T) {
	const file = "a:\n  b: unknown\nc: [1, {id: x, y: 1}]\nd: one\n  two\n"
	for _, c := range []struct{ path, value, want string }{
		{"", "x", "a.yaml:1:1: The whole file cannot be one value."},
		{"a.b", "", "a.yaml:2:6: The new value is empty. Write a value; write unknown if nobody knows."},
		{"a.b", "# x", "a.yaml:2:6: The new value is empty."},
		{"a.b", "{x: 1", "a.yaml:2:6: The new value cannot be written."},
		{"a.b", "*x", "a.yaml:2:6: The new value cannot be written. A value that begins with * repeats"},
		{"a.b", "x\u202ey", "a.yaml:2:6: The new value cannot be written. Here stands an invisible character that turns"},
		{"a.b.c", "x", `a.yaml:2:6: "a.b" is one value and has no keys, so it cannot have "c".`},
		{"e.f", "x", `a.yaml:1:1: There is no "e" in the file`},
		{"c.z", "x", `a.yaml:3:4: "c" is a list, and it has no entry "z".`},
		{"a.", "x", `"a." is no path of a value.`},
		{"a.b", "--- x", "Something beside this value would change."},
		{"a.b", strings.Repeat("x", 65500), "With the new value the file would have"},
	} {
		doc, _ := source.Read("a.yaml", []byte(file), &struct {
			A struct {
				B string `yaml:"b"`
			} `yaml:"a"`
			C []string `yaml:"c"`
		}{})
		got, err := doc.Set(c.path, c.value)
		var p source.Problem
		if got != nil || !errors.As(err, &p) || !strings.Contains(err.Error(), c.want) || p.Hint == "" {
			t.Errorf("%q = %q: got %q, %v; want %s", c.path, c.value, got, err, c.want)
		}
	}
	for _, broken := range []string{"a: [1", "a: 1\na: 2", "a: &x 1", "a: !!str 1", "", "PK\x03\x04"} {
		doc, _ := source.Open("a.yaml", []byte(broken))
		if got, err := doc.Set("a", "2"); err == nil {
			t.Errorf("%q was changed to %q", broken, got)
		}
	}
}

// realFiles are those whose every value is changed and changed back.
var realFiles = []string{"../../examples/citykey.yaml", "../testdata/everything.yaml"}

// TestSetAndBack sets each leaf of the real files to another value, and back: the bytes are those of before. In between the file
// says the new value there, and what it said everywhere else (which Set itself makes sure of, and this holds against the leaves).
func TestSetAndBack(t *testing.T) {
	others := []string{"other words", "{is: unknown, asked: [{who: Ana Ruiz, on: 2025-06-02}]}", "is: 7 years\nby: Ana Ruiz", "- one\n- {two: 3}", "\"quoted # : words\"", "[a, 'b']"}
	for _, name := range realFiles {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, crlf := range []bool{false, true} {
			if crlf {
				data = append([]byte("\uFEFF"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...)
			}
			doc, ps := source.Open(filepath.Base(name), data)
			if len(ps) > 0 {
				t.Fatal(ps)
			}
			leaves := source.Values(doc)
			if len(leaves) < 300 {
				t.Fatalf("%s has %d values", name, len(leaves))
			}
			for i, leaf := range leaves {
				if (crlf || slower > 1) && i%7 != 0 {
					continue
				}
				other := others[i%len(others)]
				was, ok := doc.Raw(leaf)
				if !ok {
					t.Fatalf("%s: there is no %s", name, leaf)
				}
				changed, err := doc.Set(leaf, other)
				if err != nil {
					t.Errorf("%s: %s: %v", name, leaf, err)
					continue
				}
				if lost := comments(data) - comments(changed); lost != 0 {
					t.Errorf("%s: %s: %d comments were lost", name, leaf, lost)
				}
				again, ps := source.Open(filepath.Base(name), changed)
				if len(ps) > 0 {
					t.Fatal(ps)
				}
				if strings.HasSuffix(leaf, ".id") {
					continue // the entry has another name now
				}
				back, err := again.Set(leaf, was)
				if err != nil {
					t.Errorf("%s: %s back: %v", name, leaf, err)
				} else if !bytes.Equal(back, data) {
					t.Errorf("%s: %s is set to %q and back, and the file differs at byte %d", name, leaf, other, differs(back, data))
				}
			}
		}
	}
}

func comments(data []byte) int {
	return bytes.Count(data, []byte("#")) - bytes.Count(data, []byte("quoted #"))
}

func differs(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// FuzzSet: whatever is written where, the answer is an error or a file in which all other values are as they were.
func FuzzSet(f *testing.F) {
	for _, name := range realFiles {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		part := data[bytes.Index(data, []byte("\nchannels:")):][:3000]
		part = part[:bytes.LastIndexByte(part, '\n')+1]
		f.Add(part, uint64(7), "7 years")
		f.Add(part, uint64(30), "{is: unknown, asked: []}")
		f.Add(part, uint64(90), "is: x\nby: |\n  one\n  two")
	}
	f.Add([]byte("a: 'x'\nb: [1, {c: \"d\" # e\n}]\nf: |+\n\n  g\n\nh:\n- - 1\n  - k: 2\n"), uint64(3), "- x\n- y")
	f.Fuzz(func(t *testing.T, data []byte, which uint64, value string) {
		doc, ps := source.Open("fuzz.yaml", data)
		if len(ps) > 0 {
			return
		}
		if !bytes.Equal(doc.Bytes(), data) {
			t.Fatal("the bytes are not those that were read")
		}
		leaves := source.Values(doc)
		if len(leaves) == 0 {
			return
		}
		r := rand.New(rand.NewPCG(which, 1))
		path := leaves[r.IntN(len(leaves))]
		switch r.IntN(5) {
		case 0:
			path += ".new"
		case 1:
			path = path[:max(0, strings.LastIndexByte(path, '.'))]
		case 2:
			path = path[:max(0, strings.LastIndexByte(path, '.'))] + ".new"
		}
		got, err := doc.Set(path, value)
		if err != nil {
			var p source.Problem
			if !errors.As(err, &p) || p.Message == "" || p.Hint == "" || got != nil {
				t.Fatalf("an error without words: %#v", err)
			}
			return
		}
		after, ps := source.Open("fuzz.yaml", got)
		if len(ps) > 0 {
			t.Fatalf("%s = %q made a file that cannot be read: %v", path, value, ps)
		}
		for _, leaf := range leaves {
			if leaf == path || strings.HasPrefix(leaf, path+".") || strings.HasSuffix(path, ".id") || strings.HasPrefix(path, leaf+".") {
				continue
			}
			was, ok := doc.Raw(leaf)
			is, still := after.Raw(leaf)
			if ok && (!still || trim(was) != trim(is)) && !strings.Contains(value, "id") && !strings.Contains(string(data), "id") {
				t.Fatalf("%s = %q changed %s from %q to %q", path, value, leaf, was, is)
			}
		}
	})
}

func trim(s string) string { return strings.TrimSpace(s) }
