package cmd

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/intake"
	"sluss/internal/view"
)

// ideaFlags are the flags that say what an idea holds, of add and edit.
func ideaFlags(env *Env, c *cobra.Command) {
	f := c.Flags()
	f.StringP("kind", "k", "", env.t("`KIND` of giver: employee, resident, company, association or other"))
	f.StringP("unit", "u", "", env.t("the `UNIT` that the idea concerns"))
	f.String("owner", "", env.t("`NAME` or number of the contact in the unit who takes it on"))
	f.StringP("coach", "c", "", env.t("the `COACH`, me or none"))
	f.String("channel", "", env.t("`CHANNEL` it came by: mail, phone, visit, meeting, form or paper"))
	f.String("due", "", env.t("the `DAY` by which something must be done"))
	f.StringArrayP("tag", "t", nil, env.t("a `TAG`; again for more"))
	classFlags(env, c)
	f.String("need", "", env.t("the need, as a `TEXT`"))
	f.String("whom", "", env.t("for whom, as a `TEXT`"))
	f.String("solution", "", env.t("the solution, as a `TEXT`"))
	f.String("value", "", env.t("the value, as a `TEXT`"))
	f.String("resources", "", env.t("the resources, as a `TEXT`"))
	f.String("risks", "", env.t("the risks, as a `TEXT`"))
	f.String("next", "", env.t("the next step, as a `TEXT`"))
	f.String("next-by", "", env.t("the `DAY` by which the next step is done"))
	f.StringP("giver", "g", "", env.t("`NAME` of the giver"))
	f.String("email", "", env.t("the giver's `ADDRESS` for mail"))
	f.String("phone", "", env.t("the giver's telephone `NUMBER`"))
	f.String("giver-unit", "", env.t("the `UNIT` where the giver works"))
	env.completeFlag(c, "kind", completeWords(env, idea.GiverKinds()))
	env.completeFlag(c, "channel", completeWords(env, idea.Channels()))
	env.completeFlag(c, "unit", env.completeUnits)
	env.completeFlag(c, "giver-unit", env.completeUnits)
	env.completeFlag(c, "owner", env.completeContacts)
	env.completeFlag(c, "coach", env.completeCoaches)
	env.completeFlag(c, "tag", env.completeTags)
}

// classFlags are the flags that say what sort of idea it is.
func classFlags(env *Env, c *cobra.Command) {
	f := c.Flags()
	f.String("type", "", env.t("`TYPE`: product, service, process or communication"))
	f.String("newness", "", env.t("`NEWNESS`: first, inspired or taken-over"))
	f.StringSlice("benefit", nil, env.t("`KIND` of value: quality, efficiency, working-conditions, participation or political-goals; again for more"))
	env.completeClasses(c)
}

// completeClasses offers the classes, and more words for each.
func (env *Env) completeClasses(c *cobra.Command, more ...string) {
	add := func(words []string) []string { return append(words, more...) }
	env.completeFlag(c, "type", completeWords(env, add(stringsOf(idea.Types()))))
	env.completeFlag(c, "newness", completeWords(env, add(stringsOf(idea.Newnesses()))))
	env.completeFlag(c, "benefit", completeKeys(add(stringsOf(idea.Benefits()))...))
}

func stringsOf[T ~string](all []T) []string {
	out := make([]string, len(all))
	for k, one := range all {
		out[k] = string(one)
	}
	return out
}

func flagText(c *cobra.Command, name string) string { return c.Flags().Lookup(name).Value.String() }

func giverFlags(c *cobra.Command) idea.GiverDraft {
	return idea.GiverDraft{Name: flagText(c, "giver"), Email: flagText(c, "email"), Phone: flagText(c, "phone"), Unit: flagText(c, "giver-unit")}
}

func newEdit(env *Env) *cobra.Command {
	var lose []string
	c := &cobra.Command{
		Use:   "edit NUMBER...",
		Short: env.t("Change what an idea holds, with flags or in your editor"),
		Long: env.t(`Change what an idea holds. Flags change several ideas at once; an empty value
empties a field. Without flags your editor opens on one idea.`),
		Example: `  sluss edit 14
  sluss edit 14 --unit Skola --owner "Per Ek"
  sluss edit 3 7-9 --due ""`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		RunE: func(c *cobra.Command, args []string) error {
			edit, err := env.editFlags(c, lose)
			if err != nil {
				return err
			}
			if edit.Fields != nil || edit.Giver != (idea.GiverDraft{}) || edit.Lose != nil || edit.Tags != nil {
				return env.changed(c, args, view.Done("changed"), func(d *desk.Desk, ids []int64) ([]desk.Card, error) {
					return d.Edit(c.Context(), ids, edit)
				})
			}
			return env.editPage(c, args)
		},
	}
	ideaFlags(env, c)
	c.Flags().String("title", "", env.t("the `TITLE`"))
	c.Flags().String("at", "", env.t("the `DAY` on which it came in"))
	c.Flags().StringArrayVar(&lose, "remove-giver", nil, env.t("the number of a `GIVER` who did not give it"))
	return c
}

