package notices

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/source"

	"pgregory.net/rapid"
)

// Whatever changes, the notice of it can be made: each statement has reasons, groups hold at most three sentences, ids are unique, the
// key facts have a room of their own, and no message is asked for that no language has.
func TestPropertyBuildChanged(t *testing.T) {
	book := ruleBook(t)
	ids := map[string]bool{}
	for _, id := range MessageIDs(book) {
		ids[id] = true
	}
	rapid.Check(t, func(t *rapid.T) {
		g := drawProgram(t)
		h := vary(t, g)
		if rapid.Bool().Draw(t, "a demand came") {
			h.addDemand(t, "later", true)
		}
		n, err := BuildChanged(Side{g.load(t), book, ruleDay}, Side{h.load(t), book, ruleDay})
		if err != nil {
			t.Fatal(err)
		}
		if n.Sections[0].ID != "key_facts" || n.Sections[1].ID != "changed" || n.Sections[2].ID != "choices" {
			t.Fatal("the key facts, what changed and the choices come first")
		}
		for id := range n.sayable {
			if !ids[id] && !strings.HasPrefix(id, "demand.") && !strings.HasPrefix(id, "law.") && !strings.HasPrefix(id, "language.") {
				t.Fatalf("no language has the message %s", id)
			}
		}
		seen := map[string]bool{}
		for _, s := range n.Sections {
			for _, grp := range s.Groups {
				if len(grp.Statements) == 0 || len(grp.Statements) > 3 {
					t.Fatalf("%d statements in a group of %s", len(grp.Statements), s.ID)
				}
				for _, st := range grp.Statements {
					if seen[st.ID] || len(st.Because) == 0 {
						t.Fatalf("%s: twice, or without a reason", st.ID)
					}
					seen[st.ID] = true
				}
			}
		}
	})
}

// face2 is all that the notice of a change tells, without places in the files.
func face2(t *testing.T, old, new Side) string {
	t.Helper()
	n, err := BuildChanged(old, new)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				out = append(out, s.ID+" "+plainValues(s.Values)+" "+g.Heading+" "+plainStatement(st))
				for _, r := range st.Because {
					r.Pos = source.Pos{}
					out = append(out, fmt.Sprintf("    %+v", r))
				}
			}
		}
	}
	return strings.Join(out, "\n")
}

