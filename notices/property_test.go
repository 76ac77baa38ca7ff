package notices

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	"pgregory.net/rapid"
)

// Properties of the whole derivation, over generated programs: a fixed skeleton (two ways to apply, three cohorts, up to four lines, up to
// four holders, up to two demands) in which every fact is drawn from its vocabulary, unknown among it, sometimes with a source that
// disagrees. Each program is written as a file and read by Load's checks. The law is the book of rules_test.go.

// slots are the facts of a generated program and what each can be.
var slots = map[string][]string{
	"handling":  {"stored", "fields_extracted", "noted_yes_no", "forwarded", "image_transient", "seen_returned", "not_asked"},
	"backups":   {verifiedIs("none"), "{is: none, source: page, confidence: reported}", "90 days", "indefinite"},
	"period":    {"90 days", "7 years", "until_event", "permanent", "indefinite"},
	"at_end":    {"destroyed", "transferred", "permanent"},
	"from":      {"2024-06-01", "2025-01", "2023"},
	"to":        {"2025-05-01", "2025-03", "open"},
	"rule":      {"card-law@2017-04-19", "card-law@2025-03-01", "shield@current"},
	"authority": {"[card-law]", "[shield]", "[card-law, shield]"},
	"control":   {"custodian_directs", "independent"},
	"holds":     {"{is: none, source: page, confidence: reported}", "[{from: 2025-05-01, to: open, reason: demand, public: true}]", "[{scope: [files], from: 2025-02, to: 2025-03-01, reason: audit, public: false}]"},
	"tells":     {"no", "{is: by_law, law: shield}", "{is: says_it_will, by: Clerk, on: 2025-06-01}"},
	"type":      {"yes", "no"},
	"answer":    {"complied", "partial", "declined", "objected", "ordered", "quashed", "withdrawn", "undisclosed"},
	"given":     {"{is: nothing_from_this_program, by: Clerk, on: 2025-06-01}", "some_records", "all_records"},
	"court":     {"none", "petitioned", "ordered", "stayed", "enjoined", "quashed", "appealed", "withdrawn"},
	"scope_of":  {"this_demand", "such_demands", "named_people", "part_of_office", "some_places"},
	"agreement": {"applies", "not_applicable"},
	"broker":    {"applies", "not_applicable"},
	"keeps":     {"yes", "{is: no, source: page, confidence: reported}", verifiedIs("no")},
	"wants":     {"[photo]", "[name, foreign_passport, address]", "none"},
	"asks":      {"[{field: applied_on, from: 2022-01-01, to: 2025-12-31}]", "[{field: applied_on, to: 2024-01-01}]", "[{field: document_type, any: [foreign_passport]}]", "[{field: name}]"},
	"others":    {"[family]", "{is: none, source: page, confidence: reported}"},
	"mandatory": {"yes", "no"},
	"confirm":   {"tick", "signature", "none"},
}

func verifiedIs(word string) string {
	return "{is: " + word + ", confidence: verified, by: J. Ruiz, on: 2025-06-01}"
}

// generated is one program: where something stands in it is a name such as web/0.handling.
type generated struct {
	value   map[string]string   // of each fact
	copies  map[string][]string // of each line; a line with copies.unknown in value has none
	items   map[string][]string // of each line
	lines   []string            // web/now/0 …
	holders []string            // beside the clerk
	demands []string            // ids
	kinds   map[string]string   // of demands
	targets map[string]string
	extra   bool // one more company
}

func (g *generated) clone() *generated {
	h := *g
	h.value, h.kinds, h.targets = maps.Clone(g.value), maps.Clone(g.kinds), maps.Clone(g.targets)
	h.copies = map[string][]string{}
	for k, v := range g.copies {
		h.copies[k] = slices.Clone(v)
	}
	h.demands = slices.Clone(g.demands)
	return &h
}

var copyKinds = []string{"record", "hosted", "backup", "cache", "log", "paper"}

