package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/render"
)

func newShow(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "show FILE --lang TAG",
		Short: "one notice, in one language",
		Long: `Prints one notice of a program in one language: exactly that language, or an error. The kind before is what people read before the
first upload; at-upload is its key facts alone. already-applied is for people who gave facts or papers already, demand-received for people
whose records a demand may reach; neither is made to be sent by text message.`,
		Example: `  fairnotice show examples/citykey.yaml --lang es
  fairnotice show examples/citykey.yaml --lang ar --kind already-applied
  fairnotice show examples/citykey.yaml --lang en --as html > notice.html`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	var lang string
	c.Flags().StringVar(&lang, "lang", "", "the language, such as en, es, ar")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(locales.ShippedTags(), cobra.ShellCompDirectiveNoFileComp))
	kind := addWords(c, w, "kind", "which notice", kinds()...)
	as := addWords(c, w, "as", "the form", "text", "html", "json", "markdown")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		f, err := w.load(args[0], date.day)
		if err != nil {
			return err
		}
		speak(c.ErrOrStderr(), f.due(date.day))
		tag, err := w.language(f, lang)
		if err != nil {
			return err
		}
		tags := []string{tag}
		if as.word == "json" {
			tags = f.program.Languages // the digest of the edition is over all of them
		}
		s, err := newSayer(date.day, tags)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := s.show(&out, f, notices.Kind(kind.word), tag, as.word); err != nil {
			return err
		}
		_, err = c.OutOrStdout().Write(out.Bytes())
		return err
	}
	return c
}

func kinds() []string {
	var out []string
	for _, k := range notices.Kinds() {
		out = append(out, string(k))
	}
	return out
}

// show writes one notice of a program in one form.
func (s *sayer) show(out *bytes.Buffer, f *programFile, kind notices.Kind, tag, as string) error {
	n, err := notices.Build(f.program, f.book, kind, s.day)
	if err != nil {
		return undone(fmt.Sprintf("The notice cannot be made. %s", sentence(err.Error())))
	}
	said, err := s.cat.Say(n, tag)
	if err != nil {
		return undone(fmt.Sprintf("The notice cannot be said in the language %s. %s", quoted(tag), sentence(err.Error())))
	}
	switch as {
	case "html":
		return render.HTML(out, s.cat, said)
	case "json":
		return render.JSON(out, said)
	case "markdown":
		return render.Markdown(out, said)
	}
	return render.Text(out, said)
}
