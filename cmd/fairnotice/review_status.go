package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
)

func init() { reviewVerbs.add(60, newReviewStatus) }

// reviewQuestion is what review status and verify review ask of a program file.
type reviewQuestion struct {
	since, ledger string
	date          *dayFlag
}

func (q *reviewQuestion) flags(c *cobra.Command, w world) {
	c.Flags().StringVar(&q.since, "since", "", "the file of the older edition, where the edition says what changed")
	c.Flags().StringVar(&q.ledger, "ledger", "", "a ledger that keeps the words that were signed")
	_ = c.MarkFlagDirname("ledger")
	q.date = addDate(c, w)
	c.Flags().Lookup("date").Usage = "the day on which it has to hold (default today)"
}

func newReviewStatus(w world) *cobra.Command {
	var q reviewQuestion
	c := &cobra.Command{
		Use:   "status FILE",
		Short: "who has signed these words, in which language, and what became of it",
		Long: `Says of each language, and of each reviewer, whether they signed exactly these words; or that the words changed since, and which sentences; that a
law or a demand behind them changed; that it expired or was taken back; that a signature is none, or by a key that nobody knows; that
there is a letter alone; or that nobody said anything. It is a working paper for the office.`,
		Example: `  fairnotice review status examples/citykey.yaml
  fairnotice review status card.yaml --ledger ledger --as json`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	q.flags(c, w)
	as := addWords(c, w, "as", "the form of the answer", "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		a, err := w.askReviews(args[0], q)
		if err != nil {
			return err
		}
		return a.print(c.OutOrStdout(), as.word)
	}
	return c
}

// reviewAnswer is how it stands with the words of a program file.
type reviewAnswer struct {
	file       *programFile
	edition    *render.Edition
	tags       []string // its languages
	on         source.Day
	judgements []ledger.Judgement
	sentences  map[int][]sentenceChange // by judgement
	lost       map[int]bool             // judgements whose signed words are kept nowhere
	problems   source.Problems          // of the files of the reviews
}

// askReviews builds the words of a program file as they are now, and judges who signed them.
func (w world) askReviews(path string, q reviewQuestion) (*reviewAnswer, error) {
	f, err := w.load(path, q.date.day)
	if err != nil {
		return nil, err
	}
	view, err := ledgerKept(q.ledger)
	if err != nil {
		return nil, err
	}
	say, err := newSayer(q.date.day, f.program.Languages)
	if err != nil {
		return nil, err
	}
	if err := say.sinceFile(w, q.since); err != nil {
		return nil, err
	}
	e, err := say.edition(f)
	if err != nil {
		return nil, err
	}
	judgements, ps, err := f.judge(e.Texts, q.date.day)
	if err != nil {
		return nil, err
	}
	old, more := f.oldTexts(view)
	a := &reviewAnswer{file: f, edition: e, tags: e.Languages(), on: q.date.day, problems: append(ps, more...), sentences: map[int][]sentenceChange{}, lost: map[int]bool{}}
	a.judgements = judgements
	for i, j := range a.judgements {
		changes, whole := old.sentences(f, e, j)
		a.sentences[i], a.lost[i] = changes, !whole
	}
	return a, nil
}

// broken says of a judgement that something which was signed does not hold, or that what is required is not there.
func broken(j ledger.Judgement) bool {
	switch j.State {
	case ledger.Signed:
		return false
	case ledger.Nobody, ledger.NotReviewed, ledger.AttestedUnsigned:
		return j.Reviewer.Required
	}
	return true
}

func (a *reviewAnswer) fine() bool {
	return len(a.problems) == 0 && !slices.ContainsFunc(a.judgements, broken)
}

func (a *reviewAnswer) print(out io.Writer, as string) error {
	var b bytes.Buffer
	if as == "json" {
		if err := writeJSON(&b, a.machine()); err != nil {
			return err
		}
	} else {
		a.text(&b)
	}
	_, err := out.Write(b.Bytes())
	return err
}

// signedBy gives the judgements of a language that are signed.
func (a *reviewAnswer) in(tag string) (out []int) {
	for i, j := range a.judgements {
		if j.Language == tag {
			out = append(out, i)
		}
	}
	return out
}

// silent lists the languages of which no reviewer says anything that holds.
func (a *reviewAnswer) signedLanguages() (yes, no []string) {
	for _, tag := range a.tags {
		if slices.ContainsFunc(a.in(tag), func(i int) bool { return a.judgements[i].State == ledger.Signed }) {
			yes = append(yes, tag)
		} else {
			no = append(no, tag)
		}
	}
	return yes, no
}

func (a *reviewAnswer) text(out *bytes.Buffer) {
	e := a.edition
	fmt.Fprintf(out, "%s\n%s: the words of edition %d (%s) as they are on %s.\n", stamp, clean(title(a.file.program)), e.Number, short(e.Digest), a.on)
	yes, no := a.signedLanguages()
	if len(yes) > 0 {
		hanging(out, 0, 2, "Signed: "+list(named(yes))+".")
	}
	if len(no) > 0 {
		hanging(out, 0, 2, "Not signed by anybody: "+list(named(no))+".")
	}
	for _, tag := range a.tags {
		at := a.in(tag)
		if len(at) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s\n", named([]string{tag})[0])
		for _, i := range at {
			a.one(out, i)
		}
	}
	if len(a.file.program.Reviewers) == 0 {
		out.WriteString("\n")
		hanging(out, 0, 2, "The program file names no reviewer, so no signature counts.")
	}
	if len(a.problems) > 0 {
		fmt.Fprintf(out, "\n%s for nothing:\n", map[bool]string{true: "1 file counts", false: fmt.Sprint(len(a.problems), " files count")}[len(a.problems) == 1])
		a.problems.Print(out)
	}
	if len(yes) > 0 {
		fmt.Fprintf(out, "\nWhat a signature means\n")
		for _, m := range a.meanings() {
			hanging(out, 2, 4, m)
		}
	}
}

// meanings say of each who signed what it means and what it does not.
func (a *reviewAnswer) meanings() []string {
	var out []string
	for i, j := range a.judgements {
		if j.State != ledger.Signed {
			continue
		}
		var tags []string
		first := true
		for k, o := range a.judgements {
			if o.State == ledger.Signed && o.Reviewer.ID == j.Reviewer.ID && o.Review.Statement.Date == j.Review.Statement.Date {
				first = first && k >= i
				tags = append(tags, o.Language)
			}
		}
		if first {
			out = append(out, ledger.Meaning(clean(called(j.Reviewer)), tags, j.Review.Statement.Date))
		}
	}
	return out
}

// called is how a reviewer is called: by the name in the program file, else by the id.
func called(r ledger.Reviewer) string {
	if r.Name != "" {
		return r.Name
	}
	return r.ID
}

func (a *reviewAnswer) one(out *bytes.Buffer, i int) {
	j := a.judgements[i]
	who := clean(called(j.Reviewer))
	if j.Reviewer.Required {
		who += " (required)"
	}
	hanging(out, 2, 4, fmt.Sprintf("%s: %s [%s]", who, clean(j.Says()), j.State))
	if j.State == ledger.Signed && j.Review.Statement.Edition != a.edition.Number {
		hanging(out, 4, 4, fmt.Sprintf("That was edition %d; in this language the words of edition %d are the same.", j.Review.Statement.Edition, a.edition.Number))
	}
	const most = 12
	for n, c := range a.sentences[i] {
		if n == most {
			fmt.Fprintf(out, "    and %d more\n", len(a.sentences[i])-most)
			break
		}
		c.print(out)
	}
	if a.lost[i] {
		hanging(out, 4, 4, "The words that were signed are not kept here, so it cannot be said which sentences changed. They are in the record that review send wrote, or in a ledger.")
	}
}

// print shows a sentence that changed, with what is new in it.
func (c sentenceChange) print(out io.Writer) {
	says := ""
	switch {
	case c.Was == "":
		says = "New: “" + c.Now + "”"
	case c.Now == "":
		says = "Gone: “" + c.Was + "”"
	default:
		says = "“" + wordsChanged(c.Was, c.Now) + "”"
	}
	in := strings.Trim(c.Kind+"/"+c.ID, "/")
	if c.At != "" {
		in = c.At + ", " + in
	}
	hanging(out, 4, 6, clean(says)+" ["+in+"]")
}

// machine is the answer for machines.
func (a *reviewAnswer) machine() any {
	type ground struct {
		Kind string `json:"kind"`
		ID   string `json:"id"`
		How  string `json:"how"`
	}
	type statement struct {
		File       string   `json:"file"`
		Hash       string   `json:"hash"`
		Edition    int      `json:"edition"`
		Verdict    string   `json:"verdict"`
		Date       string   `json:"date"`
		Expires    string   `json:"expires,omitempty"`
		NotChecked []string `json:"not_checked"`
		Conditions []string `json:"conditions"`
		Letter     bool     `json:"letter"`
	}
	type judgement struct {
		Reviewer  string           `json:"reviewer"`
		Name      string           `json:"name"`
		Required  bool             `json:"required"`
		State     ledger.State     `json:"state"`
		Says      string           `json:"says"`
		Kinds     []string         `json:"kinds"`
		Grounds   []ground         `json:"grounds"`
		Sentences []sentenceChange `json:"sentences"`
		Named     bool             `json:"sentences_known"`
		Statement *statement       `json:"statement"`
	}
	type language struct {
		Language   string      `json:"language"`
		Signed     bool        `json:"signed"`
		Judgements []judgement `json:"judgements"`
	}
	type problem struct {
		File    string `json:"file"`
		Message string `json:"message"`
	}
	answer := struct {
		Program      source.ID  `json:"program"`
		Edition      int        `json:"edition"`
		Digest       string     `json:"digest"`
		On           string     `json:"on"`
		WorkingPaper string     `json:"working_paper"`
		Languages    []language `json:"languages"`
		Meanings     []string   `json:"meanings"`
		Problems     []problem  `json:"problems"`
	}{a.edition.Program, a.edition.Number, a.edition.Digest, a.on.String(), stamp, nil, notNil(a.meanings()), []problem{}}
	for _, p := range a.problems {
		answer.Problems = append(answer.Problems, problem{p.Pos.File, strings.TrimSpace(p.Message + " " + p.Hint)})
	}
	for _, tag := range a.tags {
		l := language{Language: tag, Judgements: []judgement{}}
		for _, i := range a.in(tag) {
			j := a.judgements[i]
			l.Signed = l.Signed || j.State == ledger.Signed
			to := judgement{Reviewer: j.Reviewer.ID, Name: called(j.Reviewer), Required: j.Reviewer.Required, State: j.State, Says: j.Says(), Kinds: notNil(j.Kinds),
				Grounds: []ground{}, Sentences: notNil(a.sentences[i]), Named: !a.lost[i]}
			for _, g := range j.Grounds {
				to.Grounds = append(to.Grounds, ground{g.Ground.Kind, g.Ground.ID, g.How})
			}
			if r := j.Review; r != nil {
				s := r.Statement
				to.Statement = &statement{r.File, r.Hash(), s.Edition, string(s.Verdict), s.Date.String(), s.Expires.String(), notNil(s.NotChecked), notNil(s.Conditions), r.Letter != nil}
			}
			l.Judgements = append(l.Judgements, to)
		}
		answer.Languages = append(answer.Languages, l)
	}
	return answer
}
