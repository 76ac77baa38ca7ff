package notices

import (
	"encoding/json"

	"fairnotice/notices/source"
)

// MarshalJSON writes the number with what it counts, or null with the reasons.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.Count == nil {
		return json.Marshal(struct {
			Count   *int   `json:"count"`
			Because []Lack `json:"because"`
		}{nil, orEmpty(n.Because)})
	}
	return json.Marshal(struct {
		Count   int       `json:"count"`
		About   bool      `json:"about"`
		Of      CountOf   `json:"of"`
		In      source.ID `json:"in,omitempty"`
		From    string    `json:"from,omitempty"`
		To      string    `json:"to,omitempty"`
		Counted string    `json:"counted,omitempty"`
		Source  source.ID `json:"source,omitempty"`
	}{*n.Count, n.About, n.Of, n.In, n.From.String(), n.To.String(), n.Counted.String(), n.Source})
}

// MarshalJSON is the contract of `reach --as json`.
func (r ReachRow) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Channel   source.ID   `json:"channel"`
		Phase     PhaseID     `json:"phase"`
		Holder    source.ID   `json:"holder"`
		Items     []source.ID `json:"items"`
		Existence string      `json:"existence"`
		Possible  [2]string   `json:"possible"`
		Barrier   string      `json:"barrier"`
		WouldBe   string      `json:"would_be"`
		Disputed  []source.ID `json:"disputed"`
		Laws      []source.ID `json:"laws"`
		Select    Select      `json:"select"`
		Must      Must        `json:"must"`
		Covered   string      `json:"covered"`
		Why       []Lack      `json:"covered_because"`
		Series    source.ID   `json:"series"`
		Period    string      `json:"kept_for"`
		AtEnd     string      `json:"at_end"`
		Vendor    *Vendor     `json:"contract,omitempty"`
		Rules     []Rule      `json:"rules"`
		Told      Told        `json:"told"`
		Because   []Reason    `json:"because"`
	}{r.Channel, r.Phase, r.Holder, orEmpty(r.Items), r.Existence.String(), [2]string{r.Existence.Low.String(), r.Existence.High.String()},
		r.Barrier.String(), r.WouldBe.String(), orEmpty(r.Disputed), orEmpty(r.Laws), r.Select, r.Must, r.In.String(), orEmpty(r.Why), r.Series, r.Period,
		r.AtEnd, r.Vendor, orEmpty(r.Rules), r.Told, orEmpty(r.Reasons())})
}

// MarshalJSON writes a place with its count.
func (p Place) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Phase   PhaseID `json:"phase"`
		Covered string  `json:"covered"`
		Records Number  `json:"records_exist"`
	}{p.Phase, p.Covered.String(), p.Records})
}

// MarshalJSON is the contract of `reach --as json`. Fields are never renamed or removed, and readers must pass over fields that they do
// not know. A number is {"count": 2700, "about": true, "of": …, "in": …, "from": …, "to": …, "counted": …, "source": …}, or
// {"count": null, "because": [{"code", "text", "in"}]}; null is never none.
//
//	{"program", "demand": id of the paper, "to": holder, "scope": "group" | "named", "day", "facts_as_of", "may_be_told": bool,
//	 "route": {"kind", "class", "citation", "confidence", "signed_by", "enforced_by", "gag"},
//	 "in_window": number, "named": number, "records_exist": number, "responsive": number,
//	 "places": [{"phase", "covered": "yes" | "maybe", "records_exist": number}],
//	 "rows": [{"channel", "phase", "holder", "items": items that fare alike, none where nobody knows what is asked, "existence",
//	   "possible": [low, high], "barrier", "would_be", "disputed", "laws", "select", "must", "covered": "yes" | "maybe" | "no",
//	   "covered_because": [{"code", "text"}], "series", "kept_for", "at_end", "contract", "rules", "told", "because"}],
//	 "not_kept": [{"item", "because"}], "copies": [Stay], "laws": [LawNote], "questions": [{"path", "ask", "text", "asked"}]}
func (r *Reached) MarshalJSON() ([]byte, error) {
	type route struct {
		Kind       source.ID         `json:"kind"`
		Class      string            `json:"class"`
		Citation   string            `json:"citation"`
		Confidence source.Confidence `json:"confidence"`
		Signed     []string          `json:"signed_by"`
		EnforcedBy source.ID         `json:"enforced_by"`
		Gag        string            `json:"gag"`
	}
	return json.Marshal(struct {
		Program  source.ID  `json:"program"`
		Demand   source.ID  `json:"demand"`
		To       source.ID  `json:"to"`
		Scope    Scope      `json:"scope"`
		Day      source.Day `json:"day"`
		Facts    source.Day `json:"facts_as_of"`
		Tellable bool       `json:"may_be_told"`
		Route    route      `json:"route"`
		InWindow Number     `json:"in_window"`
		Named    Number     `json:"named"`
		Records  Number     `json:"records_exist"`
		Answers  Number     `json:"responsive"`
		Places   []Place    `json:"places"`
		Rows     []ReachRow `json:"rows"`
		NotKept  []NotKept  `json:"not_kept"`
		Copies   []Stay     `json:"copies"`
		Laws     []LawNote  `json:"laws"`
		Asks     []Question `json:"questions"`
	}{r.Program, r.Paper.ID, r.Paper.To, r.Paper.Scope, r.Day, r.Facts, r.Paper.Tellable(),
		route{r.Route.Kind, r.Route.Class, r.Route.Citation, r.Route.Confidence, orEmpty(r.Route.Signed), r.Route.EnforcedBy, r.Route.Gag},
		r.InWindow, r.Named, r.Records, r.Answers, orEmpty(r.Places), orEmpty(r.Rows), orEmpty(r.NotKept), orEmpty(r.Stays), orEmpty(r.Laws), orEmpty(r.Asks)})
}
