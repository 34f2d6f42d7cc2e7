package cmd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/render"
)

func newExport(env *Env) *cobra.Command {
	return env.parent("export", env.t("Write ideas to files, to spread them or to work on them elsewhere"), newExportCSV(env), newExportMarkdown(env))
}

// exportFlags select what is written. An export takes every idea, closed ones
// too, unless filters say otherwise.
type exportFlags struct {
	filter filterFlags
	period string
}

func (f *exportFlags) define(env *Env, c *cobra.Command) {
	f.filter.define(env, c)
	c.Flags().StringVarP(&f.period, "period", "p", "", env.t("received in this `PERIOD`"))
}

func (f *exportFlags) selection(env *Env, c *cobra.Command) (desk.Selection, error) {
	s, err := f.filter.selection(env)
	if err != nil {
		return s, err
	}
	if c.Flags().Changed("period") {
		p, err := env.periodFlag(c, f.period)
		if err != nil {
			return s, err
		}
		s.Received = s.Received.And(p)
	}
	s.Sort, s.Whole, s.People = idea.ByNumber, true, env.flags.people
	return s, nil
}

func newExportCSV(env *Env) *cobra.Command {
	var flags exportFlags
	c := &cobra.Command{
		Use:   "csv",
		Short: env.t("Write ideas as CSV"),
		Long: env.t(`Write ideas as CSV, one a row, with a column for each field; what sluss exports
it can import. With --excel the file is as Swedish Excel wants it. Names and
contacts are left out unless --with-people is given.`),
		Example: "  sluss export csv -o ideer.csv\n  sluss export csv --excel --period 2026 -o ideer-2026.csv",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := env.only(render.CSV); err != nil {
				return err
			}
			s, err := flags.selection(env, c)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().Ideas(d.Ideas(c.Context(), s), env.flags.people))
		},
	}
	flags.define(env, c)
	return c
}

func newExportMarkdown(env *Env) *cobra.Command {
	var flags exportFlags
	var each string
	c := &cobra.Command{
		Use:   "md",
		Short: env.t("Write an overview as Markdown, or a page for each idea"),
		Long: env.t(`Write an overview of ideas as Markdown, or with --each a page for each idea and
an overview that leads to them. Names and contacts are left out unless
--with-people is given.`),
		Example: "  sluss export md -o ideer.md --period 2026-q3\n  sluss export md --each sidor --stage test",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := env.only(render.Markdown); err != nil {
				return err
			}
			s, err := flags.selection(env, c)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if each != "" {
				return env.exportPages(c.Context(), d, s, each)
			}
			return env.print(env.view().Overview(d.Ideas(c.Context(), s), d.Today(), nil, env.flags.people))
		},
	}
	flags.define(env, c)
	c.Flags().StringVar(&each, "each", "", env.t("write a page for each idea into this `FOLDER`"))
	return c
}

// only takes the format of an export, and refuses flags that ask for another.
func (env *Env) only(format render.Format) error {
	asked := env.flags.format != "" || env.flags.json || env.flags.jq != "" || filepath.Ext(env.flags.output) != ""
	if got, err := env.format(); asked && err == nil && got != format && got != render.TableFormat {
		return idea.Errorf(idea.Usage, "this writes %s, not %s", string(format), string(got)).
			WithHint("sluss list --all --format %s writes other formats", string(got))
	}
	env.flags.format = string(format)
	return nil
}

// exportPages writes a page an idea. The overview comes last: who finds it finds
// every page that it names.
func (env *Env) exportPages(ctx context.Context, d *desk.Desk, s desk.Selection, folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	var all []desk.Listed
	for l, err := range d.Ideas(ctx, s) {
		if err != nil {
			return err
		}
		all = append(all, l)
	}
	o := render.Options{Format: render.Markdown}
	for _, l := range all {
		cards, err := d.Show(ctx, []int64{l.Number}, env.flags.people)
		if err != nil {
			return err
		}
		if err := env.printFile(filepath.Join(folder, pageName(l)), env.view().Card(cards[0], env.flags.people), o); err != nil {
			return err
		}
	}
	list := func(yield func(desk.Listed, error) bool) {
		for _, l := range all {
			if !yield(l, nil) {
				return
			}
		}
	}
	overview := filepath.Join(folder, "index.md")
	if err := env.printFile(overview, env.view().Overview(list, d.Today(), pageName, env.flags.people), o); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(env.streams.Out, env.p.N(len(all), "%d page and %s", "%d pages and %s", overview)); err != nil {
		return err
	}
	env.warnStale(folder, all)
	return nil
}

// warnStale names the pages of earlier exports that stand beside the new ones:
// they may tell more than these.
func (env *Env) warnStale(folder string, all []desk.Listed) {
	there, _ := filepath.Glob(filepath.Join(folder, "[0-9]*-*.md"))
	stale := slices.DeleteFunc(there, func(path string) bool {
		return slices.ContainsFunc(all, func(l desk.Listed) bool { return pageName(l) == filepath.Base(path) })
	})
	if len(stale) > 0 {
		fmt.Fprintln(env.streams.Err, env.t("warning: pages of an earlier export are still in %s: %d, such as %s", folder, len(stale), filepath.Base(stale[0])))
	}
}

func pageName(l desk.Listed) string { return fmt.Sprintf("%d-%s.md", l.Number, file.Slug(l.Title, 60)) }
