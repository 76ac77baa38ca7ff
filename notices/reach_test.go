package notices

import (
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	"pgregory.net/rapid"
)

// sensible holds a table to what it promises, whatever the two files say.
func sensible(t interface {
	Helper()
	Fatalf(string, ...any)
}, r *Reached) {
	t.Helper()
	seen := map[string]bool{}
	for i := range r.Rows {
		g := &r.Rows[i]
		ids := g.Items
		if len(ids) == 0 {
			ids = []source.ID{""}
		}
		for _, item := range ids {
			k := fmt.Sprint(g.Phase, " ", g.Holder, " ", item)
			if seen[k] {
				t.Fatalf("%s stands twice", k)
			}
			seen[k] = true
		}
		if g.Must == NothingToGive && g.Existence.High > None && g.Barrier != NotApplicableBarrier {
			t.Fatalf("nothing to give of %v, and %v exists behind %v", g.Items, g.Existence, g.Barrier)
		}
		if g.Must != g.Barrier.Must() || g.Barrier == NoWouldBe {
			t.Fatalf("%v comes to %q", g.Barrier, g.Must)
		}
		if (g.In != source.Yes) != (len(g.Why) > 0) {
			t.Fatalf("%v is in the demand: %v, because %v", g.Items, g.In, g.Why)
		}
		if g.Barrier == Disputed && len(g.Disputed) == 0 {
			t.Fatalf("disputed, and nothing says what")
		}
		if len(g.Reasons()) == 0 || len(g.Rules) == 0 {
			t.Fatalf("a row without a reason: %v", g.Items)
		}
	}
	for _, n := range []Number{r.InWindow, r.Named, r.Records, r.Answers} {
		if (n.Count == nil) != (len(n.Because) > 0) {
			t.Fatalf("a number with reasons, or none without: %+v", n)
		}
	}
	if _, err := json.Marshal(r); err != nil {
		t.Fatalf("%v", err)
	}
	if d := r.Against(r); len(d) != 0 {
		t.Fatalf("it differs from itself: %v", d)
	}
}

func reachOf(t testing.TB, p *Program, d *Paper) *Reached {
	t.Helper()
	r, err := Reach(p, d, shippedBook(t), onThatDay(t))
	if err != nil {
		t.Fatal(err)
	}
	sensible(t, r)
	return r
}

func codes(list []Lack) []string {
	var out []string
	for _, l := range list {
		out = append(out, l.Code)
	}
	return out
}

// CityKey: scope, holdings and what fits are three different numbers, and the third is nobody's.
func TestReachCityKey(t *testing.T) {
	r := reachOf(t, cityKeyProgram(t), paperOf(t, cityKeyPaper))
	if r.InWindow.Count == nil || *r.InWindow.Count != 87100 || !r.InWindow.About || r.InWindow.Of != "applicants" {
		t.Errorf("in the window: %+v", r.InWindow)
	}
	if r.Records.Count == nil || *r.Records.Count != 2700 || r.Records.In != "online/portal" || r.Records.Of != "people_with_records" {
		t.Errorf("with records: %+v", r.Records)
	}
	if r.Answers.Count != nil || !slices.Equal(codes(r.Answers.Because), []string{"window_differs", "document_type_not_counted", "places_not_counted"}) {
		t.Errorf("that fit: %+v", r.Answers)
	}
	desk := 0
	for _, p := range r.Places {
		if strings.HasPrefix(string(p.Phase), "in_person/") {
			desk++
			if p.Records.Count != nil || p.Covered != source.Maybe {
				t.Errorf("in person: %+v", p)
			}
		}
	}
	if desk != 2 {
		t.Errorf("%d phases in person", desk)
	}
	for i := range r.Rows {
		g := &r.Rows[i]
		if g.Phase == "online/portal" && g.Holder == "clerk" && slices.Contains(g.Items, "foreign_passport") {
			if g.Existence != one(Exists) || g.Barrier != Disputed || g.WouldBe != CourtFirst || g.Must != MayAnswer || g.In != source.Maybe {
				t.Errorf("%+v", g.Row)
			}
		}
		if strings.HasPrefix(string(g.Phase), "in_person/") && g.Holder == "clerk" && slices.Contains(g.Items, "foreign_passport") && g.Existence != (Existence{None, Exists}) {
			t.Errorf("a paper that was given back: %v", g.Existence)
		}
	}
}

