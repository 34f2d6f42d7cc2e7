package report

import (
	"math"

	"sluss/internal/idea"
)

// Gap is why nothing is known of a period: then it has no figures, and no zeros
// that would look like ones.
type Gap string

// The gaps.
const (
	NoGap    Gap = ""
	Empty    Gap = "empty"     // there is nothing in the register at all
	TooEarly Gap = "too_early" // the period ended before the register begins
	NotYet   Gap = "not_yet"   // the period has not begun
	NotSplit Gap = "not_split" // what is counted does not belong to one of the groups
)

// gap is why nothing is known of the period of a scope. The register begins with
// the first thing in it, whatever part of it a report is about.
func (s Scope) gap() Gap { return gapOf(s.Dawn, s.Period, s.Until) }

func gapOf(dawn idea.Day, p idea.Period, until idea.Day) Gap {
	switch {
	case dawn == "":
		return Empty
	case dawn > until || p.To != "" && p.To <= dawn:
		return TooEarly
	case p.From > until:
		return NotYet
	}
	return NoGap
}

// gapOf is why a measure has no figure in a scope. What the coaches have recorded
// themselves may be older than the register.
func (s Scope) gapOf(m *Measure) Gap {
	switch gap := s.gap(); {
	case m.Own:
		return NoGap
	case gap == NoGap && s.withoutActivities && m.Subject == idea.AnActivity:
		return NotSplit
	default:
		return gap
	}
}

// blank is a figure of a period of which nothing is known.
func (m *Measure) blank(gap Gap) Figure {
	nothing := math.NaN()
	return Figure{Measure: m, Gap: gap, Value: nothing, Low: nothing, High: nothing, P: nothing}
}

// Lengths is how many days are looked at in the period and in the one that it is
// compared with; 0 for one with an open end or without any days yet.
func (h Head) Lengths() (now, then int) {
	days := func(p idea.Period, until idea.Day) int {
		if p.From == "" || p.To == "" {
			return 0
		}
		return max(0, min(p.To, until.Add(1)).Sub(p.From))
	}
	if h.Compare == nil {
		return days(h.Period, h.AsOf), 0
	}
	return days(h.Period, h.AsOf), days(*h.Compare, h.Horizon)
}

// Begins tells whether the register begins within a period, so that only a part
// of it is known.
func (h Head) Begins(p idea.Period) bool {
	return h.Dawn != "" && p.From != "" && p.From < h.Dawn && p.Has(h.Dawn)
}
