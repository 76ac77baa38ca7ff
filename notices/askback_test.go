package notices

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	"pgregory.net/rapid"
)

// sevenQuestions are the questions, in order; the first has other words where a way takes no papers.
var sevenQuestions = w(`kept long who court next fewer erase`)

// asked is a sheet of questions: the statements of each answer, by question.
func asked(t testing.TB, p *Program, book *law.Book, on source.Day) (questions map[string]Statement, answers map[string][]Statement) {
	t.Helper()
	n, err := Build(p, book, AskBack, on)
	if err != nil {
		t.Fatal(err)
	}
	questions, answers = map[string]Statement{}, map[string][]Statement{}
	var order []string
	for _, s := range n.Sections {
		if s.ID != "ask_questions" {
			continue
		}
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				is := ""
				for _, c := range st.Claims {
					if q, ok := strings.CutPrefix(c.About, "ask/"); ok && c.Item == "C29" && slices.Contains(sevenQuestions, q) {
						is = q
					}
				}
				switch {
				case is != "":
					order, questions[is] = append(order, is), st
				case st.Message == "askback.again" || st.Message == "askback.mend":
				default:
					answers[order[len(order)-1]] = append(answers[order[len(order)-1]], st)
				}
			}
		}
	}
	if !slices.Equal(order, sevenQuestions) {
		t.Fatalf("the questions are %v", order)
	}
	for _, q := range order {
		if len(answers[q]) == 0 {
			t.Fatalf("nobody answers %s", q)
		}
	}
	return questions, answers
}

func paths(because []Reason) []string {
	var out []string
	for _, r := range because {
		out = append(out, r.Path+string(r.Law))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// base is a message without the words for other people.
func base(message string) string {
	for _, as := range []string{".employees", ".people_in_records", ".not_applied", ".from_others"} {
		message = strings.TrimSuffix(message, as)
	}
	return message
}

// agrees holds the answers against the notice before: the same fact has the same sentence, or one that claims the same, for the same reasons.
func agrees(t testing.TB, p *Program, book *law.Book, on source.Day) {
	t.Helper()
	before, err := Build(p, book, Before, on)
	if err != nil {
		t.Fatal(err)
	}
	said, claimed := map[string]Statement{}, map[Claim]Statement{}
	for _, s := range before.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				said[st.ID] = st
				for _, c := range st.Claims {
					claimed[c] = st
				}
			}
		}
	}
	same := func(question string, st Statement) {
		o, ok := said[st.ID]
		if !ok || plainStatement(o) != plainStatement(st) || !slices.Equal(paths(o.Because), paths(st.Because)) {
			t.Errorf("%s: %s is not as the notice has it:\n%s %v\n%s %v", question, st.ID, plainStatement(st), paths(st.Because), plainStatement(o), paths(o.Because))
		}
	}
	questions, answers := asked(t, p, book, on)

	// what is kept: as the part of that way says first
	first := answers["kept"][0]
	part, ok := claimed[first.Claims[0]]
	if !ok || first.Claims[0].Item != "C01" {
		t.Fatalf("the notice says nothing of %v", first.Claims)
	}
	want := map[string]string{"part.keeps": "askback.a.kept", "part.returns": "askback.a.returned", "part.unknown": "askback.a.kept_unknown", "part.nothing": "part.nothing"}[base(part.Message)]
	if questions["kept"].Message == "section.kept" && want == "askback.a.kept" {
		want = part.Message
	}
	if first.Message != want || !slices.Equal(paths(first.Because), paths(part.Because)) {
		t.Errorf("%s: the notice says %s %v, and the answer is %s %v", first.ID, part.Message, paths(part.Because), first.Message, paths(first.Because))
	}
	way := strings.TrimPrefix(first.Claims[0].About, "part/")
	left, some := claimed[Claim{"C06", "key/" + way}]
	switch more := answers["kept"][1:]; {
	case len(more) > 1, (len(more) == 1) != some:
		t.Errorf("%s: what may stay: %v, and the notice has %q", way, more, left.Message)
	case some && !slices.Equal(paths(more[0].Because), paths(left.Because)):
		t.Errorf("%s: what may stay has the reasons %v and %v", way, paths(more[0].Because), paths(left.Because))
	}
	if v := plainValues(questions["kept"].Values); v != plainValues([]Value{text("part", p.Channels[source.ID(way)].Name)}) {
		t.Errorf("the question about %s has beside it%s", way, v)
	}

	// how long: as in the key facts, or of each series; where the key facts say nothing of it, no series is said otherwise
	for _, st := range answers["long"] {
		if _, key := said[st.ID]; key || !strings.HasPrefix(st.Message, "key.long.") {
			same("long", st)
			continue
		}
		for id, r := range p.Retention {
			if o := claimed[Claim{"C02", "series/" + string(id)}]; st.Message == "key.long.known" && slices.Contains(paths(st.Because), r.Period.Path) && o.Message != "long.known" {
				t.Errorf("%s is known in the answer, and the notice says %s", id, o.Message)
			}
		}
	}
	for _, q := range []string{"who", "next", "fewer"} {
		for _, st := range answers[q] {
			same(q, st)
		}
	}
	if a, o := answers["court"], said["ask.no_court"]; len(a) != 1 || a[0].Message != "askback.a.court" || !slices.Equal(paths(a[0].Because), paths(o.Because)) || len(o.Because) == 0 {
		t.Errorf("court: %v", a)
	}

	// erasing: under the right to it
	right, ok := claimed[Claim{"C33", "right/delete"}]
	word := "unknown"
	if ok {
		word = strings.TrimPrefix(right.Message, "past.can.")
	}
	a := answers["erase"]
	if a[0].Message != "askback.a.erase."+word || ok && !subset(paths(a[0].Because), paths(right.Because)) {
		t.Errorf("erase: the answer is %s, and the notice says %q", a[0].Message, right.Message)
	}
	for _, st := range a[1:] {
		same("erase", st)
		if ok {
			t.Errorf("erase: %s stands beside an answer", st.ID)
		}
	}
}

