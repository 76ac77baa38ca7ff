// Command fairnotice turns a public program's data-handling file into plain notices that say what is kept, for how long, and who
// can demand it. `fairnotice help` lists its verbs; voice.go states the rules for everything that it prints.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"fairnotice/notices/source"
)

// world is what a command may know of the machine beside its arguments and its streams. Nothing else reads the clock.
type world struct {
	today    source.Day // in the time zone of the machine
	utc      source.Day // today in UTC, for the moments that other machines read; 0 where nobody knows
	terminal bool       // standard error is a terminal
	asks     bool       // standard input is a terminal: somebody can be asked
	clicked  bool       // started by a double click, on Windows
	build    *debug.BuildInfo
	typed    typed               // the arguments
	again    func() (int, error) // see again.go; nil where the process is not this command's own
	browser  func() string       // finds an installed browser that makes PDF files, "" where there is none; nil for none
	typst    func() string       // finds Typst, which makes them, too
}

func main() {
	// A short run: collect seldom, as long as there is little to collect.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(48 << 20)
	now := time.Now()
	w := world{
		today:    calendarDay(now),
		utc:      calendarDay(now.UTC()),
		terminal: term.IsTerminal(int(os.Stderr.Fd())),
		asks:     term.IsTerminal(int(os.Stdin.Fd())),
		clicked:  mousetrap.StartedByExplorer(),
	}
	w.build, _ = debug.ReadBuildInfo()
	w.again = again
	w.browser, w.typst = findBrowser, findTypst
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, w))
}

func calendarDay(t time.Time) source.Day { return source.NewDay(t.Year(), int(t.Month()), t.Day()) }

// run carries out one command and gives its exit code, as voice.go says. It never exits by itself.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, w world) int {
	cobra.MousetrapHelpText = "" // a double click on Windows shall not be answered with a lecture about terminals
	cobra.EnableCommandSorting = false
	args = w.meant(args)
	out := &checkedWriter{w: stdout}
	w.typed = args
	root := newRoot(w)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(stderr)
	err := root.Execute()
	if out.err != nil && (err == nil || errors.Is(err, out.err)) {
		err = undone("The output could not be written: " + clean(out.err.Error()) + ".")
	}
	return speak(stderr, err)
}

// meant is what a double click means: the desk.
func (w world) meant(args []string) []string {
	if w.clicked && len(args) == 0 {
		return []string{"desk"}
	}
	return args
}

// checkedWriter remembers the first failure to write, so that no verb has to look after each line.
type checkedWriter struct {
	w   io.Writer
	err error
}

func (c *checkedWriter) Write(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(p)
	c.err = err
	return n, err
}

func newRoot(w world) *cobra.Command {
	root := &cobra.Command{
		Use:   "fairnotice",
		Short: "Plain notices of what a public program keeps, for how long, and who can demand it",
		Long: `Fair Notice turns a public program's data-handling file into plain notices, in the reader's language,
that say what is kept, for how long, and who can demand it, before an applicant uploads anything.`,
		Example: `  fairnotice check examples/citykey.yaml
  fairnotice build examples/citykey.yaml --out site`,
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return w.unknownVerb(c, args[0])
			}
			return c.Help()
		},
	}
	root.SetFlagErrorFunc(w.flagFault)
	root.SetUsageTemplate(usage)
	root.SetHelpTemplate(help)
	root.AddCommand(newInit(w), newCheck(w), newShow(w), newBuild(w), newPrint(w), newPublish(w), newServe(w), newDesk(w), newWho(w), newReach(w), newDemand(w), newWhy(w), newChanges(w), newQuestions(w), newTranslate(w), newLaw(w), newReview(w), newHistory(w), newVerify(w), newKeys(w), newLedger(w), newSchema(w), newVersion(w), newCompletion(w))
	root.SetHelpCommand(newHelp(w))
	root.InitDefaultHelpCmd()
	return root
}

const help = `{{with or .Long .Short}}{{. | trimTrailingWhitespaces}}{{end}}

{{.UsageString}}`

const usage = `usage: {{if .HasAvailableSubCommands}}{{.CommandPath}} VERB …{{else}}{{.UseLine}}{{end}}
{{- if .HasAvailableSubCommands}}

verbs:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name 11}} {{.Short}}{{end}}{{end}}

Each verb says more with --help.{{end}}
{{- if .HasAvailableLocalFlags}}

flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- if .HasExample}}

for example:
{{.Example}}{{end}}
`

func newHelp(w world) *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "say more about a verb",
		Args:  cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			if len(args) == 0 {
				return root.Help()
			}
			for _, v := range root.Commands() {
				if v.Name() == args[0] {
					v.InitDefaultHelpFlag()
					v.SetOut(c.OutOrStdout())
					return v.Help()
				}
			}
			return w.unknownVerb(c, args[0])
		},
	}
}

