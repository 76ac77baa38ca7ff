package render

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Picture is the table of exposure as people read it: who keeps what, who can ask, and what stands between. It is a working paper in
// English. Nothing in it is added up: where items of one holder meet different barriers, each is named, the one that stops least first.
// Unknown is said as unknown, and what is in dispute says what is left if the law does not help.
type Picture struct {
	Stamp   string          `json:"stamp"`
	Day     string          `json:"day"`
	Holders []PictureHolder `json:"holders"`
	Rows    []PictureRow    `json:"rows"`
	Without []PictureAsk    `json:"without"` // ways to the records that need nobody to ask
	Gates   []PictureGate   `json:"gates"`   // those that are in it, with what they mean: the key of the picture
}

// PictureHolder is somebody who has records, or may have them.
type PictureHolder struct {
	ID    source.ID     `json:"id"`
	Name  string        `json:"name"`
	Is    string        `json:"is"`    // what it is to the records
	Notes []string      `json:"notes"` // what is known of a company's contract
	Keeps []PictureKept `json:"keeps"`
}

// PictureKept is papers and facts of one way to apply that fare alike at one holder.
type PictureKept struct {
	Way    string   `json:"way"`
	Items  []string `json:"items"`
	State  string   `json:"state"`  // kept, brief (a copy for a short time), may_be_sent, sent, unknown or none
	Says   string   `json:"says"`   // the same in a sentence
	Picked string   `json:"picked"` // how one person's can be picked out
	Paths  []string `json:"paths"`  // the facts of the program file that say so, to look at or answer
}

// PictureRow is demands that meet the same at every holder.
type PictureRow struct {
	Asks  []PictureAsk  `json:"asks"`
	Cells []PictureCell `json:"cells"` // one for each holder, in their order
}

// PictureAsk is a kind of demand, or a way to records that needs none.
type PictureAsk struct {
	ID      source.ID `json:"id"`
	Name    string    `json:"name"`
	Is      string    `json:"is"`
	Came    []string  `json:"came"`    // demands of this kind that came to this program
	Happens string    `json:"happens"` // whether it can happen here, where the program file says so
	Path    string    `json:"path"`    // the fact that says so
}

// PictureCell is what stands between some demands and one holder's records: the gate that stops least first. It has none where the
// holder has nothing of the program.
type PictureCell struct {
	Holder source.ID     `json:"holder"`
	Gates  []PictureGate `json:"gates"`
}

// PictureGate is one barrier, with what lies behind it.
type PictureGate struct {
	Gate  string        `json:"gate"`  // must, open, unknown, disputed, choice, court, paused, law, nothing or no_right
	Title string        `json:"title"` // a few words
	Says  string        `json:"says"`
	Left  string        `json:"left"` // of a disputed gate: what is left if the law does not help
	Told  []string      `json:"told"` // whether the person hears of it
	Laws  []PictureLaw  `json:"laws"`
	To    []PictureKept `json:"to"`
	All   bool          `json:"all"`   // all that the holder has, or may have, lies behind it
	Known bool          `json:"known"` // something of it is known to be there
}

// PictureLaw is a law that was weighed.
type PictureLaw struct {
	ID       source.ID `json:"id"`
	Name     string    `json:"name"`
	Disputed bool      `json:"disputed"`
}

// gates are the kinds of gate, the one that stops least first, with the words of the key.
var gates = []PictureGate{
	{Gate: "must", Title: "Must be given", Says: "It binds when it is served. Only a court can stop it."},
	{Gate: "open", Title: "Nothing in the way", Says: "Nothing in law that we know stands between."},
	{Gate: "unknown", Title: "Nobody knows", Says: "Nobody has said what stands between. Count it as open."},
	{Gate: "disputed", Title: "A law in dispute", Says: "A law may help, but that is not settled. Count it as if it did not help."},
	{Gate: "choice", Title: "The holder decides", Says: "Nobody can force an answer yet. Nothing makes the holder say no."},
	{Gate: "court", Title: "A court first", Says: "A law forbids an answer without a court."},
	{Gate: "paused", Title: "Stopped for now", Says: "A court has stopped the answer for now. That can end."},
	{Gate: "law", Title: "A law forbids it", Says: "A law forbids an answer. It may have exceptions."},
	{Gate: "nothing", Title: "No record there", Says: "There is nothing to get. Staff can still be asked what they know."},
	{Gate: "no_right", Title: "No right to it", Says: "This kind of demand gives no right to these records."},
}

