package cmd

import (
	"cmp"
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/intake"
	"sluss/internal/render"
	"sluss/internal/sheet"
	"sluss/internal/view"
)

// guestFlags are the flags that say where somebody comes from.
type guestFlags struct{ organisation, kind, email string }

func (f *guestFlags) define(env *Env, c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.organisation, "organisation", "", env.t("the `ORGANISATION` where they work"))
	flags.StringVarP(&f.kind, "kind", "k", "", env.t("`KIND` of organisation: own, municipality, region, company, association, university or other; else as on earlier lists, or by its name"))
	flags.StringVar(&f.email, "email", "", env.t("the `ADDRESS` for mail of one"))
	env.completeFlag(c, "kind", completeWords(env, idea.OrganisationKinds()))
}

func (f guestFlags) input(names []string) desk.ParticipantInput {
	return desk.ParticipantInput{Names: names, Organisation: f.organisation, Kind: f.kind, Email: f.email}
}

func newMashupInvite(env *Env) *cobra.Command {
	var f guestFlags
	c := &cobra.Command{
		Use:   "invite MASHUP NAME...",
		Short: env.t("Put people on the list of a mashup"),
		Long: env.t(`Put people on the list of a mashup, as invited. Several names are people from one
organisation. sluss mashup import takes a whole list from a file.`),
		Example: `  sluss mashup invite 1 "Åsa Öberg" --organisation "Lunds kommun" --email asa@example.se
  sluss mashup invite 1 "Nils Ek" "Maja Ek" --organisation "Region Skåne"`,
		Args:              atLeast(2, idea.Word("a mashup and a name")),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			return env.printParticipants(c, func(d *desk.Desk) ([]idea.Participant, error) {
				return d.AddParticipants(c.Context(), "invite", args[0], f.input(args[1:]), idea.Invited)
			})
		},
	}
	f.define(env, c)
	return c
}

// printParticipants shows people on a list; names only where people may be shown.
func (env *Env) printParticipants(c *cobra.Command, ask func(*desk.Desk) ([]idea.Participant, error)) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	people, err := ask(d)
	if err != nil {
		return err
	}
	return env.print(env.view().Participants(people, env.people()))
}

// attendance is a command that gives people on a list a status.
type attendance struct {
	verb, short string
	status      idea.Attendance
	all         string // what --all does; empty: there is no such flag
	new         bool   // people who are not on the list can be put there
}

func attendances(env *Env) []attendance {
	return []attendance{
		{"signup", env.t("Record that people have signed up"), idea.SignedUp, "", true},
		{"cancel", env.t("Record that people will not come after all"), idea.Cancelled, "", false},
		{"came", env.t("Record that people came"), idea.Came, env.t("all who have signed up"), true},
		{"absent", env.t("Record that people who had signed up did not come"), idea.Absent, env.t("all who have signed up and of whom it is not recorded that they came"), false},
	}
}

