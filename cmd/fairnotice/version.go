package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices"
)

func newVersion(w world) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "which build this is, and what it can read and say",
		Example: "  fairnotice version",
		Args:    w.nothing,
		RunE: func(c *cobra.Command, _ []string) error {
			book, err := shippedBook()
			if err != nil {
				return err
			}
			version, commit := "(devel)", ""
			if w.build != nil {
				if w.build.Main.Version != "" {
					version = w.build.Main.Version
				}
				for _, s := range w.build.Settings {
					if s.Key == "vcs.revision" {
						commit = " " + s.Value
					}
				}
			}
			out := c.OutOrStdout()
			fmt.Fprintf(out, "fairnotice %s%s %s %s/%s\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			fmt.Fprintf(out, "program files: format 1\n")
			fmt.Fprintf(out, "kinds: %s\n", join(notices.AllKinds(), ", "))
			fmt.Fprintf(out, "languages: %s\n", list(named(locales.ShippedTags())))
			fmt.Fprintf(out, "book of law: %s for %s\n", count(len(book.All()), "entry"), join(book.Places(), ", "))
			return nil
		},
	}
}
