package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/idea"
)

func newRule(env *Env) *cobra.Command {
	return env.parent("rule", env.t("Keep what all coaches have agreed on: the answer promise and approval"), newRuleList(env), newRuleSet(env))
}

func newRuleList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls", "show"},
		Short:   env.t("List the rules"),
		Long: env.t(`List the rules. They stand in the database and not in your settings: they hold
for all coaches who share it.`),
		Example: "  sluss rule list",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			rules, err := d.Rules(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().Rules(rules))
		},
	}
}

func newRuleSet(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "set RULE VALUE",
		Short: env.t("Change a rule for all coaches"),
		Long: env.t(`Change a rule for all coaches. answer-days is the working days within which a
giver is promised the first answer, counted from the day the idea came in; 0 is
no promise. With approve-answers an answer can only be given when somebody has
approved it.`),
		Example: "  sluss rule set answer-days 10\n  sluss rule set approve-answers yes",
		Args:    exactly(2, idea.Word("a rule and its value")),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) (words []string, _ cobra.ShellCompDirective) {
			switch {
			case len(args) == 0:
				for _, r := range idea.RuleNames() {
					words = append(words, string(r)+"\t"+env.t("%s", r.Explain()))
				}
			case len(args) == 1 && args[0] == string(idea.ApproveAnswers):
				words = []string{env.t("yes"), env.t("no")}
			}
			return words, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			rule, err := d.SetRule(c.Context(), args[0], args[1])
			if err != nil {
				return err
			}
			return env.print(env.view().Rule(rule))
		},
	}
}
