package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
)

// What a right notice of each real program must and must not say, in the English of its whole notice. A line is a statement: its
// section, its message, its text, its values. must: some line fits the pattern. never: none does.
var rightNotices = []struct {
	name, program string
	must, never   []string
}{
	{"T1 CityKey online", "citykey", []string{
		`^how_long: long\.unknown No one has said how long these are kept\.`,
		`early\.needs_approval A records board must agree in writing`,
		`early\.not_alone So the office cannot erase them alone\.`,
		`^company: vendor\.holds A company holds records`,
		`ask\.no_court No court has checked it\.`,
		`ask\.then_court Then ICE can ask a federal judge`,
		`ask\.rulings\.both`,
		`ask\.lose`,
		`ask\.appeal`,
		`ask\.group`,
		`ask\.again\.reach`,
		`^company: vendor\.asked ICE can ask the company too\.`,
		`part\.closed\.kept That did not erase what people gave\.`,
		`past\.first Records about you may still exist\.`,
		`past\.can\.no .*Make the office erase your file`,
		`demand\.from\.ice .*Date=April 17, 2025`,
		`given\.nothing_from_this_program .*Said by=City Clerk.*On=June 13, 2025`,
		`stops\.verdict\.disputed`,
	}, []string{
		`(?i)\bsafe\b|\bsecured?\b|\bprotected\b`, // N1
		`(?i)nothing was given\b`,                 // N9
		`past\.can\.yes`,                          // N8
		`(?i)\b(are|is|were) gone\b`,
		`stops\.verdict\.court_first`,
	}},
	{"T2 CityKey in person", "citykey", []string{
		`^choices: do\.way\.in_person You can go in person, which leaves fewer papers`,
		`do\.way\.cost\.travel_and_wait`,
		`^kept: part\.step .*Part=The booking page`,
		`part\.step\.counts`,
		`keep\.seen_returned A worker looks at these`,
		`copies\.reported No one has checked if machines keep copies`,
		`key\.leftover\.name Your name stays, and booking may\.`,
	}, []string{
		`(?i)no records?\b.*\b(left|kept|stays?)`, // N7
		`part\.nothing`,
		`key\.none\.`,
		`copies\.verified`,
	}},
	{"T3 CityKey, a rule that changed", "citykey", []string{
		`law\.chicago-2-176\.2017-04-19\.rule .*Since=April 19, 2017`,
		`law\.chicago-2-176\.2024-06-12\.rule .*Since=June 12, 2024`,
		`past\.changed\.years So a rule in the law was changed after 7 years\.`,
		`past\.can_change`,
	}, []string{
		`law\.chicago-2-176\.2017-04-19\.rule .*On the website`, // the words of 2017 are not those of people who sent papers online
	}},
	{"T3 CityKey as it was known in 2018", "citykey-2017", []string{
		`law\.chicago-2-176\.2017-04-19\.rule `,
		`copies\.(reported|unknown) `,
	}, []string{
		`2024|2025`, // what came later was not known
		`key\.(keep|unknown)\.online`,
		`part\.nothing|key\.none\.|copies\.verified`,
	}},
	{"T4 Chicago, Streets and Sanitation", "chicago-streets-sanitation", []string{
		`^key_facts: key\.answer\.partial_undisclosed The office gave some, and will not say which\.`,
		`^happened: demand\.from\.ice\.not_applied .*Date=March 21, 2025`,
		`^happened: answer\.partial_undisclosed The office gave some documents, and will not say which\.`,
		`^happened: given\.contested .*Nothing with facts about people.*Said by=Corporation Counsel.*On=June 2025`,
		`^happened: given\.contested .*It refused to show what was given.*It will not say what was given.*On=June 23, 2025`,
		`^happened: given\.contested .*A list, without details`,
		`^choices: do\.way\.none\.law A law asks for these records, so no way leaves fewer\.`,
		`^choices: do\.mandatory`,
		`need\.required .*Form I-9`,
		`program\.people\.employees`,
	}, []string{
		`given\.nothing_from_this_program`,
		`(?i)nothing (from this program|was given)`,
		`^(key_facts|program|choices|asked|kept|how_long|past|happened|who_can_ask|stops|unknown|about): .*CityKey`,
		`^(key_facts|program|choices|asked|kept|how_long|past|happened|who_can_ask|stops|unknown|about): .*(?i:\bappl(y|ies|ied|ying|icants?)\b)`,
		`answer\.(declined|complied|unknown) `,
	}},
	{"T5 Colorado's labor department", "colorado-labor", []string{
		`key_facts: key\.other_purpose`,
		`giver\.who .*Who=Your employer`,
		`giver\.purpose They were given for another purpose`,
		`giver\.told\.no `,
		`demand\.named .*People=35`,
		`says\.answer .*Said by=The Governor of Colorado`, // leaders tried to override the law
		`^stops: law\.co-[a-z0-9-]+\.says `,
		`court\.enjoined .*One part of the office only`,
		`open\.blocked_by_law .*Social Security number`,
	}, []string{
		`says\.refuse`, // what was said of one paper is no promise about all
		`open\.no_barrier .*(Name|Home address|Wages)`, // a law on unemployment records is known
		`court\.enjoined .*All such demands`,
		`stops\.verdict\.paused_by_court A court has stopped the answer, which may change\.$`,
	}},
	{"T6 Washtenaw County", "washtenaw", []string{
		`^happened: demand\.from\.dhs .*Paper=Notice of Inspection`,
		`^happened: answer\.complied `,
		`^happened: demand\.from\.hsi .*Paper=Administrative subpoena`,
		`^happened: answer\.declined .*On=May 6, 2025`,
		`demand\.elsewhere `,
	}, []string{
		`part\.nothing|key\.none\.`,
		`key\.answer\.complied`, // what was given was not of this program
	}},
	{"the file to copy", "food-pantry", []string{
		`program\.urgency\.food If you need food, you can get it now\.`,
		`do\.wait\.urgent`,
		`copies\.verified .*Checked by=Robin Sample`,
		`keep\.fields_extracted .*Number of people in the visit`,
		`key\.leftover\.stays Some facts about you stay\.`,
		`long\.known .*How long=1 year`,
	}, []string{
		`(?i)choose not to apply`,
		`part\.nothing`,
		`key\.none\.`,
		`past\.first\.none`,
		`(?i)(nothing|no record) (is|was) kept`,
	}},
}

