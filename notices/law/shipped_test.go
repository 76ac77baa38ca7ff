package law

import (
	"slices"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// Every entry that we ship is a test case.
func TestShipped(t *testing.T) {
	b := book(t)
	files, err := shipped.ReadDir("book")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(b.All()) {
		t.Errorf("%d files, %d entries", len(files), len(b.All()))
	}
	for _, f := range files {
		id, _ := strings.CutSuffix(f.Name(), ".yaml")
		t.Run(id, func(t *testing.T) {
			e := b.Entry(source.ID(id))
			if e == nil {
				t.Fatal("no entry is called like the file")
			}
			data, err := shipped.ReadFile("book/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(data), "# ") {
				t.Error("the file does not begin with a line for its reader")
			}
			entry(t, e)
		})
	}
}

func entry(t *testing.T, e *Entry) {
	for _, w := range quotes(e) {
		if w.State != source.Known {
			if e.Confidence != source.Unverified {
				t.Errorf("words that nobody read, and confidence %s", e.Confidence)
			}
		} else if len(w.Is) < 12 || strings.ContainsAny(w.Is, "\n\t") || strings.Contains(w.Is, "  ") {
			t.Errorf("the words are not a clean quotation: %q", w.Is)
		}
	}
	if e.Confidence == source.Verified {
		t.Error("verified is for a lawyer with a name; nobody has verified this book")
	}
	if e.Citation == "" || e.Source.Title == "" {
		t.Error("no citation, or no source")
	}
	if e.Confidence == source.Reported && (e.Source.URL.State != source.Known || !strings.HasPrefix(e.Source.URL.Is, "http")) {
		t.Errorf("words were read, but not where: %v", e.Source.URL)
	}
	if e.Checked.On.Precision() != source.Exact || e.Checked.Next.Precision() != source.Exact || !strings.Contains(e.Checked.By, "not lawyers") {
		t.Errorf("checked: %v by %s, next %v", e.Checked.On, e.Checked.By, e.Checked.Next)
	}
	if e.Due(e.Checked.On.First) {
		t.Error("due on the day of its check")
	}
	// What came later is not known earlier: on the eve of each effect, that effect and all later ones are out of sight.
	for i, x := range e.Effects {
		eve := e.EffectOn(x.On.Last - 1)
		if !eve.On.IsZero() && eve.On.Last >= x.On.Last {
			t.Errorf("on the day before %s, the effect of %s is known", x.On, eve.On)
		}
		if got := e.EffectOn(x.On.Last); got.On != x.On {
			t.Errorf("effect %d does not begin on its day", i)
		}
		if x.Source != nil && x.Source.URL.State != source.Known {
			t.Errorf("effect %d names no page", i)
		}
	}
	for i := range e.Versions {
		v := &e.Versions[i]
		if v.From.State != source.Known {
			continue
		}
		if early := e.On(v.From.Is.Last - 1); early == v {
			t.Errorf("version %s is in force on its eve", v.ID)
		}
		if e.On(v.From.Is.Last) != v {
			t.Errorf("version %s is not in force on its first day", v.ID)
		}
	}
}

func quotes(e *Entry) (out []source.Fact[string]) {
	switch {
	case e.Demand != nil:
		return append(out, e.Demand.Words)
	case e.Ruling != nil:
		return append(out, e.Ruling.Words)
	}
	for _, v := range e.Versions {
		out = append(out, v.Words)
	}
	return out
}

// The legal facts that a notice stands on, pinned from the domain's tables, so that an accidental edit fails. Whoever changes a line
// here changes what people are told, and says why in the note.

func TestDemandFacts(t *testing.T) {
	const public = "city_agency county_agency state_agency law_enforcement school"
	for _, w := range []struct {
		id         source.ID
		class      Class
		where      source.ID
		signed     string
		flags      string // t testimony, g group, i immigration, s served
		gag        Verdict
		enforcedBy source.ID
		rulings    string
		sentTo     string
		words      string // a part that must stand in the quotation
	}{
		{"immigration_administrative_subpoena", Administrative, "us", "immigration_officer", "tgis", Undecided, "court_order_enforcing", "gomez-2020 peters-1988 vivian-1955 ramirez-1990 moss-2025 delaware-2026", "", "may invoke the aid of any court of the United States"},
		{"immigration_judge_subpoena", Administrative, "us", "immigration_judge", "tgis", Undecided, "court_order_enforcing", "", "", "request such court to issue an order"},
		{"court_order_enforcing", CourtOrder, "us", "judge", "tgis", Undecided, "", "", "", "may, in the event of neglect or refusal"},
		{"judicial_warrant", FederalCourt, "us", "judge", "gs", Undecided, "", "", "", "upon probable cause"},
		{"administrative_warrant", ArrestWarrant, "us", "immigration_officer immigration_judge", "is", DoesNot, "", "", "", "Warrant of Removal"},
		{"grand_jury_subpoena", FederalCourt, "us", "clerk_of_court prosecutor", "tgs", Undecided, "", "minnesota-2026", "", "any books, papers, documents"},
		{"federal_civil_subpoena", FederalCourt, "us", "clerk_of_court attorney", "tgs", Undecided, "", "", "", "An attorney also may issue and sign a subpoena"},
		{"state_civil_subpoena", StateCourt, "us-il", "clerk_of_court attorney", "tgs", Undecided, "", "", "", "the court on motion may quash or modify"},
		{"public_records_request", RecordsRequest, "us-il", "anyone", "g", DoesNot, "", "", public, "to any person for inspection or copying"},
		{"voluntary_sharing", Voluntary, "us", "nobody", "g", DoesNot, "", "", "", "may not prohibit, or in any way restrict"},
		{"vendor_demand", Redirect, "us", "immigration_officer clerk_of_court attorney prosecutor judge", "tgs", Does, "", "", "company nonprofit telecom bank", "not to notify any other person"},
		{"leak", Leak, "us", "nobody", "g", DoesNot, "", "", "", "unauthorized acquisition"},
		{"customs_summons", Administrative, "us", "customs_officer", "tgs", Undecided, "court_order_enforcing", "", "", "insuring compliance with the laws of the United States administered by the United States Customs Service"},
		{"national_security_letter", SecurityLetter, "us", "fbi", "s", Does, "", "", "telecom bank company", "shall comply with a request"},
		{"notice_of_inspection", Inspection, "us", "immigration_officer", "gis", DoesNot, "", "", "", "Notice of Inspection at least 3 days before"},
		{"private_suit", Redirect, "us", "anyone", "tgs", Undecided, "", "", "", "any and all documents or records"},
		{"agreement_match", Feed, "us", "nobody", "g", DoesNot, "", "", "", "establish procedures between the two agencies to share information"},
		{"funding_condition", Feed, "us", "nobody", "g", DoesNot, "", "", "", "had ordered states to turn over data"},
		{"direct_query", Feed, "us", "nobody", "g", DoesNot, "", "", "", "Each state can decide what data it makes available"},
		{"data_broker", Broker, "us", "nobody", "g", DoesNot, "", "", "", "without a warrant, without subpoenas"},
	} {
		t.Run(string(w.id), func(t *testing.T) {
			e := book(t).Entry(w.id)
			d := e.Demand
			flags := ""
			for _, f := range []struct {
				on   bool
				flag string
			}{{d.Testimony, "t"}, {d.Group, "g"}, {d.Immigration, "i"}, {d.Subpoena, "s"}} {
				if f.on {
					flags += f.flag
				}
			}
			same(t, "class", d.Class, w.class)
			same(t, "where", e.Where, w.where)
			same(t, "signed by", strings.Join(d.Signed, " "), w.signed)
			same(t, "flags", flags, w.flags)
			same(t, "gag", d.Gag, w.gag)
			same(t, "enforced by", d.EnforcedBy, w.enforcedBy)
			same(t, "rulings", list(d.Rulings), w.rulings)
			same(t, "sent to", list(d.SentTo), w.sentTo)
			same(t, "confidence", e.Confidence, source.Reported)
			if !strings.Contains(d.Words.Is, w.words) {
				t.Errorf("the quotation lacks %q", w.words)
			}
		})
	}
}

func TestProtectionFacts(t *testing.T) {
	const sharing = "administrative voluntary feed"
	const unasked = "voluntary feed broker records_request"
	const orders = "statute federal_regulation court_order judicial_warrant"
	for _, w := range []struct {
		id, version     source.ID
		force           Force
		topic           Topic
		binds, covers   string
		blocks          string
		forbids         Verdict
		exceptions      string
		approval        string
		exempt, balance string
		words           string
		june2025        Status
		february2025    Status
	}{
		{"chicago-2-173-020", "current", "ordinance", Answering,
			"city_agency:yes law_enforcement:yes company:undecided nonprofit:undecided", "all:undecided", sharing, Undecided, orders, "", "", "",
			"assist the civil enforcement of federal immigration law", Challenged, InForce},
		{"chicago-2-173-030", "2021-01-27", "ordinance", Answering,
			"city_agency:yes law_enforcement:yes company:undecided nonprofit:undecided", "immigration_status:yes nationality:yes all:undecided",
			sharing, Does, orders + " written_permission", "", "", "",
			"no agent or agency shall request, maintain, or share the citizenship or immigration status", Challenged, InForce},
		{"chicago-2-176", "2017-04-19", "ordinance", Answering,
			"city_agency:yes:custodian+under_this_law", "all:undecided", sharing + " broker", Undecided, orders, "", "", "",
			"shall review, but not collect", InForce, InForce},
		{"chicago-2-176", "2024-06-12", "ordinance", Answering,
			"city_agency:yes:custodian+under_this_law", "all:yes", sharing + " broker", Undecided, orders, "", "", "",
			"confidential to the maximum extent permitted by law", InForce, InForce},
		{"il-trust-act", "2021-08-02", "state_statute", Answering,
			"law_enforcement:yes", "all:undecided", sharing, Undecided, "status_exchange judicial_warrant", "", "", "",
			"law enforcement agency or law enforcement official", Challenged, InForce},
		{"il-local-records-act", "current", "state_statute", Erasing,
			"city_agency:yes county_agency:yes law_enforcement:yes school:yes company:undecided", "all:yes metadata:undecided", "", DoesNot, "statute",
			"il-local-records-commission cook-local-records-commission", "", "",
			"unless the written approval of the appropriate Local Records Commission is first obtained", InForce, InForce},
		{"il-foia", "current", "state_statute", Opening,
			"city_agency:yes county_agency:yes state_agency:yes law_enforcement:yes school:yes", "all:yes", "records_request", DoesNot,
			"statute court_order written_permission", "",
			"address phone email ssn id_number drivers_license_number fingerprints financial health", "name date_of_birth photo identity_doc residence_doc",
			"Private information also includes home address", InForce, InForce},
		{"750-ilcs-61", "2000-01-01", "state_statute", Address,
			"city_agency:yes county_agency:yes state_agency:yes law_enforcement:yes school:yes", "address:yes", "records_request", DoesNot,
			"not_enrolled agency_requirement", "", "", "",
			"shall accept the address designated by the Attorney General", InForce, InForce},
		{"8-usc-1373", "1996-09-30", "federal_statute", Status_,
			"city_agency:yes county_agency:yes state_agency:yes federal_agency:yes law_enforcement:yes school:yes",
			"immigration_status:yes nationality:yes all:undecided", "", DoesNot, "", "", "", "",
			"may not prohibit, or in any way restrict", Disputed, Disputed},
		{"legal-hold", "current", "common_law", Erasing,
			"city_agency:yes county_agency:yes state_agency:yes federal_agency:yes law_enforcement:yes school:yes court:yes company:yes nonprofit:yes employer:yes telecom:yes bank:yes",
			"all:yes", "", Undecided, "", "", "", "",
			"if it is reasonable to expect a lawsuit, audit, or investigation", InForce, InForce},
		{"8-usc-1367", "current", "federal_statute", Answering, "federal_agency:undecided", "all:undecided", unasked, Undecided,
			"named_use court_order written_permission", "", "", "", "prohibits disclosure to anyone", InForce, InForce},
		{"34-usc-12291", "current", "federal_statute", Answering, "victim_services:yes", "all:yes", "administrative " + unasked, Undecided,
			"statute court_order written_permission", "", "", "", "disclose, reveal, or release any personally identifying information", InForce, InForce},
		{"dppa", "current", "federal_statute", Answering, "motor_vehicle_agency:yes", "all:yes", "broker records_request", Undecided,
			"government_agency court_order written_permission", "", "", "", "shall not knowingly disclose", InForce, InForce},
		{"irc-6103", "current", "federal_statute", Answering, "federal_tax_agency:yes federal_agency:undecided", "all:yes", "administrative " + unasked, Does,
			"statute court_order written_permission", "", "", "", "Returns and return information shall be confidential", Disputed, InForce},
		{"hipaa-512f", "current", "regulation", Answering, "health_provider:yes", "all:undecided", unasked, Undecided,
			"statute court_order office_subpoena written_permission", "", "", "", "A covered entity may disclose protected health information", InForce, InForce},
		{"ferpa", "current", "federal_statute", Answering, "school:yes", "all:undecided", unasked, Undecided,
			"court_order office_subpoena written_permission", "", "", "", "in advance of compliance", InForce, InForce},
	} {
		t.Run(string(w.id+"@"+w.version), func(t *testing.T) {
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
			same(t, "force", e.Force, w.force)
			same(t, "topic", e.Topic, w.topic)
			same(t, "binds", strings.Join(binds, " "), w.binds)
			same(t, "covers", strings.Join(covers, " "), w.covers)
			same(t, "blocks", list(v.Blocks), w.blocks)
			same(t, "forbids", v.Forbids, w.forbids)
			same(t, "exceptions", list(v.Exceptions), w.exceptions)
			same(t, "approval", list(v.Approval), w.approval)
			same(t, "exempt", list(v.Exempt), w.exempt)
			same(t, "balance", list(v.Balance), w.balance)
			same(t, "on 14 June 2025", e.EffectOn(day(t, "2025-06-14")).Is, w.june2025)
			same(t, "on 5 February 2025", e.EffectOn(day(t, "2025-02-05")).Is, w.february2025)
			same(t, "confidence", e.Confidence, source.Reported)
			if !strings.Contains(v.Words.Is, w.words) {
				t.Errorf("the quotation lacks %q", w.words)
			}
		})
	}
}

func TestRulingFacts(t *testing.T) {
	const subpoena = "immigration_administrative_subpoena"
	for _, w := range []struct {
		id                            source.ID
		decided, of, outcome, binding string
		appealed                      string
		words, by                     string
	}{
		{"vivian-1955", "1955-06-28", subpoena, "answer_ordered", "us-il", "", "compel Vivian to testify", "Studicata, a summary"},
		{"peters-1988", "1988-08-02", subpoena, "demand_stopped", "", "", "we quash the subpoena", ""},
		{"ramirez-1990", "1990-07-10", subpoena, "too_early", "", "", "lacked subject matter jurisdiction", ""},
		{"gomez-2020", "2020-04-20", subpoena, "answer_ordered", "", "", "were enforceable", "Studicata, a summary"},
		{"moss-2025", "2025-06-25", subpoena, "answer_forbidden", "", "", "preliminary injunction", "a news report"},
		{"delaware-2026", "2026-04", subpoena, "answer_ordered", "", "2026-04-21", "must comply with a 2025 subpoena", "a news report"},
		{"minnesota-2026", "2026-06-22", "grand_jury_subpoena", "demand_stopped", "", "", "quashed six grand jury subpoenas", "a news report"},
	} {
		e := book(t).Entry(w.id)
		if e == nil {
			t.Errorf("there is no ruling %s", w.id)
			continue
		}
		r := e.Ruling
		same(t, "decided", r.Decided.String(), w.decided)
		same(t, "outcome", string(r.Outcome), w.outcome)
		same(t, "of", list(r.Of), w.of)
		same(t, "binding", list(r.Binding), w.binding)
		same(t, "appealed", r.Appealed.String(), w.appealed)
		same(t, "whose words", r.Words.By, w.by)
		if !strings.Contains(r.Words.Is, w.words) {
			t.Errorf("%s: the quotation lacks %q", w.id, w.words)
		}
		for _, d := range r.Of { // the demand names the ruling, too
			if !slices.Contains(book(t).Entry(d).Demand.Rulings, w.id) {
				t.Errorf("%s is about %s, which does not name it", w.id, d)
			}
		}
	}
}

// The laws of the United States that the domain's section B names are all there, and each binds somebody.
func TestFederalProtections(t *testing.T) {
	for _, id := range strings.Fields("8-usc-1367 34-usc-12291 8-usc-1373 dppa irc-6103 hipaa-512f ferpa legal-hold") {
		e := book(t).Entry(source.ID(id))
		if e == nil || e.Kind != KindProtection || e.Where != "us" {
			t.Errorf("%s is no protection of the United States", id)
			continue
		}
		if v := e.On(day(t, "2025-06-14")); v == nil || len(v.Binds) == 0 {
			t.Errorf("%s binds nobody", id)
		}
	}
	v := book(t).Entry("ferpa").On(day(t, "2025-06-14"))
	if v.Tells == nil || v.Tells.When != "before_complying" {
		t.Errorf("a school tells the student first, says FERPA; the entry says %v", v.Tells)
	}
	p := book(t).Entry("customs_summons").Demand.Purpose
	if p == nil || p.Only != "import_law" || p.Misused != Does || p.Words.State != source.Known {
		t.Errorf("a customs summons is for import law, and has been misused; the entry says %v", p)
	}
}

// A special kind of holder is bound by what binds the wider kind, and not the other way round.
func TestIsA(t *testing.T) {
	for _, c := range []struct {
		kind, wider HolderKind
		want        bool
	}{
		{"motor_vehicle_agency", "state_agency", true},
		{"state_agency", "motor_vehicle_agency", false},
		{"federal_tax_agency", "federal_agency", true},
		{"health_provider", "company", false},
		{"school", "school", true},
	} {
		if got := c.kind.IsA(c.wider); got != c.want {
			t.Errorf("%s is a %s: %v", c.kind, c.wider, got)
		}
	}
	e := book(t).Entry("il-foia")
	if got := e.Binds(e.On(day(t, "2025-06-14")), Holder{Kind: "motor_vehicle_agency", Within: "us-il"}); got != Does {
		t.Errorf("the Freedom of Information Act binds the state's motor vehicle agency: %s", got)
	}
}

// Two readings that the domain keeps apart must both be there on the day of the first edition.
func TestSides(t *testing.T) {
	for id, want := range map[source.ID]string{
		"8-usc-1373":        "Immigrant Legal Resource Center",
		"chicago-2-173-020": "the United States",
	} {
		sides := book(t).Entry(id).EffectOn(day(t, "2025-06-14")).Sides
		if len(sides) < 2 || !slices.ContainsFunc(sides, func(s Side) bool { return s.Who == want }) {
			t.Errorf("%s: sides %v", id, sides)
		}
	}
}

func TestForce(t *testing.T) {
	for _, f := range []Force{"executive_policy", "contract", "statement", ""} {
		if f.Binding() {
			t.Errorf("%q changes a barrier", f)
		}
	}
	if !Force("ordinance").Binding() || !Force("common_law").Binding() {
		t.Error("an ordinance, or common law, changes nothing")
	}
}

func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func list[T ~string](words []T) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, " ")
}

// Labels, and checks of other packages, are made for these lists.
func TestVocabularies(t *testing.T) {
	for name, words := range map[string][]source.ID{"exceptions": Exceptions(), "approvals": Approvals(), "items": Items()} {
		seen := map[source.ID]bool{All: true}
		for _, w := range words {
			if seen[w] {
				t.Errorf("%s: %q stands twice", name, w)
			}
			seen[w] = true
		}
		if len(words) < 2 {
			t.Errorf("%s: %v", name, words)
		}
	}
	for _, c := range ItemClass("").Words() {
		if slices.Contains(Items(), source.ID(c)) {
			t.Errorf("%q is an item and a class", c)
		}
	}
}
