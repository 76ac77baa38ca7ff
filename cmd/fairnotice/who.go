package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// stamp stands over every working paper.
const stamp = "Working paper; may be a public record."

func newWho(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "who FILE",
		Short: "who can demand what: every item, phase, holder and kind of demand",
		Long: `Prints the table of exposure: for each item that a program asks for, in each phase of each channel, at each holder, and for each kind
of demand, what exists and which barrier stands in the way. It is a working paper for the office and its advisers, not for applicants.`,
		Example: `  fairnotice who examples/citykey.yaml
  fairnotice who examples/citykey.yaml --phase online/portal --item foreign_passport
  fairnotice who examples/citykey.yaml --demand immigration_administrative_subpoena --as json`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	var only rowFilter
	c.Flags().StringVar(&only.phase, "phase", "", "only this phase, such as online/portal")
	c.Flags().StringVar(&only.demand, "demand", "", "only this kind of demand")
	c.Flags().StringVar(&only.holder, "holder", "", "only this holder")
	c.Flags().StringVar(&only.item, "item", "", "only this item")
	as := addWords(c, w, "as", "the form", "text", "json")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		f, err := w.load(args[0], date.day)
		if err != nil {
			return err
		}
		speak(c.ErrOrStderr(), f.due(date.day))
		rows, err := notices.Exposures(f.program, f.book, date.day)
		if err != nil {
			return undone(fmt.Sprintf("The table of %s cannot be made. %s", quoted(args[0]), sentence(err.Error())))
		}
		if rows, err = only.of(w, rows); err != nil {
			return err
		}
		var out bytes.Buffer
		if as.word == "json" {
			err = writeJSON(&out, map[string]any{"working_paper": stamp, "rows": rows})
		} else {
			whoText(&out, f.program, rows)
		}
		if err != nil {
			return err
		}
		_, err = c.OutOrStdout().Write(out.Bytes())
		return err
	}
	return c
}

// rowFilter chooses rows.
type rowFilter struct{ phase, demand, holder, item string }

// of gives the rows that fit. A word that fits no row is a mistype.
func (f rowFilter) of(w world, rows []notices.Row) ([]notices.Row, error) {
	for _, by := range []struct {
		flag, want string
		of         func(notices.Row) string
	}{
		{"phase", f.phase, func(r notices.Row) string { return string(r.Phase) }},
		{"demand", f.demand, func(r notices.Row) string { return string(r.Demand) }},
		{"holder", f.holder, func(r notices.Row) string { return string(r.Holder) }},
		{"item", f.item, func(r notices.Row) string { return cmp.Or(string(r.Item), "unknown") }},
	} {
		if by.want == "" {
			continue
		}
		var there []string
		var kept []notices.Row
		for _, r := range rows {
			if v := by.of(r); !slices.Contains(there, v) {
				there = append(there, v)
			}
			if by.of(r) == by.want {
				kept = append(kept, r)
			}
		}
		if len(kept) == 0 {
			near := source.DidYouMean(by.want, there)
			if near == "" && len(there) > 0 {
				near = there[0]
			}
			return nil, mistyped(fmt.Sprintf("The table has no %s %s. It has %s.", by.flag, quoted(by.want), list(there)), w.typed.with(by.want, near))
		}
		rows = kept
	}
	if rows == nil {
		rows = []notices.Row{}
	}
	return rows, nil
}

