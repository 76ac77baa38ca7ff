package notices

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	"go.yaml.in/yaml/v4"
)

func groundsOf(t testing.TB, p *Program, book *law.Book, on source.Day) map[string]string {
	t.Helper()
	list, err := Grounds(p, book, on)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, g := range list {
		out[g.Kind+" "+g.ID] = g.Digest
	}
	return out
}

// bookFiles are the files of the shipped book.
func bookFiles(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	list, err := fs.Glob(os.DirFS("law/book"), "*.yaml")
	if err != nil || len(list) == 0 {
		t.Fatal(err, list)
	}
	for _, name := range list {
		data, err := os.ReadFile("law/book/" + name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = data
	}
	return out
}

// A new check date, another reader and another page on which the words were read change no ground; every law of the program is one.
func TestGroundsDoNotTurnOnTheCheck(t *testing.T) {
	p, book := cityKey(t)
	on := p.Edition.AsOf.Last
	before := groundsOf(t, p, book, on)
	if len(before) < 20 {
		t.Fatalf("only %d grounds: %v", len(before), slices.Sorted(maps.Keys(before)))
	}
	fsys := fstest.MapFS{}
	for name, data := range bookFiles(t) {
		root := parseYAML(t, data)
		replace(at(root, "checked"), "{on: 2031-01-02, by: somebody else, next: 2032-01-02}")
		replace(at(root, "source"), "{title: another page, url: \"https://www.example.org/law\"}")
		var out bytes.Buffer
		if err := writeYAML(&out, root); err != nil {
			t.Fatal(err)
		}
		fsys["book/"+name] = &fstest.MapFile{Data: out.Bytes()}
	}
	read, problems := law.Open(fsys, "book")
	if problems.Failed() {
		t.Fatal(problems)
	}
	if after := groundsOf(t, p, read, on); !maps.Equal(before, after) {
		t.Errorf("a check and its page change grounds: %v", differ(before, after))
	}
	if after := groundsOf(t, p, book, on+400); !maps.Equal(before, after) {
		t.Errorf("a later day changes grounds: %v", differ(before, after))
	}
}

func replace(n *yaml.Node, with string) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(with), &doc); err != nil {
		panic(err)
	}
	*n = *doc.Content[0]
}

