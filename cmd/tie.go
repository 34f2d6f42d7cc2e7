package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/view"
)

func newLink(env *Env) *cobra.Command {
	var tie string
	var remove bool
	c := &cobra.Command{
		Use:   "link NUMBER... NUMBER",
		Short: env.t("Tie ideas to another idea"),
		Long: env.t(`Tie ideas to the last one named: as related to it, as a part of it, or as
building on it. The tie is shown with both. With --remove the ties between
them are taken away, or only those of --tie.`),
		Example: `  sluss link 14 7
  sluss link 15 16 17 14 --tie part-of
  sluss link 15 14 --remove`,
		Args:              atLeast(2, idea.Word("the numbers of two ideas")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			last := len(args) - 1
			to, err := oneNumber(args[last])
			if err != nil {
				return err
			}
			kind, err := tieKind(tie, remove)
			if err != nil {
				return err
			}
			return env.changed(c, args[:last], view.Linked(to), func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
				if remove {
					return d.Unlink(c.Context(), ids, to, kind)
				}
				return d.Link(c.Context(), ids, to, kind)
			})
		},
	}
	c.Flags().StringVar(&tie, "tie", "", env.t("`KIND` of tie: related, part-of or builds-on; else related"))
	c.Flags().BoolVar(&remove, "remove", false, env.t("take the tie away"))
	env.completeFlag(c, "tie", completeWords(env, idea.TieKinds()))
	return c
}

func tieKind(word string, remove bool) (idea.TieKind, error) {
	switch {
	case word != "":
		return idea.FindTie(word)
	case remove:
		return "", nil
	}
	return idea.Related, nil
}

// oneNumber reads the number of one idea.
func oneNumber(word string) (int64, error) {
	from, to, err := span(word)
	if err == nil && from != to {
		err = idea.Errorf(idea.Usage, "%q is more than one idea", word).WithHint("name one idea here")
	}
	return from, err
}

func newMerge(env *Env) *cobra.Command {
	var into, why, at string
	c := &cobra.Command{
		Use:   "merge NUMBER... --into NUMBER",
		Short: env.t("Merge ideas into another idea"),
		Long: env.t(`Merge ideas into another idea, all of them or none. It gets their givers, tags
and ties, and shows their notes. The merged ideas are closed; their numbers
lead on to it. The whole merge can be undone later.`),
		Example: `  sluss merge 15 16 --into 14
  sluss merge 15 --into 14 --why "Samma cykelbana"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := env.mergeInput(args, into, why, at)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			card, err := d.Merge(c.Context(), in)
			if err != nil {
				return err
			}
			if err := env.printChanged([]desk.Card{card}, view.Merged(in.Numbers)); err != nil {
				return err
			}
			env.hint(env.t("hint: tell the givers: sluss answer %d \"…\" --channel mail --sent", card.Number))
			return nil
		},
	}
	c.Flags().StringVar(&into, "into", "", env.t("the `NUMBER` of the idea that goes on"))
	c.Flags().StringVar(&why, "why", "", env.t("the `REASON`, kept with the move"))
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` on which it happened"))
	env.completeFlag(c, "into", env.completeNumbers)
	return c
}

func (env *Env) mergeInput(args []string, into, why, at string) (in desk.MergeInput, err error) {
	in.Why = why
	if into == "" {
		return in, idea.Errorf(idea.Usage, "into which idea?").WithHint("say it with --into NUMBER")
	}
	if in.Into, err = oneNumber(into); err != nil {
		return in, err
	}
	if in.Numbers, err = env.numbers(args); err != nil {
		return in, err
	}
	in.At, err = env.day(at)
	return in, err
}

func newSplit(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "split NUMBER TITLE...",
		Short: env.t("Make new ideas of the parts of an idea"),
		Long: env.t(`Make a new idea of each title, as a part of the idea. Kind, unit, coach, channel,
day of receipt, tags and givers go along; texts and notes stay with the whole.`),
		Example: `  sluss split 14 "Cykelställ vid stationen" "Cykelpump vid stationen"`,
		Args:    atLeast(2, idea.Word("the number of an idea and a title for each part")),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return env.completeNumbers(c, args, word)
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			number, err := oneNumber(args[0])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			cards, err := d.Split(c.Context(), number, args[1:])
			if err != nil {
				return err
			}
			return env.printChanged(cards, view.Linked(number))
		},
	}
}
