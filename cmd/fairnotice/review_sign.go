package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
)

func init() { reviewVerbs.add(50, newReviewSign) }

// signing is what the flags of review sign say.
type signing struct {
	world
	as, since, key, letter, by, revoke, why, expires, out string
	languages, kinds, conditions                          []string
	notChecked                                            []string
	verdict                                               *wordFlag
	date, written                                         *dayFlag
}

func newReviewSign(w world) *cobra.Command {
	s := &signing{world: w}
	c := &cobra.Command{
		Use:   "sign FILE --as ID --languages TAGS",
		Short: "state what a reviewer read and what they say of it, and sign it",
		Long: `Writes the statement of a reviewer for the words of a program file as they are now, into x/review/ beside x.yaml: a few lines of plain text
that name each text by a digest. With --key it is signed with that key file; without, the line for ssh-keygen is printed, which signs it
with a key that the reviewer has already.

A statement that came by mail is signed by naming it in place of the program file. What somebody signed is taken back with --revoke. What
a group wrote in a letter is recorded with --letter: it is shown as attested by the office, never as verified, and lets nothing go out.

A statement is for exactly these words in exactly these languages and kinds. It lapses when a law or a demand behind them changes. It
does not say that the facts are true, or that the office keeps its promises, and it is no approval of the program.`,
		Example: `  fairnotice review sign examples/citykey.yaml --as group:river-legal-aid.example --languages en,es
  fairnotice review sign card.yaml --as group:river-legal-aid.example --languages en,es --not-checked facts --expires 2026-06-14 --key group.key
  fairnotice review sign 2025-06-14-river.statement --key group.key
  fairnotice review sign --revoke 2025-06-14-river.statement --why "The office changed its mind." --key group.key
  fairnotice review sign card.yaml --as group:river-legal-aid.example --languages en --letter scan.pdf --by "Ana Ruiz, Clerk"`,
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case s.revoke != "" && len(args) > 0:
				return mistyped("--revoke takes the statement after it, and nothing else; "+quoted(args[0])+" is too much.", "fairnotice review sign --revoke "+shell(s.revoke))
			case s.revoke != "":
				return nil
			case len(args) == 0:
				return mistyped("review sign needs a program file, or a statement.", w.typed.and("examples/citykey.yaml"))
			case len(args) > 1:
				return mistyped(fmt.Sprintf("review sign takes one file; %s is too much.", quoted(args[1])), "fairnotice review sign --help")
			}
			return nil
		},
		ValidArgsFunction: programFiles,
	}
	f := c.Flags()
	f.StringVar(&s.as, "as", "", "the id of the reviewer, as the program file has it")
	f.StringSliceVar(&s.languages, "languages", nil, "the languages that were read, such as en,es")
	f.StringSliceVar(&s.kinds, "kinds", nil, "the kinds of notice that were read, such as before,at-upload (default all)")
	s.verdict = addWords(c, w, "verdict", "what the reviewer says", stringsOf(ledger.Verdicts)...)
	f.StringSliceVar(&s.notChecked, "not-checked", nil, "what was not looked at: "+strings.Join(ledger.NotChecked, ", "))
	f.StringArrayVar(&s.conditions, "condition", nil, "what the reviewer makes a condition; may be given more than once")
	f.StringVar(&s.expires, "expires", "", "the last day on which it counts")
	f.StringVar(&s.key, "key", "", "the key file that signs")
	f.StringVar(&s.since, "since", "", "the file of the older edition, where the edition says what changed")
	f.StringVar(&s.letter, "letter", "", "record a letter: the letter as a file, such as a scan")
	f.StringVar(&s.by, "by", "", "with --letter: who in the office attests it")
	s.written = &dayFlag{name: "--written", typed: w.typed}
	f.Var(s.written, "written", "with --letter: the day of the letter (default --date)")
	f.StringVar(&s.revoke, "revoke", "", "take this statement back")
	f.StringVar(&s.why, "why", "", "with --revoke: why")
	f.StringVar(&s.out, "out", "", "write it into this file, not beside the program file or the statement")
	_ = c.MarkFlagFilename("key")
	_ = c.MarkFlagFilename("letter")
	s.date = addDate(c, w)
	f.Lookup("date").Usage = "the day of the statement, and of the law behind the words (default today)"
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case s.revoke != "":
			return s.takeBack(c.OutOrStdout())
		case s.letter != "" && s.key != "":
			return mistyped("Nobody signs a letter here: --letter and --key do not go together.", "fairnotice review sign --help")
		case s.letter == "" && (s.by != "" || s.written.day != 0):
			return mistyped("--by and --written go together with --letter.", "fairnotice review sign --help")
		case s.why != "":
			return mistyped("--why goes together with --revoke.", "fairnotice review sign --help")
		}
		if b, err := os.ReadFile(args[0]); err == nil && isStatementFile(b) {
			return s.signFile(c, args[0], b)
		}
		return s.signProgram(c, args[0])
	}
	return c
}

