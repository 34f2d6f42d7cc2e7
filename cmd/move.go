package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// moveFlags are the flags of the commands that put ideas into another stage.
type moveFlags struct {
	why, at string
	force   bool
}

func (f *moveFlags) define(env *Env, c *cobra.Command) {
	c.Flags().StringVar(&f.why, "why", "", env.t("the `REASON`, kept with the move"))
	c.Flags().StringVar(&f.at, "at", "", env.t("the `DAY` on which it happened"))
	c.Flags().BoolVar(&f.force, "force", false, env.t("pass the gate; needs --why"))
}

func (f *moveFlags) input(env *Env, numbers []string) (in desk.MoveInput, err error) {
	in = desk.MoveInput{Why: f.why, Force: f.force}
	if in.Numbers, err = env.numbers(numbers); err != nil {
		return in, err
	}
	in.At, err = env.day(f.at)
	return in, err
}

func newMove(env *Env) *cobra.Command {
	var flags moveFlags
	c := &cobra.Command{
		Use:     "move NUMBER... STAGE",
		Aliases: []string{"mv"},
		Short:   env.t("Move ideas to another stage"),
		Long: env.t(`Move ideas to another stage, all of them or none. A stage can have a gate:
things that must be there before an idea enters. At a terminal you are asked
for what is missing, and answers and move are stored together; Ctrl-C leaves
nothing behind. Elsewhere what is missing is listed with the command that
supplies it, and the exit code is 4.`),
		Example: `  sluss move 14 dialogue --why "Ringde Åsa"
  sluss move 3 7-9 12 presented --at 2026-11-20`,
		Args: atLeast(2, idea.Word("the number of an idea and a stage")),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return env.completeNumbers(c, args, word)
			}
			return env.completeStages(c, args, word)
		},
		RunE: func(c *cobra.Command, args []string) error {
			last := len(args) - 1
			in, err := flags.input(env, args[:last])
			if err != nil {
				return err
			}
			in.To = args[last]
			return env.moved(c, in, (*desk.Desk).Move)
		},
	}
	flags.define(env, c)
	return c
}

// moved gives the desk a move and prints where the ideas went.
func (env *Env) moved(c *cobra.Command, in desk.MoveInput, move func(*desk.Desk, context.Context, desk.MoveInput) ([]desk.Moved, error)) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	if in.Supply, err = env.supplyMove(c.Context(), d, in, move); err != nil {
		return err
	}
	all, err := move(d, c.Context(), in)
	if err != nil {
		return err
	}
	if err := env.print(env.view().Moved(all)); err != nil {
		return err
	}
	for _, m := range all {
		if m.To.Kind == idea.Closed && !m.Answered {
			env.hint(env.t("hint: the giver has not been answered: sluss answer %d \"…\" --channel mail --sent", m.Number))
		}
	}
	env.warnCrowded(all)
	return nil
}

// warnCrowded tells which stages hold more ideas now than they should.
func (env *Env) warnCrowded(all []desk.Moved) {
	warned := map[idea.StageKey]bool{}
	for _, m := range all {
		if m.To.Wip > 0 && m.Standing > m.To.Wip && !warned[m.To.Key] {
			warned[m.To.Key] = true
			env.warn(env.t("warning: %d ideas stand in %s, and %d should at most", m.Standing, m.To.Names, m.To.Wip))
		}
	}
}

func newPark(env *Env) *cobra.Command {
	var flags moveFlags
	var until string
	c := &cobra.Command{
		Use:               "park NUMBER... --until DAY",
		Short:             env.t("Put ideas aside until a day"),
		Example:           `  sluss park 14 --until 2027-02-01 --why "Väntar på budget"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := flags.input(env, args)
			if err != nil {
				return err
			}
			if until == "" {
				return idea.Errorf(idea.Usage, "until when is it parked?").WithHint("say it with --until DAY")
			}
			if in.Until, err = env.day(until); err != nil {
				return err
			}
			return env.moved(c, in, (*desk.Desk).Park)
		},
	}
	flags.define(env, c)
	c.Flags().StringVar(&until, "until", "", env.t("the `DAY` on which it wakes"))
	return c
}

func newClose(env *Env) *cobra.Command {
	var flags moveFlags
	var reason string
	c := &cobra.Command{
		Use:               "close NUMBER... --reason REASON",
		Short:             env.t("Close ideas with a reason that the giver is to hear"),
		Example:           `  sluss close 14 --reason declined --why "Finns redan i driftplanen"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := flags.input(env, args)
			if err != nil {
				return err
			}
			if reason == "" {
				return idea.Errorf(idea.Usage, "why is it closed?").WithHint("say it with --reason declined, handed-over or withdrawn, and more with --why")
			}
			if in.Reason, err = idea.FindReason(reason); err != nil {
				return err
			}
			return env.moved(c, in, (*desk.Desk).Close)
		},
	}
	flags.define(env, c)
	c.Flags().StringVar(&reason, "reason", "", env.t("`REASON`: declined, handed-over or withdrawn"))
	env.completeFlag(c, "reason", completeWords(env, idea.Reasons()))
	return c
}

func newReopen(env *Env) *cobra.Command {
	var flags moveFlags
	var to string
	c := &cobra.Command{
		Use:               "reopen NUMBER...",
		Short:             env.t("Take parked or closed ideas up again"),
		Example:           `  sluss reopen 14 --why "Ny budget"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := flags.input(env, args)
			if err != nil {
				return err
			}
			in.To = to
			return env.moved(c, in, (*desk.Desk).Reopen)
		},
	}
	flags.define(env, c)
	c.Flags().StringVar(&to, "to", "", env.t("the `STAGE` to go to; else the one it was in"))
	env.completeFlag(c, "to", env.completeStages)
	return c
}