// A demand that may not be listed changes no byte of the notice, whether it came, moved or went.
func TestHiddenDemandChangesNoNotice(t *testing.T) {
	base, err := os.ReadFile("testdata/rules/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	book := ruleBook(t)
	demand := "{id: open, may_be_listed: true, kind: subpoena, from: ice, to: clerk, dated: 2025-04-01, served: unknown, scope: group, asks: unknown, wants: unknown, answer: declined, given: unknown, court: none}"
	hidden := func(answer, court string) string {
		return "{id: hidden, may_be_listed: false, kind: subpoena, from: ice, to: clerk, dated: 2025-05-01, served: unknown, scope: group, asks: unknown, wants: unknown, answer: " + answer + ", given: unknown, court: " + court + "}"
	}
	list := func(d ...string) *Program {
		return laidOver(t, string(base), "demands: {is: ["+strings.Join(d, ", ")+"]}")
	}
	plain, quiet, loud := list(demand), list(demand, hidden("declined", "none")), list(demand, hidden("complied", "ordered"))
	want := face2(t, Side{plain, book, ruleDay}, Side{plain, book, ruleDay})
	for i, pair := range [][2]*Program{{plain, quiet}, {plain, loud}, {quiet, loud}, {loud, quiet}, {loud, plain}} {
		if got := face2(t, Side{pair[0], book, ruleDay}, Side{pair[1], book, ruleDay}); got != want {
			t.Errorf("pair %d: %s", i, firstDifference(want, got))
		}
	}
	staff, err := StaffChanges(Side{quiet, book, ruleDay}, Side{loud, book, ruleDay})
	if err != nil || staff.Is != Worse {
		t.Errorf("the working table sees it: %v, %v", staff.Is, err)
	}
}

// What got worse is said as worse, and in the part of those whom it is about.
func TestChangedSaysWhatIsWorse(t *testing.T) {
	base, err := os.ReadFile("testdata/rules/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	book := ruleBook(t)
	old := laidOver(t, string(base), "line: {need: optional}")
	for facts, want := range map[string][]string{
		"retention: {files: {period: permanent}}":                                                    {"change.part.worse", "change.how_long.worse", "change.again.worse", "change.key.worse", "change.all.worse"},
		"retention: {files: {period: 90 days}}\nline: {need: optional}":                              {"change.part.better", "change.how_long.better", "change.again.news", "change.key.better", "change.all.better"},
		"program: {gives: Another card}\nline: {need: optional}":                                     {"change.part.everyone", "change.words.wording_only", "change.again.nobody", "change.key.same", "change.all.wording_only"},
		"line: {need: optional}":                                                                     {"change.part.same", "change.again.nobody", "change.key.same", "change.all.same"},
		"line: {need: required}":                                                                     {"change.part.worse", "need.required"},
		"program: {status: {is: ended, since: unknown}}\nline: {need: optional}":                     {"change.part.unclear", "part.closed.ended", "part.closed.kept", "change.key.unclear", "change.all.unclear"},
		"line: {need: optional, backups: unknown}":                                                   {"change.spare.worse"},
		"line: {need: optional, items: [photo, wages]}":                                              {"change.asked.worse"},
		"holds: [{from: 2025-05-01, to: open, reason: audit, public: true}]\nline: {need: optional}": {"change.hold.worse"},
	} {
		n, err := BuildChanged(Side{old, book, ruleDay}, Side{laidOver(t, string(base), facts), book, ruleDay})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for id := range n.sayable {
			got = append(got, id)
		}
		for _, id := range want {
			if !slices.Contains(got, id) {
				t.Errorf("%s: nobody says %s", facts, id)
			}
		}
		if !slices.Contains(want, "change.all.worse") && strings.Contains(want[0], "better") && slices.Contains(got, "change.part.worse") {
			t.Errorf("%s: said as worse", facts)
		}
	}
}

// FuzzChanges holds a sound file against what becomes of it when a few characters change: whatever that is, it can be compared both ways and
// told, what is worse one way is never the same the other way, and nothing is worse and the old words hold.
func FuzzChanges(f *testing.F) {
	base, err := os.ReadFile("testdata/broken/base.yaml")
	if err != nil {
		f.Fatal(err)
	}
	at := func(s string) uint16 { return uint16(strings.Index(string(base), s)) }
	f.Add(at("handling: stored")+10, uint8(6), "forwarded")
	f.Add(at("7 years"), uint8(7), "unknown")
	f.Add(at("status: {is: active}")+12, uint8(6), "ended, since: unknown")
	f.Add(at("answer: declined")+8, uint8(8), "complied")
	f.Fuzz(func(t *testing.T, from uint16, gone uint8, put string) {
		i := min(int(from), len(base))
		j := min(i+int(gone), len(base))
		p, problems := Read("base.yaml", base)
		q, more := Read("base.yaml", append(append(append([]byte(nil), base[:i]...), put...), base[j:]...))
		day := onThatDay(t)
		if problems.Failed() || q == nil || more.Failed() || Check(q, book(t), day).Failed() {
			return
		}
		old, new := Side{p, book(t), day}, Side{q, book(t), day}
		there, err := StaffChanges(old, new)
		if other := (*ErrOtherProgram)(nil); errors.As(err, &other) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		back, err := StaffChanges(new, old)
		if err != nil {
			t.Fatal(err)
		}
		if there.Is.rank() > WordingOnly.rank() && back.Is.rank() <= WordingOnly.rank() {
			t.Fatalf("%s one way, %s the other", there.Is, back.Is)
		}
		for _, ph := range there.Phases {
			for _, c := range append(slices.Clone(ph.Changes), there.Everyone...) {
				if c.Is == Worse && (there.OldWordsHold() || ph.Is != Worse) {
					t.Fatalf("%s is worse, and the old words hold", c.Code)
				}
			}
		}
		if _, err := BuildChanged(old, new); err != nil {
			t.Fatal(err)
		}
	})
}
