package desk_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/report"
)

// TestReportsComputedTwice takes every figure of every report from the program
// and from the ledger, over histories in which anything happens: changes of
// clocks, ends of years, undone commands, merged ideas and stages that came and
// went.
func TestReportsComputedTwice(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 5, 15, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		m.live()
		l := readLedger(t, m.raw, string(idea.DayOf(m.now)))
		for range 3 {
			m.compareReports(l, m.someReport())
		}
	})
}

// live gives commands at random from some day on.
func (m *machine) live() {
	m.begin()
	m.happen(20, 70)
}

// begin is an office with ideas on a day at which the calendar is odd.
func (m *machine) begin() {
	m.now = rapid.SampledFrom([]time.Time{
		time.Date(2026, 3, 27, 22, 0, 0, 0, stockholm), time.Date(2026, 10, 23, 21, 0, 0, 0, stockholm),
		time.Date(2020, 12, 28, 9, 0, 0, 0, stockholm), time.Date(2025, 12, 27, 23, 30, 0, 0, stockholm),
		time.Date(2024, 2, 27, 9, 0, 0, 0, stockholm),
	}).Draw(m.T, "begin")
	m.furnish()
	m.takeIn()
}

// happen gives so many commands at random.
func (m *machine) happen(from, to int) {
	actions := m.commands()
	works := m.works()
	for _, more := range []map[string]func(*rapid.T){m.ties(), works, m.countables()} {
		maps.Copy(actions, more)
	}
	for name, do := range m.shapes() {
		actions[name+" of the process"] = do
	}
	actions["undo last"], actions["undo any"] = func(*rapid.T) { m.undo("undo last") }, func(*rapid.T) { m.undo("undo any") }
	often := []string{"whole test", "whole effect", "move with force", "move with force", "test plan", "test start", "test start", "test finish otherwise", "test finish otherwise",
		"test edit", "decide more", "decide more", "present more", "effect plan", "effect see", "effect see", "answer", "close", "reopen", "merge",
		"idea of an earlier day", "activity", "employees", "undo last", "days", "days"}
	all := slices.Sorted(maps.Keys(actions))
	for range rapid.IntRange(from, to).Draw(m.T, "commands") {
		among := often
		if rapid.IntRange(0, 2).Draw(m.T, "seldom") == 0 {
			among = all
		}
		actions[rapid.SampledFrom(among).Draw(m.T, "command")](m.T)
	}
}

// furnish makes what ideas need to get far.
func (m *machine) furnish() {
	d := m.desk("Åsa")
	_, err := d.AddForum(m.Context(), "Rådet", idea.Council)
	_, other := d.AddContact(m.Context(), map[idea.Field]string{idea.FieldName: "Eva Berg"})
	_, third := d.AddNetwork(m.Context(), "Råd", "")
	_, fourth := d.JoinNetwork(m.Context(), "Råd", []int64{1})
	if err := errors.Join(err, other, third, fourth); err != nil {
		m.Fatal(err)
	}
}

// takeIn imports ideas of different days, some of which are over already.
func (m *machine) takeIn() {
	draw := &draws{m}
	var rows []desk.Incoming
	for k := range rapid.IntRange(3, 12).Draw(m.T, "ideas") {
		d := draw.draft()
		d.Received = idea.DayOf(m.now).Add(-rapid.SampledFrom([]int{0, 1, 2, 3, 5, 8, 20, 40, 70, 200, 400}).Draw(m.T, "days ago"))
		d.Due, d.Kind = "", rapid.SampledFrom([]idea.GiverKind{"", idea.Employee, idea.Employee, idea.Resident}).Draw(m.T, "kind")
		if d.Stage = idea.StageKey(draw.of("stage", "", "", "", "dialogue", "test", "realised", "closed")); d.Stage == "closed" {
			d.Reason = rapid.SampledFrom([]idea.Reason{idea.Declined, "withdrawn"}).Draw(m.T, "reason")
		}
		if draw.yes("was answered") {
			d.Answered = d.Received.Add(rapid.IntRange(0, max(0, min(30, idea.DayOf(m.now).Sub(d.Received)))).Draw(m.T, "answered"))
		}
		rows = append(rows, desk.Incoming{Line: k + 2, Draft: &d})
	}
	m.run(func(d *desk.Desk) error {
		_, err := d.Import(m.Context(), desk.ImportInput{SkipBad: true, AddUnits: true}, func(yield func(desk.Incoming, error) bool) {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		})
		return err
	}, nil)
}

