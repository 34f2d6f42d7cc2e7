package cmd

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/view"
)

func newStory(env *Env) *cobra.Command {
	var in string
	var edit bool
	c := &cobra.Command{
		Use:   "story NUMBER",
		Short: env.t("Write good examples from ideas and publish them"),
		Long: env.t(`Write the good example of an idea from what the idea holds: the need, the
solution, what was tried, what came of it, figures, what others can reuse. It is
Markdown, in the language of --in or of the program; the versions in two
languages stand side by side. At a terminal your editor opens on it, also if it
is there already; else the draft is stored and printed.

No giver is named: {giver} stands for those who agree to be named, or for "an
employee"; {contact} stands for the unit and the coach, or for the contact whom
you name when you publish.`),
		Example: `  sluss story 14
  sluss story 14 --in en
  sluss story publish 14 --audience municipalities
  sluss story list`,
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			return env.writeStory(c, args[0], in, edit)
		},
	}
	env.inFlag(c, &in)
	c.Flags().BoolVar(&edit, "edit", true, env.t("open the editor at a terminal; --edit=false only stores the draft"))
	c.AddCommand(newStoryList(env), newStoryShow(env), newStoryEdit(env), newStoryPublish(env), newStoryWithdraw(env), newStoryPicture(env))
	return c
}

// inFlag is the flag that chooses the language of a version.
func (env *Env) inFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "in", "", env.t("the version in this `LANGUAGE`: sv or en"))
	env.completeFlag(c, "in", completeKeys(lang.Swedish, lang.English))
}

// version is the language that a word names, or that of the program.
func (env *Env) version(word string) (string, error) {
	if word == "" {
		return string(env.p.Lang()), nil
	}
	l, ok := lang.Parse(word)
	if !ok {
		return "", idea.Errorf(idea.Usage, "there is no language %q", word).WithHint("the languages are sv and en")
	}
	return string(l), nil
}

