// Package law is the book of law: one cited, dated YAML file for each demand that can reach a record, each protection that may stand
// in its way, and each ruling that a notice names. It holds vocabulary, dates and quoted words, never a sentence for applicants: those
// are in locales, under law.<id>. A wrong entry is the gravest mistake that this program can make, so nothing here is from memory.
//
// # The file
//
// One file is one entry, and is called by the entry's id: chicago-2-176.yaml. How a fact, a date and an id are written, package source
// says. Comments say what a choice rests on. The order of keys is free. An entry has
//
//	id          lower-case letters, digits, - and _
//	kind        demand, protection or ruling
//	where       the place whose law it is, such as us, us-il, us-il-chicago (fairnotice law lists them); it holds there and in every place within
//	citation    as a lawyer cites it; where no single law stands behind the entry, it says so
//	source      title and url of the page on which the words were read; a url that nobody has is unknown
//	confidence  reported: the words were read in the source; unverified: they were not; verified: a lawyer with a name checked them
//	checked     on (the day), by (who) and next (when it is due again, after on)
//
// and one of the three parts that follow.
//
// Words are quoted, letter by letter, from a page that somebody read; […] stands for what is left out. The long form says whose words
// they are where they are not the law's own: words: {is: …, by: a summary}. Words that nobody could read are unknown, and then the
// confidence is unverified.
//
// # A demand
//
//	demand:
//	  class       how it works, and so which rule judges it (domain, rules G1 to G10): see the constants of [Class]
//	  route       its number in the domain's table of routes, such as 1b; orders the list
//	  words       the words that give the power, or show the route
//	  signed_by   immigration_officer, immigration_judge, judge, clerk_of_court, attorney, prosecutor, anyone, nobody
//	  sent_to     kinds of holder that it can be sent to; left out: all
//	  not_to      kinds of holder that it can never be sent to
//	  items       items or classes of items that it can reach; left out: all
//	  testimony   true where it can make a person say what he or she knows
//	  group       true where it can cover a whole group; true also where that is disputed, because false would comfort
//	  immigration true for a paper of an immigration office
//	  subpoena    true where a paper is served; false for the routes that need none
//	  gag         can the holder be forbidden to tell: yes, no or undecided
//	  enforced_by the demand that follows a refusal; its class is court_order
//	  rulings     rulings for and against
//	  from        since when it exists, where that matters
//
// # A protection
//
//	force       constitution, federal_statute, state_statute, regulation, ordinance, common_law, executive_policy, contract, statement
//	topic       answering (may a holder answer or share), erasing, opening (public-records requests), address, status
//	versions    the law's text between two days, oldest first
//	  id          the day of the version (2024-06-12), or current where the first day is unknown; only the last can be current
//	  from        its first day, or unknown: then its effects alone say since when it is known to hold
//	  to          the day on which it gave way: the next version holds on that day; left out: it still holds
//	  words       its operative words
//	  binds       list of {kind, is, only}: does it bind a holder of this kind, yes, no or undecided. A kind not listed is not bound.
//	              only narrows it, each word further: custodian (the office that answers for the program), under_this_law (a program
//	              that names this entry as its authority)
//	  covers      list of {what, is}: an item, a class of items, or all. The narrowest that fits decides; nothing listed: not covered
//	  blocks      classes of demand whose answer it may stop
//	  forbids     do its words forbid an answer or an act: yes (then the words are quoted), undecided, or no: it only permits, or says
//	              who must agree
//	  exceptions  statute, federal_regulation, court_order, court_subpoena (one that a court issued), judicial_warrant,
//	              criminal_investigation, written_permission (of the person), status_exchange (under 8 USC 1373 and 1644),
//	              not_immigration (the law is only about immigration enforcement, or only about immigration officers), named_use (a use that
//	              the law itself names), published (what the public can see already), not_enrolled, agency_requirement,
//	              office_subpoena (a lawful subpoena of an office, without a court), government_agency (any government office, for its work)
//	  approval    topic erasing: who must agree, a body of the place: il-local-records-commission, cook-local-records-commission,
//	              co-state-archives, mi-state-administrative-board; two: undecided which
//	  closed      topic opening: items or classes that must be kept back
//	  exempt      topic opening: items or classes that may be kept back
//	  balance     topic opening: items or classes that rest on a balancing test
//	  tells       the duty to tell the person of a demand, where the law has one: when (before_complying or after_request) and within (a
//	              length of time, such as 3 days, or left out). A court can still forbid it
//	effects     what the law's standing is from a day on, oldest first, no two on one day
//	  is          in_force, challenged, disputed, enjoined, unverified or repealed
//	  on          the day, month or year; counts from its last day, when it certainly was so. in_force may name the oldest day for which
//	              somebody read that it was
//	  case        the suit or decision as cited; needed for challenged and enjoined. Several have a semicolon between. Readers see it, so
//	              what happened in the suit stands in a comment
//	  sides       list of {who, says}: who reads it how, for those who work with it; disputed needs two
//	  source      title and url, where they are not the entry's
//
// Events later than the book's readers look are data too: a notice of 14 June 2025 sees none of July, because [Entry.EffectOn] asks
// for the day. A dismissal with leave to amend, or under appeal, does not end a suit: the word stays challenged.
//
// # A ruling
//
//	ruling:
//	  court    as a reader would name it
//	  decided  the day
//	  of       the demands that it is about
//	  appealed the day of an appeal that was not over when the entry was checked; left out: none known
//	  outcome  answer_ordered, demand_stopped, answer_forbidden (the court forbade the answer), too_early (nobody can ask a court to stop
//	           the demand before the office itself goes to court)
//	  binding  places where other courts must follow it; often none
//	  laws     the protections on which it decided; no notice then says that no court has spoken of them
//	  words    the words that decide, or a summary's, which `by` then says
//
// # A law that a program brings along
//
// Beside a program file x.yaml, the folder x/law may hold protections of the program's own place that this book has not got, such as a
// county's ordinance: the same file, under the same rules, with the words that readers see, since no catalogue has them:
//
//	in_words
//	  name    what the law is called
//	  says    what it stops or says, in one or two short sentences
//	  binds   whom it binds
//	  except  what opens it; left out where the words of `exceptions` say all
//	versions
//	  rule    of each version, where there is more than one: what it means for people who gave their facts under it
//
// Each is a text in every language of the program: {en: …, es: …}. A notice shows such a law as the program's own.
//
// [Open] checks all of this and lists everything at once.
package law

