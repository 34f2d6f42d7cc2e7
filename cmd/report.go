package cmd

import (
	"cmp"
	"errors"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/report"
)

func newReport(env *Env) *cobra.Command {
	c := newReportOf(env, report.Overview)
	c.Use, c.Args, c.Short = "report", env.subcommand, env.t("Figures about the ideas and the work")
	c.Long = env.t(`Figures about the ideas and the work. Without the name of a report it shows the
handful that a coach needs, of this year, each beside that of the year before
up to the same day.`)
	c.Example = `  sluss report
  sluss report --period last-quarter --format html -o kvartal.html`
	below := group{makers: []maker{{"mashup", newReportMashup}, {"spread", newReportSpread}, {string(report.Trend), newReportTrend}, {string(report.Explain), newReportExplain},
		{string(report.Targets), newReportTargets}, {"year", newReportYear}, {"text", newReportText}}}
	for _, name := range report.Names()[1:] {
		below.makers = append(below.makers, maker{string(name), func(env *Env) *cobra.Command { return newReportOf(env, name) }})
	}
	for _, make := range below.only(env.below) {
		c.AddCommand(make(env))
	}
	return c
}

// reportFlags are the flags that every report takes.
type reportFlags struct {
	filter              filterFlags
	period, by, compare string
	asOf                string
}

func (f *reportFlags) define(env *Env, c *cobra.Command) {
	f.filter.define(env, c)
	flags := c.Flags()
	flags.StringVarP(&f.period, "period", "p", "", env.t("`PERIOD`: 2026, 2026-q3, 2026-11, last-month, this-year, FROM..TO; without it all time"))
	flags.StringVar(&f.by, "by", "", env.t("a row for each `WAY`: unit, kind, coach, tag, stage, network, week, month, quarter or year"))
	flags.StringVar(&f.compare, "compare", "", env.t("compare with `WHAT`: previous, same-last-year, none or a period"))
	flags.StringVar(&f.asOf, "as-of", "", env.t("the figures as they were at the end of this `DAY`"))
	env.completeFlag(c, "period", completeWords(env, []idea.Word{"this-year", "last-year", "this-quarter", "last-quarter", "this-month", "last-month"}))
	env.completeFlag(c, "by", completeKeys(report.Ways()...))
	env.completeFlag(c, "compare", completeKeys("previous", "same-last-year", "none"))
}

func newReportOf(env *Env, name report.Name) *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:     string(name),
		Short:   env.t("%s", name.Short()),
		Example: reportExample(name),
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			return env.report(c, &f, name)
		},
	}
	f.define(env, c)
	return c
}

func newReportTrend(env *Env) *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:   "trend MEASURE…",
		Short: env.t("%s", report.Trend.Short()),
		Long: env.t(`Any figures over the weeks, months, quarters or years of a period: by the key of a
measure, or by the name of a report for its main figures. Without --by it goes by
month.`),
		Example: `  sluss report trend received realised --period 2026
  sluss report trend answered_in_time --by quarter --period 2024..2026
  sluss report trend flow --by year --format html -o utveckling.html`,
		Args:              atLeast(1, idea.Word("a measure or a report")),
		ValidArgsFunction: env.completeMeasures,
		RunE: func(c *cobra.Command, args []string) error {
			f.by = cmp.Or(f.by, string(report.ByMonth))
			in, err := f.input(env, c, report.Trend)
			if err != nil {
				return err
			}
			if !in.By.Times() {
				return idea.Errorf(idea.Usage, "a trend goes by week, month, quarter or year, not by %s", string(in.By)).
					WithHint("sluss report NAME --by %s groups a report", string(in.By))
			}
			return env.withDeskAsOf(c, f.asOf, func(d *desk.Desk) error {
				r, err := d.Trend(c.Context(), args, in)
				if err != nil {
					return err
				}
				return env.print(env.view().Report(r))
			})
		},
	}
	f.define(env, c)
	return c
}

func newReportExplain(env *Env) *cobra.Command {
	var f reportFlags
	var group string
	var items bool
	c := &cobra.Command{
		Use:   "explain [MEASURE]",
		Short: env.t("%s", report.Explain.Short()),
		Long: env.t(`Tell what a figure means: its definition, formula and source. With --ideas it
lists what the figure is made of, and as many as it says: ideas, or tests, effects,
activities, units and givers where it counts these. Without a measure it lists all
measures.`),
		Example: `  sluss report explain answered_in_time --period 2026
  sluss report explain reached:test --period 2026-q3 --ideas
  sluss report explain received --by unit --group Skola --ideas --json`,
		Args:              atMostOne,
		ValidArgsFunction: env.completeMeasures,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := f.input(env, c, report.Explain)
			if err != nil {
				return err
			}
			if group != "" && in.By == report.ByNothing {
				return idea.Errorf(idea.Usage, "a group of what?").WithHint("say it with --by, such as --by unit --group Skola")
			}
			return env.withDeskAsOf(c, f.asOf, func(d *desk.Desk) error {
				if len(args) == 0 {
					measures, err := d.Measures(c.Context())
					if err != nil {
						return err
					}
					return env.print(env.view().Measures(measures))
				}
				x, err := d.Explain(c.Context(), args[0], group, func(t idea.Text) string { return t.Localize("", env.p.T) }, in)
				if err != nil {
					return err
				}
				return env.print(env.view().Explained(x, items))
			})
		},
	}
	f.define(env, c)
	c.Flags().StringVar(&group, "group", "", env.t("one `GROUP` of --by"))
	c.Flags().BoolVar(&items, "ideas", false, env.t("list what the figure is made of"))
	return c
}

