package cmd

import (
	"bufio"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/ical"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// calendarEnding is the format of what waits as a calendar, and the ending of
// its file.
const calendarEnding = "ics"

// maxAhead is how many days ahead what waits is looked for at most.
const maxAhead = 366

func newToday(env *Env) *cobra.Command {
	var all bool
	var days, limit int
	c := &cobra.Command{
		Use:   "today",
		Short: env.t("Show what waits for you"),
		Long: env.t(`Show what waits for you, the most urgent first: answers that are promised,
ideas that are due, next steps, tests that begin or end, ideas that have stood in
their stage for too long, parked ideas that wake, meetings with an agenda,
mashups, effects to follow up, and exports on schedule that were not made. It is
about your ideas and those that no coach has. Each line ends in the command that
deals with it.

An answer waits from two working days before the promise. All else waits from
the number of days before its day that --days says. With --quiet nothing is
printed when nothing waits. With --format ics or -o FILE.ics it is a calendar.`),
		Example: `  sluss today
  sluss today --all --days 14
  sluss today --quiet --as maja
  sluss today -o sluss.ics`,
		Args: none,
		PersistentPreRunE: func(c *cobra.Command, args []string) error {
			if env.wantsCalendar() {
				return nil
			}
			return env.checkFormat(c, args)
		},
		RunE: func(c *cobra.Command, _ []string) error {
			if days < 0 || days > maxAhead {
				return idea.Errorf(idea.Usage, "--days is a number from 0 to %d, not %d", maxAhead, days)
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			waiting, err := d.Waiting(c.Context(), days, all)
			if err != nil {
				return err
			}
			if env.wantsCalendar() {
				return env.printCalendar(waiting, d.Today())
			}
			return env.printWaiting(waiting, all, limit)
		},
	}
	c.Flags().BoolVarP(&all, "all", "a", false, env.t("what waits for everybody"))
	c.Flags().IntVar(&days, "days", 7, env.t("look so many `DAYS` ahead"))
	env.limitFlag(c, &limit, -1)
	return c
}

// printWaiting prints what waits. On a terminal it ends after so many rows as
// the settings say, and tells that there are more.
func (env *Env) printWaiting(all []desk.TodoLine, everybody bool, limit int) error {
	format, err := env.format()
	if err != nil {
		return err
	}
	forPeople := format == render.TableFormat || format == render.Markdown
	if len(all) == 0 && forPeople && env.flags.output == "" && env.config.Bool(config.Quiet) {
		return nil
	}
	standard := limit < 0 && env.atTerminal()
	if standard {
		limit = env.config.Int(config.Limit)
	}
	more := limit > 0 && len(all) > limit
	if more {
		all = all[:limit]
	}
	if err := env.print(env.view().Today(all, everybody)); err != nil {
		return err
	}
	if more && standard {
		env.hint(env.t("hint: there are more than %d; --limit 0 shows all", limit))
	}
	return nil
}

// wantsCalendar tells whether what waits is to be a calendar.
func (env *Env) wantsCalendar() bool {
	if env.flags.json || env.flags.jq != "" {
		return false
	}
	if env.flags.format == "" {
		return filepath.Ext(env.flags.output) == "."+calendarEnding
	}
	return env.flags.format == calendarEnding
}

func (env *Env) printCalendar(all []desk.TodoLine, today idea.Day) error {
	if len(env.flags.fields) > 0 {
		return idea.Errorf(idea.Usage, "a calendar has no fields to choose")
	}
	events := slices.Collect(env.view().Calendar(all, today))
	write := func(w io.Writer) error { return ical.Write(w, "Sluss", events, env.now()) }
	if env.flags.output != "" {
		return file.Write(env.flags.output, 0o600, write)
	}
	out := bufio.NewWriter(env.streams.Out)
	if err := write(out); err != nil {
		return err
	}
	return out.Flush()
}
