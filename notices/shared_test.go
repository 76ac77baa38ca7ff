package notices

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestRemarks cuts remarks off lines, and nothing else.
func TestRemarks(t *testing.T) {
	for line, want := range map[string]string{
		"  period: 7 years   # counsel: not before May": "period: 7 years",
		`  name: "Room #4 # east" # note`:               `name: "Room #4 # east"`,
		"  name: Room#4":                                "name: Room#4",
		"# all of it":                                   "",
		`  name: it's # here`:                           `name: it's`,
		`  name: "a \" # b" # c`:                        `name: "a \" # b"`,
		`  x: 'a' # it's`:                               `x: 'a'`,
	} {
		if got := withoutRemark(line); got != want {
			t.Errorf("%q gave %q, want %q", line, got, want)
		}
	}
}

// TestShared looks for a demand that may not be listed in what leaves the office, also where another one shares its line.
func TestShared(t *testing.T) {
	text, err := os.ReadFile("../examples/citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, book := cityKey(t)
	const sealed = "{id: sealed, may_be_listed: false, kind: grand_jury_subpoena, from: federal_prosecutor, to: clerk, dated: 2025-05-01, served: unknown, scope: group, asks: unknown, wants: unknown, answer: complied, given: all_records, court: unknown}"
	open := strings.Replace(strings.ReplaceAll(sealed, "sealed", "open"), "false", "true", 1)
	var told [2]string
	for i, s := range []string{"\n  - " + open + "\n", "\n  [" + open + ", " + sealed + "]\n"} {
		before, rest, _ := strings.Cut(string(text), "\ndemands:\n")
		_, after, _ := strings.Cut(rest, "\ncounts:\n")
		p, problems := Read("citykey.yaml", []byte(before+"\ndemands:"+s+"\ncounts:\n"+after))
		if problems.Failed() {
			t.Fatal(problems)
		}
		quotes, hidden := p.Quotes(), 0
		for n := 1; n < 1000; n++ {
			if strings.Contains(quotes(n), "sealed") {
				t.Errorf("line %d is quoted: %s", n, quotes(n))
			}
			if strings.Contains(p.Doc.Line(n), "may_be_listed") && quotes(n) == "" {
				hidden++
			}
		}
		if hidden != i {
			t.Errorf("%d lines are hidden of file %d", hidden, i)
		}
		if all, shared := len(Questions(p)), len(SharedQuestions(p)); (all > shared) != (i == 1) {
			t.Errorf("%d of %d questions are shared", shared, all)
		}
		rows, err := SharedExposures(p, book, cityKeyDay)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			told[i] += fmt.Sprintln(r.Phase, r.Item, r.Holder, r.Demand, r.Existence, r.Barrier, r.WouldBe, r.Told, r.Select)
		}
	}
	if told[0] != told[1] || told[0] == "" {
		t.Error("the shared table shows a demand that may not be listed")
	}
}
