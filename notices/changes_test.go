package notices

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	"pgregory.net/rapid"
)

// Pairs of programs and what Changes says of them: testdata/changes/*.txt are cases that a lawyer can read. A case is
//
//	== in plain words
//	facts of the older file, laid over testdata/rules/base.yaml as the cases of rules_test.go are
//	->
//	what is otherwise in the newer one
//	--
//	on 2025-01-01 2025-06-14                    the two days; left out: the edition's, twice
//	web/now = worse, by kept worse, spare better    all that changed of this phase, besides wording of everyone; `new`, `new against P`, `gone`
//	all = worse                                 all in all
//	everyone cost worse                         a change that is not of one phase
//	tell web/now applied                        one of those who must be told; or: tell nobody
//	staff web/now = worse, by demand_came worse hidden    the working table; hidden: it may not be told
func TestChanges(t *testing.T) {
	base, err := os.ReadFile("testdata/rules/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/changes/*.txt")
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	book := ruleBook(t)
	seen := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range strings.Split("\n"+string(text), "\n== ")[1:] {
			title, rest, _ := strings.Cut(c, "\n")
			t.Run(title, func(t *testing.T) {
				facts, want, ok := strings.Cut("\n"+rest, "\n--\n")
				older, newer, two := strings.Cut(facts, "\n->")
				if !ok || !two {
					t.Fatal("a case has -> and --")
				}
				oldText := layered(t, string(base), older)
				read := func(name, text string) *Program {
					p, problems := Read(name, []byte(text))
					if problems.Failed() {
						t.Fatalf("%v\n%s", problems.Of(source.Error), text)
					}
					return p
				}
				old := Side{read("old.yaml", oldText), book, ruleDay}
				new := Side{read("new.yaml", layered(t, oldText, newer)), book, ruleDay}
				if strings.TrimSpace(newer) == "" {
					new.Program = old.Program
				}
				expectChanges(t, old, new, want, seen)
			})
		}
	}
	for _, code := range strings.Fields("kept kept_known sent asked holder contract found need how_long spare at_end erase hold barrier ordered told demand_came court answer step closed ended new_way gone_way rule_kept law_stopped law_challenged words other cost") {
		if !seen[code] {
			t.Errorf("no case is about %s", code)
		}
	}
}

func expectChanges(t *testing.T, old, new Side, want string, seen map[string]bool) {
	t.Helper()
	for line := range strings.Lines(want) {
		if days, ok := strings.CutPrefix(strings.TrimSpace(line), "on "); ok {
			f := strings.Fields(days)
			old.On, _ = source.ParseDay(f[0])
			new.On, _ = source.ParseDay(f[1])
		}
	}
	ch, err := Changes(old, new)
	if err != nil {
		t.Fatal(err)
	}
	staff, err := StaffChanges(old, new)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for line := range strings.Lines(want) {
		line = strings.TrimSpace(line)
		f := strings.Fields(line)
		switch {
		case line == "" || line[0] == '#' || f[0] == "on":
		case f[0] == "all":
			if string(ch.Is) != f[2] {
				t.Errorf("all is %s, want %s", ch.Is, f[2])
			}
		case f[0] == "everyone":
			if !slices.ContainsFunc(ch.Everyone, func(c Change) bool { return c.Code == f[1] && string(c.Is) == f[2] }) {
				t.Errorf("no %s for everyone in %v", line, codesOf(ch.Everyone, false))
			}
			seen[f[1]] = true
		case line == "tell nobody":
			if len(ch.Tell) > 0 {
				t.Errorf("told: %v", ch.Tell)
			}
		case f[0] == "tell":
			told++
			if !slices.ContainsFunc(ch.Tell, func(x Tell) bool { return string(x.Phase) == f[1] && x.Who == f[2] }) {
				t.Errorf("not told: %s, but %v", line, ch.Tell)
			}
		default:
			of, line, hidden := ch, line, false
			if rest, ok := strings.CutPrefix(line, "staff "); ok {
				of, line, hidden = staff, rest, true
			}
			expectPhase(t, of, line, hidden, seen)
		}
	}
	for _, list := range [][]PhaseChange{ch.Phases, staff.Phases} {
		for _, ph := range list {
			for _, c := range ph.Changes {
				if len(c.Was) == 0 || len(c.Now) == 0 {
					t.Errorf("%s %s has no reasons of both files", ph.Phase, c.Code)
				}
			}
		}
	}
}

