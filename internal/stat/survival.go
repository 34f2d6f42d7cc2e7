package stat

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// Observation is how long something has taken: until it ended or, if it has not,
// until now (then it is censored: all that is known is that it takes longer).
type Observation struct {
	Time  float64 // from 0, in any unit
	Ended bool
}

// Curve tells which share is still waiting after how long a time, as Kaplan and
// Meier estimate it. The zero Curve is that of no observations.
type Curve struct {
	N     int    // observations
	Ended int    // those of them that ended
	Steps []Step // by time: one for each at which something ended or was censored
}

// Step is a time at which a curve falls, or at which observations leave it.
type Step struct {
	Time     float64
	AtRisk   int     // observations that have taken this long or longer
	Ended    int     // at this time
	Censored int     // at this time, counted as if just after those that ended
	Survival float64 // share that takes longer than this
	Error    float64 // standard error of Survival, by Greenwood's formula; NaN when Survival is 0
	Low      float64 // 95 % confidence limits of Survival, symmetric for its logarithm
	High     float64 // and no higher than 1; NaN when Survival is 0
}

// KaplanMeier estimates the curve of durations of which some are not over yet
// (Kaplan and Meier, Nonparametric Estimation from Incomplete Observations,
// Journal of the American Statistical Association 53, 1958). Figures and
// conventions are those of R's survfit with its default confidence limits. It
// holds only if what is censored is not so because it will take longer or
// shorter than the rest. The order of the observations does not matter.
func KaplanMeier(observations []Observation) Curve {
	c := Curve{N: len(observations)}
	survival, greenwood := 1.0, 0.0
	atRisk := c.N
	for _, m := range moments(observations) {
		ended, n := float64(m.ended), float64(atRisk)
		survival *= (n - ended) / n
		if m.ended > 0 {
			greenwood += ended / (n * (n - ended))
		}
		c.Ended += m.ended
		c.Steps = append(c.Steps, step(m, atRisk, survival, math.Sqrt(greenwood)))
		atRisk -= m.ended + m.censored
	}
	return c
}

// step takes the standard error of the logarithm of survival.
func step(m moment, atRisk int, survival, logError float64) Step {
	s := Step{Time: m.time, AtRisk: atRisk, Ended: m.ended, Censored: m.censored, Survival: survival}
	if survival == 0 {
		s.Error, s.Low, s.High = math.NaN(), math.NaN(), math.NaN()
		return s
	}
	s.Error = survival * logError
	s.Low = survival * math.Exp(-z95*logError)
	s.High = min(1, survival*math.Exp(z95*logError))
	return s
}

// At is the share that takes longer than a time, with its 95 % confidence
// limits. NaN after the last observation, unless everything had ended by then,
// and for no observations; the limits are NaN where the share is 0.
func (c Curve) At(time float64) (survival, low, high float64) {
	i := sort.Search(len(c.Steps), func(i int) bool { return c.Steps[i].Time > time })
	if i == 0 && c.N > 0 {
		return 1, 1, 1
	}
	if i == 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	s := c.Steps[i-1]
	if i == len(c.Steps) && time > s.Time && s.Survival > 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	return s.Survival, s.Low, s.High
}

// Quantile is the time by which a share p has ended: 0.5 gives the median, in
// the unit of the times. If the curve runs level at exactly 1-p, it is the
// middle of that stretch, as in R. NaN when the curve does not fall so far (too
// many are still waiting), for no observations, and for a p that is not above 0
// and at most 1.
func (c Curve) Quantile(p float64) float64 {
	return c.crossing(p, func(s Step) float64 { return s.Survival })
}

// Limits are the 95 % confidence limits of a quantile: the times at which the
// limits of the curve fall to 1-p (Brookmeyer and Crowley, Biometrics 38, 1982,
// with the limits of R's survfit). A limit is NaN where there is none, as the
// upper one often is: then it is only known that the time is longer than the
// lower one.
func (c Curve) Limits(p float64) (low, high float64) {
	return c.crossing(p, func(s Step) float64 { return s.Low }), c.crossing(p, func(s Step) float64 { return s.High })
}

