package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
)

func init() { verifyVerbs.add(30, newVerifyLedger) }

func newVerifyLedger(w world) *cobra.Command {
	var keys, witnesses []string
	var against, proof string
	c := &cobra.Command{
		Use:   "ledger DIR",
		Short: "is a ledger whole, signed, and the same as it was",
		Long: `Reads every file of a ledger, a folder or a zip file of one, and says whether the lines are those that were signed, and every file is what
the lines say. It needs no network. With --key it looks whether the key of the ledger signed it: get that key from elsewhere, by telephone
or from paper. With --against it looks whether everything that a checkpoint stood for is still there; keep a copy of the file checkpoint
for that, for it is the only proof that nothing was changed since. With --proof it checks a proof that somebody kept, also without DIR.

What it cannot see: whether somebody else is shown another ledger. For that there are witnesses (--witness), and copies that people
compare.

Exit code 0: nothing is wrong. 1: something is. 3: it could not be looked at.`,
		Example: `  fairnotice verify ledger ledger --key notices.example.gov+1234abcd+AV…
  fairnotice verify ledger ledger.zip --against checkpoint-of-last-year
  fairnotice verify ledger --proof 7.tlog-proof --key notices.example.gov+1234abcd+AV…`,
	}
	c.Flags().StringArrayVar(&keys, "key", nil, "the public key of the ledger")
	c.Flags().StringArrayVar(&witnesses, "witness", nil, "the public key of a witness; may be given more than once")
	c.Flags().StringVar(&against, "against", "", "a checkpoint that was kept")
	c.Flags().StringVar(&proof, "proof", "", "a proof that was kept: a file .tlog-proof")
	as := addWords(c, w, "as", "the form of the answer", "text", "json")
	_ = c.MarkFlagFilename("against")
	_ = c.MarkFlagFilename("proof")
	c.Args = func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) == 0 && proof == "":
			return mistyped("verify ledger needs the folder of a ledger, or a proof.", w.typed.and("ledger"))
		case len(args) == 0 && against != "":
			return mistyped("A checkpoint is held against a ledger: give its folder too.", w.typed.and("ledger"))
		case len(args) > 1:
			return mistyped(fmt.Sprintf("verify ledger takes one folder; %s is too much.", quoted(args[1])), "fairnotice verify ledger --help")
		case proof != "" && len(keys) == 0:
			return mistyped("A proof proves nothing without the public key of the ledger.", w.typed.and("--key", "notices.example.gov+1234abcd+AV…"))
		}
		return nil
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		var policy ledger.Policy
		for _, k := range keys {
			v, err := w.ledgerKey(k)
			if err != nil {
				return err
			}
			policy.Keys = append(policy.Keys, v)
		}
		for _, k := range witnesses {
			v, err := w.witnessKey(k)
			if err != nil {
				return err
			}
			policy.Witnesses = append(policy.Witnesses, v)
		}
		a := ledgerAnswer{Wrong: []ledgerWrong{}, Cosigned: []ledgerWitness{}}
		if proof != "" {
			b, err := readBounded(proof, 1<<20)
			if err != nil {
				return err
			}
			a.proof(proof, b, policy)
		}
		if len(args) > 0 {
			if err := inLedger(w, args[0]); err != nil {
				return err
			}
			fsys, end, err := ledgerFiles(args[0])
			if err != nil {
				return err
			}
			defer end()
			var old []byte
			if against != "" {
				if old, err = readBounded(against, 1<<20); err != nil {
					return err
				}
			}
			if err := a.read(args[0], fsys, policy, old); err != nil {
				return err
			}
		}
		var out bytes.Buffer
		var err error
		if as.word == "json" {
			err = writeJSON(&out, a)
		} else {
			a.text(&out)
		}
		if err == nil {
			_, err = c.OutOrStdout().Write(out.Bytes())
		}
		if err == nil && len(a.Wrong) > 0 {
			return flawed("")
		}
		return err
	}
	return c
}

// ledgerFiles opens a folder, or a zip file: the ledger is at its top, or in its only folder.
func ledgerFiles(path string) (fs.FS, func(), error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return os.DirFS(path), func() {}, nil
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, undone(fmt.Sprintf("The file %s cannot be read as a zip file: %s.", quoted(path), reason(err)))
	}
	end := func() { z.Close() }
	if _, err := fs.Stat(z, "checkpoint"); err != nil {
		if entries, err := fs.ReadDir(z, "."); err == nil && len(entries) == 1 && entries[0].IsDir() {
			if below, err := fs.Sub(z, entries[0].Name()); err == nil {
				return below, end, nil
			}
		}
	}
	return z, end, nil
}

// ledgerAnswer is what verify ledger found; as JSON it is the answer for machines.
type ledgerAnswer struct {
	Dir      string          `json:"dir,omitempty"`
	Name     string          `json:"name,omitempty"`
	Lines    int64           `json:"lines"`
	Editions int             `json:"editions"`
	Root     string          `json:"root,omitempty"`
	Signed   bool            `json:"signed"` // by a key that was given
	Signers  []string        `json:"signers,omitempty"`
	Changes  []string        `json:"key_changes,omitempty"` // the days on which the key was changed
	Withheld int             `json:"withheld"`
	Against  *int64          `json:"against,omitempty"` // the lines of the old checkpoint, all of which are there
	Proof    *ledgerProof    `json:"proof,omitempty"`
	Cosigned []ledgerWitness `json:"cosigned"`
	Wrong    []ledgerWrong   `json:"wrong"`
	read1    bool
}

type ledgerProof struct {
	Ledger   string          `json:"ledger"`
	Line     int64           `json:"line"` // from 0; for people it is counted from 1
	Says     string          `json:"says"`
	Digest   string          `json:"digest,omitempty"`
	Cosigned []ledgerWitness `json:"cosigned"`
}