// stringsOf gives the words of a vocabulary as strings.
func stringsOf[S ~string](words []S) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return out
}

// isStatementFile tells a statement from a program file.
func isStatementFile(b []byte) bool { return bytes.HasPrefix(b, []byte("notice-review")) }

// signProgram makes the statement for a program file.
func (s *signing) signProgram(c *cobra.Command, path string) error {
	f, err := s.load(path, s.date.day)
	if err != nil {
		return err
	}
	if err := s.reviewer(f); err != nil {
		return err
	}
	say, err := newSayer(s.date.day, f.program.Languages)
	if err != nil {
		return err
	}
	if err := say.sinceFile(s.world, s.since); err != nil {
		return err
	}
	e, err := say.edition(f)
	if err != nil {
		return err
	}
	st, err := s.statement(f, e)
	if err != nil {
		return err
	}
	stem := s.stem(st)
	folder := commentsFolder(path)
	if err := s.keepWords(f, st); err != nil {
		return err
	}
	if s.letter != "" {
		l := ledger.Letter{Statement: st, AttestedBy: s.by, AttestedOn: s.date.day}
		if s.written.day != 0 {
			l.Date = s.written.day
		}
		scan, err := readBounded(s.letter, 64<<20)
		if err != nil {
			return err
		}
		l.Letter, l.Size = ledger.Hash(scan), len(scan)
		switch {
		case s.by == "":
			return mistyped("A letter needs somebody in the office who attests it.", s.typed.and("--by", "Ana Ruiz, Clerk"))
		case !ledger.IsPlain(s.by):
			return mistyped("The name after --by has to be in plain letters, without accents: it stands in a file of plain lines.", s.typed.with(s.by, "Ana Ruiz, Clerk"))
		}
		if err := l.Fault(); err != nil {
			return mistyped(sentence("The record of the letter cannot be made: "+err.Error()), "fairnotice review sign --help")
		}
		name, err := s.put(folder, stem+".letter", l.Bytes())
		if err != nil {
			return err
		}
		fmt.Fprintf(c.OutOrStdout(), "Recorded in %s, and attested by %s. Keep the letter itself. %s\n", quoted(name), s.by, ledger.LetterMeant)
		return nil
	}
	return s.sign(c, folder, stem, st, f.reviewers())
}

// keepWords keeps the words of a statement beside the program file, if no record of what was sent has them: without, nobody could say
// later which sentence is another.
func (s *signing) keepWords(f *programFile, st ledger.Statement) error {
	old, _ := f.oldTexts(nil)
	if !slices.ContainsFunc(st.Texts, func(t ledger.StatementText) bool { return t.Reviewed && old.text(t.Digest) == nil }) {
		return nil
	}
	sent, err := s.openSending(f.path, s.since, s.date.day)
	if err == nil {
		_, err = sent.keepRecord()
	}
	return err
}

