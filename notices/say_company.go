package notices

import (
	"slices"

	"fairnotice/notices/source"
)

// The companies that hold copies (modifier M1).

// companies says, for each processor, what it does, who controls it, what its contract makes it do, and what stands between it and a
// demand (modifier M1).
func (b *builder) companies() {
	p := b.p
	for _, id := range b.holderIDs {
		h := p.Holders[id]
		if h.Role == "custodian" {
			continue
		}
		path, scope := "holders."+string(id), string(id)
		b.section("company", 2, text("holder", h.Name))
		holds := slices.ContainsFunc(b.table, func(r Row) bool { return r.Holder == id && r.Existence.Low >= Trace })
		first := "vendor.works"
		if h.Role == "recipient" {
			first = "vendor.receives"
		} else if holds {
			first = "vendor.holds"
		}
		items, cl, why := b.withCompany(id)
		v := []Value{}
		if len(items) > 0 {
			v = append(v, b.items("items", items))
		}
		b.say(scope, first, claims(claim("C08", "first/"+scope), cl), reasons(b.path(path+".name", path+".role", path+".kind", path+".for"), why), v...)
		if h.Does.State == source.Known {
			b.say(scope, "vendor.does", claim("C08", "does/"+scope), because(p, h.Does), append([]Value{labels("does", "word.does", words(h.Does.Is)...)}, uncertain(h.Does)...)...)
		} else if h.Does.State == source.Unknown {
			b.say(scope, "vendor.does.unknown", claim("C08", "does/"+scope), because(p, h.Does))
		}
		if h.Control.State != source.Unsaid && h.Control.State != source.NotApplicable {
			b.say(scope, "vendor.control."+known(h.Control, sameWords(wControl, Control("")), "unknown"), claim("C08", "control/"+scope), because(p, h.Control), uncertain(h.Control)...)
		}
		if h.Role == "recipient" {
			continue
		}
		b.group("demands")
		b.say(scope, "vendor.asked", claim("C18", "asked/"+scope), b.vendorCite())
		b.vendorBarrier(id)
		b.group("contract")
		if c := h.Contract; c != nil {
			yn := map[YesNo]string{"yes": "yes", "no": "no"}
			var open []string
			var openWhy []Reason
			var openClaims []Claim
			for _, t := range []struct {
				word string
				f    source.Fact[YesNo]
				cl   []Claim
			}{{"tells", c.TellsOfDemands, claim("C18", "tells/"+scope)}, {"court", c.WaitsForCourt, claim("C18", "court/"+scope)}, {"deletes", c.DeletesAtEnd, claim("C08", "deletes/"+scope)}} {
				if w := known(t.f, yn, "unknown"); w != "unknown" {
					b.say(scope, "vendor."+t.word+"."+w, t.cl, because(p, t.f), uncertain(t.f)...)
					continue
				}
				open, openWhy, openClaims = append(open, t.word), reasons(openWhy, because(p, t.f)), append(openClaims, t.cl...)
			}
			if len(open) > 0 {
				b.say(scope, "vendor.contract.unknown", openClaims, openWhy, labels("duties", "word.duty", open...))
			}
			b.say(scope, "vendor.seen."+known(c.Seen, sameWords(wSeen, Seen("")), "unknown"), claim("C18", "seen/"+scope), because(p, c.Seen))
		}
	}
}

// hosted reports whether a copy stands with a company that has a part of its own, and needs no words besides.
func (b *builder) hosted(k Copy) bool {
	return k.Kind == "hosted" && k.At != b.custodian && k.PurgeLag.State == source.Unsaid && k.Disposed.State != source.Known
}

// withCompany lists what stands with a company, with the claims and reasons of its copies.
func (b *builder) withCompany(id source.ID) (items []source.ID, cl []Claim, why []Reason) {
	for _, ph := range b.allPhases() {
		for _, a := range ph.asks {
			for cs := range a.Copies.Each {
				for n, k := range cs.Is {
					if k.At != id || !b.hosted(k) {
						continue
					}
					cl = append(cl, Claim{"C06", "copy/" + string(ph.id) + "/" + string(k.At) + "/" + string(k.Kind) + "/" + k.PurgeLag.Path + k.Disposed.Path})
					why = reasons(why, because(b.p, cs), b.path(a.path+".copies."+itoa(n)+".kind", a.path+".copies."+itoa(n)+".at"))
					for _, i := range a.Items {
						if !slices.Contains(items, i) {
							items = append(items, i)
						}
					}
				}
			}
		}
	}
	return items, cl, why
}

// vendorBarrier says whether the law that may stop the office also stops the company.
func (b *builder) vendorBarrier(id source.ID) {
	worst := -1
	var row Row
	for _, r := range b.table {
		if r.Holder == id && b.isImmigrationSubpoena(r.Demand) && r.Existence.High > None && r.Barrier != NotApplicableBarrier {
			if s := r.Strength(); worst < 0 || s < worst {
				worst, row = s, r
			}
		}
	}
	if worst < 0 {
		return
	}
	why := reasons(b.cite(row.Laws...), []Reason{{Path: "holders." + string(id) + ".kind", Pos: b.p.at("holders." + string(id) + ".kind").Pos, Rule: lastG(row.Rules)}})
	v := []Value{}
	if len(row.Laws) > 0 {
		v = append(v, b.lawsOf("law", row.Laws...))
	}
	b.say(string(id), "vendor.barrier."+row.Barrier.String(), claims(claim("C18", "barrier/"+string(id)), claim("C13", "barrier/"+string(id))), why, v...)
}

func lastG(rules []Rule) Rule {
	for _, r := range slices.Backward(rules) {
		if r[0] == 'G' {
			return r
		}
	}
	return ""
}
