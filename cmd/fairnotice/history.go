package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render/publish"
)

func newHistory(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "history LEDGER",
		Short: "what was promised when, from the ledger alone",
		Long: `Reads the folder of a ledger, and nothing else, and tells of each program what its editions said, from which day to which: of the first every
sentence, of each later one what is new, gone, or said otherwise. Before anything is told, all lines of the ledger are held against its
checkpoint, and every text against its hash. What is withheld or missing is named.

With --key and the public key of the ledger, it is also checked who signed the checkpoint. Who the reviewers' keys belong to, a ledger does
not know: fairnotice verify review checks that.`,
		Example: `  fairnotice history ledger
  fairnotice history ledger --program citykey --lang es
  fairnotice history ledger --program citykey --as json`,
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return mistyped("history needs the folder of a ledger.", w.typed.and("ledger"))
			case len(args) > 1:
				return mistyped(fmt.Sprintf("history takes one folder; %s is too much.", quoted(args[1])), "fairnotice history "+shell(args[0]))
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	program := c.Flags().String("program", "", "this program alone")
	lang := c.Flags().String("lang", "", "the language of the sentences; else English, or the first that there is")
	key := c.Flags().String("key", "", "the public key of the ledger, as fairnotice keys show prints it")
	as := addWords(c, w, "as", "the form", "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		h, err := w.history(args[0], *program, *lang, *key)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if as.word == "json" {
			err = h.json(&out)
		} else {
			h.text(&out)
		}
		if err == nil {
			_, err = c.OutOrStdout().Write(out.Bytes())
		}
		if err != nil {
			return err
		}
		return h.broken()
	}
	return c
}

// told is the history of some programs of one ledger.
type told struct {
	dir      string
	view     *ledger.View
	verified bool // it is known who signed the checkpoint
	programs []toldProgram
}

type toldProgram struct {
	id       source.ID
	language string // "" where no text of it can be read
	past     []publish.Past
}

// history reads a ledger for what was typed.
func (w world) history(dir, program, lang, key string) (*told, error) {
	var policy ledger.Policy
	if key != "" {
		v, err := ledger.NewVerifier(key)
		if err != nil {
			return nil, mistyped("What stands after --key is not the public key of a ledger. "+sentence(err.Error()), "fairnotice keys show office.key")
		}
		policy.Keys = append(policy.Keys, v)
	}
	if info, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, undone("There is no folder " + quoted(dir) + ".")
	} else if err == nil && !info.IsDir() {
		return nil, undone(quoted(dir)+" is a file. history reads the folder of a ledger.", w.typed.with(dir, "ledger"))
	}
	view, err := ledger.Read(os.DirFS(dir), policy)
	if err != nil {
		return nil, undone(fmt.Sprintf("The ledger in %s cannot be used. %s", quoted(dir), sentence(err.Error())))
	}
	h := &told{dir: dir, view: view, verified: key != ""}
	ids := publish.Programs(view)
	if program != "" {
		if !slices.Contains(ids, source.ID(program)) {
			says := fmt.Sprintf("The ledger in %s has no program %s. It has %s.", quoted(dir), quoted(program), list(plainly(ids)))
			if len(ids) == 0 {
				says = fmt.Sprintf("The ledger in %s is empty: nothing was recorded yet.", quoted(dir))
			}
			if near := source.DidYouMean(program, plainly(ids)); near != "" {
				return nil, mistyped(says, w.typed.with(program, near))
			}
			return nil, mistyped(says)
		}
		ids = []source.ID{source.ID(program)}
	}
	var all []string
	for _, id := range ids {
		p := toldProgram{id: id}
		tags := publish.Languages(view, id)
		for _, t := range tags {
			if !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
		switch {
		case lang != "":
			p.language = lang
		case slices.Contains(tags, "en"):
			p.language = "en"
		case len(tags) > 0:
			p.language = tags[0]
		}
		p.past = publish.History(view, id, p.language)
		h.programs = append(h.programs, p)
	}
	if lang != "" && !slices.Contains(all, lang) {
		slices.Sort(all)
		says := fmt.Sprintf("Nothing of it went out in the language %s.", quoted(lang))
		if len(all) == 0 {
			return nil, mistyped(says)
		}
		near := source.DidYouMean(lang, all)
		if near == "" {
			near = all[0]
		}
		return nil, mistyped(says+" There is "+list(named(all))+".", w.typed.with(lang, near))
	}
	return h, nil
}

