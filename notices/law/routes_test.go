package law

import (
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// The routes that are state law: in each place within a state, exactly one records request and one paper of a state's court, each cited
// and quoted. Whoever changes a line here changes what people are told, and says why in the note.
func TestStateRoutes(t *testing.T) {
	const bodies = "city_agency county_agency state_agency law_enforcement school"
	b := book(t)
	listed := map[source.ID]bool{}
	for _, w := range []struct {
		where                                source.ID
		request, asks, opens                 string // the entry, its citation, a part of its words
		paper, rule, signed, commands, whose string // the same; who signs it, and whose words they are where they are not the law's own
	}{
		{"us-il", "public_records_request", "5 ILCS 140/3", "to any person for inspection or copying",
			"state_civil_subpoena", "735 ILCS 5/2-1101", "clerk_of_court attorney", "the court on motion may quash or modify", ""},
		{"us-ca", "ca_public_records_request", "California Public Records Act, Gov. Code § 7922.525(a)", "every person has a right to inspect any public record",
			"ca_state_civil_subpoena", "Code Civ. Proc. §§ 1985(c), 1987.1", "clerk_of_court judge attorney", "may sign and issue a subpoena duces tecum", ""},
		{"us-co", "co_public_records_request", "Colorado Open Records Act, C.R.S. 24-72-203(1)(a)", "open for inspection by any person",
			"co_state_civil_subpoena", "C.R.C.P. 45(a)(1)", "clerk_of_court attorney", "produce designated books, papers and documents", ""},
		{"us-mi", "mi_public_records_request", "Freedom of Information Act, MCL 15.233(1)", "a person has a right to inspect, copy, or receive copies",
			"mi_state_civil_subpoena", "MCR 2.305(A), 2.506", "clerk_of_court attorney", "quash or modify the subpoena if it is unreasonable or oppressive", ""},
		{"us-nj", "nj_public_records_request", "Open Public Records Act, N.J.S.A. 47:1A-5(a)", "inspected, examined, and copied by any person",
			"nj_state_civil_subpoena", "N.J. R. 1:9-1, 1:9-2, 4:14-7", "clerk_of_court attorney", "by an attorney or party in the name of the clerk", "the New Jersey Judiciary, which quotes the rule"},
		{"us-ny", "ny_public_records_request", "Freedom of Information Law, Public Officers Law § 87(2)", "available for public inspection and copying all records",
			"ny_state_civil_subpoena", "CPLR 2301, 2302(a), 2304, 3120", "clerk_of_court judge attorney", "without a court order by the clerk", ""},
		{"us-wa", "wa_public_records_request", "Public Records Act, RCW 42.56.070, 42.56.080(2)", "shall not distinguish among persons requesting records",
			"wa_state_civil_subpoena", "Wash. CR 45(a)(4)", "clerk_of_court judge attorney", "An attorney of record of a party", ""},
	} {
		listed[w.where] = true
		for _, place := range b.Places() {
			if !Within(place, w.where) {
				continue
			}
			t.Run(string(place), func(t *testing.T) {
				request, paper := only(t, b, place, RecordsRequest), only(t, b, place, StateCourt)
				same(t, "the records request", request.ID, source.ID(w.request))
				same(t, "its citation", request.Citation, w.asks)
				same(t, "its route", request.Demand.Route, "10")
				same(t, "the answer that it needs", request.Demand.AnsweredBy, "records_request")
				same(t, "sent to", list(request.Demand.SentTo), bodies)
				same(t, "signed by", strings.Join(request.Demand.Signed, " "), "anyone")
				same(t, "gag", request.Demand.Gag, DoesNot)
				same(t, "the state court's paper", paper.ID, source.ID(w.paper))
				same(t, "its citation", paper.Citation, w.rule)
				same(t, "its route", paper.Demand.Route, "6b")
				same(t, "signed by", strings.Join(paper.Demand.Signed, " "), w.signed)
				same(t, "sent to", len(paper.Demand.SentTo), 0)
				same(t, "gag", paper.Demand.Gag, Undecided)
				same(t, "whose words", paper.Demand.Words.By, w.whose)
				for e, part := range map[*Entry]string{request: w.opens, paper: w.commands} {
					same(t, "where", e.Where, w.where)
					same(t, "group", e.Demand.Group, true)
					same(t, "immigration", e.Demand.Immigration, false)
					same(t, "a paper is served", e.Demand.Subpoena, e == paper)
					same(t, "testimony", e.Demand.Testimony, e == paper)
					if !strings.Contains(e.Demand.Words.Is, part) {
						t.Errorf("the quotation of %s lacks %q", e.ID, part)
					}
					if suit := b.Entry("private_suit"); !slices.Contains(suit.Demand.GoesBy, e.ID) {
						t.Errorf("a private suit does not go by %s", e.ID)
					}
				}
			})
		}
	}
	for _, p := range places {
		if p.within == "us" && !listed[p.id] {
			t.Errorf("the state %s has no line here", p.id)
		}
	}
}

// only gives the one demand of a class that applies in a place.
func only(t *testing.T, b *Book, place source.ID, class Class) *Entry {
	t.Helper()
	entries, _ := b.In(place)
	var found []*Entry
	for _, e := range entries {
		if e.Demand != nil && e.Demand.Class == class {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s has %d demands of class %s, not one", place, len(found), class)
	}
	return found[0]
}

// Readers see each suit as it is cited, once, and no story beside it.
func TestCases(t *testing.T) {
	b := book(t)
	const states, moss = "United States v. Colorado, D. Colo. 1:25-cv-01391", "Moss v. Polis, Denver Dist. Ct. 2025CV32001"
	for _, c := range []struct {
		id   source.ID
		on   string
		want []string
	}{
		{"co-sb21-131", "2025-05-01", nil},
		{"co-sb21-131", "2025-05-02", []string{states}},
		{"co-sb21-131", "2025-06-05", []string{states, moss}},
		{"co-sb21-131", "2025-06-25", []string{states, moss}},
		{"co-sb21-131", "2026-11-22", []string{states, moss}},
		{"co-sb25-276", "2025-06-25", []string{moss}},
		{"co-sb25-276", "2026-11-22", []string{states, moss}},
		{"co-hb19-1124", "2026-11-22", []string{states}},
		{"chicago-2-173-020", "2025-06-14", []string{"United States v. Illinois, N.D. Ill. 1:25-cv-1285, filed"}},
	} {
		if got := b.Entry(c.id).EffectOn(day(t, c.on)).Cases(); !slices.Equal(got, c.want) {
			t.Errorf("%s on %s: %q, want %q", c.id, c.on, got, c.want)
		}
	}
}
