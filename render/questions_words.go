package render

import (
	"strings"

	"fairnotice/notices"
)

// meanings says in plain words what a word of the file means, for the staff who answer questions. A key is a word, or field/word
// where the word means something else there. English only: no applicant reads it.
var meanings = map[string]string{
	"yes": "yes", "no": "no",
	// edition.changed
	"first_edition": "this is the first edition", "channel_closed": "a way to apply was closed", "channel_opened": "a way to apply was opened",
	"demand_came": "a demand for records came", "rule_changed": "a rule of the program changed", "holder_changed": "somebody else holds the records now",
	"period_changed": "records are kept for another time", "law_changed": "a law changed", "words_changed": "only the words changed",
	// holders
	"runs_website": "runs the website", "stores_files": "stores the files", "runs_booking": "runs the booking of visits", "prints_cards": "prints the cards",
	"sends_mail": "sends the mail", "runs_phone_line": "runs the phone line",
	"custodian_directs": "the office decides, the company obeys", "independent": "the company decides for itself",
	"holders.contract.seen/none": "nobody", "holders.contract.seen/office": "the office", "writers": "those who write the notice",
	// retention
	"applied": "the day of the application", "decided": "the day of the decision", "card_issued": "the day on which the card is given out",
	"card_expires": "the day on which the card ends", "last_contact": "the last contact with the person", "year_end": "the end of the year",
	"created": "the day on which the record was made", "used": "the day on which it was last used", "hired": "the day on which the person was hired", "left_job": "the day on which the person left the job",
	"received":   "the day on which the office got it",
	"office_may": "the office may erase them when it wants", "needs_approval": "a board must agree first", "forbidden": "a law forbids it",
	"local_records_commission": "a local records commission", "city_council": "the city council", "county_board": "the county board",
	"state_legislature": "the state's lawmakers", "retention.who_may_change/office": "the office itself",
	"destroyed": "they are destroyed", "transferred": "they go to an archive", "permanent": "they are kept for ever",
	"kept_like_others": "they are kept like all others", "kept_shorter": "they are kept for a shorter time", "returned": "they are given back",
	// channels
	"tick": "they tick a box", "signature": "they sign", "channels.phases.confirm/none": "nothing",
	"required": "people must give it", "optional": "people may leave it out", "automatic": "nobody asks; a computer records it",
	"no_card": "no card without it", "no_benefit": "no benefit without it", "slower": "it only takes longer", "nothing": "nothing happens",
	"identify_you": "to know who the person is", "prove_residence": "to prove where the person lives", "print_card": "to print the card",
	"book_visit": "to book a visit", "contact_you": "to reach the person", "decide_eligibility": "to decide who may have it",
	"pay_benefit": "to pay the benefit", "run_website": "to run the website", "report_wages": "to report wages", "collect_tax": "to collect tax",
	"not_asked": "it is not asked for", "seen_returned": "looked at and given back; nothing is written down", "noted_yes_no": "only yes or no is noted",
	"fields_extracted": "facts from it are written down, the paper is given back", "image_transient": "an image is made, and erased later",
	"stored": "it is kept", "forwarded": "it is sent on to somebody else",
	"record": "in the office's own records", "hosted": "with a company that stores files", "backup": "spare copy (backup)", "cache": "copy that a machine holds for a time, such as a scanner",
	"log": "computer log", "printer_spool": "memory of a printer", "email": "in e-mail", "paper": "on paper", "recipient": "with somebody to whom it was sent",
	// alternatives, demands
	"travel_and_wait": "travel and waiting", "wait": "waiting", "travel": "travel", "money": "money", "alternatives.costs/none": "nothing",
	"by_law": "a law says that people must be told (counsel must name it)", "says_it_will": "the office says that it will", "tells_people/no": "no",
	"complied": "gave what was asked", "partial": "gave some", "declined": "said no", "objected": "objected", "demands.answer/ordered": "a court ordered it to answer",
	"demands.answer/quashed": "a court cancelled the demand", "demands.answer/withdrawn": "the demand was taken back", "undisclosed": "will not say", "partial_undisclosed": "gave some, and will not say what",
	"part_of_office": "a part of the office", "some_places": "some places only",
	"nothing_from_this_program": "nothing from this program", "some_records": "some records", "all_records": "all records",
	"list_without_details": "a list of files, without what is in them", "no_personal_facts": "no facts about persons", "refused_to_show": "the office refused to show them",
	"demands.court/none": "no court case", "petitioned": "a court was asked", "demands.court/ordered": "a court ordered an answer", "stayed": "a court stopped it for a time",
	"enjoined": "a court forbade it", "demands.court/quashed": "a court cancelled the demand", "appealed": "a higher court was asked", "demands.court/withdrawn": "the case was taken back",
	"this_demand": "this demand only", "such_demands": "all such demands", "named_people": "the people who are named",
	// the rest
	"family": "family", "emergency_contact": "emergency contact", "employer": "employer", "landlord": "landlord", "witness": "witness",
	"still_good": "they are still good", "cancelled": "they were cancelled",
	"mail": "by mail", "phone": "by phone", "contacts_people/email": "by e-mail", "text": "by text message", "in_person": "in person",
	"free": "nothing, it is free", "fee": "there is a fee",
	"mail_carrier": "who brings the mail", "transit": "buses and trains", "library": "libraries", "pharmacy": "pharmacies", "bank": "banks", "school": "schools",
	"other_office": "another office", "applies": "yes, this can happen",
}

