package notices

import (
	"slices"
	"strings"
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
	n.keep(func(item ItemID, about string) bool {
		switch item {
		case "C01", "C02", "C06", "C10", "C22", "C32":
			return about == "key" || strings.HasPrefix(about, "key/") || strings.HasPrefix(about, "key-answer/")
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
			return slices.Contains(w("voice not_office advice"), about) || about != "" && (about == first["legal"] || about == first["officers_contact_you"] || about == first["interpreter"])
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
}
