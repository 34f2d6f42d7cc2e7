package cmd

import (
	"bufio"
	"context"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/ical"
	"sluss/internal/idea"
	"sluss/internal/report"
)

func newMashup(env *Env) *cobra.Command {
	c := env.parent("mashup", env.t("Plan mashups, conferences that spread good examples, and record what came of them"),
		newMashupAdd(env), newMashupList(env), newMashupShow(env), newMashupEdit(env), newMashupRemove(env),
		newMashupSession(env), newMashupProgramme(env), newMashupInvite(env))
	for _, a := range attendances(env) {
		c.AddCommand(newMashupAttend(env, a))
	}
	c.AddCommand(newMashupImport(env), newMashupParticipants(env), newMashupBadges(env),
		newMashupOutcome(env), newMashupEvaluate(env), newMashupSummary(env))
	return c
}

// wordMashup is the argument that names a mashup.
const wordMashup = idea.Word("a mashup, by its name or number")

func (env *Env) completeMashups(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		mashups, _ := d.MashupNames(ctx)
		for _, m := range mashups {
			out = append(out, strconv.FormatInt(m.ID, 10)+"\t"+string(m.Day)+" "+m.Name)
		}
		return out
	})
}

// mashupFlags are the flags that say what a mashup is. The days are read when
// they are asked for.
func (env *Env) mashupFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.String("date", "", env.t("the `DAY` on which it is held, or the first of them"))
	flags.String("to", "", env.t("the last `DAY`, if it lasts several"))
	flags.String("place", "", env.t("the `PLACE`"))
	flags.String("form", "", env.t("`FORM`: on-site, online or both; else on-site"))
	flags.String("text", "", env.t("what it is about, as a `TEXT`; - reads it from standard input"))
	env.completeFlag(c, "form", completeWords(env, idea.MashupModes()))
}

func (env *Env) mashupInput(c *cobra.Command) (map[idea.Field]string, error) {
	fields := changedFields(c, map[string]idea.Field{"date": idea.FieldDay, "to": idea.FieldLastDay, "place": idea.FieldPlace,
		"form": idea.FieldMode, "text": idea.FieldText})
	if err := env.daysIn(fields, idea.FieldDay, idea.FieldLastDay); err != nil {
		return nil, err
	}
	return fields, env.readText(fields, idea.FieldText)
}

// daysIn puts days in the place of words for them.
func (env *Env) daysIn(fields map[idea.Field]string, among ...idea.Field) error {
	for _, f := range among {
		if word, given := fields[f]; given {
			day, err := env.day(word)
			if err != nil {
				return err
			}
			fields[f] = string(day)
		}
	}
	return nil
}

// readText puts standard input in the place of -.
func (env *Env) readText(fields map[idea.Field]string, f idea.Field) (err error) {
	if fields[f] == "-" {
		fields[f], err = env.stdin()
	}
	return err
}

func newMashupAdd(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "add NAME",
		Short: env.t("Add a mashup"),
		Example: `  sluss mashup add "Mashup 2027" --date 2027-05-20 --place "Dunkers kulturhus"
  sluss mashup add "Mashup hösten 2027" --date 2027-10-06 --to 2027-10-07 --form both`,
		Args: exactly(1, idea.Word("a name")),
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := env.mashupInput(c)
			if err != nil {
				return err
			}
			fields[idea.FieldName] = args[0]
			return env.printMashup(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.AddMashup(c.Context(), fields) })
		},
	}
	env.mashupFlags(c)
	return c
}

// printMashup shows the mashup that the desk gives; names only where people may
// be shown.
func (env *Env) printMashup(c *cobra.Command, ask func(*desk.Desk) (desk.MashupPage, error)) error {
	page, err := env.mashupPage(c, ask)
	if err != nil {
		return err
	}
	return env.print(env.view().Mashup(page, env.people()))
}

func (env *Env) mashupPage(c *cobra.Command, ask func(*desk.Desk) (desk.MashupPage, error)) (page desk.MashupPage, err error) {
	d, err := env.desk(c.Context())
	if err != nil {
		return page, err
	}
	if page, err = ask(d); err == nil && !env.people() {
		page = page.WithoutPeople()
	}
	return page, err
}

func newMashupList(env *Env) *cobra.Command {
	var period string
	c := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List mashups, the newest first"),
		Example: "  sluss mashup list\n  sluss mashup list --period 2027 --json",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			p, err := env.periodFlag(c, period)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			mashups, err := d.Mashups(c.Context(), p, env.people())
			if err != nil {
				return err
			}
			return env.print(env.view().Mashups(mashups))
		},
	}
	c.Flags().StringVarP(&period, "period", "p", "", env.t("held in this `PERIOD`"))
	return c
}

func newMashupShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "show MASHUP",
		Short:             env.t("Show a mashup with its programme and what came of it"),
		Example:           "  sluss mashup show 1\n  sluss mashup show \"Mashup 2027\" --json",
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			return env.printMashup(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.Mashup(c.Context(), args[0]) })
		},
	}
}

