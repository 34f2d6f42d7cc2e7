package report_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/idea"
	"sluss/internal/report"
)

// keysOf is the groups of time of a period without anything in it.
func keysOf(t rapid.TB, by report.By, p idea.Period) (keys []string) {
	t.Helper()
	f := ownFacts()
	f.Today = "2199-12-31"
	m, err := report.Find(f, "received")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range report.Of(f, report.Trend, []report.Measure{m}, report.Options{Period: p, By: by}).Tables[0].Groups {
		keys = append(keys, g.Key)
	}
	return keys
}

// TestWeeks takes weeks of which ISO 8601 says that they belong to another year
// than some of their days.
func TestWeeks(t *testing.T) {
	for key, day := range map[string]idea.Day{
		"2020-W53": "2021-01-03", // a year of 53 weeks
		"2021-W01": "2021-01-04",
		"2026-W01": "2025-12-29", // begins in December
		"2025-W01": "2024-12-30",
		"2024-W52": "2024-12-29",
		"2026-W53": "2027-01-03",
		"2027-W01": "2027-01-04",
		"2026-W13": "2026-03-29", // the day on which summer time begins
		"2026-W43": "2026-10-25", // and on which it ends
		"2024-W09": "2024-02-29",
	} {
		if got := keysOf(t, report.ByWeek, period(day, day.Add(1))); len(got) != 1 || got[0] != key {
			t.Errorf("%s lies in %v, not in %s", day, got, key)
		}
	}
}

// TestPartsFollow splits any period: its parts are those in which its days lie by
// the standard library, each once and in their order.
func TestPartsFollow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := idea.Day("2019-06-01").Add(rapid.IntRange(0, 4000).Draw(t, "from"))
		to := from.Add(rapid.IntRange(0, 800).Draw(t, "days"))
		by := rapid.SampledFrom([]report.By{report.ByWeek, report.ByMonth, report.ByQuarter, report.ByYear}).Draw(t, "by")
		var want []string
		for day := from; day < to; day = day.Add(1) {
			if key := keyOf(by, day); len(want) == 0 || want[len(want)-1] != key {
				want = append(want, key)
			}
		}
		if got := keysOf(t, by, period(from, to)); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s to %s by %s: %v, not %v", from, to, by, got, want)
		}
	})
}

func TestBefore(t *testing.T) {
	for _, c := range []struct{ name, from, to, previous, previousTo, year, yearTo idea.Day }{
		{"2026", "2026-01-01", "2027-01-01", "2025-01-01", "2026-01-01", "2025-01-01", "2026-01-01"},
		{"2026-q1", "2026-01-01", "2026-04-01", "2025-10-01", "2026-01-01", "2025-01-01", "2025-04-01"},
		{"2026-03", "2026-03-01", "2026-04-01", "2026-02-01", "2026-03-01", "2025-03-01", "2025-04-01"},
		{"2024-03, after a leap day", "2024-03-01", "2024-04-01", "2024-02-01", "2024-03-01", "2023-03-01", "2023-04-01"},
		{"2024-02, with a leap day", "2024-02-01", "2024-03-01", "2024-01-01", "2024-02-01", "2023-02-01", "2023-03-01"},
		{"2026-W13", "2026-03-23", "2026-03-30", "2026-03-16", "2026-03-23", "2025-03-24", "2025-03-31"},
		{"2026-W01", "2025-12-29", "2026-01-05", "2025-12-22", "2025-12-29", "2024-12-30", "2025-01-06"},
		{"2021-W01", "2021-01-04", "2021-01-11", "2020-12-28", "2021-01-04", "2019-12-30", "2020-01-06"},
		{"2020-W53, which 2019 has not", "2020-12-28", "2021-01-04", "2020-12-21", "2020-12-28", "2019-12-23", "2019-12-30"},
		{"any ten days", "2026-03-25", "2026-04-04", "2026-03-15", "2026-03-25", "2025-03-25", "2025-04-04"},
		{"a leap day", "2024-02-29", "2024-03-01", "2024-02-28", "2024-02-29", "2023-03-01", "2023-03-01"},
		{"a day", "2026-10-25", "2026-10-26", "2026-10-24", "2026-10-25", "2025-10-25", "2025-10-26"},
		{"two months", "2026-03-01", "2026-05-01", "2025-12-30", "2026-03-01", "2025-03-01", "2025-05-01"},
	} {
		p := period(c.from, c.to)
		if got, ok := report.Previous(p); !ok || got != period(c.previous, c.previousTo) {
			t.Errorf("before %s comes %v", c.name, got)
		}
		if got, ok := report.YearBefore(p); !ok || got != period(c.year, c.yearTo) {
			t.Errorf("a year before %s is %v", c.name, got)
		}
	}
	for _, p := range []idea.Period{{}, {From: "2026-01-01"}, {To: "2026-01-01"}} {
		if got, ok := report.Previous(p); ok {
			t.Errorf("before %v comes %v", p, got)
		}
		if got, ok := report.YearBefore(p); ok {
			t.Errorf("a year before %v is %v", p, got)
		}
	}
}

