package report

import (
	"iter"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/idea"
)

// TestQuantile compares with published figures of type 7: the 90th percentile
// of twelve gauge measurements by the method R7 (NIST/SEMATECH e-Handbook of
// Statistical Methods, 7.2.6.2; here in ten-thousandths above 95), and the
// examples of Microsoft's PERCENTILE.INC and QUARTILE.INC, which are type 7 too.
func TestQuantile(t *testing.T) {
	gauge := []int{1772, 1567, 1937, 1959, 1442, 610, 1591, 1195, 1065, 925, 1990, 1682}
	slices.Sort(gauge)
	for _, c := range []struct {
		values []int
		p      float64
		want   float64
	}{
		{gauge, 0.9, 1956.8},
		{[]int{1, 2, 3, 4}, 0.3, 1.9},
		{[]int{1, 2, 4, 7, 8, 9, 10, 12}, 0.25, 3.5},
		{[]int{1, 2, 4, 7, 8, 9, 10, 12}, 0.5, 7.5},
		{[]int{5}, 0.85, 5},
		{[]int{5}, 0, 5},
		{[]int{3, 9}, 0, 3},
		{[]int{3, 9}, 1, 9},
		{[]int{3, 9}, 0.5, 6},
	} {
		if got := quantile(c.values, c.p); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("quantile %v of %v is %v, not %v", c.p, c.values, got, c.want)
		}
	}
	if got := quantile(nil, 0.5); !math.IsNaN(got) {
		t.Errorf("the median of nothing is %v", got)
	}
	if s := spread(nil); s.N != 0 || !math.IsNaN(s.Median) || !math.IsNaN(s.P85) {
		t.Errorf("the spread of nothing is %+v", s)
	}
}

// The quantile by the formula of Hyndman and Fan, which counts from 1: with
// m = 1-p, j = ⌊np+m⌋ and g = np+m-j it is (1-g)·x[j] + g·x[j+1].
func TestQuantileByTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.IntRange(0, 5000), 1, 50).Draw(t, "x")
		slices.Sort(x)
		p := rapid.SampledFrom([]float64{0.25, 0.5, 0.85, 1}).Draw(t, "p")
		h := float64(len(x))*p + 1 - p
		j := math.Floor(h + 1e-9)
		g := h - j
		want := (1-g)*float64(x[int(j)-1]) + g*float64(x[min(int(j), len(x)-1)])
		got := quantile(x, p)
		if math.Abs(got-want) > 1e-6 || got < float64(x[0]) || got > float64(x[len(x)-1]) {
			t.Fatalf("%v, not %v", got, want)
		}
	})
}

func TestFunnel(t *testing.T) {
	p := idea.DefaultProcess()
	f := NewFunnel(Head{}, p, 10, []idea.Reach{{Stage: "received", Ideas: 3}, {Stage: "dialogue", Ideas: 2}, {Stage: "presented", Ideas: 3}, {Stage: "realised", Ideas: 1}})
	want := map[idea.StageKey]int{"received": 10, "dialogue": 6, "development": 4, "presented": 4, "test": 1, "introduction": 1, "realised": 1}
	if len(f.Steps) != len(want) {
		t.Fatalf("%d steps", len(f.Steps))
	}
	before := 10
	for _, s := range f.Steps {
		if s.Reached != want[s.Stage.Key] {
			t.Errorf("%d reached %s, not %d", s.Reached, s.Stage.Key, want[s.Stage.Key])
		}
		if s.Share != float64(s.Reached)/10 || s.Conversion != float64(s.Reached)/float64(before) {
			t.Errorf("%s: share %v, conversion %v", s.Stage.Key, s.Share, s.Conversion)
		}
		before = s.Reached
	}
	for _, s := range NewFunnel(Head{}, p, 0, nil).Steps {
		if s.Reached != 0 || !math.IsNaN(s.Share) || !math.IsNaN(s.Conversion) {
			t.Errorf("of nothing: %+v", s)
		}
	}
	if got := NewFunnel(Head{}, nil, 3, nil); len(got.Steps) != 0 {
		t.Errorf("without stages: %+v", got)
	}
}

