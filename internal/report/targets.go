package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/idea"
)

// Targets is the report of targets.
const Targets Name = "targets"

// Status is how far a target has come.
type Status string

// The states of a target.
const (
	NotBegun Status = "not_begun" // its period has not
	NoFigure Status = "no_figure" // there is nothing to count
	OnTheWay Status = "on_the_way"
	Behind   Status = "behind"
	Reached  Status = "reached"
	Missed   Status = "missed"
	KeptBack Status = "kept_back" // it would tell of few people
)

// Label is what people read.
func (s Status) Label() idea.Word {
	switch s {
	case NotBegun:
		return "not begun"
	case OnTheWay:
		return "on the way"
	case Behind:
		return "behind"
	case Reached:
		return "goal reached"
	case Missed:
		return "goal not reached"
	case KeptBack:
		return "kept back"
	}
	return "no figure"
}

// Progress is a target and what has come of it.
type Progress struct {
	idea.Target
	Measure *Measure // nil when there is no such measure any more
	Goal    float64
	Outcome Figure  // of the period so far
	Before  *Figure // of the whole period before; nil when there is none
	By      By      // what the parts of the period are
	Parts   []Part
	Passed  float64 // the share of the days of the period that lie before today
	Left    float64 // how much is left to the goal, 0 when it is reached; NaN without an outcome
	Status  Status
}

// Part is a part of the period of a target with its figure.
type Part struct {
	Key    string
	Figure Figure
}

// Follow tells what has come of targets. Counts of fewer people than least are
// kept back; 0 keeps nothing back.
func Follow(f *Facts, targets []idea.Target, least int) []Progress {
	known := map[string]*Measure{}
	all := Measures(f)
	for k := range all {
		known[all[k].ID()] = &all[k]
	}
	out := make([]Progress, len(targets))
	for k, t := range targets {
		out[k] = Progress{Target: t, Measure: known[t.Measure], Left: math.NaN(), Status: NoFigure}
		out[k].Goal, _ = t.Goal.Float()
		if out[k].Measure != nil {
			out[k].follow(f, least)
		}
	}
	if least > 0 {
		for k := range out {
			out[k].apart(f, out)
		}
	}
	return out
}

// apart keeps back what targets for the same people tell together and not alone:
// how the figures of their parts differ, and of periods that share days.
func (p *Progress) apart(f *Facts, all []Progress) {
	alone, told := true, false
	for k := range all {
		if other := &all[k]; other != p && p.Measure != nil && other.Measure != nil && samePeople(f.Owns, p.Measure, other.Measure) {
			shares := other.Period() != p.Period() && overlap(other.Period(), p.Period())
			alone, told = false, told || shares || other.Outcome.Hidden
		}
	}
	if alone {
		return
	}
	p.Parts, p.Before = nil, nil
	if told {
		p.Outcome.hide()
		p.Left = math.NaN()
		p.judge(f.Today)
	}
}

// samePeople tells whether two measures count people, and the same ones: they are
// one, or a formula speaks of the other or of what it speaks of.
func samePeople(owns []Own, a, b *Measure) bool {
	if !a.People || !b.People {
		return false
	}
	of := append(refs(owns, a.Key), a.ID())
	return slices.ContainsFunc(append(refs(owns, b.Key), b.ID()), func(id string) bool { return slices.Contains(of, id) })
}

func (p *Progress) follow(f *Facts, least int) {
	period := p.Period()
	count := func(o Options) Table {
		r := Of(f, Targets, []Measure{*p.Measure}, o)
		if least > 0 {
			Suppress(&r, least)
		}
		return r.Tables[0]
	}
	p.Outcome = count(Options{Period: period}).Figures[0][0]
	if before, ok := Previous(period); ok {
		p.Before = &count(Options{Period: before}).Figures[0][0]
	}
	p.By = partsOf(period)
	parts := count(Options{Period: period, By: p.By})
	for k, g := range parts.Groups {
		p.Parts = append(p.Parts, Part{g.Key, parts.Figures[k][0]})
	}
	p.Passed = min(1, max(0, float64(f.Today.Sub(period.From))/float64(period.To.Sub(period.From))))
	p.judge(f.Today)
}

