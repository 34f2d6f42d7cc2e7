package cmd

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newMashupOutcome(env *Env) *cobra.Command {
	return env.parent("outcome", env.t("Record what others took home from a mashup"),
		newOutcomeAdd(env), newOutcomeList(env), newOutcomeRemove(env))
}

func newOutcomeAdd(env *Env) *cobra.Command {
	var in desk.OutcomeInput
	c := &cobra.Command{
		Use:   "add MASHUP",
		Short: env.t("Record what an organisation took home"),
		Long: env.t(`Record what an organisation took home: an idea that it will try, a contact, a way
of working. It is about organisations; leave the names of people out.`),
		Example: `  sluss mashup outcome add 1 --who Kristianstad --story 14 --text "Prövar solceller på två skolor"
  sluss mashup outcome add 1 --who "Region Skåne" --text "Startar en egen idésluss"`,
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			if in.Idea != "" && in.Story != "" {
				return notBoth("--idea", "--story")
			}
			page, err := env.mashupPage(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.AddMashupOutcome(c.Context(), args[0], in) })
			if err != nil {
				return err
			}
			return env.print(env.view().MashupOutcomes(page.Outcomes, page.Titles))
		},
	}
	c.Flags().StringVar(&in.Organisation, "who", "", env.t("the `ORGANISATION`"))
	c.Flags().StringVar(&in.Idea, "idea", "", env.t("the `NUMBER` of the idea that it is about"))
	c.Flags().StringVar(&in.Text, "text", "", env.t("what was taken home, as a `TEXT`"))
	c.Flags().StringVar(&in.Story, "story", "", env.t("the `NUMBER` of the good example that it is about"))
	env.completeFlag(c, "idea", env.completeNumbers)
	env.completeFlag(c, "story", env.completeNumbers)
	return c
}

func newOutcomeList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "list MASHUP",
		Aliases:           []string{"ls"},
		Short:             env.t("List what was taken home"),
		Example:           "  sluss mashup outcome list 1",
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			page, err := env.mashupPage(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.Mashup(c.Context(), args[0]) })
			if err != nil {
				return err
			}
			return env.print(env.view().MashupOutcomes(page.Outcomes, page.Titles))
		},
	}
}

func newOutcomeRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove OUTCOME...",
		Short:             env.t("Remove outcomes that were recorded by mistake"),
		Example:           "  sluss mashup outcome remove 2",
		Args:              atLeast(1, idea.Word("the number of an outcome")),
		ValidArgsFunction: env.completeOutcomes,
		RunE: func(c *cobra.Command, args []string) error {
			ids, err := env.ids(args, func(word string) error {
				return idea.Errorf(idea.Usage, "%q is no number of an outcome", word).WithHint("sluss mashup outcome list MASHUP shows the numbers")
			})
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			removed, err := d.RemoveMashupOutcomes(c.Context(), ids)
			if err != nil {
				return err
			}
			return env.print(env.view().MashupOutcomes(removed, nil))
		},
	}
}

func (env *Env) completeOutcomes(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		all, _ := d.MashupOutcomes(ctx, maxOffers)
		for _, o := range all {
			out = append(out, strconv.FormatInt(o.ID, 10)+"\t"+o.Organisation)
		}
		return out
	})
}

func newMashupEvaluate(env *Env) *cobra.Command {
	var question, grade, of, text string
	var answers int
	var remove bool
	c := &cobra.Command{
		Use:   "evaluate MASHUP",
		Short: env.t("Record how those who took part judged a mashup"),
		Long: env.t(`Record how those who took part judged a mashup: how many answered and the mean of
their grades, for the mashup as a whole or with --question for a question of its
own. Figures only: who answered what is never kept. A question that is given
again takes the place of the one before; --remove takes it away.`),
		Example: `  sluss mashup evaluate 1 --answers 48 --grade 4.3
  sluss mashup evaluate 1 --question "Fick du med dig något?" --answers 45 --grade 3,9 --of 5
  sluss mashup evaluate 1 --question "Fick du med dig något?" --remove`,
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			if remove && changesAny(c, "grade", "answers", "text") {
				return notBoth("--remove", "--grade")
			}
			if remove {
				return env.printMashup(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.RemoveEvaluation(c.Context(), args[0], question) })
			}
			e := idea.Evaluation{Question: question, Answers: answers, Text: text}
			var err error
			if e.Grade, err = idea.FindAmount(grade); err != nil {
				return err
			}
			if e.Scale, err = idea.FindAmount(of); err != nil {
				return err
			}
			return env.printMashup(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.Evaluate(c.Context(), args[0], e) })
		},
	}
	flags := c.Flags()
	flags.IntVar(&answers, "answers", 0, env.t("the `NUMBER` of those who answered"))
	flags.StringVar(&grade, "grade", "", env.t("the mean of their grades, as a `NUMBER`"))
	flags.StringVar(&of, "of", string(idea.DefaultScale), env.t("the best grade that could be given, as a `NUMBER`"))
	flags.StringVar(&question, "question", "", env.t("the `QUESTION`; else the mashup as a whole"))
	flags.StringVar(&text, "text", "", env.t("what else was said, as a `TEXT` without names"))
	flags.BoolVar(&remove, "remove", false, env.t("take the evaluation away"))
	return c
}