// reviewer looks whether the program file names who signs.
func (s *signing) reviewer(f *programFile) error {
	var ids []string
	for _, r := range f.program.Reviewers {
		ids = append(ids, r.ID)
	}
	switch {
	case len(ids) == 0:
		return flawed(quoted(f.path)+" names no reviewer, so nobody can sign it.", "Write whom you ask under reviewers: - {id: group:river-legal-aid.example, name: River Legal Aid, key: …, languages: [en, es], required: true}")
	case s.as == "":
		return mistyped("Who signs? "+quoted(f.path)+" names "+list(ids)+".", s.typed.and("--as", ids[0]))
	case !slices.Contains(ids, s.as):
		near := source.DidYouMean(s.as, ids)
		if near == "" {
			near = ids[0]
		}
		return mistyped(fmt.Sprintf("%s names no reviewer %s. It names %s.", quoted(f.path), quoted(s.as), list(ids)), s.typed.with(s.as, near))
	}
	return nil
}

// statement makes the statement for the words of an edition.
func (s *signing) statement(f *programFile, e *render.Edition) (ledger.Statement, error) {
	none := ledger.Statement{}
	in := e.Languages()
	if len(s.languages) == 0 {
		return none, mistyped("Which languages were read? The edition is in "+list(named(in))+".", s.typed.and("--languages", in[0]))
	}
	for _, tag := range s.languages {
		if at := slices.IndexFunc(e.Closed, func(c *locales.Closed) bool { return c.Language.Tag == tag }); at >= 0 {
			return none, flawed(fmt.Sprintf("Nobody can have read the edition in %s, for nothing of it goes out in that language yet. %s", list(named([]string{tag})), closedWords(e.Closed[at])),
				"fairnotice translate status "+shell(f.path))
		}
		if !slices.Contains(in, tag) {
			near := source.DidYouMean(tag, in)
			if near == "" {
				near = in[0]
			}
			return none, mistyped(fmt.Sprintf("The edition is not in the language %s. It is in %s.", quoted(tag), list(named(in))), s.retyped(s.languages, tag, near))
		}
	}
	var kinds []string
	for _, t := range e.Texts {
		if !slices.Contains(kinds, string(t.Kind)) {
			kinds = append(kinds, string(t.Kind))
		}
	}
	for _, k := range s.kinds {
		if !slices.Contains(kinds, k) {
			near := source.DidYouMean(k, kinds)
			if near == "" {
				near = kinds[0]
			}
			return none, mistyped(fmt.Sprintf("The edition has no notice of the kind %s. It has %s.", quoted(k), list(kinds)), s.retyped(s.kinds, k, near))
		}
	}
	for _, w := range s.notChecked {
		if !slices.Contains(ledger.NotChecked, w) {
			near := source.DidYouMean(w, ledger.NotChecked)
			if near == "" {
				near = ledger.NotChecked[0]
			}
			return none, mistyped(fmt.Sprintf("--not-checked cannot be %s. It takes %s.", quoted(w), list(ledger.NotChecked)), s.retyped(s.notChecked, w, near))
		}
	}
	for _, text := range s.conditions {
		if !ledger.IsPlain(text) {
			return none, mistyped("A condition has at most 400 plain letters, digits and signs on one line; this is another: "+quoted(text)+".", "Write it without accents, or write it in a comment and name the comment here.")
		}
	}
	grounds, err := f.grounds(s.date.day)
	if err != nil {
		return none, err
	}
	st := ledger.Statement{Program: e.Program, Edition: e.Number, Digest: e.Digest, Grounds: grounds, Verdict: ledger.Verdict(s.verdict.word),
		Conditions: s.conditions, Reviewer: s.as, Date: s.date.day}
	for _, w := range s.notChecked {
		if !slices.Contains(st.NotChecked, w) {
			st.NotChecked = append(st.NotChecked, w)
		}
	}
	if s.expires != "" {
		day, err := source.ParseDay(s.expires)
		if err != nil {
			return none, mistyped("--expires takes one day. "+sentence(err.Error()), s.typed.with(s.expires, "2026-06-14"))
		}
		if day < s.date.day {
			return none, mistyped(fmt.Sprintf("%s is before the day of the statement, %s.", day, s.date.day))
		}
		st.Expires = day
	}
	for _, t := range e.Texts {
		read := slices.Contains(s.languages, t.Language) && (len(s.kinds) == 0 || slices.Contains(s.kinds, string(t.Kind)))
		st.Texts = append(st.Texts, ledger.StatementText{Text: ledger.Text{Kind: string(t.Kind), Language: t.Language, Digest: t.Digest, Bytes: t.Bytes}, Reviewed: read})
	}
	st.Put()
	if err := st.Fault(); err != nil {
		return none, undone(sentence("The statement cannot be made: " + err.Error()))
	}
	return st, nil
}

