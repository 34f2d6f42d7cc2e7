package cmd

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newActivity(env *Env) *cobra.Command {
	return env.parent("activity", env.t("Record the meetings, talks and visits that anchor the work"),
		newActivityList(env), newActivityShow(env), newActivityAdd(env), newActivityEdit(env), newActivityRemove(env))
}

func newActivityList(env *Env) *cobra.Command {
	var s desk.ActivitySelection
	var since, until, period string
	c := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List activities, the newest first"),
		Example: "  sluss activity list --unit Skola --period 2026\n  sluss activity list --kind workshop --since 2026-q3 --json",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if s.Period, err = env.within(period, since, until); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			s.People = env.people()
			activities, err := d.Activities(c.Context(), s)
			if err != nil {
				return err
			}
			return env.print(env.view().Activities(activities))
		},
	}
	flags := c.Flags()
	flags.StringArrayVarP(&s.Units, "unit", "u", nil, env.t("for this `UNIT` or one under it; again for more"))
	flags.StringArrayVar(&s.Networks, "network", nil, env.t("for this `NETWORK`; again for more"))
	flags.StringArrayVarP(&s.Kinds, "kind", "k", nil, env.t("of this `KIND`: meeting, workshop, talk, course or visit"))
	flags.StringVar(&since, "since", "", env.t("held on this `DAY` or later"))
	flags.StringVar(&until, "until", "", env.t("held on this `DAY` or earlier"))
	flags.StringVarP(&period, "period", "p", "", env.t("held in this `PERIOD`"))
	env.completeFlag(c, "unit", env.completeUnits)
	env.completeFlag(c, "network", env.completeNetworks)
	env.completeFlag(c, "kind", completeWords(env, idea.ActivityKinds()))
	return c
}

// within is the days that lie in a period, not before since and not after until.
func (env *Env) within(period, since, until string) (idea.Period, error) {
	p, err := env.period(period)
	if err != nil {
		return p, err
	}
	from, err := env.period(since)
	if err != nil {
		return p, err
	}
	to, err := env.period(until)
	if err != nil {
		return p, err
	}
	p.From = max(p.From, from.From)
	if p.To == "" || to.To != "" && to.To < p.To {
		p.To = to.To
	}
	return p, nil
}

func newActivityShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "show ACTIVITY",
		Short:             env.t("Show an activity"),
		Example:           "  sluss activity show 3",
		Args:              exactly(1, idea.Word("the number of an activity")),
		ValidArgsFunction: env.completeActivities,
		RunE: func(c *cobra.Command, args []string) error {
			id, err := activityNumber(args[0])
			if err != nil {
				return err
			}
			return env.printActivity(c, func(d *desk.Desk) (desk.ActivityLine, error) { return d.Activity(c.Context(), id) })
		},
	}
}

func (env *Env) printActivity(c *cobra.Command, ask func(*desk.Desk) (desk.ActivityLine, error)) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	line, err := ask(d)
	if err != nil {
		return err
	}
	return env.print(env.view().Activity(line))
}

func activityNumber(word string) (int64, error) {
	id, err := number(word)
	if err != nil {
		return 0, noActivity(word)
	}
	return id, nil
}

func noActivity(word string) error {
	return idea.Errorf(idea.Usage, "%q is no number of an activity", word).WithHint("sluss activity list shows the numbers")
}

// activityFlags are the flags that say what an activity was.
type activityFlags struct{ units, networks []string }

func (f *activityFlags) define(env *Env, c *cobra.Command) {
	flags := c.Flags()
	flags.StringP("kind", "k", "", env.t("`KIND`: meeting, workshop, talk, course or visit"))
	flags.String("at", "", env.t("the `DAY` on which it was held; else today"))
	flags.String("participants", "", env.t("`NUMBER` of participants"))
	flags.String("note", "", env.t("what was said and decided, as a `TEXT`"))
	flags.StringArrayVarP(&f.units, "unit", "u", nil, env.t("a `UNIT` that it was for; again for more"))
	flags.StringArrayVar(&f.networks, "network", nil, env.t("a `NETWORK` that it was for; again for more"))
	env.completeFlag(c, "kind", completeWords(env, idea.ActivityKinds()))
	env.completeFlag(c, "unit", env.completeUnits)
	env.completeFlag(c, "network", env.completeNetworks)
}