func drawFact(t *rapid.T, slot, at string) string {
	options := slots[slot]
	v := rapid.SampledFrom(append([]string{"unknown"}, options...)).Draw(t, at)
	if rapid.IntRange(0, 9).Draw(t, at+" disputed") == 0 && v != "unknown" && !strings.HasPrefix(v, "{") && !strings.HasPrefix(v, "[") {
		other := rapid.SampledFrom(append([]string{"unknown"}, options...)).Draw(t, at+" other")
		if !strings.HasPrefix(other, "{") {
			v = fmt.Sprintf("{is: %s, source: page, but: [{is: %s, source: page}]}", v, other)
		}
	}
	return v
}

func drawCopy(t *rapid.T, g *generated, at string) string {
	holder := rapid.SampledFrom(append([]string{"clerk"}, g.holders...)).Draw(t, at+" holder")
	kind := rapid.SampledFrom(copyKinds).Draw(t, at+" kind")
	c := fmt.Sprintf("{at: %s, kind: %s", holder, kind)
	switch rapid.IntRange(0, 5).Draw(t, at+" more") {
	case 0:
		c += ", purge_lag: 2 days"
	case 1:
		c += ", purge_lag: unknown"
	case 2:
		c += ", disposed: " + verifiedIs("yes")
	}
	return c + "}"
}

func drawProgram(t *rapid.T) *generated {
	g := &generated{value: map[string]string{}, copies: map[string][]string{}, items: map[string][]string{}, kinds: map[string]string{}, targets: map[string]string{}}
	for _, h := range []string{"host", "cloud", "transit"} {
		if rapid.Bool().Draw(t, h) && (h != "cloud" || slices.Contains(g.holders, "host")) {
			g.holders = append(g.holders, h)
		}
	}
	fact := func(slot, at string) {
		g.value[at] = drawFact(t, slot, at)
	}
	for _, s := range []string{"period", "at_end", "authority", "control", "holds", "tells", "others", "mandatory", "agreement", "broker", "keeps"} {
		fact(s, s)
	}
	for _, ph := range []string{"web/old", "web/now", "desk/now"} {
		fact("rule", ph+".rule")
		fact("confirm", ph+".confirm")
		g.value[ph+".from"], g.value[ph+".to"] = rapid.SampledFrom(append(slots["from"], "unknown")).Draw(t, ph+" from"), rapid.SampledFrom(append(slots["to"], "unknown")).Draw(t, ph+" to")
		pool := []string{"photo", "address", "name", "foreign_passport", "email", "phone", "family_members", "own_paper", "wages"}
		for i := range rapid.IntRange(0, 2).Draw(t, ph+" lines") {
			at := fmt.Sprint(ph, "/", i)
			for range rapid.IntRange(1, 2).Draw(t, at+" items") {
				n := rapid.IntRange(0, len(pool)-1).Draw(t, at+" item")
				g.items[at] = append(g.items[at], pool[n])
				pool = slices.Delete(slices.Clone(pool), n, n+1)
			}
			g.lines = append(g.lines, at)
			fact("handling", at+".handling")
			fact("backups", at+".backups")
			fact("type", at+".type")
			g.value[at+".copies"] = rapid.SampledFrom([]string{"unknown", "listed", "listed", "reported", "verified"}).Draw(t, at+" copies")
			if g.value[at+".copies"] != "unknown" {
				for range rapid.IntRange(0, 2).Draw(t, at+" copies listed") {
					g.copies[at] = append(g.copies[at], drawCopy(t, g, at))
				}
			}
		}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "demands") {
		g.addDemand(t, fmt.Sprint("d", i), true)
	}
	return g
}

