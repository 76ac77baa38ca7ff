package notices

import (
	"slices"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

// Stay is one copy that could be reached, or could be there: what an office has to think of when nothing may be erased. It is worked out
// from what the file says of copies, and not from the rows: a copy that goes by itself is one whose time is running.
type Stay struct {
	Phase    PhaseID     `json:"phase"`
	Items    []source.ID `json:"items"`
	Holder   source.ID   `json:"holder"` // "" where nobody knows who has it
	Kind     CopyKind    `json:"kind"`   // "" where nobody knows what is there
	Series   source.ID   `json:"series"`
	Period   string      `json:"period"` // how long the series is kept
	AtEnd    string      `json:"at_end"`
	Lag      string      `json:"goes_after"` // by itself: 30 days, none, unknown; "" where the file names no such time
	Existing string      `json:"existence"`  // exists, or unknown
	In       string      `json:"covered"`

	path string // the fact that says, or would say, when it ends
}

// Running reports whether the copy goes by itself, or may: a cache, a log, a spool, a spare copy, or one with a time of its own.
func (s *Stay) Running() bool {
	switch s.Kind {
	case "cache", "log", "printer_spool", "backup":
		return true
	}
	return s.Lag != "" || slices.Contains(s.Items, "access_log") || slices.Contains(s.Items, "ip_address")
}

// Standing is one copy of the program, with whether the clock of its end is stopped.
type Standing struct {
	Stay
	Held source.Tri // does an order to stop erasing cover it: yes, maybe or no
	Path string     // the fact of the program file that says, or would say, when it ends; of the first line that is treated so
}

// Copies lists every copy that is there, or could be, whoever asks for it: by channel, phase and line of the file.
func Copies(p *Program, book *law.Book, on source.Day) ([]Standing, error) {
	x, err := newEngine(p, book, on, true)
	if err != nil {
		return nil, err
	}
	var out []Standing
	for _, s := range x.stays(func(phaseRef, askRef, source.ID) source.Tri { return source.No }) {
		out = append(out, Standing{Stay: s, Held: x.hold(s.Series), Path: s.path})
	}
	return out, nil
}

// stays lists the copies of every phase, also of those that are not in this demand: counsel decides what has to be kept.
func (r *reacher) stays() {
	r.Stays = r.engine.stays(func(ph phaseRef, a askRef, holder source.ID) source.Tri {
		out := source.No
		for _, item := range a.Items {
			t, _ := r.covered(ph, item, holder)
			out = max(out, t)
		}
		return out
	})
}

// stays lists the copies of every phase; in says whether a line at a holder is in the demand.
func (x *engine) stays(in func(ph phaseRef, a askRef, holder source.ID) source.Tri) []Stay {
	var out []Stay
	for _, c := range x.channels {
		for _, ph := range c.phases {
			for _, a := range ph.lines() {
				if x.existence(ph, a, x.custodian).High == None {
					continue
				}
				ends := "" // where its series says how long
				if _, ok := x.p.Retention[a.Retention]; ok {
					ends = "retention." + string(a.Retention) + ".period"
				}
				add := func(holder source.ID, kind CopyKind, lag string, known bool, path string) {
					at := holder
					if at == "" {
						at = x.custodian
					}
					s := Stay{Phase: ph.id, Holder: holder, Kind: kind, Series: a.Retention, Lag: lag, Existing: "unknown", In: in(ph, a, at).String(), path: path}
					if known {
						s.Existing = "exists"
					}
					if series, ok := x.p.Retention[a.Retention]; ok {
						s.Period, s.AtEnd = inWords(series.Period), inWords(series.AtEnd)
					}
					for _, i := range a.Items {
						if i != "" {
							s.Items = append(s.Items, i)
						}
					}
					out = append(out, s)
				}
				unknown, named := false, false
				for f := range a.Copies.Each {
					if f.State != source.Known {
						unknown = true
						continue
					}
					for i := range f.Is {
						k := &f.Is[i]
						named = true
						path := ends
						if k.PurgeLag.State != source.Unsaid {
							path = k.PurgeLag.Path
						}
						add(k.At, k.Kind, inWords(k.PurgeLag), len(a.Copies.But) == 0, path)
					}
				}
				kept := slices.ContainsFunc(slices.Collect(a.Handling.Each), func(h source.Fact[Handling]) bool { return h.State == source.Known && h.Is.records() })
				if unknown || !named {
					add("", "", "", kept && !unknown && !named, a.Copies.Path)
				}
				switch lag := inWords(a.Backups); {
				case lag == "none" || lag == "not_applicable":
				case lag == "" && !kept && !named:
				case lag == "":
					add("", "backup", "unknown", false, a.Backups.Path)
				default:
					add("", "backup", lag, lag != "unknown" && lag != "disputed", a.Backups.Path)
				}
			}
			for i, partner := range x.partners(ph) {
				if x.withPartner(i, partner).High > None {
					known := partner.Copies.State == source.Known && len(partner.Copies.But) == 0
					existing := "unknown"
					if known {
						existing = "exists"
					}
					out = append(out, Stay{Phase: ph.id, Holder: PartnerID(i), Existing: existing, In: source.No.String(), path: partner.Copies.Path})
				}
			}
		}
	}
	return mergeStays(out)
}

// mergeStays puts lines together that differ in their items alone.
func mergeStays(stays []Stay) []Stay {
	var out []Stay
	same := func(a, b Stay) bool {
		a.Items, b.Items = nil, nil
		return a.Phase == b.Phase && a.Holder == b.Holder && a.Kind == b.Kind && a.Series == b.Series && a.Period == b.Period && a.AtEnd == b.AtEnd &&
			a.Lag == b.Lag && a.Existing == b.Existing && a.In == b.In
	}
	from := 0 // where the lines of the phase begin
	for _, s := range stays {
		if len(out) > 0 && out[len(out)-1].Phase != s.Phase {
			from = len(out)
		}
		if i := slices.IndexFunc(out[from:], func(o Stay) bool { return same(o, s) }); i >= 0 {
			o := &out[from+i]
			for _, item := range s.Items {
				if !slices.Contains(o.Items, item) {
					o.Items = append(o.Items, item)
				}
			}
			continue
		}
		out = append(out, s)
	}
	return out
}
