package cmd

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/intake"
	"sluss/internal/report"
	"sluss/internal/sheet"
	"sluss/internal/view"
)

func newMeasure(env *Env) *cobra.Command {
	return env.parent("measure", env.t("Measure what sluss does not count itself: surveys, visitors, or a formula"),
		newMeasureDefine(env), newMeasureList(env), newMeasureShow(env), newMeasureRecord(env), newMeasureImport(env),
		newMeasureEdit(env), newMeasureForget(env), newMeasureRemove(env))
}

// measureFlags are the flags that say what a measure is.
func measureFlags(env *Env, c *cobra.Command) {
	f := c.Flags()
	f.String("name", "", env.t("its `NAME`"))
	f.String("name-sv", "", env.t("its `NAME` in Swedish, if it is another"))
	f.String("name-en", "", env.t("its `NAME` in English, if it is another"))
	f.String("unit", "", env.t("what it is counted in, as a `TEXT` such as visitors, kr or %"))
	f.String("better", "", env.t("the `DIRECTION` that is wanted: higher, lower or none"))
	f.String("together", "", env.t("the `WAY` to put the values of a period together: sum, mean or last; else sum, and mean of what is counted in %"))
	f.String("formula", "", env.t("count it by a `FORMULA` over other measures"))
	f.String("definition", "", env.t("what it means, as a `TEXT`"))
	f.String("source", "", env.t("where its values come from, as a `TEXT`"))
	env.completeFlag(c, "better", completeWords(env, append([]idea.Better{}, append(idea.Betters(), "none")...)))
	env.completeFlag(c, "together", completeWords(env, idea.Togethers()))
}

// measureFields is the flags of a measure that were given.
func measureFields(c *cobra.Command) map[idea.Field]string {
	fields := changedFields(c, map[string]idea.Field{"unit": idea.FieldCountedIn, "better": idea.FieldBetter, "together": idea.FieldTogether,
		"formula": idea.FieldFormula, "definition": idea.FieldDefinition, "source": idea.FieldSource})
	for flag, field := range map[string]idea.Field{"name-sv": idea.FieldNameSV, "name-en": idea.FieldNameEN} {
		for _, given := range []string{"name", flag} { // the second stands above the first
			if f := c.Flags().Lookup(given); f.Changed {
				fields[field] = f.Value.String()
			}
		}
	}
	return fields
}

func newMeasureDefine(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "define KEY --name NAME",
		Short: env.t("Define a measure of your own"),
		Long: env.t(`Define a measure of your own: of values that you record, from a survey to a count
of visitors, or of a formula. Its key is of small letters a-z, digits and
underscores, and stands in reports and targets as those of sluss do.

A formula is made of the keys of measures, numbers, + - * / and brackets, and min,
max, round and abs. A measure with a colon in its key is written with brackets:
reached("test") for reached:test. Shares are between 0 and 1, so write 100 * before
one that is counted in %. A period in which one of the measures has no figure, or
in which it would divide by 0, has none. sluss report explain lists the measures.`),
		Example: `  sluss measure define visitors --name Besökare --unit besökare --better higher
  sluss measure define happy_givers --name "Nöjda idégivare" --unit % --better higher --source "Enkät varje halvår"
  sluss measure define staff --name Årsarbetare --unit årsarbetare --together last
  sluss measure define realised_of_100 --name "Förverkligade av hundra" --formula "100 * realised / received" --better higher`,
		Args: exactly(1, idea.Word("a key")),
		RunE: func(c *cobra.Command, args []string) (err error) {
			fields := measureFields(c)
			if text, given := fields[idea.FieldFormula]; given && strings.TrimSpace(text) == "" {
				return idea.Errorf(idea.Usage, "the formula is empty").WithHint("leave --formula out for a measure of values that you record")
			}
			m, err := ownMeasure(args[0], fields)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.DefineMeasure(c.Context(), m)
			if err != nil {
				return err
			}
			return env.print(env.view().OwnMeasure(line, "defined"))
		},
	}
	measureFlags(env, c)
	return c
}