func (g *generated) addDemand(t *rapid.T, id string, stops bool) {
	g.demands = append(g.demands, id)
	g.kinds[id] = rapid.SampledFrom([]string{"subpoena", "judge-warrant", "request", "state-subpoena", "match"}).Draw(t, id+" kind")
	g.targets[id] = "clerk"
	if slices.Contains(g.holders, "host") && rapid.Bool().Draw(t, id+" to the company") {
		g.targets[id] = "host"
	}
	for slot, at := range map[string]string{"answer": ".answer", "given": ".given", "court": ".court", "scope_of": ".scope_of", "wants": ".wants", "asks": ".asks"} {
		g.value[id+at] = "unknown"
		_ = slot
	}
	for _, slot := range []string{"answer", "given", "court", "scope_of", "wants", "asks"} {
		v := drawFact(t, slot, id+"."+slot)
		for slot == "court" && !stops && (strings.Contains(v, "stayed") || strings.Contains(v, "enjoined") || strings.Contains(v, "quashed")) {
			v = "ordered"
		}
		g.value[id+"."+slot] = v
	}
	g.value[id+".scope"] = rapid.SampledFrom([]string{"group", "named"}).Draw(t, id+" scope")
}

// yaml writes the program as a file.
func (g *generated) yaml() string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	p("fairnotice: 1\nedition: {number: 1, as_of: 2025-06-14, changed: [first_edition], older: none}\nvoice: independent\nlanguages: [en]\npeople: applicants\n")
	p("program:\n  id: card\n  name: Card\n  gives: A card\n  open_to: All who live here\n  urgency: ordinary\n  jurisdiction: us-il-chicago\n  authority: %s\n  mandatory: %s\n  status: {is: active}\n", g.value["authority"], g.value["mandatory"])
	p("  contact: {name: Office, phone: unknown, place: unknown, page: unknown}\nsources:\n  page: {title: A page, published: 2025-01-01, read: 2025-01-02, kind: press}\n")
	p("holders:\n  clerk: {name: Office, role: custodian, kind: city_agency, within: us-il-chicago}\n")
	contract := "contract: {tells_us_of_demands: unknown, waits_for_court: unknown, deletes_at_end: unknown, seen: none}"
	for _, h := range g.holders {
		switch h {
		case "host":
			p("  host: {name: Host, role: processor, kind: company, for: clerk, does: unknown, control: %s, %s}\n", g.value["control"], contract)
		case "cloud":
			p("  cloud: {name: Cloud, role: subprocessor, kind: company, for: host, does: unknown, control: unknown, %s}\n", contract)
		default:
			p("  transit: {name: Transit, role: recipient, kind: company}\n")
		}
	}
	if g.extra {
		p("  another: {name: Another, role: processor, kind: company, for: clerk, does: unknown, control: unknown, %s}\n", contract)
	}
	p("retention:\n  files: {period: %s, from: applied, schedule: unknown, early_deletion: unknown, who_may_change: unknown, at_end: %s}\n", g.value["period"], g.value["at_end"])
	p("endings: {unfinished: unknown, withdrawn: unknown, denied: unknown}\nchannels:\n")
	phase := func(ph, id string) {
		p("      - id: %s\n        from: %s\n        to: %s\n        rule: %s\n        confirm: %s\n        asks:", id, g.value[ph+".from"], g.value[ph+".to"], g.value[ph+".rule"], g.value[ph+".confirm"])
		n := 0
		for _, at := range g.lines {
			if !strings.HasPrefix(at, ph+"/") {
				continue
			}
			n++
			copies := "unknown"
			list := "none"
			if len(g.copies[at]) > 0 {
				list = "[" + strings.Join(g.copies[at], ", ") + "]"
			}
			switch g.value[at+".copies"] {
			case "listed", "reported":
				copies = "{is: " + list + ", source: page, confidence: reported}"
			case "verified":
				copies = verifiedIs(list)
			}
			p("\n          - {items: [%s], need: required, refuse: unknown, why: unknown, handling: %s, copies: %s, backups: %s, retention: files, type_recorded: %s}",
				strings.Join(g.items[at], ", "), g.value[at+".handling"], copies, g.value[at+".backups"], g.value[at+".type"])
		}
		if n == 0 {
			p(" unknown")
		}
		p("\n")
	}
	p("  web:\n    name: Web\n    kind: online\n    phases:\n")
	phase("web/old", "old")
	phase("web/now", "now")
	p("  desk:\n    name: Desk\n    kind: in_person\n    phases:\n")
	phase("desk/now", "now")
	p("items:\n  own_paper: {name: Own paper, class: identity_doc, proxy_for_status: yes}\n")
	p("holds: %s\nalternatives: unknown\noffice_says: unknown\ntells_people: %s\n", g.value["holds"], g.value["tells"])
	if len(g.demands) == 0 {
		p("demands: {is: none, source: page, confidence: reported}\n")
	} else {
		p("demands:\n")
	}
	for _, d := range g.demands {
		p("  - {id: %s, may_be_listed: true, kind: %s, from: ice, to: %s, dated: 2025-05-01, served: unknown, scope: %s, how_many: unknown, asks: %s, wants: %s, answer: %s, given: %s, court: %s, court_scope: %s}\n",
			d, g.kinds[d], g.targets[d], g.value[d+".scope"], g.value[d+".asks"], g.value[d+".wants"], g.value[d+".answer"], g.value[d+".given"], g.value[d+".court"], g.value[d+".scope_of"])
	}
	p("other_people: %s\npast: {see_your_file: unknown, correct_it: unknown, withdraw: unknown, delete_it: unknown}\nis_not: [immigration_status]\ncards_given: unknown\n", g.value["others"])
	p("contacts_people: unknown\ncosts: unknown\nother_recipients: unknown\npartners: [{name: Helpers, keeps_copies: %s}]\nhelp:\n  - {name: Lawyers, for: legal, independent: true, phone: 312-660-1370}\n  - {name: Hotline, for: officers_contact_you, independent: true, phone: 312-660-1371}\n", g.value["keeps"])
	p("survivors: unknown\nreaders_test: none\nalso_reached_by: {records_request: applies, leak: unknown, agreement: %s, direct_query: unknown, funding_condition: unknown, voluntary_sharing: unknown, broker: %s}\n", g.value["agreement"], g.value["broker"])
	return b.String()
}

