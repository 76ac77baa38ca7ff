package notices

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	"go.yaml.in/yaml/v4"
)

func writeYAML(w io.Writer, n *yaml.Node) error {
	text, err := yaml.Marshal(n)
	if err == nil {
		_, err = w.Write(text)
	}
	return err
}

// publicFace is all that a notice tells, both kinds, without places in the file.
func publicFace(t testing.TB, p *Program, book *law.Book) string {
	t.Helper()
	var out bytes.Buffer
	for _, kind := range Kinds() {
		n, err := Build(p, book, kind, p.Edition.AsOf.Last)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, n.Program, n.Name, n.Kind, n.Voice, n.People, n.AsOf, n.Number, n.Digits, n.Languages)
		for _, s := range n.Sections {
			fmt.Fprintln(&out, "##", s.ID, s.Layer, plainValues(s.Values))
			for _, g := range s.Groups {
				fmt.Fprintln(&out, "--", g.Heading, plainValues(g.Values))
				for _, st := range g.Statements {
					fmt.Fprintln(&out, plainStatement(st))
					for _, r := range st.Because {
						r.Pos = source.Pos{}
						fmt.Fprintf(&out, "    %+v\n", r)
					}
				}
			}
		}
	}
	return out.String()
}

func plainStatement(st Statement) string {
	n := ""
	if st.N != nil {
		n = fmt.Sprint(*st.N)
	}
	return fmt.Sprint(st.ID, " ", st.Message, " ", n, " ", plainValues(st.Values))
}

func plainValues(vs []Value) string {
	out := ""
	for _, v := range vs {
		out += " " + v.Name + "(" + string(v.Kind) + ")="
		for _, p := range v.Parts {
			out += fmt.Sprint("[", p.Key, p.Text.Name, p.Text.In, p.Name, p.Date, p.To, p.N, p.About, p.Span, "]")
		}
	}
	return out
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, min(i-60, len(s))):min(len(s), i+200)] }
	return fmt.Sprintf("\n%q\n%q", cut(a), cut(b))
}

// files are the programs whose every field must count.
var files = []string{"../examples/citykey.yaml", "testdata/everything.yaml"}

func loadNode(t testing.TB, file string) *yaml.Node {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return parseYAML(t, text)
}

// reread gives the program that a tree of nodes writes.
func reread(t testing.TB, root *yaml.Node) (*Program, source.Problems) {
	t.Helper()
	text, err := yaml.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return Read("file.yaml", text)
}

// leaf is one value of a file: where it stands, of which type it is, and what else it could say.
type leaf struct {
	path  string
	field string // the path without ids and indexes
	node  *yaml.Node
	typ   reflect.Type // of the value; of a fact's value, not of the fact
	fact  bool         // it is the value of a fact
	key   string
	under *yaml.Node // the list that it is an entry of
}

