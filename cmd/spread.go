package cmd

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/report"
)

func newSpread(env *Env) *cobra.Command {
	return env.parent("spread", env.t("Record what was spread: which good examples were told, to whom and how"),
		newSpreadAdd(env), newSpreadList(env), newSpreadReach(env), newSpreadRemove(env))
}

func newSpreadAdd(env *Env) *cobra.Command {
	var in desk.SpreadInput
	var channel, audience, reach, day string
	var ideas []string
	c := &cobra.Command{
		Use:   "add NUMBER...",
		Short: env.t("Record that good examples were told"),
		Long: env.t(`Record that good examples, by the numbers of their ideas, were told: in a newsletter,
at a meeting, on a page of the web. A newsletter leaves out what the same audience
has been told already, through whatever channel. With --idea other ideas that were
told of are recorded too. The reach is how many people it reached, as far as you
know; sluss spread reach records it later. Leave the names of people out.`),
		Example: `  sluss spread add 14 --channel meeting --audience internal --reach 40 --text "Chefsforum"
  sluss spread add 14 20 --channel newsletter --audience municipalities --day 2026-11-20
  sluss spread add --idea 31-33 --channel mail --audience internal`,
		ValidArgsFunction: env.completeStories,
		RunE: func(c *cobra.Command, args []string) (err error) {
			if in.Stories, err = env.numbers(args); err != nil {
				return err
			}
			if in.Ideas, err = env.numbers(ideas); err != nil {
				return err
			}
			if channel == "" {
				return idea.Errorf(idea.Usage, "how was it told?").WithHint("say it with --channel: %s", strings.Join(wordsOf(env, idea.SpreadChannels()), ", "))
			}
			if in.Channel, err = idea.FindSpreadChannel(channel); err != nil {
				return err
			}
			if in.Audience, err = idea.FindAudience(audience); err != nil {
				return err
			}
			if in.Reach, err = idea.FindReach(reach); err != nil {
				return err
			}
			if in.Day, err = env.day(day); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.AddSpread(c.Context(), in)
			if err != nil {
				return err
			}
			return env.print(env.view().Spreads([]desk.SpreadLine{line}))
		},
	}
	flags := c.Flags()
	flags.StringVar(&channel, "channel", "", env.t("the `CHANNEL`: newsletter, mail, meeting, conference, web, social, press or other"))
	flags.StringVar(&audience, "audience", string(idea.Internal), env.t("the `AUDIENCE`: internal, municipalities or all; else internal"))
	flags.StringVar(&reach, "reach", "", env.t("the `NUMBER` of people whom it reached"))
	flags.StringVar(&day, "day", "", env.t("the `DAY` on which it was told; else today"))
	flags.StringVar(&in.Text, "text", "", env.t("what it was called or where it was, as a `TEXT`"))
	flags.StringArrayVar(&ideas, "idea", nil, env.t("the `NUMBERS` of other ideas that were told of, such as 31-33; again for more"))
	env.completeFlag(c, "channel", completeWords(env, idea.SpreadChannels()))
	env.completeFlag(c, "audience", completeWords(env, idea.Audiences()))
	env.completeFlag(c, "idea", env.completeNumbers)
	return c
}

// wordsOf is words in the user's language.
func wordsOf[T ~string](env *Env, all []T) []string {
	out := make([]string, len(all))
	for k, w := range all {
		out[k] = env.t(string(w))
	}
	return out
}

func newSpreadList(env *Env) *cobra.Command {
	var channels, audiences, stories []string
	var period string
	c := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List what was spread, the newest first"),
		Example: `  sluss spread list
  sluss spread list --audience municipalities --period 2026
  sluss spread list --story 14 --json`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			var of desk.SpreadSelection
			if of.Channels, err = findAll(channels, idea.FindSpreadChannel); err != nil {
				return err
			}
			if of.Audiences, err = findAll(audiences, idea.FindAudience); err != nil {
				return err
			}
			if of.Stories, err = env.numbers(stories); err != nil {
				return err
			}
			if of.Period, err = env.periodFlag(c, period); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.Spreads(c.Context(), of)
			if err != nil {
				return err
			}
			return env.print(env.view().Spreads(all))
		},
	}
	flags := c.Flags()
	flags.StringArrayVar(&channels, "channel", nil, env.t("told through this `CHANNEL`; again for more"))
	flags.StringArrayVar(&audiences, "audience", nil, env.t("told to this `AUDIENCE`; again for more"))
	flags.StringArrayVar(&stories, "story", nil, env.t("about the good example of this `NUMBER`; again for more"))
	flags.StringVarP(&period, "period", "p", "", env.t("told in this `PERIOD`"))
	env.completeFlag(c, "channel", completeWords(env, idea.SpreadChannels()))
	env.completeFlag(c, "audience", completeWords(env, idea.Audiences()))
	env.completeFlag(c, "story", env.completeStories)
	return c
}