// level is how far two shares may be apart and count as equal.
const level = 1.5e-8

// crossing is the time at which a falling line comes to 1-p. Where the line is
// NaN it is no more.
func (c Curve) crossing(p float64, line func(Step) float64) float64 {
	if !(p > 0 && p <= 1) {
		return math.NaN()
	}
	from := slices.IndexFunc(c.Steps, func(s Step) bool { return line(s) <= 1-p+level })
	if from < 0 {
		return math.NaN()
	}
	to := from
	if line(c.Steps[from]) >= 1-p-level {
		to = len(c.Steps) - 1
		if i := slices.IndexFunc(c.Steps, func(s Step) bool { return line(s) < 1-p-level }); i >= 0 {
			to = i
		}
	}
	return (c.Steps[from].Time + c.Steps[to].Time) / 2
}

// moment is what happened at a time.
type moment struct {
	time            float64
	ended, censored int
}

func moments(observations []Observation) []moment {
	sorted := slices.Clone(observations)
	slices.SortFunc(sorted, func(a, b Observation) int { return cmp.Compare(a.Time, b.Time) })
	var all []moment
	for _, o := range sorted {
		if len(all) == 0 || all[len(all)-1].time != o.Time {
			all = append(all, moment{time: o.Time})
		}
		if last := &all[len(all)-1]; o.Ended {
			last.ended++
		} else {
			last.censored++
		}
	}
	return all
}

// Ranked is what the log-rank test of two groups gives.
type Ranked struct {
	EndedA, EndedB       int     // observed
	ExpectedA, ExpectedB float64 // how many would have ended if the groups did not differ
	ChiSquared           float64 // with one degree of freedom
	P                    float64
}

// LogRank tests whether two groups of durations differ, where some are not over
// yet (Mantel, Evaluation of survival data and two new rank order statistics
// arising in its consideration, Cancer Chemotherapy Reports 50, 1966), with the
// hypergeometric variance, as R's survdiff does. ChiSquared and P are NaN when
// nothing ended while both groups had something that could end.
//
// The p-value is an approximation for groups that are not small: where fewer
// than five are expected to end in either group, it finds differences too
// readily.
func LogRank(a, b []Observation) Ranked {
	var r Ranked
	var variance float64
	left, right := moments(a), moments(b)
	atRiskA, atRiskB := len(a), len(b)
	for len(left)+len(right) > 0 {
		inA, inB := next(&left, &right)
		ended, n := float64(inA.ended+inB.ended), float64(atRiskA+atRiskB)
		share := float64(atRiskA) / n
		r.EndedA += inA.ended
		r.EndedB += inB.ended
		r.ExpectedA += ended * share
		r.ExpectedB += ended * float64(atRiskB) / n
		if n > 1 {
			variance += ended * share * (1 - share) * (n - ended) / (n - 1)
		}
		atRiskA -= inA.ended + inA.censored
		atRiskB -= inB.ended + inB.censored
	}
	if variance == 0 {
		r.ChiSquared, r.P = math.NaN(), math.NaN()
		return r
	}
	z := math.Abs(float64(r.EndedA)-r.ExpectedA) / math.Sqrt(variance)
	r.ChiSquared, r.P = z*z, beyond(z)
	return r
}

// next takes what happened at the earliest time off either list.
func next(a, b *[]moment) (inA, inB moment) {
	takeA := len(*b) == 0 || len(*a) > 0 && (*a)[0].time <= (*b)[0].time
	takeB := len(*a) == 0 || len(*b) > 0 && (*b)[0].time <= (*a)[0].time
	if takeA {
		inA, *a = (*a)[0], (*a)[1:]
	}
	if takeB {
		inB, *b = (*b)[0], (*b)[1:]
	}
	return inA, inB
}
