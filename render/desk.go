package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// The English words of the papers about one demand: names of things, days, numbers, what a row of the table means.

// desk is what the papers about one demand share: the names of things in English.
type desk struct {
	c      phrases
	r      *notices.Reached
	p      *notices.Program
	d      *notices.Paper
	closed map[string]bool // languages in which the drafts cannot be said
}

func newDesk(c phrases, r *notices.Reached) *desk {
	return &desk{c: c, r: r, p: r.Laid, d: r.Paper}
}

func (k *desk) label(id, other string) string {
	if s, err := k.c.Phrase("en", id); err == nil {
		return s
	}
	return other
}

func spaced(id string) string { return strings.ReplaceAll(id, "_", " ") }

// words gives a text of the file in English; where it has none, in the first of the file's languages that it has, else the other words.
func (k *desk) words(t source.Text, other string) string {
	for _, tag := range append([]string{"en"}, k.p.Languages...) {
		if s, ok := t.For(tag); ok && s != "" {
			return s
		}
	}
	return other
}

func (k *desk) program() string { return k.words(k.p.Program.Name, string(k.p.Program.ID)) }
func (k *desk) office() string  { return k.words(k.p.Program.Contact.Name, string(k.r.Program)) }

func (k *desk) kind() string {
	return k.label("demand."+string(k.d.Kind), spaced(string(k.d.Kind)))
}

func (k *desk) item(id source.ID) string {
	if own, ok := k.p.Items[id]; ok {
		return k.words(own.Name, spaced(string(id)))
	}
	return k.label("item."+string(id), spaced(string(id)))
}

func (k *desk) items(ids []source.ID) string {
	if len(ids) == 0 {
		return "Whatever is asked for here; nobody knows what"
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = k.item(id)
	}
	return strings.Join(out, ", ")
}

func (k *desk) holder(id source.ID) string {
	if h, ok := k.p.Holders[id]; ok {
		return k.words(h.Name, string(id))
	}
	for i, partner := range k.p.Partners.Is {
		if notices.PartnerID(i) == id {
			return k.words(partner.Name, string(id)) + ", who help with the form"
		}
	}
	return "Nobody knows who has it"
}

func (k *desk) place(id notices.PhaseID) string {
	ch, ph, _ := strings.Cut(string(id), "/")
	c, ok := k.p.Channels[source.ID(ch)]
	if !ok {
		return string(id)
	}
	out := k.words(c.Name, ch)
	for i := range c.Phases {
		if p := &c.Phases[i]; string(p.ID) == ph {
			from, to := "an unknown day", "an unknown day"
			if p.From.State == source.Known {
				from = dateWords(p.From.Is)
			}
			if p.To.State == source.Known {
				if to = "now"; !p.To.Is.Open {
					to = dateWords(p.To.Is.Date)
				}
			}
			out += ", from " + from + " to " + to
		}
	}
	return out + " (" + string(id) + ")"
}

func (k *desk) law(id source.ID) string { return k.label("law."+string(id), string(id)) }

// dateWords writes a date with the precision that it has.
func dateWords(d source.Date) string {
	y, m, _ := d.First.YMD()
	switch d.Precision() {
	case source.Year:
		return fmt.Sprint(y)
	case source.Month:
		return fmt.Sprintf("%s %d", time.Month(m), y)
	case source.Exact:
		return englishDate(d.First)
	}
	return "not known"
}

var sender = map[notices.Sender]string{"ice": "ICE (Immigration and Customs Enforcement)", "hsi": "Homeland Security Investigations, a part of ICE",
	"cbp": "Customs and Border Protection", "dhs": "Department of Homeland Security", "immigration_judge": "An immigration judge",
	"federal_prosecutor": "A federal prosecutor", "state_police": "State police", "local_police": "Local police", "lawyer": "A lawyer",
	"press": "The press", "individual": "A person"}

var signature = map[notices.Signature]string{"immigration_officer": "An immigration officer", "customs_officer": "A customs officer", "fbi": "The FBI", "immigration_judge": "An immigration judge",
	"judge": "A judge of a court", "clerk_of_court": "A court clerk", "attorney": "A lawyer", "prosecutor": "A prosecutor", "anyone": "A person",
	"nobody": "Nobody", "other": "Somebody else"}

// means is what a kind of paper is, in the words of the book of law's class.
func (k *desk) means() []string {
	r := k.r.Route
	switch r.Class {
	case "administrative":
		first := "An officer of the agency signs it. No court has looked at it."
		if slices.Contains(r.Signed, "immigration_judge") {
			first = "An immigration judge signs it. An immigration judge works for an agency and is not a court. No court has looked at it."
		}
		return []string{first, "The office can say no. Then the agency can ask a federal judge to order an answer. Such an order must be obeyed.",
			"That nobody can force an answer yet does not mean that nobody may answer. The table for counsel says, for each holder, whether a law may forbid one."}
	case "court_order":
		return []string{"A judge has ordered an answer. It must be obeyed, unless a court stops it.", "Counsel can ask the court to wait, or appeal."}
	case "federal_court":
		return []string{"It comes from a federal court. It binds when it is served, unless a court stops or changes it.",
			"A clerk, a lawyer or a prosecutor may have signed it. That makes it no weaker.", "Counsel looks first whether it is what it says it is."}
	case "state_court":
		return []string{"It comes from a state court. It binds when it is served, unless a state judge stops it or a privilege stands against it.",
			"A clerk or a lawyer may have signed it. That makes it no weaker."}
	case "arrest_warrant":
		return []string{"It is for arresting a person. It gives no right to records, and no right to search."}
	case "employer_inspection":
		return []string{"It is an inspection of an employer's forms. It is treated as binding. Counsel looks at how far it goes."}
	case "security_letter":
		return []string{"An agency signs it. It can go only to some kinds of firms. It often forbids to tell of it. A court can look at both."}
	case "records_request":
		return []string{"Anybody can send it. The law says what must be shown and what may be kept back. The law also sets a time for the answer: counsel knows it."}
	}
	return []string{"No court has signed it. Counsel looks at what stands behind it."}
}

