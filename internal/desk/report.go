package desk

import (
	"context"
	"reflect"
	"strings"
	"time"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// ReportInput says which report is wanted.
type ReportInput struct {
	Name report.Name
	report.Options
	Selection
	People bool // small counts of people are shown
}

// Report makes a report.
func (d *Desk) Report(ctx context.Context, in ReportInput) (report.Report, error) {
	return d.measured(ctx, in, func(f *report.Facts) (report.Report, error) { return report.New(f, in.Name, in.Options), nil })
}

// Trend makes a report of measures, or of the reports of that name, over the
// parts of a period. It returns NotFound for a measure that there is not.
func (d *Desk) Trend(ctx context.Context, words []string, in ReportInput) (r report.Report, err error) {
	return d.measured(ctx, in, func(f *report.Facts) (report.Report, error) {
		measures, err := report.Wanted(f, words)
		if err != nil {
			return r, err
		}
		return report.Of(f, report.Trend, measures, in.Options), nil
	})
}

// Explained is a figure with what it is made of.
type Explained struct {
	report.Head
	report.Figure
	Group  string
	Lines  []ItemLine
	Spoken []report.Figure // of the measures that its formula speaks of
}

// ItemLine is one thing that a figure is made of. Number and Title are those of
// the idea that it belongs to, if there is one.
type ItemLine struct {
	report.Item
	Number int64
	Title  string
	What   string // a test, an effect, an activity, a unit, a giver with people
}

// Explain counts one measure and tells of which things, or of which
// other measures, it is made. Group is one
// of in.By; empty is all. It returns NotFound for an unknown measure or group.
func (d *Desk) Explain(ctx context.Context, id, group string, in ReportInput) (x Explained, err error) {
	var facts *report.Facts
	r, err := d.measured(ctx, in, func(f *report.Facts) (report.Report, error) {
		facts = f
		m, err := report.Find(f, id)
		if err != nil {
			return report.Report{}, err
		}
		return report.Of(f, report.Explain, append([]report.Measure{m}, report.Spoken(f, m)...), in.Options), nil
	})
	if err != nil {
		return x, err
	}
	x.Head, x.Group = r.Head, group
	figures, err := r.Pick(group)
	if err != nil {
		return x, err
	}
	x.Figure, x.Spoken = figures[0], figures[1:]
	return x, d.db.View(ctx, func(tx *store.Tx) error {
		x.Lines, err = itemLines(tx, facts, x.Figure, in.People)
		return err
	})
}

func (d *Desk) measured(ctx context.Context, in ReportInput, make func(*report.Facts) (report.Report, error)) (r report.Report, err error) {
	f, rules, err := d.facts(ctx, in.Selection)
	if err != nil {
		return r, err
	}
	if r, err = make(f); err == nil && !in.People {
		report.Suppress(&r, rules.LeastPeople)
	}
	return r, err
}

// itemLines says what the items of a figure are called.
func itemLines(tx *store.Tx, f *report.Facts, x report.Figure, people bool) ([]ItemLine, error) {
	tell, err := teller(tx, f, x, people)
	if err != nil {
		return nil, err
	}
	lines := make([]ItemLine, len(x.Items))
	for k, i := range x.Items {
		lines[k] = ItemLine{Item: i}
		tell(&lines[k])
	}
	return lines, nil
}

func teller(tx *store.Tx, f *report.Facts, x report.Figure, people bool) (func(*ItemLine), error) {
	ofIdea := func(line *ItemLine, l *report.Life) { line.Number, line.Title = l.Number, l.Title }
	switch x.Measure.Subject {
	case idea.ATest:
		tests := byID(f.Tests, func(t report.Test) int64 { return t.ID })
		return func(line *ItemLine) { ofIdea(line, tests[line.ID].Life); line.What = tests[line.ID].Belief }, nil
	case idea.AnEffect:
		effects := byID(f.Effects, func(e report.Effect) int64 { return e.ID })
		return func(line *ItemLine) { ofIdea(line, effects[line.ID].Life); line.What = effects[line.ID].Measure }, nil
	case idea.AnActivity:
		activities := byID(f.Activities, func(a idea.Activity) int64 { return a.ID })
		return func(line *ItemLine) { line.What = activities[line.ID].Title }, nil
	case idea.AUnit:
		units := byID(f.Units, func(u idea.Unit) int64 { return u.ID })
		return func(line *ItemLine) { line.What = units[line.ID].Name }, nil
	case idea.AValue:
		values := map[int64]idea.MeasureValue{}
		for _, o := range f.Owns {
			for _, v := range o.Values {
				values[v.ID] = v
			}
		}
		return func(line *ItemLine) {
			line.What = strings.TrimSpace(string(values[line.ID].On) + " " + values[line.ID].Note)
		}, nil
	case idea.AGiver:
		if !people {
			return func(*ItemLine) {}, nil
		}
		givers, err := giversOf(tx, x.Items)
		return func(line *ItemLine) { line.What = givers[line.ID].Name }, err
	}
	lives := byID(f.Ideas, func(l *report.Life) int64 { return l.Number })
	return func(line *ItemLine) { ofIdea(line, lives[line.ID]) }, nil
}

func giversOf(tx *store.Tx, items []report.Item) (map[int64]idea.Giver, error) {
	ids := make([]int64, len(items))
	for k, i := range items {
		ids[k] = i.ID
	}
	if len(ids) == 0 {
		return nil, nil
	}
	all, err := tx.Givers(ids...)
	return byID(all, func(g idea.Giver) int64 { return g.ID }), err
}

func byID[T any](all []T, id func(T) int64) map[int64]T {
	out := make(map[int64]T, len(all))
	for _, one := range all {
		out[id(one)] = one
	}
	return out
}

// Measures lists every measure, without looking at any idea.
func (d *Desk) Measures(ctx context.Context) ([]report.Measure, error) {
	f, _, err := d.facts(ctx, Selection{Numbers: []int64{0}})
	if err != nil {
		return nil, err
	}
	return report.Measures(f), nil
}

func (d *Desk) facts(ctx context.Context, s Selection) (f *report.Facts, rules idea.Rules, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		filter, err := d.filter(n, s)
		if err != nil {
			return err
		}
		all, err := tx.Rules()
		if err != nil {
			return err
		}
		rules = idea.ReadRules(all)
		f, err = d.gather(tx, n, filter, rules)
		return err
	})
	return f, rules, err
}

