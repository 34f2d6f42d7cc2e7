package cmd

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"sync/atomic"
	"time"
	_ "time/tzdata" // a scratch container and Windows have no time zones of their own

	"github.com/spf13/pflag"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/interview"
	"sluss/internal/lang"
	"sluss/internal/render"
	"sluss/internal/store"
	"sluss/internal/term"
	"sluss/internal/view"
)

// Env is what commands work with. What costs time is made when it is first
// asked for: help and completion open no database.
type Env struct {
	getenv    func(string) string
	streams   *term.Streams
	p         lang.Printer
	config    *config.Config
	configErr error
	flags     globals
	json      bool   // --json stands somewhere, even if other flags are wrong
	title     string // of a page whose document has none: what the command does
	word      string // the command that this run is about; empty when all may be
	below     string // what stands after it
	db        *store.DB
	asIs      bool            // an old database is left as it is
	steady    bool            // the time zone of the computer must not show
	zone      *time.Location  // the last that was asked for by name
	signal    atomic.Int32    // the first signal that came
	signals   chan os.Signal  // nil while nobody listens
	cancel    func()          // ends the command
	stopped   <-chan struct{} // closed then
	help      helpWriter
	rows      *int64                 // counts the rows of the result, if anybody wants to know
	asking    atomic.Pointer[func()] // puts the terminal back while a question is open
}

// globals are the flags that every command takes.
type globals struct {
	db, lang, coach, format, color, output, jq string
	fields                                     []string
	json, people, excel, noInput, yes, quiet   bool
}

func (g *globals) define(f *pflag.FlagSet, t func(string, ...any) string) {
	f.StringVar(&g.db, "db", "", t("the database `FILE`"))
	f.StringVar(&g.lang, "lang", "", t("`LANGUAGE` of texts: sv or en"))
	f.StringVar(&g.coach, "as", "", t("the `COACH` who gives the command"))
	f.StringVar(&g.format, "format", "", t("`FORMAT` of the result: table, json, csv, md, html, svg or xlsx"))
	f.BoolVar(&g.json, "json", false, t("the same as --format json"))
	f.StringSliceVar(&g.fields, "fields", nil, t("`FIELDS` to show, with commas between"))
	f.StringVar(&g.jq, "jq", "", t("pick from the JSON with a jq `EXPRESSION`"))
	f.StringVarP(&g.output, "output", "o", "", t("write the result to a `FILE`; its ending gives the format"))
	f.BoolVar(&g.excel, "excel", false, t("CSV as Swedish Excel wants it"))
	f.BoolVar(&g.people, "with-people", false, t("with names and contacts of people"))
	f.StringVar(&g.color, "color", "", t("`WHEN` to use colour: auto, always or never"))
	f.BoolVar(&g.noInput, "no-input", false, t("never ask"))
	f.BoolVarP(&g.yes, "yes", "y", false, t("answer yes to what would be asked"))
	f.BoolVarP(&g.quiet, "quiet", "q", false, t("no hints and no progress"))
}

// settings is the flags that stand above the settings of the same name.
func (g *globals) settings(changed func(string) bool) map[config.Key]string {
	out := map[config.Key]string{}
	for key, value := range map[config.Key]string{config.DB: g.db, config.Lang: g.lang, config.Coach: g.coach, config.Format: g.format, config.Color: g.color} {
		if value != "" && !(key == config.Format && slices.Contains([]string{mailEnding, calendarEnding, feedEnding, string(render.SVG), string(render.XLSX)}, value)) { // which are the formats of a few commands
			out[key] = value
		}
	}
	for key, flag := range map[config.Key]struct {
		name string
		set  bool
	}{config.Excel: {"excel", g.excel}, config.NoInput: {"no-input", g.noInput}, config.Quiet: {"quiet", g.quiet}} {
		if changed(flag.name) {
			out[key] = fmt.Sprint(flag.set)
		}
	}
	return out
}

// newEnv looks at the global flags before the commands are made, because the
// help of the commands is written in the language that they choose.
func newEnv(args []string, getenv func(string) string) *Env {
	env := &Env{getenv: getenv}
	early := pflag.NewFlagSet("", pflag.ContinueOnError)
	early.ParseErrorsAllowlist.UnknownFlags = true
	early.Usage = func() {}
	early.BoolP("help", "h", false, "")
	var g globals
	g.define(early, func(s string, _ ...any) string { return s })
	_ = early.Parse(withoutSaved(args)) // what is wrong with them, cobra says later
	env.json = g.json
	env.config, env.configErr = config.Load(g.settings(early.Changed), getenv)
	language, ok := lang.Parse(env.config.Get(config.Lang))
	if !ok {
		language = lang.Detect(getenv)
	}
	env.p = lang.New(language)
	if word := early.Arg(0); env.named(word) {
		env.word = word
		if after := slices.Index(args, word) + 1; after > 0 && after < len(args) {
			env.below = args[after]
		}
	}
	env.streams = term.System(getenv, env.config.Get(config.Color))
	env.help.out = env.streams.Out
	return env
}

