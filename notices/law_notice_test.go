package notices

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// cityKeyWith is CityKey's file with some of it replaced.
func cityKeyWith(t testing.TB, over string) *Program { return exampleWith(t, "citykey", over) }

// exampleWith is an example with some of its file replaced.
func exampleWith(t testing.TB, id, over string) *Program {
	t.Helper()
	text, err := os.ReadFile("../examples/" + id + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	root := parseYAML(t, text)
	overlay(root, parseYAML(t, []byte(over)))
	var out strings.Builder
	if err := writeYAML(&out, root); err != nil {
		t.Fatal(err)
	}
	p, problems := Read(id+".yaml", []byte(out.String()))
	if problems.Failed() {
		t.Fatal(problems.Of(source.Error))
	}
	return p
}

// thirdLayer lists the messages of the third layer.
func thirdLayer(t testing.TB, p *Program, book *law.Book) []string {
	t.Helper()
	n, err := Build(p, book, Before, p.Edition.AsOf.Last)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				if s.Layer == 3 {
					out = append(out, st.Message)
				}
			}
		}
	}
	return out
}

// The notice is no lawyer's catalogue: a law of the whole country is named where it may bind a holder, a paper where it can come. A law of
// the place is named in any case, because people count on it.
func TestThirdLayerNamesWhatConcerns(t *testing.T) {
	book := book(t)
	const i9 = "demand.notice_of_inspection.is"
	for _, c := range []struct {
		what, over string
		has, not   string
	}{
		{"CityKey as it is", "{}",
			"law.il-trust-act.binds law.8-usc-1373.binds law.legal-hold.binds demand.national_security_letter.is demand.vendor_demand.is demand.agreement_match.is demand.administrative_warrant.is demand.customs_summons.is paper.misused.yes ruling.here",
			"law.ferpa.binds law.hipaa-512f.binds law.dppa.binds law.irc-6103.binds law.8-usc-1367.binds law.34-usc-12291.binds demand.direct_query.is " + i9},
		{"a clinic hosts the files", "holders: {omicron: {kind: health_provider}}",
			"law.hipaa-512f.binds demand.data_broker.is", "law.ferpa.binds law.tells.before_complying"},
		{"a school runs it", "holders: {clerk: {kind: school}}", "law.ferpa.binds law.tells.before_complying", "law.hipaa-512f.binds"},
		{"an office and its workers, without a company", "", i9, "demand.vendor_demand.is demand.national_security_letter.is"},
		{"no agreement, and it is known that nothing is sold", "also_reached_by: {agreement: not_applicable, broker: not_applicable, funding_condition: applies}",
			"demand.funding_condition.is", "demand.agreement_match.is demand.data_broker.is"},
	} {
		p := cityKeyWith(t, c.over)
		if c.over == "" {
			p = exampleWith(t, "chicago-streets-sanitation", "{}")
		}
		said := thirdLayer(t, p, book)
		for _, m := range strings.Fields(c.has) {
			if !slices.Contains(said, m) {
				t.Errorf("%s: the notice does not say %s", c.what, m)
			}
		}
		for _, m := range strings.Fields(c.not) {
			if slices.Contains(said, m) {
				t.Errorf("%s: the notice says %s", c.what, m)
			}
		}
	}
}

// A ruling of later is not known; one of which only the month is known counts from the month's end.
func TestLaterRulingsAreNotSaid(t *testing.T) {
	book := book(t)
	for day, want := range map[string]string{
		"2025-06-14": "vivian-1955 peters-1988 ramirez-1990 gomez-2020",
		"2025-06-24": "vivian-1955 peters-1988 ramirez-1990 gomez-2020",
		"2025-06-25": "vivian-1955 peters-1988 ramirez-1990 gomez-2020 moss-2025",
		"2026-04-29": "vivian-1955 peters-1988 ramirez-1990 gomez-2020 moss-2025",
		"2026-04-30": "vivian-1955 peters-1988 ramirez-1990 gomez-2020 moss-2025 delaware-2026 appealed",
		"2026-06-22": "vivian-1955 peters-1988 ramirez-1990 gomez-2020 moss-2025 delaware-2026 appealed minnesota-2026",
	} {
		said := thirdLayer(t, cityKeyWith(t, "edition: {as_of: "+day+"}"), book)
		var got []string
		for _, m := range said {
			if m == "ruling.appealed" {
				got = append(got, "appealed")
			}
			id, is := strings.CutSuffix(strings.TrimPrefix(m, "law."), ".says")
			if e := book.Entry(source.ID(id)); is && e != nil && e.Kind == law.KindRuling {
				got = append(got, id)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("on %s the notice names %v, not %s", day, got, want)
		}
	}
}

// Judges who ruled on another paper have not ruled both ways on this one, and one who only sent people away has not ruled.
func TestRulingsBothWays(t *testing.T) {
	const entry = "id: %ID%\nkind: ruling\nwhere: us\ncitation: A case\nsource: {title: A page, url: unknown}\nconfidence: reported\n" +
		"checked: {on: 2024-01-01, by: a test, next: 2099-01-01}\nruling: {court: A court, decided: 2001-01-01, of: [%OF%], outcome: %OUT%, words: the words}\n"
	for _, c := range []struct{ rulings, want string }{
		{"", "ask.rulings.none"},
		{"one answer_ordered subpoena", "ask.rulings.one"},
		{"one answer_ordered subpoena, two too_early subpoena", "ask.rulings.one"},
		{"one answer_ordered subpoena, two demand_stopped judge-warrant", "ask.rulings.one"},
		{"one answer_ordered subpoena, two answer_forbidden subpoena", "ask.rulings.both"},
		{"one demand_stopped judge-warrant", "ask.rulings.none"},
	} {
		b := ruleBook(t, func(files fstest.MapFS) {
			for _, r := range strings.Split(c.rulings, ", ") {
				if f := strings.Fields(r); len(f) == 3 {
					files["book/"+f[0]+".yaml"] = &fstest.MapFile{Data: []byte(strings.NewReplacer("%ID%", f[0], "%OUT%", f[1], "%OF%", f[2]).Replace(entry))}
				}
			}
		})
		n, err := Build(cityKeyWith(t, "{}"), b, Before, cityKeyDay)
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					if strings.HasPrefix(st.Message, "ask.rulings.") {
						said += st.Message
						if st.Message == "ask.rulings.one" && len(st.Values) == 0 {
							t.Errorf("with %q the sentence leads to no ruling", c.rulings)
						}
					}
				}
			}
		}
		if said != c.want {
			t.Errorf("with %q the notice says %s, not %s", c.rulings, said, c.want)
		}
	}
}