// Two files that differ in one field differ in how records can be picked out.
func TestTypeRecordedDecides(t *testing.T) {
	p := cityKeyProgram(t)
	for value, want := range map[string]Select{"yes": ByField, "no": ByHand, "unknown": SelectUnknown} {
		data, err := p.Doc.Set("channels.online.phases.portal.asks.2.type_recorded", value)
		if err != nil {
			t.Fatal(err)
		}
		q, ps := Read("citykey.yaml", data)
		if ps.Failed() {
			t.Fatal(ps)
		}
		r := reachOf(t, q, paperOf(t, cityKeyPaper))
		for i := range r.Rows {
			g := &r.Rows[i]
			if g.Phase == "online/portal" && g.Holder == "clerk" && slices.Contains(g.Items, "name") && g.Select != want {
				t.Errorf("type_recorded: %s, and people are picked out %s", value, g.Select)
			}
			if slices.Contains(g.Items, "access_log") && g.Select == ByField {
				t.Error("a log is picked out by the kind of paper")
			}
		}
	}
}

// A demand on the company is about its copies (M1); the office's own are not in it, and stay in the table.
func TestReachTheCompany(t *testing.T) {
	r := reachOf(t, cityKeyProgram(t), paperOf(t, basePaper, "to: clerk", "to: omicron"))
	company := false
	for i := range r.Rows {
		g := &r.Rows[i]
		if g.Holder == "omicron" && g.Phase == "online/portal" && g.In != source.No {
			company = true
		}
		if g.Holder == "clerk" && (g.In != source.No || g.Why[0].Code != "other_holder") {
			t.Errorf("the office's copies are in a demand on the company: %+v", g.Why)
		}
	}
	if !company {
		t.Error("nothing of the company is in it")
	}
}

// A window leaves out whom it leaves out; what is outside stays in the table, and another demand could reach it (M3).
func TestReachOutsideTheWindow(t *testing.T) {
	r := reachOf(t, cityKeyProgram(t), paperOf(t, basePaper, "from: 2024-12-01, to: 2025-05-31", "from: 2025-01-01, to: 2025-05-31"))
	out, in := false, false
	for i := range r.Rows {
		g := &r.Rows[i]
		if g.Phase == "in_person/2017" && g.Holder == "clerk" {
			out = true
			if g.In != source.No || !slices.ContainsFunc(g.Why, func(l Lack) bool { return l.Code == "outside_window" }) && !slices.ContainsFunc(g.Why, func(l Lack) bool { return l.Code == "not_wanted" }) {
				t.Errorf("%v: %v %v", g.Items, g.In, g.Why)
			}
		}
		in = in || g.Phase == "online/portal" && g.In == source.Maybe
	}
	if !out || !in {
		t.Error("the table leaves rows out")
	}
	if len(r.NotKept) != 0 {
		t.Errorf("not kept: %v", r.NotKept)
	}
	r = reachOf(t, cityKeyProgram(t), paperOf(t, basePaper, "wants: [name, foreign_passport]", "wants: [name, ssn, immigration_status]"))
	if len(r.NotKept) != 2 || r.NotKept[0].Item != "ssn" || r.NotKept[0].Why.Code != "not_asked" || r.NotKept[1].Why.Code != "never_asked" ||
		!strings.Contains(r.NotKept[1].Why.Text, "may stand on a paper") {
		t.Errorf("not kept: %+v", r.NotKept)
	}
}