import "fairnotice/notices/source"

// Kind of an entry.
type Kind string

// The three kinds of entry.
const (
	KindDemand     Kind = "demand"
	KindProtection Kind = "protection"
	KindRuling     Kind = "ruling"
)

func (Kind) Words() []string { return []string{"demand", "protection", "ruling"} }

// Class is how a demand works, and so which rule of the decision table (domain rules G1 to G10) judges it.
type Class string

const (
	Administrative Class = "administrative"      // an agency's own paper; forced only by a court (immigration officers, an immigration judge, customs)
	CourtOrder     Class = "court_order"         // a court's order to this holder (route 7)
	FederalCourt   Class = "federal_court"       // judicial warrant, grand jury subpoena, civil subpoena of a federal court
	StateCourt     Class = "state_court"         // subpoena of a state court
	ArrestWarrant  Class = "arrest_warrant"      // an immigration office's warrant: arrests a person, reaches no record
	Inspection     Class = "employer_inspection" // I-9 inspection of an employer
	SecurityLetter Class = "security_letter"     // national security letter
	Feed           Class = "feed"                // agreements, bulk matches, direct queries, funding conditions
	RecordsRequest Class = "records_request"     // a freedom-of-information request
	Voluntary      Class = "voluntary"           // somebody who holds it shares it
	Broker         Class = "broker"              // sale of data
	Redirect       Class = "redirect"            // a demand on the vendor: sends another demand to the processor's copies; makes no rows
	Leak           Class = "leak"                // exposure, theft: one plain line; makes no rows
)

