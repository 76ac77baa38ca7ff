package notices

import (
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// ItemWord is one item of the vocabulary: something that a program can ask for, see, or record without asking.
type ItemWord struct {
	ID      source.ID
	Class   law.ItemClass
	Subject Subject // "" for the applicant
	Proxy   Proxy   // whether it can show where a person comes from, or which status
	Paper   bool    // a paper that is shown or sent, as opposed to a fact that is said
}

// items is the vocabulary (domain, section D, Item). Every item has a label item.<id> in every language.
var items = []ItemWord{
	{"name", "biographic", "", "arguable", false},
	{"date_of_birth", "biographic", "", "no", false},
	{"place_of_birth", "biographic", "", "yes", false},
	{"nationality", "status", "", "yes", false},
	{"gender", "biographic", "", "no", false},
	{"photo", "image", "", "no", false},
	{"fingerprints", "biometric", "", "no", false},
	{"signature", "biometric", "", "no", false},
	{"address", "contact", "", "no", false},
	{"phone", "contact", "", "no", false},
	{"email", "contact", "", "no", false},
	{"language_spoken", "biographic", "", "arguable", false},
	{"foreign_passport", "identity_doc", "", "yes", true},
	{"us_passport", "identity_doc", "", "no", true},
	{"consular_id", "identity_doc", "", "yes", true},
	{"foreign_national_id", "identity_doc", "", "yes", true},
	{"foreign_drivers_license", "identity_doc", "", "yes", true},
	{"us_drivers_license", "identity_doc", "", "no", true},
	{"us_identity_document", "identity_doc", "", "arguable", true},
	{"birth_certificate", "identity_doc", "", "arguable", true},
	{"visa_or_permit", "status", "", "yes", true},
	{"immigration_status", "status", "", "yes", false},
	{"residence_proof", "residence_doc", "", "no", true},
	{"ssn", "financial", "", "arguable", false},
	{"tax_number", "financial", "", "yes", false},
	{"income", "financial", "", "no", false},
	{"bank_account", "financial", "", "no", false},
	{"wages", "employment", "", "no", false},
	{"employer_name", "employment", "employer", "no", false},
	{"i9_form", "employment", "", "yes", true},
	{"payroll_record", "employment", "", "arguable", false},
	{"family_members", "biographic", "family", "no", false},
	{"emergency_contact", "contact", "emergency_contact", "no", false},
	{"number_of_people", "metadata", "", "no", false},
	{"visit_time", "metadata", "", "no", false},
	{"confirmation_code", "metadata", "", "no", false},
	{"card_number", "metadata", "", "no", false},
	{"applied_on", "metadata", "", "no", false},
	{"access_log", "metadata", "", "no", false},
	{"ip_address", "metadata", "", "no", false},
}

var itemWords = func() map[source.ID]ItemWord {
	m := make(map[source.ID]ItemWord, len(items))
	for _, i := range items {
		m[i.ID] = i
	}
	return m
}()

// Vocabulary lists the items that every program file may name.
func Vocabulary() []ItemWord { return append([]ItemWord(nil), items...) }

// Item gives an item by its id: one of the file's own, or of the vocabulary.
func (p *Program) Item(id source.ID) (ItemWord, bool) {
	if c, ok := p.Items[id]; ok {
		return ItemWord{ID: id, Class: c.Class, Subject: c.Subject, Proxy: c.Proxy, Paper: c.Class == "identity_doc" || c.Class == "residence_doc"}, true
	}
	i, ok := itemWords[id]
	return i, ok
}
