package report_test

import (
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/idea"
	"sluss/internal/report"
)

// today is the day of these facts.
const today idea.Day = "2026-11-25"

func ownFacts(owns ...report.Own) *report.Facts {
	return &report.Facts{Dawn: "2000-01-01", Today: today, Loc: time.UTC, Stages: idea.DefaultProcess(), Owns: owns}
}

func ownOf(key string, together idea.Together, formula string, values ...idea.MeasureValue) report.Own {
	return report.Own{OwnMeasure: idea.OwnMeasure{Key: key, Names: idea.Names{EN: key, SV: key}, Together: together, Formula: formula}, Values: values}
}

func period(from, to idea.Day) idea.Period { return idea.Period{From: from, To: to} }

func figureOf(t rapid.TB, f *report.Facts, id string, o report.Options) report.Table {
	t.Helper()
	m, err := report.Find(f, id)
	if err != nil {
		t.Fatal(err)
	}
	return report.Of(f, report.Explain, []report.Measure{m}, o).Tables[0]
}

// TestValuesPutTogether compares the figures of the parts of a period with plain
// sums over the days of the parts.
func TestValuesPutTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := idea.Day("2025-01-01")
		days := rapid.SliceOfNDistinct(rapid.IntRange(0, 900), 0, 40, func(n int) int { return n }).Draw(t, "days")
		slices.Sort(days)
		var values []idea.MeasureValue
		for k, n := range days {
			amount := strconv.Itoa(rapid.IntRange(-50, 500).Draw(t, "value")) + ".5"
			values = append(values, idea.MeasureValue{ID: int64(k + 1), On: first.Add(n), Value: idea.Amount(amount)})
		}
		together := rapid.SampledFrom(idea.Togethers()).Draw(t, "together")
		f := ownFacts(ownOf("visitors", together, "", values...))
		p := period(first.Add(rapid.IntRange(0, 300).Draw(t, "from")), first.Add(rapid.IntRange(301, 900).Draw(t, "to")))
		by := rapid.SampledFrom([]report.By{report.ByWeek, report.ByMonth, report.ByQuarter, report.ByYear}).Draw(t, "by")
		table := figureOf(t, f, "visitors", report.Options{Period: p, By: by})
		for k, g := range table.Groups {
			var inside []float64
			for _, v := range values {
				if f, _ := v.Value.Float(); v.On >= p.From && v.On < p.To && v.On <= today && keyOf(by, v.On) == g.Key {
					inside = append(inside, f)
				}
			}
			if want, got := plain(together, inside), table.Figures[k][0].Value; want != got && !(math.IsNaN(want) && math.IsNaN(got)) {
				t.Fatalf("%s of %s is %v, want %v of %v", together, g.Key, got, want, inside)
			}
		}
	})
}

// keyOf is the part of the calendar that a day is in, by the standard library.
func keyOf(by report.By, day idea.Day) string {
	at, _ := time.Parse(time.DateOnly, string(day))
	switch by {
	case report.ByWeek:
		year, week := at.ISOWeek()
		if week < 10 {
			return strconv.Itoa(year) + "-W0" + strconv.Itoa(week)
		}
		return strconv.Itoa(year) + "-W" + strconv.Itoa(week)
	case report.ByMonth:
		return at.Format("2006-01")
	case report.ByQuarter:
		return strconv.Itoa(at.Year()) + "-q" + strconv.Itoa((int(at.Month())-1)/3+1)
	}
	return at.Format("2006")
}

func plain(together idea.Together, values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	switch together {
	case idea.TogetherMean:
		return sum / float64(len(values))
	case idea.TogetherLast:
		return values[len(values)-1]
	}
	return sum
}

// life is an idea that came in on a day and was realised on another, if there
// is one.
func life(number int64, received, realised idea.Day) *report.Life {
	process := idea.DefaultProcess()
	stage := func(kind idea.StageKind) *idea.Stage {
		k := slices.IndexFunc(process, func(s idea.Stage) bool { return s.Kind == kind })
		return &process[k]
	}
	l := &report.Life{Life: idea.Life{Number: number, Kind: idea.Employee, Received: received}}
	l.Visits = append(l.Visits, report.Visit{Stage: stage(idea.Intake), Day: received})
	if realised != "" {
		l.Visits = append(l.Visits, report.Visit{Stage: stage(idea.Realised), Day: realised})
	}
	return l
}

