package cmd

import (
	"cmp"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

func newForum(env *Env) *cobra.Command {
	return env.parent("forum", env.t("Keep the forums where ideas are presented and decided on"),
		newForumList(env), newForumShow(env), newForumAdd(env), newForumEdit(env), newForumRemove(env))
}

func (env *Env) completeForums(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		forums, _ := d.Forums(ctx)
		for _, f := range forums {
			out = append(out, f.Name+"\t"+env.t("%s", f.Kind.Label()))
		}
		return out
	})
}

func newForumList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List forums with their last and next meeting"),
		Example: "  sluss forum list",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			forums, err := d.Forums(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().Forums(forums))
		},
	}
}

func newForumShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "show FORUM",
		Short:             env.t("Show a forum and its meetings"),
		Example:           "  sluss forum show Idérådet",
		Args:              exactly(1, idea.Word("a forum")),
		ValidArgsFunction: env.completeForums,
		RunE: env.forumCommand(func(d *desk.Desk, c *cobra.Command, args []string) (desk.ForumLine, error) {
			return d.Forum(c.Context(), args[0])
		}, func(f desk.ForumLine) render.Document { return env.view().Forum(f) }),
	}
}

func newForumAdd(env *Env) *cobra.Command {
	var kind string
	c := &cobra.Command{
		Use:     "add NAME",
		Short:   env.t("Add a forum"),
		Example: "  sluss forum add Idérådet\n  sluss forum add \"Konceptgrupp Trygghet\" --kind concept-group",
		Args:    exactly(1, idea.Word("a name")),
		RunE: env.forumCommand(func(d *desk.Desk, c *cobra.Command, args []string) (line desk.ForumLine, err error) {
			found, err := idea.FindForumKind(cmp.Or(kind, string(idea.Council)))
			if err != nil {
				return line, err
			}
			return d.AddForum(c.Context(), args[0], found)
		}, func(f desk.ForumLine) render.Document { return env.view().ForumLine(f) }),
	}
	c.Flags().StringVarP(&kind, "kind", "k", "", env.t("`KIND`: council, concept-group or management; else council"))
	env.completeFlag(c, "kind", completeWords(env, idea.ForumKinds()))
	return c
}

func newForumEdit(env *Env) *cobra.Command {
	var name, kind string
	c := &cobra.Command{
		Use:               "edit FORUM",
		Short:             env.t("Give a forum another name or kind; its meetings follow"),
		Example:           "  sluss forum edit Idérådet --name \"Rådet för idéer\"",
		Args:              exactly(1, idea.Word("a forum")),
		ValidArgsFunction: env.completeForums,
		RunE: env.forumCommand(func(d *desk.Desk, c *cobra.Command, args []string) (line desk.ForumLine, err error) {
			if name == "" && kind == "" {
				return line, idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			var found idea.ForumKind
			if kind != "" {
				if found, err = idea.FindForumKind(kind); err != nil {
					return line, err
				}
			}
			return d.EditForum(c.Context(), args[0], name, found)
		}, func(f desk.ForumLine) render.Document { return env.view().ForumLine(f) }),
	}
	c.Flags().StringVar(&name, "name", "", env.t("the new `NAME`"))
	c.Flags().StringVarP(&kind, "kind", "k", "", env.t("`KIND`: council, concept-group or management"))
	env.completeFlag(c, "kind", completeWords(env, idea.ForumKinds()))
	return c
}

func newForumRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove FORUM",
		Short:             env.t("Remove a forum that never met"),
		Example:           "  sluss forum remove Idérådet",
		Args:              exactly(1, idea.Word("a forum")),
		ValidArgsFunction: env.completeForums,
		RunE: env.forumCommand(func(d *desk.Desk, c *cobra.Command, args []string) (desk.ForumLine, error) {
			return d.RemoveForum(c.Context(), args[0])
		}, func(f desk.ForumLine) render.Document { return env.view().ForumLine(f) }),
	}
}

// forumCommand asks the desk about one forum and prints it.
func (env *Env) forumCommand(ask func(*desk.Desk, *cobra.Command, []string) (desk.ForumLine, error), show func(desk.ForumLine) render.Document) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		d, err := env.desk(c.Context())
		if err != nil {
			return err
		}
		line, err := ask(d, c, args)
		if err != nil {
			return err
		}
		return env.print(show(line))
	}
}

func newAgenda(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "agenda [FORUM] [DAY]",
		Short: env.t("Print the agenda of a meeting, with a page for each idea"),
		Long: env.t(`Print the agenda of a meeting, with a page for each idea: what it is about and
how far it has come. Who gave it is left out unless you add --with-people:
ideas are judged, not people. Without a day it is the next meeting; without a
forum, the only one.`),
		Example:           "  sluss agenda Idérådet\n  sluss agenda Idérådet 2026-12-03 -o dagordning.md",
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: env.completeForums,
		RunE: func(c *cobra.Command, args []string) error {
			m, err := env.meeting(c, args, (*desk.Desk).Agenda)
			if err != nil {
				return err
			}
			return env.print(env.view().Agenda(m, env.flags.people))
		},
	}
}

func newMinutes(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "minutes [FORUM] [DAY]",
		Short: env.t("Print what a meeting decided"),
		Long: env.t(`Print what a meeting decided, and which ideas on its agenda it did not decide
on. Without a day it is the last meeting; without a forum, the only one. Names
of those who took a decision stand there only with --with-people.`),
		Example:           "  sluss minutes Idérådet\n  sluss minutes Idérådet 2026-12-03 -o minnesanteckningar.md",
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: env.completeForums,
		RunE: func(c *cobra.Command, args []string) error {
			m, err := env.meeting(c, args, (*desk.Desk).Minutes)
			if err != nil {
				return err
			}
			return env.print(env.view().Minutes(m, env.flags.people))
		},
	}
}

// meeting asks for the meeting that the arguments name: a forum and a day in
// words.
func (env *Env) meeting(c *cobra.Command, args []string, ask func(*desk.Desk, context.Context, string, idea.Day, bool) (desk.Meeting, error)) (m desk.Meeting, err error) {
	forum, word := "", ""
	if len(args) > 0 {
		forum, word = args[0], strings.Join(args[1:], " ")
	}
	day, err := env.day(word)
	if err != nil {
		return m, err
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return m, err
	}
	return ask(d, c.Context(), forum, day, env.flags.people)
}
