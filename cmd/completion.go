package cmd

import (
	"io"

	"github.com/spf13/cobra"

	"sluss/internal/idea"
)

// shells lists the shells that completion scripts are written for.
func shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

func newCompletion(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: env.t("Print the script that completes commands in your shell"),
		Long: env.t(`Print the script that completes commands, stages, tags, units, coaches and the
numbers of ideas in your shell: bash, zsh, fish or powershell. Bash needs the
package bash-completion.`),
		Example: `  source <(sluss completion bash)
  sluss completion fish > ~/.config/fish/completions/sluss.fish`,
		Args:      exactly(1, idea.Word("a shell: bash, zsh, fish or powershell")),
		ValidArgs: shells(),
		RunE: func(c *cobra.Command, args []string) error {
			return writeCompletion(c.Root(), args[0], env.streams.Out)
		},
	}
}

func writeCompletion(root *cobra.Command, shell string, w io.Writer) error {
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(w, true)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, true)
	case "powershell":
		return root.GenPowerShellCompletionWithDesc(w)
	}
	return withNear(idea.Errorf(idea.Usage, "there is no completion for %q", shell).
		WithHint("there is one for bash, zsh, fish and powershell"), shell, shells())
}