// leavesOf walks the nodes of a file beside the types, and gives every value that the reader calls a leaf.
func leavesOf(root *yaml.Node) []leaf {
	var out []leaf
	var walk func(n *yaml.Node, t reflect.Type, l leaf)
	walk = func(n *yaml.Node, t reflect.Type, l leaf) {
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		l.node = n
		if is, ok := source.FactType(t); ok {
			if n.Kind == yaml.MappingNode && at(n, "is") != nil {
				for i := 0; i < len(n.Content); i += 2 {
					k, v := n.Content[i].Value, n.Content[i+1]
					sub := leaf{path: l.path + "." + k, field: l.field + "." + k, key: k}
					switch k {
					case "is":
						sub.fact, sub.key = true, l.key
						walk(v, is, sub)
					case "source":
						walk(v, reflect.TypeFor[source.ID](), sub)
					case "confidence":
						walk(v, reflect.TypeFor[source.Confidence](), sub)
					case "by":
						walk(v, reflect.TypeFor[string](), sub)
					case "on":
						walk(v, reflect.TypeFor[source.Date](), sub)
					case "law":
						if v.Kind == yaml.ScalarNode {
							walk(v, reflect.TypeFor[source.ID](), sub)
						} else {
							walk(v, reflect.TypeFor[[]source.ID](), sub)
						}
					case "asked":
						walk(v, reflect.TypeFor[[]source.Asked](), sub)
					case "but":
						for j, b := range v.Content {
							walk(b, t, leaf{path: fmt.Sprint(sub.path, ".", j), field: sub.field, key: l.key})
						}
					}
				}
				return
			}
			l.fact = true
			walk(n, is, l)
			return
		}
		switch {
		case n.Kind == yaml.ScalarNode, n.Kind == yaml.SequenceNode && len(n.Content) == 0:
			l.typ = t
			out = append(out, l)
		case n.Kind == yaml.SequenceNode:
			for i, c := range n.Content {
				name := fmt.Sprint(i)
				if id := at(c, "id"); c.Kind == yaml.MappingNode && id != nil {
					name = id.Value
				}
				walk(c, t.Elem(), leaf{path: l.path + "." + name, field: l.field, key: l.key, under: n})
			}
		case t.Kind() == reflect.Map || t == reflect.TypeFor[source.Text]():
			of := reflect.TypeFor[string]()
			if t.Kind() == reflect.Map {
				of = t.Elem()
			}
			for i := 0; i < len(n.Content); i += 2 {
				walk(n.Content[i+1], of, leaf{path: l.path + "." + n.Content[i].Value, field: l.field, key: l.key})
			}
		case t.Kind() == reflect.Struct:
			for i := 0; i < len(n.Content); i += 2 {
				k := n.Content[i].Value
				for j := range t.NumField() {
					if tag, _, _ := strings.Cut(t.Field(j).Tag.Get("yaml"), ","); tag == k {
						path := k
						if l.path != "" {
							path = l.path + "." + k
						}
						walk(n.Content[i+1], t.Field(j).Type, leaf{path: path, field: l.field + "." + k, key: k})
					}
				}
			}
		}
	}
	walk(root, reflect.TypeFor[Program](), leaf{})
	return out
}

// others gives other values that a leaf could have, the likeliest to be valid first.
func (l leaf) others(root *yaml.Node, book *law.Book) []string {
	old := l.node.Value
	var out []string
	add := func(list ...string) {
		for _, s := range list {
			if s != old && s != "" && !slices.Contains(out, s) && (l.under == nil || !slices.ContainsFunc(l.under.Content, func(n *yaml.Node) bool { return n.Value == s })) {
				out = append(out, s)
			}
		}
	}
	t := l.typ
	switch {
	case l.node.Kind == yaml.SequenceNode: // none
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Struct && t != reflect.TypeFor[source.Date]() && t != reflect.TypeFor[source.End]() &&
		t != reflect.TypeFor[source.Period]() && t != reflect.TypeFor[source.Text](): // a word in place of a list or a group
	case t == reflect.TypeFor[source.Date](), t == reflect.TypeFor[source.End]():
		if d, err := source.ParseDate(old); err == nil {
			for _, by := range []source.Day{-1, -40, -400, 1, 40} {
				text := (d.First + by).String()
				add(text[:len(old)])
			}
		} else if !l.fact || old == "open" {
			add("2025-06-01", "2026-03-01")
		} else {
			add("2025-01-02")
		}
	case t == reflect.TypeFor[source.Period]():
		add("5 years", "3 weeks", "indefinite")
	case t == reflect.TypeFor[source.ID]():
		if l.key == "id" {
			add(old + "x")
			break
		}
		groups := [][]string{{"us", "us-il", "us-il-cook", "us-il-chicago"}, words(law.Approvals())}
		for _, section := range []string{"sources", "holders", "retention"} {
			groups = append(groups, keysOf(at(root, section)))
		}
		places := append(keysOf(at(root, "channels")), "all")
		var laws, demands, versions, items []string
		for _, e := range book.All() {
			switch e.Kind {
			case law.KindDemand:
				demands = append(demands, string(e.ID))
			case law.KindProtection:
				laws = append(laws, string(e.ID))
				for _, v := range e.Versions {
					versions = append(versions, string(e.ID)+"@"+string(v.ID))
				}
			}
		}
		for _, i := range Vocabulary() {
			items = append(items, string(i.ID))
		}
		for _, g := range append(groups, places, laws, demands, versions, append(items, keysOf(at(root, "items"))...)) {
			if slices.Contains(g, old) || strings.Contains(old, "/") && slices.Contains(g, "all") || old == "document_type" && slices.Contains(g, "name") {
				add(g...)
			}
		}
	case t.Kind() == reflect.Bool:
		add(map[string]string{"true": "false", "false": "true"}[old])
	case t.Kind() == reflect.Int:
		add(old+"1", "7")
	case t.Kind() == reflect.String:
		if w, ok := reflect.Zero(t).Interface().(interface{ Words() []string }); ok {
			add(w.Words()...)
			break
		}
		if t == reflect.TypeFor[Need]() {
			add("optional", "required", "automatic", "one_of:other")
			break
		}
		switch {
		case strings.HasPrefix(old, "https://"):
			add("https://other.example.org/page")
		case l.key == "languages" || l.key == "language":
			add("es", "en", "ar", "pl", "sw")
		case l.key == "phone":
			add("312-555-0199")
		case l.key == "place", l.key == "page", l.key == "older":
			add("https://other.example.org/page", "1 Other Street")
		default:
			add("Other "+strings.ToLower(old), "Otherwise")
		}
	case t == reflect.TypeFor[source.Text]():
		add("Other words")
	}
	if l.fact {
		if old == "unknown" && len(out) == 0 || old == "not_applicable" {
			add("unknown")
		}
		add("unknown", "not_applicable")
	}
	return out
}

