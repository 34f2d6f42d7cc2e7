package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/view"
)

// answerFlags say what an answer is and who has got it.
type answerFlags struct {
	text, channel, at string
	givers            []string
	approve, sent     bool
}

func newAnswer(env *Env) *cobra.Command {
	var flags answerFlags
	c := &cobra.Command{
		Use:   "answer NUMBER... [TEXT]",
		Short: env.t("Draft an answer to the givers, approve it, or record that it was given"),
		Long: env.t(`Draft an answer to the givers of ideas. With --sent and --channel it is given,
today or on the day of --at; without a text the draft is the answer. All givers
of an idea have got it then, or with --giver only those named: show tells who
still waits, and the same command without a text tells the rest.

With --approve it may be given. The rule approve-answers makes that a must; an
approved text that is changed must be approved again.`),
		Example: `  sluss answer 14 "Tack! Vi tar upp den i rådet i december."
  sluss answer 14 --approve
  sluss answer 14 --channel phone --sent --giver 3
  sluss answer 3 7-9 --text "Tack!" --channel mail --sent`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			in, numbers, err := env.answerInput(args, flags)
			if err != nil {
				return err
			}
			return env.changed(c, numbers, view.Told(in), func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
				in.Numbers = ids
				return d.Answer(c.Context(), in)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&flags.text, "text", "", env.t("the `TEXT` of the answer"))
	f.BoolVar(&flags.approve, "approve", false, env.t("it may be given"))
	f.BoolVar(&flags.sent, "sent", false, env.t("the givers have got it"))
	f.StringVar(&flags.channel, "channel", "", env.t("`CHANNEL` it was given by: mail, phone, visit, meeting, form or paper"))
	f.StringArrayVar(&flags.givers, "giver", nil, env.t("the number of a `GIVER` who has got it; again for more; else all"))
	f.StringVar(&flags.at, "at", "", env.t("the `DAY` on which it was given"))
	env.completeFlag(c, "channel", completeWords(env, idea.Channels()))
	env.completeFlag(c, "giver", env.completeGivers)
	return c
}

func (env *Env) answerInput(args []string, flags answerFlags) (in desk.AnswerInput, numbers []string, err error) {
	numbers, words := splitText(args)
	in = desk.AnswerInput{Text: flags.text, Approve: flags.approve, Sent: flags.sent}
	switch {
	case flags.text != "" && len(words) > 0:
		return in, nil, idea.Errorf(idea.Usage, "there are two texts: %q and that of --text", words[0]).WithHint("give one of them")
	case len(flags.givers) > 0 && !flags.sent:
		return in, nil, idea.Errorf(idea.Usage, "--giver tells who has got the answer; it goes with --sent")
	case flags.text == "" && (len(words) > 0 || !flags.sent && !flags.approve):
		if in.Text, err = env.longText(words, ""); err != nil {
			return in, nil, err
		}
	}
	if in.On, err = env.day(flags.at); err != nil {
		return in, nil, err
	}
	if in.Givers, err = giverNumbers(flags.givers); err != nil || flags.channel == "" {
		return in, numbers, err
	}
	in.Channel, err = idea.FindChannel(flags.channel)
	return in, numbers, err
}

func giverNumbers(words []string) (ids []int64, err error) {
	for _, word := range words {
		id, err := giverNumber(word)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}
