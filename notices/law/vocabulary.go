package law

import (
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// The vocabularies of the book that have no type of their own. Each word of exceptions and of approval has a label in locales.
var (
	wordsSigned     = strings.Fields("immigration_officer immigration_judge judge clerk_of_court attorney prosecutor customs_officer fbi anyone nobody")
	wordsExceptions = strings.Fields(`statute federal_regulation court_order court_subpoena judicial_warrant criminal_investigation written_permission
		status_exchange not_immigration named_use published not_enrolled agency_requirement office_subpoena government_agency`)
	wordsApproval = strings.Fields("il-local-records-commission cook-local-records-commission co-state-archives mi-state-administrative-board")
	wordsOutcome  = strings.Fields("answer_ordered demand_stopped answer_forbidden too_early")
	wordsAnswers  = strings.Fields("records_request leak agreement direct_query funding_condition voluntary_sharing broker")
	wordsPurpose  = strings.Fields("import_law")
	wordsTells    = strings.Fields("before_complying after_request")
)

// wordsItems are the items that an entry may name: those of the program file's vocabulary, and two that are only part of a paper, a
// number that stands on it. A custom item of one program is covered by its class.
var wordsItems = strings.Fields(`
	name date_of_birth place_of_birth nationality gender photo fingerprints signature address phone email language_spoken
	foreign_passport us_passport consular_id foreign_national_id foreign_drivers_license us_drivers_license us_identity_document
	birth_certificate visa_or_permit immigration_status residence_proof ssn tax_number income bank_account wages employer_name i9_form
	payroll_record family_members emergency_contact number_of_people visit_time confirmation_code card_number applied_on access_log
	ip_address
	id_number drivers_license_number`)

// Exceptions lists what a protection can except.
func Exceptions() []source.ID { return ids(wordsExceptions) }

// Approvals lists the bodies that may have to agree before records are erased.
func Approvals() []source.ID { return ids(wordsApproval) }

// Answers lists the keys of a program file's also_reached_by.
func Answers() []source.ID { return ids(wordsAnswers) }

// Purposes lists what a power can be for.
func Purposes() []source.ID { return ids(wordsPurpose) }

// TellsWords lists when a law wants the person told of a demand.
func TellsWords() []source.ID { return ids(wordsTells) }

// Items lists the items that an entry may name, beside the classes and the word all.
func Items() []source.ID { return ids(wordsItems) }

func ids(words []string) []source.ID {
	out := make([]source.ID, len(words))
	for i, w := range words {
		out[i] = source.ID(w)
	}
	return out
}

func itemOrClass(id source.ID) bool {
	return slices.Contains(wordsItems, string(id)) || slices.Contains(ItemClass("").Words(), string(id))
}
