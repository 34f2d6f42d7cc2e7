// Package report turns facts about ideas into figures. Its functions are pure:
// the same facts and the same period give the same figures. A figure is made of
// items, from which it can be counted again.
package report

import (
	"math"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/stat"
)

// Head is what every report says about itself.
type Head struct {
	Period  idea.Period
	AsOf    idea.Day     // the last day that the figures know of
	By      By           // what the groups go by
	Compare *idea.Period // what the figures are compared with; nil is nothing
	Horizon idea.Day     // the last day that is looked at in Compare
	Dawn    idea.Day     // the first day of which anything is known; empty when nothing is
	Gap     Gap          // why nothing is known of the period
	Before  Gap          // why nothing is known of what it is compared with
	Only    []string     // the filters that leave some ideas out, as flags
	Merged  int          // ideas received in the period that are merged into others: counted with those
}

// Report is a report with its figures.
type Report struct {
	Head
	Name    Name
	Tables  []Table
	Weeks   *Weeks    // work in progress by week; nil in most reports
	Waiting []Waiting // who waits for an answer; nil in most reports
	Waits   int       // how many wait, of whom Waiting may hold only those who have waited longest
	Aging   []Aging   // ideas in hand against their stage; nil in most reports
	Curves  []Curve   // how long things take; nil in most reports
	Spreads []Spread  // how long what ended in the period took; nil in most reports
}

// Table is figures in groups. Without groups there is one for all.
type Table struct {
	By       By
	Measures []Measure
	Groups   []Group
	Total    bool       // the last group is all of it
	Figures  [][]Figure // by group, then by measure
}

// Figures is every figure of the report in its order.
func (r Report) Figures() (out []*Figure) {
	for t := range r.Tables {
		for g := range r.Tables[t].Figures {
			for k := range r.Tables[t].Figures[g] {
				out = append(out, &r.Tables[t].Figures[g][k])
			}
		}
	}
	return out
}

// Main is the report without its minor measures.
func (r Report) Main() Report {
	for k, t := range r.Tables {
		main := t.Main()
		r.Tables[k].Measures = pick(t.Measures, main)
		for g := range t.Figures {
			r.Tables[k].Figures[g] = pick(t.Figures[g], main)
		}
	}
	return r
}

// Main is the places of the measures that are shown where there is little room:
// those that are not minor, and what the others need to add up.
func (t Table) Main() (places []int) {
	for k, m := range t.Measures {
		counts := func(figures []Figure) bool {
			f := figures[k]
			return f.Value > 0 || f.Before != nil && f.Before.Value > 0
		}
		if !m.Minor || m.Balance && slices.ContainsFunc(t.Figures, counts) {
			places = append(places, k)
		}
	}
	return places
}

func pick[T any](all []T, which []int) []T {
	out := make([]T, len(which))
	for k, w := range which {
		out[k] = all[w]
	}
	return out
}

// Options is what a report is asked for.
type Options struct {
	Period  idea.Period
	By      By           // ByNothing takes what is usual for the report
	Against *idea.Period // what is compared with; nil is nothing
}

// New makes a report of facts.
func New(f *Facts, name Name, o Options) Report {
	spec := specOf(name)
	r, now, then := begin(f, name, o)
	for _, part := range spec.parts {
		if part.fixed && o.By != ByNothing && part.by == o.By { // another one goes by this
			continue
		}
		r.Tables = append(r.Tables, newTable(now, then, part.measures(f), part.way(o.By)))
	}
	if r.Gap == NoGap {
		spec.more(&r, now)
	}
	return r
}

// Looks is what a report looks at, of facts that have no ideas yet.
func Looks(f *Facts, name Name, o Options) idea.Look {
	spec := specOf(name)
	looks := spec.looks(f).And(o.By.looks())
	for _, part := range spec.parts {
		looks = looks.And(LooksOf(part.measures(f), Options{By: part.way(o.By)}))
	}
	return looks
}

// LooksOf is what measures look at.
func LooksOf(measures []Measure, o Options) idea.Look {
	looks := o.By.looks()
	for _, m := range measures {
		looks = looks.And(m.Looks)
	}
	return looks
}

// Span is the days that a report of today is about, from the first to the last:
// those of its periods, and those at whose ends it tells how things stood, which
// lie before a period that has not begun.
func (o Options) Span(today idea.Day) idea.Period {
	span := idea.Period{From: min(o.Period.From, endOf(o.Period, today)), To: o.Period.To}
	if q := o.Against; q != nil {
		until := horizon(o.Period, *q, today)
		span.From = min(span.From, q.From, endOf(*q, until))
		span.To = max(span.To, q.To)
		if o.Period.To == "" || q.To == "" {
			span.To = ""
		}
	}
	return span
}

// Ends is the first day at whose end a report of today tells how things stood.
func (o Options) Ends(today idea.Day) idea.Day {
	if o.By.Times() {
		return o.Span(today).From
	}
	ends := endOf(o.Period, today)
	if q := o.Against; q != nil {
		ends = min(ends, endOf(*q, horizon(o.Period, *q, today)))
	}
	return ends
}

