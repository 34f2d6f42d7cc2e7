package report

import (
	"sluss/internal/idea"
)

// everyStay is the stages that ideas have been in, whenever they came in.
const everyStay = idea.LookIdeas | idea.LookStages

// flow is what came, moved and went in a period. The ideas in hand at its end
// are those at its start and what came, less what went.
func flow(*Facts) []Measure {
	return []Measure{
		{Key: "open_start", Name: idea.Say("in hand at the start"), Short: idea.Say("At start"), Statistic: Count, State: true, Looks: everyStay,
			Definition: "Ideas that were neither realised nor closed when the period began.",
			Formula:    idea.Say("N(received < from, stage at the end of the day before ∉ {realised, closed})"),
			Of:         func(s Scope) []Item { return counted(s.standing(s.before()), nil) }},
		receivedMeasure(),
		{Key: "taken_in_done", Name: idea.Say("taken in when all was over"), Statistic: Count, Minor: true, Balance: true, Looks: idea.LookReceived | idea.LookStages,
			Definition: "Ideas received in the period that were realised or closed already when they were written down.",
			Formula:    idea.Say("N(from ≤ received < to, first stage ∈ {realised, closed})"),
			Of: func(s Scope) []Item {
				return counted(s.cohort(), func(l *Life) bool { return l.Visits[0].Stage.Kind.Done() })
			}},
		{Key: "moved", Name: idea.Say("moves between stages"), Short: idea.Say("Moves"), Statistic: Count, Looks: everyStay,
			Definition: "Moves from one stage to another, each time.",
			Formula:    idea.Say("N(moves, from ≤ day < to)"),
			Of: func(s Scope) []Item {
				return s.moves(func(*idea.Stage, *idea.Stage) bool { return true })
			}},
		{Key: "presented", Name: idea.Say("ideas presented"), Short: idea.Say("Presented"), Statistic: Count, Looks: everyStay, Better: Higher,
			Definition: "Moves into a stage of the kind presented from one of another kind, each time.",
			Formula:    idea.Say("N(moves to presented, from ≤ day < to)"),
			Of:         func(s Scope) []Item { return s.moves(into(idea.Presented)) }},
		{Key: "decided", Name: idea.Say("ideas decided on"), Short: idea.Say("Decided"), Statistic: Count, Looks: everyStay | idea.LookDecisions, Better: Higher,
			Definition: decisionText,
			Formula:    idea.Say("N(from ≤ day of the first decision < to)"),
			Of: func(s Scope) []Item {
				return counted(s.Ideas, func(l *Life) bool { return s.has(l.decided(s.Until)) })
			}},
		{Key: "tested", Name: idea.Say("ideas that went to test"), Short: idea.Say("Tested"), Statistic: Count, Looks: everyStay, Better: Higher,
			Definition: "Moves into a stage of the kind test from one of another kind, each time.",
			Formula:    idea.Say("N(moves to test, from ≤ day < to)"),
			Of:         func(s Scope) []Item { return s.moves(into(idea.Testing)) }},
		realisedMeasure(),
		{Key: "closed", Name: idea.Say("ideas closed"), Short: idea.Say("Closed"), Statistic: Count, Looks: idea.LookClosed | idea.LookStages,
			Definition: "Moves into a closed stage from one of another kind, each time.",
			Formula:    idea.Say("N(moves to closed, from ≤ day < to)"),
			Of:         func(s Scope) []Item { return s.moves(into(idea.Closed)) }},
		{Key: "reopened", Name: idea.Say("ideas taken up again"), Statistic: Count, Looks: everyStay, Minor: true, Balance: true,
			Definition: "Moves out of a realised or closed stage to one of another kind, each time.",
			Formula:    idea.Say("N(moves out of {realised, closed}, from ≤ day < to)"),
			Of: func(s Scope) []Item {
				return s.moves(func(from, to *idea.Stage) bool { return from.Kind.Done() && to.Kind != from.Kind })
			}},
		openMeasure(),
	}
}

