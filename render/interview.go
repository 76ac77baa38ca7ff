package render

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Interview is the questions that lead to a first program file, and the answers so far. It asks in English, the staff's language
// here; what nobody knows becomes `unknown` in the file, and a question for somebody.
type Interview struct {
	Answers map[string]string // by the key of the prompt; "unknown" where the person does not know
	Places  []string          // the places of the book of law
	labels  map[string]string // of items
	papers  map[string]bool   // the items that are papers
	pos     map[string]source.Pos
}

// Asked gives the key of the question whose answer stands at a path of the file, and its place where the answers were read; "" for
// what was not asked.
func (in *Interview) Asked(path string) (key string, pos source.Pos) {
	best := ""
	for at, k := range map[string]string{"program.id": "program", "program.name": "program", "program.gives": "gives", "program.open_to": "open_to", "program.contact.name": "office", "program.contact.phone": "office_phone",
		"program.contact.place": "office_address", "program.mandatory": "mandatory", "program.status": "open_now", "costs": "costs", "is_not": "is_not", "holders.company.does": "company_does", "program.contact.page": "office_page", "program.jurisdiction": "place", "retention.application_file.period": "kept", "holders.office": "office", "holders.company": "company",
		"demands": "demanded", "demands.first.dated": "demand_dated", "demands.by": "no_demand_by", "help": "legal", "help.0": "legal", "help.0.phone": "legal_reach", "help.0.page": "legal_reach", "help.1": "officers",
		"help.1.phone": "officers_reach", "help.1.page": "officers_reach"} {
		if (path == at || strings.HasPrefix(path, at+".")) && len(at) > len(best) {
			best, key = at, k
		}
	}
	if rest, ok := strings.CutPrefix(path, "channels."); ok {
		way, what, _ := strings.Cut(rest, ".")
		key = "way." + way + ".asks"
		switch field := what[strings.LastIndexByte(what, '.')+1:]; {
		case strings.HasPrefix(what, "phases.now.from"):
			key = "way." + way + ".since"
		case field == "need":
			key = "way." + way + ".must"
		case field == "handling":
			key = "way." + way + ".then"
		}
	}
	return key, in.pos[key]
}

// Prompt is one question of the interview.
type Prompt struct {
	Key, Text string
	Page      string      // the title of the page on which it stands; prompts of one page follow each other
	Hint      string      // what a good answer looks like
	Choices   [][2]string // word, meaning; the person may type the number
	Many      bool        // several of them, with commas
	Own       bool        // words of one's own may stand among them
	Required  bool        // it cannot be unknown: a notice without it says nothing
	OrNone    bool        // leaving it out is an answer, too
	Ask       string      // whom the question goes to if the person does not know: records, it, vendor, counsel or program
}

// Unknown is the answer of a person who does not know.
const Unknown = "unknown"

// NeedsAnswer says that a question cannot be left to others.
const NeedsAnswer = "A notice needs this."

// tongues are the languages that a notice can be in: tag, English name.
func tongues() [][2]string {
	var out [][2]string
	for _, l := range locales.Languages() {
		out = append(out, [2]string{l.Tag, l.English})
	}
	return out
}

func tongue(tag string) string {
	l, _ := locales.Find(tag)
	return l.English
}

// NewInterview begins an interview.
func NewInterview(c phrases, places []source.ID) (*Interview, error) {
	in := &Interview{Answers: map[string]string{}, labels: map[string]string{}, papers: map[string]bool{}, pos: map[string]source.Pos{}}
	for _, p := range places {
		in.Places = append(in.Places, string(p))
	}
	for _, i := range notices.Vocabulary() {
		label, err := c.Phrase("en", "item."+string(i.ID))
		if err != nil {
			return nil, err
		}
		in.labels[string(i.ID)], in.papers[string(i.ID)] = label, i.Paper
	}
	return in, nil
}

