package notices

import (
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// received builds the notice about demands of CityKey, with other demands in place of its own.
func received(t *testing.T, demands string) (*Program, *Notice) {
	t.Helper()
	p, book := cityKey(t)
	text := string(p.Doc.Bytes())
	from, to := strings.Index(text, "\ndemands:\n"), strings.Index(text, "\ncounts:\n")
	if from < 0 || to < from {
		t.Fatal("the example has no demands before its counts")
	}
	q, problems := Read("citykey.yaml", []byte(text[:from]+"\ndemands:"+demands+text[to:]))
	if problems.Failed() {
		t.Fatal(problems.Of(source.Error))
	}
	n, err := Build(q, book, DemandReceived, cityKeyDay)
	if err != nil {
		t.Fatal(err)
	}
	for _, pr := range Check(q, book, cityKeyDay) {
		if pr.Severity == source.Error {
			t.Error(pr)
		}
	}
	return q, n
}

// inSections gives the messages of each section with an id, by section.
func inSections(n *Notice, id string) [][]string {
	var out [][]string
	for _, s := range n.Sections {
		if s.ID != id {
			continue
		}
		var said []string
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				said = append(said, st.Message)
			}
		}
		out = append(out, said)
	}
	return out
}

func event(rest string) string {
	return "{may_be_listed: true, from: ice, to: clerk, served: unknown, scope: group, asks: unknown, wants: unknown, given: {is: nothing_from_this_program, by: City Clerk, on: 2025-06-13}, " + rest + "}"
}

// Two demands of one kind on one holder stay apart: that a court ordered one does not mean that it ordered the other, and one that was
// taken back has nothing before it.
func TestDemandsStayApart(t *testing.T) {
	_, n := received(t, "\n  - "+event("id: one, dated: 2025-05-01, kind: immigration_administrative_subpoena, answer: declined, court: {is: ordered, source: tribune}")+
		"\n  - "+event("id: two, dated: 2025-05-02, kind: immigration_administrative_subpoena, answer: declined, court: none")+
		"\n  - "+event("id: three, dated: 2025-05-03, kind: immigration_administrative_subpoena, answer: withdrawn, court: none"))
	said := inSections(n, "demand")
	if len(said) != 3 {
		t.Fatalf("%d sections for three demands", len(said))
	}
	for i, want := range []map[string]bool{
		{"stands.ordered": true, "stands.disputed": false, "next.refuse": false, "came.unchecked": true},
		{"stands.ordered": false, "stands.disputed": false, "stands.disputed.ruled": true, "next.refuse": true, "next.court": true}, // a court has spoken, of the first
		{"stands.ordered": false, "stands.disputed": false, "next.refuse": false, "ask.again": true},
	} {
		for m, yes := range want {
			if slices.Contains(said[i], m) != yes {
				t.Errorf("demand %d: %s is said: %v\n%v", i, m, !yes, said[i])
			}
		}
	}
}

// What is said of a demand follows from its kind: a court's paper, a state court's, a request for public records.
func TestDemandsOfEveryKind(t *testing.T) {
	for kind, want := range map[string]map[string]bool{
		"grand_jury_subpoena":                 {"stands.binding_on_service": true, "came.unchecked": false, "next.refuse": false, "ask.testimony": true},
		"state_civil_subpoena":                {"stands.state_court": true, "came.unchecked": false, "next.refuse": false},
		"public_records_request":              {"open.holder_may_withhold": true, "came.unchecked": false, "next.court": false},
		"immigration_judge_subpoena":          {"stands.disputed": true, "came.unchecked": true, "next.court": true},
		"administrative_warrant":              {"stands.not_applicable": true, "came.unchecked": false, "next.refuse": false},
		"court_order_enforcing":               {"stands.ordered": true, "next.obey": true, "next.refuse": false},
		"vendor_demand":                       {"there.yes": true, "stands.ordered": false},
		"immigration_administrative_subpoena": {"stands.disputed": true, "demand.named": true},
	} {
		e := event("id: one, dated: 2025-05-01, kind: " + kind + ", answer: declined, court: none")
		if want["demand.named"] {
			e = strings.Replace(e, "scope: group", "scope: named, how_many: 3", 1)
		}
		_, n := received(t, "\n  - "+e)
		said := inSections(n, "demand")[0]
		want["demand."+kind+".is"], want["there.yes"], want["there.unconfirmed"], want["came.lawyer"] = true, true, true, true
		for m, yes := range want {
			if slices.Contains(said, m) != yes {
				t.Errorf("%s: %s is said: %v\n%v", kind, m, !yes, said)
			}
		}
	}
}

// Whom a demand is about follows from its window and from the papers of a cohort; where nothing is known, it may be about all.
func TestWhomADemandIsAbout(t *testing.T) {
	_, n := received(t, "\n  - "+strings.Replace(event("id: one, dated: 2025-05-01, kind: immigration_administrative_subpoena, answer: declined, court: none"),
		"asks: unknown", "asks: [{field: applied_on, from: 2018-01-01, to: 2019-01-01}]", 1))
	got := map[string][]string{}
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				for _, c := range st.Claims {
					if phase, ok := strings.CutPrefix(c.About, "reach/one/"); ok {
						got[st.Message] = append(got[st.Message], phase)
					}
				}
			}
		}
	}
	if !slices.Equal(got["reach.maybe"], []string{"in_person/2017"}) || len(got["reach.no"]) != 3 || len(got["reach.yes"]) != 0 {
		t.Errorf("%v", got)
	}
}

// Where no demand may be listed, the notice says that none is known, and no edition holds it.
func TestNoDemand(t *testing.T) {
	sealed := strings.Replace(event("id: sealed, dated: 2025-05-01, kind: grand_jury_subpoena, answer: complied, court: none"), "may_be_listed: true", "may_be_listed: false", 1)
	var faces []string
	_, book := cityKey(t)
	for _, demands := range []string{" {is: none, source: tribune, confidence: reported}", "\n  - " + sealed} {
		p, n := received(t, demands)
		if said := inSections(n, "came"); len(said) != 1 || said[0][0] != "demand.none" || len(inSections(n, "demand")) != 0 {
			t.Errorf("%v", said)
		}
		if slices.Contains(p.Kinds(), DemandReceived) {
			t.Error("an edition holds a notice about no demand")
		}
		faces = append(faces, publicFace(t, p, book))
	}
	drop := func(s string) string { // why none is known is another place of the file
		var out []string
		for _, l := range strings.Split(s, "\n") {
			if !strings.HasPrefix(l, "    {") {
				out = append(out, l)
			}
		}
		return strings.Join(out, "\n")
	}
	if a, b := drop(faces[0]), drop(faces[1]); a != b {
		t.Errorf("a demand that may not be named changes the words: %s", firstDifference(a, b))
	}
}

// Nobody who applied is asked to decide whether to apply, or to tick anything.
func TestAlreadyAppliedAsksNothing(t *testing.T) {
	p, book := cityKey(t)
	n, err := Build(p, book, AlreadyApplied, cityKeyDay)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range n.Sections {
		if slices.Contains([]string{"asked", "choices", "confirm", "why"}, s.ID) {
			t.Errorf("it has the section %s", s.ID)
		}
		if s.ID == "now" && i > 2 {
			t.Errorf("what people can do stands at heading %d", i+1)
		}
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				if gave[st.Message] {
					t.Errorf("%s speaks to people who have yet to give something", st.ID)
				}
			}
		}
	}
}
