package main

import (
	"github.com/spf13/cobra"

	"fairnotice/notices/source"
)

func newCompletion(w world) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "a script that lets your shell complete verbs, flags and files",
		Example: `  source <(fairnotice completion bash)
  fairnotice completion zsh > "${fpath[1]}/_fairnotice"
  fairnotice completion fish | source
  fairnotice completion powershell | Out-String | Invoke-Expression`,
		ValidArgs: shells,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return mistyped("completion takes the name of one shell: "+list(shells)+".", "fairnotice completion bash")
		},
		RunE: func(c *cobra.Command, args []string) error {
			root, out := c.Root(), c.OutOrStdout()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(out, true)
			case "zsh":
				return root.GenZshCompletion(out)
			case "fish":
				return root.GenFishCompletion(out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(out)
			}
			near := source.DidYouMean(args[0], shells)
			if near == "" {
				near = "bash"
			}
			return mistyped("There is no completion for "+quoted(args[0])+". There are "+list(shells)+".", w.typed.with(args[0], near))
		},
	}
}