var (
	interviewItems = strings.Fields(`name date_of_birth address phone email photo signature fingerprints foreign_passport consular_id foreign_drivers_license
		us_drivers_license us_identity_document birth_certificate residence_proof ssn income bank_account family_members emergency_contact immigration_status`)
	interviewWays = [][2]string{{"online", "on a website"}, {"in_person", "in person, at a counter"}, {"mail", "by mail, on paper"}, {"phone", "by phone"}, {"kiosk", "at a kiosk or a machine"}}
	placeNames    = map[string]string{"us": "somewhere else in the United States: the law of the whole country alone", "us-il": "Illinois", "us-il-cook": "Cook County, Illinois", "us-il-chicago": "Chicago, Illinois", "us-ca": "California", "us-co": "Colorado",
		"us-mi": "Michigan", "us-mi-washtenaw": "Washtenaw County, Michigan", "us-nj": "New Jersey", "us-ny": "New York State", "us-ny-nyc": "New York City", "us-wa": "Washington State"}
	wayNames    = map[string]string{"online": "On the website", "in_person": "In person", "mail": "By mail", "phone": "By phone", "kiosk": "At a kiosk"}
	officeKinds = [][2]string{{"city_agency", "an office of a city"}, {"county_agency", "an office of a county"}, {"state_agency", "an office of a state"}, {"federal_agency", "a federal office"},
		{"school", "a school"}, {"nonprofit", "a private group that earns no profit"}, {"company", "a company"}}
	treatments = [][2]string{{"seen_returned", "looked at and given back; nothing is written down"}, {"fields_extracted", "facts are written down, papers are given back"}, {"noted_yes_no", "only yes or no is noted"},
		{"stored", "a copy is kept"}, {"image_transient", "an image is made, and erased later"}, {"forwarded", "it is sent on to somebody else"}}
	interviewDemands = [][2]string{{"immigration_administrative_subpoena", "a paper from an immigration office, not signed by a judge (administrative subpoena)"}, {"judicial_warrant", "a search warrant signed by a judge"},
		{"grand_jury_subpoena", "a subpoena of a grand jury"}, {"federal_civil_subpoena", "a subpoena in a federal court case"}, {"public_records_request", "a request under a public-records law"}}
	interviewSenders = [][2]string{{"ice", "ICE"}, {"hsi", "Homeland Security Investigations"}, {"cbp", "Customs and Border Protection"}, {"dhs", "Homeland Security: another part, or nobody knows which"}, {"federal_prosecutor", "a federal prosecutor"},
		{"state_police", "state police"}, {"local_police", "local police"}, {"lawyer", "a lawyer"}, {"press", "a newspaper"}, {"individual", "a private person"}}
)

func (in *Interview) has(key string) string {
	if v := in.Answers[key]; v != Unknown {
		return v
	}
	return ""
}