func newMashupAttend(env *Env, a attendance) *cobra.Command {
	var f guestFlags
	var all, isNew bool
	c := &cobra.Command{
		Use:               a.verb + " MASHUP PERSON...",
		Short:             a.short,
		Long:              env.t("%s. People are named by their number on the list,\ntheir address or their name.", a.short),
		Example:           "  sluss mashup " + a.verb + " 1 3 7-9 asa@example.se \"Nils Ek\"",
		Args:              atLeast(1, wordMashup),
		ValidArgsFunction: env.completeGuests,
		RunE: func(c *cobra.Command, args []string) error {
			if all && isNew {
				return notBoth("--all", "--new")
			}
			if len(args) == 1 && !all {
				return idea.Errorf(idea.Usage, "who?").WithHint("name people by number, address or name; sluss mashup participants %s shows the list", strconv.Quote(args[0]))
			}
			if isNew {
				return env.printParticipants(c, func(d *desk.Desk) ([]idea.Participant, error) {
					return d.AddParticipants(c.Context(), a.verb, args[0], f.input(args[1:]), a.status)
				})
			}
			if f != (guestFlags{}) {
				return idea.Errorf(idea.Usage, "--organisation, --kind and --email are for somebody new").WithHint("add --new, or change what is known with sluss mashup participants edit")
			}
			people, err := env.guests(args[1:])
			if err != nil {
				return err
			}
			return env.printParticipants(c, func(d *desk.Desk) ([]idea.Participant, error) {
				return d.Attend(c.Context(), a.verb, args[0], people, all, a.status)
			})
		},
	}
	if a.all != "" {
		c.Example += "\n  sluss mashup " + a.verb + " 1 --all"
		c.Flags().BoolVar(&all, "all", false, a.all)
	}
	if a.new {
		c.Example += "\n  sluss mashup " + a.verb + " 1 --new \"Maja Ek\" --organisation \"Lunds kommun\""
		c.Flags().BoolVar(&isNew, "new", false, env.t("put people on the list who are not there yet"))
		f.define(env, c)
	}
	return c
}

// guests is the words that name people, with numbers one by one.
func (env *Env) guests(words []string) (out []string, err error) {
	for _, word := range words {
		if !isNumbers(word) {
			out = append(out, word)
			continue
		}
		numbers, err := env.numbers([]string{word})
		if err != nil {
			return nil, err
		}
		for _, n := range numbers {
			out = append(out, strconv.FormatInt(n, 10))
		}
	}
	return out, nil
}

// completeGuests offers a mashup, and then the numbers of those on its list.
func (env *Env) completeGuests(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return env.completeMashups(c, args, word)
	}
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		_, people, _ := d.Participants(ctx, args[0], desk.ParticipantSelection{})
		return offerGuests(nil, people, word)
	})
}

// completeEveryGuest offers the numbers of those on all lists, the newest first.
func (env *Env) completeEveryGuest(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		mashups, _ := d.MashupNames(ctx)
		for _, m := range mashups {
			_, people, _ := d.Participants(ctx, strconv.FormatInt(m.ID, 10), desk.ParticipantSelection{})
			if out = offerGuests(out, people, word); len(out) == maxOffers {
				break
			}
		}
		return out
	})
}

func offerGuests(out []string, people []idea.Participant, word string) []string {
	for _, p := range people {
		number := strconv.FormatInt(p.ID, 10)
		if strings.HasPrefix(number, word) && len(out) < maxOffers {
			out = append(out, number+"\t"+cmp.Or(p.Name, p.Email)+" "+p.Organisation)
		}
	}
	return out
}

func newMashupParticipants(env *Env) *cobra.Command {
	var s desk.ParticipantSelection
	c := &cobra.Command{
		Use:   "participants MASHUP",
		Short: env.t("List those who are on the list of a mashup"),
		Long: env.t(`List those who are on the list of a mashup. Names and addresses stand there on
your own screen and with --with-people.`),
		Example: `  sluss mashup participants 1 --status signed-up
  sluss mashup participants 1 --with-people --excel -o deltagare.csv`,
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			return env.printParticipants(c, func(d *desk.Desk) ([]idea.Participant, error) {
				_, people, err := d.Participants(c.Context(), args[0], s)
				return people, err
			})
		},
	}
	c.Flags().StringArrayVarP(&s.Statuses, "status", "s", nil, env.t("with this `STATUS`: invited, signed-up, cancelled, absent or came; again for more"))
	c.Flags().StringArrayVarP(&s.Kinds, "kind", "k", nil, env.t("from this `KIND` of organisation; again for more"))
	env.completeFlag(c, "status", completeWords(env, idea.Attendances()))
	env.completeFlag(c, "kind", completeWords(env, idea.OrganisationKinds()))
	c.AddCommand(newParticipantEdit(env), newParticipantRemove(env))
	return c
}

// wordGuest is the argument that names somebody on a list.
const wordGuest = idea.Word("the number of a participant")

