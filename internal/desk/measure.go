package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// MeasureLine is a measure of the coaches with what hangs on it.
type MeasureLine struct {
	report.Own
	Formulas []string // own measures whose formulas speak of it
	Targets  int
}

// OwnMeasures gives the measures that the coaches have defined, by their keys.
func (d *Desk) OwnMeasures(ctx context.Context) (lines []MeasureLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		lines, err = measureLines(tx)
		return err
	})
	return lines, err
}

func measureLines(tx *store.Tx) ([]MeasureLine, error) {
	all, err := owns(tx)
	if err != nil {
		return nil, err
	}
	targets, err := tx.Targets()
	lines := make([]MeasureLine, len(all))
	for k, o := range all {
		lines[k] = MeasureLine{Own: o, Formulas: report.FormulasWith(all, o.Key)}
		for _, t := range targets {
			if t.Measure == o.Key {
				lines[k].Targets++
			}
		}
	}
	return lines, err
}

func measureLine(tx *store.Tx, key string) (MeasureLine, error) {
	lines, err := measureLines(tx)
	if err != nil {
		return MeasureLine{}, err
	}
	k := slices.IndexFunc(lines, func(l MeasureLine) bool { return l.Key == key })
	return lines[k], nil
}

// owns reads the measures of the coaches with their values.
func owns(tx *store.Tx) ([]report.Own, error) {
	all, err := tx.OwnMeasures()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	values, err := tx.MeasureValues()
	of := map[int64][]idea.MeasureValue{}
	for _, v := range values {
		of[v.Measure] = append(of[v.Measure], v)
	}
	out := make([]report.Own, len(all))
	for k, m := range all {
		out[k] = report.Own{OwnMeasure: m, Values: of[m.ID]}
	}
	return out, err
}

// measurable is the facts that say which measures there are, without ideas.
func (d *Desk) measurable(tx *store.Tx) (*report.Facts, error) {
	n, err := load(tx)
	if err != nil {
		return nil, err
	}
	f, _, err := d.outline(tx, n, idea.Filter{}, true)
	return f, err
}

// findOwn gives a measure of the coaches. It returns NotFound for any other, and
// Refused for one of the program.
func findOwn(f *report.Facts, key string) (report.Own, error) {
	var known []string
	for _, o := range f.Owns {
		if o.Key == key {
			return o, nil
		}
		known = append(known, o.Key)
	}
	if _, err := report.Find(f, key); err == nil {
		return report.Own{}, idea.Errorf(idea.Refused, "%s is counted by sluss itself", key).
			WithHint("sluss report explain %s tells how, and sluss report trend %s shows it over time", key, key)
	}
	return report.Own{}, idea.Unknown("measure", key, known)
}

// DefineMeasure adds a measure of the coaches. It returns Refused for a key that
// is taken, and what is wrong with its formula.
func (d *Desk) DefineMeasure(ctx context.Context, m idea.OwnMeasure) (line MeasureLine, err error) {
	if m, err = m.Clean(); err != nil {
		return line, err
	}
	err = d.update(ctx, "measure define", func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		if err != nil {
			return err
		}
		if _, err := findOwn(f, m.Key); err == nil {
			return idea.Errorf(idea.Refused, "there is already a %s %q", idea.Word("measure"), m.Key).WithHint("sluss measure edit %s changes it", m.Key)
		}
		if err := report.CheckNew(f, m); err != nil {
			return err
		}
		if _, err := tx.Add(idea.AMeasure, m.Fields()); err != nil {
			return err
		}
		line, err = measureLine(tx, m.Key)
		return err
	})
	return line, err
}

