package notices

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Shift says how something changed for the people concerned.
type Shift string

// The shifts, from the mildest to the gravest: of several, the last one counts.
const (
	Same        Shift = "same"
	WordingOnly Shift = "wording_only" // the words changed, and nothing of what they say
	Better      Shift = "better"
	Unclear     Shift = "unclear" // it changed, and nobody can say from the files whether that is better or worse
	Worse       Shift = "worse"
)

// Words lists the vocabulary, from the mildest to the gravest.
func (Shift) Words() []string {
	return []string{string(Same), string(WordingOnly), string(Better), string(Unclear), string(Worse)}
}

func (s Shift) rank() int { return slices.Index(s.Words(), string(s)) }

// and is the graver of two.
func (s Shift) and(t Shift) Shift {
	if t.rank() > s.rank() {
		return t
	}
	return s
}

// Side is one of the two that are compared: a program, the book under which it is read, and the day whose law holds.
type Side struct {
	Program *Program
	Book    *law.Book
	On      source.Day
}

// Changed is what changed between two editions of a program, or in one between two days.
type Changed struct {
	Old, New Compared
	Is       Shift // the gravest of all
	Phases   []PhaseChange
	Everyone []Change // not of one phase alone: they count for each
	Tell     []Tell
}

// Compared names a side.
type Compared struct {
	File    string      `json:"file"`
	Program source.ID   `json:"program"`
	Number  int         `json:"edition"`
	AsOf    source.Date `json:"as_of"`
	On      source.Day  `json:"law_of"`
}

// PhaseChange is what changed for the people of one phase.
type PhaseChange struct {
	Phase   PhaseID  `json:"phase"`
	In      string   `json:"in"`      // both; new: in the newer file alone; gone: in the older one alone
	Against PhaseID  `json:"against"` // the phase of the older file that it is held against; of a new phase, the one in whose place it came; "" where there is none
	Is      Shift    `json:"is"`
	Changes []Change `json:"changes"`
}

// Change is one thing that changed, or that is said because people would ask whether it did.
type Change struct {
	Code    string      `json:"code"`
	Is      Shift       `json:"is"`
	Items   []source.ID `json:"items"`
	Holder  source.ID   `json:"holder"`
	Demands []source.ID `json:"demands"` // kinds of demand whose barrier changed
	Law     source.ID   `json:"law"`
	Event   source.ID   `json:"event"`   // a demand that came
	Channel source.ID   `json:"channel"` // a step, another way
	Words   []string    `json:"words"`   // words of a vocabulary: rights, routes
	Before  string      `json:"before"`  // in codes; "" where there was nothing
	After   string      `json:"after"`
	Public  bool        `json:"public"`      // false where it rests on a demand or a hold that may not be told of
	Was     []Reason    `json:"because_old"` // places of the older file, and law
	Now     []Reason    `json:"because_new"`
}

// Tell is a group of people who have to read the newer words.
type Tell struct {
	Phase PhaseID  `json:"phase"`
	Who   string   `json:"who"` // applied: all of the phase; open_application: those whose form is still open
	Codes []string `json:"codes"`
}

// OldWordsHold reports whether somebody who confirmed the older words may go on under them: nothing is worse for anybody, and nothing is
// unclear. The two are then a different wording, or better.
func (c *Changed) OldWordsHold() bool { return c.Is.rank() <= Better.rank() }

// Changes compares two editions of a program, or one on two days, for the people of each phase. It is pure, and public: what may not be
// told of counts in neither. A phase is the same one where its channel and its id are; P0 holds: its people keep their rule.
//
// What is compared: for each item and holder, what exists and how records can be picked out; for each kind of demand, the barrier, and the
// standing of the laws weighed for it; how long, spare copies, the end, erasing, holds; who holds records and under which contract; what
// must be given and what refusing costs; demands that came, and how far they went in court; whether people are told; other ways; whether a
// way is open; and, for everyone, rights, routes without a subpoena, recipients, promises, duty, cost. Each is an interval between the best
// and the worst that it could be: worse where the bad end moves to the bad, or the good end does while the bad one stays; better where the
// bad end moves to the good and the good end does not move to the bad; else unclear, as where what was known is not any more, or what was
// not known turns out to lie between the ends. So nothing gets better because nobody knows any more. What the notice says otherwise than
// before and none of this explains is unclear, too; what only names, numbers and words differ in is wording only.
//
// It fails where the two are not one program, or a table cannot be made.
func Changes(old, new Side) (*Changed, error) { return changes(old, new, false) }