// ownMeasure is a measure as flags say it.
func ownMeasure(key string, fields map[idea.Field]string) (m idea.OwnMeasure, err error) {
	m = idea.OwnMeasure{Key: strings.TrimSpace(key), Names: idea.Names{EN: fields[idea.FieldNameEN], SV: fields[idea.FieldNameSV]}, CountedIn: fields[idea.FieldCountedIn],
		Formula: fields[idea.FieldFormula], Definition: fields[idea.FieldDefinition], Source: fields[idea.FieldSource]}
	if m.Better, err = idea.FindBetter(fields[idea.FieldBetter]); err != nil {
		return m, err
	}
	if word, given := fields[idea.FieldTogether]; given {
		m.Together, err = idea.FindTogether(word)
	}
	return m, err
}

func newMeasureList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List the measures of your own, each with its last values"),
		Long:    env.t("List the measures of your own, each with its last values. sluss report explain\nlists these and those that sluss counts itself."),
		Example: "  sluss measure list\n  sluss measure list --json",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.OwnMeasures(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().OwnMeasures(lines))
		},
	}
}

func newMeasureShow(env *Env) *cobra.Command {
	var period, by string
	c := &cobra.Command{
		Use:   "show KEY",
		Short: env.t("Show a measure of your own: its values and what they come to"),
		Long: env.t(`Show a measure of your own: what it means, its values and what they come to in the
period. With --by it has a figure for each part of the period.`),
		Example: `  sluss measure show visitors
  sluss measure show visitors --period 2026 --by month
  sluss measure show happy_givers --format html -o nojda.html`,
		Args:              exactly(1, idea.Word("the key of a measure")),
		ValidArgsFunction: firstArg(env.completeOwn),
		RunE: func(c *cobra.Command, args []string) (err error) {
			in := desk.ReportInput{People: env.people()}
			if in.Period, err = env.periodFlag(c, period); err != nil {
				return err
			}
			if by != "" {
				if in.By = report.By(strings.ToLower(by)); !in.By.Times() {
					return idea.Errorf(idea.Usage, "a measure of your own goes by week, month, quarter or year, not by %s", by)
				}
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			x, err := d.ShowMeasure(c.Context(), args[0], in)
			if err != nil {
				return err
			}
			return env.print(env.view().ShownMeasure(x))
		},
	}
	c.Flags().StringVarP(&period, "period", "p", "", env.t("`PERIOD`: 2026, 2026-q3, 2026-11, last-month, this-year, FROM..TO; without it all time"))
	c.Flags().StringVar(&by, "by", "", env.t("a row for each `PART` of the period: week, month, quarter or year"))
	env.completePeriod(c)
	env.completeFlag(c, "by", completeKeys("week", "month", "quarter", "year"))
	return c
}

func (env *Env) completePeriod(c *cobra.Command) {
	env.completeFlag(c, "period", completeWords(env, []idea.Word{"this-year", "last-year", "this-quarter", "last-quarter", "this-month", "last-month"}))
}

// completeOwn offers the keys of the measures of the coaches.
func (env *Env) completeOwn(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		lines, _ := d.OwnMeasures(ctx)
		for _, l := range lines {
			out = append(out, l.Key+"\t"+env.t("%s", l.Names))
		}
		return out
	})
}

func newMeasureRecord(env *Env) *cobra.Command {
	var in desk.ValueInput
	var at string
	c := &cobra.Command{
		Use:   "record KEY VALUE",
		Short: env.t("Record a value of a measure of your own"),
		Long: env.t(`Record a value of a measure of your own, for today or another day. A measure has
one value a day; --replace puts this one in place of another. A number below 0
comes after two dashes: sluss measure record balance -- -3`),
		Example: `  sluss measure record visitors 412
  sluss measure record happy_givers 87,5 --at 2026-06-30 --note "Enkät, 40 svar"`,
		Args:              exactly(2, idea.Word("the key of a measure and a value")),
		ValidArgsFunction: firstArg(env.completeOwn),
		RunE: func(c *cobra.Command, args []string) (err error) {
			in.Value = args[1]
			if in.On, err = env.day(at); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.RecordValue(c.Context(), args[0], in)
			if err != nil {
				return err
			}
			return env.print(env.view().Recorded(line))
		},
	}
	c.Flags().StringVar(&at, "at", "", env.t("the `DAY` that it is for"))
	c.Flags().StringVar(&in.Note, "note", "", env.t("a `TEXT` about it"))
	c.Flags().BoolVar(&in.Replace, "replace", false, env.t("put it in place of another value of the day"))
	return c
}

