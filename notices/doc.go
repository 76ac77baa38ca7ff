// Package notices turns a program file, which says what a public program does with what people give it, into notices that say in
// no language yet what is kept, for how long, and who can demand it. It is the front door of the library: it reads no clock, no
// disk but the file system that it is given, and no network.
//
//	p, problems := notices.Load(fsys, "citykey.yaml")               // read strictly; every problem at once, with its place
//	problems = append(problems, notices.Check(p, book, day)...)     // against the law, the day of the edition and the checklist
//	table, err := notices.Exposures(p, book, day)                   // who could reach what: one row for each item, phase, holder, demand
//	reached, err := notices.Reach(p, paper, book, day)              // what one demand, read by LoadPaper, would reach
//	notice, err := notices.Build(p, book, notices.Before, day)      // statements, each with its reasons; locales says them
//	diff, err := notices.Changes(before, now)                       // what changed for the people of each phase; who must be told again
//	notice, err = notices.BuildChanged(before, now)                 // the same, for the people of each phase: the kind what-changed
//
// [Load] finds what is wrong with a file by itself, [Check] what is wrong with it under the law and on its day. A program with an
// error among its problems is not built. Warnings are printed, and questions name what nobody knows and whom to ask; neither stops
// a build. [Build] and [Exposures] are pure: the same program, book and day give the same result. [Schema] is the JSON Schema of a
// program file, for editors.
//
// All kinds but one are for readers; the [Poster] is the short one, a page for a wall or a hand. [AskBack] is for a helper who asks them
// what they understood: seven questions, with the answers that the notice before the first upload gives.
//
// What an office says in its own words stands in a file of its own beside the program file: [Wording].
//
// # The program file
//
// One YAML document, UTF-8 with or without a byte-order mark, of at most 64 KiB, nested at most 50 deep. There are no anchors,
// aliases, merge keys, tags or directives; each key stands once; a key that is not described here is an error. No value is left
// empty, and none is a placeholder such as TODO or three dots. Characters that nobody sees, or that turn text around, are refused,
// raw or escaped. What does not hold for a program is not left out in silence: a key without the remark "May be left out" is
// written, if only as unknown.
//
// # Facts
//
// Most values are facts. A fact is short, which is its value alone, or long, which says what stands behind the value:
//
//	period: 7 years
//	period: {is: 7 years, source: s4, confidence: reported, by: Ana Ruiz, on: 2025-06-11, law: il-local-records-act}
//	period: {is: unknown, asked: [{who: records officer, on: 2025-06-02}]}
//	period: {is: 7 years, source: s4, but: [{is: 5 years, source: s7}]}
//
// The keys of a long fact are is, source (a name under sources), confidence (verified, reported or unverified), by (who verified
// or said it), on (the day on which it was verified or said), law (one law of the book, or a list), asked (who was asked and has
// not answered) and but (what other sources say, side by side; nobody decides between them). Verified needs by and on.
//
// In place of its value every fact takes unknown and not_applicable; a fact that is a list takes none, too. Unknown is printed as
// unknown, never rounded to no, and becomes a question to somebody. None is a claim: somebody must have verified it, or a source
// must say it.
//
// # Dates, times, texts and names
//
// A date has the precision in which it is written: 2017, 2024-12 or 2025-06-13. An end is a date or open. A length of time is 1 to
// 999 days, weeks, months or years, or until_event, indefinite (no end is set), permanent or none (not kept at all). What is
// certainly later than edition.as_of is refused: a source by the day of its publication, a law by its version, a demand, an
// answer, a count.
//
// A text is a proper name, which is shown as it is in every language, or a group of words by language: {en: A city card., es: Una
// tarjeta.}. It stands in every language of the file; nothing is filled in from another one. Web addresses begin with https.
//
// A short name (of a source, a holder, a series, a channel, a phase, a demand) has lower-case letters, digits, - and _. Numbers
// stay as they are written where words or names are expected: 02134 keeps its zero. The id of a reviewer may have : . and @, too.
//
// # Paths
//
// A path names a value, in problems, reasons and questions: keys joined by dots; an entry of a list is named by its id where it
// has one, else by its number from 0, as in channels.online.phases.portal.asks.2.handling. Below, ID stands for such a name, N for
// such a number.
//
// # Items of the vocabulary
//
// What a program can ask for: name, date_of_birth, place_of_birth, nationality, gender, photo, fingerprints, signature, address,
// phone, email, language_spoken, foreign_passport, us_passport, consular_id, foreign_national_id, foreign_drivers_license,
// us_drivers_license, us_identity_document, birth_certificate, visa_or_permit, immigration_status, residence_proof, ssn,
// tax_number, income, bank_account, wages, employer_name, i9_form, payroll_record, family_members, emergency_contact,
// number_of_people, visit_time, confirmation_code, card_number, applied_on, access_log, ip_address. Any other is described under
// items.
//
// # Keys
//
// The lists that follow describe every key where it stands, in the words that editors show; in brackets stand the items of the
// checklist (C01 to C47) that it feeds.
//
// # The file itself
//
//   - fairnotice: The version of this file format: 1.
//   - edition: Which print of the notice this is, and the day for which it holds.
//   - voice: Who speaks: independent writers, or the office itself. Words: independent, office. (C36)
//   - answers_for_it: The officer who answers for the notice. Needed when the office speaks. May be left out. (C36)
//   - languages: The languages that are built, such as [en, es, ar]. (C29)
//   - digits: Which digits are printed: auto (as the language does), latin or native. Words: auto, latin, native. May be left out.
//   - people: Whose records these are. Words: applicants, employees, people_in_records. (C33)
//   - drafts: Whether translations that nobody has reviewed may be shown, marked as drafts, and who decided it. May be left out. (C29)
//   - program: What the program is.
//   - sources: Everything that a fact names as its source. (C36)
//   - holders: Everybody who keeps records of the program. Exactly one is the custodian. (C08)
//   - retention: One entry for each series of records: how long, from when, who must agree to erase. (C02)
//   - endings: What happens to the papers of people who do not get to the end. (C05)
//   - channels: The ways to apply, and the steps on the way, such as booking. (C01, C33)
//   - items: Items of your own, that the vocabulary does not have, with their names. May be left out. (C01)
//   - holds: Orders to stop erasing. none is a claim; unknown is honest. (C07)
//   - alternatives: Ways that leave fewer records, with their real cost. (C25)
//   - office_says: What the office says that it will do when a demand comes, and with what force. (C13, C24)
//   - tells_people: Whether the office tells people that their records were demanded. Words: by_law, says_it_will, no. (C19)
//   - demands: The demands that came. Two demands are two entries. (C22)
//   - counts: How many of what, where, between which days, counted when. May be left out. (C33)
//   - other_people: Other people whose facts are in the file. Words: family, emergency_contact, employer, landlord, witness. (C44)
//   - past: What people who already applied can do. (C33)
//   - is_not: What the card or program is not. Words: immigration_status, work_permit, travel_document, driving_license,
//     health_insurance. (C37)
//   - cards_given: Whether cards or benefits already given still hold. Words: still_good, cancelled. (C38)
//   - contacts_people: How the office gets in touch with people. none means that it has no way to. Words: mail, phone, email, text,
//     in_person. (C39)
//   - costs: What it costs to apply. Words: free, fee. (C43)
//   - other_recipients: Others who learn something because the card is used or sent. Words: mail_carrier, transit, library, pharmacy,
//     bank, school, other_office. (C45)
//   - partners: Agencies that help people to fill in the form. (C46)
//   - help: Help that does not depend on the office. (C36, C47)
//   - survivors: The program that gives survivors of violence another address. (C31)
//   - readers_test: Whether readers have tested the notice. none is an answer. (C29)
//   - reviewers: Who has to read the notice before it goes out. May be left out.
//   - also_reached_by: Each way to the records that needs no subpoena: applies, not_applicable or unknown. (C20)
//
// # edition
//
//   - number: 1 for the first print, then one more each time. (C35)
//   - as_of: The day for which the facts in this file hold. (C35)
//   - changed: What is new against the edition before. Words: first_edition, channel_closed, channel_opened, demand_came,
//     rule_changed, holder_changed, period_changed, law_changed, words_changed. (C35)
//   - older: The web page where older editions are, or none. (C35)
//
// # answers_for_it
//
//   - name: The name of the officer. (C36)
//   - title: The title of the officer, in each language. (C36)
//   - on: The day on which the officer agreed to answer for this edition. (C36)
//
// # drafts
//
//   - shown_marked: true if translations that nobody has reviewed may be shown, each marked as a draft.
//   - decided_by: Who decided that drafts may be shown.
//
// # program
//
//   - id: A short name for the program in addresses and digests, such as citykey; it never changes. (C30)
//   - same_as: Ids under which other files describe the same program, such as one about an earlier time; they can be compared. May be left out.
//   - name: The name of the program. (C10)
//   - gives: What a person gets, in one short sentence. (C10)
//   - open_to: Who may apply, in one short sentence. (C27)
//   - urgency: What people lose if they wait: ordinary, or their health, food or shelter. Words: ordinary, health, food, shelter.
//     (C27)
//   - jurisdiction: The place whose book of law is used, such as us-il-chicago. (C21)
//   - authority: The laws that set up the program. (C10)
//   - mandatory: Whether a law makes people take part. Words: yes, no. (C27)
//   - status: Whether people can apply now. (C32)
//   - contact: How people reach the office. (C35)
//
// # program.status
//
//   - is: active, suspended or ended. Words: active, suspended, ended. (C32)
//   - since: Since when it is suspended or ended. May be left out. (C32)
//   - channels: The channels that are suspended. May be left out. (C32)
//
// # program.contact
//
//   - name: The name of the office. (C35)
//   - phone: The phone number that people may call, such as 312-555-0100. (C35)
//   - place: The street address at which people may come. (C35)
//   - page: The web page of the office; it begins with https. (C35)
//
// # sources.ID
//
//   - title: What it is and of when, such as WTTW News, 14 June 2025. (C36)
//   - url: Where it can be read; it begins with https. May be left out. (C36)
//   - published: The day on which it was published. It may not be later than the edition.
//   - read: The day on which it was last read for this file. It may be later than the edition.
//   - kind: What kind of source it is. Words: law, press, office, court, contract, letter, other. (C36)
//
// # holders.ID
//
//   - name: The name of the holder. (C08)
//   - role: What the holder is to the records: the custodian answers for them, a processor works for it. Words: custodian, processor,
//     subprocessor, recipient. (C08)
//   - kind: What the holder is, because laws bind some kinds and not others. Words: city_agency, county_agency, state_agency,
//     federal_agency, law_enforcement, school, court, company, nonprofit, employer, telecom, bank, motor_vehicle_agency,
//     federal_tax_agency, health_provider, victim_services. (C08, C21)
//   - within: The place of a public office. May be left out. (C21)
//   - for: The holder for whom a company works. May be left out. (C08)
//   - does: What a company does for the office. Words: runs_website, stores_files, runs_booking, prints_cards, sends_mail,
//     runs_phone_line. May be left out. (C08)
//   - control: Who decides what a company does with the records: the custodian, or the company itself. Words: custodian_directs,
//     independent. May be left out. (C08)
//   - contract: What is known of the contract with a company. May be left out. (C18)
//
// # holders.ID.contract
//
//   - tells_us_of_demands: Whether the company must tell the office when somebody demands records. Words: yes, no. (C18)
//   - waits_for_court: Whether the company must wait for a court before it answers a demand. Words: yes, no. (C18)
//   - deletes_at_end: Whether the company erases its copies when the contract ends. Words: yes, no. (C08)
//   - seen: Who has read the contract: the office, the writers, or none. Words: none, office, writers. (C18)
//
// # retention.ID
//
//   - period: How long these records are kept, such as 7 years or 90 days. (C02)
//   - from: What starts the time. Words: applied, decided, card_issued, card_expires, last_contact, year_end, created, used, hired,
//     left_job, received. (C02)
//   - schedule: The records schedule that sets the time. (C03)
//   - law: Laws about erasing these records. May be left out. (C03)
//   - early_deletion: Whether the office may erase these records before the time is over. Words: office_may, needs_approval,
//     forbidden. (C04)
//   - approval_by: The board that must agree. May be left out. (C04)
//   - who_may_change: Who can change how long these records are kept. Words: local_records_commission, city_council, county_board,
//     state_legislature, office. (C03)
//   - at_end: What happens to these records when the time is over. Words: destroyed, transferred, permanent. (C02)
//
// # endings
//
//   - unfinished: What happens to forms that people did not finish. Words: kept_like_others, kept_shorter, destroyed, returned. (C05)
//   - withdrawn: What happens to forms that people took back. Words: kept_like_others, kept_shorter, destroyed, returned. (C05)
//   - denied: What happens to forms that were refused. Words: kept_like_others, kept_shorter, destroyed, returned. (C05)
//
// # channels.ID
//
//   - name: The name of this way to apply. (C33)
//   - kind: What kind of way it is. from_others: somebody else gives facts about people. Words: in_person, online, mail, phone, kiosk,
//     from_others. (C33, C40)
//   - given_by: For from_others: who gives the facts. Words: employer, landlord, school, family, bank, other_office, company. May be left
//     out. (C33)
//   - place: Where it is, for a way that has a place. May be left out. (C25)
//   - page: The web page of this way; it begins with https. May be left out. (C25)
//   - steps: Other channels that a person must go through first, such as booking. May be left out. (C26)
//   - phases: One entry for each time in which one rule held, the oldest first. (C33)
//
// # channels.ID.steps.N
//
//   - channel: The channel that a person must go through. (C26)
//   - since: Since when the step is needed. May be left out. (C26)
//
// # channels.ID.phases.ID
//
//   - id: A short name for the phase, such as portal or "2024". (C33)
//   - from: The first day of the phase. (C33)
//   - to: The last day of the phase, or open. (C33)
//   - rule: The law and version under which these people gave their facts, such as chicago-2-176@2024-06-12. May be left out. (C33,
//     C35)
//   - confirm: What people must do before they send: a tick, a signature, or none. Words: tick, signature, none. May be left out.
//     (C28, C33)
//   - told_people: Whether people were told that these facts about them were given. Needed where somebody else gave them. Words: yes,
//     no. May be left out. (C19)
//   - asks: What people are asked for. unknown is allowed. (C01)
//   - never_asks: Items that are never asked for. May be left out. (C09)
//
// # channels.ID.phases.ID.asks.N
//
//   - items: The items, by their names in the vocabulary or under the key items. (C01)
//   - need: required, optional, automatic (recorded without being asked for), or one_of:group (one of the items of a group is enough).
//     (C27)
//   - refuse: What happens to a person who does not give it. Words: no_card, no_benefit, slower, nothing, no_job. May be left out. (C27)
//   - why: What it is for. Words: identify_you, prove_residence, print_card, book_visit, contact_you, decide_eligibility, pay_benefit,
//     run_website, check_work_permission, pay_wages, report_wages, collect_tax. May be left out. (C10)
//   - handling: What is done with it: looked at and returned, written down, stored, sent on. Words: not_asked, seen_returned,
//     noted_yes_no, fields_extracted, image_transient, stored, forwarded. (C01, C06)
//   - copies: Each copy that stays and who has it. none is a claim and needs somebody who stands behind it. (C06)
//   - backups: How long spare copies stay: none, 90 days, indefinite, unknown. May be left out. (C06)
//   - retention: The series of records under the key retention that it belongs to. May be left out. (C02)
//   - type_recorded: Whether the kind of paper is a field that one can search by. Words: yes, no. May be left out. (C06, C16)
//   - source: The source that says so, for the line as a whole. May be left out.
//
// # channels.ID.phases.ID.asks.N.copies.N
//
//   - at: The holder who has the copy. (C06, C08)
//   - kind: What kind of copy it is. Words: record, hosted, backup, cache, log, printer_spool, email, paper, recipient. (C06)
//   - purge_lag: How long this copy stays after use. May be left out. (C06)
//   - disposed: Whether this copy is destroyed; yes needs confidence: verified, by and on. Words: yes, no. May be left out. (C06)
//
// # items.ID
//
//   - name: The name of the item, in each language. (C01)
//   - class: What kind of fact or paper it is. Words: identity_doc, residence_doc, biographic, contact, status, financial, biometric,
//     image, metadata, employment, health, other.
//   - subject: Whose fact it is, when it is not the applicant's. Words: family, emergency_contact, employer, landlord, witness. May be
//     left out. (C44)
//   - proxy_for_status: Whether it can show where a person comes from or which status. Words: yes, no, arguable. (C09)
//
// # holds.N
//
//   - scope: Retention series that it covers; absent: all. May be left out. (C07)
//   - from: The first day of the order. (C07)
//   - to: The last day of the order, or open. (C07)
//   - reason: Why erasing was stopped. Words: demand, lawsuit, investigation, audit. (C07)
//   - public: Whether it may be named in a notice.
//
// # alternatives.N
//
//   - instead_of: The channel that people need not use. (C25)
//   - use: The channel that they can use instead. (C25)
//   - wait: How long people wait for it. (C25)
//   - where: Where people go for it. (C25)
//   - next: The next day on which it can be used. (C25)
//   - costs: What it costs people. Words: travel_and_wait, wait, travel, money, none. (C25)
//
// # office_says.N
//
//   - on: The demands that it is about. (C13, C24)
//   - will: What the office says that it will do. Words: refuse, refuse_without_court, keep_confidential_as_law_allows, answer,
//     answer_where_it_must, tell_people, go_to_court. (C13, C24)
//   - force: How strong that is: a law, a policy, a contract, or only a statement. A law is named under the key law. Words:
//     constitution, federal_statute, state_statute, regulation, ordinance, common_law, executive_policy, contract, statement. (C24)
//   - law: The law that makes it so, where one does. May be left out. (C24)
//   - said: The day on which it was said, where no law makes it so. May be left out. (C24)
//   - by: The holder whom it is about. (C24)
//   - speaker: Who said it, where it was not the holder itself. May be left out. (C24)
//   - source: The source in which it can be read. May be left out. (C24)
//
// # demands.ID
//
//   - id: A short name for the demand, such as ice-2025-04-17.
//   - may_be_listed: false when a court or a law forbids to tell: then no public byte changes. (C22)
//   - kind: The kind of demand, as the book of law names it, such as immigration_administrative_subpoena. (C22, C23)
//   - from: Who sent it. Words: ice, hsi, cbp, dhs, immigration_judge, federal_prosecutor, state_police, local_police, lawyer, press,
//     individual. (C23)
//   - to: The holder to whom it was sent. (C22)
//   - dated: The day that is written on it. (C22)
//   - served: The day on which it arrived. (C22)
//   - scope: Whether it is about a group of people, or names persons. Words: group, named. (C16)
//   - how_many: For named people: how many. May be left out. (C16)
//   - asks: What must hold for a record to be asked for. All must hold. (C22, C16)
//   - wants: The items that it wants. (C22)
//   - answer: What the office answered. Words: pending, complied, partial, declined, objected, ordered, quashed, withdrawn,
//     undisclosed, partial_undisclosed. (C22)
//   - given: What was handed over, as somebody said on a day. Words: nothing_from_this_program, some_records, all_records,
//     list_without_details, no_personal_facts, undisclosed, refused_to_show. (C22)
//   - court: How far it went in court. Words: none, petitioned, ordered, stayed, enjoined, quashed, appealed, withdrawn. (C22)
//   - court_scope: What the court's decision is about: this demand, all such demands to this office, named people, one part of the
//     office, or some places only. Words: this_demand, such_demands, named_people, part_of_office, some_places. May be left out. (C22)
//   - released: Who decided that the notice may tell of it. May be left out.
//
// # demands.ID.asks.N
//
//   - field: The item that is compared, or document_type for the kind of paper. (C16)
//   - from: The first day, where the field is a day. May be left out. (C16)
//   - to: The last day, where the field is a day. May be left out. (C16)
//   - any: The items of which one is enough. May be left out. (C16)
//
// # demands.ID.released
//
//   - by: The name and title of the person who decided it.
//   - on: The day on which it was decided.
//
// # counts.N
//
//   - of: What is counted. Words: applicants, people_with_records, cards, employees, named_people. (C33)
//   - in: all, a channel, or channel/phase. (C33)
//   - from: The first day of what is counted. (C33)
//   - to: The last day of what is counted. (C33)
//   - is: The number, in digits only. (C33)
//   - about: true if the number is rounded or estimated. (C33)
//   - counted: The day on which it was counted. It may not be later than the edition. (C33)
//   - source: The source that gives the number. (C33)
//
// # past
//
//   - see_your_file: Whether people can see their own file. Words: yes, no. (C33)
//   - correct_it: Whether people can have their file corrected. Words: yes, no. (C33)
//   - withdraw: Whether people can take back their form. Words: yes, no. (C33, C34)
//   - delete_it: Whether people can have their file erased. yes only where the office may decide that alone. Words: yes, no. (C04,
//     C33)
//
// # partners.N
//
//   - name: The name of the agency. (C46)
//   - keeps_copies: Whether the agency keeps copies. Words: yes, no. (C46)
//
// # help.N
//
//   - name: The name of the helper. (C36, C47)
//   - for: What the helper helps with. At least one entry is for legal, and one for officers_contact_you. Words: legal,
//     officers_contact_you, interpreter, benefits, survivors. (C36, C47)
//   - independent: true if the helper does not work for the office. Only such helpers may stand here. (C36)
//   - page: The web page of the helper; it begins with https. May be left out. (C36)
//   - phone: The phone number of the helper. May be left out. (C36, C47)
//
// # survivors
//
//   - law: The law that sets up the program for survivors. (C31)
//   - ask: Who can be asked about it. (C31)
//   - page: The web page of the program for survivors; it begins with https. May be left out. (C31)
//
// # readers_test.N
//
//   - people: How many people took part. (C29)
//   - first: How many of them understood the notice at the first reading. (C29)
//   - second: How many of them understood it at the second reading. (C29)
//   - language: The language in which they read. (C29)
//   - on: The day of the test. (C29)
//
// # reviewers.ID
//
//   - id: The name under which the reviewer signs, such as group:river-legal-aid.example; it never changes.
//   - name: The name of the reviewer.
//   - key: The public key with which the reviewer signs: one line of a .pub file of ssh-keygen, or a key of fairnotice keys new. May be
//     left out.
//   - languages: The languages that the reviewer reads.
//   - kinds: The kinds of notice that the reviewer reads; absent: all. Words: before, at-upload, already-applied, demand-received,
//     poster, ask-back, what-changed. May be left out.
//   - required: true if a language that this reviewer reads may not go out without a signature of the reviewer for exactly these words.
//
// # also_reached_by
//
//   - records_request: A request under a public-records law. Words: applies. (C20)
//   - leak: A mistake or a break-in. Words: applies. (C20)
//   - agreement: An agreement to send records to another office. Words: applies. (C20)
//   - direct_query: Another office that can look into the records itself. Words: applies. (C20)
//   - funding_condition: A funder that wants the records as a condition. Words: applies. (C20)
//   - voluntary_sharing: A worker who shares records without any demand. Words: applies. (C20)
//   - broker: A company that buys or is given records. Words: applies. (C20)
//
// # FACT.asked.N
//
//   - who: Who was asked.
//   - on: The day on which they were asked.
package notices
