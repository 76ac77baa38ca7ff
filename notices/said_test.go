package notices

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// saidOf gives the statements of an example's notice, with their sections.
func saidOf(t *testing.T, id, over string, kind Kind) map[string][]Statement {
	t.Helper()
	p := exampleWith(t, id, over)
	n, err := Build(p, book(t), kind, p.Edition.AsOf.Last)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]Statement{}
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				out[st.Message] = append(out[st.Message], st)
				out[s.ID] = append(out[s.ID], st)
			}
		}
	}
	return out
}

// parts writes what a statement's values hold, one by one.
func parts(st Statement) string {
	var out []string
	for _, v := range st.Values {
		for _, p := range v.Parts {
			out = append(out, v.Name+"="+p.Key+p.Name+p.Date.String())
		}
	}
	return strings.Join(out, " ")
}

// A paper that names people asks about them, and how many they are is how many it is about. The page does not name them.
func TestNamedPeopleAreNoUnknownGroup(t *testing.T) {
	const scope = "ice-2025-04-24"
	for _, kind := range []Kind{Before, DemandReceived} {
		got := saidOf(t, "colorado-labor", "{}", kind)
		for m, want := range map[string]bool{"demand.named": true, "demand.names": true, "demand.asks.unknown": false, "demand.fit": false} {
			if slices.ContainsFunc(got[m], func(st Statement) bool { return strings.HasPrefix(st.ID, scope+".") }) != want {
				t.Errorf("%s: of the 35 people %s is said: %v", kind, m, !want)
			}
		}
	}
}

// Where a court decided about a demand, no sentence about it says that no court is known to have.
func TestDecisionIsNotPassedOver(t *testing.T) {
	got := saidOf(t, "colorado-labor", "{}", DemandReceived)
	if len(got["stands.disputed"]) > 0 || len(got["stands.disputed.ruled"]) == 0 {
		t.Error("a court has forbidden the answer, and the notice says that it knows of none that has said")
	}
}

// A demand for other records than the page's has records, which were given; the page just does not list them.
func TestOtherRecordsAreNotNoRecords(t *testing.T) {
	got := saidOf(t, "washtenaw", "{}", DemandReceived)
	if len(got["there.nothing_known"]) > 0 || len(got["there.elsewhere"]) != 1 {
		t.Error("the county's work forms were demanded and given, and the notice says that it knows of no such record")
	}
}

// An answer that nobody confirmed says so in the key facts too, and takes no other day with it.
func TestKeyFactSaysWhoStandsBehindIt(t *testing.T) {
	const demand = "  - {id: d%s, may_be_listed: true, kind: immigration_administrative_subpoena, from: ice, to: department, dated: 2025-%s, served: unknown, " +
		"scope: group, asks: unknown, wants: unknown, answer: {is: complied, confidence: %s}, given: unknown, court: unknown}\n"
	over := "demands:\n" + fmt.Sprintf(demand, "1", "02-14", "reported") + fmt.Sprintf(demand, "2", "06-26", "unverified") + fmt.Sprintf(demand, "3", "07-01", "reported")
	got := saidOf(t, "colorado-labor", over, Before)["key.answer.complied"]
	if len(got) != 2 {
		t.Fatalf("%d sentences for confirmed and unconfirmed answers", len(got))
	}
	for _, st := range got {
		sure, june := !strings.Contains(parts(st), "unverified"), strings.Contains(parts(st), "2025-06-26")
		if sure == june {
			t.Errorf("the key fact says: %s", parts(st))
		}
	}
}

// Nobody loses the card for want of one paper of several.
func TestOneOfSeveralIsEnough(t *testing.T) {
	got := saidOf(t, "citykey", "{}", Before)
	for m, not := range map[string]string{"refuse.no_card": "consular_id", "refuse.no_card.one": "residence_proof"} {
		if len(got[m]) == 0 {
			t.Errorf("%s is not said", m)
		}
		for _, st := range got[m] {
			if strings.Contains(parts(st), not) {
				t.Errorf("%s is said of %s", m, not)
			}
		}
	}
}

// What no law forbids to ask is only not asked so far.
func TestNotAskedIsNotForbidden(t *testing.T) {
	for id, want := range map[string]string{"citykey": "never.asks", "citykey-2017": "never.asks.so_far"} {
		for _, m := range []string{"never.asks", "never.asks.so_far"} {
			if (len(saidOf(t, id, "{}", Before)[m]) > 0) != (m == want) {
				t.Errorf("%s: %s", id, m)
			}
		}
	}
}

// What the law tells the office to keep back is not left to it.
func TestClosedIsNotWithheldByChoice(t *testing.T) {
	got := saidOf(t, "colorado-labor", "{}", Before)
	if len(got["open.holder_may_withhold"]) > 0 || len(got["open.blocked_by_law"]) != 1 || !strings.Contains(parts(got["open.blocked_by_law"][0]), "ssn") {
		t.Error("Colorado's law tells the office to keep Social Security numbers back, and the notice leaves it to the office")
	}
}

// A name that is written down at the counter stays: the key fact does not say that it only may. Where nobody knows, it does.
func TestKeyFactOfTheName(t *testing.T) {
	text, err := os.ReadFile("../examples/citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	unknown := strings.NewReplacer("handling: {is: fields_extracted, source: sun-times, confidence: reported}", "handling: unknown",
		"copies: {is: [{at: clerk, kind: record}], source: sun-times, confidence: reported}", "copies: unknown").Replace(string(text))
	at := strings.Index(string(text), "  booking:\n")
	booked := string(text[:at]) + strings.Replace(string(text[at:]), "handling: unknown", "handling: {is: fields_extracted, source: sun-times, confidence: reported}", 1)
	for _, c := range []struct{ text, want string }{{string(text), "key.leftover.name"}, {unknown, "key.leftover.booking"}, {booked, "key.leftover.both"},
		{strings.ReplaceAll(booked, "items: [name, date_of_birth]", "items: [date_of_birth]"), "key.leftover.stays"}} {
		p, problems := Read("citykey.yaml", []byte(c.text))
		if problems.Failed() {
			t.Fatal(problems.Of(source.Error))
		}
		n, err := Build(p, book(t), Before, cityKeyDay)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					if strings.HasPrefix(st.Message, "key.leftover") {
						got = append(got, st.Message)
					}
				}
			}
		}
		if !slices.Equal(got, []string{c.want}) {
			t.Errorf("the key facts say %v, not %s", got, c.want)
		}
	}
}

// A court of Colorado has spoken of the state's law. No office that the law binds reads that no court has, whatever came to it.
func TestRulingOnTheLaw(t *testing.T) {
	said := saidOf(t, "colorado-labor", "demands: none", Before)
	if said["stops.verdict.disputed.ruled"] == nil || said["stops.verdict.disputed"] != nil {
		t.Error("the ruling on the state's law is passed over")
	}
}
