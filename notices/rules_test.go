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

// The decision table (domain, section D), rule by rule and case by case: testdata/rules/*.txt are cases that a lawyer can read and add
// to; the README.md beside them says how.

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
	demand("judge-warrant", "federal_court", "  group: true\n  subpoena: true\n")
	demand("inspection", "employer_inspection", "  items: [i9_form]\n")
	outside := func(misused string) string {
		return "  enforced_by: enforcing-order\n  group: true\n  purpose: {only: import_law, misused: " + misused + ", words: the words, source: {title: A page, url: unknown}}\n"
	}
	demand("import-summons", "administrative", outside("yes"))
	demand("import-summons-kept-to-it", "administrative", outside("no"))
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
	// Nobody could read its words; covers signatures.
	protection("unread", "state_statute", "answering", strings.Replace(text("current", clerk+"    covers: [{what: signature, is: yes}]\n"+blocks+"    forbids: undecided\n"), "nobody shall answer", "unknown", 1), inForce)
	unread := fsys["book/unread.yaml"]
	unread.Data = []byte(strings.Replace(string(unread.Data), "confidence: reported", "confidence: unverified", 1))
	// Gives people who are in danger another address.
	protection("another-address", "state_statute", "address", text("current", clerk+"    covers: [{what: address, is: yes}]\n    forbids: no\n    exceptions: [not_enrolled]\n"), inForce)
	// Makes a school tell people before it answers: of their e-mail addresses, and maybe of their phone numbers.
	protection("school-tells", "federal_statute", "answering", text("current", "    binds: [{kind: school, is: yes}, {kind: nonprofit, is: undecided}]\n    covers: [{what: email, is: yes}, {what: phone, is: undecided}]\n    blocks: [voluntary]\n    forbids: undecided\n    tells: {when: before_complying}\n"), inForce)
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

// laidOver gives the program that facts make of a base; it must load. The facts are those of a case, as testdata/rules/README.md says.
func laidOver(t testing.TB, base, facts string) *Program {
	t.Helper()
	text := layered(t, base, facts)
	p, problems := Read("case.yaml", []byte(text))
	if problems.Failed() {
		t.Fatal(problems.Of(source.Error))
	}
	return p
}

// layered gives the file that facts make of a base.
func layered(t testing.TB, base, facts string) string {
	t.Helper()
	root, over := parseYAML(t, []byte(base)), parseYAML(t, []byte(facts))
	pieces, err := os.ReadFile("testdata/rules/pieces.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(over.Content); {
		key, value := over.Content[i].Value, over.Content[i+1]
		what, where, _ := strings.Cut(key, " ")
		switch what {
		case "base", "on", "book":
		case "with":
			for _, id := range value.Content {
				one := at(parseYAML(t, pieces), "holders", id.Value)
				if one == nil {
					t.Fatalf("with: there is no piece %q", id.Value)
				}
				overlay(root, mapping("holders", mapping(id.Value, one)))
			}
		case "phase":
			overlay(phaseNode(t, root, where), value)
		case "line":
			ph, item, _ := strings.Cut(where, " ")
			overlay(lineNode(t, root, ph, item), value)
		case "demand":
			if where == "" {
				one := overlay(at(parseYAML(t, pieces), "demand"), value)
				overlay(root, mapping("demands", &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{one}}))
				break
			}
			overlay(withID(t, at(root, "demands"), where), value)
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

func mapping(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: key}, value}}
}

// withID gives the entry of a list that has an id.
func withID(t testing.TB, list *yaml.Node, id string) *yaml.Node {
	t.Helper()
	if list != nil {
		for _, n := range list.Content {
			if v := at(n, "id"); v != nil && v.Value == id {
				return n
			}
		}
	}
	t.Fatalf("nothing has the id %q", id)
	return nil
}

// phaseNode gives the phase channel/phase; without a name, the only one of the small base.
func phaseNode(t testing.TB, root *yaml.Node, where string) *yaml.Node {
	t.Helper()
	if where == "" {
		where = "web/now"
	}
	channel, phase, _ := strings.Cut(where, "/")
	return withID(t, at(root, "channels", channel, "phases"), phase)
}

// lineNode gives the line of a phase that asks for an item; without a name, the first.
func lineNode(t testing.TB, root *yaml.Node, phase, item string) *yaml.Node {
	t.Helper()
	asks := at(phaseNode(t, root, phase), "asks")
	if item == "" && asks != nil && len(asks.Content) > 0 {
		return asks.Content[0]
	}
	if asks != nil {
		for _, a := range asks.Content {
			for _, i := range at(a, "items").Content {
				if i.Value == item {
					return a
				}
			}
		}
	}
	t.Fatalf("%s asks for no %s", phase, item)
	return nil
}

var ruleDay = source.NewDay(2025, 6, 14)

