package stat

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestFisher compares with the lady who tasted tea (Fisher, The Design of
// Experiments, 1935; fisher.test(TeaTasting) gives p = 0.4857 in the notes of
// Stat 504, Pennsylvania State University) and with the convictions of twins of
// criminals (Fisher 1935; both are examples of R's fisher.test, p = 0.0005367).
func TestFisher(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		successesA, a, successesB, b int
		want                         float64
		decimals                     int
	}{
		{3, 4, 1, 4, 0.4857, 4},
		{2, 17, 10, 13, 0.0005367, 7},
		{0, 5, 0, 9, 1, 9},
		{5, 5, 9, 9, 1, 9},
		{1, 2, 5, 10, 1, 9},
		{0, 0, 1, 2, none, 0},
		{1, 2, 0, 0, none, 0},
		{3, 2, 0, 4, none, 0},
		{1, 2, -1, 4, none, 0},
	} {
		if got := Fisher(c.successesA, c.a, c.successesB, c.b); !near(got, c.want, c.decimals) {
			t.Errorf("%d of %d and %d of %d: %v, not %v", c.successesA, c.a, c.successesB, c.b, got, c.want)
		}
	}
}

// Of many, the exact test comes to the chi-squared test with Yates's correction,
// and what is all but impossible is 0, not NaN.
func TestFisherOfMany(t *testing.T) {
	const n = 1_000_000
	a, b := 300_000, 301_500
	pooled := float64(a+b) / (2 * n)
	z := (float64(b-a)/2 - 0.5) / math.Sqrt(pooled*(1-pooled)*n/2)
	if got := Fisher(a, n, b, n); math.Abs(got/beyond(z)-1) > 0.001 {
		t.Errorf("%v, not %v", got, beyond(z))
	}
	if got := Fisher(0, n, n, n); got != 0 {
		t.Errorf("none and all of a million: %v", got)
	}
}

// Fisher's test by counting every way to choose, in whole numbers.
func TestFisherByCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.IntRange(1, 40).Draw(t, "a"), rapid.IntRange(1, 40).Draw(t, "b")
		successesA, successesB := rapid.IntRange(0, a).Draw(t, "successesA"), rapid.IntRange(0, b).Draw(t, "successesB")
		ways := func(k int) *big.Rat {
			if k > successesA+successesB {
				return new(big.Rat)
			}
			chosen := new(big.Int).Binomial(int64(a), int64(k))
			rest := new(big.Int).Binomial(int64(b), int64(successesA+successesB-k))
			return new(big.Rat).SetInt(chosen.Mul(chosen, rest))
		}
		got := Fisher(successesA, a, successesB, b)
		if want := noMoreLikely(a, successesA, ways); !close(got, want) {
			t.Fatalf("%v, not %v", got, want)
		}
		checkP(t, got, Fisher(successesB, b, successesA, a))
		checkP(t, got, Fisher(a-successesA, a, b-successesB, b))
	})
}

// noMoreLikely adds the weights of 0 to high that are no greater than that of
// the one seen, exactly.
func noMoreLikely(high, seen int, weight func(int) *big.Rat) float64 {
	all, some := new(big.Rat), new(big.Rat)
	for k := range high + 1 {
		w := weight(k)
		all.Add(all, w)
		if w.Cmp(weight(seen)) <= 0 {
			some.Add(some, w)
		}
	}
	p, _ := some.Quo(some, all).Float64()
	return p
}

// TestRates compares with the example of R's poisson.test: lung cancer in
// Fredericia, 11 among 800 people, and in three other towns (Andersen 1977);
// p = 0.07967.
func TestRates(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		a       int
		lengthA float64
		b       int
		lengthB float64
		want    float64
	}{
		{11, 800, 6 + 8 + 7, 1083 + 1050 + 878, 0.07967},
		{0, 30, 0, 31, 1},
		{7, 30, 7, 30, 1},
		{1, 1, 0, 1, 1},
		{1, 0, 1, 1, none},
		{1, 1, 1, -1, none},
		{-1, 1, 1, 1, none},
		{1, 1, 1, math.Inf(1), none},
		{1, math.NaN(), 1, 1, none},
	} {
		if got := Rates(c.a, c.lengthA, c.b, c.lengthB); !near(got, c.want, 5) {
			t.Errorf("%d in %v and %d in %v: %v, not %v", c.a, c.lengthA, c.b, c.lengthB, got, c.want)
		}
	}
}

// The test by the probabilities of the binomial distribution, in fractions.
func TestRatesByFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.IntRange(0, 40).Draw(t, "a"), rapid.IntRange(0, 40).Draw(t, "b")
		daysA, daysB := rapid.Int64Range(1, 366).Draw(t, "daysA"), rapid.Int64Range(1, 366).Draw(t, "daysB")
		binomial := func(k int) *big.Rat {
			w := new(big.Int).Binomial(int64(a+b), int64(k))
			w.Mul(w, new(big.Int).Exp(big.NewInt(daysA), big.NewInt(int64(k)), nil))
			w.Mul(w, new(big.Int).Exp(big.NewInt(daysB), big.NewInt(int64(a+b-k)), nil))
			return new(big.Rat).SetInt(w)
		}
		got := Rates(a, float64(daysA), b, float64(daysB))
		if want := noMoreLikely(a+b, a, binomial); !close(got, want) {
			t.Fatalf("%v, not %v", got, want)
		}
		checkP(t, got, Rates(b, float64(daysB), a, float64(daysA)))
		checkP(t, got, Rates(a, float64(daysA)*24, b, float64(daysB)*24))
	})
}
