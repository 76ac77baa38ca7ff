package packet

import (
	"slices"
	"strings"
	"unicode"

	"fairnotice/notices"
)

// Words is a statement of a record as one line: its sentence, and its values.
func (b Block) Words() string {
	out := b.Text
	for _, v := range b.Values {
		out += " " + strings.Join(v.Text, ", ")
	}
	return strings.TrimSpace(out)
}

// Diff compares two texts word by word; what is written without blanks, letter by letter. The pieces that stayed and went make the old
// text, those that stayed and came the new one; nil where both are the same.
func Diff(old, new string) []Piece {
	if old == new {
		return nil
	}
	a, b := tokens(old), tokens(new)
	first := 0
	for first < len(a) && first < len(b) && a[first] == b[first] {
		first++
	}
	last := 0
	for last < len(a)-first && last < len(b)-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	mid, end := a[first:len(a)-last], b[first:len(b)-last]
	var out []Piece
	add := func(op byte, words ...string) {
		for _, w := range words {
			if n := len(out); n > 0 && out[n-1].Op == op {
				out[n-1].Text += w
			} else {
				out = append(out, Piece{op, w})
			}
		}
	}
	add('=', a[:first]...)
	if len(mid)*len(end) > 1<<20 { // longer than any sentence of a notice: not worth the time
		add('-', mid...)
		add('+', end...)
	} else {
		// long[i][j] is how many words of mid[i:] and end[j:] can stay.
		long := make([][]int, len(mid)+1)
		for i := range long {
			long[i] = make([]int, len(end)+1)
		}
		for i := len(mid) - 1; i >= 0; i-- {
			for j := len(end) - 1; j >= 0; j-- {
				if mid[i] == end[j] {
					long[i][j] = long[i+1][j+1] + 1
				} else {
					long[i][j] = max(long[i+1][j], long[i][j+1])
				}
			}
		}
		i, j := 0, 0
		for i < len(mid) || j < len(end) {
			switch {
			case i < len(mid) && j < len(end) && mid[i] == end[j]:
				add('=', mid[i])
				i, j = i+1, j+1
			case i < len(mid) && (j == len(end) || long[i+1][j] >= long[i][j+1]):
				add('-', mid[i])
				i++
			default:
				add('+', end[j])
				j++
			}
		}
	}
	add('=', a[len(a)-last:]...)
	return out
}

// tokens cuts a text into words with the blanks behind them, and into letters where a script has no blanks between words.
func tokens(s string) []string {
	var out []string
	from := 0
	cut := func(to int) {
		if to > from {
			out = append(out, s[from:to])
			from = to
		}
	}
	blank := false
	for i, r := range s {
		alone := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar) && !unicode.IsMark(r) || r >= 0x3000 && r < 0x3040
		if alone || blank && r != ' ' {
			cut(i)
		}
		if alone {
			blank = true
			continue
		}
		blank = r == ' '
	}
	cut(len(s))
	return out
}

// Compare marks what changed since a record was sent: statements that are new, gone or said otherwise, exposures, law and demands. signed
// says that somebody has signed what the record holds. It is done once.
func (p *Packet) Compare(r *Record, signed bool) {
	now := p.Record()
	p.Before = &Before{Edition: r.Number, Digest: r.Digest, AsOf: r.AsOf, Sent: r.Sent, Signed: signed}
	type place struct {
		kind notices.Kind
		id   string
	}
	was := map[place]int{} // the number before
	var order []place
	for kind, numbers := range r.Numbers {
		for _, n := range numbers {
			for _, blocks := range r.Blocks {
				at := place{kind, blocks[n-1].ID}
				if _, ok := was[at]; !ok {
					was[at] = n
					order = append(order, at)
				}
				break
			}
		}
	}
	slices.SortFunc(order, func(a, b place) int {
		if a.kind != b.kind {
			return p.rank(a.kind) - p.rank(b.kind)
		}
		return was[a] - was[b]
	})
	here := map[place]bool{}
	for i := range p.Items {
		it := &p.Items[i]
		it.New = true
		for _, k := range it.Kinds {
			here[place{k, it.ID}] = true
			it.New = it.New && was[place{k, it.ID}] == 0
		}
		for tag, said := range it.In {
			after := now.Blocks[tag][i].Words()
			for _, k := range it.Kinds { // what has one number now may have said two things before
				n := was[place{k, it.ID}]
				if n == 0 || n > len(r.Blocks[tag]) {
					continue // the kind or the language is new
				}
				before := r.Blocks[tag][n-1].Words()
				if d := Diff(before, after); d != nil {
					said.Was, said.Diff = before, d
					it.In[tag] = said
					break
				}
			}
		}
	}
	for _, at := range order {
		if here[at] {
			continue
		}
		g := Gone{Kind: at.kind, ID: at.id, Was: map[string]string{}}
		for tag, blocks := range r.Blocks {
			g.Was[tag] = blocks[was[at]-1].Words()
		}
		if !slices.ContainsFunc(p.Gone, func(o Gone) bool { return o.ID == g.ID && o.Was[p.Base] == g.Was[p.Base] }) {
			p.Gone = append(p.Gone, g)
		}
	}
	p.Rows = rowChanges(r.Rows, now.Rows, p.names)
	p.Changed = groundChanges(r.Grounds, now.Grounds)
}

