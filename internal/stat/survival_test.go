package stat

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// durations makes observations; what is below 0 is censored.
func durations(times ...float64) []Observation {
	var all []Observation
	for _, t := range times {
		all = append(all, Observation{Time: math.Abs(t), Ended: t >= 0})
	}
	return all
}

// Weeks in remission with 6-mercaptopurine and without (Freireich and others,
// The effect of 6-mercaptopurine on the duration of steroid-induced remissions
// in acute leukemia, Blood 21, 1963).
var (
	mercaptopurine = durations(6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35)
	placebo        = durations(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
)

// Weeks in remission with maintenance and without (Miller, Survival Analysis,
// 1981; data set aml of the R package survival).
var (
	maintained    = durations(9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161)
	nonmaintained = durations(5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45)
)

// TestKaplanMeier compares with the curves that were published of these data:
// of Freireich's in Kleinbaum and Klein (Survival Analysis, 2012, chapter 2) and
// by R, of aml in the reference output of R's survival (tests/doaml.Rout.save).
func TestKaplanMeier(t *testing.T) {
	none := math.NaN()
	type row struct {
		time                       float64
		atRisk, ended              int
		survival, error, low, high float64
	}
	for name, c := range map[string]struct {
		of     []Observation
		rows   []row
		median [3]float64
	}{
		"6-MP": {mercaptopurine, []row{
			{6, 21, 3, 0.857, 0.0764, 0.720, 1},
			{7, 17, 1, 0.807, 0.0869, 0.653, 0.996},
			{10, 15, 1, 0.753, 0.0963, 0.586, 0.968},
			{13, 12, 1, 0.690, 0.1068, 0.510, 0.935},
			{16, 11, 1, 0.627, 0.1141, 0.439, 0.896},
			{22, 7, 1, 0.538, 0.1282, 0.337, 0.858},
			{23, 6, 1, 0.448, 0.1346, 0.249, 0.807},
		}, [3]float64{23, 16, none}},
		"placebo": {placebo, nil, [3]float64{8, 4, 12}},
		"maintained": {maintained, []row{
			{9, 11, 1, 0.909, 0.0867, 0.7541, 1},
			{13, 10, 1, 0.818, 0.1163, 0.6192, 1},
			{18, 8, 1, 0.716, 0.1397, 0.4884, 1},
			{23, 7, 1, 0.614, 0.1526, 0.3769, 0.999},
			{31, 5, 1, 0.491, 0.1642, 0.2549, 0.946},
			{34, 4, 1, 0.368, 0.1627, 0.1549, 0.875},
			{48, 2, 1, 0.184, 0.1535, 0.0359, 0.944},
		}, [3]float64{31, 18, none}},
		"nonmaintained": {nonmaintained, []row{
			{5, 12, 2, 0.8333, 0.1076, 0.6470, 1},
			{8, 10, 2, 0.6667, 0.1361, 0.4468, 0.995},
			{12, 8, 1, 0.5833, 0.1423, 0.3616, 0.941},
			{23, 6, 1, 0.4861, 0.1481, 0.2675, 0.883},
			{27, 5, 1, 0.3889, 0.1470, 0.1854, 0.816},
			{30, 4, 1, 0.2917, 0.1387, 0.1148, 0.741},
			{33, 3, 1, 0.1944, 0.1219, 0.0569, 0.664},
			{43, 2, 1, 0.0972, 0.0919, 0.0153, 0.620},
			{45, 1, 1, 0, none, none, none},
		}, [3]float64{23, 8, none}},
	} {
		curve := KaplanMeier(c.of)
		falls := slices.DeleteFunc(slices.Clone(curve.Steps), func(s Step) bool { return s.Ended == 0 })
		if c.rows != nil && len(falls) != len(c.rows) {
			t.Fatalf("%s: %d falls, not %d", name, len(falls), len(c.rows))
		}
		for i, r := range c.rows {
			s := falls[i]
			if s.Time != r.time || s.AtRisk != r.atRisk || s.Ended != r.ended || !near(s.Survival, r.survival, 3) ||
				!near(s.Error, r.error, 4) || !near(s.Low, r.low, 3) || !near(s.High, r.high, 3) {
				t.Errorf("%s: %+v, not %+v", name, s, r)
			}
		}
		low, high := curve.Limits(0.5)
		if got := [3]float64{curve.Quantile(0.5), low, high}; !slices.EqualFunc(got[:], c.median[:], close) {
			t.Errorf("%s: median %v, not %v", name, got, c.median)
		}
	}
}

// TestCurveQuantile has the cases of R's own test of quantile.survfit (survival,
// tests/quantile.Rout.save): before the first fall, in the middle, level at
// exactly the share asked for, level to the end, and never reached.
func TestCurveQuantile(t *testing.T) {
	none := math.NaN()
	shares := []float64{13. / 14, 6. / 7, 2. / 3, 0.5, 9. / 35, 0.1}
	for _, c := range []struct {
		of        []Observation
		want, low []float64
	}{
		{durations(9, 1, -1, 6, 6, -8, -10), []float64{1, 3.5, 6, 9, 9.5, none}, []float64{1, 1, 1, 6, 6, 9}},
		{durations(9, 6, -8, -10), []float64{6, 6, 9, 9, none, none}, []float64{6, 6, 6, 6, 9, 9}},
		{durations(1, -1, 6), []float64{1, 1, 3.5, 6, 6, 6}, []float64{1, 1, 1, 1, none, none}},
	} {
		curve := KaplanMeier(c.of)
		for i, s := range shares {
			low, high := curve.Limits(1 - s)
			if got := curve.Quantile(1 - s); !close(got, c.want[i]) || !close(low, c.low[i]) || !math.IsNaN(high) {
				t.Errorf("%v: falls to %v at %v, %v to %v", c.of, s, got, low, high)
			}
		}
	}
	for _, p := range []float64{-1, 0, 1.1, none} {
		if got := KaplanMeier(placebo).Quantile(p); !math.IsNaN(got) {
			t.Errorf("quantile %v is %v", p, got)
		}
	}
}

func TestCurveAt(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		of                        []Observation
		time, survival, low, high float64
	}{
		{mercaptopurine, 5.9, 1, 1, 1},
		{mercaptopurine, 6, 0.857, 0.720, 1},
		{mercaptopurine, 9.5, 0.807, 0.653, 0.996},
		{mercaptopurine, 35, 0.448, 0.249, 0.807},
		{mercaptopurine, 36, none, none, none},
		{nonmaintained, 46, 0, none, none},
		{durations(-4), 3, 1, 1, 1},
		{durations(-4), 4, 1, 1, 1},
		{durations(-4), 5, none, none, none},
		{durations(0, -3), 0, 0.5, 0.125, 1},
		{nil, 0, none, none, none},
	} {
		if s, low, high := KaplanMeier(c.of).At(c.time); !near(s, c.survival, 3) || !near(low, c.low, 3) || !near(high, c.high, 3) {
			t.Errorf("%v at %v: %v, %v to %v, not %v", c.of, c.time, s, low, high, c.survival)
		}
	}
}