func keysOf(n *yaml.Node) (out []string) {
	for i := 0; n != nil && i < len(n.Content); i += 2 {
		out = append(out, n.Content[i].Value)
	}
	return out
}

// thing is one thing that can change: a statement, a heading, a row, a problem; with the paths that its reasons name.
type thing struct {
	text  string
	paths []string
}

// face lists all that a program says: both kinds of notice, the table, the problems and questions.
// bad says whether an error is among them: then nothing else is looked at.
func face(t testing.TB, p *Program, problems source.Problems, book *law.Book) (out []thing, bad bool) {
	trouble := func(ps source.Problems) {
		for _, pr := range ps {
			out = append(out, thing{fmt.Sprint("problem ", pr.Code, " ", pr.Path, " ", pr.Message), []string{pr.Path}})
		}
	}
	trouble(problems)
	if problems.Failed() {
		return out, true
	}
	day := p.Edition.AsOf.Last
	checked := Check(p, book, day)
	trouble(checked)
	if checked.Failed() {
		return out, true
	}
	for _, q := range Questions(p) {
		out = append(out, thing{fmt.Sprint("question ", q.Path, q.Ask, q.Asked), []string{q.Path}})
	}
	because := func(list []Reason) (text string, paths []string) {
		var b strings.Builder
		for i := range list {
			r := &list[i]
			for _, s := range []string{r.Path, string(r.Source), string(r.Confidence), r.By, string(r.Law), string(r.Rule), " "} {
				b.WriteString(s)
				b.WriteByte(' ')
			}
			fmt.Fprint(&b, int(r.On.First), int(r.On.Last))
			paths = append(paths, r.Path)
		}
		return b.String(), paths
	}
	if rows, err := Exposures(p, book, day); err == nil {
		var last []Reason
		var text string
		var paths []string
		for _, r := range rows {
			if len(last) == 0 || len(r.Because) != len(last) || &r.Because[0] != &last[0] {
				last = r.Because
				text, paths = because(last)
			}
			out = append(out, thing{fmt.Sprint("row ", r.Channel, r.Phase, r.Item, r.Holder, r.Demand, r.Existence.Low, r.Existence.High, r.Barrier, r.WouldBe, r.Disputed, r.Laws, r.Told, r.Select, r.Rules, text), paths})
		}
	}
	for _, kind := range []Kind{Before} { // the other is a part of it
		n, err := Build(p, book, kind, day)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, thing{fmt.Sprint("page ", n.Program, n.Name.Name, n.Name.In, n.AsOf, n.Number, n.Languages, n.Voice, n.People), []string{"program", "edition", "languages", "voice", "people"}})
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				head := fmt.Sprint(s.ID, plainValues(s.Values), g.Heading, plainValues(g.Values))
				for i, st := range g.Statements {
					text, paths := because(st.Because)
					if i > 0 {
						head = ""
					}
					out = append(out, thing{fmt.Sprint(kind, " ", head, plainStatement(st), st.Claims, text), paths})
				}
			}
		}
	}
	return out, false
}

