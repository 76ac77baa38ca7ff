package law

import (
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

const (
	public  = "city_agency:yes county_agency:yes state_agency:yes law_enforcement:yes school:yes"
	vendor  = public + " company:undecided"
	private = "biographic contact identity_doc residence_doc status financial biometric image employment health ssn id_number drivers_license_number"
	sharing = "administrative voluntary feed"
)

// The laws of states and cities, pinned as the legal facts of shipped_test.go are: whoever changes a line here changes what people are
// told, and says why in the note.
func TestStateFacts(t *testing.T) {
	for _, w := range []struct {
		id, version source.ID
		where       source.ID
		force       Force
		topic       Topic
		binds       string
		covers      string
		blocks      string
		forbids     Verdict
		exceptions  string
		lists       string // approval, exempt and balance, in this order, with a bar between, then closed if there is any
		words       string // a part that must stand in the quotation
		by          string // whose words, where they are not the law's own
		on          string // days and what the law's standing is
	}{
		{"il-pa-103-0210", "current", "us-il", "state_statute", Answering, "motor_vehicle_agency:yes",
			"identity_doc:yes residence_doc:yes biographic:yes contact:yes image:yes biometric:yes all:undecided", sharing, Does,
			"court_order judicial_warrant court_subpoena not_immigration", "||", "issued by a federal or State court", "",
			"2024-06-30:unverified 2024-07-01:in_force 2025-06-14:in_force"},
		{"cook-46-37", "current", "us-il-cook", "ordinance", Answering, "county_agency:yes law_enforcement:undecided", "all:undecided",
			"administrative voluntary", Undecided, "judicial_warrant named_use not_immigration", "||", "incarceration status or release dates", "",
			"2025-02-05:in_force 2025-06-14:challenged 2026-01-01:challenged"},
		{"co-sb21-131", "2021-06-25", "us-co", "state_statute", Answering, "state_agency:yes", "all:yes metadata:undecided", sharing, Does,
			"statute court_order court_subpoena judicial_warrant criminal_investigation published not_immigration", "||",
			"is prohibited from disclosing or making accessible", "the General Assembly's summary of the act, not the statute",
			"2021-06-24:unverified 2021-06-25:in_force 2025-05-01:in_force 2025-05-02:challenged 2025-06-25:challenged 2026-11-22:challenged"},
		{"co-sb25-276", "2025-05-23", "us-co", "state_statute", Answering,
			"city_agency:yes county_agency:yes law_enforcement:yes school:yes state_agency:yes", "all:yes metadata:undecided", sharing, Undecided,
			"statute court_order court_subpoena judicial_warrant criminal_investigation published not_immigration", "||",
			"municipal officials and employees are prohibited from disclosing", "the associate general counsel of CIRSA, not the act",
			"2025-05-22:unverified 2025-05-23:in_force 2025-06-05:disputed 2025-07-24:disputed 2025-07-25:challenged"},
		{"co-hb19-1124", "2019-05-28", "us-co", "state_statute", Answering, "law_enforcement:yes court:undecided", "all:undecided",
			"administrative voluntary", Undecided, "judicial_warrant not_immigration", "||", "a probation officer or probation department employee",
			"the General Assembly's summary of the act, not the statute", "2019-05-28:in_force 2025-05-02:challenged"},
		{"co-cora", "current", "us-co", "state_statute", Opening, public, "all:yes", "records_request", DoesNot, "statute court_order",
			"||financial employment|health ssn", "including a social security number", "", "2025-06-14:in_force"},
		{"co-state-archives", "2016-08-10", "us-co", "state_statute", Erasing, vendor, "all:yes metadata:undecided", "", DoesNot, "",
			"co-state-archives||", "unanimously determined", "", "2016-08-09:unverified 2016-08-10:in_force"},
		{"co-address-confidentiality", "current", "us-co", "state_statute", Address, public, "address:yes", "records_request", DoesNot,
			"not_enrolled agency_requirement", "||", "the agency shall accept the substitute address", "", "2025-06-14:in_force"},
		{"mi-foia", "current", "us-mi", "state_statute", Opening, public, "all:yes", "records_request", DoesNot, "", "||" + private,
			"a clearly unwarranted invasion of an individual's privacy", "", "2025-06-14:in_force"},
		{"mi-public-records", "2021-03-24", "us-mi", "state_statute", Erasing, vendor, "all:yes metadata:undecided", "", DoesNot, "",
			"mi-state-administrative-board||", "must be disposed of only as provided in", "", "2021-03-23:unverified 2025-06-14:in_force"},
		{"mi-address-confidentiality", "2020-12-29", "us-mi", "state_statute", Address, public, "address:yes", "records_request", DoesNot,
			"not_enrolled agency_requirement", "||", "a governmental entity shall use the designated address", "", "2020-12-28:unverified 2025-06-14:in_force"},
		{"washtenaw-2017", "2017-05-17", "us-mi-washtenaw", "executive_policy", Answering, "county_agency:yes law_enforcement:undecided",
			"immigration_status:yes", "", DoesNot, "judicial_warrant criminal_investigation", "||", "can ask about the immigration status",
			"The Ann Arbor News", "2017-05-16:unverified 2025-06-14:in_force"},
		{"washtenaw-2026", "2026-01-21", "us-mi-washtenaw", "executive_policy", Answering, "county_agency:yes law_enforcement:undecided",
			"all:undecided", "administrative voluntary", Undecided, "statute court_order judicial_warrant not_immigration", "||",
			"voluntarily cooperating with ICE", "ClickOnDetroit, a report", "2026-01-20:unverified 2026-01-21:in_force"},
		{"ny-green-light", "current", "us-ny", "state_statute", Answering,
			"motor_vehicle_agency:yes county_agency:undecided:under_this_law company:undecided:under_this_law", "all:yes",
			sharing, Does, "court_order judicial_warrant named_use not_immigration", "||", "no later than three days after such request", "",
			"2021-01-01:in_force 2025-02-27:in_force 2025-02-28:challenged 2025-12-22:challenged 2026-06-22:challenged"},
		{"ny-foil", "current", "us-ny", "state_statute", Opening, public, "all:yes", "records_request", DoesNot, "statute written_permission",
			"||" + private, "an unwarranted invasion of personal privacy", "", "2025-06-14:in_force"},
		{"ny-address-confidentiality", "current", "us-ny", "state_statute", Address, public + " court:yes", "address:yes", "records_request",
			DoesNot, "not_enrolled agency_requirement", "||", "cannot refuse a request", "the New York Department of State", "2025-06-14:in_force"},
		{"nyc-3-115", "current", "us-ny-nyc", "ordinance", Answering, "city_agency:yes:custodian+under_this_law", "all:undecided", sharing,
			Undecided, "statute federal_regulation court_order judicial_warrant", "||", "to the maximum extent allowed",
			"the City's page, not the law", "2014-12-30:unverified 2014-12-31:in_force"},
		{"ca-values-act", "current", "us-ca", "state_statute", Answering, "law_enforcement:yes", "biographic:yes contact:yes all:undecided",
			sharing, Undecided, "judicial_warrant published status_exchange named_use not_immigration", "||",
			"providing personal information about an individual", "the Legislative Counsel's digest, not the act", "2025-06-14:in_force"},
		{"ca-cpra", "current", "us-ca", "state_statute", Opening, public, "all:yes", "records_request", DoesNot, "", "||" + private,
			"Personnel, medical, or similar files", "former § 6254(c)", "2025-06-14:in_force"},
		{"ca-safe-at-home", "current", "us-ca", "state_statute", Address, public, "address:yes", "records_request", DoesNot,
			"not_enrolled agency_requirement", "||", "shall accept the address designated by the Secretary of State", "", "2025-06-14:in_force"},
		{"wa-43-17-425", "current", "us-wa", "state_statute", Answering, "state_agency:undecided law_enforcement:undecided", "all:undecided",
			sharing, Undecided, "statute court_order named_use not_immigration", "||",
			"does not apply to any program with the primary purpose of providing persons with services or benefits", "", "2025-06-14:in_force"},
		{"wa-10-93-160", "current", "us-wa", "state_statute", Answering, "law_enforcement:yes", "all:undecided", "administrative voluntary",
			Undecided, "not_immigration", "||", "", "", "2025-06-14:unverified"},
		{"wa-pra", "current", "us-wa", "state_statute", Opening, public, "all:yes", "records_request", DoesNot, "", "||" + private,
			"patients or clients of public institutions", "", "2025-06-14:in_force"},
		{"wa-address-confidentiality", "current", "us-wa", "state_statute", Address, public, "address:yes", "records_request", DoesNot,
			"not_enrolled agency_requirement", "||", "shall accept the address designated by the secretary of state", "", "2025-06-14:in_force"},
		{"nj-trust-directive", "current", "us-nj", "executive_policy", Answering, "law_enforcement:yes", "all:undecided", sharing, Undecided,
			"published criminal_investigation not_immigration", "||", "Cannot participate in civil immigration enforcement",
			"the Attorney General's release", "2025-06-14:in_force 2026-01-20:in_force"},
		{"nj-opra", "current", "us-nj", "state_statute", Opening, public, "all:yes", "records_request", DoesNot, "", "||" + private,
			"to safeguard from public access", "the Supreme Court of New Jersey, which quotes the act", "2025-06-14:in_force"},
		{"nj-address-confidentiality", "current", "us-nj", "state_statute", Address, public, "address:yes", "records_request", DoesNot,
			"not_enrolled agency_requirement", "||", "use of an address designated by the Secretary of State", "", "2025-06-14:in_force"},
	} {
		t.Run(string(w.id), func(t *testing.T) {
			e := book(t).Entry(w.id)
			v := e.Version(w.version)
			if v == nil {
				t.Fatal("no such version")
			}
			var binds, covers []string
			for _, b := range v.Binds {
				s := string(b.Kind) + ":" + string(b.Is)
				if len(b.Only) > 0 {
					s += ":" + strings.ReplaceAll(list(b.Only), " ", "+")
				}
				binds = append(binds, s)
			}
			for _, c := range v.Covers {
				covers = append(covers, string(c.What)+":"+string(c.Is))
			}
			same(t, "where", e.Where, w.where)
			same(t, "force", e.Force, w.force)
			same(t, "topic", e.Topic, w.topic)
			same(t, "binds", strings.Join(binds, " "), w.binds)
			same(t, "covers", strings.Join(covers, " "), w.covers)
			same(t, "blocks", list(v.Blocks), w.blocks)
			same(t, "forbids", v.Forbids, w.forbids)
			same(t, "exceptions", list(v.Exceptions), w.exceptions)
			lists := list(v.Approval) + "|" + list(v.Exempt) + "|" + list(v.Balance)
			if len(v.Closed) > 0 {
				lists += "|" + list(v.Closed)
			}
			same(t, "approval, exempt, balance and closed", lists, w.lists)
			if v.Tells != nil != (w.id == "ny-green-light") {
				t.Errorf("a duty to tell people: %v", v.Tells)
			}
			same(t, "whose words", v.Words.By, w.by)
			same(t, "unverified", e.Confidence == source.Unverified, w.words == "")
			if !strings.Contains(v.Words.Is, w.words) {
				t.Errorf("the quotation lacks %q", w.words)
			}
			for _, on := range strings.Fields(w.on) {
				d, want, _ := strings.Cut(on, ":")
				same(t, "standing on "+d, string(e.EffectOn(day(t, d)).Is), want)
			}
		})
	}
}

// A notice of any of these places can say what may stop an answer, what anyone may ask to see, and how a person who fled violence can
// give another address. Michigan has no such law of the state that was read: there only the county has said something, as a policy.
func TestPlacesAreWhole(t *testing.T) {
	b := book(t)
	topics := func(place source.ID, own func(*Entry) bool) (out []string) {
		entries, ok := b.In(place)
		if !ok {
			t.Fatalf("%s is not known", place)
		}
		for _, e := range entries {
			if e.Kind == KindProtection && e.Where != "us" && own(e) && !slices.Contains(out, string(e.Topic)) {
				out = append(out, string(e.Topic))
			}
		}
		slices.Sort(out)
		return out
	}
	all := func(*Entry) bool { return true }
	for place, want := range map[source.ID]string{
		"us-il": "address answering erasing opening", "us-il-cook": "address answering erasing opening",
		"us-il-chicago": "address answering erasing opening",
		"us-co":         "address answering erasing opening",
		"us-mi":         "address erasing opening", "us-mi-washtenaw": "address answering erasing opening",
		"us-ny": "address answering opening", "us-ny-nyc": "address answering opening",
		"us-ca": "address answering opening", "us-wa": "address answering opening", "us-nj": "address answering opening",
	} {
		same(t, string(place), strings.Join(topics(place, all), " "), want)
	}
	if got := topics("us-mi-washtenaw", func(e *Entry) bool { return e.Force.Binding() }); slices.Contains(got, string(Answering)) {
		t.Error("a county's policy changes a barrier")
	}
}

// No place sees the laws of another: Chicago has those of its county, its state and the country, and no others.
func TestPlacesAreApart(t *testing.T) {
	b := book(t)
	for _, place := range b.Places() {
		entries, _ := b.In(place)
		for _, e := range entries {
			if at := string(e.Where); at != string(place) && !strings.HasPrefix(string(place), at+"-") && at != "us-il-cook" {
				t.Errorf("%s sees %s, of %s", place, e.ID, at)
			}
			if e.Where == "us-il-cook" && place != "us-il-cook" && place != "us-il-chicago" {
				t.Errorf("%s sees %s, of Cook County", place, e.ID)
			}
		}
	}
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		place, wider source.ID
		want         bool
	}{
		{"us-il-chicago", "us-il-cook", true}, {"us-il-chicago", "us", true}, {"us-co", "us-co", true},
		{"us-il-cook", "us-il-chicago", false}, {"us-co", "us-il", false}, {"us-xx", "us", false}, {"us-xx", "us-xx", false},
	} {
		if got := Within(c.place, c.wider); got != c.want {
			t.Errorf("is %s in %s? %v", c.place, c.wider, got)
		}
	}
}