// wantRow is one line of a case: phase: item holder demand = existence, barrier (would be barrier), by rules, select …, told …, laws ….
var wantRow = regexp.MustCompile(`^(?:(\S+): )?(\S+) (\S+) (\S+) = (\w+)(?:\.\.(\w+))?, (\w+)(?: \(would be (\w+)\))?, by ([^,]+)(?:, select (\w+))?(?:, told (\w+))?(?:, laws ([^,]+))?$`)

const allRules = "P0 P1 P2 X1 X2 X3 X4 X5 X6 X7 X8 X9 X10 G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 M1 M2 M3 M4 K1"

// ruleCase is one case of a file.
type ruleCase struct{ file, title, facts, want string }

func ruleCases(t testing.TB) []ruleCase {
	t.Helper()
	files, err := filepath.Glob("testdata/rules/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var out []ruleCase
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cases := strings.Split("\n"+string(text), "\n== ")
		if len(cases) < 2 {
			t.Fatalf("%s has no case", file)
		}
		for _, c := range cases[1:] {
			title, rest, _ := strings.Cut(c, "\n")
			facts, want, ok := strings.Cut("\n"+rest, "\n--\n")
			if !ok {
				t.Fatalf("%s: the case %q has no line --", file, title)
			}
			out = append(out, ruleCase{strings.TrimSuffix(filepath.Base(file), ".txt"), title, facts, want})
		}
	}
	return out
}

// rows gives the rows of a case.
func (c ruleCase) rows(t testing.TB, rules, shipped *law.Book) []Row {
	t.Helper()
	base, book, on := "testdata/rules/base.yaml", rules, ruleDay
	over := parseYAML(t, []byte(c.facts))
	if n := at(over, "base"); n != nil {
		base, book = "../examples/"+n.Value+".yaml", shipped
	}
	if n := at(over, "book"); n != nil {
		if n.Value != "shipped" {
			t.Fatalf("there is no book %q", n.Value)
		}
		book = shipped
	}
	if n := at(over, "on"); n != nil {
		day, err := source.ParseDay(n.Value)
		if err != nil {
			t.Fatal(err)
		}
		on = day
	}
	text, err := os.ReadFile(base)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := Exposures(laidOver(t, string(text), c.facts), book, on)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// lines are the rows that a case expects.
func (c ruleCase) lines() []string {
	var out []string
	for line := range strings.Lines(c.want) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func TestRules(t *testing.T) {
	rules := ruleBook(t)
	shipped, problems := law.Shipped()
	if problems.Failed() {
		t.Fatal(problems)
	}
	for _, c := range ruleCases(t) {
		t.Run(c.file+"/"+c.title, func(t *testing.T) {
			rows := c.rows(t, rules, shipped)
			onlyOnce(t, rows)
			lines := c.lines()
			for _, line := range lines {
				expectRow(t, rows, line)
			}
			if len(lines) == 0 {
				t.Error("the case expects nothing")
			}
		})
	}
}

// Each rule of the table has a file of its own, whose rows name it; each edge case of the domain has one, and each of the twelve people.
func TestEveryRuleIsNamed(t *testing.T) {
	named := map[string]map[string]bool{}
	titles := map[string]int{}
	for _, c := range ruleCases(t) {
		if named[c.file] == nil {
			named[c.file] = map[string]bool{}
		}
		titles[c.file]++
		for _, line := range c.lines() {
			if m := wantRow.FindStringSubmatch(line); m != nil {
				for _, r := range strings.Fields(m[9]) {
					if !slices.Contains(strings.Fields(allRules), r) {
						t.Errorf("%s: %s: there is no rule %s", c.file, c.title, r)
					}
					named[c.file][r] = true
				}
			}
		}
	}
	for _, r := range strings.Fields(allRules) {
		if !named[r][r] {
			t.Errorf("no row of testdata/rules/%s.txt rests on rule %s", r, r)
		}
	}
	for _, edge := range strings.Fields(`portal-suspended hold-beats-schedule vendor-outlives cached-scan booking-and-logs records-law older-rule law-amended
		promise-without-force emergency-contact mandatory-program injunction-some-states contradictory-statements individual-and-bulk will-not-disclose two-demands`) {
		if titles["edge-"+edge] == 0 {
			t.Errorf("there is no testdata/rules/edge-%s.txt", edge)
		}
	}
	people := 0
	for f := range titles {
		if strings.HasPrefix(f, "case-") {
			people++
		}
	}
	if people < 12 {
		t.Errorf("%d people have a case; there should be twelve", people)
	}
}

func expectRow(t *testing.T, rows []Row, line string) {
	t.Helper()
	if who, none := strings.CutSuffix(line, " = no row"); none {
		phase, rest, ok := strings.Cut(who, ": ")
		if !ok {
			phase, rest = "", who
		}
		f := strings.Fields(rest)
		for _, r := range rows {
			if (phase == "" || string(r.Phase) == phase) && cmp.Or(string(r.Item), "unknown") == f[0] && string(r.Holder) == f[1] && string(r.Demand) == f[2] {
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