func receivedMeasure() Measure {
	return Measure{Key: "received", Name: idea.Say("ideas received"), Short: idea.Say("Came in"), Statistic: Count, Looks: idea.LookReceived, Better: Higher,
		Definition: "Ideas that came in in the period, by the day on which they reached us. An idea that was merged into another is counted with that one.",
		Formula:    idea.Say("N(from ≤ received < to)"),
		Source:     "A usual measure of idea work; it says how many gave, not how good it went.",
		Of:         func(s Scope) []Item { return counted(s.cohort(), nil) }}
}

func realisedMeasure() Measure {
	return Measure{Key: "realised", Name: idea.Say("ideas realised"), Short: idea.Say("Realised"), Statistic: Count, Looks: idea.LookRealised | idea.LookStages, Better: Higher,
		Definition: "Moves into a realised stage from one of another kind, each time, whenever the idea came in.",
		Formula:    idea.Say("N(moves to realised, from ≤ day < to)"),
		Of:         func(s Scope) []Item { return s.moves(into(idea.Realised)) }}
}

func openMeasure() Measure {
	return Measure{Key: "open_end", Name: idea.Say("in hand at the end"), Short: idea.Say("In hand"), Statistic: Count, Looks: everyStay, State: true,
		Definition: "Ideas that were neither realised nor closed at the end of the period, or today if it is not over. Parked ideas are among them.",
		Formula:    idea.Say("open_start + received − taken_in_done + reopened − realised − closed"),
		Of:         func(s Scope) []Item { return counted(s.standing(s.end()), nil) }}
}

// into fits moves to a kind of stage from another kind.
func into(k idea.StageKind) func(from, to *idea.Stage) bool {
	return func(from, to *idea.Stage) bool { return to.Kind == k && from.Kind != k }
}

// standings is how many ideas stood in each stage at the end of the period.
func standings(f *Facts) (out []Measure) {
	for k := range f.Stages {
		stage := &f.Stages[k]
		if stage.Kind.Done() || stage.Removed && !f.Visited[stage.Key] {
			continue
		}
		out = append(out, Measure{Key: "standing", Item: string(stage.Key), Name: idea.Say("in %s", stageName(*stage)), Statistic: Count, State: true, Looks: everyStay,
			Definition: "Ideas that stood in the stage at the end of the period, or today if it is not over.",
			Formula:    idea.Say("N(stage at the end of the period)"),
			Of: func(s Scope) []Item {
				return counted(s.Ideas, func(l *Life) bool {
					at := l.at(s.end())
					return at != nil && at.Key == stage.Key
				})
			}})
	}
	return out
}

// Weeks is the work in progress by stage at the end of each week of a period
// (a cumulative flow).
type Weeks struct {
	Stages []idea.Stage
	Weeks  []Week
}

// Week is how many ideas stood in each stage on the last day of a week, or on
// the last day that is known.
type Week struct {
	Key   string // 2026-W48
	Until idea.Day
	Ideas []int // by stage
}

func weeks(s Scope) *Weeks {
	if s.Period.From != "" {
		s.Period.From = max(s.Period.From, s.Dawn)
	}
	groups := timeGroups(ByWeek, s)
	if len(groups) == 0 {
		return &Weeks{}
	}
	w := &Weeks{Weeks: make([]Week, len(groups))}
	column := map[idea.StageKey]int{}
	for _, stage := range s.Stages {
		if !stage.Removed || s.Visited[stage.Key] {
			column[stage.Key] = len(w.Stages)
			w.Stages = append(w.Stages, stage)
		}
	}
	first := groups[0].narrow(s)
	begin := ByWeek.around(first.Period.From).From
	if first.Period.From == "" {
		begin = ByWeek.around(first.Period.To.Add(-1)).From
	}
	for k, g := range groups {
		w.Weeks[k] = Week{Key: g.Key, Until: min(begin.Add(7*k+6), s.end()), Ideas: make([]int, len(w.Stages))}
	}
	for _, l := range s.Ideas {
		w.add(l, column)
	}
	return w
}

func (w *Weeks) add(l *Life, column map[idea.StageKey]int) {
	for k := range w.Weeks {
		if at := l.at(w.Weeks[k].Until); at != nil {
			w.Weeks[k].Ideas[column[at.Key]]++
		}
	}
}