// list takes an answer of several apart.
func (in *Interview) list(key string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(in.has(key), func(r rune) bool { return r == ',' || r == ';' }) {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

func (in *Interview) others() []string {
	return slices.DeleteFunc(in.list("languages"), func(t string) bool { return t == "en" })
}

// worded are the languages whose words the person can be asked for.
func (in *Interview) worded() []string {
	if v, answered := in.Answers["own_words"]; !answered || v == "no" {
		return nil
	}
	return in.others()
}

// Prompts lists the questions in their order. Which there are depends on the answers so far.
func (in *Interview) Prompts() []Prompt {
	var out []Prompt
	page := "The program"
	add := func(p Prompt) {
		if p.Page = page; p.Ask == "" {
			p.Ask = "program"
		}
		out = append(out, p)
	}
	words := func(key, text, hint string) {
		add(Prompt{Key: key, Text: text, Hint: hint, Required: true})
		for _, tag := range in.worded() {
			add(Prompt{Key: key + "." + tag, Text: "The same in " + tongue(tag) + "?", Hint: "Words that somebody wrote who speaks it. If you have none yet, say so: a translator can be sent all of them at once, and until then there is no notice in " + tongue(tag) + "."})
		}
	}
	yesNo := [][2]string{{"yes", "yes"}, {"no", "no"}}
	add(Prompt{Key: "program", Text: "What is the program called?", Hint: "Its name, as people know it, such as CityKey.", Required: true})
	add(Prompt{Key: "languages", Text: "In which languages shall the notice be built?", Hint: "Your own words are needed in each of them.", Choices: tongues(), Many: true, Required: true})
	if len(in.others()) > 0 {
		add(Prompt{Key: "own_words", Text: "Do you have your own words in these languages already?", Hint: "Two or three short sentences. If not, a translator is sent all of them at once, in a sheet.",
			Choices: [][2]string{{"yes", "yes, somebody wrote them who speaks the language"}, {"no", "no, a translator will be sent them"}}})
	}
	words("gives", "What does a person get? One short sentence in English.", "Such as: A city ID card for people who live in Chicago.")
	words("open_to", "Who may apply? One short sentence in English.", "Such as: All people who live in Chicago can ask for one.")
	add(Prompt{Key: "urgency", Text: "What do people lose if they wait?", Choices: [][2]string{{"ordinary", "time only"}, {"health", "their health is at stake"}, {"food", "their food is at stake"}, {"shelter", "their home is at stake"}}, Required: true})
	page = "The place and the office"
	places := make([][2]string, len(in.Places))
	for i, p := range in.Places {
		places[i] = [2]string{p, placeNames[p]}
		if places[i][1] == "" {
			places[i][1] = p
		}
	}
	add(Prompt{Key: "place", Text: "Where is the program? The laws of this place are used.", Hint: "Choose the smallest of these in which it lies.", Choices: places, Required: true})
	add(Prompt{Key: "office", Text: "Which office answers for the records?", Hint: "Its name, such as Office of the City Clerk. It is shown as it is, in every language.", Required: true})
	add(Prompt{Key: "office_kind", Text: "What kind of office is it?", Choices: officeKinds, Required: true})
	add(Prompt{Key: "office_phone", Text: "Which phone number may people call?", Hint: "Such as 312-555-0100."})
	add(Prompt{Key: "office_address", Text: "At which street address can people come?"})
	add(Prompt{Key: "office_page", Text: "Which web page does the office have?", Hint: "It begins with https://."})
	page = "Applying"
	add(Prompt{Key: "open_now", Text: "Can people apply now?", Choices: [][2]string{{"active", "yes"}, {"suspended", "no, it is stopped for a time"}, {"ended", "no, it has ended"}}, Required: true})
	add(Prompt{Key: "costs", Text: "What does it cost to apply?", Choices: [][2]string{{"free", "nothing"}, {"fee", "there is a fee"}}})
	add(Prompt{Key: "mandatory", Text: "Does a law make people take part?", Ask: "counsel", Choices: yesNo})
	add(Prompt{Key: "is_not", Text: "What might people take it for that it is not?", Choices: [][2]string{{"immigration_status", "immigration status"}, {"work_permit", "a permit to work"}, {"travel_document", "a travel document"},
		{"driving_license", "a driver's license"}, {"health_insurance", "health insurance"}}, Many: true, OrNone: true})
	add(Prompt{Key: "ways", Text: "In which ways can people apply?", Choices: interviewWays, Many: true, Required: true})
	for _, w := range in.list("ways") {
		page = wayNames[w]
		in.way(w, add)
	}
	page = "How long, and who"
	add(Prompt{Key: "kept", Text: "How long are applications kept?", Hint: "Such as 7 years or 90 days; permanent (for ever); indefinite (no end was set). If the ways to apply differ, or the time starts with another event, say that you do not know, and say it afterwards, for each of them.", Ask: "records"})
	add(Prompt{Key: "company", Text: "Which company holds files or runs the website for the office?", Hint: "Its name; none if there is no company.", OrNone: true})
	if c := in.has("company"); c != "" && c != "none" {
		add(Prompt{Key: "company_does", Text: "What does the company do?", Choices: [][2]string{{"runs_website", "runs the website"}, {"stores_files", "stores the files"}, {"runs_booking", "runs the booking of visits"}, {"prints_cards", "prints the cards"}, {"sends_mail", "sends the mail"}}, Many: true, Ask: "vendor"})
	}
	page = "Demands for records"
	add(Prompt{Key: "demanded", Text: "Has anybody demanded records of this program?", Hint: "No is a claim. It needs somebody who looked.", Choices: yesNo, Ask: "counsel"})
	switch in.has("demanded") {
	case "yes":
		add(Prompt{Key: "demand_kind", Text: "What was it?", Hint: "Look who signed it. If you are not sure, stop here and ask counsel: what the notice says depends on it.", Choices: interviewDemands, Required: true})
		add(Prompt{Key: "demand_from", Text: "Who sent it?", Choices: interviewSenders, Required: true})
		add(Prompt{Key: "demand_dated", Text: "Which date stands on it?", Hint: "Such as 2025-04-17, 2025-04 or 2025.", Required: true})
		add(Prompt{Key: "demand_scope", Text: "Is it about a whole group of people, or does it name persons?", Choices: [][2]string{{"group", "a group, such as all who applied in a year"}, {"named", "persons by their names"}}, Required: true})
		add(Prompt{Key: "demand_public", Text: "May a notice name it? Say no if a court or a law forbids to tell, and ask counsel if you are not sure.", Choices: yesNo, Required: true})
	case "no":
		add(Prompt{Key: "no_demand_by", Text: "Who looked, so that this can be said?", Hint: "The name of a person. Without one the notice says that it is not known.", Ask: "counsel"})
	}
	page = "Help that does not work for the office"
	add(Prompt{Key: "legal", Text: "Whom can people call for legal help? It must not work for the office.", Hint: "The name of a legal aid group or lawyer. A notice without one is not built: if you do not know, stop here, ask the bar association or a legal aid group nearby, and come again.", Required: true})
	add(Prompt{Key: "legal_reach", Text: "How can people reach it?", Hint: "A phone number, or a web page that begins with https://.", Required: true})
	add(Prompt{Key: "officers", Text: "Whom can people call if officers contact them? It must not work for the office.", Hint: "The name of a hotline or a group; it may be the same as before.", Required: true})
	add(Prompt{Key: "officers_reach", Text: "How can people reach that?", Hint: "A phone number, or a web page that begins with https://.", Required: true})
	add(Prompt{Key: "helpers_independent", Text: "Did you make sure that both do not work for the office?", Choices: [][2]string{{"yes", "yes, neither works for the office"}}, Required: true})
	return out
}

// way adds the questions about one way to apply.
func (in *Interview) way(w string, add func(Prompt)) {
	key, name := "way."+w, wayNames[w]
	for _, tag := range in.worded() {
		add(Prompt{Key: key + ".name." + tag, Text: fmt.Sprintf("%q in %s?", name, tongue(tag)), Hint: "If you have no words yet, say so: a translator can be sent all of them at once, and until then there is no notice in " + tongue(tag) + "."})
	}
	add(Prompt{Key: key + ".since", Text: name + ": since when, as it is today?", Hint: "Such as 2024-05-14, 2024-05 or 2024."})
	choices := make([][2]string, len(interviewItems))
	for i, id := range interviewItems {
		choices[i] = [2]string{id, in.labels[id]}
	}
	add(Prompt{Key: key + ".asks", Text: name + ": what are people asked for?", Hint: "Choose all of them. Write in words what is not in the list.", Choices: choices, Many: true, Own: true})
	asked := in.list(key + ".asks")
	if len(asked) == 0 {
		return
	}
	of := make([][2]string, len(asked))
	for i, id := range asked {
		of[i] = [2]string{id, in.label(id)}
	}
	add(Prompt{Key: key + ".must", Text: name + ": which of these must people give?", Hint: "The others they may leave out.", Choices: append(of, [2]string{"all", "all of them"}), Many: true, OrNone: true})
	how := treatments
	if len(asked) > 1 {
		how = append(slices.Clone(treatments), [2]string{"differs", "not the same for all of them"})
	}
	add(Prompt{Key: key + ".then", Text: name + ": what happens with these?", Choices: how, Ask: "it"})
	if in.has(key+".then") == "differs" {
		for _, id := range asked {
			add(Prompt{Key: key + ".then." + slugOf(id), Text: name + ", " + in.label(id) + ": what happens with it?", Choices: treatments, Ask: "it"})
		}
	}
}

func (in *Interview) label(id string) string {
	if l, ok := in.labels[id]; ok {
		return l
	}
	return id
}

// Next gives the first question that has no answer yet, and how many there are; false when all are answered.
func (in *Interview) Next() (p Prompt, at, of int, ok bool) {
	all := in.Prompts()
	for i, p := range all {
		if _, done := in.Answers[p.Key]; !done {
			return p, i + 1, len(all), true
		}
	}
	return Prompt{}, len(all), len(all), false
}

// Answer takes what a person typed for a question: a number of the list, a word of it, its meaning, or words. It says what is wrong
// with it, or "".
func (in *Interview) Answer(p Prompt, typed string) (wrong string) {
	typed = strings.Join(strings.Fields(mailSigns.Replace(typed)), " ")
	low := strings.ToLower(strings.TrimRight(typed, ".!"))
	if typed == "" || dontKnow.MatchString(low) {
		if p.Required {
			return NeedsAnswer
		}
		in.Answers[p.Key] = Unknown
		return ""
	}
	if what, hint := source.TextFault("", typed); what != "" {
		return fmt.Sprintf("In the answer stands %s. %s", what, hint)
	}
	if p.OrNone && low == "none" {
		in.Answers[p.Key] = "none"
		return ""
	}
	if len(p.Choices) == 0 {
		in.Answers[p.Key] = typed
		return ""
	}
	parts := []string{strings.TrimRight(typed, ".")}
	if p.Many {
		parts = strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ';' })
	}
	var words, chosen []string
	for _, c := range p.Choices {
		words = append(words, c[0])
	}
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		got := ""
		for i, c := range p.Choices {
			if part == fmt.Sprint(i+1) || strings.EqualFold(strings.NewReplacer(" ", "_", "-", "_").Replace(part), strings.ReplaceAll(c[0], "-", "_")) || strings.EqualFold(part, c[1]) {
				got = c[0]
			}
		}
		switch {
		case got != "":
		case p.Own && strings.Trim(part, "0123456789") != "" && slugOf(part) != "":
			got = part
		case source.DidYouMean(part, words) != "":
			return fmt.Sprintf("%q is not in the list. Did you mean %s?", part, source.DidYouMean(part, words))
		default:
			return fmt.Sprintf("%q is not in the list. Write a number from 1 to %d.", part, len(p.Choices))
		}
		if !slices.Contains(chosen, got) {
			chosen = append(chosen, got)
		}
	}
	if len(chosen) == 0 {
		return "Write a number of the list."
	}
	in.Answers[p.Key] = strings.Join(chosen, ", ")
	return ""
}

