package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/report"
)

func newTarget(env *Env) *cobra.Command {
	return env.parent("target", env.t("Set goals for measures: the direction of will in figures"), newTargetSet(env), newTargetList(env), newTargetRemove(env))
}

func newTargetSet(env *Env) *cobra.Command {
	var period string
	c := &cobra.Command{
		Use:   "set MEASURE GOAL --period PERIOD",
		Short: env.t("Set the goal of a measure for a period"),
		Long: env.t(`Set the goal of a measure for a period, for one that sluss counts or one of your
own. Shares take percent; other numbers take a decimal comma or point. A measure
has one goal for a period: another takes its place. Where lower is better the
figure is to be at most the goal, else at least. sluss report targets shows how
it goes.`),
		Example: `  sluss target set answered_in_time 90% --period 2026
  sluss target set reached:test 12 --period 2026
  sluss target set visitors 1500 --period 2026-q4`,
		Args: exactly(2, idea.Word("a measure and its goal")),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return env.completeMeasures(c, args, word)
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			return env.changeTarget(c, period, "", func(d *desk.Desk, p idea.Period) (desk.TargetLine, error) {
				return d.SetTarget(c.Context(), args[0], args[1], p)
			})
		},
	}
	c.Flags().StringVarP(&period, "period", "p", "", env.t("the `PERIOD` with both ends: 2026, 2026-q3, 2026-11 or FROM..TO"))
	env.completePeriod(c)
	return c
}

// changeTarget gives the desk a change of a target and prints what was done; an
// empty word says what the goal is.
func (env *Env) changeTarget(c *cobra.Command, period string, done idea.Word, change func(*desk.Desk, idea.Period) (desk.TargetLine, error)) error {
	p, err := env.periodFlag(c, period)
	if err != nil {
		return err
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	line, err := change(d, p)
	if err != nil {
		return err
	}
	return env.print(env.view().Target(line, done))
}

func newTargetList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List the goals of all measures, the newest period first"),
		Example: "  sluss target list\n  sluss target list --format csv --excel -o mal.csv",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.Targets(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().Targets(lines))
		},
	}
}

func newTargetRemove(env *Env) *cobra.Command {
	var period string
	c := &cobra.Command{
		Use:   "remove MEASURE",
		Short: env.t("Take the goal of a measure away"),
		Long:  env.t("Take the goal of a measure away. --period says for which period, if it has\nseveral."),
		Example: `  sluss target remove visitors
  sluss target remove answered_in_time --period 2026`,
		Args:              exactly(1, idea.Word("a measure")),
		ValidArgsFunction: firstArg(env.completeTargets),
		RunE: func(c *cobra.Command, args []string) error {
			return env.changeTarget(c, period, "removed", func(d *desk.Desk, p idea.Period) (desk.TargetLine, error) {
				return d.RemoveTarget(c.Context(), args[0], p)
			})
		},
	}
	c.Flags().StringVarP(&period, "period", "p", "", env.t("the `PERIOD` of the goal"))
	env.completePeriod(c)
	return c
}

// completeTargets offers the measures that have targets.
func (env *Env) completeTargets(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		lines, _ := d.Targets(ctx)
		for _, l := range lines {
			out = append(out, l.Target.Measure+"\t"+report.Called(l.Period()))
		}
		return out
	})
}

func newReportTargets(env *Env) *cobra.Command {
	var period, asOf string
	c := &cobra.Command{
		Use:   "targets",
		Short: env.t("%s", report.Targets.Short()),
		Long: env.t(`Each target with its goal, the outcome so far, how much is left, the trend over the
weeks, months or quarters of its period, the outcome of the whole period before,
and how it goes.

While a period runs, a count or a sum is behind when it is short of the part of
the goal that the days before today make of the period: after 73 days of a year
that is a fifth. Where low is better it is behind when it is over that part, and
not reached as soon as it is over the goal. A share, a time, a formula and what
stands on a day is behind when it does not meet the goal itself. When the period
is over a target is reached or not.

--period shows the targets whose periods have a day in common with it.`),
		Example: "  sluss report targets\n  sluss report targets --period 2026 --format html -o mal.html\n  sluss report targets --as-of 2026-06-30",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			p, err := env.periodFlag(c, period)
			if err != nil {
				return err
			}
			return env.withDeskAsOf(c, asOf, func(d *desk.Desk) error {
				followed, err := d.FollowTargets(c.Context(), p, env.people())
				if err != nil {
					return err
				}
				return env.print(env.view().FollowedTargets(followed))
			})
		},
	}
	c.Flags().StringVarP(&period, "period", "p", "", env.t("`PERIOD`: 2026, 2026-q3, 2026-11, last-month, this-year, FROM..TO; without it all time"))
	c.Flags().StringVar(&asOf, "as-of", "", env.t("the figures as they were at the end of this `DAY`"))
	env.completePeriod(c)
	return c
}
