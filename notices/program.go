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
}

// Edition of the notice. Its date is never the clock.
type Edition struct {
	Number  int                       `yaml:"number" need:"yes" validate:"min=1" doc:"1 for the first print, then one more each time."`
	AsOf    source.Date               `yaml:"as_of" need:"yes" doc:"The day for which the facts in this file hold."`
	Changed source.Fact[[]ChangeWord] `yaml:"changed" need:"yes" doc:"What is new against the edition before."`
	Older   source.Fact[string]       `yaml:"older" need:"yes" validate:"omitempty" doc:"The web page where older editions are."`
}

type (
	Officer struct {
		Name  string      `yaml:"name" need:"yes"`
		Title source.Text `yaml:"title" need:"yes"`
		On    source.Date `yaml:"on" need:"yes"`
	}
	Drafts struct {
		ShownMarked bool   `yaml:"shown_marked" need:"yes"`
		DecidedBy   string `yaml:"decided_by" need:"yes"`
	}
	About struct {
		ID           source.ID                `yaml:"id" need:"yes" validate:"slug"`
		Name         source.Text              `yaml:"name" need:"yes"`
		Gives        source.Text              `yaml:"gives" need:"yes" doc:"What a person gets, in one short sentence."`
		OpenTo       source.Text              `yaml:"open_to" need:"yes" doc:"Who may apply, in one short sentence."`
		Urgency      Urgency                  `yaml:"urgency" need:"yes"`
		Jurisdiction source.ID                `yaml:"jurisdiction" need:"yes" doc:"The place whose book of law is used, such as us-il-chicago."`
		Authority    source.Fact[[]source.ID] `yaml:"authority" need:"yes" doc:"The laws that set up the program."`
		Mandatory    source.Fact[YesNo]       `yaml:"mandatory" need:"yes"`
		Status       Status                   `yaml:"status" need:"yes"`
		Contact      OfficeContact            `yaml:"contact" need:"yes"`
	}
	Status struct {
		Is       Running                  `yaml:"is" need:"yes"`
		Since    source.Fact[source.Date] `yaml:"since" doc:"Since when it is suspended or ended."`
		Channels []source.ID              `yaml:"channels" doc:"The channels that are suspended."`
	}
	OfficeContact struct {
		Name  source.Text         `yaml:"name" need:"yes"`
		Phone source.Fact[string] `yaml:"phone" need:"yes"`
		Place source.Fact[string] `yaml:"place" need:"yes"`
		Page  source.Fact[string] `yaml:"page" need:"yes"`
	}
	// Source is something that was read. Published is what the edition's date is held against.
	Source struct {
		Title     string                   `yaml:"title" need:"yes"`
		URL       string                   `yaml:"url" validate:"omitempty,https_url"`
		Published source.Fact[source.Date] `yaml:"published" need:"yes"`
		Read      source.Fact[source.Date] `yaml:"read" need:"yes"`
		Kind      SourceKind               `yaml:"kind" need:"yes"`
	}
	Holder struct {
		Name     source.Text          `yaml:"name" need:"yes"`
		Role     Role                 `yaml:"role" need:"yes"`
		Kind     law.HolderKind       `yaml:"kind" need:"yes"`
		Within   source.ID            `yaml:"within" doc:"The place of a public office."`
		For      source.ID            `yaml:"for" doc:"The holder for whom a company works."`
		Does     source.Fact[[]Does]  `yaml:"does"`
		Control  source.Fact[Control] `yaml:"control"`
		Contract *Contract            `yaml:"contract"`
	}
	Contract struct {
		TellsOfDemands source.Fact[YesNo] `yaml:"tells_us_of_demands" need:"yes"`
		WaitsForCourt  source.Fact[YesNo] `yaml:"waits_for_court" need:"yes"`
		DeletesAtEnd   source.Fact[YesNo] `yaml:"deletes_at_end" need:"yes"`
		Seen           source.Fact[Seen]  `yaml:"seen" need:"yes" doc:"Who has read the contract: the office, the writers, or none."`
	}
	Retention struct {
		Period        source.Fact[source.Period] `yaml:"period" need:"yes"`
		From          source.Fact[Trigger]       `yaml:"from" need:"yes" doc:"What starts the time."`
		Schedule      source.Fact[source.Text]   `yaml:"schedule" need:"yes" doc:"The records schedule that sets the time."`
		Law           []source.ID                `yaml:"law" doc:"Laws about erasing these records."`
		EarlyDeletion source.Fact[Early]         `yaml:"early_deletion" need:"yes"`
		ApprovalBy    source.Fact[source.ID]     `yaml:"approval_by" doc:"The board that must agree."`
		WhoMayChange  source.Fact[[]Changer]     `yaml:"who_may_change" need:"yes"`
		AtEnd         source.Fact[AtEnd]         `yaml:"at_end" need:"yes"`
	}
	Endings struct {
		Unfinished source.Fact[Ending] `yaml:"unfinished" need:"yes"`
		Withdrawn  source.Fact[Ending] `yaml:"withdrawn" need:"yes"`
		Denied     source.Fact[Ending] `yaml:"denied" need:"yes"`
	}
	Channel struct {
		Name   source.Text         `yaml:"name" need:"yes"`
		Kind   ChannelKind         `yaml:"kind" need:"yes"`
		Place  source.Fact[string] `yaml:"place"`
		Page   source.Fact[string] `yaml:"page" doc:"The web page of this way."`
		Steps  []Step              `yaml:"steps"`
		Phases []Phase             `yaml:"phases" need:"yes" validate:"min=1"`
	}
	Step struct {
		Channel source.ID   `yaml:"channel" need:"yes"`
		Since   source.Date `yaml:"since"`
	}
	// Phase is one rule version in one channel between two dates: a cohort of applicants.
	Phase struct {
		ID        source.ID                `yaml:"id" need:"yes"`
		From      source.Fact[source.Date] `yaml:"from" need:"yes"`
		To        source.Fact[source.End]  `yaml:"to" need:"yes"`
		Rule      source.Fact[source.ID]   `yaml:"rule" doc:"The law and version under which these people gave their facts, such as chicago-2-176@2024-06-12."`
		Confirm   source.Fact[Confirm]     `yaml:"confirm" doc:"What people must do before they send: a tick, a signature, or none."`
		Asks      source.Fact[[]Ask]       `yaml:"asks" need:"yes"`
		NeverAsks source.Fact[[]source.ID] `yaml:"never_asks"`
	}
	// Ask is one line of what is asked: items that are treated alike.
	Ask struct {
		Items        []source.ID                `yaml:"items" need:"yes" validate:"min=1"`
		Need         source.Fact[Need]          `yaml:"need" need:"yes"`
		Refuse       source.Fact[Refusal]       `yaml:"refuse" doc:"What happens to a person who does not give it."`
		Why          source.Fact[Purpose]       `yaml:"why" doc:"What it is for."`
		Handling     source.Fact[Handling]      `yaml:"handling" need:"yes"`
		Copies       source.Fact[[]Copy]        `yaml:"copies" need:"yes"`
		Backups      source.Fact[source.Period] `yaml:"backups" doc:"How long spare copies stay: none, 90 days, indefinite, unknown."`
		Retention    source.ID                  `yaml:"retention"`
		TypeRecorded source.Fact[YesNo]         `yaml:"type_recorded" doc:"Whether the kind of paper is a field that one can search by."`
		Source       source.ID                  `yaml:"source"`
	}
	// Custom is an item that the vocabulary does not have.
	Custom struct {
		Name    source.Text   `yaml:"name" need:"yes"`
		Class   law.ItemClass `yaml:"class" need:"yes"`
		Subject Subject       `yaml:"subject" doc:"Whose fact it is, when it is not the applicant's."`
		Proxy   Proxy         `yaml:"proxy_for_status" need:"yes" doc:"Whether it can show where a person comes from or which status."`
	}
	Copy struct {
		At       source.ID                  `yaml:"at" need:"yes"`
		Kind     CopyKind                   `yaml:"kind" need:"yes"`
		PurgeLag source.Fact[source.Period] `yaml:"purge_lag" doc:"How long this copy stays after use."`
		Disposed source.Fact[YesNo]         `yaml:"disposed" doc:"Whether this copy is destroyed; yes needs confidence: verified, by and on."`
	}
	Hold struct {
		Scope  []source.ID              `yaml:"scope" doc:"Retention series that it covers; absent: all."`
		From   source.Fact[source.Date] `yaml:"from" need:"yes"`
		To     source.Fact[source.End]  `yaml:"to" need:"yes"`
		Reason HoldReason               `yaml:"reason" need:"yes"`
		Public bool                     `yaml:"public" need:"yes" doc:"Whether it may be named in a notice."`
	}
	Way struct {
		InsteadOf source.ID                  `yaml:"instead_of" need:"yes"`
		Use       source.ID                  `yaml:"use" need:"yes"`
		Wait      source.Fact[source.Period] `yaml:"wait" need:"yes"`
		Where     source.Fact[source.Text]   `yaml:"where" need:"yes"`
		Next      source.Fact[source.Date]   `yaml:"next" need:"yes"`
		Costs     source.Fact[WayCost]       `yaml:"costs" need:"yes"`
	}
	Says struct {
		On      []source.ID `yaml:"on" need:"yes" doc:"The demands that it is about."`
		Will    Will        `yaml:"will" need:"yes"`
		Force   law.Force   `yaml:"force" need:"yes"`
		Law     source.ID   `yaml:"law"`
		Said    source.Date `yaml:"said"`
		By      source.ID   `yaml:"by" need:"yes" doc:"The holder whom it is about."`
		Speaker source.Text `yaml:"speaker" doc:"Who said it, where it was not the holder itself."`
		Source  source.ID   `yaml:"source"`
	}
	// Event is a demand that came.
	Event struct {
		ID      source.ID                `yaml:"id" need:"yes" validate:"slug"`
		Listed  bool                     `yaml:"may_be_listed" need:"yes" doc:"false when a court or a law forbids to tell: then no public byte changes."`
		Kind    source.ID                `yaml:"kind" need:"yes"`
		From    Sender                   `yaml:"from" need:"yes"`
		To      source.ID                `yaml:"to" need:"yes"`
		Dated   source.Date              `yaml:"dated" need:"yes"`
		Served  source.Fact[source.Date] `yaml:"served" need:"yes"`
		Scope   Scope                    `yaml:"scope" need:"yes"`
		HowMany source.Fact[int]         `yaml:"how_many" doc:"For named people: how many."`
		Asks    source.Fact[[]Predicate] `yaml:"asks" need:"yes" doc:"What must hold for a record to be asked for. All must hold."`
		Wants   source.Fact[[]source.ID] `yaml:"wants" need:"yes" doc:"The items that it wants."`
		Answer  source.Fact[Answer]      `yaml:"answer" need:"yes"`
		Given   source.Fact[Given]       `yaml:"given" need:"yes" doc:"What was handed over, as somebody said on a day."`
		Court   source.Fact[Court]       `yaml:"court" need:"yes" doc:"How far it went in court."`
		CourtOn source.Fact[CourtScope]  `yaml:"court_scope" doc:"What the court's decision is about: this demand, all such demands, or named people."`
	}
	Predicate struct {
		Field source.ID   `yaml:"field" need:"yes"`
		From  source.Date `yaml:"from"`
		To    source.Date `yaml:"to"`
		Any   []source.ID `yaml:"any"`
	}
	Count struct {
		Of      CountOf     `yaml:"of" need:"yes"`
		In      source.ID   `yaml:"in" need:"yes" doc:"all, a channel, or channel/phase."`
		From    source.Date `yaml:"from" need:"yes"`
		To      source.Date `yaml:"to" need:"yes"`
		Is      int         `yaml:"is" need:"yes" validate:"min=0"`
		About   bool        `yaml:"about" need:"yes"`
		Counted source.Date `yaml:"counted" need:"yes"`
		Source  source.ID   `yaml:"source" need:"yes"`
	}
	Past struct {
		See      source.Fact[YesNo] `yaml:"see_your_file" need:"yes"`
		Correct  source.Fact[YesNo] `yaml:"correct_it" need:"yes"`
		Withdraw source.Fact[YesNo] `yaml:"withdraw" need:"yes"`
		Delete   source.Fact[YesNo] `yaml:"delete_it" need:"yes"`
	}
	Partner struct {
		Name   source.Text        `yaml:"name" need:"yes"`
		Copies source.Fact[YesNo] `yaml:"keeps_copies" need:"yes"`
	}
	Help struct {
		Name        source.Text         `yaml:"name" need:"yes"`
		For         HelpFor             `yaml:"for" need:"yes"`
		Independent bool                `yaml:"independent" need:"yes"`
		Page        source.Fact[string] `yaml:"page"`
		Phone       source.Fact[string] `yaml:"phone"`
	}
	Survivors struct {
		Law  source.ID           `yaml:"law" need:"yes"`
		Ask  source.Text         `yaml:"ask" need:"yes" doc:"Who can be asked about it."`
		Page source.Fact[string] `yaml:"page"`
	}
	Tested struct {
		People   int         `yaml:"people" need:"yes"`
		First    int         `yaml:"first" need:"yes"`
		Second   int         `yaml:"second" need:"yes"`
		Language string      `yaml:"language" need:"yes" validate:"lang"`
		On       source.Date `yaml:"on" need:"yes"`
	}
	Reviewer struct {
		Name      string   `yaml:"name" need:"yes"`
		Key       string   `yaml:"key"`
		Languages []string `yaml:"languages" need:"yes" validate:"min=1,dive,lang"`
		Required  bool     `yaml:"required" need:"yes"`
	}
	Routes struct {
		RecordsRequest source.Fact[Applies] `yaml:"records_request" need:"yes"`
		Leak           source.Fact[Applies] `yaml:"leak" need:"yes"`
		Agreement      source.Fact[Applies] `yaml:"agreement" need:"yes"`
		DirectQuery    source.Fact[Applies] `yaml:"direct_query" need:"yes"`
		Funding        source.Fact[Applies] `yaml:"funding_condition" need:"yes"`
		Voluntary      source.Fact[Applies] `yaml:"voluntary_sharing" need:"yes"`
		Broker         source.Fact[Applies] `yaml:"broker" need:"yes"`
	}
)
