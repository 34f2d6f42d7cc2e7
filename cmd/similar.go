package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// mostAlike is how many ideas a hint names.
const mostAlike = 3

func newSimilar(env *Env) *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "similar NUMBER",
		Short: env.t("Find ideas that are like an idea, best first"),
		Long: env.t(`Find ideas that may be about the same as an idea, best first, with the words that
they have in common: in other forms too (cykel, cyklarna), and as a part of
longer words (skola, skolgård).`),
		Example:           "  sluss similar 14\n  sluss similar 14 --json --jq '.[0].number'",
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			number, err := oneNumber(args[0])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			found, err := d.Similar(c.Context(), number, limit)
			if err != nil {
				return err
			}
			return env.print(env.view().Similar(found))
		},
	}
	env.limitFlag(c, &limit, 10)
	return c
}

// alikeLines tells of the ideas that may be the same as a draft. It only helps:
// where it fails, it says nothing.
func (env *Env) alikeLines(ctx context.Context, d *desk.Desk, draft idea.Draft) (lines []string) {
	found, err := d.SimilarTo(ctx, draft, mostAlike)
	if err != nil {
		return nil
	}
	for _, s := range found {
		lines = append(lines, env.view().SimilarLine(s))
	}
	return lines
}