func (g *generated) load(t *rapid.T) *Program {
	text := g.yaml()
	p, problems := Read("generated.yaml", []byte(text))
	if problems.Failed() {
		t.Fatalf("%v\n%s", problems.Of(source.Error), text)
	}
	return p
}

func rowsOf(t *rapid.T, p *Program, book *law.Book) map[[4]string]Row {
	rows, err := Exposures(p, book, ruleDay)
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[[4]string]Row, len(rows))
	for _, r := range rows {
		k := [4]string{string(r.Phase), string(r.Item), string(r.Holder), string(r.Demand)}
		if _, twice := out[k]; twice {
			t.Fatalf("two rows for %v", k)
		}
		if len(r.Rules) == 0 || len(r.Because) == 0 || r.Barrier == NoWouldBe || r.Existence.Low > r.Existence.High {
			t.Fatalf("%v: %+v", k, r)
		}
		if r.Barrier == Disputed && (r.WouldBe == NoWouldBe || len(r.Disputed) == 0) {
			t.Fatalf("%v is disputed, and nothing says what", k)
		}
		out[k] = r
	}
	return out
}

func claimsOf(t *rapid.T, p *Program, book *law.Book) map[Claim]string {
	n, err := Build(p, book, Before, ruleDay)
	if err != nil {
		t.Fatal(err)
	}
	out := map[Claim]string{}
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				for _, c := range st.Claims {
					out[c] = st.ID
				}
			}
		}
	}
	return out
}