// EditMeasure changes fields of a measure. It returns Refused for a formula in
// place of values that are there.
func (d *Desk) EditMeasure(ctx context.Context, key string, fields map[idea.Field]string) (MeasureLine, error) {
	return d.changeMeasure(ctx, "measure edit", key, func(tx *store.Tx, f *report.Facts, was report.Own) error {
		m, err := edited(was.OwnMeasure, fields)
		if err != nil {
			return err
		}
		if m.Formula != "" && len(was.Values) > 0 {
			return idea.Errorf(idea.Refused, "%s has recorded values, and can have no formula beside them", key).
				WithHint("define another measure, with the formula")
		}
		if err := report.CheckFormula(f, m); err != nil {
			return err
		}
		old, values := was.Fields(), m.Fields()
		for _, field := range idea.MeasureFields() {
			if err := recordField(tx, idea.AMeasure, was.ID, field, old[field], values[field]); err != nil {
				return err
			}
		}
		return nil
	})
}

// edited is a measure with some fields in other words.
func edited(m idea.OwnMeasure, fields map[idea.Field]string) (_ idea.OwnMeasure, err error) {
	for field, word := range fields {
		switch field {
		case idea.FieldNameEN:
			m.Names.EN = word
		case idea.FieldNameSV:
			m.Names.SV = word
		case idea.FieldCountedIn:
			m.CountedIn = word
		case idea.FieldFormula:
			m.Formula = word
		case idea.FieldDefinition:
			m.Definition = word
		case idea.FieldSource:
			m.Source = word
		case idea.FieldBetter:
			if m.Better, err = idea.FindBetter(word); err != nil {
				return m, err
			}
		case idea.FieldTogether:
			if m.Together, err = idea.FindTogether(word); err != nil {
				return m, err
			}
		}
	}
	if _, asked := fields[idea.FieldTogether]; !asked && strings.TrimSpace(m.Formula) != "" {
		m.Together = ""
	}
	return m.Clean()
}

// changeMeasure makes a change of a measure of the coaches.
func (d *Desk) changeMeasure(ctx context.Context, verb, key string, change func(*store.Tx, *report.Facts, report.Own) error) (line MeasureLine, err error) {
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		if err != nil {
			return err
		}
		o, err := findOwn(f, key)
		if err != nil {
			return err
		}
		if err := change(tx, f, o); err != nil {
			return err
		}
		line, err = measureLine(tx, key)
		return err
	})
	return line, err
}

// RemoveMeasure takes a measure away with its values. It returns Refused while a
// target or another formula uses it, and says which.
func (d *Desk) RemoveMeasure(ctx context.Context, key string) (line MeasureLine, err error) {
	err = d.update(ctx, "measure remove", func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		if err != nil {
			return err
		}
		o, err := findOwn(f, key)
		if err != nil {
			return err
		}
		if line, err = measureLine(tx, key); err != nil {
			return err
		}
		if err := unused(tx, line); err != nil {
			return err
		}
		for _, v := range o.Values {
			if err := tx.Remove(idea.AValue, v.ID); err != nil {
				return err
			}
		}
		return tx.Remove(idea.AMeasure, o.ID)
	})
	return line, err
}

func unused(tx *store.Tx, line MeasureLine) error {
	if len(line.Formulas) > 0 {
		return idea.Errorf(idea.Refused, "%s is in use: in the formula of %s", line.Key, strings.Join(line.Formulas, ", ")).
			WithHint("change that first: sluss measure edit %s --formula …", line.Formulas[0])
	}
	targets, err := tx.Targets()
	for _, t := range targets {
		if t.Measure == line.Key {
			return idea.Errorf(idea.Refused, "%s is in use: it has a target for %s", line.Key, spanOf(t)).
				WithHint("sluss target remove %s --period %s", line.Key, spanOf(t))
		}
	}
	return err
}

// spanOf is the period of a target as it is typed.
func spanOf(t idea.Target) string { return report.Called(t.Period()) }

// ValueInput is a value that somebody gives.
type ValueInput struct {
	Value   string
	On      idea.Day // empty is today
	Note    string
	Replace bool // in place of another value of that day
}