type ledgerWitness struct {
	Name  string     `json:"name"`
	Lines int64      `json:"lines"`
	On    source.Day `json:"on"`
}

type ledgerWrong struct {
	Path string `json:"path"`
	Says string `json:"says"`
}

// proof checks a proof that was kept.
func (a *ledgerAnswer) proof(path string, b []byte, p ledger.Policy) {
	got, err := ledger.CheckProof(b, p)
	if err != nil {
		a.Wrong = append(a.Wrong, ledgerWrong{path, sentence(err.Error())})
		return
	}
	a.Proof = &ledgerProof{Ledger: got.Checkpoint.Origin, Line: got.Number, Says: lineSays(got.Line), Cosigned: cosigners(got.Cosigned)}
	if e, ok := got.Line.(ledger.Entry); ok {
		a.Proof.Digest = e.Digest
	}
}

func cosigners(in []ledger.Cosigned) []ledgerWitness {
	out := []ledgerWitness{}
	for _, c := range in {
		out = append(out, ledgerWitness{c.Name, c.Size, c.On})
	}
	return out
}

// lineSays puts a line of a ledger into words.
func lineSays(l ledger.Line) string {
	switch l := l.(type) {
	case ledger.Entry:
		return fmt.Sprintf("edition %d of %s was published, valid from %s", l.Number, l.Program, l.From)
	case ledger.Withheld:
		if l.Reason == ledger.CourtOrder {
			return fmt.Sprintf("bytes that were published are withheld since %s, by order of a court", l.On)
		}
		return fmt.Sprintf("bytes that were published are withheld since %s, because they were published by error", l.On)
	case ledger.Revoked:
		return fmt.Sprintf("a reviewer took back a statement on %s", l.On)
	case ledger.Rotation:
		return fmt.Sprintf("another key signs the ledger from %s on", l.On)
	}
	return "something that this version of fairnotice does not know"
}

// read reads a ledger and every file of it. The error is a fault of what was typed; what is wrong with the ledger is in the answer.
func (a *ledgerAnswer) read(dir string, fsys fs.FS, p ledger.Policy, old []byte) error {
	a.Dir = dir
	v, err := ledger.Read(fsys, p)
	if errors.Is(err, ledger.ErrNone) {
		return undone("There is no ledger in "+quoted(dir)+": it has no file checkpoint.", "A ledger is begun by: fairnotice ledger new DIR --key office.key")
	}
	if err != nil {
		a.Wrong = append(a.Wrong, ledgerWrong{dir, sentence(reason(err))})
		return nil
	}
	cp := v.Checkpoint()
	a.read1, a.Name, a.Lines, a.Root, a.Signed, a.Signers = true, cp.Origin, cp.Size, cp.Root.String(), v.Signed(), v.Signers()
	for _, l := range v.Lines() {
		switch l := l.(type) {
		case ledger.Entry:
			a.Editions++
		case ledger.Withheld:
			a.Withheld++
		case ledger.Rotation:
			a.Changes = append(a.Changes, l.On.String())
		}
	}
	a.Cosigned = cosigners(v.Cosigned())
	for _, f := range v.Check() {
		a.Wrong = append(a.Wrong, ledgerWrong{f.Path, sentence(f.Says)})
	}
	if old != nil {
		if n, err := v.ConsistentWith(old); err != nil {
			a.Wrong = append(a.Wrong, ledgerWrong{"checkpoint", sentence(err.Error())})
		} else {
			a.Against = &n
		}
	}
	return nil
}

// text is the answer for people.
func (a *ledgerAnswer) text(out io.Writer) {
	say := func(format string, args ...any) { hanging(out, 0, 2, fmt.Sprintf(format, args...)) }
	if p := a.Proof; p != nil {
		say("The proof holds. In the ledger %s stands as line %d: %s.", clean(p.Ledger), p.Line+1, clean(p.Says))
		if p.Digest != "" {
			say("Its words are those with the digest %s.", p.Digest)
		}
		sayWitnesses(say, p.Cosigned)
	}
	if a.read1 {
		say("The ledger %s has %s, of which %s.", clean(a.Name), count(int(a.Lines), "line"), went(a.Editions))
		if a.Signed {
			say("It is signed by the key that you gave, or by one that took its place.")
		} else {
			say("Who signed it was not looked at: no key was given. It names %s.", clean(list(a.Signers)))
		}
		for _, on := range a.Changes {
			say("Its key was changed, with effect from %s, signed by both keys.", on)
		}
		if a.Withheld > 0 {
			say("Of what was published, %s withheld: history says which.", are(a.Withheld, "piece"))
		}
		if a.Against != nil {
			say("Everything that the old checkpoint stood for, %s, is there unchanged.", count(int(*a.Against), "line"))
		}
		sayWitnesses(say, a.Cosigned)
	}
	const most = 20
	for i, x := range a.Wrong {
		if i == most {
			say("And %s more.", count(len(a.Wrong)-most, "thing"))
			break
		}
		say("Wrong, in %s: %s", quoted(x.Path), x.Says)
	}
	if len(a.Wrong) == 0 && a.read1 {
		say("Every file is what its lines say. Nothing is wrong.")
	}
}

func sayWitnesses(say func(string, ...any), all []ledgerWitness) {
	for _, c := range all {
		say("The witness %s vouched on %s that its first %s were only added to.", clean(c.Name), c.On, count(int(c.Lines), "line"))
	}
}

// went says how many editions went out.
func went(n int) string {
	if n == 1 {
		return "1 is an edition that went out"
	}
	return fmt.Sprintf("%d are editions that went out", n)
}