func TestCurveOfNothing(t *testing.T) {
	curve := KaplanMeier(nil)
	low, high := curve.Limits(0.5)
	if curve.N != 0 || curve.Ended != 0 || len(curve.Steps) != 0 || !math.IsNaN(curve.Quantile(0.5)) || !math.IsNaN(low) || !math.IsNaN(high) {
		t.Errorf("%+v", curve)
	}
}

func observations(least, most int) *rapid.Generator[[]Observation] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Observation {
		return Observation{Time: float64(rapid.IntRange(0, 20).Draw(t, "time")), Ended: rapid.Bool().Draw(t, "ended")}
	}), least, most)
}

// The curve by sharing out (Efron, The two sample problem with censored data,
// 1967): every observation has the weight 1/n; that of one that is censored is
// divided among those that take longer.
func TestKaplanMeierBySharingOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := observations(1, 60).Draw(t, "all")
		curve := KaplanMeier(all)
		sorted := slices.Clone(all)
		slices.SortStableFunc(sorted, func(a, b Observation) int {
			return 2*int(a.Time-b.Time) + before(b.Ended) - before(a.Ended)
		})
		weight := make([]float64, len(sorted))
		for i := range weight {
			weight[i] = 1 / float64(len(sorted))
		}
		survival, step, ended := 1.0, 0, 0
		for i, o := range sorted {
			if o.Ended {
				survival -= weight[i]
				ended++
			} else {
				for j := i + 1; j < len(sorted); j++ {
					weight[j] += weight[i] / float64(len(sorted)-i-1)
				}
			}
			if i+1 < len(sorted) && sorted[i+1].Time == o.Time {
				continue
			}
			if s := curve.Steps[step]; s.Time != o.Time || math.Abs(s.Survival-survival) > 1e-9 || s.AtRisk < s.Ended+s.Censored {
				t.Fatalf("%+v, not %v at %v", s, survival, o.Time)
			}
			step++
		}
		if step != len(curve.Steps) || curve.N != len(all) || curve.Ended != ended {
			t.Fatalf("%+v", curve)
		}
		checkCurve(t, curve)
	})
}

func before(ended bool) int {
	if ended {
		return 1
	}
	return 0
}

func checkCurve(t *rapid.T, c Curve) {
	survival, atRisk := 1.0, c.N
	for _, s := range c.Steps {
		if s.AtRisk != atRisk || s.Survival > survival || s.Survival < 0 {
			t.Fatalf("%+v after %v of %d", s, survival, atRisk)
		}
		if s.Survival > 0 && !(s.Low > 0 && s.Low <= s.Survival && s.Survival <= s.High && s.High <= 1) {
			t.Fatalf("limits: %+v", s)
		}
		survival, atRisk = s.Survival, atRisk-s.Ended-s.Censored
	}
	if atRisk != 0 {
		t.Fatalf("%d are never out of it", atRisk)
	}
}

