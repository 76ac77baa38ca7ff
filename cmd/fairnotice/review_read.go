package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices/source"
	"fairnotice/render/packet"
)

func init() { reviewVerbs.add(20, newReviewRead) }

func newReviewRead(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "read FILE [CAME-BACK…]",
		Short: "what reviewers say, beside the statements",
		Long: `Reads what came back from reviewers: the small files that a packet saves, Word documents with comments and changes, and mails with lines like
  42 es: object: The company keeps it, not the office.
  43 es: wording: La empresa lo guarda.
saved as text. It shows each comment beside its statement, with the English and with how far it has come: open, answered, or settled by an
edition that says it otherwise. Nothing in these files is opened or carried out, and one that is broken does not hide the others.
With --keep, comments are written into the file of comments beside the program file; the same one twice is one. Without CAME-BACK it shows
what is kept.`,
		Example: `  fairnotice review read examples/citykey.yaml citykey-comments.txt mail.txt packet-es.docx --keep
  fairnotice review read examples/citykey.yaml mail.txt --reviewer group:alliance.example
  fairnotice review read examples/citykey.yaml`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return mistyped("review read needs a program file, and then what came back.", w.typed.and("examples/citykey.yaml", "mail.txt"))
			}
			return nil
		},
		ValidArgsFunction: programFiles,
	}
	r := &commentReading{}
	c.Flags().BoolVar(&r.keep, "keep", false, "write the comments into the file of comments beside the program file")
	c.Flags().StringVar(&r.reviewer, "reviewer", "", "who sent it, where it does not say so; a pseudonym is fine")
	on := &dayFlag{name: "--on", typed: w.typed}
	c.Flags().Var(on, "on", "the day of comments that have none (default today)")
	since := c.Flags().String("since", "", "the file of the older edition of this program")
	_ = c.MarkFlagFilename("since", "yaml", "yml")
	as := addWords(c, w, "as", "the form", "text", "json")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		if r.reviewer != "" && !packet.IsReviewer(r.reviewer) {
			return mistyped(fmt.Sprintf("--reviewer cannot be %s. It takes small letters, digits and : . @ _ -, without blanks.", quoted(r.reviewer)), w.typed.with(r.reviewer, packet.ReviewerOf(r.reviewer)))
		}
		if r.keep && len(args) == 1 {
			return mistyped("--keep keeps what came back, and no file that came back is named.", w.typed.and("mail.txt"))
		}
		if r.on = on.day; r.on == 0 {
			r.on = w.today
		}
		if r.commented, r.problems, err = w.openComments(args[0], *since, date.day); err != nil {
			return err
		}
		return r.run(c, args[1:], as.word)
	}
	return c
}

// commentReading is one reading of what came back.
type commentReading struct {
	*commented
	keep     bool
	reviewer string
	on       source.Day
	back     []cameBack
	problems source.Problems
	unread   []string // files that cannot be read, each with the reason
	fresh    map[string]bool
}

// cameBack is a file that came back.
type cameBack struct {
	name string
	*packet.Back
}

func (r *commentReading) run(c *cobra.Command, names []string, as string) error {
	got := &packet.Comments{Program: r.kept.Program}
	for _, name := range names {
		data, shown, err := readCameBack(c.InOrStdin(), name)
		if err != nil {
			r.unread = append(r.unread, fmt.Sprintf("%s cannot be read: %s.", quoted(name), reason(err)))
			continue
		}
		b, ps := packet.ReadBack(shown, data, packet.Arrived{Reviewer: r.reviewer, On: r.on, Today: r.today, Packets: r.packets()})
		r.problems = append(r.problems, ps...)
		if b == nil {
			continue
		}
		r.back = append(r.back, cameBack{shown, b})
		got.Comments = append(got.Comments, b.Comments...)
	}
	r.fresh = map[string]bool{}
	for _, m := range got.Comments {
		r.fresh[m.ID()] = true
	}
	came := len(r.fresh)
	for _, m := range r.kept.Comments {
		delete(r.fresh, m.ID())
	}
	merged, err := packet.Merge(got, r.kept)
	if err != nil {
		return undone(sentence(err.Error()))
	}
	shown := merged.Standings(r.at)
	if len(names) > 0 { // what came back, and not all that is kept
		ids := map[string]bool{}
		for _, m := range got.Comments {
			ids[m.ID()] = true
		}
		shown = slices.DeleteFunc(shown, func(s packet.Standing) bool { return !ids[s.ID] })
	}
	if r.keep {
		r.kept = merged
		if err := r.save(); err != nil {
			return err
		}
	}
	var out bytes.Buffer
	if as == "json" {
		if err := r.json(&out, shown); err != nil {
			return err
		}
	} else {
		r.text(&out, shown, came, len(names) > 0)
	}
	if _, err := c.OutOrStdout().Write(out.Bytes()); err != nil {
		return err
	}
	return r.end(c.ErrOrStderr())
}