// Whom these laws bind, as an engine asks: the office of a program, not every office of the state.
func TestStateBinds(t *testing.T) {
	b := book(t)
	for _, c := range []struct {
		what string
		id   source.ID
		h    Holder
		want Verdict
	}{
		{"the labor department", "co-sb21-131", Holder{Kind: "state_agency", Within: "us-co", Custodian: true}, Does},
		{"its motor vehicle office", "co-sb21-131", Holder{Kind: "motor_vehicle_agency", Within: "us-co"}, Does},
		{"a city of Colorado", "co-sb21-131", Holder{Kind: "city_agency", Within: "us-co", Custodian: true}, DoesNot},
		{"a city of Colorado", "co-sb25-276", Holder{Kind: "city_agency", Within: "us-co", Custodian: true}, Does},
		{"a vendor", "co-sb21-131", Holder{Kind: "company"}, DoesNot},
		{"an office of Illinois", "co-sb21-131", Holder{Kind: "state_agency", Within: "us-il"}, DoesNot},
		{"the Secretary of State", "il-pa-103-0210", Holder{Kind: "motor_vehicle_agency", Within: "us-il"}, Does},
		{"another office of Illinois", "il-pa-103-0210", Holder{Kind: "state_agency", Within: "us-il", Custodian: true}, DoesNot},
		{"the Clerk of Chicago", "il-pa-103-0210", Holder{Kind: "city_agency", Within: "us-il-chicago", Custodian: true}, DoesNot},
		{"the Clerk of Chicago", "cook-46-37", Holder{Kind: "city_agency", Within: "us-il-chicago", Custodian: true}, DoesNot},
		{"the county's Clerk", "cook-46-37", Holder{Kind: "county_agency", Within: "us-il-cook", Custodian: true}, Does},
		{"the county's Clerk", "washtenaw-2017", Holder{Kind: "county_agency", Within: "us-mi-washtenaw", Custodian: true}, Does},
		{"the motor vehicle office", "ny-green-light", Holder{Kind: "motor_vehicle_agency", Within: "us-ny"}, Does},
		{"its vendor", "ny-green-light", Holder{Kind: "company", Authority: []source.ID{"ny-green-light"}}, Undecided},
		{"the vendor of another program", "ny-green-light", Holder{Kind: "company"}, DoesNot},
		{"a benefits office", "ca-values-act", Holder{Kind: "county_agency", Within: "us-ca", Custodian: true}, DoesNot},
		{"a benefits office", "wa-43-17-425", Holder{Kind: "state_agency", Within: "us-wa", Custodian: true}, Undecided},
	} {
		e := b.Entry(c.id)
		if got := e.Binds(&e.Versions[0], c.h); got != c.want {
			t.Errorf("%s: does it bind %s? %s, want %s", c.id, c.what, got, c.want)
		}
	}
}