func entries(all ...idea.Entered) iter.Seq2[idea.Entered, error] {
	return func(yield func(idea.Entered, error) bool) {
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestTime(t *testing.T) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, clock int) time.Time { return time.Date(2026, 10, day, clock, 30, 0, 0, stockholm).UTC() }
	enter := func(n int64, stage idea.StageKey, day, clock int) idea.Entered {
		return idea.Entered{Idea: n, Received: "2026-10-01", Stage: stage, At: at(day, clock)}
	}
	got, err := NewTime(Head{Period: idea.Period{From: "2026-10-10", To: "2026-10-27"}}, idea.DefaultProcess(), stockholm, entries(
		enter(1, "received", 1, 0), enter(1, "dialogue", 9, 23), // ends before the period
		enter(1, "presented", 10, 0), // the first day: one day in dialogue
		enter(1, "realised", 26, 23), // the last day, over the change of clocks: 16 days
		enter(1, "dialogue", 27, 0),  // after the period
		enter(2, "received", 24, 23), //
		enter(2, "closed", 25, 23),   // a day of 25 hours
		enter(2, "dialogue", 26, 0),  // opened again: closed is not measured
		enter(2, "received", 25, 1),  // the clock had gone back: never below zero
		enter(2, "realised", 26, 1),  //
		enter(2, "dialogue", 26, 2),  //
		enter(2, "realised", 26, 3),  // not for the first time
		enter(3, "received", 12, 12), // still there
		enter(4, "closed", 11, 1),    // taken in there: nobody knows when it was closed
	), []int{4, 8})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ got, want Spread }{
		"realised": {got.Realised, Spread{2, 25, 25}},
		"closed":   {got.Closed, Spread{1, 24, 24}},
		"answer":   {got.Answer, Spread{2, 6, 7.4}},
	} {
		if !near(c.got, c.want) {
			t.Errorf("%s: %+v, not %+v", name, c.got, c.want)
		}
	}
	stays := map[idea.StageKey]Spread{"dialogue": {3, 0, 0.7}, "presented": {1, 16, 16}, "received": {2, 1, 1}}
	for _, s := range got.Stages {
		want := stays[s.Stage.Key]
		if s.Stage.Kind.Done() || s.Visits.N != want.N || want.N > 0 && !near(s.Visits, want) {
			t.Errorf("%s: %+v, not %+v", s.Stage.Key, s.Visits, want)
		}
	}
}

func near(a, b Spread) bool {
	return a.N == b.N && math.Abs(a.Median-b.Median) < 1e-9 && math.Abs(a.P85-b.P85) < 1e-9
}

func TestUnits(t *testing.T) {
	units := []idea.Unit{{ID: 1, Name: "Skola"}, {ID: 2, Name: "Vård"}, {ID: 3, Name: "Gamla", Closed: true}, {ID: 4, Name: "Äldre", Closed: true}}
	got := NewUnits(Head{}, idea.DefaultProcess(), units, []idea.UnitCount{
		{Unit: 1, Stage: "received", All: 5, Received: 2, Came: 4},
		{Unit: 1, Stage: "realised", All: 3, Received: 1, Came: 2},
		{Unit: 3, Stage: "closed", All: 2, Came: 1},
		{Unit: 0, Stage: "parked", All: 1, Received: 1},
	})
	want := []UnitRow{
		{Unit: 1, Name: "Skola", Received: 3, Open: 5, Realised: 2},
		{Unit: 0, Received: 1, Open: 1},
		{Unit: 2, Name: "Vård"},
		{Unit: 3, Name: "Gamla", Closed: 1},
	}
	if !slices.Equal(got.Rows, want) {
		t.Errorf("%+v\nnot\n%+v", got.Rows, want)
	}
	if total := (UnitRow{Received: 4, Open: 6, Realised: 2, Closed: 1}); got.Total != total {
		t.Errorf("total %+v", got.Total)
	}
}
