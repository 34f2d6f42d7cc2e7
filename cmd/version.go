package cmd

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"sluss/internal/render"
	"sluss/internal/store"
)

// version is set by a release build: -ldflags "-X sluss/cmd.version=1.0.0".
var version = "dev"

func newVersion(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   env.t("Print the version"),
		Example: "  sluss version",
		Args:    none,
		RunE: func(*cobra.Command, []string) error {
			commit := revision()
			line := "sluss " + version
			if commit != "" {
				line += " (" + commit + ")"
			}
			return env.print(render.Document{
				Notes: []string{line},
				JSON:  map[string]any{"version": version, "commit": commit, "schema": store.SchemaVersion},
			})
		},
	}
}

func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}