// The Governor of Colorado ordered an answer all the same: what the law means was in dispute on the days of the example.
func TestColoradoSides(t *testing.T) {
	b := book(t)
	who := func(id source.ID, on string) string {
		var out []string
		for _, s := range b.Entry(id).EffectOn(day(t, on)).Sides {
			out = append(out, s.Who)
		}
		return strings.Join(out, "; ")
	}
	for _, id := range []source.ID{"co-sb21-131", "co-sb25-276"} {
		if got := who(id, "2025-06-14"); !strings.Contains(got, "the Governor of Colorado") || !strings.Contains(got, "Scott Moss") {
			t.Errorf("%s on 14 June 2025: %s", id, got)
		}
		if got := who(id, "2025-06-24"); strings.Contains(got, "judge") {
			t.Errorf("%s knows of the ruling on its eve: %s", id, got)
		}
		if got := who(id, "2025-06-30"); !strings.Contains(got, "a Denver judge") {
			t.Errorf("%s on 30 June 2025: %s", id, got)
		}
		if got := who(id, "2026-06-01"); !strings.Contains(got, "the United States") {
			t.Errorf("%s on 1 June 2026: %s", id, got)
		}
	}
}

func TestSince(t *testing.T) {
	b := book(t)
	for _, c := range []struct {
		id       source.ID
		on, want string
	}{
		{"co-sb21-131", "2025-05-01", "2021-06-25"},
		{"co-sb21-131", "2025-06-14", "2025-05-02"}, // and not the day of the second suit
		{"co-sb21-131", "2026-11-22", "2025-05-02"},
		{"co-sb25-276", "2025-06-30", "2025-06-05"},
		{"co-sb25-276", "2026-11-22", "2025-07-25"},
		{"chicago-2-173-020", "2025-12-31", "2025-02-06"},
		{"ny-green-light", "2026-01-01", "2025-02"},
	} {
		if got := b.Entry(c.id).Since(day(t, c.on)); got.String() != c.want {
			t.Errorf("%s, as it stands on %s, since %s, want %s", c.id, c.on, got, c.want)
		}
	}
	if got := b.Entry("co-sb21-131").Since(day(t, "2020-01-01")); !got.IsZero() {
		t.Errorf("it stands since %s before there was any", got)
	}
}

// Laws on immigration enforcement say so, since they are no word on sharing with anybody else. Those of Chicago and the cards of cities
// speak of all sharing.
func TestNotImmigration(t *testing.T) {
	b := book(t)
	for _, e := range b.All() {
		if e.Topic != Answering || e.Where == "us" {
			continue
		}
		for i := range e.Versions {
			v := &e.Versions[i]
			lets := v.Lets(b.Entry("voluntary_sharing"))
			says := slices.Contains(v.Exceptions, NotImmigration)
			switch e.ID {
			case "chicago-2-173-030", "chicago-2-176", "nyc-3-115", "chicago-2-173-020", "il-trust-act":
				if says {
					t.Errorf("%s is about all sharing", e.ID)
				}
			default:
				if lets == DoesNot {
					t.Errorf("%s certainly stops sharing with anybody", e.ID)
				}
			}
		}
	}
}