// When everything has ended, the curve is the share that took longer, its error
// that of a share, and its median the plain one.
func TestKaplanMeierWithoutCensoring(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.IntRange(0, 20), 1, 60).Draw(t, "times")
		var all []Observation
		for _, x := range times {
			all = append(all, Observation{Time: float64(x), Ended: true})
		}
		curve := KaplanMeier(all)
		for _, s := range curve.Steps {
			longer := 0
			for _, x := range times {
				if float64(x) > s.Time {
					longer++
				}
			}
			share, n := float64(longer)/float64(len(times)), float64(len(times))
			if math.Abs(s.Survival-share) > 1e-9 {
				t.Fatalf("%+v, not %v", s, share)
			}
			if longer > 0 && math.Abs(s.Error-math.Sqrt(share*(1-share)/n)) > 1e-9 {
				t.Fatalf("%+v: the error is %v", s, math.Sqrt(share*(1-share)/n))
			}
		}
		slices.Sort(times)
		if got, want := curve.Quantile(0.5), Quantile(times, 0.5); got != want {
			t.Fatalf("median %v, not %v", got, want)
		}
	})
}

// TestLogRank compares with R's survdiff of the same data: of Freireich's,
// chi-squared 16.8 (16.79 in Kleinbaum and Klein) and p = 4.17e-05; of aml,
// chi-squared 3.4 and p = 0.0653 (survival, tests/doaml.Rout.save).
func TestLogRank(t *testing.T) {
	r := LogRank(mercaptopurine, placebo)
	if r.EndedA != 9 || r.EndedB != 21 || !near(r.ExpectedA, 19.3, 1) || !near(r.ExpectedB, 10.7, 1) || !near(r.ChiSquared, 16.79, 2) || !near(r.P, 4.17e-5, 7) {
		t.Errorf("%+v", r)
	}
	r = LogRank(maintained, nonmaintained)
	if r.EndedA != 7 || r.EndedB != 11 || !near(r.ExpectedA, 10.69, 2) || !near(r.ExpectedB, 7.31, 2) || !near(r.ChiSquared, 3.4, 1) || !near(r.P, 0.0653, 4) {
		t.Errorf("%+v", r)
	}
	// A third group that was censored before anything ended changes nothing
	// (survival, tests/difftest.Rout.save).
	early := durations(-1, -2, -2, -3, -3, -3, -4)
	if got := LogRank(maintained, append(early, nonmaintained...)); !near(got.P, 0.0653, 4) {
		t.Errorf("with early censoring: %+v", got)
	}
	for _, groups := range [][2][]Observation{
		{nil, nil}, {nil, placebo}, {placebo, nil},
		{durations(-3, -4), durations(-5)},
		{durations(-3, -4), durations(5, 6)},
	} {
		if r := LogRank(groups[0], groups[1]); !math.IsNaN(r.P) || !math.IsNaN(r.ChiSquared) {
			t.Errorf("%v: %+v", groups, r)
		}
	}
}

// The test by going through the observations anew for every time.
func TestLogRankByScanning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := observations(1, 30).Draw(t, "a"), observations(1, 30).Draw(t, "b")
		var seen, expected, variance float64
		for time := range 21 {
			atRiskA, endedA := scan(a, float64(time))
			atRiskB, endedB := scan(b, float64(time))
			n, ended := atRiskA+atRiskB, endedA+endedB
			if n < 1 {
				continue
			}
			seen += endedA
			expected += ended * atRiskA / n
			if n > 1 {
				variance += atRiskA * atRiskB * ended * (n - ended) / (n * n * (n - 1))
			}
		}
		got, back := LogRank(a, b), LogRank(b, a)
		if !close(got.ExpectedA, expected) || float64(got.EndedA) != seen || !close(got.ExpectedA+got.ExpectedB, float64(got.EndedA+got.EndedB)) {
			t.Fatalf("%+v, not %v of %v", got, seen, expected)
		}
		if variance == 0 {
			if !math.IsNaN(got.P) || !math.IsNaN(back.P) {
				t.Fatalf("%+v", got)
			}
			return
		}
		if chi := (seen - expected) * (seen - expected) / variance; !close(got.ChiSquared, chi) || !close(got.P, math.Erfc(math.Sqrt(chi/2))) {
			t.Fatalf("%+v, not %v", got, chi)
		}
		checkP(t, got.P, back.P)
		for _, group := range [][]Observation{a, b} {
			for i := range group {
				group[i].Time = math.Sqrt(group[i].Time)
			}
		}
		checkP(t, got.P, LogRank(a, b).P)
	})
}

// scan counts what has taken as long, and what of it ended then.
func scan(all []Observation, time float64) (atRisk, ended float64) {
	for _, o := range all {
		if o.Time >= time {
			atRisk++
		}
		if o.Time == time && o.Ended {
			ended++
		}
	}
	return atRisk, ended
}