var wantPhase = regexp.MustCompile(`^(\S+) = (\w+)(?:, (new|gone)(?: against (\S+))?)?(?:, by (.*))?$`)

func expectPhase(t *testing.T, ch *Changed, line string, hidden bool, seen map[string]bool) {
	t.Helper()
	m := wantPhase.FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("cannot read %q", line)
	}
	for _, ph := range ch.Phases {
		if string(ph.Phase) != m[1] {
			continue
		}
		var by []string
		for _, s := range strings.Split(m[5], ", ") {
			if s != "" {
				by = append(by, s)
				seen[strings.Fields(s)[0]] = true
			}
		}
		got := codesOf(ph.Changes, hidden)
		for _, e := range ch.Everyone {
			if s := e.Code + " " + string(e.Is); e.Code == "other" && slices.Contains(by, s) && !slices.Contains(got, s) {
				got = append(got, s) // what nothing explains is said for everyone
			}
		}
		slices.Sort(by)
		slices.Sort(got)
		if string(ph.Is) != m[2] || !slices.Equal(by, got) || m[3] != "" && ph.In != m[3] || m[4] != "" && string(ph.Against) != m[4] {
			t.Errorf("want %s\n got %s, %s against %s, by %v; for everyone %+v", line, ph.Is, ph.In, ph.Against, got, ch.Everyone)
		}
		return
	}
	t.Errorf("no phase for %s", line)
}

