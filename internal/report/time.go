package report

import (
	"iter"
	"math"
	"time"

	"sluss/internal/idea"
)

// Time tells how long ideas took. It counts what ended in the period; what is
// still going on is not in it.
type Time struct {
	Head
	Realised Spread // from received to the first realised stage
	Closed   Spread // from received to closed, each time
	Answer   Spread // from received to the first answer to the giver
	Stages   []StageTime
	Merged   int // ideas that are merged into others: only their answers are looked at
}

// StageTime is how long ideas stood in a stage, one visit at a time.
type StageTime struct {
	Stage  idea.Stage
	Visits Spread
}

// NewTime measures from entries that are ordered by idea and then as they
// happened, and from the days that answers took. An idea that was taken in at a
// late stage came there nobody knows when. loc decides where days begin.
// No time is below 0: events are ordered by number, and a clock may have gone
// back between them.
func NewTime(h Head, p idea.Process, loc *time.Location, entries iter.Seq2[idea.Entered, error], answers []int) (Time, error) {
	kinds := map[idea.StageKey]idea.StageKind{}
	for _, s := range p {
		kinds[s.Key] = s.Kind
	}
	stays := map[idea.StageKey][]int{}
	var realised, closed []int
	from, to := dayRange(h.Period)
	var last idea.Entered
	var lastDay int
	var before bool // the idea has been realised already
	for e, err := range entries {
		if err != nil {
			return Time{}, err
		}
		day := idea.DayNumber(e.At.In(loc))
		moved := last.Idea == e.Idea
		in := from <= day && day < to && moved
		if in {
			stays[last.Stage] = append(stays[last.Stage], max(0, day-lastDay))
		}
		was := kinds[last.Stage]
		if !moved {
			was, before = "", false
		}
		is := kinds[e.Stage]
		if in && is == idea.Realised && !before {
			realised = append(realised, max(0, day-e.Received.Number()))
		}
		if in && is == idea.Closed && was != idea.Closed {
			closed = append(closed, max(0, day-e.Received.Number()))
		}
		before = before || is == idea.Realised
		last, lastDay = e, day
	}
	t := Time{Head: h, Realised: spread(realised), Closed: spread(closed), Answer: spread(answers)}
	for _, s := range p {
		if !s.Kind.Done() && (!s.Removed || len(stays[s.Key]) > 0) {
			t.Stages = append(t.Stages, StageTime{Stage: s, Visits: spread(stays[s.Key])})
		}
	}
	return t, nil
}

// dayRange is a period as day numbers; open ends are far away.
func dayRange(p idea.Period) (from, to int) {
	from, to = math.MinInt, math.MaxInt
	if p.From != "" {
		from = p.From.Number()
	}
	if p.To != "" {
		to = p.To.Number()
	}
	return from, to
}