func reportExample(name report.Name) string {
	line := "  sluss report " + string(name)
	return line + " --period 2026\n" + line + " --period last-quarter --compare previous\n" + line + " --format md -o " + string(name) + ".md"
}

func (env *Env) report(c *cobra.Command, f *reportFlags, name report.Name) error {
	in, err := f.input(env, c, name)
	if err != nil {
		return err
	}
	return env.withDeskAsOf(c, f.asOf, func(d *desk.Desk) error {
		r, err := d.Report(c.Context(), in)
		if err != nil {
			return err
		}
		return env.print(env.view().Report(r))
	})
}

// withDeskAsOf does something at the desk of today, or at one with the database
// as it was at the end of an earlier day.
//
// What a report reads is held until it is counted: to look for garbage in it
// finds nothing and takes a fifth of the time.
func (env *Env) withDeskAsOf(c *cobra.Command, word string, do func(*desk.Desk) error) error {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	if word == "" {
		return do(d)
	}
	day, err := env.day(word)
	if err != nil {
		return err
	}
	then, err := d.AsOf(c.Context(), day)
	if err != nil {
		return err
	}
	return errors.Join(do(then), then.Leave())
}

func (f *reportFlags) input(env *Env, c *cobra.Command, name report.Name) (in desk.ReportInput, err error) {
	in.Name, in.People = name, env.people()
	if in.Selection, err = f.filter.selection(env); err != nil {
		return in, err
	}
	if in.Period, err = env.periodFlag(c, f.period); err != nil {
		return in, err
	}
	if f.by != "" {
		if in.By, err = findWay(f.by); err != nil {
			return in, err
		}
	}
	compare := f.compare
	if name == report.Overview && !in.By.Times() {
		compare = cmp.Or(compare, "previous")
	}
	if name == report.Overview && f.period == "" {
		in.Period, err = env.period("this-year")
	}
	if err == nil {
		in.Against, err = env.comparison(compare, in.Period)
	}
	if err == nil {
		err = fitting(name, in.Options)
	}
	return in, err
}

// fitting refuses what a report has nothing to show for.
func fitting(name report.Name, o report.Options) error {
	if name == report.AgingOf && o.By != report.ByNothing {
		return idea.Errorf(idea.Usage, "this report is about single ideas, each in its stage; it has no groups").
			WithHint("sluss report time shows the days in each stage by groups")
	}
	if o.By.Times() && o.Against != nil {
		return idea.Errorf(idea.Usage, "--compare goes with a whole period, not with its parts").
			WithHint("take one of --by and --compare away")
	}
	return nil
}

// findWay is what a report goes by, in the words of either language.
func findWay(word string) (report.By, error) {
	swedish := map[string]report.By{"enhet": report.ByUnit, "kategori": report.ByKind, "idécoach": report.ByCoach, "tagg": report.ByTag, "steg": report.ByStage,
		"nätverk": report.ByNetwork, "vecka": report.ByWeek, "månad": report.ByMonth, "kvartal": report.ByQuarter, "år": report.ByYear}
	low := strings.ToLower(word)
	if by, known := swedish[low]; known {
		return by, nil
	}
	var known []string
	for _, by := range report.Ways() {
		if string(by) == low {
			return by, nil
		}
		known = append(known, string(by))
	}
	return "", withNear(idea.Errorf(idea.Usage, "a report cannot go by %q", word).WithHint("it can go by: %s", strings.Join(known, ", ")), word, known)
}

// comparison is the period that p is compared with; nil for none.
func (env *Env) comparison(word string, p idea.Period) (*idea.Period, error) {
	var q idea.Period
	ok := true
	switch strings.ToLower(word) {
	case "", "none", "ingen":
		return nil, nil
	case "previous", "föregående":
		q, ok = report.Previous(p)
	case "same-last-year", "samma-i-fjol":
		q, ok = report.YearBefore(p)
	default:
		var err error
		if q, err = env.period(word); err != nil {
			return nil, err
		}
	}
	if !ok {
		return nil, idea.Errorf(idea.Usage, "there is nothing before a period without both ends").WithHint("give a period with --period, such as 2026-q3")
	}
	return &q, nil
}
