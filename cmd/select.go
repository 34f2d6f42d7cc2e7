package cmd

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// filterFlags are the flags that select ideas, the same wherever ideas are
// selected.
type filterFlags struct {
	stages, tags, units, kinds, coaches []string
	types, newness, benefits            []string
	since, until, text                  string
}

func (f *filterFlags) define(env *Env, c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVarP(&f.stages, "stage", "s", nil, env.t("in this `STAGE`; again for more"))
	flags.StringArrayVarP(&f.tags, "tag", "t", nil, env.t("with this `TAG`; without it: -TAG"))
	flags.StringArrayVarP(&f.units, "unit", "u", nil, env.t("of this `UNIT` or one under it, or none"))
	flags.StringArrayVarP(&f.kinds, "kind", "k", nil, env.t("from this `KIND` of giver"))
	flags.StringArrayVarP(&f.coaches, "coach", "c", nil, env.t("with this `COACH`, me or none"))
	flags.StringArrayVar(&f.types, "type", nil, env.t("of this `TYPE`, or none where it is not known"))
	flags.StringArrayVar(&f.newness, "newness", nil, env.t("of this `NEWNESS`, or none"))
	flags.StringArrayVar(&f.benefits, "benefit", nil, env.t("that bring this `KIND` of value, or none"))
	flags.StringVar(&f.since, "since", "", env.t("received on this `DAY` or later"))
	flags.StringVar(&f.until, "until", "", env.t("received on this `DAY` or earlier"))
	flags.StringVar(&f.text, "text", "", env.t("with these `WORDS`"))
	env.completeFlag(c, "stage", env.completeStages)
	env.completeFlag(c, "tag", env.completeTags)
	env.completeFlag(c, "unit", env.completeUnitFilter)
	env.completeClasses(c, desk.None)
	env.completeFlag(c, "coach", env.completeCoaches)
	env.completeFlag(c, "kind", completeWords(env, idea.GiverKinds()))
}

// ownerFlags are the flags that select by the unit and the coach of ideas.
func (env *Env) ownerFlags(c *cobra.Command, s *desk.Selection) {
	c.Flags().StringArrayVarP(&s.Units, "unit", "u", nil, env.t("of this `UNIT` or one under it, or none"))
	c.Flags().StringArrayVarP(&s.Coaches, "coach", "c", nil, env.t("with this `COACH`, me or none"))
	env.completeFlag(c, "unit", env.completeUnitFilter)
	env.completeFlag(c, "coach", env.completeCoaches)
}

func (f *filterFlags) selection(env *Env) (desk.Selection, error) {
	s := desk.Selection{Stages: f.stages, Tags: f.tags, Units: f.units, Kinds: f.kinds, Coaches: f.coaches, Text: f.text,
		Types: f.types, Newness: f.newness, Benefits: f.benefits, Compare: env.p.Compare()}
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
	*limit = standard
	c.Flags().VarP((*rows)(limit), "limit", "n", env.t("at most this many `ROWS`; 0 is all"))
	c.Flags().Lookup("limit").DefValue = "0"
}

// rows is a number of rows as a flag.
type rows int

func (r *rows) String() string { return strconv.Itoa(int(*r)) }

func (r *rows) Type() string { return "int" }

func (r *rows) Set(word string) error {
	n, err := strconv.Atoi(word)
	if err == nil && n < 0 {
		err = strconv.ErrRange
	}
	if err == nil {
		*r = rows(n)
	}
	return err
}
