package desk

import (
	"context"
	"math"
	"slices"
	"strings"

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
	if in.Name == report.AgingOf && len(in.Stages) > 0 {
		return d.agingIn(ctx, in)
	}
	looks := wish{effects: in.Name == report.EffectsOf, looks: func(_ *store.Tx, f *report.Facts) (idea.Look, error) {
		return report.Looks(f, in.Name, in.Options), nil
	}}
	return d.measured(ctx, in, looks, func(f *report.Facts) (report.Report, error) { return report.New(f, in.Name, in.Options), nil })
}

// agingIn is the aging of what stands in some stages, against all that ever stood
// there: most of that stands elsewhere now.
func (d *Desk) agingIn(ctx context.Context, in ReportInput) (r report.Report, err error) {
	var filter idea.Filter
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err == nil {
			filter, err = d.filter(n, Selection{Stages: in.Stages})
		}
		return err
	})
	if err != nil {
		return r, err
	}
	in.Stages = nil
	r, err = d.Report(ctx, in)
	r.Aging = slices.DeleteFunc(r.Aging, func(a report.Aging) bool { return !slices.Contains(filter.Stages, a.Stage.Key) })
	return r, err
}

// Trend makes a report of measures, or of the reports of that name, over the
// parts of a period. It returns NotFound for a measure that there is not.
func (d *Desk) Trend(ctx context.Context, words []string, in ReportInput) (r report.Report, err error) {
	looks := wish{effects: true, looks: func(_ *store.Tx, f *report.Facts) (idea.Look, error) {
		measures, err := report.Wanted(f, words)
		return report.LooksOf(measures, in.Options), err
	}}
	return d.measured(ctx, in, looks, func(f *report.Facts) (report.Report, error) {
		measures, err := report.Wanted(f, words)
		return report.Of(f, report.Trend, measures, in.Options), err
	})
}

// Explained is a figure with what it is made of.
type Explained struct {
	report.Head
	report.Figure
	Group  report.Group
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
// other measures, it is made. Group is one of in.By, by its key or by what it is
// called; empty is all. It returns NotFound for an unknown measure or group.
func (d *Desk) Explain(ctx context.Context, id, group string, called func(idea.Text) string, in ReportInput) (x Explained, err error) {
	var facts *report.Facts
	explained := func(f *report.Facts) ([]report.Measure, error) {
		m, err := report.Find(f, id)
		return append([]report.Measure{m}, report.Spoken(f, m)...), err
	}
	looks := wish{effects: true, looks: func(_ *store.Tx, f *report.Facts) (idea.Look, error) {
		measures, err := explained(f)
		looks := report.LooksOf(measures, in.Options).And(idea.LookTitles)
		if group != "" && !in.By.Times() { // a group may be one of other ideas, and this figure 0
			looks = looks.And(idea.LookIdeas)
		}
		return looks, err
	}}
	r, err := d.measured(ctx, in, looks, func(f *report.Facts) (report.Report, error) {
		facts = f
		measures, err := explained(f)
		if err != nil {
			return report.Report{}, err
		}
		return report.Of(f, report.Explain, measures, in.Options), nil
	})
	if err != nil {
		return x, err
	}
	x.Head = r.Head
	var figures []report.Figure
	x.Group, figures, err = r.Pick(group, called)
	if err != nil {
		return x, err
	}
	x.Figure, x.Spoken = figures[0], figures[1:]
	return x, d.db.View(ctx, func(tx *store.Tx) error {
		if x.Lines, err = itemLines(tx, facts, x.Figure, in.People); err != nil || in.People || !x.Measure.People {
			return err
		}
		least, err := leastPeople(tx)
		hideFew(x.Lines, least)
		return err
	})
}

// hideFew takes the numbers of people out of lines if any is smaller than least:
// together with the others and their sum it could be told.
func hideFew(lines []ItemLine, least int) {
	if slices.ContainsFunc(lines, func(l ItemLine) bool { return 0 < l.Value && l.Value < float64(least) }) {
		for k := range lines {
			lines[k].Value = math.NaN()
		}
	}
}

func (d *Desk) measured(ctx context.Context, in ReportInput, w wish, make func(*report.Facts) (report.Report, error)) (r report.Report, err error) {
	w.period, w.ends = in.Options.Span(d.Today()), in.Options.Ends(d.Today())
	f, rules, err := d.facts(ctx, in.Selection, w)
	if err != nil {
		return r, err
	}
	if r, err = make(f); err == nil {
		err = ctx.Err() // what was stopped is not counted to its end
	}
	r.Only = in.Selection.Flags()
	if err == nil && !in.People {
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
func (d *Desk) Measures(ctx context.Context) (all []report.Measure, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		all = report.Measures(f)
		return err
	})
	return all, err
}