// gateOf is the gate that a barrier is drawn as.
func gateOf(b notices.Barrier) int {
	word := "unknown"
	switch b {
	case notices.Ordered, notices.BindingOnService, notices.StateCourtBarrier:
		word = "must"
	case notices.NoBarrier:
		word = "open"
	case notices.Disputed:
		word = "disputed"
	case notices.HolderMayAnswer, notices.HolderMayWithhold:
		word = "choice"
	case notices.CourtFirst:
		word = "court"
	case notices.PausedByCourt:
		word = "paused"
	case notices.BlockedByLaw:
		word = "law"
	case notices.NothingToReach:
		word = "nothing"
	case notices.NotApplicableBarrier:
		word = "no_right"
	}
	return gateNo(word)
}

// gateNo is the place of a gate among them.
func gateNo(word string) int {
	return slices.IndexFunc(gates, func(g PictureGate) bool { return g.Gate == word })
}

// routes are the ways to records that the program file answers for by name, with the kind of demand that stands for each in the table.
func routes(p *notices.Program) []struct {
	demand source.ID
	path   string
	fact   source.Fact[notices.Applies]
} {
	r := p.Routes
	return []struct {
		demand source.ID
		path   string
		fact   source.Fact[notices.Applies]
	}{
		{"public_records_request", "records_request", r.RecordsRequest}, {"voluntary_sharing", "voluntary_sharing", r.Voluntary},
		{"agreement_match", "agreement", r.Agreement}, {"direct_query", "direct_query", r.DirectQuery},
		{"funding_condition", "funding_condition", r.Funding}, {"data_broker", "broker", r.Broker}, {"leak", "leak", r.Leak},
	}
}

// PictureOf draws the rows of [notices.Exposures] on a day.
func PictureOf(c *locales.Catalog, p *notices.Program, rows []notices.Row, on source.Day) Picture {
	d := drawing{desk: &desk{c: c, p: p}, rows: rows, of: map[[2]source.ID][]*notices.Row{}}
	pic := Picture{Stamp: Stamp, Day: englishDate(on), Holders: []PictureHolder{}, Rows: []PictureRow{}, Without: []PictureAsk{}, Gates: []PictureGate{}}
	var demands []source.ID
	for i := range rows {
		r := &rows[i]
		k := [2]source.ID{r.Demand, r.Holder}
		d.of[k] = append(d.of[k], r)
		if !slices.Contains(d.holders, r.Holder) {
			d.holders = append(d.holders, r.Holder)
		}
		if !slices.Contains(demands, r.Demand) {
			demands = append(demands, r.Demand)
		}
	}
	for _, h := range d.holders {
		pic.Holders = append(pic.Holders, d.drawHolder(h, demands))
	}
	used := map[string]bool{}
	at := map[string]int{}
	for _, ask := range demands {
		row := PictureRow{Asks: []PictureAsk{d.ask(ask)}}
		key := ""
		for _, h := range d.holders {
			cell := d.cell(ask, h)
			for _, g := range cell.Gates {
				used[g.Gate] = true
				key += g.key()
			}
			key += "\n"
			row.Cells = append(row.Cells, cell)
		}
		if i, ok := at[key]; ok {
			pic.Rows[i].Asks = append(pic.Rows[i].Asks, row.Asks...)
			continue
		}
		at[key] = len(pic.Rows)
		pic.Rows = append(pic.Rows, row)
	}
	for i := range pic.Rows { // in each row, what came first
		slices.SortStableFunc(pic.Rows[i].Asks, func(a, b PictureAsk) int { return len(b.Came) - len(a.Came) })
	}
	slices.SortStableFunc(pic.Rows, func(a, b PictureRow) int {
		return cmp.Or(len(b.Asks[0].Came)-len(a.Asks[0].Came), a.least()-b.least())
	})
	if r := p.Routes.Leak; r.State != source.NotApplicable {
		pic.Without = append(pic.Without, d.ask("leak"))
	}
	for _, g := range gates {
		if used[g.Gate] {
			pic.Gates = append(pic.Gates, g)
		}
	}
	return pic
}

