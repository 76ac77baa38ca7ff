package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"fairnotice/notices/ledger"
)

// keyVerbs are the verbs of keys.
var keyVerbs subverbs

func init() {
	keyVerbs.add(10, newKeysNew)
	keyVerbs.add(20, newKeysRotate)
	keyVerbs.add(30, newKeysShow)
}

func newKeys(w world) *cobra.Command {
	return keyVerbs.under(w, &cobra.Command{
		Use:   "keys VERB",
		Short: "make a key that signs, put another in its place, show its public half",
		Long: `A key file is one secret line. Who has it can sign in your name: keep it on a disk that others cannot read, and a copy of it on paper or on a
stick in a drawer. One key file signs everything of an office: its ledger, its receipts, and statements of reviewers who have no other key.
The public half is for everybody.`,
		Example: `  fairnotice keys new --name notices.example.gov --out office.key
  fairnotice keys show office.key
  fairnotice keys rotate office.key --out office-2027.key`,
	})
}

func newKeysNew(w world) *cobra.Command {
	var name, out string
	c := &cobra.Command{
		Use:   "new --name NAME --out FILE",
		Short: "make a key file, and print its public half",
		Long: `Makes a key, writes its secret half into FILE, which only you can read, and prints its public half. NAME stands before every signature of the
key: the address of the office's notices, such as notices.example.gov, or the id of a reviewer, such as group:river-legal-aid.example. A
file that is there is never written over.`,
		Example: `  fairnotice keys new --name notices.example.gov --out office.key`,
		Args:    w.nothing,
	}
	c.Flags().StringVar(&name, "name", "", "what stands before every signature")
	c.Flags().StringVar(&out, "out", "", "the key file to write")
	c.RunE = func(c *cobra.Command, _ []string) error {
		switch {
		case name == "":
			return mistyped("keys new needs a name that stands before every signature.", w.typed.and("--name", "notices.example.gov"))
		case out == "":
			return mistyped("keys new needs a file for the secret half.", w.typed.and("--out", "office.key"))
		case !ledger.IsKeyName(name):
			return mistyped(quoted(name)+" cannot be the name of a key: it has plain letters, digits and signs, no blank and no plus sign.", w.typed.with(name, "notices.example.gov"))
		}
		public, err := newKeyFile(out, name)
		if err != nil {
			return err
		}
		fmt.Fprintln(c.OutOrStdout(), public)
		return nil
	}
	return c
}

// newKeyFile makes a key and writes its secret half, which nobody else can read and which is never printed.
func newKeyFile(path, name string) (ledger.Key, error) {
	secret, public, err := ledger.NewKey(rand.Reader, name)
	if err != nil {
		return ledger.Key{}, undone(sentence("The key cannot be made: " + err.Error()))
	}
	return public, writeSecret(path, secret)
}

// writeSecret writes a file that must not be there, and that only its owner can read.
func writeSecret(path, secret string) error {
	failed := func(err error) error {
		if errors.Is(err, fs.ErrExist) {
			return undone("There is a file "+quoted(path)+" already. A key file is never written over, for what it has signed could not be signed again.", "Choose another name after --out.")
		}
		return undone(fmt.Sprintf("The key file %s cannot be written: %s.", quoted(path), reason(err)))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return failed(err)
	}
	if err := flushed(f, []byte(secret+"\n"), 0o600); err != nil {
		_ = os.Remove(path) // half a key is none
		return failed(err)
	}
	return flushFolder(filepath.Dir(path))
}

// readSecret reads a key file. It says nothing of what is in it, and refuses one that others can read.
func readSecret(path string) (secret string, public ledger.Key, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", ledger.Key{}, undone("There is no key file "+quoted(path)+".", "A key is made by: fairnotice keys new --name notices.example.gov --out "+shell(path))
	case err != nil:
		return "", ledger.Key{}, undone(fmt.Sprintf("The key file %s cannot be read: %s.", quoted(path), reason(err)))
	case !info.Mode().IsRegular() || info.Size() > 4096:
		return "", ledger.Key{}, undone(quoted(path) + " is no key file: that is one line, and fairnotice keys new writes it.")
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return "", ledger.Key{}, undone("Others can read the key file "+quoted(path)+", so it is not used. If it was so for long, put another key in its place.", "chmod 600 "+shell(path), "fairnotice keys rotate "+shell(path)+" --out new.key")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return "", ledger.Key{}, undone(fmt.Sprintf("The key file %s cannot be read: %s.", quoted(path), reason(err)))
	}
	secret = strings.TrimSpace(string(b))
	if public, err = ledger.PublicKey(secret); err != nil {
		hints := []string{}
		if strings.Contains(secret, "OPENSSH PRIVATE KEY") {
			hints = append(hints, "It is a key of ssh-keygen. Leave --key out: then the line for ssh-keygen is printed.")
		}
		return "", ledger.Key{}, undone(quoted(path)+" is no key file: that is one line, and fairnotice keys new writes it.", hints...)
	}
	return secret, public, nil
}