// changed gives what two faces do not share.
func changed(a, b []thing) []thing {
	count := map[string]int{}
	for _, x := range a {
		count[x.text]++
	}
	var out []thing
	for _, x := range b {
		if count[x.text]--; count[x.text] < 0 {
			out = append(out, x)
		}
	}
	for _, x := range a {
		if count[x.text] > 0 {
			count[x.text]--
			out = append(out, x)
		}
	}
	return out
}

// kin reports whether two paths are the same or one is above the other. The `is` of a long fact does not count.
func kin(a, b string) bool {
	plain := func(s string) string {
		return strings.TrimSuffix(strings.ReplaceAll(s+".", ".is.", "."), ".") + "."
	}
	a, b = plain(a), plain(b)
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// silence is a field whose change changes nothing that is said, with the reason; of one file: file:path.
type silence struct {
	path, why string
	whole     bool // and all below it
}

var silent = []silence{
	{"fairnotice", "the version of the format; there is one so far", false},
	{"digits", "how numbers are written, not what they say", false},
	{"program.same_as", "which other files are about the same program; Changes asks it, no notice does", true},
	{"reviewers", "an empty list; an entry is in the other file", false},
	{"everything.yaml:channels.booking.kind", "how one books is said only where a law keeps what is given online; so it is in the other file", false},
	{"everything.yaml:holders.transit.within", "no rule turns on the place of an office that only receives", false},
	{"reviewers.group:river-legal-aid.example.key", "the key by which a signature is checked; not for readers", false},
	{"reviewers.group:river-legal-aid.example.kinds", "which kinds a group reads decides what goes out, and no notice says it", true},
	{"demands.ice-one.released", "who let a demand be told of: the office's own record", true},
	{"demands.sealed-three", "a demand that may not be listed changes nothing that is public; what could change is held by its own test", true},
}

func isSilent(file, path string) bool {
	path = strings.ReplaceAll(path, ".is.", ".")
	return slices.ContainsFunc(silent, func(s silence) bool {
		return path == s.path || file+":"+path == s.path || s.whole && strings.HasPrefix(path, s.path+".")
	})
}

// written is a file with other values in some places.
type written struct {
	lines []string
	at    []*yaml.Node
	to    []string
}

// with gives the text of a file in which a leaf says something else. The id of an entry is written wherever it is named.
func with(t testing.TB, text string, root *yaml.Node, l leaf, to string) string {
	t.Helper()
	w := written{lines: strings.Split(text, "\n")}
	if l.key != "id" {
		w.at, w.to = []*yaml.Node{l.node}, []string{to}
	} else {
		var walk func(n *yaml.Node)
		walk = func(n *yaml.Node) {
			if n.Kind == yaml.ScalarNode && (n.Value == l.node.Value || strings.HasSuffix(n.Value, "/"+l.node.Value)) {
				w.at, w.to = append(w.at, n), append(w.to, strings.TrimSuffix(n.Value, l.node.Value)+to)
			}
			for _, c := range n.Content {
				walk(c)
			}
		}
		walk(root)
	}
	for i := len(w.at) - 1; i >= 0; i-- { // from the end, so that columns hold
		n, to := w.at[i], w.to[i]
		raw := n.Value
		quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
		switch {
		case quoted:
			raw, to = `"`+raw+`"`, `"`+to+`"`
		case n.Kind == yaml.SequenceNode:
			raw = "[]"
		case strings.HasPrefix(to, "{"):
		case strings.Contains(to, ": ") || strings.HasPrefix(to, "https:"):
			to = `"` + to + `"`
		}
		line := []rune(w.lines[n.Line-1])
		rest, ok := strings.CutPrefix(string(line[n.Column-1:]), raw)
		if !ok {
			t.Fatalf("%s: %q does not stand at %d:%d", l.path, raw, n.Line, n.Column)
		}
		w.lines[n.Line-1] = string(line[:n.Column-1]) + to + rest
	}
	return strings.Join(w.lines, "\n")
}

// Every field counts: each leaf of a file, changed to another value that the file could have, changes a statement, a value, a row or a
// problem whose reasons name it.
func TestEveryFieldCounts(t *testing.T) {
	_, book := cityKey(t)
	for _, file := range files {
		name := path.Base(file)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			root := parseYAML(t, text)
			p, problems := Read("file.yaml", text)
			if problems.Failed() {
				t.Fatal(problems)
			}
			before, _ := face(t, p, problems, book)
			leaves := leavesOf(root)
			known := map[string]bool{}
			for _, l := range leaves {
				known[l.path] = true
			}
			for _, path := range p.Doc.Leaves() {
				if !known[path] {
					t.Errorf("the walk misses %s", path)
				}
			}
			valid := 0
			tried := map[string]bool{}
			for _, l := range leaves {
				if isSilent(name, l.path) || raceEnabled && tried[l.field] {
					continue
				}
				tried[l.field] = true
				if raceEnabled && name == "citykey.yaml" && len(tried)%4 != 0 { // the other file has every field
					continue
				}
				var first []thing
				var said string
				counts, was := false, false
				others := l.others(root, book)
				for i, to := range others {
					q, problems := Read("file.yaml", []byte(with(t, string(text), root, l, to)))
					after, bad := face(t, q, problems, book)
					if bad && (i < len(others)-1 || was) { // the last one may be told off instead
						continue
					}
					was = was || !bad
					first, said = changed(before, after), to
					for _, c := range first {
						for _, path := range c.paths {
							counts = counts || kin(path, l.path) || l.key == "id" && kin(path, strings.TrimSuffix(strings.TrimSuffix(l.path, ".id"), l.node.Value)+to)
						}
					}
					if counts {
						break
					}
				}
				if was {
					valid++
				}
				switch {
				case len(others) == 0:
					t.Errorf("%s: %q has no other value here", l.path, l.node.Value)
				case len(first) == 0:
					t.Errorf("%s: %q -> %q changes nothing", l.path, l.node.Value, said)
				case !counts:
					t.Errorf("%s: %q -> %q changes things, but none whose reasons name it: %s", l.path, l.node.Value, said, first[0].text[:min(200, len(first[0].text))])
				}
			}
			t.Logf("%d leaves, %d with another valid value", len(leaves), valid)
		})
	}
}

