package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

func newLaw(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "law [ID]",
		Short: "the book of law: demands, protections and rulings, with who checked each and when",
		Long: `Prints the entries of the book of law, or one of them whole. With --due it prints only those whose next check is past on the day:
somebody has to read their source again.`,
		Example: `  fairnotice law
  fairnotice law chicago-2-176 --date 2025-06-14
  fairnotice law --where us-il-cook
  fairnotice law --due`,
	}
	var where, beside string
	var due bool
	c.Flags().BoolVar(&due, "due", false, "only entries whose next check is past on the day")
	c.Flags().StringVar(&beside, "beside", "", "also the laws that this program file brings along")
	_ = c.MarkFlagFilename("beside", "yaml", "yml")
	c.Flags().StringVar(&where, "where", "", "only what applies in this place, such as us-il-chicago")
	as := addWords(c, w, "as", "the form", "text", "json")
	date := addDate(c, w)
	c.Args = func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return mistyped(fmt.Sprintf("law takes the id of one entry; %s is too much.", quoted(args[1])), "fairnotice law "+shell(args[0]))
		}
		return nil
	}
	c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		book, err := shippedBook()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return entryIDs(book.All()), cobra.ShellCompDirectiveNoFileComp
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		book, err := shippedBook()
		if err != nil {
			return err
		}
		if beside != "" {
			f, err := w.read(beside)
			if err != nil {
				return err
			}
			if err := f.sound(); err != nil {
				return err
			}
			book = f.book
		}
		entries := book.All()
		if where != "" {
			in, ok := book.In(source.ID(where))
			if !ok {
				places := strings.Split(join(book.Places(), " "), " ")
				near := source.DidYouMean(where, places)
				if near == "" {
					near = places[0]
				}
				return mistyped(fmt.Sprintf("The book of law knows no place %s. It knows %s.", quoted(where), list(places)), w.typed.with(where, near))
			}
			entries = in
		}
		if len(args) == 1 {
			e := book.Entry(source.ID(args[0]))
			if e == nil {
				ids := entryIDs(book.All())
				says := fmt.Sprintf("The book of law has no entry %s.", quoted(args[0]))
				if near := source.DidYouMean(args[0], ids); near != "" {
					return mistyped(says+" Did you mean "+quoted(near)+"?", w.typed.with(args[0], near))
				}
				return mistyped(says, "fairnotice law")
			}
			entries = []*law.Entry{e}
		}
		if due {
			var past []*law.Entry
			for _, e := range entries {
				if e.Due(date.day) {
					past = append(past, e)
				}
			}
			entries = past
		}
		var out bytes.Buffer
		switch {
		case as.word == "json":
			text, err := book.JSON(entries, date.day)
			if err != nil {
				return undone(fmt.Sprintf("The entries cannot be written. %s", sentence(err.Error())))
			}
			out.Write(text)
		case len(args) == 1 && len(entries) == 1:
			entryText(&out, entries[0], date.day)
		default:
			lawText(&out, entries, date.day, due)
		}
		_, err = c.OutOrStdout().Write(out.Bytes())
		return err
	}
	return c
}

func entryIDs(entries []*law.Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, string(e.ID))
	}
	return out
}

// lawText prints entries as a table.
func lawText(out io.Writer, entries []*law.Entry, day source.Day, due bool) {
	if len(entries) == 0 {
		fmt.Fprintf(out, "No entry is past its next check on %s.\n", day)
		return
	}
	kind := law.Kind("")
	past := 0
	for _, e := range entries {
		if e.Kind != kind {
			if kind != "" {
				fmt.Fprintln(out)
			}
			kind = e.Kind
			fmt.Fprintf(out, "%s\n", map[law.Kind]string{law.KindDemand: "Demands", law.KindProtection: "Protections", law.KindRuling: "Rulings"}[kind])
		}
		mark := ""
		if e.Due(day) {
			past++
			mark = "  check is past"
		}
		if e.Own {
			mark += "  the program's own"
		}
		fmt.Fprintf(out, "  %-37s %-14s checked %-10s next %s%s\n", e.ID, e.Where, e.Checked.On, e.Checked.Next, mark)
		about := clean(e.Citation)
		if e.Kind == law.KindProtection {
			about += "; " + strings.ToLower(effect(e, day)[:1]) + effect(e, day)[1:]
		}
		for _, l := range wrap(about, 92) {
			fmt.Fprintf(out, "      %s\n", l)
		}
	}
	fmt.Fprintf(out, "\n%s, %d past the next check on %s.\n", count(len(entries), "entry"), past, day)
}