// retyped gives the whole command with one word of a list put right.
func (s *signing) retyped(all []string, wrong, right string) string {
	var mended []string
	for _, word := range all {
		if word == wrong {
			word = right
		}
		if !slices.Contains(mended, word) {
			mended = append(mended, word)
		}
	}
	if hint := s.typed.with(strings.Join(all, ","), strings.Join(mended, ",")); hint != s.typed.with("", "") {
		return hint
	}
	return s.typed.with(wrong, right)
}

// stem is how the files of a statement are called, without their end.
func (s *signing) stem(st ledger.Statement) string {
	who := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, strings.TrimPrefix(strings.TrimPrefix(st.Reviewer, "group:"), "person:"))
	return fmt.Sprintf("%s-ed%d-%s", st.Date, st.Edition, who)
}

// put writes a file under a name that nothing has yet.
func (s *signing) put(folder, name string, b []byte) (string, error) {
	if s.out != "" {
		folder, name = filepath.Dir(s.out), filepath.Base(s.out)
	} else if err := makeFolder(folder); err != nil {
		return "", undone(fmt.Sprintf("The folder %s cannot be made: %s.", quoted(folder), reason(err)))
	}
	end := filepath.Ext(name)
	for n := 1; ; n++ {
		path := filepath.Join(folder, name)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, end), n, end))
		}
		switch err := copyNew(path, b); {
		case errors.Is(err, fs.ErrExist) && s.out != "":
			return "", undone("There is a file "+quoted(path)+" already, and it is not written over.", "Choose another name after --out.")
		case errors.Is(err, fs.ErrExist):
			if have, e := os.ReadFile(path); e == nil && bytes.Equal(have, b) {
				return path, nil
			}
		case err != nil:
			return "", undone(fmt.Sprintf("The file %s cannot be written: %s.", quoted(path), reason(err)))
		default:
			return path, flushFolder(folder)
		}
	}
}

// sign writes a statement signed with the key file, or unsigned with the line for ssh-keygen.
func (s *signing) sign(c *cobra.Command, folder, stem string, st ledger.Statement, who []ledger.Reviewer) error {
	out := c.OutOrStdout()
	if s.key == "" {
		name, err := s.put(folder, stem+".statement", st.Bytes())
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "Nobody has signed %s yet. The reviewer signs it with a key of their own:\n\n  %s\n\nThat writes %s, which belongs beside it.\n", quoted(name), sshLine(name), quoted(name+".sig"))
		tellStatement(out, st)
		return nil
	}
	secret, public, err := readSecret(s.key)
	if err != nil {
		return err
	}
	signed, err := ledger.SignNote(st.Bytes(), secret)
	if err != nil {
		return undone(sentence("The statement cannot be signed: " + err.Error()))
	}
	name, err := s.put(folder, stem+".note", signed)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Signed, and written into %s.\n", quoted(name))
	tellStatement(out, st)
	if i := slices.IndexFunc(who, func(r ledger.Reviewer) bool { return r.ID == st.Reviewer }); i >= 0 && !slices.Contains(who[i].Keys, public.String()) {
		speak(c.ErrOrStderr(), &fault{code: fine, says: "The program file does not know this key as one of " + clean(st.Reviewer) + ", so for others the signature is by an unknown signer.",
			hints: []string{"Write under the reviewer: key: " + public.String()}})
	}
	return nil
}

// sshLine is the command that signs a file.
func sshLine(name string) string {
	return "ssh-keygen -Y sign -f ~/.ssh/id_ed25519 -n " + ledger.Namespace + " " + shell(name)
}

