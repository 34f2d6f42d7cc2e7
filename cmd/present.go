package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

func newPresent(env *Env) *cobra.Command {
	var in desk.PresentInput
	var date string
	c := &cobra.Command{
		Use:   "present NUMBER... --forum FORUM --date DAY",
		Short: env.t("Put ideas on the agenda of a meeting"),
		Long: env.t(`Put ideas on the agenda of a meeting, all of them or none. An idea that has
not come as far moves to the stage where ideas are presented, if its gate lets
it; --only-agenda leaves it where it is. Without --date it is the next meeting
that has an agenda; without --forum, the only forum. At a terminal you are asked
for what the gate lacks and for the type, newness and kinds of value of each
idea; --no-input asks nothing.`),
		Example: `  sluss present 14 --forum Idérådet --date 2026-12-03
  sluss present 3 7-9 --type service
  sluss present 14 --forum Idérådet --date 2026-12-03 --remove`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) (err error) {
			if in.Numbers, err = env.numbers(args); err != nil {
				return err
			}
			if in.On, err = env.day(date); err != nil {
				return err
			}
			if in.Classes, err = readClasses(c); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if in.Supply, err = env.supplyPresent(c.Context(), d, in); err != nil {
				return err
			}
			all, err := d.Present(c.Context(), in)
			if err != nil {
				return err
			}
			if in.Remove {
				return env.printTaken(all, env.view().Withdrawn(all))
			}
			return env.printTaken(all, env.view().Presented(all))
		},
	}
	c.Flags().StringVar(&in.Forum, "forum", "", env.t("the `FORUM` that meets"))
	c.Flags().StringVar(&date, "date", "", env.t("the `DAY` of the meeting"))
	c.Flags().BoolVar(&in.OnlyAgenda, "only-agenda", false, env.t("leave the ideas in their stages"))
	c.Flags().BoolVar(&in.Remove, "remove", false, env.t("take the ideas off the agenda; they stay in their stages"))
	c.Flags().StringVar(&in.Why, "why", "", env.t("the `REASON`, kept with the move"))
	c.Flags().BoolVar(&in.Force, "force", false, env.t("pass the gate; needs --why"))
	classFlags(env, c)
	env.completeFlag(c, "forum", env.completeForums)
	return c
}

// readClasses is the classes that flags give.
func readClasses(c *cobra.Command) (map[idea.Field]string, error) {
	e := desk.Edit{Fields: changedFields(c, map[string]idea.Field{"type": idea.FieldType, "newness": idea.FieldNewness})}
	err := readBenefits(c, &e)
	return e.Fields, err
}

// printTaken prints what a meeting did with ideas, and what to do next.
func (env *Env) printTaken(all []desk.Taken, d render.Document) error {
	if err := env.print(d); err != nil {
		return err
	}
	var moved []desk.Moved
	for _, t := range all {
		if t.From.Key == t.To.Key {
			continue
		}
		moved = append(moved, t.Moved)
		if t.To.Kind == idea.Closed && !t.Answered {
			env.hint(env.t("hint: the giver has not been answered: sluss answer %d \"…\" --channel mail --sent", t.Number))
		}
	}
	env.warnCrowded(moved)
	return nil
}

func newDecide(env *Env) *cobra.Command {
	var in desk.DecideInput
	var resolution, date, until string
	c := &cobra.Command{
		Use:   "decide NUMBER... --decision DECISION",
		Short: env.t("Record what a meeting decided of ideas, and move them there"),
		Long: env.t(`Record what a meeting decided of ideas, and move them to where that leads, all
of them or none: test, introduce, develop (further), decline, park (--until
DAY), hand-over, or postpone, which leaves them where they are. Gates hold; one
undo takes back decision and move. The meeting is the last one with the idea on
its agenda, if you do not name it. A decision about one idea asks at a terminal for
what the gate of its next stage lacks.`),
		Example: `  sluss decide 14 --forum Idérådet --decision test --why "Liten kostnad, stor nytta"
  sluss decide 3 7 --decision decline --why "Finns redan" --date 2026-12-03
  sluss decide 9 --decision park --until 2027-03-01 --by "Eva Lind"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) (err error) {
			if in.Numbers, err = env.numbers(args); err != nil {
				return err
			}
			if resolution == "" {
				return idea.Errorf(idea.Usage, "what was decided?").WithHint("say it with --decision: %s", wordList(idea.Resolutions()))
			}
			if in.Resolution, err = idea.FindResolution(resolution); err != nil {
				return err
			}
			if in.On, err = env.day(date); err != nil {
				return err
			}
			if in.Until, err = env.day(until); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if in.Supply, err = env.supplyDecide(c.Context(), d, in); err != nil {
				return err
			}
			all, err := d.Decide(c.Context(), in)
			if err != nil {
				return err
			}
			return env.printTaken(all, env.view().Decided(all))
		},
	}
	c.Flags().StringVar(&in.Forum, "forum", "", env.t("the `FORUM` that decided"))
	c.Flags().StringVarP(&resolution, "decision", "d", "", env.t("`DECISION`: test, introduce, develop, decline, park, hand-over or postpone"))
	c.Flags().StringVar(&in.Why, "why", "", env.t("the `REASON`, kept with the decision and the move"))
	c.Flags().StringVar(&date, "date", "", env.t("the `DAY` of the meeting"))
	c.Flags().StringArrayVar(&in.By, "by", nil, env.t("the `NAME` of who took the decision, if not the forum; again for more"))
	c.Flags().StringVar(&until, "until", "", env.t("the `DAY` on which it wakes"))
	c.Flags().BoolVar(&in.Force, "force", false, env.t("pass the gate; needs --why"))
	env.completeFlag(c, "forum", env.completeForums)
	env.completeFlag(c, "decision", completeWords(env, idea.Resolutions()))
	return c
}

// wordList is words as an argument of a text.
func wordList[T ~string](all []T) idea.List {
	list := make(idea.List, len(all))
	for k, one := range all {
		list[k] = idea.Word(one)
	}
	return list
}
