package notices

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices/source"
)

// The oracle of dates (design, principle 3): what is certainly later than the edition's day is refused or not seen; what only may be
// later is let be; a later day of asking lets nothing in.

// What a program file says of a later day is refused, in words that name the place.
func TestLaterIsRefused(t *testing.T) {
	text, err := os.ReadFile("../examples/citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, book := cityKey(t)
	for _, c := range []struct{ what, path, old, later, unsure string }{
		{"a source", "sources.wttw.published", "published: 2025-06-14", "published: 2025-06-15", "published: 2025-06"},
		{"a demand", "demands.ice-2025-04-17.dated", "dated: 2025-04-17", "dated: 2025-06-15", "dated: 2025"},
		{"a demand that arrived", "demands.ice-2025-04-17.served", "served: unknown", "served: 2025-07", "served: 2025-06"},
		{"an answer", "demands.ice-2025-04-17.answer.on", "answer: {is: declined, on: 2025-06-11", "answer: {is: declined, on: 2026", "answer: {is: declined, on: 2025"},
		{"a court's decision", "demands.ice-2025-04-17.court.on", "\n    court: unknown", "\n    court: {is: ordered, on: 2025-06-15}", "\n    court: {is: ordered, on: 2025-06}"},
		{"a count", "counts.1.counted", "to: 2025-06, is: 2700, about: true, counted: 2025-06", "to: 2025-06, is: 2700, about: true, counted: 2025-07", "to: 2025-06, is: 2700, about: true, counted: 2025"},
		{"a statement", "office_says.0.said", "said: 2025-06-11", "said: 2025-06-15", "said: 2025-06"},
		{"a verification", "costs.on", "costs: {is: free, source: faq, confidence: reported}", "costs: {is: free, confidence: verified, by: J. Ruiz, on: 2025-06-15}", "costs: {is: free, confidence: verified, by: J. Ruiz, on: 2025-06}"},
		{"what a second source says", "program.status.since.but.0", "but: [{is: 2025-06-14, source: wttw}]}\n    channels", "but: [{is: 2025-06-15, source: wttw}]}\n    channels", "but: [{is: 2025-06, source: wttw}]}\n    channels"},
		{"a second source's day", "costs.but.0.on", "costs: {is: free, source: faq, confidence: reported}", "costs: {is: free, source: faq, but: [{is: fee, source: faq, on: 2025-06-15}]}", "costs: {is: free, source: faq, but: [{is: fee, source: faq, on: 2025-06}]}"},
		{"a test with readers", "readers_test.0.on", "readers_test: none", "readers_test: [{people: 3, first: 1, second: 2, language: es, on: 2025-06-15}]", "readers_test: [{people: 3, first: 1, second: 2, language: es, on: 2025-06}]"},
		{"a closing", "program.status.since", "since: {is: 2025-06-13", "since: {is: 2025-06-15", "since: {is: 2025-06"},
		{"a phase", "channels.booking.phases.getcitykey.from", "from: {is: 2024-05-14, source: booking-news}", "from: {is: 2025-06-15, source: booking-news}", "from: {is: 2025-06, source: booking-news}"},
	} {
		problems := func(s string) source.Problems {
			t.Helper()
			changed := strings.Replace(string(text), c.old, s, 1)
			if changed == string(text) {
				t.Fatalf("%s: %q is not in the file", c.what, c.old)
			}
			p, found := Read("citykey.yaml", []byte(changed))
			if !found.Failed() {
				found = append(found, Check(p, book, p.Edition.AsOf.Last)...)
			}
			return found.Of(source.Error)
		}
		if bad := problems(c.later); !slices.ContainsFunc(bad, func(p source.Problem) bool { return p.Code == "N18" && kin(p.Path, c.path) }) {
			t.Errorf("%s of later is let in: %v", c.what, bad)
		}
		if bad := problems(c.unsure); len(bad) > 0 {
			t.Errorf("%s that only may be later is refused: %v", c.what, bad)
		}
	}
	// A version of the law that began later, for people who came before it.
	p, found := Read("citykey.yaml", []byte(strings.NewReplacer("as_of: 2025-06-14", "as_of: 2024-06-01", "chicago-2-176@2017-04-19", "chicago-2-176@2024-06-12").Replace(string(text))))
	if found.Failed() {
		t.Fatal(found.Of(source.Error))
	}
	if bad := Check(p, book, p.Edition.AsOf.Last).Of(source.Error); !slices.ContainsFunc(bad, func(p source.Problem) bool { return p.Code == "N18" && strings.HasSuffix(p.Path, ".rule") }) {
		t.Errorf("a version of a law of later is let in: %v", bad)
	}
}

// What the book holds of a later day is not seen: a law, a version, an effect, a ruling, a kind of demand.
func TestLaterLawIsNotSeen(t *testing.T) {
	plain := ruleBook(t)
	planted := ruleBook(t, func(fsys fstest.MapFS) {
		add := func(id, text string) { fsys["book/"+id+".yaml"] = &fstest.MapFile{Data: []byte(text)} }
		head := func(id, kind string) string {
			return "id: " + id + "\nkind: " + kind + "\nwhere: us\ncitation: Law of " + id + "\nsource: {title: A page, url: unknown}\nconfidence: reported\nchecked: {on: 2026-01-01, by: a test, next: 2027-01-01}\n"
		}
		add("ruling-of-later", head("ruling-of-later", "ruling")+"ruling: {court: A court, decided: 2025-06-15, of: [subpoena], outcome: demand_stopped, words: stopped}\n")
		add("law-of-later", head("law-of-later", "protection")+"force: federal_statute\ntopic: answering\nversions:\n  - id: 2025-06-15\n    from: 2025-06-15\n    words: nobody shall answer\n    binds: [{kind: city_agency, is: yes}]\n"+
			"    covers: [{what: all, is: yes}]\n    blocks: [administrative, voluntary, feed, broker, records_request]\n    forbids: yes\neffects:\n  - {is: in_force, on: 2025-06-15}\n")
		add("demand-of-later", head("demand-of-later", "demand")+"demand: {class: administrative, words: the words, gag: yes, testimony: true, immigration: true, enforced_by: enforcing-order, from: 2025-06-15}\n")
		for _, id := range []string{"shield", "only-speaks", "open-records"} { // stopped a day too late
			f := fsys["book/"+id+".yaml"]
			f.Data = append(f.Data, "  - {is: enjoined, on: 2025-06-15, case: a suit}\n"...)
		}
	})
	base, err := os.ReadFile("testdata/rules/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := laidOver(t, string(base), "line: {items: [address, photo, ssn, phone]}")
	if a, b := publicFace(t, p, plain), publicFace(t, p, planted); a != b {
		t.Errorf("a notice knows law of later: %s", firstDifference(a, b))
	}
	rows, err := Exposures(p, plain, ruleDay)
	if err != nil {
		t.Fatal(err)
	}
	then, err := Exposures(p, planted, ruleDay)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range then {
		if r.Demand == "demand-of-later" {
			if r.Barrier != NotApplicableBarrier || !slices.Contains(r.Rules, "P1") {
				t.Errorf("a kind of demand of later: %v by %v", r.Barrier, r.Rules)
			}
			continue
		}
		if o := rows[n]; o.Item != r.Item || o.Demand != r.Demand || o.Barrier != r.Barrier || o.WouldBe != r.WouldBe || !slices.Equal(o.Laws, r.Laws) {
			t.Errorf("%s %s: %v, and with law of later %v", r.Item, r.Demand, o.Barrier, r.Barrier)
		}
		n++
	}
	if n != len(rows) {
		t.Errorf("%d rows, and with law of later %d", len(rows), n)
	}
}

// A later day lets nothing in: the table is the same, and so is the notice but for the laws that are past their check.
func TestLaterDayLetsNothingIn(t *testing.T) {
	for _, load := range []func() *Program{func() *Program { p, _ := cityKey(t); return p }, func() *Program {
		p, problems := Load(os.DirFS("testdata"), "everything.yaml")
		if problems.Failed() {
			t.Fatal(problems)
		}
		return p
	}} {
		p := load()
		_, book := cityKey(t)
		asOf := p.Edition.AsOf.Last
		var before string
		for _, on := range []source.Day{asOf, asOf + 1, asOf + 500, asOf + 5000} {
			rows, err := Exposures(p, book, on)
			if err != nil {
				t.Fatal(err)
			}
			n, err := Build(p, book, Before, on)
			if err != nil {
				t.Fatal(err)
			}
			var now strings.Builder
			for _, r := range rows {
				text, err := r.MarshalJSON()
				if err != nil {
					t.Fatal(err)
				}
				now.Write(append(text, '\n'))
			}
			for _, s := range n.Sections {
				for _, g := range s.Groups {
					for _, st := range g.Statements {
						if strings.HasPrefix(st.Message, "status.") {
							st.ID, st.Message = "", "" // that a law's check is due may be said
						}
						now.WriteString(plainStatement(st) + "\n")
					}
				}
			}
			if before == "" {
				before = now.String()
			} else if now.String() != before {
				t.Errorf("%s: on %s: %s", p.Program.ID, on, firstDifference(before, now.String()))
			}
		}
	}
}
