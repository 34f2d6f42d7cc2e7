package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/view"
)

func newReport(env *Env) *cobra.Command {
	return env.parent("report", env.t("Figures about the ideas and the work"),
		newReportOf(env, "funnel", env.t("How far the ideas of a period have come"), "  sluss report funnel --period 2026\n  sluss report funnel --period last-quarter --kind employee --format md -o tratt.md",
			func(ctx context.Context, d *desk.Desk, v view.View, p idea.Period, s desk.Selection) (render.Document, error) {
				f, err := d.Funnel(ctx, p, s)
				return v.Funnel(f), err
			}),
		newReportOf(env, "time", env.t("How long things took that ended in a period"), "  sluss report time --period 2026-q3\n  sluss report time --period 2026-01..2026-06 --json",
			func(ctx context.Context, d *desk.Desk, v view.View, p idea.Period, s desk.Selection) (render.Document, error) {
				t, err := d.Time(ctx, p, s)
				return v.Time(t), err
			}),
		newReportOf(env, "units", env.t("Which units gave and took on ideas"), "  sluss report units --period this-year\n  sluss report units --period last-month --format csv -o bolag.csv",
			func(ctx context.Context, d *desk.Desk, v view.View, p idea.Period, s desk.Selection) (render.Document, error) {
				u, err := d.UnitReport(ctx, p, s)
				return v.UnitReport(u), err
			}))
}

func newReportOf(env *Env, name, short, example string, make func(context.Context, *desk.Desk, view.View, idea.Period, desk.Selection) (render.Document, error)) *cobra.Command {
	var filter filterFlags
	var period string
	c := &cobra.Command{
		Use:     name,
		Short:   short,
		Example: example,
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			p, err := env.periodFlag(c, period)
			if err != nil {
				return err
			}
			s, err := filter.selection(env)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			doc, err := make(c.Context(), d, env.view(), p, s)
			if err != nil {
				return err
			}
			return env.print(doc)
		},
	}
	filter.define(env, c)
	c.Flags().StringVarP(&period, "period", "p", "", env.t("`PERIOD`: 2026, 2026-q3, 2026-11, last-month, this-year, FROM..TO; without it all time"))
	env.completeFlag(c, "period", completeWords(env, []idea.Word{"this-year", "last-year", "this-quarter", "last-quarter", "this-month", "last-month"}))
	return c
}