// countables is commands that reports look at and that are not among the others.
func (m *machine) countables() map[string]func(*rapid.T) {
	draw := &draws{m}
	return map[string]func(*rapid.T){
		"employees": func(*rapid.T) {
			unit, n := draw.unit(), rapid.IntRange(0, 50).Draw(m.T, "employees")
			m.run(func(d *desk.Desk) error { _, err := d.SetEmployees(m.Context(), unit, n); return err }, nil)
		},
		"promise": func(*rapid.T) {
			days := draw.of("days", "0", "1", "10")
			m.run(func(d *desk.Desk) error { _, err := d.SetRule(m.Context(), "answer-days", days); return err }, nil)
		},
		"six months": func(*rapid.T) {
			value := draw.of("six months", "yes", "yes", "no")
			m.run(func(d *desk.Desk) error { _, err := d.SetRule(m.Context(), "six-months", value); return err }, nil)
		},
		"activity": func(*rapid.T) {
			in := desk.ActivityInput{Fields: map[idea.Field]string{idea.FieldTitle: "Möte", idea.FieldKind: "meeting",
				idea.FieldDay: string(draw.day("day", -60, 0)), idea.FieldParticipants: draw.of("participants", "", "0", "3", "14")},
				Units: []string{draw.unit()}, Networks: []string{draw.of("network", "Råd", "Ring")}}
			in.Units, in.Networks = in.Units[:rapid.IntRange(0, 1).Draw(m.T, "units")], in.Networks[:rapid.IntRange(0, 1).Draw(m.T, "networks")]
			m.run(func(d *desk.Desk) error { _, err := d.AddActivity(m.Context(), in); return err }, nil)
		},
		"test finish otherwise": func(*rapid.T) {
			numbers := draw.numbers()
			out := idea.Outcome{On: draw.day("on", -2, 0), Result: "7", Verdict: rapid.SampledFrom(idea.Verdicts()).Draw(m.T, "verdict"), Learnt: draw.of("learnt", "", "mycket")}
			m.run(func(d *desk.Desk) error { _, err := d.FinishTest(m.Context(), numbers, out); return err }, nil)
		},
		"whole test": func(*rapid.T) {
			n, day, cost := draw.numbers()[0], idea.DayOf(m.now), draw.of("cost", "1200", "6,5", "")
			began := rapid.IntRange(0, 9).Draw(m.T, "began")
			for _, do := range []func(*desk.Desk) error{
				func(d *desk.Desk) error {
					_, err := d.Decide(m.Context(), desk.DecideInput{Numbers: []int64{n}, Forum: "Rådet", Resolution: idea.ToTest, Why: "bra", On: day.Add(-9), Force: true})
					return err
				},
				func(d *desk.Desk) error {
					fields := plan()
					fields[idea.FieldCost] = cost
					_, err := d.PlanTest(m.Context(), n, fields)
					return err
				},
				func(d *desk.Desk) error { _, err := d.StartTest(m.Context(), []int64{n}, day.Add(-began)); return err },
				func(d *desk.Desk) error {
					_, err := d.FinishTest(m.Context(), []int64{n}, idea.Outcome{On: day.Add(-began / 2), Result: "7", Verdict: "refuted", Learnt: draw.of("learnt", "", "mycket")})
					return err
				},
			} {
				m.run(do, nil)
			}
		},
		"whole effect": func(*rapid.T) {
			n, after := draw.numbers()[0], draw.of("after", "14", "2,5")
			m.run(func(d *desk.Desk) error {
				_, err := d.PlanEffect(m.Context(), n, map[idea.Field]string{idea.FieldMeasure: "timmar", idea.FieldBefore: "40", idea.FieldAfter: "12,5", idea.FieldCost: "300"})
				return err
			}, nil)
			in := desk.SightInput{Measure: "timmar", After: after, Before: draw.of("before", "", "41"), Cost: draw.of("cost", "", "250"), On: draw.day("on", -20, 0)}
			m.run(func(d *desk.Desk) error { _, err := d.SeeEffect(m.Context(), n, in); return err }, nil)
		},
		"effect with a day": func(*rapid.T) {
			n, day := draw.numbers()[0], draw.day("begins", -30, 30)
			m.run(func(d *desk.Desk) error {
				_, err := d.PlanEffect(m.Context(), n, map[idea.Field]string{idea.FieldMeasure: draw.of("measure", "kWh", "besök"), idea.FieldBefore: "10,5",
					idea.FieldAfter: "-3", idea.FieldCost: draw.of("cost", "", "1200"), idea.FieldBegins: string(day)})
				return err
			}, nil)
		},
		"idea of an earlier day": func(*rapid.T) {
			draft := draw.draft()
			draft.Received = idea.DayOf(m.now).Add(-rapid.IntRange(0, 60).Draw(m.T, "days ago"))
			m.run(func(d *desk.Desk) error { _, err := d.Add(m.Context(), draft); return err }, nil)
		},
		"received on another day": func(*rapid.T) {
			numbers, day := draw.numbers(), idea.DayOf(m.now).Add(-rapid.IntRange(0, 30).Draw(m.T, "days ago"))
			m.run(func(d *desk.Desk) error {
				_, err := d.Edit(m.Context(), numbers, desk.Edit{Fields: map[idea.Field]string{idea.FieldReceived: string(day)}})
				return err
			}, nil)
		},
		"move with force": func(*rapid.T) {
			in := desk.MoveInput{Numbers: draw.numbers(), At: draw.day("at", -20, 0), Why: "beslut", Force: true,
				To: draw.of("to", "dialogue", "presented", "test", "introduction", "realised", "realised")}
			m.run(func(d *desk.Desk) error { _, err := d.Move(m.Context(), in); return err }, nil)
		},
		"days": func(*rapid.T) { m.now = m.now.AddDate(0, 0, rapid.IntRange(0, 40).Draw(m.T, "days")) },
		"clock": func(*rapid.T) {
			m.now = m.now.Add(time.Duration(rapid.IntRange(-300, 300).Draw(m.T, "clock")) * time.Minute)
		},
	}
}

