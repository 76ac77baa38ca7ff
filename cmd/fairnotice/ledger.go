package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
)

// ledgerVerbs are the verbs of ledger.
var ledgerVerbs subverbs

func init() {
	ledgerVerbs.add(10, newLedgerNew)
	ledgerVerbs.add(20, newLedgerWitness)
	ledgerVerbs.add(30, newLedgerCosign)
	ledgerVerbs.add(40, newLedgerWithhold)
	ledgerVerbs.add(50, newLedgerRotate)
}

func newLedger(w world) *cobra.Command {
	return ledgerVerbs.under(w, &cobra.Command{
		Use:   "ledger VERB",
		Short: "the list of all that was ever published: begin one, let others witness it",
		Long: `A ledger is a folder that lists what was published, in which words, and who had signed it. It only grows: who changes or takes out
something that stood in it is found out by everybody who kept a checkpoint of it. publish --record writes into it; history and
verify ledger read it, also offline. Put the folder on your web site as it is, but for .state, and its checkpoint last.

The folder .state knows what was signed. Keep it with the ledger, and never bring back an older copy of either: whoever saw the newer
one would see a history that was changed.`,
		Example: `  fairnotice ledger new ledger --key office.key
  fairnotice publish city.yaml --out site --ledger ledger --key office.key --record
  fairnotice verify ledger ledger`,
	})
}

func newLedgerNew(w world) *cobra.Command {
	var key, name string
	c := &cobra.Command{
		Use:   "new DIR --key FILE",
		Short: "begin a ledger",
		Long: `Begins an empty ledger in the folder DIR, and prints its public key. A ledger is begun once: a folder that holds one, or what is left of
one, is refused. Its name is that of the key, or --name: an address without https://, at best that where the folder will be found.`,
		Example: `  fairnotice ledger new ledger --key office.key
  fairnotice ledger new ledger --key office.key --name notices.example.gov/ledger`,
		Args: w.oneFile("ledger new", "a folder", "ledger"),
	}
	c.Flags().StringVar(&key, "key", "", "the key file that signs the ledger")
	c.Flags().StringVar(&name, "name", "", "the name of the ledger (default that of the key)")
	_ = c.MarkFlagFilename("key")
	c.RunE = func(c *cobra.Command, args []string) error {
		if key == "" {
			return w.needsKey("ledger new")
		}
		signer, _, err := readSigner(key)
		if err != nil {
			return err
		}
		if name == "" {
			name = signer.Name()
		}
		if _, after, ok := strings.Cut(name, "://"); ok {
			return mistyped("The name of a ledger is an address without https://.", w.typed.with(name, after))
		}
		if err := ledger.Create(args[0], name, signer); err != nil {
			return undone(fmt.Sprintf("No ledger was begun in %s. %s", quoted(args[0]), sentence(reason(err))))
		}
		_, public, err := readSecret(key)
		if err != nil {
			return err
		}
		fmt.Fprintln(c.OutOrStdout(), public)
		return nil
	}
	return c
}

func (w world) needsKey(verb string) error {
	return mistyped(verb+" needs the key file that signs the ledger.", w.typed.and("--key", "office.key"))
}

// openLedger opens a ledger for writing with a key file.
func openLedger(dir, key string) (*ledger.Log, error) {
	signer, verifier, err := readSigner(key)
	if err != nil {
		return nil, err
	}
	l, err := ledger.Open(dir, signer, verifier)
	if err != nil {
		hint := ""
		if strings.Contains(err.Error(), "no ledger in this folder") {
			hint = "A ledger is begun by: fairnotice ledger new " + shell(dir) + " --key " + shell(key)
		}
		return nil, undone(fmt.Sprintf("The ledger in %s cannot be written. %s", quoted(dir), sentence(reason(err))), hint)
	}
	return l, nil
}