// least is the gate of the row that stops least.
func (r *PictureRow) least() int {
	out := len(gates)
	for _, c := range r.Cells {
		for _, g := range c.Gates {
			out = min(out, gateNo(g.Gate))
		}
	}
	return out
}

// key is what two gates have to share to be one.
func (g *PictureGate) key() string {
	var b strings.Builder
	b.WriteString(g.Gate + "\x00" + g.Says + "\x00" + strings.Join(g.Told, " ") + "\x00")
	for _, t := range g.To {
		b.WriteString(t.Way + "\x01" + strings.Join(t.Items, "\x02") + "\x01" + t.State + "\x00")
	}
	return b.String()
}

type drawing struct {
	*desk
	rows    []notices.Row
	holders []source.ID
	of      map[[2]source.ID][]*notices.Row // by demand and holder
}

func (d *drawing) drawHolder(id source.ID, demands []source.ID) PictureHolder {
	out := PictureHolder{ID: id, Name: d.holder(id), Notes: []string{}, Keeps: []PictureKept{}}
	h, ok := d.p.Holders[id]
	switch {
	case !ok:
		out.Name = strings.TrimSuffix(out.Name, ", who help with the form")
		out.Is = "Helps people to fill in the form."
	case h.Role == "custodian":
		out.Is = "Answers for the records."
	case h.Role == "recipient":
		out.Is = "Gets some of the facts."
	default:
		out.Is = "A company that works for the office. A demand can go to it directly."
		if h.Contract != nil {
			out.Notes = append(out.Notes, vendorWords(&notices.Vendor{Tells: factWord(h.Contract.TellsOfDemands), Waits: factWord(h.Contract.WaitsForCourt)}))
		} else {
			out.Notes = append(out.Notes, "Nobody has said what its contract says about demands.")
		}
		switch {
		case h.Control.State != source.Known || len(h.Control.But) > 0:
			out.Notes = append(out.Notes, "Nobody has said who decides what it does with its copies.")
		case h.Control.Is != "custodian_directs":
			out.Notes = append(out.Notes, "It decides for itself what it does with its copies.")
		}
	}
	for _, demand := range demands {
		if rs := d.of[[2]source.ID{demand, id}]; len(rs) > 0 {
			out.Keeps = d.kept(rs)
			break
		}
	}
	return out
}

// factWord is yes, no or unknown.
func factWord(f source.Fact[notices.YesNo]) string {
	if f.State != source.Known || len(f.But) > 0 {
		return "unknown"
	}
	return string(f.Is)
}

// kept groups rows of one demand at one holder by what exists.
func (d *drawing) kept(rows []*notices.Row) []PictureKept {
	out := []PictureKept{}
	for _, r := range rows {
		k := PictureKept{Way: d.way(r.Phase), State: stateOf(r.Existence), Says: existenceWords(r.Existence), Picked: selectWords(r.Select), Paths: []string{}}
		i := slices.IndexFunc(out, func(o PictureKept) bool {
			return o.Way == k.Way && o.Says == k.Says && o.Picked == k.Picked
		})
		if i < 0 {
			i = len(out)
			out = append(out, k)
		}
		name := "Whatever is asked for here. Nobody knows what"
		if r.Item != "" {
			name = d.item(r.Item)
		}
		if !slices.Contains(out[i].Items, name) {
			out[i].Items = append(out[i].Items, name)
		}
		for _, b := range r.Because {
			if b.Path != "" && (strings.HasSuffix(b.Path, ".handling") || strings.HasSuffix(b.Path, ".copies") || strings.HasPrefix(b.Path, "partners.")) && !slices.Contains(out[i].Paths, b.Path) {
				out[i].Paths = append(out[i].Paths, b.Path)
			}
		}
	}
	return out
}

// stateOf is how an existence is drawn. An interval is unknown, unless its low end is a record already.
func stateOf(e notices.Existence) string {
	switch {
	case e.Low >= notices.MayBeSent:
		return "sent"
	case e.Low == notices.Exists && e.High > notices.Exists:
		return "may_be_sent"
	case e.Low == notices.Exists:
		return "kept"
	case e.High == notices.None:
		return "none"
	case e.Low == notices.Trace && e.High == notices.Trace:
		return "brief"
	}
	return "unknown"
}

// way names a phase without its code.
func (d *drawing) way(id notices.PhaseID) string {
	return strings.TrimSuffix(d.place(id), " ("+string(id)+")")
}

