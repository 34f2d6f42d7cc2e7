package cmd

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newMashupSession(env *Env) *cobra.Command {
	return env.parent("session", env.t("Keep the programme of a mashup"),
		newSessionAdd(env), newSessionList(env), newSessionEdit(env), newSessionMove(env), newSessionRemove(env))
}

func (env *Env) completeSessions(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		sessions, _ := d.Sessions(ctx, maxOffers)
		for _, s := range sessions {
			out = append(out, strconv.FormatInt(s.ID, 10)+"\t"+s.When()+" "+s.Title)
		}
		return out
	})
}

// timeFlags are the flags that say when and where a session is.
func (env *Env) timeFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.String("start", "", env.t("the `TIME` at which it begins, such as 09:00"))
	flags.String("end", "", env.t("the `TIME` at which it ends"))
	flags.String("day", "", env.t("the `DAY`; else the day of a mashup of one day"))
	flags.String("room", "", env.t("the `ROOM`, where there are several"))
}

// contentFlags are the flags that say what a session is.
func (env *Env) contentFlags(c *cobra.Command, speakers *[]string) {
	flags := c.Flags()
	flags.String("title", "", env.t("the `TITLE` of the session"))
	flags.StringP("kind", "k", "", env.t("`KIND`: talk, workshop, panel, break or other; else talk"))
	flags.String("idea", "", env.t("the `NUMBER` of the idea that it shows"))
	flags.String("story", "", env.t("the `NUMBER` of the good example that it shows"))
	flags.String("text", "", env.t("what it is about, as a `TEXT`; - reads it from standard input"))
	flags.StringArrayVar(speakers, "speaker", nil, env.t("a `NAME` of somebody who speaks; again for more"))
	env.completeFlag(c, "kind", completeWords(env, idea.SessionKinds()))
	env.completeFlag(c, "idea", env.completeNumbers)
	env.completeFlag(c, "story", env.completeNumbers)
}

// sessionInput is what the flags that a command has say of a session.
func (env *Env) sessionInput(c *cobra.Command, speakers []string) (desk.SessionInput, error) {
	in := desk.SessionInput{Fields: map[idea.Field]string{}, Speakers: speakers}
	for name, field := range map[string]idea.Field{"start": idea.FieldBegins, "end": idea.FieldEnds, "day": idea.FieldDay, "room": idea.FieldRoom,
		"title": idea.FieldTitle, "kind": idea.FieldKind, "idea": "idea", "story": "story", "text": idea.FieldText} {
		if f := c.Flags().Lookup(name); f != nil && f.Changed {
			in.Fields[field] = f.Value.String()
		}
	}
	if in.Fields["idea"] != "" && in.Fields["story"] != "" {
		return in, notBoth("--idea", "--story")
	}
	if err := env.daysIn(in.Fields, idea.FieldDay); err != nil {
		return in, err
	}
	return in, env.readText(in.Fields, idea.FieldText)
}

func newSessionAdd(env *Env) *cobra.Command {
	var speakers []string
	c := &cobra.Command{
		Use:   "add MASHUP",
		Short: env.t("Add a session to the programme"),
		Long: env.t(`Add a session to the programme. Times are those of the clock on the wall. What
would be at the same time in the same room, or with the same speaker, is refused;
sessions without a room are all in one place.`),
		Example: `  sluss mashup session add 1 --start 09:00 --end 09:45 --title "Solceller på skoltak" --idea 14 --speaker "Åsa Öberg"
  sluss mashup session add 1 --start 10 --end 11.30 --room "Sal B" --kind workshop --title "Prova slussen"
  sluss mashup session add 1 --start 12:00 --end 13:00 --kind break --title Lunch`,
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := env.sessionInput(c, speakers)
			if err != nil {
				return err
			}
			return env.printSession(c, func(d *desk.Desk) (desk.SessionLine, error) { return d.AddSession(c.Context(), args[0], in) })
		},
	}
	env.timeFlags(c)
	env.contentFlags(c, &speakers)
	return c
}