func TestFormulaOverMeasures(t *testing.T) {
	f := ownFacts(
		ownOf("visitors", idea.TogetherSum, "", idea.MeasureValue{ID: 1, On: "2026-02-01", Value: "30"}, idea.MeasureValue{ID: 2, On: "2026-05-01", Value: "20.5"}),
		ownOf("each", "", "visitors / received"),
		ownOf("twice", "", "2 * each + 1"),
		ownOf("done", "", "100 * realised / received"),
		ownOf("lost", "", "visitors / gone"),
	)
	f.Ideas = []*report.Life{life(1, "2026-02-03", "2026-04-01"), life(2, "2026-02-04", ""), life(3, "2026-06-01", "")}
	for id, want := range map[string]map[string]float64{
		"each":  {"2026-q1": 15, "2026-q2": 20.5, "2026-q3": math.NaN(), "2026-q4": math.NaN()},
		"twice": {"2026-q1": 31, "2026-q2": 42, "2026-q3": math.NaN(), "2026-q4": math.NaN()},
		"done":  {"2026-q1": 0, "2026-q2": 100, "2026-q3": math.NaN(), "2026-q4": math.NaN()},
		"lost":  {"2026-q1": math.NaN(), "2026-q2": math.NaN(), "2026-q3": math.NaN(), "2026-q4": math.NaN()},
	} {
		table := figureOf(t, f, id, report.Options{Period: period("2026-01-01", "2027-01-01"), By: report.ByQuarter})
		for k, g := range table.Groups {
			if got := table.Figures[k][0].Value; got != want[g.Key] && !(math.IsNaN(got) && math.IsNaN(want[g.Key])) {
				t.Errorf("%s of %s is %v, want %v", id, g.Key, got, want[g.Key])
			}
		}
	}
}

// TestValuesBelongToNoGroup: a number of visitors is not that of each kind of
// giver, nor of a selection.
func TestValuesBelongToNoGroup(t *testing.T) {
	f := ownFacts(ownOf("visitors", idea.TogetherSum, "", idea.MeasureValue{ID: 1, On: "2026-02-01", Value: "30"}))
	f.Ideas = []*report.Life{life(1, "2026-02-03", "")}
	table := figureOf(t, f, "visitors", report.Options{By: report.ByKind})
	for k, g := range table.Groups {
		if got := table.Figures[k][0].Value; g.All != (got == 30) || g.All == math.IsNaN(got) {
			t.Errorf("%q has %v", g.Key, got)
		}
	}
	f.Narrowed = true
	if got := figureOf(t, f, "visitors", report.Options{}).Figures[0][0].Value; !math.IsNaN(got) {
		t.Errorf("a selection has %v visitors", got)
	}
}

func TestCheckNew(t *testing.T) {
	f := ownFacts(ownOf("a", "", "b + 1"), ownOf("b", "", "c * received"), ownOf("c", idea.TogetherSum, ""))
	for text, kind := range map[string]idea.Kind{
		"a":                     idea.Refused, // through b and c
		"b":                     idea.Refused,
		"c + 1":                 idea.Refused,
		"d":                     idea.NotFound,
		"reached":               idea.NotFound,
		`reached("nowhere")`:    idea.NotFound,
		"1 +":                   idea.Usage,
		"received / 0":          idea.Usage,
		`reached("test") * 1.5`: 0,
		"received":              0,
	} {
		err := report.CheckFormula(f, idea.OwnMeasure{Key: "c", Formula: text})
		if kind == 0 && err != nil || kind != 0 && (err == nil || idea.KindOf(err) != kind) {
			t.Errorf("c = %s gives %v", text, err)
		}
	}
	for key, kind := range map[string]idea.Kind{"received": idea.Refused, "reached": idea.Refused, "not": idea.Usage} {
		if err := report.CheckNew(f, idea.OwnMeasure{Key: key}); err == nil || idea.KindOf(err) != kind {
			t.Errorf("the key %s gives %v", key, err)
		}
	}
}

