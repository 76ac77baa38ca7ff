package main

import (
	"github.com/spf13/cobra"

	"fairnotice/notices"
)

func newSchema(w world) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "the JSON Schema of a program file, for editors that complete and check",
		Long: `Prints the JSON Schema (draft 2020-12) of a program file. Save it, and name it in the first line of your file; editors that know
YAML then complete words and mark mistakes while you type.`,
		Example: `  fairnotice schema > fairnotice.schema.json
  # yaml-language-server: $schema=fairnotice.schema.json`,
		Args: w.nothing,
		RunE: func(c *cobra.Command, _ []string) error {
			schema, err := notices.Schema()
			if err != nil {
				return err
			}
			_, err = c.OutOrStdout().Write(schema)
			return err
		},
	}
}