func (env *Env) t(format string, args ...any) string { return env.p.T(format, args...) }

// homeZone is the time zone of what is the same on every computer, unless the
// settings name another.
const homeZone = "Europe/Stockholm"

// now is the clock, in the time zone of the settings. SLUSS_NOW is the clock of
// tests.
func (env *Env) now() time.Time {
	loc := env.location()
	if fixed, err := time.Parse(time.RFC3339, env.getenv("SLUSS_NOW")); err == nil {
		return fixed.In(loc)
	}
	return time.Now().In(loc)
}

// location is the time zone of the settings, or of the computer.
func (env *Env) location() *time.Location {
	name := env.config.Get(config.Timezone)
	if name == "" && env.steady {
		name = homeZone
	}
	if name == "" {
		return time.Local
	}
	if env.zone == nil || env.zone.String() != name {
		named, err := time.LoadLocation(name)
		if err != nil {
			return time.Local
		}
		env.zone = named
	}
	return env.zone
}

func (env *Env) view() view.View { return view.New(env.p, env.now().Location()) }

// desk opens the database.
func (env *Env) desk(ctx context.Context) (*desk.Desk, error) {
	if env.configErr != nil {
		return nil, env.configErr
	}
	env.watchSignals()
	if env.db == nil {
		path, err := env.dbPath()
		if err != nil {
			return nil, err
		}
		if env.db, err = env.open(ctx, path); err != nil {
			return nil, err
		}
		if env.db.ReadOnly() {
			env.hint(env.t("%s can only be read: you may not write in its folder", path))
		}
	}
	return desk.New(env.db, env.config.Get(config.Coach), env.now), nil
}

func (env *Env) dbPath() (string, error) {
	if path := env.config.Get(config.DB); path != "" {
		return path, nil
	}
	return "", idea.Errorf(idea.Usage, "sluss does not know where your database is: %s", env.config.Paths().Err()).
		WithHint("name it with --db FILE or SLUSS_DB")
}

func (env *Env) close() {
	if env.db != nil {
		env.db.Close()
	}
	if env.signals != nil {
		signal.Stop(env.signals)
		close(env.signals)
	}
	if env.cancel != nil {
		env.cancel()
	}
}

// hint tells something that helps, on standard error: on a terminal only, and
// not with --quiet.
func (env *Env) hint(text string) {
	if env.hints() {
		fmt.Fprintln(env.streams.Err, term.Safe(text))
	}
}

// hints tells whether hints are shown.
func (env *Env) hints() bool { return env.streams.ErrTTY && !env.config.Bool(config.Quiet) }

// warn tells of something that goes against the wishes of those who made the
// process, on standard error, but not with --quiet.
func (env *Env) warn(text string) {
	if !env.config.Bool(config.Quiet) {
		fmt.Fprintln(env.streams.Err, term.Safe(text))
	}
}

// mayAsk tells whether there is somebody to answer a question.
func (env *Env) mayAsk() bool {
	return interview.Possible(env.streams) && !env.config.Bool(config.NoInput)
}

// ask runs questions and puts the terminal back whatever ends them.
func (env *Env) ask(questions func(interview.Asker) error) error {
	env.watchSignals()
	restore := interview.Guard(env.streams)
	env.asking.Store(&restore)
	defer env.asking.Store(nil)
	return questions(interview.New(env.streams, env.p, env.config.Bool(config.Accessible)))
}

// confirm asks before something that touches much. Off a terminal it returns
// Usage unless --yes was given.
func (env *Env) confirm(question string) error {
	if env.flags.yes {
		return nil
	}
	if !env.mayAsk() {
		return idea.Errorf(idea.Usage, "this asks for a confirmation, and there is nobody to ask").WithHint("add --yes if you are sure")
	}
	return env.ask(func(a interview.Asker) error {
		yes, err := a.Confirm(interview.Question{Ask: question})
		if err == nil && !yes {
			err = idea.Errorf(idea.Interrupted, "cancelled; nothing was changed")
		}
		return err
	})
}