// valueFlags say how a file of values is read.
type valueFlags struct {
	intake.ValueOptions
	separator, encoding string
	replace, dryRun     bool
}

func newMeasureImport(env *Env) *cobra.Command {
	var flags valueFlags
	c := &cobra.Command{
		Use:   "import KEY FILE.csv",
		Short: env.t("Take in values of a measure from a CSV file"),
		Long: env.t(`Take in values of a measure from a CSV file with the columns day and value, and
note if there is one; - is standard input. Swedish headings (dag or datum, värde
or antal, anteckning) need no mapping. Separator and encoding are found out.

A bad row is named with line, column and reason, and then nothing is taken in. A
value that is there already adds nothing, so that a file can be taken in again
when it has grown; another value for its day is bad, unless --replace is given.`),
		Example: `  sluss measure import visitors besok.csv --dry-run
  sluss measure import visitors besok.csv --map value=Besök --replace`,
		Args:              exactly(2, idea.Word("the key of a measure and the name of a file")),
		ValidArgsFunction: env.completeOwnThenFile,
		RunE: func(c *cobra.Command, args []string) error {
			return env.importValues(c, args[0], args[1], flags)
		},
	}
	f := c.Flags()
	f.StringArrayVarP(&flags.Maps, "map", "m", nil, env.t("`FIELD=COLUMN`: which column gives the day, value or note"))
	f.StringVar(&flags.Layout, "date-format", "", env.t("`LAYOUT`: how 2 January 2006 is written in the file"))
	f.StringVar(&flags.separator, "separator", "", env.t("the `SIGN` between cells, or tab; else found out"))
	f.StringVar(&flags.encoding, "encoding", "", env.t("`ENCODING`: utf-8, windows-1252, utf-16le or utf-16be; else found out"))
	f.BoolVarP(&flags.dryRun, "dry-run", "n", false, env.t("show what would happen"))
	f.BoolVar(&flags.replace, "replace", false, env.t("put values of the file in place of others of their days"))
	return c
}

// completeOwnThenFile offers a measure, then files.
func (env *Env) completeOwnThenFile(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return env.completeOwn(c, args, word)
	}
	return nil, cobra.ShellCompDirectiveDefault
}

func (env *Env) importValues(c *cobra.Command, key, path string, flags valueFlags) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	rows, unused, err := env.readValues(path, flags, d)
	if err != nil {
		return err
	}
	values, bad := splitValues(rows)
	done, err := d.ImportValues(c.Context(), key, values, flags.replace, !flags.dryRun && len(bad) == 0)
	if err != nil {
		return err
	}
	for _, row := range done.Bad {
		k := slices.IndexFunc(rows, func(r intake.ValueRow) bool { return r.Line == row.Line })
		bad = append(bad, view.BadRow{Line: row.Line, Column: rows[k].Column, Header: rows[k].Heading, Reason: row.Err.Text, Hint: row.Err.Hint})
	}
	slices.SortStableFunc(bad, func(a, b view.BadRow) int { return a.Line - b.Line })
	if len(bad) > 0 {
		return badValues(path, bad)
	}
	return env.print(env.view().ImportedValues(path, flags.dryRun, done, unused))
}

func (env *Env) readValues(path string, flags valueFlags, d *desk.Desk) ([]intake.ValueRow, []string, error) {
	in, _, err := env.openInput(path)
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	o, err := intake.Mapping{Separator: flags.separator, Encoding: flags.encoding}.ReadOptions()
	if err != nil {
		return nil, nil, err
	}
	cells, err := sheet.NewReader(in, o)
	if err != nil {
		return nil, nil, intake.Explain(path, err)
	}
	flags.Location = d.Location()
	reader, err := intake.NewValues(cells, path, flags.ValueOptions)
	if err != nil {
		return nil, nil, err
	}
	rows, err := reader.All()
	return rows, reader.Unused(), err
}