// StaffChanges is Changes with all that may not be told of: a working paper. What would not stand in Changes is marked.
func StaffChanges(old, new Side) (*Changed, error) {
	open, err := changes(old, new, false)
	if err != nil {
		return nil, err
	}
	all, err := changes(old, new, true)
	if err != nil {
		return nil, err
	}
	told := map[string]bool{}
	note := func(ph PhaseID, list []Change) {
		for i := range list {
			for _, k := range list[i].parts(ph) {
				told[k] = true
			}
		}
	}
	mark := func(ph PhaseID, list []Change) {
		for i := range list {
			for _, k := range list[i].parts(ph) {
				list[i].Public = list[i].Public && told[k]
			}
		}
	}
	for _, ph := range open.Phases {
		note(ph.Phase, ph.Changes)
	}
	note("", open.Everyone)
	for _, ph := range all.Phases {
		mark(ph.Phase, ph.Changes)
	}
	mark("", all.Everyone)
	return all, nil
}

// parts are the keys of a change, one for each item and demand.
func (c *Change) parts(ph PhaseID) []string {
	var out []string
	items, demands := c.Items, c.Demands
	if len(items) == 0 {
		items = []source.ID{""}
	}
	if len(demands) == 0 {
		demands = []source.ID{""}
	}
	for _, i := range items {
		for _, d := range demands {
			out = append(out, fmt.Sprint(ph, "|", c.Code, "|", c.Is, "|", c.Holder, "|", c.Law, "|", c.Event, "|", c.Channel, "|", c.Words, "|", c.Before, "|", c.After, "|", i, "|", d))
		}
	}
	return out
}

// ErrOtherProgram says that two files are not about one program.
type ErrOtherProgram struct{ Old, New source.ID }

func (e *ErrOtherProgram) Error() string {
	return fmt.Sprintf("the two files are about two programs, %q and %q", e.Old, e.New)
}

// sameProgram reports whether two files are about one program: by their id, or because one says so.
func sameProgram(old, new *Program) bool {
	a, b := &old.Program, &new.Program
	return a.ID == b.ID || slices.Contains(a.SameAs, b.ID) || slices.Contains(b.SameAs, a.ID)
}

// ends are the best and the worst that something could be; the higher, the worse for people.
type ends struct{ good, bad int }

// to compares.
func (e ends) to(n ends) Shift {
	switch {
	case e == n:
		return Same
	case n.bad > e.bad, n.bad == e.bad && n.good > e.good:
		return Worse
	case n.bad < e.bad && n.good <= e.good:
		return Better
	}
	return Unclear
}

// endsOf is the hull of all readings of a fact; what is not known, not said or not applicable could be anything from lo to hi. A word
// that has no rank could, too.
func endsOf[T any](f source.Fact[T], lo, hi int, rank func(source.Fact[T]) (ends, bool)) ends {
	out, any := ends{}, false
	for r := range f.Each {
		e, ok := ends{lo, hi}, false
		if r.State == source.Known {
			e, ok = rank(r)
		}
		if !ok {
			e = ends{lo, hi}
		}
		if !any {
			out, any = e, true
		}
		out = ends{min(out.good, e.good), max(out.bad, e.bad)}
	}
	if !any {
		return ends{lo, hi}
	}
	return out
}

// ranked is endsOf for a vocabulary, the mildest word first; words joined by | are alike.
func ranked[T ~string](f source.Fact[T], order ...string) ends {
	return endsOf(f, 0, len(order)-1, func(r source.Fact[T]) (ends, bool) {
		for i, o := range order {
			if slices.Contains(strings.Split(o, "|"), string(r.Is)) {
				return ends{i, i}, true
			}
		}
		return ends{}, false
	})
}

// forEver is longer than any time that a file can name.
const forEver = 1 << 30

// lasting is how long something is kept, in days. That nothing is kept counts only where somebody verified it.
func lasting(f source.Fact[source.Period]) ends {
	return endsOf(f, 0, forEver, func(r source.Fact[source.Period]) (ends, bool) {
		switch r.Is.Word {
		case "":
			n := int(days(r.Is))
			return ends{n, n}, true
		case "none":
			return ends{0, 0}, r.Verified()
		case "until_event":
			return ends{}, false
		}
		return ends{forEver, forEver}, true
	})
}