func newLedgerWitness(w world) *cobra.Command {
	var key, name, answer, public string
	c := &cobra.Command{
		Use:   "witness DIR --name NAME --key FILE",
		Short: "ask somebody to vouch that the ledger only grew, and take the answer",
		Long: `A witness is somebody else, best several, who keep the last checkpoint that they saw, and sign the next one if everything before it is
unchanged. Then nobody can show one history to some and another to others.

Without --answer this prints a request, a small text to mail or to carry; it also lies in DIR/witness. The witness answers with
fairnotice ledger cosign, or with any tool for C2SP tlog-witness. With --answer it takes the line that came back. NAME is what you call
the witness: small letters, digits, dots and dashes.`,
		Example: `  fairnotice ledger witness ledger --name alliance --key office.key > request.txt
  fairnotice ledger witness ledger --name alliance --key office.key --answer answer.txt --witness-key rivers.example+1234abcd+AV…`,
		Args: w.oneFile("ledger witness", "the folder of a ledger", "ledger"),
	}
	c.Flags().StringVar(&key, "key", "", "the key file that signs the ledger")
	c.Flags().StringVar(&name, "name", "", "what you call the witness")
	c.Flags().StringVar(&answer, "answer", "", "the file that came back from the witness")
	c.Flags().StringVar(&public, "witness-key", "", "the public key of the witness")
	_ = c.MarkFlagFilename("key")
	_ = c.MarkFlagFilename("answer")
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case key == "":
			return w.needsKey("ledger witness")
		case name == "":
			return mistyped("ledger witness needs what you call the witness.", w.typed.and("--name", "alliance"))
		case answer != "" && public == "":
			return mistyped("An answer is taken only by the public key of the witness: ask for it by telephone, not by the same mail.", w.typed.and("--witness-key", "rivers.example+1234abcd+AV…"))
		}
		var witness note.Verifier
		var lines []byte
		if answer != "" {
			var err error
			if witness, err = w.witnessKey(public); err != nil {
				return err
			}
			if lines, err = readBounded(answer, 64<<10); err != nil {
				return err
			}
		}
		l, err := openLedger(args[0], key)
		if err != nil {
			return err
		}
		if answer == "" {
			b, err := l.WitnessRequest(name)
			if err != nil {
				return undone("The request cannot be made. " + sentence(reason(err)))
			}
			_, err = c.OutOrStdout().Write(b)
			return err
		}
		if err := l.AddCosignature(name, lines, witness); err != nil {
			return flawed(fmt.Sprintf("The answer in %s was not taken. %s", quoted(answer), sentence(reason(err))))
		}
		fmt.Fprintf(c.OutOrStdout(), "%s has vouched for the ledger.\n", clean(witness.Name()))
		return nil
	}
	return c
}

// witnessKey reads what was typed as the public key of a witness.
func (w world) witnessKey(typed string) (note.Verifier, error) {
	v, err := ledger.NewWitness(typed)
	if err != nil {
		return nil, mistyped(quoted(typed)+" is not the public key of a witness: a name, a plus sign, eight letters and digits, a plus sign, and the key.", "The witness prints it by: fairnotice keys show witness.key")
	}
	return v, nil
}

// ledgerKey reads what was typed as the public key of a ledger.
func (w world) ledgerKey(typed string) (note.Verifier, error) {
	v, err := ledger.NewVerifier(typed)
	if err != nil {
		return nil, mistyped(quoted(typed)+" is not the public key of a ledger: a name, a plus sign, eight letters and digits, a plus sign, and the key.", "The office prints it by: fairnotice keys show office.key")
	}
	return v, nil
}

func newLedgerCosign(w world) *cobra.Command {
	var key, kept string
	var trusted []string
	c := &cobra.Command{
		Use:   "cosign REQUEST --key FILE --ledger-key KEY --kept FILE",
		Short: "vouch, as a witness, that somebody's ledger only grew",
		Long: `Looks whether the ledger of a request holds everything that you saw the last time, unchanged, and if so signs that with your key, and prints
the line to send back. What you saw is in the file of --kept; the first time there is none, and it is made. Keep it: it is what makes you a
witness. You vouch for nothing that the ledger says, only that nothing was changed or taken out.`,
		Example: `  fairnotice ledger cosign request.txt --key witness.key --ledger-key notices.example.gov+1234abcd+AV… --kept city.checkpoint > answer.txt`,
		Args:    w.oneFile("ledger cosign", "the file of a request", "request.txt"),
	}
	c.Flags().StringVar(&key, "key", "", "your key file")
	c.Flags().StringSliceVar(&trusted, "ledger-key", nil, "the public key of the ledger")
	c.Flags().StringVar(&kept, "kept", "", "the file of what you saw the last time")
	_ = c.MarkFlagFilename("key")
	_ = c.MarkFlagFilename("kept")
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case key == "":
			return mistyped("ledger cosign needs your key file.", w.typed.and("--key", "witness.key"))
		case len(trusted) == 0:
			return mistyped("ledger cosign needs the public key of the ledger: ask the office for it by telephone.", w.typed.and("--ledger-key", "notices.example.gov+1234abcd+AV…"))
		case kept == "":
			return mistyped("ledger cosign needs a file for what you saw the last time. The first time it is made.", w.typed.and("--kept", "city.checkpoint"))
		}
		var policy ledger.Policy
		for _, k := range trusted {
			v, err := w.ledgerKey(k)
			if err != nil {
				return err
			}
			policy.Keys = append(policy.Keys, v)
		}
		secret, _, err := readSecret(key)
		if err != nil {
			return err
		}
		at := int64(w.utc-source.NewDay(1970, 1, 1)) * 24 * 60 * 60 // the day is enough
		signer, err := ledger.NewCosigner(secret, at)
		if err != nil {
			return undone(sentence(err.Error()))
		}
		ask, err := readBounded(args[0], 64<<10)
		if err != nil {
			return err
		}
		var last []byte
		if onDisk(kept) {
			if last, err = readBounded(kept, 64<<10); err != nil {
				return err
			}
		}
		line, keep, err := ledger.Cosign(ask, last, policy, signer)
		if err != nil {
			return flawed("Nothing was signed. "+sentence(err.Error()), "If this is a surprise, keep the request: it is evidence. Ask the office, and the other witnesses.")
		}
		if err := save(kept, last, keep); err != nil { // before the line leaves
			return err
		}
		_, err = c.OutOrStdout().Write(line)
		return err
	}
	return c
}