// Unknown is not no, in words: for every fact of few words, or of a list that can be none, what a notice says of it when it is unknown is
// not what it says of any answer. A sentence that names the fact and is said under unknown as under an answer, of the same subject, must
// be said whatever the answer is. A fact on which the file's sources disagree is left out: it reads as unknown anyhow.
func TestUnknownIsNotSaidAsAnAnswer(t *testing.T) {
	_, book := cityKey(t)
	for _, file := range files {
		name := path.Base(file)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			root := parseYAML(t, text)
			p, problems := Read("file.yaml", text)
			if problems.Failed() {
				t.Fatal(problems)
			}
			disputed := map[string]bool{}
			walkFacts(p, func(f unsaidFact) { disputed[f.Path] = f.Buts > 0 })
			facts, tried := 0, map[string]bool{}
			for _, l := range leavesOf(root) {
				fact := strings.TrimSuffix(l.path, ".is")
				if !l.fact || disputed[fact] || strings.Contains(l.path, ".but.") || isSilent(name, l.path) || raceEnabled && tried[l.field] {
					continue
				}
				var answers []string
				switch w, ok := reflect.Zero(l.typ).Interface().(interface{ Words() []string }); {
				case ok:
					answers = w.Words()
				case l.typ.Kind() == reflect.Slice && l.path == fact:
					answers = []string{"{is: none, source: " + anySource(p) + ", confidence: reported}"}
				case l.typ.Kind() == reflect.Slice:
					answers = []string{"none"}
				case l.typ == reflect.TypeFor[source.Period]():
					answers = []string{"none", "90 days", "indefinite"}
				default:
					continue
				}
				tried[l.field] = true
				said := func(value string) (map[Claim]string, bool) {
					q, problems := Read("file.yaml", []byte(with(t, string(text), root, l, value)))
					if problems.Failed() {
						return nil, false
					}
					n, err := Build(q, book, Before, q.Edition.AsOf.Last)
					if err != nil {
						t.Errorf("%s: %s: %v", l.path, value, err)
						return nil, false
					}
					out := map[Claim]string{}
					for _, s := range n.Sections {
						for _, g := range s.Groups {
							for _, st := range g.Statements {
								if !slices.ContainsFunc(st.Because, func(r Reason) bool { return r.Path == fact }) {
									continue
								}
								for _, c := range st.Claims {
									out[c] += st.Message + plainValues(st.Values) + "; "
								}
							}
						}
					}
					return out, true
				}
				unknown, ok := said("unknown")
				if !ok {
					t.Errorf("%s cannot be unknown", l.path)
					continue
				}
				var under []map[Claim]string
				var of []string
				for _, a := range answers {
					if m, ok := said(a); ok {
						under, of = append(under, m), append(of, a)
					}
				}
				if len(under) == 0 {
					continue
				}
				facts++
				if len(unknown) == 0 {
					t.Errorf("%s unknown is not said", fact)
				}
				for i, m := range under {
					if maps.Equal(m, unknown) {
						t.Errorf("%s: %s is said as unknown is: %v", fact, of[i], m)
					}
					for c, s := range unknown {
						if m[c] == s && len(under) > 1 && !slices.ContainsFunc(under, func(o map[Claim]string) bool { return o[c] != s }) {
							continue // said whatever the answer is
						}
						if m[c] == s && len(under) > 1 && !slices.ContainsFunc(cautious, func(id string) bool { return strings.HasPrefix(s, id) }) {
							t.Errorf("%s: unknown and %s are both said as %q of %v", fact, of[i], s, c)
						}
					}
				}
			}
			if facts < 40 {
				t.Errorf("only %d facts were tried", facts)
			}
		})
	}
}

