package report

import (
	"slices"

	"sluss/internal/idea"
)

// Funnel follows the ideas that were received in a period along the way: how
// many of them ever came as far as each stage.
type Funnel struct {
	Head
	Received int
	Forced   int // gates that ideas passed without meeting them
	Merged   int // ideas received that are merged into others: not among Received
	Steps    []Step
}

// Step is one stage of the way.
type Step struct {
	Stage      idea.Stage
	Reached    int     // ideas that have been in this stage or a later one
	Share      float64 // of those received; NaN when there are none
	Conversion float64 // of those that reached the stage before; NaN when there are none
}

// NewFunnel counts the ideas of a cohort. The first stage is reached by every
// idea received, also by one that went straight to a side door.
func NewFunnel(h Head, p idea.Process, received int, far []idea.Reach) Funnel {
	ended := map[idea.StageKey]int{}
	for _, r := range far {
		ended[r.Stage] = r.Ideas
	}
	var steps []Step
	reached := 0
	for _, s := range slices.Backward(p.Path()) {
		reached += ended[s.Key]
		if !s.Removed || ended[s.Key] > 0 {
			steps = append(steps, Step{Stage: s, Reached: reached})
		}
	}
	slices.Reverse(steps)
	if len(steps) > 0 {
		steps[0].Reached = received
	}
	before := received
	for k := range steps {
		steps[k].Share = Share(steps[k].Reached, received)
		steps[k].Conversion = Share(steps[k].Reached, before)
		before = steps[k].Reached
	}
	return Funnel{Head: h, Received: received, Steps: steps}
}
