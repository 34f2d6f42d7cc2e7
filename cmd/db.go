package cmd

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"sluss/internal/idea"
	"sluss/internal/render"
)

func newDB(env *Env) *cobra.Command {
	return env.parent("db", env.t("Check, copy and upgrade the database"), newDBCheck(env), newDBBackup(env), newDBRestore(env), newDBUpgrade(env), newDBPath(env))
}

func newDBCheck(env *Env) *cobra.Command {
	var full bool
	c := &cobra.Command{
		Use:     "check",
		Short:   env.t("Look for damage; exit 6 if there is any"),
		Example: "  sluss db check\n  sluss db check --full",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			faults, err := env.db.Check(c.Context(), full)
			if err != nil {
				return err
			}
			if len(faults) > 0 {
				e := idea.Errorf(idea.Unusable, "%s is damaged", env.db.Path()).WithHint("restore the newest backup")
				e.More = faults
				return e
			}
			missing, unused, err := env.comparePictures(c.Context(), d)
			if err != nil {
				return err
			}
			if len(missing) > 0 {
				return env.picturesGone(missing)
			}
			notes := []string{env.t("%s is whole", env.db.Path())}
			if len(unused) > 0 {
				notes = append(notes, env.p.N(len(unused), "%d file in %s belongs to no good example: sluss story picture clean deletes it",
					"%d files in %s belong to no good example: sluss story picture clean deletes them", string(env.pictures())))
			}
			return env.print(render.Document{
				Notes: notes,
				JSON:  map[string]any{"path": env.db.Path(), "whole": true, "unused_pictures": append([]string{}, unused...)},
			})
		},
	}
	c.Flags().BoolVar(&full, "full", false, env.t("also compare every word with the index"))
	return c
}

// picturesGone is the error of a database whose pictures are not there.
func (env *Env) picturesGone(missing []string) error {
	e := idea.Errorf(idea.Unusable, "the database is whole, but pictures are missing in %s", string(env.pictures())).
		WithHint("bring the folder back from a copy, or take the pictures out with sluss story picture remove")
	for _, name := range missing {
		e.More = append(e.More, idea.Say("%s", name))
	}
	return e
}

// picturesToo says that a copy of the database has no pictures in it, if there
// are any.
func (env *Env) picturesToo(notes []string) []string {
	if _, err := os.Stat(string(env.pictures())); err == nil {
		notes = append(notes, env.t("the pictures are not in it: copy the folder %s too", string(env.pictures())))
	}
	return notes
}

func newDBBackup(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "backup FILE",
		Short:   env.t("Copy the database, whole, while others may be writing"),
		Long:    env.t("Copy the database, whole, while others may be writing. Never copy the file by\nhand: the newest changes may lie in a file beside it."),
		Example: "  sluss db backup sluss-2026-11-25.db",
		Args:    exactly(1, idea.Word("the name of a new file")),
		RunE: func(c *cobra.Command, args []string) error {
			if _, err := env.desk(c.Context()); err != nil {
				return err
			}
			if err := env.db.Backup(c.Context(), args[0]); err != nil {
				return err
			}
			return env.print(render.Document{
				Notes: env.picturesToo([]string{env.t("%s is copied to %s", env.db.Path(), args[0])}),
				JSON:  map[string]any{"path": env.db.Path(), "backup": args[0]},
			})
		},
	}
}

func newDBPath(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   env.t("Print where the database is"),
		Example: "  sluss db path",
		Args:    none,
		RunE: func(*cobra.Command, []string) error {
			path, err := env.dbPath()
			if err == nil {
				_, err = fmt.Fprintln(env.streams.Out, path)
			}
			return err
		},
	}
}
