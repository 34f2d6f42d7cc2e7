package cmd

import (
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/store"
)

func newDBRestore(env *Env) *cobra.Command {
	var to string
	c := &cobra.Command{
		Use:   "restore BACKUP",
		Short: env.t("Put a backup in the place of the database"),
		Long: env.t(`Put a backup in the place of the database, after a check that it is whole. What
was there before is kept in a file beside it. A backup of an older sluss is
brought up to date. Nobody else may have the database open meanwhile.`),
		Example: "  sluss db restore sluss-2026-11-25.db\n  sluss db restore sluss-2026-11-25.db --to look.db",
		Args:    exactly(1, idea.Word("the name of a backup")),
		RunE: func(c *cobra.Command, args []string) error {
			path, err := env.restoreTo(to)
			if err != nil {
				return err
			}
			if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
				if err := env.confirm(env.t("Replace %s with %s?", path, args[0])); err != nil {
					return err
				}
			}
			done, err := store.Restore(c.Context(), args[0], path, env.now())
			if err != nil {
				return err
			}
			notes, kept := []string{env.t("%s is restored from %s", path, args[0])}, any(nil)
			if done.Kept != "" {
				notes, kept = append(notes, env.t("what was there before is kept in %s", done.Kept)), done.Kept
			}
			if done.From < store.SchemaVersion {
				notes = append(notes, env.t("it is upgraded from version %d to %d", done.From, store.SchemaVersion))
			}
			return env.print(render.Document{
				Notes: notes,
				JSON:  map[string]any{"path": path, "backup": args[0], "from": done.From, "to": store.SchemaVersion, "kept": kept},
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", env.t("the database `FILE` to write instead"))
	return c
}

// restoreTo is the file that a backup is restored to.
func (env *Env) restoreTo(to string) (string, error) {
	if env.configErr != nil {
		return "", env.configErr
	}
	env.watchSignals()
	if to != "" {
		return to, nil
	}
	return env.dbPath()
}
