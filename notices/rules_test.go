package notices

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	"go.yaml.in/yaml/v4"
)

// The decision table (domain, section D), rule by rule: testdata/rules/*.txt are cases that a lawyer can read. A case is
//
//	== X9: in plain words
//	facts, as YAML, laid over testdata/rules/base.yaml; `line:` is the first line of what is asked, `phase:` its phase
//	--
//	item holder demand = existence, barrier (would be barrier), by rules, select …, told …, laws …
//
// and expects these rows, with at least these rules, in the book of ruleBook. A row that must not be there is written `= no row`.

// ruleBook is a book of law with one demand of each kind and protections of each strength.
func ruleBook(t testing.TB, change ...func(fstest.MapFS)) *law.Book {
	t.Helper()
	fsys := fstest.MapFS{}
	entry := func(id, kind, rest string) {
		fsys["book/"+id+".yaml"] = &fstest.MapFile{Data: []byte(fmt.Sprintf("id: %s\nkind: %s\nwhere: us\ncitation: Law of %s\nsource: {title: A page, url: unknown}\nconfidence: reported\n"+
			"checked: {on: 2026-01-01, by: a test, next: 2027-01-01}\n%s", id, kind, id, rest))}
	}
	demand := func(id, class, rest string) {
		entry(id, "demand", fmt.Sprintf("demand:\n  class: %s\n  words: the words\n  gag: undecided\n%s", class, rest))
	}
	demand("subpoena", "administrative", "  group: true\n  testimony: true\n  immigration: true\n  subpoena: true\n  enforced_by: enforcing-order\n")
	demand("enforcing-order", "court_order", "  group: true\n")
	demand("customs-summons", "administrative", "  items: [foreign_passport]\n  from: 2026-01-01\n") // a route of later
	demand("arrest-warrant", "arrest_warrant", "")
	demand("judge-warrant", "federal_court", "  group: true\n")
	demand("inspection", "employer_inspection", "")
	demand("state-subpoena", "state_court", "")
	demand("letter", "security_letter", "  sent_to: [telecom, bank]\n")
	demand("match", "feed", "  answered_by: agreement\n  group: true\n")
	demand("request", "records_request", "  sent_to: [city_agency, state_agency]\n")
	demand("worker", "voluntary", "")
	demand("sale", "broker", "  answered_by: broker\n  items: [biographic, photo]\n")
	demand("to-the-company", "redirect", "")
	demand("break-in", "leak", "")
	protection := func(id, force, topic, version, effects string) {
		entry(id, "protection", fmt.Sprintf("force: %s\ntopic: %s\nversions:\n%seffects:\n%s", force, topic, version, effects))
	}
	inForce := "  - {is: in_force, on: 2000-01-01}\n"
	text := func(id, rest string) string {
		from := id
		if id == "current" {
			from = "unknown"
		}
		return fmt.Sprintf("  - id: %s\n    from: %s\n    words: nobody shall answer\n%s", id, from, rest)
	}
	clerk := "    binds: [{kind: city_agency, is: yes, only: [custodian]}]\n"
	blocks := "    blocks: [administrative, voluntary, feed, broker]\n"
	// Strong: binds the office, covers addresses, forbids, in force; excepts what a court orders.
	protection("shield", "ordinance", "answering", text("current", clerk+"    covers: [{what: address, is: yes}, {what: phone, is: undecided}]\n"+blocks+"    forbids: yes\n    exceptions: [court_order]\n"), inForce)
	// Challenged since February 2025; covers e-mail.
	protection("sued-over", "state_statute", "answering", text("current", clerk+"    covers: [{what: email, is: yes}, {what: address, is: yes}]\n"+blocks+"    forbids: yes\n"),
		inForce+"  - {is: challenged, on: 2025-02-06, case: a suit}\n")
	// Stopped by a court; repealed later: covers gender.
	protection("stopped", "ordinance", "answering", text("current", clerk+"    covers: [{what: gender, is: yes}]\n"+blocks+"    forbids: yes\n"), inForce+"  - {is: enjoined, on: 2025-02-06, case: a suit}\n")
	// A policy forbids as firmly, and does nothing; covers gender.
	protection("mere-policy", "executive_policy", "answering", text("current", clerk+"    covers: [{what: gender, is: yes}]\n"+blocks+"    forbids: yes\n"), inForce)
	// Its words do not forbid; covers photos. It may bind a company.
	protection("only-speaks", "ordinance", "answering", text("current", "    binds: [{kind: city_agency, is: yes}, {kind: company, is: undecided}]\n    covers: [{what: ssn, is: yes}]\n"+blocks+"    forbids: no\n"), inForce)
	// The program's own law: two versions, and only the second forbids; covers names.
	protection("card-law", "ordinance", "answering",
		"  - id: 2017-04-19\n    from: 2017-04-19\n    to: 2025-03-01\n    words: shall review\n    binds: [{kind: city_agency, is: yes, only: [custodian, under_this_law]}]\n    covers: [{what: name, is: yes}]\n"+blocks+"    forbids: undecided\n"+
			text("2025-03-01", "    binds: [{kind: city_agency, is: yes, only: [custodian, under_this_law]}]\n    covers: [{what: name, is: yes}]\n"+blocks+"    forbids: yes\n"), inForce)
	// Later than any edition here: covers everything.
	protection("of-next-year", "federal_statute", "answering", text("2026-02-01", clerk+"    covers: [{what: all, is: yes}]\n"+blocks+"    forbids: yes\n"), "  - {is: in_force, on: 2026-02-01}\n")
	// Excepts the subpoena by name; covers wages.
	protection("lets-it-pass", "state_statute", "answering", text("current", clerk+"    covers: [{what: wages, is: yes}]\n"+blocks+"    forbids: yes\n    exceptions: [statute]\n"), inForce)
	protection("forbids-release", "state_statute", "answering", text("current", clerk+"    covers: [{what: fingerprints, is: yes}]\n    blocks: [records_request]\n    forbids: yes\n"), inForce)
	protection("open-records", "state_statute", "opening", text("current", clerk+"    covers: [{what: all, is: yes}]\n    blocks: [records_request]\n    forbids: no\n    exempt: [phone, ssn]\n    balance: [photo]\n"), inForce)
	protection("doubtful-exemption", "state_statute", "opening", text("current", clerk+"    covers: [{what: all, is: yes}]\n    blocks: [records_request]\n    forbids: no\n    exempt: [email]\n"),
		inForce+"  - {is: challenged, on: 2025-02-06, case: a suit}\n")
	for _, c := range change {
		c(fsys)
	}
	book, problems := law.Open(fsys, "book")
	if problems.Failed() {
		t.Fatal(problems)
	}
	return book
}

