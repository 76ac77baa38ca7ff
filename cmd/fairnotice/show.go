package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/print"
)

func newShow(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "show FILE --lang TAG",
		Short: "one notice, in one language",
		Long: `Prints one notice of a program in one language: exactly that language, or an error. The kind before is what people read before the first
upload; at-upload is its key facts alone. already-applied is for people who gave facts or papers already, demand-received for people whose
records a demand may reach; neither is sent by text message. what-changed says what is otherwise than in an older edition, for the people of
each part: it needs --since and the older file. ask-back is for a helper: seven questions with the right answers, which show whether readers
understood the page. --as docx is a file for Word. --as read-aloud is for interpreters and telephone lines: a sentence on a line, numbers
digit by digit. --as sms is a text message of the kinds before and at-upload, with no sentence in it that comforts alone; how many parts it
is sent in, and which letters make it long, is said beside it. --page puts the address of the notice into it.`,
		Example: `  fairnotice show examples/citykey.yaml --lang es
  fairnotice show examples/citykey.yaml --lang ar --kind already-applied
  fairnotice show examples/citykey.yaml --lang en --kind what-changed --since examples/citykey-2017.yaml
  fairnotice show examples/citykey.yaml --lang es --kind ask-back
  fairnotice show examples/citykey.yaml --lang en --as html > notice.html
  fairnotice show examples/citykey.yaml --lang es --kind at-upload --as sms
  fairnotice show examples/citykey.yaml --lang ar --as read-aloud > read-aloud.txt`,
		Args:              w.files(1),
		ValidArgsFunction: programFiles,
	}
	var lang string
	c.Flags().StringVar(&lang, "lang", "", "the language, such as en, es, ar")
	c.Long += "\nFor the test of layouts, " + locales.PseudoLong + " is English made two fifths longer, and " + locales.PseudoRTL + " is English from right to left."
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(locales.ShippedTags(), cobra.ShellCompDirectiveNoFileComp))
	kind := addWords(c, w, "kind", "which notice", kinds()...)
	since := c.Flags().String("since", "", "for what-changed: the file of the older edition")
	as := addWords(c, w, "as", "the form", "text", "html", "json", "markdown", "docx", "read-aloud", "sms")
	page := c.Flags().String("page", "", "for sms: the address at which the notice can be read")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		f, err := w.load(args[0], date.day)
		if err != nil {
			return err
		}
		switch changed := kind.word == string(notices.WhatChanged); {
		case changed && *since == "":
			return mistyped("The kind what-changed needs the file of the older edition.", w.typed.and("--since", "examples/citykey-2017.yaml"))
		case !changed && *since != "":
			return mistyped(fmt.Sprintf("--since is for the kind what-changed, and this is the kind %s.", kind.word), w.typed.and("--kind", string(notices.WhatChanged)))
		}
		if err := w.byText(notices.Kind(kind.word), as.word, *page); err != nil {
			return err
		}
		speak(c.ErrOrStderr(), f.due(date.day))
		tag, err := w.language(f, lang)
		if err != nil {
			return err
		}
		tags := []string{tag}
		if locales.IsPseudo(tag) {
			tags = []string{"en"}
		}
		if as.word == "json" {
			tags = f.program.Languages // the digest of the edition is over all of them
		}
		s, err := newSayer(date.day, tags)
		if err != nil {
			return err
		}
		if err := s.sinceFile(w, *since); err != nil {
			return err
		}
		s.page = *page
		var out bytes.Buffer
		note, err := s.show(&out, f, notices.Kind(kind.word), tag, as.word)
		if err != nil {
			return err
		}
		if _, err = c.OutOrStdout().Write(out.Bytes()); err == nil {
			speak(c.ErrOrStderr(), note)
		}
		return err
	}
	return c
}

// byText refuses what is not sent as a text message, and an address that no text message could show.
func (w world) byText(kind notices.Kind, as, page string) error {
	if as != "sms" {
		if page != "" {
			return mistyped(fmt.Sprintf("--page is for a text message, and this is --as %s.", as), "Leave --page out, or write --as sms.")
		}
		return nil
	}
	if why := kind.NotByText(); why != "" {
		says := fmt.Sprintf("The kind %s is not sent as a text message. %s", kind, why)
		hints := []string{w.typed.with(string(kind), string(notices.AtUpload))}
		if kind == notices.AlreadyApplied || kind == notices.DemandReceived {
			hints = append(hints, "Words for a text message that tell nothing to others are among the drafts that `fairnotice demand` writes.")
		}
		return mistyped(says, hints...)
	}
	return pageAddress(page)
}

// pageAddress refuses an address after --page that nobody can go to; "" is none.
func pageAddress(page string) error {
	if page == "" {
		return nil
	}
	if what, hint := source.CheckAddress(page); what != "" || !strings.HasPrefix(page, "https://") {
		if what == "" {
			what, hint = "it is no page", "Write one that begins with https://."
		}
		return mistyped(sentence("The address after --page cannot be used: "+what), hint)
	}
	return nil
}

// shut is the fault of a language that is closed for a program.
func shut(f *programFile, c *locales.Closed) error {
	return flawed(sentence(c.Error()), "fairnotice translate status "+shell(f.path)+" --lang "+shell(c.Language.Tag))
}

func kinds() []string {
	var out []string
	for _, k := range notices.AllKinds() {
		out = append(out, string(k))
	}
	return out
}

// sinceFile reads the older edition, if one is named.
func (s *sayer) sinceFile(w world, path string) error {
	if path == "" {
		return nil
	}
	old, err := w.side(path)
	if err == nil {
		s.since = &old
	}
	return err
}

// show writes one notice of a program in one form. The note is for standard error, though nothing is wrong.
func (s *sayer) show(out *bytes.Buffer, f *programFile, kind notices.Kind, tag, as string) (note, err error) {
	n, err := s.notice(f, kind)
	if err != nil {
		if other := (*notices.ErrOtherProgram)(nil); errors.As(err, &other) {
			return nil, notComparable([]string{s.since.Program.File, f.path}, err)
		}
		return nil, undone(fmt.Sprintf("The notice cannot be made. %s", sentence(err.Error())))
	}
	said, err := s.cat.Say(n, tag)
	if closed, ok := err.(*locales.Closed); ok {
		return nil, shut(f, closed)
	}
	if err != nil {
		return nil, undone(fmt.Sprintf("The notice cannot be said in the language %s. %s", quoted(tag), sentence(err.Error())))
	}
	switch as {
	case "html":
		return nil, render.HTML(out, s.cat, said)
	case "json":
		return nil, render.JSON(out, said)
	case "markdown":
		return nil, render.Markdown(out, said)
	case "docx":
		return nil, print.Notice(out, s.cat, said, []*locales.Notice{said}, "")
	case "read-aloud":
		return nil, render.ReadAloud(out, said)
	case "sms":
		m, err := render.SMS(s.cat, said, s.page)
		if err != nil {
			return nil, undone(sentence(err.Error()))
		}
		fmt.Fprintln(out, m.Text)
		return &fault{code: fine, says: strings.Join(m.Says(), " ")}, nil
	}
	return nil, render.Text(out, said)
}