// Back takes the last answer away; false where there is none.
func (in *Interview) Back() bool {
	last := ""
	for _, p := range in.Prompts() {
		if _, ok := in.Answers[p.Key]; ok {
			last = p.Key
		} else {
			break
		}
	}
	delete(in.Answers, last)
	return last != ""
}

// Lines writes the answers as a text, one a line, that [Interview.Read] reads again.
func (in *Interview) Lines() string {
	var b strings.Builder
	b.WriteString("# Answers for a first program file. Each line is the name of a question and its answer; unknown is an answer.\n")
	for _, p := range in.Prompts() {
		if v, ok := in.Answers[p.Key]; ok {
			fmt.Fprintf(&b, "%s: %s\n", p.Key, v)
		}
	}
	return b.String()
}

// Read takes answers from a text of Lines. Which keys there are depends on the answers before them, not on the order of lines. Whole
// says that no more answers will come: what is not there is unknown, or a problem where it is needed.
func (in *Interview) Read(name string, data []byte, whole bool) source.Problems {
	var problems source.Problems
	type line struct {
		value string
		pos   source.Pos
		text  string
	}
	given := map[string]line{}
	bad := func(l line, message, hint string) {
		problems = append(problems, source.Problem{Pos: l.pos, Code: "answer", Severity: source.Error, Message: message, Hint: hint, Excerpt: l.text})
	}
	for i, text := range strings.Split(strings.ReplaceAll(strings.TrimPrefix(strings.ToValidUTF8(string(data), "?"), "\uFEFF"), "\r", ""), "\n") {
		if strings.TrimSpace(text) == "" || strings.HasPrefix(strings.TrimSpace(text), "#") {
			continue
		}
		key, value, ok := strings.Cut(text, ":")
		key = strings.TrimSpace(key)
		l := line{strings.TrimSpace(value), source.Pos{File: name, Line: i + 1, Col: 1}, text}
		switch {
		case !ok:
			bad(l, "This line has no colon.", "Write `key: answer`, such as `program: CityKey`.")
		case given[key].text != "":
			bad(l, fmt.Sprintf("%q is answered twice; the first answer is on line %d.", key, given[key].pos.Line), "Keep one of the two.")
		default:
			given[key] = l
		}
	}
	used := map[string]bool{}
	var all []string
	open := map[string]bool{} // left out on the way, where more answers may come
	for {
		ps := in.Prompts()
		at := slices.IndexFunc(ps, func(p Prompt) bool { _, done := in.Answers[p.Key]; return !done && !open[p.Key] })
		if at < 0 {
			break
		}
		p := ps[at]
		l, ok := given[p.Key]
		if !ok && !whole {
			open[p.Key] = true
			continue
		}
		used[p.Key] = true
		in.pos[p.Key] = l.pos
		all = append(all, p.Key)
		wrong := ""
		switch {
		case ok:
			wrong = in.Answer(p, l.value)
		case p.Required:
			wrong = fmt.Sprintf("There is no answer for %q: %s", p.Key, p.Text)
			l.pos = source.Pos{File: name, Line: 1, Col: 1}
		}
		if wrong != "" {
			hint := p.Hint
			if len(p.Choices) > 0 {
				var words []string
				for _, c := range p.Choices {
					words = append(words, c[0])
				}
				hint = "It takes: " + strings.Join(words, ", ") + "."
			}
			bad(l, wrong, hint)
		}
		if _, done := in.Answers[p.Key]; !done {
			in.Answers[p.Key] = Unknown
		}
	}
	for key, l := range given {
		if !used[key] && whole {
			hint := "These are asked: " + strings.Join(all, ", ") + "."
			if near := source.DidYouMean(key, all); near != "" {
				hint = fmt.Sprintf("Did you mean %q?", near)
			}
			bad(l, fmt.Sprintf("%q is not the name of a question that is asked after these answers.", key), hint)
		}
	}
	problems.Sort()
	return problems
}
