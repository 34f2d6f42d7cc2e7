package cmd

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/idea"
	"sluss/internal/interview"
	"sluss/internal/lang"
	"sluss/internal/render"
	"sluss/internal/store"
)

func newInit(env *Env) *cobra.Command {
	var units []string
	var process string
	c := &cobra.Command{
		Use:   "init [FILE]",
		Short: env.t("Make a new database"),
		Long: env.t(`Make a new database, in your data folder or in FILE. At a terminal you are asked
for your name, your language and your units. The file can be read by you only.`),
		Example: `  sluss init
  sluss init ideer.db --as åsa --unit Skola --unit "Öresundskraft"
  sluss init --process short`,
		Args: exactly0or1,
		RunE: func(c *cobra.Command, args []string) error {
			path, err := env.newPath(args)
			if err != nil {
				return err
			}
			if err := refuseExisting(path); err != nil {
				return err
			}
			answers := welcome{coach: env.config.Get(config.Coach), units: units}
			if answers.process, err = idea.ReadyProcess(process); err != nil {
				return err
			}
			if env.mayAsk() && !env.flags.yes {
				if err := env.welcome(&answers); err != nil {
					return err
				}
			}
			return env.begin(c, path, answers)
		},
	}
	c.Flags().StringArrayVarP(&units, "unit", "u", nil, env.t("a first `UNIT`; again for more"))
	c.Flags().StringVar(&process, "process", string(idea.TheDefault), env.t("the `PROCESS`: default or short"))
	env.completeFlag(c, "process", completeKeys(idea.ProcessNames()...))
	return c
}

func (env *Env) newPath(args []string) (string, error) {
	if len(args) == 1 {
		return args[0], nil
	}
	return env.dbPath()
}

func refuseExisting(path string) error {
	if _, err := os.Lstat(path); err != nil {
		return nil
	}
	return idea.Errorf(idea.Refused, "there is already a file at %s", path).
		WithHint("use it as it is, or choose another place with --db")
}

// welcome is what a new user is asked.
type welcome struct {
	coach, lang string
	units       []string
	process     idea.Process
}

func (env *Env) welcome(w *welcome) error {
	return env.ask(func(a interview.Asker) error {
		var err error
		languages := []interview.Option{{Value: "sv", Label: "svenska"}, {Value: "en", Label: "English"}}
		if w.lang, err = a.Choice(interview.Question{Ask: "Språk? Language?", Options: languages, Default: string(env.p.Lang())}); err != nil {
			return err
		}
		env.p = lang.New(lang.Lang(w.lang))
		if w.coach, err = a.Line(interview.Question{Ask: env.t("What are you called?"), Default: w.coach, Check: oneLine}); err != nil {
			return err
		}
		text, err := a.Text(interview.Question{Ask: env.t("Which units are there? One a line, or none yet.")})
		w.units = append(w.units, strings.Split(text, "\n")...)
		return err
	})
}

// begin makes the database and keeps what was answered. The settings come last:
// they are worth nothing without a database.
func (env *Env) begin(c *cobra.Command, path string, w welcome) error {
	if env.configErr != nil {
		return env.configErr
	}
	env.watchSignals()
	if err := store.Create(c.Context(), path, w.process); err != nil {
		return err
	}
	named := env.config.Get(config.DB)
	if err := env.keep(w); err != nil {
		return err
	}
	db, err := store.Open(c.Context(), path)
	if err != nil {
		return err
	}
	env.db = db
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	if units := filled(w.units); len(units) > 0 {
		if err := d.Begin(c.Context(), units); err != nil {
			return err
		}
	}
	if whole := absolute(path); whole != absolute(named) {
		env.hint(env.t("hint: tell sluss to use it: sluss config set db %s", whole))
	}
	return env.print(render.Document{Notes: []string{env.t("Made %s. Now: sluss add", path)}, JSON: map[string]any{"path": path}})
}

// filled is the lines that hold something.
func filled(lines []string) []string {
	var out []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func absolute(path string) string {
	whole, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return whole
}

// keep writes what was answered to the settings.
func (env *Env) keep(w welcome) error {
	for key, value := range map[config.Key]string{config.Lang: w.lang, config.Coach: w.coach} {
		if w.lang == "" || value == "" || value == env.config.Get(key) {
			continue
		}
		if err := env.config.Set(key, value); err != nil {
			return err
		}
	}
	return nil
}