func newKeysRotate(w world) *cobra.Command {
	var out, name string
	c := &cobra.Command{
		Use:   "rotate FILE --out NEW",
		Short: "put another key in the place of one, signed by both",
		Long: `Makes another key, writes its secret half into NEW, and NEW.rotation beside it: the statement that from the day --date on this key takes the
place of the one in FILE, signed by both. Who knows the old key can check it. What the old key signed before stays good; what it signs
of a later day counts for nothing. Keep the old key file until everybody has the statement.

Send NEW.rotation to whoever knows the old key. Of a reviewer's key, the office puts it beside its program file x.yaml, into x/review/.
This does not help against a thief of the old key who is quicker: say to everybody by telephone that the key was stolen.`,
		Example: `  fairnotice keys rotate office.key --out office-2027.key`,
		Args:    w.oneFile("keys rotate", "a key file", "office.key"),
	}
	c.Flags().StringVar(&out, "out", "", "the key file to write")
	c.Flags().StringVar(&name, "name", "", "the name of the new key (default that of the old one)")
	date := addDate(c, w)
	c.Flags().Lookup("date").Usage = "the day from which on the new key holds (default today)"
	c.RunE = func(c *cobra.Command, args []string) error {
		if out == "" {
			return mistyped("keys rotate needs a file for the secret half of the new key.", w.typed.and("--out", "office-2027.key"))
		}
		old, oldPublic, err := readSecret(args[0])
		if err != nil {
			return err
		}
		if name == "" {
			name = oldPublic.Name()
		}
		if !ledger.IsKeyName(name) {
			return mistyped(quoted(name)+" cannot be the name of a key: it has plain letters, digits and signs, no blank and no plus sign.", w.typed.with(name, oldPublic.Name()))
		}
		secret, public, err := ledger.NewKey(rand.Reader, name)
		if err != nil {
			return undone(sentence("The key cannot be made: " + err.Error()))
		}
		r, err := ledger.RotateSecrets(old, secret, date.day)
		if err != nil {
			return undone(sentence("The statement cannot be signed: " + err.Error()))
		}
		if onDisk(out + ".rotation") {
			return undone("There is a file "+quoted(out+".rotation")+" already, so nothing was written.", "Choose another name after --out.")
		}
		if err := writeSecret(out, secret); err != nil {
			return err
		}
		if err := save(out+".rotation", nil, r.Bytes()); err != nil {
			return err
		}
		fmt.Fprintln(c.OutOrStdout(), public)
		return nil
	}
	return c
}

func newKeysShow(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "show FILE",
		Short: "the public half of a key file; or what a public key or a change of keys says",
		Long: `Prints the public half of a key file, or of a file with a public key of ssh-keygen, as it stands in a program file under key:. Of NEW.rotation it checks
both signatures, and prints the old key, the new one and the day. The secret half is never printed.`,
		Example: `  fairnotice keys show office.key
  fairnotice keys show office-2027.key.rotation`,
		Args: w.oneFile("keys show", "a key file", "office.key"),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		b, err := readBounded(args[0], 64<<10)
		if err != nil {
			_, _, err := readSecret(args[0])
			return err
		}
		if bytes.HasPrefix(b, []byte("notice-key-rotation/")) {
			r, err := ledger.ParseRotation(b)
			if err != nil {
				return flawed(fmt.Sprintf("The change of keys in %s does not hold: %s.", quoted(args[0]), clean(err.Error())))
			}
			fmt.Fprintf(c.OutOrStdout(), "%s\nFrom %s on this key takes its place, signed by both:\n%s\n", r.Old, r.On, r.New)
			return nil
		}
		if k, err := ledger.ParseKey(string(b)); err == nil {
			fmt.Fprintln(c.OutOrStdout(), k)
			return nil
		}
		_, public, err := readSecret(args[0])
		if err != nil {
			return err
		}
		fmt.Fprintln(c.OutOrStdout(), public)
		return nil
	}
	return c
}

// oneFile asks for exactly one argument.
func (w world) oneFile(verb, what, example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return mistyped(verb+" needs "+what+".", w.typed.and(example))
		case len(args) > 1:
			return mistyped(fmt.Sprintf("%s takes one file; %s is too much.", verb, quoted(args[1])), "fairnotice "+verb+" --help")
		}
		return nil
	}
}

// readBounded reads a whole file that has at most so many bytes.
func readBounded(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, undone("There is no file " + quoted(path) + ".")
	case err != nil:
		return nil, undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
	case !info.Mode().IsRegular():
		return nil, undone(quoted(path) + " is not a file that can be read.")
	case info.Size() > most:
		return nil, undone(fmt.Sprintf("The file %s has %d bytes, and more than %d are not read.", quoted(path), info.Size(), most))
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, undone(fmt.Sprintf("The file %s cannot be read: %s.", quoted(path), reason(err)))
	}
	return b, nil
}

// readSigner reads a key file for what signs notes: the ledger, a receipt.
func readSigner(path string) (note.Signer, note.Verifier, error) {
	secret, public, err := readSecret(path)
	if err != nil {
		return nil, nil, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, nil, undone(quoted(path) + " is no key file: that is one line, and fairnotice keys new writes it.")
	}
	verifier, err := ledger.NewVerifier(public.String())
	if err != nil {
		return nil, nil, undone(quoted(path) + " is no key file: that is one line, and fairnotice keys new writes it.")
	}
	return signer, verifier, nil
}
