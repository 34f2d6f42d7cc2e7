package cmd

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/report"
)

func newReportYear(env *Env) *cobra.Command {
	var f reportFlags
	var parts []string
	var title string
	c := &cobra.Command{
		Use:   "year [PERIOD]",
		Short: env.t("Write the account of a year for the management"),
		Long: env.t(`Write the account of a year, or of another period, for the management: figures
beside those of the year before, charts, good examples, tests and what was learnt,
and what each figure means. With -o it is one file that holds all of it. What coaches
write with sluss report text stands in it each time. The setting report_parts, or
--parts, says which parts it has and in which order.`),
		Example: `  sluss report year 2026 -o verksamhet-2026.html
  sluss report year 2026 -o verksamhet-2026.md --parts summary,examples,definitions
  sluss report year 2026-q3 --compare previous --format html -o kvartal.html`,
		Args: atMostOne,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := env.yearInput(c, &f, args, parts)
			if err != nil {
				return err
			}
			return env.withDeskAsOf(c, f.asOf, func(d *desk.Desk) error {
				y, err := d.Year(c.Context(), in)
				if err != nil {
					return err
				}
				return env.print(env.view().Year(y, cmp.Or(title, env.t("The idea work"))))
			})
		},
	}
	f.define(env, c)
	c.Flags().StringSliceVar(&parts, "parts", nil, env.t("the `PARTS` and their order, with commas between"))
	c.Flags().StringVar(&title, "title", "", env.t("the `TITLE` of the account"))
	env.completeFlag(c, "parts", completeKeys(idea.Parts()...))
	return c
}

func (env *Env) yearInput(c *cobra.Command, f *reportFlags, args, parts []string) (in desk.YearInput, err error) {
	if len(args) == 1 {
		if f.period != "" {
			return in, idea.Errorf(idea.Usage, "there are two periods: %s and %s", args[0], f.period).WithHint("give one of them")
		}
		f.period = args[0]
	}
	f.period = cmp.Or(f.period, "this-year")
	f.compare = cmp.Or(f.compare, "same-last-year")
	if in.ReportInput, err = f.input(env, c, report.Overview); err != nil {
		return in, err
	}
	in.Lang = string(env.p.Lang())
	in.People = env.flags.people // it is made to be handed on, also from a terminal
	if len(parts) == 0 {
		parts = partsIn(env.config.Get(config.ReportParts))
	}
	in.Parts, err = idea.FindParts(parts)
	return in, err
}

// partsIn is the parts of the account that a setting names.
func partsIn(setting string) []string {
	return strings.FieldsFunc(setting, func(r rune) bool { return r == ',' || r == ' ' })
}

func newReportText(env *Env) *cobra.Command {
	var period string
	var remove bool
	c := &cobra.Command{
		Use:   "text PART [TEXT]",
		Short: env.t("Write your own text in a part of the account of a year"),
		Long: env.t(`Write your own text, as Markdown, in a part of the account of a year or another
period. It is kept in the database and stands in every account of that period.
Without a text the editor opens; - reads standard input; list shows all texts.`),
		Example: `  sluss report text summary "Året då idéerna kom från hela staden." --period 2026
  sluss report text tests - --period 2026 <tester.md
  sluss report text list
  sluss report text summary --remove --period 2026`,
		Args:              atLeast(1, idea.Word("a part of the account")),
		ValidArgsFunction: completeFirst(completeKeys(idea.Parts()...)),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := env.periodFlag(c, period)
			if err != nil {
				return err
			}
			if args[0] == "list" && len(args) == 1 {
				return env.listReportTexts(c, p)
			}
			if period == "" {
				if p, err = env.period("this-year"); err != nil {
					return err
				}
			}
			part, err := idea.FindPart(args[0])
			if err != nil {
				return err
			}
			return env.reportText(c, idea.ReportText{Period: p, Part: part}, args[1:], remove)
		},
	}
	c.Flags().StringVarP(&period, "period", "p", "", env.t("the `PERIOD` of the account; else this year"))
	c.Flags().BoolVar(&remove, "remove", false, env.t("take the text away"))
	return c
}

func (env *Env) listReportTexts(c *cobra.Command, p idea.Period) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	all, err := d.ReportTexts(c.Context(), p)
	if err != nil {
		return err
	}
	return env.print(env.view().ReportTexts(all))
}

func (env *Env) reportText(c *cobra.Command, t idea.ReportText, words []string, remove bool) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	if !remove {
		if t.Text, err = env.newReportText(c, d, t, words); err != nil {
			return err
		}
	}
	if t, err = d.SetReportText(c.Context(), t); err != nil {
		return err
	}
	return env.print(env.view().ReportText(t))
}

// newReportText is the text given, or the one that is there as the editor left
// it.
func (env *Env) newReportText(c *cobra.Command, d *desk.Desk, t idea.ReportText, words []string) (string, error) {
	old := ""
	all, err := d.ReportTexts(c.Context(), t.Period)
	if err != nil {
		return "", err
	}
	for _, one := range all {
		if one.Part == t.Part {
			old = one.Text
		}
	}
	text, err := env.longText(words, old)
	if err == nil && text == "" {
		err = idea.Errorf(idea.Usage, "there is no text").WithHint("give it in quotes, or - to read it; --remove takes the old one away")
	}
	return text, err
}

// completeFirst completes the first argument only.
func completeFirst(offer completer) completer {
	return func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(c, args, word)
	}
}