func (d *drawing) ask(id source.ID) PictureAsk {
	out := PictureAsk{ID: id, Name: d.label("demand."+string(id), spaced(string(id))), Is: d.label("demand."+string(id)+".is", ""), Came: []string{}}
	for i := range d.p.Demands.Is {
		e := &d.p.Demands.Is[i]
		if e.Kind != id {
			continue
		}
		came := sender[e.From] + " sent one"
		if !e.Dated.IsZero() {
			came += ", dated " + dateWords(e.Dated)
		}
		came += "."
		if !e.Listed {
			came += " It may not be named outside."
		}
		out.Came = append(out.Came, came)
	}
	for _, r := range routes(d.p) {
		if id != r.demand && !strings.HasSuffix(string(id), "_"+string(r.demand)) {
			continue
		}
		out.Path = "also_reached_by." + r.path
		switch {
		case r.fact.State == source.Known && len(r.fact.But) == 0:
			out.Happens = "The program file says that this can happen here."
		case r.fact.State == source.NotApplicable && len(r.fact.But) == 0:
			out.Happens = "The program file says that this does not happen here."
		default:
			out.Happens = "Nobody knows whether this happens here."
		}
	}
	return out
}

// cell gives the gates between a demand and a holder.
func (d *drawing) cell(demand, holder source.ID) PictureCell {
	out := PictureCell{Holder: holder, Gates: []PictureGate{}}
	all := d.of[[2]source.ID{demand, holder}]
	by := map[string][]*notices.Row{}
	var order []string
	for _, r := range all {
		k := d.barrierWords(r)
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], r)
	}
	for _, k := range order {
		rs := by[k]
		r := rs[0]
		g := gates[gateOf(r.Barrier)]
		g.Says, g.Told, g.Laws, g.To = k, []string{}, []PictureLaw{}, d.kept(rs)
		if r.Barrier == notices.HolderMayWithhold {
			g.Title = "The office may keep it back"
		}
		if r.Barrier == notices.Disputed {
			g.Left = gates[gateOf(r.Without)].Title
		}
		g.All = len(rs) == len(all)
		for _, r := range rs {
			g.Known = g.Known || r.Existence.Low > notices.None
			if r.Barrier != notices.NothingToReach && r.Barrier != notices.NotApplicableBarrier {
				if t := toldWords(r.Told); !slices.Contains(g.Told, t) {
					g.Told = append(g.Told, t)
				}
			}
			for _, id := range r.Laws {
				if l := (PictureLaw{id, d.law(id), slices.Contains(r.Disputed, id)}); !slices.Contains(g.Laws, l) {
					g.Laws = append(g.Laws, l)
				}
			}
		}
		out.Gates = append(out.Gates, g)
	}
	slices.SortStableFunc(out.Gates, func(a, b PictureGate) int {
		return gateNo(a.Gate) - gateNo(b.Gate)
	})
	return out
}

// Timeline is where copies live and when each ends, for somebody who gave facts on the last day of each way to apply. It is a working
// paper in English. An end that nobody knows is never drawn as one.
type Timeline struct {
	Stamp  string  `json:"stamp"`
	Tracks []Track `json:"tracks"`
	Clock  string  `json:"clock"` // what is known of orders to stop erasing
}

// Track is the copies of one way to apply.
type Track struct {
	Way    string      `json:"way"`
	Start  string      `json:"start"` // the day that is counted from
	Copies []TrackCopy `json:"copies"`
}

// TrackCopy is one copy, or one that may be there.
type TrackCopy struct {
	Items  []string `json:"items"`
	Holder string   `json:"holder"`
	Kind   string   `json:"kind"`
	State  string   `json:"state"` // kept or unknown
	End    string   `json:"end"`   // date, event (it counts from something without a day), never, or unknown
	Days   int      `json:"days"`  // from the start to the end; 0 where the end is no date
	Until  string   `json:"until"` // the end in a few words
	Says   []string `json:"says"`
	After  string   `json:"after"` // at the end: gone, archive, kept, or unknown
	Clock  string   `json:"clock"` // can_stop, stopped or unknown
	Path   string   `json:"path"`  // the fact that would say when it ends, to look at or answer
}

