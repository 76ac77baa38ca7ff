package main

import (
	"github.com/spf13/cobra"

	"fairnotice/notices"
)

func newSchema(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "schema",
		Short: "the JSON Schema of a program file or a demand file, for editors",
		Long: `Prints the JSON Schema (draft 2020-12) of a program file, or of a demand file. Save it, and name it in the first line of your file;
editors that know YAML then complete words and mark mistakes while you type.`,
		Example: `  fairnotice schema > fairnotice.schema.json
  fairnotice schema --of demand > demand.schema.json
  # yaml-language-server: $schema=fairnotice.schema.json`,
		Args: w.nothing,
	}
	of := addWords(c, w, "of", "the kind of file", "program", "demand")
	c.RunE = func(c *cobra.Command, _ []string) error {
		make := notices.Schema
		if of.word == "demand" {
			make = notices.PaperSchema
		}
		schema, err := make()
		if err != nil {
			return err
		}
		_, err = c.OutOrStdout().Write(schema)
		return err
	}
	return c
}
