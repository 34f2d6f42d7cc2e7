package cmd

import (
	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/view"
)

func newTest(env *Env) *cobra.Command {
	return env.parent("test", env.t("Plan, run and end tests of ideas"),
		newTestPlan(env), newTestEdit(env), newTestStart(env), newTestNote(env), newTestFinish(env), newTestList(env))
}

// planFlags are the flags that say what a test is about.
func planFlags(env *Env, c *cobra.Command) {
	c.Flags().String("belief", "", env.t("what we believe, as a `TEXT`"))
	c.Flags().String("method", "", env.t("how we find out, as a `TEXT`"))
	c.Flags().String("measure", "", env.t("what we measure, as a `TEXT`"))
	c.Flags().String("target", "", env.t("the `VALUE` of the measure that shows that we are right"))
	c.Flags().String("from", "", env.t("the `DAY` on which it should begin"))
	c.Flags().String("to", "", env.t("the `DAY` on which it should end"))
	c.Flags().String("who", "", env.t("the `NAMES` of those who test"))
	c.Flags().String("cost", "", env.t("what it costs, as a `NUMBER`"))
}

// planFields is the flags of a plan that were given; days are read.
func (env *Env) planFields(c *cobra.Command) (map[idea.Field]string, error) {
	fields := changedFields(c, map[string]idea.Field{"belief": idea.FieldBelief, "method": idea.FieldMethod,
		"measure": idea.FieldMeasure, "target": idea.FieldTarget, "from": idea.FieldBegins, "to": idea.FieldEnds,
		"who": idea.FieldWho, "cost": idea.FieldCost})
	return fields, env.parseDays(fields, idea.FieldBegins, idea.FieldEnds)
}

// parseDays reads the days in those fields.
func (env *Env) parseDays(fields map[idea.Field]string, days ...idea.Field) error {
	for _, f := range days {
		if fields[f] == "" {
			continue
		}
		day, err := env.day(fields[f])
		if err != nil {
			return err
		}
		fields[f] = string(day)
	}
	return nil
}

func newTestPlan(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "plan NUMBER --belief TEXT --method TEXT --measure TEXT --target VALUE",
		Short: env.t("Plan a test of an idea"),
		Long: env.t(`Plan a test of an idea: what we believe, how we find out, what we measure and
which value shows that we are right. An idea has one test at a time; when it is
finished you can plan the next.`),
		Example: `  sluss test plan 14 --belief "Vikarier lär sig snabbare av filmer" --method "Tio vikarier ser filmerna" \
    --measure "timmar till första egna passet" --target 8 --from 2026-12-01 --to 2027-01-31 --who "Sara Lund" --cost 5000`,
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := env.planFields(c)
			if err != nil {
				return err
			}
			return env.changedOne(c, args[0], view.Done("the test is planned"), func(d *desk.Desk, number int64) ([]desk.Card, error) {
				return d.PlanTest(c.Context(), number, fields)
			})
		},
	}
	planFlags(env, c)
	return c
}

// changedOne is changed for a command about one idea.
func (env *Env) changedOne(c *cobra.Command, word string, what done, change func(*desk.Desk, int64) ([]desk.Card, error)) error {
	number, err := oneNumber(word)
	if err != nil {
		return err
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	cards, err := change(d, number)
	if err != nil {
		return err
	}
	return env.printChanged(cards, what)
}

func newTestEdit(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:               "edit NUMBER",
		Short:             env.t("Change the plan of a test that is not finished"),
		Example:           "  sluss test edit 14 --to 2027-02-28 --cost 6500",
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := env.planFields(c)
			if err != nil {
				return err
			}
			if len(fields) == 0 {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			return env.changedOne(c, args[0], view.Done("the plan of the test is changed"), func(d *desk.Desk, number int64) ([]desk.Card, error) {
				return d.EditTest(c.Context(), number, fields)
			})
		},
	}
	planFlags(env, c)
	return c
}

func newTestStart(env *Env) *cobra.Command {
	var at string
	c := &cobra.Command{
		Use:               "start NUMBER...",
		Short:             env.t("Begin the planned tests of ideas"),
		Example:           "  sluss test start 14\n  sluss test start 14 --at 2026-12-01",
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			day, err := env.day(at)
			if err != nil {
				return err
			}
			return env.changed(c, args, view.Done("the test runs"), func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
				return d.StartTest(c.Context(), ids, day)
			})
		},
	}
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` on which it began"))
	return c
}

func newTestNote(env *Env) *cobra.Command {
	var at string
	c := &cobra.Command{
		Use:   "note NUMBER... [TEXT]",
		Short: env.t("Write a note about the tests of ideas"),
		Long: env.t(`Write a note about the last test of each idea. Without a text your editor
opens; - reads the text from standard input.`),
		Example:           `  sluss test note 14 "Sex av tio har sett filmerna"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			return env.noted(c, args, at, view.Done("the note about the test is saved"), (*desk.Desk).NoteTest)
		},
	}
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` on which it happened"))
	return c
}

func newTestFinish(env *Env) *cobra.Command {
	var out idea.Outcome
	var verdict, at string
	c := &cobra.Command{
		Use:   "finish NUMBER... --result TEXT --verdict VERDICT --learnt TEXT",
		Short: env.t("End the running tests of ideas"),
		Long: env.t(`End the running tests of ideas with the result, what it tells of the belief
(supported, refuted or inconclusive) and what was learnt.`),
		Example:           `  sluss test finish 14 --result "7 timmar i snitt" --verdict supported --learnt "Korta filmer räcker"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) (err error) {
			if out.On, err = env.day(at); err != nil {
				return err
			}
			if verdict != "" {
				if out.Verdict, err = idea.FindVerdict(verdict); err != nil {
					return err
				}
			}
			return env.changed(c, args, view.Done("the test is finished"), func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
				return d.FinishTest(c.Context(), ids, out)
			})
		},
	}
	c.Flags().StringVar(&out.Result, "result", "", env.t("what came out, as a `TEXT`"))
	c.Flags().StringVar(&verdict, "verdict", "", env.t("`VERDICT` on the belief: supported, refuted or inconclusive"))
	c.Flags().StringVar(&out.Learnt, "learnt", "", env.t("what was learnt, as a `TEXT`"))
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` on which it ended"))
	env.completeFlag(c, "verdict", completeWords(env, idea.Verdicts()))
	return c
}

func newTestList(env *Env) *cobra.Command {
	var of desk.Selection
	c := &cobra.Command{
		Use:     "list [planned|running|overdue|finished]...",
		Aliases: []string{"ls"},
		Short:   env.t("List tests"),
		Long: env.t(`List the tests of all ideas, or those that are planned, running, overdue or
finished. A running test is overdue when the day on which it should end is
over.`),
		Example:           "  sluss test list\n  sluss test list --unit Skola --coach me\n  sluss test list planned running\n  sluss test list overdue --json",
		ValidArgsFunction: completeWords(env, idea.TestStates()),
		RunE: func(c *cobra.Command, args []string) error {
			states, err := findAll(args, idea.FindTestState)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			tests, err := d.Tests(c.Context(), states, of, env.people())
			if err != nil {
				return err
			}
			return env.print(env.view().Tests(tests, env.people()))
		},
	}
	env.ownerFlags(c, &of)
	return c
}

// findAll reads words of one kind.
func findAll[T any](words []string, find func(string) (T, error)) (out []T, err error) {
	for _, word := range words {
		found, err := find(word)
		if err != nil {
			return nil, err
		}
		out = append(out, found)
	}
	return out, nil
}