// end says what could not be read.
func (r *commentReading) end(voice io.Writer) error {
	r.problems.Sort()
	if warned := r.problems.Of(source.Warning); len(warned) > 0 && !r.problems.Failed() {
		speak(voice, &fault{code: fine, says: "To look at:\n" + printed(warned)})
	}
	says, hints := "", []string(nil)
	if r.problems.Failed() {
		errs := r.problems.Of(source.Error)
		says = fmt.Sprintf("%s could not be taken; all the others were read.\n%s", sentenceCase(count(len(errs), "comment or file")), printed(append(errs, r.problems.Of(source.Warning)...)))
		if len(errs) > 1 {
			says = fmt.Sprintf("%d comments or files could not be taken; all the others were read.\n%s", len(errs), printed(append(errs, r.problems.Of(source.Warning)...)))
		}
		hints = append(hints, "Mend these, and give the same command again: what is kept already stays one.")
	}
	if len(r.unread) > 0 {
		says = strings.TrimLeft(says+"\n"+strings.Join(r.unread, "\n"), "\n")
		return undone(says, append(hints, "Look whether the names and the folders are right.")...)
	}
	if says == "" {
		return nil
	}
	return flawed(says, hints...)
}

// readCameBack reads a file that came back; - is standard input. Of one that is too large it reads a byte too many.
func readCameBack(in io.Reader, name string) (data []byte, shown string, err error) {
	if name == "-" {
		data, err = io.ReadAll(io.LimitReader(in, packet.MaxWordFile+1))
		return data, "standard input", err
	}
	data, err = readAtMost(name, packet.MaxWordFile)
	return data, name, err
}

// text prints comments beside their statements.
func (r *commentReading) text(out io.Writer, shown []packet.Standing, came int, read bool) {
	p := r.file.program
	fmt.Fprintf(out, "%s, edition %d (%s): ", p.Program.ID, r.at.Edition, r.at.Name())
	switch {
	case read:
		fmt.Fprintf(out, "%s came back, %d of them new.\n", count(came, "comment"), len(r.fresh))
	case len(shown) == 0:
		fmt.Fprint(out, "no comments are kept.\n")
	default:
		fmt.Fprintf(out, "%s kept, %s.\n", are(len(shown), "comment"), tallied(shown))
	}
	for i, s := range shown {
		if i == 0 || s.Statement != shown[i-1].Statement {
			r.statement(out, s, shown[i:])
		}
		r.comment(out, s)
	}
	for _, b := range r.back {
		leftOut(out, b)
	}
	switch {
	case read && r.keep:
		fmt.Fprintf(out, "\nKept in %s: %s.\n", r.path, count(len(r.kept.Comments), "comment"))
	case read && len(r.fresh) > 0:
		fmt.Fprintf(out, "\nNothing was written. To keep these comments: %s\n", r.typed.and("--keep"))
	}
}

// tallied counts comments by their states.
func tallied(all []packet.Standing) string {
	n := map[packet.State]int{}
	for _, s := range all {
		n[s.State]++
	}
	return fmt.Sprintf("%d of them open, %d answered, %d settled", n[packet.Open], n[packet.Answered], n[packet.IsSettled])
}

// statement prints what comments are about: its number, and its words in English and in the languages of the comments.
func (r *commentReading) statement(out io.Writer, s packet.Standing, rest []packet.Standing) {
	kind, id := s.Kind()
	if s.Number == 0 {
		fmt.Fprintf(out, "\n%s (%s): no notice says this any more.\n", clean(id), kind)
		return
	}
	fmt.Fprintf(out, "\n%d  %s\n", s.Number, clean(id))
	tags := []string{r.now.Base}
	for _, o := range rest {
		if o.Statement != s.Statement {
			break
		}
		if !slices.Contains(tags, o.Language) {
			tags = append(tags, o.Language)
		}
	}
	it, _ := r.now.Number(s.Number)
	for _, tag := range tags {
		if said, ok := it.In[tag]; ok {
			labelled(out, tag, said.Words())
		}
	}
}

