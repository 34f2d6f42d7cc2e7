package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newGate(env *Env) *cobra.Command {
	return env.parent("gate", env.t("See and change what must be there before an idea enters a stage"),
		newGateList(env),
		newGateChange(env, "add", env.t("Put conditions into the gate of a stage"),
			"  sluss gate add closed answered\n  sluss gate add presented need solution value", (*desk.Desk).AddGate),
		newGateChange(env, "remove", env.t("Take conditions out of the gate of a stage"),
			"  sluss gate remove presented need", (*desk.Desk).RemoveGate))
}

func newGateList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "list [STAGE]",
		Aliases:           []string{"ls"},
		Short:             env.t("List the gates and what they ask for"),
		Example:           "  sluss gate list\n  sluss gate list test",
		Args:              exactly0or1,
		ValidArgsFunction: firstArg(env.completeStages),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			stages, err := d.Gates(c.Context(), args...)
			if err != nil {
				return err
			}
			return env.print(env.view().Gates(stages))
		},
	}
}

func newGateChange(env *Env, name, short, example string, change func(*desk.Desk, context.Context, string, []idea.Condition) (desk.StageLine, error)) *cobra.Command {
	return &cobra.Command{
		Use:   name + " STAGE CONDITION...",
		Short: short,
		Long: short + ".\n\n" + env.t(`The conditions are: need, solution, value, resources (those sections are
written), contact (the giver can be reached), unit (there is a receiving unit),
owner (a named person there takes the idea on), answered (the giver has been
answered), presented (the idea has been in a stage where ideas are presented),
decision (a forum let it go there), test-plan (a test is planned or running),
test-result (a test is finished), effect (an effect is planned).`),
		Example: example,
		Args:    atLeast(2, idea.Word("a stage and a condition")),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return env.completeStages(c, args, word)
			}
			return completeKeys(idea.Conditions()...)(c, args, word)
		},
		RunE: func(c *cobra.Command, args []string) error {
			conditions := make([]idea.Condition, len(args)-1)
			for k, word := range args[1:] {
				var err error
				if conditions[k], err = idea.FindCondition(word); err != nil {
					return err
				}
			}
			return env.reshape(c, func(d *desk.Desk) (desk.StageLine, error) { return change(d, c.Context(), args[0], conditions) })
		},
	}
}