// ValueLine is a value of a measure, and the one that it took the place of.
type ValueLine struct {
	Measure report.Own
	idea.MeasureValue
	Was *idea.MeasureValue
}

// RecordValue keeps a value of a measure. It returns Refused for a day to come,
// for a day that has another value unless that is to be replaced, and for a
// measure with a formula.
func (d *Desk) RecordValue(ctx context.Context, key string, in ValueInput) (line ValueLine, err error) {
	v, err := d.cleanValue(in)
	if err != nil {
		return line, err
	}
	err = d.update(ctx, "measure record", func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		if err != nil {
			return err
		}
		o, err := recordable(f, key)
		if err != nil {
			return err
		}
		line.Measure = o
		line.MeasureValue, line.Was, err = keepValue(tx, o, v, in.Replace)
		return err
	})
	return line, err
}

func (d *Desk) cleanValue(in ValueInput) (v idea.MeasureValue, err error) {
	if v.On, err = d.happened(in.On); err != nil {
		return v, err
	}
	if v.Value, err = idea.FindAmount(in.Value); err != nil {
		return v, err
	}
	if v.Value == "" {
		return v, idea.Errorf(idea.Usage, "which value?").WithHint("write a number such as 40, 12.5 or 12,5, without a unit")
	}
	v.Note, err = idea.CleanText("the note", in.Note)
	return v, err
}

// recordable is a measure of the coaches that takes values.
func recordable(f *report.Facts, key string) (report.Own, error) {
	o, err := findOwn(f, key)
	if err == nil && o.Formula != "" {
		err = idea.Errorf(idea.Refused, "%s is counted by a formula and takes no values", key).WithHint("sluss measure show %s", key)
	}
	return o, err
}

// keepValue writes a value of a day, and gives the one that stood there before.
func keepValue(tx *store.Tx, o report.Own, v idea.MeasureValue, replace bool) (idea.MeasureValue, *idea.MeasureValue, error) {
	v.Measure = o.ID
	k := slices.IndexFunc(o.Values, func(other idea.MeasureValue) bool { return other.On == v.On })
	if k < 0 {
		id, err := tx.Add(idea.AValue, v.Fields())
		v.ID = id
		return v, nil, err
	}
	was := o.Values[k]
	if !replace {
		return v, nil, idea.Errorf(idea.Refused, "%s has the value %s for %s already", o.Key, was.Value, string(v.On)).
			WithHint("add --replace to put this one in its place")
	}
	v.ID = was.ID
	old, values := was.Fields(), v.Fields()
	for _, field := range []idea.Field{idea.FieldFigure, idea.FieldText} {
		if err := recordField(tx, idea.AValue, was.ID, field, old[field], values[field]); err != nil {
			return v, nil, err
		}
	}
	return v, &was, nil
}

// ForgetValues takes the values of some days away, all or none. It returns
// NotFound for a day without a value.
func (d *Desk) ForgetValues(ctx context.Context, key string, days []idea.Day) (lines []ValueLine, err error) {
	_, err = d.changeMeasure(ctx, "measure forget", key, func(tx *store.Tx, _ *report.Facts, o report.Own) error {
		for _, day := range days {
			k := slices.IndexFunc(o.Values, func(v idea.MeasureValue) bool { return v.On == day })
			if k < 0 {
				return idea.Errorf(idea.NotFound, "%s has no value for %s", key, string(day)).WithHint("sluss measure show %s lists the values", key)
			}
			if err := tx.Remove(idea.AValue, o.Values[k].ID); err != nil {
				return err
			}
			lines = append(lines, ValueLine{Measure: o, MeasureValue: o.Values[k]})
			o.Values = slices.Delete(slices.Clone(o.Values), k, k+1)
		}
		return nil
	})
	return lines, err
}

// FileValue is a value from a file.
type FileValue struct {
	Line  int
	On    idea.Day
	Value idea.Amount
	Note  string
}