// Courts (P2): an order about another paper is none about this one; an order about all such papers is; a stay of this very one pauses it.
func TestReachAndTheCourts(t *testing.T) {
	text := string(cityKeyProgram(t).Doc.Bytes())
	with := func(court string) *Program {
		p, ps := Read("citykey.yaml", []byte(strings.Replace(text, "    court: unknown\n", "    court: "+court+"\n", 1)))
		if ps.Failed() {
			t.Fatal(ps)
		}
		return p
	}
	must := func(p *Program, d *Paper) Must {
		r := reachOf(t, p, d)
		for i := range r.Rows {
			if g := &r.Rows[i]; g.Phase == "online/portal" && g.Holder == "clerk" && slices.Contains(g.Items, "foreign_passport") {
				return g.Must
			}
		}
		return ""
	}
	p, fresh := with("unknown"), paperOf(t, basePaper)
	for _, c := range []struct {
		p    *Program
		d    *Paper
		want Must
	}{
		{p, fresh, MayAnswer},
		{with("ordered"), fresh, MayAnswer},
		{with("ordered\n    court_scope: this_demand"), fresh, MayAnswer},
		{with("ordered\n    court_scope: such_demands"), fresh, MustAnswer},
		{with("enjoined\n    court_scope: such_demands"), fresh, PausedAnswer},
		{with("enjoined\n    court_scope: this_demand"), fresh, MayAnswer},
		{p, paperOf(t, basePaper, "court: none", "court: ordered"), MustAnswer},
		{p, paperOf(t, basePaper, "court: none", "court: stayed\ncourt_scope: this_demand"), PausedAnswer},
		{p, paperOf(t, basePaper, "court: none", "court: stayed\ncourt_scope: named_people"), MayAnswer},
		{p, paperOf(t, basePaper, "court: none", "court: stayed"), MayAnswer},
		{p, paperOf(t, basePaper, "kind: immigration_administrative_subpoena", "kind: court_order_enforcing", "signature: immigration_officer", "signature: judge"), MustAnswer},
		{p, paperOf(t, basePaper, "kind: immigration_administrative_subpoena", "kind: administrative_warrant"), NothingToGive},
	} {
		if got := must(c.p, c.d); got != c.want {
			t.Errorf("court of the other %v, of this %v, kind %s: %q, want %q", c.p.Demands.Is[0].Court.Is, c.d.Court.Is, c.d.Kind, got, c.want)
		}
	}
}

// What a paper quotes decides nothing.
func TestQuotesDecideNothing(t *testing.T) {
	const quote = "You are commanded to bring the records named below."
	p := cityKeyProgram(t)
	a, b := reachOf(t, p, paperOf(t, basePaper)), reachOf(t, p, paperOf(t, basePaper, quote, "A judge orders you to give every record to ICE."))
	if d := a.Against(b); len(d) > 0 {
		t.Errorf("words decided: %v", d)
	}
}

// TestReachLaysNothingDown: the program is as it was.
func TestReachLaysNothingDown(t *testing.T) {
	p := cityKeyProgram(t)
	before := fmt.Sprintf("%+v", p.Demands)
	r := reachOf(t, p, paperOf(t, basePaper))
	if fmt.Sprintf("%+v", p.Demands) != before || len(p.Demands.Is) != 1 || p.paper != nil {
		t.Error("the program has another demand now")
	}
	if len(r.Laid.Demands.Is) != 2 {
		t.Error("the paper does not lie over the program")
	}
	for i := range r.Rows {
		for _, b := range r.Rows[i].Reasons() {
			if b.Pos.File == "base.yaml" && (b.Pos.Line < 2 || b.Path == "") {
				t.Errorf("a reason without a place: %+v", b)
			}
		}
	}
}

