package stat

import (
	"math"
	"sort"
)

// Fisher tests whether two shares differ, successesA of a and successesB of b:
// Fisher's exact test of a table of two rows and two columns (Fisher, The Logic
// of Inductive Inference, Journal of the Royal Statistical Society 98, 1935).
// It adds the probabilities of all tables with the same sums that are no more
// likely than the one seen, as R's fisher.test does. NaN when a or b is 0, and
// when there are more successes than there can be.
func Fisher(successesA, a, successesB, b int) float64 {
	if a <= 0 || b <= 0 || successesA < 0 || successesA > a || successesB < 0 || successesB > b {
		return math.NaN()
	}
	successes := successesA + successesB
	rising := func(k int) float64 {
		return float64(a-k) / float64(k+1) * float64(successes-k) / float64(b-successes+k+1)
	}
	return unlikely(max(0, successes-b), min(a, successes), successesA, rising)
}

// Rates tests whether two counts, in periods of known length, come of different
// rates: the exact test of how their sum divides between the periods
// (Przyborowski and Wilenski, Homogeneity of Results in Testing Samples from
// Poisson Series, Biometrika 31, 1940), as R's poisson.test does. The lengths
// may be in any unit, as long as it is the same for both, and may be numbers of
// people who could have been counted. 1 when both counts are 0; NaN when a
// length is not above 0 or a count is below 0.
func Rates(countA int, lengthA float64, countB int, lengthB float64) float64 {
	if !(lengthA > 0 && lengthB > 0) || math.IsInf(lengthA, 1) || math.IsInf(lengthB, 1) || countA < 0 || countB < 0 {
		return math.NaN()
	}
	n := countA + countB
	rising := func(k int) float64 { return float64(n-k) / float64(k+1) * (lengthA / lengthB) }
	return unlikely(0, n, countA, rising)
}

// nearly is by how much probabilities may differ and count as equal: those of
// mirrored outcomes do, by rounding.
const nearly = 1 + 1e-7

// unlikely is the probability, in a distribution on the whole numbers from low
// to high, of all outcomes that are no more likely than the one seen. rising(k)
// is the probability of k+1 over that of k; it must fall as k grows, so that
// the distribution has one peak. Weights are counted from the peak, of which
// the probability is taken to be 1, and divided by their sum at last: nothing
// overflows, and what vanishes is too small to count.
func unlikely(low, high, seen int, rising func(k int) float64) float64 {
	peak := low + sort.Search(high-low, func(i int) bool { return rising(low+i) <= 1 })
	weight := 1.0
	for k := peak; k < seen; k++ {
		weight *= rising(k)
	}
	for k := peak; k > seen; k-- {
		weight /= rising(k - 1)
	}
	limit := weight * nearly
	var all, some float64
	add := func(w float64) {
		all += w
		if w <= limit {
			some += w
		}
	}
	add(1)
	for k, w := peak, 1.0; k < high && w > 0; k++ {
		w *= rising(k)
		add(w)
	}
	for k, w := peak, 1.0; k > low && w > 0; k-- {
		w /= rising(k - 1)
		add(w)
	}
	return some / all
}
