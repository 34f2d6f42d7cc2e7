package desk

import (
	"context"
	"reflect"
	"slices"
	"time"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// wish is what a report looks at, which depends on the measures that there are.
type wish struct {
	effects bool // it may look at measures of effects
	looks   func(*store.Tx, *report.Facts) (idea.Look, error)
	period  idea.Period // without ends it is all days
	ends    idea.Day    // the first at whose end it tells how things stood; empty is any
}

// everything is to look at all facts.
func everything() wish {
	return wish{effects: true, looks: func(*store.Tx, *report.Facts) (idea.Look, error) { return idea.Everything, nil }}
}

// facts reads what a report looks at, of the ideas that are selected.
func (d *Desk) facts(ctx context.Context, s Selection, w wish) (f *report.Facts, rules idea.Rules, err error) {
	err = d.db.Survey(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		filter, err := d.filter(n, s)
		if err != nil {
			return err
		}
		if f, rules, err = d.outline(tx, n, filter, w.effects); err != nil {
			return err
		}
		look, err := w.looks(tx, f)
		if err != nil {
			return err
		}
		if look == 0 { // nobody knows which days it looks at
			w.period, w.ends = idea.Period{}, ""
		}
		f.Stopped = func() bool { return ctx.Err() != nil }
		return d.gather(tx, f, idea.Sought{Filter: filter, Look: look, Period: w.period, Ends: w.ends})
	})
	return f, rules, err
}

// outline is the facts without what takes time to read: they say which measures
// there are.
func (d *Desk) outline(tx *store.Tx, n names, filter idea.Filter, effects bool) (f *report.Facts, rules idea.Rules, err error) {
	all, err := tx.Rules()
	if err != nil {
		return nil, rules, err
	}
	rules = idea.ReadRules(all)
	f = &report.Facts{Today: d.Today(), Loc: d.Location(), Stages: n.stages, Units: wanted(n.units, filter), Coaches: n.coaches, SixMonths: rules.SixMonths, Narrowed: narrows(filter)}
	for _, u := range f.Units {
		if u.Employees > 0 && !u.Closed {
			f.Employers = append(f.Employers, u)
		}
	}
	if effects {
		if f.EffectMeasures, f.Undated, err = tx.EffectMeasures(filter); err != nil {
			return nil, rules, err
		}
	}
	if slices.ContainsFunc(n.stages, func(s idea.Stage) bool { return s.Removed }) {
		if f.Visited, err = tx.VisitedStages(); err != nil {
			return nil, rules, err
		}
	}
	f.Owns, err = owns(tx)
	return f, rules, err
}

// gather reads what is looked at.
func (d *Desk) gather(tx *store.Tx, f *report.Facts, s idea.Sought) error {
	f.Looked = s.Look
	if err := d.gatherFew(tx, f, s); err != nil {
		return err
	}
	s, err := tx.Narrow(s)
	if err != nil {
		return err
	}
	var tests []idea.Trial
	var effects []idea.Effect
	for _, part := range []struct {
		looks bool
		read  func() error
	}{
		{s.Look.Has(idea.LookTests), func() (err error) { tests, err = tx.TestsIn(s); return err }},
		{s.Look.Has(idea.LookEffects), func() (err error) { effects, err = tx.EffectsIn(s.Period); return err }},
		{s.Tried(), func() error { return gatherTried(tx, f, s, tests, effects) }},
		{!s.Tried(), func() error { return gatherLives(tx, f, s, d.Location()) }},
		{s.Look.Has(idea.LookHomes), func() error { return gatherHomes(tx, f) }},
		{s.Look.Has(idea.LookStages) || s.Look.Has(idea.LookBegun), func() error { return gatherVisits(tx, f, s, d.Location()) }},
		{s.Look.Has(idea.LookForced), func() error { return gatherForced(tx, f) }},
		{s.Look.Has(idea.LookDecisions) || s.Look.Has(idea.LookToTest), func() error { return gatherDecisions(tx, f, s) }},
		{s.Look.Has(idea.LookFirst), func() (err error) { f.FirstIdea, err = tx.FirstIdeas(s); return err }},
	} {
		if part.looks {
			if err := part.read(); err != nil {
				return err
			}
		}
	}
	gatherTests(f, tests, d.Location())
	gatherEffects(f, effects)
	return nil
}

// gatherFew reads what there is little of.
func (d *Desk) gatherFew(tx *store.Tx, f *report.Facts, s idea.Sought) error {
	p, err := d.promise(tx)
	if err != nil {
		return err
	}
	if p.days > 0 {
		f.Promise = p.of
	}
	if f.Dawn, err = tx.Dawn(); err != nil {
		return err
	}
	if s.Look.Has(idea.LookActivities) {
		if f.Activities, err = tx.Activities(idea.ActivityFilter{Units: s.Units, Period: s.Period}); err != nil {
			return err
		}
	}
	f.Networks, err = tx.Networks()
	return err
}

func gatherLives(tx *store.Tx, f *report.Facts, s idea.Sought, loc *time.Location) error {
	days := dayReader(loc)
	return tx.Lives(s, func(l idea.Life) {
		one := &report.Life{Life: l}
		if l.FirstNote != 0 {
			one.Noted = days(l.FirstNote)
		}
		f.Ideas = append(f.Ideas, one)
	})
}