// Every program that Load accepts has a notice, of every kind: every statement has reasons, ids are unique, nothing of the checklist is
// missing, and a second run says the same.
func TestPropertyBuild(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		g := drawProgram(t)
		p := g.load(t)
		rowsOf(t, p, book)
		for _, kind := range Kinds() {
			n, err := Build(p, book, kind, ruleDay)
			if err != nil {
				t.Fatalf("%v\n%s", err, g.yaml())
			}
			ids := map[string]bool{}
			for _, s := range n.Sections {
				for _, grp := range s.Groups {
					if len(grp.Statements) == 0 || len(grp.Statements) > 3 {
						t.Fatalf("a group of %d in %s", len(grp.Statements), s.ID)
					}
					for _, st := range grp.Statements {
						if ids[st.ID] || len(st.Because) == 0 {
							t.Fatalf("%s: twice, or without a reason", st.ID)
						}
						ids[st.ID] = true
						for _, r := range st.Because {
							if r.Path == "" && r.Law == "" {
								t.Fatalf("%s has an empty reason", st.ID)
							}
						}
					}
				}
			}
			covered, err := Coverage(n, p, book, ruleDay)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range covered {
				if c.Status == "missing" {
					t.Fatalf("%s: %s is missing: %v\n%s", kind, c.Item, c.Missing, g.yaml())
				}
			}
		}
		q := g.load(t)
		if a, b := plainNotice(t, p, book), plainNotice(t, q, book); a != b {
			t.Fatalf("two runs differ: %s", firstDifference(a, b))
		}
	})
}

func plainNotice(t *rapid.T, p *Program, book *law.Book) string {
	n, err := Build(p, book, Before, ruleDay)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				b.WriteString(plainStatement(st) + "\n")
			}
		}
	}
	return b.String()
}

// weakened gives the book in which one protection is weaker: challenged, then stopped or gone.
var weakened = func() func(t testing.TB, id, how string) *law.Book {
	var mu sync.Mutex
	books := map[string]*law.Book{}
	return func(t testing.TB, id, how string) *law.Book {
		mu.Lock()
		defer mu.Unlock()
		if b := books[id+how]; b != nil {
			return b
		}
		b := ruleBook(t, func(fsys fstest.MapFS) {
			f := fsys["book/"+id+".yaml"]
			switch how {
			case "challenged", "enjoined":
				f.Data = append(f.Data, "  - {is: "+how+", on: 2025-04-01, case: a suit}\n"...)
			case "unverified":
				f.Data = []byte(strings.Replace(string(f.Data), "confidence: reported", "confidence: unverified", 1))
			case "gone":
				delete(fsys, "book/"+id+".yaml")
			}
		})
		books[id+how] = b
		return b
	}
}()

