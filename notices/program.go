package notices

import (
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Program is a program file: what a public program does with what people give it. The package comment is its specification.
type Program struct {
	Format     int                     `yaml:"fairnotice" need:"yes" validate:"eq=1" doc:"The version of this file format: 1."`
	Edition    Edition                 `yaml:"edition" need:"yes" doc:"Which print of the notice this is, and the day for which it holds."`
	Voice      Voice                   `yaml:"voice" need:"yes" doc:"Who speaks: independent writers, or the office itself."`
	Answers    *Officer                `yaml:"answers_for_it" doc:"The officer who answers for the notice. Needed when the office speaks."`
	Languages  []string                `yaml:"languages" need:"yes" validate:"min=1,dive,lang" doc:"The languages that are built, such as [en, es, ar]."`
	Digits     Digits                  `yaml:"digits" doc:"Which digits are printed: auto (as the language does), latin or native."`
	People     People                  `yaml:"people" need:"yes" doc:"Whose records these are."`
	Drafts     *Drafts                 `yaml:"drafts" doc:"Whether translations that nobody has reviewed may be shown, marked as drafts, and who decided it."`
	Program    About                   `yaml:"program" need:"yes" doc:"What the program is."`
	Sources    map[source.ID]Source    `yaml:"sources" need:"yes" doc:"Everything that a fact names as its source."`
	Holders    map[source.ID]Holder    `yaml:"holders" need:"yes" doc:"Everybody who keeps records of the program. Exactly one is the custodian."`
	Retention  map[source.ID]Retention `yaml:"retention" need:"yes" doc:"One entry for each series of records: how long, from when, who must agree to erase."`
	Endings    Endings                 `yaml:"endings" need:"yes" doc:"What happens to the papers of people who do not get to the end."`
	Channels   map[source.ID]Channel   `yaml:"channels" need:"yes" doc:"The ways to apply, and the steps on the way, such as booking."`
	Items      map[source.ID]Custom    `yaml:"items" doc:"Items of your own, that the vocabulary does not have, with their names."`
	Holds      source.Fact[[]Hold]     `yaml:"holds" need:"yes" doc:"Orders to stop erasing. none is a claim; unknown is honest."`
	Ways       source.Fact[[]Way]      `yaml:"alternatives" need:"yes" doc:"Ways that leave fewer records, with their real cost."`
	Says       source.Fact[[]Says]     `yaml:"office_says" need:"yes" doc:"What the office says that it will do when a demand comes, and with what force."`
	Tells      source.Fact[Tells]      `yaml:"tells_people" need:"yes" doc:"Whether the office tells people that their records were demanded."`
	Demands    source.Fact[[]Event]    `yaml:"demands" need:"yes" doc:"The demands that came. Two demands are two entries."`
	Counts     []Count                 `yaml:"counts" doc:"How many of what, where, between which days, counted when."`
	Others     source.Fact[[]Subject]  `yaml:"other_people" need:"yes" doc:"Other people whose facts are in the file."`
	Past       Past                    `yaml:"past" need:"yes" doc:"What people who already applied can do."`
	IsNot      []NotThis               `yaml:"is_not" need:"yes" doc:"What the card or program is not."`
	CardsGiven source.Fact[Still]      `yaml:"cards_given" need:"yes" doc:"Whether cards or benefits already given still hold."`
	Contacts   source.Fact[[]Contact]  `yaml:"contacts_people" need:"yes" doc:"How the office gets in touch with people. none means that it has no way to."`
	Costs      source.Fact[Cost]       `yaml:"costs" need:"yes" doc:"What it costs to apply."`
	Recipients source.Fact[[]Receives] `yaml:"other_recipients" need:"yes" doc:"Others who learn something because the card is used or sent."`
	Partners   source.Fact[[]Partner]  `yaml:"partners" need:"yes" doc:"Agencies that help people to fill in the form."`
	Help       []Help                  `yaml:"help" need:"yes" validate:"min=1" doc:"Help that does not depend on the office."`
	Survivors  source.Fact[Survivors]  `yaml:"survivors" need:"yes" doc:"The program that gives survivors of violence another address."`
	Tested     source.Fact[[]Tested]   `yaml:"readers_test" need:"yes" doc:"Whether readers have tested the notice. none is an answer."`
	Reviewers  []Reviewer              `yaml:"reviewers" doc:"Who has to read the notice before it goes out."`
	Routes     Routes                  `yaml:"also_reached_by" need:"yes" doc:"Each way to the records that needs no subpoena: applies, not_applicable or unknown."`

	Doc  *source.Doc `yaml:"-"` // where each value stands
	File string      `yaml:"-"` // the file's name, as problems and reasons name it

	Lock *source.Lock `yaml:"-"` // who translated the texts of this file from what: translations.lock beside it; never nil after Load

	Wording *Wording `yaml:"-"` // what the office says in its own words: wording.yaml beside it; nil where there are none

	paper *Paper // the demand that lies over it in memory; nil for the file as it stands
}

// Edition of the notice. Its date is never the clock.
type Edition struct {
	Number  int                       `yaml:"number" need:"yes" validate:"min=1" doc:"1 for the first print, then one more each time."`
	AsOf    source.Date               `yaml:"as_of" need:"yes" doc:"The day for which the facts in this file hold."`
	Changed source.Fact[[]ChangeWord] `yaml:"changed" need:"yes" doc:"What is new against the edition before."`
	Older   source.Fact[string]       `yaml:"older" need:"yes" validate:"https_url_or_none" doc:"The web page where older editions are, or none."`
}

type (
	Officer struct {
		Name  string      `yaml:"name" need:"yes" doc:"The name of the officer."`
		Title source.Text `yaml:"title" need:"yes" doc:"The title of the officer, in each language."`
		On    source.Date `yaml:"on" need:"yes" doc:"The day on which the officer agreed to answer for this edition."`
	}
	Drafts struct {
		ShownMarked bool   `yaml:"shown_marked" need:"yes" doc:"true if translations that nobody has reviewed may be shown, each marked as a draft."`
		DecidedBy   string `yaml:"decided_by" need:"yes" doc:"Who decided that drafts may be shown."`
	}
	About struct {
		ID           source.ID                `yaml:"id" need:"yes" validate:"slug" doc:"A short name for the program in addresses and digests, such as citykey; it never changes."`
		SameAs       []source.ID              `yaml:"same_as" validate:"dive,slug" doc:"Ids under which other files describe the same program, such as one about an earlier time; they can be compared."`
		Name         source.Text              `yaml:"name" need:"yes" doc:"The name of the program."`
		Gives        source.Text              `yaml:"gives" need:"yes" doc:"What a person gets, in one short sentence."`
		OpenTo       source.Text              `yaml:"open_to" need:"yes" doc:"Who may apply, in one short sentence."`
		Urgency      Urgency                  `yaml:"urgency" need:"yes" doc:"What people lose if they wait: ordinary, or their health, food or shelter."`
		Jurisdiction source.ID                `yaml:"jurisdiction" need:"yes" doc:"The place whose book of law is used, such as us-il-chicago."`
		Authority    source.Fact[[]source.ID] `yaml:"authority" need:"yes" doc:"The laws that set up the program."`
		Mandatory    source.Fact[YesNo]       `yaml:"mandatory" need:"yes" doc:"Whether a law makes people take part."`
		Status       Status                   `yaml:"status" need:"yes" doc:"Whether people can apply now."`
		Contact      OfficeContact            `yaml:"contact" need:"yes" doc:"How people reach the office."`
	}
	Status struct {
		Is       Running                  `yaml:"is" need:"yes" doc:"active, suspended or ended."`
		Since    source.Fact[source.Date] `yaml:"since" doc:"Since when it is suspended or ended."`
		Channels []source.ID              `yaml:"channels" doc:"The channels that are suspended."`
	}
	OfficeContact struct {
		Name  source.Text         `yaml:"name" need:"yes" doc:"The name of the office."`
		Phone source.Fact[string] `yaml:"phone" need:"yes" validate:"phone" doc:"The phone number that people may call, such as 312-555-0100."`
		Place source.Fact[string] `yaml:"place" need:"yes" doc:"The street address at which people may come."`
		Page  source.Fact[string] `yaml:"page" need:"yes" validate:"https_url" doc:"The web page of the office; it begins with https."`
	}
	// Source is something that was read. Published is what the edition's date is held against.
	Source struct {
		Title     string                   `yaml:"title" need:"yes" doc:"What it is and of when, such as WTTW News, 14 June 2025."`
		URL       string                   `yaml:"url" validate:"omitempty,https_url" doc:"Where it can be read; it begins with https."`
		Published source.Fact[source.Date] `yaml:"published" need:"yes" doc:"The day on which it was published. It may not be later than the edition."`
		Read      source.Fact[source.Date] `yaml:"read" need:"yes" doc:"The day on which it was last read for this file. It may be later than the edition."`
		Kind      SourceKind               `yaml:"kind" need:"yes" doc:"What kind of source it is."`
	}
	Holder struct {
		Name     source.Text          `yaml:"name" need:"yes" doc:"The name of the holder."`
		Role     Role                 `yaml:"role" need:"yes" doc:"What the holder is to the records: the custodian answers for them, a processor works for it."`
		Kind     law.HolderKind       `yaml:"kind" need:"yes" doc:"What the holder is, because laws bind some kinds and not others."`
		Within   source.ID            `yaml:"within" doc:"The place of a public office."`
		For      source.ID            `yaml:"for" doc:"The holder for whom a company works."`
		Does     source.Fact[[]Does]  `yaml:"does" doc:"What a company does for the office."`
		Control  source.Fact[Control] `yaml:"control" doc:"Who decides what a company does with the records: the custodian, or the company itself."`
		Contract *Contract            `yaml:"contract" doc:"What is known of the contract with a company."`
	}
	Contract struct {
		TellsOfDemands source.Fact[YesNo] `yaml:"tells_us_of_demands" need:"yes" doc:"Whether the company must tell the office when somebody demands records."`
		WaitsForCourt  source.Fact[YesNo] `yaml:"waits_for_court" need:"yes" doc:"Whether the company must wait for a court before it answers a demand."`
		DeletesAtEnd   source.Fact[YesNo] `yaml:"deletes_at_end" need:"yes" doc:"Whether the company erases its copies when the contract ends."`
		Seen           source.Fact[Seen]  `yaml:"seen" need:"yes" doc:"Who has read the contract: the office, the writers, or none."`
	}
	Retention struct {
		Period        source.Fact[source.Period] `yaml:"period" need:"yes" doc:"How long these records are kept, such as 7 years or 90 days."`
		From          source.Fact[Trigger]       `yaml:"from" need:"yes" doc:"What starts the time."`
		Schedule      source.Fact[source.Text]   `yaml:"schedule" need:"yes" doc:"The records schedule that sets the time."`
		Law           []source.ID                `yaml:"law" doc:"Laws about erasing these records."`
		EarlyDeletion source.Fact[Early]         `yaml:"early_deletion" need:"yes" doc:"Whether the office may erase these records before the time is over."`
		ApprovalBy    source.Fact[source.ID]     `yaml:"approval_by" doc:"The board that must agree."`
		WhoMayChange  source.Fact[[]Changer]     `yaml:"who_may_change" need:"yes" doc:"Who can change how long these records are kept."`
		AtEnd         source.Fact[AtEnd]         `yaml:"at_end" need:"yes" doc:"What happens to these records when the time is over."`
	}
	Endings struct {
		Unfinished source.Fact[Ending] `yaml:"unfinished" need:"yes" doc:"What happens to forms that people did not finish."`
		Withdrawn  source.Fact[Ending] `yaml:"withdrawn" need:"yes" doc:"What happens to forms that people took back."`
		Denied     source.Fact[Ending] `yaml:"denied" need:"yes" doc:"What happens to forms that were refused."`
	}
	Channel struct {
		Name    source.Text         `yaml:"name" need:"yes" doc:"The name of this way to apply."`
		Kind    ChannelKind         `yaml:"kind" need:"yes" doc:"What kind of way it is. from_others: somebody else gives facts about people."`
		GivenBy source.Fact[Giver]  `yaml:"given_by" doc:"For from_others: who gives the facts."`
		Place   source.Fact[string] `yaml:"place" doc:"Where it is, for a way that has a place."`
		Page    source.Fact[string] `yaml:"page" validate:"https_url" doc:"The web page of this way; it begins with https."`
		Steps   []Step              `yaml:"steps" doc:"Other channels that a person must go through first, such as booking."`
		Phases  []Phase             `yaml:"phases" need:"yes" validate:"min=1" doc:"One entry for each time in which one rule held, the oldest first."`
	}
	Step struct {
		Channel source.ID   `yaml:"channel" need:"yes" doc:"The channel that a person must go through."`
		Since   source.Date `yaml:"since" doc:"Since when the step is needed."`
	}
	// Phase is one rule version in one channel between two dates: a cohort of applicants.
	Phase struct {
		ID        source.ID                `yaml:"id" need:"yes" doc:"A short name for the phase, such as portal or \"2024\"."`
		From      source.Fact[source.Date] `yaml:"from" need:"yes" doc:"The first day of the phase."`
		To        source.Fact[source.End]  `yaml:"to" need:"yes" doc:"The last day of the phase, or open."`
		Rule      source.Fact[source.ID]   `yaml:"rule" doc:"The law and version under which these people gave their facts, such as chicago-2-176@2024-06-12."`
		Confirm   source.Fact[Confirm]     `yaml:"confirm" doc:"What people must do before they send: a tick, a signature, or none."`
		Told      source.Fact[YesNo]       `yaml:"told_people" doc:"Whether people were told that these facts about them were given. Needed where somebody else gave them."`
		Asks      source.Fact[[]Ask]       `yaml:"asks" need:"yes" doc:"What people are asked for. unknown is allowed."`
		NeverAsks source.Fact[[]source.ID] `yaml:"never_asks" doc:"Items that are never asked for."`
	}
	// Ask is one line of what is asked: items that are treated alike.
	Ask struct {
		Items        []source.ID                `yaml:"items" need:"yes" validate:"min=1" doc:"The items, by their names in the vocabulary or under the key items."`
		Need         source.Fact[Need]          `yaml:"need" need:"yes" doc:"required, optional, automatic (recorded without being asked for), or one_of:group (one of the items of a group is enough)."`
		Refuse       source.Fact[Refusal]       `yaml:"refuse" doc:"What happens to a person who does not give it."`
		Why          source.Fact[Purpose]       `yaml:"why" doc:"What it is for."`
		Handling     source.Fact[Handling]      `yaml:"handling" need:"yes" doc:"What is done with it: looked at and returned, written down, stored, sent on."`
		Copies       source.Fact[[]Copy]        `yaml:"copies" need:"yes" doc:"Each copy that stays and who has it. none is a claim and needs somebody who stands behind it."`
		Backups      source.Fact[source.Period] `yaml:"backups" doc:"How long spare copies stay: none, 90 days, indefinite, unknown."`
		Retention    source.ID                  `yaml:"retention" doc:"The series of records under the key retention that it belongs to."`
		TypeRecorded source.Fact[YesNo]         `yaml:"type_recorded" doc:"Whether the kind of paper is a field that one can search by."`
		Source       source.ID                  `yaml:"source" doc:"The source that says so, for the line as a whole."`
	}
	// Custom is an item that the vocabulary does not have.
	Custom struct {
		Name    source.Text   `yaml:"name" need:"yes" doc:"The name of the item, in each language."`
		Class   law.ItemClass `yaml:"class" need:"yes" doc:"What kind of fact or paper it is."`
		Subject Subject       `yaml:"subject" doc:"Whose fact it is, when it is not the applicant's."`
		Proxy   Proxy         `yaml:"proxy_for_status" need:"yes" doc:"Whether it can show where a person comes from or which status."`
	}
	Copy struct {
		At       source.ID                  `yaml:"at" need:"yes" doc:"The holder who has the copy."`
		Kind     CopyKind                   `yaml:"kind" need:"yes" doc:"What kind of copy it is."`
		PurgeLag source.Fact[source.Period] `yaml:"purge_lag" doc:"How long this copy stays after use."`
		Disposed source.Fact[YesNo]         `yaml:"disposed" doc:"Whether this copy is destroyed; yes needs confidence: verified, by and on."`
	}
	Hold struct {
		Scope  []source.ID              `yaml:"scope" doc:"Retention series that it covers; absent: all."`
		From   source.Fact[source.Date] `yaml:"from" need:"yes" doc:"The first day of the order."`
		To     source.Fact[source.End]  `yaml:"to" need:"yes" doc:"The last day of the order, or open."`
		Reason HoldReason               `yaml:"reason" need:"yes" doc:"Why erasing was stopped."`
		Public bool                     `yaml:"public" need:"yes" doc:"Whether it may be named in a notice."`
	}
	Way struct {
		InsteadOf source.ID                  `yaml:"instead_of" need:"yes" doc:"The channel that people need not use."`
		Use       source.ID                  `yaml:"use" need:"yes" doc:"The channel that they can use instead."`
		Wait      source.Fact[source.Period] `yaml:"wait" need:"yes" doc:"How long people wait for it."`
		Where     source.Fact[source.Text]   `yaml:"where" need:"yes" doc:"Where people go for it."`
		Next      source.Fact[source.Date]   `yaml:"next" need:"yes" doc:"The next day on which it can be used."`
		Costs     source.Fact[WayCost]       `yaml:"costs" need:"yes" doc:"What it costs people."`
	}
	Says struct {
		On      []source.ID `yaml:"on" need:"yes" doc:"The demands that it is about."`
		Will    Will        `yaml:"will" need:"yes" doc:"What the office says that it will do."`
		Force   law.Force   `yaml:"force" need:"yes" doc:"How strong that is: a law, a policy, a contract, or only a statement. A law is named under the key law."`
		Law     source.ID   `yaml:"law" doc:"The law that makes it so, where one does."`
		Said    source.Date `yaml:"said" doc:"The day on which it was said, where no law makes it so."`
		By      source.ID   `yaml:"by" need:"yes" doc:"The holder whom it is about."`
		Speaker source.Text `yaml:"speaker" doc:"Who said it, where it was not the holder itself."`
		Source  source.ID   `yaml:"source" doc:"The source in which it can be read."`
	}
	// Event is a demand that came.
	Event struct {
		ID       source.ID                `yaml:"id" need:"yes" validate:"slug" doc:"A short name for the demand, such as ice-2025-04-17."`
		Listed   bool                     `yaml:"may_be_listed" need:"yes" doc:"false when a court or a law forbids to tell: then no public byte changes."`
		Kind     source.ID                `yaml:"kind" need:"yes" doc:"The kind of demand, as the book of law names it, such as immigration_administrative_subpoena."`
		From     Sender                   `yaml:"from" need:"yes" doc:"Who sent it."`
		To       source.ID                `yaml:"to" need:"yes" doc:"The holder to whom it was sent."`
		Dated    source.Date              `yaml:"dated" need:"yes" doc:"The day that is written on it."`
		Served   source.Fact[source.Date] `yaml:"served" need:"yes" doc:"The day on which it arrived."`
		Scope    Scope                    `yaml:"scope" need:"yes" doc:"Whether it is about a group of people, or names persons."`
		HowMany  source.Fact[int]         `yaml:"how_many" validate:"min=1" doc:"For named people: how many."`
		Asks     source.Fact[[]Predicate] `yaml:"asks" need:"yes" doc:"What must hold for a record to be asked for. All must hold."`
		Wants    source.Fact[[]source.ID] `yaml:"wants" need:"yes" doc:"The items that it wants."`
		Answer   source.Fact[Answer]      `yaml:"answer" need:"yes" doc:"What the office answered."`
		Given    source.Fact[Given]       `yaml:"given" need:"yes" doc:"What was handed over, as somebody said on a day."`
		Court    source.Fact[Court]       `yaml:"court" need:"yes" doc:"How far it went in court."`
		CourtOn  source.Fact[CourtScope]  `yaml:"court_scope" doc:"What the court's decision is about: this demand, all such demands to this office, named people, one part of the office, or some places only."`
		Released *Released                `yaml:"released" doc:"Who decided that the notice may tell of it."`
	}
	// Released says who in the office let a demand be told of. It is the office's own record, and nothing in a notice turns on it.
	Released struct {
		By string      `yaml:"by" need:"yes" doc:"The name and title of the person who decided it."`
		On source.Date `yaml:"on" need:"yes" doc:"The day on which it was decided."`
	}
	Predicate struct {
		Field source.ID   `yaml:"field" need:"yes" doc:"The item that is compared, or document_type for the kind of paper."`
		From  source.Date `yaml:"from" doc:"The first day, where the field is a day."`
		To    source.Date `yaml:"to" doc:"The last day, where the field is a day."`
		Any   []source.ID `yaml:"any" doc:"The items of which one is enough."`
	}
	Count struct {
		Of      CountOf     `yaml:"of" need:"yes" doc:"What is counted."`
		In      source.ID   `yaml:"in" need:"yes" doc:"all, a channel, or channel/phase."`
		From    source.Date `yaml:"from" need:"yes" doc:"The first day of what is counted."`
		To      source.Date `yaml:"to" need:"yes" doc:"The last day of what is counted."`
		Is      int         `yaml:"is" need:"yes" validate:"min=0" doc:"The number, in digits only."`
		About   bool        `yaml:"about" need:"yes" doc:"true if the number is rounded or estimated."`
		Counted source.Date `yaml:"counted" need:"yes" doc:"The day on which it was counted. It may not be later than the edition."`
		Source  source.ID   `yaml:"source" need:"yes" doc:"The source that gives the number."`
	}
	Past struct {
		See      source.Fact[YesNo] `yaml:"see_your_file" need:"yes" doc:"Whether people can see their own file."`
		Correct  source.Fact[YesNo] `yaml:"correct_it" need:"yes" doc:"Whether people can have their file corrected."`
		Withdraw source.Fact[YesNo] `yaml:"withdraw" need:"yes" doc:"Whether people can take back their form."`
		Delete   source.Fact[YesNo] `yaml:"delete_it" need:"yes" doc:"Whether people can have their file erased. yes only where the office may decide that alone."`
	}
	Partner struct {
		Name   source.Text        `yaml:"name" need:"yes" doc:"The name of the agency."`
		Copies source.Fact[YesNo] `yaml:"keeps_copies" need:"yes" doc:"Whether the agency keeps copies."`
	}
	Help struct {
		Name        source.Text         `yaml:"name" need:"yes" doc:"The name of the helper."`
		For         HelpFor             `yaml:"for" need:"yes" doc:"What the helper helps with. At least one entry is for legal, and one for officers_contact_you."`
		Independent bool                `yaml:"independent" need:"yes" doc:"true if the helper does not work for the office. Only such helpers may stand here."`
		Page        source.Fact[string] `yaml:"page" validate:"https_url" doc:"The web page of the helper; it begins with https."`
		Phone       source.Fact[string] `yaml:"phone" validate:"phone" doc:"The phone number of the helper."`
	}
	Survivors struct {
		Law  source.ID           `yaml:"law" need:"yes" doc:"The law that sets up the program for survivors."`
		Ask  source.Text         `yaml:"ask" need:"yes" doc:"Who can be asked about it."`
		Page source.Fact[string] `yaml:"page" validate:"https_url" doc:"The web page of the program for survivors; it begins with https."`
	}
	Tested struct {
		People   int         `yaml:"people" need:"yes" validate:"min=1" doc:"How many people took part."`
		First    int         `yaml:"first" need:"yes" validate:"min=0" doc:"How many of them understood the notice at the first reading."`
		Second   int         `yaml:"second" need:"yes" validate:"min=0" doc:"How many of them understood it at the second reading."`
		Language string      `yaml:"language" need:"yes" validate:"lang" doc:"The language in which they read."`
		On       source.Date `yaml:"on" need:"yes" doc:"The day of the test."`
	}
	// Reviewer is a group or a person who reads the notice before it goes out, and may sign what was read. A pseudonym is a good id.
	Reviewer struct {
		ID        string   `yaml:"id" need:"yes" validate:"reviewer" doc:"The name under which the reviewer signs, such as group:river-legal-aid.example; it never changes."`
		Name      string   `yaml:"name" need:"yes" doc:"The name of the reviewer."`
		Key       string   `yaml:"key" validate:"public_key" doc:"The public key with which the reviewer signs: one line of a .pub file of ssh-keygen, or a key of fairnotice keys new."`
		Languages []string `yaml:"languages" need:"yes" validate:"min=1,dive,lang" doc:"The languages that the reviewer reads."`
		Kinds     []Kind   `yaml:"kinds" validate:"min=1" doc:"The kinds of notice that the reviewer reads; absent: all."`
		Required  bool     `yaml:"required" need:"yes" doc:"true if a language that this reviewer reads may not go out without a signature of the reviewer for exactly these words."`
	}
	Routes struct {
		RecordsRequest source.Fact[Applies] `yaml:"records_request" need:"yes" doc:"A request under a public-records law."`
		Leak           source.Fact[Applies] `yaml:"leak" need:"yes" doc:"A mistake or a break-in."`
		Agreement      source.Fact[Applies] `yaml:"agreement" need:"yes" doc:"An agreement to send records to another office."`
		DirectQuery    source.Fact[Applies] `yaml:"direct_query" need:"yes" doc:"Another office that can look into the records itself."`
		Funding        source.Fact[Applies] `yaml:"funding_condition" need:"yes" doc:"A funder that wants the records as a condition."`
		Voluntary      source.Fact[Applies] `yaml:"voluntary_sharing" need:"yes" doc:"A worker who shares records without any demand."`
		Broker         source.Fact[Applies] `yaml:"broker" need:"yes" doc:"A company that buys or is given records."`
	}
)