// meaning is what a word of a field means; the word itself, without its hyphens, where nothing else was written.
func meaning(field, word string) string {
	if m, ok := meanings[field+"/"+word]; ok {
		return m
	}
	if m, ok := meanings[word]; ok {
		return m
	}
	return strings.ReplaceAll(word, "_", " ")
}

// fits says what kind of answer a question takes, with examples.
func fits(a notices.ToAsk) string {
	t := a.Takes
	out := ""
	switch t.Kind {
	case notices.TakesWord:
		out = "one of these words"
		if len(t.Words) == 2 && t.Words[0] == "yes" {
			out = "yes or no"
		}
		if t.Many {
			out = "one or more of these words, with commas between them"
		}
	case notices.TakesPeriod:
		out = "a length of time, such as 7 years, 6 months or 90 days; permanent (for ever), indefinite (no end was set), until_event (until something happens)"
		if a.Field == "channels.phases.asks.backups" {
			out = "a length of time, such as 7 years, 6 months or 90 days; indefinite (no end was set); none (there are no spare copies; only if you looked yourself)"
		}
	case notices.TakesDate:
		out = "a date, such as 2025-06-14; 2025-06 or 2025 if you know no more"
	case notices.TakesEnd:
		out = "a date, such as 2025-06-14; or open, if there is no last day"
	case notices.TakesPhone:
		out = "a phone number, such as 312-555-0100"
	case notices.TakesPage:
		out = "a web address that begins with https://"
	case notices.TakesNumber:
		out = "a number in digits, such as 3"
	case notices.TakesItem:
		out = "papers and facts, with commas between them, such as: Name, Home address, Passport from another country"
		if !t.Many {
			out = "the name of one paper or fact"
		}
	case notices.TakesCopies:
		out = "each copy with who has it, and a semicolon between two: record at clerk; paper at clerk. These are the kinds of copies"
	case notices.TakesHolds:
		out = "such as: from 2025-05-01, to open, reason lawsuit, public yes. The reason is demand, lawsuit, investigation or audit; public says whether a notice may name it"
	case notices.TakesLaw, notices.TakesRule:
		out = "the name of the law as fairnotice law lists it"
		if t.Kind == notices.TakesRule {
			out += ", with its version, such as chicago-2-176@2024-06-12"
		}
	case notices.TakesForm:
		out = "your own words: the person who keeps the file writes them in by hand"
	default:
		out = "words; they are shown as you write them, in every language"
	}
	if t.None && t.Kind != notices.TakesPage {
		out += "; none, if there is none (only if you looked yourself)"
	}
	return out
}

// choices are the words that a question takes, with what each means.
func choices(c phrases, a notices.ToAsk) ([][2]string, error) {
	words := a.Takes.Words
	if a.Takes.Kind == notices.TakesCopies {
		words = notices.CopyKind("").Words()
	}
	out := make([][2]string, len(words))
	for i, w := range words {
		out[i] = [2]string{w, meaning(a.Field, w)}
		if a.Field == "retention.approval_by" {
			var err error
			if out[i][1], err = c.Phrase("en", "word.board."+w); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}