// A law whose words nobody read never bars an answer: the row is disputed, and counts as if the law did not help.
func TestUnreadLawBarsNothing(t *testing.T) {
	const entry = `id: unread
kind: protection
where: us-il-chicago
citation: A law that nobody read
source: {title: A page, url: unknown}
confidence: %CONFIDENCE%
checked: {on: 2024-01-01, by: a test, next: 2099-01-01}
force: ordinance
topic: answering
versions:
  - id: current
    from: unknown
    words: %WORDS%
    binds: [{kind: city_agency, is: yes}]
    covers: [{what: all, is: yes}]
    blocks: [administrative, voluntary]
    forbids: %FORBIDS%
effects: [{is: in_force, on: 2000-01-01}]
`
	for _, c := range []struct {
		confidence, words, forbids string
		subpoena, worker           Barrier
		refused                    bool
	}{
		{"reported", "no office shall give", "yes", CourtFirst, BlockedByLaw, false},
		{"unverified", "no office shall give", "yes", Disputed, Disputed, false},
		{"unverified", "unknown", "undecided", Disputed, Disputed, false},
		{"unverified", "unknown", "yes", 0, 0, true},
		{"reported", "unknown", "undecided", 0, 0, true},
	} {
		text := strings.NewReplacer("%CONFIDENCE%", c.confidence, "%WORDS%", c.words, "%FORBIDS%", c.forbids).Replace(entry)
		files := fstest.MapFS{}
		shipped, err := os.ReadDir("law/book")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range shipped {
			data, err := os.ReadFile("law/book/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			files["book/"+f.Name()] = &fstest.MapFile{Data: data}
		}
		files["book/unread.yaml"] = &fstest.MapFile{Data: []byte(text)}
		b, problems := law.Open(files, "book")
		if problems.Failed() != c.refused {
			t.Errorf("%+v: the book says %v", c, problems)
		}
		if c.refused {
			continue
		}
		n, err := Build(cityKeyWith(t, "{}"), b, Before, cityKeyDay)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"stops.unverified", "laws/unread.status.unverified"} {
			says := slices.ContainsFunc(n.Sections, func(s Section) bool {
				return slices.ContainsFunc(s.Groups, func(g Group) bool {
					return slices.ContainsFunc(g.Statements, func(st Statement) bool { return st.ID == want })
				})
			})
			if says != (c.confidence == "unverified") {
				t.Errorf("%+v: the notice says %s: %v", c, want, says)
			}
		}
		rows, err := Exposures(cityKeyWith(t, "{}"), b, cityKeyDay)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[source.ID]bool{}
		for _, r := range rows {
			if r.Holder != "clerk" || r.Phase != "online/portal" || r.Item != "name" {
				continue
			}
			if want, ok := map[source.ID]Barrier{"immigration_administrative_subpoena": c.subpoena, "voluntary_sharing": c.worker}[r.Demand]; ok {
				seen[r.Demand] = true
				if r.Barrier != want {
					t.Errorf("%+v: %s is %v, want %v", c, r.Demand, r.Barrier, want)
				}
			}
		}
		if len(seen) != 2 {
			t.Errorf("%+v: rows only for %v", c, seen)
		}
	}
}

// The two routes that are state law are said wherever an office of a state is, field by field, and in no words of another state.
func TestStateRoutesAreSaid(t *testing.T) {
	book := book(t)
	for _, place := range []string{"us-ca", "us-co", "us-mi", "us-mi-washtenaw", "us-nj", "us-ny", "us-ny-nyc", "us-wa"} {
		p := exampleWith(t, "colorado-labor", "{program: {jurisdiction: "+place+"}, holders: {department: {within: "+place+"}}}")
		n, err := Build(p, book, Before, p.Edition.AsOf.Last)
		if err != nil {
			t.Fatal(err)
		}
		own := strings.TrimPrefix(place, "us-")[:2] + "_"
		open, court := 0, 0
		for _, s := range n.Sections {
			for _, g := range s.Groups {
				for _, st := range g.Statements {
					switch m := st.Message; {
					case strings.HasPrefix(m, "open."):
						open++
					case m == "ask.state_court":
						court++
					case strings.HasSuffix(m, "public_records_request.is"), strings.HasSuffix(m, "state_civil_subpoena.is"):
						if !strings.HasPrefix(m, "demand."+own) {
							t.Errorf("%s: the notice says %s", place, m)
						}
					}
				}
			}
		}
		if open == 0 || court != 1 {
			t.Errorf("%s: %d sentences on what a request opens, %d on the state court's paper", place, open, court)
		}
		covered, err := Coverage(n, p, book, p.Edition.AsOf.Last)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range covered {
			if c.Status == "missing" {
				t.Errorf("%s: %s is missing: %v", place, c.Item, c.Missing)
			}
		}
	}
}