// plainly turns words of any vocabulary into plain ones.
func plainly[S ~string](in []S) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}

// broken is a fault where a text is not what its line stands for, or is not there though nobody withheld it.
func (h *told) broken() error {
	n := 0
	for _, p := range h.programs {
		for _, e := range p.past {
			for _, g := range e.Gaps {
				if g.Withheld == nil {
					n++
				}
			}
		}
	}
	if n == 0 {
		return nil
	}
	return flawed(fmt.Sprintf("In this copy of the ledger %s missing or changed. The lines of the ledger themselves hold.", are(n, "text")),
		"Get another copy of the folder from where the ledger is published.")
}

// gapWords says what cannot be told.
func gapWords(g publish.Gap) string {
	what := strings.ToUpper(g.What[:1]) + g.What[1:]
	switch {
	case g.Withheld != nil && g.Withheld.Reason == ledger.CourtOrder:
		return fmt.Sprintf("%s is withheld since %s, by order of a court.", what, g.Withheld.On)
	case g.Withheld != nil:
		return fmt.Sprintf("%s is withheld since %s, because it was published by error.", what, g.Withheld.On)
	case errors.Is(g.Err, fs.ErrNotExist):
		return what + " is not in this copy of the ledger."
	}
	return what + " cannot be read: " + clean(g.Err.Error()) + "."
}

// text is the history for people.
func (h *told) text(out io.Writer) {
	cp := h.view.Checkpoint()
	by := "Every line was held against its checkpoint. Who signed the checkpoint was not checked."
	if h.verified {
		by = "Every line was held against its checkpoint, which is signed with the key that you gave."
	}
	hanging(out, 0, 2, fmt.Sprintf("The ledger %s, %s. %s", clean(cp.Origin), count(int(cp.Size), "line"), by))
	if len(h.programs) == 0 {
		fmt.Fprintf(out, "\nNothing was published yet.\n")
	}
	for _, p := range h.programs {
		if p.language == "" {
			fmt.Fprintf(out, "\n%s\n", p.id)
		} else {
			fmt.Fprintf(out, "\n%s, in %s\n", p.id, named([]string{p.language})[0])
		}
		last, whole := 0, true
		for _, e := range p.past {
			p.edition(out, &e, last, whole)
			if e.Told {
				last = e.Number
			}
			whole = len(e.Gaps) == 0
		}
	}
}

// edition tells of one edition. last is the number of the one that it is held against, 0 where there is none; whole says that all of
// that is known.
func (p *toldProgram) edition(out io.Writer, e *publish.Past, last int, whole bool) {
	days := fmt.Sprintf("from %s on", e.From)
	if e.Until != 0 {
		days = fmt.Sprintf("from %s until %s", e.From, e.Until)
	}
	fmt.Fprintln(out)
	hanging(out, 0, 2, fmt.Sprintf("Edition %d (%s), %s, in %s. [line %d]", e.Number, short(e.Digest), days, strings.Join(e.Languages, ", "), e.Line+1))
	for _, s := range e.Signoffs {
		hanging(out, 2, 4, signoffWords(s))
	}
	for _, g := range e.Gaps {
		hanging(out, 2, 4, gapWords(g))
	}
	switch {
	case p.language != "" && !e.Told:
		if len(e.Languages) > 0 {
			hanging(out, 2, 4, fmt.Sprintf("It did not go out in %s.", named([]string{p.language})[0]))
		}
		return
	case len(e.Changes) == 0 && len(e.Gaps) == 0 && whole:
		hanging(out, 2, 4, fmt.Sprintf("It says the same as edition %d.", last))
		return
	case last == 0:
		fmt.Fprintf(out, "  It said %s:\n", count(e.Said, "sentence"))
	case len(e.Changes) > 0 && whole:
		fmt.Fprintf(out, "  Against edition %d, %s:\n", last, count(len(e.Changes), "sentence"))
	case len(e.Changes) > 0:
		fmt.Fprintf(out, "  Against what is known of those before, %s:\n", count(len(e.Changes), "sentence"))
	}
	for _, c := range e.Changes {
		mark := fmt.Sprintf(" [%s: %s]", join(c.Kinds, ", "), c.ID)
		switch {
		case last == 0:
			hanging(out, 4, 6, clean(c.Is)+mark)
		case c.Was == "":
			hanging(out, 4, 6, "New: "+clean(c.Is)+mark)
		case c.Is == "":
			hanging(out, 4, 6, "Gone: "+clean(c.Was)+mark)
		default:
			hanging(out, 4, 6, "Was: "+clean(c.Was))
			hanging(out, 4, 6, "Now: "+clean(c.Is)+mark)
		}
	}
}

