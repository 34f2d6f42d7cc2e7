package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/interview"
)

func newAdd(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "add [TITLE]",
		Short: env.t("Register an idea"),
		Long: env.t(`Register an idea. At a terminal and without a title you are asked, question by
question; nothing is stored until you say so at the end.`),
		Example: `  sluss add
  sluss add "Solceller på skoltak" --kind resident --channel phone --tag energi
  sluss add "Lånecyklar" --kind employee --giver "Åsa Lind" --unit Skola --at igår`,
		Args: exactly0or1,
		RunE: func(c *cobra.Command, args []string) error {
			draft, err := env.draft(c, args)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			var alike []string
			if draft.Title != "" && env.hints() {
				alike = env.alikeLines(c.Context(), d, draft)
			}
			if draft.Title == "" {
				if !env.mayAsk() {
					return idea.Errorf(idea.Usage, "an idea needs a title").WithHint("sluss add \"TITLE\"")
				}
				if draft, err = env.talk(c, d, draft); err != nil {
					return err
				}
			}
			card, err := d.Add(c.Context(), draft)
			if err != nil {
				return err
			}
			return env.added(card, draft.Kind == "", alike)
		},
	}
	ideaFlags(env, c)
	c.Flags().String("at", "", env.t("the `DAY` on which it came in; else today"))
	c.Flags().String("note", "", env.t("a first note, as a `TEXT`"))
	return c
}

func (env *Env) added(card desk.Card, guessed bool, alike []string) error {
	if !env.people() {
		card = card.WithoutPeople()
	}
	if err := env.print(env.view().Added(card, env.people())); err != nil {
		return err
	}
	if guessed && card.Kind == idea.Other {
		env.hint(env.t("hint: who gave it? sluss edit %d --kind employee", card.Number))
	}
	for _, line := range alike {
		env.hint(env.t("hint: there is something like it: %s", line))
	}
	return nil
}

// draft is what the flags say of a new idea.
func (env *Env) draft(c *cobra.Command, args []string) (draft idea.Draft, err error) {
	draft = idea.Draft{Title: strings.Join(args, " "), Sections: map[idea.Section]string{}, Unit: flagText(c, "unit"),
		Owner: flagText(c, "owner"), Coach: flagText(c, "coach"), Giver: giverFlags(c), Note: flagText(c, "note")}
	for _, s := range idea.Sections() {
		draft.Sections[s] = flagText(c, string(s))
	}
	if draft.Kind, err = findKind(flagText(c, "kind")); err != nil {
		return draft, err
	}
	if channel := flagText(c, "channel"); channel != "" {
		if draft.Channel, err = idea.FindChannel(channel); err != nil {
			return draft, err
		}
	}
	if draft, err = draftClasses(c, draft); err != nil {
		return draft, err
	}
	if draft.Received, err = env.day(flagText(c, "at")); err != nil {
		return draft, err
	}
	if draft.Due, err = env.day(flagText(c, "due")); err != nil {
		return draft, err
	}
	if draft.NextBy, err = env.day(flagText(c, "next-by")); err != nil {
		return draft, err
	}
	if draft.NextBy != "" && draft.Sections[idea.Next] == "" {
		return draft, idea.Errorf(idea.Usage, "what is the next step?").WithHint("say it with --next; --next-by is its day")
	}
	draft.Tags, err = c.Flags().GetStringArray("tag")
	return draft, err
}

func draftClasses(c *cobra.Command, draft idea.Draft) (_ idea.Draft, err error) {
	if word := flagText(c, "type"); word != "" {
		if draft.Type, err = idea.FindType(word); err != nil {
			return draft, err
		}
	}
	if word := flagText(c, "newness"); word != "" {
		if draft.Newness, err = idea.FindNewness(word); err != nil {
			return draft, err
		}
	}
	words, err := c.Flags().GetStringSlice("benefit")
	if err != nil {
		return draft, err
	}
	draft.Benefits, err = idea.FindBenefits(words...)
	return draft, err
}

// talk asks for an idea, question by question. What the flags said is not
// asked. Nothing is stored before the summary has been confirmed.
func (env *Env) talk(c *cobra.Command, d *desk.Desk, draft idea.Draft) (idea.Draft, error) {
	units, err := d.Units(c.Context())
	if err != nil {
		return draft, err
	}
	tags, err := d.Tags(c.Context())
	if err != nil {
		return draft, err
	}
	err = env.ask(func(a interview.Asker) error {
		t := &talk{env: env, a: a, draft: &draft, units: units, tags: tags}
		t.alike = func() []string { return env.alikeLines(c.Context(), d, draft) }
		return t.run()
	})
	return draft, err
}
