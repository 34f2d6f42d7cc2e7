package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/idea"
)

func newSearch(env *Env) *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "search WORDS",
		Short: env.t("Find ideas by their words, best first"),
		Long: env.t(`Find ideas by words in the title, the sections and the notes. Every word must
occur. A word also finds longer words that begin with it: skol finds skolgård.
Words in double quotes are taken as they are.`),
		Example: `  sluss search elbil laddning
  sluss search '"skola"'`,
		Args: atLeast(1, idea.Word("words to look for")),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			hits, err := d.Search(c.Context(), strings.Join(args, " "), limit)
			if err != nil {
				return err
			}
			return env.print(env.view().Hits(hits))
		},
	}
	env.limitFlag(c, &limit, 20)
	return c
}
