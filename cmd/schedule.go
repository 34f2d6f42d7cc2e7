package cmd

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/timer"
	"sluss/internal/view"
)

func newSchedule(env *Env) *cobra.Command {
	return env.parent("schedule", env.t("Let the system make saved exports at set times"),
		newScheduleAdd(env), newScheduleList(env), newScheduleRemove(env), newScheduleLog(env))
}

// scheduleFlags say how a timer is written.
type scheduleFlags struct {
	every, system, program string
	install, onlyChanged   bool
}

func newScheduleAdd(env *Env) *cobra.Command {
	var f scheduleFlags
	c := &cobra.Command{
		Use:   "add NAME --every TIME",
		Short: env.t("Let the system make a saved export at set times"),
		Long: env.t(`Let the system make a saved export at set times. Sluss runs nothing itself: it
writes a timer of systemd, a line for cron or a task of Windows, and prints it.
With --install it puts the timer in its place, for systemd and cron; for Windows it
names the command that does. Repeat it to change the time.

TIME is a day and a time of day: daily 06:30, weekday 16:00 (Monday to Friday),
monday 07:00, first of month 07:00; in Swedish dagligen, vardag, måndag, första i
månaden. systemd and Windows make up for a run when the computer was off, cron does
not. sluss today tells of an export that was not made, sluss schedule log of each run.

A timer has no environment: the database, the language and the coach stand in its
command. Move the database or the program, and add the schedule again.`),
		Example: `  sluss schedule add ideer --every "monday 07:00"
  sluss schedule add ideer --every "vardag 06:30" --only-if-changed --install
  sluss schedule add flode --every "first of month 07:00" --for windows > flode.xml`,
		Args:              exactly(1, idea.Word("the name of a saved export")),
		ValidArgsFunction: firstArg(env.completeProfiles),
		RunE: func(c *cobra.Command, args []string) error {
			if f.every == "" {
				return idea.Errorf(idea.Usage, "when is it to be made?").WithHint("say it with --every, such as --every \"%s\"", idea.Every{Days: idea.OnMonday, At: "07:00"}.String())
			}
			every, err := idea.ParseEvery(f.every)
			if err != nil {
				return err
			}
			system, err := findSystem(f.system)
			if err != nil {
				return err
			}
			return env.addSchedule(c, args[0], every, system, f)
		},
	}
	c.Flags().StringVar(&f.every, "every", "", env.t("the `TIME` of each run: a day and a time of day"))
	c.Flags().BoolVar(&f.onlyChanged, "only-if-changed", false, env.t("leave the file alone when it would hold the same again"))
	c.Flags().StringVar(&f.program, "program", "", env.t("the `FILE` of the program that the timer runs; else this one"))
	env.timerFlags(c, &f)
	env.completeFlag(c, "every", completeWords(env, idea.EveryDays()))
	return c
}

func (env *Env) timerFlags(c *cobra.Command, f *scheduleFlags) {
	c.Flags().StringVar(&f.system, "for", "", env.t("the `SYSTEM` that runs it: systemd, cron or windows; else that of this computer"))
	c.Flags().BoolVar(&f.install, "install", false, env.t("change the timers of the system too"))
	env.completeFlag(c, "for", completeKeys(timer.Systems()...))
}

func findSystem(word string) (timer.System, error) {
	if word == "" {
		return timer.Of(runtime.GOOS), nil
	}
	var known []string
	for _, s := range timer.Systems() {
		if string(s) == strings.ToLower(word) {
			return s, nil
		}
		known = append(known, string(s))
	}
	return "", withNear(idea.Errorf(idea.Usage, "there are no timers for %q", word).WithHint("there are for: %s", strings.Join(known, ", ")), word, known)
}

// addSchedule keeps the schedule when the timer can be written, and installs it or
// prints it.
func (env *Env) addSchedule(c *cobra.Command, name string, every idea.Every, system timer.System, f scheduleFlags) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	found, err := d.FindProfiles(c.Context(), []string{name})
	if err != nil {
		return err
	}
	t, err := env.timer(found[0].Name, every, f)
	if err != nil {
		return err
	}
	folder := ""
	if system == timer.Systemd {
		if folder, err = timer.UnitFolder(env.getenv); err != nil {
			return err
		}
	}
	files, err := timerFiles(t, system, folder)
	if err != nil {
		return err
	}
	line, err := d.SetSchedule(c.Context(), found[0].Name, every, f.onlyChanged)
	if err != nil {
		return err
	}
	var done []idea.Text
	if f.install {
		if done, err = install(c, t, system, folder); err != nil {
			return withDone(err, done)
		}
	}
	if format, err := env.format(); err == nil && format == render.TableFormat && !f.install {
		return env.printTimer(system, files)
	}
	return env.print(env.view().Timed(env.scheduleLine(line), string(system), files, done))
}

// withDone adds what was done before an error to it.
func withDone(err error, done []idea.Text) error {
	var e *idea.Error
	if errors.As(err, &e) {
		e.More = append(e.More, done...)
	}
	return err
}

// install puts a timer in its place.
func install(c *cobra.Command, t timer.Timer, system timer.System, folder string) ([]idea.Text, error) {
	switch system {
	case timer.Systemd:
		return t.InstallUnits(c.Context(), folder)
	case timer.Cron:
		return t.InstallLine(c.Context())
	}
	return []idea.Text{idea.Say("sluss does not change the tasks of Windows; save the task with: %s", "sluss schedule add … --for windows > "+t.ID+".xml"),
		idea.Say("and then run: %s", `schtasks /Create /TN `+t.ID+` /XML `+t.ID+`.xml`)}, nil
}

