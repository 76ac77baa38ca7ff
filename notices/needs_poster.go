package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// poster are the claims of the poster: the way that leaves fewer records with its cost, what is kept and how long, who can ask and what
// stands before an answer, whom to call, and what the page is.
func (n *needs) poster() {
	n.all()
	first := map[HelpFor]string{}
	for i := range n.p.Help {
		if h := n.p.Help[i].For; first[h] == "" {
			first[h] = "help/" + itoa(i)
		}
	}
	held := n.holding(n.table)
	ours := slices.DeleteFunc(slices.Clone(n.events), n.elsewhere)
	court := func(about string) bool { // of one demand or two, each; more are told at once
		return len(ours) <= 2 && slices.ContainsFunc(ours, func(e eventRef) bool { return about == "court/"+string(e.ID) })
	}
	n.keep(func(item ItemID, about string) bool {
		switch item {
		case "C08":
			return slices.ContainsFunc(held, func(id source.ID) bool { return about == "first/"+string(id) })
		case "C18":
			return slices.ContainsFunc(held, func(id source.ID) bool { return about == "asked/"+string(id) })
		case "C01", "C02", "C06", "C10", "C22", "C32":
			return about == "key" || strings.HasPrefix(about, "key/") || strings.HasPrefix(about, "key-answer/") || item == "C22" && court(about)
		case "C23":
			return about == "first" || about == "ice" || about == "key" || strings.HasPrefix(about, "key/")
		case "C25":
			return !strings.HasPrefix(about, "place/") && !strings.HasPrefix(about, "page/") // of each way, in its part
		case "C11", "C30", "C42":
			return true
		case "C12":
			return slices.Contains(w("name signed no_court"), about)
		case "C13":
			return about == "refuse" || about == "court"
		case "C14":
			return about == "obey"
		case "C27":
			return about == "stop"
		case "C35":
			return about == "change" || about == "contact"
		case "C36":
			return slices.Contains(w("voice not_office advice"), about) || court(about) || about != "" && (about == first["legal"] || about == first["officers_contact_you"] || about == first["interpreter"])
		case "C43":
			return about == "key" || about == "notario"
		case "C47":
			return true
		}
		return false
	})
	n.need("C22", "gag")
	n.need("C36", "gag")
	n.need("C29", "more")
	for _, c := range n.channels {
		if !n.isStep(c.id) && n.returned(c) {
			n.need("C06", "poster/"+string(c.id))
		}
	}
}

// returned reports whether of a way no paper certainly stays, each is known to be given back, and of one of them nobody has checked that
// no copy stays.
func (n *needs) returned(c channelRef) bool {
	unchecked := false
	for _, ph := range c.phases {
		if ph.ph.Asks.State == source.Unknown {
			return false
		}
		for _, a := range ph.asks {
			if !slices.ContainsFunc(a.Items, func(i source.ID) bool { w, _ := n.p.Item(i); return w.Paper }) {
				continue
			}
			if n.existence(ph, a, n.custodian).Low >= Trace || a.Handling.State != source.Known || a.Handling.Is != "seen_returned" {
				return false
			}
			unchecked = unchecked || !a.Copies.Verified()
		}
	}
	return unchecked
}