// partsOf is what a period is split by: weeks up to two months, months up to
// two years, then quarters.
func partsOf(p idea.Period) By {
	switch days := p.To.Sub(p.From); {
	case days <= 62:
		return ByWeek
	case days <= 2*366:
		return ByMonth
	}
	return ByQuarter
}

// Adds tells whether the figure of a period grows as the period goes: a count or
// a sum, not a share, a time or what stands on a day.
func (m *Measure) Adds() bool {
	return !m.State && (m.Statistic == Count || m.Statistic == Sum || m.Statistic == Rate || m.Statistic == Total)
}

// judge says how far the target has come on a day. What adds up is compared with
// the part of the goal that the days before today make of the period; a share, a
// time and a formula is compared with the goal itself. What is to be low and
// adds up cannot come back from above the goal.
func (p *Progress) judge(today idea.Day) {
	period, value := p.Period(), p.Outcome.Value
	switch {
	case today < period.From:
		p.Status = NotBegun
		return
	case p.Outcome.Hidden:
		p.Status = KeptBack
		return
	case math.IsNaN(value):
		return
	}
	p.Left = p.distance(value)
	over, met := today >= period.To, p.Left == 0
	low := p.Measure.Better == Lower
	switch {
	case over && met, met && p.Measure.Adds() && !low:
		p.Status = Reached
	case over, !met && p.Measure.Adds() && low:
		p.Status = Missed
	case p.Measure.Adds():
		p.Status = way(p.Goal*p.Passed, value, low)
	default:
		p.Status = way(p.Goal, value, low)
	}
}

// way tells whether a value has come as far as it should by now.
func way(due, value float64, low bool) Status {
	if low && value > due || !low && value < due {
		return Behind
	}
	return OnTheWay
}

// distance is how far a value is from the goal; 0 when it is there. A measure
// without a direction is to come up to it.
func (p *Progress) distance(value float64) float64 {
	if p.Measure.Better == Lower {
		return max(0, value-p.Goal)
	}
	return max(0, p.Goal-value)
}

// FindGoal reads the goal of a measure: 90%, 12.5 or 12,5. Shares are kept
// between 0 and 1. It returns Usage for what the measure cannot be.
func (m *Measure) FindGoal(word string) (idea.Amount, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(word), "%")
	goal, err := idea.FindAmount(strings.TrimSpace(number))
	if err != nil {
		return "", err
	}
	value, known := goal.Float()
	if !known {
		return "", idea.Errorf(idea.Usage, "which goal?").WithHint("sluss target set %s 90 --period 2026", m.ID())
	}
	if m.In() != Percent || m.Own {
		if percent && m.Unit != "%" {
			return "", idea.Errorf(idea.Usage, "%s is not counted in percent", m.ID()).WithHint("give the goal as a number, without %")
		}
		return goal, nil
	}
	if percent {
		value = math.Round(value*1e10) / 1e12
	}
	switch {
	case !percent && value >= 1:
		return "", idea.Errorf(idea.Usage, "%s is a share: is %q percent?", m.ID(), word).WithHint("write %s%% or a number between 0 and 1", string(goal))
	case value < 0 || value > 1:
		return "", idea.Errorf(idea.Usage, "%q is no share between 0%% and 100%%", word).WithHint("write it as 90% or 0.9")
	}
	return idea.Amount(strconv.FormatFloat(value, 'f', -1, 64)), nil
}

// Called is what a period is called as people type it: 2026, 2026-q3, 2026-11,
// 2026-W48 or its first and last day, or its only one.
func Called(p idea.Period) string {
	for _, b := range []By{ByYear, ByQuarter, ByMonth, ByWeek} {
		if b.around(p.From) == p {
			return b.key(p.From)
		}
	}
	if last := p.To.Add(-1); last != p.From {
		return string(p.From) + ".." + string(last)
	}
	return string(p.From)
}