// timerFiles are the files that a system is to read; the folder is that of
// systemd.
func timerFiles(t timer.Timer, system timer.System, folder string) ([]view.TimerFile, error) {
	switch system {
	case timer.Systemd:
		service, units, err := t.Units()
		servicePath, timerPath := timer.UnitPaths(folder, t.ID)
		return []view.TimerFile{{File: servicePath, Text: service}, {File: timerPath, Text: units}}, err
	case timer.Cron:
		line, err := t.Line()
		return []view.TimerFile{{File: "crontab", Text: t.Marked(line)}}, err
	}
	task, err := t.Task()
	return []view.TimerFile{{File: t.ID + ".xml", Text: task}}, err
}

// printTimer prints files as the system is to read them, those of systemd with
// their names above.
func (env *Env) printTimer(system timer.System, files []view.TimerFile) error {
	var out strings.Builder
	for k, f := range files {
		if system == timer.Systemd {
			out.WriteString(strings.Repeat("\n", min(k, 1)) + "# " + f.File + "\n")
		}
		out.WriteString(f.Text)
	}
	write := func(w io.Writer) error {
		_, err := io.WriteString(w, out.String())
		return err
	}
	if env.flags.output != "" {
		return file.Write(env.flags.output, 0o600, write)
	}
	env.hint(env.t("hint: --install puts it in its place"))
	return write(env.streams.Out)
}

// timer is the timer of a saved export: all that the command needs stands in it.
func (env *Env) timer(name string, every idea.Every, f scheduleFlags) (t timer.Timer, err error) {
	program := f.program
	if program == "" {
		if program, err = os.Executable(); err != nil {
			return t, err
		}
	}
	if program, err = filepath.Abs(program); err != nil {
		return t, err
	}
	db, err := filepath.Abs(env.db.Path())
	if err != nil {
		return t, err
	}
	t = timer.Timer{
		ID: timer.Name(db, name), Title: env.t("Sluss makes the export %s", name), Every: every, Zone: env.config.Get(config.Timezone), Begin: env.now(), Program: program,
		Args: []string{"export", "run", name, "--scheduled", "--db", db, "--lang", string(env.p.Lang())},
	}
	if coach := env.config.Get(config.Coach); coach != "" {
		t.Args = append(t.Args, "--as", coach)
	}
	if f.onlyChanged {
		t.Args = append(t.Args, "--only-if-changed")
	}
	for _, variable := range []string{"SLUSS_CONFIG", "SLUSS_TIMEZONE"} {
		if value := env.getenv(variable); value != "" {
			t.Variables = append(t.Variables, timer.Variable{Name: variable, Value: value})
		}
	}
	return t, nil
}

func newScheduleList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List the schedules with their next and last runs"),
		Example: "  sluss schedule list",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.Profiles(c.Context())
			if err != nil {
				return err
			}
			var lines []view.ScheduleLine
			for _, l := range all {
				if l.Schedule != nil {
					lines = append(lines, env.scheduleLine(l))
				}
			}
			return env.print(env.view().Schedules(lines))
		},
	}
}

func newScheduleRemove(env *Env) *cobra.Command {
	var f scheduleFlags
	c := &cobra.Command{
		Use:   "remove NAME",
		Short: env.t("Take the schedule of a saved export away"),
		Long: env.t(`Take the schedule of a saved export away. With --install its timer is taken out of
the system too; without it the system goes on running the export.`),
		Example:           "  sluss schedule remove ideer --install",
		Args:              exactly(1, idea.Word("the name of a saved export")),
		ValidArgsFunction: firstArg(env.completeProfiles),
		RunE: func(c *cobra.Command, args []string) error {
			system, err := findSystem(f.system)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, had, err := d.RemoveSchedule(c.Context(), args[0])
			if err != nil {
				return err
			}
			done, err := env.uninstall(c, line, system, f.install)
			if err != nil {
				return withDone(err, done)
			}
			return env.print(env.view().Untimed(line, had, done))
		},
	}
	env.timerFlags(c, &f)
	return c
}

// uninstall takes the timer of a saved export out of the system, or says how that
// is done.
func (env *Env) uninstall(c *cobra.Command, l desk.ProfileLine, system timer.System, really bool) ([]idea.Text, error) {
	db, err := filepath.Abs(env.db.Path())
	if err != nil {
		return nil, err
	}
	id := timer.Name(db, l.Name)
	switch {
	case system == timer.Windows:
		return []idea.Text{idea.Say("a task of Windows is taken away with: %s", "schtasks /Delete /TN "+id)}, nil
	case !really:
		return []idea.Text{idea.Say("a timer that is installed stays; this takes it away: %s", "sluss schedule remove "+l.Name+" --install")}, nil
	case system == timer.Cron:
		return timer.RemoveLine(c.Context(), id)
	}
	folder, err := timer.UnitFolder(env.getenv)
	if err != nil {
		return nil, err
	}
	return timer.RemoveUnits(c.Context(), folder, id)
}

func newScheduleLog(env *Env) *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "log [NAME]",
		Short: env.t("Show the runs of saved exports, newest first"),
		Long: env.t(`Show the runs of saved exports, newest first: when, how long, rows, bytes, SHA-256, or
the error. The newest thousand runs of each are kept.`),
		Example:           "  sluss schedule log\n  sluss schedule log ideer --limit 1 --json",
		Args:              atMostOne,
		ValidArgsFunction: firstArg(env.completeProfiles),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if limit < 0 && env.atTerminal() {
				limit = env.config.Int(config.Limit)
			}
			runs, err := d.Runs(c.Context(), strings.Join(args, ""), max(limit, 0))
			if err != nil {
				return err
			}
			return env.print(env.view().Runs(runs))
		},
	}
	env.limitFlag(c, &limit, -1)
	return c
}