var mustWords = map[notices.Must]string{
	notices.MustAnswer:    "Must be answered, unless a court excuses it.",
	notices.MayAnswer:     "The holder may answer, and may say no.",
	notices.MayNot:        "May not be answered without a court.",
	notices.PausedAnswer:  "Must not be answered while the court's stop holds.",
	notices.NothingToGive: "Nothing to give. Staff can still be asked what they know.",
	notices.MustUnknown:   "Nobody knows. Ask counsel.",
}

func existenceWords(e notices.Existence) string {
	one := map[notices.Level]string{notices.None: "Nothing. A named person has confirmed it.", notices.Trace: "A copy, for a short time.",
		notices.Exists: "A record is kept.", notices.MayBeSent: "A record is kept. Some of it may have been handed over.",
		notices.Sent: "It was handed over, or somebody else has it."}
	if e.Low == e.High {
		return one[e.Low]
	}
	low := map[notices.Level]string{notices.None: "Nobody has confirmed whether a record is kept.", notices.Trace: "At least a copy for a short time.",
		notices.Exists: "A record is kept.", notices.MayBeSent: "A record is kept."}[e.Low]
	high := map[notices.Level]string{notices.Trace: "There may be a copy for a short time.", notices.Exists: "There may be one.",
		notices.MayBeSent: "Some of it may have been handed over.", notices.Sent: "All of it may have been handed over."}[e.High]
	return low + " " + high
}

func (k *desk) barrierWords(r *notices.Row) string {
	laws := func(ids []source.ID) string {
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = k.law(id)
		}
		return strings.Join(out, "; ")
	}
	switch b := r.Barrier; b {
	case notices.Ordered:
		return "A court has ordered an answer."
	case notices.BindingOnService:
		return "It binds when it is served, unless a court stops it. State and local law do not change that."
	case notices.StateCourtBarrier:
		return "It binds, unless a state judge or a privilege stops it."
	case notices.Disputed:
		out := "A law may stand in the way, but that is not settled: " + laws(r.Disputed) + "."
		switch r.WouldBe {
		case notices.CourtFirst:
			out += " If it holds, nobody here may answer without a court."
		case notices.BlockedByLaw:
			out += " If it holds, nobody here may answer."
		case notices.HolderMayWithhold:
			out += " If it holds, the office may keep it back."
		case notices.HolderMayAnswer:
			out += " If it holds, the office may weigh it."
		}
		return out + " Until then it is read as if the law did not help."
	case notices.HolderMayAnswer:
		return "Nobody can force an answer without a court. No law that we know forbids one."
	case notices.HolderMayWithhold:
		return "The law lets the office keep it back, and does not make it: " + laws(r.Laws) + "."
	case notices.CourtFirst:
		return "A law forbids an answer without a court: " + laws(r.Laws) + ". Its exceptions stand below."
	case notices.PausedByCourt:
		return "A court has stopped the answer for now."
	case notices.BlockedByLaw:
		return "A law forbids it: " + laws(r.Laws) + ". Its exceptions stand below."
	case notices.NoBarrier:
		return "Nothing in law that we know stands in the way."
	case notices.NothingToReach:
		return "There is no record."
	case notices.NotApplicableBarrier:
		return "This kind of paper gives no right to it."
	}
	return "Nobody knows."
}

func selectWords(s notices.Select) string {
	switch s {
	case notices.ByField:
		return "By a search"
	case notices.ByHand:
		return "Only by looking through the files"
	case notices.NotSelectable:
		return "Not at all"
	}
	return "Nobody knows"
}

func inWords(t source.Tri) string {
	return map[source.Tri]string{source.Yes: "Yes", source.Maybe: "Maybe", source.No: "No"}[t]
}

func numberWords(n notices.Number) string {
	if n.Count == nil {
		out := make([]string, len(n.Because))
		for i, b := range n.Because {
			out[i] = b.Text
			if len(b.In) > 0 {
				out[i] += " (" + strings.Join(b.In, ", ") + ")"
			}
		}
		return "Nobody knows. " + strings.Join(out, " ")
	}
	about := ""
	if n.About {
		about = "About "
	}
	out := about + thousands(*n.Count)
	var more []string
	if n.In != "" && n.In != "all" {
		more = append(more, "in "+string(n.In))
	}
	if !n.From.IsZero() {
		more = append(more, "from "+dateWords(n.From)+" to "+dateWords(n.To))
	}
	if !n.Counted.IsZero() {
		more = append(more, "counted "+dateWords(n.Counted))
	}
	if len(more) > 0 {
		out += " (" + strings.Join(more, "; ") + ")"
	}
	return out
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func factWords[T any](f source.Fact[T], write func(T) string) string {
	out := ""
	switch f.State {
	case source.Unsaid:
		return ""
	case source.Unknown:
		out = "Not known"
	case source.NotApplicable:
		return "Does not apply"
	default:
		out = write(f.Is)
	}
	for _, b := range f.But {
		if b.State == source.Known {
			out += "; another source says: " + write(b.Is)
		}
	}
	return out
}

func text(s string) string { return s }

func (k *desk) stamps() []string {
	if k.d.Tellable() {
		return nil
	}
	return []string{"Do not tell anybody of this paper, except counsel and those who must act, until counsel says that you may."}
}