// somePeriod is a week, month, quarter, year or any days around now; each end
// may be open.
func (m *machine) somePeriod(what string) (p idea.Period) {
	today := idea.DayOf(m.now)
	switch rapid.IntRange(0, 6).Draw(m.T, what) {
	case 0:
		return p
	case 1:
		p.From, p.To = today.Add(-rapid.IntRange(0, 80).Draw(m.T, "from")), ""
	case 2:
		p.To = today.Add(rapid.IntRange(-60, 20).Draw(m.T, "to"))
	case 3, 4:
		p.From = today.Add(-rapid.IntRange(-10, 80).Draw(m.T, "from"))
		p.To = p.From.Add(rapid.IntRange(0, 60).Draw(m.T, "length"))
	default:
		key := rapid.SampledFrom([]string{"2020-W53", "2026-W01", "2026-03", "2026-10", "2026-q1", "2024-02", "2026", "2025-12", "2021-01", "2024-q1"}).Draw(m.T, "called")
		from, to := partCalled(key)
		p = idea.Period{From: idea.Day(from), To: idea.Day(to)}
	}
	return p
}

func (m *machine) someReport() (in desk.ReportInput) {
	in.People = true
	in.Period = m.somePeriod("period")
	in.By = rapid.SampledFrom(append(report.Ways(), report.ByNothing, report.ByUnit, report.ByMonth)).Draw(m.T, "by")
	if rapid.Bool().Draw(m.T, "compared") {
		q := m.somePeriod("compared with")
		if previous, ok := report.Previous(in.Period); ok && rapid.Bool().Draw(m.T, "previous") {
			q = previous
		}
		in.Against = &q
	}
	switch rapid.IntRange(0, 7).Draw(m.T, "filter") {
	case 0:
		in.Kinds = []string{"employee"}
	case 1:
		if units := m.rows("SELECT name FROM unit ORDER BY id"); len(units) > 0 {
			in.Units = []string{units[rapid.IntRange(0, len(units)-1).Draw(m.T, "unit")][0].(string)}
		}
	case 2:
		in.Tags = []string{"energi"}
	case 3:
		in.Coaches = []string{"Åsa"}
	}
	return in
}

// selected is what a selection takes of a ledger.
func (l *ledger) selected(s desk.Selection) asked {
	var units []int64
	for _, name := range s.Units {
		units = l.under(name)
	}
	return l.over(func(t *tale) bool {
		return (len(s.Kinds) == 0 || slices.Contains(s.Kinds, t.kind)) && (units == nil || slices.Contains(units, t.unit)) &&
			(len(s.Tags) == 0 || slices.Contains(t.tags, s.Tags[0])) && (len(s.Coaches) == 0 || l.coaches[t.coach] == s.Coaches[0])
	}, units)
}

