package notices

import (
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// The checklist C01 to C47 (domain, section C), by quantifier: needs works out, from the program and the rows of the decision table,
// which claims a notice has to make; Coverage holds a notice against it. It shares no code with the sentences, so that a sentence that
// was lost is seen.

// Covered is one checklist item and how a notice stands to it.
type Covered struct {
	Item       ItemID   `json:"item"`
	Title      string   `json:"title"`
	Status     string   `json:"status"` // covered, not_applicable or missing
	Statements []string `json:"statements"`
	Reason     string   `json:"reason"`  // why it is not applicable, or what is missing
	Missing    []string `json:"missing"` // what nobody says, such as online/portal/name
}

var titles = [...]string{
	"says for every item and way: not asked, looked at and returned, or kept",
	"gives how long and from when for every kept item, or says that it is not known",
	"names the law or schedule and who could change it",
	"says that the office cannot erase alone and people cannot make it",
	"says what happens to forms unfinished, withdrawn and denied",
	"tells of scans, caches, backups, logs, addresses and booking data",
	"says that a court case or investigation can stop erasing",
	"names each company, what it holds, who controls it",
	"says what is not collected",
	"gives purpose and legal authority of what is required",
	"says that what exists can be demanded, and what was never kept cannot",
	"says that no court has checked an administrative subpoena",
	"says that only a federal court can force an answer, and whether a law stops one by choice",
	"says that a judge can order it, and how judges have ruled",
	"says that the office could lose and that appeals are possible",
	"says that a demand can cover a whole group",
	"says that new demands can come",
	"says that the company can be asked, and what its contract makes it do",
	"says whether people are told, by which law, and that a court may forbid it",
	"lists the routes that need no subpoena",
	"says for each law whom it binds and what opens it",
	"lists the demands received and what was given",
	"names immigration enforcement in words",
	"labels each protection: law, policy, contract or statement",
	"gives the way that leaves fewer records, with its cost",
	"says what the online step of that way records",
	"marks each item required or optional, and what refusing costs",
	"stands before the first upload, with an acknowledgement",
	"is in the reader's language, printable, readable aloud",
	"is the same for everyone, with no question about status",
	"points survivors to address confidentiality",
	"says that pausing a channel does not erase records",
	"says what past applicants can and cannot do, and which cohort they are in",
	"says that withdrawing does not recall what was sent",
	"shows date, edition, what changed, where old ones are",
	"states what is not known, who was asked, and gives independent legal help",
	"says what the program is not",
	"says whether cards already given are still good",
	"says how the office contacts people",
	"says that in-person places are public",
	"says that asking about one's file can make a record",
	"says that staff can be asked what they know",
	"warns of scams",
	"says which facts are about other people",
	"names other recipients",
	"names partners that help with the form",
	"says whom to call if officers contact the reader",
}

// Coverage says for each of the 47 items whether a notice covers what one of its kind has to say of it.
func Coverage(n *Notice, p *Program, book *law.Book, on source.Day) ([]Covered, error) {
	x, err := newEngine(p, book, on, false)
	if err != nil {
		return nil, err
	}
	rows, err := x.rows(x.spoken())
	if err != nil {
		return nil, err
	}
	need := &needs{engine: x, table: rows, book: book, want: map[ItemID][]string{}, why: map[ItemID]string{}}
	need.of(n.Kind)
	said := map[Claim][]string{}
	order := map[string]int{} // in which the reader meets the statements
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				order[st.ID] = len(order)
				for _, c := range st.Claims {
					said[c] = append(said[c], st.ID)
				}
			}
		}
	}
	out := make([]Covered, len(titles))
	for i := range titles {
		id := itemID(i + 1)
		c := Covered{Item: id, Title: titles[i], Status: "covered", Statements: []string{}, Missing: []string{}}
		for _, about := range need.want[id] {
			st, ok := said[Claim{id, about}]
			if !ok {
				c.Missing = append(c.Missing, about)
			}
			for _, s := range st {
				if !slices.Contains(c.Statements, s) {
					c.Statements = append(c.Statements, s)
				}
			}
		}
		slices.SortFunc(c.Statements, func(a, b string) int { return order[a] - order[b] })
		switch {
		case len(c.Missing) > 0:
			c.Status, c.Reason = "missing", "no sentence says this"
		case len(need.want[id]) == 0:
			c.Status, c.Reason = "not_applicable", need.why[id]
			if c.Reason == "" {
				c.Reason = "nothing in this program calls for it"
			}
		}
		out[i] = c
	}
	return out, nil
}

func itemID(n int) ItemID {
	if n < 10 {
		return ItemID("C0" + itoa(n))
	}
	return ItemID("C" + itoa(n))
}

type needs struct {
	*engine
	table []Row
	book  *law.Book
	want  map[ItemID][]string
	why   map[ItemID]string // why an item does not apply
}

func (n *needs) need(item ItemID, about ...string) {
	for _, a := range about {
		if !slices.Contains(n.want[item], a) {
			n.want[item] = append(n.want[item], a)
		}
	}
}

func (n *needs) all() {
	n.keyFacts()
	n.fixed()
	n.program()
	n.cells()
	n.retention()
	n.holders()
	n.past()
	n.demandsCame()
	n.askers()
	n.lawsAndPapers()
	n.rest()
}

func hasPrefix(s, p string) bool { return len(s) >= len(p) && s[:len(p)] == p }

// Title says what a notice that covers the item does; "" where there is no such item.
func (i ItemID) Title() string {
	n, err := strconv.Atoi(strings.TrimPrefix(string(i), "C"))
	if err != nil || n < 1 || n > len(titles) {
		return ""
	}
	return titles[n-1]
}