// TestCircleInTheDatabase: what somebody wrote past the program does not hang it.
func TestCircleInTheDatabase(t *testing.T) {
	f := ownFacts(ownOf("a", "", "b + 1"), ownOf("b", "", "a + 1"), ownOf("c", "", "a + b"), ownOf("d", "", "(("))
	for _, id := range []string{"a", "b", "c", "d"} {
		if got := figureOf(t, f, id, report.Options{}).Figures[0][0].Value; !math.IsNaN(got) {
			t.Errorf("%s is %v", id, got)
		}
	}
}

func TestGoal(t *testing.T) {
	percent := ownOf("happy", idea.TogetherMean, "")
	percent.CountedIn = "%"
	f := ownFacts(percent, ownOf("visitors", idea.TogetherSum, ""))
	for _, c := range []struct{ id, word, want string }{
		{"answered_in_time", "90%", "0.9"}, {"answered_in_time", "92,5 %", "0.925"}, {"answered_in_time", "0,9", "0.9"}, {"answered_in_time", "33.3%", "0.333"},
		{"answered_in_time", "100%", "1"}, {"answered_in_time", "0%", "0"}, {"answered_in_time", "90", ""}, {"answered_in_time", "1", ""}, {"answered_in_time", "101%", ""},
		{"answered_in_time", "-1%", ""}, {"answered_in_time", "bra", ""}, {"answered_in_time", "", ""}, {"answered_in_time", "%", ""},
		{"received", "120", "120"}, {"received", "1 200", "1200"}, {"received", "90%", ""},
		{"happy", "90%", "90"}, {"happy", "87,5", "87.5"}, {"visitors", "1500", "1500"}, {"visitors", "10%", ""},
	} {
		m, err := report.Find(f, c.id)
		if err != nil {
			t.Fatal(err)
		}
		got, err := m.FindGoal(c.word)
		if string(got) != c.want || (err == nil) != (c.want != "") || err != nil && idea.KindOf(err) != idea.Usage {
			t.Errorf("the goal %q of %s is %q, want %q (%v)", c.word, c.id, got, c.want, err)
		}
	}
}