func noGuest(word string) error {
	return idea.Errorf(idea.Usage, "%q is no number of a participant", word).WithHint("sluss mashup participants MASHUP shows the numbers")
}

func newParticipantEdit(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:               "edit PARTICIPANT",
		Short:             env.t("Change what is known of somebody on a list"),
		Example:           "  sluss mashup participants edit 3 --organisation \"Lunds kommun\" --kind municipality\n  sluss mashup participants edit 3 --status invited",
		Args:              exactly(1, wordGuest),
		ValidArgsFunction: env.completeEveryGuest,
		RunE: func(c *cobra.Command, args []string) error {
			id, err := number(args[0])
			if err != nil {
				return noGuest(args[0])
			}
			fields := changedFields(c, map[string]idea.Field{"name": idea.FieldName, "organisation": idea.FieldOrganisation,
				"kind": idea.FieldKind, "email": idea.FieldEmail, "status": idea.FieldStatus})
			if len(fields) == 0 {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			return env.printParticipants(c, func(d *desk.Desk) ([]idea.Participant, error) {
				p, err := d.EditParticipant(c.Context(), id, fields)
				return []idea.Participant{p}, err
			})
		},
	}
	flags := c.Flags()
	flags.String("name", "", env.t("the `NAME`"))
	flags.String("organisation", "", env.t("the `ORGANISATION` where they work"))
	flags.StringP("kind", "k", "", env.t("`KIND` of organisation: own, municipality, region, company, association, university or other"))
	flags.String("email", "", env.t("the `ADDRESS` for mail"))
	flags.StringP("status", "s", "", env.t("`STATUS`: invited, signed-up, cancelled, absent or came"))
	env.completeFlag(c, "kind", completeWords(env, idea.OrganisationKinds()))
	env.completeFlag(c, "status", completeWords(env, idea.Attendances()))
	return c
}

func newParticipantRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove PARTICIPANT...",
		Short:             env.t("Take people off a list who were put there by mistake"),
		Example:           "  sluss mashup participants remove 3 5-7",
		Args:              atLeast(1, wordGuest),
		ValidArgsFunction: env.completeEveryGuest,
		RunE: func(c *cobra.Command, args []string) error {
			ids, err := env.ids(args, noGuest)
			if err != nil {
				return err
			}
			return env.printParticipants(c, func(d *desk.Desk) ([]idea.Participant, error) { return d.RemoveParticipants(c.Context(), ids) })
		},
	}
}

func newMashupBadges(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "badges MASHUP",
		Short: env.t("Make name badges to print, for those who have signed up"),
		Long: env.t(`Make name badges to print, for those who have signed up: a page of HTML with ten
cards on each sheet of A4. Badges hold names, so it takes --with-people.`),
		Example:           "  sluss mashup badges 1 --with-people -o skyltar.html",
		Args:              exactly(1, wordMashup),
		ValidArgsFunction: env.completeMashups,
		RunE: func(c *cobra.Command, args []string) error {
			if err := env.checkBadges(); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			m, people, err := d.Participants(c.Context(), args[0], desk.ParticipantSelection{})
			if err != nil {
				return err
			}
			badges := env.view().Badges(m, people)
			if len(badges.Cards) == 0 {
				return idea.Errorf(idea.NotFound, "nobody has signed up for %s", m.Name).WithHint("sluss mashup signup records who has")
			}
			return env.writeOut(func(w io.Writer) error { return render.WriteBadges(w, badges) })
		},
	}
}

// checkBadges refuses badges without leave to show names, and in any form but
// HTML.
func (env *Env) checkBadges() error {
	if !env.flags.people {
		return idea.Errorf(idea.Usage, "badges hold the names of people").WithHint("add --with-people if the names may go where the result goes")
	}
	format, err := env.format()
	if err != nil {
		return err
	}
	if format != render.HTML && (env.flags.output != "" || env.flags.format != "" || env.flags.json || env.flags.jq != "") {
		return idea.Errorf(idea.Usage, "badges are a page of HTML").WithHint("write them to a file: -o badges.html")
	}
	return nil
}

