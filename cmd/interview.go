package cmd

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/intake"
	"sluss/internal/interview"
	"sluss/internal/view"
)

func newInterview(env *Env) *cobra.Command {
	var resume bool
	var set string
	c := &cobra.Command{
		Use:   "interview [NUMBER]",
		Short: env.t("Talk an idea through, question by question"),
		Long: env.t(`Talk an idea through at a terminal, with the questions for its kind of giver and
its stage. What the idea holds already is the answer that Enter gives. < goes a
question back, - empties an answer. Answers can lead to further questions. At
the end you see what changes, and all of it is saved as one command.

Each answer is kept at once as a draft that only you see, and that is wiped when
it is saved or given up. Ctrl-C asks whether to keep the draft; after a crash it
is there. --resume goes on with it; without a number with the only one, or the
one that you choose.`),
		Example: `  sluss interview 14
  sluss interview 14 --questions company-first
  sluss interview --resume`,
		Args:              exactly0or1,
		ValidArgsFunction: firstArg(env.completeNumbers),
		RunE: func(c *cobra.Command, args []string) error {
			return env.interview(c, args, resume, set)
		},
	}
	c.Flags().BoolVar(&resume, "resume", false, env.t("go on with a draft"))
	c.Flags().StringVar(&set, "questions", "", env.t("ask the questions of this `SET`"))
	env.completeFlag(c, "questions", env.completeQuestions)
	c.AddCommand(newInterviewDrafts(env), newInterviewDiscard(env))
	return c
}

func (env *Env) interview(c *cobra.Command, args []string, resume bool, set string) error {
	if !env.mayAsk() {
		return idea.Errorf(idea.Usage, "an interview needs a terminal").
			WithHint("sluss edit NUMBER --need \"…\" --solution \"…\" writes answers without one; sluss questions show NAME lists the questions")
	}
	number := int64(0)
	if len(args) > 0 {
		from, to, err := span(args[0])
		if err != nil {
			return err
		}
		if from != to {
			return idea.Errorf(idea.Usage, "an interview is about one idea at a time")
		}
		number = from
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	g := &guide{env: env, ctx: c.Context(), d: d}
	err = env.ask(func(a interview.Asker) error {
		g.a = a
		if err := g.sit(number, resume, set); err != nil {
			return err
		}
		return g.run()
	})
	if err != nil || g.saved == nil {
		return err
	}
	return env.printChanged(g.saved, view.Done("the answers are saved"))
}

// talkSets is the questions of talks that are not saved.
func talkSets(talks []desk.TalkLine) (sets []idea.QuestionSet, err error) {
	for _, t := range talks {
		s, err := talkSet(t.Talk)
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	return sets, nil
}

func talkSet(t idea.Talk) (idea.QuestionSet, error) {
	sets, err := intake.ParseQuestions("draft "+strconv.FormatInt(t.Idea, 10), []byte(t.Questions), nil)
	if err != nil {
		return idea.QuestionSet{}, err
	}
	return sets[0], nil
}

func newInterviewDrafts(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "drafts",
		Short:   env.t("List your interviews that are not saved"),
		Long:    env.t("List your interviews that are not saved. What was said stands in none of it, and\nnobody sees the drafts of others."),
		Example: "  sluss interview drafts",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			talks, err := d.Talks(c.Context())
			if err != nil {
				return err
			}
			sets, err := talkSets(talks)
			if err != nil {
				return err
			}
			return env.print(env.view().Talks(talks, sets))
		},
	}
}

func newInterviewDiscard(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "discard NUMBER...",
		Short:             env.t("Give up drafts of interviews; sluss undo does not bring them back"),
		Example:           "  sluss interview discard 14",
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeDrafts,
		RunE: func(c *cobra.Command, args []string) error {
			numbers, err := env.numbers(args)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if err := d.DropTalks(c.Context(), numbers...); err != nil {
				return err
			}
			return env.print(env.view().Discarded(numbers))
		},
	}
}

func (env *Env) completeDrafts(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		talks, _ := d.Talks(ctx)
		for _, t := range talks {
			out = append(out, strconv.FormatInt(t.Idea, 10)+"\t"+t.Title)
		}
		return out
	})
}
