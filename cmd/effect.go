package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/view"
)

func newEffect(env *Env) *cobra.Command {
	return env.parent("effect", env.t("Plan what ideas should change, and record what was seen"),
		newEffectPlan(env), newEffectEdit(env), newEffectSee(env), newEffectList(env))
}

func newEffectPlan(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "plan NUMBER --measure MEASURE --before VALUE --after VALUE",
		Short: env.t("Plan an effect of an idea"),
		Long: env.t(`Plan an effect of an idea: a measure, its value before and the one that we look
for after. What is seen later does not change the plan. An idea can have
several effects. Numbers take a decimal comma or point.`),
		Example: `  sluss effect plan 14 --measure "timmar per månad" --before 40 --after 12 --cost 5000 \
    --from 2027-01-01 --follow-up 2027-06-01`,
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			fields := effectFields(c)
			if err := env.parseDays(fields, idea.FieldBegins, idea.FieldFollowUp); err != nil {
				return err
			}
			return env.changedOne(c, args[0], view.Done("the effect is planned"), func(d *desk.Desk, number int64) ([]desk.Card, error) {
				return d.PlanEffect(c.Context(), number, fields)
			})
		},
	}
	c.Flags().String("measure", "", env.t("what is measured, with its unit, as a `TEXT`"))
	effectFlags(env, c)
	return c
}

func effectFlags(env *Env, c *cobra.Command) {
	c.Flags().String("before", "", env.t("the `NUMBER` before"))
	c.Flags().String("after", "", env.t("the `NUMBER` that we look for after"))
	c.Flags().String("cost", "", env.t("what it costs, as a `NUMBER`"))
	c.Flags().String("from", "", env.t("the `DAY` on which it begins"))
	c.Flags().String("follow-up", "", env.t("the `DAY` on which to look what came of it"))
}

// effectFields is the flags of an effect that were given.
func effectFields(c *cobra.Command) map[idea.Field]string {
	return changedFields(c, map[string]idea.Field{"measure": idea.FieldMeasure, "before": idea.FieldBefore,
		"after": idea.FieldAfter, "cost": idea.FieldCost, "from": idea.FieldBegins, "follow-up": idea.FieldFollowUp})
}

func newEffectEdit(env *Env) *cobra.Command {
	var name string
	c := &cobra.Command{
		Use:   "edit NUMBER",
		Short: env.t("Change what is planned of an effect"),
		Long:  env.t("Change what is planned of an effect. --measure says which, if the idea has\nseveral; --name gives it another name."),
		Example: `  sluss effect edit 14 --follow-up 2027-09-01
  sluss effect edit 14 --measure "timmar per månad" --after 10 --name "timmar i månaden"`,
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			fields := effectFields(c)
			measure := fields[idea.FieldMeasure]
			delete(fields, idea.FieldMeasure)
			if c.Flags().Changed("name") {
				fields[idea.FieldMeasure] = name
			}
			if len(fields) == 0 {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			if err := env.parseDays(fields, idea.FieldBegins, idea.FieldFollowUp); err != nil {
				return err
			}
			return env.changedOne(c, args[0], view.Done("the plan of the effect is changed"), func(d *desk.Desk, number int64) ([]desk.Card, error) {
				return d.EditEffect(c.Context(), number, measure, fields)
			})
		},
	}
	c.Flags().String("measure", "", env.t("the `MEASURE` of the effect"))
	c.Flags().StringVar(&name, "name", "", env.t("another `NAME` of the measure"))
	effectFlags(env, c)
	return c
}

func newEffectSee(env *Env) *cobra.Command {
	var in desk.SightInput
	var at string
	c := &cobra.Command{
		Use:   "see NUMBER --after VALUE",
		Short: env.t("Record what was seen of a planned effect"),
		Long: env.t(`Record what was seen of a planned effect. --measure says which, if the idea has
several. You can look again later: all that was seen is kept, and the last
counts.`),
		Example: `  sluss effect see 14 --after 14
  sluss effect see 14 --measure "timmar per månad" --after 13,5 --at 2027-06-01 --note "Två enheter av tre"`,
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) (err error) {
			if in.On, err = env.day(at); err != nil {
				return err
			}
			return env.changedOne(c, args[0], view.Done("what was seen of the effect is saved"), func(d *desk.Desk, number int64) ([]desk.Card, error) {
				return d.SeeEffect(c.Context(), number, in)
			})
		},
	}
	c.Flags().StringVar(&in.Measure, "measure", "", env.t("the `MEASURE` of the effect"))
	c.Flags().StringVar(&in.After, "after", "", env.t("the `NUMBER` that was seen"))
	c.Flags().StringVar(&in.Before, "before", "", env.t("the `NUMBER` before, if it was not as planned"))
	c.Flags().StringVar(&in.Cost, "cost", "", env.t("what it cost, as a `NUMBER`"))
	c.Flags().StringVar(&in.Text, "note", "", env.t("a `TEXT` about it"))
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` on which it was seen"))
	return c
}

func newEffectList(env *Env) *cobra.Command {
	var of desk.Selection
	c := &cobra.Command{
		Use:     "list [planned|follow-up|seen]...",
		Aliases: []string{"ls"},
		Short:   env.t("List effects"),
		Long: env.t(`List the effects of all ideas, or those that are planned, that wait for a
follow-up, or that were seen. An effect waits from the day of its follow-up
until something was seen on that day or later.`),
		Example:           "  sluss effect list\n  sluss effect list --unit Skola --coach me\n  sluss effect list follow-up\n  sluss effect list seen --format csv --excel -o effekter.csv",
		ValidArgsFunction: completeWords(env, idea.EffectStates()),
		RunE: func(c *cobra.Command, args []string) error {
			states, err := findAll(args, idea.FindEffectState)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			effects, err := d.Effects(c.Context(), states, of)
			if err != nil {
				return err
			}
			return env.print(env.view().Effects(effects))
		},
	}
	env.ownerFlags(c, &of)
	return c
}