func subset(a, of []string) bool {
	return !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(of, s) })
}

// TestAskBackAgrees holds the sheet of each example, and of the programs of the tests, against the notice before.
func TestAskBackAgrees(t *testing.T) {
	_, book := cityKey(t)
	for _, dir := range []string{"../examples", "testdata"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".yaml") {
				continue
			}
			p, problems := Load(os.DirFS(dir), e.Name())
			if problems.Failed() {
				continue
			}
			own, problems := book.With(os.DirFS(dir), strings.TrimSuffix(e.Name(), ".yaml")+"/law")
			if problems.Failed() {
				t.Fatal(problems)
			}
			n++
			t.Run(e.Name(), func(t *testing.T) { agrees(t, p, own, p.Edition.AsOf.Last) })
		}
		if n == 0 {
			t.Errorf("no program in %s", dir)
		}
	}
}

// TestPropertyAskBackAgrees does the same with generated programs.
func TestPropertyAskBackAgrees(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(rt *rapid.T) {
		yaml := drawProgram(rt).yaml()
		for _, more := range [][]string{ // what the skeleton of these programs leaves unknown, and the answers rest on
			{"alternatives: unknown", "alternatives: {is: none, source: page, confidence: reported}", "alternatives: [{instead_of: web, use: desk, wait: unknown, where: unknown, next: unknown, costs: unknown}]",
				"alternatives: [{instead_of: desk, use: web, wait: unknown, where: unknown, next: unknown, costs: unknown}]"},
			{"delete_it: unknown", "delete_it: {is: no, source: page}", "delete_it: not_applicable", "delete_it: {is: no, source: page, but: [{is: unknown, source: page}]}"},
			{"early_deletion: unknown", "early_deletion: forbidden", "early_deletion: needs_approval, approval_by: unknown"},
		} {
			yaml = strings.Replace(yaml, more[0], rapid.SampledFrom(more).Draw(rt, more[0]), 1)
		}
		if to := rapid.SampledFrom([]string{"", "unknown", "2 years"}).Draw(rt, "second series"); to != "" { // of the first line, where there is one
			yaml = strings.Replace(yaml, "retention: files, type", "retention: other, type", 1)
			yaml = strings.Replace(yaml, "\nendings:", "\n  other: {period: "+to+", from: applied, schedule: unknown, early_deletion: unknown, who_may_change: unknown, at_end: unknown}\nendings:", 1)
		}
		p, problems := Read("generated.yaml", []byte(yaml))
		if problems.Failed() {
			rt.Fatalf("%v\n%s", problems.Of(source.Error), yaml)
		}
		agrees(t, p, book, ruleDay)
		if n, err := Build(p, book, AskBack, ruleDay); err != nil {
			rt.Fatal(err)
		} else if cov, err := Coverage(n, p, book, ruleDay); err != nil {
			rt.Fatal(err)
		} else if i := slices.IndexFunc(cov, func(c Covered) bool { return c.Status == "missing" }); i >= 0 {
			rt.Fatalf("%s is missing: %v\n%s", cov[i].Item, cov[i].Missing, yaml)
		}
		if t.Failed() {
			rt.Fatalf("%s", yaml)
		}
	})
}

