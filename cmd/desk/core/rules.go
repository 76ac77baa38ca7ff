package core

import "fairnotice/notices"

// RuleMeans says in a line what each rule of the decision table says.
var RuleMeans = map[notices.Rule]string{
	"P0":  "facts given under one version of a rule stay under it, unless a newer one says otherwise",
	"P1":  "whether this kind of demand can be sent to this kind of holder and reach this kind of item on this date",
	"P2":  "what a court did has a scope, may be stayed, and may be appealed",
	"X1":  "somebody else certainly has it: sent",
	"X2":  "the holder answered in part or will not say: it may have been sent",
	"X3":  "how it is handled is unknown, and no copy is known: anything from none to a record",
	"X4":  "it is kept or copied, and an order not to erase is open: it exists past its date",
	"X5":  "it is kept or copied, and how long or how it ends is unknown: it exists, with no known end",
	"X6":  "it is kept or copied, and not every copy is certified as destroyed: it exists",
	"X7":  "every copy is certified as destroyed, by whom and when: none",
	"X8":  "it is kept for a moment only: a trace until the time is up, a record if the time is unknown",
	"X9":  "it is not asked for, or looked at and given back, but nobody has confirmed that no copy is kept: anything from none to a record",
	"X10": "a named officer verified on a date that no copy is kept: none",
	"G1":  "nothing exists, so there is nothing to reach; staff can still be asked what they know",
	"G2":  "a court has ordered this holder, or the demand is itself such an order",
	"G3":  "a court has stopped the answer for now",
	"G4":  "federal court process binds when it is served; state and local law does not change that",
	"G5":  "state court process binds, unless a state judge or a privilege stops it",
	"G6":  "a law of at least an ordinance's rank binds this holder and covers this item: a court first, or disputed where that is undecided",
	"G7":  "it cannot be forced without a court, but nothing in law stops the holder from answering",
	"G8":  "agreements, matches and direct queries: no barrier, unless a statute bars them or a court has paused them",
	"G9":  "sharing by choice or by sale: no barrier, unless a statute binds the person who holds it",
	"G10": "a public-records request is judged field by field",
	"M1":  "the vendor's copy can be demanded from the vendor; its contract and its law may be weaker than the office's",
	"M2":  "whether records can be picked out by a recorded field, only by hand, or not at all",
	"M3":  "whether the record falls within the dates of the demand; a later demand could reach it",
	"M4":  "whether the demand is about named people or about a group",
	"K1":  "whether people are told of a demand: by law, by policy, or by nothing that is known",
}