// gatherTried takes the ideas that have tests or effects, without reading them.
func gatherTried(tx *store.Tx, f *report.Facts, s idea.Sought, tests []idea.Trial, effects []idea.Effect) error {
	numbers := make([]int64, 0, len(tests)+len(effects))
	for _, t := range tests {
		numbers = append(numbers, t.Idea)
	}
	for _, e := range effects {
		numbers = append(numbers, e.Idea)
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	lives := make([]report.Life, len(numbers))
	f.Ideas = make([]*report.Life, len(numbers))
	for k, n := range numbers {
		lives[k].Number = n
		f.Ideas[k] = &lives[k]
	}
	if !s.Look.Has(idea.LookBegun) {
		return nil
	}
	return tx.ReceivedUndated(func(number int64, day idea.Day) {
		if l := f.Life(number); l != nil {
			l.Received = day
		}
	})
}

func gatherHomes(tx *store.Tx, f *report.Facts) error {
	homes, err := tx.Homes()
	for _, l := range f.Ideas {
		for _, g := range l.Givers {
			if l.Home == 0 {
				l.Home = homes[g]
			}
		}
	}
	return err
}

// room is for how many visits room is made at a time.
const room = 4096

func gatherVisits(tx *store.Tx, f *report.Facts, s idea.Sought, loc *time.Location) error {
	stages := map[idea.StageKey]*idea.Stage{}
	for k := range f.Stages {
		stages[f.Stages[k].Key] = &f.Stages[k]
	}
	days := dayReader(loc)
	among := f.InOrder()
	var free []report.Visit
	return tx.Arrivals(s, func(number int64, arrivals []idea.Arrival) {
		l := among(number)
		if l == nil {
			return
		}
		if len(free) < len(arrivals) {
			free = make([]report.Visit, max(room, len(arrivals)))
		}
		l.Visits, free = free[:len(arrivals):len(arrivals)], free[len(arrivals):]
		for k, a := range arrivals {
			l.Visits[k] = report.Visit{Stage: stages[a.Stage], Day: days(a.At)}
		}
		l.Straighten()
	})
}

func gatherForced(tx *store.Tx, f *report.Facts) error {
	return tx.ForcedArrivals(func(number int64, place int) {
		if l := f.Life(number); l != nil {
			l.Visits[place].Forced = true
		}
	})
}

func gatherDecisions(tx *store.Tx, f *report.Facts, s idea.Sought) error {
	return tx.DecidedOn(s, func(d idea.Decision) {
		if l := f.Life(d.Idea); l != nil {
			l.Decisions = append(l.Decisions, d)
		}
	})
}

// gatherTests takes the tests of the ideas that were read.
func gatherTests(f *report.Facts, tests []idea.Trial, loc *time.Location) {
	days, among := dayReader(loc), f.InOrder()
	f.Tests = make([]report.Test, 0, len(tests))
	for k := range tests {
		t := &tests[k]
		l := among(t.Idea)
		if l == nil {
			continue
		}
		one := report.Test{Test: &t.Test, Life: l}
		if t.Planned != 0 {
			one.Planned = days(t.Planned)
		}
		f.Tests = append(f.Tests, one)
	}
}

// gatherEffects takes the effects of the ideas that were read. One without a day
// begins when its idea is realised, so that idea must be there.
func gatherEffects(f *report.Facts, effects []idea.Effect) {
	among := f.InOrder()
	for _, e := range effects {
		if l := among(e.Idea); l != nil && (e.From != "" || len(l.Visits) > 0) {
			f.Effects = append(f.Effects, report.Effect{Effect: e, Life: l})
		}
	}
}

func dayAt(ms int64, loc *time.Location) idea.Day { return idea.DayOf(time.UnixMilli(ms).In(loc)) }

// dayReader is dayAt for many instants, of which many lie between the same two
// midnights in UTC: then they lie on one day, or on two that a midnight parts.
func dayReader(loc *time.Location) func(ms int64) idea.Day {
	known := map[int64]aroundMidnight{}
	return func(ms int64) idea.Day {
		utc := ms / msOfDay
		if ms%msOfDay < 0 {
			utc--
		}
		days, found := known[utc]
		if !found {
			days = midnightIn(utc, loc)
			known[utc] = days
		}
		if ms < days.midnight {
			return days.before
		}
		return days.after
	}
}

const msOfDay = 24 * 60 * 60 * 1000

// aroundMidnight is two days and the instant at which the second begins, in
// milliseconds since 1970.
type aroundMidnight struct {
	midnight      int64
	before, after idea.Day
}

// midnightIn is the days in loc that have something of a day in UTC. No place is
// a whole day away from it.
func midnightIn(utc int64, loc *time.Location) aroundMidnight {
	last := dayAt(utc*msOfDay+msOfDay-1, loc)
	return aroundMidnight{midnight: last.Time(loc).UnixMilli(), before: dayAt(utc*msOfDay, loc), after: last}
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