// written is a fact as the working table shows it.
func shown[T any](f source.Fact[T], word func(T) string) string {
	var out []string
	for r := range f.Each {
		s := "unknown"
		switch r.State {
		case source.Known:
			s = word(r.Is)
		case source.NotApplicable:
			s = "not_applicable"
		case source.Unsaid:
			s = ""
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, " or ")
}

func wordOf[T ~string](f source.Fact[T]) string {
	return shown(f, func(t T) string { return string(t) })
}

// side is one side with what is derived from it.
type side struct {
	*engine
	book *law.Book
	rows map[rowAt]Row
}

type rowAt struct {
	phase                PhaseID
	item, holder, demand source.ID
}

func newSide(s Side, secret bool) (*side, error) {
	x, err := newEngine(s.Program, s.Book, s.On, secret)
	if err != nil {
		return nil, err
	}
	x.day = s.On
	rows, err := x.rows(x.inTable())
	if err != nil {
		return nil, err
	}
	out := &side{x, s.Book, make(map[rowAt]Row, len(rows))}
	for _, r := range rows {
		out.rows[rowAt{r.Phase, r.Item, r.Holder, r.Demand}] = r
	}
	return out, nil
}

// comparer compares one phase, or what is for everyone.
type comparer struct {
	old, new *side
	list     []Change
}

func changes(old, new Side, secret bool) (*Changed, error) {
	if !sameProgram(old.Program, new.Program) {
		return nil, &ErrOtherProgram{old.Program.Program.ID, new.Program.Program.ID}
	}
	o, err := newSide(old, secret)
	if err != nil {
		return nil, fmt.Errorf("the older side: %w", err)
	}
	n, err := newSide(new, secret)
	if err != nil {
		return nil, fmt.Errorf("the newer side: %w", err)
	}
	out := &Changed{Old: compared(old), New: compared(new), Is: Same}
	all := comparer{old: o, new: n}
	all.everyone()
	was := map[PhaseID]phaseRef{}
	for _, c := range o.channels {
		for _, ph := range c.phases {
			was[ph.id] = ph
		}
	}
	for _, c := range n.channels {
		for _, ph := range c.phases {
			before, both := was[ph.id]
			pc := PhaseChange{Phase: ph.id, In: "both", Against: ph.id}
			if !both {
				pc.In = "new"
				before, pc.Against = o.placeOf(ph)
			}
			one := comparer{old: o, new: n}
			one.phase(pc, before, ph)
			pc.Changes = one.done()
			out.Phases = append(out.Phases, pc)
			delete(was, ph.id)
		}
	}
	for _, c := range o.channels {
		for _, ph := range c.phases {
			if _, gone := was[ph.id]; gone {
				one := comparer{old: o, new: n}
				one.add(Change{Code: "gone_way", Is: Unclear, Was: []Reason{o.p.at(ph.path + ".id")}, Now: []Reason{n.p.at("channels")}})
				out.Phases = append(out.Phases, PhaseChange{Phase: ph.id, In: "gone", Against: ph.id, Changes: one.done()})
			}
		}
	}
	all.words(out, old, new)
	if err := all.unexplained(out, old, new); err != nil {
		return nil, err
	}
	out.Everyone = all.done()
	for _, c := range out.Everyone {
		out.Is = out.Is.and(c.Is)
	}
	whole := out.Is
	for i := range out.Phases {
		ph := &out.Phases[i]
		ph.Is = whole
		for _, c := range ph.Changes {
			ph.Is = ph.Is.and(c.Is)
		}
		out.Is = out.Is.and(ph.Is)
	}
	out.tell(n)
	return out, nil
}

func compared(s Side) Compared {
	return Compared{s.Program.File, s.Program.Program.ID, s.Program.Edition.Number, s.Program.Edition.AsOf, s.On}
}

// placeOf finds the phase in whose place a new one came: the last of its channel that the older file has.
func (s *side) placeOf(ph phaseRef) (phaseRef, PhaseID) {
	for _, c := range s.channels {
		if c.id == ph.channel && len(c.phases) > 0 {
			last := c.phases[len(c.phases)-1]
			return last, last.id
		}
	}
	return phaseRef{}, ""
}

// openNow reports whether a phase may take people on the newer day.
func (s *side) openNow(ph phaseRef) bool {
	if s.closed(ph.channel) {
		return false
	}
	for f := range ph.ph.To.Each {
		if f.State != source.Known || f.Is.Open || f.Is.Date.Last >= s.day {
			return true
		}
	}
	return false
}

// closed reports whether a channel is suspended, or the program has ended.
func (s *side) closed(channel source.ID) bool {
	st := s.p.Program.Status
	return st.Is == "ended" || st.Is == "suspended" && (len(st.Channels) == 0 || slices.Contains(st.Channels, channel))
}

// tell lists who has to read the newer words: all for whom something is worse than what they read, and, where anything else of substance
// changed, those whose form is still open. A change of words sends nobody.
func (out *Changed) tell(n *side) {
	open := map[PhaseID]bool{}
	for _, c := range n.channels {
		for _, ph := range c.phases {
			open[ph.id] = n.openNow(ph)
		}
	}
	for _, ph := range out.Phases {
		t := Tell{Phase: ph.Phase, Who: "applied"}
		switch {
		case ph.Is == Worse:
		case ph.Is.rank() > WordingOnly.rank() && open[ph.Phase]:
			t.Who = "open_application"
		default:
			continue
		}
		for _, list := range [][]Change{ph.Changes, out.Everyone} {
			for _, c := range list {
				if (c.Is == Worse || t.Who == "open_application" && c.Is.rank() > WordingOnly.rank()) && !slices.Contains(t.Codes, c.Code) {
					t.Codes = append(t.Codes, c.Code)
				}
			}
		}
		out.Tell = append(out.Tell, t)
	}
}

// add notes a change; reasons that may not be told of are left out of a public one.
func (c *comparer) add(ch Change) {
	ch.Public = true
	ch.Was, ch.Now = c.old.sayable(ch.Was), c.new.sayable(ch.Now)
	c.list = append(c.list, ch)
}

// sayable leaves out the reasons in demands and holds that may not be told of.
func (s *side) sayable(list []Reason) []Reason {
	if s.secret {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(r Reason) bool { return s.p.untold(r.Path) })
}

// shift notes a change of code where the ends moved.
func (c *comparer) shift(code string, o, n ends, ch Change) {
	is := o.to(n)
	if is == Same {
		return
	}
	ch.Code, ch.Is = code, is
	c.add(ch)
}

// done joins what is alike but for the kind of demand, then what is alike but for the item; the gravest come first, in the order of the
// file.
func (c *comparer) done() []Change {
	join := func(list []Change, same func(a, b *Change) bool, into func(a, b *Change)) []Change {
		var out []Change
	next:
		for i := range list {
			for k := range out {
				if a := &out[k]; a.Code == list[i].Code && a.Is == list[i].Is && a.Holder == list[i].Holder && a.Law == list[i].Law && a.Event == list[i].Event &&
					a.Channel == list[i].Channel && a.Before == list[i].Before && a.After == list[i].After && same(a, &list[i]) {
					into(a, &list[i])
					a.Was, a.Now = reasons(a.Was, list[i].Was), reasons(a.Now, list[i].Now)
					continue next
				}
			}
			out = append(out, list[i])
		}
		return out
	}
	out := join(c.list, func(a, b *Change) bool { return slices.Equal(a.Items, b.Items) && slices.Equal(a.Words, b.Words) },
		func(a, b *Change) { a.Demands = union(a.Demands, b.Demands) })
	out = join(out, func(a, b *Change) bool { return slices.Equal(a.Demands, b.Demands) && slices.Equal(a.Words, b.Words) },
		func(a, b *Change) { a.Items = union(a.Items, b.Items) })
	out = join(out, func(a, b *Change) bool { return slices.Equal(a.Demands, b.Demands) && slices.Equal(a.Items, b.Items) },
		func(a, b *Change) { a.Words = union(a.Words, b.Words) })
	slices.SortStableFunc(out, func(a, b Change) int { return b.Is.rank() - a.Is.rank() })
	return out
}

// union joins two lists; neither is changed.
func union[T comparable](a, b []T) []T {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// untold reports whether a path lies in a demand that may not be listed, or a hold that may not be named.
func (p *Program) untold(path string) bool {
	for i := range p.Demands.Is {
		e := &p.Demands.Is[i]
		if !e.Listed && (strings.HasPrefix(path, "demands."+string(e.ID)+".") || strings.HasPrefix(path, "demands.is."+string(e.ID)+".")) {
			return true
		}
	}
	for i := range p.Holds.Is {
		if !p.Holds.Is[i].Public && (strings.HasPrefix(path, "holds."+itoa(i)+".") || strings.HasPrefix(path, "holds.is."+itoa(i)+".")) {
			return true
		}
	}
	return false
}
