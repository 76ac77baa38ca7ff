package law

import (
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices/source"
)

func day(t testing.TB, s string) source.Day {
	t.Helper()
	d, err := source.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func book(t testing.TB) *Book {
	t.Helper()
	b, problems := Shipped()
	if len(problems) > 0 {
		t.Fatalf("the shipped book has problems:\n%v", problems)
	}
	return b
}

// The list of a notice's demands and laws follows this order: the routes by number, the laws of the smallest place first, rulings by day.
func TestAll(t *testing.T) {
	var routes []string
	seen := map[string]bool{}
	place, kind := len(places), KindDemand
	last := source.Day(0)
	for _, e := range book(t).All() {
		if e.Kind != kind {
			if seen[string(e.Kind)] {
				t.Errorf("%s stands apart from the other entries of kind %s", e.ID, e.Kind)
			}
			kind = e.Kind
		}
		seen[string(e.Kind)] = true
		switch e.Kind {
		case KindDemand:
			if n := len(routes); n == 0 || routes[n-1] != e.Demand.Route {
				routes = append(routes, e.Demand.Route)
			}
		case KindProtection:
			if at := placeIndex(e.Where); at > place {
				t.Errorf("%s, of %s, comes after the laws of a larger place", e.ID, e.Where)
			} else {
				place = at
			}
		case KindRuling:
			if e.Ruling.Decided.First < last {
				t.Errorf("%s comes after later rulings", e.ID)
			}
			last = e.Ruling.Decided.First
		}
	}
	if want := strings.Fields(sectionA); !slices.Equal(routes, want) {
		t.Errorf("the routes are %v, not those of the domain's section A: %v", routes, want)
	}
}

// sectionA is every route of the domain's section A.
const sectionA = "1 1b 2 3 4 5 6 6b 7 8 9 10 11 12 13 14 15 16 17 18"

func TestIn(t *testing.T) {
	b := book(t)
	count := func(place source.ID) (n int, local bool) {
		entries, ok := b.In(place)
		if !ok {
			t.Fatalf("%s is not known", place)
		}
		for _, e := range entries {
			local = local || e.Where == "us-il-chicago"
		}
		return len(entries), local
	}
	city, local := count("us-il-chicago")
	if !local {
		t.Errorf("us-il-chicago has %d of %d entries, and none of the city's own", city, len(b.All()))
	}
	if n, local := count("us-il-cook"); n != city-3 || local {
		t.Errorf("us-il-cook has %d entries; the city's own: %v", n, local)
	}
	us, _ := b.In("us")
	for _, e := range us {
		if e.Where != "us" {
			t.Errorf("%s holds in %s, not in all of us", e.ID, e.Where)
		}
	}
	if got, ok := b.In("us-xx"); ok || got != nil {
		t.Errorf("us-xx is not in the book, but gives %v", got)
	}
	if !slices.Equal(b.Places(), []source.ID{"us", "us-il", "us-il-cook", "us-il-chicago", "us-ca", "us-co", "us-mi", "us-mi-washtenaw", "us-nj", "us-ny", "us-ny-nyc", "us-wa"}) {
		t.Errorf("places: %v", b.Places())
	}
}

// Principle 3: no older law by default, and no later one.
func TestOn(t *testing.T) {
	b := book(t)
	for _, c := range []struct {
		id, on string
		want   source.ID
	}{
		{"chicago-2-176", "2017-04-18", ""},
		{"chicago-2-176", "2017-04-19", "2017-04-19"},
		{"chicago-2-176", "2024-06-11", "2017-04-19"},
		{"chicago-2-176", "2024-06-12", "2024-06-12"},
		{"chicago-2-176", "2025-06-14", "2024-06-12"},
		{"il-trust-act", "2021-08-01", ""},
		{"il-trust-act", "2021-08-02", "2021-08-02"},
		{"il-foia", "2025-06-14", "current"},
		{"leak", "2025-06-14", ""},
	} {
		got := source.ID("")
		if v := b.Entry(source.ID(c.id)).On(day(t, c.on)); v != nil {
			got = v.ID
		}
		if got != c.want {
			t.Errorf("%s on %s: version %q, want %q", c.id, c.on, got, c.want)
		}
	}
	e := b.Entry("chicago-2-176")
	if v := e.Version("2017-04-19"); v == nil || v.ID != "2017-04-19" {
		t.Error("the version of 2017 is not found by its id")
	}
	if e.Version("current") != nil || b.Entry("nowhere") != nil {
		t.Error("something is found that is not there")
	}
}

// A version that begins some time in a month has not certainly begun before the month is over; the one before it holds until then.
func TestOnMonth(t *testing.T) {
	may, err := source.ParseDate("2024-05")
	if err != nil {
		t.Fatal(err)
	}
	e := &Entry{Versions: []Version{
		{ID: "old", To: may},
		{ID: "2024-05", From: source.Fact[source.Date]{State: source.Known, Is: may}},
	}}
	for on, want := range map[string]source.ID{"2024-05-15": "old", "2024-05-30": "old", "2024-05-31": "2024-05"} {
		if v := e.On(day(t, on)); v == nil || v.ID != want {
			t.Errorf("on %s: %v, want %s", on, v, want)
		}
	}
}

func TestEffectOn(t *testing.T) {
	b := book(t)
	for _, c := range []struct {
		id, on string
		want   Status
		says   string // in the case, or ""
	}{
		{"chicago-2-173-020", "2021-01-26", Unverified, ""},
		{"chicago-2-173-020", "2025-02-05", InForce, ""},
		{"chicago-2-173-020", "2025-02-06", Challenged, "1:25-cv-1285, filed"},
		{"chicago-2-173-020", "2025-06-14", Challenged, "1:25-cv-1285, filed"},
		{"chicago-2-173-020", "2025-07-25", Challenged, "leave to amend"},
		{"chicago-2-173-020", "2025-10-30", Challenged, "leave to amend"}, // "2025-10" is certain only when October is over
		{"chicago-2-173-020", "2025-10-31", Challenged, "Seventh Circuit"},
		{"il-trust-act", "2025-06-14", Challenged, "1:25-cv-1285"},
		{"chicago-2-176", "2025-06-14", InForce, ""},
		{"8-usc-1373", "2025-06-14", Disputed, "Alameda"},
		{"legal-hold", "2003-06-01", Unverified, ""},
	} {
		got := b.Entry(source.ID(c.id)).EffectOn(day(t, c.on))
		if got.Is != c.want || !strings.Contains(got.Case, c.says) {
			t.Errorf("%s on %s: %s (%s), want %s (%s)", c.id, c.on, got.Is, got.Case, c.want, c.says)
		}
	}
}

func TestDue(t *testing.T) {
	e := book(t).Entry("chicago-2-176")
	for on, want := range map[string]bool{"2026-11-21": false, "2027-05-20": false, "2027-05-21": true, "2030-01-01": true} {
		if got := e.Due(day(t, on)); got != want {
			t.Errorf("due on %s: %v", on, got)
		}
	}
}

func TestBinds(t *testing.T) {
	b := book(t)
	clerk := Holder{Kind: "city_agency", Within: "us-il-chicago", Custodian: true, Authority: []source.ID{"chicago-2-176"}}
	for _, c := range []struct {
		what string
		id   source.ID
		h    Holder
		want Verdict
	}{
		{"the Clerk, for the city's card", "chicago-2-176", clerk, Does},
		{"the same office for another program", "chicago-2-176", Holder{Kind: "city_agency", Within: "us-il-chicago", Custodian: true}, DoesNot},
		{"another office of the city that got a copy", "chicago-2-176", Holder{Kind: "city_agency", Authority: clerk.Authority}, DoesNot},
		{"the vendor", "chicago-2-176", Holder{Kind: "company", Authority: clerk.Authority}, DoesNot},
		{"the Clerk", "chicago-2-173-020", clerk, Does},
		{"the vendor, as an agent", "chicago-2-173-020", Holder{Kind: "company"}, Undecided},
		{"a county office", "chicago-2-173-020", Holder{Kind: "county_agency"}, DoesNot},
		{"an office of another place", "chicago-2-173-020", Holder{Kind: "city_agency", Within: "us-il"}, DoesNot},
		{"an office of a place that nobody knows", "chicago-2-173-020", Holder{Kind: "city_agency", Within: "us-xx"}, DoesNot},
		{"the Clerk", "il-trust-act", clerk, DoesNot},
		{"the police", "il-trust-act", Holder{Kind: "law_enforcement", Within: "us-il-chicago"}, Does},
		{"the vendor", "il-local-records-act", Holder{Kind: "company"}, Undecided},
	} {
		e := b.Entry(c.id)
		if got := e.Binds(e.On(day(t, "2025-06-14")), c.h); got != c.want {
			t.Errorf("%s: does it bind %s? %s, want %s", c.id, c.what, got, c.want)
		}
	}
}

func TestCovering(t *testing.T) {
	b := book(t)
	on := day(t, "2025-06-14")
	for _, c := range []struct {
		id, item source.ID
		class    ItemClass
		want     Verdict
	}{
		{"chicago-2-173-030", "immigration_status", "status", Does},
		{"chicago-2-173-030", "foreign_passport", "identity_doc", Undecided},
		{"chicago-2-173-020", "foreign_passport", "identity_doc", Undecided},
		{"chicago-2-176", "foreign_passport", "identity_doc", Does},
		{"il-local-records-act", "access_log", "metadata", Undecided},
		{"il-local-records-act", "name", "biographic", Does},
		{"750-ilcs-61", "address", "contact", Does},
		{"750-ilcs-61", "phone", "contact", DoesNot},
	} {
		if got := b.Entry(c.id).On(on).Covering(c.item, c.class); got != c.want {
			t.Errorf("%s covers %s: %s, want %s", c.id, c.item, got, c.want)
		}
	}
}

// A law on immigration enforcement certainly stops an immigration officer's paper; whether it stops what can come for other reasons, too,
// depends on the reason.
func TestLets(t *testing.T) {
	b := book(t)
	any := Version{Blocks: []Class{Administrative, Voluntary}}
	immigration := Version{Blocks: any.Blocks, Exceptions: []source.ID{source.ID(CourtOrder), NotImmigration}}
	for _, c := range []struct {
		v    *Version
		id   source.ID
		want Verdict
	}{
		{&any, "immigration_administrative_subpoena", DoesNot},
		{&any, "voluntary_sharing", DoesNot},
		{&any, "grand_jury_subpoena", Does},
		{&any, "agreement_match", Does},
		{&immigration, "immigration_administrative_subpoena", DoesNot},
		{&immigration, "voluntary_sharing", Undecided},
		{&immigration, "court_order_enforcing", Does},
	} {
		if got := c.v.Lets(b.Entry(c.id)); got != c.want {
			t.Errorf("except %v: does it let %s pass? %s, want %s", c.v.Exceptions, c.id, got, c.want)
		}
	}
}

// One broken file for each thing that Open refuses; its first line says what is wrong with it. All are found at once.
func TestBroken(t *testing.T) {
	fsys := os.DirFS("testdata")
	_, problems := Open(fsys, "broken")
	golden, err := os.ReadFile("testdata/broken.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := problems.Error() + "\n"; got != string(golden) {
		t.Errorf("the problems differ from testdata/broken.txt; they are now\n%s", got)
	}
	files, err := fs.Glob(fsys, "broken/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.ContainsFunc(problems, func(p source.Problem) bool { return p.Pos.File == f && p.Pos.Line > 0 && p.Excerpt != "" }) {
			t.Errorf("nothing is found in %s", f)
		}
	}
}