// Monotone (design, principle 5). A change for the worse is: another copy, another holder, a longer period, another demand, a protection
// that is challenged, then stopped or gone. After it, every row that was there is there; neither end of its interval is lower; its barrier
// is not stronger; and every claim that the notice made it still makes (a claim is a checklist item and what it is about), but for the
// claims of mayGo.
//
// What is not a change for the worse, and so not drawn: a demand that a court has stopped for all such demands (rule G3 strengthens the
// barrier, rightly); a copy of which the file also says that it was destroyed or when it goes (that is knowledge, not a copy).
func TestPropertyMonotone(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(rt *rapid.T) {
		g := drawProgram(rt)
		h, after := g.clone(), book
		change := rapid.SampledFrom([]string{"copy", "holder", "period", "lag", "backups", "demand", "protection"}).Draw(rt, "change")
		gone := ""
		switch change {
		case "copy":
			var at []string
			for _, l := range g.lines {
				if g.value[l+".copies"] != "unknown" {
					at = append(at, l)
				}
			}
			if len(at) == 0 {
				return
			}
			l := rapid.SampledFrom(at).Draw(rt, "line")
			kind := rapid.SampledFrom(append([]string{"recipient"}, copyKinds...)).Draw(rt, "kind")
			h.copies[l] = append(h.copies[l], fmt.Sprintf("{at: %s, kind: %s}", rapid.SampledFrom(append([]string{"clerk"}, g.holders...)).Draw(rt, "at"), kind))
		case "holder":
			h.extra = true
		case "period":
			h.value["period"] = longer(g.value["period"], []string{"90 days", "7 years", "until_event", "indefinite", "permanent"})
		case "backups", "lag":
			if len(g.lines) == 0 {
				return
			}
			l := rapid.SampledFrom(g.lines).Draw(rt, "line")
			if change == "backups" {
				h.value[l+".backups"] = longer(g.value[l+".backups"], append(slices.Clone(slots["backups"][:2]), "90 days", "180 days", "indefinite"))
				break
			}
			for i, c := range h.copies[l] {
				h.copies[l][i] = strings.Replace(c, "purge_lag: 2 days", "purge_lag: 2 months", 1)
			}
		case "demand":
			h.addDemand(rt, "added", false)
		case "protection":
			gone = rapid.SampledFrom([]string{"shield", "sued-over", "card-law", "only-speaks", "lets-it-pass", "forbids-release", "open-records", "doubtful-exemption"}).Draw(rt, "law")
			how := rapid.SampledFrom([]string{"challenged", "enjoined", "unverified", "gone"}).Draw(rt, "how")
			after = weakened(t, gone, how)
		}
		p, q := g.load(rt), h.load(rt)
		rows, then := rowsOf(rt, p, book), rowsOf(rt, q, after)
		for k, r := range rows {
			s, ok := then[k]
			switch {
			case !ok:
				rt.Fatalf("%s: the row %v is gone\n%s", change, k, g.yaml())
			case s.Existence.Low < r.Existence.Low || s.Existence.High < r.Existence.High:
				rt.Fatalf("%s lowers what exists for %v: %v..%v by %v, then %v..%v by %v\n%s\nthen\n%s", change, k, r.Existence.Low, r.Existence.High, r.Rules, s.Existence.Low, s.Existence.High, s.Rules, g.yaml(), h.yaml())
			case s.Strength() > r.Strength() && !(r.Barrier == NotApplicableBarrier):
				rt.Fatalf("%s strengthens the barrier for %v: %v by %v, then %v by %v\n%s", change, k, r.Barrier, r.Rules, s.Barrier, s.Rules, g.yaml())
			}
		}
		was, is := claimsOf(rt, p, book), claimsOf(rt, q, after)
		for c, by := range was {
			if _, ok := is[c]; !ok && !mayGo(c, by, change, gone) {
				rt.Fatalf("%s makes %v of %s disappear\n%s", change, c, by, g.yaml())
			}
		}
	})
}

func longer(now string, chain []string) string {
	i := slices.Index(chain, now)
	if i < 0 {
		return now
	}
	return chain[min(i+1, len(chain)-1)]
}

// mayGo lists the claims that a change for the worse may end, each with its reason.
func mayGo(c Claim, statement, change, law string) bool {
	switch {
	case change == "demand" && (c == Claim{"C22", "key"} || c == Claim{"C23", "key"} || c == Claim{"C22", "any"}):
		return true // "nobody asked" gives way to the demand itself
	case strings.Contains(statement, "key.leftover"), strings.Contains(statement, "poster.copies"):
		return true // among the key facts, that something may stay gives way to: the office keeps your papers
	case change == "copy" && c == Claim{"C19", "no_way"}:
		return true // "the office may have no way to reach you", once it keeps an address
	case change == "protection" && strings.Contains(c.About, law):
		return true // what a law says, once it is not in the book
	case c.Item == "C13" && strings.HasPrefix(c.About, "verdict/"), (c.Item == "C20" || c.Item == "C21") && strings.HasPrefix(c.About, "open/"):
		return true // the verdict is another one, named by its barrier; that there is one, Coverage holds
	case change == "protection" && c.Item == "C21" && (strings.HasPrefix(c.About, "exception/") || c.About == "permission"):
		return true // an exception of a law that is not in the book
	}
	return false
}

