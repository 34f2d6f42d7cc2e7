// Package stat has the statistics behind the figures: quantiles, intervals,
// durations of which some are not over yet, and tests of whether two figures
// differ by more than chance. Its functions are pure; where there is no answer
// they give NaN.
//
// The tests are two-sided and give a p-value: how often chance alone, with
// nothing behind it, would bring a difference at least as great as the one seen.
// It is above 0 unless it is smaller than a float64 can hold.
package stat

import "math"

// Number is what can be put in order and be interpolated.
type Number interface{ ~int | ~float64 }

// z95 is the 97.5th percentile of the normal distribution: 95 % of it lie
// between -z95 and z95.
const z95 = 1.959963984540054

// Quantile is the value, in the unit of the values, below which a share p of
// them lies: 0.5 gives the median, 0.85 the 85th percentile. It interpolates
// between neighbours as type 7 of Hyndman and Fan (Sample Quantiles in
// Statistical Packages, The American Statistician 50, 1996), which is what R
// does and Excel's PERCENTILE.INC. The values must be in rising order. NaN for
// no values, and for a p outside 0 to 1.
func Quantile[T Number](sorted []T, p float64) float64 {
	if len(sorted) == 0 || !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	h := float64(len(sorted)-1) * p
	below := int(h)
	low := float64(sorted[below])
	high := float64(sorted[min(below+1, len(sorted)-1)])
	return low + (h-float64(below))*(high-low)
}

// Wilson is the 95 % confidence interval of a share, each limit between 0 and 1:
// the score interval without continuity correction (Wilson, Probable Inference,
// the Law of Succession, and Statistical Inference, Journal of the American
// Statistical Association 22, 1927; method 3 of Newcombe, Two-sided confidence
// intervals for the single proportion, Statistics in Medicine 17, 1998). NaN
// when n is 0, and when successes is not between 0 and n.
func Wilson(successes, n int) (low, high float64) {
	if n <= 0 || successes < 0 || successes > n {
		return math.NaN(), math.NaN()
	}
	return wilsonLow(successes, n), 1 - wilsonLow(n-successes, n)
}

// wilsonLow is the lower limit; the upper one is that of the failures, seen
// from the other end.
func wilsonLow(successes, n int) float64 {
	if successes == 0 {
		return 0
	}
	s, all, square := float64(successes), float64(n), z95*z95
	return (s + square/2 - z95*math.Sqrt(s*(all-s)/all+square/4)) / (all + square)
}

// beyond is the probability that a normal deviate is at least z from 0, on
// either side.
func beyond(z float64) float64 { return math.Erfc(z / math.Sqrt2) }