func codesOf(list []Change, hidden bool) []string {
	var out []string
	for _, c := range list {
		s := c.Code + " " + string(c.Is)
		if hidden && !c.Public {
			s += " hidden"
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func TestEnds(t *testing.T) {
	for _, c := range []struct {
		old, new ends
		want     Shift
		why      string
	}{
		{ends{1, 2}, ends{1, 2}, Same, ""},
		{ends{0, 2}, ends{2, 2}, Worse, "narrowed to the bad end"},
		{ends{0, 2}, ends{0, 0}, Better, "narrowed to the good end"},
		{ends{1, 1}, ends{0, 2}, Worse, "both ends moved apart"},
		{ends{0, 2}, ends{1, 1}, Unclear, "known now, between the ends"},
		{ends{2, 2}, ends{0, 2}, Unclear, "not known any more"},
		{ends{0, 1}, ends{1, 2}, Worse, "both ends moved to the bad"},
		{ends{1, 2}, ends{0, 1}, Better, "both ends moved to the good"},
		{ends{0, 1}, ends{0, 2}, Worse, "could be worse now"},
	} {
		if got := c.old.to(c.new); got != c.want {
			t.Errorf("%v to %v (%s) is %s, want %s", c.old, c.new, c.why, got, c.want)
		}
	}
}

// changed2 compares two generated programs on the day of the rules.
func changed2(t *rapid.T, old, new *Program, book *law.Book) *Changed {
	ch, err := Changes(Side{old, book, ruleDay}, Side{new, book, ruleDay})
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

// A program held against itself is the same in everything.
func TestPropertyChangesOfNothing(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgram(t).load(t)
		ch := changed2(t, p, p, book)
		if ch.Is != Same || len(ch.Tell) > 0 || !ch.OldWordsHold() {
			t.Fatalf("%+v", ch)
		}
		for _, ph := range ch.Phases {
			for _, c := range ph.Changes {
				if c.Is != Same {
					t.Fatalf("%s: %+v", ph.Phase, c)
				}
			}
		}
	})
}

// vary gives a program in which some facts are drawn again.
func vary(t *rapid.T, g *generated) *generated {
	h := g.clone()
	for _, at := range sortedKeys(h.value) {
		slot := at[strings.LastIndexAny(at, "./")+1:]
		if _, ok := slots[slot]; ok && slot != "from" && slot != "to" && slot != "copies" && rapid.IntRange(0, 4).Draw(t, at+" again") == 0 {
			h.value[at] = drawFact(t, slot, at+" new")
		}
	}
	return h
}

// Swapping old and new swaps better and worse: what got better is worse the other way round; what got worse is better, or unclear where
// nobody knows any more. And something changed one way where it changed the other.
func TestPropertyChangesSwap(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		g := drawProgram(t)
		p, q := g.load(t), vary(t, g).load(t)
		there, back := changed2(t, p, q, book), changed2(t, q, p, book)
		type at struct {
			phase PhaseID
			part  string
		}
		collect := func(ch *Changed) map[at]Shift {
			out := map[at]Shift{}
			for _, ph := range ch.Phases {
				for _, c := range ph.Changes {
					items := c.Items
					if len(items) == 0 {
						items = []source.ID{""}
					}
					demands := c.Demands
					if len(demands) == 0 {
						demands = []source.ID{""}
					}
					for _, i := range items {
						for _, d := range demands {
							// what a change is called may differ: a barrier that a court ordered away is called ordered, and comes back as a barrier
							code := map[string]string{"ordered": "barrier", "paused": "barrier", "kept_known": "kept", "sent": "kept"}[c.Code]
							if code == "" {
								code = c.Code
							}
							named := c.Law
							if code == "rule" {
								named = "" // of the newer side
							}
							k := at{ph.Phase, strings.Join([]string{code, string(i), string(c.Holder), string(d), string(named), string(c.Event), string(c.Channel), strings.Join(c.Words, " ")}, "|")}
							out[k] = c.Is
						}
					}
				}
			}
			return out
		}
		a, b := collect(there), collect(back)
		for k, is := range a {
			other, ok := b[k]
			if strings.HasPrefix(k.part, "holder|") || strings.HasPrefix(k.part, "law_") {
				continue // named by what it came to
			}
			if is == Same {
				continue // said because people would ask
			}
			switch {
			case !ok:
				t.Fatalf("%v is %s, and nothing the other way round", k, is)
			case is == Better && other != Worse, is == Unclear && other == Better, is == Worse && other != Better && other != Unclear && other != Worse:
				t.Fatalf("%v is %s, and %s the other way round", k, is, other)
			case is == Worse && other == Worse && !strings.HasPrefix(k.part, "kept|"):
				t.Fatalf("%v is worse both ways", k)
			}
		}
	})
}

// Adding a copy, a holder, a demand or a longer time never makes anything better, and never lets the old words hold where a phase changed.
func TestPropertyMoreIsNotBetter(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		g := drawProgram(t)
		h := g.clone()
		switch rapid.SampledFrom([]string{"copy", "holder", "period", "demand", "backup"}).Draw(t, "more") {
		case "copy":
			if len(h.lines) == 0 {
				return
			}
			at := rapid.SampledFrom(h.lines).Draw(t, "line")
			if h.value[at+".copies"] == "unknown" || h.value[at+".copies"] == "verified" {
				h.value[at+".copies"] = "listed"
			}
			h.copies[at] = append(h.copies[at], "{at: clerk, kind: record}")
		case "holder":
			h.extra = true
		case "period":
			h.value["period"] = "permanent"
		case "demand":
			h.addDemand(t, "more", false)
		case "backup":
			for _, at := range h.lines {
				h.value[at+".backups"] = "indefinite"
			}
		}
		ch := changed2(t, g.load(t), h.load(t), book)
		for _, ph := range ch.Phases {
			for _, c := range ph.Changes {
				if c.Is == Better {
					t.Fatalf("%s got better: %+v\n%s", ph.Phase, c, h.yaml())
				}
			}
		}
	})
}
