package render

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// slugOf makes a short name for a file out of words; "" where they have no letter of a to z and no digit.
func slugOf(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(s) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() > 40 {
			break
		}
	}
	return strings.Trim(b.String(), "_")
}

// languages are those of the answers in which every text is there.
func (in *Interview) languages() []string {
	var out []string
	for _, tag := range in.list("languages") {
		whole := tag == "en" || len(in.worded()) > 0
		for _, p := range in.Prompts() {
			if tag != "en" && strings.HasSuffix(p.Key, "."+tag) && in.has(p.Key) == "" {
				whole = false
			}
		}
		if whole {
			out = append(out, tag)
		}
	}
	if len(out) == 0 {
		out = []string{"en"}
	}
	return out
}

// Left says in which languages the notice is not built because words are missing.
func (in *Interview) Left() []string {
	var out []string
	built := in.languages()
	for _, tag := range in.list("languages") {
		if !slices.Contains(built, tag) {
			out = append(out, tongue(tag))
		}
	}
	return out
}

// fileWriter writes the lines of a first program file.
type fileWriter struct{ strings.Builder }

func (w *fileWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// text writes words in each language.
func (in *Interview) text(key, english string) string {
	parts := []string{"en: " + source.Word(english)}
	for _, tag := range in.languages() {
		if tag != "en" {
			parts = append(parts, tag+": "+source.Word(in.has(key+"."+tag)))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// or is an answer, or unknown.
func (in *Interview) or(key string) string {
	if v := in.has(key); v != "" {
		return source.Word(v)
	}
	return Unknown
}

// id names the program by what it is called.
func (in *Interview) id() string {
	if id := strings.ReplaceAll(slugOf(in.has("program")), "_", "-"); id != "" {
		return id
	}
	return "program"
}

// FileName is how the program file would be called, after the program: river-card.yaml.
func (in *Interview) FileName() string { return in.id() + ".yaml" }

// File writes the program file that follows from the answers. Everything that was not asked, or that the person does not know, is
// unknown in it: a question for somebody.
func (in *Interview) File(today source.Day) []byte {
	w := &fileWriter{}
	w.line("# %s: what the program does with what people give it. This file is what notices are made from.", in.has("program"))
	w.line("#")
	w.line("# How to read it. Each line is a fact: its name, a colon, what holds. A line that begins with # is a remark for you.")
	w.line("# `unknown` means that nobody has said it yet. It is honest, the notice says so, and it is never a no. Do not guess.")
	w.line("# When you learn something, write it down with who looked and when:")
	w.line("#   period: {is: 7 years, confidence: verified, by: Ana Ruiz, on: %s}", today)
	w.line("# confidence is verified (the person looked), reported (somebody said so) or unverified. Sources have names under `sources:`.")
	w.line("# `fairnotice check FILE` says what is wrong and what is open. `fairnotice questions FILE --out sheets` makes a sheet for each")
	w.line("# person who can answer. `fairnotice schema` lists every key and word.")
	w.line("fairnotice: 1")
	w.line("")
	w.line("edition:")
	w.line("  number: 1                        # one more each time that the words of the notice change")
	w.line("  as_of: %s                # the day for which all of this holds", today)
	w.line("  changed: [first_edition]")
	w.line("  older: none")
	w.line("voice: independent                 # office, when an officer answers for it: see answers_for_it in the schema")
	w.line("languages: [%s]", strings.Join(in.languages(), ", "))
	w.line("people: applicants")
	w.line("")
	in.about(w)
	in.keepers(w)
	in.channels(w)
	in.rest(w, today)
	return []byte(w.String())
}

func (in *Interview) about(w *fileWriter) {
	w.line("program:")
	w.line("  id: %s                     # never change it: it is in the addresses of the notices", in.id())
	w.line("  name: %s", source.Word(in.has("program")))
	w.line("  gives: %s", in.text("gives", in.has("gives")))
	w.line("  open_to: %s", in.text("open_to", in.has("open_to")))
	w.line("  urgency: %s", in.has("urgency"))
	w.line("  jurisdiction: %s", in.has("place"))
	w.line("  authority: unknown               # which law sets it up? Ask counsel")
	w.line("  mandatory: %s", in.or("mandatory"))
	if is := in.has("open_now"); is == "active" {
		w.line("  status: {is: active}")
	} else {
		w.line("  status: {is: %s, since: unknown}", is)
	}
	w.line("  contact:")
	w.line("    name: %s", source.Word(in.has("office")))
	w.line("    phone: %s", in.or("office_phone"))
	w.line("    place: %s", in.or("office_address"))
	w.line("    page: %s", in.or("office_page"))
	w.line("")
	w.line("# Letters, laws, web pages that say what stands here. An entry:")
	w.line("#   faq: {title: Questions and answers of the office, url: \"https://…\", published: 2025-06, read: 2025-06-14, kind: office}")
	w.line("sources: {}")
	w.line("")
}

// keepers writes who has records, and for how long.
func (in *Interview) keepers(w *fileWriter) {
	w.line("# Everybody who keeps records of the program. The custodian answers for them.")
	w.line("holders:")
	w.line("  office:")
	w.line("    name: %s", source.Word(in.has("office")))
	w.line("    role: custodian")
	w.line("    kind: %s", in.has("office_kind"))
	if place := in.has("place"); strings.HasSuffix(in.has("office_kind"), "_agency") || in.has("office_kind") == "school" {
		w.line("    within: %s", place)
	}
	if c := in.has("company"); c != "" && c != "none" {
		w.line("  company:")
		w.line("    name: %s", source.Word(c))
		w.line("    role: processor")
		w.line("    kind: company")
		w.line("    for: office")
		does := Unknown
		if l := in.list("company_does"); len(l) > 0 {
			does = "[" + strings.Join(l, ", ") + "]"
		}
		w.line("    does: %s", does)
		w.line("    control: unknown               # who decides what happens with the records? Ask counsel")
		w.line("    contract:                      # what does the contract say? Ask the company, and read it")
		for _, k := range []string{"tells_us_of_demands", "waits_for_court", "deletes_at_end"} {
			w.line("      %s: unknown", k)
		}
		w.line("      seen: unknown")
	} else if c == "" {
		w.line("# Nobody knew which company holds files. When you know, add an entry with role: processor, for: office and its contract.")
	}
	w.line("")
	series := func(name, period string) {
		w.line("  %s:", name)
		w.line("    period: %s", period)
		w.line("    from: unknown                  # what starts the time: applied, decided, created, last_contact, …? unknown if no word fits")
		w.line("    schedule: unknown              # which records schedule says so?")
		w.line("    early_deletion: unknown        # may the office erase them earlier? Who must agree?")
		w.line("    who_may_change: unknown")
		w.line("    at_end: unknown")
	}
	w.line("# How long. One entry for each series of records. Ask the records officer.")
	w.line("retention:")
	kept := in.or("kept")
	if kept != Unknown {
		kept = fmt.Sprintf("{is: %s, confidence: unverified}", kept)
	}
	series("application_file", kept)
	if in.online() {
		series("website_log", Unknown)
	}
	w.line("")
	w.line("# What happens to forms that were not finished, were taken back, were refused? Ask the records officer and IT.")
	w.line("endings: {unfinished: unknown, withdrawn: unknown, denied: unknown}")
	w.line("")
}

func (in *Interview) online() bool { return slices.Contains(in.list("ways"), "online") }

func (in *Interview) channels(w *fileWriter) {
	w.line("# The ways to apply. When a rule changes, end the phase with `to:` and add a new one below it: who applied before stays there.")
	w.line("channels:")
	var own []string
	for _, way := range in.list("ways") {
		key := "way." + way
		w.line("  %s:", way)
		w.line("    name: %s", in.text(key+".name", wayNames[way]))
		w.line("    kind: %s", way)
		if way == "in_person" || way == "kiosk" {
			w.line("    place: unknown")
		}
		w.line("    phases:")
		w.line("      - id: now")
		w.line("        from: %s", in.or(key+".since"))
		w.line("        to: open")
		w.line("        rule: unknown              # the law and its version under which people give their facts")
		w.line("        confirm: unknown           # a tick, a signature, or none")
		asked := in.list(key + ".asks")
		switch {
		case len(asked) == 0 && way != "online":
			w.line("        asks: unknown              # what are people asked for? Look at the form")
			continue
		case len(asked) == 0:
			w.line("        asks: unknown              # what are people asked for? Look at the form, and at what the website records by itself")
			continue
		}
		w.line("        asks:")
		for _, group := range in.groups(key, asked) {
			in.ask(w, group)
			for _, id := range group.items {
				if _, ok := in.labels[id]; !ok && !slices.Contains(own, id) {
					own = append(own, id)
				}
			}
		}
		if way == "online" {
			w.line("          # What a website records by itself. Ask IT.")
			w.line("          - items: [access_log, ip_address]")
			w.line("            need: automatic")
			for _, k := range []string{"why", "handling", "copies", "backups"} {
				w.line("            %s: unknown", k)
			}
			w.line("            retention: website_log")
		}
	}
	w.line("")
	if len(own) > 0 {
		w.line("# Items of your own. Look at each: is it a paper (class: identity_doc or residence_doc) or another class of fact? And can it show\n# where a person comes from: yes, no, or arguable?\n# Until you have looked, each counts as one that may be the passport or ID that a demand is about.")
		w.line("items:")
		for _, o := range own {
			w.line("  %s: {name: %s, class: other, proxy_for_status: arguable}", slugOf(o), source.Word(o))
		}
		w.line("")
	}
}

type askedAlike struct {
	items      []string
	need, then string
}

// groups puts together what is asked and treated alike.
func (in *Interview) groups(key string, asked []string) []askedAlike {
	var out []askedAlike
	must := in.list(key + ".must")
	for _, id := range asked {
		a := askedAlike{items: []string{id}, need: Unknown, then: in.has(key + ".then")}
		switch {
		case in.has(key+".must") == "":
		case in.has(key+".must") != "none" && (slices.Contains(must, "all") || slices.Contains(must, id)):
			a.need = "required"
		default:
			a.need = "optional"
		}
		if a.then == "differs" {
			a.then = in.has(key + ".then." + slugOf(id))
		}
		if a.then == "" {
			a.then = Unknown
		}
		if i := slices.IndexFunc(out, func(o askedAlike) bool {
			return o.need == a.need && o.then == a.then && in.papers[o.items[0]] == in.papers[id]
		}); i >= 0 {
			out[i].items = append(out[i].items, id)
		} else {
			out = append(out, a)
		}
	}
	return out
}

func (in *Interview) ask(w *fileWriter, a askedAlike) {
	ids := make([]string, len(a.items))
	for i, id := range a.items {
		ids[i] = id
		if _, ok := in.labels[id]; !ok {
			ids[i] = slugOf(id)
		}
	}
	fact := func(v string) string {
		if v == Unknown {
			return v
		}
		return fmt.Sprintf("{is: %s, confidence: unverified}", v)
	}
	w.line("          - items: [%s]", strings.Join(ids, ", "))
	w.line("            need: %s", fact(a.need))
	w.line("            refuse: unknown        # what happens to a person who does not give it?")
	w.line("            why: unknown           # what is it needed for?")
	w.line("            handling: %s", fact(a.then))
	w.line("            copies: unknown        # which copies stay, and who has them? Ask IT; none needs somebody who looked")
	w.line("            backups: unknown")
	w.line("            retention: application_file")
	if slices.ContainsFunc(a.items, func(id string) bool { return in.papers[id] }) {
		w.line("            type_recorded: unknown # can one search for the kind of paper?")
	}
}

func (in *Interview) rest(w *fileWriter, today source.Day) {
	w.line("holds: unknown                     # is there an order to stop erasing? Ask counsel")
	w.line("alternatives: unknown              # is there a way that leaves fewer records, and what does it cost people?")
	w.line("office_says: unknown               # what does the office say that it will do when a demand comes?")
	w.line("tells_people: unknown              # does it tell people that their records were demanded?")
	w.line("")
	w.line("# The demands for records that came. none is a claim: it needs somebody who looked.")
	switch demanded := in.has("demanded"); {
	case demanded == "yes":
		public := "true"
		if in.has("demand_public") == "no" {
			public = "false"
		}
		w.line("demands:")
		w.line("  - id: first")
		w.line("    may_be_listed: %s            # false changes no word of a notice", public)
		w.line("    kind: %s", in.has("demand_kind"))
		w.line("    from: %s", in.has("demand_from"))
		w.line("    to: office")
		w.line("    dated: %s", in.has("demand_dated"))
		w.line("    served: unknown")
		w.line("    scope: %s", in.has("demand_scope"))
		if in.has("demand_scope") == "named" {
			w.line("    how_many: unknown")
		}
		for _, k := range []string{"asks", "wants", "answer", "given", "court"} {
			w.line("    %s: unknown", k)
		}
	case demanded == "no" && in.has("no_demand_by") != "":
		w.line("demands: {is: none, confidence: verified, by: %s, on: %s}", source.Word(in.has("no_demand_by")), today)
	default:
		w.line("demands: unknown")
	}
	w.line("")
	w.line("other_people: unknown              # whose facts besides the applicant's are in the file?")
	w.line("past: {see_your_file: unknown, correct_it: unknown, withdraw: unknown, delete_it: unknown}")
	is := in.list("is_not")
	if len(is) == 1 && is[0] == "none" {
		is = nil
	}
	w.line("is_not: [%s]", strings.Join(is, ", "))
	w.line("cards_given: unknown")
	w.line("contacts_people: unknown")
	w.line("costs: %s", in.or("costs"))
	w.line("other_recipients: unknown          # who else learns something because the card is used or sent?")
	w.line("partners: unknown                  # which groups help people with the form?")
	w.line("")
	w.line("# Help that does not work for the office.")
	w.line("help:")
	for _, h := range [][2]string{{"legal", "legal"}, {"officers", "officers_contact_you"}} {
		w.line("  - name: %s", source.Word(in.has(h[0])))
		w.line("    for: %s", h[1])
		w.line("    independent: true")
		at := in.has(h[0] + "_reach")
		how := "phone"
		if strings.Contains(at, "/") || strings.Contains(at, "www.") {
			how = "page"
		}
		w.line("    %s: {is: %s, confidence: unverified}", how, source.Word(at))
	}
	w.line("")
	w.line("survivors: unknown                 # which program gives survivors of violence another address?")
	w.line("readers_test: unknown              # have readers tested the notice?")
	w.line("reviewers: []")
	w.line("")
	w.line("# Each way to the records that needs no subpoena: applies, not_applicable or unknown.")
	w.line("also_reached_by:")
	for _, k := range []string{"records_request", "leak", "voluntary_sharing", "agreement", "direct_query", "funding_condition", "broker"} {
		w.line("  %s: unknown", k)
	}
}