// compareReports holds every report against the ledger.
func (m *machine) compareReports(l *ledger, in desk.ReportInput) {
	whole := l.selected(in.Selection)
	for _, name := range report.Names() {
		in.Name = name
		r, err := m.desk("Åsa").Report(m.Context(), in)
		if err != nil {
			m.Fatalf("%s of %+v: %v", name, in, err)
		}
		for _, fault := range whole.against(r) {
			m.Fatalf("%s of %+v:\n%s", name, in, fault)
		}
	}
}

// against tells what a report says that the ledger does not.
func (a asked) against(r report.Report) (faults []string) {
	now := a.during(r.Period, a.today)
	for _, t := range r.Tables {
		for k, g := range t.Groups {
			part, then := now, a
			if r.Compare != nil {
				then = a.during(*r.Compare, horizonOf(r.Period, *r.Compare, a.today))
			}
			if !g.All {
				part, then = now.group(t.By, g.Key), then.group(t.By, g.Key)
			}
			for _, f := range t.Figures[k] {
				if fault := part.againstModel(f); fault != "" {
					faults = append(faults, fmt.Sprintf("by %s, %q: %s", t.By, g.Key, fault))
				}
				if f.Before == nil {
					continue
				}
				if fault := then.againstModel(*f.Before); fault != "" {
					faults = append(faults, fmt.Sprintf("before, by %s, %q: %s", t.By, g.Key, fault))
				}
			}
		}
		faults = append(faults, closes(t)...)
		faults = append(faults, now.addsUp(t)...)
	}
	return append(faults, now.lists(r)...)
}

// during is the ledger over a period, as it looked on day until.
func (a asked) during(p idea.Period, until string) asked {
	a.from, a.to, a.until = string(p.From), string(p.To), until
	return a
}

// closes tells where what was in hand, what came and what went do not add up.
func closes(t report.Table) (faults []string) {
	for g, figures := range t.Figures {
		sum := func(before bool) (sum float64, all int) {
			for _, f := range figures {
				if before && f.Before == nil {
					return 0, 0
				}
				if before {
					f = *f.Before
				}
				sign := map[string]float64{"open_start": 1, "received": 1, "taken_in_done": -1, "reopened": 1, "realised": -1, "closed": -1, "open_end": -1}[f.Measure.Key]
				sum += sign * f.Value
				if sign != 0 {
					all++
				}
			}
			return sum, all
		}
		for _, before := range []bool{false, true} {
			if left, all := sum(before); all == 7 && left != 0 && !math.IsNaN(left) {
				faults = append(faults, fmt.Sprintf("the flow of %q does not close (before: %t): %v are left", t.Groups[g].Key, before, left))
			}
		}
	}
	return faults
}

// addsUp tells which counts of groups do not make up the whole. Tags and
// networks may overlap, and activities belong to no kind, coach or stage.
func (a asked) addsUp(t report.Table) (faults []string) {
	if t.By == report.ByNothing || t.By == report.ByTag || t.By == report.ByNetwork {
		return nil
	}
	for k, m := range t.Measures {
		if m.Statistic != report.Count || m.Subject == idea.AnActivity || m.Subject == idea.AGiver || t.By.Times() && (m.State || m.Key == "tests_run") {
			continue
		}
		want, known := a.figure(m.Key, m.Item)
		sum := 0.0
		for g, figures := range t.Figures {
			if !t.Groups[g].All && figures[k].Gap == report.NoGap {
				sum += figures[k].Value
			}
		}
		if known && !a.silent() && sum != want.value() && !(t.By == report.ByStage && !a.inStages(want)) {
			faults = append(faults, fmt.Sprintf("%s by %s adds up to %v, not to %v", m.ID(), t.By, sum, want.value()))
		}
	}
	return faults
}

// inStages tells whether all that a figure counts is ideas that had come in by
// the end of the period.
func (a asked) inStages(f tally) bool {
	return !slices.ContainsFunc(f.items, func(i report.Item) bool {
		return slices.ContainsFunc(a.own, func(t *tale) bool { return t.number == i.ID && t.received > a.last() })
	})
}