// splitValues parts the rows that can be taken in from what is wrong with others.
func splitValues(rows []intake.ValueRow) (values []desk.FileValue, bad []view.BadRow) {
	for _, row := range rows {
		if len(row.Problems) == 0 {
			values = append(values, desk.FileValue{Line: row.Line, On: row.Day, Value: row.Value, Note: row.Note})
		}
		for _, p := range row.Problems {
			bad = append(bad, view.BadRow{Line: p.Line, Column: p.Column, Header: p.Header, Value: p.Value, Reason: p.Text, Hint: p.Hint})
		}
	}
	return values, bad
}

// badValues is the error for a file of values with bad rows: nothing was taken
// in.
func badValues(path string, bad []view.BadRow) error {
	const most = 20
	e := idea.Errorf(idea.Refused, "%s has bad rows (%d); nothing was taken in", path, view.BadLines(bad)).WithHint("mend them and take the file in again")
	if sameHint(bad) {
		e.Hint = bad[0].Hint
	}
	for k, row := range bad {
		if k == most {
			e.More = append(e.More, idea.Say("and %d more", len(bad)-most))
			break
		}
		e.More = append(e.More, row.Told(path))
	}
	return e
}

func newMeasureEdit(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "edit KEY",
		Short: env.t("Change a measure of your own"),
		Long: env.t(`Change a measure of your own: what its flags say is put in place of what was said
before. Its key stays.`),
		Example: `  sluss measure edit visitors --better higher --definition "Besök i slussens lokal, räknade av vaktmästaren"
  sluss measure edit realised_of_100 --formula "100 * realised / max(received, 1)"`,
		Args:              exactly(1, idea.Word("the key of a measure")),
		ValidArgsFunction: firstArg(env.completeOwn),
		RunE: func(c *cobra.Command, args []string) error {
			fields := measureFields(c)
			if len(fields) == 0 {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.EditMeasure(c.Context(), args[0], fields)
			if err != nil {
				return err
			}
			return env.print(env.view().OwnMeasure(line, "changed"))
		},
	}
	measureFlags(env, c)
	return c
}

func newMeasureForget(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "forget KEY DAY...",
		Short:             env.t("Take the values of some days away"),
		Example:           "  sluss measure forget visitors 2026-06-30\n  sluss measure forget visitors idag igår",
		Args:              atLeast(2, idea.Word("the key of a measure and a day")),
		ValidArgsFunction: env.completeValues,
		RunE: func(c *cobra.Command, args []string) error {
			var days []idea.Day
			for _, word := range args[1:] {
				day, err := env.day(word)
				if err != nil {
					return err
				}
				if day == "" {
					return idea.Errorf(idea.Usage, "the day is empty")
				}
				if !slices.Contains(days, day) {
					days = append(days, day)
				}
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.ForgetValues(c.Context(), args[0], days)
			if err != nil {
				return err
			}
			return env.print(env.view().Forgotten(lines))
		},
	}
}

// completeValues offers a measure, then the days of its values, the last first.
func (env *Env) completeValues(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return env.completeOwn(c, args, word)
	}
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		lines, _ := d.OwnMeasures(ctx)
		for _, l := range lines {
			if l.Key != args[0] {
				continue
			}
			for k := len(l.Values) - 1; k >= 0 && len(out) < maxOffers; k-- {
				out = append(out, string(l.Values[k].On)+"\t"+env.t("%s", l.Values[k].Value))
			}
		}
		return out
	})
}

func newMeasureRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove KEY",
		Short:             env.t("Remove a measure of your own with its values"),
		Long:              env.t("Remove a measure of your own with its values. One that a target or a formula uses\nstays until that is gone."),
		Example:           "  sluss measure remove visitors",
		Args:              exactly(1, idea.Word("the key of a measure")),
		ValidArgsFunction: firstArg(env.completeOwn),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.RemoveMeasure(c.Context(), args[0])
			if err != nil {
				return err
			}
			return env.print(env.view().OwnMeasure(line, "removed"))
		},
	}
}
