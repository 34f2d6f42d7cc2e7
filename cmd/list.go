package cmd

import (
	"cmp"
	"iter"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

func newList(env *Env) *cobra.Command {
	var filter filterFlags
	var order sortFlags
	var all, waiting bool
	c := &cobra.Command{
		Use:     "list [WORDS]",
		Aliases: []string{"ls"},
		Short:   env.t("List ideas"),
		Long: env.t(`List the ideas that are still worked on, the newest first. Filters of
different kinds must all hold; the same filter again widens it.`),
		Example: `  sluss list --stage received --coach none
  sluss list --unit Skola --since 2026-q3 --sort age
  sluss list --waiting --coach me
  sluss list skolgård --all --json`,
		RunE: func(c *cobra.Command, args []string) error {
			s, err := filter.selection(env)
			if err != nil {
				return err
			}
			if waiting {
				order.by = cmp.Or(order.by, string(idea.ByReceived))
			}
			if err := order.apply(&s); err != nil {
				return err
			}
			s.Text = joinWords(s.Text, args)
			s.Open, s.Waiting = !all, waiting
			return env.list(c, s, order.limit)
		},
	}
	filter.define(env, c)
	order.define(env, c)
	c.Flags().BoolVar(&waiting, "waiting", false, env.t("only what no giver has been answered about, first what was promised first"))
	c.Flags().BoolVarP(&all, "all", "a", false, env.t("also what is realised or closed"))
	return c
}

func joinWords(text string, words []string) string {
	for _, w := range words {
		text += " " + w
	}
	return text
}

// list prints a selection. On a terminal it ends after so many rows as the
// settings say, and tells that there are more.
func (env *Env) list(c *cobra.Command, s desk.Selection, limit int) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	standard := limit < 0 && env.atTerminal()
	if standard {
		limit = env.config.Int(config.Limit)
	}
	format, err := env.format()
	if err != nil {
		return err
	}
	s.People = env.flags.people
	s.Whole = format == render.JSON || format == render.CSV || len(env.flags.fields) > 0
	if limit > 0 {
		s.Limit = limit + 1
	}
	var columns []string
	if s.Waiting {
		columns = append(columns, "answer_by")
	}
	more := false
	if err := env.print(env.view().Ideas(capped(d.Ideas(c.Context(), s), limit, &more), env.flags.people, columns...)); err != nil {
		return err
	}
	if more && standard {
		env.hint(env.t("hint: there are more than %d; --limit 0 shows all", limit))
	}
	return nil
}

// capped ends a sequence after limit elements and tells whether there were more.
func capped[T any](all iter.Seq2[T, error], limit int, more *bool) iter.Seq2[T, error] {
	if limit <= 0 {
		return all
	}
	return func(yield func(T, error) bool) {
		n := 0
		for one, err := range all {
			if n == limit && err == nil {
				*more = true
				return
			}
			n++
			if !yield(one, err) {
				return
			}
		}
	}
}