func (Class) Words() []string {
	return []string{"administrative", "court_order", "federal_court", "state_court", "arrest_warrant", "employer_inspection",
		"security_letter", "feed", "records_request", "voluntary", "broker", "redirect", "leak"}
}

// HolderKind is what a holder is, for `binds` and `sent_to`. Some kinds are special cases of a wider one: whatever binds a state agency
// binds the state's motor vehicle agency, too.
type HolderKind string

func (HolderKind) Words() []string {
	return []string{"city_agency", "county_agency", "state_agency", "federal_agency", "law_enforcement", "school", "court", "company", "nonprofit", "employer", "telecom", "bank",
		"motor_vehicle_agency", "federal_tax_agency", "health_provider", "victim_services"}
}

// IsA reports whether a kind is another one or a special case of it: a state's motor vehicle agency is a state_agency, the federal tax
// agency is a federal_agency.
func (k HolderKind) IsA(wider HolderKind) bool {
	switch {
	case k == wider:
		return true
	case k == "motor_vehicle_agency":
		return wider == "state_agency"
	case k == "federal_tax_agency":
		return wider == "federal_agency"
	}
	return false
}

// ItemClass groups items of the vocabulary.
type ItemClass string

func (ItemClass) Words() []string {
	return []string{"identity_doc", "residence_doc", "biographic", "contact", "status", "financial", "biometric", "image", "metadata", "employment", "health", "other"}
}

// Force is the rank of a rule, from the constitution down to a statement. Only common law, ordinance and above can change a barrier.
type Force string

func (Force) Words() []string {
	return []string{"constitution", "federal_statute", "state_statute", "regulation", "ordinance", "common_law", "executive_policy", "contract", "statement"}
}

// Binding reports whether rules of this force can change a barrier: a policy, a contract or a statement never does.
func (f Force) Binding() bool {
	switch f {
	case "constitution", "federal_statute", "state_statute", "regulation", "ordinance", "common_law":
		return true
	}
	return false
}

// Status of a rule on a day.
type Status string

const (
	InForce    Status = "in_force"
	Challenged Status = "challenged" // a suit against it is pending
	Disputed   Status = "disputed"   // what it does is undecided
	Enjoined   Status = "enjoined"   // a court has stopped it
	Unverified Status = "unverified" // nobody has read its text
	Repealed   Status = "repealed"
)

func (Status) Words() []string {
	return []string{"in_force", "challenged", "disputed", "enjoined", "unverified", "repealed"}
}

// Verdict answers whether a law does something, where the answer may be undecided.
type Verdict string

const (
	Does      Verdict = "yes"
	Undecided Verdict = "undecided"
	DoesNot   Verdict = "no"
)

func (Verdict) Words() []string { return []string{"yes", "undecided", "no"} }

// Topic is what a protection is about.
type Topic string

const (
	Answering Topic = "answering" // whether a holder may answer a demand, or share
	Erasing   Topic = "erasing"   // when records may be destroyed, or must not be
	Opening   Topic = "opening"   // public-records requests, field by field
	Address   Topic = "address"   // address confidentiality
	Status_   Topic = "status"    // exchange of immigration status between governments
)

func (Topic) Words() []string {
	return []string{"answering", "erasing", "opening", "address", "status"}
}

