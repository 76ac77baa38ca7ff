package notices

import (
	"os"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// othersFile is a program whose people gave nothing themselves, changed in the places of pairs (old, new, old, new …).
func othersFile(t *testing.T, pairs ...string) (*Program, source.Problems) {
	t.Helper()
	data, err := os.ReadFile("testdata/others.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("%q stands %d times in the file", pairs[i], strings.Count(text, pairs[i]))
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return Read("others.yaml", []byte(text))
}

// messagesOf says which messages a notice has.
func messagesOf(t *testing.T, p *Program) map[string]bool {
	t.Helper()
	n, err := Build(p, shippedBook(t), Before, p.Edition.AsOf.Last)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{n.TitleOf(Before): true}
	for i := range n.Sections {
		out[n.HeadingOf(&n.Sections[i])] = true
		for _, g := range n.Sections[i].Groups {
			for _, s := range g.Statements {
				out[s.Message] = true
			}
		}
	}
	return out
}

// TestPeople: the same program says other things to people who apply, to workers, and to people whose facts somebody else gave; each
// notice covers the checklist.
func TestPeople(t *testing.T) {
	for _, c := range []struct {
		name      string
		changes   []string
		says, not string
	}{
		{"facts that others gave", nil, "title.before.people_in_records section.past.people_in_records key.keep.from_others key.other_purpose giver.who giver.purpose giver.told.no " +
			"need.others.required do.way.none.others do.mandatory.people_in_records key.asked.ice.not_applied told.no_way.all",
			"title.before key.asked.ice need.required need.unknown do.way.none do.mandatory do.wait cards.unknown do.cost.unknown program.not do.public_place part.keeps"},
		{"nobody knows who", []string{"given_by: {is: employer, source: page, confidence: reported}", "given_by: unknown", "told_people: {is: no, source: press, confidence: reported}", "told_people: unknown"},
			"giver.who.unknown giver.told.unknown", "giver.who giver.told.no giver.told.yes"},
		{"sources disagree who", []string{"given_by: {is: employer, source: page, confidence: reported}", "given_by: {is: employer, source: page, but: [{is: bank, source: press}]}"}, "giver.who.unknown", "giver.who"},
		{"not required", []string{"need: {is: required, source: page, confidence: reported}", "need: not_applicable"}, "need.others.gave", "need.others.required need.unknown"},
		{"nobody knows what for", []string{"why: {is: report_wages, source: page, confidence: reported}", "why: unknown"}, "why.unknown", "giver.purpose key.other_purpose"},
		{"for immigration control itself", []string{"why: {is: report_wages, source: page, confidence: reported}", "why: check_work_permission"}, "why.check_work_permission", "giver.purpose key.other_purpose"},
		{"workers", []string{"people: people_in_records", "people: employees", "kind: from_others\n    given_by: {is: employer, source: page, confidence: reported}", "kind: in_person",
			"        told_people: {is: no, source: press, confidence: reported}\n", "", "refuse: not_applicable", "refuse: no_job"},
			"title.before.employees key.keep.in_person.employees do.way.none.law do.mandatory refuse.no_job part.keeps.employees", "title.before giver.who giver.purpose do.public_place key.keep.in_person do.way.none.others"},
		{"workers who may choose", []string{"people: people_in_records", "people: employees", "kind: from_others\n    given_by: {is: employer, source: page, confidence: reported}", "kind: in_person",
			"        told_people: {is: no, source: press, confidence: reported}\n", "", "refuse: not_applicable", "refuse: no_job", "mandatory: {is: yes, source: page, confidence: reported}", "mandatory: no"},
			"program.optional.employees do.way.none do.wait.employees", "do.way.none.law do.wait program.optional"},
		{"applicants whom others report too", []string{"people: people_in_records", "people: applicants"}, "title.before giver.who giver.purpose key.asked.ice part.keeps.from_others", "title.before.people_in_records"},
		{"applicants who need food", []string{"people: people_in_records", "people: applicants", "urgency: ordinary", "urgency: food", "mandatory: {is: yes, source: page, confidence: reported}", "mandatory: no"}, "do.wait.urgent", "do.wait"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, problems := othersFile(t, c.changes...)
			if problems.Failed() {
				t.Fatal(problems)
			}
			if found := Check(p, shippedBook(t), p.Edition.AsOf.Last); found.Failed() {
				t.Error(found.Of(source.Error))
			}
			said := messagesOf(t, p)
			for _, m := range strings.Fields(c.says) {
				if !said[m] {
					t.Errorf("it does not say %s", m)
				}
			}
			for _, m := range strings.Fields(c.not) {
				if said[m] {
					t.Errorf("it says %s", m)
				}
			}
		})
	}
}

// TestPeopleRefused: what has to be said where somebody else gives facts, and what makes no sense where nobody applies.
func TestPeopleRefused(t *testing.T) {
	for _, c := range []struct{ old, new, path string }{
		{"    given_by: {is: employer, source: page, confidence: reported}\n", "", "channels.employers"},
		{"        told_people: {is: no, source: press, confidence: reported}\n", "", "channels.employers.phases.quarterly"},
		{"            why: {is: report_wages, source: page, confidence: reported}\n            handling", "            handling", "channels.employers.phases.quarterly.asks.0"},
		{"kind: from_others", "kind: mail", "channels.employers.given_by"},
		{"costs: not_applicable", "costs: free", "costs"},
		{"costs: not_applicable", "costs: unknown", "costs"},
		{"cards_given: not_applicable", "cards_given: cancelled", "cards_given"},
		{"denied: not_applicable", "denied: unknown", "endings.denied"},
		{"other_people: unknown", "other_people: unknown\ncounts: [{of: applicants, in: all, from: 2026-01, to: 2026-02, is: 7, about: false, counted: 2026-03, source: page}]", "counts.0.of"},
	} {
		_, problems := othersFile(t, c.old, c.new)
		errs := problems.Of(source.Error)
		if len(errs) == 0 || errs[0].Path != c.path {
			t.Errorf("%q for %q: %v", c.new, c.old, problems)
		}
		for _, e := range errs {
			if e.Hint == "" {
				t.Errorf("%s: no hint", e.Path)
			}
		}
	}
}

// TestContested: whoever says what, all of it stands there, and none of it makes a record less exposed.
func TestContested(t *testing.T) {
	worst := func(given string) Level {
		p, problems := othersFile(t, "given: unknown", given)
		if problems.Failed() {
			t.Fatal(problems)
		}
		rows, err := Exposures(p, shippedBook(t), p.Edition.AsOf.Last)
		if err != nil {
			t.Fatal(err)
		}
		out := None
		for _, r := range rows {
			if r.Item == "wages" {
				out = max(out, r.Existence.High)
			}
		}
		return out
	}
	for given, want := range map[string]Level{
		"given: {is: no_personal_facts, by: Counsel, on: 2026-03-01, source: press}":                                                                      Exists,
		"given: {is: list_without_details, by: Counsel, on: 2026-03-01, source: press}":                                                                   MayBeSent,
		"given: {is: undisclosed, by: Counsel, on: 2026-03-01, source: press}":                                                                            MayBeSent,
		"given: {is: refused_to_show, by: Counsel, on: 2026-03-01, source: press}":                                                                        MayBeSent,
		"given: {is: no_personal_facts, by: Counsel, on: 2026-03-01, source: press, but: [{is: undisclosed, by: Office, on: 2026-03-02, source: press}]}": MayBeSent,
	} {
		if got := worst(given); got != want {
			t.Errorf("%s: %v, want %v", given, got, want)
		}
	}
	if got := func() Level {
		p, problems := othersFile(t, "answer: declined, given: unknown", "answer: partial_undisclosed, given: {is: no_personal_facts, by: Counsel, on: 2026-03-01, source: press}")
		if problems.Failed() {
			t.Fatal(problems)
		}
		rows, _ := Exposures(p, shippedBook(t), p.Edition.AsOf.Last)
		return rows[0].Existence.High
	}(); got != MayBeSent {
		t.Errorf("some were given, and the office will not say which: %v", got)
	}
}
