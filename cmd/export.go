package cmd

import (
	"context"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/sheet"
)

func newExport(env *Env) *cobra.Command {
	return env.parent("export", env.t("Write ideas and more to files, to spread them or to work on them elsewhere"),
		newExportCSV(env), newExportMarkdown(env), newExportJSON(env), newExportHTML(env), newExportXLSX(env), newExportRSS(env), newExportCalendar(env), newExportSite(env))
}

// exportTable makes a command that writes rows of things in a format.
func exportTable(env *Env, format render.Format, short, long, example string) (*cobra.Command, *exportFlags) {
	flags := &exportFlags{}
	c := &cobra.Command{
		Use:     string(format),
		Short:   short,
		Long:    long,
		Example: example,
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := env.only(format); err != nil {
				return err
			}
			o, err := flags.order(env, c, inTables(), theIdeas)
			if err != nil {
				return err
			}
			if len(o.of) > 1 {
				return idea.Errorf(idea.Usage, "a table is of one thing, not of %s", namesOf(o.of))
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if each := c.Flags().Lookup("each"); each != nil && each.Changed {
				return env.exportPages(c.Context(), d, o, flags.each, format)
			}
			return env.exportTable(c.Context(), d, o, format)
		},
	}
	flags.define(env, c, inTables())
	return c, flags
}

func newExportCSV(env *Env) *cobra.Command {
	c, _ := exportTable(env, render.CSV, env.t("Write ideas as CSV, or other things"),
		env.t(`Write ideas as CSV, one a row, with a column for each field; what sluss exports
it can import. With --excel the file is as Swedish Excel wants it. --of writes
other things than ideas, --fields some columns in your order. Names and contacts
are left out unless --with-people is given.`),
		"  sluss export csv -o ideer.csv\n  sluss export csv --excel --period 2026 -o ideer-2026.csv\n  sluss export csv --of tests --unit Skola --fields number,title,verdict,learnt")
	return c
}

func newExportMarkdown(env *Env) *cobra.Command {
	c, flags := exportTable(env, render.Markdown, env.t("Write an overview as Markdown, or a page for each idea"),
		env.t(`Write an overview of ideas as Markdown, or with --each a page for each idea and
an overview that leads to them. --of writes other things than ideas. Names and
contacts are left out unless --with-people is given.`),
		"  sluss export md -o ideer.md --period 2026-q3\n  sluss export md --each sidor --stage test\n  sluss export md --of stories --audience municipalities --each exempel")
	flags.eachFlag(env, c)
	return c
}

func newExportHTML(env *Env) *cobra.Command {
	c, flags := exportTable(env, render.HTML, env.t("Write an overview as a web page, or a page for each idea"),
		env.t(`Write an overview of ideas as one self-contained web page, or with --each a page
for each idea and an overview that leads to them. --of writes other things than
ideas. Names and contacts are left out unless --with-people is given.`),
		"  sluss export html -o ideer.html --stage test\n  sluss export html --of stories --each exempel")
	flags.eachFlag(env, c)
	return c
}

func newExportJSON(env *Env) *cobra.Command {
	c, flags := exportTable(env, render.JSON, env.t("Write ideas as JSON, or other things"),
		env.t(`Write ideas as JSON, an array of objects, or with --each a file for each idea with
all that is known of it. --of writes other things than ideas. Names and contacts
are left out unless --with-people is given.`),
		"  sluss export json -o ideer.json\n  sluss export json --of decisions --period 2026 --jq '.[].decision'")
	flags.eachFlag(env, c)
	return c
}

func newExportXLSX(env *Env) *cobra.Command {
	c, _ := exportTable(env, render.XLSX, env.t("Write ideas as a workbook for Excel, or other things"),
		env.t(`Write ideas as a workbook that Excel and LibreOffice open, with the columns of CSV.
Numbers and days are numbers and days; all else is text, also what looks like a
formula. Headings and words are in your language. Instants are in UTC. A text of
more than 32,767 characters is cut. --of writes other things than ideas. Names
and contacts are left out unless --with-people is given.`),
		"  sluss export xlsx -o ideer.xlsx\n  sluss export xlsx --of activities --period 2026 -o aktiviteter-2026.xlsx")
	return c
}

func (f *exportFlags) eachFlag(env *Env, c *cobra.Command) {
	c.Flags().StringVar(&f.each, "each", "", env.t("write a page for each into this `FOLDER`"))
}

// only takes the format of an export, and refuses flags that ask for another.
func (env *Env) only(format render.Format) error {
	asked := env.flags.format != "" || env.flags.json || env.flags.jq != "" || filepath.Ext(env.flags.output) != ""
	if got, err := env.format(); asked && err == nil && got != format && got != render.TableFormat {
		return idea.Errorf(idea.Usage, "this writes %s, not %s", string(format), string(got)).
			WithHint("sluss export --help lists the formats")
	}
	env.flags.format = string(format)
	return env.notOnTerminal(format)
}

// exportTable writes what an export is of as one document.
func (env *Env) exportTable(ctx context.Context, d *desk.Desk, o order, format render.Format) error {
	if format == render.XLSX && o.of[0] == theIdeas {
		count, err := d.Count(ctx, o.selected())
		if err != nil {
			return err
		}
		if count >= sheet.MaxRows {
			return sheet.TooLong()
		}
	}
	const lazy = 400 // percent: rows come and go, and little is kept
	defer debug.SetGCPercent(debug.SetGCPercent(lazy))
	document, err := env.exported(ctx, d, o, format)
	if err != nil {
		return err
	}
	return env.print(document)
}

func (env *Env) exported(ctx context.Context, d *desk.Desk, o order, format render.Format) (render.Document, error) {
	v := env.view()
	switch o.of[0] {
	case theIdeas:
		s := o.selected()
		s.Whole = s.Whole && (format != render.Markdown && format != render.HTML || len(env.flags.fields) > 0)
		return v.Overview(d.IdeasAhead(ctx, s), d.Today(), nil, o.people), nil
	case theStories:
		all, err := env.publishedStories(ctx, d, o)
		return v.PublishedStories(all, nil), err
	case theActivities:
		all, err := d.Activities(ctx, o.activity)
		return titled(v.Activities(all), env.t("Activities")), err
	case theTests:
		all, err := d.TestsDuring(ctx, o.ideas, o.days, o.people)
		return titled(v.Tests(all, o.people), env.t("Tests")), err
	case theEffects:
		all, err := d.EffectsFrom(ctx, o.ideas, o.days)
		return titled(v.Effects(all), env.t("Effects")), err
	case theDecisions:
		all, err := d.Decisions(ctx, o.ideas, o.days, o.people)
		return titled(v.Decisions(all, o.people), env.t("Decisions")), err
	}
	all, err := d.Contacts(ctx, desk.ContactSelection{Text: o.ideas.Text, Units: o.ideas.Units, People: o.people})
	return titled(v.Contacts(all), env.t("Contacts")), err
}

func titled(d render.Document, title string) render.Document {
	d.Title = title
	return d
}

// publishedStories gives the stories of an export, and tells which are left out
// because somebody's consent is missing.
func (env *Env) publishedStories(ctx context.Context, d *desk.Desk, o order) ([]desk.StoryRow, error) {
	all, lapsed, err := d.PublishedStories(ctx, o.stories, o.ideas, string(env.p.Lang()))
	if lapsed > 0 {
		env.warn(env.p.N(lapsed, "warning: %d example is left out, since a consent is missing: sluss story list --lapsed",
			"warning: %d examples are left out, since a consent is missing: sluss story list --lapsed"))
	}
	return all, err
}