// Entry is one file of the book. Exactly one of Demand, Versions, Ruling is filled, as Kind says.
type Entry struct {
	source.At  `yaml:"-"`
	ID         source.ID         `yaml:"id" need:"yes" validate:"slug"`
	Kind       Kind              `yaml:"kind" need:"yes"`
	Where      source.ID         `yaml:"where" need:"yes"` // a place of places.go
	Citation   string            `yaml:"citation" need:"yes"`
	Source     Source            `yaml:"source" need:"yes"`
	Confidence source.Confidence `yaml:"confidence" need:"yes"`
	Checked    Checked           `yaml:"checked" need:"yes"`
	Demand     *Demand           `yaml:"demand"`
	Force      Force             `yaml:"force"`    // protections
	Topic      Topic             `yaml:"topic"`    // protections
	Versions   []Version         `yaml:"versions"` // protections: oldest first
	Effects    []Effect          `yaml:"effects"`  // protections: oldest first; the last one that is not after the day holds
	Ruling     *Ruling           `yaml:"ruling"`
	InWords    *InWords          `yaml:"in_words"` // a law that a program brings along: what readers see of it
	Own        bool              `yaml:"-"`        // a law that a program brings along
}

// InWords is what readers see of a law that a program brings along, in each language of the program.
type InWords struct {
	Name   source.Text `yaml:"name" need:"yes"`
	Says   source.Text `yaml:"says" need:"yes"`
	Binds  source.Text `yaml:"binds" need:"yes"`
	Except source.Text `yaml:"except"`
}

// Source is where the text was read.
type Source struct {
	Title string              `yaml:"title" need:"yes"`
	URL   source.Fact[string] `yaml:"url" need:"yes" validate:"omitempty,source_url"`
}

// Checked says who last checked the entry against its source, when, and when it is due again.
type Checked struct {
	On   source.Date `yaml:"on" need:"yes"`
	By   string      `yaml:"by" need:"yes"`
	Next source.Date `yaml:"next" need:"yes"`
}

// Demand is a route to records (domain, section A).
type Demand struct {
	Class       Class               `yaml:"class" need:"yes"`
	Route       string              `yaml:"route"`            // number in the domain's table of routes, such as 1b
	Words       source.Fact[string] `yaml:"words" need:"yes"` // operative words, quoted, or unknown
	Signed      []string            `yaml:"signed_by"`        // vocabulary of the entry's own; for `law` output
	SentTo      []HolderKind        `yaml:"sent_to"`          // only these; empty: any holder
	NotTo       []HolderKind        `yaml:"not_to"`           // never these
	Items       []source.ID         `yaml:"items"`            // reaches only these items or classes; empty: any
	Testimony   bool                `yaml:"testimony"`        // can make a person say what he or she knows
	Group       bool                `yaml:"group"`            // can cover a whole group
	Immigration bool                `yaml:"immigration"`      // a paper of an immigration office
	Subpoena    bool                `yaml:"subpoena"`         // a paper is served; false for the routes of C20 that need none
	Gag         Verdict             `yaml:"gag" need:"yes"`   // can the holder be forbidden to tell
	EnforcedBy  source.ID           `yaml:"enforced_by"`      // the demand that follows a refusal
	Rulings     []source.ID         `yaml:"rulings"`          // rulings for and against
	From        source.Date         `yaml:"from"`             // since when the route exists, where that matters
	AnsweredBy  source.ID           `yaml:"answered_by"`      // the key of also_reached_by that says if the route fits a program
	GoesBy      []source.ID         `yaml:"goes_by"`          // class redirect: the demands by which it comes; empty: any
	Purpose     *Purpose            `yaml:"purpose"`          // what the power is for, where it is for one thing
}

// Purpose is the one thing that a power is for.
type Purpose struct {
	Only    source.ID           `yaml:"only" need:"yes"`    // import_law
	Misused Verdict             `yaml:"misused" need:"yes"` // has it been used for other things? yes: the route counts outside its purpose, too
	Words   source.Fact[string] `yaml:"words" need:"yes"`   // that show how it was used
	Source  Source              `yaml:"source" need:"yes"`
}