// lines says a notice statement by statement.
func lines(n *locales.Notice) []string {
	var out []string
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				l := s.ID + ": " + st.Message + " " + st.Text
				for _, v := range append(append(s.Values[:len(s.Values):len(s.Values)], g.Values...), st.Values...) {
					l += " | " + v.Label + "=" + strings.Join(v.Text, "; ")
				}
				out = append(out, l)
			}
		}
	}
	return out
}

// TestRightNotices holds each example against what a right notice of its program must say and must not say.
func TestRightNotices(t *testing.T) {
	tested := map[string]bool{}
	for _, r := range rightNotices {
		tested[r.program] = true
		t.Run(r.name, func(t *testing.T) {
			all := lines(said(t, example(r.program), notices.Before, "en"))
			for _, p := range r.must {
				re, found := regexp.MustCompile(p), false
				for _, l := range all {
					found = found || re.MatchString(l)
				}
				if !found {
					t.Errorf("nothing says %s", p)
				}
			}
			for _, p := range r.never {
				re := regexp.MustCompile(p)
				for _, l := range all {
					if re.MatchString(l) {
						t.Errorf("%s is in: %s", p, l)
					}
				}
			}
		})
	}
	for _, f := range examples(t) {
		if id := strings.TrimSuffix(filepath.Base(f), ".yaml"); !tested[id] {
			t.Errorf("nobody has written down what a right notice of %s must and must not say", id)
		}
	}
}

// applying are the words of people who apply, in each language; a notice for anybody else has none of them. Forms stand apart: people
// whose facts others gave may have sent one themselves.
var (
	applying = map[string]string{
		"en": `(?i)\bappl(y|ies|ied|ying|icants?|ications?)\b|\bcards?\b|\bthe program\b|\bthis program\b`,
		"es": `(?i)solicitu|solicitante|tarjeta|\b(el|este|del) programa\b`,
		"ar": `التقديم|قدّم|البطاق|هذا البرنامج`,
	}
	forms = map[string]string{"en": `(?i)\bforms?\b`, "es": `(?i)formulario`, "ar": `استمار`}
)

// TestPeopleWhoDidNotApply: a notice for workers, or for people whose facts somebody else gave, speaks of no form, card or program for
// which they applied.
func TestPeopleWhoDidNotApply(t *testing.T) {
	files := append(examples(t), filepath.Join("..", "..", "notices", "testdata", "others.yaml"))
	count := 0
	for _, file := range files {
		for _, kind := range notices.Kinds() {
			for tag, pattern := range applying {
				n := said(t, file, kind, tag)
				p := programOf(t, file)
				if p.People == "applicants" {
					continue
				}
				count++
				own := false
				for _, c := range p.Channels {
					own = own || p.People == "people_in_records" && c.Kind != "from_others"
				}
				if !own {
					pattern += "|" + forms[tag]
				}
				re := regexp.MustCompile(pattern)
				check := func(where, text string) {
					// Names of papers keep their words: Form I-9, a driver's license.
					if re.MatchString(strings.NewReplacer("Form I-9", "", "Formulario I-9", "", "استمارة I-9", "").Replace(text)) {
						t.Errorf("%s, %s, %s: %s: %s", file, kind, tag, where, text)
					}
				}
				check("title", n.Title)
				for _, s := range n.Sections {
					if s.Layer == 3 && s.ID != "why" { // the laws, papers and sources have names of their own
						continue
					}
					check(s.ID, s.Heading)
					for _, g := range s.Groups {
						check(s.ID, g.Heading)
						for _, st := range g.Statements {
							if st.Message == "askback.never" { // it tells helpers of all programs what they do not ask about
								continue
							}
							check(st.ID, st.Text)
							for _, v := range st.Values {
								check(st.ID, v.Label)
								if v.Kind == notices.VLabel && v.Name != "items" { // a claim for pay is called what it is called
									check(st.ID, strings.Join(v.Text, "; "))
								}
							}
						}
					}
				}
			}
		}
	}
	if count < 12 {
		t.Errorf("only %d notices of people who did not apply", count)
	}
}

func programOf(t *testing.T, file string) *notices.Program {
	t.Helper()
	f, err := world{today: edition1}.read(file)
	if err != nil || f.program == nil {
		t.Fatalf("%s: %v", file, err)
	}
	return f.program
}
