package cmd

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/idea"
	"sluss/internal/render"
)

func newConfig(env *Env) *cobra.Command {
	return env.parent("config", env.t("See and change the settings"),
		newConfigShow(env), newConfigGet(env), newConfigSet(env), newConfigUnset(env), newConfigPath(env))
}

// setting is a setting in JSON.
type setting struct {
	Key     string  `json:"key"`
	Value   string  `json:"value"`
	Default string  `json:"default"`
	Origin  string  `json:"origin"`
	Where   *string `json:"where"`
}

func newConfigShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "show",
		Aliases: []string{"list"},
		Short:   env.t("Show every setting and where it comes from"),
		Long:    env.t("Show every setting and where it comes from. A flag stands above an environment\nvariable, a variable above the file, the file above the default."),
		Example: "  sluss config show\n  SLUSS_LANG=sv sluss config show",
		Args:    none,
		RunE: func(*cobra.Command, []string) error {
			if err := env.print(env.settings()); err != nil {
				return err
			}
			return env.configErr
		},
	}
}

func (env *Env) settings() render.Document {
	var rows [][]render.Cell
	all := []setting{}
	for _, s := range env.config.All() {
		var where *string
		if s.Where != "" {
			where = &s.Where
		}
		all = append(all, setting{string(s.Key), s.Value, s.Default, string(s.Origin), where})
		rows = append(rows, []render.Cell{{Text: string(s.Key)}, {Text: s.Value}, {Text: env.t("%s", s.Origin), Raw: string(s.Origin)}, {Text: s.Where}})
	}
	return render.Document{JSON: all, Sections: []render.Section{{Table: &render.Table{
		Columns: []render.Column{{Key: "key", Head: env.t("Setting")}, {Key: "value", Head: env.t("Current value"), Flex: true},
			{Key: "origin", Head: env.t("From")}, {Key: "where", Head: env.t("Where"), Flex: true}},
		Rows: render.RowsOf(rows),
	}}}}
}

func (env *Env) completeSettings(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var keys []string
	for _, k := range config.Keys() {
		if len(args) == 1 && args[0] == string(config.DB) {
			return nil, cobra.ShellCompDirectiveDefault
		}
		if len(args) == 0 {
			keys = append(keys, string(k.Key)+"\t"+env.t("%s", k.Help))
		} else if string(k.Key) == args[0] {
			keys = k.Legal
		}
	}
	return keys, cobra.ShellCompDirectiveNoFileComp
}

func newConfigGet(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "get KEY",
		Short:             env.t("Print one setting"),
		Example:           "  sluss config get db",
		Args:              exactly(1, idea.Word("the name of a setting")),
		ValidArgsFunction: env.completeSettings,
		RunE: func(c *cobra.Command, args []string) error {
			var known []string
			for _, k := range config.Keys() {
				if string(k.Key) == args[0] {
					_, err := fmt.Fprintln(env.streams.Out, env.config.Get(k.Key))
					return err
				}
				known = append(known, string(k.Key))
			}
			return withNear(idea.Errorf(idea.Usage, "there is no setting %q", args[0]).WithHint("sluss config show lists them"), args[0], known)
		},
	}
}

func newConfigSet(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "set KEY VALUE",
		Short:             env.t("Change one setting in your file"),
		Example:           "  sluss config set coach åsa\n  sluss config set lang sv",
		Args:              exactly(2, idea.Word("the name of a setting and its value")),
		ValidArgsFunction: env.completeSettings,
		RunE: func(_ *cobra.Command, args []string) error {
			key, value := config.Key(args[0]), args[1]
			if key == config.DB && value != "" { // the same file from every folder
				var err error
				if value, err = filepath.Abs(value); err != nil {
					return err
				}
			}
			if key == config.ReportParts {
				if _, err := idea.FindParts(partsIn(value)); err != nil {
					return err
				}
			}
			return env.config.Set(key, value)
		},
	}
}

func newConfigUnset(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "unset KEY",
		Short:             env.t("Take one setting out of your file"),
		Example:           "  sluss config unset lang",
		Args:              exactly(1, idea.Word("the name of a setting")),
		ValidArgsFunction: env.completeSettings,
		RunE: func(_ *cobra.Command, args []string) error {
			return env.config.Unset(config.Key(args[0]))
		},
	}
}

func newConfigPath(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   env.t("Print where your file of settings is"),
		Example: "  sluss config path",
		Args:    none,
		RunE: func(*cobra.Command, []string) error {
			paths := env.config.Paths()
			if paths.ConfigFile == "" {
				return idea.Errorf(idea.Usage, "sluss does not know where your settings are: %s", paths.Err()).WithHint("name the file with SLUSS_CONFIG")
			}
			_, err := fmt.Fprintln(env.streams.Out, paths.ConfigFile)
			return err
		},
	}
}
