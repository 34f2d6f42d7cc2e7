package desk

import (
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// TargetLine is a target with its measure; Measure is nil when there is no such
// measure any more.
type TargetLine struct {
	idea.Target
	Measure *report.Measure
	Was     idea.Amount // the goal that this one took the place of
}

// Targets gives all targets, the newest period first.
func (d *Desk) Targets(ctx context.Context) (lines []TargetLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		if err != nil {
			return err
		}
		targets, err := tx.Targets()
		for _, t := range targets {
			lines = append(lines, targetLine(f, t))
		}
		return err
	})
	return lines, err
}

func targetLine(f *report.Facts, t idea.Target) TargetLine {
	line := TargetLine{Target: t}
	if m, err := report.Find(f, t.Measure); err == nil {
		line.Measure = &m
	}
	return line
}

// SetTarget sets the goal of a measure for a period, which must have both ends,
// in place of another for the same period.
func (d *Desk) SetTarget(ctx context.Context, id, goal string, p idea.Period) (line TargetLine, err error) {
	if p.From == "" || p.To == "" {
		return line, idea.Errorf(idea.Usage, "a target needs a period with both ends").WithHint("say it with --period, such as --period 2026")
	}
	err = d.update(ctx, "target set", func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		if err != nil {
			return err
		}
		m, err := report.Find(f, id)
		if err != nil {
			return err
		}
		t := idea.Target{Measure: id, From: p.From, Through: p.To.Add(-1)}
		if t.Goal, err = m.FindGoal(goal); err != nil {
			return err
		}
		line = TargetLine{Target: t, Measure: &m}
		return line.keep(tx)
	})
	return line, err
}

func (l *TargetLine) keep(tx *store.Tx) error {
	all, err := tx.Targets()
	if err != nil {
		return err
	}
	k := slices.IndexFunc(all, func(t idea.Target) bool {
		return t.Measure == l.Target.Measure && t.From == l.From && t.Through == l.Through
	})
	if k < 0 {
		l.ID, err = tx.Add(idea.ATarget, l.Fields())
		return err
	}
	l.ID, l.Was = all[k].ID, all[k].Goal
	return recordField(tx, idea.ATarget, l.ID, idea.FieldGoal, string(l.Was), string(l.Goal))
}

// RemoveTarget takes the target of a measure for a period away, or its only one
// when p is all time. It returns NotFound if there is none, and Usage if there
// are several to choose from.
func (d *Desk) RemoveTarget(ctx context.Context, id string, p idea.Period) (line TargetLine, err error) {
	err = d.update(ctx, "target remove", func(tx *store.Tx) error {
		f, err := d.measurable(tx)
		if err != nil {
			return err
		}
		all, err := tx.Targets()
		if err != nil {
			return err
		}
		t, err := pickTarget(f, all, id, p)
		if err != nil {
			return err
		}
		line = targetLine(f, t)
		return tx.Remove(idea.ATarget, t.ID)
	})
	return line, err
}

func pickTarget(f *report.Facts, all []idea.Target, id string, p idea.Period) (idea.Target, error) {
	var own, fit []idea.Target
	for _, t := range all {
		if t.Measure != id {
			continue
		}
		own = append(own, t)
		if p == (idea.Period{}) || t.Period() == p {
			fit = append(fit, t)
		}
	}
	switch {
	case len(fit) == 1:
		return fit[0], nil
	case len(fit) > 1:
		return idea.Target{}, idea.Errorf(idea.Usage, "%s has %d targets", id, len(fit)).WithHint("say which with --period %s", spanOf(fit[0]))
	case len(own) > 0:
		return idea.Target{}, idea.Errorf(idea.NotFound, "%s has no target for that period", id).WithHint("it has one for %s", spanOf(own[0]))
	}
	if _, err := report.Find(f, id); err != nil {
		return idea.Target{}, err
	}
	return idea.Target{}, idea.Errorf(idea.NotFound, "%s has no target", id).WithHint("sluss target list shows the targets")
}

// FollowedTargets is targets with what has come of them on a day.
type FollowedTargets struct {
	AsOf    idea.Day
	Period  idea.Period
	Targets []report.Progress
}

// FollowTargets tells what has come of the targets whose periods share a day with
// p. Small counts of people are kept back unless people are shown.
func (d *Desk) FollowTargets(ctx context.Context, p idea.Period, people bool) (out FollowedTargets, err error) {
	f, rules, err := d.facts(ctx, Selection{}, wish{effects: true, looks: func(tx *store.Tx, f *report.Facts) (idea.Look, error) {
		targets, err := targetsIn(tx, p)
		look := idea.LookNowhere
		for _, t := range targets {
			if m, err := report.Find(f, t.Measure); err == nil { // else there is no such measure any more
				look = look.And(m.Looks)
			}
		}
		return look, err
	}})
	if err != nil {
		return out, err
	}
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = followTargets(tx, f, p, leastShown(rules, people))
		return err
	})
	return out, err
}

func followTargets(tx *store.Tx, f *report.Facts, p idea.Period, least int) (FollowedTargets, error) {
	targets, err := targetsIn(tx, p)
	return FollowedTargets{AsOf: f.Today, Period: p, Targets: report.Follow(f, targets, least)}, err
}

// targetsIn gives the targets whose periods share a day with p.
func targetsIn(tx *store.Tx, p idea.Period) (targets []idea.Target, err error) {
	all, err := tx.Targets()
	for _, t := range all {
		if shared := p.And(t.Period()); shared.To == "" || shared.From < shared.To {
			targets = append(targets, t)
		}
	}
	return targets, err
}

// leastShown is the smallest count of people that is shown; 0 is all.
func leastShown(r idea.Rules, people bool) int {
	if people {
		return 0
	}
	return r.LeastPeople
}