func newLedgerWithhold(w world) *cobra.Command {
	var key string
	c := &cobra.Command{
		Use:   "withhold DIR HASH --reason court-order --key FILE",
		Short: "take published bytes out of the ledger, and say so in it",
		Long: `Takes the bytes with this hash (sha256:…) out of the ledger. What remains for ever is the line that named them, and a line that says that
they are withheld, since when, and whether by order of a court or because they were published by error. Copies that others have are not
reached.`,
		Example: `  fairnotice ledger withhold ledger sha256:0f3a… --reason court-order --key office.key`,
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) < 2:
				return mistyped("ledger withhold needs the folder of a ledger, and the hash of what is to be withheld.", "fairnotice ledger withhold --help")
			case len(args) > 2:
				return mistyped(fmt.Sprintf("ledger withhold takes a folder and a hash; %s is too much.", quoted(args[2])), "fairnotice ledger withhold --help")
			}
			return nil
		},
	}
	c.Flags().StringVar(&key, "key", "", "the key file that signs the ledger")
	why := addWords(c, w, "reason", "why it is withheld", ledger.Reason("").Words()...)
	day := addDate(c, w)
	c.Flags().Lookup("date").Usage = "the day that is written down (default today)"
	_ = c.MarkFlagFilename("key")
	c.RunE = func(c *cobra.Command, args []string) error {
		if key == "" {
			return w.needsKey("ledger withhold")
		}
		if !c.Flags().Changed("reason") {
			return mistyped("ledger withhold needs the reason: court-order or error. It is published.", w.typed.and("--reason", "court-order"))
		}
		l, err := openLedger(args[0], key)
		if err != nil {
			return err
		}
		if err := l.Withhold(args[1], ledger.Reason(why.word), day.day); err != nil {
			return undone("Nothing was withheld. " + sentence(reason(err)))
		}
		fmt.Fprintf(c.OutOrStdout(), "%s is withheld. Copy the ledger to where it is published, and delete there what is gone here.\n", args[1])
		return nil
	}
	return c
}

func newLedgerRotate(w world) *cobra.Command {
	var key, next string
	c := &cobra.Command{
		Use:   "rotate DIR ROTATION --key OLD --new NEW",
		Short: "let another key sign the ledger",
		Long: `Writes into the ledger that another key takes the place of the one that signed it so far, and signs from then on with the new one. ROTATION
is what keys rotate has written, signed by both. Who knows the old key believes the new one by it; the old key signs no more.`,
		Example: `  fairnotice keys rotate office.key --out office-2027.key
  fairnotice ledger rotate ledger office-2027.key.rotation --key office.key --new office-2027.key`,
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) < 2:
				return mistyped("ledger rotate needs the folder of a ledger, and what keys rotate has written.", "fairnotice ledger rotate --help")
			case len(args) > 2:
				return mistyped(fmt.Sprintf("ledger rotate takes a folder and a file; %s is too much.", quoted(args[2])), "fairnotice ledger rotate --help")
			}
			return nil
		},
	}
	c.Flags().StringVar(&key, "key", "", "the key file that signed the ledger so far")
	c.Flags().StringVar(&next, "new", "", "the new key file")
	_ = c.MarkFlagFilename("key")
	_ = c.MarkFlagFilename("new")
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case key == "":
			return w.needsKey("ledger rotate")
		case next == "":
			return mistyped("ledger rotate needs the new key file.", w.typed.and("--new", "office-2027.key"))
		}
		b, err := readBounded(args[1], ledger.MaxLine)
		if err != nil {
			return err
		}
		r, err := ledger.ParseRotation(b)
		if err != nil {
			return flawed(fmt.Sprintf("%s does not hold. %s", quoted(args[1]), sentence(err.Error())))
		}
		signer, _, err := readSigner(next)
		if err != nil {
			return err
		}
		l, err := openLedger(args[0], key)
		if err != nil {
			return err
		}
		if err := l.Rotate(r, signer); err != nil {
			return undone("The key of the ledger was not changed. " + sentence(reason(err)))
		}
		fmt.Fprintln(c.OutOrStdout(), r.New)
		return nil
	}
	return c
}

// inLedger says whether a path is a folder that a ledger may be in.
func inLedger(w world, path string) error {
	info, err := os.Stat(path)
	switch {
	case os.IsNotExist(err):
		return undone("There is no folder " + quoted(path) + ".")
	case err != nil:
		return undone(fmt.Sprintf("%s cannot be read: %s.", quoted(path), reason(err)))
	case !info.IsDir() && !strings.HasSuffix(strings.ToLower(path), ".zip"):
		return undone(quoted(path)+" is a file. verify ledger reads the folder of a ledger, or a zip file of it.", w.typed.with(path, "ledger"))
	}
	return nil
}