// printSession shows the session that the desk gives.
func (env *Env) printSession(c *cobra.Command, ask func(*desk.Desk) (desk.SessionLine, error)) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	line, err := ask(d)
	if err != nil {
		return err
	}
	if !env.people() {
		line.Speakers = nil
	}
	return env.print(env.view().Session(line, env.people()))
}

func (env *Env) printSessions(lines []desk.SessionLine) error {
	if !env.people() {
		for k := range lines {
			lines[k].Speakers = nil
		}
	}
	return env.print(env.view().Sessions(lines, env.people()))
}

func newSessionList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "list MASHUP",
		Aliases:           []string{"ls"},
		Short:             env.t("List the sessions of a mashup in the order of time"),
		Example:           "  sluss mashup session list 1",
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			page, err := env.mashupPage(c, func(d *desk.Desk) (desk.MashupPage, error) { return d.Mashup(c.Context(), args[0]) })
			if err != nil {
				return err
			}
			return env.printSessions(page.Programme)
		},
	}
}

func newSessionEdit(env *Env) *cobra.Command {
	var speakers []string
	c := &cobra.Command{
		Use:   "edit SESSION",
		Short: env.t("Change what is told of a session"),
		Long: env.t(`Change what is told of a session. An empty value empties a field. The speakers
that are given take the place of those before; sluss mashup session move changes
when and where it is.`),
		Example:           "  sluss mashup session edit 3 --title \"Solceller, år två\" --speaker \"Åsa Öberg\" --speaker \"Nils Ek\"",
		Args:              exactly(1, wordSession),
		ValidArgsFunction: env.completeSessions,
		RunE: func(c *cobra.Command, args []string) error {
			return env.changeSession(c, "edit", args[0], speakers)
		},
	}
	env.contentFlags(c, &speakers)
	return c
}

func newSessionMove(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "move SESSION",
		Short: env.t("Move a session to another time, day or room"),
		Long: env.t(`Move a session to another time, day or room. It lasts as long as before unless
--end is given.`),
		Example:           "  sluss mashup session move 3 --start 13:00\n  sluss mashup session move 3 --day 2027-10-07 --room \"Sal B\"",
		Args:              exactly(1, wordSession),
		ValidArgsFunction: env.completeSessions,
		RunE: func(c *cobra.Command, args []string) error {
			return env.changeSession(c, "move", args[0], nil)
		},
	}
	env.timeFlags(c)
	return c
}

// wordSession is the argument that names a session.
const wordSession = idea.Word("the number of a session")

func (env *Env) changeSession(c *cobra.Command, verb, word string, speakers []string) error {
	id, err := number(word)
	if err != nil {
		return noSession(word)
	}
	in, err := env.sessionInput(c, speakers)
	if err != nil {
		return err
	}
	if len(in.Fields) == 0 && in.Speakers == nil {
		return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
	}
	return env.printSession(c, func(d *desk.Desk) (desk.SessionLine, error) { return d.EditSession(c.Context(), verb, id, in) })
}

func noSession(word string) error {
	return idea.Errorf(idea.Usage, "%q is no number of a session", word).WithHint("sluss mashup session list MASHUP shows the numbers")
}

func newSessionRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove SESSION...",
		Short:             env.t("Take sessions out of the programme"),
		Example:           "  sluss mashup session remove 3 5-7",
		Args:              atLeast(1, wordSession),
		ValidArgsFunction: env.completeSessions,
		RunE: func(c *cobra.Command, args []string) error {
			ids, err := env.ids(args, noSession)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.RemoveSessions(c.Context(), ids)
			if err != nil {
				return err
			}
			return env.printSessions(lines)
		},
	}
}

// ids reads the numbers of things other than ideas; wrong is the error for a
// word that is none.
func (env *Env) ids(words []string, wrong func(string) error) ([]int64, error) {
	for _, word := range words {
		if !isNumbers(word) {
			return nil, wrong(word)
		}
	}
	return env.numbers(words)
}

// notBoth is the error for two flags that say different things of one.
func notBoth(one, other string) error {
	return idea.Errorf(idea.Usage, "%s and %s exclude each other", one, other).WithHint("leave one of them out")
}