func newMashupEdit(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "edit MASHUP",
		Short: env.t("Change what is told of a mashup"),
		Long: env.t(`Change what is told of a mashup. With another --date its last day and the whole
programme move as many days.`),
		Example:           "  sluss mashup edit 1 --date 2027-05-27\n  sluss mashup edit 1 --name \"Skånes mashup 2027\" --form both",
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := env.mashupInput(c)
			if err != nil {
				return err
			}
			if f := c.Flags().Lookup("name"); f.Changed {
				fields[idea.FieldName] = f.Value.String()
			}
			if len(fields) == 0 {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			return env.printMashup(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.EditMashup(c.Context(), args[0], fields) })
		},
	}
	c.Flags().String("name", "", env.t("the `NAME`"))
	env.mashupFlags(c)
	return c
}

func newMashupRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove MASHUP",
		Short:             env.t("Remove a mashup that has nothing yet"),
		Example:           "  sluss mashup remove 1",
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			return env.printMashup(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.RemoveMashup(c.Context(), args[0]) })
		},
	}
}

func newMashupProgramme(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "programme MASHUP",
		Short: env.t("Print the programme of a mashup, to be handed on"),
		Long: env.t(`Print the programme of a mashup, to be handed on: as text, Markdown, HTML, CSV or
JSON, or with --format ics or -o FILE.ics as a calendar with an event for each
session. The names of speakers stand there only with --with-people.`),
		Example: `  sluss mashup programme 1
  sluss mashup programme 1 --with-people -o program.html
  sluss mashup programme 1 -o program.ics`,
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		PersistentPreRunE: func(c *cobra.Command, args []string) error {
			if env.wantsCalendar() {
				return nil
			}
			return env.checkFormat(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			env.steady = env.wantsCalendar()
			page, err := env.mashupPage(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.Mashup(c.Context(), args[0]) })
			if err != nil {
				return err
			}
			if !env.people() {
				env.hint(env.t("hint: the names of speakers are left out; --with-people has them"))
			}
			if env.wantsCalendar() {
				return env.printProgramme(page)
			}
			return env.print(env.view().Programme(page, env.people()))
		},
	}
}

func (env *Env) printProgramme(page desk.MashupPage) error {
	if len(env.flags.fields) > 0 {
		return idea.Errorf(idea.Usage, "a calendar has no fields to choose")
	}
	sessions := env.view().ProgrammeCalendar(page)
	return env.writeOut(func(w io.Writer) error { return ical.WriteProgramme(w, page.Name, sessions) })
}

// writeOut lets something be written to the file of -o, or to standard output.
func (env *Env) writeOut(write func(io.Writer) error) error {
	if env.flags.output != "" && env.flags.output != "-" {
		return file.Write(env.flags.output, 0o600, write)
	}
	out := bufio.NewWriter(env.streams.Out)
	if err := write(out); err != nil {
		return err
	}
	return out.Flush()
}

func newMashupSummary(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "summary MASHUP",
		Short: env.t("Print what came of a mashup, to be handed on"),
		Long: env.t(`Print what came of a mashup, to be handed on: figures, programme, what was taken
home and the evaluation. Speakers, and small numbers of people by kind of
organisation, stand there only with --with-people.`),
		Example:           "  sluss mashup summary 1 -o mashup-2027.md\n  sluss mashup summary 1 --format html -o mashup-2027.html",
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			page, err := env.mashupPage(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.Mashup(c.Context(), args[0]) })
			if err != nil {
				return err
			}
			return env.print(env.view().MashupSummary(page, env.people()))
		},
	}
}

// newReportMashup compares mashups. It is no report of measures: each mashup is
// its own row.
func newReportMashup(env *Env) *cobra.Command {
	var period, asOf string
	c := &cobra.Command{
		Use:   "mashup",
		Short: env.t("Mashups beside each other: who came, what was shown and taken home"),
		Long: env.t(`Mashups beside each other, the newest first: who signed up and came, from how many
organisations and other municipalities, what was shown, what was taken home and
how it was judged.`),
		Example: "  sluss report mashup\n  sluss report mashup --period 2025..2027 --format html -o mashup.html",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			p, err := env.periodFlag(c, period)
			if err != nil {
				return err
			}
			return env.withDeskAsOf(c, asOf, func(d *desk.Desk) error {
				var all []report.MashupFigures
				if all, err = d.Mashups(c.Context(), p, env.people()); err != nil {
					return err
				}
				return env.print(env.view().ReportMashups(all, p, d.Today()))
			})
		},
	}
	c.Flags().StringVarP(&period, "period", "p", "", env.t("held in this `PERIOD`"))
	c.Flags().StringVar(&asOf, "as-of", "", env.t("the figures as they were at the end of this `DAY`"))
	return c
}
