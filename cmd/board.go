package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newBoard(env *Env) *cobra.Command {
	var s desk.Selection
	limit := -1
	c := &cobra.Command{
		Use:   "board",
		Short: env.t("Show the process as columns with the ideas in them"),
		Long: env.t(`Show the stages of the way as columns with the ideas in them, what has stood
longest first. What is parked or closed is not there. Behind a title stands for
how many days the idea has been in its stage. Above a column stands how many
ideas it has, and after a slash how many it should have at most; with a filter
that is in brackets, and about all that stand there.

In a pipe it is a line for each idea: stage, number, title, days and marks.`),
		Example: `  sluss board
  sluss board --coach me --unit Skola
  sluss board --tag klimat --kind resident --json`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			board, err := d.Board(c.Context(), s)
			if err != nil {
				return err
			}
			if limit < 0 {
				limit = env.config.Int(config.Limit)
			}
			return env.print(env.view().Board(board, limit))
		},
	}
	flags := c.Flags()
	flags.StringArrayVarP(&s.Tags, "tag", "t", nil, env.t("with this `TAG`; without it: -TAG"))
	flags.StringArrayVarP(&s.Units, "unit", "u", nil, env.t("of this `UNIT` or one under it, or none"))
	flags.StringArrayVarP(&s.Kinds, "kind", "k", nil, env.t("from this `KIND` of giver"))
	flags.StringArrayVarP(&s.Coaches, "coach", "c", nil, env.t("with this `COACH`, me or none"))
	flags.IntVarP(&limit, "limit", "n", -1, env.t("at most this many `IDEAS` in a column at a terminal; 0 is all"))
	flags.Lookup("limit").DefValue = "0"
	env.completeFlag(c, "tag", env.completeTags)
	env.completeFlag(c, "unit", env.completeUnitFilter)
	env.completeFlag(c, "coach", env.completeCoaches)
	env.completeFlag(c, "kind", completeWords(env, idea.GiverKinds()))
	return c
}