// Unknown is not no. In any program, a fact made unknown gives no row an interval that is lower than in the mildest of what the fact could
// be, or higher than in the worst; and no barrier stronger than the strongest, or weaker than the weakest. What it could be is the whole
// vocabulary of the fact.
func TestPropertyUnknown(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		g := drawProgram(t)
		var at []string
		for k := range g.value {
			if slot := k[strings.LastIndexByte(k, '.')+1:]; slots[slot] != nil || slot == "copies" {
				at = append(at, k)
			}
		}
		slices.Sort(at)
		where := rapid.SampledFrom(at).Draw(t, "fact")
		slot := where[strings.LastIndexByte(where, '.')+1:]
		set := func(v string, copies []string) map[[4]string]Row {
			h := g.clone()
			h.value[where] = v
			if slot == "copies" {
				h.copies[strings.TrimSuffix(where, ".copies")] = copies
			}
			return rowsOf(t, h.load(t), book)
		}
		unknown := set("unknown", nil)
		var could []map[[4]string]Row
		if slot == "copies" {
			for _, v := range []string{"reported", "verified"} {
				could = append(could, set(v, nil), set(v, []string{"{at: clerk, kind: record}"}), set(v, []string{"{at: clerk, kind: cache, purge_lag: 1 day}"}),
					set(v, []string{"{at: clerk, kind: record, disposed: " + verifiedIs("yes") + "}"}))
				for _, h := range g.holders {
					could = append(could, set(v, []string{"{at: " + h + ", kind: hosted}"}))
				}
			}
		} else {
			days := map[string][]string{"from": {"1990", "2026-06-01"}, "to": {"1990-12-31", "2026-06-01"}} // no vocabulary: far on both sides
			for _, v := range append(slices.Clone(slots[slot]), days[slot]...) {
				could = append(could, set(v, nil))
			}
		}
		for k, u := range unknown {
			low, high, strength := [2]Level{Sent, None}, [2]Level{Sent, None}, [2]int{99, -1}
			for _, rows := range could {
				r, ok := rows[k]
				if !ok {
					r = Row{Existence: one(None), Barrier: NothingToReach} // no row: nobody has it
				}
				low[0], low[1] = min(low[0], r.Existence.Low), max(low[1], r.Existence.Low)
				high[0], high[1] = min(high[0], r.Existence.High), max(high[1], r.Existence.High)
				strength[0], strength[1] = min(strength[0], r.Strength()), max(strength[1], r.Strength())
			}
			if e := u.Existence; e.Low < low[0] || e.Low > low[1] || e.High < high[0] || e.High > high[1] {
				t.Fatalf("%s unknown: %v is %v..%v by %v; it could be low %v..%v, high %v..%v\n%s", where, k, e.Low, e.High, u.Rules, low[0], low[1], high[0], high[1], g.yaml())
			}
			if s := u.Strength(); s < strength[0] || s > strength[1] {
				t.Fatalf("%s unknown: %v is %v (%d) by %v; it could be %d..%d\n%s", where, k, u.Barrier, s, u.Rules, strength[0], strength[1], g.yaml())
			}
		}
	})
}

// Where nobody knows what a phase asks for, the row about it is for nobody milder than a row about anything that it could ask for.
func TestPropertyUnknownAsks(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		g := drawProgram(t)
		if len(g.lines) == 0 {
			return
		}
		ph := rapid.SampledFrom(g.lines).Draw(t, "phase")
		ph = ph[:strings.LastIndexByte(ph, '/')]
		h := g.clone()
		h.lines = slices.DeleteFunc(slices.Clone(g.lines), func(l string) bool { return strings.HasPrefix(l, ph+"/") })
		known, unknown := rowsOf(t, g.load(t), book), rowsOf(t, h.load(t), book)
		for k, r := range known {
			if k[0] != ph || k[1] == "" || k[2] == "transit" {
				continue
			}
			k[1] = ""
			u, ok := unknown[k]
			switch {
			case !ok:
				t.Fatalf("nobody knows what %s asks for, and there is no row for %v\n%s", ph, k, h.yaml())
			case u.Strength() > r.Strength():
				t.Fatalf("%v, not known, is %v by %v; a row could be %v by %v: %v\n%s", k, u.Barrier, u.Rules, r.Barrier, r.Rules, r.Item, g.yaml())
			case u.Existence.Low > r.Existence.Low:
				t.Fatalf("%v, not known, is at least %v by %v; %s could be %v\n%s", k, u.Existence.Low, u.Rules, r.Item, r.Existence.Low, g.yaml())
			}
		}
	})
}
