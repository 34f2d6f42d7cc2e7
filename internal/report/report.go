// Package report turns facts about ideas into figures. Its functions are pure:
// the same facts and the same period give the same figures.
package report

import (
	"math"
	"slices"

	"sluss/internal/idea"
)

// Head is what every report says about itself.
type Head struct {
	Period idea.Period
	AsOf   idea.Day // the day on which the figures were taken
}

// Spread is how long something took, in calendar days.
type Spread struct {
	N      int // how many there were; the figures mean nothing when it is 0
	Median float64
	P85    float64 // 85 of 100 took at most this long
}

// spread gives the median and the 85th percentile of days.
func spread(days []int) Spread {
	slices.Sort(days)
	return Spread{N: len(days), Median: quantile(days, 0.5), P85: quantile(days, 0.85)}
}

// quantile interpolates between sorted values as type 7 of Hyndman and Fan
// does (Sample Quantiles in Statistical Packages, 1996), which is R's default.
func quantile(sorted []int, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	h := float64(len(sorted)-1) * p
	low := int(math.Floor(h))
	high := min(low+1, len(sorted)-1)
	return float64(sorted[low]) + (h-float64(low))*float64(sorted[high]-sorted[low])
}

// Share is part of whole, between 0 and 1; NaN when there is no whole.
func Share(part, whole int) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return float64(part) / float64(whole)
}