func newSpreadReach(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "reach SPREADING PEOPLE",
		Short:             env.t("Record how many people something reached, when that is known later"),
		Example:           "  sluss spread reach 3 240\n  sluss spread reach 3 \"\"",
		Args:              exactly(2, idea.Word("the number of a spreading and how many people it reached")),
		ValidArgsFunction: firstArg(env.completeSpreads),
		RunE: func(c *cobra.Command, args []string) error {
			id, err := number(args[0])
			if err != nil {
				return noSpread(args[0])
			}
			reach, err := idea.FindReach(args[1])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.SetReach(c.Context(), id, reach)
			if err != nil {
				return err
			}
			return env.print(env.view().Spreads([]desk.SpreadLine{line}))
		},
	}
}

func noSpread(word string) error {
	return idea.Errorf(idea.Usage, "%q is no number of a spreading", word).WithHint("sluss spread list shows the numbers")
}

func newSpreadRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove SPREADING...",
		Short:             env.t("Remove what was recorded by mistake"),
		Example:           "  sluss spread remove 3 5-7",
		Args:              atLeast(1, idea.Word("the number of a spreading")),
		ValidArgsFunction: env.completeSpreads,
		RunE: func(c *cobra.Command, args []string) error {
			ids, err := env.ids(args, noSpread)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			removed, err := d.RemoveSpreads(c.Context(), ids)
			if err != nil {
				return err
			}
			return env.print(env.view().Spreads(removed))
		},
	}
}

func (env *Env) completeSpreads(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		all, _ := d.Spreads(ctx, desk.SpreadSelection{})
		for _, s := range all {
			id := strconv.FormatInt(s.ID, 10)
			if strings.HasPrefix(id, word) && len(out) < maxOffers {
				out = append(out, id+"\t"+string(s.Day)+" "+env.t("%s", s.Channel.Label())+" "+s.Text)
			}
		}
		return out
	})
}

func newUptake(env *Env) *cobra.Command {
	return env.parent("uptake", env.t("Record who took a good example up: the proof that spreading worked"),
		newUptakeAdd(env), newUptakeList(env), newUptakeRemove(env))
}

func newUptakeAdd(env *Env) *cobra.Command {
	var in desk.UptakeInput
	var kind, day string
	c := &cobra.Command{
		Use:   "add NUMBER",
		Short: env.t("Record that somebody else took a good example up"),
		Long: env.t(`Record that somebody else took a good example up: another unit, a municipality, a
region, a company. It is about organisations; leave the names of people out. What
sort of organisation it is can be left out where one of that name is known, or the
name tells it, as Region Skåne and Kristianstads kommun do.`),
		Example: `  sluss uptake add 14 --who "Kristianstad" --kind municipality
  sluss uptake add 14 --who "Region Skåne" --day 2026-11-02 --text "Prövar filmerna på två sjukhus"`,
		Args:              exactly(1, idea.Word("the number of the idea of a good example")),
		ValidArgsFunction: firstArg(env.completeStories),
		RunE: func(c *cobra.Command, args []string) (err error) {
			if in.Story, err = oneNumber(args[0]); err != nil {
				return err
			}
			if kind != "" {
				if in.Kind, err = idea.FindUptakeKind(kind); err != nil {
					return err
				}
			}
			if in.Day, err = env.day(day); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.AddUptake(c.Context(), in)
			if err != nil {
				return err
			}
			return env.print(env.view().Uptakes([]desk.UptakeLine{line}))
		},
	}
	flags := c.Flags()
	flags.StringVar(&in.Organisation, "who", "", env.t("the `ORGANISATION` or unit"))
	flags.StringVar(&kind, "kind", "", env.t("`KIND` of it: unit (of your own), municipality, region, company, association, university or other"))
	flags.StringVar(&day, "day", "", env.t("the `DAY` on which it was taken up; else today"))
	flags.StringVar(&in.Text, "text", "", env.t("what they do with it, as a `TEXT`"))
	env.completeFlag(c, "who", env.completeUnits)
	env.completeFlag(c, "kind", completeWords(env, uptakeKinds()))
	return c
}

// uptakeKinds are the words for kinds of organisations, as people type them.
func uptakeKinds() []idea.Word {
	return []idea.Word{"unit", "municipality", "region", "company", "association", "university", "other"}
}

