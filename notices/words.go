package notices

import (
	"strings"
)

// The vocabularies of the program file. Each word has a label or a sentence in every language, in locales.

type (
	Voice       string
	Digits      string
	People      string
	Urgency     string
	YesNo       string
	Running     string
	ChangeWord  string
	SourceKind  string
	Role        string
	Does        string
	Control     string
	Seen        string
	Trigger     string
	Early       string
	Changer     string
	AtEnd       string
	Ending      string
	ChannelKind string
	Confirm     string
	Need        string // required, optional, automatic, or one_of:<group>
	Refusal     string
	Purpose     string
	Handling    string
	CopyKind    string
	HoldReason  string
	WayCost     string
	Will        string
	Tells       string
	Sender      string
	Scope       string
	Answer      string
	Given       string
	Court       string
	CountOf     string
	Subject     string
	NotThis     string
	Still       string
	Contact     string
	Cost        string
	Receives    string
	HelpFor     string
	Applies     string
	Proxy       string
	CourtScope  string
	Giver       string
)

func w(s string) []string { return strings.Fields(s) }

var (
	wVoice      = w("independent office")
	wDigits     = w("auto latin native")
	wPeople     = w("applicants employees people_in_records")
	wUrgency    = w("ordinary health food shelter")
	wYesNo      = w("yes no")
	wRunning    = w("active suspended ended")
	wChange     = w("first_edition channel_closed channel_opened demand_came rule_changed holder_changed period_changed law_changed words_changed")
	wSourceKind = w("law press office court contract letter other")
	wRole       = w("custodian processor subprocessor recipient")
	wDoes       = w("runs_website stores_files runs_booking prints_cards sends_mail runs_phone_line")
	wControl    = w("custodian_directs independent")
	wSeen       = w("none office writers")
	wTrigger    = w("applied decided card_issued card_expires last_contact year_end created used hired left_job received")
	wEarly      = w("office_may needs_approval forbidden")
	wChanger    = w("local_records_commission city_council county_board state_legislature office")
	wAtEnd      = w("destroyed transferred permanent")
	wEnding     = w("kept_like_others kept_shorter destroyed returned")
	wChannel    = w("in_person online mail phone kiosk from_others")
	wConfirm    = w("tick signature none")
	wRefusal    = w("no_card no_benefit slower nothing no_job")
	wPurpose    = w("identify_you prove_residence print_card book_visit contact_you decide_eligibility pay_benefit run_website check_work_permission pay_wages report_wages collect_tax")
	wHandling   = w("not_asked seen_returned noted_yes_no fields_extracted image_transient stored forwarded")
	wCopyKind   = w("record hosted backup cache log printer_spool email paper recipient")
	wHoldReason = w("demand lawsuit investigation audit")
	wWayCost    = w("travel_and_wait wait travel money none")
	wWill       = w("refuse refuse_without_court keep_confidential_as_law_allows answer answer_where_it_must tell_people go_to_court")
	wTells      = w("by_law says_it_will no")
	wSender     = w("ice hsi cbp dhs immigration_judge federal_prosecutor state_police local_police lawyer press individual")
	wScope      = w("group named")
	wAnswer     = w("pending complied partial declined objected ordered quashed withdrawn undisclosed partial_undisclosed")
	wGiven      = w("nothing_from_this_program some_records all_records list_without_details no_personal_facts undisclosed refused_to_show")
	wCourt      = w("none petitioned ordered stayed enjoined quashed appealed withdrawn")
	wCountOf    = w("applicants people_with_records cards employees named_people")
	wSubject    = w("family emergency_contact employer landlord witness")
	wNotThis    = w("immigration_status work_permit travel_document driving_license health_insurance")
	wStill      = w("still_good cancelled")
	wContact    = w("mail phone email text in_person")
	wCost       = w("free fee")
	wReceives   = w("mail_carrier transit library pharmacy bank school other_office")
	wHelpFor    = w("legal officers_contact_you interpreter benefits survivors")
	wApplies    = w("applies")
	wCourtScope = w("this_demand such_demands named_people part_of_office some_places")
	wGiver      = w("employer landlord school family bank other_office company")
	wProxy      = w("yes no arguable")
)

func (Voice) Words() []string       { return wVoice }
func (Digits) Words() []string      { return wDigits }
func (People) Words() []string      { return wPeople }
func (Urgency) Words() []string     { return wUrgency }
func (YesNo) Words() []string       { return wYesNo }
func (Running) Words() []string     { return wRunning }
func (ChangeWord) Words() []string  { return wChange }
func (SourceKind) Words() []string  { return wSourceKind }
func (Role) Words() []string        { return wRole }
func (Does) Words() []string        { return wDoes }
func (Control) Words() []string     { return wControl }
func (Seen) Words() []string        { return wSeen }
func (Trigger) Words() []string     { return wTrigger }
func (Early) Words() []string       { return wEarly }
func (Changer) Words() []string     { return wChanger }
func (AtEnd) Words() []string       { return wAtEnd }
func (Ending) Words() []string      { return wEnding }
func (ChannelKind) Words() []string { return wChannel }
func (Confirm) Words() []string     { return wConfirm }
func (Refusal) Words() []string     { return wRefusal }
func (Purpose) Words() []string     { return wPurpose }
func (Handling) Words() []string    { return wHandling }
func (CopyKind) Words() []string    { return wCopyKind }
func (HoldReason) Words() []string  { return wHoldReason }
func (WayCost) Words() []string     { return wWayCost }
func (Will) Words() []string        { return wWill }
func (Tells) Words() []string       { return wTells }
func (Sender) Words() []string      { return wSender }
func (Scope) Words() []string       { return wScope }
func (Answer) Words() []string      { return wAnswer }
func (Given) Words() []string       { return wGiven }
func (Court) Words() []string       { return wCourt }
func (CountOf) Words() []string     { return wCountOf }
func (Subject) Words() []string     { return wSubject }
func (NotThis) Words() []string     { return wNotThis }
func (Still) Words() []string       { return wStill }
func (Contact) Words() []string     { return wContact }
func (Cost) Words() []string        { return wCost }
func (Receives) Words() []string    { return wReceives }
func (HelpFor) Words() []string     { return wHelpFor }
func (Applies) Words() []string     { return wApplies }
func (Proxy) Words() []string       { return wProxy }
func (Giver) Words() []string       { return wGiver }
func (CourtScope) Words() []string  { return wCourtScope }

// Pattern of Need: required, optional, automatic, or one_of:<group>.
func (Need) Pattern() (expression, example string) {
	return `^(required|optional|automatic|one_of:[a-z0-9_]+)$`, "required, optional, automatic, or one_of:identity"
}