// overlay lays a YAML node over another: mappings are merged, all else is replaced.
func overlay(under, over *yaml.Node) *yaml.Node {
	if under == nil || under.Kind != yaml.MappingNode || over.Kind != yaml.MappingNode {
		return over
	}
	for i := 0; i+1 < len(over.Content); i += 2 {
		k, v := over.Content[i], over.Content[i+1]
		if old := at(under, k.Value); old != nil {
			*old = *overlay(old, v)
		} else {
			under.Content = append(under.Content, k, v)
		}
	}
	return under
}

// at gives the value at a path of keys and indexes, or nil.
func at(n *yaml.Node, path ...string) *yaml.Node {
	for _, key := range path {
		found := (*yaml.Node)(nil)
		switch n.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == key {
					found = n.Content[i+1]
				}
			}
		case yaml.SequenceNode:
			var i int
			if _, err := fmt.Sscan(key, &i); err == nil && i < len(n.Content) {
				found = n.Content[i]
			}
		}
		if n = found; n == nil {
			return nil
		}
	}
	return n
}

func parseYAML(t testing.TB, text []byte) *yaml.Node {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if len(n.Content) == 0 {
		return &yaml.Node{Kind: yaml.MappingNode}
	}
	return n.Content[0]
}

// laidOver gives the program that facts make of a base; it must load.
func laidOver(t testing.TB, base, facts string) *Program {
	t.Helper()
	text := layered(t, base, facts)
	p, problems := Read("case.yaml", []byte(text))
	if problems.Failed() {
		t.Fatalf("%v\n%s", problems.Of(source.Error), text)
	}
	return p
}