func newUptakeList(env *Env) *cobra.Command {
	var kinds, stories []string
	var period string
	c := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List who took good examples up, the newest first"),
		Example: "  sluss uptake list\n  sluss uptake list --story 14\n  sluss uptake list --kind municipality --period 2026 --json",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			var of desk.SpreadSelection
			if of.Kinds, err = findAll(kinds, idea.FindUptakeKind); err != nil {
				return err
			}
			if of.Stories, err = env.numbers(stories); err != nil {
				return err
			}
			if of.Period, err = env.periodFlag(c, period); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.Uptakes(c.Context(), of)
			if err != nil {
				return err
			}
			return env.print(env.view().Uptakes(all))
		},
	}
	flags := c.Flags()
	flags.StringArrayVar(&kinds, "kind", nil, env.t("by this `KIND` of organisation; again for more"))
	flags.StringArrayVar(&stories, "story", nil, env.t("about the good example of this `NUMBER`; again for more"))
	flags.StringVarP(&period, "period", "p", "", env.t("taken up in this `PERIOD`"))
	env.completeFlag(c, "kind", completeWords(env, uptakeKinds()))
	env.completeFlag(c, "story", env.completeStories)
	return c
}

func newUptakeRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove UPTAKE...",
		Short:             env.t("Remove what was recorded by mistake"),
		Example:           "  sluss uptake remove 2",
		Args:              atLeast(1, idea.Word("the number of an uptake")),
		ValidArgsFunction: env.completeUptakes,
		RunE: func(c *cobra.Command, args []string) error {
			ids, err := env.ids(args, func(word string) error {
				return idea.Errorf(idea.Usage, "%q is no number of an uptake", word).WithHint("sluss uptake list shows the numbers")
			})
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			removed, err := d.RemoveUptakes(c.Context(), ids)
			if err != nil {
				return err
			}
			return env.print(env.view().Uptakes(removed))
		},
	}
}

func (env *Env) completeUptakes(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		all, _ := d.Uptakes(ctx, desk.SpreadSelection{})
		for _, u := range all {
			id := strconv.FormatInt(u.ID, 10)
			if strings.HasPrefix(id, word) && len(out) < maxOffers {
				out = append(out, id+"\t"+u.Organisation+", "+u.Title)
			}
		}
		return out
	})
}

// newReportSpread tells what was spread. It is no report of measures: tellings and
// uptakes belong to good examples and not to the way of ideas.
func newReportSpread(env *Env) *cobra.Command {
	var period, by, compare, asOf string
	c := &cobra.Command{
		Use:   "spread",
		Short: env.t("Good examples published, told and taken up by others"),
		Long: env.t(`Good examples published, told and taken up by others: how often, through which
channels, to whom, how many people that reached, and which share of the examples
anybody took up. The reach is added up and no number of different people.`),
		Example: `  sluss report spread
  sluss report spread --period 2026 --compare previous
  sluss report spread --period this-year --by story
  sluss report spread --by month --period 2026 --format html -o spridning.html`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			p, err := env.periodFlag(c, period)
			if err != nil {
				return err
			}
			way, err := findSpreadWay(by)
			if err != nil {
				return err
			}
			against, err := env.comparison(compare, p)
			if err != nil {
				return err
			}
			return env.withDeskAsOf(c, asOf, func(d *desk.Desk) error {
				r, err := d.SpreadReport(c.Context(), p, way, against)
				if err != nil {
					return err
				}
				return env.print(env.view().ReportSpread(r))
			})
		},
	}
	flags := c.Flags()
	flags.StringVarP(&period, "period", "p", "", env.t("`PERIOD`: 2026, 2026-q3, 2026-11, last-month, this-year, FROM..TO; without it all time"))
	flags.StringVar(&by, "by", "", env.t("a row for each `WAY`: channel, audience, story, week, month, quarter or year"))
	flags.StringVar(&compare, "compare", "", env.t("compare with `WHAT`: previous, same-last-year, none or a period"))
	flags.StringVar(&asOf, "as-of", "", env.t("the figures as they were at the end of this `DAY`"))
	env.completeFlag(c, "by", completeKeys(report.SpreadWays()...))
	env.completeFlag(c, "compare", completeKeys("previous", "same-last-year", "none"))
	return c
}

// findSpreadWay is what the report of spreading goes by, in either language.
func findSpreadWay(word string) (report.By, error) {
	swedish := map[string]report.By{"kanal": report.ByChannel, "målgrupp": report.ByAudience, "exempel": report.ByStory, "vecka": report.ByWeek,
		"månad": report.ByMonth, "kvartal": report.ByQuarter, "år": report.ByYear}
	low := strings.ToLower(word)
	if by, known := swedish[low]; known || word == "" {
		return by, nil
	}
	var known []string
	for _, by := range report.SpreadWays() {
		if string(by) == low {
			return by, nil
		}
		known = append(known, string(by))
	}
	return "", withNear(idea.Errorf(idea.Usage, "a report cannot go by %q", word).WithHint("it can go by: %s", strings.Join(known, ", ")), word, known)
}