// Of makes a report of some measures.
func Of(f *Facts, name Name, measures []Measure, o Options) Report {
	r, now, then := begin(f, name, o)
	r.Tables = []Table{newTable(now, then, measures, o.By)}
	return r
}

// mergedAway is how many ideas of the period are counted with others; none where
// the report is not about the ideas that came in.
func (s Scope) mergedAway() int {
	if !s.Looked.Has(idea.LookReceived) && !s.Looked.Has(idea.LookIdeas) {
		return 0
	}
	return len(s.received(s.Merged))
}

// begin is a report without figures, and the scopes of its period and of the
// one that it is compared with.
func begin(f *Facts, name Name, o Options) (r Report, now Scope, then *Scope) {
	now = f.scope(o.Period, f.Today)
	r = Report{Name: name, Head: Head{Period: o.Period, AsOf: f.Today, By: o.By, Compare: o.Against, Dawn: f.Dawn, Gap: now.gap(), Merged: now.mergedAway()}}
	if o.Against != nil {
		r.Horizon = horizon(o.Period, *o.Against, f.Today)
		s := f.scope(*o.Against, r.Horizon)
		then, r.Before = &s, s.gap()
	}
	return r, now, then
}

// Pick gives a group of a report of one table, by its key or by what it is called,
// and its figures; an empty word is all of it. It returns NotFound, with the groups,
// for an unknown one.
func (r Report) Pick(group string, called func(idea.Text) string) (Group, []Figure, error) {
	t := r.Tables[0]
	var known []string
	for k, g := range t.Groups {
		name := called(g.Name)
		if g.All && group == "" || !g.All && group != "" && (g.Key == group || idea.Fold(name) == idea.Fold(group)) {
			return g, t.Figures[k], nil
		}
		if !g.All {
			known = append(known, name)
		}
	}
	return Group{}, nil, idea.Unknown("group", group, known)
}

func newTable(s Scope, before *Scope, measures []Measure, by By) Table {
	t := Table{By: by, Measures: measures, Groups: by.groups(s)}
	if !by.Times() {
		t.Groups = append(t.Groups, Group{Name: idea.Say("Total"), All: true})
		t.Total = by != ByNothing
	}
	for _, g := range t.Groups {
		var then *Scope
		if before != nil && !by.Times() {
			narrowed := g.of(*before)
			then = &narrowed
		}
		t.Figures = append(t.Figures, figures(g.of(s), then, t.Measures))
	}
	return t
}

func figures(s Scope, before *Scope, measures []Measure) []Figure {
	out := make([]Figure, len(measures))
	for k := range measures {
		out[k] = measures[k].figure(s)
		if before != nil {
			then := measures[k].figure(*before)
			out[k].Before, out[k].P = &then, chance(out[k], then, s, *before)
		}
	}
	return out
}

// Level is how unlikely a difference must be by chance alone before it is
// marked as one.
const Level = 0.05

// Marked tells whether the figure differs from the one before by more than
// chance.
func (f Figure) Marked() bool { return f.P < Level }

// chance is the two-sided probability that two figures differ by as much as
// they do, or more, by chance: of counts by the conditional test of Przyborowski
// and Wilenski (1940), of shares by Fisher's exact test, of times by the test of
// Mann and Whitney, and of times that have not all ended by the log-rank test.
// It is NaN for what stands on a day, for sums, and where there is nothing to
// compare.
func chance(now, then Figure, s, before Scope) float64 {
	m := now.Measure
	switch {
	case m.State || now.Gap != NoGap || then.Gap != NoGap || now.N+then.N == 0:
		return math.NaN()
	case m.Statistic == Count:
		days, daysBefore := s.length(), before.length()
		if days == 0 || daysBefore == 0 {
			return math.NaN()
		}
		return stat.Rates(now.N, days, then.N, daysBefore)
	case m.Statistic == Share && now.N > 0 && then.N > 0:
		return stat.Fisher(now.Part, now.N, then.Part, then.N)
	case (m.Statistic == Median || m.Statistic == P85) && now.Part > 0 && then.Part > 0:
		return stat.MannWhitney(now.ended(), then.ended())
	case (m.Statistic == KMMedian || m.Statistic == KMP85) && now.N > 0 && then.N > 0:
		return logRank(now.observations(), then.observations())
	}
	return math.NaN()
}

// enough is how many must be expected to have ended in each of two groups
// before the log-rank test can be trusted.
const enough = 5

func logRank(a, b []stat.Observation) float64 {
	r := stat.LogRank(a, b)
	if min(r.ExpectedA, r.ExpectedB) < enough {
		return math.NaN()
	}
	return r.P
}

// length is the days of the period that have been and of which something is
// known; 0 for one without a beginning.
func (s Scope) length() float64 {
	if s.Period.From == "" {
		return 0
	}
	return float64(max(0, s.end().Sub(max(s.Period.From, s.Dawn))+1))
}

// survive sets the figure and its interval by Kaplan and Meier.
func (f *Figure) survive() {
	p := 0.5
	if f.Measure.Statistic == KMP85 {
		p = 0.85
	}
	curve := stat.KaplanMeier(f.observations())
	f.Value = curve.Quantile(p)
	f.Low, f.High = curve.Limits(p)
}