// TestStatus goes through a year of 365 days: on 15 March 73 of them have been,
// a fifth.
func TestStatus(t *testing.T) {
	value := func(amount string) []idea.MeasureValue {
		return []idea.MeasureValue{{ID: 1, On: "2026-01-15", Value: idea.Amount(amount)}}
	}
	for _, c := range []struct {
		today    idea.Day
		together idea.Together
		better   idea.Better
		values   []idea.MeasureValue
		goal     string
		want     report.Status
		left     float64
	}{
		{"2025-12-31", idea.TogetherSum, idea.HigherBetter, nil, "100", report.NotBegun, math.NaN()},
		{"2026-03-15", idea.TogetherSum, idea.HigherBetter, nil, "100", report.NoFigure, math.NaN()},
		{"2026-03-15", idea.TogetherSum, idea.HigherBetter, value("20"), "100", report.OnTheWay, 80},
		{"2026-03-15", idea.TogetherSum, idea.HigherBetter, value("19"), "100", report.Behind, 81},
		{"2026-03-15", idea.TogetherSum, "", value("19"), "100", report.Behind, 81},
		{"2026-03-15", idea.TogetherSum, idea.HigherBetter, value("100"), "100", report.Reached, 0},
		{"2026-03-15", idea.TogetherSum, idea.LowerBetter, value("20"), "100", report.OnTheWay, 0},
		{"2026-03-15", idea.TogetherSum, idea.LowerBetter, value("21"), "100", report.Behind, 0},
		{"2026-03-15", idea.TogetherSum, idea.LowerBetter, value("101"), "100", report.Missed, 1},
		{"2026-03-15", idea.TogetherMean, idea.HigherBetter, value("89"), "90", report.Behind, 1},
		{"2026-03-15", idea.TogetherMean, idea.HigherBetter, value("90"), "90", report.OnTheWay, 0},
		{"2026-03-15", idea.TogetherLast, idea.LowerBetter, value("91"), "90", report.Behind, 1},
		{"2026-12-31", idea.TogetherSum, idea.HigherBetter, value("99"), "100", report.Behind, 1},
		{"2027-01-01", idea.TogetherSum, idea.HigherBetter, value("99"), "100", report.Missed, 1},
		{"2027-01-01", idea.TogetherSum, idea.LowerBetter, value("99"), "100", report.Reached, 0},
		{"2027-01-01", idea.TogetherMean, idea.HigherBetter, value("90"), "90", report.Reached, 0},
		{"2027-01-01", idea.TogetherMean, idea.HigherBetter, nil, "90", report.NoFigure, math.NaN()},
	} {
		own := ownOf("m", c.together, "", c.values...)
		own.Better = c.better
		f := ownFacts(own)
		f.Today = c.today
		got := report.Follow(f, []idea.Target{{Measure: "m", From: "2026-01-01", Through: "2026-12-31", Goal: idea.Amount(c.goal)}}, 5)[0]
		if got.Status != c.want || got.Left != c.left && !(math.IsNaN(got.Left) && math.IsNaN(c.left)) {
			t.Errorf("%s, %s %s of %v against %s: %s, %v left; want %s, %v", c.today, c.better, c.together, c.values, c.goal, got.Status, got.Left, c.want, c.left)
		}
	}
	gone := report.Follow(ownFacts(), []idea.Target{{Measure: "gone", From: "2026-01-01", Through: "2026-12-31", Goal: "1"}}, 0)[0]
	if gone.Measure != nil || gone.Status != report.NoFigure {
		t.Errorf("a target without a measure: %+v", gone)
	}
}

// TestFewPeopleInAFormula: a formula does not tell what the figure itself keeps
// back.
func TestFewPeopleInAFormula(t *testing.T) {
	f := ownFacts(ownOf("doubled", "", "2 * givers"), ownOf("again", "", "doubled + received"))
	f.Ideas = []*report.Life{life(1, "2026-02-03", "")}
	f.Ideas[0].Givers = []int64{7}
	f.FirstIdea = map[int64]idea.Day{7: "2026-02-03"}
	for _, id := range []string{"givers", "doubled", "again"} {
		m, err := report.Find(f, id)
		if err != nil {
			t.Fatal(err)
		}
		r := report.Of(f, report.Explain, []report.Measure{m}, report.Options{})
		if r.Tables[0].Figures[0][0].Value == 0 || math.IsNaN(r.Tables[0].Figures[0][0].Value) {
			t.Errorf("%s is %v before", id, r.Tables[0].Figures[0][0].Value)
		}
		report.Suppress(&r, 5)
		if got := r.Tables[0].Figures[0][0]; !got.Hidden || !math.IsNaN(got.Value) {
			t.Errorf("%s is shown: %v", id, got.Value)
		}
		kept := report.Follow(f, []idea.Target{{Measure: id, From: "2026-01-01", Through: "2026-12-31", Goal: "1"}}, 5)[0]
		if kept.Status != report.KeptBack || !math.IsNaN(kept.Left) {
			t.Errorf("the target of %s is told of: %s, %v left", id, kept.Status, kept.Left)
		}
	}
}

func TestCalled(t *testing.T) {
	for want, p := range map[string]idea.Period{
		"2026":                   period("2026-01-01", "2027-01-01"),
		"2026-q3":                period("2026-07-01", "2026-10-01"),
		"2026-11":                period("2026-11-01", "2026-12-01"),
		"2026-W53":               period("2026-12-28", "2027-01-04"),
		"2026-01-01":             period("2026-01-01", "2026-01-02"),
		"2026-01-01..2026-01-02": period("2026-01-01", "2026-01-03"),
	} {
		if got := report.Called(p); got != want {
			t.Errorf("%v is called %s, want %s", p, got, want)
		}
	}
}
