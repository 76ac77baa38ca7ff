package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices/source"
)

// The voice: the rules for everything that fairnotice prints. They are kept here, and nowhere else does a verb write to standard
// error or choose an exit code.
//
//  1. Standard output is the product, and nothing but the product: a notice, a table, a schema. The problems of a file are the
//     product of check; for every other verb they stand in the way of the product, and go to standard error.
//  2. Standard error is the voice. It says `fairnotice: ` and a whole sentence: what is wrong, in the words of the person who reads
//     it. Then `hint: ` and a whole command that can be pasted, or a sentence that says what to do.
//  3. The exit code says who has to act. 0: nobody. 1: your files have errors. 2: you typed it wrong. 3: it could not be done (a
//     file that cannot be read, a full disk). The output format never changes the code. Warnings and questions never change it.
//  4. What the person typed is repeated in quotes, with control characters and direction controls taken out, and cut when long.
//  5. A mistyped verb, flag, word or id is answered with the likeliest right one, or with all that exist.
//  6. No colour, no animation; the one progress bar is drawn on a terminal only, and wiped when it is done.
//  7. Nothing names the machine, the person or the time of day, and nothing repeats a private key, wherever it was pasted.
const (
	fine      = 0 // all is well, also when there are warnings and questions
	fileFault = 1 // the files have errors
	typeFault = 2 // the command was typed wrong
	doFault   = 3 // it could not be done
)

// fault is why a command ends with a code other than 0: a sentence, and hints.
type fault struct {
	code  int
	says  string // whole sentences; "" where everything was said already
	hints []string
}

func (f *fault) Error() string { return f.says }

// mistyped is a fault of the person who typed.
func mistyped(says string, hints ...string) error { return &fault{typeFault, says, hints} }

// undone is a fault of the machine, or of a file that cannot be read or written.
func undone(says string, hints ...string) error { return &fault{doFault, says, hints} }

// flawed ends a command whose files have errors; says may be "" when the errors were the product.
func flawed(says string, hints ...string) error { return &fault{fileFault, says, hints} }

// speak says an error on standard error and gives the exit code.
func speak(w io.Writer, err error) int {
	if err == nil {
		return fine
	}
	f := &fault{code: doFault, says: sentence(err.Error())}
	errors.As(err, &f)
	if f.says != "" {
		fmt.Fprintf(w, "fairnotice: %s\n", source.HidePrivateKeys(f.says))
	}
	for _, h := range f.hints {
		if h != "" {
			fmt.Fprintf(w, "hint: %s\n", source.HidePrivateKeys(h))
		}
	}
	return f.code
}

// The words of the voice that the desk has, too: see their comments there.
var (
	clean     = core.Clean
	quoted    = core.Quoted
	shortened = core.Shortened
	sentence  = core.Sentence
	list      = core.List
	count     = core.Count
	named     = core.Named
)

// shell writes a word so that a shell reads it back as one word.
func shell(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-./:@%+=,", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(clean(s), "'", `'\''`) + "'"
}

// typed is the arguments of a command, as they were typed.
type typed []string

// with gives the whole command with one word put right: an argument, a flag, or the value of a flag.
func (t typed) with(wrong, right string) string {
	words, done := []string{"fairnotice"}, false
	for _, a := range t {
		flag, value, joined := strings.Cut(a, "=")
		switch {
		case done:
		case a == wrong:
			a, done = right, true
		case joined && flag == wrong:
			a, done = right+"="+value, true
		case joined && value == wrong:
			a, done = flag+"="+right, true
		}
		words = append(words, shell(a))
	}
	return strings.Join(words, " ")
}

// and gives the whole command with more words at its end.
func (t typed) and(words ...string) string {
	return append(t[:len(t):len(t)], words...).with("", "")
}

// join joins words of any vocabulary.
func join[S ~string](words []S, sep string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, sep)
}