// lists compares what a report has beside its figures: who waits, what ages and
// what stood where each week.
func (a asked) lists(r report.Report) (faults []string) {
	if a.silent() {
		if r.Waiting != nil || r.Aging != nil || r.Weeks != nil || r.Curves != nil || r.Gap == report.NoGap {
			faults = append(faults, "something is told of a period of which nothing is known")
		}
		return faults
	}
	if r.Name == report.Answers {
		want, got := "", ""
		waits := count(a.own, func(t *tale) bool { return a.received(t) && t.answer(a.until) == "" })
		for _, i := range waits.items {
			t := a.own[slices.IndexFunc(a.own, func(t *tale) bool { return t.number == i.ID })]
			by := a.promised(t)
			late := by < a.until
			if a.answerDays == 0 {
				by = ""
			}
			want += fmt.Sprintln(t.number, t.received, daysBetween(t.received, a.until), by, late,
				a.sixMonths && t.decided(a.until) == "" && sixMonthsLater(t.received) < a.until)
		}
		for _, w := range slices.SortedFunc(slices.Values(r.Waiting), func(a, b report.Waiting) int { return int(a.Number - b.Number) }) {
			got += fmt.Sprintln(w.Number, w.Received, w.Days, w.By, w.Late, w.SixMonths)
		}
		if want != got {
			faults = append(faults, "who waits:\n"+difference(want, got))
		}
	}
	if r.Name == report.AgingOf {
		faults = append(faults, a.aging(r.Aging)...)
	}
	if r.Weeks != nil {
		faults = append(faults, a.weeks(r.Weeks)...)
	}
	return faults
}

func (a asked) aging(all []report.Aging) (faults []string) {
	seen := 0
	for _, t := range a.own {
		if !t.inHand(a.until) {
			continue
		}
		seen++
		k := slices.IndexFunc(all, func(g report.Aging) bool { return g.Number == t.number })
		if k < 0 {
			faults = append(faults, fmt.Sprintf("idea %d does not age", t.number))
			continue
		}
		stay, _ := t.stayOn(a.until)
		var days []float64
		for _, other := range a.own {
			for n := 1; n < len(other.stays); n++ {
				if other.stays[n-1].stage.key == stay.stage.key && other.stays[n].day <= a.until {
					days = append(days, daysBetween(other.stays[n-1].day, other.stays[n].day))
				}
			}
		}
		slices.Sort(days)
		age, over := daysBetween(stay.day, a.until), 0
		for _, mark := range []int{50, 85, 95} {
			if age > typeSeven(days, float64(mark)/100)+1e-9 {
				over = mark
			}
		}
		got := all[k]
		if string(got.Stage.Key) != stay.stage.key || got.Days != int(age) || got.Stays != len(days) || got.Over != over {
			faults = append(faults, fmt.Sprintf("idea %d ages as %+v, not %v days in %s over %d of %v", t.number, got, age, stay.stage.key, over, days))
		}
	}
	if seen != len(all) {
		faults = append(faults, fmt.Sprintf("%d ideas age, not %d", len(all), seen))
	}
	return faults
}

func (a asked) weeks(w *report.Weeks) (faults []string) {
	for k, week := range w.Weeks {
		from, to := partCalled(week.Key)
		if last := min(dayAfter(to, -1), a.last()); string(week.Until) != last {
			faults = append(faults, fmt.Sprintf("week %s ends on %s, not %s", week.Key, week.Until, last))
		}
		if k > 0 {
			if _, before := partCalled(w.Weeks[k-1].Key); before != from {
				faults = append(faults, fmt.Sprintf("%s does not follow %s", week.Key, w.Weeks[k-1].Key))
			}
		}
		sum, came := 0, 0
		for _, t := range a.own {
			if t.received <= string(week.Until) {
				came++
			}
		}
		for n, stage := range w.Stages {
			stood := count(a.own, func(t *tale) bool {
				s, there := t.at(string(week.Until))
				return there && s.key == string(stage.Key)
			})
			if sum += week.Ideas[n]; week.Ideas[n] != len(stood.items) {
				faults = append(faults, fmt.Sprintf("in %s %d ideas stood in %s, not %d", week.Key, week.Ideas[n], stage.Key, len(stood.items)))
			}
		}
		if sum != came {
			faults = append(faults, fmt.Sprintf("in %s %d ideas stood somewhere, but %d had come in", week.Key, sum, came))
		}
	}
	if len(w.Weeks) == 0 && (a.from != "" && a.from <= a.last() || a.from == "" && len(a.own) > 0 && a.own[0].received <= a.last()) {
		faults = append(faults, "there are no weeks")
	}
	return faults
}