// TimelineOf draws the copies of [notices.Copies]. Ways that are open count from the day.
func TimelineOf(c *locales.Catalog, p *notices.Program, copies []notices.Standing, on source.Day) Timeline {
	d := drawing{desk: &desk{c: c, p: p}}
	out := Timeline{Stamp: Stamp, Tracks: []Track{}}
	switch {
	case p.Holds.State == source.Unknown || len(p.Holds.But) > 0:
		out.Clock = "Nobody knows whether an order to stop erasing holds now."
	case p.Holds.State == source.Known && len(p.Holds.Is) > 0:
		out.Clock = "There are orders to stop erasing. Each copy says whether its clock is stopped."
	default:
		out.Clock = "The program file says that there is no order to stop erasing."
	}
	out.Clock += " A demand or a lawsuit can stop the clock from one day to the next."
	var last notices.PhaseID
	for i := range copies {
		s := &copies[i]
		if s.Phase != last {
			last = s.Phase
			out.Tracks = append(out.Tracks, Track{Way: d.way(s.Phase), Start: d.start(s.Phase, on), Copies: []TrackCopy{}})
		}
		t := &out.Tracks[len(out.Tracks)-1]
		t.Copies = append(t.Copies, d.copyOfTrack(s, d.lastDay(s.Phase, on)))
	}
	return out
}

// lastDay is the last day on which somebody can have given facts in a phase: by the latest of its sources, and not after the day.
func (d *drawing) lastDay(id notices.PhaseID, on source.Day) source.Day {
	ch, ph, _ := strings.Cut(string(id), "/")
	phases := d.p.Channels[source.ID(ch)].Phases
	i := slices.IndexFunc(phases, func(x notices.Phase) bool { return string(x.ID) == ph })
	if i < 0 {
		return on
	}
	var last source.Day
	for f := range phases[i].To.Each {
		if f.State != source.Known || f.Is.Open {
			return on
		}
		last = max(last, f.Is.Date.Last)
	}
	if last == 0 {
		return on
	}
	return min(last, on)
}

// start is that day in words.
func (d *drawing) start(id notices.PhaseID, on source.Day) string {
	out := englishDate(d.lastDay(id, on))
	ch, ph, _ := strings.Cut(string(id), "/")
	for _, x := range d.p.Channels[source.ID(ch)].Phases {
		if string(x.ID) == ph && len(x.To.But) > 0 {
			out += ", the later of what the sources say"
		}
	}
	return out
}

func (d *drawing) copyOfTrack(s *notices.Standing, start source.Day) TrackCopy {
	t := TrackCopy{Items: []string{}, Holder: "Nobody knows who has it", Kind: copyWords[s.Kind], State: "unknown", End: "unknown", After: "unknown", Clock: "can_stop", Says: []string{}, Path: s.Path}
	for _, i := range s.Items {
		t.Items = append(t.Items, d.item(i))
	}
	if len(t.Items) == 0 {
		t.Items = append(t.Items, "Whatever is asked for here. Nobody knows what")
	}
	if s.Holder != "" {
		t.Holder = strings.TrimSuffix(d.holder(s.Holder), ", who help with the form")
	}
	if s.Kind == "" {
		t.Kind = "Nobody knows which copies"
	}
	if s.Existing == "exists" {
		t.State = "kept"
	} else {
		t.Says = append(t.Says, "Nobody has confirmed that it is there.")
	}
	switch s.Held {
	case source.Yes:
		t.Clock = "stopped"
	case source.Maybe:
		t.Clock = "unknown"
	}
	series, hasSeries := d.p.Retention[s.Series]
	own := s.Lag != "" && s.Lag != "none" // the copy has a time of its own
	switch {
	case s.Kind == "backup" && own && s.Lag != "unknown" && s.Lag != "disputed":
		t.Says = append(t.Says, "It stays for "+spaced(s.Lag)+" after the record itself is erased.")
		d.recordEnds(&t, &series, hasSeries, start)
		if lag, err := source.ParsePeriod(s.Lag); err == nil && t.End == "date" && lag.N > 0 {
			t.end(start, after(start+source.Day(t.Days), lag))
		} else if err == nil && lag.N == 0 {
			t.End, t.Until, t.Days = "unknown", "No end is set", 0
		}
	case s.Kind == "backup" || own && (s.Lag == "unknown" || s.Lag == "disputed"):
		t.Until = "Nobody knows"
		t.Says = append(t.Says, "Nobody has said how long this copy stays.")
	case own:
		if lag, err := source.ParsePeriod(s.Lag); err == nil && lag.N > 0 {
			t.end(start, after(start, lag))
			t.After = "gone"
			t.Says = append(t.Says, "It goes by itself "+spaced(s.Lag)+" after it was made.")
		} else {
			t.forWord(lag)
		}
	case s.Lag == "none":
		t.end(start, start)
		t.After = "gone"
		t.Says = append(t.Says, "It goes at once, as the program file says.")
	default:
		d.recordEnds(&t, &series, hasSeries, start)
		if h, ok := d.p.Holders[s.Holder]; ok && h.Role != "custodian" && t.End != "unknown" {
			t.After = "unknown"
			t.Says = append(t.Says, "This is the office's time. Nobody has said whether it holds for this copy, too.")
			if t.Path = ""; h.Contract != nil {
				t.Path = "holders." + string(s.Holder) + ".contract.deletes_at_end"
			}
		}
	}
	if t.End == "date" {
		t.Says = append(t.Says, "An order to stop erasing makes it later.")
	}
	return t
}