// cautious are the messages that may be said under an answer as well as under unknown, for they comfort nobody.
var cautious = []string{
	"key.unknown.", "part.unknown", // a paper that is not asked for, or given back, of which nobody has confirmed that no copy stays
	"key.leftover.", // it speaks of all that a way leaves, and one of several is known
	"told.no_way",   // no way to reach people is known
	"told.no_law",   // no law is known, also where the office says that it will tell
	"do.mandatory",  // the law may leave no choice
}

func anySource(p *Program) string { return string(sortedKeys(p.Sources)[0]) }

// Every key of the format stands in the file that uses all of them.
func TestEverythingUsesEveryKey(t *testing.T) {
	root := loadNode(t, "testdata/everything.yaml")
	p, problems := reread(t, root)
	_, book := cityKey(t)
	if problems = append(problems, Check(p, book, p.Edition.AsOf.Last)...); problems.Failed() {
		t.Fatal(problems.Of(source.Error))
	}
	seen := map[string]bool{}
	var keys func(n *yaml.Node)
	keys = func(n *yaml.Node) {
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 0 {
				seen[c.Value] = true
			}
			keys(c)
		}
	}
	keys(root)
	done := map[reflect.Type]bool{}
	var want func(t reflect.Type)
	want = func(typ reflect.Type) {
		if is, ok := source.FactType(typ); ok {
			typ = is
		}
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			want(typ.Elem())
		case reflect.Struct:
			if done[typ] {
				return
			}
			done[typ] = true
			for i := range typ.NumField() {
				if tag, _, _ := strings.Cut(typ.Field(i).Tag.Get("yaml"), ","); tag != "" && tag != "-" {
					if !seen[tag] {
						t.Errorf("%s.%s: no key %q in the file", typ.Name(), typ.Field(i).Name, tag)
					}
					want(typ.Field(i).Type)
				}
			}
		}
	}
	want(reflect.TypeFor[Program]())
}
