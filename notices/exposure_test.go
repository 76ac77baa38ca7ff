package notices

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

var cityKeyDay = source.NewDay(2025, 6, 14)

// nothingKept is CityKey's file in which an officer verified that in person, since 2024, nothing is kept: no papers, no facts, no booking,
// no logs.
func nothingKept(t testing.TB) *Program {
	t.Helper()
	text, err := os.ReadFile("../examples/citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	root := parseYAML(t, text)
	verified := func(word string) string {
		return "{is: " + word + ", confidence: verified, by: J. Ruiz, on: 2025-06-12}"
	}
	phases := [][]string{{"channels", "in_person", "phases", "1"}, {"channels", "booking", "phases", "0"}}
	for _, ph := range phases {
		asks := at(root, append(ph, "asks")...)
		for _, ask := range asks.Content {
			over := "{copies: " + verified("none") + ", backups: " + verified("none") + "}"
			if h := at(ask, "handling"); at(h, "is") == nil || at(h, "is").Value != "seen_returned" {
				over = "{handling: " + verified("not_asked") + ", copies: " + verified("none") + ", backups: " + verified("none") + "}"
			}
			overlay(ask, parseYAML(t, []byte(over)))
		}
	}
	out := &bytes.Buffer{}
	if err := writeYAML(out, root); err != nil {
		t.Fatal(err)
	}
	p, problems := Read("citykey.yaml", out.Bytes())
	if problems.Failed() {
		t.Fatal(problems.Of(source.Error))
	}
	return p
}

// The four worked rows at the end of the domain's section D, for the immigration subpoena on 14 June 2025.
func TestWorkedRows(t *testing.T) {
	p, book := cityKey(t)
	rows, err := Exposures(p, book, cityKeyDay)
	if err != nil {
		t.Fatal(err)
	}
	onlyOnce(t, rows)
	const subpoena = "immigration_administrative_subpoena"
	for _, line := range []string{
		// (1) kept online, at the Clerk: the ordinance may stop an answer, and nobody has decided
		"online/portal: foreign_passport clerk " + subpoena + " = exists, disputed (would be court_first), by P0 X5 G6 M2 M3 M4 K1",
		// (2) the same at the company: whether a company is an agent of the city is undecided
		"online/portal: foreign_passport omicron " + subpoena + " = exists, disputed (would be court_first), by P0 X5 G6 M1 M2 K1",
		// (3) looked at and given back in person; what the counter's machines keep is unconfirmed, names are written down, booking is unknown
		"in_person/2024: foreign_passport clerk " + subpoena + " = none..exists, disputed (would be court_first), by X9 G6",
		"in_person/2024: name clerk " + subpoena + " = exists, disputed (would be court_first), by X5 G6",
		"in_person/2024: date_of_birth clerk " + subpoena + " = exists, disputed (would be court_first), by X5 G6",
		"booking/getcitykey: email clerk " + subpoena + " = none..exists, disputed (would be court_first), by X3 G6",
		"booking/getcitykey: visit_time clerk " + subpoena + " = none..exists, disputed (would be court_first), by X3 G6",
		"online/portal: access_log clerk " + subpoena + " = none..exists, disputed (would be court_first), by X3 G6",
	} {
		expectRow(t, rows, line)
	}
	for _, r := range rows {
		if r.Phase == "online/portal" && r.Item == "foreign_passport" && r.Holder == "clerk" && r.Demand == subpoena &&
			!(slices.Contains(r.Disputed, "chicago-2-176") && slices.Contains(r.Disputed, "chicago-2-173-020")) {
			t.Errorf("row 1 rests on chapters 2-176 and 2-173-020, not on %v", r.Disputed)
		}
		if r.Holder == "omicron" && r.Demand == subpoena && slices.Contains(r.Laws, "chicago-2-176") {
			t.Errorf("chapter 2-176 binds the Clerk, not a company: %s %s", r.Phase, r.Item)
		}
	}

	// (4) the same, verified as not kept, by whom and when
	rows, err = Exposures(nothingKept(t), book, cityKeyDay)
	if err != nil {
		t.Fatal(err)
	}
	onlyOnce(t, rows)
	n := 0
	for _, r := range rows {
		if (r.Phase != "in_person/2024" && r.Phase != "booking/getcitykey") || r.Demand != subpoena || r.Holder == PartnerID(0) || r.Item == "emergency_contact" { // of a partner and of other people nobody knows it
			continue
		}
		n++
		if r.Existence != one(None) || r.Barrier != NothingToReach || !slices.Contains(r.Rules, "X10") || !slices.Contains(r.Rules, "G1") {
			t.Errorf("row 4: %s %s %s is %v, %v by %v", r.Phase, r.Item, r.Holder, r.Existence, r.Barrier, r.Rules)
		}
		if !slices.ContainsFunc(r.Because, func(b Reason) bool { return b.By == "J. Ruiz" && b.On.String() == "2025-06-12" }) {
			t.Errorf("row 4: %s %s does not say who verified it and when", r.Phase, r.Item)
		}
	}
	if n == 0 {
		t.Error("no row 4")
	}
}

// Every item of every phase has one row for each holder that could have it and each demand that makes rows.
func TestOneRowEach(t *testing.T) {
	p, book := cityKey(t)
	rows, err := Exposures(p, book, cityKeyDay)
	if err != nil {
		t.Fatal(err)
	}
	onlyOnce(t, rows)
	demands := map[source.ID]bool{}
	have := map[string]int{}
	for _, r := range rows {
		demands[r.Demand] = true
		have[string(r.Phase)+" "+string(r.Item)+" "+string(r.Holder)]++
	}
	for _, c := range p.channels() {
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				for _, i := range a.Items {
					if have[string(ph.id)+" "+string(i)+" clerk"] == 0 {
						t.Errorf("no row for %s %s at the custodian", ph.id, i)
					}
				}
			}
		}
	}
	for k, n := range have {
		if n != len(demands) {
			t.Errorf("%s has %d rows for %d demands", k, n, len(demands))
		}
	}
}