// recordEnds says when a record ends that follows its series.
func (d *drawing) recordEnds(t *TrackCopy, r *notices.Retention, has bool, start source.Day) {
	if !has {
		t.Until = "Nobody knows"
		t.Says = append(t.Says, "No series of records is named for it.")
		return
	}
	switch {
	case r.Period.State != source.Known:
		t.Until = "Nobody knows"
		t.Says = append(t.Says, "Nobody has said how long it is kept.")
	case len(r.Period.But) > 0:
		t.Until = "Sources disagree"
		t.Says = append(t.Says, "One source says "+r.Period.Is.String()+". Another says otherwise.")
	case r.Period.Is.N == 0:
		t.forWord(r.Period.Is)
	case r.From.State != source.Known || len(r.From.But) > 0:
		t.Until = r.Period.Is.String() + ", nobody knows from when"
		t.Says = append(t.Says, "Nobody has said from which day it counts.")
	default:
		period := r.Period.Is
		switch r.From.Is {
		case "applied", "created", "received":
			t.end(start, after(start, period))
		case "year_end":
			y, _, _ := start.YMD()
			t.end(start, after(source.NewDay(y, 12, 31), period))
		default:
			t.End, t.Until = "event", period.String()+" after "+meaning("retention.from", string(r.From.Is))
			t.Says = append(t.Says, "That day differs from person to person.")
		}
	}
	if t.End != "date" && t.End != "event" {
		return
	}
	switch {
	case r.AtEnd.State != source.Known || len(r.AtEnd.But) > 0:
		t.Says = append(t.Says, "Nobody has said what happens to it then. It may stay.")
	case r.AtEnd.Is == "destroyed":
		t.After = "gone"
		t.Says = append(t.Says, "Then it is to be destroyed.")
	case r.AtEnd.Is == "transferred":
		t.After = "archive"
		t.Says = append(t.Says, "Then it goes to an archive. It is not gone.")
	default:
		t.After = "kept"
		t.Says = append(t.Says, "It is kept for ever all the same.")
	}
}

// forWord says an end that is no length of time.
func (t *TrackCopy) forWord(p source.Period) {
	switch p.Word {
	case "permanent":
		t.End, t.Until, t.After = "never", "Never", "kept"
		t.Says = append(t.Says, "It is kept for ever.")
	case "until_event":
		t.End, t.Until = "event", "Until something happens"
		t.Says = append(t.Says, "The program file names what ends it, and no day.")
	case "none":
		t.Until = "It is said not to be kept"
	default:
		t.Until = "No end is set"
		t.Says = append(t.Says, "Nobody has set an end.")
	}
}

func (t *TrackCopy) end(start, end source.Day) {
	t.End, t.Days, t.Until = "date", int(end-start), englishDate(end)
}

// after is the day that lies a period after another; a day that a month has not got is the first of the next.
func after(d source.Day, p source.Period) source.Day {
	y, m, day := d.YMD()
	switch p.Unit {
	case source.Weeks:
		day += 7 * p.N
	case source.Months:
		m += p.N
	case source.Years:
		y += p.N
	default:
		day += p.N
	}
	at := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	return source.NewDay(at.Year(), int(at.Month()), at.Day())
}