// signoffWords says what a statement says that was recorded with an edition.
func signoffWords(s publish.Signoff) string {
	st := s.Statement
	var tags []string
	for _, t := range st.Texts {
		if t.Reviewed && !slices.Contains(tags, t.Language) {
			tags = append(tags, t.Language)
		}
	}
	how, who := "With it is kept a statement in the name", " Whose key signed it was not checked."
	if s.Letter {
		how, who = "With it is kept a note of a letter, which nobody signed,", ""
	}
	what := map[ledger.Verdict]string{
		ledger.NoObjection:     "they found nothing that they know to be wrong",
		ledger.Objection:       "they object",
		ledger.ReadNotApproved: "they read it and do not approve of it",
	}[st.Verdict]
	return fmt.Sprintf("%s of %s, of %s: in %s %s.%s", how, clean(st.Reviewer), st.Date, strings.Join(tags, ", "), what, who)
}

// json is the history for machines.
func (h *told) json(out io.Writer) error {
	type signoff struct {
		Hash     string         `json:"hash"`
		Reviewer string         `json:"reviewer"`
		Verdict  ledger.Verdict `json:"verdict"`
		On       source.Day     `json:"on"`
		Letter   bool           `json:"letter"`
	}
	type change struct {
		ID    string   `json:"id"`
		Kinds []string `json:"kinds"`
		Was   string   `json:"was"`
		Is    string   `json:"is"`
	}
	type gap struct {
		What     string `json:"what"`
		Withheld string `json:"withheld,omitempty"` // why
		Since    string `json:"since,omitempty"`
		Says     string `json:"says"`
	}
	type edition struct {
		Line      int64      `json:"line"` // of the ledger, from 1
		Number    int        `json:"number"`
		Digest    string     `json:"digest"`
		From      source.Day `json:"from"`
		Until     string     `json:"until"` // "" of the last
		Languages []string   `json:"languages"`
		Told      bool       `json:"told"`
		Signoffs  []signoff  `json:"signoffs"`
		Changes   []change   `json:"changes"`
		Gaps      []gap      `json:"gaps"`
	}
	type program struct {
		Program  source.ID `json:"program"`
		Language string    `json:"language"`
		Editions []edition `json:"editions"`
	}
	answer := struct {
		Ledger   string    `json:"ledger"`
		Lines    int64     `json:"lines"`
		Verified bool      `json:"verified"`
		Programs []program `json:"programs"`
	}{h.view.Checkpoint().Origin, h.view.Size(), h.verified, []program{}}
	for _, p := range h.programs {
		to := program{p.id, p.language, []edition{}}
		for _, e := range p.past {
			x := edition{Line: e.Line + 1, Number: e.Number, Digest: e.Digest, From: e.From, Languages: append([]string{}, e.Languages...), Told: e.Told, Signoffs: []signoff{}, Changes: []change{}, Gaps: []gap{}}
			if e.Until != 0 {
				x.Until = e.Until.String()
			}
			for _, s := range e.Signoffs {
				x.Signoffs = append(x.Signoffs, signoff{s.Hash, s.Statement.Reviewer, s.Statement.Verdict, s.Statement.Date, s.Letter})
			}
			for _, c := range e.Changes {
				x.Changes = append(x.Changes, change{c.ID, plainly(c.Kinds), c.Was, c.Is})
			}
			for _, g := range e.Gaps {
				y := gap{What: g.What, Says: gapWords(g)}
				if g.Withheld != nil {
					y.Withheld, y.Since = string(g.Withheld.Reason), g.Withheld.On.String()
				}
				x.Gaps = append(x.Gaps, y)
			}
			to.Editions = append(to.Editions, x)
		}
		answer.Programs = append(answer.Programs, to)
	}
	return writeJSON(out, answer)
}
