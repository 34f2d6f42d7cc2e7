package report_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/idea"
	"sluss/internal/report"
)

// TestNobodyIsFoundOut has somebody read all that is shown of several reports
// about the same people, and reckon: each figure of groups that add up to a
// total is what is missing, new givers and those who return are all givers, and
// nobody is fewer than none. No number of people that is kept back as too small
// may come out.
func TestNobodyIsFoundOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := crowd(t)
		least := rapid.IntRange(2, 7).Draw(t, "least")
		by := rapid.SampledFrom([]report.By{report.ByUnit, report.ByCoach, report.ByKind}).Draw(t, "by")
		o := report.Options{Period: period("2026-01-01", "2027-01-01"), By: by}
		before := period("2025-01-01", "2026-01-01")
		reports := []func() report.Report{
			func() report.Report { return report.New(f, report.Givers, o) },
			func() report.Report { return report.New(f, report.Anchoring, o) },
		}
		for _, id := range []string{"givers", "first_timers", "returning", "doubled", "both", "participants"} {
			m, err := report.Find(f, id)
			if err != nil {
				t.Fatal(err)
			}
			reports = append(reports, func() report.Report { return report.Of(f, report.Explain, []report.Measure{m}, o) })
		}
		now, then := newSpy(), newSpy()
		for _, make := range reports {
			whole, shown := make(), make()
			report.Suppress(&shown, least)
			now.read(t, whole, shown, false)
		}
		o.Against = &before
		for _, make := range reports {
			whole, shown := make(), make()
			report.Suppress(&shown, least)
			now.read(t, whole, shown, false)
			then.read(t, whole, shown, true)
		}
		o.Against, o.Period = nil, before // what was before is also a period of its own
		for _, make := range reports {
			whole, shown := make(), make()
			report.Suppress(&shown, least)
			then.read(t, whole, shown, false)
		}
		for name, s := range map[string]*spy{"now": now, "before": then} {
			for group, shown := range s.mixed {
				if shown && (s.secret[group+" givers"] || s.secret[group+" returning"]) {
					t.Fatalf("%s: %s: a formula is shown of what is kept back", name, group)
				}
			}
			s.reckon()
			for what, n := range s.true {
				if lo, hi := s.low[what], s.high[what]; lo > n || n > hi {
					t.Fatalf("%s: %s is %v, and was reckoned to %v to %v", name, what, n, lo, hi)
				}
				if s.secret[what] && s.low[what] == s.high[what] && n > 0 && n < float64(least) {
					t.Fatalf("%s: %s is found out to be %v, fewer than %d", name, what, n, least)
				}
			}
		}
	})
}

// crowd is givers of a few units, coaches and kinds, each of whom belongs to one
// of each, and activities of one unit each.
func crowd(t *rapid.T) *report.Facts {
	groups := rapid.IntRange(1, 5).Draw(t, "groups")
	f := ownFacts(ownOf("doubled", "", "2 * givers"), ownOf("both", "", "returning * 100 + givers"))
	f.FirstIdea = map[int64]idea.Day{}
	kinds := idea.GiverKinds()
	for k := range groups {
		f.Units = append(f.Units, idea.Unit{ID: int64(k + 1), Name: fmt.Sprint("U", k)})
		f.Coaches = append(f.Coaches, idea.Coach{ID: int64(k + 1), Name: fmt.Sprint("C", k)})
		for _, day := range []idea.Day{"2025-05-05", "2026-05-05"} {
			for range rapid.IntRange(0, 9).Draw(t, "givers") {
				one := life(int64(len(f.Ideas)+1), day, "")
				one.Unit, one.Coach, one.Kind = int64(k+1), int64(k+1), kinds[k%len(kinds)]
				giver := int64(len(f.FirstIdea) + 1)
				f.FirstIdea[giver] = day
				if rapid.Bool().Draw(t, "gave before") {
					f.FirstIdea[giver] = "2024-05-05"
				}
				one.Givers = []int64{giver}
				f.Ideas = append(f.Ideas, one)
			}
			if n := rapid.Int64Range(0, 9).Draw(t, "participants"); n < 9 {
				f.Activities = append(f.Activities, idea.Activity{ID: int64(len(f.Activities) + 1), Day: day, Participants: &n, Units: []int64{int64(k + 1)}})
			}
		}
	}
	return f
}

// spy is what somebody knows of numbers of people: each is from low to high.
type spy struct {
	true, low, high map[string]float64
	secret          map[string]bool // is kept back
	sums            map[string][]string
	mixed           map[string]bool // a formula of two numbers is shown
}

func newSpy() *spy {
	return &spy{true: map[string]float64{}, low: map[string]float64{}, high: map[string]float64{}, secret: map[string]bool{}, sums: map[string][]string{}, mixed: map[string]bool{}}
}