// entryText prints one entry whole.
func entryText(out io.Writer, e *law.Entry, day source.Day) {
	line := func(name, text string) {
		if text == "" {
			return
		}
		for i, l := range wrap(clean(text), 82) {
			if i > 0 {
				name = ""
			}
			fmt.Fprintf(out, "%-14s %s\n", name, l)
		}
	}
	line("id", string(e.ID))
	if e.Own {
		line("", "brought along by the program file; it is not in the book of law")
	}
	line("kind", string(e.Kind))
	line("where", string(e.Where))
	line("citation", e.Citation)
	line("source", e.Source.Title)
	if e.Source.URL.State == source.Known {
		line("", e.Source.URL.Is)
	}
	switch {
	case e.Demand != nil:
		line("route", e.Demand.Route)
		line("class", string(e.Demand.Class))
		line("answered by", string(e.Demand.AnsweredBy))
		line("goes by", join(e.Demand.GoesBy, ", "))
		line("signed by", strings.Join(e.Demand.Signed, ", "))
		line("sent to", join(e.Demand.SentTo, ", "))
		line("never to", join(e.Demand.NotTo, ", "))
		line("reaches only", join(e.Demand.Items, ", "))
		line("gag", string(e.Demand.Gag))
		line("enforced by", string(e.Demand.EnforcedBy))
		line("rulings", join(e.Demand.Rulings, ", "))
		line("words", quote(e.Demand.Words))
		if p := e.Demand.Purpose; p != nil {
			line("only for", fmt.Sprintf("%s; used for other things: %s", p.Only, p.Misused))
			line("", quote(p.Words))
			line("", p.Source.Title)
		}
	case e.Ruling != nil:
		line("court", e.Ruling.Court)
		line("decided", e.Ruling.Decided.String())
		line("appealed", e.Ruling.Appealed.String())
		line("of", join(e.Ruling.Of, ", "))
		line("outcome", string(e.Ruling.Outcome))
		line("binding in", join(e.Ruling.Binding, ", "))
		line("words", quote(e.Ruling.Words))
	default:
		line("force", string(e.Force))
		line("topic", string(e.Topic))
		line("effect", effect(e, day)+" (on "+day.String()+")")
		for _, side := range e.EffectOn(day).Sides {
			line("  "+side.Who, side.Says)
		}
		for _, v := range e.Versions {
			fmt.Fprintln(out)
			from := "an unknown day"
			if v.From.State == source.Known {
				from = v.From.Is.String()
			}
			to := "now"
			if !v.To.IsZero() {
				to = v.To.String()
			}
			line("version", fmt.Sprintf("%s, from %s to %s", v.ID, from, to))
			var binds, covers []string
			for _, b := range v.Binds {
				binds = append(binds, fmt.Sprintf("%s (%s)", b.Kind, b.Is))
			}
			for _, b := range v.Covers {
				covers = append(covers, fmt.Sprintf("%s (%s)", b.What, b.Is))
			}
			line("binds", strings.Join(binds, ", "))
			line("covers", strings.Join(covers, ", "))
			line("blocks", join(v.Blocks, ", "))
			line("forbids", string(v.Forbids))
			line("exceptions", join(v.Exceptions, ", "))
			line("approval", join(v.Approval, ", "))
			if t := v.Tells; t != nil {
				line("tells", strings.TrimSpace(string(t.When)+" "+t.Within.String()))
			}
			line("words", quote(v.Words))
		}
		fmt.Fprintln(out)
	}
	line("checked", fmt.Sprintf("%s by %s; next %s", e.Checked.On, e.Checked.By, e.Checked.Next))
	if e.Due(day) {
		line("", "The next check is past on "+day.String()+". Somebody has to read the source again.")
	}
	line("confidence", string(e.Confidence))
}