// labelled prints words behind a tag, wrapped below each other.
func labelled(out io.Writer, tag, s string) {
	for i, l := range wrap(clean(s), 88) {
		if i > 0 {
			tag = ""
		}
		fmt.Fprintf(out, "    %-8s%s\n", tag, l)
	}
}

var sortSays = core.SortSays

// comment prints one comment with what came of it.
func (r *commentReading) comment(out io.Writer, s packet.Standing) {
	state := s.InWords()
	if r.fresh[s.ID] {
		state = "new, " + state
	}
	if s.As {
		state += "; these words stand there now"
	}
	fmt.Fprintf(out, "\n  %s  %s %s, %s, on %s, edition %d: %s\n", shortID(s.ID), clean(s.Reviewer), sortSays[s.Is], s.Language, s.On, s.Edition, state)
	if s.Was != s.Now {
		labelled(out, "read:", s.Was)
	}
	for _, l := range strings.Split(s.Text, "\n") {
		hanging(out, 4, 4, clean(l))
	}
	for _, a := range s.Answers {
		hanging(out, 4, 6, fmt.Sprintf("Answer of %s on %s: %s", clean(a.By), a.On, clean(a.Text)))
	}
}

// leftOut lists what was no comment.
func leftOut(out io.Writer, b cameBack) {
	const most = 12
	if len(b.Left) == 0 {
		return
	}
	what := "line"
	if b.Left[0].Pos.Line == 0 { // of a Word file, which has no lines to look up: all is said here
		what = "passage"
	}
	fmt.Fprintf(out, "\n%s: %s no comments and left out:\n", clean(b.name), are(len(b.Left), what))
	for i, l := range b.Left {
		if i == most {
			fmt.Fprintf(out, "    … and %d more\n", len(b.Left)-most)
			break
		}
		text := clean(l.Text)
		if l.Pos.Line == 0 {
			hanging(out, 4, 6, text)
			continue
		}
		if r := []rune(text); len(r) > 80 {
			text = string(r[:80]) + "…"
		}
		fmt.Fprintf(out, "    line %d: %s\n", l.Pos.Line, text)
	}
}

// json prints comments for a machine.
func (r *commentReading) json(out io.Writer, shown []packet.Standing) error {
	type edition struct {
		Number int    `json:"number"`
		Digest string `json:"digest"`
	}
	type answer struct {
		By   string     `json:"by"`
		On   source.Day `json:"on"`
		Text string     `json:"text"`
	}
	type comment struct {
		ID        string      `json:"id"`
		Edition   edition     `json:"edition"` // that was read
		Number    int         `json:"number"`  // of the statement today, 0 where it is not said any more
		Statement string      `json:"statement"`
		Language  string      `json:"language"`
		Is        packet.Sort `json:"is"`
		Reviewer  string      `json:"reviewer"`
		On        source.Day  `json:"on"`
		Was       string      `json:"was"`
		Text      string      `json:"text"`
		Now       string      `json:"now"`
		English   string      `json:"english"`
		State     string      `json:"state"`
		SettledBy int         `json:"settled_by"`
		AsWritten bool        `json:"as_proposed"`
		New       bool        `json:"new"`
		Answers   []answer    `json:"answers"`
	}
	type passage struct {
		source.Pos
		Text string `json:"text"`
	}
	doc := struct {
		Program  source.ID        `json:"program"`
		Edition  edition          `json:"edition"`
		Comments []comment        `json:"comments"`
		Left     []passage        `json:"left_out"`
		Problems []source.Problem `json:"problems"`
	}{r.at.Program, edition{r.at.Edition, r.at.Digest}, []comment{}, []passage{}, append([]source.Problem{}, r.problems...)}
	for _, s := range shown {
		m := comment{ID: s.ID, Edition: edition{s.Edition, s.Digest}, Number: s.Number, Statement: s.Statement, Language: s.Language, Is: s.Is, Reviewer: s.Reviewer, On: s.On, Was: s.Was, Text: s.Text,
			Now: s.Now, State: string(s.State), SettledBy: s.By, AsWritten: s.As, New: r.fresh[s.ID], Answers: []answer{}}
		if it, ok := r.now.Number(s.Number); ok {
			m.English = it.In["en"].Text
		}
		for _, a := range s.Answers {
			m.Answers = append(m.Answers, answer{a.By, a.On, a.Text})
		}
		doc.Comments = append(doc.Comments, m)
	}
	for _, b := range r.back {
		for _, l := range b.Left {
			doc.Left = append(doc.Left, passage{l.Pos, l.Text})
		}
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}
