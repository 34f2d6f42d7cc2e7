package cmd

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/view"
)

// done tells what was done to an idea.
type done = func(desk.Card) idea.Text

// changed gives the desk a change of several ideas and prints what was done.
func (env *Env) changed(c *cobra.Command, numbers []string, what done, change func(*desk.Desk, []int64) ([]desk.Card, error)) error {
	ids, err := env.numbers(numbers)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return idea.Errorf(idea.Usage, "%s needs %s", c.CommandPath(), idea.Word("the number of an idea")).WithHint("%s --help shows how", c.CommandPath())
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	cards, err := change(d, ids)
	if err != nil {
		return err
	}
	return env.printChanged(cards, what)
}

// printChanged shows what was done to ideas; with people only where they may be
// shown.
func (env *Env) printChanged(cards []desk.Card, what done) error {
	if !env.people() {
		for i, card := range cards {
			cards[i] = card.WithoutPeople()
		}
	}
	return env.print(env.view().Changed(cards, what, env.people()))
}

func newNote(env *Env) *cobra.Command {
	var at string
	c := &cobra.Command{
		Use:   "note NUMBER... [TEXT]",
		Short: env.t("Write a note about ideas"),
		Long: env.t(`Write a note about ideas. Without a text your editor opens; - reads the text
from standard input.`),
		Example: `  sluss note 14 "Åsa vill visa den för rektorerna"
  sluss note 14 - < samtal.txt`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			return env.noted(c, args, at, view.Done("the note is saved"), (*desk.Desk).Note)
		},
	}
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` on which it happened"))
	return c
}

// noted writes a note that is typed, read from standard input or written in
// the editor.
func (env *Env) noted(c *cobra.Command, args []string, at string, what done,
	note func(*desk.Desk, context.Context, []int64, string, idea.Day) ([]desk.Card, error)) error {
	numbers, words := splitText(args)
	text, err := env.longText(words, "")
	if err != nil {
		return err
	}
	day, err := env.day(at)
	if err != nil {
		return err
	}
	return env.changed(c, numbers, what, func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
		return note(d, c.Context(), ids, text, day)
	})
}

// splitText parts the numbers in front from the text behind them. A - behind a
// number is a text to be read, not numbers.
func splitText(args []string) (numbers, words []string) {
	numbers, words = splitNumbers(args)
	if last := len(numbers) - 1; last > 0 && numbers[last] == "-" {
		return numbers[:last], []string{"-"}
	}
	return numbers, words
}

func newAssign(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "assign NUMBER... COACH",
		Short:   env.t("Give ideas to a coach"),
		Example: "  sluss assign 14 nils\n  sluss assign 3 7-9 me",
		Args:    atLeast(2, idea.Word("the number of an idea and a coach")),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return env.completeNumbers(c, args, word)
			}
			return env.completeCoaches(c, args, word)
		},
		RunE: func(c *cobra.Command, args []string) error {
			last := len(args) - 1
			return env.changed(c, args[:last], view.Assigned, func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
				return d.Assign(c.Context(), ids, args[last])
			})
		},
	}
}

func newDue(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "due NUMBER... DAY",
		Short:             env.t("Set the day by which something must be done"),
		Example:           "  sluss due 14 fredag\n  sluss due 14 none",
		Args:              atLeast(2, idea.Word("the number of an idea and a day")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			numbers, word := splitDay(args)
			if slices.Contains([]string{desk.None, "ingen", "inget"}, word) {
				word = ""
			}
			day, err := env.day(word)
			if err != nil {
				return err
			}
			return env.changed(c, numbers, view.Timed, func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
				return d.Due(c.Context(), ids, day)
			})
		},
	}
}

// splitDay parts numbers from a day that may be several words, such as nästa
// fredag.
func splitDay(args []string) (numbers []string, day string) {
	numbers, rest := splitNumbers(args[:len(args)-1])
	return numbers, joinWords("", append(rest, args[len(args)-1]))[1:]
}

func newTag(env *Env) *cobra.Command {
	var remove []string
	c := &cobra.Command{
		Use:     "tag NUMBER... +TAG -TAG",
		Short:   env.t("Add tags to ideas or take them away"),
		Example: "  sluss tag 14 +energi -skola\n  sluss tag 3 7-9 klimat",
		Args:    atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return env.completeNumbers(c, args, word)
			}
			return env.completeTags(c, args, word)
		},
		RunE: func(c *cobra.Command, args []string) error {
			numbers, tags := tagWords(args)
			for _, tag := range remove {
				tags = append(tags, "-"+tag)
			}
			if len(tags) == 0 {
				return idea.Errorf(idea.Usage, "which tag?").WithHint("sluss tag 14 +energi -skola")
			}
			return env.changed(c, numbers, view.Tagged, func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
				return d.Tag(c.Context(), ids, tags)
			})
		},
	}
	c.Flags().StringArrayVarP(&remove, "remove", "r", nil, env.t("take this `TAG` away; the same as -TAG"))
	env.completeFlag(c, "remove", env.completeTags)
	return c
}

// minusMark stands for the minus of -tag while cobra reads the flags.
const minusMark = "\x00-"

// tagArguments keeps cobra from reading the -skola of sluss tag 14 -skola as
// the flags s, k, o, l and a.
func tagArguments(args []string) []string {
	tagging := false
	out := make([]string, len(args))
	copy(out, args)
	for i, a := range args {
		switch {
		case a == "--":
			return out
		case a == "tag":
			tagging = true
		case tagging && len(a) > 2 && a[0] == '-' && a[1] != '-':
			out[i] = minusMark + a[1:]
		}
	}
	return out
}

func tagWords(args []string) (numbers, tags []string) {
	numbers, words := splitNumbers(args)
	for _, w := range words {
		switch {
		case len(w) > len(minusMark) && w[:len(minusMark)] == minusMark:
			w = "-" + w[len(minusMark):]
		case len(w) > 1 && w[0] == '+':
			w = w[1:]
		}
		tags = append(tags, w)
	}
	return numbers, tags
}