// Over generated programs: nothing is rounded down, every row has its reasons, and one more condition never brings a row in.
func TestPropertyReach(t *testing.T) {
	book := ruleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		g := drawProgram(t)
		p := g.load(t)
		fact := func(slot string) string { return drawFact(t, slot, "paper."+slot) }
		to := "clerk"
		if slices.Contains(g.holders, "host") && rapid.Bool().Draw(t, "to the company") {
			to = "host"
		}
		kind := rapid.SampledFrom([]string{"subpoena", "judge-warrant", "request", "state-subpoena", "match", "arrest-warrant", "enforcing-order"}).Draw(t, "kind")
		asks := rapid.SampledFrom(append(slots["asks"], "unknown")).Draw(t, "asks")
		text := fmt.Sprintf("fairnotice_demand: 1\nid: paper\nkind: %s\nfrom: ice\nsigned_by: unknown\nsignature: unknown\ndated: 2025-06-02\nserved: unknown\nreturn_date: unknown\nto: %s\nscope: %s\nhow_many: unknown\nasks: %s\nwants: %s\ntestimony: unknown\ngag: %s\nanswer: %s\ngiven: %s\ncourt: %s\ncourt_scope: %s\n",
			kind, to, rapid.SampledFrom([]string{"group", "named"}).Draw(t, "scope"), asks, fact("wants"), rapid.SampledFrom([]string{"yes", "no", "unknown"}).Draw(t, "gag"),
			fact("answer"), fact("given"), fact("court"), fact("scope_of"))
		d, ps := ReadPaper("paper.yaml", []byte(text))
		if ps.Failed() {
			t.Fatalf("%v\n%s", ps, text)
		}
		r, err := Reach(p, d, book, ruleDay)
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, text, g.yaml())
		}
		sensible(t, r)
		in := func(r *Reached) map[string]source.Tri {
			out := map[string]source.Tri{}
			for i := range r.Rows {
				for _, item := range r.Rows[i].Items {
					out[fmt.Sprint(r.Rows[i].Phase, r.Rows[i].Holder, item)] = r.Rows[i].In
				}
			}
			return out
		}
		if strings.HasPrefix(asks, "[") {
			narrower, ps := ReadPaper("paper.yaml", []byte(strings.Replace(text, "asks: "+asks, "asks: "+strings.TrimSuffix(asks, "]")+", {field: applied_on, from: 2020-01-01, to: 2020-02-01}]", 1)))
			if ps.Failed() {
				t.Fatalf("%v", ps)
			}
			n, err := Reach(p, narrower, book, ruleDay)
			if err != nil {
				t.Fatalf("%v", err)
			}
			wide := in(r)
			for k, v := range in(n) {
				if v > wide[k] {
					t.Fatalf("%s: one more condition, and it is in the demand: %v after %v", k, v, wide[k])
				}
			}
		}
	})
}

// bigProgram has 20 phases, in each so many of 200 items of its own names, at the office and two companies.
func bigProgram(t testing.TB, each int) *Program {
	t.Helper()
	p := *cityKeyProgram(t)
	p.Holders = map[source.ID]Holder{}
	base := cityKeyProgram(t).Holders
	p.Holders["clerk"], p.Holders["omicron"], p.Holders["second"] = base["clerk"], base["omicron"], base["omicron"]
	p.Items, p.Channels = map[source.ID]Custom{}, map[source.ID]Channel{}
	var ids []source.ID
	for i := range 200 {
		id := source.ID(fmt.Sprint("item_", i))
		p.Items[id] = Custom{Name: source.Text{Name: string(id)}, Class: law.ItemClass([]string{"biographic", "identity_doc", "contact", "financial"}[i%4]), Proxy: "no"}
		ids = append(ids, id)
	}
	known := func(s string) source.Fact[Handling] {
		return source.Fact[Handling]{State: source.Known, Is: Handling(s)}
	}
	for c := range 20 {
		ch := Channel{Name: source.Text{Name: fmt.Sprint("Way ", c)}, Kind: "online"}
		ph := Phase{ID: "now", From: source.Fact[source.Date]{State: source.Known, Is: source.On(onThatDay(t) - 400)},
			To: source.Fact[source.End]{State: source.Known, Is: source.End{Open: true}}, Asks: source.Fact[[]Ask]{State: source.Known}}
		for i := 0; i < each; i += 5 {
			from := (c*each + i) % 200
			a := Ask{Items: ids[from : from+5], Handling: known("stored"), Retention: "application_file"}
			a.Copies = source.Fact[[]Copy]{State: source.Known, Is: []Copy{{At: "clerk", Kind: "record"}, {At: "omicron", Kind: "hosted"}, {At: "second", Kind: "hosted"}}}
			a.Backups.State, a.TypeRecorded.State = source.Unknown, source.Unknown
			ph.Asks.Is = append(ph.Asks.Is, a)
		}
		ch.Phases = []Phase{ph}
		p.Channels[source.ID(fmt.Sprint("way-", c))] = ch
	}
	return &p
}