// editFlags is what the flags change; its Fields are nil without any.
func (env *Env) editFlags(c *cobra.Command, lose []string) (e desk.Edit, err error) {
	flags := map[string]idea.Field{"title": idea.FieldTitle, "kind": idea.FieldKind, "unit": idea.FieldUnit, "owner": idea.FieldOwner,
		"coach": idea.FieldCoach, "channel": idea.FieldChannel, "due": idea.FieldDue, "at": idea.FieldReceived,
		"type": idea.FieldType, "newness": idea.FieldNewness, "next-by": idea.FieldNextBy}
	for _, s := range idea.Sections() {
		flags[string(s)] = idea.Field(s)
	}
	if fields := changedFields(c, flags); len(fields) > 0 {
		e.Fields = fields
	}
	if err := env.readDays(e.Fields); err != nil {
		return e, err
	}
	if err := readBenefits(c, &e); err != nil {
		return e, err
	}
	if e.Giver = giverFlags(c); e.Giver == (idea.GiverDraft{}) && changesAny(c, "giver", "email", "phone", "giver-unit") {
		return e, idea.Errorf(idea.Usage, "an empty giver changes nothing").
			WithHint("sluss giver edit changes what is known of a giver; --remove-giver takes a giver off the idea")
	}
	if e.Tags, err = c.Flags().GetStringArray("tag"); err != nil || len(e.Tags) == 0 {
		e.Tags = nil
	}
	for _, word := range lose {
		id, err := giverNumber(word)
		if err != nil {
			return e, err
		}
		e.Lose = append(e.Lose, id)
	}
	return e, err
}

// readBenefits takes all kinds of value that the flags name as the new ones.
func readBenefits(c *cobra.Command, e *desk.Edit) error {
	if !c.Flags().Changed("benefit") {
		return nil
	}
	words, err := c.Flags().GetStringSlice("benefit")
	if err != nil {
		return err
	}
	if e.Fields == nil {
		e.Fields = map[idea.Field]string{}
	}
	e.Fields[idea.FieldBenefits] = strings.Join(words, ",")
	return nil
}

func changesAny(c *cobra.Command, flags ...string) bool {
	return slices.ContainsFunc(flags, c.Flags().Changed)
}

// readDays turns the words for days into days.
func (env *Env) readDays(fields map[idea.Field]string) error {
	for _, f := range []idea.Field{idea.FieldDue, idea.FieldReceived, idea.FieldNextBy} {
		word, given := fields[f]
		if !given {
			continue
		}
		day, err := env.day(word)
		if err != nil {
			return err
		}
		fields[f] = string(day)
	}
	return nil
}

// editPage opens the editor on one idea until what comes back is right, or is
// given up.
func (env *Env) editPage(c *cobra.Command, args []string) error {
	if !env.mayAsk() {
		return idea.Errorf(idea.Usage, "nothing to change, and no terminal for an editor").WithHint("%s --help lists the flags", c.CommandPath())
	}
	numbers, err := env.numbers(args)
	if err != nil {
		return err
	}
	if len(numbers) != 1 {
		return idea.Errorf(idea.Usage, "the editor takes one idea at a time").WithHint("change several with flags")
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	cards, err := d.Show(c.Context(), numbers, true)
	if err != nil {
		return err
	}
	seen, before := cards[0].Idea, pageOf(cards[0])
	text, err := before.Text(env.view().Section)
	if err != nil {
		return err
	}
	for open := env.edit; ; open = env.editAnew {
		edited, err := open(text, "md")
		if err != nil {
			return err
		}
		cards, err := env.savePage(c, d, &seen, before, edited)
		if err == nil {
			return env.printChanged(cards, view.Done("changed"))
		}
		env.printError(env.explain(c, err))
		if err := env.editAgain(edited, "md"); err != nil {
			return err
		}
		if idea.KindOf(err) == idea.Refused { // she has been told, and decides
			now, err := d.Show(c.Context(), numbers, true)
			if err != nil {
				return err
			}
			seen = now[0].Idea
		}
		text = edited
	}
}

func pageOf(c desk.Card) intake.Page {
	return intake.Page{Tags: c.Tags, Sections: c.Sections, Fields: map[idea.Field]string{
		idea.FieldTitle: c.Title, idea.FieldKind: string(c.Kind), idea.FieldUnit: c.UnitName, idea.FieldOwner: c.OwnerName,
		idea.FieldCoach: c.CoachName, idea.FieldChannel: string(c.Channel), idea.FieldReceived: string(c.Received), idea.FieldDue: string(c.Due),
		idea.FieldType: string(c.Type), idea.FieldNewness: string(c.Newness), idea.FieldBenefits: strings.ReplaceAll(idea.JoinBenefits(c.Benefits), " ", ", ")}}
}

// savePage records what differs between two pages, so that somebody else's
// change of another field meanwhile stands. A change of the same field is not
// written over.
func (env *Env) savePage(c *cobra.Command, d *desk.Desk, seen *idea.Idea, before intake.Page, text string) ([]desk.Card, error) {
	after, err := intake.ParsePage(text, before, env.view().Section)
	if err != nil {
		return nil, err
	}
	edit := desk.Edit{Fields: map[idea.Field]string{}, Seen: seen}
	for _, field := range slices.Sorted(maps.Keys(after.Fields)) {
		if word := after.Fields[field]; word != before.Fields[field] {
			edit.Fields[field] = word
		}
	}
	for _, s := range idea.Sections() {
		if after.Sections[s] != before.Sections[s] {
			edit.Fields[idea.Field(s)] = after.Sections[s]
		}
	}
	if err := env.readDays(edit.Fields); err != nil {
		return nil, err
	}
	edit.Tags = tagChanges(before.Tags, after.Tags)
	return d.Edit(c.Context(), []int64{seen.Number}, edit)
}

func tagChanges(before, after []string) []string {
	var out []string
	for _, tag := range after {
		if !slices.Contains(before, tag) {
			out = append(out, strings.TrimPrefix(tag, "+"))
		}
	}
	for _, tag := range before {
		if !slices.Contains(after, tag) {
			out = append(out, "-"+tag)
		}
	}
	return out
}
