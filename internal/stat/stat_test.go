package stat

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// near tells whether a figure is one that was published with so many decimals.
func near(got, published float64, decimals int) bool {
	return math.IsNaN(got) && math.IsNaN(published) || math.Abs(got-published) <= 0.5*math.Pow10(-decimals)*(1+1e-9)
}

// close tells whether two ways to one figure agree.
func close(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(1e-3, math.Abs(a), math.Abs(b))
}

func checkP(t *rapid.T, p, swapped float64) {
	if !(p > 0 && p <= 1) {
		t.Fatalf("a p-value of %v", p)
	}
	if !close(p, swapped) {
		t.Fatalf("%v, and %v the other way about", p, swapped)
	}
}

// TestQuantile compares with published figures of type 7: the 90th percentile of
// twelve gauge measurements by the method R7 (NIST/SEMATECH e-Handbook of
// Statistical Methods, 7.2.6.2); the examples of Microsoft's PERCENTILE.INC and
// QUARTILE.INC; the deciles of 1 to 9 (TIBCO Enterprise Runtime for R, Language
// Reference, quantile); and what R prints for quantile(mtcars$mpg).
func TestQuantile(t *testing.T) {
	gauge := []float64{95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.0610, 95.1591, 95.1195, 95.1065, 95.0925, 95.1990, 95.1682}
	mpg := []float64{21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7,
		32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4}
	nine := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}
	for _, c := range []struct {
		values  []float64
		p, want float64
	}{
		{gauge, 0.9, 95.19568},
		{[]float64{1, 2, 3, 4}, 0.3, 1.9},
		{[]float64{1, 2, 4, 7, 8, 9, 10, 12}, 0.25, 3.5},
		{[]float64{1, 2, 4, 7, 8, 9, 10, 12}, 0.5, 7.5},
		{nine, 0, 1}, {nine, 0.1, 1.8}, {nine, 0.2, 2.6}, {nine, 0.3, 3.4}, {nine, 0.4, 4.2}, {nine, 0.5, 5},
		{nine, 0.6, 5.8}, {nine, 0.7, 6.6}, {nine, 0.8, 7.4}, {nine, 0.9, 8.2}, {nine, 1, 9},
		{mpg, 0, 10.4}, {mpg, 0.25, 15.425}, {mpg, 0.5, 19.2}, {mpg, 0.75, 22.8}, {mpg, 1, 33.9},
		{[]float64{5}, 0.85, 5},
		{[]float64{5}, 0, 5},
		{[]float64{3, 9}, 0, 3},
		{[]float64{3, 9}, 1, 9},
		{[]float64{3, 9}, 0.5, 6},
		{[]float64{3, 9}, -0.1, math.NaN()},
		{[]float64{3, 9}, 1.1, math.NaN()},
		{[]float64{3, 9}, math.NaN(), math.NaN()},
		{nil, 0.5, math.NaN()},
	} {
		slices.Sort(c.values)
		if got := Quantile(c.values, c.p); !close(got, c.want) {
			t.Errorf("quantile %v of %v is %v, not %v", c.p, c.values, got, c.want)
		}
	}
}

// The quantile by the formula of Hyndman and Fan, which counts from 1: with
// m = 1-p, j = ⌊np+m⌋ and g = np+m-j it is (1-g)·x[j] + g·x[j+1].
func TestQuantileByTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.IntRange(0, 5000), 1, 50).Draw(t, "x")
		slices.Sort(x)
		p := rapid.SampledFrom([]float64{0, 0.25, 0.5, 0.85, 0.95, 1}).Draw(t, "p")
		h := float64(len(x))*p + 1 - p
		j := math.Floor(h + 1e-9)
		g := h - j
		want := (1-g)*float64(x[int(j)-1]) + g*float64(x[min(int(j), len(x)-1)])
		got := Quantile(x, p)
		if math.Abs(got-want) > 1e-6 || got < float64(x[0]) || got > float64(x[len(x)-1]) {
			t.Fatalf("%v, not %v", got, want)
		}
	})
}

// TestWilson compares with Newcombe (Two-sided confidence intervals for the
// single proportion, Statistics in Medicine 17, 1998), table I, method 3, and
// with the score interval of none and of all of 32 in the tests of the R package
// cards, where R's prop.test(correct = FALSE) computes it.
func TestWilson(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		successes, n int
		low, high    float64
		decimals     int
	}{
		{81, 263, 0.2553, 0.3662, 4},
		{15, 148, 0.0624, 0.1605, 4},
		{0, 20, 0, 0.1611, 4},
		{1, 29, 0.0061, 0.1718, 4},
		{0, 32, 0, 0.1071792, 7},
		{32, 32, 0.8928208, 1, 7},
		{0, 0, none, none, 4},
		{-1, 5, none, none, 4},
		{6, 5, none, none, 4},
	} {
		low, high := Wilson(c.successes, c.n)
		if !near(low, c.low, c.decimals) || !near(high, c.high, c.decimals) {
			t.Errorf("%d of %d: %v to %v, not %v to %v", c.successes, c.n, low, high, c.low, c.high)
		}
	}
	if low, _ := Wilson(0, 7); low != 0 {
		t.Errorf("none of 7: from %v", low)
	}
	if _, high := Wilson(7, 7); high != 1 {
		t.Errorf("7 of 7: up to %v", high)
	}
}

// The limits are the shares from which the one seen is z standard errors away,
// the error being that of the limit.
func TestWilsonByItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1_000_000).Draw(t, "n")
		successes := rapid.IntRange(0, n).Draw(t, "successes")
		share := float64(successes) / float64(n)
		low, high := Wilson(successes, n)
		if !(low >= 0 && low <= share && share <= high && high <= 1) {
			t.Fatalf("%v to %v does not hold %v", low, high, share)
		}
		for _, limit := range []float64{low, high} {
			away := math.Abs(share - limit)
			if limit != share && math.Abs(away-z95*math.Sqrt(limit*(1-limit)/float64(n))) > 1e-9 {
				t.Fatalf("%v is not a limit of %d of %d", limit, successes, n)
			}
		}
		less, more := Wilson(n-successes, n)
		if !close(1-high, less) || !close(1-low, more) {
			t.Fatalf("successes %v to %v, failures %v to %v", low, high, less, more)
		}
	})
}