// rank is the place of a kind in the packet; what it does not have comes last.
func (p *Packet) rank(k notices.Kind) int {
	if i := slices.IndexFunc(p.Kinds, func(o Kind) bool { return o.Kind == k }); i >= 0 {
		return i
	}
	return len(p.Kinds)
}

// Names puts the names of a program file and the words of the vocabulary into English; each gives the id itself where there is no name.
type Names struct {
	Phase, Holder, Item, Demand func(id string) string
}

// rowChanges lists the exposures that are new, gone or different. Those that fare alike are said together.
func rowChanges(old, now []Exposure, names Names) []RowChange {
	was, is := map[string]Exposure{}, map[string]Exposure{}
	var keys []string
	for _, x := range old {
		was[x.key()] = x
		keys = append(keys, x.key())
	}
	for _, x := range now {
		if is[x.key()] = x; was[x.key()] == (Exposure{}) {
			keys = append(keys, x.key())
		}
	}
	slices.Sort(keys)
	type fate struct{ phase, holder, was, now string }
	var order []fate
	demands := map[fate]map[string][]string{} // item -> demands
	for _, k := range slices.Compact(keys) {
		a, b := was[k], is[k]
		if a.Words == b.Words {
			continue
		}
		x := b
		if x == (Exposure{}) {
			x = a
		}
		f := fate{x.Phase, x.Holder, a.Words, b.Words}
		if demands[f] == nil {
			order = append(order, f)
			demands[f] = map[string][]string{}
		}
		demands[f][x.Item] = append(demands[f][x.Item], x.Demand)
	}
	var out []RowChange
	for _, f := range order {
		items := map[string][]string{} // demands in one string -> items
		var sets []string
		for _, item := range sortedKeys(demands[f]) {
			set := strings.Join(demands[f][item], " ")
			if items[set] == nil {
				sets = append(sets, set)
			}
			items[set] = append(items[set], names.Item(item))
		}
		for _, set := range sets {
			c := RowChange{Phase: names.Phase(f.phase), Holder: names.Holder(f.holder), Items: items[set], Was: f.was, Now: f.now}
			for _, d := range strings.Fields(set) {
				c.Demands = append(c.Demands, names.Demand(d))
			}
			out = append(out, c)
		}
	}
	return out
}

// groundChanges lists the laws and demands that are new, gone or different.
func groundChanges(old, now []Ground) []GroundChange {
	var out []GroundChange
	find := func(in []Ground, g Ground) string {
		for _, o := range in {
			if o.Kind == g.Kind && o.ID == g.ID {
				return o.Digest
			}
		}
		return ""
	}
	for _, g := range now {
		if d := find(old, g); d != g.Digest {
			out = append(out, GroundChange{g.Kind, g.ID, g.Title, d, g.Digest})
		}
	}
	for _, g := range old {
		if find(now, g) == "" {
			out = append(out, GroundChange{g.Kind, g.ID, g.Title, g.Digest, ""})
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