// whoText prints rows grouped by phase and holder. Items that meet the same fate are printed together, and so are demands.
func whoText(out io.Writer, p *notices.Program, rows []notices.Row) {
	put := func(indent, hang int, s string) { hanging(out, indent, hang, s) }
	fmt.Fprintln(out, stamp)
	put(0, 0, fmt.Sprintf("%s: what exists, and what stands between it and each kind of demand. %s.", clean(title(p)), count(len(rows), "row")))
	type key struct {
		phase  notices.PhaseID
		holder source.ID
	}
	var groups []key
	byGroup := map[key][]notices.Row{}
	for _, r := range rows {
		k := key{r.Phase, r.Holder}
		if byGroup[k] == nil {
			groups = append(groups, k)
		}
		byGroup[k] = append(byGroup[k], r)
	}
	used := map[string]bool{}
	for _, k := range groups {
		name := string(k.holder)
		if h, ok := p.Holders[k.holder]; ok {
			if words, ok := h.Name.For("en"); ok {
				name = words + " (" + name + ")"
			} else if h.Name.Name != "" {
				name = h.Name.Name + " (" + name + ")"
			}
		}
		for i, partner := range p.Partners.Is {
			if k.holder == notices.PartnerID(i) {
				words, _ := partner.Name.For("en")
				name = cmp.Or(words, partner.Name.Name) + ", who helps with the form (" + name + ")"
			}
		}
		fmt.Fprintln(out)
		put(0, 2, fmt.Sprintf("%s, at %s", k.phase, clean(name)))
		var order []string
		items := map[string][]string{}
		lines := map[string][]string{}
		var itemOrder []source.ID
		byItem := map[source.ID][]notices.Row{}
		for _, r := range byGroup[k] {
			if byItem[r.Item] == nil {
				itemOrder = append(itemOrder, r.Item)
			}
			byItem[r.Item] = append(byItem[r.Item], r)
		}
		for _, item := range itemOrder {
			var heads []string
			demands := map[string][]string{}
			exists := ""
			for _, r := range byItem[item] {
				exists = existence(r)
				used["existence "+r.Existence.String()] = true
				h := barrier(r)
				used["barrier "+r.Barrier.String()] = true
				if r.Barrier == notices.Disputed {
					used["barrier "+r.WouldBe.String()] = true
				}
				if demands[h] == nil {
					heads = append(heads, h)
				}
				demands[h] = append(demands[h], string(r.Demand))
			}
			var tolds []string
			toldOf := map[string][]string{}
			for _, r := range byItem[item] {
				t := string(r.Told)
				used["told "+t] = true
				if toldOf[t] == nil {
					tolds = append(tolds, t)
				}
				toldOf[t] = append(toldOf[t], string(r.Demand))
			}
			for i, t := range tolds {
				if i > 0 { // a law that makes a holder tell is about some demands only
					tolds[i] = fmt.Sprintf("%s of %s", t, strings.Join(toldOf[t], ", "))
				}
			}
			ls := []string{fmt.Sprintf("exists: %s; picked out: %s; told: %s", exists, byItem[item][0].Select, strings.Join(tolds, "; "))}
			for _, h := range heads {
				ls = append(ls, h+": "+strings.Join(demands[h], ", "))
			}
			sum := strings.Join(ls, "\n")
			if items[sum] == nil {
				order = append(order, sum)
			}
			items[sum] = append(items[sum], itemWord(item))
			lines[sum] = ls
		}
		for _, sum := range order {
			put(2, 4, strings.Join(items[sum], ", "))
			for _, l := range lines[sum] {
				put(4, 8, l)
			}
		}
	}
	fmt.Fprintln(out)
	fmt.Fprintln(out, "What the words mean")
	for _, m := range core.Meanings {
		if used[m.Axis+" "+m.Word] {
			put(2, 4, m.Word+": "+m.Means)
		}
	}
}

// itemWord names an item; one that nobody knows has no name.
func itemWord(id source.ID) string { return cmp.Or(string(id), "whatever is asked (not known)") }

func existence(r notices.Row) string {
	if r.Existence.Low == r.Existence.High {
		return r.Existence.String()
	}
	return fmt.Sprintf("unknown, from %s to %s", r.Existence.Low, r.Existence.High)
}

func barrier(r notices.Row) string {
	b := r.Barrier.String()
	if len(r.Disputed) > 0 {
		b += " (" + join(r.Disputed, ", ")
		if r.WouldBe != notices.NoWouldBe {
			b += "; would be " + r.WouldBe.String()
		}
		b += ")"
	}
	return b
}
