package report_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/report"
)

// twoMonths is ideas of two periods of thirty days, about so many in each, that
// are answered after some days or never, and of the half year before, of which
// some are answered in them. Slower and more are what sets the second apart; a quarter is four times as fast.
func twoMonths(random *rand.Rand, about int, more, slower float64) *report.Facts {
	f := ownFacts()
	f.Today = "2026-10-31"
	f.Promise = func(received idea.Day) idea.Day { return received.Add(14) }
	for n := range 10 * 240 {
		chance, rate, day := float64(about)/300, 0.05, idea.Day("2025-09-02").Add(n/10)
		if day >= "2026-03-31" {
			chance, rate = chance*more, rate/slower
		}
		if random.Float64() > chance {
			continue
		}
		l := life(int64(len(f.Ideas)+1), day, "")
		if days := int(random.ExpFloat64() / rate); days < 150 {
			l.Answered = l.Received.Add(days)
		}
		f.Ideas = append(f.Ideas, l)
	}
	return f
}

func compared(t *testing.T, f *report.Facts, names ...report.Name) map[string]report.Figure {
	t.Helper()
	before := period("2026-03-01", "2026-03-31")
	out := map[string]report.Figure{}
	for _, name := range names {
		for _, one := range report.New(f, name, report.Options{Period: period("2026-03-31", "2026-04-30"), Against: &before}).Figures() {
			out[one.Measure.ID()] = *one
		}
	}
	return out
}

// TestFalseAlarms: what differs by chance only is marked in one of twenty cases
// at most. The numbers are the same in every run.
func TestFalseAlarms(t *testing.T) {
	const runs = 300
	for _, about := range []int{6, 40} {
		random := rand.New(rand.NewPCG(2, uint64(about)))
		alarms, tested := map[string]int{}, map[string]int{}
		for range runs {
			got := compared(t, twoMonths(random, about, 1, 1), report.Flow, report.Answers)
			for _, id := range []string{"received", "answered_in_time", "first_answer_median", "first_answer_km_median"} {
				f := got[id]
				if f.Marked() {
					alarms[id]++
				}
				if !math.IsNaN(f.P) {
					tested[id]++
				}
				if f.P < 0 || f.P > 1 || f.Marked() != (f.P < 0.05) {
					t.Fatalf("%s: p is %v", id, f.P)
				}
			}
		}
		// With one of twenty, 29 or more of 300 are seen once in a thousand times.
		for id, n := range tested {
			if alarms[id] > 28 || about == 40 && n < runs*9/10 {
				t.Errorf("about %d: %s is marked %d times, of %d tested", about, id, alarms[id], n)
			}
		}
	}
}

// TestAlarms: what differs much is marked nearly always.
func TestAlarms(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	marked := map[string]int{}
	for range 50 {
		got := compared(t, twoMonths(random, 60, 2, 0.25), report.Flow, report.Answers)
		for _, id := range []string{"received", "answered_in_time", "first_answer_median", "first_answer_km_median"} {
			if got[id].Marked() {
				marked[id]++
			}
		}
	}
	for _, id := range []string{"received", "answered_in_time", "first_answer_median", "first_answer_km_median"} {
		if marked[id] < 40 {
			t.Errorf("%s is marked %d times of 50", id, marked[id])
		}
	}
}

// TestNoTest: what stands on a day, sums and what is too little are not tested.
func TestNoTest(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	got := compared(t, twoMonths(random, 80, 1, 1), report.Flow, report.Answers, report.Time, report.Tests)
	for _, id := range []string{"open_start", "open_end", "longest_waiting", "tests_cost", "tests_finished", "decision_median", "decision_km_median"} {
		if f, there := got[id]; !there || !math.IsNaN(f.P) {
			t.Errorf("%s: p is %v (%t)", id, f.P, there)
		}
	}
	few := compared(t, twoMonths(random, 3, 1, 1), report.Answers)
	if p := few["first_answer_km_median"].P; !math.IsNaN(p) {
		t.Errorf("the log-rank test of a few says %v", p)
	}
	f := twoMonths(random, 20, 1, 3)
	before := period("", "2026-03-31")
	for _, one := range report.New(f, report.Flow, report.Options{Period: period("2026-03-31", ""), Against: &before}).Figures() {
		if one.Measure.Key == "received" && !math.IsNaN(one.P) {
			t.Errorf("days without number are compared: %v", one.P)
		}
	}
}