func (s *spy) learn(what string, n float64, shown bool) {
	if _, known := s.true[what]; !known {
		s.true[what], s.low[what], s.high[what] = n, 0, math.Inf(1)
	}
	if shown {
		s.low[what], s.high[what] = n, n
	} else {
		s.secret[what] = true
	}
}

// read takes what a report shows. Whole is the same with nothing kept back.
func (s *spy) read(t *rapid.T, whole, shown report.Report, before bool) {
	for k, table := range shown.Tables {
		for g, group := range table.Groups {
			name := group.Key
			if group.All {
				name = "all"
			}
			for n, f := range table.Figures[g] {
				truth := whole.Tables[k].Figures[g][n]
				if f.Before != nil && (f.Hidden || f.Before.Hidden) && !(math.IsNaN(f.Change()) && math.IsNaN(f.Percent()) && math.IsNaN(f.P)) {
					t.Fatalf("%s is kept back, and its change is there", f.Measure.ID())
				}
				if before {
					if f.Before == nil {
						continue
					}
					f, truth = *f.Before, *truth.Before
				}
				if f.Hidden && !(f.N == 0 && f.Part == 0 && f.Items == nil && math.IsNaN(f.Value) && math.IsNaN(f.Low) && math.IsNaN(f.High) && math.IsNaN(f.P)) {
					t.Fatalf("%s is kept back, and something of it is there: %+v", f.Measure.ID(), f)
				}
				s.readFigure(fmt.Sprint(table.By, " ", name), f, truth)
			}
		}
		if table.Total {
			s.addUp(table)
		}
	}
}

func (s *spy) readFigure(group string, f, truth report.Figure) {
	n := float64(truth.N)
	switch f.Measure.Key {
	case "givers":
		s.learn(group+" givers", n, !f.Hidden)
	case "doubled":
		s.learn(group+" givers", truth.Value/2, !f.Hidden)
	case "both":
		s.mixed[group] = s.mixed[group] || !f.Hidden
	case "participants":
		s.learn(group+" participants", truth.Value, !f.Hidden)
	case "first_timers", "returning":
		other := map[string]string{"first_timers": "returning", "returning": "first_timers"}[f.Measure.Key]
		s.learn(group+" givers", n, !f.Hidden)
		s.learn(group+" "+f.Measure.Key, float64(truth.Part), !f.Hidden)
		s.learn(group+" "+other, n-float64(truth.Part), !f.Hidden)
		s.sums[group+" givers"] = []string{group + " first_timers", group + " returning"}
	}
}

// addUp remembers that groups make up the total. Activities belong to units only.
func (s *spy) addUp(table report.Table) {
	if table.By == report.ByNetwork {
		return
	}
	for _, what := range []string{"givers", "first_timers", "returning", "participants"} {
		total := fmt.Sprint(table.By, " all ", what)
		var parts []string
		for _, g := range table.Groups {
			if part := fmt.Sprint(table.By, " ", g.Key, " ", what); !g.All && slices.Contains(keys(s.true), part) {
				parts = append(parts, part)
			}
		}
		if _, known := s.true[total]; known && (what != "participants" || table.By == report.ByUnit) && len(parts) == len(table.Groups)-1 {
			s.sums[total+" of groups"] = append([]string{total}, parts...)
		}
	}
}

func keys(m map[string]float64) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}

// reckon narrows down all numbers by what they add up to, as long as it helps.
func (s *spy) reckon() {
	for helped := true; helped; {
		helped = false
		for whole, parts := range s.sums {
			if len(parts) > 0 && whole == parts[0]+" of groups" {
				whole, parts = parts[0], parts[1:]
			}
			helped = s.narrow(whole, parts) || helped
		}
	}
}

func (s *spy) narrow(whole string, parts []string) (helped bool) {
	set := func(what string, low, high float64) {
		if low > s.low[what] || high < s.high[what] {
			s.low[what], s.high[what], helped = max(s.low[what], low), min(s.high[what], high), true
		}
	}
	low, high := 0.0, 0.0
	for _, p := range parts {
		low, high = low+s.low[p], high+s.high[p]
	}
	set(whole, low, high)
	for _, p := range parts {
		restLow, restHigh := 0.0, 0.0
		for _, q := range parts {
			if q != p {
				restLow, restHigh = restLow+s.low[q], restHigh+s.high[q]
			}
		}
		set(p, s.low[whole]-restHigh, s.high[whole]-restLow)
	}
	return helped
}

// TestSuppressTwice keeps nothing more back than suppressing once.
func TestSuppressTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := crowd(t)
		r := report.New(f, report.Givers, report.Options{By: report.ByUnit})
		report.Suppress(&r, 5)
		hidden := func() (out []bool) {
			for _, one := range r.Figures() {
				out = append(out, one.Hidden)
			}
			return out
		}
		once := hidden()
		report.Suppress(&r, 5)
		if !slices.Equal(once, hidden()) {
			t.Fatal("the second time is not like the first")
		}
	})
}

