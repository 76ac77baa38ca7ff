package notices

import (
	"slices"
	"strings"

	"fairnotice/notices/source"
)

// askBack are the claims of the sheet of questions: how it is used, each question, and each answer as the notice before has it.
func (n *needs) askBack() {
	n.keyFacts()
	n.rest()
	asked, _ := n.mostKept()
	left := slices.Contains(n.want["C06"], "key/"+string(asked.id))
	n.keep(func(item ItemID, about string) bool {
		switch {
		case item == "C29":
			return strings.HasPrefix(about, "tested")
		case item == "C36":
			return about == "not_office"
		}
		// of the key facts, those of the ways that leave fewer records
		id, ok := strings.CutPrefix(about, "key/")
		return ok && (item == "C01" || item == "C06" || item == "C10" || item == "C32") && slices.ContainsFunc(n.p.Ways.Is, func(w Way) bool { return string(w.Use) == id })
	})
	n.need("C29", prefix("ask/", w(`page read words never count again mend kept long who court next fewer erase`))...)
	n.need("C35", "change")
	n.need("C36", "voice", "advice")
	n.need("C01", "part/"+string(asked.id))
	if left {
		n.need("C06", "ask/"+string(asked.id))
	}
	var known, unknown []string
	for _, c := range n.channels {
		for _, ph := range c.phases {
			for _, a := range ph.asks {
				if a.Retention == "" || a.Need.Is == "automatic" || n.isStep(c.id) {
					continue
				}
				if r := n.p.Retention[a.Retention].Period; r.State == source.Known && len(r.But) == 0 {
					known = append(known, "series/"+string(a.Retention))
				} else {
					unknown = append(unknown, "series/"+string(a.Retention))
				}
			}
		}
	}
	switch {
	case !slices.ContainsFunc(n.table, func(r Row) bool { return r.Existence.High > None }):
		n.need("C33", "first")
	case len(known) > 0 && len(unknown) > 0:
		n.need("C02", append(known, unknown...)...)
	default:
		n.need("C02", "key")
	}
	n.need("C23", "first")
	n.need("C11", "kept")
	n.need("C12", "no_court")
	n.need("C13", "court")
	n.need("C14", "obey")
	switch p := n.p; {
	case p.Ways.State == source.Known && len(p.Ways.Is) > 0:
		for i := range p.Ways.Is {
			n.need("C25", "way/"+itoa(i))
		}
	case p.Ways.State == source.Unknown:
		n.need("C25", "unknown")
	default:
		n.need("C25", "none")
	}
	n.need("C33", "right/delete")
	n.need("C04", "you")
	if n.p.Past.Delete.State != source.NotApplicable || len(n.p.Retention) != 1 {
		return
	}
	for id, r := range n.p.Retention {
		s := string(id)
		if e := r.EarlyDeletion; e.State == source.Known {
			n.need("C04", "early/"+s)
			if e.Is == "needs_approval" && len(e.But) == 0 {
				n.need("C04", "alone/"+s)
				if r.ApprovalBy.State == source.Known && len(r.ApprovalBy.But) > 0 {
					n.need("C04", "board/"+s)
				}
			}
		}
	}
}
