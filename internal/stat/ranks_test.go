package stat

import (
	"math"
	"math/bits"
	"testing"

	"pgregory.net/rapid"
)

// TestMannWhitney compares with published p-values: the permeability of a
// placental membrane (Hollander and Wolfe, Nonparametric Statistical Methods,
// 1973, page 69; R's wilcox.test gives 0.1272 to one side, and what is untied is
// the same on both); the ages of men and women in the manual of SciPy's
// mannwhitneyu (0.1111); and tied blood pressures, 0.0989 (Mehta and Patel,
// StatXact-5, 2001, page 229; data set bloodp of the R package exactRankTests).
func TestMannWhitney(t *testing.T) {
	for _, c := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}, []float64{1.15, 0.88, 0.90, 0.74, 1.21}, 2 * 0.1272},
		{[]float64{19, 22, 16, 29, 24}, []float64{20, 11, 17, 12}, 0.1111},
		{[]float64{94, 108, 110, 90}, []float64{80, 94, 85, 90, 90, 90, 108, 94, 78, 105, 88}, 0.0989},
		{[]float64{1, 1}, []float64{1, 1, 1}, 1},
		{[]float64{1, 2, 3}, []float64{4, 5, 6}, 0.1},
		{nil, []float64{1}, math.NaN()},
		{[]float64{1}, nil, math.NaN()},
	} {
		if got := MannWhitney(c.a, c.b); math.Abs(got-c.want) > 1e-4 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("%v and %v: %v, not %v", c.a, c.b, got, c.want)
		}
	}
	same := make([]int, 60)
	if got := MannWhitney(same, same); got != 1 {
		t.Errorf("all alike: %v", got)
	}
}

// TestMannWhitneyOfMany compares with R's wilcox.test of the ozone in New York
// in May and in August 1973 (data set airquality): p = 0.0001208 by the normal
// distribution with continuity correction, and 0.00006109 by counting, which
// later releases of R do for ties too.
func TestMannWhitneyOfMany(t *testing.T) {
	may := []int{41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37}
	august := []int{39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85}
	if got := MannWhitney(may, august); !near(got, 0.0001208, 7) {
		t.Errorf("%v", got)
	}
	ranks, sum, _ := rank(may, august)
	if got := byCounting(ranks, len(may), math.Abs(sum-float64(len(may)*(len(ranks)+1)))); !near(got, 0.00006109, 8) {
		t.Errorf("by counting: %v", got)
	}
}

// The test by comparing pairs, in every way to divide the values in two.
func TestMannWhitneyByPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.IntRange(0, 6), 1, 6).Draw(t, "a")
		b := rapid.SliceOfN(rapid.IntRange(0, 6), 1, 6).Draw(t, "b")
		all := append(append([]int{}, a...), b...)
		off := func(inA uint) int {
			won := 0 // twice the pairs that a wins, less what is expected
			for i := range all {
				for j := range all {
					if inA>>i&1 == 1 && inA>>j&1 == 0 {
						won += 1 + sign(all[i]-all[j])
					}
				}
			}
			return max(won-len(a)*len(b), len(a)*len(b)-won)
		}
		seen := off(1<<len(a) - 1)
		ways, far := 0, 0
		for inA := range uint(1) << len(all) {
			if bits.OnesCount(inA) == len(a) {
				ways++
				if off(inA) >= seen {
					far++
				}
			}
		}
		got := MannWhitney(a, b)
		if want := float64(far) / float64(ways); !close(got, want) {
			t.Fatalf("%v, not %v", got, want)
		}
		checkP(t, got, MannWhitney(b, a))
	})
}

// Of more than can be counted, the approximation is near the count.
func TestMannWhitneyByNormal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.IntRange(0, 30), 26, 30).Draw(t, "a")
		b := rapid.SliceOfN(rapid.IntRange(5, 40), 26, 30).Draw(t, "b")
		got := MannWhitney(a, b)
		checkP(t, got, MannWhitney(b, a))
		ranks, sum, _ := rank(a, b)
		count := byCounting(ranks, len(a), math.Abs(sum-float64(len(a)*(len(ranks)+1))))
		if math.Abs(got-count) > 0.02 {
			t.Fatalf("%v, but %v by counting", got, count)
		}
	})
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