// An office adds law beside its program file; it can refer to the book, and cannot change it.
func TestWith(t *testing.T) {
	const own = `id: %ID%
kind: protection
where: us-il-chicago
citation: Order 7 of the Council
source: {title: Order 7, url: unknown}
confidence: reported
checked: {on: 2026-01-01, by: Office of the City Clerk, next: 2026-07-01}
force: ordinance
topic: answering
versions:
  - id: current
    from: unknown
    words: no worker shall hand over a list
    binds: [{kind: city_agency, is: yes}]
    covers: [{what: all, is: yes}]
    blocks: [administrative]
    forbids: yes
effects: [{is: in_force, on: 2025}]
in_words:
  name: {en: The rule on lists, es: La norma sobre listas}
  says: {en: It stops workers from handing over lists., es: Impide que se entreguen listas.}
  binds: {en: City workers., es: A quienes trabajan para la ciudad.}
`
	file := func(id string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.ReplaceAll(own, "%ID%", id))}
	}
	b := book(t)
	more, problems := b.With(fstest.MapFS{"x/law/memo-7.yaml": file("memo-7")}, "x/law")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if e := more.Entry("memo-7"); e == nil || !e.Own || len(more.All()) != len(b.All())+1 || b.Entry("memo-7") != nil {
		t.Error("the office's entry is not in its book, or is in ours")
	}
	for _, e := range b.All() {
		if e.Own {
			t.Errorf("%s is of the book and is called a program's own", e.ID)
		}
	}
	for what, wrong := range map[string][2]string{
		"is a demand":                  {"kind: protection", "kind: demand"},
		"has no words that a reader":   {"in_words:", "#"},
		"has several versions":         {"versions:\n", "versions:\n  - {id: 2020-01-01, from: 2020-01-01, to: 2021-01-01, words: unknown, binds: [], covers: [], forbids: undecided}\n"},
		"The key `says` is missing":    {"  says:", "  #"},
		"words are not quoted, but th": {"words: no worker shall hand over a list", "words: unknown"},
	} {
		text := strings.Replace(string(file("memo-7").Data), wrong[0], wrong[1], 1)
		switch what {
		case "is a demand":
			text, _, _ = strings.Cut(text, "force:")
			text = strings.Replace(text, "confidence: reported", "confidence: unverified", 1) + "demand: {class: administrative, words: unknown, gag: no}\n"
		case "has no words that a reader":
			text, _, _ = strings.Cut(text, "#")
		}
		_, problems := b.With(fstest.MapFS{"x/law/memo-7.yaml": {Data: []byte(text)}}, "x/law")
		if !slices.ContainsFunc(problems, func(p source.Problem) bool { return strings.Contains(p.Message, what) && p.Pos.Line > 0 }) {
			t.Errorf("%s: %v", what, problems)
		}
	}
	inBook := strings.Replace(string(file("memo-7").Data), "memo-7", "of-the-book", 1)
	if _, problems := Open(fstest.MapFS{"book/of-the-book.yaml": {Data: []byte(inBook)}}, "book"); len(problems) != 1 || problems[0].Code != "law-own" {
		t.Errorf("an entry of the book brings words for readers: %v", problems)
	}
	same, problems := b.With(fstest.MapFS{"law/leak.yaml": file("leak")}, "law")
	if len(problems) != 1 || problems[0].Code != "law-twice" || same.Entry("leak") != b.Entry("leak") {
		t.Errorf("an office can replace an entry of the book: %v", problems)
	}
	if none, problems := b.With(fstest.MapFS{}, "x/law"); none != b || len(problems) > 0 {
		t.Errorf("a program without law of its own: %v", problems)
	}
	if _, problems := Open(fstest.MapFS{}, "book"); !problems.Failed() {
		t.Error("a book that is not there is no error")
	}
}

func TestJSON(t *testing.T) {
	b := book(t)
	got, err := b.JSON([]*Entry{b.Entry("chicago-2-173-020"), b.Entry("leak")}, day(t, "2025-06-14"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/law.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("differs from testdata/law.json; it is now\n%s", got)
	}
	all, err := b.JSON(b.All(), day(t, "2016-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Entries []struct {
			ID    string
			Words *string
		}
	}
	if err := json.Unmarshal(all, &back); err != nil {
		t.Fatal(err)
	}
	for _, e := range back.Entries {
		if e.ID == "chicago-2-176" && e.Words != nil {
			t.Error("in 2016 chapter 2-176 has words of 2017")
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		Open(shipped, "book")
	}
}