func (d *Desk) gather(tx *store.Tx, n names, filter idea.Filter, rules idea.Rules) (*report.Facts, error) {
	f := &report.Facts{Today: d.Today(), Loc: d.Location(), Stages: n.stages, Units: wanted(n.units, filter), Coaches: n.coaches, SixMonths: rules.SixMonths, Narrowed: narrows(filter)}
	p, err := d.promise(tx)
	if err != nil {
		return nil, err
	}
	if p.days > 0 {
		f.Promise = p.of
	}
	for _, read := range []func() error{
		func() error { return gatherLives(tx, f, filter, d.Location()) },
		func() error { return gatherWork(tx, f, d.Location()) },
		func() (err error) { f.Networks, err = tx.Networks(); return err },
		func() (err error) { f.FirstIdea, err = tx.FirstIdeas(); return err },
		func() (err error) { f.Owns, err = owns(tx); return err },
		func() (err error) {
			f.Activities, err = tx.Activities(idea.ActivityFilter{Units: filter.Units})
			return err
		},
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	for _, u := range f.Units {
		if u.Employees > 0 && !u.Closed {
			f.Employers = append(f.Employers, u)
		}
	}
	return f, nil
}

// gatherLives reads the ideas of a filter with what has happened to them.
func gatherLives(tx *store.Tx, f *report.Facts, filter idea.Filter, loc *time.Location) error {
	lives := map[int64]*report.Life{}
	homes, err := tx.Homes()
	if err != nil {
		return err
	}
	err = tx.Lives(filter, func(l idea.Life) {
		one := &report.Life{Life: l}
		for _, g := range l.Givers {
			if one.Home == 0 {
				one.Home = homes[g]
			}
		}
		lives[l.Number] = one
		f.Ideas = append(f.Ideas, one)
	})
	if err != nil {
		return err
	}
	if len(lives) == 0 {
		return nil
	}
	if err := gatherVisits(tx, f, lives, loc); err != nil {
		return err
	}
	notes, err := tx.FirstNotes()
	if err != nil {
		return err
	}
	for number, at := range notes {
		if l := lives[number]; l != nil {
			l.Noted = dayAt(at, loc)
		}
	}
	decisions, err := tx.Decisions()
	for _, one := range decisions {
		if l := lives[one.Idea]; l != nil {
			l.Decisions = append(l.Decisions, one)
		}
	}
	return err
}

func gatherVisits(tx *store.Tx, f *report.Facts, lives map[int64]*report.Life, loc *time.Location) error {
	stages := map[idea.StageKey]*idea.Stage{}
	for k := range f.Stages {
		stages[f.Stages[k].Key] = &f.Stages[k]
	}
	forced, err := tx.ForcedEntries()
	if err != nil {
		return err
	}
	days := dayReader(loc)
	return tx.Entries(func(event, number int64, stage idea.StageKey, at int64) {
		if l := lives[number]; l != nil {
			l.Enter(stages[stage], days(at), forced[event])
		}
	})
}

func gatherWork(tx *store.Tx, f *report.Facts, loc *time.Location) error {
	lives := map[int64]*report.Life{}
	for _, l := range f.Ideas {
		lives[l.Number] = l
	}
	tests, err := tx.Tests(false)
	if err != nil {
		return err
	}
	planned, err := tx.Added(idea.ATest)
	if err != nil {
		return err
	}
	for _, t := range tests {
		if l := lives[t.Idea]; l != nil {
			f.Tests = append(f.Tests, report.Test{Test: t, Life: l, Planned: dayAt(planned[t.ID], loc)})
		}
	}
	effects, err := tx.Effects()
	for _, e := range effects {
		if l := lives[e.Idea]; l != nil {
			f.Effects = append(f.Effects, report.Effect{Effect: e, Life: l})
		}
	}
	return err
}

func dayAt(ms int64, loc *time.Location) idea.Day { return idea.DayOf(time.UnixMilli(ms).In(loc)) }

// dayReader is dayAt for many instants, of which most lie on days that have
// been seen: writing out a day costs more than all else.
func dayReader(loc *time.Location) func(ms int64) idea.Day {
	days := map[int]idea.Day{}
	return func(ms int64) idea.Day {
		t := time.UnixMilli(ms).In(loc)
		number := idea.DayNumber(t)
		day, known := days[number]
		if !known {
			day = idea.DayOf(t)
			days[number] = day
		}
		return day
	}
}

// narrows tells whether a filter leaves some ideas out.
func narrows(f idea.Filter) bool {
	f.Open = false
	return !reflect.ValueOf(f).IsZero()
}

// wanted is the units that a filter asks for.
func wanted(units []idea.Unit, f idea.Filter) (out []idea.Unit) {
	for _, u := range units {
		if len(f.Units) == 0 || containsID(f.Units, u.ID) {
			out = append(out, u)
		}
	}
	return out
}

func containsID(all []int64, id int64) bool {
	for _, one := range all {
		if one == id {
			return true
		}
	}
	return false
}