func (env *Env) versions(words []string) (out []string, err error) {
	for _, word := range words {
		l, err := env.version(word)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

func (env *Env) writeStory(c *cobra.Command, word, in string, edit bool) error {
	number, err := oneNumber(word)
	if err != nil {
		return err
	}
	language, err := env.version(in)
	if err != nil {
		return err
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	edit = edit && env.mayAsk()
	if !edit && c.Flags().Changed("edit") && c.Flags().Lookup("edit").Value.String() == "true" {
		return idea.Errorf(idea.Usage, "there is no terminal for an editor").WithHint("sluss story edit %d - < story.md takes the text from a file", number)
	}
	write := view.StoryDraft(language, env.now().Location())
	_, missing := d.StoryDraft(c.Context(), number, language)
	switch {
	case !edit:
		_, err = d.WriteStory(c.Context(), number, language, write)
	case missing == nil:
		err = env.editStory(c, d, number, language)
	default:
		err = env.beginStory(c, d, number, language, write)
	}
	if err != nil {
		return err
	}
	v, err := d.StoryDraft(c.Context(), number, language)
	if err != nil {
		return err
	}
	return env.print(env.view().StorySource(number, v))
}

// beginStory opens the editor on the draft of a new story until what comes back
// can be stored, or is given up: then there is none.
func (env *Env) beginStory(c *cobra.Command, d *desk.Desk, number int64, language string, write func(desk.Card) string) error {
	text, err := d.StorySource(c.Context(), number, language, write)
	if err != nil {
		return err
	}
	for open := env.edit; ; open = env.editAnew {
		edited, err := open(text+"\n", "md")
		if leftAsItWas(err) {
			edited, err = text, nil
		}
		if err != nil {
			return err
		}
		if _, err = d.WriteStory(c.Context(), number, language, func(desk.Card) string { return edited }); err == nil {
			return nil
		}
		env.printError(env.explain(c, err))
		if err := env.editAgain(edited, "md"); err != nil {
			return err
		}
		text = edited
	}
}

// leftAsItWas tells whether an editor was closed and nothing had to be kept.
func leftAsItWas(err error) bool {
	var e *idea.Error
	return errors.As(err, &e) && e.Kind == idea.Interrupted && e.Hint.Format == ""
}

// editStory opens the editor on a version of a story until what comes back can
// be stored, or is given up.
func (env *Env) editStory(c *cobra.Command, d *desk.Desk, number int64, language string) error {
	v, err := d.StoryDraft(c.Context(), number, language)
	if err != nil {
		return err
	}
	seen, text := v.Text, v.Text+"\n"
	for open := env.edit; ; open = env.editAnew {
		edited, err := open(text, "md")
		if err != nil {
			return err
		}
		err = d.EditStory(c.Context(), number, desk.StoryEdit{Lang: language, Seen: &seen, Text: &edited})
		if err == nil {
			return nil
		}
		env.printError(env.explain(c, err))
		if err := env.editAgain(edited, "md"); err != nil {
			return err
		}
		if idea.KindOf(err) == idea.Refused { // she has been told, and decides
			now, err := d.StoryDraft(c.Context(), number, language)
			if err != nil {
				return err
			}
			seen = now.Text
		}
		text = edited
	}
}

// printStory shows a story as others read it, or would.
func (env *Env) printStory(c *cobra.Command, d *desk.Desk, number int64, langs []string, draft bool) error {
	people := env.people()
	card, err := d.Story(c.Context(), number, desk.StoryReading{Fill: view.FillStory, Mask: env.t("[left out]"), Draft: draft, People: people})
	if err != nil {
		return err
	}
	return env.print(env.view().Story(card, langs))
}

func newStoryList(env *Env) *cobra.Command {
	var of desk.StorySelection
	var statuses, langs []string
	var audience, period string
	c := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List good examples"),
		Long: env.t(`List good examples. --audience shows those that an audience may read: what is
for everybody is for municipalities too. The last column tells whose consent is
missing in what is published: change the example or withdraw it.`),
		Example: `  sluss story list
  sluss story list --status published --audience municipalities
  sluss story list --unit Skola --tag energi --period 2026
  sluss story list --lapsed`,
		Args: none,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if of.Statuses, err = findAll(statuses, idea.FindStoryStatus); err != nil {
				return err
			}
			if audience != "" {
				if of.Audience, err = idea.FindAudience(audience); err != nil {
					return err
				}
			}
			if of.Langs, err = env.versions(langs); err != nil {
				return err
			}
			if of.Period, err = env.periodFlag(c, period); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.Stories(c.Context(), of)
			if err != nil {
				return err
			}
			return env.print(env.view().Stories(all))
		},
	}
	f := c.Flags()
	f.StringArrayVar(&statuses, "status", nil, env.t("only this `STATUS`: draft, published or withdrawn; again for more"))
	f.StringVar(&audience, "audience", "", env.t("only what this `AUDIENCE` may read: internal, municipalities or all"))
	f.StringArrayVar(&langs, "in", nil, env.t("only with a version in this `LANGUAGE`: sv or en; again for more"))
	f.StringArrayVarP(&of.Units, "unit", "u", nil, env.t("only ideas of this `UNIT` and those under it; again for more"))
	f.StringArrayVarP(&of.Tags, "tag", "t", nil, env.t("only ideas with this `TAG`; again for more"))
	f.StringVar(&period, "period", "", env.t("only what was published in a `PERIOD`, such as 2026-q3"))
	f.BoolVar(&of.Lapsed, "lapsed", false, env.t("only what is published without the consent of somebody it names or shows"))
	env.completeFlag(c, "status", completeWords(env, idea.StoryStatuses()))
	env.completeFlag(c, "audience", completeKeys(idea.Audiences()...))
	env.completeFlag(c, "in", completeKeys(lang.Swedish, lang.English))
	env.completeFlag(c, "unit", env.completeUnits)
	env.completeFlag(c, "tag", env.completeTags)
	return c
}

func newStoryShow(env *Env) *cobra.Command {
	var in string
	var draft, source bool
	c := &cobra.Command{
		Use:   "show NUMBER",
		Short: env.t("Show a good example as others read it, or would"),
		Long: env.t(`Show a good example as it is published, or as it would be: the placeholders are
filled, and what names somebody who has not agreed to it is left out. What stands
in the way of publishing is told with its place. With --source it is the Markdown
as it was written, for another editor.`),
		Example:           "  sluss story show 14\n  sluss story show 14 --in en -o story.html\n  sluss story show 14 --in en --source > story.md",
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeStories,
		RunE: func(c *cobra.Command, args []string) error {
			number, err := oneNumber(args[0])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			language, err := env.version(in)
			if err != nil {
				return err
			}
			if in == "" && !source {
				return env.printStory(c, d, number, nil, draft)
			}
			v, err := d.StoryDraft(c.Context(), number, language)
			switch {
			case err != nil:
				return err
			case source:
				return env.print(env.view().StorySource(number, v))
			}
			return env.printStory(c, d, number, []string{language}, draft)
		},
	}
	env.inFlag(c, &in)
	c.Flags().BoolVar(&draft, "draft", false, env.t("as it is written now, also if another text is published"))
	c.Flags().BoolVar(&source, "source", false, env.t("the Markdown as it was written, with its placeholders"))
	return c
}

func newStoryEdit(env *Env) *cobra.Command {
	var in, audience, contact string
	c := &cobra.Command{
		Use:   "edit NUMBER [TEXT]",
		Short: env.t("Change the text of a good example, its audience or its contact"),
		Long: env.t(`Change the text of a good example. Without a text your editor opens; - reads the
text from standard input. What is published stays as it is until you publish the
example again; only an audience is taken away at once.`),
		Example: `  sluss story edit 14
  sluss story edit 14 --in en - < story.md
  sluss story edit 14 --audience all --contact "Per Ek"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeStories,
		RunE: func(c *cobra.Command, args []string) error {
			number, err := oneNumber(args[0])
			if err != nil {
				return err
			}
			e := desk.StoryEdit{}
			if e.Lang, err = env.version(in); err != nil {
				return err
			}
			if err := storyFlags(c, &e.Audience, &e.Official); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if len(args) > 1 {
				text, err := env.longText(args[1:], "")
				if err != nil {
					return err
				}
				e.Text = &text
			}
			switch {
			case e.Text != nil || e.Audience != nil || e.Official != nil:
				err = d.EditStory(c.Context(), number, e)
			case env.mayAsk():
				err = env.editStory(c, d, number, e.Lang)
			default:
				err = idea.Errorf(idea.Usage, "nothing to change, and no terminal for an editor").WithHint("%s --help lists the flags", c.CommandPath())
			}
			if err != nil {
				return err
			}
			return env.printStory(c, d, number, []string{e.Lang}, true)
		},
	}
	env.inFlag(c, &in)
	env.storyFlags(c, &audience, &contact)
	return c
}

func (env *Env) storyFlags(c *cobra.Command, audience, contact *string) {
	c.Flags().StringVar(audience, "audience", "", env.t("the `AUDIENCE`: internal, municipalities or all"))
	c.Flags().StringVar(contact, "contact", "", env.t("`NAME` or number of the one contact who agrees to be named in it; none for none"))
	env.completeFlag(c, "audience", completeKeys(idea.Audiences()...))
	env.completeFlag(c, "contact", env.completeContacts)
}

// storyFlags reads the flags of the audience and the contact if they were given.
func storyFlags(c *cobra.Command, audience **idea.Audience, contact **string) error {
	if c.Flags().Changed("audience") {
		found, err := idea.FindAudience(flagText(c, "audience"))
		if err != nil {
			return err
		}
		*audience = &found
	}
	if c.Flags().Changed("contact") {
		word := flagText(c, "contact")
		*contact = &word
	}
	return nil
}

func newStoryPublish(env *Env) *cobra.Command {
	var audience, contact, at string
	var langs []string
	c := &cobra.Command{
		Use:   "publish NUMBER...",
		Short: env.t("Publish good examples; nobody is named without consent"),
		Long: env.t(`Publish good examples as they are written now, in all their languages or those
of --in; also anew, when they were changed. Sluss sends nothing: published
examples are what exports and feeds take.

It is refused when somebody on record is named in a text, or in what is said of a
picture, or can be seen in a picture, and has not agreed to that on the day of
publishing and today. Every place is told. There is no way around it: change the
text, record the consent (sluss consent add), or name with --contact the one
contact who agrees, as an official, to stand there with name, mail and telephone.`),
		Example: `  sluss story publish 14
  sluss story publish 14 17 --audience municipalities --at 2026-12-01
  sluss story publish 14 --in sv --contact "Per Ek"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeStories,
		RunE: func(c *cobra.Command, args []string) (err error) {
			in := desk.PublishInput{Fill: view.FillStory, People: env.flags.people || env.streams.ErrTTY}
			if in.Numbers, err = env.numbers(args); err != nil {
				return err
			}
			if err := storyFlags(c, &in.Audience, &in.Official); err != nil {
				return err
			}
			if in.Langs, err = env.versions(langs); err != nil {
				return err
			}
			if in.On, err = env.day(at); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			in.Picture = env.pictureThere
			all, err := d.PublishStories(c.Context(), in)
			if err != nil {
				return err
			}
			return env.print(env.view().StoryDone(all, view.StoryPublished))
		},
	}
	c.Flags().StringArrayVar(&langs, "in", nil, env.t("only the version in this `LANGUAGE`: sv or en; again for more"))
	env.completeFlag(c, "in", completeKeys(lang.Swedish, lang.English))
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` on which it was published"))
	env.storyFlags(c, &audience, &contact)
	return c
}

func newStoryWithdraw(env *Env) *cobra.Command {
	var why string
	c := &cobra.Command{
		Use:   "withdraw NUMBER... --why TEXT",
		Short: env.t("Take good examples back"),
		Long: env.t(`Take published examples back: exports and feeds that are made from now on
leave them out. What was printed or sent before is still there.`),
		Example:           `  sluss story withdraw 14 --why "Åsa vill inte synas längre"`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeStories,
		RunE: func(c *cobra.Command, args []string) error {
			numbers, err := env.numbers(args)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.WithdrawStories(c.Context(), numbers, why)
			if err != nil {
				return err
			}
			return env.print(env.view().StoryDone(all, view.StoryWithdrawn))
		},
	}
	c.Flags().StringVar(&why, "why", "", env.t("the reason, as a `TEXT`"))
	return c
}

func (env *Env) completeStories(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		all, _ := d.Stories(ctx, desk.StorySelection{})
		slices.Reverse(all)
		for _, l := range all {
			number := strconv.FormatInt(l.Idea, 10)
			if strings.HasPrefix(number, word) && len(out) < maxOffers {
				out = append(out, number+"\t"+l.Title)
			}
		}
		return out
	})
}
