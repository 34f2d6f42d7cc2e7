package cmd

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// filterFlags are the flags that select ideas, the same wherever ideas are
// selected.
type filterFlags struct {
	stages, tags, units, kinds, coaches []string
	since, until, text                  string
}

func (f *filterFlags) define(env *Env, c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVarP(&f.stages, "stage", "s", nil, env.t("in this `STAGE`; again for more"))
	flags.StringArrayVarP(&f.tags, "tag", "t", nil, env.t("with this `TAG`; without it: -TAG"))
	flags.StringArrayVarP(&f.units, "unit", "u", nil, env.t("of this `UNIT` or one under it"))
	flags.StringArrayVarP(&f.kinds, "kind", "k", nil, env.t("from this `KIND` of giver"))
	flags.StringArrayVarP(&f.coaches, "coach", "c", nil, env.t("with this `COACH`, me or none"))
	flags.StringVar(&f.since, "since", "", env.t("received on this `DAY` or later"))
	flags.StringVar(&f.until, "until", "", env.t("received on this `DAY` or earlier"))
	flags.StringVar(&f.text, "text", "", env.t("with these `WORDS`"))
	env.completeFlag(c, "stage", env.completeStages)
	env.completeFlag(c, "tag", env.completeTags)
	env.completeFlag(c, "unit", env.completeUnits)
	env.completeFlag(c, "coach", env.completeCoaches)
	env.completeFlag(c, "kind", completeWords(env, idea.GiverKinds()))
}

func (f *filterFlags) selection(env *Env) (desk.Selection, error) {
	s := desk.Selection{Stages: f.stages, Tags: f.tags, Units: f.units, Kinds: f.kinds, Coaches: f.coaches, Text: f.text,
		Compare: env.p.Compare()}
	since, err := env.period(f.since)
	if err != nil {
		return s, err
	}
	until, err := env.period(f.until)
	if err != nil {
		return s, err
	}
	s.Received = idea.Period{From: since.From, To: until.To}
	return s, nil
}

// sortFlags are the flags that order ideas.
type sortFlags struct {
	by    string
	limit int
}

func (f *sortFlags) define(env *Env, c *cobra.Command) {
	c.Flags().StringVar(&f.by, "sort", "", env.t("`ORDER`: number, received, title, stage, unit, coach, due or age; a minus turns it round; else -number"))
	env.limitFlag(c, &f.limit, -1)
	env.completeFlag(c, "sort", completeKeys(idea.Sorts()...))
}

func (f *sortFlags) apply(s *desk.Selection) error {
	name, desc := strings.CutPrefix(cmp.Or(f.by, "-number"), "-")
	var known []string
	for _, by := range idea.Sorts() {
		if string(by) == name {
			s.Sort, s.Desc = by, desc
			return nil
		}
		known = append(known, string(by))
	}
	e := idea.Errorf(idea.Usage, "there is no order %q", name).WithHint("the orders are: %s", strings.Join(known, ", "))
	return withNear(e, name, known)
}

// limitFlag is how many rows are shown. The help leaves the default out: pflag
// would tell it in English.
func (env *Env) limitFlag(c *cobra.Command, limit *int, standard int) {
	c.Flags().IntVarP(limit, "limit", "n", standard, env.t("at most this many `ROWS`; 0 is all"))
	c.Flags().Lookup("limit").DefValue = "0"
}