// TestPreviousLeavesNoGap: the period before ends where a period begins, and is
// as long, but for what the calendar makes longer or shorter.
func TestPreviousLeavesNoGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := idea.Day("2019-06-01").Add(rapid.IntRange(0, 4000).Draw(t, "from"))
		p := period(from, from.Add(rapid.IntRange(1, 800).Draw(t, "days")))
		q, ok := report.Previous(p)
		if diff := q.To.Sub(q.From) - p.To.Sub(p.From); !ok || q.To != p.From || diff < -3 || diff > 3 {
			t.Fatalf("before %v comes %v", p, q)
		}
		if y, ok := report.YearBefore(p); !ok || y.From.Sub(p.From) > -364 || y.From.Sub(p.From) < -371 || y.To < y.From {
			t.Fatalf("a year before %v is %v", p, y)
		}
	})
}

// TestHorizon compares with a period that is looked at when it was as old as this
// one is now.
func TestHorizon(t *testing.T) {
	for _, c := range []struct {
		what  string
		today idea.Day
		p, q  idea.Period
		want  idea.Day
	}{
		{"five days into this month", "2026-11-05", period("2026-11-01", "2026-12-01"), period("2026-10-01", "2026-11-01"), "2026-10-05"},
		{"twenty days after it", "2026-12-20", period("2026-11-01", "2026-12-01"), period("2026-10-01", "2026-11-01"), "2026-11-20"},
		{"the last day", "2026-11-30", period("2026-11-01", "2026-12-01"), period("2026-10-01", "2026-11-01"), "2026-10-30"},
		{"the day after", "2026-12-01", period("2026-11-01", "2026-12-01"), period("2026-10-01", "2026-11-01"), "2026-11-01"},
		{"a leap year", "2025-03-01", period("2025-01-01", "2026-01-01"), period("2024-01-01", "2025-01-01"), "2024-02-29"},
		{"what lies after", "2026-06-10", period("2025-01-01", "2025-02-01"), period("2026-06-01", "2026-07-01"), "2026-06-10"},
		{"an open end", "2026-06-10", period("2026-01-01", ""), period("2025-01-01", "2026-01-01"), "2026-06-10"},
		{"a period to come", "2026-06-10", period("2026-07-01", "2026-08-01"), period("2026-06-01", "2026-07-01"), "2026-06-10"},
	} {
		f := ownFacts()
		f.Today = c.today
		if got := report.New(f, report.Flow, report.Options{Period: c.p, Against: &c.q}).Horizon; got != c.want {
			t.Errorf("%s: %s, not %s", c.what, got, c.want)
		}
	}
}

// TestSameAge: an older cohort does not look better for having had more time.
// Each idea is realised as many days after it came in as the one of the period
// before.
func TestSameAge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := ownFacts()
		f.Today = idea.Day("2026-05-01").Add(rapid.IntRange(0, 150).Draw(t, "today"))
		for k, days := range rapid.SliceOf(rapid.IntRange(0, 200)).Draw(t, "days to the end") {
			for n, first := range []idea.Day{"2026-03-31", "2026-05-01"} { // both months have 30 days here
				came := first.Add(k % 30)
				f.Ideas = append(f.Ideas, life(int64(2*k+n+1), came, came.Add(days)))
			}
		}
		for k, l := range f.Ideas { // what is to come has not happened
			if last := len(l.Visits) - 1; l.Visits[last].Day > f.Today {
				f.Ideas[k].Visits = l.Visits[:last]
			}
		}
		before := period("2026-03-31", "2026-04-30")
		r := report.New(f, report.Outcome, report.Options{Period: period("2026-05-01", "2026-05-31"), Against: &before})
		for _, one := range r.Tables[0].Figures[0] {
			if key := one.Measure.Key; (key == "realised_of_received" || key == "received") && (one.N != one.Before.N || one.Part != one.Before.Part) {
				t.Fatalf("on %s %s is %d of %d, and was %d of %d at the same age", f.Today, key, one.Part, one.N, one.Before.Part, one.Before.N)
			}
		}
	})
}

// TestKeyOf holds the keys of weeks against the days that the standard has as
// examples.
func TestKeyOf(t *testing.T) {
	for _, c := range []struct{ day, year, week int }{{2005_01_01, 2004, 53}, {2005_12_31, 2005, 52}, {2007_01_01, 2007, 1}, {2008_12_29, 2009, 1}, {2010_01_03, 2009, 53}} {
		day := idea.Day(time.Date(c.day/10000, time.Month(c.day/100%100), c.day%100, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
		if got := keysOf(t, report.ByWeek, period(day, day.Add(1))); len(got) != 1 || got[0] != fmt.Sprintf("%d-W%02d", c.year, c.week) {
			t.Errorf("%s lies in %v", day, got)
		}
	}
}

// TestStopped: once nobody wants the figures any more none is counted.
func TestStopped(t *testing.T) {
	f := &report.Facts{Today: "2026-11-25", Dawn: "2026-01-02", Ideas: []*report.Life{{Life: idea.Life{Number: 1, Received: "2026-01-02"}}}}
	asked := report.Options{Period: idea.Period{From: "2026-01-01", To: "2027-01-01"}}
	if r := report.New(f, report.Givers, asked); r.Tables[0].Figures[0][3].N != 1 {
		t.Fatalf("without a stop it counts %+v", r.Tables[0].Figures[0][3])
	}
	f.Stopped = func() bool { return true }
	for _, figures := range report.New(f, report.Givers, asked).Tables[0].Figures {
		for _, figure := range figures {
			if figure.N != 0 || figure.Gap == report.NoGap {
				t.Errorf("%s is counted: %+v", figure.Measure.ID(), figure)
			}
		}
	}
}
