package cmd

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/term"
)

// completer gives the words that could stand next. It never fails and never
// says anything: a broken database gives no words.
type completer = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// maxOffers is how many words a shell is offered.
const maxOffers = 200

func (env *Env) completeFlag(c *cobra.Command, flag string, offer completer) {
	if err := c.RegisterFlagCompletionFunc(flag, offer); err != nil {
		panic(err)
	}
}

// completeKeys offers words that are the same in every language.
func completeKeys[T ~string](all ...T) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		words := make([]string, len(all))
		for i, w := range all {
			words[i] = string(w)
		}
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeWords offers words in the user's language.
func completeWords[T ~string](env *Env, all []T) completer {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = env.t(string(w))
	}
	return completeKeys(words...)
}

// offers asks the desk for words. Names with spaces are left to the shell
// script to quote.
func (env *Env) offers(ask func(context.Context, *desk.Desk) []string) ([]string, cobra.ShellCompDirective) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	env.asIs = true
	d, err := env.desk(ctx)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	words := ask(ctx, d)
	for i, w := range words {
		word, about, _ := strings.Cut(w, "\t")
		words[i] = term.Safe(word) + "\t" + term.Safe(about)
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

func (env *Env) completeNumbers(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		for l, err := range d.Ideas(ctx, desk.Selection{Sort: idea.ByNumber, Desc: true, Open: true, Limit: 5000}) {
			number := strconv.FormatInt(l.Number, 10)
			if err != nil || len(out) == maxOffers {
				break
			}
			if strings.HasPrefix(number, word) {
				out = append(out, number+"\t"+l.Title)
			}
		}
		return out
	})
}

func (env *Env) completeStages(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		stages, _ := d.Stages(ctx)
		for _, s := range stages {
			out = append(out, string(s.Key)+"\t"+env.t("%s", s.Names))
		}
		return out
	})
}

func (env *Env) completeUnits(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		units, _ := d.Units(ctx)
		for _, u := range units {
			if !u.Closed {
				out = append(out, u.Name+"\t"+env.t("%s", u.Kind.Word()))
			}
		}
		return out
	})
}

// completeUnitFilter offers the units and the word for none.
func (env *Env) completeUnitFilter(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	units, directive := env.completeUnits(c, args, word)
	return append([]string{env.t(desk.None) + "\t" + env.t("no unit")}, units...), directive
}

func (env *Env) completeTags(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		tags, _ := d.Tags(ctx)
		for _, tag := range slices.Sorted(maps.Keys(tags)) {
			out = append(out, tag+"\t"+env.p.N(tags[tag], "%d idea", "%d ideas"))
		}
		return out
	})
}

func (env *Env) completeCoaches(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) []string {
		coaches, _ := d.Coaches(ctx)
		out := []string{env.t(desk.Me) + "\t" + env.t("yourself"), env.t(desk.None) + "\t" + env.t("no coach")}
		for _, c := range coaches {
			out = append(out, c.Name)
		}
		return out
	})
}

// completeMeasures offers the keys of measures.
func (env *Env) completeMeasures(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		measures, _ := d.Measures(ctx)
		for _, m := range measures {
			out = append(out, m.ID()+"\t"+env.t("%s", m.Name))
		}
		return out
	})
}

// completeGivers offers the givers of the ideas that stand before.
func (env *Env) completeGivers(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		words, _ := splitNumbers(args)
		if slices.Contains(words, "-") {
			return nil // standard input is not for reading while a word is completed
		}
		numbers, err := env.numbers(words)
		if err != nil {
			return nil
		}
		cards, _ := d.Show(ctx, numbers, true)
		for _, c := range cards {
			for _, g := range c.From {
				out = append(out, strconv.FormatInt(g.ID, 10)+"\t"+g.Name)
			}
		}
		return out
	})
}