// ImportedValues is what became of the values of a file. Bad rows name lines.
type ImportedValues struct {
	Measure                  report.Own
	Added, Replaced, Already int
	Bad                      []BadRow
}

// ImportValues keeps the values of a file, all or none: with bad rows it keeps
// nothing and says which. A value that is there already adds nothing; another
// one for its day is bad unless that is to be replaced.
func (d *Desk) ImportValues(ctx context.Context, key string, rows []FileValue, replace, keep bool) (out ImportedValues, err error) {
	err = d.update(ctx, "measure import", func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		if err != nil {
			return err
		}
		if out.Measure, err = recordable(f, key); err != nil {
			return err
		}
		if err := out.take(tx, d, rows, replace); err != nil {
			return err
		}
		if !keep || len(out.Bad) > 0 {
			return errRollback
		}
		return nil
	})
	if errors.Is(err, errRollback) {
		err = nil
	}
	return out, err
}

func (out *ImportedValues) take(tx *store.Tx, d *Desk, rows []FileValue, replace bool) error {
	lines, standing := map[idea.Day]int{}, map[idea.Day]idea.MeasureValue{}
	for _, v := range out.Measure.Values {
		standing[v.On] = v
	}
	for _, row := range rows {
		was, known := standing[row.On]
		same := known && was.Value == row.Value && was.Note == row.Note
		var err error
		switch _, late := d.happened(row.On); {
		case late != nil:
			err = idea.Errorf(idea.Refused, "%s is not here yet", row.On).WithHint("correct the day, or take the row away")
		case lines[row.On] > 0:
			err = idea.Errorf(idea.Refused, "%s stands already on line %d", string(row.On), lines[row.On]).WithHint("leave one of them out")
		case same:
			out.Already++
		case known && !replace:
			err = idea.Errorf(idea.Refused, "%s has the value %s for %s already", out.Measure.Key, was.Value, string(row.On)).
				WithHint("add --replace to put those of the file in place of what is there")
		}
		lines[row.On] = row.Line
		var refused *idea.Error
		if errors.As(err, &refused) {
			out.Bad = append(out.Bad, BadRow{Line: row.Line, Field: idea.FieldDay, Err: refused})
		}
		if err != nil || same {
			continue
		}
		_, replaced, err := keepValue(tx, out.Measure, idea.MeasureValue{On: row.On, Value: row.Value, Note: row.Note}, true)
		if err != nil {
			return err
		}
		if replaced != nil {
			out.Replaced++
		} else {
			out.Added++
		}
	}
	return nil
}

// ShownMeasure is a measure of the coaches with its values and figures in a
// period.
type ShownMeasure struct {
	MeasureLine
	Head   report.Head
	Figure report.Figure // of the whole period
	Parts  *report.Table // by part of the period, if that was asked for
	Inside []idea.MeasureValue
	Spoken []report.Figure // of the measures that its formula speaks of
}

