package desk_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/report"
)

// TestReportsComputedTwice takes the figures of every report from the database
// and, slowly and plainly, from the cards of all ideas.
func TestReportsComputedTwice(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.commands()
		actions["move on"], actions["move further"] = actions["move"], actions["move"] // so that more happens to few ideas
		actions["undo last"] = func(*rapid.T) { m.undo("undo last") }
		t.Repeat(actions)
		d := m.desk("Åsa")
		for range 4 {
			m.compareReports(d, m.somePeriod(), m.someSelection())
		}
	})
}

func (m *machine) somePeriod() (p idea.Period) {
	start := idea.Day("2026-10-14")
	if rapid.IntRange(0, 3).Draw(m.T, "open beginning") > 0 {
		p.From = start.Add(rapid.IntRange(0, 20).Draw(m.T, "from"))
	}
	if rapid.IntRange(0, 3).Draw(m.T, "open end") > 0 {
		p.To = max(p.From, start).Add(rapid.IntRange(0, 30).Draw(m.T, "to"))
	}
	return p
}

func (m *machine) someSelection() (s desk.Selection) {
	if rapid.Bool().Draw(m.T, "by kind") {
		s.Kinds = []string{rapid.SampledFrom([]string{"employee", "other"}).Draw(m.T, "kind")}
	}
	return s
}

// cards is all ideas that a selection takes.
func (m *machine) cards(d *desk.Desk, s desk.Selection) []desk.Card {
	all, err := d.Show(m.Context(), m.numbers(), true)
	if err != nil {
		m.Fatal(err)
	}
	return slices.DeleteFunc(all, func(c desk.Card) bool {
		return len(s.Kinds) > 0 && !slices.Contains(s.Kinds, string(c.Kind))
	})
}

func (m *machine) compareReports(d *desk.Desk, p idea.Period, s desk.Selection) {
	cards := m.cards(d, s)
	funnel, err := d.Funnel(m.Context(), p, s)
	if err != nil {
		m.Fatal(err)
	}
	m.compareFunnel(funnel, cards, p)
	times, err := d.Time(m.Context(), p, s)
	if err != nil {
		m.Fatal(err)
	}
	m.compareTime(times, cards, p)
	units, err := d.UnitReport(m.Context(), p, s)
	if err != nil {
		m.Fatal(err)
	}
	m.compareUnits(units, cards, p)
}

func (m *machine) compareFunnel(f report.Funnel, cards []desk.Card, p idea.Period) {
	received := 0
	reached := map[idea.StageKey]int{}
	for _, c := range cards {
		if !p.Has(c.Received) {
			continue
		}
		received++
		for k, step := range f.Steps {
			if k == 0 || slices.ContainsFunc(c.Moves, func(v desk.MoveLine) bool {
				return !v.To.Kind.Side() && v.To.Position >= step.Stage.Position
			}) {
				reached[step.Stage.Key]++
			}
		}
	}
	if f.Received != received {
		m.Fatalf("received are %d, should be %d", f.Received, received)
	}
	before := received
	for _, step := range f.Steps {
		want := reached[step.Stage.Key]
		if step.Reached != want || !ratio(step.Share, want, received) || !ratio(step.Conversion, want, before) {
			m.Fatalf("%+v: should be %d of %d", step, want, received)
		}
		before = want
	}
}

func ratio(got float64, part, whole int) bool {
	if whole == 0 {
		return math.IsNaN(got)
	}
	return math.Abs(got*float64(whole)-float64(part)) < 1e-9
}

func (m *machine) compareTime(r report.Time, cards []desk.Card, p idea.Period) {
	var realised, closed, answers []int
	stays := map[idea.StageKey][]int{}
	for _, c := range cards {
		if c.Answered != "" && p.Has(c.Answered) {
			answers = append(answers, max(0, c.Answered.Sub(c.Received)))
		}
		once := false
		for k, v := range c.Moves {
			day := idea.DayOf(v.At.In(stockholm))
			if p.Has(day) {
				lead := max(0, day.Sub(c.Received))
				if v.To.Kind == idea.Realised && !once {
					realised = append(realised, lead)
				}
				if v.To.Kind == idea.Closed {
					closed = append(closed, lead)
				}
				if k > 0 {
					stays[v.From.Key] = append(stays[v.From.Key], max(0, day.Sub(idea.DayOf(c.Moves[k-1].At.In(stockholm)))))
				}
			}
			once = once || v.To.Kind == idea.Realised
		}
	}
	m.compareSpread("realised", r.Realised, realised)
	m.compareSpread("closed", r.Closed, closed)
	m.compareSpread("answer", r.Answer, answers)
	for _, s := range r.Stages {
		m.compareSpread(string(s.Stage.Key), s.Visits, stays[s.Stage.Key])
	}
}

func (m *machine) compareSpread(what string, got report.Spread, days []int) {
	slices.Sort(days)
	at := func(share float64) float64 {
		if len(days) == 0 {
			return math.NaN()
		}
		place := share * float64(len(days)-1)
		low, high := days[int(place)], days[int(math.Ceil(place))]
		return float64(low) + (place-math.Trunc(place))*float64(high-low)
	}
	same := func(a, b float64) bool { return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) < 1e-9 }
	if got.N != len(days) || !same(got.Median, at(0.5)) || !same(got.P85, at(0.85)) {
		m.Fatalf("%s: %+v, should be of %v", what, got, days)
	}
}

func (m *machine) compareUnits(r report.Units, cards []desk.Card, p idea.Period) {
	want := map[int64]report.UnitRow{}
	total := report.UnitRow{}
	for _, c := range cards {
		row := want[c.Unit]
		row.Unit, row.Name = c.Unit, c.UnitName
		came := p.Has(idea.DayOf(c.StageSince.In(stockholm)))
		for _, to := range []*report.UnitRow{&row, &total} {
			if p.Has(c.Received) {
				to.Received++
			}
			switch {
			case c.In.Kind != idea.Realised && c.In.Kind != idea.Closed:
				to.Open++
			case came && c.In.Kind == idea.Realised:
				to.Realised++
			case came:
				to.Closed++
			}
		}
		want[c.Unit] = row
	}
	if r.Total != total {
		m.Fatalf("in total %+v, should be %+v", r.Total, total)
	}
	for _, row := range r.Rows {
		if w, ok := want[row.Unit]; ok && row != w || !ok && (row.Received+row.Open+row.Realised+row.Closed > 0) {
			m.Fatalf("%+v, should be %+v", row, w)
		}
		delete(want, row.Unit)
	}
	for _, w := range want {
		if w.Received+w.Open+w.Realised+w.Closed > 0 {
			m.Fatalf("%+v is not in the report", w)
		}
	}
}
