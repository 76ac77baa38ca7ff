package render

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// drawn is a program file of the examples, changed, as table and picture.
func drawn(t *testing.T, name string, change func(*notices.Program)) ([]notices.Row, Picture, Timeline) {
	t.Helper()
	p, ps := notices.Load(os.DirFS("../examples"), name)
	if ps.Failed() {
		t.Fatal(ps)
	}
	if change != nil {
		change(p)
	}
	book, _ := law.Shipped()
	c, _ := locales.Shipped("en")
	on := p.Edition.AsOf.Last
	rows, err := notices.Exposures(p, book, on)
	if err != nil {
		t.Fatal(err)
	}
	copies, err := notices.Copies(p, book, on)
	if err != nil {
		t.Fatal(err)
	}
	return rows, PictureOf(c, p, rows, on), TimelineOf(c, p, copies, on)
}

// TestPictureRoundsNothing: every row of the table is behind the gate of its own barrier, and what is unknown is drawn as unknown.
func TestPictureRoundsNothing(t *testing.T) {
	files, err := os.ReadDir("../examples")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".yaml") {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			rows, pic, _ := drawn(t, f.Name(), nil)
			d := drawing{desk: &desk{c: mustEnglish(t), p: mustLoad(t, f.Name())}}
			cells := map[[2]source.ID]*PictureCell{}
			for i := range pic.Rows {
				for _, a := range pic.Rows[i].Asks {
					for k := range pic.Rows[i].Cells {
						c := &pic.Rows[i].Cells[k]
						cells[[2]source.ID{a.ID, c.Holder}] = c
						for n := 1; n < len(c.Gates); n++ {
							if gateNo(c.Gates[n-1].Gate) > gateNo(c.Gates[n].Gate) {
								t.Errorf("%s at %s: the gate that stops least is not first", a.ID, c.Holder)
							}
						}
					}
				}
			}
			for i := range rows {
				r := &rows[i]
				c := cells[[2]source.ID{r.Demand, r.Holder}]
				if c == nil {
					t.Fatalf("%s at %s is not drawn", r.Demand, r.Holder)
				}
				name := "Whatever is asked for here. Nobody knows what"
				if r.Item != "" {
					name = d.item(r.Item)
				}
				found := false
				for _, g := range c.Gates {
					for _, k := range g.To {
						if g.Gate == gates[gateOf(r.Barrier)].Gate && g.Says == d.barrierWords(r) && k.Way == d.way(r.Phase) && k.State == stateOf(r.Existence) && slices.Contains(k.Items, name) {
							found = true
						}
					}
				}
				if !found {
					t.Errorf("%s of %s at %s: %s is not behind its gate", name, r.Phase, r.Holder, r.Demand)
				}
				if s := stateOf(r.Existence); r.Existence.Low == notices.None && r.Existence.High > notices.None && s != "unknown" {
					t.Errorf("%v is drawn as %s", r.Existence, s)
				}
			}
		})
	}
}

func mustEnglish(t *testing.T) *locales.Catalog {
	c, ps := locales.Shipped("en")
	if ps.Failed() {
		t.Fatal(ps)
	}
	return c
}

func mustLoad(t *testing.T, name string) *notices.Program {
	p, ps := notices.Load(os.DirFS("../examples"), name)
	if ps.Failed() {
		t.Fatal(ps)
	}
	return p
}

// TestTimelineEnds: an end is drawn where the file says one and what it counts from, and nowhere else.
func TestTimelineEnds(t *testing.T) {
	find := func(tl Timeline) TrackCopy {
		for _, tr := range tl.Tracks {
			for _, c := range tr.Copies {
				if strings.HasPrefix(tr.Way, "On the website") && c.Kind == copyWords["record"] {
					return c
				}
			}
		}
		t.Fatal("the record of the website is not drawn")
		return TrackCopy{}
	}
	set := func(period, from, end string) func(*notices.Program) {
		return func(p *notices.Program) {
			r := p.Retention["application_file"]
			if period != "" {
				r.Period.State = source.Known
				r.Period.Is, _ = source.ParsePeriod(period)
			}
			if from != "" {
				r.From.State, r.From.Is = source.Known, notices.Trigger(from)
			}
			if end != "" {
				r.AtEnd.State, r.AtEnd.Is = source.Known, notices.AtEnd(end)
			}
			p.Retention["application_file"] = r
		}
	}
	for _, c := range []struct{ period, from, atEnd, end, until, after string }{
		{"", "", "", "unknown", "Nobody knows", "unknown"},
		{"30 days", "", "", "unknown", "30 days, nobody knows from when", "unknown"},
		{"30 days", "applied", "", "date", "July 14, 2025", "unknown"},
		{"30 days", "applied", "destroyed", "date", "July 14, 2025", "gone"},
		{"7 years", "applied", "transferred", "date", "June 14, 2032", "archive"},
		{"7 years", "year_end", "destroyed", "date", "December 31, 2032", "gone"},
		{"7 years", "decided", "destroyed", "event", "7 years after the day of the decision", "gone"},
		{"permanent", "applied", "", "never", "Never", "kept"},
		{"indefinite", "applied", "destroyed", "unknown", "No end is set", "unknown"},
	} {
		_, _, tl := drawn(t, "citykey.yaml", set(c.period, c.from, c.atEnd))
		got := find(tl)
		if got.End != c.end || got.Until != c.until || got.After != c.after {
			t.Errorf("%s from %s, then %s: drawn as %s, %s, %s; want %s, %s, %s", c.period, c.from, c.atEnd, got.End, got.Until, got.After, c.end, c.until, c.after)
		}
		if (got.End == "date") != (got.Days > 0) {
			t.Errorf("%s: %d days to an end of kind %s", c.period, got.Days, got.End)
		}
		if got.Clock != "unknown" {
			t.Errorf("nobody knows of orders to stop erasing, and the clock is drawn as %s", got.Clock)
		}
	}
}

// TestGatesComfortNobody: no barrier is drawn as a gate that stops more than it does.
func TestGatesComfortNobody(t *testing.T) {
	may := map[notices.Must][]string{
		notices.MustAnswer: {"must"}, notices.MayAnswer: {"open", "choice", "disputed"}, notices.MayNot: {"court", "law"}, notices.PausedAnswer: {"paused"},
		notices.NothingToGive: {"nothing", "no_right"}, notices.MustUnknown: {"unknown"},
	}
	for b := notices.Ordered; b <= notices.NotApplicableBarrier; b++ {
		if got := gates[gateOf(b)].Gate; !slices.Contains(may[b.Must()], got) {
			t.Errorf("%v comes to %s, and is drawn as %s", b, b.Must(), got)
		}
	}
	for b, want := range map[notices.Barrier]string{notices.NoBarrier: "open", notices.HolderMayAnswer: "choice", notices.Disputed: "disputed", notices.CourtFirst: "court", notices.NothingToReach: "nothing"} {
		if got := gates[gateOf(b)].Gate; got != want {
			t.Errorf("%v is drawn as %s, want %s", b, got, want)
		}
	}
}