func differ(a, b map[string]string) []string {
	var out []string
	for k := range a {
		if a[k] != b[k] {
			out = append(out, k)
		}
	}
	for k := range b {
		if a[k] == "" {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// Every value of a law that a notice cites, changed to another one that can be read, changes the ground of this law; unless it is of a
// day that is later than the edition, or says when and where the law was read.
func TestEveryWordOfALawIsInItsGround(t *testing.T) {
	p, book := cityKey(t)
	on := p.Edition.AsOf.Last
	before := groundsOf(t, p, book, on)
	files := bookFiles(t)
	tried, kept := 0, map[string]int{}
	for ground, digest := range before {
		id, ok := strings.CutPrefix(ground, "law ")
		if !ok {
			continue
		}
		name := id + ".yaml"
		root := parseYAML(t, files[name])
		for _, l := range scalars(root, "") {
			if l.path == "id" || strings.HasPrefix(l.path, "checked.") || strings.HasPrefix(l.path, "source.") || strings.Contains(l.path, ".source.") || strings.HasSuffix(l.path, ".source") {
				continue
			}
			was := *l.node
			changed := false
			for _, to := range others(l) {
				l.node.Value = to
				var out bytes.Buffer
				if err := writeYAML(&out, root); err != nil {
					t.Fatal(err)
				}
				var other law.Entry
				if _, problems := source.Read(name, out.Bytes(), &other); !problems.Failed() {
					x := groundText{day: on}
					x.entry(&other)
					changed = true
					if x.digest() == digest {
						if !laterThan(root, l.path, on) {
							t.Errorf("%s: %s: %q -> %q changes no digest", name, l.path, was.Value, to)
						}
						kept[path.Base(l.path)]++
					}
					break
				}
			}
			*l.node = was
			if changed {
				tried++
			}
		}
	}
	if tried < 300 {
		t.Errorf("only %d values could be changed", tried)
	}
	t.Logf("%d laws, %d values changed; %v are of later days", len(before), tried, kept)
}

type scalar struct {
	path string
	node *yaml.Node
}

func scalars(n *yaml.Node, path string) []scalar {
	var out []scalar
	switch n.Kind {
	case yaml.DocumentNode:
		return scalars(n.Content[0], path)
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			out = append(out, scalars(n.Content[i+1], join(path, n.Content[i].Value))...)
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			out = append(out, scalars(c, fmt.Sprint(path, ".", i))...)
		}
	default:
		out = append(out, scalar{path, n})
	}
	return out
}

// others are values that could stand in place of one.
func others(l scalar) []string {
	var out []string
	for _, words := range [][]string{law.Verdict("").Words(), law.Status("").Words(), law.Force("").Words(), law.Class("").Words(), law.HolderKind("").Words(),
		law.Topic("").Words(), {"true", "false"}, {"name", "address", "all"}, {"before_complying", "after_request"},
		{"court_order", "statute", "judicial_warrant"}, {"answer_ordered", "demand_stopped"}, {"us", "us-il", "us-il-chicago", "us-il-cook"},
		{"reported", "unverified"}, {"custodian", "under_this_law"}, {"immigration_officer", "judge", "anyone"}} {
		if slices.Contains(words, l.node.Value) {
			for _, w := range words {
				if w != l.node.Value {
					out = append(out, w)
				}
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	if len(l.node.Value) == len("2025-06-14") && strings.Count(l.node.Value, "-") == 2 {
		for _, day := range []string{"07", "08"} {
			if !strings.HasSuffix(l.node.Value, day) {
				return []string{l.node.Value[:8] + day}
			}
		}
	}
	return []string{l.node.Value + " and more", l.node.Value + "1"}
}

// laterThan reports whether a value belongs to a version, an effect or an appeal of a day after the edition's.
func laterThan(root *yaml.Node, path string, day source.Day) bool {
	parts := strings.Split(path, ".")
	n := root
	if n.Kind == yaml.DocumentNode {
		n = n.Content[0]
	}
	later := func(n *yaml.Node) bool {
		d, err := source.ParseDate(n.Value)
		return err == nil && d.Last > day
	}
	for _, key := range parts {
		if n.Kind == yaml.SequenceNode {
			var i int
			fmt.Sscan(key, &i)
			n = n.Content[i]
			for _, k := range []string{"from", "on"} {
				if d := at(n, k); n.Kind == yaml.MappingNode && d != nil && d.Kind == yaml.ScalarNode && later(d) {
					return true
				}
			}
			continue
		}
		n = at(n, key)
	}
	last := parts[len(parts)-1]
	return (last == "to" || last == "appealed") && later(n)
}

// A demand that may be listed is a ground, and each of its facts counts; one that may not be listed changes nothing.
func TestGroundsOfDemands(t *testing.T) {
	p, book := cityKey(t)
	on := p.Edition.AsOf.Last
	before := groundsOf(t, p, book, on)
	events := 0
	for i, e := range p.Demands.Is {
		if !e.Listed {
			continue
		}
		events++
		change := func(do func(e *Event)) map[string]string {
			q := *p
			q.Demands.Is = slices.Clone(p.Demands.Is)
			do(&q.Demands.Is[i])
			return groundsOf(t, &q, book, on)
		}
		key := "demand " + string(e.ID)
		for what, do := range map[string]func(e *Event){
			"answer":     func(e *Event) { e.Answer.State, e.Answer.Is = source.Known, "quashed" },
			"court":      func(e *Event) { e.Court.State, e.Court.Is = source.Known, "enjoined" },
			"dated":      func(e *Event) { e.Dated = source.On(on - 400) },
			"confidence": func(e *Event) { e.Given.Confidence = "unverified" },
			"not listed": func(e *Event) { e.Listed = false },
		} {
			if after := change(do); after[key] == before[key] {
				t.Errorf("%s: %s changes no ground", e.ID, what)
			}
		}
		if after := change(func(e *Event) { e.Released = &Released{By: "Ana Ruiz, City Clerk", On: source.On(on)} }); !maps.Equal(before, after) {
			t.Errorf("%s: who released it changes grounds: %v", e.ID, differ(before, after))
		}
		secret := *p
		sealed := e
		sealed.ID, sealed.Listed, sealed.Kind, sealed.Court.Is = "sealed-one", false, "national_security_letter", "ordered"
		secret.Demands.Is = append(slices.Clone(p.Demands.Is), sealed)
		if after := groundsOf(t, &secret, book, on); !maps.Equal(before, after) {
			t.Errorf("a demand that may not be listed changes grounds: %v", differ(before, after))
		}
	}
	if events == 0 {
		t.Fatal("no demand")
	}
}