// unknownVerb answers a mistyped verb with the one that was most likely meant.
func (w world) unknownVerb(c *cobra.Command, verb string) error {
	var verbs []string
	for _, v := range c.Root().Commands() {
		if v.IsAvailableCommand() || v.Name() == "help" {
			verbs = append(verbs, v.Name())
		}
	}
	hint := "fairnotice help"
	says := "There is no verb " + quoted(verb) + ". There are " + list(verbs) + "."
	if near := source.DidYouMean(verb, verbs); near != "" {
		says = "There is no verb " + quoted(verb) + ". Did you mean " + quoted(near) + "?"
		hint = w.typed.with(verb, near)
	}
	return mistyped(says, hint)
}

// flagFault turns a fault of the flags into a sentence. Where the verb itself is unknown, that is said instead.
func (w world) flagFault(c *cobra.Command, err error) error {
	if rest := c.Flags().Args(); c == c.Root() && len(rest) > 0 {
		return w.unknownVerb(c, rest[0])
	}
	hint := strings.TrimSpace(c.CommandPath() + " --help")
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		var flags []string
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden {
				flags = append(flags, f.Name)
			}
		})
		typed := unknown.GetSpecifiedName()
		says := fmt.Sprintf("%s has no flag %s.", c.Name(), quoted(dashed(typed)))
		if near := source.DidYouMean(typed, flags); near != "" {
			says += " Did you mean " + quoted(dashed(near)) + "?"
			hint = w.typed.with(dashed(typed), dashed(near))
		} else {
			for i, f := range flags {
				flags[i] = dashed(f)
			}
			says += " It has " + list(flags) + "."
		}
		return mistyped(says, hint)
	case errors.As(err, &missing):
		return mistyped(fmt.Sprintf("%s needs a value after it.", quoted(dashed(missing.GetSpecifiedName()))), hint)
	case errors.As(err, &invalid):
		if f := (*fault)(nil); errors.As(invalid.Unwrap(), &f) {
			return f
		}
		return mistyped(fmt.Sprintf("%s cannot be %s.", quoted(dashed(invalid.GetFlag().Name)), quoted(invalid.GetValue())), hint)
	}
	return mistyped(sentence(err.Error()), hint)
}

func dashed(flag string) string {
	if len([]rune(flag)) == 1 {
		return "-" + flag
	}
	return "--" + flag
}

// files asks for at least one argument; one, when more would have no meaning.
func (w world) files(most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return mistyped(c.Name()+" needs a program file.", w.typed.and("examples/citykey.yaml"))
		case most > 0 && len(args) > most:
			return mistyped(fmt.Sprintf("%s takes no more than %s; %s is too much.", c.Name(), count(most, "argument"), quoted(args[most])), c.CommandPath()+" --help")
		}
		return nil
	}
}

// nothing refuses arguments.
func (w world) nothing(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return mistyped(fmt.Sprintf("%s takes no argument; %s is too much.", c.Name(), quoted(args[0])), c.CommandPath())
	}
	return nil
}

// dayFlag is a --date, or another flag that takes a day.
type dayFlag struct {
	name  string // --date
	day   source.Day
	typed typed
}

func (d *dayFlag) String() string {
	if d.day == 0 {
		return ""
	}
	return d.day.String()
}
func (d *dayFlag) Type() string { return "YYYY-MM-DD" }
func (d *dayFlag) Set(s string) error {
	day, err := source.ParseDay(s)
	if err != nil {
		return mistyped(d.name+" takes one day. "+sentence(err.Error()), d.typed.with(s, "2025-06-14"))
	}
	d.day = day
	return nil
}

// addDate gives a command the flag --date, today by default.
func addDate(c *cobra.Command, w world) *dayFlag {
	d := &dayFlag{name: "--date", typed: w.typed}
	c.Flags().Var(d, "date", "the day whose law and phases hold (default today)")
	if c.PreRunE != nil {
		panic("addDate comes before PreRunE")
	}
	c.PreRunE = func(*cobra.Command, []string) error {
		if d.day == 0 {
			d.day = w.today
		}
		return nil
	}
	return d
}

// wordFlag is a flag that takes one of some words.
type wordFlag struct {
	name, word string
	words      []string
	typed      typed
}

func (f *wordFlag) String() string { return f.word }
func (f *wordFlag) Type() string   { return strings.Join(f.words, "|") }
func (f *wordFlag) Set(s string) error {
	for _, w := range f.words {
		if w == s {
			f.word = s
			return nil
		}
	}
	says := fmt.Sprintf("--%s cannot be %s. It takes %s.", f.name, quoted(s), strings.Join(f.words, ", "))
	near := source.DidYouMean(s, f.words)
	if near == "" {
		near = f.words[0]
	}
	return mistyped(says, f.typed.with(s, near))
}

// addWords gives a command a flag that takes one of some words, the first by default.
func addWords(c *cobra.Command, w world, name, explain string, words ...string) *wordFlag {
	f := &wordFlag{name: name, word: words[0], words: words, typed: w.typed}
	c.Flags().Var(f, name, explain)
	_ = c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	return f
}

// programFiles completes the names of program files.
func programFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
}