// Version of a protection: its text between two days.
type Version struct {
	source.At  `yaml:"-"`
	ID         source.ID                `yaml:"id" need:"yes"`   // the day of the version, such as 2024-06-12, or the word `current`
	From       source.Fact[source.Date] `yaml:"from" need:"yes"` // in force from
	To         source.Date              `yaml:"to"`              // the first day on which it no longer holds; absent: still in force
	Words      source.Fact[string]      `yaml:"words" need:"yes"`
	Rule       source.Text              `yaml:"rule"` // a law that a program brings along: what the version means for people under it
	Binds      []Binding                `yaml:"binds" need:"yes"`
	Covers     []Cover                  `yaml:"covers" need:"yes"`
	Blocks     []Class                  `yaml:"blocks"`             // classes of demand whose answer it may stop
	Forbids    Verdict                  `yaml:"forbids" need:"yes"` // do its operative words forbid an answer or an act? no: it only permits or says who must agree
	Exceptions []source.ID              `yaml:"exceptions"`         // vocabulary: court_order, judicial_warrant, statute, federal_regulation, written_permission, …
	Approval   []source.ID              `yaml:"approval"`           // topic erasing: who must agree; more than one: undecided which
	Closed     []source.ID              `yaml:"closed"`             // topic opening: items or classes that must be withheld
	Exempt     []source.ID              `yaml:"exempt"`             // topic opening: items or classes that may be withheld
	Balance    []source.ID              `yaml:"balance"`            // topic opening: items or classes that rest on a balancing test
	Tells      *Tells                   `yaml:"tells"`              // the duty to tell the person of a demand, where the law has one
}

// Tells is a law's duty to tell the person of a demand.
type Tells struct {
	When   source.ID     `yaml:"when" need:"yes"` // before_complying | after_request
	Within source.Period `yaml:"within"`          // a length of time, such as 3 days; zero: none set
}

// Binding says whether a protection binds holders of a kind.
type Binding struct {
	Kind HolderKind `yaml:"kind" need:"yes"`
	Is   Verdict    `yaml:"is" need:"yes"`
	Only []Only     `yaml:"only"` // and then only these; all must be so
}

// Only narrows a binding.
type Only string

// The two ways to narrow a binding. An ordinance for one office's program needs both: chapter 2-176 of Chicago's code binds the City
// Clerk for the city's ID card, not every office of the city.
const (
	OnlyCustodian    Only = "custodian"      // the office that answers for the program
	OnlyUnderThisLaw Only = "under_this_law" // a program whose authority names this entry
)

func (Only) Words() []string { return []string{"custodian", "under_this_law"} }

// Cover says whether a protection covers an item, a class of items, or `all`.
type Cover struct {
	What source.ID `yaml:"what" need:"yes"`
	Is   Verdict   `yaml:"is" need:"yes"`
}

// Effect is the status of a protection from a day on.
type Effect struct {
	source.At `yaml:"-"`
	Is        Status      `yaml:"is" need:"yes"`
	On        source.Date `yaml:"on" need:"yes"`
	Case      string      `yaml:"case"`  // the suit or decision, as cited; several have "; " between
	Sides     []Side      `yaml:"sides"` // who reads it how
	Source    *Source     `yaml:"source"`
}

// Side is one reading of a law in dispute.
type Side struct {
	Who  string `yaml:"who" need:"yes"`
	Says string `yaml:"says" need:"yes"` // a short working note, not for applicants
}

// Ruling is a decision of a court that a notice names.
type Ruling struct {
	Court    string              `yaml:"court" need:"yes"`
	Decided  source.Date         `yaml:"decided" need:"yes"`
	Appealed source.Date         `yaml:"appealed"`           // the day of an appeal that was not over
	Of       []source.ID         `yaml:"of" need:"yes"`      // the demands that it is about
	Outcome  source.ID           `yaml:"outcome" need:"yes"` // answer_ordered | demand_stopped | answer_forbidden | too_early
	Binding  []source.ID         `yaml:"binding"`            // places where it binds
	Laws     []source.ID         `yaml:"laws"`               // the protections on which it decided
	Words    source.Fact[string] `yaml:"words" need:"yes"`
}