// changedFile gives CityKey with some of its text otherwise.
func changedFile(t testing.TB, pairs ...string) *Program {
	t.Helper()
	p, book := cityKey(t)
	text := string(p.Doc.Bytes())
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("the example has no %q", pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	q, problems := Read("citykey.yaml", []byte(text))
	if problems.Failed() {
		t.Fatal(problems.Of(source.Error))
	}
	for _, pr := range Check(q, book, cityKeyDay) {
		if pr.Severity == source.Error {
			t.Error(pr)
		}
	}
	return q
}

// TestAskBackAnswers: the right answer changes with the fact, and with nothing else.
func TestAskBackAnswers(t *testing.T) {
	_, book := cityKey(t)
	messages := func(p *Program) map[string]string {
		_, answers := asked(t, p, book, cityKeyDay)
		out := map[string]string{}
		for q, sts := range answers {
			for _, st := range sts {
				out[q] += st.Message + " "
			}
		}
		return out
	}
	plain := messages(changedFile(t))
	if plain["kept"] != "askback.a.kept " || plain["erase"] != "askback.a.erase.no " || !strings.HasPrefix(plain["fewer"], "do.way.in_person key.seen.in_person key.leftover") {
		t.Fatalf("%v", plain)
	}
	for change, want := range map[[2]string][2]string{
		{"delete_it: {is: no, law: il-local-records-act}", "delete_it: unknown"}:                                                      {"erase", "askback.a.erase.unknown "},
		{"delete_it: {is: no, law: il-local-records-act}", "delete_it: {is: no, source: tribune, but: [{is: yes, source: tribune}]}"}: {"erase", "askback.a.erase.unknown "},
	} {
		got := messages(changedFile(t, change[0], change[1]))
		if got[want[0]] != want[1] {
			t.Errorf("%s: %q", change[1], got[want[0]])
		}
		got[want[0]] = plain[want[0]]
		if !maps.Equal(got, plain) {
			t.Errorf("%s changes other answers: %v", change[1], got)
		}
	}
	// What came of a demand changes no answer about the next one.
	for _, e := range []string{"answer: ordered, court: {is: ordered, source: tribune}", "answer: declined, court: {is: stayed, source: tribune}", "answer: complied, court: none"} {
		p, _ := received(t, "\n  - "+event("id: one, dated: 2025-05-01, kind: immigration_administrative_subpoena, "+e))
		if got := messages(p); !maps.Equal(got, plain) {
			t.Errorf("%s: %v", e, got)
		}
	}
}

// TestUntestedUntilAResult: before and the sheet say that no readers have tested the page until a result stands in the file.
func TestUntestedUntilAResult(t *testing.T) {
	_, book := cityKey(t)
	for value, want := range map[string]string{
		"none":    "about.untested",
		"unknown": "about.tested.unknown",
		"\n  - {people: 8, first: 2, second: 6, language: es, on: 2025-06-10}": "about.tested",
	} {
		p := changedFile(t, "\nreaders_test: none\n", "\nreaders_test: "+value+"\n")
		for _, kind := range []Kind{Before, AskBack} {
			n, err := Build(p, book, kind, cityKeyDay)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, said := range inSections(n, "about") {
				for _, m := range said {
					if strings.HasPrefix(m, "about.tested") || m == "about.untested" {
						got = append(got, m)
					}
				}
			}
			if !slices.Equal(got, []string{want}) {
				t.Errorf("%s, readers_test: %s: %v", kind, value, got)
			}
		}
	}
}