// TestChanceOfWhatIsKeptBack: how likely a difference is tells of the figures
// that differ.
func TestChanceOfWhatIsKeptBack(t *testing.T) {
	f := ownFacts()
	f.FirstIdea = map[int64]idea.Day{}
	for k := range 22 {
		day := idea.Day("2026-05-05")
		if k < 2 {
			day = "2025-05-05"
		}
		one := life(int64(k+1), day, "")
		one.Givers = []int64{int64(k + 1)}
		f.FirstIdea[int64(k+1)] = day
		f.Ideas = append(f.Ideas, one)
	}
	before := period("2025-01-01", "2026-01-01")
	r := report.New(f, report.Givers, report.Options{Period: period("2026-01-01", "2027-01-01"), Against: &before})
	if p := r.Tables[0].Figures[0][0].P; math.IsNaN(p) {
		t.Fatal("20 givers after 2 are not compared")
	}
	report.Suppress(&r, 5)
	if got := r.Tables[0].Figures[0][0]; got.Hidden || !got.Before.Hidden || !math.IsNaN(got.P) || got.Value != 20 {
		t.Errorf("%+v", got)
	}
}

// TestWhatGroupsShareTellsNothing sets groups that share people or activities
// against the whole and against each other, and periods that share days.
func TestWhatGroupsShareTellsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := crowd(t)
		least := rapid.IntRange(2, 7).Draw(t, "least")
		year := period("2026-01-01", "2027-01-01")
		givers, err := report.Find(f, "givers")
		if err != nil {
			t.Fatal(err)
		}
		whole := report.Of(f, report.Explain, []report.Measure{givers}, report.Options{Period: year})
		quarters := report.Of(f, report.Explain, []report.Measure{givers}, report.Options{Period: year, By: report.ByQuarter})
		report.Suppress(&quarters, least)
		seen, hidden := map[int64]bool{}, false
		for _, figures := range quarters.Tables[0].Figures {
			hidden = hidden || figures[0].Hidden
			for _, i := range figures[0].Items {
				seen[i.ID] = true
			}
		}
		all := whole.Tables[0].Figures[0][0].N
		if left := all - len(seen); hidden && all >= least && 0 < left && left < least {
			t.Fatalf("%d givers are left over in quarters that are kept back", left)
		}
		units := report.New(f, report.Anchoring, report.Options{Period: year})
		report.Suppress(&units, least)
		for _, one := range units.Figures() {
			for _, other := range units.Figures() {
				by := one.Value - other.Value
				if one.Measure.Key == "participants" && other.Measure == one.Measure && 0 < by && by < float64(least) && slices.ContainsFunc(one.Items, func(i report.Item) bool { return slices.Contains(other.Items, i) }) {
					t.Fatalf("two groups that share an activity differ by %v participants", by)
				}
			}
		}
		part := period("2026-02-01", "2027-03-01")
		both := report.New(f, report.Givers, report.Options{Period: year, Against: &part})
		report.Suppress(&both, least)
		for _, one := range both.Figures() {
			if one.Measure.People && !one.Before.Hidden {
				t.Fatalf("%s is set against a period that shares days with it", one.Measure.ID())
			}
		}
	})
}

// TestTargetsTellNothingTogether sets targets for a year against those of its
// quarters, of which one is kept back.
func TestTargetsTellNothingTogether(t *testing.T) {
	f := ownFacts()
	for k, n := range []int64{14, 20, 3, 12} {
		f.Activities = append(f.Activities, idea.Activity{ID: int64(k + 1), Day: idea.Day(fmt.Sprintf("2025-%02d-10", 3*k+1)), Participants: &n})
	}
	target := func(from, through idea.Day) idea.Target {
		return idea.Target{Measure: "participants", From: from, Through: through, Goal: "10"}
	}
	year, first := target("2025-01-01", "2025-12-31"), target("2025-01-01", "2025-03-31")
	if got := report.Follow(f, []idea.Target{first}, 5); got[0].Outcome.Value != 14 || len(got[0].Parts) == 0 {
		t.Errorf("a target alone shows %v in %d parts, not 14", got[0].Outcome.Value, len(got[0].Parts))
	}
	for _, p := range report.Follow(f, []idea.Target{year, first, target("2025-04-01", "2025-06-30"), target("2025-07-01", "2025-09-30"), target("2025-10-01", "2025-12-31")}, 5) {
		if p.Status != report.KeptBack || !math.IsNaN(p.Left) || !math.IsNaN(p.Outcome.Value) || p.Parts != nil || p.Before != nil {
			t.Errorf("%s to %s shows %v", p.From, p.Through, p.Outcome.Value)
		}
	}
	for _, p := range report.Follow(f, []idea.Target{year, first}, 0) {
		if p.Status == report.KeptBack {
			t.Errorf("%s to %s is kept back from somebody who may see it", p.From, p.Through)
		}
	}
}
