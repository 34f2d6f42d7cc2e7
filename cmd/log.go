package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newLog(env *Env) *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:               "log [NUMBER]",
		Short:             env.t("Show what has been done, by whom and when"),
		Example:           "  sluss log\n  sluss log 14",
		Args:              exactly0or1,
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			numbers, err := env.numbers(args)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if limit < 0 && env.atTerminal() {
				limit = env.config.Int(config.Limit)
			}
			lines, err := d.Log(c.Context(), append(numbers, 0)[0], max(limit, 0))
			if err != nil {
				return err
			}
			return env.print(env.view().Log(lines))
		},
	}
	env.limitFlag(c, &limit, -1)
	return c
}

func exactly0or1(c *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return exactly(1, "")(c, args)
}

func newUndo(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "undo [COMMAND]",
		Short: env.t("Take back your last command, or one by its number in the log"),
		Long: env.t(`Take back your last command, whatever it was; again takes back the one before.
Nothing is deleted from the history: undo adds to it. What somebody has built
on since cannot be undone.`),
		Example: "  sluss undo\n  sluss undo 231",
		Args:    exactly0or1,
		RunE: func(c *cobra.Command, args []string) error {
			number, err := commandNumber(args)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if err := env.confirmUndo(c, d, number); err != nil {
				return err
			}
			line, err := d.Undo(c.Context(), number)
			if err != nil {
				return err
			}
			return env.print(env.view().Undone(line))
		},
	}
}

func commandNumber(args []string) (int64, error) {
	if len(args) == 0 {
		return 0, nil
	}
	n, err := number(args[0])
	if err != nil {
		return 0, idea.Errorf(idea.Usage, "%q is no number of a command", args[0]).WithHint("sluss log shows the numbers")
	}
	return n, nil
}

// confirmUndo shows what would be taken back, where there is somebody to look.
func (env *Env) confirmUndo(c *cobra.Command, d *desk.Desk, number int64) error {
	if env.flags.yes || number != 0 || !env.mayAsk() {
		return nil
	}
	last, err := d.Last(c.Context())
	if err != nil {
		return err
	}
	return env.confirm(env.t("Undo %s?", env.view().Told(last)))
}
