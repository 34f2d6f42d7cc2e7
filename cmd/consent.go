package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newConsent(env *Env) *cobra.Command {
	c := env.parent("consent", env.t("Keep what givers have agreed to: to be named, to be pictured"),
		newConsentAdd(env), newConsentList(env), newConsentWithdraw(env))
	c.Long = env.t(`Keep what givers have agreed to: to be named in good examples, to be pictured,
and until when. Consent can be withdrawn at any time, as easily as it was given.
What is published then is not taken away by itself: the answer, today and story
list say which examples must be changed or withdrawn.`)
	return c
}

// kindFlags are the flags of the kinds of consent.
func (env *Env) kindFlags(c *cobra.Command) {
	c.Flags().Bool("named", false, env.t("to be named"))
	c.Flags().Bool("pictured", false, env.t("to be pictured"))
}

func consentKinds(c *cobra.Command) (kinds []idea.ConsentKind) {
	for _, kind := range idea.ConsentKinds() {
		if flagText(c, string(kind)) == "true" {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func newConsentAdd(env *Env) *cobra.Command {
	var at, until, how string
	c := &cobra.Command{
		Use:   "add GIVER --named --pictured",
		Short: env.t("Record that a giver agrees"),
		Long: env.t(`Record that a giver agrees to be named, to be pictured or both, from today or
the day of --at, to the day of --until or without an end. The consent to be named
is for the name alone: an address or a number is never published for it.`),
		Example: `  sluss consent add 3 --named --how mail
  sluss consent add 3 --named --pictured --until 2027-12-31 --how paper --at 2026-11-20`,
		Args: exactly(1, idea.Word("the number of a giver")),
		RunE: func(c *cobra.Command, args []string) (err error) {
			in := desk.ConsentInput{Kinds: consentKinds(c), People: env.people()}
			if in.Giver, err = giverNumber(args[0]); err != nil {
				return err
			}
			if in.On, err = env.day(at); err != nil {
				return err
			}
			if in.Until, err = env.day(until); err != nil {
				return err
			}
			if how != "" {
				if in.How, err = idea.FindChannel(how); err != nil {
					return err
				}
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.AddConsent(c.Context(), in)
			if err != nil {
				return err
			}
			return env.print(env.view().ConsentDone(all, in.People))
		},
	}
	env.kindFlags(c)
	c.Flags().StringVar(&until, "until", "", env.t("the last `DAY` on which it counts"))
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` on which it was given"))
	c.Flags().StringVar(&how, "how", "", env.t("`CHANNEL` it was given by: mail, phone, visit, meeting, form or paper"))
	env.completeFlag(c, "how", completeWords(env, idea.Channels()))
	return c
}

func newConsentList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list [GIVER]",
		Aliases: []string{"ls"},
		Short:   env.t("List what givers have agreed to"),
		Long: env.t(`List what all givers or one have agreed to, and whether it counts today. The last
column has the published examples that name or show the giver without consent.
Names stand only on your own screen, or with --with-people.`),
		Example: "  sluss consent list\n  sluss consent list 3",
		Args:    atMostOne,
		RunE: func(c *cobra.Command, args []string) error {
			giver := int64(0)
			if len(args) > 0 {
				var err error
				if giver, err = giverNumber(args[0]); err != nil {
					return err
				}
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.Consents(c.Context(), giver, env.people())
			if err != nil {
				return err
			}
			return env.print(env.view().Consents(all, env.people()))
		},
	}
}

func newConsentWithdraw(env *Env) *cobra.Command {
	var at string
	c := &cobra.Command{
		Use:   "withdraw GIVER",
		Short: env.t("Record that a giver does not agree any more"),
		Long: env.t(`Record that a giver does not agree any more: to anything, or only to what --named
or --pictured says. The answer tells which published examples must be changed or
withdrawn.`),
		Example: "  sluss consent withdraw 3\n  sluss consent withdraw 3 --pictured",
		Args:    exactly(1, idea.Word("the number of a giver")),
		RunE: func(c *cobra.Command, args []string) error {
			giver, err := giverNumber(args[0])
			if err != nil {
				return err
			}
			on, err := env.day(at)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.WithdrawConsent(c.Context(), giver, consentKinds(c), on, env.people())
			if err != nil {
				return err
			}
			return env.print(env.view().ConsentDone(all, env.people()))
		},
	}
	env.kindFlags(c)
	c.Flags().StringVar(&at, "at", "", env.t("the first `DAY` on which it does not count"))
	return c
}