// The rows of `who --as json`: words of the contract only, and lists that are never null.
func TestRowJSON(t *testing.T) {
	p, book := cityKey(t)
	rows, err := Exposures(p, book, cityKeyDay)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := json.Marshal(Row{}); err != nil || !strings.Contains(string(out), `"item":"unknown"`) {
		t.Errorf("what is asked and not known: %s, %v", out, err)
	}
	for _, r := range rows[:40] {
		out, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(out), "null") {
			t.Errorf("%s", out)
		}
		var back struct {
			Existence string
			Possible  []string
			Because   []map[string]any
		}
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatal(err)
		}
		if len(back.Possible) != 2 || back.Existence == "" || back.Existence == "unknown" != (back.Possible[0] != back.Possible[1]) || len(back.Because) == 0 {
			t.Errorf("%s", out)
		}
	}
}

// A demand that may not be listed changes no statement, value or reason of a notice but places in the file; a hold that may not be named
// is never told of.
func TestSecretDemandChangesNothing(t *testing.T) {
	text, err := os.ReadFile("../examples/citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const secret = `
  - {id: sealed, may_be_listed: false, kind: grand_jury_subpoena, from: federal_prosecutor, to: clerk, dated: 2025-05-01, served: unknown, scope: group, asks: unknown, wants: unknown, answer: complied, given: all_records, court: {is: ordered, source: tribune}}
`
	_, book := cityKey(t)
	var told [2]string
	for i, s := range []string{string(text), strings.Replace(string(text), "\ncounts:\n", secret+"\ncounts:\n", 1)} {
		p, problems := Read("citykey.yaml", []byte(s))
		if problems.Failed() {
			t.Fatal(problems)
		}
		if i == 1 && len(p.Demands.Is) != 2 {
			t.Fatal("the demand was not added")
		}
		told[i] = publicFace(t, p, book)
		rows, err := Exposures(p, book, cityKeyDay)
		if err != nil {
			t.Fatal(err)
		}
		if sent := slices.ContainsFunc(rows, func(r Row) bool { return r.Existence.High == Sent }); sent != (i == 1) {
			t.Errorf("the working table: sent is %v", sent)
		}
		for _, pr := range Check(p, book, cityKeyDay) {
			if pr.Severity == source.Error {
				t.Error(pr)
			}
		}
	}
	if told[0] != told[1] {
		t.Errorf("a demand that may not be listed changed the notice: %s", firstDifference(told[0], told[1]))
	}
}

func BenchmarkBuild(b *testing.B) {
	p, book := cityKey(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(p, book, Before, cityKeyDay); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExposures(b *testing.B) {
	p, book := cityKey(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Exposures(p, book, cityKeyDay); err != nil {
			b.Fatal(err)
		}
	}
}

// large is the text of a program with 200 items of its own in 20 phases, each with one to three holders: about as much as a file can hold.
func large(t testing.TB) *Program {
	t.Helper()
	base, err := os.ReadFile("testdata/rules/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	holders := []string{"{at: clerk, kind: record}", "{at: host, kind: hosted}", "{at: cloud, kind: backup}"}
	var items, phases strings.Builder
	classes := []string{"identity_doc", "biographic", "contact", "status", "metadata"}
	for ph := range 20 {
		fmt.Fprintf(&phases, "\n      - {id: p%d, from: 20%02d-01-01, to: 20%02d-12-31, rule: chicago-2-176@2017-04-19, confirm: none, asks: [", ph, ph+1, ph+1)
		for i := range 10 {
			n := 10*ph + i
			fmt.Fprintf(&items, "\n  i%d: {name: I%d, class: %s, proxy_for_status: no}", n, n, classes[n%len(classes)])
			fmt.Fprintf(&phases, "{items: [i%d], need: required, refuse: unknown, why: unknown, handling: stored, copies: [%s], backups: unknown, retention: files, type_recorded: unknown}, ",
				n, strings.Join(holders[:1+n%3], ", "))
		}
		phases.WriteString("]}")
	}
	return laidOver(t, string(base), "with: [host, cloud]\ndemand: {kind: immigration_administrative_subpoena}\nchannels:\n  web:\n    phases:"+phases.String()+"\nitems:"+items.String()+"\n")
}

func BenchmarkExposuresLarge(b *testing.B) {
	_, book := cityKey(b)
	p := large(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Exposures(p, book, cityKeyDay); err != nil {
			b.Fatal(err)
		}
	}
}

// The budget of the design, in what does not depend on the machine.
func TestBuildAllocations(t *testing.T) {
	p, book := cityKey(t)
	most := func(name string, limit float64, f func() error) {
		t.Helper()
		n := testing.AllocsPerRun(5, func() {
			if err := f(); err != nil {
				t.Fatal(err)
			}
		})
		if raceEnabled {
			limit *= 1.1 // the detector has its own
		}
		if n > limit {
			t.Errorf("%s takes %.0f allocations; at most %.0f", name, n, limit)
		}
	}
	most("Build", 5600, func() error { _, err := Build(p, book, Before, cityKeyDay); return err })
	most("Exposures", 1000, func() error { _, err := Exposures(p, book, cityKeyDay); return err })
}
