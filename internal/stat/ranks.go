package stat

import (
	"cmp"
	"math"
	"slices"
)

// countable is how many values the ranks of which are counted out in full: so
// many that every count is a whole number that a float64 can hold.
const countable = 50

// MannWhitney tests whether the values of one group tend to be greater than
// those of another (Mann and Whitney, On a Test of Whether one of Two Random
// Variables is Stochastically Larger than the Other, Annals of Mathematical
// Statistics 18, 1947; the rank sum test of Wilcoxon). It is for values that are
// all known: for durations that are not over yet there is LogRank. Equal values
// share their ranks. Up to 50 values in all the p-value is exact, by the
// distribution of the ranks that there are (Streitberg and Röhmel, Exact
// distributions for permutation and rank tests, Statistical Software Newsletter
// 12, 1986); of more it is that of the normal distribution, with the variance
// corrected for ties and with continuity correction, as in R. NaN when either
// group is empty.
func MannWhitney[T Number](a, b []T) float64 {
	if len(a) == 0 || len(b) == 0 {
		return math.NaN()
	}
	ranks, sum, ties := rank(a, b)
	off := math.Abs(sum - float64(len(a))*float64(len(a)+len(b)+1))
	if len(ranks) <= countable {
		return byCounting(ranks, min(len(a), len(b)), off)
	}
	return byNormal(float64(len(a)), float64(len(b)), off, ties)
}

// rank gives twice the rank of each value among those of both groups (twice, so
// that shared ranks are whole), the sum of those of a, and the sum of t³-t over
// every t values that are equal.
func rank[T Number](a, b []T) (doubled []int, sum, ties float64) {
	type value struct {
		of  T
		inA bool
	}
	all := make([]value, 0, len(a)+len(b))
	for _, v := range a {
		all = append(all, value{v, true})
	}
	for _, v := range b {
		all = append(all, value{v, false})
	}
	slices.SortFunc(all, func(x, y value) int { return cmp.Compare(x.of, y.of) })
	doubled = make([]int, len(all))
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].of == all[from].of {
			to++
		}
		for i := from; i < to; i++ {
			doubled[i] = from + to + 1
			if all[i].inA {
				sum += float64(doubled[i])
			}
		}
		t := float64(to - from)
		ties += t*t*t - t
		from = to
	}
	return doubled, sum, ties
}

// byCounting is the share of all ways to draw n of the ranks in which their sum
// is at least as far off what is expected.
func byCounting(ranks []int, n int, off float64) float64 {
	most := 0
	for _, r := range ranks {
		most += r
	}
	ways := make([][]float64, n+1) // ways[k][s]: to draw k ranks with the sum s
	for k := range ways {
		ways[k] = make([]float64, most+1)
	}
	ways[0][0] = 1
	top := 0
	for _, r := range ranks {
		top += r
		for k := n; k > 0; k-- {
			for s := r; s <= top; s++ {
				ways[k][s] += ways[k-1][s-r]
			}
		}
	}
	var all, some float64
	expected := n * (len(ranks) + 1)
	for s, w := range ways[n] {
		all += w
		if math.Abs(float64(s-expected)) >= off {
			some += w
		}
	}
	return some / all
}

func byNormal(a, b, off, ties float64) float64 {
	n := a + b
	variance := a * b / 12 * (n + 1 - ties/(n*(n-1)))
	if variance <= 0 {
		return 1
	}
	return beyond(max(0, off/2-0.5) / math.Sqrt(variance))
}