// ShowMeasure counts a measure of the coaches over a period, which can be split.
// Small counts of people are kept back unless people are shown.
func (d *Desk) ShowMeasure(ctx context.Context, key string, in ReportInput) (x ShownMeasure, err error) {
	f, rules, err := d.facts(ctx, Selection{}, wish{effects: true, looks: func(_ *store.Tx, f *report.Facts) (idea.Look, error) {
		m, err := report.Find(f, key)
		return report.LooksOf(append([]report.Measure{m}, report.Spoken(f, m)...), report.Options{}), err
	}})
	if err != nil {
		return x, err
	}
	o, err := findOwn(f, key)
	if err != nil {
		return x, err
	}
	err = d.db.View(ctx, func(tx *store.Tx) error {
		x.MeasureLine, err = measureLine(tx, key)
		return err
	})
	if err != nil {
		return x, err
	}
	m, err := report.Find(f, key)
	if err != nil {
		return x, err
	}
	count := func(by report.By, p idea.Period, measures ...report.Measure) report.Report {
		r := report.Of(f, report.Explain, measures, report.Options{Period: p, By: by})
		if !in.People {
			report.Suppress(&r, rules.LeastPeople)
		}
		return r
	}
	whole := count(report.ByNothing, in.Period, append([]report.Measure{m}, report.Spoken(f, m)...)...)
	figures := whole.Tables[0].Figures[0]
	x.Head, x.Figure, x.Spoken = whole.Head, figures[0], figures[1:]
	for _, v := range o.Values {
		if in.Period.Has(v.On) && v.On <= f.Today {
			x.Inside = append(x.Inside, v)
		}
	}
	if in.By != report.ByNothing {
		p := in.Period
		if p.From == "" && len(x.Inside) > 0 {
			p.From = x.Inside[0].On
		}
		x.Parts = &count(in.By, p, m).Tables[0]
	}
	return x, nil
}

// aboutMeasures names what an event about measures and targets speaks of.
func (l *EventLine) aboutMeasures(tx *store.Tx) error {
	switch l.Subject {
	case idea.AValue:
		v, err := tx.MeasureValue(l.ID)
		if err != nil {
			return err
		}
		key, err := tx.MeasureCalled(v.Measure)
		l.Thing = idea.Say("%s %s", key, string(v.On))
		if err == nil && l.Field == idea.FieldSelf {
			v.Value, err = l.then(tx, idea.FieldFigure, v.Value)
			l.What = idea.Say("%s", v.Value)
		}
		return err
	case idea.ATarget:
		t, err := tx.Target(l.ID)
		l.Thing = idea.Say("%s %s", t.Measure, spanOf(t))
		if err == nil && l.Field == idea.FieldSelf {
			t.Goal, err = l.then(tx, idea.FieldGoal, t.Goal)
			l.What = idea.Say("%s", t.Goal)
		}
		return err
	}
	key, err := tx.MeasureCalled(l.ID)
	l.Thing = idea.Say("%s", key)
	return err
}

// then is what a field held right after the event, if it is now what it is.
func (l *EventLine) then(tx *store.Tx, f idea.Field, now idea.Amount) (idea.Amount, error) {
	old, changed, err := tx.ChangedAfter(l.Event, f)
	if changed {
		now = idea.Amount(old)
	}
	return now, err
}

// checkMeasures refuses an undo that would leave a formula or a target without
// its measure, a formula that leads back to itself, or one beside values.
func (d *Desk) checkMeasures(tx *store.Tx, c idea.Command) error {
	about := []idea.Subject{idea.AMeasure, idea.AValue, idea.ATarget}
	if !slices.ContainsFunc(c.Events, func(e idea.Event) bool { return slices.Contains(about, e.Subject) }) {
		return nil
	}
	f, err := d.measurable(tx)
	if err != nil {
		return err
	}
	for _, o := range f.Owns {
		if o.Formula != "" && len(o.Values) > 0 {
			return idea.Errorf(idea.Refused, "command %d cannot be undone: %s would have a formula beside recorded values", c.Number, o.Key).
				WithHint("sluss log shows what has been done since")
		}
		if err := report.CheckFormula(f, o.OwnMeasure); err != nil {
			return idea.Errorf(idea.Refused, "command %d cannot be undone: the formula of %s needs what it did", c.Number, o.Key).
				WithHint("sluss log shows what has been done since").Because(err)
		}
	}
	targets, err := tx.Targets()
	if err != nil {
		return err
	}
	for _, t := range targets {
		if _, err := report.Find(f, t.Measure); err != nil {
			return idea.Errorf(idea.Refused, "command %d cannot be undone: the measure %s would be gone while it has a target for %s", c.Number, t.Measure, spanOf(t)).
				WithHint("sluss log shows what has been done since").Because(err)
		}
	}
	return nil
}
