package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/idea"
)

func newShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "show NUMBER...",
		Short: env.t("Show all that is known of an idea"),
		Long: env.t(`Show all that is known of an idea. On your own screen the givers stand with
their names; in a file, a pipe or another format they do so only with
--with-people.`),
		Example: `  sluss show 14
  sluss show 14 --with-people -o idea-14.md
  sluss show 3 7-9 --json --fields number,title,notes`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			numbers, err := env.numbers(args)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			cards, err := d.Show(c.Context(), numbers, env.people())
			if err != nil {
				return err
			}
			return env.print(env.view().Cards(cards, env.people()))
		},
	}
}