func (f *activityFlags) input(env *Env, c *cobra.Command) (desk.ActivityInput, error) {
	in := desk.ActivityInput{Units: f.units, Networks: f.networks, Fields: changedFields(c, map[string]idea.Field{
		"kind": idea.FieldKind, "at": idea.FieldDay, "participants": idea.FieldParticipants, "note": idea.FieldText})}
	word, given := in.Fields[idea.FieldDay]
	if !given {
		return in, nil
	}
	day, err := env.day(word)
	in.Fields[idea.FieldDay] = string(day)
	return in, err
}

func newActivityAdd(env *Env) *cobra.Command {
	var flags activityFlags
	c := &cobra.Command{
		Use:   "add TITLE",
		Short: env.t("Record an activity"),
		Example: `  sluss activity add "Idéverkstad om lov" --kind workshop --unit Grundskola --participants 14
  sluss activity add "Om slussen" --kind talk --network Skolutvecklare --at igår`,
		Args: exactly(1, idea.Word("a title")),
		RunE: func(c *cobra.Command, args []string) error {
			in, err := flags.input(env, c)
			if err != nil {
				return err
			}
			in.Fields[idea.FieldTitle] = args[0]
			if in.Fields[idea.FieldKind] == "" {
				return idea.Errorf(idea.Usage, "what kind of activity was it?").
					WithHint("say --kind meeting, workshop, talk, course or visit")
			}
			return env.printActivity(c, func(d *desk.Desk) (desk.ActivityLine, error) { return d.AddActivity(c.Context(), in) })
		},
	}
	flags.define(env, c)
	return c
}

func newActivityEdit(env *Env) *cobra.Command {
	var flags activityFlags
	c := &cobra.Command{
		Use:   "edit ACTIVITY",
		Short: env.t("Change what is told of an activity"),
		Long: env.t(`Change what is told of an activity. An empty value empties a field. The units
and networks that are given take the place of those before.`),
		Example:           "  sluss activity edit 3 --participants 18 --unit Grundskola --unit Fritid",
		Args:              exactly(1, idea.Word("the number of an activity")),
		ValidArgsFunction: env.completeActivities,
		RunE: func(c *cobra.Command, args []string) error {
			id, err := activityNumber(args[0])
			if err != nil {
				return err
			}
			in, err := flags.input(env, c)
			if err != nil {
				return err
			}
			if f := c.Flags().Lookup("title"); f.Changed {
				in.Fields[idea.FieldTitle] = f.Value.String()
			}
			if len(in.Fields) == 0 && in.Units == nil && in.Networks == nil {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			return env.printActivity(c, func(d *desk.Desk) (desk.ActivityLine, error) { return d.EditActivity(c.Context(), id, in) })
		},
	}
	c.Flags().String("title", "", env.t("the `TITLE`"))
	flags.define(env, c)
	return c
}

func newActivityRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove ACTIVITY...",
		Short:             env.t("Remove activities that were recorded by mistake"),
		Example:           "  sluss activity remove 3 5-7",
		Args:              atLeast(1, idea.Word("the number of an activity")),
		ValidArgsFunction: env.completeActivities,
		RunE: func(c *cobra.Command, args []string) error {
			ids, err := env.ids(args, noActivity)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.RemoveActivities(c.Context(), ids)
			if err != nil {
				return err
			}
			return env.print(env.view().Activities(lines))
		},
	}
}

func (env *Env) completeActivities(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		activities, _ := d.Activities(ctx, desk.ActivitySelection{People: true})
		for _, a := range activities {
			number := strconv.FormatInt(a.ID, 10)
			if strings.HasPrefix(number, word) && len(out) < maxOffers {
				out = append(out, number+"\t"+string(a.Day)+" "+a.Title)
			}
		}
		return out
	})
}