// tellStatement tells a reviewer in words what they sign.
func tellStatement(out io.Writer, st ledger.Statement) {
	var read, not []string
	for _, t := range st.Texts {
		to := &not
		if t.Reviewed {
			to = &read
		}
		if !slices.Contains(*to, t.Language) {
			*to = append(*to, t.Language)
		}
	}
	not = slices.DeleteFunc(not, func(t string) bool { return slices.Contains(read, t) })
	fmt.Fprintln(out)
	hanging(out, 0, 2, fmt.Sprintf("It says: %s read edition %d of %s in %s, and %s.", st.Reviewer, st.Edition, st.Program, list(named(read)), verdictWords[st.Verdict]))
	if len(not) > 0 {
		hanging(out, 0, 2, "It says nothing of "+list(named(not))+".")
	}
	if st.Expires != 0 {
		hanging(out, 0, 2, fmt.Sprintf("It counts until %s.", st.Expires))
	}
	hanging(out, 0, 2, ledger.NotMeant)
}

var verdictWords = map[ledger.Verdict]string{
	ledger.NoObjection:     "found no statement that they know to be wrong",
	ledger.Objection:       "object to it",
	ledger.ReadNotApproved: "do not approve of it",
}

// signFile signs a statement or a revocation that came as a file.
func (s *signing) signFile(c *cobra.Command, path string, b []byte) error {
	if s.as != "" || len(s.languages)+len(s.kinds)+len(s.notChecked)+len(s.conditions) > 0 || s.letter != "" || s.expires != "" || c.Flags().Changed("verdict") {
		return mistyped(quoted(path)+" is a statement already, and what it says is in it. It takes --key alone.", "fairnotice review sign "+shell(path)+" --key group.key")
	}
	st, err := ledger.ParseStatement(b)
	if err != nil {
		return flawed(fmt.Sprintf("%s is no whole statement: %s.", quoted(path), clean(err.Error())))
	}
	if s.key == "" {
		fmt.Fprintf(c.OutOrStdout(), "The reviewer signs it with a key of their own:\n\n  %s\n\nThat writes %s, which belongs beside it.\n", sshLine(path), quoted(path+".sig"))
		tellStatement(c.OutOrStdout(), st)
		return nil
	}
	return s.sign(c, filepath.Dir(path), strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), st, nil)
}

// takeBack makes the revocation of a statement.
func (s *signing) takeBack(out io.Writer) error {
	b, err := readBounded(s.revoke, 1<<20)
	if err != nil {
		return err
	}
	text, err := ledger.NoteText(b)
	if err != nil {
		text = b
	}
	st, err := ledger.ParseStatement(text)
	if err != nil {
		return flawed(fmt.Sprintf("%s is no statement: %s.", quoted(s.revoke), clean(err.Error())))
	}
	r := ledger.Revocation{Program: st.Program, Statement: st.Hash(), Reason: s.why, Reviewer: st.Reviewer, Date: s.date.day}
	if err := r.Fault(); err != nil {
		return mistyped(sentence("It cannot be taken back so: "+err.Error()), "Write the reason without accents, on one line.")
	}
	name := strings.TrimSuffix(filepath.Base(s.revoke), filepath.Ext(s.revoke)) + ".revoked"
	data := r.Bytes()
	if s.key != "" {
		secret, _, err := readSecret(s.key)
		if err != nil {
			return err
		}
		if data, err = ledger.SignNote(data, secret); err != nil {
			return undone(sentence("It cannot be signed: " + err.Error()))
		}
	}
	if name, err = s.put(filepath.Dir(s.revoke), name, data); err != nil {
		return err
	}
	if s.key != "" {
		fmt.Fprintf(out, "Taken back: %s. It counts where it lies in the folder of the program's reviews.\n", quoted(name))
		return nil
	}
	fmt.Fprintf(out, "It is taken back when the reviewer signs %s with the key that signed the statement:\n\n  %s\n", quoted(name), sshLine(name))
	return nil
}
