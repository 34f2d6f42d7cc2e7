package report

import (
	"cmp"
	"slices"
	"time"

	"sluss/internal/idea"
)

// Facts is all that figures are made of: what a database holds on a day. Days
// begin where Loc is.
type Facts struct {
	Today      idea.Day
	Loc        *time.Location
	Stages     idea.Process // those that were removed too
	Units      []idea.Unit
	Coaches    []idea.Coach
	Networks   []idea.Network
	Contacts   []idea.Contact // without names
	Ideas      []*Life        // by their numbers
	Tests      []Test
	Effects    []Effect
	Activities []idea.Activity

	Visited        map[idea.StageKey]bool // the removed stages that ideas have been in
	EffectMeasures []string               // what is written as the measures of effects, in the order of the ideas
	Undated        bool                   // some effects have no day on which they begin
	Dawn           idea.Day               // the first day of which anything is known; empty when nothing is

	Looked  idea.Look   // what of all this was read
	Stopped func() bool // tells that nobody wants the figures any more; nil is never

	FirstIdea map[int64]idea.Day // of each giver, in the whole database
	Employers []idea.Unit        // whose number of employees is known, of the units asked for

	Owns     []Own // the measures that the coaches have defined
	Narrowed bool  // these are facts about some of the ideas

	// Promise is the day by which an idea that came in on a day is promised its
	// first answer; nil when nothing is promised.
	Promise func(received idea.Day) idea.Day

	// SixMonths marks what has waited for a decision for more than six months.
	SixMonths bool
}

// Test is a test with its idea and the day on which it was planned, which is empty
// where nobody looks at it.
type Test struct {
	*idea.Test
	Life    *Life
	Planned idea.Day
}

// Effect is an effect with its idea.
type Effect struct {
	idea.Effect
	Life *Life
}

// Life is what has happened to an idea.
type Life struct {
	idea.Life
	Home      int64    // the unit where a giver works; 0 when that is not known
	Noted     idea.Day // the first note; empty when there is none
	Visits    []Visit  // in their order; at least one where stages are looked at
	Decisions []idea.Decision
}

// Visit is a stay in a stage. The first begins when the idea came in. No visit
// begins before the one that it follows: events are ordered by number, and a
// clock may have gone back between them.
type Visit struct {
	Stage  *idea.Stage
	Day    idea.Day // on which it began
	Forced bool     // past a gate
}

// Straighten sets the days of visits that are those of the events: the first
// begins when the idea came in, and none before the one that it follows.
func (l *Life) Straighten() {
	l.Visits[0].Day = l.Received
	for k := range l.Visits[1:] {
		l.Visits[k+1].Day = max(l.Visits[k+1].Day, l.Visits[k].Day)
	}
}

// at is the stage in which the idea stood at the end of a day; nil before it
// came in.
func (l *Life) at(day idea.Day) *idea.Stage {
	if day < l.Received {
		return nil
	}
	stage := l.Visits[0].Stage
	for _, v := range l.Visits[1:] {
		if v.Day > day {
			break
		}
		stage = v.Stage
	}
	return stage
}

// open tells whether the idea was in hand at the end of a day: neither realised
// nor closed.
func (l *Life) open(day idea.Day) bool {
	s := l.at(day)
	return s != nil && !s.Kind.Done()
}

// first is the first day on which the idea moved to a stage that fits; empty if
// it never did by the end of day until. Where an idea stood when it was taken
// in says nothing of when it came there.
func (l *Life) first(until idea.Day, fits func(*idea.Stage) bool) idea.Day {
	for _, v := range l.Visits[1:] {
		if v.Day <= until && fits(v.Stage) {
			return v.Day
		}
	}
	return ""
}

func kinds(among ...idea.StageKind) func(*idea.Stage) bool {
	return func(s *idea.Stage) bool { return slices.Contains(among, s.Kind) }
}

// decided is the day of the first decision about the idea: that of a forum, but
// for one to postpone it, or the day on which it went to test or further, or
// was closed.
func (l *Life) decided(until idea.Day) idea.Day {
	day := l.first(until, kinds(idea.Testing, idea.Introduction, idea.Realised, idea.Closed))
	for _, d := range l.Decisions {
		if d.Resolution != idea.ToPostpone && d.Day <= until && (day == "" || d.Day < day) {
			day = max(d.Day, l.Received)
		}
	}
	return day
}

// contacted is the first day on which somebody took the idea up: a note about
// it, an answer, or a move out of the stage in which ideas come in.
func (l *Life) contacted(until idea.Day) idea.Day {
	var day idea.Day
	for _, d := range []idea.Day{l.Noted, l.Answered, l.first(until, func(s *idea.Stage) bool { return s.Kind != idea.Intake })} {
		if d != "" && d <= until && (day == "" || d < day) {
			day = max(d, l.Received)
		}
	}
	return day
}

// answered is the day of the first answer, if there was one by the end of a day.
func (l *Life) answered(until idea.Day) idea.Day {
	if l.Answered == "" || l.Answered > until {
		return ""
	}
	return max(l.Answered, l.Received)
}

// merged tells whether the idea is counted with another.
func (l *Life) merged() bool { return l.MergedInto != 0 }

// InOrder is Life for numbers of which none is lower than the one before.
func (f *Facts) InOrder() func(number int64) *Life {
	rest := f.Ideas
	return func(number int64) *Life {
		for len(rest) > 0 && rest[0].Number < number {
			rest = rest[1:]
		}
		if len(rest) == 0 || rest[0].Number != number {
			return nil
		}
		return rest[0]
	}
}

// Life is what has happened to the idea of a number; nil if it is not among the
// facts.
func (f *Facts) Life(number int64) *Life {
	at, found := slices.BinarySearchFunc(f.Ideas, number, func(l *Life, number int64) int { return cmp.Compare(l.Number, number) })
	if !found {
		return nil
	}
	return f.Ideas[at]
}
