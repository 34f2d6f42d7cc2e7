package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/view"
)

func newNext(env *Env) *cobra.Command {
	var by string
	var done bool
	c := &cobra.Command{
		Use:   "next NUMBER... [TEXT]",
		Short: env.t("Say what is to be done with ideas next, and by which day"),
		Long: env.t(`Say what is to be done with ideas next, and by which day. A new step takes the
place of the old one, which stays in the log; --by alone gives the step another
day. With --done the step is taken and there is none until you write another.`),
		Example: `  sluss next 14 "Ring Åsa" --by fredag
  sluss next 14 --by "nästa måndag"
  sluss next 14 --done`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			numbers, words := splitText(args)
			in := desk.NextInput{Done: done}
			var err error
			if len(words) > 0 {
				if in.Text, err = env.longText(words, ""); err != nil {
					return err
				}
			}
			if in.By, err = env.day(by); err != nil {
				return err
			}
			return env.changed(c, numbers, view.NextStep, func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
				in.Numbers = ids
				return d.Next(c.Context(), in)
			})
		},
	}
	c.Flags().StringVar(&by, "by", "", env.t("the `DAY` by which it is to be done"))
	c.Flags().BoolVar(&done, "done", false, env.t("the step is taken"))
	return c
}
