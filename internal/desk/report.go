package desk

import (
	"context"
	"slices"
	"time"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// whole stands for the open ends of a period.
var whole = idea.Period{From: "0001-01-01", To: "9999-12-31"}

// Funnel follows the ideas that were received in a period.
func (d *Desk) Funnel(ctx context.Context, p idea.Period, s Selection) (f report.Funnel, err error) {
	s.Received = s.Received.And(p)
	err = d.report(ctx, s, func(tx *store.Tx, n names, filter idea.Filter) error {
		received, err := tx.Count(filter)
		if err != nil {
			return err
		}
		far, err := tx.Reached(filter)
		if err != nil {
			return err
		}
		f = report.NewFunnel(d.head(s.Received), n.stages, received, far)
		if f.Forced, err = tx.Forced(filter); err != nil {
			return err
		}
		f.Merged, err = merged(tx, filter)
		return err
	})
	return f, err
}

// Time tells how long things took that ended in a period.
func (d *Desk) Time(ctx context.Context, p idea.Period, s Selection) (t report.Time, err error) {
	err = d.report(ctx, s, func(tx *store.Tx, n names, filter idea.Filter) error {
		answers, err := tx.AnswerDays(all(filter), p)
		if err != nil {
			return err
		}
		since, _ := d.instants(p)
		t, err = report.NewTime(d.head(p), n.stages, d.Location(), tx.Entries(filter, since), answers)
		if err != nil {
			return err
		}
		t.Merged, err = merged(tx, filter)
		return err
	})
	return t, err
}

// UnitReport tells which units gave and took on ideas.
func (d *Desk) UnitReport(ctx context.Context, p idea.Period, s Selection) (u report.Units, err error) {
	err = d.report(ctx, s, func(tx *store.Tx, n names, filter idea.Filter) error {
		from, to := d.instants(p)
		counts, err := tx.UnitCounts(filter, closedEnds(p), from, to)
		if err != nil {
			return err
		}
		u = report.NewUnits(d.head(p), n.stages, wanted(n.units, filter), counts)
		filter.Received = filter.Received.And(p)
		u.Merged, err = merged(tx, filter)
		return err
	})
	return u, err
}

// wanted is the units that a filter asks for.
func wanted(units []idea.Unit, f idea.Filter) []idea.Unit {
	if len(f.Units) == 0 {
		return units
	}
	return slices.DeleteFunc(slices.Clone(units), func(u idea.Unit) bool { return !slices.Contains(f.Units, u.ID) })
}

func (d *Desk) report(ctx context.Context, s Selection, measure func(*store.Tx, names, idea.Filter) error) error {
	return d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		filter, err := d.filter(n, s)
		if err != nil {
			return err
		}
		filter.Own = true
		return measure(tx, n, filter)
	})
}

// all is a filter that takes merged ideas too: their givers were answered.
func all(f idea.Filter) idea.Filter {
	f.Own = false
	return f
}

// merged counts the ideas that a filter would select if they were not merged
// into others. Reports count them with those.
func merged(tx *store.Tx, f idea.Filter) (int, error) {
	return tx.CountMerged(all(f))
}

func (d *Desk) head(p idea.Period) report.Head { return report.Head{Period: p, AsOf: d.Today()} }

func closedEnds(p idea.Period) idea.Period {
	if p.From == "" {
		p.From = whole.From
	}
	if p.To == "" {
		p.To = whole.To
	}
	return p
}

// instants is when a period begins and ends, where the coach is.
func (d *Desk) instants(p idea.Period) (from, to time.Time) {
	p = closedEnds(p)
	return p.From.Time(d.Location()), p.To.Time(d.Location())
}