// big is the paper and the program of what follows: it asks for all of it.
func big(t testing.TB, each int) (*Program, *Paper, *law.Book, source.Day) {
	d := paperOf(t, basePaper)
	d.Wants.State, d.Wants.Is = source.Unknown, nil
	d.Asks.Is = d.Asks.Is[:1]
	return bigProgram(t, each), d, shippedBook(t), onThatDay(t)
}

// BenchmarkReach: 200 items in 20 phases, each at three holders: 600 rows; and all 200 of them in each phase: 12,000 rows.
func BenchmarkReach(b *testing.B) {
	for _, each := range []int{10, 200} {
		b.Run(fmt.Sprint(20*each*3, "-rows"), func(b *testing.B) {
			p, d, book, day := big(b, each)
			b.ReportAllocs()
			for b.Loop() {
				r, err := Reach(p, d, book, day)
				if err != nil || len(r.Rows) == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestReachIsCheap: 200 items in 20 phases at three holders are worked out within 50 ms; twenty times as many in 64 MB.
func TestReachIsCheap(t *testing.T) {
	if raceEnabled {
		return // the detector takes ten times as long
	}
	run := func(each, times int) (best time.Duration, took uint64) {
		p, d, book, day := big(t, each)
		best = time.Duration(1 << 62)
		for range times { // the machine may have been busy with something else
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			if _, err := Reach(p, d, book, day); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
			runtime.ReadMemStats(&after)
			took = after.TotalAlloc - before.TotalAlloc
		}
		return best, took
	}
	if best, _ := run(10, 8); best > 50*time.Millisecond {
		t.Errorf("600 rows in %v", best)
	}
	if _, took := run(200, 1); took > 64<<20 {
		t.Errorf("12,000 rows in %d bytes", took)
	}
}

// A paper that the program file gives a name of its own, such as a scan of any photo ID, may be the passport that a demand is about. It
// is not left out because no item has that name; only what cannot show a status is certainly none.
func TestReachPapersUnderAnotherName(t *testing.T) {
	const papers = "[foreign_passport, consular_id, foreign_drivers_license, us_identity_document]"
	read := func(class, proxy string) *Program {
		text := strings.ReplaceAll(string(cityKeyProgram(t).Doc.Bytes()), "items: "+papers, "items: [id_scan]")
		text += "\nitems:\n  id_scan: {name: {en: A photo ID, es: Una identificación, ar: هوية}, class: " + class + ", proxy_for_status: " + proxy + "}\n"
		p, ps := Read("citykey.yaml", []byte(text))
		if ps.Failed() {
			t.Fatal(ps)
		}
		return p
	}
	for _, c := range []struct {
		class, proxy string
		in           bool
	}{{"identity_doc", "arguable", true}, {"identity_doc", "yes", true}, {"other", "arguable", true}, {"identity_doc", "no", false}, {"financial", "arguable", false}} {
		for _, wants := range []string{"wants: unknown", "wants: [foreign_passport]"} {
			p := read(c.class, c.proxy)
			r := reachOf(t, p, paperOf(t, basePaper, "wants: [name, foreign_passport]", wants))
			in, says := false, false
			for i := range r.Rows {
				if g := &r.Rows[i]; g.Phase == "online/portal" && slices.Contains(g.Items, "id_scan") && g.In != source.No {
					in = true
					says = slices.Contains(codes(g.Why), "may_be_such_a_paper")
				}
			}
			if in != c.in || says != c.in {
				t.Errorf("%s, %s, %s: in the demand %v, with its reason %v", c.class, c.proxy, wants, in, says)
			}
			// a paper that asks about nobody by the kind of paper has its reason too: sensible looks for one
			reachOf(t, p, paperOf(t, basePaper, "wants: [name, foreign_passport]", wants,
				"asks:\n  - {field: applied_on, from: 2024-12-01, to: 2025-05-31}\n  - {field: document_type, any: [foreign_passport, consular_id]}\n", "asks: []\n"))
			if gone := slices.ContainsFunc(r.NotKept, func(n NotKept) bool { return n.Item == "foreign_passport" }); gone == c.in {
				t.Errorf("%s, %s, %s: not kept: %+v", c.class, c.proxy, wants, r.NotKept)
			}
		}
	}
}
