package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"sluss/internal/render"
	"sluss/internal/store"
)

// open opens the database. One of an older program is upgraded first, so that a
// new program just works; completion leaves it as it is.
func (env *Env) open(ctx context.Context, path string) (*store.DB, error) {
	db, err := store.Open(ctx, path)
	if !store.Old(err) || env.asIs {
		return db, err
	}
	if _, err := env.upgrade(ctx, path); err != nil {
		return nil, err
	}
	return store.Open(ctx, path)
}

func (env *Env) upgrade(ctx context.Context, path string) (store.Upgraded, error) {
	done, err := store.Upgrade(ctx, path, env.now())
	if err == nil && done.Backup != "" {
		env.warn(env.t("%s is upgraded from version %d to %d; as it was before, it is kept in %s", path, done.From, done.To, done.Backup))
	}
	return done, err
}

func newDBUpgrade(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "upgrade",
		Short: env.t("Bring a database of an older sluss up to date"),
		Long: env.t(`Bring a database of an older sluss up to date, after a backup beside it. Every
command does so by itself when it must; this one does nothing else.`),
		Example: "  sluss db upgrade",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			if env.configErr != nil {
				return env.configErr
			}
			env.watchSignals()
			path, err := env.dbPath()
			if err != nil {
				return err
			}
			done, err := env.upgrade(c.Context(), path)
			if err != nil {
				return err
			}
			note, backup := env.t("%s is at version %d", path, done.To), any(nil)
			if done.Backup == "" {
				note = env.t("%s is already at version %d", path, done.To)
			} else {
				backup = done.Backup
			}
			return env.print(render.Document{
				Notes: []string{note},
				JSON:  map[string]any{"path": path, "from": done.From, "to": done.To, "backup": backup},
			})
		},
	}
}