func newMashupImport(env *Env) *cobra.Command {
	var maps, sets []string
	var separator, encoding string
	var dryRun bool
	c := &cobra.Command{
		Use:   "import MASHUP FILE.csv",
		Short: env.t("Put the people of a CSV file on the list of a mashup"),
		Long: env.t(`Put the people of a CSV file on the list of a mashup; - is standard input. Separator
and encoding are found out. A column whose heading is the name of a field, or a
Swedish word for it, needs no mapping; say the others with --map.

One who is on the list already, by address or by name and organisation, is not
added again: what the file tells takes the place of what was known, and a status
only goes on. A bad row is named with line, column and reason, and then nothing is
taken in.

Fields: %s.`, strings.Join(intake.ParticipantFields(), ", ")),
		Example: `  sluss mashup import 1 inbjudna.csv --dry-run
  sluss mashup import 1 anmalda.csv --map name=Deltagare --map organisation=Var --set status=anmäld`,
		Args:              exactly(2, idea.Word("a mashup and the name of a file")),
		ValidArgsFunction: env.completeMashupFile,
		RunE: func(c *cobra.Command, args []string) error {
			o, err := intake.Mapping{Separator: separator, Encoding: encoding}.ReadOptions()
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			read, err := env.readParticipants(args[1], o, maps, sets)
			if err != nil {
				return err
			}
			done, err := d.ImportParticipants(c.Context(), args[0], read.People, dryRun)
			if err != nil {
				return err
			}
			return env.print(env.view().ImportedParticipants(view.ImportedParticipants{Path: args[1], DryRun: dryRun, ParticipantImport: done, Unused: read.Unused}))
		},
	}
	f := c.Flags()
	f.StringArrayVarP(&maps, "map", "m", nil, env.t("`FIELD=COLUMN`; several columns with commas between: the first that is filled"))
	f.StringArrayVar(&sets, "set", nil, env.t("`FIELD=VALUE` for every row"))
	f.StringVar(&separator, "separator", "", env.t("the `SIGN` between cells, or tab; else found out"))
	f.StringVar(&encoding, "encoding", "", env.t("`ENCODING`: utf-8, windows-1252, utf-16le or utf-16be; else found out"))
	f.BoolVarP(&dryRun, "dry-run", "n", false, env.t("show what would happen"))
	return c
}

func (env *Env) completeMashupFile(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 1 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return env.completeMashups(c, args, word)
}

// readParticipants reads a file of participants, and refuses it when a row is
// bad.
func (env *Env) readParticipants(path string, o sheet.ReadOptions, maps, sets []string) (read intake.Participants, err error) {
	in, _, err := env.openInput(path)
	if err != nil {
		return read, err
	}
	defer in.Close()
	cells, err := sheet.NewReader(in, o)
	if err != nil {
		return read, intake.Explain(path, err)
	}
	if read, err = intake.ReadParticipants(cells, path, maps, sets); err != nil || len(read.Problems) == 0 {
		return read, err
	}
	const most = 20
	var bad []view.BadRow
	for _, p := range read.Problems {
		bad = append(bad, view.BadRow{Line: p.Line, Column: p.Column, Header: p.Header, Value: p.Value, Reason: p.Text, Hint: p.Hint})
	}
	e := idea.Errorf(idea.Refused, "%s has bad rows (%d); nothing was taken in", path, view.BadLines(bad)).WithHint("mend them and take the file in again")
	if sameHint(bad) {
		e.Hint = bad[0].Hint
	}
	for _, row := range bad {
		if len(e.More) == most {
			e.More = append(e.More, idea.Say("and %d more", len(bad)-most))
			break
		}
		e.More = append(e.More, row.Told(path))
	}
	return read, e
}