// layered gives the file that facts make of a base.
func layered(t testing.TB, base, facts string) string {
	t.Helper()
	root, over := parseYAML(t, []byte(base)), parseYAML(t, []byte(facts))
	phase := at(root, "channels", "web", "phases", "0")
	for i := 0; i < len(over.Content); {
		switch over.Content[i].Value {
		case "line":
			overlay(at(phase, "asks", "0"), over.Content[i+1])
		case "phase":
			overlay(phase, over.Content[i+1])
		default:
			i += 2
			continue
		}
		over.Content = slices.Delete(over.Content, i, i+2)
	}
	overlay(root, over)
	text, err := yaml.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var ruleDay = source.NewDay(2025, 6, 14)

var wantRow = regexp.MustCompile(`^(?:(\S+): )?(\S+) (\S+) (\S+) = (\w+)(?:\.\.(\w+))?, (\w+)(?: \(would be (\w+)\))?, by ([^,]+)(?:, select (\w+))?(?:, told (\w+))?(?:, laws ([^,]+))?$`)

func TestRules(t *testing.T) {
	base, err := os.ReadFile("testdata/rules/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/rules/*.txt")
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	book := ruleBook(t)
	named := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cases := strings.Split("\n"+string(text), "\n== ")
		for _, c := range cases[1:] {
			title, rest, _ := strings.Cut(c, "\n")
			facts, want, ok := strings.Cut("\n"+rest, "\n--\n")
			if !ok {
				t.Errorf("%s: %s has no --", file, title)
			}
			for _, r := range strings.Fields(strings.NewReplacer(",", " ").Replace(strings.SplitN(title, ":", 2)[0])) {
				named[r] = true
			}
			t.Run(title, func(t *testing.T) {
				p := laidOver(t, string(base), facts)
				rows, err := Exposures(p, book, ruleDay)
				if err != nil {
					t.Fatal(err)
				}
				onlyOnce(t, rows)
				n := 0
				for line := range strings.Lines(want) {
					if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
						n++
						expectRow(t, rows, line)
					}
				}
				if n == 0 {
					t.Error("the case expects nothing")
				}
			})
		}
	}
	for _, r := range strings.Fields("P0 P1 P2 X1 X2 X3 X4 X5 X6 X7 X8 X9 X10 G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 M1 M2 M3 M4 K1") {
		if !named[r] {
			t.Errorf("no case is about rule %s", r)
		}
	}
}

func expectRow(t *testing.T, rows []Row, line string) {
	t.Helper()
	if who, none := strings.CutSuffix(line, " = no row"); none {
		f := strings.Fields(who)
		for _, r := range rows {
			if string(r.Item) == f[0] && string(r.Holder) == f[1] && string(r.Demand) == f[2] {
				t.Errorf("there is a row for %s", who)
			}
		}
		return
	}
	m := wantRow.FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("cannot read %q", line)
	}
	for _, r := range rows {
		if m[1] != "" && string(r.Phase) != m[1] || cmp.Or(string(r.Item), "unknown") != m[2] || string(r.Holder) != m[3] || string(r.Demand) != m[4] {
			continue
		}
		high := m[6]
		if high == "" {
			high = m[5]
		}
		bad := r.Existence.Low.String() != m[5] || r.Existence.High.String() != high || r.Barrier.String() != m[7] || r.WouldBe.String() != m[8] ||
			m[10] != "" && string(r.Select) != m[10] || m[11] != "" && string(r.Told) != m[11] || m[12] != "" && fmt.Sprint(r.Laws) != "["+m[12]+"]"
		for _, rule := range strings.Fields(m[9]) {
			bad = bad || !slices.Contains(r.Rules, Rule(rule))
		}
		if bad {
			t.Errorf("want %s\n got %s %s %s = %v..%v, %v (would be %v), by %v, select %s, told %s, laws %v", line, r.Item, r.Holder, r.Demand,
				r.Existence.Low, r.Existence.High, r.Barrier, r.WouldBe, r.Rules, r.Select, r.Told, r.Laws)
		}
		if len(r.Because) == 0 {
			t.Errorf("%s: a row without reasons", line)
		}
		return
	}
	t.Errorf("no row for %s", line)
}

// onlyOnce says whether two rows are about the same item, phase, holder and demand.
func onlyOnce(t testing.TB, rows []Row) {
	t.Helper()
	seen := map[[4]string]bool{}
	for _, r := range rows {
		k := [4]string{string(r.Item), string(r.Phase), string(r.Holder), string(r.Demand)}
		if seen[k] {
			t.Errorf("two rows for %v", k)
		}
		seen[k] = true
	}
}
